/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of preassignments, and nothing else; read this first. Answers: preassignment.c. The
 * meeting: preassignment_meeting.c. Pages: preassignment_pages.c, preassignment_meeting_pages.c. */
#include "embed.h"
#include "modules/preassignments/preassignment.h"
#include "modules/preassignments/preassignment_pages.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"
#include "platform/transfer/transfer.h"

/* ---- forms ---- */

static const struct form OBJECT_FORM = {
    "preassignments.object",
    sizeof(struct object_input),
    (const struct input[]){
        { FIELD(struct object_input, id), .kind = INPUT_ID },
        { FIELD(struct object_input, reason), .kind = INPUT_AREA, .required = true, .min = 5,
          .max = 1000, .hint = "preassignments.reason_hint" },
        { FIELD(struct object_input, better_agency), .kind = INPUT_CHOICE,
          .values = preassignment_agencies, .hint = "preassignments.better_hint" },
        { .field = { 0 } },
    },
};

static const struct form SETTLE_FORM = {
    "preassignments.settle",
    sizeof(struct settle_input),
    (const struct input[]){
        { FIELD(struct settle_input, id), .kind = INPUT_ID },
        { FIELD(struct settle_input, opinion), .kind = INPUT_AREA, .required = true, .min = 5,
          .max = 1000 },
        { .field = { 0 } },
    },
};

static const struct form DUE_FORM = {
    "preassignments.set_due",
    sizeof(struct due_input),
    (const struct input[]){
        { FIELD(struct due_input, id), .kind = INPUT_ID },
        { FIELD(struct due_input, due_on), .kind = INPUT_DAY, .hint = "preassignments.due_hint" },
        { .field = { 0 } },
    },
};

static const struct form MOVE_FORM = {
    "preassignments.move",
    sizeof(struct move_input),
    (const struct input[]){
        { FIELD(struct move_input, id), .kind = INPUT_ID },
        { FIELD(struct move_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct move_input, agency_id), .kind = INPUT_ID, .required = true },
        { FIELD(struct move_input, opinion), .kind = INPUT_AREA, .max = 1000 },
        { .field = { 0 } },
    },
};

const struct form PREASSIGNMENT_MEETING_FORM = {
    "preassignment_meetings",
    sizeof(struct preassignment_meeting_input),
    (const struct input[]){
        { FIELD(struct preassignment_meeting_input, name), .kind = INPUT_TEXT, .required = true,
          .max = 60 },
        { FIELD(struct preassignment_meeting_input, session), .kind = INPUT_CHOICE,
          .required = true, .values = preassignment_meeting_sessions },
        { FIELD(struct preassignment_meeting_input, held_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct preassignment_meeting_input, place), .kind = INPUT_TEXT, .required = true,
          .max = 100 },
        { .field = { 0 } },
    },
};

/* Its session stays. */
const struct form PREASSIGNMENT_MEETING_EDIT_FORM = {
    "preassignment_meetings",
    sizeof(struct preassignment_meeting_input),
    (const struct input[]){
        { FIELD(struct preassignment_meeting_input, id), .kind = INPUT_ID },
        { FIELD(struct preassignment_meeting_input, version), .kind = INPUT_NUMBER,
          .max = INT64_MAX },
        { FIELD(struct preassignment_meeting_input, name), .kind = INPUT_TEXT, .required = true,
          .max = 60 },
        { FIELD(struct preassignment_meeting_input, held_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct preassignment_meeting_input, place), .kind = INPUT_TEXT, .required = true,
          .max = 100 },
        { .field = { 0 } },
    },
};

const struct form MINUTES_FORM = {
    "preassignment_meetings.record",
    sizeof(struct minutes_input),
    (const struct input[]){
        { FIELD(struct minutes_input, id), .kind = INPUT_ID },
        { FIELD(struct minutes_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct minutes_input, held_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct minutes_input, minutes), .kind = INPUT_AREA, .required = true, .min = 5,
          .max = 10000, .hint = "preassignments.minutes_hint" },
        { .field = { 0 } },
    },
};

static const struct form HAND_OUT_FORM = {
    "preassignments.hand_out",
    sizeof(struct hand_out_input),
    (const struct input[]){
        { FIELD(struct hand_out_input, id), .kind = INPUT_ID },
        { FIELD(struct hand_out_input, ids), .kind = INPUT_IDS, .max = HAND_OUT_MAX },
        { .field = { 0 } },
    },
};

