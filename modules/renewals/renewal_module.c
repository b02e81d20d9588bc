/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of renewals, and nothing else; read this first. Rules: renewal.c. */
#include "embed.h"
#include "modules/renewals/renewal_lists.h"
#include "platform/settings/settings.h"

enum { REASON_MAX = 500, TERM_MAX = 99 };

/* ---- forms ---- */

const struct form RENEWAL_FORM = {
    "renewals",
    sizeof(struct renewal_input),
    (const struct input[]){
        { FIELD(struct renewal_input, id), .kind = INPUT_ID },
        { FIELD(struct renewal_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct renewal_input, term_number), .kind = INPUT_NUMBER, .required = true,
          .min = 1, .max = TERM_MAX },
        { FIELD(struct renewal_input, opened_on), .kind = INPUT_DAY, .required = true,
          .hint = "renewals.opened_hint" },
        { FIELD(struct renewal_input, closed_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct renewal_input, organ), .kind = INPUT_TEXT, .max = 100,
          .hint = "renewals.organ_hint" },
        { FIELD(struct renewal_input, decided_on), .kind = INPUT_DAY },
        { FIELD(struct renewal_input, document), .kind = INPUT_TEXT, .max = 60 },
        { .field = { 0 } },
    },
};

const struct form RENEWAL_PLACES_FORM = {
    "renewals.places",
    sizeof(struct renewal_places_input),
    (const struct input[]){
        { FIELD(struct renewal_places_input, id), .kind = INPUT_ID },
        { FIELD(struct renewal_places_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct renewal_places_input, members), .kind = INPUT_LINES,
          .max = RENEWAL_PEOPLE_MAX, .values = renewal_roster_choices,
          .hint = "renewals.members_hint" },
        { .field = { 0 } },
    },
};

const struct form RENEWAL_SECTOR_FORM = {
    "renewals.sector",
    sizeof(struct renewal_sector_input),
    (const struct input[]){
        { FIELD(struct renewal_sector_input, id), .kind = INPUT_ID },
        { FIELD(struct renewal_sector_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct renewal_sector_input, member), .kind = INPUT_CHOICE, .required = true,
          .values = renewal_kept_choices },
        { FIELD(struct renewal_sector_input, sector), .kind = INPUT_CHOICE, .required = true,
          .values = renewal_sector_choices, .hint = "renewals.sector_hint" },
        { .field = { 0 } },
    },
};

static const struct input REASON_INPUTS[] = {
    { FIELD(struct renewal_reason_input, id), .kind = INPUT_ID },
    { FIELD(struct renewal_reason_input, opinion), .kind = INPUT_AREA, .required = true, .min = 2,
      .max = REASON_MAX },
    { .field = { 0 } },
};
static const struct form REOPEN_FORM = { "renewals.reopen", sizeof(struct renewal_reason_input),
                                         REASON_INPUTS };
static const struct form DROP_FORM = { "renewals.drop", sizeof(struct renewal_reason_input),
                                       REASON_INPUTS };

/* What is asked of who sits today. */
const struct form RENEWAL_SITTING_FORM = {
    "renewals.sitting",
    sizeof(struct renewal_sitting_input),
    (const struct input[]){
        { FIELD(struct renewal_sitting_input, id), .kind = INPUT_ID },
        { FIELD(struct renewal_sitting_input, sector), .kind = INPUT_TEXT, .max = 100 },
        { FIELD(struct renewal_sitting_input, grade), .kind = INPUT_TEXT, .max = 100 },
        { FIELD(struct renewal_sitting_input, only), .kind = INPUT_CHOICE,
          .choices = "kept leaving warned" },
        { FIELD(struct renewal_sitting_input, sort), .kind = INPUT_CHOICE,
          .choices = "sector name age terms" },
        { .field = { 0 } },
    },
};

/* ---- the flow ---- */

static const struct flow_state STATES[] = {
    { "draft", .first = true, .tone = "info" },
    { "ready", .tone = "warn" },
    { "carried", .tone = "ok" },
    { "closed", .final = true, .tone = "ok" },
    { "dropped", .final = true, .tone = "idle" },
    { 0 },
};

