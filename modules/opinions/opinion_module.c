/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of opinions, and nothing else; read this first. Rules: opinion.c, opinion_steps.c,
 * reporter.c, opinion_edit.c, composite.c; pages: opinion_pages.c, opinion_form_pages.c,
 * opinion_version_pages.c, opinion_edit_pages.c. */
#include "embed.h"
#include "modules/opinions/opinion_edit.h"
#include "modules/opinions/opinion_pages.h"
#include "modules/opinions/opinion_record.h"
#include "platform/files/files.h"
#include "platform/files/import_page.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"
#include "platform/text/text.h"

/* EDITED_MAX: a composite begins with all texts of its sources. */
enum { UPLOAD_MAX = 110 << 20, EDITED_MAX = 20 * OPINION_PART_MAX, LIST_FILE_BYTES = 20 << 20 };

/* ---- forms ---- */

static const struct form NEW_FORM = {
    "opinions",
    sizeof(struct opinion_new_input),
    (const struct input[]){
        { FIELD(struct opinion_new_input, title), .kind = INPUT_TEXT, .required = true,
          .limit_setting = "opinions.title_max" },
        { FIELD(struct opinion_new_input, body), .kind = INPUT_TEXT, .max = 40 },
        { .field = { 0 } },
    },
};

/* A draft may lack anything; what must be there is judged when it is sent. */
static const struct form OPINION_FORM = {
    "opinions",
    sizeof(struct opinion_input),
    (const struct input[]){
        { FIELD(struct opinion_input, id), .kind = INPUT_ID },
        { FIELD(struct opinion_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct opinion_input, body), .kind = INPUT_TEXT, .max = 40 },
        { FIELD(struct opinion_input, title), .kind = INPUT_TEXT,
          .limit_setting = "opinions.title_max" },
        { FIELD(struct opinion_input, situation), .kind = INPUT_AREA, .max = OPINION_PART_MAX },
        { FIELD(struct opinion_input, analysis), .kind = INPUT_AREA, .max = OPINION_PART_MAX },
        { FIELD(struct opinion_input, suggestions), .kind = INPUT_AREA, .max = OPINION_PART_MAX },
        { FIELD(struct opinion_input, category), .kind = INPUT_CHOICE,
          .dictionary = "opinions.categories" },
        { FIELD(struct opinion_input, urgent), .kind = INPUT_BOOL },
        { FIELD(struct opinion_input, urgent_reason), .kind = INPUT_TEXT, .max = 200 },
        { FIELD(struct opinion_input, joint), .kind = INPUT_TEXT, .max = 400 },
        { FIELD(struct opinion_input, attachments), .kind = INPUT_FILES, .max = 5 },
        { FIELD(struct opinion_input, more), .kind = INPUT_TEXT, .max = 20 },
        { FIELD(struct opinion_input, remove), .kind = INPUT_ID },
        { .field = { 0 } },
    },
};

static const struct form FILE_FORM = {
    "opinions.file",
    sizeof(struct opinion_file_input),
    (const struct input[]){
        { FIELD(struct opinion_file_input, id), .kind = INPUT_ID },
        { FIELD(struct opinion_file_input, file), .kind = INPUT_ID },
        { .field = { 0 } },
    },
};

static const struct form SIMILAR_FORM = {
    "opinions",
    sizeof(struct opinion_similar_input),
    (const struct input[]){
        { FIELD(struct opinion_similar_input, id), .kind = INPUT_ID },
        { FIELD(struct opinion_similar_input, title), .kind = INPUT_TEXT, .max = 200 },
        { FIELD(struct opinion_similar_input, situation), .kind = INPUT_AREA, .max = 20000 },
        { FIELD(struct opinion_similar_input, limit), .kind = INPUT_NUMBER, .min = 1, .max = 20 },
        { .field = { 0 } },
    },
};

static const struct form REVISE_FORM = {
    "opinions.revise",
    sizeof(struct opinion_revise_input),
    (const struct input[]){
        { FIELD(struct opinion_revise_input, id), .kind = INPUT_ID },
        { FIELD(struct opinion_revise_input, opinion), .kind = INPUT_AREA, .required = true,
          .min = 2, .max = 1000, .hint = "opinions.revise_hint" },
        { .field = { 0 } },
    },
};

