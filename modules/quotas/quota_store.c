/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of quotas (quota.h). */
#include "modules/quotas/quota.h"

static const struct field QUOTA_ROW[] = {
    FIELD(struct quota, id),        FIELD(struct quota, target),
    FIELD(struct quota, from_year), FIELD(struct quota, sent),
    FIELD(struct quota, used),      FIELD(struct quota, place),
    FIELD(struct quota, whole),     FIELD(struct quota, names),
    FIELD(struct quota, version),   { 0 },
};

err quota_store_list(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct quota);
    return db_list(db,
                   SQL("SELECT id, target, from_year, sent, used, place, whole, names, version "
                       "FROM quotas WHERE org_id = :org "
                       "ORDER BY place, target, from_year DESC, id LIMIT 500"),
                   QUOTA_ROW, mem, out);
}

err quota_store_list_year(struct db *db, i64 year, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct quota);
    return db_list(db,
                   SQL("SELECT q.id, q.target, q.from_year, q.sent, q.used, q.place, q.whole, "
                       "q.names, q.version FROM quotas q WHERE q.org_id = :org "
                       "AND q.from_year = (SELECT MAX(l.from_year) FROM quotas l WHERE l.org_id = "
                       "q.org_id AND l.target = q.target AND l.from_year <= :year) "
                       "ORDER BY q.place, q.id LIMIT 100",
                       P(year)),
                   QUOTA_ROW, mem, out);
}

err quota_store_find(struct db *db, i64 id, struct arena *mem, struct quota *out)
{
    err e = db_one(db,
                   SQL("SELECT id, target, from_year, sent, used, place, whole, names, version "
                       "FROM quotas WHERE org_id = :org AND id = :id",
                       P(id)),
                   QUOTA_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? err_make(ERR_NOT_FOUND, "quotas.not_found") : e;
}

err quota_store_is_taken(struct db *db, const struct quota *q, bool *out)
{
    i64 count = 0;
    TRY(db_i64(db,
               SQL("SELECT count(*) AS n FROM quotas WHERE org_id = :org AND target = :target "
                   "AND from_year = :from_year AND id <> :id",
                   P(q->target), P(q->from_year), P(q->id)),
               &count));
    *out = count > 0;
    return OK;
}

err quota_store_add(struct db *db, const struct quota *q, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO quotas (org_id, target, from_year, sent, used, place, whole, names) "
            "VALUES (:org, :target, :from_year, :sent, :used, :place, :whole, :names) "
            "RETURNING id",
            P(q->target), P(q->from_year), P(q->sent), P(q->used), P(q->place), P(q->whole),
            P(q->names)),
        id);
}

err quota_store_update(struct db *db, const struct quota *q)
{
    return db_update(
        db, SQL("UPDATE quotas SET target = :target, from_year = :from_year, sent = :sent, "
                "used = :used, place = :place, whole = :whole, names = :names, "
                "version = version + 1 WHERE org_id = :org AND id = :id AND version = :version",
                P(q->target), P(q->from_year), P(q->sent), P(q->used), P(q->place), P(q->whole),
                P(q->names), P(q->id), P(q->version)));
}

err quota_store_remove(struct db *db, i64 id, i64 version)
{
    return db_update(
        db, SQL("DELETE FROM quotas WHERE org_id = :org AND id = :id AND version = :version", P(id),
                P(version)));
}

err quota_store_reminds(struct db *db, i64 on, i64 *out)
{
    return db_i64(db,
                  SQL("SELECT CAST(COALESCE(SUM(reminds), 0) AS BIGINT) AS n FROM quota_reminders "
                      "WHERE org_id = :org AND on_on = :on",
                      P(on)),
                  out);
}

err quota_store_add_remind(struct db *db, i64 on)
{
    return db_run(db,
                  SQL("INSERT INTO quota_reminders (org_id, on_on, reminds) VALUES (:org, :on, 1) "
                      "ON CONFLICT (org_id, on_on) DO UPDATE SET reminds = "
                      "quota_reminders.reminds + 1",
                      P(on)),
                  NULL);
}

static const struct field CORRESPONDENT_ROW[] = {
    FIELD(struct quota_line, name),
    FIELD(struct quota_line, sent),
    FIELD(struct quota_line, used),
    FIELD(struct quota_line, short_used),
    { 0 },
};

/* The same as the figures count (dashboard_opinions_now_2), by name. */
err quota_store_list_correspondents(struct db *db, i64 year, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct quota_line);
    return db_list(
        db,
        SQL("SELECT reporter_name AS name, count(*) AS sent, "
            "CAST(SUM(CASE WHEN taken_at > 0 THEN 1 ELSE 0 END) AS BIGINT) AS used, "
            "CAST(SUM(CASE WHEN signed_at > 0 THEN 1 ELSE 0 END) AS BIGINT) AS short_used "
            "FROM opinions WHERE org_id = :org AND year = :year AND kind = 'correspondent' "
            "AND state <> 'draft' AND recast = 0 GROUP BY reporter_name LIMIT 5000",
            P(year)),
        CORRESPONDENT_ROW, mem, out);
}
