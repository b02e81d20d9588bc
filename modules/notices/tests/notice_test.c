/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Notices by the front door: write, publish, read, remind within the cap, retract; who may, two
 * organisations. HUOTANG_TEST_DB. */
#include "modules/members/tests/house.h"
#include "platform/notify/reader.h"

extern const struct module notices_module;

static i64 reader_id; /* a member of the education sector */

static int open_all(void **state)
{
    house_with(&notices_module);
    int failed = house_open(state);
    reader_id = add_member("赵一");
    add_member("钱二");
    return failed;
}

static struct actor *as_reader(void)
{
    struct actor *actor = test_as_role(house, "");
    test_may(actor, "notices.read", SCOPE_SELF);
    actor->person_id = member_of(reader_id).person_id;
    return actor;
}

/* Path of a new notice, as staff. */
static const char *write_one(const char *audience)
{
    test_as_role(house, "staff");
    struct test_answer a = test_post(house, "/notices/new", "title", "开会通知", "body",
                                     "周五上午九点", "audience", audience, NULL);
    assert_int_equal(a.status, 303);
    return arena_cstr(house->mem, a.location);
}

static int post(const char *path, const char *verb)
{
    return test_post(house, arena_printf(house->mem, "%s/%s", path, verb).ptr, NULL).status;
}

static int edit(const char *path, const char *version, const char *title, const char *audience)
{
    const char *to = arena_printf(house->mem, "%s/edit", path).ptr;
    return test_post(house, to, "title", title, "body", title, "audience", audience,
                     version ? "version" : NULL, version, NULL)
        .status;
}

static bool shows(const char *path, const char *words)
{
    struct test_answer a = test_get(house, path), seen = { .body = test_words(house, &a) };
    return test_has(&seen, words);
}

static void publishing_reaches_readers_and_reading_counts(void **state)
{
    (void)state;
    const char *path = write_one("members");
    as_reader();
    assert_int_equal(test_get(house, path).status, 404); /* a draft is nobody's business */
    test_as_role(house, "staff");
    assert_int_equal(post(path, "publish"), 303);
    assert_true(shows(path, "已读 0，未读 2"));
    as_reader();
    struct test_answer list = test_api(house, GET, "/api/v1/notices?unread=1", NULL);
    assert_true(str_is(test_json(house, &list, "items.0.title"), "开会通知"));
    assert_int_equal(test_get(house, "/notices").status, 200);
    assert_true(shows(path, "我已阅读"));
    assert_int_equal(post(path, "open"), 303);
    assert_int_equal(post(path, "open"), 303); /* again changes nothing */
    assert_false(shows(path, "我已阅读"));
    assert_false(shows(path, "钱二")); /* who else has read is staff's business */
    test_as_role(house, "staff");
    assert_true(shows(path, "已读 1，未读 1"));
}

static void one_member_alone_can_be_told(void **state)
{
    (void)state;
    const char *path = write_one(arena_printf(house->mem, "member:%lld", (long long)reader_id).ptr);
    assert_int_equal(post(path, "publish"), 303);
    const char *api = arena_printf(house->mem, "/api/v1%s", path).ptr;
    struct test_answer a = test_api(house, GET, api, NULL);
    assert_true(str_is(test_json(house, &a, "readers.0.name"), "赵一"));
    assert_false(test_has(&a, "钱二"));
}

/* Groups and single ones together, on the page and by the API; who is in several is told once. */
static void any_choice_is_one_list_of_readers(void **state)
{
    (void)state;
    const char *alone = arena_printf(house->mem, "member:%lld", (long long)reader_id).ptr;
    test_as_role(house, "staff");
    struct test_answer a = test_post(house, "/notices/new", "title", "会", "body", "会", "audience",
                                     "sector:1", "audience", alone, "audience", "sector:1", NULL);
    const char *path = arena_cstr(house->mem, a.location);
    a = test_get(house, arena_printf(house->mem, "%s/edit", path).ptr);
    assert_true(test_has(&a, arena_printf(house->mem, "value=\"%s\" checked", alone).ptr));
    assert_true(test_has(&a, "已选 1"));
    assert_int_equal(post(path, "publish"), 303);
    assert_true(shows(path, "发给教育界、赵一"));
    assert_true(shows(path, "未读 2"));
    const char *json = arena_printf(house->mem,
                                    "{\"title\":\"会\",\"body\":\"会\",\"audience\":[\"members\","
                                    "\"sector:1\",\"sector:2\",\"committee:1 %s\"]}",
                                    alone)
                           .ptr;
    a = test_api(house, POST, "/api/v1/notices", json);
    assert_int_equal(a.status, 200);
    path = arena_printf(house->mem, "/api/v1%.*s", (int)test_json(house, &a, "location").len,
                        test_json(house, &a, "location").ptr)
               .ptr;
    a = test_api(house, GET, path, NULL);
    assert_true(test_has(&a, "等 5 项"));
    assert_true(str_starts(test_json(house, &a, "audience"), str_of("members sector:1 sector:2 ")));
    static const char *const ODD[] = { "[]", "\"\"", "[\"members\",\"all\"]", "[1]", "null" };
    for (size_t i = 0; i < sizeof ODD / sizeof *ODD; i++) {
        json =
            arena_printf(house->mem, "{\"title\":\"会\",\"body\":\"会\",\"audience\":%s}", ODD[i])
                .ptr;
        assert_int_equal(test_api(house, POST, "/api/v1/notices", json).status, 422);
    }
}

