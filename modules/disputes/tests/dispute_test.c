/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A contested refusal (rules.md 2.3): the meeting, the decision by name, who sees what, two
 * organisations. What it does to days is in modules/assignments. 2026-11-25 is a Wednesday. */
#include "modules/assignments/assignment.h"
#include "modules/proposals/tests/desk_look.h"

static i64 of_proposal(struct desk *d, i64 id)
{
    return desk_count(d, SQL("SELECT MAX(id) FROM disputes WHERE org_id = :org AND matter_id = :id",
                             P(id)));
}

static int on_assignment(struct desk *d, i64 assignment, const char *verb, const char *json)
{
    char path[100];
    snprintf(path, sizeof path, "/api/v1/assignments/%lld/%s", (long long)assignment, verb);
    return test_api(d->t, POST, path,
                    test_versioned(d->t, json, desk_assignment_version(d, assignment)))
        .status;
}

/* Contested by agency 0 on 2026-12-03; agency 1 should have it. */
static i64 contested(struct desk *d, const char *title, i64 *assignment)
{
    char json[200];
    i64 id = desk_assigned(d, title);
    *assignment = desk_assignment(d, id);
    desk_as_operator(d, 0);
    assert_int_equal(on_assignment(d, *assignment, "bounce", "{\"opinion\":\"NOT-OURS\"}"), 200);
    desk_on_day(d, "2026-12-01");
    desk_as_dispatcher(d);
    assert_int_equal(on_assignment(d, *assignment, "uphold", "{\"opinion\":\"IT-IS-YOURS\"}"), 200);
    desk_on_day(d, "2026-12-03");
    desk_as_operator(d, 0);
    snprintf(json, sizeof json, "{\"opinion\":\"THE-LIST-SAYS\",\"better_agency_id\":%lld}",
             (long long)d->agency[1]);
    assert_int_equal(on_assignment(d, *assignment, "dispute", json), 200);
    return id;
}

static int hear(struct desk *d, i64 dispute, const char *held_on)
{
    char path[100], json[200];
    snprintf(path, sizeof path, "/api/v1/disputes/%lld/hear", (long long)dispute);
    snprintf(json, sizeof json,
             "{\"held_on\":\"%s\",\"present\":\"Both sides\",\"record\":\"WHAT-WAS-SAID\"}",
             held_on);
    return test_api(d->t, POST, path, test_versioned(d->t, json, 1)).status;
}

static str field(struct desk *d, i64 dispute, const char *name)
{
    struct test_answer a = desk_page(d, "/api/v1/disputes/", dispute, "");
    assert_int_equal(a.status, 200);
    return test_json(d->t, &a, name);
}

static void it_is_heard_and_moved_by_a_leader(void **state)
{
    struct desk *d = *state;
    char json[200];
    i64 assignment = 0, id = contested(d, "A bridge", &assignment), dispute = of_proposal(d, id);
    desk_same(field(d, dispute, "state"), "opened");
    desk_same(field(d, dispute, "better_name"), "Health");
    assert_int_equal(hear(d, dispute, "2026-12-03"), 403); /* by who hands out */
    desk_as_dispatcher(d);
    assert_int_equal(hear(d, dispute, "2026-12-02"), 422); /* before it was contested */
    assert_int_equal(hear(d, dispute, "2026-12-04"), 422); /* to come */
    desk_on_day(d, "2026-12-07");
    assert_int_equal(hear(d, dispute, "2026-12-07"), 200);
    assert_int_equal(hear(d, dispute, "2026-12-07"), 409); /* once */
    desk_on_day(d, "2026-12-09");
    snprintf(json, sizeof json, "{\"agency_id\":%lld,\"decided_by\":\"Vice mayor Wang\"}",
             (long long)d->agency[1]);
    assert_int_equal(on_assignment(d, assignment, "reassign", json), 200);
    desk_same(field(d, dispute, "state"), "decided");
    desk_same(field(d, dispute, "decision"), "moved");
    desk_same(field(d, dispute, "decider"), "Vice mayor Wang");
    desk_as_operator(d, 0); /* the end of its own request; the assignment it sees no more */
    desk_same(field(d, dispute, "decision"), "moved");
    struct test_answer a = desk_page(d, "/disputes/", dispute, "");
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, "看承办件和提案全文"));
    assert_int_equal(desk_page(d, "/assignments/", assignment, "").status, 404);
}

