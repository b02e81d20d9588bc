/* SPDX-License-Identifier: MulanPSL-2.0 */
/* `huotang restore FILE`: reads a backup (backup.c) into an empty data directory. Bytes go beside
 * their places first; only when every digest, the manifest's signature, the database and its
 * chains are right do they get their names. Names in the file are judged, never followed. */
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/access/access_store.h"
#include "platform/audit/audit.h"
#include "platform/files/pack.h"
#include "platform/files/temp.h"
#include "platform/jobs/jobs.h"
#include "platform/text/texts.h"
#include "platform/web/digest.h"
#include "server/backup.h"
#include "server/command.h"
#include "server/config.h"
#include "server/secret.h"
#include "server/start.h"

enum { DIGEST_CHARS = 64, PIECE = 64 * 1024, SCRATCH = 4 << 20 };

struct restore {
    struct arena *mem, *scratch; /* scratch: emptied after each part */
    struct app app;              /* configuration and secret only */
    const char *data, *files, *files_part, *db, *db_part;
    struct unpack *unpack;
    struct digest lines; /* the manifest as it must be, from what was read */
    i64 lines_size, parts;
    str tail; /* of the manifest, without the signature */
};

static err broken(void)
{
    return err_make(ERR_INVALID, "files.pack_broken");
}

static err disk(void)
{
    return err_make(ERR_BUSY, "restore.disk");
}

/* ---- the place ---- */

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *where)
{
    (void)info;
    (void)type;
    (void)where;
    return remove(path);
}

