/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of bodies. Rows are dated: `on` is a day, and to_on 0 means still in force.
 */
#include "modules/orgs/org_store.h"

static const struct field ORG_ROW[] = {
    FIELD(struct org, id),         FIELD(struct org, org_id),    FIELD(struct org, area_id),
    FIELD(struct org, parent_id),  FIELD(struct org, position),  FIELD(struct org, from_on),
    FIELD(struct org, to_on),      FIELD(struct org, version),   FIELD(struct org, agency),
    FIELD(struct org, dispatcher), FIELD(struct org, kind),      FIELD(struct org, name),
    FIELD(struct org, short_name), FIELD(struct org, code),      FIELD(struct org, letter_prefix),
    FIELD(struct org, source),     FIELD(struct org, source_id), { 0 },
};

err org_store_find(struct db *db, i64 id, struct arena *mem, struct org *out)
{
    return db_one(
        db,
        SQL("SELECT id, org_id, area_id, parent_id, position, from_on, to_on, version, agency, "
            "dispatcher, kind, "
            "name, short_name, code, letter_prefix, source, source_id FROM orgs "
            "WHERE org_id = :org AND id = :id",
            P(id)),
        ORG_ROW, mem, out);
}

err org_store_find_by_name(struct db *db, str kind, str name, struct arena *mem, struct org *out)
{
    return db_one(
        db,
        SQL("SELECT id, org_id, area_id, parent_id, position, from_on, to_on, version, agency, "
            "dispatcher, kind, "
            "name, short_name, code, letter_prefix, source, source_id FROM orgs "
            "WHERE org_id = :org AND name = :name AND (:kind = '' OR kind = :kind) "
            "ORDER BY from_on DESC, id LIMIT 1",
            P(name), P(kind)),
        ORG_ROW, mem, out);
}

err org_store_list_by_name(struct db *db, str kind, str name, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct org);
    return db_list(
        db,
        SQL("SELECT id, org_id, area_id, parent_id, position, from_on, to_on, version, agency, "
            "dispatcher, kind, "
            "name, short_name, code, letter_prefix, source, source_id FROM orgs "
            "WHERE org_id = :org AND name = :name AND kind = :kind ORDER BY from_on, id LIMIT 1000",
            P(name), P(kind)),
        ORG_ROW, mem, out);
}

err org_store_find_house_code(struct db *db, str code, struct arena *mem, str *name)
{
    struct org found = { 0 };
    static const struct field ROW[] = { FIELD(struct org, name), { 0 } };
    err e =
        db_one(db, SQL("SELECT name FROM orgs WHERE org_id = id AND code = :code LIMIT 1", P(code)),
               ROW, mem, &found);
    *name = found.name;
    return err_is(e, "db.no_row") ? OK : e;
}

err org_store_find_of_area(struct db *db, i64 area_id, i64 on, struct arena *mem, struct org *out)
{
    static const struct field ROW[] = { FIELD(struct org, id), FIELD(struct org, name), { 0 } };
    return db_one(
        db,
        SQL("WITH RECURSIVE up (id, parent_id, steps) AS (SELECT id, parent_id, 0 FROM areas WHERE "
            "id = :area_id UNION ALL SELECT a.id, a.parent_id, up.steps + 1 FROM up JOIN areas a "
            "ON a.id = up.parent_id WHERE up.steps < 8) SELECT o.id, t.name FROM up JOIN orgs o ON "
            "o.area_id = up.id AND o.kind = 'cppcc' AND o.org_id = o.id AND (o.to_on = 0 OR "
            "o.to_on >= :on) JOIN tenants t ON t.id = o.id ORDER BY up.steps, o.id LIMIT 1",
            P(area_id), P(on)),
        ROW, mem, out);
}

err org_store_list_below(struct db *db, i64 on, struct arena *mem, struct rows *out)
{
    static const struct field ROW[] = { FIELD(struct org, id), FIELD(struct org, name), { 0 } };
    out->size = sizeof(struct org);
    return db_list(
        db,
        SQL("WITH RECURSIVE down (id, code, steps) AS (SELECT a.id, a.code, 0 FROM orgs w JOIN "
            "areas a ON a.id = w.area_id WHERE w.id = :org AND w.org_id = :org UNION ALL SELECT "
            "a.id, a.code, down.steps + 1 FROM down JOIN areas a ON a.parent_id = down.id WHERE "
            "down.steps < 3 AND (down.steps = 0 OR NOT EXISTS (SELECT b.id FROM orgs b JOIN "
            "tenants s ON s.id = b.id WHERE b.area_id = down.id AND b.kind = 'cppcc' AND b.org_id "
            "= b.id AND (b.to_on = 0 OR b.to_on >= :on)))) SELECT o.id, t.name FROM down JOIN orgs "
            "o ON o.area_id = down.id AND o.kind = 'cppcc' AND o.org_id = o.id AND (o.to_on = 0 OR "
            "o.to_on >= :on) JOIN tenants t ON t.id = o.id WHERE down.steps > 0 ORDER BY "
            "down.code, o.id LIMIT 200",
            P(on)),
        ROW, mem, out);
}

