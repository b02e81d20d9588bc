/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Between mapping.c and import.c. */
#ifndef HT_FILES_IMPORT_INTERNAL_H
#define HT_FILES_IMPORT_INTERNAL_H
#include "platform/files/mapping.h"

enum { IMPORT_HEADER_LINES = 5 };

/* Lines of headers of a file; cells live as long as whoever collected them. */
struct import_head {
    strs lines[IMPORT_HEADER_LINES];
    size_t line_count;
    const struct import_mapping *mapping;
};

/* A declared field, or NULL. */
const struct import_field *import_field_of(const struct import_kind *kind, str name);

/* The first known header of a field: its label. */
str import_label(const struct import_field *field);

/* "A" for column 0. */
str import_letter(struct arena *mem, size_t column);

/* The column's header as people see it, lines joined by "/". */
str import_header(struct arena *mem, const struct import_head *head, size_t column);

/* The field that a column means, by mapping or by known headers; NULL = ignored. */
const struct import_field *import_column_field(struct arena *mem, const struct import_kind *kind,
                                               const struct import_head *head, size_t column);

/* How many cells of a row are known headers. */
size_t import_known_headers(struct arena *mem, const struct import_kind *kind, const strs *cells);
#endif
