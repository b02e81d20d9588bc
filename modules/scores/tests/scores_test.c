/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A year of assessment of a small cppcc by the front door: what each has, by which rules, from
 * which records; who is not assessed and why; who sees points. Expectations are worked out by hand
 * from rules() and README.md. The clock stands at 2026-11-25. */
#include "modules/members/member.h"
#include "modules/members/tests/crowd.h"
#include "modules/proposals/tests/desk_look.h"
#include "modules/scores/scores.h"
#include "platform/db/kept.h"
#include "platform/settings/settings.h"

enum { ANN, BOB, CID, DAN, EVE, FAY, GUS, OLD, PEOPLE };

/* Rules that give so many points for a meeting, so many at most. */
static const char *rules(struct desk *d, int points, int most)
{
    return arena_printf(
               d->t->mem,
               "{\"id\":\"rules\",\"name\":\"Rules of %d\",\"items\":["
               "{\"category\":\"Meetings\",\"item\":\"Came\",\"points\":%d,\"unit\":\"次\","
               "\"cap\":%d,\"counts\":[\"meeting.attended\"]},"
               "{\"category\":\"Meetings\",\"item\":\"Missed\",\"points\":-2,\"unit\":\"次\","
               "\"type\":\"deduct\",\"counts\":[\"meeting.absent\"]},"
               "{\"category\":\"Writing\",\"item\":\"Wrote\",\"points\":5,\"unit\":\"件\","
               "\"share\":\"half\",\"counts\":[\"proposals.submitted\"]}],"
               "\"gates\":[{\"text\":\"Come once\",\"counts\":[\"meeting.attended\"]},"
               "{\"text\":\"Write once\",\"counts\":[\"proposals.submitted\"]},"
               "{\"text\":\"Sit once\",\"counts\":[\"standing.attended\"],\"who\":[\"standing\"]}],"
               "\"vetoes\":[{\"text\":\"Twice below 3\",\"span\":\"two_periods\","
               "\"total_below\":3,\"grade\":\"Poor\"}],"
               "\"grades\":[{\"name\":\"Good\",\"threshold\":8},{\"name\":\"Fair\","
               "\"threshold\":0},{\"name\":\"Poor\",\"threshold\":-100}]}",
               points, points, most)
        .ptr;
}

static i64 member[PEOPLE], person[PEOPLE], sectors[2], committee;

static void run(struct desk *d, struct sql sql)
{
    assert_ok(db_run(d->t->db, sql, NULL));
}

static i64 added(struct desk *d, struct sql sql)
{
    i64 id = 0;
    assert_ok(db_insert(d->t->db, sql, &id));
    return id;
}

static i64 day(const char *text)
{
    i64 out = 0;
    assert_true(day_parse(str_of(text), &out));
    return out;
}

static i64 seat_add(struct desk *d, int who, const char *from, const char *to, const char *status)
{
    str name = arena_printf(d->t->mem, "Member %d", who);
    str code = arena_printf(d->t->mem, "S%02d", who), is = str_of(status);
    i64 from_on = day(from), to_on = to ? day(to) : 0, sector_id = sectors[who == CID];
    person[who] = added(d, SQL("INSERT INTO persons (org_id, name, birth_on) VALUES (:org, :name, "
                               "0) RETURNING id",
                               P(name)));
    i64 person_id = person[who];
    member[who] = added(d, SQL("INSERT INTO members (org_id, person_id, code) VALUES (:org, "
                               ":person_id, :code) RETURNING id",
                               P(person_id), P(code)));
    i64 member_id = member[who];
    return added(d, SQL("INSERT INTO seats (org_id, member_id, term_id, sector_id, status, "
                        "from_on, to_on) SELECT :org, :member_id, MIN(id), :sector_id, :is, "
                        ":from_on, :to_on FROM terms WHERE org_id = :org RETURNING id",
                        P(member_id), P(sector_id), P(is), P(from_on), P(to_on)));
}

static void act_add(struct desk *d, i64 seat_id, const char *act, const char *on)
{
    str what = str_of(act);
    i64 on_on = day(on);
    run(d, SQL("INSERT INTO changes (org_id, seat_id, act, on_on, recorded_by, recorded_at) VALUES "
               "(:org, :seat_id, :what, :on_on, 1, 1)",
               P(seat_id), P(what), P(on_on)));
}

static i64 entry_add(struct desk *d, int who, const char *kind, const char *on, i64 people)
{
    static i64 source_id;
    str what = str_of(kind);
    i64 happened_on = day(on), member_id = member[who];
    source_id++;
    return added(
        d, SQL("INSERT INTO entries (org_id, member_id, name, sector, committee, happened_on, "
               "year, kind, label, quantity, people, tags, source, source_id, part_id, number, "
               "title, text, state, recorded_at, recorded_by, recorded_name) VALUES (:org, "
               ":member_id, '', '', '', :happened_on, 2026, :what, :what, 1000, :people, '', "
               "'claims', :source_id, 0, '', '', '', 'live', 1, 1, '') RETURNING id",
               P(member_id), P(happened_on), P(what), P(people), P(source_id)));
}

static i64 enacted(struct desk *d, const char *document, const char *from_on)
{
    i64 id = 0;
    test_as_role(d->t, "staff");
    struct test_answer a = test_post(d->t, "/rulesets/new", "document", document, NULL);
    assert_int_equal(a.status, 303);
    assert_true(str_to_i64(str_sub(a.location, strlen("/rulesets/"), a.location.len), &id));
    const char *path = arena_printf(d->t->mem, "/rulesets/%lld/enact", (long long)id).ptr;
    assert_int_equal(test_post(d->t, path, "from_on", from_on, "organ", "The chairs", NULL).status,
                     303);
    return id;
}

