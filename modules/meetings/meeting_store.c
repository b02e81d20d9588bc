/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of meetings and invitees. The two lists: meeting_list.c. */
#include "modules/meetings/meeting_rules.h"

static const struct field MEETING_ROW[] = {
    FIELD(struct meeting, id),
    FIELD(struct meeting, state),
    FIELD(struct meeting, kind),
    FIELD(struct meeting, title),
    FIELD(struct meeting, organiser),
    FIELD(struct meeting, organiser_name),
    FIELD(struct meeting, mandatory),
    FIELD(struct meeting, places),
    FIELD(struct meeting, from_on),
    FIELD(struct meeting, from_half),
    FIELD(struct meeting, to_on),
    FIELD(struct meeting, to_half),
    FIELD(struct meeting, hour),
    FIELD(struct meeting, place),
    FIELD(struct meeting, answer_on),
    FIELD(struct meeting, agenda),
    FIELD(struct meeting, audience),
    FIELD(struct meeting, audience_name),
    FIELD(struct meeting, notified_at),
    FIELD(struct meeting, reminded_on),
    FIELD(struct meeting, reminds),
    FIELD(struct meeting, told_on),
    FIELD(struct meeting, cancel_reason),
    FIELD(struct meeting, minutes),
    FIELD(struct meeting, all_members),
    FIELD(struct meeting, two_thirds),
    FIELD(struct meeting, settled_at),
    FIELD(struct meeting, settled_name),
    FIELD(struct meeting, version),
    { 0 },
};

err meeting_store_add(struct db *db, const struct meeting *m, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO meetings (org_id, state, kind, title, organiser, organiser_name, "
            "mandatory, places, from_on, from_half, to_on, to_half, hour, place, answer_on, "
            "agenda, audience, audience_name) VALUES (:org, :state, :kind, :title, :organiser, "
            ":organiser_name, :mandatory, :places, :from_on, :from_half, :to_on, :to_half, :hour, "
            ":place, :answer_on, :agenda, :audience, :audience_name) RETURNING id",
            P(m->state), P(m->kind), P(m->title), P(m->organiser), P(m->organiser_name),
            P(m->mandatory), P(m->places), P(m->from_on), P(m->from_half), P(m->to_on),
            P(m->to_half), P(m->hour), P(m->place), P(m->answer_on), P(m->agenda), P(m->audience),
            P(m->audience_name)),
        id);
}

err meeting_store_update(struct db *db, const struct meeting *m)
{
    return db_update(
        db,
        SQL("UPDATE meetings SET state = :state, kind = :kind, title = :title, organiser = "
            ":organiser, organiser_name = :organiser_name, mandatory = :mandatory, places = "
            ":places, from_on = :from_on, from_half = :from_half, to_on = :to_on, to_half = "
            ":to_half, hour = :hour, place = :place, answer_on = :answer_on, agenda = :agenda, "
            "audience = :audience, audience_name = :audience_name, notified_at = :notified_at, "
            "reminded_on = :reminded_on, reminds = :reminds, told_on = :told_on, cancel_reason = "
            ":cancel_reason, minutes = :minutes, all_members = :all_members, two_thirds = "
            ":two_thirds, settled_at = :settled_at, settled_name = :settled_name, version = "
            "version + 1 WHERE org_id = :org AND id = :id AND version = :version",
            P(m->state), P(m->kind), P(m->title), P(m->organiser), P(m->organiser_name),
            P(m->mandatory), P(m->places), P(m->from_on), P(m->from_half), P(m->to_on),
            P(m->to_half), P(m->hour), P(m->place), P(m->answer_on), P(m->agenda), P(m->audience),
            P(m->audience_name), P(m->notified_at), P(m->reminded_on), P(m->reminds), P(m->told_on),
            P(m->cancel_reason), P(m->minutes), P(m->all_members), P(m->two_thirds),
            P(m->settled_at), P(m->settled_name), P(m->id), P(m->version)));
}

#define MEETING_COLUMNS                                                                    \
    "id, state, kind, title, organiser, organiser_name, mandatory, places, from_on, "      \
    "from_half, to_on, to_half, hour, place, answer_on, agenda, audience, audience_name, " \
    "notified_at, reminded_on, reminds, told_on, cancel_reason, minutes, all_members, "    \
    "two_thirds, settled_at, settled_name, version"

err meeting_store_find(struct db *db, i64 id, struct arena *mem, struct meeting *out)
{
    err e = db_one(
        db, SQL("SELECT " MEETING_COLUMNS " FROM meetings WHERE org_id = :org AND id = :id", P(id)),
        MEETING_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "meetings.not_found") : e;
}

