/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/warnings. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_warnings.h"

const struct specimen SPECIMENS_WARNINGS[] = {
    { .path = "/warnings" },
    { .path = "/warnings/refresh" },
    { .path = "/warnings/{id}", .things = { WARNING_OPEN, WARNING_SEEN } },
    { .path = "/warnings/{id}/settle",
      .things = { WARNING_OPEN, WARNING_SEEN },
      .body = "opinion=We+called" },
    { 0 },
};
