/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Speeches by the front door: called for, handed in alone and with others, chosen, put in order,
 * given or not; what the ledger gets and loses; what is diverted; who sees what. Expectations:
 * README.md, reckoned by hand. The clock begins on Wednesday 2026-11-25. */
#include "modules/proposals/tests/desk_look.h"
#include "platform/jobs/jobs.h"

enum { LI, WANG, ZHAO };

static struct test_answer post(struct desk *d, const char *what, i64 id, const char *verb,
                               const char *json)
{
    struct test_answer a =
        test_get(d->t, arena_printf(d->t->mem, "/api/v1/%s/%lld", what, (long long)id).ptr);
    i64 version = 1;
    if (a.status == 200)
        assert_true(str_to_i64(test_json(d->t, &a, "version"), &version));
    str path = arena_printf(d->t->mem, "/api/v1/%s/%lld/%s", what, (long long)id, verb);
    return test_api(d->t, POST, path.ptr, test_versioned(d->t, json, version));
}

static void does(struct desk *d, const char *what, i64 id, const char *verb, const char *json)
{
    struct test_answer a = post(d, what, id, verb, json);
    if (a.status != 200)
        fail_msg("%s %s: %d %.*s", what, verb, a.status, (int)a.body.len, a.body.ptr);
}

static void refuses(struct desk *d, const char *what, i64 id, const char *verb, const char *json,
                    const char *words)
{
    struct test_answer a = post(d, what, id, verb, json);
    if (a.status < 400 || !desk_has(&a, words))
        fail_msg("%s: %d %.*s", verb, a.status, (int)a.body.len, a.body.ptr);
}

static i64 newest(struct desk *d, struct sql sql)
{
    return desk_count(d, sql);
}

/* A plenary on 2026-12-03. */
static i64 plenary(struct desk *d)
{
    desk_as_staff(d);
    struct test_answer a = test_api(
        d->t, POST, "/api/v1/meetings",
        "{\"title\":\"Plenary\",\"organiser\":\"office\",\"place\":\"Hall\",\"from_on\":"
        "\"2026-12-03\",\"from_half\":\"morning\",\"to_on\":\"2026-12-04\",\"to_half\":"
        "\"afternoon\",\"kind\":\"plenary\",\"attending\":\"mandatory\",\"audience\":[\"members\"]"
        "}");
    assert_int_equal(a.status, 200);
    return newest(d, SQL("SELECT MAX(id) FROM meetings WHERE org_id = :org"));
}

static struct test_answer call_with(struct desk *d, i64 meeting, const char *until)
{
    return test_api(d->t, POST, "/api/v1/speech_calls",
                    arena_printf(d->t->mem,
                                 "{\"meeting\":\"meeting:%lld\",\"title\":\"Green hills\","
                                 "\"until_on\":\"%s\",\"chars_max\":200,\"minutes\":8}",
                                 (long long)meeting, until)
                        .ptr);
}

static i64 called(struct desk *d)
{
    i64 meeting = plenary(d);
    struct test_answer a = call_with(d, meeting, "2026-12-04");
    assert_int_equal(a.status, 422); /* the meeting has begun by then */
    a = call_with(d, meeting, "2026-11-30");
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    i64 id = newest(d, SQL("SELECT MAX(id) FROM speech_calls WHERE org_id = :org"));
    desk_as_member(d, LI);
    assert_int_equal(desk_page(d, "/speech_calls/", id, "").status, 404); /* a draft */
    desk_as_staff(d);
    does(d, "speech_calls", id, "publish", "{}");
    return id;
}

static struct test_answer write(struct desk *d, i64 call, const char *title, const char *more)
{
    str path = arena_printf(d->t->mem, "/api/v1/speech_calls/%lld/write", (long long)call);
    return test_api(
        d->t, POST, path.ptr,
        arena_printf(d->t->mem, "{\"title\":\"%s\",\"text\":\"Trees.\"%s}", title, more).ptr);
}

static i64 submitted(struct desk *d, size_t member, i64 call, const char *title, const char *more)
{
    desk_as_member(d, member);
    struct test_answer a = write(d, call, title, more);
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    i64 id = newest(d, SQL("SELECT MAX(id) FROM speeches WHERE org_id = :org"));
    does(d, "speeches", id, "submit", "{}");
    return id;
}

