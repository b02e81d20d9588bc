/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of complaints of burden, and the declared list: the office sees all, others what they
 * told. Who told a hidden one is in no column. */
#include "modules/burdens/burden.h"

err burden_store_add(struct db *db, const struct burden *b, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO burdens (org_id, state, kind, label, place, words, via, person_id, name, "
            "month, asked_at) VALUES (:org, :state, :kind, :label, :place, :words, :via, "
            ":person_id, :name, :month, :asked_at) RETURNING id",
            P(b->state), P(b->kind), P(b->label), P(b->place), P(b->words), P(b->via),
            P(b->person_id), P(b->name), P(b->month), P(b->asked_at)),
        id);
}

err burden_store_update(struct db *db, const struct burden *b)
{
    return db_update(
        db, SQL("UPDATE burdens SET state = :state, way = :way, answer = :answer, published = "
                ":published, answered_at = :answered_at, answerer_name = :answerer_name, version = "
                "version + 1 WHERE org_id = :org AND id = :id AND version = :version",
                P(b->state), P(b->way), P(b->answer), P(b->published), P(b->answered_at),
                P(b->answerer_name), P(b->id), P(b->version)));
}

err burden_store_person(struct db *db, i64 id, i64 *person_id)
{
    return db_i64(db, SQL("SELECT person_id FROM burdens WHERE org_id = :org AND id = :id", P(id)),
                  person_id);
}

static const struct field PUBLISHED_ROW[] = {
    FIELD(struct burden, id),     FIELD(struct burden, label),
    FIELD(struct burden, place),  FIELD(struct burden, way),
    FIELD(struct burden, month),  FIELD(struct burden, answered_at),
    FIELD(struct burden, answer), { 0 },
};

err burden_store_list_published(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct burden);
    return db_list(db,
                   SQL("SELECT id, label, place, way, month, answered_at, answer FROM burdens "
                       "WHERE org_id = :org AND published = 1 ORDER BY answered_at DESC, id DESC "
                       "LIMIT 20"),
                   PUBLISHED_ROW, mem, out);
}

/* ---- sums ---- */

static const struct field MONTH_ROW[] = {
    FIELD(struct burden_sum, month),    FIELD(struct burden_sum, asked),
    FIELD(struct burden_sum, answered), FIELD(struct burden_sum, dropped),
    FIELD(struct burden_sum, eased),    FIELD(struct burden_sum, kept),
    FIELD(struct burden_sum, hours),    { 0 },
};

err burden_store_list_months(struct db *db, i64 from_month, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct burden_sum);
    return db_list(
        db,
        SQL("SELECT month, COUNT(*) AS asked, COUNT(*) FILTER (WHERE state = 'answered') AS "
            "answered, COUNT(*) FILTER (WHERE way = 'dropped') AS dropped, COUNT(*) FILTER (WHERE "
            "way = 'eased') AS eased, COUNT(*) FILTER (WHERE way = 'kept') AS kept, "
            "CAST(COALESCE(SUM(CASE WHEN answered_at > 0 THEN (answered_at - asked_at) / 3600000 "
            "ELSE 0 END), 0) AS BIGINT) AS hours FROM burdens WHERE org_id = :org AND month >= "
            ":from_month GROUP BY month ORDER BY month DESC LIMIT 60",
            P(from_month)),
        MONTH_ROW, mem, out);
}

static const struct field KIND_ROW[] = {
    FIELD(struct burden_sum, label),    FIELD(struct burden_sum, asked),
    FIELD(struct burden_sum, answered), FIELD(struct burden_sum, dropped),
    FIELD(struct burden_sum, eased),    FIELD(struct burden_sum, kept),
    FIELD(struct burden_sum, hours),    { 0 },
};

err burden_store_list_kinds(struct db *db, i64 from_month, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct burden_sum);
    return db_list(
        db,
        SQL("SELECT label, COUNT(*) AS asked, COUNT(*) FILTER (WHERE state = 'answered') AS "
            "answered, COUNT(*) FILTER (WHERE way = 'dropped') AS dropped, COUNT(*) FILTER (WHERE "
            "way = 'eased') AS eased, COUNT(*) FILTER (WHERE way = 'kept') AS kept, "
            "CAST(COALESCE(SUM(CASE WHEN answered_at > 0 THEN (answered_at - asked_at) / 3600000 "
            "ELSE 0 END), 0) AS BIGINT) AS hours FROM burdens WHERE org_id = :org AND month >= "
            ":from_month GROUP BY label ORDER BY asked DESC, label LIMIT 100",
            P(from_month)),
        KIND_ROW, mem, out);
}

/* ---- the list ---- */

static const struct list_column COLUMNS[] = {
    { FIELD(struct burden, place), LIST_TEXT, .sql = "b.place" },
    { FIELD(struct burden, label), LIST_TEXT, .sql = "b.label", .filter = true },
    { FIELD(struct burden, state), LIST_CODE, .sql = "b.state", .filter = true,
      .states = "states.burdens", .choices = "asked answered" },
    { FIELD(struct burden, way), LIST_CODE, .sql = "b.way", .filter = true, .states = "choices.way",
      .choices = "dropped eased kept" },
    { FIELD(struct burden, name), LIST_TEXT, .sql = "b.name" },
    { FIELD(struct burden, asked_at), LIST_TIME, .sql = "b.asked_at", .sort = true },
    { FIELD(struct burden, answered_at), LIST_TIME, .sql = "b.answered_at" },
    { FIELD(struct burden, id), LIST_NUMBER, .sql = "b.id", .hidden = true },
    { FIELD(struct burden, month), LIST_NUMBER, .sql = "b.month", .hidden = true, .filter = true },
    { FIELD(struct burden, kind), LIST_TEXT, .sql = "b.kind", .hidden = true },
    { FIELD(struct burden, via), LIST_TEXT, .sql = "b.via", .hidden = true },
    { FIELD(struct burden, words), LIST_TEXT, .sql = "b.words", .one = true },
    { FIELD(struct burden, answer), LIST_TEXT, .sql = "b.answer", .one = true },
    { FIELD(struct burden, published), LIST_NUMBER, .sql = "b.published", .one = true },
    { FIELD(struct burden, answerer_name), LIST_TEXT, .sql = "b.answerer_name", .one = true },
    { FIELD(struct burden, version), LIST_NUMBER, .sql = "b.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = {
    { SCOPE_ORG, .sql = "" },
    { .sql = "b.person_id = NULLIF(:actor_person, 0)" },
    { 0 },
};

const struct list BURDEN_LIST = {
    .name = "burdens",
    .may = "burdens.read",
    .from = "burdens b",
    .where = "b.org_id = :org",
    .key = "b.id",
    .sort = "-asked_at",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "burdens.not_found",
    .row_size = sizeof(struct burden),
};
