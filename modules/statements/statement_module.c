/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of reports on a year's duties, and nothing else; read this first. Rules:
 * statement.c, statement_call.c. */
#include "embed.h"
#include "modules/meetings/meeting.h"
#include "modules/members/audience.h"
#include "modules/statements/ballot.h"
#include "platform/settings/settings.h"

enum {
    TITLE_MAX = 60,
    NOTE_MAX = 500,
    BODY_MAX = 20000,
    REASON_MAX = 300,
    REMARK_MAX = 1000,
    TOGETHER_MAX = 500,
    PAPERS_MAX = 10000,
    TELLER_MAX = 30,
    HALF_YEAR = 183
};

/* ---- forms ---- */

const struct form STATEMENT_CALL_FORM = {
    "statement_calls",
    sizeof(struct statement_call_input),
    (const struct input[]){
        { FIELD(struct statement_call_input, title), .kind = INPUT_TEXT, .required = true, .min = 2,
          .max = TITLE_MAX, .hint = "statement_calls.title_hint" },
        { FIELD(struct statement_call_input, audience), .kind = INPUT_LINES, .required = true,
          .max = 500, .values = audience_members, .hint = "statement_calls.audience_hint" },
        { FIELD(struct statement_call_input, form), .kind = INPUT_CHOICE, .required = true,
          .choices = "written oral" },
        { FIELD(struct statement_call_input, due_on), .kind = INPUT_DAY, .required = true,
          .hint = "statement_calls.due_on_hint" },
        { FIELD(struct statement_call_input, note), .kind = INPUT_AREA, .max = NOTE_MAX },
        { .field = { 0 } },
    },
};

const struct form STATEMENT_EDIT_FORM = {
    "statements",
    sizeof(struct statement_edit_input),
    (const struct input[]){
        { FIELD(struct statement_edit_input, id), .kind = INPUT_ID },
        { FIELD(struct statement_edit_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct statement_edit_input, body), .kind = INPUT_AREA, .max = BODY_MAX },
        { FIELD(struct statement_edit_input, send), .kind = INPUT_BOOL },
        { .field = { 0 } },
    },
};

static const struct form REVISE_FORM = {
    "statements.revise",
    sizeof(struct statement_revise_input),
    (const struct input[]){
        { FIELD(struct statement_revise_input, id), .kind = INPUT_ID },
        { FIELD(struct statement_revise_input, opinion), .kind = INPUT_AREA, .required = true,
          .min = 2, .max = REASON_MAX, .hint = "statements.revise.opinion_hint" },
        { .field = { 0 } },
    },
};

static const struct form REMARK_FORM = {
    "statements.remark",
    sizeof(struct statement_remark_input),
    (const struct input[]){
        { FIELD(struct statement_remark_input, id), .kind = INPUT_ID },
        { FIELD(struct statement_remark_input, text), .kind = INPUT_AREA, .required = true,
          .min = 2, .max = REMARK_MAX, .hint = "statements.remark.text_hint" },
        { .field = { 0 } },
    },
};

const struct form STATEMENT_TOGETHER_FORM = {
    "statements.together",
    sizeof(struct statement_together_input),
    (const struct input[]){
        { FIELD(struct statement_together_input, id), .kind = INPUT_ID },
        { FIELD(struct statement_together_input, statements), .kind = INPUT_IDS, .required = true,
          .max = TOGETHER_MAX },
        { FIELD(struct statement_together_input, text), .kind = INPUT_AREA, .required = true,
          .min = 2, .max = REMARK_MAX },
        { .field = { 0 } },
    },
};

static const struct form ORDER_FORM = {
    "statements.order",
    sizeof(struct statement_order_input),
    (const struct input[]){
        { FIELD(struct statement_order_input, id), .kind = INPUT_ID },
        { FIELD(struct statement_order_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct statement_order_input, statements), .kind = INPUT_IDS, .required = true,
          .max = TOGETHER_MAX },
        { FIELD(struct statement_order_input, places), .kind = INPUT_LINES, .required = true,
          .max = TOGETHER_MAX, .keep_empty = true },
        { .field = { 0 } },
    },
};

