/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Inputs of this module's forms and its handlers, by file; the tables are in account_module.c, what
 * views take in account_views.h. */
#ifndef HT_ACCOUNTS_ACCOUNT_PAGES_H
#define HT_ACCOUNTS_ACCOUNT_PAGES_H
#include "platform/web/web.h"

/* ---- login_pages.c: the door ---- */

/* next stands first in all of them, so that a redrawn page finds it whichever form was sent. */
struct next_input {
    str next;
};
struct login_input {
    str next, login_name, password;
};
struct code_input {
    str next, code;
};
struct again_input {
    str next, password;
};
/* Handlers of these routes. */
err page_login_show(struct rq *rq, struct res *res);
err page_login_prove(struct rq *rq, struct res *res); /* slow */
err page_login(struct rq *rq, struct res *res);
err page_code_show(struct rq *rq, struct res *res);
err page_code(struct rq *rq, struct res *res);
err page_again_show(struct rq *rq, struct res *res);
err page_again_prove(struct rq *rq, struct res *res); /* slow */
err page_again(struct rq *rq, struct res *res);
err page_logout(struct rq *rq, struct res *res);

/* ---- first_pages.c: the first administrators ---- */

struct first_input {
    str code, org_name;
    str sysadmin_login, sysadmin_name, sysadmin_password;
    str secadmin_login, secadmin_name, secadmin_password;
    str auditor_login, auditor_name, auditor_password;
};
/* Handlers of these routes. */
err page_first_show(struct rq *rq, struct res *res);
err page_first_prove(struct rq *rq, struct res *res); /* slow */
err page_first(struct rq *rq, struct res *res);

/* ---- own_pages.c: one's own account ---- */

struct password_input {
    str current, password, again;
};
struct factor_input {
    str code;
};
struct token_input {
    str name;
    i64 days;
    strs collections;
};
struct delegation_input {
    str login_name, note;
    strs collections;
    i64 from_on, to_on;
};
struct acting_input {
    i64 delegation_id;
};
/* Handlers of these routes. */
err page_me_show(struct rq *rq, struct res *res);
err page_password_show(struct rq *rq, struct res *res);
err page_password_prove(struct rq *rq, struct res *res); /* slow */
err page_password(struct rq *rq, struct res *res);
err page_factor_show(struct rq *rq, struct res *res);
err page_factor_begin(struct rq *rq, struct res *res);
err page_factor(struct rq *rq, struct res *res);
err page_own_login_list(struct rq *rq, struct res *res);
err page_own_login_end(struct rq *rq, struct res *res);
err page_own_login_end_others(struct rq *rq, struct res *res);
err page_token_list(struct rq *rq, struct res *res);
err page_token_create(struct rq *rq, struct res *res);
err page_token_end(struct rq *rq, struct res *res);
err page_delegation_list(struct rq *rq, struct res *res);
err page_delegation_create(struct rq *rq, struct res *res);
err page_delegation_end(struct rq *rq, struct res *res);
err page_acting_set(struct rq *rq, struct res *res);

/* ---- account_pages.c: the system administrator ---- */

struct account_input {
    str login_name, name, kind;
    i64 agency_id; /* 0 = works for no agency */
};
struct version_input {
    i64 version;
};
/* What page_account_hash leaves: a one-time password with its hash. */
struct one_time {
    str password, hash;
};
/* Handlers of these routes. */
err page_account_list(struct rq *rq, struct res *res);
err page_account_form(struct rq *rq, struct res *res);
/* slow: makes and hashes a one-time password */
err page_account_hash(struct rq *rq, struct res *res);
err page_account_create(struct rq *rq, struct res *res);
err page_account_show(struct rq *rq, struct res *res);
err page_account_disable(struct rq *rq, struct res *res);
err page_account_enable(struct rq *rq, struct res *res);
err page_account_unlock(struct rq *rq, struct res *res);
err page_account_reset(struct rq *rq, struct res *res);
err page_account_agency(struct rq *rq, struct res *res);

/* ---- tenant_pages.c: another cppcc in this installation ---- */

