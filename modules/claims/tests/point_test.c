/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A member contests an item of his year by the front door: which items he is offered, what is kept
 * of them, who answers by when, what the answer changes. Expectations: README.md and rules of
 * which two points a talk, three at most, are written below. The clock stands at 2026-11-25. */
#include "modules/proposals/tests/desk_look.h"
#include "platform/settings/settings.h"

static const char RULES[] =
    "{\"id\":\"rules\",\"name\":\"Rules\",\"items\":[{\"category\":\"Talks\",\"item\":\"Talked\","
    "\"points\":2,\"unit\":\"次\",\"cap\":3,\"counts\":[\"lecture.given\"]}],"
    "\"gates\":[{\"text\":\"Talk three times\",\"need\":3,\"counts\":[\"lecture.given\"]}],"
    "\"grades\":[{\"name\":\"Fair\",\"threshold\":0}]}";

static void enact(struct desk *d, const char *from_on)
{
    i64 id = 0;
    test_as_role(d->t, "staff");
    struct test_answer a = test_post(d->t, "/rulesets/new", "document", RULES, NULL);
    assert_int_equal(a.status, 303);
    assert_true(str_to_i64(str_sub(a.location, strlen("/rulesets/"), a.location.len), &id));
    const char *path = arena_printf(d->t->mem, "/rulesets/%lld/enact", (long long)id).ptr;
    assert_int_equal(test_post(d->t, path, "from_on", from_on, "organ", "The chairs", NULL).status,
                     303);
}

static void talk(struct desk *d, const char *day)
{
    desk_as_member(d, 0);
    struct test_answer a = test_post(d->t, "/claims/new", "kind", "lecture.given", "happened_on",
                                     day, "title", "A talk", "quantity", "1", NULL);
    assert_int_equal(a.status, 303);
    desk_as_staff(d);
    i64 id = desk_count(d, SQL("SELECT MAX(id) FROM claims WHERE org_id = :org"));
    const char *path = arena_printf(d->t->mem, "/claims/%lld/approve", (long long)id).ptr;
    assert_int_equal(test_post(d->t, path, "version", "1", NULL).status, 303);
}

static int open_two_talks(void **state)
{
    int e = desk_setup(state);
    struct desk *d = *state;
    desk_lead_signs_in(d);
    talk(d, "2026-11-19");
    talk(d, "2026-11-20");
    enact(d, "2025-01-01");
    return e;
}

static struct test_answer items(struct desk *d)
{
    struct test_answer a = test_get(d->t, "/api/v1/appeals/point");
    assert_int_equal(a.status, 200);
    return a;
}

static struct test_answer ask(struct desk *d, str item)
{
    return test_api(d->t, POST, "/api/v1/appeals/point",
                    arena_printf(d->t->mem, "{\"item\":\"%.*s\",\"text\":\"It was longer.\"}",
                                 (int)item.len, item.ptr)
                        .ptr);
}

static i64 asked(struct desk *d, str item)
{
    struct test_answer a = ask(d, item);
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    return desk_count(d, SQL("SELECT MAX(id) FROM appeals WHERE org_id = :org"));
}

static struct test_answer act(struct desk *d, i64 id, const char *verb, const char *json)
{
    str path = arena_printf(d->t->mem, "/api/v1/appeals/%lld/%s", (long long)id, verb);
    return test_api(d->t, POST, path.ptr, test_versioned(d->t, json, 1));
}

static void is(struct desk *d, i64 id, const char *member, const char *expected)
{
    struct test_answer a = desk_page(d, "/api/v1/appeals/", id, "");
    desk_same(test_json(d->t, &a, member), expected);
}

static void duties_are_offered_and_points_where_they_are_shown(void **state)
{
    struct desk *d = *state;
    desk_as_member(d, 0);
    struct test_answer a = items(d);
    desk_same(test_json(d->t, &a, "items.0.label"),
              "2026 年度：必达项：Talk three times，要 3，已有 2");
    desk_same(test_json(d->t, &a, "items.1.item"), ""); /* no points by default */
    desk_set(d, "scores.member_points", "1");
    desk_as_member(d, 0);
    a = items(d);
    desk_same(test_json(d->t, &a, "items.1.label"),
              "2026 年度：Talked，2 分：1 次，每次 2 分（2026年11月19日）");
    desk_same(
        test_json(d->t, &a, "items.2.label"),
        "2026 年度：Talked，1 分：1 次，每次 2 分；这一项已到上限，记 1 分（2026年11月20日）");
    desk_same(test_json(d->t, &a, "items.3.item"), "");
    desk_as_member(d, 1); /* another's are not his */
    a = items(d);
    desk_same(test_json(d->t, &a, "items.0.label"),
              "2026 年度：必达项：Talk three times，要 3，已有 0");
    desk_same(test_json(d->t, &a, "items.1.item"), "");
}

