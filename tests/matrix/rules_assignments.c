/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Whose an assignment is: rules.md 2.3 and the module's README. */
#include "tests/matrix/rules.h"
#include "tests/matrix/world_assignments.h"
#include "tests/matrix/world_proposals.h"

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

/* An assignment: the office, the agency, and who is asked for a verdict. */
static bool sees_assignment(const struct question *q)
{
    if (WHO[q->who].scope == SCOPE_ORG)
        return true;
    return rules_is_agency(q) ||
           (rules_is_person(q) && q->thing >= REPLIED && q->thing <= REDOING && q->thing != COHOST);
}

/* Steps that are the agency's own, whatever the scope (rules.md 2.3). */
static bool is_of_agency(const char *verb)
{
    static const char *const VERBS[] = {
        "accept",  "reply",       "contribute",  "sign",     "redraft",           "contact",
        "extend",  "bounce",      "draft",       "autosave", "sign_contribution", "vet",
        "dispute", "vet_redraft", "note_quality"
    };
    for (size_t i = 0; i < sizeof VERBS / sizeof *VERBS; i++)
        if (is(verb, VERBS[i]))
            return true;
    return false;
}

char rules_assignments_own(const struct question *q)
{
    if (q->thing == ASSIGNMENT_VIEW)
        return rules_is_agency(q) && is(WHO[q->who].role, "operator") ? 'o' : 'n';
    if (!sees_assignment(q))
        return 'n';
    if (is_of_agency(rules_verb(q)) && !rules_is_agency(q))
        return 'f'; /* he sees the thing, but the step is another's */
    /* an answer waits there, no cohost's opinion; the site has nothing checked or released; nothing
     * was refused */
    if (is(rules_verb(q), "sign_contribution") || is(rules_verb(q), "vet") ||
        is(rules_verb(q), "vet_redraft") || is(rules_verb(q), "deliver") ||
        is(rules_verb(q), "dispute"))
        return 'c';
    return 'o';
}
