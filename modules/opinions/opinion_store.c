/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See opinion_store.h. */
#include "modules/opinions/opinion_store.h"

#include "platform/text/text.h"

static const struct field OPINION_ROW[] = {
    FIELD(struct opinion, id),
    FIELD(struct opinion, year),
    FIELD(struct opinion, month),
    FIELD(struct opinion, serial),
    FIELD(struct opinion, person_id),
    FIELD(struct opinion, account_id),
    FIELD(struct opinion, body_id),
    FIELD(struct opinion, choose_due_on),
    FIELD(struct opinion, created_at),
    FIELD(struct opinion, updated_at),
    FIELD(struct opinion, submitted_at),
    FIELD(struct opinion, taken_at),
    FIELD(struct opinion, edited_at),
    FIELD(struct opinion, signed_at),
    FIELD(struct opinion, composite_id),
    FIELD(struct opinion, version),
    FIELD(struct opinion, urgent),
    FIELD(struct opinion, state),
    FIELD(struct opinion, kind),
    FIELD(struct opinion, number),
    FIELD(struct opinion, reporter_name),
    FIELD(struct opinion, body_name),
    FIELD(struct opinion, joint),
    FIELD(struct opinion, title),
    FIELD(struct opinion, situation),
    FIELD(struct opinion, analysis),
    FIELD(struct opinion, suggestions),
    FIELD(struct opinion, category),
    FIELD(struct opinion, urgent_reason),
    FIELD(struct opinion, returned),
    FIELD(struct opinion, keep_reason),
    FIELD(struct opinion, keep_text),
    FIELD(struct opinion, edited_title),
    FIELD(struct opinion, edited_situation),
    FIELD(struct opinion, edited_analysis),
    FIELD(struct opinion, edited_suggestions),
    FIELD(struct opinion, edited_name),
    FIELD(struct opinion, redraft_reason),
    FIELD(struct opinion, signed_name),
    FIELD(struct opinion, source),
    FIELD(struct opinion, source_id),
    FIELD(struct opinion, transcribed_name),
    FIELD(struct opinion, basis),
    FIELD(struct opinion, sector),
    FIELD(struct opinion, committee),
    FIELD(struct opinion, party),
    { 0 },
};

static const struct field VERSION_ROW[] = {
    FIELD(struct opinion_version, number),     FIELD(struct opinion_version, saved_at),
    FIELD(struct opinion_version, saved_by),   FIELD(struct opinion_version, reason),
    FIELD(struct opinion_version, title),      FIELD(struct opinion_version, situation),
    FIELD(struct opinion_version, analysis),   FIELD(struct opinion_version, suggestions),
    FIELD(struct opinion_version, saved_name), { 0 },
};

static const struct field REPORTER_ROW[] = {
    FIELD(struct reporter, id),
    FIELD(struct reporter, opinion_id),
    FIELD(struct reporter, rank),
    FIELD(struct reporter, person_id),
    FIELD(struct reporter, asked_at),
    FIELD(struct reporter, expires_at),
    FIELD(struct reporter, answered_at),
    FIELD(struct reporter, version),
    FIELD(struct reporter, name),
    FIELD(struct reporter, title),
    FIELD(struct reporter, lead_name),
    FIELD(struct reporter, state),
    { 0 },
};

static const struct field TEXT_ROW[] = { FIELD(struct text_document, id),
                                         FIELD(struct text_document, title),
                                         FIELD(struct text_document, body),
                                         { 0 } };

/* ---- opinions ---- */

err opinion_store_find(struct db *db, i64 id, struct arena *mem, struct opinion *out)
{
    return db_one(
        db,
        SQL("SELECT id, year, month, serial, person_id, account_id, body_id, choose_due_on, "
            "created_at, "
            "updated_at, submitted_at, taken_at, edited_at, signed_at, composite_id, version, "
            "urgent, state, kind, number, reporter_name, body_name, joint, title, situation, "
            "analysis, suggestions, category, urgent_reason, returned, keep_reason, keep_text, "
            "edited_title, edited_situation, edited_analysis, edited_suggestions, edited_name, "
            "redraft_reason, signed_name, source, source_id, transcribed_name, basis, sector, "
            "committee, party FROM opinions "
            "WHERE org_id = :org AND id = :id",
            P(id)),
        OPINION_ROW, mem, out);
}

err opinion_store_list_desk(struct db *db, str state, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct opinion);
    return db_list(
        db,
        SQL("SELECT id, year, month, serial, person_id, account_id, body_id, choose_due_on, "
            "created_at, "
            "updated_at, submitted_at, taken_at, edited_at, signed_at, composite_id, version, "
            "urgent, state, kind, number, reporter_name, body_name, joint, title, situation, "
            "analysis, suggestions, category, urgent_reason, returned, keep_reason, keep_text, "
            "edited_title, edited_situation, edited_analysis, edited_suggestions, edited_name, "
            "redraft_reason, signed_name, source, source_id, transcribed_name, basis, sector, "
            "committee, party FROM opinions "
            "WHERE org_id = :org AND state = :state ORDER BY urgent DESC, "
            "submitted_at, id LIMIT 200",
            P(state)),
        OPINION_ROW, mem, out);
}

