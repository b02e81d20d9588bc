/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What an agency asks of the dispatcher, and what he decides: that it is not theirs (bounce,
 * reassign, uphold), and more time (extend, decide_extension). Rules: rules.md 2.3, 2.4. The other
 * steps: assignment_steps.c. */
#include "modules/assignments/assignment_rules.h"
#include "modules/orgs/org.h"
#include "platform/calendar/calendar.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

/* ---- not theirs ---- */

/* rules.md 2.3: within so many days; a late request is not accepted, a decided one
 * stands. */
err assignment_guard_bounce(struct rq *rq, const struct flow_subject *subject)
{
    const struct assignment *a = subject->row;
    struct request before = { 0 };
    i64 last = assignment_bounce_last(rq, a);
    TRY(assignment_guard_own(rq, subject));
    if (a->round > 1 || rq->today > last)
        return err_make_with(ERR_CONFLICT, "assignments.bounce_late", text_date(rq->mem, last),
                             str_of(""));
    TRY(request_store_find_last(rq->db, a->id, REQUEST_BOUNCE, rq->mem, &before));
    return before.id == 0 ? OK : err_make(ERR_CONFLICT, "assignments.bounce_decided");
}

err assignment_guard_dispatch(struct rq *rq, const struct flow_subject *subject)
{
    (void)subject;
    return actor_scope(rq->actor, "assignments.reassign") == SCOPE_ORG
               ? OK
               : err_make(ERR_FORBIDDEN, "assignments.not_dispatcher");
}

err assignment_effect_bounce(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct bounce_input *in = step->input;
    struct assignment *a = subject->row;
    struct matter_key key = assignment_matter(a);
    struct org better;
    str advice = in->advice; /* a body is named in its place, unless it says otherwise */
    if (advice.len == 0 && in->better_agency_id > 0)
        advice = str_of("instead");
    if (in->better_agency_id > 0) {
        err e = assignment_check_agency(rq, &key, in->better_agency_id, &better);
        if (e.code == ERR_INVALID) {
            rq_fault(rq, "better_agency_id", e.name, e.arg[0], e.arg[1]);
            return err_make(ERR_INVALID, "form.faults");
        }
        TRY(e);
    }
    step->agency_name = a->agency_name;
    step->fact = a;
    return request_store_add(rq->db, &(struct request){ .kind = str_of(REQUEST_BOUNCE),
                                                        .assignment_id = a->id,
                                                        .reason = in->opinion,
                                                        .better_agency_id = in->better_agency_id,
                                                        .advice = advice,
                                                        .asked_at = rq->now_ms,
                                                        .asked_by = rq->actor->account_id });
}

/* rules.md 2.3: "if disputed: meeting; then leaders decide". Once, within so many days of the
 * refusal. */
err assignment_guard_dispute(struct rq *rq, const struct flow_subject *subject)
{
    const struct assignment *a = subject->row;
    struct request refused = { 0 };
    TRY(assignment_guard_own(rq, subject));
    if (a->disputed)
        return err_make(ERR_CONFLICT, "assignments.disputed_already");
    TRY(request_store_find_last(rq->db, a->id, REQUEST_BOUNCE, rq->mem, &refused));
    if (!str_is(refused.decision, "refused") || a->round > 1)
        return err_make(ERR_CONFLICT, "assignments.not_refused");
    i64 last = assignment_dispute_last(rq, &refused);
    return rq->today <= last ? OK
                             : err_make_with(ERR_CONFLICT, "assignments.dispute_late",
                                             text_date(rq->mem, last), str_of(""));
}

/* The reason and the body that should have it are kept by who hears it: modules/disputes. */
err assignment_effect_dispute(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct dispute_input *in = step->input;
    struct assignment *a = subject->row;
    struct matter_key key = assignment_matter(a);
    struct org better;
    if (in->better_agency_id > 0) {
        err e = assignment_check_agency(rq, &key, in->better_agency_id, &better);
        if (e.code == ERR_INVALID) {
            rq_fault(rq, "better_agency_id", e.name, e.arg[0], e.arg[1]);
            return err_make(ERR_INVALID, "form.faults");
        }
        TRY(e);
    }
    a->disputed = DISPUTE_OPEN;
    a->disputed_at = rq->now_ms;
    step->agency_name = a->agency_name;
    return OK;
}

