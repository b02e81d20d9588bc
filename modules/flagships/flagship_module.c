/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of flagships, and nothing else; read this first. Key proposals: flagship.c;
 * excellent ones: commendation.c; pages: flagship_pages.c. */
#include "embed.h"
#include "modules/flagships/flagship.h"
#include "modules/flagships/flagship_pages.h"
#include "platform/settings/settings.h"
#include "platform/transfer/transfer.h"

/* ---- forms ---- */

const struct form FLAGSHIP_NOMINATE_FORM = {
    "flagships.nominate",
    sizeof(struct flagship_nominate_input),
    (const struct input[]){
        { FIELD(struct flagship_nominate_input, id), .kind = INPUT_ID },
        { FIELD(struct flagship_nominate_input, grounds), .kind = INPUT_AREA, .required = true,
          .min = 5, .max = 1000, .hint = "flagships.grounds_hint" },
        { .field = { 0 } },
    },
};

const struct form COMMENDATION_NOMINATE_FORM = {
    "commendations.nominate",
    sizeof(struct commendation_nominate_input),
    (const struct input[]){
        { FIELD(struct commendation_nominate_input, id), .kind = INPUT_ID },
        { FIELD(struct commendation_nominate_input, nominator), .kind = INPUT_TEXT,
          .required = true, .max = 100, .hint = "commendations.nominator_hint" },
        { FIELD(struct commendation_nominate_input, grounds), .kind = INPUT_AREA, .required = true,
          .min = 5, .max = 1000, .hint = "commendations.grounds_hint" },
        { .field = { 0 } },
    },
};

static const struct form CHOOSE_FORM = {
    "flagships.choose",
    sizeof(struct flagship_choose_input),
    (const struct input[]){
        { FIELD(struct flagship_choose_input, id), .kind = INPUT_ID },
        { FIELD(struct flagship_choose_input, champion_name), .kind = INPUT_TEXT, .required = true,
          .max = 60, .hint = "flagships.champion_hint" },
        { FIELD(struct flagship_choose_input, champion_post), .kind = INPUT_TEXT, .required = true,
          .max = 60 },
        { FIELD(struct flagship_choose_input, meeting), .kind = INPUT_TEXT, .required = true,
          .max = 100, .hint = "flagships.meeting_hint" },
        { FIELD(struct flagship_choose_input, decided_on), .kind = INPUT_DAY, .required = true },
        { .field = { 0 } },
    },
};

static const struct input REASON_INPUTS[] = {
    { FIELD(struct flagship_reason_input, id), .kind = INPUT_ID },
    { FIELD(struct flagship_reason_input, opinion), .kind = INPUT_AREA, .required = true, .min = 2,
      .max = 1000 },
    { .field = { 0 } },
};
static const struct form DECLINE_FORM = { "flagships.decline", sizeof(struct flagship_reason_input),
                                          REASON_INPUTS };
static const struct form SUPPLEMENT_FORM = { "flagships.supplement",
                                             sizeof(struct flagship_reason_input), REASON_INPUTS };
static const struct form DROP_FORM = { "commendations.drop", sizeof(struct flagship_reason_input),
                                       REASON_INPUTS };

static const struct form PLAN_FORM = {
    "flagships.plan",
    sizeof(struct flagship_plan_input),
    (const struct input[]){
        { FIELD(struct flagship_plan_input, id), .kind = INPUT_ID },
        { FIELD(struct flagship_plan_input, plan_form), .kind = INPUT_CHOICE, .required = true,
          .choices = "talk survey visit other" },
        { FIELD(struct flagship_plan_input, plan_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct flagship_plan_input, plan_who), .kind = INPUT_TEXT, .required = true,
          .max = 200, .hint = "flagships.who_hint" },
        { FIELD(struct flagship_plan_input, plan), .kind = INPUT_AREA, .required = true, .min = 5,
          .max = 4000 },
        { .field = { 0 } },
    },
};

static const struct form RECORD_FORM = {
    "flagships.record",
    sizeof(struct flagship_record_input),
    (const struct input[]){
        { FIELD(struct flagship_record_input, id), .kind = INPUT_ID },
        { FIELD(struct flagship_record_input, kind), .kind = INPUT_CHOICE, .required = true,
          .choices = "opinion research meeting visit media report other" },
        { FIELD(struct flagship_record_input, held_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct flagship_record_input, text), .kind = INPUT_AREA, .required = true, .min = 5,
          .max = 4000 },
        { .field = { 0 } },
    },
};

