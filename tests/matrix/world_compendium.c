/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_compendium.h. */
#include "tests/matrix/world_compendium.h"

#include "tests/matrix/rules.h"
#include "tests/matrix/world_proposals.h"

/* Whoever sees the proposal may print it. */
static char own(const struct question *q)
{
    return rules_sees_proposal(q) ? 'o' : 'n';
}

const struct part PART_OF_COMPENDIUM = { .name = "compendium",
                                         .specimens = SPECIMENS_COMPENDIUM,
                                         .own = own };
