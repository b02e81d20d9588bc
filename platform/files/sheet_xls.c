/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Workbooks of Excel 97–2003 and WPS (.xls, .et; [MS-XLS], BIFF8): the first sheet, cell by cell,
 * as sheet_xlsx.c gives it. A record is a number, a length and so many bytes; texts go on in
 * CONTINUE records wherever the 8,224 bytes of one were full. */
#include <string.h>

#include "platform/files/ole.h"
#include "platform/files/sheet_cell.h"
#include "platform/files/sheet_read.h"

enum record {
    FORMULA = 0x0006,
    END = 0x000A,
    DATE_MODE = 0x0022,
    LOCKED = 0x002F,
    CONTINUE = 0x003C,
    SHEET = 0x0085,
    MANY_RK = 0x00BD,
    RICH_TEXT = 0x00D6,
    STYLE = 0x00E0,
    SHARED_TEXTS = 0x00FC,
    SHARED_TEXT = 0x00FD,
    NUMBER = 0x0203,
    TEXT = 0x0204,
    TRUTH = 0x0205,
    FORMULA_TEXT = 0x0207,
    ONE_RK = 0x027E,
    FORMAT = 0x041E,
    BEGIN = 0x0809,
};
enum {
    BIFF8 = 0x0600,
    GLOBALS = 0x0005,
    WORKSHEET = 0x0010,
    WIDE = 1, /* flags of a text */
    EXTENDED = 4,
    RICH = 8,
    CELL_HEAD = 6, /* row, column, style */
};

struct xls {
    struct row_builder *b;
    bytes stream;
    size_t at, next; /* in the present record; where the next one begins */
    uint32_t record;
    struct cell_styles *styles;
    struct buf *texts; /* shared ones, one behind the other */
    size_t *ends, text_count;
    size_t sheet_at; /* 0 = none found yet */
    i64 repeated, row;
    i64 formula_column; /* -1 = no formula waits for its text */
};

static err broken(void)
{
    return err_make(ERR_INVALID, "files.broken");
}

/* ---- records ---- */

/* The next record; false at the end of the stream, where the present one stays. */
static bool record_next(struct xls *x)
{
    size_t data = x->next + 4;
    if (data > x->stream.len || ole_u16(x->stream, x->next + 2) > x->stream.len - data)
        return false;
    x->record = ole_u16(x->stream, x->next);
    x->next = data + ole_u16(x->stream, x->next + 2);
    x->at = data;
    return true;
}

static size_t left(const struct xls *x)
{
    return x->next - x->at;
}

static uint32_t u16_at(const struct xls *x, size_t offset)
{
    return offset + 2 <= left(x) ? ole_u16(x->stream, x->at + offset) : 0;
}

static uint32_t u32_at(const struct xls *x, size_t offset)
{
    return u16_at(x, offset) | u16_at(x, offset + 2) << 16;
}

static uint32_t u8_at(const struct xls *x, size_t offset)
{
    return offset < left(x) ? x->stream.ptr[x->at + offset] : 0;
}

static double double_at(const struct xls *x, size_t offset)
{
    uint64_t bits = u32_at(x, offset) | (uint64_t)u32_at(x, offset + 4) << 32;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Where a record is used up, its CONTINUE. */
static bool more(struct xls *x)
{
    if (left(x))
        return true;
    bool goes_on = x->next + 4 <= x->stream.len && ole_u16(x->stream, x->next) == CONTINUE;
    return goes_on && record_next(x) && left(x);
}

static uint32_t take(struct xls *x, size_t count)
{
    uint32_t value = 0;
    for (size_t i = 0; i < count && more(x); i++)
        value |= (uint32_t)x->stream.ptr[x->at++] << (8 * i);
    return value;
}

static void skip(struct xls *x, size_t count)
{
    while (count && more(x)) {
        size_t here = left(x) < count ? left(x) : count;
        x->at += here;
        count -= here;
    }
}

/* ---- texts ---- */

/* One unit of UTF-16 to the end of a text; halves wait in *high for the other one. */
static void unit_put(struct buf *to, uint32_t unit, uint32_t *high)
{
    char out[4];
    bool low = unit >= 0xDC00 && unit < 0xE000;
    if (*high && !low)
        buf_add(to, (str){ out, str_put_char(0xFFFD, out) });
    if (unit >= 0xD800 && unit < 0xDC00) {
        *high = unit;
        return;
    }
    uint32_t c =
        low ? (*high ? 0x10000 + ((*high - 0xD800) << 10) + (unit - 0xDC00) : 0xFFFD) : unit;
    *high = 0;
    if (c)
        buf_add(to, (str){ out, str_put_char(c, out) });
}

/* So many characters; a CONTINUE begins with flags of its own. */
static err units_read(struct xls *x, uint32_t count, bool wide, struct buf *to)
{
    uint32_t high = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!left(x)) {
            if (!more(x))
                return broken();
            wide = x->stream.ptr[x->at++] & WIDE;
        }
        unit_put(to, take(x, wide ? 2 : 1), &high);
    }
    if (high)
        unit_put(to, ' ', &high);
    return buf_is_full(to) ? err_make(ERR_INVALID, "files.bomb") : OK;
}

