/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pledges by the front door: who is asked and from when on, signed by name, changed with what was
 * before kept and proved, beside the ledger; reminding; who sees what; the other organisation.
 * Expectations: README.md. The clock begins on Wednesday 2026-11-25. */
#include "modules/pledges/pledge.h"
#include "modules/proposals/tests/desk_look.h"
#include "platform/jobs/jobs.h"

#define ALL   "{\"audience\":[\"members\"],\"due_on\":\"2026-12-10\"}"
#define TEXTS "\"texts\":[\"Read\",\"Listen\",\"Write\",\"Come\",\"Obey\",\"Help\"]"
#define SIGN  "{" TEXTS ",\"signature\":\"Li\",\"proposals\":2}"

enum { LI, WANG, ZHAO };

static struct test_answer called(struct desk *d, const char *json)
{
    desk_as_staff(d);
    return test_api(d->t, POST, "/api/v1/pledges/call", json);
}

static i64 pledge_of(struct desk *d, size_t member)
{
    i64 member_id = d->member[member];
    return desk_count(d, SQL("SELECT COALESCE(MAX(id), 0) FROM pledges WHERE org_id = :org AND "
                             "member_id = :member_id",
                             P(member_id)));
}

static struct test_answer step(struct desk *d, i64 id, const char *verb, const char *json)
{
    struct test_answer a = desk_page(d, "/api/v1/pledges/", id, "");
    i64 version = 1;
    if (a.status == 200)
        assert_true(str_to_i64(test_json(d->t, &a, "version"), &version));
    str path = arena_printf(d->t->mem, "/api/v1/pledges/%lld/%s", (long long)id, verb);
    return test_api(d->t, POST, path.ptr, test_versioned(d->t, json, version));
}

static void signs(struct desk *d, i64 id)
{
    struct test_answer a = step(d, id, "sign", SIGN);
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
}

static i64 todos(struct desk *d, size_t member)
{
    i64 person_id = d->person[member];
    return desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow = 'pledges' "
                             "AND holder_id = :person_id",
                             P(person_id)));
}

static void is(struct desk *d, i64 id, const char *member, const char *expected)
{
    struct test_answer a = desk_page(d, "/api/v1/pledges/", id, "");
    desk_same(test_json(d->t, &a, member), expected);
}

/* ---- asking ---- */

static void each_is_asked_once(void **state)
{
    struct desk *d = *state;
    desk_as_member(d, LI);
    assert_int_equal(test_api(d->t, POST, "/api/v1/pledges/call", ALL).status, 403);
    struct test_answer a = called(d, ALL);
    assert_int_equal(a.status, 200);
    desk_same(test_json(d->t, &a, "count"), "3");
    assert_int_equal(todos(d, LI), 1);
    a = called(d, ALL);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "都已经请过了"));
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM pledges WHERE org_id = :org")), 3);
    a = called(d, "{\"audience\":[\"members\"],\"due_on\":\"2026-11-24\"}");
    assert_true(desk_has(&a, "这一天已经过了"));
    a = called(d, "{\"audience\":[\"members\"],\"due_on\":\"2027-01-01\"}");
    assert_true(desk_has(&a, "最晚写 2026年12月31日"));
}

/* Wang is of the standing committee and begins; the others wait for their day. */
static void the_standing_committee_first(void **state)
{
    struct desk *d = *state;
    i64 wang = d->person[WANG];
    assert_ok(db_run(d->t->db,
                     SQL("INSERT INTO tenures (org_id, person_id, post, body, body_id, from_on) "
                         "VALUES (:org, :wang, 'standing_member', 'cppcc', 1, 19000)",
                         P(wang)),
                     NULL));
    desk_set(d, "pledges.others_from", "12-05");
    struct test_answer a = called(d, "{\"audience\":[\"members\"],\"due_on\":\"2026-12-04\"}");
    assert_true(desk_has(&a, "其他委员从 2026年12月5日 起才能签"));
    assert_int_equal(called(d, ALL).status, 200);
    assert_int_equal(todos(d, WANG), 1);
    assert_int_equal(todos(d, LI), 0);
    i64 id = pledge_of(d, LI);
    desk_as_member(d, LI);
    a = step(d, id, "sign", SIGN);
    assert_int_equal(a.status, 409);
    assert_true(desk_has(&a, "您从 2026年12月5日 起可以签"));
    desk_as_member(d, WANG);
    assert_int_equal(
        step(d, pledge_of(d, WANG), "sign", "{" TEXTS ",\"signature\":\"Wang\"}").status, 200);
    desk_on_day(d, "2026-12-04");
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
    assert_int_equal(todos(d, LI), 0);
    desk_on_day(d, "2026-12-05");
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
    assert_int_equal(todos(d, LI), 1);
    desk_as_member(d, LI);
    signs(d, id);
}

