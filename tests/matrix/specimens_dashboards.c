/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/dashboards. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_dashboards.h"

const struct specimen SPECIMENS_DASHBOARDS[] = {
    { .path = "/proposals/figures" }, { .path = "/proposals/figures.xlsx" },
    { .path = "/evaluations" },       { .path = "/evaluations.csv" },
    { .path = "/evaluations.xlsx" },  { 0 },
};
