/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the house does by itself: it reminds once before a meeting, on a working day, and calls a
 * meeting held the day after its last. */
#include "modules/meetings/meeting_rules.h"

#include "platform/base/str.h"
#include "platform/calendar/calendar.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"

enum { AT_ONCE = 20, LOOK_AHEAD = 30 };

static bool is_expected(const struct invitee *i)
{
    return str_is(i->state, "pending") || str_is(i->state, "going") ||
           str_is(i->state, "leave_asked") || str_is(i->state, "leave_refused");
}

static err remind(struct rq *rq, const struct meeting *m)
{
    struct rows rows;
    TRY(invitee_store_list(rq->db, m->id, rq->mem, &rows));
    const struct invitee *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (is_expected(&all[i]))
            TRY(notify_send(rq, &(struct notify_to){ .person_id = all[i].person_id },
                            &(struct notify_message){ .text = "meetings.told_soon",
                                                      .arg = { m->title, meeting_when(rq, m) },
                                                      .url = arena_printf(rq->mem, "/meetings/%lld",
                                                                          (long long)m->id) }));
    return meeting_store_told(rq->db, m, rq->today);
}

/* Days off bother nobody: what begins on a day off is told of before it. */
err job_meeting_remind(struct rq *rq, bool *again)
{
    const struct calendar *c = calendar_current();
    struct rows rows;
    i64 days = setting_number(rq, "meetings.remind_days");
    if (days == 0 || !calendar_is_working(c, rq->today))
        return OK;
    TRY(meeting_store_list_near(rq->db, rq->today, rq->today + LOOK_AHEAD, rq->mem, &rows));
    const struct meeting *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (calendar_working_between(c, rq->today, all[i].from_on) > days)
            return OK; /* by day: all behind it are farther */
        TRY(remind(rq, &all[i]));
    }
    *again = rows.count == AT_ONCE;
    return OK;
}

err job_meeting_hold(struct rq *rq, bool *again)
{
    struct rows rows;
    TRY(meeting_store_list_over(rq->db, rq->today, rq->mem, &rows));
    const struct meeting *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(flow_move(rq, &MEETINGS_FLOW, all[i].id, "hold", NULL));
    *again = rows.count == AT_ONCE;
    return OK;
}
