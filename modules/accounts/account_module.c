/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of accounts, and nothing else; read this first. The door: login_pages.c. One's own
 * account: own_pages.c. The three administrators: account_pages.c, role_pages.c, audit_pages.c.
 * JSON: account_api.c. Rules: account.c, account_own.c. */
#include "modules/accounts/account_lists.h"
#include "modules/accounts/account_pages.h"
#include "platform/access/access_settings.h"
#include "platform/jobs/jobs.h"

/* ---- forms ---- */

static const struct form LOGIN_FORM = {
    "login",
    sizeof(struct login_input),
    (const struct input[]){
        { FIELD(struct login_input, login_name), .kind = INPUT_TEXT, .required = true },
        { FIELD(struct login_input, password), .kind = INPUT_PASSWORD, .required = true },
        { FIELD(struct login_input, next), .kind = INPUT_TEXT, .max = 1000 },
        { .field = { 0 } },
    },
};
static const struct form NEXT_FORM = {
    "login",
    sizeof(struct next_input),
    (const struct input[]){
        { FIELD(struct next_input, next), .kind = INPUT_TEXT, .max = 1000, .query = true },
        { .field = { 0 } },
    },
};
static const struct form CODE_FORM = {
    "login",
    sizeof(struct code_input),
    (const struct input[]){
        { FIELD(struct code_input, code), .kind = INPUT_TEXT, .required = true, .max = 40 },
        { FIELD(struct code_input, next), .kind = INPUT_TEXT, .max = 1000 },
        { .field = { 0 } },
    },
};
static const struct form AGAIN_FORM = {
    "login",
    sizeof(struct again_input),
    (const struct input[]){
        { FIELD(struct again_input, password), .kind = INPUT_PASSWORD, .required = true },
        { FIELD(struct again_input, next), .kind = INPUT_TEXT, .max = 1000 },
        { .field = { 0 } },
    },
};
static const struct form FIRST_FORM = {
    "first",
    sizeof(struct first_input),
    (const struct input[]){
        { FIELD(struct first_input, code), .kind = INPUT_TEXT, .required = true, .max = 40 },
        { FIELD(struct first_input, org_name), .kind = INPUT_TEXT, .max = 100 },
        { FIELD(struct first_input, sysadmin_login), .kind = INPUT_TEXT, .required = true,
          .max = 60 },
        { FIELD(struct first_input, sysadmin_name), .kind = INPUT_TEXT, .required = true,
          .max = 100 },
        { FIELD(struct first_input, sysadmin_password), .kind = INPUT_PASSWORD, .required = true },
        { FIELD(struct first_input, secadmin_login), .kind = INPUT_TEXT, .required = true,
          .max = 60 },
        { FIELD(struct first_input, secadmin_name), .kind = INPUT_TEXT, .required = true,
          .max = 100 },
        { FIELD(struct first_input, secadmin_password), .kind = INPUT_PASSWORD, .required = true },
        { FIELD(struct first_input, auditor_login), .kind = INPUT_TEXT, .required = true,
          .max = 60 },
        { FIELD(struct first_input, auditor_name), .kind = INPUT_TEXT, .required = true,
          .max = 100 },
        { FIELD(struct first_input, auditor_password), .kind = INPUT_PASSWORD, .required = true },
        { .field = { 0 } },
    },
};
static const struct form PASSWORD_FORM = {
    "accounts",
    sizeof(struct password_input),
    (const struct input[]){
        { FIELD(struct password_input, current), .kind = INPUT_PASSWORD, .required = true },
        { FIELD(struct password_input, password), .kind = INPUT_PASSWORD, .required = true },
        { FIELD(struct password_input, again), .kind = INPUT_PASSWORD, .required = true },
        { .field = { 0 } },
    },
};
static const struct form FACTOR_FORM = {
    "accounts",
    sizeof(struct factor_input),
    (const struct input[]){
        { FIELD(struct factor_input, code), .kind = INPUT_TEXT, .required = true, .max = 10 },
        { .field = { 0 } },
    },
};
static const struct form TOKEN_FORM = {
    "tokens",
    sizeof(struct token_input),
    (const struct input[]){
        { FIELD(struct token_input, name), .kind = INPUT_TEXT, .required = true, .max = 60 },
        { FIELD(struct token_input, days), .kind = INPUT_NUMBER, .required = true, .min = 1,
          .max = 730 },
        { FIELD(struct token_input, collections), .kind = INPUT_LINES, .required = true,
          .max = 60 },
        { .field = { 0 } },
    },
};
static const struct form DELEGATION_FORM = {
    "delegations",
    sizeof(struct delegation_input),
    (const struct input[]){
        { FIELD(struct delegation_input, login_name), .kind = INPUT_TEXT, .required = true,
          .max = 60 },
        { FIELD(struct delegation_input, collections), .kind = INPUT_LINES, .required = true,
          .max = 60 },
        { FIELD(struct delegation_input, from_on), .kind = INPUT_DAY },
        { FIELD(struct delegation_input, to_on), .kind = INPUT_DAY, .required = true },
        { FIELD(struct delegation_input, note), .kind = INPUT_TEXT, .max = 200 },
        { .field = { 0 } },
    },
};
static const struct form ACTING_FORM = {
    "delegations",
    sizeof(struct acting_input),
    (const struct input[]){
        { FIELD(struct acting_input, delegation_id), .kind = INPUT_ID },
        { .field = { 0 } },
    },
};
static const struct form ACCOUNT_FORM = {
    "accounts",
    sizeof(struct account_input),
    (const struct input[]){
        { FIELD(struct account_input, login_name), .kind = INPUT_TEXT, .required = true,
          .max = 60 },
        { FIELD(struct account_input, name), .kind = INPUT_TEXT, .required = true, .max = 100 },
        { FIELD(struct account_input, kind), .kind = INPUT_CHOICE, .choices = "person body" },
        { FIELD(struct account_input, agency_id), .kind = INPUT_ID },
        { .field = { 0 } },
    },
};
const struct form TENANT_FORM = {
    "tenants",
    sizeof(struct tenant_input),
    (const struct input[]){
        { FIELD(struct tenant_input, name), .kind = INPUT_TEXT, .required = true, .max = 60 },
        { FIELD(struct tenant_input, short_name), .kind = INPUT_TEXT, .max = 20 },
        { FIELD(struct tenant_input, code), .kind = INPUT_TEXT, .max = 20 },
        { FIELD(struct tenant_input, area), .kind = INPUT_TEXT, .max = 40,
          .hint = "orgs.area_hint" },
        { FIELD(struct tenant_input, office_login), .kind = INPUT_TEXT, .required = true, .max = 60,
          .hint = "tenants.login_hint" },
        { FIELD(struct tenant_input, office_name), .kind = INPUT_TEXT, .required = true,
          .max = 100 },
        { FIELD(struct tenant_input, sysadmin_login), .kind = INPUT_TEXT, .max = 60,
          .hint = "tenants.admins_hint" },
        { FIELD(struct tenant_input, sysadmin_name), .kind = INPUT_TEXT, .max = 100 },
        { FIELD(struct tenant_input, secadmin_login), .kind = INPUT_TEXT, .max = 60 },
        { FIELD(struct tenant_input, secadmin_name), .kind = INPUT_TEXT, .max = 100 },
        { FIELD(struct tenant_input, auditor_login), .kind = INPUT_TEXT, .max = 60 },
        { FIELD(struct tenant_input, auditor_name), .kind = INPUT_TEXT, .max = 100 },
        { .field = { 0 } },
    },
};
static const struct form OPERATOR_FORM = {
    "operators",
    sizeof(struct operator_input),
    (const struct input[]){
        { FIELD(struct operator_input, login_name), .kind = INPUT_TEXT, .required = true,
          .max = 60 },
        { FIELD(struct operator_input, name), .kind = INPUT_TEXT, .required = true, .max = 100 },
        { FIELD(struct operator_input, role), .kind = INPUT_CHOICE, .required = true,
          .choices = "operator agency_leader" },
        { .field = { 0 } },
    },
};
static const struct form OPERATOR_MOVE_FORM = {
    "operators",
    sizeof(struct operator_move_input),
    (const struct input[]){
        { FIELD(struct operator_move_input, version), .kind = INPUT_NUMBER, .required = true,
          .min = 1, .max = INT64_MAX },
        { FIELD(struct operator_move_input, agency_id), .kind = INPUT_ID },
        { .field = { 0 } },
    },
};
static const struct form VERSION_FORM = {
    "accounts",
    sizeof(struct version_input),
    (const struct input[]){
        { FIELD(struct version_input, version), .kind = INPUT_NUMBER, .required = true, .min = 1,
          .max = INT64_MAX },
        { .field = { 0 } },
    },
};
static const struct form HOLDING_FORM = {
    "holdings",
    sizeof(struct holding_input),
    (const struct input[]){
        { FIELD(struct holding_input, role), .kind = INPUT_TEXT, .required = true, .max = 40 },
        { FIELD(struct holding_input, scope), .kind = INPUT_CHOICE,
          .choices = "self committee agency org" },
        { FIELD(struct holding_input, scope_id), .kind = INPUT_ID },
        { FIELD(struct holding_input, from_on), .kind = INPUT_DAY },
        { FIELD(struct holding_input, to_on), .kind = INPUT_DAY },
        { .field = { 0 } },
    },
};
static const struct form TAKE_FORM = {
    "holdings",
    sizeof(struct take_input),
    (const struct input[]){
        { FIELD(struct take_input, holding_id), .kind = INPUT_ID, .required = true },
        { .field = { 0 } },
    },
};
static const struct form ROLE_FORM = {
    "roles",
    sizeof(struct role_input),
    (const struct input[]){
        { FIELD(struct role_input, code), .kind = INPUT_TEXT, .required = true, .max = 40 },
        { FIELD(struct role_input, name), .kind = INPUT_TEXT, .required = true, .max = 40 },
        { .field = { 0 } },
    },
};
static const struct form EFFECT_FORM = {
    "roles",
    sizeof(struct effect_input),
    (const struct input[]){
        { FIELD(struct effect_input, permission), .kind = INPUT_TEXT, .required = true,
          .max = 100 },
        { FIELD(struct effect_input, effect), .kind = INPUT_CHOICE, .required = true,
          .choices = "allow deny none" },
        { .field = { 0 } },
    },
};