static void upheld_by_a_leader(void **state)
{
    struct desk *d = *state;
    i64 assignment = 0, id = contested(d, "A bridge", &assignment), dispute = of_proposal(d, id);
    desk_as_dispatcher(d);
    desk_on_day(d, "2026-12-07");
    assert_int_equal(hear(d, dispute, "2026-12-07"), 200);
    desk_on_day(d, "2026-12-09");
    assert_int_equal(on_assignment(d, assignment, "uphold",
                                   "{\"opinion\":\"Yours.\",\"decided_by\":\"Mayor Li\"}"),
                     200);
    desk_same(field(d, dispute, "decision"), "upheld");
    desk_same(field(d, dispute, "decider"), "Mayor Li");
    desk_same(field(d, dispute, "steps.0.words"), "NOT-OURS");
    desk_same(field(d, dispute, "steps.1.words"), "IT-IS-YOURS");
    desk_same(field(d, dispute, "steps.2.words"), "THE-LIST-SAYS");
    desk_same(field(d, dispute, "steps.3.words"), "WHAT-WAS-SAID");
    desk_same(field(d, dispute, "steps.4.words"), "Yours.");
}

static void who_sees_it(void **state)
{
    struct desk *d = *state;
    i64 assignment = 0, id = contested(d, "A bridge", &assignment), dispute = of_proposal(d, id);
    struct test_answer a = desk_page(d, "/assignments/", assignment, "");
    assert_true(desk_has(&a, "THE-LIST-SAYS"));
    assert_int_equal(desk_total(d, "/api/v1/disputes"), 1);
    desk_as_operator(d, 1);
    assert_int_equal(desk_page(d, "/disputes/", dispute, "").status, 404);
    assert_int_equal(desk_total(d, "/api/v1/disputes"), 0);
    desk_as_member(d, 0);
    assert_int_equal(desk_page(d, "/disputes/", dispute, "").status, 403);
    a = desk_page(d, "/proposals/", id, "");
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, "THE-LIST-SAYS"));
    desk_as_reviewer(d);
    assert_int_equal(desk_page(d, "/disputes/", dispute, "").status, 403);
    desk_as_dispatcher(d);
    d->actor->org_id = OTHER_ORG;
    assert_int_equal(desk_page(d, "/disputes/", dispute, "").status, 404);
    assert_int_equal(hear(d, dispute, "2026-12-03"), 404);
}

static i64 waiting(struct desk *d, const char *flow_name, const char *verb_name)
{
    str flow = str_of(flow_name), verb = str_of(verb_name);
    return desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow = :flow AND "
                             "verb = :verb",
                             P(flow), P(verb)));
}

/* Nobody hears the case of the agency that he works for; then hears and decides who may. */
static void each_in_his_turn(void **state)
{
    struct desk *d = *state;
    i64 assignment = 0, id = contested(d, "A bridge", &assignment), dispute = of_proposal(d, id);
    desk_as_dispatcher(d);
    d->actor->agency_id = d->agency[0];
    assert_int_equal(hear(d, dispute, "2026-12-03"), 403);
    d->actor->agency_id = 0;
    assert_int_equal(waiting(d, "disputes", "hear"), 1);
    assert_int_equal(waiting(d, "assignments", "reassign"), 0);
    struct test_answer a = desk_page(d, "/disputes/", dispute, "");
    assert_true(desk_has(&a, "先开协调会并登记"));
    assert_int_equal(desk_page(d, "/disputes/", dispute, "/hear").status, 200);
    assert_int_equal(hear(d, dispute, "2026-12-03"), 200);
    a = desk_page(d, "/disputes/", dispute, "");
    assert_true(desk_has(&a, "/reassign"));
    assert_int_equal(waiting(d, "disputes", "hear"), 0);
    assert_int_equal(waiting(d, "assignments", "reassign"), 1);
}

static err cancel_in(struct rq *rq, void *context)
{
    return assignment_cancel(rq, "proposals", *(const i64 *)context);
}

static void it_ends_with_the_matter(void **state)
{
    struct desk *d = *state;
    i64 assignment = 0, id = contested(d, "A bridge", &assignment), dispute = of_proposal(d, id);
    assert_int_equal(test_write(d->t, cancel_in, &id).code, ERR_NONE);
    desk_as_dispatcher(d);
    desk_same(field(d, dispute, "state"), "decided");
    desk_same(field(d, dispute, "decision"), "dropped");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_is_heard_and_moved_by_a_leader, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(upheld_by_a_leader, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(who_sees_it, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(each_in_his_turn, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(it_ends_with_the_matter, desk_setup, desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
