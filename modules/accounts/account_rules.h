/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of administering accounts that only this module's pages and API call; account.h is the face
 * to others. Every function judges, writes and audits in rq's transaction. */
#ifndef HT_ACCOUNTS_ACCOUNT_RULES_H
#define HT_ACCOUNTS_ACCOUNT_RULES_H
#include "modules/accounts/account_store.h"

enum { RECOVERY_CODES = 10, ONE_TIME_GROUPS = 3, DELEGATION_DAYS_MAX = 366, TOKEN_DAYS_MAX = 730 };

/* ---- by the system administrator ---- */

/* version: as the page was drawn. Errors: NOT_FOUND; CONFLICT accounts.not_oneself,
 * accounts.last_admin, accounts.state, db.version. */
err account_disable(struct rq *rq, i64 id, i64 version);
err account_enable(struct rq *rq, i64 id, i64 version);
err account_unlock(struct rq *rq, i64 id);

/* A one-time password for another. Errors: NOT_FOUND; FORBIDDEN accounts.admin_password when the
 * account holds an administrator's role (it is reset on the machine). */
err account_reset_password(struct rq *rq, i64 id, str hash);

/* ---- by the security administrator ---- */

/* Takes a role away from today on. Errors: NOT_FOUND holdings.not_found; FORBIDDEN
 * holdings.not_to_oneself; CONFLICT holdings.ended, accounts.last_admin. */
err account_take_role(struct rq *rq, i64 holding_id);

/* Removes the second factor and ends all logins: it must be set up anew. FORBIDDEN
 * holdings.not_to_oneself. */
err account_reset_factor(struct rq *rq, i64 id);

/* Errors: INVALID roles.code; CONFLICT roles.code_taken. */
err role_create(struct rq *rq, str code, str name, i64 *id);

/* effect: allow, deny, none. Errors: NOT_FOUND roles.not_found; INVALID roles.permission (not
 * declared, or of another administrator's area). */
err role_change(struct rq *rq, i64 role_id, const struct role_effect *effect);

/* Words of a role: the site's own name, else the shipped label. */
str role_label(str code, str name);

/* ---- by oneself ---- */

/* The password chosen by the actor: judged with the site's profile and history, hashed; slow lane.
 * Faults are noted on rq at field `password`; then INVALID form.faults. */
err account_choose_password(struct rq *rq, str password, str *hash);

/* Takes it over: all other logins end, *cookie is the new one's value. */
err account_change_password(struct rq *rq, str hash, str *cookie);

/* A fresh secret waiting for its first code; the one that waits, empty if none. */
err account_begin_factor(struct rq *rq);
err account_pending_factor(struct rq *rq, str *secret);

/* The first code of the waiting secret: takes it over, *codes are new recovery codes to be shown
 * once, *cookie the new login's. Errors: INVALID accounts.code_wrong; CONFLICT
 * accounts.no_factor_pending. */
err account_confirm_factor(struct rq *rq, str code, strs *codes, str *cookie);

/* Ends a login of the actor's account; 0 = all others. Errors: NOT_FOUND logins.not_found. */
err login_end(struct rq *rq, i64 id);

/* Errors: NOT_FOUND tokens.not_found. */
err token_end(struct rq *rq, i64 id);

/* The collections in which the actor may do something that can be delegated, in order of name. */
strs delegation_collections(struct rq *rq);

/* The actor's permissions in some collections, names separated by spaces. */
str delegation_permissions(struct rq *rq, const strs *collections);

/* Lets another act in some collections, with every permission that the actor has there today.
 * Errors: FORBIDDEN delegations.while_acting; INVALID with faults: delegations.no_account,
 * .oneself, .collections, .dates, .again (the same is in force already). */
struct delegation_new {
    str login_name, note;
    strs collections;
    i64 from_on, to_on;
};
err delegation_create(struct rq *rq, const struct delegation_new *delegation);

/* Ended by either side. Errors: NOT_FOUND delegations.not_found. */
err delegation_end(struct rq *rq, i64 id);

/* ---- first start ---- */

/* One of the three. */
struct first_admin {
    str login_name, name, password_hash;
};
/* Makes the organisation where there is none, and the three administrators. Errors: CONFLICT
 * accounts.first_done; INVALID accounts.first_code, and those of account_create. */
err first_set_up(struct rq *rq, str code, str org_name, const struct first_admin admins[3]);

/* Their roles, in the order of admins. */
extern const char *const FIRST_ROLES[3];
#endif
