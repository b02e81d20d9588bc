/* SPDX-License-Identifier: MulanPSL-2.0 */
/* City, county, township: a case goes down house by house to be handled, and its answer comes up
 * the same way, through every house's own steps. And what a house takes for its own case: not one
 * that has only its number (rules.md has no word on it; docs/guide/transfer.md, "A case"). */
#include <unistd.h>

#include "modules/assignments/assignment.h"
#include "modules/members/member.h"
#include "modules/orgs/org.h"
#include "modules/proposals/tests/desk.h"
#include "modules/publications/tests/press.h"
#include "modules/transfers/transfer_case_pages.h"
#include "platform/files/temp.h"
#include "platform/text/texts.h"
#include "platform/transfer/transfer_meaning.h"

enum { CITY, COUNTY, TOWN, HOUSES, FILE_MAX = 1 << 20 };

/* Their organisations: the desk's own, and two more. */
static const i64 ORGS[HOUSES] = { 1, 901, 951 };

struct houses {
    struct desk *d;
    i64 agency[HOUSES];
};

static err house_make(struct rq *rq, void *context)
{
    i64 *agency = context, id, sector;
    struct session session = { .term_number = 6, .number = 3 };
    struct org org = { .kind = str_of("department"), .name = str_of("Roads"), .agency = true };
    assert_true(day_parse(str_of("2026-02-01"), &session.opened_on));
    session.closed_on = session.opened_on + 4;
    TRY(db_run(rq->db,
               SQL("INSERT INTO orgs (id, org_id, kind, name) VALUES (:org, :org, 'cppcc', "
                   "'Cppcc')"),
               NULL));
    TRY(session_add(rq, &session, &id));
    TRY(sector_save(rq, str_of("Economy"), 1, &sector));
    return org_save(rq, &org, agency);
}

/* Gives the person. */
static err member_make(struct rq *rq, void *context)
{
    i64 id, *person = context;
    char result;
    struct member member;
    struct member_record record = { .name = str_of("Lee"),
                                    .code = str_of("C7"),
                                    .sector = str_of("Economy"),
                                    .employer = str_of("Tea works"),
                                    .birth_on = BIRTH_UNKNOWN,
                                    .from_on = rq->today - 300,
                                    .term_number = 6 };
    TRY(member_save_record(rq, &record, &id, &result));
    TRY(member_find(rq, id, &member));
    *person = member.person_id;
    return OK;
}

static void setup(struct houses *h, void **state)
{
    struct desk *d = *state;
    *h = (struct houses){ d, { d->agency[0], 0, 0 } };
    for (int house = COUNTY; house < HOUSES; house++)
        assert_ok(desk_in_org(d, ORGS[house], house_make, &h->agency[house]));
}

/* Everybody and everything asked from now on is of this house. */
static void enter(struct houses *h, int house)
{
    h->d->t->org = ORGS[house];
    db_set_org(h->d->t->db, ORGS[house]);
    h->d->agency[0] = h->agency[house];
}

/* ---- files ---- */

struct errand {
    struct transfer_ask ask;
    struct houses *h;
    str file;
    struct transfer_report report;
    struct transfer took;
    struct transfer_taking how;
    str differs; /* of the first case that was here */
};

static err leave(struct rq *rq, void *context)
{
    struct errand *e = context;
    struct transfer_choice choice;
    int fd;
    TRY(transfer_choose(rq, &e->ask, &choice));
    TRY(temp_open(&fd));
    err r = transfer_cases_write(rq, &e->ask, &choice, fd, &e->took);
    char *text = arena_bytes(e->h->d->t->mem, FILE_MAX);
    ssize_t n = pread(fd, text, FILE_MAX, 0);
    temp_close(fd);
    TRY(r);
    assert_true(n > 0 && n < FILE_MAX);
    e->file = (str){ text, (size_t)n };
    return transfer_note_left(rq, &e->ask, &choice, &e->took);
}

