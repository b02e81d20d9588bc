/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Warnings before and after a due day (glossary: amber before, red after), each once in a stage:
 * to the agency, red ones also to the dispatcher. What has been warned of is kept in the row, so
 * that a run may stop anywhere. */
#include "modules/assignments/assignment_pages.h"
#include "modules/assignments/assignment_rules.h"
#include "platform/calendar/calendar.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

enum { BATCH = 50, ACCEPT_WARN_DAYS = 1, CONTACT_WARN_DAYS = 3 };

static err warn_one(struct rq *rq, struct assignment *a, bool red, bool accepting)
{
    i64 due_on = accepting ? a->accept_due_on : a->due_on;
    const char *text = accepting ? red ? "assignments.accept_red" : "assignments.accept_amber"
                       : red     ? "assignments.handle_red"
                                 : "assignments.handle_amber";
    a->warning = str_of(red ? "red" : "amber");
    TRY(assignment_store_warn(rq->db, a));
    TRY(assignment_tell_agency(rq, a, text, text_date(rq->mem, due_on)));
    return red ? assignment_tell_permission(rq, a, "assignments.reassign", "assignments.told_late")
               : OK;
}

static err warn_stage(struct rq *rq, const struct warning_query *query, i64 *left)
{
    struct rows rows;
    if (*left <= 0)
        return OK;
    TRY(assignment_store_list_unwarned(rq->db, query, rq->mem, &rows));
    struct assignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(warn_one(rq, &all[i], str_is(query->warning, "red"), str_is(query->stage, "accept")));
    *left -= (i64)rows.count;
    return OK;
}

/* The first talk has a day of its own beside those of the stage, and warnings of its own. */
static err warn_uncontacted(struct rq *rq, const struct warning_query *query, i64 *left)
{
    struct rows rows;
    bool red = str_is(query->warning, "red");
    if (*left <= 0)
        return OK;
    TRY(assignment_store_list_uncontacted(rq->db, query, rq->mem, &rows));
    struct assignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        struct assignment *a = &all[i];
        a->contact_warning = query->warning;
        TRY(assignment_store_warn(rq->db, a));
        TRY(assignment_tell_agency(rq, a,
                                   red ? "assignments.contact_red" : "assignments.contact_amber",
                                   text_date(rq->mem, a->contact_due_on)));
        if (red)
            TRY(assignment_tell_permission(rq, a, "assignments.reassign",
                                           "assignments.told_uncontacted"));
    }
    *left -= (i64)rows.count;
    return OK;
}

err job_assignment_warn(struct rq *rq, bool *again)
{
    const struct calendar *c = calendar_current();
    i64 soon = calendar_add_working(c, rq->today, setting_number(rq, "assignments.warn_days"));
    i64 next = calendar_add_working(c, rq->today, ACCEPT_WARN_DAYS);
    i64 talk = calendar_add_working(c, rq->today, CONTACT_WARN_DAYS);
    str accept = str_of("accept"), handle = str_of("handle"), none = str_of(""),
        amber = str_of("amber"), red = str_of("red");
    i64 left = BATCH;
    TRY(warn_stage(rq, &(struct warning_query){ accept, red, rq->today - 1, left }, &left));
    TRY(warn_stage(rq, &(struct warning_query){ handle, red, rq->today - 1, left }, &left));
    TRY(warn_uncontacted(rq, &(struct warning_query){ none, red, rq->today - 1, left }, &left));
    TRY(warn_stage(rq, &(struct warning_query){ accept, amber, next, left }, &left));
    TRY(warn_stage(rq, &(struct warning_query){ handle, amber, soon, left }, &left));
    TRY(warn_uncontacted(rq, &(struct warning_query){ none, amber, talk, left }, &left));
    *again = left <= 0;
    return OK;
}
