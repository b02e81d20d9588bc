/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Between the files of this part: the piece of work in hand, and waiting for the slow lane. */
#ifndef HT_JOBS_JOBS_INTERNAL_H
#define HT_JOBS_JOBS_INTERNAL_H
#include "platform/jobs/jobs_store.h"
#include "platform/web/lanes.h"

/* JOBS_QUICK: timers, fast work, messages; JOBS_SLOW: work on the slow lane, which may take
 * minutes: each has a thread of its own, so that no timer waits for a book. */
enum jobs_which { JOBS_ALL, JOBS_QUICK, JOBS_SLOW };

/* What a round works on: one timer or piece at a time. */
struct work {
    i64 now_ms, org_id;
    i64 begun_ms; /* steady time at now_ms */
    enum jobs_which which;
    const struct job *job;
    struct timer_row timer;
    struct piece piece;
    bool taken, missing;
    err failure;
    struct arena *mem; /* of the lists below */
    struct rows timers, queued, messages;
};

/* As jobs_run_due (jobs.h), of some of it. */
err jobs_run_some(struct app *app, i64 now_ms, enum jobs_which which, i64 *ran);

/* The declared job of a name, or NULL. */
const struct job *job_find(const struct module *const *modules, str name);

/* Runs fn on the slow lane with its read-only connection and a fresh arena, and waits for it.
 * Errors: fn's own; BUSY jobs.overloaded when the lane is full or stopping. */
typedef err (*slow_fn)(struct app *app, struct db *db, struct arena *mem, struct work *work);
err slow_wait(struct app *app, slow_fn fn, struct work *work);
#endif
