/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_recasts.h. Whose they are: modules/recasts/README.md. */
#include "tests/matrix/world_recasts.h"

#include "platform/base/str.h"
#include "tests/matrix/roads.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world_opinions.h"

/* From here on the thing is the recast. */
static void ask(struct road *m)
{
    struct world *w = m->w;
    str path = arena_printf(w->t->mem, "/api/v1/proposals/%lld/recasts",
                            (long long)w->thing[m->set][m->thing]);
    road_ask(m, REVIEWER_JOB, path.ptr,
             arena_printf(w->t->mem, "{\"remark\":\"%sIt is worth it.\"}", m->mark));
    w->thing[m->set][m->thing] =
        world_number(w->t->db, world_org(m->set),
                     SQL("SELECT MAX(id) FROM recasts WHERE org_id = :org"));
}

static void recasts_make(struct world *w)
{
    static road_step *const REFUSED[] = { road_draft, road_submit, road_reject, NULL };
    static road_step *const ASKED[] = { road_draft, road_submit, road_reject, ask, NULL };
    for (int set = 0; set < SETS; set++) {
        road_walk(w, set, RECASTABLE, REFUSED);
        road_walk(w, set, RECAST_ASKED, ASKED);
    }
}

static i64 recasts_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    if (thing == RECASTABLE)
        return world_number(w->t->db, world_org(set),
                            SQL("SELECT version FROM proposals WHERE org_id = :org AND id = :id",
                                P(id)));
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM recasts WHERE org_id = :org AND id = :id", P(id)));
}

/* The office asks; all else is the writer's, who is the lead of the proposal. An opinion that the
 * desk has does not become a proposal. */
static char recasts_own(const struct question *q)
{
    if (rules_is_under(q, "recasts.ask"))
        return 'o';
    if (!rules_is_person(q))
        return 'n';
    return q->thing == OPINION_SENT ? 'c' : 'o';
}

static const struct thing THINGS_OWN[] = {
    { RECASTABLE, "recastable", NULL, false },
    { RECAST_ASKED, "asked_recast", NULL, false },
    { 0 },
};

const struct part PART_OF_RECASTS = { .name = "recasts",
                                      .specimens = SPECIMENS_RECASTS,
                                      .things = THINGS_OWN,
                                      .make = recasts_make,
                                      .version = recasts_version,
                                      .own = recasts_own };
