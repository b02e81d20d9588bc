/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations, roles, holdings and delegations become scopes; cookies and tokens become actors;
 * time-outs. Both engines (HUOTANG_TEST_DB), two organisations. Signing in itself:
 * signin_test.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "platform/access/access_settings.h"
#include "platform/access/access_store.h"
#include "platform/access/login.h"
#include "platform/access/secret.h"
#include "platform/access/signin.h"
#include "platform/access/tests/gate.h"
#include "platform/base/str.h"

enum { MINUTE = 60000, HOUR = 60 * MINUTE };
static const i64 DAY = 24 * (i64)HOUR;
static struct actor actor;
static bool stale;

/* ---- declarations ---- */

static err start_with(const struct permission *permissions, const struct route *routes)
{
    static struct module module;
    static const struct module *list[2];
    module = (struct module){ .name = "x", .permissions = permissions, .routes = routes };
    list[0] = &module;
    struct app app = gate.app;
    app.modules = list;
    return access_start(&app);
}

static void declarations_that_mix_are_refused(void **state)
{
    (void)state;
    static const struct permission TWICE[] = { { "x.read", "staff", 0 },
                                               { "x.read", "member", 0 },
                                               { 0 } };
    static const struct permission UNKNOWN[] = { { "x.read", "staff king", 0 }, { 0 } };
    static const struct permission BUSINESS[] = { { "x.read", "staff sysadmin", 0 }, { 0 } };
    static const struct permission ADMIN[] = { { "x.read", "sysadmin auditor", ADMIN_SYSTEM },
                                               { 0 } };
    static const struct permission WATCH[] = { { "x.read", "auditor", ADMIN_AUDIT }, { 0 } };
    static const struct permission NOBODY[] = { { "x.read", NULL, ADMIN_SECURITY }, { 0 } };
    static const struct route CHANGING[] = { { POST, "/x", NULL, .may = "x.read" }, { 0 } };
    static const struct route LOOKING[] = { { GET, "/x", NULL, .may = "x.read" },
                                            { POST, "/y", NULL, .may = PUBLIC },
                                            { POST, "/z", NULL, .may = NULL },
                                            { 0 } };
    stage_expect(start_with(TWICE, NULL), "access.declared_twice");
    stage_expect(start_with(UNKNOWN, NULL), "access.unknown_role");
    stage_expect(start_with(BUSINESS, NULL), "access.role_of_other_area");
    stage_expect(start_with(ADMIN, NULL), "access.role_of_other_area");
    stage_expect(start_with(WATCH, CHANGING), "access.auditor_may_not_change");
    stage_expect(start_with(WATCH, LOOKING), NULL);
    stage_expect(start_with(NOBODY, CHANGING), NULL);
    static struct permission many[ACTOR_PERMISSIONS_MAX + 2];
    for (size_t i = 0; i <= ACTOR_PERMISSIONS_MAX; i++)
        many[i].name = arena_printf(gate.mem, "x.p%04d", (int)i).ptr;
    stage_expect(start_with(many, NULL), "access.too_many_permissions");
    many[ACTOR_PERMISSIONS_MAX].name = NULL;
    stage_expect(start_with(many, NULL), NULL);
    assert_int_equal(permission_number("x.p0000"), 0);
    assert_int_equal(permission_number("x.p0511"), 511);
    struct app none = gate.app;
    none.modules = NULL;
    stage_expect(access_start(&none), NULL);
    assert_int_equal(permission_number("x.p0000"), -1);
    stage_expect(access_start(&gate.app), NULL);
}

static void permissions_are_numbered_by_name(void **state)
{
    (void)state;
    size_t count = 0;
    const struct permission *all = permission_all(&count);
    assert_int_equal(count, 6);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(permission_number(all[i].name), i);
    assert_int_equal(permission_number("samples.nothing"), -1);
}

/* ---- scopes ---- */

struct given {
    const char *role, *scope;
    i64 scope_id;
};

