/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of members, and nothing else; read this first. Rules: member.c, member_record.c,
 * member_acts.c, member_amend.c. */
#include "embed.h"
#include "modules/members/member_forms.h"
#include "modules/members/member_list.h"
#include "modules/members/member_rules.h"
#include "platform/files/import_page.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"
#include "platform/text/text.h"

/* ---- forms ---- */

/* What a record holds of the person, seat and offices apart. */
#define PERSON_INPUTS                                                                           \
    { FIELD(struct member_input, id), .kind = INPUT_ID },                                       \
        { FIELD(struct member_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },        \
        { FIELD(struct member_input, code), .kind = INPUT_TEXT, .max = 30 },                    \
        { FIELD(struct member_input, name), .kind = INPUT_TEXT, .required = true, .max = 40 },  \
        { FIELD(struct member_input, gender), .kind = INPUT_CHOICE, .choices = "female male" }, \
        { FIELD(struct member_input, ethnic), .kind = INPUT_TEXT, .max = 20 },                  \
        { FIELD(struct member_input, birth), .kind = INPUT_TEXT, .max = 20 },                   \
        { FIELD(struct member_input, party), .kind = INPUT_CHOICE,                              \
          .dictionary = "members.parties" },                                                    \
        { FIELD(struct member_input, education), .kind = INPUT_TEXT, .max = 30 },               \
        { FIELD(struct member_input, employer), .kind = INPUT_TEXT, .max = 100 },               \
        { FIELD(struct member_input, job), .kind = INPUT_TEXT, .max = 100 },                    \
        { FIELD(struct member_input, identity), .kind = INPUT_TEXT, .max = 30 },                \
        { FIELD(struct member_input, phone), .kind = INPUT_TEXT, .max = 30 },                   \
        { FIELD(struct member_input, mail), .kind = INPUT_TEXT, .max = 100 },                   \
    {                                                                                           \
        FIELD(struct member_input, address), .kind = INPUT_TEXT, .max = 200                     \
    }

static const struct form MEMBER_FORM = {
    "members",
    sizeof(struct member_input),
    (const struct input[]){
        PERSON_INPUTS,
        { FIELD(struct member_input, sector), .kind = INPUT_TEXT, .max = 40 },
        { FIELD(struct member_input, committees), .kind = INPUT_TEXT, .max = 100 },
        { FIELD(struct member_input, act), .kind = INPUT_CHOICE,
          .choices = "appoint augment fill" },
        { FIELD(struct member_input, organ), .kind = INPUT_TEXT, .max = 100 },
        { FIELD(struct member_input, document), .kind = INPUT_TEXT, .max = 60 },
        { FIELD(struct member_input, from_on), .kind = INPUT_DAY },
        { FIELD(struct member_input, term_number), .kind = INPUT_NUMBER, .min = 1, .max = 99 },
        { FIELD(struct member_input, invited), .kind = INPUT_BOOL },
        { .field = { 0 } },
    },
};

/* What decides about a seat is an act with a day and an organ, and no correction of a record. */
static const struct form EDIT_FORM = {
    "members",
    sizeof(struct member_input),
    (const struct input[]){
        PERSON_INPUTS,
        { .field = { 0 } },
    },
};

static const struct form ACT_FORM = {
    "members",
    sizeof(struct member_act_input),
    (const struct input[]){
        { FIELD(struct member_act_input, id), .kind = INPUT_ID },
        { FIELD(struct member_act_input, act), .kind = INPUT_CHOICE, .required = true,
          .choices =
              "appoint augment fill resign compel advise remove revoke ratify suspend resume "
              "resector decease expire" },
        { FIELD(struct member_act_input, on_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct member_act_input, organ), .kind = INPUT_TEXT, .max = 100 },
        { FIELD(struct member_act_input, document), .kind = INPUT_TEXT, .max = 60 },
        { FIELD(struct member_act_input, reason), .kind = INPUT_AREA, .max = 500 },
        { FIELD(struct member_act_input, sector), .kind = INPUT_TEXT, .max = 40 },
        { FIELD(struct member_act_input, term_number), .kind = INPUT_NUMBER, .min = 1, .max = 99 },
        { FIELD(struct member_act_input, invited), .kind = INPUT_BOOL },
        { FIELD(struct member_act_input, by_chairs), .kind = INPUT_BOOL },
        { .field = { 0 } },
    },
};

static const struct form TENURE_FORM = {
    "members",
    sizeof(struct tenure_input),
    (const struct input[]){
        { FIELD(struct tenure_input, id), .kind = INPUT_ID },
        { FIELD(struct tenure_input, post), .kind = INPUT_CHOICE, .required = true,
          .dictionary = "members.posts" },
        { FIELD(struct tenure_input, body), .kind = INPUT_TEXT, .required = true, .max = 40 },
        { FIELD(struct tenure_input, from_on), .kind = INPUT_DAY },
        { .field = { 0 } },
    },
};

static const struct form TENURE_END_FORM = {
    "members",
    sizeof(struct tenure_end_input),
    (const struct input[]){
        { FIELD(struct tenure_end_input, id), .kind = INPUT_ID },
        { FIELD(struct tenure_end_input, tenure_id), .kind = INPUT_ID, .required = true },
        { FIELD(struct tenure_end_input, to_on), .kind = INPUT_DAY },
        { .field = { 0 } },
    },
};

static const struct form UNMASK_FORM = {
    "members.unmask",
    sizeof(struct unmask_input),
    (const struct input[]){
        { FIELD(struct unmask_input, id), .kind = INPUT_ID },
        { FIELD(struct unmask_input, reason), .kind = INPUT_TEXT, .required = true, .min = 4,
          .max = 100 },
        { .field = { 0 } },
    },
};

static const struct form WISH_FORM = {
    "members",
    sizeof(struct member_wish),
    (const struct input[]){
        { FIELD(struct member_wish, employer), .kind = INPUT_TEXT, .max = 100 },
        { FIELD(struct member_wish, job), .kind = INPUT_TEXT, .max = 100 },
        { FIELD(struct member_wish, education), .kind = INPUT_TEXT, .max = 30 },
        { FIELD(struct member_wish, party), .kind = INPUT_CHOICE, .dictionary = "members.parties" },
        { FIELD(struct member_wish, phone), .kind = INPUT_TEXT, .max = 30 },
        { FIELD(struct member_wish, mail), .kind = INPUT_TEXT, .max = 100 },
        { FIELD(struct member_wish, address), .kind = INPUT_TEXT, .max = 200 },
        { FIELD(struct member_wish, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { .field = { 0 } },
    },
};

static const struct form AMENDMENT_FORM = {
    "members",
    sizeof(struct amendment_input),
    (const struct input[]){
        { FIELD(struct amendment_input, id), .kind = INPUT_ID },
        { FIELD(struct amendment_input, version), .kind = INPUT_NUMBER, .max = INT64_MAX },
        { FIELD(struct amendment_input, approve), .kind = INPUT_BOOL },
        { FIELD(struct amendment_input, reason), .kind = INPUT_TEXT, .max = 200 },
        { .field = { 0 } },
    },
};

static const struct form ACCOUNTS_FORM = {
    "members.accounts",
    sizeof(struct member_accounts_input),
    (const struct input[]){
        { FIELD(struct member_accounts_input, members), .kind = INPUT_IDS, .required = true,
          .max = 50 },
        { .field = { 0 } },
    },
};

static const struct form LINK_FORM = {
    "members.accounts",
    sizeof(struct member_link_input),
    (const struct input[]){
        { .field = FIELD(struct member_link_input, id), .kind = INPUT_ID },
        { .field = FIELD(struct member_link_input, login_name),
          .kind = INPUT_TEXT,
          .required = true,
          .max = 60 },
        { .field = { 0 } },
    },
};

/* ---- flow: a member's wish that staff looks at ---- */

static const struct flow_state AMENDMENT_STATES[] = {
    { "asked", .first = true, .tone = "warn" },
    { "approved", .final = true, .tone = "ok" },
    { "declined", .final = true, .tone = "bad" },
    { 0 },
};
static const struct flow_action AMENDMENT_ACTIONS[] = {
    { "approve", "asked", "approved", FLOW_SYSTEM, .weight = FLOW_MAIN },
    { "decline", "asked", "declined", FLOW_SYSTEM, .weight = FLOW_NORMAL },
    { 0 },
};
static const struct flow_clock AMENDMENT_CLOCKS[] = { { 0 } };
static const struct flow_todo AMENDMENT_TODOS[] = {
    { "asked", "may:members.amend", .verb = "approve" },
    { 0 },
};
const struct flow AMENDMENTS_FLOW = { .name = "amendments",
                                      .read = "members.amend",
                                      .states = AMENDMENT_STATES,
                                      .actions = AMENDMENT_ACTIONS,
                                      .clocks = AMENDMENT_CLOCKS,
                                      .todos = AMENDMENT_TODOS,
                                      .load = amendment_flow_load,
                                      .store = amendment_flow_store };
static const struct flow *const FLOWS[] = { &AMENDMENTS_FLOW, NULL };

/* ---- routes ---- */

enum { LIST_FILE_BYTES = 20 << 20 };

static const struct route ROUTES[] = {
    { GET, "/members", page_member_list, .may = "members.read", .api = true },
    { GET, "/members.csv", .slow = file_list, .may = "members.manage", .look = &MEMBER_LOOK },
    { GET, "/members.xlsx", .slow = file_list, .may = "members.manage", .look = &MEMBER_LOOK },
    { GET, "/members/roster", page_member_roster, .may = "members.read", .api = true },
    { GET, "/members/roster.pdf", .slow = file_member_roster_pdf, .may = "members.manage" },
    { GET, "/members/roster.docx", .slow = file_member_roster_docx, .may = "members.manage" },
    { GET, "/members/new", page_member_new, .may = "members.decide" },
    { POST, "/members/new", page_member_add, .may = "members.decide", .form = &MEMBER_FORM,
      .redraw = page_member_new, .api = true },
    { GET, "/members/me", page_member_me, .may = "members.own" },
    { POST, "/members/me", page_member_wish, .may = "members.own", .form = &WISH_FORM,
      .redraw = page_member_me, .api = true },
    { GET, "/members/amendments", page_amendment_list, .may = "members.amend" },
    { POST, "/members/amendments/{id}", page_amendment_decide, .may = "members.amend",
      .form = &AMENDMENT_FORM, .redraw = page_amendment_list, .api = true },
    { GET, "/amendments/{id}", page_amendment_show, .may = "members.amend" },
    { GET, "/members/import", page_member_import_form, .may = "members.import" },
    { POST, "/members/import", page_member_import, .may = "members.import", .form = &IMPORT_FORM,
      .slow = page_member_import_receive, .redraw = page_member_import_form,
      .max_body = LIST_FILE_BYTES },
    { GET, "/members/accounts", page_member_accounts_form, .may = "members.accounts" },
    { POST, "/members/accounts", page_member_accounts, .may = "members.accounts",
      .form = &ACCOUNTS_FORM, .slow = page_member_accounts_slow,
      .redraw = page_member_accounts_form, .api = true },
    { GET, "/members/{id}", page_member_show, .may = "members.read" },
    { GET, "/members/{id}/edit", page_member_edit, .may = "members.manage" },
    { POST, "/members/{id}/edit", page_member_update, .may = "members.manage", .form = &EDIT_FORM,
      .redraw = page_member_edit, .api = true },
    { POST, "/members/{id}/account", page_member_link, .may = "members.accounts",
      .form = &LINK_FORM, .redraw = page_member_show, .api = true },
    { GET, "/members/{id}/act", page_member_act_form, .may = "members.decide" },
    { POST, "/members/{id}/act", page_member_act, .may = "members.decide", .form = &ACT_FORM,
      .redraw = page_member_act_form, .api = true },
    { POST, "/members/{id}/tenures", page_tenure_add, .may = "members.manage", .form = &TENURE_FORM,
      .redraw = page_member_show, .api = true },
    { POST, "/members/{id}/tenures/end", page_tenure_end, .may = "members.manage",
      .form = &TENURE_END_FORM, .redraw = page_member_show, .api = true },
    { GET, "/members/{id}/unmask", page_member_unmask_form, .may = "members.unmask" },
    { POST, "/members/{id}/unmask", page_member_unmask, .may = "members.unmask",
      .form = &UNMASK_FORM, .redraw = page_member_unmask_form, .api = true },
    { GET, "/api/v1/members/me", api_member_me, .may = "members.own" },
    { GET, "/api/v1/members/amendments", api_amendment_list, .may = "members.amend" },
    { POST, "/api/v1/members/import", api_member_import, .may = "members.import",
      .form = &IMPORT_FORM, .slow = page_member_import_receive, .max_body = LIST_FILE_BYTES },
    { GET, "/api/v1/members/{id}", api_member_show, .may = "members.read" },
    { 0 },
};

/* ---- the rest ---- */

static const struct permission PERMISSIONS[] = {
    { "members.read",
      "member head staff personnel editor reviewer dispatcher leader keeper publisher",
      ADMIN_NONE },
    { "members.own", "member head", ADMIN_NONE },
    { "members.manage", "staff", ADMIN_NONE },
    { "members.decide", "personnel", ADMIN_NONE },
    { "members.amend", "staff", ADMIN_NONE },
    { "members.unmask", "staff", ADMIN_NONE },
    { "members.import", "staff personnel", ADMIN_NONE },
    { "members.accounts", "staff", ADMIN_NONE },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "members_me", "/members/me", "user-check", "members.own", MENU_SIDE, 70, "people" },
    { "members", "/members", "users", "members.read", MENU_NO_AGENCY, 72, "people" },
    { 0 },
};

static const struct dictionary_value PARTIES[] = {
    { "cpc", "members.parties.cpc" },
    { "cpc_probationary", "members.parties.cpc_probationary" },
    { "rcckmt", "members.parties.rcckmt" },
    { "cdl", "members.parties.cdl" },
    { "cndca", "members.parties.cndca" },
    { "capd", "members.parties.capd" },
    { "cpwdp", "members.parties.cpwdp" },
    { "zhigong", "members.parties.zhigong" },
    { "jiusan", "members.parties.jiusan" },
    { "taimeng", "members.parties.taimeng" },
    { "nonparty", "members.parties.nonparty" },
    { "league", "members.parties.league" },
    { "masses", "members.parties.masses" },
    { 0 },
};

static const struct dictionary_value POSTS[] = {
    { "chair", "members.posts.chair" },
    { "vice_chair", "members.posts.vice_chair" },
    { "secretary_general", "members.posts.secretary_general" },
    { "deputy_secretary_general", "members.posts.deputy_secretary_general" },
    { "standing_member", "members.posts.standing_member" },
    { "director", "members.posts.director" },
    { "vice_director", "members.posts.vice_director" },
    { "committee_member", "members.posts.committee_member" },
    { "convener", "members.posts.convener" },
    { "secretary", "members.posts.secretary" },
    { "liaison", "members.posts.liaison" },
    { "keeper", "members.posts.keeper" },
    { 0 },
};

static const struct dictionary DICTIONARIES[] = {
    { "members.parties", PARTIES, "GB/T 4762-1984" },
    { "members.posts", POSTS, "Charter of the CPPCC; rules.md 1" },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "members.expire", .every_s = 3600, .per_org = true, .run = job_member_expire },
    { .name = "members.strokes", .every_s = 3600, .per_org = true, .run = job_member_strokes },
    { 0 },
};

static const struct event EVENTS[] = {
    { "members.appointed", "a seat began; id is the member" },
    { "members.left", "a seat ended before or with the term; id is the member" },
    { "members.suspended", "a seat was suspended; id is the member" },
    { "members.resumed", "a suspension ended; id is the member" },
    { "members.term_over", "the seats of a term that is over are about to end; id is the term" },
    { "members.ratified", "a revocation was ratified; id is the member" },
    { 0 },
};

static const struct text_source TEXTS[] = { { "members", member_text_each }, { 0 } };

static const char *const NEEDS[] = { "orgs", "accounts", NULL };

const struct module members_module = {
    .name = "members",
    .needs = NEEDS,
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .flows = FLOWS,
    .dictionaries = DICTIONARIES,
    .jobs = JOBS,
    .events = EVENTS,
    .imports = MEMBER_IMPORTS,
    .lists = (const struct list *const[]){ &MEMBER_LIST, NULL },
    .texts = TEXTS,
    .schema = members_schema,
};
