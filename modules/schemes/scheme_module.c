/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of groups of a meeting, and nothing else; read this first. Rules: scheme.c. */
#include "embed.h"
#include "modules/schemes/scheme.h"

enum { TITLE_MAX = 40, NAME_MAX = 20, HALVES_MAX = 62 };

const struct form SCHEME_FORM = {
    "schemes",
    sizeof(struct scheme_input),
    (const struct input[]){
        { FIELD(struct scheme_input, meeting), .kind = INPUT_CHOICE, .required = true,
          .values = meeting_choices },
        { FIELD(struct scheme_input, kind), .kind = INPUT_CHOICE, .required = true,
          .choices = "sectoral study free", .label = "schemes.kind" },
        { FIELD(struct scheme_input, groups), .kind = INPUT_NUMBER, .required = true, .min = 1,
          .max = SCHEME_GROUPS_MAX, .hint = "schemes.groups_hint" },
        { FIELD(struct scheme_input, title), .kind = INPUT_TEXT, .required = true, .min = 2,
          .max = TITLE_MAX, .hint = "schemes.title_hint" },
        { .field = { 0 } },
    },
};

static const struct form DIVIDE_FORM = {
    "schemes.divide",
    sizeof(struct scheme_divide_input),
    (const struct input[]){
        { FIELD(struct scheme_divide_input, id), .kind = INPUT_ID },
        { FIELD(struct scheme_divide_input, groups), .kind = INPUT_NUMBER, .required = true,
          .min = 1, .max = SCHEME_GROUPS_MAX, .hint = "schemes.divide.groups_hint" },
        { .field = { 0 } },
    },
};

static const struct form MOVE_FORM = {
    "schemes.move",
    sizeof(struct scheme_move_input),
    (const struct input[]){
        { FIELD(struct scheme_move_input, id), .kind = INPUT_ID },
        { FIELD(struct scheme_move_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct scheme_move_input, invitees), .kind = INPUT_IDS, .required = true,
          .max = SCHEME_PLACED_MAX },
        { FIELD(struct scheme_move_input, to), .kind = INPUT_TEXT, .required = true, .max = 30 },
        { .field = { 0 } },
    },
};

const struct form SCHEME_GROUP_FORM = {
    "scheme_groups",
    sizeof(struct scheme_group_input),
    (const struct input[]){
        { FIELD(struct scheme_group_input, id), .kind = INPUT_ID },
        { FIELD(struct scheme_group_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct scheme_group_input, name), .kind = INPUT_TEXT, .required = true,
          .max = NAME_MAX },
        { FIELD(struct scheme_group_input, room), .kind = INPUT_TEXT, .max = TITLE_MAX },
        { FIELD(struct scheme_group_input, convener), .kind = INPUT_CHOICE,
          .values = scheme_group_members },
        { FIELD(struct scheme_group_input, recorder), .kind = INPUT_CHOICE,
          .values = scheme_group_members },
        { .field = { 0 } },
    },
};

static const struct form ROLL_QUERY_FORM = {
    "scheme_groups.roll",
    sizeof(struct scheme_roll_input),
    (const struct input[]){
        { FIELD(struct scheme_roll_input, id), .kind = INPUT_ID },
        { FIELD(struct scheme_roll_input, half), .kind = INPUT_NUMBER, .max = HALVES_MAX,
          .query = true },
        { .field = { 0 } },
    },
};

static const struct form ROLL_FORM = {
    "scheme_groups.roll",
    sizeof(struct scheme_roll_input),
    (const struct input[]){
        { FIELD(struct scheme_roll_input, id), .kind = INPUT_ID },
        { FIELD(struct scheme_roll_input, half), .kind = INPUT_NUMBER, .max = HALVES_MAX },
        { FIELD(struct scheme_roll_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct scheme_roll_input, invitees), .kind = INPUT_IDS, .required = true,
          .max = SCHEME_PLACED_MAX },
        { FIELD(struct scheme_roll_input, presences), .kind = INPUT_LINES, .keep_empty = true,
          .max = SCHEME_PLACED_MAX },
        { .field = { 0 } },
    },
};

static const struct flow_state STATES[] = {
    { "draft", .first = true, .tone = "idle" },
    { "published", .tone = "ok" },
    { "dropped", .final = true, .tone = "idle" },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "publish", "draft", "published", "schemes.manage", .effect = scheme_effect_publish,
      .weight = FLOW_MAIN },
    { "divide", "draft", NULL, "schemes.manage", .form = &DIVIDE_FORM,
      .effect = scheme_effect_divide },
    { "drop", "draft published", "dropped", "schemes.manage", .guard = scheme_guard_drop,
      .weight = FLOW_DANGER },
    { 0 },
};

const struct flow SCHEMES_FLOW = {
    .name = "schemes",
    .read = "schemes.read",
    .states = STATES,
    .actions = ACTIONS,
    .load = scheme_flow_load,
    .store = scheme_flow_store,
};

static const struct route ROUTES[] = {
    { GET, "/schemes", page_scheme_list, .may = "schemes.read", .api = true },
    { GET, "/schemes/new", page_scheme_form, .may = "schemes.manage" },
    { POST, "/schemes/new", page_scheme_begin, .may = "schemes.manage", .form = &SCHEME_FORM,
      .redraw = page_scheme_form, .api = true },
    { GET, "/schemes/{id}", page_scheme_show, .may = "schemes.read", .api = true },
    { POST, "/schemes/{id}/move", page_scheme_move, .may = "schemes.manage", .form = &MOVE_FORM,
      .redraw = page_scheme_show, .api = true },
    { GET, "/schemes/{id}/pdf", .slow = file_scheme_pdf, .may = "schemes.read", .api = true },
    { GET, "/schemes/{id}/docx", .slow = file_scheme_docx, .may = "schemes.read", .api = true },
    { GET, "/scheme_groups/{id}/edit", page_scheme_group_form, .may = "schemes.manage" },
    { POST, "/scheme_groups/{id}/edit", page_scheme_group_save, .may = "schemes.manage",
      .form = &SCHEME_GROUP_FORM, .redraw = page_scheme_group_form, .api = true },
    { GET, "/scheme_groups/{id}/roll", page_scheme_roll, .may = "schemes.roll",
      .form = &ROLL_QUERY_FORM, .api = true },
    { POST, "/scheme_groups/{id}/roll", page_scheme_roll_save, .may = "schemes.roll",
      .form = &ROLL_FORM, .redraw = page_scheme_roll, .api = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "schemes.read", "member head staff leader", ADMIN_NONE },
    { "schemes.manage", "staff", ADMIN_NONE },
    { "schemes.roll", "member head staff", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "schemes", "/schemes", "users", "schemes.read", MENU_SIDE, 57, "/meetings" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "meetings.shown", on_scheme_meeting_shown },
    { "meetings.credited", on_scheme_meeting_credited },
    { 0 },
};

const struct module scheme_module = {
    .name = "schemes",
    .needs = (const char *const[]){ "orgs", "members", "meetings", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &SCHEMES_FLOW, NULL },
    .listens = LISTENS,
    .schema = schemes_schema,
};
