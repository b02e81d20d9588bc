/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The state-machine engine. A flow is tables: states, and actions state × verb → state with
 * permission, guard, effect and clocks. The same tables give the buttons on the page, POST
 * /{collection}/{id}/{verb}, the same under /api/v1, the allowed actions in JSON, to-dos,
 * deadlines, history and the drawn diagram. Case state, one assignment per agency, one row per
 * person whose word is wanted, and flags are kept apart (design.md section 2). Local variants are
 * rows of flow_variants. */
#ifndef HT_FLOW_FLOW_H
#define HT_FLOW_FLOW_H
#include "platform/web/web.h"

struct json;
struct flow;
struct flow_step;

/* The thing that moves, as the engine needs it. row: the module's own struct, in the request's
 * arena. */
struct flow_subject {
    i64 id;
    i64 version;
    str state;
    str title;  /* shown in to-dos and notices */
    str number; /* case number or serial, may be empty */
    void *row;
};

/* Who must act in a state; becomes rows of `todos`, renewed at every step. holder: one of
 *   "may:proposals.docket"   everyone of the organisation who holds the permission in scope
 *     organisation
 *   "agency"                 the operators of subject's agency: flow->holder gives its id
 *   "person"                 the person(s) that flow->holder gives
 * verb: what they should do (label text "flows.FLOW.VERB"). due: name of the clock whose day is
 * shown, or NULL. */
struct flow_todo {
    const char *state;
    const char *holder;
    const char *verb;
    const char *due;
    bool on_demand; /* not by the state alone: while the module has added it by flow_todo_add */
    /* Whether the line counts for this subject now; NULL = always. Reads only. */
    err (*when)(struct rq *rq, const struct flow_subject *subject, bool *out);
};

struct flow_state {
    const char *code; /* as in the glossary; label text "states.FLOW.CODE" */
    bool first;       /* where a new subject begins */
    bool final;       /* no action leads out, or only reopening ones */
    const char *tone; /* look of the tag: "idle", "info", "warn", "ok", "bad" */
};

/* A clock that actions start, stop, freeze or thaw: "start:handle stop:accept freeze:handle",
 * space-separated, in the action's .clocks. Stopping a clock that does not run is no fault;
 * starting a running one ends it and begins anew. */
struct flow_clock {
    const char *name;
    const char *days_setting; /* setting with the length */
    const char *unit;         /* "working_days", "days", "months" */
    /* most that extensions may add, in the same unit; NULL = cannot be extended */
    const char *extend_setting;
    bool exact; /* a last day off stands; else the next working day (Civil Code art. 203) */
};

enum flow_weight { FLOW_NORMAL, FLOW_MAIN, FLOW_DANGER };

#define FLOW_SYSTEM "system"

enum { FLOW_VERSION_WANTED = -1 };

