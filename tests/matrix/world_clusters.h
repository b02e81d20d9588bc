/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Clusters in the world of the matrix: one of two letters, one that is closed, pinned and told
 * apart from it; a letter of the first. */
#ifndef HT_TESTS_MATRIX_WORLD_CLUSTERS_H
#define HT_TESTS_MATRIX_WORLD_CLUSTERS_H
#include "tests/matrix/specimens.h"

enum { CLUSTER_OPEN = PART_CLUSTERS * THINGS_EACH, CLUSTER_CLOSED, CLUSTER_GATHERED };

extern const struct specimen SPECIMENS_CLUSTERS[];
#endif
