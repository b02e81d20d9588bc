/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of sheet_input.h: a file in memory, read by its name below /proc. */
#include "tests/fuzz/sheet_input.h"

#include <assert.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "platform/base/str.h"

enum { ROWS = 2000, COLUMNS = 50, CELL = 4096 };

static err row_check(void *context, const struct sheet_row *row)
{
    i64 *last = context;
    bool any = false;
    assert(row->cells.count <= COLUMNS && row->number >= 0);
    for (size_t i = 0; i < row->cells.count; i++) {
        assert(row->cells.items[i].len <= CELL && str_is_utf8(row->cells.items[i]));
        any = any || str_trim(row->cells.items[i]).len;
    }
    assert(any && ++*last <= ROWS);
    return OK;
}

void sheet_input_read(const void *data, size_t size, const char *ending)
{
    char path[64], link[80];
    i64 rows = 0;
    int fd = memfd_create("sheet", 0);
    assert(fd >= 0);
    ssize_t written = size ? write(fd, data, size) : 0;
    assert(written == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    snprintf(link, sizeof link, "/tmp/sheet-fuzz-%d%s", (int)getpid(), ending);
    unlink(link);
    int linked = symlink(path, link);
    assert(linked == 0);
    struct arena *mem = arena_new(64 << 20, 0);
    const struct sheet_reader reader = {
        .row = row_check,
        .context = &rows,
        .limits = { .rows = ROWS,
                    .columns = COLUMNS,
                    .cell_bytes = CELL,
                    .unpacked_bytes = 4 << 20 },
    };
    err e = sheet_read(mem, str_of(link), &reader);
    assert(e.code == ERR_NONE || e.name);
    arena_free(mem);
    unlink(link);
    close(fd);
}
