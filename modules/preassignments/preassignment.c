/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handing out on trial: an agency is asked whether a proposal is its business, agrees, objects or
 * is silent; the dispatcher settles what is disputed (rules.md 2.3: trial assignment, adjustment,
 * then the formal one). The meeting and handing out: preassignment_meeting.c. */
#include "modules/preassignments/preassignment.h"

#include "modules/assignments/assignment.h"
#include "modules/orgs/org.h"
#include "modules/preassignments/preassignment_store.h"
#include "modules/proposals/proposal.h"
#include "platform/base/log.h"
#include "platform/calendar/calendar.h"
#include "platform/jobs/jobs.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"
#include "platform/web/view_parts.h"

enum { BATCH = 50, AGENCIES_MAX = 100 };

bool preassignment_is_office(const struct rq *rq)
{
    return actor_scope(rq->actor, "preassignments.read") == SCOPE_ORG;
}

bool preassignment_is_agreed(const struct preassignment *p)
{
    return str_is(p->state, "agreed") || str_is(p->state, "settled");
}

const char *preassignment_tone(str state)
{
    const struct flow_state *s = flow_state_find(&PREASSIGNMENTS_FLOW, state);
    return s ? s->tone : "idle";
}

/* rules.md 2.3: the host needs a cohost's opinion before its own day. */
i64 preassignment_due(struct rq *rq, const struct preassignment *p, i64 from_on)
{
    struct due_ask ask = { p->role, p->plenary, p->party, from_on };
    i64 due_on = p->due_on > 0 ? p->due_on : assignment_due(rq, &ask);
    if (!str_is(p->role, "cohost"))
        return due_on;
    ask.role = str_of("host");
    i64 host_due = p->host_due_on > 0 ? p->host_due_on : assignment_due(rq, &ask);
    return due_on < host_due ? due_on : host_due;
}

err preassignment_list_of(struct rq *rq, i64 proposal_id, struct rows *out)
{
    *out = (struct rows){ .size = sizeof(struct preassignment) };
    if (preassignment_is_office(rq))
        return preassignment_store_list_of(rq->db, proposal_id, 0, rq->mem, out);
    if (!actor_may(rq->actor, "preassignments.read") || rq->actor->agency_id == 0)
        return OK;
    return preassignment_store_list_of(rq->db, proposal_id, rq->actor->agency_id, rq->mem, out);
}

err preassignment_agencies(struct rq *rq, struct rows *out)
{
    struct rows agencies;
    TRY(org_agencies(rq, &agencies));
    const struct org *all = agencies.items;
    struct view_choice *choices = arena_array(rq->mem, agencies.count + 1, sizeof *choices);
    for (size_t i = 0; i < agencies.count; i++)
        choices[i] =
            (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)all[i].id),
                                  .label = all[i].name };
    *out = (struct rows){ choices, agencies.count, sizeof *choices };
    return OK;
}

/* ---- telling ---- */

static str own_url(struct rq *rq, const struct preassignment *p)
{
    return arena_printf(rq->mem, "/preassignments/%lld", (long long)p->id);
}

static err tell_agency(struct rq *rq, const struct preassignment *p, const char *text, str more)
{
    return notify_send(rq,
                       &(struct notify_to){ .agency_id = p->agency_id,
                                            .except_account_id = rq->actor->account_id },
                       &(struct notify_message){
                           .text = text, .arg = { p->title, more }, .url = own_url(rq, p) });
}

/* ---- the flow: loading, storing ---- */

err preassignment_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct preassignment *p = arena_zero(rq->mem, sizeof *p);
    TRY(list_find(rq, &PREASSIGNMENT_LIST, id, p));
    *out = (struct flow_subject){ p->id, p->version, p->state, p->title, p->number, p };
    return OK;
}

static struct preassignment *row_of(const struct flow_subject *subject)
{
    return subject->row;
}

/* Also writes what the effects below changed in the row. */
err preassignment_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    return preassignment_store_update(rq->db, row_of(subject), to);
}

