/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of yearly assessments, and nothing else; read this first. Rules: assessment.c. */
#include "embed.h"
#include "modules/assessments/assessment_views.h"
#include "platform/settings/settings.h"

enum { YEAR_MIN = 1949, YEAR_MAX = 2999, START_MAX = 1000000, REASON_MAX = 500 };

const struct form ASSESSMENT_OPEN_FORM = {
    "assessments",
    sizeof(struct assessment_open_input),
    (const struct input[]){
        { FIELD(struct assessment_open_input, year), .kind = INPUT_NUMBER, .required = true,
          .min = YEAR_MIN, .max = YEAR_MAX, .hint = "assessments.year_hint" },
        { FIELD(struct assessment_open_input, reason), .kind = INPUT_AREA, .max = REASON_MAX,
          .hint = "assessments.reason_hint" },
        { .field = { 0 } },
    },
};

static const struct form SHOW_FORM = {
    "assessments",
    sizeof(struct assessment_show_input),
    (const struct input[]){
        { FIELD(struct assessment_show_input, id), .kind = INPUT_ID },
        { FIELD(struct assessment_show_input, start), .kind = INPUT_NUMBER, .max = START_MAX },
        { FIELD(struct assessment_show_input, show), .kind = INPUT_CHOICE,
          .choices = "all changed other honour talk away" },
        { FIELD(struct assessment_show_input, grade), .kind = INPUT_TEXT },
        { .field = { 0 } },
    },
};

