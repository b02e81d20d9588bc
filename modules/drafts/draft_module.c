/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of drafts, and nothing else; read this first. Pages: draft_pages.c,
 * draft_check_pages.c, draft_version_pages.c. JSON: draft_api.c. Kept versions: draft_versions.c.
 * Rules of saving: modules/proposals. */
#include "embed.h"
#include "modules/drafts/draft_pages.h"
#include "modules/drafts/draft_shown.h"
#include "modules/drafts/draft_versions.h"
#include "modules/proposals/proposal_drafting.h"
#include "platform/files/files.h"
#include "platform/settings/settings.h"
#include "platform/transfer/transfer.h"

/* DOCUMENT_MAX: what is filled from, and what was typed. */
enum { UPLOAD_MAX = 110 << 20, DOCUMENT_MAX = 24 << 20 };

static const struct form NEW_FORM = {
    "proposals.new",
    sizeof(struct draft_new_input),
    (const struct input[]){
        { FIELD(struct draft_new_input, proposer_id), .kind = INPUT_ID },
        { FIELD(struct draft_new_input, body), .kind = INPUT_TEXT, .max = 40 },
        { FIELD(struct draft_new_input, body_name), .kind = INPUT_TEXT, .max = 60 },
        { FIELD(struct draft_new_input, title), .kind = INPUT_TEXT, .required = true,
          .limit_setting = "proposals.title_max" },
        { .field = { 0 } },
    },
};

