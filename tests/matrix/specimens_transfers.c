/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes of modules/transfers. What the fields mean: specimens.h. */
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_transfers.h"

const struct specimen SPECIMENS_TRANSFERS[] = {
    { .path = "/proposals/import", .body = "", .never = "needs a file: transfer_import_test" },
    { 0 },
};
