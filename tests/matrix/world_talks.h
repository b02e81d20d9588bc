/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Talks of each set with its person: a caution and an inquiry that are asked for, an inquiry that
 * was answered. */
#ifndef HT_TESTS_MATRIX_WORLD_TALKS_H
#define HT_TESTS_MATRIX_WORLD_TALKS_H
#include "tests/matrix/specimens.h"

enum { TALK_ASKED = PART_TALKS * THINGS_EACH, TALK_INQUIRY, TALK_HELD };

extern const struct specimen SPECIMENS_TALKS[];
#endif
