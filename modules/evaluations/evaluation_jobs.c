/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Verdicts that do not come: the person is reminded once before his day, the office told once
 * behind it. */
#include "modules/evaluations/evaluation_pages.h"
#include "modules/evaluations/evaluation_store.h"
#include "platform/calendar/calendar.h"
#include "platform/notify/notify.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

enum { BATCH = 50, REMIND_DAYS = 3 };

/* A signer who has not evaluated is reminded once; not of what is closed or done again. */
static err remind_one(struct rq *rq, const struct evaluation *e)
{
    struct assignment a;
    TRY(evaluation_store_set_reminded(rq->db, e->id, rq->now_ms));
    TRY(assignment_find_house(rq, e->assignment_id, &a));
    if (!str_is(a.state, "replied") || a.round != e->round)
        return OK;
    struct notify_to to = { .person_id = e->person_id };
    struct notify_message message = {
        .text = "assignments.evaluate_amber",
        .arg = { a.matter_title, text_date(rq->mem, e->due_on) },
        .url = arena_printf(rq->mem, "/assignments/%lld/evaluate", (long long)a.id),
    };
    return notify_send(rq, &to, &message);
}

static err remind_all(struct rq *rq, i64 to_on, i64 *left)
{
    struct rows rows;
    if (*left <= 0)
        return OK;
    TRY(evaluation_store_list_unreminded(rq->db, to_on, *left, rq->mem, &rows));
    const struct evaluation *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(remind_one(rq, &all[i]));
    *left -= (i64)rows.count;
    return OK;
}

/* A form that did not come back by its day: the office is told once for each answer, and may write
 * down what it hears; by the rule of the site the matter may go on without it. */
static err late_one(struct rq *rq, const struct evaluation *e)
{
    struct assignment a;
    TRY(evaluation_store_set_told_late(rq->db, e->id, rq->now_ms));
    TRY(assignment_find_house(rq, e->assignment_id, &a));
    if (!str_is(a.state, "replied") || a.round != e->round)
        return OK;
    struct notify_to to = { .permission = "assignments.transcribe" };
    struct notify_message message = {
        .text = "assignments.told_unevaluated",
        .arg = { a.matter_title, a.agency_name },
        .url = arena_printf(rq->mem, "/assignments/%lld", (long long)a.id),
        .key = arena_printf(rq->mem, "assignments.unevaluated:%lld:%lld", (long long)a.id,
                            (long long)a.round)
                   .ptr,
    };
    TRY(notify_send(rq, &to, &message));
    return event_emit(rq, "assignments.evaluation_late", a.id, &a);
}

static err late_all(struct rq *rq, i64 *left)
{
    struct rows rows;
    if (*left <= 0)
        return OK;
    TRY(evaluation_store_list_late(rq->db, rq->today, *left, rq->mem, &rows));
    const struct evaluation *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(late_one(rq, &all[i]));
    *left -= (i64)rows.count;
    return OK;
}

err job_evaluation_remind(struct rq *rq, bool *again)
{
    i64 left = BATCH;
    TRY(remind_all(rq, calendar_add_working(calendar_current(), rq->today, REMIND_DAYS), &left));
    TRY(late_all(rq, &left));
    *again = left <= 0;
    return OK;
}
