/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows of outcomes. Who may see them is said in promise_list.c, followup_list.c and
 * outcome_parts.c; nothing here checks it. */
#ifndef HT_OUTCOMES_OUTCOME_STORE_H
#define HT_OUTCOMES_OUTCOME_STORE_H
#include "modules/outcomes/outcome.h"

/* What was said of a promise at a step; kind: the verb. */
struct promise_note {
    i64 id, promise_id, noted_at, noted_by, percent, from_on, to_on;
    str kind, noted_name, text;
};

/* proxy: given on a delegation; proxy_account_id: by whom, 0 = himself. */
struct recheck {
    i64 id, followup_id, person_id, proxy_account_id, answered_at;
    bool proxy;
    str person_name, result, text;
};

/* ---- promises ---- */

/* Adds one in its first state. */
err promise_store_add_made(struct db *db, const struct promise *p, i64 *id);

/* Everything that a step may change, and the state, by id and version (which it raises). Errors:
 * CONFLICT db.version. */
err promise_store_update(struct db *db, const struct promise *p, str to);

/* What has been warned of, by id and version, which stays: a clock's colour takes nobody's page
 * away. Errors: CONFLICT db.version. */
err promise_store_warn(struct db *db, const struct promise *p);

/* All of an assignment, of a matter, in order of round and number; struct promise rows. */
err promise_store_list_assignment(struct db *db, i64 assignment_id, struct arena *mem,
                                  struct rows *out);
err promise_store_list_of(struct db *db, str matter, i64 matter_id, struct arena *mem,
                          struct rows *out);

/* Open ones with a day up to to_on that are not warned of in this colour (a red one is not amber
 * again), earliest first; at most limit. */
struct promise_query {
    str warning; /* "amber", "red" */
    i64 to_on, limit;
    i64 after_on, after_id; /* of the late ones: the last of the batch before, 0 at first */
};
err promise_store_list_unwarned(struct db *db, const struct promise_query *query, struct arena *mem,
                                struct rows *out);

/* Open ones with a day up to to_on for which nothing is asked: no more time. Of whatever colour. */
err promise_store_list_late(struct db *db, const struct promise_query *query, struct arena *mem,
                            struct rows *out);

/* What was said, in order; struct promise_note rows. */
err promise_note_store_add(struct db *db, const struct promise_note *note);
err promise_note_store_list(struct db *db, i64 promise_id, struct arena *mem, struct rows *out);

/* ---- followups, rechecks ---- */

/* Adds one in its first state; everything that a step may change, and the state, by id and version;
 * those of a matter in order of day, struct followup rows. */
err followup_store_add(struct db *db, const struct followup *f, i64 *id);
err followup_store_update(struct db *db, const struct followup *f, str to);
err followup_store_list_of(struct db *db, str matter, i64 matter_id, struct arena *mem,
                           struct rows *out);

/* Planned up to a day and not yet asked about; marking one as asked (its version stays). */
err followup_store_list_unasked(struct db *db, i64 to_on, i64 limit, struct arena *mem,
                                struct rows *out);
err followup_store_set_asked(struct db *db, i64 id, i64 version, i64 asked_at);

/* Adds what a person says, or replaces it; in order of time. */
err recheck_store_put(struct db *db, const struct recheck *r);
err recheck_store_list(struct db *db, i64 followup_id, struct arena *mem, struct rows *out);

/* ---- instructions: in order of day ---- */

/* Adds one; those of a matter, struct instruction rows. */
err instruction_store_add(struct db *db, const struct instruction *n, i64 *id);
err instruction_store_count_days(struct db *db, str matter, struct arena *mem, struct rows *out);
err instruction_store_list(struct db *db, str matter, i64 matter_id, struct arena *mem,
                           struct rows *out);
#endif