err assignment_set_disputed(struct rq *rq, i64 id, enum dispute_mark mark)
{
    struct assignment a;
    TRY(assignment_store_find(rq->db, id, rq->mem, &a));
    a.disputed = mark;
    TRY(assignment_store_update(rq->db, &a, a.state));
    a.version++;
    struct flow_subject subject = { a.id, a.version, a.state, a.matter_title, a.matter_number, &a };
    return flow_todos_renew(rq, &ASSIGNMENTS_FLOW, &subject); /* it can be decided now */
}

/* Not before the meeting. */
static bool is_to_be_heard(struct rq *rq, const struct assignment *a)
{
    return a->disputed == DISPUTE_OPEN && setting_on(rq, "assignments.dispute_hearing");
}

err assignment_may_settle(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    *out = !is_to_be_heard(rq, subject->row);
    return OK;
}

/* Nobody decides what his own agency asks for, in nobody's name. */
static err guard_other(struct rq *rq, const struct flow_subject *subject)
{
    const struct assignment *a = subject->row;
    TRY(assignment_guard_dispatch(rq, subject));
    return assignment_works_for(rq, a->agency_id)
               ? err_make(ERR_FORBIDDEN, "assignments.own_request")
               : OK;
}

/* A contested refusal is heard first, where the site wants that. */
err assignment_guard_settle(struct rq *rq, const struct flow_subject *subject)
{
    const struct assignment *a = subject->row;
    TRY(guard_other(rq, subject));
    return is_to_be_heard(rq, a) ? err_make(ERR_CONFLICT, "assignments.hear_first") : OK;
}

