/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Files that somebody looked at and did not take in: personal data of strangers does not lie about
 * for ever. After IMPORT_KEEP_DAYS they are removed, and whoever sent one is told. */
#include "modules/transfers/transfer_case_pages.h"
#include "platform/files/files.h"
#include "platform/files/import_page.h"
#include "platform/notify/notify.h"

#define DAY_MS INT64_C(86400000)

/* Owners of waiting files, and the page on which each waits. The owner's id is the account. */
static const struct {
    const char *owner, *page;
} WAITING[] = { { "transfer_files", "/transfers" },
                { "proposal_imports", "/proposals/import" },
                { "past_imports", "/proposals/past" },
                { "step_imports", "/proposals/past/steps" } };

static err one_forget(struct rq *rq, const struct attachment *a, const char *page)
{
    const struct notify_to to = { .account_id = a->owner_id };
    const struct notify_message message = { .text = "transfers.upload_over",
                                            .arg = { a->name, str_of("") },
                                            .url = str_of(page) };
    TRY(attachment_remove(rq, arena_cstr(rq->mem, a->owner), a->owner_id, a->id));
    return notify_send(rq, &to, &message);
}

err job_transfer_forget(struct rq *rq, bool *again)
{
    i64 before_ms = rq->now_ms - IMPORT_KEEP_DAYS * DAY_MS;
    *again = false;
    for (size_t i = 0; i < sizeof WAITING / sizeof *WAITING; i++) {
        struct rows rows = { 0 };
        TRY(attachment_list_old(rq, WAITING[i].owner, before_ms, &rows));
        for (size_t k = 0; k < rows.count; k++)
            TRY(one_forget(rq, (struct attachment *)rows.items + k, WAITING[i].page));
        *again |= rows.count > 0;
    }
    return OK;
}
