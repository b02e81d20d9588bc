/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of dashboards, and nothing else; read this first. Figures: dashboard_figures.c;
 * evaluation forms: dashboard_evaluations.c; opinions: dashboard_opinions.c; letters:
 * dashboard_letters.c. */
#include "embed.h"
#include "modules/dashboards/dashboard_behind.h"
#include "modules/dashboards/dashboard_evaluation_list.h"
#include "modules/dashboards/dashboard_facts.h"
#include "modules/dashboards/dashboard_pages.h"
#include "platform/settings/settings.h"

/* The first committee met in 1949. */
enum { YEAR_MIN = 1949, YEAR_MAX = 2200 };

static const struct form FIGURES_FORM = {
    "proposals.figures",
    sizeof(struct dashboard_figures_input),
    (const struct input[]){
        { FIELD(struct dashboard_figures_input, session_id), .kind = INPUT_ID },
        { FIELD(struct dashboard_figures_input, all), .kind = INPUT_BOOL },
        { FIELD(struct dashboard_figures_input, hosts), .kind = INPUT_BOOL },
        { .field = { 0 } },
    },
};

static const struct form OUTCOMES_FORM = {
    "proposals.figures",
    sizeof(struct dashboard_outcomes_input),
    (const struct input[]){
        { FIELD(struct dashboard_outcomes_input, session_id), .kind = INPUT_ID },
        { .field = { 0 } },
    },
};

static const struct form OPINIONS_FORM = {
    "opinions.figures",
    sizeof(struct dashboard_year_input),
    (const struct input[]){
        { FIELD(struct dashboard_year_input, year), .kind = INPUT_NUMBER, .min = YEAR_MIN,
          .max = YEAR_MAX },
        { .field = { 0 } },
    },
};

static const struct form LETTERS_FORM = {
    "letters.figures",
    sizeof(struct dashboard_year_input),
    (const struct input[]){
        { FIELD(struct dashboard_year_input, year), .kind = INPUT_NUMBER, .min = YEAR_MIN,
          .max = YEAR_MAX },
        { .field = { 0 } },
    },
};

static const struct form COMPARE_FORM = {
    "proposals.figures",
    sizeof(struct dashboard_compare_input),
    (const struct input[]){
        { FIELD(struct dashboard_compare_input, session_id), .kind = INPUT_IDS },
        { .field = { 0 } },
    },
};

static const struct setting SETTINGS[] = {
    { "dashboards.digits", SETTING_NUMBER, NULL, 0, 2, "1", NULL,
      "glossary, class_share: rounded half up to the digits shown" },
    { "dashboards.letters_shared", SETTING_BOOL, NULL, 0, 0, "1", NULL,
      "a higher committee sees the sums of a lower one's letters unless that one says no" },
    { "dashboards.merged_apart", SETTING_BOOL, NULL, 0, 0, "1", NULL,
      "rules.md 2.2: places differ in whether what is merged counts as docketed" },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "proposal_figures", "/proposals/figures", "chart-bar", "proposals.figures", MENU_OFFICE, 66,
      "figures" },
    { "opinion_figures", "/opinions/figures", "chart-bar", "opinions.figures", MENU_OFFICE, 67,
      "figures" },
    { "letter_figures", "/letters/figures", "chart-bar", "letters.figures", MENU_OFFICE, 68,
      "figures" },
    { 0 },
};