static void people_add(struct desk *d)
{
    const char *first = "2024-01-01";
    run(d, SQL("UPDATE seats SET status = 'nominee' WHERE org_id = :org"));
    for (int i = 0; i < 2; i++) {
        str name = arena_printf(d->t->mem, "Sector %d", i);
        i64 place = i;
        sectors[i] = added(d, SQL("INSERT INTO sectors (org_id, name, position) VALUES (:org, "
                                  ":name, :place) RETURNING id",
                                  P(name), P(place)));
    }
    committee = added(d, SQL("INSERT INTO committees (org_id, name) VALUES (:org, 'Roads') "
                             "RETURNING id"));
    for (int who = ANN; who <= CID; who++)
        seat_add(d, who, first, NULL, "serving");
    act_add(d, seat_add(d, DAN, first, "2026-05-31", "left"), "decease", "2026-06-01");
    i64 eve = seat_add(d, EVE, first, NULL, "serving");
    act_add(d, eve, "suspend", "2026-05-01");
    act_add(d, eve, "resume", "2026-07-01");
    act_add(d, seat_add(d, FAY, first, NULL, "suspended"), "suspend", "2026-10-01");
    seat_add(d, GUS, "2026-09-01", NULL, "serving");
    seat_add(d, OLD, first, "2025-06-30", "left");
    i64 from_on = day(first), bob = person[BOB], ann = person[ANN];
    run(d, SQL("INSERT INTO tenures (org_id, person_id, post, body, body_id, from_on) VALUES "
               "(:org, :bob, 'standing_member', 'cppcc', 1, :from_on), (:org, :ann, "
               "'committee_member', 'committee', :committee, :from_on)",
               P(bob), P(ann), P(committee), P(from_on)));
}

static void entries_add(struct desk *d)
{
    entry_add(d, ANN, "meeting.attended", "2026-02-01", 1);
    entry_add(d, ANN, "meeting.attended", "2026-03-01", 1);
    entry_add(d, ANN, "meeting.attended", "2026-04-01", 1);
    entry_add(d, ANN, "proposals.submitted", "2026-05-01", 1);
    entry_add(d, BOB, "meeting.attended", "2026-11-01", 1);
    entry_add(d, BOB, "proposals.submitted", "2026-01-01", 2);
    entry_add(d, DAN, "meeting.attended", "2026-02-01", 1);
    entry_add(d, EVE, "meeting.absent", "2026-06-01", 1);
    entry_add(d, EVE, "meeting.absent", "2026-08-01", 1);
    entry_add(d, EVE, "meeting.attended", "2026-02-01", 1);
    entry_add(d, FAY, "meeting.attended", "2026-02-01", 1);
    entry_add(d, GUS, "proposals.submitted", "2026-10-01", 1);
    entry_add(d, OLD, "meeting.attended", "2026-02-01", 1);
    entry_add(d, BOB, "meeting.attended", "2025-12-15", 1);
}

static int open_all(void **state)
{
    int e = desk_setup(state);
    struct desk *d = *state;
    people_add(d);
    entries_add(d);
    enacted(d, rules(d, 3, 6), "2025-01-01");
    return e;
}

static struct test_answer get(struct desk *d, const char *path)
{
    struct test_answer a = test_get(d->t, path);
    assert_int_equal(a.status, 200);
    return a;
}

static void is(struct desk *d, const struct test_answer *a, const char *name, const char *expected)
{
    str found = test_json(d->t, a, name);
    if (!str_is(found, expected))
        print_error("%s is %.*s\n", name, (int)found.len, found.ptr);
    assert_true(str_is(found, expected));
}

static const char *of(struct desk *d, int who, const char *more)
{
    return arena_printf(d->t->mem, "/api/v1/scores/members/%lld%s", (long long)member[who], more)
        .ptr;
}

/* Sector 0: Ann 3 + 3 + 0 (its most is 6) + 5; Bob 3 + half of 5; Dan, who died; Eve 3 - 2, since
 * in June she was suspended; Fay, who still is; Gus 5. Sector 1: Cid 0. Eve and Cid are below 3 for
 * the second time. */
static void the_year_is_what_the_records_give(void **state)
{
    struct desk *d = *state;
    test_as_role(d->t, "staff");
    struct test_answer a = get(d, "/api/v1/scores?year=2026");
    static const char *const EXPECTED[][6] = {
        { "S00", "4", "true", "2", "11000", "Good" }, { "S01", "2", "true", "2", "5500", "Fair" },
        { "S03", "1", "false", "1", "3000", "" },     { "S04", "1", "true", "1", "1000", "Poor" },
        { "S05", "1", "false", "0", "0", "" },        { "S06", "1", "true", "1", "5000", "Fair" },
        { "S02", "0", "true", "0", "0", "Poor" },
    };
    static const char *const NAMES[] = {
        "code", "entries", "assessed", "gates_met", "points_x1000", "grade"
    }; /* S04: 2 absences are none */
    for (size_t i = 0; i < sizeof EXPECTED / sizeof *EXPECTED; i++)
        for (size_t k = 0; k < sizeof NAMES / sizeof *NAMES; k++)
            is(d, &a, arena_printf(d->t->mem, "items.%zu.%s", i, NAMES[k]).ptr, EXPECTED[i][k]);
    is(d, &a, "items.7.code", ""); /* who left before is not there */
    is(d, &a, "items.1.gates_due", "3");
    is(d, &a, "items.0.gates_due", "2");
    is(d, &a, "items.0.place", ""); /* no ranking anywhere by default */
    is(d, &a, "sums.people", "7");
    is(d, &a, "sums.assessed", "5");
    is(d, &a, "sums.entries", "10");
    is(d, &a, "sums.gates_met", "1");
    is(d, &a, "sums.points_x1000", "22500");
    is(d, &a, "sums.average_x1000", "4500");
    a = get(d, "/api/v1/scores?year=2026&show=open");
    is(d, &a, "sums.people", "4");
    a = get(d, "/api/v1/scores?year=2026&show=away");
    is(d, &a, "items.1.code", "S05");
    a = get(d, "/scores?year=2026");
    a.body = test_words(d->t, &a);
    assert_true(test_has(&a, "已去世"));
    assert_true(test_has(&a, "暂停履职"));
    assert_true(test_has(&a, "年内增补"));
}

