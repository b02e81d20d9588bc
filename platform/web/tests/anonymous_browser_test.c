/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A form that anybody may send, in a true browser on a true socket: the house with the letterbox of
 * boxes.h is opened here, anonymous_browser.mjs is the person in front of it. Skips without node,
 * Chromium or `npm ci` in tests/journeys (`./dev deps`). On both engines (HUOTANG_TEST_DB). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <unistd.h>

#include "platform/base/str.h"
#include "platform/web/serve.h"
#include "platform/web/tests/boxes.h"
#include "tests/harness/test_err.h"

/* As the script says it, and box_run. */
enum { CANNOT_RUN = 77, NO_PROGRAM = 127 };

/* Ordinary difficulty is asked for as soon as something comes; an idle house asks for 4 bits less,
 * so that the setting stands 4 above it here. */
static void a_person_sends_the_form(void **state)
{
    struct lanes_options lanes = { .slow_threads = 1, .queue_max = 64, .slow_max = 64 };
    struct test_app *t = test_app_new(BOX_MODULES);
    struct server *server = NULL;
    int fd = -1;
    (void)state;
    box_setting(t, "anonymous.work_bits", "18");
    box_setting(t, "anonymous.unproved_network_hour", "1");
    lanes_stop(&t->app);
    assert_ok(lanes_start(&t->app, &lanes));
    assert_ok(serve_listen(str_of("127.0.0.1:0"), &fd));
    assert_ok(serve_start(&t->app, fd, &server));
    const char *port = arena_printf(t->mem, "%d", serve_port(fd)).ptr;
    int status = box_run(
        (const char *const[]){ "node", "platform/web/tests/anonymous_browser.mjs", port, NULL });
    serve_stop(server, 300);
    close(fd);
    bool ran = status != CANNOT_RUN && status != NO_PROGRAM;
    if (ran) {
        assert_int_equal(status, 0);
        assert_int_equal(box_count(t, "unproved"), 1);
        assert_true(box_count(t, "proved") >= 2);
    }
    test_app_free(t);
    if (!ran)
        skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(a_person_sends_the_form) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