static err arrive(struct rq *rq, void *context)
{
    struct errand *e = context;
    int fd;
    TRY(temp_open(&fd));
    err r = temp_write(fd, e->file);
    if (!r.code)
        r = transfer_cases_look(rq, fd, &e->how, &e->report);
    if (!r.code && e->report.same.count)
        e->differs = arena_str(e->h->d->t->mem,
                               ((const struct transfer_same *)e->report.same.items)->differs);
    if (!r.code)
        r = transfer_cases_take(rq, fd, &e->how, &e->took);
    temp_close(fd);
    return r;
}

static str sent(struct houses *h, int house, i64 id, const char *purpose)
{
    bool handle = strcmp(purpose, "handle") == 0;
    struct errand e = { .h = h,
                        .ask = { .id = id,
                                 .purpose = str_of(purpose),
                                 .agency_id = handle ? h->agency[house] : 0,
                                 .peer_name = str_of("") } };
    enter(h, house);
    assert_ok(test_write(h->d->t, leave, &e));
    return e.file;
}

static err taken(struct houses *h, int house, str file, struct transfer *took)
{
    struct errand e = { .h = h, .file = file, .how = { .loose = true } };
    enter(h, house);
    err r = test_write(h->d->t, arrive, &e);
    *took = e.took;
    return r;
}

/* What a second copy is said to have otherwise; it changes nothing. */
static str differing(struct houses *h, int house, str file)
{
    struct errand e = { .h = h, .file = file, .how = { .loose = true } };
    enter(h, house);
    assert_ok(test_write(h->d->t, arrive, &e));
    assert_int_equal(e.took.case_count, 0);
    assert_int_equal(e.took.left_count, 1);
    assert_int_equal(e.report.same.count, 1);
    return e.differs;
}

static i64 newest(struct houses *h)
{
    i64 id = 0;
    assert_ok(db_i64(h->d->t->db, SQL("SELECT MAX(id) FROM proposals WHERE org_id = :org"), &id));
    return id;
}

/* A house takes the case in, reviews it and hands it to its agency. */
static i64 passed_on(struct houses *h, int house, str file)
{
    struct transfer took;
    assert_ok(taken(h, house, file, &took));
    assert_int_equal(took.case_count, 1);
    i64 id = newest(h);
    desk_as_reviewer(h->d);
    assert_int_equal(desk_act(h->d, id, "docket", "{\"category\":\"transport\"}"), 200);
    desk_assign(h->d, id);
    return id;
}

/* ---- over three levels ---- */

static void an_answer_comes_up_house_by_house(void **state)
{
    struct houses h;
    struct transfer took;
    setup(&h, state);
    i64 city = desk_assigned(h.d, "A bridge");
    i64 county = passed_on(&h, COUNTY, sent(&h, CITY, city, "handle"));
    i64 town = passed_on(&h, TOWN, sent(&h, COUNTY, county, "handle"));
    desk_answer(h.d, town, "a");
    str up = sent(&h, TOWN, town, "answer");

    /* the house in between is not passed by */
    assert_true(err_is(taken(&h, CITY, up, &took), "transfers.not_ours_to_answer"));
    assert_int_equal(desk_load(h.d, city).replied_at, 0);
    assert_ok(taken(&h, COUNTY, up, &took));
    assert_true(desk_load(h.d, county).replied_at > 0);
    assert_true(err_is(taken(&h, COUNTY, up, &took), "transfers.answered"));

    assert_ok(taken(&h, CITY, sent(&h, COUNTY, county, "answer"), &took));
    assert_true(desk_load(h.d, city).replied_at > 0);
    desk_as_staff(h.d);
    struct test_answer a = desk_page(h.d, "/proposals/", city, "");
    assert_true(desk_has(&a, "The line opens in June."));
}

/* ---- numbers given twice ---- */

static err set_back(struct rq *rq, void *context)
{
    i64 id = *(const i64 *)context;
    TRY(db_run(rq->db,
               SQL("DELETE FROM transfer_cases WHERE org_id = :org AND proposal_id = :id", P(id)),
               NULL));
    return db_run(rq->db,
                  SQL("UPDATE proposals SET created_at = created_at + 86400000, title = 'Another' "
                      "WHERE org_id = :org AND id = :id",
                      P(id)),
                  NULL);
}

