/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Signing in and out: password (two halves, because argon2id runs in the slow lane), second factor,
 * lock-out, giving the password again, acting for another. Pages: modules/accounts. A wrong
 * password is no err: its counters must be committed. */
#ifndef HT_ACCESS_SIGNIN_H
#define HT_ACCESS_SIGNIN_H
#include "platform/access/access_store.h"
#include "platform/web/web.h"

enum { SIGNIN_TRIES = 5, SIGNIN_CODE_TRIES = 5, SIGNIN_LOCK_MINUTES = 15 };

/* What the slow half found out about a typed name and password. */
struct signin_proof {
    i64 org_id, account_id; /* 0 = no such account */
    bool right;             /* the password belongs to the account */
};

/* Slow lane: looks the account up and hashes, also for an unknown or disabled account, so that all
 * take the same time. login_name: as typed. Errors: those of the database. */
err signin_prove(struct rq *rq, str login_name, str password, struct signin_proof *out);

/* The same for the account that is signed in, for giving the password again and for changing it. */
err signin_prove_own(struct rq *rq, str password, struct signin_proof *out);

enum signin_outcome {
    SIGNIN_DONE,           /* token is a new login */
    SIGNIN_SECOND,         /* token is a pending login; the code comes next */
    SIGNIN_REFUSED,        /* unknown, wrong, locked or disabled: nobody learns which */
    SIGNIN_ADDRESS_LOCKED, /* too many failures from this address */
    SIGNIN_GONE            /* the pending login has run out or was tried too often: begin again */
};

struct signin_result {
    enum signin_outcome outcome;
    str token;     /* for the cookie; in rq->mem */
    i64 max_age_s; /* of the cookie: 0 = until the browser closes */
};

/* Write lane: counts failures (account: 5 in a row, address: setting accounts.address_failures
 * within 15 minutes; both lock for 15 minutes), makes the login, writes the audit entry. Errors:
 * those of the database. */
err signin_finish(struct rq *rq, const struct signin_proof *proof, struct signin_result *out);

/* Write lane: the code of the pending login in rq->actor: six digits of the authenticator, or a
 * recovery code. The login gets a new token. */
err signin_second(struct rq *rq, str code, struct signin_result *out);

/* Write lane: ends the actor's login. */
err signin_out(struct rq *rq);

/* Write lane: the password was given again. CONFLICT-free: right = false counts a failure like
 * signing in does and *out is SIGNIN_REFUSED, else SIGNIN_DONE with token empty. */
err signin_again(struct rq *rq, const struct signin_proof *proof, struct signin_result *out);

/* Write lane: acts for the giver of a delegation to this account from now on; 0 = as oneself again.
 * Errors: NOT_FOUND delegations.not_found when it is not in force or not to this account. */
err signin_act_for(struct rq *rq, i64 delegation_id);

/* A new open login of an account in place of the actor's present one, after its password or second
 * factor changed: all other logins end. *token is for the cookie. */
err signin_renew(struct rq *rq, str *token);

/* A request in the name of an account of another organisation than rq's: same transaction, db bound
 * to it until signin_scope_end. actor must outlive it. */
struct rq signin_scope(struct rq *rq, i64 org_id, i64 account_id, struct actor *actor);
void signin_scope_end(struct rq *rq);
#endif
