/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this part show. */
#ifndef HT_FLOW_FLOW_PAGES_H
#define HT_FLOW_FLOW_PAGES_H
#include "platform/flow/flow.h"
#include "platform/web/view_parts.h"

struct flows_page {
    const struct view_link *flows;
    size_t count;
    struct view_link crumbs[2];
};

/* An action as it is done here. */
struct flow_line {
    str verb, label, from, to, edit; /* from, to: states in words; edit: where a variant is made */
    bool disabled, changed;
};

struct flow_page {
    str name, label;
    html drawing;
    const struct flow_line *lines;
    size_t count;
    bool may_manage;
    struct view_link crumbs[3];
};

struct flow_variant_page {
    str flow, verb, label, shipped; /* label: the variant's own words; shipped: as delivered */
    bool disabled;
    const struct view_choice *states; /* that the action may start from here besides its own */
    size_t count;
    struct view_link crumbs[4];
};

/* How a case went, oldest first, without where it began: its trail in words. back: verbs that lead
 * back, ended by NULL. In rq->mem. */
err flow_steps(struct rq *rq, const struct flow *flow, i64 subject_id, const char *const *back,
               struct view_steps *out);
#endif
