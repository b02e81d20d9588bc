/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Dossiers by the front door, from a ledger made by hand: the story, who may see it, papers and
 * what a stranger learns from their digits, many at once. Li (0) has the ledger below, Wang (1) is
 * in the committee Roads, Zhao (2) has nothing. The term began on 2025-01-01, the clock stands at
 * 2026-11-25. */
#include "modules/dossiers/dossier.h"

#include <unistd.h>
#include <zip.h>

#include "modules/proposals/tests/desk_look.h"
#include "platform/jobs/jobs.h"

enum { LI, WANG, ZHAO, HUGE_CHARS = 20000 };

/* Rare: characters outside the first plane, as names and titles have them. */
#define RARE  "关于保护𠮷田𪚥水库的提案"
#define QUIET "一篇不给别人看的信息"

static i64 committee;

/* ---- a ledger by hand ---- */

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

struct row {
    const char *on, *kind, *label, *tags, *source, *number, *title, *state;
    i64 quantity;
};

static i64 row_add(struct desk *d, int who, const struct row *r)
{
    static i64 source_id = 900;
    i64 id = 0, member_id = d->member[who], on = day(r->on), quantity = r->quantity * 1000;
    i64 year = str_starts(str_of(r->on), str_of("2025")) ? 2025 : 2026;
    str kind = str_of(r->kind), label = str_of(r->label), tags = str_of(r->tags);
    str source = str_of(r->source), number = str_of(r->number), title = str_of(r->title);
    str state = str_of(r->state);
    source_id++;
    assert_ok(db_insert(
        d->t->db,
        SQL("INSERT INTO entries (org_id, member_id, name, sector, committee, happened_on, year, "
            "kind, label, quantity, people, tags, source, source_id, part_id, number, title, text, "
            "state, recorded_at, recorded_by, recorded_name) VALUES (:org, :member_id, '', '', '', "
            ":on, :year, :kind, :label, :quantity, 1, :tags, :source, :source_id, 0, :number, "
            ":title, '', :state, 1, 1, '') RETURNING id",
            P(member_id), P(on), P(year), P(kind), P(label), P(quantity), P(tags), P(source),
            P(source_id), P(number), P(title), P(state)),
        &id));
    return id;
}

static const struct row LEDGER[] = {
    { "2026-03-01", "proposals.submitted", "提交提案", "first", "proposals", "0007", RARE, "live",
      1 },
    { "2026-03-09", "proposals.docketed", "提案立案", "first", "proposals", "0007", RARE, "live",
      1 },
    { "2026-09-01", "proposals.answered", "提案得到答复", "class_a", "proposals", "0007", RARE,
      "live", 1 },
    { "2025-06-01", "proposals.answered", "提案得到答复", "class_b", "proposals", "0003", "Lamps",
      "live", 1 },
    { "2025-07-01", "opinions.adopted", "社情民意被采用", "province", "opinions", "0021", QUIET,
      "live", 1 },
    { "2025-08-01", "plenary.absent", "全体会议缺席", "", "meetings", "", "Plenary", "live", 1 },
    { "2026-02-02", "plenary.halfday", "参加全体会议（半天）", "", "meetings", "", "Plenary",
      "live", 8 },
    { "2026-04-01", "meeting.attended", "参加会议", "", "meetings", "", "Talk", "live", 1 },
    { "2026-05-01", "proposals.docketed", "提案立案", "", "proposals", "0009", "Taken back",
      "struck", 1 },
    { "2024-12-31", "proposals.docketed", "提案立案", "", "proposals", "0001", "Of the term before",
      "live", 1 },
};

static const char RULES[] =
    "{\"id\":\"rules\",\"name\":\"Rules\",\"items\":[{\"category\":\"Meetings\",\"item\":\"Came\","
    "\"points\":1,\"unit\":\"次\",\"counts\":[\"meeting.attended\"]}],\"gates\":[{\"text\":"
    "\"Come once\",\"counts\":[\"meeting.attended\"]}],\"grades\":[{\"name\":\"Good\","
    "\"threshold\":0}]}";

static void rules_enact(struct desk *d)
{
    test_as_role(d->t, "staff");
    struct test_answer a = test_post(d->t, "/rulesets/new", "document", RULES, NULL);
    assert_int_equal(a.status, 303);
    const char *path =
        arena_printf(d->t->mem, "%.*s/enact", (int)a.location.len, a.location.ptr).ptr;
    assert_int_equal(
        test_post(d->t, path, "from_on", "2025-01-01", "organ", "The chairs", NULL).status, 303);
}

