/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Merging one proposal into another (rules.md 2.2, issue 3 point 3): what is refused, what becomes
 * of number, day and outcome, undoing it until the main one is handed out, who sees what then, two
 * clerks at once, another organisation. Groups and pages: modules/mergers/tests. */
#include "modules/orgs/session.h"
#include "modules/proposals/proposal_store.h"
#include "modules/proposals/tests/desk.h"
#include "platform/settings/settings.h"

static const char *into(struct desk *d, i64 main_id)
{
    return arena_printf(d->t->mem, "{\"main_id\":%lld,\"opinion\":\"One bridge.\"}",
                        (long long)main_id)
        .ptr;
}

static i64 written_by(struct desk *d, size_t member, const char *title)
{
    i64 id = 0;
    desk_as_member(d, member);
    struct test_answer a = test_api(d->t, POST, "/api/v1/proposals", desk_text(d, title));
    assert_int_equal(a.status, 201);
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 200);
    return id;
}

static int merge(struct desk *d, i64 id, i64 main_id)
{
    desk_as_reviewer(d);
    return desk_act(d, id, "merge", into(d, main_id));
}

static void assign(struct desk *d, i64 id)
{
    desk_as_dispatcher(d);
    assert_int_equal(desk_act(d, id, "assign",
                              arena_printf(d->t->mem, "{\"mode\":\"sole\",\"host_id\":%lld}",
                                           (long long)d->agency[0])
                                  .ptr),
                     200);
}

/* The stable name of a refusal. */
static void refused(struct desk *d, i64 id, const char *verb, const char *json, const char *name)
{
    struct test_answer a =
        test_api(d->t, POST,
                 arena_printf(d->t->mem, "/api/v1/proposals/%lld/%s", (long long)id, verb).ptr,
                 arena_printf(d->t->mem, "%.*s,\"version\":%lld}", (int)strlen(json) - 1, json,
                              (long long)desk_load(d, id).version)
                     .ptr);
    assert_int_equal(a.status, 409);
    desk_same(test_json(d->t, &a, "code"), name);
}

static void a_merged_one_keeps_a_number_and_waits(void **state)
{
    struct desk *d = *state;
    i64 main = desk_docketed(d, "A bus over the bridge"), id = written_by(d, 1, "Bus, bridge");
    struct proposal before = desk_load(d, id), main_before = desk_load(d, main);
    assert_true(before.due_on > 0 && before.docket_no == 0);
    assert_int_equal(merge(d, id, main), 200);
    struct proposal p = desk_load(d, id), m = desk_load(d, main);
    desk_same(p.state, "merged");
    desk_same(p.outcome, "merged");
    desk_same(p.merged_from, "submitted");
    assert_int_equal(p.main_id, main);
    assert_int_equal(p.docket_no, 2); /* rules.md 2.2: counted among the docketed, without a gap */
    assert_int_equal(p.due_on, 0);
    assert_int_equal(m.merged_count, 1);
    assert_true(m.version > main_before.version); /* who was about to act on it looks again */
    desk_as_member(d, 1);
    struct test_answer a = desk_page(d, "/api/v1/proposals/", id, "");
    desk_same(test_json(d->t, &a, "main.id"), arena_printf(d->t->mem, "%lld", (long long)main).ptr);
}

/* What it may be merged into, and what may be merged. */
static void chains_circles_and_other_sessions_are_refused(void **state)
{
    struct desk *d = *state;
    i64 main = desk_docketed(d, "Main"), one = desk_submitted(d, "One"),
        other = desk_submitted(d, "Other"), gone = desk_assigned(d, "Handed out");
    assert_int_equal(merge(d, one, main), 200);
    refused(d, other, "merge", into(d, other), "proposals.merge_self");
    refused(d, other, "merge", into(d, one), "proposals.main_merged");
    refused(d, main, "merge", into(d, other), "proposals.has_merged");
    refused(d, other, "merge", into(d, gone), "proposals.main_state");
    refused(d, gone, "merge", into(d, main), "flows.state");
    refused(d, one, "merge", into(d, other), "flows.state"); /* already merged */
    refused(d, main, "withdraw", "{\"opinion\":\"\"}", "proposals.not_asked");
    desk_as_other_reviewer(d);
    assert_int_equal(desk_page(d, "/api/v1/proposals/", one, "").status, 404);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, other, "merge", into(d, 999999)), 404);
    assert_int_equal(desk_load(d, other).main_id, 0);
}

static err next_session(struct rq *rq, void *context)
{
    struct session next = { .term_number = 6, .number = 4 };
    (void)context;
    i64 id;
    assert_true(day_parse(str_of("2027-02-01"), &next.opened_on));
    assert_true(day_parse(str_of("2027-02-05"), &next.closed_on));
    return session_add(rq, &next, &id);
}

