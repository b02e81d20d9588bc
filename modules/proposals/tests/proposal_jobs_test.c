/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Timed work and the index: warnings once a working day and only for what is due, texts that a
 * reindex reads again, notices that tell the proposer. */
#include "modules/proposals/proposal_pages.h"
#include "modules/proposals/tests/desk_look.h"
#include "platform/text/text.h"

/* ---- warnings ---- */

/* Somebody to be told: an account that holds the reviewer's role. */
static void reviewer_make(struct desk *d)
{
    assert_ok(db_run(d->t->db,
                     SQL("INSERT INTO accounts (org_id, login_name, name, state, created_at) "
                         "VALUES (:org, 'rev', 'Reviewer', 'active', 1)"),
                     NULL));
    assert_ok(db_run(
        d->t->db,
        SQL("INSERT INTO holdings (org_id, account_id, role_id, scope_kind, from_on, given_at) "
            "SELECT :org, a.id, r.id, 'org', 1, 1 FROM accounts a, roles r "
            "WHERE a.org_id = :org AND r.org_id = :org AND r.code = 'reviewer' "
            "AND a.login_name = 'rev'"),
        NULL));
}

static i64 told(struct desk *d)
{
    i64 n = 0;
    assert_ok(db_i64(d->t->db,
                     SQL("SELECT count(*) AS n FROM deliveries WHERE org_id = :org AND url LIKE "
                         "'/proposals?%'"),
                     &n));
    return n;
}

static err run_job(struct rq *rq, void *context)
{
    bool again = true;
    (void)context;
    TRY(job_proposal_warn_due(rq, &again));
    assert_false(again);
    return OK;
}

static void warnings_come_once_a_working_day(void **state)
{
    static const struct {
        const char *day;
        i64 told; /* in all */
    } DAYS[] = {
        { "2026-11-27", 0 }, /* 15 working days from 25 November: 16 December */
        { "2026-12-12", 0 }, /* a Saturday */
        { "2026-12-14", 1 }, /* two working days before */
        { "2026-12-14", 1 }, /* the same day again */
        { "2026-12-15", 2 },
    };
    struct desk *d = *state;
    reviewer_make(d);
    desk_submitted(d, "A ramp at the station");
    desk_submitted(d, "A light at the crossing");
    for (size_t i = 0; i < sizeof DAYS / sizeof *DAYS; i++) {
        desk_on_day(d, DAYS[i].day);
        assert_ok(test_write(d->t, run_job, NULL));
        if (told(d) != DAYS[i].told)
            fail_msg("%s: told %lld times", DAYS[i].day, (long long)told(d));
    }
}

/* ---- telling the proposer ---- */

static i64 told_of(struct desk *d, i64 id)
{
    i64 n = 0;
    str url = arena_printf(d->t->mem, "/proposals/%lld", (long long)id);
    assert_ok(db_i64(d->t->db,
                     SQL("SELECT count(*) AS n FROM deliveries v JOIN accounts a "
                         "ON a.org_id = v.org_id AND a.id = v.account_id "
                         "WHERE v.org_id = :org AND a.login_name = 'li' AND v.url = :url",
                         P(url)),
                     &n));
    return n;
}

static void the_proposer_is_told_of_every_turn(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 id = desk_submitted(d, "A ramp at the station");
    i64 before = told_of(d, id);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "revise", "{\"opinion\":\"Say where.\"}"), 200);
    assert_int_equal(told_of(d, id),
                     before + 1); /* once, with the reason: no to-do notice beside */
    i64 other = desk_submitted(d, "Something good");
    before = told_of(d, other);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, other, "reject",
                              "{\"reason\":\"empty\",\"destination\":\"refer\",\"opinion\":\"x\"}"),
                     200);
    assert_int_equal(told_of(d, other), before + 1); /* never without a notice (rules.md 2.2) */
    i64 answered = desk_answered(d, "A line over the bridge");
    assert_true(told_of(d, answered) >= 3); /* docketed, assigned, answered */
}

/* ---- reindex ---- */

static err read_again(struct rq *rq, void *context)
{
    struct rows *rows = context;
    return proposal_texts(rq, 0, 10, rows);
}

static void drafts_are_not_searchable(void **state)
{
    struct desk *d = *state;
    struct rows rows;
    desk_draft(d, "Only mine");
    i64 id = desk_submitted(d, "A ramp at the station");
    struct rq rq = test_system_rq(d->t);
    assert_ok(read_again(&rq, &rows));
    assert_int_equal(rows.count, 1);
    const struct text_document *docs = rows.items;
    assert_int_equal(docs[0].id, id);
    desk_same(docs[0].body, "Eight thousand people wait for one bus.\n"
                            "The line was planned for the old town.\n"
                            "A line over the second bridge.\nA later last bus.");
    desk_as_reviewer(d);
    struct test_answer a = test_get(d->t, "/api/v1/proposals?q=mine");
    desk_same(test_json(d->t, &a, "items.0.id"), "");
}

static void the_index_follows_the_text(void **state)
{
    struct desk *d = *state;
    i64 id = desk_submitted(d, "A ramp at the station");
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "revise", "{\"opinion\":\"Say where.\"}"), 200);
    desk_as_member(d, 0);
    str path = arena_printf(d->t->mem, "/api/v1/proposals/%lld", (long long)id);
    str json = arena_printf(
        d->t->mem,
        "{\"version\":%lld,\"title\":\"An escalator at the market\",\"situation\":\"s\","
        "\"analysis\":\"a\",\"suggestions\":[\"x\"],\"consent\":\"yes\"}",
        (long long)desk_load(d, id).version);
    assert_int_equal(test_api(d->t, PUT, path.ptr, json.ptr).status, 200);
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 200);
    struct test_answer a = test_get(d->t, "/api/v1/proposals?q=escalator");
    desk_same(test_json(d->t, &a, "total"), "1");
    a = test_get(d->t, "/api/v1/proposals?q=station");
    desk_same(test_json(d->t, &a, "total"), "0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(warnings_come_once_a_working_day, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(the_proposer_is_told_of_every_turn, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(drafts_are_not_searchable, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(the_index_follows_the_text, desk_setup, desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
