/* SPDX-License-Identifier: MulanPSL-2.0 */
/* One step of a flow: who may do what now, and doing it. Clocks: flow_clocks.c; to-dos:
 * flow_todos.c; drawing and the self-test: flow_draw.c, flow_check.c. */
#include "platform/flow/flow.h"

#include <assert.h>

#include "platform/app.h"
#include "platform/audit/audit.h"
#include "platform/flow/flow_internal.h"
#include "platform/text/texts.h"

static const char ANY_STATE[] = "*";

/* ---- finding things in the tables ---- */

bool flow_has_word(const char *list, str word)
{
    return str_has_word(str_of(list), word);
}

const struct flow_state *flow_state_find(const struct flow *flow, str code)
{
    for (const struct flow_state *s = flow->states; s->code; s++)
        if (str_is(code, s->code))
            return s;
    return NULL;
}

bool flow_starts_from(const struct flow *flow, const struct flow_action *action, str state)
{
    if (strcmp(action->from, ANY_STATE) != 0)
        return flow_has_word(action->from, state);
    const struct flow_state *s = flow_state_find(flow, state);
    return s && !s->final;
}

const struct flow_action *flow_action_find(const struct flow *flow, str verb)
{
    for (const struct flow_action *a = flow->actions; a->verb; a++)
        if (str_is(verb, a->verb))
            return a;
    return NULL;
}

const struct flow_clock *flow_clock_find(const struct flow *flow, str name)
{
    for (const struct flow_clock *c = flow->clocks; c && c->name; c++)
        if (str_is(name, c->name))
            return c;
    return NULL;
}

const struct flow *flow_find(const struct app *app, str name)
{
    for (const struct module *const *m = app->modules; m && *m; m++)
        for (const struct flow *const *f = (*m)->flows; f && *f; f++)
            if (str_is(name, (*f)->name))
                return *f;
    return NULL;
}

const struct flow_act *flow_act_find(const struct module *const *modules, const struct flow *flow,
                                     const char *verb)
{
    for (const struct module *const *m = modules; m && *m; m++)
        for (const struct flow_act *a = (*m)->acts; a && a->flow; a++)
            if (a->flow == flow && strcmp(a->verb, verb) == 0)
                return a;
    return NULL;
}

/* ---- words ---- */

static const struct flow_variant *variant_of(const struct rows *variants, str verb)
{
    const struct flow_variant *rows = variants ? variants->items : NULL;
    for (size_t i = 0; rows && i < variants->count; i++)
        if (str_eq(rows[i].verb, verb))
            return &rows[i];
    return NULL;
}

/* The words of a verb, given the organisation's variants. */
static str label_of(struct rq *rq, const struct flow *flow, str verb, const struct rows *variants)
{
    const struct flow_variant *variant = variant_of(variants, verb);
    if (variant && variant->label.len > 0)
        return arena_str(rq->mem, variant->label); /* an error may carry it past the transaction */
    return text_label(arena_cstr(rq->mem, arena_printf(rq->mem, "flows.%s", flow->name)), verb);
}

str flow_verb_label(struct rq *rq, const struct flow *flow, str verb)
{
    struct rows variants = { 0 };
    if (flow_variant_list(rq, flow, &variants).code != ERR_NONE)
        variants.count = 0;
    return label_of(rq, flow, verb, &variants);
}

str flow_state_label(struct rq *rq, const struct flow *flow, str state)
{
    return text_label(arena_cstr(rq->mem, arena_printf(rq->mem, "states.%s", flow->name)), state);
}

/* ---- who may do what now ---- */

/* The row of the verb that starts from the subject's state; by a variant the first row of the
 * verb. */
static const struct flow_action *row_for(const struct flow *flow, str verb, str state,
                                         const struct flow_variant *variant)
{
    for (const struct flow_action *a = flow->actions; a->verb; a++)
        if (str_is(verb, a->verb) && flow_starts_from(flow, a, state))
            return a;
    if (variant && str_has_word(variant->extra_from, state))
        return flow_action_find(flow, verb);
    return NULL;
}

