/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of followups, rechecks and instructions. Lists for people: followup_list.c. */
#include "modules/outcomes/outcome_store.h"

static const struct field FOLLOWUP_ROW[] = {
    FIELD(struct followup, id),           FIELD(struct followup, matter_id),
    FIELD(struct followup, session_id),   FIELD(struct followup, planned_on),
    FIELD(struct followup, asked_at),     FIELD(struct followup, held_on),
    FIELD(struct followup, recorded_at),  FIELD(struct followup, recorded_by),
    FIELD(struct followup, version),      FIELD(struct followup, matter),
    FIELD(struct followup, matter_title), FIELD(struct followup, matter_number),
    FIELD(struct followup, agency_name),  FIELD(struct followup, class),
    FIELD(struct followup, state),        FIELD(struct followup, place),
    FIELD(struct followup, visitors),     FIELD(struct followup, result),
    FIELD(struct followup, text),         { 0 },
};

static const struct field RECHECK_ROW[] = {
    FIELD(struct recheck, id),          FIELD(struct recheck, followup_id),
    FIELD(struct recheck, person_id),   FIELD(struct recheck, proxy_account_id),
    FIELD(struct recheck, answered_at), FIELD(struct recheck, proxy),
    FIELD(struct recheck, result),      FIELD(struct recheck, person_name),
    FIELD(struct recheck, text),        { 0 },
};

static const struct field INSTRUCTION_ROW[] = {
    FIELD(struct instruction, id),
    FIELD(struct instruction, matter_id),
    FIELD(struct instruction, instructed_on),
    FIELD(struct instruction, to_agency_id),
    FIELD(struct instruction, recorded_at),
    FIELD(struct instruction, recorded_by),
    FIELD(struct instruction, hidden),
    FIELD(struct instruction, matter),
    FIELD(struct instruction, leader),
    FIELD(struct instruction, level),
    FIELD(struct instruction, text),
    FIELD(struct instruction, to_agency_name),
    { 0 },
};

/* ---- followups ---- */

err followup_store_add(struct db *db, const struct followup *f, i64 *id)
{
    return db_insert(db,
                     SQL("INSERT INTO followups (org_id, matter, matter_id, session_id, "
                         "matter_title, matter_number, agency_name, class, state, planned_on) "
                         "VALUES (:org, :matter, :matter_id, :session_id, :matter_title, "
                         ":matter_number, :agency_name, :class, :state, :planned_on) RETURNING id",
                         P(f->matter), P(f->matter_id), P(f->session_id), P(f->matter_title),
                         P(f->matter_number), P(f->agency_name), P(f->class), P(f->state),
                         P(f->planned_on)),
                     id);
}

err followup_store_update(struct db *db, const struct followup *f, str to)
{
    return db_update(
        db,
        SQL("UPDATE followups SET state = :to, planned_on = :planned_on, asked_at = :asked_at, "
            "held_on = :held_on, place = :place, visitors = :visitors, result = :result, text = "
            ":text, recorded_at = :recorded_at, recorded_by = :recorded_by, version = version + 1 "
            "WHERE org_id = :org AND id = :id AND version = :version",
            P(to), P(f->planned_on), P(f->asked_at), P(f->held_on), P(f->place), P(f->visitors),
            P(f->result), P(f->text), P(f->recorded_at), P(f->recorded_by), P(f->id),
            P(f->version)));
}

err followup_store_list_of(struct db *db, str matter, i64 matter_id, struct arena *mem,
                           struct rows *out)
{
    out->size = sizeof(struct followup);
    return db_list(
        db,
        SQL("SELECT id, matter_id, session_id, planned_on, asked_at, held_on, recorded_at, "
            "recorded_by, version, matter, matter_title, matter_number, agency_name, class, "
            "state, place, visitors, result, text FROM followups WHERE org_id = :org AND matter = "
            ":matter AND matter_id = :matter_id ORDER BY planned_on, id LIMIT 100",
            P(matter), P(matter_id)),
        FOLLOWUP_ROW, mem, out);
}

