/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations that do not fit together are told before a port is opened: names and events. Flows:
 * platform/flow/tests; jobs and settings by themselves: in their own folders. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/base/str.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"
#include "server/selftest.h"
#include "server/start.h"
#include "tests/harness/test_err.h"

static err run(struct rq *rq, bool *again)
{
    (void)rq;
    (void)again;
    return OK;
}

static err on_event(struct rq *rq, i64 id, const void *fact)
{
    (void)rq;
    (void)id;
    (void)fact;
    return OK;
}

static const struct event EVENTS[] = { { "rivers.risen", "the water has risen" }, { 0 } };
static const struct module RIVERS = { .name = "rivers", .events = EVENTS };

static const struct job RIGHT_JOBS[] = { { .name = "bridges.look", .every_s = 60, .run = run },
                                         { .name = "tolls.count", .every_s = 60, .run = run },
                                         { 0 } };
static const struct job WRONG_JOBS[] = { { .name = "rivers.look", .every_s = 60, .run = run },
                                         { .name = "look", .every_s = 60, .run = run },
                                         { 0 } };
static const struct setting WRONG_SETTINGS[] = {
    { "rivers.depth", SETTING_NUMBER, "metres", 1, 9, "2", NULL, "test" }, { 0 }
};
static const struct listener LISTENS[] = { { "rivers.risen", on_event }, { 0 } };

static str faults_of(struct arena *mem, const struct module *second)
{
    const struct module *const modules[] = { &RIVERS, second, NULL };
    struct buf *faults = buf_new(mem, 1 << 16);
    selftest_run(modules, faults);
    return buf_str(faults);
}

static bool tells(str faults, const char *what)
{
    return str_find(faults, str_of(what), 0) >= 0;
}

static void names_belong_to_their_module(void **state)
{
    struct arena *mem = *state;
    const struct module right = { .name = "bridges", .jobs = RIGHT_JOBS };
    const struct module wrong = { .name = "bridges",
                                  .jobs = WRONG_JOBS,
                                  .settings = WRONG_SETTINGS };
    assert_false(tells(faults_of(mem, &right), "named after"));
    str faults = faults_of(mem, &wrong);
    assert_true(tells(faults, "bridges: job named after another module: rivers.look"));
    assert_true(tells(faults, "bridges: job named after another module: look"));
    assert_true(tells(faults, "bridges: setting named after another module: rivers.depth"));
}

static const struct permission PERMISSIONS[] = { { "rivers.see", "staff", ADMIN_NONE }, { 0 } };
static const struct menu_item WITHIN[] = {
    { "rivers", "/rivers", "x", "rivers.see", MENU_SIDE, 1, NULL },
    { "fords", "/fords", "x", "rivers.see", MENU_SIDE, 2, "/rivers" },
    { "stones", "/stones", "x", "rivers.see", MENU_SIDE, 3, "/fords" },
    { "boats", "/boats", "x", "rivers.see", MENU_SIDE, 4, "/lakes" },
    { 0 },
};

static void a_menu_entry_stands_within_one_that_is_in_the_menu(void **state)
{
    const struct module bridges = { .name = "bridges", .permissions = PERMISSIONS, .menu = WITHIN };
    str faults = faults_of(*state, &bridges);
    assert_false(tells(faults, "not in the menu: fords"));
    assert_true(tells(faults, "bridges: menu entry within one that is not in the menu: stones"));
    assert_true(tells(faults, "bridges: menu entry within one that is not in the menu: boats"));
}

static void who_listens_needs_who_speaks(void **state)
{
    struct arena *mem = *state;
    const struct module deaf = { .name = "bridges", .listens = LISTENS };
    const struct module hears = { .name = "bridges",
                                  .needs = (const char *const[]){ "rivers", NULL },
                                  .listens = LISTENS };
    const char *fault = "listens to an event of a module that it does not need: rivers.risen";
    assert_true(tells(faults_of(mem, &deaf), fault));
    assert_false(tells(faults_of(mem, &hears), fault));
}

static void the_house_fits_together(void **state)
{
    struct arena *mem = *state;
    struct buf *faults = buf_new(mem, 1 << 16);
    if (!selftest_run(MODULES, faults))
        fail_msg("%.*s", (int)faults->len, faults->ptr);
}

static int set_up(void **state)
{
    *state = arena_new(64 << 20, 0);
    assert_ok(start_tables(*state));
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_belong_to_their_module),
        cmocka_unit_test(a_menu_entry_stands_within_one_that_is_in_the_menu),
        cmocka_unit_test(who_listens_needs_who_speaks),
        cmocka_unit_test(the_house_fits_together),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
