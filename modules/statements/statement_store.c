/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of reports, calls and remarks, and the two declared lists. A member his own, who
 * organises a committee those of its members, the office all; calls are the office's. */
#include "modules/statements/statement_rules.h"

#define COLUMNS_OF_ALL                                                                          \
    "id, statement_call_id, member_id, person_id, year, due_on, place, submitted_at, version, " \
    "late, state, name, sector, post, reason"

static const struct field BRIEF_ROW[] = {
    FIELD(struct statement, id),        FIELD(struct statement, statement_call_id),
    FIELD(struct statement, member_id), FIELD(struct statement, person_id),
    FIELD(struct statement, year),      FIELD(struct statement, due_on),
    FIELD(struct statement, place),     FIELD(struct statement, submitted_at),
    FIELD(struct statement, version),   FIELD(struct statement, late),
    FIELD(struct statement, state),     FIELD(struct statement, name),
    FIELD(struct statement, sector),    FIELD(struct statement, post),
    FIELD(struct statement, reason),    { 0 },
};

static const struct field WHOLE_ROW[] = {
    FIELD(struct statement, id),
    FIELD(struct statement, statement_call_id),
    FIELD(struct statement, member_id),
    FIELD(struct statement, person_id),
    FIELD(struct statement, year),
    FIELD(struct statement, due_on),
    FIELD(struct statement, place),
    FIELD(struct statement, submitted_at),
    FIELD(struct statement, version),
    FIELD(struct statement, late),
    FIELD(struct statement, state),
    FIELD(struct statement, name),
    FIELD(struct statement, sector),
    FIELD(struct statement, post),
    FIELD(struct statement, reason),
    FIELD(struct statement, body),
    { 0 },
};

err statement_store_add(struct db *db, const struct statement *s, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO statements (org_id, statement_call_id, state, member_id, person_id, name, "
            "sector, post, year, due_on, place) VALUES (:org, :statement_call_id, :state, "
            ":member_id, :person_id, :name, :sector, :post, :year, :due_on, :place) RETURNING id",
            P(s->statement_call_id), P(s->state), P(s->member_id), P(s->person_id), P(s->name),
            P(s->sector), P(s->post), P(s->year), P(s->due_on), P(s->place)),
        id);
}

err statement_store_update(struct db *db, const struct statement *s)
{
    return db_update(
        db,
        SQL("UPDATE statements SET state = :state, late = :late, reason = :reason, "
            "submitted_at = :submitted_at, version = version + 1 WHERE org_id = :org AND id = "
            ":id AND version = :version",
            P(s->state), P(s->late), P(s->reason), P(s->submitted_at), P(s->id), P(s->version)));
}

err statement_store_save(struct db *db, const struct statement *s)
{
    return db_update(db,
                     SQL("UPDATE statements SET body = :body, version = version + 1 WHERE org_id = "
                         ":org AND id = :id AND version = :version",
                         P(s->body), P(s->id), P(s->version)));
}

err statement_store_place(struct db *db, const struct statement *s)
{
    return db_update(db,
                     SQL("UPDATE statements SET place = :place, version = version + 1 WHERE org_id "
                         "= :org AND id = :id AND version = :version",
                         P(s->place), P(s->id), P(s->version)));
}

err statement_store_find(struct db *db, i64 id, struct arena *mem, struct statement *out)
{
    err e = db_one(db,
                   SQL("SELECT " COLUMNS_OF_ALL ", body FROM statements WHERE org_id = :org AND id "
                       "= :id",
                       P(id)),
                   WHOLE_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "statements.not_found") : e;
}

err statement_store_list_call(struct db *db, i64 call_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct statement);
    return db_list(db,
                   SQL("SELECT " COLUMNS_OF_ALL " FROM statements WHERE org_id = :org AND "
                       "statement_call_id = :call_id ORDER BY place, id LIMIT 10000",
                       P(call_id)),
                   BRIEF_ROW, mem, out);
}

err statement_store_list_open(struct db *db, i64 member_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct statement);
    return db_list(db,
                   SQL("SELECT " COLUMNS_OF_ALL " FROM statements WHERE org_id = :org AND "
                       "member_id = :member_id AND state IN ('draft', 'revising') ORDER BY id "
                       "LIMIT 100",
                       P(member_id)),
                   BRIEF_ROW, mem, out);
}

