/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_meetings.h. Whose they are: modules/meetings/README.md, "Who may". */
#include "tests/matrix/world_meetings.h"

#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world_opinions.h"

/* How each of them stands. The draft lies ahead, the others begin today. */
static const struct {
    int meeting, invitee;
    const char *state, *answer, *result;
    bool voluntary;
} HERE[] = {
    { MEETING_DRAFT, 0, "draft", "", "", false },
    { MEETING_NOTIFIED, INVITEE_PENDING, "notified", "pending", "", false },
    { MEETING_VOLUNTARY, INVITEE_VOLUNTARY, "notified", "pending", "", true },
    { MEETING_LEFT, INVITEE_LEAVING, "notified", "leave_asked", "", false },
    { MEETING_HELD, INVITEE_HELD, "held", "going", "whole", false },
    { MEETING_SETTLED, INVITEE_SETTLED, "settled", "going", "whole", false },
    { MEETING_TALLIED, INVITEE_TALLIED, "held", "going", "", false },
};

static err meeting(struct rq *rq, struct world *w, int set, size_t i)
{
    i64 ahead = rq->today + (HERE[i].meeting == MEETING_DRAFT ? 7 : 0);
    bool mandatory = !HERE[i].voluntary;
    str title = str_of(set == SET_FOREIGN ? "CANARY-Meeting" : "Meeting of roads");
    str state = str_of(HERE[i].state);
    return db_insert(rq->db,
                     SQL("INSERT INTO meetings (org_id, state, kind, title, organiser, "
                         "organiser_name, mandatory, from_on, from_half, to_on, to_half, place, "
                         "audience, audience_name, minutes) VALUES (:org, :state, 'committee', "
                         ":title, 'office', 'Office', :mandatory, :ahead, 'morning', :ahead, "
                         "'morning', 'Hall', 'members', 'All', 'It was agreed.') RETURNING id",
                         P(state), P(title), P(mandatory), P(ahead)),
                     &w->thing[set][HERE[i].meeting]);
}

static err invitee(struct rq *rq, struct world *w, int set, size_t i)
{
    i64 meeting_id = w->thing[set][HERE[i].meeting];
    i64 member_id = w->member[set], person_id = w->person[set];
    str answer = str_of(HERE[i].answer), result = str_of(HERE[i].result);
    str reason = str_of(set == SET_FOREIGN ? "CANARY-Fever" : "Fever");
    return db_insert(rq->db,
                     SQL("INSERT INTO invitees (org_id, meeting_id, member_id, person_id, name, "
                         "state, leave_kind, reason, result, halves) VALUES (:org, :meeting_id, "
                         ":member_id, :person_id, 'She', :answer, 'illness', :reason, :result, 1) "
                         "RETURNING id",
                         P(meeting_id), P(member_id), P(person_id), P(answer), P(reason),
                         P(result)),
                     &w->thing[set][HERE[i].invitee]);
}

/* The bytes are those of an opinion's file. */
static err paper(struct rq *rq, struct world *w, int set)
{
    i64 id = w->thing[set][MEETING_NOTIFIED], file = w->attachment[set][OPINION_FILED];
    return db_insert(
        rq->db,
        SQL("INSERT INTO attachments (org_id, owner, owner_id, name, type, sha256, "
            "size_bytes, uploaded_at, uploaded_by, account_id) SELECT org_id, 'meetings', :id, "
            "name, type, sha256, size_bytes, uploaded_at, '', 1 FROM "
            "attachments WHERE org_id = :org AND id = :file RETURNING id",
            P(id), P(file)),
        &w->attachment[set][MEETING_NOTIFIED]);
}

static err seen_at_door(struct rq *rq, struct world *w, int set)
{
    i64 meeting_id = w->thing[set][MEETING_TALLIED], invitee_id = w->thing[set][INVITEE_TALLIED];
    i64 id;
    return db_insert(
        rq->db,
        SQL("INSERT INTO checkins (org_id, meeting_id, invitee_id, half, way, "
            "came_at, noted_at, noted_name) VALUES (:org, :meeting_id, :invitee_id, 0, "
            "'gate', 1, 1, 'Clerk') RETURNING id",
            P(meeting_id), P(invitee_id)),
        &id);
}

static err all(struct rq *rq, struct world *w, int set)
{
    for (size_t i = 0; i < sizeof HERE / sizeof *HERE; i++) {
        TRY(meeting(rq, w, set, i));
        if (HERE[i].invitee)
            TRY(invitee(rq, w, set, i));
    }
    TRY(seen_at_door(rq, w, set));
    TRY(setting_store(rq, "meetings.checkin_code", str_of("1"), 1));
    TRY(setting_store(rq, "meetings.leave_by_committee", str_of("staff"), 1));
    return paper(rq, w, set);
}

static void meetings_make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, all);
}

static i64 meetings_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(
        w->t->db, world_org(set),
        thing >= INVITEE_PENDING
            ? SQL("SELECT version FROM invitees WHERE org_id = :org AND id = :id", P(id))
            : SQL("SELECT version FROM meetings WHERE org_id = :org AND id = :id", P(id)));
}

/* README, "Who may". Staff decides the leave of a committee's meeting here, so that a leader who
 * sees it may not, nor he whose leave it is; a leader sees no drafts. */
static char meetings_own(const struct question *q)
{
    if (rules_is_under(q, "meetings.manage") ||
        (rules_is_under(q, "meetings.organise") && rules_holds(q, "meetings.manage")))
        return 'o';
    if (rules_is_under(q,
                       "meetings.organise")) /* of committees that the head heads: relations_test */
        return rules_is_person(q) && q->thing != MEETING_DRAFT ? 'f' : 'n';
    if (rules_is_under(q, "meetings.decide") && rules_holds(q, "meetings.excuse"))
        return rules_holds(q, "meetings.manage") ? 'o' : 'f';
    if (rules_is_under(q, "meetings.decide"))
        return rules_is_person(q) ? 'f' : 'n';
    if (rules_is_under(q, "meetings.excuse"))
        return 'o';
    if (rules_is_under(q, "meetings.read") && rules_holds(q, "meetings.excuse"))
        return q->thing == MEETING_DRAFT && !rules_holds(q, "meetings.manage") ? 'n' : 'o';
    return rules_is_person(q) && q->thing != MEETING_DRAFT ? 'o' : 'n';
}

static const struct thing THINGS_OWN[] = {
    { MEETING_DRAFT, "draft_meeting", "meeting_draft", false },
    { MEETING_NOTIFIED, "notified_meeting", "meeting_notified", false },
    { MEETING_VOLUNTARY, "voluntary_meeting", NULL, false },
    { MEETING_LEFT, "left_meeting", NULL, false },
    { MEETING_HELD, "held_meeting", NULL, false },
    { MEETING_SETTLED, "settled_meeting", NULL, false },
    { MEETING_TALLIED, "tallied_meeting", NULL, false },
    { INVITEE_PENDING, "pending_invitee", "invitee_pending", false },
    { INVITEE_VOLUNTARY, "voluntary_invitee", NULL, false },
    { INVITEE_LEAVING, "leaving_invitee", NULL, false },
    { INVITEE_HELD, "held_invitee", "invitee_held", false },
    { INVITEE_SETTLED, "settled_invitee", NULL, false },
    { INVITEE_TALLIED, "tallied_invitee", NULL, false },
    { 0 },
};

const struct part PART_OF_MEETINGS = { .name = "meetings",
                                       .specimens = SPECIMENS_MEETINGS,
                                       .things = THINGS_OWN,
                                       .make = meetings_make,
                                       .version = meetings_version,
                                       .own = meetings_own };
