/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Opinions that others bring: written down by the desk for a member and for somebody who does not
 * sign in, what must be there; lists that come again, with faults, after the desk has gone on; the
 * other organisation. Expectations: README.md. */
#include "modules/opinions/opinion_record.h"
#include "modules/proposals/tests/desk.h"

static void as_editor(struct desk *d)
{
    struct actor *actor = test_as_role(d->t, "editor");
    actor->account_id = 140;
    actor->person_id = 0;
    d->actor = actor;
}

static struct test_answer one(struct desk *d, i64 id)
{
    return test_get(d->t, arena_printf(d->t->mem, "/api/v1/opinions/%lld", (long long)id).ptr);
}

static i64 number_of(struct desk *d, struct test_answer *a, const char *member)
{
    i64 n = 0;
    if (!str_to_i64(test_json(d->t, a, member), &n))
        fail_msg("no %s: %d %.*s", member, a->status, (int)a->body.len, a->body.ptr);
    return n;
}

static int act(struct desk *d, i64 id, const char *verb, const char *json)
{
    struct test_answer a = one(d, id);
    i64 version = number_of(d, &a, "version");
    str path = arena_printf(d->t->mem, "/api/v1/opinions/%lld/%s", (long long)id, verb);
    return test_api(d->t, POST, path.ptr, test_versioned(d->t, json, version)).status;
}

static struct test_answer transcribe(struct desk *d, const char *reporter, const char *more)
{
    str json = arena_printf(d->t->mem,
                            "{\"title\":\"No water in East\",\"situation\":\"Many wait.\","
                            "\"suggestions\":\"Lay a pipe.\",\"reporter\":\"%s\"%s}",
                            reporter, more);
    return test_api(d->t, POST, "/api/v1/opinions/transcribe", json.ptr);
}

static void a_letter_of_a_member(void **state)
{
    struct desk *d = *state;
    as_editor(d);
    struct test_answer a = transcribe(d, "Wang", ",\"kind\":\"member\",\"basis\":\"A letter\"");
    assert_int_equal(a.status, 201);
    i64 id = number_of(d, &a, "id");
    desk_as_member(d, 1);
    a = one(d, id);
    desk_same(test_json(d->t, &a, "state"), "submitted");
    desk_same(test_json(d->t, &a, "number"), "社情〔2026〕0001号");
    desk_same(test_json(d->t, &a, "choose_due_on"),
              "2026-11-30"); /* 3 working days from Wednesday */
    a = desk_page(d, "/opinions/", id, "");
    assert_true(desk_has(&a, "代录") && desk_has(&a, "A letter"));
    desk_as_member(d, 0);
    assert_int_equal(one(d, id).status, 404);
    assert_int_equal(transcribe(d, "Wang", ",\"kind\":\"member\",\"basis\":\"Mine\"").status, 403);
    desk_as_other_member(d);
    assert_int_equal(one(d, id).status, 404);
}

static void of_somebody_who_does_not_sign_in(void **state)
{
    struct desk *d = *state;
    as_editor(d);
    struct test_answer a = transcribe(d, "Old Yu", ",\"kind\":\"station\",\"basis\":\"Telephone\"");
    assert_int_equal(a.status, 201);
    i64 id = number_of(d, &a, "id");
    assert_int_equal(act(d, id, "revise", "{\"opinion\":\"How many?\"}"), 409);
    assert_int_equal(act(d, id, "take", "{\"category\":\"city\"}"), 200);
    assert_int_equal(act(d, id, "edit", "{}"), 200);
    assert_int_equal(act(d, id, "pass", "{}"), 200);
}

static void what_must_be_there(void **state)
{
    struct desk *d = *state;
    static const struct {
        const char *reporter, *more, *fault;
    } CASES[] = {
        { "Nobody", ",\"kind\":\"member\",\"basis\":\"A letter\"", "opinions.joint_unknown" },
        { "Wang", ",\"kind\":\"member\"", "basis" },
        { "Wang", ",\"kind\":\"composite\",\"basis\":\"A letter\"", "kind" },
        { "Wang", ",\"kind\":\"member\",\"basis\":\"A letter\",\"submitted_on\":\"2026-11-26\"",
          "opinions.later_day" },
        { "Wang", ",\"kind\":\"member\",\"basis\":\"A letter\",\"urgent\":true", "urgent_reason" },
    };
    as_editor(d);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct test_answer a = transcribe(d, CASES[i].reporter, CASES[i].more);
        assert_int_equal(a.status, 422);
        assert_true(test_has(&a, CASES[i].fault));
    }
    struct test_answer a = test_post(d->t, "/opinions/transcribe", "title", "Kept as typed",
                                     "reporter", "Nobody", "kind", "member", NULL);
    assert_true(a.status == 422 && desk_has(&a, "Kept as typed"));
}

/* ---- lists ---- */

static const char LIST[] =
    "标题,情况反映,意见建议,第一反映人,分类,提交日期,处理结果,原编号\r\n"
    "East has no water,Many wait,Lay a pipe,Wang,城乡建设,2025-03-05,留存,A1\r\n"
    "West has no bus,Many walk,A bus,Somebody,,2026-11-24,,A2\r\n";

