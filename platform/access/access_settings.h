/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The settings of signing in and of the audit log, as one table: modules/accounts declares it,
 * tests of the platform too. */
#ifndef HT_ACCESS_ACCESS_SETTINGS_H
#define HT_ACCESS_ACCESS_SETTINGS_H
#include "platform/settings/settings.h"

extern const struct setting ACCESS_SETTINGS[];
#endif
