/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A year's assessment by the front door: what the rules propose and why, what people change,
 * quotas, the organ's decision, what members learn, a correction. Expectations are worked out by
 * hand from RULES and README.md. The clock stands at 2026-11-25: 2025 is over, 2026 runs. */
#include <zip.h>

#include "modules/assessments/assessment.h"
#include "modules/nominations/tests/paper_words.h"
#include "modules/proposals/tests/desk_look.h"

/* Good is for a quarter of those assessed: of four for one. */
static const char RULES[] =
    "{\"id\":\"rules\",\"name\":\"Rules\",\"without_gates\":\"Fair\",\"items\":["
    "{\"category\":\"Work\",\"item\":\"Came\",\"points\":3,\"unit\":\"次\",\"counts\":["
    "\"meeting.attended\"]},{\"category\":\"Work\",\"item\":\"Missed\",\"points\":-2,\"unit\":"
    "\"次\",\"type\":\"deduct\",\"counts\":[\"meeting.absent\"]},{\"category\":\"Work\",\"item\":"
    "\"Wrote\",\"points\":5,\"unit\":\"件\",\"counts\":[\"proposals.submitted\"]}],"
    "\"gates\":[{\"text\":\"Write once\",\"counts\":[\"proposals.submitted\"]}],"
    "\"vetoes\":[{\"text\":\"Absent twice\",\"counts\":[\"meeting.absent\"],\"need\":2,"
    "\"grade\":\"Poor\"}],"
    "\"grades\":[{\"name\":\"Good\",\"threshold\":8,\"quota\":25},{\"name\":\"Fair\","
    "\"threshold\":3},{\"name\":\"Poor\",\"threshold\":-100}]}";

enum { ANN, BOB, CID, EVE, DAN, FAY, PEOPLE };

static i64 member[PEOPLE], person[PEOPLE];

static i64 added(struct desk *d, struct sql sql)
{
    i64 id = 0;
    assert_ok(db_insert(d->t->db, sql, &id));
    return id;
}

static void run(struct desk *d, struct sql sql)
{
    assert_ok(db_run(d->t->db, sql, NULL));
}

static i64 day(const char *text)
{
    i64 out = 0;
    assert_true(day_parse(str_of(text), &out));
    return out;
}

static i64 seat_add(struct desk *d, int who, const char *to, const char *status)
{
    str name = arena_printf(d->t->mem, "Member %d", who);
    str code = arena_printf(d->t->mem, "S%02d", who), is = str_of(status);
    i64 from_on = day("2024-01-01"), to_on = to ? day(to) : 0;
    person[who] = added(d, SQL("INSERT INTO persons (org_id, name, birth_on) VALUES (:org, :name, "
                               "0) RETURNING id",
                               P(name)));
    i64 person_id = person[who];
    member[who] = added(d, SQL("INSERT INTO members (org_id, person_id, code) VALUES (:org, "
                               ":person_id, :code) RETURNING id",
                               P(person_id), P(code)));
    i64 member_id = member[who];
    run(d, SQL("INSERT INTO accounts (org_id, login_name, name, person_id, created_at) VALUES "
               "(:org, :code, :name, :person_id, 1)",
               P(code), P(name), P(person_id)));
    return added(d, SQL("INSERT INTO seats (org_id, member_id, term_id, status, from_on, to_on) "
                        "SELECT :org, :member_id, MIN(id), :is, :from_on, :to_on FROM terms WHERE "
                        "org_id = :org RETURNING id",
                        P(member_id), P(is), P(from_on), P(to_on)));
}

static void entry_add(struct desk *d, int who, const char *kind, const char *on)
{
    static i64 source_id;
    str what = str_of(kind);
    i64 happened_on = day(on), member_id = member[who];
    source_id++;
    run(d, SQL("INSERT INTO entries (org_id, member_id, name, sector, committee, happened_on, "
               "year, kind, label, quantity, people, tags, source, source_id, part_id, number, "
               "title, text, state, recorded_at, recorded_by, recorded_name) VALUES (:org, "
               ":member_id, '', '', '', :happened_on, 2025, :what, :what, 1000, 1, '', 'claims', "
               ":source_id, 0, '', '', '', 'live', 1, 1, '')",
               P(member_id), P(happened_on), P(what), P(source_id)));
}

/* Ann 3 + 3 + 5 = 11: Good. Bob 3 + 5 = 8: Good by points, but one may have it. Cid 9 without
 * having written. Eve 3 + 5 - 4 = 4, absent twice. */
static void ledger_add(struct desk *d)
{
    entry_add(d, ANN, "meeting.attended", "2025-02-01");
    entry_add(d, ANN, "meeting.attended", "2025-03-01");
    entry_add(d, ANN, "proposals.submitted", "2025-03-02");
    entry_add(d, BOB, "meeting.attended", "2025-02-01");
    entry_add(d, BOB, "proposals.submitted", "2025-12-31");
    for (int i = 0; i < 3; i++)
        entry_add(d, CID, "meeting.attended", "2025-02-01");
    entry_add(d, EVE, "meeting.attended", "2025-02-01");
    entry_add(d, EVE, "proposals.submitted", "2025-02-02");
    entry_add(d, EVE, "meeting.absent", "2025-04-01");
    entry_add(d, EVE, "meeting.absent", "2025-05-01");
    entry_add(d, FAY, "meeting.attended", "2025-02-01");
    entry_add(d, BOB, "meeting.attended", "2024-12-31");
}