static const struct form PREASSIGNMENT_MEETING_QUERY = {
    "preassignment_meetings",
    sizeof(struct preassignment_meeting_query),
    (const struct input[]){
        { FIELD(struct preassignment_meeting_query, id), .kind = INPUT_ID },
        { FIELD(struct preassignment_meeting_query, agency_id), .kind = INPUT_ID },
        { .field = { 0 } },
    },
};

/* ---- flow ---- */

static const struct flow_state STATES[] = {
    { "asked", .first = true, .tone = "warn" },
    { "agreed", .tone = "ok" },
    { "objected", .tone = "bad" },
    { "settled", .tone = "ok" },
    { "dropped", .final = true, .tone = "idle" },
    { 0 },
};

#define OPEN "asked agreed objected settled"

static const struct flow_action ACTIONS[] = {
    { "agree", "asked objected", "agreed", "preassignments.answer",
      .guard = preassignment_guard_answer, .effect = preassignment_effect_agree,
      .weight = FLOW_MAIN },
    { "object", "asked", "objected", "preassignments.answer", .form = &OBJECT_FORM,
      .guard = preassignment_guard_answer, .effect = preassignment_effect_object },
    { "settle", "objected", "settled", "preassignments.settle", .form = &SETTLE_FORM,
      .guard = preassignment_guard_other, .effect = preassignment_effect_settle },
    { "set_due", OPEN, NULL, "preassignments.settle", .form = &DUE_FORM,
      .guard = preassignment_guard_open, .effect = preassignment_effect_due },
    { "lapse", "asked", "agreed", FLOW_SYSTEM, .effect = preassignment_effect_lapse },
    { "hand", OPEN, "settled", FLOW_SYSTEM, .effect = preassignment_effect_hand },
    { "drop", OPEN, "dropped", FLOW_SYSTEM, .effect = preassignment_effect_drop },
    { 0 },
};

/* With its last day, which the module adds. */
static const struct flow_todo TODOS[] = {
    { "asked", "agency", "agree", .on_demand = true },
    { "objected", "may:preassignments.settle", .verb = "settle" },
    { 0 },
};

const struct flow PREASSIGNMENTS_FLOW = {
    .name = "preassignments",
    .read = "preassignments.read",
    .states = STATES,
    .actions = ACTIONS,
    .todos = TODOS,
    .load = preassignment_flow_load,
    .store = preassignment_flow_store,
    .holder = preassignment_flow_holder,
};

/* ---- who may, settings, events ---- */

static const struct permission PERMISSIONS[] = {
    { "preassignments.read", "staff reviewer dispatcher leader operator agency_leader",
      ADMIN_NONE },
    { "preassignments.answer", "operator agency_leader", ADMIN_NONE },
    { "preassignments.settle", "dispatcher", ADMIN_NONE },
    { "preassignments.meeting", "dispatcher", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "preassignments", "/preassignments", "send", "preassignments.read", MENU_SIDE, 40,
      "handling" },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "preassignments.answer_days", SETTING_NUMBER, "working_days", 1, 30, "3", NULL, "product" },
    { "preassignments.meeting_days", SETTING_NUMBER, "days", 1, 180, "30", NULL,
      "rules.md 2.3: a city: the handing-out meeting within 30 days of the plenary" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "proposals.preassigned", on_proposal_preassigned },
    { "proposals.assigned", on_proposal_assigned },
    { "proposals.withdrawn", on_proposal_withdrawn },
    { "proposals.choosing", on_proposal_choosing },
    { "proposals.assigning", on_proposal_assigning },
    { "proposals.shown", on_preassigned_shown },
    { "proposals.merged", on_preassigned_merged },
    { "proposals.unmerged", on_preassigned_unmerged },
    { "settings.previewed", on_preassigned_previewed },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "preassignments.lapse",
      .every_s = 3600,
      .per_org = true,
      .run = job_preassignment_lapse },
    { 0 },
};

/* ---- routes: steps of the flow follow from the table above ---- */