/* ---- signing ---- */

static void signed_by_name_and_whole(void **state)
{
    struct desk *d = *state;
    assert_int_equal(called(d, ALL).status, 200);
    i64 id = pledge_of(d, LI);
    assert_int_equal(step(d, id, "sign", SIGN).status, 403); /* staff signs for nobody */
    desk_as_member(d, WANG);
    assert_int_equal(step(d, id, "sign", SIGN).status, 404);
    desk_as_member(d, LI);
    struct test_answer a = step(d, id, "sign", "{" TEXTS ",\"signature\":\"Wang\"}");
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "请输入：Li"));
    a = step(d, id, "sign",
             "{\"texts\":[\"Read\",\"\",\"Write\",\"Come\",\"Obey\",\"Help\"],"
             "\"signature\":\"Li\"}");
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "“会协商”还没有写"));
    is(d, id, "state", "asked");
    desk_set(d, "pledges.text_max", "50");
    a = test_post(d->t, arena_printf(d->t->mem, "/pledges/%lld/sign", (long long)id).ptr, "texts",
                  "123456789 123456789 123456789 123456789 123456789 1", "signature", "Li",
                  "version", "2", NULL);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "“懂政协”写得太长，最多 50 字"));
    assert_true(desk_has(&a, "123456789 1</textarea>")); /* what was typed stays */
    signs(d, id);
    is(d, id, "state", "signed");
    is(d, id, "aspects.2.text", "Write");
    is(d, id, "aspects.2.goals.0.need", "2");
    assert_int_equal(todos(d, LI), 0);
    assert_int_equal(step(d, id, "sign", SIGN).status, 409);
}

/* By code, in any order: what a page or a program with another order sends. */
static void texts_go_by_their_aspect(void **state)
{
    struct desk *d = *state;
    assert_int_equal(called(d, ALL).status, 200);
    i64 id = pledge_of(d, LI);
    desk_as_member(d, LI);
    assert_int_equal(
        step(d, id, "sign",
             "{\"aspects\":[\"conduct\",\"understand\",\"consult\",\"propose\",\"discipline\","
             "\"rules\"],\"texts\":[\"Help\",\"Read\",\"Listen\",\"Write\",\"Come\",\"Obey\"],"
             "\"signature\":\" L i\"}")
            .status,
        200);
    is(d, id, "aspects.0.text", "Read");
    is(d, id, "aspects.5.text", "Help");
}

static struct test_answer written(struct desk *d, i64 id, const char *text, const char *version)
{
    str path = arena_printf(d->t->mem, "/pledges/%lld/autosave", (long long)id);
    return test_post(d->t, path.ptr, "aspects", "consult", "texts", text, "proposals", "3",
                     "version", version, NULL);
}

/* What is typed is kept without being signed, is nobody else's, and is gone when it is signed. */
static void what_is_being_written_is_kept(void **state)
{
    struct desk *d = *state;
    assert_int_equal(called(d, ALL).status, 200);
    i64 id = pledge_of(d, LI);
    desk_as_member(d, WANG);
    assert_int_equal(written(d, id, "Not mine", "2").status, 404);
    desk_as_member(d, LI);
    struct test_answer a = written(d, id, "Half of it", "2");
    assert_int_equal(a.status, 200);
    desk_same(test_json(d->t, &a, "version"), "3");
    a = written(d, id, "From elsewhere", "2");
    assert_int_equal(a.status, 409);
    assert_true(desk_has(&a, "Half of it"));
    is(d, id, "state", "asked");
    is(d, id, "aspects.1.text", ""); /* not pledged yet */
    a = desk_page(d, "/pledges/", id, "/sign");
    assert_true(desk_has(&a, "Half of it</textarea>"));
    assert_true(desk_has(&a, "value=\"3\""));
    assert_true(desk_has(&a, "上次写的还没有签署"));
    desk_as_staff(d);
    a = desk_page(d, "/pledges/", id, "");
    assert_false(desk_has(&a, "Half of it"));
    desk_as_member(d, LI);
    signs(d, id);
    is(d, id, "aspects.1.text", "Listen");
    a = desk_page(d, "/pledges/", id, "/amend");
    assert_false(desk_has(&a, "上次写的还没有签署"));
    assert_true(desk_has(&a, "Listen</textarea>"));
    assert_int_equal(written(d, id, "Listen more", "4").status, 200);
    a = desk_page(d, "/pledges/", id, "/amend");
    assert_true(desk_has(&a, "Listen more</textarea>"));
    is(d, id, "aspects.1.text", "Listen"); /* what was signed stands */
    is(d, id, "attestation.text_same", "true");
}