err opinion_store_list_waiting(struct db *db, struct arena *mem, struct rows *out)
{
    static const struct field ROW[] = { { .name = "id", .type = FIELD_I64 }, { 0 } };
    *out = (struct rows){ .size = sizeof(i64) };
    return db_list(db,
                   SQL("SELECT id FROM opinions WHERE org_id = :org AND state = 'submitted' ORDER "
                       "BY urgent DESC, submitted_at, id LIMIT 200"),
                   ROW, mem, out);
}

err opinion_store_list_sources(struct db *db, i64 composite_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct opinion);
    return db_list(
        db,
        SQL("SELECT id, year, month, serial, person_id, account_id, body_id, choose_due_on, "
            "created_at, "
            "updated_at, submitted_at, taken_at, edited_at, signed_at, composite_id, version, "
            "urgent, state, kind, number, reporter_name, body_name, joint, title, situation, "
            "analysis, suggestions, category, urgent_reason, returned, keep_reason, keep_text, "
            "edited_title, edited_situation, edited_analysis, edited_suggestions, edited_name, "
            "redraft_reason, signed_name, source, source_id, transcribed_name, basis, sector, "
            "committee, party FROM opinions "
            "WHERE org_id = :org AND composite_id = :composite_id AND composite_id > 0 ORDER BY "
            "id LIMIT 100",
            P(composite_id)),
        OPINION_ROW, mem, out);
}

err opinion_store_add(struct db *db, const struct opinion *o, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO opinions (org_id, state, kind, person_id, account_id, reporter_name, "
            "body_id, body_name, title, created_at, updated_at) VALUES (:org, 'draft', :kind, "
            ":person_id, :account_id, :reporter_name, :body_id, :body_name, :title, :created_at, "
            ":updated_at) RETURNING id",
            P(o->kind), P(o->person_id), P(o->account_id), P(o->reporter_name), P(o->body_id),
            P(o->body_name), P(o->title), P(o->created_at), P(o->updated_at)),
        id);
}

err opinion_store_update(struct db *db, const struct opinion *o, str state)
{
    return db_update(
        db,
        SQL("UPDATE opinions SET state = :state, year = :year, month = :month, serial = :serial, "
            "number = :number, "
            "joint = :joint, title = :title, situation = :situation, analysis = :analysis, "
            "suggestions = :suggestions, category = :category, urgent = :urgent, urgent_reason = "
            ":urgent_reason, returned = :returned, keep_reason = :keep_reason, keep_text = "
            ":keep_text, choose_due_on = :choose_due_on, updated_at = :updated_at, submitted_at = "
            ":submitted_at, taken_at = :taken_at, edited_title = :edited_title, edited_situation "
            "= :edited_situation, edited_analysis = :edited_analysis, edited_suggestions = "
            ":edited_suggestions, edited_at = :edited_at, edited_name = :edited_name, "
            "redraft_reason = :redraft_reason, signed_at = :signed_at, signed_name = "
            ":signed_name, composite_id = :composite_id, source = :source, source_id = :source_id, "
            "transcribed_name = :transcribed_name, basis = :basis, sector = :sector, committee = "
            ":committee, party = :party, version = version + 1 WHERE "
            "org_id = :org AND id = :id AND version = :version",
            P(state), P(o->year), P(o->month), P(o->serial), P(o->number), P(o->joint), P(o->title),
            P(o->situation), P(o->analysis), P(o->suggestions), P(o->category), P(o->urgent),
            P(o->urgent_reason), P(o->returned), P(o->keep_reason), P(o->keep_text),
            P(o->choose_due_on), P(o->updated_at), P(o->submitted_at), P(o->taken_at),
            P(o->edited_title), P(o->edited_situation), P(o->edited_analysis),
            P(o->edited_suggestions), P(o->edited_at), P(o->edited_name), P(o->redraft_reason),
            P(o->signed_at), P(o->signed_name), P(o->composite_id), P(o->source), P(o->source_id),
            P(o->transcribed_name), P(o->basis), P(o->sector), P(o->committee), P(o->party),
            P(o->id), P(o->version)));
}

err opinion_store_set_recast(struct db *db, const struct opinion *o)
{
    return db_update(db, SQL("UPDATE opinions SET recast = 1 WHERE org_id = :org AND id = :id AND "
                             "version = :version",
                             P(o->id), P(o->version)));
}

err opinion_store_next_serial(struct db *db, i64 year, i64 *out)
{
    return db_i64(db,
                  SQL("INSERT INTO opinion_numbers (org_id, year, serial) VALUES (:org, :year, 1) "
                      "ON CONFLICT (org_id, year) DO UPDATE SET serial = opinion_numbers.serial + "
                      "1 RETURNING serial",
                      P(year)),
                  out);
}

err opinion_store_list_texts(struct db *db, i64 after, i64 limit, struct arena *mem,
                             struct rows *out)
{
    out->size = sizeof(struct text_document);
    return db_list(db,
                   SQL("SELECT id, title, situation || ' ' || analysis || ' ' || suggestions AS "
                       "body FROM opinions WHERE org_id = :org AND id > :after AND (serial > "
                       "0 OR kind = 'composite') ORDER BY id LIMIT :limit",
                       P(after), P(limit)),
                   TEXT_ROW, mem, out);
}

