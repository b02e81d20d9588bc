/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/presets. What the fields mean: specimens.h. */
#include "tests/matrix/world_presets.h"

const struct specimen SPECIMENS_PRESETS[] = {
    { .path = "/presets" },
    { .path = "/presets/show", .query = "name=county" },
    { .path = "/presets/apply",
      .body = "name=county&from_on=2026-12-01",
      .anew = "nothing differs any more: only a row of history" },
    { 0 },
};
