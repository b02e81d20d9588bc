/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of transfers, and nothing else; read this first. Lists of proposals that come in:
 * transfer_import.c; those of earlier years: transfer_import_past.c; steps of an old system:
 * transfer_legacy.c; whole cases: transfer_case.h. */
#include "embed.h"
#include "modules/transfers/transfer_case_pages.h"
#include "modules/transfers/transfer_import.h"
#include "modules/transfers/transfer_pages.h"
#include "modules/transfers/transfer_record_forms.h"
#include "modules/transfers/transfer_tables.h"
#include "platform/files/import_page.h"
#include "platform/jobs/jobs.h"

enum { UPLOAD_MAX = 110 << 20, CASES_UPLOAD_MAX = 21 << 20, STRANGERS_MOST = 1000 };

/* ---- whole cases ---- */

static const struct form SEND_FORM = {
    "transfers.send",
    sizeof(struct transfer_send_input),
    (const struct input[]){
        { FIELD(struct transfer_send_input, session_id), .kind = INPUT_ID },
        { FIELD(struct transfer_send_input, range), .kind = INPUT_CHOICE, .required = true,
          .choices = "closed assigned all" },
        { FIELD(struct transfer_send_input, peer_name), .kind = INPUT_TEXT, .max = 100 },
        { FIELD(struct transfer_send_input, files), .kind = INPUT_BOOL },
        { FIELD(struct transfer_send_input, confidential), .kind = INPUT_BOOL },
        { .field = { 0 } },
    },
};

static const struct form ONE_FORM = {
    "transfers.one",
    sizeof(struct transfer_one_input),
    (const struct input[]){
        { FIELD(struct transfer_one_input, id), .kind = INPUT_ID },
        { FIELD(struct transfer_one_input, purpose), .kind = INPUT_CHOICE, .required = true,
          .choices = "copy handle answer" },
        { FIELD(struct transfer_one_input, agency_id), .kind = INPUT_ID },
        { FIELD(struct transfer_one_input, peer_name), .kind = INPUT_TEXT, .max = 100 },
        { FIELD(struct transfer_one_input, files), .kind = INPUT_BOOL },
        { FIELD(struct transfer_one_input, confidential), .kind = INPUT_BOOL },
        { .field = { 0 } },
    },
};

static const struct form TAKE_FORM = {
    "transfers.take",
    sizeof(struct transfer_file_input),
    (const struct input[]){
        { FIELD(struct transfer_file_input, file), .kind = INPUT_FILES, .max = 1 },
        { FIELD(struct transfer_file_input, kept), .kind = INPUT_ID },
        { FIELD(struct transfer_file_input, loose), .kind = INPUT_BOOL },
        { FIELD(struct transfer_file_input, run), .kind = INPUT_BOOL },
        { FIELD(struct transfer_file_input, keep), .kind = INPUT_BOOL },
        { FIELD(struct transfer_file_input, kinds), .kind = INPUT_LINES, .keep_empty = true,
          .max = STRANGERS_MOST },
        { FIELD(struct transfer_file_input, names), .kind = INPUT_LINES, .keep_empty = true,
          .max = STRANGERS_MOST },
        { FIELD(struct transfer_file_input, codes), .kind = INPUT_LINES, .keep_empty = true,
          .max = STRANGERS_MOST },
        { FIELD(struct transfer_file_input, said), .kind = INPUT_LINES, .keep_empty = true,
          .max = STRANGERS_MOST },
        { FIELD(struct transfer_file_input, doubts), .kind = INPUT_LINES, .keep_empty = true,
          .max = STRANGERS_MOST },
        { FIELD(struct transfer_file_input, verdicts), .kind = INPUT_LINES, .keep_empty = true,
          .max = STRANGERS_MOST },
        { .field = { 0 } },
    },
};

static const struct permission PERMISSIONS[] = {
    { "transfers.export", "staff reviewer", ADMIN_NONE },
    { "transfers.import", "staff", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "transfers", "/transfers", "refresh", "transfers.export", MENU_OFFICE, 38, "intake" },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "transfers.forget_uploads",
      .every_s = 86400,
      .per_org = true,
      .run = job_transfer_forget },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "proposals.shown", on_transfer_case },
    { "proposals.shown", on_transfer_proposal_shown },
    { 0 },
};

