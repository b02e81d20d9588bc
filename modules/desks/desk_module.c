/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of desks, and nothing else; read this first. Pages of the inbox: desk_pages.c; of
 * steps: desk_step_pages.c, those of an answer modules/replies. Desks within an agency:
 * desk_sections.c. What is split among them: errand.c, errand_give.c, errand_answer.c. */
#include "embed.h"
#include "modules/desks/desk_pages.h"
#include "modules/desks/desk_sections.h"
#include "modules/desks/desk_steps.h"
#include "modules/desks/errand.h"
#include "modules/desks/errand_pages.h"
#include "platform/jobs/jobs.h"
#include "platform/module.h"
#include "platform/settings/settings.h"

/* ---- forms ---- */

const struct form DESK_FORM = {
    "desks",
    sizeof(struct desk_input),
    (const struct input[]){
        { FIELD(struct desk_input, id), .kind = INPUT_ID },
        { FIELD(struct desk_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct desk_input, name), .kind = INPUT_TEXT, .required = true, .max = 40 },
        { FIELD(struct desk_input, position), .kind = INPUT_NUMBER, .max = 999 },
        { FIELD(struct desk_input, head), .kind = INPUT_CHOICE, .values = desk_heads },
        { FIELD(struct desk_input, accounts), .kind = INPUT_IDS, .max = 200 },
        { .field = { 0 } },
    },
};

const struct form GIVE_FORM = {
    "errands",
    sizeof(struct give_input),
    (const struct input[]){
        { FIELD(struct give_input, id), .kind = INPUT_ID },
        { FIELD(struct give_input, numbers), .kind = INPUT_IDS, .max = 200 },
        { FIELD(struct give_input, desk_id), .kind = INPUT_ID },
        { FIELD(struct give_input, account_id), .kind = INPUT_ID },
        { FIELD(struct give_input, ask), .kind = INPUT_AREA, .required = true, .max = 1000 },
        { FIELD(struct give_input, due_on), .kind = INPUT_DAY },
        { .field = { 0 } },
    },
};

static const struct form REASSIGN_FORM = {
    "errands",
    sizeof(struct move_errand_input),
    (const struct input[]){
        { FIELD(struct move_errand_input, id), .kind = INPUT_ID },
        { FIELD(struct move_errand_input, desk_id), .kind = INPUT_ID },
        { FIELD(struct move_errand_input, account_id), .kind = INPUT_ID },
        { FIELD(struct move_errand_input, due_on), .kind = INPUT_DAY },
        { FIELD(struct move_errand_input, opinion), .kind = INPUT_AREA, .max = 1000 },
        { .field = { 0 } },
    },
};

/* Nothing is required: what is typed may be unfinished (errand_effect_finish). */
const struct form ERRAND_FORM = {
    "errands",
    sizeof(struct errand_input),
    (const struct input[]){
        { FIELD(struct errand_input, id), .kind = INPUT_ID },
        { FIELD(struct errand_input, draft_version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct errand_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct errand_input, results), .kind = INPUT_LINES, .keep_empty = true,
          .choices = "adopted partly planned not_adopted" },
        { FIELD(struct errand_input, answers), .kind = INPUT_LINES, .keep_empty = true },
        { FIELD(struct errand_input, note), .kind = INPUT_AREA, .max = 1000 },
        { FIELD(struct errand_input, send), .kind = INPUT_TEXT, .max = 20 },
        { .field = { 0 } },
    },
};

static const struct form REASON_FORM = {
    "errands",
    sizeof(struct errand_reason_input),
    (const struct input[]){
        { FIELD(struct errand_reason_input, id), .kind = INPUT_ID },
        { FIELD(struct errand_reason_input, opinion), .kind = INPUT_AREA, .required = true,
          .max = 1000 },
        { .field = { 0 } },
    },
};

static const struct form REMARK_FORM = {
    "errands",
    sizeof(struct errand_reason_input),
    (const struct input[]){
        { FIELD(struct errand_reason_input, id), .kind = INPUT_ID },
        { FIELD(struct errand_reason_input, opinion), .kind = INPUT_AREA, .max = 1000 },
        { .field = { 0 } },
    },
};