static const struct form KEEP_FORM = {
    "opinions.keep",
    sizeof(struct opinion_keep_input),
    (const struct input[]){
        { FIELD(struct opinion_keep_input, id), .kind = INPUT_ID },
        { FIELD(struct opinion_keep_input, keep_reason), .kind = INPUT_CHOICE, .required = true,
          .dictionary = "opinions.keep_reasons", .hint = "opinions.keep_hint" },
        { FIELD(struct opinion_keep_input, opinion), .kind = INPUT_AREA, .max = 1000 },
        { .field = { 0 } },
    },
};

static const struct form TAKE_FORM = {
    "opinions.take",
    sizeof(struct opinion_take_input),
    (const struct input[]){
        { FIELD(struct opinion_take_input, id), .kind = INPUT_ID },
        { FIELD(struct opinion_take_input, category), .kind = INPUT_CHOICE, .required = true,
          .dictionary = "opinions.categories" },
        { .field = { 0 } },
    },
};

/* Anything may be missing while it is edited; what must be there is judged by `pass`. */
static const struct form TEXT_FORM = {
    "opinions",
    sizeof(struct opinion_text_input),
    (const struct input[]){
        { FIELD(struct opinion_text_input, id), .kind = INPUT_ID },
        { FIELD(struct opinion_text_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct opinion_text_input, title), .kind = INPUT_TEXT,
          .limit_setting = "opinions.title_max" },
        { FIELD(struct opinion_text_input, situation), .kind = INPUT_AREA, .max = EDITED_MAX },
        { FIELD(struct opinion_text_input, analysis), .kind = INPUT_AREA, .max = EDITED_MAX },
        { FIELD(struct opinion_text_input, suggestions), .kind = INPUT_AREA, .max = EDITED_MAX },
        { FIELD(struct opinion_text_input, more), .kind = INPUT_TEXT, .max = 20 },
        { .field = { 0 } },
    },
};

static const struct form COMPOSE_FORM = {
    "opinions.compose",
    sizeof(struct opinion_compose_input),
    (const struct input[]){
        { FIELD(struct opinion_compose_input, opinions), .kind = INPUT_IDS, .max = SOURCES_MAX },
        { FIELD(struct opinion_compose_input, title), .kind = INPUT_TEXT, .required = true,
          .limit_setting = "opinions.title_max" },
        { .field = { 0 } },
    },
};

static const struct form CHOSEN_FORM = {
    "opinions.compose",
    sizeof(struct opinion_compose_input),
    (const struct input[]){
        { FIELD(struct opinion_compose_input, opinions), .kind = INPUT_IDS, .max = SOURCES_MAX },
        { .field = { 0 } },
    },
};

static const struct form TRANSCRIBE_FORM = {
    "opinions",
    sizeof(struct opinion_transcribe_input),
    (const struct input[]){
        { FIELD(struct opinion_transcribe_input, title), .kind = INPUT_TEXT, .required = true,
          .limit_setting = "opinions.title_max" },
        { FIELD(struct opinion_transcribe_input, situation), .kind = INPUT_AREA, .required = true,
          .max = OPINION_PART_MAX },
        { FIELD(struct opinion_transcribe_input, analysis), .kind = INPUT_AREA,
          .max = OPINION_PART_MAX },
        { FIELD(struct opinion_transcribe_input, suggestions), .kind = INPUT_AREA, .required = true,
          .max = OPINION_PART_MAX },
        { FIELD(struct opinion_transcribe_input, reporter), .kind = INPUT_TEXT, .required = true,
          .max = OPINION_REPORTER_MAX },
        { FIELD(struct opinion_transcribe_input, kind), .kind = INPUT_CHOICE, .required = true,
          .choices = "member committee party association sector station county correspondent" },
        { FIELD(struct opinion_transcribe_input, body_name), .kind = INPUT_TEXT,
          .max = OPINION_BODY_MAX },
        { FIELD(struct opinion_transcribe_input, submitted_on), .kind = INPUT_DAY },
        { FIELD(struct opinion_transcribe_input, basis), .kind = INPUT_TEXT, .required = true,
          .min = 2, .max = 100 },
        { FIELD(struct opinion_transcribe_input, category), .kind = INPUT_CHOICE,
          .dictionary = "opinions.categories" },
        { FIELD(struct opinion_transcribe_input, urgent), .kind = INPUT_BOOL },
        { FIELD(struct opinion_transcribe_input, urgent_reason), .kind = INPUT_TEXT, .max = 200 },
        { FIELD(struct opinion_transcribe_input, attachments), .kind = INPUT_FILES, .max = 5 },
        { .field = { 0 } },
    },
};

