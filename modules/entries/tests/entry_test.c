/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The duty ledger by the front door: what a proposal and an opinion leave in it at each step, what
 * is taken back when it no longer holds, once whatever the order, the walk over what there is, who
 * sees what; the other organisation. Expectations: README.md, rules.md 4. */
#include "modules/entries/entry_store.h"
#include "modules/proposals/tests/desk_look.h"
#include "platform/jobs/jobs.h"
#include "platform/settings/settings.h"

struct line {
    str text;
};

/* What stands, a line each: kind, member (0 to 2), people, tags; by kind, then member. */
static str standing(struct desk *d)
{
    static const struct field ROW[] = { FIELD(struct line, text), { 0 } };
    struct rows rows = { .size = sizeof(struct line) };
    i64 base = d->member[0];
    assert_ok(
        db_list(d->t->db,
                SQL("SELECT kind || ' ' || CAST(member_id - :base AS TEXT) || ' ' || "
                    "CAST(people AS TEXT) || ' ' || tags AS text FROM entries WHERE org_id = "
                    ":org AND state = 'live' ORDER BY kind, member_id, part_id, tags LIMIT 1000",
                    P(base)),
                ROW, d->t->mem, &rows));
    const struct line *all = rows.items;
    str out = str_of("");
    for (size_t i = 0; i < rows.count; i++)
        out = arena_printf(d->t->mem, "%.*s%.*s\n", (int)out.len, out.ptr, (int)all[i].text.len,
                           all[i].text.ptr);
    return out;
}

static void stands(struct desk *d, const char *expected)
{
    desk_same(standing(d), expected);
}

static i64 rows_of(struct desk *d, const char *state)
{
    str wanted = str_of(state);
    return desk_count(d, SQL("SELECT COUNT(*) FROM entries WHERE org_id = :org AND state = :wanted",
                             P(wanted)));
}

/* All rows together are what stands. */
static void sums_agree(struct desk *d)
{
    assert_int_equal(desk_count(d, SQL("SELECT CAST(COALESCE(SUM(quantity), 0) AS BIGINT) AS n "
                                       "FROM entries WHERE org_id = :org")),
                     desk_count(d, SQL("SELECT CAST(COALESCE(SUM(quantity), 0) AS BIGINT) AS n "
                                       "FROM entries WHERE org_id = :org AND state = 'live'")));
}

struct follow_call {
    struct entry_span span;
    struct entry_tally tally;
};

static err follow_in(struct rq *rq, void *context)
{
    struct follow_call *call = context;
    return entry_follow(rq, &call->span, &call->tally);
}

static struct entry_tally follow(struct desk *d, const char *source, i64 id)
{
    struct follow_call call = { { str_of(source), id, id }, { 0 } };
    assert_ok(desk_in_org(d, d->t->org, follow_in, &call));
    return call.tally;
}

static void change(struct desk *d, struct sql sql)
{
    assert_ok(db_run(d->t->db, sql, NULL));
}

static str recorder_of(struct desk *d, const char *kind)
{
    static const struct field ROW[] = { FIELD(struct line, text), { 0 } };
    struct line line = { 0 };
    str wanted = str_of(kind);
    assert_ok(db_one(d->t->db,
                     SQL("SELECT MAX(recorded_name) AS text FROM entries WHERE org_id = :org AND "
                         "kind = :wanted",
                         P(wanted)),
                     ROW, d->t->mem, &line));
    return line.text;
}

