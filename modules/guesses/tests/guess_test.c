/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Guesses by the front door: nothing before anything was learned; the timer learns from what the
 * reviewer decided; the card with its reason; right and wrong ones counted; the other organisation
 * knows nothing of it. */
#include "modules/guesses/guess.h"
#include "modules/proposals/tests/desk.h"
#include "platform/jobs/jobs.h"

enum { EACH = 16 };

#define BUS "新城到老城只有一条公交线路，早晚高峰挤不上公交车，站台也没有雨棚"
#define TEA "山上的古茶树没有登记挂牌，茶农不知道怎样施肥防虫，茶叶卖不出好价钱"

static i64 written(struct desk *d, const char *title, const char *body)
{
    i64 id = 0;
    desk_as_member(d, 0);
    const char *json = arena_printf(d->t->mem,
                                    "{\"title\":\"%s\",\"situation\":\"%s\",\"analysis\":\"%s\","
                                    "\"suggestions\":[\"%s\"],\"consent\":\"yes\"}",
                                    title, body, body, body)
                           .ptr;
    struct test_answer a = test_api(d->t, POST, "/api/v1/proposals", json);
    assert_int_equal(a.status, 201);
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 200);
    desk_as_reviewer(d);
    return id;
}

static i64 bus(struct desk *d, int n)
{
    return written(d, arena_printf(d->t->mem, "关于第%d条公交线路的建议", n).ptr, BUS);
}

static void docket(struct desk *d, i64 id, const char *category)
{
    const char *json = arena_printf(d->t->mem, "{\"category\":\"%s\"}", category).ptr;
    assert_int_equal(desk_act(d, id, "docket", json), 200);
}

/* As many of the one kind as of the other, then an hour later. */
static void learn(struct desk *d)
{
    for (int i = 0; i < EACH; i++) {
        docket(d, bus(d, i), "transport");
        docket(d, written(d, arena_printf(d->t->mem, "关于保护第%d片古茶树的建议", i).ptr, TEA),
               "farming");
    }
    d->t->app.clock.fixed_ms += 3600000;
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
}

static void is(struct desk *d, const char *path, const char *wanted)
{
    struct test_answer a = test_api(d->t, GET, "/api/v1/guesses", NULL);
    assert_int_equal(a.status, 200);
    desk_same(test_json(d->t, &a, path), wanted);
}

static void nothing_is_guessed_before_anything_was_learned(void **state)
{
    struct desk *d = *state;
    i64 id = bus(d, 1);
    struct test_answer a = desk_page(d, "/proposals/", id, "");
    assert_false(desk_has(&a, "像哪一类"));
    docket(d, id, "transport");
    is(d, "items.0.seen", "0");
    is(d, "items.0.made_at", "");
    a = test_get(d->t, "/guesses");
    assert_true(desk_has(&a, "还没有学过"));
    d->t->app.clock.fixed_ms += 3600000;
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
    is(d, "items.0.texts", "0"); /* one is too few */
}

static void what_people_decided_is_guessed_with_its_reason(void **state)
{
    struct desk *d = *state;
    learn(d);
    i64 id = bus(d, 90);
    struct test_answer a = desk_page(d, "/api/v1/proposals/", id, "");
    desk_same(test_json(d->t, &a, "guesses.0.category"), "transport");
    str because = test_json(d->t, &a, "guesses.0.because.0");
    assert_true(because.len > 0 &&
                str_find(str_of(BUS "关于第90条公交线路的建议"), because, 0) >= 0);
    a = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&a, "像哪一类") && desk_has(&a, "因为写到"));
    a = desk_page(d, "/proposals/", id, "/docket");
    assert_true(desk_has(&a, "像哪一类"));
    desk_as_member(d, 0); /* whose it is, is not told what the house thinks of it */
    a = desk_page(d, "/proposals/", id, "");
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, "像哪一类"));
    a = desk_page(d, "/api/v1/proposals/", id, "");
    assert_false(desk_has(&a, "\"guesses\""));
}

static void right_and_wrong_ones_are_counted(void **state)
{
    struct desk *d = *state;
    learn(d);
    is(d, "items.0.question", "proposals.category");
    is(d, "items.0.texts", "32");
    is(d, "items.0.seen", "0"); /* nothing was guessed when those were decided */
    docket(d, bus(d, 90), "transport");
    docket(d, bus(d, 91), "transport");
    docket(d, bus(d, 92), "farming");
    is(d, "items.0.seen", "3");
    is(d, "items.0.right", "2");
    is(d, "items.0.labels.0.label", "transport");
    is(d, "items.0.labels.0.right", "2");
    is(d, "items.0.labels.1.label", "farming");
    is(d, "items.0.labels.1.right", "0");
    struct test_answer a = test_get(d->t, "/guesses");
    assert_true(desk_has(&a, "66%"));
}

static void it_is_learned_anew_when_asked(void **state)
{
    struct desk *d = *state;
    learn(d);
    docket(d, bus(d, 90), "transport");
    desk_as_reviewer(d);
    assert_int_equal(test_post(d->t, "/guesses/train", NULL).status, 403);
    desk_as_staff(d);
    assert_int_equal(test_post(d->t, "/guesses/train", NULL).status, 303);
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
    is(d, "items.0.texts", "33");
}

static void another_organisation_has_learned_nothing(void **state)
{
    struct desk *d = *state;
    learn(d);
    desk_as_other_reviewer(d);
    is(d, "items.0.texts", "0");
    is(d, "items.0.seen", "0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_is_guessed_before_anything_was_learned, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(what_people_decided_is_guessed_with_its_reason, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(right_and_wrong_ones_are_counted, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(it_is_learned_anew_when_asked, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(another_organisation_has_learned_nothing, desk_setup,
                                        desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
