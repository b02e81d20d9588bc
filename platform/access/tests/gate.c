/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See gate.h. */
#include "platform/access/tests/gate.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/access/access_settings.h"
#include "platform/access/access_store.h"
#include "platform/access/actor_cache.h"
#include "platform/access/login.h"
#include "platform/access/secret.h"
#include "platform/access/signin.h"
#include "platform/base/str.h"
#include "platform/module.h"

struct stage gate;
static str hash;

static const struct permission PERMISSIONS[] = {
    { "samples.read", "member staff operator citizen", ADMIN_NONE },
    { "samples.change", "staff", ADMIN_NONE },
    { "samples.reply", "operator", ADMIN_NONE },
    { "samples.configure", "sysadmin", ADMIN_SYSTEM },
    { "samples.guard", "secadmin", ADMIN_SECURITY },
    { "samples.watch", "auditor", ADMIN_AUDIT },
    { 0 },
};
static const struct module SAMPLE = {
    .name = "samples",
    .permissions = PERMISSIONS,
    .settings = ACCESS_SETTINGS,
};
static const struct setting SITE_SETTINGS[] = {
    { .name = "settings.demo", .type = SETTING_BOOL, .fallback = "0", .source = "product" },
    { 0 },
};
static const struct module SITE = { .name = "settings", .settings = SITE_SETTINGS };
static const struct module *const MODULE_LIST[] = { &SAMPLE, &SITE, NULL };
static const struct db_schema SCHEMAS[] = {
    { "settings", settings_schema },
    { "access", access_schema },
    { "audit", audit_schema },
    { 0 },
};

int gate_open(void **state)
{
    (void)state;
    stage_open(&gate, MODULE_LIST, SCHEMAS);
    gate.app.secret = (bytes){ (const unsigned char *)"0123456789abcdef0123456789abcdef", 32 };
    stage_expect(access_start(&gate.app), NULL);
    stage_expect(access_found(&gate.app, gate.db, STAGE_ORG, str_of("First"), 1), NULL);
    stage_expect(access_found(&gate.app, gate.db, STAGE_OTHER_ORG, str_of("Second"), 2), NULL);
    stage_expect(password_hash(gate.mem, str_of(GATE_PASSWORD), &hash), NULL);
    return 0;
}

int gate_close(void **state)
{
    (void)state;
    stage_close(&gate);
    access_forget();
    return 0;
}

int gate_begin(void **state)
{
    (void)state;
    gate.app.clock = clock_fixed(day_start_ms(stage_day("2026-11-25")) + 10 * 3600 * 1000);
    stage_begin(&gate);
    access_forget();
    seen_clear();
    return 0;
}

int gate_end(void **state)
{
    (void)state;
    stage_end(&gate);
    access_forget();
    return 0;
}

i64 gate_account(i64 org_id, const char *name)
{
    i64 id = 0, now = gate.app.clock.now_ms(&gate.app.clock);
    str login_name = str_of(name);
    db_set_org(gate.db, org_id);
    stage_expect(db_insert(gate.db,
                           SQL("INSERT INTO accounts (org_id, login_name, name, created_at)"
                               " VALUES (:org, :login_name, :login_name, :now) RETURNING id",
                               P(login_name), P(now)),
                           &id),
                 NULL);
    stage_expect(db_run(gate.db,
                        SQL("INSERT INTO secrets (org_id, account_id, password_hash, "
                            "password_changed_at)"
                            " VALUES (:org, :id, :hash, :now)",
                            P(id), P(hash), P(now)),
                        NULL),
                 NULL);
    return id;
}

void gate_give(i64 org_id, i64 account_id, const char *role, const char *scope, i64 scope_id)
{
    str code = str_of(role), kind = str_of(scope);
    i64 from_on = stage_day("2026-01-01");
    gate_run(org_id, SQL("INSERT INTO holdings (org_id, account_id, role_id, scope_kind, scope_id,"
                         " from_on, given_at) SELECT org_id, :account_id, id, :kind, :scope_id,"
                         " :from_on, 0 FROM roles WHERE org_id = :org AND code = :code",
                         P(account_id), P(kind), P(scope_id), P(from_on), P(code)));
}

void gate_permit(i64 org_id, const char *role, const char *name, const char *what)
{
    str code = str_of(role), permission = str_of(name), effect = str_of(what);
    gate_run(org_id,
             SQL("INSERT INTO role_permissions (org_id, role_id, permission, effect)"
                 " SELECT org_id, id, :permission, :effect FROM roles"
                 " WHERE org_id = :org AND code = :code"
                 " ON CONFLICT (org_id, role_id, permission) DO UPDATE SET effect = :effect",
                 P(permission), P(effect), P(code)));
}

void gate_set(i64 org_id, const char *name, const char *value)
{
    struct actor actor = { .org_id = org_id };
    struct rq *rq = stage_rq(&gate, &actor);
    stage_expect(setting_store(rq, name, str_of(value), rq->today), NULL);
}

void gate_run(i64 org_id, struct sql sql)
{
    db_set_org(gate.db, org_id);
    stage_expect(db_run(gate.db, sql, NULL), NULL);
    access_forget();
}

i64 gate_audits(i64 org_id, const char *name)
{
    i64 count = 0, before = db_org(gate.db);
    str act = str_of(name);
    db_set_org(gate.db, org_id);
    stage_expect(db_i64(gate.db,
                        SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = :act",
                            P(act)),
                        &count),
                 NULL);
    db_set_org(gate.db, before);
    return count;
}

struct rq *gate_rq(const char *cookie, struct actor *actor, bool *stale)
{
    struct credentials credentials = { .cookie = str_of(cookie),
                                       .address = str_of("192.0.2.7"),
                                       .agent = str_of("Test") };
    stage_expect(access_actor(&gate.app, gate.db, &credentials, gate.mem, actor, stale), NULL);
    struct rq *rq = stage_rq(&gate, actor);
    rq->address = credentials.address;
    rq->agent = credentials.agent;
    return rq;
}

struct rq *gate_visitor(struct actor *actor)
{
    bool stale = false;
    return gate_rq("", actor, &stale);
}

const char *gate_sign_in(const char *name)
{
    struct actor actor;
    struct signin_proof proof = { 0 };
    struct signin_result result = { 0 };
    struct rq *rq = gate_visitor(&actor);
    stage_expect(signin_prove(rq, str_of(name), str_of(GATE_PASSWORD), &proof), NULL);
    stage_expect(signin_finish(rq, &proof, &result), NULL);
    assert_int_equal(result.outcome, SIGNIN_DONE);
    return result.token.ptr;
}

void gate_later(i64 ms)
{
    gate.app.clock.fixed_ms += ms;
    access_forget();
}
