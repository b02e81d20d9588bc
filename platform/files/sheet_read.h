/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Inside of sheet_read: one reader for each kind of file, a row under construction, and a source of
 * bytes that unpacks gzip and turns GB18030 and UTF-16 into UTF-8. For platform/files only; others
 * use files.h. */
#ifndef HT_FILES_SHEET_READ_H
#define HT_FILES_SHEET_READ_H
#include "platform/base/arena.h"
#include "platform/base/buf.h"
#include "platform/base/str.h"
#include "platform/files/files.h"

/* ---- a list ---- */

/* An open list, a nameless temporary file for what does not belong into memory, and the list's
 * name, of which only the ending matters. Whoever opened them closes them. task: what it is, if no
 * list: a picture or an office file; the nameless file then takes what is made of it (photo_read.h,
 * office.h). */
enum sheet_task { TASK_LIST, TASK_PHOTO, TASK_OFFICE, TASK_COUNT };
struct sheet_input {
    int fd, spool_fd;
    str name;
    enum sheet_task task;
};

/* Reads it in this process; sheet_read asks for it, or has it asked for by a process of its own
 * (sheet_process.h). Opens no file. Errors as sheet_read; of a photo as photo_parse, of an office
 * file as office_parse. */
err sheet_parse(struct arena *mem, const struct sheet_input *in, const struct sheet_reader *reader);

/* The limits of a reader, defaults filled in. */
struct sheet_limits sheet_limits_of(const struct sheet_reader *reader);

/* ---- a row under construction ---- */

/* Memory is kept from row to row, so that a table of a million rows needs no more than its largest
 * one. */
struct row_builder {
    struct arena *mem;
    const struct sheet_reader *reader;
    struct sheet_limits limits; /* all fields set */
    struct buf *text;           /* cells one behind the other */
    size_t *starts, *ends;      /* of each cell in text */
    str *cells;
    i64 count, rows;
};

/* Empty builder with the limits of the reader, defaults filled in. */
void row_begin(struct row_builder *b, struct arena *mem, const struct sheet_reader *reader);

/* Sets cell number `column` (0-based) to what stands in text from start on; cells skipped are
 * empty. Errors: INVALID files.too_many_columns, files.cell_too_big. */
err row_cell(struct row_builder *b, i64 column, size_t start);

/* Hands the row over, trailing empty cells dropped, and begins the next one; a row without any text
 * is not handed over. Errors: INVALID files.too_many_rows, files.encoding; the row function's own.
 * */
err row_end(struct row_builder *b, i64 number);

/* ---- bytes of a text file ---- */

enum source_text { TEXT_UTF8, TEXT_GB18030, TEXT_UTF16LE, TEXT_UTF16BE };

struct source;
struct ole; /* ole.h */

/* Begins reading an open file, unpacking gzip, looks through it once to tell its encoding, and
 * stands at its begin again. Errors: NOT_FOUND files.missing (a folder); INVALID files.not_a_table
 * (zero bytes in it, or empty), files.bomb, files.too_big. */
err source_open(struct arena *mem, int fd, const struct sheet_limits *limits, struct source **out);

/* The next piece as UTF-8; len 0 at the end. Valid until the next call. Errors: INVALID
 * files.encoding, files.broken. */
err source_next(struct source *s, str *out);

/* To the begin again. */
void source_rewind(struct source *s);

/* The first bytes, for telling kinds apart. */
str source_head(const struct source *s);

/* Where the pairs of an object go. */
struct pair_sink {
    err (*fn)(void *context, str name, str value);
    void *context;
};

/* Calls the sink for each member of a JSON object: members of objects in it as "outer.inner", lists
 * of plain values joined by commas. Errors: INVALID import.mapping {why}; the sink's own. */
err json_pairs(struct arena *mem, str json, const struct pair_sink *sink);

/* ---- kinds ---- */

/* Reads all rows of a workbook; of a text with separators; of JSON objects, one a line. Errors as
 * sheet_read. */
err sheet_read_xlsx(struct row_builder *b, const struct sheet_input *in);
err sheet_read_xls(struct row_builder *b, struct ole *ole);
err sheet_read_csv(struct row_builder *b, struct source *source);
err sheet_read_jsonl(struct row_builder *b, struct source *source);

/* The paragraphs of a document as rows of one cell: of a .docx, of plain text. Errors likewise. */
err sheet_read_docx(struct row_builder *b, const struct sheet_input *in);
err sheet_read_lines(struct row_builder *b, struct source *source);
#endif
