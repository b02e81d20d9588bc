/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Promises: kept and checked, renewed, missed by the clock, replaced by a later round; who may do
 * and see what; how many were kept, computed by hand; two organisations. Both engines. */
#include "modules/outcomes/tests/keeping.h"
#include "platform/settings/settings.h"

static const struct given TWO[] = { { "A bus over the second bridge", "2026-09-30" },
                                    { "A later last bus every day", "2026-12-31" },
                                    { 0 } };
static const struct given ONE[] = { { "A bus over the second bridge", "2026-09-30" }, { 0 } };

static i64 answered(struct desk *d)
{
    desk_on_day(d, "2026-06-10");
    return keeping_answered(d, "A bus line", "b", TWO);
}

#define MET "{\"opinion\":\"It runs since Monday.\"}"

/* ---- computed by hand (design 4.7) ---- */

/* Reply on 2026-06-10, two promises. The first is shown on 09-28 and checked on 10-12: met, not
 * late. The second is open on 2027-01-30, thirty days behind its day, and missed on the 31st. */
static void kept_and_missed(void **state)
{
    struct desk *d = *state;
    i64 id = answered(d);
    i64 first = keeping_promise(d, id, 0), second = keeping_promise(d, id, 1);
    desk_same(keeping_figure(d, "promises.promises_due"), "0");
    desk_same(keeping_figure(d, "promises.fulfil_rate_x10000"), "");
    desk_on_day(d, "2026-09-28");
    desk_as_operator(d, 0);
    assert_int_equal(keeping_act(d, "promises", first, "meet", MET), 200);
    desk_on_day(d, "2026-10-01");
    desk_same(keeping_figure(d, "promises.promises_due"), "1");
    desk_same(keeping_figure(d, "promises.kept"), "1");
    desk_same(keeping_figure(d, "promises.unconfirmed"), "1");
    desk_same(keeping_figure(d, "promises.fulfil_rate_x10000"), "10000");
    desk_on_day(d, "2026-10-12");
    assert_int_equal(keeping_act(d, "promises", first, "confirm", "{}"), 200);
    desk_same(keeping_is(d, "promises", first, "met_on"), "2026-09-28");
    desk_same(keeping_is(d, "promises", first, "was_late"), "false");
    desk_same(keeping_figure(d, "promises.unconfirmed"), "0");
    desk_on_day(d, "2027-01-30");
    keeping_run_jobs(d);
    desk_as_staff(d);
    desk_same(keeping_is(d, "promises", second, "state"), "made");
    desk_on_day(d, "2027-01-31");
    keeping_run_jobs(d);
    desk_as_staff(d);
    desk_same(keeping_is(d, "promises", second, "state"), "missed");
    desk_on_day(d, "2027-02-01");
    desk_same(keeping_figure(d, "promises.promises_due"), "2");
    desk_same(keeping_figure(d, "promises.kept"), "1");
    desk_same(keeping_figure(d, "promises.missed"), "1");
    desk_same(keeping_figure(d, "promises.fulfil_rate_x10000"), "5000");
    desk_same(keeping_figure(d, "quarters.0.fulfil_rate_x10000"), "10000"); /* July to September */
    desk_same(keeping_figure(d, "quarters.0.from_on"), "2026-07-01");
    desk_same(keeping_figure(d, "quarters.1.to_on"), "2026-12-31");
    desk_same(keeping_figure(d, "quarters.1.fulfil_rate_x10000"), "0");
    desk_same(keeping_figure(d, "agencies.0.fulfil_rate_x10000"), "5000");
}

/* ---- steps ---- */

