/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of administering accounts. The tables belong to platform/access. */
#ifndef HT_ACCOUNTS_ACCOUNT_STORE_H
#define HT_ACCOUNTS_ACCOUNT_STORE_H
#include "modules/accounts/account.h"

/* ---- accounts ---- */

/* An account with its secrets row; one by id or login name in the organisation (NOT_FOUND
 * db.no_row); how many there are, and how many of a login name, over the installation; the
 * oldest active one of a person; its person and member, and its state, by id and version (CONFLICT
 * db.version). */
err account_store_add(struct rq *rq, const struct account_new *a, i64 *id);
err account_store_find(struct rq *rq, i64 id, struct account *out);
err account_store_find_by_login_name(struct rq *rq, str login_name, struct account *out);
err account_store_count_all(struct rq *rq, i64 *count);
err account_store_count_login_name(struct rq *rq, str login_name, i64 *count);
err account_store_count_person(struct rq *rq, i64 person_id, i64 *count);
err account_store_find_of_person(struct rq *rq, i64 person_id, struct account *out);
err account_store_set_person(struct rq *rq, const struct account *a);
err account_store_set_state(struct rq *rq, const struct account *a, const char *state);

/* The agency that an account works for, by id and version (CONFLICT db.version); the accounts of an
 * agency with the roles that they hold today; how many of them are active. */
struct operator_line {
    i64 id, version, created_at;
    str login_name, name, state;
    bool operates, leads;
};
err account_store_list_of_agency(struct rq *rq, i64 agency_id, struct rows *out);
err account_store_list_holding(struct rq *rq, str role, struct rows *out);
err account_store_set_agency(struct rq *rq, const struct account *a, i64 agency_id);
err operator_store_list(struct rq *rq, i64 agency_id, struct rows *out);
err operator_store_count(struct rq *rq, i64 agency_id, i64 *count);

/* Sets the password, keeping the old hash; clears failures and lock. */
err account_store_set_password(struct rq *rq, i64 id, str hash, bool one_time);
err account_store_unlock(struct rq *rq, i64 id);

/* Hashes of the present and the last `limit` passwords: struct hash_row. */
struct hash_row {
    str password_hash;
};
err account_store_list_passwords(struct rq *rq, i64 id, i64 limit, struct rows *out);

/* ---- second factor ---- */

/* The waiting secret, sealed; taking it over with the step just used; removing both. Recovery codes
 * by their hashes. */
err account_store_set_pending(struct rq *rq, i64 id, bytes sealed);
err account_store_take_pending(struct rq *rq, i64 id, i64 step);
err account_store_clear_factor(struct rq *rq, i64 id);
err account_store_clear_recovery(struct rq *rq, i64 id);
err account_store_add_recovery(struct rq *rq, i64 id, str code_hash);
err account_store_count_recovery(struct rq *rq, i64 id, i64 *count);

/* ---- roles and holdings ---- */

struct role {
    i64 id, version, holders;
    str code, name, area;
    bool office;
};
/* A role by number or code (NOT_FOUND db.no_row); all, with how many hold them today; a site's
 * own. */
err role_store_find(struct rq *rq, i64 id, struct role *out);
err role_store_find_by_code(struct rq *rq, str code, struct role *out);
err role_store_list(struct rq *rq, struct rows *out);
err role_store_add(struct rq *rq, str code, str name, i64 *id);

struct role_effect {
    str permission, effect;
};
/* What a role allows and denies; setting and clearing one. */
err role_store_list_effects(struct rq *rq, i64 role_id, struct rows *out);
err role_store_set_effect(struct rq *rq, i64 role_id, const struct role_effect *effect);
err role_store_clear_effect(struct rq *rq, i64 role_id, str permission);

struct holding {
    i64 id, account_id, role_id, scope_id, from_on, to_on;
    str role, role_name, area, scope_kind, name, login_name;
};
/* One by number; NOT_FOUND db.no_row. */
err holding_store_find(struct rq *rq, i64 id, struct holding *out);
/* Of one account, newest first. */
err holding_store_list(struct rq *rq, i64 account_id, struct rows *out);
/* Holdings of an account, or of other accounts of the same person, that have not ended. */
err holding_store_list_of_person(struct rq *rq, const struct account *a, struct rows *out);
err holding_store_add(struct rq *rq, const struct holding *h, i64 *id);
err holding_store_end(struct rq *rq, i64 id, i64 to_on);

/* Active accounts of a member that hold the roles member or head today, or held member before. */
struct membership {
    i64 account_id, holding_id; /* holding_id: 0 = none in force */
    str role;
};
err holding_store_list_membership(struct rq *rq, i64 member_id, struct rows *out);
/* Active accounts other than one that hold a role of an area today. */
err holding_store_count_others(struct rq *rq, str area, i64 but_account_id, i64 *count);

/* ---- logins, tokens, delegations ---- */

struct login_line {
    i64 id, created_at, seen_at;
    str address, agent;
};
/* Open logins of an account, newest first. */
err login_store_list(struct rq *rq, i64 account_id, struct rows *out);

struct token_line {
    i64 id, created_at, expires_at, seen_at, ended_at;
    str name, permissions;
};
/* Tokens of an account; ending one gives CONFLICT db.version when there is no open one. */
err token_store_add(struct rq *rq, const struct token_new *t, str token_hash);
err token_store_list(struct rq *rq, i64 account_id, struct rows *out);
err token_store_end(struct rq *rq, i64 account_id, i64 id);

struct delegation {
    i64 id, from_account_id, to_account_id, from_on, to_on, created_at, ended_at;
    str permissions, note, from_name, to_name;
};
/* A new one. */
err delegation_store_add(struct rq *rq, const struct delegation *d, i64 *id);
/* One by number; NOT_FOUND db.no_row. */
err delegation_store_find(struct rq *rq, i64 id, struct delegation *out);

/* Given by or to an account, newest first. */
err delegation_store_list(struct rq *rq, i64 account_id, struct rows *out);
/* By either side; CONFLICT db.version when there is none that could be ended. */
err delegation_store_end(struct rq *rq, i64 account_id, i64 id);

/* Ends the tokens of an account that has no role in force, and what it gave to others or was
 * given. */
err account_store_end_powers(struct rq *rq, i64 account_id);

/* ---- first start, tidying ---- */

/* A fresh code in place of unused ones; using one made after a moment (CONFLICT db.version when
 * there is none); logins not seen since a moment go. */
err first_store_add(struct rq *rq, str code_hash);
err first_store_use(struct rq *rq, str code_hash, i64 made_after);
err login_store_remove_old(struct rq *rq, i64 before_ms);
#endif
