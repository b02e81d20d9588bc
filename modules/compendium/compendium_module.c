/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of the compendium, and nothing else; read this first. The form of one proposal:
 * compendium_paper.c. The book of a session: compendium.c, what is in it: compendium_book.c. */
#include "embed.h"
#include "modules/compendium/compendium.h"
#include "modules/compendium/compendium_pages.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"

enum { NUMBER_MAX = 1000000, HOUR_S = 3600 };

static const struct form COMPENDIUM_FORM = {
    "compendium",
    sizeof(struct compendium_input),
    (const struct input[]){
        { FIELD(struct compendium_input, session_id), .kind = INPUT_ID, .required = true },
        { FIELD(struct compendium_input, category), .kind = INPUT_CHOICE,
          .dictionary = "proposals.categories" },
        { FIELD(struct compendium_input, kind), .kind = INPUT_CHOICE,
          .choices = "personal joint democratic association sector group committee township" },
        { FIELD(struct compendium_input, from_no), .kind = INPUT_NUMBER, .max = NUMBER_MAX },
        { FIELD(struct compendium_input, to_no), .kind = INPUT_NUMBER, .max = NUMBER_MAX },
        { FIELD(struct compendium_input, ordering), .kind = INPUT_CHOICE, .required = true,
          .choices = "number category agency kind" },
        { FIELD(struct compendium_input, format), .kind = INPUT_CHOICE, .required = true,
          .choices = "pdf docx" },
        { FIELD(struct compendium_input, with_replies), .kind = INPUT_BOOL },
        { FIELD(struct compendium_input, internal), .kind = INPUT_BOOL },
        { .field = { 0 } },
    },
};

static const struct form REMOVE_FORM = {
    "compendium.remove",
    sizeof(struct compendium_remove_input),
    (const struct input[]){
        { FIELD(struct compendium_remove_input, id), .kind = INPUT_ID },
        { FIELD(struct compendium_remove_input, version), .kind = INPUT_NUMBER },
        { .field = { 0 } },
    },
};

static const struct route ROUTES[] = {
    { GET, "/compendium", page_compendium_list, .may = "compendium.make", .api = true },
    { POST, "/compendium", page_compendium_add, .slow = slow_compendium_check,
      .may = "compendium.make", .form = &COMPENDIUM_FORM, .redraw = page_compendium_list,
      .api = true },
    { GET, "/compendium/{id}/file", .slow = file_compendium_run, .may = "compendium.make",
      .api = true },
    { POST, "/compendium/{id}/remove", page_compendium_remove, .may = "compendium.make",
      .form = &REMOVE_FORM, .api = true },
    { GET, "/proposals/{id}/pdf", .slow = file_compendium_pdf, .may = "proposals.read",
      .api = true },
    { GET, "/proposals/{id}/docx", .slow = file_compendium_docx, .may = "proposals.read",
      .api = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "compendium.make", "staff reviewer", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "compendium", "/compendium", "printer", "compendium.make", MENU_OFFICE, 62, "public" },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "compendium.make", .work = job_compendium_make, .slow = true },
    { .name = "compendium.expire",
      .every_s = HOUR_S,
      .per_org = true,
      .run = job_compendium_expire },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "compendium.keep_days", SETTING_NUMBER, "days", 30, 3650, "365", NULL, "product" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "proposals.marked", on_compendium_hidden },
    { "proposals.consent_changed", on_compendium_hidden },
    { "proposals.withdrawn", on_compendium_hidden },
    { "publications.objected", on_compendium_hidden },
    { 0 },
};

const struct module compendium_module = {
    .name = "compendium",
    .needs = (const char *const[]){ "orgs", "assignments", "replies", "proposals", "outcomes",
                                    "publications", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .jobs = JOBS,
    .settings = SETTINGS,
    .listens = LISTENS,
    .schema = compendium_schema,
};
