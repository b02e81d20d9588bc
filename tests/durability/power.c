/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See power.h. Files of a watched database are its main file and its -wal; the -shm is memory and
 * gone after a cut, and other files pass through. What is watched is opened, read, locked and
 * mapped by the system's VFS as ever: here is only noted what was written and what was forced. */
#include "tests/durability/power.h"

#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DISKS = 2, FILES = 2, SECTOR = 512, CUTS_MAX = 64, FORCINGS_PER_CUT = 4 };

enum kind { WRITE, SIZE, REMOVE };

/* Something done to a file that was not forced yet. SIZE: cut to or grown to at. */
struct change {
    enum kind kind;
    i64 at;
    size_t len;
    unsigned char *bytes;
};

/* Bytes of a file; absent: there is no such file. */
struct content {
    unsigned char *bytes;
    size_t len, room;
    bool there;
};

struct watched {
    char path[POWER_PATH];
    struct content forced;
    struct change *changes;
    size_t count, room;
};

struct disk {
    char path[POWER_PATH];
    struct watched file[FILES]; /* the -wal last */
};

struct handle {
    sqlite3_file base;
    const char *path; /* valid as long as it is open; NULL = a temporary one */
    sqlite3_file *real;
};

static struct disk disks[DISKS];
static sqlite3_vfs vfs, *below;
static sqlite3_io_methods methods;
static struct rng rng;
static i64 one_in, mark, cut_number;
static bool lying;
static struct power_cut cuts[CUTS_MAX];
static size_t cut_first, cut_count;

static void *grown(void *old, size_t size)
{
    void *new = realloc(old, size);
    if (!new)
        abort();
    return new;
}

/* ---- contents ---- */

static void content_size(struct content *c, size_t len)
{
    if (len > c->room) {
        c->room = len * 2;
        c->bytes = grown(c->bytes, c->room);
    }
    if (len > c->len)
        memset(c->bytes + c->len, 0, len - c->len);
    c->len = len;
    c->there = true;
}

static void content_put(struct content *c, i64 at, const unsigned char *from, size_t len)
{
    if ((size_t)at + len > c->len)
        content_size(c, (size_t)at + len);
    memcpy(c->bytes + at, from, len);
}

static void content_read(struct content *c, const char *path)
{
    FILE *from = fopen(path, "rb");
    unsigned char piece[65536];
    size_t n;
    *c = (struct content){ .there = from != NULL };
    while (from && (n = fread(piece, 1, sizeof piece, from)) > 0)
        content_put(c, (i64)c->len, piece, n);
    if (from)
        fclose(from);
}

static void content_write(const struct content *c, const char *path)
{
    FILE *to = c->there ? fopen(path, "wb") : NULL;
    if (c->there && (!to || fwrite(c->bytes, 1, c->len, to) != c->len || fclose(to) != 0))
        abort();
}

/* Of a write that was under way, each sector came or did not, and one of them by half. */
static void put_torn(struct content *c, const struct change *change)
{
    for (size_t from = 0; from < change->len;) {
        size_t sector = SECTOR - ((size_t)change->at + from) % SECTOR;
        size_t len = sector < change->len - from ? sector : change->len - from;
        i64 fate = rng_below(&rng, 8);
        if (fate < 4)
            content_put(c, change->at + (i64)from, change->bytes + from, len);
        else if (fate == 4)
            content_put(c, change->at + (i64)from, change->bytes + from, len / 2);
        else if (fate == 5) {
            unsigned char rubbish[SECTOR];
            randombytes_buf(rubbish, sizeof rubbish);
            content_put(c, change->at + (i64)from, rubbish, len);
        }
        from += len;
    }
}

static void content_change(struct content *c, const struct change *change, bool torn)
{
    if (change->kind == REMOVE)
        *c = (struct content){ .bytes = c->bytes, .room = c->room };
    else if (change->kind == SIZE)
        content_size(c, (size_t)change->at);
    else if (torn)
        put_torn(c, change);
    else
        content_put(c, change->at, change->bytes, change->len);
}

/* ---- cuts ---- */

/* A file that was removed and made anew is another one: what was written before does not come back
 * into it, so that a removal is kept with all that follows, or not at all. */
