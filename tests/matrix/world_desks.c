/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_desks.h. Whose they are: modules/desks/README.md. */
#include "tests/matrix/world_desks.h"

#include "tests/matrix/roads.h"
#include "tests/matrix/rules.h"

static void on_errand(struct road *m, const char *verb, str json)
{
    i64 id = m->w->thing[m->set][m->thing];
    str path = arena_printf(m->w->t->mem, "/api/v1/errands/%lld/%s", (long long)id, verb);
    m->version =
        world_number(m->w->t->db, world_org(m->set),
                     SQL("SELECT version FROM errands WHERE org_id = :org AND id = :id", P(id)));
    road_ask(m, OPERATOR_JOB, path.ptr, json);
}

/* From here on the thing is the errand. */
static void give(struct road *m)
{
    i64 id = m->w->assignment[m->set][m->thing];
    str path = arena_printf(m->w->t->mem, "/api/v1/assignments/%lld/errands", (long long)id);
    m->version = 1;
    road_ask(m, OPERATOR_JOB, path.ptr,
             arena_printf(m->w->t->mem, "{\"account_id\":%lld,\"ask\":\"%sWrite it.\"}",
                          (long long)m->w->thing[m->set][DESK_CLERK], m->mark));
    m->w->thing[m->set][m->thing] =
        world_number(m->w->t->db, world_org(m->set),
                     SQL("SELECT MAX(id) FROM errands WHERE org_id = :org"));
}

static void take(struct road *m)
{
    on_errand(m, "take", str_of("{}"));
}

static void finish(struct road *m)
{
    on_errand(m, "finish",
              arena_printf(m->w->t->mem,
                           "{\"results\":[\"adopted\",\"planned\"],\"answers\":[\"%sIn June.\","
                           "\"At ten.\"]}",
                           m->mark));
}

static void bounce(struct road *m)
{
    on_errand(m, "bounce", arena_printf(m->w->t->mem, "{\"opinion\":\"%sNot mine.\"}", m->mark));
}

#define ACCEPTED_ROAD road_draft, road_submit, road_docket, road_assign, road_accept, give

static const struct {
    int thing;
    road_step *steps[10];
} ROADS[] = {
    { ERRAND_GIVEN, { ACCEPTED_ROAD, NULL } },
    { ERRAND_TAKEN, { ACCEPTED_ROAD, take, NULL } },
    { ERRAND_FINISHED, { ACCEPTED_ROAD, take, finish, NULL } },
    { ERRAND_BOUNCED, { ACCEPTED_ROAD, bounce, NULL } },
};

static err desk_make(struct rq *rq, struct world *w, int set)
{
    static const enum who OPERATORS[SETS] = { AN_OPERATOR, ANOTHER_OPERATOR, FOREIGN_OPERATOR };
    str name = str_of(set == SET_FOREIGN ? "CANARY-DESK" : "Planning");
    i64 agency_id = w->agency[set], today = rq->today,
        account_id = w->actor[OPERATORS[set]].account_id;
    w->thing[set][DESK_CLERK] = account_id;
    TRY(db_insert(rq->db,
                  SQL("INSERT INTO desks (org_id, agency_id, name, from_on) VALUES (:org, "
                      ":agency_id, :name, :today) RETURNING id",
                      P(agency_id), P(name), P(today)),
                  &w->thing[set][DESK_SET]));
    i64 desk_id = w->thing[set][DESK_SET];
    return db_run(rq->db,
                  SQL("INSERT INTO desk_accounts (org_id, desk_id, account_id) VALUES (:org, "
                      ":desk_id, :account_id)",
                      P(desk_id), P(account_id)),
                  NULL);
}

static void desks_make(struct world *w)
{
    for (int set = 0; set < SETS; set++) {
        world_make(w, set, desk_make);
        for (size_t i = 0; i < sizeof ROADS / sizeof *ROADS; i++)
            road_walk(w, set, ROADS[i].thing, ROADS[i].steps);
    }
}

static i64 desks_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    if (thing == DESK_SET)
        return world_number(w->t->db, world_org(set),
                            SQL("SELECT version FROM desks WHERE org_id = :org AND id = :id",
                                P(id)));
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM errands WHERE org_id = :org AND id = :id", P(id)));
}

static bool is_one_of(const char *verb, const char *const *verbs)
{
    for (; *verbs; verbs++)
        if (strcmp(verb, *verbs) == 0)
            return true;
    return false;
}

/* The agency's own alone, the office neither. What is to be written is who it was given to's: the
 * operator's; nobody reminds himself. No desk has a head here. */
static char desks_own(const struct question *q)
{
    static const char *const DOERS[] = { "take", "finish", "bounce", "draft", "autosave", NULL };
    const char *verb = rules_verb(q);
    if (!rules_is_agency(q))
        return 'n';
    if (strcmp(verb, "approve") == 0 ||
        (strcmp(verb, "remind") == 0 && strcmp(WHO[q->who].role, "operator") == 0) ||
        (is_one_of(verb, DOERS) && strcmp(WHO[q->who].role, "operator") != 0))
        return 'f';
    return 'o';
}

static const struct thing THINGS_OWN[] = {
    { DESK_SET, "desk", "desk", false },
    { DESK_CLERK, "clerk", "clerk", false },
    { ERRAND_GIVEN, "given", NULL, false },
    { ERRAND_TAKEN, "taken", NULL, false },
    { ERRAND_FINISHED, "finished", NULL, false },
    { ERRAND_BOUNCED, "bounced", NULL, false },
    { 0 },
};

const struct part PART_OF_DESKS = { .name = "desks",
                                    .specimens = SPECIMENS_DESKS,
                                    .things = THINGS_OWN,
                                    .make = desks_make,
                                    .version = desks_version,
                                    .own = desks_own };
