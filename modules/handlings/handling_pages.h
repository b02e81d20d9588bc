/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of this module: pages of steps of a letter, figures, import. */
#ifndef HT_HANDLINGS_HANDLING_PAGES_H
#define HT_HANDLINGS_HANDLING_PAGES_H
#include "platform/files/mapping.h"
#include "platform/web/web.h"

/* Pages of steps of a letter: handing out, running along, becoming an opinion. */
err page_handling_assign(struct rq *rq, struct res *res);
err page_handling_disclose(struct rq *rq, struct res *res);
err page_handling_attach(struct rq *rq, struct res *res);
err page_handling_feed(struct rq *rq, struct res *res);

/* A photo of a letter, and its preview, as the unit may see it that handles the letter. */
struct handling_photo_input {
    i64 id, file;
};
err file_handling_photo(struct rq *rq, struct res *res);
err file_handling_preview(struct rq *rq, struct res *res);

/* Import of a list of letters; the second is the slow half of the two behind it. */
extern const struct import_kind HANDLING_IMPORTS[];
err page_handling_import_form(struct rq *rq, struct res *res);
err page_handling_import_receive(struct rq *rq, struct res *res);
err page_handling_import(struct rq *rq, struct res *res);
err api_handling_import(struct rq *rq, struct res *res);
#endif
