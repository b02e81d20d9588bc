/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Desks of an agency: what they may be, who manages and who sees them, how they end. */
#include <stdio.h>

#include "modules/desks/tests/office.h"

static void bad_ones_are_refused(void **state)
{
    struct hall *h = *state;
    static const struct {
        const char *json;
        int status;
    } CASES[] = {
        { "{\"accounts\":[410]}", 422 },                                      /* no name */
        { "{\"name\":\"Works\",\"accounts\":[]}", 422 },                      /* nobody */
        { "{\"name\":\"Works\",\"accounts\":[401]}", 422 },                   /* not ours */
        { "{\"name\":\"Works\",\"accounts\":[410],\"head\":\"401\"}", 422 },  /* nor he */
        { "{\"name\":\"Works\",\"accounts\":[410],\"head\":\"x\"}", 422 },    /* no account */
        { "{\"name\":\"Works\",\"accounts\":[99999]}", 422 },                 /* none at all */
        { "{\"name\":\"Works\",\"accounts\":[410],\"position\":1000}", 422 }, /* too far */
        { "{\"name\":\"Works\",\"accounts\":[410]}", 201 },                   /* good */
        { "{\"name\":\"Works\",\"accounts\":[411]}", 422 },                   /* twice */
        { "{\"name\":\"Planning\",\"accounts\":[],\"head\":\"412\"}", 201 },  /* its head alone */
    };
    as_account(h, BOSS);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        int status = office_post(h, "/api/v1/desks", CASES[i].json);
        if (status != CASES[i].status)
            fail_msg("case %zu: %d", i, status);
    }
    shows(h, test_get(h->t, "/desks"), "Planning");
    struct test_answer a = test_post(h->t, "/desks/new", "name", "", "accounts", "410", NULL);
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "checked"));
}

static void the_leader_manages_and_only_the_agency_sees(void **state)
{
    struct hall *h = *state;
    i64 id = make_desk(h, true);
    struct test_answer a = page(h, "/desks/", id, "");
    shows(h, a, "Clerk 410、Clerk 411、Clerk 412"); /* its head belongs to it */
    as_account(h, OPERATOR);
    shows(h, page(h, "/desks/", id, ""), "Clerk 411");
    assert_int_equal(page(h, "/desks/", id, "/edit").status, 403);
    assert_int_equal(office_post(h, "/api/v1/desks", "{\"name\":\"X\",\"accounts\":[410]}"), 403);
    as_account(h, OTHER_OPERATOR);
    assert_int_equal(page(h, "/desks/", id, "").status, 404);
    assert_int_equal(page(h, "/api/v1/desks/", id, "").status, 404);
    hides(test_get(h->t, "/desks"), "Planning");
    as_foreign_operator(h, h->agency[0]);
    assert_int_equal(page(h, "/desks/", id, "").status, 404);
    hides(test_get(h->t, "/desks"), "Planning");
    as_dispatcher(h);
    assert_int_equal(test_get(h->t, "/desks").status, 403);
    as_staff(h);
    assert_int_equal(page(h, "/api/v1/desks/", id, "").status, 403);
}

static int put(struct hall *h, i64 id, const char *json)
{
    str path = arena_printf(h->t->mem, "/api/v1/desks/%lld", (long long)id);
    return test_api(h->t, PUT, path.ptr, json).status;
}

static void it_changes_by_version_and_ends_readable(void **state)
{
    struct hall *h = *state;
    i64 id = make_desk(h, false);
    static const char NEW[] = "{\"name\":\"Lamps\",\"accounts\":[411],\"version\":1}";
    assert_int_equal(put(h, id, "{\"name\":\"Lamps\",\"accounts\":[411]}"), 422);
    assert_int_equal(put(h, id, NEW), 200);
    assert_int_equal(put(h, id, NEW), 409);
    shows(h, page(h, "/desks/", id, ""), "Lamps");
    hides(page(h, "/desks/", id, ""), "Clerk 410");
    i64 errand = give(h, talked(h), "{\"desk_id\":1,\"ask\":\"Write it.\"}");
    as_account(h, BOSS);
    str end = arena_printf(h->t->mem, "/api/v1/desks/%lld/end", (long long)id);
    assert_int_equal(office_post(h, end.ptr, "{}"), 409); /* an errand is open */
    assert_int_equal(step(h, errand, "drop", "{}"), 200);
    assert_int_equal(office_post(h, end.ptr, "{}"), 200);
    assert_int_equal(office_post(h, end.ptr, "{}"), 409);
    shows(h, page(h, "/desks/", id, ""), "已停用");
    assert_int_equal(page(h, "/desks/", id, "/edit").status, 409);
    assert_int_equal(put(h, id, "{\"name\":\"X\",\"accounts\":[411],\"version\":3}"), 409);
    assert_int_equal(office_post(h, "/api/v1/desks", "{\"name\":\"Lamps\",\"accounts\":[410]}"),
                     201); /* its name is free again */
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, office_setup, hall_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(bad_ones_are_refused),
        T(the_leader_manages_and_only_the_agency_sees),
        T(it_changes_by_version_and_ends_readable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
