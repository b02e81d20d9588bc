/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Opening the house, in the order that each step needs the one before. Serving requests: serve.c.
 */
#include "server/start.h"

#include <errno.h>
#include <sys/stat.h>

#include "embed.h"
#include "platform/access/login.h"
#include "platform/access/role.h"
#include "platform/access/secret_mark.h"
#include "platform/audit/audit.h"
#include "platform/base/buf.h"
#include "platform/base/log.h"
#include "platform/calendar/calendar.h"
#include "platform/text/fold.h"
#include "platform/text/strokes.h"
#include "platform/text/texts.h"
#include "platform/web/lanes.h"
#include "platform/web/web.h"
#include "server/secret.h"
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
    strokes_load(mem, embedded("text/strokes.txt"));
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

/* Whether anything was ever written there: then the secret it was written with must be at hand. */
static err database_is_new(struct arena *mem, str url, bool *is_new)
{
    struct stat info;
    struct db *db;
    bool has = false;
    str prefix = str_of("sqlite:");
    *is_new =
        str_starts(url, prefix) &&
        (stat(arena_cstr(mem, str_sub(url, prefix.len, url.len)), &info) != 0 || info.st_size == 0);
    if (*is_new)
        return OK;
    TRY(db_open(url, DB_READ, &db));
    err e = db_has_schema(db, &has);
    db_close(db);
    *is_new = !has;
    return e;
}

/* The secret seals personal fields: a new one beside an old database would lose them, so that is
 * refused. Whether a secret is the right one: secret_mark_check. */
static err find_secret(struct arena *mem, const struct config *config, bytes *out)
{
    bool is_new = false;
    err e = secret_read(mem, config->secret_file, out);
    if (e.code != ERR_NOT_FOUND)
        return e;
    TRY(database_is_new(mem, config->db, &is_new));
    if (!is_new)
        return err_make_with(ERR_INVALID, "start.secret_lost", config->secret_file, config->db);
    return secret_make(mem, config->secret_file, out);
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

static err settle(const struct app *app, struct db *db, struct arena *mem)
{
    bool fresh = false;
    TRY(secret_mark_check(app, db, &fresh));
    return fresh ? audit_seal(app, db, mem) : OK;
}

err start_settle(const struct app *app, struct db *db)
{
    struct arena *mem = arena_new(1 << 20, 0);
    err e = db_begin(db);
    if (!e.code)
        e = settle(app, db, mem);
    if (!e.code)
        e = db_commit(db);
    else
        db_rollback(db);
    for (size_t i = 0; e.code && i < 2; i++)
        e.arg[i] = str_eq(e.arg[i], app->config.secret_file) ? e.arg[i] : str_of("");
    arena_free(mem);
    return e;
}

static err open_database(struct app *app, struct arena *mem, bool migrate)
{
    struct db *db;
    i64 applied = 0;
    TRY(db_open(app->config.db, DB_WRITE, &db));
    const struct db_schema *schemas = app_schemas(mem, app->modules);
    err e = migrate ? db_migrate(db, schemas, &applied) : db_migrate_check(db, schemas);
    if (!e.code)
        e = migrate ? start_settle(app, db) : secret_mark_check(app, db, NULL);
    if (!e.code)
        e = db_analyze(db, false);
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
    TRY(find_secret(mem, &out->config, &out->secret));
    if (!selftest_run(out->modules, faults))
        return err_make_with(ERR_INVALID, "start.declarations", buf_str(faults), str_of(""));
    TRY(access_start(out));
    return open_database(out, mem, migrate);
}

enum { DAY_MS = 86400000 };

/* The system's clock, fixed_ms ahead. */
static i64 ahead_now(const struct clock *clock)
{
    struct clock real = clock_system();
    return real.now_ms(&real) + clock->fixed_ms;
}

/* What a day brings can be shown, and tried in a browser, where nothing is real. */
static struct clock clock_of(const struct config *config)
{
    if (!config->demo || config->days_ahead == 0)
        return clock_system();
    return (struct clock){ .now_ms = ahead_now, .fixed_ms = config->days_ahead * DAY_MS };
}

err start_app(struct arena *mem, const struct config *config, bool migrate, struct app *out,
              str *why)
{
    *out = (struct app){ .mem = mem,
                         .config = *config,
                         .clock = clock_of(config),
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
