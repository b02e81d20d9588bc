/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of areas. Areas are facts of the country, without org_id; the bodies in them are the
 * organisation's own. */
#include "modules/orgs/area_store.h"

static const struct field AREA_ROW[] = {
    FIELD(struct area, id),    FIELD(struct area, parent_id), FIELD(struct area, from_on),
    FIELD(struct area, to_on), FIELD(struct area, version),   FIELD(struct area, code),
    FIELD(struct area, name),  FIELD(struct area, level),     { 0 },
};

static const struct field NAME_ROW[] = {
    FIELD(struct former_name, until_on),
    FIELD(struct former_name, name),
    { 0 },
};

static const struct field ORG_ROW[] = {
    FIELD(struct org_in_area, id),
    FIELD(struct org_in_area, to_on),
    FIELD(struct org_in_area, name),
    FIELD(struct org_in_area, kind),
    { 0 },
};

err area_store_find(struct db *db, i64 id, struct arena *mem, struct area *out)
{
    return db_one(db,
                  SQL("SELECT id, parent_id, from_on, to_on, version, code, name, level "
                      "FROM areas WHERE id = :id",
                      P(id)),
                  AREA_ROW, mem, out);
}

err area_store_find_by_code(struct db *db, str code, struct arena *mem, struct area *out)
{
    return db_one(db,
                  SQL("SELECT id, parent_id, from_on, to_on, version, code, name, level "
                      "FROM areas WHERE code = :code",
                      P(code)),
                  AREA_ROW, mem, out);
}

err area_store_list_by_name(struct db *db, str name, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct area);
    return db_list(db,
                   SQL("SELECT id, parent_id, from_on, to_on, version, code, name, level "
                       "FROM areas WHERE name = :name "
                       "ORDER BY CASE WHEN to_on = 0 THEN 0 ELSE 1 END, length(code), code "
                       "LIMIT 100",
                       P(name)),
                   AREA_ROW, mem, out);
}

err area_store_list_under(struct db *db, i64 parent_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct area);
    return db_list(db,
                   SQL("SELECT id, parent_id, from_on, to_on, version, code, name, level "
                       "FROM areas WHERE parent_id = :parent_id OR "
                       "(:parent_id = 0 AND parent_id IS NULL) ORDER BY code LIMIT 2000",
                       P(parent_id)),
                   AREA_ROW, mem, out);
}

err area_store_list_there(struct db *db, i64 parent_id, i64 on, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct area);
    return db_list(db,
                   SQL("SELECT id, parent_id, from_on, to_on, version, code, name, level "
                       "FROM areas WHERE (parent_id = :parent_id OR "
                       "(:parent_id = 0 AND parent_id IS NULL)) AND from_on <= :on AND "
                       "(to_on = 0 OR to_on >= :on) ORDER BY code LIMIT 2000",
                       P(parent_id), P(on)),
                   AREA_ROW, mem, out);
}

err area_store_search(struct db *db, str words, struct arena *mem, struct rows *out)
{
    i64 limit = AREA_FOUND_MAX;
    out->size = sizeof(struct area);
    return db_list(db,
                   SQL("SELECT id, parent_id, from_on, to_on, version, code, name, level "
                       "FROM areas WHERE lower(name) LIKE '%' || :words || '%' ESCAPE '!' OR "
                       "code LIKE :words || '%' ESCAPE '!' "
                       "ORDER BY length(code), code LIMIT :limit",
                       P(words), P(limit)),
                   AREA_ROW, mem, out);
}

err area_store_add(struct db *db, const struct area *area, i64 *id)
{
    return db_insert(db,
                     SQL("INSERT INTO areas (code, name, level, parent_id, from_on, to_on) "
                         "VALUES (:code, :name, :level, NULLIF(:parent_id, 0), :from_on, :to_on) "
                         "RETURNING id",
                         P(area->code), P(area->name), P(area->level), P(area->parent_id),
                         P(area->from_on), P(area->to_on)),
                     id);
}

err area_store_update(struct db *db, const struct area *area)
{
    return db_update(db,
                     SQL("UPDATE areas SET code = :code, name = :name, level = :level, "
                         "parent_id = NULLIF(:parent_id, 0), from_on = :from_on, to_on = :to_on, "
                         "version = version + 1 WHERE id = :id AND version = :version",
                         P(area->code), P(area->name), P(area->level), P(area->parent_id),
                         P(area->from_on), P(area->to_on), P(area->id), P(area->version)));
}

err area_store_list_names(struct db *db, i64 area_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct former_name);
    return db_list(db,
                   SQL("SELECT name, until_on FROM area_names WHERE area_id = :area_id "
                       "ORDER BY until_on DESC LIMIT 50",
                       P(area_id)),
                   NAME_ROW, mem, out);
}

err area_store_add_name(struct db *db, i64 area_id, const struct former_name *name)
{
    return db_run(db,
                  SQL("INSERT INTO area_names (area_id, name, until_on) "
                      "VALUES (:area_id, :name, :until_on)",
                      P(area_id), P(name->name), P(name->until_on)),
                  NULL);
}

err area_store_list_orgs(struct db *db, i64 area_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct org_in_area);
    return db_list(db,
                   SQL("SELECT id, to_on, name, kind FROM orgs WHERE org_id = :org AND "
                       "area_id = :area_id ORDER BY position, id LIMIT 1000",
                       P(area_id)),
                   ORG_ROW, mem, out);
}
