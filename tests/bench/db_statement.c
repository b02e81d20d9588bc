/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a cached statement costs through platform/db compared with the same calls of sqlite3 by
 * hand: three parameters, one row of four columns. Prints nanoseconds a call and their ratio; the
 * best of several rounds, in turn, each in one transaction (as a request is). */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "platform/base/clock.h"
#include "platform/base/str.h"
#include "platform/db/db.h"

enum { ROWS = 1000, CALLS = 200000, ROUNDS = 7 };

static const char TEXT[] = "SELECT id, title, state, version FROM proposals"
                           " WHERE org_id = ?1 AND id = ?2 AND version <> ?3";

struct proposal {
    i64 id;
    str title;
    str state;
    i64 version;
};
static const struct field PROPOSAL_ROW[] = {
    FIELD(struct proposal, id),
    FIELD(struct proposal, title),
    FIELD(struct proposal, state),
    FIELD(struct proposal, version),
    { 0 },
};

static void must(err e)
{
    if (e.code == ERR_NONE)
        return;
    fprintf(stderr, "%s at %s:%d\n", e.name, e.file, e.line);
    exit(1);
}

static void fill(struct db *db)
{
    must(db_script(
        db, str_of("CREATE TABLE proposals (id @id, org_id @int NOT NULL, title TEXT NOT NULL,"
                   " state TEXT NOT NULL, version @int NOT NULL)")));
    i64 rows = ROWS;
    must(db_begin(db));
    must(
        db_run(db,
               SQL("WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < :rows)"
                   " INSERT INTO proposals (id, org_id, title, state, version)"
                   " SELECT i, 7, 'A proposal with a title of usual length, number ' || i,"
                   " 'submitted', 1 FROM c",
                   P(rows)),
               NULL));
    must(db_commit(db));
}

static i64 house_round(struct db *db, struct arena *mem)
{
    i64 begin = clock_steady_ns(), sum = 0;
    for (i64 i = 0; i < CALLS; i++) {
        struct arena_mark mark = arena_mark(mem);
        i64 id = i % ROWS + 1, version = 0;
        struct proposal out;
        must(db_one(db,
                    SQL("SELECT id, title, state, version FROM proposals"
                        " WHERE org_id = :org AND id = :id AND version <> :version",
                        P(id), P(version)),
                    PROPOSAL_ROW, mem, &out));
        sum += (i64)out.title.len + out.id;
        arena_reset_to(mem, mark);
    }
    return sum ? clock_steady_ns() - begin : 0;
}

static str text_of(sqlite3_stmt *s, int column, struct arena *mem)
{
    const char *text = (const char *)sqlite3_column_text(s, column);
    return arena_str(mem, (str){ text, (size_t)sqlite3_column_bytes(s, column) });
}

static i64 raw_round(sqlite3_stmt *s, struct arena *mem)
{
    i64 begin = clock_steady_ns(), sum = 0;
    for (i64 i = 0; i < CALLS; i++) {
        struct arena_mark mark = arena_mark(mem);
        struct proposal out;
        sqlite3_bind_int64(s, 1, 7);
        sqlite3_bind_int64(s, 2, i % ROWS + 1);
        sqlite3_bind_int64(s, 3, 0);
        if (sqlite3_step(s) != SQLITE_ROW)
            exit(1);
        out.id = sqlite3_column_int64(s, 0);
        out.title = text_of(s, 1, mem);
        out.state = text_of(s, 2, mem);
        out.version = sqlite3_column_int64(s, 3);
        if (sqlite3_step(s) != SQLITE_DONE)
            exit(1);
        sqlite3_reset(s);
        sum += (i64)out.title.len + out.id;
        arena_reset_to(mem, mark);
    }
    return sum ? clock_steady_ns() - begin : 0;
}

int main(void)
{
    char path[64], url[80];
    snprintf(path, sizeof path, "/tmp/ht-bench-%d.db", (int)getpid());
    snprintf(url, sizeof url, "sqlite:%s", path);
    struct db *db;
    sqlite3 *handle;
    sqlite3_stmt *s;
    struct arena *mem = arena_new(1 << 20, 0);
    must(db_open(str_of(url), DB_WRITE, &db));
    fill(db);
    db_set_org(db, 7);
    if (sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) ||
        sqlite3_exec(handle, "PRAGMA mmap_size=268435456; PRAGMA cache_size=-12000", NULL, NULL,
                     NULL) ||
        sqlite3_prepare_v2(handle, TEXT, -1, &s, NULL))
        return 1;
    i64 raw = INT64_MAX, house = INT64_MAX;
    for (int i = 0; i < ROUNDS; i++) {
        sqlite3_exec(handle, "BEGIN", NULL, NULL, NULL);
        i64 r = raw_round(s, mem);
        sqlite3_exec(handle, "COMMIT", NULL, NULL, NULL);
        must(db_begin(db));
        i64 h = house_round(db, mem);
        must(db_commit(db));
        raw = r < raw ? r : raw;
        house = h < house ? h : house;
    }
    printf("db_statement raw %lld ns, house %lld ns, ratio %.3f\n", (long long)(raw / CALLS),
           (long long)(house / CALLS), (double)house / (double)raw);
    sqlite3_finalize(s);
    sqlite3_close(handle);
    db_close(db);
    arena_free(mem);
    static const char *const ENDS[] = { "", "-wal", "-shm" };
    for (size_t i = 0; i < 3; i++) {
        snprintf(url, sizeof url, "%s%s", path, ENDS[i]);
        unlink(url);
    }
    return 0;
}
