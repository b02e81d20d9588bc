/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of exemptions, and the declared list: columns, and who sees which rows. */
#include "modules/exemptions/exemption_rules.h"

err exemption_store_add(struct db *db, const struct exemption *x, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO exemptions (org_id, member_id, person_id, state, effect, ground, name, "
            "words, from_on, to_on, organ, decided_on, document, granted_at, granter_name) VALUES "
            "(:org, :member_id, :person_id, :state, :effect, :ground, :name, :words, :from_on, "
            ":to_on, :organ, :decided_on, :document, :granted_at, :granter_name) RETURNING id",
            P(x->member_id), P(x->person_id), P(x->state), P(x->effect), P(x->ground), P(x->name),
            P(x->words), P(x->from_on), P(x->to_on), P(x->organ), P(x->decided_on), P(x->document),
            P(x->granted_at), P(x->granter_name)),
        id);
}

err exemption_store_update(struct db *db, const struct exemption *x)
{
    return db_update(db, SQL("UPDATE exemptions SET state = :state, to_on = :to_on, note = :note, "
                             "version = version + 1 WHERE org_id = :org AND id = :id AND version "
                             "= :version",
                             P(x->state), P(x->to_on), P(x->note), P(x->id), P(x->version)));
}

static const struct field SPAN_ROW[] = { FIELD(struct exemption_span, member_id),
                                         FIELD(struct exemption_span, from_on),
                                         FIELD(struct exemption_span, to_on),
                                         FIELD(struct exemption_span, years),
                                         { 0 } };

err exemption_store_list_spans(struct db *db, const struct exemption_span *days, struct arena *mem,
                               struct rows *out)
{
    i64 from_on = days->from_on, to_on = days->to_on;
    i64 first = days->member_id, last = first ? first : INT64_MAX;
    out->size = sizeof(struct exemption_span);
    return db_list(
        db,
        SQL("SELECT member_id, from_on, to_on, CASE WHEN effect = 'years' THEN 1 ELSE 0 END AS "
            "years FROM exemptions WHERE org_id = :org AND state = 'granted' AND from_on <= :to_on "
            "AND to_on >= :from_on AND member_id BETWEEN :first AND :last ORDER BY member_id, "
            "from_on, id LIMIT 100000",
            P(to_on), P(from_on), P(first), P(last)),
        SPAN_ROW, mem, out);
}

/* ---- the list ---- */

static const struct list_column COLUMNS[] = {
    { FIELD(struct exemption, name), LIST_TEXT, .sql = "x.name", .filter = true },
    { FIELD(struct exemption, ground), LIST_CODE, .sql = "x.ground", .filter = true,
      .states = "choices.ground", .choices = "illness study posting leadership other" },
    { FIELD(struct exemption, effect), LIST_CODE, .sql = "x.effect", .states = "choices.effect" },
    { FIELD(struct exemption, from_on), LIST_DAY, .sql = "x.from_on" },
    { FIELD(struct exemption, to_on), LIST_DAY, .sql = "x.to_on" },
    { FIELD(struct exemption, organ), LIST_TEXT, .sql = "x.organ" },
    { FIELD(struct exemption, state), LIST_CODE, .sql = "x.state", .filter = true,
      .states = "states.exemptions", .choices = "granted undone" },
    { FIELD(struct exemption, granted_at), LIST_TIME, .sql = "x.granted_at", .hidden = true,
      .sort = true },
    { FIELD(struct exemption, id), LIST_NUMBER, .sql = "x.id", .hidden = true },
    { FIELD(struct exemption, member_id), LIST_NUMBER, .sql = "x.member_id", .hidden = true },
    { FIELD(struct exemption, person_id), LIST_NUMBER, .sql = "x.person_id", .one = true },
    { FIELD(struct exemption, words), LIST_TEXT, .sql = "x.words", .one = true },
    { FIELD(struct exemption, decided_on), LIST_DAY, .sql = "x.decided_on", .one = true },
    { FIELD(struct exemption, document), LIST_TEXT, .sql = "x.document", .one = true },
    { FIELD(struct exemption, granter_name), LIST_TEXT, .sql = "x.granter_name", .one = true },
    { FIELD(struct exemption, note), LIST_TEXT, .sql = "x.note", .one = true },
    { FIELD(struct exemption, version), LIST_NUMBER, .sql = "x.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = {
    { SCOPE_ORG, .sql = "" },
    { .sql = "x.person_id = NULLIF(:actor_person, 0)" },
    { 0 },
};

const struct list EXEMPTION_LIST = {
    .name = "exemptions",
    .may = "exemptions.read",
    .from = "exemptions x",
    .where = "x.org_id = :org",
    .key = "x.id",
    .sort = "-granted_at",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "exemptions.not_found",
    .row_size = sizeof(struct exemption),
};
