/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of who sits where at a meeting, and nothing else; read this first. Rules: seating.c,
 * seating_fill.c. */
#include "embed.h"
#include "modules/seatings/seating.h"

enum { TITLE_MAX = 40, ROSTRUM_MAX = 200, FLOOR_MAX = 1000, LEADERS_MAX = 2000, NAME_MAX = 20 };

#define HALL_INPUTS                                                                         \
    { FIELD(struct seating_input, title),                                                   \
      .kind = INPUT_TEXT,                                                                   \
      .required = true,                                                                     \
      .min = 2,                                                                             \
      .max = TITLE_MAX,                                                                     \
      .hint = "seatings.title_hint" },                                                      \
        { FIELD(struct seating_input, floor), .kind = INPUT_AREA, .required = true,         \
          .max = FLOOR_MAX, .hint = "seatings.floor_hint" },                                \
        { FIELD(struct seating_input, numbering), .kind = INPUT_CHOICE, .required = true,   \
          .choices = "odd_even left", .label = "seatings.numbering" },                      \
        { FIELD(struct seating_input, rostrum), .kind = INPUT_AREA, .max = ROSTRUM_MAX,     \
          .hint = "seatings.rostrum_hint" },                                                \
        { FIELD(struct seating_input, leaders), .kind = INPUT_AREA, .max = LEADERS_MAX,     \
          .hint = "seatings.leaders_hint" },                                                \
        { FIELD(struct seating_input, arrangement), .kind = INPUT_CHOICE, .required = true, \
          .choices = "groups sectors names hand", .label = "seatings.arrangement" },        \
    {                                                                                       \
        FIELD(struct seating_input, run), .kind = INPUT_CHOICE, .required = true,           \
                                          .choices = "rows blocks", .label = "seatings.run" \
    }

const struct form SEATING_FORM = {
    "seatings",
    sizeof(struct seating_input),
    (const struct input[]){
        { FIELD(struct seating_input, meeting), .kind = INPUT_CHOICE, .required = true,
          .values = meeting_choices },
        HALL_INPUTS,
        { .field = { 0 } },
    },
};

const struct form SEATING_FILL_FORM = {
    "seatings",
    sizeof(struct seating_input),
    (const struct input[]){
        { FIELD(struct seating_input, id), .kind = INPUT_ID },
        HALL_INPUTS,
        { FIELD(struct seating_input, scheme), .kind = INPUT_CHOICE, .values = seating_schemes,
          .hint = "seatings.scheme_hint" },
        { .field = { 0 } },
    },
};

