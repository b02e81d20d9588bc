/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/desks. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_desks.h"

const struct specimen SPECIMENS_DESKS[] = {
    { .path = "/assignments" },
    { .path = "/assignments/waiting" },
    { .path = "/assignments/feedback" },
    { 0 },
};