static struct test_answer send(struct desk *d, const char *list, bool run)
{
    const struct test_file files[] = { { "file", "list.csv", str_of(list) }, { 0 } };
    as_editor(d);
    return test_upload(d->t, "/opinions/import", files, "source", "old", run ? "run" : "x",
                       run ? "1" : "", NULL);
}

static i64 count(struct desk *d, struct sql sql)
{
    i64 n = 0;
    assert_int_equal(db_i64(d->t->db, sql, &n).code, ERR_NONE);
    return n;
}

static i64 number_in_house(struct desk *d)
{
    return count(d, SQL("SELECT COUNT(*) FROM opinions WHERE org_id = :org"));
}

static void a_list_comes_twice(void **state)
{
    struct desk *d = *state;
    assert_int_equal(send(d, LIST, true).status, 303);
    assert_int_equal(number_in_house(d), 2);
    struct test_answer a = test_get(d->t, "/api/v1/opinions?source_id=A1");
    desk_same(test_json(d->t, &a, "items.0.state"), "kept");
    desk_same(test_json(d->t, &a, "items.0.number"), "社情〔2025〕0001号");
    desk_same(test_json(d->t, &a, "items.0.source"), "old");
    i64 kept = number_of(d, &a, "items.0.id");
    a = test_get(d->t, "/api/v1/opinions?q=bus");
    desk_same(test_json(d->t, &a, "items.0.state"), "submitted");
    assert_int_equal(number_of(d, &a, "total"), 1);
    assert_int_equal(send(d, LIST, true).status, 303);
    assert_int_equal(number_in_house(d), 2);
    assert_int_equal(act(d, kept, "take", "{\"category\":\"city\"}"), 200);
    assert_int_equal(act(d, kept, "edit", "{}"), 200);
    assert_int_equal(send(d, LIST, true).status, 303); /* the same words change nothing */
    desk_as_member(d, 1);
    assert_int_equal(one(d, kept).status, 200); /* his */
}

static void a_fault_takes_nothing(void **state)
{
    struct desk *d = *state;
    struct test_answer a = send(
        d,
        "标题,情况,建议,反映人,类别,报送日期\r\nEast,Many wait,Lay a pipe,Wang,城乡建设,2025-03-05\r\n"
        "West,Many walk,A bus,Zhao,没有这类,2099-01-01\r\n",
        true);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "没有这类") && desk_has(&a, "不能晚于今天"));
    assert_int_equal(number_in_house(d), 0);
}

/* As much as the desk's own form takes, and no more: 41 characters of a name, 61 of a body, 10,001
 * of a text. */
static void a_list_brings_no_more_than_the_form(void **state)
{
    struct desk *d = *state;
    char text[10002], name[42], body[62];
    memset(text, 'x', sizeof text - 1);
    memset(name, 'y', sizeof name - 1);
    memset(body, 'z', sizeof body - 1);
    text[sizeof text - 1] = name[sizeof name - 1] = body[sizeof body - 1] = '\0';
    static const char FORMAT[] =
        "标题,情况,建议,反映人,反映人类别,反映单位\r\nEast,%s,Lay a pipe,%s,县区政协,%s\r\n";
    struct test_answer a = send(d, arena_printf(d->t->mem, FORMAT, text, name, body).ptr, true);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "最多 10000 字，现在有 10001 字"));
    assert_true(desk_has(&a, "最多 40 字，现在有 41 字"));
    assert_true(desk_has(&a, "最多 60 字，现在有 61 字"));
    assert_int_equal(number_in_house(d), 0);
    text[sizeof text - 2] = name[sizeof name - 2] = body[sizeof body - 2] = '\0';
    a = send(d, arena_printf(d->t->mem, FORMAT, text, name, body).ptr, true);
    assert_int_equal(a.status, 303);
    assert_int_equal(number_in_house(d), 1);
}

static void what_the_desk_has_gone_on_with_stays(void **state)
{
    struct desk *d = *state;
    assert_int_equal(send(d, LIST, true).status, 303);
    struct test_answer a = test_get(d->t, "/api/v1/opinions?source_id=A2");
    i64 id = number_of(d, &a, "items.0.id");
    static const char NEW[] =
        "标题,情况,建议,反映人,原编号\r\nWest has no bus,Many,A bus,Somebody,A2\r\n";
    assert_int_equal(send(d, NEW, true).status, 303);
    a = one(d, id);
    desk_same(test_json(d->t, &a, "situation"), "Many");
    assert_int_equal(act(d, id, "take", "{\"category\":\"city\"}"), 200);
    assert_int_equal(act(d, id, "edit", "{}"), 200);
    a = send(d, LIST, true);
    assert_true(a.status == 422 && desk_has(&a, "已经在采编"));
    a = one(d, id);
    desk_same(test_json(d->t, &a, "situation"), "Many");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_letter_of_a_member, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(of_somebody_who_does_not_sign_in, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(what_must_be_there, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_list_comes_twice, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_fault_takes_nothing, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_list_brings_no_more_than_the_form, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(what_the_desk_has_gone_on_with_stays, desk_setup,
                                        desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
