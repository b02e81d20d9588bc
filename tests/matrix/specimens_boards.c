/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/boards. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_boards.h"

const struct specimen SPECIMENS_BOARDS[] = {
    { .path = "/boards/review" },
    { .path = "/boards/handling" },
    { .path = "/boards/take",
      .body = "cases=$main",
      .unaudited = "kept with name and time in board_marks; it changes nothing of a proposal" },
    { .path = "/boards/steps", .method = GET, .query = "verb=screen" },
    { .path = "/boards/steps",
      .method = POST,
      .body = "verb=screen",
      .never = "names versions of what is not in its path: board_steps_test" },
    { 0 },
};
