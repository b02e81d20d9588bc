/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What several pages of accounts have alike: choices of agencies, what the form of a new account
 * says. Handlers: account_pages.h; what views take: account_views.h. */
#ifndef HT_ACCOUNTS_ACCOUNT_PARTS_H
#define HT_ACCOUNTS_ACCOUNT_PARTS_H
#include "modules/accounts/account_views.h"
#include "platform/access/signin.h"

/* Bodies that may be given assignments; before them a choice of none with that text. */
err account_agency_choices(struct rq *rq, i64 chosen, const char *none, struct view_choices *out);

/* Judges what the form of a new account says beside the account itself: its agency. Errors: INVALID
 * form.faults. */
err account_check_input(struct rq *rq);

/* Makes the account that the form of a new account says, with the one-time password of the slow
 * half. Errors: INVALID form.faults, accounts.login_name; CONFLICT accounts.login_name_taken. */
err account_create_from_input(struct rq *rq, i64 *id);

/* What page_password_prove found: whether the present password is right, and the new one's hash. */
struct chosen {
    struct signin_proof proof;
    str hash;
};

/* Takes that new password; *cookie is set where the present one was right, what it was stands in
 * *result. Errors: those of the database. */
err own_password_take(struct rq *rq, struct signin_result *result, str *cookie);
#endif
