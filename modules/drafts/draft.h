/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Writing for other modules: beginning and saving as a person does. */
#ifndef HT_DRAFTS_DRAFT_H
#define HT_DRAFTS_DRAFT_H
#include "modules/drafts/draft_store.h"
#include "modules/proposals/proposal_drafting.h"

/* Characters of all parts together: situation, analysis, suggestions. */
i64 draft_length(const struct proposal_input *in);

/* What the writer says beside the text; empty where nothing was said. Errors: those of the
 * database. */
err draft_note_find(struct rq *rq, i64 proposal_id, struct draft_note *out);

/* Saves the text from a form: of a draft that is there, or (in->id 0) of a new one in the name that
 * the input says, where rq's actor may write in it. Errors: FORBIDDEN proposals.not_yours; CONFLICT
 * proposals.not_editable, proposals.version (another save in between: *out is what is stored);
 * INVALID with faults. */
err draft_save(struct rq *rq, const struct proposal_input *in, const char *reason,
               struct proposal *out);
#endif
