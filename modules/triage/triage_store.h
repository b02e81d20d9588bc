/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of the desk. */
#ifndef HT_TRIAGE_TRIAGE_STORE_H
#define HT_TRIAGE_TRIAGE_STORE_H
#include "modules/triage/triage.h"

struct triage_copy {
    i64 letter_id, first_id;
};

/* Letters that wait and have this sketch, newest first: struct triage_copy rows. */
err triage_store_list_alike(struct db *db, i64 sketch, i64 limit, struct arena *mem,
                            struct rows *out);
err triage_store_add_copy(struct db *db, const struct triage_copy *c);
err triage_store_add_group(struct db *db, const struct triage_group *g);
err triage_store_add_sketch(struct db *db, const struct triage_copy *c, i64 sketch);
/* One more waits in a group. */
err triage_store_grow(struct db *db, i64 first_id);
/* One waits no more; a letter that did not wait changes nothing. */
err triage_store_take(struct db *db, i64 letter_id);

/* One waits again that did not. Who dismissed it by itself, and when; account 0 = nobody. */
err triage_store_put_back(struct db *db, i64 letter_id);
err triage_store_set_dismissed(struct db *db, i64 letter_id, i64 account_id, i64 at);
/* What an account has dismissed since a moment, newest first, at most 5: struct triage_copy rows.
 */
err triage_store_list_dismissed(struct db *db, i64 account_id, i64 since_ms, struct arena *mem,
                                struct rows *out);

/* By its first letter; by any of its letters. NOT_FOUND db.no_row. */
err triage_store_find(struct db *db, i64 first_id, struct arena *mem, struct triage_group *out);
err triage_store_find_of(struct db *db, i64 letter_id, struct arena *mem, struct triage_group *out);

/* Groups of a lane that wait, oldest first, from one on (0 = the first), without those that are
 * being dismissed. */
struct triage_from {
    bool proved;
    i64 oldest_at, first_id;
};
err triage_store_list(struct db *db, const struct triage_from *from, i64 limit, struct arena *mem,
                      struct rows *out);
/* The one before it; NOT_FOUND db.no_row. */
err triage_store_find_before(struct db *db, const struct triage_from *from, struct arena *mem,
                             struct triage_group *out);
/* Those of which most wait, at least so many, most first. */
err triage_store_list_many(struct db *db, bool proved, i64 many, struct arena *mem,
                           struct rows *out);
err triage_store_list_ending(struct db *db, struct arena *mem, struct rows *out);
/* How many letters of a lane wait. */
err triage_store_count(struct db *db, bool proved, i64 *count);
/* The letters of a group that wait, oldest first: struct triage_copy rows. */
err triage_store_list_waiting(struct db *db, i64 first_id, i64 limit, struct arena *mem,
                              struct rows *out);

/* Begins, or with an empty ending ends, that a group is dismissed. */
err triage_store_set_ending(struct db *db, const struct triage_group *g);
#endif
