/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_departures.h. Whose they are: modules/departures/README.md, "Who may". */
#include "tests/matrix/world_departures.h"

#include "modules/members/member_act.h"
#include "platform/base/str.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world.h"

/* A member who leaves by an act; what came of it. */
static err gone(struct rq *rq, int set, const char *act, i64 *departure_id)
{
    bool foreign = set == SET_FOREIGN;
    struct member_record record = { .name = arena_printf(rq->mem, "%s-%s-%d",
                                                         foreign ? "CANARY" : "Leaver", act, set),
                                    .sector = str_of(WORLD_SECTORS[set]),
                                    .birth_on = BIRTH_UNKNOWN,
                                    .from_on = rq->today - 700,
                                    .term_number = 6 };
    i64 id;
    char result;
    TRY(member_save_record(rq, &record, &id, &result));
    TRY(member_record_act(rq, id,
                          &(struct member_act){ .verb = str_of(act),
                                                .on_on = rq->today - 9,
                                                .organ = str_of("Chairs"),
                                                .reason = str_of("Law"),
                                                .by_chairs = true }));
    return db_i64(rq->db,
                  SQL("SELECT id FROM departures WHERE org_id = :org AND member_id = :id", P(id)),
                  departure_id);
}

/* The letter: the seat is the newcomer's, so that the set's person can write another. */
static err departures_make(struct rq *rq, struct world *w, int set)
{
    i64 *thing = w->thing[set], member_id = w->newcomer[set], person_id = w->person[set];
    str name = str_of(set == SET_FOREIGN ? "CANARY-Asker" : "Asker");
    TRY(gone(rq, set, "revoke", &thing[DEPARTURE_UNRATIFIED]));
    TRY(gone(rq, set, "resign", &thing[DEPARTURE_LEFT]));
    return db_insert(
        rq->db,
        SQL("INSERT INTO departures (org_id, member_id, person_id, state, act, name, "
            "words, begun_at) VALUES (:org, :member_id, :person_id, 'asked', 'resign', "
            ":name, 'I move.', 1) RETURNING id",
            P(member_id), P(person_id), P(name)),
        &thing[DEPARTURE_ASKED]);
}

static void make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, departures_make);
}

static i64 version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM departures WHERE org_id = :org AND id = :id",
                            P(id)));
}

/* Who reads all of them: staff and leaders; a member his own letter, and nothing of others. */
static char own(const struct question *q)
{
    const char *verb = rules_verb(q);
    bool whole = rules_holds(q, "departures.read") && WHO[q->who].scope == SCOPE_ORG;
    if (!whole && (!rules_is_person(q) || q->thing != DEPARTURE_ASKED))
        return 'n';
    if (strcmp(verb, "approve") == 0 || strcmp(verb, "decline") == 0 ||
        strcmp(verb, "withdraw") == 0)
        return q->thing == DEPARTURE_ASKED ? 'o' : 'c';
    if (strcmp(verb, "ratify") == 0 || strcmp(verb, "annul") == 0)
        return q->thing == DEPARTURE_UNRATIFIED ? 'o' : 'c';
    return strcmp(verb, "close") != 0 || q->thing == DEPARTURE_LEFT ? 'o' : 'c';
}

static const struct thing THINGS_OWN[] = {
    { DEPARTURE_ASKED, "asked_departure", NULL, false },
    { DEPARTURE_UNRATIFIED, "unratified_departure", NULL, false },
    { DEPARTURE_LEFT, "left_departure", NULL, false },
    { 0 },
};

const struct part PART_OF_DEPARTURES = { .name = "departures",
                                         .specimens = SPECIMENS_DEPARTURES,
                                         .things = THINGS_OWN,
                                         .make = make,
                                         .version = version,
                                         .own = own };
