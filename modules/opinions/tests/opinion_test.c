/* SPDX-License-Identifier: MulanPSL-2.0 */
/* An opinion from its first word to what came of it: what must be there, limits, days, numbers,
 * each step of the desk with what the writer then reads, who sees and who is noted, joint
 * reporters, versions, conflicts; the other organisation. Expectations: README.md, rules.md 3. */
#include "modules/opinions/reporter.h"
#include "modules/proposals/tests/desk.h"
#include "platform/calendar/calendar.h"
#include "platform/jobs/jobs.h"

static const char WHOLE[] =
    "{\"title\":\"No bus after eight in Hexi\",\"situation\":\"Eight thousand "
    "people live west of the river.\",\"analysis\":\"The line ends at "
    "eight.\",\"suggestions\":\"Let it run until eleven.\"%s}";

static const char *whole(struct desk *d, const char *more)
{
    return arena_printf(d->t->mem, WHOLE, more).ptr;
}

static void as_editor(struct desk *d)
{
    struct actor *actor = test_as_role(d->t, "editor");
    actor->account_id = 140;
    actor->person_id = 0;
    d->actor = actor;
}

static i64 number_of(struct desk *d, struct test_answer *a, const char *member)
{
    i64 n = 0;
    if (!str_to_i64(test_json(d->t, a, member), &n))
        fail_msg("no %s: %d %.*s", member, a->status, (int)a->body.len, a->body.ptr);
    return n;
}

static i64 written(struct desk *d, const char *json)
{
    struct test_answer a = test_api(d->t, POST, "/api/v1/opinions", json);
    if (a.status != 201)
        fail_msg("write: %d %.*s", a.status, (int)a.body.len, a.body.ptr);
    return number_of(d, &a, "id");
}

static struct test_answer one(struct desk *d, const char *what, i64 id)
{
    return test_get(d->t, arena_printf(d->t->mem, "/api/v1/%s/%lld", what, (long long)id).ptr);
}

static struct test_answer step(struct desk *d, const char *what, i64 id, const char *verb,
                               const char *json)
{
    struct test_answer a = one(d, what, id);
    i64 version = a.status == 200 ? number_of(d, &a, "version") : 1;
    str path = arena_printf(d->t->mem, "/api/v1/%s/%lld/%s", what, (long long)id, verb);
    return test_api(d->t, POST, path.ptr, test_versioned(d->t, json, version));
}

static int act(struct desk *d, i64 id, const char *verb, const char *json)
{
    return step(d, "opinions", id, verb, json).status;
}

static void is(struct desk *d, i64 id, const char *member, const char *wanted)
{
    struct test_answer a = one(d, "opinions", id);
    assert_int_equal(a.status, 200);
    desk_same(test_json(d->t, &a, member), wanted);
}

static i64 sent(struct desk *d, const char *more)
{
    i64 id = written(d, whole(d, more));
    assert_int_equal(act(d, id, "submit", "{}"), 200);
    return id;
}

static i64 count(struct desk *d, struct sql sql)
{
    i64 n = 0;
    assert_int_equal(db_i64(d->t->db, sql, &n).code, ERR_NONE);
    return n;
}

static i64 openings(struct desk *d)
{
    return count(d, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = "
                        "'opinions.read'"));
}

/* ---- what must be there ---- */

static void a_part_is_missing(void **state)
{
    struct desk *d = *state;
    desk_as_member(d, 0);
    i64 id = written(d, "{\"title\":\"Only a title\"}");
    struct test_answer a = step(d, "opinions", id, "submit", "{}");
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "situation") && test_has(&a, "analysis") &&
                test_has(&a, "suggestions"));
    assert_false(test_has(&a, "urgent_reason"));
    i64 urgent = written(d, whole(d, ",\"urgent\":true"));
    a = step(d, "opinions", urgent, "submit", "{}");
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "urgent_reason") && !test_has(&a, "situation"));
}

/* 1,500 characters of all parts together fit, one more does not. */
static void the_limit_counts_all_parts(void **state)
{
    struct desk *d = *state;
    struct buf *b = buf_new(d->t->mem, 4096);
    for (size_t i = 0; i < 1498; i++)
        buf_add(b, str_of("x"));
    const char *most = arena_cstr(d->t->mem, buf_str(b));
    desk_as_member(d, 0);
    str fits = arena_printf(d->t->mem,
                            "{\"title\":\"T\",\"situation\":\"%s\",\"analysis\":\"y\","
                            "\"suggestions\":\"z\"}",
                            most);
    str over = arena_printf(d->t->mem,
                            "{\"title\":\"T\",\"situation\":\"%s\",\"analysis\":\"y\","
                            "\"suggestions\":\"zz\"}",
                            most);
    written(d, fits.ptr);
    struct test_answer a = test_api(d->t, POST, "/api/v1/opinions", over.ptr);
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "1501"));
}