err opinion_store_find_source(struct db *db, str source, str source_id, i64 *out)
{
    return db_i64(db,
                  SQL("SELECT COALESCE(MAX(id), 0) AS n FROM opinions WHERE org_id = :org AND "
                      "source = :source AND source_id = :source_id AND source_id <> ''",
                      P(source), P(source_id)),
                  out);
}

/* ---- versions ---- */

err opinion_store_add_version(struct db *db, i64 id, const struct opinion_version *v)
{
    return db_run(
        db,
        SQL("INSERT INTO opinion_versions (org_id, opinion_id, number, reason, title, situation, "
            "analysis, suggestions, saved_at, saved_by, saved_name) VALUES (:org, :id, :number, "
            ":reason, :title, :situation, :analysis, :suggestions, :saved_at, :saved_by, "
            ":saved_name) ON CONFLICT (org_id, opinion_id, number) DO NOTHING",
            P(id), P(v->number), P(v->reason), P(v->title), P(v->situation), P(v->analysis),
            P(v->suggestions), P(v->saved_at), P(v->saved_by), P(v->saved_name)),
        NULL);
}

err opinion_store_remove_versions(struct db *db, i64 id, const struct opinion_version *v)
{
    i64 since = v->saved_at;
    return db_run(db,
                  SQL("DELETE FROM opinion_versions WHERE org_id = :org AND opinion_id = :id AND "
                      "reason = :reason AND saved_by = :saved_by AND saved_at >= :since",
                      P(id), P(v->reason), P(v->saved_by), P(since)),
                  NULL);
}

err opinion_store_list_versions(struct db *db, i64 id, const struct opinion_seen *seen,
                                struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct opinion_version);
    return db_list(db,
                   SQL("SELECT number, saved_at, saved_by, reason, title, situation, analysis, "
                       "suggestions, saved_name FROM opinion_versions WHERE org_id = :org AND "
                       "opinion_id = :id AND number >= :from AND (reason <> 'edit' OR :edits = 1) "
                       "ORDER BY number DESC LIMIT 200",
                       P(id), P(seen->from), P(seen->edits)),
                   VERSION_ROW, mem, out);
}

err opinion_store_first_sent(struct db *db, i64 id, i64 *number)
{
    return db_i64(db,
                  SQL("SELECT COALESCE(MIN(number), 0) AS n FROM opinion_versions WHERE org_id = "
                      ":org AND opinion_id = :id AND reason IN ('submit', 'compose', 'import')",
                      P(id)),
                  number);
}

/* ---- reporters ---- */

err reporter_store_find(struct db *db, i64 id, struct arena *mem, struct reporter *out)
{
    return db_one(db,
                  SQL("SELECT id, opinion_id, rank, person_id, asked_at, expires_at, answered_at, "
                      "version, name, title, lead_name, state FROM reporters WHERE org_id = :org "
                      "AND id = :id",
                      P(id)),
                  REPORTER_ROW, mem, out);
}

err reporter_store_list(struct db *db, i64 opinion_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct reporter);
    return db_list(db,
                   SQL("SELECT id, opinion_id, rank, person_id, asked_at, expires_at, answered_at, "
                       "version, name, title, lead_name, state FROM reporters WHERE org_id = :org "
                       "AND opinion_id = :opinion_id AND state <> 'lapsed' ORDER BY rank, id "
                       "LIMIT 100",
                       P(opinion_id)),
                   REPORTER_ROW, mem, out);
}

err reporter_store_add(struct db *db, const struct reporter *r, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO reporters (org_id, opinion_id, rank, person_id, name, title, lead_name, "
            "state, asked_at, expires_at) VALUES (:org, :opinion_id, :rank, :person_id, :name, "
            ":title, :lead_name, 'asked', :asked_at, :expires_at) RETURNING id",
            P(r->opinion_id), P(r->rank), P(r->person_id), P(r->name), P(r->title), P(r->lead_name),
            P(r->asked_at), P(r->expires_at)),
        id);
}

err reporter_store_update(struct db *db, const struct reporter *r, str state)
{
    return db_update(db, SQL("UPDATE reporters SET state = :state, answered_at = :answered_at, "
                             "version = version + 1 WHERE org_id = :org AND id = :id AND version "
                             "= :version",
                             P(state), P(r->answered_at), P(r->id), P(r->version)));
}

err reporter_store_list_due(struct db *db, i64 now_ms, i64 limit, struct arena *mem,
                            struct rows *out)
{
    out->size = sizeof(struct reporter);
    return db_list(db,
                   SQL("SELECT id, opinion_id, rank, person_id, asked_at, expires_at, answered_at, "
                       "version, name, title, lead_name, state FROM reporters WHERE org_id = :org "
                       "AND state = 'asked' AND expires_at < :now_ms ORDER BY expires_at, id "
                       "LIMIT :limit",
                       P(now_ms), P(limit)),
                   REPORTER_ROW, mem, out);
}