err statement_store_list_of(struct db *db, i64 member_id, i64 year, struct arena *mem,
                            struct rows *out)
{
    out->size = sizeof(struct statement);
    return db_list(db,
                   SQL("SELECT " COLUMNS_OF_ALL " FROM statements WHERE org_id = :org AND "
                       "member_id = :member_id AND year = :year ORDER BY id DESC LIMIT 100",
                       P(member_id), P(year)),
                   BRIEF_ROW, mem, out);
}

/* ---- calls and remarks ---- */

err statement_call_store_add(struct db *db, const struct statement_call *c, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO statement_calls (org_id, year, title, audience, audience_name, form, "
            "due_on, note, called_at, caller_name) VALUES (:org, :year, :title, :audience, "
            ":audience_name, :form, :due_on, :note, :called_at, :caller_name) RETURNING id",
            P(c->year), P(c->title), P(c->audience), P(c->audience_name), P(c->form), P(c->due_on),
            P(c->note), P(c->called_at), P(c->caller_name)),
        id);
}

static const struct field CALL_ROW[] = { FIELD(struct statement_call, id),
                                         FIELD(struct statement_call, title),
                                         FIELD(struct statement_call, note),
                                         { 0 } };

err statement_call_store_find(struct db *db, i64 id, struct arena *mem, struct statement_call *out)
{
    return db_one(db,
                  SQL("SELECT id, title, note FROM statement_calls WHERE org_id = :org AND id = "
                      ":id",
                      P(id)),
                  CALL_ROW, mem, out);
}

err statement_call_store_raise(struct db *db, const struct statement_call *c)
{
    return db_update(db,
                     SQL("UPDATE statement_calls SET version = version + 1 WHERE org_id = :org AND "
                         "id = :id AND version = :version",
                         P(c->id), P(c->version)));
}

err remark_store_add(struct db *db, const struct remark *r, i64 *id)
{
    return db_insert(db,
                     SQL("INSERT INTO remarks (org_id, kind, text, remarked_at, remarker_name) "
                         "VALUES (:org, :kind, :text, :remarked_at, :remarker_name) RETURNING id",
                         P(r->kind), P(r->text), P(r->remarked_at), P(r->remarker_name)),
                     id);
}

err remark_store_link(struct db *db, i64 remark_id, i64 statement_id)
{
    i64 id;
    return db_insert(db,
                     SQL("INSERT INTO remark_statements (org_id, remark_id, statement_id) VALUES "
                         "(:org, :remark_id, :statement_id) RETURNING id",
                         P(remark_id), P(statement_id)),
                     &id);
}

static const struct field REMARK_ROW[] = {
    FIELD(struct remark, id),   FIELD(struct remark, remarked_at),   FIELD(struct remark, kind),
    FIELD(struct remark, text), FIELD(struct remark, remarker_name), { 0 },
};

err remark_store_list(struct db *db, i64 statement_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct remark);
    return db_list(db,
                   SQL("SELECT r.id, r.remarked_at, r.kind, r.text, r.remarker_name FROM "
                       "remark_statements l JOIN remarks r ON r.org_id = l.org_id AND r.id = "
                       "l.remark_id WHERE l.org_id = :org AND l.statement_id = :statement_id ORDER "
                       "BY r.id LIMIT 200",
                       P(statement_id)),
                   REMARK_ROW, mem, out);
}

/* ---- lists ---- */

