/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What is behind its day, by the clocks that run (assignment_late.h). Warnings of the module
 * itself: assignment_jobs.c. */
#include "modules/assignments/assignment_late.h"

#include "modules/assignments/assignment_store.h"
#include "platform/calendar/calendar.h"

i64 late_last_day(i64 today, i64 least)
{
    i64 day = today, wanted = least > 1 ? least : 1;
    while (calendar_working_between(calendar_current(), day, today) < wanted)
        day--;
    return day;
}

static err row_make(struct rq *rq, const struct late_query *query, const struct flow_due_row *due,
                    struct late_row *out)
{
    struct assignment a;
    TRY(assignment_store_find(rq->db, due->subject_id, rq->mem, &a));
    *out = (struct late_row){
        .id = due->id,
        .subject_id = a.id,
        .matter_id = a.matter_id,
        .agency_id = a.agency_id,
        .due_on = due->due_on,
        .days_late = calendar_working_between(calendar_current(), due->due_on, rq->today),
        .stage = str_of(query->stage),
        .matter = a.matter,
        .title = a.matter_title,
        .number = a.matter_number,
        .agency_name = a.agency_name,
    };
    return OK;
}

err assignment_late_list(struct rq *rq, const struct late_query *query, struct rows *out)
{
    struct flow_due_query clocks = { query->stage, late_last_day(rq->today, query->least),
                                     query->after_on, query->after_id, query->limit };
    struct rows rows;
    TRY(flow_due_list(rq, &ASSIGNMENTS_FLOW, &clocks, &rows));
    const struct flow_due_row *all = rows.items;
    struct late_row *late = arena_array(rq->mem, rows.count + 1, sizeof *late);
    for (size_t i = 0; i < rows.count; i++)
        TRY(row_make(rq, query, &all[i], &late[i]));
    *out = (struct rows){ late, rows.count, sizeof *late };
    return OK;
}
