/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Steps beside the straight road: goes on as a letter, taken back, a changed mind about
 * publication, marks of the office, screening first, case numbers of a term. Who may, from where,
 * what is told, what stays. Both engines, two organisations. Face to face and the archive:
 * proposal_endings_test.c. */
#include "modules/assignments/assignment.h"
#include "modules/orgs/org.h"
#include "modules/proposals/proposal_store.h"
#include "modules/proposals/tests/desk_look.h"

static const char DIVERT[] = "{\"destination\":\"letter\",\"opinion\":\"A matter of one street.\"}";
static const char ASK[] = "{\"opinion\":\"The bus runs since Monday.\"}";
static const char AGREE[] = "{\"opinion\":\"Good to hear.\"}";

/* ---- goes on as something else ---- */

static void a_diverted_one_says_where_it_went(void **state)
{
    struct desk *d = *state;
    i64 id = desk_submitted(d, "A lamp in our street");
    desk_as_staff(d);
    assert_int_equal(desk_act(d, id, "divert", DIVERT), 403);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "divert", "{\"destination\":\"letter\"}"), 422);
    assert_int_equal(desk_act(d, id, "divert", "{\"destination\":\"refer\",\"opinion\":\"No.\"}"),
                     422);
    assert_int_equal(desk_act(d, id, "divert", DIVERT), 200);
    struct proposal p = desk_load(d, id);
    desk_same(p.state, "diverted");
    desk_same(p.outcome, "diverted");
    desk_same(p.destination, "letter");
    desk_same(p.reject_reason, "");
    assert_int_equal(p.docket_no, 0);
    assert_int_equal(p.due_on, 0);
    desk_as_member(d, 0);
    struct test_answer a = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&a, "A matter of one street."));
    desk_same(desk_json(d, id, "destination"), "letter");
    desk_same(desk_json(d, id, "reject_note"), "A matter of one street.");
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "docket", "{\"category\":\"city\"}"), 409); /* it has ended */
    assert_int_equal(desk_todos(d, id, "docket"), 0);
    assert_int_equal(desk_todos(d, id, "inform"), 1); /* Li has no account: in writing */
    assert_int_equal(desk_act(d, id, "inform",
                              "{\"informed_on\":\"2026-11-25\",\"opinion\":\"By letter.\"}"),
                     200);
    assert_int_equal(desk_todos(d, id, "inform"), 0);
}

/* rules.md 12.1: a screening before the decision, where the site has one. */
static void where_screening_is_needed_it_comes_first(void **state)
{
    static const struct {
        const char *verb, *json;
    } DECISIONS[] = {
        { "docket", "{\"category\":\"city\"}" },
        { "reject", "{\"reason\":\"empty\",\"destination\":\"refer\",\"opinion\":\"No.\"}" },
        { "divert", DIVERT },
    };
    struct desk *d = *state;
    for (size_t i = 0; i < sizeof DECISIONS / sizeof *DECISIONS; i++) {
        desk_set(d, "proposals.screen_needed", "1");
        i64 id = desk_submitted(d, "Wait for it");
        desk_as_reviewer(d);
        assert_false(desk_offers(d, id, DECISIONS[i].verb));
        assert_int_equal(desk_act(d, id, DECISIONS[i].verb, DECISIONS[i].json), 409);
        assert_int_equal(desk_act(d, id, "screen", "{}"), 200);
        assert_int_equal(desk_act(d, id, DECISIONS[i].verb, DECISIONS[i].json), 200);
    }
}

/* ---- taken back ---- */

