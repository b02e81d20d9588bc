/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Steps of the straight road up to the list: handing in, review. From handing out to the end:
 * proposal_handling_steps.c; off the road: proposal_side_steps.c. The table that calls them is in
 * proposal_module.c, rules of the text are in proposal.c. */
#include "modules/proposals/proposal_steps.h"
#include "modules/assignments/assignment.h"
#include "modules/calls/call.h"
#include "modules/members/member.h"
#include "modules/orgs/org.h"
#include "modules/proposals/proposal_kinds.h"
#include "platform/audit/attest.h"
#include "platform/calendar/calendar.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

const struct proposal_change PROPOSAL_NO_CHANGE = { .due_on = -1 };

void proposal_start_due(struct rq *rq, struct flow_step *step, const char *clock,
                        struct proposal_change *change)
{
    for (const struct flow_clock *c = PROPOSALS_FLOW.clocks; c->name; c++)
        if (strcmp(c->name, clock) == 0)
            step->due_on = calendar_due(calendar_current(), rq->today,
                                        setting_number(rq, c->days_setting), c->unit, !c->exact);
    change->due_on = step->due_on;
}

/* ---- the flow's own functions ---- */

err proposal_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct proposal *p = arena_zero(rq->mem, sizeof *p);
    TRY(proposal_find(rq, id, p));
    *out =
        (struct flow_subject){ p->id, p->version, p->state, p->title, proposal_number(rq, p), p };
    return OK;
}

err proposal_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    return proposal_store_set_state(rq->db, subject->id, subject->version, to, rq->now_ms);
}

err proposal_flow_holder(struct rq *rq, const struct flow_subject *subject,
                         const struct flow_todo *todo, ids *out)
{
    const struct proposal *p = subject->row;
    (void)todo;
    *out = (ids){ 0 };
    if (p->lead_person_id == 0)
        return OK;
    out->items = arena_array(rq->mem, 1, sizeof(i64));
    out->items[0] = p->lead_person_id;
    out->count = 1;
    return OK;
}

/* ---- submit ---- */

err proposal_guard_own(struct rq *rq, const struct flow_subject *subject)
{
    const struct proposal *p = subject->row;
    bool may = false;
    if (str_is(p->state, "cosigning")) /* the text is shut while others sign it */
        TRY(proposal_speaks_for(rq, p, &may));
    else
        TRY(proposal_may_edit(rq, p, &may));
    if (!may)
        return err_make(ERR_FORBIDDEN, "proposals.not_yours");
    if (p->invited > 0 && str_is(p->state, "draft"))
        return err_make(ERR_CONFLICT, "proposals.invite_first");
    TRY(proposal_may_hand_in(rq, subject->row, &may));
    return may ? OK : err_make(ERR_FORBIDDEN, "proposals.not_contact");
}

/* Number and timing are those of the day of submission; a proposal that comes back from revision
 * keeps them. */
static err number_it(struct rq *rq, const struct proposal *p, struct proposal_change *change)
{
    struct session session;
    bool late = false;
    if (p->serial)
        return OK;
    TRY(session_on(rq, rq->today, &session));
    change->session_id = session.id;
    change->timing = str_of(session_timing(&session, rq->today));
    TRY(call_is_past(rq, session.id, rq->now_ms, &late));
    if (late) /* behind the last hour of the plenary's call */
        change->timing = str_of("between");
    change->submitted_at = rq->now_ms;
    return proposal_store_next_serial(rq->db, session.id, &change->serial);
}

/* What was sent back may be mended whenever; what the house gathers was sent to its signers in
 * time; what came on paper in time may be typed in later. */
err proposal_check_window(struct rq *rq, const struct proposal *p)
{
    struct call call;
    bool found = false;
    if (p->serial || rq->actor->account_id == 0 || !setting_on(rq, "proposals.window_needed") ||
        actor_scope(rq->actor, "proposals.write") == SCOPE_ORG)
        return OK;
    TRY(call_open_at(rq, rq->now_ms, &call, &found));
    if (found)
        return OK;
    TRY(call_next_after(rq, rq->now_ms, &call, &found));
    return err_make_with(ERR_CONFLICT, found ? "proposals.window_next" : "proposals.window_closed",
                         found ? call_moment(rq, call.from_at) : str_of(""), str_of(""));
}

/* Whoever has not answered falls off; its lead says that he means it. input: NULL = the day has
 * come. */
