/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Looking back (回头看, rules.md 2.6: every A and B answer is checked, B ones are tracked): planned
 * when a case is closed, held by the office, those who asked are asked again. What was found stands
 * apart from the class. A case whose promises have all ended and that was found done is fulfilled.
 */
#include "modules/assignments/assignment.h"
#include "modules/outcomes/outcome_rules.h"
#include "modules/outcomes/outcome_views.h"
#include "modules/proposals/proposal.h"
#include "platform/audit/audit.h"
#include "platform/calendar/calendar.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

static struct followup *row_of(const struct flow_subject *subject)
{
    return subject->row;
}

err followup_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct followup *f = arena_zero(rq->mem, sizeof *f);
    TRY(list_find(rq, &FOLLOWUP_LIST, id, f));
    *out =
        (struct flow_subject){ f->id, f->version, f->state, f->matter_title, f->matter_number, f };
    return OK;
}

err followup_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    return followup_store_update(rq->db, row_of(subject), to);
}

/* Who is asked again: those who sign. */
err followup_flow_holder(struct rq *rq, const struct flow_subject *subject,
                         const struct flow_todo *todo, ids *out)
{
    (void)todo;
    const struct followup *f = row_of(subject);
    return assignment_persons(rq, arena_cstr(rq->mem, f->matter), f->matter_id, out);
}

/* The agencies of the case. */
static err agencies_of(struct rq *rq, const struct followup *f, ids *out)
{
    struct rows rows;
    TRY(assignment_list_of(rq, arena_cstr(rq->mem, f->matter), f->matter_id, &rows));
    const struct assignment *all = rows.items;
    *out = (ids){ arena_array(rq->mem, rows.count + 1, sizeof(i64)), 0 };
    for (size_t i = 0; i < rows.count; i++)
        out->items[out->count++] = all[i].agency_id;
    return OK;
}

/* Nobody looks back at his own answer, in whoever's name. */
err followup_guard_office(struct rq *rq, const struct flow_subject *subject)
{
    ids agencies;
    bool own = false;
    TRY(agencies_of(rq, row_of(subject), &agencies));
    for (size_t i = 0; i < agencies.count; i++)
        own = own || assignment_works_for(rq, agencies.items[i]);
    return own ? err_make(ERR_FORBIDDEN, "followups.own_agency") : OK;
}

/* Who works for an agency of the case and acts on a delegation: he gives no verdict on it in
 * another's name, and reads none; a signer's own word stays his (peers.md 6.1). */
static err is_own_in_other_name(struct rq *rq, const struct followup *f, bool *out)
{
    *out = false;
    return rq->actor->delegator_account_id > 0
               ? assignment_is_with(rq, arena_cstr(rq->mem, f->matter), f->matter_id,
                                    rq->actor->delegate_agency_id, out)
               : OK;
}

/* ---- planning ---- */

static str host_of(const struct rows *assignments, const struct proposal *p)
{
    const struct assignment *all = assignments->items;
    return assignments->count > 0 ? all[0].agency_name : p->host_name;
}

/* Its words are those of the assignments, which have its number as a text. */
static err add(struct rq *rq, const struct proposal *p, i64 planned_on, i64 *id)
{
    struct rows rows;
    TRY(assignment_list_of(rq, "proposals", p->id, &rows));
    const struct assignment *all = rows.items;
    struct followup f = { .matter_id = p->id,
                          .session_id = p->session_id,
                          .planned_on = planned_on,
                          .version = 1,
                          .matter = str_of("proposals"),
                          .matter_title = p->title,
                          .matter_number = rows.count > 0 ? all[0].matter_number : str_of(""),
                          .agency_name = host_of(&rows, p),
                          .class = p->class,
                          .state = str_of("planned") };
    TRY(followup_store_add(rq->db, &f, &f.id));
    if (id)
        *id = f.id;
    struct flow_subject subject = { f.id, 1, f.state, f.matter_title, f.matter_number, &f };
    return flow_begin(rq, &FOLLOWUPS_FLOW, &subject, NULL);
}

static err is_planned(struct rq *rq, i64 proposal_id, bool *out)
{
    struct rows rows;
    *out = false;
    TRY(followup_store_list_of(rq->db, str_of("proposals"), proposal_id, rq->mem, &rows));
    const struct followup *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        *out = *out || str_is(all[i].state, "planned");
    return OK;
}

