/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The measures of GB/T 9704-2012 in millimetres, from the upper left corner of an A4 page
 * (rules.md 10.1). One character square is 1/28 of the 156 mm line; a line is a square and 7/8 of
 * one: 22 squares and 21 gaps then fill 225 mm (224.95), which is how the standard's figures
 * agree. (16 points, as office programs take 3号, would need 158 mm.) */
#ifndef HT_DOCS_DOCS_MEASURES_H
#define HT_DOCS_DOCS_MEASURES_H
#include "platform/docs/docs_pdf.h"

struct paper_masthead;

#define LINE_CHARS 28
#define PAGE_LINES 22

static const double PAGE_W = 210, PAGE_H = 297;
static const double TOP = 37, LEFT = 28, TEXT_W = 156, TEXT_H = 225;
static const double SQUARE = 156.0 / LINE_CHARS;         /* 3号 */
static const double PITCH = 156.0 / LINE_CHARS * 15 / 8; /* top of a line to top of the next */
static const double SIZE_2 = 7.4083, SIZE_4 = 4.9389;    /* 2号 = 21 pt, 4号 = 14 pt */
static const double HEAD_TOP = 30, HEAD_GAP = 4, RED_W = 170,
                    RED_FOOT = 20; /* letter form, chapter 10.1 */
/* A bulletin's head: the name as large as this, its upper edge below that of the text area, and
 * what stands between its lines. */
static const double NAME_SIZE = 17, NAME_TOP = 14, NAME_GAP = 8;
static const double NUMBER_GAP = 7; /* page number below the text area */

/* Draws the page number: 4号 with a short line each side, odd pages right with a blank, even pages
 * left. */
void paper_page_number(struct canvas *c, i64 page);

/* Draws the red head of a bulletin; gives where its red line stands. */
double paper_masthead_draw(struct canvas *c, struct arena *mem, const struct paper_masthead *head);

/* A day as official documents write it, in Arabic numerals without leading zeros. */
str paper_day(struct arena *mem, i64 day);
#endif
