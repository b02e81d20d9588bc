/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of opinions. */
#ifndef HT_OPINIONS_OPINION_PAGES_H
#define HT_OPINIONS_OPINION_PAGES_H
#include "modules/opinions/opinion.h"

/* opinion_pages.c: the list, one (slow: it is noted who opens it), the desk, files. */
extern const struct list_look OPINION_EXPORTED; /* the list as a file */
err page_opinion_list(struct rq *rq, struct res *res);
err page_opinion_show(struct rq *rq, struct res *res);
err page_opinion_desk(struct rq *rq, struct res *res);
err page_opinion_similar(struct rq *rq, struct res *res);
err file_opinion_attachment(struct rq *rq, struct res *res);

/* opinion_form_pages.c: beginning, the form, autosave, check; the API's way to write. */
err page_opinion_new(struct rq *rq, struct res *res);
err page_opinion_add(struct rq *rq, struct res *res);
err page_opinion_draft(struct rq *rq, struct res *res);
err page_opinion_save(struct rq *rq, struct res *res);
err api_opinion_save(struct rq *rq, struct res *res);
err api_opinion_autosave(struct rq *rq, struct res *res);
err page_opinion_submit(struct rq *rq, struct res *res);

/* Answers a script or the API that one is saved. */
void api_opinion_saved(struct rq *rq, struct res *res, const struct opinion *o);

/* opinion_version_pages.c: kept versions (slow), also as JSON. */
err page_opinion_versions(struct rq *rq, struct res *res);
#endif
