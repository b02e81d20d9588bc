/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_quotas.h. Whose they are: modules/quotas/README.md. */
#include "tests/matrix/world_quotas.h"

#include "platform/base/str.h"

/* What all members are to send; of the second organisation what stations are to, by name. */
static err row(struct rq *rq, struct world *w, int set)
{
    bool foreign = set == SET_FOREIGN;
    str target = str_of(foreign ? "station" : "member");
    str names = str_of(foreign ? "CANARY-Station" : "");
    i64 from_year = set == SET_SECOND ? 2025 : 2026;
    return db_insert(rq->db,
                     SQL("INSERT INTO quotas (org_id, target, from_year, sent, names) VALUES "
                         "(:org, :target, :from_year, 3, :names) RETURNING id",
                         P(target), P(from_year), P(names)),
                     &w->thing[set][QUOTA_ROW_OF]);
}

static void quotas_make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, row);
}

static i64 quotas_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM quotas WHERE org_id = :org AND id = :id", P(id)));
}

static const struct thing THINGS_OWN[] = {
    { QUOTA_ROW_OF, "quota", NULL, false },
    { 0 },
};

const struct part PART_OF_QUOTAS = { .name = "quotas",
                                     .specimens = SPECIMENS_QUOTAS,
                                     .things = THINGS_OWN,
                                     .make = quotas_make,
                                     .version = quotas_version };