/* ---- steps ---- */

/* Sent on Thursday 2026-09-24; 25 to 27 September are off: 3 working days end on Wednesday the
 * 30th, one on Monday the 28th. */
static void days_follow_the_calendar(void **state)
{
    struct desk *d = *state;
    assert_ok(calendar_start(&d->t->app, d->t->db));
    desk_on_day(d, "2026-09-24");
    desk_as_member(d, 0);
    i64 common = sent(d, "");
    i64 urgent = sent(d, ",\"urgent\":true,\"urgent_reason\":\"The bank slides.\"");
    is(d, common, "choose_due_on", "2026-09-30");
    is(d, urgent, "choose_due_on", "2026-09-28");
    as_editor(d);
    struct test_answer a = test_get(d->t, "/api/v1/opinions/desk");
    assert_int_equal(a.status, 200);
    assert_int_equal(number_of(d, &a, "submitted.0.id"), urgent); /* first, though later */
    assert_int_equal(number_of(d, &a, "submitted.1.id"), common);
}

static void kept_with_a_reason_then_taken(void **state)
{
    struct desk *d = *state;
    desk_as_member(d, 0);
    i64 id = sent(d, "");
    is(d, id, "state", "submitted");
    assert_int_equal(act(d, id, "take", "{\"category\":\"city\"}"), 403);
    as_editor(d);
    assert_int_equal(act(d, id, "keep", "{}"), 422); /* why? */
    assert_int_equal(act(d, id, "keep", "{\"keep_reason\":\"vague\",\"opinion\":\"Which line?\"}"),
                     200);
    assert_int_equal(act(d, id, "keep", "{\"keep_reason\":\"vague\"}"), 409);
    desk_as_member(d, 0);
    struct test_answer a = desk_page(d, "/opinions/", id, "");
    assert_true(desk_has(&a, "Which line?") && desk_has(&a, "情况或建议还不够具体"));
    assert_int_equal(act(d, id, "recall", "{}"), 409);
    as_editor(d);
    assert_int_equal(act(d, id, "take", "{\"category\":\"nonsense\"}"), 422);
    assert_int_equal(act(d, id, "take", "{\"category\":\"city\"}"), 200);
    is(d, id, "state", "taken");
    is(d, id, "keep_reason", "");
}

static void returned_it_keeps_its_number(void **state)
{
    struct desk *d = *state;
    desk_as_member(d, 0);
    i64 id = sent(d, ""), second = sent(d, "");
    is(d, id, "number", "社情〔2026〕0001号");
    is(d, second, "number", "社情〔2026〕0002号");
    as_editor(d);
    assert_int_equal(act(d, id, "revise", "{}"), 422);
    assert_int_equal(act(d, id, "revise", "{\"opinion\":\"How many wait?\"}"), 200);
    assert_int_equal(one(d, "opinions", id).status, 404); /* a draft is its writer's */
    desk_as_member(d, 0);
    struct test_answer a = desk_page(d, "/opinions/", id, "/draft");
    assert_true(desk_has(&a, "How many wait?"));
    i64 writer = d->actor->person_id;
    assert_int_equal(count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow = "
                                  "'opinions' AND subject_id = :id AND verb = 'submit' AND holder "
                                  "= 'person' AND holder_id = :writer",
                                  P(id), P(writer))),
                     1);
    assert_int_equal(act(d, id, "submit", "{}"), 200);
    is(d, id, "number", "社情〔2026〕0001号");
    is(d, id, "returned", "");
    assert_int_equal(act(d, second, "recall", "{}"), 200);
    is(d, second, "state", "draft");
}

/* Where a page goes on after a step: where its actor may still look. */
static void nobody_lands_where_he_may_not_look(void **state)
{
    static const struct {
        const char *verb, *field, *value;
        bool stays;
    } STEPS[] = { { "take", "category", "city", true },
                  { "revise", "opinion", "How many?", false } };
    struct desk *d = *state;
    for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS; i++) {
        desk_as_member(d, 0);
        i64 id = sent(d, "");
        as_editor(d);
        struct test_answer a = one(d, "opinions", id);
        str version = test_json(d->t, &a, "version");
        const char *page = arena_printf(d->t->mem, "/opinions/%lld", (long long)id).ptr;
        a = test_post(d->t, arena_printf(d->t->mem, "%s/%s", page, STEPS[i].verb).ptr, "version",
                      arena_cstr(d->t->mem, version), STEPS[i].field, STEPS[i].value, NULL);
        assert_int_equal(a.status, 303);
        desk_same(a.location, STEPS[i].stays ? page : "/home");
    }
}