/* Where on the road it can be asked for, by whom; and that the office's yes ends it. */
static void it_is_taken_back_from_each_open_state(void **state)
{
    static i64 (*const ROADS[])(struct desk *, const char *) = { desk_submitted, desk_docketed,
                                                                 desk_assigned };
    struct desk *d = *state;
    for (size_t i = 0; i < sizeof ROADS / sizeof *ROADS; i++) {
        i64 id = ROADS[i](d, "Take it back");
        desk_as_reviewer(d);
        assert_int_equal(desk_act(d, id, "withdraw", AGREE), 409); /* nobody has asked */
        assert_int_equal(desk_todos(d, id, "withdraw"), 0);
        desk_as_staff(d); /* the member can do it himself */
        assert_int_equal(desk_act(d, id, "ask_withdraw", ASK), 403);
        desk_as_member(d, 1);
        assert_int_equal(desk_act(d, id, "ask_withdraw", ASK), i == 0 ? 404 : 403);
        desk_as_member(d, 0);
        assert_int_equal(desk_act(d, id, "ask_withdraw", "{}"), 422); /* why? */
        assert_int_equal(desk_act(d, id, "ask_withdraw", ASK), 200);
        assert_int_equal(desk_act(d, id, "ask_withdraw", ASK), 409); /* once */
        assert_int_equal(desk_todos(d, id, "withdraw"), 1);
        desk_as_reviewer(d);
        desk_same(desk_json(d, id, "withdraw_reason"), "The bus runs since Monday.");
        assert_int_equal(desk_act(d, id, "withdraw", AGREE), 200);
        struct proposal p = desk_load(d, id);
        desk_same(p.state, "withdrawn");
        desk_same(p.outcome, "withdrawn");
        assert_int_equal(p.due_on, 0);
        assert_int_equal(
            desk_count(d, SQL("SELECT count(*) AS n FROM todos WHERE org_id = :org AND flow "
                              "= 'proposals' AND subject_id = :id",
                              P(id))),
            0);
        assert_int_equal(
            desk_count(d, SQL("SELECT count(*) AS n FROM clocks WHERE org_id = :org AND "
                              "flow = 'proposals' AND subject_id = :id AND stopped_at = 0",
                              P(id))),
            0);
    }
}

static void why_it_is_taken_back_is_between_proposer_and_office(void **state)
{
    struct desk *d = *state;
    i64 id = desk_assigned(d, "Take it back");
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, id, "ask_withdraw", ASK), 200);
    struct test_answer a = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&a, "The bus runs since Monday."));
    for (int who = 0; who < 2; who++) {
        if (who == 0)
            desk_as_operator(d, 0);
        else
            desk_as_member(d, 1);
        a = desk_page(d, "/proposals/", id, "");
        assert_int_equal(a.status, 200);
        assert_false(desk_has(&a, "The bus runs"));
        a = desk_page(d, "/api/v1/proposals/", id, "");
        assert_false(desk_has(&a, "The bus runs"));
    }
}

static void the_committee_may_keep_it_and_says_why(void **state)
{
    struct desk *d = *state;
    i64 id = desk_docketed(d, "Keep it");
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "keep", ASK), 409);
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, id, "ask_withdraw", ASK), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "keep", "{}"), 422);
    assert_int_equal(desk_act(d, id, "keep", "{\"opinion\":\"Others wait for it.\"}"), 200);
    struct proposal p = desk_load(d, id);
    desk_same(p.state, "docketed");
    desk_same(p.outcome, "docketed");
    assert_int_equal(p.withdraw_asked_at, 0);
    assert_int_equal(desk_todos(d, id, "withdraw"), 0);
    assert_int_equal(desk_todos(d, id, "assign"), 1);
    desk_as_member(d, 0);
    struct test_answer a = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&a, "Others wait for it."));
    assert_true(desk_offers(d, id, "ask_withdraw")); /* may ask again */
}

/* rules.md 12.1: before an answer. */
static void an_answer_cannot_be_taken_back(void **state)
{
    struct desk *d = *state;
    i64 id = desk_assigned(d, "Too late");
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, id, "ask_withdraw", ASK), 200);
    desk_answer(d, id, "a");
    struct proposal p = desk_load(d, id);
    desk_same(p.state, "evaluating");
    assert_int_equal(p.withdraw_asked_at, 0);
    assert_int_equal(desk_todos(d, id, "withdraw"), 0);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "withdraw", AGREE), 409);
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, id, "ask_withdraw", ASK), 409);
}

