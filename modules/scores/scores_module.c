/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of scores, and nothing else; read this first. Working out: scores_list.c. */
#include "modules/scores/scores_trial.h"
#include "platform/settings/settings.h"

enum { YEAR_MIN = 1949, YEAR_MAX = 2999, START_MAX = 1000000 };

static const struct form LIST_FORM = {
    "scores",
    sizeof(struct scores_list_input),
    (const struct input[]){
        { FIELD(struct scores_list_input, year), .kind = INPUT_NUMBER, .min = YEAR_MIN,
          .max = YEAR_MAX },
        { FIELD(struct scores_list_input, start), .kind = INPUT_NUMBER, .max = START_MAX },
        { FIELD(struct scores_list_input, by), .kind = INPUT_CHOICE,
          .choices = "sector committee post party" },
        { FIELD(struct scores_list_input, name), .kind = INPUT_TEXT },
        { FIELD(struct scores_list_input, show), .kind = INPUT_CHOICE, .choices = "all open away" },
        { FIELD(struct scores_list_input, sort), .kind = INPUT_CHOICE, .choices = "roster place" },
        { .field = { 0 } },
    },
};

static const struct form YEAR_FORM = {
    "scores",
    sizeof(struct scores_year_input),
    (const struct input[]){
        { FIELD(struct scores_year_input, year), .kind = INPUT_NUMBER, .min = YEAR_MIN,
          .max = YEAR_MAX },
        { FIELD(struct scores_year_input, by), .kind = INPUT_CHOICE,
          .choices = "sector committee post party" },
        { FIELD(struct scores_year_input, standing), .kind = INPUT_BOOL },
        { .field = { 0 } },
    },
};

static const struct form MEMBER_FORM = {
    "scores",
    sizeof(struct scores_year_input),
    (const struct input[]){
        { FIELD(struct scores_year_input, id), .kind = INPUT_ID },
        { FIELD(struct scores_year_input, year), .kind = INPUT_NUMBER, .min = YEAR_MIN,
          .max = YEAR_MAX },
        { .field = { 0 } },
    },
};

/* All of them read the ledger of a year: none belongs on a loop. */
static const struct route ROUTES[] = {
    { GET, "/scores", .slow = page_scores_list, .may = "scores.read", .form = &LIST_FORM,
      .api = true },
    { GET, "/scores.xlsx", .slow = file_scores, .may = "scores.export", .form = &LIST_FORM },
    { GET, "/scores.csv", .slow = file_scores_csv, .may = "scores.export", .form = &LIST_FORM },
    { GET, "/scores/groups", .slow = page_scores_groups, .may = "scores.read", .form = &YEAR_FORM,
      .api = true },
    { GET, "/scores/mine", .slow = page_scores_own, .may = "scores.own", .form = &YEAR_FORM,
      .api = true },
    { GET, "/scores/members/{id}", .slow = page_scores_member, .may = "scores.read",
      .form = &MEMBER_FORM, .api = true },
    { GET, "/rulesets/{id}/trial", .slow = page_scores_trial, .may = "rulesets.manage",
      .form = &MEMBER_FORM, .api = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "scores.read", "head staff leader", ADMIN_NONE },
    { "scores.own", "member head", ADMIN_NONE },
    { "scores.export", "staff leader", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "my_scores", "/scores/mine", "checks", "scores.own", MENU_SIDE, 60, "/entries/mine" },
    { "scores", "/scores", "checks", "scores.read", MENU_SIDE, 60, "/entries" },
    { 0 },
};

#define LESS_BURDEN                                                                           \
    "State Council General Office 2026 no. 12: no ranking by points; less burden unless the " \
    "committee decides otherwise"

static const struct setting SETTINGS[] = {
    { "scores.begins_on", SETTING_MONTH_DAY, NULL, 0, 0, "01-01", NULL,
      "local rules: a calendar year, or 1 December to 30 November" },
    { "scores.member_points", SETTING_BOOL, NULL, 0, 0, "0", NULL, LESS_BURDEN },
    { "scores.member_grade", SETTING_BOOL, NULL, 0, 0, "0", NULL, LESS_BURDEN },
    { "scores.member_comparison", SETTING_BOOL, NULL, 0, 0, "0", NULL, LESS_BURDEN },
    { "scores.member_ranking", SETTING_BOOL, NULL, 0, 0, "0", NULL, LESS_BURDEN },
    { "scores.head_points", SETTING_BOOL, NULL, 0, 0, "0", NULL, LESS_BURDEN },
    { "scores.head_grade", SETTING_BOOL, NULL, 0, 0, "0", NULL, LESS_BURDEN },
    { "scores.head_comparison", SETTING_BOOL, NULL, 0, 0, "0", NULL, LESS_BURDEN },
    { "scores.head_ranking", SETTING_BOOL, NULL, 0, 0, "0", NULL, LESS_BURDEN },
    { "scores.leader_points", SETTING_BOOL, NULL, 0, 0, "1", NULL, "product" },
    { "scores.leader_grade", SETTING_BOOL, NULL, 0, 0, "1", NULL, "product" },
    { "scores.leader_comparison", SETTING_BOOL, NULL, 0, 0, "1", NULL, "product" },
    { "scores.leader_ranking", SETTING_BOOL, NULL, 0, 0, "0", NULL, LESS_BURDEN },
    { "scores.staff_points", SETTING_BOOL, NULL, 0, 0, "1", NULL, "product" },
    { "scores.staff_grade", SETTING_BOOL, NULL, 0, 0, "1", NULL, "product" },
    { "scores.staff_comparison", SETTING_BOOL, NULL, 0, 0, "1", NULL, "product" },
    { "scores.staff_ranking", SETTING_BOOL, NULL, 0, 0, "0", NULL, LESS_BURDEN },
    { 0 },
};

static const struct event EVENTS[] = {
    { "scores.shown",
      "the page or JSON of a member's year is made: modules above put in what they know of it" },
    { 0 },
};

const struct module scores_module = {
    .name = "scores",
    .needs = (const char *const[]){ "orgs", "members", "duty", "entries", "settings", "exemptions",
                                    NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .settings = SETTINGS,
    .events = EVENTS,
};