/* A draft may lack anything; what must be there is judged when it is handed in. */
static const struct input TEXT_INPUTS[] = {
    { FIELD(struct proposal_input, id), .kind = INPUT_ID },
    { FIELD(struct proposal_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
    { FIELD(struct proposal_input, proposer_id), .kind = INPUT_ID },
    { FIELD(struct proposal_input, body), .kind = INPUT_TEXT, .max = 40 },
    { FIELD(struct proposal_input, body_name), .kind = INPUT_TEXT, .max = 60 },
    { FIELD(struct proposal_input, kind), .kind = INPUT_CHOICE,
      .choices = "personal democratic association sector group committee township" },
    { FIELD(struct proposal_input, title), .kind = INPUT_TEXT,
      .limit_setting = "proposals.title_max" },
    { FIELD(struct proposal_input, situation), .kind = INPUT_AREA,
      .limit_setting = "proposals.part_max" },
    { FIELD(struct proposal_input, analysis), .kind = INPUT_AREA,
      .limit_setting = "proposals.part_max" },
    { FIELD(struct proposal_input, suggestions), .kind = INPUT_LINES,
      .max = PROPOSAL_SUGGESTIONS_MAX },
    { FIELD(struct proposal_input, researched), .kind = INPUT_BOOL },
    { FIELD(struct proposal_input, research), .kind = INPUT_AREA, .max = 500 },
    { FIELD(struct proposal_input, consent), .kind = INPUT_CHOICE, .choices = "yes no" },
    { FIELD(struct proposal_input, consent_reason), .kind = INPUT_TEXT, .max = 200 },
    { FIELD(struct proposal_input, authorship), .kind = INPUT_CHOICE, .choices = "own forwarded" },
    { FIELD(struct proposal_input, talk_wish), .kind = INPUT_CHOICE,
      .dictionary = "assignments.contact_ways" },
    { FIELD(struct proposal_input, hosts), .kind = INPUT_IDS, .max = 1,
      .values = proposal_agency_values },
    { FIELD(struct proposal_input, cohosts), .kind = INPUT_IDS, .max = 8,
      .values = proposal_agency_values },
    { FIELD(struct proposal_input, attachments), .kind = INPUT_FILES, .max = 5 },
    { FIELD(struct proposal_input, document), .kind = INPUT_FILES, .max = 1 },
    { FIELD(struct proposal_input, more), .kind = INPUT_TEXT, .max = 20 },
    { FIELD(struct proposal_input, remove), .kind = INPUT_ID },
    { .field = { 0 } },
};

static const struct form PROPOSAL_FORM = { "proposals", sizeof(struct proposal_input),
                                           TEXT_INPUTS };

static const struct form ABOUT_FORM = {
    "proposals.new",
    sizeof(struct draft_about_input),
    (const struct input[]){
        { FIELD(struct draft_about_input, title), .kind = INPUT_TEXT, .max = 200 },
        { .field = { 0 } },
    },
};

static const struct form EDIT_FORM = {
    "proposals",
    sizeof(struct draft_edit_input),
    (const struct input[]){
        { FIELD(struct draft_edit_input, id), .kind = INPUT_ID },
        { FIELD(struct draft_edit_input, more), .kind = INPUT_BOOL },
        { .field = { 0 } },
    },
};

static const struct form VERSIONS_FORM = {
    "proposals",
    sizeof(struct draft_versions_input),
    (const struct input[]){
        { FIELD(struct draft_versions_input, id), .kind = INPUT_ID },
        { FIELD(struct draft_versions_input, number), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { .field = { 0 } },
    },
};

/* The pages of submit and invite are those of steps of proposals: what will be sent, once more. */
static const struct route ROUTES[] = {
    { GET, "/proposals/new", page_draft_new, .may = "proposals.write", .form = &ABOUT_FORM },
    { POST, "/proposals/new", page_draft_add, .may = "proposals.write", .form = &NEW_FORM,
      .redraw = page_draft_new },
    { GET, "/proposals/{id}/edit", page_draft_edit, .may = "proposals.write", .form = &EDIT_FORM },
    { POST, "/proposals/{id}/edit", page_draft_save, .may = "proposals.write",
      .form = &PROPOSAL_FORM, .slow = attachment_receive, .redraw = page_draft_edit,
      .max_body = UPLOAD_MAX },
    { POST, "/proposals/{id}/fill", page_draft_fill, .may = "proposals.write",
      .form = &PROPOSAL_FORM, .slow = page_draft_fill_read, .redraw = page_draft_edit,
      .max_body = DOCUMENT_MAX },
    { POST, "/proposals/{id}/autosave", api_draft_autosave, .may = "proposals.write",
      .form = &PROPOSAL_FORM },
    { GET, "/proposals/{id}/versions", .slow = page_draft_versions, .may = "proposals.read",
      .form = &VERSIONS_FORM },
    { POST, "/api/v1/proposals", api_draft_save, .may = "proposals.write", .form = &PROPOSAL_FORM,
      .slow = attachment_receive, .max_body = UPLOAD_MAX },
    { PUT, "/api/v1/proposals/{id}", api_draft_save, .may = "proposals.write",
      .form = &PROPOSAL_FORM, .slow = attachment_receive, .max_body = UPLOAD_MAX },
    { GET, "/api/v1/proposals/{id}/versions", api_draft_versions, .may = "proposals.read" },
    { GET, "/proposals/{id}/submit", page_draft_submit, .may = "proposals.write" },
    { GET, "/proposals/{id}/invite", page_draft_invite, .may = "proposals.write" },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "drafts.total_max", SETTING_NUMBER, "characters", 0, 20000, "0", NULL,
      "peers: sites ask for 1,500 to 2,500 in all" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "proposals.saved", on_draft_saved },
    { "proposals.shown", on_draft_shown },
    { "assignments.shown", on_draft_matter_shown },
    { 0 },
};

/* What of it belongs to a case that travels (platform/transfer). */
static const struct transfer_table TRANSFERS[] = {
    {
        .name = "draft_notes",
        .under = "proposals",
        .by = "proposal_id",
        .texts = (const char *const[]){ "authorship", "talk_wish", NULL },
        .codes =
            (const struct transfer_code[]){ { "talk_wish", "assignments.contact_ways" }, { 0 } },
    },
    { 0 },
};

const struct module draft_module = {
    .name = "drafts",
    .needs = (const char *const[]){ "orgs", "members", "assignments", "proposals", NULL },
    .routes = ROUTES,
    .settings = SETTINGS,
    .listens = LISTENS,
    .schema = drafts_schema,
    .transfers = TRANSFERS,
};
