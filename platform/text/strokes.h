/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The order of names by the strokes of the surname (按姓氏笔画为序), in which every official list
 * of names stands. What it is made of, and how far it follows GF 3003-1999: README.md. */
#ifndef HT_TEXT_STROKES_H
#define HT_TEXT_STROKES_H
#include "platform/base/arena.h"
#include "platform/base/str.h"
#include "platform/db/db.h"

/* Reads the characters in their order (seed/text/strokes.txt). Process-wide, replacing an earlier
 * table; called at start; without it names stand by code point. mem: lives as long as the process.
 */
void strokes_load(struct arena *mem, str table);

/* A text of digits by which names sort as bytes: surname, one of one character before one of two
 * that begins with it; then given names of one character before longer ones, each character by
 * count and kinds of its strokes. Characters that are none of the table come last, by code point;
 * blanks and dots within a name do not count. Never empty. */
str strokes_key(struct arena *mem, str name);

/* Puts rows in that order; the same names stay as they stood. at: where in a row its name lies, as
 * offsetof says it (a str). */
void strokes_order(struct arena *mem, struct rows *rows, size_t at);
#endif
