/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Exemptions by the front door: put down, shortened, undone, and what the year makes of them.
 * Expectations: README.md. The clock stands at Wednesday 2026-11-25; rules are those of RULES. */
#include "modules/members/tests/crowd.h"
#include "modules/proposals/tests/desk_look.h"
#include "modules/scores/scores.h"

enum { LI, WANG, ZHAO };

static const char RULES[] =
    "{\"id\":\"rules\",\"name\":\"Rules\",\"items\":[{\"category\":\"Work\",\"item\":\"Came\","
    "\"points\":3,\"unit\":\"次\",\"counts\":[\"meeting.attended\"]},{\"category\":\"Work\","
    "\"item\":\"Missed\",\"points\":-2,\"unit\":\"次\",\"type\":\"deduct\",\"counts\":["
    "\"meeting.absent\"]}],\"vetoes\":[{\"text\":\"Twice below 3\",\"span\":\"two_periods\","
    "\"total_below\":3,\"grade\":\"Poor\"}],\"grades\":[{\"name\":\"Good\",\"threshold\":0},"
    "{\"name\":\"Poor\",\"threshold\":-100}]}";

#define ILL                                                                          \
    "\"ground\":\"illness\",\"words\":\"SECRET operation\",\"organ\":\"Chairs 31\"," \
    "\"decided_on\":\"2026-11-20\""

static i64 day(const char *text)
{
    i64 out = 0;
    assert_true(day_parse(str_of(text), &out));
    return out;
}

static void run(struct desk *d, struct sql sql)
{
    assert_ok(db_run(d->t->db, sql, NULL));
}

static void row(struct desk *d, size_t who, const char *kind, const char *on)
{
    static i64 source_id;
    i64 happened_on = day(on), member_id = d->member[who];
    str what = str_of(kind);
    source_id++;
    run(d, SQL("INSERT INTO entries (org_id, member_id, name, sector, committee, happened_on, "
               "year, kind, label, quantity, people, tags, source, source_id, part_id, number, "
               "title, text, state, recorded_at, recorded_by, recorded_name) VALUES (:org, "
               ":member_id, '', '', '', :happened_on, 2026, :what, :what, 1000, 1, '', 'claims', "
               ":source_id, 0, '', '', '', 'live', 1, 1, '')",
               P(member_id), P(happened_on), P(what), P(source_id)));
}

/* All sit since 2024: Li came once and missed two, in March and August. */
static int open_all(void **state)
{
    int e = desk_setup(state);
    struct desk *d = *state;
    i64 from_on = day("2024-01-01");
    str document = str_of(RULES);
    run(d, SQL("UPDATE seats SET from_on = :from_on WHERE org_id = :org", P(from_on)));
    run(d, SQL("INSERT INTO rulesets (org_id, name, document, state, from_on, edited_at, "
               "editor_name) VALUES (:org, 'Rules', :document, 'enacted', :from_on, 1, 'She')",
               P(document), P(from_on)));
    row(d, LI, "meeting.attended", "2026-03-02");
    row(d, LI, "meeting.absent", "2026-03-03");
    row(d, LI, "meeting.absent", "2026-08-01");
    return e;
}

static void as_personnel(struct desk *d)
{
    struct actor *actor = test_as_role(d->t, "staff personnel");
    actor->account_id = 140;
    actor->person_id = 0;
    d->actor = actor;
}

static struct test_answer grants(struct desk *d, size_t who, const char *more)
{
    const char *json =
        arena_printf(d->t->mem, "{\"member\":\"%lld\"," ILL ",%s}", (long long)d->member[who], more)
            .ptr;
    return test_api(d->t, POST, "/api/v1/exemptions", json);
}

static i64 granted(struct desk *d, size_t who, const char *more)
{
    as_personnel(d);
    struct test_answer a = grants(d, who, more);
    if (a.status != 200)
        fail_msg("%s: %d %.*s", more, a.status, (int)a.body.len, a.body.ptr);
    return desk_count(d, SQL("SELECT MAX(id) FROM exemptions WHERE org_id = :org"));
}

static struct test_answer step(struct desk *d, i64 id, const char *verb, int version,
                               const char *more)
{
    as_personnel(d);
    str path = arena_printf(d->t->mem, "/api/v1/exemptions/%lld/%s", (long long)id, verb);
    return test_api(d->t, POST, path.ptr,
                    arena_printf(d->t->mem, "{\"version\":%d,%s}", version, more).ptr);
}

static struct scores_row scored(struct desk *d, size_t who, i64 year)
{
    struct rq rq = test_system_rq(d->t);
    struct scores_period period;
    struct rows rows;
    assert_ok(scores_period_find(&rq, year, &period));
    assert_ok(
        scores_list(&rq, &(struct scores_ask){ .period = &period, .only = d->member[who] }, &rows));
    assert_int_equal(rows.count, 1);
    return *(const struct scores_row *)rows.items;
}

/* ---- tests ---- */

