/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Plain text as a document: each line is a paragraph, whatever stands in it. */
#include "platform/files/sheet_read.h"

static err line_end(struct row_builder *b, i64 number)
{
    TRY(row_cell(b, 0, 0));
    return row_end(b, number);
}

err sheet_read_lines(struct row_builder *b, struct source *source)
{
    i64 number = 0;
    str piece;
    do {
        TRY(source_next(source, &piece));
        for (size_t i = 0; i < piece.len; i++) {
            char c = piece.ptr[i];
            if (c == '\n' || c == '\r')
                TRY(line_end(b, ++number));
            else
                buf_put_byte(b->text, c);
        }
    } while (piece.len);
    return line_end(b, ++number);
}
