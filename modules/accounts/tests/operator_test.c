/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Accounts of agencies' staff: the office opens, lists, moves and ends them, on the page and in the
 * API; it gives no other role and touches no other account; what is to be done stays with the
 * agency. Both engines: HUOTANG_TEST_DB. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "modules/accounts/account.h"
#include "modules/orgs/org.h"
#include "platform/base/str.h"
#include "platform/flow/flow.h"
#include "tests/harness/test_app.h"
#include "tests/harness/test_err.h"

extern const struct module account_module, orgs_module, notify_module, flow_module;

static i64 left_id; /* of the last account that works for its agency no more */

static err on_left(struct rq *rq, i64 id, const void *fact)
{
    (void)rq;
    (void)fact;
    left_id = id;
    return OK;
}

static const struct listener LISTENS[] = { { "accounts.left", on_left }, { 0 } };
static const struct module HEARS_MODULE = { .name = "hears", .listens = LISTENS };
static const struct module *const MODULE_LIST[] = { &notify_module,  &flow_module,  &orgs_module,
                                                    &account_module, &HEARS_MODULE, NULL };

static struct test_app *t;
static i64 roads, health, plain, gone, foreign;

static err body_make(struct rq *rq, const char *name, bool agency, i64 *id)
{
    return org_save(rq,
                    &(struct org){ .kind = str_of("department"),
                                   .name = str_of(name),
                                   .short_name = str_of(agency ? "short" : ""),
                                   .code = arena_printf(rq->mem, "c-%s", name),
                                   .agency = agency },
                    id);
}

static err furnish(struct rq *rq, void *context)
{
    struct actor actor = *rq->actor;
    (void)context;
    TRY(body_make(rq, "Roads", true, &roads));
    TRY(body_make(rq, "Health", true, &health));
    TRY(body_make(rq, "Plain", false, &plain));
    TRY(body_make(rq, "Gone", true, &gone));
    TRY(db_run(rq->db,
               SQL("UPDATE orgs SET to_on = 10 WHERE org_id = :org AND id = :gone", P(gone)),
               NULL));
    actor.org_id = 2;
    rq->actor = &actor;
    db_set_org(rq->db, 2);
    TRY(body_make(rq, "Foreign", true, &foreign));
    db_set_org(rq->db, 1);
    return OK;
}

static int open_app(void **state)
{
    (void)state;
    t = test_app_new(MODULE_LIST);
    assert_ok(test_write(t, furnish, NULL));
    return 0;
}

static int close_app(void **state)
{
    (void)state;
    test_app_free(t);
    return 0;
}

/* The id in place of #. */
static const char *path(const char *form, i64 id)
{
    const char *mark = strchr(form, '#');
    return arena_printf(t->mem, "%.*s%lld%s", (int)(mark - form), form, (long long)id, mark + 1)
        .ptr;
}

static i64 number(const struct test_answer *a, const char *name)
{
    i64 n = -1;
    str_to_i64(test_json(t, a, name), &n);
    return n;
}

/* Opens one by the API; 0 when it was refused. */
static i64 open_one(i64 agency, const char *login_name, const char *role)
{
    str json = arena_printf(t->mem, "{\"login_name\":\"%s\",\"name\":\"N %s\",\"role\":\"%s\"}",
                            login_name, login_name, role);
    test_as_role(t, "staff");
    struct test_answer a = test_api(t, POST, path("/api/v1/orgs/#/accounts", agency), json.ptr);
    if (a.status != 201)
        return 0;
    struct rq rq = test_system_rq(t);
    struct account account;
    assert_int_equal(test_json(t, &a, "one_time_password").len, 14);
    assert_ok(account_find_by_login_name(&rq, str_of(login_name), &account));
    return account.id;
}

static i64 agency_of(i64 id)
{
    struct rq rq = test_system_rq(t);
    struct account account;
    assert_ok(account_find(&rq, id, &account));
    return account.agency_id;
}

/* ---- opening ---- */

static void the_office_opens_an_account_for_an_agency(void **state)
{
    (void)state;
    test_as_role(t, "staff");
    struct test_answer a = test_get(t, path("/orgs/#", roads));
    str link = test_link(t, &a, "工作人员账号");
    assert_string_equal(arena_cstr(t->mem, link), path("/orgs/#/accounts", roads));
    a = test_get(t, link.ptr);
    assert_true(test_has(&a, "还没有账号"));
    a = test_post(t, link.ptr, "login_name", "ding", "name", "丁一", "role", "operator", NULL);
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "一次性密码只显示这一次"));
    a = test_get(t, link.ptr);
    assert_false(test_has(&a, "一次性密码只显示"));
    assert_true(test_has(&a, "承办人员"));
    assert_true(test_link(t, &a, "丁一").len > 0);
    struct rq rq = test_system_rq(t);
    struct account account;
    i64 count = 0;
    assert_ok(account_find_by_login_name(&rq, str_of("ding"), &account));
    assert_int_equal(account.agency_id, roads);
    i64 id = account.id;
    assert_ok(db_i64(t->db,
                     SQL("SELECT COUNT(*) FROM holdings h JOIN roles r ON r.org_id = h.org_id AND"
                         " r.id = h.role_id WHERE h.org_id = :org AND h.account_id = :id AND"
                         " h.scope_kind = 'agency' AND r.code = 'operator'",
                         P(id)),
                     &count));
    assert_int_equal(count, 1);
}

