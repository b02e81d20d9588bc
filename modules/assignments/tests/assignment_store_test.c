/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of assignments on both engines: constraints, versions, sequences, organisations
 * apart; warnings once in a stage; the declarations themselves. */
#include "modules/assignments/assignment_list.h"
#include "modules/assignments/assignment_pages.h"
#include "modules/assignments/tests/hall.h"
#include "modules/evaluations/evaluation_pages.h"
#include "platform/base/str.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"

static void a_version_that_is_gone_is_a_conflict(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    struct assignment a = load(h, id);
    assert_int_equal(assignment_store_update(h->t->db, &a, str_of("accepted")).code, ERR_NONE);
    assert_true(err_is(assignment_store_update(h->t->db, &a, str_of("assigned")), "db.version"));
    same(state_of(h, id), "accepted");
}

static void one_agency_has_a_matter_once_unless_taken_away(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h), second = 0;
    struct assignment a = load(h, id);
    assert_int_equal(db_begin(h->t->db).code, ERR_NONE);
    assert_true(err_is(assignment_store_add(h->t->db, &a, &second), "db.unique"));
    db_rollback(h->t->db);
    assert_int_equal(assignment_store_update(h->t->db, &a, str_of("reassigned")).code, ERR_NONE);
    assert_int_equal(assignment_store_add(h->t->db, &a, &second).code, ERR_NONE);
    i64 count = 0;
    struct matter_key key = assignment_matter(&a);
    assert_int_equal(assignment_store_count(h->t->db, &key, a.agency_id, &count).code, ERR_NONE);
    assert_int_equal(count, 1);
}

static void organisations_are_apart(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h), count = 0;
    struct assignment a = load(h, id), seen = { 0 };
    struct matter_key key = assignment_matter(&a);
    struct rows rows;
    db_set_org(h->t->db, OTHER_ORG);
    assert_int_equal(assignment_store_find(h->t->db, id, h->t->mem, &seen).code, ERR_NOT_FOUND);
    assert_int_equal(assignment_store_list(h->t->db, &key, h->t->mem, &rows).code, ERR_NONE);
    assert_int_equal(rows.count, 0);
    assert_int_equal(assignment_store_list_items(h->t->db, &key, h->t->mem, &rows).code, ERR_NONE);
    assert_int_equal(rows.count, 0);
    assert_int_equal(assignment_store_count(h->t->db, &key, 0, &count).code, ERR_NONE);
    assert_int_equal(count, 0);
    assert_true(err_is(assignment_store_update(h->t->db, &a, str_of("closed")), "db.version"));
    db_set_org(h->t->db, h->t->org);
    same(state_of(h, id), "assigned");
}

/* The page's rule in C and the list's in SQL say the same to everyone. */
static void list_and_page_agree_on_who_sees_what(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 0, "hcc", 1, 0 }, made).code, ERR_NONE);
    str json = arena_printf(h->t->mem, "{\"agency_id\":%lld}", (long long)h->agency[3]);
    as_dispatcher(h);
    assert_int_equal(act(h, made[2], "reassign", json.ptr), 200);
    for (size_t agency = 0; agency < AGENCIES; agency++) {
        as_operator(h, agency);
        struct test_answer list = test_get(h->t, "/api/v1/assignments?limit=200");
        i64 listed = 0, found = 0;
        assert_true(str_to_i64(test_json(h->t, &list, "total"), &listed));
        for (i64 id = made[0]; id <= made[2] + 1; id++)
            found += page(h, "/api/v1/assignments/", id, "").status == 200;
        assert_int_equal(listed, found);
        assert_int_equal(found, agency == 2 || agency == 4 ? 0 : 1);
    }
}

/* ---- warnings ---- */

static err warn_all(struct rq *rq, void *context)
{
    bool again = true;
    (void)context;
    while (again)
        TRY(job_assignment_warn(rq, &again));
    for (again = true; again;)
        TRY(job_evaluation_remind(rq, &again));
    return OK;
}

