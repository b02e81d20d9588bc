/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of the orgs module. Rows are dated: `on` is a day, and to_on 0 means still in force.
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

static const struct field TERM_ROW[] = {
    FIELD(struct term, id),
    FIELD(struct term, number),
    FIELD(struct term, from_on),
    FIELD(struct term, to_on),
    { 0 },
};

static const struct field SESSION_ROW[] = {
    FIELD(struct session, id),          FIELD(struct session, term_id),
    FIELD(struct session, number),      FIELD(struct session, opened_on),
    FIELD(struct session, closed_on),   FIELD(struct session, until_on),
    FIELD(struct session, term_number), { 0 },
};

static const struct field BODY_ROW[] = {
    FIELD(struct body, id),    FIELD(struct body, position), FIELD(struct body, from_on),
    FIELD(struct body, to_on), FIELD(struct body, name),     { 0 },
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

err org_store_find_by_source(struct db *db, str source, str source_id, struct arena *mem,
                             struct org *out)
{
    return db_one(
        db,
        SQL("SELECT id, org_id, area_id, parent_id, position, from_on, to_on, version, agency, "
            "dispatcher, kind, "
            "name, short_name, code, letter_prefix, source, source_id FROM orgs "
            "WHERE org_id = :org AND source = :source AND source_id = :source_id",
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

err org_store_area_find(struct db *db, str code, i64 *id)
{
    return db_i64(db, SQL("SELECT id FROM areas WHERE code = :code", P(code)), id);
}

err org_store_area_save(struct db *db, const struct area *area, i64 *id)
{
    return db_insert(db,
                     SQL("INSERT INTO areas (code, name, level, parent_id) "
                         "VALUES (:code, :name, :level, NULLIF(:parent_id, 0)) "
                         "ON CONFLICT (code) DO UPDATE SET name = :name RETURNING id",
                         P(area->code), P(area->name), P(area->level), P(area->parent_id)),
                     id);
}

err term_store_find(struct db *db, i64 number, struct arena *mem, struct term *out)
{
    return db_one(
        db,
        SQL("SELECT id, number, from_on, to_on FROM terms WHERE org_id = :org AND number = :number",
            P(number)),
        TERM_ROW, mem, out);
}

err term_store_add(struct db *db, const struct term *term, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO terms (org_id, number, from_on, to_on) VALUES (:org, :number, "
            ":from_on, :to_on) "
            "RETURNING id",
            P(term->number), P(term->from_on), P(term->to_on)),
        id);
}

err term_store_end_before(struct db *db, i64 number, i64 to_on)
{
    return db_run(db,
                  SQL("UPDATE terms SET to_on = :to_on WHERE org_id = :org AND number < :number "
                      "AND from_on <= :to_on AND (to_on = 0 OR to_on > :to_on)",
                      P(number), P(to_on)),
                  NULL);
}

err session_store_find(struct db *db, i64 id, struct arena *mem, struct session *out)
{
    return db_one(
        db,
        SQL("SELECT s.id, s.term_id, s.number, s.opened_on, s.closed_on, s.until_on, t.number "
            "AS term_number "
            "FROM sessions s JOIN terms t ON t.org_id = s.org_id AND t.id = s.term_id "
            "WHERE s.org_id = :org AND s.id = :id",
            P(id)),
        SESSION_ROW, mem, out);
}

/* The working year that a day belongs to: opened by the last plenary whose collection had begun by
 * then. A session takes proposals from the day after the one before it ended (until_on), else from
 * its own first day. */
err session_store_find_on(struct db *db, i64 on, struct arena *mem, struct session *out)
{
    return db_one(
        db,
        SQL("SELECT s.id, s.term_id, s.number, s.opened_on, s.closed_on, s.until_on, t.number "
            "AS term_number "
            "FROM sessions s JOIN terms t ON t.org_id = s.org_id AND t.id = s.term_id "
            "WHERE s.org_id = :org AND (s.until_on = 0 OR s.until_on >= :on) "
            "ORDER BY s.opened_on, s.id LIMIT 1",
            P(on)),
        SESSION_ROW, mem, out);
}

err session_store_list(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct session);
    return db_list(
        db,
        SQL("SELECT s.id, s.term_id, s.number, s.opened_on, s.closed_on, s.until_on, t.number "
            "AS term_number "
            "FROM sessions s JOIN terms t ON t.org_id = s.org_id AND t.id = s.term_id "
            "WHERE s.org_id = :org ORDER BY s.opened_on DESC, s.id DESC LIMIT 200"),
        SESSION_ROW, mem, out);
}

err session_store_add(struct db *db, const struct session *session, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO sessions (org_id, term_id, number, opened_on, closed_on, until_on) "
            "VALUES (:org, :term_id, :number, :opened_on, :closed_on, :until_on) RETURNING id",
            P(session->term_id), P(session->number), P(session->opened_on), P(session->closed_on),
            P(session->until_on)),
        id);
}

