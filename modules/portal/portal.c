/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What pages and JSON of the portal share: to-dos in words, and where they lead. */
#include "modules/portal/portal.h"

str portal_todo_url(struct rq *rq, const struct todo *t)
{
    if (t->url.len)
        return t->url;
    return arena_printf(rq->mem, "/%.*s/%lld", (int)t->flow.len, t->flow.ptr,
                        (long long)t->subject_id);
}

static str verb_of(struct rq *rq, const struct todo *t)
{
    const struct flow *flow = flow_find(rq->app, t->flow);
    return flow ? flow_verb_label(rq, flow, t->verb) : t->verb;
}

void portal_todos_make(struct rq *rq, const struct rows *todos, struct portal_group *out)
{
    const struct todo *all = todos->items;
    struct portal_todo *items = arena_array(rq->mem, todos->count + 1, sizeof *items);
    for (size_t i = 0; i < todos->count; i++)
        items[i] =
            (struct portal_todo){ &all[i], verb_of(rq, &all[i]), portal_todo_url(rq, &all[i]) };
    out->items = items;
    out->count = todos->count;
}
