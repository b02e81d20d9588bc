/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the steps merge and unmerge of proposals need and do: functions of a struct flow_act.
 * Errors: those of proposal_merge; CONFLICT proposals.merged_assigned. */
#ifndef HT_MERGERS_MERGER_STEPS_H
#define HT_MERGERS_MERGER_STEPS_H
#include "platform/flow/flow.h"
#include "platform/web/web.h"

/* Functions of a struct flow_act. Errors: those of proposal_merge; CONFLICT
 * proposals.merged_assigned. */
err merger_guard_merge(struct rq *rq, const struct flow_subject *subject);
err merger_guard_unmerge(struct rq *rq, const struct flow_subject *subject);
err merger_effect_merge(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
err merger_effect_unmerge(struct rq *rq, struct flow_subject *subject, struct flow_step *step);
#endif
