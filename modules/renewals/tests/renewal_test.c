/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The body moves to a new term, by the front door: who stays, comes and goes, what stands in the
 * way, the act itself by the house and by hand, and that history stays. Expectations: README.md,
 * rules.md 8, 12.7. The clock begins on Wednesday 2026-11-25 in the sixth term; Li, Wang and Zhao
 * sit for Economy. */
#include "modules/members/member.h"
#include "modules/nominations/tests/paper_words.h"
#include "modules/orgs/org.h"
#include "modules/proposals/tests/desk_look.h"
#include "modules/renewals/renewal.h"
#include "platform/jobs/jobs.h"

#define DAYS    "\"term_number\":7,\"opened_on\":\"2027-01-20\",\"closed_on\":\"2027-01-24\""
#define DECIDED ",\"organ\":\"Standing 25\",\"decided_on\":\"2026-11-24\",\"document\":\"No. 9\""

enum { LI, WANG, ZHAO };

static void as(struct desk *d, const char *role)
{
    struct actor *actor = test_as_role(d->t, role);
    actor->account_id = 140;
    actor->person_id = 0;
    d->actor = actor;
}

static i64 newest(struct desk *d)
{
    return desk_count(d, SQL("SELECT COALESCE(MAX(id), 0) FROM renewals WHERE org_id = :org"));
}

static struct test_answer begins(struct desk *d, const char *json)
{
    return test_api(d->t, POST, "/api/v1/renewals", json);
}

static i64 begun(struct desk *d)
{
    struct test_answer a = begins(d, "{" DAYS DECIDED "}");
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    return newest(d);
}

static struct test_answer at(struct desk *d, i64 id)
{
    return desk_page(d, "/api/v1/renewals/", id, "");
}

static struct test_answer step(struct desk *d, i64 id, const char *verb, const char *json)
{
    struct test_answer a = at(d, id);
    i64 version = 1;
    if (a.status == 200)
        assert_true(str_to_i64(test_json(d->t, &a, "version"), &version));
    str path = arena_printf(d->t->mem, "/api/v1/renewals/%lld/%s", (long long)id, verb);
    return test_api(d->t, POST, path.ptr, test_versioned(d->t, json, version));
}

static void does(struct desk *d, i64 id, const char *verb, const char *json)
{
    struct test_answer a = step(d, id, verb, json);
    if (a.status != 200)
        fail_msg("%s: %d %.*s", verb, a.status, (int)a.body.len, a.body.ptr);
}

static void refuses(struct desk *d, i64 id, const char *verb, const char *why)
{
    struct test_answer a = step(d, id, verb, "{}");
    assert_int_equal(a.status, 409);
    if (!desk_has(&a, why))
        fail_msg("%s: %.*s", why, (int)a.body.len, a.body.ptr);
}

static void is(struct desk *d, i64 id, const char *field, const char *expected)
{
    struct test_answer a = at(d, id);
    desk_same(test_json(d->t, &a, field), expected);
}

static void keeps(struct desk *d, i64 id, size_t first, size_t second)
{
    does(d, id, "places",
         arena_printf(d->t->mem, "{\"members\":[\"%lld\",\"%lld\"]}", (long long)d->member[first],
                      (long long)d->member[second])
             .ptr);
}

static void act(struct desk *d, size_t member, const char *json)
{
    str path = arena_printf(d->t->mem, "/api/v1/members/%lld/act", (long long)d->member[member]);
    struct test_answer a = test_api(d->t, POST, path.ptr, json);
    if (a.status != 200)
        fail_msg("%s: %d %.*s", json, a.status, (int)a.body.len, a.body.ptr);
}

static void holds(struct desk *d, size_t member)
{
    i64 person_id = d->person[member];
    assert_ok(db_run(d->t->db,
                     SQL("INSERT INTO tenures (org_id, person_id, post, body, body_id, from_on) "
                         "VALUES (:org, :person_id, 'standing_member', 'cppcc', 1, 1)",
                         P(person_id)),
                     NULL));
}

static i64 day(const char *text)
{
    i64 on = 0;
    assert_true(day_parse(str_of(text), &on));
    return on;
}