static int open_all(void **state)
{
    int e = desk_setup(state);
    struct desk *d = *state;
    i64 from_on = day("2025-01-01"), li = d->person[LI], wang = d->person[WANG];
    i64 later = day("2026-01-10");
    run(d, SQL("UPDATE terms SET from_on = :from_on WHERE org_id = :org", P(from_on)));
    assert_ok(db_insert(d->t->db,
                        SQL("INSERT INTO committees (org_id, name) VALUES (:org, 'Roads') "
                            "RETURNING id"),
                        &committee));
    run(d, SQL("INSERT INTO tenures (org_id, person_id, post, body, body_id, from_on) VALUES "
               "(:org, :li, 'standing_member', 'cppcc', 1, :later), (:org, :wang, "
               "'committee_member', 'committee', :committee, :from_on)",
               P(li), P(wang), P(later), P(committee), P(from_on)));
    for (size_t i = 0; i < sizeof LEDGER / sizeof *LEDGER; i++)
        row_add(d, LI, &LEDGER[i]);
    rules_enact(d);
    return e;
}

/* ---- asking ---- */

static const char *of(struct desk *d, i64 member_id, const char *more)
{
    return arena_printf(d->t->mem, "/dossiers/%lld%s", (long long)member_id, more).ptr;
}

static struct test_answer api_of(struct desk *d, int who)
{
    struct test_answer a =
        test_get(d->t, arena_printf(d->t->mem, "/api/v1%s", of(d, d->member[who], "")).ptr);
    assert_int_equal(a.status, 200);
    return a;
}

static void is(struct desk *d, const struct test_answer *a, const char *name, const char *expected)
{
    str found = test_json(d->t, a, name);
    if (!str_is(found, expected))
        print_error("%s is %.*s, not %s\n", name, (int)found.len, found.ptr, expected);
    assert_true(str_is(found, expected));
}

static void has(const struct test_answer *a, const char *words)
{
    if (!test_has(a, words))
        print_error("missing: %s\n", words);
    assert_true(test_has(a, words));
}

/* ---- the story ---- */

/* Counted by hand from LEDGER: what was taken back and what was before the term is not there. */
static void the_story_is_what_the_ledger_says(void **state)
{
    struct desk *d = *state;
    desk_as_staff(d);
    struct test_answer a = api_of(d, LI);
    is(d, &a, "term", "6");
    is(d, &a, "from_on", "2025-01-01");
    is(d, &a, "to_on", "2026-11-25");
    is(d, &a, "entries", "8");
    is(d, &a, "outcomes", "4"); /* docketed, answered twice, adopted */
    is(d, &a, "plenary_absent", "1");
    is(d, &a, "plenary_leave", "0");
    is(d, &a, "counts.2.kind", "proposals.answered");
    is(d, &a, "counts.2.count", "2");
    has(&a, "提案得到答复 2 件（B类 1、A类 1）");
    has(&a, "社情民意被采用 1 篇（省级 1）");
    has(&a, "参加全体会议 1 次");
    has(&a, "参加 8 个半天"); /* its meeting is not there to say of how many */
    assert_false(test_has(&a, "Taken back"));
    assert_false(test_has(&a, "Of the term before"));
    is(d, &a, "years.0.year", "2025");
    is(d, &a, "years.0.gates_due", "1");
    is(d, &a, "years.0.gates_met", "0");
    is(d, &a, "years.1.gates_met", "1");
    is(d, &a, "events.0.happened_on", "2025-06-01"); /* by day: the post is among them */
    is(d, &a, "events.3.happened_on", "2026-01-10");
    is(d, &a, "events.3.label", "任常务委员");
    is(d, &a, "events.8.happened_on", "2026-09-01");
    is(d, &a, "events.9.happened_on", "");
    a = test_get(d->t, of(d, d->member[LI], ""));
    a.body = test_words(d->t, &a);
    has(&a, "没有完成的：Come once");
    has(&a, "常委会会议 缺席 0 次，请假 0 次"); /* he is a standing member */
    has(&a, "2025 年度");
    desk_as_member(d, ZHAO);
    a = test_get(d->t, "/dossiers/mine");
    assert_int_equal(a.status, 200);
    has(&a, "还没有成果");
}

static void a_suspension_stands_in_the_story(void **state)
{
    struct desk *d = *state;
    i64 member_id = d->member[ZHAO], on = day("2026-06-01");
    run(d, SQL("INSERT INTO changes (org_id, seat_id, act, on_on, organ, recorded_by, recorded_at) "
               "SELECT :org, s.id, 'suspend', :on, 'The chairs', 1, 1 FROM seats s WHERE s.org_id "
               "= :org AND s.member_id = :member_id",
               P(on), P(member_id)));
    desk_as_staff(d);
    struct test_answer a = api_of(d, ZHAO);
    is(d, &a, "events.0.label", "暂停履职");
    is(d, &a, "events.0.words", "The chairs");
    a = test_get(d->t, of(d, member_id, ""));
    has(&a, "暂停履职");
    run(d, SQL("DELETE FROM changes WHERE org_id = :org AND act = 'suspend'"));
}

/* ---- who may ---- */

static int status_of(struct desk *d, int who)
{
    return test_get(d->t, of(d, d->member[who], "")).status;
}

