/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_warnings.h. Whose they are: modules/warnings/README.md, "who may". */
#include "tests/matrix/world_warnings.h"

#include <string.h>

#include "platform/base/str.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world.h"

static err one(struct rq *rq, struct world *w, int set, int thing)
{
    i64 member_id = w->member[set], person_id = w->person[set];
    str state = str_of(thing == WARNING_OPEN ? "open" : "seen");
    str rule = arena_printf(rq->mem, "%s-%d", set == SET_FOREIGN ? "CANARY-Rule" : "Rule", thing);
    return db_insert(rq->db,
                     SQL("INSERT INTO warnings (org_id, member_id, person_id, state, stage, name, "
                         "rule, span, from_on, count_x1000, bound_x1000, begun_at, told_at) VALUES "
                         "(:org, :member_id, :person_id, :state, 'near', :rule, :rule, 'term', 1, "
                         "1000, 2000, 1, 1) RETURNING id",
                         P(member_id), P(person_id), P(state), P(rule)),
                     &w->thing[set][thing]);
}

static err warnings_make(struct rq *rq, struct world *w, int set)
{
    TRY(one(rq, w, set, WARNING_OPEN));
    return one(rq, w, set, WARNING_SEEN);
}

static void make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, warnings_make);
}

static i64 version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM warnings WHERE org_id = :org AND id = :id",
                            P(id)));
}

/* The office's and leaders' all, a member's his own. */
static char own(const struct question *q)
{
    bool whole = rules_holds(q, "warnings.read") && WHO[q->who].scope == SCOPE_ORG;
    if (!whole && !rules_is_person(q))
        return 'n';
    return strcmp(rules_verb(q), "settle") != 0 || q->thing == WARNING_OPEN ? 'o' : 'c';
}

static const struct thing THINGS_OWN[] = {
    { WARNING_OPEN, "open_warning", NULL, false },
    { WARNING_SEEN, "seen_warning", NULL, false },
    { 0 },
};

const struct part PART_OF_WARNINGS = { .name = "warnings",
                                       .specimens = SPECIMENS_WARNINGS,
                                       .things = THINGS_OWN,
                                       .make = make,
                                       .version = version,
                                       .own = own };
