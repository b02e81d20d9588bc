/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Fresh databases for tests. The file lies in memory (/dev/shm) where there is such a place; an
 * SQLite test then costs no disk at all. Migrating costs more than most tests: under
 * tests/harness/run (HUOTANG_TEST_TEMPLATES) it is done once for each set of schemas, and the
 * others copy what came of it: the file from that folder, or the database from the server. There a
 * program takes its copy again for the next test (test_spare.h). */
#include "tests/harness/test_db.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "embed.h"
#include "platform/base/clock.h"
#include "platform/base/str.h"
#include "tests/harness/test_spare.h"

enum { OPEN_MAX = 16, URL_MAX_BYTES = 1024 };

static struct made {
    struct db *db;
    char url[URL_MAX_BYTES];
    char name[64]; /* of the file or of the database on the server */
    char template[URL_MAX_BYTES], shape[SPARE_SHAPE]; /* empty = it is no copy to be taken again */
} made[OPEN_MAX], spares[OPEN_MAX];

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

static err ask_server(const char *text)
{
    struct db *db;
    must(db_open(str_of(server()), DB_WRITE, &db), "open");
    err e = db_script(db, str_of(text));
    db_close(db);
    return e;
}

static err create(const char *name, const char *template)
{
    char text[256];
    snprintf(text, sizeof text, "CREATE DATABASE %s TEMPLATE %s STRATEGY file_copy", name,
             template);
    return ask_server(text);
}

static bool is_on_server(const char *name)
{
    struct db *db;
    str datname = str_of(name);
    i64 count = 0;
    must(db_open(str_of(server()), DB_READ, &db), "open");
    must(db_begin(db), "begin");
    must(db_i64(db, SQL("SELECT COUNT(*) FROM pg_database WHERE datname = :datname", P(datname)),
                &count),
         "look for a database");
    db_rollback(db);
    db_close(db);
    return count > 0;
}

/* The server's address with another database. */
static void put_address(char *out, size_t size, const char *name)
{
    const char *url = server(), *at = strchr(url + strlen("postgresql://"), '/');
    assert(at);
    snprintf(out, size, "%.*s/%s%s", (int)(at - url), url, name,
             strchr(at, '?') ? strchr(at, '?') : "");
}

static void make_address(struct made *m)
{
    struct rng rng = rng_system();
    const char *folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    char name[sizeof m->name];
    snprintf(name, sizeof name, "ht_test_%d_%lld", (int)getpid(),
             (long long)rng_below(&rng, 1000000000000));
    memcpy(m->name, name, sizeof name);
    if (test_db_engine() == DB_SQLITE)
        snprintf(m->url, sizeof m->url, "sqlite:%s/%s.db", folder, name);
    else
        put_address(m->url, sizeof m->url, name);
}

/* ---- templates ---- */

/* Where what these schemas make is kept, by the SHA-256 of their texts. */
static void template_name(const struct db_schema *schemas, char *out, size_t size)
{
    crypto_hash_sha256_state state;
    unsigned char hash[crypto_hash_sha256_BYTES];
    char hex[sizeof hash * 2 + 1];
    crypto_hash_sha256_init(&state);
    for (const struct db_schema *s = schemas; s->owner; s++)
        for (const struct embed_file *f = s->files; f->name; f++) {
            crypto_hash_sha256_update(&state, (const void *)s->owner, strlen(s->owner) + 1);
            crypto_hash_sha256_update(&state, (const void *)f->name, strlen(f->name) + 1);
            crypto_hash_sha256_update(&state, f->data, f->size);
        }
    crypto_hash_sha256_final(&state, hash);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    if (test_db_engine() == DB_POSTGRES)
        snprintf(out, size, "ht_template_%.40s", hex);
    else
        snprintf(out, size, "%s/%s.db", getenv("HUOTANG_TEST_TEMPLATES"), hex);
}

static void copy_file(const char *from_url, const char *to)
{
    struct db *db;
    must(db_open(str_of(from_url), DB_READ, &db), "open");
    must(db_backup(db, str_of(to)), "copy");
    db_close(db);
}