static void a_promise_goes_its_road(void **state)
{
    struct desk *d = *state;
    i64 id = answered(d), p = keeping_promise(d, id, 0);
    desk_on_day(d, "2026-07-01");
    desk_as_operator(d, 0);
    assert_int_equal(keeping_act(d, "promises", p, "progress", "{\"percent\":40}"), 422);
    assert_int_equal(keeping_act(d, "promises", p, "progress",
                                 "{\"percent\":101,\"opinion\":\"Too much.\"}"),
                     422);
    assert_int_equal(keeping_act(d, "promises", p, "progress",
                                 "{\"percent\":40,\"opinion\":\"The bridge is measured.\"}"),
                     200);
    desk_same(keeping_is(d, "promises", p, "state"), "progressing");
    desk_same(keeping_is(d, "promises", p, "percent"), "40");
    desk_same(keeping_is(d, "promises", p, "notes.1.words"), "The bridge is measured.");
    desk_on_day(d, "2026-10-08"); /* behind its day: late */
    assert_int_equal(keeping_act(d, "promises", p, "meet", "{\"opinion\":\"ok\"}"), 422);
    assert_int_equal(keeping_act(d, "promises", p, "meet", MET), 200);
    desk_same(keeping_is(d, "promises", p, "was_late"), "true");
    desk_as_reviewer(d);
    assert_int_equal(keeping_act(d, "promises", p, "supplement", "{}"), 422);
    assert_int_equal(keeping_act(d, "promises", p, "supplement",
                                 "{\"opinion\":\"A picture of the stop, please.\"}"),
                     200);
    desk_same(keeping_is(d, "promises", p, "state"), "progressing");
    desk_same(keeping_is(d, "promises", p, "met_on"), "");
    assert_int_equal(keeping_act(d, "promises", p, "confirm", "{}"), 409);
    desk_as_operator(d, 0);
    assert_int_equal(keeping_act(d, "promises", p, "meet", MET), 200);
    desk_as_reviewer(d);
    assert_int_equal(keeping_act(d, "promises", p, "reopen",
                                 "{\"to_on\":\"2026-12-01\",\"opinion\":\"It stopped again.\"}"),
                     409); /* it is not checked yet */
    assert_int_equal(keeping_act(d, "promises", p, "confirm", "{}"), 200);
    assert_int_equal(keeping_act(d, "promises", p, "confirm", "{}"), 409);
    assert_int_equal(keeping_act(d, "promises", p, "reopen",
                                 "{\"to_on\":\"2026-10-08\",\"opinion\":\"It stopped again.\"}"),
                     422); /* from tomorrow on */
    assert_int_equal(keeping_act(d, "promises", p, "reopen",
                                 "{\"to_on\":\"2026-12-01\",\"opinion\":\"It stopped again.\"}"),
                     200);
    desk_same(keeping_is(d, "promises", p, "state"), "progressing");
    desk_same(keeping_is(d, "promises", p, "first_due_on"), "2026-09-30");
    assert_int_equal(keeping_act(d, "promises", p, "miss", "{\"opinion\":\"Nothing came.\"}"), 200);
    desk_as_operator(d, 0);
    assert_int_equal(keeping_act(d, "promises", p, "meet", MET), 200); /* better late */
    desk_same(keeping_is(d, "promises", p, "was_late"), "false");      /* by the new day */
}

static err no_checking(struct rq *rq, void *context)
{
    (void)context;
    return setting_store(rq, "outcomes.confirm", str_of("0"), rq->today);
}

static void a_site_may_do_without_checking(void **state)
{
    struct desk *d = *state;
    i64 id = answered(d), p = keeping_promise(d, id, 0);
    assert_int_equal(test_write(d->t, no_checking, NULL).code, ERR_NONE);
    desk_as_operator(d, 0);
    assert_int_equal(keeping_act(d, "promises", p, "meet", MET), 200);
    desk_same(keeping_figure(d, "promises.unconfirmed"), "0");
    desk_as_staff(d);
    assert_int_equal(keeping_act(d, "promises", p, "confirm", "{}"), 409);
}

