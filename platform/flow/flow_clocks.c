/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Deadlines of a subject: started, stopped, frozen, thawed and extended; the last day is computed
 * once, on the working-day calendar, and stored. Overdue is derived when read, "was late" kept when
 * a clock stops. SQL: flow_store.c. */
#include <assert.h>

#include "platform/calendar/calendar.h"
#include "platform/flow/flow_internal.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

static err find_running(struct rq *rq, const struct flow_key *key, str name, bool *runs,
                        struct flow_clock_row *out)
{
    err found = clocks_store_running(rq, key, name, out);
    *runs = found.code == ERR_NONE;
    return found.code == ERR_NOT_FOUND ? OK : found;
}

static bool in_working_days(const struct flow_clock_row *clock)
{
    return str_is(clock->unit, "working_days");
}

/* Whether a running clock's last day has passed; one that stands still is as late as it was
 * then. */
static bool is_late(const struct rq *rq, const struct flow_clock_row *clock)
{
    return (clock->frozen_on ? clock->frozen_on : rq->today) > clock->due_on;
}

static err clock_stop(struct rq *rq, struct flow_clock_row *clock)
{
    clock->was_late = is_late(rq, clock);
    clock->stopped_at = rq->now_ms;
    return clocks_store_put(rq, clock);
}

static err clock_freeze(struct rq *rq, struct flow_clock_row *clock)
{
    if (clock->frozen_on != 0)
        return OK;
    clock->frozen_on = rq->today;
    return clocks_store_put(rq, clock);
}

/* The days the clock stood still are added behind its last day. */
static err clock_thaw(struct rq *rq, const struct flow_key *key, struct flow_clock_row *clock)
{
    if (clock->frozen_on == 0)
        return OK;
    const struct calendar *c = calendar_current();
    if (in_working_days(clock)) {
        i64 stood = calendar_working_between(c, clock->frozen_on, rq->today);
        stood = stood > 0 ? stood : 0;
        clock->due_on = calendar_add_working(c, clock->due_on, stood);
        clock->first_due_on = calendar_add_working(c, clock->first_due_on, stood);
    } else {
        i64 stood = rq->today > clock->frozen_on ? rq->today - clock->frozen_on : 0;
        clock->due_on += stood;
        clock->first_due_on += stood;
    }
    clock->frozen_on = 0;
    TRY(clocks_store_put(rq, clock));
    return todos_store_move_due(rq, key, clock->name, clock->due_on);
}

i64 flow_clock_due(struct rq *rq, const struct flow_clock *declared, i64 day)
{
    return calendar_due(calendar_current(), day, setting_number(rq, declared->days_setting),
                        declared->unit, !declared->exact);
}

static err clock_begin(struct rq *rq, const struct flow_key *key, const struct flow_clock *declared,
                       i64 due_on)
{
    struct clock_start start = { .name = str_of(declared->name),
                                 .unit = str_of(declared->unit),
                                 .due_on = due_on };
    if (due_on == 0)
        start.due_on = flow_clock_due(rq, declared, rq->today);
    return clocks_store_start(rq, key, &start);
}

static err clock_begin_anew(struct rq *rq, const struct flow_key *key,
                            const struct flow_clock *declared, i64 due_on)
{
    struct flow_clock_row clock = { 0 };
    bool runs = false;
    TRY(find_running(rq, key, str_of(declared->name), &runs, &clock));
    if (runs)
        TRY(clock_stop(rq, &clock));
    return clock_begin(rq, key, declared, due_on);
}

/* One word such as "start:handle". */
static err clock_word(struct rq *rq, const struct flow_step *step, str what, str name)
{
    const struct flow_clock *declared = flow_clock_find(step->flow, name);
    struct flow_key key = flow_key(step->flow, step->subject->id);
    struct flow_clock_row clock = { 0 };
    bool runs = false;
    assert(declared);
    if (str_is(what, "start"))
        return clock_begin_anew(rq, &key, declared, step->due_on);
    TRY(find_running(rq, &key, name, &runs, &clock));
    if (!runs)
        return OK;
    if (str_is(what, "stop"))
        return clock_stop(rq, &clock);
    if (str_is(what, "freeze"))
        return clock_freeze(rq, &clock);
    assert(str_is(what, "thaw"));
    return clock_thaw(rq, &key, &clock);
}

