/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows of timers, queue and outbox. The scheduler serves all organisations, so statements here that
 * choose what is due go over all of them, and every change names its organisation. Between the
 * files of this part only. */
#ifndef HT_JOBS_JOBS_STORE_H
#define HT_JOBS_JOBS_STORE_H
#include "platform/jobs/jobs.h"

struct timer_row {
    i64 org_id, next_at, failures;
    str name;
};

/* All organisations served; all timers known; those due, in order of time and name. */
struct org_row {
    i64 id;
};
err timers_store_orgs(struct db *db, struct arena *mem, struct rows *out);
err timers_store_list(struct db *db, struct arena *mem, struct rows *out);
err timers_store_due(struct db *db, i64 now_ms, struct arena *mem, struct rows *out);
err timers_store_add(struct db *db, const struct timer_row *timer);

/* Takes a due timer forward to next_at, which counts as a failure until it went well: one that
 * stops the process comes ever more seldom. *taken is false when another node was first. Then how
 * it went: again at the given time after a failure (error's name), or well. */
err timers_store_take(struct db *db, const struct timer_row *timer, i64 next_at, bool *taken);
err timers_store_fail(struct db *db, const struct timer_row *timer, i64 next_at, str error);
err timers_store_done(struct db *db, const struct timer_row *timer, i64 next_at, i64 now_ms);

/* A piece of queued work, or a message of the outbox (name: its gateway). */
struct piece {
    i64 id, org_id, attempts;
    str name, payload;
    bool outbox;
};

/* What is due and not leased, oldest first, at most limit. */
struct due_query {
    i64 now_ms, limit;
    bool outbox;
};
err pieces_store_due(struct db *db, const struct due_query *query, struct arena *mem,
                     struct rows *out);

/* Adds queued work; the same at once, unless it waits already; adds a message, unless its key was
 * used. */
err jobs_store_add(struct rq *rq, str name, str payload, i64 run_at);
err jobs_store_add_once(struct rq *rq, str name, str payload);
err outbox_store_add(struct rq *rq, str gateway, str payload, str once_key);

/* See outbox_hold. */
err outbox_store_hold(struct rq *rq, str error, i64 *held);

/* See outbox_list, outbox_count, outbox_release, outbox_discard. */
err outbox_store_list(struct rq *rq, const struct outbox_query *query, struct rows *out);
err outbox_store_count(struct rq *rq, struct outbox_counts *out);
err outbox_store_release(struct rq *rq, const struct outbox_choice *choice, i64 *changed);
err outbox_store_discard(struct rq *rq, const struct outbox_choice *choice, i64 *changed);

/* Leases a piece until a time and counts the attempt; *taken is false when somebody else has it or
 * it is gone. */
err pieces_store_lease(struct db *db, const struct piece *piece, i64 now_ms, i64 to_ms,
                       bool *taken);

/* Takes a piece off (the queue forgets it, the outbox keeps an empty row); *taken as above. */
err pieces_store_end(struct db *db, const struct piece *piece, i64 now_ms, bool *taken);

/* Puts a leased piece off to a time after a failure, unless it was done by somebody else meanwhile;
 * failed_at > 0 gives it up. */
struct put_off {
    i64 run_at, failed_at;
    str error;
};
err pieces_store_put_off(struct db *db, const struct piece *piece, const struct put_off *off);

/* Forgets what was sent, and what was given up, before a time: messages and work of rq's
 * organisation. */
err pieces_store_forget(struct rq *rq, i64 before_ms);

/* See jobs_figures. */
err jobs_store_figures(struct db *db, i64 now_ms, struct jobs_figures *out);
#endif