static const char *named(struct desk *d, size_t member)
{
    return arena_printf(d->t->mem, ",\"authors\":[\"member:%lld\"]", (long long)d->member[member])
        .ptr;
}

static i64 live(struct desk *d, const char *kind, size_t member)
{
    i64 member_id = d->member[member];
    str wanted = str_of(kind);
    return desk_count(d, SQL("SELECT COUNT(*) FROM entries WHERE org_id = :org AND source = "
                             "'speeches' AND state = 'live' AND kind = :wanted AND member_id = "
                             ":member_id",
                             P(wanted), P(member_id)));
}

static i64 rows_of(struct desk *d)
{
    return desk_count(d, SQL("SELECT COUNT(*) FROM entries WHERE org_id = :org AND source = "
                             "'speeches' AND state = 'live'"));
}

static void is(struct desk *d, i64 id, const char *name, const char *expected)
{
    desk_as_staff(d);
    struct test_answer a = desk_page(d, "/api/v1/speeches/", id, "");
    desk_same(test_json(d->t, &a, name), expected);
}

static struct test_answer order(struct desk *d, i64 call, const char *json)
{
    str path = arena_printf(d->t->mem, "/api/v1/speech_calls/%lld/order", (long long)call);
    i64 version =
        desk_count(d, SQL("SELECT version FROM speech_calls WHERE org_id = :org AND id = :call",
                          P(call)));
    return test_api(d->t, POST, path.ptr, test_versioned(d->t, json, version));
}

/* Two clerks have the same page open: who saves second is told, and keeps what he typed. */
static void second_order_is_refused(struct desk *d, i64 call, i64 first, i64 second)
{
    struct test_answer a = desk_page(d, "/api/v1/speech_calls/", call, "");
    const char *seen = arena_printf(d->t->mem, "%.*s", (int)test_json(d->t, &a, "version").len,
                                    test_json(d->t, &a, "version").ptr)
                           .ptr;
    const char *one = arena_printf(d->t->mem, "%lld", (long long)first).ptr;
    const char *two = arena_printf(d->t->mem, "%lld", (long long)second).ptr;
    const char *path = arena_printf(d->t->mem, "/speech_calls/%lld/order", (long long)call).ptr;
    a = test_post(d->t, path, "version", seen, "speeches", one, "speeches", two, "places", "1",
                  "places", "2", "minutes", "7", "minutes", "8", NULL);
    assert_int_equal(a.status, 303);
    a = test_post(d->t, path, "version", seen, "speeches", one, "speeches", two, "places", "2",
                  "places", "1", "minutes", "8", "minutes", "5", NULL);
    assert_int_equal(a.status, 409);
    assert_true(desk_has(&a, "在您打开之后，别人改过这里"));
    assert_true(desk_has(&a, "现在保存的是第 1 个、7 分钟")); /* what stands */
    assert_true(desk_has(&a, "value=\"5\""));                 /* what he typed */
    is(d, first, "place", "1");
    is(d, first, "minutes", "7");
    a = order(d, call,
              arena_printf(d->t->mem,
                           "{\"speeches\":[%lld],\"places\":[\"1\"],\"minutes\":[\"8\"]}",
                           (long long)first)
                  .ptr);
    assert_int_equal(a.status, 409); /* another speaks too: he has not seen it */
    assert_true(desk_has(&a, "口头发言的篇目刚才变了"));
}

