/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A commission by the front door: sent to chosen members, written from, declined, pressed within
 * the cap, closed; what the opinion remembers, what counts; who sees what. Expectations: README.md.
 */
#include "modules/proposals/tests/desk_look.h"

static void as(struct desk *d, const char *role)
{
    struct actor *actor = test_as_role(d->t, role);
    actor->account_id = 140;
    actor->person_id = 0;
    d->actor = actor;
}

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

static struct test_answer send_with(struct desk *d, const char *more)
{
    as(d, "editor");
    return test_api(d->t, POST, "/api/v1/commissions",
                    arena_printf(d->t->mem,
                                 "{\"title\":\"Buses at night\",\"body\":\"What is missing?\",%s}",
                                 more)
                        .ptr);
}

/* To Li and Wang, one of them named twice. */
static i64 sent(struct desk *d)
{
    struct test_answer a =
        send_with(d, arena_printf(d->t->mem,
                                  "\"audience\":[\"member:%lld\",\"member:%lld\",\"member:%lld\"],"
                                  "\"due_on\":\"2026-12-10\"",
                                  (long long)d->member[0], (long long)d->member[1],
                                  (long long)d->member[0])
                         .ptr);
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    return desk_count(d, SQL("SELECT MAX(id) FROM commissions WHERE org_id = :org"));
}

static i64 invitation(struct desk *d, size_t member)
{
    i64 person_id = d->person[member];
    return desk_count(d, SQL("SELECT MAX(id) FROM invitations WHERE org_id = :org AND person_id = "
                             ":person_id",
                             P(person_id)));
}

static i64 todos(struct desk *d, size_t member)
{
    i64 id = invitation(d, member);
    return desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow = "
                             "'invitations' AND subject_id = :id AND verb = 'write'",
                             P(id)));
}

static void is(struct desk *d, i64 id, const char *member, const char *expected)
{
    as(d, "editor");
    struct test_answer a = desk_page(d, "/api/v1/commissions/", id, "");
    desk_same(test_json(d->t, &a, member), expected);
}

static void an_invited_member_writes_and_the_opinion_remembers(void **state)
{
    struct desk *d = *state;
    i64 id = sent(d), mine = invitation(d, 0);
    assert_int_equal(todos(d, 0), 1);
    is(d, id, "asked", "2");
    desk_as_member(d, 0);
    struct test_answer a = test_get(d->t, "/invitations");
    assert_true(desk_has(&a, "Buses at night"));
    assert_int_equal(post(d, "invitations", mine, "write", "{}").status, 200);
    i64 opinion = desk_count(d, SQL("SELECT MAX(id) FROM opinions WHERE org_id = :org"));
    assert_int_equal(post(d, "invitations", mine, "write", "{}").status, 200); /* leads on */
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM opinions WHERE org_id = :org")), 1);
    a = test_get(d->t, arena_printf(d->t->mem, "/invitations/%lld/opinion", (long long)mine).ptr);
    desk_same(a.location, arena_printf(d->t->mem, "/opinions/%lld/draft", (long long)opinion).ptr);
    a = desk_page(d, "/api/v1/opinions/", opinion, "");
    desk_same(test_json(d->t, &a, "title"), "Buses at night");
    desk_same(test_json(d->t, &a, "commission.title"), "Buses at night");
    is(d, id, "invitations.0.state", "writing");
    is(d, id, "invitations.0.opinion_id", ""); /* a draft is its writer's */
    desk_as_member(d, 0);
    a = desk_page(d, "/api/v1/opinions/", opinion, "");
    i64 version = 0;
    assert_true(str_to_i64(test_json(d->t, &a, "version"), &version));
    a = test_api(d->t, PUT,
                 arena_printf(d->t->mem, "/api/v1/opinions/%lld", (long long)opinion).ptr,
                 test_versioned(d->t,
                                "{\"title\":\"No bus after eight\",\"situation\":\"Many "
                                "wait.\",\"analysis\":\"It ends early.\",\"suggestions\":\"Until "
                                "eleven.\"}",
                                version));
    assert_int_equal(a.status, 200);
    assert_int_equal(post(d, "opinions", opinion, "submit", "{}").status, 200);
    is(d, id, "invitations.0.state", "written");
    is(d, id, "written", "1");
    is(d, id, "used", "0");
    assert_int_equal(todos(d, 0), 0);
    a = desk_page(d, "/opinions/", opinion, "");
    assert_true(desk_has(&a, "应约稿而写"));
    assert_true(
        desk_has(&a, arena_printf(d->t->mem, "href=\"/commissions/%lld\"", (long long)id).ptr));
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE opinions SET signed_at = 1 WHERE org_id = :org AND id = "
                         ":opinion",
                         P(opinion)),
                     NULL));
    is(d, id, "used", "1");
    a = test_get(d->t, "/commissions");
    assert_true(desk_has(&a, "约稿 1 次，写来 1 件，刊用 1 件"));
    /* Written is written, on both pages alike, when the desk gives the opinion back. */
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE opinions SET state = 'draft', signed_at = 0 WHERE org_id = :org "
                         "AND id = :opinion",
                         P(opinion)),
                     NULL));
    is(d, id, "written", "1");
    a = test_get(d->t, "/commissions");
    assert_true(desk_has(&a, "约稿 1 次，写来 1 件，刊用 0 件"));
}