err followup_plan(struct rq *rq, i64 proposal_id, i64 planned_on, i64 *id)
{
    struct proposal p;
    bool planned = false;
    TRY(proposal_find(rq, proposal_id, &p));
    if (p.closed_at == 0)
        return err_make(ERR_CONFLICT, "outcomes.not_closed");
    TRY(is_planned(rq, p.id, &planned));
    if (planned)
        return err_make(ERR_CONFLICT, "outcomes.planned_already");
    if (planned_on < rq->today) {
        rq_fault(rq, "planned_on", "outcomes.planned_day", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    return add(rq, &p, planned_on, id);
}

/* So many days from today, on a working day. */
static i64 day_planned(struct rq *rq)
{
    return calendar_due(calendar_current(), rq->today, setting_number(rq, "outcomes.followup_days"),
                        "days", true);
}

err on_proposal_closed(struct rq *rq, i64 id, const void *fact)
{
    struct proposal p;
    (void)fact;
    TRY(proposal_find_house(rq, id, &p));
    if (!str_is(p.state, "closed")) /* a talk may also begin another round */
        return OK;
    if (outcome_has_code(rq, "outcomes.track_classes", p.class))
        TRY(flow_move(rq, &PROPOSALS_FLOW, id, "track", NULL));
    if (!outcome_has_code(rq, "outcomes.followup_classes", p.class))
        return OK;
    return add(rq, &p, day_planned(rq), NULL);
}

/* ---- asking again ---- */

/* The office has it to do from now on; those who signed are asked how it is. */
err followup_ask(struct rq *rq, const struct followup *f)
{
    struct followup row = *f;
    struct flow_subject subject = { f->id,           f->version,       f->state,
                                    f->matter_title, f->matter_number, &row };
    struct todo_new todo = { .holder = "may:followups.record",
                             .verb = "record",
                             .due_on = f->planned_on,
                             .url = arena_printf(rq->mem, "/followups/%lld/record",
                                                 (long long)f->id) };
    ids persons = { 0 };
    TRY(followup_store_set_asked(rq->db, f->id, f->version, rq->now_ms));
    TRY(flow_todo_add(rq, &FOLLOWUPS_FLOW, &subject, &todo));
    TRY(assignment_persons(rq, arena_cstr(rq->mem, f->matter), f->matter_id, &persons));
    todo.holder = "person";
    todo.verb = "recheck";
    todo.url = arena_printf(rq->mem, "/followups/%lld/recheck", (long long)f->id);
    for (size_t i = 0; i < persons.count; i++) {
        todo.holder_id = persons.items[i];
        TRY(flow_todo_add(rq, &FOLLOWUPS_FLOW, &subject, &todo));
    }
    return OK;
}

err followup_guard_recheck(struct rq *rq, const struct flow_subject *subject)
{
    const struct followup *f = row_of(subject);
    ids persons = { 0 };
    bool signer = false, own = false;
    TRY(is_own_in_other_name(rq, f, &own));
    TRY(assignment_persons(rq, arena_cstr(rq->mem, f->matter), f->matter_id, &persons));
    for (size_t i = 0; i < persons.count; i++)
        signer = signer || persons.items[i] == rq->actor->person_id;
    return signer && !own ? OK : err_make(ERR_FORBIDDEN, "followups.not_asked");
}

/* The office, but nobody of an agency of the case. */
static err tell_unsolved(struct rq *rq, const struct followup *f, str person_name)
{
    ids agencies;
    TRY(agencies_of(rq, f, &agencies));
    struct notify_to to = { .permission = "followups.record", .except_agencies = agencies };
    return notify_send(rq, &to,
                       &(struct notify_message){
                           .text = "followups.told_unsolved",
                           .arg = { f->matter_title, person_name },
                           .url = arena_printf(rq->mem, "/followups/%lld", (long long)f->id) });
}

/* For the office, not for the agency: as blind as an evaluation. */
err followup_effect_recheck(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct recheck_input *in = step->input;
    const struct followup *f = row_of(subject);
    if (!str_is(in->result, "solved") && in->text.len == 0) {
        rq_fault(rq, "text", "followups.need_words", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    step->opinion_hidden = true;
    bool proxy = rq->actor->delegator_account_id > 0;
    struct recheck r = { .followup_id = f->id,
                         .person_id = rq->actor->person_id,
                         .person_name = proxy ? rq->actor->delegator_name : rq->actor->name,
                         .proxy_account_id = proxy ? rq->actor->account_id : 0,
                         .result = in->result,
                         .text = in->text,
                         .answered_at = rq->now_ms };
    TRY(recheck_store_put(rq->db, &r));
    TRY(flow_todo_done(rq, &FOLLOWUPS_FLOW, f->id, "recheck", rq->actor->person_id));
    return str_is(in->result, "unsolved") ? tell_unsolved(rq, f, r.person_name) : OK;
}

err followup_rechecks(struct rq *rq, const struct followup *f, struct rows *out)
{
    const struct actor *actor = rq->actor;
    bool all_of_them = actor_scope(actor, "evaluations.read") == SCOPE_ORG &&
                       actor->agency_id == 0 &&
                       (actor->delegator_account_id == 0 || actor->delegate_agency_id == 0);
    bool own = false;
    size_t kept = 0;
    TRY(is_own_in_other_name(rq, f, &own));
    TRY(recheck_store_list(rq->db, f->id, rq->mem, out));
    struct recheck *all = out->items;
    for (size_t i = 0; i < out->count; i++)
        if (all_of_them || (!own && actor->person_id > 0 && all[i].person_id == actor->person_id))
            all[kept++] = all[i];
    out->count = kept;
    return OK;
}

/* ---- the visit ---- */

err followup_effect_postpone(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct postpone_input *in = step->input;
    struct followup *f = row_of(subject);
    (void)step;
    if (in->planned_on < rq->today) {
        rq_fault(rq, "planned_on", "outcomes.planned_day", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    f->planned_on = in->planned_on;
    f->asked_at = 0;
    TRY(flow_todo_done(rq, &FOLLOWUPS_FLOW, f->id, "record", 0));
    return flow_todo_done(rq, &FOLLOWUPS_FLOW, f->id, "recheck", 0);
}

static err check_held(struct rq *rq, const struct followup *f, const struct record_input *in)
{
    struct proposal p;
    TRY(proposal_find_house(rq, f->matter_id, &p));
    i64 from_on = p.closed_at > 0 ? day_of_ms(p.closed_at) : 0;
    if (in->held_on <= rq->today && in->held_on >= from_on)
        return OK;
    rq_fault(rq, "held_on", "followups.held_day", text_date(rq->mem, from_on), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

/* What the last look has found; one that is written down late may not have been the last. */
static err set_tracking(struct rq *rq, const struct followup *f)
{
    struct rows rows;
    TRY(followup_store_list_of(rq->db, f->matter, f->matter_id, rq->mem, &rows));
    const struct followup *last = followup_last(&rows);
    if (last && last->held_on > f->held_on)
        return OK;
    TRY(audit_add(rq, &(struct audit_entry){ .act = "proposals.tracking",
                                             .object = "proposals",
                                             .object_id = f->matter_id,
                                             .after = f->result }));
    return proposal_set_tracking(rq, f->matter_id, f->result);
}

err followup_effect_record(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct record_input *in = step->input;
    struct followup *f = row_of(subject);
    TRY(check_held(rq, f, in));
    f->held_on = in->held_on;
    f->place = in->place;
    f->visitors = in->visitors;
    f->result = in->result;
    f->text = in->text;
    f->recorded_at = rq->now_ms;
    f->recorded_by = rq->actor->account_id;
    step->fact = f;
    return set_tracking(rq, f);
}

/* ---- what the case becomes ---- */

/* All promises have ended, the kept ones checked, and the last look found it done at least in part:
 * fulfilled. */
static err fulfil_if_done(struct rq *rq, i64 proposal_id)
{
    struct rows promises, followups;
    struct proposal p;
    str matter = str_of("proposals");
    TRY(promise_store_list_of(rq->db, matter, proposal_id, rq->mem, &promises));
    const struct promise *all = promises.items;
    for (size_t i = 0; i < promises.count; i++)
        if (promise_is_open(&all[i]) || (str_is(all[i].state, "met") && all[i].confirmed_at == 0))
            return OK;
    TRY(followup_store_list_of(rq->db, matter, proposal_id, rq->mem, &followups));
    const struct followup *last = followup_last(&followups);
    if (!last || str_is(last->result, "unsolved"))
        return OK;
    TRY(proposal_find_house(rq, proposal_id, &p));
    if (!str_is(p.state, "tracking"))
        return OK;
    return flow_move(rq, &PROPOSALS_FLOW, proposal_id, "fulfil", NULL);
}

err on_promise_ended(struct rq *rq, i64 id, const void *fact)
{
    const struct promise *p = fact;
    (void)id;
    return str_is(p->matter, "proposals") ? fulfil_if_done(rq, p->matter_id) : OK;
}

/* What was not solved is looked at again, so that nobody forgets it. */
err on_followup_recorded(struct rq *rq, i64 id, const void *fact)
{
    const struct followup *f = fact;
    struct proposal p;
    bool planned = false;
    (void)id;
    if (!str_is(f->matter, "proposals"))
        return OK;
    TRY(fulfil_if_done(rq, f->matter_id));
    if (!str_is(f->result, "unsolved"))
        return OK;
    TRY(is_planned(rq, f->matter_id, &planned));
    if (planned)
        return OK;
    TRY(proposal_find_house(rq, f->matter_id, &p));
    return add(rq, &p, day_planned(rq), NULL);
}