err flow_clocks_step(struct rq *rq, const struct flow_step *step)
{
    str rest = str_of(step->held ? NULL : step->action->clocks), word;
    while (str_split(&rest, ' ', &word)) {
        str name = word, what;
        if (word.len == 0 || !str_split(&name, ':', &what))
            continue;
        TRY(clock_word(rq, step, what, name));
    }
    return OK;
}

/* ---- asked from outside a step ---- */

static err running(struct rq *rq, const struct flow_key *key, const char *name,
                   struct flow_clock_row *out)
{
    bool runs = false;
    TRY(find_running(rq, key, str_of(name), &runs, out));
    return runs ? OK : err_make(ERR_CONFLICT, "flows.clock_stopped");
}

err flow_clocks(struct rq *rq, const struct flow *flow, i64 id, struct rows *out)
{
    struct flow_key key = flow_key(flow, id);
    TRY(clocks_store_list(rq, &key, out));
    for (size_t i = 0; i < out->count; i++) {
        struct flow_clock_row *clock = (struct flow_clock_row *)out->items + i;
        if (clock->stopped_at != 0)
            continue;
        i64 today = clock->frozen_on ? clock->frozen_on : rq->today;
        clock->overdue = clock->frozen_on == 0 && is_late(rq, clock);
        clock->days_left = in_working_days(clock)
                               ? calendar_working_between(calendar_current(), today, clock->due_on)
                               : clock->due_on - today;
    }
    return OK;
}

err flow_due(struct rq *rq, const struct flow *flow, i64 id, const char *clock, i64 *due_on)
{
    struct flow_key key = flow_key(flow, id);
    struct flow_clock_row row = { 0 };
    bool runs = false;
    TRY(find_running(rq, &key, str_of(clock), &runs, &row));
    *due_on = runs ? row.due_on : 0;
    return OK;
}

err flow_due_list(struct rq *rq, const struct flow *flow, const struct flow_due_query *query,
                  struct rows *out)
{
    assert(flow_clock_find(flow, str_of(query->clock)));
    return clocks_store_due(rq, str_of(flow->name), query, out);
}

err flow_start(struct rq *rq, const struct flow *flow, i64 id, const char *clock, i64 due_on)
{
    struct flow_key key = flow_key(flow, id);
    const struct flow_clock *declared = flow_clock_find(flow, str_of(clock));
    assert(declared && due_on > 0);
    return clock_begin_anew(rq, &key, declared, due_on);
}

err flow_extend(struct rq *rq, const struct flow *flow, i64 id, const char *clock, i64 to_on)
{
    struct flow_key key = flow_key(flow, id);
    const struct flow_clock *declared = flow_clock_find(flow, str_of(clock));
    struct flow_clock_row row = { 0 };
    assert(declared);
    TRY(running(rq, &key, clock, &row));
    if (to_on <= row.due_on)
        return err_make_with(ERR_INVALID, "flows.extension_earlier", text_date(rq->mem, row.due_on),
                             (str){ "", 0 });
    i64 most = declared->extend_setting ? setting_number(rq, declared->extend_setting) : 0;
    i64 last = calendar_due(calendar_current(), row.first_due_on, most, declared->unit, false);
    if (to_on > last)
        return err_make_with(ERR_INVALID, "flows.extension_too_long", text_date(rq->mem, last),
                             (str){ "", 0 });
    row.extended_days += to_on - row.due_on;
    row.due_on = to_on;
    TRY(clocks_store_put(rq, &row));
    return todos_store_move_due(rq, &key, row.name, to_on);
}

err flow_freeze(struct rq *rq, const struct flow *flow, i64 id, const char *clock)
{
    struct flow_key key = flow_key(flow, id);
    struct flow_clock_row row = { 0 };
    TRY(running(rq, &key, clock, &row));
    return clock_freeze(rq, &row);
}

err flow_thaw(struct rq *rq, const struct flow *flow, i64 id, const char *clock)
{
    struct flow_key key = flow_key(flow, id);
    struct flow_clock_row row = { 0 };
    TRY(running(rq, &key, clock, &row));
    return clock_thaw(rq, &key, &row);
}
