/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Frames between a child and the house (sheet_frames.h). One program writes and reads them, so
 * numbers go as they lie in memory; but the writer may be in a stranger's hand, so the reader
 * believes nothing. */
#include "platform/files/sheet_frames.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "platform/base/clock.h"

enum { ARG_BYTES = 1000, PIECE = 64 * 1024 };
enum frame_kind { FRAME_ROW = 'r', FRAME_END = 'e' };

/* The head of a frame. count: cells of the row, whose lengths follow; of an end, the place in
 * ENDS, and the lengths of its two arguments follow. */
struct frame {
    i64 kind, number, count;
};

/* All errors of sheet_parse and photo_parse: a child names one by its place. */
static const struct {
    enum err_code code;
    const char *name;
} ENDS[] = {
    { ERR_NONE, NULL },
    { ERR_INVALID, "files.broken" }, /* and whatever is not in this list */
    { ERR_INVALID, "files.bomb" },
    { ERR_INVALID, "files.not_a_table" },
    { ERR_INVALID, "files.encoding" },
    { ERR_INVALID, "files.broken_line" },
    { ERR_INVALID, "files.open_quote" },
    { ERR_INVALID, "files.too_big" },
    { ERR_INVALID, "files.too_many_rows" },
    { ERR_INVALID, "files.too_many_columns" },
    { ERR_INVALID, "files.cell_too_big" },
    { ERR_INVALID, "files.old_xls" },
    { ERR_INVALID, "files.encrypted" },
    { ERR_INVALID, "files.photo_type" },
    { ERR_INVALID, "files.photo_heic" },
    { ERR_INVALID, "files.photo_pixels" },
    { ERR_INVALID, "files.photo_broken" },
    { ERR_INVALID, "files.photo_animated" },
    { ERR_INVALID, "files.photo_mixed" },
    { ERR_NOT_FOUND, "files.missing" },
    { ERR_BUSY, "docs.disk" },
    { ERR_BUSY, "files.reader_gone" },
};
enum { END_COUNT = sizeof ENDS / sizeof *ENDS };

/* ---- the child's side ---- */

static void flush(struct frames_out *out)
{
    for (size_t at = 0; at < out->len && !out->broken;) {
        ssize_t n = write(out->fd, out->bytes + at, out->len - at);
        out->broken = n == 0 || (n < 0 && errno != EINTR);
        at += n > 0 ? (size_t)n : 0;
    }
    out->all += (i64)out->len;
    out->len = 0;
}

static void put(struct frames_out *out, const void *data, size_t size)
{
    const char *from = data;
    while (size) {
        size_t room = sizeof out->bytes - out->len, n = size < room ? size : room;
        memcpy(out->bytes + out->len, from, n);
        out->len += n;
        from += n;
        size -= n;
        if (out->len == sizeof out->bytes)
            flush(out);
    }
}

static void put_texts(struct frames_out *out, const str *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        put(out, &texts[i].len, sizeof texts[i].len);
    for (size_t i = 0; i < count; i++)
        put(out, texts[i].ptr, texts[i].len);
}

err frame_row(void *context, const struct sheet_row *row)
{
    struct frames_out *out = context;
    const struct frame head = { FRAME_ROW, row->number, (i64)row->cells.count };
    put(out, &head, sizeof head);
    put_texts(out, row->cells.items, row->cells.count);
    if (out->broken)
        return err_make(ERR_BUSY, "docs.disk");
    return out->most && out->all > out->most ? err_make(ERR_INVALID, "files.too_big") : OK;
}

/* As much as the house takes, whole characters. */
static str argument(str text)
{
    size_t len = text.len < ARG_BYTES ? text.len : ARG_BYTES;
    while (len && len < text.len && ((unsigned char)text.ptr[len] & 0xC0) == 0x80)
        len--;
    return str_sub(text, 0, len);
}

void frame_end(struct frames_out *out, err e)
{
    i64 place = e.code == ERR_NONE ? 0 : 1;
    for (i64 i = 1; i < END_COUNT; i++)
        if (err_is(e, ENDS[i].name))
            place = i;
    const struct frame head = { FRAME_END, 0, place };
    put(out, &head, sizeof head);
    const str arg[2] = { argument(e.arg[0]), argument(e.arg[1]) };
    put_texts(out, arg, 2);
    flush(out);
}

