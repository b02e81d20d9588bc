/* SPDX-License-Identifier: MulanPSL-2.0 */
/* An answer's way out (rules.md 2.3: before sending, the office checks content and format; the
 * leader signs): checked in the agency, signed, released by who hands out, or sent back. Whether it
 * is checked and released is the site's setting; without, signing delivers. */
#include "modules/replies/reply_promise.h"
#include "modules/replies/reply_store.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"

static err load_reply(struct rq *rq, const struct assignment *a, struct reply *out)
{
    return reply_store_find(rq->db, a->id, a->round, rq->mem, out);
}

bool reply_is_examined(struct rq *rq, const struct assignment *a)
{
    return a->examine || setting_on(rq, "assignments.examine_replies");
}

/* ---- what waits ---- */

/* The answer in hand, which its agency has handed in; false where a cohost's opinion waits. */
static err waiting(struct rq *rq, const struct assignment *a, struct reply *out, bool *is_one)
{
    *is_one = false;
    if (!assignment_answers(a) || a->held_at)
        return OK;
    TRY(load_reply(rq, a, out));
    *is_one = out->id > 0;
    return OK;
}

err reply_waits_vetting(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    struct reply reply = { 0 };
    TRY(waiting(rq, subject->row, &reply, out));
    *out = *out && reply.vetted_at == 0 && setting_on(rq, "assignments.vet_replies");
    return OK;
}

err reply_waits_signing(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    struct reply reply = { 0 };
    TRY(waiting(rq, subject->row, &reply, out));
    *out = *out && (reply.vetted_at > 0 || !setting_on(rq, "assignments.vet_replies"));
    return OK;
}

err reply_sign_off(struct rq *rq, const struct assignment *a, struct sign_off *out)
{
    struct reply reply = { 0 };
    TRY(load_reply(rq, a, &reply));
    bool is_out = reply.delivered_at > 0, is_in = is_out || str_is(a->state, "drafted");
    *out = (struct sign_off){ .vets = reply.vetted_at > 0 ||
                                      (!is_out && setting_on(rq, "assignments.vet_replies")),
                              .examines = a->held_at > 0 || reply.examined_at > 0 ||
                                          (!is_out && reply_is_examined(rq, a)),
                              .drafted_at = is_in ? reply.drafted_at : 0,
                              .drafted_by = is_in ? reply.drafted_by : 0,
                              .vetted_at = is_in ? reply.vetted_at : 0,
                              .vetted_by = is_in ? reply.vetted_by : 0,
                              .signed_at = reply.signed_at,
                              .delivered_at = reply.delivered_at,
                              .signer = reply.signer };
    return OK;
}

err reply_waits_release(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    (void)rq;
    *out = ((const struct assignment *)subject->row)->held_at > 0;
    return OK;
}

/* ---- checked in the agency ---- */

/* Four eyes, where the agency has others who may check. */
static err check_other_eyes(struct rq *rq, const struct assignment *a, const struct reply *reply)
{
    struct notify_to others = { .agency_id = a->agency_id,
                                .permission = "assignments.vet",
                                .except_account_id = reply->drafted_by };
    bool has_others = false;
    if (rq->actor->account_id != reply->drafted_by)
        return OK;
    TRY(notify_reaches(rq, &others, &has_others));
    return has_others ? err_make(ERR_FORBIDDEN, "assignments.vet_other") : OK;
}

err reply_guard_vet(struct rq *rq, const struct flow_subject *subject)
{
    const struct assignment *a = subject->row;
    struct reply reply = { 0 };
    TRY(assignment_guard_answer(rq, subject));
    if (!setting_on(rq, "assignments.vet_replies"))
        return err_make(ERR_CONFLICT, "assignments.no_vetting");
    TRY(load_reply(rq, a, &reply));
    if (a->held_at || reply.vetted_at > 0)
        return err_make(ERR_CONFLICT, "assignments.vetted_already");
    return check_other_eyes(rq, a, &reply);
}

/* Who checks and has no right of his own to send back does it while he may check. */
err reply_guard_vet_redraft(struct rq *rq, const struct flow_subject *subject)
{
    return actor_may(rq->actor, "assignments.redraft")
               ? err_make(ERR_CONFLICT, "assignments.redraft_instead")
               : reply_guard_vet(rq, subject);
}