static void a_move_of_sector_stands_in_the_story(void **state)
{
    struct desk *d = *state;
    i64 member = d->member[ZHAO], on = day("2026-05-06");
    run(d,
        SQL("INSERT INTO sector_moves (org_id, seat_id, from_sector_id, to_sector_id, on_on, "
            "organ, reason, recorded_by, recorded_at) SELECT s.org_id, s.id, 0, (SELECT MIN(c.id) "
            "FROM sectors c WHERE c.org_id = :org), :on, 'Chairs', 'His wish', 1, 1 FROM seats s "
            "WHERE s.org_id = :org AND s.member_id = :member",
            P(on), P(member)));
    desk_as_staff(d);
    struct test_answer a = test_get(d->t, of(d, member, ""));
    has(&a, "界别调整");
    has(&a, "His wish");
    run(d, SQL("DELETE FROM sector_moves WHERE org_id = :org"));
}

static void who_sees_whose(void **state)
{
    struct desk *d = *state;
    desk_as_member(d, LI);
    assert_int_equal(test_get(d->t, "/dossiers/mine").status, 200);
    assert_int_equal(status_of(d, LI), 200);
    assert_int_equal(status_of(d, WANG), 404);
    struct test_answer own = test_get(d->t, "/api/v1/dossiers?year=2026");
    is(d, &own, "items.0.name", "Li"); /* he reads of himself alone */
    is(d, &own, "items.1.name", "");
    struct actor *actor = test_as_role(d->t, "head");
    test_may(actor, "scores.read", SCOPE_COMMITTEE);
    test_may(actor, "dossiers.read", SCOPE_COMMITTEE);
    actor->committees = (ids){ &committee, 1 };
    assert_int_equal(status_of(d, WANG), 200);
    assert_int_equal(status_of(d, LI), 404);
    struct test_answer a = test_get(d->t, "/api/v1/dossiers?year=2026");
    is(d, &a, "items.0.name", "Wang");
    is(d, &a, "items.1.name", "");
    assert_int_equal(
        test_post(d->t, of(d, d->member[WANG], "/issue"), "format", "pdf", NULL).status,
        403); /* he reads it, and has no papers of it */
    assert_int_equal(test_get(d->t, of(d, d->member[WANG], "/records.xlsx")).status, 403);
    desk_as_operator(d, 0);
    assert_int_equal(status_of(d, LI), 403);
    test_as_role(d->t, "staff")->org_id = OTHER_ORG;
    assert_int_equal(status_of(d, LI), 404);
    a = test_get(d->t, "/api/v1/dossiers?year=2026");
    is(d, &a, "items.0.name", "Qian");
    is(d, &a, "items.1.name", "");
    test_as_nobody(d->t);
    assert_int_equal(status_of(d, LI), 303);
    desk_as_staff(d);
    assert_int_equal(test_get(d->t, of(d, d->member[LI], "?term=5")).status, 404);
    assert_int_equal(test_get(d->t, "/dossiers/mine").status, 403);
}

/* Titles are those that the ledger shows: of opinions the member's own, of the rest the office's.
 */
static void titles_are_for_whom_the_ledger_shows_them(void **state)
{
    struct desk *d = *state;
    desk_as_staff(d);
    struct test_answer a = api_of(d, LI);
    has(&a, RARE);
    assert_false(test_has(&a, QUIET));
    has(&a, "0021");
    test_as_role(d->t, "leader");
    a = api_of(d, LI);
    assert_false(test_has(&a, RARE));
    desk_as_member(d, LI);
    a = api_of(d, LI);
    has(&a, QUIET);
    a = test_get(d->t, "/dossiers/mine");
    has(&a, "/appeal");
    has(&a, "/appeals/new");
}

/* ---- papers ---- */

static struct test_answer issued(struct desk *d, int who, const char *format)
{
    const char *json = arena_printf(d->t->mem, "{\"format\":\"%s\"}", format).ptr;
    const char *path = arena_printf(d->t->mem, "/api/v1%s", of(d, d->member[who], "/issue")).ptr;
    struct test_answer a = test_api(d->t, POST, path, json);
    if (a.status != 201)
        print_error("%d %.*s\n", a.status, (int)a.body.len, a.body.ptr);
    assert_int_equal(a.status, 201);
    return a;
}

static struct test_answer file_of(struct desk *d, const struct test_answer *issue)
{
    struct test_answer a =
        test_get(d->t, arena_printf(d->t->mem, "%.*s", (int)test_json(d->t, issue, "url").len,
                                    test_json(d->t, issue, "url").ptr)
                           .ptr);
    assert_int_equal(a.status, 200);
    return a;
}

/* What stands in a PDF, without white space. */
static struct test_answer pdf_words(struct desk *d, str file)
{
    char path[] = "/tmp/dossier-XXXXXX", command[200], line[4000];
    struct test_answer a = { 0 };
    int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, file.ptr, file.len) == (ssize_t)file.len);
    close(fd);
    snprintf(command, sizeof command, "pdftotext -raw -nopgbrk %s -", path);
    struct buf *b = buf_new(d->t->mem, 8 << 20);
    FILE *in = popen(command, "r");
    assert_non_null(in);
    while (fgets(line, sizeof line, in))
        for (char *c = line; *c; c++)
            if (*c != ' ' && *c != '\n')
                buf_put_byte(b, *c);
    assert_int_equal(pclose(in), 0);
    unlink(path);
    a.body = buf_str(b);
    return a;
}

