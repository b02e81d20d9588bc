/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_portal.h. */
#include "tests/matrix/world_portal.h"

const struct part PART_OF_PORTAL = { .name = "portal", .specimens = SPECIMENS_PORTAL };