/* ---- who sees ---- */

static void only_who_may_sees_and_is_noted(void **state)
{
    struct desk *d = *state;
    static const char *const OTHERS[] = { "staff",    "reviewer",      "dispatcher",
                                          "operator", "agency_leader", "publisher" };
    desk_as_member(d, 0);
    i64 draft = written(d, whole(d, "")), id = sent(d, "");
    i64 before = openings(d);
    assert_int_equal(desk_page(d, "/opinions/", id, "").status, 200);
    assert_int_equal(openings(d), before); /* his own */
    desk_as_member(d, 1);
    assert_int_equal(desk_page(d, "/opinions/", id, "").status, 404);
    assert_int_equal(desk_page(d, "/opinions/", id, "/versions").status, 404);
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) {
        test_as_role(d->t, OTHERS[i]);
        assert_int_equal(desk_page(d, "/opinions/", id, "").status, 403);
        assert_int_equal(test_get(d->t, "/opinions").status, 403);
    }
    desk_as_other_member(d);
    assert_int_equal(desk_page(d, "/opinions/", id, "").status, 404);
    as_editor(d);
    assert_int_equal(desk_page(d, "/opinions/", draft, "").status, 404);
    assert_int_equal(openings(d), before);
    assert_int_equal(desk_page(d, "/opinions/", id, "").status, 200);
    assert_int_equal(openings(d), before + 1);
    assert_int_equal(one(d, "opinions", id).status, 200);
    assert_int_equal(desk_page(d, "/opinions/", id, "/versions").status, 200);
    assert_int_equal(openings(d), before + 3);
    struct test_answer a = test_get(d->t, "/api/v1/opinions");
    assert_int_equal(number_of(d, &a, "total"), 1);
    assert_false(test_has(&a, "Eight thousand")); /* titles only */
}

/* ---- together ---- */

static i64 invitation(struct desk *d, i64 opinion_id, i64 person_id)
{
    return count(d, SQL("SELECT COALESCE(MAX(id), 0) FROM reporters WHERE org_id = :org AND "
                        "opinion_id = :opinion_id AND person_id = :person_id AND state <> "
                        "'lapsed'",
                        P(opinion_id), P(person_id)));
}

static void names_must_mean_somebody(void **state)
{
    struct desk *d = *state;
    static const struct {
        const char *joint, *fault;
    } CASES[] = { { "Nobody", "opinions.joint_unknown" },
                  { "Li", "opinions.joint_self" },
                  { "Wang,Wang", "opinions.joint_twice" },
                  { "Qian", "opinions.joint_unknown" } }; /* of the other house */
    desk_as_member(d, 0);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        str more = arena_printf(d->t->mem, ",\"joint\":\"%s\"", CASES[i].joint);
        i64 id = written(d, whole(d, more.ptr));
        struct test_answer a = step(d, "opinions", id, "submit", "{}");
        assert_int_equal(a.status, 422);
        assert_true(test_has(&a, CASES[i].fault));
    }
}

static void who_agrees_is_named(void **state)
{
    struct desk *d = *state;
    desk_as_member(d, 0);
    i64 id = sent(d, ",\"joint\":\"Wang、Zhao\"");
    i64 wang = invitation(d, id, d->person[1]), zhao = invitation(d, id, d->person[2]);
    assert_int_equal(one(d, "reporters", wang).status, 404); /* not his */
    desk_as_member(d, 1);
    assert_int_equal(step(d, "reporters", zhao, "join", "{}").status, 404);
    struct test_answer a = desk_page(d, "/reporters/", wang, "");
    assert_true(a.status == 200 && desk_has(&a, "Eight thousand"));
    assert_int_equal(step(d, "reporters", wang, "join", "{}").status, 200);
    assert_int_equal(step(d, "reporters", wang, "decline", "{}").status, 409);
    assert_int_equal(one(d, "opinions", id).status, 200);
    assert_int_equal(act(d, id, "recall", "{}"), 403); /* the writer's */
    desk_as_member(d, 2);
    assert_int_equal(step(d, "reporters", zhao, "decline", "{}").status, 200);
    assert_int_equal(one(d, "opinions", id).status, 404);
    as_editor(d);
    is(d, id, "reporters.0.state", "joined");
    is(d, id, "reporters.1.state", "declined");
    assert_int_equal(act(d, id, "revise", "{\"opinion\":\"How many?\"}"), 200);
    assert_int_equal(invitation(d, id, d->person[1]), 0); /* he agreed to another text */
    desk_as_member(d, 0);
    assert_int_equal(act(d, id, "submit", "{}"), 200);
    assert_true(invitation(d, id, d->person[1]) > wang);
}