static const struct form VERSION_FORM = {
    "assessments",
    sizeof(struct grading_change_input),
    (const struct input[]){
        { FIELD(struct grading_change_input, id), .kind = INPUT_ID },
        { FIELD(struct grading_change_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { .field = { 0 } },
    },
};

const struct form GRADING_CHANGE_FORM = {
    "assessments.change",
    sizeof(struct grading_change_input),
    (const struct input[]){
        { FIELD(struct grading_change_input, id), .kind = INPUT_ID },
        { FIELD(struct grading_change_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct grading_change_input, grade), .kind = INPUT_CHOICE, .required = true,
          .values = grading_choices },
        { FIELD(struct grading_change_input, reason), .kind = INPUT_AREA, .required = true,
          .min = 2, .max = REASON_MAX, .hint = "assessments.change.reason_hint" },
        { .field = { 0 } },
    },
};

static const struct form APPROVE_FORM = {
    "assessments.approve",
    sizeof(struct assessment_approve_input),
    (const struct input[]){
        { FIELD(struct assessment_approve_input, id), .kind = INPUT_ID },
        { FIELD(struct assessment_approve_input, organ), .kind = INPUT_CHOICE, .required = true,
          .choices = "chairs standing" },
        { FIELD(struct assessment_approve_input, meeting), .kind = INPUT_TEXT, .required = true,
          .min = 2, .max = 100, .hint = "assessments.approve.meeting_hint" },
        { FIELD(struct assessment_approve_input, on_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct assessment_approve_input, document), .kind = INPUT_TEXT, .max = 60 },
        { FIELD(struct assessment_approve_input, as_proposed), .kind = INPUT_BOOL,
          .hint = "assessments.approve.as_proposed_hint" },
        { .field = { 0 } },
    },
};

static const struct form HONOUR_FORM = {
    "assessments.honour",
    sizeof(struct assessment_honour_input),
    (const struct input[]){
        { FIELD(struct assessment_honour_input, id), .kind = INPUT_ID },
        { FIELD(struct assessment_honour_input, title), .kind = INPUT_TEXT, .required = true,
          .min = 2, .max = 60, .hint = "assessments.honour.title_hint" },
        { FIELD(struct assessment_honour_input, organ), .kind = INPUT_CHOICE, .required = true,
          .choices = "chairs standing" },
        { FIELD(struct assessment_honour_input, meeting), .kind = INPUT_TEXT, .required = true,
          .min = 2, .max = 100, .hint = "assessments.approve.meeting_hint" },
        { FIELD(struct assessment_honour_input, on_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct assessment_honour_input, document), .kind = INPUT_TEXT, .max = 60 },
        { .field = { 0 } },
    },
};

const struct form GRADING_HONOUR_FORM = {
    "assessments.withhold",
    sizeof(struct grading_honour_input),
    (const struct input[]){
        { FIELD(struct grading_honour_input, id), .kind = INPUT_ID },
        { FIELD(struct grading_honour_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct grading_honour_input, honour), .kind = INPUT_CHOICE, .required = true,
          .choices = "proposed withheld" },
        { FIELD(struct grading_honour_input, reason), .kind = INPUT_AREA, .min = 2,
          .max = REASON_MAX, .hint = "assessments.withhold.reason_hint" },
        { .field = { 0 } },
    },
};

static const struct form LETTERS_FORM = {
    "assessments.letters",
    sizeof(struct assessment_letters_input),
    (const struct input[]){
        { FIELD(struct assessment_letters_input, id), .kind = INPUT_ID },
        { FIELD(struct assessment_letters_input, to), .kind = INPUT_CHOICE,
          .choices = "employer nominator" },
        { .field = { 0 } },
    },
};

static const struct form RETURN_FORM = {
    "assessments.return",
    sizeof(struct assessment_opinion_input),
    (const struct input[]){
        { FIELD(struct assessment_opinion_input, id), .kind = INPUT_ID },
        { FIELD(struct assessment_opinion_input, opinion), .kind = INPUT_AREA, .required = true,
          .min = 2, .max = REASON_MAX },
        { .field = { 0 } },
    },
};

/* ---- the flow ---- */

static const struct flow_state STATES[] = {
    { "opened", .first = true, .tone = "info" },
    { "proposed", .tone = "warn" },
    { "approved", .tone = "ok" },
    { "notified", .tone = "ok" },
    { "closed", .final = true, .tone = "ok" },
    { "dropped", .final = true, .tone = "idle" },
    { "superseded", .final = true, .tone = "idle" },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "propose", "opened", "proposed", "assessments.prepare", .guard = assessment_guard_over,
      .effect = assessment_effect_propose, .slow = slow_assessment_take, .weight = FLOW_MAIN },
    { "drop", "opened", "dropped", "assessments.prepare", .weight = FLOW_DANGER },
    { "approve", "proposed", "approved", "assessments.decide", .form = &APPROVE_FORM,
      .effect = assessment_effect_approve, .slow = slow_assessment_take,
      .event = "assessments.approved", .weight = FLOW_MAIN },
    { "return", "proposed", "opened", "assessments.decide", .form = &RETURN_FORM },
    { "notify", "approved", "notified", "assessments.prepare", .effect = assessment_effect_notify,
      .weight = FLOW_MAIN },
    { "honour", "approved notified closed", NULL, "assessments.decide", .form = &HONOUR_FORM,
      .guard = assessment_guard_honour, .effect = assessment_effect_honour },
    { "close", "notified", "closed", "assessments.prepare", .effect = assessment_effect_close,
      .weight = FLOW_MAIN },
    { "supersede", "approved notified closed", "superseded", FLOW_SYSTEM, .form = NULL },
    { 0 },
};

static const struct flow_todo TODOS[] = {
    { "opened", "may:assessments.prepare", "propose", .due = NULL },
    { "proposed", "may:assessments.decide", "approve", .due = NULL },
    { "approved", "may:assessments.prepare", "notify", .due = NULL },
    { "approved", "may:assessments.decide", "honour", .when = assessment_when_honour },
    { "notified", "may:assessments.prepare", "close", .due = NULL },
    { "notified", "may:assessments.decide", "honour", .when = assessment_when_honour },
    { "closed", "may:assessments.decide", "honour", .when = assessment_when_honour },
    { 0 },
};

const struct flow ASSESSMENTS_FLOW = {
    .name = "assessments",
    .read = "assessments.read",
    .states = STATES,
    .actions = ACTIONS,
    .todos = TODOS,
    .load = assessment_flow_load,
    .store = assessment_flow_store,
};

/* ---- the rest ---- */

static const struct route ROUTES[] = {
    { GET, "/assessments", page_assessment_list, .may = "assessments.read", .api = true },
    { GET, "/assessments/new", page_assessment_new, .may = "assessments.prepare" },
    { POST, "/assessments/new", page_assessment_open, .may = "assessments.prepare",
      .form = &ASSESSMENT_OPEN_FORM, .slow = slow_assessment_open, .redraw = page_assessment_new,
      .api = true },
    { GET, "/assessments/mine", page_assessment_own, .may = "assessments.own", .api = true },
    { GET, "/assessments/{id}", .slow = page_assessment_show, .may = "assessments.read",
      .form = &SHOW_FORM, .api = true },
    { GET, "/assessments/{id}/gradings.xlsx", .slow = file_assessment, .may = "assessments.export",
      .form = &SHOW_FORM },
    { GET, "/assessments/{id}/circular.pdf", .slow = file_assessment_pdf,
      .may = "assessments.export" },
    { GET, "/assessments/{id}/circular.docx", .slow = file_assessment_docx,
      .may = "assessments.export" },
    { GET, "/assessments/{id}/letters.pdf", .slow = file_assessment_letters,
      .may = "assessments.export", .form = &LETTERS_FORM },
    { POST, "/assessments/{id}/retake", page_assessment_retake, .may = "assessments.prepare",
      .form = &VERSION_FORM, .slow = slow_assessment_take, .api = true },
    { GET, "/gradings/{id}", page_grading_show, .may = "assessments.read", .api = true },
    { GET, "/gradings/{id}/edit", page_grading_change_form, .may = "assessments.change" },
    { POST, "/gradings/{id}/edit", page_grading_change, .may = "assessments.change",
      .form = &GRADING_CHANGE_FORM, .redraw = page_grading_change_form, .api = true },
    { GET, "/gradings/{id}/honour", page_grading_withhold_form, .may = "assessments.change" },
    { POST, "/gradings/{id}/honour", page_grading_withhold, .may = "assessments.change",
      .form = &GRADING_HONOUR_FORM, .redraw = page_grading_withhold_form, .api = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "assessments.read", "staff leader", ADMIN_NONE },
    { "assessments.own", "member head", ADMIN_NONE },
    { "assessments.prepare", "staff", ADMIN_NONE },
    { "assessments.change", "staff leader", ADMIN_NONE },
    { "assessments.decide", "leader", ADMIN_NONE },
    { "assessments.export", "staff leader", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "my_assessments", "/assessments/mine", "checks", "assessments.own", MENU_SIDE, 61,
      "/entries/mine" },
    { "assessments", "/assessments", "checks", "assessments.read", MENU_SIDE, 61, "/entries" },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "assessments.talk_grades", SETTING_NUMBER, NULL, 0, 5, "1", NULL,
      "rules.md 4: who is below the line is talked to (Jinan, Beijing)" },
    { "assessments.honour", SETTING_CHOICE, NULL, 0, 0, "kept",
      "kept city prefecture province nation off",
      "rules.md 4: who did best is commended (several); its level counts where rules give for it" },
    { "assessments.circular_names", SETTING_CHOICE, NULL, 0, 0, "best", "best all none",
      "State Council General Office 2026 no. 12: no ranking; who did best is commended" },
    { 0 },
};

static const struct event EVENTS[] = {
    { "assessments.approved", "an organ decided the grades of a year" },
    { 0 },
};

const struct module assessment_module = {
    .name = "assessments",
    .needs = (const char *const[]){ "orgs", "members", "duty", "entries", "scores", "talks",
                                    "statements", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &ASSESSMENTS_FLOW, NULL },
    .settings = SETTINGS,
    .events = EVENTS,
    .schema = assessments_schema,
};
