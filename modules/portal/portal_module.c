/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of the portal, and nothing else. Pages: portal_pages.c. */
#include "modules/portal/portal.h"
#include "platform/settings/settings.h"

static const struct form SEARCH_FORM = {
    "search",
    sizeof(struct search_input),
    (const struct input[]){ { FIELD(struct search_input, q), .kind = INPUT_TEXT, .max = 100 },
                            { .field = { 0 } } },
};

static const struct form MINE_FORM = {
    "portal.mine",
    sizeof(struct mine_input),
    (const struct input[]){ { FIELD(struct mine_input, after), .kind = INPUT_TEXT, .max = 400 },
                            { .field = { 0 } } },
};

static const struct route ROUTES[] = {
    { GET, "/", page_portal_public, .may = PUBLIC, .cached = true },
    { GET, "/home", page_portal_home, .may = SIGNED_IN },
    { GET, "/help", page_portal_help, .may = PUBLIC, .cached = true },
    { GET, "/search", page_portal_search, .may = SIGNED_IN, .form = &SEARCH_FORM },
    { GET, "/my/proposals", page_portal_mine, .may = "proposals.read", .form = &MINE_FORM,
      .api = true },
    { GET, "/api/v1/todos", api_portal_todos, .may = SIGNED_IN },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "home", "/home", "home", SIGNED_IN, MENU_TAB, 10, NULL },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "portal.complaint_contact", SETTING_TEXT, NULL, 0, 100, "", NULL,
      "General Office letter 2026 no. 12: a complaint entry" },
    { 0 },
};

const struct module portal_module = {
    .name = "portal",
    .needs = (const char *const[]){ "members", "proposals", "burdens", NULL },
    .routes = ROUTES,
    .menu = MENU,
    .settings = SETTINGS,
};
