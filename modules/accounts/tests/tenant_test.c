/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Opening another cppcc: who may, what it gets, that its people sign in to a house of their own,
 * and that neither side sees the other. Expectations: README.md of accounts. HUOTANG_TEST_DB. */
#include "modules/members/tests/house.h"

#include "modules/accounts/account.h"

static const char *cell(const struct test_answer *a, const char *path)
{
    return arena_cstr(house->mem, test_json(house, a, path));
}

static struct test_answer open_it(const char *name, const char *login)
{
    return test_api(house, POST, "/api/v1/tenants",
                    arena_printf(house->mem,
                                 "{\"name\":\"%s\",\"office_login\":\"%s\","
                                 "\"office_name\":\"王一\"}",
                                 name, login)
                        .ptr);
}

static void act_as(const char *role)
{
    test_as_role(house, role)->authenticated_at = TEST_NOW_MS;
}

static void the_system_administrator_of_the_house_opens_one(void **state)
{
    (void)state;
    act_as("sysadmin");
    struct test_answer a = test_get(house, "/tenants");
    assert_true(test_has(&a, "甲市政协"));
    assert_string_equal(arena_cstr(house->mem, test_link(house, &a, "开设")), "/tenants/new");
    a = test_get(house, "/tenants/new");
    assert_true(test_has(&a, ">开设</button>"));
    assert_false(test_has(&a, ">保存</button>"));
    a = test_post(house, "/tenants/new", "name", "丙县政协", "office_login", "bing-office",
                  "office_name", "王一", "secadmin_login", "bing-sec", "secadmin_name", "李二",
                  NULL);
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "bing-office"));
    assert_true(test_has(&a, "bing-sec"));
    assert_true(test_has(&a, "只显示这一次"));
    a = test_get(house, "/tenants");
    assert_true(test_has(&a, "丙县政协"));
    assert_false(test_has(&a, "bing-office"));
}

static struct test_answer sign_in(const char *login, const char *password)
{
    test_as_nobody(house);
    test_as_cookie(house);
    (void)test_get(house, "/login");
    return test_post(house, "/login", "login_name", login, "password", password, NULL);
}

static i64 found_org(const char *name)
{
    i64 id;
    str given = str_of(name);
    assert_ok(db_i64(house->db, SQL("SELECT id FROM tenants WHERE name = :given", P(given)), &id));
    return id;
}

/* With the one-time password into a house of one's own: the roster of the city is not there. */
static void its_office_signs_in_and_is_alone(void **state)
{
    (void)state;
    add_member("陈市民");
    act_as("sysadmin");
    struct test_answer a = open_it("丁县政协", "ding");
    assert_int_equal(a.status, 201);
    assert_string_equal(cell(&a, "accounts.0.role"), "staff");
    assert_string_equal(cell(&a, "accounts.1.role"), "");
    const char *password = cell(&a, "accounts.0.one_time_password");
    assert_true(strlen(password) >= 12);
    assert_int_equal(sign_in("ding", "wrong-password-1").status, 422);
    a = sign_in("ding", password);
    assert_int_equal(a.status, 303);
    a = test_get(house, "/members");
    assert_int_equal(a.status, 303); /* first the password is changed */
    i64 org = found_org("丁县政协");
    test_as_role(house, "staff")->org_id = org;
    a = test_get(house, "/members");
    assert_int_equal(a.status, 200);
    assert_false(test_has(&a, "陈市民"));
    assert_int_equal(test_get(house, "/orgs/1").status, 404);
    a = test_get(house, "/api/v1/orgs");
    assert_string_equal(cell(&a, "total"), "1"); /* itself */
    assert_string_equal(cell(&a, "items.0.name"), "丁县政协");
    test_as_role(house, "staff"); /* nor does the city see the county */
    const char *at = arena_printf(house->mem, "/orgs/%lld", (long long)org).ptr;
    assert_int_equal(test_get(house, at).status, 404);
    assert_int_equal(test_get(house, arena_printf(house->mem, "/api/v1%s", at).ptr).status, 404);
    a = test_get(house, "/api/v1/orgs?name=丁县政协");
    assert_string_equal(cell(&a, "total"), "0");
    act_as("sysadmin");
    a = test_get(house, "/api/v1/accounts?login_name=ding");
    assert_string_equal(cell(&a, "total"), "0"); /* nor its accounts */
}

