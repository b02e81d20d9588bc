/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The boards by the front door: what stands in which column, filters, pages, who sees what; marks
 * of who reads; steps from the page with and without what they need; another house. */
#include "modules/boards/board.h"
#include "modules/proposals/tests/desk.h"

static const char *seen(struct desk *d, i64 id)
{
    return arena_printf(d->t->mem, "%lld:%lld", (long long)id, (long long)desk_load(d, id).version)
        .ptr;
}

static const char *id_text(struct desk *d, i64 id)
{
    return arena_printf(d->t->mem, "%lld", (long long)id).ptr;
}

/* Column of the board's JSON: its place in the answer. */
static str at(struct desk *d, const struct test_answer *a, int column, const char *what)
{
    return test_json(d->t, a,
                     arena_cstr(d->t->mem, arena_printf(d->t->mem, "columns.%d.%s", column, what)));
}

static struct test_answer review(struct desk *d, const char *query)
{
    return test_get(d->t, arena_cstr(d->t->mem,
                                     arena_printf(d->t->mem, "/api/v1/boards/review%s", query)));
}

static void each_stands_in_the_column_of_its_state(void **state)
{
    struct desk *d = *state;
    i64 first = desk_submitted(d, "关于过江公交的建议");
    i64 second = desk_submitted(d, "关于古茶树的建议");
    i64 docketed = desk_docketed(d, "关于图书馆的建议");
    desk_draft(d, "关于还没有提交的建议");
    desk_as_reviewer(d);
    struct test_answer a = review(d, "");
    assert_int_equal(a.status, 200);
    desk_same(at(d, &a, 0, "column"), "submitted");
    desk_same(at(d, &a, 0, "total"), "2");
    /* newest first; of the same moment the higher number */
    desk_same(at(d, &a, 0, "items.0.id"), id_text(d, second));
    desk_same(at(d, &a, 0, "items.1.id"), id_text(d, first));
    desk_same(at(d, &a, 1, "column"), "screened");
    desk_same(at(d, &a, 1, "total"), "0");
    desk_same(at(d, &a, 3, "column"), "docketed");
    desk_same(at(d, &a, 3, "items.0.id"), id_text(d, docketed));
    assert_false(desk_has(&a, "还没有提交"));
    a = test_get(d->t, "/boards/review");
    assert_int_equal(a.status, 200);
    assert_true(test_has_form(&a, "/boards/steps"));
    assert_true(desk_has(&a, "关于古茶树的建议"));
    a = test_get(d->t, "/boards/review?column=docketed");
    assert_true(desk_has(&a, "图书馆"));
    assert_false(desk_has(&a, "古茶树"));
    assert_int_equal(test_get(d->t, "/boards/review?column=nowhere").status, 404);
    assert_int_equal(test_get(d->t, "/boards/review?column=submitted&after=zz").status, 422);
}

static void filters_narrow_the_columns(void **state)
{
    struct desk *d = *state;
    i64 road = desk_submitted(d, "关于过江公交的建议"),
        tree = desk_submitted(d, "关于古茶树的建议");
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, road, "docket", "{\"category\":\"transport\"}"), 200);
    assert_int_equal(desk_act(d, tree, "docket", "{\"category\":\"environment\"}"), 200);
    struct test_answer a = review(d, "?category=environment");
    desk_same(at(d, &a, 3, "total"), "1");
    desk_same(at(d, &a, 3, "items.0.id"), id_text(d, tree));
    a = review(d, "?kind=personal");
    desk_same(at(d, &a, 3, "total"), "2");
    a = review(d, "?kind=committee");
    desk_same(at(d, &a, 3, "total"), "0");
    assert_int_equal(review(d, "?category=nothing").status, 422);
    assert_int_equal(review(d, "?colour=red").status, 200); /* undeclared: does not exist */
    a = review(d, arena_printf(d->t->mem, "?session_id=%lld", (long long)d->session_id).ptr);
    desk_same(at(d, &a, 3, "total"), "2");
    a = review(d, "?session_id=99");
    desk_same(at(d, &a, 3, "total"), "0");
}

/* 22 of a state: 20 stand in the column, all 22 are counted, and on the column's own page. */
static void a_full_column_leads_to_its_own_page(void **state)
{
    struct desk *d = *state;
    for (int i = 0; i < BOARD_AT_ONCE + 2; i++)
        desk_submitted(d, arena_printf(d->t->mem, "关于第%d件事的建议", i).ptr);
    desk_as_staff(d);
    struct test_answer a = review(d, "");
    desk_same(at(d, &a, 0, "total"), "22");
    assert_true(at(d, &a, 0, "items.19.id").len > 0);
    desk_same(at(d, &a, 0, "items.20.id"), "");
    a = review(d, "?column=submitted");
    assert_true(at(d, &a, 0, "items.21.id").len > 0);
    a = test_get(d->t, "/boards/review");
    assert_true(desk_has(&a, "全部 22 件"));
}