/* Then it is a leader who decides, by name. */
static err settle(struct rq *rq, struct assignment *a, str decided_by)
{
    if (a->disputed != DISPUTE_OPEN && a->disputed != DISPUTE_HEARD)
        return OK;
    if (decided_by.len == 0) {
        rq_fault(rq, "decided_by", "form.required", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    a->disputed = DISPUTE_DECIDED;
    a->settled_at = rq->now_ms;
    a->decider = decided_by;
    return OK;
}

static err decide(struct rq *rq, struct request *open, str decision, str answer)
{
    open->decision = decision;
    open->decided_at = rq->now_ms;
    open->decided_by = rq->actor->account_id;
    open->answer = answer;
    return request_store_decide(rq->db, open);
}

/* Decides the open bounce, if there is one: the dispatcher may also reassign by himself. */
static err decide_bounce(struct rq *rq, i64 assignment_id, const char *decision, str answer)
{
    struct request open = { 0 };
    TRY(request_store_find_open(rq->db, assignment_id, REQUEST_BOUNCE, rq->mem, &open));
    return open.id ? decide(rq, &open, str_of(decision), answer) : OK;
}

static err check_new_agency(struct rq *rq, const struct assignment *a,
                            const struct reassign_input *in, struct org *out)
{
    struct matter_key key = assignment_matter(a);
    err e = assignment_check_agency(rq, &key, in->agency_id, out);
    if (e.code != ERR_INVALID)
        TRY(e);
    if (e.code == ERR_INVALID)
        rq_fault(rq, "agency_id", e.name, e.arg[0], e.arg[1]);
    if (in->due_on > 0 && in->due_on <= rq->today)
        rq_fault(rq, "due_on", "assignments.due_past", str_of(""), str_of(""));
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

static err bound_by_host(struct rq *rq, struct assignment *cohost)
{
    i64 last = 0;
    TRY(assignment_host_due(rq, cohost, &last));
    if (last > 0 && cohost->due_on > last)
        cohost->due_on = last;
    return OK;
}

err assignment_effect_reassign(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct reassign_input *in = step->input;
    struct assignment *a = subject->row, *next = arena_zero(rq->mem, sizeof *next);
    struct org agency;
    TRY(check_new_agency(rq, a, in, &agency));
    TRY(settle(rq, a, in->decided_by));
    TRY(decide_bounce(rq, a->id, "granted", in->opinion));
    struct due_ask ask = assignment_due_ask(rq, a);
    *next = (struct assignment){ .matter = a->matter,
                                 .matter_id = a->matter_id,
                                 .matter_title = a->matter_title,
                                 .matter_number = a->matter_number,
                                 .agency_id = agency.id,
                                 .agency_name = agency.name,
                                 .role = a->role,
                                 .state = str_of("assigned"),
                                 .round = a->round,
                                 .dispatcher_id = rq->actor->agency_id,
                                 .assigned_at = rq->now_ms,
                                 .assigned_by = rq->actor->account_id,
                                 .plenary = a->plenary,
                                 .party = a->party,
                                 .plain = a->plain,
                                 .examine = a->examine,
                                 .numbered = a->numbered,
                                 .due_on = assignment_due(rq, &ask) };
    if (a->plain)
        assignment_days_again(rq, a, next);
    if (in->due_on > 0)
        next->due_on = in->due_on;
    if (!assignment_answers(next))
        TRY(bound_by_host(rq, next));
    TRY(assignment_begin(rq, next));
    step->fact = next;
    return assignment_tell_agency(rq, a, "assignments.told_reassigned", agency.name);
}

/* What changed, for the step's event. */
static void note_due(struct rq *rq, const struct due_change *changed, struct flow_step *step)
{
    struct due_change *fact = arena_zero(rq->mem, sizeof *fact);
    *fact = *changed;
    step->fact = fact;
}

/* Of the first talk, if it has not been held yet. */
static err thaw_contact(struct rq *rq, struct assignment *a)
{
    i64 due_on = 0;
    TRY(flow_due(rq, &ASSIGNMENTS_FLOW, a->id, "contact", &due_on));
    if (due_on == 0)
        return OK;
    TRY(flow_thaw(rq, &ASSIGNMENTS_FLOW, a->id, "contact"));
    return flow_due(rq, &ASSIGNMENTS_FLOW, a->id, "contact", &a->contact_due_on);
}

/* The days that the request took do not count: its clock stood still and now runs on. Before it is
 * taken the day to answer has no clock yet, and moves as that would. */
err assignment_effect_uphold(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct reason_input *in = step->input;
    struct assignment *a = subject->row;
    struct request asked = { 0 };
    bool taken = a->accepted_at > 0;
    const char *clock = taken ? "handle" : "accept";
    i64 from_on = a->due_on, since = 0;
    bool contested = a->disputed > 0;
    step->to = str_of(taken ? "accepted" : "assigned");
    TRY(settle(rq, a, in->decided_by));
    TRY(decide_bounce(rq, a->id, "refused", in->opinion));
    TRY(flow_thaw(rq, &ASSIGNMENTS_FLOW, a->id, clock));
    TRY(flow_due(rq, &ASSIGNMENTS_FLOW, a->id, clock, taken ? &a->due_on : &a->accept_due_on));
    TRY(thaw_contact(rq, a));
    TRY(request_store_find_last(rq->db, a->id, REQUEST_BOUNCE, rq->mem, &asked));
    since = contested ? a->disputed_at : asked.asked_at;
    if (!taken && asked.id > 0)
        a->due_on += rq->today - day_of_ms(since);
    if (a->extend_to_on > 0)
        a->extend_to_on += a->due_on - from_on;
    note_due(rq, &(struct due_change){ a, from_on, false }, step);
    return assignment_tell_agency(rq, a, "assignments.told_upheld", in->opinion);
}

/* ---- more time ---- */

err assignment_guard_extend(struct rq *rq, const struct flow_subject *subject)
{
    struct request open = { 0 };
    TRY(assignment_guard_own(rq, subject));
    TRY(request_store_find_open(rq->db, subject->id, REQUEST_EXTENSION, rq->mem, &open));
    return open.id == 0 ? OK : err_make(ERR_CONFLICT, "assignments.extension_open");
}

err assignment_guard_decide(struct rq *rq, const struct flow_subject *subject)
{
    const struct assignment *a = subject->row;
    struct request open = { 0 };
    TRY(guard_other(rq, subject));
    if (a->held_at) /* signed: more time would make a late signature one in time */
        return err_make(ERR_CONFLICT, "assignments.signed_already");
    TRY(request_store_find_open(rq->db, subject->id, REQUEST_EXTENSION, rq->mem, &open));
    return open.id > 0 ? OK : err_make(ERR_CONFLICT, "assignments.no_extension");
}

/* The same limits as flow_extend and more, told when it is asked and not when it is granted. */
static err check_more_time(struct rq *rq, const struct assignment *a, const struct extend_input *in,
                           const struct flow_clock_row *clock)
{
    i64 last = 0, host_due = 0;
    TRY(assignment_extend_last(rq, a, clock, &last));
    if (!assignment_answers(a))
        TRY(assignment_host_due(rq, a, &host_due));
    if (in->to_on <= clock->due_on || in->to_on <= rq->today)
        rq_fault(rq, "to_on", "flows.extension_earlier",
                 text_date(rq->mem, clock->due_on > rq->today ? clock->due_on : rq->today),
                 str_of(""));
    else if (in->to_on > last)
        rq_fault(rq, "to_on", "flows.extension_too_long", text_date(rq->mem, last), str_of(""));
    else if (host_due > 0 && in->to_on > host_due)
        rq_fault(rq, "to_on", "assignments.beyond_host", text_date(rq->mem, host_due), str_of(""));
    return OK;
}

/* rules.md 2.4: explained to the proposer beforehand, or with his consent. A cohost does not deal
 * with him (2.3). */
static void check_consent(struct rq *rq, const struct assignment *a, const struct extend_input *in)
{
    str rule = a->plain ? str_of("none") : setting_text(rq, "assignments.extend_consent");
    i64 first = day_of_ms(a->assigned_at);
    if (in->consented_on > 0 && (in->consented_on < first || in->consented_on > rq->today))
        rq_fault(rq, "consented_on", "assignments.consent_day", text_date(rq->mem, first),
                 str_of(""));
    else if (in->consented_on <= 0 && assignment_answers(a) && !str_is(rule, "none"))
        rq_fault(rq, "consented_on",
                 str_is(rule, "told") ? "assignments.need_told" : "assignments.need_consent",
                 str_of(""), str_of(""));
    else if (in->consented_on <= 0 && in->consent_note.len > 0)
        rq_fault(rq, "consented_on", "assignments.consent_when", str_of(""), str_of(""));
}

err assignment_effect_extend(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct extend_input *in = step->input;
    const struct assignment *a = subject->row;
    struct flow_clock_row clock = { 0 };
    TRY(assignment_handle_clock(rq, a->id, &clock));
    TRY(check_more_time(rq, a, in, &clock));
    check_consent(rq, a, in);
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    step->agency_name = a->agency_name;
    TRY(request_store_add(rq->db, &(struct request){ .kind = str_of(REQUEST_EXTENSION),
                                                     .assignment_id = a->id,
                                                     .from_on = clock.due_on,
                                                     .to_on = in->to_on,
                                                     .reason = in->opinion,
                                                     .consented_on = in->consented_on,
                                                     .consent_note = in->consent_note,
                                                     .asked_at = rq->now_ms,
                                                     .asked_by = rq->actor->account_id }));
    struct todo_new todo = {
        .holder = "may:assignments.reassign",
        .verb = "decide_extension",
        .due_on = calendar_due(calendar_current(), rq->today,
                               setting_number(rq, "assignments.extend_answer_days"), "working_days",
                               true),
        .url = arena_printf(rq->mem, "/assignments/%lld/decide_extension", (long long)a->id),
    };
    return flow_todo_add(rq, &ASSIGNMENTS_FLOW, subject, &todo);
}

err assignment_effect_decide(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct decide_extension_input *in = step->input;
    struct assignment *a = subject->row;
    struct request open = { 0 };
    bool granted = str_is(in->decision, "granted");
    i64 from_on = a->due_on;
    TRY(request_store_find_open(rq->db, a->id, REQUEST_EXTENSION, rq->mem, &open));
    if (!granted && in->opinion.len == 0) {
        rq_fault(rq, "opinion", "assignments.refusal_reason", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    if (granted) {
        TRY(flow_extend(rq, &ASSIGNMENTS_FLOW, a->id, "handle", open.to_on));
        a->due_on = open.to_on;
        a->warning = str_of("");
    }
    TRY(decide(rq, &open, in->decision, in->opinion));
    TRY(flow_todo_done(rq, &ASSIGNMENTS_FLOW, a->id, "decide_extension", 0));
    note_due(rq, &(struct due_change){ a, from_on, granted }, step);
    return assignment_tell_agency(rq, a,
                                  granted ? "assignments.told_extended"
                                          : "assignments.told_refused",
                                  granted ? text_date(rq->mem, a->due_on) : in->opinion);
}

/* ---- for pages of steps ---- */

err assignment_request_last(struct rq *rq, i64 assignment_id, const char *kind, struct request *out)
{
    return request_store_find_last(rq->db, assignment_id, kind, rq->mem, out);
}

err assignment_request_open(struct rq *rq, i64 assignment_id, const char *kind, struct request *out)
{
    return request_store_find_open(rq->db, assignment_id, kind, rq->mem, out);
}