err meeting_store_list_near(struct db *db, i64 today, i64 until_on, struct arena *mem,
                            struct rows *out)
{
    out->size = sizeof(struct meeting);
    return db_list(
        db,
        SQL("SELECT " MEETING_COLUMNS
            " FROM meetings WHERE org_id = :org AND state = 'notified' AND told_on = 0 "
            "AND from_on > :today AND from_on <= :until_on ORDER BY from_on, id LIMIT 20",
            P(today), P(until_on)),
        MEETING_ROW, mem, out);
}

err meeting_store_list_over(struct db *db, i64 today, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct meeting);
    return db_list(db,
                   SQL("SELECT " MEETING_COLUMNS
                       " FROM meetings WHERE org_id = :org AND state = 'notified' AND to_on < "
                       ":today ORDER BY to_on, id LIMIT 20",
                       P(today)),
                   MEETING_ROW, mem, out);
}

err meeting_store_list_held(struct db *db, i64 after_id, struct arena *mem, struct rows *out)
{
    i64 most = MEETINGS_HELD;
    out->size = sizeof(struct meeting);
    return db_list(db,
                   SQL("SELECT " MEETING_COLUMNS
                       " FROM meetings WHERE org_id = :org AND state = 'held' AND "
                       "substr(organiser, 1, 10) = 'committee:' AND kind NOT IN ('plenary', "
                       "'standing', 'chairs') AND id > :after_id ORDER BY id LIMIT :most",
                       P(after_id), P(most)),
                   MEETING_ROW, mem, out);
}

static const struct field BRIEF_ROW[] = {
    FIELD(struct meeting_brief, id),
    FIELD(struct meeting_brief, from_on),
    FIELD(struct meeting_brief, to_on),
    FIELD(struct meeting_brief, title),
    FIELD(struct meeting_brief, kind),
    FIELD(struct meeting_brief, state),
    { 0 },
};

err meeting_store_list_open(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct meeting_brief);
    return db_list(db,
                   SQL("SELECT id, from_on, to_on, title, kind, state FROM meetings WHERE org_id = "
                       ":org AND state IN ('draft', 'notified', 'held') ORDER BY from_on DESC, id "
                       "DESC LIMIT 200"),
                   BRIEF_ROW, mem, out);
}

err meeting_store_list_begun(struct db *db, i64 today, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct meeting_brief);
    return db_list(db,
                   SQL("SELECT id, from_on, to_on, title, kind, state FROM meetings WHERE org_id = "
                       ":org AND state IN ('notified', 'held', 'settled') AND from_on <= :today "
                       "ORDER BY from_on DESC, id DESC LIMIT 200",
                       P(today)),
                   BRIEF_ROW, mem, out);
}

err meeting_store_list_plenaries(struct db *db, i64 person_id, bool drafts, struct arena *mem,
                                 struct rows *out)
{
    i64 all = drafts;
    out->size = sizeof(struct meeting_brief);
    return db_list(db,
                   SQL("SELECT m.id, m.from_on, m.to_on, m.title, m.kind, m.state FROM meetings m "
                       "WHERE m.org_id = :org AND m.kind = 'plenary' AND (:all = 1 OR m.state <> "
                       "'draft') AND (:person_id = 0 OR EXISTS (SELECT i.id FROM invitees i WHERE "
                       "i.org_id = m.org_id AND i.meeting_id = m.id AND i.person_id = :person_id "
                       "AND i.state <> 'dropped')) ORDER BY m.from_on DESC, m.id DESC LIMIT 20",
                       P(all), P(person_id)),
                   BRIEF_ROW, mem, out);
}

/* Two nodes may look at the same time: who comes second finds another version. */
err meeting_store_told(struct db *db, const struct meeting *m, i64 today)
{
    return db_update(db, SQL("UPDATE meetings SET told_on = :today, version = version + 1 WHERE "
                             "org_id = :org AND id = :id AND version = :version",
                             P(today), P(m->id), P(m->version)));
}

/* ---- invitees ---- */

