/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/personal. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_personal.h"

const struct specimen SPECIMENS_PERSONAL[] = {
    { .path = "/personal" },
    { .path = "/personal/file" },
    { 0 },
};
