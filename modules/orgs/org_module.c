/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of orgs, and nothing else; read this first. Rules: org.c. Pages: org_pages.c. JSON:
 * org_api.c. */
#include "embed.h"
#include "modules/orgs/org.h"
#include "modules/orgs/org_forms.h"
#include "modules/orgs/org_list.h"
#include "platform/files/import_page.h"
#include "platform/list/list.h"
#include "platform/settings/settings.h"

static const char KINDS[] =
    "department government party_committee democratic federation association township employer "
    "cppcc";

static const struct form ORG_FORM = {
    "orgs",
    sizeof(struct org_input),
    (const struct input[]){
        { FIELD(struct org_input, id), .kind = INPUT_ID },
        { FIELD(struct org_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct org_input, kind), .kind = INPUT_CHOICE, .choices = KINDS, .required = true },
        { FIELD(struct org_input, name), .kind = INPUT_TEXT, .required = true, .max = 60 },
        { FIELD(struct org_input, short_name), .kind = INPUT_TEXT, .max = 20 },
        { FIELD(struct org_input, code), .kind = INPUT_TEXT, .max = 20 },
        { FIELD(struct org_input, letter_prefix), .kind = INPUT_TEXT, .max = 20 },
        { FIELD(struct org_input, agency), .kind = INPUT_BOOL },
        { FIELD(struct org_input, dispatcher), .kind = INPUT_BOOL },
        { FIELD(struct org_input, position), .kind = INPUT_NUMBER, .max = 100000 },
        { FIELD(struct org_input, from_on), .kind = INPUT_DAY },
        { FIELD(struct org_input, to_on), .kind = INPUT_DAY },
        { .field = { 0 } },
    },
};

static const struct form SESSION_FORM = {
    "sessions",
    sizeof(struct session_input),
    (const struct input[]){
        { FIELD(struct session_input, term_number), .kind = INPUT_NUMBER, .required = true,
          .min = 1, .max = 99 },
        { FIELD(struct session_input, number), .kind = INPUT_NUMBER, .required = true, .min = 1,
          .max = 20 },
        { FIELD(struct session_input, opened_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct session_input, closed_on), .kind = INPUT_DAY, .required = true },
        { .field = { 0 } },
    },
};

static const struct form BODY_FORM = {
    "bodies",
    sizeof(struct body_input),
    (const struct input[]){
        { FIELD(struct body_input, id), .kind = INPUT_ID },
        { FIELD(struct body_input, name), .kind = INPUT_TEXT, .required = true, .max = 40 },
        { FIELD(struct body_input, position), .kind = INPUT_NUMBER, .max = 1000 },
        { FIELD(struct body_input, to_on), .kind = INPUT_DAY },
        { .field = { 0 } },
    },
};

enum { LIST_FILE_BYTES = 20 << 20 };

static const struct route ROUTES[] = {
    { GET, "/orgs", page_org_list, .may = "orgs.read", .api = true },
    { GET, "/orgs/new", page_org_new, .may = "orgs.manage" },
    { POST, "/orgs/new", page_org_save, .may = "orgs.manage", .form = &ORG_FORM,
      .redraw = page_org_new },
    { GET, "/orgs/import", page_org_import_form, .may = "orgs.manage" },
    { POST, "/orgs/import", page_org_import, .may = "orgs.manage", .form = &IMPORT_FORM,
      .redraw = page_org_import_form, .max_body = LIST_FILE_BYTES },
    { GET, "/orgs/{id}", page_org_show, .may = "orgs.read" },
    { GET, "/orgs/{id}/edit", page_org_edit, .may = "orgs.manage" },
    { POST, "/orgs/{id}/edit", page_org_save, .may = "orgs.manage", .form = &ORG_FORM,
      .redraw = page_org_edit },
    { GET, "/sessions", page_session_list, .may = "orgs.read" },
    { POST, "/sessions", page_session_add, .may = "orgs.manage", .form = &SESSION_FORM,
      .redraw = page_session_list },
    { GET, "/sectors", page_body_list, .may = "orgs.read" },
    { POST, "/sectors", page_sector_save, .may = "orgs.manage", .form = &BODY_FORM,
      .redraw = page_body_list },
    { GET, "/committees", page_body_list, .may = "orgs.read" },
    { POST, "/committees", page_committee_save, .may = "orgs.manage", .form = &BODY_FORM,
      .redraw = page_body_list },
    { POST, "/api/v1/orgs", api_org_save, .may = "orgs.manage", .form = &ORG_FORM },
    { POST, "/api/v1/orgs/import", api_org_import, .may = "orgs.manage", .form = &IMPORT_FORM,
      .max_body = LIST_FILE_BYTES },
    { GET, "/api/v1/orgs/{id}", api_org_show, .may = "orgs.read" },
    { PUT, "/api/v1/orgs/{id}", api_org_save, .may = "orgs.manage", .form = &ORG_FORM },
    { GET, "/api/v1/sessions", api_session_list, .may = "orgs.read" },
    { POST, "/api/v1/sessions", api_session_add, .may = "orgs.manage", .form = &SESSION_FORM },
    { GET, "/api/v1/sectors", api_sector_list, .may = "orgs.read" },
    { GET, "/api/v1/committees", api_committee_list, .may = "orgs.read" },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "orgs.read",
      "member head staff editor reviewer dispatcher operator leader agency_leader keeper "
      "correspondent publisher",
      ADMIN_NONE },
    { "orgs.manage", "staff", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "orgs", "/orgs", "building", "orgs.manage", MENU_SIDE, 80 },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "orgs.phone", SETTING_TEXT, NULL, 0, 40, "", NULL, "product" },
    { "orgs.collect_days", SETTING_NUMBER, "days", 0, 200, "45", NULL,
      "national practice: after 5 December counts for the next plenary (rules.md 2.1)" },
    { 0 },
};

static const struct event EVENTS[] = {
    { "orgs.founded", "a new cppcc with its own data; other modules set up what it needs" },
    { 0 },
};

const struct module orgs_module = {
    .name = "orgs",
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .settings = SETTINGS,
    .events = EVENTS,
    .imports = ORG_IMPORTS,
    .lists = (const struct list *const[]){ &ORG_LIST, NULL },
    .schema = orgs_schema,
};
