/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Days by rule: until when to answer, to say that it is not theirs, to have talked, and how far
 * more time may go. rules.md 2.3-2.4: localities differ, so each number is a setting. A day once
 * given stands in the row and in its clock: a setting that changes moves nothing. */
#include <assert.h>

#include "modules/assignments/assignment_rules.h"
#include "platform/base/str.h"
#include "platform/calendar/calendar.h"
#include "platform/settings/settings.h"

static i64 earlier(i64 day, i64 bound)
{
    return bound > 0 && bound < day ? bound : day;
}

/* "All before 30 September", "before 30 June", "parties before 10 May" (rules.md 2.4): not moved
 * by a day off, because "before" is said of that day. The narrower ones are of the plenary. */
static i64 year_end(struct rq *rq, const struct due_ask *ask)
{
    i64 party = setting_day_after(rq, "assignments.party_last_day", ask->from_on);
    i64 plenary = setting_day_after(rq, "assignments.plenary_last_day", ask->from_on);
    if (ask->plenary && ask->party && party > 0)
        return party;
    return ask->plenary && plenary > 0
               ? plenary
               : setting_day_after(rq, "assignments.last_day", ask->from_on);
}

i64 assignment_due(struct rq *rq, const struct due_ask *ask)
{
    i64 months = setting_number(rq, "assignments.host_months");
    i64 plenary = setting_number(rq, "assignments.plenary_months");
    if (str_is(ask->role, "cohost"))
        months = setting_number(rq, "assignments.cohost_months");
    else if (ask->plenary && plenary > 0)
        months = plenary;
    return earlier(calendar_due(calendar_current(), ask->from_on, months, "months", true),
                   year_end(rq, ask));
}

struct due_ask assignment_due_ask(const struct rq *rq, const struct assignment *a)
{
    return (struct due_ask){ a->role, a->plenary, a->party, rq->today };
}

void assignment_days_again(const struct rq *rq, const struct assignment *a, struct assignment *next)
{
    const struct calendar *c = calendar_current();
    i64 from = day_of_ms(a->assigned_at);
    const i64 given[] = { a->accept_due_on, a->due_on, a->extend_to_on };
    i64 *to[] = { &next->accept_due_on, &next->due_on, &next->extend_to_on };
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        i64 days = calendar_working_between(c, from, given[i]);
        if (given[i] > 0)
            *to[i] = calendar_add_working(c, rq->today, days > 0 ? days : 0);
    }
}

err assignment_extend_again(struct rq *rq, struct assignment *a, i64 due_on)
{
    struct rows rows;
    i64 first = a->due_on;
    if (a->extend_to_on == 0)
        return OK;
    TRY(flow_clocks(rq, &ASSIGNMENTS_FLOW, a->id, &rows));
    const struct flow_clock_row *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) /* the last one's */
        if (str_is(all[i].name, "handle"))
            first = all[i].first_due_on;
    i64 days = calendar_working_between(calendar_current(), first, a->extend_to_on);
    a->extend_to_on = calendar_add_working(calendar_current(), due_on, days > 0 ? days : 0);
    return OK;
}

i64 assignment_bounce_last(struct rq *rq, const struct assignment *a)
{
    i64 day = day_of_ms(a->assigned_at), days = 0;
    bool ok = str_to_i64(setting_text_on(rq, "assignments.bounce_days", day), &days);
    assert(ok); /* only numbers are stored */
    str unit = setting_text_on(rq, "assignments.bounce_unit", day);
    return calendar_due(calendar_current(), day, days, arena_cstr(rq->mem, unit), true);
}

i64 assignment_dispute_last(struct rq *rq, const struct request *refused)
{
    return calendar_add_working(calendar_current(), day_of_ms(refused->decided_at),
                                setting_number(rq, "assignments.dispute_days"));
}

i64 assignment_contact_due(struct rq *rq, const struct assignment *a)
{
    i64 days = setting_number(rq, "assignments.contact_days");
    return days > 0 && assignment_answers(a) && !a->plain
               ? calendar_add_working(calendar_current(), rq->today, days)
               : 0;
}

err assignment_contact_is_due(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    const struct assignment *a = subject->row;
    (void)rq;
    *out = a->contact_due_on > 0 && a->contacted_on == 0;
    return OK;
}

/* ---- more time ---- */

err assignment_handle_clock(struct rq *rq, i64 id, struct flow_clock_row *out)
{
    struct rows rows;
    TRY(flow_clocks(rq, &ASSIGNMENTS_FLOW, id, &rows));
    const struct flow_clock_row *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(all[i].name, "handle") && all[i].stopped_at == 0)
            *out = all[i];
    return out->id > 0 ? OK : err_make(ERR_CONFLICT, "flows.clock_stopped");
}

/* A round again has the whole time again. Days of a refused bounce do not count: its days before
 * the acceptance are not in the clock. */
static err time_began(struct rq *rq, const struct assignment *a, const struct flow_clock_row *clock,
                      i64 *out)
{
    struct request bounce = { 0 };
    *out = day_of_ms(a->round > 1 ? clock->started_at : a->assigned_at);
    if (a->round > 1)
        return OK;
    TRY(request_store_find_last(rq->db, a->id, REQUEST_BOUNCE, rq->mem, &bounce));
    if (str_is(bounce.decision, "refused"))
        *out += day_of_ms(bounce.decided_at) - day_of_ms(bounce.asked_at);
    if (a->settled_at > 0)
        *out += day_of_ms(a->settled_at) - day_of_ms(a->disputed_at);
    return OK;
}

err assignment_extend_last(struct rq *rq, const struct assignment *a,
                           const struct flow_clock_row *clock, i64 *out)
{
    const struct calendar *c = calendar_current();
    i64 total = setting_number(rq, "assignments.total_months"), began = 0;
    i64 more = setting_number(rq, "assignments.extend_months");
    *out = calendar_due(c, clock->first_due_on, more, "months", false);
    TRY(time_began(rq, a, clock, &began));
    if (total > 0)
        *out = earlier(*out, calendar_due(c, began, total, "months", false));
    *out = earlier(*out, a->extend_to_on);
    return OK;
}

/* ---- a change of settings ---- */

bool assignment_due_changes(const struct settings_preview *preview)
{
    static const char *const NAMES[] = {
        "assignments.host_months", "assignments.plenary_months",   "assignments.cohost_months",
        "assignments.last_day",    "assignments.plenary_last_day", "assignments.party_last_day",
    };
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (settings_preview_has(preview, NAMES[i]))
            return true;
    return false;
}

/* The engine adds what runs where host_months itself changes. */
err on_settings_changing(struct rq *rq, i64 id, const void *fact)
{
    (void)id;
    if (!assignment_due_changes(fact) || settings_preview_has(fact, "assignments.host_months"))
        return OK;
    return flow_preview_running(rq, fact, &ASSIGNMENTS_FLOW, "handle");
}