/* A text with its length (of so many bytes) and flags before it, and behind it the runs of its
 * looks and its phonetics. */
static err text_read(struct xls *x, size_t length_bytes, struct buf *to)
{
    uint32_t count = take(x, length_bytes), flags = take(x, 1);
    size_t runs = flags & RICH ? take(x, 2) : 0, phonetic = flags & EXTENDED ? take(x, 4) : 0;
    TRY(units_read(x, count, flags & WIDE, to));
    skip(x, 4 * runs);
    skip(x, phonetic);
    return OK;
}

static err shared_read(struct xls *x)
{
    uint32_t count = u32_at(x, 4);
    x->at += left(x) < 8 ? left(x) : 8;
    if (count > x->stream.len / 3) /* a text takes three bytes at least */
        return broken();
    x->ends = arena_array(x->b->mem, count + 1, sizeof *x->ends);
    for (; x->text_count < count && more(x); x->text_count++) {
        TRY(text_read(x, 2, x->texts));
        x->ends[x->text_count] = x->texts->len;
    }
    return OK;
}

static err shared_put(struct xls *x, size_t i)
{
    if (i >= x->text_count)
        return broken();
    size_t from = i ? x->ends[i - 1] : 0, len = x->ends[i] - from;
    x->repeated += (i64)len;
    if (x->repeated > x->b->limits.unpacked_bytes)
        return err_make(ERR_INVALID, "files.bomb");
    buf_add(x->b->text, (str){ x->texts->ptr + from, len });
    return OK;
}

/* ---- the book ---- */

static err format_read(struct xls *x)
{
    struct buf *code = buf_new(x->b->mem, 4096);
    i64 id = u16_at(x, 0);
    skip(x, 2);
    TRY(text_read(x, 2, code));
    cell_format_add(x->styles, id, buf_str(code));
    return OK;
}

static err global_read(struct xls *x)
{
    switch (x->record) {
    case LOCKED:
        return err_make(ERR_INVALID, "files.encrypted");
    case DATE_MODE:
        x->styles->from_1904 = u16_at(x, 0) == 1;
        return OK;
    case FORMAT:
        return format_read(x);
    case STYLE:
        cell_style_add(x->styles, u16_at(x, 2));
        return OK;
    case SHEET: /* the first that is a sheet of cells */
        if (!x->sheet_at && u8_at(x, 5) == 0)
            x->sheet_at = u32_at(x, 0);
        return OK;
    case SHARED_TEXTS:
        return shared_read(x);
    default:
        return OK;
    }
}

static err globals_read(struct xls *x)
{
    if (!record_next(x) || x->record != BEGIN)
        return broken();
    if (u16_at(x, 0) != BIFF8) /* Excel 95 and before */
        return err_make(ERR_INVALID, "files.old_xls");
    if (u16_at(x, 2) != GLOBALS)
        return broken();
    while (record_next(x) && x->record != END)
        TRY(global_read(x));
    return x->sheet_at && x->sheet_at < x->stream.len ? OK : broken();
}

/* ---- the sheet ---- */

/* Begins a cell of a row; rows come in order, as the format asks. *start: where its text begins. */
static err cell_begin(struct xls *x, i64 row, size_t *start)
{
    if (row < x->row)
        return broken();
    if (row > x->row && x->row >= 0)
        TRY(row_end(x->b, x->row + 1));
    x->row = row;
    x->formula_column = -1;
    *start = x->b->text->len;
    return OK;
}

static err number_put(struct xls *x, i64 column, i64 style, double value)
{
    char raw[CELL_TEXT_MAX], shown[CELL_TEXT_MAX];
    size_t start = x->b->text->len;
    int n = snprintf(raw, sizeof raw, "%.17g", value);
    buf_add(x->b->text, cell_number(x->styles, style, (str){ raw, (size_t)n }, shown));
    return row_cell(x->b, column, start);
}

/* An RK number: a whole one or the upper half of a double, perhaps a hundredth of it. */
static double rk(uint32_t bits)
{
    uint64_t wide = (uint64_t)(bits & 0xFFFFFFFC) << 32;
    double value;
    if (bits & 2)
        value = (double)((int32_t)bits >> 2);
    else
        memcpy(&value, &wide, sizeof value);
    return bits & 1 ? value / 100 : value;
}