static int open_all(void **state)
{
    int e = desk_setup(state);
    struct desk *d = *state;
    str document = str_of(RULES);
    i64 from_on = day("2025-01-01"), fay, suspended_on = day("2025-10-01");
    run(d, SQL("UPDATE seats SET status = 'nominee' WHERE org_id = :org"));
    for (int who = ANN; who <= EVE; who++)
        seat_add(d, who, NULL, "serving");
    seat_add(d, DAN, "2025-05-31", "left");
    fay = seat_add(d, FAY, NULL, "suspended");
    run(d, SQL("INSERT INTO changes (org_id, seat_id, act, on_on, recorded_by, recorded_at) VALUES "
               "(:org, :fay, 'suspend', :suspended_on, 1, 1)",
               P(fay), P(suspended_on)));
    ledger_add(d);
    run(d, SQL("INSERT INTO rulesets (org_id, name, document, state, from_on, edited_at, "
               "editor_name) VALUES (:org, 'Rules', :document, 'enacted', :from_on, 1, 'She')",
               P(document), P(from_on)));
    return e;
}

/* ---- asking ---- */

static void as_own(struct desk *d, int who)
{
    struct actor *actor = test_as_role(d->t, "member");
    actor->account_id = 500 + who;
    actor->person_id = person[who];
    actor->member_id = member[who];
    d->actor = actor;
}

static void said(struct desk *d, const struct test_answer *a, const char *name, const char *wanted)
{
    str found = test_json(d->t, a, name);
    if (!str_is(found, wanted))
        fail_msg("%s is %.*s, not %s", name, (int)found.len, found.ptr, wanted);
}

static i64 opened(struct desk *d, const char *json)
{
    test_as_role(d->t, "staff");
    struct test_answer a = test_api(d->t, POST, "/api/v1/assessments", json);
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    return desk_count(d, SQL("SELECT MAX(id) FROM assessments WHERE org_id = :org"));
}

static struct test_answer at(struct desk *d, i64 id)
{
    struct test_answer a =
        test_get(d->t, arena_printf(d->t->mem, "/api/v1/assessments/%lld", (long long)id).ptr);
    assert_int_equal(a.status, 200);
    return a;
}

static struct test_answer step(struct desk *d, const char *role, i64 id, const char *verb,
                               const char *json)
{
    i64 version = 0;
    test_as_role(d->t, role);
    struct test_answer a = at(d, id);
    assert_true(str_to_i64(test_json(d->t, &a, "version"), &version));
    const char *path =
        arena_printf(d->t->mem, "/api/v1/assessments/%lld/%s", (long long)id, verb).ptr;
    return test_api(d->t, POST, path, test_versioned(d->t, json, version));
}

static void does(struct desk *d, const char *role, i64 id, const char *verb, const char *json)
{
    struct test_answer a = step(d, role, id, verb, json);
    if (a.status != 200)
        fail_msg("%s: %d %.*s", verb, a.status, (int)a.body.len, a.body.ptr);
}

static i64 grading_of(struct desk *d, i64 assessment_id, int who)
{
    i64 member_id = member[who];
    return desk_count(d, SQL("SELECT id FROM gradings WHERE org_id = :org AND assessment_id = "
                             ":assessment_id AND member_id = :member_id",
                             P(assessment_id), P(member_id)));
}

static struct test_answer changes(struct desk *d, const char *role, i64 grading_id,
                                  const char *json)
{
    i64 version = 0;
    test_as_role(d->t, role);
    const char *path = arena_printf(d->t->mem, "/api/v1/gradings/%lld", (long long)grading_id).ptr;
    struct test_answer a = test_get(d->t, path);
    assert_int_equal(a.status, 200);
    assert_true(str_to_i64(test_json(d->t, &a, "grading.version"), &version));
    return test_api(d->t, PUT, path, test_versioned(d->t, json, version));
}

#define DECIDED                                                                              \
    "{\"organ\":\"chairs\",\"meeting\":\"Chairs 31\",\"on_on\":\"2026-01-20\",\"document\":" \
    "\"Doc 3\"}"

static void proposals_are(struct desk *d, i64 id, const char *const (*expected)[5])
{
    static const char *const NAMES[] = { "code", "assessed", "proposed", "why", "grade" };
    struct test_answer a = at(d, id);
    for (size_t i = 0; i < PEOPLE; i++)
        for (size_t k = 0; k < 5; k++)
            said(d, &a, arena_printf(d->t->mem, "gradings.%zu.%s", i, NAMES[k]).ptr,
                 expected[i][k]);
}

/* ---- tests ---- */

