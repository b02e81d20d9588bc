/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handing out on trial, by the front door: who is asked and what he may say until when; silence;
 * what the dispatcher settles; the meeting, its list and papers, and handing out what is agreed.
 * README.md, "Life" and "Who may", are the source of what is expected. */
#include "modules/preassignments/preassignment.h"

#include "modules/proposals/tests/desk.h"
#include "modules/proposals/tests/desk_look.h"
#include "platform/module.h"

enum { ROADS, HEALTH, SCHOOLS };

/* ---- what tests say ---- */

/* One house for all tests; each begins on the same morning, with nothing that waits. */
static int setup(void **state)
{
    struct desk *d = *state;
    desk_on_day(d, "2026-11-25");
    desk_set(d, "proposals.preassign", "1");
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE preassignments SET state = 'dropped' "
                         "WHERE org_id = :org"),
                     NULL));
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE proposals SET state = 'archived' WHERE org_id = :org AND state "
                         "IN ('docketed', 'preassigned')"),
                     NULL));
    return 0;
}

/* With the two numbers in the places of "%lld". */
static const char *text(struct desk *d, const char *form, i64 a, i64 b)
{
    struct buf *out = buf_new(d->t->mem, 4000);
    str rest = str_of(form), place = str_of("%lld");
    for (i64 at = str_find(rest, place, 0), n = a; at >= 0; at = str_find(rest, place, 0), n = b) {
        buf_add(out, str_sub(rest, 0, (size_t)at));
        buf_printf(out, "%lld", (long long)n);
        rest = str_sub(rest, (size_t)at + place.len, rest.len);
    }
    buf_add(out, rest);
    return arena_cstr(d->t->mem, buf_str(out));
}

/* Roads hosts, Health helps. */
static i64 asked_of_two(struct desk *d, const char *title)
{
    i64 id = desk_docketed(d, title);
    desk_as_dispatcher(d);
    assert_int_equal(desk_act(d, id, "preassign",
                              text(d, "{\"mode\":\"host\",\"host_id\":%lld,\"cohosts\":[%lld]}",
                                   d->agency[ROADS], d->agency[HEALTH])),
                     200);
    return id;
}

static i64 asked_of_one(struct desk *d, const char *title, size_t agency)
{
    i64 id = desk_docketed(d, title);
    desk_as_dispatcher(d);
    assert_int_equal(desk_act(d, id, "preassign",
                              text(d, "{\"mode\":\"sole\",\"host_id\":%lld}", d->agency[agency],
                                   0)),
                     200);
    return id;
}

/* The line of an agency that still counts; 0 = none. */
static i64 line_of(struct desk *d, i64 proposal_id, size_t agency)
{
    i64 id = 0, agency_id = d->agency[agency];
    assert_ok(db_i64(d->t->db,
                     SQL("SELECT COALESCE(MAX(id), 0) AS n FROM preassignments WHERE org_id = :org "
                         "AND proposal_id = :proposal_id AND agency_id = :agency_id AND state <> "
                         "'dropped'",
                         P(proposal_id), P(agency_id)),
                     &id));
    return id;
}

static i64 version_of(struct desk *d, i64 line)
{
    i64 version = 0;
    assert_ok(db_i64(d->t->db,
                     SQL("SELECT COALESCE(MAX(version), 1) AS n FROM preassignments WHERE org_id = "
                         ":org AND id = :line",
                         P(line)),
                     &version));
    return version;
}

static int act(struct desk *d, i64 line, const char *verb, const char *json)
{
    const char *path =
        arena_printf(d->t->mem, "/api/v1/preassignments/%lld/%s", (long long)line, verb).ptr;
    i64 version = version_of(d, line);
    return test_api(d->t, POST, path, test_versioned(d->t, json, version)).status;
}

static const char OBJECTS[] = "{\"reason\":\"Bridges are another's.\"}";

static struct test_answer line_page(struct desk *d, i64 line)
{
    return desk_page(d, "/api/v1/preassignments/", line, "");
}

static void is_in(struct desk *d, i64 line, const char *state)
{
    desk_as_staff(d);
    struct test_answer a = line_page(d, line);
    assert_int_equal(a.status, 200);
    desk_same(test_json(d->t, &a, "state"), state);
}

static err lapse(struct rq *rq, void *context)
{
    bool again;
    (void)context;
    return job_preassignment_lapse(rq, &again);
}

static void run_job(struct desk *d)
{
    assert_ok(desk_in_org(d, d->t->org, lapse, NULL));
}

static i64 meeting_of(struct desk *d)
{
    i64 id = 0;
    desk_as_dispatcher(d);
    struct test_answer a =
        test_api(d->t, POST, "/api/v1/preassignments/meetings",
                 text(d,
                      "{\"name\":\"Handing out\",\"session\":\"%lld\",\"held_on\":\"2026-12-03\","
                      "\"place\":\"Hall 2\"}",
                      d->session_id, 0));
    assert_int_equal(a.status, 201);
    assert_ok(db_i64(
        d->t->db, SQL("SELECT MAX(id) AS n FROM preassignment_meetings WHERE org_id = :org"), &id));
    return id;
}

static struct test_answer hand_out(struct desk *d, i64 meeting, const char *json)
{
    return test_api(d->t, POST,
                    text(d, "/api/v1/preassignments/meetings/%lld/hand_out", meeting, 0), json);
}

static str at(struct desk *d, const struct test_answer *a, const char *path)
{
    return test_json(d->t, a, path);
}

/* ---- asking ---- */

