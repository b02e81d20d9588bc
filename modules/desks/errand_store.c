/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See errand_store.h. */
#include "modules/desks/errand_store.h"

#include "platform/db/db.h"

static const struct field ROW[] = {
    FIELD(struct errand, id),
    FIELD(struct errand, assignment_id),
    FIELD(struct errand, agency_id),
    FIELD(struct errand, round),
    FIELD(struct errand, desk_id),
    FIELD(struct errand, account_id),
    FIELD(struct errand, due_on),
    FIELD(struct errand, given_at),
    FIELD(struct errand, given_by),
    FIELD(struct errand, finished_at),
    FIELD(struct errand, finished_by),
    FIELD(struct errand, approved_at),
    FIELD(struct errand, approved_by),
    FIELD(struct errand, passed_at),
    FIELD(struct errand, passed_by),
    FIELD(struct errand, reminded_on),
    FIELD(struct errand, late_told_on),
    FIELD(struct errand, lost_at),
    FIELD(struct errand, draft_version),
    FIELD(struct errand, version),
    FIELD(struct errand, matter_title),
    FIELD(struct errand, matter_number),
    FIELD(struct errand, numbers),
    FIELD(struct errand, ask),
    FIELD(struct errand, desk_name),
    FIELD(struct errand, account_name),
    FIELD(struct errand, state),
    FIELD(struct errand, note),
    { 0 },
};

static const struct field ANSWER_ROW[] = { FIELD(struct errand_answer, number),
                                           FIELD(struct errand_answer, result),
                                           FIELD(struct errand_answer, text),
                                           { 0 } };

err errand_store_find(struct rq *rq, i64 id, struct errand *out)
{
    return db_one(rq->db,
                  SQL("SELECT id, assignment_id, agency_id, round, desk_id, "
                      "account_id, due_on, given_at, given_by, finished_at, "
                      "finished_by, approved_at, approved_by, passed_at, passed_by, "
                      "reminded_on, late_told_on, lost_at, draft_version, version, "
                      "matter_title, matter_number, numbers, ask, desk_name, "
                      "account_name, state, note FROM errands WHERE org_id = :org AND "
                      "id = :id",
                      P(id)),
                  ROW, rq->mem, out);
}

err errand_store_list(struct rq *rq, i64 assignment_id, bool only_open, struct rows *out)
{
    i64 most = ERRANDS_MOST;
    out->size = sizeof(struct errand);
    return db_list(rq->db,
                   SQL("SELECT id, assignment_id, agency_id, round, desk_id, "
                       "account_id, due_on, given_at, given_by, finished_at, "
                       "finished_by, approved_at, approved_by, passed_at, passed_by, "
                       "reminded_on, late_told_on, lost_at, draft_version, version, "
                       "matter_title, matter_number, numbers, ask, desk_name, "
                       "account_name, state, note FROM errands WHERE org_id = :org AND "
                       "assignment_id = :assignment_id AND lost_at = 0 AND (:only_open "
                       "= 0 OR state IN ('given', 'taken', 'bounced', 'finished')) "
                       "ORDER BY id LIMIT :most",
                       P(assignment_id), P(only_open), P(most)),
                   ROW, rq->mem, out);
}

err errand_store_list_open(struct rq *rq, i64 desk_id, i64 account_id, struct rows *out)
{
    out->size = sizeof(struct errand);
    return db_list(rq->db,
                   SQL("SELECT e.id, e.assignment_id, e.agency_id, e.round, e.desk_id, "
                       "e.account_id, e.due_on, e.given_at, e.given_by, e.finished_at, "
                       "e.finished_by, e.approved_at, e.approved_by, e.passed_at, e.passed_by, "
                       "e.reminded_on, e.late_told_on, e.lost_at, e.draft_version, e.version, "
                       "e.matter_title, e.matter_number, e.numbers, e.ask, e.desk_name, "
                       "e.account_name, e.state, e.note FROM errands e WHERE e.org_id = :org AND "
                       "e.lost_at = 0 AND e.state IN ('given', 'taken', 'bounced', 'finished') "
                       "AND ((:desk_id > 0 AND e.desk_id = :desk_id) OR (:account_id > 0 AND "
                       "(e.account_id = :account_id OR e.desk_id IN (SELECT m.desk_id FROM "
                       "desk_accounts m WHERE m.org_id = :org AND m.account_id = :account_id)))) "
                       "ORDER BY e.id LIMIT 2000",
                       P(desk_id), P(account_id)),
                   ROW, rq->mem, out);
}

