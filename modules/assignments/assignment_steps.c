/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Steps of the flow: loading, storing, guards, effects; what is asked of the dispatcher is in
 * assignment_request_steps.c, answering in modules/replies. A step changes the
 * struct in subject->row; assignment_flow_store writes it with the new state in one statement. The
 * table that calls them is in assignment_module.c. */
#include "modules/assignments/assignment_rules.h"
#include "platform/calendar/calendar.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
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

/* A cohost does not answer the proposer (rules.md 2.3). */
err assignment_guard_answer(struct rq *rq, const struct flow_subject *subject)
{
    TRY(assignment_guard_own(rq, subject));
    return assignment_answers(subject->row) ? OK
                                            : err_make(ERR_CONFLICT, "assignments.cohost_silent");
}

/* What is answered plainly comes from nobody whom the agency knows. */
err assignment_guard_contact(struct rq *rq, const struct flow_subject *subject)
{
    TRY(assignment_guard_own(rq, subject));
    return row_of(subject)->plain ? err_make(ERR_CONFLICT, "assignments.plain_talks") : OK;
}

err assignment_guard_note_quality(struct rq *rq, const struct flow_subject *subject)
{
    TRY(assignment_guard_answer(rq, subject));
    return row_of(subject)->plain ? err_make(ERR_CONFLICT, "assignments.plain_quality") : OK;
}

/* ---- taking it ---- */

err assignment_effect_begin(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct begin_input *in = step->input;
    struct assignment *a = row_of(subject);
    if (a->accept_due_on <= 0)
        a->accept_due_on =
            calendar_due(calendar_current(), rq->today,
                         setting_number(rq, "assignments.accept_days"), "working_days", true);
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
                 text_date(rq->mem, day_of_ms(a->assigned_at)), str_of(""));
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

/* ---- again, and the end ---- */

err assignment_effect_redo(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct begin_input *in = step->input;
    struct assignment *a = row_of(subject);
    TRY(assignment_extend_again(rq, a, in->due_on));
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
