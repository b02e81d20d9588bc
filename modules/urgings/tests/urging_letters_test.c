/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A letter's page lists what was sent to its unit: with the office all, with the unit its own, with
 * another unit nothing. */
#include "modules/assignments/assignment.h"
#include "modules/mailbox/letter_rules.h"
#include "modules/proposals/tests/desk.h"

static const char PAST[] =
    "\u50ac\u529e\u7763\u529e\u8bb0\u5f55"; /* the heading of what was sent */

static err send_in(struct rq *rq, void *context)
{
    const struct letter_new new = { .kind = str_of("concern"),
                                    .lane = str_of("proved"),
                                    .title = str_of("Dark lane"),
                                    .body = str_of("The lamp is out.") };
    return letter_add(rq, &new, context);
}

static void step(struct desk *d, i64 id, const char *verb, const char *json)
{
    struct rq rq = test_system_rq(d->t);
    struct letter l;
    assert_ok(letter_find_house(&rq, id, &l));
    desk_as_staff(d);
    const char *path = arena_printf(d->t->mem, "/api/v1/letters/%lld/%s", (long long)id, verb).ptr;
    assert_int_equal(test_api(d->t, POST, path, test_versioned(d->t, json, l.version)).status, 200);
}

static const char *at(struct desk *d, const char *path, i64 id)
{
    return arena_printf(d->t->mem, "%s%lld", path, (long long)id).ptr;
}

static void its_page_lists_what_was_sent(void **state)
{
    struct desk *d = *state;
    struct rows rows;
    i64 id;
    assert_ok(test_write(d->t, send_in, &id));
    step(d, id, "triage", "{\"category\":\"utilities\",\"kind\":\"concern\"}");
    step(d, id, "assign",
         arena_printf(d->t->mem, "{\"host_id\":%lld}", (long long)d->agency[0]).ptr);
    struct rq rq = test_system_rq(d->t);
    assert_ok(assignment_list_of(&rq, "letters", id, &rows));
    i64 assignment_id = ((const struct assignment *)rows.items)->id;
    desk_as_staff(d);
    struct test_answer a = test_get(d->t, at(d, "/letters/", id));
    assert_int_equal(a.status, 200);
    assert_false(test_has(&a, PAST));
    a = test_api(d->t, POST, "/api/v1/urgings/remind",
                 arena_printf(d->t->mem,
                              "{\"flow\":\"assignments\",\"subject_id\":%lld,\"text\":\"CANARY\"}",
                              (long long)assignment_id)
                     .ptr);
    assert_int_equal(a.status, 200);
    a = test_get(d->t, at(d, "/letters/", id));
    assert_true(test_has(&a, PAST) && test_has(&a, "CANARY"));
    a = test_get(d->t, at(d, "/api/v1/letters/", id));
    assert_true(str_is(test_json(d->t, &a, "assignments.0.reminders.0.text"), "CANARY"));
    desk_as_operator(d, 0);
    a = test_get(d->t, at(d, "/assignments/", assignment_id));
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, PAST) && test_has(&a, "CANARY"));
    desk_as_operator(d, 1);
    a = test_get(d->t, at(d, "/assignments/", assignment_id));
    assert_false(test_has(&a, "CANARY"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(its_page_lists_what_was_sent, desk_setup, desk_teardown)
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
