/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of duty, and nothing else; read this first. Rules: duty.c. */
#include "embed.h"
#include "modules/duty/duty.h"

const struct form DUTY_SET_FORM = {
    "rulesets",
    sizeof(struct duty_set_input),
    (const struct input[]){
        { FIELD(struct duty_set_input, id), .kind = INPUT_ID },
        { FIELD(struct duty_set_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct duty_set_input, document), .kind = INPUT_AREA, .required = true,
          .max = DUTY_DOCUMENT_MAX, .hint = "rulesets.document_hint" },
        { .field = { 0 } },
    },
};

static const struct form NEW_FORM = {
    "rulesets",
    sizeof(struct duty_new_input),
    (const struct input[]){
        { FIELD(struct duty_new_input, shipped), .kind = INPUT_TEXT, .max = 60 },
        { FIELD(struct duty_new_input, copy), .kind = INPUT_ID },
        { .field = { 0 } },
    },
};

static const struct form ENACT_FORM = {
    "rulesets.enact",
    sizeof(struct duty_enact_input),
    (const struct input[]){
        { FIELD(struct duty_enact_input, id), .kind = INPUT_ID },
        { FIELD(struct duty_enact_input, from_on), .kind = INPUT_DAY, .required = true,
          .hint = "rulesets.enact.from_on_hint" },
        { FIELD(struct duty_enact_input, organ), .kind = INPUT_TEXT, .required = true, .max = 100,
          .hint = "rulesets.enact.organ_hint" },
        { .field = { 0 } },
    },
};

static const struct form RETIRE_FORM = {
    "rulesets.retire",
    sizeof(struct duty_retire_input),
    (const struct input[]){
        { FIELD(struct duty_retire_input, id), .kind = INPUT_ID },
        { FIELD(struct duty_retire_input, to_on), .kind = INPUT_DAY, .required = true,
          .hint = "rulesets.retire.to_on_hint" },
        { FIELD(struct duty_retire_input, opinion), .kind = INPUT_AREA, .required = true, .min = 2,
          .max = 500 },
        { .field = { 0 } },
    },
};

static const struct form COMPARE_FORM = {
    "rulesets.compare",
    sizeof(struct duty_compare_input),
    (const struct input[]){
        { FIELD(struct duty_compare_input, id), .kind = INPUT_ID },
        { FIELD(struct duty_compare_input, with), .kind = INPUT_ID },
        { .field = { 0 } },
    },
};

static const struct route ROUTES[] = {
    { GET, "/rulesets", page_ruleset_list, .may = "rulesets.read", .api = true },
    { GET, "/rulesets/new", page_ruleset_new, .may = "rulesets.manage", .form = &NEW_FORM },
    { POST, "/rulesets/new", page_ruleset_save, .may = "rulesets.manage", .form = &DUTY_SET_FORM,
      .redraw = page_ruleset_new, .api = true },
    { GET, "/rulesets/{id}", page_ruleset_show, .may = "rulesets.read", .api = true },
    { GET, "/rulesets/{id}/edit", page_ruleset_edit, .may = "rulesets.manage" },
    { POST, "/rulesets/{id}/edit", page_ruleset_save, .may = "rulesets.manage",
      .form = &DUTY_SET_FORM, .redraw = page_ruleset_edit, .api = true },
    { GET, "/rulesets/{id}/compare", page_ruleset_compare, .may = "rulesets.read",
      .form = &COMPARE_FORM, .api = true },
    { GET, "/rulesets/{id}/document", file_ruleset, .may = "rulesets.read" },
    { 0 },
};

static const struct flow_state STATES[] = {
    { "draft", .first = true, .tone = "idle" },
    { "enacted", .tone = "ok" },
    { "retired", .final = true, .tone = "idle" },
    { "dropped", .final = true, .tone = "idle" },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "enact", "draft", "enacted", "rulesets.manage", .form = &ENACT_FORM,
      .effect = duty_effect_enact, .weight = FLOW_MAIN },
    { "drop", "draft", "dropped", "rulesets.manage", .weight = FLOW_DANGER },
    { "recall", "enacted", "draft", "rulesets.manage", .guard = duty_guard_recall,
      .effect = duty_effect_recall, .weight = FLOW_DANGER },
    { "retire", "enacted", "retired", "rulesets.manage", .form = &RETIRE_FORM,
      .guard = duty_guard_retire, .effect = duty_effect_retire, .weight = FLOW_DANGER },
    { 0 },
};

const struct flow RULESETS_FLOW = {
    .name = "rulesets",
    .read = "rulesets.read",
    .states = STATES,
    .actions = ACTIONS,
    .load = duty_flow_load,
    .store = duty_flow_store,
};

static const struct permission PERMISSIONS[] = {
    { "rulesets.read", "member head staff leader", ADMIN_NONE },
    { "rulesets.manage", "staff", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "rulesets", "/rulesets", "scale", "rulesets.read", MENU_SIDE, 59, "duty" },
    { 0 },
};

const struct module duty_module = {
    .name = "duty",
    .needs = (const char *const[]){ "orgs", "entries", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &RULESETS_FLOW, NULL },
    .schema = duty_schema,
};
