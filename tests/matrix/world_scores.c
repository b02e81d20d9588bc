/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_scores.h. Whose they are: modules/scores/README.md, "Who may see". */
#include "tests/matrix/world_scores.h"
#include "tests/matrix/rules.h"

/* A member's year is his own, and the office's. */
static char scores_own(const struct question *q)
{
    return rules_holds(q, "scores.export") || rules_is_person(q) ? 'o' : 'n';
}

static const struct thing THINGS_OWN[] = { { 0 } };

const struct part PART_OF_SCORES = {
    .name = "scores", .specimens = SPECIMENS_SCORES, .things = THINGS_OWN, .own = scores_own
};
