/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Import of office lists: which column is which field, and a module's function called for each row
 * with named texts. Used by `huotang import` and the import pages; a module declares a struct
 * import_kind and never sees a file. Reading: files.h. */
#ifndef HT_FILES_MAPPING_H
#define HT_FILES_MAPPING_H
#include "platform/files/files.h"

/* ---- what a module declares ---- */

enum { IMPORT_FIELDS_MAX = 60, IMPORT_COLUMNS_MAX = 400, IMPORT_FAULTS_MAX = 1000 };

/* A field. headers: text key of the known headers, "案由|题目|title" in zh.txt, matched without
 * regard to width, case, spaces, units in brackets and traditional forms; the first one is its
 * label. The name itself is always known. required: a row without it is refused. */
struct import_field {
    const char *name;
    const char *headers;
    bool required;
};

/* A row: values[i] is the text for fields[i], trimmed, empty if the file has none. number: of the
 * row in the file. */
struct import_row {
    i64 number;
    const struct import_field *fields;
    const str *values;
    str source; /* of the options: who sent the list */
};

/* The value of a field by name; the field must be declared. */
str import_value(const struct import_row *row, const char *field);

/* A kind of import. row: stores one row in rq's transaction, *result: 'c' created, 'u' updated, '='
 * unchanged. Its INVALID, CONFLICT, NOT_FOUND and FORBIDDEN refuse the row (with the faults noted
 * on rq, by field); other errors end the import. A table of kinds ends with a zero row. */
struct import_kind {
    const char *name; /* "proposals" */
    const char *may;  /* permission for the import page */
    const struct import_field *fields;
    err (*row)(struct rq *rq, const struct import_row *row, char *result);
    /* Whether such lists can come in at all now; NULL = always. Its INVALID is the answer to the
     * whole list instead of the same refusal of every row. */
    err (*ready)(struct rq *rq);
};

/* ---- mapping ---- */

/* A header of the file ("建議項目及內容", or a column as "C") and the field it means; field empty =
 * ignore. */
struct import_pair {
    str header, field;
};

/* How to read one form of list. */
struct import_mapping {
    i64 header_row;  /* first line of the headers; 0 = found by itself */
    i64 header_rows; /* lines of headers, 0 = 1; lower lines are more precise */
    ids skip_rows;   /* rows that are no data (sums, notes) */
    strs fill;       /* fields whose empty cells mean "as above" (merged cells) */
    const struct import_pair *pairs;
    size_t pair_count;
};

/* Reads a mapping:
 *   {"header_row": 4, "header_rows": 2, "skip_rows": [534, 535], "fill": ["proposer"],
 *    "columns": {"議員姓名": "proposer", "C": "place", "備註": ""}}
 * Errors: INVALID import.mapping {what is wrong}. */
err import_mapping_read(struct arena *mem, str json, const struct import_kind *kind,
                        struct import_mapping *out);

/* The same as text, to be saved. */
str import_mapping_text(struct arena *mem, const struct import_mapping *mapping);

/* ---- looking and running ---- */

/* What an import page shows before anything is imported: the columns of the file, what they would
 * be, and the first rows. */
struct import_column {
    str header; /* lines joined by "/" */
    str letter; /* "C" */
    str field;  /* empty = ignored */
};
enum { IMPORT_SAMPLE = 5 };
struct import_preview {
    struct import_mapping mapping; /* as used: with header_row found, all columns as pairs */
    const struct import_column *columns;
    size_t column_count;
    struct sheet_row sample[IMPORT_SAMPLE];
    size_t sample_count;
    strs missing; /* required fields that no column gives */
};

/* mapping may be NULL. Errors: those of sheet_read; INVALID import.no_headers (no row looks like
 * headers of this kind). */
err import_look(struct arena *mem, const struct sheet_spool *list, const struct import_kind *kind,
                const struct import_mapping *mapping, struct import_preview *out);

/* One refusal. column: the file's header, empty for the row as a whole. reason: text key, {0} is
 * arg. */
struct import_fault {
    i64 row;
    str column;
    const char *reason;
    str arg[2];
};
struct import_report {
    i64 rows, created, updated, unchanged, refused;
    const struct import_fault *faults; /* the first IMPORT_FAULTS_MAX */
    size_t fault_count;
    strs ignored; /* headers that mean nothing here */
    i64 next_row; /* where the next slice begins; 0 = the file is done */
};

/* list: read before the transaction began. source: kept with every record ("省政协 2019"). dry_run:
 * everything happens and is undone. first_row, most: only so many rows of the file from that row
 * on, for imports in small transactions; 0 = all. */
struct import_options {
    const struct sheet_spool *list;
    str source;
    const struct import_mapping *mapping;
    bool dry_run;
    i64 first_row, most;
};

/* Imports in rq's write transaction: if any row is refused, nothing of this call stays. mem: of the
 * report. Errors: as import_look; INVALID import.column_missing {field}; those of the row function
 * that are no refusal. */
err import_run(struct rq *rq, struct arena *mem, const struct import_kind *kind,
               const struct import_options *options, struct import_report *out);

/* ---- values ---- */

/* A day or a moment (UTC milliseconds) as lists write them: "2019-01-12", "2019/1/12 16:04:48",
 * "2019年1月12日"; DAY_NONE and 0 for an empty text. False if it is none. */
bool import_day(str text, i64 *day);
bool import_time(str text, i64 *ms);

/* Names in one cell: separated by 、 ， , ； ; / or line breaks; Chinese names of two characters
 * written with a space stay one. */
strs import_names(struct arena *mem, str text);
#endif
