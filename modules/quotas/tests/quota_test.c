/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Quotas by the front door: which row counts for whom and from which year, what is counted, who
 * sees whose lines, reminders within the cap, the table's faults. Expectations reckoned by hand
 * from README.md and rules.md 3 (重庆: 常委 3, others 1). */
#include "modules/proposals/tests/desk_look.h"

static void as(struct desk *d, const char *role)
{
    struct actor *actor = test_as_role(d->t, role);
    actor->account_id = 140;
    actor->person_id = 0;
    d->actor = actor;
}

static struct test_answer row(struct desk *d, const char *json)
{
    as(d, "editor");
    return test_api(d->t, POST, "/api/v1/quotas", json);
}

static void added(struct desk *d, const char *json)
{
    struct test_answer a = row(d, json);
    if (a.status != 201)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
}

static void refused(struct desk *d, const char *json, const char *words)
{
    struct test_answer a = row(d, json);
    if (a.status != 422 || !desk_has(&a, words))
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
}

/* A post in the cppcc since March; of a committee or sector: body and its number. */
static void post_of(struct desk *d, size_t member, const char *post, const char *body, i64 body_id)
{
    i64 person_id = d->person[member];
    str p = str_of(post), b = str_of(body);
    assert_ok(db_run(d->t->db,
                     SQL("INSERT INTO tenures (org_id, person_id, post, body, body_id, from_on) "
                         "VALUES (:org, :person_id, :p, :b, :body_id, 20000)",
                         P(person_id), P(p), P(b), P(body_id)),
                     NULL));
}

static i64 sector_of(struct desk *d)
{
    return desk_count(d, SQL("SELECT MIN(id) FROM sectors WHERE org_id = :org"));
}

/* Sent by a member; in the sector's name with its key. */
static i64 sent(struct desk *d, size_t member, const char *body)
{
    i64 id = 0;
    desk_as_member(d, member);
    struct test_answer a = test_api(
        d->t, POST, "/api/v1/opinions",
        arena_printf(d->t->mem,
                     "{\"title\":\"No bus after eight\",\"situation\":\"Many wait.\","
                     "\"analysis\":\"The line ends early.\",\"suggestions\":\"Until eleven.\","
                     "\"body\":\"%s\"}",
                     body)
            .ptr);
    assert_int_equal(a.status, 201);
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    a = desk_page(d, "/api/v1/opinions/", id, "");
    i64 version = 0;
    assert_true(str_to_i64(test_json(d->t, &a, "version"), &version));
    a = test_api(d->t, POST,
                 arena_printf(d->t->mem, "/api/v1/opinions/%lld/submit", (long long)id).ptr,
                 test_versioned(d->t, "{}", version));
    assert_int_equal(a.status, 200);
    return id;
}

static struct test_answer year(struct desk *d, const char *query)
{
    return test_get(d->t, arena_printf(d->t->mem, "/api/v1/quotas%s", query).ptr);
}

/* The n-th line: "target name sent/short used/short". */
static void line(struct desk *d, const struct test_answer *a, int n, const char *expected)
{
    static const char *const PARTS[] = { "target",     "name", "sent",
                                         "sent_short", "used", "used_short" };
    str p[6];
    for (size_t i = 0; i < 6; i++)
        p[i] = test_json(d->t, a, arena_printf(d->t->mem, "items.%d.%s", n, PARTS[i]).ptr);
    str is = arena_printf(d->t->mem, "%.*s %.*s %.*s/%.*s %.*s/%.*s", (int)p[0].len, p[0].ptr,
                          (int)p[1].len, p[1].ptr, (int)p[2].len, p[2].ptr, (int)p[3].len, p[3].ptr,
                          (int)p[4].len, p[4].ptr, (int)p[5].len, p[5].ptr);
    assert_string_equal(arena_cstr(d->t->mem, is), expected);
}

static void the_post_says_how_many(void **state)
{
    struct desk *d = *state;
    post_of(d, 0, "standing_member", "cppcc", 1);
    post_of(d, 0, "director", "committee", 1);
    post_of(d, 1, "director", "committee", 1);
    added(d, "{\"target\":\"standing_member\",\"from_year\":2026,\"sent\":3,\"place\":5}");
    added(d, "{\"target\":\"director\",\"from_year\":2026,\"sent\":6,\"used\":1,\"place\":9}");
    added(d, "{\"target\":\"member\",\"from_year\":2026,\"sent\":1,\"place\":1}");
    sent(d, 0, "");
    sent(d, 2, "");
    as(d, "editor");
    struct test_answer a = year(d, "?year=2026");
    line(d, &a, 0, "member Zhao 1/0 0/0"); /* first in the table, but only for who has no post */
    line(d, &a, 1, "standing_member Li 1/2 0/0"); /* of two posts the one that stands first */
    line(d, &a, 2, "director Wang 0/6 0/1");
    assert_int_equal(test_json(d->t, &a, "items.3.name").len, 0);
    desk_same(test_json(d->t, &a, "met"), "1");
    a = year(d, "?year=2026&show=met");
    line(d, &a, 0, "member Zhao 1/0 0/0");
    assert_int_equal(test_json(d->t, &a, "items.1.name").len, 0);
    a = year(d, "?year=2025"); /* nothing was asked for yet */
    desk_same(test_json(d->t, &a, "reporters"), "0");
    a = test_get(d->t, "/quotas?year=2026");
    struct test_answer seen = { .body = test_words(d->t, &a) };
    assert_true(desk_has(&seen, "常务委员"));
    assert_true(desk_has(&seen, "应报 6 条，应采用 1 条"));
}

