/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of evaluations, and nothing else; read this first. The verbs, their forms,
 * permissions and settings stand in the flow of assignments, which leaves what they do to this
 * module. */
#include "modules/evaluations/evaluation_pages.h"
#include "modules/evaluations/evaluation_rules.h"
#include "platform/jobs/jobs.h"
#include "platform/module.h"

static const struct flow_act ACTS[] = {
    { &ASSIGNMENTS_FLOW, "evaluate", .guard = evaluation_guard_give,
      .effect = evaluation_effect_give },
    { &ASSIGNMENTS_FLOW, "transcribe", .guard = evaluation_guard_transcribe,
      .effect = evaluation_effect_transcribe, .when = evaluation_is_wanted },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "evaluations.read", "staff reviewer leader", ADMIN_NONE },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "evaluations.remind",
      .every_s = 1800,
      .per_org = true,
      .run = job_evaluation_remind },
    { 0 },
};

/* The pages of two steps of assignments, at their paths. */
static const struct route ROUTES[] = {
    { GET, "/assignments/{id}/evaluate", page_evaluation_give, .may = "assignments.evaluate" },
    { GET, "/assignments/{id}/transcribe", page_evaluation_transcribe,
      .may = "assignments.transcribe" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "assignments.replied", on_evaluation_replied },
    { "assignments.part_shown", on_evaluation_part_shown },
    { "assignments.section_shown", on_evaluation_section_shown },
    { "members.left", on_evaluation_left },
    { 0 },
};

const struct module evaluation_module = {
    .name = "evaluations",
    .needs = (const char *const[]){ "settings", "members", "assignments", "replies", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .acts = ACTS,
    .jobs = JOBS,
    .listens = LISTENS,
};