/* The scope of each permission for an account of org 1 with these holdings. */
static void scopes_are_folded_by_table(void **state)
{
    (void)state;
    static const struct {
        struct given given[3];
        i64 agency_id;
        const char *permission;
        enum scope scope;
    } CASES[] = {
        { { { 0 } }, 0, "samples.read", SCOPE_NONE },
        { { { "member", "self", 0 } }, 0, "samples.read", SCOPE_SELF },
        { { { "member", "self", 0 } }, 0, "samples.change", SCOPE_NONE },
        { { { "staff", "org", 0 } }, 0, "samples.change", SCOPE_ORG },
        /* Only roles of the whole organisation hold it: for a committee it opens nothing. */
        { { { "staff", "committee", 5 } }, 0, "samples.change", SCOPE_NONE },
        { { { "staff", "committee", 5 }, { "staff", "org", 0 } }, 0, "samples.change", SCOPE_ORG },
        { { { "operator", "self", 0 } }, 9, "samples.reply", SCOPE_NONE },
        { { { "operator", "org", 0 } }, 0, "samples.reply", SCOPE_ORG },
        { { { "staff", "committee", 5 } }, 0, "samples.read", SCOPE_COMMITTEE },
        { { { "staff", "committee", 5 }, { "member", "self", 0 } },
          0,
          "samples.read",
          SCOPE_COMMITTEE },
        { { { "member", "self", 0 }, { "staff", "org", 0 } }, 0, "samples.read", SCOPE_ORG },
        { { { "operator", "agency", 0 } }, 9, "samples.reply", SCOPE_AGENCY },
        { { { "operator", "agency", 0 } }, 0, "samples.reply", SCOPE_NONE },
        { { { "sysadmin", "org", 0 } }, 0, "samples.configure", SCOPE_ORG },
        { { { "sysadmin", "org", 0 } }, 0, "samples.read", SCOPE_NONE },
        { { { "secadmin", "org", 0 } }, 0, "samples.guard", SCOPE_ORG },
        { { { "secadmin", "org", 0 } }, 0, "samples.configure", SCOPE_NONE },
        { { { "auditor", "org", 0 } }, 0, "samples.watch", SCOPE_ORG },
        /* However the rows came there, two of the three give neither. */
        { { { "sysadmin", "org", 0 }, { "secadmin", "org", 0 } },
          0,
          "samples.configure",
          SCOPE_NONE },
        { { { "sysadmin", "org", 0 }, { "secadmin", "org", 0 } }, 0, "samples.guard", SCOPE_NONE },
        { { { "auditor", "org", 0 }, { "sysadmin", "org", 0 } }, 0, "samples.watch", SCOPE_NONE },
        /* Nor an administrator who is a clerk too; the clerk's work stays. */
        { { { "staff", "org", 0 }, { "sysadmin", "org", 0 } }, 0, "samples.configure", SCOPE_NONE },
        { { { "staff", "org", 0 }, { "sysadmin", "org", 0 } }, 0, "samples.change", SCOPE_ORG },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        i64 id = gate_account(STAGE_ORG, arena_printf(gate.mem, "case%d", (int)i).ptr);
        i64 agency_id = CASES[i].agency_id;
        gate_run(STAGE_ORG, SQL("UPDATE accounts SET agency_id = :agency_id, version = version + 1"
                                " WHERE org_id = :org AND id = :id",
                                P(agency_id), P(id)));
        for (const struct given *g = CASES[i].given; g->role; g++)
            gate_give(STAGE_ORG, id, g->role, g->scope, g->scope_id);
        gate_set(STAGE_ORG, "accounts.second_factor", "none");
        gate_rq(gate_sign_in(arena_printf(gate.mem, "case%d", (int)i).ptr), &actor, &stale);
        assert_int_equal(actor.account_id, id);
        if (actor_scope(&actor, CASES[i].permission) != CASES[i].scope)
            fail_msg("case %d: %s is %d", (int)i, CASES[i].permission,
                     actor_scope(&actor, CASES[i].permission));
        assert_int_equal(actor_may(&actor, CASES[i].permission), CASES[i].scope != SCOPE_NONE);
    }
}

