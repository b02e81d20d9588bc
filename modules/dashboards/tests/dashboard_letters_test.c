/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Yearly figures of letters: what counts under what, first answers and their days, each number is
 * the list behind its link, counters stand as a recount makes them. Reckoned by hand; the clock
 * begins on Wednesday 2026-11-25, 09:00. */
#include "modules/assignments/assignment.h"
#include "modules/dashboards/dashboard_facts.h"
#include "modules/dashboards/tests/figure_links.h"
#include "modules/mailbox/letter_rules.h"
#include "modules/orgs/area.h"

static err verified(struct rq *rq, void *context)
{
    struct dashboard_check check;
    TRY(dashboard_verify(rq, &check));
    if (check.stale || check.counters)
        fail_msg("%s: %lld stale, %lld counters wrong", (const char *)context,
                 (long long)check.stale, (long long)check.counters);
    return OK;
}

static err counted_anew(struct rq *rq, void *context)
{
    TRY(dashboard_recount(rq));
    return verified(rq, context);
}

static void verify(struct desk *d, const char *where)
{
    assert_ok(desk_in_org(d, 1, verified, (void *)(size_t)where));
}

/* ---- the road of one letter ---- */

struct sent {
    struct letter_new new;
    bool in_town;
    i64 id;
};

static err town_of(struct rq *rq, i64 *id)
{
    static const struct area_change COUNTY = { .area = { .code = { "530999", 6 },
                                                         .name = { "East county", 11 },
                                                         .level = { "county", 6 } } },
                                    TOWN = { .area = { .code = { "530999001", 9 },
                                                       .name = { "Well town", 9 },
                                                       .level = { "town", 4 } },
                                             .parent = { "530999", 6 } };
    struct area town;
    TRY(area_find_by_code(rq, TOWN.area.code, &town));
    *id = town.id;
    if (town.id)
        return OK;
    TRY(area_save(rq, &COUNTY, id));
    return area_save(rq, &TOWN, id);
}

static err send_in(struct rq *rq, void *context)
{
    struct sent *s = context;
    if (s->in_town)
        TRY(town_of(rq, &s->new.area_id));
    return letter_add(rq, &s->new, &s->id);
}

static i64 sent(struct desk *d, const char *lane, bool in_town)
{
    struct sent s = { .new = { .kind = str_of("concern"),
                               .lane = str_of(lane),
                               .via = str_of(strcmp(lane, "staff") == 0 ? "phone" : ""),
                               .title = str_of("Dark lane"),
                               .body = str_of("The lamp is out.") },
                      .in_town = in_town };
    assert_ok(test_write(d->t, send_in, &s));
    verify(d, "sent");
    return s.id;
}

static void step(struct desk *d, i64 id, const char *verb, const char *json)
{
    struct rq rq = test_system_rq(d->t);
    struct letter l;
    assert_ok(letter_find_house(&rq, id, &l));
    desk_as_staff(d);
    const char *path = arena_printf(d->t->mem, "/api/v1/letters/%lld/%s", (long long)id, verb).ptr;
    struct test_answer a = test_api(d->t, POST, path, test_versioned(d->t, json, l.version));
    if (a.status != 200)
        fail_msg("%s: %d %.*s", verb, a.status, (int)a.body.len, a.body.ptr);
    verify(d, verb);
}

static i64 assigned(struct desk *d, const char *due_on)
{
    i64 id = sent(d, "proved", false);
    step(d, id, "triage", "{\"category\":\"utilities\",\"kind\":\"concern\"}");
    step(d, id, "assign",
         arena_printf(d->t->mem, "{\"host_id\":%lld,\"due_on\":\"%s\"}", (long long)d->agency[0],
                      due_on)
             .ptr);
    return id;
}

static void unit(struct desk *d, i64 id, const char *verb, const char *json)
{
    struct rq rq = test_system_rq(d->t);
    struct rows rows;
    assert_ok(assignment_list_of(&rq, "letters", id, &rows));
    const struct assignment *a = rows.items;
    const char *path =
        arena_printf(d->t->mem, "/api/v1/assignments/%lld/%s", (long long)a->id, verb).ptr;
    struct test_answer answer = test_api(d->t, POST, path, test_versioned(d->t, json, a->version));
    if (answer.status != 200)
        fail_msg("%s: %d %.*s", verb, answer.status, (int)answer.body.len, answer.body.ptr);
}

static void answered(struct desk *d, i64 id, bool first)
{
    desk_as_operator(d, 0);
    if (first)
        unit(d, id, "accept", "{}");
    unit(d, id, "reply",
         "{\"opening\":\"We have it.\",\"results\":[\"adopted\"],\"answers\":[\"It shines.\"],"
         "\"closing\":\"Thank you.\",\"operator\":\"Wang\",\"phone\":\"0883-1234567\"}");
    desk_as_agency_leader(d, 0);
    unit(d, id, "sign", "{\"signer\":\"Li\"}");
    verify(d, "answered");
}

struct said {
    i64 id;
    const char *verb;
    struct letter_evaluate_input in;
};

