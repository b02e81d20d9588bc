/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Steps of the flow: loading, storing, guards, effects. A step changes the struct in
 * subject->row; assignment_flow_store writes it with the new state in one statement. The table
 * that calls them is in assignment_module.c. */
#include "modules/assignments/assignment_promise.h"
#include "modules/orgs/org.h"
#include "platform/calendar/calendar.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

/* ---- the flow's own functions ---- */

err assignment_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct assignment *a = arena_zero(rq->mem, sizeof *a);
    TRY(assignment_find(rq, id, a));
    *out =
        (struct flow_subject){ a->id, a->version, a->state, a->matter_title, a->matter_number, a };
    return OK;
}

err assignment_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct assignment *a = subject->row;
    TRY(assignment_store_update(rq->db, a, to));
    a->state = to; /* listeners of the event see what is stored */
    a->version++;
    return OK;
}

err assignment_flow_holder(struct rq *rq, const struct flow_subject *subject,
                           const struct flow_todo *todo, ids *out)
{
    const struct assignment *a = subject->row;
    *out = (ids){ 0 };
    bool of_cohost =
        strcmp(todo->verb, "contribute") == 0 || strcmp(todo->verb, "sign_contribution") == 0;
    bool of_others = strcmp(todo->verb, "reply") == 0 || strcmp(todo->verb, "sign") == 0;
    if (assignment_answers(a) ? of_cohost : of_others)
        return OK;
    out->items = arena_array(rq->mem, 1, sizeof(i64));
    out->items[0] = a->agency_id;
    out->count = 1;
    return OK;
}

static struct assignment *row_of(const struct flow_subject *subject)
{
    return subject->row;
}

/* ---- guards ---- */

/* Only the assigned unit acts; no other body, whatever the scope (rules.md 2.3). */
err assignment_guard_own(struct rq *rq, const struct flow_subject *subject)
{
    return assignment_is_own(rq, subject->row) ? OK
                                               : err_make(ERR_FORBIDDEN, "assignments.not_yours");
}

/* rules.md 2.3: within so many days; a late request is not accepted, a decided one
 * stands. */