static void only_where_the_place_does_so(void **state)
{
    struct desk *d = *state;
    i64 id = desk_docketed(d, "A bus to the school");
    const char *json = text(d, "{\"mode\":\"sole\",\"host_id\":%lld}", d->agency[ROADS], 0);
    desk_set(d, "proposals.preassign", "0");
    desk_as_dispatcher(d);
    assert_int_equal(desk_act(d, id, "preassign", json), 409);
    desk_set(d, "proposals.preassign", "1");
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "preassign", json), 403);
    desk_as_operator(d, ROADS);
    assert_int_equal(desk_act(d, id, "preassign", json), 403);
    desk_as_dispatcher(d);
    assert_int_equal(desk_act(d, id, "preassign", "{\"mode\":\"host\"}"), 422);
    assert_int_equal(desk_act(d, id, "preassign",
                              text(d, "{\"mode\":\"host\",\"host_id\":%lld,\"cohosts\":[%lld]}",
                                   d->agency[ROADS], d->agency[ROADS])),
                     422);
    assert_int_equal(desk_act(d, id, "preassign",
                              text(d, "{\"mode\":\"sole\",\"host_id\":%lld}", d->other_agency, 0)),
                     422);
    assert_int_equal(desk_act(d, id, "preassign", json), 200);
    desk_same(desk_load(d, id).state, "preassigned");
    assert_true(line_of(d, id, ROADS) > 0);
}

static void an_agency_sees_its_own_line_alone(void **state)
{
    struct desk *d = *state;
    i64 id = asked_of_two(d, "A bus to the school");
    i64 roads = line_of(d, id, ROADS), health = line_of(d, id, HEALTH);
    desk_as_operator(d, ROADS);
    struct test_answer a = line_page(d, roads);
    assert_int_equal(a.status, 200);
    desk_same(at(d, &a, "role"), "host");
    desk_same(at(d, &a, "answer_due_on"), "2026-11-30"); /* three working days from Wednesday */
    desk_same(at(d, &a, "due_by_now_on"), "2027-02-25");
    desk_same(at(d, &a, "agencies.1.agency_name"), "Health");
    assert_true(desk_has(&a, "suggestions"));
    assert_int_equal(line_page(d, health).status, 404);
    assert_int_equal(act(d, health, "agree", "{}"), 404);
    a = test_get(d->t, "/api/v1/preassignments?state=asked");
    desk_same(at(d, &a, "total"), "1");
    assert_int_equal(desk_page(d, "/proposals/", id, "").status, 404); /* not its business yet */
    desk_as_operator(d, SCHOOLS);
    assert_int_equal(line_page(d, roads).status, 404);
    desk_as_member(d, 0);
    assert_int_equal(line_page(d, roads).status, 403);
    desk_as_other_reviewer(d);
    assert_int_equal(line_page(d, roads).status, 404);
    assert_int_equal(act(d, roads, "set_due", "{\"due_on\":\"2027-01-05\"}"), 404);
    a = test_get(d->t, "/api/v1/preassignments");
    desk_same(at(d, &a, "total"), "0");
}

static void of_a_confidential_one_it_hears_of_nobody_else(void **state)
{
    struct desk *d = *state;
    i64 id = asked_of_two(d, "A quiet matter");
    i64 roads = line_of(d, id, ROADS);
    desk_as_reviewer(d);
    assert_int_equal(
        desk_act(d, id, "mark", "{\"confidential\":true,\"opinion\":\"Ongoing talks.\"}"), 200);
    desk_as_operator(d, ROADS);
    struct test_answer a = line_page(d, roads);
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, "Health"));
    a = desk_page(d, "/preassignments/", roads, "");
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, "Health"));
    desk_as_operator(d, SCHOOLS);
    assert_int_equal(line_page(d, roads).status, 404);
    desk_as_staff(d);
    a = line_page(d, roads);
    assert_true(desk_has(&a, "Health"));
}

/* ---- answering ---- */

static void it_agrees_or_objects_in_time(void **state)
{
    struct desk *d = *state;
    i64 id = asked_of_two(d, "A bus to the school");
    i64 roads = line_of(d, id, ROADS), health = line_of(d, id, HEALTH);
    desk_as_dispatcher(d);
    assert_int_equal(act(d, roads, "agree", "{}"), 403);
    desk_as_operator(d, ROADS);
    assert_int_equal(act(d, roads, "object", "{}"), 422); /* without a reason */
    assert_int_equal(act(d, roads, "object",
                         text(d, "{\"reason\":\"Not ours at all.\",\"better_agency\":\"%lld\"}",
                              d->agency[ROADS], 0)),
                     422);
    assert_int_equal(act(d, roads, "object",
                         text(d, "{\"reason\":\"Not ours at all.\",\"better_agency\":\"%lld\"}",
                              d->other_agency, 0)),
                     422);
    assert_int_equal(act(d, roads, "object",
                         text(d, "{\"reason\":\"Not ours at all.\",\"better_agency\":\"%lld\"}",
                              d->agency[SCHOOLS], 0)),
                     200);
    assert_int_equal(act(d, roads, "object", OBJECTS), 409);
    desk_as_staff(d);
    struct test_answer a = line_page(d, roads);
    desk_same(at(d, &a, "state"), "objected");
    desk_same(at(d, &a, "better_agency_name"), "Schools");
    desk_as_agency_leader(d, HEALTH);
    assert_int_equal(act(d, health, "agree", "{}"), 200);
    assert_int_equal(act(d, health, "object", OBJECTS), 409); /* it has agreed */
    desk_as_operator(d, ROADS);
    assert_int_equal(act(d, roads, "agree", "{}"), 200); /* talked over */
    is_in(d, roads, "agreed");
}