static const char *check_of(struct desk *d, str code, const char *more)
{
    return arena_printf(d->t->mem, "/dossiers/check?code=%.*s%s", (int)code.len, code.ptr, more)
        .ptr;
}

static void a_paper_holds_the_story(void **state)
{
    struct desk *d = *state;
    desk_as_staff(d);
    struct test_answer pdf = issued(d, LI, "pdf"), docx = issued(d, LI, "docx");
    struct test_answer file = file_of(d, &pdf);
    assert_true(str_starts(file.body, str_of("%PDF")));
    assert_true(str_starts(file_of(d, &docx).body, str_of("PK")));
    desk_same(test_json(d->t, &pdf, "digest"),
              arena_cstr(d->t->mem, test_json(d->t, &docx, "digest")));
    assert_false(str_eq(test_json(d->t, &pdf, "code"), test_json(d->t, &docx, "code")));
    if (system("command -v pdftotext >/dev/null 2>&1") != 0)
        return;
    struct test_answer words = pdf_words(d, file.body);
    has(&words, RARE);
    has(&words, "没有完成的：Comeonce");
    has(&words, "全体会议：缺席1次，请假0次。");
    assert_false(test_has(&words, QUIET));
    assert_false(test_has(&words, "Takenback"));
    str digest = test_json(d->t, &pdf, "digest");
    has(&words, arena_cstr(d->t->mem, str_sub(digest, 0, 8)));
}

static i64 noon_of(const char *text)
{
    return day_start_ms(day(text)) + 12 * 3600 * 1000;
}

/* A year of Li's by hand: person, pledge, report, and an assessment that was decided. */
static void year_decide(struct desk *d)
{
    struct db *db = d->t->db;
    i64 member = d->member[LI], born = day("1970-05-01"), decided = day("2026-01-15");
    i64 from = day("2025-01-01"), to = day("2025-12-31"), signed_at = noon_of("2025-01-10"),
        submitted = noon_of("2025-12-20");
    run(d, SQL("UPDATE persons SET birth_on = :born, gender = 'female', ethnic = '白族', party = "
               "'cdl', education = '大学' WHERE org_id = :org AND id = (SELECT person_id FROM "
               "members WHERE org_id = :org AND id = :member)",
               P(born), P(member)));
    run(d, SQL("INSERT INTO pledges (org_id, state, member_id, person_id, name, sector, year, "
               "standing, from_on, due_on, edition, signed_at) SELECT :org, 'signed', id, "
               "person_id, '', '', 2025, 0, :from, :to, 1, :signed_at FROM members WHERE org_id = "
               ":org AND id = :member",
               P(from), P(to), P(signed_at), P(member)));
    run(d, SQL("INSERT INTO statement_calls (org_id, year, title, audience, audience_name, form, "
               "due_on, called_at, caller_name) VALUES (:org, 2025, '', '', '', 'written', :to, 1, "
               "'')",
               P(to)));
    run(d, SQL("INSERT INTO statements (org_id, statement_call_id, state, member_id, person_id, "
               "name, sector, post, year, due_on, place, body, submitted_at) SELECT :org, (SELECT "
               "MAX(id) FROM statement_calls WHERE org_id = :org), 'submitted', id, person_id, '', "
               "'', '', 2025, :to, 1, '', :submitted FROM members WHERE org_id = :org AND id = "
               ":member",
               P(to), P(submitted), P(member)));
    assert_ok(db_run(
        db,
        SQL("INSERT INTO assessments (org_id, year, from_on, to_on, state, ruleset_id, "
            "ruleset_name, opened_at, opener_name, taken_at, organ, decided_on) VALUES (:org, "
            "2025, :from, :to, 'approved', (SELECT MAX(id) FROM rulesets WHERE org_id = :org), "
            "'', 1, '', 1, 'chairs', :decided)",
            P(from), P(to), P(decided)),
        NULL));
    run(d,
        SQL("INSERT INTO gradings (org_id, assessment_id, member_id, person_id, position, code, "
            "name, sector, committee, stand, assessed, entries, gates_due, gates_met, "
            "points_x1000, missed, vetoes, why, why_text, proposed, grade, honour, honour_title, "
            "honour_on) SELECT :org, (SELECT "
            "MAX(id) FROM assessments WHERE org_id = :org), id, person_id, 1, '', '', '', '', "
            "'serving', 1, 1, 1, 1, 1000, '', '', 'points', '', '称职', '称职', 'granted', "
            "'先进委员', :decided FROM members "
            "WHERE org_id = :org AND id = :member",
            P(decided), P(member)));
}