static const struct route ROUTES[] = {
    { GET, "/preassignments", page_preassignment_list, .may = "preassignments.read", .api = true },
    { GET, "/preassignments.csv", .slow = file_list, .may = "preassignments.read",
      .look = &PREASSIGNMENT_LOOK },
    { GET, "/preassignments.xlsx", .slow = file_list, .may = "preassignments.read",
      .look = &PREASSIGNMENT_LOOK },
    { GET, "/preassignments/meetings", page_preassignment_meeting_list,
      .may = "preassignments.read", .api = true },
    { GET, "/preassignments/meetings/new", page_preassignment_meeting_new,
      .may = "preassignments.meeting" },
    { POST, "/preassignments/meetings/new", page_preassignment_meeting_add,
      .may = "preassignments.meeting", .form = &PREASSIGNMENT_MEETING_FORM,
      .redraw = page_preassignment_meeting_new, .api = true },
    { GET, "/preassignments/meetings/{id}", page_preassignment_meeting_show,
      .may = "preassignments.read", .form = &PREASSIGNMENT_MEETING_QUERY, .api = true },
    { GET, "/preassignments/meetings/{id}/edit", page_preassignment_meeting_edit,
      .may = "preassignments.meeting" },
    { POST, "/preassignments/meetings/{id}/edit", page_preassignment_meeting_save,
      .may = "preassignments.meeting", .form = &PREASSIGNMENT_MEETING_EDIT_FORM,
      .redraw = page_preassignment_meeting_edit, .api = true },
    { GET, "/preassignments/meetings/{id}/record", page_preassignment_meeting_minutes,
      .may = "preassignments.meeting" },
    { POST, "/preassignments/meetings/{id}/record", page_preassignment_meeting_record,
      .may = "preassignments.meeting", .form = &MINUTES_FORM,
      .redraw = page_preassignment_meeting_minutes, .api = true },
    { POST, "/preassignments/meetings/{id}/hand_out", page_preassignment_meeting_hand_out,
      .may = "preassignments.meeting", .form = &HAND_OUT_FORM, .api = true },
    { GET, "/preassignments/meetings/{id}/list.pdf", .slow = file_preassignment_meeting_pdf,
      .may = "preassignments.read" },
    { GET, "/preassignments/meetings/{id}/list.docx", .slow = file_preassignment_meeting_docx,
      .may = "preassignments.read" },
    { GET, "/preassignments/meetings/{id}/list.xlsx", .slow = file_preassignment_meeting_xlsx,
      .may = "preassignments.read" },
    { GET, "/preassignments/{id}", page_preassignment_show, .may = "preassignments.read",
      .api = true },
    { GET, "/preassignments/{id}/move", page_preassignment_move_form,
      .may = "preassignments.settle" },
    { POST, "/preassignments/{id}/move", page_preassignment_move, .may = "preassignments.settle",
      .form = &MOVE_FORM, .redraw = page_preassignment_move_form, .api = true },
    { 0 },
};

/* What of it belongs to a case that travels (platform/transfer). */
static const struct transfer_table TRANSFERS[] = {
    {
        .name = "preassignments",
        .under = "proposals",
        .by = "proposal_id",
        .numbers = (const char *const[]){ "due_on", "plenary", "party", "silent", "asked_at",
                                          "answer_due_on", "answered_at", "settled_at", "handed_at",
                                          "version", NULL },
        .texts = (const char *const[]){ "agency_name", "title", "number", "proposer_name", "role",
                                        "state", "reason", "better_agency_name", NULL },
        .links = (const struct transfer_link[]){ { "session_id", "sessions", NULL, false },
                                                 { "agency_id", "orgs", NULL, false },
                                                 { "better_agency_id", "orgs", NULL, false },
                                                 { 0 } },
        .once = { .link = "agency_id", .column = "state", .gone = "dropped" },
        .dropped = (const char *const[]){ "answered_by", "meeting_id", NULL },
        .moves = true,
    },
    { 0 },
};

const struct module preassignment_module = {
    .name = "preassignments",
    .needs = (const char *const[]){ "settings", "orgs", "assignments", "proposals", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &PREASSIGNMENTS_FLOW, NULL },
    .jobs = JOBS,
    .settings = SETTINGS,
    .listens = LISTENS,
    .lists = (const struct list *const[]){ &PREASSIGNMENT_LIST, NULL },
    .schema = preassignments_schema,
    .transfers = TRANSFERS,
};
