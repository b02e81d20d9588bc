/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of search. SQLite: a contentless FTS5 table whose rows are taken out with their old tokens.
 * PostgreSQL: an array of tokens under GIN, the order of words checked on the folded text. Why not
 * one text: README.md. */
#include "platform/text/text_store.h"

#include <assert.h>

static const struct field DOC_ROW[] = {
    FIELD(struct text_doc, id),
    FIELD(struct text_doc, item_id),
    FIELD(struct text_doc, title),
    FIELD(struct text_doc, body),
    { 0 },
};

static const struct field HIT_ROW[] = {
    FIELD(struct text_hit, doc_id),
    FIELD(struct text_hit, item_id),
    { 0 },
};

static bool fts(const struct db *db)
{
    return db_engine(db) == DB_SQLITE;
}

static err fts_delete(struct db *db, struct arena *mem, str scope, const struct text_doc *old)
{
    i64 id = old->id;
    str title = tokens_fts(mem, old->title), body = tokens_fts(mem, old->body);
    assert(old->id > 0);
    return db_run(db,
                  SQL("INSERT INTO text_fts (text_fts, rowid, scope, title, body) "
                      "VALUES ('delete', :id, :scope, :title, :body)",
                      P(id), P(scope), P(title), P(body)),
                  NULL);
}

static err fts_insert(struct db *db, struct arena *mem, str scope, const struct text_doc *doc)
{
    i64 id = doc->id;
    str title = tokens_fts(mem, doc->title), body = tokens_fts(mem, doc->body);
    assert(doc->id > 0);
    return db_run(
        db,
        SQL("INSERT INTO text_fts (rowid, scope, title, body) VALUES (:id, :scope, :title, :body)",
            P(id), P(scope), P(title), P(body)),
        NULL);
}

static err find(struct db *db, struct arena *mem, str collection, i64 item_id, struct text_doc *out)
{
    err e = db_one(db,
                   SQL("SELECT id, item_id, title, body FROM text_docs "
                       "WHERE org_id = :org AND collection = :collection AND item_id = :item_id",
                       P(collection), P(item_id)),
                   DOC_ROW, mem, out);
    if (e.code == ERR_NOT_FOUND) {
        *out = (struct text_doc){ 0 };
        return OK;
    }
    return e;
}

static err put_fts(struct db *db, struct arena *mem, str collection, struct text_doc *doc)
{
    struct text_doc old;
    str scope = terms_scope(mem, collection.ptr, db_org(db), true);
    TRY(find(db, mem, collection, doc->item_id, &old));
    if (old.id && str_eq(old.title, doc->title) && str_eq(old.body, doc->body))
        return OK;
    doc->id = old.id;
    if (old.id) {
        TRY(fts_delete(db, mem, scope, &old));
        TRY(db_run(db,
                   SQL("UPDATE text_docs SET title = :title, body = :body "
                       "WHERE org_id = :org AND id = :id",
                       P(doc->title), P(doc->body), P(doc->id)),
                   NULL));
    } else {
        TRY(db_insert(db,
                      SQL("INSERT INTO text_docs (org_id, collection, item_id, title, body) "
                          "VALUES (:org, :collection, :item_id, :title, :body) RETURNING id",
                          P(collection), P(doc->item_id), P(doc->title), P(doc->body)),
                      &doc->id));
    }
    return fts_insert(db, mem, scope, doc);
}

static err put_array(struct db *db, struct arena *mem, str collection, const struct text_doc *doc)
{
    str scope = terms_scope(mem, collection.ptr, db_org(db), false);
    str tokens = tokens_array(mem, scope, doc->title, doc->body);
    return db_run(
        db,
        SQL("INSERT INTO text_docs (org_id, collection, item_id, title, body, tokens) "
            "VALUES (:org, :collection, :item_id, :title, :body, CAST(:tokens AS TEXT[])) "
            "ON CONFLICT (org_id, collection, item_id) "
            "DO UPDATE SET title = :title, body = :body, tokens = CAST(:tokens AS TEXT[])",
            P(collection), P(doc->item_id), P(doc->title), P(doc->body), P(tokens)),
        NULL);
}