static void warn(struct hall *h, i64 id, const char *on, const char *warning)
{
    bool news = !str_is(load(h, id).warning, warning);
    i64 version = load(h, id).version, told = deliveries(h);
    on_day(h, on);
    assert_int_equal(test_write(h->t, warn_all, NULL).code, ERR_NONE);
    same(load(h, id).warning, warning);
    assert_int_equal(load(h, id).version, version); /* who has its page open keeps it */
    assert_true((deliveries(h) > told) == news);
    told = deliveries(h);
    assert_int_equal(test_write(h->t, warn_all, NULL).code, ERR_NONE);
    assert_int_equal(deliveries(h), told); /* once in a stage */
}

/* Taking it is due on 2026-12-02: warned one working day ahead. Answering on 2027-02-25: ten
 * working days ahead, that is from 2027-02-10 on (2027-02-06 to 12 is Spring Festival only where
 * the calendar says so; the house's list ends with 2026). */
static void each_stage_is_warned_of_once(void **state)
{
    struct hall *h = *state;
    employ(h, 0);
    i64 id = hand_out_one(h);
    warn(h, id, "2026-11-30", "");
    warn(h, id, "2026-12-01", "amber");
    warn(h, id, "2026-12-02", "amber");
    warn(h, id, "2026-12-03", "red");
    as_operator(h, 0);
    assert_int_equal(act(h, id, "accept", NULL), 200);
    same(load(h, id).warning, "");
    warn(h, id, "2027-02-10", "");
    warn(h, id, "2027-02-11", "amber");
    warn(h, id, "2027-02-25", "amber");
    warn(h, id, "2027-02-26", "red");
    answer(h, id, 0);
    warn(h, id, "2027-06-01", "");
}

static void what_is_asked_back_is_not_warned_of(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "bounce", "{\"opinion\":\"Not our duty.\"}"), 200);
    warn(h, id, "2026-12-20", "");
}

/* Due 15 working days after the answer of 2026-11-25, on 2026-12-16; three working days ahead,
 * and once. */
static i64 reminded(struct hall *h)
{
    i64 count = 0;
    assert_int_equal(
        db_i64(h->t->db,
               SQL("SELECT COUNT(*) FROM evaluations WHERE org_id = :org AND reminded_at > 0"),
               &count)
            .code,
        ERR_NONE);
    return count;
}

static void who_has_not_evaluated_is_reminded_once(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 0, "s", 2, 0 }, made).code, ERR_NONE);
    answer(h, made[0], 0);
    assert_int_equal(evaluate(h, made[0], 301, "satisfied"), 200);
    warn(h, made[0], "2026-12-10", "");
    assert_int_equal(reminded(h), 0);
    warn(h, made[0], "2026-12-11", "");
    assert_int_equal(reminded(h), 1); /* the other one has given his verdict */
}

/* ---- declarations ---- */

static void the_declarations_hold_together(void **state)
{
    struct hall *h = *state;
    struct buf *faults = buf_new(h->t->mem, 10000);
    bool fine = flow_check(&ASSIGNMENTS_FLOW, HALL_MODULES, faults);
    fine = settings_check(HALL_MODULES, faults) && fine;
    fine = jobs_check(HALL_MODULES, faults) && fine;
    if (!fine)
        fail_msg("%.*s", (int)faults->len, faults->ptr);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "a_version_that_is_gone_is_a_conflict", a_version_that_is_gone_is_a_conflict, hall_setup,
          hall_teardown, NULL },
        { "one_agency_has_a_matter_once_unless_taken_away",
          one_agency_has_a_matter_once_unless_taken_away, hall_setup, hall_teardown, NULL },
        { "organisations_are_apart", organisations_are_apart, hall_setup, hall_teardown, NULL },
        { "list_and_page_agree_on_who_sees_what", list_and_page_agree_on_who_sees_what, hall_setup,
          hall_teardown, NULL },
        { "each_stage_is_warned_of_once", each_stage_is_warned_of_once, hall_setup, hall_teardown,
          NULL },
        { "what_is_asked_back_is_not_warned_of", what_is_asked_back_is_not_warned_of, hall_setup,
          hall_teardown, NULL },
        { "who_has_not_evaluated_is_reminded_once", who_has_not_evaluated_is_reminded_once,
          hall_setup, hall_teardown, NULL },
        { "the_declarations_hold_together", the_declarations_hold_together, hall_setup,
          hall_teardown, NULL },
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