static void content_after_cut(const struct watched *w, enum power_loss loss, struct content *out)
{
    size_t first = (size_t)rng_below(&rng, (i64)w->count + 1), begin = 0;
    *out = (struct content){ .there = w->forced.there };
    content_put(out, 0, w->forced.bytes ? w->forced.bytes : (const unsigned char *)"",
                w->forced.len);
    out->there = w->forced.there;
    for (size_t i = 0; i < w->count; i++)
        if (w->changes[i].kind == REMOVE &&
            (loss == POWER_ALL || (loss != POWER_NOTHING && rng_below(&rng, 2)))) {
            content_change(out, &w->changes[i], false);
            begin = i + 1;
        }
    for (size_t i = begin; i < w->count; i++) {
        bool kept = loss == POWER_ALL || (loss == POWER_BEGINNING && i < first) ||
                    (loss >= POWER_ANY && rng_below(&rng, 2));
        if (w->changes[i].kind == REMOVE)
            break;
        if (kept || loss == POWER_TORN)
            content_change(out, &w->changes[i], loss == POWER_TORN);
    }
}

static void cut(struct disk *disk)
{
    if (cut_count == CUTS_MAX)
        return; /* nobody looks at them that fast */
    struct power_cut *c = &cuts[(cut_first + cut_count++) % CUTS_MAX];
    *c = (struct power_cut){ .loss = (enum power_loss)rng_below(&rng, POWER_LOSSES), .mark = mark };
    snprintf(c->path, sizeof c->path, "%.150s-cut-%lld", disk->path, (long long)cut_number++);
    for (size_t i = 0; i < FILES; i++) {
        struct content left;
        char path[POWER_PATH + 8];
        snprintf(path, sizeof path, "%s%s", c->path, i ? "-wal" : "");
        content_after_cut(&disk->file[i], c->loss, &left);
        content_write(&left, path);
        free(left.bytes);
        c->unforced += (i64)disk->file[i].count;
    }
}

static void maybe_cut(struct disk *disk, i64 chance)
{
    if (one_in && rng_below(&rng, chance) == 0)
        cut(disk);
}

static struct watched *watched_at(const char *path, struct disk **disk)
{
    for (size_t i = 0; path && i < DISKS; i++)
        for (size_t k = 0; k < FILES; k++)
            if (disks[i].path[0] && strcmp(disks[i].file[k].path, path) == 0) {
                *disk = &disks[i];
                return &disks[i].file[k];
            }
    return NULL;
}

static void changes_forget(struct watched *w)
{
    for (size_t i = 0; i < w->count; i++)
        free(w->changes[i].bytes);
    w->count = 0;
}

/* Something was done to the file of this name. */
static void note(const char *path, struct change change)
{
    struct disk *disk;
    struct watched *w = watched_at(path, &disk);
    if (!w)
        return;
    if (w->count == w->room) {
        w->room = w->room * 2 + 64;
        w->changes = grown(w->changes, w->room * sizeof *w->changes);
    }
    if (change.kind == WRITE)
        change.bytes = memcpy(grown(NULL, change.len), change.bytes, change.len);
    w->changes[w->count++] = change;
    maybe_cut(disk, one_in ? one_in : 1);
}

/* ---- one file ---- */

static struct handle *handle_of(sqlite3_file *file)
{
    return (struct handle *)(void *)file;
}

static sqlite3_file *real_of(sqlite3_file *file)
{
    return handle_of(file)->real;
}

static int on_write(sqlite3_file *file, const void *from, int len, sqlite3_int64 at)
{
    struct handle *h = handle_of(file);
    int rc = h->real->pMethods->xWrite(h->real, from, len, at);
    if (rc == SQLITE_OK)
        note(h->path, (struct change){ WRITE, at, (size_t)len, (unsigned char *)(uintptr_t)from });
    return rc;
}

static int on_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct handle *h = handle_of(file);
    int rc = h->real->pMethods->xTruncate(h->real, size);
    if (rc == SQLITE_OK)
        note(h->path, (struct change){ SIZE, size, 0, NULL });
    return rc;
}

static int on_sync(sqlite3_file *file, int flags)
{
    struct handle *h = handle_of(file);
    struct disk *disk = NULL;
    struct watched *w = watched_at(h->path, &disk);
    if (w)
        maybe_cut(disk, FORCINGS_PER_CUT);
    int rc = h->real->pMethods->xSync(h->real, flags);
    if (rc != SQLITE_OK || !w || lying)
        return rc;
    for (size_t i = 0; i < w->count; i++)
        content_change(&w->forced, &w->changes[i], false);
    changes_forget(w);
    maybe_cut(disk, FORCINGS_PER_CUT);
    return rc;
}