struct flow_action {
    const char *verb;        /* glossary verb; label text "flows.FLOW.VERB" */
    const char *from;        /* states, space-separated; "*" = every state that is not final */
    const char *to;          /* next state; NULL = stays, or the effect chooses one of .outcomes */
    const char *may;         /* permission; FLOW_SYSTEM = only the house itself, by flow_move */
    const struct form *form; /* what must be given; NULL = nothing but the button */
    /* May this actor, on this object, now; no writes. */
    err (*guard)(struct rq *rq, const struct flow_subject *subject);
    /* What else changes. It may write the subject's row itself; it then raises subject->version as
     * the row's. */
    err (*effect)(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
    const char *clocks; /* see flow_clock */
    const char *event;  /* emitted after the step, "proposals.docketed"; fact: see flow_step */
    /* states that the effect may choose by step->to: "closed redoing"; NULL = it cannot */
    const char *outcomes;
    enum flow_weight weight; /* look of the button */
    /* Own page for GET …/{id}/{verb}; NULL = drawn from the form. */
    err (*page)(struct rq *rq, struct res *res);
    /* where the page leads afterwards, below the subject: "receipt"; NULL = it */
    const char *after;
    /* Runs before the step on the slow lane, read-only, for what must not hold up the writer; what
     * it works out the effect finds in rq->found, NULL where no request brought the step. */
    err (*slow)(struct rq *rq, struct res *res);
    bool reauth;
    /* What the step needs and does belongs to a module above, which brings it: struct flow_act;
     * .guard and .effect stay NULL. */
    bool above;
};

/* What a module brings for a verb that a flow below leaves to it (flow_action.above): guard and
 * effect as there, NULL = none; when: of the to-do lines of the verb, as flow_todo.when. Declared
 * in the module's .acts; start-up wants exactly one for each such verb. */
struct flow_act {
    const struct flow *flow;
    const char *verb;
    err (*guard)(struct rq *rq, const struct flow_subject *subject);
    err (*effect)(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
    err (*when)(struct rq *rq, const struct flow_subject *subject, bool *out);
};

struct flow {
    const char *name; /* collection: "proposals" */
    const char *read; /* permission to see a subject */
    const struct flow_state *states;
    const struct flow_action *actions;
    const struct flow_clock *clocks;
    const struct flow_todo *todos;
    /* Clocks whose last day the effects that start them compute (step->due_on), space-separated:
     * what a change of settings would bring for them, their module tells. */
    const char *computed;
    /* Loads the subject if rq's actor may see it. Errors: NOT_FOUND (also when it must not be
     * seen). */
    err (*load)(struct rq *rq, i64 id, struct flow_subject *out);
    /* Writes the state: … SET state = :to, version = version + 1 … AND version = :version. */
    err (*store)(struct rq *rq, const struct flow_subject *subject, str to);
    /* Gives holders (agency ids or person ids) for a to-do of the subject; NULL where all holders
     * are "may:". */
    err (*holder)(struct rq *rq, const struct flow_subject *subject, const struct flow_todo *todo,
                  ids *out);
};

/* One step in progress, given to effects; and, as `fact`, to the listeners of the action's
 * event. */
struct flow_step {
    const struct flow *flow;
    const struct flow_action *action;
    const struct flow_subject *subject;
    const void *input; /* struct of action->form */
    str from;
    str to;              /* may be set by the effect to one of action->outcomes; empty = stays */
    str opinion;         /* kept in the trail; by default the form's field "opinion" */
    bool held;           /* put off to a later step: the action's clocks and event wait for that */
    bool quiet;          /* its new to-dos bring no notices: the effect tells by itself */
    bool opinion_hidden; /* shown only to staff (blind evaluation) and to who wrote it */
    str agency_name;     /* name of the actor's agency for the trail, where the effect knows it */
    /* day for the clocks started by this step when the effect decides; 0 = from the setting */
    i64 due_on;
    const void *fact; /* given to listeners instead of the step, when the effect sets it */
};

/* ---- moving ---- */

/* Runs a verb for the signed-in actor with rq->input: loads, checks state, version, permission,
 * guard; then effect, state, clocks, trail, to-dos, audit, event. version: what the actor saw; 0 =
 * not given, FLOW_VERSION_WANTED = not given where it must be. Errors: INVALID form.faults with
 * web.version_missing; NOT_FOUND; NOT_FOUND flows.verb; FORBIDDEN flows.may_not; CONFLICT
 * flows.state (with the present state's and the action's label), flows.disabled, flows.version; the
 * guard's and the effect's own. */
err flow_act(struct rq *rq, const struct flow *flow, i64 id, const char *verb, i64 version);

/* Runs a verb by the house itself (reactions, jobs): an actor without account that sees everything
 * of rq's organisation, no permission and guard check, no regard of variants; input may be NULL.
 * Errors: as flow_act. */
err flow_move(struct rq *rq, const struct flow *flow, i64 id, const char *verb, const void *input);

/* Event flow.stepped (fact: const struct flow_step *) follows every step and every beginning, quiet
 * ones too, after the action's own event and whatever its listeners have done: for who keeps
 * something of every subject (counters). action is NULL where a subject begins. */

/* A new subject just inserted in its first state: trail, to-dos, audit, and event if given (fact: a
 * flow_step without action). */
err flow_begin(struct rq *rq, const struct flow *flow, const struct flow_subject *subject,
               const char *event);

/* The same for a subject that comes with many others, from a list or a generator: in whichever
 * state, and its to-dos bring no notices. No event. */
err flow_begin_quiet(struct rq *rq, const struct flow *flow, const struct flow_subject *subject);

/* The actions that this actor can do on this subject now, in table order, with the words of their
 * buttons; for pages and JSON. A database that fails gives none. */
struct flow_allowed {
    const struct flow_action **actions;
    str *labels;
    size_t count;
};
struct flow_allowed flow_allowed(struct rq *rq, const struct flow *flow,
                                 const struct flow_subject *subject);

/* Whether this actor can do the verb now; if not, why: for pages of steps. Errors: as flow_act
 * before the step, the guard's own reason among them. */
err flow_may(struct rq *rq, const struct flow *flow, const struct flow_subject *subject,
             const char *verb);

/* Writes the allowed actions as an array of {verb, label, method, href, weight, form}: form is the
 * list of fields. */
void flow_json_allowed(struct json *j, const char *key, const struct flow *flow,
                       const struct flow_subject *subject, const struct flow_allowed *allowed);

/* ---- words ---- */

/* Label of a verb (as the organisation's variant has it) and of a state. */
str flow_verb_label(struct rq *rq, const struct flow *flow, str verb);
str flow_state_label(struct rq *rq, const struct flow *flow, str state);

/* The state of that code, NULL if the flow has none; the flow of that name among the app's modules,
 * or NULL. */
const struct flow_state *flow_state_find(const struct flow *flow, str code);
const struct flow *flow_find(const struct app *app, str name);

/* ---- history ---- */

/* History of a subject, oldest first, what was brought in from elsewhere among it. Hidden opinions
 * come empty to who reads less than the whole organisation and did not write them. agency_name is
 * empty where the step did not give it; agency_id then names the body. */
struct flow_trail {
    i64 id, at, actor_account_id, agency_id, delegator_account_id;
    str verb, from_state, to_state, actor_name, agency_name, delegator_name, opinion;
    bool opinion_hidden;
};
err flow_trails(struct rq *rq, const struct flow *flow, i64 id, struct rows *out);

/* Adds a line that tells of another system, of earlier years or of what another subject brought
 * along, as it was there (id is not looked at): history only, the subject itself stays as it is.
 * verb is a word of "flows.FLOW.VERB". */
err flow_trail_add(struct rq *rq, const struct flow *flow, i64 id, const struct flow_trail *trail);

/* Empties the words that were given with the steps of a subject whose text is erased: who did what
 * and when stays. */
err flow_words_forget(struct rq *rq, const struct flow *flow, i64 id);

/* ---- clocks ---- */

/* Clocks of a subject, oldest first; a clock started again has a row for each run. A frozen clock
 * is never overdue. days_left: of a running clock, from today, in working days where its unit is
 * that, else in calendar days; negative when overdue. */
struct flow_clock_row {
    i64 id, started_at, first_due_on, due_on, stopped_at, frozen_on, extended_days, days_left;
    str name, unit;
    bool was_late, overdue;
};
err flow_clocks(struct rq *rq, const struct flow *flow, i64 id, struct rows *out);

/* The due day of a running clock; 0 = not running. */
err flow_due(struct rq *rq, const struct flow *flow, i64 id, const char *clock, i64 *due_on);

/* Running clocks of one name over all subjects that are due up to a day, earliest first, frozen
 * ones left out: for jobs that warn. after_on, after_id: the last row of the batch before, 0 at
 * first. */
struct flow_due_row {
    i64 id, subject_id, due_on;
};
struct flow_due_query {
    const char *clock;
    i64 to_on, after_on, after_id, limit;
};
err flow_due_list(struct rq *rq, const struct flow *flow, const struct flow_due_query *query,
                  struct rows *out);

/* Starts a clock from an effect, of an action that starts it for some subjects only; one that runs
 * ends. */
err flow_start(struct rq *rq, const struct flow *flow, i64 id, const char *clock, i64 due_on);

/* Extends a running clock to a later day with consent. Errors: INVALID flows.extension_too_long
 * (with the last day allowed), flows.extension_earlier; CONFLICT flows.clock_stopped. */
err flow_extend(struct rq *rq, const struct flow *flow, i64 id, const char *clock, i64 to_on);

/* Freezes (waiting for another party) and thaws a clock; thawing moves the due day by the frozen
 * working or calendar days. Errors: CONFLICT flows.clock_stopped; freezing a frozen clock and
 * thawing a running one change nothing. */
err flow_freeze(struct rq *rq, const struct flow *flow, i64 id, const char *clock);
err flow_thaw(struct rq *rq, const struct flow *flow, i64 id, const char *clock);

/* ---- to-dos ---- */

/* To-dos beside the state's own (one per person whose word is wanted). They stay until
 * flow_todo_done or a final state. The same again only changes day and address. url: own path to
 * act at. */
struct todo_new {
    const char
        *holder;   /* "person", "agency", or "may:PERMISSION" as in a line of the flow's table */
    i64 holder_id; /* 0 of a permission */
    const char *verb;
    i64 due_on; /* 0 = none */
    str url;
};
err flow_todo_add(struct rq *rq, const struct flow *flow, const struct flow_subject *subject,
                  const struct todo_new *todo);

/* Brings the to-dos of a subject in line again where something else than a step has changed who
 * must act: somebody left. */
err flow_todos_renew(struct rq *rq, const struct flow *flow, const struct flow_subject *subject);

/* Ends them: of one holder, or of all when holder_id is 0. */
err flow_todo_done(struct rq *rq, const struct flow *flow, i64 id, const char *verb, i64 holder_id);

/* Who has an open to-do of a subject, oldest first: struct flow_holder rows, one a to-do. holder:
 * "may" (all who hold the permission), "agency", "person". Whether rq's actor may know is the
 * caller's business. Errors: those of the database. */
struct flow_holder {
    i64 holder_id, due_on;
    str holder, permission, verb, url;
};
err flow_todo_holders(struct rq *rq, const struct flow *flow, i64 id, struct rows *out);

/* What this actor should do, most urgent first (due day, then age): a few index look-ups, however
 * many there are. What his agency or he is asked for with a verb that he may not do is left out
 * (an agency's operator does not sign). */
struct todo {
    i64 id, subject_id, due_on, created_at;
    str flow, verb, title, number, url, state;
};
err flow_todos(struct rq *rq, i64 limit, struct rows *out);

/* Subjects in a state in which somebody is to act on them, oldest first: struct flow_due_row with
 * subject_id and the last day of what is to be done. Whoever may see them is asked by flow->load.
 */
err flow_waiting(struct rq *rq, const struct flow *flow, const char *state, i64 limit,
                 struct rows *out);

/* For listeners of settings.previewed: adds what runs of a clock, which keeps its last day. The
 * engine itself adds clocks whose own setting changes. */
struct settings_preview;
err flow_preview_running(struct rq *rq, const struct settings_preview *preview,
                         const struct flow *flow, const char *clock);

/* How many; each look-up counts to 999. */
err flow_todo_count(struct rq *rq, i64 *count);

/* How many wait for a holder ("person", "agency"), counted to 999: for who looks after the
 * accounts of others. */
err flow_todo_count_of(struct rq *rq, const char *holder, i64 holder_id, i64 *count);

/* ---- variants ---- */

/* What an organisation does differently at one action. */
struct flow_variant {
    str verb, label, extra_from;
    bool disabled;
};
err flow_variant_list(struct rq *rq, const struct flow *flow, struct rows *out);

/* Stores a variant, audited by the caller. Errors: NOT_FOUND flows.verb; INVALID
 * flows.variant_state (no such state), flows.variant_label (over 20 characters). */
err flow_variant_store(struct rq *rq, const struct flow *flow, const struct flow_variant *variant);

/* ---- describe and self-test ---- */

/* Pages /flows: the drawings for everybody, the variants for who manages settings. */
extern const struct module flow_module;

/* Writes a flow as SVG (words in Chinese) or as Markdown tables; for describe and the help page. */
void flow_draw_svg(const struct flow *flow, struct buf *out);
void flow_describe(const struct flow *flow, struct buf *out);

/* Self-test of a table: unknown, unreachable or doubled states, states without a way out that are
 * not final, doubled verbs from one state, unknown clocks, permissions, settings, missing words.
 * Writes the faults in English, a line each; true if there is none. */
bool flow_check(const struct flow *flow, const struct module *const *modules, struct buf *faults);
#endif
