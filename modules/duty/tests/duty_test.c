/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Sets of rules of a committee by the front door: written, refused with the line, enacted one after
 * the other, recalled, retired, compared; who may, two organisations. HUOTANG_TEST_DB. The clock
 * stands at Wednesday 2026-11-25. */
#include "modules/duty/duty.h"
#include "modules/members/tests/house.h"

extern const struct module duty_module;

/* Two rules; the second document changes one, drops one and adds a gate. */
static const char FIRST[] = "{\"id\":\"first\",\"name\":\"First rules\",\"items\":[\n"
                            "{\"category\":\"Meetings\",\"item\":\"Came\",\"points\":3,"
                            "\"unit\":\"day\",\"cap\":6,\"counts\":[\"meeting.attended\"]},\n"
                            "{\"category\":\"Meetings\",\"item\":\"Spoke\",\"points\":1.5}]}";
static const char SECOND[] = "{\"id\":\"second\",\"name\":\"Second rules\",\"items\":["
                             "{\"category\":\"Meetings\",\"item\":\"Came\",\"points\":4,"
                             "\"unit\":\"day\",\"cap\":6,\"counts\":[\"meeting.attended\"]}],"
                             "\"gates\":[{\"text\":\"Write once\","
                             "\"counts\":[\"opinions.submitted\"]}]}";

static int open_all(void **state)
{
    house_with(&duty_module);
    return house_open(state);
}

static const char *path_of(i64 id, const char *more)
{
    return arena_printf(house->mem, "/rulesets/%lld%s", (long long)id, more).ptr;
}

static struct test_answer add(const char *document)
{
    test_as_role(house, "staff");
    return test_post(house, "/rulesets/new", "document", document, NULL);
}

static i64 written(const char *document)
{
    i64 id = 0;
    struct test_answer a = add(document);
    assert_int_equal(a.status, 303);
    assert_true(str_to_i64(str_sub(a.location, strlen("/rulesets/"), a.location.len), &id));
    return id;
}

static int enact(i64 id, const char *from_on)
{
    test_as_role(house, "staff");
    return test_post(house, path_of(id, "/enact"), "from_on", from_on, "organ", "The chairs", NULL)
        .status;
}

static int retire(i64 id, const char *to_on)
{
    return test_post(house, path_of(id, "/retire"), "to_on", to_on, "opinion", "No more.", NULL)
        .status;
}

static str fact(i64 id, const char *name)
{
    struct test_answer a =
        test_get(house, arena_printf(house->mem, "/api/v1/rulesets/%lld", (long long)id).ptr);
    assert_int_equal(a.status, 200);
    return test_json(house, &a, name);
}

static i64 day(const char *text)
{
    i64 out = 0;
    assert_true(day_parse(str_of(text), &out));
    return out;
}

/* Which set holds on a day, by its document's id; "" = none. */
static str holds_on(const char *on)
{
    struct rq rq = test_system_rq(house);
    struct duty_set set;
    const struct ruleset *rules;
    assert_ok(duty_set_on(&rq, day(on), &set, &rules));
    return rules ? rules->id : str_of("");
}

static void all_away(void)
{
    assert_ok(db_begin(house->db));
    assert_ok(db_run(house->db, SQL("DELETE FROM rulesets WHERE org_id = :org"), NULL));
    assert_ok(db_commit(house->db));
}

static bool says(const struct test_answer *a, const char *words)
{
    struct test_answer seen = { .body = test_words(house, a) };
    return test_has(&seen, words);
}

