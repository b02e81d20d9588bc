/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the pages of a meeting and of an invitee show alike. */
#include "modules/meetings/checkin.h"
#include "platform/base/str.h"
#include "platform/files/files.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

/* By when it should go out: said while it can still be done. */
static void add_notice(struct rq *rq, struct meeting_page *v)
{
    i64 days, day = meeting_notice_day(rq, v->m, &days);
    if (day == 0 || !str_is(v->m->state, "draft") || v->m->from_on < rq->today)
        return;
    v->late = day < rq->today;
    v->notice =
        text_format(rq->mem, v->late ? "meetings.notice_late" : "meetings.notice_day",
                    text_date(rq->mem, day), arena_printf(rq->mem, "%lld", (long long)days));
}

/* What is open at the door now, and whether he who looks has checked in to this half-day. */
static err add_door(struct rq *rq, struct meeting_page *v)
{
    struct rows rows;
    i64 half;
    if (checkin_open(rq, v->m, &half).code)
        return OK;
    v->door = v->office && checkin_has_code(rq);
    v->gate = v->office && checkin_has_gate(rq);
    if (!v->m->invitee_id)
        return OK;
    TRY(checkin_store_list(rq->db, v->m->id, rq->mem, &rows));
    const struct checkin *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].invitee_id == v->m->invitee_id && all[i].half == half)
            v->checked = checkin_half_words(rq, v->m, half);
    return OK;
}

err meeting_shown_make(struct rq *rq, const struct meeting *m, struct meeting_page *out)
{
    struct rows *papers = arena_zero(rq->mem, sizeof *papers);
    bool office;
    TRY(meeting_manages(rq, m->organiser, m->kind, &office));
    TRY(attachment_list(rq, "meetings", m->id, papers));
    *out = (struct meeting_page){ .m = m,
                                  .papers = papers,
                                  .when = meeting_when(rq, m),
                                  .kind = dictionary_label(rq, "meetings.kinds", m->kind),
                                  .halves = meeting_halves(m->from_on, m->from_half, m->to_on,
                                                           m->to_half),
                                  .office = office,
                                  .others = office || actor_may(rq->actor, "meetings.excuse"),
                                  .corrects = actor_may(rq->actor, "meetings.manage") };
    out->shows_minutes = m->minutes.len && (out->others || str_is(m->state, "settled"));
    out->may_record = out->office && str_is(m->state, "held") && checkin_has_register(rq);
    out->rest = out->office && checkin_has_gate(rq) && m->from_on <= rq->today &&
                (str_is(m->state, "notified") || str_is(m->state, "held"));
    add_notice(rq, out);
    return add_door(rq, out);
}
