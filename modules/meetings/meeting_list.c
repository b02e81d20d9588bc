/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The two declared lists: meetings (mine: the row of who looks) and their invitees. */
#include "modules/meetings/meeting_rules.h"
#include "platform/base/str.h"

static const struct list_column COLUMNS[] = {
    { FIELD(struct meeting, title), LIST_TEXT, .sql = "m.title" },
    { FIELD(struct meeting, kind), LIST_CODE, .sql = "m.kind", .filter = true,
      .dictionary = "meetings.kinds" },
    { FIELD(struct meeting, state), LIST_CODE, .sql = "m.state", .filter = true,
      .states = "states.meetings", .choices = "draft notified held settled cancelled" },
    { FIELD(struct meeting, from_on), LIST_DAY, .sql = "m.from_on", .filter = true, .sort = true },
    { FIELD(struct meeting, to_on), LIST_DAY, .sql = "m.to_on", .hidden = true },
    { FIELD(struct meeting, place), LIST_TEXT, .sql = "m.place" },
    { FIELD(struct meeting, organiser_name), LIST_TEXT, .sql = "m.organiser_name" },
    { FIELD(struct meeting, answer), LIST_CODE, .may = "meetings.answer",
      .sql = "CASE WHEN mine.unasked = 1 THEN '' ELSE COALESCE(mine.state, '') END",
      .states = "states.invitees" },
    { FIELD(struct meeting, invited), LIST_NUMBER, .may = "meetings.excuse",
      .sql = "(SELECT count(*) FROM invitees a WHERE a.org_id = m.org_id AND a.meeting_id = m.id "
             "AND a.state <> 'dropped')" },
    { FIELD(struct meeting, going), LIST_NUMBER, .may = "meetings.excuse",
      .sql = "(SELECT count(*) FROM invitees c WHERE c.org_id = m.org_id AND c.meeting_id = m.id "
             "AND c.state = 'going')" },
    { FIELD(struct meeting, id), LIST_NUMBER, .sql = "m.id", .hidden = true },
    { FIELD(struct meeting, mandatory), LIST_BOOL, .sql = "m.mandatory", .hidden = true },
    { FIELD(struct meeting, invitee_id), LIST_NUMBER, .sql = "COALESCE(mine.id, 0)", .one = true },
    { FIELD(struct meeting, organiser), LIST_TEXT, .sql = "m.organiser", .one = true },
    { FIELD(struct meeting, places), LIST_NUMBER, .sql = "m.places", .one = true },
    { FIELD(struct meeting, from_half), LIST_TEXT, .sql = "m.from_half", .one = true },
    { FIELD(struct meeting, to_half), LIST_TEXT, .sql = "m.to_half", .one = true },
    { FIELD(struct meeting, hour), LIST_TEXT, .sql = "m.hour", .one = true },
    { FIELD(struct meeting, answer_on), LIST_DAY, .sql = "m.answer_on", .one = true },
    { FIELD(struct meeting, agenda), LIST_TEXT, .sql = "m.agenda", .one = true },
    { FIELD(struct meeting, audience), LIST_TEXT, .sql = "m.audience", .one = true,
      .may = "meetings.excuse" },
    { FIELD(struct meeting, audience_name), LIST_TEXT, .sql = "m.audience_name", .one = true,
      .may = "meetings.excuse" },
    { FIELD(struct meeting, notified_at), LIST_TIME, .sql = "m.notified_at", .one = true },
    { FIELD(struct meeting, reminded_on), LIST_DAY, .sql = "m.reminded_on", .one = true,
      .may = "meetings.excuse" },
    { FIELD(struct meeting, reminds), LIST_NUMBER, .sql = "m.reminds", .one = true,
      .may = "meetings.excuse" },
    { FIELD(struct meeting, told_on), LIST_DAY, .sql = "m.told_on", .one = true },
    { FIELD(struct meeting, cancel_reason), LIST_TEXT, .sql = "m.cancel_reason", .one = true },
    /* Of the office until it is settled. */
    { FIELD(struct meeting, minutes), LIST_TEXT, .sql = "m.minutes", .one = true,
      .may = "meetings.excuse" },
    { FIELD(struct meeting, all_members), LIST_NUMBER, .sql = "m.all_members", .one = true },
    { FIELD(struct meeting, two_thirds), LIST_BOOL, .sql = "m.two_thirds", .one = true },
    { FIELD(struct meeting, settled_at), LIST_TIME, .sql = "m.settled_at", .one = true },
    { FIELD(struct meeting, settled_name), LIST_TEXT, .sql = "m.settled_name", .one = true },
    { FIELD(struct meeting, version), LIST_NUMBER, .sql = "m.version", .one = true },
    { .field = { 0 } },
};