/* Twice at most; the figures go by the day first given. */
static void more_time_is_asked_and_granted(void **state)
{
    struct desk *d = *state;
    i64 id = answered(d), p = keeping_promise(d, id, 0);
    desk_on_day(d, "2026-09-01");
    desk_as_operator(d, 0);
    assert_int_equal(keeping_act(d, "promises", p, "renew",
                                 "{\"to_on\":\"2026-09-30\",\"opinion\":\"The bridge waits.\"}"),
                     422); /* no later */
    assert_int_equal(keeping_act(d, "promises", p, "renew",
                                 "{\"to_on\":\"2026-11-30\",\"opinion\":\"The bridge waits.\"}"),
                     200);
    assert_int_equal(keeping_act(d, "promises", p, "renew",
                                 "{\"to_on\":\"2026-12-30\",\"opinion\":\"And once more.\"}"),
                     409); /* the first is open */
    desk_same(keeping_is(d, "promises", p, "due_on"), "2026-09-30");
    desk_as_staff(d);
    assert_int_equal(keeping_act(d, "promises", p, "decide_renewal", "{\"decision\":\"refused\"}"),
                     422);
    assert_int_equal(keeping_act(d, "promises", p, "decide_renewal", "{\"decision\":\"granted\"}"),
                     200);
    assert_int_equal(keeping_act(d, "promises", p, "decide_renewal", "{\"decision\":\"granted\"}"),
                     409);
    desk_same(keeping_is(d, "promises", p, "state"), "renewed");
    desk_same(keeping_is(d, "promises", p, "due_on"), "2026-11-30");
    desk_on_day(d, "2026-10-01");
    desk_same(keeping_figure(d, "promises.promises_due"), "1"); /* promised for 09-30 */
    desk_same(keeping_figure(d, "promises.fulfil_rate_x10000"), "0");
    desk_as_operator(d, 0);
    assert_int_equal(keeping_act(d, "promises", p, "renew",
                                 "{\"to_on\":\"2026-12-30\",\"opinion\":\"And once more.\"}"),
                     200);
    desk_as_staff(d);
    assert_int_equal(keeping_act(d, "promises", p, "decide_renewal",
                                 "{\"decision\":\"refused\",\"opinion\":\"Long enough.\"}"),
                     200);
    desk_same(keeping_is(d, "promises", p, "due_on"), "2026-11-30");
    desk_as_operator(d, 0);
    assert_int_equal(keeping_act(d, "promises", p, "renew",
                                 "{\"to_on\":\"2026-12-30\",\"opinion\":\"And once more.\"}"),
                     200);
    desk_on_day(d, "2026-12-29");
    desk_as_staff(d);
    assert_int_equal(keeping_act(d, "promises", p, "decide_renewal", "{\"decision\":\"granted\"}"),
                     200);
    desk_as_operator(d, 0);
    assert_int_equal(keeping_act(d, "promises", p, "renew",
                                 "{\"to_on\":\"2027-12-30\",\"opinion\":\"A third time.\"}"),
                     409);
}

/* The office was slow: what is asked for is not missed by itself, nor is a day granted on which it
 * is late already. */
static void a_day_that_has_passed_is_not_granted(void **state)
{
    struct desk *d = *state;
    i64 id = answered(d), p = keeping_promise(d, id, 0);
    desk_as_operator(d, 0);
    assert_int_equal(keeping_act(d, "promises", p, "renew",
                                 "{\"to_on\":\"2026-12-30\",\"opinion\":\"The bridge waits.\"}"),
                     200);
    desk_on_day(d, "2026-12-30");
    keeping_run_jobs(d);
    desk_as_staff(d);
    desk_same(keeping_is(d, "promises", p, "state"), "made");
    assert_int_equal(keeping_act(d, "promises", p, "decide_renewal", "{\"decision\":\"granted\"}"),
                     409);
    desk_same(keeping_is(d, "promises", p, "due_on"), "2026-09-30");
    assert_int_equal(keeping_act(d, "promises", p, "decide_renewal",
                                 "{\"decision\":\"refused\",\"opinion\":\"Too late now.\"}"),
                     200);
}

/* ---- by the clock ---- */

/* How many of the actor's to-dos lead to a promise. */
static i64 todo_count(struct desk *d)
{
    static const char NEEDLE[] = "\"/promises/";
    struct test_answer a = test_get(d->t, "/api/v1/todos");
    i64 n = 0;
    for (size_t i = 0; i + strlen(NEEDLE) <= a.body.len; i++)
        n += memcmp(a.body.ptr + i, NEEDLE, strlen(NEEDLE)) == 0;
    return n;
}