static void deny_of_any_role_wins(void **state)
{
    (void)state;
    i64 id = gate_account(STAGE_ORG, "clerk");
    gate_give(STAGE_ORG, id, "staff", "org", 0);
    gate_give(STAGE_ORG, id, "member", "self", 0);
    gate_permit(STAGE_ORG, "member", "samples.change", "deny");
    const char *cookie = gate_sign_in("clerk");
    gate_rq(cookie, &actor, &stale);
    assert_false(actor_may(&actor, "samples.change"));
    assert_true(actor_may(&actor, "samples.read"));
    gate_permit(STAGE_ORG, "member", "samples.change", "allow");
    gate_rq(cookie, &actor, &stale);
    assert_int_equal(actor_scope(&actor, "samples.change"), SCOPE_ORG);
}

static void a_business_role_cannot_be_given_an_administrators_permission(void **state)
{
    (void)state;
    i64 id = gate_account(STAGE_ORG, "clerk");
    gate_give(STAGE_ORG, id, "staff", "org", 0);
    gate_permit(STAGE_ORG, "staff", "samples.guard", "allow");
    gate_permit(STAGE_ORG, "staff", "samples.not_declared_any_more", "allow");
    gate_rq(gate_sign_in("clerk"), &actor, &stale);
    assert_false(actor_may(&actor, "samples.guard"));
    i64 admin = gate_account(STAGE_ORG, "admin");
    gate_give(STAGE_ORG, admin, "sysadmin", "org", 0);
    gate_permit(STAGE_ORG, "sysadmin", "samples.read", "allow");
    gate_rq(gate_sign_in("admin"), &actor, &stale);
    assert_false(actor_may(&actor, "samples.read"));
}

static void committees_are_collected_once(void **state)
{
    (void)state;
    i64 id = gate_account(STAGE_ORG, "clerk");
    gate_give(STAGE_ORG, id, "staff", "committee", 5);
    gate_give(STAGE_ORG, id, "reviewer", "committee", 6);
    gate_give(STAGE_ORG, id, "editor", "committee", 5);
    gate_rq(gate_sign_in("clerk"), &actor, &stale);
    assert_int_equal(actor.committees.count, 2);
    assert_int_equal(actor.committees.items[0] + actor.committees.items[1], 11);
}

static void a_holding_has_its_days(void **state)
{
    (void)state;
    i64 id = gate_account(STAGE_ORG, "clerk"), today = stage_day("2026-11-25");
    gate_give(STAGE_ORG, id, "staff", "org", 0);
    static const struct {
        i64 from, to;
        bool may;
    } CASES[] = {
        { 0, 0, true }, { 1, 0, false }, { -9, -1, false }, { -9, 0, true }, { -9, 9, true }
    };
    for (size_t i = 0; i < 5; i++) {
        i64 from_on = today + CASES[i].from, to_on = i == 0 ? 0 : today + CASES[i].to;
        gate_run(STAGE_ORG, SQL("UPDATE holdings SET from_on = :from_on, to_on = :to_on"
                                " WHERE org_id = :org AND account_id = :id",
                                P(from_on), P(to_on), P(id)));
        gate_rq(gate_sign_in("clerk"), &actor, &stale);
        assert_int_equal(actor_may(&actor, "samples.change"), CASES[i].may);
    }
}

/* ---- seeding ---- */

static void seeding_again_keeps_what_the_site_decided(void **state)
{
    (void)state;
    i64 id = gate_account(STAGE_ORG, "clerk");
    gate_give(STAGE_ORG, id, "staff", "org", 0);
    str name = str_of("samples.change");
    gate_run(STAGE_ORG, SQL("DELETE FROM role_permissions WHERE org_id = :org"
                            " AND permission = :name",
                            P(name)));
    stage_expect(access_seed(&gate.app, gate.db), NULL);
    gate_rq(gate_sign_in("clerk"), &actor, &stale);
    assert_false(actor_may(&actor, "samples.change"));
    gate_run(STAGE_ORG, SQL("DELETE FROM seeded_permissions WHERE org_id = :org"
                            " AND permission = :name",
                            P(name)));
    stage_expect(access_seed(&gate.app, gate.db), NULL);
    gate_rq(gate_sign_in("clerk"), &actor, &stale);
    assert_true(actor_may(&actor, "samples.change"));
}

