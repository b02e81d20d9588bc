/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Steps that lead off the straight road: goes on as something else, taken back, talked over face to
 * face; and those that leave it where it is: consent, marks, archive. Guards and effects; the table
 * is in proposal_module.c, the straight road in proposal_steps.c, proposal_handling_steps.c. */
#include <assert.h>

#include "modules/assignments/assignment.h"
#include "modules/proposals/proposal_steps.h"
#include "platform/audit/audit.h"
#include "platform/settings/settings.h"

static void fault(struct rq *rq, const char *field, const char *name)
{
    rq_fault(rq, field, name, str_of(""), str_of(""));
}

/* ---- review ---- */

err proposal_guard_screened(struct rq *rq, const struct flow_subject *subject)
{
    bool too_early =
        str_is(subject->state, "submitted") && setting_on(rq, "proposals.screen_needed");
    return too_early ? err_make(ERR_CONFLICT, "proposals.screen_first") : OK;
}

/* No proposal in substance, but not lost: no reason against it is needed, only where it goes. */
err proposal_effect_divert(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct proposal_divert_input *in = step->input;
    struct proposal_change change = PROPOSAL_NO_CHANGE;
    change.outcome = str_of("diverted");
    change.destination = in->destination;
    change.reject_note = in->opinion;
    struct notify_message told = {
        .text = "proposals.told_divert",
        .arg = { subject->title, dictionary_label(rq, "proposals.destinations", in->destination) },
    };
    TRY(proposal_turn_away(rq, subject, &change, &told));
    return proposal_add_finding(rq, subject, step);
}

/* ---- taken back (rules.md 12.1: asked, agreed, before an answer) ---- */

err proposal_guard_lead(struct rq *rq, const struct flow_subject *subject)
{
    bool may = false;
    TRY(proposal_speaks_for(rq, subject->row, &may));
    return may ? OK : err_make(ERR_FORBIDDEN, "proposals.not_lead");
}

static bool is_asked(const struct flow_subject *subject)
{
    return ((const struct proposal *)subject->row)->withdraw_asked_at > 0;
}

err proposal_is_asked_back(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    (void)rq;
    *out = is_asked(subject);
    return OK;
}

err proposal_guard_asked(struct rq *rq, const struct flow_subject *subject)
{
    (void)rq;
    return is_asked(subject) ? OK : err_make(ERR_CONFLICT, "proposals.not_asked");
}

/* One agency's answer is enough: it is work done for the proposer, and cannot be taken back. */
static err guard_unanswered(struct rq *rq, i64 id)
{
    struct rows rows;
    TRY(assignment_list_of(rq, "proposals", id, &rows));
    const struct assignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (!str_is(all[i].role, "cohost") && all[i].replied_at > 0)
            return err_make(ERR_CONFLICT, "proposals.has_reply");
    return OK;
}

err proposal_guard_ask_withdraw(struct rq *rq, const struct flow_subject *subject)
{
    TRY(proposal_guard_lead(rq, subject));
    if (is_asked(subject))
        return err_make(ERR_CONFLICT, "proposals.asked_already");
    TRY(proposal_guard_merged_open(rq, subject->row));
    return guard_unanswered(rq, subject->id);
}

err proposal_guard_withdraw(struct rq *rq, const struct flow_subject *subject)
{
    TRY(proposal_guard_asked(rq, subject));
    TRY(proposal_guard_alone(subject->row));
    TRY(proposal_guard_merged_open(rq, subject->row));
    return guard_unanswered(rq, subject->id);
}

/* The wish as the row and, for the to-dos of this step, the struct have it. */
static err set_request(struct rq *rq, const struct flow_subject *subject, i64 asked_at, str reason)
{
    struct proposal *p = subject->row;
    p->withdraw_asked_at = asked_at;
    p->withdraw_reason = reason;
    return proposal_store_set_request(rq->db, subject->id, subject->version, asked_at, reason);
}

/* Why is between the proposer and the office. */
err proposal_effect_ask_withdraw(struct rq *rq, struct flow_subject *subject,
                                 struct flow_step *step)
{
    step->opinion_hidden = true;
    return set_request(rq, subject, rq->now_ms, step->opinion);
}

err proposal_effect_keep(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    TRY(set_request(rq, subject, 0, str_of("")));
    TRY(proposal_add_finding(rq, subject, step));
    return proposal_tell_lead(rq, subject, "proposals.told_keep", step->opinion);
}

err proposal_drop_request(struct rq *rq, const struct flow_subject *subject, const char *text,
                          str more)
{
    TRY(set_request(rq, subject, 0, str_of("")));
    return proposal_tell_lead(rq, subject, text, more);
}

/* Its number stays taken: there are no gaps (rules.md 2.2). */
err proposal_effect_withdraw(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct proposal *p = subject->row;
    struct proposal_change change = PROPOSAL_NO_CHANGE;
    bool reached;
    TRY(proposal_leave_main(rq, p));
    change.id = subject->id;
    change.outcome = str_of("withdrawn");
    change.due_on = 0;
    TRY(proposal_store_change(rq->db, &change));
    if (p->assigned_at)
        TRY(assignment_cancel(rq, "proposals", subject->id));
    TRY(proposal_add_finding(rq, subject, step));
    return proposal_tell_signers(rq, subject,
                                 &(struct notify_message){
                                     .text = "proposals.told_withdraw",
                                     .arg = { subject->title },
                                     .url = arena_printf(rq->mem, "/proposals/%lld",
                                                         (long long)subject->id) },
                                 &reached);
}