err text_store_put(struct db *db, struct arena *mem, const char *collection,
                   const struct text_doc *doc)
{
    struct text_doc copy = *doc;
    if (fts(db))
        return put_fts(db, mem, str_of(collection), &copy);
    return put_array(db, mem, str_of(collection), &copy);
}

err text_store_remove(struct db *db, struct arena *mem, const char *name, i64 item_id)
{
    struct text_doc old;
    str collection = str_of(name);
    TRY(find(db, mem, collection, item_id, &old));
    if (old.id == 0)
        return OK;
    if (fts(db))
        TRY(fts_delete(db, mem, terms_scope(mem, name, db_org(db), true), &old));
    return db_run(db, SQL("DELETE FROM text_docs WHERE org_id = :org AND id = :id", P(old.id)),
                  NULL);
}

/* FTS5 forgets all without being told what it holds, so this mends a damaged index too. */
err text_store_clear(struct db *db)
{
    if (fts(db))
        TRY(db_run(db, SQL("INSERT INTO text_fts (text_fts) VALUES ('delete-all')"), NULL));
    return db_run(db, SQL("DELETE FROM text_docs"), NULL);
}

static str word_at(const struct text_ask *ask, size_t i)
{
    return !ask->any && i < ask->words->count ? ask->words->items[i] : str_of("");
}

static err hits_fts(struct db *db, const struct text_ask *ask, struct arena *mem, struct rows *out)
{
    i64 before = ask->before ? ask->before : INT64_MAX;
    return db_list(db,
                   SQL("SELECT d.id AS doc_id, d.item_id "
                       "FROM text_fts f JOIN text_docs d ON d.id = f.rowid "
                       "WHERE text_fts MATCH :terms AND f.rowid < :before AND d.org_id = :org "
                       "ORDER BY f.rowid DESC LIMIT :limit",
                       P(ask->terms), P(before), P(ask->limit)),
                   HIT_ROW, mem, out);
}

static err hits_array(struct db *db, const struct text_ask *ask, struct arena *mem,
                      struct rows *out)
{
    i64 before = ask->before ? ask->before : INT64_MAX;
    str w1 = word_at(ask, 0), w2 = word_at(ask, 1), w3 = word_at(ask, 2), w4 = word_at(ask, 3),
        w5 = word_at(ask, 4), w6 = word_at(ask, 5), w7 = word_at(ask, 6), w8 = word_at(ask, 7);
    return db_list(
        db,
        SQL("SELECT d.id AS doc_id, d.item_id FROM text_docs d "
            "WHERE d.org_id = :org AND d.tokens @> CAST(:terms AS TEXT[]) AND d.id < :before "
            "AND (:w1 = '' OR strpos(d.title || ' ' || d.body, :w1) > 0) "
            "AND (:w2 = '' OR strpos(d.title || ' ' || d.body, :w2) > 0) "
            "AND (:w3 = '' OR strpos(d.title || ' ' || d.body, :w3) > 0) "
            "AND (:w4 = '' OR strpos(d.title || ' ' || d.body, :w4) > 0) "
            "AND (:w5 = '' OR strpos(d.title || ' ' || d.body, :w5) > 0) "
            "AND (:w6 = '' OR strpos(d.title || ' ' || d.body, :w6) > 0) "
            "AND (:w7 = '' OR strpos(d.title || ' ' || d.body, :w7) > 0) "
            "AND (:w8 = '' OR strpos(d.title || ' ' || d.body, :w8) > 0) "
            "ORDER BY d.id DESC LIMIT :limit",
            P(ask->terms), P(before), P(w1), P(w2), P(w3), P(w4), P(w5), P(w6), P(w7), P(w8),
            P(ask->limit)),
        HIT_ROW, mem, out);
}

err text_store_hits(struct db *db, const struct text_ask *ask, struct arena *mem, struct rows *out)
{
    assert(!ask->any);
    out->size = sizeof(struct text_hit);
    return fts(db) ? hits_fts(db, ask, mem, out) : hits_array(db, ask, mem, out);
}

