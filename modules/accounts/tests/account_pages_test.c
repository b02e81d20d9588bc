/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Accounts by the front door: the first start, signing in with both factors, forced changes, one's
 * own pages, the three administrators' pages, the API. One house for all tests; each makes accounts
 * of its own. HUOTANG_TEST_DB. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "embed.h"
#include "modules/accounts/account.h"
#include "platform/access/login.h"
#include "platform/access/secret.h"
#include "platform/access/totp.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "tests/harness/test_app.h"
#include "tests/harness/test_err.h"

#define PASSWORD       "correct horse battery"
#define OTHER_PASSWORD "a quite different one"

extern const struct module account_module;
static const struct permission WORK[] = { { "works.read", "member staff", ADMIN_NONE },
                                          { "works.change", "staff", ADMIN_NONE },
                                          { 0 } };
static err page_home(struct rq *rq, struct res *res)
{
    struct buf *b = buf_new(rq->mem, 100);
    buf_add(b, rq->actor->delegator_account_id ? rq->actor->delegator_name : rq->actor->name);
    res_html(res, b);
    return OK;
}
static err page_important(struct rq *rq, struct res *res)
{
    (void)rq;
    res_redirect(res, str_of("/home"));
    return OK;
}
static const struct route ROUTES[] = {
    { GET, "/home", page_home, .may = SIGNED_IN },
    { GET, "/works", page_home, .may = "works.read" },
    { POST, "/works", page_important, .may = SIGNED_IN, .reauth = true },
    { 0 },
};
static const struct module ORGS = {
    .name = "orgs", .schema = orgs_schema, .permissions = WORK, .routes = ROUTES
};
static const struct module *const MODULE_LIST[] = { &ORGS, &account_module, NULL };

static struct test_app *t;
static str hash;

static int open_app(void **state)
{
    (void)state;
    t = test_app_new(MODULE_LIST);
    assert_ok(password_hash(t->mem, str_of(PASSWORD), &hash));
    return 0;
}

static int close_app(void **state)
{
    (void)state;
    test_app_free(t);
    return 0;
}

static int fresh_browser(void **state)
{
    (void)state;
    t->app.clock = clock_fixed(TEST_NOW_MS);
    assert_ok(db_run(t->db, SQL("DELETE FROM addresses WHERE first_at > 0"), NULL));
    test_as_nobody(t);
    test_as_cookie(t);
    access_forget();
    return 0;
}

/* ---- setting up ---- */

struct wanted {
    const char *login_name, *role;
    bool one_time;
    i64 id;
};

static err make_now(struct rq *rq, void *context)
{
    struct wanted *w = context;
    struct account_new a = { .login_name = str_of(w->login_name),
                             .name = str_of(w->login_name),
                             .password_hash = hash,
                             .one_time = w->one_time };
    TRY(account_create(rq, &a, &w->id));
    return w->role ? account_give_role(rq, w->id, &(struct holding_new){ .role = str_of(w->role) },
                                       NULL)
                   : OK;
}

/* An account with PASSWORD and, if given, a role. */
static i64 make(const char *login_name, const char *role)
{
    struct wanted w = { login_name, role, false, 0 };
    assert_ok(test_write(t, make_now, &w));
    return w.id;
}

static err set_now(struct rq *rq, void *context)
{
    const char *const *pair = context;
    return setting_store(rq, pair[0], str_of(pair[1]), rq->today);
}

static void set(const char *name, const char *value)
{
    const char *pair[2] = { name, value };
    assert_ok(test_write(t, set_now, (void *)pair));
}

static struct test_answer sign_in(const char *login_name, const char *password)
{
    return test_post(t, "/login", "login_name", login_name, "password", password, NULL);
}

