/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_transfers.h. */
#include "tests/matrix/world_transfers.h"

const struct part PART_OF_TRANSFERS = { .name = "transfers", .specimens = SPECIMENS_TRANSFERS };
