/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of promises. Those of followups and instructions: followup_store.c. Lists for people:
 * promise_list.c. */
#include "modules/outcomes/outcome_store.h"

enum { MATTER_MAX = 500, NOTES_MAX = 500 };

static const struct field PROMISE_ROW[] = {
    FIELD(struct promise, id),
    FIELD(struct promise, matter_id),
    FIELD(struct promise, session_id),
    FIELD(struct promise, assignment_id),
    FIELD(struct promise, agency_id),
    FIELD(struct promise, round),
    FIELD(struct promise, number),
    FIELD(struct promise, item_number),
    FIELD(struct promise, first_due_on),
    FIELD(struct promise, due_on),
    FIELD(struct promise, percent),
    FIELD(struct promise, renewals),
    FIELD(struct promise, renew_to_on),
    FIELD(struct promise, made_at),
    FIELD(struct promise, met_on),
    FIELD(struct promise, confirmed_at),
    FIELD(struct promise, missed_on),
    FIELD(struct promise, superseded_at),
    FIELD(struct promise, version),
    FIELD(struct promise, was_late),
    FIELD(struct promise, matter),
    FIELD(struct promise, matter_title),
    FIELD(struct promise, matter_number),
    FIELD(struct promise, agency_name),
    FIELD(struct promise, text),
    FIELD(struct promise, owner),
    FIELD(struct promise, phone),
    FIELD(struct promise, evidence_kind),
    FIELD(struct promise, state),
    FIELD(struct promise, renew_reason),
    FIELD(struct promise, warning),
    { 0 },
};

static const struct field NOTE_ROW[] = {
    FIELD(struct promise_note, id),
    FIELD(struct promise_note, promise_id),
    FIELD(struct promise_note, noted_at),
    FIELD(struct promise_note, noted_by),
    FIELD(struct promise_note, percent),
    FIELD(struct promise_note, from_on),
    FIELD(struct promise_note, to_on),
    FIELD(struct promise_note, kind),
    FIELD(struct promise_note, text),
    FIELD(struct promise_note, noted_name),
    { 0 },
};

/* ---- one by one ---- */

err promise_store_add_made(struct db *db, const struct promise *p, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO promises (org_id, matter, matter_id, session_id, matter_title, "
            "matter_number, assignment_id, agency_id, agency_name, round, number, item_number, "
            "text, first_due_on, due_on, owner, phone, evidence_kind, state, made_at) VALUES "
            "(:org, :matter, :matter_id, :session_id, :matter_title, :matter_number, "
            ":assignment_id, :agency_id, :agency_name, :round, :number, :item_number, :text, "
            ":first_due_on, :due_on, :owner, :phone, :evidence_kind, :state, :made_at) RETURNING "
            "id",
            P(p->matter), P(p->matter_id), P(p->session_id), P(p->matter_title),
            P(p->matter_number), P(p->assignment_id), P(p->agency_id), P(p->agency_name),
            P(p->round), P(p->number), P(p->item_number), P(p->text), P(p->first_due_on),
            P(p->due_on), P(p->owner), P(p->phone), P(p->evidence_kind), P(p->state),
            P(p->made_at)),
        id);
}

err promise_store_update(struct db *db, const struct promise *p, str to)
{
    return db_update(
        db, SQL("UPDATE promises SET state = :to, due_on = :due_on, percent = :percent, renewals = "
                ":renewals, renew_to_on = :renew_to_on, renew_reason = :renew_reason, met_on = "
                ":met_on, confirmed_at = :confirmed_at, missed_on = :missed_on, superseded_at = "
                ":superseded_at, was_late = :was_late, warning = :warning, version = version + 1 "
                "WHERE org_id = :org AND id = :id AND version = :version",
                P(to), P(p->due_on), P(p->percent), P(p->renewals), P(p->renew_to_on),
                P(p->renew_reason), P(p->met_on), P(p->confirmed_at), P(p->missed_on),
                P(p->superseded_at), P(p->was_late), P(p->warning), P(p->id), P(p->version)));
}

/* ---- many ---- */

err promise_store_warn(struct db *db, const struct promise *p)
{
    return db_update(db, SQL("UPDATE promises SET warning = :warning WHERE org_id = :org AND id = "
                             ":id AND version = :version",
                             P(p->warning), P(p->id), P(p->version)));
}

