/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/guesses. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_guesses.h"

const struct specimen SPECIMENS_GUESSES[] = {
    { .path = "/guesses" },
    { .path = "/guesses/train" },
    { 0 },
};
