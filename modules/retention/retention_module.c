/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of retention, and nothing else; read this first. What is kept how long:
 * retention_tables.c, retention_rules.c. */
#include "embed.h"
#include "modules/retention/retention_pages.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"

enum { DAY_S = 86400, RECORD_MAX = 200, REASON_MAX = 500 };

const struct form RETENTION_HOLD_FORM = {
    "retention",
    sizeof(struct retention_hold_input),
    (const struct input[]){
        { FIELD(struct retention_hold_input, collection), .kind = INPUT_CHOICE, .required = true,
          .values = retention_collections },
        { FIELD(struct retention_hold_input, record), .kind = INPUT_TEXT, .max = RECORD_MAX,
          .hint = "retention.record_hint" },
        { FIELD(struct retention_hold_input, reason), .kind = INPUT_AREA, .required = true,
          .max = REASON_MAX, .hint = "retention.reason_hint" },
        { .field = { 0 } },
    },
};

static const struct form LIFT_FORM = {
    "retention",
    sizeof(struct retention_lift_input),
    (const struct input[]){
        { FIELD(struct retention_lift_input, id), .kind = INPUT_ID },
        { FIELD(struct retention_lift_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { .field = { 0 } },
    },
};

static const struct route ROUTES[] = {
    { GET, "/retention", page_retention, .slow = slow_retention, .may = RETENTION_MANAGE,
      .api = true },
    { GET, "/retention/hold", page_retention_hold_form, .may = RETENTION_MANAGE },
    { POST, "/retention/hold", page_retention_hold, .may = RETENTION_MANAGE,
      .form = &RETENTION_HOLD_FORM, .redraw = page_retention_hold_form, .api = true },
    { POST, "/retention/holds/{id}/lift", page_retention_lift, .may = RETENTION_MANAGE,
      .form = &LIFT_FORM, .api = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { .name = RETENTION_MANAGE, .roles = "staff" },
    { 0 },
};

static const struct menu_item MENU[] = {
    { .name = "retention",
      .url = "/retention",
      .icon = "clock",
      .may = RETENTION_MANAGE,
      .shown = MENU_OFFICE,
      .place = 92,
      .group = "settings" },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "retention.end", .every_s = DAY_S, .per_org = true, .run = job_retention_end },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "retention.leave_days", SETTING_NUMBER, "days", 800, 3650, "1825", NULL,
      "PIPL art. 19; absences count over a term" },
    { "retention.checkin_days", SETTING_NUMBER, "days", 800, 3650, "1095", NULL,
      "PIPL art. 19; a year may be objected to until a year after its end" },
    { "retention.contact_days", SETTING_NUMBER, "days", 180, 3650, "730", NULL,
      "PIPL art. 19, 47; who left is written to until his matters are over" },
    { "retention.nominee_days", SETTING_NUMBER, "days", 365, 3650, "1095", NULL,
      "PIPL art. 19, 47; who was not elected may be named again in the term" },
    { "retention.provision_days", SETTING_NUMBER, "days", 1, 365, "30", NULL,
      "PIPL art. 19 and 28; bills of kitchen and car park" },
    { 0 },
};

const struct module retention_module = {
    .name = "retention",
    .needs = (const char *const[]){ "mailbox", "members", "departures", "nominations", NULL },
    .settings = SETTINGS,
    .schema = retention_schema,
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .jobs = JOBS,
};
