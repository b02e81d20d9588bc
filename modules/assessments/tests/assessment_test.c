/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A year's assessment by the front door: what the rules propose and why, what people change,
 * quotas, the organ's decision, what members learn, a correction. Expectations are worked out by
 * hand from RULES (year.c) and README.md. The clock stands at 2026-11-25: 2025 is over, 2026 runs.
 */
#include "modules/assessments/assessment.h"
#include "modules/assessments/tests/year.h"

static void proposals_are(struct desk *d, i64 id, const char *const (*expected)[5])
{
    static const char *const NAMES[] = { "code", "assessed", "proposed", "why", "grade" };
    struct test_answer a = year_at(d, id);
    for (size_t i = 0; i < PEOPLE; i++)
        for (size_t k = 0; k < 5; k++)
            year_said(d, &a, arena_printf(d->t->mem, "gradings.%zu.%s", i, NAMES[k]).ptr,
                      expected[i][k]);
}

/* ---- tests ---- */

/* One who reported on 2025 was voted on. */
static void voted_on(struct desk *d, int who)
{
    i64 member_id = year_member[who], person_id = year_person[who],
        held_on = year_day("2026-01-20");
    i64 call_id =
        year_added(d, SQL("INSERT INTO statement_calls (org_id, year, title, audience, "
                          "audience_name, form, due_on, called_at, caller_name) VALUES (:org, "
                          "2025, 'Year', 'members', 'All', 'oral', 1, 1, 'She') RETURNING id"));
    i64 statement_id = year_added(
        d, SQL("INSERT INTO statements (org_id, statement_call_id, state, member_id, "
               "person_id, name, sector, post, year, due_on, place) VALUES (:org, :call_id, "
               "'submitted', :member_id, :person_id, 'He', '', '', 2025, 1, 1) RETURNING id",
               P(call_id), P(member_id), P(person_id)));
    i64 ballot_id =
        year_added(d,
                   SQL("INSERT INTO ballots (org_id, statement_call_id, meeting_title, held_on, "
                       "issued, returned, valid, teller_name, second_teller_name, noted_at, "
                       "noter_name) VALUES (:org, :call_id, 'The 9th', :held_on, 30, 29, 28, 'Qi', "
                       "'Xu', 1, 'She') RETURNING id",
                       P(call_id), P(held_on)));
    year_run(
        d, SQL("INSERT INTO ballot_counts (org_id, ballot_id, statement_id, excellent, competent, "
               "basic, incompetent, abstained) VALUES (:org, :ballot_id, :statement_id, 3, 20, 2, "
               "2, 1)",
               P(ballot_id), P(statement_id)));
}

