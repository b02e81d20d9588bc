/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of bulletins, and nothing else; read this first. Rules: bulletin.c, issue.c,
 * adoption.c; pages: bulletin_pages.c, adoption_pages.c, adoption_parts.c; paper:
 * bulletin_paper.c. */
#include "embed.h"
#include "modules/bulletins/adoption.h"
#include "platform/files/files.h"
#include "platform/settings/settings.h"

enum { UPLOAD_MAX = 110 << 20 };

/* ---- forms ---- */

#define BODIES_HINT "bulletins.bodies_hint"

const struct form BULLETIN_FORM = {
    "bulletins",
    sizeof(struct bulletin_input),
    (const struct input[]){
        { FIELD(struct bulletin_input, id), .kind = INPUT_ID },
        { FIELD(struct bulletin_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct bulletin_input, name), .kind = INPUT_TEXT, .required = true, .max = 30,
          .hint = "bulletins.name_hint" },
        { FIELD(struct bulletin_input, office), .kind = INPUT_TEXT, .required = true, .max = 40 },
        { FIELD(struct bulletin_input, mark), .kind = INPUT_TEXT, .max = 20 },
        { FIELD(struct bulletin_input, total), .kind = INPUT_NUMBER, .max = 100000,
          .hint = "bulletins.total_hint" },
        { FIELD(struct bulletin_input, named), .kind = INPUT_BOOL },
        { FIELD(struct bulletin_input, national), .kind = INPUT_AREA, .max = 1000,
          .hint = BODIES_HINT },
        { FIELD(struct bulletin_input, province), .kind = INPUT_AREA, .max = 1000,
          .hint = BODIES_HINT },
        { FIELD(struct bulletin_input, city), .kind = INPUT_AREA, .max = 1000,
          .hint = BODIES_HINT },
        { FIELD(struct bulletin_input, county), .kind = INPUT_AREA, .max = 1000,
          .hint = BODIES_HINT },
        { FIELD(struct bulletin_input, copies), .kind = INPUT_AREA, .max = 1000,
          .hint = "bulletins.copies_hint" },
        { FIELD(struct bulletin_input, ended), .kind = INPUT_BOOL },
        { .field = { 0 } },
    },
};

const struct form ISSUE_FORM = {
    "issues",
    sizeof(struct issue_input),
    (const struct input[]){
        { FIELD(struct issue_input, id), .kind = INPUT_ID },
        { FIELD(struct issue_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct issue_input, bulletin), .kind = INPUT_CHOICE, .required = true,
          .values = bulletin_choices },
        { FIELD(struct issue_input, opinions), .kind = INPUT_LINES, .required = true, .max = 30,
          .values = issue_opinion_choices, .hint = "issues.opinions_hint" },
        { FIELD(struct issue_input, reports), .kind = INPUT_AREA, .max = 2000,
          .hint = "issues.reports_hint" },
        { FIELD(struct issue_input, copies), .kind = INPUT_AREA, .max = 2000,
          .hint = "issues.copies_hint" },
        { FIELD(struct issue_input, printed), .kind = INPUT_NUMBER, .max = 10000 },
        { .field = { 0 } },
    },
};

static const struct form REDRAFT_FORM = {
    "issues.redraft",
    sizeof(struct issue_redraft_input),
    (const struct input[]){
        { FIELD(struct issue_redraft_input, id), .kind = INPUT_ID },
        { FIELD(struct issue_redraft_input, opinion), .kind = INPUT_AREA, .required = true,
          .min = 2, .max = 1000, .hint = "issues.redraft_hint" },
        { .field = { 0 } },
    },
};

static const struct form FORWARD_FORM = {
    "issues.forward",
    sizeof(struct issue_forward_input),
    (const struct input[]){
        { FIELD(struct issue_forward_input, id), .kind = INPUT_ID },
        { FIELD(struct issue_forward_input, to), .kind = INPUT_LINES, .max = 60,
          .values = issue_body_choices },
        { FIELD(struct issue_forward_input, other), .kind = INPUT_TEXT, .max = 60,
          .hint = "issues.other_hint" },
        { FIELD(struct issue_forward_input, other_level), .kind = INPUT_CHOICE,
          .dictionary = "outcomes.instruction_levels" },
        { FIELD(struct issue_forward_input, sent_on), .kind = INPUT_DAY,
          .hint = "issues.sent_hint" },
        { .field = { 0 } },
    },
};

