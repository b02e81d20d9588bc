/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Terms, sessions, sectors and committees that have been entered are corrected, renamed, ended:
 * what may be written, what stands in the way, who may. Expectations: modules/orgs/README.md.
 * HUOTANG_TEST_DB. */
#include "modules/members/tests/house.h"

#include "modules/orgs/body.h"
#include "modules/orgs/session.h"

/* The house has 五届一次 (2021-02-10 to 14, until 2025-12-26) and 六届一次 (2026-02-10 to 14). Here
 * 六届二次 is added: 2027-02-16 to 20; it closes 六届一次 on 2027-01-01. */
static int open_calendar(void **state)
{
    house_open(state);
    test_as_role(house, "staff");
    struct test_answer a = test_post(house, "/sessions/new", "term_number", "6", "number", "2",
                                     "opened_on", "2027-02-16", "closed_on", "2027-02-20", NULL);
    assert_int_equal(a.status, 303);
    return 0;
}

static struct session session_of(i64 term, i64 number)
{
    struct rq rq = test_system_rq(house);
    struct rows rows;
    assert_ok(session_list(&rq, &rows));
    const struct session *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].term_number == term && all[i].number == number)
            return all[i];
    fail_msg("no such session");
    return (struct session){ 0 };
}

static struct term term_of(i64 number)
{
    struct rq rq = test_system_rq(house);
    struct rows rows;
    assert_ok(term_list(&rq, &rows));
    const struct term *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].number == number)
            return all[i];
    fail_msg("no such term");
    return (struct term){ 0 };
}

struct writing {
    const char *term, *number, *opened, *closed, *until;
};

static struct test_answer correct(const struct session *s, const struct writing *w)
{
    return test_api(house, PUT,
                    arena_printf(house->mem, "/api/v1/sessions/%lld", (long long)s->id).ptr,
                    arena_printf(house->mem,
                                 "{\"term_number\":%s,\"number\":%s,\"opened_on\":\"%s\","
                                 "\"closed_on\":\"%s\",\"until_on\":\"%s\",\"version\":%lld}",
                                 w->term, w->number, w->opened, w->closed, w->until,
                                 (long long)s->version)
                        .ptr);
}

static void a_session_stands_between_its_neighbours(void **state)
{
    static const struct {
        struct writing w;
        int status;
        const char *says; /* field at fault, or code */
    } ROWS[] = {
        { { "6", "1", "2026-02-15", "2026-02-14", "2027-01-01" }, 422, "closed_on" },
        { { "6", "1", "2025-12-26", "2026-02-14", "2027-01-01" }, 422, "opened_on" },
        { { "6", "1", "2021-02-14", "2026-02-14", "2027-01-01" }, 422, "opened_on" },
        { { "6", "1", "2026-02-10", "2027-02-16", "2027-02-17" }, 422, "closed_on" },
        { { "6", "1", "2026-02-10", "2026-02-14", "" }, 422, "until_on" },
        { { "6", "1", "2026-02-10", "2026-02-14", "2027-02-16" }, 422, "until_on" },
        { { "6", "1", "2026-02-10", "2026-02-14", "2026-02-13" }, 422, "until_on" },
        { { "7", "1", "2026-02-10", "2026-02-14", "2027-01-01" }, 422, "term_number" },
        { { "6", "3", "2026-02-10", "2026-02-14", "" }, 422, "opened_on" },
        { { "5", "2", "2026-02-10", "2026-02-14", "2027-01-01" }, 422, "opened_on" },
        { { "6", "0", "2026-02-10", "2026-02-14", "2027-01-01" }, 422, "number" },
        { { "6", "2", "2026-02-10", "2026-02-14", "2027-01-01" }, 409, NULL },
        { { "6", "1", "2026-02-11", "2026-02-15", "2027-01-05" }, 200, NULL },
    };
    (void)state;
    test_as_role(house, "staff");
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct session s = session_of(6, 1);
        struct test_answer a = correct(&s, &ROWS[i].w);
        if (a.status != ROWS[i].status ||
            (ROWS[i].says && !str_is(test_json(house, &a, "errors.0.field"), ROWS[i].says)))
            fail_msg("row %zu: %d %.*s", i, a.status, (int)a.body.len, a.body.ptr);
    }
    struct session s = session_of(6, 1);
    assert_string_equal(session_timing(&s, s.opened_on + 4), "during");
    assert_int_equal(term_of(6).from_on, s.opened_on); /* the term moves with its opening */
    assert_int_equal(term_of(5).to_on, s.opened_on - 1);
    correct(&s, &(struct writing){ "6", "1", "2026-02-10", "2026-02-14", "2027-01-01" });
}

