/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Merging one proposal into another (并案, rules.md 2.2), and undoing it: what the two steps of the
 * flow of proposals need and do. */
#include "modules/mergers/merger_steps.h"
#include "modules/assignments/assignment.h"
#include "modules/proposals/proposal_forms.h"
#include "modules/proposals/proposal_steps.h"
#include "platform/settings/settings.h"

/* First what its proposer wants is decided: afterwards it is no matter of its own. */
err merger_guard_merge(struct rq *rq, const struct flow_subject *subject)
{
    const struct proposal *p = subject->row;
    (void)rq;
    TRY(proposal_guard_alone(p));
    return p->withdraw_asked_at ? err_make(ERR_CONFLICT, "proposals.withdraw_first") : OK;
}

err merger_guard_unmerge(struct rq *rq, const struct flow_subject *subject)
{
    return proposal_guard_merged_open(rq, subject->row);
}

/* Not handed out, and not with its lead, under whose hands it would change. */
static bool can_be_main(str state)
{
    return str_is(state, "submitted") || str_is(state, "screened") || str_is(state, "docketed") ||
           str_is(state, "preassigned");
}

/* All of them get one answer: what it does not hold is said here, not when it is handed out. */
static err check_items(struct rq *rq, const struct proposal *p, const struct proposal *main)
{
    i64 own = 0, others = 0;
    TRY(proposal_count_items(rq, p->id, &own));
    TRY(proposal_count_items(rq, main->id, &others));
    if (own + others <= ASSIGNMENT_ITEMS_MAX)
        return OK;
    return err_make_with(ERR_CONFLICT, "proposals.merge_items", proposal_number(rq, main),
                         arena_printf(rq->mem, "%d", ASSIGNMENT_ITEMS_MAX));
}

/* One handling, so neither a chain nor a circle: the main one is merged into nothing. */
static err check_main(struct rq *rq, const struct proposal *p, const struct proposal *main)
{
    str number = proposal_number(rq, main);
    if (main->id == p->id)
        return err_make(ERR_CONFLICT, "proposals.merge_self");
    if (str_is(main->state, "merged"))
        return err_make_with(ERR_CONFLICT, "proposals.main_merged", number, str_of(""));
    if (!can_be_main(main->state))
        return err_make_with(ERR_CONFLICT, "proposals.main_state", number,
                             flow_state_label(rq, &PROPOSALS_FLOW, main->state));
    if (main->session_id != p->session_id)
        return err_make_with(ERR_CONFLICT, "proposals.merge_sessions", number, str_of(""));
    return check_items(rq, p, main);
}

static err tell_signers(struct rq *rq, const struct flow_subject *subject, const char *text,
                        str more)
{
    bool reached;
    return proposal_tell_signers(rq, subject,
                                 &(struct notify_message){
                                     .text = text,
                                     .arg = { subject->title, more },
                                     .url = arena_printf(rq->mem, "/proposals/%lld",
                                                         (long long)subject->id) },
                                 &reached);
}

/* rules.md 2.2: a site that counts what is merged among what is docketed gives it a number too; the
 * number stays, whatever becomes of it (no gaps). */
err merger_effect_merge(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct proposal_merge_input *in = step->input;
    struct proposal *p = subject->row, main;
    TRY(proposal_find(rq, in->main_id, &main));
    TRY(check_main(rq, p, &main));
    p->merged_from = p->state;
    p->outcome = str_of("merged");
    p->due_on = 0;
    if (p->docket_no == 0 && setting_on(rq, "proposals.merged_numbered"))
        TRY(proposal_next_docket_no(rq, p->session_id, &p->docket_no));
    TRY(proposal_join_main(rq, p, &main));
    subject->number = proposal_number(rq, p);
    TRY(proposal_add_finding(rq, subject, step));
    return tell_signers(rq, subject, "proposals.told_merge", proposal_number(rq, &main));
}

/* What stood still runs on with the days that were left. */
static err thaw(struct rq *rq, i64 id, const char *clock, i64 *due_on)
{
    i64 frozen = 0;
    TRY(flow_due(rq, &PROPOSALS_FLOW, id, clock, &frozen));
    if (frozen == 0)
        return OK; /* none runs: it came in a list */
    TRY(flow_thaw(rq, &PROPOSALS_FLOW, id, clock));
    return flow_due(rq, &PROPOSALS_FLOW, id, clock, due_on);
}

err merger_effect_unmerge(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct proposal *p = subject->row;
    bool docketed = str_is(p->merged_from, "docketed");
    i64 *main_id = arena_array(rq->mem, 1, sizeof *main_id);
    *main_id = p->main_id;
    step->fact = main_id; /* what it leaves */
    step->to = p->merged_from;
    TRY(thaw(rq, p->id, docketed ? "assign" : "review", &p->due_on));
    p->outcome = str_of(docketed ? "docketed" : "");
    TRY(proposal_part_main(rq, p));
    TRY(proposal_add_finding(rq, subject, step));
    return tell_signers(rq, subject, "proposals.told_unmerge",
                        flow_state_label(rq, &PROPOSALS_FLOW, p->merged_from));
}
