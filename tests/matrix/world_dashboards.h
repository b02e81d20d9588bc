/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Dashboards have nothing of their own in the world. */
#ifndef HT_TESTS_MATRIX_WORLD_DASHBOARDS_H
#define HT_TESTS_MATRIX_WORLD_DASHBOARDS_H
#include "tests/matrix/specimens.h"

extern const struct specimen SPECIMENS_DASHBOARDS[];
#endif