/* Each group is the sum of its list; who has changed sector counts where he is now. */
/* Charter: chair, vice-chairs and secretary-general are of the standing committee as its members
 * are; whoever is called so elsewhere is not. Duties of the standing committee are theirs. */
static void who_leads_is_of_the_standing_committee(void **state)
{
    struct desk *d = *state;
    i64 from_on = day("2024-01-01"), cid = person[CID], gus = person[GUS];
    run(d, SQL("INSERT INTO tenures (org_id, person_id, post, body, body_id, from_on) VALUES "
               "(:org, :cid, 'vice_chair', 'cppcc', 1, :from_on), (:org, :gus, 'chair', "
               "'committee', :committee, :from_on)",
               P(cid), P(gus), P(committee), P(from_on)));
    test_as_role(d->t, "staff");
    struct test_answer a = get(d, "/api/v1/scores?year=2026");
    is(d, &a, "items.6.code", "S02");
    is(d, &a, "items.6.gates_due", "3");
    is(d, &a, "items.5.code", "S06");
    is(d, &a, "items.5.gates_due", "2");
    assert_true(member_is_standing_post(str_of("secretary_general")));
    assert_false(member_is_standing_post(str_of("")));
    assert_false(member_is_standing_post(str_of("chai")));
}

/* As who works on people puts it down. */
static void resector(struct desk *d, int who, const char *on, const char *sector)
{
    const char *path = arena_printf(d->t->mem, "/members/%lld/act", (long long)member[who]).ptr;
    assert_int_equal(test_post(d->t, path, "act", "resector", "on_on", on, "sector", sector,
                               "organ", "The chairs", "reason", "Another job", NULL)
                         .status,
                     303);
}

static void groups_are_sums_of_their_lists(void **state)
{
    struct desk *d = *state;
    test_as_role(d->t, "staff personnel");
    struct test_answer a = get(d, "/api/v1/scores/groups?year=2026&by=sector");
    is(d, &a, "items.0.people", "6");
    is(d, &a, "items.0.average_x1000", "5625"); /* 22.5 of four */
    is(d, &a, "items.1.people", "1");
    is(d, &a, "whole.points_x1000", "22500");
    resector(d, CID, "2026-03-01", "Sector 0");
    a = get(d, "/api/v1/scores/groups?year=2026&by=sector");
    is(d, &a, "items.0.people", "7");
    is(d, &a, "items.1.people", "");
    a = get(d, "/api/v1/scores/groups?year=2025&by=sector"); /* what was stays */
    is(d, &a, "items.0.people", "6");
    is(d, &a, "items.1.people", "1");
    resector(d, CID, "2026-03-02", "Sector 1");
    test_as_role(d->t, "staff");
    a = get(d, "/api/v1/scores/groups?year=2026&by=committee");
    is(d, &a, "items.0.label", "Roads");
    is(d, &a, "items.0.entries", "4");
    is(d, &a, "items.1.entries", "6"); /* two absences are no records */
    a = get(d, "/api/v1/scores?year=2026&by=committee&name=Roads");
    is(d, &a, "sums.entries", "4");
    a = get(d, "/api/v1/scores?year=2026&by=post&name=standing_member");
    is(d, &a, "sums.people", "1");
    assert_int_equal(test_get(d->t, "/scores/groups?year=2026").status, 200);
    a = get(d, "/scores?year=2026&by=committee&name=Roads"); /* the sheet is of the same people */
    assert_true(test_has(&a, "/scores.xlsx?year=2026&amp;by=committee&amp;name=Roads"));
}

/* 广水: a group earns for what any of its members put down for it, once a year; the same on the
 * page, the JSON and in what-if; points unknown give none and say so. */