const struct form ADOPTION_FORM = {
    "adoptions",
    sizeof(struct adoption_input),
    (const struct input[]){
        { FIELD(struct adoption_input, id), .kind = INPUT_ID },
        { FIELD(struct adoption_input, destination), .kind = INPUT_CHOICE, .required = true,
          .values = destination_choices },
        { FIELD(struct adoption_input, kind), .kind = INPUT_CHOICE, .required = true,
          .choices = "single combined passed unused" },
        { FIELD(struct adoption_input, adopted_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct adoption_input, place), .kind = INPUT_TEXT, .max = 100,
          .hint = "adoptions.place_hint" },
        { FIELD(struct adoption_input, text), .kind = INPUT_AREA, .max = 1000 },
        { .field = { 0 } },
    },
};

/* A note counts only with its document (rules.md 3). */
const struct form OPINION_INSTRUCTION_FORM = {
    "adoptions.instruction",
    sizeof(struct opinion_instruction_input),
    (const struct input[]){
        { FIELD(struct opinion_instruction_input, id), .kind = INPUT_ID },
        { FIELD(struct opinion_instruction_input, leader), .kind = INPUT_TEXT, .required = true,
          .max = 60, .hint = "instructions.leader_hint" },
        { FIELD(struct opinion_instruction_input, level), .kind = INPUT_CHOICE, .required = true,
          .dictionary = "outcomes.instruction_levels" },
        { FIELD(struct opinion_instruction_input, instructed_on), .kind = INPUT_DAY,
          .required = true },
        { FIELD(struct opinion_instruction_input, text), .kind = INPUT_AREA, .required = true,
          .max = 2000 },
        { FIELD(struct opinion_instruction_input, scans), .kind = INPUT_FILES, .max = 5,
          .hint = "adoptions.scans_hint" },
        { .field = { 0 } },
    },
};

static const struct form SCAN_FORM = {
    "adoptions.scan",
    sizeof(struct scan_input),
    (const struct input[]){
        { FIELD(struct scan_input, id), .kind = INPUT_ID },
        { FIELD(struct scan_input, file), .kind = INPUT_ID },
        { .field = { 0 } },
    },
};

/* ---- flow: an issue; what opinions leave to it ---- */

static const struct flow_state STATES[] = {
    { "draft", .first = true, .tone = "idle" },
    { "signing", .tone = "warn" },
    { "issued", .tone = "ok" },
    { "forwarded", .final = true, .tone = "ok" }, /* it may still go to others */
    { "dropped", .final = true, .tone = "idle" },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "pass", "draft", "signing", "issues.edit", .guard = issue_guard_ready, .weight = FLOW_MAIN },
    { "sign", "signing", "issued", "issues.sign", .guard = issue_guard_ready,
      .effect = issue_effect_sign, .weight = FLOW_MAIN },
    { "redraft", "signing", "draft", "issues.sign", .form = &REDRAFT_FORM,
      .effect = issue_effect_redraft },
    { "unpass", "signing", "draft", "issues.edit", .form = NULL },
    { "forward", "issued forwarded", "forwarded", "issues.forward", .form = &FORWARD_FORM,
      .effect = issue_effect_forward, .weight = FLOW_MAIN },
    { "drop", "draft", "dropped", "issues.edit", .effect = issue_effect_drop,
      .weight = FLOW_DANGER },
    { 0 },
};

static const struct flow_todo TODOS[] = {
    { "draft", "may:issues.edit", "pass", .due = NULL },
    { "signing", "may:issues.sign", "sign", .due = NULL },
    { "issued", "may:issues.forward", "forward", .due = NULL },
    { 0 },
};

const struct flow ISSUES_FLOW = {
    .name = "issues",
    .read = "issues.read",
    .states = STATES,
    .actions = ACTIONS,
    .todos = TODOS,
    .load = issue_flow_load,
    .store = issue_flow_store,
};

static const struct flow_act ACTS[] = {
    { &OPINIONS_FLOW, "assign", .effect = bulletin_effect_assign },
    { &OPINIONS_FLOW, "inform", .guard = bulletin_guard_inform, .effect = bulletin_effect_inform },
    { 0 },
};

/* ---- routes, permissions, menu, settings ---- */