static void what_cannot_be_opened_says_why(void **state)
{
    (void)state;
    static const struct {
        const char *login_name, *name, *role, *field;
    } CASES[] = {
        { "", "Name", "operator", "login_name" }, { "has space", "Name", "operator", "login_name" },
        { "fresh", "", "operator", "name" },      { "fresh", "Name", "", "role" },
        { "fresh", "Name", "staff", "role" }, /* no other role by this way */
        { "fresh", "Name", "sysadmin", "role" },
    };
    test_as_role(t, "staff");
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct test_answer a =
            test_post(t, path("/orgs/#/accounts", roads), "login_name", CASES[i].login_name, "name",
                      CASES[i].name, "role", CASES[i].role, NULL);
        assert_int_equal(a.status, 422);
        if (!test_has(&a, arena_printf(t->mem, "%s-why", CASES[i].field).ptr))
            fail_msg("case %d: no fault at %s", (int)i, CASES[i].field);
        assert_true(str_is(test_field(t, &a, "login_name"), CASES[i].login_name));
    }
    assert_true(open_one(roads, "twice", "agency_leader") > 0);
    struct test_answer a = test_post(t, path("/orgs/#/accounts", health), "login_name", "twice",
                                     "name", "Twice", "role", "agency_leader", NULL);
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "已有人用"));
    assert_int_equal(open_one(plain, "fresh", "operator"), 0);
    assert_int_equal(open_one(gone, "fresh", "operator"), 0);
    assert_int_equal(open_one(foreign, "fresh", "operator"), 0);
    assert_int_equal(open_one(999999, "fresh", "operator"), 0);
}

/* ---- moving, ending ---- */

static void one_moves_to_another_agency(void **state)
{
    (void)state;
    i64 id = open_one(roads, "mover", "operator");
    struct test_answer a = test_get(t, path("/operators/#", id));
    assert_true(test_has_form(&a, path("/operators/#/move", id)));
    a = test_post(t, path("/operators/#/move", id), "version", "1", "agency_id", path("#", plain),
                  NULL);
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "agency_id-why"));
    a = test_post(t, path("/operators/#/move", id), "version", "1", "agency_id", "", NULL);
    assert_int_equal(a.status, 422);
    a = test_post(t, path("/operators/#/move", id), "version", "1", "agency_id", path("#", roads),
                  NULL);
    assert_int_equal(a.status, 409);
    a = test_post(t, path("/operators/#/move", id), "version", "7", "agency_id", path("#", health),
                  NULL);
    assert_int_equal(a.status, 409);
    a = test_post(t, path("/operators/#/move", id), "version", "1", "agency_id", path("#", health),
                  NULL);
    assert_int_equal(a.status, 303);
    assert_int_equal(agency_of(id), health);
    assert_int_equal(left_id, id);
}

static err add_todo(struct rq *rq, void *context)
{
    i64 agency = *(const i64 *)context, now = rq->now_ms;
    return db_run(
        rq->db,
        SQL("INSERT INTO todos (org_id, flow, subject_id, state, verb, holder, holder_id,"
            " urgency, title, number, url, created_at) VALUES (:org, 'assignments', 1, 'assigned',"
            " 'accept', 'agency', :agency, 9999999, 'T', '', '/assignments/1', :now)",
            P(agency), P(now)),
        NULL);
}

static void who_leaves_leaves_the_work_to_the_agency(void **state)
{
    (void)state;
    i64 first = open_one(health, "leaving", "operator");
    i64 second = open_one(health, "staying", "agency_leader");
    assert_ok(test_write(t, add_todo, &health));
    test_as_role(t, "staff");
    struct test_answer a =
        test_api(t, POST, path("/api/v1/operators/#/end", first), "{\"version\":1}");
    assert_int_equal(a.status, 200);
    assert_int_equal(number(&a, "todos_left"), 1);
    assert_int_equal(left_id, first);
    assert_true(number(&a, "accounts_left") >= 1);
    a = test_get(t, path("/api/v1/orgs/#/accounts", health));
    assert_true(test_has(&a, "\"state\":\"disabled\""));
    a = test_api(t, POST, path("/api/v1/operators/#/end", first), "{\"version\":2}");
    assert_int_equal(a.status, 409);
    struct actor *colleague = test_as_role(t, "agency_leader");
    colleague->account_id = second;
    colleague->agency_id = health;
    struct rq rq = test_system_rq(t);
    rq.actor = colleague;
    i64 count = 0;
    assert_ok(flow_todo_count(&rq, &count));
    assert_int_equal(count, 1); /* the to-do is the agency's, not the account's */
}