/* Li has 3 - 2 - 2 = -1. Without what he missed in March: 1. */
static void days_do_not_count(void **state)
{
    struct desk *d = *state;
    assert_int_equal(scored(d, LI, 2026).score->total, -1000);
    i64 id =
        granted(d, LI, "\"effect\":\"days\",\"from_on\":\"2026-03-01\",\"to_on\":\"2026-03-31\"");
    struct scores_row row = scored(d, LI, 2026);
    assert_int_equal(row.score->total, 1000);
    assert_true(row.assessed);        /* the year is assessed all the same */
    assert_int_equal(row.entries, 1); /* two of three are absences */
    assert_int_equal(
        step(d, id, "shorten", 1, "\"to_on\":\"2026-04-02\",\"opinion\":\"Back\"").status, 422);
    assert_int_equal(
        step(d, id, "shorten", 1, "\"to_on\":\"2026-03-02\",\"opinion\":\"Back\"").status, 200);
    assert_int_equal(scored(d, LI, 2026).score->total, -1000); /* the 3rd counts again */
    assert_int_equal(step(d, id, "undo", 2, "\"opinion\":\"\"").status, 422);
    assert_int_equal(step(d, id, "undo", 2, "\"opinion\":\"A mistake\"").status, 200);
    assert_int_equal(step(d, id, "undo", 3, "\"opinion\":\"Again\"").status, 409);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM exemptions WHERE org_id = :org AND "
                                       "state = 'undone' AND note = 'A mistake'")),
                     1);
}

/* A whole year: no score and no grade, nor is it one of two bad years for the next. */
static void years_are_not_assessed(void **state)
{
    struct desk *d = *state;
    assert_int_equal(scored(d, WANG, 2026).score->grade, 1); /* 0 and 0: twice below 3 */
    granted(d, WANG, "\"effect\":\"years\",\"from_on\":\"2025-12-01\",\"to_on\":\"2025-12-31\"");
    struct scores_row row = scored(d, WANG, 2025);
    assert_int_equal(row.person->stand, SCORES_EXEMPT);
    assert_false(row.assessed);
    assert_int_equal(row.score->grade, -1);
    row = scored(d, WANG, 2026);
    assert_true(row.assessed);
    assert_int_equal(row.score->grade, 0); /* once below 3 */
    as_personnel(d);
    struct test_answer a = test_get(d->t, "/scores?year=2025");
    assert_true(test_has(&a, "免予考核"));
    assert_false(test_has(&a, "SECRET"));
}

static void who_may_and_what_is_refused(void **state)
{
    struct desk *d = *state;
    static const char MARCH[] =
        "\"effect\":\"days\",\"from_on\":\"2026-03-01\",\"to_on\":\"2026-03-31\"";
    test_as_role(d->t, "staff");
    assert_int_equal(grants(d, LI, MARCH).status, 403);
    as_personnel(d);
    assert_int_equal(
        grants(d, LI, "\"effect\":\"days\",\"from_on\":\"2026-03-01\",\"to_on\":\"2026-02-01\"")
            .status,
        422);
    i64 id = granted(d, LI, MARCH);
    assert_int_equal(
        grants(d, LI, "\"effect\":\"years\",\"from_on\":\"2026-03-31\",\"to_on\":\"2026-06-01\"")
            .status,
        422); /* they share a day */
    const char *path = arena_printf(d->t->mem, "/api/v1/exemptions/%lld", (long long)id).ptr;
    desk_as_member(d, LI);
    struct test_answer a = test_get(d->t, path);
    desk_same(test_json(d->t, &a, "words"), "SECRET operation");
    a = desk_page(d, "/exemptions/", id, "");
    assert_true(desk_has(&a, "SECRET operation"));
    desk_as_member(d, WANG);
    assert_int_equal(test_get(d->t, path).status, 404);
    test_as_role(d->t, "staff");
    assert_int_equal(test_get(d->t, path).status, 403);
    test_as_role(d->t, "leader");
    assert_int_equal(test_get(d->t, path).status, 200);
    assert_int_equal(step(d, id, "undo", 9, "\"opinion\":\"Why not\"").status, 409);
    as_personnel(d);
    a = test_post(d->t, "/exemptions/new", "member", "", "words", "KEPT WORDS", NULL);
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "KEPT WORDS"));
}

/* Of a roster too long to draw a field takes the name or the code. */
static void anybody_of_a_long_roster_can_be_named(void **state)
{
    struct desk *d = *state;
    as_personnel(d);
    struct test_answer a = test_get(d->t, "/exemptions/new");
    const char *li = arena_printf(d->t->mem, "value=\"%lld\"", (long long)d->member[LI]).ptr;
    assert_true(test_has(&a, li));
    crowd_add(d->t->db);
    a = test_get(d->t, "/exemptions/new");
    assert_false(test_has(&a, li));
    assert_true(test_has_field(d->t, &a, "member"));
    static const char *const WHO[] = { "Crowd598", "C597", "5000596", "Twin", "C599" };
    static const int STATUS[] = { 303, 303, 303, 422, 303 };
    for (size_t i = 0; i < sizeof WHO / sizeof *WHO; i++) {
        a = test_post(d->t, "/exemptions/new", "member", WHO[i], "ground", "illness", "words",
                      "At home", "effect", "days", "from_on", "2026-03-01", "to_on", "2026-03-31",
                      "organ", "Chairs", "decided_on", "2026-11-20", NULL);
        assert_int_equal(a.status, STATUS[i]);
    }
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM exemptions WHERE org_id = :org AND "
                                       "member_id BETWEEN 5000596 AND 5000599")),
                     4);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, open_all, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(days_do_not_count),
        T(years_are_not_assessed),
        T(anybody_of_a_long_roster_can_be_named),
        T(who_may_and_what_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