/* Lists of proposals need the permission of their collection. */
static const struct route ROUTES[] = {
    { GET, "/transfers", page_transfer_list, .may = "transfers.export", .api = true },
    { GET, "/transfers/{id}", page_transfer_show, .may = "transfers.export", .api = true },
    { POST, "/transfers/export", page_transfer_send, .may = "transfers.export", .form = &SEND_FORM,
      .slow = slow_transfer_send, .redraw = page_transfer_list, .api = true },
    { POST, "/transfers/import", page_transfer_take, .may = "transfers.import", .form = &TAKE_FORM,
      .slow = slow_transfer_take, .redraw = page_transfer_list, .max_body = CASES_UPLOAD_MAX,
      .api = true },
    { GET, "/proposals/{id}/transfer", page_transfer_one, .may = "transfers.export" },
    { POST, "/proposals/{id}/transfer", page_transfer_send, .may = "transfers.export",
      .form = &ONE_FORM, .slow = slow_transfer_send_one, .redraw = page_transfer_one, .api = true },
    { GET, "/proposals/import", page_transfer_import_form, .may = "proposals.import" },
    { POST, "/proposals/import", page_transfer_import, .may = "proposals.import",
      .form = &IMPORT_FORM, .slow = page_transfer_import_receive,
      .redraw = page_transfer_import_form, .max_body = UPLOAD_MAX },
    { POST, "/api/v1/proposals/import", api_transfer_import, .may = "proposals.import",
      .form = &IMPORT_FORM, .slow = page_transfer_import_receive, .max_body = UPLOAD_MAX },
    { GET, "/proposals/past", page_transfer_past_form, .may = "proposals.import" },
    { POST, "/proposals/past", page_transfer_past, .may = "proposals.import", .form = &IMPORT_FORM,
      .slow = page_transfer_past_receive, .redraw = page_transfer_past_form,
      .max_body = UPLOAD_MAX },
    { POST, "/api/v1/proposals/past", api_transfer_past, .may = "proposals.import",
      .form = &IMPORT_FORM, .slow = page_transfer_past_receive, .max_body = UPLOAD_MAX },
    { POST, "/proposals/past/sessions", page_transfer_sessions_add, .may = "orgs.manage",
      .form = &TRANSFER_SESSIONS_FORM, .redraw = page_transfer_past_form, .api = true },
    { POST, "/proposals/past/agencies", page_transfer_agencies_add, .may = "orgs.manage",
      .form = &TRANSFER_AGENCIES_FORM, .redraw = page_transfer_past_form, .api = true },
    { GET, "/proposals/past/steps", page_transfer_steps_form, .may = "proposals.import" },
    { POST, "/proposals/past/steps", page_transfer_steps, .may = "proposals.import",
      .form = &IMPORT_FORM, .slow = page_transfer_steps_receive, .redraw = page_transfer_steps_form,
      .max_body = UPLOAD_MAX },
    { POST, "/api/v1/proposals/past/steps", api_transfer_steps, .may = "proposals.import",
      .form = &IMPORT_FORM, .slow = page_transfer_steps_receive, .max_body = UPLOAD_MAX },
    { GET, "/proposals/past/codes", page_transfer_codes, .may = "proposals.import",
      .form = &TRANSFER_CODE_ASK_FORM, .api = true },
    { POST, "/proposals/past/codes", page_transfer_code_save, .may = "proposals.import",
      .form = &TRANSFER_CODE_FORM, .redraw = page_transfer_codes, .api = true },
    { POST, "/proposals/past/codes/reset", page_transfer_code_reset, .may = "proposals.import",
      .form = &TRANSFER_CODE_RESET_FORM, .redraw = page_transfer_codes, .api = true },
    { 0 },
};

const struct module transfer_module = {
    .name = "transfers",
    .needs = (const char *const[]){ "orgs", "members", "assignments", "replies", "proposals",
                                    "drafts", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .jobs = JOBS,
    .listens = LISTENS,
    .imports = TRANSFER_IMPORTS,
    .transfers = TRANSFER_TABLES,
    .schema = transfers_schema,
};
