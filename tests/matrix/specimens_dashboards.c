/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/dashboards. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_dashboards.h"

const struct specimen SPECIMENS_DASHBOARDS[] = {
    { .path = "/proposals/figures" },
    { .path = "/proposals/figures.xlsx" },
    { .path = "/proposals/figures.pdf" },
    { .path = "/proposals/figures/units" },
    { .path = "/proposals/figures/units.xlsx" },
    { .path = "/proposals/figures/days" },
    { .path = "/proposals/figures/days.xlsx" },
    { .path = "/proposals/figures/compare" },
    { .path = "/proposals/figures/compare.xlsx" },
    { .path = "/proposals/figures/explain" },
    { .path = "/proposals/figures/signers" },
    { .path = "/proposals/figures/answers" },
    { .path = "/opinions/figures" },
    { .path = "/opinions/figures.xlsx" },
    { .path = "/opinions/figures/members" },
    { .path = "/opinions/figures/members.xlsx" },
    { .path = "/opinions/figures/explain" },
    { .path = "/letters/figures" },
    { .path = "/letters/figures.xlsx" },
    { .path = "/letters/figures/places" },
    { .path = "/letters/figures/places.xlsx" },
    { .path = "/letters/figures/units" },
    { .path = "/letters/figures/units.xlsx" },
    { .path = "/letters/figures/counties" },
    { .path = "/letters/figures/counties.xlsx" },
    { .path = "/letters/figures/explain" },
    { .path = "/outcomes" },
    { .path = "/evaluations" },
    { .path = "/evaluations.csv" },
    { .path = "/evaluations.xlsx" },
    { 0 },
};
