/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The engine through the front door, with the true permissions, audit log, messages and lanes:
 * buttons, POST and API of an action, the inbox of who must act, the drawn flow, and a local
 * variant made on its page. HUOTANG_TEST_DB. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/access/access_settings.h"
#include "platform/base/str.h"
#include "platform/flow/tests/sample.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "tests/harness/test_app.h"
#include "tests/harness/test_err.h"

static struct embed_file files[2];
static struct module samples, access;
static const struct module *const MODULE_LIST[] = { &samples,       &access,      &settings_module,
                                                    &notify_module, &flow_module, NULL };
static struct test_app *t;
static i64 paper;

enum { AUTHOR = 200 }; /* the person of test_as_role */

static err paper_make(struct rq *rq, void *context)
{
    (void)context;
    paper = sample_new(rq, "Paper", AUTHOR);
    return OK;
}

static int set_up(void **state)
{
    (void)state;
    files[0] = (struct embed_file){ "0001_samples.sql", (const unsigned char *)SAMPLE_SCHEMA,
                                    strlen(SAMPLE_SCHEMA) };
    samples = SAMPLE_MODULE;
    samples.schema = files;
    access = (struct module){ .name = "access", .settings = ACCESS_SETTINGS };
    t = test_app_new(MODULE_LIST);
    assert_ok(db_begin(t->db));
    assert_ok(db_script(t->db, str_of("INSERT INTO accounts (org_id, id, login_name, name,"
                                      " created_at)"
                                      " VALUES (1, 60, 'clerk', 'Clerk', 0);"
                                      "INSERT INTO holdings (org_id, account_id, role_id,"
                                      " scope_kind, from_on, given_at)"
                                      " SELECT 1, 60, id, 'org', 1, 0 FROM roles WHERE org_id = 1"
                                      " AND code = 'staff';")));
    assert_ok(db_commit(t->db));
    return 0;
}
static int tear_down(void **state)
{
    (void)state;
    test_app_free(t);
    return 0;
}
static int new_paper(void **state)
{
    (void)state;
    assert_ok(test_write(t, paper_make, NULL));
    return 0;
}

static const char *at(const char *form)
{
    str text = str_of(form);
    i64 place = str_find(text, str_of("ID"), 0);
    return arena_printf(t->mem, "%.*s%lld%s", (int)place, form, (long long)paper, form + place + 2)
        .ptr;
}

static i64 count_of(struct sql sql)
{
    i64 count = 0;
    assert_ok(db_i64(t->db, sql, &count));
    return count;
}

static void a_case_moves_by_buttons(void **state)
{
    (void)state;
    i64 told = count_of(SQL("SELECT COUNT(*) FROM deliveries WHERE account_id = 60"));
    test_as_role(t, "member");
    struct test_answer a = test_get(t, at("/samples/ID/docket"));
    assert_int_equal(a.status, 403);
    a = test_post(t, at("/samples/ID/submit"), NULL);
    assert_int_equal(a.status, 303);
    assert_int_equal(count_of(SQL("SELECT COUNT(*) FROM deliveries WHERE account_id = 60")),
                     told + 1);
    a = test_post(t, at("/samples/ID/submit"), NULL);
    assert_int_equal(a.status, 409);
    test_as_role(t, "staff");
    a = test_get(t, at("/samples/ID/docket"));
    assert_int_equal(a.status, 200);
    assert_true(test_has_field(t, &a, "opinion"));
    a = test_post(t, at("/samples/ID/docket"), "opinion", "on the list", NULL);
    assert_int_equal(a.status, 303);
    struct rq rq = test_system_rq(t);
    assert_true(str_is(sample_read(&rq, paper).state, "docketed"));
    struct rows trails;
    assert_ok(flow_trails(&rq, &SAMPLE_FLOW, paper, &trails));
    assert_int_equal(trails.count, 3);
    const struct flow_trail *last = (struct flow_trail *)trails.items + 2;
    assert_true(str_is(last->opinion, "on the list"));
    assert_int_equal(count_of(SQL("SELECT COUNT(*) FROM audits WHERE act = 'samples.docket'")), 1);
}

