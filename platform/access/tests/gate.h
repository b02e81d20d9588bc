/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A house with two organisations, a sample module and accounts made by plain SQL, for the tests of
 * access and audit. Each test runs in a transaction that is rolled back; the clock can be moved. */
#ifndef HT_ACCESS_TESTS_GATE_H
#define HT_ACCESS_TESTS_GATE_H
#include "platform/flow/tests/stage.h"

/* The password of every account that gate_account makes, and its argon2id hash (made once). */
#define GATE_PASSWORD "correct horse battery"

extern struct stage gate;

/* cmocka fixtures: group and test. */
int gate_open(void **state);
int gate_close(void **state);
int gate_begin(void **state);
int gate_end(void **state);

/* An active account with a password in an organisation; name is its login name too. Returns its
 * id. */
i64 gate_account(i64 org_id, const char *name);

/* Gives a role from 2026-01-01 on. scope as in holdings. */
void gate_give(i64 org_id, i64 account_id, const char *role, const char *scope, i64 scope_id);

/* A deny or allow of a role, by the site. */
void gate_permit(i64 org_id, const char *role, const char *permission, const char *effect);

/* Stores a setting of an organisation. */
void gate_set(i64 org_id, const char *name, const char *value);

/* Runs one statement in an organisation. */
void gate_run(i64 org_id, struct sql sql);

/* Number of rows of audits with this act in an organisation. */
i64 gate_audits(i64 org_id, const char *act);

/* A request of nobody, or of the actor of a cookie. *actor is filled. */
struct rq *gate_visitor(struct actor *actor);
struct rq *gate_rq(const char *cookie, struct actor *actor, bool *stale);

/* Signs in with GATE_PASSWORD and gives the cookie's value; fails the test unless that works. */
const char *gate_sign_in(const char *name);

/* Moves the clock and forgets kept actors. */
void gate_later(i64 ms);
#endif
