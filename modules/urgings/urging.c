/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Slips (督办单, rules.md 12.5): proposed by a rule or a person, issued by who may, taken and
 * answered by the agency, passed or sent back, looked at again. What of other modules brings or
 * ends one: urging_reactions.c. */
#include "modules/outcomes/outcome.h"
#include "modules/urgings/urging_rules.h"
#include "platform/audit/audit.h"
#include "platform/calendar/calendar.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

static struct urging *row_of(const struct flow_subject *subject)
{
    return subject->row;
}

bool urging_is_own(const struct rq *rq, const struct urging *u)
{
    return rq->actor->agency_id > 0 && rq->actor->agency_id == u->agency_id;
}

i64 urging_due(struct rq *rq)
{
    return calendar_due(calendar_current(), rq->today, setting_number(rq, "urgings.answer_days"),
                        "working_days", true);
}

/* ---- what is urged ---- */

static struct urged of_assignment(const struct assignment *a)
{
    return (struct urged){ .flow = str_of("assignments"),
                           .id = a->id,
                           .matter = a->matter,
                           .matter_id = a->matter_id,
                           .title = a->matter_title,
                           .number = a->matter_number,
                           .agency_id = a->agency_id,
                           .agency_name = a->agency_name,
                           .over = a->cancelled_at > 0 || str_is(a->state, "reassigned") };
}

static struct urged of_promise(const struct promise *p)
{
    return (struct urged){ .flow = str_of("promises"),
                           .id = p->id,
                           .matter = p->matter,
                           .matter_id = p->matter_id,
                           .title = p->matter_title,
                           .number = p->matter_number,
                           .agency_id = p->agency_id,
                           .agency_name = p->agency_name,
                           .over = str_is(p->state, "superseded") };
}

err urged_find(struct rq *rq, str flow, i64 id, struct urged *out)
{
    struct flow_subject subject;
    bool assignment = str_is(flow, "assignments");
    if (!assignment && !str_is(flow, "promises")) {
        rq_fault(rq, "flow", "urgings.what", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    const struct flow *of = assignment ? &ASSIGNMENTS_FLOW : &PROMISES_FLOW;
    TRY(of->load(rq, id, &subject));
    *out = assignment ? of_assignment(subject.row) : of_promise(subject.row);
    return OK;
}

/* ---- proposing ---- */

/* What is wanted, where nobody has said it: by the cause. */
static str words_of(struct rq *rq, const struct urged *what, const struct urging_new *wanted)
{
    if (wanted->text.len > 0)
        return wanted->text;
    const char *key = arena_printf(rq->mem, "urgings.want.%s", wanted->cause).ptr;
    return text_format(rq->mem, key, what->number.len ? what->number : what->title,
                       wanted->late_on > 0 ? text_date(rq->mem, wanted->late_on) : str_of(""));
}

err urged_propose(struct rq *rq, const struct urged *what, const struct urging_new *wanted, i64 *id)
{
    bool house = rq->actor->account_id == 0;
    struct urging u = { .cause = str_of(wanted->cause),
                        .flow = what->flow,
                        .subject_id = what->id,
                        .matter = what->matter,
                        .matter_id = what->matter_id,
                        .matter_title = what->title,
                        .matter_number = what->number,
                        .agency_id = what->agency_id,
                        .agency_name = what->agency_name,
                        .late_on = wanted->late_on,
                        .text = words_of(rq, what, wanted),
                        .state = str_of("proposed"),
                        .proposed_at = rq->now_ms,
                        .proposed_name = house ? str_of("") : rq->actor->name,
                        .version = 1 };
    i64 open = 0;
    if (what->over || what->agency_id == 0)
        return err_make(ERR_CONFLICT, "urgings.over");
    TRY(urging_store_find_open(rq->db, &u, &open));
    if (open == 0) {
        TRY(urging_store_add(rq->db, &u, &u.id));
        struct flow_subject subject = { u.id, 1, u.state, u.matter_title, u.matter_number, &u };
        TRY(flow_begin(rq, &URGINGS_FLOW, &subject, NULL));
    }
    if (id)
        *id = open ? open : u.id;
    return OK;
}

err urging_propose(struct rq *rq, const struct urging_new *wanted, i64 *id)
{
    struct urged what;
    TRY(urged_find(rq, str_of(wanted->flow), wanted->subject_id, &what));
    return urged_propose(rq, &what, wanted, id);
}

/* What was only proposed for being late or for another answer has its reason no more. */
static bool is_settled_by_answer(const struct urging *u)
{
    return str_is(u->state, "proposed") &&
           (str_is(u->cause, "overdue") || str_is(u->cause, "redo"));
}

err urged_lapse(struct rq *rq, const char *flow, i64 id, bool all)
{
    struct rows rows;
    TRY(urging_store_list_open(rq->db, str_of(flow), id, rq->mem, &rows));
    const struct urging *open = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all || is_settled_by_answer(&open[i]))
            TRY(flow_move(rq, &URGINGS_FLOW, open[i].id, "lapse", NULL));
    return OK;
}

/* ---- the flow: loading, storing, who ---- */

err urging_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct urging *u = arena_zero(rq->mem, sizeof *u);
    TRY(list_find(rq, &URGING_LIST, id, u));
    *out = (struct flow_subject){
        u->id, u->version, u->state, u->matter_title, u->number.len ? u->number : u->matter_number,
        u
    };
    return OK;
}

err urging_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    return urging_store_update(rq->db, row_of(subject), to);
}

err urging_flow_holder(struct rq *rq, const struct flow_subject *subject,
                       const struct flow_todo *todo, ids *out)
{
    (void)todo;
    out->items = arena_array(rq->mem, 1, sizeof(i64));
    out->items[0] = row_of(subject)->agency_id;
    out->count = 1;
    return OK;
}