static void a_fault_is_told_with_its_line_and_what_was_typed_stays(void **state)
{
    (void)state;
    struct test_answer a = add("{\"id\":\"x\",\"name\":\"X\",\"items\":[\n"
                               "{\"category\":\"A\",\"item\":\"B\",\"points\":1,\"pionts\":2}]}");
    assert_int_equal(a.status, 422);
    assert_true(says(&a, "第 2 行"));
    assert_true(says(&a, "pionts"));
    assert_true(test_has(&a, "&#34;pionts&#34;:2") || test_has(&a, "&quot;pionts&quot;:2"));
    a = add("{\n\"id\": 1,\n,}");
    assert_int_equal(a.status, 422);
    assert_true(says(&a, "3"));
    a = test_api(house, POST, "/api/v1/rulesets", "{\"document\":\"[]\"}");
    assert_int_equal(a.status, 422);
    assert_true(str_is(test_json(house, &a, "faults.0.field"), "document") ||
                test_has(&a, "document"));
    a = test_get(house, "/api/v1/rulesets");
    assert_true(str_is(test_json(house, &a, "items.0.id"), "")); /* nothing was kept */
}

static void a_shipped_set_or_ones_own_is_begun_with(void **state)
{
    (void)state;
    i64 id = written(FIRST);
    struct test_answer a = test_get(house, "/rulesets");
    assert_true(says(&a, "济南市政协委员履职量化考核实施办法"));
    a = test_get(house, "/rulesets/new?shipped=jinan-2015");
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "jinan-2015"));
    assert_int_equal(test_get(house, "/rulesets/new?shipped=atlantis").status, 404);
    a = test_get(house, arena_printf(house->mem, "/rulesets/new?copy=%lld", (long long)id).ptr);
    assert_true(test_has(&a, "First rules"));
    a = test_get(house, path_of(id, "/document"));
    assert_int_equal(a.status, 200);
    assert_true(str_is(a.body, FIRST));
    all_away();
}

/* The second begins where the first ends, whatever the day; nothing begins before another. */
static void one_holds_after_the_other(void **state)
{
    (void)state;
    i64 first = written(FIRST), second = written(SECOND);
    assert_true(str_is(holds_on("2026-11-25"), ""));
    assert_int_equal(enact(first, "2026-01-01"), 303);
    assert_true(str_is(fact(first, "phase"), "in_force"));
    assert_true(str_is(fact(first, "until_on"), ""));
    assert_int_equal(enact(second, "2026-01-01"), 422);
    assert_int_equal(enact(second, "2025-01-01"), 422);
    assert_int_equal(enact(second, ""), 422);
    assert_int_equal(enact(second, "2027-01-01"), 303);
    assert_true(str_is(fact(second, "phase"), "coming"));
    assert_true(str_is(fact(first, "until_on"), "2026-12-31"));
    assert_true(str_is(fact(first, "phase"), "in_force"));
    assert_true(str_is(holds_on("2025-12-31"), ""));
    assert_true(str_is(holds_on("2026-01-01"), "first"));
    assert_true(str_is(holds_on("2026-12-31"), "first"));
    assert_true(str_is(holds_on("2027-01-01"), "second"));
    assert_int_equal(test_post(house, path_of(first, "/recall"), NULL).status, 409); /* has begun */
    assert_int_equal(retire(second, "2027-05-01"), 409);                             /* has not */
    assert_int_equal(test_post(house, path_of(second, "/recall"), NULL).status, 303);
    assert_true(str_is(fact(second, "state"), "draft"));
    assert_true(str_is(fact(first, "until_on"), ""));
    assert_int_equal(enact(second, "2026-12-01"), 303);
    assert_true(str_is(fact(first, "until_on"), "2026-11-30"));
    all_away();
}

static void a_set_can_end_without_a_next(void **state)
{
    (void)state;
    i64 first = written(FIRST), second = written(SECOND);
    assert_int_equal(enact(first, "2026-01-01"), 303);
    assert_int_equal(retire(first, "2025-12-31"), 422);
    assert_int_equal(enact(second, "2027-01-01"), 303);
    assert_int_equal(retire(first, "2027-01-01"), 422); /* the next one holds then */
    assert_int_equal(retire(first, "2026-11-30"), 303);
    assert_true(str_is(holds_on("2026-11-30"), "first"));
    assert_true(str_is(holds_on("2026-12-01"), ""));
    assert_true(str_is(holds_on("2027-01-01"), "second"));
    all_away();
}

