/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_seatings.h. Whose they are: modules/seatings/README.md, "Who may see". */
#include "tests/matrix/world_seatings.h"

#include "platform/base/str.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world_meetings.h"

static err seating(struct rq *rq, struct world *w, int set, bool out)
{
    i64 *id = &w->thing[set][out ? SEATING_OUT : SEATING_DRAFT], none;
    i64 meeting_id = w->thing[set][MEETING_NOTIFIED];
    i64 invitee_id = w->thing[set][INVITEE_PENDING];
    i64 member_id = w->member[set], person_id = w->person[set];
    str title = str_of(set == SET_FOREIGN ? "CANARY-Hall" : "Hall");
    str state = str_of(out ? "published" : "draft");
    TRY(db_insert(rq->db,
                  SQL("INSERT INTO seatings (org_id, state, meeting_id, title, floor, numbering, "
                      "arrangement, run) VALUES (:org, :state, :meeting_id, :title, '4', 'left', "
                      "'hand', 'rows') RETURNING id",
                      P(state), P(meeting_id), P(title)),
                  id));
    i64 seating_id = *id;
    if (!out)
        return OK; /* nobody has a chair yet: he can be given one */
    return db_insert(rq->db,
                     SQL("INSERT INTO seating_places (org_id, seating_id, part, line, chair, "
                         "invitee_id, member_id, person_id) VALUES (:org, :seating_id, 'floor', 1, "
                         "1, :invitee_id, :member_id, :person_id) RETURNING id",
                         P(seating_id), P(invitee_id), P(member_id), P(person_id)),
                     &none);
}

static err both(struct rq *rq, struct world *w, int set)
{
    TRY(seating(rq, w, set, false));
    return seating(rq, w, set, true);
}

static void seatings_make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, both);
}

static i64 seatings_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM seatings WHERE org_id = :org AND id = :id",
                            P(id)));
}

/* A draft is the office's; what is published the leaders' too, and theirs who have a chair. */
static char seatings_own(const struct question *q)
{
    if (rules_holds(q, "seatings.manage"))
        return 'o';
    if (q->thing == SEATING_DRAFT)
        return 'n';
    return WHO[q->who].scope == SCOPE_ORG || rules_is_person(q) ? 'o' : 'n';
}

static const struct thing THINGS_OWN[] = {
    { SEATING_DRAFT, "draft_seating", NULL, false },
    { SEATING_OUT, "published_seating", NULL, false },
    { 0 },
};

const struct part PART_OF_SEATINGS = { .name = "seatings",
                                       .specimens = SPECIMENS_SEATINGS,
                                       .things = THINGS_OWN,
                                       .make = seatings_make,
                                       .version = seatings_version,
                                       .own = seatings_own };
