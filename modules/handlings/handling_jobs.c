/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the clock does with letters that were answered: a while after a good verdict the sender is
 * asked whether it has lasted (on his page, and by mail if he left an address); then it ends. */
#include "modules/handlings/handling_rules.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

enum { BATCH = 50, DAY_MS = 24 * 3600 * 1000 };

static i64 days_ago(struct rq *rq, const char *setting)
{
    return rq->now_ms - setting_number(rq, setting) * DAY_MS;
}

/* The mail tells nothing of the letter: whoever reads it beside him learns only that he wrote. */
static err ask_by_mail(struct rq *rq, const struct letter *l)
{
    str address;
    TRY(letter_find_mail(rq, l->id, &address));
    if (!address.len)
        return OK;
    str payload = arena_printf(rq->mem, "%.*s\n%.*s\n%.*s\n%.*s", (int)address.len, address.ptr,
                               (int)rq->actor->org_name.len, rq->actor->org_name.ptr,
                               (int)text_find("handlings.mail_subject").len,
                               text_find("handlings.mail_subject").ptr,
                               (int)text_find("handlings.mail_text").len,
                               text_find("handlings.mail_text").ptr);
    return outbox_add(rq, "mail", payload,
                      arena_printf(rq->mem, "letters.again.%lld", (long long)l->id));
}

static err ask(struct rq *rq, i64 id)
{
    struct letter l;
    TRY(letter_find_house(rq, id, &l));
    l.asked_again_at = rq->now_ms;
    TRY(letter_update(rq, &l));
    return ask_by_mail(rq, &l);
}

err job_handling_ask_again(struct rq *rq, bool *again)
{
    struct rows rows;
    i64 count = 0;
    TRY(handling_store_list_to_ask(rq->db, days_ago(rq, "handlings.again_days"), BATCH, rq->mem,
                                   &rows));
    const struct handling_row *all = rows.items;
    for (size_t i = 0; i < rows.count; i++, count++)
        TRY(ask(rq, all[i].id));
    TRY(handling_store_list_to_close(rq->db, days_ago(rq, "handlings.still_days"), BATCH, rq->mem,
                                     &rows));
    all = rows.items;
    for (size_t i = 0; i < rows.count; i++, count++)
        TRY(flow_move(rq, &LETTERS_FLOW, all[i].id, "close", NULL));
    *again = count >= BATCH;
    return OK;
}