/* Asked on Wednesday: Monday is the last day, from Tuesday on it has agreed. */
static void silence_agrees(void **state)
{
    struct desk *d = *state;
    i64 id = asked_of_two(d, "A bus to the school");
    i64 roads = line_of(d, id, ROADS), health = line_of(d, id, HEALTH);
    desk_on_day(d, "2026-11-30");
    run_job(d);
    is_in(d, roads, "asked");
    desk_as_operator(d, HEALTH);
    assert_int_equal(act(d, health, "object", OBJECTS), 200); /* the last day is its own */
    desk_on_day(d, "2026-12-01");
    desk_as_operator(d, ROADS);
    assert_int_equal(act(d, roads, "object", OBJECTS), 409); /* the job has not come by yet */
    assert_int_equal(act(d, roads, "agree", "{}"), 409);
    run_job(d);
    run_job(d);
    is_in(d, roads, "agreed");
    is_in(d, health, "objected");
    struct test_answer a = test_get(d->t, "/api/v1/preassignments?silent=1&state=agreed");
    desk_same(at(d, &a, "total"), "1");
}

/* A line that cannot be moved does not hold up those behind it. */
static void one_that_fails_blocks_no_silence(void **state)
{
    struct desk *d = *state;
    i64 session = d->session_id, day = 10000; /* long before those that are asked here */
    for (i64 i = 0; i < 60; i++) {
        i64 proposal = 2000000 + i, agency = 500000 + i;
        assert_ok(db_run(d->t->db,
                         SQL("INSERT INTO preassignments (org_id, proposal_id, session_id, "
                             "agency_id, agency_name, title, number, proposer_name, role, state, "
                             "asked_at, answer_due_on) VALUES (:org, :proposal, :session, :agency, "
                             "'Nobody', 'Broken', '1', 'Li', 'sole', 'asked', 1, :day)",
                             P(proposal), P(session), P(agency), P(day)),
                         NULL));
    }
    i64 id = asked_of_one(d, "A bus to the school", ROADS), roads = line_of(d, id, ROADS);
    desk_on_day(d, "2026-12-01");
    run_job(d);
    is_in(d, roads, "agreed");
    struct test_answer a = test_get(d->t, "/api/v1/preassignments?state=asked");
    desk_same(at(d, &a, "total"), "60");
}

/* ---- settling ---- */

static void the_dispatcher_settles_with_a_reason(void **state)
{
    struct desk *d = *state;
    i64 id = asked_of_one(d, "A bus to the school", ROADS), roads = line_of(d, id, ROADS);
    desk_as_dispatcher(d);
    assert_int_equal(act(d, roads, "settle", "{\"opinion\":\"It is theirs.\"}"), 409); /* asked */
    desk_as_operator(d, ROADS);
    assert_int_equal(act(d, roads, "object", OBJECTS), 200);
    assert_int_equal(act(d, roads, "settle", "{\"opinion\":\"It is theirs.\"}"), 403);
    desk_as_reviewer(d);
    assert_int_equal(act(d, roads, "settle", "{\"opinion\":\"It is theirs.\"}"), 403);
    desk_as_dispatcher(d);
    assert_int_equal(act(d, roads, "settle", "{}"), 422);
    assert_int_equal(act(d, roads, "settle", "{\"opinion\":\"It is theirs.\"}"), 200);
    is_in(d, roads, "settled");
}

static int move_to(struct desk *d, i64 line, i64 agency_id, i64 version)
{
    return test_api(d->t, POST, text(d, "/api/v1/preassignments/%lld/move", line, 0),
                    text(d, "{\"agency_id\":%lld,\"version\":%lld,\"opinion\":\"Theirs.\"}",
                         agency_id, version))
        .status;
}

static void another_agency_takes_the_place_of_one(void **state)
{
    struct desk *d = *state;
    i64 id = asked_of_two(d, "A bus to the school");
    i64 roads = line_of(d, id, ROADS), health = line_of(d, id, HEALTH);
    desk_as_operator(d, HEALTH);
    assert_int_equal(act(d, health, "agree", "{}"), 200);
    desk_as_dispatcher(d);
    assert_int_equal(act(d, roads, "set_due", "{\"due_on\":\"2027-01-05\"}"), 200);
    assert_int_equal(move_to(d, roads, d->agency[SCHOOLS], version_of(d, roads)), 409);
    desk_as_operator(d, ROADS);
    assert_int_equal(act(d, roads, "object", OBJECTS), 200);
    assert_int_equal(move_to(d, roads, d->agency[SCHOOLS], version_of(d, roads)), 403);
    desk_as_dispatcher(d);
    assert_int_equal(move_to(d, roads, d->agency[SCHOOLS], version_of(d, roads) - 1), 409);
    assert_int_equal(move_to(d, roads, d->agency[HEALTH], version_of(d, roads)), 422);
    assert_int_equal(move_to(d, roads, d->agency[ROADS], version_of(d, roads)), 422);
    assert_int_equal(move_to(d, roads, d->agency[SCHOOLS], version_of(d, roads)), 200);
    assert_int_equal(move_to(d, roads, d->agency[SCHOOLS], version_of(d, roads)), 409); /* twice */
    is_in(d, roads, "dropped");
    assert_int_equal(line_of(d, id, HEALTH), health);
    is_in(d, health, "agreed"); /* who stays keeps his answer */
    i64 schools = line_of(d, id, SCHOOLS);
    is_in(d, schools, "asked");
    struct test_answer a = line_page(d, schools);
    desk_same(at(d, &a, "role"), "host");
    desk_same(at(d, &a, "due_on"), "2027-01-05"); /* and the day that was set */
    desk_as_operator(d, ROADS);
    a = line_page(d, roads);
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, "suggestions")); /* not its business any more */
}