static void one_declines_with_a_reason_and_the_rest_lapses(void **state)
{
    struct desk *d = *state;
    i64 id = sent(d), first = invitation(d, 0), second = invitation(d, 1);
    desk_as_member(d, 1);
    assert_int_equal(post(d, "invitations", second, "decline", "{}").status, 422);
    assert_int_equal(post(d, "invitations", first, "write", "{}").status, 404); /* not his */
    assert_int_equal(
        post(d, "invitations", second, "decline", "{\"opinion\":\"I am away.\"}").status, 200);
    is(d, id, "invitations.1.reason", "I am away.");
    is(d, id, "waiting", "1");
    assert_int_equal(post(d, "commissions", id, "close", "{}").status, 200);
    is(d, id, "invitations.0.state", "lapsed");
    is(d, id, "invitations.1.state", "declined");
    assert_int_equal(todos(d, 0), 0);
    desk_as_member(d, 0);
    assert_int_equal(post(d, "invitations", first, "write", "{}").status, 409);
    assert_int_equal(test_get(d->t, "/commissions").status, 403);
}

static void who_has_not_written_is_pressed_within_the_cap(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 id = sent(d);
    assert_int_equal(post(d, "commissions", id, "remind", "{}").status, 200);
    assert_int_equal(desk_count(d,
                                SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND "
                                    "words = '请您写约稿：Buses at night，最晚 2026年12月10日'")),
                     1);
    struct test_answer a = post(d, "commissions", id, "remind", "{}");
    assert_int_equal(a.status, 409);
    assert_true(desk_has(&a, "今天已经提醒过 1 次"));
    d->t->app.clock.fixed_ms += INT64_C(86400000);
    desk_set(d, "commissions.reminds_per_day", "0"); /* never, on no day */
    assert_int_equal(post(d, "commissions", id, "remind", "{}").status, 409);
    desk_set(d, "commissions.reminds_per_day", "5");
    for (size_t i = 0; i < 2; i++) {
        desk_as_member(d, i);
        assert_int_equal(
            post(d, "invitations", invitation(d, i), "decline", "{\"opinion\":\"No.\"}").status,
            200);
    }
    as(d, "editor");
    a = post(d, "commissions", id, "remind", "{}");
    assert_int_equal(a.status, 409);
    assert_true(desk_has(&a, "都答复了"));
}

static void it_says_what_it_needs(void **state)
{
    struct desk *d = *state;
    struct test_answer a = send_with(d, "\"audience\":[\"members\"],\"due_on\":\"2020-01-01\"");
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "这一天已经过去了"));
    a = send_with(d, "\"audience\":[\"agencies\"]"); /* units write no opinions */
    assert_int_equal(a.status, 422);
    a = send_with(d, "\"audience\":[]");
    assert_int_equal(a.status, 422);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM invitations WHERE org_id = :org")), 0);
    a = send_with(d, "\"audience\":[\"members\"]");
    assert_int_equal(a.status, 200);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM commissions WHERE org_id = :org AND "
                                       "due_on > 20000")),
                     1); /* by the setting */
    desk_as_other_member(d);
    a = test_api(d->t, GET, "/api/v1/invitations", NULL);
    assert_int_equal(test_json(d->t, &a, "items.0.id").len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_invited_member_writes_and_the_opinion_remembers,
                                        desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(one_declines_with_a_reason_and_the_rest_lapses, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(who_has_not_written_is_pressed_within_the_cap, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(it_says_what_it_needs, desk_setup, desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
