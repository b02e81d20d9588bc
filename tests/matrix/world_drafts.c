/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_drafts.h. Whose a draft is: rules_proposals.c. */
#include "tests/matrix/world_drafts.h"

#include "tests/matrix/rules.h"
#include "tests/matrix/world_proposals.h"

static bool is_open(int thing)
{
    return thing == DRAFT || thing == REVISING || thing == TRANSCRIBED;
}

/* Earlier wordings are for the proposer and the review; the text is its writer's while it is open.
 */
static char own(const struct question *q)
{
    bool writer = rules_writes_proposal(q);
    if (!rules_sees_proposal(q))
        return 'n';
    if (strcmp(rules_verb(q), "versions") == 0)
        return writer ||
                       (WHO[q->who].scope == SCOPE_ORG && rules_holds(q, "proposals.read_pending"))
                   ? 'o'
                   : 'n';
    return !writer ? 'f' : is_open(q->thing) ? 'o' : 'c';
}

const struct part PART_OF_DRAFTS = { .name = "drafts", .specimens = SPECIMENS_DRAFTS, .own = own };
