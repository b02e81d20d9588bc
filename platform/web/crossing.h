/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Live events of other app nodes on the same PostgreSQL database: one thread that listens and gives
 * what it hears to this node's hub. Telling them: live_cross (live.h), by the lanes. */
#ifndef HT_WEB_CROSSING_H
#define HT_WEB_CROSSING_H
#include "platform/web/exchange.h"

struct crossing;

/* Starts the thread; *out is NULL where nobody else can share the database (SQLite). Between
 * web_new and the end of app->mem. Errors: INTERNAL web.serve. */
err crossing_start(struct app *app, struct crossing **out);

/* Ends the thread, within a second. NULL is allowed. */
void crossing_stop(struct crossing *crossing);
#endif
