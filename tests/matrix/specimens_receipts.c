/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/receipts. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_proposals.h"
#include "tests/matrix/world_receipts.h"

const struct specimen SPECIMENS_RECEIPTS[] = {
    { .path = "/proposals/{id}/receipt", .things = SEEN_PROPOSALS },
    { .path = "/receipt",
      .body = "receipt=00000000000000000000",
      .never = "only reads; the digits asked for are nobody's" },
    { 0 },
};