static void the_last_one_leaves_and_the_office_is_told(void **state)
{
    (void)state;
    struct rq rq = test_system_rq(t);
    i64 agency = 0;
    assert_ok(body_make(&rq, "Parks", true, &agency));
    i64 id = open_one(agency, "alone", "operator");
    assert_ok(test_write(t, add_todo, &agency));
    test_as_role(t, "staff");
    struct test_answer a = test_post(t, path("/operators/#/end", id), "version", "1", NULL);
    assert_int_equal(a.status, 303);
    a = test_get(t, a.location.ptr);
    assert_true(test_has(&a, "还有 1 件待办没人处理"));
    assert_true(test_has(&a, "class=\"note bad\"")); /* it wants care */
}

/* ---- who may ---- */

static err make_dispatcher(struct rq *rq, void *context)
{
    i64 *id = context;
    TRY(account_create(rq,
                       &(struct account_new){ .login_name = str_of("dispatch"),
                                              .name = str_of("Dispatch"),
                                              .agency_id = roads },
                       id));
    return account_give_role(rq, *id, &(struct holding_new){ .role = str_of("dispatcher") }, NULL);
}

static void the_office_touches_no_other_account(void **state)
{
    (void)state;
    i64 dispatcher = 0, id = open_one(roads, "hers", "operator");
    assert_ok(test_write(t, make_dispatcher, &dispatcher));
    test_as_role(t, "staff");
    struct test_answer a = test_post(t, path("/operators/#/end", dispatcher), "version", "1", NULL);
    assert_int_equal(a.status, 403);
    assert_true(test_has(&a, "安全管理员"));
    assert_int_equal(test_get(t, "/operators/999999").status, 404);
    static const char *const OTHERS[] = { "member", "operator", "sysadmin", "secadmin", "auditor" };
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) {
        test_as_role(t, OTHERS[i]);
        assert_int_equal(test_get(t, path("/orgs/#/accounts", roads)).status, 403);
        assert_int_equal(test_post(t, path("/operators/#/end", id), "version", "1", NULL).status,
                         403);
    }
    test_as_role(t, "staff")->org_id = 2;
    assert_int_equal(test_get(t, path("/operators/#", id)).status, 404);
    assert_int_equal(test_get(t, path("/orgs/#/accounts", roads)).status, 404);
}

/* ---- the system administrator ---- */

static void the_system_administrator_chooses_the_agency(void **state)
{
    (void)state;
    test_as_role(t, "sysadmin");
    struct test_answer a = test_get(t, "/accounts/new");
    assert_true(test_has_field(t, &a, "agency_id"));
    a = test_post(t, "/accounts/new", "login_name", "sys.made", "name", "Made", "agency_id",
                  path("#", plain), NULL);
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "agency_id-why"));
    a = test_post(t, "/accounts/new", "login_name", "sys.made", "name", "Made", "agency_id",
                  path("#", roads), NULL);
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "Roads"));
    a = test_get(t, "/api/v1/accounts?login_name=sys.made");
    i64 id = number(&a, "items.0.id");
    assert_int_equal(agency_of(id), roads);
    a = test_post(t, path("/accounts/#/agency", id), "version", "1", "agency_id", path("#", health),
                  NULL);
    assert_int_equal(a.status, 303);
    assert_int_equal(agency_of(id), health);
    a = test_api(t, POST, path("/api/v1/accounts/#/agency", id), "{\"version\":1}");
    assert_int_equal(a.status, 409);
    a = test_api(t, POST, path("/api/v1/accounts/#/agency", id), "{\"version\":2}");
    assert_int_equal(a.status, 200);
    assert_int_equal(agency_of(id), 0);
}

static void an_agency_is_named_by_name_short_name_or_code(void **state)
{
    (void)state;
    struct rq rq = test_system_rq(t);
    static const struct {
        const char *text;
        const i64 *id;
    } CASES[] = {
        { "Roads", &roads }, { "c-Health", &health }, { "short", NULL }, /* two are called so */
        { "Plain", NULL },   { "Gone", NULL },        { "Foreign", NULL }, { "", NULL },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct org org;
        assert_ok(org_find_agency(&rq, str_of(CASES[i].text), &org));
        assert_int_equal(org.id, CASES[i].id ? *CASES[i].id : 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_office_opens_an_account_for_an_agency),
        cmocka_unit_test(what_cannot_be_opened_says_why),
        cmocka_unit_test(one_moves_to_another_agency),
        cmocka_unit_test(who_leaves_leaves_the_work_to_the_agency),
        cmocka_unit_test(the_last_one_leaves_and_the_office_is_told),
        cmocka_unit_test(the_office_touches_no_other_account),
        cmocka_unit_test(the_system_administrator_chooses_the_agency),
        cmocka_unit_test(an_agency_is_named_by_name_short_name_or_code),
    };
    return cmocka_run_group_tests(tests, open_app, close_app);
}
