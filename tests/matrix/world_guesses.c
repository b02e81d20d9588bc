/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_guesses.h. */
#include "tests/matrix/world_guesses.h"

const struct part PART_OF_GUESSES = { .name = "guesses", .specimens = SPECIMENS_GUESSES };
