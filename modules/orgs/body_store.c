/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of sectors and committees. Rows are dated: `on` is a day, and to_on 0 means still in
 * force. A table's name cannot be a parameter, so each statement stands here once for each. */
#include "modules/orgs/body_store.h"

static const struct field BODY_ROW[] = {
    FIELD(struct body, id),
    FIELD(struct body, position),
    FIELD(struct body, from_on),
    FIELD(struct body, to_on),
    FIELD(struct body, version),
    FIELD(struct body, name),
    { 0 },
};

static const struct field NAME_ROW[] = {
    FIELD(struct former_name, until_on),
    FIELD(struct former_name, name),
    { 0 },
};

static str code_of(enum body_kind kind)
{
    return str_of(kind == BODY_SECTOR ? "sector" : "committee");
}

err body_store_list(struct db *db, enum body_kind kind, i64 on, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct body);
    struct sql sectors =
        SQL("SELECT b.id, b.position, b.from_on, b.to_on, b.version, COALESCE((SELECT n.name FROM "
            "body_names n WHERE n.org_id = b.org_id AND n.kind = 'sector' AND n.body_id = b.id AND "
            "n.until_on >= :on ORDER BY n.until_on LIMIT 1), b.name) AS name FROM sectors b WHERE "
            "b.org_id = :org AND b.from_on <= :on AND (b.to_on = 0 OR b.to_on >= :on) "
            "ORDER BY b.position, b.id LIMIT 500",
            P(on));
    struct sql committees =
        SQL("SELECT b.id, b.position, b.from_on, b.to_on, b.version, COALESCE((SELECT n.name FROM "
            "body_names n WHERE n.org_id = b.org_id AND n.kind = 'committee' AND n.body_id = b.id "
            "AND n.until_on >= :on ORDER BY n.until_on LIMIT 1), b.name) AS name FROM committees b "
            "WHERE b.org_id = :org AND b.from_on <= :on AND (b.to_on = 0 OR b.to_on >= :on) "
            "ORDER BY b.position, b.id LIMIT 500",
            P(on));
    return db_list(db, kind == BODY_SECTOR ? sectors : committees, BODY_ROW, mem, out);
}

err body_store_list_all(struct db *db, enum body_kind kind, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct body);
    struct sql sectors =
        SQL("SELECT id, position, from_on, to_on, version, name FROM sectors WHERE org_id = :org "
            "ORDER BY position, id LIMIT 1000");
    struct sql committees =
        SQL("SELECT id, position, from_on, to_on, version, name FROM committees WHERE "
            "org_id = :org ORDER BY position, id LIMIT 1000");
    return db_list(db, kind == BODY_SECTOR ? sectors : committees, BODY_ROW, mem, out);
}

err body_store_find(struct db *db, enum body_kind kind, i64 id, struct arena *mem, struct body *out)
{
    struct sql sectors = SQL("SELECT id, position, from_on, to_on, version, name FROM sectors "
                             "WHERE org_id = :org AND id = :id",
                             P(id));
    struct sql committees = SQL("SELECT id, position, from_on, to_on, version, name FROM "
                                "committees WHERE org_id = :org AND id = :id",
                                P(id));
    return db_one(db, kind == BODY_SECTOR ? sectors : committees, BODY_ROW, mem, out);
}

err body_store_add(struct db *db, enum body_kind kind, const struct body *body, i64 *id)
{
    struct sql sectors = SQL("INSERT INTO sectors (org_id, name, position, from_on, to_on) "
                             "VALUES (:org, :name, :position, :from_on, :to_on) RETURNING id",
                             P(body->name), P(body->position), P(body->from_on), P(body->to_on));
    struct sql committees = SQL("INSERT INTO committees (org_id, name, position, from_on, to_on) "
                                "VALUES (:org, :name, :position, :from_on, :to_on) RETURNING id",
                                P(body->name), P(body->position), P(body->from_on), P(body->to_on));
    return db_insert(db, kind == BODY_SECTOR ? sectors : committees, id);
}

err body_store_update(struct db *db, enum body_kind kind, const struct body *body)
{
    struct sql sectors =
        SQL("UPDATE sectors SET name = :name, position = :position, from_on = :from_on, "
            "to_on = :to_on, version = version + 1 WHERE org_id = :org AND id = :id AND "
            "version = :version",
            P(body->name), P(body->position), P(body->from_on), P(body->to_on), P(body->id),
            P(body->version));
    struct sql committees =
        SQL("UPDATE committees SET name = :name, position = :position, from_on = :from_on, "
            "to_on = :to_on, version = version + 1 WHERE org_id = :org AND id = :id AND "
            "version = :version",
            P(body->name), P(body->position), P(body->from_on), P(body->to_on), P(body->id),
            P(body->version));
    return db_update(db, kind == BODY_SECTOR ? sectors : committees);
}

err body_store_list_names(struct db *db, enum body_kind kind, i64 body_id, struct arena *mem,
                          struct rows *out)
{
    str code = code_of(kind);
    out->size = sizeof(struct former_name);
    return db_list(db,
                   SQL("SELECT name, until_on FROM body_names WHERE org_id = :org AND "
                       "kind = :code AND body_id = :body_id ORDER BY until_on DESC LIMIT 50",
                       P(code), P(body_id)),
                   NAME_ROW, mem, out);
}

err body_store_add_name(struct db *db, enum body_kind kind, i64 body_id,
                        const struct former_name *name)
{
    str code = code_of(kind);
    return db_run(db,
                  SQL("INSERT INTO body_names (org_id, kind, body_id, name, until_on) "
                      "VALUES (:org, :code, :body_id, :name, :until_on)",
                      P(code), P(body_id), P(name->name), P(name->until_on)),
                  NULL);
}