/* 0 and 0 asks nothing of whom the row names: he does not fall to the row of all others. */
static void a_post_may_be_let_off(void **state)
{
    struct desk *d = *state;
    post_of(d, 0, "standing_member", "cppcc", 1);
    added(d, "{\"target\":\"standing_member\",\"from_year\":2025,\"sent\":3,\"place\":5}");
    added(d, "{\"target\":\"standing_member\",\"from_year\":2026,\"sent\":0,\"place\":5}");
    added(d, "{\"target\":\"member\",\"from_year\":2025,\"sent\":1,\"place\":9}");
    as(d, "editor");
    struct test_answer a = year(d, "?year=2026");
    line(d, &a, 0, "member Wang 0/1 0/0");
    line(d, &a, 1, "member Zhao 0/1 0/0");
    assert_int_equal(test_json(d->t, &a, "items.2.name").len, 0);
    desk_same(test_json(d->t, &a, "reporters"), "2");
}

static void a_later_row_holds_from_its_year(void **state)
{
    struct desk *d = *state;
    added(d, "{\"target\":\"member\",\"from_year\":2025,\"sent\":1}");
    added(d, "{\"target\":\"member\",\"from_year\":2026,\"sent\":4}");
    added(d, "{\"target\":\"member\",\"from_year\":2027,\"sent\":0}");
    static const struct {
        const char *query, *short_of;
    } YEARS[] = { { "?year=2026", "4" }, { "?year=2027", "" }, { "?year=2024", "" } };
    for (size_t i = 0; i < 3; i++) {
        struct test_answer a = year(d, YEARS[i].query);
        desk_same(test_json(d->t, &a, "items.0.sent_short"), YEARS[i].short_of);
    }
}

static void bodies_count_their_own_or_with_their_members(void **state)
{
    struct desk *d = *state;
    i64 sector = sector_of(d);
    post_of(d, 0, "convener", "sector", sector);
    added(d, "{\"target\":\"sector\",\"from_year\":2026,\"sent\":2}");
    sent(d, 0, arena_printf(d->t->mem, "sector:%lld", (long long)sector).ptr);
    sent(d, 0, "");
    as(d, "leader");
    struct test_answer a = year(d, "");
    line(d, &a, 0, "sector Economy 1/1 0/0");
    desk_as_member(d, 0); /* who acts for it sees it */
    a = year(d, "");
    line(d, &a, 0, "sector Economy 1/1 0/0");
    assert_int_equal(test_json(d->t, &a, "items.1.name").len, 0);
    desk_as_member(d, 1);
    a = year(d, "");
    assert_int_equal(test_json(d->t, &a, "items.0.name").len, 0);
    as(d, "editor");
    i64 id = desk_count(d, SQL("SELECT MAX(id) FROM quotas WHERE org_id = :org"));
    a = test_api(d->t, PUT, arena_printf(d->t->mem, "/api/v1/quotas/%lld", (long long)id).ptr,
                 "{\"target\":\"sector\",\"from_year\":2026,\"sent\":2,\"whole\":true,"
                 "\"version\":1}");
    assert_int_equal(a.status, 200);
    a = year(d, "");
    line(d, &a, 0, "sector Economy 2/0 0/0");
}

static void named_reporters_are_found_by_their_names(void **state)
{
    struct desk *d = *state;
    added(d, "{\"target\":\"station\",\"from_year\":2026,\"sent\":1,\"names\":\"East gate\\n\\n "
             "West gate \"}");
    added(d, "{\"target\":\"correspondent\",\"from_year\":2026,\"sent\":1,\"names\":\"Sun\"}");
    for (size_t i = 0; i < 2; i++) {
        struct test_answer a = test_api(
            d->t, POST, "/api/v1/opinions/transcribe",
            i ? "{\"title\":\"No light\",\"situation\":\"Dark.\",\"suggestions\":\"A lamp.\","
                "\"reporter\":\"Sun\",\"kind\":\"correspondent\",\"basis\":\"a letter\"}"
              : "{\"title\":\"No bench\",\"situation\":\"Old people stand.\",\"suggestions\":\"A "
                "bench.\",\"reporter\":\"Qian\",\"kind\":\"station\",\"body_name\":\"West "
                "gate\",\"basis\":\"a letter\"}");
        if (a.status >= 300)
            fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    }
    struct test_answer a = year(d, "");
    line(d, &a, 0, "station East gate 0/1 0/0");
    line(d, &a, 1, "station West gate 1/0 0/0");
    line(d, &a, 2, "correspondent Sun 1/0 0/0");
}