static const struct form PASS_FORM = {
    "errands",
    sizeof(struct pass_input),
    (const struct input[]){
        { FIELD(struct pass_input, id), .kind = INPUT_ID },
        { FIELD(struct pass_input, draft_version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct pass_input, keeps), .kind = INPUT_LINES, .keep_empty = true,
          .choices = "part draft both" },
        { FIELD(struct pass_input, opinion), .kind = INPUT_AREA, .max = 1000 },
        { .field = { 0 } },
    },
};

/* ---- flow ---- */

static const struct flow_state STATES[] = {
    { "given", .first = true, .tone = "warn" },
    { "taken", .tone = "info" },
    { "bounced", .tone = "bad" },
    { "finished", .tone = "info" },
    { "passed", .final = true, .tone = "ok" },
    { "dropped", .final = true, .tone = "idle" },
    { 0 },
};

/* Its last day is given with the errand; it stops when it is handed in. */
static const struct flow_clock CLOCKS[] = {
    { "errand", "desks.errand_days", "working_days", NULL, true },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "take", "given", "taken", "errands.finish", .guard = errand_guard_mine,
      .effect = errand_effect_take, .weight = FLOW_MAIN },
    { "finish", "taken", "finished", "errands.finish", .form = &ERRAND_FORM,
      .guard = errand_guard_mine, .effect = errand_effect_finish, .clocks = "stop:errand",
      .weight = FLOW_MAIN, .page = page_errand_finish },
    { "bounce", "given taken", "bounced", "errands.finish", .form = &REASON_FORM,
      .guard = errand_guard_mine, .effect = errand_effect_bounce, .clocks = "stop:errand" },
    { "approve", "finished", NULL, "errands.pass", .form = &REMARK_FORM, .guard = errand_guard_head,
      .effect = errand_effect_approve, .weight = FLOW_MAIN },
    { "pass", "finished", "passed", "errands.pass", .form = &PASS_FORM, .guard = errand_guard_pass,
      .effect = errand_effect_pass, .weight = FLOW_MAIN, .page = page_errand_pass },
    { "redraft", "finished", "taken", "errands.pass", .form = &REASON_FORM,
      .guard = errand_guard_own, .effect = errand_effect_redraft, .clocks = "start:errand" },
    { "reassign", "given taken bounced", "given", "errands.give", .form = &REASSIGN_FORM,
      .guard = errand_guard_own, .effect = errand_effect_reassign, .clocks = "start:errand",
      .page = page_errand_reassign },
    { "remind", "given taken", NULL, "errands.give", .form = &REMARK_FORM,
      .guard = errand_guard_remind, .effect = errand_effect_remind },
    { "drop", "given taken bounced finished", "dropped", "errands.give", .form = &REMARK_FORM,
      .guard = errand_guard_own, .effect = errand_effect_drop, .clocks = "stop:errand",
      .weight = FLOW_DANGER },
    { 0 },
};

/* By person where one is known: not every account has one. "remind" comes when it is late
 * (job_errand_late). */
static const struct flow_todo TODOS[] = {
    { "given", "person", "take", .due = "errand", .when = errand_has_person },
    { "given", "agency", "take", .due = "errand", .when = errand_has_no_person },
    { "given", "agency", "remind", .on_demand = true },
    { "taken", "person", "finish", .due = "errand", .when = errand_has_person },
    { "taken", "agency", "finish", .due = "errand", .when = errand_has_no_person },
    { "taken", "agency", "remind", .on_demand = true },
    { "bounced", "agency", .verb = "reassign" },
    { "finished", "person", "approve", .when = errand_head_person },
    { "finished", "agency", "approve", .when = errand_head_no_person },
    { "finished", "agency", "pass", .when = errand_is_ready },
    { 0 },
};

const struct flow ERRANDS_FLOW = {
    .name = "errands",
    .read = "desks.read",
    .states = STATES,
    .actions = ACTIONS,
    .clocks = CLOCKS,
    .computed = "errand",
    .todos = TODOS,
    .load = errand_flow_load,
    .store = errand_flow_store,
    .holder = errand_flow_holder,
};

/* ---- who may, settings, events ---- */

