/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of pack.h; the only file that knows libarchive. Reading never unpacks by name: the
 * caller gets bytes and decides where they go. */
#include "platform/files/pack.h"

#include <archive.h>
#include <archive_entry.h>
#include <assert.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/web/digest.h"

enum { PIECE = 64 * 1024 };

struct pack {
    struct arena *mem;
    const char *path, *part;
    struct archive *archive;
    int fd;
};

struct bundle {
    struct archive *archive;
    i64 made_ms;
};

struct unpack {
    struct archive *archive;
};

static err disk(void)
{
    return err_make(ERR_BUSY, "files.disk");
}

static err broken(void)
{
    return err_make(ERR_INVALID, "files.pack_broken");
}

static void pack_free(void *context)
{
    pack_drop(context);
}

err pack_create(struct arena *mem, str path, struct pack **out)
{
    struct pack *p = arena_zero(mem, sizeof *p);
    p->mem = mem;
    p->path = arena_cstr(mem, path);
    p->part = arena_printf(mem, "%s.part", p->path).ptr;
    unlink(p->part);
    p->fd = open(p->part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (p->fd < 0)
        return disk();
    arena_on_free(mem, pack_free, p);
    p->archive = archive_write_new();
    assert(p->archive);
    bool ok = archive_write_add_filter_zstd(p->archive) == ARCHIVE_OK &&
              archive_write_set_format_pax_restricted(p->archive) == ARCHIVE_OK &&
              archive_write_set_bytes_in_last_block(p->archive, 1) == ARCHIVE_OK &&
              archive_write_open_fd(p->archive, p->fd) == ARCHIVE_OK;
    *out = p;
    return ok ? OK : disk();
}

static bool write_header(struct pack *p, const char *name, const struct stat *info)
{
    struct archive_entry *entry = archive_entry_new2(p->archive);
    assert(entry);
    archive_entry_set_pathname(entry, name);
    archive_entry_set_size(entry, info->st_size);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0600);
    archive_entry_set_mtime(entry, info->st_mtim.tv_sec, 0);
    bool ok = archive_write_header(p->archive, entry) == ARCHIVE_OK;
    archive_entry_free(entry);
    return ok;
}

err pack_add(struct pack *p, struct arena *mem, str name, int fd, str *sha256)
{
    unsigned char piece[PIECE], out[DIGEST_SIZE];
    struct digest digest;
    struct stat info;
    i64 left;
    ssize_t n = 0;
    if (fstat(fd, &info) != 0 || lseek(fd, 0, SEEK_SET) != 0 ||
        !write_header(p, arena_cstr(mem, name), &info))
        return disk();
    digest_start(&digest);
    for (left = info.st_size; left > 0 && (n = read(fd, piece, sizeof piece)) > 0; left -= n) {
        digest_add(&digest, (bytes){ piece, (size_t)n });
        if (archive_write_data(p->archive, piece, (size_t)n) != n)
            return n > left ? err_make(ERR_INTERNAL, "files.pack_changed") : disk();
    }
    if (left != 0)
        return err_make(ERR_INTERNAL, "files.pack_changed");
    digest_end(&digest, out);
    *sha256 = str_hex(mem, (bytes){ out, sizeof out });
    return OK;
}

