/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_presets.h. */
#include "tests/matrix/world_presets.h"

const struct part PART_OF_PRESETS = { .name = "presets", .specimens = SPECIMENS_PRESETS };
