/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of orgs, and nothing else; read this first. Each part has rules, store, pages: org,
 * session, body, area. */
#include "embed.h"
#include "modules/orgs/area_forms.h"
#include "modules/orgs/org_forms.h"
#include "modules/orgs/org_list.h"
#include "platform/files/import_page.h"
#include "platform/list/list.h"
#include "platform/settings/settings.h"

const struct form ORG_FORM = {
    "orgs",
    sizeof(struct org_input),
    (const struct input[]){
        { FIELD(struct org_input, id), .kind = INPUT_ID },
        { FIELD(struct org_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct org_input, name), .kind = INPUT_TEXT, .required = true, .max = 60 },
        { FIELD(struct org_input, kind), .kind = INPUT_CHOICE, .values = org_kinds,
          .required = true },
        { FIELD(struct org_input, short_name), .kind = INPUT_TEXT, .max = 20 },
        { FIELD(struct org_input, agency), .kind = INPUT_BOOL, .hint = "orgs.agency_hint" },
        { FIELD(struct org_input, dispatcher), .kind = INPUT_BOOL, .hint = "orgs.dispatcher_hint" },
        { FIELD(struct org_input, letter_prefix), .kind = INPUT_TEXT, .max = 20,
          .hint = "orgs.letter_prefix_hint" },
        { FIELD(struct org_input, code), .kind = INPUT_TEXT, .max = 20 },
        { FIELD(struct org_input, area), .kind = INPUT_TEXT, .max = AREA_NAME_MAX,
          .hint = "orgs.area_hint" },
        { FIELD(struct org_input, position), .kind = INPUT_NUMBER, .max = 100000,
          .hint = "orgs.position_hint" },
        { FIELD(struct org_input, from_on), .kind = INPUT_DAY },
        { FIELD(struct org_input, to_on), .kind = INPUT_DAY, .hint = "orgs.to_on_hint" },
        { .field = { 0 } },
    },
};

const struct form SESSION_NEW_FORM = {
    "sessions",
    sizeof(struct session_input),
    (const struct input[]){
        { FIELD(struct session_input, term_number), .kind = INPUT_NUMBER, .required = true,
          .min = 1, .max = 99 },
        { FIELD(struct session_input, number), .kind = INPUT_NUMBER, .required = true, .min = 1,
          .max = 20 },
        { FIELD(struct session_input, opened_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct session_input, closed_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct session_input, until_on), .kind = INPUT_DAY,
          .hint = "sessions.until_on_new_hint" },
        { .field = { 0 } },
    },
};

const struct form SESSION_FORM = {
    "sessions",
    sizeof(struct session_input),
    (const struct input[]){
        { FIELD(struct session_input, id), .kind = INPUT_ID },
        { FIELD(struct session_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct session_input, term_number), .kind = INPUT_NUMBER, .required = true,
          .min = 1, .max = 99 },
        { FIELD(struct session_input, number), .kind = INPUT_NUMBER, .required = true, .min = 1,
          .max = 20 },
        { FIELD(struct session_input, opened_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct session_input, closed_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct session_input, until_on), .kind = INPUT_DAY,
          .hint = "sessions.until_on_hint" },
        { .field = { 0 } },
    },
};

const struct form TERM_FORM = {
    "terms",
    sizeof(struct term_input),
    (const struct input[]){
        { FIELD(struct term_input, id), .kind = INPUT_ID },
        { FIELD(struct term_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct term_input, number), .kind = INPUT_NUMBER, .required = true, .min = 1,
          .max = 99 },
        { FIELD(struct term_input, from_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct term_input, to_on), .kind = INPUT_DAY, .hint = "terms.to_on_hint" },
        { .field = { 0 } },
    },
};

const struct form BODY_NEW_FORM = {
    "bodies",
    sizeof(struct body_input),
    (const struct input[]){
        { FIELD(struct body_input, name), .kind = INPUT_TEXT, .required = true, .max = 40 },
        { FIELD(struct body_input, position), .kind = INPUT_NUMBER, .max = 1000 },
        { .field = { 0 } },
    },
};

