/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Groups of texts that are alike each with each (platform/text/likeness.h). Pure, no database. Why
 * this way and these limits: README, "Groups". */
#ifndef HT_MERGERS_MERGER_GROUPS_H
#define HT_MERGERS_MERGER_GROUPS_H
#include "platform/text/likeness.h"

/* Places of the texts of a group in ascending order; mean: of the degrees of all its pairs. */
struct merger_group {
    size_t *members;
    size_t count;
    i64 mean;
};

/* Groups by average link over pairs of text_pairs: two join while the mean degree over all pairs
 * between them (0 where there is none in `pairs`) is at least `least`, the best first, at most
 * size_max together. Struct merger_group rows, the most alike first. count: of texts. */
struct merger_limits {
    i64 least;
    size_t size_max;
};
void merger_groups(struct arena *mem, const struct rows *pairs, size_t count,
                   const struct merger_limits *limits, struct rows *out);
#endif
