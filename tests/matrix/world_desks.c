/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_desks.h. */
#include "tests/matrix/world_desks.h"

const struct part PART_OF_DESKS = { .name = "desks", .specimens = SPECIMENS_DESKS };