/* ---- routes ---- */

static const struct route ROUTES[] = {
    { GET, "/login", page_login_show, .may = PUBLIC, .form = &NEXT_FORM, .unenrolled = true },
    { POST, "/login", page_login, .may = PUBLIC, .form = &LOGIN_FORM, .slow = page_login_prove,
      .redraw = page_login_show, .unenrolled = true },
    { GET, "/login/code", page_code_show, .may = PUBLIC, .form = &NEXT_FORM, .unenrolled = true },
    { POST, "/login/code", page_code, .may = PUBLIC, .form = &CODE_FORM, .redraw = page_code_show,
      .unenrolled = true },
    { GET, "/login/again", page_again_show, .may = SIGNED_IN, .form = &NEXT_FORM,
      .unenrolled = true },
    { POST, "/login/again", page_again, .may = SIGNED_IN, .form = &AGAIN_FORM,
      .slow = page_again_prove, .redraw = page_again_show, .unenrolled = true },
    { POST, "/logout", page_logout, .may = PUBLIC, .unenrolled = true },
    { GET, "/first", page_first_show, .may = PUBLIC, .unenrolled = true },
    { POST, "/first", page_first, .may = PUBLIC, .form = &FIRST_FORM, .slow = page_first_prove,
      .redraw = page_first_show, .unenrolled = true },

    { GET, "/me", page_me_show, .may = SIGNED_IN },
    { GET, "/me/password", page_password_show, .may = SIGNED_IN, .unenrolled = true },
    { POST, "/me/password", page_password, .may = SIGNED_IN, .form = &PASSWORD_FORM,
      .slow = page_password_prove, .redraw = page_password_show, .unenrolled = true },
    { GET, "/me/factor", page_factor_show, .may = SIGNED_IN, .unenrolled = true },
    { POST, "/me/factor/begin", page_factor_begin, .may = SIGNED_IN, .unenrolled = true,
      .reauth = true },
    { POST, "/me/factor", page_factor, .may = SIGNED_IN, .form = &FACTOR_FORM,
      .redraw = page_factor_show, .unenrolled = true, .reauth = true },
    { GET, "/me/logins", page_own_login_list, .may = SIGNED_IN },
    { POST, "/me/logins/end", page_own_login_end_others, .may = SIGNED_IN },
    { POST, "/me/logins/{id}/end", page_own_login_end, .may = SIGNED_IN },
    { GET, "/me/tokens", page_token_list, .may = SIGNED_IN },
    { POST, "/me/tokens", page_token_create, .may = SIGNED_IN, .form = &TOKEN_FORM,
      .redraw = page_token_list, .reauth = true },
    { POST, "/me/tokens/{id}/end", page_token_end, .may = SIGNED_IN },
    { GET, "/me/delegations", page_delegation_list, .may = SIGNED_IN },
    { POST, "/me/delegations", page_delegation_create, .may = SIGNED_IN, .form = &DELEGATION_FORM,
      .redraw = page_delegation_list, .reauth = true },
    { POST, "/me/delegations/{id}/end", page_delegation_end, .may = SIGNED_IN },
    { POST, "/me/acting", page_acting_set, .may = SIGNED_IN, .form = &ACTING_FORM },

    { GET, "/accounts", page_account_list, .may = "accounts.read", .api = true },
    { GET, "/accounts/new", page_account_form, .may = "accounts.create" },
    { POST, "/accounts/new", page_account_create, .may = "accounts.create", .form = &ACCOUNT_FORM,
      .slow = page_account_hash, .redraw = page_account_form, .reauth = true },
    { GET, "/accounts/{id}", page_account_show, .may = "accounts.read" },
    { POST, "/accounts/{id}/disable", page_account_disable, .may = "accounts.disable",
      .form = &VERSION_FORM },
    { POST, "/accounts/{id}/enable", page_account_enable, .may = "accounts.disable",
      .form = &VERSION_FORM },
    { POST, "/accounts/{id}/unlock", page_account_unlock, .may = "accounts.disable" },
    { POST, "/accounts/{id}/reset", page_account_reset, .may = "accounts.reset",
      .slow = page_account_hash, .reauth = true },
    { POST, "/accounts/{id}/agency", page_account_agency, .may = "accounts.create",
      .form = &OPERATOR_MOVE_FORM, .redraw = page_account_show },

    { GET, "/tenants", page_tenant_list, .may = "tenants.open", .api = true },
    { GET, "/tenants/new", page_tenant_form, .may = "tenants.open" },
    { POST, "/tenants/new", page_tenant_open, .may = "tenants.open", .form = &TENANT_FORM,
      .slow = page_tenant_prove, .redraw = page_tenant_form, .reauth = true, .api = true },

    { GET, "/orgs/{id}/accounts", page_operator_list, .may = "operators.manage", .api = true },
    { POST, "/orgs/{id}/accounts", page_operator_create, .may = "operators.manage",
      .form = &OPERATOR_FORM, .slow = page_account_hash, .redraw = page_operator_list,
      .api = true },
    { GET, "/operators/{id}", page_operator_show, .may = "operators.manage" },
    { POST, "/operators/{id}/move", page_operator_move, .may = "operators.manage",
      .form = &OPERATOR_MOVE_FORM, .redraw = page_operator_show, .api = true },
    { POST, "/operators/{id}/end", page_operator_end, .may = "operators.manage",
      .form = &VERSION_FORM, .redraw = page_operator_show, .api = true },

    { GET, "/holdings", page_holding_list, .may = "holdings.read", .api = true },
    { GET, "/holdings/{id}", page_holding_show, .may = "holdings.read" },
    { POST, "/holdings/{id}/give", page_holding_give, .may = "holdings.give", .form = &HOLDING_FORM,
      .redraw = page_holding_show, .reauth = true },
    { POST, "/holdings/{id}/take", page_holding_take, .may = "holdings.give", .form = &TAKE_FORM,
      .reauth = true },
    { POST, "/holdings/{id}/reset_factor", page_holding_reset_factor,
      .may = "holdings.reset_factor", .reauth = true },
    { GET, "/roles", page_role_list, .may = "roles.read" },
    { POST, "/roles", page_role_create, .may = "roles.change", .form = &ROLE_FORM,
      .redraw = page_role_list, .reauth = true },
    { GET, "/roles/{id}", page_role_show, .may = "roles.read" },
    { POST, "/roles/{id}/change", page_role_change, .may = "roles.change", .form = &EFFECT_FORM,
      .reauth = true },

    { GET, "/audits", page_audit_list, .may = "audits.read", .api = true },
    { GET, "/audits/{id}", page_audit_show, .may = "audits.read" },
    { GET, "/audits.csv", .slow = file_list, .may = "audits.export", .look = &AUDIT_LOOK },
    { GET, "/audits.xlsx", .slow = file_list, .may = "audits.export", .look = &AUDIT_LOOK },
    { GET, "/audits.jsonl", .slow = doc_audit_export, .may = "audits.export" },

    { GET, "/api/v1/me", api_me_show, .may = SIGNED_IN, .unenrolled = true },
    { POST, "/api/v1/login", api_login, .may = PUBLIC, .form = &LOGIN_FORM,
      .slow = page_login_prove, .unenrolled = true },
    { POST, "/api/v1/login/code", api_code, .may = PUBLIC, .form = &CODE_FORM, .unenrolled = true },
    { POST, "/api/v1/logout", api_logout, .may = PUBLIC, .unenrolled = true },
    { POST, "/api/v1/accounts", api_account_create, .may = "accounts.create", .form = &ACCOUNT_FORM,
      .slow = page_account_hash, .reauth = true },
    { GET, "/api/v1/accounts/{id}", api_account_show, .may = "accounts.read" },
    { POST, "/api/v1/accounts/{id}/unlock", api_account_unlock, .may = "accounts.disable" },
    { POST, "/api/v1/accounts/{id}/reset", api_account_reset, .may = "accounts.reset",
      .slow = page_account_hash, .reauth = true },
    { POST, "/api/v1/accounts/{id}/disable", api_account_disable, .may = "accounts.disable",
      .form = &VERSION_FORM },
    { POST, "/api/v1/accounts/{id}/enable", api_account_enable, .may = "accounts.disable",
      .form = &VERSION_FORM },
    { POST, "/api/v1/accounts/{id}/agency", api_account_agency, .may = "accounts.create",
      .form = &OPERATOR_MOVE_FORM },
    { POST, "/api/v1/accounts/{id}/holdings", api_holding_give, .may = "holdings.give",
      .form = &HOLDING_FORM, .reauth = true },
    { GET, "/api/v1/holdings/{id}", api_holding_show, .may = "holdings.read" },
    { POST, "/api/v1/holdings/{id}/take", api_holding_take, .may = "holdings.give",
      .form = &TAKE_FORM, .reauth = true },
    { POST, "/api/v1/holdings/{id}/reset_factor", api_holding_reset_factor,
      .may = "holdings.reset_factor", .reauth = true },
    { GET, "/api/v1/roles", api_role_list, .may = "roles.read" },
    { POST, "/api/v1/roles", api_role_create, .may = "roles.change", .form = &ROLE_FORM,
      .reauth = true },
    { GET, "/api/v1/roles/{id}", api_role_show, .may = "roles.read" },
    { POST, "/api/v1/roles/{id}/change", api_role_change, .may = "roles.change",
      .form = &EFFECT_FORM, .reauth = true },
    { POST, "/api/v1/me/password", api_own_password, .may = SIGNED_IN, .form = &PASSWORD_FORM,
      .slow = page_password_prove, .unenrolled = true },
    { GET, "/api/v1/me/factor", api_own_factor, .may = SIGNED_IN, .unenrolled = true },
    { POST, "/api/v1/me/factor/begin", api_own_factor_begin, .may = SIGNED_IN, .unenrolled = true,
      .reauth = true },
    { POST, "/api/v1/me/factor", api_own_factor_confirm, .may = SIGNED_IN, .form = &FACTOR_FORM,
      .unenrolled = true, .reauth = true },
    { GET, "/api/v1/me/logins", api_own_login_list, .may = SIGNED_IN },
    { POST, "/api/v1/me/logins/end", api_own_login_end_others, .may = SIGNED_IN },
    { POST, "/api/v1/me/logins/{id}/end", api_own_login_end, .may = SIGNED_IN },
    { GET, "/api/v1/me/tokens", api_token_list, .may = SIGNED_IN },
    { POST, "/api/v1/me/tokens", api_token_create, .may = SIGNED_IN, .form = &TOKEN_FORM,
      .reauth = true },
    { POST, "/api/v1/me/tokens/{id}/end", api_token_end, .may = SIGNED_IN },
    { GET, "/api/v1/me/delegations", api_delegation_list, .may = SIGNED_IN },
    { POST, "/api/v1/me/delegations", api_delegation_create, .may = SIGNED_IN,
      .form = &DELEGATION_FORM, .reauth = true },
    { POST, "/api/v1/me/delegations/{id}/end", api_delegation_end, .may = SIGNED_IN },
    { POST, "/api/v1/me/acting", api_acting_set, .may = SIGNED_IN, .form = &ACTING_FORM },
    { 0 },
};