/* A day behind us is no field of this form: it says whose day has to be changed first. */
static void moving_says_whose_day_is_past(void **state)
{
    struct desk *d = *state;
    i64 id = asked_of_two(d, "A bus to the school"), roads = line_of(d, id, ROADS);
    desk_as_operator(d, ROADS);
    assert_int_equal(act(d, roads, "object", OBJECTS), 200);
    desk_as_dispatcher(d);
    assert_int_equal(act(d, line_of(d, id, HEALTH), "set_due", "{\"due_on\":\"2026-11-27\"}"), 200);
    desk_on_day(d, "2026-11-27");
    desk_as_dispatcher(d);
    assert_int_equal(move_to(d, roads, d->agency[SCHOOLS], version_of(d, roads)), 409);
    assert_int_equal(line_of(d, id, SCHOOLS), 0);
    assert_int_equal(act(d, line_of(d, id, HEALTH), "set_due", "{}"), 200);
    assert_int_equal(move_to(d, roads, d->agency[SCHOOLS], version_of(d, roads)), 200);
}

static i64 told(struct desk *d, const char *words)
{
    str like = arena_printf(d->t->mem, "%%%s%%", words);
    return desk_count(d, SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND words LIKE "
                             ":like",
                             P(like)));
}

/* The matter grows and shrinks while they are asked: they are told, and a confidential part makes
 * the whole a confidential one. */
static void who_was_asked_hears_of_a_merger(void **state)
{
    struct desk *d = *state;
    i64 id = asked_of_two(d, "A bus to the school"), roads = line_of(d, id, ROADS);
    i64 other = desk_docketed(d, "A quiet bus"), agency = d->agency[ROADS];
    assert_ok(db_run(d->t->db,
                     SQL("INSERT INTO accounts (org_id, login_name, name, agency_id, created_at) "
                         "VALUES (:org, 'asked', 'Wu', :agency, 1)",
                         P(agency)),
                     NULL));
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, other, "merge", text(d, "{\"main_id\":%lld}", id, 0)), 200);
    assert_int_equal(told(d, "又并入了一件提案"), 1);
    desk_as_operator(d, ROADS);
    struct test_answer a = line_page(d, roads);
    assert_true(desk_has(&a, "Health"));
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE proposals SET confidential = 1 WHERE org_id = :org AND id = "
                         ":other",
                         P(other)),
                     NULL));
    a = line_page(d, roads);
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, "Health"));
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, other, "unmerge", "{\"opinion\":\"Another road.\"}"), 200);
    assert_int_equal(told(d, "分出了一件提案"), 1);
    assert_int_equal(desk_act(d, other, "merge", text(d, "{\"main_id\":%lld}", id, 0)), 200);
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, other, "ask_withdraw", "{\"opinion\":\"Solved.\"}"), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, other, "withdraw", "{}"), 200); /* gone for good is gone too */
    assert_int_equal(told(d, "分出了一件提案"), 2);
}

/* The cohost is never due behind its host (one month by the settings, or earlier). */
static void days_of_each(void **state)
{
    struct desk *d = *state;
    i64 id = asked_of_two(d, "A bus to the school");
    i64 roads = line_of(d, id, ROADS), health = line_of(d, id, HEALTH);
    desk_as_staff(d);
    struct test_answer a = line_page(d, health);
    desk_same(at(d, &a, "due_by_now_on"), "2026-12-25");
    desk_as_dispatcher(d);
    assert_int_equal(act(d, roads, "set_due", "{\"due_on\":\"2026-11-25\"}"), 422); /* today */
    assert_int_equal(act(d, roads, "set_due", "{\"due_on\":\"2026-12-10\"}"), 200);
    a = line_page(d, roads);
    desk_same(at(d, &a, "due_by_now_on"), "2026-12-10");
    a = line_page(d, health);
    desk_same(at(d, &a, "due_by_now_on"), "2026-12-10");
    assert_int_equal(act(d, roads, "set_due", "{}"), 200); /* by the settings again */
    a = line_page(d, roads);
    desk_same(at(d, &a, "due_by_now_on"), "2027-02-25");
}

/* ---- handing out ---- */

static void the_proposals_page_begins_with_them_and_may_overrule(void **state)
{
    struct desk *d = *state;
    i64 id = asked_of_two(d, "A bus to the school");
    i64 roads = line_of(d, id, ROADS), health = line_of(d, id, HEALTH);
    desk_as_operator(d, ROADS);
    assert_int_equal(act(d, roads, "object", OBJECTS), 200);
    desk_as_dispatcher(d);
    struct test_answer a = desk_page(d, "/proposals/", id, "/assign");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, text(d, "<option value=\"%lld\"  selected>", d->agency[ROADS], 0)));
    a = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&a, "Bridges are another"));
    desk_as_member(d, 0);
    a = desk_page(d, "/proposals/", id, "");
    assert_false(desk_has(&a, "Bridges are another")); /* the office's alone */
    desk_as_dispatcher(d);
    assert_int_equal(desk_act(d, id, "assign",
                              text(d, "{\"mode\":\"sole\",\"host_id\":%lld}", d->agency[ROADS], 0)),
                     200);
    is_in(d, roads, "settled");
    is_in(d, health, "dropped");
    desk_as_dispatcher(d);
    assert_int_equal(act(d, roads, "set_due", "{\"due_on\":\"2027-01-05\"}"), 409);
}

