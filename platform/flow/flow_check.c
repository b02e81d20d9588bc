/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The self-test of a flow's tables: start-up refuses a flow that cannot work. Each fault is one
 * line in English. */
#include <assert.h>
#include <string.h>

#include "platform/flow/flow_internal.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

enum { STATES_MAX = 64 };

struct check {
    const struct flow *flow;
    const struct module *const *modules;
    struct buf *faults;
};

static void fault(struct check *c, const char *what, const char *name)
{
    buf_printf(c->faults, "flow %s: %s: %s\n", c->flow->name, what, name);
}

static size_t state_index(const struct flow *flow, str code)
{
    size_t i = 0;
    while (flow->states[i].code && !str_is(code, flow->states[i].code))
        i++;
    return i;
}

static size_t state_count(const struct flow *flow)
{
    size_t i = 0;
    while (flow->states[i].code)
        i++;
    return i;
}

/* ---- words ---- */

static void words_check(struct check *c, const char *prefix, const char *code)
{
    struct buf *name = buf_new(c->faults->mem, 200);
    buf_printf(name, "%s.%s.%s", prefix, c->flow->name, code);
    buf_put_byte(name, 0);
    if (!text_has(name->ptr))
        fault(c, "no words in zh.txt", name->ptr);
}

/* ---- states ---- */

/* Whether an action can end in this state. */
static bool leads_to(const struct flow_action *a, str state)
{
    return a->to ? str_is(state, a->to) : flow_has_word(a->outcomes, state);
}

/* Marks what can be reached from marked states until nothing changes. */
static void reach(const struct flow *flow, bool reached[STATES_MAX])
{
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; flow->states[i].code; i++)
            for (size_t k = 0; reached[i] && flow->states[k].code; k++)
                for (const struct flow_action *a = flow->actions; a->verb && !reached[k]; a++)
                    if (flow_starts_from(flow, a, str_of(flow->states[i].code)) &&
                        leads_to(a, str_of(flow->states[k].code)))
                        reached[k] = more = true;
    }
}

static bool has_way_out(const struct flow *flow, str state)
{
    for (const struct flow_action *a = flow->actions; a->verb; a++)
        for (const struct flow_state *s = flow->states; s->code; s++)
            if (!str_is(state, s->code) && flow_starts_from(flow, a, state) &&
                leads_to(a, str_of(s->code)))
                return true;
    return false;
}

static void states_check(struct check *c)
{
    bool reached[STATES_MAX] = { false };
    size_t count = state_count(c->flow), first = 0;
    if (count == 0 || count > STATES_MAX) {
        fault(c, "no states, or too many", c->flow->name);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const struct flow_state *s = &c->flow->states[i];
        reached[i] = s->first;
        first += s->first;
        if (state_index(c->flow, str_of(s->code)) != i)
            fault(c, "state twice", s->code);
        if (!s->tone || !flow_has_word("idle info warn ok bad", str_of(s->tone)))
            fault(c, "unknown tone of state", s->code);
        words_check(c, "states", s->code);
    }
    if (first == 0)
        fault(c, "no first state", c->flow->name);
    reach(c->flow, reached);
    for (size_t i = 0; i < count; i++) {
        const struct flow_state *s = &c->flow->states[i];
        if (!reached[i])
            fault(c, "state cannot be reached", s->code);
        if (!s->final && !has_way_out(c->flow, str_of(s->code)))
            fault(c, "no way out of a state that is not final", s->code);
    }
}

/* ---- actions ---- */

static bool is_permission(struct check *c, const char *name)
{
    for (const struct module *const *m = c->modules; m && *m; m++)
        for (const struct permission *p = (*m)->permissions; p && p->name; p++)
            if (strcmp(p->name, name) == 0)
                return true;
    return false;
}

static bool is_setting(struct check *c, const char *name)
{
    for (const struct module *const *m = c->modules; m && *m; m++)
        for (const struct setting *s = (*m)->settings; s && s->name; s++)
            if (strcmp(s->name, name) == 0)
                return s->type == SETTING_NUMBER;
    return false;
}

static bool is_event(struct check *c, const char *name)
{
    for (const struct module *const *m = c->modules; m && *m; m++)
        for (const struct event *e = (*m)->events; e && e->name; e++)
            if (strcmp(e->name, name) == 0)
                return true;
    return false;
}

static void clock_words_check(struct check *c, const struct flow_action *a)
{
    str rest = str_of(a->clocks), word;
    while (str_split(&rest, ' ', &word)) {
        str name = word, what;
        if (word.len == 0)
            continue;
        if (!str_split(&name, ':', &what) || !flow_has_word("start stop freeze thaw", what))
            fault(c, "clock word not understood in action", a->verb);
        else if (!flow_clock_find(c->flow, name))
            fault(c, "unknown clock in action", a->verb);
    }
}

