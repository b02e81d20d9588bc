/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of commissions: whom one reaches, what an invited member may do, what counts as written,
 * reminders within the cap. Statements: commission_store.c; pages: commission_pages.c. */
#include "modules/commissions/commission.h"

#include "modules/members/audience.h"
#include "modules/opinions/opinion_house.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/calendar/calendar.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

/* ---- sending ---- */

static err judge(struct rq *rq, const struct commission *c, const struct rows *readers)
{
    if (c->due_on < rq->today)
        rq_fault(rq, "due_on", "commissions.past", str_of(""), str_of(""));
    if (readers->count == 0)
        rq_fault(rq, "audience", "commissions.nobody", str_of(""), str_of(""));
    if (readers->count > COMMISSION_INVITED_MAX)
        rq_fault(rq, "audience", "commissions.too_many",
                 str_number(rq->mem, COMMISSION_INVITED_MAX),
                 str_number(rq->mem, (i64)readers->count));
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

static err ask(struct rq *rq, const struct commission *c, const struct reader *reader)
{
    struct invitation *i = arena_zero(rq->mem, sizeof *i);
    *i = (struct invitation){ .commission_id = c->id,
                              .person_id = reader->person_id,
                              .name = reader->name,
                              .title = c->title,
                              .state = str_of("asked"),
                              .due_on = c->due_on,
                              .asked_at = rq->now_ms,
                              .version = 1 };
    TRY(invitation_store_add(rq->db, i, &i->id));
    TRY(flow_start(rq, &INVITATIONS_FLOW, i->id, "write", i->due_on));
    struct flow_subject subject = { i->id, 1, i->state, i->title, str_of(""), i };
    return flow_begin(rq, &INVITATIONS_FLOW, &subject, NULL);
}

err commission_send(struct rq *rq, const struct commission_input *in, i64 *id)
{
    struct rows readers;
    i64 days = setting_number(rq, "commissions.write_days");
    struct commission c = { .state = str_of("open"),
                            .title = in->title,
                            .body = in->body,
                            .due_on = in->due_on,
                            .audience = audience_join(rq->mem, &in->audience),
                            .sender_name = rq->actor->name,
                            .sent_at = rq->now_ms };
    if (c.due_on <= 0)
        c.due_on = calendar_add_working(calendar_current(), rq->today, days);
    TRY(audience_name(rq, c.audience, &c.audience_name));
    TRY(audience_readers(rq, c.audience, &readers));
    TRY(judge(rq, &c, &readers));
    TRY(commission_store_add(rq->db, &c, &c.id));
    *id = c.id;
    struct flow_subject subject = { c.id, 1, c.state, c.title, str_of(""), &c };
    TRY(flow_begin(rq, &COMMISSIONS_FLOW, &subject, NULL));
    const struct reader *all = readers.items;
    for (size_t i = 0; i < readers.count; i++)
        TRY(ask(rq, &c, &all[i]));
    return OK;
}

/* ---- steps of a commission ---- */

err commission_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct commission *c = arena_zero(rq->mem, sizeof *c);
    TRY(list_find(rq, &COMMISSION_LIST, id, c));
    *out = (struct flow_subject){ c->id, c->version, c->state, c->title, str_of(""), c };
    return OK;
}

err commission_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct commission c = *(const struct commission *)subject->row;
    c.state = to;
    return commission_store_update(rq->db, &c);
}

static bool is_open(const struct invitation *i)
{
    return str_is(i->state, "asked") || str_is(i->state, "writing");
}

err commission_guard_remind(struct rq *rq, const struct flow_subject *subject)
{
    const struct commission *c = subject->row;
    i64 most = setting_number(rq, "commissions.reminds_per_day");
    if (c->waiting == 0)
        return err_make(ERR_CONFLICT, "commissions.nobody_left");
    i64 sent = c->reminded_on == rq->today ? c->reminds : 0;
    if (sent < most)
        return OK;
    return err_make_with(ERR_CONFLICT, "commissions.reminded_enough", str_number(rq->mem, most),
                         str_of(""));
}

err commission_effect_remind(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct commission *c = subject->row;
    struct rows rows;
    (void)step;
    c->reminds = c->reminded_on == rq->today ? c->reminds + 1 : 1;
    c->reminded_on = rq->today;
    TRY(invitation_store_list(rq->db, c->id, rq->mem, &rows));
    const struct invitation *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (is_open(&all[i]))
            TRY(notify_send(rq, &(struct notify_to){ .person_id = all[i].person_id },
                            &(struct notify_message){
                                .text = "commissions.told_again",
                                .arg = { c->title, text_date(rq->mem, c->due_on) },
                                .url = arena_printf(rq->mem, "/invitations/%lld",
                                                    (long long)all[i].id) }));
    return OK;
}

err commission_effect_close(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct commission *c = subject->row;
    struct rows rows;
    (void)step;
    c->closed_at = rq->now_ms;
    TRY(invitation_store_list(rq->db, c->id, rq->mem, &rows));
    const struct invitation *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (is_open(&all[i]))
            TRY(flow_move(rq, &INVITATIONS_FLOW, all[i].id, "lapse", NULL));
    return OK;
}

/* ---- steps of an invitation ---- */

bool invitation_may_answer(const struct rq *rq, const struct invitation *i)
{
    return rq->actor->person_id > 0 && i->person_id == rq->actor->person_id;
}

err invitation_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct invitation *i = arena_zero(rq->mem, sizeof *i);
    bool is_house = rq->actor->account_id == 0;
    TRY(is_house ? invitation_store_find(rq->db, id, rq->mem, i)
                 : list_find(rq, &INVITATION_LIST, id, i));
    if (!is_house && !invitation_may_answer(rq, i))
        return err_make(ERR_NOT_FOUND, "invitations.not_found");
    *out = (struct flow_subject){ i->id, i->version, i->state, i->title, str_of(""), i };
    return OK;
}

err invitation_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct invitation i = *(const struct invitation *)subject->row;
    i.state = to;
    return invitation_store_update(rq->db, &i);
}

err invitation_flow_holder(struct rq *rq, const struct flow_subject *subject,
                           const struct flow_todo *todo, ids *out)
{
    const struct invitation *i = subject->row;
    i64 *one = arena_array(rq->mem, 1, sizeof *one);
    (void)todo;
    *one = i->person_id;
    *out = (ids){ one, 1 };
    return OK;
}

/* The draft is made once; afterwards the step leads to it. */
err invitation_effect_write(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct invitation *i = subject->row;
    struct opinion o;
    (void)step;
    if (i->opinion_id)
        return OK;
    TRY(opinion_begin(rq, &(struct opinion_input){ .title = i->title }, &o));
    i->opinion_id = o.id;
    return OK;
}

err invitation_effect_decline(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct invitation *i = subject->row;
    const struct invitation_decline_input *in = step->input;
    i->reason = in->opinion;
    i->answered_at = rq->now_ms;
    return OK;
}

err invitation_effect_hand(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct invitation *i = subject->row;
    (void)step;
    i->answered_at = rq->now_ms;
    return OK;
}

/* Sent again after it came back it is written already; sent after the end it only counts. */
err on_commission_opinion_sent(struct rq *rq, i64 id, const void *fact)
{
    struct rows rows;
    (void)fact;
    TRY(invitation_store_list_opinion(rq->db, id, rq->mem, &rows));
    const struct invitation *i = rows.items;
    if (rows.count == 0 || !str_is(i->state, "writing"))
        return OK;
    return flow_move(rq, &INVITATIONS_FLOW, i->id, "hand", NULL);
}
