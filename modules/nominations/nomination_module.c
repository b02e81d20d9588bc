/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of nominations, and nothing else; read this first. Rules: nomination.c. */
#include "embed.h"
#include "modules/nominations/nomination.h"

enum { REASON_MAX = 500, VOTES_MAX = 999 };

/* ---- forms: somebody is named; with and without the question whether he is another person ---- */

#define NOMINATION_INPUTS                                                                          \
    { FIELD(struct nomination_input, id), .kind = INPUT_ID },                                      \
        { FIELD(struct nomination_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },       \
        { FIELD(struct nomination_input, kind), .kind = INPUT_CHOICE, .required = true,            \
          .choices = "augment fill renew" },                                                       \
        { FIELD(struct nomination_input, vacancy), .kind = INPUT_CHOICE,                           \
          .values = nomination_vacancies, .hint = "nominations.vacancy_hint" },                    \
        { FIELD(struct nomination_input, sector), .kind = INPUT_CHOICE, .required = true,          \
          .values = nomination_sectors },                                                          \
        { FIELD(struct nomination_input, nominator_kind), .kind = INPUT_CHOICE, .required = true,  \
          .choices = "party organisation sector body" },                                           \
        { FIELD(struct nomination_input, nominator), .kind = INPUT_TEXT, .required = true,         \
          .max = 100, .hint = "nominations.nominator_hint" },                                      \
        { FIELD(struct nomination_input, nominated_on), .kind = INPUT_DAY, .required = true },     \
        { FIELD(struct nomination_input, name), .kind = INPUT_TEXT, .required = true, .max = 40 }, \
        { FIELD(struct nomination_input, gender), .kind = INPUT_CHOICE, .required = true,          \
          .choices = "male female" },                                                              \
        { FIELD(struct nomination_input, birth), .kind = INPUT_TEXT, .required = true, .max = 20,  \
          .hint = "nominations.birth_hint" },                                                      \
        { FIELD(struct nomination_input, ethnic), .kind = INPUT_TEXT, .max = 20 },                 \
        { FIELD(struct nomination_input, party), .kind = INPUT_CHOICE, .required = true,           \
          .dictionary = "members.parties" },                                                       \
        { FIELD(struct nomination_input, education), .kind = INPUT_TEXT, .max = 30 },              \
        { FIELD(struct nomination_input, employer), .kind = INPUT_TEXT, .required = true,          \
          .max = 100 },                                                                            \
        { FIELD(struct nomination_input, job), .kind = INPUT_TEXT, .max = 100 },                   \
        { FIELD(struct nomination_input, reason), .kind = INPUT_AREA, .max = 1000 },               \
    {                                                                                              \
        FIELD(struct nomination_input, code), .kind = INPUT_TEXT, .max = 30,                       \
                                              .hint = "nominations.code_hint"                      \
    }

const struct form NOMINATION_FORM = {
    "nominations", sizeof(struct nomination_input),
    (const struct input[]){ NOMINATION_INPUTS,
                            { FIELD(struct nomination_input, distinct), .kind = INPUT_BOOL },
                            { .field = { 0 } } }
};
const struct form NOMINATION_PLAIN_FORM = { "nominations", sizeof(struct nomination_input),
                                            (const struct input[]){ NOMINATION_INPUTS,
                                                                    { .field = { 0 } } } };

static const struct form PROPOSE_FORM = {
    "nominations.propose",
    sizeof(struct nomination_check_input),
    (const struct input[]){
        { FIELD(struct nomination_check_input, id), .kind = INPUT_ID },
        { FIELD(struct nomination_check_input, checked_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct nomination_check_input, ground), .kind = INPUT_CHOICE, .required = true,
          .choices = "clear harm punished investigated false_identity",
          .hint = "nominations.ground_hint" },
        { FIELD(struct nomination_check_input, opinion), .kind = INPUT_AREA, .required = true,
          .min = 2, .max = REASON_MAX, .hint = "nominations.propose.opinion_hint" },
        { .field = { 0 } },
    },
};

static const struct form LIST_FORM = {
    "nominations.list",
    sizeof(struct nomination_list_input),
    (const struct input[]){
        { FIELD(struct nomination_list_input, id), .kind = INPUT_ID },
        { FIELD(struct nomination_list_input, meeting), .kind = INPUT_CHOICE, .required = true,
          .values = nomination_meetings, .hint = "nominations.meeting_hint" },
        { .field = { 0 } },
    },
};

static const struct form VOTE_FORM = {
    "nominations.vote",
    sizeof(struct nomination_vote_input),
    (const struct input[]){
        { FIELD(struct nomination_vote_input, id), .kind = INPUT_ID },
        { FIELD(struct nomination_vote_input, on_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct nomination_vote_input, yes), .kind = INPUT_NUMBER, .required = true,
          .max = VOTES_MAX, .hint = "nominations.yes_hint" },
        { FIELD(struct nomination_vote_input, no), .kind = INPUT_NUMBER, .required = true,
          .max = VOTES_MAX },
        { FIELD(struct nomination_vote_input, abstained), .kind = INPUT_NUMBER, .required = true,
          .max = VOTES_MAX },
        { FIELD(struct nomination_vote_input, document), .kind = INPUT_TEXT, .max = 60 },
        { .field = { 0 } },
    },
};

static const struct form CERTIFY_FORM = {
    "nominations.certify",
    sizeof(struct nomination_certify_input),
    (const struct input[]){
        { FIELD(struct nomination_certify_input, id), .kind = INPUT_ID },
        { FIELD(struct nomination_certify_input, certificate), .kind = INPUT_TEXT, .required = true,
          .max = 40 },
        { FIELD(struct nomination_certify_input, certified_on), .kind = INPUT_DAY,
          .required = true },
        { FIELD(struct nomination_certify_input, document), .kind = INPUT_TEXT, .max = 60,
          .hint = "nominations.document_hint" },
        { .field = { 0 } },
    },
};

/* A reason, worded by step. */
static const struct input REASON_INPUTS[] = {
    { FIELD(struct nomination_reason_input, id), .kind = INPUT_ID },
    { FIELD(struct nomination_reason_input, opinion), .kind = INPUT_AREA, .required = true,
      .min = 2, .max = REASON_MAX },
    { .field = { 0 } },
};
static const struct form RECHECK_FORM = { "nominations.recheck",
                                          sizeof(struct nomination_reason_input), REASON_INPUTS };
static const struct form UNLIST_FORM = { "nominations.unlist",
                                         sizeof(struct nomination_reason_input), REASON_INPUTS };
static const struct form DECLINE_FORM = { "nominations.decline",
                                          sizeof(struct nomination_reason_input), REASON_INPUTS };
static const struct form WITHDRAW_FORM = { "nominations.withdraw",
                                           sizeof(struct nomination_reason_input), REASON_INPUTS };

/* ---- the flow: rules.md 8 and 12.7 ---- */

static const struct flow_state STATES[] = {
    { "nominated", .first = true, .tone = "info" },
    { "candidate", .tone = "info" },
    { "listed", .tone = "warn" },
    { "appointed", .tone = "ok" },
    { "certified", .final = true, .tone = "ok" },
    { "refused", .final = true, .tone = "bad" },
    { "declined", .final = true, .tone = "idle" },
    { "withdrawn", .final = true, .tone = "idle" },
    { 0 },
};

#define MAY "nominations.manage"
static const struct flow_action ACTIONS[] = {
    { "propose", "nominated", NULL, MAY, .form = &PROPOSE_FORM, .effect = nomination_effect_propose,
      .outcomes = "candidate declined", .weight = FLOW_MAIN },
    { "list", "candidate", "listed", MAY, .form = &LIST_FORM, .effect = nomination_effect_list,
      .weight = FLOW_MAIN },
    { "recheck", "candidate", "nominated", MAY, .form = &RECHECK_FORM,
      .effect = nomination_effect_note },
    { "vote", "listed", NULL, MAY, .form = &VOTE_FORM, .effect = nomination_effect_vote,
      .outcomes = "appointed refused", .weight = FLOW_MAIN },
    { "unlist", "listed", "candidate", MAY, .form = &UNLIST_FORM,
      .effect = nomination_effect_unlist },
    { "certify", "appointed", "certified", MAY, .form = &CERTIFY_FORM,
      .effect = nomination_effect_certify, .weight = FLOW_MAIN },
    { "decline", "nominated candidate", "declined", MAY, .form = &DECLINE_FORM,
      .effect = nomination_effect_note, .weight = FLOW_DANGER },
    { "withdraw", "nominated candidate listed", "withdrawn", MAY, .form = &WITHDRAW_FORM,
      .effect = nomination_effect_note, .weight = FLOW_DANGER },
    { 0 },
};

static const struct flow_todo TODOS[] = {
    { "nominated", "may:" MAY, "propose", .due = NULL },
    { "candidate", "may:" MAY, "list", .due = NULL },
    { "listed", "may:" MAY, "vote", .due = NULL },
    { "appointed", "may:" MAY, "certify", .due = NULL },
    { 0 },
};

const struct flow NOMINATIONS_FLOW = {
    .name = "nominations",
    .read = "nominations.read",
    .states = STATES,
    .actions = ACTIONS,
    .todos = TODOS,
    .load = nomination_flow_load,
    .store = nomination_flow_store,
};

/* ---- routes, permissions, menu ---- */

static const struct route ROUTES[] = {
    { GET, "/nominations", page_nomination_list, .may = "nominations.read", .api = true },
    { GET, "/nominations/balance", page_nomination_balance, .may = "nominations.read",
      .api = true },
    { GET, "/nominations/new", page_nomination_new, .may = MAY },
    { POST, "/nominations/new", page_nomination_add, .may = MAY, .form = &NOMINATION_FORM,
      .redraw = page_nomination_new, .api = true },
    { GET, "/nominations/{id}", page_nomination_show, .may = "nominations.read", .api = true },
    { GET, "/nominations/{id}/edit", page_nomination_edit_form, .may = MAY },
    { POST, "/nominations/{id}/edit", page_nomination_edit, .may = MAY, .form = &NOMINATION_FORM,
      .redraw = page_nomination_edit_form, .api = true },
    { GET, "/nominations/meetings/{id}", page_nomination_slate, .may = "nominations.read",
      .api = true },
    { GET, "/nominations/meetings/{id}/pdf", .slow = file_nomination_pdf,
      .may = "nominations.read" },
    { GET, "/nominations/meetings/{id}/docx", .slow = file_nomination_docx,
      .may = "nominations.read" },
    { GET, "/nominations/meetings/{id}/xlsx", .slow = file_nomination_xlsx,
      .may = "nominations.read" },
    { 0 },
};

static const struct permission PERMISSIONS[] = {
    { "nominations.read", "personnel leader", ADMIN_NONE },
    { MAY, "personnel", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "nominations", "/nominations", "user-check", "nominations.read", MENU_OFFICE, 73,
      "/members" },
    { 0 },
};

const struct module nomination_module = {
    .name = "nominations",
    .needs = (const char *const[]){ "orgs", "members", "departures", "meetings", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = (const struct flow *const[]){ &NOMINATIONS_FLOW, NULL },
    .schema = nominations_schema,
};
