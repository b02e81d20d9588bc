/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Topics of each set: one that waits, one that was not taken up and was made of a cluster
 * (TOPIC_OF_CLUSTER, of one letter: TOPIC_SAID); a letter that was not solved twice. */
#ifndef HT_TESTS_MATRIX_WORLD_TOPICS_H
#define HT_TESTS_MATRIX_WORLD_TOPICS_H
#include "tests/matrix/specimens.h"

enum {
    TOPIC_PROPOSED = PART_TOPICS * THINGS_EACH,
    TOPIC_REJECTED,
    TOPIC_OF_CLUSTER,
    TOPIC_UNSOLVED,
    TOPIC_SAID
};

extern const struct specimen SPECIMENS_TOPICS[];
#endif