static void a_proposal_leaves_a_row_at_each_step(void **state)
{
    struct desk *d = *state;
    i64 id = desk_submitted(d, "Trees");
    stands(d, "proposals.submitted 0 1 \n");
    assert_int_equal(desk_count(d, SQL("SELECT happened_on FROM entries WHERE org_id = :org")),
                     day_from_civil(2026, 11, 25));
    desk_as_reviewer(d);
    id = desk_answered(d, "Buses");
    stands(d, "proposals.answered 0 1 class_a\n"
              "proposals.docketed 0 1 \n"
              "proposals.submitted 0 1 \n"
              "proposals.submitted 0 1 \n");
    desk_as_member(d, 0);
    struct test_answer a = test_get(d->t, "/entries/mine");
    assert_int_equal(a.status, 200);
    str words = test_words(d->t, &a);
    a.body = words;
    assert_true(desk_has(&a, "提案得到答复"));
    assert_true(desk_has(&a, "A类"));
    assert_true(desk_has(&a, "Buses"));
    assert_false(desk_has(&a, "分"));
    a = test_get(d->t, "/api/v1/entries/mine?year=2026");
    desk_same(test_json(d->t, &a, "items.0.source"), "proposals");
    a = test_get(d->t, "/api/v1/entries/mine?year=2025");
    assert_int_equal(test_json(d->t, &a, "items.0.id").len, 0);
    a = test_get(d->t, "/api/v1/entries/mine?span=term");
    assert_true(test_json(d->t, &a, "items.3.id").len > 0);
    assert_int_equal(follow(d, "proposals", id).added, 0);
    /* whose step it was: the member himself, the office with whoever did it; the house, when
     * the last agency has answered */
    desk_same(recorder_of(d, "proposals.submitted"), "Tester");
    desk_same(recorder_of(d, "proposals.docketed"), "提案工作机构 · Tester");
    desk_same(recorder_of(d, "proposals.answered"), "提案工作机构");
}

static void sign_too(struct desk *d, i64 id, size_t member)
{
    i64 rank = (i64)member + 1, person_id = d->person[member];
    change(d, SQL("INSERT INTO proposers (org_id, proposal_id, rank, person_id, name, state) "
                  "VALUES (:org, :id, :rank, :person_id, 'She', 'cosigned')",
                  P(id), P(rank), P(person_id)));
}

static void name_drafter(struct desk *d, i64 id, size_t member, i64 rank)
{
    i64 person_id = d->person[member];
    change(d, SQL("INSERT INTO drafters (org_id, proposal_id, rank, person_id, name, named_at) "
                  "VALUES (:org, :id, :rank, :person_id, 'He', 1)",
                  P(id), P(rank), P(person_id)));
}

static void who_leads_and_who_takes_part(void **state)
{
    struct desk *d = *state;
    i64 id = desk_docketed(d, "Trees");
    sign_too(d, id, 1);
    sign_too(d, id, 2);
    struct entry_tally tally = follow(d, "proposals", id);
    assert_int_equal(tally.added, 6);    /* three signers, handed in and on the list */
    assert_int_equal(tally.reversed, 2); /* as one alone it stands no more */
    stands(d, "proposals.docketed 0 3 first shared\n"
              "proposals.docketed 1 3 joint shared\n"
              "proposals.docketed 2 3 joint shared\n"
              "proposals.submitted 0 3 first shared\n"
              "proposals.submitted 1 3 joint shared\n"
              "proposals.submitted 2 3 joint shared\n");
    sums_agree(d);
    change(d,
           SQL("UPDATE proposals SET kind = 'committee' WHERE org_id = :org AND id = :id", P(id)));
    follow(d, "proposals", id);
    stands(d, ""); /* a body's is nobody's own */
    assert_int_equal(rows_of(d, "reversal"), 8);
    sums_agree(d);
    /* but of those who wrote it, the first two of them as its main members */
    struct rq rq = test_system_rq(d->t);
    assert_ok(setting_store(&rq, "entries.main_drafters", str_of("2"), rq.today));
    name_drafter(d, id, 1, 1);
    follow(d, "proposals", id);
    stands(d, "proposals.docketed 1 1 first collective main\n"
              "proposals.submitted 1 1 first collective main\n");
    name_drafter(d, id, 0, 2); /* who leads it as its contact, too: once */
    name_drafter(d, id, 2, 3);
    follow(d, "proposals", id);
    stands(d, "proposals.docketed 0 3 joint collective main shared\n"
              "proposals.docketed 1 3 first collective main shared\n"
              "proposals.docketed 2 3 joint collective shared\n"
              "proposals.submitted 0 3 joint collective main shared\n"
              "proposals.submitted 1 3 first collective main shared\n"
              "proposals.submitted 2 3 joint collective shared\n");
    sums_agree(d);
    desk_on_day(d, "2026-12-01"); /* within the year the rule is one for all of its rows */
    rq = test_system_rq(d->t);
    assert_ok(setting_store(&rq, "entries.main_drafters", str_of("3"), rq.today));
    tally = follow(d, "proposals", id);
    assert_int_equal(tally.added, 2); /* now the third is a main one, too */
    stands(d, "proposals.docketed 0 3 joint collective main shared\n"
              "proposals.docketed 1 3 first collective main shared\n"
              "proposals.docketed 2 3 joint collective main shared\n"
              "proposals.submitted 0 3 joint collective main shared\n"
              "proposals.submitted 1 3 first collective main shared\n"
              "proposals.submitted 2 3 joint collective main shared\n");
    desk_on_day(d, "2027-03-01"); /* the rule of a later year leaves what this one has */
    rq = test_system_rq(d->t);
    assert_ok(setting_store(&rq, "entries.main_drafters", str_of("1"), rq.today));
    tally = follow(d, "proposals", id);
    assert_int_equal(tally.added + tally.reversed, 0);
    desk_on_day(d, "2026-11-25");
    desk_as_member(d, 0);
    struct test_answer a = test_get(d->t, "/entries/mine");
    assert_true(desk_has(&a, "集体提案参与者"));
    assert_false(desk_has(&a, "联名"));
}