static void the_api_tells_what_may_follow(void **state)
{
    (void)state;
    test_as_role(t, "member");
    assert_int_equal(test_api(t, POST, at("/api/v1/samples/ID/submit"), "{}").status, 422);
    struct test_answer a = test_api(t, POST, at("/api/v1/samples/ID/submit"), "{\"version\":1}");
    assert_int_equal(a.status, 200);
    assert_true(str_is(test_json(t, &a, "state"), "submitted"));
    assert_int_equal(test_json(t, &a, "allowed.0.verb").len, 0);
    test_as_role(t, "staff");
    a = test_api(t, POST, at("/api/v1/samples/ID/revise"),
                 "{\"opinion\":\"too long\",\"version\":2}");
    assert_int_equal(a.status, 200);
    assert_true(str_is(test_json(t, &a, "state"), "revising"));
    test_as_role(t, "member");
    a = test_api(t, POST, at("/api/v1/samples/ID/submit"), "{\"version\":3}");
    test_as_role(t, "staff");
    a = test_api(t, POST, at("/api/v1/samples/ID/submit"), "{}");
    assert_int_equal(a.status, 403);
    a = test_api(t, POST, at("/api/v1/samples/ID/docket"), "{\"version\":4}");
    assert_true(str_is(test_json(t, &a, "allowed.0.verb"), "assign"));
    assert_true(str_is(test_json(t, &a, "allowed.0.href"), at("/api/v1/samples/ID/assign")));
    assert_true(str_is(test_json(t, &a, "allowed.0.method"), "POST"));
}

static void a_refused_step_changes_nothing(void **state)
{
    (void)state;
    test_as_role(t, "member");
    struct test_answer a = test_post(t, at("/samples/ID/submit"), NULL);
    i64 trails = count_of(SQL("SELECT COUNT(*) FROM trails"));
    i64 todos = count_of(SQL("SELECT COUNT(*) FROM todos"));
    test_as_role(t, "staff");
    a = test_post(t, at("/samples/ID/spoil"), NULL); /* its effect fails */
    assert_int_equal(a.status, 422);
    assert_int_equal(count_of(SQL("SELECT COUNT(*) FROM trails")), trails);
    assert_int_equal(count_of(SQL("SELECT COUNT(*) FROM todos")), todos);
    assert_int_equal(count_of(SQL("SELECT COUNT(*) FROM audits WHERE act = 'samples.spoil' AND"
                                  " result = 'ok'")),
                     0);
}

static void the_flow_is_shown_to_everybody(void **state)
{
    (void)state;
    test_as_role(t, "member");
    struct test_answer a = test_get(t, "/flows");
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "/flows/show?flow=samples"));
    a = test_get(t, "/flows/show?flow=samples");
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "<svg "));
    assert_true(test_has(&a, "docketed"));
    assert_false(test_has(&a, "/flows/edit"));
    a = test_get(t, "/flows/show?flow=none");
    assert_int_equal(a.status, 404);
    a = test_get(t, "/flows/edit?flow=samples&verb=docket");
    assert_int_equal(a.status, 403);
}