/* A day that was set counts also when the proposal's own page hands out and has none; what the page
 * says counts more, and a day behind us has to be said anew. */
static void the_proposals_page_keeps_the_days_that_were_set(void **state)
{
    struct desk *d = *state;
    i64 id = asked_of_two(d, "A bus to the school"), late = asked_of_one(d, "Old tea", SCHOOLS);
    desk_as_dispatcher(d);
    const char *json = text(d, "{\"mode\":\"host\",\"host_id\":%lld,\"cohosts\":[%lld]}",
                            d->agency[ROADS], d->agency[HEALTH]);
    assert_int_equal(act(d, line_of(d, id, ROADS), "set_due", "{\"due_on\":\"2027-01-05\"}"), 200);
    assert_int_equal(act(d, line_of(d, id, HEALTH), "set_due", "{\"due_on\":\"2026-12-11\"}"), 200);
    assert_int_equal(act(d, line_of(d, late, SCHOOLS), "set_due", "{\"due_on\":\"2026-11-27\"}"),
                     200);
    assert_int_equal(desk_act(d, id, "assign", json), 200);
    struct test_answer a = desk_page(d, "/api/v1/proposals/", id, "");
    assert_true(desk_has(&a, "2027-01-05"));
    assert_true(desk_has(&a, "2026-12-11"));
    desk_on_day(d, "2026-11-30");
    desk_as_dispatcher(d);
    json = text(d, "{\"mode\":\"sole\",\"host_id\":%lld}", d->agency[SCHOOLS], 0);
    assert_int_equal(desk_act(d, late, "assign", json), 422);
    json = text(d, "{\"mode\":\"sole\",\"host_id\":%lld,\"due_on\":\"2027-01-08\"}",
                d->agency[SCHOOLS], 0);
    assert_int_equal(desk_act(d, late, "assign", json), 200);
    a = desk_page(d, "/api/v1/proposals/", late, "");
    assert_true(desk_has(&a, "2027-01-08"));
}

/* After handing out it reads what it handles, and no more: neither what another agency took over,
 * nor what was withdrawn, nor what became confidential. */
static void what_it_lost_it_reads_no_more(void **state)
{
    struct desk *d = *state;
    const char *sole = text(d, "{\"mode\":\"sole\",\"host_id\":%lld}", d->agency[ROADS], 0);
    i64 lost = asked_of_one(d, "A bus to the school", ROADS);
    i64 quiet = asked_of_one(d, "A quiet matter", ROADS);
    i64 lost_line = line_of(d, lost, ROADS), quiet_line = line_of(d, quiet, ROADS);
    desk_as_dispatcher(d);
    assert_int_equal(desk_act(d, lost, "assign", sole), 200);
    assert_int_equal(desk_act(d, quiet, "assign", sole), 200);
    desk_as_operator(d, ROADS);
    struct test_answer a = line_page(d, lost_line);
    assert_true(desk_has(&a, "suggestions")); /* it handles it */
    desk_as_dispatcher(d);
    i64 assignment = desk_assignment(d, lost), version = desk_assignment_version(d, assignment);
    const char *path = text(d, "/api/v1/assignments/%lld/reassign", assignment, 0);
    const char *to =
        text(d, "{\"agency_id\":%lld,\"opinion\":\"It is theirs by law.\"}", d->agency[SCHOOLS], 0);
    assert_int_equal(test_api(d->t, POST, path, test_versioned(d->t, to, version)).status, 200);
    desk_as_reviewer(d);
    assert_int_equal(
        desk_act(d, quiet, "mark", "{\"confidential\":true,\"opinion\":\"Ongoing talks.\"}"), 200);
    desk_as_operator(d, ROADS);
    a = line_page(d, lost_line);
    assert_int_equal(a.status, 200); /* its own answer stays */
    assert_false(desk_has(&a, "suggestions") || desk_has(&a, "Schools"));
    a = desk_page(d, "/preassignments/", lost_line, "");
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, "提案内容"));
    a = line_page(d, quiet_line);
    assert_false(desk_has(&a, "suggestions"));
    desk_as_staff(d);
    a = line_page(d, quiet_line);
    assert_true(desk_has(&a, "suggestions"));
}

static void taken_back_nobody_is_asked_any_more(void **state)
{
    struct desk *d = *state;
    i64 id = asked_of_one(d, "A bus to the school", ROADS), roads = line_of(d, id, ROADS);
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, id, "ask_withdraw", "{\"opinion\":\"It runs by now.\"}"), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "withdraw", "{}"), 200);
    is_in(d, roads, "dropped");
    desk_as_operator(d, ROADS);
    assert_int_equal(act(d, roads, "agree", "{}"), 409);
}

