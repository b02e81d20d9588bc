/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_provisions.h. Whose they are: modules/provisions/README.md, "Who may". */
#include "tests/matrix/world_provisions.h"

#include "platform/base/str.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world_meetings.h"

/* How each of them stands; the meetings begin today. */
static const struct {
    int thing, meeting;
    const char *state;
} HERE[] = {
    { PROVISION_DRAFT, MEETING_VOLUNTARY, "draft" },
    { PROVISION_OUT, MEETING_NOTIFIED, "published" },
    { PROVISION_CLOSED, MEETING_LEFT, "closed" },
};

/* minute: of a bus, 0 = it is lunch. */
static err item(struct rq *rq, int set, i64 provision_id, i64 minute, i64 *id)
{
    i64 held_on = rq->today;
    str kind = str_of(minute ? "there" : "meal"), meal = str_of(minute ? "" : "lunch");
    str place = str_of(set == SET_FOREIGN ? "CANARY-Gate" : "Gate");
    return db_insert(rq->db,
                     SQL("INSERT INTO provision_items (org_id, provision_id, kind, held_on, "
                         "minute, meal, place) VALUES (:org, :provision_id, :kind, :held_on, "
                         ":minute, :meal, :place) RETURNING id",
                         P(provision_id), P(kind), P(held_on), P(minute), P(meal), P(place)),
                     id);
}

static err provision(struct rq *rq, struct world *w, int set, size_t i)
{
    i64 meeting_id = w->thing[set][HERE[i].meeting], bus_id = 0, meal_id = 0;
    i64 answer_on = rq->today, published_at = HERE[i].thing != PROVISION_DRAFT;
    str state = str_of(HERE[i].state);
    str note = str_of(set == SET_FOREIGN ? "CANARY-Parking" : "Parking");
    i64 *id = &w->thing[set][HERE[i].thing];
    TRY(db_insert(rq->db,
                  SQL("INSERT INTO provisions (org_id, state, meeting_id, answer_on, note, "
                      "published_at) VALUES (:org, :state, :meeting_id, :answer_on, :note, "
                      ":published_at) RETURNING id",
                      P(state), P(meeting_id), P(answer_on), P(note), P(published_at)),
                  id));
    TRY(item(rq, set, *id, 450, &bus_id));
    if (HERE[i].thing == PROVISION_OUT)
        w->thing[set][PROVISION_BUS] = bus_id;
    return item(rq, set, *id, 0, &meal_id);
}

static err answered(struct rq *rq, struct world *w, int set)
{
    i64 provision_id = w->thing[set][PROVISION_CLOSED], invitee_id = w->thing[set][INVITEE_LEAVING];
    i64 member_id = w->member[set], person_id = w->person[set], today = rq->today, id;
    str avoid = str_of(set == SET_FOREIGN ? "CANARY-Nuts" : "Nuts");
    return db_insert(rq->db,
                     SQL("INSERT INTO provision_answers (org_id, provision_id, invitee_id, "
                         "member_id, person_id, chosen, diet, avoid, answered_at, until_on) VALUES "
                         "(:org, :provision_id, :invitee_id, :member_id, :person_id, 'Nothing', "
                         "'halal', :avoid, 1, :today) RETURNING id",
                         P(provision_id), P(invitee_id), P(member_id), P(person_id), P(avoid),
                         P(today)),
                     &id);
}

static err all(struct rq *rq, struct world *w, int set)
{
    for (size_t i = 0; i < sizeof HERE / sizeof *HERE; i++)
        TRY(provision(rq, w, set, i));
    return answered(rq, w, set);
}

static void provisions_make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, all);
}

static i64 provisions_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM provisions WHERE org_id = :org AND id = :id",
                            P(id)));
}

/* A draft is the office's; what is out theirs who come to the meeting. */
static char provisions_own(const struct question *q)
{
    if (rules_holds(q, "provisions.manage"))
        return 'o';
    return q->thing != PROVISION_DRAFT && rules_is_person(q) ? 'o' : 'n';
}

static const struct thing THINGS_OWN[] = {
    { PROVISION_DRAFT, "draft_provision", NULL, false },
    { PROVISION_OUT, "published_provision", NULL, false },
    { PROVISION_CLOSED, "closed_provision", NULL, false },
    { PROVISION_BUS, "bus", "provision_bus", false },
    { 0 },
};

const struct part PART_OF_PROVISIONS = { .name = "provisions",
                                         .specimens = SPECIMENS_PROVISIONS,
                                         .things = THINGS_OWN,
                                         .make = provisions_make,
                                         .version = provisions_version,
                                         .own = provisions_own };
