/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Complaints of burden by the front door: told with a name, without, and by who is not signed in;
 * answered, counted, published. Expectations: README.md. The clock stands at 2026-11-25. */
#include "modules/proposals/tests/desk_look.h"
#include "platform/base/log.h"
#include "platform/web/tests/boxes.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static i64 told(struct desk *d, const char *kind, bool hidden)
{
    const char *body = arena_printf(d->t->mem,
                                    "{\"kind\":\"%s\",\"place\":\"Monthly table\",\"words\":"
                                    "\"Thrice a month.\",\"hidden\":%s}",
                                    kind, hidden ? "true" : "false")
                           .ptr;
    struct test_answer a = test_api(d->t, POST, "/api/v1/burdens", body);
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    return desk_count(d, SQL("SELECT MAX(id) FROM burdens WHERE org_id = :org"));
}

static struct test_answer answer(struct desk *d, i64 id, const char *way, const char *more)
{
    str path = arena_printf(d->t->mem, "/api/v1/burdens/%lld/answer", (long long)id);
    const char *body =
        arena_printf(d->t->mem, "{\"way\":\"%s\",\"opinion\":\"Once from now on.\"%s}", way, more)
            .ptr;
    return test_api(d->t, POST, path.ptr, test_versioned(d->t, body, 1));
}

static void is(struct desk *d, i64 id, const char *member, const char *expected)
{
    struct test_answer a = desk_page(d, "/api/v1/burdens/", id, "");
    desk_same(test_json(d->t, &a, member), expected);
}

static void each_is_answered(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    desk_as_member(d, 0);
    i64 id = told(d, "form", false);
    is(d, id, "state", "asked");
    is(d, id, "due_on", "2026-12-09"); /* ten working days */
    assert_int_equal(answer(d, id, "dropped", "").status, 403);
    desk_as_member(d, 1);
    assert_int_equal(desk_page(d, "/burdens/", id, "").status, 404);
    assert_int_equal(desk_total(d, "/api/v1/burdens"), 0);
    desk_as_staff(d);
    assert_int_equal(
        desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow = 'burdens'")),
        1);
    assert_int_equal(answer(d, id, "gone", "").status, 422);
    assert_int_equal(answer(d, id, "eased", "").status, 200);
    assert_int_equal(answer(d, id, "eased", "").status, 409);
    assert_int_equal(
        desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow = 'burdens'")),
        0);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND "
                                       "words LIKE '您提的减负投诉（填表报数：Monthly table）%'")),
                     1);
    desk_as_member(d, 0);
    struct test_answer a = desk_page(d, "/burdens/", id, "");
    assert_true(desk_has(&a, "Once from now on."));
    assert_true(desk_has(&a, "减轻了"));
    a = test_post(d->t, "/burdens/new", "kind", "form", "place", "", "words", "Typed here", NULL);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "Typed here"));
}

/* Nothing that staff or auditors can read says who it was; he himself has it, and the answer. */
static void who_hides_is_in_nothing_that_others_read(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    desk_as_member(d, 0);
    i64 id = told(d, "form", true);
    is(d, id, "state", "asked");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM trails WHERE org_id = :org AND flow = "
                                       "'burdens' AND (actor_account_id > 0 OR actor_name <> "
                                       "'')")),
                     0);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND object "
                                       "= 'burdens'")),
                     1);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND object "
                                       "= 'burdens' AND (account_id > 0 OR request <> '' "
                                       "OR address <> '')")),
                     0);
    desk_as_staff(d);
    struct test_answer a = desk_page(d, "/api/v1/burdens/", id, "");
    desk_same(test_json(d->t, &a, "name"), "");
    assert_false(desk_has(&a, "Li"));
    a = desk_page(d, "/burdens/", id, "");
    assert_true(desk_has(&a, "不愿公开姓名的人"));
    assert_int_equal(answer(d, id, "kept", "").status, 200);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND "
                                       "words LIKE '您提的减负投诉%'")),
                     1);
}

/* What the access log says of a request: the number after "account", and how many lines. */
static int accounts_in(const char *log, bool named)
{
    int count = 0;
    for (const char *at = log; (at = strstr(at, "\"account\":")) != NULL; at++)
        count += (at[strlen("\"account\":")] != '0') == named;
    return count;
}

/* One who hides is not found by the log of requests either: neither the form nor the page of what
 * he said names an account; any other page does. */
