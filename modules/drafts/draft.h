/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Writing for other modules: beginning and saving as a person does. */
#ifndef HT_DRAFTS_DRAFT_H
#define HT_DRAFTS_DRAFT_H
#include "modules/proposals/proposal_drafting.h"

/* Saves the text from a form: of a draft that is there, or (in->id 0) of a new one in the name that
 * the input says, where rq's actor may write in it. Errors: those of proposal_save and
 * proposal_begin; FORBIDDEN proposals.not_yours; INVALID with faults at body, body_name,
 * proposer_id, kind. */
err draft_save(struct rq *rq, const struct proposal_input *in, const char *reason,
               struct proposal *out);
#endif
