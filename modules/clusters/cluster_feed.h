/* SPDX-License-Identifier: MulanPSL-2.0 */
/* For modules above that make something of a cluster (a candidate topic): its flow, what it begins
 * with, its text without names, what counts as the same matter, its page. */
#ifndef HT_CLUSTERS_CLUSTER_FEED_H
#define HT_CLUSTERS_CLUSTER_FEED_H
#include "modules/clusters/cluster.h"
#include "platform/flow/flow.h"

struct json;
struct out;

extern const struct flow CLUSTERS_FLOW;

/* Letters, as the engine wants them: the owner of all clusters that people see. */
extern const struct cluster_owner CLUSTER_LETTERS;

/* Becoming an opinion of the committee; becoming a candidate topic (.above). */
struct cluster_feed_input {
    i64 id;
    str title, situation, analysis, suggestions;
};
struct cluster_offer_input {
    i64 id;
    str title, body;
};

/* What the office begins to write with: title, and what the newest letters say, without who wrote
 * them. */
err cluster_feed_begin(struct rq *rq, const struct cluster *c, struct cluster_feed_input *out);

/* A text without the senders of a cluster's letters: names and numbers that they gave, and all else
 * that leads to a person. Errors: those of the database. */
err cluster_unnamed(struct rq *rq, i64 cluster_id, str text, str *out);

/* A cluster, what was joined into it, and into that; behind them CLUSTER_AT_ONCE zeros, since a
 * statement asks for so many at a time. Errors: those of the database. */
err cluster_list_whole(struct rq *rq, i64 id, ids *out);

/* Letters of a cluster whose senders have said that it is not solved, newest last, at most limit.
 * Errors: those of the database. */
err cluster_list_unsolved(struct rq *rq, i64 cluster_id, i64 limit, ids *out);

/* Event clusters.shown (id = the cluster): its page or JSON is being made, and a module above puts
 * in what it knows. Exactly one of out and json is set. */
struct cluster_shown {
    const struct cluster *cluster;
    struct out *out;
    struct json *json;
};
#endif
