/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Yearly figures of opinions: what counts under what, each number is the list behind its link, a
 * source counts for its writer once, counters stand as a recount makes them. Reckoned by hand. */
#include "modules/dashboards/dashboard_facts.h"
#include "modules/dashboards/tests/figure_links.h"
#include "modules/opinions/opinion_edit.h"
#include "modules/opinions/opinion_record.h"

static void as(struct desk *d, const char *role, i64 account_id)
{
    struct actor *actor = test_as_role(d->t, role);
    actor->account_id = account_id;
    actor->person_id = 0;
    d->actor = actor;
}

static void as_editor(struct desk *d)
{
    as(d, "editor", 140);
}

static err verified(struct rq *rq, void *context)
{
    struct dashboard_check check;
    TRY(dashboard_verify(rq, &check));
    if (check.stale || check.counters)
        fail_msg("%s: %lld stale, %lld counters wrong", (const char *)context,
                 (long long)check.stale, (long long)check.counters);
    return OK;
}

static err counted_anew(struct rq *rq, void *context)
{
    TRY(dashboard_recount(rq));
    return verified(rq, context);
}

static i64 number_of(struct desk *d, struct test_answer *a, const char *member)
{
    i64 n = 0;
    if (!str_to_i64(test_json(d->t, a, member), &n))
        fail_msg("no %s: %d %.*s", member, a->status, (int)a->body.len, a->body.ptr);
    return n;
}

static void done(struct desk *d, i64 id, const char *verb, const char *json)
{
    const char *path = arena_printf(d->t->mem, "/api/v1/opinions/%lld", (long long)id).ptr;
    struct test_answer a = test_get(d->t, path);
    i64 version = number_of(d, &a, "version");
    a = test_api(d->t, POST, arena_printf(d->t->mem, "%s/%s", path, verb).ptr,
                 test_versioned(d->t, json, version));
    if (a.status != 200)
        fail_msg("%s: %d %.*s", verb, a.status, (int)a.body.len, a.body.ptr);
    assert_ok(desk_in_org(d, 1, verified, (void *)(size_t)verb));
}

/* A draft of member 0, 1 or 2. */
static i64 drafted(struct desk *d, size_t member, const char *title)
{
    desk_as_member(d, member);
    struct test_answer a = test_api(
        d->t, POST, "/api/v1/opinions",
        arena_printf(d->t->mem,
                     "{\"title\":\"%s\",\"situation\":\"%s: many wait.\",\"analysis\":\"No "
                     "money.\",\"suggestions\":\"Build it.\"}",
                     title, title)
            .ptr);
    assert_int_equal(a.status, 201);
    return number_of(d, &a, "id");
}

static i64 sent(struct desk *d, size_t member, const char *title)
{
    i64 id = drafted(d, member, title);
    done(d, id, "submit", "{}");
    as_editor(d);
    return id;
}

static i64 taken(struct desk *d, size_t member, const char *title)
{
    i64 id = sent(d, member, title);
    done(d, id, "take", "{\"category\":\"city\"}");
    return id;
}

static i64 composed(struct desk *d, i64 first, i64 second)
{
    struct test_answer a =
        test_api(d->t, POST, "/api/v1/opinions/compose",
                 arena_printf(d->t->mem, "{\"title\":\"Water\",\"opinions\":[%lld,%lld]}",
                              (long long)first, (long long)second)
                     .ptr);
    assert_int_equal(a.status, 201);
    return number_of(d, &a, "id");
}

static void overview_is(struct desk *d, const char *const wanted[][2])
{
    as_editor(d);
    struct test_answer a = test_get(d->t, "/api/v1/opinions/figures");
    assert_int_equal(a.status, 200);
    for (size_t i = 0; wanted[i][0]; i++)
        figure_is(d, &a, arena_printf(d->t->mem, "opinions.%s", wanted[i][0]).ptr, wanted[i][1]);
}

/* As the signature of the issue does it (modules/bulletins). */
static err signed_off(struct rq *rq, void *context)
{
    const i64 *id = context;
    return flow_move(rq, &OPINIONS_FLOW, *id, "sign", &(struct opinion_signing){ str_of("Zhou") });
}

/* Members 0 and 1 have one each in a composite that is signed; 0 has one that is kept; 2 has one
 * that waits, one that was given back, and a draft that nobody else knows of. */
static void a_year(struct desk *d)
{
    i64 east = taken(d, 0, "East has no water"), south = taken(d, 1, "South has no water");
    done(d, sent(d, 0, "North"), "keep", "{\"keep_reason\":\"vague\"}");
    (void)sent(d, 2, "A bus in the evening");
    done(d, sent(d, 2, "A school"), "revise", "{\"opinion\":\"How many pupils?\"}");
    (void)drafted(d, 2, "A thought");
    as_editor(d);
    done(d, composed(d, east, south), "uncompose", "{}");
    i64 water = composed(d, east, south);
    done(d, water, "pass", "{}");
    as(d, "leader", 141);
    assert_ok(desk_in_org(d, 1, signed_off, &water));
    assert_ok(desk_in_org(d, 1, verified, "sign"));
}