static void the_rules_propose_with_their_reasons(void **state)
{
    struct desk *d = *state;
    static const char *const EXPECTED[PEOPLE][5] = {
        { "S00", "true", "Good", "points", "Good" },
        { "S01", "true", "Fair", "quota", "Fair" },
        { "S02", "true", "Fair", "gates", "Fair" },
        { "S03", "true", "Poor", "veto", "Poor" },
        { "S04", "false", "", "", "" },
        { "S05", "false", "", "", "" },
    };
    i64 id = year_opened(d, "{\"year\":2025}");
    proposals_are(d, id, EXPECTED);
    struct test_answer a = year_at(d, id);
    year_said(d, &a, "people", "6");
    year_said(d, &a, "assessed", "4");
    year_said(d, &a, "grades.0.most", "1");
    year_said(d, &a, "grades.1.proposed", "2");
    year_said(d, &a, "gradings.0.points_x1000", "11000");
    year_said(d, &a, "gradings.2.missed", "Write once");
    year_said(d, &a, "gradings.3.vetoes", "Absent twice");
    year_said(d, &a, "gradings.4.stand", "left");
    year_said(d, &a, "gradings.5.stand", "suspended");
    a = test_get(d->t,
                 arena_printf(d->t->mem, "/api/v1/assessments/%lld?grade=Fair", (long long)id).ptr);
    year_said(d, &a, "gradings.1.code", "S02");
    year_said(d, &a, "gradings.2.code", "");
    a = year_at(d, id);
    year_said(d, &a, "differences.0.name", "");
    assert_int_equal(test_api(d->t, POST, "/api/v1/assessments", "{\"year\":2025}").status, 409);
    assert_int_equal(test_api(d->t, POST, "/api/v1/assessments", "{\"year\":2024}").status, 422);
    assert_int_equal(test_api(d->t, POST, "/api/v1/assessments", "{\"year\":2027}").status, 422);
    a = test_get(
        d->t,
        arena_printf(d->t->mem, "/gradings/%lld", (long long)year_grading_of(d, id, BOB)).ptr);
    a.body = test_words(d->t, &a);
    assert_true(test_has(&a, "按得分可以评“Good”"));
    voted_on(d, BOB); /* evidence beside it, which moves nothing */
    proposals_are(d, id, EXPECTED);
    str path =
        arena_printf(d->t->mem, "/api/v1/gradings/%lld", (long long)year_grading_of(d, id, BOB));
    a = test_get(d->t, path.ptr);
    year_said(d, &a, "ballots.0.competent", "20");
    year_said(d, &a, "ballots.0.valid", "28");
    a = test_get(d->t, path.ptr + strlen("/api/v1"));
    assert_true(test_has(&a, "The 9th") && test_has(&a, "基本称职：<b>2</b> 票"));
    a = test_get(
        d->t,
        arena_printf(d->t->mem, "/gradings/%lld", (long long)year_grading_of(d, id, ANN)).ptr);
    assert_false(test_has(&a, "述职测评"));
}

static void a_ledger_that_moves_is_worked_out_anew(void **state)
{
    struct desk *d = *state;
    i64 id = year_opened(d, "{\"year\":2025}"), bob;
    assert_int_equal(year_changes(d, "staff", year_grading_of(d, id, EVE),
                                  "{\"grade\":\"Fair\",\"reason\":\"She was in hospital.\"}")
                         .status,
                     200);
    bob = year_grading_of(d, id, BOB);
    year_entry_add(d, BOB, "meeting.attended", "2025-06-01");
    year_entry_add(d, BOB, "meeting.attended", "2025-07-01"); /* 14: now he is before Ann */
    struct test_answer a = year_at(d, id);
    year_said(d, &a, "differences.0.name", "Member 0");
    year_said(d, &a, "differences.0.before", "Good");
    year_said(d, &a, "differences.0.after", "Fair");
    year_said(d, &a, "differences.1.name", "Member 1");
    year_said(d, &a, "gradings.1.proposed", "Fair"); /* what was worked out stays */
    a = year_step(d, "staff", id, "propose", "{}");
    assert_int_equal(a.status, 409);
    assert_true(test_has(&a, "assessments.stale"));
    year_does(d, "staff", id, "retake", "{}");
    a = year_at(d, id);
    year_said(d, &a, "differences.0.name", "");
    year_said(d, &a, "gradings.0.grade", "Fair");
    year_said(d, &a, "gradings.1.grade", "Good");
    year_said(d, &a, "gradings.3.proposed", "Poor");
    year_said(d, &a, "gradings.3.grade", "Fair"); /* what people chose stays theirs */
    assert_int_equal(year_grading_of(d, id, BOB), bob);
    assert_int_equal(year_step(d, "leader", id, "retake", "{}").status, 403);
    year_does(d, "staff", id, "propose", "{}");
    assert_int_equal(year_step(d, "staff", id, "retake", "{}").status, 409);
}

