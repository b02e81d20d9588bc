/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of commissions, and nothing else; read this first. Rules: commission.c. */
#include "embed.h"
#include "modules/commissions/commission.h"
#include "modules/members/audience.h"
#include "platform/settings/settings.h"

const struct form COMMISSION_FORM = {
    "commissions",
    sizeof(struct commission_input),
    (const struct input[]){
        { FIELD(struct commission_input, title), .kind = INPUT_TEXT, .required = true,
          .limit_setting = "opinions.title_max", .hint = "commissions.title_hint" },
        { FIELD(struct commission_input, body), .kind = INPUT_AREA, .required = true, .max = 2000,
          .hint = "commissions.body_hint" },
        { FIELD(struct commission_input, due_on), .kind = INPUT_DAY,
          .hint = "commissions.due_hint" },
        { FIELD(struct commission_input, audience), .kind = INPUT_LINES, .required = true,
          .max = 200, .values = audience_members, .hint = "commissions.audience_hint" },
        { .field = { 0 } },
    },
};

static const struct form DECLINE_FORM = {
    "invitations.decline",
    sizeof(struct invitation_decline_input),
    (const struct input[]){
        { FIELD(struct invitation_decline_input, id), .kind = INPUT_ID },
        { FIELD(struct invitation_decline_input, opinion), .kind = INPUT_AREA, .required = true,
          .min = 2, .max = 300, .hint = "invitations.decline.opinion_hint" },
        { .field = { 0 } },
    },
};

static const struct flow_state STATES[] = {
    { "open", .first = true, .tone = "ok" },
    { "closed", .final = true, .tone = "idle" },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "remind", "open", NULL, "commissions.manage", .guard = commission_guard_remind,
      .effect = commission_effect_remind },
    { "close", "open", "closed", "commissions.manage", .effect = commission_effect_close,
      .weight = FLOW_DANGER },
    { 0 },
};

const struct flow COMMISSIONS_FLOW = {
    .name = "commissions",
    .read = "commissions.read",
    .states = STATES,
    .actions = ACTIONS,
    .load = commission_flow_load,
    .store = commission_flow_store,
};

static const struct flow_state INVITED_STATES[] = {
    { "asked", .first = true, .tone = "warn" },  { "writing", .tone = "info" },
    { "written", .final = true, .tone = "ok" },  { "declined", .final = true, .tone = "idle" },
    { "lapsed", .final = true, .tone = "idle" }, { 0 },
};

static const struct flow_action INVITED_ACTIONS[] = {
    { "write", "asked writing", "writing", "commissions.answer", .effect = invitation_effect_write,
      .weight = FLOW_MAIN, .after = "opinion" },
    { "hand", "writing", "written", FLOW_SYSTEM, .effect = invitation_effect_hand,
      .clocks = "stop:write" },
    { "decline", "asked writing", "declined", "commissions.answer", .form = &DECLINE_FORM,
      .effect = invitation_effect_decline, .clocks = "stop:write" },
    { "lapse", "asked writing", "lapsed", FLOW_SYSTEM, .clocks = "stop:write" },
    { 0 },
};

static const struct flow_clock INVITED_CLOCKS[] = {
    { "write", "commissions.write_days", "working_days", .extend_setting = NULL },
    { 0 },
};

static const struct flow_todo INVITED_TODOS[] = {
    { "asked", "person", "write", .due = "write" },
    { "writing", "person", "write", .due = "write" },
    { 0 },
};

const struct flow INVITATIONS_FLOW = {
    .name = "invitations",
    .read = "commissions.answer",
    .states = INVITED_STATES,
    .actions = INVITED_ACTIONS,
    .clocks = INVITED_CLOCKS,
    .todos = INVITED_TODOS,
    .computed = "write",
    .load = invitation_flow_load,
    .store = invitation_flow_store,
    .holder = invitation_flow_holder,
};

static const struct route ROUTES[] = {
    { GET, "/commissions", page_commission_list, .may = "commissions.read", .api = true },
    { GET, "/commissions/new", page_commission_new, .may = "commissions.manage" },
    { POST, "/commissions/new", page_commission_send, .may = "commissions.manage",
      .form = &COMMISSION_FORM, .redraw = page_commission_new, .api = true },
    { GET, "/commissions/{id}", page_commission_show, .may = "commissions.read", .api = true },
    { GET, "/invitations", page_invitation_list, .may = "commissions.answer", .api = true },
    { GET, "/invitations/{id}", page_invitation_show, .may = "commissions.answer", .api = true },
    { GET, "/invitations/{id}/opinion", page_invitation_opinion, .may = "commissions.answer" },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "commissions.read", "editor leader", ADMIN_NONE },
    { "commissions.manage", "editor", ADMIN_NONE },
    { "commissions.answer", "member head", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "commissions", "/commissions", "edit", "commissions.read", MENU_OFFICE, 35, "/opinions" },
    { "invitations", "/invitations", "edit", "commissions.answer", MENU_SIDE, 35, "/opinions" },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "commissions.write_days", SETTING_NUMBER, "working_days", 1, 60, "10", NULL, "product" },
    { "commissions.reminds_per_day", SETTING_NUMBER, "times", 0, 5, "1", NULL, "product" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "opinions.submitted", on_commission_opinion_sent },
    { "opinions.shown", on_commission_opinion_shown },
    { 0 },
};

const struct module commission_module = {
    .name = "commissions",
    .needs = (const char *const[]){ "orgs", "members", "opinions", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &COMMISSIONS_FLOW, &INVITATIONS_FLOW, NULL },
    .settings = SETTINGS,
    .listens = LISTENS,
    .schema = commissions_schema,
};
