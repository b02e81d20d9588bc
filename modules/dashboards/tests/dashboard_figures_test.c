/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Figures lead to what they count, agencies count their own, each proposal counts once by what the
 * review decided. Both engines. Definitions: docs/glossary.md, rates and counts. */
#include "modules/dashboards/tests/figure_links.h"

/* Each number of the JSON's totals and of the page's tables is the number of records behind its
 * link. */
static void every_figure_leads_to_what_it_counts(void **state)
{
    struct desk *d = *state;
    desk_draft(d, "Not counted");
    desk_submitted(d, "Received");
    desk_docketed(d, "Docketed");
    desk_assigned(d, "Assigned");
    desk_answered(d, "Answered");
    i64 closed = desk_answered(d, "Closed");
    assert_int_equal(desk_evaluate(d, closed, "fair"), 200);
    i64 bad = desk_answered(d, "Dissatisfied");
    assert_int_equal(desk_evaluate(d, bad, "dissatisfied"), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, bad, "redo", "{\"opinion\":\"Again.\"}"), 200);
    i64 rejected = desk_submitted(d, "Rejected");
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, rejected, "reject",
                              "{\"reason\":\"empty\",\"destination\":\"refer\",\"opinion\":\"x\"}"),
                     200);
    struct test_answer a = test_get(d->t, "/api/v1/proposals/figures");
    static const struct {
        const char *name, *value;
    } TOTALS[] = {
        { "proposals.received", "7" },
        { "proposals.pending", "1" },
        { "proposals.docketed", "5" },
        { "proposals.rejected", "1" },
        { "proposals.assigned", "4" },
        { "proposals.due", "3" },     /* answered; the day of the others is still to come */
        { "proposals.replied", "3" }, /* also the one that is done again */
        { "proposals.on_time", "3" },
        { "proposals.strict", "0" }, /* one talk each, two are wanted */
        { "proposals.strict_rate_x10000", "0" },
        { "proposals.closed", "1" },
        { "proposals.redone", "1" },
        { "proposals.class_a", "3" },
        { "proposals.share_a_x10000", "10000" },
        { "proposals.reply_rate_x10000", "10000" },
        { "proposals.case_fair", "1" },
        { "proposals.case_rate_x10000", "10000" },
        { "assignments.unit_assigned", "4" },
        { "assignments.unit_due", "3" },
        { "assignments.unit_replied", "3" },
        { "assignments.unit_closed", "1" },
        { "assignments.unit_reply_rate_x10000", "10000" },
        { "assignments.meet_rate_x10000", "10000" }, /* of the answers that were delivered */
        { "assignments.unit_met", "3" },
        { "assignments.items", "6" }, /* two suggestions each, the redone one's too */
        { "assignments.adopted", "3" },
        { "assignments.agencies", "1" },
        { "assignments.hosts", "1" },
        { "proposals.publishable", "5" }, /* docketed, consenting */
        { "proposals.published", "0" },
        { "proposals.publish_rate_x10000", "0" },
        { "assignments.adoption_rate_x10000", "5000" }, /* one of two suggestions, each time */
        { "evaluations.sent", "2" },                    /* of the present round */
        { "evaluations.returned", "1" },
        { "evaluations.handling_satisfied", "1" },
        { "evaluations.result_satisfied", "0" },
        { "evaluations.result_fair", "1" },
        { "evaluations.return_rate_x10000", "5000" },
        { "evaluations.result_rate_x10000", "10000" },
        { "by.category.0.label", "\u4EA4\u901A\u8FD0\u8F93" },
        { "by.category.0.class_a", "3" },
        { "by.kind.0.received", "7" },
        { "by.reject_reason.0.rejected", "1" },
    };
    for (size_t i = 0; i < sizeof TOTALS / sizeof *TOTALS; i++)
        if (!str_is(test_json(d->t, &a, TOTALS[i].name), TOTALS[i].value))
            fail_msg("%s is not %s: %.*s", TOTALS[i].name, TOTALS[i].value, (int)a.body.len,
                     a.body.ptr);
    a = test_get(d->t, "/proposals/figures");
    assert_int_equal(a.status, 200);
    assert_true(figure_links(d, a.body, "/proposals") > 40);
    figure_links(d, a.body, "/evaluations");
    assert_true(figure_links(d, a.body, "/proposals/figures/answers") >= 1);
    assert_true(figure_links(d, a.body, "/assignments") >= 1);
    a = test_get(d->t, "/proposals/figures/explain");
    assert_int_equal(figure_links(d, a.body, "/proposals/figures/signers"), 1);
    assert_int_equal(figure_links(d, a.body, "/proposals/figures/units"), 2);
    assert_true(figure_links(d, a.body, "/proposals/figures/answers") >= 2);
    a = test_get(d->t, "/proposals/figures/units");
    assert_int_equal(a.status, 200);
    assert_true(figure_links(d, a.body, "/assignments") >= 5);
    assert_true(figure_links(d, a.body, "/evaluations") >= 4);
    a = test_get(d->t, "/proposals/figures/compare");
    assert_int_equal(a.status, 200);
    assert_true(figure_links(d, a.body, "/proposals") >= 10);
    a = test_get(d->t, "/proposals/figures/explain");
    assert_int_equal(a.status, 200);
    assert_true(figure_links(d, a.body, "/proposals") >= 10);
    assert_true(desk_has(&a, "id=\"reply_rate\""));
    static const char *const FILES[] = { "/proposals/figures.xlsx", "/proposals/figures/units.xlsx",
                                         "/proposals/figures/days.xlsx",
                                         "/proposals/figures/compare.xlsx" };
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        a = test_get(d->t, FILES[i]);
        assert_int_equal(a.status, 200);
        assert_memory_equal(a.body.ptr, "PK", 2);
    }
    a = test_get(d->t, "/proposals/figures.pdf");
    assert_int_equal(a.status, 200);
    assert_memory_equal(a.body.ptr, "%PDF", 4);
    a = test_get(d->t, "/proposals/figures?all=1");
    assert_int_equal(a.status, 200);
    desk_as_member(d, 0);
    assert_int_equal(test_get(d->t, "/proposals/figures").status, 403);
}