/* While it is asked, and decided until the meeting is settled, who decides the leave sees it: none
 * is asked any more in one that is. */
#define LEAVE_STATES "'leave_asked', 'leave_granted', 'leave_refused'"

/* Of committees that the actor heads today, while he serves: as organise.c says it of what he
 * manages (member_list_holding, member_is_serving). */
#define SERVES                                                                                    \
    "h.status IN ('serving', 'suspended', 'left') AND h.from_on <= :today AND (h.to_on = 0 OR "   \
    "h.to_on >= :today) AND COALESCE((SELECT c.act FROM changes c WHERE c.org_id = h.org_id AND " \
    "c.seat_id = h.id AND c.act IN ('suspend', 'resume') AND c.on_on <= :today ORDER BY c.on_on " \
    "DESC, c.id DESC LIMIT 1), '') <> 'suspend'"
#define ORGANISED                                                                                 \
    "m.kind NOT IN ('plenary', 'standing', 'chairs') AND m.organiser IN (SELECT 'committee:' || " \
    "t.body_id FROM tenures t JOIN members b ON b.org_id = t.org_id AND b.person_id = "           \
    "t.person_id JOIN seats h ON h.org_id = b.org_id AND h.member_id = b.id WHERE t.org_id = "    \
    ":org AND t.person_id = NULLIF(:actor_person, 0) AND t.body = 'committee' AND t.post = "      \
    "'director' AND t.from_on <= :today AND (t.to_on = 0 OR t.to_on >= :today) AND " SERVES ")"
#define INVITED                                                                                 \
    "m.state <> 'draft' AND (mine.id IS NOT NULL OR (m.state <> 'settled' AND m.id IN (SELECT " \
    "a.meeting_id FROM invitees a WHERE a.org_id = :org AND a.approver_id = "                   \
    "NULLIF(:actor_person, 0) AND a.state IN (" LEAVE_STATES "))))"

static const struct list_scope SCOPES[] = {
    { SCOPE_ORG, .needs = "meetings.manage", .sql = "" },
    { SCOPE_ORG, .needs = "meetings.organise", .sql = "m.state <> 'draft' OR (" ORGANISED ")" },
    { SCOPE_ORG, .sql = "m.state <> 'draft'" },
    { .needs = "meetings.organise", .sql = "(" ORGANISED ") OR (" INVITED ")" },
    { .sql = INVITED }, /* or who decides a leave of it */
    { 0 },
};

const struct list MEETING_LIST = {
    .name = "meetings",
    .may = "meetings.read",
    .from = "meetings m LEFT JOIN invitees mine ON mine.org_id = m.org_id AND mine.meeting_id = "
            "m.id AND mine.person_id = NULLIF(:actor_person, 0) AND mine.state <> 'dropped'",
    .where = "m.org_id = :org",
    .key = "m.id",
    .sort = "-from_on",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "meetings.not_found",
    .row_size = sizeof(struct meeting),
};

/* What the filter by meeting is called, where the actor may see it. */
static err meeting_word(struct rq *rq, str value, str *out)
{
    struct meeting m;
    i64 id = 0;
    if (!str_to_i64(value, &id))
        return OK;
    TRY(meeting_find(rq, id, &m));
    *out = m.title;
    return OK;
}