const struct form BALLOT_FORM = {
    "ballots",
    sizeof(struct ballot_input),
    (const struct input[]){
        { FIELD(struct ballot_input, id), .kind = INPUT_ID },
        { FIELD(struct ballot_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct ballot_input, part), .kind = INPUT_NUMBER, .max = BALLOT_LINES_MAX },
        { FIELD(struct ballot_input, meeting), .kind = INPUT_CHOICE, .values = ballot_meetings },
        { FIELD(struct ballot_input, held_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct ballot_input, issued), .kind = INPUT_NUMBER, .required = true, .min = 1,
          .max = PAPERS_MAX },
        { FIELD(struct ballot_input, returned), .kind = INPUT_NUMBER, .required = true, .min = 1,
          .max = PAPERS_MAX },
        { FIELD(struct ballot_input, valid), .kind = INPUT_NUMBER, .required = true, .min = 1,
          .max = PAPERS_MAX },
        { FIELD(struct ballot_input, teller_name), .kind = INPUT_TEXT, .required = true,
          .max = TELLER_MAX },
        { FIELD(struct ballot_input, second_teller_name), .kind = INPUT_TEXT, .required = true,
          .max = TELLER_MAX },
        { FIELD(struct ballot_input, statements), .kind = INPUT_IDS, .required = true,
          .max = BALLOT_LINES_MAX },
        { FIELD(struct ballot_input, excellent), .kind = INPUT_LINES, .max = BALLOT_LINES_MAX,
          .keep_empty = true },
        { FIELD(struct ballot_input, competent), .kind = INPUT_LINES, .max = BALLOT_LINES_MAX,
          .keep_empty = true },
        { FIELD(struct ballot_input, basic), .kind = INPUT_LINES, .max = BALLOT_LINES_MAX,
          .keep_empty = true },
        { FIELD(struct ballot_input, incompetent), .kind = INPUT_LINES, .max = BALLOT_LINES_MAX,
          .keep_empty = true },
        { FIELD(struct ballot_input, abstained), .kind = INPUT_LINES, .max = BALLOT_LINES_MAX,
          .keep_empty = true },
        { .field = { 0 } },
    },
};

static const struct form BALLOT_SHOW_FORM = {
    "ballots",
    sizeof(struct ballot_show_input),
    (const struct input[]){
        { FIELD(struct ballot_show_input, id), .kind = INPUT_ID },
        { FIELD(struct ballot_show_input, part), .kind = INPUT_NUMBER, .max = BALLOT_LINES_MAX },
        { .field = { 0 } },
    },
};

static const struct form BALLOT_REMOVE_FORM = {
    "ballots",
    sizeof(struct ballot_remove_input),
    (const struct input[]){
        { FIELD(struct ballot_remove_input, id), .kind = INPUT_ID },
        { FIELD(struct ballot_remove_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct ballot_remove_input, reason), .kind = INPUT_AREA, .required = true, .min = 2,
          .max = REASON_MAX },
        { .field = { 0 } },
    },
};

/* ---- the flow ---- */

static const struct flow_state STATES[] = {
    { "draft", .first = true, .tone = "idle" },
    { "revising", .tone = "warn" },
    { "submitted", .tone = "info" },
    { "remarked", .final = true, .tone = "ok" },
    { "lapsed", .final = true, .tone = "idle" },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "submit", "draft revising", "submitted", "statements.write", .guard = statement_guard_submit,
      .effect = statement_effect_submit, .weight = FLOW_MAIN },
    { "remark", "submitted remarked", "remarked", "statements.remark", .form = &REMARK_FORM,
      .effect = statement_effect_remark, .weight = FLOW_MAIN },
    { "revise", "submitted", "revising", "statements.call", .form = &REVISE_FORM,
      .effect = statement_effect_revise },
    { "lapse", "draft revising", "lapsed", FLOW_SYSTEM, .form = NULL },
    { 0 },
};

static const struct flow_todo TODOS[] = {
    { "draft", "person", "submit", .on_demand = true },
    { "revising", "person", "submit", .due = NULL },
    { 0 },
};

