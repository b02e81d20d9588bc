/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The walk over characters, bigrams and words of a text. */
#include <math.h>

#include "platform/text/fold.h"

#include "platform/text/classify_words.h"

enum { BODY_CHARS = 4000, TITLE_CHARS = 200, TITLE_TIMES = 2 };

struct classify_walk classify_walk_begin(struct arena *mem, const struct classify_text *text)
{
    return (struct classify_walk){
        .part = fold_text(mem, str_cut_chars(text->title, TITLE_CHARS)),
        .body = fold_text(mem, str_cut_chars(text->body, BODY_CHARS)),
    };
}

static bool give(struct classify_walk *w, str text, bool says)
{
    w->text = text;
    w->says = says;
    w->key = text_key(text);
    w->by = w->in_body ? 1 : TITLE_TIMES;
    w->title_key = w->in_body ? 0 : (w->key ^ 't') * 16777619u;
    w->title_key += !w->in_body && w->title_key == 0;
    return true;
}

bool classify_walk_next(struct classify_walk *w)
{
    if (w->second) {
        w->second = false;
        return give(w, w->token.text, true);
    }
    while (!fold_next(w->part, &w->at, true, &w->token)) {
        if (w->in_body)
            return false;
        w->part = w->body;
        w->at = 0;
        w->in_body = true;
    }
    if (!w->token.chinese)
        return give(w, w->token.text, true);
    size_t first = 0;
    str_next_char(w->token.text, &first);
    w->second = first < w->token.text.len;
    return give(w, str_sub(w->token.text, 0, first), false);
}

struct text_bag classify_bag(struct arena *mem, const struct classify_text *text)
{
    struct text_bag bag = text_bag_new(mem, 1024);
    struct classify_walk w = classify_walk_begin(mem, text);
    while (classify_walk_next(&w)) {
        text_bag_add(&bag, w.key, w.by);
        if (w.title_key)
            text_bag_add(&bag, w.title_key, 1);
    }
    return bag;
}

double classify_weight(uint32_t count, i64 idf_x1000)
{
    return (1 + log((double)count)) * (double)idf_x1000 / 1000;
}
