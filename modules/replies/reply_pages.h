/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of answers, for the table in reply_module.c; each answers the route that names it.
 * Whether the step may be taken is said in reply.c and reply_sign_off.c, who may see in
 * assignments. */
#ifndef HT_REPLIES_REPLY_PAGES_H
#define HT_REPLIES_REPLY_PAGES_H
#include "platform/web/web.h"

/* reply_pages.c: writing an answer, saving it, its way out. */
err page_reply_write(struct rq *rq, struct res *res);
err page_reply_draft(struct rq *rq, struct res *res);
err api_reply_draft(struct rq *rq, struct res *res);
err page_reply_vet(struct rq *rq, struct res *res);
err page_reply_sign(struct rq *rq, struct res *res);
err page_reply_deliver(struct rq *rq, struct res *res);

/* reply_letter.c: the answer (of a cohost: the contribution) as a letter, slow lane. */
err file_reply_pdf(struct rq *rq, struct res *res);
err file_reply_docx(struct rq *rq, struct res *res);
extern const struct form REPLY_LETTER_FORM; /* ?round=, ?origin= */
#endif