static void what_was_signed_before_is_kept_and_proved(void **state)
{
    struct desk *d = *state;
    assert_int_equal(called(d, ALL).status, 200);
    i64 id = pledge_of(d, LI);
    desk_as_member(d, LI);
    signs(d, id);
    assert_int_equal(step(d, id, "amend",
                          "{\"texts\":[\"Read more\",\"Listen\",\"Write\",\"Come\",\"Obey\","
                          "\"Help\"],\"signature\":\"Li\"}")
                         .status,
                     200); /* no reason before the last day is over */
    is(d, id, "aspects.0.text", "Read more");
    is(d, id, "edition", "2");
    struct test_answer a = desk_page(d, "/api/v1/pledges/", id, "?edition=1");
    desk_same(test_json(d->t, &a, "aspects.0.text"), "Read");
    assert_int_equal(desk_page(d, "/pledges/", id, "?edition=3").status, 404);
    a = desk_page(d, "/pledges/", id, "");
    assert_true(desk_has(&a, "一字不差"));
    desk_on_day(d, "2026-12-11");
    desk_as_member(d, LI);
    a = step(d, id, "amend", SIGN);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "请写明为什么修改"));
    assert_int_equal(
        step(d, id, "amend", "{" TEXTS ",\"signature\":\"Li\",\"reason\":\"A mistake.\"}").status,
        200);
    a = desk_page(d, "/pledges/", id, "");
    assert_true(desk_has(&a, "原因：A mistake."));
    /* Somebody changes what is stored: the page says so. */
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE pledge_lines SET text = 'Sleep' WHERE org_id = :org AND pledge_id "
                         "= :id AND edition = 3 AND code = 'understand'",
                         P(id)),
                     NULL));
    a = desk_page(d, "/pledges/", id, "");
    assert_true(desk_has(&a, "和提交时不一样"));
    desk_on_day(d, "2027-01-02");
    desk_as_member(d, LI);
    assert_int_equal(
        step(d, id, "amend", "{" TEXTS ",\"signature\":\"Li\",\"reason\":\"Late.\"}").status, 409);
}

/* ---- beside the ledger ---- */

static void entry(struct desk *d, const char *kind, i64 source_id)
{
    str what = str_of(kind);
    i64 member_id = d->member[LI], happened_on = 0;
    assert_true(day_parse(str_of("2026-05-04"), &happened_on));
    assert_ok(db_run(
        d->t->db,
        SQL("INSERT INTO entries (org_id, member_id, name, sector, committee, happened_on, year, "
            "kind, label, quantity, people, tags, source, source_id, part_id, number, title, text, "
            "state, recorded_at, recorded_by, recorded_name) VALUES (:org, :member_id, '', '', '', "
            ":happened_on, 2026, :what, :what, 1000, 1, '', 'claims', :source_id, 0, '', '', '', "
            "'live', 1, 1, '')",
            P(member_id), P(happened_on), P(what), P(source_id)),
        NULL));
}

static void what_was_done_stands_beside_it(void **state)
{
    struct desk *d = *state;
    entry(d, "proposals.submitted", 1);
    entry(d, "proposals.submitted", 2);
    entry(d, "meeting.leave", 3);
    entry(d, "history.written", 4);
    assert_int_equal(called(d, ALL).status, 200);
    i64 id = pledge_of(d, LI);
    desk_as_member(d, LI);
    signs(d, id);
    is(d, id, "aspects.2.goals.0.has_x1000", "2000");
    is(d, id, "aspects.2.ledger.0.quantity_x1000", "2000");
    is(d, id, "aspects.3.ledger.0.kind", "meeting.leave");
    is(d, id, "aspects.6.label", "其他履职"); /* of no aspect */
    is(d, id, "aspects.6.ledger.0.kind", "history.written");
    struct test_answer a = desk_page(d, "/pledges/", id, "");
    assert_true(desk_has(&a, "承诺 2，记录里有 <b>2</b>"));
    assert_true(desk_has(&a, "已做到"));
}

/* ---- who ---- */

