/* SPDX-License-Identifier: MulanPSL-2.0 */
/* `huotang backup FILE`: a consistent copy of the database taken while the house serves, then all
 * attachments (which never change), then a manifest; streamed at constant memory. The secret is
 * never in it. Reading it back: restore.c. Format: docs/decisions/2026-11-25-backup-file.md. */
#include "server/backup.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "platform/audit/audit.h"
#include "platform/base/log.h"
#include "platform/files/blob.h"
#include "platform/files/pack.h"
#include "platform/files/temp.h"
#include "platform/text/texts.h"
#include "platform/web/digest.h"
#include "platform/web/health.h"
#include "server/command.h"
#include "server/gentle.h"
#include "version.h"

enum { BUCKETS = 256, SCRATCH = 64 << 20 };

str backup_line(struct arena *mem, str sha256, str name)
{
    return arena_printf(mem, "%.*s  %.*s\n", (int)sha256.len, sha256.ptr, (int)name.len, name.ptr);
}

err backup_heads(struct db *db, struct arena *mem, struct buf *out)
{
    struct rows rows = { 0 };
    TRY(db_begin(db));
    err e = audit_list_tops(db, mem, &rows);
    db_rollback(db);
    const struct audit_top *tops = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        buf_printf(out, "# head %lld %lld %.*s\n", (long long)tops[i].org_id,
                   (long long)tops[i].seq, (int)tops[i].digest.len, tops[i].digest.ptr);
    return e;
}

str backup_sign(struct arena *mem, const struct app *app, str lines_sha256, str tail)
{
    unsigned char key[DIGEST_SIZE];
    app_key(app, "backups", key);
    str signature = digest_sign(mem, key,
                                arena_printf(mem, "%.*s\n%.*s", (int)lines_sha256.len,
                                             lines_sha256.ptr, (int)tail.len, tail.ptr));
    return arena_printf(mem, "# sign %.*s\n", (int)signature.len, signature.ptr);
}

struct backup {
    struct app *app;
    struct arena *mem, *scratch;
    str snapshot; /* beside the backup, removed at the end */
    struct pack *pack;
    struct buf *tail;
    struct digest lines;
    int manifest; /* nameless file */
    i64 parts, bad;
};

static err note(struct backup *b, str name, str sha256)
{
    str line = backup_line(b->scratch, sha256, name);
    digest_add(&b->lines, (bytes){ (const unsigned char *)line.ptr, line.len });
    b->parts++;
    return temp_write(b->manifest, line);
}

/* Copies the database, looks whether the copy is sound, and notes where its chains stand. */
static err take_snapshot(struct backup *b)
{
    struct db *db;
    struct audit_check check;
    TRY(db_open(b->app->config.db, DB_READ, &db));
    err e = db_backup(db, b->snapshot);
    db_close(db);
    TRY(e);
    TRY(db_open(arena_printf(b->mem, "sqlite:%.*s", (int)b->snapshot.len, b->snapshot.ptr),
                DB_WRITE, &db));
    e = db_check(db);
    if (!e.code)
        e = db_begin(db);
    if (!e.code) {
        e = audit_verify(b->app, db, b->mem, &check);
        db_rollback(db);
    }
    if (!e.code)
        e = backup_heads(db, b->mem, b->tail);
    db_close(db);
    return e;
}

