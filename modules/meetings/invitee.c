/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Steps of an invitee: what he answers, who decides his leave, what the organiser does with him.
 * Rules.md 1 (leave), 12.8 (states). */
#include "modules/meetings/meeting_rules.h"

#include "modules/members/member.h"
#include "platform/base/str.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

err invitee_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct invitee *i = arena_zero(rq->mem, sizeof *i);
    TRY(rq->actor->account_id ? list_find(rq, &INVITEE_LIST, id, i)
                              : invitee_store_find(rq->db, id, rq->mem, i));
    *out = (struct flow_subject){ i->id, i->version, i->state, i->title, str_of(""), i };
    return OK;
}

err invitee_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct invitee i = *(const struct invitee *)subject->row;
    i.state = to;
    return invitee_store_update(rq->db, &i);
}

err invitee_flow_holder(struct rq *rq, const struct flow_subject *subject,
                        const struct flow_todo *todo, ids *out)
{
    const struct invitee *i = subject->row;
    i64 *one = arena_array(rq->mem, 1, sizeof *one);
    *one = strcmp(todo->state, "leave_asked") == 0 ? i->approver_id : i->person_id;
    *out = (ids){ one, 1 };
    return OK;
}

bool invitee_is_own(const struct rq *rq, const struct invitee *i)
{
    return rq->actor->person_id > 0 && i->person_id == rq->actor->person_id;
}

static bool is_open(const struct invitee *i)
{
    return str_is(i->meeting_state, "notified") || str_is(i->meeting_state, "held");
}

err invitee_guard_decide(struct rq *rq, const struct flow_subject *subject)
{
    const struct invitee *i = subject->row;
    return is_open(i) ? leave_may_decide(rq, i) : err_make(ERR_CONFLICT, "invitees.over");
}

/* ---- as what he is asked ---- */

bool invitee_is_guest(const struct invitee *i)
{
    return str_is(i->role, "guest");
}

bool invitee_must(const struct invitee *i)
{
    return i->mandatory && !invitee_is_guest(i);
}

/* A head takes no duty from himself. */
static err guard_managed(struct rq *rq, const struct invitee *i)
{
    const struct meeting m = { .organiser = i->organiser, .kind = i->kind };
    TRY(meeting_may_manage(rq, &m));
    if (!meeting_is_office(rq) && actor_is_person(rq->actor, i->person_id))
        return err_make(ERR_FORBIDDEN, "invitees.own_line");
    return OK;
}

err invitee_guard_designate(struct rq *rq, const struct flow_subject *subject)
{
    TRY(guard_managed(rq, subject->row));
    return is_open(subject->row) ? OK : err_make(ERR_CONFLICT, "invitees.role_over");
}

/* What a guest answers is no answer of who must come or takes a place, and a guest asks no leave:
 * while the meeting is ahead he is asked anew. */
static bool answers_no_more(const struct invitee *i, bool was_guest)
{
    bool guest = invitee_is_guest(i), leave = str_starts(i->state, str_of("leave_"));
    bool answered = !str_is(i->state, "pending");
    return str_is(i->meeting_state, "notified") && answered && was_guest != guest &&
           (was_guest || leave);
}

static void forget_answer(struct invitee *i)
{
    i->leave_kind = i->leave_by = i->reason = i->denial = i->decided_name = str_of("");
    i->approver_id = 0;
    i->decided_at = i->answered_at = i->leaves = 0;
}

/* The message that says as what he is asked now goes out by itself. */
static err ask_anew(struct rq *rq, struct invitee *i, struct flow_step *step)
{
    forget_answer(i);
    step->to = str_of("pending");
    step->quiet = true;
    return flow_start(rq, &INVITEES_FLOW, i->id, "answer",
                      i->answer_on < rq->today ? rq->today : i->answer_on);
}

