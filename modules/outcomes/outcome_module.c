/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of outcomes, and nothing else; read this first. Promises: promise.c,
 * promise_pages.c. Looking back and what a case becomes: followup.c, followup_pages.c.
 * Instructions: instruction.c. Timed work: outcome_jobs.c. Figures: modules/dashboards. */
#include "embed.h"
#include "modules/outcomes/outcome_pages.h"
#include "modules/outcomes/outcome_rules.h"
#include "platform/files/files.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"
#include "platform/transfer/transfer.h"

enum { UPLOAD_MAX = 110 << 20 };

/* ---- forms ---- */

static const struct form PROGRESS_FORM = {
    "promises.progress",
    sizeof(struct progress_input),
    (const struct input[]){
        { FIELD(struct progress_input, id), .kind = INPUT_ID },
        { FIELD(struct progress_input, percent), .kind = INPUT_NUMBER, .required = true,
          .max = 100 },
        { FIELD(struct progress_input, opinion), .kind = INPUT_AREA, .required = true, .min = 5,
          .max = 1000 },
        { .field = { 0 } },
    },
};

/* What shows that it is done, or why not: the same inputs, worded by step. */
static const struct input REASON_INPUTS[] = {
    { FIELD(struct promise_reason_input, id), .kind = INPUT_ID },
    { FIELD(struct promise_reason_input, opinion), .kind = INPUT_AREA, .required = true, .min = 5,
      .max = 1000 },
    { .field = { 0 } },
};

static const struct form MEET_FORM = { "promises.meet", sizeof(struct promise_reason_input),
                                       REASON_INPUTS };
static const struct form SUPPLEMENT_FORM = { "promises.supplement",
                                             sizeof(struct promise_reason_input), REASON_INPUTS };
static const struct form MISS_FORM = { "promises.miss", sizeof(struct promise_reason_input),
                                       REASON_INPUTS };

static const struct form CONFIRM_FORM = {
    "promises.confirm",
    sizeof(struct promise_reason_input),
    (const struct input[]){
        { FIELD(struct promise_reason_input, id), .kind = INPUT_ID },
        { FIELD(struct promise_reason_input, opinion), .kind = INPUT_AREA, .max = 1000 },
        { .field = { 0 } },
    },
};

static const struct input DAY_INPUTS[] = {
    { FIELD(struct promise_day_input, id), .kind = INPUT_ID },
    { FIELD(struct promise_day_input, to_on), .kind = INPUT_DAY, .required = true },
    { FIELD(struct promise_day_input, opinion), .kind = INPUT_AREA, .required = true, .min = 5,
      .max = 1000 },
    { .field = { 0 } },
};

static const struct form RENEW_FORM = { "promises.renew", sizeof(struct promise_day_input),
                                        DAY_INPUTS };
static const struct form REOPEN_FORM = { "promises.reopen", sizeof(struct promise_day_input),
                                         DAY_INPUTS };

static const struct form DECIDE_FORM = {
    "promises.decide_renewal",
    sizeof(struct decide_renewal_input),
    (const struct input[]){
        { FIELD(struct decide_renewal_input, id), .kind = INPUT_ID },
        { FIELD(struct decide_renewal_input, decision), .kind = INPUT_CHOICE, .required = true,
          .choices = "granted refused" },
        { FIELD(struct decide_renewal_input, opinion), .kind = INPUT_AREA, .max = 1000 },
        { .field = { 0 } },
    },
};

static const struct form EVIDENCE_FORM = {
    "promises.evidence",
    sizeof(struct evidence_input),
    (const struct input[]){
        { FIELD(struct evidence_input, id), .kind = INPUT_ID },
        { FIELD(struct evidence_input, evidence), .kind = INPUT_FILES, .max = 5 },
        { .field = { 0 } },
    },
};

static const struct form FILE_FORM = {
    "promises.file",
    sizeof(struct promise_file_input),
    (const struct input[]){
        { FIELD(struct promise_file_input, id), .kind = INPUT_ID },
        { FIELD(struct promise_file_input, file), .kind = INPUT_ID },
        { .field = { 0 } },
    },
};