static err say_in(struct rq *rq, void *context)
{
    const struct said *s = context;
    return flow_move(rq, &LETTERS_FLOW, s->id, s->verb, &s->in);
}

static void judged(struct desk *d, i64 id, const char *verdict)
{
    struct said s = { id, "evaluate", { .verdict = str_of(verdict), .text = str_of("") } };
    assert_ok(test_write(d->t, say_in, &s));
    verify(d, verdict);
}

static void withdrawn(struct desk *d, i64 id)
{
    struct said s = { id, "withdraw", { .text = str_of("") } };
    assert_ok(test_write(d->t, say_in, &s));
    verify(d, "withdrawn");
}

/* He was asked again and says so: no step of the flow. */
static err still_in(struct rq *rq, void *context)
{
    struct letter l;
    TRY(letter_find_house(rq, *(const i64 *)context, &l));
    l.asked_again_at = rq->now_ms;
    l.still = str_of("yes");
    return letter_update(rq, &l);
}

/* 25 November: ten letters. One is answered by the office at once (0 days), one by its unit on the
 * 27th (2 days) and solved for good, one is unsolved twice (first answer on the 27th) and becomes
 * an opinion, one is answered behind its day (30 November) on 3 December (8 days), one has not been
 * answered though its day has passed; one each dismissed, told where to go, taken back, waiting;
 * one comes by the office's hand from a town and runs along with the one solved. */
static void a_year(struct desk *d)
{
    i64 own = sent(d, "proved", true), spam = sent(d, "unproved", false),
        elsewhere = sent(d, "proved", false), back = sent(d, "proved", false);
    (void)sent(d, "proved", false);
    step(d, own, "answer", "{\"opinion\":\"It is mended today.\"}");
    step(d, spam, "dismiss", "{\"reason\":\"spam\"}");
    step(d, elsewhere, "route", "{\"opinion\":\"Go to the petition office.\"}");
    withdrawn(d, back);
    i64 good = assigned(d, "2026-12-16"), bad = assigned(d, "2026-12-16"),
        late = assigned(d, "2026-11-30");
    (void)assigned(d, "2026-12-01");
    desk_on_day(d, "2026-11-27");
    answered(d, good, true);
    answered(d, bad, true);
    judged(d, good, "solved");
    judged(d, bad, "unsolved");
    i64 along = sent(d, "staff", true);
    step(d, along, "attach", arena_printf(d->t->mem, "{\"lead_id\":%lld}", (long long)good).ptr);
    assert_ok(test_write(d->t, still_in, &good));
    verify(d, "still");
    desk_on_day(d, "2026-12-03");
    answered(d, late, true);
    answered(d, bad, false);
    judged(d, bad, "unsolved");
    step(d, bad, "feed",
         "{\"title\":\"Lamps of the lanes\",\"situation\":\"Lanes are dark everywhere.\","
         "\"analysis\":\"Nobody feels responsible.\",\"suggestions\":\"Name one.\"}");
    desk_as_staff(d);
}

static void overview_is(struct desk *d, const char *const wanted[][2])
{
    struct test_answer a = test_get(d->t, "/api/v1/letters/figures");
    assert_int_equal(a.status, 200);
    for (size_t i = 0; wanted[i][0]; i++)
        figure_is(d, &a, wanted[i][0], wanted[i][1]);
}

static const char *const WANTED[][2] = {
    { "year", "2026" },
    { "letters.letters", "10" },
    { "letters.waiting", "1" },
    { "letters.dismissed", "1" },
    { "letters.routed", "1" },
    { "letters.withdrawn", "1" },
    { "letters.handed", "4" },
    { "letters.answered", "5" }, /* own, good, bad, late, along */
    { "letters.on_time", "2" },
    { "letters.late", "1" },
    { "letters.overdue", "1" },
    { "letters.on_time_rate_x10000", "5000" }, /* of 2 + 1 + 1 */
    { "letters.solved", "1" },
    { "letters.partly", "0" },
    { "letters.unsolved", "1" },
    { "letters.unjudged", "3" },
    { "letters.solve_rate_x10000", "5000" },
    { "letters.again", "1" },
    { "letters.asked", "1" },
    { "letters.still_yes", "1" },
    { "letters.still_no", "0" },
    { "letters.still_rate_x10000", "10000" },
    { "letters.fed", "1" },
    { "answer_days.count", "5" }, /* 0, 0, 2, 2, 8 */
    { "answer_days.median", "2" },
    { "answer_days.most", "8" },
    { NULL, NULL },
};

static void what_counts_under_what(void **state)
{
    struct desk *d = *state;
    a_year(d);
    overview_is(d, WANTED);
    assert_ok(desk_in_org(d, 1, counted_anew, (void *)(size_t) "recount"));
    overview_is(d, WANTED);
}