static void withdrawn_it_was_never_done(void **state)
{
    struct desk *d = *state;
    i64 id = desk_docketed(d, "Trees");
    change(d, SQL("UPDATE proposals SET outcome = 'withdrawn' WHERE org_id = :org AND id = :id",
                  P(id)));
    assert_int_equal(follow(d, "proposals", id).reversed, 2);
    assert_int_equal(follow(d, "proposals", id).reversed, 0);
    stands(d, "");
    assert_int_equal(rows_of(d, "reversed"), 2);
    sums_agree(d);
    change(d, SQL("UPDATE proposals SET outcome = 'docketed' WHERE org_id = :org AND id = :id",
                  P(id)));
    assert_int_equal(follow(d, "proposals", id).added, 2);
    assert_int_equal(follow(d, "proposals", id).added, 0);
    stands(d, "proposals.docketed 0 1 \nproposals.submitted 0 1 \n");
}

/* What came of it: a row for each, on the day on which it came; another class is another row. */
static void what_came_of_it_hangs_on_it(void **state)
{
    struct desk *d = *state;
    i64 id = desk_answered(d, "Buses"), main_id = id, day = day_from_civil(2026, 11, 20);
    change(d,
           SQL("INSERT INTO flagships (org_id, proposal_id, session_id, title, number, state, "
               "grounds, nominated_at, nominated_name, decided_on) VALUES (:org, :id, 1, 'Buses', "
               "'1', 'nominated', 'Why', 1, 'She', :day)",
               P(id), P(day)));
    change(d, SQL("INSERT INTO commendations (org_id, proposal_id, session_id, title, number, "
                  "collective, nominator, grounds, state, decided_on, nominated_at) VALUES (:org, "
                  ":id, 1, 'Buses', '1', 0, 'She', 'Why', 'chosen', :day, 1)",
                  P(id), P(day)));
    change(d, SQL("INSERT INTO instructions (org_id, matter, matter_id, leader, level, "
                  "instructed_on, text, recorded_at, recorded_by) VALUES (:org, 'proposals', :id, "
                  "'He', 'province', :day, 'Do it.', 1, 1)",
                  P(id), P(day)));
    follow(d, "proposals", id);
    stands(d, "proposals.answered 0 1 class_a\nproposals.commended 0 1 \nproposals.docketed 0 1 \n"
              "proposals.instructed 0 1 province\nproposals.submitted 0 1 \n");
    change(d, SQL("UPDATE flagships SET state = 'chosen' WHERE org_id = :org"));
    change(d, SQL("UPDATE commendations SET state = 'dropped' WHERE org_id = :org"));
    change(d, SQL("UPDATE proposals SET class = 'b' WHERE org_id = :org AND id = :id", P(id)));
    follow(d, "proposals", id);
    stands(d, "proposals.answered 0 1 class_b\nproposals.docketed 0 1 \n"
              "proposals.instructed 0 1 province\nproposals.key 0 1 \nproposals.submitted 0 1 \n");
    id = desk_submitted(d, "More buses");
    change(d, SQL("UPDATE proposals SET main_id = :main_id, merged_at = submitted_at WHERE org_id "
                  "= :org AND id = :id",
                  P(main_id), P(id)));
    follow(d, "proposals", id);
    stands(d, "proposals.answered 0 1 class_b\nproposals.answered 0 1 class_b\n"
              "proposals.docketed 0 1 \nproposals.instructed 0 1 province\nproposals.key 0 1 \n"
              "proposals.merged 0 1 \nproposals.submitted 0 1 \nproposals.submitted 0 1 \n");
    sums_agree(d);
}

