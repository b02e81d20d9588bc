/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/recasts. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_opinions.h"
#include "tests/matrix/world_recasts.h"

const struct specimen SPECIMENS_RECASTS[] = {
    { .path = "/proposals/{id}/opinion", .things = { RECASTABLE } },
    { .path = "/proposals/{id}/recasts",
      .things = { RECASTABLE },
      .body = "remark=It+is+worth+it." },
    { .path = "/recasts/{id}/agree", .things = { RECAST_ASKED } },
    { .path = "/recasts/{id}/decline", .things = { RECAST_ASKED } },
    { .path = "/recasts/{id}/recall", .things = { RECAST_ASKED } },
    { .path = "/opinions/{id}/proposal", .things = { OPINION_KEPT, OPINION_SENT } },
    { 0 },
};
