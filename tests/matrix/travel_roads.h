/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Side roads that the world of the matrix does not need but a case that travels may have gone. */
#ifndef HT_TESTS_MATRIX_TRAVEL_ROADS_H
#define HT_TESTS_MATRIX_TRAVEL_ROADS_H
#include "tests/matrix/world.h"

/* Walks them, for the first set: afterwards each table that travels has a row. Stops the program
 * when a step is refused. */
void travel_roads_walk(struct world *w);
#endif