static void must_sign_in(const char *login_name)
{
    struct test_answer a = sign_in(login_name, PASSWORD);
    assert_int_equal(a.status, 303);
    assert_true(str_is(a.location, "/home"));
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

/* The words between two marks of the answer's body. */
static str between(const struct test_answer *a, const char *before, const char *after)
{
    i64 from = str_find(a->body, str_of(before), 0);
    assert_true(from >= 0);
    size_t begin = (size_t)from + strlen(before);
    i64 to = str_find(a->body, str_of(after), begin);
    assert_true(to >= 0);
    return arena_str(t->mem, str_sub(a->body, begin, (size_t)to - begin));
}

static const char *code_of(str secret)
{
    char code[7];
    assert_true(totp_code(secret, t->app.clock.fixed_ms / TOTP_STEP_MS, code));
    return arena_str(t->mem, str_of(code)).ptr;
}

/* ---- the first start ---- */

static err code_now(struct rq *rq, void *context)
{
    str *out = context, code;
    TRY(first_code_make(rq, &code));
    *out = arena_str(t->mem, code); /* outlives the request */
    return OK;
}

static struct test_answer post_first(const char *code, const char *password)
{
    return test_post(t, "/first", "code", code, "sysadmin_login", "sys", "sysadmin_name", "One",
                     "sysadmin_password", password, "secadmin_login", "sec", "secadmin_name", "Two",
                     "secadmin_password", PASSWORD, "auditor_login", "aud", "auditor_name", "Three",
                     "auditor_password", PASSWORD, NULL);
}

static void the_first_administrators_are_made_with_the_code_from_the_console(void **state)
{
    (void)state;
    str code;
    struct test_answer a = test_get(t, "/login");
    assert_int_equal(a.status, 303);
    assert_true(str_is(a.location, "/first"));
    a = test_get(t, "/first");
    assert_int_equal(a.status, 200);
    assert_true(test_has_form(&a, "/first"));
    assert_false(test_has_field(t, &a, "org_name")); /* there is an organisation */
    assert_ok(test_write(t, code_now, &code));
    a = post_first(code.ptr, "short");
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "sysadmin_password-why"));
    assert_true(str_is(test_field(t, &a, "sysadmin_name"), "One")); /* typed values stay */
    assert_int_equal(test_field(t, &a, "secadmin_password").len, 0);
    a = post_first("AAAA-BBBB-CCCC-DDDD", PASSWORD);
    assert_int_equal(a.status, 422);
    a = post_first(code.ptr, PASSWORD);
    assert_int_equal(a.status, 303);
    assert_true(str_is(a.location, "/login"));
    assert_int_equal(test_get(t, "/first").status, 404);
    assert_int_equal(post_first(code.ptr, PASSWORD).status, 404);
    a = test_get(t, "/login");
    assert_int_equal(a.status, 200);
}

/* ---- the door ---- */

static void a_login_opens_and_closes(void **state)
{
    (void)state;
    make("zhang", NULL);
    struct test_answer a = test_get(t, "/me");
    assert_int_equal(a.status, 303);
    assert_true(str_is(a.location, "/login?next=/me"));
    must_sign_in("zhang");
    assert_int_equal(test_cookie(t, "login").len, 43);
    a = test_get(t, "/me");
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "zhang"));
    a = test_get(t, "/login");
    assert_true(str_is(a.location, "/home")); /* signed in already */
    a = test_post(t, "/logout", NULL);
    assert_int_equal(a.status, 303);
    assert_true(test_header_of(&a, "Clear-Site-Data").len > 0);
    assert_int_equal(test_cookie(t, "login").len, 0);
    assert_int_equal(test_get(t, "/me").status, 303);
}

static void an_ended_login_does_not_come_back_with_its_cookie(void **state)
{
    (void)state;
    make("huang", NULL);
    must_sign_in("huang");
    str cookie = test_cookie(t, "login");
    test_post(t, "/logout", NULL);
    struct test_request rq = { .method = "GET", .target = "/me" };
    test_header(&rq, "cookie", arena_printf(t->mem, "login=%s", cookie.ptr));
    assert_int_equal(test_ask(t, &rq).status, 303);
}

/* The page without what differs by request: ids, tokens, the typed name. */
static str comparable(const struct test_answer *a)
{
    str words = test_words(t, a);
    i64 end = str_find(words, str_of("请求编号"), 0);
    return end < 0 ? words : str_sub(words, 0, (size_t)end);
}

static void unknown_and_wrong_look_the_same(void **state)
{
    (void)state;
    make("wang", NULL);
    struct test_answer known = sign_in("wang", "wrong"), unknown = sign_in("wong", "wrong");
    assert_int_equal(known.status, 422);
    assert_int_equal(unknown.status, 422);
    assert_true(str_eq(comparable(&known), comparable(&unknown)));
    assert_true(test_has(&known, "login_name-why"));
    assert_true(test_has(&known, "还有 1 处")); /* said once, not twice */
    assert_true(str_is(test_field(t, &known, "login_name"), "wang"));
    assert_int_equal(test_field(t, &known, "password").len, 0);
    assert_false(test_has(&known, "wrong\""));
    assert_int_equal(test_cookie(t, "login").len, 0);
    assert_true(audits("accounts.login_failed") >= 2); /* committed although refused */
}

