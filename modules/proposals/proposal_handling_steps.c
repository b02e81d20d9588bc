/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Steps of the straight road from handing out to the end, and reactions to facts of assignments. Up
 * to there: proposal_steps.c; a record face to face: proposal_side_steps.c. */
#include "modules/assignments/assignment.h"
#include "modules/evaluations/evaluation.h"
#include "modules/orgs/org.h"
#include "modules/proposals/proposal_steps.h"
#include "platform/calendar/calendar.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

/* ---- assignment ---- */

/* A democratic party, or the federation of industry and commerce. */
static err is_of_party(struct rq *rq, const struct proposal *p, bool *out)
{
    struct rows rows;
    struct org body;
    *out = str_is(p->kind, "democratic");
    if (!str_is(p->kind, "association"))
        return OK;
    TRY(proposal_store_list_proposers(rq->db, p->id, rq->mem, &rows));
    const struct proposer *all = rows.items;
    if (rows.count == 0 || all[0].body_id == 0)
        return OK;
    TRY(org_find(rq, all[0].body_id, &body));
    *out = str_is(body.kind, "federation");
    return OK;
}

static err traits_add(struct rq *rq, const struct proposal *p, struct matter *matter)
{
    bool party;
    TRY(is_of_party(rq, p, &party));
    matter->party |= party;
    matter->plenary |= !str_is(p->timing, "between");
    return OK;
}

err proposal_traits(struct rq *rq, const struct proposal *p, struct matter *matter)
{
    struct rows rows = { 0 };
    matter->plenary = matter->party = false;
    TRY(traits_add(rq, p, matter));
    if (p->merged_count)
        TRY(proposal_list_merged(rq, p->id, &rows));
    const struct proposal *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(traits_add(rq, &all[i], matter));
    return OK;
}

static struct assignment_new agency(i64 id, const char *role, i64 due_on)
{
    return (struct assignment_new){ .agency_id = id, .role = role, .due_on = due_on };
}

/* The agencies of the form by its mode; faults where the mode lacks one. */
static size_t chosen(struct rq *rq, const struct proposal_assign_input *in,
                     struct assignment_new *out)
{
    if (in->agency_count) {
        memcpy(out, in->agencies, in->agency_count * sizeof *out);
        return in->agency_count;
    }
    str none = str_of("");
    size_t n = 0;
    i64 due_on = in->due_on > 0 ? in->due_on : 0;
    if (str_is(in->mode, "split")) {
        for (size_t i = 0; i < in->splits.count; i++)
            out[n++] = agency(in->splits.items[i], "split", due_on);
        if (n < 2)
            rq_fault(rq, "splits", "proposals.need_splits", none, none);
        return n;
    }
    if (in->host_id == 0)
        rq_fault(rq, "host_id", "proposals.need_host", none, none);
    else
        out[n++] = agency(in->host_id, str_is(in->mode, "sole") ? "sole" : "host", due_on);
    if (str_is(in->mode, "sole"))
        return n;
    for (size_t i = 0; i < in->cohosts.count; i++)
        out[n++] = agency(in->cohosts.items[i], "cohost", 0);
    if (in->cohosts.count == 0)
        rq_fault(rq, "cohosts", "proposals.need_cohosts", none, none);
    return n;
}

/* The last day among the answering agencies' own. */
static err latest_due(struct rq *rq, i64 id, i64 *due_on)
{
    struct rows rows;
    TRY(assignment_list_of(rq, "proposals", id, &rows));
    const struct assignment *all = rows.items;
    *due_on = 0;
    for (size_t i = 0; i < rows.count; i++)
        if (!str_is(all[i].role, "cohost") && !str_is(all[i].state, "reassigned") &&
            all[i].due_on > *due_on)
            *due_on = all[i].due_on;
    return OK;
}

static i64 session_of(const struct flow_subject *subject)
{
    return ((const struct proposal *)subject->row)->session_id;
}

