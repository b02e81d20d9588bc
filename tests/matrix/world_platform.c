/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_platform.h. A pair that looks like one and is none: /dictionaries is the page that
 * changes words, /api/v1/dictionaries only tells them to every program that fills in a form
 * (SIGNED_IN). */
#include "tests/matrix/world_platform.h"

#include "platform/base/str.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world_accounts.h"

static err delivery_make(struct rq *rq, struct world *w, int set)
{
    i64 *thing = w->thing[set], account_id = thing[ACCOUNT], now = rq->now_ms;
    str words = str_of(set == SET_FOREIGN ? "CANARY-WORDS" : "Words");
    return db_insert(
        rq->db,
        SQL("INSERT INTO deliveries (org_id, account_id, words, url, once_key, sent_at) "
            "VALUES (:org, :account_id, :words, '/home', '', :now) RETURNING id",
            P(account_id), P(words), P(now)),
        &thing[DELIVERY]);
}

static void platform_make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, delivery_make);
}

static char platform_own(const struct question *q)
{
    return q->thing != DELIVERY || rules_is_account(q) ? 'o' : 'n';
}

static const struct thing THINGS_OWN[] = {
    { DELIVERY, "message", NULL, false },
    { 0 },
};

const struct part PART_OF_PLATFORM = { .name = "platform",
                                       .specimens = SPECIMENS_PLATFORM,
                                       .things = THINGS_OWN,
                                       .make = platform_make,
                                       .own = platform_own };
