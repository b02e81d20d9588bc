/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of leaving (README.md; rules.md 8, 12.7): a member's own letter, what the standing
 * committee says to it and to revocations of the chairs, what was in hand. The act on the seat and
 * what ends with it: modules/members. Statements: departure_store.c; pages: departure_pages.c. */
#include "modules/departures/departure.h"

#include "platform/notify/notify.h"
#include "platform/text/texts.h"

static struct flow_subject subject_of(struct rq *rq, struct departure *d)
{
    str title =
        text_format(rq->mem, "departures.title", d->name, text_label("members.act", d->act));
    return (struct flow_subject){ d->id, d->version, d->state, title, str_of(""), d };
}

static err begin(struct rq *rq, struct departure *d)
{
    d->begun_at = rq->now_ms;
    d->version = 1;
    TRY(departure_store_add(rq->db, d, &d->id));
    struct flow_subject subject = subject_of(rq, d);
    return flow_begin(rq, &DEPARTURES_FLOW, &subject, NULL);
}

/* ---- a member's own letter ---- */

static bool is_seated(const struct member *m)
{
    return str_is(m->status, "serving") || str_is(m->status, "suspended");
}

static bool is_letter(const struct departure *d)
{
    return str_is(d->act, "resign");
}

err departure_ask(struct rq *rq, str words, i64 *id)
{
    struct member member;
    struct departure open;
    if (rq->actor->delegator_account_id)
        return err_make(ERR_FORBIDDEN, "departures.in_person");
    err e = member_find_by_person(rq, rq->actor->person_id, &member);
    if (e.code == ERR_NOT_FOUND)
        return err_make(ERR_FORBIDDEN, "members.not_a_member");
    TRY(e);
    if (!is_seated(&member))
        return err_make(ERR_CONFLICT, "departures.not_serving");
    TRY(departure_store_find_in(rq->db, member.id, str_of("asked"), rq->mem, &open));
    if (open.id)
        return err_make(ERR_CONFLICT, is_letter(&open) ? "departures.asked_already"
                                                       : "departures.decision_waits");
    struct departure d = { .member_id = member.id,
                           .person_id = member.person_id,
                           .state = str_of("asked"),
                           .act = str_of("resign"),
                           .name = member.name,
                           .words = words };
    TRY(begin(rq, &d));
    *id = d.id;
    return OK;
}

err departure_guard_withdraw(struct rq *rq, const struct flow_subject *subject)
{
    const struct departure *d = subject->row;
    if (!is_letter(d))
        return err_make(ERR_CONFLICT, "departures.no_letter");
    if (rq->actor->delegator_account_id)
        return err_make(ERR_FORBIDDEN, "departures.in_person");
    return d->person_id == rq->actor->person_id ? OK
                                                : err_make(ERR_FORBIDDEN, "departures.not_yours");
}

static err tell(struct rq *rq, const struct departure *d, const char *text, str words)
{
    return notify_send(rq, &(struct notify_to){ .person_id = d->person_id },
                       &(struct notify_message){
                           .text = text,
                           .arg = { words },
                           .url = arena_printf(rq->mem, "/departures/%lld", (long long)d->id) });
}

/* ---- the chairs ask him to go ---- */

err departure_compel(struct rq *rq, i64 member_id, str reason, i64 *id)
{
    struct member member;
    struct departure open;
    TRY(member_find(rq, member_id, &member));
    if (!is_seated(&member))
        return err_make(ERR_CONFLICT, "departures.not_seated");
    TRY(departure_store_find_in(rq->db, member_id, str_of("asked"), rq->mem, &open));
    if (open.id)
        return err_make(ERR_CONFLICT, "departures.waits");
    struct departure d = { .member_id = member_id,
                           .person_id = member.person_id,
                           .state = str_of("asked"),
                           .act = str_of("compel"),
                           .name = member.name,
                           .reason = reason };
    TRY(begin(rq, &d));
    *id = d.id;
    return tell(rq, &d, "departures.told_compel", reason);
}

err departure_effect_decline(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct departure *d = subject->row;
    const struct departure_opinion_input *in = step->input;
    d->note = in->opinion;
    return tell(rq, d, is_letter(d) ? "departures.told_decline" : "departures.told_decline_compel",
                in->opinion);
}

/* ---- decisions ---- */

/* Written before the act, so that whoever hears of the act finds it decided here. */
static err write(struct rq *rq, struct flow_subject *subject)
{
    struct departure *d = subject->row;
    TRY(departure_store_update(rq->db, d));
    subject->version = ++d->version;
    return OK;
}