static void what_is_agreed_is_handed_out_and_each_is_named(void **state)
{
    struct desk *d = *state;
    i64 bus = asked_of_two(d, "A bus to the school"), tea = asked_of_one(d, "Old tea", SCHOOLS);
    i64 late = asked_of_one(d, "Late trees", HEALTH), meeting = meeting_of(d);
    desk_as_operator(d, ROADS);
    assert_int_equal(act(d, line_of(d, bus, ROADS), "agree", "{}"), 200);
    desk_as_operator(d, HEALTH);
    assert_int_equal(act(d, line_of(d, bus, HEALTH), "agree", "{}"), 200);
    assert_int_equal(act(d, line_of(d, late, HEALTH), "agree", "{}"), 200);
    desk_as_dispatcher(d);
    assert_int_equal(act(d, line_of(d, late, HEALTH), "set_due", "{\"due_on\":\"2026-12-01\"}"),
                     200);
    assert_int_equal(act(d, line_of(d, bus, ROADS), "set_due", "{\"due_on\":\"2027-01-05\"}"), 200);
    desk_on_day(d, "2026-12-01");
    desk_as_reviewer(d);
    assert_int_equal(hand_out(d, meeting, "{}").status, 403);
    desk_as_dispatcher(d);
    const char *json = arena_printf(d->t->mem, "{\"ids\":[%lld,%lld,%lld,999999]}", (long long)late,
                                    (long long)tea, (long long)bus)
                           .ptr;
    struct test_answer a = hand_out(d, meeting, json);
    assert_int_equal(a.status, 200);
    desk_same(at(d, &a, "proposals.0.error"), "preassignments.due_past");
    desk_same(at(d, &a, "proposals.1.error"), "preassignments.not_agreed");
    desk_same(at(d, &a, "proposals.2.done"), "true"); /* what failed before it changes nothing */
    desk_same(at(d, &a, "proposals.3.error"), "proposals.not_found");
    desk_same(desk_load(d, bus).state, "assigned");
    desk_same(desk_load(d, tea).state, "preassigned");
    desk_same(desk_load(d, late).state, "preassigned");
    a = hand_out(d, meeting, json); /* a second click, or a second person */
    desk_same(at(d, &a, "proposals.2.error"), "preassignments.handed");
    desk_same(at(d, &a, "left"), "0"); /* the late one has to be mended first */
    is_in(d, line_of(d, bus, ROADS), "settled");
    a = desk_page(d, "/api/v1/proposals/", bus, "");
    assert_true(desk_has(&a, "2027-01-05"));
    assert_true(desk_has(&a, "2027-01-01")); /* the cohost's: one month from 12-01 */
}

/* In tens; the rest is for the next click. */
static void ten_at_once(void **state)
{
    struct desk *d = *state;
    for (int i = 0; i < 11; i++)
        asked_of_one(d, arena_printf(d->t->mem, "Number %d", i).ptr, ROADS);
    i64 meeting = meeting_of(d);
    desk_on_day(d, "2026-12-01");
    run_job(d);
    desk_as_dispatcher(d);
    struct test_answer a = hand_out(d, meeting, "{}");
    desk_same(at(d, &a, "proposals.9.done"), "true");
    desk_same(at(d, &a, "proposals.10.id"), "");
    desk_same(at(d, &a, "left"), "1");
    a = hand_out(d, meeting, "{\"ids\":[1,2,3,4,5,6,7,8,9,10,11]}");
    assert_int_equal(a.status, 422);
    a = hand_out(d, meeting, "{}");
    desk_same(at(d, &a, "left"), "0");
    a = hand_out(d, meeting, "{}");
    assert_int_equal(a.status, 200);
    desk_same(at(d, &a, "proposals.0.id"), "");
}

/* What cannot be handed out as it is stands apart with what to do, and blocks nothing. */
static void what_is_stuck_blocks_no_button(void **state)
{
    struct desk *d = *state;
    i64 meeting = meeting_of(d), late = 0, gone = asked_of_one(d, "Of a body that ends", SCHOOLS);
    for (int i = 0; i < HAND_OUT_MAX; i++) {
        late = asked_of_one(d, arena_printf(d->t->mem, "Late %d", i).ptr, ROADS);
        desk_as_dispatcher(d);
        assert_int_equal(act(d, line_of(d, late, ROADS), "set_due", "{\"due_on\":\"2026-12-01\"}"),
                         200);
    }
    i64 good = asked_of_one(d, "A bus to the school", HEALTH);
    i64 schools = d->agency[SCHOOLS],
        ended_on = day_of_ms(d->t->app.clock.fixed_ms) + 5 /* 11-30 */;
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE orgs SET to_on = :ended_on WHERE org_id = :org AND id = :schools",
                         P(ended_on), P(schools)),
                     NULL));
    desk_on_day(d, "2026-12-01");
    run_job(d);
    desk_as_dispatcher(d);
    struct test_answer a = desk_page(d, "/api/v1/preassignments/meetings/", meeting, "");
    desk_same(at(d, &a, "ready"), "1");
    desk_same(at(d, &a, "stuck"), "11");
    a = desk_page(d, "/preassignments/meetings/", meeting, "");
    const char *mend = text(d, "/preassignments/%lld/set_due", line_of(d, late, ROADS), 0);
    const char *anew = text(d, "/proposals/%lld/preassign", gone, 0);
    assert_true(desk_has(&a, mend) && desk_has(&a, anew));
    assert_int_equal(test_get(d->t, mend).status, 200);
    assert_int_equal(test_get(d->t, anew).status, 200);
    a = hand_out(d, meeting, "{}");
    desk_same(at(d, &a, "proposals.0.done"), "true");
    desk_same(desk_load(d, good).state, "assigned");
    assert_int_equal(act(d, line_of(d, late, ROADS), "set_due", "{\"due_on\":\"2027-01-05\"}"),
                     200);
    a = hand_out(d, meeting, "{}");
    desk_same(at(d, &a, "proposals.0.done"), "true");
    desk_same(desk_load(d, late).state, "assigned");
    a = desk_page(d, "/api/v1/preassignments/meetings/", meeting, ""); /* as it was given */
    assert_true(desk_has(&a, "2027-01-05"));
    desk_as_operator(d, HEALTH);
    a = desk_page(d, "/preassignments/meetings/", meeting, "");
    assert_false(desk_has(&a, "现在交办不了"));
    assert_ok(
        db_run(d->t->db,
               SQL("UPDATE orgs SET to_on = 0 WHERE org_id = :org AND id = :schools", P(schools)),
               NULL));
}

