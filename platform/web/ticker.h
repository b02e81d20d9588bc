/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The small things that a serving process does by the clock: probing the database, cutting slow
 * clients, keeping streams alive, writing last-seen times, forgetting old idempotency keys.
 * Business timers are platform/jobs. */
#ifndef HT_WEB_TICKER_H
#define HT_WEB_TICKER_H
#include "platform/web/connections.h"
#include "platform/web/exchange.h"

struct ticker;

/* Starts its thread; ticker_stop joins it. */
struct ticker *ticker_start(struct app *app, struct connections *connections);
void ticker_stop(struct ticker *ticker);
#endif