/* ---- consent and marks ---- */

/* The digest of the text does not contain it: a receipt stays true. */
err proposal_effect_reconsider(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct proposal_consent_input *in = step->input;
    bool no = str_is(in->consent, "no");
    struct proposal *p = subject->row;
    if (no && in->consent_reason.len == 0) {
        fault(rq, "consent_reason", "proposals.need_consent_reason");
        return err_make(ERR_INVALID, "form.faults");
    }
    TRY(audit_add(rq, &(struct audit_entry){ .act = "proposals.consent",
                                             .object = "proposals",
                                             .object_id = subject->id,
                                             .before = p->consent,
                                             .after = in->consent }));
    p->consent = in->consent;
    p->consent_reason = no ? in->consent_reason : str_of("");
    return proposal_store_set_consent(rq->db, subject->id, subject->version, p->consent,
                                      p->consent_reason);
}

static str marks_text(struct rq *rq, bool urgent, bool confidential)
{
    return arena_printf(rq->mem, "urgent=%d confidential=%d", urgent, confidential);
}

/* Who else may read it is its proposer's business: he hears of it. */
err proposal_effect_mark(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct proposal_mark_input *in = step->input;
    struct proposal *p = subject->row;
    bool hidden = p->confidential;
    TRY(audit_add(rq,
                  &(struct audit_entry){ .act = "proposals.marks",
                                         .object = "proposals",
                                         .object_id = subject->id,
                                         .before = marks_text(rq, p->urgent, p->confidential),
                                         .after = marks_text(rq, in->urgent, in->confidential) }));
    p->urgent = in->urgent;
    p->confidential = in->confidential;
    TRY(proposal_store_set_marks(rq->db, subject->id, subject->version, in->urgent,
                                 in->confidential));
    TRY(proposal_add_finding(rq, subject, step));
    if (hidden == in->confidential)
        return OK;
    return proposal_tell_lead(rq, subject,
                              in->confidential ? "proposals.told_confidential"
                                               : "proposals.told_open",
                              step->opinion);
}

/* ---- face to face (rules.md 2.6); the record of the talk: modules/mediations ---- */

/* The agencies whose answers were given: they come to the talk. */
static err tell_agencies(struct rq *rq, const struct flow_subject *subject, str more)
{
    struct rows rows;
    TRY(assignment_list_of(rq, "proposals", subject->id, &rows));
    const struct assignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (str_is(all[i].role, "cohost"))
            continue;
        TRY(notify_send(rq, &(struct notify_to){ .agency_id = all[i].agency_id },
                        &(struct notify_message){ .text = "proposals.told_mediate_agency",
                                                  .arg = { subject->title, more },
                                                  .url = arena_printf(rq->mem, "/assignments/%lld",
                                                                      (long long)all[i].id) }));
    }
    return OK;
}

err proposal_effect_mediate(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct proposal_change change = PROPOSAL_NO_CHANGE;
    proposal_start_due(rq, step, "mediate", &change);
    change.id = subject->id;
    change.satisfaction = str_of("dissatisfied"); /* confirmed by the committee */
    TRY(proposal_store_change(rq->db, &change));
    TRY(proposal_add_finding(rq, subject, step));
    TRY(flow_todo_done(rq, &PROPOSALS_FLOW, subject->id, "mediate", 0));
    TRY(flow_todo_done(rq, &PROPOSALS_FLOW, subject->id, "redo", 0));
    TRY(tell_agencies(rq, subject, step->opinion));
    return proposal_tell_leads(rq, subject, "proposals.told_mediate", step->opinion);
}

/* ---- archive ---- */

err proposal_guard_archive(struct rq *rq, const struct flow_subject *subject)
{
    (void)rq;
    return proposal_waits_for_letter(subject->row)
               ? err_make(ERR_CONFLICT, "proposals.inform_first")
               : OK;
}

err proposal_set_tracking(struct rq *rq, i64 id, str tracking)
{
    struct proposal p;
    TRY(proposal_find_house(rq, id, &p));
    TRY(proposal_store_set_tracking(rq->db, id, p.version, tracking));
    return event_emit(rq, "proposals.retold", id, NULL);
}

err proposal_set_flag(struct rq *rq, i64 id, const char *flag, bool on)
{
    struct proposal p;
    TRY(proposal_find_house(rq, id, &p));
    bool flagship = strcmp(flag, "flagship") == 0;
    assert(flagship || strcmp(flag, "commended") == 0);
    TRY(flagship ? proposal_store_set_flagship(rq->db, id, p.version, on)
                 : proposal_store_set_commended(rq->db, id, p.version, on));
    return event_emit(rq, "proposals.retold", id, NULL);
}

err proposal_count_handed_in(struct rq *rq, i64 session_id, i64 person_id, i64 *count)
{
    return proposal_store_count_handed_in(rq->db, session_id, person_id, count);
}

err proposal_count_docketed(struct rq *rq, i64 session_id, i64 *count)
{
    return proposal_store_count_docketed(rq->db, session_id, count);
}