const struct form BODY_FORM = {
    "bodies",
    sizeof(struct body_input),
    (const struct input[]){
        { FIELD(struct body_input, id), .kind = INPUT_ID },
        { FIELD(struct body_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct body_input, name), .kind = INPUT_TEXT, .required = true, .max = 40 },
        { FIELD(struct body_input, renamed_on), .kind = INPUT_DAY, .hint = "orgs.renamed_on_hint" },
        { FIELD(struct body_input, position), .kind = INPUT_NUMBER, .max = 1000,
          .hint = "orgs.position_hint" },
        { FIELD(struct body_input, from_on), .kind = INPUT_DAY },
        { FIELD(struct body_input, to_on), .kind = INPUT_DAY, .hint = "orgs.body_to_on_hint" },
        { .field = { 0 } },
    },
};

const struct form AREA_FORM = {
    "areas",
    sizeof(struct area_input),
    (const struct input[]){
        { FIELD(struct area_input, id), .kind = INPUT_ID },
        { FIELD(struct area_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct area_input, name), .kind = INPUT_TEXT, .required = true,
          .max = AREA_NAME_MAX },
        { FIELD(struct area_input, renamed_on), .kind = INPUT_DAY, .hint = "orgs.renamed_on_hint" },
        { FIELD(struct area_input, code), .kind = INPUT_TEXT, .required = true, .max = 12,
          .hint = "areas.code_hint" },
        { FIELD(struct area_input, level), .kind = INPUT_CHOICE, .required = true,
          .choices = "nation province city county town village" },
        { FIELD(struct area_input, parent), .kind = INPUT_TEXT, .max = AREA_NAME_MAX,
          .hint = "areas.parent_hint" },
        { FIELD(struct area_input, from_on), .kind = INPUT_DAY },
        { FIELD(struct area_input, to_on), .kind = INPUT_DAY, .hint = "areas.to_on_hint" },
        { .field = { 0 } },
    },
};

static const struct form AREA_QUERY = {
    "areas",
    sizeof(struct area_query),
    (const struct input[]){
        { FIELD(struct area_query, q), .kind = INPUT_TEXT, .max = AREA_NAME_MAX, .query = true },
        { .field = { 0 } },
    },
};

