/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_plenaries.h. Whose they are: as meetings (modules/meetings/README.md, "Who may"). */
#include "tests/matrix/world_plenaries.h"

#include "platform/base/str.h"
#include "tests/matrix/rules.h"

static err plenary(struct rq *rq, struct world *w, int set)
{
    i64 today = rq->today, none, member_id = w->member[set], person_id = w->person[set];
    str title = str_of(set == SET_FOREIGN ? "CANARY-Plenary" : "Plenary");
    TRY(db_insert(rq->db,
                  SQL("INSERT INTO meetings (org_id, state, kind, title, organiser, "
                      "organiser_name, mandatory, from_on, from_half, to_on, to_half, place, "
                      "audience, audience_name) VALUES (:org, 'notified', 'plenary', :title, "
                      "'office', 'Office', 1, :today, 'morning', :today, 'morning', 'Hall', "
                      "'members', 'All') RETURNING id",
                      P(title), P(today)),
                  &w->thing[set][PLENARY_NOTIFIED]));
    i64 meeting_id = w->thing[set][PLENARY_NOTIFIED];
    return db_insert(rq->db,
                     SQL("INSERT INTO invitees (org_id, meeting_id, member_id, person_id, name, "
                         "state) VALUES (:org, :meeting_id, :member_id, :person_id, 'She', "
                         "'pending') RETURNING id",
                         P(meeting_id), P(member_id), P(person_id)),
                     &none);
}

static void plenaries_make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, plenary);
}

static i64 plenaries_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM meetings WHERE org_id = :org AND id = :id",
                            P(id)));
}

static char plenaries_own(const struct question *q)
{
    return rules_holds(q, "meetings.excuse") || rules_is_person(q) ? 'o' : 'n';
}

static const struct thing THINGS_OWN[] = {
    { PLENARY_NOTIFIED, "notified_plenary", NULL, false },
    { 0 },
};

const struct part PART_OF_PLENARIES = { .name = "plenaries",
                                        .specimens = SPECIMENS_PLENARIES,
                                        .things = THINGS_OWN,
                                        .make = plenaries_make,
                                        .version = plenaries_version,
                                        .own = plenaries_own };
