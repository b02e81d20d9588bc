/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_flagships.h. Whose they are: modules/flagships/README.md, "Who may see". */
#include "tests/matrix/world_flagships.h"

#include "platform/base/str.h"
#include "tests/matrix/roads.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world_proposals.h"

/* JSON around the mark. */
static str marked(struct road *m, const char *before, const char *after)
{
    return arena_printf(m->w->t->mem, "%s%s%s", before, m->mark, after);
}

static void nominate(struct road *m, const char *what, str json)
{
    struct world *w = m->w;
    str path = arena_printf(w->t->mem, "/api/v1/proposals/%lld/%s",
                            (long long)w->thing[m->set][m->thing], what);
    road_ask(m, STAFF_JOB, path.ptr, json);
}

/* From here on the thing is the key proposal. */
static void nominate_flagship(struct road *m)
{
    nominate(m, "flagships", marked(m, "{\"grounds\":\"", "All wait for it.\"}"));
    m->w->thing[m->set][m->thing] =
        world_number(m->w->t->db, world_org(m->set),
                     SQL("SELECT MAX(id) FROM flagships WHERE org_id = :org"));
}

static void nominate_commendation(struct road *m)
{
    nominate(m, "commendations",
             marked(m, "{\"nominator\":\"Roads\",\"grounds\":\"", "It is useful.\"}"));
    m->w->thing[m->set][m->thing] =
        world_number(m->w->t->db, world_org(m->set),
                     SQL("SELECT MAX(id) FROM commendations WHERE org_id = :org"));
}

static void on_flagship(struct road *m, enum duty duty, const char *verb, str json)
{
    struct world *w = m->w;
    i64 id = w->thing[m->set][m->thing];
    str path = arena_printf(w->t->mem, "/api/v1/flagships/%lld/%s", (long long)id, verb);
    m->version =
        world_number(w->t->db, world_org(m->set),
                     SQL("SELECT version FROM flagships WHERE org_id = :org AND id = :id", P(id)));
    road_ask(m, duty, path.ptr, json);
}

static void choose(struct road *m)
{
    on_flagship(m, REVIEWER_JOB, "choose",
                marked(m, "{\"champion_name\":\"",
                       "Gao\",\"champion_post\":\"Chair\",\"meeting\":\"Twelfth\","
                       "\"decided_on\":\"2026-11-20\"}"));
}

static void plan(struct road *m)
{
    on_flagship(m, STAFF_JOB, "plan",
                marked(m,
                       "{\"plan_form\":\"visit\",\"plan_on\":\"2026-12-10\",\"plan_who\":\"Li\","
                       "\"plan\":\"",
                       "See it together.\"}"));
}

static const struct {
    int thing;
    road_step *steps[16];
} ROADS[] = {
    { FLAGSHIP_NOMINATED, { road_draft, road_submit, road_docket, nominate_flagship } },
    { FLAGSHIP_PLANNED, { road_draft, road_submit, road_docket, nominate_flagship, choose, plan } },
    { FLAGSHIP_RUNNING, { road_draft, road_submit, road_docket, nominate_flagship, choose, plan } },
    { COMMENDATION_NOMINATED,
      { road_draft, road_submit, road_docket, road_assign, road_accept, road_contact, road_reply,
        road_sign, road_evaluate_well, nominate_commendation } },
};

/* As if who leads it had approved. */
static err approve(struct rq *rq, struct world *w, int set)
{
    i64 id = w->thing[set][FLAGSHIP_RUNNING];
    return db_run(rq->db,
                  SQL("UPDATE flagships SET state = 'running' WHERE org_id = :org AND id = :id AND "
                      "version > 0",
                      P(id)),
                  NULL);
}

static void make(struct world *w)
{
    for (int set = 0; set < SETS; set++) {
        for (size_t i = 0; i < sizeof ROADS / sizeof *ROADS; i++)
            road_walk(w, set, ROADS[i].thing, ROADS[i].steps);
        world_make(w, set, approve);
    }
}

static i64 version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    if (thing == COMMENDATION_NOMINATED)
        return world_number(w->t->db, world_org(set),
                            SQL("SELECT version FROM commendations WHERE org_id = :org AND id = "
                                ":id",
                                P(id)));
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM flagships WHERE org_id = :org AND id = :id",
                            P(id)));
}

/* What is only nominated is the office's; a chosen one is everybody's who sees the proposal, which
 * no agency has. Approving is for the house's leader: nobody of the world leads one. */
static char own(const struct question *q)
{
    bool office = WHO[q->who].scope == SCOPE_ORG;
    if (q->thing == DOCKETED || q->thing == CLOSED)
        return rules_sees_proposal(q) ? 'o' : 'n';
    if (office)
        return 'o';
    if (q->thing == FLAGSHIP_NOMINATED || q->thing == COMMENDATION_NOMINATED)
        return 'n';
    if (WHO[q->who].scope == SCOPE_AGENCY)
        return 'n';
    return rules_is_under(q, "flagships.approve") ? 'f' : 'o';
}

static const struct thing THINGS_OWN[] = {
    { FLAGSHIP_NOMINATED, "nominated", NULL, false },
    { FLAGSHIP_PLANNED, "planned_flagship", NULL, false },
    { FLAGSHIP_RUNNING, "running", NULL, false },
    { COMMENDATION_NOMINATED, "recommended", NULL, false },
    { 0 },
};

const struct part PART_OF_FLAGSHIPS = { .name = "flagships",
                                        .specimens = SPECIMENS_FLAGSHIPS,
                                        .things = THINGS_OWN,
                                        .make = make,
                                        .version = version,
                                        .own = own };
