/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Signs of life (health.h). The age of the last backup is that of a file in the data directory: it
 * says so to every process, on both engines, and a restored or copied directory tells the truth. */
#include "platform/web/health.h"

#include <assert.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "platform/web/json.h"

enum { SILENCE_MAX_MS = 5000, FREE_MIN_MB = 64, FREE_MIN_FILES = 100, HOUR_MS = 3600000 };

static void answer(struct exchange *ex, int status, const char *type, const struct buf *b)
{
    str s = buf_str(b);
    ex->res.kind = RES_TEXT;
    ex->res.type = type;
    ex->res.body = (bytes){ (const unsigned char *)s.ptr, s.len };
    ex->res.status = status;
    ex->next = NEXT_FINISH;
}

static void live_answer(struct exchange *ex)
{
    struct buf *b = buf_new(ex->mem, 16);
    buf_put(b, "ok\n");
    answer(ex, 200, "text/plain; charset=utf-8", b);
}

/* ---- the backup ---- */

static const char *backup_file(struct arena *mem, const struct config *config)
{
    return arena_printf(mem, "%.*s/last-backup", (int)config->data.len, config->data.ptr).ptr;
}

bool health_backup_made(struct arena *mem, const struct config *config)
{
    int fd = open(backup_file(mem, config), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    bool good = fd >= 0 && futimens(fd, NULL) == 0;
    if (fd >= 0)
        close(fd);
    return good;
}

i64 health_backup_at(struct arena *mem, const struct config *config)
{
    struct stat info;
    if (stat(backup_file(mem, config), &info) != 0)
        return 0;
    return (i64)info.st_mtim.tv_sec * 1000 + info.st_mtim.tv_nsec / 1000000;
}

static bool backup_is_fresh(struct exchange *ex)
{
    struct app *app = ex->web->app;
    i64 most = app->config.backup_hours * HOUR_MS;
    if (most == 0) /* nobody asked */
        return true;
    i64 at = health_backup_at(ex->mem, &app->config);
    return at > 0 && app->clock.now_ms(&app->clock) - at <= most;
}

/* ---- ready ---- */

static bool disk_has_room(const struct config *config, struct arena *mem)
{
    struct statvfs info;
    if (statvfs(arena_cstr(mem, config->data), &info) != 0)
        return false;
    return !(info.f_flag & ST_RDONLY) &&
           (i64)info.f_bavail * (i64)info.f_frsize >= (i64)FREE_MIN_MB << 20 &&
           (info.f_files == 0 || info.f_favail > FREE_MIN_FILES);
}

bool health_room_of(struct arena *mem, const struct config *config, struct health_room *out)
{
    struct statvfs info;
    if (statvfs(arena_cstr(mem, config->data), &info) != 0)
        return false;
    *out = (struct health_room){ .free = (i64)info.f_bavail * (i64)info.f_frsize,
                                 .size = (i64)info.f_blocks * (i64)info.f_frsize };
    return true;
}

static void ready_answer(struct exchange *ex)
{
    const struct web *web = ex->web;
    struct lanes_figures figures;
    lanes_figures(web->app->lanes, &figures);
    bool db = clock_steady_ms() - figures.last_good_ms <= SILENCE_MAX_MS;
    bool disk = disk_has_room(&web->app->config, ex->mem);
    bool backup = backup_is_fresh(ex);
    bool stopping = atomic_load(&ex->web->stopping);
    bool ready = db && disk && backup && !stopping;
    struct buf *b = buf_new(ex->mem, 200);
    struct json j = json_on(b);
    json_object(&j, NULL);
    json_bool(&j, "ready", ready);
    json_bool(&j, "db", db);
    json_bool(&j, "disk", disk);
    json_bool(&j, "backup", backup);
    json_bool(&j, "stopping", stopping);
    json_object_end(&j);
    answer(ex, ready ? 200 : 503, "application/json", b);
}

bool health_answer(struct exchange *ex)
{
    assert(ex->web && ex->web->app->lanes);
    if (str_is(ex->rq.path, "/livez"))
        live_answer(ex);
    else if (str_is(ex->rq.path, "/readyz"))
        ready_answer(ex);
    else
        return false;
    return true;
}
