/* SPDX-License-Identifier: MulanPSL-2.0 */
/* How the web layer learns who asks. Implemented in platform/access; pages of sign-in live in modules/accounts.
 * A login's token is 256 random bits, stored only as a hash; a process keeps loaded actors for at most one second, so a revoked
 * login ends within that (quality A3). */
#ifndef HT_ACCESS_LOGIN_H
#define HT_ACCESS_LOGIN_H
#include "platform/access/access.h"
#include "platform/app.h"

/* What came with the request. */
struct credentials {
    str cookie;  /* value of the login cookie, may be empty */
    str bearer;  /* value after "Bearer ", may be empty */
    str address, agent;
};

/* Fills *out from the credentials: anonymous when there are none, or when they are not (any more) valid; then *stale is true for a cookie
 * that was sent but no longer counts (expired, revoked): pages say so. Time-outs by setting: idle and absolute.
 * mem: for texts of the actor. Reads only; last-seen is written by access_touch. Errors: those of the database. */
err access_actor(struct app *app, struct db *db, const struct credentials *credentials, struct arena *mem,
                 struct actor *out, bool *stale);

/* Writes last-seen times that have changed by more than a minute, in the write lane, outside requests' transactions. */
err access_touch(struct app *app, struct db *db, i64 now_ms);

/* Interns the declared permissions of all modules and the platform; called once at start. Errors: INVALID with the name of a
 * permission declared twice. */
err access_start(struct app *app);
#endif
