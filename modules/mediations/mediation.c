/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What comes of a talk face to face (rules.md 2.6: not satisfied again, they talk): written down,
 * and the proposal closed with the proposers' last word, or done again. The step is that of the
 * proposal; who calls to the talk is said there. */
#include "modules/assignments/assignment.h"
#include "modules/evaluations/evaluation.h"
#include "modules/mediations/mediation_rules.h"
#include "modules/proposals/proposal_forms.h"
#include "modules/proposals/proposal_steps.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

/* Nobody writes down what is said about his own answer (README of assignments, "Blind"). */
err mediation_guard_settle(struct rq *rq, const struct flow_subject *subject)
{
    bool own = false;
    TRY(assignment_works_on(rq, "proposals", subject->id, &own));
    return own ? err_make(ERR_FORBIDDEN, "proposals.own_agency") : OK;
}

/* The day on which it was decided to talk: the clock's that runs now. */
static err called_on(struct rq *rq, i64 id, i64 *out)
{
    struct rows rows;
    TRY(flow_clocks(rq, &PROPOSALS_FLOW, id, &rows));
    const struct flow_clock_row *all = rows.items;
    *out = 0;
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(all[i].name, "mediate"))
            *out = day_of_ms(all[i].started_at);
    return OK;
}

static err check_record(struct rq *rq, i64 id, const struct proposal_settle_input *in)
{
    i64 from_on = 0;
    bool again = str_is(in->result, "redo");
    TRY(called_on(rq, id, &from_on));
    if (in->held_on < from_on || in->held_on > rq->today)
        rq_fault(rq, "held_on", "proposals.mediation_day", text_date(rq->mem, from_on), str_of(""));
    if (!again && in->satisfaction.len == 0)
        rq_fault(rq, "satisfaction", "proposals.need_last_word", str_of(""), str_of(""));
    if (str_is(in->result, "agreed") && str_is(in->satisfaction, "dissatisfied"))
        rq_fault(rq, "satisfaction", "proposals.agreed_badly", str_of(""), str_of(""));
    if (again && in->opinion.len == 0)
        rq_fault(rq, "opinion", "proposals.need_demand", str_of(""), str_of(""));
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

static err again(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct evaluation_outcome outcome;
    TRY(evaluation_outcome(rq, "proposals", subject->id, &outcome));
    if (!str_is(outcome.stand, "evaluated_badly")) /* changed since: there is nothing to redo */
        return err_make(ERR_CONFLICT, "proposals.not_dissatisfied");
    step->to = str_of("redoing");
    TRY(proposal_begin_round(rq, subject));
    return proposal_tell_leads(rq, subject, "proposals.told_redo", step->opinion);
}

err mediation_effect_settle(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct proposal_settle_input *in = step->input;
    const struct proposal *p = subject->row;
    bool redo = str_is(in->result, "redo");
    TRY(check_record(rq, subject->id, in));
    TRY(mediation_store_add(rq->db, subject->id,
                            &(struct mediation){ .round = p->rounds,
                                                 .held_on = in->held_on,
                                                 .place = in->place,
                                                 .present = in->present,
                                                 .agency_said = in->agency_said,
                                                 .proposer_said = in->proposer_said,
                                                 .result = in->result,
                                                 .satisfaction =
                                                     redo ? str_of("") : in->satisfaction,
                                                 .recorded_at = rq->now_ms,
                                                 .recorded_by = rq->actor->account_id }));
    TRY(proposal_add_finding(rq, subject, step));
    if (redo)
        return again(rq, subject, step);
    step->to = str_of("closed");
    TRY(proposal_finish(rq, subject, in->satisfaction));
    return proposal_tell_leads(rq, subject, "proposals.told_settle",
                               text_label("choices.result", in->result));
}