static void groups_earn_by_themselves(void **state)
{
    struct desk *d = *state;
    const char *plain = rules(d, 3, 6);
    const char *more = arena_printf(d->t->mem,
                                    "%.*s,\"group_items\":["
                                    "{\"category\":\"Order25\",\"item\":\"Has a plan\","
                                    "\"points\":5,\"unit\":\"年\",\"counts\":[\"group.planned\"]},"
                                    "{\"category\":\"Order25\",\"item\":\"Wrote\",\"points\":null,"
                                    "\"counts\":[\"group.published\"]}]}",
                                    (int)strlen(plain) - 1, plain)
                           .ptr;
    i64 rows[] = { entry_add(d, ANN, "group.planned", "2026-02-02", 1),
                   entry_add(d, BOB, "group.planned", "2026-01-02", 1),
                   entry_add(d, CID, "group.published", "2026-03-02", 1),
                   entry_add(d, CID, "group.planned", "2025-03-02", 1) };
    test_as_role(d->t, "staff");
    struct test_answer a = test_post(d->t, "/rulesets/new", "document", more, NULL);
    assert_int_equal(a.status, 303);
    a = get(d, arena_printf(d->t->mem, "/api/v1%.*s/trial?year=2026", (int)a.location.len,
                            a.location.ptr)
                   .ptr);
    is(d, &a, "moved", "0"); /* members have what they had */
    is(d, &a, "groups.0.label", "Sector 0");
    is(d, &a, "groups.0.before_x1000", "0");
    is(d, &a, "groups.0.after_x1000", "5000");
    i64 newer = enacted(d, more, "2026-01-01");
    a = get(d, "/api/v1/scores/groups?year=2026&by=sector");
    is(d, &a, "items.0.own_x1000", "5000"); /* of two plans one */
    is(d, &a, "items.0.own_lines.0.happened_on", "2026-01-02");
    is(d, &a, "items.0.own_lines.0.points_x1000", "5000");
    is(d, &a, "items.0.own_lines.0.entry_id",
       arena_printf(d->t->mem, "%lld", (long long)rows[1]).ptr);
    is(d, &a, "items.0.own_lines.1.points_x1000", "0");
    is(d, &a, "items.0.own_lines.1.words", "这一项已到上限");
    is(d, &a, "items.1.own_x1000", "0");
    is(d, &a, "items.1.own_lines.0.words", "办法没有写明分值，不计");
    is(d, &a, "items.1.own_lines.1.words", "");
    a = get(d, "/api/v1/scores/groups?year=2026&by=post");
    is(d, &a, "items.0.own_x1000", "");
    a = test_get(d->t, "/scores/groups?year=2026&by=committee");
    assert_true(test_has(&a, "活动组自己的得分"));
    run(d, SQL("DELETE FROM rulesets WHERE org_id = :org AND id = :newer", P(newer)));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        i64 id = rows[i];
        run(d, SQL("DELETE FROM entries WHERE org_id = :org AND id = :id", P(id)));
    }
}

/* What is not known of somebody is a group without a name. */
static void parties_are_groups_too(void **state)
{
    struct desk *d = *state;
    i64 ann = person[ANN], gus = person[GUS];
    run(d, SQL("UPDATE persons SET party = 'cdl' WHERE org_id = :org AND id IN (:ann, :gus)",
               P(ann), P(gus)));
    test_as_role(d->t, "staff");
    struct test_answer a = get(d, "/api/v1/scores/groups?year=2026&by=party");
    is(d, &a, "items.0.key", "cdl");
    is(d, &a, "items.0.people", "2");
    is(d, &a, "items.0.average_x1000", "8000"); /* 11 and 5 */
    is(d, &a, "items.1.people", "5");
    is(d, &a, "whole.people", "7");
    a = get(d, "/api/v1/scores?year=2026&by=party&name=cdl");
    is(d, &a, "sums.people", "2");
    a = get(d, "/api/v1/scores/groups?year=2026&by=party&standing=1"); /* Bob alone */
    is(d, &a, "items.0.key", "");
    is(d, &a, "items.0.people", "1");
    is(d, &a, "items.1.people", "");
    is(d, &a, "whole.people", "1");
    a = test_get(d->t, "/scores/groups?year=2026&by=party&standing=1");
    assert_true(test_has(&a, "standing=1\" aria-current"));
}

static void every_point_names_its_record(void **state)
{
    struct desk *d = *state;
    i64 sum = 0, points = 0;
    test_as_role(d->t, "staff");
    struct test_answer a = get(d, of(d, ANN, "?year=2026"));
    is(d, &a, "gates.0.met", "true");
    is(d, &a, "gates.0.entries.2.happened_on", "2026-04-01");
    for (int i = 0; i < 4; i++) {
        str text = test_json(d->t, &a, arena_printf(d->t->mem, "lines.%d.points_x1000", i).ptr);
        assert_true(str_to_i64(text, &points));
        assert_true(test_json(d->t, &a, arena_printf(d->t->mem, "lines.%d.entry_id", i).ptr).len >
                    0);
        sum += points;
    }
    assert_int_equal(sum, 11000);
    is(d, &a, "lines.4.points_x1000", "");
    is(d, &a, "lines.2.words", "1 次，每次 3 分；这一项已到上限，记 0 分");
    a = get(d, of(d, BOB, "?year=2026"));
    is(d, &a, "lines.1.words", "1 件，每件 5 分；2 人一起，按办法分摊；合 2.5 分");
    is(d, &a, "gates.2.text", "Sit once");
    is(d, &a, "gates.2.met", "false");
    a = get(d, of(d, CID, "?year=2026") + strlen("/api/v1"));
    a.body = test_words(d->t, &a);
    assert_true(test_has(&a, "Twice below 3"));
    assert_true(test_has(&a, "还差 1"));
}

