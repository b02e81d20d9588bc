/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_receipts.h. */
#include "tests/matrix/world_receipts.h"

#include "tests/matrix/rules.h"
#include "tests/matrix/world_proposals.h"

/* The digits are for the proposer alone, once it is handed in. */
static char own(const struct question *q)
{
    bool sent = q->thing != DRAFT && q->thing != COSIGNING;
    return sent && rules_sees_proposal(q) && rules_leads_proposal(q) ? 'o' : 'n';
}

const struct part PART_OF_RECEIPTS = { .name = "receipts",
                                       .specimens = SPECIMENS_RECEIPTS,
                                       .own = own };
