/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of transfers, and nothing else; read this first. Lists of proposals that come in:
 * transfer_import.c; those of earlier years: transfer_import_past.c; steps of an old system:
 * transfer_legacy.c. */
#include "embed.h"
#include "modules/transfers/transfer_import.h"
#include "modules/transfers/transfer_pages.h"
#include "modules/transfers/transfer_record_forms.h"
#include "platform/files/import_page.h"

enum { UPLOAD_MAX = 110 << 20 };

/* Permissions are those of the collections that come and go: each is declared by its module. */
static const struct route ROUTES[] = {
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

static const struct listener LISTENS[] = {
    { "proposals.shown", on_transfer_case },
    { 0 },
};

const struct module transfer_module = {
    .name = "transfers",
    .needs = (const char *const[]){ "orgs", "members", "assignments", "proposals", "drafts", NULL },
    .routes = ROUTES,
    .listens = LISTENS,
    .imports = TRANSFER_IMPORTS,
    .schema = transfers_schema,
};
