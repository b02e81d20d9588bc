/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of talks (README.md; rules.md 4, 8, 12.7; Charter 38): who is asked to one, what was said,
 * what comes of it. How a seat ends: modules/departures, modules/members. Statements:
 * talk_store.c; pages: talk_pages.c. */
#include "modules/talks/talk_rules.h"

#include "modules/accounts/account.h"
#include "modules/departures/departure.h"
#include "platform/base/str.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"
#include "platform/web/view_parts.h"

static err fault(struct rq *rq, const char *field, const char *name)
{
    rq_fault(rq, field, name, str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

static str url_of(struct rq *rq, i64 id)
{
    return arena_printf(rq->mem, "/talks/%lld", (long long)id);
}

static struct flow_subject subject_of(struct rq *rq, struct talk *t)
{
    str title = text_format(rq->mem, "talks.title", text_label("choices.kind", t->kind), t->name);
    return (struct flow_subject){ t->id, t->version, t->state, title, str_of(""), t };
}

static bool is_inquiry(const struct talk *t)
{
    return str_is(t->kind, "inquiry");
}

/* Whoever acts for another learns nothing of his talks and says nothing in them. */
static bool is_delegate(const struct rq *rq)
{
    return rq->actor->delegator_account_id > 0;
}

bool talk_is_own(const struct rq *rq, const struct talk *t)
{
    return rq->actor->person_id && rq->actor->person_id == t->person_id &&
           !actor_may(rq->actor, "talks.manage");
}

static bool is_leader(const struct rq *rq, const struct talk *t)
{
    return t->leader_id && rq->actor->account_id == t->leader_id;
}

bool talk_may_read_record(const struct rq *rq, const struct talk *t)
{
    if (is_delegate(rq))
        return false;
    if (actor_may(rq->actor, "talks.manage") || is_leader(rq, t))
        return true;
    return talk_is_own(rq, t) && setting_on((struct rq *)rq, "talks.member_reads_record");
}

bool talk_may_open(struct rq *rq, i64 id)
{
    struct talk t;
    return id && actor_may(rq->actor, "talks.read") &&
           list_find(rq, &TALK_LIST, id, &t).code == ERR_NONE;
}

/* ---- choices ---- */

static bool is_seated(const struct member *m)
{
    return str_is(m->status, "serving") || str_is(m->status, "suspended");
}

err talk_leaders(struct rq *rq, struct rows *out)
{
    struct rows rows;
    struct talk t;
    if (rq->path_id) /* what hangs on a talk that is not to be seen has no choices */
        TRY(list_find(rq, &TALK_LIST, rq->path_id, &t));
    TRY(account_list_holding(rq, str_of("leader"), &rows));
    const struct account *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    choices[0] = (struct view_choice){ .value = str_of(""), .label = text_find("talks.nobody") };
    for (size_t i = 0; i < rows.count; i++)
        choices[i + 1] =
            (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)all[i].id),
                                  .label = all[i].name };
    *out = (struct rows){ choices, rows.count + 1, sizeof *choices };
    return OK;
}

/* A number that was chosen; 0 = none. */
static i64 chosen(str value)
{
    i64 id = 0;
    return str_to_i64(value, &id) ? id : 0;
}

/* ---- asking ---- */

static err tell(struct rq *rq, const struct talk *t, const char *text)
{
    return notify_send(rq, &(struct notify_to){ .person_id = t->person_id },
                       &(struct notify_message){ .text = text,
                                                 .arg = { text_label("choices.kind", t->kind),
                                                          text_date(rq->mem, t->due_on) },
                                                 .url = url_of(rq, t->id) });
}

static err tell_leader(struct rq *rq, const struct talk *t)
{
    if (!t->leader_id)
        return OK;
    return notify_send(rq, &(struct notify_to){ .account_id = t->leader_id },
                       &(struct notify_message){
                           .text = "talks.told_leader",
                           .arg = { text_label("choices.kind", t->kind), t->name },
                           .url = url_of(rq, t->id) });
}

/* The very same waits already: it was sent twice. */
static err check_once(struct rq *rq, const struct talk_new *in)
{
    struct rows rows;
    TRY(talk_store_list_open(rq->db, in->member_id, rq->mem, &rows));
    const struct talk *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(all[i].state, "asked") && str_eq(all[i].kind, in->kind) &&
            str_eq(all[i].ground, in->ground) && str_eq(all[i].words, in->words))
            return err_make(ERR_CONFLICT, "talks.asked_already");
    return OK;
}