/* Who opens a text is noted first: those pages are slow. */
static const struct route ROUTES[] = {
    { GET, "/bulletins", page_bulletin_list, .may = "bulletins.read", .api = true },
    { GET, "/bulletins/new", page_bulletin_form, .may = "bulletins.manage" },
    { POST, "/bulletins/new", page_bulletin_save, .may = "bulletins.manage", .form = &BULLETIN_FORM,
      .redraw = page_bulletin_form, .api = true },
    { GET, "/bulletins/figures", page_bulletin_figures, .may = "adoptions.read", .api = true },
    { GET, "/bulletins/{id}", page_bulletin_show, .may = "bulletins.read", .api = true },
    { GET, "/bulletins/{id}/edit", page_bulletin_form, .may = "bulletins.manage" },
    { POST, "/bulletins/{id}/edit", page_bulletin_save, .may = "bulletins.manage",
      .form = &BULLETIN_FORM, .redraw = page_bulletin_form, .api = true },
    { GET, "/issues", page_issue_list, .may = "issues.read", .api = true },
    { GET, "/issues/new", page_issue_form, .may = "issues.edit" },
    { POST, "/issues/new", page_issue_save, .may = "issues.edit", .form = &ISSUE_FORM,
      .redraw = page_issue_form, .api = true },
    { GET, "/issues/{id}", .slow = page_issue_show, .may = "issues.read", .api = true },
    { GET, "/issues/{id}/pdf", .slow = file_issue_pdf, .may = "issues.read", .api = true },
    { GET, "/issues/{id}/docx", .slow = file_issue_docx, .may = "issues.read", .api = true },
    { GET, "/issues/{id}/edit", page_issue_form, .may = "issues.edit" },
    { POST, "/issues/{id}/edit", page_issue_save, .may = "issues.edit", .form = &ISSUE_FORM,
      .redraw = page_issue_form, .api = true },
    { GET, "/adoptions", page_adoption_list, .may = "adoptions.read", .api = true },
    { GET, "/adoptions.csv", .slow = file_list, .may = "adoptions.read", .look = &ADOPTION_LOOK },
    { GET, "/adoptions.xlsx", .slow = file_list, .may = "adoptions.read", .look = &ADOPTION_LOOK },
    { GET, "/opinions/{id}/adoptions", page_adoption_form, .may = "adoptions.record" },
    { POST, "/opinions/{id}/adoptions", page_adoption_add, .may = "adoptions.record",
      .form = &ADOPTION_FORM, .redraw = page_adoption_form, .api = true },
    { GET, "/opinions/{id}/instructions", page_opinion_instruction_form,
      .may = "adoptions.record" },
    { POST, "/opinions/{id}/instructions", page_opinion_instruction_add, .may = "adoptions.record",
      .form = &OPINION_INSTRUCTION_FORM, .slow = attachment_receive,
      .redraw = page_opinion_instruction_form, .api = true, .max_body = UPLOAD_MAX },
    { GET, "/opinions/{id}/issued", .slow = page_opinion_issued, .may = "assignments.read",
      .api = true },
    { GET, "/opinions/{id}/scans/{file}", .slow = file_instruction_scan, .may = "opinions.read",
      .form = &SCAN_FORM },
    { 0 },
};

/* Editors and who signs, nobody else (rules.md 3: the channel is internal). */
static const struct permission PERMISSIONS[] = {
    { "bulletins.read", "editor leader", ADMIN_NONE },
    { "bulletins.manage", "editor", ADMIN_NONE },
    { "issues.read", "editor leader", ADMIN_NONE },
    { "issues.edit", "editor", ADMIN_NONE },
    { "issues.sign", "leader", ADMIN_NONE },
    { "issues.forward", "editor", ADMIN_NONE },
    { "adoptions.read", "editor leader", ADMIN_NONE },
    { "adoptions.record", "editor", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "issues", "/issues", "news", "issues.read", MENU_SIDE, 34, "intake" },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "bulletins.reply_days", SETTING_NUMBER, "days", 1, 180, "30", NULL, "rules.md 3: 30 days" },
    { "bulletins.urgent_days", SETTING_NUMBER, "days", 1, 90, "15", NULL,
      "rules.md 3: 15 days for an urgent one" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "opinions.shown", on_bulletin_opinion_shown },
    { "assignments.shown", on_bulletin_matter_shown },
    { "assignments.replied", on_bulletin_replied },
    { 0 },
};

const struct module bulletin_module = {
    .name = "bulletins",
    .needs = (const char *const[]){ "orgs", "members", "proposals", "assignments", "outcomes",
                                    "opinions", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &ISSUES_FLOW, NULL },
    .acts = ACTS,
    .settings = SETTINGS,
    .listens = LISTENS,
    .lists = (const struct list *const[]){ &ADOPTION_LIST, NULL },
    .schema = bulletins_schema,
};