/* ---- opinions ---- */

static void opinion_step(struct desk *d, i64 id, const char *verb)
{
    i64 version = 0;
    struct test_answer a = desk_page(d, "/api/v1/opinions/", id, "");
    assert_true(str_to_i64(test_json(d->t, &a, "version"), &version));
    str path = arena_printf(d->t->mem, "/api/v1/opinions/%lld/%s", (long long)id, verb);
    a = test_api(d->t, POST, path.ptr, test_versioned(d->t, "{}", version));
    assert_int_equal(a.status, 200);
}

static i64 opinion_sent(struct desk *d, size_t member)
{
    i64 id = 0;
    desk_as_member(d, member);
    struct test_answer a =
        test_api(d->t, POST, "/api/v1/opinions",
                 "{\"title\":\"No bus after eight\",\"situation\":\"Many wait.\",\"analysis\":\"It "
                 "ends early.\",\"suggestions\":\"Until eleven.\"}");
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    opinion_step(d, id, "submit");
    return id;
}

/* Signed, sent to a province and adopted there; told to its reporters at `told`. */
static void adopted(struct desk *d, i64 id, i64 told)
{
    i64 day = day_from_civil(2026, 11, 20);
    change(d, SQL("UPDATE opinions SET signed_at = submitted_at WHERE org_id = :org AND id = :id",
                  P(id)));
    change(d, SQL("INSERT INTO bulletins (org_id, name, office) VALUES (:org, 'Paper', 'Office')"));
    change(d,
           SQL("INSERT INTO issues (org_id, bulletin_id, bulletin_name, office, mark, named, "
               "state, title, editor_id, editor_name, updated_at) SELECT b.org_id, b.id, 'Paper', "
               "'Office', '', 1, 'forwarded', 'Buses', 1, 'She', 1 FROM bulletins b WHERE "
               "b.org_id = :org"));
    change(d, SQL("INSERT INTO issue_items (org_id, issue_id, opinion_id, position, informed_at) "
                  "SELECT i.org_id, i.id, :id, 1, :told FROM issues i WHERE i.org_id = :org",
                  P(id), P(told)));
    change(d,
           SQL("INSERT INTO destinations (org_id, issue_id, opinion_id, body, level, sent_on, "
               "sent_by) SELECT i.org_id, i.id, :id, 'Province', 'province', :day, 1 FROM issues "
               "i WHERE i.org_id = :org",
               P(id), P(day)));
    change(d, SQL("INSERT INTO adoptions (org_id, destination_id, opinion_id, body, level, title, "
                  "issue_number, kind, adopted_on, year, place, text, recorded_at, recorded_by) "
                  "SELECT t.org_id, t.id, :id, 'Province', 'province', 'Buses', '1', 'single', "
                  ":day, 2026, 'News', '', 500, 1 FROM destinations t WHERE t.org_id = :org",
                  P(id), P(day)));
}

static void an_opinion_counts_once_it_is_sent_and_told(void **state)
{
    struct desk *d = *state;
    i64 id = opinion_sent(d, 1);
    stands(d, "opinions.submitted 1 1 \n");
    opinion_step(d, id, "recall");
    stands(d, ""); /* with its writer again */
    id = opinion_sent(d, 1);
    adopted(d, id, 400); /* told before the adoption was recorded */
    follow(d, "opinions", id);
    stands(d, "opinions.issued 1 1 \nopinions.submitted 1 1 \n");
    change(d, SQL("UPDATE issue_items SET informed_at = 600 WHERE org_id = :org"));
    follow(d, "opinions", id);
    stands(d, "opinions.adopted 1 1 province\nopinions.issued 1 1 \nopinions.submitted 1 1 \n");
    change(d, SQL("UPDATE opinions SET recast = 1 WHERE org_id = :org AND id = :id", P(id)));
    follow(d, "opinions", id);
    stands(d, "opinions.adopted 1 1 province\nopinions.issued 1 1 \n"); /* a proposal now */
}

