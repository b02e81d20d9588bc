/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of urgings, and nothing else; read this first. Slips: urging.c, urging_pages.c; what
 * brings or ends one: urging_reactions.c. Nudges: reminder.c. The clock: urging_ladder.c.
 * Circulars: circular.c. On others' pages: urging_parts.c. */
#include "embed.h"
#include "modules/urgings/urging_pages.h"
#include "modules/urgings/urging_rules.h"
#include "platform/files/files.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"
#include "platform/transfer/transfer.h"

enum { UPLOAD_MAX = 110 << 20, WORDS_MAX = 2000, LINES_MAX = 50 };

/* ---- forms ---- */

static const struct form REMIND_FORM = {
    "urgings.remind",
    sizeof(struct remind_input),
    (const struct input[]){
        { FIELD(struct remind_input, flow), .kind = INPUT_TEXT, .required = true, .max = 40 },
        { FIELD(struct remind_input, subject_id), .kind = INPUT_ID, .required = true },
        { FIELD(struct remind_input, text), .kind = INPUT_TEXT, .max = 200 },
        { FIELD(struct remind_input, back), .kind = INPUT_CHOICE, .choices = "case late" },
        { .field = { 0 } },
    },
};

static const struct form START_FORM = {
    "urgings.start",
    sizeof(struct urging_new_input),
    (const struct input[]){
        { FIELD(struct urging_new_input, flow), .kind = INPUT_TEXT, .required = true, .max = 40 },
        { FIELD(struct urging_new_input, subject_id), .kind = INPUT_ID, .required = true },
        { FIELD(struct urging_new_input, cause), .kind = INPUT_CHOICE, .required = true,
          .choices = "overdue flagship instruction unsolved manual" },
        { FIELD(struct urging_new_input, text), .kind = INPUT_AREA, .max = WORDS_MAX },
        { .field = { 0 } },
    },
};

static const struct form SUBJECT_FORM = {
    "urgings.start",
    sizeof(struct urging_new_input),
    (const struct input[]){
        { FIELD(struct urging_new_input, flow), .kind = INPUT_TEXT, .required = true, .max = 40 },
        { FIELD(struct urging_new_input, subject_id), .kind = INPUT_ID, .required = true },
        { .field = { 0 } },
    },
};

static const struct form ISSUE_FORM = {
    "urgings.issue",
    sizeof(struct urging_issue_input),
    (const struct input[]){
        { FIELD(struct urging_issue_input, id), .kind = INPUT_ID },
        { FIELD(struct urging_issue_input, text), .kind = INPUT_AREA, .required = true, .min = 5,
          .max = WORDS_MAX },
        { FIELD(struct urging_issue_input, due_on), .kind = INPUT_DAY },
        { .field = { 0 } },
    },
};

static const struct input WORDS_INPUTS[] = {
    { FIELD(struct urging_words_input, id), .kind = INPUT_ID },
    { FIELD(struct urging_words_input, opinion), .kind = INPUT_AREA, .required = true, .min = 5,
      .max = WORDS_MAX },
    { .field = { 0 } },
};

static const struct form ANSWER_FORM = { "urgings.answer", sizeof(struct urging_words_input),
                                         WORDS_INPUTS };
static const struct form DROP_FORM = { "urgings.drop", sizeof(struct urging_words_input),
                                       WORDS_INPUTS };
static const struct form CLOSE_FORM = { "urgings.close", sizeof(struct urging_words_input),
                                        WORDS_INPUTS };

static const struct form PASS_FORM = {
    "urgings.pass",
    sizeof(struct urging_words_input),
    (const struct input[]){
        { FIELD(struct urging_words_input, id), .kind = INPUT_ID },
        { FIELD(struct urging_words_input, opinion), .kind = INPUT_AREA, .max = WORDS_MAX },
        { .field = { 0 } },
    },
};

static const struct form SUPPLEMENT_FORM = {
    "urgings.supplement",
    sizeof(struct urging_supplement_input),
    (const struct input[]){
        { FIELD(struct urging_supplement_input, id), .kind = INPUT_ID },
        { FIELD(struct urging_supplement_input, opinion), .kind = INPUT_AREA, .required = true,
          .min = 5, .max = WORDS_MAX },
        { FIELD(struct urging_supplement_input, due_on), .kind = INPUT_DAY,
          .hint = "urgings.due_hint" },
        { .field = { 0 } },
    },
};

