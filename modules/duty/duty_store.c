/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of sets of rules. */
#include "modules/duty/duty.h"

static const struct field HEAD_ROW[] = {
    FIELD(struct duty_set, id),
    FIELD(struct duty_set, from_on),
    FIELD(struct duty_set, to_on),
    FIELD(struct duty_set, until_on),
    FIELD(struct duty_set, enacted_at),
    FIELD(struct duty_set, edited_at),
    FIELD(struct duty_set, version),
    FIELD(struct duty_set, name),
    FIELD(struct duty_set, state),
    FIELD(struct duty_set, organ),
    FIELD(struct duty_set, editor_name),
    FIELD(struct duty_set, enactor_name),
    { 0 },
};

static const struct field SET_ROW[] = {
    FIELD(struct duty_set, id),           FIELD(struct duty_set, from_on),
    FIELD(struct duty_set, to_on),        FIELD(struct duty_set, until_on),
    FIELD(struct duty_set, enacted_at),   FIELD(struct duty_set, edited_at),
    FIELD(struct duty_set, version),      FIELD(struct duty_set, name),
    FIELD(struct duty_set, state),        FIELD(struct duty_set, organ),
    FIELD(struct duty_set, editor_name),  FIELD(struct duty_set, document),
    FIELD(struct duty_set, enactor_name), { 0 },
};

err duty_store_find(struct db *db, i64 id, struct arena *mem, struct duty_set *out)
{
    return db_one(
        db,
        SQL("SELECT s.id, s.from_on, s.to_on, s.enacted_at, s.edited_at, s.version, s.name, "
            "s.state, s.organ, s.editor_name, s.enactor_name, s.document, CASE WHEN s.to_on > 0 "
            "THEN s.to_on WHEN s.from_on = 0 THEN 0 ELSE COALESCE((SELECT MIN(n.from_on) - 1 FROM "
            "rulesets n WHERE n.org_id = :org AND n.from_on > s.from_on), 0) END AS until_on FROM "
            "rulesets s WHERE s.org_id = :org AND s.id = :id",
            P(id)),
        SET_ROW, mem, out);
}

err duty_store_list(struct db *db, bool all, struct arena *mem, struct rows *out)
{
    i64 drafts = all, most = DUTY_SETS_MAX;
    out->size = sizeof(struct duty_set);
    return db_list(
        db,
        SQL("SELECT s.id, s.from_on, s.to_on, s.enacted_at, s.edited_at, s.version, s.name, "
            "s.state, s.organ, s.editor_name, s.enactor_name, CASE WHEN s.to_on > 0 THEN s.to_on "
            "WHEN s.from_on = 0 THEN 0 ELSE COALESCE((SELECT MIN(n.from_on) - 1 FROM rulesets n "
            "WHERE n.org_id = :org AND n.from_on > s.from_on), 0) END AS until_on FROM rulesets s "
            "WHERE s.org_id = :org AND s.state <> 'dropped' AND (:drafts = 1 OR s.state <> "
            "'draft') ORDER BY CASE WHEN s.state = 'draft' THEN 0 ELSE 1 END, s.from_on DESC, "
            "s.edited_at DESC, s.id DESC LIMIT :most",
            P(drafts), P(most)),
        HEAD_ROW, mem, out);
}

err duty_store_list_on(struct db *db, i64 on, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct duty_set);
    return db_list(
        db,
        SQL("SELECT s.id, s.from_on, s.to_on, s.enacted_at, s.edited_at, s.version, s.name, "
            "s.state, s.organ, s.editor_name, s.enactor_name, s.document, CASE WHEN s.to_on > 0 "
            "THEN s.to_on ELSE COALESCE((SELECT MIN(n.from_on) - 1 FROM rulesets n WHERE n.org_id "
            "= :org AND n.from_on > s.from_on), 0) END AS until_on FROM rulesets s WHERE s.org_id "
            "= :org AND s.from_on > 0 AND s.from_on <= :on ORDER BY s.from_on DESC LIMIT 1",
            P(on)),
        SET_ROW, mem, out);
}

err duty_store_add(struct db *db, const struct duty_set *set, i64 *id)
{
    return db_insert(db,
                     SQL("INSERT INTO rulesets (org_id, name, document, state, edited_at, "
                         "editor_name) VALUES (:org, :name, :document, 'draft', :edited_at, "
                         ":editor_name) RETURNING id",
                         P(set->name), P(set->document), P(set->edited_at), P(set->editor_name)),
                     id);
}

err duty_store_update(struct db *db, const struct duty_set *set)
{
    return db_update(
        db, SQL("UPDATE rulesets SET name = :name, document = :document, state = :state, from_on = "
                ":from_on, to_on = :to_on, organ = :organ, enacted_at = :enacted_at, enactor_name "
                "= :enactor_name, edited_at = :edited_at, editor_name = :editor_name, version = "
                "version + 1 WHERE org_id = :org AND id = :id AND version = :version",
                P(set->name), P(set->document), P(set->state), P(set->from_on), P(set->to_on),
                P(set->organ), P(set->enacted_at), P(set->enactor_name), P(set->edited_at),
                P(set->editor_name), P(set->id), P(set->version)));
}
