/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Life of a dispute (rules.md 2.3: if disputed a meeting, then leaders decide). It begins and ends
 * with steps of its assignment, which this module hears of; the meeting is its own step. */
#include "modules/assignments/assignment.h"
#include "modules/assignments/assignment_desk.h"
#include "modules/assignments/assignment_forms.h"
#include "modules/disputes/dispute_store.h"
#include "modules/disputes/dispute_views.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

/* ---- the flow's own functions ---- */

err dispute_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct dispute *d = arena_zero(rq->mem, sizeof *d);
    TRY(list_find(rq, &DISPUTE_LIST, id, d));
    *out =
        (struct flow_subject){ d->id, d->version, d->state, d->matter_title, d->matter_number, d };
    return OK;
}

err dispute_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    return dispute_store_update(rq->db, subject->row, to);
}

err dispute_is_to_be_heard(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    (void)subject;
    *out = setting_on(rq, "assignments.dispute_hearing");
    return OK;
}

/* ---- the meeting ---- */

err dispute_guard_office(struct rq *rq, const struct flow_subject *subject)
{
    const struct dispute *d = subject->row;
    return !assignment_works_for(rq, d->agency_id) &&
                   actor_scope(rq->actor, "disputes.hear") == SCOPE_ORG
               ? OK
               : err_make(ERR_FORBIDDEN, "disputes.own_agency");
}

err dispute_effect_hear(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct hear_input *in = step->input;
    struct dispute *d = subject->row;
    i64 first = day_of_ms(d->opened_at);
    if (in->held_on < first || in->held_on > rq->today) {
        rq_fault(rq, "held_on", "disputes.meeting_day", text_date(rq->mem, first), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    d->held_on = in->held_on;
    d->present = in->present;
    d->record = in->record;
    step->opinion = in->record;
    TRY(assignment_set_disputed(rq, d->assignment_id, DISPUTE_HEARD));
    struct notify_to to = { .agency_id = d->agency_id, .except_account_id = rq->actor->account_id };
    struct notify_message message = { .text = "disputes.told_heard",
                                      .arg = { d->matter_title },
                                      .url = arena_printf(rq->mem, "/disputes/%lld",
                                                          (long long)d->id) };
    return notify_send(rq, &to, &message);
}

err dispute_effect_decide(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct decide_input *in = step->input;
    struct dispute *d = subject->row;
    d->decision = in->decision;
    d->decider = in->decider;
    d->decided_at = rq->now_ms;
    return OK;
}

/* ---- what its assignment does ---- */

err on_assignment_disputed(struct rq *rq, i64 id, const void *fact)
{
    const struct flow_step *contested = fact;
    const struct assignment *a = contested->subject->row;
    const struct dispute_input *in = contested->input;
    struct dispute d = { .assignment_id = id,
                         .matter = a->matter,
                         .matter_id = a->matter_id,
                         .matter_title = a->matter_title,
                         .matter_number = a->matter_number,
                         .agency_id = a->agency_id,
                         .agency_name = a->agency_name,
                         .better_agency_id = in->better_agency_id,
                         .better_name = assignment_agency_name(rq, in->better_agency_id),
                         .reason = in->opinion,
                         .opened_at = rq->now_ms,
                         .opened_by = rq->actor->account_id };
    TRY(dispute_store_add(rq->db, &d, &d.id));
    struct flow_subject subject = {
        d.id, 1, str_of("opened"), d.matter_title, d.matter_number, &d
    };
    return flow_begin(rq, &DISPUTES_FLOW, &subject, NULL);
}

static err decide(struct rq *rq, i64 assignment_id, const char *decision, str decider)
{
    struct dispute d = { 0 };
    struct decide_input in = { str_of(decision), decider };
    TRY(dispute_store_find_of(rq->db, assignment_id, rq->mem, &d));
    return d.id > 0 && !str_is(d.state, "decided")
               ? flow_move(rq, &DISPUTES_FLOW, d.id, "decide", &in)
               : OK;
}

/* id: the one taken away, which knows who decided. */
err on_assignment_moved(struct rq *rq, i64 id, const void *fact)
{
    struct assignment a;
    (void)fact;
    TRY(assignment_find_house(rq, id, &a));
    return a.disputed == DISPUTE_DECIDED ? decide(rq, id, "moved", a.decider) : OK;
}

err on_assignment_upheld(struct rq *rq, i64 id, const void *fact)
{
    const struct due_change *change = fact;
    const struct assignment *a = change->assignment;
    return a->disputed == DISPUTE_DECIDED ? decide(rq, id, "upheld", a->decider) : OK;
}

err on_assignment_over(struct rq *rq, i64 id, const void *fact)
{
    const struct assignment *a = fact;
    return a->disputed ? decide(rq, id, "dropped", str_of("")) : OK;
}

/* ---- looks ---- */

const char *dispute_tone(str state)
{
    const struct flow_state *found = flow_state_find(&DISPUTES_FLOW, state);
    return found ? found->tone : "idle";
}
