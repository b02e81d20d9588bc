/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Output: PDF in the shape of GB/T 9704-2012 (Pango + Cairo), the same papers as DOCX, XLSX written
 * at constant memory, QR codes as SVG. No database, no HTTP: structs in, bytes or a file out. (The
 * folder docs/ at the top holds documents for people.) */
#ifndef HT_DOCS_DOCS_H
#define HT_DOCS_DOCS_H
#include "platform/base/arena.h"
#include "platform/base/buf.h"
#include "platform/base/err.h"

/* A paragraph of an official document. */
enum paper_kind {
    PAPER_BODY,
    PAPER_HEADING1,
    PAPER_HEADING2,
    PAPER_HEADING3,
    PAPER_ADDRESSEE,
    PAPER_SIGNATURE,
    PAPER_NOTE,
    PAPER_TITLE /* of another text in the same paper: as the paper's own */
};
struct paper_part {
    enum paper_kind kind;
    str text; /* several lines = several paragraphs */
};

/* The red head of an internal bulletin (简报): its name, which issue, whose and of which day, a red
 * line as wide as the text. mark: upper left, "内部资料  注意保存", may be empty. */
struct paper_masthead {
    str name, issue, office, mark;
    i64 issued_on; /* 0 = not yet */
};

/* A letter in 信函格式 (GB/T 9704-2012 chapter 10.1): issuing body 30 mm from the page top, red
 * double lines, number right, 28 characters a line, 22 lines a page. mark: class letter at the
 * upper right of the first page. */
struct paper_letter {
    str issuer; /* name in the head */
    /* A bulletin's head in place of the letter's, then neither its red foot nor number and signer;
     * pages are numbered from the first. NULL = a letter */
    const struct paper_masthead *masthead;
    str number; /* 发文字号, "澜交函〔2026〕58号" */
    str mark;   /* "A", may be empty */
    str signer; /* 签发人, "签发人：李某", may be empty */
    str title;
    const struct paper_part *parts;
    size_t part_count;
    str seal; /* body name over the date */
    i64 signed_on;
    str contact; /* "联系人：…  电话：…" */
    str copies;  /* 抄送, "抄送：…。", a line each, may be empty */
    /* 印发, may be empty; brings the separating lines, which the letter form has not (10.1) */
    str print_note;
};

/* Makes the PDF; *out in mem. Errors: INTERNAL docs.font (no usable CJK font), docs.failed. */
err paper_letter_pdf(struct arena *mem, const struct paper_letter *letter, bytes *out);

/* The same of several, each beginning a page of its own: what is printed and sent together. count:
 * at least one. */
err paper_letters_pdf(struct arena *mem, const struct paper_letter *letters, size_t count,
                      bytes *out);

/* The same letter as DOCX, to be worked on in Word or WPS: the same texts in the same order, lines
 * and pages as the program breaks them. *out in mem; the same letter gives the same bytes. Errors:
 * INTERNAL docs.failed. */
err paper_letter_docx(struct arena *mem, const struct paper_letter *letter, bytes *out);

/* A form-like document: title, key-value table, text sections (提案表, 征询意见表). */
struct paper_row {
    str label, value;
};
struct paper_form { /* title and subtitle: lines are kept */
    str title, subtitle;
    const struct paper_row *rows;
    size_t row_count;
    const struct paper_part *parts;
    size_t part_count;
    str footer;
    str code; /* what the QR code beside the footer says, empty = none */
};

/* As paper_letter_pdf; INVALID docs.qr_too_long. */
err paper_form_pdf(struct arena *mem, const struct paper_form *form, bytes *out);

/* As paper_letter_docx. */
err paper_form_docx(struct arena *mem, const struct paper_form *form, bytes *out);

/* A book: cover, contents, entries that each begin a page, indexes. Running heads, page numbers
 * outside (odd pages right). A section of an entry: title and a line under it stand centred, both
 * may be empty. under: what stands below an entry's title. */
struct book_section {
    str title, under;
    const struct paper_part *parts;
    size_t part_count;
};
struct book_entry {
    str number, title, under;
    const struct book_section *sections;
    size_t section_count;
};
/* title empty: its entries stand in no chapter of their own. */
struct book_chapter {
    str title;
    const struct book_entry *entries;
    size_t count;
};
/* Where a name stands: entries counted through all chapters from 0, ascending. */
struct book_name {
    str name;
    const size_t *entries;
    size_t count;
};
struct book_index {
    str title;
    const struct book_name *names;
    size_t count;
};
/* title: lines are kept. note: on the back of the cover. contents: the heading of the contents.
 * progress: called after each entry with how many of them are done (both passes count), may be
 * NULL; an error ends the work. */
