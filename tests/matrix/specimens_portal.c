/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/portal. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_portal.h"

const struct specimen SPECIMENS_PORTAL[] = {
    { .path = "/" },
    { .path = "/home" },
    { .path = "/help" },
    { .path = "/search", .query = "q=Title" },
    { .path = "/todos" },
    { .path = "/my/proposals" },
    { 0 },
};