const struct flow STATEMENTS_FLOW = {
    .name = "statements",
    .read = "statements.read",
    .states = STATES,
    .actions = ACTIONS,
    .todos = TODOS,
    .load = statement_flow_load,
    .store = statement_flow_store,
    .holder = statement_flow_holder,
};

/* ---- the rest ---- */

static const struct route ROUTES[] = {
    { GET, "/statements", page_statement_list, .may = "statements.read", .api = true },
    { GET, "/statements/{id}", page_statement_show, .may = "statements.read", .api = true },
    { GET, "/statements/{id}/edit", page_statement_edit_form, .may = "statements.write" },
    { POST, "/statements/{id}/edit", page_statement_edit, .may = "statements.write",
      .form = &STATEMENT_EDIT_FORM, .redraw = page_statement_edit_form, .api = true },
    { POST, "/statements/{id}/autosave", api_statement_autosave, .may = "statements.write",
      .form = &STATEMENT_EDIT_FORM },
    { GET, "/statements/{id}/pdf", .slow = file_statement_pdf, .may = "statements.read",
      .api = true },
    { GET, "/statements/{id}/docx", .slow = file_statement_docx, .may = "statements.read",
      .api = true },
    { GET, "/statement_calls", page_statement_call_list, .may = "statements.overview",
      .api = true },
    { GET, "/statement_calls/new", page_statement_call_new, .may = "statements.call" },
    { POST, "/statement_calls/new", page_statement_call_add, .may = "statements.call",
      .form = &STATEMENT_CALL_FORM, .redraw = page_statement_call_new, .api = true },
    { GET, "/statement_calls/{id}", page_statement_call_show, .may = "statements.overview",
      .api = true },
    { POST, "/statement_calls/{id}/remind", page_statement_call_remind, .may = "statements.call",
      .api = true },
    { POST, "/statement_calls/{id}/order", page_statement_call_order, .may = "statements.call",
      .form = &ORDER_FORM, .redraw = page_statement_call_show, .api = true },
    { POST, "/statement_calls/{id}/remark", page_statement_call_together,
      .may = "statements.remark", .form = &STATEMENT_TOGETHER_FORM,
      .redraw = page_statement_call_show, .api = true },
    { GET, "/statement_calls/{id}/ballot", page_ballot_form, .may = "statements.call",
      .form = &BALLOT_SHOW_FORM },
    { POST, "/statement_calls/{id}/ballot", page_ballot_save, .may = "statements.call",
      .form = &BALLOT_FORM, .redraw = page_ballot_form, .api = true },
    { POST, "/statement_calls/{id}/ballot/remove", page_ballot_remove, .may = "statements.call",
      .form = &BALLOT_REMOVE_FORM, .redraw = page_ballot_form, .api = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "statements.read", "member head staff leader", ADMIN_NONE },
    { "statements.write", "member head", ADMIN_NONE },
    { "statements.overview", "staff leader", ADMIN_NONE },
    { "statements.call", "staff", ADMIN_NONE },
    { "statements.remark", "leader", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "my_statements", "/statements", "edit", "statements.write", MENU_SIDE, 59, "/entries/mine" },
    { "statements", "/statements", "edit", "statements.read", MENU_OFFICE, 59, "/entries" },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "statements.body_min", SETTING_NUMBER, "characters", 1, 1000, "100", NULL, "product" },
    { "statements.body_max", SETTING_NUMBER, "characters", 500, BODY_MAX, "5000",
      "statements.body_min", "product" },
    { "statements.last_year_days", SETTING_NUMBER, "days", 0, HALF_YEAR, "90", NULL, "product" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "members.left", on_statement_left },
    { 0 },
};

const struct module statement_module = {
    .name = "statements",
    .needs = (const char *const[]){ "orgs", "members", "entries", "duty", "scores", "pledges",
                                    "meetings", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &STATEMENTS_FLOW, NULL },
    .settings = SETTINGS,
    .listens = LISTENS,
    .schema = statements_schema,
};