/* One of two that answer apart is enough. */
static void one_answer_of_two_binds(void **state)
{
    struct desk *d = *state;
    i64 id = desk_docketed(d, "Two answers");
    desk_as_dispatcher(d);
    str json = arena_printf(d->t->mem, "{\"mode\":\"split\",\"splits\":[%lld,%lld]}",
                            (long long)d->agency[0], (long long)d->agency[1]);
    assert_int_equal(desk_act(d, id, "assign", json.ptr), 200);
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, id, "ask_withdraw", ASK), 200);
    desk_answer(d, id, "a");
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "withdraw", AGREE), 409);
    assert_false(desk_offers(d, id, "withdraw"));
    assert_true(desk_offers(d, id, "keep"));
}

static void its_agencies_are_told_and_need_not_answer(void **state)
{
    struct desk *d = *state;
    i64 id = desk_assigned(d, "Take it back"), assignment = desk_assignment(d, id);
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, id, "ask_withdraw", ASK), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "withdraw", "{}"), 200);
    assert_int_equal(
        desk_count(d, SQL("SELECT count(*) AS n FROM todos WHERE org_id = :org AND flow = "
                          "'assignments' AND subject_id = :assignment",
                          P(assignment))),
        0);
    assert_true(
        desk_count(d, SQL("SELECT cancelled_at FROM assignments WHERE org_id = :org AND id = "
                          ":assignment",
                          P(assignment))) > 0);
    desk_as_operator(d, 0); /* still sees what it was about */
    assert_int_equal(desk_page(d, "/proposals/", id, "").status, 200);
}

/* Its number is not given again (rules.md 2.2: no gaps). */
static void a_withdrawn_number_stays_taken(void **state)
{
    struct desk *d = *state;
    i64 first = desk_docketed(d, "One");
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, first, "ask_withdraw", ASK), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, first, "withdraw", "{}"), 200);
    i64 second = desk_docketed(d, "Two");
    assert_int_equal(desk_load(d, first).docket_no, 1);
    assert_int_equal(desk_load(d, second).docket_no, 2);
}

/* ---- who may see it then; list and page agree ---- */

static void what_was_turned_away_is_for_those_concerned(void **state)
{
    struct desk *d = *state;
    i64 diverted = desk_submitted(d, "Diverted"), withdrawn = desk_assigned(d, "Withdrawn");
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, diverted, "divert", DIVERT), 200);
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, withdrawn, "ask_withdraw", ASK), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, withdrawn, "withdraw", "{}"), 200);
    for (int archived = 0; archived < 2; archived++) {
        static const struct {
            void (*as)(struct desk *d);
            int diverted, withdrawn;
        } OFFICE[] = {
            { desk_as_staff, 200, 200 },
            { desk_as_reviewer, 200, 200 },
            { desk_as_dispatcher, 404, 404 },
            { desk_as_other_reviewer, 404, 404 },
        };
        for (size_t i = 0; i < sizeof OFFICE / sizeof *OFFICE; i++) {
            OFFICE[i].as(d);
            assert_int_equal(desk_page(d, "/proposals/", diverted, "").status, OFFICE[i].diverted);
            assert_int_equal(desk_page(d, "/api/v1/proposals/", withdrawn, "").status,
                             OFFICE[i].withdrawn);
            assert_int_equal(desk_total(d, "/api/v1/proposals"),
                             (OFFICE[i].diverted == 200) + (OFFICE[i].withdrawn == 200));
        }
        static const i64 SEEN_BY_MEMBER[] = { 2, 0, 0 };
        for (size_t member = 0; member < DESK_MEMBERS; member++) {
            desk_as_member(d, member);
            assert_int_equal(desk_page(d, "/proposals/", diverted, "").status,
                             member == 0 ? 200 : 404);
            assert_int_equal(desk_page(d, "/proposals/", withdrawn, "").status,
                             member == 0 ? 200 : 404);
            assert_int_equal(desk_total(d, "/api/v1/proposals"), SEEN_BY_MEMBER[member]);
        }
        desk_as_operator(d, 0); /* had it */
        assert_int_equal(desk_total(d, "/api/v1/proposals"), 1);
        desk_as_operator(d, 1);
        assert_int_equal(desk_total(d, "/api/v1/proposals"), 0);
        desk_as_reviewer(d);
        assert_int_equal(desk_total(d, "/api/v1/proposals?outcome=withdrawn"), 1);
        assert_int_equal(desk_total(d, "/api/v1/proposals?outcome=docketed"), 0);
        if (archived == 0) {
            assert_int_equal(desk_act(d, diverted, "inform",
                                      "{\"informed_on\":\"2026-11-25\",\"opinion\":\"Told.\"}"),
                             200);
            desk_as_staff(d);
            assert_int_equal(desk_act(d, diverted, "archive", "{}"), 200);
            assert_int_equal(desk_act(d, withdrawn, "archive", "{}"), 200);
        }
    }
}