/* Whose seats are in force on a day, as "Li Wang ": by what other modules ask for. */
struct roster {
    i64 on;
    char text[200];
};
static err roster_read(struct rq *rq, void *context)
{
    struct roster *r = context;
    struct rows rows;
    i64 last = 0;
    TRY(member_list_posts(rq, r->on, &rows));
    const struct member_post *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (all[i].member_id != last)
            snprintf(r->text + strlen(r->text), sizeof r->text - strlen(r->text), "%.*s ",
                     (int)all[i].name.len, all[i].name.ptr);
        last = all[i].member_id;
    }
    return OK;
}

static void sit(struct desk *d, const char *on, const char *expected)
{
    struct roster r = { .on = day(on) };
    assert_ok(desk_in_org(d, d->t->org, roster_read, &r));
    assert_string_equal(r.text, expected);
}

/* Named, checked, on the list of a meeting, voted for on 24 November by both who may. */
static void appointed(struct desk *d, const char *more)
{
    i64 from_on = day("2026-11-23"), to_on = day("2026-11-24"), meeting_id = 0;
    i64 sector = desk_count(d, SQL("SELECT MIN(id) FROM sectors WHERE org_id = :org"));
    const char *path = "/api/v1/nominations/", *mem;
    assert_ok(db_insert(d->t->db,
                        SQL("INSERT INTO meetings (org_id, state, kind, title, organiser, "
                            "organiser_name, mandatory, places, from_on, from_half, to_on, "
                            "to_half, hour, place, answer_on, agenda, audience, audience_name) "
                            "VALUES (:org, 'held', 'standing', 'Standing 15', 'office', '', 1, 0, "
                            ":from_on, 'morning', :to_on, 'morning', '', 'Hall', 0, '', '', '') "
                            "RETURNING id",
                            P(from_on), P(to_on)),
                        &meeting_id));
    mem =
        arena_printf(d->t->mem,
                     "{%s,\"kind\":\"renew\",\"nominator_kind\":\"party\",\"nominator\":\"League\","
                     "\"nominated_on\":\"2026-11-02\",\"gender\":\"female\",\"birth\":\"1990-11-"
                     "25\",\"party\":\"cdl\",\"employer\":\"School\",\"sector\":\"%lld\"}",
                     more, (long long)sector)
            .ptr;
    struct test_answer a = test_api(d->t, POST, "/api/v1/nominations", mem);
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    i64 id = desk_count(d, SQL("SELECT MAX(id) FROM nominations WHERE org_id = :org"));
    const struct {
        const char *verb, *json;
    } STEPS[] = {
        { "propose", "{\"checked_on\":\"2026-11-10\",\"ground\":\"clear\",\"opinion\":\"Fine.\"}" },
        { "list", arena_printf(d->t->mem, "{\"meeting\":\"%lld\"}", (long long)meeting_id).ptr },
        { "vote", "{\"on_on\":\"2026-11-24\",\"yes\":2,\"no\":0,\"abstained\":0}" },
    };
    for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS; i++) {
        a = desk_page(d, path, id, "");
        i64 version = 0;
        assert_true(str_to_i64(test_json(d->t, &a, "version"), &version));
        a = test_api(d->t, POST,
                     arena_printf(d->t->mem, "%s%lld/%s", path, (long long)id, STEPS[i].verb).ptr,
                     test_versioned(d->t, STEPS[i].json, version));
        if (a.status != 200)
            fail_msg("%s: %d %.*s", STEPS[i].verb, a.status, (int)a.body.len, a.body.ptr);
    }
}

/* A second sector; who stays, stays for it. */
static void is_for_science(struct desk *d, i64 id, size_t member)
{
    i64 science = 0;
    assert_ok(db_insert(d->t->db,
                        SQL("INSERT INTO sectors (org_id, name, position, from_on) VALUES (:org, "
                            "'Science', 2, 1) RETURNING id"),
                        &science));
    does(d, id, "sector",
         arena_printf(d->t->mem, "{\"member\":\"%lld\",\"sector\":\"%lld\"}",
                      (long long)d->member[member], (long long)science)
             .ptr);
}

