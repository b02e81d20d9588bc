/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of key and excellent proposals, for the tables in flagship_module.c, and what their
 * views show. */
#ifndef HT_FLAGSHIPS_FLAGSHIP_PAGES_H
#define HT_FLAGSHIPS_FLAGSHIP_PAGES_H
#include "modules/flagships/flagship.h"
#include "platform/web/view_parts.h"

struct flagship_session_input {
    i64 session_id; /* 0 = the present one */
};

/* Lists of a session, one with what was done, nominating below a case; JSON too. */
err page_flagship_list(struct rq *rq, struct res *res);
err page_flagship_show(struct rq *rq, struct res *res);
err page_flagship_form(struct rq *rq, struct res *res);
err page_flagship_add(struct rq *rq, struct res *res);
err page_commendation_list(struct rq *rq, struct res *res);
err page_commendation_show(struct rq *rq, struct res *res);
err page_commendation_form(struct rq *rq, struct res *res);
err page_commendation_add(struct rq *rq, struct res *res);

/* What views show; all texts unescaped. items: struct flagship or commendation. */
struct flagship_list_page {
    const struct view_link *crumbs;
    const struct view_tab *sessions;
    size_t session_count;
    struct flagship_meter meter;
    struct rows items;
    bool is_office, may_choose;
};
struct flagship_page {
    const struct flagship *f;
    struct rows events;
    struct flow_allowed allowed;
    struct view_steps steps;
};
struct commendation_page {
    const struct commendation *c;
    struct flow_allowed allowed;
};

/* On a case: id 0 = there is none; may: what can be begun. */
struct flagship_part {
    i64 proposal_id;
    struct flagship f;
    struct commendation c;
    bool may_nominate, may_commend;
};
#endif
