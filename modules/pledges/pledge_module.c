/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of pledges, and nothing else; read this first. Rules: pledge.c, pledge_call.c. */
#include "embed.h"
#include "modules/members/audience.h"
#include "modules/pledges/pledge.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"

enum {
    GOAL_MAX = 99,
    NAME_MAX = 40,
    REASON_MAX = 200,
    TEXT_MIN = 50,
    TEXT_MAX = 1000,
    ASPECTS_MAX = 20,
    HOUR_S = 3600,
    EDITION_MAX = 999
};

/* ---- forms ---- */

#define PLEDGE_INPUTS                                                                      \
    { FIELD(struct pledge_input, id), .kind = INPUT_ID },                                  \
        { FIELD(struct pledge_input, aspects), .kind = INPUT_LINES, .max = ASPECTS_MAX,    \
          .keep_empty = true },                                                            \
        { FIELD(struct pledge_input, texts), .kind = INPUT_LINES, .max = ASPECTS_MAX,      \
          .keep_empty = true },                                                            \
        { FIELD(struct pledge_input, trainings), .kind = INPUT_NUMBER, .max = GOAL_MAX },  \
        { FIELD(struct pledge_input, activities), .kind = INPUT_NUMBER, .max = GOAL_MAX }, \
        { FIELD(struct pledge_input, proposals), .kind = INPUT_NUMBER, .max = GOAL_MAX },  \
        { FIELD(struct pledge_input, opinions), .kind = INPUT_NUMBER, .max = GOAL_MAX },   \
    {                                                                                      \
        FIELD(struct pledge_input, welfares), .kind = INPUT_NUMBER, .max = GOAL_MAX        \
    }

#define PLEDGE_SIGNATURE                                                                         \
    {                                                                                            \
        FIELD(struct pledge_input, signature), .kind = INPUT_TEXT, .required = true,             \
                                               .max = NAME_MAX, .hint = "pledges.signature_hint" \
    }

const struct form PLEDGE_SIGN_FORM = { "pledges", sizeof(struct pledge_input),
                                       (const struct input[]){
                                           PLEDGE_INPUTS, PLEDGE_SIGNATURE, { .field = { 0 } } } };
const struct form PLEDGE_AMEND_FORM = {
    "pledges",
    sizeof(struct pledge_input),
    (const struct input[]){
        PLEDGE_INPUTS,
        PLEDGE_SIGNATURE,
        { FIELD(struct pledge_input, reason), .kind = INPUT_TEXT, .max = REASON_MAX },
        { .field = { 0 } },
    },
};

/* What is being written: the signature is typed anew each time. */
const struct form PLEDGE_DRAFT_FORM = {
    "pledges",
    sizeof(struct pledge_input),
    (const struct input[]){
        PLEDGE_INPUTS,
        { FIELD(struct pledge_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { .field = { 0 } },
    },
};

const struct form PLEDGE_CALL_FORM = {
    "pledges",
    sizeof(struct pledge_call_input),
    (const struct input[]){
        { FIELD(struct pledge_call_input, audience), .kind = INPUT_LINES, .required = true,
          .max = 500, .values = audience_members, .hint = "pledges.audience_hint" },
        { FIELD(struct pledge_call_input, due_on), .kind = INPUT_DAY, .required = true,
          .hint = "pledges.due_on_hint" },
        { .field = { 0 } },
    },
};

static const struct form SHOW_FORM = {
    "pledges",
    sizeof(struct pledge_show_input),
    (const struct input[]){
        { FIELD(struct pledge_show_input, id), .kind = INPUT_ID },
        { FIELD(struct pledge_show_input, edition), .kind = INPUT_NUMBER, .max = EDITION_MAX },
        { .field = { 0 } },
    },
};

/* ---- the flow ---- */

static const struct flow_state STATES[] = {
    { "asked", .first = true, .tone = "warn" },
    { "signed", .final = true, .tone = "ok" },
    { "lapsed", .final = true, .tone = "idle" },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "sign", "asked", "signed", "pledges.sign", .form = &PLEDGE_SIGN_FORM,
      .guard = pledge_guard_sign, .effect = pledge_effect_sign, .page = page_pledge_sign,
      .weight = FLOW_MAIN },
    { "amend", "signed", NULL, "pledges.sign", .form = &PLEDGE_AMEND_FORM,
      .guard = pledge_guard_sign, .effect = pledge_effect_sign, .page = page_pledge_amend },
    { "lapse", "asked", "lapsed", FLOW_SYSTEM, .effect = pledge_effect_lapse },
    { "recall", "lapsed", "asked", FLOW_SYSTEM, .form = NULL, .effect = pledge_effect_recall },
    { 0 },
};

static const struct flow_todo TODOS[] = {
    { "asked", "person", "sign", .on_demand = true },
    { 0 },
};

const struct flow PLEDGES_FLOW = {
    .name = "pledges",
    .read = "pledges.read",
    .states = STATES,
    .actions = ACTIONS,
    .todos = TODOS,
    .load = pledge_flow_load,
    .store = pledge_flow_store,
    .holder = pledge_flow_holder,
};

/* ---- the rest ---- */

static const struct route ROUTES[] = {
    { GET, "/pledges", page_pledge_list, .may = "pledges.read", .api = true },
    { GET, "/pledges/call", page_pledge_call_form, .may = "pledges.call" },
    { POST, "/pledges/call", page_pledge_call, .may = "pledges.call", .form = &PLEDGE_CALL_FORM,
      .redraw = page_pledge_call_form, .api = true },
    { POST, "/pledges/remind", page_pledge_remind, .may = "pledges.call", .api = true },
    { GET, "/pledges/{id}", page_pledge_show, .may = "pledges.read", .form = &SHOW_FORM,
      .api = true },
    { POST, "/pledges/{id}/autosave", api_pledge_autosave, .may = "pledges.sign",
      .form = &PLEDGE_DRAFT_FORM },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "pledges.read", "member head staff leader", ADMIN_NONE },
    { "pledges.sign", "member head", ADMIN_NONE },
    { "pledges.call", "staff", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "my_pledges", "/pledges", "edit", "pledges.sign", MENU_SIDE, 59, "/entries/mine" },
    { "pledges", "/pledges", "edit", "pledges.read", MENU_OFFICE, 59, "/entries" },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "pledges.others_from", SETTING_MONTH_DAY, NULL, 0, 0, "", NULL,
      "Chuxiong: standing members pledge first; elsewhere all together" },
    { "pledges.text_max", SETTING_NUMBER, "characters", TEXT_MIN, TEXT_MAX, "200", NULL,
      "product" },
    { 0 },
};

static const struct dictionary DICTIONARIES[] = {
    { "pledges.aspects",
      (const struct dictionary_value[]){ { "understand", "pledges.aspect.understand" },
                                         { "consult", "pledges.aspect.consult" },
                                         { "propose", "pledges.aspect.propose" },
                                         { "discipline", "pledges.aspect.discipline" },
                                         { "rules", "pledges.aspect.rules" },
                                         { "conduct", "pledges.aspect.conduct" },
                                         { NULL, NULL } },
      "Chuxiong: pledge of members in six aspects" },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "pledges.open", .every_s = HOUR_S, .per_org = true, .run = job_pledge_open },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "members.left", on_pledge_left },
    { 0 },
};

const struct module pledge_module = {
    .name = "pledges",
    .needs = (const char *const[]){ "members", "entries", "duty", "scores", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &PLEDGES_FLOW, NULL },
    .jobs = JOBS,
    .settings = SETTINGS,
    .dictionaries = DICTIONARIES,
    .listens = LISTENS,
    .schema = pledges_schema,
};
