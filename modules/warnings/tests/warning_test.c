/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Warnings of absences by the front door: who is told of what, when again, what lifts it. Rules and
 * expectations: RULES below and README.md. The clock stands at Wednesday 2026-11-25. */
#include "modules/proposals/tests/desk_look.h"
#include "modules/warnings/warning.h"

enum { LI, WANG, ZHAO };

/* Two plenaries missed in a term; of the standing committee three meetings in a year. The third
 * counts work, too, and the fourth is about too little: no rules about absences. */
static const char RULES[] =
    "{\"id\":\"rules\",\"name\":\"Rules\",\"items\":[{\"category\":\"Work\",\"item\":\"Came\","
    "\"points\":3,\"unit\":\"次\",\"counts\":[\"meeting.attended\"]}],\"vetoes\":[{\"text\":"
    "\"Two plenaries\",\"counts\":[\"plenary.absent\"],\"need\":2,\"span\":\"term\"},{\"text\":"
    "\"Three meetings\",\"counts\":[\"standing.absent\",\"standing.leave\"],\"need\":3,\"who\":["
    "\"standing\"]},{\"text\":\"Mixed\",\"counts\":[\"plenary.absent\",\"meeting.attended\"],"
    "\"need\":2}]}";

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

static i64 missed(struct desk *d, size_t who, const char *kind, const char *on)
{
    static i64 source_id;
    i64 happened_on = day(on), member_id = d->member[who], id = 0;
    str what = str_of(kind);
    source_id++;
    assert_ok(db_insert(
        d->t->db,
        SQL("INSERT INTO entries (org_id, member_id, name, sector, committee, happened_on, year, "
            "kind, label, quantity, people, tags, source, source_id, part_id, number, title, text, "
            "state, recorded_at, recorded_by, recorded_name) VALUES (:org, :member_id, '', '', '', "
            ":happened_on, 2026, :what, :what, 1000, 1, '', 'claims', :source_id, 0, '', '', '', "
            "'live', 1, 1, '') RETURNING id",
            P(member_id), P(happened_on), P(what), P(source_id)),
        &id));
    return id;
}

/* The year begins; each has an account to be told at; Zhao leads the cppcc with others. */
static int open_all(void **state)
{
    int e = desk_setup(state);
    struct desk *d = *state;
    i64 from_on = day("2025-01-01"), zhao = d->person[ZHAO];
    str document = str_of(RULES);
    run(d, SQL("UPDATE terms SET from_on = :from_on WHERE org_id = :org", P(from_on)));
    run(d, SQL("INSERT INTO rulesets (org_id, name, document, state, from_on, edited_at, "
               "editor_name) VALUES (:org, 'Rules', :document, 'enacted', :from_on, 1, 'She')",
               P(document), P(from_on)));
    run(d, SQL("INSERT INTO tenures (org_id, person_id, post, body, body_id, from_on) VALUES "
               "(:org, :zhao, 'vice_chair', 'cppcc', 1, :from_on)",
               P(zhao), P(from_on)));
    run(d, SQL("INSERT INTO accounts (org_id, login_name, name, person_id, created_at) SELECT "
               "m.org_id, 'at' || m.code, n.name, n.id, 1 FROM members m JOIN persons n ON "
               "n.org_id = m.org_id AND n.id = m.person_id WHERE m.org_id = :org AND NOT EXISTS "
               "(SELECT a.id FROM accounts a WHERE a.org_id = m.org_id AND a.person_id = n.id)"));
    return e;
}

static void synced(struct desk *d, i64 changed)
{
    test_as_role(d->t, "staff");
    struct test_answer a = test_api(d->t, POST, "/api/v1/warnings/refresh", "{}");
    assert_int_equal(a.status, 200);
    desk_same(test_json(d->t, &a, "changed"),
              arena_printf(d->t->mem, "%lld", (long long)changed).ptr);
}

static i64 told(struct desk *d, size_t who)
{
    i64 person_id = d->person[who];
    return desk_count(d, SQL("SELECT COUNT(*) FROM deliveries v JOIN accounts c ON c.org_id = "
                             "v.org_id AND c.id = v.account_id WHERE v.org_id = :org AND "
                             "c.person_id = :person_id AND v.url LIKE '/warnings/%'",
                             P(person_id)));
}

static i64 newest(struct desk *d)
{
    return desk_count(d, SQL("SELECT COALESCE(MAX(id), 0) FROM warnings WHERE org_id = :org"));
}

