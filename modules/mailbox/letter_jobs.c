/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What time does to letters: an answer that nobody judges is accepted. When their texts go:
 * letter_end.c. */
#include "modules/mailbox/letter_rules.h"

#include "modules/mailbox/letter_store.h"
#include "platform/settings/settings.h"

enum { BATCH = 50 };
static const i64 DAY_MS = INT64_C(86400000);

err job_letter_silence(struct rq *rq, bool *again)
{
    struct rows rows;
    i64 before_ms = rq->now_ms - setting_number(rq, "mailbox.verdict_days") * DAY_MS;
    TRY(letter_store_list_silent(rq->db, before_ms, BATCH, rq->mem, &rows));
    const struct letter *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(flow_move(rq, &LETTERS_FLOW, all[i].id, "close", NULL));
    *again = rows.count == BATCH;
    return OK;
}