/* ---- consent, marks ---- */

static void a_proposer_may_think_of_publication_again(void **state)
{
    struct desk *d = *state;
    i64 id = desk_docketed(d, "A quiet matter");
    str digest = desk_load(d, id).digest;
    desk_as_member(d, 1);
    assert_int_equal(desk_page(d, "/proposals/", id, "").status, 200);
    assert_int_equal(desk_act(d, id, "reconsider", "{\"consent\":\"no\"}"), 403);
    desk_as_staff(d);
    assert_int_equal(desk_act(d, id, "reconsider", "{\"consent\":\"no\"}"), 403);
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, id, "reconsider", "{\"consent\":\"no\"}"), 422); /* why? */
    struct test_answer a = desk_page(d, "/proposals/", id, "/reconsider");
    assert_int_equal(a.status, 200);
    assert_int_equal(desk_act(d, id, "reconsider",
                              "{\"consent\":\"no\",\"consent_reason\":\"Talks go on.\"}"),
                     200);
    struct proposal p = desk_load(d, id);
    desk_same(p.consent, "no");
    assert_true(str_eq(p.digest, digest)); /* the receipt stays true */
    desk_same(p.state, "docketed");
    desk_as_member(d, 1);
    assert_int_equal(desk_page(d, "/proposals/", id, "").status, 404);
    assert_int_equal(desk_total(d, "/api/v1/proposals"), 0);
    desk_as_member(d, 0);
    a = desk_page(d, "/proposals/", id, "/reconsider");
    desk_same(test_field(d->t, &a, "consent_reason"), "Talks go on.");
    assert_int_equal(desk_act(d, id, "reconsider", "{\"consent\":\"yes\"}"), 200);
    desk_same(desk_load(d, id).consent_reason, "");
    desk_as_member(d, 1);
    assert_int_equal(desk_page(d, "/proposals/", id, "").status, 200);
}