err sector_store_list(struct db *db, i64 on, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct body);
    return db_list(
        db,
        SQL("SELECT id, position, from_on, to_on, name FROM sectors WHERE org_id = :org "
            "AND from_on <= :on AND (to_on = 0 OR to_on >= :on) ORDER BY position, id LIMIT 500",
            P(on)),
        BODY_ROW, mem, out);
}

err sector_store_find_by_name(struct db *db, str name, i64 on, i64 *id)
{
    return db_i64(db,
                  SQL("SELECT id FROM sectors WHERE org_id = :org AND name = :name "
                      "AND (to_on = 0 OR to_on >= :on) ORDER BY from_on LIMIT 1",
                      P(name), P(on)),
                  id);
}

err sector_store_last_day(struct db *db, str name, i64 *to_on)
{
    return db_i64(db,
                  SQL("SELECT COALESCE(MAX(to_on), 0) AS n FROM sectors "
                      "WHERE org_id = :org AND name = :name",
                      P(name)),
                  to_on);
}

err sector_store_add(struct db *db, const struct body *body, i64 *id)
{
    return db_insert(db,
                     SQL("INSERT INTO sectors (org_id, name, position, from_on, to_on) "
                         "VALUES (:org, :name, :position, :from_on, :to_on) RETURNING id",
                         P(body->name), P(body->position), P(body->from_on), P(body->to_on)),
                     id);
}

err committee_store_list(struct db *db, i64 on, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct body);
    return db_list(
        db,
        SQL("SELECT id, position, from_on, to_on, name FROM committees WHERE org_id = :org "
            "AND from_on <= :on AND (to_on = 0 OR to_on >= :on) ORDER BY position, id LIMIT 500",
            P(on)),
        BODY_ROW, mem, out);
}

err committee_store_find_by_name(struct db *db, str name, i64 on, i64 *id)
{
    return db_i64(db,
                  SQL("SELECT id FROM committees WHERE org_id = :org AND name = :name "
                      "AND (to_on = 0 OR to_on >= :on) ORDER BY from_on LIMIT 1",
                      P(name), P(on)),
                  id);
}

err committee_store_last_day(struct db *db, str name, i64 *to_on)
{
    return db_i64(db,
                  SQL("SELECT COALESCE(MAX(to_on), 0) AS n FROM committees "
                      "WHERE org_id = :org AND name = :name",
                      P(name)),
                  to_on);
}

err committee_store_add(struct db *db, const struct body *body, i64 *id)
{
    return db_insert(db,
                     SQL("INSERT INTO committees (org_id, name, position, from_on, to_on) "
                         "VALUES (:org, :name, :position, :from_on, :to_on) RETURNING id",
                         P(body->name), P(body->position), P(body->from_on), P(body->to_on)),
                     id);
}

err session_store_close_before(struct db *db, i64 opened_on, i64 until_on)
{
    return db_run(
        db,
        SQL("UPDATE sessions SET until_on = :until_on WHERE org_id = :org AND until_on = 0 AND "
            "opened_on < :opened_on",
            P(until_on), P(opened_on)),
        NULL);
}

err sector_store_end(struct db *db, i64 id, i64 to_on)
{
    return db_update(db, SQL("UPDATE sectors SET to_on = :to_on WHERE org_id = :org AND id = :id",
                             P(to_on), P(id)));
}

err committee_store_end(struct db *db, i64 id, i64 to_on)
{
    return db_update(db,
                     SQL("UPDATE committees SET to_on = :to_on WHERE org_id = :org AND id = :id",
                         P(to_on), P(id)));
}
