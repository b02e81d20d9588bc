/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of calls, and nothing else; read this first. Rules: call.c; pages: call_pages.c. */
#include "embed.h"
#include "modules/calls/call_pages.h"
#include "modules/calls/call_rules.h"
#include "platform/jobs/jobs.h"
#include "platform/module.h"

static const struct form CALL_FORM = {
    "calls",
    sizeof(struct call_input),
    (const struct input[]){
        { FIELD(struct call_input, id), .kind = INPUT_ID },
        { FIELD(struct call_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct call_input, name), .kind = INPUT_TEXT, .required = true, .max = 60 },
        { FIELD(struct call_input, timing), .kind = INPUT_CHOICE, .required = true,
          .choices = "plenary between" },
        { FIELD(struct call_input, from_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct call_input, from_time), .kind = INPUT_TEXT, .max = 5 },
        { FIELD(struct call_input, until_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct call_input, until_time), .kind = INPUT_TEXT, .max = 5 },
        { FIELD(struct call_input, text), .kind = INPUT_AREA, .max = 3000 },
        { FIELD(struct call_input, titles), .kind = INPUT_LINES, .max = CALL_TOPICS_MAX,
          .keep_empty = true },
        { FIELD(struct call_input, texts), .kind = INPUT_LINES, .max = CALL_TOPICS_MAX,
          .keep_empty = true },
        { FIELD(struct call_input, sources), .kind = INPUT_LINES, .max = CALL_TOPICS_MAX,
          .keep_empty = true },
        { FIELD(struct call_input, more), .kind = INPUT_TEXT, .max = 20 },
        { .field = { 0 } },
    },
};

static const struct form EDIT_FORM = {
    "calls.edit",
    sizeof(struct call_edit_input),
    (const struct input[]){
        { FIELD(struct call_edit_input, id), .kind = INPUT_ID },
        { FIELD(struct call_edit_input, more), .kind = INPUT_BOOL },
        { .field = { 0 } },
    },
};

static const struct flow_state STATES[] = {
    { "draft", .first = true, .tone = "idle" },
    { "open", .tone = "ok" },
    { "closed", .final = true, .tone = "idle" },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "publish", "draft", "open", "calls.manage", .guard = call_guard_publish,
      .event = "calls.published", .weight = FLOW_MAIN },
    { "close", "open", "closed", "calls.manage", .event = "calls.closed" },
    { 0 },
};

static const struct flow_clock CLOCKS[] = { { 0 } };
static const struct flow_todo TODOS[] = { { 0 } };

const struct flow CALLS_FLOW = {
    .name = "calls",
    .read = "calls.read",
    .states = STATES,
    .actions = ACTIONS,
    .clocks = CLOCKS,
    .todos = TODOS,
    .load = call_flow_load,
    .store = call_flow_store,
};

static const struct flow *const FLOWS[] = { &CALLS_FLOW, NULL };

static const struct event EVENTS[] = {
    { "calls.published", "proposals are called for: from when until when, with topics" },
    { "calls.closed", "no more proposals are taken for it" },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "calls.read", "member head staff reviewer dispatcher leader", ADMIN_NONE },
    { "calls.manage", "staff", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "calls", "/calls", "calendar-plus", "calls.read", MENU_SIDE, 30, "intake" },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "calls.close", .every_s = 60, .per_org = true, .run = job_call_close },
    { 0 },
};

static const struct route ROUTES[] = {
    { GET, "/calls", page_call_list, .may = "calls.read", .api = true },
    { GET, "/calls/{id}", page_call_show, .may = "calls.read", .api = true },
    { GET, "/calls/new", page_call_new, .may = "calls.manage" },
    { POST, "/calls/new", page_call_save, .may = "calls.manage", .form = &CALL_FORM,
      .redraw = page_call_new, .api = true },
    { GET, "/calls/{id}/edit", page_call_edit, .may = "calls.manage", .form = &EDIT_FORM },
    { POST, "/calls/{id}/edit", page_call_save, .may = "calls.manage", .form = &CALL_FORM,
      .redraw = page_call_edit, .api = true },
    { 0 },
};

const struct module call_module = {
    .name = "calls",
    .needs = (const char *const[]){ "orgs", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = FLOWS,
    .jobs = JOBS,
    .events = EVENTS,
    .schema = calls_schema,
};