static void a_variant_is_made_on_its_page(void **state)
{
    (void)state;
    test_as_role(t, "staff");
    struct test_answer a = test_get(t, "/flows/show?flow=samples");
    assert_true(test_has(&a, "verb=docket"));
    assert_false(test_has(&a, "verb=lapse")); /* the house's own */
    a = test_get(t, "/flows/edit?flow=samples&verb=docket");
    assert_int_equal(a.status, 200);
    a = test_post(t, "/flows/edit", "flow", "samples", "verb", "docket", "label", "Enter",
                  "extra_from", "draft", "extra_from", "revising", NULL);
    assert_int_equal(a.status, 303);
    a = test_get(t, "/flows/show?flow=samples");
    assert_true(test_has(&a, "Enter"));
    a = test_post(t, at("/samples/ID/docket"), "opinion", "", NULL); /* straight from the draft */
    assert_int_equal(a.status, 303);
    a = test_post(t, "/flows/edit", "flow", "samples", "verb", "docket", "disabled", "1", NULL);
    assert_int_equal(a.status, 303);
    assert_ok(test_write(t, paper_make, NULL));
    test_as_role(t, "member");
    a = test_post(t, at("/samples/ID/submit"), NULL);
    test_as_role(t, "staff");
    a = test_post(t, at("/samples/ID/docket"), "opinion", "", NULL);
    assert_int_equal(a.status, 409);
    a = test_post(t, "/flows/edit", "flow", "samples", "verb", "docket", "extra_from", "nowhere",
                  NULL);
    assert_int_equal(a.status, 422);
    a = test_post(t, "/flows/edit", "flow", "samples", "verb", "nothing", NULL);
    assert_int_equal(a.status, 404);
    a = test_post(t, "/flows/edit", "flow", "samples", "verb", "docket", NULL);
    assert_int_equal(a.status, 303);
    assert_int_equal(count_of(SQL("SELECT COUNT(*) FROM audits WHERE object = 'flow_variants'")),
                     3);
}

/* The same by the API, with the same permissions. */
static void a_variant_is_made_by_the_api(void **state)
{
    (void)state;
    static const char CHANGE[] = "{\"flow\":\"samples\",\"verb\":\"docket\",\"label\":\"Enter\","
                                 "\"disabled\":true,\"extra_from\":[\"draft\",\"revising\"]}";
    test_as_role(t, "member");
    struct test_answer a = test_api(t, GET, "/api/v1/flows", NULL);
    assert_int_equal(a.status, 200);
    assert_true(str_is(test_json(t, &a, "items.0.flow"), "samples"));
    assert_int_equal(test_api(t, PUT, "/api/v1/flows", CHANGE).status, 403);
    assert_int_equal(test_api(t, GET, "/api/v1/flows/show?flow=none", NULL).status, 404);
    test_as_role(t, "staff");
    assert_int_equal(test_api(t, PUT, "/api/v1/flows", CHANGE).status, 200);
    a = test_api(t, GET, "/api/v1/flows/show?flow=samples", NULL);
    assert_true(test_has(&a, "\"verb\":\"docket\",\"words\":\"Enter\""));
    assert_true(test_has(&a, "\"label\":\"Enter\",\"disabled\":true,\"extra_from\":[\"draft\","
                             "\"revising\"]"));
    assert_true(test_has(&a, "{\"state\":\"docketed\""));
    static const struct {
        const char *json;
        int status;
    } ODD[] = {
        { "{\"flow\":\"samples\",\"verb\":\"nothing\"}", 404 },
        { "{\"flow\":\"none\",\"verb\":\"docket\"}", 404 },
        { "{\"flow\":\"samples\",\"verb\":\"docket\",\"extra_from\":[\"nowhere\"]}", 422 },
        { "{\"flow\":\"samples\"}", 422 },
        { "[]", 422 },
    };
    for (size_t i = 0; i < sizeof ODD / sizeof *ODD; i++)
        if (test_api(t, PUT, "/api/v1/flows", ODD[i].json).status != ODD[i].status)
            fail_msg("%s", ODD[i].json);
    assert_int_equal(
        test_api(t, PUT, "/api/v1/flows", "{\"flow\":\"samples\",\"verb\":\"docket\"}").status,
        200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_case_moves_by_buttons, new_paper),
        cmocka_unit_test_setup(the_api_tells_what_may_follow, new_paper),
        cmocka_unit_test_setup(a_refused_step_changes_nothing, new_paper),
        cmocka_unit_test_setup(the_flow_is_shown_to_everybody, new_paper),
        cmocka_unit_test_setup(a_variant_is_made_on_its_page, new_paper),
        cmocka_unit_test_setup(a_variant_is_made_by_the_api, new_paper),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
