/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Accounts for other modules, the command line and the demo: make one, give it a role, a password,
 * a token. Who may call is the route's permission or the shell; what may be combined is judged
 * here. Signing in: platform/access/signin.h. */
#ifndef HT_ACCOUNTS_ACCOUNT_H
#define HT_ACCOUNTS_ACCOUNT_H
#include "platform/web/web.h"

struct account {
    i64 id, version, person_id, member_id, agency_id, created_at, disabled_at;
    str login_name, kind, name, state; /* kind: person, body; state: active, disabled */
};

/* A new account. login_name is folded to lower case, 2 to 60 letters, digits, Han characters, . _ -
 * @. kind: "person" (also when empty) or "body". password_hash: from account_hash_password, or
 * empty: cannot sign in before a password is set. one_time: must be changed at the first
 * sign-in. */
struct account_new {
    str login_name, kind, name, password_hash;
    i64 person_id, member_id, agency_id;
    bool one_time;
};

/* Makes it in rq's organisation; audited.
 * Errors: CONFLICT accounts.login_name_taken; INVALID accounts.login_name, accounts.name. */
err account_create(struct rq *rq, const struct account_new *account, i64 *id);

/* By id or login name in rq's organisation. Errors: NOT_FOUND accounts.not_found. */
err account_find(struct rq *rq, i64 id, struct account *out);
err account_find_by_login_name(struct rq *rq, str login_name, struct account *out);

/* How many accounts a person has in rq's organisation, disabled ones too. */
err account_count_of_person(struct rq *rq, i64 person_id, i64 *count);

/* The person's account that is not disabled, the oldest first; id 0 when there is none. */
err account_find_of_person(struct rq *rq, i64 person_id, struct account *out);

/* The accounts that work for an agency and are not disabled, by name, at most 500: struct account
 * rows. */
err account_list_of_agency(struct rq *rq, i64 agency_id, struct rows *out);

/* The accounts that hold a role for the whole organisation today and are not disabled, by name, at
 * most 500: struct account rows. Errors: those of the database. */
err account_list_holding(struct rq *rq, str role, struct rows *out);

/* Whether the account's own roles of today give it a permission, however far it reaches. Errors:
 * NOT_FOUND accounts.not_found. */
err account_may(struct rq *rq, i64 id, const char *permission, bool *may);

/* Ties an account that has no person yet to one; its log-ins end; audited. What roles it then needs
 * is the caller's to give. Errors: NOT_FOUND accounts.not_found; CONFLICT accounts.has_person
 * (it is somebody's already), accounts.state, accounts.is_body. */
err account_link_person(struct rq *rq, i64 id, i64 person_id, i64 member_id);

/* Judges a password by the site's profile, without history, and hashes it: 100 ms, so not in a
 * write transaction. Errors: INVALID accounts.password_short, _long, _common, _personal, _classes
 * with limits as arguments; BUSY. */
struct account_names {
    str login_name, name;
};
err account_hash_password(struct rq *rq, const struct account_names *names, str password,
                          str *hash);

/* A password that the house makes up, and its hash: for one-time use. */
err account_make_password(struct rq *rq, str *password, str *hash);

/* Sets a hashed password, ends all logins, unlocks; audited. Errors: NOT_FOUND
 * accounts.not_found. */
err account_set_password(struct rq *rq, i64 id, str hash, bool one_time);

/* Sets or clears (0) the agency (承办单位) that an account works for: by the system administrator
 * or from the shell. Its log-ins end; audited. Errors: NOT_FOUND accounts.not_found; INVALID with a
 * fault at agency_id; CONFLICT db.version, accounts.not_oneself. */
err account_set_agency(struct rq *rq, i64 id, i64 version, i64 agency_id);

/* A role for an account. role: code. scope: "self", "committee", "agency", "org", empty = the
 * role's own; scope_id: the committee. from_on 0 = today; to_on 0 = open. */
struct holding_new {
    str role, scope;
    i64 scope_id, from_on, to_on;
};

/* Gives it; the account's logins end when the role is an administrator's. id may be NULL; audited.
 * Errors: NOT_FOUND accounts.not_found, roles.not_found; INVALID holdings.scope, holdings.dates;
 * CONFLICT holdings.already, holdings.separated (separated administrators); FORBIDDEN
 * holdings.not_to_oneself. */
err account_give_role(struct rq *rq, i64 account_id, const struct holding_new *holding, i64 *id);

/* What a member's accounts may as a member: with the seat gone the roles member and head end on
 * last_on or yesterday, whichever is later, and the log-ins with them; tokens and delegations too
 * where no other role is left. With a new seat the role member begins again for those that held it
 * before. Audited. */
err account_set_membership(struct rq *rq, i64 member_id, bool serving, i64 day);

/* Disables all accounts of a person who is no more. Errors: as those of disabling one. */
err account_close_of_person(struct rq *rq, i64 person_id);

/* A token for the API. permissions: names separated by spaces, empty = all of the account's; days:
 * until it expires, 1 to 730. token: to be shown once, it is stored as a hash; audited. Errors:
 * NOT_FOUND accounts.not_found; INVALID tokens.days, tokens.permissions. */
struct token_new {
    i64 account_id, days;
    str name, permissions;
};
err token_create(struct rq *rq, const struct token_new *token, str *out);

/* Whether the installation has no account yet; and a fresh code for /first, good for 24 hours,
 * replacing earlier ones: to be printed on the console. Errors: CONFLICT accounts.first_done when
 * there are accounts. */
err first_is_needed(struct rq *rq, bool *needed);
err first_code_make(struct rq *rq, str *code);
#endif