static void founding_again_renames(void **state)
{
    (void)state;
    db_set_org(gate.db, STAGE_OTHER_ORG);
    stage_expect(access_found(&gate.app, gate.db, STAGE_ORG, str_of("Renamed"), 9), NULL);
    assert_int_equal(db_org(gate.db), STAGE_OTHER_ORG);
    gate_visitor(&actor);
    assert_int_equal(actor.org_id, STAGE_OTHER_ORG); /* now the lowest position */
    stage_expect(access_found(&gate.app, gate.db, STAGE_ORG, str_of("Renamed"), 0), NULL);
    gate_visitor(&actor);
    assert_int_equal(actor.org_id, STAGE_ORG);
    assert_true(str_is(actor.org_name, "Renamed"));
}

/* ---- who asks ---- */

static void a_visitor_has_what_citizens_have(void **state)
{
    (void)state;
    struct rq *rq = gate_visitor(&actor);
    assert_int_equal(rq->actor->account_id, 0);
    assert_int_equal(actor.login_id, 0);
    assert_int_equal(actor.org_id, STAGE_ORG);
    assert_int_equal(actor_scope(&actor, "samples.read"), SCOPE_SELF);
    assert_false(actor_may(&actor, "samples.change"));
    gate_visitor(&actor); /* kept */
    assert_int_equal(actor_scope(&actor, "samples.read"), SCOPE_SELF);
    assert_int_equal(db_org(gate.db), STAGE_ORG);
}

static void without_organisations_nobody_has_anything(void **state)
{
    (void)state;
    gate_run(STAGE_ORG, SQL("DELETE FROM role_permissions WHERE org_id > 0"));
    gate_run(STAGE_ORG, SQL("DELETE FROM roles WHERE org_id > 0"));
    gate_run(STAGE_ORG, SQL("DELETE FROM tenants WHERE id > 0"));
    for (int i = 0; i < 2; i++) { /* loaded, then kept */
        struct credentials none = { 0 };
        stage_expect(access_actor(&gate.app, gate.db, &none, gate.mem, &actor, &stale), NULL);
        assert_int_equal(actor.org_id, 0);
        assert_int_equal(db_org(gate.db), 0);
        assert_false(actor_may(&actor, "samples.read"));
    }
}

static void a_cookie_that_is_none_is_stale(void **state)
{
    (void)state;
    gate_rq("nonsense", &actor, &stale);
    assert_true(stale);
    assert_int_equal(actor.account_id, 0);
    assert_int_equal(actor.org_id, STAGE_ORG);
}

static void a_login_belongs_to_its_organisation(void **state)
{
    (void)state;
    i64 id = gate_account(STAGE_OTHER_ORG, "other");
    gate_give(STAGE_OTHER_ORG, id, "staff", "org", 0);
    gate_set(STAGE_OTHER_ORG, "accounts.second_factor", "none");
    const char *cookie = gate_sign_in("other");
    for (int i = 0; i < 2; i++) { /* loaded, then kept */
        gate_rq(cookie, &actor, &stale);
        assert_false(stale);
        assert_int_equal(actor.org_id, STAGE_OTHER_ORG);
        assert_true(str_is(actor.org_name, "Second"));
        assert_true(str_is(actor.name, "other"));
        assert_int_equal(db_org(gate.db), STAGE_OTHER_ORG);
        assert_int_equal(actor.csrf.len, 43);
        assert_true(actor_may(&actor, "samples.change"));
    }
    assert_int_equal(gate_audits(STAGE_OTHER_ORG, "accounts.login"), 1);
    assert_int_equal(gate_audits(STAGE_ORG, "accounts.login"), 0);
}