static void a_composite_is_shared_by_its_sources(void **state)
{
    struct desk *d = *state;
    i64 first = opinion_sent(d, 0), second = opinion_sent(d, 1), composite = opinion_sent(d, 2);
    change(d, SQL("UPDATE opinions SET kind = 'composite', person_id = 0 WHERE org_id = :org AND "
                  "id = :composite",
                  P(composite)));
    change(d, SQL("UPDATE opinions SET composite_id = :composite WHERE org_id = :org AND id IN "
                  "(:first, :second)",
                  P(composite), P(first), P(second)));
    adopted(d, composite, 600);
    follow(d, "opinions", first);
    follow(d, "opinions", second);
    follow(d, "opinions", composite);
    stands(d, "opinions.adopted 0 2 shared composite province\n"
              "opinions.adopted 1 2 shared composite province\n"
              "opinions.issued 0 2 shared composite\n"
              "opinions.issued 1 2 shared composite\n"
              "opinions.submitted 0 1 \nopinions.submitted 1 1 \n");
}

/* ---- what is alike ---- */

static void look(struct desk *d)
{
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
}

static i64 row_of(struct desk *d, i64 source_id)
{
    return desk_count(d, SQL("SELECT id FROM entries WHERE org_id = :org AND source_id = "
                             ":source_id AND state = 'live'",
                             P(source_id)));
}

/* The same text three times: of one member twice, then of another. */
static void what_is_alike_is_marked_while_the_earlier_one_stands(void **state)
{
    struct desk *d = *state;
    i64 first = opinion_sent(d, 0), again = opinion_sent(d, 0), other = opinion_sent(d, 1);
    stands(d, "opinions.submitted 0 1 \nopinions.submitted 0 1 \nopinions.submitted 1 1 \n");
    look(d);
    stands(d, "opinions.submitted 0 1 \nopinions.submitted 0 1 similar\n"
              "opinions.submitted 1 1 echo\n");
    look(d); /* again changes nothing */
    assert_int_equal(rows_of(d, "reversed"), 2);
    sums_agree(d);
    struct test_answer a = desk_page(d, "/entries/", row_of(d, other), "");
    assert_true(desk_has(&a, "与别人先前报的相近 100%"));
    assert_false(desk_has(&a, "不是一件事")); /* the office says so, not he */
    a = desk_page(d, "/api/v1/entries/", row_of(d, other), "");
    desk_same(test_json(d->t, &a, "alike.0.entry_id"), "0");
    desk_as_member(d, 0);
    a = desk_page(d, "/api/v1/entries/", row_of(d, again), "");
    desk_same(test_json(d->t, &a, "alike.0.words"), "与自己先前报的“No bus after eight”相近 100%");
    desk_same(test_json(d->t, &a, "alike.1.degree"), "");
    opinion_step(d, first, "recall"); /* now the second is the first */
    stands(d, "opinions.submitted 0 1 \nopinions.submitted 1 1 echo\n");
}

static void a_person_says_that_they_are_two_matters(void **state)
{
    struct desk *d = *state;
    desk_submitted(d, "Trees");
    i64 id = desk_submitted(d, "Trees");
    look(d);
    stands(d, "proposals.submitted 0 1 \nproposals.submitted 0 1 similar\n");
    i64 row = row_of(d, id);
    const char *path = arena_printf(d->t->mem, "/entries/%lld/apart", (long long)row).ptr;
    assert_int_equal(test_post(d->t, path, "text", "Other trees.", NULL).status, 403);
    desk_as_staff(d);
    struct test_answer a = desk_page(d, "/entries/", row, "");
    assert_true(desk_has(&a, "与自己先前报的“Trees”相近 100%"));
    assert_int_equal(test_post(d->t, path, "text", "", NULL).status, 422);
    assert_int_equal(test_post(d->t, path, "text", "Other trees.", NULL).status, 303);
    stands(d, "proposals.submitted 0 1 \nproposals.submitted 0 1 \n");
    look(d); /* what a person said stays */
    stands(d, "proposals.submitted 0 1 \nproposals.submitted 0 1 \n");
    assert_int_equal(test_post(d->t, path, "text", "Other trees.", NULL).status, 409);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = "
                                       "'entries.apart'")),
                     1);
}