/* The whole, as an office does it: prepared months before, carried out by the house. */
static void the_body_moves_on_the_opening_day(void **state)
{
    struct desk *d = *state;
    as(d, "personnel");
    holds(d, LI);
    holds(d, WANG);
    appointed(d, "\"name\":\"Sun\"");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM seats WHERE org_id = :org")), 3);
    i64 id = begun(d);
    keeps(d, id, LI, WANG);
    is_for_science(d, id, WANG);
    struct test_answer a = at(d, id);
    desk_same(test_json(d->t, &a, "stays"), "2");
    desk_same(test_json(d->t, &a, "comes"), "1");
    desk_same(test_json(d->t, &a, "leaves"), "1");
    desk_same(test_json(d->t, &a, "posts"), "2");
    desk_same(test_json(d->t, &a, "leaving.0.name"), "Zhao");
    desk_same(test_json(d->t, &a, "seats.1.name"), "Sun"); /* Economy before Science */
    desk_same(test_json(d->t, &a, "seats.2.sector"), "Science");
    a = desk_page(d, "/renewals/", id, "");
    assert_true(desk_has(&a, "Zhao") && desk_has(&a, "新一届共") && !desk_has(&a, "还差这些"));
    does(d, id, "ready", "{}");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM sessions s JOIN terms t ON t.org_id = "
                                       "s.org_id AND t.id = s.term_id WHERE s.org_id = :org AND "
                                       "t.number = 7 AND s.number = 1")),
                     1);
    refuses(d, id, "carry", "新一届2027年1月20日才开始");
    a = test_get(d->t, "/renewals");
    assert_true(desk_has(&a, "—") && !desk_has(&a, ">0<")); /* nobody has gone yet: no nought */
    desk_on_day(d, "2027-01-19");
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
    is(d, id, "state", "ready"); /* the last day is the old term's */
    sit(d, "2027-01-19", "Li Wang Zhao ");
    desk_on_day(d, "2027-01-20");
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
    as(d, "personnel");
    is(d, id, "state", "carried");
    is(d, id, "stayed", "2");
    is(d, id, "came", "1");
    is(d, id, "gone", "1");
    sit(d, "2027-01-20", "Li Sun Wang ");  /* by sector */
    sit(d, "2027-01-19", "Li Wang Zhao "); /* as it was */
    i64 last_on = day("2027-01-19"), wang = d->member[WANG];
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM tenures WHERE org_id = :org AND to_on "
                                       "= :last_on",
                                       P(last_on))),
                     2);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM changes WHERE org_id = :org AND act = "
                                       "'expire' AND on_on = :last_on",
                                       P(last_on))),
                     3);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM changes c JOIN seats s ON s.org_id = "
                                       "c.org_id AND s.id = c.seat_id WHERE c.org_id = :org AND "
                                       "s.member_id = :wang AND c.organ = 'Standing 25' AND "
                                       "c.document = 'No. 9' AND s.from_on = :last_on + 1",
                                       P(wang), P(last_on))),
                     1);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM departures WHERE org_id = :org")), 0);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM nominations WHERE org_id = :org AND "
                                       "member_id > 0")),
                     1);
    does(d, id, "close", "{}");
    assert_int_equal(step(d, id, "drop", "{\"opinion\":\"No.\"}").status, 409);
}

/* ---- what stands in the way ---- */

