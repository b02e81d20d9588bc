/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of warnings of absences, and the declared list: columns, and who sees which rows. */
#include "modules/warnings/warning.h"

#define COLUMNS_OF_ALL                                                                 \
    "id, member_id, person_id, from_on, count_x1000, bound_x1000, begun_at, told_at, " \
    "version, state, stage, name, rule, span, note, settler_name FROM warnings"

static const struct field WARNING_ROW[] = {
    FIELD(struct warning, id),
    FIELD(struct warning, member_id),
    FIELD(struct warning, person_id),
    FIELD(struct warning, from_on),
    FIELD(struct warning, count_x1000),
    FIELD(struct warning, bound_x1000),
    FIELD(struct warning, begun_at),
    FIELD(struct warning, told_at),
    FIELD(struct warning, version),
    FIELD(struct warning, state),
    FIELD(struct warning, stage),
    FIELD(struct warning, name),
    FIELD(struct warning, rule),
    FIELD(struct warning, span),
    FIELD(struct warning, note),
    FIELD(struct warning, settler_name),
    { 0 },
};

err warning_store_add(struct db *db, const struct warning *w, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO warnings (org_id, member_id, person_id, state, stage, name, rule, span, "
            "from_on, count_x1000, bound_x1000, begun_at, told_at) VALUES (:org, :member_id, "
            ":person_id, :state, :stage, :name, :rule, :span, :from_on, :count_x1000, "
            ":bound_x1000, :begun_at, :told_at) RETURNING id",
            P(w->member_id), P(w->person_id), P(w->state), P(w->stage), P(w->name), P(w->rule),
            P(w->span), P(w->from_on), P(w->count_x1000), P(w->bound_x1000), P(w->begun_at),
            P(w->told_at)),
        id);
}

err warning_store_find(struct db *db, i64 id, struct arena *mem, struct warning *out)
{
    err e = db_one(db, SQL("SELECT " COLUMNS_OF_ALL " WHERE org_id = :org AND id = :id", P(id)),
                   WARNING_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "warnings.not_found") : e;
}

err warning_store_update(struct db *db, const struct warning *w)
{
    return db_update(
        db,
        SQL("UPDATE warnings SET state = :state, stage = :stage, count_x1000 = :count_x1000, "
            "bound_x1000 = :bound_x1000, told_at = :told_at, note = :note, settler_name = "
            ":settler_name, version = version + 1 WHERE org_id = :org AND id = :id AND version = "
            ":version",
            P(w->state), P(w->stage), P(w->count_x1000), P(w->bound_x1000), P(w->told_at),
            P(w->note), P(w->settler_name), P(w->id), P(w->version)));
}

err warning_store_list(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct warning);
    return db_list(db,
                   SQL("SELECT " COLUMNS_OF_ALL " WHERE org_id = :org AND state <> 'lapsed' ORDER "
                       "BY member_id, id LIMIT 100000"),
                   WARNING_ROW, mem, out);
}

/* ---- the list ---- */

static const struct list_column COLUMNS[] = {
    { FIELD(struct warning, name), LIST_TEXT, .sql = "w.name", .filter = true },
    { FIELD(struct warning, rule), LIST_TEXT, .sql = "w.rule" },
    { FIELD(struct warning, stage), LIST_CODE, .sql = "w.stage", .filter = true,
      .states = "warnings.stages", .choices = "near reached" },
    { FIELD(struct warning, state), LIST_CODE, .sql = "w.state", .filter = true,
      .states = "states.warnings", .choices = "open seen lifted lapsed" },
    { FIELD(struct warning, told_at), LIST_TIME, .sql = "w.told_at" },
    { FIELD(struct warning, begun_at), LIST_TIME, .sql = "w.begun_at", .hidden = true,
      .sort = true },
    { FIELD(struct warning, id), LIST_NUMBER, .sql = "w.id", .hidden = true },
    { FIELD(struct warning, member_id), LIST_NUMBER, .sql = "w.member_id", .hidden = true },
    { FIELD(struct warning, person_id), LIST_NUMBER, .sql = "w.person_id", .one = true },
    { FIELD(struct warning, span), LIST_CODE, .sql = "w.span", .states = "warnings.spans",
      .one = true },
    { FIELD(struct warning, from_on), LIST_DAY, .sql = "w.from_on", .one = true },
    { FIELD(struct warning, count_x1000), LIST_NUMBER, .sql = "w.count_x1000", .hidden = true },
    { FIELD(struct warning, bound_x1000), LIST_NUMBER, .sql = "w.bound_x1000", .hidden = true },
    { FIELD(struct warning, note), LIST_TEXT, .sql = "w.note", .one = true },
    { FIELD(struct warning, settler_name), LIST_TEXT, .sql = "w.settler_name", .one = true },
    { FIELD(struct warning, version), LIST_NUMBER, .sql = "w.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = {
    { SCOPE_ORG, .sql = "" },
    { .sql = "w.person_id = NULLIF(:actor_person, 0)" },
    { 0 },
};

const struct list WARNING_LIST = {
    .name = "warnings",
    .may = "warnings.read",
    .from = "warnings w",
    .where = "w.org_id = :org",
    .key = "w.id",
    .sort = "-begun_at",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "warnings.not_found",
    .row_size = sizeof(struct warning),
};