/* Not similar by its own, but of one member within days: split off. Of somebody else it is not. */
static void what_is_split_counts_for_him_alone(void **state)
{
    struct desk *d = *state;
    desk_set(d, "entries.similar_percent", "0");
    opinion_sent(d, 0);
    opinion_sent(d, 0);
    opinion_sent(d, 1);
    look(d);
    stands(d, "opinions.submitted 0 1 \nopinions.submitted 0 1 similar\n"
              "opinions.submitted 1 1 \n");
}

/* ---- the walk ---- */

static err gather_in(struct rq *rq, void *context)
{
    return job_entry_gather(rq, context);
}

static void gather(struct desk *d)
{
    bool again = true;
    desk_as_staff(d);
    assert_int_equal(test_api(d->t, POST, "/api/v1/entries/gather", "{}").status, 200);
    assert_int_equal(test_api(d->t, POST, "/api/v1/entries/gather", "{}").status, 409);
    while (again)
        assert_ok(desk_in_org(d, d->t->org, gather_in, &again));
}

static void the_walk_finds_what_is_missing_and_nothing_else(void **state)
{
    struct desk *d = *state;
    desk_answered(d, "Buses");
    opinion_sent(d, 1);
    str before = standing(d);
    gather(d);
    struct test_answer a = test_get(d->t, "/api/v1/entries/gather");
    desk_same(test_json(d->t, &a, "added"), "0"); /* all came by itself */
    desk_same(test_json(d->t, &a, "reversed"), "0");
    desk_same(test_json(d->t, &a, "checked"), "2");
    desk_same(standing(d), arena_cstr(d->t->mem, before));
    change(d, SQL("DELETE FROM entries WHERE org_id = :org"));
    gather(d);
    a = test_get(d->t, "/api/v1/entries/gather");
    desk_same(test_json(d->t, &a, "added"), "4");
    desk_same(standing(d), arena_cstr(d->t->mem, before));
    a = test_get(d->t, "/entries/gather");
    assert_true(desk_has(&a, "核对完毕"));
    desk_as_member(d, 0);
    assert_int_equal(test_api(d->t, POST, "/api/v1/entries/gather", "{}").status, 403);
}

/* Zhou has put down the first member of a meeting as absent from the talks of its first half-day.
 */
static void rolled(struct desk *d, i64 meeting_id)
{
    change(d, SQL("INSERT INTO schemes (org_id, state, meeting_id, kind, title) VALUES (:org, "
                  "'published', :meeting_id, 'free', 'Talks')",
                  P(meeting_id)));
    change(d, SQL("INSERT INTO scheme_groups (org_id, scheme_id, number, name) SELECT org_id, id, "
                  "1, 'One' FROM schemes WHERE org_id = :org"));
    change(d, SQL("INSERT INTO scheme_rolls (org_id, scheme_id, group_id, half, recorded_at, "
                  "recorded_name) SELECT org_id, scheme_id, id, 0, 1, 'Zhou' FROM scheme_groups "
                  "WHERE org_id = :org"));
    change(d, SQL("INSERT INTO scheme_presences (org_id, roll_id, invitee_id, member_id, "
                  "person_id, presence) SELECT r.org_id, r.id, i.id, i.member_id, i.person_id, "
                  "'absent' FROM scheme_rolls r JOIN invitees i ON i.org_id = r.org_id WHERE "
                  "r.org_id = :org"));
}

