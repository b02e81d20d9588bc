/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What this part declares: its limits as settings, and the nightly sweeping. Rows of removed
 * attachments go after KEEP_DAYS, then the bytes that no row of any organisation has, and uploads
 * that a process left lying when it died. Rules of sweeping: attachment.c. */
#include "platform/files/blob.h"
#include "platform/files/files.h"
#include "platform/jobs/jobs.h"
#include "platform/transfer/transfer.h"

enum { KEEP_DAYS = 30, DAY_S = 86400, BUCKETS = 256 };
#define DAY_MS INT64_C(86400000)

/* Looking through the store takes long, so not in a transaction that writes: the slow lane does it
 * when the rows are gone. */
static err job_files_sweep(struct rq *rq, bool *again)
{
    TRY(attachment_sweep(rq, rq->now_ms - KEEP_DAYS * DAY_MS, again));
    return *again ? OK : job_queue(rq, "files.delete_bytes", str_of(""), 0);
}

static err job_files_delete_bytes(struct rq *rq, str payload)
{
    i64 left;
    (void)payload;
    blob_sweep_incoming(rq->app, rq->mem, rq->now_ms - DAY_MS, &left);
    for (i64 bucket = 0; bucket < BUCKETS; bucket++) {
        struct arena_mark mark = arena_mark(rq->mem);
        i64 deleted;
        TRY(attachment_sweep_bytes(rq, bucket, &deleted));
        arena_reset_to(rq->mem, mark);
    }
    return OK;
}

static const struct job JOBS[] = {
    { .name = "files.sweep", .every_s = DAY_S, .per_org = true, .run = job_files_sweep },
    { .name = "files.delete_bytes", .work = job_files_delete_bytes, .slow = true },
    { 0 },
};

/* What of it belongs to a case that travels (platform/transfer). */
static const struct transfer_table TRANSFERS[] = {
    {
        .name = "attachments",
        .under = "*",
        .by = "owner_id",
        .matter = "owner",
        .only = "removed_at = 0",
        .numbers = (const char *const[]){ "size_bytes", "uploaded_at", "removed_at", NULL },
        .texts = (const char *const[]){ "owner", "name", "type", "sha256", "uploaded_by", NULL },
        .zero = (const char *const[]){ "account_id", NULL },
    },
    { 0 },
};

const struct module files_module = {
    .name = "files",
    .jobs = JOBS,
    .settings = FILES_SETTINGS,
    .transfers = TRANSFERS,
};