static void a_dispatcher_sees_what_is_docketed(void **state)
{
    struct desk *d = *state;
    desk_submitted(d, "关于过江公交的建议");
    i64 docketed = desk_docketed(d, "关于图书馆的建议");
    desk_as_dispatcher(d);
    struct test_answer a = review(d, "");
    desk_same(at(d, &a, 0, "column"), "docketed");
    desk_same(at(d, &a, 0, "items.0.id"), id_text(d, docketed));
    assert_false(desk_has(&a, "公交"));
    desk_as_member(d, 0);
    assert_int_equal(review(d, "").status, 403);
    desk_as_operator(d, 0);
    assert_int_equal(review(d, "").status, 403);
    assert_int_equal(test_get(d->t, "/boards/handling").status, 403);
    desk_as_agency_leader(d, 0);
    assert_int_equal(test_get(d->t, "/boards/handling").status, 403);
    desk_as_other_reviewer(d);
    a = review(d, "");
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, "图书馆"));
}

/* An operator who was given the board by mistake, for his agency, still has none. */
static void the_board_of_an_agency_does_not_exist(void **state)
{
    struct desk *d = *state;
    desk_assigned(d, "关于过江公交的建议");
    desk_as_operator(d, 0);
    test_may(d->actor, "boards.read", SCOPE_AGENCY);
    assert_int_equal(test_get(d->t, "/boards/review").status, 403);
    assert_int_equal(test_get(d->t, "/boards/handling").status, 403);
    test_may(d->actor, "boards.read", SCOPE_ORG);
    assert_int_equal(test_get(d->t, "/boards/review").status, 403);
    assert_int_equal(test_get(d->t, "/boards/handling").status, 403);
}

/* The scopes of the board are those of the list of proposals, said a second time: for each role and
 * column as many as the list has of that state. */
static void the_board_shows_what_the_list_shows(void **state)
{
    struct desk *d = *state;
    i64 screened = desk_submitted(d, "关于预审的建议"), back = desk_submitted(d, "关于退改的建议"),
        secret = desk_submitted(d, "关于保密的建议");
    desk_submitted(d, "关于待审的建议");
    desk_docketed(d, "关于立案的建议");
    desk_assigned(d, "关于交办的建议");
    desk_draft(d, "关于草稿的建议");
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, screened, "screen", "{}"), 200);
    assert_int_equal(desk_act(d, back, "revise", "{\"opinion\":\"x\"}"), 200);
    assert_int_equal(desk_act(d, secret, "mark", "{\"confidential\":true,\"opinion\":\"x\"}"), 200);
    void (*const AS[])(struct desk *) = { desk_as_staff, desk_as_reviewer, desk_as_dispatcher,
                                          desk_as_other_reviewer };
    for (size_t i = 0; i < sizeof AS / sizeof *AS; i++) {
        AS[i](d);
        struct test_answer a = review(d, "");
        int columns = 0;
        for (; at(d, &a, columns, "column").len; columns++) {
            str code = at(d, &a, columns, "column");
            struct test_answer list =
                test_get(d->t, arena_cstr(d->t->mem,
                                          arena_printf(d->t->mem, "/api/v1/proposals?state=%.*s",
                                                       (int)code.len, code.ptr)));
            str total = test_json(d->t, &list, "total");
            desk_same(at(d, &a, columns, "total"), arena_cstr(d->t->mem, total));
        }
        assert_int_equal(columns, AS[i] == desk_as_dispatcher ? 2 : 5);
    }
}

/* Confidential ones are for the office: it sees the word, nobody else the card. */
static void confidential_cards_say_so(void **state)
{
    struct desk *d = *state;
    i64 id = desk_submitted(d, "关于过江公交的建议");
    desk_as_reviewer(d);
    assert_int_equal(
        desk_act(d, id, "mark", "{\"urgent\":true,\"confidential\":true,\"opinion\":\"x\"}"), 200);
    struct test_answer a = review(d, "");
    desk_same(at(d, &a, 0, "items.0.confidential"), "true");
    a = test_get(d->t, "/boards/review");
    assert_true(desk_has(&a, "保密"));
    assert_true(desk_has(&a, "急件"));
}

