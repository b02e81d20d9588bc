/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Texts of several lines made ordinary: what Word, WPS and chat programs leave in what is pasted
 * goes, what somebody wrote stays. Where texts come in: platform/web/forms.c, and lists of
 * proposals. The page does the same when something is pasted (ui/js/paste.js). */
#ifndef HT_TEXT_TIDY_H
#define HT_TEXT_TIDY_H
#include "platform/base/arena.h"
#include "platform/base/str.h"

/* The text with
 *   - every kind of line break (CR LF, CR, soft breaks U+000B, U+2028 …) as LF;
 *   - no blanks (U+3000, tabs, no-break and typographic spaces) at the ends of lines, no empty
 *     lines at the ends of the text, at most two between others;
 *   - tabs and no-break spaces inside a line as a blank;
 *   - no zero-width characters, soft hyphens and marks of direction; a joiner stays where it joins
 *     (emoji, Arabic and the like);
 *   - bullets of symbol fonts at the begin of a line as "• ", their arrows and ticks elsewhere as
 *     characters that any font has.
 * All else stays as it is: quotes, dashes, ellipses, full-width forms, rare and compatibility
 * characters, variation selectors, private-use characters of other ranges, and control characters,
 * which forms refuse. Tidying a tidy text changes nothing. The result is text itself, a part of it,
 * or lies in mem. Malformed UTF-8 is left as it is: nothing is done. */
str text_tidy(struct arena *mem, str text);
#endif
