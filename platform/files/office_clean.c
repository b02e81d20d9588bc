/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The house's side of office.h. Takes nothing apart. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/files/office.h"
#include "platform/files/sheet_process.h"
#include "platform/files/temp.h"

enum { PIECE = 64 * 1024, SIZE_BYTES = 20, GROWTH = 4096 };

static err odd(void)
{
    return err_make(ERR_INVALID, "files.office_odd");
}

struct said {
    i64 size;
    bool heard;
};

static err size_take(void *context, const struct sheet_row *row)
{
    struct said *said = context;
    said->heard = row->cells.count == 1 && str_to_i64(row->cells.items[0], &said->size) &&
                  said->size >= 0 && said->size <= OFFICE_BYTES_MAX + GROWTH;
    return said->heard ? OK : odd();
}

static err ask(struct arena *mem, const struct sheet_input *in, i64 *size)
{
    struct said said = { 0 };
    const struct sheet_reader reader = {
        .row = size_take,
        .context = &said,
        .limits = { .rows = 1, .columns = 1, .cell_bytes = SIZE_BYTES },
    };
    err e = (sheet_process_is_on() ? sheet_process_read : sheet_parse)(mem, in, &reader);
    if (!e.code && !said.heard)
        e = odd();
    *size = said.size;
    return err_is(e, "files.reader_died") ? odd() : e;
}

/* Into the place of the file: an upload is nobody's yet, so a crash in between harms nobody. */
static err put(int from, i64 size, const char *path)
{
    char piece[PIECE];
    int to = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    err e = to < 0 ? err_make(ERR_BUSY, "docs.disk") : OK;
    for (i64 at = 0; !e.code && at < size;) {
        ssize_t n = pread(from, piece, (size_t)(size - at < PIECE ? size - at : PIECE), at);
        e = n > 0 ? temp_write(to, (str){ piece, (size_t)n }) : odd();
        at += n;
    }
    if (to >= 0)
        close(to);
    return e;
}

err office_clean(struct arena *mem, str path, i64 *size)
{
    const char *name = arena_cstr(mem, path);
    struct sheet_input in = { .name = path, .task = TASK_OFFICE };
    *size = 0;
    in.fd = open(name, O_RDONLY | O_CLOEXEC);
    if (in.fd < 0)
        return err_make(ERR_NOT_FOUND, "files.missing");
    err e = temp_open(&in.spool_fd);
    if (!e.code) {
        e = ask(mem, &in, size);
        if (!e.code && *size)
            e = put(in.spool_fd, *size, name);
        temp_close(in.spool_fd);
    }
    close(in.fd);
    return e;
}
