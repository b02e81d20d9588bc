/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of terms and sessions. Rules: session.c. */
#include "modules/orgs/session_store.h"

static const struct field TERM_ROW[] = {
    FIELD(struct term, id),    FIELD(struct term, number),  FIELD(struct term, from_on),
    FIELD(struct term, to_on), FIELD(struct term, version), { 0 },
};

static const struct field SESSION_ROW[] = {
    FIELD(struct session, id),
    FIELD(struct session, term_id),
    FIELD(struct session, number),
    FIELD(struct session, opened_on),
    FIELD(struct session, closed_on),
    FIELD(struct session, until_on),
    FIELD(struct session, term_number),
    FIELD(struct session, version),
    { 0 },
};

err term_store_find(struct db *db, i64 id, struct arena *mem, struct term *out)
{
    return db_one(db,
                  SQL("SELECT id, number, from_on, to_on, version FROM terms "
                      "WHERE org_id = :org AND id = :id",
                      P(id)),
                  TERM_ROW, mem, out);
}

err term_store_find_by_number(struct db *db, i64 number, struct arena *mem, struct term *out)
{
    return db_one(db,
                  SQL("SELECT id, number, from_on, to_on, version FROM terms "
                      "WHERE org_id = :org AND number = :number",
                      P(number)),
                  TERM_ROW, mem, out);
}

err term_store_list(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct term);
    return db_list(db,
                   SQL("SELECT id, number, from_on, to_on, version FROM terms "
                       "WHERE org_id = :org ORDER BY number DESC LIMIT 200"),
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

err term_store_update(struct db *db, const struct term *term)
{
    return db_update(
        db, SQL("UPDATE terms SET number = :number, from_on = :from_on, to_on = :to_on, "
                "version = version + 1 WHERE org_id = :org AND id = :id AND "
                "version = :version",
                P(term->number), P(term->from_on), P(term->to_on), P(term->id), P(term->version)));
}

/* Remembered while nothing changes: the page of a case asks three times for one. */
err session_store_find(struct db *db, i64 id, struct arena *mem, struct session *out)
{
    struct rows rows = { .size = sizeof *out };
    TRY(db_recall_list(
        db,
        SQL("SELECT s.id, s.term_id, s.number, s.opened_on, s.closed_on, s.until_on, s.version, "
            "t.number AS term_number "
            "FROM sessions s JOIN terms t ON t.org_id = s.org_id AND t.id = s.term_id "
            "WHERE s.org_id = :org AND s.id = :id LIMIT 1",
            P(id)),
        SESSION_ROW, mem, &rows));
    *out = rows.count ? *(const struct session *)rows.items : (struct session){ 0 };
    return rows.count ? OK : err_make(ERR_NOT_FOUND, "db.no_row");
}

/* The working year that a day belongs to: opened by the last plenary whose collection had begun by
 * then. A session takes proposals from the day after the one before it ended (until_on), else from
 * its own first day. */
err session_store_find_on(struct db *db, i64 on, struct arena *mem, struct session *out)
{
    return db_one(
        db,
        SQL("SELECT s.id, s.term_id, s.number, s.opened_on, s.closed_on, s.until_on, s.version, "
            "t.number AS term_number "
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
        SQL("SELECT s.id, s.term_id, s.number, s.opened_on, s.closed_on, s.until_on, s.version, "
            "t.number AS term_number "
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

err session_store_update(struct db *db, const struct session *session)
{
    return db_update(
        db, SQL("UPDATE sessions SET term_id = :term_id, number = :number, "
                "opened_on = :opened_on, closed_on = :closed_on, until_on = :until_on, "
                "version = version + 1 WHERE org_id = :org AND id = :id AND version = :version",
                P(session->term_id), P(session->number), P(session->opened_on),
                P(session->closed_on), P(session->until_on), P(session->id), P(session->version)));
}
