/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of transfers, and nothing else; read this first. Lists of proposals that come in:
 * transfer_import.c. */
#include "modules/transfers/transfer_import.h"
#include "modules/transfers/transfer_pages.h"
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
    { 0 },
};

const struct module transfer_module = {
    .name = "transfers",
    .needs = (const char *const[]){ "orgs", "members", "proposals", "drafts", NULL },
    .routes = ROUTES,
    .imports = TRANSFER_IMPORTS,
};