static void five_failures_lock_and_the_system_administrator_unlocks(void **state)
{
    (void)state;
    i64 id = make("locked", NULL);
    for (int i = 0; i < 5; i++)
        assert_int_equal(sign_in("locked", "wrong").status, 422);
    assert_int_equal(sign_in("locked", PASSWORD).status, 422);
    test_as_role(t, "sysadmin");
    struct test_answer a = test_get(t, arena_printf(t->mem, "/accounts/%d", (int)id).ptr);
    assert_true(test_has_form(&a, arena_printf(t->mem, "/accounts/%d/unlock", (int)id).ptr));
    a = test_post(t, arena_printf(t->mem, "/accounts/%d/unlock", (int)id).ptr, NULL);
    assert_int_equal(a.status, 303);
    fresh_browser(NULL);
    must_sign_in("locked");
}

static void an_address_with_too_many_failures_waits(void **state)
{
    (void)state;
    make("patient", NULL);
    set("accounts.address_failures", "5");
    for (int i = 0; i < 5; i++) {
        sign_in("nobody-here", "wrong");
    }
    struct test_answer a = sign_in("patient", PASSWORD);
    assert_int_equal(a.status, 429);
    assert_true(test_has(&a, "login_name-why"));
    set("accounts.address_failures", "1000");
    t->app.clock.fixed_ms += 16 * 60000;
    assert_int_equal(sign_in("patient", PASSWORD).status, 303);
}