static int on_close(sqlite3_file *file)
{
    sqlite3_file *real = real_of(file);
    int rc = real->pMethods ? real->pMethods->xClose(real) : SQLITE_OK;
    free(real);
    return rc;
}

static int on_read(sqlite3_file *file, void *to, int len, sqlite3_int64 at)
{
    return real_of(file)->pMethods->xRead(real_of(file), to, len, at);
}

static int on_size(sqlite3_file *file, sqlite3_int64 *out)
{
    return real_of(file)->pMethods->xFileSize(real_of(file), out);
}

static int on_lock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int on_unlock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int on_check_lock(sqlite3_file *file, int *out)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}

static int on_control(sqlite3_file *file, int what, void *value)
{
    sqlite3_file *real = real_of(file);
    sqlite3_int64 before = 0, after = 0;
    bool may_grow = what == SQLITE_FCNTL_SIZE_HINT;
    if (may_grow)
        real->pMethods->xFileSize(real, &before);
    int rc = real->pMethods->xFileControl(real, what, value);
    if (may_grow && real->pMethods->xFileSize(real, &after) == SQLITE_OK && after != before)
        note(handle_of(file)->path, (struct change){ SIZE, after, 0, NULL });
    return rc;
}

static int on_sector_size(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int on_device(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int on_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
    return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, out);
}

static int on_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
    return real_of(file)->pMethods->xShmLock(real_of(file), offset, n, flags);
}

static void on_shm_barrier(sqlite3_file *file)
{
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int on_shm_unmap(sqlite3_file *file, int remove)
{
    return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

static int on_fetch(sqlite3_file *file, sqlite3_int64 at, int len, void **out)
{
    return real_of(file)->pMethods->xFetch(real_of(file), at, len, out);
}

static int on_unfetch(sqlite3_file *file, sqlite3_int64 at, void *page)
{
    return real_of(file)->pMethods->xUnfetch(real_of(file), at, page);
}

/* ---- the file system ---- */

static int on_open(sqlite3_vfs *self, const char *path, sqlite3_file *file, int flags, int *out)
{
    struct handle *h = handle_of(file);
    (void)self;
    h->base.pMethods = NULL;
    h->real = memset(grown(NULL, (size_t)below->szOsFile), 0, (size_t)below->szOsFile);
    h->path = path;
    int rc = below->xOpen(below, path, h->real, flags, out);
    if (rc == SQLITE_OK)
        h->base.pMethods = &methods;
    else
        free(h->real);
    return rc;
}

static int on_delete(sqlite3_vfs *self, const char *path, int sync_folder)
{
    (void)self;
    int rc = below->xDelete(below, path, sync_folder);
    if (rc == SQLITE_OK)
        note(path, (struct change){ REMOVE, 0, 0, NULL });
    return rc;
}

static void methods_make(void)
{
    methods = (sqlite3_io_methods){ .iVersion = 3,
                                    .xClose = on_close,
                                    .xRead = on_read,
                                    .xWrite = on_write,
                                    .xTruncate = on_truncate,
                                    .xSync = on_sync,
                                    .xFileSize = on_size,
                                    .xLock = on_lock,
                                    .xUnlock = on_unlock,
                                    .xCheckReservedLock = on_check_lock,
                                    .xFileControl = on_control,
                                    .xSectorSize = on_sector_size,
                                    .xDeviceCharacteristics = on_device,
                                    .xShmMap = on_shm_map,
                                    .xShmLock = on_shm_lock,
                                    .xShmBarrier = on_shm_barrier,
                                    .xShmUnmap = on_shm_unmap,
                                    .xFetch = on_fetch,
                                    .xUnfetch = on_unfetch };
}

void power_start(i64 seed)
{
    rng = rng_seeded((uint64_t)seed);
    below = sqlite3_vfs_find("unix");
    if (!below)
        abort();
    methods_make();
    vfs = *below; /* what is not asked of files is the system's */
    vfs.zName = "power";
    vfs.szOsFile = (int)sizeof(struct handle);
    vfs.pNext = NULL;
    vfs.xOpen = on_open;
    vfs.xDelete = on_delete;
    if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK)
        abort();
}

void power_stop(void)
{
    struct power_cut left;
    while (power_take(&left))
        power_clean(&left);
    sqlite3_vfs_unregister(&vfs);
    sqlite3_vfs_register(below, 1);
}

void power_watch(const char *path)
{
    struct disk *disk = disks[0].path[0] ? &disks[1] : &disks[0];
    if (disk->path[0])
        abort();
    snprintf(disk->path, sizeof disk->path, "%s", path);
    for (size_t i = 0; i < FILES; i++) {
        struct watched *w = &disk->file[i];
        *w = (struct watched){ 0 };
        snprintf(w->path, sizeof w->path, "%.180s%s", path, i ? "-wal" : "");
        content_read(&w->forced, w->path);
    }
}

void power_leave(const char *path)
{
    for (size_t i = 0; i < DISKS; i++) {
        if (strcmp(disks[i].path, path) != 0)
            continue;
        for (size_t k = 0; k < FILES; k++) {
            changes_forget(&disks[i].file[k]);
            free(disks[i].file[k].changes);
            free(disks[i].file[k].forced.bytes);
        }
        disks[i] = (struct disk){ 0 };
    }
}

void power_rate(i64 rate)
{
    one_in = rate;
}

void power_lie(bool on)
{
    lying = on;
}

void power_mark(i64 number)
{
    mark = number;
}

void power_cut_now(const char *path)
{
    for (size_t i = 0; i < DISKS; i++)
        if (strcmp(disks[i].path, path) == 0)
            cut(&disks[i]);
}

bool power_take(struct power_cut *out)
{
    if (!cut_count)
        return false;
    *out = cuts[cut_first];
    cut_first = (cut_first + 1) % CUTS_MAX;
    cut_count--;
    return true;
}

void power_clean(const struct power_cut *left)
{
    static const char *const ENDS[] = { "", "-wal", "-shm" };
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) {
        char path[POWER_PATH + 8];
        snprintf(path, sizeof path, "%s%s", left->path, ENDS[i]);
        unlink(path);
    }
}