/* Due on Wednesday 09-30. Twenty working days before it is 09-02: the 25th is off for the festival,
 * Sunday the 20th is worked. Each colour once; the office hears of red. */
static void reminders_come_once(void **state)
{
    struct desk *d = *state;
    desk_on_day(d, "2026-06-10");
    i64 id = keeping_answered(d, "A bus line", "b", ONE), p = keeping_promise(d, id, 0);
    desk_on_day(d, "2026-09-01");
    keeping_run_jobs(d);
    desk_as_operator(d, 0);
    desk_same(keeping_is(d, "promises", p, "warning"), "");
    assert_int_equal(todo_count(d), 0);
    desk_on_day(d, "2026-09-02");
    keeping_run_jobs(d);
    keeping_run_jobs(d);
    desk_as_operator(d, 0);
    desk_same(keeping_is(d, "promises", p, "warning"), "amber");
    desk_same(keeping_is(d, "promises", p, "version"), "1"); /* who has its page open keeps it */
    assert_int_equal(todo_count(d), 1);
    desk_on_day(d, "2026-09-30"); /* the day itself is not late */
    keeping_run_jobs(d);
    desk_same(keeping_is(d, "promises", p, "warning"), "amber");
    desk_on_day(d, "2026-10-01");
    keeping_run_jobs(d);
    desk_as_operator(d, 0);
    desk_same(keeping_is(d, "promises", p, "warning"), "red");
    assert_int_equal(todo_count(d), 1);
    assert_int_equal(keeping_act(d, "promises", p, "meet", MET), 200);
    assert_int_equal(todo_count(d), 0);
    desk_as_staff(d);
    assert_int_equal(todo_count(d), 1);
    desk_on_day(d, "2027-06-01"); /* what was shown is not missed */
    keeping_run_jobs(d);
    desk_as_staff(d);
    desk_same(keeping_is(d, "promises", p, "state"), "met");
}

/* Shown in time on 09-28; the office looks at it on Friday 11-20, long behind the day, and wants
 * more: ten working days, to 12-04, in which nothing is missed. It was in time when it was shown.
 */
static void more_evidence_has_its_own_day(void **state)
{
    struct desk *d = *state;
    i64 id = answered(d), p = keeping_promise(d, id, 0);
    desk_on_day(d, "2026-09-28");
    desk_as_operator(d, 0);
    assert_int_equal(keeping_act(d, "promises", p, "meet", MET), 200);
    desk_on_day(d, "2026-11-20");
    desk_as_staff(d);
    assert_int_equal(keeping_act(d, "promises", p, "supplement",
                                 "{\"opinion\":\"A picture of the stop, please.\"}"),
                     200);
    desk_same(keeping_is(d, "promises", p, "due_on"), "2026-12-04");
    desk_same(keeping_is(d, "promises", p, "first_due_on"), "2026-09-30");
    desk_same(keeping_is(d, "promises", p, "warning"), "");
    desk_as_operator(d, 0);
    assert_int_equal(todo_count(d), 1);
    keeping_run_jobs(d);
    desk_as_staff(d);
    desk_same(keeping_is(d, "promises", p, "state"), "progressing");
    desk_on_day(d, "2026-12-08");
    keeping_run_jobs(d);
    desk_as_staff(d);
    desk_same(keeping_is(d, "promises", p, "warning"), "red"); /* of the new day */
    desk_as_operator(d, 0);
    assert_int_equal(keeping_act(d, "promises", p, "meet", MET), 200);
    desk_same(keeping_is(d, "promises", p, "was_late"), "false");
    assert_int_equal(todo_count(d), 1); /* the other promise's */
}

