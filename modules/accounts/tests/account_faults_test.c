/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Whatever statement fails, each act of administering says so, the audit entry among them (quality
 * L4). HUOTANG_TEST_DB. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "embed.h"
#include "modules/accounts/account_pages.h"
#include "modules/accounts/account_rules.h"
#include "platform/access/access_store.h"
#include "platform/access/login.h"
#include "platform/access/secret.h"
#include "platform/access/totp.h"
#include "platform/base/str.h"
#include "platform/db/tests/fault.h"
#include "platform/web/exchange.h"
#include "tests/harness/test_app.h"
#include "tests/harness/test_err.h"

extern const struct module account_module;
static const struct permission WORK[] = { { "works.read", "staff", ADMIN_NONE }, { 0 } };
static const struct module ORGS = { .name = "orgs", .schema = orgs_schema, .permissions = WORK };
static const struct module *const MODULE_LIST[] = { &ORGS, &account_module, NULL };

static struct test_app *t;
static struct rq rq;
static struct actor actor;
static i64 me, other, off, holding, token_id, delegation_id, role_id, login_id;
static str first_code;

static int open_app(void **state)
{
    (void)state;
    t = test_app_new(MODULE_LIST);
    return 0;
}

static int close_app(void **state)
{
    (void)state;
    test_app_free(t);
    return 0;
}

static i64 make(const char *login_name)
{
    i64 id = 0;
    struct account_new a = { .login_name = str_of(login_name),
                             .name = str_of("Somebody"),
                             .password_hash = str_of("x") };
    assert_ok(account_create(&rq, &a, &id));
    return id;
}

static void add_logins(void)
{
    for (int i = 0; i < 2; i++) {
        str token = secret_token(rq.rng, rq.mem);
        struct login_new l = { me,          rq.now_ms,      secret_hash(rq.mem, token),
                               str_of("c"), str_of("open"), str_of("a"),
                               str_of("b") };
        assert_ok(access_store_add_login(t->db, &l, &login_id));
    }
}

static i64 newest(struct sql sql)
{
    i64 id = 0;
    assert_ok(db_i64(t->db, sql, &id));
    return id;
}

/* The actor has an administrator's colleague, a token, a delegation, a waiting factor. */
static int begin(void **state)
{
    (void)state;
    str token, works = str_of("works");
    assert_ok(db_begin(t->db));
    rq = test_system_rq(t);
    actor = *rq.actor;
    rq.actor = &actor;
    assert_ok(first_code_make(&rq, &first_code));
    me = make("me");
    other = make("other");
    off = make("off");
    actor.account_id = me;
    actor.login_id = 0;
    actor.scopes[permission_number("works.read")] = SCOPE_ORG;
    assert_ok(account_disable(&rq, off, 1));
    assert_ok(
        account_give_role(&rq, other, &(struct holding_new){ .role = str_of("staff") }, &holding));
    assert_ok(token_create(
        &rq, &(struct token_new){ .account_id = me, .days = 9, .name = str_of("x") }, &token));
    token_id = newest(SQL("SELECT MAX(id) FROM tokens WHERE org_id = :org"));
    struct delegation_new d = { str_of("other"), str_of(""), { &works, 1 }, -1, rq.today + 1 };
    assert_ok(delegation_create(&rq, &d));
    delegation_id = newest(SQL("SELECT MAX(id) FROM delegations WHERE org_id = :org"));
    assert_ok(role_create(&rq, str_of("night"), str_of("Night"), &role_id));
    assert_ok(account_begin_factor(&rq));
    add_logins();
    return 0;
}

static int end(void **state)
{
    (void)state;
    db_rollback(t->db);
    db_set_org(t->db, t->org);
    access_forget();
    return 0;
}

/* ---- acts ---- */