static void granted_it_gives_less_or_more(void **state)
{
    struct desk *d = *state;
    desk_set(d, "scores.member_points", "1");
    desk_as_member(d, 0);
    struct test_answer a = test_get(d->t, "/scores/mine");
    assert_true(desk_has(&a, "href=\"/appeals/point\""));
    a = items(d);
    str line = test_json(d->t, &a, "items.1.item");
    i64 id = asked(d, line);
    assert_int_equal(ask(d, line).status, 409); /* one at a time */
    is(d, id, "label", "2026 年度：Talked");
    is(d, id, "points", "3000");
    is(d, id, "due_on", "2026-12-09"); /* ten working days */
    assert_int_equal(act(d, id, "explain", "{\"opinion\":\"No.\"}").status, 403);
    desk_as_member(d, 1);
    assert_int_equal(desk_page(d, "/appeals/", id, "").status, 404);
    desk_as_staff(d);
    a = desk_page(d, "/appeals/", id, "");
    assert_true(desk_has(&a, "复核申请：2026 年度：Talked"));
    assert_true(desk_has(&a, "申请时，全年这一项"));
    assert_int_equal(act(d, id, "correct", "{\"way\":\"strike\",\"opinion\":\"Not his.\"}").status,
                     200);
    is(d, id, "points_after", "2000"); /* the other talk is under the most now */
    desk_as_member(d, 0);
    is(d, id, "answer", "Not his.");
    a = test_get(d->t, "/api/v1/scores/mine");
    desk_same(test_json(d->t, &a, "points_x1000"), "2000");
    desk_same(test_json(d->t, &a, "appeals.0.state"), "corrected");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND "
                                       "words LIKE '您申请更正的“2026 年度：Talked”%'")),
                     1);
}

static void explained_nothing_changes(void **state)
{
    struct desk *d = *state;
    desk_as_member(d, 0);
    struct test_answer a = items(d);
    i64 id = asked(d, test_json(d->t, &a, "items.0.item"));
    is(d, id, "points", "2000");
    desk_as_staff(d);
    a = act(d, id, "correct", "{\"way\":\"strike\",\"opinion\":\"Done.\"}");
    assert_int_equal(a.status, 422); /* a duty is no record */
    assert_true(desk_has(&a, "没有可以冲销的"));
    assert_int_equal(act(d, id, "explain", "{\"opinion\":\"Three are asked for.\"}").status, 200);
    is(d, id, "points_after", "2000");
    a = desk_page(d, "/appeals/", id, "");
    assert_true(desk_has(&a, "没有变"));
}

static void a_past_year_is_open_for_some_days(void **state)
{
    struct desk *d = *state;
    desk_as_member(d, 0);
    struct test_answer a = ask(d, str_of("2025.1.gate0.0"));
    assert_int_equal(a.status, 422); /* 2025 ended long ago */
    desk_set(d, "claims.review_days", "366");
    desk_as_member(d, 0);
    a = items(d);
    desk_same(test_json(d->t, &a, "items.1.label"),
              "2025 年度：必达项：Talk three times，要 3，已有 0");
    assert_int_equal(ask(d, test_json(d->t, &a, "items.1.item")).status, 200);
    a = test_post(d->t, "/appeals/point", "item", "2026.1.rule0.7", "text", "Typed words", NULL);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "Typed words"));
    desk_as_other_member(d);
    assert_int_equal(desk_total(d, "/api/v1/appeals"), 0);
}

/* ---- many at once ---- */

static i64 waits(struct desk *d, size_t member, const char *day, const char *distinct)
{
    static const char PDF[] =
        "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    const struct test_file files[] = { { "evidence", "list.pdf", str_of(PDF) }, { 0 } };
    desk_as_member(d, member);
    struct test_answer a =
        strcmp(day, "2026-11-17") == 0
            ? test_upload(d->t, "/claims/new", files, "kind", "lecture.given", "happened_on", day,
                          "title", "A talk", "quantity", "1", NULL)
            : test_post(d->t, "/claims/new", "kind", "lecture.given", "happened_on", day, "title",
                        "A talk", "quantity", "1", distinct ? "distinct" : NULL, distinct, NULL);
    assert_int_equal(a.status, 303);
    return desk_count(d, SQL("SELECT MAX(id) FROM claims WHERE org_id = :org"));
}

