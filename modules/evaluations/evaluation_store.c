/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of evaluations. Who may see what they give: evaluation_shown.c. */
#include "modules/evaluations/evaluation_store.h"

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

err evaluation_store_list_one(struct db *db, i64 assignment_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct evaluation);
    return db_list(db,
                   SQL("SELECT id, assignment_id, round, person_id, asked_at, due_on, given_at, "
                       "proxy_account_id, transcribed_by, is_left, is_lead, basis, person_name, "
                       "visit, manner, hearing, relevance, handling, result, text, agreement, "
                       "leader_replied FROM evaluations WHERE org_id = :org AND assignment_id = "
                       ":assignment_id ORDER BY round, id LIMIT 5000",
                       P(assignment_id)),
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
    static const struct field MAP[] = { FIELD(struct evaluation_of, id), { 0 } };
    out->size = sizeof(struct evaluation_of);
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