/* One who reported on 2025 was voted on. */
static void voted_on(struct desk *d, int who)
{
    i64 member_id = member[who], person_id = person[who], held_on = day("2026-01-20");
    i64 call_id =
        added(d, SQL("INSERT INTO statement_calls (org_id, year, title, audience, "
                     "audience_name, form, due_on, called_at, caller_name) VALUES (:org, "
                     "2025, 'Year', 'members', 'All', 'oral', 1, 1, 'She') RETURNING id"));
    i64 statement_id =
        added(d, SQL("INSERT INTO statements (org_id, statement_call_id, state, member_id, "
                     "person_id, name, sector, post, year, due_on, place) VALUES (:org, :call_id, "
                     "'submitted', :member_id, :person_id, 'He', '', '', 2025, 1, 1) RETURNING id",
                     P(call_id), P(member_id), P(person_id)));
    i64 ballot_id =
        added(d, SQL("INSERT INTO ballots (org_id, statement_call_id, meeting_title, held_on, "
                     "issued, returned, valid, teller_name, second_teller_name, noted_at, "
                     "noter_name) VALUES (:org, :call_id, 'The 9th', :held_on, 30, 29, 28, 'Qi', "
                     "'Xu', 1, 'She') RETURNING id",
                     P(call_id), P(held_on)));
    run(d, SQL("INSERT INTO ballot_counts (org_id, ballot_id, statement_id, excellent, competent, "
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
    i64 id = opened(d, "{\"year\":2025}");
    proposals_are(d, id, EXPECTED);
    struct test_answer a = at(d, id);
    said(d, &a, "people", "6");
    said(d, &a, "assessed", "4");
    said(d, &a, "grades.0.most", "1");
    said(d, &a, "grades.1.proposed", "2");
    said(d, &a, "gradings.0.points_x1000", "11000");
    said(d, &a, "gradings.2.missed", "Write once");
    said(d, &a, "gradings.3.vetoes", "Absent twice");
    said(d, &a, "gradings.4.stand", "left");
    said(d, &a, "gradings.5.stand", "suspended");
    a = test_get(d->t,
                 arena_printf(d->t->mem, "/api/v1/assessments/%lld?grade=Fair", (long long)id).ptr);
    said(d, &a, "gradings.1.code", "S02");
    said(d, &a, "gradings.2.code", "");
    a = at(d, id);
    said(d, &a, "differences.0.name", "");
    assert_int_equal(test_api(d->t, POST, "/api/v1/assessments", "{\"year\":2025}").status, 409);
    assert_int_equal(test_api(d->t, POST, "/api/v1/assessments", "{\"year\":2024}").status, 422);
    assert_int_equal(test_api(d->t, POST, "/api/v1/assessments", "{\"year\":2027}").status, 422);
    a = test_get(d->t,
                 arena_printf(d->t->mem, "/gradings/%lld", (long long)grading_of(d, id, BOB)).ptr);
    a.body = test_words(d->t, &a);
    assert_true(test_has(&a, "按得分可以评“Good”"));
    voted_on(d, BOB); /* evidence beside it, which moves nothing */
    proposals_are(d, id, EXPECTED);
    str path = arena_printf(d->t->mem, "/api/v1/gradings/%lld", (long long)grading_of(d, id, BOB));
    a = test_get(d->t, path.ptr);
    said(d, &a, "ballots.0.competent", "20");
    said(d, &a, "ballots.0.valid", "28");
    a = test_get(d->t, path.ptr + strlen("/api/v1"));
    assert_true(test_has(&a, "The 9th") && test_has(&a, "基本称职：<b>2</b> 票"));
    a = test_get(d->t,
                 arena_printf(d->t->mem, "/gradings/%lld", (long long)grading_of(d, id, ANN)).ptr);
    assert_false(test_has(&a, "述职测评"));
}

static void a_ledger_that_moves_is_worked_out_anew(void **state)
{
    struct desk *d = *state;
    i64 id = opened(d, "{\"year\":2025}"), bob;
    assert_int_equal(changes(d, "staff", grading_of(d, id, EVE),
                             "{\"grade\":\"Fair\",\"reason\":\"She was in hospital.\"}")
                         .status,
                     200);
    bob = grading_of(d, id, BOB);
    entry_add(d, BOB, "meeting.attended", "2025-06-01");
    entry_add(d, BOB, "meeting.attended", "2025-07-01"); /* 14: now he is before Ann */
    struct test_answer a = at(d, id);
    said(d, &a, "differences.0.name", "Member 0");
    said(d, &a, "differences.0.before", "Good");
    said(d, &a, "differences.0.after", "Fair");
    said(d, &a, "differences.1.name", "Member 1");
    said(d, &a, "gradings.1.proposed", "Fair"); /* what was worked out stays */
    a = step(d, "staff", id, "propose", "{}");
    assert_int_equal(a.status, 409);
    assert_true(test_has(&a, "assessments.stale"));
    does(d, "staff", id, "retake", "{}");
    a = at(d, id);
    said(d, &a, "differences.0.name", "");
    said(d, &a, "gradings.0.grade", "Fair");
    said(d, &a, "gradings.1.grade", "Good");
    said(d, &a, "gradings.3.proposed", "Poor");
    said(d, &a, "gradings.3.grade", "Fair"); /* what people chose stays theirs */
    assert_int_equal(grading_of(d, id, BOB), bob);
    assert_int_equal(step(d, "leader", id, "retake", "{}").status, 403);
    does(d, "staff", id, "propose", "{}");
    assert_int_equal(step(d, "staff", id, "retake", "{}").status, 409);
}

static void people_choose_with_a_reason_within_quotas(void **state)
{
    struct desk *d = *state;
    i64 id = opened(d, "{\"year\":2025}"), bob = grading_of(d, id, BOB);
    assert_int_equal(changes(d, "staff", bob, "{\"grade\":\"Good\"}").status, 422);
    assert_int_equal(changes(d, "staff", bob, "{\"grade\":\"Best\",\"reason\":\"Why not\"}").status,
                     422);
    assert_int_equal(changes(d, "leader", bob, "{\"grade\":\"Good\",\"reason\":\"I say\"}").status,
                     403);
    assert_int_equal(changes(d, "staff", bob, "{\"grade\":\"Good\",\"reason\":\"A book\"}").status,
                     200);
    struct test_answer a = step(d, "staff", id, "propose", "{}");
    assert_int_equal(a.status, 409); /* two of four */
    assert_true(test_has(&a, "assessments.quota"));
    assert_int_equal(changes(d, "staff", grading_of(d, id, ANN),
                             "{\"grade\":\"none\",\"reason\":\"New in office\"}")
                         .status,
                     200);
    does(d, "staff", id, "propose", "{}");
    assert_int_equal(changes(d, "staff", bob, "{\"grade\":\"Fair\",\"reason\":\"Oh\"}").status,
                     403);
    assert_int_equal(changes(d, "leader", bob, "{\"grade\":\"Fair\",\"reason\":\"Back\"}").status,
                     200); /* as proposed: no reason is kept */
    a = at(d, id);
    said(d, &a, "gradings.1.grade", "Fair");
    said(d, &a, "gradings.1.reason", "");
    said(d, &a, "gradings.0.grade", "");
    said(d, &a, "gradings.0.proposed", "Good");
    said(d, &a, "gradings.0.reason", "New in office");
    assert_int_equal(changes(d, "leader", grading_of(d, id, DAN),
                             "{\"grade\":\"Fair\",\"reason\":\"Gone\"}")
                         .status,
                     409);
    assert_int_equal(step(d, "leader", id, "return", "{}").status, 422);
    does(d, "leader", id, "return", "{\"opinion\":\"Look at Ann again.\"}");
    assert_int_equal(changes(d, "staff", bob, "{\"grade\":\"Good\",\"reason\":\"A book\"}").status,
                     200);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = "
                                       "'assessments.change'")),
                     4);
}

