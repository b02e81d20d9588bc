/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of leaving, and nothing else; read this first. Rules: departure.c. */
#include "embed.h"
#include "modules/departures/departure.h"

const struct form DEPARTURE_ASK_FORM = {
    "departures",
    sizeof(struct departure_ask_input),
    (const struct input[]){
        { FIELD(struct departure_ask_input, words), .kind = INPUT_AREA, .required = true, .min = 4,
          .max = 2000, .hint = "departures.words_hint" },
        { .field = { 0 } },
    },
};

static const struct form DECIDE_FORM = {
    "departures.decide",
    sizeof(struct departure_decide_input),
    (const struct input[]){
        { FIELD(struct departure_decide_input, id), .kind = INPUT_ID },
        { FIELD(struct departure_decide_input, on_on), .kind = INPUT_DAY, .required = true,
          .hint = "departures.on_hint" },
        { FIELD(struct departure_decide_input, organ), .kind = INPUT_TEXT, .required = true,
          .max = 100, .hint = "departures.organ_hint" },
        { FIELD(struct departure_decide_input, document), .kind = INPUT_TEXT, .max = 60 },
        { .field = { 0 } },
    },
};

static const struct form APPROVE_FORM = {
    "departures.approve",
    sizeof(struct departure_approve_input),
    (const struct input[]){
        { FIELD(struct departure_approve_input, id), .kind = INPUT_ID },
        { FIELD(struct departure_approve_input, on_on), .kind = INPUT_DAY, .required = true,
          .hint = "departures.on_hint" },
        { FIELD(struct departure_approve_input, organ), .kind = INPUT_TEXT, .required = true,
          .max = 100, .hint = "departures.organ_hint" },
        { FIELD(struct departure_approve_input, document), .kind = INPUT_TEXT, .max = 60 },
        { FIELD(struct departure_approve_input, reason), .kind = INPUT_AREA, .max = 500,
          .hint = "departures.approve.reason_hint" },
        { .field = { 0 } },
    },
};

static const struct form ANNUL_FORM = {
    "departures.annul",
    sizeof(struct departure_annul_input),
    (const struct input[]){
        { FIELD(struct departure_annul_input, id), .kind = INPUT_ID },
        { FIELD(struct departure_annul_input, on_on), .kind = INPUT_DAY, .required = true,
          .hint = "departures.on_hint" },
        { FIELD(struct departure_annul_input, organ), .kind = INPUT_TEXT, .required = true,
          .max = 100, .hint = "departures.organ_hint" },
        { FIELD(struct departure_annul_input, document), .kind = INPUT_TEXT, .max = 60 },
        { FIELD(struct departure_annul_input, opinion), .kind = INPUT_AREA, .required = true,
          .min = 2, .max = 500 },
        { .field = { 0 } },
    },
};

static const struct form DECLINE_FORM = {
    "departures.decline",
    sizeof(struct departure_opinion_input),
    (const struct input[]){
        { FIELD(struct departure_opinion_input, id), .kind = INPUT_ID },
        { FIELD(struct departure_opinion_input, opinion), .kind = INPUT_AREA, .required = true,
          .min = 2, .max = 500, .hint = "departures.decline.opinion_hint" },
        { .field = { 0 } },
    },
};

static const struct form CLOSE_FORM = {
    "departures.close",
    sizeof(struct departure_opinion_input),
    (const struct input[]){
        { FIELD(struct departure_opinion_input, id), .kind = INPUT_ID },
        { FIELD(struct departure_opinion_input, opinion), .kind = INPUT_AREA, .required = true,
          .min = 2, .max = 1000, .hint = "departures.close.opinion_hint" },
        { .field = { 0 } },
    },
};

/* ---- the flow: rules.md 12.7; a revocation of the chairs is ratified by the next standing
 * committee (K127) ---- */

static const struct flow_state STATES[] = {
    { "asked", .first = true, .tone = "warn" },    { "unratified", .first = true, .tone = "warn" },
    { "left", .first = true, .tone = "info" },     { "withdrawn", .final = true, .tone = "idle" },
    { "declined", .final = true, .tone = "idle" }, { "annulled", .final = true, .tone = "idle" },
    { "closed", .final = true, .tone = "ok" },     { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "approve", "asked", "left", "departures.decide", .form = &APPROVE_FORM,
      .effect = departure_effect_approve, .weight = FLOW_MAIN },
    { "decline", "asked", "declined", "departures.decide", .form = &DECLINE_FORM,
      .effect = departure_effect_decline },
    { "withdraw", "asked", "withdrawn", "departures.ask", .guard = departure_guard_withdraw,
      .weight = FLOW_DANGER },
    { "ratify", "unratified", "left", "departures.decide", .form = &DECIDE_FORM,
      .effect = departure_effect_ratify, .weight = FLOW_MAIN },
    { "annul", "unratified", "annulled", "departures.decide", .form = &ANNUL_FORM,
      .effect = departure_effect_annul, .weight = FLOW_DANGER },
    { "close", "left", "closed", "departures.decide", .form = &CLOSE_FORM,
      .effect = departure_effect_close, .weight = FLOW_MAIN },
    { "record", "asked", NULL, FLOW_SYSTEM, .effect = departure_effect_record,
      .outcomes = "left unratified" },
    { "confirm", "unratified", "left", FLOW_SYSTEM, .effect = departure_effect_confirm },
    { 0 },
};

static const struct flow_todo TODOS[] = {
    { "asked", "may:departures.decide", "approve", .due = NULL },
    { "unratified", "may:departures.decide", "ratify", .due = NULL },
    { "left", "may:departures.decide", "close", .due = NULL },
    { 0 },
};

const struct flow DEPARTURES_FLOW = {
    .name = "departures",
    .read = "departures.read",
    .states = STATES,
    .actions = ACTIONS,
    .todos = TODOS,
    .load = departure_flow_load,
    .store = departure_flow_store,
};

/* ---- routes, permissions, menu ---- */

static const struct route ROUTES[] = {
    { GET, "/departures", page_departure_list, .may = "departures.read", .api = true },
    { GET, "/departures/new", page_departure_new, .may = "departures.ask" },
    { POST, "/departures/new", page_departure_add, .may = "departures.ask",
      .form = &DEPARTURE_ASK_FORM, .redraw = page_departure_new, .api = true },
    { GET, "/departures/{id}", page_departure_show, .may = "departures.read", .api = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "departures.read", "member head personnel leader", ADMIN_NONE },
    { "departures.ask", "member head", ADMIN_NONE },
    { "departures.decide", "personnel", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "departures", "/departures", "users", "departures.read", MENU_OFFICE, 73, "/members" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "members.left", on_departure_left },
    { "members.ratified", on_departure_ratified },
    { 0 },
};

const struct module departure_module = {
    .name = "departures",
    .needs = (const char *const[]){ "members", "proposals", "opinions", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &DEPARTURES_FLOW, NULL },
    .listens = LISTENS,
    .schema = departures_schema,
};
