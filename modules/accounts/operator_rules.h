/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Accounts of the staff of agencies (承办单位): opened, moved and ended by the office, with the two
 * roles that come with working for an agency and with nothing else. All other roles are the
 * security administrator's (account_rules.h). SQL: account_store.c. Pages: operator_pages.c. */
#ifndef HT_ACCOUNTS_OPERATOR_RULES_H
#define HT_ACCOUNTS_OPERATOR_RULES_H
#include "modules/accounts/account_store.h"

/* A new one. role: "operator" or "agency_leader", always in scope agency. password_hash: of a
 * one-time password. */
struct operator_new {
    i64 agency_id;
    str login_name, name, role, password_hash;
};

/* Opens it and gives the role. Errors: INVALID with faults on rq (login_name, name, role,
 * agency_id). */
err operator_create(struct rq *rq, const struct operator_new *given, i64 *id);

/* Accounts of an agency, active ones first; struct operator_line rows. */
err operator_list(struct rq *rq, i64 agency_id, struct rows *out);

/* An account that the office may move or end: it works for an agency, and whatever roles it holds
 * reach no farther. Errors: NOT_FOUND accounts.not_found (also when it works for no agency);
 * FORBIDDEN operators.other_roles. */
err operator_find(struct rq *rq, i64 id, struct account *out);

/* To another agency: its log-ins end, what it may see follows the agency. Errors: as operator_find;
 * INVALID with a fault at agency_id; CONFLICT db.version, operators.same_agency, accounts.state. */
err operator_move(struct rq *rq, i64 id, i64 version, i64 agency_id);

/* Ends it: roles from today on, log-ins, the account. What was to be done stays with the agency.
 * Errors: as operator_find; CONFLICT db.version, accounts.state, accounts.not_oneself. */
err operator_end(struct rq *rq, i64 id, i64 version);

/* Notes a fault at agency_id unless the body may be given assignments today. 0 is no fault. */
err operator_check_agency(struct rq *rq, i64 agency_id);

/* What is left when an agency has lost one: how many active accounts, how many to-dos. */
struct operator_rest {
    i64 accounts, todos;
};
err operator_rest_of(struct rq *rq, i64 agency_id, struct operator_rest *out);
#endif