/* The city was set back to a backup of before the case, and has given its number to another one. */
static void a_number_given_twice_is_not_the_same_case(void **state)
{
    struct houses h;
    struct transfer took;
    setup(&h, state);
    i64 city = desk_assigned(h.d, "A bridge");
    i64 county = passed_on(&h, COUNTY, sent(&h, CITY, city, "handle"));
    desk_answer(h.d, county, "a");
    str up = sent(&h, COUNTY, county, "answer");
    enter(&h, CITY);
    assert_ok(test_write(h.d->t, set_back, &city));
    str again = sent(&h, CITY, city, "handle"); /* that other one, handed out too */

    assert_true(err_is(taken(&h, CITY, up, &took), "transfers.not_handed"));
    assert_int_equal(desk_load(h.d, city).replied_at, 0);
    assert_ok(taken(&h, COUNTY, again, &took)); /* and is no old acquaintance there */
    assert_int_equal(took.case_count, 1);
    assert_int_equal(took.left_count, 0);
    desk_same(desk_load(h.d, newest(&h)).title, "Another");
}

/* Set back to a backup of after the case and before it was handed out: it is handed out once more
 * (the other house knows it), then the answer is taken. */
static void what_was_forgotten_is_noted_again(void **state)
{
    struct houses h;
    struct transfer took;
    setup(&h, state);
    i64 city = desk_assigned(h.d, "A bridge");
    i64 county = passed_on(&h, COUNTY, sent(&h, CITY, city, "handle"));
    desk_answer(h.d, county, "a");
    str up = sent(&h, COUNTY, county, "answer");
    enter(&h, CITY);
    assert_ok(db_run(h.d->t->db, SQL("DELETE FROM transfer_cases WHERE org_id = :org"), NULL));
    assert_true(err_is(taken(&h, CITY, up, &took), "transfers.not_handed"));
    assert_ok(taken(&h, COUNTY, sent(&h, CITY, city, "handle"), &took));
    assert_int_equal(took.left_count, 1); /* here already */
    assert_ok(taken(&h, CITY, up, &took));
    assert_true(desk_load(h.d, city).replied_at > 0);
}

/* ---- strangers ---- */

static err rename_there(struct rq *rq, void *context)
{
    (void)context;
    TRY(db_run(rq->db, SQL("UPDATE orgs SET name = 'Ways' WHERE org_id = :org AND name = 'Roads'"),
               NULL));
    return db_run(rq->db, SQL("UPDATE proposals SET category = 'streets' WHERE org_id = :org"),
                  NULL);
}

static struct test_answer page_taken(struct houses *h, str file, const char *kept, bool api)
{
    const struct test_file files[] = { { "file", "cases.json", file }, { 0 } };
    enter(h, COUNTY);
    desk_as_staff(h->d);
    const char *path = api ? "/api/v1/transfers/import" : "/transfers/import";
    return kept ? test_post(h->d->t, path, "kept", kept, "run", "1", NULL)
                : test_upload(h->d->t, path, files, NULL, NULL);
}