err errand_store_add(struct rq *rq, const struct errand *e, i64 *id)
{
    return db_insert(rq->db,
                     SQL("INSERT INTO errands (org_id, assignment_id, agency_id, round, "
                         "desk_id, account_id, due_on, given_at, given_by, matter_title, "
                         "matter_number, numbers, ask, desk_name, account_name, state) "
                         "VALUES (:org, :assignment_id, :agency_id, :round, :desk_id, "
                         ":account_id, :due_on, :given_at, :given_by, :matter_title, "
                         ":matter_number, :numbers, :ask, :desk_name, :account_name, "
                         "'given') RETURNING id",
                         P(e->assignment_id), P(e->agency_id), P(e->round), P(e->desk_id),
                         P(e->account_id), P(e->due_on), P(e->given_at), P(e->given_by),
                         P(e->matter_title), P(e->matter_number), P(e->numbers), P(e->ask),
                         P(e->desk_name), P(e->account_name)),
                     id);
}

err errand_store_update(struct rq *rq, const struct errand *e, str state)
{
    return db_update(rq->db, SQL("UPDATE errands SET state = :state, desk_id = :desk_id, "
                                 "account_id = :account_id, desk_name = :desk_name, account_name "
                                 "= :account_name, due_on = :due_on, note = :note, finished_at = "
                                 ":finished_at, finished_by = :finished_by, approved_at = "
                                 ":approved_at, approved_by = :approved_by, passed_at = "
                                 ":passed_at, passed_by = :passed_by, reminded_on = "
                                 ":reminded_on, late_told_on = :late_told_on, lost_at = :lost_at, "
                                 "version = version + 1 WHERE org_id = :org AND id "
                                 "= :id AND version = :version",
                                 P(state), P(e->desk_id), P(e->account_id), P(e->desk_name),
                                 P(e->account_name), P(e->due_on), P(e->note), P(e->finished_at),
                                 P(e->finished_by), P(e->approved_at), P(e->approved_by),
                                 P(e->passed_at), P(e->passed_by), P(e->reminded_on),
                                 P(e->late_told_on), P(e->lost_at), P(e->id), P(e->version)));
}

err errand_store_warn(struct rq *rq, const struct errand *e)
{
    return db_update(rq->db, SQL("UPDATE errands SET late_told_on = :late_told_on WHERE org_id = "
                                 ":org AND id = :id AND version = :version",
                                 P(e->late_told_on), P(e->id), P(e->version)));
}

err errand_store_type(struct rq *rq, const struct errand *e)
{
    return db_update(rq->db, SQL("UPDATE errands SET note = :note, draft_version = draft_version "
                                 "+ 1 WHERE org_id = :org AND id = :id AND version = :version "
                                 "AND draft_version = :draft_version",
                                 P(e->note), P(e->id), P(e->version), P(e->draft_version)));
}

err errand_store_list_answers(struct rq *rq, i64 errand_id, struct rows *out)
{
    out->size = sizeof(struct errand_answer);
    return db_list(rq->db,
                   SQL("SELECT number, result, text FROM errand_answers WHERE org_id = :org AND "
                       "errand_id = :errand_id ORDER BY number",
                       P(errand_id)),
                   ANSWER_ROW, rq->mem, out);
}

err errand_store_put_answer(struct rq *rq, i64 errand_id, const struct errand_answer *a)
{
    return db_run(rq->db,
                  SQL("INSERT INTO errand_answers (org_id, errand_id, number, result, "
                      "text) VALUES (:org, :errand_id, :number, :result, :text) ON "
                      "CONFLICT (org_id, errand_id, number) DO UPDATE SET result = "
                      ":result, text = :text",
                      P(errand_id), P(a->number), P(a->result), P(a->text)),
                  NULL);
}