static const struct form REDRAFT_FORM = {
    "opinions.redraft",
    sizeof(struct opinion_redraft_input),
    (const struct input[]){
        { FIELD(struct opinion_redraft_input, id), .kind = INPUT_ID },
        { FIELD(struct opinion_redraft_input, opinion), .kind = INPUT_AREA, .required = true,
          .min = 2, .max = 1000, .hint = "opinions.redraft_hint" },
        { .field = { 0 } },
    },
};

/* To whom: any agencies of today. */
static const struct form ASSIGN_FORM = {
    "opinions.assign",
    sizeof(struct opinion_assign_input),
    (const struct input[]){
        { FIELD(struct opinion_assign_input, id), .kind = INPUT_ID },
        { FIELD(struct opinion_assign_input, agencies), .kind = INPUT_LINES, .required = true,
          .max = 10, .values = opinion_agency_choices },
        { FIELD(struct opinion_assign_input, due_on), .kind = INPUT_DAY,
          .hint = "opinions.assign.due_hint" },
        { FIELD(struct opinion_assign_input, opinion), .kind = INPUT_AREA, .max = 1000,
          .hint = "opinions.assign.opinion_hint" },
        { .field = { 0 } },
    },
};

static const struct form INFORM_FORM = {
    "opinions.inform",
    sizeof(struct opinion_inform_input),
    (const struct input[]){
        { FIELD(struct opinion_inform_input, id), .kind = INPUT_ID },
        { FIELD(struct opinion_inform_input, opinion), .kind = INPUT_AREA, .required = true,
          .min = 2, .max = 1000, .hint = "opinions.inform.opinion_hint" },
        { .field = { 0 } },
    },
};

/* ---- flows ---- */

static const struct flow_state STATES[] = {
    { "draft", .first = true, .tone = "idle" },
    { "submitted", .tone = "warn" },
    { "taken", .tone = "ok" },
    { "kept", .tone = "idle" },
    { "editing", .tone = "info" },
    { "signing", .tone = "warn" },
    { "issued", .tone = "ok" },
    { "forwarded", .tone = "ok" },
    { "assigned", .tone = "warn" },
    { "replied", .tone = "info" },
    { "informed", .tone = "ok" },
    { 0 },
};

/* Signed, forwarded and answered with its issue: modules/bulletins, above. */
static const struct flow_action ACTIONS[] = {
    { "submit", "draft", "submitted", "opinions.write", .guard = opinion_guard_own,
      .effect = opinion_effect_submit, .event = "opinions.submitted", .weight = FLOW_MAIN,
      .page = page_opinion_submit },
    { "recall", "submitted", "draft", "opinions.write", .guard = opinion_guard_own,
      .effect = opinion_effect_recall, .clocks = "stop:choose stop:hurry" },
    { "take", "submitted kept", "taken", "opinions.take", .form = &TAKE_FORM,
      .guard = opinion_guard_single, .effect = opinion_effect_take,
      .clocks = "stop:choose stop:hurry", .event = "opinions.taken", .weight = FLOW_MAIN },
    { "edit", "taken", "editing", "opinions.edit", .guard = opinion_guard_single,
      .effect = opinion_effect_edit, .weight = FLOW_MAIN, .after = "text" },
    { "pass", "editing", "signing", "opinions.edit", .guard = opinion_guard_pass,
      .effect = opinion_effect_pass, .event = "opinions.passed", .weight = FLOW_MAIN },
    { "unpass", "signing", "editing", "opinions.edit", .after = "text" },
    { "sign", "signing", "issued", FLOW_SYSTEM, .effect = opinion_effect_sign,
      .event = "opinions.signed" },
    { "forward", "issued", "forwarded", FLOW_SYSTEM, .form = NULL },
    { "assign", "issued forwarded informed", "assigned", "opinions.assign", .form = &ASSIGN_FORM,
      .above = true },
    { "reply", "assigned", "replied", FLOW_SYSTEM, .form = NULL },
    { "inform", "issued forwarded assigned replied informed", NULL, "opinions.inform",
      .form = &INFORM_FORM, .above = true, .outcomes = "informed", .weight = FLOW_MAIN },
    { "redraft", "signing", "editing", "opinions.sign", .form = &REDRAFT_FORM,
      .effect = opinion_effect_redraft, .event = "opinions.redrafted" },
    { "keep", "submitted taken editing", "kept", "opinions.take", .form = &KEEP_FORM,
      .guard = opinion_guard_single, .effect = opinion_effect_keep,
      .clocks = "stop:choose stop:hurry", .event = "opinions.kept" },
    { "revise", "submitted taken editing", "draft", "opinions.edit", .form = &REVISE_FORM,
      .guard = opinion_guard_revise, .effect = opinion_effect_revise,
      .clocks = "stop:choose stop:hurry", .event = "opinions.revised" },
    { "uncompose", "editing signing", "kept", "opinions.edit", .guard = opinion_guard_composite,
      .effect = opinion_effect_uncompose, .weight = FLOW_DANGER },
    { "compose", "taken", NULL, FLOW_SYSTEM, .effect = opinion_effect_compose },
    { "release", "taken", NULL, FLOW_SYSTEM, .effect = opinion_effect_release },
    { "credit", "taken", "issued", FLOW_SYSTEM, .effect = opinion_effect_credit },
    { 0 },
};

