/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of complaints of burden, and nothing else; read this first. Rules: burden.c. */
#include "embed.h"
#include "modules/burdens/burden.h"
#include "platform/settings/settings.h"

const struct anonymous BURDEN_PUBLIC = { .name = "burdens" };

#define BURDEN_INPUTS                                                                            \
    { FIELD(struct burden_input, kind), .kind = INPUT_CHOICE, .required = true,                  \
      .dictionary = "burdens.kinds" },                                                           \
        { FIELD(struct burden_input, place),                                                     \
          .kind = INPUT_TEXT,                                                                    \
          .required = true,                                                                      \
          .min = 2,                                                                              \
          .max = BURDEN_PLACE_MAX,                                                               \
          .hint = "burdens.place_hint" },                                                        \
    {                                                                                            \
        FIELD(struct burden_input, words), .kind = INPUT_AREA, .required = true, .min = 4,       \
                                           .max = BURDEN_WORDS_MAX, .hint = "burdens.words_hint" \
    }

const struct form BURDEN_FORM = {
    "burdens",
    sizeof(struct burden_input),
    (const struct input[]){
        BURDEN_INPUTS,
        { FIELD(struct burden_input, hidden), .kind = INPUT_BOOL, .hint = "burdens.hidden_hint" },
        { .field = { 0 } } },
};
const struct form BURDEN_PUBLIC_FORM = { "burdens", sizeof(struct burden_input),
                                         (const struct input[]){ BURDEN_INPUTS,
                                                                 { .field = { 0 } } } };

static const struct form ANSWER_FORM = {
    "burdens.answer",
    sizeof(struct burden_answer_input),
    (const struct input[]){
        { FIELD(struct burden_answer_input, id), .kind = INPUT_ID },
        { FIELD(struct burden_answer_input, way), .kind = INPUT_CHOICE, .required = true,
          .choices = "dropped eased kept" },
        { FIELD(struct burden_answer_input, opinion), .kind = INPUT_AREA, .required = true,
          .min = 2, .max = BURDEN_WORDS_MAX, .hint = "burdens.answer.opinion_hint" },
        { FIELD(struct burden_answer_input, published), .kind = INPUT_BOOL,
          .hint = "burdens.answer.published_hint" },
        { .field = { 0 } },
    },
};

/* ---- the flow ---- */

static const struct flow_state STATES[] = {
    { "asked", .first = true, .tone = "warn" },
    { "answered", .final = true, .tone = "ok" },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "answer", "asked", "answered", "burdens.answer", .form = &ANSWER_FORM,
      .effect = burden_effect_answer, .clocks = "stop:answer", .weight = FLOW_MAIN },
    { 0 },
};

static const struct flow_clock CLOCKS[] = {
    { "answer", "burdens.answer_days", "working_days", .extend_setting = NULL },
    { 0 },
};

static const struct flow_todo TODOS[] = {
    { "asked", "may:burdens.answer", "answer", .due = "answer" },
    { 0 },
};

const struct flow BURDENS_FLOW = {
    .name = "burdens",
    .read = "burdens.read",
    .states = STATES,
    .actions = ACTIONS,
    .clocks = CLOCKS,
    .todos = TODOS,
    .load = burden_flow_load,
    .store = burden_flow_store,
};

/* ---- the rest ---- */

static const struct route ROUTES[] = {
    { GET, "/burdens", page_burden_list, .may = "burdens.read", .api = true },
    { GET, "/burdens/new", page_burden_new, .may = "burdens.tell", .unnamed = true },
    { POST, "/burdens/new", page_burden_add, .may = "burdens.tell", .form = &BURDEN_FORM,
      .redraw = page_burden_new, .api = true, .unnamed = true },
    { GET, "/burdens/figures", page_burden_figures, .may = "burdens.read", .api = true },
    { GET, "/burdens/public", page_burden_public, .may = PUBLIC, .anonymous = &BURDEN_PUBLIC },
    { POST, "/burdens/public", page_burden_public_add, .may = PUBLIC, .form = &BURDEN_PUBLIC_FORM,
      .redraw = page_burden_public, .anonymous = &BURDEN_PUBLIC },
    { GET, "/burdens/{id}", page_burden_show, .may = "burdens.read", .api = true, .unnamed = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "burdens.read", "member head staff leader", ADMIN_NONE },
    { "burdens.tell", "member head", ADMIN_NONE },
    { "burdens.answer", "staff", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "my_burdens", "/burdens", "message", "burdens.tell", MENU_SIDE, 61, "/entries/mine" },
    { "burdens", "/burdens", "message", "burdens.read", MENU_OFFICE, 61, "/entries" },
    { 0 },
};

#define LESS_BURDEN "State Council General Office 2026 no. 12: a complaint entry"

static const struct setting SETTINGS[] = {
    { "burdens.answer_days", SETTING_NUMBER, "working_days", 1, 90, "10", NULL, "product" },
    { "burdens.public", SETTING_BOOL, NULL, 0, 0, "0", NULL, LESS_BURDEN },
    { 0 },
};

static const struct dictionary DICTIONARIES[] = {
    { "burdens.kinds",
      (const struct dictionary_value[]){ { "form", "burdens.kind.form" },
                                         { "meeting", "burdens.kind.meeting" },
                                         { "task", "burdens.kind.task" },
                                         { "ranking", "burdens.kind.ranking" },
                                         { "system", "burdens.kind.system" },
                                         { "other", "burdens.kind.other" },
                                         { NULL, NULL } },
      LESS_BURDEN },
    { 0 },
};

const struct module burden_module = {
    .name = "burdens",
    .needs = (const char *const[]){ "orgs", "settings", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &BURDENS_FLOW, NULL },
    .settings = SETTINGS,
    .dictionaries = DICTIONARIES,
    .schema = burdens_schema,
};
