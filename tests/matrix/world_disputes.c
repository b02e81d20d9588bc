/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_disputes.h. Whose they are: modules/disputes/README.md, "Who may". */
#include "tests/matrix/world_disputes.h"

#include "platform/base/str.h"
#include "tests/matrix/roads.h"
#include "tests/matrix/rules.h"

static void uphold(struct road *m)
{
    road_on_assignment(m, DISPATCHER_JOB, "uphold",
                       arena_printf(m->w->t->mem, "{\"opinion\":\"%sIt is yours.\"}", m->mark));
}

/* From here on the thing is the dispute. */
static void contest(struct road *m)
{
    road_on_assignment(m, OPERATOR_JOB, "dispute",
                       arena_printf(m->w->t->mem, "{\"opinion\":\"%sStill not ours.\"}", m->mark));
    m->w->thing[m->set][m->thing] =
        world_number(m->w->t->db, world_org(m->set),
                     SQL("SELECT MAX(id) FROM disputes WHERE org_id = :org"));
}

static void disputes_make(struct world *w)
{
    static road_step *const STEPS[] = { road_draft,  road_submit, road_docket,
                                        road_assign, road_accept, road_bounce,
                                        uphold,      contest,     NULL };
    for (int set = 0; set < SETS; set++)
        road_walk(w, set, DISPUTE, STEPS);
}

static i64 disputes_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM disputes WHERE org_id = :org AND id = :id",
                            P(id)));
}

/* Who hands out, and the agency that contests. */
static char disputes_own(const struct question *q)
{
    return WHO[q->who].scope == SCOPE_ORG || rules_is_agency(q) ? 'o' : 'n';
}

static const struct thing THINGS_OWN[] = {
    { DISPUTE, "dispute", NULL, false },
    { 0 },
};

const struct part PART_OF_DISPUTES = { .name = "disputes",
                                       .specimens = SPECIMENS_DISPUTES,
                                       .things = THINGS_OWN,
                                       .make = disputes_make,
                                       .version = disputes_version,
                                       .own = disputes_own };