static void people_choose_with_a_reason_within_quotas(void **state)
{
    struct desk *d = *state;
    i64 id = year_opened(d, "{\"year\":2025}"), bob = year_grading_of(d, id, BOB);
    assert_int_equal(year_changes(d, "staff", bob, "{\"grade\":\"Good\"}").status, 422);
    assert_int_equal(
        year_changes(d, "staff", bob, "{\"grade\":\"Best\",\"reason\":\"Why not\"}").status, 422);
    assert_int_equal(
        year_changes(d, "leader", bob, "{\"grade\":\"Good\",\"reason\":\"I say\"}").status, 403);
    assert_int_equal(
        year_changes(d, "staff", bob, "{\"grade\":\"Good\",\"reason\":\"A book\"}").status, 200);
    struct test_answer a = year_step(d, "staff", id, "propose", "{}");
    assert_int_equal(a.status, 409); /* two of four */
    assert_true(test_has(&a, "assessments.quota"));
    assert_int_equal(year_changes(d, "staff", year_grading_of(d, id, ANN),
                                  "{\"grade\":\"none\",\"reason\":\"New in office\"}")
                         .status,
                     200);
    year_does(d, "staff", id, "propose", "{}");
    assert_int_equal(year_changes(d, "staff", bob, "{\"grade\":\"Fair\",\"reason\":\"Oh\"}").status,
                     403);
    assert_int_equal(
        year_changes(d, "leader", bob, "{\"grade\":\"Fair\",\"reason\":\"Back\"}").status,
        200); /* as proposed: no reason is kept */
    a = year_at(d, id);
    year_said(d, &a, "gradings.1.grade", "Fair");
    year_said(d, &a, "gradings.1.reason", "");
    year_said(d, &a, "gradings.0.grade", "");
    year_said(d, &a, "gradings.0.proposed", "Good");
    year_said(d, &a, "gradings.0.reason", "New in office");
    assert_int_equal(year_changes(d, "leader", year_grading_of(d, id, DAN),
                                  "{\"grade\":\"Fair\",\"reason\":\"Gone\"}")
                         .status,
                     409);
    assert_int_equal(year_step(d, "leader", id, "return", "{}").status, 422);
    year_does(d, "leader", id, "return", "{\"opinion\":\"Look at Ann again.\"}");
    assert_int_equal(
        year_changes(d, "staff", bob, "{\"grade\":\"Good\",\"reason\":\"A book\"}").status, 200);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = "
                                       "'assessments.change'")),
                     4);
}

static void an_organ_decides_and_each_learns_his_own(void **state)
{
    struct desk *d = *state;
    struct rows rows;
    i64 id = year_opened(d, "{\"year\":2025}");
    year_does(d, "staff", id, "propose", "{}");
    assert_int_equal(year_step(d, "staff", id, "approve", DECIDED).status, 403);
    assert_int_equal(year_step(d, "leader", id, "approve",
                               "{\"organ\":\"chairs\",\"meeting\":\"C\",\"on_on\":\"2025-12-31\"}")
                         .status,
                     422); /* in the year itself */
    assert_int_equal(year_step(d, "leader", id, "approve",
                               "{\"organ\":\"us\",\"meeting\":\"Chairs\",\"on_on\":\"2026-01-20\"}")
                         .status,
                     422);
    year_does(d, "leader", id, "approve", DECIDED);
    assert_int_equal(year_changes(d, "leader", year_grading_of(d, id, BOB),
                                  "{\"grade\":\"Good\",\"reason\":\"Late\"}")
                         .status,
                     409);
    year_as_own(d, EVE);
    struct test_answer a = test_get(d->t, "/api/v1/assessments/mine");
    year_said(d, &a, "items.0.grade", ""); /* not told yet */
    assert_int_equal(year_told(d, EVE), 0);
    year_does(d, "staff", id, "notify", "{}");
    assert_int_equal(year_told(d, EVE), 1);
    assert_int_equal(year_told(d, DAN), 0); /* who was not assessed has nothing to learn */
    year_as_own(d, EVE);
    a = test_get(d->t, "/api/v1/assessments/mine");
    year_said(d, &a, "items.0.grade", "Poor");
    year_said(d, &a, "items.0.meeting", "Chairs 31");
    year_said(d, &a, "items.1.grade", "");
    assert_int_equal(test_get(d->t, "/assessments").status, 403);
    a = test_get(d->t, "/assessments/mine");
    assert_true(test_has(&a, "Poor") && test_has(&a, "Doc 3"));
    assert_false(test_has(&a, "Good"));
    struct rq rq = test_system_rq(d->t);
    assert_ok(assessments_of_member(&rq, year_member[EVE], year_day("2025-01-01"),
                                    year_day("2025-12-31"), &rows));
    assert_int_equal(rows.count, 1);
    const struct assessment_grade *grade = rows.items;
    assert_int_equal(grade->year, 2025);
    desk_same(grade->grade, "Poor");
    assert_ok(assessments_of_member(&rq, year_member[EVE], year_day("2024-01-01"),
                                    year_day("2024-12-31"), &rows));
    assert_int_equal(rows.count, 0);
}

