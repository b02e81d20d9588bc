/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/compendium. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_compendium.h"
#include "tests/matrix/world_proposals.h"

const struct specimen SPECIMENS_COMPENDIUM[] = {
    { .path = "/compendium",
      .body = "session_id=$printed_session&ordering=number&format=pdf&with_replies=1",
      .anew = "each wish is a book of its own" },
    { .path = "/compendium/{id}/file", .things = { COMPENDIUM_MADE } },
    { .path = "/compendium/{id}/remove",
      .things = { COMPENDIUM_MADE },
      .body = "version=$version" },
    { .path = "/proposals/{id}/pdf", .things = SEEN_PROPOSALS },
    { .path = "/proposals/{id}/docx", .things = SEEN_PROPOSALS },
    { 0 },
};
