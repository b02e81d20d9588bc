/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of mediations, and nothing else; read this first. The verb, its form and permission
 * stand in the flow of proposals, which leaves to this module what it needs and does. */
#include "modules/mediations/mediation_rules.h"
#include "modules/proposals/proposal.h"
#include "platform/module.h"

static const struct flow_act ACTS[] = {
    { &PROPOSALS_FLOW, "settle", .guard = mediation_guard_settle,
      .effect = mediation_effect_settle },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "proposals.shown", on_mediation_shown },
    { 0 },
};

const struct module mediation_module = {
    .name = "mediations",
    .needs = (const char *const[]){ "assignments", "evaluations", "proposals", NULL },
    .acts = ACTS,
    .listens = LISTENS,
};