static err create(void *c)
{
    i64 id;
    (void)c;
    return account_create(
        &rq, &(struct account_new){ .login_name = str_of("new"), .name = str_of("New") }, &id);
}
static err set_password(void *c)
{
    (void)c;
    return account_set_password(&rq, other, str_of("y"), true);
}
static err reset_password(void *c)
{
    (void)c;
    return account_reset_password(&rq, other, str_of("y"));
}
static err disable(void *c)
{
    (void)c;
    return account_disable(&rq, other, 1);
}
static err enable(void *c)
{
    (void)c;
    return account_enable(&rq, off, 2);
}
static err unlock(void *c)
{
    (void)c;
    return account_unlock(&rq, other);
}
static err give(void *c)
{
    (void)c;
    return account_give_role(&rq, other, &(struct holding_new){ .role = str_of("member") }, NULL);
}
static err give_admin(void *c)
{
    (void)c;
    return account_give_role(&rq, off, &(struct holding_new){ .role = str_of("auditor") }, NULL);
}
static err take(void *c)
{
    (void)c;
    return account_take_role(&rq, holding);
}
static err reset_factor(void *c)
{
    (void)c;
    return account_reset_factor(&rq, other);
}
static err make_role(void *c)
{
    i64 id;
    (void)c;
    return role_create(&rq, str_of("day"), str_of("Day"), &id);
}
static err allow(void *c)
{
    (void)c;
    return role_change(&rq, role_id,
                       &(struct role_effect){ str_of("works.read"), str_of("allow") });
}
static err clear(void *c)
{
    (void)c;
    return role_change(&rq, role_id, &(struct role_effect){ str_of("works.read"), str_of("none") });
}
static err choose(void *c)
{
    str hash;
    (void)c;
    err e = account_choose_password(&rq, str_of("entirely new words"), &hash);
    rq.faults = NULL;
    rq.web->fault_count = 0;
    return e;
}
static err change(void *c)
{
    str cookie;
    (void)c;
    return account_change_password(&rq, str_of("z"), &cookie);
}
static err begin_factor(void *c)
{
    (void)c;
    return account_begin_factor(&rq);
}
static err confirm(void *c)
{
    char code[7] = "";
    str secret, cookie;
    strs codes;
    (void)c;
    TRY(account_pending_factor(&rq, &secret));
    assert_true(totp_code(secret, rq.now_ms / TOTP_STEP_MS, code));
    return account_confirm_factor(&rq, str_of(code), &codes, &cookie);
}
static err end_login(void *c)
{
    (void)c;
    return login_end(&rq, login_id);
}
static err end_others(void *c)
{
    (void)c;
    return login_end(&rq, 0);
}
static err make_token(void *c)
{
    str token;
    (void)c;
    return token_create(&rq,
                        &(struct token_new){ .account_id = me, .days = 9, .name = str_of("y") },
                        &token);
}
static err end_token(void *c)
{
    (void)c;
    return token_end(&rq, token_id);
}
static err delegate(void *c)
{
    str works = str_of("works");
    struct delegation_new d = { str_of("other"), str_of(""), { &works, 1 }, -1, rq.today + 2 };
    (void)c;
    return delegation_create(&rq, &d);
}
static err end_delegation(void *c)
{
    (void)c;
    return delegation_end(&rq, delegation_id);
}
static err tidy(void *c)
{
    bool again;
    (void)c;
    return job_accounts_tidy(&rq, &again);
}

static void every_act_says_when_a_statement_fails(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        err (*fn)(void *context);
        i64 least; /* statements: an audit entry alone has three, the first of a transaction */
    } ACTS[] = {
        { "create", create, 6 },
        { "set password", set_password, 7 },
        { "reset", reset_password, 9 },
        { "disable", disable, 7 },
        { "enable", enable, 5 },
        { "unlock", unlock, 5 },
        { "give", give, 8 },
        { "give admin", give_admin, 9 },
        { "take", take, 6 },
        { "factor", reset_factor, 7 },
        { "role", make_role, 5 },
        { "allow", allow, 5 },
        { "clear", clear, 5 },
        { "choose", choose, 1 },
        { "change", change, 8 },
        { "begin", begin_factor, 1 },
        { "confirm", confirm, 19 },
        { "end login", end_login, 4 },
        { "end others", end_others, 4 },
        { "token", make_token, 5 },
        { "end token", end_token, 4 },
        { "delegate", delegate, 5 },
        { "end delegation", end_delegation, 4 },
        { "tidy", tidy, 3 },
    };
    for (size_t i = 0; i < sizeof ACTS / sizeof *ACTS; i++) {
        i64 count = fault_each(t->db, ACTS[i].fn, NULL);
        if (count < ACTS[i].least)
            fail_msg("%s: %d statements", ACTS[i].name, (int)count);
    }
}

static err first_start(void *c)
{
    static const struct first_admin ADMINS[3] = { { { "a1", 2 }, { "A", 1 }, { "x", 1 } },
                                                  { { "b1", 2 }, { "B", 1 }, { "x", 1 } },
                                                  { { "c1", 2 }, { "C", 1 }, { "x", 1 } } };
    (void)c;
    actor = (struct actor){ 0 };
    db_set_org(t->db, 0);
    return first_set_up(&rq, first_code, str_of("Founded"), ADMINS);
}

static err first_code_again(void *c)
{
    str code;
    (void)c;
    return first_code_make(&rq, &code);
}

static int begin_empty(void **state)
{
    (void)state;
    assert_ok(db_begin(t->db));
    rq = test_system_rq(t);
    actor = *rq.actor;
    rq.actor = &actor;
    assert_ok(first_code_make(&rq, &first_code));
    return 0;
}

static void the_first_start_says_when_a_statement_fails(void **state)
{
    (void)state;
    assert_true(fault_each(t->db, first_code_again, NULL) >= 3);
    assert_true(fault_each(t->db, first_start, NULL) >= 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_act_says_when_a_statement_fails, begin, end),
        cmocka_unit_test_setup_teardown(the_first_start_says_when_a_statement_fails, begin_empty,
                                        end),
    };
    return cmocka_run_group_tests(tests, open_app, close_app);
}