static struct test_answer at(struct desk *d, i64 id)
{
    return test_get(d->t, arena_printf(d->t->mem, "/api/v1/warnings/%lld", (long long)id).ptr);
}

static void is(struct desk *d, i64 id, const char *field, const char *expected)
{
    test_as_role(d->t, "staff");
    struct test_answer a = at(d, id);
    desk_same(test_json(d->t, &a, field), expected);
}

static i64 todos(struct desk *d)
{
    return desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow = "
                             "'warnings'"));
}

/* ---- tests ---- */

static void one_short_of_it_is_told_once(void **state)
{
    struct desk *d = *state;
    missed(d, LI, "plenary.absent", "2025-02-01"); /* of the term, not of the year */
    missed(d, WANG, "plenary.leave", "2026-02-01");
    missed(d, WANG, "meeting.absent", "2026-03-01"); /* no rule names these */
    synced(d, 1);
    i64 id = newest(d);
    is(d, id, "member_id", arena_printf(d->t->mem, "%lld", (long long)d->member[LI]).ptr);
    is(d, id, "rule", "Two plenaries");
    is(d, id, "stage", "near");
    is(d, id, "span", "term");
    is(d, id, "from_on", "2025-01-01");
    is(d, id, "count_x1000", "1000");
    is(d, id, "bound_x1000", "2000");
    is(d, id, "records.0.happened_on", "2025-02-01");
    is(d, id, "records.1.happened_on", "");
    assert_int_equal(told(d, LI), 1);
    assert_int_equal(todos(d), 1);
    synced(d, 0);
    assert_int_equal(told(d, LI), 1);
    desk_as_member(d, LI);
    assert_int_equal(at(d, id).status, 200);
    struct test_answer a = desk_page(d, "/warnings/", id, "");
    assert_true(desk_has(&a, "Two plenaries"));
    assert_int_equal(test_api(d->t, POST, "/api/v1/warnings/refresh", "{}").status, 403);
    desk_as_member(d, WANG);
    assert_int_equal(at(d, id).status, 404);
    assert_int_equal(desk_total(d, "/api/v1/warnings"), 0);
}

static void it_follows_the_ledger(void **state)
{
    struct desk *d = *state;
    missed(d, LI, "plenary.absent", "2025-02-01");
    synced(d, 1);
    i64 id = newest(d);
    test_as_role(d->t, "staff");
    const char *settle = arena_printf(d->t->mem, "/api/v1/warnings/%lld/settle", (long long)id).ptr;
    assert_int_equal(test_api(d->t, POST, settle, "{\"version\":1}").status, 422);
    assert_int_equal(
        test_api(d->t, POST, settle, "{\"version\":1,\"opinion\":\"We called him.\"}").status, 200);
    is(d, id, "state", "seen");
    assert_int_equal(todos(d), 0);
    missed(d, LI, "plenary.absent", "2026-02-01");
    synced(d, 1);
    is(d, id, "state", "open"); /* it is another thing now */
    is(d, id, "stage", "reached");
    is(d, id, "note", "We called him.");
    assert_int_equal(told(d, LI), 2);
    missed(d, LI, "plenary.absent", "2026-02-02");
    synced(d, 1);
    is(d, id, "count_x1000", "3000");
    assert_int_equal(told(d, LI), 2); /* within a stage nothing is told */
    run(d, SQL("UPDATE entries SET state = 'struck' WHERE org_id = :org AND kind = "
               "'plenary.absent'"));
    synced(d, 1);
    is(d, id, "state", "lifted");
    is(d, id, "records.0.happened_on", "");
    assert_int_equal(told(d, LI), 3);
    synced(d, 0);
    missed(d, LI, "plenary.absent", "2026-02-03");
    synced(d, 1);
    is(d, id, "state", "open");
    is(d, id, "stage", "near");
    assert_int_equal(told(d, LI), 4);
    assert_int_equal(newest(d), id); /* one row for a member, a rule and a span */
}

static void rules_of_the_standing_committee_are_its_members(void **state)
{
    struct desk *d = *state;
    for (size_t who = WANG; who <= ZHAO; who++) {
        missed(d, who, "standing.absent", "2026-02-01");
        missed(d, who, "standing.leave", "2026-03-01");
    }
    missed(d, ZHAO, "standing.absent", "2025-03-01"); /* of the year before */
    synced(d, 1);
    is(d, newest(d), "rule", "Three meetings");
    is(d, newest(d), "count_x1000", "2000");
    is(d, newest(d), "from_on", "2026-01-01");
    assert_int_equal(told(d, ZHAO), 1);
    assert_int_equal(told(d, WANG), 0);
    desk_set(d, "warnings.before", "0");
    synced(d, 1);
    is(d, newest(d), "state", "lifted"); /* two are not three */
}

