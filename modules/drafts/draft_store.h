/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of drafts: notes beside the text, kept versions. The table of versions was made by the schema
 * of proposals, which kept them before. */
#ifndef HT_DRAFTS_DRAFT_STORE_H
#define HT_DRAFTS_DRAFT_STORE_H
#include "modules/proposals/proposal.h"

/* A kept version. body: JSON text of the parts. */
struct kept_version {
    i64 id, number, saved_at, saved_by;
    str title, body, reason, saved_name, delegator_name;
};

/* What a writer says beside the text: codes. */
struct draft_note {
    str authorship, talk_wish;
};

/* Of a proposal, if anything was said (NOT_FOUND db.no_row); saying it, anew or again. */
err draft_store_find_note(struct db *db, i64 proposal_id, struct arena *mem,
                          struct draft_note *out);
err draft_store_save_note(struct db *db, i64 proposal_id, const struct draft_note *note);

/* Those of a proposal from a number on, newest first, at most 200: struct kept_version rows; the
 * number of its first submission, 0 = there was none; adding one, unless its number is there. */
err draft_store_list_versions(struct db *db, i64 id, i64 from, struct arena *mem, struct rows *out);
err draft_store_first_submission(struct db *db, i64 id, i64 *number);
err draft_store_add_version(struct db *db, i64 id, const struct kept_version *v);

/* Takes the autosaves of this account since a moment out: the newest stands for them. */
err draft_store_remove_autosaves(struct db *db, i64 id, i64 saved_by, i64 since);
#endif