static void the_office_marks_it_with_a_reason(void **state)
{
    struct desk *d = *state;
    i64 id = desk_docketed(d, "A quiet matter");
    desk_as_dispatcher(d);
    assert_int_equal(desk_act(d, id, "mark", "{\"urgent\":true,\"opinion\":\"Flood.\"}"), 403);
    desk_as_staff(d);
    assert_int_equal(desk_act(d, id, "mark", "{\"urgent\":true}"), 422);
    assert_int_equal(desk_act(d, id, "mark",
                              "{\"urgent\":true,\"confidential\":true,\"opinion\":\"Flood.\"}"),
                     200);
    desk_same(desk_json(d, id, "urgent"), "true");
    desk_same(desk_json(d, id, "confidential"), "true");
    struct test_answer a =
        desk_page(d, "/proposals/", id, "/mark"); /* what stands is in the form */
    assert_true(desk_has(&a, "checked"));
    desk_as_member(d, 1);
    assert_int_equal(desk_page(d, "/proposals/", id, "").status, 404);
    desk_as_member(d, 0); /* reads why */
    a = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&a, "Flood."));
    desk_as_staff(d);
    assert_int_equal(desk_act(d, id, "mark", "{\"urgent\":true,\"opinion\":\"It is over.\"}"), 200);
    assert_false(desk_load(d, id).confidential);
    assert_true(desk_load(d, id).urgent);
    assert_int_equal(
        desk_count(d, SQL("SELECT count(*) AS n FROM audits WHERE org_id = :org AND act = "
                          "'proposals.marks' AND object_id = :id",
                          P(id))),
        2);
}

/* ---- case numbers ---- */

struct next_session {
    i64 id;
};

static err next_session_make(struct rq *rq, void *context)
{
    struct next_session *s = context;
    i64 opened = 0, closed = 0;
    if (!day_parse(str_of("2027-02-01"), &opened) || !day_parse(str_of("2027-02-05"), &closed))
        return err_make(ERR_INTERNAL, "test.day");
    return session_add(rq,
                       &(struct session){ .term_number = 6,
                                          .number = 4,
                                          .opened_on = opened,
                                          .closed_on = closed },
                       &s->id);
}

/* Through the term: 1, 2 in its third session, 3 in its fourth; anew with each session: 1 again. A
 * change of mind goes on behind what is taken. */
static void case_numbers_run_through_a_session_or_a_term(void **state)
{
    struct desk *d = *state;
    struct next_session next;
    assert_int_equal(desk_load(d, desk_docketed(d, "One")).docket_no, 1);
    assert_int_equal(desk_load(d, desk_docketed(d, "Two")).docket_no, 2);
    assert_ok(desk_in_org(d, d->t->org, next_session_make, &next));
    desk_on_day(d, "2027-02-02");
    desk_set(d, "proposals.number_by", "term");
    assert_int_equal(desk_load(d, desk_docketed(d, "Three")).docket_no, 3);
    desk_on_day(d, "2027-02-03");
    desk_set(d, "proposals.number_by", "session"); /* the fourth session has 3 already */
    assert_int_equal(desk_load(d, desk_docketed(d, "Four")).docket_no, 4);
    desk_on_day(d, "2027-02-04");
    desk_set(d, "proposals.number_by", "term");
    assert_int_equal(desk_load(d, desk_docketed(d, "Five")).docket_no, 5);
}

static void a_session_of_its_own_begins_with_one(void **state)
{
    struct desk *d = *state;
    struct next_session next;
    assert_int_equal(desk_load(d, desk_docketed(d, "One")).docket_no, 1);
    assert_ok(desk_in_org(d, d->t->org, next_session_make, &next));
    desk_on_day(d, "2027-02-02");
    assert_int_equal(desk_load(d, desk_docketed(d, "One again")).docket_no, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_diverted_one_says_where_it_went, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(where_screening_is_needed_it_comes_first, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(it_is_taken_back_from_each_open_state, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(why_it_is_taken_back_is_between_proposer_and_office,
                                        desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(the_committee_may_keep_it_and_says_why, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(an_answer_cannot_be_taken_back, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(one_answer_of_two_binds, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(its_agencies_are_told_and_need_not_answer, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_withdrawn_number_stays_taken, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(what_was_turned_away_is_for_those_concerned, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_proposer_may_think_of_publication_again, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(the_office_marks_it_with_a_reason, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(case_numbers_run_through_a_session_or_a_term, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_session_of_its_own_begins_with_one, desk_setup,
                                        desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
