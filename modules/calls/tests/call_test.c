/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Calls: their life, who sees them, the last millisecond, and what comes behind the end. Both
 * engines, two organisations. The clock stands at Wednesday 2026-11-25, 09:00. */
#include "modules/calls/call_rules.h"
#include "modules/proposals/tests/desk_look.h"

enum { HOUR_MS = 3600000 };

static const char FORM[] =
    "{\"name\":\"Third call\",\"timing\":\"plenary\",\"from_on\":\"2026-11-25\",\"from_time\":"
    "\"08:00\",\"until_on\":\"2026-11-25\",\"until_time\":\"18:00\",\"text\":\"Write.\","
    "\"titles\":[\"A bus & a bridge\",\"\",\"Clean water\"],\"texts\":[\"Eight thousand "
    "wait.\",\"\",\"\"],\"sources\":[\"Transport bureau\",\"\",\"\"]}";

static const char *path_of(struct desk *d, i64 id, const char *rest)
{
    return arena_printf(d->t->mem, "/calls/%lld%s", (long long)id, rest).ptr;
}

static i64 added(struct desk *d, const char *json)
{
    i64 id = 0;
    desk_as_staff(d);
    struct test_answer a = test_api(d->t, POST, "/api/v1/calls", json);
    if (a.status != 201 || !str_to_i64(test_json(d->t, &a, "id"), &id))
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    return id;
}

static int step(struct desk *d, i64 id, const char *verb)
{
    i64 version = 0;
    str path = arena_printf(d->t->mem, "/api/v1/calls/%lld", (long long)id);
    struct test_answer a = test_get(d->t, path.ptr);
    assert_true(str_to_i64(test_json(d->t, &a, "version"), &version));
    path = arena_printf(d->t->mem, "/api/v1/calls/%lld/%s", (long long)id, verb);
    return test_api(d->t, POST, path.ptr,
                    arena_printf(d->t->mem, "{\"version\":%lld}", (long long)version).ptr)
        .status;
}

static err run_close(struct rq *rq, void *context)
{
    bool again = false;
    (void)context;
    return job_call_close(rq, &again);
}

static void close_over(struct desk *d)
{
    assert_ok(desk_in_org(d, d->t->org, run_close, NULL));
    desk_as_staff(d);
}

static i64 published(struct desk *d)
{
    i64 id = added(d, FORM);
    assert_int_equal(step(d, id, "publish"), 200);
    return id;
}

/* 18:00:00.000 of the day is the last moment. */
static i64 until_ms(void)
{
    i64 day = 0;
    assert_true(day_parse(str_of("2026-11-25"), &day));
    return day_start_ms(day) + 18 * (i64)HOUR_MS;
}

static void a_draft_is_the_offices_and_a_call_everybodys(void **state)
{
    struct desk *d = *state;
    i64 id = added(d, FORM);
    struct test_answer a = desk_page(d, "/api/v1/calls/", id, "");
    desk_same(test_json(d->t, &a, "topics.1.title"), "Clean water"); /* the empty row is none */
    desk_as_member(d, 0);
    assert_int_equal(desk_page(d, "/calls/", id, "").status, 404);
    assert_int_equal(test_get(d->t, path_of(d, id, "/edit")).status, 403);
    assert_int_equal(test_api(d->t, POST, "/api/v1/calls", FORM).status, 403);
    a = test_get(d->t, "/api/v1/calls");
    desk_same(test_json(d->t, &a, "items.0.id"), "");
    desk_as_staff(d);
    assert_int_equal(step(d, id, "publish"), 200);
    desk_as_member(d, 0);
    a = desk_page(d, "/calls/", id, "");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "Transport bureau"));
    assert_true(desk_has(&a, "/proposals/new?title=A%20bus%20%26%20a%20bridge"));
    assert_true(desk_has(&a, "征集中"));
    a = test_get(d->t, "/proposals/new?title=A%20bus%20%26%20a%20bridge");
    desk_same(test_field(d->t, &a, "title"), "A bus & a bridge");
    desk_as_other_member(d);
    assert_int_equal(desk_page(d, "/calls/", id, "").status, 404);
    a = test_get(d->t, "/api/v1/calls");
    desk_same(test_json(d->t, &a, "items.0.id"), "");
}

