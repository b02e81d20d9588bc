/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Assessments of each set: of years long ago, in which nobody sat, so that the ledger has nothing
 * new to say of them. Without gradings: opened, proposed, decided, told of. With one: an open one
 * whose grade staff change, a proposed one whose grade leaders change, one with a talk to be
 * arranged, one that is proposed for honour. */
#ifndef HT_TESTS_MATRIX_WORLD_ASSESSMENTS_H
#define HT_TESTS_MATRIX_WORLD_ASSESSMENTS_H
#include "tests/matrix/specimens.h"

enum {
    ASSESSMENT_OPENED = PART_ASSESSMENTS * THINGS_EACH,
    ASSESSMENT_PROPOSED,
    ASSESSMENT_APPROVED,
    ASSESSMENT_NOTIFIED,
    ASSESSMENT_OF_OPEN,
    ASSESSMENT_OF_PROPOSED,
    ASSESSMENT_OF_TALK,
    ASSESSMENT_OF_HONOUR,
    ASSESSMENTS_END,
    GRADING_OPEN = ASSESSMENTS_END,
    GRADING_PROPOSED,
    GRADING_TALK,
    GRADING_HONOUR
};

extern const struct specimen SPECIMENS_ASSESSMENTS[];
#endif
