/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The state-machine engine. A flow is tables: states, and actions state × verb → state with permission, guard, effect and clocks.
 * The same tables give the buttons on the page, POST /{collection}/{id}/{verb}, the same under /api/v1, the allowed actions
 * in JSON, to-dos, deadlines, history and the drawn diagram. Case state, one assignment per agency, one row per person whose
 * word is wanted, and flags are kept apart (design.md section 2). Local variants are rows of flow_variants. */
#ifndef HT_FLOW_FLOW_H
#define HT_FLOW_FLOW_H
#include "platform/web/web.h"

/* The thing that moves, as the engine needs it. row: the module's own struct, in the request's arena. */
struct flow_subject {
    i64 id;
    i64 version;
    str state;
    str title;  /* shown in to-dos and notices */
    str number; /* case number or serial, may be empty */
    void *row;
};

/* Who must act in a state; becomes rows of `todos`, renewed at every step. holder: one of
 *   "may:proposals.docket"   everyone of the organisation who holds the permission in scope organisation
 *   "agency"                 the operators of subject's agency: flow->holder gives its id
 *   "person"                 the person(s) that flow->holder gives
 * verb: what they should do (label text "flows.FLOW.VERB"). due: name of the clock whose day is shown, or NULL. */
struct flow_todo {
    const char *state;
    const char *holder;
    const char *verb;
    const char *due;
};

struct flow_state {
    const char *code; /* as in the glossary; label text "states.FLOW.CODE" */
    bool first;       /* where a new subject begins */
    bool final;       /* no action leads out, or only reopening ones */
    const char *tone; /* look of the tag: "idle", "info", "warn", "ok", "bad" */
};

/* A clock that an action starts, stops, freezes or thaws, "start:handle stop:accept freeze:handle", space-separated. */
struct flow_clock {
    const char *name;
    const char *days_setting; /* setting with the length */
    const char *unit;         /* "working_days", "days", "months" */
    const char *
        extend_setting; /* most that extensions may add, in the same unit; NULL = cannot be extended */
};

struct flow_step; /* what is being done now: see below */