static void each_reason_is_named(void **state)
{
    struct desk *d = *state;
    as(d, "staff personnel");
    assert_int_equal(begins(d, "{" DAYS "}").status, 200);
    i64 id = newest(d);
    refuses(d, id, "ready", "名单还没有决定");
    struct test_answer a = at(d, id);
    assert_true(desk_has(&a, "新一届还没有人"));
    test_api(d->t, PUT, arena_printf(d->t->mem, "/api/v1/renewals/%lld", (long long)id).ptr,
             test_versioned(d->t, "{" DAYS DECIDED "}", 1));
    refuses(d, id, "ready", "新一届还没有人");
    keeps(d, id, LI, WANG);
    act(d, LI,
        "{\"act\":\"suspend\",\"on_on\":\"2026-11-20\",\"organ\":\"Chairs\",\"reason\":\"Ill.\"}");
    refuses(d, id, "ready", "Li暂停履职");
    act(d, LI, "{\"act\":\"resume\",\"on_on\":\"2026-11-24\",\"organ\":\"Chairs\"}");
    act(d, ZHAO,
        "{\"act\":\"revoke\",\"on_on\":\"2026-11-20\",\"organ\":\"Chairs\",\"reason\":\"Law.\","
        "\"by_chairs\":true}");
    struct test_answer waiting = at(d, id);
    desk_same(test_json(d->t, &waiting, "waiting"), "1");
    act(d, ZHAO, "{\"act\":\"ratify\",\"on_on\":\"2026-11-24\",\"organ\":\"Standing\"}");
    act(d, WANG, "{\"act\":\"resign\",\"on_on\":\"2026-11-24\",\"organ\":\"Standing\"}");
    refuses(d, id, "ready", "Wang已经离任");
    keeps(d, id, LI, LI);
    as(d, "personnel");
    assert_ok(db_run(d->t->db,
                     SQL("INSERT INTO nominations (org_id, state, kind, term_number, "
                         "nominator_kind, nominator, nominated_on, name, gender, birth_on, party, "
                         "employer, sector_id) SELECT :org, 'candidate', 'augment', 7, 'party', "
                         "'League', 1, 'Sun', 'male', 1, 'cdl', 'School', MIN(id) FROM sectors "
                         "WHERE org_id = :org"),
                     NULL));
    refuses(d, id, "ready", "还有 1 人没有表决");
    desk_count(d, SQL("UPDATE nominations SET state = 'refused' WHERE org_id = :org RETURNING id"));
    does(d, id, "ready", "{}");
    assert_int_equal(step(d, id, "places", "{\"members\":[]}").status, 409); /* no draft any more */
    does(d, id, "reopen", "{\"opinion\":\"One more.\"}");
    is(d, id, "note", "One more.");
    desk_count(d, SQL("UPDATE sectors SET to_on = 20000 WHERE org_id = :org RETURNING id"));
    refuses(d, id, "ready", "Li的界别到开幕那天已经撤销");
    does(d, id, "drop", "{\"opinion\":\"Put off.\"}");
    is(d, id, "state", "dropped");
}

/* Whoever stays never leaves: until the office has seen to it, all seats wait. */
static void seats_wait_for_what_stands_in_the_way(void **state)
{
    struct desk *d = *state;
    as(d, "staff personnel");
    i64 id = begun(d);
    keeps(d, id, LI, WANG);
    does(d, id, "ready", "{}");
    i64 other = begun(d); /* another draft, of which nothing comes */
    keeps(d, other, ZHAO, ZHAO);
    refuses(d, other, "ready", "已经有定稿的换届");
    desk_on_day(d, "2027-01-18");
    as(d, "staff personnel");
    act(d, WANG,
        "{\"act\":\"suspend\",\"on_on\":\"2027-01-18\",\"organ\":\"Chairs\",\"reason\":\"Ill.\"}");
    desk_on_day(d, "2027-01-21");
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
    as(d, "staff personnel");
    is(d, id, "state", "ready");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM seats WHERE org_id = :org AND status "
                                       "<> 'left'")),
                     3);
    refuses(d, id, "carry", "Wang暂停履职");
    does(d, id, "reopen", "{\"opinion\":\"Without Wang.\"}");
    keeps(d, id, LI, LI);
    does(d, id, "ready", "{}");
    does(d, id, "carry", "{}");
    is(d, id, "gone", "2");
    sit(d, "2027-01-21", "Li ");
    sit(d, "2027-01-19", "Li Zhao "); /* Wang did not serve on that day */
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms + 3600 * 1000, NULL));
    sit(d, "2027-01-21", "Li ");
}

/* The calendar had the new term, nobody prepared it, all seats are over: who stays comes back. */
static void it_can_be_entered_late(void **state)
{
    struct desk *d = *state;
    as(d, "staff personnel");
    assert_int_equal(test_api(d->t, POST, "/api/v1/sessions", "{" DAYS ",\"number\":1}").status,
                     200);
    desk_on_day(d, "2027-01-22");
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
    sit(d, "2027-01-22", "");
    as(d, "personnel");
    i64 id = begun(d);
    keeps(d, id, LI, ZHAO);
    is(d, id, "leaves", "1");
    does(d, id, "ready", "{}"); /* the session is there */
    does(d, id, "carry", "{}");
    sit(d, "2027-01-22", "Li Zhao ");
    sit(d, "2027-01-20", "Li Zhao ");
    assert_int_equal(step(d, id, "carry", "{}").status, 409);
    assert_int_equal(step(d, id, "reopen", "{\"opinion\":\"No.\"}").status, 409);
    id = begun(d);
    keeps(d, id, LI, LI);
    refuses(d, id, "ready", "新一届已经有 2 人");
}

