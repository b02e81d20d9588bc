/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Whose a proposal is: rules.md 2.1 and the module's README. */
#include "tests/matrix/rules.h"
#include "tests/matrix/world_proposals.h"

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

/* To the set's agency. */
static bool has_assignment(const struct question *q)
{
    return q->w->assignment[q->set][q->thing] != 0;
}

/* Or turned away by it, or taken back. */
static bool is_under_review(int thing)
{
    return thing == SUBMITTED || thing == REVISING || thing == REJECTED || thing == UNREACHED ||
           thing == DIVERTED || thing == WITHDRAWN;
}

/* Not handed in yet. */
static bool is_unsent(int thing)
{
    return thing == DRAFT || thing == LISTED || thing == COSIGNING;
}

/* The member without account leads what staff write for him; nobody in the table is he. */
bool rules_leads_proposal(const struct question *q)
{
    return rules_is_person(q) && q->thing != UNREACHED && q->thing != TRANSCRIBED &&
           q->thing != ENDORSABLE && q->thing != ENDORSED;
}

/* Who writes a draft: the lead, or staff for him. */
bool rules_writes_proposal(const struct question *q)
{
    return q->thing == TRANSCRIBED ? is(WHO[q->who].role, "staff") : rules_leads_proposal(q);
}

/* A member sees what others have submitted only once it is docketed, and not where its proposer
 * does not agree to publication (rules.md 2.1); nobody but its writer sees a draft; an agency sees
 * what is assigned to it, the dispatcher what is docketed. */
bool rules_sees_proposal(const struct question *q)
{
    if (q->thing == TRANSCRIBED)
        return rules_writes_proposal(q);
    if (rules_leads_proposal(q))
        return true;
    if (WHO[q->who].scope == SCOPE_ORG)
        return !is_unsent(q->thing) &&
               (!is_under_review(q->thing) || rules_holds(q, "proposals.read_pending"));
    if (WHO[q->who].scope == SCOPE_AGENCY)
        return rules_is_agency(q) && has_assignment(q);
    return WHO[q->who].set >= 0 && !is_unsent(q->thing) && q->thing != PRIVATE &&
           !is_under_review(q->thing);
}

char rules_proposals_own(const struct question *q)
{
    const char *verb = rules_verb(q);
    if (q->thing == PROPOSAL_VIEW)
        return rules_is_account(q) ? 'o' : 'n';
    if (!rules_sees_proposal(q))
        return 'n';
    if (is(verb, "submit"))
        return rules_writes_proposal(q) ? 'o' : 'f';
    if (is(verb, "ask_withdraw") || is(verb, "reconsider")) /* the proposer's alone */
        return rules_leads_proposal(q) ? 'o' : 'f';
    return 'o'; /* screen … redo: the permission is only held for the whole organisation */
}