/* Of the two one runs: hurry of an urgent one (opinion_effect_submit starts it). */
static const struct flow_clock CLOCKS[] = {
    { "choose", "opinions.choose_days", "working_days", .extend_setting = NULL },
    { "hurry", "opinions.urgent_days", "working_days", .extend_setting = NULL },
    { 0 },
};

static const struct flow_todo TODOS[] = {
    { "draft", "person", "submit", .when = opinion_is_returned },
    { "submitted", "may:opinions.take", "take", .due = "choose", .when = opinion_is_common },
    { "submitted", "may:opinions.take", "take", .due = "hurry", .when = opinion_is_urgent },
    { "taken", "may:opinions.edit", "edit", .when = opinion_is_single },
    { "editing", "may:opinions.edit", "pass", .due = NULL },
    { "replied", "may:opinions.inform", "inform", .due = NULL },
    { 0 },
};

const struct flow OPINIONS_FLOW = {
    .name = "opinions",
    .read = "opinions.read",
    .states = STATES,
    .actions = ACTIONS,
    .clocks = CLOCKS,
    .todos = TODOS,
    .load = opinion_flow_load,
    .store = opinion_flow_store,
    .holder = opinion_flow_holder,
};

static const struct flow_state REPORTER_STATES[] = {
    { "asked", .first = true, .tone = "warn" },
    { "joined", .final = true, .tone = "ok" },
    { "declined", .final = true, .tone = "idle" },
    { "lapsed", .final = true, .tone = "idle" },
    { 0 },
};

static const struct flow_action REPORTER_ACTIONS[] = {
    { "join", "asked", "joined", "opinions.write", .guard = reporter_guard_answer,
      .effect = reporter_effect_answer, .event = "opinions.answered", .weight = FLOW_MAIN },
    { "decline", "asked", "declined", "opinions.write", .guard = reporter_guard_answer,
      .effect = reporter_effect_answer, .event = "opinions.answered" },
    { "lapse", "asked joined declined", "lapsed", FLOW_SYSTEM, .form = NULL },
    { 0 },
};

static const struct flow_todo REPORTER_TODOS[] = {
    { "asked", "person", "join", .due = NULL },
    { 0 },
};

const struct flow REPORTERS_FLOW = {
    .name = "reporters",
    .read = "opinions.read",
    .states = REPORTER_STATES,
    .actions = REPORTER_ACTIONS,
    .todos = REPORTER_TODOS,
    .load = reporter_flow_load,
    .store = reporter_flow_store,
    .holder = reporter_flow_holder,
};

static const struct flow *const FLOWS[] = { &OPINIONS_FLOW, &REPORTERS_FLOW, NULL };

/* ---- routes, permissions, menu, settings ---- */