static const struct form FINISH_FORM = {
    "flagships.finish",
    sizeof(struct flagship_finish_input),
    (const struct input[]){
        { FIELD(struct flagship_finish_input, id), .kind = INPUT_ID },
        { FIELD(struct flagship_finish_input, finished_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct flagship_finish_input, result), .kind = INPUT_AREA, .required = true,
          .min = 5, .max = 4000 },
        { .field = { 0 } },
    },
};

static const struct form COMMEND_FORM = {
    "commendations.choose",
    sizeof(struct commendation_choose_input),
    (const struct input[]){
        { FIELD(struct commendation_choose_input, id), .kind = INPUT_ID },
        { FIELD(struct commendation_choose_input, decided_on), .kind = INPUT_DAY,
          .required = true },
        { .field = { 0 } },
    },
};

static const struct form SESSION_FORM = {
    "flagships",
    sizeof(struct flagship_session_input),
    (const struct input[]){
        { FIELD(struct flagship_session_input, session_id), .kind = INPUT_ID },
        { .field = { 0 } },
    },
};

/* ---- flows ---- */

static const struct flow_state FLAGSHIP_STATES[] = {
    { "nominated", .first = true, .tone = "idle" },
    { "chosen", .tone = "warn" },
    { "planned", .tone = "warn" },
    { "running", .tone = "info" },
    { "finished", .final = true, .tone = "ok" },
    { "declined", .final = true, .tone = "idle" },
    { 0 },
};

static const struct flow_action FLAGSHIP_ACTIONS[] = {
    { "choose", "nominated", "chosen", "flagships.choose", .form = &CHOOSE_FORM,
      .effect = flagship_effect_choose, .event = "flagships.chosen", .weight = FLOW_MAIN },
    { "decline", "nominated", "declined", "flagships.choose", .form = &DECLINE_FORM,
      .weight = FLOW_DANGER },
    { "plan", "chosen planned", "planned", "flagships.record", .form = &PLAN_FORM,
      .effect = flagship_effect_plan, .weight = FLOW_MAIN },
    { "approve", "planned", "running", "flagships.approve", .guard = flagship_guard_approve,
      .effect = flagship_effect_approve, .weight = FLOW_MAIN },
    { "supplement", "planned", "chosen", "flagships.approve", .form = &SUPPLEMENT_FORM,
      .guard = flagship_guard_approve },
    { "record", "nominated chosen planned running", NULL, "flagships.record", .form = &RECORD_FORM,
      .effect = flagship_effect_record },
    { "finish", "running", "finished", "flagships.record", .form = &FINISH_FORM,
      .effect = flagship_effect_finish, .event = "flagships.finished" },
    { "drop", "nominated chosen planned running", "declined", FLOW_SYSTEM,
      .effect = flagship_effect_drop },
    { 0 },
};

static const struct flow_todo FLAGSHIP_TODOS[] = {
    { "nominated", "may:flagships.choose", "choose", .due = NULL },
    { "chosen", "may:flagships.record", "plan", .due = NULL },
    { "planned", "person", "approve", .when = flagship_has_champion },
    { "planned", "may:flagships.approve", "approve", .when = flagship_lacks_champion },
    { 0 },
};

const struct flow FLAGSHIPS_FLOW = {
    .name = "flagships",
    .read = "flagships.read",
    .states = FLAGSHIP_STATES,
    .actions = FLAGSHIP_ACTIONS,
    .todos = FLAGSHIP_TODOS,
    .load = flagship_flow_load,
    .store = flagship_flow_store,
    .holder = flagship_flow_holder,
};

static const struct flow_state COMMENDATION_STATES[] = {
    { "nominated", .first = true, .tone = "idle" },
    { "chosen", .final = true, .tone = "ok" },
    { "dropped", .final = true, .tone = "idle" },
    { 0 },
};

static const struct flow_action COMMENDATION_ACTIONS[] = {
    { "choose", "nominated", "chosen", "flagships.choose", .form = &COMMEND_FORM,
      .effect = commendation_effect_choose, .event = "flagships.commended", .weight = FLOW_MAIN },
    { "drop", "nominated", "dropped", "flagships.choose", .form = &DROP_FORM,
      .weight = FLOW_DANGER },
    { 0 },
};

static const struct flow_todo COMMENDATION_TODOS[] = { { 0 } };

const struct flow COMMENDATIONS_FLOW = {
    .name = "commendations",
    .read = "flagships.read",
    .states = COMMENDATION_STATES,
    .actions = COMMENDATION_ACTIONS,
    .todos = COMMENDATION_TODOS,
    .load = commendation_flow_load,
    .store = commendation_flow_store,
};

