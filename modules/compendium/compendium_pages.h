/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of the compendium, for the table in compendium_module.c, and what its view shows. */
#ifndef HT_COMPENDIUM_COMPENDIUM_PAGES_H
#define HT_COMPENDIUM_COMPENDIUM_PAGES_H
#include "modules/compendium/compendium.h"
#include "platform/web/view_parts.h"

/* compendium_paper.c: the form of one proposal, slow lane. Errors: those of proposal_find. */
err file_compendium_pdf(struct rq *rq, struct res *res);
err file_compendium_docx(struct rq *rq, struct res *res);

/* compendium_pages.c: the books that are there and the form for another one; its file, slow lane,
 * because it leaves the house with a line in the audit log. */
err page_compendium_list(struct rq *rq, struct res *res);
err slow_compendium_check(struct rq *rq, struct res *res);
err page_compendium_add(struct rq *rq, struct res *res);
err file_compendium_run(struct rq *rq, struct res *res);
err page_compendium_remove(struct rq *rq, struct res *res);

struct compendium_remove_input {
    i64 id, version;
};

/* A book on the page. what: how it was asked for, worded; file: size, worded; empty = there is
 * none; failure: worded. */
struct compendium_item {
    const struct compendium_run *run;
    str what, file, failure;
    i64 percent;
    bool is_open; /* waits or is being made */
};
struct compendium_page {
    const struct view_choice *sessions, *categories, *kinds, *orderings, *formats;
    size_t session_count, category_count, kind_count, ordering_count, format_count;
    const struct compendium_item *items;
    size_t count;
    bool is_open; /* some book is being made */
    i64 keep_days;
};
#endif
