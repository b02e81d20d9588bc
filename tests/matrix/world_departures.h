/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Departures of each set: a letter of the set's person, a revocation that waits to be ratified,
 * one who has resigned. */
#ifndef HT_TESTS_MATRIX_WORLD_DEPARTURES_H
#define HT_TESTS_MATRIX_WORLD_DEPARTURES_H
#include "tests/matrix/specimens.h"

enum { DEPARTURE_ASKED = PART_DEPARTURES * THINGS_EACH, DEPARTURE_UNRATIFIED, DEPARTURE_LEFT };

extern const struct specimen SPECIMENS_DEPARTURES[];
#endif
