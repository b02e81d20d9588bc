/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_preassignments.h. Whose they are: modules/preassignments/README.md, "Who may". */
#include "tests/matrix/world_preassignments.h"

#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "tests/matrix/roads.h"
#include "tests/matrix/rules.h"

static void preassign(struct road *m)
{
    road_on_proposal(m, DISPATCHER_JOB, "preassign",
                     arena_printf(m->w->t->mem, "{\"mode\":\"sole\",\"host_id\":%lld}",
                                  (long long)m->w->agency[m->set]));
}

static i64 last_line(struct road *m)
{
    return world_number(m->w->t->db, world_org(m->set),
                        SQL("SELECT MAX(id) FROM preassignments WHERE org_id = :org"));
}

static void on_line(struct road *m, i64 line, const char *verb, str json)
{
    str path = arena_printf(m->w->t->mem, "/api/v1/preassignments/%lld/%s", (long long)line, verb);
    m->version = 1;
    road_ask(m, OPERATOR_JOB, path.ptr, json);
}

static void agree(struct road *m)
{
    on_line(m, last_line(m), "agree", str_of("{}"));
}

static void object(struct road *m)
{
    on_line(m, last_line(m), "object",
            arena_printf(m->w->t->mem, "{\"reason\":\"%sNot our business.\"}", m->mark));
}

/* From here on the thing is the line. */
static void take_line(struct road *m)
{
    m->w->thing[m->set][m->thing] = last_line(m);
}

#define DOCKETED_ROAD road_draft, road_submit, road_docket

static const struct {
    int thing;
    road_step *steps[8];
} ROADS[] = {
    { LINE_ASKED, { DOCKETED_ROAD, preassign, take_line, NULL } },
    { LINE_OBJECTED, { DOCKETED_ROAD, preassign, object, take_line, NULL } },
    { ALL_AGREED, { DOCKETED_ROAD, preassign, agree, NULL } },
};

static err meeting_make(struct rq *rq, struct world *w, int set)
{
    i64 now = rq->now_ms, held_on = rq->today + 7, session_id = w->session[set];
    str name = str_of(set == SET_FOREIGN ? "CANARY-MEETING" : "Handing out");
    w->thing[set][SITTING] = session_id;
    return db_insert(rq->db,
                     SQL("INSERT INTO preassignment_meetings (org_id, session_id, name, held_on, "
                         "place, state, made_at, made_by) VALUES (:org, :session_id, :name, "
                         ":held_on, 'Hall', 'draft', :now, 1) RETURNING id",
                         P(session_id), P(name), P(held_on), P(now)),
                     &w->thing[set][MEETING_SET]);
}

static err on_trial(struct rq *rq, struct world *w, int set)
{
    (void)w;
    (void)set;
    return setting_store(rq, "proposals.preassign", str_of("1"), 1);
}

static void preassignments_make(struct world *w)
{
    for (int set = 0; set < SETS; set++) {
        world_make(w, set, on_trial);
        for (size_t i = 0; i < sizeof ROADS / sizeof *ROADS; i++)
            road_walk(w, set, ROADS[i].thing, ROADS[i].steps);
        world_make(w, set, meeting_make);
    }
}

static i64 preassignments_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    if (thing == MEETING_SET)
        return world_number(
            w->t->db, world_org(set),
            SQL("SELECT version FROM preassignment_meetings WHERE org_id = :org AND id = :id",
                P(id)));
    if (thing == ALL_AGREED)
        return world_number(w->t->db, world_org(set),
                            SQL("SELECT version FROM proposals WHERE org_id = :org AND id = :id",
                                P(id)));
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM preassignments WHERE org_id = :org AND id = :id",
                            P(id)));
}

/* The office all; an agency its own lines, and every meeting with those. */
static char preassignments_own(const struct question *q)
{
    bool sees = WHO[q->who].scope == SCOPE_ORG || q->thing == MEETING_SET || rules_is_agency(q);
    return sees ? 'o' : 'n';
}

static const struct thing THINGS_OWN[] = {
    { LINE_ASKED, "asked", NULL, false },      { LINE_OBJECTED, "objected", NULL, false },
    { ALL_AGREED, "agreed", "agreed", false }, { MEETING_SET, "meeting", NULL, false },
    { SITTING, "sitting", "sitting", false },  { 0 },
};

const struct part PART_OF_PREASSIGNMENTS = { .name = "preassignments",
                                             .specimens = SPECIMENS_PREASSIGNMENTS,
                                             .things = THINGS_OWN,
                                             .make = preassignments_make,
                                             .version = preassignments_version,
                                             .own = preassignments_own };
