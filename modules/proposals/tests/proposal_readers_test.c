/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who reads what, where rules go beyond role and state: a proposer who does not agree to
 * publication, what is still under review, texts written on a delegation, who is told. Both
 * engines. Roles and states: proposal_rules_test.c. */
#include "modules/proposals/proposal_store.h"
#include "modules/proposals/tests/desk_look.h"

/* rules.md 2.1: whether it may be published, and the reason; the form says who sees it then. */
static void without_consent_other_members_see_nothing(void **state)
{
    static const char *const PATHS[][2] = { { "/proposals/", "" },
                                            { "/proposals/", "/pdf" },
                                            { "/api/v1/proposals/", "" },
                                            { "/api/v1/proposals/", "/similar" } };
    struct desk *d = *state;
    i64 id = desk_answered(d, "A quiet matter of the bridge");
    desk_set_private(d, id);
    desk_as_member(d, 1);
    for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++)
        assert_int_equal(desk_page(d, PATHS[i][0], id, PATHS[i][1]).status, 404);
    assert_int_equal(desk_total(d, "/api/v1/proposals"), 0);
    assert_int_equal(desk_total(d, "/api/v1/proposals?q=quiet"), 0);
    struct test_answer a =
        test_get(d->t, "/api/v1/proposals/similar?title=A+quiet+matter+of+the+bridge");
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, "quiet"));
    i64 assignment = desk_assignment(d, id);
    desk_as_member(d, 1);
    assert_int_equal(desk_page(d, "/api/v1/assignments/", assignment, "").status, 404);
    desk_as_member(d, 0); /* his own he sees as before */
    assert_int_equal(desk_total(d, "/api/v1/proposals"), 1);
}

/* The reason is the proposer's and the office's; the agency works on it without. */
static void the_reason_is_not_for_agencies(void **state)
{
    struct desk *d = *state;
    i64 id = desk_answered(d, "A quiet matter");
    desk_set_private(d, id);
    static const struct {
        const char *before;
    } PATHS[] = { { "/proposals/" }, { "/api/v1/proposals/" } };
    for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++) {
        desk_as_operator(d, 0);
        struct test_answer a = desk_page(d, PATHS[i].before, id, "");
        assert_int_equal(a.status, 200);
        assert_false(desk_has(&a, "Ongoing talks."));
        desk_as_reviewer(d);
        a = desk_page(d, PATHS[i].before, id, "");
        assert_true(desk_has(&a, "Ongoing talks."));
        desk_as_member(d, 0);
        a = desk_page(d, PATHS[i].before, id, "");
        assert_true(desk_has(&a, "Ongoing talks."));
    }
}

/* ---- under review ---- */

static void the_dispatcher_begins_where_the_review_ends(void **state)
{
    struct desk *d = *state;
    i64 submitted = desk_submitted(d, "Under review");
    i64 docketed = desk_docketed(d, "On the list");
    desk_as_dispatcher(d);
    assert_int_equal(desk_page(d, "/proposals/", submitted, "").status, 404);
    assert_int_equal(desk_page(d, "/proposals/", docketed, "").status, 200);
    assert_int_equal(desk_page(d, "/proposals/", docketed, "/versions").status, 404);
    assert_int_equal(desk_total(d, "/api/v1/proposals"), 1);
}

/* ---- delegation ---- */

enum { DELEGATE = 777 };

static struct actor *as_delegate(struct desk *d)
{
    desk_as_member(d, 0);
    struct actor actor = *d->actor;
    actor.delegator_account_id = actor.account_id;
    actor.delegator_name = str_of("Li");
    actor.account_id = DELEGATE;
    actor.name = str_of("Helper");
    return test_as(d->t, &actor);
}

