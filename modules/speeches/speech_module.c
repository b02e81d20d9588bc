/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of speeches, and nothing else; read this first. Rules: speech_call.c, speech.c. */
#include "embed.h"
#include "modules/speeches/speech.h"
#include "platform/files/files.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"

enum {
    TITLE_MAX = 60,
    ABOUT_MAX = 2000,
    TEXT_MAX = 10000,
    REASON_MAX = 300,
    PAPERS_MAX = 5,
    UPLOAD_MAX = 64 << 20,
    HOUR_S = 3600
};

/* ---- forms ---- */

const struct form SPEECH_CALL_FORM = {
    "speech_calls",
    sizeof(struct speech_call_input),
    (const struct input[]){
        { FIELD(struct speech_call_input, id), .kind = INPUT_ID },
        { FIELD(struct speech_call_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct speech_call_input, meeting), .kind = INPUT_CHOICE, .required = true,
          .values = meeting_choices, .hint = "speech_calls.meeting_hint" },
        { FIELD(struct speech_call_input, title), .kind = INPUT_TEXT, .required = true, .min = 2,
          .max = TITLE_MAX, .hint = "speech_calls.title_hint" },
        { FIELD(struct speech_call_input, text), .kind = INPUT_AREA, .max = ABOUT_MAX,
          .hint = "speech_calls.text_hint" },
        { FIELD(struct speech_call_input, until_on), .kind = INPUT_DAY, .required = true,
          .hint = "speech_calls.until_hint" },
        { FIELD(struct speech_call_input, chars_max), .kind = INPUT_NUMBER, .required = true,
          .min = 200, .max = TEXT_MAX },
        { FIELD(struct speech_call_input, minutes), .kind = INPUT_NUMBER, .required = true,
          .min = 1, .max = SPEECH_MINUTES_MAX },
        { .field = { 0 } },
    },
};

static const struct form EXTEND_FORM = {
    "speech_calls.extend",
    sizeof(struct speech_until_input),
    (const struct input[]){
        { FIELD(struct speech_until_input, id), .kind = INPUT_ID },
        { FIELD(struct speech_until_input, until_on), .kind = INPUT_DAY, .required = true },
        { .field = { 0 } },
    },
};

static const struct form ORDER_FORM = {
    "speech_calls.order",
    sizeof(struct speech_order_input),
    (const struct input[]){
        { FIELD(struct speech_order_input, id), .kind = INPUT_ID },
        { FIELD(struct speech_order_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct speech_order_input, speeches), .kind = INPUT_IDS, .required = true,
          .max = SPEECHES_MAX },
        { FIELD(struct speech_order_input, places), .kind = INPUT_LINES, .keep_empty = true,
          .max = SPEECHES_MAX },
        { FIELD(struct speech_order_input, minutes), .kind = INPUT_LINES, .keep_empty = true,
          .max = SPEECHES_MAX },
        { .field = { 0 } },
    },
};