static i64 talk_of(struct desk *d, i64 assessment_id, int who)
{
    i64 id = year_grading_of(d, assessment_id, who);
    return desk_count(d,
                      SQL("SELECT talk_id FROM gradings WHERE org_id = :org AND id = :id", P(id)));
}

static void talk_is(struct desk *d, i64 id, const char *state)
{
    str wanted = str_of(state);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM talks WHERE org_id = :org AND id = "
                                       ":id AND state = :wanted AND kind = 'caution' AND ground = "
                                       "'grade'",
                                       P(id), P(wanted))),
                     1);
}

static void talk_held(struct desk *d, i64 id)
{
    test_as_role(d->t, "staff personnel");
    struct test_answer a =
        test_api(d->t, POST, arena_printf(d->t->mem, "/api/v1/talks/%lld/hold", (long long)id).ptr,
                 "{\"version\":1,\"on_on\":\"2026-11-25\",\"talkers\":\"Secretary\",\"record\":"
                 "\"She was ill.\"}");
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
}

/* Eve alone is Poor: she is asked to a talk once she knows it, and it is over when that was held.
 */
static void the_lowest_are_talked_to(void **state)
{
    struct desk *d = *state;
    i64 id = year_opened(d, "{\"year\":2025}");
    year_does(d, "staff", id, "propose", "{}");
    year_does(d, "leader", id, "approve", DECIDED);
    assert_int_equal(talk_of(d, id, EVE), 0);
    year_does(d, "staff", id, "notify", "{}");
    struct test_answer a =
        test_get(d->t,
                 arena_printf(d->t->mem, "/api/v1/assessments/%lld?show=talk", (long long)id).ptr);
    year_said(d, &a, "gradings.0.name", "Member 3");
    year_said(d, &a, "gradings.0.talk_state", "asked");
    year_said(d, &a, "gradings.1.name", "");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM talks WHERE org_id = :org")), 1);
    a = year_step(d, "staff", id, "close", "{}");
    assert_int_equal(a.status, 409);
    assert_true(test_has(&a, "assessments.talks_open"));
    talk_held(d, talk_of(d, id, EVE));
    year_does(d, "staff", id, "close", "{}");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow = "
                                       "'assessments' AND verb <> 'honour'")),
                     0); /* whom nobody decided on for honour waits on */
}

static void died(struct desk *d, int who)
{
    test_as_role(d->t, "staff personnel");
    assert_int_equal(
        test_api(
            d->t, POST,
            arena_printf(d->t->mem, "/api/v1/members/%lld/act", (long long)year_member[who]).ptr,
            "{\"act\":\"decease\",\"on_on\":\"2026-11-20\"}")
            .status,
        200);
}

static void with_the_dead_nobody_talks(void **state)
{
    struct desk *d = *state;
    i64 id = year_opened(d, "{\"year\":2025}");
    year_does(d, "staff", id, "propose", "{}");
    year_does(d, "leader", id, "approve", DECIDED);
    year_does(d, "staff", id, "notify", "{}");
    died(d, EVE);
    talk_is(d, talk_of(d, id, EVE), "ended");
    year_does(d, "staff", id, "close", "{}");
}

