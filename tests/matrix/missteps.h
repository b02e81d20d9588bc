/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Steps at the wrong time: each verb of each flow asked of those things of the flow that stand in a
 * state from which no row of the verb starts. Whoever asks may do everything, so that nothing but
 * the state can refuse. */
#ifndef HT_TESTS_MATRIX_MISSTEPS_H
#define HT_TESTS_MATRIX_MISSTEPS_H
#include "tests/matrix/matrix.h"

enum { MISSTEPS_MAX = 4000 };

struct misstep {
    const struct route_entry *entry; /* the step in the API */
    int thing;
};

struct missteps {
    struct misstep all[MISSTEPS_MAX];
    size_t count;
};

/* Those of the first set; freed with free(). */
struct missteps *missteps_new(struct matrix *m);

/* Whether the house says that the state is the wrong one. */
bool misstep_is_refused(struct matrix *m, const struct misstep *misstep);
#endif
