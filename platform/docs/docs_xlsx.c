/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Workbooks out, by libxlsxwriter in constant-memory mode (a row is written when the next
 * begins), into a temporary file that has no name when the caller gets it. Also cell_safe, which
 * CSV export shares. Reading workbooks: platform/files. */
#include <assert.h>
#include <fcntl.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "platform/base/clock.h"
#include "platform/base/str.h"
#include "platform/docs/docs.h"

enum { CELL_CHARS_MAX = 32767, WIDTH_DEFAULT = 16 };

struct workbook {
    struct arena *mem;
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *bold, *date;
    char path[512];
    lxw_row_t row;
    lxw_col_t column, columns;
    bool failed, header;
};

str cell_safe(struct arena *mem, str text)
{
    if (text.len == 0 || !memchr("=+-@\t\r", text.ptr[0], 6))
        return text;
    return arena_printf(mem, "'%.*s", (int)text.len, text.ptr);
}

/* A name that Excel accepts: at most 31 characters, none of []:*?/\ and no apostrophe at the
 * ends. */
static const char *sheet_name_of(struct arena *mem, str name)
{
    str copy = arena_str(mem, str_cut_chars(name, 31));
    char *p = (char *)(uintptr_t)copy.ptr;
    for (size_t i = 0; i < copy.len; i++)
        if (memchr("[]:*?/\\'", p[i], 8) || (unsigned char)p[i] < 0x20)
            p[i] = ' ';
    return copy.len ? p : "Sheet1";
}

static void workbook_free(void *ptr)
{
    struct workbook *w = ptr;
    if (w->book && workbook_finish(w, NULL).code)
        return; /* nobody asked for the file; it is gone either way */
}

/* A name for the file while it is written: libxlsxwriter takes names only, in a directory of
 * which nobody else can guess the content (mkstemp). */
static const char *temp_dir(void)
{
    const char *dir = getenv("TMPDIR");
    return dir && dir[0] ? dir : "/tmp";
}

static bool temp_file(struct workbook *w)
{
    int n = snprintf(w->path, sizeof w->path, "%s/huotang-XXXXXX", temp_dir());
    if (n < 0 || (size_t)n >= sizeof w->path)
        return false;
    int fd = mkstemp(w->path);
    return fd >= 0 && close(fd) == 0;
}

err workbook_open(struct arena *mem, str sheet_name, struct workbook **out)
{
    struct workbook *w = arena_zero(mem, sizeof *w);
    w->mem = mem;
    if (!temp_file(w))
        return err_make(ERR_BUSY, "docs.disk");
    lxw_workbook_options options = { .constant_memory = LXW_TRUE,
                                     .tmpdir = (char *)(uintptr_t)temp_dir() };
    w->book = workbook_new_opt(w->path, &options);
    if (!w->book)
        return err_make(ERR_INTERNAL, "docs.failed");
    arena_on_free(mem, workbook_free, w);
    w->sheet = workbook_add_worksheet(w->book, sheet_name_of(mem, sheet_name));
    w->bold = workbook_add_format(w->book);
    format_set_bold(w->bold);
    w->date = workbook_add_format(w->book);
    format_set_num_format(w->date, "yyyy-mm-dd");
    w->header = true;
    *out = w;
    return OK;
}

/* Only a table that is done can be filtered. */
static void sheet_end(struct workbook *w)
{
    if (!w->header && w->columns)
        worksheet_autofilter(w->sheet, 0, 0, w->row ? w->row - 1 : 0, (lxw_col_t)(w->columns - 1));
}

void workbook_sheet(struct workbook *w, str sheet_name)
{
    sheet_end(w);
    w->sheet = workbook_add_worksheet(w->book, sheet_name_of(w->mem, sheet_name));
    w->failed = w->failed || !w->sheet;
    w->row = 0;
    w->column = w->columns = 0;
    w->header = true;
}

static void note(struct workbook *w, lxw_error error)
{
    w->failed = w->failed || error != LXW_NO_ERROR;
    w->column++;
}

/* XML 1.0 has no control characters: they become blanks, tabs and line feeds stay; nor has it
 * U+FFFE and U+FFFF: they become the replacement character U+FFFD. */
static const char *xml_text(struct arena *mem, str text)
{
    str copy = arena_str(mem, text);
    char *p = (char *)(uintptr_t)copy.ptr;
    for (size_t i = 0; i < copy.len; i++)
        if ((unsigned char)p[i] < 0x20 && p[i] != '\n' && p[i] != '\t')
            p[i] = ' ';
        else if (i + 2 < copy.len && memcmp(p + i, "\xEF\xBF", 2) == 0 &&
                 (unsigned char)p[i + 2] >= 0xBE)
            p[i + 2] = (char)0xBD;
    return p;
}

void workbook_text(struct workbook *w, str text)
{
    struct arena_mark mark = arena_mark(w->mem);
    str safe = str_cut_chars(cell_safe(w->mem, text), CELL_CHARS_MAX);
    note(w, safe.len ? worksheet_write_string(w->sheet, w->row, w->column, xml_text(w->mem, safe),
                                              w->header ? w->bold : NULL)
                     : LXW_NO_ERROR);
    arena_reset_to(w->mem, mark);
}

void workbook_number(struct workbook *w, i64 value)
{
    note(w, worksheet_write_number(w->sheet, w->row, w->column, (double)value, NULL));
}

void workbook_day(struct workbook *w, i64 day)
{
    const i64 excel_epoch = 25569; /* 1970-01-01 counted from 1899-12-30 */
    if (day <= 0)
        w->column++;
    else
        note(w, worksheet_write_number(w->sheet, w->row, w->column, (double)(day + excel_epoch),
                                       w->date));
}

void workbook_row_end(struct workbook *w)
{
    w->columns = w->column > w->columns ? w->column : w->columns;
    w->row++;
    w->column = 0;
}

void workbook_header_end(struct workbook *w)
{
    assert(w->header);
    w->header = false;
    workbook_row_end(w);
    worksheet_freeze_panes(w->sheet, w->row, 0);
    if (w->columns)
        worksheet_set_column(w->sheet, 0, (lxw_col_t)(w->columns - 1), WIDTH_DEFAULT, NULL);
}

err workbook_finish(struct workbook *w, int *fd)
{
    assert(w->book);
    if (!w->failed)
        sheet_end(w);
    lxw_workbook *book = w->book;
    w->book = NULL;
    bool ok = workbook_close(book) == LXW_NO_ERROR && !w->failed;
    int file = ok && fd ? open(w->path, O_RDONLY | O_CLOEXEC) : -1;
    unlink(w->path);
    if (!ok || (fd && file < 0))
        return err_make(ERR_INTERNAL, "docs.failed");
    if (fd)
        *fd = file;
    return OK;
}