err promise_store_list_assignment(struct db *db, i64 assignment_id, struct arena *mem,
                                  struct rows *out)
{
    i64 limit = MATTER_MAX;
    out->size = sizeof(struct promise);
    return db_list(
        db,
        SQL("SELECT id, matter_id, session_id, assignment_id, agency_id, round, number, "
            "item_number, first_due_on, due_on, percent, renewals, renew_to_on, made_at, met_on, "
            "confirmed_at, missed_on, superseded_at, version, was_late, matter, matter_title, "
            "matter_number, agency_name, text, owner, phone, evidence_kind, state, renew_reason, "
            "warning FROM promises WHERE org_id = :org AND assignment_id = :assignment_id ORDER "
            "BY round, number LIMIT :limit",
            P(assignment_id), P(limit)),
        PROMISE_ROW, mem, out);
}

err promise_store_list_of(struct db *db, str matter, i64 matter_id, struct arena *mem,
                          struct rows *out)
{
    i64 limit = MATTER_MAX;
    out->size = sizeof(struct promise);
    return db_list(
        db,
        SQL("SELECT id, matter_id, session_id, assignment_id, agency_id, round, number, "
            "item_number, first_due_on, due_on, percent, renewals, renew_to_on, made_at, met_on, "
            "confirmed_at, missed_on, superseded_at, version, was_late, matter, matter_title, "
            "matter_number, agency_name, text, owner, phone, evidence_kind, state, renew_reason, "
            "warning FROM promises WHERE org_id = :org AND matter = :matter AND matter_id = "
            ":matter_id ORDER BY assignment_id, round, number LIMIT :limit",
            P(matter), P(matter_id), P(limit)),
        PROMISE_ROW, mem, out);
}

err promise_store_list_unwarned(struct db *db, const struct promise_query *query, struct arena *mem,
                                struct rows *out)
{
    out->size = sizeof(struct promise);
    return db_list(
        db,
        SQL("SELECT id, matter_id, session_id, assignment_id, agency_id, round, number, "
            "item_number, first_due_on, due_on, percent, renewals, renew_to_on, made_at, met_on, "
            "confirmed_at, missed_on, superseded_at, version, was_late, matter, matter_title, "
            "matter_number, agency_name, text, owner, phone, evidence_kind, state, renew_reason, "
            "warning FROM promises WHERE org_id = :org AND state IN ('made', 'progressing', "
            "'renewed') AND due_on <= :to_on AND warning <> :warning AND warning <> 'red' ORDER "
            "BY due_on, id LIMIT :limit",
            P(query->to_on), P(query->warning), P(query->limit)),
        PROMISE_ROW, mem, out);
}

err promise_store_list_late(struct db *db, const struct promise_query *query, struct arena *mem,
                            struct rows *out)
{
    out->size = sizeof(struct promise);
    return db_list(
        db,
        SQL("SELECT id, matter_id, session_id, assignment_id, agency_id, round, number, "
            "item_number, first_due_on, due_on, percent, renewals, renew_to_on, made_at, met_on, "
            "confirmed_at, missed_on, superseded_at, version, was_late, matter, matter_title, "
            "matter_number, agency_name, text, owner, phone, evidence_kind, state, renew_reason, "
            "warning FROM promises WHERE org_id = :org AND state IN ('made', 'progressing', "
            "'renewed') AND due_on <= :to_on AND renew_to_on = 0 AND (due_on, id) > (:after_on, "
            ":after_id) ORDER BY due_on, id LIMIT :limit",
            P(query->to_on), P(query->after_on), P(query->after_id), P(query->limit)),
        PROMISE_ROW, mem, out);
}

/* ---- notes ---- */

err promise_note_store_add(struct db *db, const struct promise_note *note)
{
    return db_run(
        db,
        SQL("INSERT INTO promise_notes (org_id, promise_id, kind, noted_at, noted_by, noted_name, "
            "percent, text, from_on, to_on) VALUES (:org, :promise_id, :kind, :noted_at, "
            ":noted_by, :noted_name, :percent, :text, :from_on, :to_on)",
            P(note->promise_id), P(note->kind), P(note->noted_at), P(note->noted_by),
            P(note->noted_name), P(note->percent), P(note->text), P(note->from_on), P(note->to_on)),
        NULL);
}

err promise_note_store_list(struct db *db, i64 promise_id, struct arena *mem, struct rows *out)
{
    i64 limit = NOTES_MAX;
    out->size = sizeof(struct promise_note);
    return db_list(db,
                   SQL("SELECT id, promise_id, kind, noted_at, noted_by, noted_name, percent, "
                       "text, from_on, to_on FROM promise_notes WHERE org_id = :org AND "
                       "promise_id = :promise_id ORDER BY id LIMIT :limit",
                       P(promise_id), P(limit)),
                   NOTE_ROW, mem, out);
}
