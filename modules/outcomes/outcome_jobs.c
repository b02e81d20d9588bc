/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Timed work: warnings before and behind the day of a promise, each once for a day; what is long
 * past is missed; visits that come near. What has been done is kept in the rows, so that a run may
 * stop anywhere. */
#include "modules/outcomes/outcome_rules.h"
#include "platform/calendar/calendar.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

enum { BATCH = 50, ASK_DAYS = 10 };

/* The agency gets it to do; behind its day the office hears of it too. */
static err warn_one(struct rq *rq, struct promise *p, bool red)
{
    struct flow_subject subject = { p->id, p->version, p->state, p->text, p->matter_number, p };
    struct notify_message message = { .text = red ? "promises.red" : "promises.amber",
                                      .arg = { p->text, text_date(rq->mem, p->due_on) },
                                      .url = arena_printf(rq->mem, "/promises/%lld",
                                                          (long long)p->id) };
    p->warning = str_of(red ? "red" : "amber");
    TRY(promise_store_warn(rq->db, p));
    TRY(flow_todo_add(rq, &PROMISES_FLOW, &subject,
                      &(struct todo_new){ .holder = "agency",
                                          .holder_id = p->agency_id,
                                          .verb = "meet",
                                          .due_on = p->due_on,
                                          .url = message.url }));
    TRY(notify_send(rq, &(struct notify_to){ .agency_id = p->agency_id }, &message));
    if (!red)
        return OK;
    message.text = "promises.red_office";
    message.arg[1] = p->agency_name;
    return notify_send(rq, &(struct notify_to){ .permission = "promises.confirm" }, &message);
}

static err warn_all(struct rq *rq, const char *warning, i64 to_on, i64 *left)
{
    struct rows rows;
    if (*left <= 0)
        return OK;
    struct promise_query query = { .warning = str_of(warning), .to_on = to_on, .limit = *left };
    TRY(promise_store_list_unwarned(rq->db, &query, rq->mem, &rows));
    struct promise *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(warn_one(rq, &all[i], str_is(query.warning, "red")));
    *left -= (i64)rows.count;
    return OK;
}

/* More than so many days behind its day; 0 = never by itself. */
static err miss_all(struct rq *rq, i64 *left)
{
    struct rows rows;
    i64 days = setting_number(rq, "outcomes.missed_days");
    if (days == 0 || *left <= 0)
        return OK;
    struct promise_query query = { .to_on = rq->today - days - 1, .limit = *left };
    TRY(promise_store_list_late(rq->db, &query, rq->mem, &rows));
    const struct promise *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(flow_move(rq, &PROMISES_FLOW, all[i].id, "miss", NULL));
    *left -= (i64)rows.count;
    return OK;
}

err job_outcome_warn(struct rq *rq, bool *again)
{
    i64 left = BATCH;
    i64 soon = calendar_add_working(calendar_current(), rq->today,
                                    setting_number(rq, "outcomes.warn_days"));
    TRY(miss_all(rq, &left));
    TRY(warn_all(rq, "red", rq->today - 1, &left));
    TRY(warn_all(rq, "amber", soon, &left));
    *again = left <= 0;
    return OK;
}

err job_outcome_plan(struct rq *rq, bool *again)
{
    struct rows rows;
    i64 soon = calendar_add_working(calendar_current(), rq->today, ASK_DAYS);
    TRY(followup_store_list_unasked(rq->db, soon, BATCH, rq->mem, &rows));
    const struct followup *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(followup_ask(rq, &all[i]));
    *again = rows.count == BATCH;
    return OK;
}
