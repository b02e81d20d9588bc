/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A session is corrected while proposals hang on it: its numbers stay once they are printed, its
 * days only move where no proposal changes its session, and before, during, between follow the
 * days. The desk's session is 六届三次 (2026-02-01 to 05); today is 2026-11-25. Expectations:
 * modules/orgs/README.md. */
#include "modules/orgs/session.h"
#include "modules/proposals/tests/desk.h"

struct writing {
    i64 id;
    const char *term, *number, *opened, *closed, *until;
};

static struct test_answer correct(struct desk *d, const struct writing *w)
{
    const char *at = arena_printf(d->t->mem, "/api/v1/sessions/%lld", (long long)w->id).ptr;
    desk_as_staff(d);
    struct test_answer a = test_get(d->t, at);
    str version = test_json(d->t, &a, "version");
    return test_api(d->t, PUT, at,
                    arena_printf(d->t->mem,
                                 "{\"term_number\":%s,\"number\":%s,\"opened_on\":\"%s\","
                                 "\"closed_on\":\"%s\",\"until_on\":\"%s\",\"version\":%.*s}",
                                 w->term, w->number, w->opened, w->closed, w->until,
                                 (int)version.len, version.ptr)
                        .ptr);
}

static void refused(struct desk *d, const struct writing *w, const char *name)
{
    struct test_answer a = correct(d, w);
    assert_int_equal(a.status, 409);
    desk_same(test_json(d->t, &a, "code"), name);
}

static void without_proposals_everything_can_be_corrected(void **state)
{
    struct desk *d = *state;
    (void)desk_draft(d, "Only written, not handed in");
    struct writing w = { d->session_id, "6", "4", "2026-02-02", "2026-02-06", "2026-11-01" };
    assert_int_equal(correct(d, &w).status, 200);
}

static void a_printed_number_keeps_its_session(void **state)
{
    struct desk *d = *state;
    (void)desk_docketed(d, "A line over the bridge");
    struct writing w = { d->session_id, "6", "4", "2026-02-01", "2026-02-05", "" };
    refused(d, &w, "proposals.session_numbered");
    struct rq rq = test_system_rq(d->t);
    struct session session;
    assert_ok(session_find(&rq, d->session_id, &session));
    assert_int_equal(session.number, 3); /* nothing was kept */
    const char *at = arena_printf(d->t->mem, "/api/v1/terms/%lld", (long long)session.term_id).ptr;
    struct test_answer a =
        test_api(d->t, PUT, at,
                 "{\"number\":7,\"from_on\":\"2026-02-01\",\"to_on\":\"\",\"version\":1}");
    assert_int_equal(a.status, 409); /* the term's number stands in it too */
    desk_same(test_json(d->t, &a, "code"), "proposals.session_numbered");
}

static void a_proposal_keeps_the_session_of_its_day(void **state)
{
    struct desk *d = *state;
    (void)desk_docketed(d, "A line over the bridge"); /* handed in on 2026-11-25 */
    struct writing w = { d->session_id, "6", "3", "2026-02-01", "2026-02-05", "2026-11-24" };
    refused(d, &w, "proposals.session_days");
    w.until = "2026-11-25";
    assert_int_equal(correct(d, &w).status, 200);
    w.until = "";
    assert_int_equal(correct(d, &w).status, 200);
}

/* The next session collects from the day after; moving that day over a proposal is refused. */
static void the_next_session_keeps_its_proposals(void **state)
{
    struct desk *d = *state;
    desk_as_staff(d);
    struct test_answer a = test_api(d->t, POST, "/api/v1/sessions",
                                    "{\"term_number\":6,\"number\":4,\"opened_on\":\"2027-01-08\","
                                    "\"closed_on\":\"2027-01-12\"}");
    assert_int_equal(a.status, 200); /* the third ends on 2026-11-23 */
    (void)desk_docketed(d, "A line over the bridge");
    struct writing w = { d->session_id, "6", "3", "2026-02-01", "2026-02-05", "2026-11-25" };
    refused(d, &w, "proposals.session_days");
    w.until = "2026-11-24";
    assert_int_equal(correct(d, &w).status, 200);
}

