/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_personal.h. */
#include "tests/matrix/world_personal.h"

const struct part PART_OF_PERSONAL = { .name = "personal", .specimens = SPECIMENS_PERSONAL };
