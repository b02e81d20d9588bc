/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of writing an answer: its text, answers to items and promises, its way out, numbers of
 * letters, opinions of cohosts. Reading all of a matter: modules/assignments. */
#include "modules/replies/reply_store.h"

/* ---- replies ---- */

err reply_store_find(struct db *db, i64 assignment_id, i64 round, struct arena *mem,
                     struct reply *out)
{
    err e = db_one(db,
                   SQL("SELECT id, assignment_id, round, drafted_at, drafted_by, signed_at, "
                       "signed_by, delivered_at, version, "
                       "public, class, opening, closing, number, signer, operator, phone, copies, "
                       "vetted_at, vetted_by, signed_class, examined_at, examined_by "
                       "FROM replies "
                       "WHERE org_id = :org AND assignment_id = :assignment_id AND round = :round",
                       P(assignment_id), P(round)),
                   REPLY_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err reply_store_find_class(struct db *db, i64 assignment_id, struct arena *mem, str *out)
{
    static const struct field MAP[] = { FIELD(struct reply, class), { 0 } };
    struct reply found = { .class = str_of("") };
    err e = db_one(db,
                   SQL("SELECT class FROM replies WHERE org_id = :org AND assignment_id = "
                       ":assignment_id AND delivered_at > 0 ORDER BY round DESC LIMIT 1",
                       P(assignment_id)),
                   MAP, mem, &found);
    *out = found.class;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err reply_store_add(struct db *db, const struct reply *r, i64 *id)
{
    return db_insert(db,
                     SQL("INSERT INTO replies (org_id, assignment_id, round, class, opening, "
                         "closing, operator, phone, copies, "
                         "public, drafted_at, drafted_by) VALUES (:org, :assignment_id, :round, "
                         ":class, :opening, :closing, "
                         ":operator, :phone, :copies, :public, :drafted_at, :drafted_by) RETURNING "
                         "id",
                         P(r->assignment_id), P(r->round), P(r->class), P(r->opening),
                         P(r->closing), P(r->operator), P(r->phone), P(r->copies), P(r->public),
                         P(r->drafted_at), P(r->drafted_by)),
                     id);
}

err reply_store_update(struct db *db, const struct reply *r)
{
    return db_update(db, SQL("UPDATE replies SET class = :class, opening = :opening, closing = "
                             ":closing, operator = :operator, "
                             "phone = :phone, copies = :copies, public = :public, drafted_at = "
                             ":drafted_at, "
                             "drafted_by = :drafted_by, vetted_at = 0, vetted_by = 0, "
                             "version = version + 1 "
                             "WHERE org_id = :org AND id = :id AND version = :version AND "
                             "signed_at = 0",
                             P(r->class), P(r->opening), P(r->closing), P(r->operator), P(r->phone),
                             P(r->copies), P(r->public), P(r->drafted_at), P(r->drafted_by),
                             P(r->id), P(r->version)));
}

err reply_store_pass(struct db *db, const struct reply *r)
{
    return db_update(db,
                     SQL("UPDATE replies SET class = :class, number = :number, signer = "
                         ":signer, signed_at = :signed_at, signed_by = :signed_by, "
                         "signed_class = :signed_class, vetted_at = :vetted_at, vetted_by = "
                         ":vetted_by, examined_at = :examined_at, examined_by = :examined_by, "
                         "delivered_at = :delivered_at, version = version + 1 "
                         "WHERE org_id = :org AND id = :id AND version = :version AND "
                         "delivered_at = 0",
                         P(r->class), P(r->number), P(r->signer), P(r->signed_at), P(r->signed_by),
                         P(r->signed_class), P(r->vetted_at), P(r->vetted_by), P(r->examined_at),
                         P(r->examined_by), P(r->delivered_at), P(r->id), P(r->version)));
}

/* ---- answers ---- */

err reply_store_put_answer(struct db *db, const struct reply_answer *answer)
{
    return db_run(db,
                  SQL("INSERT INTO reply_answers (org_id, reply_id, number, result, text) "
                      "VALUES (:org, :reply_id, :number, :result, :text) ON CONFLICT (org_id, "
                      "reply_id, number) "
                      "DO UPDATE SET result = excluded.result, text = excluded.text",
                      P(answer->reply_id), P(answer->number), P(answer->result), P(answer->text)),
                  NULL);
}

err reply_store_list_own_answers(struct db *db, i64 reply_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct reply_answer);
    return db_list(db,
                   SQL("SELECT reply_id, number, result, text FROM reply_answers "
                       "WHERE org_id = :org AND reply_id = :reply_id ORDER BY number LIMIT 200",
                       P(reply_id)),
                   REPLY_ANSWER_ROW, mem, out);
}

/* ---- promises ---- */

err reply_promise_store_list(struct db *db, i64 reply_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct reply_promise);
    return db_list(db,
                   SQL("SELECT reply_id, number, item_number, text, due_on, owner, phone, "
                       "evidence_kind FROM reply_promises WHERE org_id = :org AND reply_id = "
                       ":reply_id ORDER BY number LIMIT 200",
                       P(reply_id)),
                   REPLY_PROMISE_ROW, mem, out);
}

err reply_promise_store_add(struct db *db, const struct reply_promise *p)
{
    return db_run(db,
                  SQL("INSERT INTO reply_promises (org_id, reply_id, number, item_number, text, "
                      "due_on, owner, phone, evidence_kind) VALUES (:org, :reply_id, :number, "
                      ":item_number, :text, :due_on, :owner, :phone, :evidence_kind)",
                      P(p->reply_id), P(p->number), P(p->item_number), P(p->text), P(p->due_on),
                      P(p->owner), P(p->phone), P(p->evidence_kind)),
                  NULL);
}

err reply_promise_store_remove_all(struct db *db, i64 reply_id)
{
    return db_run(db,
                  SQL("DELETE FROM reply_promises WHERE org_id = :org AND reply_id = :reply_id",
                      P(reply_id)),
                  NULL);
}

/* ---- numbers ---- */

err reply_store_next_number(struct db *db, str prefix, i64 year, i64 *out)
{
    return db_i64(db,
                  SQL("INSERT INTO reply_numbers (org_id, prefix, year, last) VALUES (:org, "
                      ":prefix, :year, 1) "
                      "ON CONFLICT (org_id, prefix, year) DO UPDATE SET last = reply_numbers.last "
                      "+ 1 "
                      "RETURNING last",
                      P(prefix), P(year)),
                  out);
}

err reply_store_reach_number(struct db *db, str prefix, i64 year, i64 last)
{
    return db_run(db,
                  SQL("INSERT INTO reply_numbers (org_id, prefix, year, last) VALUES (:org, "
                      ":prefix, :year, :last) ON CONFLICT (org_id, prefix, year) DO UPDATE SET "
                      "last = excluded.last WHERE reply_numbers.last < excluded.last",
                      P(prefix), P(year), P(last)),
                  NULL);
}

err reply_letter_store_add(struct db *db, const struct reply_letter *letter)
{
    return db_run(db,
                  SQL("INSERT INTO reply_letters (org_id, reply_id, origin_id, number) VALUES "
                      "(:org, :reply_id, :origin_id, :number)",
                      P(letter->reply_id), P(letter->origin_id), P(letter->number)),
                  NULL);
}

err reply_letter_store_has(struct db *db, i64 reply_id, i64 origin_id, bool *out)
{
    i64 count = 0;
    TRY(db_i64(db,
               SQL("SELECT COUNT(*) FROM reply_letters WHERE org_id = :org AND reply_id = "
                   ":reply_id AND origin_id = :origin_id",
                   P(reply_id), P(origin_id)),
               &count));
    *out = count > 0;
    return OK;
}

/* ---- opinions of cohosts ---- */

err contribution_store_add(struct db *db, const struct contribution *c)
{
    return db_run(db,
                  SQL("INSERT INTO contributions (org_id, assignment_id, body, operator, phone, "
                      "given_at, given_by, number, signed_at, signed_by) "
                      "VALUES (:org, :assignment_id, :body, :operator, :phone, :given_at, "
                      ":given_by, :number, :signed_at, :signed_by)",
                      P(c->assignment_id), P(c->body), P(c->operator), P(c->phone), P(c->given_at),
                      P(c->given_by), P(c->number), P(c->signed_at), P(c->signed_by)),
                  NULL);
}

err contribution_store_find_unsigned(struct db *db, i64 assignment_id, i64 *id)
{
    err e = db_i64(db,
                   SQL("SELECT id FROM contributions WHERE org_id = :org AND assignment_id = "
                       ":assignment_id AND signed_at = 0 ORDER BY id DESC LIMIT 1",
                       P(assignment_id)),
                   id);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err contribution_store_sign(struct db *db, const struct contribution *c)
{
    return db_run(db,
                  SQL("UPDATE contributions SET number = :number, signer = :signer, signed_at = "
                      ":signed_at, signed_by = :signed_by WHERE org_id = :org AND id = :id AND "
                      "signed_at = 0",
                      P(c->number), P(c->signer), P(c->signed_at), P(c->signed_by), P(c->id)),
                  NULL);
}

err contribution_store_remove_unsigned(struct db *db, i64 assignment_id)
{
    return db_run(db,
                  SQL("DELETE FROM contributions WHERE org_id = :org AND assignment_id = "
                      ":assignment_id AND signed_at = 0",
                      P(assignment_id)),
                  NULL);
}
