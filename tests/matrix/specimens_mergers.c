/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/mergers. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_mergers.h"
#include "tests/matrix/world_proposals.h"

const struct specimen SPECIMENS_MERGERS[] = {
    { .path = "/mergers",
      .method = POST,
      .body = "main_id=$main&ids=$submitted",
      .never = "names versions of what is not in its path: merger_pages_test" },
    { .path = "/mergers" },
    { .path = "/mergers/new",
      .body = "main_id=$main&ids=$submitted",
      .never = "names versions of what is not in its path: merger_pages_test" },
    { .path = "/mergers/dismiss", .body = "ids=$main&ids=$merged" },
    { .path = "/proposals/similar", .query = "title=A+bus+line" },
    { .path = "/proposals/{id}/similar", .things = SEEN_PROPOSALS },
    { 0 },
};
