/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of the space of a plenary, and nothing else; read this first. It keeps nothing: what
 * it shows belongs to the modules below. */
#include "modules/plenaries/plenary.h"

static const struct route ROUTES[] = {
    { GET, "/plenaries", page_plenary_list, .may = "meetings.read", .api = true },
    { GET, "/plenaries/{id}", page_plenary_show, .may = "meetings.read", .api = true },
    { GET, "/plenaries/{id}/pdf", .slow = file_plenary_pdf, .may = "meetings.excuse", .api = true },
    { GET, "/plenaries/{id}/docx", .slow = file_plenary_docx, .may = "meetings.excuse",
      .api = true },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "plenaries", "/plenaries", "building-community", "meetings.read", MENU_SIDE, 57,
      "/meetings" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "meetings.shown", on_plenary_meeting_shown },
    { 0 },
};

const struct module plenary_module = {
    .name = "plenaries",
    .needs = (const char *const[]){ "orgs", "members", "calls", "proposals", "meetings", "schemes",
                                    "speeches", NULL },
    .routes = ROUTES,
    .menu = MENU,
    .listens = LISTENS,
};
