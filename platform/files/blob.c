/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of blob.h. Order of writes: bytes, their name, the folder's entry, each forced to
 * disk; a crash leaves either the whole file or a temporary one that nothing refers to. */
#include "platform/files/blob.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/files/temp.h"
#include "platform/web/digest.h"
#include "platform/web/exchange.h"

enum { DIGEST_CHARS = 64, PIECE = 64 * 1024 };

static err disk(void)
{
    return err_make(ERR_BUSY, "files.disk");
}

static const char *folder_of(const struct app *app, struct arena *mem, str sha256, int depth)
{
    assert(sha256.len == DIGEST_CHARS && memchr(sha256.ptr, '/', sha256.len) == NULL);
    str data = app->config.data;
    const char *p = sha256.ptr;
    return depth == 0 ? arena_printf(mem, "%.*s/files", (int)data.len, data.ptr).ptr
           : depth == 1
               ? arena_printf(mem, "%.*s/files/%.2s", (int)data.len, data.ptr, p).ptr
               : arena_printf(mem, "%.*s/files/%.2s/%.2s", (int)data.len, data.ptr, p, p + 2).ptr;
}

static const char *path_of(const struct app *app, struct arena *mem, str sha256)
{
    return arena_printf(mem, "%s/%.*s", folder_of(app, mem, sha256, 2), (int)sha256.len, sha256.ptr)
        .ptr;
}

static bool folder_sync(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return ok;
}

/* Makes the three folders that are missing; a new one's entry is forced to disk too. */
static bool folders_make(const struct app *app, struct arena *mem, str sha256)
{
    for (int depth = 0; depth < 3; depth++) {
        const char *folder = folder_of(app, mem, sha256, depth);
        if (mkdir(folder, 0700) == 0) {
            const char *parent =
                depth ? folder_of(app, mem, sha256, depth - 1) : arena_cstr(mem, app->config.data);
            if (!folder_sync(parent))
                return false;
        } else if (errno != EEXIST) {
            return false;
        }
    }
    return true;
}

/* The entries of the file and of its folders, whoever made them. */
static bool folders_sync(const struct app *app, struct arena *mem, str sha256)
{
    for (int depth = 2; depth >= 0; depth--)
        if (!folder_sync(folder_of(app, mem, sha256, depth)))
            return false;
    return true;
}

static bool copy_to(int from, const char *to)
{
    int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    char piece[PIECE];
    ssize_t n = fd < 0 ? -1 : 0;
    bool ok = fd >= 0;
    while (ok && (n = read(from, piece, sizeof piece)) > 0)
        ok = temp_write(fd, (str){ piece, (size_t)n }).code == ERR_NONE;
    ok = ok && n == 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return ok;
}

/* A second name for the same bytes, or a copy with a name of its own that then becomes the right
 * one. */
static bool place(struct arena *mem, int from, str path, const char *to)
{
    if (fsync(from) != 0)
        return false;
    if (link(arena_cstr(mem, path), to) == 0 || errno == EEXIST)
        return true;
    const char *part = arena_printf(mem, "%s.%d.%lx", to, (int)getpid(), (unsigned long)from).ptr;
    bool ok = copy_to(from, part) && rename(part, to) == 0;
    if (!ok)
        unlink(part);
    return ok;
}

err blob_put(const struct app *app, struct arena *mem, str path, str sha256)
{
    const char *to = path_of(app, mem, sha256);
    /* There, and young again for the sweeper; but whoever put it there may not have flushed yet. */
    if (utimensat(AT_FDCWD, to, NULL, 0) == 0)
        return folders_sync(app, mem, sha256) ? OK : disk();
    int from = open(arena_cstr(mem, path), O_RDONLY | O_CLOEXEC);
    bool ok = from >= 0 && folders_make(app, mem, sha256) && place(mem, from, path, to) &&
              folders_sync(app, mem, sha256);
    if (from >= 0)
        close(from);
    return ok ? OK : disk();
}

err blob_open(const struct app *app, struct arena *mem, str sha256, int *fd)
{
    *fd = open(path_of(app, mem, sha256), O_RDONLY | O_CLOEXEC);
    return *fd >= 0 ? OK : err_make_with(ERR_INTERNAL, "files.lost", sha256, str_of(""));
}

bool blob_delete_old(const struct app *app, struct arena *mem, str sha256, i64 before_ms)
{
    const char *path = path_of(app, mem, sha256);
    struct stat info;
    return stat(path, &info) == 0 && (i64)info.st_mtim.tv_sec * 1000 < before_ms &&
           unlink(path) == 0;
}

static void list_folder(struct arena *mem, const char *folder, i64 before_ms, strs *out)
{
    DIR *dir = opendir(folder);
    struct stat stat;
    for (struct dirent *e; dir && (e = readdir(dir));) {
        bool digest = strlen(e->d_name) == DIGEST_CHARS;
        if (digest && fstatat(dirfd(dir), e->d_name, &stat, AT_SYMLINK_NOFOLLOW) == 0 &&
            (i64)stat.st_mtim.tv_sec * 1000 < before_ms)
            strs_add(mem, out, arena_str(mem, str_of(e->d_name)));
    }
    if (dir)
        closedir(dir);
}

void blob_list_old(const struct app *app, struct arena *mem, i64 bucket, i64 before_ms, strs *out)
{
    str data = app->config.data;
    assert(bucket >= 0 && bucket < 256);
    for (int inner = 0; inner < 256; inner++) {
        const char *folder = arena_printf(mem, "%.*s/files/%02x/%02x", (int)data.len, data.ptr,
                                          (unsigned)bucket, (unsigned)inner)
                                 .ptr;
        list_folder(mem, folder, before_ms, out);
    }
}

void blob_sweep_incoming(const struct app *app, struct arena *mem, i64 before_ms, i64 *deleted)
{
    DIR *dir = opendir(web_upload_dir(mem, &app->config).ptr);
    struct stat stat;
    *deleted = 0;
    for (struct dirent *e; dir && (e = readdir(dir));)
        if (fstatat(dirfd(dir), e->d_name, &stat, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(stat.st_mode) && (i64)stat.st_mtim.tv_sec * 1000 < before_ms)
            *deleted += unlinkat(dirfd(dir), e->d_name, 0) == 0;
    if (dir)
        closedir(dir);
}

bool blob_is_whole(const struct app *app, struct arena *mem, str sha256)
{
    unsigned char piece[PIECE], out[DIGEST_SIZE];
    struct digest digest;
    ssize_t n;
    int fd;
    if (blob_open(app, mem, sha256, &fd).code != ERR_NONE)
        return false;
    digest_start(&digest);
    while ((n = read(fd, piece, sizeof piece)) > 0)
        digest_add(&digest, (bytes){ piece, (size_t)n });
    digest_end(&digest, out);
    close(fd);
    return n == 0 && str_eq(str_hex(mem, (bytes){ out, sizeof out }), sha256);
}
