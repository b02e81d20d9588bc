/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A sheet of paper to draw on: lines of text in the faces of official documents, rules, boxes,
 * pages, PDF bytes. Lengths are millimetres from the upper left corner. Knows nothing of letters
 * and forms (docs_paper.c, docs_form.c). Implemented by docs_pdf.c, the only file that knows
 * Pango and Cairo. */
#ifndef HT_DOCS_DOCS_PDF_H
#define HT_DOCS_DOCS_PDF_H
#include "platform/base/arena.h"
#include "platform/base/buf.h"
#include "platform/base/err.h"

/* The four faces of GB/T 9704-2012: body, kai for subheadings and names, hei for headings, song
 * for titles. */
enum face { FACE_FANG, FACE_KAI, FACE_HEI, FACE_SONG, FACE_COUNT };

/* How text looks. size_mm: height of a character's square. */
struct style {
    enum face face;
    double size_mm;
    bool red;
};

/* One line of a broken paragraph. text: what stands on it. width_mm: natural width; indent_mm:
 * where it begins, relative to the paragraph's left edge; last: ends the paragraph (never
 * stretched). */
struct text_line {
    void *line;
    struct style style;
    str text;
    double width_mm, indent_mm;
    bool last;
};
struct text_lines {
    struct text_line *items;
    size_t count;
};

/* A paragraph to break. indent_mm: of the first line; negative hangs the other lines by that
 * much. */
struct paragraph {
    str text;
    struct style style;
    double width_mm, indent_mm;
};

struct canvas;

/* Document information of the PDF. made_ms: date of creation (UTC), 0 = none. wide: pages lie on
 * their long side. */
struct paper_meta {
    str title, author;
    i64 made_ms;
    bool wide;
};

/* A4 pages in mem; released with it. Errors: INTERNAL docs.font (no font with Chinese
 * characters), docs.failed. */
err canvas_open(struct arena *mem, const struct paper_meta *meta, struct canvas **out);

/* The same, written to a descriptor as it grows: what it holds does not grow with the pages, if the
 * caller resets mem to a mark after what he has drawn. The descriptor stays the caller's. */
err canvas_open_fd(struct arena *mem, const struct paper_meta *meta, int fd, struct canvas **out);

/* Breaks a paragraph by the rules of Chinese typesetting (no punctuation at the wrong end of a
 * line). Malformed UTF-8 and control characters are replaced. Valid as long as the canvas. */
struct text_lines canvas_break(struct canvas *c, const struct paragraph *paragraph);

/* Width of a text on one line. */
double canvas_width(struct canvas *c, str text, struct style style);

/* Draws a line with the top of its character squares at y. fill_mm: stretches it to that width
 * unless it is the last of its paragraph; 0 = as it is. */
void canvas_line(struct canvas *c, const struct text_line *line, double x, double y,
                 double fill_mm);

/* Upper and lower edge of the ink of a line, relative to the top of its character squares. */
void canvas_ink(const struct text_line *line, double *top, double *bottom);

/* A straight horizontal or vertical rule between two points, centred on them. */
struct rule {
    double x0, y0, x1, y1, thick_mm;
    bool red;
};
void canvas_rule(struct canvas *c, const struct rule *rule);

/* Stands the page on its head for what is drawn until it is turned again. */
void canvas_turn(struct canvas *c);

/* Ends the page and begins the next one. */
void canvas_next_page(struct canvas *c);

/* Adds a line to what a reader shows beside the pages as contents (PDF outline), leading to a page
 * of the file (from 1), below another line (parent; 0 = none). Its number. */
int canvas_outline(struct canvas *c, str title, i64 page, int parent);

/* Ends the document; *out in mem (out NULL where it goes to a descriptor). Errors: INTERNAL
 * docs.failed; BUSY docs.disk (the descriptor took no more). */
err canvas_close(struct canvas *c, bytes *out);
#endif
