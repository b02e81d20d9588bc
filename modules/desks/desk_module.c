/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of desks, and nothing else; read this first. Pages: desk_pages.c; of steps:
 * desk_step_pages.c, desk_reply_pages.c; letters: desk_letter.c. */
#include "modules/assignments/assignment_forms.h"
#include "modules/desks/desk_pages.h"
#include "modules/desks/desk_steps.h"
#include "platform/module.h"

static const struct menu_item MENU[] = {
    { "assignment_waiting", "/assignments/waiting", "gavel", "assignments.reassign", MENU_SIDE,
      32 },
    { "assignment_feedback", "/assignments/feedback", "star", "assignments.reply", MENU_SIDE, 34 },
    { 0 },
};

/* Permissions are those of assignments: declared there. Pages of its steps stand at their paths. */
static const struct route ROUTES[] = {
    { GET, "/assignments", page_desk_inbox, .may = "assignments.list" },
    { GET, "/assignments/waiting", page_desk_waiting, .may = "assignments.reassign" },
    { GET, "/assignments/feedback", page_desk_feedback, .may = "assignments.reply" },
    { GET, "/assignments/{id}/pdf", .slow = file_desk_letter_pdf, .may = "assignments.read",
      .form = &DESK_LETTER_FORM, .api = true },
    { GET, "/assignments/{id}/docx", .slow = file_desk_letter_docx, .may = "assignments.read",
      .form = &DESK_LETTER_FORM, .api = true },
    { GET, "/assignments/{id}/bounce", page_desk_bounce, .may = "assignments.bounce" },
    { GET, "/assignments/{id}/dispute", page_desk_dispute, .may = "assignments.bounce" },
    { GET, "/assignments/{id}/reassign", page_desk_reassign, .may = "assignments.reassign" },
    { GET, "/assignments/{id}/uphold", page_desk_uphold, .may = "assignments.reassign" },
    { GET, "/assignments/{id}/extend", page_desk_extend, .may = "assignments.extend" },
    { GET, "/assignments/{id}/decide_extension", page_desk_decide, .may = "assignments.reassign" },
    { GET, "/assignments/{id}/reply", page_desk_reply, .may = "assignments.reply" },
    { GET, "/assignments/{id}/vet", page_desk_vet, .may = "assignments.vet" },
    { GET, "/assignments/{id}/sign", page_desk_sign, .may = "assignments.sign" },
    { GET, "/assignments/{id}/deliver", page_desk_deliver, .may = "assignments.deliver" },
    { POST, "/assignments/{id}/draft", page_desk_draft, .may = "assignments.reply",
      .form = &ASSIGNMENT_REPLY_FORM, .redraw = page_desk_reply },
    { POST, "/assignments/{id}/autosave", api_desk_draft, .may = "assignments.reply",
      .form = &ASSIGNMENT_REPLY_FORM },
    { PUT, "/api/v1/assignments/{id}/draft", api_desk_draft, .may = "assignments.reply",
      .form = &ASSIGNMENT_REPLY_FORM },
    { GET, "/api/v1/assignments/waiting", api_desk_waiting, .may = "assignments.reassign" },
    { GET, "/api/v1/assignments/feedback", api_desk_feedback, .may = "assignments.reply" },
    { 0 },
};

const struct module desk_module = {
    .name = "desks",
    .needs = (const char *const[]){ "orgs", "assignments", NULL },
    .routes = ROUTES,
    .menu = MENU,
};