static void a_disabled_account_and_an_ended_login_do_not_count(void **state)
{
    (void)state;
    i64 id = gate_account(STAGE_ORG, "clerk");
    const char *cookie = gate_sign_in("clerk"), *second = gate_sign_in("clerk");
    gate_rq(cookie, &actor, &stale);
    i64 login_id = actor.login_id;
    stage_expect(access_store_end_login(gate.db, id, login_id, 1), NULL);
    access_forget();
    gate_rq(cookie, &actor, &stale);
    assert_true(stale);
    gate_rq(second, &actor, &stale);
    assert_false(stale);
    gate_run(STAGE_ORG, SQL("UPDATE accounts SET state = 'disabled', version = version + 1"
                            " WHERE org_id = :org AND id = :id",
                            P(id)));
    gate_rq(second, &actor, &stale);
    assert_true(stale);
}

static void a_kept_actor_lasts_less_than_a_second_of_the_clock(void **state)
{
    (void)state;
    i64 id = gate_account(STAGE_ORG, "clerk");
    const char *cookie = gate_sign_in("clerk");
    gate_rq(cookie, &actor, &stale);
    stage_expect(access_store_end_logins(gate.db, id, 0, 1), NULL);
    gate.app.clock.fixed_ms += 1000; /* without forgetting: another process has ended it */
    gate_rq(cookie, &actor, &stale);
    assert_true(stale);
}

static void logins_time_out_by_table(void **state)
{
    (void)state;
    static const struct {
        const char *role;
        i64 idle_ms; /* between uses */
        int uses;
        bool stale;
    } CASES[] = {
        { "staff", 29 * MINUTE, 1, false },
        { "staff", 30 * MINUTE, 1, true },
        { "staff", 29 * MINUTE, 24, false },
        { "staff", 29 * MINUTE, 25, true }, /* 12 hours */
        { "member", 7 * 24 * HOUR - 1, 1, false },
        { "member", 7 * 24 * HOUR, 1, true },
        { "member", 6 * 24 * HOUR, 4, false },
        { "member", 6 * 24 * HOUR, 5, true }, /* 30 days */
    };
    gate_set(STAGE_ORG, "accounts.second_factor", "none");
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const char *name = arena_printf(gate.mem, "user%d", (int)i).ptr;
        gate_give(STAGE_ORG, gate_account(STAGE_ORG, name), CASES[i].role, "org", 0);
        const char *cookie = gate_sign_in(name);
        for (int use = 0; use < CASES[i].uses; use++) {
            gate_later(CASES[i].idle_ms);
            gate_rq(cookie, &actor, &stale);
            if (use < CASES[i].uses - 1)
                assert_false(stale);
        }
        if (stale != CASES[i].stale)
            fail_msg("case %d", (int)i);
    }
}

/* GB/T 22239-2019 8.1.4.1 b: what an open page asks by itself does not keep its login alive. */
static void an_unattended_page_ends_by_its_time(void **state)
{
    (void)state;
    gate_set(STAGE_ORG, "accounts.second_factor", "none");
    gate_give(STAGE_ORG, gate_account(STAGE_ORG, "away"), "staff", "org", 0);
    struct credentials credentials = { .cookie = str_of(gate_sign_in("away")),
                                       .address = str_of("192.0.2.7"),
                                       .agent = str_of("Test"),
                                       .unattended = true };
    for (int minute = 5; minute <= 30; minute += 5) {
        gate_later(5 * MINUTE);
        stage_expect(access_actor(&gate.app, gate.db, &credentials, gate.mem, &actor, &stale),
                     NULL);
        stage_expect(access_touch(&gate.app, gate.db, gate.app.clock.fixed_ms), NULL);
        assert_int_equal(stale, minute == 30);
    }
}

static void last_seen_is_written_by_the_minute(void **state)
{
    (void)state;
    i64 id = gate_account(STAGE_ORG, "clerk"), seen_at = 0, now;
    const char *cookie = gate_sign_in("clerk");
    gate_rq(cookie, &actor, &stale);
    i64 before = db_org(gate.db);
    now = gate.app.clock.fixed_ms;
    stage_expect(access_touch(&gate.app, gate.db, now), NULL);
    gate_later(30000);
    gate_rq(cookie, &actor, &stale);
    stage_expect(access_touch(&gate.app, gate.db, now), NULL);
    stage_expect(db_i64(gate.db,
                        SQL("SELECT seen_at FROM logins WHERE org_id = :org AND account_id = :id",
                            P(id)),
                        &seen_at),
                 NULL);
    assert_int_equal(seen_at, now);
    gate_later(30001);
    gate_rq(cookie, &actor, &stale);
    stage_expect(access_touch(&gate.app, gate.db, now), NULL);
    stage_expect(db_i64(gate.db,
                        SQL("SELECT seen_at FROM logins WHERE org_id = :org AND account_id = :id",
                            P(id)),
                        &seen_at),
                 NULL);
    assert_int_equal(seen_at, now + 60001);
    assert_int_equal(db_org(gate.db), before);
}