struct flow_action {
    const char *verb;        /* glossary verb; label text "flows.FLOW.VERB" */
    const char *from;        /* states, space-separated; "*" = every state that is not final */
    const char *to;          /* next state; NULL = stays, or the effect says (step->to) */
    const char *may;         /* permission; FLOW_SYSTEM = only the house itself, by flow_move */
    const struct form *form; /* what must be given; NULL = nothing but the button */
    err (*guard)(
        struct rq *rq,
        const struct flow_subject *subject); /* may this actor, on this object, now; no writes */
    err (*effect)(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
    const char *clocks; /* see flow_clock */
    const char *event;  /* emitted after the step, e.g. "proposals.docketed"; NULL = none */
    enum { FLOW_NORMAL, FLOW_MAIN, FLOW_DANGER } weight; /* look of the button */
    err (*page)(struct rq *rq,
                struct res *res); /* own page for GET …/{id}/{verb}; NULL = drawn from the form */
    bool reauth;
};

#define FLOW_SYSTEM "system"

struct flow {
    const char *name; /* collection: "proposals" */
    const char *read; /* permission to see a subject */
    const struct flow_state *states;
    const struct flow_action *actions;
    const struct flow_clock *clocks;
    const struct flow_todo *todos;
    /* Loads the subject if rq's actor may see it. Errors: NOT_FOUND (also when it must not be seen). */
    err (*load)(struct rq *rq, i64 id, struct flow_subject *out);
    /* Writes the state: … SET state = :to, version = version + 1 … AND version = :version. */
    err (*store)(struct rq *rq, const struct flow_subject *subject, str to);
    /* Gives holders (agency ids or person ids) for a to-do of the subject. */
    err (*holder)(struct rq *rq, const struct flow_subject *subject, const struct flow_todo *todo,
                  ids *out);
};

/* One step in progress, given to effects. */
struct flow_step {
    const struct flow *flow;
    const struct flow_action *action;
    const void *input; /* struct of action->form */
    str from;
    str to;              /* may be set by the effect when action->to is NULL */
    str opinion;         /* kept in the trail; by default the form's field "opinion" */
    bool opinion_hidden; /* shown only to staff (blind evaluation) */
    i64 due_on; /* day for the started clock when the effect decides; 0 = from the setting */
};

/* Runs a verb for the signed-in actor: loads, checks state, permission, guard; effect, state, clocks, trail, to-dos, audit, event.
 * version: what the actor saw, 0 = not given. Errors: NOT_FOUND; FORBIDDEN flows.may_not; CONFLICT flows.state (with the present state's
 * label), flows.version; the guard's and the effect's own. */
err flow_act(struct rq *rq, const struct flow *flow, i64 id, const char *verb, i64 version);

/* Runs a verb by the house itself (reactions, jobs): no permission and guard check, input may be NULL. */
err flow_move(struct rq *rq, const struct flow *flow, i64 id, const char *verb, const void *input);

/* A new subject just inserted in its first state: trail, to-dos, audit, and event if given. */
err flow_begin(struct rq *rq, const struct flow *flow, const struct flow_subject *subject,
               const char *event);

/* The actions that this actor can do on this subject now, in table order; for buttons and JSON. */
struct flow_allowed {
    const struct flow_action **actions;
    size_t count;
};
struct flow_allowed flow_allowed(struct rq *rq, const struct flow *flow,
                                 const struct flow_subject *subject);

/* History of a subject, oldest first. */
struct flow_trail {
    i64 id, at;
    str verb, from_state, to_state, actor_name, delegator_name, opinion, agency_name;
    i64 actor_account_id;
    bool opinion_hidden;
};
err flow_trails(struct rq *rq, const struct flow *flow, i64 id, struct rows *out);

/* Clocks of a subject. overdue and days_left are derived from today on the working-day calendar. */
struct flow_clock_row {
    str name, unit;
    i64 started_at, due_on, stopped_at, frozen_on, extended_days;
    bool was_late;
};
err flow_clocks(struct rq *rq, const struct flow *flow, i64 id, struct rows *out);

/* The due day of a running clock; 0 = not running. */
err flow_due(struct rq *rq, const struct flow *flow, i64 id, const char *clock, i64 *due_on);

/* Extends a running clock to a later day with consent. Errors: INVALID flows.extension_too_long, flows.extension_earlier;
 * CONFLICT flows.clock_stopped. */
err flow_extend(struct rq *rq, const struct flow *flow, i64 id, const char *clock, i64 to_on);

/* Freezes (waiting for another party) and thaws a clock; thawing moves the due day by the frozen working or calendar days. */
err flow_freeze(struct rq *rq, const struct flow *flow, i64 id, const char *clock);
err flow_thaw(struct rq *rq, const struct flow *flow, i64 id, const char *clock);

/* To-dos beside the state's own (one per person whose word is wanted), and their end. url: own path to act at. */
struct todo_new {
    const char *holder; /* "person" or "agency" */
    i64 holder_id;
    const char *verb;
    i64 due_on;
    str url;
};
err flow_todo_add(struct rq *rq, const struct flow *flow, const struct flow_subject *subject,
                  const struct todo_new *todo);
err flow_todo_done(struct rq *rq, const struct flow *flow, i64 id, const char *verb, i64 holder_id);

/* What this actor should do, most urgent first (due day, then age). */
struct todo {
    i64 id, subject_id, due_on, created_at;
    str flow, verb, title, number, url, state;
};
err flow_todos(struct rq *rq, i64 limit, struct rows *out);

/* Writes a flow as SVG or as Markdown table; for describe and the help page. */
void flow_draw_svg(const struct flow *flow, struct buf *out);
void flow_describe(const struct flow *flow, struct buf *out);

/* Self-test of a table: unknown states, unreachable states, states without a way out that are not final, duplicate verbs from one
 * state, unknown clocks, permissions, settings. Writes the faults in English; true if there is none. */
bool flow_check(const struct flow *flow, struct buf *faults);
#endif
