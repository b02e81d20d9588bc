/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The house's side of a photo (photo_read.h): has it cleaned by a child, and believes nothing of
 * the result: it is copied to where the child cannot reach it, and must there be a JPEG as we write
 * them, segment by segment. Decodes nothing. What is kept of it: photo.c. */
#include <assert.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/base/log.h"
#include "platform/files/photo_read.h"
#include "platform/files/sheet_process.h"
#include "platform/files/temp.h"

enum { FACTS = 6, FACT_BYTES = 20, PIECE = 64 * 1024 };

static err odd(void)
{
    return err_make(ERR_INVALID, "files.photo_odd");
}

/* ---- what the child says ---- */

static bool part_take(const str *facts, i64 side, struct photo_part *out)
{
    return str_to_i64(facts[0], &out->size.width) && str_to_i64(facts[1], &out->size.height) &&
           str_to_i64(facts[2], &out->size_bytes) && out->size.width >= 1 &&
           out->size.width <= side && out->size.height >= 1 && out->size.height <= side &&
           out->size_bytes >= 1 && out->size_bytes <= PHOTO_BYTES_MAX;
}

static err facts_take(void *context, const struct sheet_row *row)
{
    struct photo_clean *c = context;
    const str *facts = row->cells.items;
    if (row->cells.count != FACTS || !part_take(facts, PHOTO_SIDE, &c->picture) ||
        !part_take(facts + 3, PHOTO_PREVIEW_SIDE, &c->preview))
        return odd();
    c->preview.at = c->picture.size_bytes;
    return OK;
}

static void spool_close(void *clean)
{
    temp_close(((struct photo_clean *)clean)->fd);
}

static err child_ask(struct arena *mem, const struct sheet_input *in, struct photo_clean *out)
{
    const struct sheet_reader reader = {
        .row = facts_take,
        .context = out,
        .limits = { .rows = 1, .columns = FACTS, .cell_bytes = FACT_BYTES },
    };
    if (!sheet_process_is_on())
        return err_make(ERR_BUSY, "files.reader_gone");
    err e = sheet_process_read(mem, in, &reader);
    if (!e.code && !out->preview.size_bytes)
        e = odd();
    return err_is(e, "files.reader_died") || err_is(e, "files.broken") ? odd() : e;
}

err photo_clean(struct arena *mem, str path, struct photo_clean *out)
{
    struct sheet_input in = { .name = path, .task = TASK_PHOTO };
    *out = (struct photo_clean){ .fd = -1 };
    in.fd = open(arena_cstr(mem, path), O_RDONLY | O_CLOEXEC);
    if (in.fd < 0)
        return err_make(ERR_NOT_FOUND, "files.missing");
    err e = temp_open(&out->fd);
    if (!e.code) {
        arena_on_free(mem, spool_close, out);
        in.spool_fd = out->fd;
        e = child_ask(mem, &in, out);
    }
    close(in.fd);
    return e;
}

/* ---- a JPEG as we write them ---- */

/* The segments of photo_jpeg_encode in their order; `most` of each at most. */
static const struct {
    unsigned char marker, most;
    unsigned short bytes; /* at most, with the two of the length */
} SEGMENTS[] = {
    { 0xE0, 1, 16 }, { 0xDB, 4, 132 }, { 0xC0, 1, 17 }, { 0xC4, 4, 420 }, { 0xDA, 1, 12 }
};
enum { SEGMENT_COUNT = sizeof SEGMENTS / sizeof *SEGMENTS, JFIF, FRAME = 2, SCAN = 4 };

static size_t pair(bytes jpeg, size_t at)
{
    return (size_t)jpeg.ptr[at] << 8 | jpeg.ptr[at + 1];
}

/* The first one has nothing but the version; the frame has the size. at: of its length. */
static bool is_right_segment(bytes jpeg, size_t at, int kind, struct photo_size size)
{
    static const char PLAIN[] = "\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0";
    if (kind == 0)
        return memcmp(jpeg.ptr + at, PLAIN, sizeof PLAIN) == 0;
    if (kind != FRAME)
        return true;
    return pair(jpeg, at) == SEGMENTS[FRAME].bytes && jpeg.ptr[at + 2] == 8 &&
           (i64)pair(jpeg, at + 3) == size.height && (i64)pair(jpeg, at + 5) == size.width;
}

/* One segment at *at, which moves behind it. */
static bool segment_pass(bytes jpeg, size_t *at, int *kind, struct photo_size size)
{
    if (jpeg.len - *at < 4 || jpeg.ptr[*at] != 0xFF)
        return false;
    while (*kind < SEGMENT_COUNT && SEGMENTS[*kind].marker != jpeg.ptr[*at + 1])
        ++*kind;
    if (*kind == SEGMENT_COUNT)
        return false;
    size_t length = pair(jpeg, *at + 2);
    if (length < 2 || length > SEGMENTS[*kind].bytes || length > jpeg.len - *at - 2 ||
        !is_right_segment(jpeg, *at + 2, *kind, size))
        return false;
    *at += 2 + length;
    return true;
}

/* Coded data: 0xFF is followed by zero, but for the mark of the end, which ends the file. */
static bool is_scan_to_end(bytes jpeg, size_t at)
{
    for (; at + 2 < jpeg.len; at++)
        if (jpeg.ptr[at] == 0xFF && jpeg.ptr[++at] != 0)
            return false;
    return at + 2 == jpeg.len && pair(jpeg, at) == 0xFFD9;
}

bool photo_is_plain(bytes jpeg, struct photo_size size)
{
    int counts[SEGMENT_COUNT] = { 0 }, kind = 0;
    size_t at = 2;
    if (jpeg.len < 4 || pair(jpeg, 0) != 0xFFD8)
        return false;
    while (kind != SCAN) {
        int before = kind;
        if (!segment_pass(jpeg, &at, &kind, size) || kind > before + 1 ||
            ++counts[kind] > SEGMENTS[kind].most)
            return false;
    }
    return counts[0] && is_scan_to_end(jpeg, at);
}

/* ---- out of the child's reach ---- */

static err copy(int from, const struct photo_part *part, int to)
{
    char piece[PIECE];
    for (i64 at = 0; at < part->size_bytes;) {
        i64 left = part->size_bytes - at;
        ssize_t n = pread(from, piece, (size_t)(left < PIECE ? left : PIECE), part->at + at);
        if (n <= 0)
            return odd();
        TRY(temp_write(to, (str){ piece, (size_t)n }));
        at += n;
    }
    return OK;
}

err photo_part_write(int from, const struct photo_part *part, int to)
{
    size_t size = (size_t)part->size_bytes;
    assert(part->size_bytes >= 1 && part->size_bytes <= PHOTO_BYTES_MAX);
    TRY(copy(from, part, to));
    void *whole = mmap(NULL, size, PROT_READ, MAP_PRIVATE, to, 0);
    if (whole == MAP_FAILED)
        return err_make(ERR_BUSY, "docs.disk");
    bool plain = photo_is_plain((bytes){ whole, size }, part->size);
    munmap(whole, size);
    if (!plain)
        log_note(LOG_ERROR, "files.photo_odd", "said", str_of("not plain"));
    return plain ? OK : odd();
}