static i64 told(struct desk *d, int who)
{
    i64 person_id = person[who]; /* of his grade, whatever else he hears */
    return desk_count(d, SQL("SELECT COUNT(*) FROM deliveries v JOIN accounts c ON c.org_id = "
                             "v.org_id AND c.id = v.account_id WHERE v.org_id = :org AND "
                             "c.person_id = :person_id AND v.url = '/assessments/mine'",
                             P(person_id)));
}

static void an_organ_decides_and_each_learns_his_own(void **state)
{
    struct desk *d = *state;
    struct rows rows;
    i64 id = opened(d, "{\"year\":2025}");
    does(d, "staff", id, "propose", "{}");
    assert_int_equal(step(d, "staff", id, "approve", DECIDED).status, 403);
    assert_int_equal(step(d, "leader", id, "approve",
                          "{\"organ\":\"chairs\",\"meeting\":\"C\",\"on_on\":\"2025-12-31\"}")
                         .status,
                     422); /* in the year itself */
    assert_int_equal(step(d, "leader", id, "approve",
                          "{\"organ\":\"us\",\"meeting\":\"Chairs\",\"on_on\":\"2026-01-20\"}")
                         .status,
                     422);
    does(d, "leader", id, "approve", DECIDED);
    assert_int_equal(changes(d, "leader", grading_of(d, id, BOB),
                             "{\"grade\":\"Good\",\"reason\":\"Late\"}")
                         .status,
                     409);
    as_own(d, EVE);
    struct test_answer a = test_get(d->t, "/api/v1/assessments/mine");
    said(d, &a, "items.0.grade", ""); /* not told yet */
    assert_int_equal(told(d, EVE), 0);
    does(d, "staff", id, "notify", "{}");
    assert_int_equal(told(d, EVE), 1);
    assert_int_equal(told(d, DAN), 0); /* who was not assessed has nothing to learn */
    as_own(d, EVE);
    a = test_get(d->t, "/api/v1/assessments/mine");
    said(d, &a, "items.0.grade", "Poor");
    said(d, &a, "items.0.meeting", "Chairs 31");
    said(d, &a, "items.1.grade", "");
    assert_int_equal(test_get(d->t, "/assessments").status, 403);
    a = test_get(d->t, "/assessments/mine");
    assert_true(test_has(&a, "Poor") && test_has(&a, "Doc 3"));
    assert_false(test_has(&a, "Good"));
    struct rq rq = test_system_rq(d->t);
    assert_ok(assessments_of_member(&rq, member[EVE], day("2025-01-01"), day("2025-12-31"), &rows));
    assert_int_equal(rows.count, 1);
    const struct assessment_grade *grade = rows.items;
    assert_int_equal(grade->year, 2025);
    desk_same(grade->grade, "Poor");
    assert_ok(assessments_of_member(&rq, member[EVE], day("2024-01-01"), day("2024-12-31"), &rows));
    assert_int_equal(rows.count, 0);
}

static i64 talk_of(struct desk *d, i64 assessment_id, int who)
{
    i64 id = grading_of(d, assessment_id, who);
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
    i64 id = opened(d, "{\"year\":2025}");
    does(d, "staff", id, "propose", "{}");
    does(d, "leader", id, "approve", DECIDED);
    assert_int_equal(talk_of(d, id, EVE), 0);
    does(d, "staff", id, "notify", "{}");
    struct test_answer a =
        test_get(d->t,
                 arena_printf(d->t->mem, "/api/v1/assessments/%lld?show=talk", (long long)id).ptr);
    said(d, &a, "gradings.0.name", "Member 3");
    said(d, &a, "gradings.0.talk_state", "asked");
    said(d, &a, "gradings.1.name", "");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM talks WHERE org_id = :org")), 1);
    a = step(d, "staff", id, "close", "{}");
    assert_int_equal(a.status, 409);
    assert_true(test_has(&a, "assessments.talks_open"));
    talk_held(d, talk_of(d, id, EVE));
    does(d, "staff", id, "close", "{}");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow = "
                                       "'assessments'")),
                     0);
}

static void died(struct desk *d, int who)
{
    test_as_role(d->t, "staff personnel");
    assert_int_equal(
        test_api(d->t, POST,
                 arena_printf(d->t->mem, "/api/v1/members/%lld/act", (long long)member[who]).ptr,
                 "{\"act\":\"decease\",\"on_on\":\"2026-11-20\"}")
            .status,
        200);
}

static void with_the_dead_nobody_talks(void **state)
{
    struct desk *d = *state;
    i64 id = opened(d, "{\"year\":2025}");
    does(d, "staff", id, "propose", "{}");
    does(d, "leader", id, "approve", DECIDED);
    does(d, "staff", id, "notify", "{}");
    died(d, EVE);
    talk_is(d, talk_of(d, id, EVE), "ended");
    does(d, "staff", id, "close", "{}");
}

static void who_died_before_is_asked_to_none(void **state)
{
    struct desk *d = *state;
    i64 id = opened(d, "{\"year\":2025}");
    does(d, "staff", id, "propose", "{}");
    does(d, "leader", id, "approve", DECIDED);
    died(d, EVE);
    does(d, "staff", id, "notify", "{}");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM talks WHERE org_id = :org")), 0);
    does(d, "staff", id, "close", "{}");
}

/* Eve was talked to, Cid waits for it: the correction, in which Eve is Poor still and Cid not any
 * more, asks her nothing again and takes his back. */