/* The other house calls the agency and the class otherwise, and nobody here is its member. */
static void what_a_stranger_is_here_is_said_once(void **state)
{
    struct houses h;
    setup(&h, state);
    i64 first = desk_assigned(h.d, "A bridge"), second = desk_assigned(h.d, "A well");
    assert_ok(desk_in_org(h.d, ORGS[CITY], rename_there, NULL));
    str file = sent(&h, CITY, first, "copy");
    struct test_answer a = page_taken(&h, file, NULL, false);
    assert_int_equal(a.status, 200);
    const char *kept = arena_cstr(h.d->t->mem, test_field(h.d->t, &a, "kept"));
    assert_true(desk_has(&a, "value=\"Ways\"") && desk_has(&a, "value=\"streets\""));
    assert_true(desk_has(&a, "<option value=\"Roads\">")); /* what it may be */

    /* nothing said; somebody said who is not here; a list that is not side by side */
    assert_int_equal(page_taken(&h, file, kept, false).status, 422);
    a = test_post(h.d->t, "/transfers/import", "kept", kept, "run", "1", "loose", "1", "kinds",
                  "orgs", "names", "Ways", "codes", "", "said", "Nobody", "kinds",
                  "proposals.categories", "names", "", "codes", "streets", "said", "transport",
                  NULL);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "value=\"Nobody\"")); /* is there to be mended */
    a = test_post(h.d->t, "/transfers/import", "kept", kept, "run", "1", "loose", "1", "kinds",
                  "orgs", "said", "Roads", NULL);
    assert_int_equal(a.status, 422);
    a = test_post(h.d->t, "/transfers/import", "kept", kept, "run", "1", "loose", "1", "kinds",
                  "orgs", "names", "Ways", "codes", "", "said", "Roads", "kinds",
                  "proposals.categories", "names", "", "codes", "streets", "said", "transport",
                  NULL);
    assert_int_equal(a.status, 303);
    i64 here = newest(&h), agency = h.agency[COUNTY], count = 0;
    desk_same(desk_load(h.d, here).category, "transport");
    assert_ok(db_i64(h.d->t->db,
                     SQL("SELECT COUNT(*) FROM assignments WHERE org_id = :org AND matter_id = "
                         ":here AND agency_id = :agency",
                         P(here), P(agency)),
                     &count));
    assert_int_equal(count, 1);

    assert_int_equal(differing(&h, COUNTY, file).len, 0); /* said otherwise, it is the same */

    /* the next file of that house is understood; of another house it would not be */
    file = sent(&h, CITY, second, "copy");
    a = page_taken(&h, file, NULL, true);
    assert_int_equal(a.status, 200);
    desk_same(test_json(h.d->t, &a, "strangers.0.kind"), "persons");
    desk_same(test_json(h.d->t, &a, "strangers.1.kind"), "");
    struct transfer_meaning asked = { .kind = str_of("orgs"),
                                      .name = str_of("Ways"),
                                      .code = str_of("") };
    struct rq rq = test_system_rq(h.d->t);
    assert_ok(transfer_meaning_find(&rq, str_of("mark of another house"), &asked, &asked.meaning));
    assert_int_equal(asked.meaning.len, 0);
}

/* A member is told by number; whoever is told so leads the case. */
static void a_person_is_said_by_number(void **state)
{
    struct houses h;
    setup(&h, state);
    struct errand e = { .h = &h, .file = sent(&h, CITY, desk_assigned(h.d, "A bridge"), "copy") };
    i64 member = 0;
    enter(&h, COUNTY);
    assert_ok(test_write(h.d->t, member_make, &member));
    static const char MAP[] = "[{\"kind\":\"persons\",\"name\":\"Li\",\"code\":\"Li\",\"to\":"
                              "\"C7\"},{\"kind\":\"orgs\",\"name\":\"Left\",\"to\":\"\"}]";
    assert_ok(transfer_meanings_read(h.d->t->mem, str_of(MAP), &e.how.said));
    assert_int_equal(e.how.said.count, 1); /* what is not filled in says nothing */
    assert_ok(test_write(h.d->t, arrive, &e));
    assert_int_equal(desk_load(h.d, newest(&h)).lead_person_id, member);
    assert_true(err_is(transfer_meanings_read(h.d->t->mem, str_of("{}"), &e.how.said),
                       "transfers.bad_map"));
    assert_true(err_is(transfer_meanings_read(h.d->t->mem, str_of("[{\"kind\":7}]"), &e.how.said),
                       "transfers.bad_map"));
}

static err number_lose(struct rq *rq, void *context)
{
    (void)context;
    return db_run(rq->db, SQL("UPDATE members SET code = '' WHERE org_id = :org AND code = 'Li'"),
                  NULL);
}

/* Two of one name would become one: nobody is said to be a person without a number, on the page
 * (where his row takes nothing) and by a map. */
static void a_person_without_number_stays_a_name(void **state)
{
    static const char MAP[] = "[{\"kind\":\"persons\",\"name\":\"Li\",\"to\":\"C7\"}]";
    struct houses h;
    setup(&h, state);
    i64 city = desk_assigned(h.d, "A bridge"), member = 0;
    enter(&h, CITY);
    assert_ok(test_write(h.d->t, number_lose, NULL));
    struct errand e = { .h = &h, .file = sent(&h, CITY, city, "copy") };
    enter(&h, COUNTY);
    assert_ok(test_write(h.d->t, member_make, &member));
    struct test_answer a = page_taken(&h, e.file, NULL, false);
    assert_true(desk_has(&a, "只保留姓名"));
    assert_false(desk_has(&a, "name=\"said\""));
    assert_ok(transfer_meanings_read(h.d->t->mem, str_of(MAP), &e.how.said));
    e.how.loose = true;
    assert_ok(test_write(h.d->t, arrive, &e));
    assert_int_equal(desk_load(h.d, newest(&h)).lead_person_id, 0);
    desk_same(desk_load(h.d, newest(&h)).proposer_name, "Li");
}

