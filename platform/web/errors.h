/* SPDX-License-Identifier: MulanPSL-2.0 */
/* How a failure is answered: problem+json in the API, the form drawn again with its faults, a
 * page that keeps what was typed, or an error page. Every one says what happened, why, what to
 * do, and the request number. */
#ifndef HT_WEB_ERRORS_H
#define HT_WEB_ERRORS_H
#include "platform/web/exchange.h"

/* Answers ex->failure into ex->res. db: read-only, NULL when there is none: then plain pages
 * only. */
void error_answer(struct exchange *ex, struct db *db);
#endif
