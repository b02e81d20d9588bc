/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The child's side of office.h: the ZIP in memory, by libzip, which leaves packed what it is not
 * asked to change. */
#include <assert.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "platform/files/office.h"
#include "platform/files/temp.h"

enum { PIECE = 64 * 1024, ENTRIES_MAX = 10000 };

/* Parts that say who, and the same without saying anything (ECMA-376 part 2, 8; part
 * 1, 22.2, 22.3).
 */
static const struct {
    const char *name, *empty;
} PARTS[] = {
    { "docProps/core.xml",
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties "
      "xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\"/>" },
    { "docProps/app.xml",
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Properties "
      "xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"/>" },
    { "docProps/custom.xml",
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Properties "
      "xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\"/>" },
};

static err broken(void)
{
    return err_make(ERR_INVALID, "files.broken");
}

/* An archive that lies in memory: what is written to it stays there. */
struct packed {
    zip_source_t *bytes; /* ours until the end */
    zip_t *zip;          /* NULL = closed */
};

static void packed_free(void *context)
{
    struct packed *p = context;
    if (p->zip)
        zip_discard(p->zip);
    zip_source_free(p->bytes);
}

static err packed_open(struct arena *mem, int fd, struct packed **out)
{
    struct stat stat;
    if (fstat(fd, &stat) != 0 || stat.st_size <= 0)
        return broken();
    if (stat.st_size > OFFICE_BYTES_MAX)
        return err_make(ERR_INVALID, "files.too_big");
    char *data = arena_array(mem, (size_t)stat.st_size, 1);
    for (i64 at = 0; at < stat.st_size;) {
        ssize_t n = pread(fd, data + at, (size_t)(stat.st_size - at), at);
        if (n <= 0)
            return broken();
        at += n;
    }
    struct packed *p = arena_zero(mem, sizeof *p);
    p->bytes = zip_source_buffer_create(data, (zip_uint64_t)stat.st_size, 0, NULL);
    if (!p->bytes)
        return broken();
    zip_source_keep(p->bytes); /* the archive takes one of the two */
    p->zip = zip_open_from_source(p->bytes, 0, NULL);
    if (!p->zip)
        zip_source_free(p->bytes);
    arena_on_free(mem, packed_free, p);
    *out = p;
    return p->zip ? OK : broken();
}

static const char *empty_of(const char *name)
{
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++)
        if (strcasecmp(name, PARTS[i].name) == 0)
            return PARTS[i].empty;
    return NULL;
}

/* Whether an entry is something else already than the empty part. */
static bool is_full(zip_t *zip, zip_uint64_t at, const char *empty)
{
    zip_stat_t stat;
    return zip_stat_index(zip, at, 0, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE) ||
           stat.size != strlen(empty);
}

/* Every entry of such a name, also a second one that only some programs would read. */
static err authors_remove(zip_t *zip, bool *changed)
{
    zip_int64_t count = zip_get_num_entries(zip, 0);
    if (count > ENTRIES_MAX)
        return broken();
    for (zip_uint64_t i = 0; i < (zip_uint64_t)count; i++) {
        const char *name = zip_get_name(zip, i, ZIP_FL_ENC_RAW);
        const char *empty = name ? empty_of(name) : NULL;
        if (!empty || !is_full(zip, i, empty))
            continue;
        zip_source_t *part = zip_source_buffer(zip, empty, strlen(empty), 0);
        if (!part || zip_file_replace(zip, i, part, 0) != 0) {
            zip_source_free(part);
            return broken();
        }
        *changed = true;
    }
    return OK;
}

static err packed_write(struct packed *p, int fd, i64 *size)
{
    static char piece[PIECE];
    if (zip_close(p->zip) != 0)
        return broken();
    p->zip = NULL;
    if (zip_source_open(p->bytes) != 0)
        return broken();
    zip_int64_t n;
    err e = OK;
    while (!e.code && (n = zip_source_read(p->bytes, piece, sizeof piece)) > 0) {
        e = temp_write(fd, (str){ piece, (size_t)n });
        *size += n;
    }
    zip_source_close(p->bytes);
    return e.code || n == 0 ? e : broken();
}

err office_parse(struct arena *mem, const struct sheet_input *in, const struct sheet_reader *reader)
{
    struct packed *p;
    bool changed = false;
    i64 size = 0;
    assert(in->task == TASK_OFFICE && reader->row);
    TRY(packed_open(mem, in->fd, &p));
    TRY(authors_remove(p->zip, &changed));
    if (changed)
        TRY(packed_write(p, in->spool_fd, &size));
    str cell = arena_printf(mem, "%lld", (long long)size);
    return reader->row(reader->context, &(struct sheet_row){ 1, { &cell, 1 } });
}