static void an_older_page_does_not_overwrite(void **state)
{
    struct session s = session_of(6, 1);
    struct writing w = { "6", "1", "2026-02-10", "2026-02-13", "2027-01-01" };
    (void)state;
    test_as_role(house, "staff");
    assert_int_equal(correct(&s, &w).status, 200);
    w.closed = "2026-02-12";
    struct test_answer a = correct(&s, &w);
    assert_int_equal(a.status, 409); /* and both values are told */
    assert_true(str_is(test_json(house, &a, "fields.closed_on"), "2026-02-13"));
    assert_true(str_is(test_json(house, &a, "typed.closed_on"), "2026-02-12"));
    s.version = 0;
    assert_int_equal(correct(&s, &w).status, 422);
    s = session_of(6, 1);
    w.closed = "2026-02-14";
    assert_int_equal(correct(&s, &w).status, 200);
}

static void the_page_shows_and_takes_it(void **state)
{
    struct session s = session_of(6, 2);
    const char *at = arena_printf(house->mem, "/sessions/%lld/edit", (long long)s.id).ptr;
    (void)state;
    test_as_role(house, "staff");
    struct test_answer a = test_get(house, "/sessions");
    assert_string_equal(arena_cstr(house->mem, test_link(house, &a, "六届二次会议")), at);
    a = test_get(house, at);
    assert_true(str_is(test_field(house, &a, "opened_on"), "2027-02-16"));
    const char *version = arena_cstr(house->mem, test_field(house, &a, "version"));
    a = test_post(house, at, "term_number", "6", "number", "2", "opened_on", "2027-02-18",
                  "closed_on", "2027-02-17", "version", version, NULL);
    assert_int_equal(a.status, 422);
    assert_true(str_is(test_field(house, &a, "closed_on"), "2027-02-17")); /* as typed */
    a = test_post(house, at, "term_number", "6", "number", "2", "opened_on", "2027-02-17",
                  "closed_on", "2027-02-20", "version", version, NULL);
    assert_int_equal(a.status, 303);
    assert_int_equal(session_of(6, 2).opened_on, s.opened_on + 1);
    assert_int_equal(session_of(6, 2).until_on, 0);
}

static i64 last_words(const char *act, const char *before, const char *after)
{
    i64 n;
    str name = str_of(act), b = str_of(before), f = str_of(after);
    assert_ok(db_i64(house->db,
                     SQL("SELECT count(*) AS n FROM audits WHERE org_id = :org AND act = :name AND "
                         "before_text = :b AND after_text = :f",
                         P(name), P(b), P(f)),
                     &n));
    return n;
}

static void before_and_after_are_recorded(void **state)
{
    struct session s = session_of(5, 1);
    (void)state;
    test_as_role(house, "staff");
    assert_int_equal(
        correct(&s, &(struct writing){ "5", "1", "2021-02-10", "2021-02-13", "2025-12-26" }).status,
        200);
    assert_int_equal(last_words("orgs.session_correct",
                                "五届一次会议 2021-02-10/2021-02-14 2025-12-26",
                                "五届一次会议 2021-02-10/2021-02-13 2025-12-26"),
                     1);
}

static int write_term(const struct term *t, const char *number, const char *from, const char *to)
{
    return test_api(house, PUT,
                    arena_printf(house->mem, "/api/v1/terms/%lld", (long long)t->id).ptr,
                    arena_printf(house->mem,
                                 "{\"number\":%s,\"from_on\":\"%s\",\"to_on\":\"%s\","
                                 "\"version\":%lld}",
                                 number, from, to, (long long)t->version)
                        .ptr)
        .status;
}