static void proposals_of_two_sessions_stay_apart(void **state)
{
    struct desk *d = *state;
    i64 main = desk_submitted(d, "Main");
    assert_ok(desk_in_org(d, d->t->org, next_session, NULL));
    desk_on_day(d, "2027-02-03");
    i64 id = desk_submitted(d, "Next year's");
    desk_as_reviewer(d);
    refused(d, id, "merge", into(d, main), "proposals.merge_sessions");
}

/* One who is answered with others cannot end alone. */
static void a_main_one_does_not_end_under_the_others(void **state)
{
    struct desk *d = *state;
    i64 main = desk_submitted(d, "Main"), id = desk_submitted(d, "Merged");
    assert_int_equal(merge(d, id, main), 200);
    refused(d, main, "reject",
            "{\"reason\":\"secret\",\"destination\":\"letter\",\"opinion\":\"No.\"}",
            "proposals.has_merged");
    refused(d, main, "divert", "{\"destination\":\"letter\",\"opinion\":\"No.\"}",
            "proposals.has_merged");
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, main, "ask_withdraw", "{\"opinion\":\"Solved.\"}"), 200);
    desk_as_reviewer(d);
    refused(d, main, "withdraw", "{\"opinion\":\"\"}", "proposals.has_merged");
    assert_int_equal(desk_act(d, id, "unmerge", "{}"), 200);
    assert_int_equal(desk_act(d, main, "withdraw", "{}"), 200);
}

/* Submitted on Wednesday 2026-11-25 with 15 working days: due 2026-12-16. Merged on the 27th,
 * undone on 12-02: three working days stood still (27 and 30 November, 1 December), due 2026-12-21.
 */
static void undone_it_stands_where_it_stood_with_the_days_that_were_left(void **state)
{
    struct desk *d = *state;
    i64 main = desk_docketed(d, "Main"), id = desk_submitted(d, "Merged"), due = 0;
    assert_true(day_parse(str_of("2026-12-16"), &due));
    assert_int_equal(desk_load(d, id).due_on, due);
    desk_on_day(d, "2026-11-27");
    assert_int_equal(merge(d, id, main), 200);
    desk_on_day(d, "2026-12-02");
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "unmerge", "{\"opinion\":\"Two bridges.\"}"), 200);
    struct proposal p = desk_load(d, id);
    desk_same(p.state, "submitted");
    desk_same(p.outcome, "");
    assert_int_equal(p.main_id, 0);
    assert_true(day_parse(str_of("2026-12-21"), &due));
    assert_int_equal(p.due_on, due);
    assert_int_equal(desk_load(d, main).merged_count, 0);
    assert_int_equal(p.docket_no, 2); /* stays taken: no gaps */
    assert_int_equal(desk_act(d, id, "docket", "{\"category\":\"transport\"}"), 200);
    assert_int_equal(desk_load(d, id).docket_no, 2);
    i64 next = desk_docketed(d, "Next");
    assert_int_equal(desk_load(d, next).docket_no, 3);
    assert_int_equal(merge(d, next, main), 200);
    assert_int_equal(desk_act(d, next, "unmerge", "{}"), 200);
    desk_same(desk_load(d, next).outcome, "docketed");
    desk_same(desk_load(d, next).state, "docketed");
}

static void after_handing_out_it_is_not_undone(void **state)
{
    struct desk *d = *state;
    i64 main = desk_docketed(d, "Main"), id = written_by(d, 1, "Merged");
    assert_int_equal(merge(d, id, main), 200);
    assign(d, main);
    desk_as_reviewer(d);
    refused(d, id, "unmerge", "{\"opinion\":\"\"}", "proposals.merged_assigned");
    desk_as_member(d, 1);
    refused(d, id, "ask_withdraw", "{\"opinion\":\"Solved.\"}", "proposals.merged_assigned");
}

static void a_merged_one_may_still_be_withdrawn_before(void **state)
{
    struct desk *d = *state;
    i64 main = desk_docketed(d, "Main"), id = written_by(d, 1, "Merged");
    i64 asked = written_by(d, 1, "Asked back");
    assert_int_equal(desk_act(d, asked, "ask_withdraw", "{\"opinion\":\"Solved.\"}"), 200);
    desk_as_reviewer(d);
    refused(d, asked, "merge", into(d, main), "proposals.withdraw_first");
    assert_int_equal(merge(d, id, main), 200);
    desk_as_member(d, 1);
    assert_int_equal(desk_act(d, id, "ask_withdraw", "{\"opinion\":\"Solved.\"}"), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "withdraw", "{}"), 200);
    struct proposal p = desk_load(d, id);
    desk_same(p.outcome, "withdrawn");
    assert_int_equal(p.main_id, 0);
    assert_int_equal(desk_load(d, main).merged_count, 0);
}

/* Without the setting only what is docketed has a number. */
static err numbers_off(struct rq *rq, void *context)
{
    (void)context;
    return setting_store(rq, "proposals.merged_numbered", str_of("0"), rq->today);
}