static void a_year_has_its_pledge_report_and_grade(void **state)
{
    struct desk *d = *state;
    year_decide(d);
    desk_as_staff(d);
    struct test_answer a = api_of(d, LI);
    is(d, &a, "years.0.pledged_on", "2025-01-10");
    is(d, &a, "years.0.stated_on", "2025-12-20");
    is(d, &a, "years.0.grade", "称职");
    is(d, &a, "years.0.honour", "先进委员");
    is(d, &a, "years.0.honour_on", "2026-01-15");
    is(d, &a, "years.1.grade", "");
    is(d, &a, "birth_on", "1970-05-01");
    is(d, &a, "party", "cdl");
    a = test_get(d->t, of(d, d->member[LI], ""));
    has(&a, "考核等次“称职”（2026年1月15日决定）");
    has(&a, "白族");
    desk_as_member(d, LI); /* not told yet */
    a = test_get(d->t, "/dossiers/mine");
    has(&a, "履责承诺 2025年1月10日签署，述职报告 2025年12月20日提交");
    has(&a, "1970年5月1日");
    assert_false(test_has(&a, "考核等次") || test_has(&a, "先进委员"));
    if (system("command -v pdftotext >/dev/null 2>&1") == 0) { /* nor by a paper of the office's */
        desk_as_staff(d);
        struct test_answer pdf = issued(d, LI, "pdf"), file = file_of(d, &pdf);
        struct test_answer words = pdf_words(d, file.body);
        has(&words, "述职报告2025年12月20日提交");
        assert_false(test_has(&words, "考核等次") || test_has(&words, "先进委员"));
        desk_as_member(d, LI);
    }
    run(d, SQL("UPDATE assessments SET state = 'notified' WHERE org_id = :org"));
    a = test_get(d->t, "/dossiers/mine");
    has(&a, "考核等次“称职”（2026年1月15日决定），获表彰“先进委员”（2026年1月15日决定）");
    desk_as_staff(d);
    if (system("command -v pdftotext >/dev/null 2>&1") == 0) {
        struct test_answer pdf = issued(d, LI, "pdf"), file = file_of(d, &pdf);
        struct test_answer words = pdf_words(d, file.body);
        has(&words, "1970年5月1日");
        has(&words, "考核等次“称职”（2026年1月15日决定）");
    }
    struct actor *reader = test_as_role(d->t, "head"); /* keeps no roster, reads no assessments */
    test_may(reader, "scores.read", SCOPE_ORG);
    test_may(reader, "dossiers.read", SCOPE_ORG);
    a = api_of(d, LI);
    is(d, &a, "years.0.stated_on", "2025-12-20");
    is(d, &a, "years.0.grade", "");
    is(d, &a, "birth_on", "");
    assert_false(test_has(&a, "白族"));
}

/* A plenary from the afternoon of one day to the morning of the fifth: 1 + 3 × 2 + 1 half-days. */
static i64 plenary_add(struct desk *d, const char *from, const char *to)
{
    i64 id = 0, from_on = day(from), to_on = day(to);
    assert_ok(db_insert(
        d->t->db,
        SQL("INSERT INTO meetings (org_id, state, kind, title, organiser, organiser_name, "
            "mandatory, from_on, from_half, to_on, to_half, place, audience, audience_name) VALUES "
            "(:org, 'settled', 'plenary', 'Plenary', 'office', '', 1, :from_on, 'afternoon', "
            ":to_on, 'morning', '', 'members', '') RETURNING id",
            P(from_on), P(to_on)),
        &id));
    return id;
}

static i64 came(struct desk *d, i64 meeting, const char *on, const char *kind, i64 quantity)
{
    const struct row row = { .on = on,
                             .kind = kind,
                             .label = "Came",
                             .tags = "",
                             .source = "meetings",
                             .number = "",
                             .title = "Plenary",
                             .state = "live",
                             .quantity = quantity };
    i64 id = row_add(d, ZHAO, &row);
    run(d, SQL("UPDATE entries SET source_id = :meeting WHERE org_id = :org AND id = :id",
               P(meeting), P(id)));
    return id;
}

