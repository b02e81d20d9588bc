/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of claims and appeals, and nothing else; read this first. Rules: claim.c, appeal.c.
 */
#include "embed.h"
#include "modules/claims/claim_review.h"
#include "modules/members/audience.h"
#include "platform/files/files.h"
#include "platform/settings/settings.h"

enum {
    TITLE_MAX = 60,
    TEXT_MAX = 1000,
    REASON_MAX = 300,
    QUANTITY_MAX = 99,
    EVIDENCE_MAX = 5,
    UPLOAD_MAX = 64 << 20
};

/* ---- forms: what a member reports, and what the office records; each with and without the
 * question of doubt ---- */

#define CLAIM_INPUTS                                                                    \
    { FIELD(struct claim_input, id), .kind = INPUT_ID },                                \
        { FIELD(struct claim_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX }, \
        { FIELD(struct claim_input, kind), .kind = INPUT_CHOICE, .required = true,      \
          .dictionary = "claims.kinds" },                                               \
        { FIELD(struct claim_input, happened_on), .kind = INPUT_DAY, .required = true,  \
          .hint = "claims.happened_on_hint" },                                          \
        { FIELD(struct claim_input, title),                                             \
          .kind = INPUT_TEXT,                                                           \
          .required = true,                                                             \
          .min = 2,                                                                     \
          .max = TITLE_MAX,                                                             \
          .hint = "claims.title_hint" },                                                \
        { FIELD(struct claim_input, quantity),                                          \
          .kind = INPUT_NUMBER,                                                         \
          .required = true,                                                             \
          .min = 1,                                                                     \
          .max = QUANTITY_MAX,                                                          \
          .hint = "claims.quantity_hint" },                                             \
        { FIELD(struct claim_input, text), .kind = INPUT_AREA, .max = TEXT_MAX },       \
    {                                                                                   \
        FIELD(struct claim_input, evidence), .kind = INPUT_FILES, .max = EVIDENCE_MAX,  \
                                             .hint = "claims.evidence_hint"             \
    }
#define CLAIM_AUDIENCE                                                                          \
    {                                                                                           \
        FIELD(struct claim_input, audience), .kind = INPUT_LINES, .required = true, .max = 500, \
                                             .values = audience_members,                        \
                                             .hint = "claims.audience_hint"                     \
    }
#define CLAIM_DISTINCT                                                                          \
    {                                                                                           \
        FIELD(struct claim_input, distinct), .kind = INPUT_BOOL, .hint = "claims.distinct_hint" \
    }

const struct form CLAIM_FORM = { "claims", sizeof(struct claim_input),
                                 (const struct input[]){
                                     CLAIM_INPUTS, CLAIM_DISTINCT, { .field = { 0 } } } };
const struct form CLAIM_PLAIN_FORM = { "claims", sizeof(struct claim_input),
                                       (const struct input[]){ CLAIM_INPUTS, { .field = { 0 } } } };
const struct form CLAIM_RECORD_FORM = {
    "claims", sizeof(struct claim_input),
    (const struct input[]){ CLAIM_INPUTS, CLAIM_AUDIENCE, CLAIM_DISTINCT, { .field = { 0 } } }
};
const struct form CLAIM_RECORD_PLAIN_FORM = {
    "claims", sizeof(struct claim_input),
    (const struct input[]){ CLAIM_INPUTS, CLAIM_AUDIENCE, { .field = { 0 } } }
};

static const struct form CHOICE_FORM = {
    "claims.review",
    sizeof(struct claim_choice_input),
    (const struct input[]){
        { FIELD(struct claim_choice_input, claims), .kind = INPUT_LINES, .max = CLAIM_AT_ONCE },
        { .field = { 0 } },
    },
};
const struct form CLAIM_REVIEW_FORM = {
    "claims.review",
    sizeof(struct claim_review_input),
    (const struct input[]){
        { FIELD(struct claim_review_input, claims), .kind = INPUT_LINES, .required = true,
          .max = CLAIM_AT_ONCE },
        { FIELD(struct claim_review_input, seen), .kind = INPUT_BOOL },
        { .field = { 0 } },
    },
};

static const struct form FILE_FORM = {
    "claims.file",
    sizeof(struct claim_file_input),
    (const struct input[]){
        { FIELD(struct claim_file_input, id), .kind = INPUT_ID },
        { FIELD(struct claim_file_input, file), .kind = INPUT_ID },
        { .field = { 0 } },
    },
};

/* A reason, worded by step. */
static const struct input REASON_INPUTS[] = {
    { FIELD(struct claim_reason_input, id), .kind = INPUT_ID },
    { FIELD(struct claim_reason_input, opinion), .kind = INPUT_AREA, .required = true, .min = 2,
      .max = REASON_MAX },
    { .field = { 0 } },
};

static const struct form REVISE_FORM = { "claims.revise", sizeof(struct claim_reason_input),
                                         REASON_INPUTS };
static const struct form ANNUL_FORM = { "claims.annul", sizeof(struct claim_reason_input),
                                        REASON_INPUTS };
static const struct form EXPLAIN_FORM = { "appeals.explain", sizeof(struct claim_reason_input),
                                          REASON_INPUTS };

const struct form APPEAL_FORM = {
    "appeals",
    sizeof(struct appeal_input),
    (const struct input[]){
        { FIELD(struct appeal_input, id), .kind = INPUT_ID },
        { FIELD(struct appeal_input, text), .kind = INPUT_AREA, .required = true, .min = 2,
          .max = TEXT_MAX, .hint = "appeals.text_hint" },
        { .field = { 0 } },
    },
};

/* The same question, with the item as it is named in the address. */
static const struct form POINT_QUERY = {
    "appeals.point",
    sizeof(struct appeal_point_input),
    (const struct input[]){
        { FIELD(struct appeal_point_input, item), .kind = INPUT_TEXT },
        { .field = { 0 } },
    },
};

const struct form APPEAL_POINT_FORM = {
    "appeals.point",
    sizeof(struct appeal_point_input),
    (const struct input[]){
        { FIELD(struct appeal_point_input, item), .kind = INPUT_CHOICE, .required = true,
          .values = appeal_items, .hint = "appeals.point.item_hint" },
        { FIELD(struct appeal_point_input, text), .kind = INPUT_AREA, .required = true, .min = 2,
          .max = TEXT_MAX, .hint = "appeals.point.text_hint" },
        { .field = { 0 } },
    },
};

const struct form APPEAL_MISSING_FORM = {
    "appeals.missing",
    sizeof(struct appeal_input),
    (const struct input[]){
        { FIELD(struct appeal_input, happened_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct appeal_input, text), .kind = INPUT_AREA, .required = true, .min = 2,
          .max = TEXT_MAX, .hint = "appeals.missing.text_hint" },
        { .field = { 0 } },
    },
};

static const struct form CORRECT_FORM = {
    "appeals.correct",
    sizeof(struct appeal_answer_input),
    (const struct input[]){
        { FIELD(struct appeal_answer_input, id), .kind = INPUT_ID },
        { FIELD(struct appeal_answer_input, way), .kind = INPUT_CHOICE, .required = true,
          .choices = "strike source recorded" },
        { FIELD(struct appeal_answer_input, opinion), .kind = INPUT_AREA, .required = true,
          .min = 2, .max = REASON_MAX, .hint = "appeals.correct.opinion_hint" },
        { .field = { 0 } },
    },
};

/* ---- flows ---- */

static const struct flow_state STATES[] = {
    { "submitted", .first = true, .tone = "info" },
    { "revising", .tone = "warn" },
    { "approved", .tone = "ok" },
    { "withdrawn", .final = true, .tone = "idle" },
    { "annulled", .final = true, .tone = "idle" },
    { 0 },
};

static const struct flow_action ACTIONS[] = {
    { "approve", "submitted", "approved", "claims.decide", .effect = claim_effect_approve,
      .weight = FLOW_MAIN },
    { "revise", "submitted", "revising", "claims.decide", .form = &REVISE_FORM,
      .effect = claim_effect_revise },
    { "submit", "revising", "submitted", "claims.file", .guard = claim_guard_own },
    { "withdraw", "submitted revising", "withdrawn", "claims.file", .guard = claim_guard_own,
      .weight = FLOW_DANGER },
    { "annul", "approved", "annulled", "claims.decide", .form = &ANNUL_FORM,
      .effect = claim_effect_annul, .weight = FLOW_DANGER },
    { 0 },
};

static const struct flow_todo TODOS[] = {
    { "submitted", "may:claims.decide", "approve", .due = NULL },
    { "revising", "person", "submit", .due = NULL },
    { 0 },
};

const struct flow CLAIMS_FLOW = {
    .name = "claims",
    .read = "claims.read",
    .states = STATES,
    .actions = ACTIONS,
    .todos = TODOS,
    .load = claim_flow_load,
    .store = claim_flow_store,
    .holder = claim_flow_holder,
};

static const struct flow_state APPEAL_STATES[] = {
    { "asked", .first = true, .tone = "warn" },
    { "corrected", .final = true, .tone = "ok" },
    { "explained", .final = true, .tone = "info" },
    { "withdrawn", .final = true, .tone = "idle" },
    { 0 },
};

static const struct flow_action APPEAL_ACTIONS[] = {
    { "correct", "asked", "corrected", "claims.decide", .form = &CORRECT_FORM,
      .effect = appeal_effect_correct, .clocks = "stop:answer", .weight = FLOW_MAIN },
    { "explain", "asked", "explained", "claims.decide", .form = &EXPLAIN_FORM,
      .effect = appeal_effect_explain, .clocks = "stop:answer" },
    { "withdraw", "asked", "withdrawn", "claims.file", .guard = appeal_guard_own,
      .clocks = "stop:answer", .weight = FLOW_DANGER },
    { 0 },
};

static const struct flow_clock APPEAL_CLOCKS[] = {
    { "answer", "claims.answer_days", "working_days", .extend_setting = NULL },
    { 0 },
};

static const struct flow_todo APPEAL_TODOS[] = {
    { "asked", "may:claims.decide", "correct", .due = "answer" },
    { 0 },
};

const struct flow APPEALS_FLOW = {
    .name = "appeals",
    .read = "claims.read",
    .states = APPEAL_STATES,
    .actions = APPEAL_ACTIONS,
    .clocks = APPEAL_CLOCKS,
    .todos = APPEAL_TODOS,
    .load = appeal_flow_load,
    .store = appeal_flow_store,
};

/* ---- the rest ---- */

static const struct route ROUTES[] = {
    { GET, "/claims", page_claim_list, .may = "claims.read", .api = true },
    { GET, "/claims.csv", .slow = file_list, .may = "claims.export", .look = &CLAIM_LOOK },
    { GET, "/claims.xlsx", .slow = file_list, .may = "claims.export", .look = &CLAIM_LOOK },
    { GET, "/claims/new", page_claim_new, .may = "claims.file" },
    { POST, "/claims/new", page_claim_file, .may = "claims.file", .form = &CLAIM_FORM,
      .slow = attachment_receive, .redraw = page_claim_new, .api = true, .max_body = UPLOAD_MAX },
    { GET, "/claims/record", page_claim_record_form, .may = "claims.decide" },
    { POST, "/claims/record", page_claim_record, .may = "claims.decide", .form = &CLAIM_RECORD_FORM,
      .slow = attachment_receive, .redraw = page_claim_record_form, .api = true,
      .max_body = UPLOAD_MAX },
    { GET, "/claims/review", .slow = page_claim_review, .may = "claims.decide",
      .form = &CHOICE_FORM, .api = true },
    { POST, "/claims/review", page_claim_review_approve, .may = "claims.decide",
      .form = &CLAIM_REVIEW_FORM, .redraw = page_claim_review_again, .api = true },
    { GET, "/claims/{id}", page_claim_show, .may = "claims.read", .api = true },
    { GET, "/claims/{id}/edit", page_claim_edit_form, .may = "claims.file" },
    { POST, "/claims/{id}/edit", page_claim_edit, .may = "claims.file", .form = &CLAIM_FORM,
      .slow = attachment_receive, .redraw = page_claim_edit_form, .api = true,
      .max_body = UPLOAD_MAX },
    { GET, "/claims/{id}/evidence/{file}", file_claim_evidence, .may = "claims.read",
      .form = &FILE_FORM },
    { POST, "/claims/{id}/evidence/{file}/remove", page_claim_evidence_remove, .may = "claims.file",
      .form = &FILE_FORM, .api = true },
    { GET, "/appeals", page_appeal_list, .may = "claims.read", .api = true },
    { GET, "/appeals/new", page_appeal_missing_form, .may = "claims.file" },
    { POST, "/appeals/new", page_appeal_missing, .may = "claims.file", .form = &APPEAL_MISSING_FORM,
      .redraw = page_appeal_missing_form, .api = true },
    { GET, "/appeals/point", page_appeal_point_form, .may = "claims.file", .form = &POINT_QUERY,
      .api = true },
    { POST, "/appeals/point", page_appeal_point, .may = "claims.file", .form = &APPEAL_POINT_FORM,
      .redraw = page_appeal_point_form, .api = true },
    { GET, "/appeals/{id}", page_appeal_show, .may = "claims.read", .api = true },
    { GET, "/entries/{id}/appeal", page_appeal_entry_form, .may = "claims.file" },
    { POST, "/entries/{id}/appeal", page_appeal_entry, .may = "claims.file", .form = &APPEAL_FORM,
      .redraw = page_appeal_entry_form, .api = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "claims.read", "member head staff leader", ADMIN_NONE },
    { "claims.file", "member head", ADMIN_NONE },
    { "claims.decide", "staff", ADMIN_NONE },
    { "claims.export", "head staff leader", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "my_claims", "/claims", "edit", "claims.file", MENU_SIDE, 58, "/entries/mine" },
    { "claims", "/claims", "edit", "claims.read", MENU_OFFICE, 58, "/entries" },
    { "my_appeals", "/appeals", "edit", "claims.file", MENU_SIDE, 58, "/entries/mine" },
    { "appeals", "/appeals", "edit", "claims.read", MENU_OFFICE, 58, "/entries" },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "claims.days_back", SETTING_NUMBER, "days", 7, 1830, "366", NULL, "product" },
    { "claims.answer_days", SETTING_NUMBER, "working_days", 1, 90, "10", NULL, "product" },
    { "claims.review_days", SETTING_NUMBER, "days", 0, 366, "90", NULL, "product" },
    { 0 },
};

