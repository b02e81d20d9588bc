/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of the promises of replies. Rules: assignment_promise.c. */
#include "modules/assignments/assignment_promise.h"

enum { ROWS_MAX = 1000 };

static const struct field PROMISE_ROW[] = {
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

err promise_store_list(struct db *db, i64 reply_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct reply_promise);
    return db_list(db,
                   SQL("SELECT reply_id, number, item_number, text, due_on, owner, phone, "
                       "evidence_kind FROM reply_promises WHERE org_id = :org AND reply_id = "
                       ":reply_id ORDER BY number LIMIT 200",
                       P(reply_id)),
                   PROMISE_ROW, mem, out);
}

err promise_store_list_matter(struct db *db, const struct matter_key *key, struct arena *mem,
                              struct rows *out)
{
    i64 limit = ROWS_MAX;
    out->size = sizeof(struct reply_promise);
    return db_list(db,
                   SQL("SELECT p.reply_id, p.number, p.item_number, p.text, p.due_on, p.owner, "
                       "p.phone, p.evidence_kind FROM assignments a CROSS JOIN replies r CROSS "
                       "JOIN reply_promises p WHERE r.org_id = a.org_id AND r.assignment_id = "
                       "a.id AND p.org_id = r.org_id AND p.reply_id = r.id AND a.org_id = :org "
                       "AND a.matter = :matter AND a.matter_id = :matter_id ORDER BY a.id, "
                       "r.round, p.number LIMIT :limit",
                       P(key->matter), P(key->matter_id), P(limit)),
                   PROMISE_ROW, mem, out);
}

err promise_store_add(struct db *db, const struct reply_promise *p)
{
    return db_run(db,
                  SQL("INSERT INTO reply_promises (org_id, reply_id, number, item_number, text, "
                      "due_on, owner, phone, evidence_kind) VALUES (:org, :reply_id, :number, "
                      ":item_number, :text, :due_on, :owner, :phone, :evidence_kind)",
                      P(p->reply_id), P(p->number), P(p->item_number), P(p->text), P(p->due_on),
                      P(p->owner), P(p->phone), P(p->evidence_kind)),
                  NULL);
}

err promise_store_remove_all(struct db *db, i64 reply_id)
{
    return db_run(db,
                  SQL("DELETE FROM reply_promises WHERE org_id = :org AND reply_id = :reply_id",
                      P(reply_id)),
                  NULL);
}
