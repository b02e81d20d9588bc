/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of clusters. Who may see or change what is asked in cluster_rules.h. */
#ifndef HT_CLUSTERS_CLUSTER_STORE_H
#define HT_CLUSTERS_CLUSTER_STORE_H
#include "modules/clusters/cluster.h"
#include "platform/text/gather.h"

enum { CLUSTER_CROWD_DAYS = 90 };

/* ---- clusters ---- */

/* Errors: NOT_FOUND db.no_row. */
err cluster_store_find(struct db *db, i64 id, struct arena *mem, struct cluster *out);
/* Eight of them (0 = none), in any order: struct cluster rows. */
err cluster_store_list_some(struct db *db, const i64 *eight, struct arena *mem, struct rows *out);
err cluster_store_add(struct db *db, const struct cluster *c, i64 *id);

/* What texts change: all but state, name, pinned; the version stays. */
err cluster_store_grow(struct db *db, const struct cluster *c);

/* What a person changes, everything; raises the version. Errors: CONFLICT db.version. */
err cluster_store_update(struct db *db, const struct cluster *c, str to);

/* Those whose title is that of a text, also where the text is in them no more; struct cluster rows.
 */
err cluster_store_list_titled(struct db *db, str owner, i64 item_id, struct arena *mem,
                              struct rows *out);

/* Those that were joined into one, the last first, struct cluster rows. */
err cluster_store_list_joined(struct db *db, i64 into_id, struct arena *mem, struct rows *out);

/* ---- their texts ---- */

struct cluster_member {
    i64 id, item_id, cluster_id, was_id, day_on, area_id;
};
/* Errors: NOT_FOUND db.no_row. */
err cluster_store_find_member(struct db *db, str owner, i64 item_id, struct cluster_member *out);
err cluster_store_add_member(struct db *db, str owner, const struct cluster_member *m);
err cluster_store_remove_member(struct db *db, str owner, i64 item_id);

/* Where eight texts are (0 = no text): struct cluster_member rows of those that are somewhere. */
err cluster_store_list_members(struct db *db, str owner, const i64 *items, struct arena *mem,
                               struct rows *out);

/* The newest texts of a cluster, struct cluster_member rows. */
err cluster_store_list_newest(struct db *db, i64 cluster_id, i64 limit, struct arena *mem,
                              struct rows *out);

/* Moves one text; all of a cluster, which they then were in; back those that were in `was`. */
err cluster_store_move(struct db *db, str owner, i64 item_id, i64 to);
err cluster_store_move_all(struct db *db, i64 from, i64 to);
err cluster_store_move_back(struct db *db, i64 from, i64 was);

/* ---- words ---- */

struct cluster_key {
    i64 id;
    bytes items;
};
/* id 0 where the word is new. */
err cluster_store_find_key(struct db *db, str owner, i64 word, struct arena *mem,
                           struct cluster_key *out);
err cluster_store_save_key(struct db *db, str owner, i64 word, bytes items);

/* ---- days ---- */

struct cluster_day {
    i64 day_on, texts;
};
/* One more on a day, or one less. */
err cluster_store_count_day(struct db *db, str owner, i64 cluster_id, i64 day_on, i64 change);
/* Days of a cluster within from..to, ascending; struct cluster_day rows. */
err cluster_store_list_days(struct db *db, i64 cluster_id, const i64 *from_to, struct arena *mem,
                            struct rows *out);
/* All of them anew from the members. */
err cluster_store_recount(struct db *db, str owner, i64 cluster_id);

/* ---- different matters ---- */

/* a_id is the lesser; the same again changes nothing. */
err cluster_store_set_apart(struct db *db, i64 a_id, i64 b_id);
err cluster_store_end_apart(struct db *db, i64 a_id, i64 b_id, i64 *ended);
/* Those of a cluster, struct gather_apart rows. */
err cluster_store_list_aparts(struct db *db, i64 id, struct arena *mem, struct rows *out);

/* ---- hot ones ---- */

/* id: of the cluster; now, before: its texts from a day on, and in as many days before. */
struct cluster_heat {
    i64 id, now, before, areas;
};
struct cluster_period {
    i64 from_on, to_on, before_on, limit; /* before_on: where the time before begins */
};
/* The warmest of a period, struct cluster_heat rows: most texts, then most lately begun. */
err cluster_store_list_hot(struct db *db, str owner, const struct cluster_period *period,
                           struct arena *mem, struct rows *out);
/* By the most texts within any 90 days; struct cluster_heat rows. */
err cluster_store_list_crowded(struct db *db, str owner, i64 limit, struct arena *mem,
                               struct rows *out);
err cluster_store_list_pinned(struct db *db, str owner, struct arena *mem, struct rows *out);
err cluster_store_heat(struct db *db, i64 id, const struct cluster_period *period,
                       struct cluster_heat *out);
#endif
