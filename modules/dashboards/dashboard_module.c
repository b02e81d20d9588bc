/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of dashboards, and nothing else; read this first. Figures: dashboard_figures.c;
 * evaluation forms: dashboard_evaluations.c. */
#include "modules/dashboards/dashboard_evaluation_list.h"
#include "modules/dashboards/dashboard_pages.h"

static const struct form FIGURES_FORM = {
    "proposals.figures",
    sizeof(struct dashboard_figures_input),
    (const struct input[]){
        { FIELD(struct dashboard_figures_input, session_id), .kind = INPUT_ID },
        { FIELD(struct dashboard_figures_input, all), .kind = INPUT_BOOL },
        { .field = { 0 } },
    },
};

static const struct menu_item MENU[] = {
    { "proposal_figures", "/proposals/figures", "chart-bar", "proposals.figures", MENU_OFFICE, 60 },
    { 0 },
};

/* Permissions are those of the collections that are counted: each is declared by its module. */
static const struct route ROUTES[] = {
    { GET, "/proposals/figures", page_dashboard_figures, .may = "proposals.figures",
      .form = &FIGURES_FORM },
    { GET, "/proposals/figures.xlsx", .slow = file_dashboard_figures, .may = "proposals.figures",
      .form = &FIGURES_FORM },
    { GET, "/api/v1/proposals/figures", api_dashboard_figures, .may = "proposals.figures",
      .form = &FIGURES_FORM },
    { GET, "/evaluations", page_dashboard_evaluations, .may = "evaluations.read" },
    { GET, "/evaluations.csv", .slow = file_dashboard_evaluations_csv, .may = "evaluations.read" },
    { GET, "/evaluations.xlsx", .slow = file_dashboard_evaluations_xlsx,
      .may = "evaluations.read" },
    { GET, "/api/v1/evaluations", api_dashboard_evaluations, .may = "evaluations.read" },
    { 0 },
};

const struct module dashboard_module = {
    .name = "dashboards",
    .needs = (const char *const[]){ "orgs", "assignments", "proposals", "outcomes", NULL },
    .routes = ROUTES,
    .menu = MENU,
    .lists = (const struct list *const[]){ &EVALUATION_LIST, NULL },
};