static const struct form TALK_FORM = {
    "urgings.summon",
    sizeof(struct urging_talk_input),
    (const struct input[]){
        { FIELD(struct urging_talk_input, id), .kind = INPUT_ID },
        { FIELD(struct urging_talk_input, held_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct urging_talk_input, with_whom), .kind = INPUT_TEXT, .required = true,
          .max = 100, .hint = "urgings.with_hint" },
        { FIELD(struct urging_talk_input, opinion), .kind = INPUT_AREA, .required = true, .min = 5,
          .max = WORDS_MAX },
        { .field = { 0 } },
    },
};

static const struct form EVIDENCE_FORM = {
    "urgings.evidence",
    sizeof(struct urging_files_input),
    (const struct input[]){
        { FIELD(struct urging_files_input, id), .kind = INPUT_ID },
        { FIELD(struct urging_files_input, evidence), .kind = INPUT_FILES, .max = 5 },
        { .field = { 0 } },
    },
};

static const struct form FILE_FORM = {
    "urgings.file",
    sizeof(struct urging_file_input),
    (const struct input[]){
        { FIELD(struct urging_file_input, id), .kind = INPUT_ID },
        { FIELD(struct urging_file_input, file), .kind = INPUT_ID },
        { .field = { 0 } },
    },
};

static const struct form CIRCULAR_FORM = {
    "circulars",
    sizeof(struct circular_input),
    (const struct input[]){
        { FIELD(struct circular_input, title), .kind = INPUT_TEXT, .required = true, .max = 100 },
        { FIELD(struct circular_input, text), .kind = INPUT_AREA, .required = true, .min = 5,
          .max = WORDS_MAX },
        { FIELD(struct circular_input, urgings), .kind = INPUT_IDS, .required = true,
          .max = LINES_MAX },
        { .field = { 0 } },
    },
};

static const struct form LATE_FORM = {
    "urgings.late",
    sizeof(struct late_input),
    (const struct input[]){
        { FIELD(struct late_input, look), .kind = INPUT_CHOICE, .choices = "red double" },
        { .field = { 0 } },
    },
};

/* ---- flow: a slip ---- */

static const struct flow_state STATES[] = {
    { "proposed", .first = true, .tone = "warn" },
    { "issued", .tone = "bad" },
    { "accepted", .tone = "info" },
    { "answered", .tone = "info" },
    { "supplementing", .tone = "warn" },
    { "passed", .tone = "ok" },
    { "closed", .final = true, .tone = "idle" },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "issue", "proposed", "issued", "urgings.issue", .form = &ISSUE_FORM,
      .guard = urging_guard_other, .effect = urging_effect_issue, .clocks = "start:answer",
      .event = "urgings.issued", .weight = FLOW_MAIN, .page = page_urging_issue },
    { "drop", "proposed", "closed", "urgings.issue", .form = &DROP_FORM,
      .guard = urging_guard_other, .effect = urging_effect_end, .event = "urgings.closed" },
    { "accept", "issued", "accepted", "urgings.answer", .guard = urging_guard_own,
      .effect = urging_effect_accept, .weight = FLOW_MAIN },
    { "answer", "accepted supplementing", "answered", "urgings.answer", .form = &ANSWER_FORM,
      .guard = urging_guard_own, .effect = urging_effect_answer, .clocks = "stop:answer",
      .weight = FLOW_MAIN },
    { "pass", "answered", NULL, "urgings.pass", .form = &PASS_FORM, .guard = urging_guard_other,
      .effect = urging_effect_pass, .event = "urgings.passed", .outcomes = "passed closed",
      .weight = FLOW_MAIN },
    { "supplement", "answered passed", "supplementing", "urgings.pass", .form = &SUPPLEMENT_FORM,
      .guard = urging_guard_other, .effect = urging_effect_supplement, .clocks = "start:answer" },
    { "close", "passed", "closed", "urgings.pass", .form = &CLOSE_FORM, .guard = urging_guard_other,
      .effect = urging_effect_end, .event = "urgings.closed", .weight = FLOW_MAIN },
    { "summon", "proposed issued accepted answered supplementing passed", NULL, "urgings.issue",
      .form = &TALK_FORM, .guard = urging_guard_other, .effect = urging_effect_summon },
    { "lapse", "proposed issued accepted answered supplementing passed", "closed", FLOW_SYSTEM,
      .effect = urging_effect_end, .clocks = "stop:answer", .event = "urgings.closed" },
    { 0 },
};

static const struct flow_clock CLOCKS[] = {
    { "answer", "urgings.answer_days", "working_days", NULL, false },
    { 0 },
};