static void what_is_over_lapses_without_a_word(void **state)
{
    struct desk *d = *state;
    i64 id, li = d->member[LI];
    missed(d, LI, "plenary.absent", "2026-02-01");
    missed(d, ZHAO, "standing.absent", "2026-02-01");
    missed(d, ZHAO, "standing.absent", "2026-03-01");
    synced(d, 2);
    id = desk_count(d,
                    SQL("SELECT id FROM warnings WHERE org_id = :org AND member_id = :li", P(li)));
    run(d, SQL("UPDATE seats SET status = 'left', to_on = 20700 WHERE org_id = :org AND member_id "
               "= :li",
               P(li)));
    synced(d, 1);
    is(d, id, "state", "lapsed");
    assert_int_equal(told(d, LI), 1);
    desk_on_day(d, "2027-01-05"); /* another year: the meetings begin at nothing */
    struct rq rq = test_system_rq(d->t);
    bool again = false;
    assert_ok(job_warning_sync(&rq, &again));
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM warnings WHERE org_id = :org AND "
                                       "state = 'lapsed'")),
                     2);
    assert_int_equal(told(d, ZHAO), 1);
}

/* Whom the rules give no points, and who is exempt for the year, stays away like any other; days of
 * an exemption are excused. */
static void who_is_not_scored_is_warned_too(void **state)
{
    struct desk *d = *state;
    i64 from_on = day("2026-03-01"), to_on = day("2026-03-31"), li = d->member[LI],
        person = d->person[LI];
    run(d, SQL("UPDATE rulesets SET document = replace(document, '\"vetoes\"', '\"not_scored\":["
               "\"vice_chair\"],\"vetoes\"') WHERE org_id = :org"));
    run(d, SQL("INSERT INTO exemptions (org_id, member_id, person_id, state, effect, ground, name, "
               "words, from_on, to_on, organ, decided_on, granted_at, granter_name) VALUES (:org, "
               ":li, :person, 'granted', 'years', 'illness', '', '', :from_on, :to_on, '', "
               ":from_on, 1, '')",
               P(li), P(person), P(from_on), P(to_on)));
    missed(d, ZHAO, "plenary.absent", "2026-02-01"); /* a vice chair */
    missed(d, LI, "plenary.absent", "2026-03-05");   /* excused */
    synced(d, 1);
    is(d, newest(d), "member_id", arena_printf(d->t->mem, "%lld", (long long)d->member[ZHAO]).ptr);
    is(d, newest(d), "rule", "Two plenaries");
    is(d, newest(d), "records.0.happened_on", "2026-02-01");
    assert_int_equal(told(d, ZHAO), 1);
    assert_int_equal(told(d, LI), 0);
    missed(d, LI, "plenary.absent", "2026-05-05");
    synced(d, 1);
    is(d, newest(d), "member_id", arena_printf(d->t->mem, "%lld", (long long)li).ptr);
    is(d, newest(d), "count_x1000", "1000");
    is(d, newest(d), "records.0.happened_on", "2026-05-05");
    is(d, newest(d), "records.1.happened_on", "");
    synced(d, 0); /* nothing lapses */
}

/* A shipped set warns: of 湖南 two whole plenaries in a term. */
static void a_shipped_set_warns(void **state)
{
    struct desk *d = *state;
    str document;
    assert_ok(duty_shipped_find(d->t->mem, str_of("hunan-2009"), &document));
    run(d, SQL("UPDATE rulesets SET document = :document WHERE org_id = :org", P(document)));
    missed(d, LI, "plenary.absent", "2025-02-01");
    missed(d, LI, "plenary.leave", "2025-03-01");
    synced(d, 1);
    is(d, newest(d), "stage", "near");
    missed(d, LI, "plenary.absent", "2026-02-01");
    synced(d, 1);
    is(d, newest(d), "stage", "reached");
    is(d, newest(d), "span", "term");
    is(d, newest(d), "bound_x1000", "2000");
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, open_all, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(one_short_of_it_is_told_once),
        T(it_follows_the_ledger),
        T(rules_of_the_standing_committee_are_its_members),
        T(what_is_over_lapses_without_a_word),
        T(who_is_not_scored_is_warned_too),
        T(a_shipped_set_warns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