static const struct form RECORD_FORM = {
    "followups.record",
    sizeof(struct record_input),
    (const struct input[]){
        { FIELD(struct record_input, id), .kind = INPUT_ID },
        { FIELD(struct record_input, held_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct record_input, place), .kind = INPUT_TEXT, .required = true, .max = 100 },
        { FIELD(struct record_input, visitors), .kind = INPUT_TEXT, .required = true, .max = 300,
          .hint = "followups.visitors_hint" },
        { FIELD(struct record_input, result), .kind = INPUT_CHOICE, .required = true,
          .choices = "solved partly unsolved" },
        { FIELD(struct record_input, text), .kind = INPUT_AREA, .required = true, .min = 5,
          .max = 2000 },
        { .field = { 0 } },
    },
};

static const struct form POSTPONE_FORM = {
    "followups.postpone",
    sizeof(struct postpone_input),
    (const struct input[]){
        { FIELD(struct postpone_input, id), .kind = INPUT_ID },
        { FIELD(struct postpone_input, planned_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct postpone_input, opinion), .kind = INPUT_AREA, .max = 1000 },
        { .field = { 0 } },
    },
};

static const struct form RECHECK_FORM = {
    "followups.recheck",
    sizeof(struct recheck_input),
    (const struct input[]){
        { FIELD(struct recheck_input, id), .kind = INPUT_ID },
        { FIELD(struct recheck_input, result), .kind = INPUT_CHOICE, .required = true,
          .choices = "solved partly unsolved" },
        { FIELD(struct recheck_input, text), .kind = INPUT_AREA, .max = 2000,
          .hint = "followups.text_hint" },
        { .field = { 0 } },
    },
};

const struct form FOLLOWUP_PLAN_FORM = {
    "followups.plan",
    sizeof(struct plan_input),
    (const struct input[]){
        { FIELD(struct plan_input, id), .kind = INPUT_ID },
        { FIELD(struct plan_input, planned_on), .kind = INPUT_DAY, .required = true },
        { .field = { 0 } },
    },
};

const struct form INSTRUCTION_FORM = {
    "instructions",
    sizeof(struct instruction_input),
    (const struct input[]){
        { FIELD(struct instruction_input, id), .kind = INPUT_ID },
        { FIELD(struct instruction_input, leader), .kind = INPUT_TEXT, .required = true, .max = 60,
          .hint = "instructions.leader_hint" },
        { FIELD(struct instruction_input, level), .kind = INPUT_CHOICE, .required = true,
          .dictionary = "outcomes.instruction_levels" },
        { FIELD(struct instruction_input, instructed_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct instruction_input, text), .kind = INPUT_AREA, .required = true,
          .max = 2000 },
        { FIELD(struct instruction_input, to_agency), .kind = INPUT_CHOICE,
          .values = instruction_agencies },
        { FIELD(struct instruction_input, hidden), .kind = INPUT_BOOL,
          .hint = "instructions.hidden_hint" },
        { .field = { 0 } },
    },
};

/* ---- flow: a promise ---- */

static const struct flow_state PROMISE_STATES[] = {
    { "made", .first = true, .tone = "idle" },
    { "progressing", .tone = "info" },
    { "renewed", .tone = "warn" },
    { "met", .tone = "ok" },
    { "missed", .final = true, .tone = "bad" },
    { "superseded", .final = true, .tone = "idle" },
    { 0 },
};

static const struct flow_action PROMISE_ACTIONS[] = {
    { "progress", "made progressing renewed", "progressing", "promises.progress",
      .form = &PROGRESS_FORM, .guard = promise_guard_own, .effect = promise_effect_progress },
    { "meet", "made progressing renewed missed", "met", "promises.meet", .form = &MEET_FORM,
      .guard = promise_guard_own, .effect = promise_effect_meet, .event = "outcomes.met",
      .weight = FLOW_MAIN },
    { "renew", "made progressing renewed", NULL, "promises.renew", .form = &RENEW_FORM,
      .guard = promise_guard_renew, .effect = promise_effect_renew },
    { "decide_renewal", "made progressing renewed", NULL, "promises.confirm", .form = &DECIDE_FORM,
      .guard = promise_guard_decide, .effect = promise_effect_decide, .event = "outcomes.renewed",
      .outcomes = "renewed", .weight = FLOW_MAIN },
    { "confirm", "met", NULL, "promises.confirm", .form = &CONFIRM_FORM,
      .guard = promise_guard_confirm, .effect = promise_effect_confirm,
      .event = "outcomes.confirmed", .weight = FLOW_MAIN },
    { "supplement", "met", "progressing", "promises.confirm", .form = &SUPPLEMENT_FORM,
      .guard = promise_guard_confirm, .effect = promise_effect_supplement },
    { "miss", "made progressing renewed", "missed", "promises.miss", .form = &MISS_FORM,
      .guard = promise_guard_miss, .effect = promise_effect_miss, .event = "outcomes.missed",
      .weight = FLOW_DANGER },
    { "reopen", "met missed", "progressing", "promises.confirm", .form = &REOPEN_FORM,
      .guard = promise_guard_reopen, .effect = promise_effect_reopen },
    { "supersede", "made progressing renewed", "superseded", FLOW_SYSTEM,
      .effect = promise_effect_supersede, .event = "outcomes.superseded" },
    { 0 },
};