static const struct permission PERMISSIONS[] = {
    { "desks.read", "operator agency_leader", ADMIN_NONE },
    { "desks.manage", "agency_leader", ADMIN_NONE },
    { "errands.give", "operator agency_leader", ADMIN_NONE },
    { "errands.finish", "operator agency_leader", ADMIN_NONE },
    { "errands.pass", "operator agency_leader", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "assignment_waiting", "/assignments/waiting", "gavel", "assignments.reassign", MENU_SIDE, 42,
      "handling" },
    { "errands", "/errands", "list-check", "desks.read", MENU_SIDE, 43, "handling" },
    { "assignment_feedback", "/assignments/feedback", "star", "assignments.reply", MENU_SIDE, 46,
      "handling" },
    { "desks", "/desks", "users", "desks.read", MENU_SIDE, 48, "handling" },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "desks.errand_days", SETTING_NUMBER, "working_days", 1, 60, "5", NULL, "product" },
    { "desks.head_approves", SETTING_BOOL, NULL, 0, 0, "1", NULL, "product" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "assignments.section_shown", on_errand_section_shown },
    { "replies.draft_shown", on_errand_draft_shown },
    { "assignments.replied", on_errand_over },
    { "assignments.contributed", on_errand_over },
    { "assignments.closed", on_errand_over },
    { "assignments.cancelled", on_errand_over },
    { "assignments.reassigned", on_errand_lost },
    { "accounts.left", on_errand_account_left },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "errands.late", .every_s = 3600, .per_org = true, .run = job_errand_late },
    { 0 },
};

/* ---- routes: steps of errands follow from the table above; permissions of the first ones are
 * those of assignments, declared there ---- */

static const struct route ROUTES[] = {
    { GET, "/assignments", page_desk_inbox, .may = "assignments.list" },
    { GET, "/assignments/waiting", page_desk_waiting, .may = "assignments.reassign" },
    { GET, "/assignments/feedback", page_desk_feedback, .may = "assignments.reply" },
    { GET, "/assignments/{id}/bounce", page_desk_bounce, .may = "assignments.bounce" },
    { GET, "/assignments/{id}/dispute", page_desk_dispute, .may = "assignments.bounce" },
    { GET, "/assignments/{id}/reassign", page_desk_reassign, .may = "assignments.reassign" },
    { GET, "/assignments/{id}/uphold", page_desk_uphold, .may = "assignments.reassign" },
    { GET, "/assignments/{id}/extend", page_desk_extend, .may = "assignments.extend" },
    { GET, "/assignments/{id}/decide_extension", page_desk_decide, .may = "assignments.reassign" },
    { GET, "/api/v1/assignments/waiting", api_desk_waiting, .may = "assignments.reassign" },
    { GET, "/api/v1/assignments/feedback", api_desk_feedback, .may = "assignments.reply" },
    { GET, "/assignments/{id}/errands", page_errand_of, .may = "desks.read", .api = true },
    { POST, "/assignments/{id}/errands", page_errand_give, .may = "errands.give",
      .form = &GIVE_FORM, .redraw = page_errand_of, .api = true },
    { GET, "/desks", page_desk_list, .may = "desks.read", .api = true },
    { GET, "/desks/new", page_desk_new, .may = "desks.manage" },
    { POST, "/desks/new", page_desk_add, .may = "desks.manage", .form = &DESK_FORM,
      .redraw = page_desk_new, .api = true },
    { GET, "/desks/{id}", page_desk_show, .may = "desks.read", .api = true },
    { GET, "/desks/{id}/edit", page_desk_edit, .may = "desks.manage" },
    { POST, "/desks/{id}/edit", page_desk_save, .may = "desks.manage", .form = &DESK_FORM,
      .redraw = page_desk_edit, .api = true },
    { POST, "/desks/{id}/end", page_desk_end, .may = "desks.manage", .api = true },
    { GET, "/errands", page_errand_list, .may = "desks.read", .api = true },
    { GET, "/errands/{id}", page_errand_show, .may = "desks.read", .api = true },
    { POST, "/errands/{id}/draft", page_errand_draft, .may = "errands.finish", .form = &ERRAND_FORM,
      .redraw = page_errand_finish },
    { POST, "/errands/{id}/autosave", api_errand_draft, .may = "errands.finish",
      .form = &ERRAND_FORM },
    { PUT, "/api/v1/errands/{id}/draft", api_errand_draft, .may = "errands.finish",
      .form = &ERRAND_FORM },
    { 0 },
};

const struct module desk_module = {
    .name = "desks",
    .needs =
        (const char *const[]){ "accounts", "orgs", "assignments", "replies", "evaluations", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &ERRANDS_FLOW, NULL },
    .jobs = JOBS,
    .settings = SETTINGS,
    .listens = LISTENS,
    .lists = (const struct list *const[]){ &ERRAND_LIST, NULL },
    .schema = desks_schema,
};
