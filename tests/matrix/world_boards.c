/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_boards.h. */
#include "tests/matrix/world_boards.h"

const struct part PART_OF_BOARDS = { .name = "boards", .specimens = SPECIMENS_BOARDS };