static void nobody_else_opens_one(void **state)
{
    static const char *const ROLES[] = { "member", "staff", "secadmin", "auditor" };
    (void)state;
    for (size_t i = 0; i < sizeof ROLES / sizeof *ROLES; i++) {
        act_as(ROLES[i]);
        assert_int_equal(open_it("戊县政协", "wu").status, 403);
        assert_int_equal(test_get(house, "/tenants").status, 403);
    }
    act_as("sysadmin");
    struct actor county = *test_as_role(house, "sysadmin");
    county.org_id = house->org + 1;
    county.authenticated_at = TEST_NOW_MS;
    test_as(house, &county);
    assert_int_equal(open_it("戊县政协", "wu").status, 403);
    assert_int_equal(test_get(house, "/tenants/new").status, 403);
    struct test_answer a = test_get(house, "/tenants");
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "乙县政协"));
    assert_false(test_has(&a, "甲市政协")); /* itself alone */
    assert_int_equal(test_link(house, &a, "开设").len, 0);
}

static i64 tenants(void)
{
    i64 n;
    assert_ok(db_i64(house->db, SQL("SELECT count(*) AS n FROM tenants"), &n));
    return n;
}

/* What is refused leaves nothing behind. */
static void what_is_wrong_opens_nothing(void **state)
{
    static const struct {
        const char *json;
        int status;
        const char *field;
    } ROWS[] = {
        { "{\"name\":\"\",\"office_login\":\"a1\",\"office_name\":\"b\"}", 422, "name" },
        { "{\"name\":\"己县政协\",\"office_name\":\"b\"}", 422, "office_login" },
        { "{\"name\":\"己县政协\",\"office_login\":\"a b\",\"office_name\":\"b\"}", 422,
          "office_login" },
        { "{\"name\":\"己县政协\",\"office_login\":\"taken\",\"office_name\":\"b\"}", 422,
          "office_login" },
        { "{\"name\":\"己县政协\",\"office_login\":\"a1\",\"office_name\":\"b\","
          "\"auditor_login\":\"a1\",\"auditor_name\":\"c\"}",
          422, "auditor_login" },
        { "{\"name\":\"己县政协\",\"office_login\":\"a1\",\"office_name\":\"b\","
          "\"auditor_login\":\"a2\"}",
          422, "auditor_login" },
        { "{\"name\":\"己县政协\",\"office_login\":\"a1\",\"office_name\":\"b\",\"area\":\"火星\"}",
          422, "area" },
        { "{\"name\":\"甲市政协\",\"office_login\":\"a1\",\"office_name\":\"b\"}", 409, NULL },
    };
    (void)state;
    act_as("sysadmin");
    assert_int_equal(open_it("庚县政协", "taken").status, 201);
    i64 before = tenants();
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct test_answer a = test_api(house, POST, "/api/v1/tenants", ROWS[i].json);
        if (a.status != ROWS[i].status ||
            (ROWS[i].field && strcmp(cell(&a, "errors.0.field"), ROWS[i].field) != 0))
            fail_msg("row %zu: %d %.*s", i, a.status, (int)a.body.len, a.body.ptr);
    }
    assert_int_equal(tenants(), before);
}

static i64 entries_of(i64 org_id)
{
    i64 n, own = db_org(house->db);
    db_set_org(house->db, org_id);
    assert_ok(db_i64(house->db,
                     SQL("SELECT count(*) AS n FROM audits WHERE org_id = :org AND "
                         "act = 'tenants.open'"),
                     &n));
    db_set_org(house->db, own);
    return n;
}

static void both_chains_tell_of_it(void **state)
{
    (void)state;
    i64 before = entries_of(house->org);
    act_as("sysadmin");
    assert_int_equal(open_it("辛县政协", "xin").status, 201);
    assert_int_equal(entries_of(house->org), before + 1);
    i64 org = found_org("辛县政协"), n, own = db_org(house->db);
    assert_int_equal(entries_of(org), 1);
    db_set_org(house->db, org); /* and the new one's says who of which house */
    assert_ok(db_i64(house->db,
                     SQL("SELECT count(*) AS n FROM audits WHERE org_id = :org AND "
                         "act = 'tenants.open' AND name = 'Test Tester'"),
                     &n));
    db_set_org(house->db, own);
    assert_int_equal(n, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_system_administrator_of_the_house_opens_one),
        cmocka_unit_test(its_office_signs_in_and_is_alone),
        cmocka_unit_test(nobody_else_opens_one),
        cmocka_unit_test(what_is_wrong_opens_nothing),
        cmocka_unit_test(both_chains_tell_of_it),
    };
    return cmocka_run_group_tests(tests, house_open, house_close);
}