static void bad_input_is_told_and_kept(void **state)
{
    static const struct {
        const char *json, *why;
    } ROWS[] = {
        { "{\"term_number\":9,\"opened_on\":\"2027-01-20\",\"closed_on\":\"2027-01-24\"}",
          "下一届是第 7 届" },
        { "{\"term_number\":7,\"opened_on\":\"2026-01-20\",\"closed_on\":\"2026-01-24\"}",
          "闭幕以后" },
        { "{\"term_number\":7,\"opened_on\":\"2027-01-20\",\"closed_on\":\"2027-01-19\"}",
          "闭幕不能早于开幕" },
        { "{" DAYS ",\"organ\":\"S\",\"decided_on\":\"2026-11-26\"}", "这一天还没有到" },
    };
    struct desk *d = *state;
    as(d, "personnel");
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct test_answer a = begins(d, ROWS[i].json);
        assert_int_equal(a.status, 422);
        if (!desk_has(&a, ROWS[i].why))
            fail_msg("%s: %.*s", ROWS[i].why, (int)a.body.len, a.body.ptr);
    }
    i64 id = begun(d);
    str path = arena_printf(d->t->mem, "/api/v1/renewals/%lld", (long long)id);
    assert_int_equal(
        test_api(d->t, PUT, path.ptr, test_versioned(d->t, "{" DAYS DECIDED "}", 7)).status, 409);
    const char *edit = arena_printf(d->t->mem, "/renewals/%lld/edit", (long long)id).ptr;
    struct test_answer a =
        test_post(d->t, edit, "version", "1", "term_number", "7", "opened_on", "2027-01-20",
                  "closed_on", "2027-01-19", "organ", "Typed Organ", NULL);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "Typed Organ"));
    a = desk_page(d, "/renewals/", id, "/places");
    assert_true(desk_has(&a, "Zhao") && desk_has(&a, "Economy"));
    as(d, "leader");
    assert_int_equal(desk_page(d, "/renewals/", id, "").status, 200);
    assert_int_equal(step(d, id, "ready", "{}").status, 403);
    as(d, "staff");
    assert_int_equal(at(d, id).status, 403);
}

/* ---- the lists that it is decided by ---- */

/* A nomination for the coming term as far as it has come. */
static void put_up(struct desk *d, const char *who, const char *in_state)
{
    str name = str_of(who), state = str_of(in_state);
    i64 birth_on = day("1990-11-25");
    assert_ok(db_run(d->t->db,
                     SQL("INSERT INTO nominations (org_id, state, kind, term_number, "
                         "nominator_kind, nominator, nominated_on, name, gender, ethnic, birth_on, "
                         "party, employer, sector_id) SELECT :org, :state, 'augment', 7, 'party', "
                         "'League', 1, :name, 'female', '', :birth_on, 'cdl', 'School', MIN(id) "
                         "FROM sectors WHERE org_id = :org",
                         P(state), P(name), P(birth_on)),
                     NULL));
}

static void is_of(struct desk *d, size_t member, const char *a_gender, const char *a_party)
{
    i64 id = d->person[member], birth_on = day("1980-01-20");
    str gender = str_of(a_gender), party = str_of(a_party);
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE persons SET gender = :gender, party = :party, ethnic = '汉族', "
                         "birth_on = :birth_on WHERE org_id = :org AND id = :id",
                         P(gender), P(party), P(birth_on), P(id)),
                     NULL));
}

/* Today's three: a man and a woman of the CPC, a woman of a party; Li stays, Wang was chosen and is
 * suspended, Zhao leaves. For the coming term one was checked and one voted for; four came to
 * nothing or are not so far. */