static void what_the_form_refuses(void **state)
{
    static const struct {
        const char *from_time, *until_on, *until_time, *title, *source, *field;
    } CASES[] = {
        { "08:00", "2026-11-25", "07:59", "T", "", "until_on" },
        { "08:00", "2026-11-24", "18:00", "T", "", "until_on" },
        { "8", "2026-11-25", "18:00", "T", "", "from_time" },
        { "08:00", "2026-11-25", "24:01", "T", "", "until_time" },
        { "08:00", "2026-11-25", "12:60", "T", "", "until_time" },
        { "08:00", "2026-11-25", "18:00", "", "Bureau", "titles" },
        { "", "2026-11-25", "", "", "", NULL }, /* the whole day */
    };
    struct desk *d = *state;
    desk_as_staff(d);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct test_answer a =
            test_post(d->t, "/calls/new", "name", "N", "timing", "between", "from_on", "2026-11-25",
                      "from_time", CASES[i].from_time, "until_on", CASES[i].until_on, "until_time",
                      CASES[i].until_time, "titles", CASES[i].title, "texts", "", "sources",
                      CASES[i].source, NULL);
        assert_int_equal(a.status, CASES[i].field ? 422 : 303);
        if (CASES[i].field)
            assert_true(desk_has(&a, arena_printf(d->t->mem, "#%s", CASES[i].field).ptr));
    }
    struct test_answer a = test_get(d->t, "/api/v1/calls");
    desk_same(test_json(d->t, &a, "items.0.until_at"), "2026-11-25T23:59:59.999+08:00");
}

static void it_changes_while_it_is_open_and_ends_by_itself(void **state)
{
    struct desk *d = *state;
    i64 id = published(d);
    struct test_answer a = test_get(d->t, path_of(d, id, "/edit?more=1"));
    desk_same(test_field(d->t, &a, "until_time"), "18:00");
    const char *version = arena_cstr(d->t->mem, test_field(d->t, &a, "version"));
    a = test_post(d->t, path_of(d, id, "/edit"), "version", version, "name", "Longer", "timing",
                  "plenary", "from_on", "2026-11-25", "until_on", "2026-11-25", "until_time",
                  "19:00", NULL);
    assert_int_equal(a.status, 303);
    a = test_post(d->t, path_of(d, id, "/edit"), "version", version, "name", "Late", "timing",
                  "plenary", "from_on", "2026-11-25", "until_on", "2026-11-25", NULL);
    assert_int_equal(a.status, 409); /* somebody was faster */
    d->t->app.clock.fixed_ms = until_ms() + HOUR_MS;
    close_over(d);
    a = desk_page(d, "/api/v1/calls/", id, "");
    desk_same(test_json(d->t, &a, "state"), "open");
    d->t->app.clock.fixed_ms = until_ms() + HOUR_MS + 60001;
    close_over(d);
    a = desk_page(d, "/api/v1/calls/", id, "");
    desk_same(test_json(d->t, &a, "state"), "closed");
    assert_int_equal(test_get(d->t, path_of(d, id, "/edit")).status, 409);
    i64 late = added(d, FORM);
    assert_int_equal(step(d, late, "publish"), 409); /* its time is over */
}

/* The last millisecond and the one after it; who is not asked. */
static void proposals_are_taken_while_it_is_open(void **state)
{
    struct desk *d = *state;
    desk_set(d, "proposals.window_needed", "1");
    i64 id = desk_draft(d, "In time"), late = desk_draft(d, "Too late");
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 409);
    struct test_answer a = desk_page(d, "/proposals/", id, "/submit");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "下一次征集还没有发布"));
    published(d);
    d->t->app.clock.fixed_ms = until_ms();
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 200);
    d->t->app.clock.fixed_ms = until_ms() + 1;
    assert_int_equal(desk_act(d, late, "submit", "{\"confirmed\":true}"), 409);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "revise", "{\"opinion\":\"Say where.\"}"), 200);
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 200); /* sent back */
    desk_set(d, "proposals.window_needed", "0");
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, late, "submit", "{\"confirmed\":true}"), 200);
}

/* The plenary of the desk's session was in February; in it a day counts as "during", unless its
 * call was over. */
static void what_comes_behind_the_end_is_between_sessions(void **state)
{
    struct desk *d = *state;
    static const char PLENARY[] =
        "{\"name\":\"Plenary\",\"timing\":\"plenary\",\"from_on\":\"2026-02-01\",\"until_on\":"
        "\"2026-02-03\",\"until_time\":\"12:00\"}";
    desk_on_day(d, "2026-02-03");
    i64 id = added(d, PLENARY);
    assert_int_equal(step(d, id, "publish"), 200);
    i64 first = desk_submitted(d, "At nine");
    d->t->app.clock.fixed_ms += 3 * (i64)HOUR_MS + 1; /* 12:00:00.001 */
    i64 second = desk_submitted(d, "Past noon");
    desk_same(desk_load(d, first).timing, "during");
    desk_same(desk_load(d, second).timing, "between");
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_draft_is_the_offices_and_a_call_everybodys),   T(what_the_form_refuses),
        T(it_changes_while_it_is_open_and_ends_by_itself), T(proposals_are_taken_while_it_is_open),
        T(what_comes_behind_the_end_is_between_sessions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
