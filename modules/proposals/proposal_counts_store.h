/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Counts of proposals by category, in one pass; by agency: modules/assignments. What the counts
 * mean: docs/glossary.md, rates and counts. */
#ifndef HT_PROPOSALS_PROPOSAL_COUNTS_STORE_H
#define HT_PROPOSALS_PROPOSAL_COUNTS_STORE_H
#include "modules/proposals/proposal.h"

/* By category; session_id 0 = of every session. Drafts do not count. struct proposal_count rows. */
err counts_store_by_category(struct db *db, i64 session_id, struct arena *mem, struct rows *out);
#endif