/* Asked on Wednesday at 9; a day later at 9 it still runs, a minute after it is over. */
static void silence_is_not_named(void **state)
{
    struct desk *d = *state;
    desk_as_member(d, 0);
    i64 id = sent(d, ",\"joint\":\"Wang\""), wang = invitation(d, id, d->person[1]);
    desk_on_day(d, "2026-11-26");
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
    assert_int_equal(invitation(d, id, d->person[1]), wang);
    desk_on_day(d, "2026-11-27");
    desk_as_member(d, 1);
    struct test_answer a = step(d, "reporters", wang, "join", "{}");
    assert_int_equal(a.status, 409);
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
    assert_int_equal(invitation(d, id, d->person[1]), 0);
}

/* ---- saving ---- */

static void nothing_typed_is_lost(void **state)
{
    struct desk *d = *state;
    desk_as_member(d, 0);
    i64 id = written(d, whole(d, ""));
    str path = arena_printf(d->t->mem, "/api/v1/opinions/%lld", (long long)id);
    struct test_answer a = one(d, "opinions", id);
    i64 seen = number_of(d, &a, "version");
    const char *again = test_versioned(d->t, whole(d, ",\"category\":\"city\""), seen);
    assert_int_equal(test_api(d->t, PUT, path.ptr, again).status, 200);
    again = test_versioned(d->t, "{\"title\":\"Another\"}", seen);
    a = test_api(d->t, PUT, path.ptr, again);
    assert_int_equal(a.status, 409);
    assert_true(test_has(&a, "Another") && test_has(&a, "Hexi"));
    a = test_get(d->t, arena_printf(d->t->mem, "%s/versions", path.ptr).ptr);
    assert_int_equal(a.status, 200);
    desk_same(test_json(d->t, &a, "items.0.reason"), "save");
    desk_same(test_json(d->t, &a, "items.1.reason"), "save");
    desk_as_member(d, 1);
    assert_int_equal(test_api(d->t, PUT, path.ptr, again).status, 404);
}

static void as_correspondent(struct desk *d, i64 account_id)
{
    struct actor *actor = test_as_role(d->t, "correspondent");
    actor->account_id = account_id;
    actor->person_id = actor->member_id = 0;
    test_may(actor, "opinions.read", SCOPE_SELF);
    test_may(actor, "opinions.write", SCOPE_SELF);
}

/* A correspondent without a person of the roster writes, and sees his own. */
static void an_account_without_a_person_writes(void **state)
{
    struct desk *d = *state;
    as_correspondent(d, 150);
    i64 id = sent(d, "");
    is(d, id, "kind", "correspondent");
    as_correspondent(d, 151);
    assert_int_equal(one(d, "opinions", id).status, 404);
    as_editor(d);
    assert_int_equal(act(d, id, "take", "{\"category\":\"city\"}"), 200);
    as_correspondent(d, 150);
    is(d, id, "state", "taken");
}

static void similar_ones_are_those_one_may_see(void **state)
{
    struct desk *d = *state;
    static const char ASKED[] = "/api/v1/opinions/similar?title=No+bus+after+eight+in+Hexi";
    desk_as_member(d, 0);
    i64 id = sent(d, "");
    struct test_answer a = test_get(d->t, ASKED);
    assert_int_equal(number_of(d, &a, "items.0.id"), id);
    desk_as_member(d, 1);
    a = test_get(d->t, ASKED);
    assert_false(test_has(&a, "Hexi"));
    as_editor(d);
    a = test_get(d->t, ASKED);
    assert_int_equal(number_of(d, &a, "items.0.id"), id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_part_is_missing, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(the_limit_counts_all_parts, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(days_follow_the_calendar, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(kept_with_a_reason_then_taken, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(returned_it_keeps_its_number, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(nobody_lands_where_he_may_not_look, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(only_who_may_sees_and_is_noted, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(names_must_mean_somebody, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(who_agrees_is_named, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(silence_is_not_named, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(nothing_typed_is_lost, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(an_account_without_a_person_writes, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(similar_ones_are_those_one_may_see, desk_setup,
                                        desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