/* Whether there was a template: then the new database is its copy, else it is empty. */
static bool make_new(const struct made *m, const char *template)
{
    char url[URL_MAX_BYTES];
    if (test_db_engine() == DB_POSTGRES) {
        bool there = *template && is_on_server(template);
        must(create(m->name, there ? template : "template1"), "create");
        return there;
    }
    snprintf(url, sizeof url, "sqlite:%s", template);
    if (!*template || access(template, R_OK) != 0)
        return false;
    copy_file(url, m->url + strlen("sqlite:"));
    return true;
}

/* Of a database that was just migrated and that nobody has open. Two may do so at once: either's
 * will do. */
static void keep_template(const struct made *m, const char *template)
{
    char own[URL_MAX_BYTES];
    if (test_db_engine() == DB_POSTGRES) {
        err e = create(template, m->name);
        if (!is_on_server(template))
            must(e, "create template");
        return;
    }
    snprintf(own, sizeof own, "%s.%d", template, (int)getpid());
    copy_file(m->url, own);
    if (rename(own, template) != 0)
        abort();
}

/* ---- copies taken again ---- */

static void drop(const char *name)
{
    char text[128];
    snprintf(text, sizeof text, "DROP DATABASE %s WITH (FORCE)", name);
    must(ask_server(text), "drop");
}

static void drop_spares(void)
{
    for (size_t i = 0; i < OPEN_MAX; i++)
        if (spares[i].db) {
            db_close(spares[i].db);
            drop(spares[i].name);
        }
}

/* The next test takes it, and the connection with what it has prepared; false: there is no room. */
static bool keep_spare(const struct made *m)
{
    static bool drops;
    for (size_t i = 0; i < OPEN_MAX && *m->shape; i++)
        if (!spares[i].db) {
            db_rollback(m->db);
            db_set_org(m->db, 0);
            spares[i] = *m;
            if (!drops)
                drops = atexit(drop_spares) == 0;
            return true;
        }
    return false;
}

/* Whether there was one of this template; it is then as if it had just been made. */
static bool take_spare(struct made *m, const char *template)
{
    bool same;
    for (size_t i = 0; i < OPEN_MAX; i++) {
        struct made *spare = &spares[i];
        if (!spare->db || strcmp(spare->template, template) != 0)
            continue;
        must(spare_restore(spare->db, spare->shape, &same), "restore");
        if (same)
            *m = *spare;
        else {
            db_close(spare->db);
            drop(spare->name);
        }
        *spare = (struct made){ 0 };
        if (same)
            return true;
    }
    return false;
}

struct db *test_db_open(const struct db_schema *schemas)
{
    struct made *m = made_for(NULL);
    char template[URL_MAX_BYTES] = "";
    if (schemas && getenv("HUOTANG_TEST_TEMPLATES"))
        template_name(schemas, template, sizeof template);
    if (*template && take_spare(m, template))
        return m->db;
    *m = (struct made){ 0 };
    make_address(m);
    bool copied = make_new(m, template);
    must(db_open(str_of(m->url), DB_WRITE, &m->db), "open");
    if (schemas)
        must(db_migrate(m->db, schemas, NULL), "migrate");
    if (*template && !copied) {
        db_close(m->db);
        keep_template(m, template);
        must(db_open(str_of(m->url), DB_WRITE, &m->db), "open");
    }
    if (*template && test_db_engine() == DB_POSTGRES) {
        memcpy(m->template, template, sizeof template);
        must(spare_keep(m->db, m->shape), "keep");
    }
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
    bool kept = test_db_engine() == DB_POSTGRES && keep_spare(m);
    m->db = NULL;
    if (kept)
        return;
    db_close(db);
    if (test_db_engine() == DB_POSTGRES) {
        drop(m->name);
        return;
    }
    char path[URL_MAX_BYTES + 8];
    static const char *const ENDS[] = { "", "-wal", "-shm" };
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s%s", m->url + strlen("sqlite:"), ENDS[i]);
        unlink(path);
    }
}
