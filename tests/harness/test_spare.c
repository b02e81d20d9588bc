/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See test_spare.h. A table that has no page has never held a row, so the list of those that have
 * is one look at their files. */
#include "tests/harness/test_spare.h"

#include <stdio.h>

#include "platform/base/str.h"

/* One text; statements are made from what the engine tells of its tables. */
struct line {
    str text;
};
static const struct field LINE[] = { FIELD(struct line, text), { 0 } };

static err say(struct db *db, struct sql sql, struct arena *mem, str *out)
{
    struct line line = { 0 };
    TRY(db_begin(db));
    err e = db_one(db, sql, LINE, mem, &line);
    db_rollback(db);
    *out = line.text;
    return e;
}

static err do_as_told(struct db *db, struct sql sql, struct arena *mem)
{
    str script;
    TRY(say(db, sql, mem, &script));
    return script.len ? db_script(db, script) : OK;
}

static err shape_of(struct db *db, struct arena *mem, char shape[SPARE_SHAPE])
{
    str text;
    TRY(say(db,
            SQL("SELECT md5(string_agg(concat_ws(' ', c.oid, c.relnatts, c.relkind), ',' ORDER BY"
                " c.oid)) AS text FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace"),
            mem, &text));
    snprintf(shape, SPARE_SHAPE, "%.*s", (int)text.len, text.ptr);
    return OK;
}

err spare_keep(struct db *db, char shape[SPARE_SHAPE])
{
    struct arena *mem = arena_new(1 << 16, 1 << 22);
    err e = db_script(
        db,
        str_of("CREATE SCHEMA kept;"
               "CREATE TABLE kept.sequences AS SELECT format('%I.%I', schemaname, sequencename) AS"
               " name, COALESCE(last_value, start_value) AS value, last_value IS NOT NULL AS"
               " called FROM pg_sequences WHERE schemaname = 'public';"));
    if (e.code == ERR_NONE)
        e = do_as_told(db,
                       SQL("SELECT COALESCE(string_agg(format('CREATE TABLE kept.%I AS TABLE"
                           " public.%I;', c.relname, c.relname), ' '), '') AS text FROM pg_class c"
                           " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND"
                           " pg_relation_size(c.oid) > 0"),
                       mem);
    if (e.code == ERR_NONE)
        e = shape_of(db, mem, shape);
    arena_free(mem);
    return e;
}

/* Rows are deleted: TRUNCATE would make new files for each table and index. Keys between tables are
 * not looked at meanwhile. */
static err put_back(struct db *db, struct arena *mem)
{
    TRY(db_script(db, str_of("SET session_replication_role = replica;")));
    TRY(do_as_told(db,
                   SQL("SELECT COALESCE(string_agg(format('DELETE FROM public.%I;', c.relname), ' '"
                       "), '') AS text FROM pg_class c WHERE c.relnamespace ="
                       " 'public'::regnamespace AND c.relkind = 'r' AND pg_relation_size(c.oid) >"
                       " 0"),
                   mem));
    TRY(do_as_told(
        db,
        SQL("SELECT COALESCE(string_agg(format('INSERT INTO public.%I OVERRIDING SYSTEM VALUE"
            " SELECT * FROM kept.%I;', c.relname, c.relname), ' '), '') AS text FROM pg_class c"
            " WHERE c.relnamespace = 'kept'::regnamespace AND c.relkind = 'r' AND c.relname <>"
            " 'sequences'"),
        mem));
    return db_script(db, str_of("SELECT setval(name::regclass, value, called) FROM kept.sequences;"
                                "SET session_replication_role = DEFAULT;"));
}

err spare_restore(struct db *db, const char shape[SPARE_SHAPE], bool *same)
{
    char now[SPARE_SHAPE];
    str ended;
    struct arena *mem = arena_new(1 << 16, 1 << 22);
    err e = say(db,
                SQL("SELECT CAST(count(pg_terminate_backend(pid, 1000)) AS TEXT) AS text FROM"
                    " pg_stat_activity WHERE datname = current_database() AND pid <>"
                    " pg_backend_pid()"),
                mem, &ended);
    if (e.code == ERR_NONE)
        e = shape_of(db, mem, now);
    *same = e.code == ERR_NONE && str_is(str_of(now), shape);
    if (*same)
        e = put_back(db, mem);
    arena_free(mem);
    return e;
}