/* To do it is asked when its day comes near: outcome_jobs.c. */
static const struct flow_todo PROMISE_TODOS[] = {
    { "made", "agency", "meet", .on_demand = true },
    { "progressing", "agency", "meet", .on_demand = true },
    { "renewed", "agency", "meet", .on_demand = true },
    { "made", "may:promises.confirm", "decide_renewal", .on_demand = true },
    { "progressing", "may:promises.confirm", "decide_renewal", .on_demand = true },
    { "renewed", "may:promises.confirm", "decide_renewal", .on_demand = true },
    { "met", "may:promises.confirm", "confirm", .when = promise_is_unconfirmed },
    { 0 },
};

const struct flow PROMISES_FLOW = {
    .name = "promises",
    .read = "outcomes.read",
    .states = PROMISE_STATES,
    .actions = PROMISE_ACTIONS,
    .todos = PROMISE_TODOS,
    .load = promise_flow_load,
    .store = promise_flow_store,
    .holder = promise_flow_holder,
};

/* ---- flow: looking back ---- */

static const struct flow_state FOLLOWUP_STATES[] = {
    { "planned", .first = true, .tone = "idle" },
    { "held", .final = true, .tone = "ok" },
    { 0 },
};

static const struct flow_action FOLLOWUP_ACTIONS[] = {
    { "record", "planned", "held", "followups.record", .form = &RECORD_FORM,
      .guard = followup_guard_office, .effect = followup_effect_record,
      .event = "outcomes.recorded", .weight = FLOW_MAIN },
    { "postpone", "planned", NULL, "followups.record", .form = &POSTPONE_FORM,
      .guard = followup_guard_office, .effect = followup_effect_postpone },
    { "recheck", "planned", NULL, "outcomes.recheck", .form = &RECHECK_FORM,
      .guard = followup_guard_recheck, .effect = followup_effect_recheck, .weight = FLOW_MAIN },
    { 0 },
};

static const struct flow_todo FOLLOWUP_TODOS[] = {
    { "planned", "may:followups.record", "record", .on_demand = true },
    { "planned", "person", "recheck", .on_demand = true },
    { 0 },
};

const struct flow FOLLOWUPS_FLOW = {
    .name = "followups",
    .read = "outcomes.read",
    .states = FOLLOWUP_STATES,
    .actions = FOLLOWUP_ACTIONS,
    .todos = FOLLOWUP_TODOS,
    .load = followup_flow_load,
    .store = followup_flow_store,
    .holder = followup_flow_holder,
};

static const struct flow *const FLOWS[] = { &PROMISES_FLOW, &FOLLOWUPS_FLOW, NULL };

/* ---- permissions, menu, settings ---- */

