/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Proposals of a set's member, each left on its road in another state; what has an assignment is
 * named by that. */
#ifndef HT_TESTS_MATRIX_WORLD_PROPOSALS_H
#define HT_TESTS_MATRIX_WORLD_PROPOSALS_H
#include "tests/matrix/specimens.h"
#include "tests/matrix/world_cosigners.h" /* a proposal that waits for its cosigners */

enum {
    DRAFT = PART_PROPOSALS * THINGS_EACH, /* proposal of the set's member */
    SUBMITTED,                            /* … */
    REVISING,
    DOCKETED,
    ASSIGNED, /* to the set's agency, which has not taken it */
    ACCEPTED,
    BOUNCING,
    EXTENDING, /* accepted, more time asked for */
    DRAFTED,   /* answer waits for signature */
    REPLIED,   /* verdict wanted */
    REDOABLE,  /* verdict bad */
    COHOST,    /* agency is cohost of it */
    CLOSED,    /* verdict good */
    REDOING,   /* verdict bad, to be answered again */
    PRIVATE,   /* assigned; its proposer does not agree to publication */
    REJECTED,
    UNREACHED,   /* the same, of a member without account, for whom staff wrote */
    TRANSCRIBED, /* draft that staff write for such a member */
    ASKED_BACK,  /* docketed; its proposer wants it back */
    WITHDRAWN,   /* after it was assigned */
    DIVERTED,
    MEDIATABLE,    /* done again, and the verdict bad again */
    MEDIATING,     /* to be talked over face to face */
    MAIN,          /* docketed; another is merged into it */
    MERGED,        /* that one */
    PROPOSAL_VIEW, /* of the account of the set's member */
};

/* Those whose pages are asked for. */
#define SEEN_PROPOSALS                                                                        \
    {                                                                                         \
        DRAFT, SUBMITTED, ASSIGNED, REPLIED, CLOSED, REDOING, PRIVATE, REJECTED, TRANSCRIBED, \
            DIVERTED, WITHDRAWN, MEDIATING, COSIGNING, MERGED                                 \
    }

extern const struct specimen SPECIMENS_PROPOSALS[];

/* Whose a proposal is, for rules of modules around it: rules_proposals.c. */
bool rules_sees_proposal(const struct question *q);
bool rules_leads_proposal(const struct question *q);
bool rules_writes_proposal(const struct question *q);
char rules_proposals_own(const struct question *q);
#endif
