/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a change of settings would touch of all flows' clocks: those that run keep their last day,
 * those that the next step starts are counted by the new values. A clock whose last day an effect
 * computes is previewed by its module. */
#include <string.h>

#include "platform/app.h"
#include "platform/flow/flow_internal.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

struct preview {
    const struct settings_preview *settings;
    const struct flow *flow;
    const struct flow_clock *clock;
    str what; /* name of the setting in words */
};

/* Adds the subject if the actor may see it: nobody learns of another's draft. */
static err touch(struct rq *rq, const struct preview *p, i64 subject_id, struct setting_touch *row)
{
    struct flow_subject subject = { 0 };
    err e = p->flow->load(rq, subject_id, &subject);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    row->what = p->what;
    row->title = subject.title;
    row->number = subject.number;
    row->url = arena_printf(rq->mem, "/%s/%lld", p->flow->name, (long long)subject_id);
    settings_touch(p->settings, row);
    return OK;
}

static err running(struct rq *rq, const struct preview *p)
{
    struct clock_query query = { .flow = str_of(p->flow->name),
                                 .name = str_of(p->clock->name),
                                 .limit = SETTINGS_KEEPS_MAX };
    struct rows rows;
    i64 count = 0;
    TRY(clocks_store_touched(rq, &query, &rows));
    TRY(clocks_store_count(rq, &query, &count));
    const struct flow_due_row *clocks = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(touch(rq, p, clocks[i].subject_id,
                  &(struct setting_touch){ .due_on = clocks[i].due_on }));
    p->settings->touched->keeps_more += count - (i64)rows.count;
    return OK;
}

static bool starts(const struct flow_action *action, const struct flow_clock *clock)
{
    str rest = str_of(action->clocks), word;
    while (str_split(&rest, ' ', &word)) {
        str name = word, what;
        if (str_split(&name, ':', &what) && str_is(what, "start") && str_is(name, clock->name))
            return true;
    }
    return false;
}

static i64 due_now(struct rq *rq, const void *of)
{
    const struct flow_clock *clock = of;
    return flow_clock_due(rq, clock, rq->today);
}

/* Those in a state from which somebody's step would start the clock. */
static err coming(struct rq *rq, const struct preview *p, const char *state)
{
    struct setting_touch row = { 0 };
    struct rows rows;
    TRY(flow_waiting(rq, p->flow, state, SETTINGS_FOLLOWS_MAX + 1, &rows));
    settings_preview_day(rq, p->settings, &(struct setting_day){ due_now, p->clock }, &row);
    const struct flow_due_row *before = rows.items;
    for (size_t i = 0; i < rows.count && row.would_be_on != row.due_on; i++)
        TRY(touch(rq, p, before[i].subject_id, &row));
    return OK;
}

static err clock_previewed(struct rq *rq, const struct preview *p)
{
    TRY(running(rq, p));
    if (flow_has_word(p->flow->computed, str_of(p->clock->name)))
        return OK;
    for (const struct flow_state *s = p->flow->states; s->code; s++) {
        bool begins = false;
        for (const struct flow_action *a = p->flow->actions; a->verb && !begins; a++)
            begins = strcmp(a->may, FLOW_SYSTEM) != 0 && starts(a, p->clock) &&
                     flow_has_word(a->from, str_of(s->code));
        if (begins)
            TRY(coming(rq, p, s->code));
    }
    return OK;
}

static struct preview preview_of(const struct settings_preview *settings, const struct flow *flow,
                                 const struct flow_clock *clock)
{
    return (struct preview){ .settings = settings,
                             .flow = flow,
                             .clock = clock,
                             .what = text_label("settings", str_of(clock->days_setting)) };
}

err flow_preview_running(struct rq *rq, const struct settings_preview *preview,
                         const struct flow *flow, const char *clock)
{
    struct preview p = preview_of(preview, flow, flow_clock_find(flow, str_of(clock)));
    return running(rq, &p);
}

err flow_on_preview(struct rq *rq, i64 id, const void *fact)
{
    const struct settings_preview *settings = fact;
    (void)id;
    for (const struct module *const *m = rq->app->modules; *m; m++)
        for (const struct flow *const *flow = (*m)->flows; flow && *flow; flow++)
            for (const struct flow_clock *c = (*flow)->clocks; c && c->name; c++) {
                struct preview p = preview_of(settings, *flow, c);
                if (settings_preview_has(settings, c->days_setting))
                    TRY(clock_previewed(rq, &p));
            }
    return OK;
}