/* Two agencies answer for themselves (分办): Roads in time, Health not by its day; then Health's
 * part goes to Schools. Each counts its own. */
static void split_agencies_count_their_own(void **state)
{
    struct desk *d = *state;
    i64 id = desk_docketed(d, "A school road");
    desk_split(d, id);
    desk_answer(d, id, "a");
    desk_on_day(d, "2027-01-16");
    desk_as_reviewer(d);
    struct test_answer a = test_get(d->t, "/api/v1/proposals/figures/units?all=1");
    desk_same(test_json(d->t, &a, "agencies.0.label"), "Health");
    desk_same(test_json(d->t, &a, "agencies.0.unit_due"), "1");
    desk_same(test_json(d->t, &a, "agencies.0.unit_replied"), "0");
    desk_same(test_json(d->t, &a, "agencies.0.unit_reply_rate_x10000"), "0");
    desk_same(test_json(d->t, &a, "agencies.0.unit_class_a"), "0");
    desk_same(test_json(d->t, &a, "agencies.1.label"), "Roads");
    desk_same(test_json(d->t, &a, "agencies.1.unit_on_time"), "1");
    desk_same(test_json(d->t, &a, "agencies.1.unit_class_a"), "1");
    a = test_get(d->t, "/api/v1/proposals/figures?all=1");
    desk_same(test_json(d->t, &a, "assignments.unit_reply_rate_x10000"), "5000");
    desk_same(test_json(d->t, &a, "proposals.replied"), "0"); /* the case waits for both */
    desk_same(test_json(d->t, &a, "proposals.due"), "1");
    i64 health = d->agency[1], assignment = 0;
    assert_ok(db_i64(d->t->db,
                     SQL("SELECT id FROM assignments WHERE org_id = :org AND agency_id = :health",
                         P(health)),
                     &assignment));
    desk_as_dispatcher(d);
    str path = arena_printf(d->t->mem, "/api/v1/assignments/%lld/reassign", (long long)assignment);
    str json = arena_printf(d->t->mem, "{\"agency_id\":%lld}", (long long)d->agency[2]);
    const char *seen = test_versioned(d->t, json.ptr, desk_assignment_version(d, assignment));
    assert_int_equal(test_api(d->t, POST, path.ptr, seen).status, 200);
    desk_as_reviewer(d);
    a = test_get(d->t, arena_printf(d->t->mem, "/api/v1/proposals/figures/units?session_id=%lld",
                                    (long long)d->session_id)
                           .ptr);
    desk_same(test_json(d->t, &a, "agencies.0.label"), "Roads");
    desk_same(test_json(d->t, &a, "agencies.1.label"), "Schools"); /* of the same session */
    desk_same(test_json(d->t, &a, "agencies.1.unit_due"), "0");
    figure_links(d, test_get(d->t, "/proposals/figures/units?all=1").body, "/assignments");
}

static i64 number_of(struct desk *d, const struct test_answer *a, const char *path)
{
    i64 n = -1;
    assert_true(str_to_i64(test_json(d->t, a, path), &n));
    return n;
}

static i64 total_of(struct desk *d, const char *query)
{
    return desk_total(d, arena_printf(d->t->mem, "/api/v1/proposals?%s", query).ptr);
}

/* glossary: received = docketed + rejected + diverted + withdrawn + merged, and what is under
 * review. The same after all that has ended is archived. */
