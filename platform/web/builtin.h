/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Paths that the platform answers itself, before any login is looked at: files of the interface,
 * signs of life, figures, security.txt. */
#ifndef HT_WEB_BUILTIN_H
#define HT_WEB_BUILTIN_H
#include "platform/web/exchange.h"

/* The stream of events: opened, and opened again every few minutes, by a page nobody looks at. */
#define EVENTS_PATH "/events"

/* Answers /assets/…, /favicon.ico and other embedded files, /livez, /readyz, /metrics and
 * security.txt; false
 * when the path is none. */
bool builtin_answer(struct exchange *ex);

/* What another machine sends (Authorization: Bearer) to read /metrics: 64 hexadecimal digits that
 * are derived from the secret, so the same as long as that is. */
str builtin_metrics_token(const struct app *app, struct arena *mem);

/* Whether the request must look into the database: not for files and signs of life, which answer
 * also while it is away, without waiting for it. By the target alone, so also before the head is
 * judged. */
bool builtin_needs_db(const struct exchange *ex);

/* /events and other routes of the platform, to be given to router_new; ended by a zero row. */
extern const struct route BUILTIN_ROUTES[];

/* POST /mode: display mode and letter size into cookies, then back to the page. */
extern const struct form MODE_FORM;
err page_mode_set(struct rq *rq, struct res *res);
#endif