err preassignment_flow_holder(struct rq *rq, const struct flow_subject *subject,
                              const struct flow_todo *todo, ids *out)
{
    (void)todo;
    out->items = arena_array(rq->mem, 1, sizeof(i64));
    out->items[0] = row_of(subject)->agency_id;
    out->count = 1;
    return OK;
}

/* ---- the agency's word ---- */

/* Its own, and not after its last day, whether or not the job has come by: silence has agreed then
 * (rules.md 2.3: a late request is not accepted). */
err preassignment_guard_answer(struct rq *rq, const struct flow_subject *subject)
{
    const struct preassignment *p = row_of(subject);
    if (rq->actor->agency_id == 0 || rq->actor->agency_id != p->agency_id)
        return err_make(ERR_FORBIDDEN, "preassignments.not_yours");
    if (str_is(p->state, "asked") && rq->today > p->answer_due_on)
        return err_make_with(ERR_CONFLICT, "preassignments.too_late",
                             text_date(rq->mem, p->answer_due_on), str_of(""));
    return OK;
}

static void answered(struct rq *rq, struct preassignment *p, struct flow_step *step)
{
    p->answered_at = rq->now_ms;
    p->answered_by = rq->actor->account_id;
    step->agency_name = p->agency_name;
}

err preassignment_effect_agree(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct preassignment *p = row_of(subject);
    answered(rq, p, step);
    p->reason = p->better_agency_name = str_of("");
    p->better_agency_id = 0;
    return flow_todo_done(rq, &PREASSIGNMENTS_FLOW, p->id, "agree", 0);
}