struct book {
    str title, subtitle, publisher, note, contents;
    i64 made_on;
    const struct book_chapter *chapters;
    size_t chapter_count;
    const struct book_index *indexes;
    size_t index_count;
    err (*progress)(void *context, i64 done, i64 all);
    void *context;
};

/* Writes it as PDF to a descriptor, which stays the caller's; what it takes of memory does not grow
 * with the pages. *pages: of the file. Errors: INTERNAL docs.font, docs.failed; BUSY docs.disk;
 * progress's own. */
err book_pdf(struct arena *mem, const struct book *book, int fd, i64 *pages);

/* The same as DOCX: page numbers in contents and indexes are fields that the program fills when it
 * opens the file; how many pages it has only the program knows. Errors: as book_pdf. */
err book_docx(struct arena *mem, const struct book *book, int fd);

/* A list on pages that lie on their long side: a part (of one body, say) begins on a new page with
 * its name and the heads of the columns, which come again on each page. cells: row by row, as many
 * as columns. */
enum { PAPER_COLUMNS_MAX = 10 };
struct paper_column {
    str label;
    i64 width_mm; /* together at most PAPER_LIST_W */
};
struct paper_list_part {
    str name;
    const str *cells;
    size_t row_count;
};
struct paper_list {
    str title, subtitle;
    const struct paper_column *columns;
    size_t column_count;
    const struct paper_list_part *parts;
    size_t part_count;
};
#define PAPER_LIST_W 261

/* As paper_letter_pdf, paper_letter_docx. */
err paper_list_pdf(struct arena *mem, const struct paper_list *list, bytes *out);
err paper_list_docx(struct arena *mem, const struct paper_list *list, bytes *out);

/* A plan of a hall on pages that lie on their long side: rows from the top, each centred, with its
 * label at both ends; a chair has a name and, small, its number; an aisle is a gap left of it. Rows
 * that are too long for names to be read go on on further pages, a part of the chairs on each. */
struct paper_plan_cell {
    str name, number; /* name empty = free */
    bool aisle;
};
struct paper_plan_line {
    str label;
    const struct paper_plan_cell *cells;
    size_t count;
};
struct paper_plan {
    str title, subtitle;
    const struct paper_plan_line *lines;
    size_t line_count;
};

/* As paper_letter_pdf. */
err paper_plan_pdf(struct arena *mem, const struct paper_plan *plan, bytes *out);

/* Name cards for tables: two on a sheet of A4, or one along it (large), each folded in its middle
 * into a tent, so that both sides read; the name as large as fits, one of two characters as wide as
 * one of three. */
struct paper_cards {
    str title;
    const str *names;
    size_t count;
    bool large;
};

/* As paper_letter_pdf. */
err paper_cards_pdf(struct arena *mem, const struct paper_cards *cards, bytes *out);

/* Content type of DOCX. */
extern const char DOCX_TYPE[];

/* A workbook written row by row at constant memory; texts that begin with = + - @ TAB CR are
 * written as text behind an apostrophe (cell_safe), never as a formula. The first row is the
 * header, bold, until workbook_header_end. */
struct workbook;

/* Errors: BUSY docs.disk (no temporary file), INTERNAL docs.failed. Dropped with mem when not
 * finished. */
err workbook_open(struct arena *mem, str sheet_name, struct workbook **out);

/* Ends the sheet and begins another one, with its own header. Names differ within a workbook, else
 * workbook_finish fails. */
void workbook_sheet(struct workbook *w, str sheet_name);

/* The next cell of the row. A day <= 0 stays empty. Texts longer than a cell may be (32,767
 * characters) are cut. */
void workbook_text(struct workbook *w, str text);
void workbook_number(struct workbook *w, i64 value);
void workbook_day(struct workbook *w, i64 day);

/* Ends a row; ends the header row, which is then frozen and filterable. */
void workbook_row_end(struct workbook *w);
void workbook_header_end(struct workbook *w);

/* Completes the file; *fd is open for reading at its begin, has no name any more and belongs to
 * the caller (fd NULL drops it). Errors: INTERNAL docs.failed. (libxlsxwriter owns the name
 * workbook_close.) */
err workbook_finish(struct workbook *w, int *fd);

/* A cell safe for CSV and XLSX against formula injection (OWASP): a leading = + - @ TAB CR gets
 * an apostrophe. The result is text itself or lies in mem. */
str cell_safe(struct arena *mem, str text);

/* QR code of a text (UTF-8) as an SVG element of class "qr" (no script, no style attributes).
 * Errors: INVALID docs.qr_too_long. */
err qr_svg(struct arena *mem, str text, struct buf *out);
#endif
