/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Output: PDF in the shape of GB/T 9704-2012 (Pango + Cairo), XLSX written at constant memory, QR codes as SVG. No database, no
 * HTTP: structs in, bytes or a file out. (The folder docs/ at the top holds documents for people.) */
#ifndef HT_DOCS_DOCS_H
#define HT_DOCS_DOCS_H
#include "platform/base/arena.h"
#include "platform/base/buf.h"
#include "platform/base/err.h"

/* A paragraph of an official document. */
enum paper_kind { PAPER_BODY, PAPER_HEADING1, PAPER_HEADING2, PAPER_HEADING3, PAPER_ADDRESSEE, PAPER_SIGNATURE, PAPER_NOTE };
struct paper_part {
    enum paper_kind kind;
    str text; /* several lines = several paragraphs */
};

/* A letter in 信函格式 (GB/T 9704-2012 chapter 10.1): issuing body 30 mm from the page top, red double lines, number right,
 * 28 characters a line, 22 lines a page. mark: class letter at the upper right of the first page. */
struct paper_letter {
    str issuer;      /* name in the head */
    str number;      /* 发文字号, "澜交函〔2026〕58号" */
    str mark;        /* "A", may be empty */
    str signer;      /* 签发人, may be empty */
    str title;
    const struct paper_part *parts;
    size_t part_count;
    str seal;        /* body name over the date */
    i64 signed_on;
    str contact;     /* "联系人：…  电话：…" */
    str copies;      /* 抄送, may be empty */
    str print_note;  /* 印发, may be empty */
};

/* Makes the PDF; *out in mem. Errors: INTERNAL docs.font (no usable CJK font), docs.failed. */
err paper_letter_pdf(struct arena *mem, const struct paper_letter *letter, bytes *out);

/* A form-like document: title, key-value table, text sections (提案表, 征询意见表). */
struct paper_row {
    str label, value;
};
struct paper_form {
    str title, subtitle;
    const struct paper_row *rows;
    size_t row_count;
    const struct paper_part *parts;
    size_t part_count;
    str footer;
};
err paper_form_pdf(struct arena *mem, const struct paper_form *form, bytes *out);

/* A workbook written row by row into a file descriptor at constant memory; texts that begin with = + - @ TAB CR are written as text
 * with a leading apostrophe-safe form (never as a formula). */
struct workbook;
err workbook_open(struct arena *mem, str sheet_name, struct workbook **out);
void workbook_text(struct workbook *w, str text);
void workbook_number(struct workbook *w, i64 value);
void workbook_day(struct workbook *w, i64 day);
void workbook_row_end(struct workbook *w);
void workbook_header_end(struct workbook *w); /* ends the header row: bold, frozen, filter */
err workbook_close(struct workbook *w, int *fd);

/* A cell safe for CSV and XLSX against formula injection (OWASP): a leading = + - @ TAB CR gets an apostrophe. */
str cell_safe(struct arena *mem, str text);

/* QR code of a text as an SVG element (no script, no style attributes). */
err qr_svg(struct arena *mem, str text, struct buf *out);
#endif