static void a_site_may_leave_merged_ones_without_number(void **state)
{
    struct desk *d = *state;
    assert_ok(desk_in_org(d, d->t->org, numbers_off, NULL));
    i64 main = desk_docketed(d, "Main"), id = desk_submitted(d, "Merged");
    assert_int_equal(merge(d, id, main), 200);
    assert_int_equal(desk_load(d, id).docket_no, 0);
}

/* ---- who sees what ---- */

/* 1: sees it by its page and in the list, 0: neither. The two must agree. */
static void sees(struct desk *d, i64 id, bool wanted)
{
    i64 total = -1;
    assert_int_equal(desk_page(d, "/api/v1/proposals/", id, "").status, wanted ? 200 : 404);
    struct test_answer a =
        test_get(d->t, arena_printf(d->t->mem, "/api/v1/proposals?id=%lld", (long long)id).ptr);
    assert_int_equal(a.status, 200);
    assert_true(str_to_i64(test_json(d->t, &a, "total"), &total));
    assert_int_equal(total, wanted);
}

static void who_is_concerned_by_one_is_concerned_by_all(void **state)
{
    struct desk *d = *state;
    i64 main = desk_submitted(d, "Main"), id = written_by(d, 1, "Merged"),
        third = written_by(d, 2, "Third");
    desk_as_member(d, 1);
    sees(d, main, false); /* under review: its proposer's and the office's */
    assert_int_equal(merge(d, id, main), 200);
    desk_as_member(d, 1);
    sees(d, main, true);
    sees(d, id, true);
    sees(d, third, false);
    desk_as_member(d, 0);
    sees(d, id, true);
    desk_as_member(d, 2);
    sees(d, main, false);
    sees(d, id, false);
    desk_as_dispatcher(d);
    sees(d, main, false);
    sees(d, id, false);
    assert_int_equal(merge(d, third, main), 200);
    desk_as_member(d, 2);
    sees(d, id, true); /* another one merged into the same */
    desk_as_reviewer(d);
    sees(d, id, true);
    assert_int_equal(desk_act(d, main, "docket", "{\"category\":\"transport\"}"), 200);
    desk_as_dispatcher(d);
    sees(d, id, true);
    desk_as_operator(d, 0);
    sees(d, id, false);
    assign(d, main);
    desk_as_operator(d, 0);
    sees(d, main, true);
    sees(d, id, true);
    desk_as_operator(d, 1);
    sees(d, id, false);
    desk_as_other_member(d);
    sees(d, id, false);
}

/* As public as its main one, and no more than its own proposer agrees to. */
static void other_members_see_it_as_the_main_one(void **state)
{
    struct desk *d = *state;
    i64 main = desk_docketed(d, "Main"), id = desk_submitted(d, "Merged"),
        early = desk_submitted(d, "Under review"), late = desk_submitted(d, "Into that");
    assert_int_equal(merge(d, id, main), 200);
    assert_int_equal(merge(d, late, early), 200);
    desk_as_member(d, 1);
    sees(d, id, true);
    sees(d, late, false);
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, id, "reconsider",
                              "{\"consent\":\"no\",\"consent_reason\":\"Neighbours.\"}"),
                     200);
    desk_as_member(d, 1);
    sees(d, main, true);
    sees(d, id, false);
}

/* A version that was read before something was merged into it is no longer good: who hands out
 * meanwhile would leave the merged one behind. */
static void two_clerks_at_once_do_not_lose_one(void **state)
{
    struct desk *d = *state;
    i64 main = desk_docketed(d, "Main"), id = desk_submitted(d, "Merged");
    i64 seen = desk_load(d, main).version;
    assert_int_equal(merge(d, id, main), 200);
    desk_as_dispatcher(d);
    struct test_answer a =
        test_api(d->t, POST,
                 arena_printf(d->t->mem, "/api/v1/proposals/%lld/assign", (long long)main).ptr,
                 arena_printf(d->t->mem, "{\"mode\":\"sole\",\"host_id\":%lld,\"version\":%lld}",
                              (long long)d->agency[0], (long long)seen)
                     .ptr);
    assert_int_equal(a.status, 409);
    desk_same(test_json(d->t, &a, "code"), "flows.version");
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_merged_one_keeps_a_number_and_waits),
        T(chains_circles_and_other_sessions_are_refused),
        T(proposals_of_two_sessions_stay_apart),
        T(a_main_one_does_not_end_under_the_others),
        T(undone_it_stands_where_it_stood_with_the_days_that_were_left),
        T(after_handing_out_it_is_not_undone),
        T(a_merged_one_may_still_be_withdrawn_before),
        T(a_site_may_leave_merged_ones_without_number),
        T(who_is_concerned_by_one_is_concerned_by_all),
        T(other_members_see_it_as_the_main_one),
        T(two_clerks_at_once_do_not_lose_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