/* ---- what is in it ---- */

static void digest_row(crypto_generichash_state *digest, sqlite3_stmt *row)
{
    for (int i = 0; i < sqlite3_column_count(row); i++) {
        int type = sqlite3_column_type(row, i);
        const void *value = sqlite3_column_blob(row, i);
        i64 head[2] = { type, sqlite3_column_bytes(row, i) };
        sqlite3_int64 number = type == SQLITE_INTEGER ? sqlite3_column_int64(row, i) : 0;
        crypto_generichash_update(digest, (const void *)head, sizeof head);
        crypto_generichash_update(digest, (const void *)&number, sizeof number);
        if (value && type != SQLITE_INTEGER)
            crypto_generichash_update(digest, value, (size_t)head[1]);
    }
}

static bool digest_of(crypto_generichash_state *digest, sqlite3 *db, const char *text)
{
    sqlite3_stmt *rows = NULL;
    int rc = sqlite3_prepare_v2(db, text, -1, &rows, NULL);
    while (rc == SQLITE_OK || rc == SQLITE_ROW) {
        rc = sqlite3_step(rows);
        if (rc == SQLITE_ROW)
            digest_row(digest, rows);
    }
    sqlite3_finalize(rows);
    return rc == SQLITE_DONE;
}

/* The tables of a search index lie beside it as ordinary ones. */
static const char TABLES[] =
    "SELECT 'SELECT * FROM \"' || name || '\"' FROM sqlite_schema WHERE type = 'table' "
    "AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name";

bool power_state(const char *path, unsigned char out[POWER_STATE])
{
    crypto_generichash_state digest;
    sqlite3 *db = NULL;
    sqlite3_stmt *tables = NULL;
    bool good = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
                sqlite3_exec(db, "BEGIN", NULL, NULL, NULL) == SQLITE_OK &&
                sqlite3_prepare_v2(db, TABLES, -1, &tables, NULL) == SQLITE_OK;
    int rc = SQLITE_ROW;
    crypto_generichash_init(&digest, NULL, 0, POWER_STATE);
    good = good && digest_of(&digest, db, "SELECT type, name, sql FROM sqlite_schema ORDER BY 2");
    while (good && (rc = sqlite3_step(tables)) == SQLITE_ROW)
        good = digest_of(&digest, db, (const char *)sqlite3_column_text(tables, 0));
    crypto_generichash_final(&digest, out, POWER_STATE);
    sqlite3_finalize(tables);
    sqlite3_close(db);
    return good && rc == SQLITE_DONE;
}
