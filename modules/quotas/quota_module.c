/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of quotas, and nothing else; read this first. Rules: quota.c; pages: quota_pages.c.
 */
#include "embed.h"
#include "modules/quotas/quota.h"
#include "platform/settings/settings.h"

enum { YEAR_MIN = 2000, YEAR_MAX = 2100, PLACE_MAX = 99 };

const struct form QUOTA_FORM = {
    "quotas",
    sizeof(struct quota_input),
    (const struct input[]){
        { FIELD(struct quota_input, id), .kind = INPUT_ID },
        { FIELD(struct quota_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct quota_input, target), .kind = INPUT_CHOICE, .required = true,
          .values = quota_targets },
        { FIELD(struct quota_input, from_year), .kind = INPUT_NUMBER, .required = true,
          .min = YEAR_MIN, .max = YEAR_MAX, .hint = "quotas.from_year_hint" },
        { FIELD(struct quota_input, sent), .kind = INPUT_NUMBER, .max = QUOTA_COUNT_MAX,
          .hint = "quotas.sent_hint" },
        { FIELD(struct quota_input, used), .kind = INPUT_NUMBER, .max = QUOTA_COUNT_MAX,
          .hint = "quotas.used_hint" },
        { FIELD(struct quota_input, place), .kind = INPUT_NUMBER, .max = PLACE_MAX,
          .hint = "quotas.place_hint" },
        { FIELD(struct quota_input, whole), .kind = INPUT_BOOL },
        { FIELD(struct quota_input, names), .kind = INPUT_AREA, .max = QUOTA_NAMES_MAX,
          .hint = "quotas.names_hint" },
        { .field = { 0 } },
    },
};

static const struct form REMOVE_FORM = {
    "quotas",
    sizeof(struct quota_remove_input),
    (const struct input[]){
        { FIELD(struct quota_remove_input, id), .kind = INPUT_ID },
        { FIELD(struct quota_remove_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { .field = { 0 } },
    },
};

static const struct form YEAR_FORM = {
    "quotas",
    sizeof(struct quota_year_input),
    (const struct input[]){
        { FIELD(struct quota_year_input, year), .kind = INPUT_NUMBER, .min = YEAR_MIN,
          .max = YEAR_MAX },
        { FIELD(struct quota_year_input, show), .kind = INPUT_CHOICE, .choices = "all short met" },
        { .field = { 0 } },
    },
};

static const struct route ROUTES[] = {
    { GET, "/quotas", page_quota_year, .may = "quotas.read", .form = &YEAR_FORM, .api = true },
    { GET, "/quotas.xlsx", .slow = file_quota_year, .may = "quotas.export", .form = &YEAR_FORM },
    { GET, "/quotas/explain", page_quota_explain, .may = "quotas.read" },
    { GET, "/quotas/table", page_quota_table, .may = "quotas.manage", .api = true },
    { GET, "/quotas/new", page_quota_form, .may = "quotas.manage" },
    { POST, "/quotas/new", page_quota_save, .may = "quotas.manage", .form = &QUOTA_FORM,
      .redraw = page_quota_form, .api = true },
    { GET, "/quotas/{id}/edit", page_quota_form, .may = "quotas.manage" },
    { POST, "/quotas/{id}/edit", page_quota_save, .may = "quotas.manage", .form = &QUOTA_FORM,
      .redraw = page_quota_form, .api = true },
    { POST, "/quotas/{id}/remove", page_quota_remove, .may = "quotas.manage", .form = &REMOVE_FORM,
      .api = true },
    { POST, "/quotas/remind", page_quota_remind, .may = "quotas.manage", .api = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "quotas.read", "member head correspondent editor leader", ADMIN_NONE },
    { "quotas.manage", "editor", ADMIN_NONE },
    { "quotas.export", "editor leader", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "quotas", "/quotas", "checks", "quotas.read", MENU_SIDE, 34, "/opinions" },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "quotas.used_means", SETTING_CHOICE, NULL, 0, 0, "issued", "issued chosen", "product" },
    { "quotas.reminds_per_day", SETTING_NUMBER, "times", 0, 5, "1", NULL, "product" },
    { 0 },
};

const struct module quota_module = {
    .name = "quotas",
    .needs = (const char *const[]){ "orgs", "members", "opinions", "dashboards", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .settings = SETTINGS,
    .schema = quotas_schema,
};