err org_store_find_by_source(struct db *db, str source, str source_id, struct arena *mem,
                             struct org *out)
{
    return db_one(
        db,
        SQL("SELECT id, org_id, area_id, parent_id, position, from_on, to_on, version, agency, "
            "dispatcher, kind, "
            "name, short_name, code, letter_prefix, source, source_id FROM orgs "
            "WHERE org_id = :org AND source = :source AND source_id = :source_id AND source_id <> "
            "''",
            P(source), P(source_id)),
        ORG_ROW, mem, out);
}

err org_store_find_cppcc(struct db *db, struct arena *mem, struct org *out)
{
    return db_one(
        db,
        SQL("SELECT id, org_id, area_id, parent_id, position, from_on, to_on, version, agency, "
            "dispatcher, kind, "
            "name, short_name, code, letter_prefix, source, source_id FROM orgs "
            "WHERE org_id = :org AND id = :org"),
        ORG_ROW, mem, out);
}

err org_store_list(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct org);
    return db_list(
        db,
        SQL("SELECT id, org_id, area_id, parent_id, position, from_on, to_on, version, agency, "
            "dispatcher, kind, "
            "name, short_name, code, letter_prefix, source, source_id FROM orgs "
            "WHERE org_id = :org ORDER BY position, id LIMIT 5000"),
        ORG_ROW, mem, out);
}

err org_store_list_agencies(struct db *db, i64 on, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct org);
    return db_recall_list(
        db,
        SQL("SELECT id, org_id, area_id, parent_id, position, from_on, to_on, version, agency, "
            "dispatcher, kind, "
            "name, short_name, code, letter_prefix, source, source_id FROM orgs "
            "WHERE org_id = :org AND agency = 1 AND from_on <= :on AND (to_on = 0 OR to_on >= :on) "
            "ORDER BY position, id LIMIT 5000",
            P(on)),
        ORG_ROW, mem, out);
}

err org_store_add(struct db *db, const struct org *org, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO orgs (org_id, area_id, parent_id, position, from_on, to_on, agency, "
            "dispatcher, kind, "
            "name, short_name, code, letter_prefix, source, source_id) "
            "VALUES (:org_id, NULLIF(:area_id, 0), NULLIF(:parent_id, 0), :position, :from_on, "
            ":to_on, "
            ":agency, :dispatcher, :kind, :name, :short_name, :code, :letter_prefix, :source, "
            ":source_id) "
            "RETURNING id",
            P(org->org_id), P(org->area_id), P(org->parent_id), P(org->position), P(org->from_on),
            P(org->to_on), P(org->agency), P(org->dispatcher), P(org->kind), P(org->name),
            P(org->short_name), P(org->code), P(org->letter_prefix), P(org->source),
            P(org->source_id)),
        id);
}

err org_store_update(struct db *db, const struct org *org)
{
    return db_update(
        db, SQL("UPDATE orgs SET area_id = NULLIF(:area_id, 0), parent_id = NULLIF(:parent_id, 0), "
                "position = :position, from_on = :from_on, to_on = :to_on, agency = :agency, "
                "dispatcher = :dispatcher, kind = :kind, name = :name, short_name = :short_name, "
                "code = :code, "
                "letter_prefix = :letter_prefix, source = :source, source_id = :source_id, "
                "version = version + 1 WHERE org_id = :org AND id = :id AND version = :version",
                P(org->area_id), P(org->parent_id), P(org->position), P(org->from_on),
                P(org->to_on), P(org->agency), P(org->dispatcher), P(org->kind), P(org->name),
                P(org->short_name), P(org->code), P(org->letter_prefix), P(org->source),
                P(org->source_id), P(org->id), P(org->version)));
}

err org_store_own(struct db *db, i64 id)
{
    return db_run(db, SQL("UPDATE orgs SET org_id = :id WHERE org_id = 0 AND id = :id", P(id)),
                  NULL);
}
