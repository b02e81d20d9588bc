/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A file that was sent, with one case in it; lists of proposals that are imported have no thing. */
#ifndef HT_TESTS_MATRIX_WORLD_TRANSFERS_H
#define HT_TESTS_MATRIX_WORLD_TRANSFERS_H
#include "tests/matrix/specimens.h"

enum { TRANSFER_SENT = PART_TRANSFERS * THINGS_EACH };

extern const struct specimen SPECIMENS_TRANSFERS[];
#endif