static const struct list_column INVITED_COLUMNS[] = {
    { FIELD(struct invitee, name), LIST_TEXT, .sql = "i.name" },
    { FIELD(struct invitee, sector_name), LIST_TEXT, .sql = "i.sector_name" },
    { FIELD(struct invitee, title), LIST_TEXT, .sql = "m.title" },
    { FIELD(struct invitee, role), LIST_CODE, .sql = "i.role", .filter = true,
      .states = "choices.role", .choices = "member guest speaker" },
    { FIELD(struct invitee, from_on), LIST_DAY, .sql = "m.from_on", .filter = true },
    { FIELD(struct invitee, state), LIST_CODE, .sql = "i.state", .filter = true,
      .states = "states.invitees",
      .choices = "pending going absenting leave_asked leave_granted leave_refused unconfirmed "
                 "dropped cancelled" },
    { FIELD(struct invitee, result), LIST_CODE, .sql = "i.result", .filter = true,
      .states = "choices.result", .choices = "whole part late leave absent" },
    { FIELD(struct invitee, halves), LIST_NUMBER, .sql = "i.halves" },
    { FIELD(struct invitee, checkins), LIST_NUMBER, .may = "meetings.follow",
      .sql = "(SELECT count(*) FROM checkins c WHERE c.org_id = i.org_id AND c.invitee_id = i.id "
             "AND c.undone_at = 0)" },
    { FIELD(struct invitee, answered_at), LIST_TIME, .sql = "i.answered_at" },
    { FIELD(struct invitee, id), LIST_NUMBER, .sql = "i.id", .hidden = true, .sort = true },
    { FIELD(struct invitee, meeting_id), LIST_NUMBER, .sql = "i.meeting_id", .filter = true,
      .hidden = true, .word = meeting_word },
    { FIELD(struct invitee, member_id), LIST_NUMBER, .sql = "i.member_id", .hidden = true },
    { FIELD(struct invitee, person_id), LIST_NUMBER, .sql = "i.person_id", .one = true },
    { FIELD(struct invitee, standing), LIST_BOOL, .sql = "i.standing", .one = true },
    { FIELD(struct invitee, unasked), LIST_BOOL, .sql = "i.unasked", .one = true },
    { FIELD(struct invitee, leave_kind), LIST_CODE, .sql = "i.leave_kind",
      .dictionary = "meetings.leave_kinds", .one = true },
    { FIELD(struct invitee, leave_by), LIST_CODE, .sql = "i.leave_by", .states = "invitees.by",
      .choices = "staff leader chair secretary_general head", .one = true },
    { FIELD(struct invitee, approver_id), LIST_NUMBER, .sql = "i.approver_id", .one = true },
    { FIELD(struct invitee, organiser), LIST_TEXT, .sql = "m.organiser", .one = true },
    { FIELD(struct invitee, reason), LIST_TEXT, .sql = "i.reason", .one = true },
    { FIELD(struct invitee, leaves), LIST_NUMBER, .sql = "i.leaves", .one = true },
    { FIELD(struct invitee, denial), LIST_TEXT, .sql = "i.denial", .one = true },
    { FIELD(struct invitee, decided_name), LIST_TEXT, .sql = "i.decided_name", .one = true },
    { FIELD(struct invitee, decided_at), LIST_TIME, .sql = "i.decided_at", .one = true },
    { FIELD(struct invitee, kind), LIST_CODE, .sql = "m.kind", .dictionary = "meetings.kinds",
      .one = true },
    { FIELD(struct invitee, meeting_state), LIST_CODE, .sql = "m.state",
      .states = "states.meetings", .one = true },
    { FIELD(struct invitee, mandatory), LIST_BOOL, .sql = "m.mandatory", .one = true },
    { FIELD(struct invitee, two_thirds), LIST_BOOL, .sql = "m.two_thirds", .one = true },
    { FIELD(struct invitee, places), LIST_NUMBER, .sql = "m.places", .one = true },
    { FIELD(struct invitee, from_half), LIST_TEXT, .sql = "m.from_half", .one = true },
    { FIELD(struct invitee, to_on), LIST_DAY, .sql = "m.to_on", .one = true },
    { FIELD(struct invitee, to_half), LIST_TEXT, .sql = "m.to_half", .one = true },
    { FIELD(struct invitee, answer_on), LIST_DAY, .sql = "m.answer_on", .one = true },
    { FIELD(struct invitee, version), LIST_NUMBER, .sql = "i.version", .one = true },
    { .field = { 0 } },
};

#define OWN_LINES                                                                               \
    "(i.person_id = NULLIF(:actor_person, 0) OR (i.approver_id = NULLIF(:actor_person, 0) AND " \
    "m.state <> 'settled' AND i.state IN (" LEAVE_STATES "))) AND i.state <> 'dropped'"

static const struct list_scope INVITED_SCOPES[] = {
    { SCOPE_ORG, .needs = "meetings.excuse", .sql = "" },
    { .needs = "meetings.organise", .sql = "(" ORGANISED ") OR (" OWN_LINES ")" },
    { .sql = OWN_LINES },
    { 0 },
};

const struct list INVITEE_LIST = {
    .name = "invitees",
    .may = "meetings.read",
    .from = "invitees i JOIN meetings m ON m.org_id = i.org_id AND m.id = i.meeting_id",
    .where = "i.org_id = :org",
    .key = "i.id",
    .sort = "-id",
    .columns = INVITED_COLUMNS,
    .scopes = INVITED_SCOPES,
    .missing = "invitees.not_found",
    .row_size = sizeof(struct invitee),
};