/* A plenary of a day: what it settles is in the ledger, what is corrected takes its place. */
static void a_meeting_leaves_what_it_settles(void **state)
{
    struct desk *d = *state;
    i64 day = day_from_civil(2026, 11, 24), member_id = d->member[0], person_id = d->person[0];
    change(d, SQL("INSERT INTO meetings (org_id, state, kind, title, organiser, organiser_name, "
                  "mandatory, from_on, from_half, to_on, to_half, place, audience, audience_name) "
                  "VALUES (:org, 'held', 'plenary', 'Plenary', 'office', 'Office', 1, :day, "
                  "'morning', :day, 'afternoon', 'Hall', 'members', 'All')",
                  P(day)));
    i64 id = desk_count(d, SQL("SELECT MAX(id) FROM meetings WHERE org_id = :org"));
    change(d, SQL("INSERT INTO invitees (org_id, meeting_id, member_id, person_id, name, state, "
                  "result, halves) VALUES (:org, :id, :member_id, :person_id, 'Li', 'going', "
                  "'whole', 2)",
                  P(id), P(member_id), P(person_id)));
    desk_as_staff(d);
    str path = arena_printf(d->t->mem, "/api/v1/meetings/%lld/settle", (long long)id);
    assert_int_equal(test_api(d->t, POST, path.ptr, test_versioned(d->t, "{}", 1)).status, 200);
    stands(d, "plenary.halfday 0 1 mandatory\nplenary.whole 0 1 mandatory\n");
    assert_int_equal(desk_count(d, SQL("SELECT quantity FROM entries WHERE org_id = :org AND kind "
                                       "= 'plenary.halfday'")),
                     2000);
    /* who organised it and who settled it, not the house */
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM entries WHERE org_id = :org AND "
                                       "recorded_by > 0 AND recorded_name LIKE 'Office · %_'")),
                     2);
    gather(d);
    struct test_answer a = test_get(d->t, "/api/v1/entries/gather");
    desk_same(test_json(d->t, &a, "added"), "0");
    change(d, SQL("UPDATE invitees SET result = 'absent', halves = 0 WHERE org_id = :org"));
    gather(d);
    stands(d, "plenary.absent 0 1 mandatory\n");
    sums_agree(d);
    rolled(d, id);
    gather(d);
    stands(d, "group.absent 0 1 \nplenary.absent 0 1 mandatory\n");
    desk_same(recorder_of(d, "group.absent"), "Office · Zhou"); /* who kept the roll (谁记录) */
    desk_as_member(d, 0);
    a = test_get(d->t, "/entries/mine");
    assert_true(desk_has(&a, "全体会议缺席"));
    assert_true(desk_has(&a, "请假和缺席")); /* no record of what was done */
    assert_true(entry_is_deed(str_of("plenary.halfday")));
    assert_false(entry_is_deed(str_of("plenary.whole")));  /* a plenary counts once */
    assert_false(entry_is_deed(str_of("group.attended"))); /* part of its meeting */
    assert_false(entry_is_deed(str_of("standing.leave")));
    assert_false(entry_is_deed(str_of("meeting.late")));
}

static struct test_answer strike(struct desk *d, i64 id, const char *json)
{
    str path = arena_printf(d->t->mem, "/api/v1/entries/%lld/strike", (long long)id);
    return test_api(d->t, POST, path.ptr, json);
}

/* What a person took back stays so, whatever its source does; its member is told why. */
static void struck_stays_struck(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 id = desk_docketed(d, "Trees");
    i64 row = desk_count(d, SQL("SELECT id FROM entries WHERE org_id = :org AND kind = "
                                "'proposals.docketed'"));
    desk_as_staff(d);
    assert_int_equal(strike(d, row, "{\"text\":\"\"}").status, 422);
    assert_int_equal(desk_page(d, "/entries/", row, "/strike").status, 200);
    assert_int_equal(strike(d, row, "{\"text\":\"It was another.\"}").status, 200);
    assert_int_equal(strike(d, row, "{\"text\":\"It was another.\"}").status, 409);
    assert_int_equal(desk_page(d, "/entries/", row, "/strike").status, 409);
    assert_int_equal(follow(d, "proposals", id).added, 0);
    change(d, SQL("UPDATE proposals SET docketed_at = docketed_at + 86400000 WHERE org_id = :org "
                  "AND id = :id",
                  P(id)));
    assert_int_equal(follow(d, "proposals", id).added, 0);
    stands(d, "proposals.submitted 0 1 \n");
    sums_agree(d);
    desk_as_member(d, 0);
    struct test_answer a = desk_page(d, "/entries/", row, "");
    assert_true(desk_has(&a, "It was another."));
    assert_int_equal(strike(d, row, "{\"text\":\"Mine.\"}").status, 403);
    a = test_get(d->t, "/entries/mine");
    assert_true(desk_has(&a, "更正过的"));
    assert_int_equal(desk_count(d,
                                SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND "
                                    "words = '您的一条履职记录更正了：提案立案，2026年11月25日'")),
                     1);
}

