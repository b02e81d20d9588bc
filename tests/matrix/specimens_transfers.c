/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/transfers. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_proposals.h"
#include "tests/matrix/world_transfers.h"

const struct specimen SPECIMENS_TRANSFERS[] = {
    { .path = "/transfers/{id}", .things = { TRANSFER_SENT } },
    { .path = "/transfers" },
    { .path = "/transfers/export",
      .body = "range=closed&confidential=1",
      .anew = "each file that leaves is noted" },
    { .path = "/transfers/import", .body = "", .never = "needs a file: tests/matrix/travel_test" },
    { .path = "/proposals/{id}/transfer",
      .things = { ASSIGNED, CLOSED, PRIVATE },
      .body = "purpose=copy&confidential=1",
      .anew = "each file that leaves is noted" },
    { .path = "/proposals/import", .body = "", .never = "needs a file: transfer_import_test" },
    { .path = "/proposals/past", .body = "", .never = "needs a file: transfer_past_test" },
    { .path = "/proposals/past/steps", .body = "", .never = "needs a file: transfer_legacy_test" },
    { .path = "/proposals/past/sessions", .body = "codes=1-1&opened=2001-01-10&closed=2001-01-14" },
    { .path = "/proposals/past/agencies",
      .body = "names=Bureau+of+old&kinds=department&ended=2001-01-14" },
    { .path = "/proposals/past/codes", .body = "code=20&word=Received&state=submitted&verb=" },
    { .path = "/proposals/past/codes/reset", .body = "code=20" },
    { 0 },
};
