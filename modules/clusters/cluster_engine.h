/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the rules of clusters take from the engine beside cluster.h. */
#ifndef HT_CLUSTERS_CLUSTER_ENGINE_H
#define HT_CLUSTERS_CLUSTER_ENGINE_H
#include "modules/clusters/cluster_store.h"

/* The vector of a text by the words of its collection today. Errors: those of the database. */
err cluster_vector(struct rq *rq, const struct cluster_owner *owner, str title, str body,
                   struct gather_vector *out);

/* Clusters that have newest texts of the vector's heaviest words, most votes first. Errors: those
 * of the database. */
err cluster_vote(struct rq *rq, const struct cluster_owner *owner,
                 const struct gather_vector *vector, ids *out);

/* Counts a cluster's texts and days anew, into the row given. Errors: those of the database. */
err cluster_count(struct rq *rq, struct cluster *c);

/* Moves all texts of one into another, with its name where that has none, its pin and what was said
 * to be different from it. The rows are changed but not written, and not counted. Errors: those of
 * the database. */
err cluster_become_one(struct rq *rq, struct cluster *from, struct cluster *into);
#endif