static void going_on_leads_to_own_paths_only(void **state)
{
    (void)state;
    make("next", NULL);
    static const struct {
        const char *next, *location;
    } CASES[] = {
        { "", "/home" },
        { "/works?a=b", "/works?a=b" },
        { "//evil.test", "/home" },
        { "/\\evil.test", "/home" },
        { "https://evil.test", "/home" },
        { "/a b", "/home" },
        { "/login", "/home" },
        { "/logout", "/home" },
        { "/a\\b", "/home" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        test_as_nobody(t);
        test_as_cookie(t);
        struct test_answer a = test_post(t, "/login", "login_name", "next", "password", PASSWORD,
                                         "next", CASES[i].next, NULL);
        assert_int_equal(a.status, 303);
        if (!str_is(a.location, CASES[i].location))
            fail_msg("%s: %.*s", CASES[i].next, (int)a.location.len, a.location.ptr);
    }
    test_as_nobody(t);
    test_as_cookie(t);
    struct test_answer a =
        test_post(t, "/login", "login_name", "", "password", "", "next", "/works", NULL);
    assert_int_equal(a.status, 422);
    assert_true(str_is(test_field(t, &a, "next"), "/works")); /* a fault does not lose the way */
}

static void the_password_is_asked_again_for_what_is_important(void **state)
{
    (void)state;
    make("again", NULL);
    must_sign_in("again");
    assert_int_equal(test_post(t, "/works", NULL).status, 303);
    t->app.clock.fixed_ms += (i64)13 * 3600 * 1000;
    struct test_answer a = test_post(t, "/works", NULL);
    assert_int_equal(a.status, 403);
    assert_true(test_has(&a, "/login/again"));
    a = test_get(t, "/login/again?next=/works");
    assert_true(str_is(test_field(t, &a, "next"), "/works"));
    a = test_post(t, "/login/again", "password", "wrong", "next", "/works", NULL);
    assert_int_equal(a.status, 422);
    assert_true(str_is(test_field(t, &a, "next"), "/works"));
    a = test_post(t, "/login/again", "password", PASSWORD, "next", "/works", NULL);
    assert_true(str_is(a.location, "/works"));
    assert_int_equal(test_post(t, "/works", NULL).status, 303);
}

/* ---- the second factor ---- */

/* Binds a factor for who is signed in and gives its secret. */
static str bind_factor(void)
{
    struct test_answer a = test_post(t, "/me/factor/begin", NULL);
    assert_true(str_is(a.location, "/me/factor"));
    a = test_get(t, "/me/factor");
    assert_true(test_has(&a, "<svg"));
    str shown = between(&a, "<code>", "</code>");
    char *secret = arena_zero(t->mem, shown.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < shown.len; i++)
        if (shown.ptr[i] != ' ')
            secret[len++] = shown.ptr[i];
    str found = { secret, len };
    assert_int_equal(test_post(t, "/me/factor", "code", "000000x", NULL).status, 422);
    str before = test_cookie(t, "login");
    a = test_post(t, "/me/factor", "code", code_of(found), NULL);
    assert_int_equal(a.status, 200);
    assert_false(str_eq(before, test_cookie(t, "login"))); /* a new token */
    str code = between(&a, "<li><code>", "</code>");
    assert_int_equal(code.len, 19);
    return found;
}

static void an_administrator_binds_before_anything_else(void **state)
{
    (void)state;
    make("sysadmin2", "sysadmin");
    must_sign_in("sysadmin2");
    struct test_answer a = test_get(t, "/accounts");
    assert_int_equal(a.status, 303);
    assert_true(str_is(a.location, "/me/factor?next=/accounts"));
    assert_int_equal(test_get(t, "/me").status, 303);
    str secret = bind_factor();
    assert_int_equal(test_get(t, "/accounts").status, 200);
    test_post(t, "/logout", NULL);

    a = sign_in("sysadmin2", PASSWORD);
    assert_true(str_starts(a.location, str_of("/login/code")));
    assert_int_equal(test_get(t, "/accounts").status, 303); /* nobody yet */
    a = test_get(t, "/login/code?next=/accounts");
    assert_int_equal(a.status, 200);
    assert_true(str_is(test_field(t, &a, "next"), "/accounts"));
    /* used when binding */
    assert_int_equal(test_post(t, "/login/code", "code", code_of(secret), NULL).status, 422);
    t->app.clock.fixed_ms += TOTP_STEP_MS;
    a = test_post(t, "/login/code", "code", code_of(secret), "next", "/accounts", NULL);
    assert_int_equal(a.status, 303);
    assert_true(str_is(a.location, "/accounts"));
    assert_int_equal(test_get(t, "/accounts").status, 200);
    assert_true(str_is(test_get(t, "/login/code").location, "/home"));
}

static void too_many_wrong_codes_begin_anew(void **state)
{
    (void)state;
    make("careless", NULL);
    must_sign_in("careless");
    bind_factor();
    test_post(t, "/logout", NULL);
    sign_in("careless", PASSWORD);
    for (int i = 0; i < 4; i++) {
        struct test_answer a = test_post(t, "/login/code", "code", "not a code", NULL);
        assert_int_equal(a.status, 422);
        assert_true(test_has_form(&a, "/login/code"));
    }
    struct test_answer a = test_post(t, "/login/code", "code", "not a code", NULL);
    assert_int_equal(a.status, 422);
    assert_true(test_has_form(&a, "/login"));
    assert_int_equal(test_cookie(t, "login").len, 0);
    assert_true(str_is(test_get(t, "/login/code").location, "/login"));
}

/* ---- one's own pages ---- */

static void a_one_time_password_must_be_changed_first(void **state)
{
    (void)state;
    struct wanted w = { "newcomer", "member", true, 0 };
    assert_ok(test_write(t, make_now, &w));
    must_sign_in("newcomer");
    struct test_answer a = test_get(t, "/works");
    assert_true(str_is(a.location, "/me/password?next=/works"));
    a = test_get(t, "/me/password");
    assert_true(test_has_form(&a, "/me/password"));
    static const struct {
        const char *current, *password, *again, *faulty;
    } CASES[] = {
        { "wrong", OTHER_PASSWORD, OTHER_PASSWORD, "current-why" },
        { PASSWORD, OTHER_PASSWORD, "else", "again-why" },
        { PASSWORD, "short", "short", "password-why" },
        { PASSWORD, PASSWORD, PASSWORD, "password-why" },
        { PASSWORD, "newcomer-and-more", "newcomer-and-more", "password-why" },
        { PASSWORD, "1234567890", "1234567890", "password-why" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        a = test_post(t, "/me/password", "current", CASES[i].current, "password", CASES[i].password,
                      "again", CASES[i].again, NULL);
        assert_int_equal(a.status, 422);
        if (!test_has(&a, CASES[i].faulty))
            fail_msg("case %d", (int)i);
    }
    str before = test_cookie(t, "login");
    a = test_post(t, "/me/password", "current", PASSWORD, "password", OTHER_PASSWORD, "again",
                  OTHER_PASSWORD, NULL);
    assert_true(str_is(a.location, "/me"));
    assert_false(str_eq(before, test_cookie(t, "login")));
    assert_int_equal(test_get(t, "/works").status, 200);
    test_post(t, "/logout", NULL);
    assert_int_equal(sign_in("newcomer", PASSWORD).status, 422);
    assert_int_equal(sign_in("newcomer", OTHER_PASSWORD).status, 303);
}

static void own_logins_are_listed_and_ended(void **state)
{
    (void)state;
    make("twice", NULL);
    must_sign_in("twice");
    str first = test_cookie(t, "login");
    test_as_nobody(t);
    test_as_cookie(t);
    must_sign_in("twice");
    struct test_answer a = test_get(t, "/me/logins");
    assert_int_equal(a.status, 200);
    str id = between(&a, "action=\"/me/logins/end\"", "退出其他");
    (void)id;
    str number = between(&a, "action=\"/me/logins/", "/end\"><");
    a = test_post(t, "/me/logins/999999/end", NULL);
    assert_int_equal(a.status, 404);
    a = test_post(t, "/me/logins/end", NULL);
    assert_int_equal(a.status, 303);
    (void)number;
    struct test_request rq = { .method = "GET", .target = "/me" };
    str second = test_cookie(t, "login");
    test_as_nobody(t);
    test_as_cookie(t);
    test_header(&rq, "cookie", arena_printf(t->mem, "login=%s", first.ptr));
    assert_int_equal(test_ask(t, &rq).status, 303);
    rq.headers[0].value = arena_printf(t->mem, "login=%s", second.ptr);
    assert_int_equal(test_ask(t, &rq).status, 200);
}

static void a_token_opens_the_api_until_it_is_ended(void **state)
{
    (void)state;
    set("accounts.second_factor", "none");
    make("robot", "staff");
    must_sign_in("robot");
    struct test_answer a = test_get(t, "/me/tokens");
    assert_true(test_has_form(&a, "/me/tokens"));
    a = test_post(t, "/me/tokens", "name", "x", "days", "0", "collections", "works", NULL);
    assert_int_equal(a.status, 422);
    a = test_post(t, "/me/tokens", "name", "sync", "days", "30", "collections", "works", NULL);
    assert_int_equal(a.status, 200);
    str token = between(&a, "<code>", "</code>");
    assert_int_equal(token.len, 43);
    a = test_get(t, "/me/tokens");
    assert_false(test_has(&a, token.ptr)); /* shown once */
    str number = between(&a, "/me/tokens/", "/end");
    struct test_request rq = { .method = "GET", .target = "/api/v1/me" };
    test_header(&rq, "authorization", arena_printf(t->mem, "Bearer %s", token.ptr));
    a = test_ask(t, &rq);
    assert_int_equal(a.status, 200);
    assert_true(str_is(test_json(t, &a, "name"), "robot"));
    assert_true(test_has(&a, "\"works.change\":\"org\""));
    a = test_post(t, arena_printf(t->mem, "/me/tokens/%s/end", number.ptr).ptr, NULL);
    assert_int_equal(a.status, 303);
    assert_true(test_ask(t, &rq).status >= 401);
    set("accounts.second_factor", "office");
}

static void a_delegate_acts_and_stops_acting(void **state)
{
    (void)state;
    set("accounts.second_factor", "none");
    make("chief", "staff");
    make("aide", NULL);
    must_sign_in("chief");
    struct test_answer a = test_post(t, "/me/delegations", "login_name", "nobody-at-all",
                                     "collections", "works", "to_on", "2026-12-01", NULL);
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "login_name-why"));
    a = test_post(t, "/me/delegations", "login_name", "aide", "collections", "works", "to_on",
                  "2026-12-01", "note", "holiday", NULL);
    assert_int_equal(a.status, 303);
    test_post(t, "/logout", NULL);

    must_sign_in("aide");
    assert_int_equal(test_get(t, "/works").status, 403);
    a = test_get(t, "/me/delegations");
    assert_true(test_has(&a, "holiday"));
    str id = between(&a, "name=\"delegation_id\" value=\"", "\"");
    a = test_post(t, "/me/acting", "delegation_id", id.ptr, NULL);
    assert_int_equal(a.status, 303);
    a = test_get(t, "/works");
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "chief"));
    a = test_get(t, "/me/delegations");
    assert_false(test_has_form(&a, "/me/delegations")); /* no delegating onwards */
    assert_int_equal(test_post(t, "/me/acting", NULL).status, 303);
    assert_int_equal(test_get(t, "/works").status, 403);
    assert_int_equal(test_post(t, "/me/acting", "delegation_id", "99999", NULL).status, 404);
    a = test_post(t, arena_printf(t->mem, "/me/delegations/%s/end", id.ptr).ptr, NULL);
    assert_int_equal(a.status, 303);
    a = test_post(t, arena_printf(t->mem, "/me/delegations/%s/end", id.ptr).ptr, NULL);
    assert_int_equal(a.status, 404);
    set("accounts.second_factor", "office");
}