static err check_unanswered(struct rq *rq, const struct proposal *p,
                            const struct proposal_submit_input *in)
{
    if (p->invited == 0 || !in || in->unanswered)
        return OK;
    rq_fault(rq, "unanswered", "proposals.unanswered_yet",
             arena_printf(rq->mem, "%lld", (long long)p->invited), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

/* They signed the words before: each learns that there are others now. */
static err tell_rewritten(struct rq *rq, const struct flow_subject *subject)
{
    bool reached = false;
    return proposal_tell_signers(rq, subject,
                                 &(struct notify_message){
                                     .text = "proposals.told_rewritten",
                                     .arg = { subject->title },
                                     .url = arena_printf(rq->mem, "/proposals/%lld",
                                                         (long long)subject->id) },
                                 &reached);
}

err proposal_effect_submit(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct proposal *p = subject->row;
    struct proposal_change change = PROPOSAL_NO_CHANGE;
    strs suggestions;
    TRY(proposal_check_window(rq, p));
    TRY(check_unanswered(rq, p, step->input));
    TRY(flow_todo_done(rq, &PROPOSALS_FLOW, p->id, "submit", 0)); /* what cosigners have added */
    proposal_start_due(rq, step, "review", &change);
    TRY(proposal_check_complete(rq, p));
    TRY(proposal_store_list_suggestions(rq->db, p->id, rq->mem, &suggestions));
    change.id = p->id;
    TRY(number_it(rq, p, &change));
    change.digest = proposal_digest(rq->mem, p, &suggestions);
    change.receipt = proposal_receipt_digest(rq, proposal_receipt(rq, p));
    TRY(proposal_store_change(rq->db, &change));
    TRY(attestation_add(rq, "proposals", p->id, change.digest));
    struct proposal submitted = *p;
    submitted.version++; /* of the step itself: the version before it is the last save's */
    TRY(proposal_tell_saved(rq, &submitted, &suggestions, "submit"));
    if (p->serial && p->signer_count > 1 && !str_eq(change.digest, p->digest))
        TRY(tell_rewritten(rq, subject));
    return proposal_index(rq, p, &suggestions);
}

/* ---- review ---- */

/* What reviewers and dispatchers write for each other stays in the house; what asks something of
 * the proposer or tells him why is shown to him. */
static bool is_for_proposer(const char *verb)
{
    static const char *const VERBS[] = { "revise",   "reject", "redo",   "divert",
                                         "withdraw", "keep",   "mark",   "mediate",
                                         "settle",   "merge",  "unmerge" };
    for (size_t i = 0; i < sizeof VERBS / sizeof *VERBS; i++)
        if (strcmp(verb, VERBS[i]) == 0)
            return true;
    return false;
}

err proposal_add_finding(struct rq *rq, const struct flow_subject *subject, struct flow_step *step)
{
    step->opinion_hidden = !is_for_proposer(step->action->verb);
    if (step->opinion.len == 0)
        return OK;
    return proposal_store_add_finding(rq->db, subject->id,
                                      &(struct finding){ .verb = str_of(step->action->verb),
                                                         .text = step->opinion,
                                                         .written_at = rq->now_ms,
                                                         .written_by = rq->actor->account_id });
}

err proposal_tell_lead(struct rq *rq, const struct flow_subject *subject, const char *text,
                       str more)
{
    const struct proposal *p = subject->row;
    if (p->lead_person_id == 0)
        return OK;
    return notify_send(rq, &(struct notify_to){ .person_id = p->lead_person_id },
                       &(struct notify_message){ .text = text,
                                                 .arg = { subject->title, more },
                                                 .url = arena_printf(rq->mem, "/proposals/%lld",
                                                                     (long long)subject->id) });
}

err proposal_effect_finding(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    return proposal_add_finding(rq, subject, step);
}

err proposal_effect_revise(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct proposal_change change = PROPOSAL_NO_CHANGE;
    change.id = subject->id;
    step->quiet = ((const struct proposal *)subject->row)->lead_person_id > 0; /* told below */
    proposal_start_due(rq, step, "revise", &change);
    TRY(proposal_store_change(rq->db, &change));
    TRY(proposal_add_finding(rq, subject, step));
    return proposal_tell_lead(rq, subject, "proposals.told_revise", step->opinion);
}

/* Whether both sessions number together (setting proposals.number_by). */
static bool is_of_term(const struct session *one, const struct session *other)
{
    return one->term_id == other->term_id;
}

/* Case numbers run through a session or through its term; then the counter is that of the term's
 * first session. A site that changes its mind goes on behind the highest number there is. */
err proposal_next_docket_no(struct rq *rq, i64 session_id, i64 *out)
{
    bool by_term = str_is(setting_text(rq, "proposals.number_by"), "term");
    struct session own;
    struct rows rows;
    i64 counter = session_id, most = 0;
    TRY(session_find(rq, session_id, &own));
    TRY(session_list(rq, &rows));
    const struct session *all = rows.items; /* newest first */
    for (size_t i = 0; i < rows.count; i++) {
        i64 highest = 0;
        if (all[i].id != session_id && !(by_term && is_of_term(&all[i], &own)))
            continue;
        TRY(proposal_store_most_docket_no(rq->db, all[i].id, &highest));
        most = highest > most ? highest : most;
        counter = all[i].id;
    }
    TRY(proposal_store_raise_docket_no(rq->db, counter, most));
    return proposal_store_next_docket_no(rq->db, counter, out);
}

err proposal_effect_docket(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct proposal_docket_input *in = step->input;
    const struct proposal *p = subject->row;
    struct proposal_change change = PROPOSAL_NO_CHANGE;
    change.id = p->id;
    change.category = in->category;
    change.outcome = str_of("docketed");
    change.docketed_at = rq->now_ms;
    proposal_start_due(rq, step, "assign", &change);
    change.docket_no = p->docket_no; /* it may have one from the time when it was merged */
    if (change.docket_no == 0)
        TRY(proposal_next_docket_no(rq, p->session_id, &change.docket_no));
    TRY(proposal_store_change(rq->db, &change));
    TRY(proposal_store_replace_wishes(rq->db, p->id, str_of("reviewer"), &in->hosts, &in->cohosts));
    TRY(proposal_add_finding(rq, subject, step));
    struct proposal docketed = *p;
    docketed.docket_no = change.docket_no;
    subject->number = proposal_number(rq, &docketed);
    return proposal_tell_lead(rq, subject, "proposals.told_docket", subject->number);
}

err proposal_tell_signers(struct rq *rq, const struct flow_subject *subject,
                          const struct notify_message *message, bool *reached)
{
    struct rows rows;
    TRY(proposal_store_list_proposers(rq->db, subject->id, rq->mem, &rows));
    const struct proposer *all = rows.items;
    *reached = false;
    for (size_t i = 0; i < rows.count; i++) {
        struct notify_to to = { .person_id = all[i].person_id };
        bool has_account = false;
        if (all[i].person_id == 0)
            continue;
        TRY(notify_reaches(rq, &to, &has_account));
        to.except_account_id = rq->actor->account_id;
        TRY(notify_send(rq, &to, message));
        *reached = *reached || has_account;
    }
    return OK;
}

bool proposal_waits_for_letter(const struct proposal *p)
{
    return p->unreached && p->informed_on == 0;
}

err proposal_is_to_be_informed(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    (void)rq;
    *out = proposal_waits_for_letter(subject->row);
    return OK;
}

err proposal_guard_inform(struct rq *rq, const struct flow_subject *subject)
{
    (void)rq;
    return proposal_waits_for_letter(subject->row) ? OK
                                                   : err_make(ERR_CONFLICT, "proposals.informed");
}

err proposal_effect_inform(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct proposal_inform_input *in = step->input;
    struct proposal *p = subject->row;
    struct proposal_change change = PROPOSAL_NO_CHANGE;
    if (in->informed_on > rq->today || in->informed_on < day_of_ms(p->submitted_at)) {
        rq_fault(rq, "informed_on", "proposals.informed_day", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    change.id = p->id;
    change.informed_on = p->informed_on = in->informed_on;
    return proposal_store_change(rq->db, &change);
}

/* A decision against it always tells the proposers (rules.md 2.2). */
err proposal_turn_away(struct rq *rq, const struct flow_subject *subject,
                       struct proposal_change *change, const struct notify_message *told)
{
    struct proposal *p = subject->row;
    bool reached = false;
    struct notify_message message = *told;
    message.url = arena_printf(rq->mem, "/proposals/%lld", (long long)subject->id);
    TRY(proposal_tell_signers(rq, subject, &message, &reached));
    change->id = subject->id;
    change->due_on = 0;
    change->unreached = p->unreached = !reached;
    return proposal_store_change(rq->db, change);
}

/* It says where the matter goes: there is always a way (rules.md 13.6). */
err proposal_effect_reject(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct proposal_reject_input *in = step->input;
    struct proposal_change change = PROPOSAL_NO_CHANGE;
    change.outcome = str_of("rejected");
    change.reject_reason = in->reason;
    change.reject_note = in->opinion;
    change.destination = in->destination;
    struct notify_message told = {
        .text = "proposals.told_reject",
        .arg = { subject->title, dictionary_label(rq, "proposals.reject_reasons", in->reason) },
    };
    TRY(proposal_turn_away(rq, subject, &change, &told));
    return proposal_add_finding(rq, subject, step);
}

/* ---- facts of members ---- */

/* What was sent back to him goes to who can do it; verdicts: modules/evaluations. A draft that he
 * never handed in stays his (Charter art. 38: only who serves hands in). */
err on_member_left(struct rq *rq, i64 id, const void *fact)
{
    struct member member;
    struct rows rows;
    (void)fact;
    TRY(member_find(rq, id, &member));
    TRY(proposal_store_list_revising(rq->db, member.person_id, rq->mem, &rows));
    struct proposal *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        struct flow_subject subject = { all[i].id,    all[i].version, all[i].state,
                                        all[i].title, str_of(""),     &all[i] };
        subject.number = proposal_number(rq, &all[i]);
        TRY(flow_todos_renew(rq, &PROPOSALS_FLOW, &subject));
    }
    return OK;
}