err text_store_docs(struct db *db, const struct text_ask *ask, const struct text_each *each)
{
    i64 before = ask->before ? ask->before : INT64_MAX;
    const struct db_each rows = { DOC_ROW, sizeof(struct text_doc), each->mem, each->fn,
                                  each->context };
    if (fts(db))
        return db_each(db,
                       SQL("SELECT d.id, d.item_id, d.title, d.body "
                           "FROM text_fts f JOIN text_docs d ON d.id = f.rowid "
                           "WHERE text_fts MATCH :terms AND f.rowid < :before AND d.org_id = :org "
                           "ORDER BY f.rowid DESC LIMIT :limit",
                           P(ask->terms), P(before), P(ask->limit)),
                       &rows);
    if (ask->any)
        return db_each(
            db,
            SQL("SELECT d.id, d.item_id, d.title, d.body FROM text_docs d "
                "WHERE d.org_id = :org AND d.tokens && CAST(:terms AS TEXT[]) "
                "AND d.tokens @> ARRAY[:scope] AND d.id < :before ORDER BY d.id DESC LIMIT :limit",
                P(ask->terms), P(ask->scope), P(before), P(ask->limit)),
            &rows);
    return db_each(
        db,
        SQL("SELECT d.id, d.item_id, d.title, d.body FROM text_docs d "
            "WHERE d.org_id = :org AND d.tokens @> CAST(:terms AS TEXT[]) AND d.id < :before "
            "ORDER BY d.id DESC LIMIT :limit",
            P(ask->terms), P(before), P(ask->limit)),
        &rows);
}

err text_store_newest(struct db *db, const char *name, i64 limit, const struct text_each *each)
{
    str collection = str_of(name);
    const struct db_each rows = { DOC_ROW, sizeof(struct text_doc), each->mem, each->fn,
                                  each->context };
    assert(limit > 0);
    return db_each(
        db,
        SQL("SELECT id, item_id, title, body FROM text_docs "
            "WHERE org_id = :org AND collection = :collection ORDER BY item_id DESC LIMIT :limit",
            P(collection), P(limit)),
        &rows);
}

err text_store_count(struct db *db, const char *name, i64 after, i64 most, i64 *count)
{
    str collection = str_of(name);
    assert(most > 0);
    return db_i64(
        db,
        SQL("SELECT count(*) AS n FROM (SELECT d.id FROM text_docs d WHERE d.org_id = :org "
            "AND d.collection = :collection AND d.item_id > :after LIMIT :most) AS counted",
            P(collection), P(after), P(most)),
        count);
}

/* The same questions as a joinable literal for platform/list; parameters from text_terms_of. */
const char *text_list_sql(const struct db *db)
{
    if (fts(db))
        return "(SELECT f.rowid AS doc_id, d.item_id AS item_id "
               "FROM text_fts f JOIN text_docs d ON d.id = f.rowid "
               "WHERE text_fts MATCH :text_terms AND d.org_id = :org)";
    return "(SELECT d.id AS doc_id, d.item_id AS item_id FROM text_docs d "
           "WHERE d.org_id = :org AND d.tokens @> CAST(:text_terms AS TEXT[]) "
           "AND (:text_word1 = '' OR strpos(d.title || ' ' || d.body, :text_word1) > 0) "
           "AND (:text_word2 = '' OR strpos(d.title || ' ' || d.body, :text_word2) > 0) "
           "AND (:text_word3 = '' OR strpos(d.title || ' ' || d.body, :text_word3) > 0) "
           "AND (:text_word4 = '' OR strpos(d.title || ' ' || d.body, :text_word4) > 0))";
}

void text_check_put(struct buf *b, const char *key)
{
    static const char *const WORDS[] = { ":text_word1", ":text_word2", ":text_word3",
                                         ":text_word4" };
    buf_put(b, "EXISTS (SELECT d.id FROM text_docs d WHERE d.org_id = :org"
               " AND d.collection = :text_collection AND d.item_id = ");
    buf_put(b, key);
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        buf_printf(b, " AND (%s = '' OR instr(d.title, %s) > 0 OR instr(d.body, %s) > 0)", WORDS[i],
                   WORDS[i], WORDS[i]);
    buf_put(b, ")");
}