/* What is added is there at once, and what is taken back is gone. */
static void nothing_is_kept(void **state)
{
    struct desk *d = *state;
    test_as_role(d->t, "staff");
    i64 id = entry_add(d, GUS, "meeting.attended", "2026-11-20", 1);
    struct test_answer a = get(d, of(d, GUS, "?year=2026"));
    struct test_answer page = get(d, of(d, GUS, "?year=2026") + strlen("/api/v1"));
    assert_true(test_has(&page, "?year=2026\""));
    assert_false(test_has(&page, "?year=2025\"")); /* he had no seat yet: no page to go to */
    is(d, &a, "points_x1000", "8000");
    is(d, &a, "grade", "Good");
    const char *strike = arena_printf(d->t->mem, "/entries/%lld/strike", (long long)id).ptr;
    assert_int_equal(test_post(d->t, strike, "text", "Not there.", NULL).status, 303);
    a = get(d, of(d, GUS, "?year=2026"));
    is(d, &a, "points_x1000", "5000");
}

/* By default a member reads what he did and what is missing; no points, no grade, no place. */
static void members_see_points_only_where_settings_say_so(void **state)
{
    static const char *const RANKINGS[] = { "scores.member_ranking", "scores.head_ranking",
                                            "scores.leader_ranking", "scores.staff_ranking" };
    struct desk *d = *state;
    for (size_t i = 0; i < sizeof RANKINGS / sizeof *RANKINGS; i++)
        assert_string_equal(setting_find(&d->t->app, RANKINGS[i])->fallback, "0");
    struct actor *actor = test_as_role(d->t, "member");
    actor->member_id = member[ANN];
    actor->person_id = person[ANN];
    struct test_answer a = get(d, "/api/v1/scores/mine?year=2026");
    is(d, &a, "gates_met", "2");
    is(d, &a, "points_x1000", "");
    is(d, &a, "grade", "");
    is(d, &a, "place", "");
    is(d, &a, "lines.0.rule", "");
    a = get(d, "/scores/mine?year=2026");
    a.body = test_words(d->t, &a);
    assert_true(test_has(&a, "不打分，不排名"));
    assert_false(test_has(&a, "得分"));
    desk_set(d, "scores.member_points", "1");
    desk_set(d, "scores.member_comparison", "1");
    a = get(d, "/api/v1/scores/mine?year=2026");
    is(d, &a, "points_x1000", "11000");
    is(d, &a, "grade", "");
    is(d, &a, "average_x1000", "4500");
    is(d, &a, "sector_average_x1000", "5625");
    desk_set(d, "scores.member_ranking", "1");
    a = get(d, "/api/v1/scores/mine?year=2026");
    is(d, &a, "place", "1");
    a = get(d, "/scores/mine?year=2026");
    a.body = test_words(d->t, &a);
    assert_true(test_has(&a, "共 5 人"));
    for (size_t i = 0; i < 3; i++)
        desk_set(d,
                 (const char *const[]){ "scores.member_points", "scores.member_comparison",
                                        "scores.member_ranking" }[i],
                 "0");
    assert_int_equal(test_get(d->t, "/scores?year=2026").status, 403);
    assert_int_equal(test_get(d->t, of(d, BOB, "")).status, 403);
}

/* A line a member as the page has them: Ann's 11 points, Dan without a grade. */
static void the_table_is_a_file(void **state)
{
    struct desk *d = *state;
    test_as_role(d->t, "staff");
    struct test_answer a = get(d, "/scores.csv?year=2026");
    assert_true(test_has(&a, "\"得分\",\"等次建议\"\r\n"));
    assert_true(
        test_has(&a, "\"S00\",\"Member 0\",\"Sector 0\",\"Roads\",\"\",4,2,2,11,\"Good\"\r\n"));
    assert_true(test_has(&a, "\"S03\",\"Member 3\",\"Sector 0\",\"\",\"已去世\",1,2,1,3,\"\"\r\n"));
    assert_false(test_has(&a, "名次"));
    assert_int_equal(get(d, "/scores.xlsx?year=2026").status, 200);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = "
                                       "'scores.export'")),
                     2);
    test_as_role(d->t, "member");
    assert_int_equal(test_get(d->t, "/scores.csv?year=2026").status, 403);
}

/* Who organises a committee sees its members' gates; of another organisation nobody sees any. */
static void a_head_sees_his_committee(void **state)
{
    struct desk *d = *state;
    struct actor *actor = test_as_role(d->t, "head");
    test_may(actor, "scores.read", SCOPE_COMMITTEE);
    actor->committees = (ids){ &committee, 1 };
    struct test_answer a = get(d, "/api/v1/scores?year=2026");
    is(d, &a, "sums.people", "1");
    is(d, &a, "items.0.code", "S00");
    is(d, &a, "items.0.points_x1000", "");
    assert_int_equal(test_get(d->t, of(d, ANN, "?year=2026")).status, 200);
    assert_int_equal(test_get(d->t, of(d, BOB, "?year=2026")).status, 404);
    test_as_role(d->t, "staff")->org_id = d->t->org + 1;
    assert_int_equal(test_get(d->t, of(d, ANN, "?year=2026")).status, 404);
    a = get(d, "/api/v1/scores?year=2026");
    assert_false(test_has(&a, "\"S0"));
}