/* ---- API tokens ---- */

static const char *add_token(i64 account_id, const char *only, i64 expires_at)
{
    str text = secret_token(&gate.app.rng, gate.mem), token_hash = secret_hash(gate.mem, text);
    str permissions = str_of(only);
    gate_run(STAGE_ORG, SQL("INSERT INTO tokens (org_id, account_id, name, token_hash, permissions,"
                            " created_at, expires_at) VALUES (:org, :account_id, 'test',"
                            " :token_hash, :permissions, 0, :expires_at)",
                            P(account_id), P(token_hash), P(permissions), P(expires_at)));
    return text.ptr;
}

static void bearer(const char *token)
{
    struct credentials credentials = { .bearer = str_of(token), .cookie = str_of("ignored") };
    stage_expect(access_actor(&gate.app, gate.db, &credentials, gate.mem, &actor, &stale), NULL);
}

static void a_token_has_the_accounts_permissions_or_some_until_it_expires(void **state)
{
    (void)state;
    i64 id = gate_account(STAGE_ORG, "robot"), now = gate.app.clock.fixed_ms;
    gate_give(STAGE_ORG, id, "staff", "org", 0);
    const char *all = add_token(id, "", now + DAY),
               *some = add_token(id, "samples.read", now + DAY);
    bearer(all);
    assert_false(stale);
    assert_true(actor.by_token);
    assert_false(actor.must_enrol);
    assert_int_equal(actor.account_id, id);
    assert_int_equal(actor.csrf.len, 0);
    assert_true(actor_may(&actor, "samples.change"));
    bearer(some);
    assert_true(actor_may(&actor, "samples.read"));
    assert_false(actor_may(&actor, "samples.change"));
    stage_expect(access_touch(&gate.app, gate.db, now), NULL);
    i64 seen_at = 0;
    stage_expect(db_i64(gate.db,
                        SQL("SELECT MIN(seen_at) FROM tokens WHERE org_id = :org"
                            " AND account_id = :id",
                            P(id)),
                        &seen_at),
                 NULL);
    assert_int_equal(seen_at, now);
    gate_later(DAY - 1);
    bearer(all);
    assert_false(stale);
    gate_later(1);
    bearer(all);
    assert_true(stale);
    bearer("nonsense");
    assert_true(stale);
    /* A token is no cookie and a cookie no token. */
    gate_rq(all, &actor, &stale);
    assert_true(stale);
    bearer(gate_sign_in("robot"));
    assert_true(stale);
}

/* ---- second factor and password asked for ---- */