/* A member who also works for an agency that was told has one line, not two. */
static void who_reads_in_two_ways_sees_it_once(void **state)
{
    (void)state;
    const char *path = write_one("members");
    assert_int_equal(post(path, "publish"), 303);
    struct reader agency = { .agency_id = 77, .name = str_of("市水务局") };
    struct rq rq = test_system_rq(house);
    assert_ok(db_begin(house->db));
    i64 id = 0;
    assert_true(str_to_i64(str_of(path + strlen("/notices/")), &id));
    assert_ok(reader_add(&rq, "notices", id, &(struct rows){ &agency, 1, sizeof agency }));
    assert_ok(db_commit(house->db));
    as_reader()->agency_id = agency.agency_id;
    struct test_answer a = test_api(house, GET, "/api/v1/notices", NULL);
    const char *mine = arena_printf(house->mem, "%lld", (long long)id).ptr;
    assert_true(str_is(test_json(house, &a, "items.0.id"), mine));
    assert_false(str_is(test_json(house, &a, "items.1.id"), mine));
}

static void reminders_are_capped_per_day(void **state)
{
    (void)state;
    const char *path = write_one("members");
    assert_int_equal(post(path, "remind"), 409); /* not published */
    assert_int_equal(post(path, "publish"), 303);
    assert_int_equal(post(path, "remind"), 303);
    assert_int_equal(post(path, "remind"), 409);
    house->app.clock.fixed_ms += INT64_C(86400000);
    assert_int_equal(post(path, "remind"), 303);
    house->app.clock.fixed_ms -= INT64_C(86400000);
}

static void states_and_input_are_guarded(void **state)
{
    (void)state;
    const char *path = write_one("members");
    assert_int_equal(edit(path, NULL, "改", "sector:1"), 422); /* of which version? */
    assert_int_equal(edit(path, "1", "改", "sector:1"), 303);
    struct test_answer a = test_get(house, arena_printf(house->mem, "%s/edit", path).ptr);
    assert_true(str_is(test_field(house, &a, "title"), "改"));
    assert_true(test_has(&a, "value=\"sector:1\" checked"));
    assert_int_equal(edit(path, "1", "旧", "members"), 409); /* both are shown: conflict_test.c */
    assert_int_equal(edit(path, "2", "", "members"), 422);
    assert_int_equal(edit(path, "2", "改", "sector:999"), 422);
    assert_int_equal(edit(path, "2", "改", "all"), 422);
    assert_int_equal(post(path, "publish"), 303);
    assert_int_equal(edit(path, "2", "改", "members"), 409);
    assert_int_equal(post(path, "retract"), 303);
    as_reader();
    assert_int_equal(test_get(house, path).status, 404);
    assert_int_equal(post(write_one("agencies"), "publish"), 409); /* there are none */
}

static void only_staff_writes_and_only_own_readers_see(void **state)
{
    (void)state;
    const char *path = write_one("sector:2"); /* nobody sits there */
    assert_int_equal(post(path, "publish"), 409);
    path = write_one("sector:1");
    assert_int_equal(post(path, "publish"), 303);
    as_reader();
    assert_int_equal(test_get(house, path).status, 200);
    assert_int_equal(test_get(house, "/notices/new").status, 403);
    assert_int_equal(post(path, "retract"), 403);
    as_reader()->person_id = 999;
    assert_int_equal(test_get(house, path).status, 404);
    test_as_role(house, "staff")->org_id = house->org + 1;
    assert_int_equal(test_get(house, path).status, 404);
    struct test_answer a = test_api(house, GET, "/api/v1/notices", NULL);
    assert_true(str_is(test_json(house, &a, "total"), "0"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(publishing_reaches_readers_and_reading_counts),
        cmocka_unit_test(one_member_alone_can_be_told),
        cmocka_unit_test(any_choice_is_one_list_of_readers),
        cmocka_unit_test(who_reads_in_two_ways_sees_it_once),
        cmocka_unit_test(reminders_are_capped_per_day),
        cmocka_unit_test(states_and_input_are_guarded),
        cmocka_unit_test(only_staff_writes_and_only_own_readers_see),
    };
    return cmocka_run_group_tests(tests, open_all, house_close);
}
