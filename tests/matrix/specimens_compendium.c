/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/compendium. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_compendium.h"
#include "tests/matrix/world_proposals.h"

const struct specimen SPECIMENS_COMPENDIUM[] = {
    { .path = "/proposals/{id}/pdf", .things = SEEN_PROPOSALS },
    { .path = "/proposals/{id}/docx", .things = SEEN_PROPOSALS },
    { 0 },
};