#define SPEECH_HEAD                                                                 \
    { FIELD(struct speech_input, id), .kind = INPUT_ID },                           \
    {                                                                               \
        FIELD(struct speech_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX \
    }
#define SPEECH_LEAD                                                               \
    {                                                                             \
        FIELD(struct speech_input, lead), .kind = INPUT_CHOICE, .required = true, \
                                          .values = speech_members                \
    }
#define SPEECH_BODY                                                                      \
    {                                                                                    \
        FIELD(struct speech_input, body), .kind = INPUT_CHOICE, .values = speech_bodies, \
                                          .hint = "speeches.body_hint"                   \
    }
#define SPEECH_TEXT                                                                          \
    { FIELD(struct speech_input, title), .kind = INPUT_TEXT, .required = true, .min = 2,     \
      .max = TITLE_MAX },                                                                    \
        { FIELD(struct speech_input, text), .kind = INPUT_AREA, .max = TEXT_MAX,             \
          .hint = "speeches.text_hint" },                                                    \
        { FIELD(struct speech_input, papers), .kind = INPUT_FILES, .max = PAPERS_MAX,        \
          .hint = "speeches.papers_hint" },                                                  \
    {                                                                                        \
        FIELD(struct speech_input, authors), .kind = INPUT_LINES, .max = SPEECH_AUTHORS_MAX, \
                                             .values = speech_members,                       \
                                             .hint = "speeches.authors_hint"                 \
    }

const struct form SPEECH_FORM = { "speeches", sizeof(struct speech_input),
                                  (const struct input[]){
                                      SPEECH_HEAD, SPEECH_BODY, SPEECH_TEXT, { .field = { 0 } } } };
const struct form SPEECH_PLAIN_FORM = { "speeches", sizeof(struct speech_input),
                                        (const struct input[]){
                                            SPEECH_HEAD, SPEECH_TEXT, { .field = { 0 } } } };
const struct form SPEECH_RECORD_FORM = {
    "speeches", sizeof(struct speech_input),
    (const struct input[]){ SPEECH_HEAD, SPEECH_LEAD, SPEECH_BODY, SPEECH_TEXT, { .field = { 0 } } }
};

static const struct form FILE_FORM = {
    "speeches.file",
    sizeof(struct speech_file_input),
    (const struct input[]){
        { FIELD(struct speech_file_input, id), .kind = INPUT_ID },
        { FIELD(struct speech_file_input, file), .kind = INPUT_ID },
        { .field = { 0 } },
    },
};

/* A reason, worded by step; whoever stands behind it reads it. */
static const struct input REASON_INPUTS[] = {
    { FIELD(struct speech_reason_input, id), .kind = INPUT_ID },
    { FIELD(struct speech_reason_input, opinion), .kind = INPUT_AREA, .required = true, .min = 2,
      .max = REASON_MAX, .hint = "speeches.opinion_hint" },
    { .field = { 0 } },
};

static const struct form REVISE_FORM = { "speeches.revise", sizeof(struct speech_reason_input),
                                         REASON_INPUTS };
static const struct form DIVERT_FORM = { "speeches.divert", sizeof(struct speech_reason_input),
                                         REASON_INPUTS };
static const struct form DECLINE_FORM = { "speeches.decline", sizeof(struct speech_reason_input),
                                          REASON_INPUTS };
static const struct form MISS_FORM = { "speeches.miss", sizeof(struct speech_reason_input),
                                       REASON_INPUTS };

static const struct form RESULT_FORM = {
    "speeches.result",
    sizeof(struct speech_result_input),
    (const struct input[]){
        { FIELD(struct speech_result_input, id), .kind = INPUT_ID },
        { FIELD(struct speech_result_input, kind), .kind = INPUT_CHOICE, .required = true,
          .choices = "instructed adopted", .label = "speeches.result.kind" },
        { FIELD(struct speech_result_input, organ), .kind = INPUT_TEXT, .required = true,
          .max = TITLE_MAX, .hint = "speeches.result.organ_hint" },
        { FIELD(struct speech_result_input, happened_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct speech_result_input, text), .kind = INPUT_AREA, .required = true, .min = 2,
          .max = ABOUT_MAX },
        { .field = { 0 } },
    },
};

/* ---- flows ---- */

static const struct flow_state CALL_STATES[] = {
    { "draft", .first = true, .tone = "idle" },
    { "open", .tone = "info" },
    { "closed", .tone = "warn" },
    { "settled", .final = true, .tone = "ok" },
    { 0 },
};

static const struct flow_action CALL_ACTIONS[] = {
    { "publish", "draft", "open", "speeches.manage", .effect = speech_call_effect_publish,
      .weight = FLOW_MAIN },
    { "settle", "closed", "settled", "speeches.manage", .guard = speech_call_guard_settle,
      .effect = speech_call_effect_settle, .weight = FLOW_MAIN },
    { "extend", "open closed", "open", "speeches.manage", .form = &EXTEND_FORM,
      .effect = speech_call_effect_extend },
    { "close", "open", "closed", "speeches.manage", .form = NULL },
    { 0 },
};

static const struct flow_todo CALL_TODOS[] = {
    { "closed", "may:speeches.manage", "settle", .due = NULL },
    { 0 },
};

const struct flow SPEECH_CALLS_FLOW = {
    .name = "speech_calls",
    .read = "speeches.read",
    .states = CALL_STATES,
    .actions = CALL_ACTIONS,
    .todos = CALL_TODOS,
    .load = speech_call_flow_load,
    .store = speech_call_flow_store,
};

static const struct flow_state STATES[] = {
    { "draft", .first = true, .tone = "idle" },
    { "submitted", .first = true, .tone = "warn" },
    { "spoken", .tone = "info" },
    { "written", .tone = "ok" },
    { "diverted", .tone = "info" },
    { "declined", .tone = "idle" },
    { "given", .tone = "ok" },
    { "missed", .tone = "bad" },
    { "withdrawn", .final = true, .tone = "idle" },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "submit", "draft", "submitted", "speeches.write", .guard = speech_guard_submit,
      .effect = speech_effect_submit, .weight = FLOW_MAIN },
    { "rewrite", "diverted", NULL, "speeches.write", .guard = speech_guard_rewrite,
      .effect = speech_effect_rewrite, .weight = FLOW_MAIN },
    { "speak", "submitted written diverted declined", "spoken", "speeches.manage",
      .guard = speech_guard_choose, .effect = speech_effect_choose, .weight = FLOW_MAIN },
    { "print", "submitted spoken diverted declined missed", "written", "speeches.manage",
      .guard = speech_guard_choose, .effect = speech_effect_choose },
    { "divert", "submitted spoken written declined", "diverted", "speeches.manage",
      .form = &DIVERT_FORM, .guard = speech_guard_choose, .effect = speech_effect_choose },
    { "decline", "submitted spoken written diverted", "declined", "speeches.manage",
      .form = &DECLINE_FORM, .guard = speech_guard_choose, .effect = speech_effect_choose },
    { "revise", "submitted", "draft", "speeches.manage", .form = &REVISE_FORM,
      .guard = speech_guard_choose, .effect = speech_effect_choose },
    { "give", "spoken missed", "given", "speeches.manage", .guard = speech_guard_day,
      .effect = speech_effect_day, .weight = FLOW_MAIN },
    { "miss", "spoken given", "missed", "speeches.manage", .form = &MISS_FORM,
      .guard = speech_guard_day, .effect = speech_effect_day },
    { "result", "given written", NULL, "speeches.manage", .form = &RESULT_FORM,
      .effect = speech_effect_result },
    { "leave", "submitted spoken written", NULL, "speeches.write", .guard = speech_guard_leave,
      .effect = speech_effect_leave, .weight = FLOW_DANGER },
    { "withdraw", "draft submitted", "withdrawn", "speeches.write", .guard = speech_guard_own,
      .weight = FLOW_DANGER },
    { 0 },
};

