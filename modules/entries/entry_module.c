/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of the duty ledger, and nothing else; read this first. Rules: entry.c. */
#include "embed.h"
#include "modules/entries/entry_likeness.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"

enum { YEAR_MIN = 1949, YEAR_MAX = 2999, GATHER_S = 60, STRIKE_MAX = 500 };

static const struct form YEAR_FORM = {
    "entries",
    sizeof(struct entry_year_input),
    (const struct input[]){
        { FIELD(struct entry_year_input, year), .kind = INPUT_NUMBER, .min = YEAR_MIN,
          .max = YEAR_MAX },
        { FIELD(struct entry_year_input, span), .kind = INPUT_CHOICE, .choices = "year term" },
        { .field = { 0 } },
    },
};

static const struct form MEMBER_FORM = {
    "entries",
    sizeof(struct entry_year_input),
    (const struct input[]){
        { FIELD(struct entry_year_input, id), .kind = INPUT_ID },
        { FIELD(struct entry_year_input, year), .kind = INPUT_NUMBER, .min = YEAR_MIN,
          .max = YEAR_MAX },
        { FIELD(struct entry_year_input, span), .kind = INPUT_CHOICE, .choices = "year term" },
        { .field = { 0 } },
    },
};

const struct form ENTRY_STRIKE_FORM = {
    "entries.strike",
    sizeof(struct entry_strike_input),
    (const struct input[]){
        { FIELD(struct entry_strike_input, id), .kind = INPUT_ID },
        { FIELD(struct entry_strike_input, text), .kind = INPUT_AREA, .required = true, .min = 2,
          .max = STRIKE_MAX, .hint = "entries.strike.text_hint" },
        { .field = { 0 } },
    },
};

const struct form ENTRY_APART_FORM = {
    "entries.apart",
    sizeof(struct entry_apart_input),
    (const struct input[]){
        { FIELD(struct entry_apart_input, id), .kind = INPUT_ID },
        { FIELD(struct entry_apart_input, text), .kind = INPUT_AREA, .required = true, .min = 2,
          .max = STRIKE_MAX, .hint = "entries.apart.text_hint" },
        { .field = { 0 } },
    },
};

static const struct route ROUTES[] = {
    { GET, "/entries", page_entry_list, .may = "entries.read", .api = true },
    { GET, "/entries.csv", .slow = file_list, .may = "entries.export", .look = &ENTRY_LOOK },
    { GET, "/entries.xlsx", .slow = file_list, .may = "entries.export", .look = &ENTRY_LOOK },
    { GET, "/entries/mine", page_entry_own, .may = "entries.own", .form = &YEAR_FORM, .api = true },
    { GET, "/entries/members/{id}", page_entry_member, .may = "entries.read", .form = &MEMBER_FORM,
      .api = true },
    { GET, "/entries/gather", page_entry_gather, .may = "entries.manage", .api = true },
    { POST, "/entries/gather", page_entry_gather_begin, .may = "entries.manage", .api = true },
    { GET, "/entries/{id}", page_entry_show, .may = "entries.read", .api = true },
    { GET, "/entries/{id}/strike", page_entry_strike_form, .may = "entries.manage" },
    { POST, "/entries/{id}/strike", page_entry_strike, .may = "entries.manage",
      .form = &ENTRY_STRIKE_FORM, .redraw = page_entry_strike_form, .api = true },
    { GET, "/entries/{id}/apart", page_entry_apart_form, .may = "entries.manage" },
    { POST, "/entries/{id}/apart", page_entry_apart, .may = "entries.manage",
      .form = &ENTRY_APART_FORM, .redraw = page_entry_apart_form, .api = true },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "entries.read", "member head staff leader", ADMIN_NONE },
    { "entries.own", "member head", ADMIN_NONE },
    { "entries.manage", "staff", ADMIN_NONE },
    { "entries.export", "staff leader", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "my_entries", "/entries/mine", "id-badge-2", "entries.own", MENU_SIDE, 58, "duty" },
    { "entries", "/entries", "id-badge-2", "entries.read", MENU_OFFICE, 58, "duty" },
    { 0 },
};

static const struct job JOBS[] = {
    { "entries.gather", GATHER_S, true, job_entry_gather, NULL, false },
    { .name = "entries.look", .work = job_entry_look, .slow = true },
    { 0 },
};

static const struct setting SETTINGS[] = {
    { "entries.similar_percent", SETTING_NUMBER, "percent", 0, 100, "60", NULL, "product" },
    { "entries.similar_days", SETTING_NUMBER, "days", 1, 1830, "366", NULL, "product" },
    { "entries.split_percent", SETTING_NUMBER, "percent", 0, 100, "40", NULL, "product" },
    { "entries.split_days", SETTING_NUMBER, "days", 1, 366, "30", NULL, "product" },
    { "entries.main_drafters", SETTING_NUMBER, "persons", 1, 50, "3", NULL,
      "scoring-rulesets.json, tongcheng-2019: up to 3 main members of a collective proposal" },
    { 0 },
};

static const struct event EVENTS[] = {
    { "entries.shown",
      "the page or JSON of a row is made: modules above put in what they know of it" },
    { 0 },
};

static const struct listener LISTENS[] = {
    { "flow.stepped", on_entry_stepped },
    { "proposals.retold", on_entry_proposal_retold },
    { "opinions.retold", on_entry_opinion_retold },
    { "outcomes.instructed", on_entry_instructed },
    { "meetings.settled", on_entry_meeting },
    { "meetings.corrected", on_entry_meeting },
    { 0 },
};

const struct module entry_module = {
    .name = "entries",
    .needs = (const char *const[]){ "orgs", "members", "proposals", "opinions", "flagships",
                                    "outcomes", "meetings", "flow", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .settings = SETTINGS,
    .jobs = JOBS,
    .events = EVENTS,
    .listens = LISTENS,
    .lists = (const struct list *const[]){ &ENTRY_LIST, NULL },
    .schema = entries_schema,
};