static const struct permission PERMISSIONS[] = {
    { "outcomes.read", "member head staff reviewer dispatcher operator leader agency_leader",
      ADMIN_NONE },
    { "promises.progress", "operator agency_leader", ADMIN_NONE },
    { "promises.meet", "operator agency_leader", ADMIN_NONE },
    { "promises.renew", "operator agency_leader", ADMIN_NONE },
    { "promises.confirm", "staff reviewer", ADMIN_NONE },
    { "promises.miss", "staff reviewer", ADMIN_NONE },
    { "followups.record", "staff reviewer", ADMIN_NONE },
    { "outcomes.recheck", "member head", ADMIN_NONE },
    { "instructions.record", "staff", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "promises", "/promises", "progress", "outcomes.read", MENU_SIDE, 52, "outcomes" },
    { "followups", "/followups", "eye", "outcomes.read", MENU_OFFICE, 54, "outcomes" },
    { "outcomes", "/outcomes", "circle-check", "outcomes.read", MENU_OFFICE, 68, "figures" },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "outcomes.track_classes", SETTING_TEXT, NULL, 0, 100, "b", NULL,
      "rules.md 2.6, 12.1: B ones are tracked" },
    { "outcomes.followup_classes", SETTING_TEXT, NULL, 0, 100, "a b", NULL,
      "rules.md 2.6: every A and B answer is checked" },
    { "outcomes.followup_days", SETTING_NUMBER, "days", 30, 720, "180", NULL, "product" },
    { "outcomes.confirm", SETTING_BOOL, NULL, 0, 0, "1", NULL, "product" },
    { "outcomes.missed_days", SETTING_NUMBER, "days", 0, 365, "30", NULL, "product" },
    { "outcomes.warn_days", SETTING_NUMBER, "working_days", 1, 60, "20", NULL, "product" },
    { "outcomes.renewals_max", SETTING_NUMBER, "times", 0, 5, "2", NULL, "product" },
    { 0 },
};

static const struct dictionary_value LEVELS[] = {
    { "national", "outcomes.level.national" },
    { "province", "outcomes.level.province" },
    { "city", "outcomes.level.city" },
    { "county", "outcomes.level.county" },
    { 0 },
};

static const struct dictionary DICTIONARIES[] = {
    { "outcomes.instruction_levels", LEVELS, "glossary: instruction" },
    { 0 },
};

/* ---- events, jobs ---- */

static const struct event EVENTS[] = {
    { "outcomes.made", "a reply with a dated promise has gone out" },
    { "outcomes.met", "its agency has shown that it is done" },
    { "outcomes.confirmed", "the office has checked that" },
    { "outcomes.missed", "not kept, by the office's word or long behind its day" },
    { "outcomes.superseded", "a later answer has replaced it" },
    { "outcomes.renewed", "a request for more time is decided" },
    { "outcomes.recorded", "somebody has looked what came of it" },
    { "outcomes.instructed", "a leader's note is written down" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "assignments.replied", on_reply_delivered },
    { "assignments.section_shown", on_section_shown },
    { "proposals.shown", on_case_shown },
    { "proposals.closed", on_proposal_closed },
    { "proposals.settled", on_proposal_closed },
    { "outcomes.met", on_promise_ended },
    { "outcomes.confirmed", on_promise_ended },
    { "outcomes.missed", on_promise_ended },
    { "outcomes.recorded", on_followup_recorded },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "outcomes.warn", .every_s = 3600, .per_org = true, .run = job_outcome_warn },
    { .name = "outcomes.plan", .every_s = 86400, .per_org = true, .run = job_outcome_plan },
    { 0 },
};

/* ---- routes: steps of the flows follow from the tables above ---- */

static const struct route ROUTES[] = {
    { GET, "/promises", page_promise_list, .may = "outcomes.read", .api = true },
    { POST, "/promises/views", page_list_view_save, .may = "outcomes.read", .form = &LIST_VIEW_FORM,
      .api = true, .look = &PROMISE_LOOK },
    { POST, "/promises/views/{id}/remove", page_list_view_remove, .may = "outcomes.read",
      .api = true, .look = &PROMISE_LOOK },
    { GET, "/api/v1/promises/views", api_list_views, .may = "outcomes.read",
      .look = &PROMISE_LOOK },
    { GET, "/promises.csv", .slow = file_list, .may = "outcomes.read", .look = &PROMISE_LOOK },
    { GET, "/promises.xlsx", .slow = file_list, .may = "outcomes.read", .look = &PROMISE_LOOK },
    { GET, "/promises/{id}", page_promise_show, .may = "outcomes.read", .api = true },
    { POST, "/promises/{id}/evidence", page_promise_evidence, .may = "promises.progress",
      .form = &EVIDENCE_FORM, .slow = attachment_receive, .redraw = page_promise_show,
      .max_body = UPLOAD_MAX, .api = true },
    { GET, "/promises/{id}/evidence/{file}", file_promise_evidence, .may = "outcomes.read",
      .form = &FILE_FORM },
    { GET, "/followups", page_followup_list, .may = "outcomes.read", .api = true },
    { GET, "/followups.csv", .slow = file_list, .may = "outcomes.read", .look = &FOLLOWUP_LOOK },
    { GET, "/followups.xlsx", .slow = file_list, .may = "outcomes.read", .look = &FOLLOWUP_LOOK },
    { GET, "/followups/{id}", page_followup_show, .may = "outcomes.read", .api = true },
    { GET, "/proposals/{id}/followups", page_followup_form, .may = "followups.record" },
    { POST, "/proposals/{id}/followups", page_followup_plan, .may = "followups.record",
      .form = &FOLLOWUP_PLAN_FORM, .redraw = page_followup_form, .api = true },
    { GET, "/proposals/{id}/instructions", page_instruction_form, .may = "instructions.record" },
    { POST, "/proposals/{id}/instructions", page_instruction_add, .may = "instructions.record",
      .form = &INSTRUCTION_FORM, .redraw = page_instruction_form, .api = true },
    { 0 },
};

