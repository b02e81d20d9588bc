/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Opening the house, in the order that each step needs the one before. Serving requests: serve.c.
 */
#include "server/start.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "embed.h"
#include "platform/access/login.h"
#include "platform/access/role.h"
#include "platform/base/buf.h"
#include "platform/base/log.h"
#include "platform/calendar/calendar.h"
#include "platform/text/fold.h"
#include "platform/text/texts.h"
#include "platform/web/lanes.h"
#include "platform/web/web.h"
#include "server/selftest.h"

static str embedded(const char *name)
{
    for (const struct embed_file *f = embed_data; f->name; f++)
        if (strcmp(f->name, name) == 0)
            return (str){ (const char *)f->data, f->size };
    return str_of("");
}

err start_tables(struct arena *mem)
{
    struct calendar *calendar;
    TRY(text_load(mem, embed_texts));
    fold_load(mem, embedded("text/traditional.txt"));
    TRY(calendar_load(mem, embedded("calendar/cn.txt"), &calendar));
    calendar_set_current(calendar);
    return OK;
}

static err make_folder(struct arena *mem, str path)
{
    if (mkdir(arena_cstr(mem, path), 0700) != 0 && errno != EEXIST)
        return err_make_with(ERR_INVALID, "start.data", path, str_of(strerror(errno)));
    return OK;
}

static bool database_exists(struct arena *mem, str db)
{
    struct stat info;
    str prefix = str_of("sqlite:");
    if (!str_starts(db, prefix))
        return false;
    return stat(arena_cstr(mem, str_sub(db, prefix.len, db.len)), &info) == 0 && info.st_size > 0;
}

static err make_secret(struct arena *mem, const char *path, unsigned char *secret)
{
    struct rng rng = rng_system();
    rng.fill(&rng, secret, 32);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool good = fd >= 0 && write(fd, secret, 32) == 32 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    if (!good)
        return err_make_with(ERR_INVALID, "start.secret", arena_str(mem, str_of(path)),
                             str_of(strerror(errno)));
    return OK;
}

/* The secret seals personal fields: a new one beside an old database would lose them, so that is
 * refused. */
static err read_secret(struct arena *mem, const struct config *config, bytes *out)
{
    unsigned char *secret = arena_zero(mem, 32);
    const char *path = arena_cstr(mem, config->secret_file);
    *out = (bytes){ secret, 32 };
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT) {
        if (database_exists(mem, config->db))
            return err_make_with(ERR_INVALID, "start.secret_lost", config->secret_file, config->db);
        return make_secret(mem, path, secret);
    }
    ssize_t n = fd < 0 ? -1 : read(fd, secret, 32);
    if (fd >= 0)
        close(fd);
    if (n != 32)
        return err_make_with(ERR_INVALID, "start.secret", config->secret_file, str_of("32"));
    return OK;
}

/* What a newer version declares goes to its roles once, in every organisation. */
static err seed_permissions(struct app *app, struct db *db)
{
    TRY(db_begin(db));
    err e = access_seed(app, db);
    if (e.code) {
        db_rollback(db);
        return e;
    }
    return db_commit(db);
}

static err open_database(struct app *app, struct arena *mem, bool migrate)
{
    struct db *db;
    i64 applied = 0;
    TRY(db_open(app->config.db, DB_WRITE, &db));
    const struct db_schema *schemas = app_schemas(mem, app->modules);
    err e = migrate ? db_migrate(db, schemas, &applied) : db_migrate_check(db, schemas);
    if (!e.code)
        e = db_analyze(db);
    if (!e.code && migrate)
        e = seed_permissions(app, db);
    db_close(db);
    if (applied)
        log_line(LOG_INFO, "migrated",
                 (const struct log_pair[]){ { "files", { 0 }, applied }, { 0 } });
    return e;
}

static err open_all(struct arena *mem, bool migrate, struct app *out)
{
    struct buf *faults = buf_new(mem, 1 << 16);
    TRY(make_folder(mem, out->config.data));
    TRY(read_secret(mem, &out->config, &out->secret));
    if (!selftest_run(out->modules, faults))
        return err_make_with(ERR_INVALID, "start.declarations", buf_str(faults), str_of(""));
    TRY(access_start(out));
    return open_database(out, mem, migrate);
}

err start_app(struct arena *mem, const struct config *config, bool migrate, struct app *out,
              str *why)
{
    *out = (struct app){ .mem = mem,
                         .config = *config,
                         .clock = clock_system(),
                         .rng = rng_system(),
                         .modules = MODULES };
    err e = open_all(mem, migrate, out);
    if (e.code)
        *why = text_format(mem, e.name, e.arg[0], e.arg[1]);
    return e;
}

struct write_call {
    i64 org_id;
    err (*fn)(struct rq *rq, void *context);
    void *context;
};

static err write_once(struct app *app, struct db *db, struct arena *mem, void *context)
{
    struct write_call *call = context;
    struct rq rq;
    db_set_org(db, call->org_id);
    app_system_rq(app, db, mem, call->org_id, &rq);
    err e = call->fn(&rq, call->context);
    for (size_t i = 0; e.code && i < 2; i++) /* worded after the transaction's memory is gone */
        e.arg[i] = arena_str(app->mem, e.arg[i]);
    return e;
}

err start_write(struct app *app, i64 org_id, err (*fn)(struct rq *rq, void *context), void *context)
{
    struct write_call call = { org_id, fn, context };
    return lanes_write(app, write_once, &call);
}
