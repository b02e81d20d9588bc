/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/personal. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_personal.h"

#define GROWS "what is held of oneself holds the log of the copies taken before"

const struct specimen SPECIMENS_PERSONAL[] = {
    { .path = "/personal", .grows = GROWS },
    { .path = "/personal/file", .grows = GROWS },
    { 0 },
};
