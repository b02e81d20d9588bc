/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of accounts, roles, holdings, tokens, delegations and the first start, as tables; the
 * separated administrators (quality Z4). Two organisations, both engines (HUOTANG_TEST_DB); each
 * test is rolled back. Pages: account_pages_test.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "embed.h"
#include "modules/accounts/account_pages.h"
#include "modules/accounts/account_rules.h"
#include "platform/access/access_store.h"
#include "platform/access/login.h"
#include "platform/access/role.h"
#include "platform/access/secret.h"
#include "platform/access/totp.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/web/exchange.h"
#include "tests/harness/test_app.h"
#include "tests/harness/test_err.h"

extern const struct module account_module;
static const struct permission WORK[] = { { "works.read", "member staff", ADMIN_NONE },
                                          { "works.change", "staff", ADMIN_NONE },
                                          { "plays.read", "staff", ADMIN_NONE },
                                          { 0 } };
static const struct module ORGS = { .name = "orgs", .schema = orgs_schema, .permissions = WORK };
static const struct module *const MODULE_LIST[] = { &ORGS, &account_module, NULL };
static const i64 DAY_MS = 86400000;

static struct test_app *t;
static struct rq rq;
static struct actor boss;

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

static int begin(void **state)
{
    (void)state;
    t->app.clock = clock_fixed(TEST_NOW_MS);
    assert_ok(db_begin(t->db));
    rq = test_system_rq(t);
    boss = *rq.actor;
    rq.actor = &boss;
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

/* From now on the request is this account's, with these permissions and no others. */
static void as(i64 account_id, const char *const permissions[])
{
    boss = (struct actor){
        .account_id = account_id, .org_id = t->org, .login_id = 1, .name = str_of("Boss")
    };
    for (size_t i = 0; permissions && permissions[i]; i++)
        boss.scopes[permission_number(permissions[i])] = SCOPE_ORG;
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

static i64 make_person(const char *login_name, i64 person_id)
{
    i64 id = 0;
    struct account_new a = { .login_name = str_of(login_name),
                             .name = str_of("Somebody"),
                             .person_id = person_id };
    assert_ok(account_create(&rq, &a, &id));
    return id;
}

static err give(i64 account_id, const char *role)
{
    return account_give_role(&rq, account_id, &(struct holding_new){ .role = str_of(role) }, NULL);
}

static i64 audits(const char *name)
{
    i64 count = -1;
    str act = str_of(name);
    assert_ok(db_i64(t->db,
                     SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = :act", P(act)),
                     &count));
    return count;
}

/* ---- accounts ---- */

static void login_names_are_judged_by_table(void **state)
{
    (void)state;
    static const struct {
        const char *login_name, *error;
    } CASES[] = {
        { "zhang.san", NULL },
        { " Zhang_San-2@x ", NULL },
        { "\xE5\xBC\xA0\xE4\xB8\x89", NULL },
        { "a", "accounts.login_name" },
        { "\xE5\xBC\xA0", "accounts.login_name" },
        { "zhang san", "accounts.login_name" },
        { "zhang<san", "accounts.login_name" },
        { "zhang'san", "accounts.login_name" },
        { "", "accounts.login_name" },
        { "0123456789012345678901234567890123456789012345678901234567891", "accounts.login_name" },
        { "ZHANG.SAN", "accounts.login_name_taken" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        i64 id = 0;
        struct account_new a = { .login_name = str_of(CASES[i].login_name),
                                 .name = str_of("Zhang") };
        err e = account_create(&rq, &a, &id);
        if (CASES[i].error)
            assert_err(e, i == 10 ? ERR_CONFLICT : ERR_INVALID, CASES[i].error);
        else
            assert_ok(e);
    }
    struct account a;
    assert_ok(account_find_by_login_name(&rq, str_of("Zhang_San-2@X"), &a));
    assert_true(str_is(a.login_name, "zhang_san-2@x"));
    assert_true(str_is(a.kind, "person"));
    assert_true(str_is(a.state, "active"));
    assert_int_equal(audits("accounts.create"), 3);
}

static void an_account_needs_a_name(void **state)
{
    (void)state;
    i64 id = 0;
    struct account_new a = { .login_name = str_of("zhang"), .name = str_of("  ") };
    assert_err(account_create(&rq, &a, &id), ERR_INVALID, "accounts.name");
    char lengthy[102] = { 0 };
    memset(lengthy, 'n', 101);
    a.name = str_of(lengthy);
    assert_err(account_create(&rq, &a, &id), ERR_INVALID, "accounts.name");
    a.name = str_sub(a.name, 0, 100);
    a.kind = str_of("body");
    assert_ok(account_create(&rq, &a, &id));
}

static void a_login_name_is_unique_over_all_organisations_and_an_account_seen_in_its_own(
    void **state)
{
    (void)state;
    i64 id = make("zhang"), other = 0;
    struct account a;
    boss.org_id = t->org + 1;
    db_set_org(t->db, t->org + 1);
    struct account_new twin = { .login_name = str_of("zhang"), .name = str_of("Zhang") };
    assert_err(account_create(&rq, &twin, &other), ERR_CONFLICT, "accounts.login_name_taken");
    assert_err(account_find(&rq, id, &a), ERR_NOT_FOUND, "accounts.not_found");
    assert_err(account_find_by_login_name(&rq, str_of("zhang"), &a), ERR_NOT_FOUND,
               "accounts.not_found");
    assert_err(account_disable(&rq, id, 1), ERR_NOT_FOUND, "accounts.not_found");
    assert_err(account_enable(&rq, id, 1), ERR_NOT_FOUND, "accounts.not_found");
    assert_err(account_unlock(&rq, id), ERR_NOT_FOUND, "accounts.not_found");
    assert_err(account_reset_password(&rq, id, str_of("x")), ERR_NOT_FOUND, "accounts.not_found");
    assert_err(account_set_password(&rq, id, str_of("x"), false), ERR_NOT_FOUND,
               "accounts.not_found");
    assert_err(account_reset_factor(&rq, id), ERR_NOT_FOUND, "accounts.not_found");
    assert_err(give(id, "staff"), ERR_NOT_FOUND, "accounts.not_found");
    str token;
    assert_err(token_create(&rq, &(struct token_new){ .account_id = id, .days = 1 }, &token),
               ERR_NOT_FOUND, "accounts.not_found");
}

static void disabling_and_enabling(void **state)
{
    (void)state;
    i64 id = make("zhang"), me = make("li");
    as(me, NULL);
    assert_err(account_disable(&rq, me, 1), ERR_CONFLICT, "accounts.not_oneself");
    assert_err(account_enable(&rq, id, 1), ERR_CONFLICT, "accounts.state");
    assert_err(account_disable(&rq, id, 7), ERR_CONFLICT, "db.version");
    assert_ok(account_disable(&rq, id, 1));
    assert_err(account_disable(&rq, id, 2), ERR_CONFLICT, "accounts.state");
    struct account a;
    assert_ok(account_find(&rq, id, &a));
    assert_true(str_is(a.state, "disabled"));
    assert_int_equal(a.disabled_at, TEST_NOW_MS);
    assert_err(account_enable(&rq, id, 1), ERR_CONFLICT, "db.version");
    assert_ok(account_enable(&rq, id, 2));
    assert_ok(account_find(&rq, id, &a));
    assert_true(str_is(a.state, "active"));
    assert_int_equal(a.disabled_at, 0);
    assert_int_equal(audits("accounts.disable"), 1);
    assert_int_equal(audits("accounts.enable"), 1);
}

static i64 open_logins(i64 account_id)
{
    struct rows rows = { 0 };
    assert_ok(login_store_list(&rq, account_id, &rows));
    return (i64)rows.count;
}

static void add_login(i64 account_id)
{
    i64 id = 0;
    str token = secret_token(rq.rng, rq.mem);
    struct login_new l = { account_id,  rq.now_ms,      secret_hash(rq.mem, token),
                           str_of("c"), str_of("open"), str_of("a"),
                           str_of("b") };
    assert_ok(access_store_add_login(t->db, &l, &id));
}

static void a_set_password_unlocks_ends_logins_and_keeps_the_old_one(void **state)
{
    (void)state;
    i64 id = make("zhang");
    struct secret_row s = { 0 };
    add_login(id);
    s.account_id = id;
    s.failures = 3;
    s.locked_until_at = rq.now_ms + 5;
    assert_ok(access_store_update_counters(t->db, &s));
    assert_ok(account_set_password(&rq, id, str_of("y"), true));
    assert_ok(access_store_find_secret(t->db, id, rq.mem, &s));
    assert_true(str_is(s.password_hash, "y"));
    assert_true(s.must_change_password);
    assert_int_equal(s.failures, 0);
    assert_int_equal(s.locked_until_at, 0);
    assert_int_equal(s.password_changed_at, TEST_NOW_MS);
    assert_int_equal(open_logins(id), 0);
    struct rows old = { 0 };
    assert_ok(account_store_list_passwords(&rq, id, 5, &old));
    assert_int_equal(old.count, 1);
    assert_true(str_is(((struct hash_row *)old.items)->password_hash, "x"));
}

static void unlocking_clears_the_counters(void **state)
{
    (void)state;
    i64 id = make("zhang");
    struct secret_row s = {
        .account_id = id, .failures = 3, .locked_until_at = rq.now_ms + 5, .totp_failures = 2
    };
    assert_ok(access_store_update_counters(t->db, &s));
    assert_ok(account_unlock(&rq, id));
    assert_ok(access_store_find_secret(t->db, id, rq.mem, &s));
    assert_int_equal(s.failures + s.locked_until_at + s.totp_failures, 0);
}

static void an_administrators_password_is_not_reset_by_the_system_administrator(void **state)
{
    (void)state;
    static const char *const ROLES[] = { "sysadmin", "secadmin", "auditor" };
    i64 me = make("me");
    for (size_t i = 0; i < 3; i++) {
        i64 id = make(ROLES[i]);
        assert_ok(give(id, ROLES[i]));
        as(me, NULL);
        assert_err(account_reset_password(&rq, id, str_of("y")), ERR_FORBIDDEN,
                   "accounts.admin_password");
    }
    i64 clerk = make("clerk");
    assert_ok(give(clerk, "staff"));
    assert_ok(account_reset_password(&rq, clerk, str_of("y")));
    assert_err(account_reset_password(&rq, me, str_of("y")), ERR_CONFLICT, "accounts.not_oneself");
}

/* ---- the separated administrators ---- */

static void what_may_be_held_together_by_table(void **state)
{
    (void)state;
    static const struct {
        const char *first, *second;
        bool same_account, may; /* else another account of the same person */
    } CASES[] = {
        { "sysadmin", "secadmin", true, false },  { "sysadmin", "auditor", true, false },
        { "secadmin", "auditor", true, false },   { "auditor", "sysadmin", true, false },
        { "staff", "sysadmin", true, false },     { "sysadmin", "staff", true, false },
        { "member", "auditor", true, false },     { "auditor", "operator", true, false },
        { "staff", "member", true, true },        { "member", "head", true, true },
        { "sysadmin", "secadmin", false, false }, { "secadmin", "auditor", false, false },
        { "staff", "secadmin", false, true },     { "auditor", "member", false, true },
        { "sysadmin", "sysadmin", false, true },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        i64 person = 1000 + (i64)i;
        i64 one = make_person(arena_printf(rq.mem, "one%d", (int)i).ptr, person);
        i64 two = CASES[i].same_account
                      ? one
                      : make_person(arena_printf(rq.mem, "two%d", (int)i).ptr, person);
        assert_ok(give(one, CASES[i].first));
        err e = give(two, CASES[i].second);
        if (CASES[i].may)
            assert_ok(e);
        else
            assert_err(e, ERR_CONFLICT, "holdings.separated");
    }
}

static void what_is_over_or_not_yet_counts_only_where_it_overlaps_today_or_later(void **state)
{
    (void)state;
    i64 id = make("zhang"), holding = 0;
    assert_ok(give(make("other"), "sysadmin"));
    assert_ok(
        account_give_role(&rq, id, &(struct holding_new){ .role = str_of("sysadmin") }, &holding));
    assert_ok(account_take_role(&rq, holding));
    assert_ok(give(id, "staff")); /* the first is over */
    i64 future = make("future");
    struct holding_new later = { .role = str_of("secadmin"), .from_on = rq.today + 30 };
    assert_ok(account_give_role(&rq, future, &later, NULL));
    assert_err(give(future, "sysadmin"), ERR_CONFLICT, "holdings.separated");
}

static void roles_are_given_by_others_with_fitting_scope_and_days(void **state)
{
    (void)state;
    i64 id = make("zhang"), me = make("li"), today = rq.today;
    as(me, NULL);
    assert_err(give(me, "staff"), ERR_FORBIDDEN, "holdings.not_to_oneself");
    assert_err(give(id, "king"), ERR_NOT_FOUND, "roles.not_found");
    assert_err(give(id, "citizen"), ERR_NOT_FOUND, "roles.not_found");
    const struct {
        struct holding_new holding;
        const char *error;
    } CASES[] = {
        { { .role = { "staff", 5 }, .scope = { "everywhere", 10 } }, "holdings.scope" },
        { { .role = { "staff", 5 }, .scope = { "committee", 9 } }, "holdings.scope" },
        { { .role = { "staff", 5 }, .scope = { "org", 3 }, .scope_id = 4 }, "holdings.scope" },
        { { .role = { "auditor", 7 }, .scope = { "self", 4 } }, "holdings.scope" },
        { { .role = { "auditor", 7 }, .scope = { "committee", 9 }, .scope_id = 4 },
          "holdings.scope" },
        { { .role = { "staff", 5 }, .from_on = today, .to_on = today - 1 }, "holdings.dates" },
        { { .role = { "staff", 5 }, .from_on = today - 9, .to_on = today - 1 }, "holdings.dates" },
        { { .role = { "staff", 5 }, .from_on = today, .to_on = today }, NULL },
        { { .role = { "staff", 5 }, .from_on = today + 1 }, NULL },
        { { .role = { "staff", 5 }, .from_on = today }, "holdings.already" },
        { { .role = { "staff", 5 }, .scope = { "committee", 9 }, .scope_id = 4 }, NULL },
        { { .role = { "staff", 5 }, .scope = { "committee", 9 }, .scope_id = 5 }, NULL },
        { { .role = { "staff", 5 }, .scope = { "committee", 9 }, .scope_id = 5 },
          "holdings.already" },
        { { .role = { "member", 6 } }, NULL },
        { { .role = { "operator", 8 }, .scope = { "agency", 6 } }, NULL },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        err e = account_give_role(&rq, id, &CASES[i].holding, NULL);
        if (CASES[i].error && !err_is(e, CASES[i].error))
            fail_msg("case %d: %s", (int)i, e.name ? e.name : "OK");
        if (!CASES[i].error)
            assert_ok(e);
    }
    struct rows rows = { 0 };
    assert_ok(holding_store_list(&rq, id, &rows));
    /* member: its own scope */
    assert_true(str_is(((struct holding *)rows.items)[1].scope_kind, "self"));
}

static void an_administrators_role_ends_open_logins(void **state)
{
    (void)state;
    i64 id = make("zhang"), clerk = make("clerk");
    add_login(id);
    add_login(clerk);
    assert_ok(give(id, "auditor"));
    assert_ok(give(clerk, "staff"));
    assert_int_equal(open_logins(id), 0);
    assert_int_equal(open_logins(clerk), 1);
}

static void taking_a_role_away(void **state)
{
    (void)state;
    i64 id = make("zhang"), me = make("li"), holding = 0, own = 0;
    struct holding_new staff = { .role = str_of("staff") };
    assert_ok(account_give_role(&rq, id, &staff, &holding));
    assert_ok(account_give_role(&rq, me, &staff, &own));
    add_login(id);
    as(me, NULL);
    assert_err(account_take_role(&rq, own), ERR_FORBIDDEN, "holdings.not_to_oneself");
    assert_err(account_take_role(&rq, holding + 1000), ERR_NOT_FOUND, "holdings.not_found");
    assert_ok(account_take_role(&rq, holding));
    assert_err(account_take_role(&rq, holding), ERR_CONFLICT, "holdings.ended");
    assert_int_equal(open_logins(id), 0);
    boss.org_id = t->org + 1;
    db_set_org(t->db, t->org + 1);
    assert_err(account_take_role(&rq, own), ERR_NOT_FOUND, "holdings.not_found");
}

static void the_last_administrator_of_each_kind_stays(void **state)
{
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        i64 holding = 0, second = 0;
        i64 one = make(arena_printf(rq.mem, "one%d", (int)i).ptr),
            two = make(arena_printf(rq.mem, "two%d", (int)i).ptr);
        struct holding_new h = { .role = str_of(FIRST_ROLES[i]) };
        assert_ok(account_give_role(&rq, one, &h, &holding));
        assert_err(account_take_role(&rq, holding), ERR_CONFLICT, "accounts.last_admin");
        assert_err(account_disable(&rq, one, 1), ERR_CONFLICT, "accounts.last_admin");
        assert_ok(account_give_role(&rq, two, &h, &second));
        assert_ok(account_disable(&rq, one, 1));
        /* the other is disabled */
        assert_err(account_take_role(&rq, second), ERR_CONFLICT, "accounts.last_admin");
        assert_ok(account_enable(&rq, one, 2));
        assert_ok(account_take_role(&rq, second));
    }
}

static void a_reset_factor_must_be_set_up_anew(void **state)
{
    (void)state;
    i64 id = make("zhang"), me = make("li"), left = 0;
    bytes sealed =
        field_seal(&t->app, rq.rng, rq.mem, "secrets.totp_secret", totp_secret(rq.rng, rq.mem));
    assert_ok(account_store_set_pending(&rq, id, sealed));
    assert_ok(account_store_take_pending(&rq, id, 5));
    assert_ok(account_store_add_recovery(&rq, id, str_of("h")));
    add_login(id);
    as(me, NULL);
    assert_err(account_reset_factor(&rq, me), ERR_FORBIDDEN, "holdings.not_to_oneself");
    assert_ok(account_reset_factor(&rq, id));
    struct secret_row s = { 0 };
    assert_ok(access_store_find_secret(t->db, id, rq.mem, &s));
    assert_int_equal(s.totp_secret.len, 0);
    assert_ok(account_store_count_recovery(&rq, id, &left));
    assert_int_equal(left, 0);
    assert_int_equal(open_logins(id), 0);
    assert_int_equal(audits("holdings.reset_factor"), 1);
}

/* ---- roles ---- */

static void roles_are_made_and_changed_within_their_area(void **state)
{
    (void)state;
    i64 id = 0;
    struct role staff, secadmin;
    assert_err(role_create(&rq, str_of("Clerk"), str_of("x"), &id), ERR_INVALID, "roles.code");
    assert_err(role_create(&rq, str_of("c"), str_of("x"), &id), ERR_INVALID, "roles.code");
    assert_err(role_create(&rq, str_of("_c"), str_of("x"), &id), ERR_INVALID, "roles.code");
    assert_err(role_create(&rq, str_of("staff"), str_of("x"), &id), ERR_CONFLICT,
               "roles.code_taken");
    assert_ok(role_create(&rq, str_of("night_clerk"), str_of("Night clerk"), &id));
    assert_true(str_is(role_label(str_of("night_clerk"), str_of("Night clerk")), "Night clerk"));
    assert_false(str_is(role_label(str_of("staff"), str_of("")), "staff"));
    assert_ok(role_store_find_by_code(&rq, str_of("staff"), &staff));
    assert_ok(role_store_find_by_code(&rq, str_of("secadmin"), &secadmin));
    const struct {
        i64 role_id;
        const char *permission, *effect, *error;
    } CASES[] = {
        { id, "works.read", "allow", NULL },
        { id, "works.read", "deny", NULL },
        { id, "works.read", "none", NULL },
        { id, "works.nothing", "allow", "roles.permission" },
        { id, "accounts.read", "allow", "roles.permission" },
        { staff.id, "holdings.give", "allow", "roles.permission" },
        { secadmin.id, "works.read", "allow", "roles.permission" },
        { secadmin.id, "audits.read", "allow", "roles.permission" },
        { secadmin.id, "holdings.give", "deny", NULL },
        { id + 1000, "works.read", "allow", "roles.not_found" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct role_effect effect = { str_of(CASES[i].permission), str_of(CASES[i].effect) };
        err e = role_change(&rq, CASES[i].role_id, &effect);
        if (CASES[i].error && !err_is(e, CASES[i].error))
            fail_msg("case %d: %s", (int)i, e.name ? e.name : "OK");
        if (!CASES[i].error)
            assert_ok(e);
    }
    struct rows effects = { 0 };
    assert_ok(role_store_list_effects(&rq, id, &effects));
    assert_int_equal(effects.count, 0);
    assert_int_equal(audits("roles.change"), 4);
}

/* ---- passwords ---- */

static void made_passwords_fit_their_hash(void **state)
{
    (void)state;
    str password, hash;
    assert_ok(account_make_password(&rq, &password, &hash));
    assert_int_equal(password.len, 14); /* three groups of four */
    assert_true(password_verify(rq.mem, hash, password));
}

static void profiles_ask_for_different_things(void **state)
{
    (void)state;
    str hash;
    struct account_names names = { str_of("zhang"), str_of("Zhang San") };
    assert_ok(account_hash_password(&rq, &names, str_of("long enough words"), &hash));
    err e = account_hash_password(&rq, &names, str_of("short"), &hash);
    assert_err(e, ERR_INVALID, "accounts.password_short");
    assert_true(str_is(e.arg[0], "10"));
    assert_ok(setting_store(&rq, "accounts.password_profile", str_of("mlps"), rq.today));
    e = account_hash_password(&rq, &names, str_of("longenoughwords"), &hash);
    assert_err(e, ERR_INVALID, "accounts.password_classes");
    assert_true(str_is(e.arg[1], "3"));
    assert_ok(account_hash_password(&rq, &names, str_of("Long enough words"), &hash));
}

static void the_profile_mlps_remembers(void **state)
{
    (void)state;
    static const char *const PASSWORDS[] = { "First password 1", "Second password 2",
                                             "Third password 3" };
    i64 me = make("zhang");
    str hash, cookie;
    as(me, NULL);
    assert_ok(setting_store(&rq, "accounts.password_profile", str_of("mlps"), rq.today));
    assert_ok(setting_store(&rq, "accounts.password_history", str_of("1"), rq.today));
    for (size_t i = 0; i < 3; i++) {
        assert_ok(account_choose_password(&rq, str_of(PASSWORDS[i]), &hash));
        assert_ok(account_change_password(&rq, hash, &cookie));
        assert_err(account_choose_password(&rq, str_of(PASSWORDS[i]), &hash), ERR_INVALID,
                   "form.faults");
        assert_string_equal(rq_fault_of(&rq, "password")->name, "accounts.password_same");
        rq.faults = NULL;
        rq.web->fault_count = 0;
    }
    assert_err(account_choose_password(&rq, str_of(PASSWORDS[1]), &hash), ERR_INVALID,
               "form.faults");
    assert_string_equal(rq_fault_of(&rq, "password")->name, "accounts.password_used");
    assert_ok(account_choose_password(&rq, str_of(PASSWORDS[0]), &hash)); /* longer ago than one */
    assert_ok(setting_store(&rq, "accounts.password_profile", str_of("asvs"), rq.today));
    assert_ok(account_choose_password(&rq, str_of(PASSWORDS[1]), &hash));
}

/* ---- second factor ---- */

static void a_factor_counts_after_its_first_code(void **state)
{
    (void)state;
    i64 me = make("zhang");
    str secret, cookie;
    strs codes;
    char code[7], wrong[7];
    as(me, NULL);
    assert_err(account_confirm_factor(&rq, str_of("000000"), &codes, &cookie), ERR_CONFLICT,
               "accounts.no_factor_pending");
    assert_ok(account_begin_factor(&rq));
    assert_ok(account_pending_factor(&rq, &secret));
    assert_int_equal(secret.len, 32);
    assert_true(totp_code(secret, rq.now_ms / TOTP_STEP_MS, code));
    memcpy(wrong, code, 7);
    wrong[5] = (char)(code[5] == '9' ? '0' : code[5] + 1);
    assert_err(account_confirm_factor(&rq, str_of(wrong), &codes, &cookie), ERR_INVALID,
               "accounts.code_wrong");
    add_login(me);
    assert_ok(account_confirm_factor(&rq, str_of(code), &codes, &cookie));
    assert_int_equal(codes.count, RECOVERY_CODES);
    assert_int_equal(open_logins(me), 1); /* the renewed one */
    struct secret_row s = { 0 };
    assert_ok(access_store_find_secret(t->db, me, rq.mem, &s));
    assert_true(s.totp_secret.len > 0);
    assert_int_equal(s.totp_pending.len, 0);
    assert_int_equal(s.totp_step, rq.now_ms / TOTP_STEP_MS); /* that code is used up */
    for (size_t i = 0; i < codes.count; i++)
        assert_ok(
            access_store_use_recovery(t->db, me, secret_hash(rq.mem, codes.items[i]), rq.now_ms));
}

/* ---- logins, tokens ---- */

static void ending_logins(void **state)
{
    (void)state;
    i64 me = make("zhang"), other = make("li");
    struct rows rows = { 0 };
    for (int i = 0; i < 3; i++)
        add_login(me);
    add_login(other);
    as(me, NULL);
    assert_ok(login_store_list(&rq, me, &rows));
    const struct login_line *l = rows.items;
    boss.login_id = l[0].id;
    assert_ok(login_end(&rq, l[1].id));
    assert_err(login_end(&rq, l[1].id), ERR_NOT_FOUND, "logins.not_found");
    assert_int_equal(open_logins(me), 2);
    assert_ok(login_end(&rq, 0));
    assert_int_equal(open_logins(me), 1);
    assert_int_equal(open_logins(other), 1);
    boss.account_id = other;
    assert_err(login_end(&rq, l[0].id), ERR_NOT_FOUND, "logins.not_found");
}

static void tokens_are_made_shown_once_and_ended(void **state)
{
    (void)state;
    i64 me = make("zhang"), other = make("li");
    str token;
    static const struct {
        i64 days;
        const char *permissions, *error;
    } CASES[] = { { 0, "", "tokens.days" },
                  { 731, "", "tokens.days" },
                  { 1, "", NULL },
                  { 730, "works.read", NULL },
                  { 9, "works.read x.y", "tokens.permissions" } };
    as(me, NULL);
    for (size_t i = 0; i < 5; i++) {
        struct token_new new = { me, CASES[i].days, str_of("robot"), str_of(CASES[i].permissions) };
        err e = token_create(&rq, &new, &token);
        if (CASES[i].error)
            assert_err(e, ERR_INVALID, CASES[i].error);
        else
            assert_ok(e);
    }
    struct rows rows = { 0 };
    assert_ok(token_store_list(&rq, me, &rows));
    assert_int_equal(rows.count, 2);
    const struct token_line *line = rows.items;
    assert_int_equal(line->expires_at, rq.now_ms + 730 * DAY_MS);
    boss.account_id = other;
    assert_err(token_end(&rq, line->id), ERR_NOT_FOUND, "tokens.not_found");
    boss.account_id = me;
    assert_ok(token_end(&rq, line->id));
    assert_err(token_end(&rq, line->id), ERR_NOT_FOUND, "tokens.not_found");
}

/* ---- delegations ---- */

static const char *const STAFF[] = { "works.read", "works.change", "plays.read", NULL };

static void what_can_be_delegated(void **state)
{
    (void)state;
    as(make("zhang"), STAFF);
    boss.scopes[permission_number("accounts.read")] = SCOPE_ORG;
    strs all = delegation_collections(&rq);
    assert_int_equal(all.count, 2);
    assert_true(str_is(all.items[0], "plays"));
    assert_true(str_is(all.items[1], "works"));
    str item = str_of("works"), admin = str_of("accounts");
    assert_true(str_is(delegation_permissions(&rq, &(strs){ &item, 1 }), "works.change"
                                                                         " works.read"));
    assert_int_equal(delegation_permissions(&rq, &(strs){ &admin, 1 }).len, 0);
}

static void delegations_are_judged_by_table(void **state)
{
    (void)state;
    i64 me = make("zhang"), today = rq.today;
    make("li");
    i64 off = make("off");
    assert_ok(account_disable(&rq, off, 1));
    as(me, STAFF);
    static const struct {
        const char *login_name, *collection;
        i64 from, to; /* days from today; from -1000 = not given */
        const char *field, *fault;
    } CASES[] = {
        { "li", "works", -1000, 0, NULL, NULL },
        { "LI", "plays", 1, 367, NULL, NULL },
        { "li", "works", 0, 367, "to_on", "delegations.dates" },
        { "li", "works", 5, 4, "to_on", "delegations.dates" },
        { "li", "works", -1, 4, "from_on", "delegations.dates" },
        { "zhang", "works", 0, 4, "login_name", "delegations.oneself" },
        { "nobody", "works", 0, 4, "login_name", "delegations.no_account" },
        { "off", "works", 0, 4, "login_name", "delegations.no_account" },
        { "li", "accounts", 0, 4, "collections", "delegations.collections" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        str collection = str_of(CASES[i].collection);
        struct delegation_new d = { str_of(CASES[i].login_name),
                                    str_of("holiday"),
                                    { &collection, 1 },
                                    CASES[i].from == -1000 ? -1 : today + CASES[i].from,
                                    today + CASES[i].to };
        err e = delegation_create(&rq, &d);
        if (!CASES[i].fault) {
            assert_ok(e);
            continue;
        }
        assert_err(e, ERR_INVALID, "form.faults");
        const struct fault *fault = rq_fault_of(&rq, CASES[i].field);
        assert_non_null(fault);
        assert_string_equal(fault->name, CASES[i].fault);
        rq.faults = NULL;
        rq.web->fault_count = 0;
    }
    assert_int_equal(audits("delegations.create"), 2);
    boss.delegator_account_id = 5;
    assert_err(delegation_create(&rq, &(struct delegation_new){ .login_name = str_of("li") }),
               ERR_FORBIDDEN, "delegations.while_acting");
}

static i64 unread_of(i64 account_id)
{
    i64 count = -1;
    as(account_id, NULL);
    assert_ok(notify_unread(&rq, &count));
    return count;
}

static void both_sides_are_told(void **state)
{
    (void)state;
    i64 me = make("zhang"), to = make("li");
    str collection = str_of("works");
    as(me, STAFF);
    assert_ok(delegation_create(
        &rq, &(struct delegation_new){
                 str_of("li"), str_of(""), { &collection, 1 }, -1, rq.today + 1 }));
    assert_int_equal(unread_of(me), 1);
    assert_int_equal(unread_of(to), 1);
    struct rows rows = { 0 };
    assert_ok(delegation_store_list(&rq, to, &rows));
    as(to, NULL);
    assert_ok(delegation_end(&rq, ((struct delegation *)rows.items)->id));
    assert_int_equal(unread_of(me), 2);
    assert_int_equal(unread_of(to), 1);
}

static void who_is_concerned_hears_what_others_did(void **state)
{
    (void)state;
    i64 me = make("zhang"), admin = make("li");
    as(admin, NULL);
    assert_ok(account_reset_password(&rq, me, str_of("y")));
    assert_ok(account_reset_factor(&rq, me));
    assert_int_equal(unread_of(me), 2);
    assert_int_equal(unread_of(admin), 0);
}

static void a_delegation_is_seen_and_ended_by_both_sides_only(void **state)
{
    (void)state;
    i64 me = make("zhang"), to = make("li"), other = make("wang");
    str collection = str_of("works");
    for (int i = 0; i < 2; i++) {
        as(me, STAFF);
        assert_ok(delegation_create(
            &rq, &(struct delegation_new){
                     str_of("li"), str_of(""), { &collection, 1 }, -1, rq.today + 1 + i }));
    }
    struct delegation_new again = {
        str_of("li"), str_of(""), { &collection, 1 }, -1, rq.today + 1
    };
    assert_err(delegation_create(&rq, &again), ERR_INVALID, "form.faults");
    struct rows mine = { 0 }, his = { 0 }, none = { 0 };
    assert_ok(delegation_store_list(&rq, me, &mine));
    assert_ok(delegation_store_list(&rq, to, &his));
    assert_ok(delegation_store_list(&rq, other, &none));
    assert_int_equal(mine.count, 2);
    assert_int_equal(his.count, 2);
    assert_int_equal(none.count, 0);
    const struct delegation *d = mine.items;
    as(other, NULL);
    assert_err(delegation_end(&rq, d[0].id), ERR_NOT_FOUND, "delegations.not_found");
    as(me, NULL);
    assert_ok(delegation_end(&rq, d[0].id));
    as(to, NULL);
    assert_ok(delegation_end(&rq, d[1].id));
    assert_err(delegation_end(&rq, d[1].id), ERR_NOT_FOUND, "delegations.not_found");
}

/* ---- first start ---- */

static const struct first_admin ADMINS[3] = {
    { { "system", 6 }, { "One", 3 }, { "x", 1 } },
    { { "security", 8 }, { "Two", 3 }, { "x", 1 } },
    { { "audit", 5 }, { "Three", 5 }, { "x", 1 } },
};

static void the_first_code_makes_three_administrators_once(void **state)
{
    (void)state;
    bool needed = false;
    str old, code;
    assert_ok(first_is_needed(&rq, &needed));
    assert_true(needed);
    assert_ok(first_code_make(&rq, &old));
    assert_ok(first_code_make(&rq, &code));
    assert_err(first_set_up(&rq, str_of("WRONG"), str_of(""), ADMINS), ERR_INVALID,
               "accounts.first_code");
    assert_err(first_set_up(&rq, old, str_of(""), ADMINS), ERR_INVALID, "accounts.first_code");
    assert_ok(first_set_up(&rq, code, str_of(""), ADMINS));
    assert_int_equal(db_org(t->db), t->org);
    for (size_t i = 0; i < 3; i++) {
        struct account a;
        struct rows rows = { 0 };
        assert_ok(account_find_by_login_name(&rq, ADMINS[i].login_name, &a));
        assert_ok(holding_store_list(&rq, a.id, &rows));
        assert_int_equal(rows.count, 1);
        assert_true(str_is(((struct holding *)rows.items)->role, FIRST_ROLES[i]));
    }
    assert_ok(first_is_needed(&rq, &needed));
    assert_false(needed);
    assert_err(first_code_make(&rq, &code), ERR_CONFLICT, "accounts.first_done");
    assert_err(first_set_up(&rq, code, str_of(""), ADMINS), ERR_CONFLICT, "accounts.first_done");
}

static void a_first_code_lasts_a_day(void **state)
{
    (void)state;
    str code;
    assert_ok(first_code_make(&rq, &code));
    rq.now_ms += DAY_MS;
    assert_err(first_set_up(&rq, code, str_of(""), ADMINS), ERR_INVALID, "accounts.first_code");
    rq.now_ms--;
    assert_ok(first_set_up(&rq, code, str_of(""), ADMINS));
}

static void the_first_start_founds_the_organisation_where_there_is_none(void **state)
{
    (void)state;
    str code;
    db_set_org(t->db, 0);
    boss = (struct actor){ 0 };
    assert_ok(first_code_make(&rq, &code));
    assert_ok(first_set_up(&rq, code, str_of("Founded"), ADMINS));
    i64 org_id = 0;
    str name = str_of("Founded");
    assert_ok(db_i64(t->db, SQL("SELECT id FROM tenants WHERE name = :name", P(name)), &org_id));
    db_set_org(t->db, org_id);
    struct account a;
    boss.org_id = org_id;
    assert_ok(account_find_by_login_name(&rq, str_of("audit"), &a));
}

/* ---- tidying ---- */

static void what_has_been_kept_long_enough_goes(void **state)
{
    (void)state;
    i64 id = make("zhang");
    bool again = true;
    struct address_row row = { str_of("192.0.2.1"), 3, rq.now_ms, 0 }, left = { 0 };
    add_login(id);
    assert_ok(access_store_save_address(t->db, &row));
    assert_ok(job_accounts_tidy(&rq, &again));
    assert_false(again);
    assert_int_equal(open_logins(id), 1);
    assert_int_equal(audits("accounts.create"), 1);
    rq.now_ms += 181 * DAY_MS;
    rq.today += 181;
    assert_ok(job_accounts_tidy(&rq, &again));
    assert_int_equal(open_logins(id), 0);
    assert_ok(access_store_find_address(t->db, row.address, rq.mem, &left));
    assert_int_equal(left.failures, 0);
    assert_int_equal(audits("accounts.create"), 1); /* three years unless the site says less */
    rq.now_ms += 1000 * DAY_MS;
    rq.today += 1000;
    assert_ok(job_accounts_tidy(&rq, &again));
    assert_int_equal(audits("accounts.create"), 0);
    assert_int_equal(audits("audits.retired"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(login_names_are_judged_by_table, begin, end),
        cmocka_unit_test_setup_teardown(an_account_needs_a_name, begin, end),
        cmocka_unit_test_setup_teardown(
            a_login_name_is_unique_over_all_organisations_and_an_account_seen_in_its_own, begin,
            end),
        cmocka_unit_test_setup_teardown(disabling_and_enabling, begin, end),
        cmocka_unit_test_setup_teardown(a_set_password_unlocks_ends_logins_and_keeps_the_old_one,
                                        begin, end),
        cmocka_unit_test_setup_teardown(unlocking_clears_the_counters, begin, end),
        cmocka_unit_test_setup_teardown(
            an_administrators_password_is_not_reset_by_the_system_administrator, begin, end),
        cmocka_unit_test_setup_teardown(what_may_be_held_together_by_table, begin, end),
        cmocka_unit_test_setup_teardown(
            what_is_over_or_not_yet_counts_only_where_it_overlaps_today_or_later, begin, end),
        cmocka_unit_test_setup_teardown(roles_are_given_by_others_with_fitting_scope_and_days,
                                        begin, end),
        cmocka_unit_test_setup_teardown(an_administrators_role_ends_open_logins, begin, end),
        cmocka_unit_test_setup_teardown(taking_a_role_away, begin, end),
        cmocka_unit_test_setup_teardown(the_last_administrator_of_each_kind_stays, begin, end),
        cmocka_unit_test_setup_teardown(a_reset_factor_must_be_set_up_anew, begin, end),
        cmocka_unit_test_setup_teardown(roles_are_made_and_changed_within_their_area, begin, end),
        cmocka_unit_test_setup_teardown(made_passwords_fit_their_hash, begin, end),
        cmocka_unit_test_setup_teardown(profiles_ask_for_different_things, begin, end),
        cmocka_unit_test_setup_teardown(the_profile_mlps_remembers, begin, end),
        cmocka_unit_test_setup_teardown(a_factor_counts_after_its_first_code, begin, end),
        cmocka_unit_test_setup_teardown(ending_logins, begin, end),
        cmocka_unit_test_setup_teardown(tokens_are_made_shown_once_and_ended, begin, end),
        cmocka_unit_test_setup_teardown(what_can_be_delegated, begin, end),
        cmocka_unit_test_setup_teardown(delegations_are_judged_by_table, begin, end),
        cmocka_unit_test_setup_teardown(both_sides_are_told, begin, end),
        cmocka_unit_test_setup_teardown(who_is_concerned_hears_what_others_did, begin, end),
        cmocka_unit_test_setup_teardown(a_delegation_is_seen_and_ended_by_both_sides_only, begin,
                                        end),
        cmocka_unit_test_setup_teardown(the_first_code_makes_three_administrators_once, begin, end),
        cmocka_unit_test_setup_teardown(a_first_code_lasts_a_day, begin, end),
        cmocka_unit_test_setup_teardown(the_first_start_founds_the_organisation_where_there_is_none,
                                        begin, end),
        cmocka_unit_test_setup_teardown(what_has_been_kept_long_enough_goes, begin, end),
    };
    return cmocka_run_group_tests(tests, open_app, close_app);
}