/* Shown late, it stays late however soon the rest comes; a day that is still far stands. */
static void late_is_late_whatever_was_missing(void **state)
{
    struct desk *d = *state;
    i64 id = answered(d);
    i64 first = keeping_promise(d, id, 0), second = keeping_promise(d, id, 1);
    desk_on_day(d, "2026-10-08");
    desk_as_operator(d, 0);
    assert_int_equal(keeping_act(d, "promises", first, "meet", MET), 200);
    assert_int_equal(keeping_act(d, "promises", second, "meet", MET), 200);
    desk_as_staff(d);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(keeping_act(d, "promises", i ? second : first, "supplement",
                                     "{\"opinion\":\"A picture of the stop, please.\"}"),
                         200);
    desk_same(keeping_is(d, "promises", second, "due_on"), "2026-12-31");
    desk_on_day(d, "2026-10-12");
    desk_as_operator(d, 0);
    assert_int_equal(keeping_act(d, "promises", first, "meet", MET), 200);
    assert_int_equal(keeping_act(d, "promises", second, "meet", MET), 200);
    desk_same(keeping_is(d, "promises", first, "was_late"), "true");
    desk_same(keeping_is(d, "promises", second, "was_late"), "false");
}

/* ---- another round ---- */

static void a_later_round_promises_anew(void **state)
{
    static const struct given NEW[] = { { "A bus from the old town at least", "2027-03-31" },
                                        { 0 } };
    struct desk *d = *state;
    i64 id = answered(d);
    i64 first = keeping_promise(d, id, 0), second = keeping_promise(d, id, 1);
    desk_as_operator(d, 0);
    assert_int_equal(keeping_act(d, "promises", first, "meet", MET), 200);
    assert_int_equal(desk_evaluate(d, id, "dissatisfied"), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "redo", "{\"opinion\":\"Say when.\"}"), 200);
    desk_same(keeping_is(d, "promises", second, "state"), "made"); /* it holds until then */
    keeping_answer(d, id, "b", NEW);
    desk_as_staff(d);
    desk_same(keeping_is(d, "promises", second, "state"), "superseded");
    desk_same(keeping_is(d, "promises", first, "state"), "met"); /* what is kept stays */
    desk_same(keeping_figure(d, "promises.promised"), "2");
    desk_as_operator(d, 0);
    assert_int_equal(keeping_act(d, "promises", second, "meet", MET), 409);
}

/* ---- who ---- */

static void each_sees_and_does_his_part(void **state)
{
    struct desk *d = *state;
    i64 id = answered(d), p = keeping_promise(d, id, 0);
    desk_as_operator(d, 0);
    assert_int_equal(keeping_act(d, "promises", p, "confirm", "{}"), 403);
    assert_int_equal(keeping_act(d, "promises", p, "miss", "{\"opinion\":\"Not done.\"}"), 403);
    desk_as_operator(d, 1);
    desk_same(keeping_is(d, "promises", p, "state"), "not seen");
    assert_int_equal(keeping_act(d, "promises", p, "meet", MET), 404);
    desk_as_member(d, 0);
    desk_same(keeping_is(d, "promises", p, "owner"), "Zhao");
    assert_int_equal(keeping_act(d, "promises", p, "meet", MET), 403);
    desk_as_member(d, 1);
    desk_same(keeping_is(d, "promises", p, "state"), "not seen");
    desk_as_staff(d);
    assert_int_equal(keeping_act(d, "promises", p, "meet", MET), 403);
    desk_as_dispatcher(d);
    desk_same(keeping_is(d, "promises", p, "state"), "made");
    assert_int_equal(keeping_act(d, "promises", p, "confirm", "{}"), 403);
    desk_as_staff(d); /* who works for it judges it neither, whatever the role */
    d->actor->agency_id = d->agency[0];
    assert_int_equal(keeping_act(d, "promises", p, "miss", "{\"opinion\":\"Not done.\"}"), 403);
    desk_as_staff(d); /* nor on a delegation of somebody who might */
    d->actor->delegator_account_id = 110;
    d->actor->delegate_agency_id = d->agency[0];
    assert_int_equal(keeping_act(d, "promises", p, "miss", "{\"opinion\":\"Not done.\"}"), 403);
    d->actor->delegate_agency_id = d->agency[1];
    assert_int_equal(keeping_act(d, "promises", p, "miss", "{\"opinion\":\"Not done.\"}"), 200);
}