/* ---- who, where, when ---- */

static const struct permission PERMISSIONS[] = {
    { "accounts.read", "sysadmin", ADMIN_SYSTEM },
    { "accounts.create", "sysadmin", ADMIN_SYSTEM },
    { "accounts.disable", "sysadmin", ADMIN_SYSTEM },
    { "accounts.reset", "sysadmin", ADMIN_SYSTEM },
    { "tenants.open", "sysadmin", ADMIN_SYSTEM }, /* and only in the house that runs this one */
    { "operators.manage", "staff", ADMIN_NONE },
    { "holdings.read", "secadmin", ADMIN_SECURITY },
    { "holdings.give", "secadmin", ADMIN_SECURITY },
    { "holdings.reset_factor", "secadmin", ADMIN_SECURITY },
    { "roles.read", "secadmin", ADMIN_SECURITY },
    { "roles.change", "secadmin", ADMIN_SECURITY },
    { "audits.read", "auditor", ADMIN_AUDIT },
    { "audits.export", "auditor", ADMIN_AUDIT },
    { 0 },
};

static const struct menu_item MENU[] = {
    { "tenants", "/tenants", "building-community", "tenants.open", MENU_SIDE, 78, "people" },
    { "accounts", "/accounts", "users", "accounts.read", MENU_TAB, 80, "people" },
    { "holdings", "/holdings", "user-check", "holdings.read", MENU_TAB, 82, "people" },
    { "roles", "/roles", "shield-check", "roles.read", MENU_TAB, 84, "people" },
    { "audits", "/audits", "history", "audits.read", MENU_TAB, 95, "settings" },
    { "me", "/me", "user", SIGNED_IN, MENU_TAB, 99, "settings" },
    { 0 },
};

static const struct job JOBS[] = {
    { .name = "accounts.tidy", .every_s = 86400, .per_org = true, .run = job_accounts_tidy },
    { 0 },
};

static const struct event EVENTS[] = {
    { "accounts.left",
      "it works for its agency no more: moved to another, or disabled; fact: NULL" },
    { 0 },
};

const struct module account_module = {
    .name = "accounts",
    .needs = (const char *const[]){ "orgs", NULL },
    .routes = ROUTES,
    .permissions = PERMISSIONS,
    .menu = MENU,
    .jobs = JOBS,
    .events = EVENTS,
    .lists = (const struct list *const[]){ &ACCOUNTS_LIST, &HOLDINGS_LIST, &AUDITS_LIST, NULL },
    .settings = ACCESS_SETTINGS,
    .settings_may = "settings.secure", /* the office's staff must not switch off its own safety */
};
