/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Work that no request waits for: timers, a queue, and the outbox through which mail and web calls
 * leave. All three are rows in the database: nothing is lost by a crash, nothing happens for an act
 * that was rolled back. */
#ifndef HT_JOBS_JOBS_H
#define HT_JOBS_JOBS_H
#include "platform/web/web.h"

struct jobs;

/* A timer or a queue worker of a module. every_s > 0: runs that often (per organisation when
 * per_org), at the write lane, in small batches: returning *again = true asks to be called once
 * more at once, in a transaction of its own. A run that fails is rolled back and tried again after
 * growing pauses. work: handles queued work of this name. */
struct job {
    const char *name; /* "proposals.warn_due" */
    i64 every_s;
    bool per_org;
    err (*run)(struct rq *rq, bool *again);
    err (*work)(struct rq *rq, str payload); /* for queued work; NULL for timers */
    bool slow; /* work runs on the slow lane, read-only; to write it calls lanes_write */
};

/* Queues work in the present transaction, to run not before at_ms (0 = at once). Retried with
 * growing pauses up to 10 times; then it stays for a person to look at, with an error line in the
 * log. Fast work runs in the transaction that takes it off the queue: exactly once. Slow work may
 * run again after a crash. The name must be declared (else the process stops). */
err job_queue(struct rq *rq, const char *name, str payload, i64 at_ms);

/* The same at once, unless the very same already waits: asked twice it is done once. What runs just
 * now does not count: it may have read before what is new. Two at the same moment on PostgreSQL may
 * both be queued. */
err job_queue_once(struct rq *rq, const char *name, str payload);

/* One part of a piece of work: what fails within it leaves nothing behind, and the rest can go on
 * in the same transaction. Errors: run's own; after one that db_may_retry the whole must end. */
err job_part(struct rq *rq, err (*run)(struct rq *rq, void *context), void *context);

/* Puts a message into the outbox in the present transaction. gateway: "mail" …; payload is the
 * adapter's own text. key: makes it once-only (a second one with the same key within 90 days is
 * dropped); empty = none. Retried as queued work is; sent at least once: after a crash between
 * sending and noting it, once more. */
err outbox_add(struct rq *rq, const char *gateway, str payload, str key);

/* Gives up every message of rq's organisation that has not left, for a person to look at; error: a
 * stable name that says why. *held: how many. After a restore: some may have left since the backup.
 */
err outbox_hold(struct rq *rq, const char *error, i64 *held);

/* A message that has not left. error: stable name of the last failure, "restore.held" when a
 * restore stopped it. failed_at: given up or held since; 0 = it waits for run_at. */
struct outbox_item {
    i64 id, added_at, run_at, failed_at, attempts;
    str gateway, payload, error;
};

/* Messages of rq's organisation that have not left, newest first, below an id (0 = from the
 * newest): struct outbox_item rows. state: "held", "failed" or "waiting". Errors: those of the
 * database. */
struct outbox_query {
    str state;
    i64 after, limit;
};
err outbox_list(struct rq *rq, const struct outbox_query *query, struct rows *out);

/* How many there are in each state. Errors: those of the database. */
struct outbox_counts {
    i64 held, failed, waiting;
};
err outbox_count(struct rq *rq, struct outbox_counts *out);

/* Lets one message (id), or all in a state, leave at once, as if never tried; or takes them away
 * for good. *changed: how many; what has left or is leaving this moment is not among them. Errors:
 * those of the database. */
struct outbox_choice {
    i64 id; /* 0 = all in the state */
    str state;
};
err outbox_release(struct rq *rq, const struct outbox_choice *choice, i64 *changed);
err outbox_discard(struct rq *rq, const struct outbox_choice *choice, i64 *changed);

/* Runs what is due now until nothing is: timers in order of time and name, then the queue, then the
 * outbox. ran: pieces of work done (may be NULL). Timers are leased in the database, so that
 * several app nodes run each once. A piece of work that fails is put off and does not end the call.
 * Errors: those of the database when nothing can be read. */
err jobs_run_due(struct app *app, i64 now_ms, i64 *ran);

/* The scheduler: every second one thread does what is due (and renews the calendar every minute),
 * another one slow work alone, so that nobody's timer or message waits while a book is made.
 * Between lanes_start and lanes_stop. Errors: INTERNAL jobs.thread. */
err jobs_start(struct app *app, struct jobs **out);

/* Waits for the pieces of work in hand, then ends the threads. */
void jobs_stop(struct jobs *jobs);

/* Figures for /metrics and /readyz: waiting, given up, and the age of the oldest that is due. */
struct jobs_figures {
    i64 queued, failed, outbox, outbox_failed, oldest_due_ms;
};
err jobs_figures(struct db *db, i64 now_ms, struct jobs_figures *out);

/* Self-test: names doubled, a job with neither or both functions, a timer without a period. Writes
 * the faults in English; true if there is none. */
bool jobs_check(const struct module *const *modules, struct buf *faults);

/* The house's own timer: sent messages are forgotten after 90 days. */
extern const struct module jobs_module;
#endif