struct tenant_input {
    str name, short_name, code, area;
    str office_login, office_name, sysadmin_login, sysadmin_name;
    str secadmin_login, secadmin_name, auditor_login, auditor_name;
};
extern const struct form TENANT_FORM;
/* Handlers of these routes; pages and API alike. */
err page_tenant_list(struct rq *rq, struct res *res);
err page_tenant_form(struct rq *rq, struct res *res);
err page_tenant_prove(struct rq *rq, struct res *res); /* slow */
err page_tenant_open(struct rq *rq, struct res *res);

/* ---- operator_pages.c: the office, for agencies ---- */

struct operator_input {
    str login_name, name, role;
};
struct operator_move_input {
    i64 version, agency_id;
};
/* Handlers of these routes; pages and API alike. */
err page_operator_list(struct rq *rq, struct res *res);
err page_operator_create(struct rq *rq, struct res *res);
err page_operator_show(struct rq *rq, struct res *res);
err page_operator_move(struct rq *rq, struct res *res);
err page_operator_end(struct rq *rq, struct res *res);

/* ---- role_pages.c: the security administrator ---- */

struct holding_input {
    str role, scope;
    i64 scope_id, from_on, to_on;
};
struct take_input {
    i64 holding_id;
};
struct role_input {
    str code, name;
};
struct effect_input {
    str permission, effect;
};
/* Handlers of these routes. */
err page_holding_list(struct rq *rq, struct res *res);
err page_holding_show(struct rq *rq, struct res *res);
err page_holding_give(struct rq *rq, struct res *res);
err page_holding_take(struct rq *rq, struct res *res);
err page_holding_reset_factor(struct rq *rq, struct res *res);
err page_role_list(struct rq *rq, struct res *res);
err page_role_create(struct rq *rq, struct res *res);
err page_role_show(struct rq *rq, struct res *res);
err page_role_change(struct rq *rq, struct res *res);

/* ---- audit_pages.c: the auditor ---- */

/* Handlers of these routes. */
extern const struct list_look AUDIT_LOOK;
err page_audit_list(struct rq *rq, struct res *res);
err page_audit_show(struct rq *rq, struct res *res);
err doc_audit_export(struct rq *rq, struct res *res); /* slow: the chain as JSON Lines */

/* ---- account_api.c ---- */

/* Handlers of these routes. */
err api_me_show(struct rq *rq, struct res *res);
err api_login(struct rq *rq, struct res *res);
err api_code(struct rq *rq, struct res *res);
err api_logout(struct rq *rq, struct res *res);
err api_account_create(struct rq *rq, struct res *res);
err api_account_disable(struct rq *rq, struct res *res);
err api_account_enable(struct rq *rq, struct res *res);
err api_account_agency(struct rq *rq, struct res *res);
err api_account_show(struct rq *rq, struct res *res);
err api_account_unlock(struct rq *rq, struct res *res);
err api_account_reset(struct rq *rq, struct res *res);

/* ---- role_api.c ---- */

/* Handlers of these routes. */
err api_holding_show(struct rq *rq, struct res *res);
err api_holding_give(struct rq *rq, struct res *res);
err api_holding_take(struct rq *rq, struct res *res);
err api_holding_reset_factor(struct rq *rq, struct res *res);
err api_role_list(struct rq *rq, struct res *res);
err api_role_show(struct rq *rq, struct res *res);
err api_role_create(struct rq *rq, struct res *res);
err api_role_change(struct rq *rq, struct res *res);

/* ---- own_api.c ---- */

/* Handlers of these routes. */
err api_own_password(struct rq *rq, struct res *res);
err api_own_factor(struct rq *rq, struct res *res);
err api_own_factor_begin(struct rq *rq, struct res *res);
err api_own_factor_confirm(struct rq *rq, struct res *res);
err api_own_login_list(struct rq *rq, struct res *res);
err api_own_login_end(struct rq *rq, struct res *res);
err api_own_login_end_others(struct rq *rq, struct res *res);
err api_token_list(struct rq *rq, struct res *res);
err api_token_create(struct rq *rq, struct res *res);
err api_token_end(struct rq *rq, struct res *res);
err api_delegation_list(struct rq *rq, struct res *res);
err api_delegation_create(struct rq *rq, struct res *res);
err api_delegation_end(struct rq *rq, struct res *res);
err api_acting_set(struct rq *rq, struct res *res);

/* ---- account_jobs.c ---- */

/* Handlers of these routes. */
err job_accounts_tidy(struct rq *rq, bool *again);
#endif
