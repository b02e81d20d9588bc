/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See compendium_store.h. */
#include "modules/compendium/compendium_store.h"

static const struct field RUN_ROW[] = {
    FIELD(struct compendium_run, id),
    FIELD(struct compendium_run, session_id),
    FIELD(struct compendium_run, from_no),
    FIELD(struct compendium_run, to_no),
    FIELD(struct compendium_run, done),
    FIELD(struct compendium_run, total),
    FIELD(struct compendium_run, entries),
    FIELD(struct compendium_run, pages),
    FIELD(struct compendium_run, asked_at),
    FIELD(struct compendium_run, asked_by),
    FIELD(struct compendium_run, made_at),
    FIELD(struct compendium_run, version),
    FIELD(struct compendium_run, internal),
    FIELD(struct compendium_run, with_replies),
    FIELD(struct compendium_run, title),
    FIELD(struct compendium_run, format),
    FIELD(struct compendium_run, category),
    FIELD(struct compendium_run, kind),
    FIELD(struct compendium_run, ordering),
    FIELD(struct compendium_run, state),
    FIELD(struct compendium_run, failure),
    FIELD(struct compendium_run, asked_name),
    { 0 },
};

err compendium_store_find(struct db *db, i64 id, struct arena *mem, struct compendium_run *out)
{
    return db_one(db,
                  SQL("SELECT id, session_id, from_no, to_no, done, total, entries, pages, "
                      "asked_at, asked_by, made_at, version, internal, with_replies, title, "
                      "format, category, kind, ordering, state, failure, asked_name FROM "
                      "compendium_runs WHERE org_id = :org AND id = :id",
                      P(id)),
                  RUN_ROW, mem, out);
}

err compendium_store_list(struct db *db, i64 limit, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct compendium_run);
    return db_list(db,
                   SQL("SELECT id, session_id, from_no, to_no, done, total, entries, pages, "
                       "asked_at, asked_by, made_at, version, internal, with_replies, title, "
                       "format, category, kind, ordering, state, failure, asked_name FROM "
                       "compendium_runs WHERE org_id = :org ORDER BY asked_at DESC, id DESC LIMIT "
                       ":limit",
                       P(limit)),
                   RUN_ROW, mem, out);
}

err compendium_store_list_before(struct db *db, i64 asked_at, i64 limit, struct arena *mem,
                                 struct rows *out)
{
    out->size = sizeof(struct compendium_run);
    return db_list(db,
                   SQL("SELECT id, session_id, from_no, to_no, done, total, entries, pages, "
                       "asked_at, asked_by, made_at, version, internal, with_replies, title, "
                       "format, category, kind, ordering, state, failure, asked_name FROM "
                       "compendium_runs WHERE org_id = :org AND asked_at < :asked_at ORDER BY "
                       "asked_at, id LIMIT :limit",
                       P(asked_at), P(limit)),
                   RUN_ROW, mem, out);
}

err compendium_store_list_session(struct db *db, i64 session_id, struct arena *mem,
                                  struct rows *out)
{
    out->size = sizeof(struct compendium_run);
    return db_list(db,
                   SQL("SELECT id, session_id, from_no, to_no, done, total, entries, pages, "
                       "asked_at, asked_by, made_at, version, internal, with_replies, title, "
                       "format, category, kind, ordering, state, failure, asked_name FROM "
                       "compendium_runs WHERE org_id = :org AND session_id = :session_id AND state "
                       "IN ('making', 'made') ORDER BY id LIMIT 1000",
                       P(session_id)),
                   RUN_ROW, mem, out);
}

err compendium_store_list_stuck(struct db *db, i64 before, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct compendium_run);
    return db_list(db,
                   SQL("SELECT id, session_id, from_no, to_no, done, total, entries, pages, "
                       "asked_at, asked_by, made_at, version, internal, with_replies, title, "
                       "format, category, kind, ordering, state, failure, asked_name FROM "
                       "compendium_runs WHERE org_id = :org AND state = 'making' AND asked_at < "
                       ":before ORDER BY id LIMIT 100",
                       P(before)),
                   RUN_ROW, mem, out);
}

err compendium_store_count_open(struct db *db, i64 *count)
{
    return db_i64(db,
                  SQL("SELECT COUNT(*) FROM compendium_runs WHERE org_id = :org AND state IN "
                      "('queued', 'making')"),
                  count);
}

err compendium_store_add(struct db *db, const struct compendium_run *run, i64 *id)
{
    return db_insert(db,
                     SQL("INSERT INTO compendium_runs (org_id, session_id, title, format, "
                         "category, kind, from_no, to_no, ordering, with_replies, internal, state, "
                         "asked_at, asked_by, asked_name) VALUES (:org, :session_id, :title, "
                         ":format, :category, :kind, :from_no, :to_no, :ordering, :with_replies, "
                         ":internal, 'queued', :asked_at, :asked_by, :asked_name) RETURNING id",
                         P(run->session_id), P(run->title), P(run->format), P(run->category),
                         P(run->kind), P(run->from_no), P(run->to_no), P(run->ordering),
                         P(run->with_replies), P(run->internal), P(run->asked_at), P(run->asked_by),
                         P(run->asked_name)),
                     id);
}

err compendium_store_progress(struct db *db, const struct compendium_run *run, i64 *changed)
{
    return db_run(db,
                  SQL("UPDATE compendium_runs SET state = 'making', done = :done, total = :total "
                      "WHERE org_id = :org AND id = :id AND version = :version",
                      P(run->done), P(run->total), P(run->id), P(run->version)),
                  changed);
}

err compendium_store_end(struct db *db, const struct compendium_run *run, i64 *changed)
{
    return db_run(db,
                  SQL("UPDATE compendium_runs SET state = :state, failure = :failure, entries = "
                      ":entries, pages = :pages, done = total, made_at = :made_at, version = "
                      "version + 1 WHERE org_id = :org AND id = :id AND version = :version",
                      P(run->state), P(run->failure), P(run->entries), P(run->pages),
                      P(run->made_at), P(run->id), P(run->version)),
                  changed);
}

err compendium_store_set_outdated(struct db *db, i64 id, i64 version)
{
    return db_update(db, SQL("UPDATE compendium_runs SET state = 'outdated', version = version + 1 "
                             "WHERE org_id = :org AND id = :id AND version = :version",
                             P(id), P(version)));
}

err compendium_store_remove(struct db *db, i64 id, i64 version, i64 *changed)
{
    return db_run(db,
                  SQL("DELETE FROM compendium_runs WHERE org_id = :org AND id = :id AND version = "
                      ":version",
                      P(id), P(version)),
                  changed);
}
