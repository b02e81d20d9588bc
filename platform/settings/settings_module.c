/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of settings and dictionaries; read this first. Handlers: settings_pages.c,
 * dictionaries_pages.c. */
#include "platform/settings/settings_handlers.h"

static const struct input FIND_INPUTS[] = {
    { FIELD(struct settings_find, q), .kind = INPUT_TEXT, .max = 60 },
    { .field = { 0 } },
};
static const struct form FIND_FORM = { "settings", sizeof(struct settings_find), FIND_INPUTS };

static const struct input NAME_INPUTS[] = {
    { FIELD(struct setting_edit, name), .kind = INPUT_TEXT, .required = true, .max = 80 },
    { .field = { 0 } },
};
static const struct form NAME_FORM = { "settings", sizeof(struct setting_edit), NAME_INPUTS };

static const struct input EDIT_INPUTS[] = {
    { FIELD(struct setting_edit, name), .kind = INPUT_TEXT, .required = true, .max = 80 },
    { FIELD(struct setting_edit, value), .kind = INPUT_AREA, .max = 2000 },
    { FIELD(struct setting_edit, from_on), .kind = INPUT_DAY, .required = true },
    { .field = { 0 } },
};
static const struct form EDIT_FORM = { "settings", sizeof(struct setting_edit), EDIT_INPUTS };

static const struct input ROW_INPUTS[] = {
    { FIELD(struct dictionary_edit, name), .kind = INPUT_TEXT, .required = true, .max = 80 },
    { FIELD(struct dictionary_edit, code), .kind = INPUT_TEXT, .max = 40 },
    { .field = { 0 } },
};
static const struct form ROW_FORM = { "dictionaries", sizeof(struct dictionary_edit), ROW_INPUTS };

static const struct input DICTIONARY_INPUTS[] = {
    { FIELD(struct dictionary_edit, name), .kind = INPUT_TEXT, .required = true, .max = 80 },
    { FIELD(struct dictionary_edit, code), .kind = INPUT_TEXT, .required = true, .max = 40 },
    { FIELD(struct dictionary_edit, label), .kind = INPUT_TEXT, .required = true, .max = 60 },
    { FIELD(struct dictionary_edit, note), .kind = INPUT_TEXT, .max = 200 },
    { FIELD(struct dictionary_edit, position), .kind = INPUT_NUMBER, .max = 10000 },
    { FIELD(struct dictionary_edit, from_on), .kind = INPUT_DAY },
    { FIELD(struct dictionary_edit, to_on), .kind = INPUT_DAY },
    { .field = { 0 } },
};
static const struct form DICTIONARY_FORM = { "dictionaries", sizeof(struct dictionary_edit),
                                             DICTIONARY_INPUTS };

static const char MANAGE[] = SETTINGS_MANAGE, SECURE[] = SETTINGS_SECURE;

static const struct route ROUTES[] = {
    { GET, "/settings", page_settings_list, .may = MANAGE, .form = &FIND_FORM },
    { GET, "/settings/edit", page_setting_edit, .may = MANAGE, .form = &NAME_FORM },
    { POST, "/settings/edit", page_setting_store, .may = MANAGE, .form = &EDIT_FORM,
      .redraw = page_setting_edit },
    { GET, "/settings/preview", page_setting_preview, .may = MANAGE, .form = &EDIT_FORM,
      .redraw = page_setting_edit },
    { GET, "/settings/security", page_settings_list, .may = SECURE, .form = &FIND_FORM },
    { GET, "/settings/security/edit", page_setting_edit, .may = SECURE, .form = &NAME_FORM },
    { POST, "/settings/security/edit", page_setting_store, .may = SECURE, .form = &EDIT_FORM,
      .redraw = page_setting_edit, .reauth = true },
    { GET, "/dictionaries", page_dictionaries_list, .may = MANAGE },
    { GET, "/dictionaries/edit", page_dictionary_edit, .may = MANAGE, .form = &ROW_FORM },
    { POST, "/dictionaries/edit", page_dictionary_store, .may = MANAGE, .form = &DICTIONARY_FORM,
      .redraw = page_dictionary_edit },
    { GET, "/api/v1/settings", api_settings_list, .may = MANAGE, .form = &FIND_FORM },
    { POST, "/api/v1/settings", api_setting_store, .may = MANAGE, .form = &EDIT_FORM },
    { GET, "/api/v1/settings/preview", api_setting_preview, .may = MANAGE, .form = &EDIT_FORM },
    { GET, "/api/v1/settings/security", api_settings_list, .may = SECURE, .form = &FIND_FORM },
    { POST, "/api/v1/settings/security", api_setting_store, .may = SECURE, .form = &EDIT_FORM,
      .reauth = true },
    { GET, "/api/v1/dictionaries", api_dictionary_list, .may = SIGNED_IN, .form = &ROW_FORM },
    { POST, "/api/v1/dictionaries", api_dictionary_store, .may = MANAGE, .form = &DICTIONARY_FORM },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { .name = MANAGE, .roles = "staff" },
    { .name = SECURE, .roles = "secadmin", .admin = ADMIN_SECURITY },
    { 0 },
};

static const struct menu_item MENU[] = {
    { .name = "settings",
      .url = "/settings",
      .icon = "settings",
      .may = MANAGE,
      .place = 90,
      .group = "settings" },
    { .name = "security",
      .url = "/settings/security",
      .icon = "settings",
      .may = SECURE,
      .place = 90,
      .group = "settings" },
    { .name = "dictionaries",
      .url = "/dictionaries",
      .icon = "tag",
      .may = MANAGE,
      .place = 91,
      .group = "settings" },
    { 0 },
};

/* What belongs to no module: marks of the site as a whole. */
static const struct setting SETTINGS[] = {
    { "settings.demo", SETTING_BOOL, NULL, 0, 0, "0", NULL, "product" },
    /* of forms that anybody may send (platform/web/anonymous.h): posts an hour */
    { "anonymous.network_hour", SETTING_NUMBER, "items", 1, 10000, "60", NULL, "product" },
    { "anonymous.hour", SETTING_NUMBER, "items", 10, 1000000, "2000", NULL, "product" },
    { "anonymous.unproved_network_hour", SETTING_NUMBER, "items", 0, 1000, "10", NULL, "product" },
    { "anonymous.unproved_hour", SETTING_NUMBER, "items", 0, 100000, "200", NULL, "product" },
    /* bits of each piece of the proof, at ordinary times */
    { "anonymous.work_bits", SETTING_NUMBER, NULL, 6, 18, "14", NULL, "product" },
    { 0 },
};

static const struct event EVENTS[] = {
    { "settings.previewed", "somebody asks what a change would touch; fact: settings_preview" },
    { 0 },
};

const struct module settings_module = { .name = "settings",
                                        .routes = ROUTES,
                                        .permissions = PERMISSIONS,
                                        .menu = MENU,
                                        .events = EVENTS,
                                        .settings = SETTINGS,
                                        .settings_may = SETTINGS_SECURE };
