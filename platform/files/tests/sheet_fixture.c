/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of sheet_fixture.h. */
#include "platform/files/tests/sheet_fixture.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zip.h>

#include "platform/base/str.h"

static err show(void *context, const struct sheet_row *row)
{
    struct fixture *f = context;
    f->rows++;
    if (f->rows == f->stop_after)
        return err_make(ERR_CONFLICT, "test.stop");
    if (f->count_only)
        return OK;
    buf_put_i64(f->shown, row->number);
    for (size_t i = 0; i < row->cells.count; i++) {
        buf_put_byte(f->shown, '|');
        for (size_t k = 0; k < row->cells.items[i].len; k++) {
            char c = row->cells.items[i].ptr[k];
            buf_put_byte(f->shown, c == '\n' ? '/' : c);
        }
    }
    buf_put_byte(f->shown, '\n');
    return OK;
}

int fixture_open(void **state)
{
    struct arena *mem = arena_new(256 << 20, 0);
    struct fixture *f = arena_zero(mem, sizeof *f);
    f->mem = mem;
    f->reader = (struct sheet_reader){ .row = show, .context = f };
    snprintf(f->path, sizeof f->path, "/tmp/sheet-test-XXXXXX");
    int fd = mkstemp(f->path);
    assert(fd >= 0);
    close(fd);
    *state = f;
    return 0;
}

int fixture_close(void **state)
{
    struct fixture *f = *state;
    unlink(f->path);
    if (strncmp(f->file, f->path, strlen(f->path)) == 0)
        unlink(f->file);
    arena_free(f->mem);
    return 0;
}

void fixture_write(struct fixture *f, const char *ending, const void *data, size_t size)
{
    snprintf(f->file, sizeof f->file, "%s%s", f->path, ending);
    FILE *out = fopen(f->file, "wb");
    assert(out);
    size_t n = fwrite(data, 1, size, out);
    assert(n == size);
    fclose(out);
}

void fixture_zip(struct fixture *f, const struct zip_entry *entries)
{
    snprintf(f->file, sizeof f->file, "%s.xlsx", f->path);
    zip_t *zip = zip_open(f->file, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    assert(zip);
    for (; entries->name; entries++) {
        size_t size = entries->size ? entries->size : strlen(entries->text);
        zip_source_t *source = zip_source_buffer(zip, entries->text, size, 0);
        zip_int64_t index = zip_file_add(zip, entries->name, source, ZIP_FL_ENC_UTF_8);
        assert(index >= 0);
        zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_DEFLATE, 1);
    }
    int failed = zip_close(zip);
    assert(!failed);
}

str fixture_zip_part(struct fixture *f, const char *name, int nth)
{
    zip_t *zip = zip_open(f->file, ZIP_RDONLY, NULL);
    str out = { 0 };
    assert(zip);
    for (zip_uint64_t i = 0; i < (zip_uint64_t)zip_get_num_entries(zip, 0); i++) {
        zip_stat_t stat;
        if (strcmp(zip_get_name(zip, i, 0), name) != 0 || nth-- > 0)
            continue;
        zip_file_t *part = zip_fopen_index(zip, i, 0);
        assert(part && zip_stat_index(zip, i, 0, &stat) == 0);
        char *text = arena_zero(f->mem, (size_t)stat.size + 1);
        zip_int64_t n = zip_fread(part, text, stat.size);
        assert(n == (zip_int64_t)stat.size);
        zip_fclose(part);
        out = (str){ text, (size_t)stat.size };
        break;
    }
    zip_discard(zip);
    return out;
}

err fixture_read(struct fixture *f)
{
    f->rows = 0;
    f->shown = buf_new(f->mem, 64 << 20);
    return sheet_read(f->mem, str_of(f->file), &f->reader);
}