err talk_open(struct rq *rq, const struct talk_new *in, i64 *id)
{
    struct member member;
    struct account leader = { 0 };
    TRY(member_find(rq, in->member_id, &member));
    if (!is_seated(&member))
        return err_make(ERR_CONFLICT, "talks.not_serving");
    TRY(check_once(rq, in));
    if (in->leader_id)
        TRY(account_find(rq, in->leader_id, &leader));
    struct talk t = { .member_id = member.id,
                      .person_id = member.person_id,
                      .decided_on = in->decided_on,
                      .leader_id = in->leader_id,
                      .asked_at = rq->now_ms,
                      .due_on =
                          in->due_on ? in->due_on : rq->today + setting_number(rq, "talks.days"),
                      .version = 1,
                      .state = str_of("asked"),
                      .kind = in->kind,
                      .ground = in->ground,
                      .name = member.name,
                      .words = in->words,
                      .asker = in->asker,
                      .organ = in->organ,
                      .document = in->document,
                      .leader_name = leader.name };
    TRY(talk_store_add(rq->db, &t, &t.id));
    *id = t.id;
    struct flow_subject subject = subject_of(rq, &t);
    TRY(flow_begin(rq, &TALKS_FLOW, &subject, NULL));
    TRY(tell_leader(rq, &t));
    return tell(rq, &t, is_inquiry(&t) ? "talks.told_inquiry" : "talks.told");
}

/* A caution needs nobody's decision; who is summoned or questioned is by decision of the chairs
 * (rules.md 12.7). */
static err check_decided(struct rq *rq, str kind, str organ, i64 on)
{
    if (str_is(kind, "caution"))
        return OK;
    if (!organ.len)
        return fault(rq, "organ", "talks.need_organ");
    if (on <= 0)
        return fault(rq, "decided_on", "talks.need_day");
    return on > rq->today ? fault(rq, "decided_on", "talks.future") : OK;
}

static err check_due(struct rq *rq, i64 due_on)
{
    return due_on < rq->today ? fault(rq, "due_on", "talks.due_past") : OK;
}

err talk_add(struct rq *rq, const struct talk_input *in, i64 *id)
{
    bool caution = str_is(in->kind, "caution");
    TRY(check_decided(rq, in->kind, in->organ, in->decided_on));
    TRY(check_due(rq, in->due_on));
    return talk_open(rq,
                     &(struct talk_new){ .member_id = chosen(in->member),
                                         .leader_id = chosen(in->leader),
                                         .decided_on = caution ? 0 : in->decided_on,
                                         .due_on = in->due_on,
                                         .kind = in->kind,
                                         .ground = in->ground,
                                         .words = in->words,
                                         .asker = in->asker,
                                         .organ = caution ? str_of("") : in->organ,
                                         .document = in->document },
                     id);
}

err talk_void(struct rq *rq, i64 id, str words)
{
    struct talk t;
    TRY(talk_store_find(rq->db, id, rq->mem, &t));
    const struct talk_opinion_input in = { .opinion = words };
    return str_is(t.state, "asked") ? flow_move(rq, &TALKS_FLOW, id, "void", &in) : OK;
}

/* ---- what is said ---- */

err talk_guard_hold(struct rq *rq, const struct flow_subject *subject)
{
    const struct talk *t = subject->row;
    if (actor_may(rq->actor, "talks.manage") || (is_leader(rq, t) && !is_delegate(rq)))
        return OK;
    return err_make(ERR_FORBIDDEN, "talks.not_named");
}

err talk_effect_hold(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct talk *t = subject->row;
    const struct talk_hold_input *in = step->input;
    if (in->on_on > rq->today)
        return fault(rq, "on_on", "talks.future");
    if (in->on_on < day_of_ms(t->asked_at))
        return fault(rq, "on_on", "talks.before_asked");
    t->held_on = in->on_on;
    t->talkers = in->talkers;
    t->record = in->record;
    return OK;
}

err talk_guard_answer(struct rq *rq, const struct flow_subject *subject)
{
    const struct talk *t = subject->row;
    if (is_delegate(rq))
        return err_make(ERR_FORBIDDEN, "talks.in_person");
    if (!rq->actor->person_id || rq->actor->person_id != t->person_id)
        return err_make(ERR_FORBIDDEN, "talks.not_yours");
    return is_inquiry(t) ? OK : err_make(ERR_CONFLICT, "talks.no_inquiry");
}

err talk_effect_answer(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct talk *t = subject->row;
    const struct talk_answer_input *in = step->input;
    t->answer = in->words;
    t->answered_at = rq->now_ms;
    t->held_on = rq->today;
    return OK;
}

/* ---- what comes of it ---- */

static void end(struct rq *rq, struct talk *t, str note)
{
    t->note = note;
    t->ended_at = rq->now_ms;
}

err talk_effect_correct(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct talk *t = subject->row;
    const struct talk_opinion_input *in = step->input;
    t->outcome_on = rq->today;
    end(rq, t, in->opinion);
    return tell(rq, t, "talks.told_corrected");
}