static void states_list_check(struct check *c, const struct flow_action *a, const char *list,
                              const char *what)
{
    str rest = str_of(list), state;
    while (str_split(&rest, ' ', &state))
        if (state.len > 0 && !flow_state_find(c->flow, state))
            fault(c, what, a->verb);
}

/* Rows of one verb: one form, and from each state only one of them. */
static void rows_check(struct check *c, const struct flow_action *a, const struct flow_action *b)
{
    if (a->form != b->form)
        fault(c, "rows of a verb have different forms", a->verb);
    if (a->above != b->above)
        fault(c, "a verb is left to a module above in some rows only", a->verb);
    for (const struct flow_state *s = c->flow->states; s->code; s++)
        if (flow_starts_from(c->flow, a, str_of(s->code)) &&
            flow_starts_from(c->flow, b, str_of(s->code)))
            fault(c, "verb twice from one state", a->verb);
}

/* What is left to a module above is brought by one, once; nothing else is brought. */
static void acts_check(struct check *c)
{
    for (const struct flow_action *a = c->flow->actions; a->verb; a++) {
        if (a->above && !flow_act_find(c->modules, c->flow, a->verb))
            fault(c, "nobody brings what is left to a module above, action", a->verb);
        if (a->above && (a->guard || a->effect))
            fault(c, "guard or effect of what is left to a module above, action", a->verb);
    }
    for (const struct module *const *m = c->modules; m && *m; m++)
        for (const struct flow_act *a = (*m)->acts; a && a->flow; a++) {
            if (a->flow != c->flow)
                continue;
            const struct flow_action *action = flow_action_find(c->flow, str_of(a->verb));
            if (!action || !action->above)
                fault(c, "brought, but not left to a module above, action", a->verb);
            if (flow_act_find(c->modules, c->flow, a->verb) != a)
                fault(c, "brought twice, action", a->verb);
        }
}

static void action_check(struct check *c, const struct flow_action *a)
{
    states_list_check(c, a, strcmp(a->from, "*") == 0 ? NULL : a->from,
                      "unknown state in .from of action");
    states_list_check(c, a, a->to, "unknown state in .to of action");
    states_list_check(c, a, a->outcomes, "unknown state in .outcomes of action");
    if (a->outcomes && (a->to || !(a->effect || a->above)))
        fault(c, ".outcomes goes with an effect and without .to, action", a->verb);
    if (!a->may || (strcmp(a->may, FLOW_SYSTEM) != 0 && !is_permission(c, a->may)))
        fault(c, "no or unknown permission of action", a->verb);
    if (a->event && !is_event(c, a->event))
        fault(c, "event is not declared by any module", a->event);
    clock_words_check(c, a);
    words_check(c, "flows", a->verb);
    for (const struct flow_action *b = a + 1; b->verb; b++)
        if (strcmp(a->verb, b->verb) == 0)
            rows_check(c, a, b);
}

static void clocks_check(struct check *c)
{
    for (const struct flow_clock *k = c->flow->clocks; k && k->name; k++) {
        if (!k->unit || !flow_has_word("working_days days months", str_of(k->unit)))
            fault(c, "unknown unit of clock", k->name);
        if (!k->days_setting || !is_setting(c, k->days_setting))
            fault(c, "length of clock is no number setting", k->name);
        if (k->extend_setting && !is_setting(c, k->extend_setting))
            fault(c, "extension of clock is no number setting", k->name);
    }
}

static void todos_check(struct check *c)
{
    for (const struct flow_todo *t = c->flow->todos; t && t->state; t++) {
        bool may = strncmp(t->holder, "may:", 4) == 0;
        if (!flow_state_find(c->flow, str_of(t->state)))
            fault(c, "unknown state of to-do", t->state);
        if (may && !is_permission(c, t->holder + 4))
            fault(c, "unknown permission of to-do", t->holder);
        if (!may && (!flow_has_word("agency person", str_of(t->holder)) || !c->flow->holder))
            fault(c, "unknown holder of to-do", t->holder);
        if (t->due && !flow_clock_find(c->flow, str_of(t->due)))
            fault(c, "unknown clock of to-do", t->due);
        words_check(c, "flows", t->verb);
    }
}

bool flow_check(const struct flow *flow, const struct module *const *modules, struct buf *faults)
{
    assert(flow && faults);
    struct check c = { .flow = flow, .modules = modules, .faults = faults };
    size_t before = faults->len;
    if (!flow->name || !flow->states || !flow->actions || !flow->load || !flow->store) {
        buf_printf(faults, "flow %s: a table or function is missing\n",
                   flow->name ? flow->name : "?");
        return false;
    }
    if (!flow->read || !is_permission(&c, flow->read))
        fault(&c, "no or unknown permission to read", flow->name);
    states_check(&c);
    for (const struct flow_action *a = flow->actions; a->verb; a++)
        action_check(&c, a);
    acts_check(&c);
    clocks_check(&c);
    todos_check(&c);
    return faults->len == before;
}
