/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the number in a cell of a workbook looks like: which formats are dates (ECMA-376 part 1,
 * 18.8.30), serial numbers to days and times, plain decimals, and the escapes _xHHHH_ in texts. No
 * ZIP, no XML: sheet_xlsx.c. */
#ifndef HT_FILES_SHEET_CELL_H
#define HT_FILES_SHEET_CELL_H
#include "platform/base/arena.h"
#include "platform/base/str.h"

enum { CELL_TEXT_MAX = 64 };

/* Formats of a workbook. from_1904: days count from 1904-01-01. */
struct cell_styles {
    struct arena *mem;
    bool from_1904;
    i64 *date_formats; /* numFmtIds that the workbook defines and that show dates */
    size_t format_count, format_cap;
    bool *is_date; /* by style number */
    size_t style_count, style_cap;
};

/* No formats yet. */
struct cell_styles *cell_styles_new(struct arena *mem);

/* A format of the workbook's own; the next style, by the number of its format. More than 65,536 are
 * ignored. */
void cell_format_add(struct cell_styles *s, i64 format_id, str code);
void cell_style_add(struct cell_styles *s, i64 format_id);

/* The number as text: "2026-11-25" (with " 13:05:00" when there is a time, "13:05:00" when there is
 * no day) by style, else plain decimal; what is no number stays as it is. out: room for the result.
 * */
str cell_number(const struct cell_styles *s, i64 style, str raw, char out[CELL_TEXT_MAX]);

/* Undoes _xHHHH_ in place; returns the new length. */
size_t cell_unescape(char *text, size_t length);
#endif
