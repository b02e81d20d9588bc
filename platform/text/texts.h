/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The words of the interface by stable name: what C says stands in text/zh.txt, lines "name =
 * words" with {0} and {1} for arguments. Read once at start into an immutable table; afterwards
 * any thread looks up without a lock. Words of a page stand in its view instead. Search in
 * user's text is text.h. */
#ifndef HT_TEXT_TEXTS_H
#define HT_TEXT_TEXTS_H
#include "platform/base/arena.h"
#include "platform/base/err.h"
#include "platform/base/str.h"

struct embed_file;

/* Reads the text files (ended by a zero row, e.g. embed_texts) into the table, which replaces an
 * earlier one. mem: lives as long as the process. Lines: empty, "# comment", or "name = words";
 * words may hold \n for a line break. Errors: INVALID texts.malformed, texts.duplicate with the
 * file's name and the line. Then the table stays as it was. */
err text_load(struct arena *mem, const struct embed_file *files);

/* The words of a name, or the name itself where there are none. name must outlive the result (it
 * is a literal). */
str text_find(const char *name);

/* The words of "prefix.code", or the code itself: labels of states, verbs, choices. */
str text_label(const char *prefix, str code);

/* Whether there are words for a name. */
bool text_has(const char *name);

/* The words with {0} and {1} replaced by a and b; other braces stay as they are. */
str text_format(struct arena *mem, const char *name, str a, str b);

/* A day as words and files have it: "2026-11-25". Views: view_date. */
str text_day(struct arena *mem, i64 day);

/* Every CODE of the names "prefix.CODE" (without a further dot), in order. */
strs text_codes(struct arena *mem, const char *prefix);

/* Number of names in the table, for checks. */
size_t text_count(void);
#endif