static void gives(struct desk *d, const struct test_answer *a, int at, const char *points)
{
    desk_same(test_json(d->t, a, arena_printf(d->t->mem, "items.%d.points_x1000", at).ptr), points);
}

static i64 reviewed(struct desk *d)
{
    return desk_count(d, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = "
                             "'claims.review'"));
}

/* Two points a talk, three at most: who has two talks gains no points by a third, but his duty; who
 * has none gains 2, and 1 by his second. Two of one day are in doubt. */
static void many_are_approved_each_by_itself(void **state)
{
    struct desk *d = *state;
    i64 first = waits(d, 1, "2026-11-17", NULL), second = waits(d, 1, "2026-11-18", NULL),
        third = waits(d, 0, "2026-11-18", NULL), twice = waits(d, 2, "2026-11-16", NULL);
    waits(d, 2, "2026-11-16", "1");
    assert_int_equal(test_get(d->t, "/claims/review").status, 403);
    desk_as_staff(d);
    struct test_answer a = test_get(d->t, "/api/v1/claims/review");
    desk_same(test_json(d->t, &a, "total"), "5");
    assert_true(test_json(d->t, &a, "items.1.same").len > 0);
    desk_same(test_json(d->t, &a, "items.2.evidence"), "1");
    gives(d, &a, 2, "2000");
    gives(d, &a, 3, "2000");
    gives(d, &a, 4, "0");
    desk_same(test_json(d->t, &a, "items.4.gates"), "1");
    desk_same(test_json(d->t, &a, "items.3.rule"), "Talked");
    a = test_get(d->t, arena_printf(d->t->mem, "/api/v1/claims/review?claims=%lld:1&claims=%lld:1",
                                    (long long)first, (long long)second)
                           .ptr);
    gives(d, &a, 0, "2000");
    gives(d, &a, 1, "1000"); /* what the first leaves of the most */
    const char *json =
        arena_printf(d->t->mem, "{\"claims\":[\"%lld:1\",\"%lld:9\",\"%lld:1\",\"%lld:1\"]",
                     (long long)first, (long long)second, (long long)third, (long long)twice)
            .ptr;
    a = test_api(d->t, POST, "/api/v1/claims/review", arena_printf(d->t->mem, "%s}", json).ptr);
    assert_int_equal(a.status, 422);
    desk_same(test_json(d->t, &a, "errors.0.code"), "claims.not_seen");
    assert_int_equal(reviewed(d), 0);
    a = test_api(d->t, POST, "/api/v1/claims/review",
                 arena_printf(d->t->mem, "%s,\"seen\":true}", json).ptr);
    assert_int_equal(a.status, 200);
    desk_same(test_json(d->t, &a, "approved"), "2");
    desk_same(test_json(d->t, &a, "items.0.approved"), "true");
    desk_same(test_json(d->t, &a, "items.1.code"), "flows.version");
    desk_same(test_json(d->t, &a, "items.2.approved"), "true");
    desk_same(test_json(d->t, &a, "items.3.code"), "claims.in_doubt");
    assert_int_equal(reviewed(d), 2);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM entries WHERE org_id = :org AND "
                                       "source = 'claims' AND state = 'live'")),
                     4);
    const char *seen = arena_printf(d->t->mem, "%lld:1", (long long)second).ptr;
    a = test_get(d->t, arena_printf(d->t->mem, "/claims/review?claims=%s", seen).ptr);
    assert_true(desk_has(&a, "合计 1 分"));
    a = test_post(d->t, "/claims/review", "claims", seen, NULL);
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "记入 1 件"));
    a = test_post(d->t, "/claims/review", "claims", seen, NULL); /* a double click */
    assert_true(desk_has(&a, "没有记入 1 件"));
    assert_int_equal(reviewed(d), 3);
    assert_int_equal(test_post(d->t, "/claims/review", "claims", "all", NULL).status, 422);
    desk_set(d, "scores.staff_points", "0");
    desk_as_staff(d);
    a = test_get(d->t, "/api/v1/claims/review");
    gives(d, &a, 0, ""); /* points are not for him */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(duties_are_offered_and_points_where_they_are_shown,
                                        open_two_talks, desk_teardown),
        cmocka_unit_test_setup_teardown(granted_it_gives_less_or_more, open_two_talks,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(explained_nothing_changes, open_two_talks, desk_teardown),
        cmocka_unit_test_setup_teardown(a_past_year_is_open_for_some_days, open_two_talks,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(many_are_approved_each_by_itself, open_two_talks,
                                        desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