/* Why, and who it thinks is right: not itself. */
err preassignment_effect_object(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct object_input *in = step->input;
    struct preassignment *p = row_of(subject);
    struct org better = { 0 };
    i64 id = 0;
    if (in->better_agency.len > 0 && str_to_i64(in->better_agency, &id) && id == p->agency_id) {
        rq_fault(rq, "better_agency", "preassignments.better_self", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    if (id > 0)
        TRY(org_find(rq, id, &better));
    answered(rq, p, step);
    p->reason = in->reason;
    p->better_agency_id = id;
    p->better_agency_name = better.name;
    step->opinion = in->reason;
    TRY(flow_todo_done(rq, &PREASSIGNMENTS_FLOW, p->id, "agree", 0));
    return notify_send(rq, &(struct notify_to){ .permission = "preassignments.settle" },
                       &(struct notify_message){ .text = "preassignments.told_objected",
                                                 .arg = { p->title, p->agency_name },
                                                 .url = own_url(rq, p) });
}

/* By the house: silent to the end. */
err preassignment_effect_lapse(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct preassignment *p = row_of(subject);
    p->silent = true;
    p->answered_at = rq->now_ms;
    p->answered_by = 0;
    step->opinion = text_find("preassignments.silent");
    TRY(flow_todo_done(rq, &PREASSIGNMENTS_FLOW, p->id, "agree", 0));
    return tell_agency(rq, p, "preassignments.told_lapsed", text_date(rq->mem, p->answer_due_on));
}

static err lapse_one(struct rq *rq, void *context)
{
    return flow_move(rq, &PREASSIGNMENTS_FLOW, *(i64 *)context, "lapse", NULL);
}

static void lapse_failed(i64 id, err e)
{
    log_line(LOG_ERROR, "preassignments.lapse",
             (const struct log_pair[]){
                 { .key = "id", .number = id },
                 { .key = "name", .text = str_of(e.name) },
                 { 0 },
             });
}

/* A line that cannot be moved is noted and must not hold up those behind it. */
err job_preassignment_lapse(struct rq *rq, bool *again)
{
    struct silent_ask ask = { .before_on = rq->today, .limit = BATCH };
    struct rows rows = { .count = BATCH };
    size_t done = 0;
    while (rows.count == BATCH && done < BATCH) {
        TRY(preassignment_store_list_silent(rq->db, &ask, rq->mem, &rows));
        const struct preassignment *all = rows.items;
        for (size_t i = 0; i < rows.count; i++) {
            i64 id = all[i].id;
            err e = job_part(rq, lapse_one, &id);
            if (db_may_retry(e))
                return e;
            if (e.code != ERR_NONE)
                lapse_failed(id, e);
            done += e.code == ERR_NONE;
            ask.after_on = all[i].answer_due_on;
            ask.after_id = id;
        }
    }
    *again = rows.count == BATCH;
    return OK;
}

/* ---- the dispatcher's word ---- */

static err other_agency(const struct rq *rq, const struct preassignment *p)
{
    return assignment_works_for(rq, p->agency_id)
               ? err_make(ERR_FORBIDDEN, "preassignments.own_agency")
               : OK;
}

err preassignment_guard_other(struct rq *rq, const struct flow_subject *subject)
{
    return other_agency(rq, row_of(subject));
}

err preassignment_guard_open(struct rq *rq, const struct flow_subject *subject)
{
    TRY(other_agency(rq, row_of(subject)));
    return row_of(subject)->handed_at == 0 ? OK : err_make(ERR_CONFLICT, "preassignments.handed");
}

/* It stays with the agency, with the reason why. */
err preassignment_effect_settle(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct settle_input *in = step->input;
    struct preassignment *p = row_of(subject);
    p->settled_at = rq->now_ms;
    return tell_agency(rq, p, "preassignments.told_settled", in->opinion);
}

err preassignment_effect_due(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct due_input *in = step->input;
    struct preassignment *p = row_of(subject);
    if (in->due_on > 0 && in->due_on <= rq->today) {
        rq_fault(rq, "due_on", "proposals.due_past", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    p->due_on = in->due_on > 0 ? in->due_on : 0;
    step->opinion = p->due_on ? text_date(rq->mem, p->due_on) : text_find("preassignments.by_rule");
    return OK;
}

static err drop(struct rq *rq, const struct preassignment *p, const char *text)
{
    TRY(flow_move(rq, &PREASSIGNMENTS_FLOW, p->id, "drop", NULL));
    return text ? tell_agency(rq, p, text, str_of("")) : OK;
}

err preassignment_effect_drop(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    (void)step;
    return flow_todo_done(rq, &PREASSIGNMENTS_FLOW, subject->id, "agree", 0);
}

/* Handed out: whatever it said, this is settled. */
err preassignment_effect_hand(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct preassignment *p = row_of(subject);
    (void)step;
    p->handed_at = rq->now_ms;
    p->settled_at = p->settled_at ? p->settled_at : rq->now_ms;
    return flow_todo_done(rq, &PREASSIGNMENTS_FLOW, p->id, "agree", 0);
}

/* ---- another agency instead ---- */

static err move_check(struct rq *rq, const struct preassignment *p, const struct move_input *in)
{
    TRY(other_agency(rq, p));
    TRY(rq_need_version(rq, in->version));
    if (in->version != p->version)
        return err_make(ERR_CONFLICT, "flows.version");
    if (!str_is(p->state, "objected"))
        return err_make(ERR_CONFLICT, "preassignments.not_objected");
    if (in->agency_id == p->agency_id)
        rq_fault(rq, "agency_id", "preassignments.move_self", str_of(""), str_of(""));
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

err preassignment_move(struct rq *rq, i64 id, const struct move_input *in)
{
    struct preassignment p;
    struct rows rows;
    i64 to = in->agency_id;
    TRY(list_find(rq, &PREASSIGNMENT_LIST, id, &p));
    TRY(move_check(rq, &p, in));
    TRY(preassignment_store_list_of(rq->db, p.proposal_id, 0, rq->mem, &rows));
    const struct preassignment *all = rows.items;
    struct assignment_new *agencies = arena_array(rq->mem, rows.count + 1, sizeof *agencies);
    for (size_t i = 0; i < rows.count; i++) {
        bool moved = all[i].id == p.id;
        if (!moved && all[i].agency_id == to)
            rq_fault(rq, "agency_id", "preassignments.there_already", all[i].agency_name,
                     str_of(""));
        if (all[i].due_on > 0 && all[i].due_on <= rq->today)
            return err_make_with(ERR_CONFLICT, "preassignments.due_past", all[i].agency_name,
                                 text_date(rq->mem, all[i].due_on));
        agencies[i] = (struct assignment_new){ moved ? to : all[i].agency_id,
                                               arena_cstr(rq->mem, all[i].role), all[i].due_on };
    }
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    return proposal_hand_out(rq, &(struct proposal_handout){ .id = p.proposal_id,
                                                             .verb = "preassign",
                                                             .agencies = agencies,
                                                             .count = rows.count,
                                                             .opinion = in->opinion });
}

/* ---- facts of proposals ---- */

static const struct assignment_new *find_new(const struct proposal_preassigned *fact, i64 agency_id)
{
    for (size_t i = 0; i < fact->count; i++)
        if (fact->agencies[i].agency_id == agency_id)
            return &fact->agencies[i];
    return NULL;
}

/* "由贵单位主办，请在 2026-12-01 前答复". */
static str asked_words(struct rq *rq, const struct preassignment *p)
{
    return text_format(rq->mem, "preassignments.asked_words",
                       text_label("preassignments.role", p->role),
                       text_date(rq->mem, p->answer_due_on));
}

static err ask_one(struct rq *rq, const struct proposal_preassigned *fact,
                   const struct assignment_new *new)
{
    const struct proposal *of = fact->proposal;
    struct org agency;
    TRY(org_find(rq, new->agency_id, &agency));
    struct preassignment p = {
        .proposal_id = of->id,
        .session_id = of->session_id,
        .agency_id = agency.id,
        .agency_name = agency.name,
        .title = of->title,
        .number = proposal_number(rq, of),
        .proposer_name = of->proposer_name,
        .role = str_of(new->role),
        .due_on = new->due_on > 0 ? new->due_on : 0,
        .plenary = fact->plenary,
        .party = fact->party,
        .state = str_of("asked"),
        .asked_at = rq->now_ms,
        .answer_due_on = calendar_add_working(calendar_current(), rq->today,
                                              setting_number(rq, "preassignments.answer_days")),
        .version = 1,
    };
    TRY(preassignment_store_add(rq->db, &p, &p.id));
    const struct flow_subject subject = { p.id, 1, p.state, p.title, p.number, &p };
    TRY(flow_begin(rq, &PREASSIGNMENTS_FLOW, &subject, NULL));
    TRY(flow_todo_add(rq, &PREASSIGNMENTS_FLOW, &subject,
                      &(struct todo_new){ .holder = "agency",
                                          .holder_id = p.agency_id,
                                          .verb = "agree",
                                          .due_on = p.answer_due_on,
                                          .url = own_url(rq, &p) }));
    return tell_agency(rq, &p, "preassignments.told_asked", asked_words(rq, &p));
}

/* Who stays in his role keeps his answer: only what is new is asked. */
err on_proposal_preassigned(struct rq *rq, i64 id, const void *event)
{
    const struct proposal_preassigned *fact = event;
    bool *kept = arena_zero(rq->mem, (fact->count + 1) * sizeof *kept);
    struct rows rows;
    TRY(preassignment_store_list_of(rq->db, id, 0, rq->mem, &rows));
    struct preassignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        const struct assignment_new *new = find_new(fact, all[i].agency_id);
        if (!new || !str_is(all[i].role, new->role)) {
            TRY(drop(rq, &all[i], new ? NULL : "preassignments.told_dropped"));
            continue;
        }
        kept[new - fact->agencies] = true;
        if (new->due_on > 0 && new->due_on != all[i].due_on)
            TRY(flow_move(rq, &PREASSIGNMENTS_FLOW, all[i].id, "set_due",
                          &(struct due_input){ .due_on = new->due_on }));
    }
    for (size_t i = 0; i < fact->count; i++)
        if (!kept[i])
            TRY(ask_one(rq, fact, &fact->agencies[i]));
    return OK;
}

static bool has_agency(const struct rows *assignments, i64 agency_id)
{
    const struct assignment *all = assignments->items;
    for (size_t i = 0; i < assignments->count; i++)
        if (all[i].agency_id == agency_id)
            return true;
    return false;
}

err on_proposal_assigned(struct rq *rq, i64 id, const void *fact)
{
    struct rows rows, given;
    (void)fact;
    TRY(preassignment_store_list_of(rq->db, id, 0, rq->mem, &rows));
    if (rows.count == 0)
        return OK;
    TRY(assignment_list_of(rq, "proposals", id, &given));
    const struct preassignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (has_agency(&given, all[i].agency_id))
            TRY(flow_move(rq, &PREASSIGNMENTS_FLOW, all[i].id, "hand", NULL));
        else
            TRY(drop(rq, &all[i], "preassignments.told_dropped"));
    return OK;
}

/* Not handed out any more; who was asked hears so. */
err on_proposal_withdrawn(struct rq *rq, i64 id, const void *fact)
{
    struct rows rows;
    (void)fact;
    TRY(preassignment_store_list_of(rq->db, id, 0, rq->mem, &rows));
    const struct preassignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].handed_at == 0)
            TRY(drop(rq, &all[i], "preassignments.told_withdrawn"));
    return OK;
}

/* The page of handing out begins with whom it was put to. */
err on_proposal_choosing(struct rq *rq, i64 id, const void *event)
{
    const struct proposal_choosing *fact = event;
    struct rows rows;
    TRY(preassignment_list_of(rq, id, &rows));
    if (rows.count == 0)
        return OK;
    const struct preassignment *all = rows.items;
    struct wish *wishes = arena_array(rq->mem, rows.count, sizeof *wishes);
    for (size_t i = 0; i < rows.count; i++)
        wishes[i] =
            (struct wish){ .agency_id = all[i].agency_id,
                           .role = str_is(all[i].role, "sole") ? str_of("host") : all[i].role,
                           .by_whom = str_of("reviewer"),
                           .name = all[i].agency_name };
    *fact->chosen = (struct rows){ wishes, rows.count, sizeof *wishes };
    return OK;
}

/* The day that was set for an agency stands where the form has none. Behind us: of one that answers
 * the form must say another; a cohost then has its host's. */
static void day_fill(struct rq *rq, const struct preassignment *p, struct assignment_new *new)
{
    if (new->due_on > 0 || p->due_on <= 0)
        return;
    if (p->due_on > rq->today)
        new->due_on = p->due_on;
    else if (strcmp(new->role, "cohost") != 0)
        rq_fault(rq, "due_on", "proposals.due_past", str_of(""), str_of(""));
}

err on_proposal_assigning(struct rq *rq, i64 id, const void *event)
{
    const struct proposal_assigning *fact = event;
    struct rows rows;
    TRY(preassignment_store_list_of(rq->db, id, 0, rq->mem, &rows));
    const struct preassignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        for (size_t k = 0; k < fact->count; k++)
            if (fact->agencies[k].agency_id == all[i].agency_id)
                day_fill(rq, &all[i], &fact->agencies[k]);
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

/* ---- what is merged into it ---- */

/* Those that may still answer; what is merged is not named, it may be confidential. */
static err tell_all(struct rq *rq, i64 proposal_id, const char *text)
{
    struct rows rows;
    TRY(preassignment_store_list_of(rq->db, proposal_id, 0, rq->mem, &rows));
    const struct preassignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].handed_at == 0)
            TRY(tell_agency(rq, &all[i], text, str_of("")));
    return OK;
}

err on_preassigned_merged(struct rq *rq, i64 id, const void *fact)
{
    const struct flow_step *step = fact;
    (void)id;
    return tell_all(rq, ((const struct proposal *)step->subject->row)->main_id,
                    "preassignments.told_grown");
}

err on_preassigned_unmerged(struct rq *rq, i64 id, const void *fact)
{
    (void)id;
    return tell_all(rq, *(const i64 *)fact, "preassignments.told_shrunk");
}