err talk_effect_drop(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct talk *t = subject->row;
    const struct talk_opinion_input *in = step->input;
    end(rq, t, in->opinion);
    return tell(rq, t, "talks.told_dropped");
}

err talk_effect_void(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    return talk_effect_drop(rq, subject, step);
}

err talk_effect_end(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    (void)step;
    end(rq, subject->row, text_find("talks.has_left"));
    return OK;
}

err talk_guard_raise(struct rq *rq, const struct flow_subject *subject)
{
    const struct talk *t = subject->row;
    (void)rq;
    return str_is(t->kind, "interview") ? err_make(ERR_CONFLICT, "talks.highest") : OK;
}

err talk_effect_raise(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct talk *t = subject->row;
    const struct talk_raise_input *in = step->input;
    if (str_eq(in->kind, t->kind))
        return fault(rq, "kind", "talks.same_kind");
    TRY(check_decided(rq, in->kind, in->organ, in->decided_on));
    TRY(check_due(rq, in->due_on));
    t->outcome_on = in->decided_on;
    t->outcome_organ = in->organ;
    t->outcome_document = in->document;
    end(rq, t, in->words);
    return talk_open(rq,
                     &(struct talk_new){ .member_id = t->member_id,
                                         .leader_id = chosen(in->leader),
                                         .decided_on = in->decided_on,
                                         .due_on = in->due_on,
                                         .kind = in->kind,
                                         .ground = t->ground,
                                         .words = in->words,
                                         .asker = in->organ,
                                         .organ = in->organ,
                                         .document = in->document },
                     &t->next_id);
}

/* Who was only cautioned is first talked to or questioned by the chairs (rules.md 12.7). */
err talk_guard_decide(struct rq *rq, const struct flow_subject *subject)
{
    const struct talk *t = subject->row;
    (void)rq;
    return str_is(t->kind, "caution") ? err_make(ERR_CONFLICT, "talks.caution_first") : OK;
}

/* Written before the seat is touched, so that whoever hears of that finds it decided here. */
static err decide(struct rq *rq, struct flow_subject *subject, const struct talk_decide_input *in)
{
    struct talk *t = subject->row;
    if (in->on_on > rq->today)
        return fault(rq, "on_on", "talks.future");
    if (in->on_on < t->held_on)
        return fault(rq, "on_on", "talks.before_held");
    t->outcome_on = in->on_on;
    t->outcome_organ = in->organ;
    t->outcome_document = in->document;
    end(rq, t, in->reason);
    TRY(talk_store_update(rq->db, t));
    subject->version = ++t->version;
    return OK;
}

err talk_effect_compel(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct talk *t = subject->row;
    const struct talk_decide_input *in = step->input;
    i64 id;
    TRY(decide(rq, subject, in));
    return departure_compel(rq, t->member_id, in->reason, &id);
}

/* By the chairs between meetings; the next standing committee ratifies it or not (K127). */
err talk_effect_revoke(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct talk *t = subject->row;
    const struct talk_decide_input *in = step->input;
    TRY(decide(rq, subject, in));
    return member_record_act(rq, t->member_id,
                             &(struct member_act){ .verb = str_of("revoke"),
                                                   .on_on = in->on_on,
                                                   .organ = in->organ,
                                                   .document = in->document,
                                                   .reason = in->reason,
                                                   .by_chairs = true });
}

err on_talk_left(struct rq *rq, i64 id, const void *fact)
{
    struct rows rows;
    (void)fact;
    TRY(talk_store_list_open(rq->db, id, rq->mem, &rows));
    const struct talk *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(flow_move(rq, &TALKS_FLOW, all[i].id, "end", NULL));
    return OK;
}

/* ---- the flow ---- */

err talk_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct talk *t = arena_zero(rq->mem, sizeof *t);
    if (rq->actor->account_id)
        TRY(list_find(rq, &TALK_LIST, id, t));
    TRY(talk_store_find(rq->db, id, rq->mem, t));
    *out = subject_of(rq, t);
    return OK;
}

err talk_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct talk t = *(const struct talk *)subject->row;
    t.state = to;
    return talk_store_update(rq->db, &t);
}

err talk_flow_holder(struct rq *rq, const struct flow_subject *subject,
                     const struct flow_todo *todo, ids *out)
{
    const struct talk *t = subject->row;
    i64 *one = arena_array(rq->mem, 1, sizeof *one);
    (void)todo;
    *one = t->person_id;
    *out = (ids){ one, 1 };
    return OK;
}

err talk_when_office(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    (void)rq;
    *out = !is_inquiry(subject->row);
    return OK;
}

err talk_when_member(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    (void)rq;
    *out = is_inquiry(subject->row);
    return OK;
}