/* A talk is asked for by the ladder, looking again by its day: urging_ladder.c. */
static const struct flow_todo TODOS[] = {
    { "proposed", "may:urgings.issue", .verb = "issue" },
    { "issued", "agency", "accept", .due = "answer" },
    { "accepted", "agency", "answer", .due = "answer" },
    { "supplementing", "agency", "answer", .due = "answer" },
    { "answered", "may:urgings.pass", .verb = "pass" },
    { "passed", "may:urgings.pass", "close", .on_demand = true },
    { "proposed", "may:urgings.issue", "summon", .on_demand = true },
    { 0 },
};

const struct flow URGINGS_FLOW = {
    .name = "urgings",
    .read = "urgings.read",
    .states = STATES,
    .actions = ACTIONS,
    .clocks = CLOCKS,
    .todos = TODOS,
    .load = urging_flow_load,
    .store = urging_flow_store,
    .holder = urging_flow_holder,
};

static const struct flow *const FLOWS[] = { &URGINGS_FLOW, NULL };

/* ---- permissions, menu, settings ---- */

static const struct permission PERMISSIONS[] = {
    { "urgings.read", "staff reviewer dispatcher operator leader agency_leader", ADMIN_NONE },
    { "urgings.remind", "staff reviewer dispatcher member head", ADMIN_NONE },
    { "urgings.propose", "staff reviewer dispatcher leader", ADMIN_NONE },
    { "urgings.issue", "reviewer leader", ADMIN_NONE },
    { "urgings.pass", "reviewer leader", ADMIN_NONE },
    { "urgings.answer", "operator agency_leader", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "urgings", "/urgings", "bell", "urgings.read", MENU_SIDE, 50, "outcomes" },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "urgings.first_days", SETTING_NUMBER, "working_days", 0, 250, "1", NULL,
      "rules.md 12.5: reminders by configuration" },
    { "urgings.second_days", SETTING_NUMBER, "working_days", 0, 250, "5", "urgings.first_days",
      "rules.md 12.5: reminders by configuration" },
    { "urgings.urge_days", SETTING_NUMBER, "working_days", 0, 250, "10", "urgings.second_days",
      "rules.md 12.5: overdue ones are urged" },
    { "urgings.circular_days", SETTING_NUMBER, "working_days", 0, 250, "20", "urgings.urge_days",
      "rules.md 12.5: talk or circular" },
    { "urgings.reminders_per_day", SETTING_NUMBER, "times", 1, 5, "1", NULL,
      "glossary: reminder, capped per day" },
    { "urgings.answer_days", SETTING_NUMBER, "working_days", 1, 60, "10", NULL, "product" },
    { "urgings.lookback_days", SETTING_NUMBER, "days", 0, 365, "30", NULL,
      "rules.md 12.5: looked at again" },
    { 0 },
};

/* ---- events, jobs ---- */

static const struct event EVENTS[] = {
    { "urgings.reminded", "a nudge was sent, by hand or by the clock; no fact" },
    { "urgings.issued", "a slip has gone to its agency" },
    { "urgings.passed", "its answer is enough" },
    { "urgings.closed", "looked at again, dropped, or its reason has gone" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "assignments.replied", on_urged_answered },
    { "assignments.contributed", on_urged_answered },
    { "assignments.due_changed", on_urged_moved },
    { "assignments.reassigned", on_urged_gone },
    { "assignments.cancelled", on_urged_gone },
    { "assignments.redone", on_urged_redone },
    { "assignments.retitled", on_urged_retitled },
    { "assignments.section_shown", on_urged_section_shown },
    { "outcomes.met", on_urged_promise_moved },
    { "outcomes.renewed", on_urged_promise_moved },
    { "outcomes.superseded", on_urged_promise_gone },
    { "outcomes.recorded", on_urged_followup },
    { "outcomes.instructed", on_urged_instruction },
    { "proposals.shown", on_urged_case_shown },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "urgings.escalate", .every_s = 1800, .per_org = true, .run = job_urging_escalate },
    { .name = "urgings.close", .every_s = 86400, .per_org = true, .run = job_urging_close },
    { 0 },
};

/* ---- routes: steps of the flow follow from the tables above ---- */

