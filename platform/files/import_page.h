/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The page and the API by which a list comes in, the same for every kind: a file is judged, its
 * columns can be told, then it is taken, whole or not at all. A module declares a struct
 * import_page beside its import_kind (mapping.h); its handlers are one line each. */
#ifndef HT_FILES_IMPORT_PAGE_H
#define HT_FILES_IMPORT_PAGE_H
#include "platform/files/mapping.h"
#include "platform/web/view_parts.h"

/* How many days a file waits that was looked at and not taken. Who owns it sweeps it
 * (attachment_list_old) and tells the sender. */
enum { IMPORT_KEEP_DAYS = 30 };

/* ---- what a module declares ---- */

/* home: collection, menu entry and path, "members" for /members/import. path: the page's own, where
 * it is another; NULL = that. below: writes what else the page offers, report NULL before anything
 * was judged; NULL = nothing. title, hint, done: text
 * keys: of the page; what a row needs and what becomes of it; of the message afterwards, {0} = how
 * many. act: of the audit. keep: collection under which the file is kept between the check and the
 * import; NULL = sent again each time, for lists
 * of personal data. most: rows that a page takes, 0 = any number. */
struct import_page {
    const struct import_kind *kind;
    const char *home, *title, *hint, *done, *act, *keep;
    i64 most;
    const char *path;
    err (*below)(struct rq *rq, const struct import_report *report, struct out *out);
};

/* What the form fills. file: the upload's own; kept: the attachment of the check before, when the
 * file is not sent again. columns: the field of each column of the file in order, empty = not used;
 * none on the first look. heads: the headers that they were told for, as many, so that another file
 * sent with them is not misread; none = by position. run: for good, else only judged. */
struct import_input {
    ids file;
    i64 kept, header_row, header_rows;
    bool run;
    str source;
    strs columns, heads;
};

/* The form of the page and of the API. */
extern const struct form IMPORT_FORM;

/* ---- handlers ---- */

/* The page before anything was sent, and redrawn with faults. */
err import_page_form(struct rq *rq, struct res *res, const struct import_page *page);

/* The slow half of the two routes below: has the list taken apart, so that nobody who writes waits
 * for that, and keeps its bytes, where files are kept. Errors: INVALID form.faults (a file that is
 * not kept); BUSY files.reader_gone, docs.disk. */
err import_page_receive(struct rq *rq, struct res *res, const struct import_page *page);

/* Judges the list; takes it when asked to and no row is refused, keeps the columns that were told
 * under the sender's name, and goes to the collection. Else the page with the report, 422 when
 * something is wrong. Errors: INVALID form.faults (no file, not readable); those of import_run. */
err import_page_take(struct rq *rq, struct res *res, const struct import_page *page);

/* The same for the API: imported, rows, created, updated, unchanged, refused, faults [row, column,
 * code, detail]; kept, where files are kept. */
err import_page_api(struct rq *rq, struct res *res, const struct import_page *page);

/* ---- what the view shows ---- */

struct import_fault_item {
    i64 row;
    str column, words;
};
struct import_column_item {
    str header, letter;
    const struct view_choice *fields;
};
struct import_view {
    const struct view_link *crumbs;
    str title, action, back, hint, known; /* known: headers that map by themselves */
    str source, file, ignored;
    i64 kept;       /* attachment with the file; 0 = none */
    i64 waiting;    /* the one of an earlier look, on a page that judges nothing */
    i64 kept_until; /* the day on which either is swept */
    i64 header_row, header_rows;
    bool keeps;                               /* the file need not be sent again */
    const struct import_column_item *columns; /* of the file as they are read */
    size_t column_count, field_count;
    const struct import_report *report; /* NULL = nothing judged yet */
    const struct import_fault_item *faults;
    size_t fault_count;
    html below;
};
#endif
