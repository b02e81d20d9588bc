/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of drafts and what their forms fill, for the tables in draft_module.c. Each answers the
 * route that names it; who may is said there and by the rules of proposals. Errors are those of the
 * rules called. */
#ifndef HT_DRAFTS_DRAFT_PAGES_H
#define HT_DRAFTS_DRAFT_PAGES_H
#include "platform/web/web.h"

/* Beginning a draft. proposer_id: staff write for this member (代录); of a collective proposal, its
 * contact. body: in whose name, "committee:3", "sector:5", "org:7"; empty = a person's. body_name:
 * of a members' group (委员小组), which is in no list. */
struct draft_new_input {
    i64 proposer_id;
    str body, body_name, title;
};

/* Query of the page that begins: what to write about. */
struct draft_about_input {
    str title;
};

/* Query of the form's page: one more empty suggestion. */
struct draft_edit_input {
    i64 id;
    bool more;
};

struct draft_versions_input {
    i64 id, number; /* number: the version to compare; 0 = the newest ones */
};

/* draft_pages.c: beginning, the form. */
err page_draft_new(struct rq *rq, struct res *res);
err page_draft_add(struct rq *rq, struct res *res);
err page_draft_edit(struct rq *rq, struct res *res);
err page_draft_save(struct rq *rq, struct res *res);

/* draft_fill_pages.c: reads a document on the slow lane and shows the form filled from it, with
 * what was typed; nothing is saved. */
err page_draft_fill_read(struct rq *rq, struct res *res);
err page_draft_fill(struct rq *rq, struct res *res);

/* draft_check_pages.c: once more before it is handed in, or sent to those who are asked to sign. */
err page_draft_submit(struct rq *rq, struct res *res);
err page_draft_invite(struct rq *rq, struct res *res);

/* draft_version_pages.c */
err page_draft_versions(struct rq *rq, struct res *res);

/* draft_api.c */
err api_draft_save(struct rq *rq, struct res *res);
err api_draft_autosave(struct rq *rq, struct res *res);
err api_draft_versions(struct rq *rq, struct res *res);
#endif