static void a_correction_goes_on_with_the_talks(void **state)
{
    struct desk *d = *state;
    i64 first = opened(d, "{\"year\":2025}"), second, eves, cids;
    assert_int_equal(changes(d, "staff", grading_of(d, first, CID),
                             "{\"grade\":\"Poor\",\"reason\":\"Nothing was written.\"}")
                         .status,
                     200);
    does(d, "staff", first, "propose", "{}");
    does(d, "leader", first, "approve", DECIDED);
    does(d, "staff", first, "notify", "{}");
    eves = talk_of(d, first, EVE);
    cids = talk_of(d, first, CID);
    talk_held(d, eves);
    second = opened(d, "{\"year\":2025,\"reason\":\"He had written.\"}");
    assert_int_equal(changes(d, "staff", grading_of(d, second, CID),
                             "{\"grade\":\"Fair\",\"reason\":\"He had written.\"}")
                         .status,
                     200);
    does(d, "staff", second, "propose", "{}");
    does(d, "leader", second, "approve", DECIDED);
    talk_is(d, cids, "asked"); /* until he knows */
    does(d, "staff", second, "notify", "{}");
    talk_is(d, cids, "dropped");
    talk_is(d, eves, "held");
    assert_int_equal(talk_of(d, second, EVE), eves);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM talks WHERE org_id = :org")), 2);
    does(d, "staff", second, "close", "{}");
}

/* The meeting decided on what it had before it; to decide on that is said, not assumed. */
static void what_moved_since_is_seen_when_it_is_decided(void **state)
{
    struct desk *d = *state;
    i64 id = opened(d, "{\"year\":2025}");
    does(d, "staff", id, "propose", "{}");
    entry_add(d, CID, "proposals.submitted", "2025-08-01");
    assert_int_equal(step(d, "leader", id, "approve", DECIDED).status, 422);
    does(d, "leader", id, "approve",
         "{\"organ\":\"standing\",\"meeting\":\"SC 10\",\"on_on\":\"2026-01-20\",\"as_proposed\":"
         "true}");
    struct test_answer a = at(d, id);
    said(d, &a, "state", "approved");
    said(d, &a, "gradings.2.grade", "Fair");
    said(d, &a, "differences.0.after", "Fair"); /* Ann: Cid has 14 now */
    said(d, &a, "differences.1.after", "Good");
}

static void a_decision_is_corrected_by_another(void **state)
{
    struct desk *d = *state;
    i64 first = opened(d, "{\"year\":2025}"), second;
    does(d, "staff", first, "propose", "{}");
    does(d, "leader", first, "approve", DECIDED);
    does(d, "staff", first, "notify", "{}");
    entry_add(d, EVE, "meeting.attended", "2025-09-01");
    assert_int_equal(test_api(d->t, POST, "/api/v1/assessments", "{\"year\":2025}").status, 422);
    second = opened(d, "{\"year\":2025,\"reason\":\"An appeal was right.\"}");
    assert_int_equal(changes(d, "staff", grading_of(d, second, EVE),
                             "{\"grade\":\"Fair\",\"reason\":\"She was there.\"}")
                         .status,
                     200);
    does(d, "staff", second, "propose", "{}");
    struct test_answer a = at(d, first);
    said(d, &a, "state", "notified"); /* until the other is decided */
    does(d, "leader", second, "approve",
         "{\"organ\":\"chairs\",\"meeting\":\"Chairs 35\",\"on_on\":\"2026-03-20\"}");
    a = at(d, first);
    said(d, &a, "state", "superseded");
    a = at(d, second);
    said(d, &a, "gradings.3.earlier", "Poor");
    as_own(d, EVE);
    a = test_get(d->t, "/api/v1/assessments/mine");
    said(d, &a, "items.0.grade",
         ""); /* the first holds no more, of the second she is not told yet */
    does(d, "staff", second, "notify", "{}");
    assert_int_equal(told(d, EVE), 2);
    assert_int_equal(told(d, ANN), 1); /* for her nothing is otherwise */
    as_own(d, EVE);
    a = test_get(d->t, "/api/v1/assessments/mine");
    said(d, &a, "items.0.grade", "Fair");
    said(d, &a, "items.0.meeting", "Chairs 35");
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
    i64 first = opened(d, "{\"year\":2025}"), second, third;
    does(d, "staff", first, "propose", "{}");
    does(d, "leader", first, "approve", DECIDED);
    does(d, "staff", first, "notify", "{}");
    second = opened(d, "{\"year\":2025,\"reason\":\"An appeal was right.\"}");
    assert_int_equal(changes(d, "staff", grading_of(d, second, EVE),
                             "{\"grade\":\"Fair\",\"reason\":\"She was there.\"}")
                         .status,
                     200);
    does(d, "staff", second, "propose", "{}");
    does(d, "leader", second, "approve", AGAIN);
    third = opened(d, "{\"year\":2025,\"reason\":\"It was wrong after all.\"}");
    assert_int_equal(changes(d, "staff", grading_of(d, third, EVE),
                             "{\"grade\":\"Poor\",\"reason\":\"She was not there.\"}")
                         .status,
                     200);
    assert_int_equal(changes(d, "staff", grading_of(d, third, CID),
                             "{\"grade\":\"Poor\",\"reason\":\"Nothing was written.\"}")
                         .status,
                     200);
    does(d, "staff", third, "propose", "{}");
    does(d, "leader", third, "approve", AGAIN);
    does(d, "staff", third, "notify", "{}");
    assert_int_equal(told(d, ANN), 1);
    assert_int_equal(told(d, EVE), 1); /* she knows that it is Poor, and nothing else */
    assert_int_equal(told(d, CID), 2);
}

/* Somebody of whom the roster learns only while a correction is prepared. */
static void who_comes_in_anew_has_the_grade_of_before(void **state)
{
    struct desk *d = *state;
    i64 first = opened(d, "{\"year\":2025}"), second, eve = member[EVE];
    does(d, "staff", first, "propose", "{}");
    does(d, "leader", first, "approve", DECIDED);
    run(d, SQL("UPDATE seats SET status = 'nominee' WHERE org_id = :org AND member_id = :eve",
               P(eve)));
    second = opened(d, "{\"year\":2025,\"reason\":\"She was never a member?\"}");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM gradings WHERE org_id = :org AND "
                                       "assessment_id = :second AND member_id = :eve",
                                       P(second), P(eve))),
                     0);
    run(d, SQL("UPDATE seats SET status = 'serving' WHERE org_id = :org AND member_id = :eve",
               P(eve)));
    does(d, "staff", second, "retake", "{}");
    struct test_answer a = at(d, second);
    said(d, &a, "gradings.3.code", "S03");
    said(d, &a, "gradings.3.earlier", "Poor");
}

