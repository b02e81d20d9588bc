/* SPDX-License-Identifier: MulanPSL-2.0 */
/* How a text came about: what is kept of it, and who may see that. Pages: draft_version_pages.c. */
#ifndef HT_DRAFTS_DRAFT_VERSIONS_H
#define HT_DRAFTS_DRAFT_VERSIONS_H
#include "modules/drafts/draft_store.h"

/* Keeps it as a version of the row's version. Autosaves of an account within five minutes of the
 * clock share one. */
err on_draft_saved(struct rq *rq, i64 id, const void *fact);

/* For those who may see how the text came about: its owners, and who reviews. Errors: NOT_FOUND
 * proposals.not_found. */
err draft_find_versioned(struct rq *rq, i64 id, struct proposal *out);

/* The kept versions, newest first: all of them for its owners, for others from the first submission
 * on. Errors: those of the database. */
err draft_list_versions(struct rq *rq, const struct proposal *p, struct rows *out);
#endif
