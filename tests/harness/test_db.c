/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Fresh databases for tests. The file lies in memory (/dev/shm) where there is such a place; an
 * SQLite test then costs no disk at all. On PostgreSQL each database is a schema on the search path
 * of its own address. */
#include "tests/harness/test_db.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "platform/base/clock.h"
#include "platform/base/str.h"

enum { OPEN_MAX = 16, URL_MAX_BYTES = 1024 };

static struct made {
    struct db *db;
    char url[URL_MAX_BYTES];
    char name[64]; /* of the schema */
} made[OPEN_MAX];

static const char *server(void)
{
    const char *url = getenv("HUOTANG_TEST_DB");
    return url && *url ? url : "sqlite:";
}

enum db_engine test_db_engine(void)
{
    return str_starts(str_of(server()), str_of("postgresql://")) ? DB_POSTGRES : DB_SQLITE;
}

static void must(err e, const char *what)
{
    if (e.code == ERR_NONE)
        return;
    fprintf(stderr, "test_db: %s: %s %.*s\n", what, e.name, (int)e.arg[0].len, e.arg[0].ptr);
    abort();
}

static struct made *made_for(const struct db *db)
{
    for (size_t i = 0; i < OPEN_MAX; i++)
        if (made[i].db == db)
            return &made[i];
    fprintf(stderr, "test_db: more than %d databases, or one not made here\n", OPEN_MAX);
    abort();
}

static void on_server(const char *form, const char *name)
{
    struct db *db;
    char text[128];
    snprintf(text, sizeof text, "%s %s%s", form, name, *form == 'D' ? " CASCADE" : "");
    must(db_open(str_of(server()), DB_WRITE, &db), "open");
    must(db_script(db, str_of(text)), text);
    db_close(db);
}

static void make_address(struct made *m)
{
    struct rng rng = rng_system();
    const char *folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    char name[sizeof m->name];
    snprintf(name, sizeof name, "ht_test_%d_%lld", (int)getpid(),
             (long long)rng_below(&rng, 1000000000000));
    memcpy(m->name, name, sizeof name);
    if (test_db_engine() == DB_SQLITE) {
        snprintf(m->url, sizeof m->url, "sqlite:%s/%s.db", folder, name);
        return;
    }
    on_server("CREATE SCHEMA", name);
    snprintf(m->url, sizeof m->url, "%s%coptions=-csearch_path%%3D%s", server(),
             strchr(server(), '?') ? '&' : '?', name);
}

struct db *test_db_open(const struct db_schema *schemas)
{
    struct made *m = made_for(NULL);
    make_address(m);
    must(db_open(str_of(m->url), DB_WRITE, &m->db), "open");
    if (schemas)
        must(db_migrate(m->db, schemas, NULL), "migrate");
    return m->db;
}

str test_db_url(const struct db *db)
{
    assert(db);
    return str_of(made_for(db)->url);
}

void test_db_close(struct db *db)
{
    if (!db)
        return;
    struct made *m = made_for(db);
    db_close(db);
    m->db = NULL;
    if (test_db_engine() == DB_POSTGRES) {
        on_server("DROP SCHEMA", m->name);
        return;
    }
    char path[URL_MAX_BYTES + 8];
    static const char *const ENDS[] = { "", "-wal", "-shm" };
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s%s", m->url + strlen("sqlite:"), ENDS[i]);
        unlink(path);
    }
}