err reply_effect_vet(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct assignment *a = subject->row;
    struct reply reply = { 0 };
    TRY(load_reply(rq, a, &reply));
    reply.vetted_at = rq->now_ms;
    reply.vetted_by = rq->actor->account_id;
    step->agency_name = a->agency_name;
    return reply_store_pass(rq->db, &reply);
}

/* ---- signed ---- */

/* rules.md 2.3: answer each one by one. */
static err check_answered(struct rq *rq, const struct reply_sheet *sheet)
{
    for (size_t i = 0; i < sheet->items.count; i++)
        if (sheet->answers[i].result.len == 0 || sheet->answers[i].text.len == 0)
            return err_make_with(ERR_CONFLICT, "assignments.unanswered",
                                 arena_printf(rq->mem, "%lld", (long long)sheet->answers[i].number),
                                 str_of(""));
    return sheet->reply.id > 0 ? OK : err_make(ERR_CONFLICT, "assignments.no_draft");
}

/* An answer that leaves a suggestion out cannot be signed, only sent back. */
err reply_guard_sign(struct rq *rq, const struct flow_subject *subject)
{
    const struct assignment *a = subject->row;
    struct reply_sheet sheet = { 0 };
    TRY(assignment_guard_answer(rq, subject));
    if (a->held_at)
        return err_make(ERR_CONFLICT, "assignments.signed_already");
    TRY(reply_sheet_load(rq, a, &sheet));
    TRY(check_answered(rq, &sheet));
    return sheet.reply.vetted_at > 0 || !setting_on(rq, "assignments.vet_replies")
               ? OK
               : err_make(ERR_CONFLICT, "assignments.vet_first");
}

/* ---- delivered ---- */

void reply_mark_done(struct rq *rq, struct assignment *a, i64 day)
{
    a->replied_at = rq->now_ms;
    a->was_late = a->was_late || day > a->due_on;
    if (a->first_replied_at == 0) {
        a->first_replied_at = rq->now_ms;
        a->first_late = day > a->due_on;
    }
    a->warning = str_of("");
}

static err cohosts_gave(struct rq *rq, const struct assignment *a, bool *out)
{
    struct rows rows;
    *out = true;
    if (!str_is(a->role, "host"))
        return OK;
    TRY(assignment_list_of(rq, arena_cstr(rq->mem, a->matter), a->matter_id, &rows));
    const struct assignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (!assignment_answers(&all[i]) && all[i].first_replied_at == 0)
            *out = false;
    return OK;
}

/* What holds of a first answer in the strict sense (rules.md 2.6, 办复率: all conditions): in time,
 * talked about on so many days, each item answered, every cohost heard, a promise where the class
 * wants one. */
static err judge_strictly(struct rq *rq, struct assignment *a, const struct reply *reply)
{
    struct reply_sheet sheet = { 0 };
    i64 talk_days = 0;
    bool gave = false;
    TRY(assignment_count_talk_days(rq, a, &talk_days));
    TRY(cohosts_gave(rq, a, &gave));
    TRY(reply_sheet_load(rq, a, &sheet));
    a->strict = gave && !a->first_late &&
                talk_days >= setting_number(rq, "assignments.strict_contacts") &&
                check_answered(rq, &sheet).code == ERR_NONE &&
                (sheet.promises.count > 0 || !promise_is_wanted(rq, reply->class));
    return OK;
}

/* The answer is there for every proposer. signed: the day counts. */
static err go_out(struct rq *rq, struct flow_subject *subject, struct flow_step *step,
                  struct reply *reply)
{
    struct assignment *a = subject->row;
    bool is_first = a->first_replied_at == 0;
    reply->delivered_at = rq->now_ms;
    TRY(reply_store_pass(rq->db, reply));
    reply_mark_done(rq, a, day_of_ms(reply->signed_at));
    if (is_first && !a->plain)
        TRY(judge_strictly(rq, a, reply));
    a->held_at = 0;
    step->agency_name = a->agency_name;
    step->fact = a;
    return flow_todo_done(rq, &ASSIGNMENTS_FLOW, a->id, "decide_extension",
                          0); /* too late for it */
}

/* It waits for who releases it; its clock stands still. */
static err hold(struct rq *rq, struct assignment *a, struct flow_step *step, struct reply *reply)
{
    i64 due_on = 0;
    step->held = true;
    step->to = str_of("drafted");
    step->agency_name = a->agency_name;
    a->held_at = rq->now_ms;
    a->warning = str_of("");
    TRY(flow_due(rq, &ASSIGNMENTS_FLOW, a->id, "handle", &due_on));
    if (due_on > 0)
        TRY(flow_freeze(rq, &ASSIGNMENTS_FLOW, a->id, "handle"));
    return reply_store_pass(rq->db, reply);
}

