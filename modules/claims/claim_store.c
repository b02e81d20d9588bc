/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of claims and appeals, and the two declared lists: columns, and who sees which rows.
 * A member his own, who organises a committee the claims of its members, the office all; appeals
 * are a member's and the office's alone. */
#include "modules/claims/claim.h"

err claim_store_add(struct db *db, const struct claim *c, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO claims (org_id, state, member_id, person_id, kind, label, happened_on, "
            "quantity, people, names, title, text, filed_at, filer_name, decided_at, "
            "decider_name) VALUES (:org, :state, :member_id, :person_id, :kind, :label, "
            ":happened_on, :quantity, :people, :names, :title, :text, :filed_at, :filer_name, "
            ":decided_at, :decider_name) RETURNING id",
            P(c->state), P(c->member_id), P(c->person_id), P(c->kind), P(c->label),
            P(c->happened_on), P(c->quantity), P(c->people), P(c->names), P(c->title), P(c->text),
            P(c->filed_at), P(c->filer_name), P(c->decided_at), P(c->decider_name)),
        id);
}

err claim_store_update(struct db *db, const struct claim *c)
{
    return db_update(
        db,
        SQL("UPDATE claims SET state = :state, kind = :kind, label = :label, happened_on = "
            ":happened_on, quantity = :quantity, title = :title, text = :text, reason = :reason, "
            "decided_at = :decided_at, decider_name = :decider_name, version = version + 1 WHERE "
            "org_id = :org AND id = :id AND version = :version",
            P(c->state), P(c->kind), P(c->label), P(c->happened_on), P(c->quantity), P(c->title),
            P(c->text), P(c->reason), P(c->decided_at), P(c->decider_name), P(c->id),
            P(c->version)));
}

err claimant_store_add(struct db *db, const struct claimant *p)
{
    i64 id;
    return db_insert(db,
                     SQL("INSERT INTO claimants (org_id, claim_id, member_id, person_id, name) "
                         "VALUES (:org, :claim_id, :member_id, :person_id, :name) RETURNING id",
                         P(p->claim_id), P(p->member_id), P(p->person_id), P(p->name)),
                     &id);
}

static const struct field CLAIMANT_ROW[] = {
    FIELD(struct claimant, claim_id),
    FIELD(struct claimant, member_id),
    FIELD(struct claimant, person_id),
    FIELD(struct claimant, name),
    { 0 },
};

err claimant_store_list(struct db *db, i64 claim_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct claimant);
    return db_list(db,
                   SQL("SELECT claim_id, member_id, person_id, name FROM claimants WHERE org_id = "
                       ":org AND claim_id = :claim_id ORDER BY id LIMIT 1000",
                       P(claim_id)),
                   CLAIMANT_ROW, mem, out);
}

static const struct field ID_ROW[] = { { .name = "id", .type = FIELD_I64 }, { 0 } };

/* The state as a text that is made keeps SQLite from the index of all live rows, which it would
 * read through: those of a day are few. */
err claim_store_list_same(struct db *db, const struct claim *c, struct arena *mem, struct rows *out)
{
    out->size = sizeof(i64);
    return db_list(
        db,
        SQL("SELECT p.member_id AS id FROM claims c JOIN claimants p ON p.org_id = c.org_id AND "
            "p.claim_id = c.id WHERE c.org_id = :org AND c.kind = :kind AND c.happened_on = "
            ":happened_on AND c.id <> :id AND c.state IN ('submitted', 'revising', 'approved') "
            "UNION SELECT e.member_id AS id FROM entries e WHERE e.org_id = :org AND "
            "e.happened_on = :happened_on AND e.kind = :kind AND e.state || '' = 'live' AND "
            "e.source <> 'claims' LIMIT 10000",
            P(c->kind), P(c->happened_on), P(c->id)),
        ID_ROW, mem, out);
}

/* ---- appeals ---- */