static void handling_shows_departments_and_what_is_behind(void **state)
{
    struct desk *d = *state;
    i64 late = desk_assigned(d, "关于过江公交的建议");
    i64 answered = desk_answered(d, "关于古茶树的建议");
    desk_as_dispatcher(d);
    struct test_answer a = test_get(d->t, "/api/v1/boards/handling");
    assert_int_equal(a.status, 200);
    desk_same(at(d, &a, 0, "column"), "overdue");
    desk_same(at(d, &a, 0, "total"), "0");
    desk_same(at(d, &a, 1, "column"), "assigned");
    desk_same(at(d, &a, 1, "items.0.proposal_id"), id_text(d, late));
    desk_same(at(d, &a, 4, "column"), "replied");
    desk_same(at(d, &a, 4, "items.0.proposal_id"), id_text(d, answered));
    desk_same(at(d, &a, 5, "column"), "evaluating");
    desk_same(at(d, &a, 5, "items.0.id"), id_text(d, answered));
    /* its agency takes it: from then on its day runs */
    desk_as_operator(d, 0);
    i64 taken = desk_assignment(d, late);
    const char *version = test_versioned(d->t, "{}", desk_assignment_version(d, taken));
    assert_int_equal(
        test_api(d->t, POST,
                 arena_printf(d->t->mem, "/api/v1/assignments/%lld/accept", (long long)taken).ptr,
                 version)
            .status,
        200);
    desk_as_dispatcher(d);
    assert_int_equal(test_post(d->t, "/boards/take", "cases", id_text(d, late), NULL).status, 303);
    a = test_get(d->t, "/api/v1/boards/handling?mine=1");
    desk_same(at(d, &a, 2, "column"), "accepted");
    desk_same(at(d, &a, 2, "total"), "1");
    desk_same(at(d, &a, 2, "items.0.proposal_id"), id_text(d, late));
    desk_same(at(d, &a, 4, "total"), "0"); /* replied: nobody reads it */
    desk_on_day(d, "2027-12-01");
    a = test_get(d->t, "/api/v1/boards/handling");
    desk_same(at(d, &a, 0, "total"), "1");
    desk_same(at(d, &a, 0, "items.0.proposal_id"), id_text(d, late));
    a = test_get(d->t,
                 arena_printf(d->t->mem, "/api/v1/boards/handling?session_id=%lld&column=overdue",
                              (long long)d->session_id)
                     .ptr);
    desk_same(at(d, &a, 0, "items.0.proposal_id"), id_text(d, late));
    a = test_get(d->t, "/api/v1/boards/handling?session_id=99");
    desk_same(at(d, &a, 0, "total"), "0");
    assert_int_equal(test_get(d->t, "/boards/handling").status, 200);
}

/* A hundred are looked at for a filtered page; what stands behind them is on the next, and there it
 * ends. */
static void what_is_late_goes_on_behind_the_first_hundred(void **state)
{
    struct desk *d = *state;
    i64 id = desk_assigned(d, "关于过江公交的建议");
    desk_as_operator(d, 0);
    i64 taken = desk_assignment(d, id);
    assert_int_equal(
        test_api(d->t, POST,
                 arena_printf(d->t->mem, "/api/v1/assignments/%lld/accept", (long long)taken).ptr,
                 test_versioned(d->t, "{}", desk_assignment_version(d, taken)))
            .status,
        200);
    for (i64 i = 0, on = 20000; i < 105; i++) { /* in 2024, of nothing that can be shown */
        i64 subject = 900000 + i;
        assert_ok(db_run(d->t->db,
                         SQL("INSERT INTO clocks (org_id, flow, subject_id, name, unit, "
                             "started_at, first_due_on, due_on) VALUES (:org, 'assignments', "
                             ":subject, 'handle', 'months', 1, :on, :on)",
                             P(subject), P(on)),
                         NULL));
    }
    desk_as_dispatcher(d);
    desk_on_day(d, "2027-12-01");
    const char *first =
        arena_printf(d->t->mem, "/api/v1/boards/handling?session_id=%lld&column=overdue",
                     (long long)d->session_id)
            .ptr;
    struct test_answer a = test_get(d->t, first);
    desk_same(at(d, &a, 0, "items.0.id"), "");
    str next = at(d, &a, 0, "next");
    assert_true(next.len > 0);
    a = test_get(d->t, arena_printf(d->t->mem, "/api/v1%.*s", (int)next.len, next.ptr).ptr);
    desk_same(at(d, &a, 0, "items.0.proposal_id"), id_text(d, id));
    desk_same(at(d, &a, 0, "next"), "");
}