static void terms_follow_each_other(void **state)
{
    static const struct {
        const char *number, *from, *to;
        int status;
    } ROWS[] = {
        { "5", "2021-02-11", "2026-02-09", 422 }, /* its session opened before */
        { "5", "2021-02-10", "2021-02-09", 422 }, { "5", "2021-02-10", "", 422 },
        { "5", "2021-02-10", "2026-02-10", 422 }, /* the sixth begins that day */
        { "6", "2021-02-10", "2026-02-09", 409 }, { "7", "2021-02-10", "2026-02-09", 422 },
        { "0", "2021-02-10", "2026-02-09", 422 }, { "5", "2021-02-01", "2026-01-31", 200 },
        { "4", "2021-02-10", "2026-02-09", 200 }, { "5", "2021-02-10", "2026-02-09", 200 },
    };
    i64 number = 5;
    (void)state;
    test_as_role(house, "staff");
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct term t = term_of(number);
        int status = write_term(&t, ROWS[i].number, ROWS[i].from, ROWS[i].to);
        if (status != ROWS[i].status)
            fail_msg("row %zu: %d", i, status);
        if (status == 200)
            assert_true(str_to_i64(str_of(ROWS[i].number), &number));
    }
    struct term old = term_of(5);
    old.version--;
    assert_int_equal(write_term(&old, "5", "2021-02-10", "2026-02-09"), 409);
    struct test_answer a = test_get(house, "/sessions");
    assert_true(test_link(house, &a, "五届").len > 0);
    a = test_get(house, "/api/v1/terms");
    assert_true(str_is(test_json(house, &a, "items.0.number"), "6"));
}

/* A session that was forgotten ends where the next one begins to collect. */
static void a_session_entered_late_takes_its_place(void **state)
{
    (void)state;
    test_as_role(house, "staff");
    struct test_answer a = test_post(house, "/sessions/new", "term_number", "5", "number", "2",
                                     "opened_on", "2021-02-12", "closed_on", "2021-02-16", NULL);
    assert_int_equal(a.status, 422); /* within the one before */
    struct session first = session_of(5, 1);
    assert_int_equal(correct(&first, &(struct writing){ "5", "1", "2021-02-10", "2021-02-13",
                                                        "2021-12-31" })
                         .status,
                     200);
    a = test_post(house, "/sessions/new", "term_number", "5", "number", "2", "opened_on",
                  "2022-02-12", "closed_on", "2022-02-16", NULL);
    assert_int_equal(a.status, 303);
    assert_int_equal(session_of(5, 2).until_on, session_of(6, 1).opened_on - 46);
    struct rq rq = test_system_rq(house);
    struct session on;
    assert_ok(session_on(&rq, session_of(6, 1).opened_on, &on));
    assert_int_equal(on.term_number, 6);
}

/* ---- sectors and committees ---- */

static struct body body_of(enum body_kind kind, const char *name)
{
    struct rq rq = test_system_rq(house);
    struct rows rows;
    assert_ok(body_list(&rq, kind, rq.today, &rows));
    const struct body *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(all[i].name, name))
            return all[i];
    return (struct body){ 0 };
}

static const char *edit_of(enum body_kind kind, const struct body *b)
{
    return arena_printf(house->mem, "/%s/%lld/edit", kind == BODY_SECTOR ? "sectors" : "committees",
                        (long long)b->id)
        .ptr;
}

static int change(enum body_kind kind, const struct body *b, const char *name, const char *renamed)
{
    const char *version = arena_printf(house->mem, "%lld", (long long)b->version).ptr;
    return test_post(house, edit_of(kind, b), "name", name, "renamed_on", renamed, "version",
                     version, NULL)
        .status;
}

/* The same rules for both. */
static void a_body_is_corrected_and_renamed(void **state)
{
    static const char *const NAMES[] = { "农业界", "经济委" };
    struct rq rq = test_system_rq(house);
    struct rows rows;
    i64 day;
    (void)state;
    assert_true(day_parse(str_of("2026-04-30"), &day));
    test_as_role(house, "staff");
    for (enum body_kind kind = BODY_SECTOR; kind <= BODY_COMMITTEE; kind++) {
        struct body b = body_of(kind, NAMES[kind]);
        assert_int_equal(change(kind, &b, "写错的", ""), 303);
        const char *version = arena_printf(house->mem, "%lld", (long long)b.version).ptr;
        struct test_answer a =
            test_post(house, edit_of(kind, &b), "name", "又一个", "version", version, NULL);
        assert_int_equal(a.status, 409); /* older page */
        assert_true(test_has(&a, "<del>写错的</del> <ins>又一个</ins>"));
        b = body_of(kind, "写错的");
        assert_int_equal(change(kind, &b, "写错的", "2026-05-01"), 422);
        assert_int_equal(change(kind, &b, "新名称", "2026-12-01"), 422);
        assert_int_equal(change(kind, &b, kind == BODY_SECTOR ? "教育界" : "提案委", ""), 409);
        assert_int_equal(change(kind, &b, "", ""), 422);
        assert_int_equal(change(kind, &b, "新名称", "2026-05-01"), 303);
        assert_ok(body_list(&rq, kind, day, &rows)); /* that day it had the old name */
        bool old = false, new = false;
        for (size_t i = 0; i < rows.count; i++) {
            old = old || str_is(((const struct body *)rows.items)[i].name, "写错的");
            new = new || str_is(((const struct body *)rows.items)[i].name, "新名称");
        }
        assert_true(old && !new);
        a = test_get(house, edit_of(kind, &b));
        assert_true(test_has(&a, "写错的（至2026-04-30）"));
        b = body_of(kind, "新名称"); /* each name has its days */
        assert_int_equal(change(kind, &b, "更新名称", "2026-04-01"), 422);
        assert_int_equal(change(kind, &b, "更新名称", "2026-05-01"), 422);
        assert_int_equal(last_words("orgs.change", "写错的 / #0", "新名称 / #0"), kind + 1);
        assert_int_equal(change(kind, &b, NAMES[kind], ""), 303);
    }
}