/* The folder's entry is forced to disk too. */
static bool name_it(const struct pack *p)
{
    if (rename(p->part, p->path) != 0)
        return false;
    const char *slash = strrchr(p->path, '/');
    str folder = slash ? (str){ p->path, (size_t)(slash - p->path) + 1 } : str_of(".");
    int fd = open(arena_cstr(p->mem, folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return ok;
}

err pack_finish(struct pack *p)
{
    if (archive_write_close(p->archive) != ARCHIVE_OK || fsync(p->fd) != 0 || !name_it(p))
        return disk();
    archive_write_free(p->archive);
    close(p->fd);
    p->archive = NULL;
    p->fd = -1;
    return OK;
}

void pack_drop(struct pack *p)
{
    if (p->fd < 0)
        return;
    archive_write_fail(p->archive); /* nothing more is written when it is freed */
    archive_write_free(p->archive);
    close(p->fd);
    p->archive = NULL;
    p->fd = -1;
    unlink(p->part);
}

/* ---- .zip ---- */

static void bundle_free(void *context)
{
    struct bundle *b = context;
    if (!b->archive)
        return;
    archive_write_fail(b->archive); /* nothing more is written when it is freed */
    archive_write_free(b->archive);
}

err bundle_begin(struct arena *mem, int fd, i64 made_ms, struct bundle **out)
{
    struct bundle *b = arena_zero(mem, sizeof *b);
    *b = (struct bundle){ archive_write_new(), made_ms };
    assert(b->archive);
    arena_on_free(mem, bundle_free, b);
    *out = b;
    bool ok = archive_write_set_format_zip(b->archive) == ARCHIVE_OK &&
              archive_write_zip_set_compression_store(b->archive) == ARCHIVE_OK &&
              archive_write_set_options(b->archive, "zip:hdrcharset=UTF-8") == ARCHIVE_OK &&
              archive_write_set_bytes_in_last_block(b->archive, 1) == ARCHIVE_OK &&
              archive_write_open_fd(b->archive, fd) == ARCHIVE_OK;
    return ok ? OK : disk();
}

err bundle_add(struct bundle *b, struct arena *mem, str name, bytes body)
{
    struct archive_entry *entry = archive_entry_new2(b->archive);
    assert(entry);
    char *path = arena_zero(mem, name.len + 1); /* a name, no path: who unpacks may be careless */
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        path[i] = c == '/' || c == '\\' || (c == '.' && i == 0) ? '_' : c;
    }
    archive_entry_set_pathname_utf8(entry, path);
    archive_entry_set_size(entry, (la_int64_t)body.len);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_mtime(entry, b->made_ms / 1000, 0);
    bool ok = archive_write_header(b->archive, entry) == ARCHIVE_OK &&
              archive_write_data(b->archive, body.ptr, body.len) == (la_ssize_t)body.len;
    archive_entry_free(entry);
    return ok ? OK : disk();
}

err bundle_end(struct bundle *b)
{
    bool ok = archive_write_close(b->archive) == ARCHIVE_OK;
    archive_write_free(b->archive);
    b->archive = NULL;
    return ok ? OK : disk();
}

/* ---- reading ---- */

static void unpack_free(void *context)
{
    struct unpack *u = context;
    archive_read_free(u->archive);
}

err unpack_open(struct arena *mem, str path, struct unpack **out)
{
    struct unpack *u = arena_zero(mem, sizeof *u);
    const char *name = arena_cstr(mem, path);
    if (access(name, R_OK) != 0)
        return err_make_with(ERR_NOT_FOUND, "files.pack_missing", path, str_of(""));
    u->archive = archive_read_new();
    assert(u->archive);
    arena_on_free(mem, unpack_free, u);
    *out = u;
    archive_read_support_filter_zstd(u->archive);
    archive_read_support_format_tar(u->archive);
    return archive_read_open_filename(u->archive, name, PIECE) == ARCHIVE_OK ? OK : broken();
}

err unpack_next(struct unpack *u, struct unpack_entry *out)
{
    struct archive_entry *entry;
    *out = (struct unpack_entry){ .name = str_of("") };
    int status = archive_read_next_header(u->archive, &entry);
    if (status == ARCHIVE_EOF)
        return OK;
    if (status != ARCHIVE_OK)
        return broken();
    const char *name = archive_entry_pathname(entry);
    if (!name || !name[0])
        return broken();
    *out = (struct unpack_entry){ str_of(name), archive_entry_size(entry),
                                  archive_entry_filetype(entry) == AE_IFREG &&
                                      !archive_entry_hardlink(entry) &&
                                      !archive_entry_symlink(entry) };
    return OK;
}

err unpack_read(struct unpack *u, char *space, size_t size, size_t *got)
{
    la_ssize_t n = archive_read_data(u->archive, space, size);
    *got = n > 0 ? (size_t)n : 0;
    return n >= 0 ? OK : broken();
}
