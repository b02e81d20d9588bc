/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the declarations of this module name: the step settle of proposals, which it brings, and the
 * listener of proposals.shown. */
#ifndef HT_MEDIATIONS_MEDIATION_RULES_H
#define HT_MEDIATIONS_MEDIATION_RULES_H
#include "modules/mediations/mediation_store.h"
#include "platform/flow/flow.h"
#include "platform/web/web.h"

/* Functions of a struct flow_act. Errors: FORBIDDEN proposals.own_agency; INVALID with faults;
 * CONFLICT proposals.not_dissatisfied. */
err mediation_guard_settle(struct rq *rq, const struct flow_subject *subject);
err mediation_effect_settle(struct rq *rq, struct flow_subject *subject, struct flow_step *step);

/* Puts the records in that the actor may see. */
err on_mediation_shown(struct rq *rq, i64 id, const void *fact);
#endif