/* What the house cannot know by itself; codes are kinds of the ledger. */
static const struct dictionary DICTIONARIES[] = {
    { "claims.kinds",
      (const struct dictionary_value[]){ { "welfare.attended", "entries.kind.welfare.attended" },
                                         { "lecture.given", "entries.kind.lecture.given" },
                                         { "history.written", "entries.kind.history.written" },
                                         { "household.helped", "entries.kind.household.helped" },
                                         { "project.served", "entries.kind.project.served" },
                                         { "essay.written", "entries.kind.essay.written" },
                                         { "notes.kept", "entries.kind.notes.kept" },
                                         { "speech.written", "entries.kind.speech.written" },
                                         { "training.whole", "entries.kind.training.whole" },
                                         { "advice.given", "entries.kind.advice.given" },
                                         { "honour.nation", "entries.kind.honour.nation" },
                                         { "honour.province", "entries.kind.honour.province" },
                                         { "honour.prefecture", "entries.kind.honour.prefecture" },
                                         { "honour.city", "entries.kind.honour.city" },
                                         { "group.planned", "entries.kind.group.planned" },
                                         { "group.registered", "entries.kind.group.registered" },
                                         { "group.ordered", "entries.kind.group.ordered" },
                                         { "group.published", "entries.kind.group.published" },
                                         { "other.done", "entries.kind.other.done" },
                                         { NULL, NULL } },
      "rules.md 4: what published rules count beyond proposals, opinions and meetings" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "entries.shown", on_appeal_entry_shown },
    { "scores.shown", on_appeal_year_shown },
    { 0 },
};

const struct module claim_module = {
    .name = "claims",
    .needs = (const char *const[]){ "orgs", "members", "entries", "duty", "scores", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &CLAIMS_FLOW, &APPEALS_FLOW, NULL },
    .settings = SETTINGS,
    .dictionaries = DICTIONARIES,
    .listens = LISTENS,
    .schema = claims_schema,
};
