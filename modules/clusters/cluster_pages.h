/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Inputs of the pages, and handlers; for the table in cluster_module.c. All on the slow lane: they
 * add up many letters. */
#ifndef HT_CLUSTERS_CLUSTER_PAGES_H
#define HT_CLUSTERS_CLUSTER_PAGES_H
#include "platform/web/web.h"

/* period: "week", "month", "quarter", "all". */
struct cluster_period_input {
    str period;
};
/* hot: how many; days: of the period, 0 = all time. */
struct cluster_hot_input {
    i64 hot, days;
};
struct cluster_show_input {
    i64 id, before;
};
struct cluster_similar_input {
    i64 id, limit;
};

/* Handlers: the hot list, one, and what is like a letter; pages, and the same under /api/v1. */
err page_cluster_list(struct rq *rq, struct res *res);
err page_cluster_show(struct rq *rq, struct res *res);
err api_cluster_list(struct rq *rq, struct res *res);
err api_cluster_similar(struct rq *rq, struct res *res);

/* Pages of the steps that have something to choose from, and the forms that they draw. */
err page_cluster_join(struct rq *rq, struct res *res);
err page_cluster_split(struct rq *rq, struct res *res);
err page_cluster_apart(struct rq *rq, struct res *res);
err page_cluster_together(struct rq *rq, struct res *res);
err page_cluster_attach(struct rq *rq, struct res *res);
err page_cluster_feed(struct rq *rq, struct res *res);
extern const struct form CLUSTER_FEED_FORM;
extern const struct form CLUSTER_JOIN_PAGE, CLUSTER_SPLIT_PAGE, CLUSTER_APART_PAGE,
    CLUSTER_TOGETHER_PAGE, CLUSTER_ATTACH_PAGE;
#endif