static void by_place_and_by_unit(void **state)
{
    struct desk *d = *state;
    a_year(d);
    struct test_answer a = test_get(d->t, "/api/v1/letters/figures/places");
    figure_is(d, &a, "tables.0.lines.0.label", "East county");
    figure_is(d, &a, "tables.0.lines.0.cells.0.value", "2");
    figure_is(d, &a, "tables.0.lines.1.cells.0.value", "8"); /* without a place */
    figure_is(d, &a, "tables.1.lines.0.label", "East county Well town");
    figure_is(d, &a, "tables.1.lines.0.cells.0.value", "2");
    a = test_get(d->t, "/api/v1/letters/figures/units");
    figure_is(d, &a, "tables.0.lines.0.label", "Roads");
    figure_is(d, &a, "tables.0.lines.0.cells.0.value", "5"); /* four, and who runs along */
    figure_is(d, &a, "tables.2.lines.0.label", "Roads");
    figure_is(d, &a, "tables.2.lines.0.cells.0.words", "4"); /* 0, 2, 2, 8 days */
    figure_is(d, &a, "tables.2.lines.0.cells.1.words", "2");
    figure_is(d, &a, "tables.2.lines.0.cells.2.words", "8");
}

/* Roads answers one. The office answers another at once, nothing is solved, and Health gets it,
 * which has not answered yet. */
static void a_first_answer_is_of_who_gave_it(void **state)
{
    struct desk *d = *state;
    i64 roads = assigned(d, "2026-12-16"), office = sent(d, "staff", false);
    desk_on_day(d, "2026-11-27");
    answered(d, roads, true);
    judged(d, roads, "unsolved");
    step(d, office, "answer", "{\"opinion\":\"It is mended today.\"}");
    judged(d, office, "unsolved");
    desk_as_staff(d);
    struct test_answer a = test_get(d->t, "/api/v1/letters/figures");
    figure_is(d, &a, "letters.answered", "2");
    figure_is(d, &a, "letters.on_time", "1");
    step(d, office, "triage", "{\"category\":\"utilities\",\"kind\":\"concern\"}");
    step(d, office, "assign",
         arena_printf(d->t->mem, "{\"host_id\":%lld,\"due_on\":\"2026-12-16\"}",
                      (long long)d->agency[1])
             .ptr);
    desk_as_staff(d);
    a = test_get(d->t, "/letters/figures/units");
    assert_true(figure_links(d, a.body, "/letters") >= 6);
    a = test_get(d->t, "/api/v1/letters/figures/units");
    static const struct {
        const char *column;
        const char *health, *roads;
    } CELLS[] = {
        { "0", "1", "1" },  /* letters */
        { "2", "1", "1" },  /* handed */
        { "3", "0", "1" },  /* answered */
        { "4", "0", "1" },  /* on time */
        { "5", "0", "0" },  /* late */
        { "11", "1", "1" }, /* not judged: each is done again */
        { "13", "1", "1" }, /* again */
    };
    for (size_t i = 0; i < sizeof CELLS / sizeof *CELLS; i++) {
        struct arena *mem = d->t->mem;
        figure_is(d, &a, arena_printf(mem, "tables.0.lines.0.cells.%s.value", CELLS[i].column).ptr,
                  CELLS[i].health);
        figure_is(d, &a, arena_printf(mem, "tables.0.lines.1.cells.%s.value", CELLS[i].column).ptr,
                  CELLS[i].roads);
    }
    figure_is(d, &a, "tables.2.lines.0.label", "Roads"); /* days: Health has none */
    figure_is(d, &a, "tables.2.lines.0.cells.0.words", "1");
    assert_ok(desk_in_org(d, 1, counted_anew, (void *)(size_t) "recount"));
}

static void each_number_is_its_list(void **state)
{
    static const char *const PAGES[] = { "/letters/figures", "/letters/figures/places",
                                         "/letters/figures/units", "/letters/figures/explain" };
    struct desk *d = *state;
    a_year(d);
    for (size_t i = 0; i < sizeof PAGES / sizeof *PAGES; i++) {
        struct test_answer a = test_get(d->t, PAGES[i]);
        assert_int_equal(a.status, 200);
        assert_true(figure_links(d, a.body, "/letters") >= 10);
    }
    assert_int_equal(test_get(d->t, "/letters/figures?year=1999").status, 200);
    assert_int_equal(test_get(d->t, "/letters/figures?year=3").status, 422);
    assert_int_equal(test_get(d->t, "/letters/figures.xlsx").status, 200);
    assert_int_equal(test_get(d->t, "/letters/figures/places.xlsx").status, 200);
    assert_int_equal(test_get(d->t, "/letters/figures/units.xlsx").status, 200);
}

static void who_sees_them(void **state)
{
    struct desk *d = *state;
    desk_as_dispatcher(d);
    assert_int_equal(test_get(d->t, "/letters/figures").status, 200);
    desk_as_operator(d, 0);
    assert_int_equal(test_get(d->t, "/letters/figures").status, 403);
    desk_as_member(d, 0);
    assert_int_equal(test_get(d->t, "/letters/figures").status, 403);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(what_counts_under_what),  T(by_place_and_by_unit), T(a_first_answer_is_of_who_gave_it),
        T(each_number_is_its_list), T(who_sees_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
