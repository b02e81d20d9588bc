/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements: opinions that were made of clusters. */
#ifndef HT_CLUSTERS_CLUSTER_FEED_STORE_H
#define HT_CLUSTERS_CLUSTER_FEED_STORE_H
#include "modules/clusters/cluster_rules.h"

/* by: when, which account. Errors: CONFLICT db.unique. */
err cluster_feed_store_add(struct db *db, const struct cluster *c, i64 opinion_id, const i64 *by);

/* Of eight clusters (0 = none of them): what was joined into any of them, i64 rows; the opinions
 * that were made of any of them, struct handling_opinion rows. */
err cluster_feed_store_list_joined(struct db *db, const i64 *eight, struct arena *mem,
                                   struct rows *out);
err cluster_feed_store_list(struct db *db, const i64 *eight, struct arena *mem, struct rows *out);

/* Of which cluster an opinion was made. Errors: NOT_FOUND db.no_row. */
err cluster_feed_store_find(struct db *db, i64 opinion_id, struct arena *mem,
                            struct cluster_source *out);

/* Letters of a cluster whose senders have said that it is not solved: struct cluster_letter rows,
 * with id alone. */
err cluster_feed_store_list_unsolved(struct db *db, i64 cluster_id, i64 limit, struct arena *mem,
                                     struct rows *out);
#endif
