/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Letters at the desk: one that waits, one that is being dismissed. */
#ifndef HT_TESTS_MATRIX_WORLD_TRIAGE_H
#define HT_TESTS_MATRIX_WORLD_TRIAGE_H
#include "tests/matrix/specimens.h"

enum { TRIAGE_WAITING = PART_TRIAGE * THINGS_EACH, TRIAGE_ENDING };

extern const struct specimen SPECIMENS_TRIAGE[];
#endif