static void who_died_before_is_asked_to_none(void **state)
{
    struct desk *d = *state;
    i64 id = year_opened(d, "{\"year\":2025}");
    year_does(d, "staff", id, "propose", "{}");
    year_does(d, "leader", id, "approve", DECIDED);
    died(d, EVE);
    year_does(d, "staff", id, "notify", "{}");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM talks WHERE org_id = :org")), 0);
    year_does(d, "staff", id, "close", "{}");
}

/* Eve was talked to, Cid waits for it: the correction, in which Eve is Poor still and Cid not any
 * more, asks her nothing again and takes his back. */
static void a_correction_goes_on_with_the_talks(void **state)
{
    struct desk *d = *state;
    i64 first = year_opened(d, "{\"year\":2025}"), second, eves, cids;
    assert_int_equal(year_changes(d, "staff", year_grading_of(d, first, CID),
                                  "{\"grade\":\"Poor\",\"reason\":\"Nothing was written.\"}")
                         .status,
                     200);
    year_does(d, "staff", first, "propose", "{}");
    year_does(d, "leader", first, "approve", DECIDED);
    year_does(d, "staff", first, "notify", "{}");
    eves = talk_of(d, first, EVE);
    cids = talk_of(d, first, CID);
    talk_held(d, eves);
    second = year_opened(d, "{\"year\":2025,\"reason\":\"He had written.\"}");
    assert_int_equal(year_changes(d, "staff", year_grading_of(d, second, CID),
                                  "{\"grade\":\"Fair\",\"reason\":\"He had written.\"}")
                         .status,
                     200);
    year_does(d, "staff", second, "propose", "{}");
    year_does(d, "leader", second, "approve", DECIDED);
    talk_is(d, cids, "asked"); /* until he knows */
    year_does(d, "staff", second, "notify", "{}");
    talk_is(d, cids, "dropped");
    talk_is(d, eves, "held");
    assert_int_equal(talk_of(d, second, EVE), eves);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM talks WHERE org_id = :org")), 2);
    year_does(d, "staff", second, "close", "{}");
}

/* The meeting decided on what it had before it; to decide on that is said, not assumed. */
static void what_moved_since_is_seen_when_it_is_decided(void **state)
{
    struct desk *d = *state;
    i64 id = year_opened(d, "{\"year\":2025}");
    year_does(d, "staff", id, "propose", "{}");
    year_entry_add(d, CID, "proposals.submitted", "2025-08-01");
    assert_int_equal(year_step(d, "leader", id, "approve", DECIDED).status, 422);
    year_does(
        d, "leader", id, "approve",
        "{\"organ\":\"standing\",\"meeting\":\"SC 10\",\"on_on\":\"2026-01-20\",\"as_proposed\":"
        "true}");
    struct test_answer a = year_at(d, id);
    year_said(d, &a, "state", "approved");
    year_said(d, &a, "gradings.2.grade", "Fair");
    year_said(d, &a, "differences.0.after", "Fair"); /* Ann: Cid has 14 now */
    year_said(d, &a, "differences.1.after", "Good");
}

