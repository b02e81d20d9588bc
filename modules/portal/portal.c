/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What pages and JSON of the portal share. */
#include "modules/portal/portal.h"

str portal_todo_url(struct rq *rq, const struct todo *t)
{
    if (t->url.len)
        return t->url;
    return arena_printf(rq->mem, "/%.*s/%lld", (int)t->flow.len, t->flow.ptr,
                        (long long)t->subject_id);
}