/* The ledger has two rows of one where he was whole and one of the other: two plenaries. */
static void a_plenary_is_told_once(void **state)
{
    struct desk *d = *state;
    i64 member = d->member[ZHAO];
    i64 first = plenary_add(d, "2025-02-01", "2025-02-05");
    i64 second = plenary_add(d, "2026-02-01", "2026-02-05");
    came(d, first, "2025-02-01", "plenary.whole", 1);
    came(d, first, "2025-02-01", "plenary.halfday", 8);
    i64 tagged = came(d, second, "2026-02-01", "plenary.halfday", 6);
    run(d, SQL("UPDATE entries SET tags = 'mandatory standing' WHERE org_id = :org AND id = "
               ":tagged",
               P(tagged)));
    desk_as_staff(d);
    struct test_answer a = api_of(d, ZHAO);
    is(d, &a, "entries", "2");
    is(d, &a, "counts.0.kind", "plenary.attended");
    is(d, &a, "counts.0.count", "2");
    is(d, &a, "counts.0.words", "参加全体会议 2 次（全程 1、部分时间 1）");
    is(d, &a, "counts.1.kind", "");
    is(d, &a, "events.0.label", "参加全体会议");
    is(d, &a, "events.0.words", "全程参加（8 个半天）");
    is(d, &a, "events.1.words", "参加 6 个半天，共 8 个半天；必须参加、常委");
    is(d, &a, "events.2.words", "");
    a = test_get(d->t, of(d, d->member[ZHAO], ""));
    has(&a, "全程参加（8 个半天）");
    has(&a, "参加 6 个半天，共 8 个半天");
    if (system("command -v pdftotext >/dev/null 2>&1") == 0) {
        struct test_answer pdf = issued(d, ZHAO, "pdf"), file = file_of(d, &pdf);
        struct test_answer words = pdf_words(d, file.body);
        has(&words, "参加全体会议2次（全程1、部分时间1）。");
        has(&words, "参加全体会议：Plenary，参加6个半天，共8个半天；必须参加、常委");
    }
    run(d, SQL("DELETE FROM entries WHERE org_id = :org AND title = 'Plenary' AND member_id = "
               ":member",
               P(member)));
}

static void whoever_has_the_digits_can_ask(void **state)
{
    struct desk *d = *state;
    desk_as_member(d, LI);
    struct test_answer paper = issued(d, LI, "pdf");
    str code = test_json(d->t, &paper, "code"), digest = test_json(d->t, &paper, "digest");
    assert_int_equal(code.len, 20);
    test_as_nobody(d->t);
    struct test_answer a = test_get(d->t, check_of(d, code, ""));
    assert_int_equal(a.status, 200);
    has(&a, "这份文件是");
    has(&a, "8 条，其中成果 4 项");
    has(&a, "L＊"); /* of the name the first character */
    assert_false(test_has(&a, ">Li<"));
    assert_false(test_has(&a, QUIET));
    has(&a, "存证还在日志里");
    const char *typed = arena_printf(d->t->mem, "&digest=%.*s", 12, digest.ptr).ptr;
    a = test_get(d->t, check_of(d, code, typed));
    has(&a, "数字指纹一致");
    a = test_get(d->t, check_of(d, code, "&digest=0123456789"));
    has(&a, "数字指纹不一致");
    assert_false(test_has(&a, "这份文件是"));
    a = test_get(d->t, arena_printf(d->t->mem, "/api/v1%s", check_of(d, code, typed)).ptr);
    is(d, &a, "issued", "true");
    is(d, &a, "digest_same", "true");
    is(d, &a, "attestation.stands", "true");
    is(d, &a, "attestation.text_same", "true");
    /* the register says something else than what was issued */
    run(d, SQL("UPDATE dossier_papers SET digest = 'f' WHERE org_id = :org AND code = :code",
               P(code)));
    a = test_get(d->t, check_of(d, code, ""));
    has(&a, "存证对不上");
}

static void what_is_no_paper_is_said_so(void **state)
{
    struct desk *d = *state;
    test_as_nobody(d->t);
    assert_int_equal(test_get(d->t, "/dossiers/check").status, 200);
    struct test_answer a = test_get(d->t, "/dossiers/check?code=00000000000000000000");
    assert_int_equal(a.status, 422);
    has(&a, "本系统没有出具过这份文件");
    a = test_get(d->t, "/dossiers/check?code=12x");
    assert_int_equal(a.status, 422);
    has(&a, "核验码是 20 位数字");
    has(&a, "12x"); /* what was typed is kept */
    a = test_get(d->t, "/dossiers/check?code=00000000000000000000&digest=xyz");
    has(&a, "至少输入前 8 位");
    a = test_get(d->t, "/api/v1/dossiers/check?code=00000000000000000000");
    assert_int_equal(a.status, 422);
    is(d, &a, "errors.0.code", "dossiers.code_unknown");
    desk_as_staff(d);
    assert_int_equal(test_post(d->t, of(d, d->member[LI], "/issue"), "format", "exe", NULL).status,
                     422);
}

/* Another's paper is not there for a member; a paper of the other organisation is found by its
 * digits, since whoever has it knows not whose house it is. */
static void papers_stay_with_whose_they_are(void **state)
{
    struct desk *d = *state;
    desk_as_member(d, LI);
    struct test_answer paper = issued(d, LI, "pdf");
    str url = test_json(d->t, &paper, "url"), code = test_json(d->t, &paper, "code");
    assert_int_equal(file_of(d, &paper).status, 200);
    desk_as_member(d, WANG);
    assert_int_equal(test_get(d->t, arena_cstr(d->t->mem, url)).status, 404);
    desk_as_staff(d); /* it holds titles that the office does not read */
    assert_int_equal(test_get(d->t, arena_cstr(d->t->mem, url)).status, 404);
    paper = issued(d, LI, "pdf");
    assert_int_equal(file_of(d, &paper).status, 200);
    test_as_role(d->t, "staff")->org_id = OTHER_ORG;
    assert_int_equal(test_get(d->t, arena_cstr(d->t->mem, url)).status, 404);
    struct test_answer a = test_get(d->t, check_of(d, code, ""));
    assert_int_equal(a.status, 200);
    has(&a, "L＊");
}