/* ---- what was said before ---- */

static err body_make(struct rq *rq, void *context)
{
    i64 id;
    const struct org org = { .kind = str_of("department"),
                             .name = str_of(context),
                             .agency = true };
    return org_save(rq, &org, &id);
}

static str meaning_of(struct houses *h, const char *of)
{
    static const struct field ROW[] = { FIELD(struct transfer_meaning, meaning), { 0 } };
    struct transfer_meaning found = { .meaning = str_of("") };
    str name = str_of(of);
    enter(h, COUNTY);
    err e =
        db_one(h->d->t->db,
               SQL("SELECT meaning FROM transfer_meanings WHERE org_id = :org AND kind = 'orgs' "
                   "AND name = :name",
                   P(name)),
               ROW, h->d->t->mem, &found);
    return e.code ? str_of("") : found.meaning;
}

static struct test_answer said(struct houses *h, const char *kept, const char *act, const char *to)
{
    return test_post(h->d->t, "/transfers/import", "kept", kept, act, "1", "loose", "1", "kinds",
                     "orgs", "names", "Ways", "codes", "", "said", to, NULL);
}

/* A clerk has said that Ways is Parks, which is wrong: the next file shows it, and there it is
 * changed, or taken back. */
static void what_was_said_is_changed_and_taken_back(void **state)
{
    struct houses h;
    i64 entries = 0;
    setup(&h, state);
    i64 first = desk_assigned(h.d, "A bridge"), second = desk_assigned(h.d, "A well");
    assert_ok(desk_in_org(h.d, ORGS[CITY], rename_there, NULL));
    assert_ok(db_run(h.d->t->db,
                     SQL("UPDATE proposals SET category = 'transport' WHERE org_id = :org"), NULL));
    enter(&h, COUNTY);
    assert_ok(test_write(h.d->t, body_make, "Parks"));
    str file = sent(&h, CITY, first, "copy");
    struct test_answer a = page_taken(&h, file, NULL, false);
    const char *kept = arena_cstr(h.d->t->mem, test_field(h.d->t, &a, "kept"));
    assert_false(desk_has(&a, "以前说过的对应"));
    assert_int_equal(said(&h, kept, "run", "Parks").status, 303);
    str parks = meaning_of(&h, "Ways"),
        roads = arena_printf(h.d->t->mem, "%lld", (long long)h.agency[COUNTY]);
    assert_true(parks.len > 0 && !str_eq(parks, roads));

    file = sent(&h, CITY, second, "copy");
    a = page_taken(&h, file, NULL, true);
    desk_same(test_json(h.d->t, &a, "meanings.0.name"), "Ways");
    desk_same(test_json(h.d->t, &a, "meanings.0.to"), "Parks");
    a = page_taken(&h, file, NULL, false);
    kept = arena_cstr(h.d->t->mem, test_field(h.d->t, &a, "kept"));
    assert_true(desk_has(&a, "以前说过的对应") && desk_has(&a, "value=\"Parks\""));
    assert_true(desk_has(&a, "文件保留到"));

    /* somebody who is not here: it is there to be mended, and nothing is kept */
    a = said(&h, kept, "keep", "Nobody");
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "value=\"Nobody\"") && str_eq(meaning_of(&h, "Ways"), parks));
    a = said(&h, kept, "keep", "Roads"); /* changed, and nothing imported */
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "value=\"Roads\"") && str_eq(meaning_of(&h, "Ways"), roads));
    desk_same(desk_load(h.d, newest(&h)).title, "A bridge");
    a = said(&h, kept, "keep", ""); /* taken back: a stranger again */
    assert_int_equal(a.status, 200);
    assert_int_equal(meaning_of(&h, "Ways").len, 0);
    assert_false(desk_has(&a, "以前说过的对应"));
    assert_int_equal(said(&h, kept, "run", "").status, 422);
    assert_int_equal(said(&h, kept, "run", "Roads").status, 303);
    desk_same(desk_load(h.d, newest(&h)).title, "A well");
    assert_true(str_eq(meaning_of(&h, "Ways"), roads));
    assert_ok(db_i64(h.d->t->db, /* said, changed, taken back, said */
                     SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = "
                         "'transfers.meaning'"),
                     &entries));
    assert_int_equal(entries, 4);
}

