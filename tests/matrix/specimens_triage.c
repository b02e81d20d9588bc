/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/triage. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_triage.h"

const struct specimen SPECIMENS_TRIAGE[] = {
    { .path = "/letters/desk", .method = GET },
    { .path = "/letters/desk", .body = "id=$waiting&verb=triage&category=roads&version=1" },
    { .path = "/letters/desk/undo", .body = "id=$ending" },
    { 0 },
};