static void what_counts_under_what(void **state)
{
    struct desk *d = *state;
    a_year(d);
    overview_is(d, (const char *const[][2]){ { "opinions", "4" },
                                             { "waiting", "1" },
                                             { "chosen", "2" },
                                             { "choose_rate_x10000", "5000" },
                                             { "stored", "1" },
                                             { "issued", "2" },
                                             { "issue_rate_x10000", "5000" },
                                             { "single", "0" },
                                             { "sourced", "2" },
                                             { "urgent_sent", "0" },
                                             { "revising", "1" },
                                             { "composites", "1" },
                                             { "composites_issued", "1" },
                                             { NULL, NULL } });
    assert_ok(desk_in_org(d, 1, counted_anew, (void *)(size_t) "recount"));
    overview_is(d,
                (const char *const[][2]){ { "opinions", "4" }, { "issued", "2" }, { NULL, NULL } });
}

/* A source counts once, for whoever wrote it. */
static void by_member(void **state)
{
    struct desk *d = *state;
    a_year(d);
    as_editor(d);
    struct test_answer a = test_get(d->t, "/api/v1/opinions/figures/members");
    figure_is(d, &a, "tables.0.lines.0.cells.0.value", "2"); /* sent by member 0 */
    figure_is(d, &a, "tables.0.lines.0.cells.2.value", "1"); /* chosen */
    figure_is(d, &a, "tables.0.lines.0.cells.4.value", "1"); /* issued */
    figure_is(d, &a, "tables.0.lines.1.cells.0.value", "1");
    figure_is(d, &a, "tables.0.lines.2.cells.0.value", "1");
    a = test_get(d->t, "/opinions/figures/members");
    assert_int_equal(a.status, 200);
    assert_true(figure_links(d, a.body, "/opinions") >= 6);
}

/* Also one whose only opinion of the year waits for him to write it anew. */
static void who_rewrites_has_a_name(void **state)
{
    struct desk *d = *state;
    done(d, sent(d, 1, "A school"), "revise", "{\"opinion\":\"How many pupils?\"}");
    as_editor(d);
    struct test_answer a = test_get(d->t, "/api/v1/opinions/figures/members");
    figure_is(d, &a, "tables.0.lines.0.cells.0.value", "0");
    figure_is(d, &a, "tables.0.lines.0.cells.8.value", "1"); /* given back */
    a = test_get(d->t, "/opinions/figures/members");
    assert_true(desk_has(&a, "Wang"));
}

static void each_number_is_its_list(void **state)
{
    struct desk *d = *state;
    a_year(d);
    as_editor(d);
    struct test_answer a = test_get(d->t, "/opinions/figures");
    assert_int_equal(a.status, 200);
    assert_true(figure_links(d, a.body, "/opinions") >= 30);
    a = test_get(d->t, "/opinions/figures/explain");
    assert_int_equal(a.status, 200);
    assert_true(figure_links(d, a.body, "/opinions") >= 8);
    a = test_get(d->t, "/opinions/figures?year=1999");
    assert_int_equal(a.status, 200); /* a year without any */
    assert_int_equal(test_get(d->t, "/opinions/figures?year=3").status, 422);
    assert_int_equal(test_get(d->t, "/opinions/figures.xlsx").status, 200);
    assert_int_equal(test_get(d->t, "/opinions/figures/members.xlsx").status, 200);
}

/* The channel is internal: the desk and the leader, nobody else. */
static void who_sees_them(void **state)
{
    struct desk *d = *state;
    as(d, "leader", 141);
    assert_int_equal(test_get(d->t, "/opinions/figures").status, 200);
    as(d, "staff", 142);
    assert_int_equal(test_get(d->t, "/opinions/figures").status, 403);
    desk_as_member(d, 0);
    assert_int_equal(test_get(d->t, "/opinions/figures").status, 403);
}

static err brought_twice(struct rq *rq, void *context)
{
    struct opinion_record r = { .title = str_of("Roads"),
                                .situation = str_of("No road."),
                                .suggestions = str_of("A road."),
                                .reporter = str_of("Somebody"),
                                .kind = str_of("station"),
                                .body_name = str_of("Station one"),
                                .category = str_of("city"),
                                .source = str_of("list"),
                                .source_id = str_of("7"),
                                .outcome = str_of("taken"),
                                .submitted_on = rq->today };
    char result;
    (void)context;
    TRY(opinion_save_record(rq, &r, &result));
    TRY(verified(rq, (void *)(size_t) "brought"));
    r.category = str_of("transport");
    TRY(opinion_save_record(rq, &r, &result));
    assert_int_equal(result, 'u');
    return verified(rq, (void *)(size_t) "brought again");
}

/* A list that brings one anew moves it from one category to another without a step. */
static void what_lists_bring(void **state)
{
    struct desk *d = *state;
    assert_ok(desk_in_org(d, 1, brought_twice, NULL));
    overview_is(d,
                (const char *const[][2]){ { "opinions", "1" }, { "chosen", "1" }, { NULL, NULL } });
    struct test_answer a = test_get(d->t, "/opinions/figures");
    assert_true(desk_has(&a, "category=%74")); /* t of transport, and nothing of city */
    assert_false(desk_has(&a, "category=%63"));
    assert_true(desk_has(&a, "Station one"));
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(what_counts_under_what),  T(by_member),     T(who_rewrites_has_a_name),
        T(each_number_is_its_list), T(who_sees_them), T(what_lists_bring),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