/* Signing also delivers, unless who hands out releases it first. */
err reply_effect_sign(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct sign_input *in = step->input;
    struct assignment *a = subject->row;
    struct reply reply = { 0 };
    TRY(load_reply(rq, a, &reply));
    TRY(promise_check_delivery(rq, &reply));
    reply.number = reply.number.len ? reply.number : in->number;
    TRY(reply_number_all(rq, a, &reply));
    reply.signer = in->signer;
    reply.signed_at = rq->now_ms;
    reply.signed_by = rq->actor->account_id;
    reply.signed_class = reply.class;
    if (reply_is_examined(rq, a))
        return hold(rq, a, step, &reply);
    step->to = str_of("replied");
    return go_out(rq, subject, step, &reply);
}

/* ---- released, sent back ---- */

/* Who hands out, for all of the organisation; nobody releases or sends back his own agency's. */
static err guard_office(struct rq *rq, const struct assignment *a, const char *permission)
{
    return actor_scope(rq->actor, permission) == SCOPE_ORG &&
                   !assignment_works_for(rq, a->agency_id)
               ? OK
               : err_make(ERR_FORBIDDEN, "assignments.not_examiner");
}

err reply_guard_deliver(struct rq *rq, const struct flow_subject *subject)
{
    const struct assignment *a = subject->row;
    struct reply_sheet sheet = { 0 };
    TRY(guard_office(rq, a, "assignments.deliver"));
    if (a->held_at == 0)
        return err_make(ERR_CONFLICT, "assignments.not_signed");
    TRY(reply_sheet_load(rq, a, &sheet));
    return check_answered(rq, &sheet);
}

err reply_effect_deliver(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct deliver_input *in = step->input;
    struct assignment *a = subject->row;
    struct reply reply = { 0 };
    TRY(load_reply(rq, a, &reply));
    if (a->plain && in->class.len > 0) {
        rq_fault(rq, "class", "assignments.plain_class", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    if (in->class.len > 0 && !str_eq(in->class, reply.class)) {
        if (in->opinion.len == 0) {
            rq_fault(rq, "opinion", "assignments.class_reason", str_of(""), str_of(""));
            return err_make(ERR_INVALID, "form.faults");
        }
        reply.class = in->class;
        TRY(assignment_tell_agency(rq, a, "assignments.told_class", in->opinion));
    }
    TRY(promise_check_delivery(rq, &reply));
    reply.examined_at = rq->now_ms;
    reply.examined_by = rq->actor->account_id;
    return go_out(rq, subject, step, &reply);
}

/* Before it is signed the agency's own leader sends it back; afterwards who releases it. */
err reply_guard_redraft(struct rq *rq, const struct flow_subject *subject)
{
    const struct assignment *a = subject->row;
    return a->held_at ? guard_office(rq, a, "assignments.redraft")
                      : assignment_guard_own(rq, subject);
}

/* Days with the office do not count; the number stays for when it is signed again. */
static err take_back(struct rq *rq, struct assignment *a)
{
    struct reply reply = { 0 };
    i64 due_on = 0;
    a->held_at = 0;
    TRY(flow_due(rq, &ASSIGNMENTS_FLOW, a->id, "handle", &due_on));
    if (due_on > 0) {
        TRY(flow_thaw(rq, &ASSIGNMENTS_FLOW, a->id, "handle"));
        TRY(flow_due(rq, &ASSIGNMENTS_FLOW, a->id, "handle", &a->due_on));
        if (a->extend_to_on > 0)
            a->extend_to_on += a->due_on - due_on;
    }
    TRY(load_reply(rq, a, &reply));
    reply.signer = reply.signed_class = str_of("");
    reply.signed_at = reply.signed_by = reply.vetted_at = reply.vetted_by = 0;
    return reply_store_pass(rq->db, &reply);
}

err reply_effect_redraft(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct assignment *a = subject->row;
    struct due_change *change = arena_zero(rq->mem, sizeof *change);
    *change = (struct due_change){ a, a->due_on, false };
    step->fact = change;
    if (a->held_at)
        TRY(take_back(rq, a));
    else
        step->agency_name = a->agency_name;
    return assignment_tell_agency(rq, a, "assignments.told_redraft", step->opinion);
}