/* Six a meeting, 18 at most: Ann 18 + 5, Bob 6 + 2.5, Eve 6 - 2, and no longer below 3. */
static void a_draft_is_tried_before_it_is_enacted(void **state)
{
    struct desk *d = *state;
    test_as_role(d->t, "staff");
    struct test_answer a = test_post(d->t, "/rulesets/new", "document", rules(d, 6, 18), NULL);
    assert_int_equal(a.status, 303);
    const char *page =
        arena_printf(d->t->mem, "%.*s/trial?year=2026", (int)a.location.len, a.location.ptr).ptr;
    a = get(d, arena_printf(d->t->mem, "/api/v1%s", page).ptr);
    is(d, &a, "moved", "3");
    is(d, &a, "up", "3");
    is(d, &a, "down", "0");
    is(d, &a, "before_x1000", "22500");
    is(d, &a, "after_x1000", "40500");
    is(d, &a, "items.0.after_x1000", "23000");
    is(d, &a, "items.0.reasons.0.rule", "Came");
    is(d, &a, "items.0.reasons.0.before_x1000", "6000");
    is(d, &a, "items.0.reasons.0.after_x1000", "18000");
    is(d, &a, "items.0.reasons.1.rule", "");
    is(d, &a, "items.1.grade_before", "Fair");
    is(d, &a, "items.1.grade_after", "Good");
    is(d, &a, "items.2.grade_before", "Poor");
    is(d, &a, "items.2.grade_after", "Fair");
    static const char *const GRADES[][3] = { { "Good", "1", "2" },
                                             { "Fair", "2", "2" },
                                             { "Poor", "2", "1" } };
    for (size_t i = 0; i < sizeof GRADES / sizeof *GRADES; i++) {
        is(d, &a, arena_printf(d->t->mem, "grades.%zu.name", i).ptr, GRADES[i][0]);
        is(d, &a, arena_printf(d->t->mem, "grades.%zu.before", i).ptr, GRADES[i][1]);
        is(d, &a, arena_printf(d->t->mem, "grades.%zu.after", i).ptr, GRADES[i][2]);
    }
    a = get(d, page);
    a.body = test_words(d->t, &a);
    assert_true(test_has(&a, "Came：6 → 18 分"));
    a = get(d, "/api/v1/scores?year=2026"); /* nothing has changed */
    is(d, &a, "sums.points_x1000", "22500");
    test_as_role(d->t, "leader");
    assert_int_equal(test_get(d->t, page).status, 403);
}

/* What holds when the year ends decides for all of it, and a year without rules has records alone.
 */
/* Ann hands the same in twice: 6 + 5 + 5 as the rules are; once what is similar earns nothing, 5
 * less. */
static void what_is_similar_earns_once_and_says_why(void **state)
{
    struct desk *d = *state;
    const char *old = rules(d, 3, 6), *at = strstr(old, "\"share\"");
    i64 id = entry_add(d, ANN, "proposals.submitted", "2026-05-02", 1);
    run(d, SQL("UPDATE entries SET tags = 'similar' WHERE org_id = :org AND id = :id", P(id)));
    const char *draft =
        arena_printf(d->t->mem, "%.*s\"similar\":0,%s", (int)(at - old), old, at).ptr;
    test_as_role(d->t, "staff");
    struct test_answer a = test_post(d->t, "/rulesets/new", "document", draft, NULL);
    a = get(d, arena_printf(d->t->mem, "/api/v1%.*s/trial?year=2026", (int)a.location.len,
                            a.location.ptr)
                   .ptr);
    is(d, &a, "moved", "1");
    is(d, &a, "down", "1");
    is(d, &a, "before_x1000", "27500");
    is(d, &a, "after_x1000", "22500");
    is(d, &a, "items.0.reasons.0.rule", "Wrote");
    is(d, &a, "items.0.reasons.0.before_x1000", "10000");
    is(d, &a, "items.0.reasons.0.after_x1000", "5000");
    i64 newer = enacted(d, draft, "2026-01-01");
    a = get(d, of(d, ANN, "?year=2026"));
    is(d, &a, "points_x1000", "11000");
    is(d, &a, "lines.4.words", "1 件，每件 5 分；与先前报的相近，按办法不计");
    is(d, &a, "lines.4.points_x1000", "0");
    run(d, SQL("DELETE FROM rulesets WHERE org_id = :org AND id = :newer", P(newer)));
    run(d, SQL("DELETE FROM entries WHERE org_id = :org AND id = :id", P(id)));
}

static void rules_that_change_within_a_year(void **state)
{
    struct desk *d = *state;
    i64 newer = enacted(d, rules(d, 4, 12), "2026-07-01");
    struct test_answer a = get(d, of(d, ANN, "?year=2026"));
    is(d, &a, "ruleset_id", arena_printf(d->t->mem, "%lld", (long long)newer).ptr);
    is(d, &a, "points_x1000", "17000"); /* 4 + 4 + 4 + 5 */
    a = get(d, of(d, BOB, "?year=2025"));
    is(d, &a, "points_x1000", "3000"); /* by the older ones */
    a = get(d, "/api/v1/scores?year=2024");
    is(d, &a, "ruleset_id", "0");
    is(d, &a, "items.0.assessed", "false");
    run(d, SQL("UPDATE rulesets SET from_on = 0, state = 'dropped' WHERE org_id = :org AND id = "
               ":newer",
               P(newer)));
}

static err in_december(struct rq *rq, void *context)
{
    return setting_store(rq, "scores.begins_on", str_of("12-01"), *(const i64 *)context);
}

/* 1 December to 30 November: nothing lies between two years, nothing in both, also where the window
 * is moved. */