static err chosen_check(struct rq *rq, const struct proposal_assign_input *in,
                        struct assignment_new **agencies, size_t *count)
{
    size_t room = in->agency_count + in->cohosts.count + in->splits.count + 1;
    bool past = in->due_on > 0 && in->due_on <= rq->today;
    *agencies = arena_array(rq->mem, room, sizeof **agencies);
    *count = chosen(rq, in, *agencies);
    for (size_t i = 0; i < *count; i++)
        past |= (*agencies)[i].due_on > 0 && (*agencies)[i].due_on <= rq->today;
    if (past)
        rq_fault(rq, "due_on", "proposals.due_past", str_of(""), str_of(""));
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

err proposal_hand_out(struct rq *rq, const struct proposal_handout *h)
{
    struct proposal_assign_input *in = arena_zero(rq->mem, sizeof *in);
    in->id = h->id;
    in->agencies = h->agencies;
    in->agency_count = h->count;
    in->opinion = h->opinion;
    rq->input = in;
    return flow_act(rq, &PROPOSALS_FLOW, h->id, h->verb, h->version);
}

/* rules.md 2.3: handed out on trial first, where the place does so. */
err proposal_guard_preassign(struct rq *rq, const struct flow_subject *subject)
{
    (void)subject;
    return setting_on(rq, "proposals.preassign") ? OK
                                                 : err_make(ERR_CONFLICT, "proposals.no_preassign");
}

err proposal_effect_preassign(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct proposal_assign_input *in = step->input;
    struct proposal_preassigned *fact = arena_zero(rq->mem, sizeof *fact);
    struct assignment_new *agencies;
    struct matter matter = { 0 };
    TRY(chosen_check(rq, in, &agencies, &fact->count));
    TRY(assignment_judge(rq, "proposals", subject->id, agencies, fact->count));
    TRY(proposal_traits(rq, subject->row, &matter));
    TRY(proposal_add_finding(rq, subject, step));
    fact->proposal = subject->row;
    fact->agencies = agencies;
    fact->opinion = in->opinion;
    fact->plenary = matter.plenary;
    fact->party = matter.party;
    step->fact = fact;
    return OK;
}

err proposal_effect_assign(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct proposal_assign_input *in = step->input;
    struct assignment_new *agencies;
    size_t count;
    TRY(chosen_check(rq, in, &agencies, &count));
    struct proposal_assigning assigning = { agencies, count };
    TRY(event_emit(rq, "proposals.assigning", subject->id, &assigning));
    struct matter matter = { .collection = "proposals",
                             .id = subject->id,
                             .session_id = session_of(subject),
                             .title = subject->title,
                             .number = subject->number };
    struct proposal_change change = PROPOSAL_NO_CHANGE;
    struct org host;
    TRY(proposal_matter_parts(rq, subject->row, &matter));
    TRY(proposal_traits(rq, subject->row, &matter));
    TRY(assignment_hand_out(rq, &matter, agencies, count));
    TRY(org_find(rq, agencies[0].agency_id, &host));
    TRY(latest_due(rq, subject->id, &change.due_on));
    TRY(proposal_add_finding(rq, subject, step));
    change.id = subject->id;
    change.assigned_at = rq->now_ms;
    change.host_name = host.name;
    TRY(proposal_store_change(rq->db, &change));
    TRY(proposal_drop_merged_requests(rq, subject->row));
    return proposal_tell_leads(rq, subject, "proposals.told_assign", host.name);
}

/* ---- answer and verdict ---- */

err proposal_effect_deliver(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct proposal_change change = PROPOSAL_NO_CHANGE;
    struct evaluation_outcome outcome;
    (void)step;
    TRY(evaluation_outcome(rq, "proposals", subject->id, &outcome));
    change.id = subject->id;
    change.replied_at = rq->now_ms;
    change.due_on = 0;
    change.class = outcome.class;
    change.was_late = outcome.was_late;
    TRY(proposal_store_change(rq->db, &change));
    if (((const struct proposal *)subject->row)->withdraw_asked_at)
        TRY(proposal_drop_request(rq, subject, "proposals.told_too_late", str_of("")));
    return proposal_tell_leads(rq, subject, "proposals.told_deliver",
                               dictionary_label(rq, "assignments.classes", outcome.class));
}

static bool is_to_be_mediated(struct rq *rq, const struct proposal *p)
{
    return p->rounds > setting_number(rq, "proposals.redo_max");
}

static err guard_dissatisfied(struct rq *rq, i64 id)
{
    struct evaluation_outcome outcome;
    TRY(evaluation_outcome(rq, "proposals", id, &outcome));
    return str_is(outcome.stand, "evaluated_badly")
               ? OK
               : err_make(ERR_CONFLICT, "proposals.not_dissatisfied");
}

err proposal_guard_redo(struct rq *rq, const struct flow_subject *subject)
{
    TRY(guard_dissatisfied(rq, subject->id));
    return is_to_be_mediated(rq, subject->row) ? err_make(ERR_CONFLICT, "proposals.mediate_now")
                                               : OK;
}

/* rules.md 2.6: after a further dissatisfaction not a third letter but a talk. */
err proposal_guard_mediate(struct rq *rq, const struct flow_subject *subject)
{
    TRY(guard_dissatisfied(rq, subject->id));
    return is_to_be_mediated(rq, subject->row) ? OK
                                               : err_make(ERR_CONFLICT, "proposals.redo_first");
}

err proposal_begin_round(struct rq *rq, const struct flow_subject *subject)
{
    const struct proposal *p = subject->row;
    struct proposal_change change = PROPOSAL_NO_CHANGE;
    TRY(evaluation_redo(rq, "proposals", subject->id));
    change.id = subject->id;
    change.rounds = p->rounds + 1;
    change.satisfaction =
        str_of("dissatisfied"); /* confirmed by the committee; until then it is blind */
    change.redone = true;
    TRY(latest_due(rq, subject->id, &change.due_on));
    return proposal_store_change(rq->db, &change);
}

err proposal_effect_redo(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    TRY(proposal_add_finding(rq, subject, step));
    TRY(flow_todo_done(rq, &PROPOSALS_FLOW, subject->id, "redo", 0));
    TRY(proposal_begin_round(rq, subject));
    return proposal_tell_leads(rq, subject, "proposals.told_redo", step->opinion);
}

err proposal_finish(struct rq *rq, const struct flow_subject *subject, str satisfaction)
{
    struct proposal_change change = PROPOSAL_NO_CHANGE;
    change.id = subject->id;
    change.closed_at = rq->now_ms;
    change.due_on = 0;
    change.satisfaction = satisfaction;
    TRY(proposal_store_change(rq->db, &change));
    return assignment_close(rq, "proposals", subject->id);
}

err proposal_effect_close(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct evaluation_outcome outcome;
    (void)step;
    TRY(evaluation_outcome(rq, "proposals", subject->id, &outcome));
    return proposal_finish(rq, subject, outcome.satisfaction);
}

/* ---- facts of assignments ---- */

static bool is_ours(const struct assignment *a)
{
    return str_is(a->matter, "proposals");
}

/* "市交通运输局 2027-05-25". */
static str day_words(struct rq *rq, const struct assignment *a)
{
    return text_format(rq->mem, "proposals.agency_day", a->agency_name,
                       text_date(rq->mem, a->due_on));
}

/* The case's own day, which lists and figures show, follows its agencies' days; and the leads hear
 * of what has changed (rules.md 2.4). */
static err follow(struct rq *rq, const struct assignment *a, struct proposal_change *change,
                  const char *text, str more)
{
    struct proposal p;
    change->id = a->matter_id;
    TRY(latest_due(rq, a->matter_id, &change->due_on));
    TRY(proposal_store_change(rq->db, change));
    TRY(proposal_store_find(rq->db, a->matter_id, rq->mem, &p));
    const struct flow_subject subject = { .id = p.id, .title = p.title, .row = &p };
    return proposal_tell_leads(rq, &subject, text, more);
}

err on_assignment_reassigned(struct rq *rq, i64 id, const void *fact)
{
    const struct assignment *a = fact;
    struct proposal_change change = PROPOSAL_NO_CHANGE;
    (void)id;
    if (!is_ours(a) || str_is(a->role, "cohost"))
        return OK;
    change.host_name = a->agency_name;
    return follow(rq, a, &change, "proposals.told_reassign", a->agency_name);
}

err on_assignment_due_changed(struct rq *rq, i64 id, const void *fact)
{
    const struct due_change *changed = fact;
    const struct assignment *a = changed->assignment;
    struct proposal_change change = PROPOSAL_NO_CHANGE;
    (void)id;
    if (!is_ours(a) || str_is(a->role, "cohost") || a->due_on == changed->from_on)
        return OK;
    change.extended = changed->extended;
    return follow(rq, a, &change, "proposals.told_due", day_words(rq, a));
}

err on_assignment_replied(struct rq *rq, i64 id, const void *fact)
{
    const struct assignment *a = fact;
    struct evaluation_outcome outcome;
    (void)id;
    if (!is_ours(a))
        return OK;
    TRY(evaluation_outcome(rq, "proposals", a->matter_id, &outcome));
    if (!str_is(outcome.stand, "replied"))
        return OK;
    return flow_move(rq, &PROPOSALS_FLOW, a->matter_id, "deliver", NULL);
}

/* Who may confirm it has it among his to-dos until he has, or until the verdict is changed. */
static err ask_for_redo(struct rq *rq, struct proposal *p)
{
    struct flow_subject subject = {
        p->id, p->version, p->state, p->title, proposal_number(rq, p), p
    };
    struct todo_new todo = { .holder = "may:proposals.redo",
                             .verb = is_to_be_mediated(rq, p) ? "mediate" : "redo",
                             .due_on = calendar_due(calendar_current(), rq->today,
                                                    setting_number(rq, "proposals.redo_days"),
                                                    "working_days", true),
                             .url = arena_printf(rq->mem, "/proposals/%lld", (long long)p->id) };
    return flow_todo_add(rq, &PROPOSALS_FLOW, &subject, &todo);
}

err on_assignment_evaluated(struct rq *rq, i64 id, const void *fact)
{
    const struct assignment *a = fact;
    struct evaluation_outcome outcome;
    struct proposal p;
    (void)id;
    if (!is_ours(a))
        return OK;
    TRY(proposal_store_find(rq->db, a->matter_id, rq->mem, &p));
    if (!str_is(p.state, "evaluating")) /* being talked over: the talk has the last word */
        return OK;
    TRY(evaluation_outcome(rq, "proposals", a->matter_id, &outcome));
    if (str_is(outcome.stand, "evaluated_well"))
        return flow_move(rq, &PROPOSALS_FLOW, a->matter_id, "close", NULL);
    if (str_is(outcome.stand, "evaluated_badly"))
        return ask_for_redo(rq, &p);
    TRY(flow_todo_done(rq, &PROPOSALS_FLOW, a->matter_id, "mediate", 0));
    return flow_todo_done(rq, &PROPOSALS_FLOW, a->matter_id, "redo", 0);
}
