/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show; all texts unescaped. */
#ifndef HT_GUESSES_GUESS_VIEWS_H
#define HT_GUESSES_GUESS_VIEWS_H
#include "modules/guesses/guess_agency.h"
#include "platform/web/view_parts.h"

/* A guess, worded. because: words with marks between, empty = none. */
struct guess_line {
    str label, because;
    i64 degree;
};
struct guess_card {
    struct guess_line lines[GUESS_SHOWN];
    size_t count;
    bool may_read;
};

/* How often a question was guessed rightly, in all and by what was decided. */
struct guess_count {
    str label;
    i64 seen, hits;
};
struct guess_report {
    const char *name;
    bool counted; /* not learned: there is no model */
    i64 made_at, texts, seen, hits;
    const struct guess_count *counts;
    size_t count;
};
struct guess_page {
    const struct view_link *crumbs;
    const struct guess_report *reports;
    size_t count;
    i64 days;
    bool may_train;
};
#endif