static void a_year_may_begin_in_december(void **state)
{
    struct desk *d = *state;
    i64 on = day("2026-11-25");
    test_as_role(d->t, "staff");
    assert_ok(desk_in_org(d, d->t->org, in_december, &on));
    struct test_answer a = get(d, of(d, BOB, ""));
    is(d, &a, "from_on", "2026-01-01");
    is(d, &a, "to_on", "2026-11-30"); /* the next begins in December */
    is(d, &a, "points_x1000", "5500");
    on = day("2020-01-01");
    assert_ok(desk_in_org(d, d->t->org, in_december, &on));
    a = get(d, of(d, BOB, ""));
    is(d, &a, "year", "2026");
    is(d, &a, "from_on", "2025-12-01");
    is(d, &a, "to_on", "2026-11-30");
    is(d, &a, "points_x1000", "8500"); /* the meeting of December counts here */
    struct rq rq = test_system_rq(d->t);
    assert_int_equal(scores_year_of(&rq, day("2026-11-30")), 2026);
    assert_int_equal(scores_year_of(&rq, day("2026-12-01")), 2027);
}

/* ---- what is kept from one look to the next ---- */

static void scores_are_equal(const struct score *a, const struct score *b, const struct ruleset *r)
{
    assert_int_equal(a->scored, b->scored);
    assert_int_equal(a->total, b->total);
    assert_int_equal(a->base, b->base);
    assert_int_equal(a->bonus, b->bonus);
    assert_int_equal(a->deduct, b->deduct);
    assert_int_equal(a->grade, b->grade);
    assert_int_equal(a->duties, b->duties);
    assert_int_equal(a->met, b->met);
    assert_int_equal(a->vetoes, b->vetoes);
    assert_int_equal(!a->rules, !b->rules);
    if (!a->rules)
        return;
    assert_memory_equal(a->rules, b->rules, r->rule_count * sizeof *a->rules);
    assert_memory_equal(a->sections, b->sections, r->section_count * sizeof *a->sections);
    assert_memory_equal(a->gates, b->gates, r->gate_count * sizeof *a->gates);
    assert_memory_equal(a->counts, b->counts, r->veto_count * sizeof *a->counts);
}

/* Everybody's year with what is kept and worked out from nothing; the sum of all points. */
static i64 looked_at(struct desk *d, struct db_kept *kept, i64 year)
{
    struct rq rq = test_system_rq(d->t);
    struct scores_period period;
    struct rows with, without;
    i64 sum = 0;
    assert_ok(scores_period_find(&rq, year, &period));
    assert_ok(scores_list(&rq, &(struct scores_ask){ .period = &period, .kept = kept }, &with));
    assert_ok(scores_list(&rq, &(struct scores_ask){ .period = &period }, &without));
    assert_int_equal(with.count, without.count);
    for (size_t i = 0; i < with.count; i++) {
        const struct scores_row *a = &((struct scores_row *)with.items)[i];
        const struct scores_row *b = &((struct scores_row *)without.items)[i];
        assert_int_equal(a->person->member_id, b->person->member_id);
        assert_int_equal(a->entries, b->entries);
        assert_int_equal(a->place, b->place);
        assert_int_equal(a->assessed, b->assessed);
        if (period.rules)
            scores_are_equal(a->score, b->score, period.rules);
        sum += a->score->total;
    }
    return sum;
}

static void entry_take_back(struct desk *d, i64 id)
{
    run(d, SQL("UPDATE entries SET state = 'reversed' WHERE org_id = :org AND id = :id", P(id)));
    run(d, SQL("INSERT INTO entries (org_id, member_id, name, sector, committee, happened_on, "
               "year, kind, label, quantity, people, tags, source, source_id, part_id, number, "
               "title, text, state, reverses_id, recorded_at, recorded_by, recorded_name) SELECT "
               "org_id, member_id, name, sector, committee, happened_on, year, kind, label, "
               "-quantity, people, tags, source, source_id, part_id, number, title, text, "
               "'reversal', id, 2, 1, '' FROM entries WHERE org_id = :org AND id = :id",
               P(id)));
}

static void exemption_add(struct desk *d, int who, const char *effect, const char *from)
{
    i64 member_id = member[who], person_id = person[who], from_on = day(from), to_on = from_on + 9;
    str what = str_of(effect);
    run(d, SQL("INSERT INTO exemptions (org_id, member_id, person_id, state, effect, ground, name, "
               "words, from_on, to_on, organ, decided_on, granted_at, granter_name) VALUES (:org, "
               ":member_id, :person_id, 'granted', :what, 'illness', '', '', :from_on, :to_on, '', "
               ":from_on, 1, '')",
               P(member_id), P(person_id), P(what), P(from_on), P(to_on)));
}

/* What may happen between two looks, beside rows of the ledger. */
static void house_change(struct desk *d, int what, int who)
{
    i64 member_id = member[who], person_id = person[who], from_on = day("2026-03-01");
    if (what == 0)
        exemption_add(d, who, "days", "2026-02-01");
    else if (what == 1)
        exemption_add(d, who, "years", "2026-05-01");
    else if (what == 2)
        run(d, SQL("UPDATE exemptions SET state = 'undone' WHERE org_id = :org"));
    else if (what == 3)
        run(d, SQL("INSERT INTO tenures (org_id, person_id, post, body, body_id, from_on) VALUES "
                   "(:org, :person_id, 'standing_member', 'cppcc', 1, :from_on)",
                   P(person_id), P(from_on)));
    else if (what == 4)
        run(d, SQL("UPDATE seats SET from_on = :from_on WHERE org_id = :org AND member_id = "
                   ":member_id",
                   P(from_on), P(member_id)));
    else if (what == 5) { /* another one, whose code that was */
        run(d, SQL("UPDATE members SET code = '' WHERE org_id = :org AND code = 'S06'"));
        seat_add(d, GUS, "2026-02-01", NULL, "serving");
    } else
        enacted(d, rules(d, 2 + who, 9), "2026-08-01");
}

