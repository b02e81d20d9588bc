/* SPDX-License-Identifier: MulanPSL-2.0 */
/* CSV of RFC 4180 as offices send it: comma, semicolon or tab, cells of several lines, CR LF, LF or
 * CR. A stray quote inside a cell is text. Rows are counted as spreadsheet programs do: records,
 * blank ones too. */
#include "platform/files/sheet_read.h"

#include <assert.h>

enum state { AT_CELL, PLAIN, QUOTED, QUOTE_SEEN };

struct csv {
    struct row_builder *b;
    enum state state;
    char separator;
    bool after_cr; /* LF that follows belongs to the same line end */
    bool empty;    /* nothing of the record seen yet */
    size_t start;  /* of the cell in the builder's text */
    i64 column, number;
};

/* The candidate that stands most often outside quotes in the first record. */
static char separator_of(str head)
{
    static const char CANDIDATES[] = "\t,;"; /* in a tie the first */
    i64 counts[3] = { 0 };
    bool quoted = false;
    for (size_t i = 0; i < head.len; i++) {
        char c = head.ptr[i];
        if (c == '"') /* opens only at the begin of a cell */
            quoted = !quoted && (i == 0 || memchr("\t,;\r\n", head.ptr[i - 1], 5));
        if (!quoted && (c == '\n' || c == '\r') && counts[0] + counts[1] + counts[2])
            break;
        const char *found = quoted ? NULL : memchr(CANDIDATES, c, 3);
        if (found)
            counts[found - CANDIDATES]++;
    }
    size_t best = 0;
    for (size_t i = 1; i < 3; i++)
        best = counts[i] > counts[best] ? i : best;
    return CANDIDATES[best];
}

static err cell_end(struct csv *csv)
{
    TRY(row_cell(csv->b, csv->column++, csv->start));
    csv->start = csv->b->text->len;
    csv->state = AT_CELL;
    return OK;
}

static err record_end(struct csv *csv)
{
    TRY(cell_end(csv));
    TRY(row_end(csv->b, ++csv->number));
    csv->column = 0;
    csv->start = 0;
    csv->empty = true;
    return OK;
}

/* A character that ends a cell or a record outside quotes. */
static err plain_special(struct csv *csv, char c)
{
    if (c == csv->separator)
        return cell_end(csv);
    csv->after_cr = c == '\r';
    return record_end(csv);
}

static err step(struct csv *csv, char c)
{
    bool line_feed_of_cr = csv->after_cr && c == '\n';
    csv->after_cr = false;
    if (line_feed_of_cr)
        return OK;
    csv->empty = false;
    if (csv->state == QUOTED) {
        if (c == '"')
            csv->state = QUOTE_SEEN;
        else
            buf_put_byte(csv->b->text, c);
        return OK;
    }
    if (c == csv->separator || c == '\n' || c == '\r')
        return plain_special(csv, c);
    bool doubled = csv->state == QUOTE_SEEN && c == '"';
    if (c == '"' && (csv->state == AT_CELL || doubled)) {
        csv->state = QUOTED;
        if (doubled)
            buf_put_byte(csv->b->text, c);
        return OK;
    }
    csv->state = PLAIN;
    buf_put_byte(csv->b->text, c);
    return OK;
}

/* Copies the run of ordinary characters at the begin of *piece in one go; most text is such. */
static void plain_run(struct csv *csv, str *piece)
{
    if (csv->state != PLAIN && csv->state != QUOTED)
        return;
    size_t n = 0;
    for (; n < piece->len; n++) {
        char c = piece->ptr[n];
        if (c == '"' || (csv->state == PLAIN && (c == csv->separator || c == '\n' || c == '\r')))
            break;
    }
    buf_add(csv->b->text, str_sub(*piece, 0, n));
    *piece = str_sub(*piece, n, piece->len);
}

static err with_row(struct csv *csv, err e)
{
    if (err_is(e, "files.encoding") && e.arg[0].len == 0)
        e.arg[0] = arena_printf(csv->b->mem, "%lld", (long long)csv->number + 1);
    return e;
}

static err piece_read(struct csv *csv, str piece)
{
    while (piece.len) {
        plain_run(csv, &piece);
        if (piece.len == 0)
            break;
        TRY(step(csv, piece.ptr[0]));
        piece = str_sub(piece, 1, piece.len);
    }
    /* a cell that goes on and on must not fill the memory before it ends */
    return buf_is_full(csv->b->text) ? row_cell(csv->b, csv->column, csv->start) : OK;
}

err sheet_read_csv(struct row_builder *b, struct source *source)
{
    assert(b && source);
    struct csv csv = { .b = b, .empty = true, .separator = separator_of(source_head(source)) };
    str piece;
    for (;;) {
        TRY(with_row(&csv, source_next(source, &piece)));
        if (piece.len == 0)
            break;
        TRY(piece_read(&csv, piece));
    }
    if (csv.state == QUOTED)
        return err_make_with(ERR_INVALID, "files.open_quote",
                             arena_printf(b->mem, "%lld", (long long)csv.number + 1), str_of(""));
    return csv.empty ? OK : record_end(&csv);
}
