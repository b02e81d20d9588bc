/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_retention.h. Whose they are: modules/retention/README.md. */
#include "tests/matrix/world_retention.h"

#include "platform/base/str.h"

static err hold(struct rq *rq, struct world *w, int set)
{
    str reason = str_of(set == SET_FOREIGN ? "CANARY-Reason" : "Reason");
    i64 now = rq->now_ms;
    return db_insert(rq->db,
                     SQL("INSERT INTO retention_holds (org_id, collection, item_id, reason, "
                         "placed_at, placed_name) VALUES (:org, 'letters', 0, :reason, :now, "
                         "'Clerk') RETURNING id",
                         P(reason), P(now)),
                     &w->thing[set][RETENTION_HOLD_OF]);
}

static void retention_make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, hold);
}

static i64 retention_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM retention_holds WHERE org_id = :org AND id = :id",
                            P(id)));
}

static const struct thing THINGS_OWN[] = {
    { RETENTION_HOLD_OF, "hold", NULL, false },
    { 0 },
};

const struct part PART_OF_RETENTION = { .name = "retention",
                                        .specimens = SPECIMENS_RETENTION,
                                        .things = THINGS_OWN,
                                        .make = retention_make,
                                        .version = retention_version };
