/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/plenaries. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_plenaries.h"

const struct specimen SPECIMENS_PLENARIES[] = {
    { .path = "/plenaries" },
    { .path = "/plenaries/{id}", .things = { PLENARY_NOTIFIED } },
    { .path = "/plenaries/{id}/pdf", .things = { PLENARY_NOTIFIED } },
    { .path = "/plenaries/{id}/docx", .things = { PLENARY_NOTIFIED } },
    { 0 },
};