#define MAY "renewals.manage"
static const struct flow_action ACTIONS[] = {
    { "ready", "draft", "ready", MAY, .effect = renewal_effect_ready, .weight = FLOW_MAIN },
    { "reopen", "ready", "draft", MAY, .form = &REOPEN_FORM, .effect = renewal_effect_note },
    { "carry", "ready", "carried", MAY, .guard = renewal_guard_carry,
      .effect = renewal_effect_carry, .weight = FLOW_MAIN },
    { "close", "carried", "closed", MAY, .weight = FLOW_MAIN },
    { "drop", "draft ready", "dropped", MAY, .form = &DROP_FORM, .effect = renewal_effect_note,
      .weight = FLOW_DANGER },
    { 0 },
};

static const struct flow_todo TODOS[] = {
    { "draft", "may:" MAY, "ready", .due = NULL },
    { "ready", "may:" MAY, "carry", .due = NULL },
    { "carried", "may:" MAY, "close", .due = NULL },
    { 0 },
};

const struct flow RENEWALS_FLOW = {
    .name = "renewals",
    .read = "renewals.read",
    .states = STATES,
    .actions = ACTIONS,
    .todos = TODOS,
    .load = renewal_flow_load,
    .store = renewal_flow_store,
};

/* ---- routes, permissions, menu ---- */

static const struct route ROUTES[] = {
    { GET, "/renewals", page_renewal_list, .may = "renewals.read", .api = true },
    { GET, "/renewals/new", page_renewal_new, .may = MAY },
    { POST, "/renewals/new", page_renewal_add, .may = MAY, .form = &RENEWAL_FORM,
      .redraw = page_renewal_new, .api = true },
    { GET, "/renewals/{id}", page_renewal_show, .may = "renewals.read", .api = true },
    { GET, "/renewals/{id}/edit", page_renewal_edit_form, .may = MAY },
    { POST, "/renewals/{id}/edit", page_renewal_edit, .may = MAY, .form = &RENEWAL_FORM,
      .redraw = page_renewal_edit_form, .api = true },
    { GET, "/renewals/{id}/places", page_renewal_places_form, .may = MAY },
    { POST, "/renewals/{id}/places", page_renewal_places, .may = MAY, .form = &RENEWAL_PLACES_FORM,
      .redraw = page_renewal_places_form, .api = true },
    { GET, "/renewals/{id}/sector", page_renewal_sector_form, .may = MAY },
    { POST, "/renewals/{id}/sector", page_renewal_sector, .may = MAY, .form = &RENEWAL_SECTOR_FORM,
      .redraw = page_renewal_sector_form, .api = true },
    { GET, "/renewals/{id}/slate", page_renewal_slate, .may = "renewals.read", .api = true },
    { GET, "/renewals/{id}/slate/pdf", .slow = file_renewal_pdf, .may = "renewals.read" },
    { GET, "/renewals/{id}/slate/docx", .slow = file_renewal_docx, .may = "renewals.read" },
    { GET, "/renewals/{id}/slate/xlsx", .slow = file_renewal_xlsx, .may = "renewals.read" },
    { GET, "/renewals/{id}/sitting", page_renewal_sitting, .may = "renewals.read",
      .form = &RENEWAL_SITTING_FORM, .api = true },
    { GET, "/renewals/{id}/balance", page_renewal_balance, .may = "renewals.read", .api = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "renewals.read", "personnel leader", ADMIN_NONE },
    { MAY, "personnel", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "renewals", "/renewals", "users", "renewals.read", MENU_OFFICE, 73, "/members" },
    { 0 },
};

/* Least shares of the coming body; shown where it has less, and hold nothing up. */
static const struct setting SETTINGS[] = {
    { "renewals.others_min", SETTING_NUMBER, "percent", 0, 100, "60", NULL,
      "custom of the CPPCC: members of the CPC are no more than 40 percent; 0 = no limit" },
    { "renewals.women_min", SETTING_NUMBER, "percent", 0, 100, "0", NULL,
      "local rule; 0 = no limit" },
    { "renewals.minority_min", SETTING_NUMBER, "percent", 0, 100, "0", NULL,
      "local rule; 0 = no limit" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "members.term_over", on_renewal_term_over },
    { 0 },
};

const struct module renewal_module = {
    .name = "renewals",
    .needs = (const char *const[]){ "orgs", "members", "departures", "nominations", "meetings",
                                    "duty", "scores", "assessments", "warnings", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &RENEWALS_FLOW, NULL },
    .listens = LISTENS,
    .settings = SETTINGS,
    .schema = renewals_schema,
};