static void each_one_counts_once_by_what_was_decided(void **state)
{
    static const struct {
        const char *name;
        i64 wanted;
        const char *list;
    } FIGURES[] = {
        { "received", 8, "submitted_at_from=1990-01-01" },
        { "docketed", 3, "outcome=docketed" },
        { "rejected", 1, "outcome=rejected" },
        { "diverted", 1, "outcome=diverted" },
        { "withdrawn", 1, "outcome=withdrawn" },
        { "merged", 1, "outcome=merged" },
        { "assigned", 2, "outcome=docketed&assigned_at_from=1990-01-01" },
        { "replied", 2, "replied=1" },
        { "closed", 1, "outcome=docketed&state=closed,tracking,fulfilled,archived" },
    };
    struct desk *d = *state;
    desk_draft(d, "Draft");
    desk_submitted(d, "Submitted");
    i64 main = desk_docketed(d, "Docketed"), merged = desk_submitted(d, "Merged");
    i64 ends[] = { desk_rejected(d, "Rejected"), desk_submitted(d, "Diverted"),
                   desk_assigned(d, "Withdrawn"), desk_closed(d, "Closed") };
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, ends[1], "divert",
                              "{\"destination\":\"opinion\",\"opinion\":\"One street.\"}"),
                     200);
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, ends[2], "ask_withdraw", "{\"opinion\":\"Solved.\"}"), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, ends[2], "withdraw", "{}"), 200);
    assert_int_equal(desk_act(d, merged, "merge",
                              arena_printf(d->t->mem, "{\"main_id\":%lld}", (long long)main).ptr),
                     200);
    desk_mediated(d, "Mediating");
    for (int archived = 0; archived < 2; archived++) {
        desk_as_staff(d);
        struct test_answer a = test_get(d->t, "/api/v1/proposals/figures?all=1");
        assert_int_equal(a.status, 200);
        for (size_t i = 0; i < sizeof FIGURES / sizeof *FIGURES; i++) {
            str path = arena_printf(d->t->mem, "proposals.%s", FIGURES[i].name);
            i64 got = number_of(d, &a, path.ptr), listed = total_of(d, FIGURES[i].list);
            if (got != FIGURES[i].wanted || listed != got)
                fail_msg("archived %d, %s: %lld, the list has %lld", archived, FIGURES[i].name,
                         (long long)got, (long long)listed);
        }
        assert_int_equal(number_of(d, &a, "assignments.unit_assigned"),
                         2); /* the cancelled one not */
        for (size_t i = 0; archived == 0 && i < sizeof ends / sizeof *ends; i++) {
            if (i < 2)
                assert_int_equal(
                    desk_act(d, ends[i], "inform",
                             "{\"informed_on\":\"2026-11-25\",\"opinion\":\"By letter.\"}"),
                    200);
            assert_int_equal(desk_act(d, ends[i], "archive", "{}"), 200);
        }
    }
}

/* 办成率 beside 满意率: two promised in two answers, one day has come, one of them is kept: 1 of 1.
 */
static void promises_stand_beside_satisfaction(void **state)
{
    struct desk *d = *state;
    i64 first = desk_assigned(d, "First"), second = desk_assigned(d, "Second");
    desk_answer(d, first, "b"); /* promised for 06-30 of the next year */
    desk_answer(d, second, "b");
    desk_as_staff(d);
    struct test_answer a = test_get(d->t, "/api/v1/proposals/figures?all=1");
    assert_int_equal(number_of(d, &a, "promises.promised"), 2);
    assert_int_equal(number_of(d, &a, "promises.promises_due"), 0);
    a = test_get(d->t, "/api/v1/promises");
    i64 promise = number_of(d, &a, "items.0.id");
    desk_as_operator(d, 0);
    str path = arena_printf(d->t->mem, "/api/v1/promises/%lld/meet", (long long)promise);
    a = test_api(d->t, POST, path.ptr, "{\"version\":1,\"opinion\":\"It runs since Monday.\"}");
    assert_int_equal(a.status, 200);
    desk_as_staff(d);
    a = test_get(d->t, "/api/v1/proposals/figures?all=1");
    assert_int_equal(number_of(d, &a, "promises.promises_due"), 1);
    assert_int_equal(number_of(d, &a, "promises.kept"), 1);
    assert_int_equal(number_of(d, &a, "promises.fulfil_rate_x10000"), 10000);
    a = test_get(d->t, "/proposals/figures?all=1");
    assert_true(desk_has(&a, "办成率 100.0%"));
    assert_true(figure_links(d, a.body, "/promises") >= 2);
    a = test_get(d->t, "/proposals/figures/units?all=1");
    assert_true(figure_links(d, a.body, "/promises") >= 3);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(every_figure_leads_to_what_it_counts),
        T(split_agencies_count_their_own),
        T(each_one_counts_once_by_what_was_decided),
        T(promises_stand_beside_satisfaction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
