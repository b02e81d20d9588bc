/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Questions of the office to a sender whom nobody can call: answered on his page, taken back by the
 * office, or over when he has been silent too long, so that the letter goes on. */
#include "modules/mailbox/letter_rules.h"

#include "modules/mailbox/letter_store.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"

enum { BATCH = 50 };

static bool can_wait(str state)
{
    return str_is(state, "received") || str_is(state, "triaged") || str_is(state, "assigned");
}

/* The newest one without an answer, NULL = there is none. */
static const struct letter_message *open_of(const struct rows *messages)
{
    const struct letter_message *all = messages->items;
    for (size_t i = messages->count; i-- > 0;)
        if (str_is(all[i].author, "office") && !all[i].ended.len)
            return &all[i];
    return NULL;
}

struct letter_question letter_question_of(struct rq *rq, const struct letter *l,
                                          const struct rows *messages)
{
    const struct letter_message *m = can_wait(l->state) ? open_of(messages) : NULL;
    i64 days = m ? setting_number(rq, "mailbox.question_days") : 0;
    return (struct letter_question){ m != NULL, days ? day_of_ms(m->at) + days : 0 };
}

/* Whoever asked need not look every day. */
static err tell(struct rq *rq, i64 id, str title, i64 account_id, const char *text)
{
    if (!account_id)
        return OK;
    return notify_send(rq, &(struct notify_to){ .account_id = account_id },
                       &(struct notify_message){
                           .text = text,
                           .arg = { title },
                           .url = arena_printf(rq->mem, "/letters/%lld", (long long)id) });
}

/* All that are open end alike; the newest one's asker is told. */
static err end(struct rq *rq, i64 id, str title, const char *how, const char *told)
{
    struct rows rows;
    TRY(letter_list_messages(rq, id, &rows));
    const struct letter_message *m = open_of(&rows);
    if (!m)
        return OK;
    TRY(letter_store_end_questions(rq->db, id, str_of(how)));
    return told ? tell(rq, id, title, m->asked_by, told) : OK;
}

err letter_question_answered(struct rq *rq, const struct letter *l)
{
    return end(rq, l->id, l->title, "answered", "letters.told_answered");
}

err letter_guard_recall(struct rq *rq, const struct flow_subject *subject)
{
    struct rows rows;
    TRY(letter_list_messages(rq, subject->id, &rows));
    return open_of(&rows) ? OK : err_make(ERR_CONFLICT, "letters.no_question");
}

err letter_effect_recall(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    (void)step;
    return end(rq, subject->id, subject->title, "recalled", NULL);
}

err letter_effect_lapse(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    (void)step;
    return end(rq, subject->id, subject->title, "lapsed", "letters.told_lapsed");
}

/* Of a letter that has been answered or is over, the question is over too, and nobody need know. */
static err lapse(struct rq *rq, i64 id)
{
    struct letter l;
    TRY(letter_find_house(rq, id, &l));
    return can_wait(l.state) ? flow_move(rq, &LETTERS_FLOW, id, "lapse", NULL)
                             : letter_store_end_questions(rq->db, id, str_of("lapsed"));
}

err job_letter_lapse(struct rq *rq, bool *again)
{
    struct rows rows;
    i64 days = setting_number(rq, "mailbox.question_days");
    if (days == 0)
        return OK;
    TRY(letter_store_list_unanswered(rq->db, day_start_ms(rq->today - days), BATCH, rq->mem,
                                     &rows));
    const struct letter_message *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(lapse(rq, all[i].id));
    *again = rows.count == BATCH;
    return OK;
}