static void so_many_papers_a_day_and_no_more(void **state)
{
    struct desk *d = *state;
    desk_as_member(d, LI);
    str path = arena_printf(d->t->mem, "/api/v1%s", of(d, d->member[LI], "/issue"));
    struct test_answer a = { 0 };
    for (int i = 0; i <= 20 && a.status != 429; i++)
        a = test_api(d->t, POST, path.ptr, "{\"format\":\"docx\"}");
    assert_int_equal(a.status, 429);
    has(&a, "一天之内单独出具的档案文件最多 20 份");
    desk_as_staff(d); /* whose share is his own */
    issued(d, LI, "docx");
}

static void the_workbook_has_every_row(void **state)
{
    struct desk *d = *state;
    desk_as_member(d, LI);
    struct test_answer a = test_get(d->t, of(d, d->member[LI], "/records.xlsx"));
    assert_int_equal(a.status, 200);
    assert_true(str_starts(a.body, str_of("PK")));
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = "
                                       "'dossiers.export' AND object = 'members'")),
                     1);
}

static void a_huge_title_fits(void **state)
{
    struct desk *d = *state;
    struct buf *b = buf_new(d->t->mem, 4 * HUGE_CHARS);
    for (int i = 0; i < HUGE_CHARS; i++)
        buf_put(b, "𪚥");
    const struct row row = {
        "2026-10-01", "other.done", "其他履职", "", "claims", "", "", "live", 1
    };
    i64 id = row_add(d, ZHAO, &row);
    str title = buf_str(b);
    run(d,
        SQL("UPDATE entries SET title = :title WHERE org_id = :org AND id = :id", P(title), P(id)));
    desk_as_staff(d);
    assert_int_equal(status_of(d, ZHAO), 200);
    struct test_answer paper = issued(d, ZHAO, "pdf");
    assert_true(str_starts(file_of(d, &paper).body, str_of("%PDF")));
    issued(d, ZHAO, "docx");
    run(d, SQL("DELETE FROM entries WHERE org_id = :org AND id = :id", P(id)));
}

/* ---- many at once ---- */

static i64 run_asked(struct desk *d, const char *json)
{
    i64 id = 0;
    struct test_answer a = test_api(d->t, POST, "/api/v1/dossiers/runs", json);
    if (a.status != 201)
        print_error("%d %.*s\n", a.status, (int)a.body.len, a.body.ptr);
    assert_int_equal(a.status, 201);
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
    return id;
}

static struct test_answer run_file(struct desk *d, i64 id)
{
    return test_get(d->t, arena_printf(d->t->mem, "/dossiers/runs/%lld/file", (long long)id).ptr);
}

static zip_t *zip_of(str file)
{
    zip_error_t error;
    zip_source_t *source = zip_source_buffer_create(file.ptr, file.len, 0, &error);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    assert_non_null(zip);
    return zip;
}

/* Reading it whole checks its sum, too. */
static str within(struct desk *d, zip_t *zip, const char *name)
{
    struct zip_stat stat;
    assert_int_equal(zip_stat(zip, name, 0, &stat), 0);
    char *data = arena_zero(d->t->mem, stat.size + 1);
    zip_file_t *f = zip_fopen(zip, name, 0);
    assert_non_null(f);
    assert_int_equal(zip_fread(f, data, stat.size), (zip_int64_t)stat.size);
    assert_int_equal(zip_fclose(f), 0);
    return (str){ data, stat.size };
}

static void holds_word(struct desk *d, zip_t *zip, const char *name)
{
    assert_true(str_starts(within(d, zip, name), str_of("PK")));
}

static bool says(struct desk *d, i64 run_id, const char *name, const char *words)
{
    struct test_answer a = run_file(d, run_id);
    assert_int_equal(a.status, 200);
    zip_t *all = zip_of(a.body), *paper = zip_of(within(d, all, name));
    bool found = str_find(within(d, paper, "word/document.xml"), str_of(words), 0) >= 0;
    zip_discard(paper);
    zip_discard(all);
    return found;
}

