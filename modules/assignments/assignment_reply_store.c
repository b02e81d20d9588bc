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

static const struct field EVALUATION_ROW[] = {
    FIELD(struct evaluation, id),
    FIELD(struct evaluation, assignment_id),
    FIELD(struct evaluation, round),
    FIELD(struct evaluation, person_id),
    FIELD(struct evaluation, asked_at),
    FIELD(struct evaluation, due_on),
    FIELD(struct evaluation, given_at),
    FIELD(struct evaluation, proxy_account_id),
    FIELD(struct evaluation, transcribed_by),
    FIELD(struct evaluation, is_left),
    FIELD(struct evaluation, is_lead),
    FIELD(struct evaluation, basis),
    FIELD(struct evaluation, person_name),
    FIELD(struct evaluation, visit),
    FIELD(struct evaluation, manner),
    FIELD(struct evaluation, hearing),
    FIELD(struct evaluation, relevance),
    FIELD(struct evaluation, handling),
    FIELD(struct evaluation, result),
    FIELD(struct evaluation, text),
    FIELD(struct evaluation, agreement),
    FIELD(struct evaluation, leader_replied),
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

/* ---- evaluations ---- */

err evaluation_store_add(struct db *db, const struct evaluation *e)
{
    return db_run(db,
                  SQL("INSERT INTO evaluations (org_id, assignment_id, round, person_id, "
                      "person_name, position, is_lead, asked_at, due_on) "
                      "VALUES (:org, :assignment_id, :round, :person_id, :person_name, :position, "
                      ":is_lead, :asked_at, :due_on) "
                      "ON CONFLICT (org_id, assignment_id, round, person_id, position) DO NOTHING",
                      P(e->assignment_id), P(e->round), P(e->person_id), P(e->person_name),
                      P(e->position), P(e->is_lead), P(e->asked_at), P(e->due_on)),
                  NULL);
}

err evaluation_store_find(struct db *db, const struct evaluation_key *key, struct arena *mem,
                          struct evaluation *out)
{
    err e = db_one(db,
                   SQL("SELECT id, assignment_id, round, person_id, asked_at, due_on, given_at, "
                       "proxy_account_id, transcribed_by, is_left, is_lead, basis, "
                       "person_name, "
                       "visit, manner, hearing, relevance, handling, result, text, agreement, "
                       "leader_replied FROM evaluations "
                       "WHERE org_id = :org AND assignment_id = :assignment_id AND round = :round "
                       "AND person_id = :person_id",
                       P(key->assignment_id), P(key->round), P(key->person_id)),
                   EVALUATION_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err evaluation_store_is_asked(struct db *db, i64 assignment_id, i64 person_id, bool *out)
{
    i64 count = 0;
    TRY(db_i64(db,
               SQL("SELECT COUNT(*) FROM evaluations WHERE org_id = :org AND assignment_id = "
                   ":assignment_id "
                   "AND person_id = :person_id",
                   P(assignment_id), P(person_id)),
               &count));
    *out = count > 0;
    return OK;
}

err evaluation_store_give(struct db *db, const struct evaluation *e)
{
    return db_run(
        db,
        SQL("UPDATE evaluations SET given_at = :given_at, visit = :visit, manner = "
            ":manner, hearing = :hearing, "
            "relevance = :relevance, handling = :handling, result = :result, text = "
            ":text, agreement = :agreement, leader_replied = :leader_replied, "
            "proxy_account_id = :proxy_account_id, transcribed_by = :transcribed_by, basis "
            "= :basis WHERE org_id = :org AND id = :id",
            P(e->transcribed_by), P(e->basis), P(e->given_at), P(e->visit), P(e->manner),
            P(e->hearing), P(e->relevance), P(e->handling), P(e->result), P(e->text),
            P(e->agreement), P(e->leader_replied), P(e->proxy_account_id), P(e->id)),
        NULL);
}

err evaluation_store_list(struct db *db, const struct matter_key *key, struct arena *mem,
                          struct rows *out)
{
    out->size = sizeof(struct evaluation);
    return db_list(
        db,
        SQL("SELECT e.id, e.assignment_id, e.round, e.person_id, e.asked_at, "
            "e.due_on, e.given_at, e.proxy_account_id, e.transcribed_by, e.is_left, "
            "e.is_lead, e.basis, e.person_name, e.visit, e.manner, e.hearing, e.relevance, "
            "e.handling, e.result, e.text, e.agreement, e.leader_replied "
            "FROM assignments a CROSS JOIN evaluations e "
            "WHERE e.org_id = a.org_id AND e.assignment_id = a.id AND a.org_id = :org "
            "AND a.matter = :matter AND a.matter_id = :matter_id ORDER BY e.round, "
            "e.id LIMIT 5000",
            P(key->matter), P(key->matter_id)),
        EVALUATION_ROW, mem, out);
}

err evaluation_store_leave(struct db *db, i64 person_id)
{
    return db_run(db,
                  SQL("UPDATE evaluations SET is_left = 1 WHERE org_id = :org AND person_id = "
                      ":person_id AND given_at = 0",
                      P(person_id)),
                  NULL);
}

err evaluation_store_list_left(struct db *db, i64 person_id, struct arena *mem, struct rows *out)
{
    static const struct field MAP[] = { FIELD(struct assignment_id_row, id), { 0 } };
    out->size = sizeof(struct assignment_id_row);
    return db_list(db,
                   SQL("SELECT DISTINCT e.assignment_id AS id FROM evaluations e WHERE e.org_id = "
                       ":org AND e.person_id = :person_id AND e.given_at = 0 AND e.is_left = 1 "
                       "ORDER BY 1 LIMIT 1000",
                       P(person_id)),
                   MAP, mem, out);
}

err evaluation_store_list_unreminded(struct db *db, i64 to_on, i64 limit, struct arena *mem,
                                     struct rows *out)
{
    out->size = sizeof(struct evaluation);
    return db_list(
        db,
        SQL("SELECT id, assignment_id, round, person_id, asked_at, due_on, given_at, "
            "proxy_account_id, transcribed_by, is_left, is_lead, basis, "
            "person_name, visit, manner, hearing, relevance, "
            "handling, result, text, agreement, leader_replied FROM evaluations "
            "WHERE org_id = :org AND "
            "given_at = 0 AND reminded_at = 0 AND person_id > 0 AND is_left = 0 AND due_on "
            "<= :to_on "
            "ORDER BY due_on, id LIMIT :limit",
            P(to_on), P(limit)),
        EVALUATION_ROW, mem, out);
}

err evaluation_store_list_late(struct db *db, i64 today, i64 limit, struct arena *mem,
                               struct rows *out)
{
    static const struct field MAP[] = { FIELD(struct evaluation, id),
                                        FIELD(struct evaluation, assignment_id),
                                        FIELD(struct evaluation, round),
                                        { 0 } };
    out->size = sizeof(struct evaluation);
    return db_list(db,
                   SQL("SELECT id, assignment_id, round FROM evaluations WHERE org_id = :org AND "
                       "given_at = 0 AND told_late_at = 0 AND due_on < :today "
                       "ORDER BY due_on, id LIMIT :limit",
                       P(today), P(limit)),
                   MAP, mem, out);
}

err evaluation_store_set_told_late(struct db *db, i64 id, i64 told_late_at)
{
    return db_run(db,
                  SQL("UPDATE evaluations SET told_late_at = :told_late_at WHERE org_id = :org "
                      "AND id = :id",
                      P(id), P(told_late_at)),
                  NULL);
}

err evaluation_store_set_reminded(struct db *db, i64 id, i64 reminded_at)
{
    return db_run(db,
                  SQL("UPDATE evaluations SET reminded_at = :reminded_at WHERE org_id = :org "
                      "AND id = :id",
                      P(id), P(reminded_at)),
                  NULL);
}

err evaluation_store_list_closed(struct db *db, i64 agency_id, i64 limit, struct arena *mem,
                                 struct rows *out)
{
    out->size = sizeof(struct evaluation);
    return db_list(db,
                   SQL("SELECT e.id, e.assignment_id, e.round, e.person_id, e.asked_at, e.due_on, "
                       "e.given_at, "
                       "e.proxy_account_id, e.transcribed_by, e.is_left, e.is_lead, e.basis, "
                       "e.person_name, e.visit, e.manner, e.hearing, "
                       "e.relevance, e.handling, e.result, "
                       "e.text, e.agreement, e.leader_replied FROM assignments a JOIN "
                       "evaluations e ON e.org_id = a.org_id AND "
                       "e.assignment_id = a.id "
                       "WHERE a.org_id = :org AND a.agency_id = :agency_id AND a.state = 'closed' "
                       "AND e.given_at > 0 "
                       "ORDER BY a.closed_at, e.id LIMIT :limit",
                       P(agency_id), P(limit)),
                   EVALUATION_ROW, mem, out);
}

err evaluation_store_count_closed(struct db *db, i64 agency_id, i64 *count)
{
    return db_i64(db,
                  SQL("SELECT COUNT(*) FROM assignments a JOIN evaluations e ON e.org_id = "
                      "a.org_id AND e.assignment_id = a.id "
                      "WHERE a.org_id = :org AND a.agency_id = :agency_id AND a.state = 'closed' "
                      "AND e.given_at > 0",
                      P(agency_id)),
                  count);
}
