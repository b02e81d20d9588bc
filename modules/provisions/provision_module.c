/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of buses and meals of a meeting, and nothing else; read this first. Rules:
 * provision.c, provision_answer.c. */
#include "embed.h"
#include "modules/provisions/provision.h"
#include "platform/jobs/jobs.h"

enum {
    LINES_MAX = 2000,
    NOTE_MAX = 500,
    PLATE_MAX = 10,
    AVOID_MAX = 60,
    RIDES_MAX = 80,
    HOUR_S = 3600
};

#define OFFERED                                                                            \
    { FIELD(struct provision_input, there), .kind = INPUT_AREA, .max = LINES_MAX,          \
      .hint = "provisions.there_hint" },                                                   \
        { FIELD(struct provision_input, back), .kind = INPUT_AREA, .max = LINES_MAX,       \
          .hint = "provisions.back_hint" },                                                \
        { FIELD(struct provision_input, meals), .kind = INPUT_AREA, .max = LINES_MAX,      \
          .hint = "provisions.meals_hint" },                                               \
        { FIELD(struct provision_input, answer_on), .kind = INPUT_DAY, .required = true }, \
    {                                                                                      \
        FIELD(struct provision_input, note), .kind = INPUT_AREA, .max = NOTE_MAX,          \
                                             .hint = "provisions.note_hint"                \
    }

const struct form PROVISION_FORM = {
    "provisions",
    sizeof(struct provision_input),
    (const struct input[]){
        { FIELD(struct provision_input, meeting), .kind = INPUT_CHOICE, .required = true,
          .values = meeting_choices },
        OFFERED,
        { .field = { 0 } },
    },
};

const struct form PROVISION_CHANGE_FORM = {
    "provisions",
    sizeof(struct provision_input),
    (const struct input[]){
        { FIELD(struct provision_input, id), .kind = INPUT_ID },
        OFFERED,
        { .field = { 0 } },
    },
};

static const struct form BEGIN_QUERY = {
    "provisions",
    sizeof(struct provision_begin_query),
    (const struct input[]){
        { FIELD(struct provision_begin_query, meeting), .kind = INPUT_ID, .query = true },
        { .field = { 0 } },
    },
};

#define ANSWER_INPUTS                                                                              \
    { FIELD(struct provision_answer_input, id), .kind = INPUT_ID },                                \
        { FIELD(struct provision_answer_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX }, \
        { FIELD(struct provision_answer_input, rides), .kind = INPUT_LINES, .max = RIDES_MAX },    \
        { FIELD(struct provision_answer_input, meals), .kind = INPUT_IDS },                        \
        { FIELD(struct provision_answer_input, drives), .kind = INPUT_BOOL },                      \
        { FIELD(struct provision_answer_input, plate), .kind = INPUT_TEXT, .max = PLATE_MAX },     \
        { FIELD(struct provision_answer_input, diet), .kind = INPUT_CHOICE,                        \
          .choices = "plain halal vegetarian" },                                                   \
    {                                                                                              \
        FIELD(struct provision_answer_input, avoid), .kind = INPUT_TEXT, .max = AVOID_MAX          \
    }

static const struct form ANSWER_FORM = {
    "provisions.answer",
    sizeof(struct provision_answer_input),
    (const struct input[]){
        ANSWER_INPUTS,
        { .field = { 0 } },
    },
};

static const struct form PROXY_FORM = {
    "provisions.answer",
    sizeof(struct provision_answer_input),
    (const struct input[]){
        { FIELD(struct provision_answer_input, invitee), .kind = INPUT_ID, .required = true },
        ANSWER_INPUTS,
        { .field = { 0 } },
    },
};

static const struct form PROXY_QUERY = {
    "provisions.answer",
    sizeof(struct provision_answer_input),
    (const struct input[]){
        { FIELD(struct provision_answer_input, id), .kind = INPUT_ID },
        { FIELD(struct provision_answer_input, invitee), .kind = INPUT_ID, .query = true },
        { .field = { 0 } },
    },
};

static const struct flow_state STATES[] = {
    { "draft", .first = true, .tone = "idle" },
    { "published", .tone = "ok" },
    { "outdated", .tone = "warn" },
    { "closed", .tone = "info" },
    { "dropped", .final = true, .tone = "idle" },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "publish", "draft outdated", "published", "provisions.manage",
      .guard = provision_guard_publish, .effect = provision_effect_publish, .weight = FLOW_MAIN },
    { "remind", "published", NULL, "provisions.manage", .guard = provision_guard_remind,
      .effect = provision_effect_remind, .weight = FLOW_MAIN },
    { "change", "draft published outdated closed", NULL, "provisions.manage",
      .form = &PROVISION_CHANGE_FORM, .page = page_provision_change,
      .effect = provision_effect_change },
    { "close", "published", "closed", "provisions.manage", .effect = provision_effect_close },
    { "reopen", "closed", "published", "provisions.manage", .guard = provision_guard_reopen,
      .effect = provision_effect_reopen },
    { "outdate", "draft published outdated closed", "outdated", FLOW_SYSTEM,
      .effect = provision_effect_outdate },
    { "drop", "draft published outdated closed", "dropped", "provisions.manage",
      .effect = provision_effect_drop, .weight = FLOW_DANGER },
    { 0 },
};

