/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements about the letters of a cluster. */
#ifndef HT_CLUSTERS_CLUSTER_LETTERS_STORE_H
#define HT_CLUSTERS_CLUSTER_LETTERS_STORE_H
#include "modules/clusters/cluster_rules.h"

/* See cluster_list_letters, cluster_list_parts. */
err cluster_letters_store_list(struct db *db, i64 cluster_id, const i64 *before_limit,
                               struct arena *mem, struct rows *out);
err cluster_letters_store_list_parts(struct db *db, i64 cluster_id, enum cluster_by by,
                                     struct arena *mem, struct rows *out);

/* Letters of a cluster that nobody handles yet and that run along with none, oldest first; how many
 * they are; those that others can run along with, handled ones first: struct cluster_letter rows.
 */
err cluster_letters_store_list_open(struct db *db, i64 cluster_id, i64 limit, struct arena *mem,
                                    struct rows *out);
err cluster_letters_store_count_open(struct db *db, i64 cluster_id, i64 *count);
err cluster_letters_store_list_leads(struct db *db, i64 cluster_id, i64 limit, struct arena *mem,
                                     struct rows *out);
#endif
