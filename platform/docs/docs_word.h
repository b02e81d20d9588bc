/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A Word document (OOXML, ISO/IEC 29500 transitional) to write on from top to bottom: paragraphs in
 * the faces of official documents, a table of two columns, head and foot of the pages, DOCX bytes.
 * Lengths are millimetres. Knows nothing of letters and forms (docs_docx.c). Implemented by
 * docs_word.c, the only file of docs that packs (libzip). */
#ifndef HT_DOCS_DOCS_WORD_H
#define HT_DOCS_DOCS_WORD_H
#include "platform/docs/docs_pdf.h"

struct word;

/* How a paragraph stands. Sizes are those of office programs: half_points 44 = 2号, 32 = 3号,
 * 28 = 4号. */
enum word_align { WORD_BOTH, WORD_LEFT, WORD_RIGHT, WORD_CENTRE };
struct word_style {
    enum face face;
    int half_points;
    double line_mm; /* top of a line to top of the next */
    enum word_align align;
    double left_mm, right_mm; /* indents of all lines */
    double first_mm;          /* of the first line; negative hangs the others */
    int level;                /* 1…3: heading of that level; 0 = text */
    bool red, keep;           /* red: text and rules; keep: on the same page as the next */
    bool foot;                /* stands at the lower edge of the page's text area */
    bool rule_above, rule_below;
    bool page_before; /* begins a page */
    bool dots;        /* up to the tab at the right edge */
};

/* What a document is. setup stays valid until it is closed. */
struct word_setup {
    str title, author;
    i64 made_on; /* a day, <= 0 = none */
    bool wide;   /* pages lie on their long side, with equal margins */
    bool letter; /* its first page has the red lines of a letter and no page number */
    str issuer;  /* of a letter: red in the head of the first page */
    bool book;   /* running heads; its text goes to disk as it grows */
};

/* Begins a document in mem. */
struct word *word_open(struct arena *mem, const struct word_setup *setup);

/* Memory of the document. */
struct arena *word_memory(struct word *w);

/* One paragraph; a line break of the text begins another. What XML 1.0 cannot hold becomes a blank,
 * as in PDF. */
void word_paragraph(struct word *w, const struct word_style *style, str text);

/* A paragraph in pieces: what stands left (first in the body face, then in kai), and what stands at
 * the right edge. Empty ones are left out. */
void word_ends(struct word *w, const struct word_style *style, const str left[2], str right);

/* A paragraph that holds the QR code of a text, so wide and so high; one in a document. Errors:
 * INVALID docs.qr_too_long. */
err word_code(struct word *w, const struct word_style *style, str text, double size_mm);

/* A table of two columns: begins it, a row of it, ends it. */
void word_table(struct word *w, double label_mm, double value_mm);
void word_row(struct word *w, const struct word_style styles[2], str label, str value);
void word_table_end(struct word *w);

/* A table of several columns; its first row comes again on each page. A row of it: as many texts as
 * columns. Ended by word_table_end. */
void word_grid(struct word *w, const double *widths_mm, size_t count);
void word_grid_row(struct word *w, const struct word_style *style, const str *texts, size_t count,
                   bool head);

/* ---- books ---- */

/* A heading of level 1…3 that references lead to; mark: its number, from 1. */
void word_marked(struct word *w, const struct word_style *style, str text, i64 mark);

/* A line with dots up to a page number at the right edge: the page where a mark stands. */
void word_leader(struct word *w, const struct word_style *style, str text, i64 mark);

/* A text with the pages of some marks behind it. marks: counted from 0, the mark is one more. */
void word_pages(struct word *w, const struct word_style *style, str text, const size_t *marks,
                size_t count);

/* Ends what has no page numbers: cover and contents; the next paragraph begins page 1. */
void word_body_begin(struct word *w);

/* Packs the document; *out in mem, the same bytes for the same document. Errors: INTERNAL
 * docs.failed (larger than a document may be). */
err word_close(struct word *w, bytes *out);
#endif
