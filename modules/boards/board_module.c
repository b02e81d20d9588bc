/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of boards, and nothing else; read this first. One step for several cases:
 * board_steps.c, what each verb asks: board_acts.c; pages: board_pages.c. */
#include "modules/boards/board_pages.h"

static const struct form STEPS_FORM = {
    "boards.steps",
    sizeof(struct board_steps_input),
    (const struct input[]){
        { FIELD(struct board_steps_input, verb), .kind = INPUT_CHOICE, .required = true,
          .choices = "screen docket revise reject assign redo" },
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
        { .field = { 0 } },
    },
};

static const struct route ROUTES[] = {
    { POST, "/boards/steps", page_board_steps, .may = "boards.read", .form = &STEPS_FORM,
      .api = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "boards.read", "staff reviewer dispatcher leader", ADMIN_NONE },
    { 0 },
};

const struct module board_module = {
    .name = "boards",
    .needs = (const char *const[]){ "proposals", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
};