static const struct flow_todo TODOS[] = {
    { "submitted", "may:speeches.manage", "speak", .due = NULL },
    { "diverted", "person", "rewrite", .when = speech_when_unmade },
    { 0 },
};

const struct flow SPEECHES_FLOW = {
    .name = "speeches",
    .read = "speeches.read",
    .states = STATES,
    .actions = ACTIONS,
    .todos = TODOS,
    .load = speech_flow_load,
    .store = speech_flow_store,
    .holder = speech_flow_holder,
};

/* ---- the rest ---- */

static const struct route ROUTES[] = {
    { GET, "/speech_calls", page_speech_call_list, .may = "speeches.read", .api = true },
    { GET, "/speech_calls/new", page_speech_call_form, .may = "speeches.manage" },
    { POST, "/speech_calls/new", page_speech_call_save, .may = "speeches.manage",
      .form = &SPEECH_CALL_FORM, .redraw = page_speech_call_form, .api = true },
    { GET, "/speech_calls/{id}", page_speech_call_show, .may = "speeches.read", .api = true },
    { GET, "/speech_calls/{id}/edit", page_speech_call_form, .may = "speeches.manage" },
    { POST, "/speech_calls/{id}/edit", page_speech_call_save, .may = "speeches.manage",
      .form = &SPEECH_CALL_FORM, .redraw = page_speech_call_form, .api = true },
    { POST, "/speech_calls/{id}/order", page_speech_call_order, .may = "speeches.manage",
      .form = &ORDER_FORM, .redraw = page_speech_call_show, .api = true },
    { GET, "/speech_calls/{id}/pdf", .slow = file_speech_call_pdf, .may = "speeches.read",
      .api = true },
    { GET, "/speech_calls/{id}/docx", .slow = file_speech_call_docx, .may = "speeches.read",
      .api = true },
    { GET, "/speech_calls/{id}/write", page_speech_form, .may = "speeches.write" },
    { POST, "/speech_calls/{id}/write", page_speech_begin, .may = "speeches.write",
      .form = &SPEECH_FORM, .slow = attachment_receive, .redraw = page_speech_form, .api = true,
      .max_body = UPLOAD_MAX },
    { GET, "/speech_calls/{id}/record", page_speech_record_form, .may = "speeches.manage" },
    { POST, "/speech_calls/{id}/record", page_speech_record, .may = "speeches.manage",
      .form = &SPEECH_RECORD_FORM, .slow = attachment_receive, .redraw = page_speech_record_form,
      .api = true, .max_body = UPLOAD_MAX },
    { GET, "/speeches", page_speech_list, .may = "speeches.read", .api = true },
    { GET, "/speeches/{id}", page_speech_show, .may = "speeches.read", .api = true },
    { GET, "/speeches/{id}/edit", page_speech_edit_form, .may = "speeches.write" },
    { POST, "/speeches/{id}/edit", page_speech_edit, .may = "speeches.write", .form = &SPEECH_FORM,
      .slow = attachment_receive, .redraw = page_speech_edit_form, .api = true,
      .max_body = UPLOAD_MAX },
    { GET, "/speeches/{id}/papers/{file}", file_speech_paper, .may = "speeches.read",
      .form = &FILE_FORM },
    { POST, "/speeches/{id}/papers/{file}/remove", page_speech_paper_remove,
      .may = "speeches.write", .form = &FILE_FORM, .api = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "speeches.read", "member head staff leader", ADMIN_NONE },
    { "speeches.write", "member head", ADMIN_NONE },
    { "speeches.manage", "staff", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "speech_calls", "/speech_calls", "calendar", "speeches.read", MENU_SIDE, 57, "/meetings" },
    { "speeches", "/speeches", "edit", "speeches.read", MENU_SIDE, 57, "/meetings" },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "speeches.minutes", SETTING_NUMBER, "minutes", 1, SPEECH_MINUTES_MAX, "8", NULL,
      "rules.md 1 [K18]" },
    { "speeches.chars_max", SETTING_NUMBER, "characters", 200, TEXT_MAX, "2500", NULL, "product" },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "speeches.close", .every_s = HOUR_S, .per_org = true, .run = job_speech_close },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "meetings.shown", on_speech_meeting_shown },
    { 0 },
};

const struct module speech_module = {
    .name = "speeches",
    .needs = (const char *const[]){ "orgs", "members", "proposals", "opinions", "meetings",
                                    "entries", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &SPEECH_CALLS_FLOW, &SPEECHES_FLOW, NULL },
    .jobs = JOBS,
    .settings = SETTINGS,
    .listens = LISTENS,
    .schema = speeches_schema,
};
