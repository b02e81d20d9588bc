/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of replies, their answers and numbers, and of evaluations. Assignments:
 * assignment_store.c. CROSS JOIN keeps SQLite to the written order, the matter's assignments first:
 * without statistics it would walk the other table whole. */
#include "modules/assignments/assignment_reply_store.h"

static const struct field REPLY_ROW[] = {
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

static const struct field ANSWER_ROW[] = {
    FIELD(struct reply_answer, reply_id),
    FIELD(struct reply_answer, number),
    FIELD(struct reply_answer, result),
    FIELD(struct reply_answer, text),
    { 0 },
};

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

err reply_store_list_answers(struct db *db, i64 reply_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct reply_answer);
    return db_list(db,
                   SQL("SELECT reply_id, number, result, text FROM reply_answers "
                       "WHERE org_id = :org AND reply_id = :reply_id ORDER BY number LIMIT 200",
                       P(reply_id)),
                   ANSWER_ROW, mem, out);
}

err reply_store_list_matter_answers(struct db *db, const struct matter_key *key, struct arena *mem,
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
                   ANSWER_ROW, mem, out);
}

err reply_store_count_answers(struct db *db, i64 reply_id, i64 *count)
{
    return db_i64(db,
                  SQL("SELECT COUNT(*) FROM reply_answers WHERE org_id = :org AND reply_id = "
                      ":reply_id "
                      "AND result <> '' AND text <> ''",
                      P(reply_id)),
                  count);
}

/* ---- letters of cohosts ---- */

static const struct field LETTER_ROW[] = {
    FIELD(struct contribution, id),        FIELD(struct contribution, number),
    FIELD(struct contribution, signer),    FIELD(struct contribution, signed_at),
    FIELD(struct contribution, signed_by), { 0 },
};

err contribution_store_list_letters(struct db *db, const struct matter_key *key, struct arena *mem,
                                    struct rows *out)
{
    out->size = sizeof(struct contribution);
    return db_list(db,
                   SQL("SELECT c.id, c.number, c.signer, c.signed_at, c.signed_by FROM "
                       "contributions c WHERE c.org_id = :org AND c.assignment_id IN (SELECT a.id "
                       "FROM assignments a WHERE a.org_id = :org AND a.matter = :matter AND "
                       "a.matter_id = :matter_id) ORDER BY c.id LIMIT 200",
                       P(key->matter), P(key->matter_id)),
                   LETTER_ROW, mem, out);
}

err contribution_store_find_unsigned(struct db *db, i64 assignment_id, struct arena *mem,
                                     struct contribution *out)
{
    err e = db_one(db,
                   SQL("SELECT id, number, signer, signed_at, signed_by FROM contributions WHERE "
                       "org_id = :org AND assignment_id = :assignment_id AND signed_at = 0 "
                       "ORDER BY id DESC LIMIT 1",
                       P(assignment_id)),
                   LETTER_ROW, mem, out);
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
