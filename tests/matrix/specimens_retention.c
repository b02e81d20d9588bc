/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/retention. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_retention.h"

const struct specimen SPECIMENS_RETENTION[] = {
    { .path = "/retention" },
    { .path = "/retention/hold", .body = "collection=letters&reason=Lawsuit" },
    { .path = "/retention/holds/{id}/lift",
      .things = { RETENTION_HOLD_OF },
      .body = "version=$version" },
    { 0 },
};
