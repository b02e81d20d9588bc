/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What modules that belong to a meeting need of it: which there are, one as a choice of a form, who
 * is invited. See meeting.h. */
#include "modules/meetings/checkin.h"
#include "modules/meetings/meeting_groups.h"
#include "modules/members/member.h"
#include "platform/base/str.h"
#include "platform/files/files.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

static const char MEETING[] = "meeting:";

err meeting_brief_find(struct rq *rq, i64 meeting_id, struct meeting_brief *out)
{
    struct meeting m;
    TRY(meeting_store_find(rq->db, meeting_id, rq->mem, &m));
    *out = (struct meeting_brief){ m.id, m.from_on, m.to_on, m.title, m.kind, m.state };
    return OK;
}

err meeting_find_halves(struct rq *rq, i64 meeting_id, i64 *out)
{
    struct meeting m;
    TRY(meeting_store_find(rq->db, meeting_id, rq->mem, &m));
    *out = meeting_halves(m.from_on, m.from_half, m.to_on, m.to_half);
    return OK;
}

err meeting_list_open(struct rq *rq, struct rows *out)
{
    return meeting_store_list_open(rq->db, rq->mem, out);
}

str meeting_choice_of(struct arena *mem, i64 meeting_id)
{
    return arena_printf(mem, "%s%lld", MEETING, (long long)meeting_id);
}

static struct rows choices_of(struct rq *rq, const struct rows *meetings)
{
    const struct meeting_brief *all = meetings->items;
    struct view_choice *choices = arena_array(rq->mem, meetings->count + 1, sizeof *choices);
    for (size_t i = 0; i < meetings->count; i++)
        choices[i] =
            (struct view_choice){ .value = meeting_choice_of(rq->mem, all[i].id),
                                  .label = text_format(rq->mem, "meetings.choice", all[i].title,
                                                       text_date(rq->mem, all[i].from_on)) };
    return (struct rows){ choices, meetings->count, sizeof *choices };
}

err meeting_choices(struct rq *rq, struct rows *out)
{
    struct rows meetings;
    TRY(meeting_list_open(rq, &meetings));
    *out = choices_of(rq, &meetings);
    return OK;
}

err meeting_choices_begun(struct rq *rq, struct rows *out)
{
    struct rows meetings;
    TRY(meeting_store_list_begun(rq->db, rq->today, rq->mem, &meetings));
    *out = choices_of(rq, &meetings);
    return OK;
}

err meeting_find_choice(struct rq *rq, str choice, struct meeting_brief *out)
{
    i64 id = 0;
    if (!str_to_i64(str_sub(choice, sizeof MEETING - 1, choice.len), &id))
        return err_make(ERR_NOT_FOUND, "meetings.not_found");
    return meeting_brief_find(rq, id, out);
}

static struct meeting_invited invited_of(const struct invitee *i)
{
    return (struct meeting_invited){ i->id,          i->member_id, i->person_id,          i->name,
                                     i->sector_name, i->state,     attendance_outcome(i), i->role };
}

err meeting_list_invited(struct rq *rq, i64 meeting_id, struct rows *out)
{
    struct rows rows;
    TRY(invitee_store_list(rq->db, meeting_id, rq->mem, &rows));
    const struct invitee *all = rows.items;
    struct meeting_invited *invited = arena_array(rq->mem, rows.count + 1, sizeof *invited);
    for (size_t i = 0; i < rows.count; i++)
        invited[i] = invited_of(&all[i]);
    *out = (struct rows){ invited, rows.count, sizeof *invited };
    return OK;
}

err meeting_find_invited(struct rq *rq, i64 invitee_id, struct meeting_invited *out,
                         i64 *meeting_id)
{
    struct invitee i;
    TRY(invitee_store_find(rq->db, invitee_id, rq->mem, &i));
    *out = invited_of(&i);
    *meeting_id = i.meeting_id;
    return str_is(i.state, "dropped") ? err_make(ERR_NOT_FOUND, "invitees.not_found") : OK;
}