static i64 drawn(struct desk *d)
{
    is_of(d, LI, "male", "cpc");
    is_of(d, WANG, "female", "cpc");
    is_of(d, ZHAO, "female", "jiusan");
    i64 id = begun(d);
    keeps(d, id, LI, WANG);
    act(d, WANG,
        "{\"act\":\"suspend\",\"on_on\":\"2026-11-20\",\"organ\":\"Chairs\",\"reason\":\"Ill.\"}");
    put_up(d, "Sun", "candidate");
    put_up(d, "Appointed", "appointed");
    put_up(d, "Withdrawn", "withdrawn");
    put_up(d, "Refused", "refused");
    put_up(d, "Declined", "declined");
    put_up(d, "Unchecked", "nominated");
    return id;
}

static void the_slate_is_who_is_put_up(void **state)
{
    static const char *const FILES[] = { "/slate/pdf", "/slate/docx", "/slate/xlsx" };
    static const char *const OFF[] = { "Wang",    "Zhao",     "Withdrawn",
                                       "Refused", "Declined", "Unchecked" };
    static const char *const FIGURES[][2] = {
        { "stays", "1" },          { "comes", "2" },
        { "pending", "1" },        { "unchecked", "1" },
        { "barred", "1" },         { "items.0.name", "Appointed" },
        { "items.1.name", "Li" },  { "items.1.from", "kept" },
        { "items.2.name", "Sun" }, { "items.2.from", "fresh" },
    };
    struct desk *d = *state;
    as(d, "staff personnel");
    i64 id = drawn(d);
    struct test_answer a = desk_page(d, "/api/v1/renewals/", id, "/slate");
    for (size_t i = 0; i < sizeof FIGURES / sizeof *FIGURES; i++)
        desk_same(test_json(d->t, &a, FIGURES[i][0]), FIGURES[i][1]);
    a = desk_page(d, "/renewals/", id, "/slate");
    assert_true(desk_has(&a, "第 7 届委员建议人选名单") && desk_has(&a, "其中 1 人还没有表决"));
    assert_true(desk_has(&a, "共 3 人；留任 1 人、新提名 2 人；女 2 人（66.7%），非中共 2 人"));
    assert_true(desk_has(&a, ">Sun<") && !desk_has(&a, ">Wang<") && !desk_has(&a, ">Refused<"));
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        a = desk_page(d, "/renewals/", id, FILES[i]);
        assert_int_equal(a.status, 200);
        a.body = paper_words(d->t->mem, a.body);
        assert_true(a.body.len == 0 || (desk_has(&a, "Li") && desk_has(&a, "Sun") &&
                                        desk_has(&a, "留任") && desk_has(&a, "1980年1月")));
        for (size_t k = 0; k < sizeof OFF / sizeof *OFF; k++)
            if (desk_has(&a, OFF[k]))
                fail_msg("%s: %s", FILES[i], OFF[k]);
    }
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = "
                                       "'renewals.paper'")),
                     3);
    as(d, "leader");
    assert_int_equal(desk_page(d, "/renewals/", id, "/slate").status, 200);
    as(d, "staff");
    assert_int_equal(desk_page(d, "/renewals/", id, "/slate").status, 403);
    as(d, "personnel");
    does(d, id, "drop", "{\"opinion\":\"Put off.\"}");
    a = desk_page(d, "/api/v1/renewals/", id, "/balance");
    assert_true(a.status == 409 && desk_has(&a, "不办了"));
}

