/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/disputes. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_disputes.h"

const struct specimen SPECIMENS_DISPUTES[] = {
    { .path = "/disputes" },
    { .path = "/disputes/{id}", .things = { DISPUTE } },
    { .path = "/disputes/{id}/hear",
      .things = { DISPUTE },
      .body = "held_on=2026-11-25&present=Both&record=Each+says+it+is+the+other's." },
    { 0 },
};