/* ---- who sees what; what others read ---- */

static void everybody_sees_his_own(void **state)
{
    struct desk *d = *state;
    desk_docketed(d, "Trees");
    opinion_sent(d, 0);
    i64 id = desk_count(d, SQL("SELECT MIN(id) FROM entries WHERE org_id = :org"));
    i64 of_opinion = desk_count(d, SQL("SELECT MAX(id) FROM entries WHERE org_id = :org"));
    assert_int_equal(desk_page(d, "/entries/", id, "").status, 200);
    struct test_answer a = desk_page(d, "/api/v1/entries/", of_opinion, "");
    desk_same(test_json(d->t, &a, "title"), "No bus after eight");
    desk_as_member(d, 1);
    assert_int_equal(desk_page(d, "/entries/", id, "").status, 404);
    assert_int_equal(desk_page(d, "/entries/members/", d->member[0], "").status, 404);
    assert_int_equal(desk_total(d, "/api/v1/entries"), 0);
    assert_int_equal(test_get(d->t, "/entries.csv").status, 403);
    desk_as_staff(d);
    assert_int_equal(desk_total(d, "/api/v1/entries"), 3);
    assert_int_equal(desk_total(d, "/api/v1/entries?state=reversed"), 0);
    assert_int_equal(desk_page(d, "/entries/members/", d->member[0], "").status, 200);
    assert_int_equal(test_get(d->t, "/entries/mine").status, 403);
    a = desk_page(d, "/entries/", of_opinion, "");
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, "No bus after eight")); /* the desk's, not the office's */
    a = test_get(d->t, "/entries");
    assert_true(desk_has(&a, "Trees"));
    assert_false(desk_has(&a, "No bus after eight"));
    desk_as_other_member(d);
    assert_int_equal(desk_page(d, "/entries/", id, "").status, 404);
    assert_int_equal(desk_total(d, "/api/v1/entries"), 0);
}

struct reading {
    struct desk *d;
    i64 count, last;
    struct rows rows;
};

static err count_one(void *context, void *row)
{
    struct reading *r = context;
    const struct entry *e = row;
    assert_true(e->happened_on >= r->last);
    r->last = e->happened_on;
    r->count++;
    return OK;
}

static err read_in(struct rq *rq, void *context)
{
    struct reading *r = context;
    i64 from = day_from_civil(2026, 1, 1), to = day_from_civil(2026, 12, 31);
    TRY(entry_list(rq, r->d->member[0], from, to, &r->rows));
    assert_int_equal(r->rows.count, 3);
    TRY(entry_list(rq, 0, from, to, &r->rows));
    assert_int_equal(r->rows.count, 3);
    TRY(entry_list(rq, 0, from, from + 1, &r->rows));
    assert_int_equal(r->rows.count, 0);
    struct arena *mem = arena_new(1 << 20, 0);
    err e = entry_each(rq, &(struct entry_each){ 0, from, to, false, mem, count_one, r });
    arena_free(mem);
    return e;
}

static void others_read_it_by_member_and_day(void **state)
{
    struct desk *d = *state;
    desk_answered(d, "Buses");
    struct reading r = { .d = d };
    assert_ok(desk_in_org(d, d->t->org, read_in, &r));
    assert_int_equal(r.count, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_proposal_leaves_a_row_at_each_step, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(who_leads_and_who_takes_part, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(withdrawn_it_was_never_done, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(what_came_of_it_hangs_on_it, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(an_opinion_counts_once_it_is_sent_and_told, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_composite_is_shared_by_its_sources, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(the_walk_finds_what_is_missing_and_nothing_else, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_meeting_leaves_what_it_settles, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(what_is_alike_is_marked_while_the_earlier_one_stands,
                                        desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_person_says_that_they_are_two_matters, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(what_is_split_counts_for_him_alone, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(struck_stays_struck, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(everybody_sees_his_own, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(others_read_it_by_member_and_day, desk_setup,
                                        desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