err appeal_store_add(struct db *db, const struct appeal *a, i64 *id)
{
    return db_insert(db,
                     SQL("INSERT INTO appeals (org_id, state, member_id, person_id, name, "
                         "entry_id, label, happened_on, text, asked_at, year, item, item_text, "
                         "words, points) VALUES (:org, :state, :member_id, :person_id, :name, "
                         ":entry_id, :label, :happened_on, :text, :asked_at, :year, :item, "
                         ":item_text, :words, :points) RETURNING id",
                         P(a->state), P(a->member_id), P(a->person_id), P(a->name), P(a->entry_id),
                         P(a->label), P(a->happened_on), P(a->text), P(a->asked_at), P(a->year),
                         P(a->item), P(a->item_text), P(a->words), P(a->points)),
                     id);
}

err appeal_store_update(struct db *db, const struct appeal *a)
{
    return db_update(
        db,
        SQL("UPDATE appeals SET state = :state, way = :way, answer = :answer, answered_at = "
            ":answered_at, answerer_name = :answerer_name, points_after = :points_after, version "
            "= version + 1 WHERE org_id = :org AND id = :id AND version = :version",
            P(a->state), P(a->way), P(a->answer), P(a->answered_at), P(a->answerer_name),
            P(a->points_after), P(a->id), P(a->version)));
}

static const struct field APPEAL_ROW[] = {
    FIELD(struct appeal, id),       FIELD(struct appeal, member_id),
    FIELD(struct appeal, entry_id), FIELD(struct appeal, happened_on),
    FIELD(struct appeal, asked_at), FIELD(struct appeal, answered_at),
    FIELD(struct appeal, state),    FIELD(struct appeal, text),
    FIELD(struct appeal, answer),   FIELD(struct appeal, label),
    FIELD(struct appeal, item),     { 0 },
};

err appeal_store_list_entry(struct db *db, i64 entry_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct appeal);
    return db_list(
        db,
        SQL("SELECT id, member_id, entry_id, happened_on, asked_at, answered_at, "
            "state, text, answer, label, item FROM appeals WHERE org_id = :org AND entry_id = "
            ":entry_id AND entry_id > 0 ORDER BY id DESC LIMIT 50",
            P(entry_id)),
        APPEAL_ROW, mem, out);
}

err appeal_store_list_year(struct db *db, i64 member_id, i64 year, struct arena *mem,
                           struct rows *out)
{
    out->size = sizeof(struct appeal);
    return db_list(db,
                   SQL("SELECT id, member_id, entry_id, happened_on, asked_at, answered_at, "
                       "state, text, answer, label, item FROM appeals WHERE org_id = :org AND "
                       "member_id = :member_id AND year = :year AND year > 0 ORDER BY id DESC "
                       "LIMIT 50",
                       P(member_id), P(year)),
                   APPEAL_ROW, mem, out);
}

/* ---- lists ---- */

