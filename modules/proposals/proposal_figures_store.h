/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Counts of proposals by category, in one pass; by agency: modules/assignments. What the counts
 * mean: docs/glossary.md, rates and counts. */
#ifndef HT_PROPOSALS_PROPOSAL_FIGURES_STORE_H
#define HT_PROPOSALS_PROPOSAL_FIGURES_STORE_H
#include "platform/db/db.h"

/* Counts of the proposals that share name (the category) and class. answered: not those that are
 * handled again. */
struct figure_count {
    str name, class;
    i64 received, docketed, rejected, diverted, withdrawn, assigned, answered, on_time, closed;
};

/* By category; session_id 0 = of every session. Drafts do not count. struct figure_count rows. */
err figure_store_by_category(struct db *db, i64 session_id, struct arena *mem, struct rows *out);
#endif
