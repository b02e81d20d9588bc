/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_dashboards.h. */
#include "tests/matrix/world_dashboards.h"

#include "tests/matrix/rules.h"

/* Figures, promises kept, and verdicts of all, are of the whole organisation: who holds them only
 * for his agency may not see them. */
static char first(const struct question *q)
{
    bool whole = rules_is_under(q, "proposals.figures") || rules_is_under(q, "evaluations.read") ||
                 rules_is_under(q, "outcomes.read");
    return whole && WHO[q->who].scope != SCOPE_ORG ? 'f' : 0;
}

const struct part PART_OF_DASHBOARDS = { .name = "dashboards",
                                         .specimens = SPECIMENS_DASHBOARDS,
                                         .first = first };
