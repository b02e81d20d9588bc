/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of boards, and nothing else; read this first. One step for several cases:
 * board_steps.c, what each verb asks: board_acts.c; who reads a card: board_marks.c; boards:
 * board_show.c; acts: board_pages.c. */
#include "embed.h"
#include "modules/boards/board_pages.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"

static const struct form STEPS_FORM = {
    "boards.steps",
    sizeof(struct board_steps_input),
    (const struct input[]){
        { FIELD(struct board_steps_input, verb), .kind = INPUT_CHOICE, .required = true,
          .choices = "screen docket revise reject preassign assign redo" },
        { FIELD(struct board_steps_input, cases), .kind = INPUT_LINES, .required = true,
          .max = BOARD_AT_ONCE },
        { FIELD(struct board_steps_input, own), .kind = INPUT_BOOL },
        { FIELD(struct board_steps_input, category), .kind = INPUT_CHOICE,
          .dictionary = "proposals.categories" },
        { FIELD(struct board_steps_input, host_id), .kind = INPUT_ID },
        { FIELD(struct board_steps_input, cohosts), .kind = INPUT_IDS, .max = 8 },
        { FIELD(struct board_steps_input, due_on), .kind = INPUT_DAY },
        { FIELD(struct board_steps_input, reason), .kind = INPUT_CHOICE,
          .dictionary = "proposals.reject_reasons" },
        { FIELD(struct board_steps_input, destination), .kind = INPUT_CHOICE,
          .dictionary = "proposals.destinations" },
        { FIELD(struct board_steps_input, opinion), .kind = INPUT_AREA, .max = 2000 },
        { FIELD(struct board_steps_input, next), .kind = INPUT_TEXT, .max = 200 },
        { FIELD(struct board_steps_input, ask), .kind = INPUT_BOOL },
        { .field = { 0 } },
    },
};

/* The page of a step: what was ticked on the board. */
static const struct form CHOICE_FORM = {
    "boards.steps",
    sizeof(struct board_choice_input),
    (const struct input[]){
        { FIELD(struct board_choice_input, verb), .kind = INPUT_CHOICE, .required = true,
          .choices = "screen docket revise reject preassign assign redo" },
        { FIELD(struct board_choice_input, cases), .kind = INPUT_LINES, .max = 2 * BOARD_AT_ONCE },
        { FIELD(struct board_choice_input, next), .kind = INPUT_TEXT, .max = 200 },
        { .field = { 0 } },
    },
};

/* What the two boards are asked for. column: that one alone; after: its next page. */
static const struct form BOARD_FORM = {
    "boards",
    sizeof(struct board_input),
    (const struct input[]){
        { FIELD(struct board_input, session_id), .kind = INPUT_ID },
        { FIELD(struct board_input, category), .kind = INPUT_CHOICE,
          .dictionary = "proposals.categories" },
        { FIELD(struct board_input, kind), .kind = INPUT_CHOICE,
          .choices = "personal joint democratic association sector group committee township" },
        { FIELD(struct board_input, mine), .kind = INPUT_BOOL },
        { FIELD(struct board_input, own), .kind = INPUT_BOOL },
        { FIELD(struct board_input, column), .kind = INPUT_TEXT, .max = 20 },
        { FIELD(struct board_input, after), .kind = INPUT_TEXT, .max = 200 },
        { .field = { 0 } },
    },
};

static const struct form TAKE_FORM = {
    "boards.take",
    sizeof(struct board_take_input),
    (const struct input[]){
        { FIELD(struct board_take_input, cases), .kind = INPUT_LINES, .required = true,
          .max = BOARD_AT_ONCE },
        { FIELD(struct board_take_input, off), .kind = INPUT_BOOL },
        { FIELD(struct board_take_input, open), .kind = INPUT_BOOL },
        { FIELD(struct board_take_input, next), .kind = INPUT_TEXT, .max = 200 },
        { .field = { 0 } },
    },
};

static const struct route ROUTES[] = {
    { GET, "/proposals/{id}/docket", page_board_docket, .may = "proposals.docket" },
    { GET, "/proposals/{id}/preassign", page_board_preassign, .may = "proposals.preassign" },
    { GET, "/proposals/{id}/assign", page_board_assign, .may = "proposals.assign" },
    { GET, "/proposals/{id}/reconsider", page_board_reconsider, .may = "proposals.write" },
    { GET, "/proposals/{id}/merge", page_board_merge, .may = "proposals.merge" },
    { GET, "/proposals/{id}/mark", page_board_mark, .may = "proposals.mark" },
    { GET, "/boards/review", page_board_review, .may = "boards.read", .form = &BOARD_FORM,
      .api = true },
    { GET, "/boards/handling", page_board_handling, .may = "boards.read", .form = &BOARD_FORM,
      .api = true },
    { GET, "/boards/steps", page_board_steps_form, .may = "boards.read", .form = &CHOICE_FORM },
    { POST, "/boards/steps", page_board_steps, .may = "boards.read", .form = &STEPS_FORM,
      .redraw = page_board_steps_form, .api = true },
    { POST, "/boards/take", page_board_take, .may = "boards.read", .form = &TAKE_FORM,
      .redraw = page_board_again, .api = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "boards.read", "staff reviewer dispatcher leader", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "boards", "/boards/review", "columns", "boards.read", MENU_OFFICE, 22, NULL },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "boards.take_minutes", SETTING_NUMBER, "minutes", 5, 240, "30", NULL, "product" },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "boards.expire", .every_s = 300, .per_org = true, .run = job_board_expire },
    { 0 },
};

const struct module board_module = {
    .name = "boards",
    .needs = (const char *const[]){ "orgs", "settings", "assignments", "proposals", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .settings = SETTINGS,
    .jobs = JOBS,
    .schema = boards_schema,
};