err meeting_todo_add(struct rq *rq, i64 invitee_id, str title, const struct todo_new *todo)
{
    struct invitee i;
    TRY(invitee_store_find(rq->db, invitee_id, rq->mem, &i));
    const struct flow_subject subject = { i.id, i.version, i.state, title, str_of(""), &i };
    return flow_todo_add(rq, &INVITEES_FLOW, &subject, todo);
}

err meeting_todo_done(struct rq *rq, i64 invitee_id, const char *verb)
{
    return flow_todo_done(rq, &INVITEES_FLOW, invitee_id, verb, 0);
}

err meeting_list_halves(struct rq *rq, i64 meeting_id, struct rows *out)
{
    struct meeting m;
    TRY(meeting_store_find(rq->db, meeting_id, rq->mem, &m));
    i64 total = meeting_halves(m.from_on, m.from_half, m.to_on, m.to_half);
    struct meeting_half *halves = arena_array(rq->mem, (size_t)total + 1, sizeof *halves);
    for (i64 h = 0; h < total; h++)
        halves[h] = (struct meeting_half){ h, checkin_half_words(rq, &m, h),
                                           checkin_half_start(&m, h) <= rq->now_ms };
    *out = (struct rows){ halves, (size_t)total, sizeof *halves };
    return OK;
}

static void put_figures(struct rq *rq, const struct meeting *m, const struct rows *rows,
                        struct meeting_overview *out)
{
    const struct meeting_figures f = meeting_figures_of(m, rows);
    out->invited = (i64)rows->count;
    out->confirmed = f.confirmed;
    out->waiting = f.waiting;
    out->undecided = f.undecided;
    out->excused = f.excused;
    out->due = f.due;
    out->present = f.present;
    out->leave = f.leave;
    out->absent = f.absent;
    out->open = f.open;
    out->counted = f.counted;
    out->quorum = f.quorum;
    out->quorum_words = meeting_quorum_words(rq, m, &f);
}

static err count_came(struct rq *rq, const struct meeting *m, const struct rows *invited,
                      struct meeting_overview *out)
{
    struct rows marks;
    const struct invitee *all = invited->items;
    i64 half;
    if (checkin_open(rq, m, &half).code)
        return OK;
    out->half = checkin_half_words(rq, m, half);
    TRY(checkin_store_list(rq->db, m->id, rq->mem, &marks));
    const struct checkin *c = marks.items;
    for (size_t i = 0; i < marks.count; i++)
        for (size_t k = 0; c[i].half == half && k < invited->count; k++)
            out->came += all[k].id == c[i].invitee_id;
    return OK;
}

err meeting_overview_find(struct rq *rq, i64 id, struct meeting_overview *out)
{
    struct meeting m;
    struct rows rows, papers;
    TRY(meeting_find(rq, id, &m));
    TRY(attachment_list(rq, "meetings", m.id, &papers));
    *out = (struct meeting_overview){
        .brief = { m.id, m.from_on, m.to_on, m.title, m.kind, m.state },
        .when = meeting_when(rq, &m),
        .place = m.place,
        .agenda = m.agenda,
        .answer = m.answer,
        .invitee_id = m.invitee_id,
        .papers = (i64)papers.count,
        .all_members = m.all_members,
        .others = actor_may(rq->actor, "meetings.excuse"),
    };
    if (!out->others)
        return OK;
    if (m.all_members == 0)
        TRY(member_count_all(rq, m.from_on, &out->all_members));
    TRY(invitee_store_list(rq->db, m.id, rq->mem, &rows));
    put_figures(rq, &m, &rows, out);
    return count_came(rq, &m, &rows, out);
}

err meeting_list_plenaries(struct rq *rq, struct rows *out)
{
    bool others = actor_may(rq->actor, "meetings.excuse");
    *out = (struct rows){ .size = sizeof(struct meeting_brief) };
    if (!others && rq->actor->person_id == 0)
        return OK;
    return meeting_store_list_plenaries(rq->db, others ? 0 : rq->actor->person_id,
                                        actor_may(rq->actor, "meetings.manage"), rq->mem, out);
}