static const struct form AREA_UNDER = {
    "areas",
    sizeof(struct area_query),
    (const struct input[]){
        { FIELD(struct area_query, parent), .kind = INPUT_TEXT, .max = 12, .query = true },
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
      .slow = page_org_import_receive, .redraw = page_org_import_form,
      .max_body = LIST_FILE_BYTES },
    { POST, "/api/v1/orgs/import", api_org_import, .may = "orgs.manage", .form = &IMPORT_FORM,
      .slow = page_org_import_receive, .max_body = LIST_FILE_BYTES },
    { GET, "/orgs/{id}", page_org_show, .may = "orgs.read" },
    { GET, "/orgs/{id}/edit", page_org_edit, .may = "orgs.manage" },
    { POST, "/orgs/{id}/edit", page_org_save, .may = "orgs.manage", .form = &ORG_FORM,
      .redraw = page_org_edit },
    { POST, "/api/v1/orgs", api_org_save, .may = "orgs.manage", .form = &ORG_FORM },
    { GET, "/api/v1/orgs/{id}", api_org_show, .may = "orgs.read" },
    { PUT, "/api/v1/orgs/{id}", api_org_save, .may = "orgs.manage", .form = &ORG_FORM },

    { GET, "/sessions", page_session_list, .may = "orgs.read", .api = true },
    { GET, "/sessions/new", page_session_new, .may = "orgs.manage" },
    { POST, "/sessions/new", page_session_add, .may = "orgs.manage", .form = &SESSION_NEW_FORM,
      .redraw = page_session_new, .api = true },
    { GET, "/sessions/{id}/edit", page_session_edit, .may = "orgs.manage" },
    { POST, "/sessions/{id}/edit", page_session_save, .may = "orgs.manage", .form = &SESSION_FORM,
      .redraw = page_session_edit, .api = true },
    { GET, "/api/v1/sessions/{id}", api_session_show, .may = "orgs.read" },
    { GET, "/terms/{id}/edit", page_term_edit, .may = "orgs.manage" },
    { POST, "/terms/{id}/edit", page_term_save, .may = "orgs.manage", .form = &TERM_FORM,
      .redraw = page_term_edit, .api = true },
    { GET, "/api/v1/terms", api_term_list, .may = "orgs.read" },
    { GET, "/api/v1/terms/{id}", api_term_show, .may = "orgs.read" },

    { GET, "/sectors", page_body_list, .may = "orgs.read", .api = true },
    { POST, "/sectors", page_body_add, .may = "orgs.manage", .form = &BODY_NEW_FORM,
      .redraw = page_body_list, .api = true },
    { GET, "/sectors/{id}/edit", page_body_edit, .may = "orgs.manage" },
    { POST, "/sectors/{id}/edit", page_body_save, .may = "orgs.manage", .form = &BODY_FORM,
      .redraw = page_body_edit, .api = true },
    { GET, "/api/v1/sectors/{id}", api_body_show, .may = "orgs.read" },
    { GET, "/committees", page_body_list, .may = "orgs.read", .api = true },
    { POST, "/committees", page_body_add, .may = "orgs.manage", .form = &BODY_NEW_FORM,
      .redraw = page_body_list, .api = true },
    { GET, "/committees/{id}/edit", page_body_edit, .may = "orgs.manage" },
    { POST, "/committees/{id}/edit", page_body_save, .may = "orgs.manage", .form = &BODY_FORM,
      .redraw = page_body_edit, .api = true },
    { GET, "/api/v1/committees/{id}", api_body_show, .may = "orgs.read" },

    { GET, "/areas", page_area_list, .may = SIGNED_IN, .form = &AREA_QUERY, .api = true },
    { GET, "/areas/new", page_area_new, .may = "areas.manage", .form = &AREA_UNDER },
    { POST, "/areas/new", page_area_save, .may = "areas.manage", .form = &AREA_FORM,
      .redraw = page_area_new, .api = true },
    { GET, "/areas/import", page_area_import_form, .may = "areas.manage" },
    { POST, "/areas/import", page_area_import, .may = "areas.manage", .form = &IMPORT_FORM,
      .slow = page_area_import_receive, .redraw = page_area_import_form,
      .max_body = LIST_FILE_BYTES },
    { POST, "/api/v1/areas/import", api_area_import, .may = "areas.manage", .form = &IMPORT_FORM,
      .slow = page_area_import_receive, .max_body = LIST_FILE_BYTES },
    { GET, "/areas/{id}", page_area_show, .may = SIGNED_IN, .api = true },
    { GET, "/areas/{id}/edit", page_area_edit, .may = "areas.manage" },
    { POST, "/areas/{id}/edit", page_area_save, .may = "areas.manage", .form = &AREA_FORM,
      .redraw = page_area_edit, .api = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "orgs.read",
      "member head staff editor reviewer dispatcher operator leader agency_leader keeper "
      "correspondent publisher",
      ADMIN_NONE },
    { "orgs.manage", "staff", ADMIN_NONE },
    { "areas.manage", "sysadmin", ADMIN_SYSTEM }, /* and only in the house that runs this one */
    { 0 },
};

static const struct menu_item MENU[] = {
    { "orgs", "/orgs", "building", "orgs.manage", MENU_SIDE, 74, "people" },
    { "areas", "/areas", "sitemap", "areas.manage", MENU_SIDE, 76, "people" },
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
    { "orgs.session_corrected",
      "a session's numbers or days were written over; who hangs things on them may refuse" },
    { "orgs.session_closing",
      "a session is about to get a last day; who keeps things by their day says the last in use" },
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