/* Who opens a text that he did not write is noted first: those pages are slow. */
static const struct route ROUTES[] = {
    { GET, "/opinions", page_opinion_list, .may = "opinions.read", .api = true },
    { GET, "/opinions.csv", .slow = file_list, .may = "opinions.export",
      .look = &OPINION_EXPORTED },
    { GET, "/opinions.xlsx", .slow = file_list, .may = "opinions.export",
      .look = &OPINION_EXPORTED },
    { GET, "/opinions/new", page_opinion_new, .may = "opinions.write" },
    { POST, "/opinions/new", page_opinion_add, .may = "opinions.write", .form = &NEW_FORM,
      .redraw = page_opinion_new },
    { GET, "/opinions/desk", page_opinion_desk, .may = "opinions.take", .api = true },
    { GET, "/opinions/similar", page_opinion_similar, .may = "opinions.read", .form = &SIMILAR_FORM,
      .api = true },
    { GET, "/opinions/{id}", .slow = page_opinion_show, .may = "opinions.read", .api = true },
    { GET, "/opinions/{id}/versions", .slow = page_opinion_versions, .may = "opinions.read",
      .api = true },
    { GET, "/opinions/{id}/attachments/{file}", .slow = file_opinion_attachment,
      .may = "opinions.read", .form = &FILE_FORM },
    { GET, "/opinions/{id}/draft", page_opinion_draft, .may = "opinions.write" },
    { POST, "/opinions/{id}/draft", page_opinion_save, .may = "opinions.write",
      .form = &OPINION_FORM, .slow = attachment_receive, .redraw = page_opinion_draft,
      .max_body = UPLOAD_MAX },
    { POST, "/opinions/{id}/draft/autosave", api_opinion_autosave, .may = "opinions.write",
      .form = &OPINION_FORM },
    { POST, "/api/v1/opinions", api_opinion_save, .may = "opinions.write", .form = &OPINION_FORM,
      .slow = attachment_receive, .max_body = UPLOAD_MAX },
    { PUT, "/api/v1/opinions/{id}", api_opinion_save, .may = "opinions.write",
      .form = &OPINION_FORM, .slow = attachment_receive, .max_body = UPLOAD_MAX },
    { GET, "/opinions/compose", page_opinion_compose, .may = "opinions.edit",
      .form = &CHOSEN_FORM },
    { POST, "/opinions/compose", page_opinion_compose_make, .may = "opinions.edit",
      .form = &COMPOSE_FORM, .redraw = page_opinion_compose, .api = true },
    { GET, "/opinions/transcribe", page_opinion_transcribe, .may = "opinions.edit" },
    { POST, "/opinions/transcribe", page_opinion_transcribe_add, .may = "opinions.edit",
      .form = &TRANSCRIBE_FORM, .slow = attachment_receive, .redraw = page_opinion_transcribe,
      .max_body = UPLOAD_MAX, .api = true },
    { GET, "/opinions/import", page_opinion_import_form, .may = "opinions.edit" },
    { POST, "/opinions/import", page_opinion_import, .may = "opinions.edit", .form = &IMPORT_FORM,
      .slow = page_opinion_import_receive, .redraw = page_opinion_import_form,
      .max_body = LIST_FILE_BYTES },
    { POST, "/api/v1/opinions/import", api_opinion_import, .may = "opinions.edit",
      .form = &IMPORT_FORM, .slow = page_opinion_import_receive, .max_body = LIST_FILE_BYTES },
    { GET, "/opinions/{id}/text", .slow = page_opinion_text, .may = "opinions.edit" },
    { POST, "/opinions/{id}/text", page_opinion_text_save, .may = "opinions.edit",
      .form = &TEXT_FORM, .redraw = page_opinion_text_again },
    { POST, "/opinions/{id}/text/autosave", api_opinion_text_autosave, .may = "opinions.edit",
      .form = &TEXT_FORM },
    { PUT, "/api/v1/opinions/{id}/text", api_opinion_text_save, .may = "opinions.edit",
      .form = &TEXT_FORM },
    { GET, "/reporters", page_reporter_list, .may = "opinions.read" },
    { GET, "/reporters/{id}", .slow = page_reporter_show, .may = "opinions.read", .api = true },
    { 0 },
};