static const struct flow_todo TODOS[] = {
    { "outdated", "may:provisions.manage", "publish", .due = NULL },
    { 0 },
};

const struct flow PROVISIONS_FLOW = {
    .name = "provisions",
    .read = "provisions.read",
    .states = STATES,
    .actions = ACTIONS,
    .todos = TODOS,
    .load = provision_flow_load,
    .store = provision_flow_store,
};

static const struct route ROUTES[] = {
    { GET, "/provisions", page_provision_list, .may = "provisions.read", .api = true },
    { GET, "/provisions/new", page_provision_form, .may = "provisions.manage",
      .form = &BEGIN_QUERY },
    { POST, "/provisions/new", page_provision_begin, .may = "provisions.manage",
      .form = &PROVISION_FORM, .redraw = page_provision_form, .api = true },
    { GET, "/provisions/{id}", page_provision_show, .may = "provisions.read", .api = true },
    { POST, "/provisions/{id}/answer", page_provision_answer, .may = "provisions.answer",
      .form = &ANSWER_FORM, .redraw = page_provision_show, .api = true },
    { GET, "/provisions/{id}/proxy", page_provision_proxy, .may = "provisions.manage",
      .form = &PROXY_QUERY },
    { POST, "/provisions/{id}/proxy", page_provision_proxy_save, .may = "provisions.manage",
      .form = &PROXY_FORM, .redraw = page_provision_proxy, .api = true },
    { GET, "/provisions/{id}/buses.pdf", .slow = file_provision_buses, .may = "provisions.manage",
      .api = true },
    { GET, "/provisions/{id}/meals.pdf", .slow = file_provision_meals, .may = "provisions.manage",
      .api = true },
    { GET, "/provisions/{id}/lists.xlsx", .slow = file_provision_xlsx, .may = "provisions.manage",
      .api = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "provisions.read", "member head staff", ADMIN_NONE },
    { "provisions.answer", "member head", ADMIN_NONE },
    { "provisions.manage", "staff", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "provisions", "/provisions", "calendar", "provisions.read", MENU_SIDE, 58, "/meetings" },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "provisions.close", .every_s = HOUR_S, .per_org = true, .run = job_provision_close },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "meetings.shown", on_provision_meeting_shown },
    { "meetings.changed", on_provision_meeting_changed },
    { "meetings.answered", on_provision_answered },
    { "meetings.invited", on_provision_invited },
    { 0 },
};

const struct module provision_module = {
    .name = "provisions",
    .needs = (const char *const[]){ "orgs", "members", "meetings", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &PROVISIONS_FLOW, NULL },
    .jobs = JOBS,
    .listens = LISTENS,
    .schema = provisions_schema,
};