static void take(struct departure *d, const struct member_change *change)
{
    d->act = change->act;
    d->on_on = change->on_on;
    d->organ = change->organ;
    d->document = change->document;
    d->reason = change->reason;
}

err departure_effect_approve(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct departure *d = subject->row;
    const struct departure_approve_input *in = step->input;
    take(d, &(struct member_change){ .on_on = in->on_on,
                                     .act = d->act,
                                     .organ = in->organ,
                                     .document = in->document,
                                     .reason = in->reason.len ? in->reason : d->reason });
    TRY(write(rq, subject));
    TRY(tell(rq, d, is_letter(d) ? "departures.told_approve" : "departures.told_approve_compel",
             in->organ));
    return member_record_act(rq, d->member_id,
                             &(struct member_act){ .verb = d->act,
                                                   .on_on = in->on_on,
                                                   .organ = in->organ,
                                                   .document = in->document,
                                                   .reason = d->reason });
}

static void answer(struct departure *d, i64 on, str organ, str document)
{
    d->answered_on = on;
    d->answer_organ = organ;
    d->answer_document = document;
}

/* What is decided later lies not before what it is about. */
static err check_order(struct rq *rq, const struct departure *d, i64 on)
{
    if (on >= d->on_on)
        return OK;
    rq_fault(rq, "on_on", "departures.before_decision", str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

err departure_effect_ratify(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct departure *d = subject->row;
    const struct departure_decide_input *in = step->input;
    TRY(check_order(rq, d, in->on_on));
    answer(d, in->on_on, in->organ, in->document);
    TRY(write(rq, subject));
    return member_record_act(rq, d->member_id,
                             &(struct member_act){ .verb = str_of("ratify"),
                                                   .on_on = in->on_on,
                                                   .organ = in->organ,
                                                   .document = in->document });
}

err departure_effect_annul(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct departure *d = subject->row;
    const struct departure_annul_input *in = step->input;
    TRY(check_order(rq, d, in->on_on));
    answer(d, in->on_on, in->organ, in->document);
    d->note = in->opinion;
    TRY(member_reinstate(rq, d->member_id,
                         &(struct member_act){ .on_on = in->on_on,
                                               .organ = in->organ,
                                               .document = in->document,
                                               .reason = text_find("departures.not_ratified") }));
    return tell(rq, d, "departures.told_annul", in->organ);
}

err departure_effect_close(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct departure *d = subject->row;
    const struct departure_opinion_input *in = step->input;
    d->note = in->opinion;
    d->closed_at = rq->now_ms;
    d->closer_name = rq->actor->name;
    return OK;
}

/* ---- acts that were recorded elsewhere ---- */

err departure_effect_record(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct member_change *change = step->input;
    (void)rq;
    take(subject->row, change);
    step->to = str_of(change->by_chairs ? "unratified" : "left");
    return OK;
}

err departure_effect_confirm(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct member_change *change = step->input;
    (void)rq;
    answer(subject->row, change->on_on, change->organ, change->document);
    return OK;
}

/* At the end of a term all leave at once, with nothing that somebody need look at one by one. */
err on_departure_left(struct rq *rq, i64 id, const void *fact)
{
    const struct member_change *change = fact;
    struct departure d;
    struct member member;
    if (str_is(change->act, "expire"))
        return OK;
    TRY(departure_store_find_in(rq->db, id, str_of("asked"), rq->mem, &d));
    if (d.id && d.on_on) /* the step that records it goes on */
        return OK;
    if (d.id)
        return flow_move(rq, &DEPARTURES_FLOW, d.id, "record", change);
    TRY(member_find(rq, id, &member));
    d = (struct departure){ .member_id = id,
                            .person_id = member.person_id,
                            .state = str_of(change->by_chairs ? "unratified" : "left"),
                            .name = member.name };
    take(&d, change);
    return begin(rq, &d);
}

err on_departure_ratified(struct rq *rq, i64 id, const void *fact)
{
    struct departure d;
    TRY(departure_store_find_in(rq->db, id, str_of("unratified"), rq->mem, &d));
    if (!d.id || d.answered_on)
        return OK;
    return flow_move(rq, &DEPARTURES_FLOW, d.id, "confirm", fact);
}

/* ---- the flow ---- */

err departure_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct departure *d = arena_zero(rq->mem, sizeof *d);
    TRY(rq->actor->account_id ? list_find(rq, &DEPARTURE_LIST, id, d)
                              : departure_store_find(rq->db, id, rq->mem, d));
    *out = subject_of(rq, d);
    return OK;
}

err departure_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct departure d = *(const struct departure *)subject->row;
    d.state = to;
    return departure_store_update(rq->db, &d);
}
