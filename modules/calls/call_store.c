/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of calls (call_store.h). */
#include "modules/calls/call_store.h"

static const struct field CALL_ROW[] = {
    FIELD(struct call, id),      FIELD(struct call, session_id),
    FIELD(struct call, from_at), FIELD(struct call, until_at),
    FIELD(struct call, version), FIELD(struct call, name),
    FIELD(struct call, timing),  FIELD(struct call, text),
    FIELD(struct call, state),   { 0 },
};

err call_store_find(struct db *db, i64 id, struct arena *mem, struct call *out)
{
    return db_one(
        db,
        SQL("SELECT id, session_id, from_at, until_at, version, name, timing, text, state "
            "FROM calls WHERE org_id = :org AND id = :id",
            P(id)),
        CALL_ROW, mem, out);
}

err call_store_list(struct db *db, bool drafts, struct arena *mem, struct rows *out)
{
    i64 all = drafts;
    out->size = sizeof(struct call);
    return db_list(db,
                   SQL("SELECT id, session_id, from_at, until_at, version, name, timing, text, "
                       "state FROM calls WHERE org_id = :org AND (:all = 1 OR state <> 'draft') "
                       "ORDER BY from_at DESC, id DESC LIMIT 100",
                       P(all)),
                   CALL_ROW, mem, out);
}

err call_store_add(struct db *db, const struct call *c, i64 *id)
{
    return db_insert(db,
                     SQL("INSERT INTO calls (org_id, session_id, name, timing, from_at, until_at, "
                         "text, state) VALUES (:org, :session_id, :name, :timing, :from_at, "
                         ":until_at, :text, 'draft') RETURNING id",
                         P(c->session_id), P(c->name), P(c->timing), P(c->from_at), P(c->until_at),
                         P(c->text)),
                     id);
}

err call_store_update(struct db *db, const struct call *c)
{
    return db_update(
        db,
        SQL("UPDATE calls SET session_id = :session_id, name = :name, timing = :timing, from_at "
            "= :from_at, until_at = :until_at, text = :text, version = version + 1 WHERE org_id "
            "= :org AND id = :id AND version = :version",
            P(c->session_id), P(c->name), P(c->timing), P(c->from_at), P(c->until_at), P(c->text),
            P(c->id), P(c->version)));
}

err call_store_set_state(struct db *db, i64 id, i64 version, str to)
{
    return db_update(db, SQL("UPDATE calls SET state = :to, version = version + 1 WHERE org_id = "
                             ":org AND id = :id AND version = :version",
                             P(to), P(id), P(version)));
}

err call_store_list_at(struct db *db, i64 ms, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct call);
    return db_list(db,
                   SQL("SELECT id, session_id, from_at, until_at, version, name, timing, text, "
                       "state FROM calls WHERE org_id = :org AND state = 'open' AND from_at <= :ms "
                       "AND until_at >= :ms ORDER BY until_at DESC, id LIMIT 20",
                       P(ms)),
                   CALL_ROW, mem, out);
}

err call_store_list_after(struct db *db, i64 ms, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct call);
    return db_list(db,
                   SQL("SELECT id, session_id, from_at, until_at, version, name, timing, text, "
                       "state FROM calls WHERE org_id = :org AND state = 'open' AND from_at > :ms "
                       "ORDER BY from_at, id LIMIT 20",
                       P(ms)),
                   CALL_ROW, mem, out);
}

err call_store_list_over(struct db *db, i64 ms, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct call);
    return db_list(db,
                   SQL("SELECT id, session_id, from_at, until_at, version, name, timing, text, "
                       "state FROM calls WHERE org_id = :org AND state = 'open' AND until_at < :ms "
                       "ORDER BY until_at, id LIMIT 20",
                       P(ms)),
                   CALL_ROW, mem, out);
}

err call_store_count_past(struct db *db, i64 session_id, i64 ms, i64 *out)
{
    return db_i64(db,
                  SQL("SELECT count(*) AS n FROM calls WHERE org_id = :org AND session_id = "
                      ":session_id AND timing = 'plenary' AND state <> 'draft' AND until_at < :ms",
                      P(session_id), P(ms)),
                  out);
}

/* ---- topics ---- */

static const struct field TOPIC_ROW[] = {
    FIELD(struct call_topic, position),
    FIELD(struct call_topic, title),
    FIELD(struct call_topic, text),
    FIELD(struct call_topic, source),
    { 0 },
};

err call_store_list_topics(struct db *db, i64 call_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct call_topic);
    return db_list(db,
                   SQL("SELECT position, title, text, source FROM call_topics WHERE org_id = :org "
                       "AND call_id = :call_id ORDER BY position LIMIT 100",
                       P(call_id)),
                   TOPIC_ROW, mem, out);
}

err call_store_replace_topics(struct db *db, i64 call_id, const struct rows *topics)
{
    const struct call_topic *all = topics->items;
    TRY(db_run(
        db, SQL("DELETE FROM call_topics WHERE org_id = :org AND call_id = :call_id", P(call_id)),
        NULL));
    for (size_t i = 0; i < topics->count; i++)
        TRY(db_run(db,
                   SQL("INSERT INTO call_topics (org_id, call_id, position, title, text, source) "
                       "VALUES (:org, :call_id, :position, :title, :text, :source)",
                       P(call_id), P(all[i].position), P(all[i].title), P(all[i].text),
                       P(all[i].source)),
                   NULL));
    return OK;
}