static err many_rk(struct xls *x, i64 column)
{
    for (size_t at = 4; at + CELL_HEAD + 2 <= left(x); at += 6)
        TRY(number_put(x, column++, u16_at(x, at), rk(u32_at(x, at + 2))));
    return OK;
}

static err truth_put(struct xls *x, i64 column, size_t offset, bool fault)
{
    static const struct {
        uint32_t code;
        const char *text;
    } FAULTS[] = { { 0x00, "#NULL!" }, { 0x07, "#DIV/0!" }, { 0x0F, "#VALUE!" }, { 0x17, "#REF!" },
                   { 0x1D, "#NAME?" }, { 0x24, "#NUM!" },   { 0x2A, "#N/A" } };
    size_t start = x->b->text->len;
    uint32_t code = u8_at(x, offset);
    if (!fault)
        buf_put(x->b->text, code ? "TRUE" : "FALSE");
    for (size_t i = 0; fault && i < sizeof FAULTS / sizeof *FAULTS; i++)
        if (FAULTS[i].code == code)
            buf_put(x->b->text, FAULTS[i].text);
    return row_cell(x->b, column, start);
}

/* What a formula has come to; its text stands in a record of its own. */
static err formula_put(struct xls *x, i64 column, i64 style)
{
    enum { RESULT_TEXT, RESULT_TRUTH, RESULT_FAULT };
    if (u16_at(x, CELL_HEAD + 6) != 0xFFFF)
        return number_put(x, column, style, double_at(x, CELL_HEAD));
    uint32_t kind = u8_at(x, CELL_HEAD);
    if (kind == RESULT_TEXT)
        x->formula_column = column;
    if (kind == RESULT_TRUTH || kind == RESULT_FAULT)
        return truth_put(x, column, CELL_HEAD + 2, kind == RESULT_FAULT);
    return OK;
}

static err text_put(struct xls *x, i64 column, size_t from)
{
    size_t start = x->b->text->len;
    x->at += from < left(x) ? from : left(x);
    TRY(text_read(x, 2, x->b->text));
    return row_cell(x->b, column, start);
}

static err cell_read(struct xls *x)
{
    i64 row = u16_at(x, 0), column = u16_at(x, 2), style = u16_at(x, 4);
    size_t start;
    if (x->record == FORMULA_TEXT) {
        column = x->formula_column;
        x->formula_column = -1;
        return column < 0 ? OK : text_put(x, column, 0);
    }
    TRY(cell_begin(x, row, &start));
    switch (x->record) {
    case SHARED_TEXT:
        TRY(shared_put(x, u32_at(x, CELL_HEAD)));
        return row_cell(x->b, column, start);
    case TEXT:
    case RICH_TEXT:
        return text_put(x, column, CELL_HEAD);
    case NUMBER:
        return number_put(x, column, style, double_at(x, CELL_HEAD));
    case ONE_RK:
        return number_put(x, column, style, rk(u32_at(x, CELL_HEAD)));
    case MANY_RK:
        return many_rk(x, column);
    case TRUTH:
        return truth_put(x, column, CELL_HEAD, u8_at(x, CELL_HEAD + 1));
    default:
        return formula_put(x, column, style);
    }
}

static bool is_cell(uint32_t record)
{
    return record == SHARED_TEXT || record == TEXT || record == RICH_TEXT || record == NUMBER ||
           record == ONE_RK || record == MANY_RK || record == TRUTH || record == FORMULA ||
           record == FORMULA_TEXT;
}

/* Charts stand in the sheet as books of their own: what is in them is no cell. */
static err sheet_walk(struct xls *x)
{
    i64 depth = 0;
    x->next = x->sheet_at;
    if (!record_next(x) || x->record != BEGIN || u16_at(x, 2) != WORKSHEET)
        return broken();
    while (depth >= 0 && record_next(x)) {
        depth += x->record == BEGIN ? 1 : x->record == END ? -1 : 0;
        if (depth == 0 && is_cell(x->record))
            TRY(cell_read(x));
    }
    if (depth >= 0) /* cut off before its end */
        return broken();
    return x->row >= 0 ? row_end(x->b, x->row + 1) : OK;
}

err sheet_read_xls(struct row_builder *b, struct ole *ole)
{
    bytes ignored;
    struct xls *x = arena_zero(b->mem, sizeof *x);
    *x = (struct xls){ .b = b, .row = -1, .formula_column = -1 };
    x->styles = cell_styles_new(b->mem);
    x->texts = buf_new(b->mem, (size_t)b->limits.unpacked_bytes);
    err e = ole_read(ole, "Workbook", &x->stream);
    if (e.code == ERR_NOT_FOUND)
        return err_make(ERR_INVALID, ole_read(ole, "Book", &ignored).code == ERR_NONE
                                         ? "files.old_xls"
                                         : "files.not_a_table");
    TRY(e);
    TRY(globals_read(x));
    return sheet_walk(x);
}
