/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of notices, and nothing else; read this first. Rules: notice.c. */
#include "embed.h"
#include "modules/notices/notice.h"
#include "platform/settings/settings.h"

const struct form NOTICE_FORM = {
    "notices",
    sizeof(struct notice_input),
    (const struct input[]){
        { FIELD(struct notice_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct notice_input, title), .kind = INPUT_TEXT, .required = true, .max = 60 },
        { FIELD(struct notice_input, body), .kind = INPUT_AREA, .required = true, .max = 5000 },
        { FIELD(struct notice_input, audience), .kind = INPUT_LINES, .required = true, .max = 200,
          .values = audience_list, .hint = "notices.audience_hint" },
        { .field = { 0 } },
    },
};

static const struct route ROUTES[] = {
    { GET, "/notices", page_notice_list, .may = "notices.read", .api = true },
    { GET, "/notices/new", page_notice_form, .may = "notices.write" },
    { POST, "/notices/new", page_notice_save, .may = "notices.write", .form = &NOTICE_FORM,
      .redraw = page_notice_form, .api = true },
    { GET, "/notices/{id}", page_notice_show, .may = "notices.read", .api = true },
    { POST, "/notices/{id}/open", page_notice_open, .may = "notices.read", .api = true },
    { GET, "/notices/{id}/edit", page_notice_form, .may = "notices.write" },
    { POST, "/notices/{id}/edit", page_notice_save, .may = "notices.write", .form = &NOTICE_FORM,
      .redraw = page_notice_form, .api = true },
    { 0 },
};

static const struct flow_state STATES[] = {
    { "draft", .first = true, .tone = "idle" },
    { "published", .tone = "ok" },
    { "retracted", .final = true, .tone = "warn" },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "publish", "draft", "published", "notices.write", .effect = notice_effect_publish,
      .weight = FLOW_MAIN },
    { "remind", "published", NULL, "notices.write", .guard = notice_guard_remind,
      .effect = notice_effect_remind },
    { "retract", "published", "retracted", "notices.write", .weight = FLOW_DANGER },
    { 0 },
};

const struct flow NOTICES_FLOW = {
    .name = "notices",
    .read = "notices.read",
    .states = STATES,
    .actions = ACTIONS,
    .load = notice_flow_load,
    .store = notice_flow_store,
};

static const struct permission PERMISSIONS[] = {
    { "notices.read",
      "member head staff editor reviewer dispatcher operator leader agency_leader keeper",
      ADMIN_NONE },
    { "notices.write", "staff", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "notices", "/notices", "speakerphone", "notices.read", MENU_SIDE, 64, "public" },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "notices.reminds_per_day", SETTING_NUMBER, "times", 0, 10, "1", NULL, "product" },
    { 0 },
};

const struct module notices_module = {
    .name = "notices",
    .needs = (const char *const[]){ "orgs", "members", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &NOTICES_FLOW, NULL },
    .settings = SETTINGS,
    .schema = notices_schema,
};
