/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the demo's opinions and the issues in which they stand share: acting, and handing over. */
#ifndef HT_SERVER_DEMO_OPINIONS_H
#define HT_SERVER_DEMO_OPINIONS_H
#include "platform/flow/flow.h"
#include "server/demo.h"

/* How far an opinion goes once it waits to be signed, one after the other; two of each. */
enum demo_issued {
    DEMO_IN_DRAFT,
    DEMO_IN_SIGNING,
    DEMO_ISSUED,
    DEMO_FORWARDED,
    DEMO_HANDED,
    DEMO_ANSWERED,
    DEMO_TOLD,
    DEMO_ISSUES
};

/* Somebody from here on; a person's own, or the whole house's. */
err demo_opinion_be(struct rq *rq, const struct demo *d, i64 account_id,
                    const struct demo_member *member);

/* A verb of a flow with its input. */
err demo_opinion_step(struct rq *rq, const struct flow *flow, i64 id, const char *verb,
                      const void *input);

/* demo_bulletins.c: a bulletin, and an issue for each of what waits. */
err demo_make_bulletins(struct rq *rq, struct demo *d, i64 editor, const ids waiting[DEMO_ISSUES]);
#endif