static i64 told(struct desk *d, const char *words)
{
    str text = str_of(words);
    return desk_count(
        d, SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND words = :text", P(text)));
}

/* ---- the whole road ---- */

static void what_was_given_stands_in_the_ledger(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 call = called(d);
    assert_int_equal(told(d, "开始征集大会发言：Green hills，2026年11月30日以前交"), 1);
    i64 first = submitted(d, LI, call, "Hills", named(d, WANG));
    i64 second = submitted(d, ZHAO, call, "Rivers", "");
    i64 third = submitted(d, WANG, call, "Lakes", "");
    desk_as_staff(d);
    does(d, "speeches", first, "speak", "{}");
    does(d, "speeches", second, "speak", "{}");
    does(d, "speeches", third, "print", "{}");
    assert_int_equal(told(d, "您的发言“Hills”定为口头发言"), 1);
    is(d, first, "place", "1");
    is(d, second, "place", "2");
    is(d, second, "minutes", "8");
    second_order_is_refused(d, call, first, second);
    struct test_answer a =
        order(d, call,
              arena_printf(d->t->mem,
                           "{\"speeches\":[%lld,%lld],\"places\":[\"5\",\"2\"],\"minutes\":[\"8\","
                           "\"6\"]}",
                           (long long)first, (long long)second)
                  .ptr);
    assert_int_equal(a.status, 200);
    is(d, first, "place", "2");
    is(d, second, "place", "1");
    is(d, second, "minutes", "6");
    a = desk_page(d, "/speech_calls/", call, "");
    assert_true(desk_has(&a, "2 人，共 14 分钟"));
    refuses(d, "speeches", first, "give", "{}", "会议还没有开");
    does(d, "speech_calls", call, "close", "{}");
    refuses(d, "speech_calls", call, "settle", "{}", "会议还没有开");
    desk_on_day(d, "2026-12-04");
    desk_as_staff(d);
    refuses(d, "speech_calls", call, "settle", "{}", "还有 2 篇");
    does(d, "speeches", first, "give", "{}");
    refuses(d, "speeches", second, "miss", "{}", "请填写");
    does(d, "speeches", second, "miss", "{\"opinion\":\"He was ill.\"}");
    assert_int_equal(rows_of(d), 0);
    does(d, "speech_calls", call, "settle", "{}");
    assert_int_equal(live(d, "speech.spoken", LI), 1);
    assert_int_equal(live(d, "speech.spoken", WANG), 1);
    assert_int_equal(live(d, "speech.written", WANG), 1);
    assert_int_equal(rows_of(d), 3); /* nothing of who did not speak */
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM entries WHERE org_id = :org AND "
                                       "source = 'speeches' AND tags = 'first shared' AND people "
                                       "= 2")),
                     1);
    does(d, "speeches", second, "print", "{}"); /* what was not given is printed */
    assert_int_equal(live(d, "speech.written", ZHAO), 1);
    does(d, "speeches", first, "miss", "{\"opinion\":\"Wrong mark.\"}");
    assert_int_equal(live(d, "speech.spoken", LI), 0);
    does(d, "speeches", first, "give", "{}");
    assert_int_equal(live(d, "speech.spoken", LI), 1);
    refuses(d, "speeches", third, "decline", "{\"opinion\":\"No.\"}", "已经结算");
}

static const char *result_of(struct desk *d, const char *kind, const char *day)
{
    return arena_printf(d->t->mem,
                        "{\"kind\":\"%s\",\"organ\":\"Secretary\",\"happened_on\":\"%s\",\"text\":"
                        "\"Well said.\"}",
                        kind, day)
        .ptr;
}

static void what_came_of_it_is_a_row_of_its_own(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 call = called(d);
    i64 id = submitted(d, LI, call, "Hills", "");
    desk_as_staff(d);
    does(d, "speeches", id, "print", "{}");
    refuses(d, "speeches", id, "result", result_of(d, "instructed", "2026-11-26"),
            "这一天还没有到");
    does(d, "speeches", id, "result", result_of(d, "instructed", "2026-11-25"));
    assert_int_equal(told(d, "您的发言“Hills”得到批示：Secretary"), 1);
    assert_int_equal(rows_of(d), 0);
    desk_on_day(d, "2026-12-03");
    desk_as_staff(d);
    does(d, "speech_calls", call, "close", "{}");
    does(d, "speech_calls", call, "settle", "{}");
    assert_int_equal(live(d, "speech.instructed", LI), 1);
    desk_on_day(d, "2026-12-20");
    desk_as_staff(d);
    does(d, "speeches", id, "result", result_of(d, "adopted", "2026-12-18"));
    desk_on_day(d, "2027-01-10");
    desk_as_staff(d);
    does(d, "speeches", id, "result", result_of(d, "adopted", "2027-01-05"));
    assert_int_equal(live(d, "speech.adopted", LI), 2); /* each counts in the year of its day */
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM entries WHERE org_id = :org AND kind "
                                       "= 'speech.adopted' AND state = 'live' AND year = 2027 AND "
                                       "quantity = 1000")),
                     1);
}