static void who_must_set_up_a_second_factor_by_table(void **state)
{
    (void)state;
    static const struct {
        const char *setting, *role;
        bool must;
        const char *demo;
    } CASES[] = {
        { "none", "sysadmin", true, "0" },   { "none", "auditor", true, "0" },
        { "none", "staff", false, "0" },     { "admins", "staff", false, "0" },
        { "admins", "auditor", true, "0" },  { "office", "member", false, "0" },
        { "office", "staff", true, "0" },    { "office", "secadmin", true, "0" },
        { "all", "member", true, "0" },      { "none", "sysadmin", false, "1" },
        { "admins", "sysadmin", true, "1" }, { "office", "secadmin", true, "1" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const char *name = arena_printf(gate.mem, "user%d", (int)i).ptr;
        gate_give(STAGE_ORG, gate_account(STAGE_ORG, name), CASES[i].role, "org", 0);
        gate_set(STAGE_ORG, "accounts.second_factor", CASES[i].setting);
        gate_set(STAGE_ORG, "settings.demo", CASES[i].demo);
        gate_rq(gate_sign_in(name), &actor, &stale);
        assert_int_equal(actor.must_enrol, CASES[i].must);
    }
}

static void an_old_password_must_be_changed_in_the_profile_that_says_so(void **state)
{
    (void)state;
    gate_account(STAGE_ORG, "someone");
    gate_later(91 * DAY);
    gate_rq(gate_sign_in("someone"), &actor, &stale);
    assert_false(actor.must_change_password);
    gate_set(STAGE_ORG, "accounts.password_profile", "mlps");
    gate_rq(gate_sign_in("someone"), &actor, &stale);
    assert_true(actor.must_change_password);
    gate_set(STAGE_ORG, "accounts.password_days", "0");
    gate_rq(gate_sign_in("someone"), &actor, &stale);
    assert_false(actor.must_change_password);
    gate_set(STAGE_ORG, "accounts.password_days", "120");
    gate_rq(gate_sign_in("someone"), &actor, &stale);
    assert_false(actor.must_change_password);
}

/* ---- acting for another ---- */

static i64 delegate(i64 from, i64 to, const char *what, i64 to_on)
{
    i64 id = 0, today = stage_day("2026-11-25");
    str permissions = str_of(what);
    db_set_org(gate.db, STAGE_ORG);
    stage_expect(db_insert(gate.db,
                           SQL("INSERT INTO delegations (org_id, from_account_id, to_account_id,"
                               " permissions, from_on, to_on, created_at) VALUES (:org, :from, :to,"
                               " :permissions, :today, :to_on, 0) RETURNING id",
                               P(from), P(to), P(permissions), P(today), P(to_on)),
                           &id),
                 NULL);
    return id;
}

static void acting_for_another_takes_his_place_and_no_more(void **state)
{
    (void)state;
    i64 today = stage_day("2026-11-25");
    i64 boss = gate_account(STAGE_ORG, "boss"), aide = gate_account(STAGE_ORG, "aide");
    gate_give(STAGE_ORG, boss, "operator", "agency", 0);
    gate_give(STAGE_ORG, boss, "staff", "committee", 4);
    gate_give(STAGE_ORG, aide, "staff", "org", 0);
    gate_run(STAGE_ORG, SQL("UPDATE accounts SET person_id = 11, member_id = 12, agency_id = 13,"
                            " version = version + 1 WHERE org_id = :org AND id = :boss",
                            P(boss)));
    gate_run(STAGE_ORG, SQL("UPDATE accounts SET person_id = 21, agency_id = 23, version = version "
                            "+ 1 WHERE org_id = :org AND id = :aide",
                            P(aide)));
    i64 id = delegate(boss, aide, "samples.reply samples.change samples.configure", today + 1);
    const char *cookie = gate_sign_in("aide");
    struct rq *rq = gate_rq(cookie, &actor, &stale);
    stage_expect(signin_act_for(rq, id), NULL);
    gate_rq(cookie, &actor, &stale);
    assert_int_equal(actor.account_id, aide);
    assert_int_equal(actor.delegator_account_id, boss);
    assert_true(str_is(actor.delegator_name, "boss"));
    assert_int_equal(actor.person_id, 11);
    assert_int_equal(actor.member_id, 12);
    assert_int_equal(actor.agency_id, 13);
    assert_int_equal(actor.delegate_agency_id, 23);
    assert_int_equal(actor.delegate_person_id, 21);
    assert_true(actor_is_person(&actor, 11) && actor_is_person(&actor, 21));
    assert_false(actor_is_person(&actor, 12) || actor_is_person(&actor, 0));
    assert_int_equal(actor_scope(&actor, "samples.reply"), SCOPE_AGENCY);
    assert_false(actor_may(&actor, "samples.change")); /* the aide's own does not add to it */
    assert_false(actor_may(&actor, "samples.read"));
    assert_int_equal(actor.committees.count, 1);
    assert_int_equal(gate_audits(STAGE_ORG, "delegations.used"), 1);
    rq = gate_rq(cookie, &actor, &stale);
    stage_expect(signin_act_for(rq, 0), NULL);
    gate_rq(cookie, &actor, &stale);
    assert_int_equal(actor.delegator_account_id, 0);
    assert_true(actor_is_person(&actor, 21) && !actor_is_person(&actor, 11));
    assert_false(actor_is_person(&actor, 0));
    assert_int_equal(actor_scope(&actor, "samples.change"), SCOPE_ORG);
}

static void an_administrators_permission_is_never_delegated(void **state)
{
    (void)state;
    i64 admin = gate_account(STAGE_ORG, "admin"), aide = gate_account(STAGE_ORG, "aide");
    gate_give(STAGE_ORG, admin, "sysadmin", "org", 0);
    i64 id = delegate(admin, aide, "samples.configure", stage_day("2026-12-01"));
    const char *cookie = gate_sign_in("aide");
    stage_expect(signin_act_for(gate_rq(cookie, &actor, &stale), id), NULL);
    gate_rq(cookie, &actor, &stale);
    assert_int_equal(actor.delegator_account_id, admin);
    assert_false(actor_may(&actor, "samples.configure"));
}

static void a_delegation_that_is_not_in_force_changes_nothing(void **state)
{
    (void)state;
    i64 today = stage_day("2026-11-25");
    i64 boss = gate_account(STAGE_ORG, "boss"), aide = gate_account(STAGE_ORG, "aide");
    i64 other = gate_account(STAGE_ORG, "other");
    gate_give(STAGE_ORG, boss, "staff", "org", 0);
    i64 past = delegate(boss, aide, "samples.read", today - 1);
    i64 strange = delegate(boss, other, "samples.read", today + 9);
    i64 good = delegate(boss, aide, "samples.read", today);
    const char *cookie = gate_sign_in("aide");
    struct rq *rq = gate_rq(cookie, &actor, &stale);
    stage_expect(signin_act_for(rq, past), "delegations.not_found");
    stage_expect(signin_act_for(rq, strange), "delegations.not_found");
    stage_expect(signin_act_for(rq, good + 1000), "delegations.not_found");
    stage_expect(signin_act_for(rq, good), NULL);
    gate_run(STAGE_ORG,
             SQL("UPDATE delegations SET ended_at = 1 WHERE org_id = :org AND id = :good",
                 P(good)));
    gate_rq(cookie, &actor, &stale);
    assert_false(stale);
    assert_int_equal(actor.delegator_account_id, 0);
    assert_false(actor_may(&actor, "samples.read"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(declarations_that_mix_are_refused, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(permissions_are_numbered_by_name, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(scopes_are_folded_by_table, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(deny_of_any_role_wins, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(
            a_business_role_cannot_be_given_an_administrators_permission, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(committees_are_collected_once, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(a_holding_has_its_days, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(seeding_again_keeps_what_the_site_decided, gate_begin,
                                        gate_end),
        cmocka_unit_test_setup_teardown(founding_again_renames, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(a_visitor_has_what_citizens_have, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(without_organisations_nobody_has_anything, gate_begin,
                                        gate_end),
        cmocka_unit_test_setup_teardown(a_cookie_that_is_none_is_stale, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(a_login_belongs_to_its_organisation, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(a_disabled_account_and_an_ended_login_do_not_count,
                                        gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(a_kept_actor_lasts_less_than_a_second_of_the_clock,
                                        gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(logins_time_out_by_table, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(an_unattended_page_ends_by_its_time, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(last_seen_is_written_by_the_minute, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(
            a_token_has_the_accounts_permissions_or_some_until_it_expires, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(who_must_set_up_a_second_factor_by_table, gate_begin,
                                        gate_end),
        cmocka_unit_test_setup_teardown(an_old_password_must_be_changed_in_the_profile_that_says_so,
                                        gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(acting_for_another_takes_his_place_and_no_more, gate_begin,
                                        gate_end),
        cmocka_unit_test_setup_teardown(an_administrators_permission_is_never_delegated, gate_begin,
                                        gate_end),
        cmocka_unit_test_setup_teardown(a_delegation_that_is_not_in_force_changes_nothing,
                                        gate_begin, gate_end),
    };
    return cmocka_run_group_tests(tests, gate_open, gate_close);
}
