/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_mergers.h. */
#include "tests/matrix/world_mergers.h"

#include "tests/matrix/rules.h"
#include "tests/matrix/world_proposals.h"

/* What is like a proposal is asked by who may see it. */
static char own(const struct question *q)
{
    return rules_sees_proposal(q) ? 'o' : 'n';
}

const struct part PART_OF_MERGERS = { .name = "mergers",
                                      .specimens = SPECIMENS_MERGERS,
                                      .own = own };
