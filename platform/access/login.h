/* SPDX-License-Identifier: MulanPSL-2.0 */
/* How the web layer learns who asks. Implemented in platform/access; pages of sign-in live in
 * modules/accounts. A login's token is 256 random bits, stored only as a hash; a process keeps
 * loaded actors for at most one second, so a revoked login ends within that (quality A3). */
#ifndef HT_ACCESS_LOGIN_H
#define HT_ACCESS_LOGIN_H
#include "platform/access/access.h"
#include "platform/app.h"

/* Name of the cookie that carries a login's token (res_cookie adds __Host- over TLS). */
#define LOGIN_COOKIE "login"

/* What came with the request. */
struct credentials {
    str cookie; /* value of the login cookie, may be empty */
    str bearer; /* value after "Bearer ", may be empty */
    str address, agent;
    bool unattended; /* asked by a script of the page, not by a person: no use of the login */
};

/* Fills *out from the credentials: anonymous when there are none, or when they are not (any more)
 * valid; then *stale is true for a cookie that was sent but no longer counts (expired, revoked):
 * pages say so. Time-outs by setting: idle and absolute. mem: for texts of the actor. Reads only;
 * last-seen is written by access_touch, and not for what is unattended
 * (GB/T 22239-2019 8.1.4.1 b: an unattended page ends by its time). db is left bound to the actor's
 * organisation. A login whose second factor is still to come gives account_id 0 with login_id and
 * csrf of that login: only the pages of signing in care. While acting for another, person, member,
 * agency, committees and scopes are the delegator's, the scopes cut down to what was delegated.
 * Errors: those of the database. */
err access_actor(struct app *app, struct db *db, const struct credentials *credentials,
                 struct arena *mem, struct actor *out, bool *stale);

/* Writes last-seen times that have changed by more than a minute, in the write lane, outside
 * requests' transactions. */
err access_touch(struct app *app, struct db *db, i64 now_ms);

/* Forgets the actors kept by this process: called by whoever changes accounts, roles, holdings,
 * delegations or logins. Other processes follow within a second. */
void access_forget(void);

/* Interns the declared permissions of all modules and the platform; called once at start. Errors:
 * INVALID with the name of a permission declared twice (access.declared_twice), naming a role that
 * does not exist or belongs to another of the separated administrators (access.unknown_role,
 * access.role_of_other_area), or of an auditor's permission that opens a changing route. */
err access_start(struct app *app);
#endif