static void a_decision_is_corrected_by_another(void **state)
{
    struct desk *d = *state;
    i64 first = year_opened(d, "{\"year\":2025}"), second;
    year_does(d, "staff", first, "propose", "{}");
    year_does(d, "leader", first, "approve", DECIDED);
    year_does(d, "staff", first, "notify", "{}");
    year_entry_add(d, EVE, "meeting.attended", "2025-09-01");
    assert_int_equal(test_api(d->t, POST, "/api/v1/assessments", "{\"year\":2025}").status, 422);
    second = year_opened(d, "{\"year\":2025,\"reason\":\"An appeal was right.\"}");
    assert_int_equal(year_changes(d, "staff", year_grading_of(d, second, EVE),
                                  "{\"grade\":\"Fair\",\"reason\":\"She was there.\"}")
                         .status,
                     200);
    year_does(d, "staff", second, "propose", "{}");
    struct test_answer a = year_at(d, first);
    year_said(d, &a, "state", "notified"); /* until the other is decided */
    year_does(d, "leader", second, "approve",
              "{\"organ\":\"chairs\",\"meeting\":\"Chairs 35\",\"on_on\":\"2026-03-20\"}");
    a = year_at(d, first);
    year_said(d, &a, "state", "superseded");
    a = year_at(d, second);
    year_said(d, &a, "gradings.3.earlier", "Poor");
    year_as_own(d, EVE);
    a = test_get(d->t, "/api/v1/assessments/mine");
    year_said(d, &a, "items.0.grade",
              ""); /* the first holds no more, of the second she is not told yet */
    year_does(d, "staff", second, "notify", "{}");
    assert_int_equal(year_told(d, EVE), 2);
    assert_int_equal(year_told(d, ANN), 1); /* for her nothing is otherwise */
    year_as_own(d, EVE);
    a = test_get(d->t, "/api/v1/assessments/mine");
    year_said(d, &a, "items.0.grade", "Fair");
    year_said(d, &a, "items.0.meeting", "Chairs 35");
    test_as_role(d->t, "staff");
    a = test_get(d->t, arena_printf(d->t->mem, "/assessments/%lld", (long long)second).ptr);
    assert_true(test_has(&a, "An appeal was right."));
}

/* What members know is the last decision of which they were told, whatever stood between. */
static void what_was_never_told_is_no_news(void **state)
{
    struct desk *d = *state;
    static const char AGAIN[] =
        "{\"organ\":\"chairs\",\"meeting\":\"Chairs 35\",\"on_on\":\"2026-03-20\"}";
    i64 first = year_opened(d, "{\"year\":2025}"), second, third;
    year_does(d, "staff", first, "propose", "{}");
    year_does(d, "leader", first, "approve", DECIDED);
    year_does(d, "staff", first, "notify", "{}");
    second = year_opened(d, "{\"year\":2025,\"reason\":\"An appeal was right.\"}");
    assert_int_equal(year_changes(d, "staff", year_grading_of(d, second, EVE),
                                  "{\"grade\":\"Fair\",\"reason\":\"She was there.\"}")
                         .status,
                     200);
    year_does(d, "staff", second, "propose", "{}");
    year_does(d, "leader", second, "approve", AGAIN);
    third = year_opened(d, "{\"year\":2025,\"reason\":\"It was wrong after all.\"}");
    assert_int_equal(year_changes(d, "staff", year_grading_of(d, third, EVE),
                                  "{\"grade\":\"Poor\",\"reason\":\"She was not there.\"}")
                         .status,
                     200);
    assert_int_equal(year_changes(d, "staff", year_grading_of(d, third, CID),
                                  "{\"grade\":\"Poor\",\"reason\":\"Nothing was written.\"}")
                         .status,
                     200);
    year_does(d, "staff", third, "propose", "{}");
    year_does(d, "leader", third, "approve", AGAIN);
    year_does(d, "staff", third, "notify", "{}");
    assert_int_equal(year_told(d, ANN), 1);
    assert_int_equal(year_told(d, EVE), 1); /* she knows that it is Poor, and nothing else */
    assert_int_equal(year_told(d, CID), 2);
}

/* Somebody of whom the roster learns only while a correction is prepared. */
static void who_comes_in_anew_has_the_grade_of_before(void **state)
{
    struct desk *d = *state;
    i64 first = year_opened(d, "{\"year\":2025}"), second, eve = year_member[EVE];
    year_does(d, "staff", first, "propose", "{}");
    year_does(d, "leader", first, "approve", DECIDED);
    year_run(d, SQL("UPDATE seats SET status = 'nominee' WHERE org_id = :org AND member_id = :eve",
                    P(eve)));
    second = year_opened(d, "{\"year\":2025,\"reason\":\"She was never a member?\"}");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM gradings WHERE org_id = :org AND "
                                       "assessment_id = :second AND member_id = :eve",
                                       P(second), P(eve))),
                     0);
    year_run(d, SQL("UPDATE seats SET status = 'serving' WHERE org_id = :org AND member_id = :eve",
                    P(eve)));
    year_does(d, "staff", second, "retake", "{}");
    struct test_answer a = year_at(d, second);
    year_said(d, &a, "gradings.3.code", "S03");
    year_said(d, &a, "gradings.3.earlier", "Poor");
}