static err wishes_make(struct rq *rq, void *context)
{
    i64 id = *(const i64 *)context, ways, paths;
    TRY(body_make(rq, "Ways"));
    TRY(body_make(rq, "Paths"));
    TRY(db_i64(rq->db, SQL("SELECT id FROM orgs WHERE org_id = :org AND name = 'Ways'"), &ways));
    TRY(db_i64(rq->db, SQL("SELECT id FROM orgs WHERE org_id = :org AND name = 'Paths'"), &paths));
    for (int i = 0; i < 2; i++) {
        i64 agency = i ? paths : ways;
        TRY(db_run(rq->db,
                   SQL("INSERT INTO wishes (org_id, proposal_id, agency_id, role, by_whom) VALUES "
                       "(:org, :id, :agency, 'host', 'proposer')",
                       P(id), P(agency)),
                   NULL));
    }
    return OK;
}

static struct test_answer both_said(struct houses *h, const char *kept, const char *act,
                                    const char *paths)
{
    return test_post(h->d->t, "/transfers/import", "kept", kept, act, "1", "loose", "1", "kinds",
                     "orgs", "names", "Ways", "codes", "", "said", "Roads", "kinds", "orgs",
                     "names", "Paths", "codes", "", "said", paths, NULL);
}

/* One proposal names two bureaus there that are one here: which two is told before anything is
 * stored, and one of them can be said to be another. */
static void two_of_theirs_that_are_one_here_are_told(void **state)
{
    struct houses h;
    setup(&h, state);
    i64 city = desk_assigned(h.d, "A bridge");
    enter(&h, CITY);
    assert_ok(test_write(h.d->t, wishes_make, &city));
    str file = sent(&h, CITY, city, "copy");
    enter(&h, COUNTY);
    assert_ok(test_write(h.d->t, body_make, "Parks"));
    i64 before = newest(&h);
    struct test_answer a = page_taken(&h, file, NULL, false);
    const char *kept = arena_cstr(h.d->t->mem, test_field(h.d->t, &a, "kept"));
    a = both_said(&h, kept, "run", "Roads");
    assert_int_equal(a.status, 409);
    assert_true(desk_has(&a, "“Ways”和“Paths”"));
    assert_int_equal(newest(&h), before);
    a = both_said(&h, kept, "keep",
                  "Roads"); /* each may be right; together in a case they are not */
    assert_int_equal(a.status, 409);
    a = page_taken(&h, file, NULL, false);
    kept = arena_cstr(h.d->t->mem, test_field(h.d->t, &a, "kept"));
    assert_true(desk_has(&a, "“Ways”和“Paths”") && desk_has(&a, "name=\"said\""));
    assert_int_equal(both_said(&h, kept, "run", "Parks").status, 303);
    desk_same(desk_load(h.d, newest(&h)).title, "A bridge");
}

/* ---- cases that came before the moment was told ---- */

static err moment_forget(struct rq *rq, void *context)
{
    (void)context;
    return db_run(rq->db, SQL("UPDATE transfer_cases SET begun_at = 0 WHERE org_id = :org"), NULL);
}

static struct test_answer decided(struct houses *h, const char *kept, const char *key,
                                  const char *verdict)
{
    return test_post(h->d->t, "/transfers/import", "kept", kept, "run", "1", "loose", "1", "doubts",
                     key, "verdicts", verdict, NULL);
}