/* Behind the last working year the board is empty and says what to do; an earlier session stays.
 */
static void without_a_session_it_says_what_to_do(void **state)
{
    struct desk *d = *state;
    desk_submitted(d, "关于过江公交的建议");
    i64 today = day_of_ms(d->t->app.clock.fixed_ms);
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE sessions SET until_on = :today WHERE org_id = :org", P(today)),
                     NULL));
    desk_on_day(d, "2026-12-05");
    desk_as_reviewer(d);
    struct test_answer a = review(d, "");
    assert_int_equal(a.status, 200);
    desk_same(at(d, &a, 0, "column"), "");
    a = test_get(d->t, "/boards/review");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "今天不在任何一次会议的年度里"));
    assert_false(desk_has(&a, "board.js")); /* there is nothing to walk on */
    assert_false(desk_has(&a, "公交"));
    a = review(d, arena_printf(d->t->mem, "?session_id=%lld", (long long)d->session_id).ptr);
    desk_same(at(d, &a, 0, "total"), "1");
}

/* A dispatcher of a body has the agencies below it, on both boards: Roads is below Health here. */
static void a_body_has_a_system_of_its_own(void **state)
{
    struct desk *d = *state;
    i64 own = desk_assigned(d, "关于过江公交的建议"), other = desk_docketed(d, "关于古茶树的建议");
    i64 below = d->agency[0], body = d->agency[1];
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE orgs SET parent_id = :body WHERE org_id = :org AND id = :below",
                         P(body), P(below)),
                     NULL));
    desk_as_dispatcher(d);
    d->actor->agency_id = body;
    struct test_answer a = test_get(d->t, "/api/v1/boards/handling?own=1");
    desk_same(at(d, &a, 1, "total"), "1");
    desk_same(at(d, &a, 1, "items.0.proposal_id"), id_text(d, own));
    a = review(d, "?own=1"); /* nobody was wished for it at review */
    desk_same(at(d, &a, 0, "total"), "0");
    assert_ok(
        db_run(d->t->db,
               SQL("INSERT INTO wishes (org_id, proposal_id, agency_id, role, by_whom) VALUES "
                   "(:org, :other, :below, 'host', 'reviewer')",
                   P(other), P(below)),
               NULL));
    a = review(d, "?own=1");
    desk_same(at(d, &a, 0, "items.0.id"), id_text(d, other));
    d->actor->agency_id = d->agency[2];
    a = test_get(d->t, "/api/v1/boards/handling?own=1");
    desk_same(at(d, &a, 1, "total"), "0");
    d->actor->agency_id = 0;
    a = test_get(d->t, "/boards/handling");
    assert_false(desk_has(&a, "只看本系统的"));
}

static void two_do_not_read_the_same(void **state)
{
    struct desk *d = *state;
    i64 a1 = desk_submitted(d, "关于过江公交的建议"), a2 = desk_submitted(d, "关于古茶树的建议");
    desk_as_reviewer(d);
    assert_int_equal(test_post(d->t, "/boards/take", "cases", seen(d, a1), NULL).status, 303);
    struct test_answer a = review(d, "?mine=1");
    desk_same(at(d, &a, 0, "total"), "1");
    desk_same(at(d, &a, 0, "items.0.mine"), "true");
    desk_as_staff(d);
    a = review(d, "");
    assert_true(at(d, &a, 0, "items.1.reader").len > 0);
    desk_same(at(d, &a, 0, "items.1.mine"), "false");
    desk_same(at(d, &a, 0, "items.0.reader"), "");
    /* one of two is read by another: neither is marked */
    a = test_post(d->t, "/boards/take", "cases", seen(d, a1), "cases", seen(d, a2), NULL);
    assert_int_equal(a.status, 409);
    assert_true(desk_has(&a, "09:00 起在看"));
    a = review(d, "?mine=1");
    desk_same(at(d, &a, 0, "total"), "0");
    /* opened all the same, with a word */
    a = test_post(d->t, "/boards/take", "cases", seen(d, a1), "open", "1", NULL);
    assert_int_equal(a.status, 303);
    desk_same(a.location, arena_printf(d->t->mem, "/proposals/%lld", (long long)a1).ptr);
    /* half an hour later it is free: 30 minutes, boards.take_minutes */
    d->t->app.clock.fixed_ms += INT64_C(30) * 60 * 1000 - 1;
    assert_int_equal(test_post(d->t, "/boards/take", "cases", seen(d, a1), NULL).status, 409);
    d->t->app.clock.fixed_ms += 1;
    assert_int_equal(test_post(d->t, "/boards/take", "cases", seen(d, a1), NULL).status, 303);
    assert_int_equal(test_post(d->t, "/boards/take", "cases", seen(d, a1), "off", "1", NULL).status,
                     303);
    a = review(d, "?mine=1");
    desk_same(at(d, &a, 0, "total"), "0");
    /* what somebody has changed since the board was shown is not marked: it stands elsewhere now */
    const char *old = seen(d, a2);
    assert_int_equal(desk_act(d, a2, "screen", "{}"), 200);
    a = test_post(d->t, "/boards/take", "cases", old, NULL);
    assert_int_equal(a.status, 409);
    assert_true(desk_has(&a, "有人改过"));
    assert_int_equal(test_post(d->t, "/boards/take", "cases", id_text(d, a2), NULL).status, 303);
    desk_as_other_reviewer(d);
    assert_int_equal(test_post(d->t, "/boards/take", "cases", seen(d, a1), NULL).status, 404);
    assert_int_equal(
        test_post(d->t, "/boards/take", "cases", seen(d, a1), "open", "1", NULL).status, 404);
}

