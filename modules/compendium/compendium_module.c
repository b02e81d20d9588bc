/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of the compendium, and nothing else; read this first. The form of one proposal:
 * compendium_paper.c. */
#include "modules/compendium/compendium_pages.h"

static const struct route ROUTES[] = {
    { GET, "/proposals/{id}/pdf", .slow = file_compendium_pdf, .may = "proposals.read",
      .api = true },
    { GET, "/proposals/{id}/docx", .slow = file_compendium_docx, .may = "proposals.read",
      .api = true },
    { 0 },
};

const struct module compendium_module = {
    .name = "compendium",
    .needs = (const char *const[]){ "orgs", "proposals", NULL },
    .routes = ROUTES,
};
