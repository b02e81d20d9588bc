/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Steps of the flow: loading, storing, guards, effects; what is asked of the dispatcher is in
 * assignment_request_steps.c, an answer's way out in assignment_examine.c. A step changes the
 * struct in subject->row; assignment_flow_store writes it with the new state in one statement. The
 * table that calls them is in assignment_module.c. */
#include "modules/assignments/assignment_rules.h"
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
    if (a->blind)
        return assignment_store_check(rq->db, a);
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
    bool of_others = strcmp(todo->verb, "reply") == 0 || strcmp(todo->verb, "sign") == 0 ||
                     strcmp(todo->verb, "vet") == 0;
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

/* ---- taking it ---- */

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

/* For the office, not for who wrote the proposal: neither the word nor why. */
err assignment_effect_note_quality(struct rq *rq, struct flow_subject *subject,
                                   struct flow_step *step)
{
    const struct quality_input *in = step->input;
    struct assignment *a = row_of(subject);
    (void)rq;
    a->quality = in->quality;
    step->agency_name = a->agency_name;
    step->opinion_hidden = true;
    return OK;
}

void assignment_done(struct rq *rq, struct assignment *a, i64 day)
{
    a->replied_at = rq->now_ms;
    a->was_late = a->was_late || day > a->due_on;
    if (a->first_replied_at == 0) {
        a->first_replied_at = rq->now_ms;
        a->first_late = day > a->due_on;
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

/* An agency without a 机关代字 of its own goes by its short name. */
err assignment_number_of(struct rq *rq, const struct assignment *a, str *out)
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
    assignment_done(rq, a, rq->today);
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
        TRY(assignment_number_of(rq, a, &c.number));
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
    TRY(assignment_number_of(rq, a, &c.number));
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
    a->held_at = 0;
    step->fact = a;
    return OK;
}

err assignment_effect_cancel(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct begin_input *in = step->input;
    struct assignment *a = row_of(subject);
    a->closed_at = a->cancelled_at = rq->now_ms;
    a->held_at = 0;
    a->warning = str_of("");
    step->agency_name = in->by;
    step->fact = a;
    return OK;
}