/* Whose seat is said to have ended before the year, and then has not: rows came meanwhile. */
static void out_and_back(struct desk *d, struct db_kept *kept)
{
    i64 member_id = member[BOB], to_on = day("2025-12-20");
    run(d, SQL("UPDATE seats SET to_on = :to_on WHERE org_id = :org AND member_id = :member_id",
               P(to_on), P(member_id)));
    looked_at(d, kept, 2026);
    entry_add(d, BOB, "meeting.absent", "2026-09-11", 1);
    looked_at(d, kept, 2026);
    run(d, SQL("UPDATE seats SET to_on = 0 WHERE org_id = :org AND member_id = :member_id",
               P(member_id)));
    looked_at(d, kept, 2026);
}

/* Whatever comes in whatever order: what is kept gives what working out from nothing gives. */
static void what_is_kept_is_what_would_be_worked_out(void **state)
{
    static const char *const KINDS[] = { "meeting.attended", "meeting.absent",
                                         "proposals.submitted", "standing.attended" };
    enum { ROUNDS = 130, HOUSE = 10, CHANGES = 7 };
    struct desk *d = *state;
    struct db_kept now = { .mem = arena_new(4 << 20, 0) }, last = { .mem = arena_new(4 << 20, 0) };
    unsigned seed = 20261125;
    i64 newest = 0;
    for (int i = 0; i < ROUNDS; i++) {
        seed = seed * 1103515245 + 12345;
        int dice = (int)(seed >> 16 & 0x7fff), who = dice / 16 % PEOPLE;
        str on = arena_printf(d->t->mem, "%d-%02d-10", dice % 3 ? 2026 : 2025, dice / 8 % 11 + 1);
        if (i % HOUSE == HOUSE - 1)
            house_change(d, i / HOUSE % CHANGES, who);
        else if (newest && dice % 4 == 0)
            entry_take_back(d, newest);
        if (i % HOUSE != HOUSE - 1)
            newest = newest && dice % 4 == 0 ? 0 : entry_add(d, who, KINDS[dice % 4], on.ptr, 1);
        looked_at(d, &now, 2026);
        if (i % 3 == 0)
            looked_at(d, &last, 2025);
    }
    out_and_back(d, &now);
    /* a change that the house never makes is not seen: so it really was kept */
    i64 before = looked_at(d, &now, 2026);
    newest = entry_add(d, BOB, "meeting.absent", "2026-09-10", 1);
    i64 after = looked_at(d, &now, 2026);
    assert_int_equal(before - after, 2000);
    struct rq rq = test_system_rq(d->t);
    struct scores_period period;
    struct rows rows;
    run(d,
        SQL("UPDATE entries SET quantity = 5000 WHERE org_id = :org AND id = :newest", P(newest)));
    assert_ok(scores_period_find(&rq, 2026, &period));
    assert_ok(scores_list(&rq, &(struct scores_ask){ .period = &period, .kept = &now }, &rows));
    for (size_t i = 0; i < rows.count; i++)
        after -= ((struct scores_row *)rows.items)[i].score->total;
    assert_int_equal(after, 0);
    arena_free(now.mem);
    arena_free(last.mem);
}

/* However many there are, the API gives them in parts; sums are of all. */
static void a_long_table_comes_in_parts(void **state)
{
    struct desk *d = *state;
    crowd_add(d->t->db);
    test_as_role(d->t, "staff");
    struct test_answer a = get(d, "/api/v1/scores?year=2026");
    i64 total = 0;
    assert_true(str_to_i64(test_json(d->t, &a, "total"), &total));
    assert_true(total >= CROWD_COUNT + 7);
    is(d, &a, "sums.people", arena_printf(d->t->mem, "%lld", (long long)total).ptr);
    is(d, &a, "next_start", "500");
    assert_true(test_json(d->t, &a, "items.499.code").len > 0);
    is(d, &a, "items.500.code", "");
    a = get(d, "/api/v1/scores?year=2026&start=500");
    is(d, &a, "next_start", "");
    const char *last = arena_printf(d->t->mem, "items.%lld.code", (long long)total - 501).ptr;
    assert_true(test_json(d->t, &a, last).len > 0);
    is(d, &a, arena_printf(d->t->mem, "items.%lld.code", (long long)total - 500).ptr, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_year_is_what_the_records_give),
        cmocka_unit_test(groups_are_sums_of_their_lists),
        cmocka_unit_test(groups_earn_by_themselves),
        cmocka_unit_test(parties_are_groups_too),
        cmocka_unit_test(every_point_names_its_record),
        cmocka_unit_test(nothing_is_kept),
        cmocka_unit_test(members_see_points_only_where_settings_say_so),
        cmocka_unit_test(the_table_is_a_file),
        cmocka_unit_test(a_head_sees_his_committee),
        cmocka_unit_test(a_draft_is_tried_before_it_is_enacted),
        cmocka_unit_test(what_is_similar_earns_once_and_says_why),
        cmocka_unit_test(rules_that_change_within_a_year),
        cmocka_unit_test(who_leads_is_of_the_standing_committee),
        cmocka_unit_test(a_year_may_begin_in_december),
        cmocka_unit_test(what_is_kept_is_what_would_be_worked_out),
        cmocka_unit_test(a_long_table_comes_in_parts),
    };
    return cmocka_run_group_tests(tests, open_all, desk_teardown);
}