/* Lines are cut at 5,000, and every form of the list says so. */
static void a_list_that_is_cut_says_so(void **state)
{
    struct desk *d = *state;
    asked_of_one(d, "A bus to the school", ROADS);
    i64 meeting = meeting_of(d), roads = d->agency[ROADS], session = d->session_id;
    assert_ok(db_begin(d->t->db));
    for (i64 i = 1; i < PREASSIGNMENT_MEETING_LINES; i++) {
        i64 proposal = 1000000 + i;
        assert_ok(db_run(d->t->db,
                         SQL("INSERT INTO preassignments (org_id, proposal_id, session_id, "
                             "agency_id, agency_name, title, number, proposer_name, role, state, "
                             "asked_at, answer_due_on) VALUES (:org, :proposal, :session, :roads, "
                             "'Roads', 'Tea', '1', 'Li', 'sole', 'asked', 1, 30000)",
                             P(proposal), P(session), P(roads)),
                         NULL));
    }
    assert_ok(db_commit(d->t->db));
    desk_as_staff(d);
    struct test_answer a = desk_page(d, "/api/v1/preassignments/meetings/", meeting, "");
    desk_same(at(d, &a, "cut"), "false"); /* all 5,000 are there */
    asked_of_one(d, "One too many", ROADS);
    desk_as_staff(d);
    a = desk_page(d, "/api/v1/preassignments/meetings/", meeting, "");
    desk_same(at(d, &a, "cut"), "true");
    a = desk_page(d, "/preassignments/meetings/", meeting, "");
    assert_true(desk_has(&a, "只列出前 5000 件"));
}

/* ---- the meeting ---- */

/* The plenary closed on 2026-02-05: thirty days later is 2026-03-07. */
static void the_meeting_and_its_minutes(void **state)
{
    struct desk *d = *state;
    i64 id = meeting_of(d);
    const char *path = text(d, "/api/v1/preassignments/meetings/%lld", id, 0);
    const char *edit = "{\"name\":\"Handing out\",\"held_on\":\"2026-12-04\",\"place\":\"Hall 3\","
                       "\"version\":1}";
    assert_int_equal(test_api(d->t, PUT, path, edit).status, 200);
    assert_int_equal(test_api(d->t, PUT, path, edit).status, 409); /* seen before the other's */
    const char *record = text(d, "/api/v1/preassignments/meetings/%lld/record", id, 0);
    assert_int_equal(test_api(d->t, POST, record,
                              "{\"held_on\":\"2026-12-04\",\"minutes\":\"All agreed.\","
                              "\"version\":2}")
                         .status,
                     422); /* tomorrow's */
    desk_on_day(d, "2026-12-04");
    assert_int_equal(test_api(d->t, POST, record,
                              "{\"held_on\":\"2026-12-04\",\"minutes\":\"All agreed.\","
                              "\"version\":2}")
                         .status,
                     200);
    struct test_answer a = test_get(d->t, path);
    desk_same(at(d, &a, "state"), "held");
    desk_same(at(d, &a, "minutes"), "All agreed.");
    desk_same(at(d, &a, "last_on"), "2026-03-07");
    assert_int_equal(test_api(d->t, PUT, path, edit).status, 409);
    desk_as_operator(d, ROADS);
    a = test_get(d->t, path);
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, "All agreed."));
    a = desk_page(d, "/preassignments/meetings/", id, "");
    assert_false(desk_has(&a, "All agreed."));
    assert_int_equal(desk_page(d, "/preassignments/meetings/", id, "/edit").status, 403);
    desk_as_other_reviewer(d);
    assert_int_equal(test_get(d->t, path).status, 404);
    assert_int_equal(test_api(d->t, POST, record,
                              "{\"held_on\":\"2026-12-04\",\"minutes\":"
                              "\"Something else.\",\"version\":3}")
                         .status,
                     404);
    assert_int_equal(hand_out(d, id, "{}").status, 404);
}

static void its_list_begins_with_what_is_disputed(void **state)
{
    struct desk *d = *state;
    i64 bus = asked_of_two(d, "A bus to the school"), tea = asked_of_one(d, "Old tea", SCHOOLS);
    i64 meeting = meeting_of(d), unnamed = desk_docketed(d, "Named to nobody");
    (void)unnamed;
    desk_as_operator(d, SCHOOLS);
    assert_int_equal(act(d, line_of(d, tea, SCHOOLS), "object", OBJECTS), 200);
    desk_as_staff(d);
    struct test_answer a = desk_page(d, "/api/v1/preassignments/meetings/", meeting, "");
    assert_int_equal(a.status, 200);
    desk_same(at(d, &a, "agencies.0.agency_name"), "Schools");
    desk_same(at(d, &a, "agencies.0.objected"), "1");
    desk_same(at(d, &a, "lines.0.title"), "Old tea");
    desk_same(at(d, &a, "lines.0.due_on"), "2027-03-03"); /* three months from the 3rd */
    desk_same(at(d, &a, "unnamed"), "1");
    desk_same(at(d, &a, "lines.3.id"), "");
    a = desk_page(d, "/preassignments/meetings/", meeting, "");
    assert_true(desk_has(&a, "有异议，先议（1）"));
    assert_true(desk_has(&a, "1 件已立案的提案"));
    desk_as_operator(d, ROADS);
    a = desk_page(d, "/api/v1/preassignments/meetings/", meeting, "");
    desk_same(at(d, &a, "lines.0.title"), "A bus to the school");
    desk_same(at(d, &a, "lines.1.id"), "");
    assert_false(desk_has(&a, "Old tea") || desk_has(&a, "Schools") || desk_has(&a, "Health"));
    a = desk_page(d, "/preassignments/meetings/", meeting, "");
    assert_false(desk_has(&a, "Old tea") || desk_has(&a, "Schools") || desk_has(&a, "Health"));
    a = desk_page(d, "/preassignments/meetings/", meeting,
                  text(d, "?agency_id=%lld", d->agency[SCHOOLS], 0));
    assert_false(desk_has(&a, "Old tea"));
    (void)bus;
}

