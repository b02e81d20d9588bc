/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Folding and tokens: the one tokenizer that feeds both engines. A folded text holds runs of
 * Chinese characters and words of other letters and digits, separated by single spaces. Tokens are
 * bigrams of runs, the last character of a run, and words. */
#ifndef HT_TEXT_FOLD_H
#define HT_TEXT_FOLD_H
#include "platform/base/buf.h"

/* Reads the traditional-to-simplified pairs (seed/text/traditional.txt: two characters a line).
 * Process-wide, replacing an earlier table; called at start; without it texts are folded by width
 * and case only. mem: lives as long as the process. */
void fold_load(struct arena *mem, str pairs);

/* Folds: full width to half width, capital to small letters, traditional to simplified, marks and
 * white space to one space; white space inside a Chinese run is dropped, and a space stands between
 * a Chinese run and other letters. */
str fold_text(struct arena *mem, str s);

/* One character folded; 0 when it is a mark or white space and so part of no word. */
uint32_t fold_one(uint32_t c);

/* Takes the next token of a folded text from *at on; false at its end. whole: at the end of the
 * text the last character of a run is given as a token of its own (documents); without it only
 * between two runs (queries). single: the token is one Chinese character that stands alone in its
 * run (a query matches it by prefix). */
struct fold_token {
    str text;
    bool chinese;
    bool single;
};
bool fold_next(str folded, size_t *at, bool whole, struct fold_token *out);

/* Whether the character belongs to runs of bigrams: Han, kana, hangul, private use. */
bool fold_is_chinese(uint32_t c);
#endif