static void reminded_once_a_day_until_signed(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    assert_int_equal(called(d, ALL).status, 200);
    for (int i = 0; i < 2; i++) {
        struct test_answer a = test_api(d->t, POST, "/api/v1/pledges/remind", "{}");
        desk_same(test_json(d->t, &a, "count"), "3");
    }
    struct sql told = SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND words LIKE "
                          "'请签署 2026 年的履责承诺%'");
    assert_int_equal(desk_count(d, told), 1);
    desk_as_member(d, LI);
    signs(d, pledge_of(d, LI));
    desk_on_day(d, "2026-11-26");
    desk_as_staff(d);
    struct test_answer a = test_api(d->t, POST, "/api/v1/pledges/remind", "{}");
    desk_same(test_json(d->t, &a, "count"), "2");
    assert_int_equal(desk_count(d, told), 1);
    a = test_get(d->t, "/pledges");
    assert_true(desk_has(&a, "请了 3 人，已签 1 人"));
}

static void who_leaves_signs_no_more(void **state)
{
    struct desk *d = *state;
    assert_int_equal(called(d, ALL).status, 200);
    test_as_role(d->t, "staff personnel")->account_id = 140;
    str path = arena_printf(d->t->mem, "/api/v1/members/%lld/act", (long long)d->member[ZHAO]);
    assert_int_equal(test_api(d->t, POST, path.ptr,
                              "{\"act\":\"decease\",\"on_on\":\"2026-11-20\",\"organ\":\"The "
                              "house\",\"reason\":\"Illness.\"}")
                         .status,
                     200);
    is(d, pledge_of(d, ZHAO), "state", "lapsed");
    assert_int_equal(todos(d, ZHAO), 0);
    desk_as_member(d, LI);
    assert_int_equal(desk_total(d, "/api/v1/pledges"), 1); /* his own */
    desk_as_staff(d);
    assert_int_equal(desk_total(d, "/api/v1/pledges"), 3);
    i64 id = pledge_of(d, LI);
    desk_as_other_member(d);
    assert_int_equal(desk_page(d, "/pledges/", id, "").status, 404);
    desk_as_operator(d, 0);
    assert_int_equal(desk_page(d, "/pledges/", id, "").status, 403);
}

/* His revocation was not ratified: he is a member as before, and can be asked again. */
static void who_is_back_is_asked_again(void **state)
{
    struct desk *d = *state;
    assert_int_equal(called(d, ALL).status, 200);
    i64 id = pledge_of(d, ZHAO);
    str path = arena_printf(d->t->mem, "/api/v1/members/%lld/act", (long long)d->member[ZHAO]);
    test_as_role(d->t, "staff personnel")->account_id = 140;
    assert_int_equal(test_api(d->t, POST, path.ptr,
                              "{\"act\":\"resign\",\"on_on\":\"2026-11-20\",\"organ\":\"The "
                              "house\"}")
                         .status,
                     200);
    is(d, id, "state", "lapsed");
    assert_int_equal(called(d, ALL).status, 422); /* he is gone, the others were asked */
    test_as_role(d->t, "staff personnel")->account_id = 140;
    assert_int_equal(test_api(d->t, POST, path.ptr,
                              "{\"act\":\"fill\",\"on_on\":\"2026-11-25\",\"organ\":\"The "
                              "house\"}")
                         .status,
                     200);
    struct test_answer a = called(d, "{\"audience\":[\"members\"],\"due_on\":\"2026-12-20\"}");
    assert_int_equal(a.status, 200);
    desk_same(test_json(d->t, &a, "count"), "1");
    assert_int_equal(pledge_of(d, ZHAO), id); /* one a year */
    is(d, id, "state", "asked");
    is(d, id, "due_on", "2026-12-20");
    assert_int_equal(todos(d, ZHAO), 1);
    desk_on_day(d, "2026-11-26");
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
    assert_int_equal(todos(d, ZHAO), 1);
}

static void what_nobody_signed_ends_with_its_year(void **state)
{
    struct desk *d = *state;
    assert_int_equal(called(d, ALL).status, 200);
    i64 id = pledge_of(d, LI);
    assert_int_equal(todos(d, LI), 1);
    desk_on_day(d, "2027-06-01");
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
    desk_as_staff(d);
    is(d, id, "state", "lapsed");
    assert_int_equal(todos(d, LI), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_is_asked_once, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(the_standing_committee_first, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(signed_by_name_and_whole, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(texts_go_by_their_aspect, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(what_is_being_written_is_kept, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(what_was_signed_before_is_kept_and_proved, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(what_was_done_stands_beside_it, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(reminded_once_a_day_until_signed, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(who_leaves_signs_no_more, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(who_is_back_is_asked_again, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(what_nobody_signed_ends_with_its_year, desk_setup,
                                        desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