err assignment_guard_bounce(struct rq *rq, const struct flow_subject *subject)
{
    const struct assignment *a = row_of(subject);
    struct request before = { 0 };
    i64 last = assignment_bounce_last(rq, a);
    TRY(assignment_guard_own(rq, subject));
    if (a->round > 1 || rq->today > last)
        return err_make_with(ERR_CONFLICT, "assignments.bounce_late", text_day(rq->mem, last),
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

err assignment_guard_contribute(struct rq *rq, const struct flow_subject *subject)
{
    TRY(assignment_guard_own(rq, subject));
    return assignment_answers(subject->row) ? err_make(ERR_CONFLICT, "assignments.answers_itself")
                                            : OK;
}

/* A cohost does not answer the proposer (rules.md 2.3). */
err assignment_guard_answer(struct rq *rq, const struct flow_subject *subject)
{
    TRY(assignment_guard_own(rq, subject));
    return assignment_answers(subject->row) ? OK
                                            : err_make(ERR_CONFLICT, "assignments.cohost_silent");
}

/* An answer that leaves a suggestion out cannot be signed, only sent back (rules.md 2.3: answer
 * each one by one). */
err assignment_guard_sign(struct rq *rq, const struct flow_subject *subject)
{
    const struct assignment *a = row_of(subject);
    struct reply_sheet sheet = { 0 };
    TRY(assignment_guard_answer(rq, subject));
    TRY(reply_sheet_load(rq, a, &sheet));
    for (size_t i = 0; i < sheet.items.count; i++)
        if (sheet.answers[i].result.len == 0 || sheet.answers[i].text.len == 0)
            return err_make_with(ERR_CONFLICT, "assignments.unanswered",
                                 arena_printf(rq->mem, "%lld", (long long)sheet.answers[i].number),
                                 str_of(""));
    return sheet.reply.id > 0 ? OK : err_make(ERR_CONFLICT, "assignments.no_draft");
}

err assignment_guard_extend(struct rq *rq, const struct flow_subject *subject)
{
    struct request open = { 0 };
    TRY(assignment_guard_own(rq, subject));
    TRY(request_store_find_open(rq->db, subject->id, REQUEST_EXTENSION, rq->mem, &open));
    return open.id == 0 ? OK : err_make(ERR_CONFLICT, "assignments.extension_open");
}

err assignment_guard_decide(struct rq *rq, const struct flow_subject *subject)
{
    struct request open = { 0 };
    TRY(assignment_guard_dispatch(rq, subject));
    TRY(request_store_find_open(rq->db, subject->id, REQUEST_EXTENSION, rq->mem, &open));
    return open.id > 0 ? OK : err_make(ERR_CONFLICT, "assignments.no_extension");
}

/* ---- taking it, or not ---- */

err assignment_effect_begin(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct begin_input *in = step->input;
    struct assignment *a = row_of(subject);
    a->accept_due_on =
        calendar_due(calendar_current(), rq->today, setting_number(rq, "assignments.accept_days"),
                     "working_days", true);
    step->due_on = a->accept_due_on;
    step->agency_name = in->by;
    a->contact_due_on = assignment_contact_due(rq, a);
    return a->contact_due_on
               ? flow_start(rq, &ASSIGNMENTS_FLOW, a->id, "contact", a->contact_due_on)
               : OK;
}

/* The day to answer by was set when it was handed out; taking it late does not win time. */
err assignment_effect_accept(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct assignment *a = row_of(subject);
    a->accepted_at = rq->now_ms;
    a->accepted_by = rq->actor->account_id;
    a->warning = str_of("");
    step->due_on = a->due_on;
    step->agency_name = a->agency_name;
    step->fact = a;
    return OK;
}

err assignment_effect_bounce(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct bounce_input *in = step->input;
    struct assignment *a = row_of(subject);
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
    struct assignment *a = row_of(subject), *next = arena_zero(rq->mem, sizeof *next);
    struct org agency;
    TRY(check_new_agency(rq, a, in, &agency));
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
                                 .due_on = in->due_on > 0 ? in->due_on : assignment_due(rq, &ask) };
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
    struct assignment *a = row_of(subject);
    struct request asked = { 0 };
    bool taken = a->accepted_at > 0;
    const char *clock = taken ? "handle" : "accept";
    i64 from_on = a->due_on;
    step->to = str_of(taken ? "accepted" : "assigned");
    TRY(decide_bounce(rq, a->id, "refused", in->opinion));
    TRY(flow_thaw(rq, &ASSIGNMENTS_FLOW, a->id, clock));
    TRY(flow_due(rq, &ASSIGNMENTS_FLOW, a->id, clock, taken ? &a->due_on : &a->accept_due_on));
    TRY(thaw_contact(rq, a));
    TRY(request_store_find_last(rq->db, a->id, REQUEST_BOUNCE, rq->mem, &asked));
    if (!taken && asked.id > 0)
        a->due_on += rq->today - day_of_ms(asked.asked_at);
    note_due(rq, &(struct due_change){ a, from_on, false }, step);
    return assignment_tell_agency(rq, a, "assignments.told_upheld", in->opinion);
}

/* ---- handling ---- */

err assignment_effect_contact(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct contact_input *in = step->input;
    struct assignment *a = row_of(subject);
    if (in->held_on > rq->today || in->held_on < day_of_ms(a->assigned_at)) {
        rq_fault(rq, "held_on", "assignments.contact_day",
                 text_day(rq->mem, day_of_ms(a->assigned_at)), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    a->talks++;
    a->contacted_on =
        a->contacted_on && a->contacted_on < in->held_on ? a->contacted_on : in->held_on;
    step->agency_name = a->agency_name;
    step->fact = a;
    return contact_store_add(rq->db, &(struct contact){ .assignment_id = a->id,
                                                        .round = a->round,
                                                        .way = in->way,
                                                        .held_on = in->held_on,
                                                        .with_whom = in->with_whom,
                                                        .content = in->content,
                                                        .recorded_at = rq->now_ms,
                                                        .recorded_by = rq->actor->account_id });
}

/* What is handed over counts as late for good, whatever comes later. */
static void done_now(struct rq *rq, struct assignment *a)
{
    a->replied_at = rq->now_ms;
    a->was_late = a->was_late || rq->today > a->due_on;
    if (a->first_replied_at == 0) {
        a->first_replied_at = rq->now_ms;
        a->first_late = rq->today > a->due_on;
    }
    a->warning = str_of("");
}

static err tell_host(struct rq *rq, const struct assignment *a)
{
    struct rows rows;
    TRY(assignment_list_of(rq, arena_cstr(rq->mem, a->matter), a->matter_id, &rows));
    const struct assignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(all[i].role, "host"))
            TRY(assignment_tell_agency(rq, &all[i], "assignments.told_contributed",
                                       a->agency_name));
    return OK;
}

/* 机关代字 + 〔year〕 + number (rules.md 10.1); an agency without its own goes by its short name.
 */
static err number_of(struct rq *rq, const struct assignment *a, str *out)
{
    struct org agency;
    i64 number = 0;
    int year, month, mday;
    day_to_civil(rq->today, &year, &month, &mday);
    TRY(org_find(rq, a->agency_id, &agency));
    str prefix = agency.letter_prefix;
    if (prefix.len == 0)
        prefix = text_format(rq->mem, "assignments.letter_prefix",
                             agency.short_name.len ? agency.short_name : agency.name, str_of(""));
    if (!assignment_answers(a)) /* rules.md 10.2: a sequence of its own */
        prefix = text_format(rq->mem, "assignments.cohost_prefix", prefix, str_of(""));
    TRY(reply_store_next_number(rq->db, prefix, year, &number));
    str head =
        text_format(rq->mem, "assignments.letter_year", prefix, arena_printf(rq->mem, "%d", year));
    *out = text_format(rq->mem, "assignments.letter_number", head,
                       arena_printf(rq->mem, "%lld", (long long)number));
    return OK;
}

/* The cohost's opinion goes out to the host. */
static err contribution_out(struct rq *rq, struct assignment *a, struct flow_step *step)
{
    done_now(rq, a);
    step->fact = a;
    return tell_host(rq, a);
}

/* By the setting the leader signs it first: it then waits, and its clock runs on. */
err assignment_effect_contribute(struct rq *rq, struct flow_subject *subject,
                                 struct flow_step *step)
{
    const struct contribute_input *in = step->input;
    struct assignment *a = row_of(subject);
    struct contribution c = { .assignment_id = a->id,
                              .body = in->body,
                              .operator= in->operator,
                              .phone = in->phone,
                              .number = str_of(""),
                              .given_at = rq->now_ms,
                              .given_by = rq->actor->account_id };
    step->held = setting_on(rq, "assignments.sign_contributions");
    step->to = str_of(step->held ? "drafted" : "contributed");
    step->agency_name = a->agency_name;
    TRY(contribution_store_remove_unsigned(rq->db, a->id)); /* it was sent back */
    if (!step->held) {
        c.signed_at = rq->now_ms;
        c.signed_by = rq->actor->account_id;
        TRY(number_of(rq, a, &c.number));
    }
    TRY(contribution_store_add(rq->db, &c));
    return step->held ? OK : contribution_out(rq, a, step);
}

err assignment_guard_sign_contribution(struct rq *rq, const struct flow_subject *subject)
{
    struct contribution c = { 0 };
    TRY(assignment_guard_contribute(rq, subject));
    TRY(contribution_store_find_unsigned(rq->db, subject->id, rq->mem, &c));
    return c.id > 0 ? OK : err_make(ERR_CONFLICT, "assignments.no_draft");
}

err assignment_effect_sign_contribution(struct rq *rq, struct flow_subject *subject,
                                        struct flow_step *step)
{
    const struct sign_input *in = step->input;
    struct assignment *a = row_of(subject);
    struct contribution c = { 0 };
    TRY(contribution_store_find_unsigned(rq->db, a->id, rq->mem, &c));
    TRY(number_of(rq, a, &c.number));
    c.signer = in->signer;
    c.signed_at = rq->now_ms;
    c.signed_by = rq->actor->account_id;
    TRY(contribution_store_sign(rq->db, &c));
    step->agency_name = a->agency_name;
    return contribution_out(rq, a, step);
}

err assignment_effect_reply(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct reply_input *in = step->input;
    const struct assignment *a = row_of(subject);
    struct reply_sheet sheet = { 0 };
    step->agency_name = a->agency_name;
    TRY(reply_save(rq, a, in, in->draft_version > 0 ? in->draft_version : DRAFT_ANY, &sheet));
    return reply_check_complete(rq, a, &sheet);
}

err assignment_effect_redraft(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct assignment *a = row_of(subject);
    step->agency_name = a->agency_name;
    return assignment_tell_agency(rq, a, "assignments.told_redraft", step->opinion);
}

/* Signing also delivers: the answer is there for every proposer, who is asked for his verdict. */
err assignment_effect_sign(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct sign_input *in = step->input;
    struct assignment *a = row_of(subject);
    struct flow_subject replied = *subject;
    struct reply reply = { 0 };
    TRY(reply_store_find(rq->db, a->id, a->round, rq->mem, &reply));
    TRY(promise_check_delivery(rq, &reply));
    TRY(number_of(rq, a, &reply.number));
    reply.signer = in->signer;
    reply.signed_at = reply.delivered_at = rq->now_ms;
    reply.signed_by = rq->actor->account_id;
    TRY(reply_store_sign(rq->db, &reply));
    done_now(rq, a);
    step->agency_name = a->agency_name;
    step->fact = a;
    replied.state = str_of("replied");
    TRY(flow_todo_done(rq, &ASSIGNMENTS_FLOW, a->id, "decide_extension", 0)); /* too late for it */
    return evaluation_ask(rq, &replied, a);
}

/* ---- more time ---- */

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
                 text_day(rq->mem, clock->due_on > rq->today ? clock->due_on : rq->today),
                 str_of(""));
    else if (in->to_on > last)
        rq_fault(rq, "to_on", "flows.extension_too_long", text_day(rq->mem, last), str_of(""));
    else if (host_due > 0 && in->to_on > host_due)
        rq_fault(rq, "to_on", "assignments.beyond_host", text_day(rq->mem, host_due), str_of(""));
    return OK;
}