static const struct field INVITEE_ROW[] = {
    FIELD(struct invitee, id),
    FIELD(struct invitee, meeting_id),
    FIELD(struct invitee, member_id),
    FIELD(struct invitee, person_id),
    FIELD(struct invitee, name),
    FIELD(struct invitee, sector_name),
    FIELD(struct invitee, role),
    FIELD(struct invitee, standing),
    FIELD(struct invitee, unasked),
    FIELD(struct invitee, state),
    FIELD(struct invitee, leave_kind),
    FIELD(struct invitee, leave_by),
    FIELD(struct invitee, approver_id),
    FIELD(struct invitee, reason),
    FIELD(struct invitee, leaves),
    FIELD(struct invitee, denial),
    FIELD(struct invitee, decided_name),
    FIELD(struct invitee, decided_at),
    FIELD(struct invitee, answered_at),
    FIELD(struct invitee, result),
    FIELD(struct invitee, halves),
    FIELD(struct invitee, version),
    FIELD(struct invitee, title),
    FIELD(struct invitee, kind),
    FIELD(struct invitee, organiser),
    FIELD(struct invitee, meeting_state),
    FIELD(struct invitee, mandatory),
    FIELD(struct invitee, two_thirds),
    FIELD(struct invitee, places),
    FIELD(struct invitee, from_on),
    FIELD(struct invitee, from_half),
    FIELD(struct invitee, to_on),
    FIELD(struct invitee, to_half),
    FIELD(struct invitee, answer_on),
    { 0 },
};

err invitee_store_add(struct db *db, const struct invitee *i, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO invitees (org_id, meeting_id, member_id, person_id, name, sector_name, "
            "role, standing, unasked, state) VALUES (:org, :meeting_id, :member_id, :person_id, "
            ":name, :sector_name, :role, :standing, :unasked, :state) RETURNING id",
            P(i->meeting_id), P(i->member_id), P(i->person_id), P(i->name), P(i->sector_name),
            P(i->role), P(i->standing), P(i->unasked), P(i->state)),
        id);
}

err invitee_store_update(struct db *db, const struct invitee *i)
{
    return db_update(
        db,
        SQL("UPDATE invitees SET state = :state, role = :role, leave_kind = :leave_kind, leave_by "
            "= :leave_by, approver_id = :approver_id, reason = :reason, leaves = :leaves, denial "
            "= :denial, decided_name = :decided_name, decided_at = :decided_at, answered_at = "
            ":answered_at, result = :result, halves = :halves, version = version + 1 WHERE org_id "
            "= :org AND id = :id AND version = :version",
            P(i->state), P(i->role), P(i->leave_kind), P(i->leave_by), P(i->approver_id),
            P(i->reason), P(i->leaves), P(i->denial), P(i->decided_name), P(i->decided_at),
            P(i->answered_at), P(i->result), P(i->halves), P(i->id), P(i->version)));
}

#define INVITEE_COLUMNS                                                                         \
    "i.id, i.meeting_id, i.member_id, i.person_id, i.name, i.sector_name, i.role, i.standing, " \
    "i.unasked, i.state, i.leave_kind, i.leave_by, i.approver_id, i.reason, i.leaves, "         \
    "i.denial, i.decided_name, i.decided_at, i.answered_at, i.result, i.halves, i.version, "    \
    "m.title, m.kind, m.organiser, m.state AS meeting_state, m.mandatory, m.two_thirds, "       \
    "m.places, m.from_on, m.from_half, m.to_on, m.to_half, m.answer_on FROM invitees i JOIN "   \
    "meetings m ON m.org_id = i.org_id AND m.id = i.meeting_id"

err invitee_store_find(struct db *db, i64 id, struct arena *mem, struct invitee *out)
{
    err e =
        db_one(db, SQL("SELECT " INVITEE_COLUMNS " WHERE i.org_id = :org AND i.id = :id", P(id)),
               INVITEE_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "invitees.not_found") : e;
}

err invitee_store_list_ahead(struct db *db, i64 person_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct invitee);
    return db_list(db,
                   SQL("SELECT " INVITEE_COLUMNS
                       " WHERE i.org_id = :org AND i.person_id = :person_id AND m.state = "
                       "'notified' AND i.state NOT IN ('dropped', 'cancelled') ORDER BY i.id "
                       "LIMIT 200",
                       P(person_id)),
                   INVITEE_ROW, mem, out);
}

err invitee_store_list_undecided(struct db *db, i64 after_id, struct arena *mem, struct rows *out)
{
    i64 most = INVITEES_UNDECIDED;
    out->size = sizeof(struct invitee);
    return db_list(db,
                   SQL("SELECT " INVITEE_COLUMNS
                       " WHERE i.org_id = :org AND i.state = 'leave_asked' AND m.state IN "
                       "('notified', 'held') AND i.id > :after_id ORDER BY i.id LIMIT :most",
                       P(after_id), P(most)),
                   INVITEE_ROW, mem, out);
}

err invitee_store_list(struct db *db, i64 meeting_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct invitee);
    return db_list(db,
                   SQL("SELECT " INVITEE_COLUMNS
                       " WHERE i.org_id = :org AND i.meeting_id = :meeting_id AND i.state <> "
                       "'dropped' ORDER BY i.id LIMIT 4000",
                       P(meeting_id)),
                   INVITEE_ROW, mem, out);
}
