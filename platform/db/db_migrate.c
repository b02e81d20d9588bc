/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Migrations: which schema files the database already has, by owner and name, with the SHA-256 of
 * their text; applies the others in order, each in its own transaction. Forward only: an applied
 * file never changes. Text of a file: db_text.c. */
#include <assert.h>

#include "embed.h"
#include "platform/base/clock.h"
#include "platform/base/log.h"
#include "platform/db/db_engine.h"

static const char TABLE[] =
    "CREATE TABLE IF NOT EXISTS schema_migrations (\n"
    "    owner TEXT NOT NULL,      -- part of the house: folder of platform/ or modules/\n"
    "    name TEXT NOT NULL,       -- file name\n"
    "    sha256 TEXT NOT NULL,     -- of the file's text, lower-case hexadecimal\n"
    "    applied_at @int NOT NULL, -- milliseconds UTC\n"
    "    PRIMARY KEY (owner, name)\n"
    ")";

struct applied {
    str owner, name, sha256;
};
static const struct field APPLIED_ROW[] = {
    FIELD(struct applied, owner),
    FIELD(struct applied, name),
    FIELD(struct applied, sha256),
    { 0 },
};

static str digest_of(struct arena *mem, const struct embed_file *file)
{
    unsigned char hash[DB_DIGEST_SIZE];
    db_digest((str){ (const char *)file->data, file->size }, hash);
    return str_hex(mem, (bytes){ hash, sizeof hash });
}

err db_has_schema(struct db *db, bool *has)
{
    struct rows tables = { .size = sizeof(struct applied) };
    struct arena *mem = arena_new(1 << 20, 0);
    static const struct field ROW[] = { FIELD(struct applied, name), { 0 } };
    err e =
        db->ops->engine == DB_SQLITE
            ? db_list(db, SQL("SELECT name FROM sqlite_schema WHERE name = 'schema_migrations'"),
                      ROW, mem, &tables)
            : db_list(db,
                      SQL("SELECT CAST(c.relname AS TEXT) AS name FROM pg_class c"
                          " WHERE c.oid = to_regclass('schema_migrations')"),
                      ROW, mem, &tables);
    *has = tables.count > 0;
    arena_free(mem);
    return e;
}

/* What is applied: rows of struct applied; none when the table is not there yet. */
static err list_applied(struct db *db, struct arena *mem, struct rows *out)
{
    bool has;
    *out = (struct rows){ .size = sizeof(struct applied) };
    TRY(db_has_schema(db, &has));
    if (!has)
        return OK;
    return db_list(db, SQL("SELECT owner, name, sha256 FROM schema_migrations"), APPLIED_ROW, mem,
                   out);
}

static const struct applied *find_applied(const struct rows *rows, const char *owner,
                                          const char *name)
{
    const struct applied *items = rows->items;
    for (size_t i = 0; i < rows->count; i++)
        if (str_is(items[i].owner, owner) && str_is(items[i].name, name))
            return &items[i];
    return NULL;
}

static bool has_file(const struct embed_file *files, str name)
{
    for (const struct embed_file *f = files; f && f->name; f++)
        if (str_is(name, f->name))
            return true;
    return false;
}

/* An applied file of a part that we know, which this program does not have, was made by a newer
 * program. */
static err refuse_newer(const struct db_schema *schemas, const struct rows *rows)
{
    const struct applied *items = rows->items;
    for (size_t i = 0; i < rows->count; i++)
        for (const struct db_schema *s = schemas; s->owner; s++)
            if (str_is(items[i].owner, s->owner) && !has_file(s->files, items[i].name))
                return err_make_with(ERR_CONFLICT, "db.migration_newer", str_of(s->owner),
                                     (str){ 0 });
    return OK;
}

/* Whether the file is applied; an error when it was applied with another text. */
static err is_applied(const struct rows *rows, const char *owner, const struct embed_file *file,
                      struct arena *mem, bool *yes)
{
    const struct applied *row = find_applied(rows, owner, file->name);
    *yes = row != NULL;
    if (row && !str_eq(row->sha256, digest_of(mem, file)))
        return err_make_with(ERR_CONFLICT, "db.migration_changed", str_of(owner),
                             str_of(file->name));
    return OK;
}

