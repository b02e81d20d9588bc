/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Whether a text is nearly a copy of another: runs of four characters that both have. Candidates
 * are the caller's (gather_vote with the texts' own ids). Pure. */
#ifndef HT_TEXT_COPIES_H
#define HT_TEXT_COPIES_H
#include "platform/base/arena.h"
#include "platform/base/str.h"

enum { TEXT_COPY = 500 }; /* per mille from which a text counts as a copy */

/* The runs of a text, each once, ascending. */
struct text_runs {
    uint64_t *items;
    size_t count;
};

/* Of title and body one behind the other, folded here; marks and spaces do not count, a text of
 * fewer than four characters is one run. In mem. */
struct text_runs text_runs_of(struct arena *mem, str title, str body);

/* Runs in both ÷ runs in either (Jaccard), 0..1000; 0 when one has none. */
i64 text_copy_degree(const struct text_runs *a, const struct text_runs *b);
#endif
