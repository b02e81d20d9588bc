/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What time does to letters: an answer that nobody judges is accepted, who wrote is forgotten, and
 * texts go (quality P6: every table has a rule). The days are settings. */
#include "modules/mailbox/letter_rules.h"

#include "modules/mailbox/letter_store.h"
#include "platform/files/files.h"
#include "platform/settings/settings.h"
#include "platform/text/text.h"
#include "platform/text/texts.h"

enum { BATCH = 50 };
static const i64 DAY_MS = INT64_C(86400000);

static i64 before(struct rq *rq, const char *setting)
{
    return rq->now_ms - setting_number(rq, setting) * DAY_MS;
}

err job_letter_silence(struct rq *rq, bool *again)
{
    struct rows rows;
    TRY(letter_store_list_silent(rq->db, before(rq, "mailbox.verdict_days"), BATCH, rq->mem,
                                 &rows));
    const struct letter *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(flow_move(rq, &LETTERS_FLOW, all[i].id, "close", NULL));
    *again = rows.count == BATCH;
    return OK;
}

static err photos_remove(struct rq *rq, i64 id)
{
    struct rows rows;
    TRY(attachment_list(rq, "letters", id, &rows));
    const struct attachment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(attachment_remove(rq, "letters", id, all[i].id));
    return OK;
}

/* What anybody wrote about it goes; that it came, about what kind of matter, from where, and how it
 * ended stays for the figures. */
static err erase(struct rq *rq, struct letter *l)
{
    l->title = text_find("letters.erased_title");
    l->body = l->masked_body = l->place = l->guidance = l->reply = l->verdict_text = str_of("");
    l->point = l->point_by = str_of("");
    l->point_disclosed = false;
    l->erased_at = rq->now_ms;
    TRY(photos_remove(rq, l->id));
    TRY(letter_store_remove_messages(rq->db, l->id));
    TRY(sender_forget(rq, l->id));
    TRY(text_remove(rq, "letters", l->id));
    TRY(letter_update(rq, l));
    return event_emit(rq, "mailbox.erased", l->id, l);
}

static err forget_contacts(struct rq *rq, size_t *count)
{
    struct rows rows;
    TRY(letter_store_list_known(rq->db, before(rq, "mailbox.contact_days"), BATCH, rq->mem, &rows));
    const struct letter *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(sender_forget(rq, all[i].id));
    *count = rows.count;
    return OK;
}

static err erase_ended(struct rq *rq, const char *ended, const char *setting, size_t *count)
{
    struct rows rows;
    const struct letter_ended q = { str_of(ended), before(rq, setting), BATCH };
    TRY(letter_store_list_unerased(rq->db, &q, rq->mem, &rows));
    struct letter *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(erase(rq, &all[i]));
    *count = rows.count;
    return OK;
}

err job_letter_retain(struct rq *rq, bool *again)
{
    static const struct {
        const char *ended, *setting;
    } RULES[] = {
        { "dismissed", "mailbox.dismissed_days" }, { "withdrawn", "mailbox.dismissed_days" },
        { "routed", "mailbox.text_days" },         { "silent", "mailbox.text_days" },
        { "solved", "mailbox.text_days" },         { "office", "mailbox.text_days" },
    };
    size_t count;
    TRY(forget_contacts(rq, &count));
    *again = count == BATCH;
    for (size_t i = 0; i < sizeof RULES / sizeof *RULES && !*again; i++) {
        TRY(erase_ended(rq, RULES[i].ended, RULES[i].setting, &count));
        *again = count == BATCH;
    }
    return OK;
}
