/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/boards. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_boards.h"

const struct specimen SPECIMENS_BOARDS[] = {
    { .path = "/boards/steps",
      .method = POST,
      .body = "verb=screen",
      .never = "names versions of what is not in its path: board_steps_test" },
    { 0 },
};