#define CHAIR_INPUTS                                                                       \
    { FIELD(struct seating_chair_input, id), .kind = INPUT_ID },                           \
    {                                                                                      \
        FIELD(struct seating_chair_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX \
    }

static const struct form SHOW_QUERY = {
    "seatings",
    sizeof(struct seating_chair_input),
    (const struct input[]){
        { FIELD(struct seating_chair_input, id), .kind = INPUT_ID },
        { FIELD(struct seating_chair_input, pick), .kind = INPUT_TEXT, .max = 30, .query = true },
        { .field = { 0 } },
    },
};

static const struct form CARDS_QUERY = {
    "seatings",
    sizeof(struct seating_cards_query),
    (const struct input[]){
        { FIELD(struct seating_cards_query, id), .kind = INPUT_ID },
        { FIELD(struct seating_cards_query, of), .kind = INPUT_CHOICE, .choices = "rostrum all",
          .query = true },
        { FIELD(struct seating_cards_query, size), .kind = INPUT_CHOICE, .choices = "small large",
          .query = true },
        { .field = { 0 } },
    },
};

static const struct form MOVE_FORM = {
    "seatings.move",
    sizeof(struct seating_chair_input),
    (const struct input[]){
        CHAIR_INPUTS,
        { FIELD(struct seating_chair_input, from), .kind = INPUT_TEXT, .required = true,
          .max = 30 },
        { FIELD(struct seating_chair_input, to), .kind = INPUT_TEXT, .required = true, .max = 30 },
        { .field = { 0 } },
    },
};

static const struct form FIX_FORM = {
    "seatings.fix",
    sizeof(struct seating_chair_input),
    (const struct input[]){
        CHAIR_INPUTS,
        { FIELD(struct seating_chair_input, at), .kind = INPUT_TEXT, .required = true, .max = 30 },
        { FIELD(struct seating_chair_input, fixed), .kind = INPUT_BOOL },
        { .field = { 0 } },
    },
};

static const struct form RESERVE_FORM = {
    "seatings.reserve",
    sizeof(struct seating_chair_input),
    (const struct input[]){
        CHAIR_INPUTS,
        { FIELD(struct seating_chair_input, at), .kind = INPUT_TEXT, .required = true, .max = 30 },
        { FIELD(struct seating_chair_input, name), .kind = INPUT_TEXT, .required = true,
          .max = NAME_MAX },
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
    { "publish", "draft", "published", "seatings.manage", .effect = seating_effect_publish,
      .weight = FLOW_MAIN },
    { "complete", "draft published", NULL, "seatings.manage", .effect = seating_effect_complete },
    { "fill", "draft", NULL, "seatings.manage", .form = &SEATING_FILL_FORM,
      .page = page_seating_fill, .effect = seating_effect_fill },
    { "drop", "draft published", "dropped", "seatings.manage", .effect = seating_effect_drop,
      .weight = FLOW_DANGER },
    { 0 },
};

const struct flow SEATINGS_FLOW = {
    .name = "seatings",
    .read = "seatings.read",
    .states = STATES,
    .actions = ACTIONS,
    .load = seating_flow_load,
    .store = seating_flow_store,
};

static const struct route ROUTES[] = {
    { GET, "/seatings", page_seating_list, .may = "seatings.read", .api = true },
    { GET, "/seatings/new", page_seating_form, .may = "seatings.manage" },
    { POST, "/seatings/new", page_seating_begin, .may = "seatings.manage", .form = &SEATING_FORM,
      .redraw = page_seating_form, .api = true },
    { GET, "/seatings/{id}", page_seating_show, .may = "seatings.read", .form = &SHOW_QUERY,
      .api = true },
    { POST, "/seatings/{id}/move", page_seating_move, .may = "seatings.manage", .form = &MOVE_FORM,
      .redraw = page_seating_show, .api = true },
    { POST, "/seatings/{id}/fix", page_seating_fix, .may = "seatings.manage", .form = &FIX_FORM,
      .redraw = page_seating_show, .api = true },
    { POST, "/seatings/{id}/reserve", page_seating_reserve, .may = "seatings.manage",
      .form = &RESERVE_FORM, .redraw = page_seating_show, .api = true },
    { GET, "/seatings/{id}/pdf", .slow = file_seating_pdf, .may = "seatings.read", .api = true },
    { GET, "/seatings/{id}/cards.pdf", .slow = file_seating_cards, .may = "seatings.manage",
      .form = &CARDS_QUERY, .api = true },
    { GET, "/seatings/{id}/plan.xlsx", .slow = file_seating_xlsx, .may = "seatings.manage",
      .api = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "seatings.read", "member head staff leader", ADMIN_NONE },
    { "seatings.manage", "staff", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "seatings", "/seatings", "columns", "seatings.read", MENU_SIDE, 57, "/meetings" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "meetings.shown", on_seating_meeting_shown },
    { "meetings.gate_listed", on_seating_gate_listed },
    { 0 },
};

const struct module seating_module = {
    .name = "seatings",
    .needs = (const char *const[]){ "orgs", "members", "meetings", "schemes", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &SEATINGS_FLOW, NULL },
    .listens = LISTENS,
    .schema = seatings_schema,
};