static bool may_do(struct rq *rq, const struct flow_action *action)
{
    return strcmp(action->may, FLOW_SYSTEM) != 0 && actor_may(rq->actor, action->may);
}

static err guard(struct rq *rq, const struct flow_wish *wish, const struct flow_action *row)
{
    if (row->guard)
        return row->guard(rq, wish->subject);
    if (!row->above)
        return OK;
    const struct flow_act *act = flow_act_find(rq->app->modules, wish->flow, row->verb);
    assert(act);
    return act->guard ? act->guard(rq, wish->subject) : OK;
}

err flow_judge(struct rq *rq, const struct flow_wish *wish, const struct flow_action **action)
{
    const struct flow *flow = wish->flow;
    str none = { "", 0 }, state = wish->subject->state;
    if (!flow_action_find(flow, wish->verb))
        return err_make_with(ERR_NOT_FOUND, "flows.verb", wish->verb, none);
    const struct flow_variant *variant = variant_of(wish->variants, wish->verb);
    const struct flow_action *row = row_for(flow, wish->verb, state, variant);
    str label = label_of(rq, flow, wish->verb, wish->variants);
    if (!row)
        return err_make_with(ERR_CONFLICT, "flows.state", flow_state_label(rq, flow, state), label);
    if (wish->variants && !may_do(rq, row))
        return err_make_with(ERR_FORBIDDEN, "flows.may_not", label, none);
    if (variant && variant->disabled)
        return err_make_with(ERR_CONFLICT, "flows.disabled", label, none);
    if (wish->variants)
        TRY(guard(rq, wish, row));
    *action = row;
    return OK;
}

struct flow_allowed flow_allowed(struct rq *rq, const struct flow *flow,
                                 const struct flow_subject *subject)
{
    size_t count = 0;
    for (const struct flow_action *a = flow->actions; a->verb; a++)
        count++;
    struct flow_allowed allowed = { .actions = arena_array(rq->mem, count, sizeof *allowed.actions),
                                    .labels = arena_array(rq->mem, count, sizeof *allowed.labels) };
    struct rows variants;
    if (flow_variant_list(rq, flow, &variants).code != ERR_NONE)
        return allowed;
    for (const struct flow_action *a = flow->actions; a->verb; a++) {
        const struct flow_action *row = NULL;
        if (flow_action_find(flow, str_of(a->verb)) != a)
            continue; /* another row of a verb already judged */
        struct flow_wish wish = { flow, subject, str_of(a->verb), &variants };
        if (flow_judge(rq, &wish, &row).code != ERR_NONE)
            continue;
        allowed.actions[allowed.count] = row;
        allowed.labels[allowed.count++] = label_of(rq, flow, str_of(a->verb), &variants);
    }
    return allowed;
}

err flow_may(struct rq *rq, const struct flow *flow, const struct flow_subject *subject,
             const char *verb)
{
    struct rows variants;
    const struct flow_action *action = NULL;
    TRY(flow_variant_list(rq, flow, &variants));
    return flow_judge(rq, &(struct flow_wish){ flow, subject, str_of(verb), &variants }, &action);
}

/* ---- doing it ---- */

/* The text of the form's field "opinion", empty if it has none. */
static str opinion_of(const struct flow_action *action, const void *input)
{
    if (!action->form || !input)
        return (str){ "", 0 };
    for (const struct input *i = action->form->inputs; i->field.name; i++)
        if (strcmp(i->field.name, "opinion") == 0 && i->field.type == FIELD_STR)
            return *(const str *)((const char *)input + i->field.offset);
    return (str){ "", 0 };
}