/* Lists and figures show what pages show; the other organisation has none of it. */
static void organisations_are_apart(void **state)
{
    struct desk *d = *state;
    i64 id = answered(d), p = keeping_promise(d, id, 0);
    static const struct {
        void (*as)(struct desk *d);
        const char *total;
    } CASES[] = { { desk_as_staff, "2" },
                  { desk_as_dispatcher, "2" },
                  { desk_as_other_member, "0" },
                  { desk_as_other_reviewer, "0" } };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        CASES[i].as(d);
        struct test_answer a = test_get(d->t, "/api/v1/promises");
        desk_same(test_json(d->t, &a, "total"), CASES[i].total);
    }
    desk_as_other_reviewer(d);
    desk_same(keeping_is(d, "promises", p, "state"), "not seen");
    assert_int_equal(keeping_act(d, "promises", p, "miss", "{\"opinion\":\"Not done.\"}"), 404);
    struct test_answer a = test_get(d->t, "/api/v1/outcomes");
    desk_same(test_json(d->t, &a, "promises.promised"), "0");
    desk_as_operator(d, 0);
    a = test_get(d->t, "/api/v1/promises");
    desk_same(test_json(d->t, &a, "total"), "2");
    assert_int_equal(test_get(d->t, "/outcomes").status, 403); /* the whole is the office's */
    desk_as_operator(d, 1);
    a = test_get(d->t, "/api/v1/promises");
    desk_same(test_json(d->t, &a, "total"), "0");
}

/* ---- pages ---- */

static void evidence_is_seen_by_who_sees_the_promise(void **state)
{
    static const struct test_file FILES[] = {
        { "evidence", "stop.png", { "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16 } }, { 0 }
    };
    struct desk *d = *state;
    i64 id = answered(d), p = keeping_promise(d, id, 0);
    char path[100];
    snprintf(path, sizeof path, "/promises/%lld/evidence", (long long)p);
    desk_as_operator(d, 0);
    assert_int_equal(test_post(d->t, path, "id", "1", NULL).status, 422); /* no file */
    assert_int_equal(test_upload(d->t, path, FILES, NULL).status, 303);
    struct test_answer a = desk_page(d, "/promises/", p, "");
    assert_true(desk_has(&a, "stop.png"));
    assert_true(desk_has(&a, "上传佐证"));
    const char *href = arena_cstr(d->t->mem, keeping_is(d, "promises", p, "evidence.0.url"));
    assert_int_equal(test_get(d->t, href).status, 200);
    desk_as_member(d, 0);
    assert_int_equal(test_get(d->t, href).status, 200);
    a = desk_page(d, "/promises/", p, "");
    assert_false(desk_has(&a, "上传佐证"));
    desk_as_member(d, 1);
    assert_int_equal(test_get(d->t, href).status, 404);
    desk_as_operator(d, 1);
    assert_int_equal(test_get(d->t, href).status, 404);
    assert_int_equal(test_upload(d->t, path, FILES, NULL).status, 404);
    desk_as_agency_leader(d, 0);
    assert_int_equal(test_get(d->t, href).status, 200);
}

/* Below its agency, in the case's page and JSON. */
static void the_case_shows_what_came_of_it(void **state)
{
    struct desk *d = *state;
    i64 id = answered(d), p = keeping_promise(d, id, 0);
    desk_as_operator(d, 0);
    assert_int_equal(keeping_act(d, "promises", p, "meet", MET), 200);
    static void (*const SEES[])(struct desk * d) = { desk_as_staff, desk_as_dispatcher };
    for (size_t i = 0; i < 2; i++) {
        SEES[i](d);
        struct test_answer a = desk_page(d, "/proposals/", id, "");
        assert_true(desk_has(&a, "承诺兑现 · Roads"));
        assert_true(desk_has(&a, "待核实"));
    }
    desk_as_member(d, 0);
    struct test_answer a = desk_page(d, "/api/v1/proposals/", id, "");
    desk_same(test_json(d->t, &a, "assignments.0.promises.0.state"), "met");
    desk_same(test_json(d->t, &a, "assignments.0.promises.1.state"), "made");
    desk_as_member(d, 1); /* he reads the published reply, and no more */
    a = desk_page(d, "/proposals/", id, "");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "A bus over the second bridge"));
    assert_false(desk_has(&a, "承诺兑现"));
    a = desk_page(d, "/assignments/", desk_assignment(d, id), "");
    assert_int_equal(a.status, 404);
    desk_as_operator(d, 0);
    a = desk_page(d, "/assignments/", desk_assignment(d, id), "");
    assert_true(desk_has(&a, "承诺兑现 · Roads"));
}

