/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Writes a flow as Markdown for docs/reference: states, steps, clocks, to-dos, each as a table. The
 * drawing: flow_draw.c. */
#include "platform/flow/flow_internal.h"
#include "platform/text/texts.h"

static void words_put(struct buf *out, const char *prefix, const char *flow, const char *code)
{
    buf_add(out, text_label(arena_cstr(out->mem, arena_printf(out->mem, "%s.%s", prefix, flow)),
                            str_of(code)));
}

/* A list of states with their words. */
static void states_put(struct buf *out, const struct flow *flow, const char *list)
{
    str rest = str_of(list), state;
    for (const char *comma = ""; str_split(&rest, ' ', &state); comma = ", ") {
        buf_printf(out, "%s`%.*s` ", comma, (int)state.len, state.ptr);
        words_put(out, "states", flow->name, arena_cstr(out->mem, state));
    }
}

static void states_table(struct buf *out, const struct flow *flow)
{
    buf_put(out, "| State | Words | |\n|---|---|---|\n");
    for (const struct flow_state *s = flow->states; s->code; s++) {
        buf_printf(out, "| `%s` | ", s->code);
        words_put(out, "states", flow->name, s->code);
        buf_printf(out, " | %s%s |\n", s->first ? "first" : "", s->final ? "final" : "");
    }
}

static void action_row(struct buf *out, const struct flow *flow, const struct flow_action *a)
{
    buf_printf(out, "| `%s` | ", a->verb);
    words_put(out, "flows", flow->name, a->verb);
    buf_put(out, " | ");
    if (strcmp(a->from, "*") == 0)
        buf_put(out, "every state that is not final");
    else
        states_put(out, flow, a->from);
    buf_put(out, " | ");
    if (a->to || a->outcomes)
        states_put(out, flow, a->to ? a->to : a->outcomes);
    else
        buf_put(out, "stays");
    buf_printf(out, " | `%s`%s | %s | %s |\n", a->may, a->guard || a->above ? ", guarded" : "",
               a->clocks ? a->clocks : "", a->event ? a->event : "");
}

void flow_describe(const struct flow *flow, struct buf *out)
{
    buf_printf(out, "## %s\n\nSeen with `%s`.\n\n", flow->name, flow->read);
    states_table(out, flow);
    buf_put(out, "\n| Verb | Words | From | To | Permission | Clocks | Event"
                 " |\n|---|---|---|---|---|---|---|\n");
    for (const struct flow_action *a = flow->actions; a->verb; a++)
        action_row(out, flow, a);
    if (flow->clocks) {
        buf_put(out, "\n| Clock | Length | Unit | Extension at most |\n|---|---|---|---|\n");
        for (const struct flow_clock *c = flow->clocks; c->name; c++)
            buf_printf(out, "| `%s` | `%s` | %s%s | %s |\n", c->name, c->days_setting, c->unit,
                       c->exact ? ", a day off stands" : "",
                       c->extend_setting ? c->extend_setting : "none");
    }
    if (flow->todos) {
        buf_put(out, "\n| In state | Who must | Do | By |\n|---|---|---|---|\n");
        for (const struct flow_todo *t = flow->todos; t->state; t++)
            buf_printf(out, "| `%s` | %s | `%s` | %s |\n", t->state, t->holder, t->verb,
                       t->due         ? t->due
                       : t->on_demand ? "when asked for"
                                      : "");
    }
    buf_put(out, "\n");
}
