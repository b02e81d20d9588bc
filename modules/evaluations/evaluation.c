/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Verdicts of the signers (rules.md 2.6): asked when a reply is delivered, given blind, or written
 * down by the office for a body and for who has left. Where a matter stands by them, and the sums
 * that agencies learn: evaluation_outcome.c. */
#include "modules/evaluations/evaluation_pages.h"
#include "modules/evaluations/evaluation_rules.h"
#include "modules/members/member.h"
#include "platform/calendar/calendar.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"

enum { MINUTE_MS = 60000 };

/* ---- asking ---- */

static err ask_one(struct rq *rq, const struct flow_subject *subject, const struct assignment *a,
                   const struct assignment_person *person)
{
    i64 due_on =
        calendar_due(calendar_current(), rq->today, setting_number(rq, "assignments.evaluate_days"),
                     "working_days", true);
    struct evaluation asked = { .assignment_id = a->id,
                                .round = a->round,
                                .person_id = person->person_id,
                                .person_name = person->name,
                                .position = person->position,
                                .is_lead = str_is(person->verdict, "lead"),
                                .asked_at = rq->now_ms,
                                .due_on = due_on };
    TRY(evaluation_store_add(rq->db, &asked));
    if (person->person_id == 0)
        return OK; /* the office's to-do follows from the state */
    struct todo_new todo = { .holder = "person",
                             .holder_id = person->person_id,
                             .verb = "evaluate",
                             .due_on = due_on,
                             .url = arena_printf(rq->mem, "/assignments/%lld/evaluate",
                                                 (long long)a->id) };
    return flow_todo_add(rq, &ASSIGNMENTS_FLOW, subject, &todo);
}

/* Those whom the matter was handed out with as who is asked (assignment.c, mark_verdicts). */
static err ask(struct rq *rq, const struct flow_subject *subject, const struct assignment *a)
{
    struct rows rows;
    TRY(assignment_list_persons(rq, a, &rows));
    const struct assignment_person *persons = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (persons[i].verdict.len > 0)
            TRY(ask_one(rq, subject, a, &persons[i]));
    return OK;
}

static struct flow_subject subject_of(struct assignment *a)
{
    return (
        struct flow_subject){ a->id, a->version, a->state, a->matter_title, a->matter_number, a };
}

/* Of bodies the office is to write it down: a to-do that hangs on whom was asked. */
err on_evaluation_replied(struct rq *rq, i64 id, const void *fact)
{
    struct assignment a = *(const struct assignment *)fact;
    struct flow_subject subject = subject_of(&a);
    (void)id;
    TRY(ask(rq, &subject, &a));
    return flow_todos_renew(rq, &ASSIGNMENTS_FLOW, &subject);
}

/* ---- giving ---- */

/* Who works for the agency must not give a verdict on it in another's name, whether on paper or on
 * a delegation (peers.md 6.1); a signer's own word stays his. */
static bool is_praising_himself(const struct rq *rq, const struct assignment *a)
{
    return rq->actor->delegator_account_id && rq->actor->delegate_agency_id == a->agency_id;
}

err evaluation_may_give(struct rq *rq, const struct assignment *a, struct evaluation *out)
{
    struct evaluation_key key = { a->id, a->round, rq->actor->person_id };
    i64 change_ms = setting_number(rq, "assignments.evaluate_change_minutes") * MINUTE_MS;
    if (key.person_id == 0 || is_praising_himself(rq, a))
        return err_make(ERR_FORBIDDEN, "assignments.not_asked");
    *out = (struct evaluation){ 0 };
    TRY(evaluation_store_find(rq->db, &key, rq->mem, out));
    if (out->id == 0)
        return err_make(ERR_FORBIDDEN, "assignments.not_asked");
    if (out->given_at > 0 && rq->now_ms - out->given_at > change_ms)
        return err_make(ERR_CONFLICT, "assignments.evaluated_already");
    return OK;
}

err evaluation_guard_give(struct rq *rq, const struct flow_subject *subject)
{
    struct evaluation asked;
    return evaluation_may_give(rq, subject->row, &asked);
}

static bool is_bad(const struct evaluate_input *in)
{
    return str_is(in->result, "dissatisfied") || str_is(in->handling, "dissatisfied");
}

bool evaluation_is_collective(const struct assignment *a, const struct evaluation *e)
{
    return a->party || e->person_id == 0;
}

/* What some sites ask besides (rules.md 2.6): whether he agrees, and of a collective proposal
 * whether the leader in charge has replied himself. */
static void take_further(struct rq *rq, const struct evaluate_input *in, const struct assignment *a,
                         struct evaluation *given)
{
    bool collective = evaluation_is_collective(a, given);
    given->agreement = in->agreement;
    given->leader_replied = collective ? in->leader_replied : str_of("");
    if (!setting_on(rq, "assignments.evaluate_agreement"))
        return;
    if (in->agreement.len == 0)
        rq_fault(rq, "agreement", "form.required", str_of(""), str_of(""));
    if (collective && in->leader_replied.len == 0)
        rq_fault(rq, "leader_replied", "form.required", str_of(""), str_of(""));
}

static err take_answers(struct rq *rq, const struct evaluate_input *in, const struct assignment *a,
                        struct evaluation *given)
{
    take_further(rq, in, a, given);
    if (is_bad(in) && in->text.len == 0)
        rq_fault(rq, "text", "assignments.reason_needed", str_of(""), str_of(""));
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    given->given_at = rq->now_ms;
    given->visit = in->visit;
    given->manner = in->manner;
    given->hearing = in->hearing;
    given->relevance = in->relevance;
    given->handling = in->handling;
    given->result = in->result;
    given->text = in->text;
    return OK;
}