static void the_api_adds_and_changes_both(void **state)
{
    static const char *const PATHS[] = { "/api/v1/sectors", "/api/v1/committees" };
    (void)state;
    test_as_role(house, "staff");
    for (size_t i = 0; i < 2; i++) {
        struct test_answer a =
            test_api(house, POST, PATHS[i], "{\"name\":\"环境\",\"position\":7}");
        assert_int_equal(a.status, 200);
        assert_true(str_is(test_json(house, &a, "version"), "1"));
        const char *one = arena_printf(house->mem, "%s/%s", PATHS[i],
                                       arena_cstr(house->mem, test_json(house, &a, "id")))
                              .ptr;
        a = test_api(house, PUT, one,
                     "{\"name\":\"环境\",\"version\":1,\"from_on\":\"2026-02-01\","
                     "\"to_on\":\"2026-01-01\"}");
        assert_int_equal(a.status, 422);
        assert_true(str_is(test_json(house, &a, "errors.0.field"), "to_on"));
        a = test_api(house, PUT, one, "{\"name\":\"环境\",\"version\":1,\"to_on\":\"2026-11-24\"}");
        assert_int_equal(a.status, 200);
        a = test_get(house, one);
        assert_true(str_is(test_json(house, &a, "to_on"), "2026-11-24"));
        a = test_get(house, PATHS[i]);
        assert_false(test_has(&a, "环境"));
        a = test_get(house, arena_cstr(house->mem, str_of(PATHS[i] + 7)));
        assert_true(test_has(&a, "停用")); /* still there for who looks for it */
        assert_int_equal(test_api(house, PUT, one, "{\"name\":\"环境\",\"version\":1}").status,
                         409);
        test_as_role(house, "member");
        assert_int_equal(test_api(house, PUT, one, "{\"name\":\"环境\",\"version\":2}").status,
                         403);
        test_as_role(house, "staff")->org_id = house->org + 1;
        assert_int_equal(test_api(house, PUT, one, "{\"name\":\"环境\",\"version\":2}").status,
                         404);
        assert_int_equal(test_get(house, one).status, 404);
        test_as_role(house, "staff");
    }
}

static void strangers_correct_nothing(void **state)
{
    struct session s = session_of(6, 1);
    struct term t = term_of(6);
    struct writing w = { "6", "1", "2026-02-10", "2026-02-14", "2027-01-01" };
    (void)state;
    test_as_role(house, "member");
    assert_int_equal(correct(&s, &w).status, 403);
    assert_int_equal(write_term(&t, "6", "2026-02-10", ""), 403);
    struct test_answer a = test_get(house, "/sessions");
    assert_int_equal(test_link(house, &a, "六届").len, 0);
    test_as_role(house, "staff")->org_id = house->org + 1;
    assert_int_equal(correct(&s, &w).status, 404);
    assert_int_equal(write_term(&t, "6", "2026-02-10", ""), 404);
    assert_int_equal(test_get(house,
                              arena_printf(house->mem, "/sessions/%lld/edit", (long long)s.id).ptr)
                         .status,
                     404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_session_stands_between_its_neighbours),
        cmocka_unit_test(an_older_page_does_not_overwrite),
        cmocka_unit_test(the_page_shows_and_takes_it),
        cmocka_unit_test(before_and_after_are_recorded),
        cmocka_unit_test(terms_follow_each_other),
        cmocka_unit_test(a_body_is_corrected_and_renamed),
        cmocka_unit_test(the_api_adds_and_changes_both),
        cmocka_unit_test(strangers_correct_nothing),
        cmocka_unit_test(a_session_entered_late_takes_its_place),
    };
    return cmocka_run_group_tests(tests, open_calendar, house_close);
}