static err trail_add(struct rq *rq, const struct flow_step *step, const char *verb)
{
    struct flow_key key = flow_key(step->flow, step->subject->id);
    const struct actor *actor = rq->actor;
    struct flow_trail trail = {
        .at = rq->now_ms,
        .verb = str_of(verb),
        .from_state = step->from,
        .to_state = step->subject->state,
        .actor_account_id = actor->account_id,
        .actor_name = actor->account_id ? actor->name : (str){ "", 0 },
        .agency_id = actor->agency_id,
        .agency_name = step->agency_name,
        .delegator_account_id = actor->delegator_account_id,
        .delegator_name = actor->delegator_name,
        .opinion = step->opinion,
        .opinion_hidden = step->opinion_hidden,
    };
    return trails_store_add(rq, &key, &trail);
}

/* Trail, to-dos, audit and event of a step that has been made. */
static err step_record(struct rq *rq, const struct flow_step *step, const char *verb,
                       const char *event)
{
    TRY(trail_add(rq, step, verb));
    TRY(flow_todos_step(rq, step));
    struct audit_entry entry = {
        .act = arena_cstr(rq->mem, arena_printf(rq->mem, "%s.%s", step->flow->name, verb)),
        .object = step->flow->name,
        .object_id = step->subject->id,
        .before = step->from,
        .after = step->subject->state,
    };
    TRY(audit_add(rq, &entry));
    if (event)
        TRY(event_emit(rq, event, step->subject->id, step->fact ? step->fact : step));
    return event_emit(rq, "flow.stepped", step->subject->id, step);
}

static err effect(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct flow_action *action = step->action;
    if (action->effect)
        return action->effect(rq, subject, step);
    if (!action->above)
        return OK;
    const struct flow_act *act = flow_act_find(rq->app->modules, step->flow, action->verb);
    assert(act);
    return act->effect ? act->effect(rq, subject, step) : OK;
}

static err step_run(struct rq *rq, const struct flow *flow, struct flow_subject *subject,
                    const struct flow_action *action, const void *input)
{
    struct flow_step step = {
        .flow = flow,
        .action = action,
        .subject = subject,
        .input = input,
        .from = subject->state,
        .to = action->to ? str_of(action->to) : (str){ "", 0 },
        .opinion = opinion_of(action, input),
    };
    TRY(effect(rq, subject, &step));
    str to = action->to ? str_of(action->to) : step.to.len > 0 ? step.to : step.from;
    assert(action->to || str_eq(to, step.from) || flow_has_word(action->outcomes, to));
    assert(flow_state_find(flow, to));
    err stored = flow->store(rq, subject, to);
    if (err_is(stored, "db.version"))
        return err_make(ERR_CONFLICT, "flows.version");
    TRY(stored);
    step.to = subject->state = to;
    subject->version++;
    TRY(flow_clocks_step(rq, &step));
    return step_record(rq, &step, action->verb, step.held ? NULL : action->event);
}

err flow_act(struct rq *rq, const struct flow *flow, i64 id, const char *verb, i64 version)
{
    struct flow_subject subject = { 0 };
    struct rows variants;
    const struct flow_action *action = NULL;
    TRY(flow->load(rq, id, &subject));
    TRY(flow_variant_list(rq, flow, &variants));
    /* State before version: to a second click "already docketed" says more than "somebody changed
     * it". */
    struct flow_wish wish = { flow, &subject, str_of(verb), &variants };
    TRY(flow_judge(rq, &wish, &action));
    if (version == FLOW_VERSION_WANTED)
        return rq_need_version(rq, 0);
    if (version != 0 && version != subject.version)
        return err_make(ERR_CONFLICT, "flows.version");
    return step_run(rq, flow, &subject, action, rq->input);
}

/* The house as an actor of rq's organisation: no account, every permission in full. */
static const struct actor *house_actor(struct rq *rq)
{
    struct actor *house = arena_zero(rq->mem, sizeof *house);
    house->org_id = rq->actor->org_id;
    house->org_name = rq->actor->org_name;
    memset(house->scopes, SCOPE_ORG, sizeof house->scopes);
    return house;
}