/* Of the coming three two are women of a party, one a man of the CPC. */
static void the_balance_is_of_the_coming_body(void **state)
{
    static const char *const FIGURES[][2] = {
        { "seated", "3" },
        { "coming", "3" },
        { "measures.0.name", "others" },
        { "measures.0.seated", "1" },
        { "measures.0.coming", "2" },
        { "measures.0.below", "false" },
        { "measures.1.name", "female" },
        { "measures.1.seated", "2" },
        { "measures.1.coming", "2" },
        { "measures.1.below", "true" },
        { "measures.2.coming", "0" },
        { "measures.2.below", "false" },
        { "items.0.label", "others" },
        { "items.1.label", "cpc" },
        { "items.1.seated", "2" },
        { "items.1.coming", "1" },
    };
    struct desk *d = *state;
    as(d, "staff personnel");
    i64 id = drawn(d);
    is_for_science(d, id, LI);
    desk_set(d, "renewals.women_min", "67");
    struct test_answer a = desk_page(d, "/api/v1/renewals/", id, "/balance");
    for (size_t i = 0; i < sizeof FIGURES / sizeof *FIGURES; i++)
        desk_same(test_json(d->t, &a, FIGURES[i][0]), FIGURES[i][1]);
    assert_true(desk_has(&a, "{\"kind\":\"age\",\"label\":\"49\",\"seated\":3,\"coming\":1}"));
    assert_true(desk_has(&a, "{\"kind\":\"age\",\"label\":\"39\",\"seated\":0,\"coming\":2}"));
    assert_true(
        desk_has(&a, "{\"kind\":\"party\",\"label\":\"jiusan\",\"seated\":1,\"coming\":0}"));
    assert_true(/* today's body by its own sectors */
                desk_has(&a,
                         "{\"kind\":\"sector\",\"label\":\"Economy\",\"seated\":3,\"coming\":2}"));
    assert_true(
        desk_has(&a, "{\"kind\":\"sector\",\"label\":\"Science\",\"seated\":0,\"coming\":1}"));
    a = desk_page(d, "/renewals/", id, "/balance");
    assert_true(desk_has(&a, "66.7%") && desk_has(&a, "低于要求的 67%") &&
                !desk_has(&a, "低于要求的 60%"));
}

/* Li was assessed twice, Wang once; of him a rule about absences is reached, of Zhao it was. */
static void assessed(struct desk *d)
{
    static const struct {
        i64 year;
        size_t member;
        const char *grade, *vetoes, *state;
    } ROWS[] = {
        { 2024, LI, "Fair", "", "closed" },
        { 2025, LI, "Good", "", "approved" },
        { 2025, WANG, "Poor", "Absent twice", "approved" },
    };
    i64 set = 0, id = 0, last = 0, from_on = 1;
    assert_ok(
        db_insert(d->t->db,
                  SQL("INSERT INTO rulesets (org_id, name, document, state, from_on, edited_at, "
                      "editor_name) VALUES (:org, 'Rules', '{}', 'enacted', 1, 1, '') "
                      "RETURNING id"),
                  &set));
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        i64 year = ROWS[i].year, member_id = d->member[ROWS[i].member];
        i64 person_id = d->person[ROWS[i].member];
        i64 to_on = day(year == 2024 ? "2024-12-31" : "2025-12-31");
        str grade = str_of(ROWS[i].grade), vetoes = str_of(ROWS[i].vetoes);
        str state = str_of(ROWS[i].state);
        if (year != last)
            assert_ok(db_insert(d->t->db,
                                SQL("INSERT INTO assessments (org_id, year, from_on, to_on, state, "
                                    "ruleset_id, ruleset_name, opened_at, opener_name, taken_at) "
                                    "VALUES (:org, :year, :to_on - 364, :to_on, :state, :set, "
                                    "'Rules', 1, '', 1) RETURNING id",
                                    P(year), P(to_on), P(state), P(set)),
                                &id));
        last = year;
        assert_ok(db_run(d->t->db,
                         SQL("INSERT INTO gradings (org_id, assessment_id, member_id, person_id, "
                             "position, code, name, sector, committee, stand, assessed, entries, "
                             "gates_due, gates_met, points_x1000, missed, vetoes, why, why_text, "
                             "proposed, grade) VALUES (:org, :id, :member_id, :person_id, 0, '', "
                             "'', '', '', '', 1, 0, 0, 0, 0, '', :vetoes, '', '', '', :grade)",
                             P(id), P(member_id), P(person_id), P(vetoes), P(grade)),
                         NULL));
    }
    for (size_t i = WANG; i <= ZHAO; i++) {
        i64 member_id = d->member[i], person_id = d->person[i];
        str state = str_of(i == WANG ? "seen" : "lifted");
        assert_ok(db_run(d->t->db,
                         SQL("INSERT INTO warnings (org_id, member_id, person_id, state, stage, "
                             "name, rule, span, from_on, count_x1000, bound_x1000, begun_at, "
                             "told_at) VALUES (:org, :member_id, :person_id, :state, 'reached', "
                             "'', 'Away thrice', 'term', :from_on, 3000, 3000, 1, 1)",
                             P(member_id), P(person_id), P(state), P(from_on)),
                         NULL));
    }
}