static void a_year_that_runs_is_prepared_only(void **state)
{
    struct desk *d = *state;
    i64 id = opened(d, "{\"year\":2026}");
    struct test_answer a = step(d, "staff", id, "propose", "{}");
    assert_int_equal(a.status, 409);
    assert_true(test_has(&a, "assessments.running"));
    does(d, "staff", id, "drop", "{}");
    id = opened(d, "{\"year\":2026}"); /* and begun once more */
    a = test_get(d->t, "/assessments");
    assert_true(test_has(&a, "已作废"));
}

static void points_and_sheets_are_for_who_may(void **state)
{
    struct desk *d = *state;
    i64 id = opened(d, "{\"year\":2025}");
    const char *sheet =
        arena_printf(d->t->mem, "/assessments/%lld/gradings.xlsx", (long long)id).ptr;
    assert_int_equal(test_get(d->t, sheet).status, 200);
    desk_set(d, "scores.staff_points", "0");
    test_as_role(d->t, "staff");
    struct test_answer a = at(d, id);
    said(d, &a, "gradings.0.points_x1000", "");
    a = test_get(d->t, arena_printf(d->t->mem, "/assessments/%lld", (long long)id).ptr);
    assert_false(test_has(&a, "得分"));
    test_as_role(d->t, "member");
    assert_int_equal(test_get(d->t, sheet).status, 403);
    test_as_role(d->t, "editor");
    assert_int_equal(test_get(d->t, "/assessments").status, 403);
}

/* What stands in a DOCX. */
static str docx_words(struct desk *d, const struct test_answer *a)
{
    zip_error_t error;
    struct zip_stat stat;
    zip_source_t *source = zip_source_buffer_create(a->body.ptr, a->body.len, 0, &error);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    assert_non_null(zip);
    assert_int_equal(zip_stat(zip, "word/document.xml", 0, &stat), 0);
    char *text = arena_zero(d->t->mem, stat.size + 1);
    zip_file_t *file = zip_fopen(zip, "word/document.xml", 0);
    assert_int_equal(zip_fread(file, text, stat.size), (zip_int64_t)stat.size);
    zip_fclose(file);
    zip_discard(zip);
    return (str){ text, stat.size };
}

/* Texts of the circular stand in its XML; who is named hangs on a setting. */
static void a_circular_names_whom_the_setting_says(void **state)
{
    struct desk *d = *state;
    i64 id = opened(d, "{\"year\":2025}");
    const char *path =
        arena_printf(d->t->mem, "/assessments/%lld/circular.docx", (long long)id).ptr;
    assert_int_equal(test_get(d->t, path).status, 409); /* nothing is decided */
    does(d, "staff", id, "propose", "{}");
    does(d, "leader", id, "approve", DECIDED);
    struct test_answer a = test_get(d->t, path);
    assert_int_equal(a.status, 200);
    str words = docx_words(d, &a);
    assert_true(str_find(words, str_of("Good 1 人，Fair 2 人，Poor 1 人"), 0) >= 0);
    assert_true(str_find(words, str_of("Member 0"), 0) >= 0);
    assert_true(str_find(words, str_of("Member 3"), 0) < 0); /* nobody is shown up */
    assert_true(str_find(words, str_of("参加考核 4 人"), 0) >= 0);
    desk_set(d, "assessments.circular_names", "none");
    test_as_role(d->t, "staff");
    a = test_get(d->t, path);
    words = docx_words(d, &a);
    assert_true(str_find(words, str_of("Member 0"), 0) < 0);
    assert_int_equal(
        test_get(d->t, arena_printf(d->t->mem, "/assessments/%lld/circular.pdf", (long long)id).ptr)
            .status,
        200);
}

/* ---- commendation ---- */

/* By whoever is signed in. */
static struct test_answer withhold(struct desk *d, i64 grading_id, const char *json)
{
    i64 version = 0;
    const char *path = arena_printf(d->t->mem, "/api/v1/gradings/%lld", (long long)grading_id).ptr;
    struct test_answer a = test_get(d->t, path);
    assert_true(str_to_i64(test_json(d->t, &a, "grading.version"), &version));
    return test_api(d->t, POST, arena_printf(d->t->mem, "%s/honour", path).ptr,
                    test_versioned(d->t, json, version));
}

static struct test_answer withholds(struct desk *d, const char *role, i64 grading_id,
                                    const char *json)
{
    test_as_role(d->t, role);
    return withhold(d, grading_id, json);
}

static i64 honours_audited(struct desk *d, const char *before, const char *after)
{
    str from = str_of(before), to = str_of(after);
    return desk_count(d, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = "
                             "'assessments.honour' AND before_text = :from AND after_text = :to",
                             P(from), P(to)));
}

static i64 ledger_of_kind(struct desk *d, int who, const char *kind)
{
    i64 member_id = member[who];
    str wanted = str_of(kind);
    return desk_count(d, SQL("SELECT COUNT(*) FROM entries WHERE org_id = :org AND member_id = "
                             ":member_id AND kind LIKE :wanted AND source = 'gradings' AND "
                             "state = 'live'",
                             P(member_id), P(wanted)));
}

static i64 ledger_of(struct desk *d, int who)
{
    return ledger_of_kind(d, who, "honour.city");
}

#define WRONG "{\"honour\":\"withheld\",\"reason\":\"No wish\"}"
#define HONOUR                                                                         \
    "{\"title\":\"Best\",\"organ\":\"standing\",\"meeting\":\"Standing 9\",\"on_on\":" \
    "\"2026-01-25\",\"document\":\"Doc 4\"}"