/* rules.md 2.4: explained to the proposer beforehand, or with his consent. A cohost does not deal
 * with him (2.3). */
static void check_consent(struct rq *rq, const struct assignment *a, const struct extend_input *in)
{
    str rule = setting_text(rq, "assignments.extend_consent");
    i64 first = day_of_ms(a->assigned_at);
    if (in->consented_on > 0 && (in->consented_on < first || in->consented_on > rq->today))
        rq_fault(rq, "consented_on", "assignments.consent_day", text_day(rq->mem, first),
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
    const struct assignment *a = row_of(subject);
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
    struct assignment *a = row_of(subject);
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
                                  granted ? text_day(rq->mem, a->due_on) : in->opinion);
}

/* ---- again, and the end ---- */

err assignment_effect_redo(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct begin_input *in = step->input;
    struct assignment *a = row_of(subject);
    (void)rq;
    a->round++;
    a->due_on = step->due_on = in->due_on;
    a->replied_at = 0;
    a->talks = 0;
    a->warning = str_of("");
    step->agency_name = in->by;
    step->fact = a;
    return OK;
}

err assignment_effect_close(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct assignment *a = row_of(subject);
    a->closed_at = rq->now_ms;
    step->fact = a;
    return OK;
}

err assignment_effect_cancel(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct begin_input *in = step->input;
    struct assignment *a = row_of(subject);
    a->closed_at = a->cancelled_at = rq->now_ms;
    a->warning = str_of("");
    step->agency_name = in->by;
    step->fact = a;
    return OK;
}