static void a_member_sees_his_own_line_and_exports_nothing(void **state)
{
    struct desk *d = *state;
    added(d, "{\"target\":\"member\",\"from_year\":2026,\"sent\":2}");
    desk_as_member(d, 1);
    struct test_answer a = year(d, "");
    line(d, &a, 0, "member Wang 0/2 0/0");
    assert_int_equal(test_json(d->t, &a, "items.1.name").len, 0);
    a = test_get(d->t, "/quotas");
    assert_true(desk_has(&a, "Wang"));
    assert_false(desk_has(&a, "Zhao"));
    assert_int_equal(test_get(d->t, "/quotas.xlsx").status, 403);
    assert_int_equal(test_get(d->t, "/quotas/table").status, 403);
    as(d, "leader");
    assert_int_equal(test_get(d->t, "/quotas.xlsx").status, 200);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = "
                                       "'quotas.export'")),
                     1);
}

static void who_is_short_is_reminded_once_a_day(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    as(d, "editor");
    struct test_answer a = test_api(d->t, POST, "/api/v1/quotas/remind", "{}");
    assert_int_equal(a.status, 409); /* nobody is short of nothing */
    added(d, "{\"target\":\"member\",\"from_year\":2026,\"sent\":2,\"used\":1}");
    sent(d, 0, "");
    as(d, "editor");
    a = test_api(d->t, POST, "/api/v1/quotas/remind", "{}");
    assert_int_equal(a.status, 200);
    desk_same(test_json(d->t, &a, "told"), "1");
    desk_same(test_json(d->t, &a, "unreached"), "2"); /* who has no account */
    assert_int_equal(
        desk_count(d, SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND words = "
                          "'2026年社情民意信息报送任务：已报 1 条，还差 1 条，采用 0 条，还差 1 "
                          "条'")),
        1);
    a = test_api(d->t, POST, "/api/v1/quotas/remind", "{}");
    assert_int_equal(a.status, 409);
    assert_true(desk_has(&a, "今天已经提醒过 1 次"));
    desk_set(d, "quotas.reminds_per_day", "2");
    assert_int_equal(test_api(d->t, POST, "/api/v1/quotas/remind", "{}").status, 200);
}

static void a_row_says_what_it_can_hold(void **state)
{
    struct desk *d = *state;
    refused(d, "{\"target\":\"station\",\"from_year\":2026,\"sent\":1,\"names\":\" \\n \"}",
            "请写联系点的名字");
    refused(d, "{\"target\":\"member\",\"from_year\":2026,\"sent\":1,\"names\":\"Li\"}",
            "不用写名字");
    refused(d, "{\"target\":\"party\",\"from_year\":2026,\"sent\":1,\"whole\":true}",
            "只有界别、专委会");
    refused(d, "{\"target\":\"emperor\",\"from_year\":2026,\"sent\":1}", "target");
    refused(d, "{\"target\":\"member\",\"from_year\":26,\"sent\":1}", "from_year");
    added(d, "{\"target\":\"member\",\"from_year\":2026,\"sent\":1}");
    refused(d, "{\"target\":\"member\",\"from_year\":2026,\"sent\":2}", "已有一行");
    i64 id = desk_count(d, SQL("SELECT MAX(id) FROM quotas WHERE org_id = :org"));
    const char *path = arena_printf(d->t->mem, "/api/v1/quotas/%lld", (long long)id).ptr;
    const char *change = "{\"target\":\"member\",\"from_year\":2026,\"sent\":9,\"version\":1}";
    assert_int_equal(test_api(d->t, PUT, path, change).status, 200);
    assert_int_equal(test_api(d->t, PUT, path, change).status, 409); /* seen before */
    const char *gone = arena_printf(d->t->mem, "%s/remove", path).ptr;
    assert_int_equal(test_api(d->t, POST, gone, "{\"version\":1}").status, 409);
    assert_int_equal(test_api(d->t, POST, gone, "{\"version\":2}").status, 200);
    assert_int_equal(test_api(d->t, POST, gone, "{\"version\":2}").status, 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_post_says_how_many, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_post_may_be_let_off, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_later_row_holds_from_its_year, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(bodies_count_their_own_or_with_their_members, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(named_reporters_are_found_by_their_names, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_member_sees_his_own_line_and_exports_nothing, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(who_is_short_is_reminded_once_a_day, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_row_says_what_it_can_hold, desk_setup, desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
