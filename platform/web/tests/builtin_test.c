/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the platform answers itself, before any login is looked at: signs of life, figures, whom to
 * tell of a weakness, files of the interface. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "platform/web/builtin.h"
#include "platform/web/exchange.h"
#include "platform/web/headers.h"
#include "platform/web/health.h"
#include "platform/web/tests/sample.h"
#include "tests/harness/test_app.h"
#include "tests/harness/test_err.h"

static int set_up(void **state)
{
    *state = test_app_new(SAMPLE_MODULES);
    return 0;
}

static int tear_down(void **state)
{
    test_app_free(*state);
    return 0;
}

static void signs_of_life(void **state)
{
    struct test_app *t = *state;
    struct test_answer a = test_get(t, "/livez");
    assert_int_equal(a.status, 200);
    a = test_get(t, "/readyz");
    assert_int_equal(a.status, 200);
    assert_true(str_is(test_json(t, &a, "db"), "true"));
    lanes_probe(&t->app);
    assert_int_equal(test_get(t, "/readyz").status, 200);
    t->app.config.backup_hours = 2;
    a = test_get(t, "/readyz");
    assert_int_equal(a.status, 503);
    assert_true(str_is(test_json(t, &a, "backup"), "false"));
    assert_true(health_backup_made(t->mem, &t->app.config));
    t->app.clock.fixed_ms = health_backup_at(t->mem, &t->app.config) + INT64_C(7200000);
    assert_int_equal(test_get(t, "/readyz").status, 200);
    t->app.clock.fixed_ms++;
    assert_int_equal(test_get(t, "/readyz").status, 503);
    t->app.clock.fixed_ms = TEST_NOW_MS;
    t->app.config.backup_hours = 0;
    test_get(t, "/names/x");
    a = test_get(t, "/metrics");
    assert_int_equal(a.status, 200);
    assert_true(
        test_has(&a, "huotang_request_seconds_count{method=\"GET\",route=\"/names/{name}\"} 1\n"));
    assert_true(test_has(&a, "huotang_backup_age_seconds "));
    assert_true(test_has(&a, "huotang_audit_entries_total "));
    assert_true(test_has(&a, "huotang_proxy_unknown 0\n"));
    assert_true(test_has(
        &a, "huotang_answers_total{method=\"GET\",route=\"/names/{name}\",status=\"2xx\"} 1\n"));
    assert_true(test_has(&a, "huotang_audit_unsealed 0\n"));
    assert_true(test_has(&a, "huotang_disk_free_bytes "));
    assert_true(test_has(&a, "huotang_replicas "));
    assert_true(test_has(&a, "huotang_refusals_total{status=\"403\"} 0\n"));
    assert_true(test_has(&a, "process_start_time_seconds "));
    test_as_role(t, "other");
    assert_int_equal(test_get(t, "/things").status, 403);
    a = test_get(t, "/metrics");
    assert_true(test_has(&a, "huotang_refusals_total{status=\"403\"} 1\n"));
    struct test_request far = { .method = "GET", .target = "/metrics", .peer = "192.0.2.1" };
    assert_int_equal(test_ask(t, &far).status, 404);
    str token = arena_printf(t->mem, "Bearer %.*s", 64, builtin_metrics_token(&t->app, t->mem).ptr);
    test_header(&far, "Authorization", token);
    assert_int_equal(test_ask(t, &far).status, 200);
    far.header_count = 0;
    test_header(&far, "Authorization", str_of("Bearer "));
    assert_int_equal(test_ask(t, &far).status, 404);
    struct test_request proxied = { .method = "GET", .target = "/metrics" };
    test_header(&proxied, "X-Forwarded-For", str_of("192.0.2.1"));
    assert_int_equal(test_ask(t, &proxied).status, 404);
}

/* Quality S3: only where a contact is configured, and never for a year or longer. */
static void who_finds_a_weakness_is_told_whom_to_tell(void **state)
{
    struct test_app *t = *state;
    const char *place = "/.well-known/security.txt";
    assert_int_equal(test_get(t, place).status, 404);
    t->app.config.security_contact = str_of("mailto:security@huotang.test");
    struct test_answer a = test_get(t, place);
    t->app.config.security_contact = str_of("");
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "Contact: mailto:security@huotang.test\n"));
    assert_true(test_has(&a, "Canonical: http://huotang.test/.well-known/security.txt\n"));
    str day = text_day(t->mem, day_of_ms(TEST_NOW_MS) + 180);
    assert_true(test_has(&a, arena_printf(t->mem, "Expires: %.*sT", 10, day.ptr).ptr));
}

static void files_of_the_interface_are_kept_for_a_year(void **state)
{
    struct test_app *t = *state;
    struct test_answer page = test_get(t, "/nowhere");
    i64 at = str_find(page.body, str_of("/assets/app."), 0);
    assert_true(at > 0);
    i64 end = str_find(page.body, str_of("\""), (size_t)at);
    const char *path = arena_cstr(t->mem, str_sub(page.body, (size_t)at, (size_t)(end - at)));
    struct test_request rq = { .method = "GET", .target = path };
    test_header(&rq, "Accept-Encoding", str_of("gzip, br"));
    struct test_answer a = test_ask(t, &rq), plain = test_get(t, path);
    assert_int_equal(a.status, 200);
    assert_true(str_is(test_header_of(&a, "Content-Encoding"), "br"));
    assert_true(str_is(test_header_of(&a, "Cache-Control"), "public, max-age=31536000, immutable"));
    assert_true(a.body.len < plain.body.len);
    test_header(&rq, "If-None-Match", test_header_of(&a, "ETag"));
    assert_int_equal(test_ask(t, &rq).status, 304);
    assert_int_equal(test_get(t, "/assets/none.css").status, 404);
    struct test_answer worker = test_get(t, "/sw.js"), offline = test_get(t, "/offline.html");
    assert_non_null(
        strstr(test_header_of(&worker, "Content-Security-Policy").ptr, "connect-src 'self'"));
    assert_true(str_is(test_header_of(&offline, "Content-Security-Policy"), HEADERS_PAGE_POLICY));
}

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        cmocka_unit_test_setup_teardown(signs_of_life, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_finds_a_weakness_is_told_whom_to_tell, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(files_of_the_interface_are_kept_for_a_year, set_up,
                                        tear_down),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("builtin", TESTS, NULL, NULL);
}