err followup_store_list_unasked(struct db *db, i64 to_on, i64 limit, struct arena *mem,
                                struct rows *out)
{
    out->size = sizeof(struct followup);
    return db_list(
        db,
        SQL("SELECT id, matter_id, session_id, planned_on, asked_at, held_on, recorded_at, "
            "recorded_by, version, matter, matter_title, matter_number, agency_name, class, "
            "state, place, visitors, result, text FROM followups WHERE org_id = :org AND state = "
            "'planned' AND planned_on <= :to_on AND asked_at = 0 ORDER BY planned_on, id LIMIT "
            ":limit",
            P(to_on), P(limit)),
        FOLLOWUP_ROW, mem, out);
}

err followup_store_set_asked(struct db *db, i64 id, i64 version, i64 asked_at)
{
    return db_update(db, SQL("UPDATE followups SET asked_at = :asked_at WHERE org_id = :org AND id "
                             "= :id AND version = :version",
                             P(asked_at), P(id), P(version)));
}

/* ---- rechecks ---- */

err recheck_store_put(struct db *db, const struct recheck *r)
{
    return db_run(db,
                  SQL("INSERT INTO rechecks (org_id, followup_id, person_id, person_name, result, "
                      "text, answered_at, proxy_account_id) VALUES (:org, :followup_id, "
                      ":person_id, :person_name, :result, :text, :answered_at, "
                      ":proxy_account_id) ON CONFLICT (org_id, followup_id, person_id) DO UPDATE "
                      "SET result = excluded.result, text = excluded.text, answered_at = "
                      "excluded.answered_at, proxy_account_id = excluded.proxy_account_id",
                      P(r->followup_id), P(r->person_id), P(r->person_name), P(r->result),
                      P(r->text), P(r->answered_at), P(r->proxy_account_id)),
                  NULL);
}

err recheck_store_list(struct db *db, i64 followup_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct recheck);
    return db_list(
        db,
        SQL("SELECT id, followup_id, person_id, person_name, result, text, answered_at, "
            "proxy_account_id, CASE WHEN proxy_account_id > 0 THEN 1 ELSE 0 END AS "
            "proxy FROM rechecks WHERE org_id = :org AND followup_id = :followup_id ORDER BY "
            "answered_at, id LIMIT 100",
            P(followup_id)),
        RECHECK_ROW, mem, out);
}

/* ---- instructions ---- */

err instruction_store_add(struct db *db, const struct instruction *n, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO instructions (org_id, matter, matter_id, leader, level, instructed_on, "
            "text, to_agency_id, to_agency_name, hidden, recorded_at, recorded_by) VALUES (:org, "
            ":matter, :matter_id, :leader, :level, :instructed_on, :text, :to_agency_id, "
            ":to_agency_name, :hidden, :recorded_at, :recorded_by) RETURNING id",
            P(n->matter), P(n->matter_id), P(n->leader), P(n->level), P(n->instructed_on),
            P(n->text), P(n->to_agency_id), P(n->to_agency_name), P(n->hidden), P(n->recorded_at),
            P(n->recorded_by)),
        id);
}

err instruction_store_count_days(struct db *db, str matter, struct arena *mem, struct rows *out)
{
    static const struct field ROW[] = { FIELD(struct instruction_count, instructed_on),
                                        FIELD(struct instruction_count, level),
                                        FIELD(struct instruction_count, count),
                                        { 0 } };
    out->size = sizeof(struct instruction_count);
    return db_list(db,
                   SQL("SELECT instructed_on, level, COUNT(*) AS count FROM instructions WHERE "
                       "org_id = :org AND matter = :matter GROUP BY instructed_on, level ORDER BY "
                       "instructed_on DESC LIMIT 10000",
                       P(matter)),
                   ROW, mem, out);
}

err instruction_store_list(struct db *db, str matter, i64 matter_id, struct arena *mem,
                           struct rows *out)
{
    out->size = sizeof(struct instruction);
    return db_list(db,
                   SQL("SELECT id, matter_id, instructed_on, to_agency_id, recorded_at, "
                       "recorded_by, hidden, matter, leader, level, text, to_agency_name FROM "
                       "instructions WHERE org_id = :org AND matter = :matter AND matter_id = "
                       ":matter_id ORDER BY instructed_on, id LIMIT 200",
                       P(matter), P(matter_id)),
                   INSTRUCTION_ROW, mem, out);
}
