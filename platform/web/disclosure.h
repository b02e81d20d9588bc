/* SPDX-License-Identifier: MulanPSL-2.0 */
/* /.well-known/security.txt (RFC 9116): to whom weaknesses are told. */
#ifndef HT_WEB_DISCLOSURE_H
#define HT_WEB_DISCLOSURE_H
#include "platform/web/exchange.h"

/* Answers it from the configuration (security_contact, public_url); false for other paths and when
 * no contact is configured. Expires is 180 days from today, so it is never over a year away and
 * never in the past. */
bool disclosure_answer(struct exchange *ex);
#endif