static void remove_parts(const struct restore *r)
{
    unlink(r->db_part);
    unlink(arena_printf(r->mem, "%s-wal", r->db_part).ptr);
    unlink(arena_printf(r->mem, "%s-shm", r->db_part).ptr);
    nftw(r->files_part, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* The secret may lie there already, and a new disk has lost+found. */
static bool may_be_there(const struct restore *r, const char *name)
{
    str secret = r->app.config.secret_file;
    str path = arena_printf(r->mem, "%s/%s", r->data, name);
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || strcmp(name, "lost+found") == 0 ||
           str_eq(path, secret);
}

static err must_be_empty(const struct restore *r)
{
    if (access(r->db, F_OK) == 0)
        return err_make_with(ERR_CONFLICT, "restore.not_empty", str_of(r->db), str_of(""));
    DIR *dir = opendir(r->data);
    if (!dir)
        return err_make_with(ERR_INVALID, "start.data", str_of(r->data), str_of(strerror(errno)));
    str found = str_of("");
    for (struct dirent *e; (e = readdir(dir));)
        if (!may_be_there(r, e->d_name))
            found = arena_printf(r->mem, "%s/%s", r->data, e->d_name);
    closedir(dir);
    return found.len ? err_make_with(ERR_CONFLICT, "restore.not_empty", found, str_of("")) : OK;
}

static err find_secret(struct restore *r)
{
    str path = r->app.config.secret_file;
    err e = secret_read(r->mem, path, &r->app.secret);
    return e.code ? err_make_with(ERR_INVALID, "restore.secret", path, str_of("")) : OK;
}

static err prepare(struct restore *r)
{
    str db = r->app.config.db, prefix = str_of("sqlite:");
    if (!str_starts(db, prefix))
        return err_make(ERR_INVALID, "backup.postgres");
    r->data = arena_cstr(r->mem, r->app.config.data);
    r->files = arena_printf(r->mem, "%s/files", r->data).ptr;
    r->files_part = arena_printf(r->mem, "%s/files.restore", r->data).ptr;
    r->db = arena_cstr(r->mem, str_sub(db, prefix.len, db.len));
    r->db_part = arena_printf(r->mem, "%s.restore", r->db).ptr;
    TRY(find_secret(r));
    if (mkdir(r->data, 0700) != 0 && errno != EEXIST)
        return err_make_with(ERR_INVALID, "start.data", str_of(r->data), str_of(strerror(errno)));
    remove_parts(r); /* of a restore that was interrupted */
    TRY(must_be_empty(r));
    return mkdir(r->files_part, 0700) == 0 ? OK : disk();
}

/* ---- the parts ---- */

static err copy_part(struct restore *r, const char *path, str *sha256)
{
    unsigned char out[DIGEST_SIZE];
    char *piece = arena_zero(r->scratch, PIECE);
    struct digest digest;
    size_t n = 0;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno == EEXIST ? broken() : disk();
    digest_start(&digest);
    err e = unpack_read(r->unpack, piece, PIECE, &n);
    while (!e.code && n > 0) {
        digest_add(&digest, (bytes){ (unsigned char *)piece, n });
        e = temp_write(fd, (str){ piece, n }).code ? disk()
                                                   : unpack_read(r->unpack, piece, PIECE, &n);
    }
    close(fd);
    TRY(e);
    digest_end(&digest, out);
    *sha256 = str_hex(r->scratch, (bytes){ out, sizeof out });
    return OK;
}

static err note(struct restore *r, str name, str sha256)
{
    str line = backup_line(r->scratch, sha256, name);
    digest_add(&r->lines, (bytes){ (const unsigned char *)line.ptr, line.len });
    r->lines_size += (i64)line.len;
    r->parts++;
    return OK;
}

/* "files/ab/cd/abcd…" and nothing else. */
static bool is_attachment(str name, str *digest)
{
    str prefix = str_of("files/");
    if (!str_starts(name, prefix) || name.len != prefix.len + 6 + DIGEST_CHARS)
        return false;
    *digest = str_sub(name, prefix.len + 6, DIGEST_CHARS);
    for (size_t i = 0; i < digest->len; i++)
        if (!memchr("0123456789abcdef", digest->ptr[i], 16))
            return false;
    const char *p = name.ptr + prefix.len, *d = digest->ptr;
    return p[0] == d[0] && p[1] == d[1] && p[2] == '/' && p[3] == d[2] && p[4] == d[3] &&
           p[5] == '/';
}

static err take_attachment(struct restore *r, str name)
{
    str digest = { 0 }, sha256 = { 0 };
    if (!is_attachment(name, &digest))
        return err_make_with(ERR_INVALID, "restore.strange", arena_str(r->mem, name), str_of(""));
    name = arena_str(r->scratch, name); /* the reader's own goes with the next call */
    digest = str_sub(name, name.len - DIGEST_CHARS, DIGEST_CHARS);
    const char *outer = arena_printf(r->scratch, "%s/%.2s", r->files_part, digest.ptr).ptr;
    const char *inner = arena_printf(r->scratch, "%s/%.2s", outer, digest.ptr + 2).ptr;
    if ((mkdir(outer, 0700) != 0 && errno != EEXIST) ||
        (mkdir(inner, 0700) != 0 && errno != EEXIST))
        return disk();
    TRY(copy_part(r, arena_printf(r->scratch, "%s/%s", inner, digest.ptr).ptr, &sha256));
    if (!str_eq(sha256, digest))
        return broken();
    return note(r, name, sha256);
}

/* Its first bytes are the lines of the parts, the rest is kept. */
static err read_manifest(struct restore *r, str *lines_sha256, struct buf *tail)
{
    unsigned char out[DIGEST_SIZE];
    char *piece = arena_zero(r->scratch, PIECE);
    struct digest digest;
    size_t n = 0;
    i64 left = r->lines_size;
    digest_start(&digest);
    do {
        size_t most = left > 0 && left < PIECE ? (size_t)left : PIECE;
        TRY(unpack_read(r->unpack, piece, most, &n));
        if (left > 0)
            digest_add(&digest, (bytes){ (unsigned char *)piece, n });
        else
            buf_add(tail, (str){ piece, n });
        left -= left > 0 ? (i64)n : 0;
    } while (n > 0);
    digest_end(&digest, out);
    *lines_sha256 = str_hex(r->mem, (bytes){ out, sizeof out });
    return left == 0 && !buf_is_full(tail) ? OK : broken();
}

static err take_manifest(struct restore *r)
{
    unsigned char out[DIGEST_SIZE];
    struct unpack_entry behind;
    struct buf *tail = buf_new(r->mem, BACKUP_TAIL_MAX);
    str lines = { 0 };
    TRY(read_manifest(r, &lines, tail));
    digest_end(&r->lines, out);
    i64 at = str_find(buf_str(tail), str_of("# sign "), 0);
    if (at < 0 || !str_eq(lines, str_hex(r->mem, (bytes){ out, sizeof out })))
        return broken();
    r->tail = str_sub(buf_str(tail), 0, (size_t)at);
    str sign = str_sub(buf_str(tail), (size_t)at, tail->len);
    if (!digest_is_same(sign, backup_sign(r->mem, &r->app, lines, r->tail)))
        return err_make_with(ERR_INVALID, "restore.sign", r->app.config.secret_file, str_of(""));
    if (!str_starts(r->tail, str_of("# huotang backup 1\n")))
        return err_make(ERR_INVALID, "restore.newer");
    TRY(unpack_next(r->unpack, &behind));
    return behind.name.len == 0 ? OK : broken();
}

static err take_parts(struct restore *r)
{
    struct unpack_entry entry;
    str sha256;
    digest_start(&r->lines);
    TRY(unpack_next(r->unpack, &entry));
    if (!str_is(entry.name, BACKUP_DATABASE) || !entry.is_file)
        return broken();
    TRY(copy_part(r, r->db_part, &sha256));
    TRY(note(r, str_of(BACKUP_DATABASE), sha256));
    for (;;) {
        arena_reset(r->scratch);
        TRY(unpack_next(r->unpack, &entry));
        if (!entry.is_file)
            return entry.name.len == 0 ? broken()
                                       : err_make_with(ERR_INVALID, "restore.strange",
                                                       arena_str(r->mem, entry.name), str_of(""));
        if (str_is(entry.name, BACKUP_MANIFEST))
            return take_manifest(r);
        TRY(take_attachment(r, entry.name));
    }
}

/* ---- is it sound ---- */

static err check_chains(struct restore *r, struct db *db)
{
    struct audit_check check;
    struct buf *heads = buf_new(r->mem, BACKUP_TAIL_MAX);
    TRY(db_check(db));
    TRY(db_migrate(db, app_schemas(r->mem, MODULES), NULL));
    TRY(start_settle(&r->app, db));
    TRY(db_begin(db));
    err e = audit_verify(&r->app, db, r->mem, &check);
    db_rollback(db);
    TRY(e);
    TRY(backup_heads(db, r->mem, heads));
    return str_ends(r->tail, buf_str(heads)) ? OK : broken();
}

/* Older schemas are fine, they are migrated here: the signature has shown that the file is ours.
 * Newer ones are not. */
static err check_database(struct restore *r)
{
    struct db *db;
    TRY(db_open(arena_printf(r->mem, "sqlite:%s", r->db_part), DB_WRITE, &db));
    err e = check_chains(r, db);
    db_close(db);
    return e;
}

/* Attachments first, the database last: without it the house is still empty. */
static err give_names(const struct restore *r)
{
    int folder = open(r->data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int db = open(r->db_part, O_RDONLY | O_CLOEXEC);
    bool ok = folder >= 0 && db >= 0 && syncfs(folder) == 0 && fsync(db) == 0 &&
              rename(r->files_part, r->files) == 0 && fsync(folder) == 0 &&
              rename(r->db_part, r->db) == 0 && syncfs(db) == 0;
    if (db >= 0)
        close(db);
    if (folder >= 0)
        close(folder);
    return ok ? OK : disk();
}

static err restore(struct restore *r, str path)
{
    TRY(unpack_open(r->mem, path, &r->unpack));
    TRY(prepare(r));
    r->scratch = arena_new(SCRATCH, 0);
    err e = take_parts(r);
    arena_free(r->scratch);
    if (!e.code)
        e = check_database(r);
    if (!e.code)
        e = give_names(r);
    if (e.code)
        remove_parts(r);
    return e;
}

/* ---- the command ---- */

struct ended {
    i64 doors, held; /* log-ins and tokens; messages */
};

/* What was revived with the backup is ended again: a log-in or token that was revoked since, and
 * messages that may long have been sent. */
static err end_revived(struct rq *rq, void *context)
{
    struct ended *all = context;
    i64 doors = 0, held = 0;
    TRY(access_store_end_all(rq->db, rq->now_ms, &doors));
    TRY(outbox_hold(rq, "restore.held", &held));
    all->doors += doors;
    all->held += held;
    return audit_add(rq, &(struct audit_entry){ .act = "audits.restored",
                                                .object = "audits",
                                                .after = arena_printf(rq->mem, "%lld %lld",
                                                                      (long long)doors,
                                                                      (long long)held) });
}

static err settle(struct command_line *line, struct app *app, struct ended *ended)
{
    ids orgs;
    TRY(command_orgs(line, app, &orgs));
    for (size_t i = 0; i < orgs.count; i++)
        TRY(start_write(app, orgs.items[i], end_revived, ended));
    return command_attachments(line, app);
}

/* Ends what must not live again, and looks whether every attachment that the database knows has
 * come. */
static int finish(struct command_line *line, const struct restore *r)
{
    struct app app;
    struct ended ended = { 0 };
    if (!command_open(line, true, &app))
        return EXIT_FAILED;
    err e = settle(line, &app, &ended);
    command_close(&app);
    if (e.code)
        return command_failed(line, e);
    command_say(text_format(line->mem, "restore.ended",
                            arena_printf(line->mem, "%lld", (long long)ended.doors),
                            arena_printf(line->mem, "%lld", (long long)ended.held)));
    command_say(text_format(line->mem, "restore.done", app.config.data,
                            arena_printf(line->mem, "%lld", (long long)r->parts - 1)));
    return EXIT_DONE;
}

int command_restore(struct command_line *line)
{
    struct restore r = { .mem = line->mem };
    str why = str_of("");
    if (line->words.count != 1)
        return command_failed(line, err_make(ERR_INVALID, "restore.usage")), EXIT_USAGE;
    err e = config_read(line->mem, line->config_path, &r.app.config, &why);
    if (e.code) {
        fprintf(stderr, "%.*s\n", (int)why.len, why.ptr);
        return EXIT_USAGE;
    }
    e = restore(&r, line->words.items[0]);
    return e.code ? command_failed(line, e) : finish(line, &r);
}