/* What of it belongs to a case that travels (platform/transfer). */
static const struct transfer_table TRANSFERS[] = {
    {
        .name = "promises",
        .under = "proposals",
        .by = "matter_id",
        .matter = "matter",
        .numbers = (const char *const[]){ "round", "number", "item_number", "first_due_on",
                                          "due_on", "percent", "renewals", "renew_to_on", "made_at",
                                          "met_on", "confirmed_at", "missed_on", "superseded_at",
                                          "was_late", "version", NULL },
        .texts = (const char *const[]){ "matter", "matter_title", "matter_number", "agency_name",
                                        "text", "owner", "phone", "evidence_kind", "state",
                                        "renew_reason", "warning", NULL },
        .links = (const struct transfer_link[]){ { "session_id", "sessions", NULL, false },
                                                 { "assignment_id", "assignments", NULL, false },
                                                 { "agency_id", "orgs", NULL, false },
                                                 { 0 } },
        .moves = true,
    },
    {
        .name = "promise_notes",
        .under = "promises",
        .by = "promise_id",
        .numbers = (const char *const[]){ "noted_at", "percent", "from_on", "to_on", NULL },
        .texts = (const char *const[]){ "kind", "noted_name", "text", NULL },
        .zero = (const char *const[]){ "noted_by", NULL },
    },
    {
        .name = "followups",
        .under = "proposals",
        .by = "matter_id",
        .matter = "matter",
        .numbers = (const char *const[]){ "planned_on", "asked_at", "held_on", "recorded_at",
                                          "version", NULL },
        .texts =
            (const char *const[]){ "matter", "matter_title", "matter_number", "agency_name",
                                   "class", "state", "place", "visitors", "result", "text", NULL },
        .links = (const struct transfer_link[]){ { "session_id", "sessions", NULL, false }, { 0 } },
        .dropped = (const char *const[]){ "recorded_by", NULL },
        .moves = true,
    },
    {
        .name = "rechecks",
        .under = "followups",
        .by = "followup_id",
        .numbers = (const char *const[]){ "answered_at", NULL },
        .texts = (const char *const[]){ "person_name", "result", "text", NULL },
        .links = (const struct transfer_link[]){ { "person_id", "persons", NULL, false }, { 0 } },
        .once = { .link = "person_id" },
        .dropped = (const char *const[]){ "proxy_account_id", NULL },
    },
    {
        .name = "instructions",
        .under = "proposals",
        .by = "matter_id",
        .matter = "matter",
        .numbers = (const char *const[]){ "instructed_on", "hidden", "recorded_at", NULL },
        .texts =
            (const char *const[]){ "matter", "leader", "level", "text", "to_agency_name", NULL },
        .links = (const struct transfer_link[]){ { "to_agency_id", "orgs", NULL, false }, { 0 } },
        .codes =
            (const struct transfer_code[]){ { "level", "outcomes.instruction_levels" }, { 0 } },
        .zero = (const char *const[]){ "recorded_by", NULL },
    },
    { 0 },
};

const struct module outcome_module = {
    .name = "outcomes",
    .needs =
        (const char *const[]){ "orgs", "members", "assignments", "replies", "proposals", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = FLOWS,
    .jobs = JOBS,
    .settings = SETTINGS,
    .dictionaries = DICTIONARIES,
    .events = EVENTS,
    .listens = LISTENS,
    .lists = (const struct list *const[]){ &PROMISE_LIST, &FOLLOWUP_LIST, NULL },
    .schema = outcomes_schema,
    .transfers = TRANSFERS,
};