static void own_overview_shows_roles(void **state)
{
    (void)state;
    make("holder", "member");
    must_sign_in("holder");
    struct test_answer a = test_get(t, "/me");
    assert_true(test_has(&a, "委员"));
    assert_true(test_link(t, &a, "修改密码").len > 0);
}

/* ---- administrators ---- */

/* The number in place of the mark #. */
static const char *path_of(const char *form, i64 id)
{
    struct buf *b = buf_new(t->mem, 200);
    for (const char *c = form; *c; c++) {
        if (*c == '#')
            buf_put_i64(b, id);
        else
            buf_put_byte(b, *c);
    }
    return arena_str(t->mem, buf_str(b)).ptr;
}

static void the_system_administrator_opens_disables_and_resets(void **state)
{
    (void)state;
    test_as_role(t, "sysadmin");
    struct test_answer a = test_get(t, "/accounts/new");
    assert_true(test_has_form(&a, "/accounts/new"));
    a = test_post(t, "/accounts/new", "login_name", "has space", "name", "Zhao", NULL);
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "login_name-why"));
    assert_true(str_is(test_field(t, &a, "name"), "Zhao"));
    a = test_post(t, "/accounts/new", "login_name", "zhao", "name", "Zhao", "kind", "person", NULL);
    assert_int_equal(a.status, 200);
    str password = between(&a, "<code>", "</code>");
    assert_int_equal(password.len, 14);
    a = test_post(t, "/accounts/new", "login_name", "zhao", "name", "Zhao", NULL);
    assert_int_equal(a.status, 422);
    a = test_get(t, "/accounts?login_name=zhao");
    assert_int_equal(a.status, 200);
    str link = test_link(t, &a, "zhao");
    assert_true(link.len > 0);
    a = test_get(t, link.ptr);
    assert_true(test_has(&a, "Zhao"));
    assert_false(test_has(&a, password.ptr));

    fresh_browser(NULL);
    assert_int_equal(sign_in("zhao", password.ptr).status, 303);
    assert_true(str_starts(test_get(t, "/home").location, str_of("/me/password")));

    test_as_role(t, "sysadmin");
    str disable = arena_printf(t->mem, "%s/disable", link.ptr),
        enable = arena_printf(t->mem, "%s/enable", link.ptr);
    assert_int_equal(test_post(t, disable.ptr, "version", "9", NULL).status, 409);
    assert_int_equal(test_post(t, disable.ptr, "version", "1", NULL).status, 303);
    fresh_browser(NULL);
    assert_int_equal(sign_in("zhao", password.ptr).status, 422);
    test_as_role(t, "sysadmin");
    assert_int_equal(test_post(t, enable.ptr, "version", "2", NULL).status, 303);
    a = test_post(t, arena_printf(t->mem, "%s/reset", link.ptr).ptr, NULL);
    assert_int_equal(a.status, 200);
    str second = between(&a, "<code>", "</code>");
    fresh_browser(NULL);
    assert_int_equal(sign_in("zhao", password.ptr).status, 422);
    assert_int_equal(sign_in("zhao", second.ptr).status, 303);
}