static const struct flow *const FLOWS[] = { &FLAGSHIPS_FLOW, &COMMENDATIONS_FLOW, NULL };

/* ---- routes, permissions, menu, settings ---- */

static const struct route ROUTES[] = {
    { GET, "/flagships", page_flagship_list, .may = "flagships.read", .form = &SESSION_FORM,
      .api = true },
    { GET, "/commendations", page_commendation_list, .may = "flagships.choose",
      .form = &SESSION_FORM, .api = true },
    { GET, "/flagships/{id}", page_flagship_show, .may = "flagships.read", .api = true },
    { GET, "/commendations/{id}", page_commendation_show, .may = "flagships.read", .api = true },
    { GET, "/proposals/{id}/flagships", page_flagship_form, .may = "flagships.nominate" },
    { POST, "/proposals/{id}/flagships", page_flagship_add, .may = "flagships.nominate",
      .form = &FLAGSHIP_NOMINATE_FORM, .redraw = page_flagship_form, .api = true },
    { GET, "/proposals/{id}/commendations", page_commendation_form, .may = "flagships.nominate" },
    { POST, "/proposals/{id}/commendations", page_commendation_add, .may = "flagships.nominate",
      .form = &COMMENDATION_NOMINATE_FORM, .redraw = page_commendation_form, .api = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "flagships.read", "member head staff reviewer dispatcher operator leader agency_leader",
      ADMIN_NONE },
    { "flagships.nominate", "staff reviewer", ADMIN_NONE },
    { "flagships.record", "staff reviewer", ADMIN_NONE },
    { "flagships.choose", "reviewer leader", ADMIN_NONE },
    { "flagships.approve", "leader member head", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "flagships", "/flagships", "star", "flagships.read", MENU_SIDE, 56, "outcomes" },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "flagships.per_year", SETTING_NUMBER, "items", 0, 200, "10", NULL,
      "rules.md 2.7: about 5 a year, 10 key ones" },
    { "flagships.commend_permille", SETTING_NUMBER, "permille", 0, 1000, "10", NULL,
      "rules.md 2.7: about 1 % of proposals" },
    { "flagships.commend_collective_percent", SETTING_NUMBER, "percent", 0, 100, "20", NULL,
      "rules.md 2.7: 20 % and more for collectives" },
    { 0 },
};

static const struct event EVENTS[] = {
    { "flagships.chosen", "a meeting has chosen a key proposal; fact: the flow_step" },
    { "flagships.finished", "a key proposal was carried out; fact: the flow_step" },
    { "flagships.commended", "a proposal was chosen as excellent; fact: the flow_step" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "proposals.withdrawn", on_proposal_dropped },
    { "proposals.merged", on_proposal_dropped },
    { "proposals.shown", on_flagship_shown },
    { 0 },
};

/* What of it belongs to a case that travels (platform/transfer). */
static const struct transfer_table TRANSFERS[] = {
    {
        .name = "flagships",
        .under = "proposals",
        .by = "proposal_id",
        .numbers = (const char *const[]){ "nominated_at", "decided_on", "plan_on", "approved_at",
                                          "finished_on", "version", NULL },
        .texts = (const char *const[]){ "title", "number", "state", "grounds", "nominated_name",
                                        "champion_name", "champion_post", "meeting", "plan_form",
                                        "plan_who", "plan", "approved_name", "result", NULL },
        .links = (const struct transfer_link[]){ { "session_id", "sessions", NULL, false },
                                                 { "champion_person_id", "persons", NULL, false },
                                                 { 0 } },
        .moves = true,
    },
    {
        .name = "flagship_events",
        .under = "flagships",
        .by = "flagship_id",
        .numbers = (const char *const[]){ "held_on", "recorded_at", NULL },
        .texts = (const char *const[]){ "kind", "text", "recorded_name", NULL },
        .zero = (const char *const[]){ "recorded_by", NULL },
    },
    {
        .name = "commendations",
        .under = "proposals",
        .by = "proposal_id",
        .numbers =
            (const char *const[]){ "collective", "decided_on", "nominated_at", "version", NULL },
        .texts = (const char *const[]){ "title", "number", "nominator", "grounds", "state", NULL },
        .links = (const struct transfer_link[]){ { "session_id", "sessions", NULL, false }, { 0 } },
        .moves = true,
    },
    { 0 },
};

const struct module flagship_module = {
    .name = "flagships",
    .needs = (const char *const[]){ "orgs", "members", "proposals", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = FLOWS,
    .settings = SETTINGS,
    .events = EVENTS,
    .listens = LISTENS,
    .schema = flagships_schema,
    .transfers = TRANSFERS,
};