static void a_diverted_one_becomes_an_opinion_of_its_author_once(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 call = called(d);
    i64 id = submitted(d, LI, call, "Hills", "");
    desk_as_staff(d);
    refuses(d, "speeches", id, "divert", "{}", "请填写");
    does(d, "speeches", id, "divert", "{\"opinion\":\"One street only.\"}");
    assert_int_equal(told(d, "您的发言“Hills”建议转为社情民意信息：One street only."), 1);
    assert_int_equal(post(d, "speeches", id, "rewrite", "{}").status, 403); /* his, not theirs */
    desk_as_member(d, LI);
    does(d, "speeches", id, "rewrite", "{}");
    i64 person_id = d->person[LI];
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM opinions WHERE org_id = :org AND "
                                       "person_id = :person_id AND state = 'draft' AND title = "
                                       "'Hills' AND situation = 'Trees.'",
                                       P(person_id))),
                     1);
    refuses(d, "speeches", id, "rewrite", "{}", "已经转写");
    desk_as_staff(d);
    refuses(d, "speeches", id, "speak", "{}", "已经转写"); /* it is that now */
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow = "
                                       "'speeches'")),
                     0);
    desk_on_day(d, "2026-12-03");
    desk_as_staff(d);
    does(d, "speech_calls", call, "close", "{}");
    does(d, "speech_calls", call, "settle", "{}");
    assert_int_equal(rows_of(d), 0); /* counted as the opinion alone */
}

static void who_is_named_may_step_out(void **state)
{
    struct desk *d = *state;
    i64 call = called(d);
    i64 id = submitted(d, LI, call, "Hills", named(d, WANG));
    desk_as_member(d, ZHAO);
    assert_int_equal(desk_page(d, "/speeches/", id, "").status, 404);
    desk_as_member(d, WANG);
    struct test_answer a = desk_page(d, "/speeches/", id, "");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "退出联名"));
    refuses(d, "speeches", id, "withdraw", "{}", "不是您的");
    a = post(d, "speeches", id, "leave", "{}");
    assert_int_equal(desk_page(d, "/speeches/", id, "").status, 404);
    is(d, id, "people", "1");
    desk_as_member(d, LI);
    refuses(d, "speeches", id, "leave", "{}", "不是这篇发言的联名人");
    does(d, "speeches", id, "withdraw", "{}");
}

static void the_last_day_holds_but_for_what_came_back(void **state)
{
    struct desk *d = *state;
    i64 call = called(d);
    desk_as_member(d, LI);
    assert_int_equal(write(d, call, "Draft", "").status, 200);
    i64 draft = newest(d, SQL("SELECT MAX(id) FROM speeches WHERE org_id = :org"));
    desk_as_staff(d);
    assert_int_equal(desk_page(d, "/speeches/", draft, "").status, 404); /* nobody's but his */
    desk_as_member(d, LI);
    assert_int_equal(write(d, call, "Given up", "").status, 200);
    i64 left = newest(d, SQL("SELECT MAX(id) FROM speeches WHERE org_id = :org"));
    does(d, "speeches", left, "withdraw", "{}");
    assert_int_equal(desk_page(d, "/speeches/", left, "").status, 200);
    desk_as_staff(d);
    assert_int_equal(desk_page(d, "/speeches/", left, "").status, 404); /* nor what he gave up */
    i64 back = submitted(d, ZHAO, call, "Rivers", "");
    desk_as_staff(d);
    does(d, "speeches", back, "revise", "{\"opinion\":\"Shorter.\"}");
    desk_on_day(d, "2026-12-01");
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
    desk_as_staff(d);
    struct test_answer a = desk_page(d, "/api/v1/speech_calls/", call, "");
    desk_same(test_json(d->t, &a, "state"), "closed");
    desk_as_member(d, LI);
    refuses(d, "speeches", draft, "submit", "{}", "现在不收发言");
    assert_int_equal(write(d, call, "Late", "").status, 409);
    desk_as_member(d, ZHAO);
    a = desk_page(d, "/speeches/", back, "");
    assert_true(desk_has(&a, "Shorter."));
    does(d, "speeches", back, "submit", "{}");
    desk_as_staff(d);
    does(d, "speech_calls", call, "extend", "{\"until_on\":\"2026-12-02\"}");
    desk_as_member(d, LI);
    does(d, "speeches", draft, "submit", "{}");
}