/* It may be the same or, where that house was set back, another: somebody says it once. */
static void a_case_without_its_moment_is_asked_about_once(void **state)
{
    struct houses h;
    struct transfer took;
    setup(&h, state);
    i64 city = desk_assigned(h.d, "A bridge");
    str file = sent(&h, CITY, city, "handle");
    assert_ok(taken(&h, COUNTY, file, &took));
    i64 here = newest(&h);
    assert_ok(test_write(h.d->t, moment_forget, NULL));
    assert_true(err_is(taken(&h, COUNTY, file, &took), "transfers.doubtful"));

    struct test_answer a = page_taken(&h, file, NULL, true);
    const char *key = arena_cstr(h.d->t->mem, test_json(h.d->t, &a, "doubts.0.key"));
    desk_same(test_json(h.d->t, &a, "doubts.0.here_title"), "A bridge");
    a = page_taken(&h, file, NULL, false);
    const char *kept = arena_cstr(h.d->t->mem, test_field(h.d->t, &a, "kept"));
    assert_true(desk_has(&a, "是另一件") && desk_has(&a, key));
    assert_int_equal(decided(&h, kept, key, "").status, 422);
    assert_int_equal(decided(&h, kept, key, "same").status, 303);
    assert_int_equal(newest(&h), here);
    assert_ok(taken(&h, COUNTY, file, &took)); /* and is not asked again */
    assert_int_equal(took.left_count, 1);

    assert_ok(test_write(h.d->t, moment_forget, NULL));
    assert_ok(desk_in_org(h.d, ORGS[CITY], set_back, &city));
    str another = sent(&h, CITY, city, "handle");
    a = page_taken(&h, another, NULL, false);
    kept = arena_cstr(h.d->t->mem, test_field(h.d->t, &a, "kept"));
    a = page_taken(&h, another, NULL, true);
    key = arena_cstr(h.d->t->mem, test_json(h.d->t, &a, "doubts.0.key"));
    a = page_taken(&h, another, NULL, false);
    kept = arena_cstr(h.d->t->mem, test_field(h.d->t, &a, "kept"));
    assert_int_equal(decided(&h, kept, key, "other").status, 303);
    desk_same(desk_load(h.d, newest(&h)).title, "Another");
    assert_int_not_equal(newest(&h), here);
    assert_ok(taken(&h, COUNTY, another, &took));
    assert_int_equal(took.left_count, 1);
}

/* A copy has its moment in its own row: nobody is asked. */
static void a_copy_without_its_moment_is_known(void **state)
{
    struct houses h;
    struct transfer took;
    setup(&h, state);
    str file = sent(&h, CITY, desk_assigned(h.d, "A bridge"), "copy");
    assert_ok(taken(&h, COUNTY, file, &took));
    assert_ok(test_write(h.d->t, moment_forget, NULL));
    assert_ok(taken(&h, COUNTY, file, &took));
    assert_int_equal(took.left_count, 1);
}

/* ---- files that nobody takes in ---- */

static err forget(struct rq *rq, void *context)
{
    bool again = false;
    err e = job_transfer_forget(rq, &again);
    *(bool *)context = again;
    return e;
}

static i64 waiting(struct houses *h)
{
    i64 count = 0;
    enter(h, COUNTY);
    assert_ok(db_i64(h->d->t->db,
                     SQL("SELECT COUNT(*) FROM attachments WHERE org_id = :org AND removed_at = 0 "
                         "AND owner IN ('transfer_files', 'proposal_imports')"),
                     &count));
    return count;
}

static void a_file_waits_thirty_days(void **state)
{
    struct houses h;
    bool again = false;
    i64 told = 0, DAY = 86400000;
    setup(&h, state);
    const struct test_file list[] = { { "file", "list.csv", str_of("案由\nA bridge\n") }, { 0 } };
    str file = sent(&h, CITY, desk_assigned(h.d, "A bridge"), "copy");
    assert_int_equal(page_taken(&h, file, NULL, false).status, 200);
    test_upload(h.d->t, "/proposals/import", list, NULL, NULL);
    struct test_answer a = test_get(h.d->t, "/proposals/import");
    assert_true(desk_has(&a, "保留到"));
    assert_int_equal(waiting(&h), 2);
    assert_ok(db_run(h.d->t->db,
                     SQL("INSERT INTO tenants (id, name, founded_at) VALUES (:org, 'County', 1)"),
                     NULL));
    assert_ok(db_run(h.d->t->db, /* who sent them: the desk's staff */
                     SQL("INSERT INTO accounts (org_id, id, login_name, name, created_at) VALUES "
                         "(:org, 110, 'sender', 'Sender', 1)"),
                     NULL));
    h.d->t->app.clock.fixed_ms += 30 * DAY;
    assert_ok(test_write(h.d->t, forget, &again));
    assert_int_equal(waiting(&h), 2);
    h.d->t->app.clock.fixed_ms += 1;
    assert_ok(test_write(h.d->t, forget, &again));
    assert_true(again);
    assert_int_equal(waiting(&h), 0);
    assert_ok(db_i64(h.d->t->db,
                     SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND words LIKE "
                         "'%30 天还没有导入%'"),
                     &told));
    assert_int_equal(told, 2);
    assert_ok(test_write(h.d->t, forget, &again));
    assert_false(again);
}