/* From the board: what needs nothing is done, what needs more is asked for. */
static void a_button_does_it_or_asks(void **state)
{
    struct desk *d = *state;
    i64 a1 = desk_submitted(d, "关于过江公交的建议"), a2 = desk_submitted(d, "关于古茶树的建议");
    desk_as_reviewer(d);
    assert_int_equal(test_post(d->t, "/boards/take", "cases", seen(d, a1), NULL).status, 303);
    struct test_answer a =
        test_post(d->t, "/boards/steps", "ask", "1", "verb", "screen", "cases", seen(d, a1),
                  "cases", seen(d, a2), "next", "/boards/review?kind=personal", NULL);
    assert_int_equal(a.status, 303);
    desk_same(a.location, "/boards/review?kind=personal");
    desk_same(desk_load(d, a1).state, "screened");
    a = review(d, "?mine=1"); /* read and done: the mark is gone */
    desk_same(at(d, &a, 1, "total"), "0");
    a = test_post(d->t, "/boards/steps", "ask", "1", "verb", "docket", "cases", seen(d, a1), "next",
                  "//evil.example/", NULL);
    assert_int_equal(a.status, 303);
    assert_true(str_starts(a.location, str_of("/boards/steps?verb=docket&cases=")));
    a = test_get(d->t, arena_cstr(d->t->mem, a.location));
    assert_int_equal(a.status, 200);
    assert_true(test_has_field(d->t, &a, "category"));
    desk_same(test_field(d->t, &a, "next"), "/boards/review");
    a = test_post(d->t, "/boards/steps", "verb", "docket", "cases", seen(d, a1), "cases",
                  seen(d, a2), NULL);
    assert_int_equal(a.status, 422); /* drawn again */
    assert_true(desk_has(&a, "请选类别"));
    assert_true(desk_has(&a, "关于古茶树的建议"));
    a = test_post(d->t, "/boards/steps", "verb", "docket", "cases", seen(d, a1), "cases",
                  seen(d, a2), "category", "transport", "cohosts", id_text(d, d->agency[1]), NULL);
    assert_int_equal(a.status, 303);
    assert_int_equal(desk_load(d, a2).docket_no, 2);
    /* again: somebody was first, and the page says who did what */
    a = test_post(d->t, "/boards/steps", "verb", "docket", "cases", seen(d, a1), "category",
                  "transport", NULL);
    assert_int_equal(a.status, 409);
    assert_true(desk_has(&a, "做了“立案”，现在是“已立案”"));
    assert_true(desk_has(&a, "做不了这一步"));
    a = test_post(d->t, "/boards/steps", "verb", "screen", "ask", "1", NULL);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "还没有选提案"));
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(each_stands_in_the_column_of_its_state),
        T(filters_narrow_the_columns),
        T(a_full_column_leads_to_its_own_page),
        T(a_dispatcher_sees_what_is_docketed),
        T(the_board_of_an_agency_does_not_exist),
        T(the_board_shows_what_the_list_shows),
        T(confidential_cards_say_so),
        T(handling_shows_departments_and_what_is_behind),
        T(what_is_late_goes_on_behind_the_first_hundred),
        T(without_a_session_it_says_what_to_do),
        T(a_body_has_a_system_of_its_own),
        T(two_do_not_read_the_same),
        T(a_button_does_it_or_asks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
