/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Of each set a paper of its member's dossier, and a file of many that the office's staff asked
 * for. */
#ifndef HT_TESTS_MATRIX_WORLD_DOSSIERS_H
#define HT_TESTS_MATRIX_WORLD_DOSSIERS_H
#include "tests/matrix/specimens.h"

enum { DOSSIER_PAPER = PART_DOSSIERS * THINGS_EACH, DOSSIER_RUN };

extern const struct specimen SPECIMENS_DOSSIERS[];
#endif
