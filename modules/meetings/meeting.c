/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of meetings: what a draft needs, whom it reaches, what a change asks anew, the steps of a
 * meeting. Of an invitee: invitee.c; who was there: attendance.c. */
#include "modules/meetings/meeting_rules.h"

#include "modules/members/audience.h"
#include "modules/members/member.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/calendar/calendar.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"

enum { CHANGE_MAX = 1000 };

/* ---- when and whose ---- */

i64 meeting_halves(i64 from_on, str from_half, i64 to_on, str to_half)
{
    return 2 * (to_on - from_on) + str_is(to_half, "afternoon") - str_is(from_half, "afternoon") +
           1;
}

static str half_words(struct rq *rq, i64 day, str half)
{
    return text_format(rq->mem, "meetings.half", text_date(rq->mem, day),
                       text_label("choices.half", half));
}

str meeting_when(struct rq *rq, const struct meeting *m)
{
    str from = half_words(rq, m->from_on, m->from_half);
    if (m->hour.len)
        from = text_format(rq->mem, "meetings.half", from, m->hour);
    if (m->from_on == m->to_on && str_eq(m->from_half, m->to_half))
        return from;
    str to = m->from_on == m->to_on ? text_label("choices.half", m->to_half)
                                    : half_words(rq, m->to_on, m->to_half);
    return text_format(rq->mem, "meetings.until", from, to);
}

i64 meeting_notice_day(struct rq *rq, const struct meeting *m, i64 *days)
{
    bool plenary = str_is(m->kind, "plenary");
    *days = 0;
    if (plenary)
        *days = setting_number(rq, "meetings.notice_plenary_days");
    else if (meeting_is_core(m->kind) || str_is(m->kind, "committee"))
        *days = setting_number(rq, "meetings.notice_days");
    return *days ? m->from_on - *days : 0;
}

static err organiser_name(struct rq *rq, str organiser, str *out)
{
    struct rows rows;
    TRY(meeting_organisers(rq, &rows));
    const struct view_choice *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_eq(all[i].value, organiser))
            *out = all[i].label;
    return OK;
}

/* ---- writing ---- */

/* What the list shows of it depends on who looks; what is written back is the whole row. */
err meeting_find(struct rq *rq, i64 id, struct meeting *out)
{
    struct meeting seen = { 0 };
    if (rq->actor->account_id)
        TRY(list_find(rq, &MEETING_LIST, id, &seen));
    TRY(meeting_store_find(rq->db, id, rq->mem, out));
    out->answer = seen.answer;
    out->invitee_id = seen.invitee_id;
    return OK;
}

struct meeting_input meeting_input_of(struct rq *rq, const struct meeting *m)
{
    return (struct meeting_input){ .version = m->version,
                                   .from_on = m->from_on,
                                   .to_on = m->to_on,
                                   .places = m->places,
                                   .answer_on = m->answer_on,
                                   .kind = m->kind,
                                   .title = m->title,
                                   .organiser = m->organiser,
                                   .attending =
                                       str_of(m->mandatory || !m->id ? "mandatory" : "voluntary"),
                                   .from_half = m->from_half,
                                   .to_half = m->to_half,
                                   .hour = m->hour,
                                   .place = m->place,
                                   .agenda = m->agenda,
                                   .audience = audience_split(rq->mem, m->audience) };
}

/* What may be changed at any time. A last day that was left out is the first. */
static err take(struct rq *rq, const struct meeting_input *in, struct meeting *m)
{
    m->title = in->title;
    m->organiser = in->organiser;
    m->from_on = in->from_on;
    m->to_on = in->to_on > 0 ? in->to_on : in->from_on;
    m->from_half = in->from_half;
    m->to_half = in->to_half;
    m->hour = in->hour;
    m->place = in->place;
    m->places = in->places;
    m->answer_on = in->answer_on > 0 ? in->answer_on : 0;
    m->agenda = in->agenda;
    return organiser_name(rq, m->organiser, &m->organiser_name);
}