static void the_access_log_does_not_say_who_hides(void **state)
{
    struct desk *d = *state;
    char log[8192] = "";
    desk_as_member(d, 0);
    FILE *to = tmpfile();
    int kept = dup(STDERR_FILENO);
    fflush(stderr);
    dup2(fileno(to), STDERR_FILENO);
    log_set_level(LOG_INFO);
    assert_int_equal(test_get(d->t, "/burdens/new").status, 200);
    i64 id = told(d, "form", true);
    assert_int_equal(desk_page(d, "/burdens/", id, "").status, 200);
    int hidden_lines = 3;
    assert_int_equal(test_get(d->t, "/burdens").status, 200);
    log_set_level(LOG_ERROR);
    fflush(stderr);
    dup2(kept, STDERR_FILENO);
    close(kept);
    rewind(to);
    assert_true(fread(log, 1, sizeof log - 1, to) > 0);
    fclose(to);
    assert_int_equal(accounts_in(log, false), hidden_lines);
    assert_int_equal(accounts_in(log, true), 1);
}

static void months_and_kinds_are_counted(void **state)
{
    struct desk *d = *state;
    desk_as_member(d, 0);
    i64 first = told(d, "form", false), second = told(d, "meeting", false);
    told(d, "form", false);
    desk_as_staff(d);
    assert_int_equal(answer(d, first, "dropped", "").status, 200);
    assert_int_equal(answer(d, second, "kept", "").status, 200);
    desk_as_member(d, 1); /* anybody of the house may see them: no person is in them */
    struct test_answer a = test_get(d->t, "/api/v1/burdens/figures");
    desk_same(test_json(d->t, &a, "months.0.month"), "202611");
    desk_same(test_json(d->t, &a, "months.0.asked"), "3");
    desk_same(test_json(d->t, &a, "months.0.answered"), "2");
    desk_same(test_json(d->t, &a, "months.0.dropped"), "1");
    desk_same(test_json(d->t, &a, "months.0.kept"), "1");
    desk_same(test_json(d->t, &a, "kinds.0.label"), "填表报数");
    desk_same(test_json(d->t, &a, "kinds.0.asked"), "2");
    desk_same(test_json(d->t, &a, "kinds.1.asked"), "1");
    a = test_get(d->t, "/burdens/figures");
    assert_true(desk_has(&a, "2026 年 11 月"));
    desk_as_other_member(d);
    a = test_get(d->t, "/api/v1/burdens/figures");
    desk_same(test_json(d->t, &a, "months.0.month"), "");
    assert_int_equal(desk_page(d, "/api/v1/burdens/", first, "").status, 404);
}

static struct test_answer public_told(struct desk *d, const char *address, const char *place)
{
    test_as_nobody(d->t);
    str stamp = box_stamp(d->t, "/burdens/public", address), proof = box_proof(d->t->mem, stamp);
    struct test_request rq = { .method = "POST", .target = "/burdens/public", .peer = address };
    rq.body =
        arena_printf(d->t->mem, "kind=task&place=%s&words=Too+many+times&stamp=%.*s&proof=%.*s",
                     place, (int)stamp.len, stamp.ptr, (int)proof.len, proof.ptr);
    test_header(&rq, "Content-Type", str_of("application/x-www-form-urlencoded"));
    return test_ask(d->t, &rq);
}

static void the_public_form_is_a_switch(void **state)
{
    struct desk *d = *state;
    test_as_nobody(d->t);
    struct test_answer a = test_get(d->t, "/burdens/public");
    assert_int_equal(a.status, 404);
    desk_set(d, "burdens.public", "1");
    a = public_told(d, "198.51.100.7", "Census");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "已经收到"));
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM burdens WHERE org_id = :org AND via = "
                                       "'public' AND person_id = 0 AND name = ''")),
                     1);
    a = public_told(d, "198.51.100.7", "");
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "Too many times"));
    i64 id = desk_count(d, SQL("SELECT MAX(id) FROM burdens WHERE org_id = :org"));
    desk_as_staff(d);
    a = desk_page(d, "/burdens/", id, "");
    assert_true(desk_has(&a, "没有登录的人"));
    test_as_nobody(d->t);
    a = test_get(d->t, "/burdens/public");
    assert_false(desk_has(&a, "Census")); /* not published yet */
    desk_as_staff(d);
    assert_int_equal(answer(d, id, "dropped", ",\"published\":true").status, 200);
    test_as_nobody(d->t);
    a = test_get(d->t, "/burdens/public");
    assert_true(desk_has(&a, "Census"));
    assert_true(desk_has(&a, "Once from now on."));
    assert_false(desk_has(&a, "Too many times"));
    a = test_get(d->t, "/help");
    assert_true(desk_has(&a, "href=\"/burdens/public\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_is_answered, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(who_hides_is_in_nothing_that_others_read, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(the_access_log_does_not_say_who_hides, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(months_and_kinds_are_counted, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(the_public_form_is_a_switch, desk_setup, desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