static const struct list_column COLUMNS[] = {
    { FIELD(struct statement, name), LIST_TEXT, .sql = "s.name", .filter = true },
    { FIELD(struct statement, post), LIST_TEXT, .sql = "s.post", .filter = true },
    { FIELD(struct statement, sector), LIST_TEXT, .sql = "s.sector", .filter = true },
    { FIELD(struct statement, year), LIST_NUMBER, .sql = "s.year", .filter = true, .sort = true },
    { FIELD(struct statement, state), LIST_CODE, .sql = "s.state", .filter = true,
      .states = "states.statements", .choices = "draft submitted remarked revising lapsed" },
    { FIELD(struct statement, due_on), LIST_DAY, .sql = "s.due_on" },
    { FIELD(struct statement, submitted_at), LIST_TIME, .sql = "NULLIF(s.submitted_at, 0)" },
    { FIELD(struct statement, late), LIST_BOOL, .sql = "s.late", .filter = true, .tone = "warn" },
    { FIELD(struct statement, id), LIST_NUMBER, .sql = "s.id", .hidden = true },
    { FIELD(struct statement, statement_call_id), LIST_NUMBER, .sql = "s.statement_call_id",
      .hidden = true },
    { FIELD(struct statement, member_id), LIST_NUMBER, .sql = "s.member_id", .hidden = true },
    { FIELD(struct statement, place), LIST_NUMBER, .sql = "s.place", .hidden = true },
    { FIELD(struct statement, person_id), LIST_NUMBER, .sql = "s.person_id", .one = true },
    { FIELD(struct statement, body), LIST_TEXT, .sql = "s.body", .one = true },
    { FIELD(struct statement, reason), LIST_TEXT, .sql = "s.reason", .one = true },
    { FIELD(struct statement, version), LIST_NUMBER, .sql = "s.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = {
    { SCOPE_COMMITTEE,
      .sql = "(s.member_id = :actor_member OR s.member_id IN (SELECT m.id FROM members m JOIN "
             "tenures t ON t.org_id = m.org_id AND t.person_id = m.person_id AND t.body = "
             "'committee' AND t.to_on = 0 AND t.body_id IN (:actor_committee1, :actor_committee2, "
             ":actor_committee3, :actor_committee4) WHERE m.org_id = s.org_id))" },
    { SCOPE_SELF, .sql = "s.member_id = :actor_member AND :actor_member > 0" },
    { 0 },
};

const struct list STATEMENT_LIST = {
    .name = "statements",
    .may = "statements.read",
    .from = "statements s",
    .where = "s.org_id = :org",
    .key = "s.id",
    .sort = "-year",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "statements.not_found",
    .row_size = sizeof(struct statement),
};

static const struct list_column CALL_COLUMNS[] = {
    { FIELD(struct statement_call, title), LIST_TEXT, .sql = "c.title" },
    { FIELD(struct statement_call, year), LIST_NUMBER, .sql = "c.year", .filter = true,
      .sort = true },
    { FIELD(struct statement_call, audience_name), LIST_TEXT, .sql = "c.audience_name" },
    { FIELD(struct statement_call, form), LIST_CODE, .sql = "c.form", .filter = true,
      .states = "choices.form", .choices = "written oral" },
    { FIELD(struct statement_call, due_on), LIST_DAY, .sql = "c.due_on" },
    { FIELD(struct statement_call, asked), LIST_NUMBER,
      .sql = "(SELECT COUNT(*) FROM statements s WHERE s.org_id = c.org_id AND "
             "s.statement_call_id = c.id AND s.state <> 'lapsed')" },
    { FIELD(struct statement_call, submitted), LIST_NUMBER,
      .sql = "(SELECT COUNT(*) FROM statements s WHERE s.org_id = c.org_id AND "
             "s.statement_call_id = c.id AND s.state IN ('submitted', 'remarked'))" },
    { FIELD(struct statement_call, id), LIST_NUMBER, .sql = "c.id", .hidden = true },
    { FIELD(struct statement_call, audience), LIST_TEXT, .sql = "c.audience", .one = true },
    { FIELD(struct statement_call, note), LIST_TEXT, .sql = "c.note", .one = true },
    { FIELD(struct statement_call, called_at), LIST_TIME, .sql = "c.called_at", .one = true },
    { FIELD(struct statement_call, caller_name), LIST_TEXT, .sql = "c.caller_name", .one = true },
    { FIELD(struct statement_call, version), LIST_NUMBER, .sql = "c.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope CALL_SCOPES[] = { { 0 } };

const struct list STATEMENT_CALL_LIST = {
    .name = "statement_calls",
    .may = "statements.overview",
    .from = "statement_calls c",
    .where = "c.org_id = :org",
    .key = "c.id",
    .sort = "-year",
    .columns = CALL_COLUMNS,
    .scopes = CALL_SCOPES,
    .missing = "statement_calls.not_found",
    .row_size = sizeof(struct statement_call),
};