static i64 honouring(struct desk *d)
{
    desk_set(d, "assessments.honour", "city");
    i64 id = opened(d, "{\"year\":2025}");
    does(d, "staff", id, "propose", "{}");
    does(d, "leader", id, "approve", DECIDED);
    return id;
}

/* Only Ann has the best grade: Bob has points for it, but no place. */
static void the_best_are_commended_by_people(void **state)
{
    struct desk *d = *state;
    i64 id = honouring(d), ann = grading_of(d, id, ANN);
    struct test_answer a = at(d, id);
    said(d, &a, "gradings.0.honour", "proposed");
    said(d, &a, "gradings.1.honour", "");
    assert_int_equal(withholds(d, "staff", ann, "{\"honour\":\"withheld\"}").status, 422);
    assert_int_equal(withholds(d, "staff", ann, WRONG).status, 200);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND verb = "
                                       "'honour'")),
                     0);
    assert_int_equal(
        withholds(d, "staff", grading_of(d, id, BOB), "{\"honour\":\"proposed\"}").status, 409);
    assert_int_equal(step(d, "leader", id, "honour", HONOUR).status, 409); /* nobody is left */
    test_as_role(d->t, "staff")->person_id = person[ANN]; /* a clerk with a seat, in her own */
    a = withhold(d, ann, "{\"honour\":\"proposed\"}");
    assert_int_equal(a.status, 403);
    assert_true(test_has(&a, "assessments.own_honour"));
    a = test_get(d->t, arena_printf(d->t->mem, "/gradings/%lld", (long long)ann).ptr);
    assert_false(test_has(&a, "恢复建议"));
    assert_int_equal(
        test_get(d->t, arena_printf(d->t->mem, "/gradings/%lld/honour", (long long)ann).ptr).status,
        403);
    assert_int_equal(withholds(d, "leader", ann, "{\"honour\":\"proposed\"}").status, 200);
    assert_int_equal(honours_audited(d, "建议表彰", "不表彰：No wish"), 1); /* whatever follows */
    assert_int_equal(honours_audited(d, "不表彰：No wish", "建议表彰"), 1);
    assert_int_equal(step(d, "staff", id, "honour", HONOUR).status, 403);
    a = step(
        d, "leader", id, "honour",
        "{\"title\":\"Best\",\"organ\":\"chairs\",\"meeting\":\"C 3\",\"on_on\":\"2026-01-19\"}");
    assert_int_equal(a.status, 422); /* before the grades */
    does(d, "leader", id, "honour", HONOUR);
    assert_int_equal(step(d, "leader", id, "honour", HONOUR).status, 409);
    assert_int_equal(withholds(d, "leader", ann, "{\"honour\":\"proposed\"}").status,
                     422);                  /* why? */
    assert_int_equal(ledger_of(d, ANN), 0); /* she is not told yet */
    does(d, "staff", id, "notify", "{}");
    assert_int_equal(told(d, ANN), 2); /* her grade, her honour */
    assert_int_equal(told(d, BOB), 1);
    assert_int_equal(ledger_of(d, ANN), 1);
    as_own(d, ANN);
    a = test_get(d->t, "/api/v1/assessments/mine");
    said(d, &a, "items.0.honour_title", "Best");
    a = test_get(d->t, "/assessments/mine");
    assert_true(test_has(&a, "Best"));
    test_as_role(d->t, "staff");
    a = test_get(d->t, arena_printf(d->t->mem, "/gradings/%lld", (long long)ann).ptr);
    assert_true(test_has(&a, "已表彰") && test_has(&a, "Standing 9"));
    a = test_get(d->t,
                 arena_printf(d->t->mem, "/assessments/%lld/circular.docx", (long long)id).ptr);
    assert_true(str_find(docx_words(d, &a), str_of("授予下列委员“Best”称号：Member 0。"), 0) >= 0);
    struct rq rq = test_system_rq(d->t);
    struct rows rows;
    assert_ok(assessments_of_all(&rq, day("2025-01-01"), day("2025-12-31"), &rows));
    desk_same(((const struct assessment_verdict *)rows.items)->words, "Good（获表彰）");
}

static i64 corrected(struct desk *d, const char *bob, const char *ann)
{
    i64 id = opened(d, "{\"year\":2025,\"reason\":\"Once more.\"}");
    if (bob)
        changes(d, "staff", grading_of(d, id, BOB), bob);
    if (ann)
        changes(d, "staff", grading_of(d, id, ANN), ann);
    does(d, "staff", id, "propose", "{}");
    does(d, "leader", id, "approve", DECIDED);
    does(d, "staff", id, "notify", "{}");
    return id;
}

/* The grade stays, she and the ledger know, the log has it. */
static void what_was_granted_wrongly_is_taken_back(void **state)
{
    struct desk *d = *state;
    i64 id = honouring(d), ann = grading_of(d, id, ANN);
    does(d, "leader", id, "honour", HONOUR);
    does(d, "staff", id, "notify", "{}");
    assert_int_equal(withholds(d, "staff", ann, WRONG).status, 403); /* a leader does */
    withholds(d, "leader", ann, "{\"honour\":\"proposed\",\"reason\":\"Typo\"}");
    assert_int_equal(honours_audited(d, "已表彰：Best", "建议表彰：Typo"), 1);
    assert_int_equal(ledger_of(d, ANN), 0);
    does(d, "leader", id, "honour", HONOUR); /* now as it should be */
    assert_int_equal(withholds(d, "leader", ann, WRONG).status, 200);
    assert_int_equal(told(d, ANN), 5);
    struct test_answer a = at(d, corrected(d, NULL, NULL)); /* nor is she proposed again */
    said(d, &a, "gradings.0.honour_note", "No wish");
}

/* What a correction takes away goes from the ledger, and she is told. What was granted stays, of
 * the level of its day, whatever the setting says by now; "off" proposes nobody new. */
