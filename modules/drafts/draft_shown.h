/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the writer says beside the text, for those who handle it: into the pages and JSON of the
 * proposal and of its assignments. */
#ifndef HT_DRAFTS_DRAFT_SHOWN_H
#define HT_DRAFTS_DRAFT_SHOWN_H
#include "platform/web/web.h"

/* Listeners of proposals.shown, assignments.shown. */
err on_draft_shown(struct rq *rq, i64 id, const void *fact);
err on_draft_matter_shown(struct rq *rq, i64 id, const void *fact);
#endif
