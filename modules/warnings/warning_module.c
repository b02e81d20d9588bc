/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of warnings of absences, and nothing else; read this first. Rules: warning.c. */
#include "embed.h"
#include "modules/warnings/warning.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"

enum { DAY_S = 24 * 3600, BEFORE_MAX = 5 };

static const struct form SETTLE_FORM = {
    "warnings.settle",
    sizeof(struct warning_opinion_input),
    (const struct input[]){
        { FIELD(struct warning_opinion_input, id), .kind = INPUT_ID },
        { FIELD(struct warning_opinion_input, opinion), .kind = INPUT_AREA, .required = true,
          .min = 2, .max = 500, .hint = "warnings.settle.opinion_hint" },
        { .field = { 0 } },
    },
};

static const struct flow_state STATES[] = {
    { "open", .first = true, .tone = "warn" },
    { "seen", .tone = "info" },
    { "lifted", .tone = "ok" },
    { "lapsed", .final = true, .tone = "idle" },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "settle", "open", "seen", "warnings.manage", .form = &SETTLE_FORM,
      .effect = warning_effect_settle, .weight = FLOW_MAIN },
    { "renew", "open seen lifted", "open", FLOW_SYSTEM, .effect = warning_effect_take },
    { "lift", "open seen", "lifted", FLOW_SYSTEM, .effect = warning_effect_lift },
    { "lapse", "open seen lifted", "lapsed", FLOW_SYSTEM, .form = NULL },
    { 0 },
};

static const struct flow_todo TODOS[] = {
    { "open", "may:warnings.manage", "settle", .due = NULL },
    { 0 },
};

const struct flow WARNINGS_FLOW = {
    .name = "warnings",
    .read = "warnings.read",
    .states = STATES,
    .actions = ACTIONS,
    .todos = TODOS,
    .load = warning_flow_load,
    .store = warning_flow_store,
};

static const struct route ROUTES[] = {
    { GET, "/warnings", page_warning_list, .may = "warnings.read", .api = true },
    { POST, "/warnings/refresh", page_warning_refresh, .may = "warnings.manage", .api = true },
    { GET, "/warnings/{id}", page_warning_show, .may = "warnings.read", .api = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "warnings.read", "member head staff leader", ADMIN_NONE },
    { "warnings.manage", "staff", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "my_warnings", "/warnings", "alert-triangle", "scores.own", MENU_SIDE, 62, "/entries/mine" },
    { "warnings", "/warnings", "alert-triangle", "assessments.read", MENU_OFFICE, 62, "/entries" },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "warnings.before", SETTING_NUMBER, NULL, 0, BEFORE_MAX, "1", NULL,
      "rules.md 4: absences lead to advice to resign or removal; one short of it is told" },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "warnings.sync", .every_s = DAY_S, .per_org = true, .run = job_warning_sync },
    { 0 },
};

const struct module warning_module = {
    .name = "warnings",
    .needs = (const char *const[]){ "duty", "entries", "scores", "talks", "assessments", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &WARNINGS_FLOW, NULL },
    .jobs = JOBS,
    .settings = SETTINGS,
    .schema = warnings_schema,
};
