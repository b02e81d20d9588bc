/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the forms of lists of earlier years fill, and the handlers of their routes; for
 * transfer_module.c. Errors of handlers: those of what they do, named there. */
#ifndef HT_TRANSFERS_TRANSFER_RECORD_FORMS_H
#define HT_TRANSFERS_TRANSFER_RECORD_FORMS_H
#include "platform/web/web.h"

/* Sessions that a list names, side by side: "3-2", first and last day of the plenary; those without
 * a first day are left out. */
struct transfer_sessions_input {
    strs codes, opened, closed;
};

/* Bodies that a list names: name, kind, last day; those without a last day are left out. */
struct transfer_agencies_input {
    strs names, kinds, ended;
};

/* The code that is to be changed, or to be as shipped again. */
struct transfer_code_ask {
    str code;
};

extern const struct form TRANSFER_SESSIONS_FORM, TRANSFER_AGENCIES_FORM, TRANSFER_CODE_FORM,
    TRANSFER_CODE_ASK_FORM, TRANSFER_CODE_RESET_FORM;

/* transfer_record_pages.c: the two lists, each with its slow half, and the same as API; entering
 * what a list names; the part in a case's page (event proposals.shown). */
err page_transfer_past_form(struct rq *rq, struct res *res);
err page_transfer_past_receive(struct rq *rq, struct res *res);
err page_transfer_past(struct rq *rq, struct res *res);
err api_transfer_past(struct rq *rq, struct res *res);
err page_transfer_steps_form(struct rq *rq, struct res *res);
err page_transfer_steps_receive(struct rq *rq, struct res *res);
err page_transfer_steps(struct rq *rq, struct res *res);
err api_transfer_steps(struct rq *rq, struct res *res);
err page_transfer_sessions_add(struct rq *rq, struct res *res);
err page_transfer_agencies_add(struct rq *rq, struct res *res);
err on_transfer_case(struct rq *rq, i64 id, const void *fact);

/* Writes links to the two lists and the table of codes; below of the page of proposals. */
struct import_report;
err page_transfer_links(struct rq *rq, const struct import_report *report, struct out *out);

/* transfer_legacy_pages.c: the table of codes. */
err page_transfer_codes(struct rq *rq, struct res *res);
err page_transfer_code_save(struct rq *rq, struct res *res);
err page_transfer_code_reset(struct rq *rq, struct res *res);
#endif