/* Whether the file is for this engine: a file for one engine only carries its name. */
static bool is_for(const struct db *db, const struct embed_file *file)
{
    const char *other = db->ops->engine == DB_SQLITE ? ".postgres.sql" : ".sqlite.sql";
    return !str_ends(str_of(file->name), str_of(other));
}

static err apply_text(struct db *db, const char *owner, const struct embed_file *file,
                      struct arena *mem)
{
    struct clock clock = clock_system();
    struct applied row = { str_of(owner), str_of(file->name), digest_of(mem, file) };
    i64 applied_at = clock.now_ms(&clock);
    TRY(db_script(db, (str){ (const char *)file->data, file->size }));
    TRY(db->ops->check_references(db));
    return db_run(db,
                  SQL("INSERT INTO schema_migrations (owner, name, sha256, applied_at)"
                      " VALUES (:owner, :name, :sha256, :applied_at)",
                      P(row.owner), P(row.name), P(row.sha256), P(applied_at)),
                  NULL);
}

/* Applies one file in its transaction, unless another process did so since we looked. */
static err apply(struct db *db, const char *owner, const struct embed_file *file, struct arena *mem,
                 i64 *applied)
{
    struct rows now;
    bool done = false;
    TRY(db_begin(db));
    err e = list_applied(db, mem, &now);
    if (e.code == ERR_NONE)
        e = is_applied(&now, owner, file, mem, &done);
    if (e.code == ERR_NONE && !done)
        e = apply_text(db, owner, file, mem);
    if (e.code != ERR_NONE) {
        db_rollback(db);
        log_line(LOG_ERROR, "db.migration_failed",
                 (const struct log_pair[]){ { .key = "owner", .text = str_of(owner) },
                                            { .key = "file", .text = str_of(file->name) },
                                            { .key = "name", .text = str_of(e.name) },
                                            { 0 } });
        return e;
    }
    *applied += !done;
    return db_commit(db);
}

static err apply_missing(struct db *db, const struct db_schema *schemas, struct arena *mem,
                         i64 *applied)
{
    struct rows rows;
    TRY(db_script(db, str_of(TABLE)));
    TRY(list_applied(db, mem, &rows));
    TRY(refuse_newer(schemas, &rows));
    for (const struct db_schema *s = schemas; s->owner; s++)
        for (const struct embed_file *f = s->files; f && f->name; f++) {
            bool done = !is_for(db, f);
            if (!done)
                TRY(is_applied(&rows, s->owner, f, mem, &done));
            if (!done)
                TRY(apply(db, s->owner, f, mem, applied));
        }
    return OK;
}

err db_migrate(struct db *db, const struct db_schema *schemas, i64 *applied)
{
    assert(db->mode == DB_WRITE);
    assert(!db->in_tx);
    i64 count = 0;
    TRY(db->ops->lock_migrations(db, true));
    struct arena *mem = arena_new(16 << 20, 0);
    err e = apply_missing(db, schemas, mem, &count);
    arena_free(mem);
    err unlocked = db->ops->lock_migrations(db, false);
    if (applied)
        *applied = count;
    TRY(e);
    return unlocked;
}

static err check_each(const struct db *db, const struct db_schema *schemas, const struct rows *rows,
                      struct arena *mem)
{
    TRY(refuse_newer(schemas, rows));
    for (const struct db_schema *s = schemas; s->owner; s++)
        for (const struct embed_file *f = s->files; f && f->name; f++) {
            bool done = !is_for(db, f);
            if (!done)
                TRY(is_applied(rows, s->owner, f, mem, &done));
            if (!done)
                return err_make_with(ERR_CONFLICT, "db.migration_missing", str_of(s->owner),
                                     str_of(f->name));
        }
    return OK;
}

err db_migrate_check(struct db *db, const struct db_schema *schemas)
{
    struct rows rows;
    struct arena *mem = arena_new(16 << 20, 0);
    err e = list_applied(db, mem, &rows);
    if (e.code == ERR_NONE)
        e = check_each(db, schemas, &rows, mem);
    arena_free(mem);
    return e;
}