/* ---- what was public there ---- */

static const char FOUND[] = "/api/v1/publications?q=bridge";

static void what_was_public_there_waits_for_this_office(void **state)
{
    struct houses h;
    struct transfer took;
    setup(&h, state);
    i64 city = desk_assigned(h.d, "A bridge");
    i64 there = press_published(h.d, city);
    assert_int_equal(press_seen(h.d, there), 200);
    assert_ok(taken(&h, COUNTY, sent(&h, CITY, city, "copy"), &took));
    struct publication u = press_of(h.d, newest(&h));
    desk_same(u.state, "prepared");
    assert_int_equal(press_seen(h.d, u.id), 404);
    assert_false(press_listed(h.d, u.id));
    struct test_answer a = press_ask(h.d, FOUND);
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, "A bridge"));

    press_published(h.d, u.proposal_id); /* the decision makes it public and found at once */
    assert_int_equal(press_seen(h.d, u.id), 200);
    a = press_ask(h.d, FOUND);
    assert_true(desk_has(&a, "A bridge"));
}

/* ---- what is here ---- */

static bool tells(struct houses *h, str differs, const char *table, const char *how)
{
    char key[60];
    snprintf(key, sizeof key, "transfers.table.%s", table);
    str label = text_find(key),
        words = arena_printf(h->d->t->mem, "%.*s%s", (int)label.len, label.ptr, how);
    return str_find(differs, words, 0) >= 0;
}

static void a_case_that_is_here_stays_and_the_difference_is_told(void **state)
{
    struct houses h;
    struct transfer took;
    setup(&h, state);
    i64 city = desk_assigned(h.d, "A bridge");
    str first = sent(&h, CITY, city, "copy");
    assert_ok(taken(&h, COUNTY, first, &took));
    i64 here = newest(&h);
    assert_int_equal(differing(&h, COUNTY, first).len, 0);

    enter(&h, CITY);
    desk_answer(h.d, city, "a"); /* one talk, one answer with two parts; its state, the clock */
    str differs = differing(&h, COUNTY, sent(&h, CITY, city, "copy"));
    assert_true(tells(&h, differs, "replies", " 0\u21921"));
    assert_true(tells(&h, differs, "reply_answers", " 0\u21922"));
    assert_true(tells(&h, differs, "contacts", " 0\u21921"));
    assert_true(tells(&h, differs, "proposals", ""));
    assert_true(tells(&h, differs, "assignments", ""));
    assert_false(tells(&h, differs, "proposers", ""));
    assert_false(tells(&h, differs, "suggestions", ""));
    desk_same(desk_load(h.d, here).state, "assigned");
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(an_answer_comes_up_house_by_house),
        T(a_number_given_twice_is_not_the_same_case),
        T(what_was_forgotten_is_noted_again),
        T(a_case_that_is_here_stays_and_the_difference_is_told),
        T(what_a_stranger_is_here_is_said_once),
        T(a_person_is_said_by_number),
        T(a_person_without_number_stays_a_name),
        T(what_was_said_is_changed_and_taken_back),
        T(two_of_theirs_that_are_one_here_are_told),
        T(a_case_without_its_moment_is_asked_about_once),
        T(a_copy_without_its_moment_is_known),
        T(a_file_waits_thirty_days),
        T(what_was_public_there_waits_for_this_office),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