/* Not staff, reviewer, dispatcher: the channel is internal (rules.md 3). */
static const struct permission PERMISSIONS[] = {
    { "opinions.read", "member head correspondent editor leader", ADMIN_NONE },
    { "opinions.write", "member head correspondent", ADMIN_NONE },
    { "opinions.take", "editor", ADMIN_NONE },
    { "opinions.edit", "editor", ADMIN_NONE },
    { "opinions.sign", "leader", ADMIN_NONE },
    { "opinions.assign", "editor", ADMIN_NONE },
    { "opinions.inform", "editor", ADMIN_NONE },
    { "opinions.export", "editor leader", ADMIN_NONE },
    { "opinions.figures", "editor leader", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "opinions", "/opinions", "message", "opinions.read", MENU_SIDE, 33, "intake" },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "opinions.title_max", SETTING_NUMBER, "characters", 10, 80, "40", NULL, "product" },
    { "opinions.total_max", SETTING_NUMBER, "characters", 200, 10000, "1500", NULL,
      "rules.md 3: Guangzhou asks for at most 1,500 characters" },
    { "opinions.edited_max", SETTING_NUMBER, "characters", 200, 20000, "1500", NULL,
      "peers.md: about 1,500 characters are signed off" },
    { "opinions.analysis_needed", SETTING_BOOL, NULL, 0, 0, "1", NULL,
      "rules.md 3: situation, analysis, suggestion" },
    { "opinions.attachments", SETTING_NUMBER, "items", 0, 10, "5", NULL, "product" },
    { "opinions.choose_days", SETTING_NUMBER, "working_days", 1, 30, "3", NULL,
      "rules.md 3: quick" },
    { "opinions.urgent_days", SETTING_NUMBER, "working_days", 1, 5, "1", NULL,
      "rules.md 3: urgent at once" },
    { "opinions.joint_hours", SETTING_NUMBER, "hours", 1, 168, "24", NULL, "product" },
    { 0 },
};

static const struct dictionary DICTIONARIES[] = {
    { "opinions.categories",
      (const struct dictionary_value[]){ { "economy", "opinions.category.economy" },
                                         { "agriculture", "opinions.category.agriculture" },
                                         { "city", "opinions.category.city" },
                                         { "transport", "opinions.category.transport" },
                                         { "ecology", "opinions.category.ecology" },
                                         { "education", "opinions.category.education" },
                                         { "health", "opinions.category.health" },
                                         { "welfare", "opinions.category.welfare" },
                                         { "culture", "opinions.category.culture" },
                                         { "law", "opinions.category.law" },
                                         { "unity", "opinions.category.unity" },
                                         { "other", "opinions.category.other" },
                                         { NULL, NULL } },
      "product" },
    { "opinions.keep_reasons",
      (const struct dictionary_value[]){ { "known", "opinions.keep_reason.known" },
                                         { "vague", "opinions.keep_reason.vague" },
                                         { "several", "opinions.keep_reason.several" },
                                         { "unproved", "opinions.keep_reason.unproved" },
                                         { "elsewhere", "opinions.keep_reason.elsewhere" },
                                         { "other", "opinions.keep_reason.other" },
                                         { NULL, NULL } },
      "product" },
    { NULL, NULL, NULL },
};

static const struct event EVENTS[] = {
    { "opinions.submitted", "an opinion was sent to the desk; fact: the flow_step" },
    { "opinions.taken", "the desk has chosen one for editing; fact: the flow_step" },
    { "opinions.kept", "the desk does not use one now; fact: the flow_step" },
    { "opinions.revised", "the desk gives one back to its writer; fact: the flow_step" },
    { "opinions.composed", "several became one composite; fact: a flow_step without action" },
    { "opinions.passed", "the edited text waits for the signature; fact: the flow_step" },
    { "opinions.redrafted", "who signs gives it back to the desk; fact: the flow_step" },
    { "opinions.signed", "the edited text is signed; fact: the flow_step" },
    { "opinions.retold", "what is counted of one changed without a step: a list has brought it "
                         "anew, or it counts as a proposal" },
    { "opinions.shown",
      "the page or JSON of one is made: modules above put in what they know of it" },
    { "opinions.answered", "one who was asked to report with the writer has answered" },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "opinions.lapse", .every_s = 60, .per_org = true, .run = job_reporter_lapse },
    { 0 },
};

static const struct text_source TEXTS[] = { { "opinions", opinion_texts }, { 0 } };

const struct module opinion_module = {
    .name = "opinions",
    .needs = (const char *const[]){ "orgs", "members", "proposals", "drafts", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = FLOWS,
    .jobs = JOBS,
    .settings = SETTINGS,
    .dictionaries = DICTIONARIES,
    .events = EVENTS,
    .imports = OPINION_IMPORTS,
    .lists = (const struct list *const[]){ &OPINION_LIST, NULL },
    .texts = TEXTS,
    .schema = opinions_schema,
};