err flow_move(struct rq *rq, const struct flow *flow, i64 id, const char *verb, const void *input)
{
    struct rq house = *rq;
    struct flow_subject subject = { 0 };
    const struct flow_action *action = NULL;
    house.actor = house_actor(rq);
    house.input = input;
    TRY(flow->load(&house, id, &subject));
    struct flow_wish wish = { flow, &subject, str_of(verb), NULL };
    TRY(flow_judge(&house, &wish, &action));
    err e = step_run(&house, flow, &subject, action, input);
    rq->faults = house.faults; /* what an effect found wrong is told at the field */
    return e;
}

static err begin(struct rq *rq, const struct flow *flow, const struct flow_subject *subject,
                 const char *event, bool quiet)
{
    const struct flow_state *state = flow_state_find(flow, subject->state);
    assert(state);
    struct flow_step step = { .flow = flow,
                              .subject = subject,
                              .from = { "", 0 },
                              .to = subject->state,
                              .opinion = { "", 0 },
                              .quiet = quiet };
    return step_record(rq, &step, "begin", event);
}

err flow_begin(struct rq *rq, const struct flow *flow, const struct flow_subject *subject,
               const char *event)
{
    return begin(rq, flow, subject, event, false);
}

err flow_begin_quiet(struct rq *rq, const struct flow *flow, const struct flow_subject *subject)
{
    return begin(rq, flow, subject, NULL, true);
}

/* ---- history and variants ---- */

/* Lines come in the order in which they were written; what a list told later goes to its day. */
static void trails_order(struct rows *rows)
{
    struct flow_trail *all = rows->items;
    for (size_t i = 1; i < rows->count; i++) {
        struct flow_trail late = all[i];
        size_t at = i;
        for (; at > 0 && all[at - 1].at > late.at; at--)
            all[at] = all[at - 1];
        all[at] = late;
    }
}

err flow_trail_add(struct rq *rq, const struct flow *flow, i64 id, const struct flow_trail *trail)
{
    struct flow_key key = flow_key(flow, id);
    return trails_store_add(rq, &key, trail);
}

err flow_words_forget(struct rq *rq, const struct flow *flow, i64 id)
{
    struct flow_key key = flow_key(flow, id);
    return trails_store_forget_words(rq, &key);
}

err flow_trails(struct rq *rq, const struct flow *flow, i64 id, struct rows *out)
{
    struct flow_key key = flow_key(flow, id);
    TRY(trails_store_list(rq, &key, out));
    struct flow_trail *trails = out->items;
    trails_order(out);
    bool sees_all = actor_scope(rq->actor, flow->read) == SCOPE_ORG;
    for (size_t i = 0; i < out->count; i++) {
        bool own =
            rq->actor->account_id != 0 && trails[i].actor_account_id == rq->actor->account_id;
        if (trails[i].opinion_hidden && !sees_all && !own)
            trails[i].opinion = (str){ "", 0 };
    }
    return OK;
}

err flow_variant_list(struct rq *rq, const struct flow *flow, struct rows *out)
{
    return variants_store_list(rq, str_of(flow->name), out);
}

err flow_variant_store(struct rq *rq, const struct flow *flow, const struct flow_variant *variant)
{
    enum { LABEL_MAX = 20 };
    if (!flow_action_find(flow, variant->verb))
        return err_make_with(ERR_NOT_FOUND, "flows.verb", variant->verb, (str){ "", 0 });
    if (str_chars(variant->label) > LABEL_MAX)
        return err_make(ERR_INVALID, "flows.variant_label");
    str rest = variant->extra_from, state;
    while (str_split(&rest, ' ', &state))
        if (state.len > 0 && !flow_state_find(flow, state))
            return err_make_with(ERR_INVALID, "flows.variant_state", state, (str){ "", 0 });
    return variants_store_put(rq, str_of(flow->name), variant);
}
