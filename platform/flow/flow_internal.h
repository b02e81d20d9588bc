/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Between the files of this part: finding things in the tables, and what one step asks of clocks
 * and to-dos. */
#ifndef HT_FLOW_FLOW_INTERNAL_H
#define HT_FLOW_FLOW_INTERNAL_H
#include "platform/base/str.h"
#include "platform/flow/flow_store.h"

/* What rows of this part say a subject is. */
static inline struct flow_key flow_key(const struct flow *flow, i64 id)
{
    return (struct flow_key){ .flow = str_of(flow->name), .subject_id = id };
}

/* Whether a space-separated list has the word. NULL has none. */
bool flow_has_word(const char *list, str word);

/* Whether an action's table row starts from a state. */
bool flow_starts_from(const struct flow *flow, const struct flow_action *action, str state);

/* The first row of a verb, NULL if there is none; the declared clock, NULL likewise. */
const struct flow_action *flow_action_find(const struct flow *flow, str verb);
const struct flow_clock *flow_clock_find(const struct flow *flow, str name);

/* A wish to run a verb. variants: rows of flow_variant_list; NULL for the house itself, which needs
 * no permission and no guard. */
struct flow_wish {
    const struct flow *flow;
    const struct flow_subject *subject;
    str verb;
    const struct rows *variants;
};

/* What must hold before a step, as flow_act says; *action is the row of the table that applies. */
err flow_judge(struct rq *rq, const struct flow_wish *wish, const struct flow_action **action);

/* Runs the clock words of the step's action. */
err flow_clocks_step(struct rq *rq, const struct flow_step *step);

/* The last day of a clock that starts on a day, by its setting. */
i64 flow_clock_due(struct rq *rq, const struct flow_clock *declared, i64 day);

/* Listener of settings.previewed: clocks of all flows. */
err flow_on_preview(struct rq *rq, i64 id, const void *fact);

/* Brings the to-dos of a subject in line with its state. */
err flow_todos_step(struct rq *rq, const struct flow_step *step);

/* What the modules bring for a verb of a flow that is left to one above, NULL if nobody does; one
 * verb counts from the table's rows or to-do lines alike. */
const struct flow_act *flow_act_find(const struct module *const *modules, const struct flow *flow,
                                     const char *verb);
#endif