static const struct route ROUTES[] = {
    { GET, "/urgings", page_urging_list, .may = "urgings.read", .api = true },
    { POST, "/urgings/views", page_list_view_save, .may = "urgings.read", .form = &LIST_VIEW_FORM,
      .api = true, .look = &URGING_LOOK },
    { POST, "/urgings/views/{id}/remove", page_list_view_remove, .may = "urgings.read", .api = true,
      .look = &URGING_LOOK },
    { GET, "/api/v1/urgings/views", api_list_views, .may = "urgings.read", .look = &URGING_LOOK },
    { GET, "/urgings.csv", .slow = file_list, .may = "urgings.read", .look = &URGING_LOOK },
    { GET, "/urgings.xlsx", .slow = file_list, .may = "urgings.read", .look = &URGING_LOOK },
    { GET, "/urgings/late", .slow = page_urging_late, .may = "urgings.read", .form = &LATE_FORM,
      .api = true },
    { GET, "/urgings/reminders", page_urging_reminders, .may = "urgings.read", .api = true },
    { POST, "/urgings/remind", page_urging_remind, .may = "urgings.remind", .form = &REMIND_FORM,
      .api = true },
    { GET, "/urgings/new", page_urging_new, .may = "urgings.propose", .form = &SUBJECT_FORM },
    { POST, "/urgings/new", page_urging_propose, .may = "urgings.propose", .form = &START_FORM,
      .redraw = page_urging_new, .api = true },
    { GET, "/urgings/{id}", page_urging_show, .may = "urgings.read", .api = true },
    { GET, "/urgings/{id}/pdf", .slow = file_urging_pdf, .may = "urgings.read" },
    { GET, "/urgings/{id}/docx", .slow = file_urging_docx, .may = "urgings.read" },
    { POST, "/urgings/{id}/evidence", page_urging_evidence, .may = "urgings.answer",
      .form = &EVIDENCE_FORM, .slow = attachment_receive, .redraw = page_urging_show,
      .max_body = UPLOAD_MAX, .api = true },
    { GET, "/urgings/{id}/evidence/{file}", file_urging_evidence, .may = "urgings.read",
      .form = &FILE_FORM },
    { GET, "/circulars", page_circular_list, .may = "urgings.read", .api = true },
    { GET, "/circulars/new", page_circular_new, .may = "urgings.issue" },
    { POST, "/circulars/new", page_circular_publish, .may = "urgings.issue", .form = &CIRCULAR_FORM,
      .redraw = page_circular_new, .api = true },
    { GET, "/circulars/{id}", page_circular_show, .may = "urgings.read", .api = true },
    { 0 },
};

/* It is counted as if it had been sent here. */
static err reminder_landed(struct rq *rq, i64 id, const struct json_tree *row)
{
    (void)row;
    return event_emit(rq, "urgings.reminded", id, NULL);
}

static err urging_landed(struct rq *rq, i64 id, const struct json_tree *row)
{
    (void)row;
    return urging_store_reach_serial(rq->db, id);
}

/* What of it belongs to a case that travels (platform/transfer). */
static const struct transfer_table TRANSFERS[] = {
    {
        .name = "urgings",
        .under = "proposals",
        .by = "matter_id",
        .matter = "matter",
        .numbers = (const char *const[]){ "late_on", "year", "serial", "due_on", "proposed_at",
                                          "issued_at", "accepted_at", "answered_at", "was_late",
                                          "passed_at", "look_on", "asked_at", "closed_at",
                                          "version", NULL },
        .texts = (const char *const[]){ "cause", "flow", "matter", "matter_title", "matter_number",
                                        "agency_name", "text", "number", "state", "proposed_name",
                                        "issued_name", NULL },
        .links = (const struct transfer_link[]){ { "subject_id", NULL, "flow", false },
                                                 { "agency_id", "orgs", NULL, false },
                                                 { 0 } },
        .dropped = (const char *const[]){ "issued_by", NULL },
        .moves = true,
        .landed = urging_landed,
    },
    {
        /* behind what they may be about */
        .name = "reminders",
        .under = "proposals",
        .by = "matter_id",
        .matter = "matter",
        .numbers =
            (const char *const[]){ "level", "due_on", "on_day", "position", "sent_at", NULL },
        .texts = (const char *const[]){ "flow", "matter", "kind", "stage", "text", "told",
                                        "sent_name", NULL },
        .links = (const struct transfer_link[]){ { "subject_id", NULL, "flow", false },
                                                 { "agency_id", "orgs", NULL, false },
                                                 { 0 } },
        .zero = (const char *const[]){ "sent_by", NULL },
        .landed = reminder_landed,
    },
    { 0 },
};

const struct module urging_module = {
    .name = "urgings",
    .needs =
        (const char *const[]){ "settings", "orgs", "assignments", "proposals", "outcomes", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = FLOWS,
    .jobs = JOBS,
    .settings = SETTINGS,
    .events = EVENTS,
    .listens = LISTENS,
    .lists = (const struct list *const[]){ &URGING_LIST, &REMINDER_LIST, &CIRCULAR_LIST, NULL },
    .schema = urgings_schema,
    .transfers = TRANSFERS,
};