static err judge(struct rq *rq, const struct meeting *m)
{
    if (meeting_halves(m->from_on, m->from_half, m->to_on, m->to_half) < 1)
        rq_fault(rq, m->to_on < m->from_on ? "to_on" : "to_half", "meetings.ends_before",
                 str_of(""), str_of(""));
    if (m->to_on - m->from_on >= MEETING_DAYS_MAX)
        rq_fault(rq, "to_on", "meetings.too_long", str_number(rq->mem, MEETING_DAYS_MAX),
                 str_of(""));
    if (m->answer_on > m->from_on)
        rq_fault(rq, "answer_on", "meetings.answer_late", str_of(""), str_of(""));
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

/* Whom who is not the office may not ask is said at the field. */
static err judge_asked(struct rq *rq, const struct meeting *m, str audience, str role)
{
    err e = meeting_judge_audience(rq, m, audience, role);
    if (!err_is(e, "meetings.asks_others") && !err_is(e, "meetings.speaker_late"))
        return e;
    rq_fault(rq, "audience", e.name, str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

err meeting_save(struct rq *rq, i64 id, const struct meeting_input *in, i64 *out)
{
    struct meeting m = { .state = str_of("draft") };
    TRY(id ? meeting_find_managed(rq, id, &m) : meeting_may_begin(rq));
    if (!str_is(m.state, "draft"))
        return err_make(ERR_CONFLICT, "meetings.not_draft");
    struct meeting_input stored = meeting_input_of(rq, &m);
    if (id)
        TRY(conflict_check(rq, "web.version", in->version, m.version, &stored));
    TRY(take(rq, in, &m));
    m.kind = in->kind;
    m.mandatory = str_is(in->attending, "mandatory");
    m.audience = audience_join(rq->mem, &in->audience);
    TRY(audience_name(rq, m.audience, &m.audience_name));
    TRY(judge(rq, &m));
    TRY(meeting_may_manage(rq, &m)); /* as it would be */
    TRY(judge_asked(rq, &m, m.audience, str_of("member")));
    if (!id) {
        TRY(meeting_store_add(rq->db, &m, out));
        struct flow_subject subject = { *out, 1, m.state, m.title, str_of(""), &m };
        return flow_begin(rq, &MEETINGS_FLOW, &subject, NULL);
    }
    *out = id;
    TRY(meeting_store_update(rq->db, &m));
    return audit_add(rq,
                     &(struct audit_entry){ "meetings.edit", "meetings", id, .after = m.title });
}

/* ---- whom it reaches ---- */

static bool is_standing(const struct rows *posts, i64 member_id)
{
    const struct member_post *all = posts->items;
    for (size_t i = 0; i < posts->count; i++)
        if (all[i].member_id == member_id && member_is_standing_post(all[i].post))
            return true;
    return false;
}

static bool is_invited(const struct rows *invitees, i64 member_id)
{
    const struct invitee *all = invitees->items;
    for (size_t i = 0; i < invitees->count; i++)
        if (all[i].member_id == member_id)
            return true;
    return false;
}

static bool is_named(const struct rows *readers, i64 person_id)
{
    const struct reader *all = readers->items;
    for (size_t i = 0; i < readers->count; i++)
        if (all[i].person_id == person_id)
            return true;
    return false;
}

/* In the order of the roster: by sector and name. */
err meeting_named(struct rq *rq, const struct meeting *m, str audience, struct rows *out)
{
    struct rows readers, members, posts, there = { 0 };
    TRY(audience_readers(rq, audience, &readers));
    TRY(member_list_serving(rq, 0, &members));
    TRY(member_list_posts(rq, m->from_on, &posts));
    if (m->id)
        TRY(invitee_store_list(rq->db, m->id, rq->mem, &there));
    const struct member *all = members.items;
    struct invitee *named = arena_array(rq->mem, members.count + 1, sizeof *named);
    *out = (struct rows){ named, 0, sizeof *named };
    for (size_t i = 0; i < members.count; i++)
        if (is_named(&readers, all[i].person_id) && !is_invited(&there, all[i].id))
            named[out->count++] = (struct invitee){ .meeting_id = m->id,
                                                    .member_id = all[i].id,
                                                    .person_id = all[i].person_id,
                                                    .name = all[i].name,
                                                    .sector_name = all[i].sector_name,
                                                    .role = str_of("member"),
                                                    .standing = is_standing(&posts, all[i].id),
                                                    .title = m->title,
                                                    .version = 1 };
    if (there.count + out->count > MEETING_INVITED_MAX)
        return err_make_with(ERR_CONFLICT, "meetings.too_many",
                             str_number(rq->mem, MEETING_INVITED_MAX), str_of(""));
    return OK;
}

/* asked: while it is ahead; else they are put down without being asked. */
static err invite(struct rq *rq, const struct meeting *m, const struct rows *named, bool asked)
{
    struct invitee *all = named->items;
    for (size_t i = 0; i < named->count; i++) {
        all[i].state = str_of(asked ? "pending" : "unconfirmed");
        all[i].unasked = !asked;
        TRY(invitee_store_add(rq->db, &all[i], &all[i].id));
        struct flow_subject subject = { all[i].id, 1, all[i].state, m->title, str_of(""), &all[i] };
        if (asked)
            TRY(flow_start(rq, &INVITEES_FLOW, all[i].id, "answer", m->answer_on));
        TRY(asked ? flow_begin(rq, &INVITEES_FLOW, &subject, NULL)
                  : flow_begin_quiet(rq, &INVITEES_FLOW, &subject));
    }
    return OK;
}

/* Of whom so many must be there: all members, or all of the standing committee. Who is suspended
 * remains one of all, as for votes. */
static err count_members(struct rq *rq, struct meeting *m)
{
    struct member_standing standing;
    if (!str_is(m->kind, "standing"))
        return member_count_all(rq, m->from_on, &m->all_members);
    TRY(member_count_standing(rq, m->from_on, &standing));
    m->all_members = standing.all;
    return OK;
}

/* ---- the flow ---- */

err meeting_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct meeting *m = arena_zero(rq->mem, sizeof *m);
    TRY(meeting_find(rq, id, m));
    *out = (struct flow_subject){ m->id, m->version, m->state, m->title, str_of(""), m };
    return OK;
}

/* Also writes what the effects below changed in the row. */
err meeting_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct meeting m = *(const struct meeting *)subject->row;
    m.state = to;
    return meeting_store_update(rq->db, &m);
}

/* The last day to answer where none was given: by the setting, but before it begins. */
static i64 answer_day(struct rq *rq, const struct meeting *m)
{
    i64 day = calendar_add_working(calendar_current(), rq->today,
                                   setting_number(rq, "meetings.answer_days"));
    if (day >= m->from_on)
        day = m->from_on - 1;
    return day < rq->today ? rq->today : day;
}

err meeting_effect_notify(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct meeting *m = subject->row;
    struct rows named;
    (void)step;
    TRY(meeting_judge_audience(rq, m, m->audience, str_of("member")));
    if (m->from_on < rq->today)
        return err_make(ERR_CONFLICT, "meetings.past");
    if (m->answer_on && m->answer_on < rq->today)
        return err_make(ERR_CONFLICT, "meetings.answer_past");
    if (!m->answer_on)
        m->answer_on = answer_day(rq, m);
    m->notified_at = rq->now_ms;
    TRY(meeting_named(rq, m, m->audience, &named));
    if (named.count == 0)
        return err_make(ERR_CONFLICT, "meetings.nobody");
    return invite(rq, m, &named, true);
}

/* opinion: of the step, says as what. */
static void invite_as(struct rq *rq, const struct rows *named, str role, str *opinion)
{
    struct invitee *all = named->items;
    for (size_t i = 0; i < named->count; i++)
        all[i].role = role;
    *opinion =
        text_format(rq->mem, "meetings.invited_as", text_label("choices.role", role), *opinion);
}

err meeting_effect_invite(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct meeting *m = subject->row;
    const struct meeting_invite_input *in = step->input;
    struct rows named;
    bool ahead = str_is(m->state, "notified");
    TRY(judge_asked(rq, m, audience_join(rq->mem, &in->audience), in->role));
    TRY(meeting_named(rq, m, audience_join(rq->mem, &in->audience), &named));
    if (named.count == 0) {
        rq_fault(rq, "audience", "meetings.nobody_new", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    if (ahead && m->answer_on < rq->today)
        m->answer_on = answer_day(rq, m);
    TRY(audience_name(rq, audience_join(rq->mem, &in->audience), &step->opinion));
    if (in->role.len && !str_is(in->role, "member"))
        invite_as(rq, &named, in->role, &step->opinion);
    return invite(rq, m, &named, ahead);
}

/* What of time and place is new, in words; empty = nothing. */
static str changes(struct rq *rq, const struct meeting *before, const struct meeting *after)
{
    struct buf *b = buf_new(rq->mem, CHANGE_MAX);
    str when = meeting_when(rq, after);
    if (!str_eq(meeting_when(rq, before), when))
        buf_add(b, text_format(rq->mem, "meetings.changed_when", when, str_of("")));
    if (!str_eq(before->place, after->place)) {
        buf_add(b, buf_str(b).len ? text_find("meetings.changed_and") : str_of(""));
        buf_add(b, text_format(rq->mem, "meetings.changed_place", after->place, str_of("")));
    }
    return buf_str(b);
}

static err tell(struct rq *rq, const struct invitee *i, const char *text, str title, str words)
{
    return notify_send(rq, &(struct notify_to){ .person_id = i->person_id },
                       &(struct notify_message){ .text = text,
                                                 .arg = { title, words },
                                                 .url = arena_printf(rq->mem, "/meetings/%lld",
                                                                     (long long)i->meeting_id) });
}

/* Everybody anew, whatever he has answered. */
static err reask_all(struct rq *rq, struct meeting *m, str words)
{
    struct rows rows;
    TRY(invitee_store_list(rq->db, m->id, rq->mem, &rows));
    const struct invitee *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        TRY(flow_move(rq, &INVITEES_FLOW, all[i].id, "reask", &m->answer_on));
        TRY(tell(rq, &all[i], "meetings.told_change", m->title, words));
    }
    return OK;
}

err meeting_effect_change(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct meeting *m = subject->row, before = *m;
    TRY(take(rq, step->input, m));
    if (!meeting_is_office(rq) && !str_eq(m->organiser, before.organiser))
        rq_fault(rq, "organiser", "meetings.organiser_stays", str_of(""), str_of(""));
    TRY(judge(rq, m));
    str words = changes(rq, &before, m);
    if (words.len && m->from_on < rq->today) {
        rq_fault(rq, "from_on", "meetings.past", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    if (!m->answer_on || (words.len && m->answer_on < rq->today))
        m->answer_on = answer_day(rq, m);
    if (words.len == 0)
        return OK;
    step->opinion = words;
    m->told_on = 0;
    TRY(reask_all(rq, m, words));
    return event_emit(rq, "meetings.changed", m->id,
                      &(struct meeting_brief){ m->id, m->from_on, m->to_on, m->title, m->kind,
                                               m->state });
}

err meeting_guard_manage(struct rq *rq, const struct flow_subject *subject)
{
    return meeting_may_manage(rq, subject->row);
}

static bool is_waiting(const struct invitee *i)
{
    return str_is(i->state, "pending");
}

err meeting_guard_remind(struct rq *rq, const struct flow_subject *subject)
{
    const struct meeting *m = subject->row;
    i64 most = setting_number(rq, "meetings.reminds_per_day");
    i64 sent = m->reminded_on == rq->today ? m->reminds : 0;
    TRY(meeting_may_manage(rq, m));
    if (sent < most)
        return OK;
    return err_make_with(ERR_CONFLICT, "meetings.reminded_enough", str_number(rq->mem, most),
                         str_of(""));
}

err meeting_effect_remind(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct meeting *m = subject->row;
    struct rows rows;
    i64 told = 0;
    (void)step;
    TRY(invitee_store_list(rq->db, m->id, rq->mem, &rows));
    const struct invitee *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (!is_waiting(&all[i]))
            continue;
        told++;
        TRY(tell(rq, &all[i], "meetings.told_again", m->title, meeting_when(rq, m)));
    }
    if (told == 0)
        return err_make(ERR_CONFLICT, "meetings.nobody_left");
    m->reminds = m->reminded_on == rq->today ? m->reminds + 1 : 1;
    m->reminded_on = rq->today;
    return OK;
}

err meeting_guard_hold(struct rq *rq, const struct flow_subject *subject)
{
    const struct meeting *m = subject->row;
    bool has_come = str_is(m->state, "draft") ? m->to_on <= rq->today : m->from_on <= rq->today;
    TRY(meeting_may_manage(rq, m));
    return has_come ? OK : err_make(ERR_CONFLICT, "meetings.not_yet");
}

/* From a draft nobody was asked: who should have been there is put down. */
err meeting_effect_hold(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct meeting *m = subject->row;
    struct rows rows;
    TRY(count_members(rq, m));
    if (str_is(step->from, "draft")) {
        TRY(meeting_judge_audience(rq, m, m->audience, str_of("member")));
        TRY(meeting_named(rq, m, m->audience, &rows));
        if (rows.count == 0)
            return err_make(ERR_CONFLICT, "meetings.nobody");
        return invite(rq, m, &rows, false);
    }
    TRY(invitee_store_list(rq->db, m->id, rq->mem, &rows));
    const struct invitee *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (is_waiting(&all[i]))
            TRY(flow_move(rq, &INVITEES_FLOW, all[i].id, "lapse", NULL));
    return OK;
}

err meeting_effect_cancel(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct meeting *m = subject->row;
    const struct meeting_reason_input *in = step->input;
    struct rows rows;
    m->cancel_reason = in->opinion;
    TRY(invitee_store_list(rq->db, m->id, rq->mem, &rows));
    const struct invitee *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        TRY(flow_move(rq, &INVITEES_FLOW, all[i].id, "cancel", NULL));
        TRY(tell(rq, &all[i], "meetings.told_cancel", m->title, m->cancel_reason));
    }
    return OK;
}

err meeting_effect_minute(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct meeting *m = subject->row;
    const struct meeting_minutes_input *in = step->input;
    (void)rq;
    m->minutes = in->minutes;
    return OK;
}