static void the_security_administrator_gives_and_takes(void **state)
{
    (void)state;
    i64 id = make("qian", NULL);
    test_as_role(t, "secadmin");
    struct test_answer a = test_get(t, "/holdings?login_name=qian");
    assert_true(test_link(t, &a, "qian").len > 0);
    a = test_get(t, path_of("/holdings/#", id));
    assert_true(test_has_form(&a, path_of("/holdings/#/give", id)));
    a = test_post(t, path_of("/holdings/#/give", id), "role", "staff", NULL);
    assert_int_equal(a.status, 303);
    a = test_post(t, path_of("/holdings/#/give", id), "role", "auditor", NULL);
    assert_int_equal(a.status, 409);
    assert_true(test_has(&a, "三员分立"));
    a = test_post(t, path_of("/holdings/#/give", id), "role", "", NULL);
    assert_int_equal(a.status, 422);
    a = test_get(t, path_of("/holdings/#", id));
    str holding = between(&a, "name=\"holding_id\" value=\"", "\"");
    a = test_get(t, "/holdings?role=staff");
    assert_true(test_link(t, &a, "qian").len > 0);
    a = test_post(t, path_of("/holdings/#/take", id), "holding_id", holding.ptr, NULL);
    assert_int_equal(a.status, 303);
    a = test_get(t, path_of("/holdings/#", id));
    assert_true(test_has(&a, "已结束"));
    assert_int_equal(test_post(t, path_of("/holdings/#/reset_factor", id), NULL).status, 303);
    assert_int_equal(test_get(t, "/holdings/999999").status, 404);
}

static void roles_are_read_and_changed(void **state)
{
    (void)state;
    test_as_role(t, "secadmin");
    struct test_answer a = test_get(t, "/roles");
    assert_true(test_has(&a, "secadmin"));
    str staff = test_link(t, &a, "机关工作人员");
    assert_true(staff.len > 0);
    a = test_post(t, "/roles", "code", "Bad Code", "name", "x", NULL);
    assert_int_equal(a.status, 422);
    a = test_post(t, "/roles", "code", "night", "name", "Night", NULL);
    assert_int_equal(a.status, 303);
    a = test_get(t, a.location.ptr);
    assert_true(test_has(&a, "works.change"));
    assert_false(test_has(&a, "accounts.create")); /* business roles hold business only */
    a = test_post(t, arena_printf(t->mem, "%s/change", staff.ptr).ptr, "permission", "works.change",
                  "effect", "deny", NULL);
    assert_int_equal(a.status, 303);
    a = test_post(t, arena_printf(t->mem, "%s/change", staff.ptr).ptr, "permission",
                  "accounts.read", "effect", "allow", NULL);
    assert_int_equal(a.status, 422);
    assert_int_equal(test_get(t, "/roles/999999").status, 404);
    test_post(t, arena_printf(t->mem, "%s/change", staff.ptr).ptr, "permission", "works.change",
              "effect", "allow", NULL);
}

