/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of dossiers, and nothing else; read this first. The story: dossier.c. */
#include "embed.h"
#include "modules/dossiers/dossier.h"
#include "platform/jobs/jobs.h"

enum { YEAR_MIN = 1949, YEAR_MAX = 2999, START_MAX = 1000000, TERM_MAX = 99, HOUR_S = 3600 };

static const struct form OWN_FORM = {
    "dossiers",
    sizeof(struct dossier_input),
    (const struct input[]){
        { FIELD(struct dossier_input, term), .kind = INPUT_NUMBER, .max = TERM_MAX },
        { .field = { 0 } },
    },
};

static const struct form MEMBER_FORM = {
    "dossiers",
    sizeof(struct dossier_input),
    (const struct input[]){
        { FIELD(struct dossier_input, id), .kind = INPUT_ID },
        { FIELD(struct dossier_input, term), .kind = INPUT_NUMBER, .max = TERM_MAX },
        { .field = { 0 } },
    },
};

static const struct form ISSUE_FORM = {
    "dossiers",
    sizeof(struct dossier_issue_input),
    (const struct input[]){
        { FIELD(struct dossier_issue_input, id), .kind = INPUT_ID },
        { FIELD(struct dossier_issue_input, term), .kind = INPUT_NUMBER, .max = TERM_MAX },
        { FIELD(struct dossier_issue_input, format), .kind = INPUT_CHOICE, .required = true,
          .choices = "pdf docx" },
        { .field = { 0 } },
    },
};

static const struct form LIST_FORM = {
    "dossiers",
    sizeof(struct dossier_list_input),
    (const struct input[]){
        { FIELD(struct dossier_list_input, year), .kind = INPUT_NUMBER, .min = YEAR_MIN,
          .max = YEAR_MAX },
        { FIELD(struct dossier_list_input, start), .kind = INPUT_NUMBER, .max = START_MAX },
        { FIELD(struct dossier_list_input, body), .kind = INPUT_TEXT },
        { .field = { 0 } },
    },
};

static const struct form RUN_FORM = {
    "dossiers",
    sizeof(struct dossier_run_input),
    (const struct input[]){
        { FIELD(struct dossier_run_input, year), .kind = INPUT_NUMBER, .min = YEAR_MIN,
          .max = YEAR_MAX },
        { FIELD(struct dossier_run_input, body), .kind = INPUT_TEXT },
        { FIELD(struct dossier_run_input, format), .kind = INPUT_CHOICE, .required = true,
          .choices = "pdf docx" },
        { .field = { 0 } },
    },
};

static const struct form CHECK_FORM = {
    "dossiers",
    sizeof(struct dossier_check_input),
    (const struct input[]){
        { FIELD(struct dossier_check_input, code), .kind = INPUT_TEXT, .max = 60 },
        { FIELD(struct dossier_check_input, digest), .kind = INPUT_TEXT, .max = 100 },
        { .field = { 0 } },
    },
};

/* Whatever reads the ledger of a term, or sets a paper, belongs on no loop. */
static const struct route ROUTES[] = {
    { GET, "/dossiers", .slow = page_dossier_list, .may = "dossiers.read", .form = &LIST_FORM,
      .api = true },
    { GET, "/dossiers/mine", .slow = page_dossier_own, .may = "dossiers.own", .form = &OWN_FORM,
      .api = true },
    { GET, "/dossiers/check", page_dossier_check, .may = PUBLIC, .form = &CHECK_FORM, .api = true },
    { POST, "/dossiers/runs", page_dossier_run_add, .slow = slow_dossier_run,
      .may = "dossiers.export", .form = &RUN_FORM, .redraw = page_dossier_run_again, .api = true },
    { GET, "/dossiers/runs/{id}/file", .slow = file_dossier_run, .may = "dossiers.export",
      .api = true },
    { GET, "/dossiers/papers/{id}/file", .slow = file_dossier_paper, .may = "dossiers.read",
      .api = true },
    { GET, "/dossiers/{id}", .slow = page_dossier_show, .may = "dossiers.read",
      .form = &MEMBER_FORM, .api = true },
    { GET, "/dossiers/{id}/records.xlsx", .slow = file_dossier_records, .may = "dossiers.read",
      .form = &MEMBER_FORM },
    { POST, "/dossiers/{id}/issue", page_dossier_issue, .slow = slow_dossier_issue,
      .may = "dossiers.read", .form = &ISSUE_FORM, .api = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "dossiers.read", "member head staff leader", ADMIN_NONE },
    { "dossiers.own", "member head", ADMIN_NONE },
    { "dossiers.export", "staff leader", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "my_dossier", "/dossiers/mine", "id-badge-2", "dossiers.own", MENU_SIDE, 61,
      "/entries/mine" },
    { "dossiers", "/dossiers", "id-badge-2", "dossiers.read", MENU_OFFICE, 61, "/entries" },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "dossiers.make", .work = job_dossier_make, .slow = true },
    { .name = "dossiers.expire", .every_s = HOUR_S, .per_org = true, .run = job_dossier_expire },
    { 0 },
};

const struct module dossier_module = {
    .name = "dossiers",
    .needs = (const char *const[]){ "orgs", "members", "duty", "entries", "scores", "pledges",
                                    "meetings", "statements", "assessments", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .jobs = JOBS,
    .schema = dossiers_schema,
};