/* Who is shown to whom asks so, in this order: "Li Wang ". */
static void shows(struct desk *d, i64 id, const char *query, const char *expected)
{
    char names[200] = "";
    struct test_answer a =
        desk_page(d, "/api/v1/renewals/", id, arena_printf(d->t->mem, "/sitting?%s", query).ptr);
    assert_int_equal(a.status, 200);
    for (size_t i = 0; i < 3; i++) {
        str name = test_json(d->t, &a, arena_printf(d->t->mem, "items.%zu.name", i).ptr);
        if (name.len)
            snprintf(names + strlen(names), sizeof names - strlen(names), "%.*s ", (int)name.len,
                     name.ptr);
    }
    assert_string_equal(names, expected);
}

/* Grades of the years, what warns of absences, age and terms beside who sits; no order by grade,
 * and grades for those alone who may read assessments. */
static void what_is_known_stands_beside_who_may_stay(void **state)
{
    static const char *const FIGURES[][2] = {
        { "all", "3" },
        { "items.0.age", "47" }, /* born 1980-01-20, on 2027-01-20 */
        { "items.0.terms", "1" },
        { "items.0.kept", "true" },
        { "items.0.grades.0.year", "2024" },
        { "items.0.grades.0.grade", "Fair" },
        { "items.0.grades.1.grade", "Good" },
        { "items.0.warning", "" },
        { "items.1.grades.0.grade", "" },
        { "items.1.grades.1.grade", "Poor" },
        { "items.1.veto", "Absent twice" },
        { "items.1.warning", "Away thrice" },
        { "items.2.warning", "" }, /* lifted */
    };
    struct desk *d = *state;
    as(d, "staff personnel");
    i64 id = drawn(d), born = day("1960-01-21"), zhao = d->person[ZHAO];
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE persons SET birth_on = :born WHERE org_id = :org AND id = :zhao",
                         P(born), P(zhao)),
                     NULL));
    is_for_science(d, id, LI);
    assessed(d);
    struct test_answer a = desk_page(d, "/api/v1/renewals/", id, "/sitting");
    for (size_t i = 0; i < sizeof FIGURES / sizeof *FIGURES; i++)
        desk_same(test_json(d->t, &a, FIGURES[i][0]), FIGURES[i][1]);
    shows(d, id, "grade=Good", "Li ");
    shows(d, id, "only=warned", "Wang ");
    shows(d, id, "only=leaving", "Zhao ");
    shows(d, id, "sector=Science", "");
    shows(d, id, "sector=Economy", "Li Wang Zhao ");
    shows(d, id, "sort=age", "Zhao Li Wang ");
    assert_int_equal(desk_page(d, "/api/v1/renewals/", id, "/sitting?sort=grade").status, 422);
    a = desk_page(d, "/renewals/", id, "/sitting");
    assert_true(desk_has(&a, "2024 年度") && desk_has(&a, "缺席够上") && desk_has(&a, "否决"));
    act(d, WANG, "{\"act\":\"resign\",\"on_on\":\"2026-11-24\",\"organ\":\"Standing\"}");
    shows(d, id, "", "Li Zhao "); /* chosen, and left since */
    as(d, "personnel");           /* works on people, and reads no assessments */
    a = desk_page(d, "/renewals/", id, "/sitting");
    assert_true(a.status == 200 && desk_has(&a, "Zhao") && !desk_has(&a, "2024 年度"));
    a = desk_page(d, "/api/v1/renewals/", id, "/sitting?grade=Good");
    assert_false(desk_has(&a, "Good") || desk_has(&a, "veto") || desk_has(&a, "warning"));
}

#define T(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_body_moves_on_the_opening_day),
        T(each_reason_is_named),
        T(seats_wait_for_what_stands_in_the_way),
        T(it_can_be_entered_late),
        T(bad_input_is_told_and_kept),
        T(the_slate_is_who_is_put_up),
        T(the_balance_is_of_the_coming_body),
        T(what_is_known_stands_beside_who_may_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