/* Permissions are those of the collections that are counted: each is declared by its module. */
static const struct route ROUTES[] = {
    { GET, "/proposals/figures", page_dashboard_figures, .may = "proposals.figures",
      .form = &FIGURES_FORM, .api = true },
    { GET, "/proposals/figures.xlsx", .slow = file_dashboard_figures, .may = "proposals.figures",
      .form = &FIGURES_FORM },
    { GET, "/proposals/figures/units", page_dashboard_units, .may = "proposals.figures",
      .form = &FIGURES_FORM, .api = true },
    { GET, "/proposals/figures/units.xlsx", .slow = file_dashboard_units,
      .may = "proposals.figures", .form = &FIGURES_FORM },
    { GET, "/proposals/figures/days", page_dashboard_days, .may = "proposals.figures",
      .form = &FIGURES_FORM, .api = true },
    { GET, "/proposals/figures/days.xlsx", .slow = file_dashboard_days, .may = "proposals.figures",
      .form = &FIGURES_FORM },
    { GET, "/proposals/figures/compare", page_dashboard_compare, .may = "proposals.figures",
      .form = &COMPARE_FORM, .api = true },
    { GET, "/proposals/figures/compare.xlsx", .slow = file_dashboard_compare,
      .may = "proposals.figures", .form = &COMPARE_FORM },
    { GET, "/proposals/figures.pdf", .slow = doc_dashboard_figures, .may = "proposals.figures",
      .form = &FIGURES_FORM },
    { GET, "/proposals/figures/explain", page_dashboard_explain, .may = "proposals.figures",
      .form = &FIGURES_FORM, .api = true },
    { GET, "/proposals/figures/signers", page_dashboard_signers, .may = "proposals.figures",
      .api = true },
    { GET, "/proposals/figures/answers", page_dashboard_answers, .may = "proposals.figures",
      .api = true },
    { GET, "/opinions/figures", page_dashboard_opinions, .may = "opinions.figures",
      .form = &OPINIONS_FORM, .api = true },
    { GET, "/opinions/figures.xlsx", .slow = file_dashboard_opinions, .may = "opinions.figures",
      .form = &OPINIONS_FORM },
    { GET, "/opinions/figures/members", page_dashboard_writers, .may = "opinions.figures",
      .form = &OPINIONS_FORM, .api = true },
    { GET, "/opinions/figures/members.xlsx", .slow = file_dashboard_writers,
      .may = "opinions.figures", .form = &OPINIONS_FORM },
    { GET, "/opinions/figures/explain", page_dashboard_opinions_explain, .may = "opinions.figures",
      .form = &OPINIONS_FORM, .api = true },
    { GET, "/letters/figures", page_dashboard_letters, .may = "letters.figures",
      .form = &LETTERS_FORM, .api = true },
    { GET, "/letters/figures.xlsx", .slow = file_dashboard_letters, .may = "letters.figures",
      .form = &LETTERS_FORM },
    { GET, "/letters/figures/places", page_dashboard_letter_places, .may = "letters.figures",
      .form = &LETTERS_FORM, .api = true },
    { GET, "/letters/figures/places.xlsx", .slow = file_dashboard_letter_places,
      .may = "letters.figures", .form = &LETTERS_FORM },
    { GET, "/letters/figures/units", page_dashboard_letter_units, .may = "letters.figures",
      .form = &LETTERS_FORM, .api = true },
    { GET, "/letters/figures/units.xlsx", .slow = file_dashboard_letter_units,
      .may = "letters.figures", .form = &LETTERS_FORM },
    { GET, "/letters/figures/counties", .slow = page_dashboard_letter_counties,
      .may = "letters.figures", .form = &LETTERS_FORM, .api = true },
    { GET, "/letters/figures/counties.xlsx", .slow = file_dashboard_letter_counties,
      .may = "letters.figures", .form = &LETTERS_FORM },
    { GET, "/letters/figures/explain", page_dashboard_letters_explain, .may = "letters.figures",
      .form = &LETTERS_FORM, .api = true },
    { GET, "/outcomes", page_dashboard_outcomes, .may = "outcomes.read", .form = &OUTCOMES_FORM,
      .api = true },
    { GET, "/evaluations", page_dashboard_evaluations, .may = "evaluations.read" },
    { GET, "/evaluations.csv", .slow = file_list, .may = "evaluations.read",
      .look = &EVALUATION_LOOK },
    { GET, "/evaluations.xlsx", .slow = file_list, .may = "evaluations.read",
      .look = &EVALUATION_LOOK },
    { GET, "/api/v1/evaluations", api_dashboard_evaluations, .may = "evaluations.read" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "flow.stepped", on_flow_stepped },
    { "proposals.saved", on_dashboard_proposal_saved },
    { "proposals.retold", on_proposal_retold },
    { "opinions.retold", on_dashboard_opinion_retold },
    { "mailbox.received", on_dashboard_letter_retold },
    { "mailbox.retold", on_dashboard_letter_retold },
    { "urgings.reminded", on_dashboard_reminded },
    { "assignments.retold", on_assignment_retold },
    { "orgs.session_corrected", on_dashboard_session_corrected },
    { 0 },
};

const struct module dashboard_module = {
    .name = "dashboards",
    .needs = (const char *const[]){ "orgs", "assignments", "proposals", "disputes", "outcomes",
                                    "urgings", "publications", "opinions", "mailbox", "handlings",
                                    "flow", "settings", NULL },
    .routes = ROUTES,
    .menu = MENU,
    .listens = LISTENS,
    .settings = SETTINGS,
    .schema = dashboards_schema,
    .lists = (const struct list *const[]){ &EVALUATION_LIST, &SIGNER_LIST, &ANSWER_LIST, NULL },
};
