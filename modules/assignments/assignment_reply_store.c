/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of a matter's answers, for its sheet. Assignments: assignment_store.c. CROSS JOIN
 * keeps SQLite to the written order, the matter's assignments first: without statistics it would
 * walk the other table whole. */
#include "modules/assignments/assignment_reply_store.h"

enum { PROMISES_MAX = 1000 };

const struct field REPLY_ROW[] = {
    FIELD(struct reply, id),           FIELD(struct reply, assignment_id),
    FIELD(struct reply, round),        FIELD(struct reply, drafted_at),
    FIELD(struct reply, drafted_by),   FIELD(struct reply, signed_at),
    FIELD(struct reply, signed_by),    FIELD(struct reply, delivered_at),
    FIELD(struct reply, version),      FIELD(struct reply, public),
    FIELD(struct reply, class),        FIELD(struct reply, opening),
    FIELD(struct reply, closing),      FIELD(struct reply, number),
    FIELD(struct reply, signer),       FIELD(struct reply, operator),
    FIELD(struct reply, phone),        FIELD(struct reply, copies),
    FIELD(struct reply, vetted_at),    FIELD(struct reply, vetted_by),
    FIELD(struct reply, signed_class), FIELD(struct reply, examined_at),
    FIELD(struct reply, examined_by),  { 0 },
};

const struct field REPLY_ANSWER_ROW[] = {
    FIELD(struct reply_answer, reply_id),
    FIELD(struct reply_answer, number),
    FIELD(struct reply_answer, result),
    FIELD(struct reply_answer, text),
    { 0 },
};

const struct field REPLY_PROMISE_ROW[] = {
    FIELD(struct reply_promise, reply_id),
    FIELD(struct reply_promise, number),
    FIELD(struct reply_promise, item_number),
    FIELD(struct reply_promise, text),
    FIELD(struct reply_promise, due_on),
    FIELD(struct reply_promise, owner),
    FIELD(struct reply_promise, phone),
    FIELD(struct reply_promise, evidence_kind),
    { 0 },
};

err reply_store_list(struct db *db, const struct matter_key *key, struct arena *mem,
                     struct rows *out)
{
    out->size = sizeof(struct reply);
    return db_list(db,
                   SQL("SELECT r.id, r.assignment_id, r.round, r.drafted_at, r.drafted_by, "
                       "r.signed_at, r.signed_by, r.delivered_at, r.version, r.public, r.class, "
                       "r.opening, r.closing, r.number, r.signer, r.operator, r.phone, r.copies, "
                       "r.vetted_at, r.vetted_by, r.signed_class, r.examined_at, r.examined_by "
                       "FROM assignments a CROSS JOIN replies r WHERE r.org_id = a.org_id AND "
                       "r.assignment_id = a.id AND a.org_id = :org AND a.matter = :matter AND "
                       "a.matter_id = :matter_id ORDER BY a.id, r.round LIMIT 500",
                       P(key->matter), P(key->matter_id)),
                   REPLY_ROW, mem, out);
}

err reply_store_list_answers(struct db *db, const struct matter_key *key, struct arena *mem,
                             struct rows *out)
{
    out->size = sizeof(struct reply_answer);
    return db_list(db,
                   SQL("SELECT x.reply_id, x.number, x.result, x.text FROM assignments a CROSS "
                       "JOIN replies r CROSS JOIN reply_answers x WHERE r.org_id = a.org_id AND "
                       "r.assignment_id = a.id AND x.org_id = r.org_id AND x.reply_id = r.id AND "
                       "a.org_id = :org AND a.matter = :matter AND a.matter_id = :matter_id "
                       "ORDER BY a.id, r.round, x.number LIMIT 5000",
                       P(key->matter), P(key->matter_id)),
                   REPLY_ANSWER_ROW, mem, out);
}

err reply_store_list_promises(struct db *db, const struct matter_key *key, struct arena *mem,
                              struct rows *out)
{
    i64 limit = PROMISES_MAX;
    out->size = sizeof(struct reply_promise);
    return db_list(db,
                   SQL("SELECT p.reply_id, p.number, p.item_number, p.text, p.due_on, p.owner, "
                       "p.phone, p.evidence_kind FROM assignments a CROSS JOIN replies r CROSS "
                       "JOIN reply_promises p WHERE r.org_id = a.org_id AND r.assignment_id = "
                       "a.id AND p.org_id = r.org_id AND p.reply_id = r.id AND a.org_id = :org "
                       "AND a.matter = :matter AND a.matter_id = :matter_id ORDER BY a.id, "
                       "r.round, p.number LIMIT :limit",
                       P(key->matter), P(key->matter_id), P(limit)),
                   REPLY_PROMISE_ROW, mem, out);
}