static void a_correction_takes_the_honour_back(void **state)
{
    struct desk *d = *state;
    i64 first = honouring(d), second;
    does(d, "leader", first, "honour", HONOUR);
    does(d, "staff", first, "notify", "{}");
    second = opened(d, "{\"year\":2025,\"reason\":\"Counted wrongly.\"}");
    changes(d, "staff", grading_of(d, second, ANN), "{\"grade\":\"Fair\",\"reason\":\"Late\"}");
    changes(d, "staff", grading_of(d, second, BOB), "{\"grade\":\"Good\",\"reason\":\"Best\"}");
    does(d, "staff", second, "propose", "{}");
    does(d, "leader", second, "approve", DECIDED);
    struct test_answer a = at(d, second);
    said(d, &a, "gradings.0.honour", "");
    said(d, &a, "gradings.1.honour", "proposed");
    assert_int_equal(ledger_of(d, ANN), 1); /* until it is told */
    does(d, "staff", second, "notify", "{}");
    assert_int_equal(ledger_of(d, ANN), 0);
    assert_int_equal(told(d, ANN), 4);
    does(d, "leader", second, "honour", HONOUR); /* afterwards: at once */
    assert_int_equal(ledger_of(d, BOB), 1);
    assert_int_equal(told(d, BOB), 3);
    desk_set(d, "assessments.honour", "off");
    a = at(d, corrected(d, NULL, NULL));
    said(d, &a, "gradings.1.honour", "granted");
    said(d, &a, "gradings.1.honour_title", "Best");
    said(d, &a, "gradings.1.honour_level", "city");
    assert_int_equal(ledger_of(d, BOB), 1);
    assert_int_equal(told(d, BOB), 3); /* it is no news */
    desk_set(d, "assessments.honour", "nation");
    corrected(d, NULL, NULL);
    assert_int_equal(ledger_of(d, BOB), 1);
    assert_int_equal(ledger_of_kind(d, BOB, "honour.%"), 1);
    desk_set(d, "assessments.honour", "off");
    a = at(d, corrected(d, "{\"grade\":\"Fair\",\"reason\":\"Late\"}",
                        "{\"grade\":\"Good\",\"reason\":\"Best\"}"));
    said(d, &a, "gradings.0.grade", "Good");
    said(d, &a, "gradings.0.honour", "");
    said(d, &a, "gradings.1.honour", "");
    assert_int_equal(ledger_of_kind(d, BOB, "honour.%"), 0);
}

static struct test_answer letters(struct desk *d, i64 id, const char *to)
{
    test_as_role(d->t, "staff");
    return test_get(
        d->t,
        arena_printf(d->t->mem, "/assessments/%lld/letters.pdf?to=%s", (long long)id, to).ptr);
}

/* Whether the page of the assessment offers the letters. */
static bool offers(struct desk *d, i64 id, const char *to)
{
    test_as_role(d->t, "staff");
    struct test_answer a =
        test_get(d->t, arena_printf(d->t->mem, "/assessments/%lld", (long long)id).ptr);
    assert_int_equal(a.status, 200);
    return test_has(&a, arena_printf(d->t->mem, "letters.pdf?to=%s", to).ptr);
}

/* A page for each body with its own people: Ann and Bob are of Works, Cid of Mills. */
static void employers_and_nominators_are_written_to(void **state)
{
    struct desk *d = *state;
    i64 id = honouring(d), ann = person[ANN], bob = person[BOB], cid = person[CID];
    i64 eve = member[EVE];
    does(d, "leader", id, "honour", HONOUR);
    assert_int_equal(letters(d, id, "employer").status, 409); /* she is told first */
    does(d, "staff", id, "notify", "{}");
    assert_int_equal(letters(d, id, "employer").status, 409); /* nobody's is known */
    assert_false(offers(d, id, "employer") || offers(d, id, "nominator"));
    assert_int_equal(letters(d, id, "nobody").status, 422);
    run(d, SQL("UPDATE persons SET employer = CASE WHEN id = :cid THEN 'Mills' ELSE 'Works' END "
               "WHERE org_id = :org AND id IN (:ann, :bob, :cid)",
               P(cid), P(ann), P(bob)));
    struct test_answer a = letters(d, id, "employer");
    assert_int_equal(a.status, 200);
    str words = paper_words(d->t->mem, a.body), title = str_of("年度政协委员履职考核结果的函");
    bool read = words.len > 0; /* where nothing can, there is still the file */
    i64 one = str_find(words, title, 0), two = str_find(words, title, (size_t)one + 1);
    assert_true(!read || (one >= 0 && two > one && str_find(words, title, (size_t)two + 1) < 0));
    assert_true(!read || str_find(words, str_of("Member 0：Good，授予“Best”称号"), 0) >= 0);
    assert_true(!read || str_find(words, str_of("Member 3"), 0) < 0);
    assert_int_equal(letters(d, id, "nominator").status, 409);
    assert_true(offers(d, id, "employer") && !offers(d, id, "nominator"));
    run(d, SQL("INSERT INTO nominations (org_id, state, kind, nominator_kind, nominator, "
               "nominated_on, member_id, name, gender, birth_on, party, employer, sector_id) "
               "SELECT :org, 'appointed', 'augment', 'party', 'League', 1, :eve, '', 'female', 0, "
               "'cpc', '', MIN(id) FROM sectors WHERE org_id = :org",
               P(eve)));
    assert_true(offers(d, id, "nominator"));
    a = letters(d, id, "nominator");
    assert_int_equal(a.status, 200);
    assert_true(!read || str_find(paper_words(d->t->mem, a.body), str_of("League"), 0) >= 0);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, open_all, desk_teardown)

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
        T(the_best_are_commended_by_people),
        T(what_was_granted_wrongly_is_taken_back),
        T(a_correction_takes_the_honour_back),
        T(employers_and_nominators_are_written_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
