/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The declared lists of this module: accounts for the system administrator, holdings for the
 * security administrator, the audit log for the auditor. */
#ifndef HT_ACCOUNTS_ACCOUNT_LISTS_H
#define HT_ACCOUNTS_ACCOUNT_LISTS_H
#include "platform/list/list.h"

extern const struct list ACCOUNTS_LIST, HOLDINGS_LIST, AUDITS_LIST;
#endif