static const struct list_column COLUMNS[] = {
    { FIELD(struct claim, title), LIST_TEXT, .sql = "c.title" },
    { FIELD(struct claim, names), LIST_TEXT, .sql = "c.names" },
    { FIELD(struct claim, label), LIST_TEXT, .sql = "c.label", .filter = true },
    { FIELD(struct claim, happened_on), LIST_DAY, .sql = "c.happened_on", .filter = true,
      .sort = true },
    { FIELD(struct claim, quantity), LIST_NUMBER, .sql = "c.quantity" },
    { FIELD(struct claim, state), LIST_CODE, .sql = "c.state", .filter = true,
      .states = "states.claims", .choices = "submitted revising approved withdrawn annulled" },
    { FIELD(struct claim, filed_at), LIST_TIME, .sql = "c.filed_at", .sort = true },
    { FIELD(struct claim, filer_name), LIST_TEXT, .sql = "c.filer_name", .hidden = true },
    { FIELD(struct claim, id), LIST_NUMBER, .sql = "c.id", .hidden = true },
    { FIELD(struct claim, kind), LIST_TEXT, .sql = "c.kind", .hidden = true },
    { FIELD(struct claim, people), LIST_NUMBER, .sql = "c.people", .hidden = true },
    { FIELD(struct claim, member_id), LIST_NUMBER, .sql = "c.member_id", .one = true },
    { FIELD(struct claim, person_id), LIST_NUMBER, .sql = "c.person_id", .one = true },
    { FIELD(struct claim, text), LIST_TEXT, .sql = "c.text", .one = true },
    { FIELD(struct claim, reason), LIST_TEXT, .sql = "c.reason", .one = true },
    { FIELD(struct claim, decided_at), LIST_TIME, .sql = "c.decided_at", .one = true },
    { FIELD(struct claim, decider_name), LIST_TEXT, .sql = "c.decider_name", .one = true },
    { FIELD(struct claim, version), LIST_NUMBER, .sql = "c.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = {
    { SCOPE_COMMITTEE,
      .sql = "EXISTS (SELECT p.id FROM claimants p JOIN members m ON m.org_id = p.org_id AND m.id "
             "= p.member_id LEFT JOIN tenures t ON t.org_id = m.org_id AND t.person_id = "
             "m.person_id AND t.body = 'committee' AND t.to_on = 0 WHERE p.org_id = c.org_id AND "
             "p.claim_id = c.id AND (p.member_id = :actor_member OR t.body_id IN "
             "(:actor_committee1, :actor_committee2, :actor_committee3, :actor_committee4)))" },
    { SCOPE_SELF,
      .sql = "EXISTS (SELECT p.id FROM claimants p WHERE p.org_id = c.org_id AND p.claim_id = "
             "c.id AND p.member_id = :actor_member AND :actor_member > 0)" },
    { 0 },
};

const struct list CLAIM_LIST = {
    .name = "claims",
    .may = "claims.read",
    .from = "claims c",
    .where = "c.org_id = :org",
    .key = "c.id",
    .sort = "-filed_at",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "claims.not_found",
    .row_size = sizeof(struct claim),
};

static const struct list_column APPEAL_COLUMNS[] = {
    { FIELD(struct appeal, label), LIST_TEXT, .sql = "a.label" },
    { FIELD(struct appeal, name), LIST_TEXT, .sql = "a.name" },
    { FIELD(struct appeal, happened_on), LIST_DAY, .sql = "a.happened_on" },
    { FIELD(struct appeal, state), LIST_CODE, .sql = "a.state", .filter = true,
      .states = "states.appeals", .choices = "asked corrected explained withdrawn" },
    { FIELD(struct appeal, asked_at), LIST_TIME, .sql = "a.asked_at", .sort = true },
    { FIELD(struct appeal, answered_at), LIST_TIME, .sql = "a.answered_at" },
    { FIELD(struct appeal, id), LIST_NUMBER, .sql = "a.id", .hidden = true },
    { FIELD(struct appeal, entry_id), LIST_NUMBER, .sql = "a.entry_id", .hidden = true },
    { FIELD(struct appeal, member_id), LIST_NUMBER, .sql = "a.member_id", .hidden = true },
    { FIELD(struct appeal, year), LIST_NUMBER, .sql = "a.year", .hidden = true, .filter = true },
    { FIELD(struct appeal, item), LIST_TEXT, .sql = "a.item", .one = true },
    { FIELD(struct appeal, item_text), LIST_TEXT, .sql = "a.item_text", .one = true },
    { FIELD(struct appeal, words), LIST_TEXT, .sql = "a.words", .one = true },
    { FIELD(struct appeal, points), LIST_NUMBER, .sql = "a.points", .one = true },
    { FIELD(struct appeal, points_after), LIST_NUMBER, .sql = "a.points_after", .one = true },
    { FIELD(struct appeal, person_id), LIST_NUMBER, .sql = "a.person_id", .one = true },
    { FIELD(struct appeal, text), LIST_TEXT, .sql = "a.text", .one = true },
    { FIELD(struct appeal, way), LIST_TEXT, .sql = "a.way", .one = true },
    { FIELD(struct appeal, answer), LIST_TEXT, .sql = "a.answer", .one = true },
    { FIELD(struct appeal, answerer_name), LIST_TEXT, .sql = "a.answerer_name", .one = true },
    { FIELD(struct appeal, version), LIST_NUMBER, .sql = "a.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope APPEAL_SCOPES[] = {
    { SCOPE_SELF, .sql = "a.member_id = :actor_member AND :actor_member > 0" },
    { 0 },
};

const struct list APPEAL_LIST = {
    .name = "appeals",
    .may = "claims.read",
    .from = "appeals a",
    .where = "a.org_id = :org",
    .key = "a.id",
    .sort = "-asked_at",
    .columns = APPEAL_COLUMNS,
    .scopes = APPEAL_SCOPES,
    .missing = "appeals.not_found",
    .row_size = sizeof(struct appeal),
};