static void what_was_written_on_a_delegation_stays_the_givers(void **state)
{
    struct desk *d = *state;
    i64 id = 0;
    as_delegate(d);
    struct test_answer a = test_api(d->t, POST, "/api/v1/proposals", desk_text(d, "Dictated"));
    assert_int_equal(a.status, 201);
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    struct proposal p = desk_load(d, id);
    assert_int_equal(p.created_by, 300); /* the giver's account */
    assert_int_equal(p.transcribed_by, DELEGATE);
    assert_int_equal(desk_page(d, "/proposals/", id, "/edit").status, 200);
    a = desk_page(d, "/proposals/", id, "/versions");
    assert_true(desk_has(&a, "Helper"));
    desk_as_member(d, 1); /* the same person as himself, after the delegation */
    struct actor actor = *d->actor;
    actor.account_id = DELEGATE;
    test_as(d->t, &actor);
    assert_int_equal(desk_page(d, "/proposals/", id, "").status, 404);
    assert_int_equal(desk_page(d, "/proposals/", id, "/edit").status, 404);
    desk_as_member(d, 0);
    assert_int_equal(desk_page(d, "/proposals/", id, "/edit").status, 200);
}

/* Who may no longer write for others loses what he typed in. */
static void transcribing_is_an_office_not_a_possession(void **state)
{
    struct desk *d = *state;
    i64 id = 0;
    desk_as_staff(d);
    str json = arena_printf(d->t->mem, "{\"title\":\"Dictated\",\"proposer_id\":%lld}",
                            (long long)d->member[1]);
    struct test_answer a = test_api(d->t, POST, "/api/v1/proposals", json.ptr);
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    assert_int_equal(desk_total(d, "/api/v1/proposals"), 1); /* finds it again */
    desk_as_reviewer(d);
    struct actor actor = *d->actor;
    actor.account_id = 110; /* the same account in another office */
    test_as(d->t, &actor);
    assert_int_equal(desk_page(d, "/proposals/", id, "").status, 404);
}

static const char REJECT[] =
    "{\"reason\":\"empty\",\"destination\":\"refer\",\"opinion\":\"No suggestion.\"}";

/* rules.md 2.2, 13.6: where nobody can be told here, staff tell him in writing and say when. */
static void who_has_no_account_is_told_in_writing(void **state)
{
    struct desk *d = *state;
    i64 id = desk_submitted(d, "By post");
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "reject", REJECT), 200);
    assert_true(desk_load(d, id).unreached); /* nobody at this desk has an account */
    assert_int_equal(desk_todos(d, id, "inform"), 1);
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, id, "inform", "{\"informed_on\":\"2026-11-25\"}"), 403);
    desk_as_staff(d);
    assert_int_equal(desk_act(d, id, "inform",
                              "{\"informed_on\":\"2026-11-26\",\"opinion\":\"Letter.\"}"),
                     422); /* not yet */
    assert_int_equal(
        desk_act(d, id, "inform", "{\"informed_on\":\"2026-11-25\",\"opinion\":\"Letter.\"}"), 200);
    assert_int_equal(desk_todos(d, id, "inform"), 0);
    struct test_answer a = desk_page(d, "/api/v1/proposals/", id, "");
    desk_same(test_json(d->t, &a, "informed_on"), "2026-11-25");
    assert_int_equal(
        desk_act(d, id, "inform", "{\"informed_on\":\"2026-11-25\",\"opinion\":\"Again.\"}"), 409);
}

static void who_has_an_account_is_told_here(void **state)
{
    struct desk *d = *state;
    i64 id = desk_submitted(d, "On line"), person_id = d->person[0], told = 0;
    assert_ok(db_run(d->t->db,
                     SQL("INSERT INTO accounts (org_id, login_name, name, state, person_id, "
                         "created_at) VALUES (:org, 'li', 'Li', 'active', :person_id, 1)",
                         P(person_id)),
                     NULL));
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "reject", REJECT), 200);
    assert_false(desk_load(d, id).unreached);
    assert_int_equal(desk_todos(d, id, "inform"), 0);
    assert_ok(
        db_i64(d->t->db, SQL("SELECT count(*) AS n FROM deliveries WHERE org_id = :org"), &told));
    assert_true(told > 0);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(without_consent_other_members_see_nothing),
        T(the_reason_is_not_for_agencies),
        T(the_dispatcher_begins_where_the_review_ends),
        T(what_was_written_on_a_delegation_stays_the_givers),
        T(transcribing_is_an_office_not_a_possession),
        T(who_has_no_account_is_told_in_writing),
        T(who_has_an_account_is_told_here),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