static void the_office_types_in_for_a_body(void **state)
{
    struct desk *d = *state;
    i64 call = called(d);
    str path = arena_printf(d->t->mem, "/api/v1/speech_calls/%lld/record", (long long)call);
    struct test_answer a =
        test_get(d->t, arena_printf(d->t->mem, "/speech_calls/%lld/record", (long long)call).ptr);
    assert_true(desk_has(&a, "name=\"body\""));
    i64 sector_id =
        desk_count(d, SQL("SELECT MIN(id) FROM sectors WHERE org_id = :org AND to_on = 0"));
    const char *json =
        arena_printf(d->t->mem,
                     "{\"lead\":\"member:%lld\",\"body\":\"sector:%lld\",\"title\":\"Schools\","
                     "\"text\":\"Teachers.\",\"authors\":[\"member:%lld\"]}",
                     (long long)d->member[WANG], (long long)sector_id, (long long)d->member[LI])
            .ptr;
    desk_as_member(d, LI);
    assert_int_equal(test_api(d->t, POST, path.ptr, json).status, 403);
    desk_as_staff(d);
    a = test_api(d->t, POST, path.ptr, "{\"title\":\"Schools\",\"text\":\"Teachers.\"}");
    assert_int_equal(a.status, 422); /* who speaks? */
    a = test_api(d->t, POST, path.ptr, json);
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    i64 id = newest(d, SQL("SELECT MAX(id) FROM speeches WHERE org_id = :org"));
    is(d, id, "state", "submitted");
    does(d, "speeches", id, "speak", "{}");
    desk_on_day(d, "2026-12-03");
    desk_as_staff(d);
    does(d, "speeches", id, "give", "{}");
    does(d, "speech_calls", call, "close", "{}");
    does(d, "speech_calls", call, "settle", "{}");
    assert_int_equal(live(d, "speech.spoken", WANG), 1);
    assert_int_equal(rows_of(d), 1); /* he spoke; the body's text is nobody's own */
}

static void it_says_what_it_needs_and_keeps_what_was_typed(void **state)
{
    struct desk *d = *state;
    i64 call = called(d);
    const char *page = arena_printf(d->t->mem, "/speech_calls/%lld/write", (long long)call).ptr;
    desk_as_member(d, LI);
    struct buf *b = buf_new(d->t->mem, 4096);
    for (int i = 0; i < 201; i++)
        buf_put(b, "x");
    struct test_answer a =
        test_post(d->t, page, "title", "Too long", "text", arena_cstr(d->t->mem, buf_str(b)), NULL);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "最多 200 字，现在 201 字"));
    assert_true(desk_has(&a, "data-max=\"200\"") && !desk_has(&a, "data-max=\"10000\""));
    assert_true(desk_has(&a, "value=\"Too long\"") && desk_has(&a, "xxxx"));
    a = test_post(d->t, page, "title", "Empty", NULL);
    assert_int_equal(a.status, 303); /* a draft may lack its text */
    i64 id = newest(d, SQL("SELECT MAX(id) FROM speeches WHERE org_id = :org"));
    refuses(d, "speeches", id, "submit", "{}", "还没有发言稿");
    a = desk_page(d, "/speech_calls/", call, "/pdf");
    assert_int_equal(a.status, 404); /* not out yet */
    desk_as_staff(d);
    a = desk_page(d, "/speech_calls/", call, "/pdf");
    assert_int_equal(a.status, 200);
    a = order(d, call, "{\"speeches\":[1],\"places\":[],\"minutes\":[]}");
    assert_int_equal(a.status, 422);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_given_stands_in_the_ledger, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(what_came_of_it_is_a_row_of_its_own, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_diverted_one_becomes_an_opinion_of_its_author_once,
                                        desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(who_is_named_may_step_out, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(the_last_day_holds_but_for_what_came_back, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(the_office_types_in_for_a_body, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(it_says_what_it_needs_and_keeps_what_was_typed, desk_setup,
                                        desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
