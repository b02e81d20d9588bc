/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Notices: rows, rules, statements, and the handlers for the table in notice_module.c. No other
 * module needs this one, so there is a single header. */
#ifndef HT_NOTICES_NOTICE_H
#define HT_NOTICES_NOTICE_H
#include "modules/members/audience.h"
#include "platform/flow/flow.h"
#include "platform/list/list.h"

/* audience: groups (audience.h). unread: by who looks. readers, read: how many, in the list of who
 * writes. */
struct notice {
    i64 id, published_at, reminded_on, reminds, version, readers, read;
    str title, body, state, audience, audience_name;
    bool unread;
};

/* What the form takes; and what stands in it of a notice. */
struct notice_input {
    i64 version;
    str title, body;
    strs audience; /* groups and single ones, freely */
};
struct notice_input notice_input_of(struct rq *rq, const struct notice *n);

extern const struct flow NOTICES_FLOW;
extern const struct form NOTICE_FORM; /* of struct notice_input */
/* Says who sees which; list_find gives NOT_FOUND notices.not_found for the others. */
extern const struct list NOTICE_LIST;

/* Writes a draft (id 0: a new one) with title, body and audience of in. Errors: NOT_FOUND;
 * CONFLICT notices.not_draft, web.version. */
err notice_save(struct rq *rq, i64 id, const struct notice_input *in, i64 *out);

/* The flow's own functions (flow.h). */
err notice_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err notice_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err notice_guard_remind(struct rq *rq, const struct flow_subject *subject);
err notice_effect_publish(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err notice_effect_remind(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* Statements; update: CONFLICT db.version. */
err notice_store_add(struct db *db, const struct notice *n, i64 *id);
err notice_store_update(struct db *db, const struct notice *n);

/* Handlers, of the pages and under /api/v1. */
err page_notice_list(struct rq *rq, struct res *res);
err page_notice_show(struct rq *rq, struct res *res);
err page_notice_form(struct rq *rq, struct res *res);
err page_notice_save(struct rq *rq, struct res *res);
err page_notice_open(struct rq *rq, struct res *res);
#endif
