/* SPDX-License-Identifier: MulanPSL-2.0 */
/* sheet_read: opens a list and has it read by a process of its own (sheet_process.c), or here.
 * sheet_parse: tells what kind of file it is by its content and passes it to the reader of that
 * kind (sheet_xlsx.c, sheet_xls.c, sheet_csv.c, sheet_jsonl.c); and the row that all of them build.
 */
#include "platform/files/sheet_read.h"

#include <assert.h>
#include <fcntl.h>
#include <unistd.h>

#include "platform/files/office.h"
#include "platform/files/ole.h"
#include "platform/files/photo_read.h"
#include "platform/files/sheet_process.h"
#include "platform/files/temp.h"

enum { HEAD_MAX = 8, OLE_MAX = 32 << 20 }; /* 65,536 rows are far less */

static const struct sheet_limits DEFAULTS = {
    .unpacked_bytes = 64 << 20,
    .ratio = 200,
    .entries = 2000,
    .rows = 1000000,
    .columns = 200,
    .cell_bytes = 1 << 20,
};

static i64 or_default(i64 value, i64 fallback)
{
    return value > 0 ? value : fallback;
}

struct sheet_limits sheet_limits_of(const struct sheet_reader *reader)
{
    const struct sheet_limits *l = &reader->limits;
    return (struct sheet_limits){
        or_default(l->unpacked_bytes, DEFAULTS.unpacked_bytes),
        or_default(l->ratio, DEFAULTS.ratio),
        or_default(l->entries, DEFAULTS.entries),
        or_default(l->rows, DEFAULTS.rows),
        or_default(l->columns, DEFAULTS.columns),
        or_default(l->cell_bytes, DEFAULTS.cell_bytes),
        l->paragraphs,
    };
}

void row_begin(struct row_builder *b, struct arena *mem, const struct sheet_reader *reader)
{
    *b = (struct row_builder){ .mem = mem, .reader = reader };
    b->limits = sheet_limits_of(reader);
    size_t columns = (size_t)b->limits.columns;
    b->starts = arena_array(mem, columns, sizeof *b->starts);
    b->ends = arena_array(mem, columns, sizeof *b->ends);
    b->cells = arena_array(mem, columns, sizeof *b->cells);
    b->text = buf_new(mem, (size_t)b->limits.cell_bytes * 4);
}

static err at_row(struct row_builder *b, const char *name, i64 number)
{
    return err_make_with(ERR_INVALID, name, arena_printf(b->mem, "%lld", (long long)number),
                         str_of(""));
}

err row_cell(struct row_builder *b, i64 column, size_t start)
{
    size_t end = b->text->len;
    assert(start <= end && column >= 0);
    if (buf_is_full(b->text) || end - start > (size_t)b->limits.cell_bytes)
        return at_row(b, "files.cell_too_big", b->rows + 1);
    if (end == start)
        return OK;
    if (column >= b->limits.columns)
        return at_row(b, "files.too_many_columns", b->limits.columns);
    for (; b->count <= column; b->count++)
        b->starts[b->count] = b->ends[b->count] = 0;
    b->starts[column] = start;
    b->ends[column] = end;
    return OK;
}

/* Line ends inside a cell are LF, however the file writes them. In place; the result is never
 * longer. */
static str fold_lines(char *text, size_t length)
{
    size_t to = 0;
    for (size_t i = 0; i < length; i++) {
        bool pair = text[i] == '\r' && i + 1 < length && text[i + 1] == '\n';
        if (!pair)
            text[to++] = text[i] == '\r' ? '\n' : text[i];
    }
    return (str){ text, to };
}

err row_end(struct row_builder *b, i64 number)
{
    bool any = false;
    for (i64 i = 0; i < b->count; i++) {
        b->cells[i] = fold_lines(b->text->ptr + b->starts[i], b->ends[i] - b->starts[i]);
        if (!str_is_utf8(b->cells[i]))
            return at_row(b, "files.encoding", number);
        any = any || str_trim(b->cells[i]).len > 0;
    }
    struct sheet_row row = { number, { b->cells, (size_t)b->count } };
    b->count = 0;
    b->text->len = 0;
    if (!any)
        return OK;
    if (++b->rows > b->limits.rows)
        return at_row(b, "files.too_many_rows", b->limits.rows);
    return b->reader->row(b->reader->context, &row);
}

static bool is_json(str name, str head)
{
    str lower = name;
    if (str_ends(lower, str_of(".gz")))
        lower = str_sub(lower, 0, lower.len - 3);
    if (str_ends(lower, str_of(".csv")) || str_ends(lower, str_of(".tsv")))
        return false;
    return str_starts(str_trim(head), str_of("{"));
}

static err text_read(struct row_builder *b, const struct sheet_input *in)
{
    struct source *source;
    TRY(source_open(b->mem, in->fd, &b->limits, &source));
    str head = str_trim(source_head(source));
    if (str_starts(head, str_of("%PDF")) || str_starts(head, str_of("<")) ||
        str_starts(head, str_of("{\\rtf")))
        return err_make(ERR_INVALID, "files.not_a_table");
    if (b->limits.paragraphs)
        return sheet_read_lines(b, source);
    return is_json(in->name, head) ? sheet_read_jsonl(b, source) : sheet_read_csv(b, source);
}

/* A file of Office 97–2003 and of WPS: a list is read, a document is not. What is locked with a
 * password is such a file around an .xlsx or .docx. */
static err ole_parse(struct arena *mem, const struct sheet_input *in,
                     const struct sheet_reader *reader)
{
    struct row_builder builder;
    struct ole *ole;
    bytes ignored;
    err opened = ole_open(mem, in->fd, OLE_MAX, &ole);
    row_begin(&builder, mem, reader);
    if (!opened.code && ole_read(ole, "EncryptedPackage", &ignored).code == ERR_NONE)
        return err_make(ERR_INVALID, "files.encrypted");
    if (builder.limits.paragraphs)
        return err_make(ERR_INVALID, "files.old_xls");
    TRY(opened);
    return sheet_read_xls(&builder, ole);
}

err sheet_parse(struct arena *mem, const struct sheet_input *in, const struct sheet_reader *reader)
{
    struct row_builder builder;
    char head[HEAD_MAX] = { 0 };
    if (in->task == TASK_PHOTO)
        return photo_parse(mem, in, reader);
    if (in->task == TASK_OFFICE)
        return office_parse(mem, in, reader);
    ssize_t n = pread(in->fd, head, sizeof head, 0);
    if (n == HEAD_MAX && memcmp(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0)
        return ole_parse(mem, in, reader);
    row_begin(&builder, mem, reader);
    if (n >= 4 && memcmp(head, "PK", 2) == 0 && head[2] < 9 && head[3] < 9)
        return builder.limits.paragraphs ? sheet_read_docx(&builder, in)
                                         : sheet_read_xlsx(&builder, in);
    return text_read(&builder, in);
}

err sheet_read(struct arena *mem, str path, const struct sheet_reader *reader)
{
    assert(reader->row);
    struct sheet_input in = { .name = path };
    in.fd = open(arena_cstr(mem, path), O_RDONLY | O_CLOEXEC);
    if (in.fd < 0)
        return err_make(ERR_NOT_FOUND, "files.missing");
    err e = temp_open(&in.spool_fd);
    if (e.code == ERR_NONE) {
        e = (sheet_process_is_on() ? sheet_process_read : sheet_parse)(mem, &in, reader);
        temp_close(in.spool_fd);
    }
    close(in.fd);
    return e;
}