/* ---- the house's side ---- */

struct frames_in {
    int fd;
    i64 until_ms;
    struct arena *mem;
    struct sheet_limits limits;
    struct buf *text; /* of one row */
    size_t *sizes;
    str *cells;
    i64 rows;
    size_t at, len;
    char piece[PIECE];
};

static err died(void)
{
    return err_make(ERR_INVALID, "files.reader_died");
}

/* More bytes; none when the child has ended or the time is over. */
static bool more(struct frames_in *in)
{
    struct pollfd ready = { .fd = in->fd, .events = POLLIN };
    ssize_t n = -1;
    do {
        i64 left = in->until_ms - clock_steady_ms();
        int polled = left > 0 ? poll(&ready, 1, left < INT_MAX ? (int)left : INT_MAX) : 0;
        if (polled == 0 || (polled < 0 && errno != EINTR))
            return false;
        n = polled > 0 ? read(in->fd, in->piece, sizeof in->piece) : -1;
    } while (n < 0 && errno == EINTR);
    in->at = 0;
    in->len = n > 0 ? (size_t)n : 0;
    return n > 0;
}

static err take(struct frames_in *in, void *to, size_t size)
{
    char *at = to;
    while (size) {
        if (in->at == in->len && !more(in))
            return died();
        size_t left = in->len - in->at, n = size < left ? size : left;
        memcpy(at, in->piece + in->at, n);
        in->at += n;
        at += n;
        size -= n;
    }
    return OK;
}

/* Texts whose lengths come first; as long as the next ones are not taken. */
static err take_texts(struct frames_in *in, size_t count, size_t most_each)
{
    size_t all = 0;
    TRY(take(in, in->sizes, count * sizeof *in->sizes));
    for (size_t i = 0; i < count; i++) {
        if (in->sizes[i] > most_each)
            return died();
        all += in->sizes[i];
    }
    in->text->len = 0;
    char *to = all ? buf_room(in->text, all) : NULL;
    if (all && !to)
        return died();
    TRY(take(in, to, all));
    for (size_t i = 0; i < count; i++) {
        in->cells[i] = (str){ to ? to : "", in->sizes[i] };
        to += in->sizes[i];
        if (!str_is_utf8(in->cells[i]))
            return died();
    }
    return OK;
}

static err row_take(struct frames_in *in, const struct frame *head,
                    const struct sheet_reader *reader)
{
    if (head->count < 1 || head->count > in->limits.columns || head->number < 0 ||
        ++in->rows > in->limits.rows)
        return died();
    TRY(take_texts(in, (size_t)head->count, (size_t)in->limits.cell_bytes));
    const struct sheet_row row = { head->number, { in->cells, (size_t)head->count } };
    return reader->row(reader->context, &row);
}

static err end_take(struct frames_in *in, const struct frame *head)
{
    if (head->count < 0 || head->count >= END_COUNT)
        return died();
    TRY(take_texts(in, 2, ARG_BYTES));
    err e = err_make(ENDS[head->count].code, ENDS[head->count].name);
    for (int i = 0; i < 2; i++)
        e.arg[i] = arena_str(in->mem, in->cells[i]);
    return e;
}

err frames_read(struct arena *mem, int fd, i64 until_ms, const struct sheet_reader *reader)
{
    struct frames_in *in = arena_zero(mem, sizeof *in);
    *in = (struct frames_in){
        .fd = fd, .until_ms = until_ms, .mem = mem, .limits = sheet_limits_of(reader)
    };
    size_t columns = (size_t)in->limits.columns + 2;
    in->text = buf_new(mem, (size_t)in->limits.cell_bytes * 4);
    in->sizes = arena_array(mem, columns, sizeof *in->sizes);
    in->cells = arena_array(mem, columns, sizeof *in->cells);
    for (;;) {
        struct frame head;
        TRY(take(in, &head, sizeof head));
        if (head.kind == FRAME_END)
            return end_take(in, &head);
        if (head.kind != FRAME_ROW)
            return died();
        TRY(row_take(in, &head, reader));
    }
}
