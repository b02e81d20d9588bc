/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_assignments.h. */
#include "tests/matrix/world_assignments.h"

#include "platform/base/str.h"
#include "tests/matrix/rules.h"

static err view_make(struct rq *rq, struct world *w, int set)
{
    static const enum who OPERATORS[SETS] = { AN_OPERATOR, ANOTHER_OPERATOR, FOREIGN_OPERATOR };
    i64 operator_id = w->actor[OPERATORS[set]].account_id, now = rq->now_ms;
    str words = str_of(set == SET_FOREIGN ? "CANARY-WORDS" : "Words");
    return db_insert(
        rq->db,
        SQL("INSERT INTO list_views (org_id, account_id, list, name, query, saved_at) "
            "VALUES (:org, :operator_id, 'assignments', :words, '', :now) RETURNING id",
            P(operator_id), P(words), P(now)),
        &w->thing[set][ASSIGNMENT_VIEW]);
}

static void assignments_make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, view_make);
}

/* thing: a proposal's. */
static i64 assignments_version(struct world *w, int set, int thing)
{
    i64 id = w->assignment[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM assignments WHERE org_id = :org AND id = :id",
                            P(id)));
}

static const struct thing THINGS_OWN[] = {
    { ASSIGNMENT_VIEW, "view", NULL, false },
    { 0 },
};

const struct part PART_OF_ASSIGNMENTS = { .name = "assignments",
                                          .specimens = SPECIMENS_ASSIGNMENTS,
                                          .things = THINGS_OWN,
                                          .make = assignments_make,
                                          .version = assignments_version,
                                          .own = rules_assignments_own };