static void the_auditor_reads_exports_and_is_noted(void **state)
{
    (void)state;
    make("noted", NULL);
    test_as_role(t, "auditor");
    struct test_answer a = test_get(t, "/audits?act=accounts.create");
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "accounts.create"));
    assert_false(test_has(&a, ">accounts.login<"));
    a = test_get(t, "/audits/1");
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "sm3"));
    assert_int_equal(test_get(t, "/audits/999999").status, 404);
    a = test_get(t, "/audits.csv");
    assert_int_equal(a.status, 200);
    a = test_get(t, "/audits.xlsx");
    assert_int_equal(a.status, 200);
    a = test_get(t, "/audits.jsonl");
    assert_int_equal(a.status, 200);
    assert_true(str_is(a.type, "application/x-ndjson"));
    assert_true(audits("audits.read") >= 2);
    assert_true(audits("audits.export") >= 1);
    struct audit_check check = { 0 };
    assert_ok(audit_verify_org(&t->app, t->db, t->mem, t->org, &check));
    assert_int_equal(check.first_bad, 0);
}

/* Who may open what: each administrator his own pages and nobody else any. */
static void administrators_are_kept_apart(void **state)
{
    (void)state;
    i64 id = make("apart", NULL);
    static const char *const ROLES[] = { "sysadmin", "secadmin", "auditor", "staff", "member" };
    static const struct {
        const char *method, *path;
        int owner; /* index in ROLES */
    } CASES[] = {
        { "GET", "/accounts", 0 },        { "GET", "/accounts/new", 0 },
        { "GET", "/accounts/#", 0 },      { "POST", "/accounts/#/unlock", 0 },
        { "GET", "/holdings", 1 },        { "GET", "/holdings/#", 1 },
        { "GET", "/roles", 1 },           { "POST", "/holdings/#/reset_factor", 1 },
        { "GET", "/audits", 2 },          { "GET", "/audits.jsonl", 2 },
        { "GET", "/audits.csv", 2 },      { "GET", "/api/v1/accounts", 0 },
        { "GET", "/api/v1/holdings", 1 }, { "GET", "/api/v1/audits", 2 },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        for (int role = 0; role < 5; role++) {
            test_as_role(t, ROLES[role]);
            const char *path = path_of(CASES[i].path, id);
            bool get = strcmp(CASES[i].method, "GET") == 0;
            int status = get ? test_get(t, path).status : test_post(t, path, NULL).status;
            bool open = role == CASES[i].owner;
            if (open ? status >= 400 : status != 403)
                fail_msg("%s %s as %s: %d", CASES[i].method, path, ROLES[role], status);
        }
    for (int role = 0; role < 3; role++) { /* no business for any of them */
        test_as_role(t, ROLES[role]);
        assert_int_equal(test_get(t, "/works").status, 403);
    }
}

static void another_organisation_sees_nothing(void **state)
{
    (void)state;
    i64 id = make("hidden", NULL);
    struct actor *actor = test_as_role(t, "sysadmin secadmin auditor");
    actor->org_id = t->org + 1;
    assert_int_equal(test_get(t, path_of("/accounts/#", id)).status, 404);
    assert_int_equal(test_get(t, path_of("/holdings/#", id)).status, 404);
    assert_int_equal(test_post(t, path_of("/accounts/#/unlock", id), NULL).status, 404);
    assert_int_equal(test_post(t, path_of("/holdings/#/give", id), "role", "staff", NULL).status,
                     404);
    struct test_answer a = test_get(t, "/api/v1/accounts");
    assert_false(test_has(&a, "hidden"));
    a = test_get(t, "/audits?act=accounts.create");
    assert_false(test_has(&a, "accounts.create</a>"));
}

/* ---- the API ---- */

static void programs_sign_in_with_cookies(void **state)
{
    (void)state;
    make("program", "member");
    struct test_answer a =
        test_api(t, POST, "/api/v1/login", "{\"login_name\":\"program\",\"password\":\"wrong\"}");
    assert_int_equal(a.status, 422);
    assert_true(str_is(test_json(t, &a, "next"), "refused"));
    assert_true(str_is(test_json(t, &a, "code"), "accounts.refused"));
    a = test_api(t, POST, "/api/v1/login",
                 "{\"login_name\":\"program\",\"password\":\"" PASSWORD "\"}");
    assert_int_equal(a.status, 200);
    assert_true(str_is(test_json(t, &a, "next"), "done"));
    a = test_get(t, "/api/v1/me");
    assert_true(str_is(test_json(t, &a, "name"), "program"));
    assert_true(test_has(&a, "\"works.read\":\"self\""));
    assert_false(test_has(&a, "works.change"));
    a = test_api(t, POST, "/api/v1/logout", "{}");
    assert_int_equal(a.status, 200);
    assert_true(test_get(t, "/api/v1/me").status >= 401);
    a = test_api(t, POST, "/api/v1/login/code", "{\"code\":\"123456\"}");
    assert_int_equal(a.status, 422);
}

static void programs_administer(void **state)
{
    (void)state;
    test_as_role(t, "sysadmin");
    struct test_answer a = test_api(t, POST, "/api/v1/accounts",
                                    "{\"login_name\":\"by.api\",\"name\":\"By"
                                    " API\",\"kind\":\"body\"}");
    assert_int_equal(a.status, 201);
    assert_int_equal(test_json(t, &a, "one_time_password").len, 14);
    i64 id = 0;
    assert_true(str_to_i64(test_json(t, &a, "id"), &id));
    a = test_api(t, POST, "/api/v1/accounts", "{\"login_name\":\"by.api\",\"name\":\"By API\"}");
    assert_int_equal(a.status, 409);
    a = test_get(t, "/api/v1/accounts?login_name=by.api");
    assert_true(str_is(test_json(t, &a, "items.0.kind"), "body"));
    a = test_api(t, POST, path_of("/api/v1/accounts/#/disable", id), "{\"version\":1}");
    assert_true(str_is(test_json(t, &a, "state"), "disabled"));
    a = test_api(t, POST, path_of("/api/v1/accounts/#/enable", id), "{\"version\":2}");
    assert_true(str_is(test_json(t, &a, "state"), "active"));
    test_as_role(t, "secadmin");
    a = test_api(t, POST, path_of("/api/v1/accounts/#/holdings", id), "{\"role\":\"member\"}");
    assert_int_equal(a.status, 201);
    a = test_get(t, "/api/v1/holdings?login_name=by.api");
    assert_true(str_is(test_json(t, &a, "items.0.role"), "member"));
    test_as_role(t, "auditor");
    a = test_get(t, "/api/v1/audits?act=holdings.give&limit=1");
    assert_true(str_is(test_json(t, &a, "items.0.act"), "holdings.give"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_first_administrators_are_made_with_the_code_from_the_console,
                               fresh_browser),
        cmocka_unit_test_setup(a_login_opens_and_closes, fresh_browser),
        cmocka_unit_test_setup(an_ended_login_does_not_come_back_with_its_cookie, fresh_browser),
        cmocka_unit_test_setup(unknown_and_wrong_look_the_same, fresh_browser),
        cmocka_unit_test_setup(five_failures_lock_and_the_system_administrator_unlocks,
                               fresh_browser),
        cmocka_unit_test_setup(an_address_with_too_many_failures_waits, fresh_browser),
        cmocka_unit_test_setup(going_on_leads_to_own_paths_only, fresh_browser),
        cmocka_unit_test_setup(the_password_is_asked_again_for_what_is_important, fresh_browser),
        cmocka_unit_test_setup(an_administrator_binds_before_anything_else, fresh_browser),
        cmocka_unit_test_setup(too_many_wrong_codes_begin_anew, fresh_browser),
        cmocka_unit_test_setup(a_one_time_password_must_be_changed_first, fresh_browser),
        cmocka_unit_test_setup(own_logins_are_listed_and_ended, fresh_browser),
        cmocka_unit_test_setup(a_token_opens_the_api_until_it_is_ended, fresh_browser),
        cmocka_unit_test_setup(a_delegate_acts_and_stops_acting, fresh_browser),
        cmocka_unit_test_setup(own_overview_shows_roles, fresh_browser),
        cmocka_unit_test_setup(the_system_administrator_opens_disables_and_resets, fresh_browser),
        cmocka_unit_test_setup(the_security_administrator_gives_and_takes, fresh_browser),
        cmocka_unit_test_setup(roles_are_read_and_changed, fresh_browser),
        cmocka_unit_test_setup(the_auditor_reads_exports_and_is_noted, fresh_browser),
        cmocka_unit_test_setup(administrators_are_kept_apart, fresh_browser),
        cmocka_unit_test_setup(another_organisation_sees_nothing, fresh_browser),
        cmocka_unit_test_setup(programs_sign_in_with_cookies, fresh_browser),
        cmocka_unit_test_setup(programs_administer, fresh_browser),
    };
    return cmocka_run_group_tests(tests, open_app, close_app);
}
