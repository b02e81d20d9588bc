/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Notices: what their rows are, the rules, and the handlers for the table in notice_module.c. No
 * other module needs this one, so there is a single header. */
#ifndef HT_NOTICES_NOTICE_H
#define HT_NOTICES_NOTICE_H
#include "platform/flow/flow.h"
#include "platform/list/list.h"
#include "platform/web/view_parts.h"

struct notice {
    i64 id, published_at, reminded_on, reminds, created_by, version;
    str title, body, state, audience, audience_name;
};

/* Who is to read: a person or an agency. */
struct reader {
    i64 id, person_id, agency_id, read_at;
    str name;
};

/* A row of the list. unread: for the one who looks. */
struct notice_row {
    i64 id, published_at, readers, read;
    bool unread;
    str title, state, audience_name;
};

/* audience: "members", "agencies", "sector:ID", "committee:ID". */
struct notice_input {
    i64 id, version;
    str title, body, audience;
};

struct notice_show {
    const struct notice *notice;
    const struct view_link *crumbs;
    const struct flow_allowed *acts;
    const struct reader *readers; /* for who may write; else none */
    size_t reader_count;
    i64 read;
    bool may_edit, unread;
};
struct notice_form {
    const struct notice *notice;
    const struct view_link *crumbs;
    str action;
    const struct view_choice *audiences;
    size_t count;
};

extern const struct flow NOTICES_FLOW;

/* The list for this actor: all for who writes notices, else published ones addressed to him. */
const struct list *notice_list(const struct rq *rq);
extern const struct list NOTICE_LIST, NOTICE_READER_LIST;

/* A notice that the actor may see: who writes notices all, readers published ones addressed to
 * them. Errors: NOT_FOUND notices.not_found. */
err notice_find(struct rq *rq, i64 id, struct notice *out);

/* A new draft (in->id 0), or a draft written over. Errors: INVALID form.faults
 * (notices.no_audience); NOT_FOUND; CONFLICT notices.not_draft, db.version. */
err notice_save(struct rq *rq, const struct notice_input *in, i64 *id);

/* Marks the actor's row read; again changes nothing. Errors: NOT_FOUND. */
err notice_open(struct rq *rq, i64 id);

/* Bodies that can be chosen as readers, the chosen one marked. */
err notice_audiences(struct rq *rq, str chosen, const struct view_choice **out, size_t *count);

/* The flow's own functions (flow.h). */
err notice_flow_load(struct rq *rq, i64 id, struct flow_subject *out);
err notice_flow_store(struct rq *rq, const struct flow_subject *subject, str to);
err notice_guard_remind(struct rq *rq, const struct flow_subject *subject);
err notice_effect_publish(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err notice_effect_remind(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* Handlers. */
err page_notice_list(struct rq *rq, struct res *res);
err page_notice_show(struct rq *rq, struct res *res);
err page_notice_new(struct rq *rq, struct res *res);
err page_notice_edit(struct rq *rq, struct res *res);
err page_notice_save(struct rq *rq, struct res *res);
err page_notice_open(struct rq *rq, struct res *res);
err api_notice_list(struct rq *rq, struct res *res);
err api_notice_show(struct rq *rq, struct res *res);
#endif
