/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of the mailbox, and inputs of its pages. */
#ifndef HT_MAILBOX_LETTER_PAGES_H
#define HT_MAILBOX_LETTER_PAGES_H
#include "modules/mailbox/letter.h"

struct letter_unmask_input {
    i64 id;
    str reason;
};
struct letter_photo_input {
    i64 id, file;
};

extern const struct list_look LETTER_EXPORTED;
extern const struct form LETTER_TRIAGE_FORM, LETTER_UNMASK_FORM;

/* Staff: the list, one letter (also as JSON), sorting it, who wrote it, its photos. */
err page_letter_list(struct rq *rq, struct res *res);
err page_letter_show(struct rq *rq, struct res *res);
err page_letter_triage(struct rq *rq, struct res *res);
err page_letter_unmask_form(struct rq *rq, struct res *res);
err page_letter_unmask(struct rq *rq, struct res *res);
err file_letter_photo(struct rq *rq, struct res *res);
err file_letter_preview(struct rq *rq, struct res *res);
#endif