static void a_year_that_runs_is_prepared_only(void **state)
{
    struct desk *d = *state;
    i64 id = year_opened(d, "{\"year\":2026}");
    struct test_answer a = year_step(d, "staff", id, "propose", "{}");
    assert_int_equal(a.status, 409);
    assert_true(test_has(&a, "assessments.running"));
    year_does(d, "staff", id, "drop", "{}");
    id = year_opened(d, "{\"year\":2026}"); /* and begun once more */
    a = test_get(d->t, "/assessments");
    assert_true(test_has(&a, "已作废"));
}

static void points_and_sheets_are_for_who_may(void **state)
{
    struct desk *d = *state;
    i64 id = year_opened(d, "{\"year\":2025}");
    const char *sheet =
        arena_printf(d->t->mem, "/assessments/%lld/gradings.xlsx", (long long)id).ptr;
    assert_int_equal(test_get(d->t, sheet).status, 200);
    desk_set(d, "scores.staff_points", "0");
    test_as_role(d->t, "staff");
    struct test_answer a = year_at(d, id);
    year_said(d, &a, "gradings.0.points_x1000", "");
    a = test_get(d->t, arena_printf(d->t->mem, "/assessments/%lld", (long long)id).ptr);
    assert_false(test_has(&a, "得分"));
    test_as_role(d->t, "member");
    assert_int_equal(test_get(d->t, sheet).status, 403);
    test_as_role(d->t, "editor");
    assert_int_equal(test_get(d->t, "/assessments").status, 403);
}

/* Texts of the circular stand in its XML; who is named hangs on a setting. */
static void a_circular_names_whom_the_setting_says(void **state)
{
    struct desk *d = *state;
    i64 id = year_opened(d, "{\"year\":2025}");
    const char *path =
        arena_printf(d->t->mem, "/assessments/%lld/circular.docx", (long long)id).ptr;
    assert_int_equal(test_get(d->t, path).status, 409); /* nothing is decided */
    year_does(d, "staff", id, "propose", "{}");
    year_does(d, "leader", id, "approve", DECIDED);
    struct test_answer a = test_get(d->t, path);
    assert_int_equal(a.status, 200);
    str words = year_docx_words(d, &a);
    assert_true(str_find(words, str_of("Good 1 人，Fair 2 人，Poor 1 人"), 0) >= 0);
    assert_true(str_find(words, str_of("Member 0"), 0) >= 0);
    assert_true(str_find(words, str_of("Member 3"), 0) < 0); /* nobody is shown up */
    assert_true(str_find(words, str_of("参加考核 4 人"), 0) >= 0);
    desk_set(d, "assessments.circular_names", "none");
    test_as_role(d->t, "staff");
    a = test_get(d->t, path);
    words = year_docx_words(d, &a);
    assert_true(str_find(words, str_of("Member 0"), 0) < 0);
    assert_int_equal(
        test_get(d->t, arena_printf(d->t->mem, "/assessments/%lld/circular.pdf", (long long)id).ptr)
            .status,
        200);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, year_open, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_rules_propose_with_their_reasons),
        T(a_ledger_that_moves_is_worked_out_anew),
        T(people_choose_with_a_reason_within_quotas),
        T(an_organ_decides_and_each_learns_his_own),
        T(the_lowest_are_talked_to),
        T(with_the_dead_nobody_talks),
        T(who_died_before_is_asked_to_none),
        T(a_correction_goes_on_with_the_talks),
        T(what_moved_since_is_seen_when_it_is_decided),
        T(a_decision_is_corrected_by_another),
        T(what_was_never_told_is_no_news),
        T(who_comes_in_anew_has_the_grade_of_before),
        T(a_year_that_runs_is_prepared_only),
        T(points_and_sheets_are_for_who_may),
        T(a_circular_names_whom_the_setting_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