static void a_file_holds_everybody(void **state)
{
    static const char *const NAMES[] = { "Li Li履职档案（六届）.docx",
                                         "Wang Wang履职档案（六届）.docx",
                                         "Zhao Zhao履职档案（六届）.docx" };
    struct desk *d = *state;
    desk_as_staff(d);
    i64 before = desk_count(d, SQL("SELECT COUNT(*) FROM dossier_papers WHERE org_id = :org"));
    i64 id = run_asked(d, "{\"year\":2026,\"format\":\"docx\"}");
    struct test_answer a = run_file(d, id);
    assert_int_equal(a.status, 200);
    zip_t *zip = zip_of(a.body);
    assert_int_equal(zip_get_num_entries(zip, 0), 3);
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        holds_word(d, zip, NAMES[i]);
    zip_discard(zip);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM dossier_papers WHERE org_id = :org")),
                     before + 3);
    assert_int_equal(
        desk_count(d, SQL("SELECT COUNT(*) FROM dossier_papers WHERE org_id = :org AND run_id = "
                          ":id AND issued_by = 110",
                          P(id))),
        3);
    a = test_get(d->t, "/dossiers?year=2026");
    has(&a, "3 份");
    desk_as_staff(d);
    d->actor->account_id = 111; /* another of the office */
    assert_int_equal(run_file(d, id).status, 404);
    id = run_asked(d, "{\"year\":2026,\"format\":\"docx\",\"body\":\"committee:Roads\"}");
    a = run_file(d, id);
    zip = zip_of(a.body);
    assert_int_equal(zip_get_num_entries(zip, 0), 1);
    assert_true(zip_name_locate(zip, NAMES[1], 0) == 0);
    zip_discard(zip);
}

/* A file tells of people what who asked for it may read: the office keeps the roster, leaders do
 * not. */
static void a_file_says_what_its_reader_may_know(void **state)
{
    static const char LIS[] = "Li Li履职档案（六届）.docx",
                      WISH[] = "{\"year\":2026,\"format\":\"docx\"}";
    struct desk *d = *state;
    desk_as_staff(d);
    assert_true(says(d, run_asked(d, WISH), LIS, "白族"));
    test_as_role(d->t, "leader");
    i64 id = run_asked(d, WISH);
    assert_true(says(d, id, LIS, "常务委员"));
    assert_false(says(d, id, LIS, "白族"));
}

static void who_may_not_have_many(void **state)
{
    struct desk *d = *state;
    desk_as_staff(d);
    struct test_answer a = test_api(d->t, POST, "/api/v1/dossiers/runs",
                                    "{\"year\":2026,\"format\":\"pdf\",\"body\":\"sector:None\"}");
    assert_int_equal(a.status, 422);
    is(d, &a, "errors.0.code", "dossiers.nobody");
    assert_int_equal(
        test_post(d->t, "/dossiers/runs", "format", "pdf", "body", "sector:None", NULL).status,
        422);
    struct actor *actor = test_as_role(d->t, "staff");
    test_may(actor, "dossiers.export", SCOPE_COMMITTEE);
    assert_int_equal(test_api(d->t, POST, "/api/v1/dossiers/runs", "{\"format\":\"pdf\"}").status,
                     403);
    desk_as_member(d, LI);
    assert_int_equal(test_api(d->t, POST, "/api/v1/dossiers/runs", "{\"format\":\"pdf\"}").status,
                     403);
}

/* What has had its days goes; what was broken off is said. */
static void runs_do_not_stay_for_ever(void **state)
{
    struct desk *d = *state;
    i64 now = d->t->app.clock.fixed_ms;
    desk_as_staff(d);
    i64 old = run_asked(d, "{\"year\":2026,\"format\":\"docx\"}");
    i64 broken = run_asked(d, "{\"year\":2026,\"format\":\"docx\"}");
    run(d, SQL("UPDATE dossier_runs SET state = 'making' WHERE org_id = :org AND id = :broken",
               P(broken)));
    d->t->app.clock.fixed_ms = now + INT64_C(7200000);
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
    desk_as_staff(d);
    assert_int_equal(run_file(d, broken).status, 409);
    struct test_answer a = test_get(d->t, "/dossiers?year=2026");
    has(&a, "打包中途断了");
    d->t->app.clock.fixed_ms = now + INT64_C(31) * 86400000;
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
    desk_as_staff(d);
    assert_int_equal(run_file(d, old).status, 404);
    d->t->app.clock.fixed_ms = now;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_story_is_what_the_ledger_says),
        cmocka_unit_test(a_plenary_is_told_once),
        cmocka_unit_test(a_suspension_stands_in_the_story),
        cmocka_unit_test(a_move_of_sector_stands_in_the_story),
        cmocka_unit_test(who_sees_whose),
        cmocka_unit_test(titles_are_for_whom_the_ledger_shows_them),
        cmocka_unit_test(a_paper_holds_the_story),
        cmocka_unit_test(whoever_has_the_digits_can_ask),
        cmocka_unit_test(a_year_has_its_pledge_report_and_grade),
        cmocka_unit_test(what_is_no_paper_is_said_so),
        cmocka_unit_test(papers_stay_with_whose_they_are),
        cmocka_unit_test(the_workbook_has_every_row),
        cmocka_unit_test(a_huge_title_fits),
        cmocka_unit_test(a_file_holds_everybody),
        cmocka_unit_test(a_file_says_what_its_reader_may_know),
        cmocka_unit_test(who_may_not_have_many),
        cmocka_unit_test(runs_do_not_stay_for_ever),
        cmocka_unit_test(so_many_papers_a_day_and_no_more), /* last: it uses up the share */
    };
    return cmocka_run_group_tests(tests, open_all, desk_teardown);
}
