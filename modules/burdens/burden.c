/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of complaints of burden: who told it and whether that is known, what became of it, sums.
 * Statements: burden_store.c; pages: burden_pages.c. */
#include "modules/burdens/burden.h"

#include "platform/base/str.h"
#include "platform/calendar/calendar.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

enum { CENTURY = 100 };

static struct flow_subject subject_of(struct rq *rq, struct burden *b)
{
    return (struct flow_subject){
        b->id,      b->version, b->state, text_format(rq->mem, "burdens.title", b->label, b->place),
        str_of(""), b
    };
}

static i64 month_of(i64 day)
{
    int year, month, mday;
    day_to_civil(day, &year, &month, &mday);
    return (i64)year * CENTURY + month;
}

/* ---- telling ---- */

static err begin(struct rq *rq, const struct burden_input *in, struct burden *b)
{
    b->state = str_of("asked");
    b->kind = in->kind;
    b->label = dictionary_label(rq, "burdens.kinds", in->kind);
    b->place = in->place;
    b->words = in->words;
    b->month = month_of(rq->today);
    b->asked_at = rq->now_ms;
    b->version = 1;
    TRY(burden_store_add(rq->db, b, &b->id));
    struct flow_subject subject = subject_of(rq, b);
    i64 due_on = calendar_add_working(calendar_current(), rq->today,
                                      setting_number(rq, "burdens.answer_days"));
    TRY(flow_start(rq, &BURDENS_FLOW, b->id, "answer", due_on));
    return flow_begin(rq, &BURDENS_FLOW, &subject, NULL);
}

/* Whoever is hidden acts as somebody without account and name: neither trail nor audit, which both
 * take them from the actor, hold anything of him. */
static err begin_hidden(struct rq *rq, const struct burden_input *in, struct burden *b)
{
    struct actor nobody = *rq->actor;
    struct rq hidden = *rq;
    nobody.account_id = nobody.person_id = nobody.member_id = 0;
    nobody.agency_id = nobody.delegator_account_id = 0;
    nobody.name = nobody.delegator_name = str_of("");
    hidden.actor = &nobody;
    hidden.id = hidden.address = hidden.agent = str_of(""); /* nothing leads from the log to it */
    return begin(&hidden, in, b);
}

err burden_add(struct rq *rq, const struct burden_input *in, i64 *id)
{
    struct burden *b = arena_zero(rq->mem, sizeof *b);
    b->via = str_of(in->hidden ? "hidden" : "signed");
    b->person_id = rq->actor->person_id;
    b->name = in->hidden ? str_of("") : rq->actor->name;
    TRY(in->hidden ? begin_hidden(rq, in, b) : begin(rq, in, b));
    *id = b->id;
    return OK;
}

err burden_add_public(struct rq *rq, const struct burden_input *in, i64 *id)
{
    struct burden *b = arena_zero(rq->mem, sizeof *b);
    if (!setting_on(rq, "burdens.public"))
        return err_make(ERR_NOT_FOUND, "burdens.not_public");
    b->via = str_of("public");
    TRY(begin(rq, in, b));
    *id = b->id;
    return OK;
}

/* ---- the flow ---- */

err burden_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct burden *b = arena_zero(rq->mem, sizeof *b);
    TRY(list_find(rq, &BURDEN_LIST, id, b));
    *out = subject_of(rq, b);
    return OK;
}

err burden_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct burden b = *(const struct burden *)subject->row;
    b.state = to;
    return burden_store_update(rq->db, &b);
}

err burden_effect_answer(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct burden_answer_input *in = step->input;
    struct burden *b = subject->row;
    i64 person_id;
    b->way = in->way;
    b->answer = in->opinion;
    b->published = in->published;
    b->answered_at = rq->now_ms;
    b->answerer_name = rq->actor->name;
    TRY(burden_store_person(rq->db, b->id, &person_id));
    if (!person_id)
        return OK;
    return notify_send(rq, &(struct notify_to){ .person_id = person_id },
                       &(struct notify_message){
                           .text = "burdens.told_answered",
                           .arg = { b->label, b->place },
                           .url = arena_printf(rq->mem, "/burdens/%lld", (long long)b->id) });
}

/* ---- sums ---- */

err burden_sums(struct rq *rq, struct rows *months, struct rows *kinds)
{
    i64 from = month_of(day_add_months(rq->today, 1 - BURDEN_MONTHS));
    TRY(burden_store_list_months(rq->db, from, rq->mem, months));
    return burden_store_list_kinds(rq->db, from, rq->mem, kinds);
}