err invitee_effect_designate(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct invitee *i = subject->row;
    const struct invitee_designate_input *in = step->input;
    str role = text_label("choices.role", in->role);
    if (str_eq(in->role, i->role)) {
        rq_fault(rq, "role", "invitees.same_role", role, str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    const struct meeting m = { .organiser = i->organiser, .state = i->meeting_state };
    TRY(meeting_may_ask(rq, &m, i->member_id, in->role));
    step->opinion =
        text_format(rq->mem, "meetings.corrected", text_label("choices.role", i->role), role);
    bool was_guest = invitee_is_guest(i);
    i->role = in->role;
    if (i->unasked)
        return OK;
    bool again = answers_no_more(i, was_guest);
    if (again)
        TRY(ask_anew(rq, i, step));
    return notify_send(rq, &(struct notify_to){ .person_id = i->person_id },
                       &(struct notify_message){
                           .text = again ? "invitees.told_role_again" : "invitees.told_role",
                           .arg = { i->title, role },
                           .url =
                               arena_printf(rq->mem, "/meetings/%lld", (long long)i->meeting_id) });
}

/* ---- what the member answers ---- */

static err guard_own(struct rq *rq, const struct invitee *i)
{
    if (!invitee_is_own(rq, i))
        return err_make(ERR_FORBIDDEN, "invitees.not_yours");
    return str_is(i->meeting_state, "notified") ? OK : err_make(ERR_CONFLICT, "invitees.over");
}

err invitee_guard_confirm(struct rq *rq, const struct flow_subject *subject)
{
    const struct invitee *i = subject->row;
    struct rows rows;
    i64 taken = 0;
    TRY(guard_own(rq, i));
    if (i->mandatory || i->places == 0 || invitee_is_guest(i))
        return OK;
    TRY(invitee_store_list(rq->db, i->meeting_id, rq->mem, &rows));
    const struct invitee *all = rows.items;
    for (size_t k = 0; k < rows.count; k++)
        taken += str_is(all[k].state, "going") && !invitee_is_guest(&all[k]);
    return taken < i->places ? OK : err_make(ERR_CONFLICT, "invitees.full");
}

err invitee_guard_decline(struct rq *rq, const struct flow_subject *subject)
{
    const struct invitee *i = subject->row;
    TRY(guard_own(rq, i));
    return invitee_must(i) ? err_make(ERR_CONFLICT, "invitees.mandatory") : OK;
}

err invitee_guard_leave(struct rq *rq, const struct flow_subject *subject)
{
    const struct invitee *i = subject->row;
    i64 most = setting_number(rq, "meetings.leaves_max");
    i64 days = leave_days(rq, i);
    TRY(guard_own(rq, i));
    if (!invitee_must(i))
        return err_make(ERR_CONFLICT, "invitees.voluntary");
    if (i->leaves >= most)
        return err_make_with(ERR_CONFLICT, "invitees.leaves_over",
                             arena_printf(rq->mem, "%lld", (long long)most), str_of(""));
    if (days && rq->today > i->from_on - days)
        return err_make_with(ERR_CONFLICT, "invitees.leave_late",
                             arena_printf(rq->mem, "%lld", (long long)days), str_of(""));
    return OK;
}

err invitee_effect_answer(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct invitee *i = subject->row;
    (void)step;
    i->answered_at = rq->now_ms;
    return OK;
}

/* The approver's to-do says whose leave it is. */
err invitee_effect_leave(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct invitee *i = subject->row;
    const struct invitee_leave_input *in = step->input;
    i->leave_kind = in->kind;
    i->reason = in->reason;
    i->leaves++;
    i->answered_at = rq->now_ms;
    i->denial = i->decided_name = str_of("");
    i->decided_at = 0;
    TRY(leave_route_set(rq, i));
    subject->title = text_format(rq->mem, "invitees.leave_of", i->name, i->title);
    return OK;
}

static err decided(struct rq *rq, struct invitee *i, const char *text)
{
    i->decided_name = rq->actor->name;
    i->decided_at = rq->now_ms;
    return notify_send(rq, &(struct notify_to){ .person_id = i->person_id },
                       &(struct notify_message){
                           .text = text,
                           .arg = { i->title, i->denial },
                           .url = arena_printf(rq->mem, "/invitees/%lld", (long long)i->id) });
}

err invitee_effect_excuse(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    (void)step;
    return decided(rq, subject->row, "invitees.told_excused");
}

err invitee_effect_deny(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct invitee *i = subject->row;
    const struct invitee_deny_input *in = step->input;
    i->denial = in->denial;
    return decided(rq, i, "invitees.told_denied");
}

/* ---- what happens to him ---- */

/* Everything anew: the message that says what changed goes out by itself. input: the last day. */
err invitee_effect_reask(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct invitee *i = subject->row;
    const i64 *answer_on = step->input;
    (void)rq;
    forget_answer(i);
    step->due_on = *answer_on;
    step->quiet = true;
    return OK;
}

err invitee_guard_drop(struct rq *rq, const struct flow_subject *subject)
{
    TRY(guard_managed(rq, subject->row));
    return is_open(subject->row) ? OK : err_make(ERR_CONFLICT, "invitees.over");
}

err invitee_effect_drop(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct invitee *i = subject->row;
    (void)step;
    i->result = str_of("");
    i->halves = 0;
    if (!str_is(i->meeting_state, "notified"))
        return OK;
    return notify_send(rq, &(struct notify_to){ .person_id = i->person_id },
                       &(struct notify_message){ .text = "invitees.told_dropped",
                                                 .arg = { i->title } });
}

err on_invitee_gone(struct rq *rq, i64 id, const void *fact)
{
    struct member member;
    struct rows rows;
    (void)fact;
    TRY(member_find(rq, id, &member));
    TRY(invitee_store_list_ahead(rq->db, member.person_id, rq->mem, &rows));
    const struct invitee *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(flow_move(rq, &INVITEES_FLOW, all[i].id, "drop", NULL));
    return OK;
}

err invitee_guard_correct(struct rq *rq, const struct flow_subject *subject)
{
    const struct invitee *i = subject->row;
    (void)rq;
    return str_is(i->meeting_state, "settled") ? OK : err_make(ERR_CONFLICT, "invitees.unsettled");
}