static void its_list_on_paper(void **state)
{
    struct desk *d = *state;
    asked_of_two(d, "A bus to the school");
    i64 meeting = meeting_of(d);
    desk_docketed(d, "Named to nobody");
    desk_as_staff(d);
    struct test_answer a = desk_page(d, "/preassignments/meetings/", meeting, "/list.pdf");
    assert_int_equal(a.status, 200);
    assert_true(str_starts(a.body, str_of("%PDF-")));
    a = desk_page(d, "/preassignments/meetings/", meeting, "/list.docx");
    assert_int_equal(a.status, 200);
    assert_true(str_starts(a.body, str_of("PK")));
    a = desk_page(d, "/preassignments/meetings/", meeting, "/list.xlsx");
    assert_int_equal(a.status, 200);
    assert_true(str_starts(a.body, str_of("PK")));
    desk_as_operator(d, SCHOOLS); /* has nothing on it */
    assert_int_equal(desk_page(d, "/preassignments/meetings/", meeting, "/list.pdf").status, 200);
    desk_as_member(d, 0);
    assert_int_equal(desk_page(d, "/preassignments/meetings/", meeting, "/list.pdf").status, 403);
    desk_as_other_reviewer(d);
    assert_int_equal(desk_page(d, "/preassignments/meetings/", meeting, "/list.docx").status, 404);
}

static void pages_say_what_is_next(void **state)
{
    struct desk *d = *state;
    i64 id = asked_of_one(d, "A bus to the school", ROADS), roads = line_of(d, id, ROADS);
    i64 meeting = meeting_of(d);
    desk_as_operator(d, ROADS);
    struct test_answer a = desk_page(d, "/preassignments/", roads, "");
    assert_true(desk_has(&a, "同意承办"));
    assert_true(desk_has(&a, "视为同意"));
    a = desk_page(d, "/preassignments/", roads, "/object");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "应由谁办"));
    assert_int_equal(test_get(d->t, "/preassignments").status, 200);
    assert_int_equal(act(d, roads, "object", OBJECTS), 200);
    desk_as_dispatcher(d);
    a = desk_page(d, "/preassignments/", roads, "/move");
    assert_int_equal(a.status, 200);
    assert_int_equal(desk_page(d, "/preassignments/", roads, "/settle").status, 200);
    assert_int_equal(desk_page(d, "/preassignments/meetings/", meeting, "/edit").status, 200);
    assert_int_equal(desk_page(d, "/preassignments/meetings/", meeting, "/record").status, 200);
    assert_int_equal(test_get(d->t, "/preassignments/meetings").status, 200);
    assert_int_equal(test_get(d->t, "/preassignments/meetings/new").status, 200);
    a = test_post(d->t, text(d, "/preassignments/meetings/%lld/hand_out", meeting, 0), "ids",
                  text(d, "%lld", id, 0), NULL);
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "没有交办"));
    assert_true(desk_has(&a, "要等它同意"));
}

/* ---- a module above that cannot take one ---- */

static err refuse_broken(struct rq *rq, i64 id, const void *fact)
{
    const struct flow_step *step = fact;
    (void)rq;
    (void)id;
    return str_is(step->subject->title, "Broken") ? err_make(ERR_CONFLICT, "preassignments.handed")
                                                  : OK;
}

static const struct listener LISTENS[] = { { "flow.stepped", refuse_broken }, { 0 } };
static const struct module BREAKS = { .name = "breaks", .listens = LISTENS };

static int house_setup(void **state)
{
    static const struct module *all[200];
    size_t n = 0;
    for (; MODULES[n]; n++)
        all[n] = MODULES[n];
    assert_true(n + 1 < sizeof all / sizeof *all);
    all[n] = &BREAKS;
    return desk_setup_with(state, all);
}

#define T(test_) cmocka_unit_test_setup(test_, setup)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(only_where_the_place_does_so),
        T(an_agency_sees_its_own_line_alone),
        T(of_a_confidential_one_it_hears_of_nobody_else),
        T(it_agrees_or_objects_in_time),
        T(silence_agrees),
        T(the_dispatcher_settles_with_a_reason),
        T(another_agency_takes_the_place_of_one),
        T(one_that_fails_blocks_no_silence),
        T(moving_says_whose_day_is_past),
        T(who_was_asked_hears_of_a_merger),
        T(days_of_each),
        T(the_proposals_page_begins_with_them_and_may_overrule),
        T(the_proposals_page_keeps_the_days_that_were_set),
        T(what_it_lost_it_reads_no_more),
        T(taken_back_nobody_is_asked_any_more),
        T(what_is_agreed_is_handed_out_and_each_is_named),
        T(ten_at_once),
        T(what_is_stuck_blocks_no_button),
        T(a_list_that_is_cut_says_so),
        T(the_meeting_and_its_minutes),
        T(its_list_begins_with_what_is_disputed),
        T(its_list_on_paper),
        T(pages_say_what_is_next),
    };
    return cmocka_run_group_tests(tests, house_setup, desk_teardown);
}