/* Each number is that of the list behind it. */
static void figures_lead_to_what_they_count(void **state)
{
    struct desk *d = *state;
    i64 id = answered(d), p = keeping_promise(d, id, 0);
    desk_as_operator(d, 0);
    assert_int_equal(keeping_act(d, "promises", p, "meet", MET), 200);
    desk_on_day(d, "2026-10-01");
    static const struct {
        const char *figure, *query;
    } CASES[] = { { "promises.promised", "state=made,progressing,renewed,met,missed" },
                  { "promises.promises_due", "is_due=1" },
                  { "promises.kept", "state=met" },
                  { "promises.missed", "state=missed" },
                  { "promises.open", "is_open=1" },
                  { "promises.unconfirmed", "unconfirmed=1" },
                  { "quarters.0.promised", "first_due_on_from=2026-07-01&first_due_on_to=2026-09-30"
                                           "&state=made,progressing,renewed,met,missed" } };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        str figure = keeping_figure(d, CASES[i].figure);
        struct test_answer a = test_get(
            d->t,
            arena_printf(d->t->mem, "/api/v1/promises?matter=proposals&%s", CASES[i].query).ptr);
        assert_int_equal(a.status, 200);
        str total = test_json(d->t, &a, "total");
        if (!str_eq(figure, total))
            fail_msg("%s: %.*s, list %.*s", CASES[i].figure, (int)figure.len, figure.ptr,
                     (int)total.len, total.ptr);
    }
    struct test_answer a = test_get(d->t, "/outcomes");
    assert_true(desk_has(&a, "100.0%"));
    assert_true(desk_has(&a, "2026年第3季度"));
    static const char *const SAME[] = { "promises.promised", "promises.promises_due",
                                        "promises.kept", "quarters.0.promised", "agencies.0.kept" };
    desk_as_staff(d);
    struct test_answer all = test_get(d->t, "/api/v1/outcomes"),
                       of_one = desk_page(d, "/api/v1/outcomes?session_id=", d->session_id, "");
    for (size_t i = 0; i < sizeof SAME / sizeof *SAME; i++) {
        assert_true(test_json(d->t, &all, SAME[i]).len > 0);
        assert_true(str_eq(test_json(d->t, &all, SAME[i]), test_json(d->t, &of_one, SAME[i])));
    }
    struct test_answer none = desk_page(d, "/api/v1/outcomes?session_id=", d->other_session, "");
    if (none.status == 200)
        desk_same(test_json(d->t, &none, "promises.promised"), "0");
    a = test_get(d->t, "/promises.csv");
    assert_true(desk_has(&a, "A later last bus every day"));
    a = test_get(d->t, "/promises");
    assert_true(desk_has(&a, "A later last bus every day"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(kept_and_missed, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_promise_goes_its_road, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_site_may_do_without_checking, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(more_time_is_asked_and_granted, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_day_that_has_passed_is_not_granted, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(reminders_come_once, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(more_evidence_has_its_own_day, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(late_is_late_whatever_was_missing, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_later_round_promises_anew, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(each_sees_and_does_his_part, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(organisations_are_apart, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(evidence_is_seen_by_who_sees_the_promise, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(the_case_shows_what_came_of_it, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(figures_lead_to_what_they_count, desk_setup, desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