err urging_guard_own(struct rq *rq, const struct flow_subject *subject)
{
    return urging_is_own(rq, row_of(subject)) ? OK : err_make(ERR_FORBIDDEN, "urgings.not_yours");
}

/* Nobody judges his own answer, on a delegation neither (peers.md 6.1). */
err urging_guard_other(struct rq *rq, const struct flow_subject *subject)
{
    return assignment_works_for(rq, row_of(subject)->agency_id)
               ? err_make(ERR_FORBIDDEN, "urgings.own_agency")
               : OK;
}

/* ---- effects ---- */

static err tell_agency(struct rq *rq, const struct urging *u, const char *text, str more)
{
    struct notify_to to = { .agency_id = u->agency_id, .except_account_id = rq->actor->account_id };
    return notify_send(rq, &to,
                       &(struct notify_message){
                           .text = text,
                           .arg = { u->matter_title, more },
                           .url = arena_printf(rq->mem, "/urgings/%lld", (long long)u->id) });
}

/* Those who asked hear that somebody presses. */
static err tell_signers(struct rq *rq, const struct urging *u)
{
    ids persons;
    if (!str_is(u->matter, "proposals"))
        return OK;
    TRY(assignment_persons(rq, arena_cstr(rq->mem, u->matter), u->matter_id, &persons));
    for (size_t i = 0; i < persons.count; i++)
        TRY(notify_send(rq, &(struct notify_to){ .person_id = persons.items[i] },
                        &(struct notify_message){ .text = "urgings.told_signer",
                                                  .arg = { u->matter_title, u->agency_name },
                                                  .url = arena_printf(rq->mem, "/proposals/%lld",
                                                                      (long long)u->matter_id) }));
    return OK;
}

static err check_due(struct rq *rq, i64 due_on)
{
    if (due_on > rq->today)
        return OK;
    rq_fault(rq, "due_on", "urgings.due_day", str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

static err number_give(struct rq *rq, struct urging *u)
{
    int year, month, mday;
    day_to_civil(rq->today, &year, &month, &mday);
    u->year = year;
    TRY(urging_store_next_serial(rq->db, u->year, &u->serial));
    u->number = text_format(rq->mem, "urgings.number", arena_printf(rq->mem, "%d", year),
                            arena_printf(rq->mem, "%lld", (long long)u->serial));
    return OK;
}

/* What is urged may have ended since the slip was proposed. Whom it is hidden from cannot say. */
static err check_going_on(struct rq *rq, const struct urging *u)
{
    struct urged what;
    err e = urged_find(rq, u->flow, u->subject_id, &what);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    return what.over ? err_make(ERR_CONFLICT, "urgings.over") : OK;
}

err urging_effect_issue(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct urging_issue_input *in = step->input;
    struct urging *u = row_of(subject);
    TRY(check_going_on(rq, u));
    u->due_on = in->due_on > 0 ? in->due_on : urging_due(rq);
    TRY(check_due(rq, u->due_on));
    TRY(number_give(rq, u));
    u->text = in->text;
    u->issued_at = rq->now_ms;
    u->issued_by = rq->actor->account_id;
    u->issued_name = rq->actor->name;
    step->due_on = u->due_on;
    step->opinion = in->text;
    step->fact = u;
    return tell_signers(rq, u);
}

/* Of drop, close and lapse. */
err urging_effect_end(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct urging *u = row_of(subject);
    u->closed_at = rq->now_ms;
    step->fact = u;
    if (str_is(str_of(step->action->verb), "lapse"))
        step->opinion = text_find("urgings.lapsed");
    return OK;
}

err urging_effect_accept(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct urging *u = row_of(subject);
    u->accepted_at = rq->now_ms;
    step->agency_name = u->agency_name;
    return OK;
}

err urging_effect_answer(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct urging *u = row_of(subject);
    u->answered_at = rq->now_ms;
    u->was_late = u->was_late || rq->today > u->due_on;
    step->agency_name = u->agency_name;
    return flow_todo_done(rq, &URGINGS_FLOW, u->id, "summon", 0);
}

err urging_effect_pass(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct urging *u = row_of(subject);
    i64 days = setting_number(rq, "urgings.lookback_days");
    u->passed_at = rq->now_ms;
    u->asked_at = 0;
    u->look_on = days > 0 ? calendar_due(calendar_current(), rq->today, days, "days", true) : 0;
    u->closed_at = days > 0 ? 0 : rq->now_ms;
    step->to = str_of(days > 0 ? "passed" : "closed");
    step->fact = u;
    return tell_agency(rq, u, "urgings.told_passed", step->opinion);
}

err urging_effect_supplement(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct urging_supplement_input *in = step->input;
    struct urging *u = row_of(subject);
    u->due_on = in->due_on > 0 ? in->due_on : urging_due(rq);
    TRY(check_due(rq, u->due_on));
    u->passed_at = u->look_on = u->asked_at = 0;
    step->due_on = u->due_on;
    return flow_todo_done(rq, &URGINGS_FLOW, u->id, "close", 0);
}

/* 约谈: who was spoken to, when and what was said stands in the trail. */
err urging_effect_summon(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct urging_talk_input *in = step->input;
    const struct urging *u = row_of(subject);
    if (in->held_on > rq->today) {
        rq_fault(rq, "held_on", "urgings.held_day", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    str head =
        text_format(rq->mem, "urgings.talked", text_date(rq->mem, in->held_on), in->with_whom);
    step->opinion = arena_printf(rq->mem, "%.*s\n%.*s", (int)head.len, head.ptr,
                                 (int)in->opinion.len, in->opinion.ptr);
    return flow_todo_done(rq, &URGINGS_FLOW, u->id, "summon", 0);
}
