/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A temporary file to read as a table, and the rows it gave as one text. For the tests of
 * sheet_read. */
#ifndef HT_FILES_TESTS_SHEET_FIXTURE_H
#define HT_FILES_TESTS_SHEET_FIXTURE_H
#include "platform/files/files.h"

struct fixture {
    struct arena *mem;
    struct buf *shown;
    struct sheet_reader reader;
    i64 rows, stop_after;
    bool count_only;
    char path[64], file[300];
};

/* An entry of a ZIP to make; size 0 = strlen. A table ends with a NULL name. */
struct zip_entry {
    const char *name, *text;
    size_t size;
};

/* cmocka set-up and tear-down. */
int fixture_open(void **state);
int fixture_close(void **state);

/* Writes the file (path + ending). */
void fixture_write(struct fixture *f, const char *ending, const void *data, size_t size);

/* Writes a ZIP. */
void fixture_zip(struct fixture *f, const struct zip_entry *entries);

/* The unpacked bytes of the nth entry (0 first) of that name in the ZIP that was written; ptr NULL
 * = there is none. */
str fixture_zip_part(struct fixture *f, const char *name, int nth);

/* Reads it with a fresh text of rows: "number|cell|cell\n", line feeds in cells as "/". */
err fixture_read(struct fixture *f);
#endif