static err add_database(struct backup *b)
{
    str sha256;
    TRY(take_snapshot(b));
    int fd = open(arena_cstr(b->mem, b->snapshot), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_make(ERR_BUSY, "files.disk");
    err e = pack_add(b->pack, b->scratch, str_of(BACKUP_DATABASE), fd, &sha256);
    close(fd);
    TRY(e);
    return note(b, str_of(BACKUP_DATABASE), sha256);
}

/* Rotten bytes are left out and told: the rest is worth keeping. */
static err add_attachment(struct backup *b, str digest)
{
    int fd;
    str sha256, name = arena_printf(b->scratch, "files/%.2s/%.2s/%.*s", digest.ptr, digest.ptr + 2,
                                    (int)digest.len, digest.ptr);
    if (!blob_is_whole(b->app, b->scratch, digest) ||
        blob_open(b->app, b->scratch, digest, &fd).code) {
        str words = text_format(b->scratch, "backup.rotten", name, str_of(""));
        fprintf(stderr, "%.*s\n", (int)words.len, words.ptr);
        b->bad++;
        return OK;
    }
    err e = pack_add(b->pack, b->scratch, name, fd, &sha256);
    close(fd);
    TRY(e);
    return note(b, name, sha256);
}

static err add_attachments(struct backup *b)
{
    struct arena *list = arena_new(SCRATCH, 0);
    err e = OK;
    for (i64 bucket = 0; bucket < BUCKETS && !e.code; bucket++) {
        strs digests = { 0 };
        blob_list_old(b->app, list, bucket, INT64_MAX, &digests);
        for (size_t i = 0; i < digests.count && !e.code; i++) {
            e = add_attachment(b, digests.items[i]);
            arena_reset(b->scratch);
        }
        arena_reset(list);
    }
    arena_free(list);
    return e;
}

static err add_manifest(struct backup *b)
{
    unsigned char out[DIGEST_SIZE];
    str sha256;
    digest_end(&b->lines, out);
    str tail = buf_str(b->tail);
    str sign = backup_sign(b->mem, b->app, str_hex(b->mem, (bytes){ out, sizeof out }), tail);
    TRY(temp_write(b->manifest, tail));
    TRY(temp_write(b->manifest, sign));
    return pack_add(b->pack, b->mem, str_of(BACKUP_MANIFEST), b->manifest, &sha256);
}

static err fill(struct backup *b, str path)
{
    TRY(pack_create(b->mem, path, &b->pack));
    TRY(temp_open(&b->manifest));
    digest_start(&b->lines);
    err e = add_database(b);
    if (!e.code)
        e = add_attachments(b);
    if (!e.code)
        e = add_manifest(b);
    temp_close(b->manifest);
    TRY(e);
    return pack_finish(b->pack);
}

/* With what an earlier backup that was cut off may have left beside it. */
static void remove_snapshot(const struct backup *b)
{
    static const char *const ENDS[] = { "", ".part", "-wal", "-shm", "-journal" };
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++)
        unlink(arena_printf(b->mem, "%.*s%s", (int)b->snapshot.len, b->snapshot.ptr, ENDS[i]).ptr);
}

static err backup(struct command_line *line, struct app *app, struct backup *b)
{
    str path = line->words.items[0];
    i64 now = app->clock.now_ms(&app->clock);
    if (!str_starts(app->config.db, str_of("sqlite:")))
        return err_make(ERR_INVALID, "backup.postgres");
    if (access(arena_cstr(line->mem, path), F_OK) == 0)
        return err_make_with(ERR_INVALID, "db.backup_exists", path, str_of(""));
    *b = (struct backup){ .app = app, .mem = line->mem };
    b->tail = buf_new(line->mem, BACKUP_TAIL_MAX);
    b->scratch = arena_new(SCRATCH, 0);
    b->snapshot = arena_printf(line->mem, "%.*s.database", (int)path.len, path.ptr);
    remove_snapshot(b);
    buf_printf(b->tail, "# huotang backup 1\n# version %s\n# made_at %lld\n", HUOTANG_VERSION,
               (long long)now);
    err e = fill(b, path);
    remove_snapshot(b);
    arena_free(b->scratch);
    if (e.code && b->pack)
        pack_drop(b->pack);
    if (!e.code && b->bad == 0 && !health_backup_made(line->mem, &app->config))
        log_note(LOG_WARN, "backup.note", "data", app->config.data);
    return e;
}

int command_backup(struct command_line *line)
{
    struct app app;
    struct backup b = { 0 };
    if (line->words.count != 1)
        return command_failed(line, err_make(ERR_INVALID, "backup.usage")), EXIT_USAGE;
    if (!command_open(line, false, &app))
        return EXIT_FAILED;
    gentle_begin(); /* those who work in the house go first (quality D6) */
    err e = backup(line, &app, &b);
    command_close(&app);
    if (e.code)
        return command_failed(line, e);
    str parts = arena_printf(line->mem, "%lld", (long long)b.parts - 1);
    command_say(text_format(line->mem, "backup.done", line->words.items[0], parts));
    command_say(text_format(line->mem, "backup.secret", app.config.secret_file, str_of("")));
    if (b.bad == 0)
        return EXIT_DONE;
    return command_failed(line, err_make_with(ERR_INTERNAL, "backup.bad",
                                              arena_printf(line->mem, "%lld", (long long)b.bad),
                                              str_of("")));
}