static struct test_answer enter(struct desk *d, const char *opened, const char *closed)
{
    desk_as_staff(d);
    return test_api(d->t, POST, "/api/v1/sessions",
                    arena_printf(d->t->mem,
                                 "{\"term_number\":6,\"number\":4,\"opened_on\":\"%s\","
                                 "\"closed_on\":\"%s\"}",
                                 opened, closed)
                        .ptr);
}

static i64 until_of(struct desk *d, i64 id)
{
    struct rq rq = test_system_rq(d->t);
    struct session session;
    assert_ok(session_find(&rq, id, &session));
    return session.until_on;
}

/* The next session is entered after its collecting should have begun (2026-11-24): what has been
 * handed in since keeps its session, and with it its number. */
static void a_new_session_leaves_what_was_handed_in(void **state)
{
    struct desk *d = *state;
    (void)desk_docketed(d, "A line over the bridge"); /* handed in on 2026-11-25 */
    struct test_answer a = enter(d, "2027-01-08", "2027-01-12");
    assert_int_equal(a.status, 200);
    assert_int_equal(until_of(d, d->session_id), day_from_civil(2026, 11, 25));
}

/* A plenary that had opened by then cannot: its number would not be theirs. */
static void a_new_session_that_would_take_them_is_refused(void **state)
{
    struct desk *d = *state;
    (void)desk_docketed(d, "A line over the bridge"); /* handed in on 2026-11-25 */
    struct test_answer a = enter(d, "2026-11-25", "2026-11-26");
    assert_int_equal(a.status, 409);
    desk_same(test_json(d->t, &a, "code"), "proposals.session_days");
    assert_int_equal(until_of(d, d->session_id), 0);
}

/* Nor does one that is entered between two others take those of the later one. */
static void a_session_between_takes_none(void **state)
{
    struct desk *d = *state;
    desk_as_staff(d);
    struct test_answer a = test_api(d->t, POST, "/api/v1/sessions",
                                    "{\"term_number\":6,\"number\":5,\"opened_on\":\"2027-03-08\","
                                    "\"closed_on\":\"2027-03-12\"}");
    assert_int_equal(a.status, 200); /* the third ends on 2027-01-21 */
    struct writing w = { d->session_id, "6", "3", "2026-02-01", "2026-02-05", "2026-11-20" };
    assert_int_equal(correct(d, &w).status, 200);
    (void)desk_docketed(d, "A line over the bridge"); /* of the fifth, on 2026-11-25 */
    a = enter(d, "2026-11-22", "2026-11-24");
    assert_int_equal(a.status, 409);
    desk_same(test_json(d->t, &a, "code"), "proposals.session_days");
}

static void timing_follows_the_days(void **state)
{
    static const struct {
        const char *opened, *closed, *timing;
    } ROWS[] = {
        { "2026-02-01", "2026-11-24", "between" },
        { "2026-02-01", "2026-11-25", "during" },
        { "2026-11-25", "2026-11-26", "during" },
        { "2026-11-26", "2026-11-27", "before" },
    };
    struct desk *d = *state;
    i64 id = desk_docketed(d, "A line over the bridge");
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct writing w = { d->session_id, "6", "3", ROWS[i].opened, ROWS[i].closed, "" };
        assert_int_equal(correct(d, &w).status, 200);
        desk_same(desk_load(d, id).timing, ROWS[i].timing);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(without_proposals_everything_can_be_corrected, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_printed_number_keeps_its_session, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_proposal_keeps_the_session_of_its_day, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(the_next_session_keeps_its_proposals, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_new_session_leaves_what_was_handed_in, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_new_session_that_would_take_them_is_refused, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_session_between_takes_none, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(timing_follows_the_days, desk_setup, desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