/* What is retired in the middle does not come back when the next one is recalled; and who begins
 * after a retired one begins after its last day. */
static void a_retired_set_stays_retired(void **state)
{
    (void)state;
    i64 first = written(FIRST), second = written(SECOND);
    assert_int_equal(enact(first, "2026-01-01"), 303);
    assert_int_equal(retire(first, "2026-11-30"), 303);
    assert_int_equal(enact(second, "2026-11-30"), 422);
    assert_int_equal(enact(second, "2026-12-01"), 303);
    assert_int_equal(test_post(house, path_of(second, "/recall"), NULL).status, 303);
    assert_true(str_is(holds_on("2026-12-01"), ""));
    all_away();
}

/* A name that nothing in the house bears is refused with its line; what was kept stays. */
static void unknown_names_are_refused(void **state)
{
    static const struct {
        const char *more, *said;
    } CASES[] = {
        { "\"gates\": [\n{\"text\": \"g\", \"counts\": [\"welfare.attend\"]}]",
          "第 2 行（gates 第 1 项）：履职记录里没有“welfare.attend”这个种类" },
        { "\n\"not_scored\": [\"chairman\"]",
          "第 2 行（文件开头的总体设置）：没有“chairman”这个职务或身份" },
        { "\"gates\": [{\"text\": \"g\", \"counts\": [\"standing.attended\"],"
          " \"with\": [\"fisrt\"]}]",
          "第 1 行（gates 第 1 项）：履职记录没有“fisrt”这个标记" },
        { "\"gates\": [{\"text\": \"g\", \"counts\": [\"plenary.leave\"],"
          " \"without\": [\"leave_offical\"]}]",
          "第 1 行（gates 第 1 项）：履职记录没有“leave_offical”这个标记" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct test_answer a =
            add(arena_printf(house->mem, "{\"name\": \"X\", %s}", CASES[i].more).ptr);
        assert_int_equal(a.status, 422);
        assert_true(test_has(&a, CASES[i].said));
    }
    assert_int_equal(add("{\"name\": \"X\", \"not_scored\": [\"chair\", \"new\"], \"gates\": ["
                         "{\"text\": \"g\", \"counts\": \"welfare.attended\","
                         " \"who\": [\"standing\"], \"with\": [\"first\"],"
                         " \"without\": [\"leave_official\", \"leave_abroad\"]}]}")
                         .status,
                     303);
}

/* A set of units that answer proposals can be kept and read; members are not scored by it. */
static void what_scores_others_is_no_rule_for_members(void **state)
{
    (void)state;
    i64 id = written("{\"name\": \"Units\", \"object\": \"提案承办单位\", \"items\": ["
                     "{\"category\": \"a\", \"item\": \"met\", \"points\": 5}]}");
    assert_int_equal(enact(id, "2026-01-01"), 409);
    assert_true(str_is(fact(id, "state"), "draft"));
}

static void what_is_enacted_is_not_edited(void **state)
{
    (void)state;
    i64 id = written(FIRST);
    assert_int_equal(
        test_post(house, path_of(id, "/edit"), "document", SECOND, "version", "1", NULL).status,
        303);
    assert_true(str_is(fact(id, "name"), "Second rules"));
    assert_int_equal(
        test_post(house, path_of(id, "/edit"), "document", FIRST, "version", "1", NULL).status,
        409); /* somebody else was first */
    assert_int_equal(test_post(house, path_of(id, "/edit"), "document", FIRST, NULL).status, 422);
    assert_int_equal(
        test_post(house, path_of(id, "/edit"), "document", "{", "version", "2", NULL).status, 422);
    assert_true(str_is(fact(id, "name"), "Second rules"));
    assert_int_equal(enact(id, "2026-01-01"), 303);
    assert_int_equal(test_get(house, path_of(id, "/edit")).status, 409);
    assert_int_equal(
        test_post(house, path_of(id, "/edit"), "document", FIRST, "version", "3", NULL).status,
        409);
    assert_int_equal(test_post(house, path_of(id, "/drop"), NULL).status, 409);
    all_away();
}

static void members_read_what_is_enacted_in_words(void **state)
{
    (void)state;
    i64 first = written(FIRST), second = written(SECOND);
    assert_int_equal(enact(first, "2026-01-01"), 303);
    test_as_role(house, "member");
    struct test_answer a = test_get(house, path_of(first, ""));
    assert_int_equal(a.status, 200);
    assert_true(says(&a, "每day 3 分"));
    assert_true(says(&a, "最多 6 分；计入：参加会议"));
    assert_true(says(&a, "每次 1.5 分"));
    assert_int_equal(test_get(house, path_of(second, "")).status, 404);
    assert_int_equal(test_get(house, path_of(first, "/edit")).status, 403);
    assert_int_equal(test_post(house, "/rulesets/new", "document", FIRST, NULL).status, 403);
    assert_int_equal(test_post(house, path_of(second, "/enact"), "from_on", "2027-01-01", "organ",
                               "Me", NULL)
                         .status,
                     403);
    a = test_get(house, "/rulesets");
    assert_false(says(&a, "Second rules"));
    assert_false(says(&a, "济南"));
    test_as_role(house, "staff")->org_id = house->org + 1;
    assert_int_equal(test_get(house, path_of(first, "")).status, 404);
    assert_int_equal(test_post(house, path_of(second, "/drop"), NULL).status, 404);
    test_as_role(house, "staff");
    assert_int_equal(test_post(house, path_of(second, "/drop"), NULL).status, 303);
    a = test_get(house, "/rulesets");
    assert_false(says(&a, "Second rules"));
    all_away();
}

/* One rule changed, one gone, a gate new. */
static void what_changed_is_told(void **state)
{
    (void)state;
    i64 first = written(FIRST), second = written(SECOND);
    const char *api =
        arena_printf(house->mem, "/api/v1/rulesets/%lld/compare", (long long)second).ptr;
    assert_int_equal(test_get(house, api).status, 404); /* with what? */
    assert_int_equal(enact(first, "2026-01-01"), 303);
    struct test_answer a = test_get(house, api);
    assert_int_equal(a.status, 200);
    assert_true(str_is(test_json(house, &a, "changes.0.before.worth"), "每day 3 分"));
    assert_true(str_is(test_json(house, &a, "changes.0.after.worth"), "每day 4 分"));
    assert_true(str_is(test_json(house, &a, "changes.1.after.name"), "Write once"));
    assert_true(str_is(test_json(house, &a, "changes.1.before.name"), ""));
    assert_true(str_is(test_json(house, &a, "changes.2.before.name"), "Spoke"));
    assert_true(str_is(test_json(house, &a, "changes.2.after.name"), ""));
    assert_true(str_is(test_json(house, &a, "changes.3.before.name"), ""));
    a = test_get(house, path_of(second, "/compare"));
    assert_true(says(&a, "新增"));
    assert_true(says(&a, "取消"));
    a = test_get(house, arena_printf(house->mem, "/rulesets/%lld/compare?with=%lld",
                                     (long long)first, (long long)first)
                            .ptr);
    assert_true(says(&a, "两部办法的规定相同"));
    all_away();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fault_is_told_with_its_line_and_what_was_typed_stays),
        cmocka_unit_test(a_shipped_set_or_ones_own_is_begun_with),
        cmocka_unit_test(one_holds_after_the_other),
        cmocka_unit_test(a_set_can_end_without_a_next),
        cmocka_unit_test(a_retired_set_stays_retired),
        cmocka_unit_test(unknown_names_are_refused),
        cmocka_unit_test(what_scores_others_is_no_rule_for_members),
        cmocka_unit_test(what_is_enacted_is_not_edited),
        cmocka_unit_test(members_read_what_is_enacted_in_words),
        cmocka_unit_test(what_changed_is_told),
    };
    return cmocka_run_group_tests(tests, open_all, house_close);
}
