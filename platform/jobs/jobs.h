/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Work that no request waits for: timers, a queue, and the outbox through which mail and web calls leave. All three are
 * rows in the database: nothing is lost by a crash, nothing happens for an act that was rolled back. */
#ifndef HT_JOBS_JOBS_H
#define HT_JOBS_JOBS_H
#include "platform/web/web.h"

/* A timer or a queue worker of a module. every_s > 0: runs that often (per organisation when per_org), at the write lane, in
 * small batches: returning *again = true asks to be called once more at once. queue: handles queued work of this name. */
struct job {
    const char *name;  /* "proposals.warn_due" */
    i64 every_s;
    bool per_org;
    err (*run)(struct rq *rq, bool *again);
    err (*work)(struct rq *rq, str payload); /* for queued work; NULL for timers */
    bool slow;         /* work runs on the slow lane, read-only, then `run` is not used */
};

/* Queues work in the present transaction, to run not before at_ms (0 = at once). Retried with growing pauses up to 10 times. */
err job_queue(struct rq *rq, const char *name, str payload, i64 at_ms);

/* Puts a message into the outbox in the present transaction. gateway: "mail" …; payload is the adapter's own text. key: makes
 * it once-only (a second one with the same key is dropped). */
err outbox_add(struct rq *rq, const char *gateway, str payload, str key);

/* Timers are leased in the database, so that several app nodes run each once. Runs what is due now; for tests and `huotang`. */
err jobs_run_due(struct app *app, i64 now_ms, i64 *ran);
#endif
