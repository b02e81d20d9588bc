/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Steps of an opinion: sent, called back, returned, kept, taken; who acts next and until when
 * (rules.md 3: quick, urgent ones at once). What is read and written beside: opinion.c. */
#include "modules/members/member.h"
#include "modules/opinions/opinion_store.h"
#include "platform/calendar/calendar.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

enum { MONTHS_OF_YEAR = 100 };

static struct opinion *row_of(const struct flow_subject *subject)
{
    return subject->row;
}

const char *opinion_tone(str state)
{
    const struct flow_state *s = flow_state_find(&OPINIONS_FLOW, state);
    return s ? s->tone : "idle";
}

err opinion_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct opinion *o = arena_zero(rq->mem, sizeof *o);
    TRY(opinion_find(rq, id, o));
    *out = (struct flow_subject){ o->id, o->version, o->state, o->title, o->number, o };
    return OK;
}

err opinion_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct opinion *o = row_of(subject);
    o->updated_at = rq->now_ms;
    return opinion_store_update(rq->db, o, to);
}

err opinion_flow_holder(struct rq *rq, const struct flow_subject *subject,
                        const struct flow_todo *todo, ids *out)
{
    (void)todo;
    i64 *one = arena_zero(rq->mem, sizeof *one);
    *one = row_of(subject)->person_id;
    *out = (ids){ one, *one > 0 };
    return OK;
}

/* ---- lines of to-dos ---- */

err opinion_is_urgent(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    (void)rq;
    *out = row_of(subject)->urgent;
    return OK;
}

err opinion_is_common(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    TRY(opinion_is_urgent(rq, subject, out));
    *out = !*out;
    return OK;
}

err opinion_is_returned(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    (void)rq;
    *out = row_of(subject)->returned.len > 0;
    return OK;
}

/* ---- the writer ---- */

err opinion_guard_own(struct rq *rq, const struct flow_subject *subject)
{
    return opinion_is_own(rq, row_of(subject)) ? OK : err_make(ERR_FORBIDDEN, "opinions.not_yours");
}

/* A member reports while he serves (charter art. 38-39). */
static err check_serving(struct rq *rq)
{
    bool serving = true;
    if (rq->actor->member_id)
        TRY(member_is_serving(rq, rq->actor->member_id, rq->today, &serving));
    return serving ? OK : err_make(ERR_FORBIDDEN, "opinions.not_serving");
}

void opinion_set_month(struct opinion *o, i64 on)
{
    int year, month, mday;
    day_to_civil(on, &year, &month, &mday);
    o->year = year;
    o->month = o->year * MONTHS_OF_YEAR + month;
}

/* By what figures tell it apart: a body's own is counted under the body, not under who wrote it. */
static err note_writer(struct rq *rq, struct opinion *o)
{
    struct member m;
    struct member_traits traits;
    if (str_is(o->kind, "sector"))
        o->sector = o->body_name;
    if (str_is(o->kind, "committee"))
        o->committee = o->body_name;
    if (!str_is(o->kind, "member") || o->person_id == 0)
        return OK;
    err e = member_find_by_person(rq, o->person_id, &m);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    TRY(member_find_traits(rq, o->person_id, &traits));
    o->sector = m.sector_name;
    o->committee = traits.committee;
    o->party = traits.party;
    return OK;
}

err opinion_take_number(struct rq *rq, struct opinion *o, i64 on)
{
    if (o->serial)
        return OK;
    opinion_set_month(o, on);
    TRY(note_writer(rq, o));
    TRY(opinion_store_next_serial(rq->db, o->year, &o->serial));
    o->number =
        text_format(rq->mem, "opinions.number", arena_printf(rq->mem, "%lld", (long long)o->year),
                    arena_printf(rq->mem, "%04lld", (long long)o->serial));
    return OK;
}

err opinion_effect_submit(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct opinion *o = row_of(subject);
    (void)step;
    TRY(check_serving(rq));
    TRY(opinion_check_complete(rq, o));
    TRY(opinion_take_number(rq, o, rq->today));
    subject->number = o->number;
    o->submitted_at = rq->now_ms;
    o->returned = o->keep_reason = o->keep_text = str_of("");
    i64 days = setting_number(rq, o->urgent ? "opinions.urgent_days" : "opinions.choose_days");
    o->choose_due_on = calendar_add_working(calendar_current(), rq->today, days);
    TRY(flow_start(rq, &OPINIONS_FLOW, o->id, o->urgent ? "hurry" : "choose", o->choose_due_on));
    TRY(reporter_ask_all(rq, o));
    TRY(opinion_index(rq, o));
    return opinion_keep_version(rq, o, o->version + 1, "submit");
}

/* Whoever was asked was asked for another text. */
static err take_back(struct rq *rq, struct opinion *o)
{
    o->choose_due_on = o->submitted_at = o->taken_at = 0;
    return reporter_lapse_all(rq, o->id);
}

err opinion_effect_recall(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    (void)step;
    return take_back(rq, row_of(subject));
}

/* ---- the desk ---- */

err opinion_effect_revise(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct opinion_revise_input *in = step->input;
    struct opinion *o = row_of(subject);
    o->returned = in->opinion;
    TRY(take_back(rq, o)); /* after it only the writer sees it: he alone is told */
    return reporter_tell_all(rq, o, "opinions.told_returned", in->opinion);
}

err opinion_effect_keep(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct opinion_keep_input *in = step->input;
    struct opinion *o = row_of(subject);
    o->keep_reason = in->keep_reason;
    o->keep_text = in->opinion;
    o->choose_due_on = o->taken_at = 0;
    return reporter_tell_all(rq, o, "opinions.told_kept",
                             dictionary_label(rq, "opinions.keep_reasons", in->keep_reason));
}

err opinion_effect_take(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct opinion_take_input *in = step->input;
    struct opinion *o = row_of(subject);
    o->category = in->category;
    o->keep_reason = o->keep_text = str_of("");
    o->choose_due_on = 0;
    o->taken_at = rq->now_ms;
    return reporter_tell_all(rq, o, "opinions.told_taken", str_of(""));
}
