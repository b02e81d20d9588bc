/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of desks, and nothing else; read this first. Pages: desk_pages.c; letters:
 * desk_letter.c. */
#include "modules/desks/desk_pages.h"
#include "platform/module.h"

static const struct menu_item MENU[] = {
    { "assignment_waiting", "/assignments/waiting", "gavel", "assignments.reassign", MENU_SIDE,
      32 },
    { "assignment_feedback", "/assignments/feedback", "star", "assignments.reply", MENU_SIDE, 34 },
    { 0 },
};

/* Permissions are those of assignments: declared there. */
static const struct route ROUTES[] = {
    { GET, "/assignments", page_desk_inbox, .may = "assignments.list" },
    { GET, "/assignments/waiting", page_desk_waiting, .may = "assignments.reassign" },
    { GET, "/assignments/feedback", page_desk_feedback, .may = "assignments.reply" },
    { GET, "/assignments/{id}/pdf", .slow = file_desk_letter_pdf, .may = "assignments.read",
      .form = &DESK_LETTER_FORM, .api = true },
    { GET, "/assignments/{id}/docx", .slow = file_desk_letter_docx, .may = "assignments.read",
      .form = &DESK_LETTER_FORM, .api = true },
    { GET, "/api/v1/assignments/waiting", api_desk_waiting, .may = "assignments.reassign" },
    { GET, "/api/v1/assignments/feedback", api_desk_feedback, .may = "assignments.reply" },
    { 0 },
};

const struct module desk_module = {
    .name = "desks",
    .needs = (const char *const[]){ "assignments", NULL },
    .routes = ROUTES,
    .menu = MENU,
};
