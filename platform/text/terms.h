/* SPDX-License-Identifier: MulanPSL-2.0 */
/* From words to what each engine is asked: an FTS5 expression, a text[] of tokens. Pure text, no
 * database. */
#ifndef HT_TEXT_TERMS_H
#define HT_TEXT_TERMS_H
#include "platform/text/fold.h"

enum { TERMS_WORDS_MAX = 8 };

/* Folded words of a query, those without letters left out. */
struct words {
    str items[TERMS_WORDS_MAX];
    size_t count;
};
struct words words_of(struct arena *mem, str query);

/* The scope token of a collection and organisation, "proposals:12" (PostgreSQL) or "proposals12"
 * (FTS5, ascii tokens). */
str terms_scope(struct arena *mem, const char *collection, i64 org_id, bool fts);

/* Every word: scope AND each as a phrase (FTS5), {scope,token,…} of all words (PostgreSQL). */
str terms_all(struct arena *mem, str scope, const struct words *words, bool fts);

/* At least one of the tokens, within the scope; PostgreSQL asks for the scope apart. */
str terms_any(struct arena *mem, str scope, const strs *tokens, bool fts);

/* What is stored: tokens separated by spaces (FTS5), or each once as an array (PostgreSQL, with
 * single characters). */
str tokens_fts(struct arena *mem, str folded);
str tokens_array(struct arena *mem, str scope, str title, str body);

/* A set of texts with counts, for tokens; open addressing, grows in the arena. */
struct tally {
    struct tally_item {
        str text;
        i64 count;
        i64 weight_x100;
    } * items;
    size_t capacity, count;
    struct arena *mem;
};
struct tally tally_new(struct arena *mem, size_t capacity);
struct tally_item *tally_of(struct tally *t, str text); /* adds it with count 0 when missing */
const struct tally_item *tally_find(const struct tally *t, str text); /* NULL when missing */
#endif