static err give(struct rq *rq, const struct evaluation *given, struct flow_subject *subject,
                struct flow_step *step)
{
    struct assignment *a = subject->row;
    TRY(evaluation_store_give(rq->db, given));
    a->blind = true;
    step->opinion = given->text;
    step->opinion_hidden = true;
    step->fact = a;
    if (given->person_id == 0)
        return OK;
    return flow_todo_done(rq, &ASSIGNMENTS_FLOW, subject->id, "evaluate", given->person_id);
}

err evaluation_effect_give(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct evaluation given;
    TRY(evaluation_may_give(rq, subject->row, &given));
    TRY(take_answers(rq, step->input, subject->row, &given));
    given.proxy_account_id = rq->actor->delegator_account_id ? rq->actor->account_id : 0;
    given.transcribed_by = 0; /* his own word now */
    given.basis = str_of("");
    return give(rq, &given, subject, step);
}

/* ---- by the office for another (代录): glossary `transcribed` ---- */

/* Those of the round; *asked = how many were asked at all. */
static err list_round(struct rq *rq, const struct assignment *a, struct rows *out, size_t *asked)
{
    TRY(evaluation_store_list_one(rq->db, a->id, rq->mem, out));
    struct evaluation *all = out->items;
    size_t kept = 0;
    *asked = 0;
    for (size_t i = 0; i < out->count; i++) {
        if (all[i].round != a->round)
            continue;
        ++*asked;
        if (all[i].given_at == 0)
            all[kept++] = all[i];
    }
    out->count = kept;
    return OK;
}

err evaluation_list_open(struct rq *rq, const struct assignment *a, struct rows *out)
{
    size_t asked = 0;
    *out = (struct rows){ 0 };
    /* who works for the agency must not write down its praise, in whichever role (peers.md 6.1) */
    return assignment_is_own(rq, a) || is_praising_himself(rq, a) ? OK
                                                                  : list_round(rq, a, out, &asked);
}

err evaluation_is_wanted(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    const struct assignment *a = subject->row;
    struct rows rows;
    size_t asked = 0;
    *out = false;
    if (!assignment_answers(a))
        return OK;
    TRY(list_round(rq, a, &rows, &asked));
    const struct evaluation *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        *out = *out || all[i].person_id == 0 || all[i].is_left;
    return OK;
}

/* An answer that was delivered before bodies were asked has nobody who was asked: he is asked
 * now. */
err evaluation_guard_transcribe(struct rq *rq, const struct flow_subject *subject)
{
    const struct assignment *a = subject->row;
    struct rows rows;
    size_t asked = 0;
    if (assignment_works_for(rq, a->agency_id) || !assignment_answers(a) || a->plain)
        return err_make(ERR_FORBIDDEN, "assignments.not_asked");
    TRY(list_round(rq, a, &rows, &asked));
    return rows.count || !asked ? OK : err_make(ERR_CONFLICT, "assignments.all_given");
}

/* Whose verdict it is: the one named, or the only open one. */
static err find_whose(struct rq *rq, const struct evaluate_input *in, const struct rows *open,
                      struct evaluation *out)
{
    const struct evaluation *all = open->items;
    *out = (struct evaluation){ 0 };
    for (size_t i = 0; i < open->count; i++)
        if (all[i].id == in->evaluation_id || (in->evaluation_id == 0 && open->count == 1))
            *out = all[i];
    if (out->id)
        return OK;
    rq_fault(rq, "evaluation_id", "assignments.whose_verdict", str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

err evaluation_effect_transcribe(struct rq *rq, struct flow_subject *subject,
                                 struct flow_step *step)
{
    const struct evaluate_input *in = step->input;
    const struct assignment *a = subject->row;
    struct evaluation given;
    struct rows open;
    size_t asked = 0;
    TRY(list_round(rq, a, &open, &asked));
    if (!asked) {
        TRY(ask(rq, subject, a));
        TRY(list_round(rq, a, &open, &asked));
    }
    TRY(find_whose(rq, in, &open, &given));
    TRY(take_answers(rq, in, a, &given));
    given.transcribed_by = rq->actor->account_id;
    given.basis = in->basis;
    TRY(give(rq, &given, subject, step));
    if (given.person_id == 0)
        return OK;
    struct notify_to to = { .person_id = given.person_id };
    struct notify_message message = { .text = "assignments.told_transcribed",
                                      .arg = { a->matter_title, in->basis },
                                      .url = arena_printf(rq->mem, "/assignments/%lld",
                                                          (long long)a->id) };
    return notify_send(rq, &to, &message);
}

/* ---- who has left ---- */

err on_evaluation_left(struct rq *rq, i64 id, const void *fact)
{
    struct member member;
    struct rows rows;
    (void)fact;
    TRY(member_find(rq, id, &member));
    if (member.person_id == 0)
        return OK;
    TRY(evaluation_store_leave(rq->db, member.person_id));
    TRY(evaluation_store_list_left(rq->db, member.person_id, rq->mem, &rows));
    const struct evaluation_of *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        struct assignment a;
        TRY(assignment_find_house(rq, all[i].id, &a));
        struct flow_subject subject = subject_of(&a);
        TRY(flow_todo_done(rq, &ASSIGNMENTS_FLOW, a.id, "evaluate", member.person_id));
        TRY(flow_todos_renew(rq, &ASSIGNMENTS_FLOW, &subject));
    }
    return OK;
}
