/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Lists of earlier years by the front door: what is missing is offered, every fault is named, a
 * case arrives finished with its own days, counts in its own session, asks nobody for anything, and
 * is there once. Figures are computed by hand beside each list. */
#include "modules/dashboards/dashboard.h"
#include "modules/proposals/proposal_store.h"
#include "modules/proposals/tests/desk.h"
#include "modules/publications/tests/press.h"
#include "platform/files/files.h"
#include "platform/jobs/jobs.h"
#include "platform/module.h"

/* Five cases of two sessions before the house's first. Of the second session: 1 in time, A; 2 late,
 * B; 3 not docketed; 4 merged into 1. Of the first: 1, by Li and Wang, a bureau that is no more, C,
 * without most of its days. */
static const char HEADS[] =
    "届次,案号,案由,提案者,主办,会办,办理类别,满意度,提案日期,立案日期,交办日期,办理期限,答复日期,"
    "办结日期,办理方式,沟通日期,审查结果,不立案理由,并入案号\n";
static const char ONE[] =
    "六届二次,第0001号,修路,Li,Roads,Health,A,满意,2025-02-11,2025-02-20,2025-03-01,2025-06-01,"
    "2025-05-20,2025-06-10,上门走访,2025-05-01,立案,,\n";
static const char TWO[] = "6-2,2,建桥,Sun,Roads,,B类,基本满意,2025-02-12,2025-02-20,2025-03-01,"
                          "2025-06-01,2025-06-15,2025-06-20,,,,,\n";
static const char REST[] =
    "六届二次会议,3,不该立的,Wang,,,,,2025-02-13,,,,,,,,不立案,材料太少,\n"
    "6届2次,4,并进去的,Zhao,,,,,2025-02-12,,,,,,,,并案,,0001\n"
    "政协第六届委员会第一次会议,1,旧楼装电梯,Li、Wang,Old Bureau,,c,不满意,,,,,,2024-09-01,,,,,\n";

/* ---- asking ---- */

static struct test_answer send(struct desk *d, const char *path, const char *text, bool run)
{
    const struct test_file files[] = { { "file", "list.csv", { text, strlen(text) } }, { 0 } };
    return run ? test_upload(d->t, path, files, "run", "1", NULL)
               : test_upload(d->t, path, files, NULL, NULL);
}

static struct test_answer import(struct desk *d, const char *text)
{
    desk_as_staff(d);
    return send(d, "/api/v1/proposals/past", text, true);
}

static const char *joined(struct desk *d, const char *a, const char *b, const char *c)
{
    return arena_printf(d->t->mem, "%s%s%s%s", HEADS, a, b, c).ptr;
}

static void enter_missing(struct desk *d)
{
    desk_as_staff(d);
    assert_int_equal(test_post(d->t, "/proposals/past/sessions", "codes", "6-1", "opened",
                               "2024-01-20", "closed", "2024-01-24", "codes", "6-2", "opened",
                               "2025-02-10", "closed", "2025-02-14", NULL)
                         .status,
                     303);
    assert_int_equal(test_post(d->t, "/proposals/past/agencies", "names", "Old Bureau", "kinds",
                               "department", "ended", "2024-12-31", NULL)
                         .status,
                     303);
}

static void import_all(struct desk *d)
{
    enter_missing(d);
    struct test_answer a = import(d, joined(d, ONE, TWO, REST));
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    desk_same(test_json(d->t, &a, "created"), "5");
}

static i64 rows(struct desk *d, struct sql sql)
{
    i64 n = 0;
    assert_ok(db_i64(d->t->db, sql, &n));
    return n;
}

static i64 session_of(struct desk *d, i64 number)
{
    return rows(d,
                SQL("SELECT id FROM sessions WHERE org_id = :org AND number = :number", P(number)));
}

static struct proposal case_of(struct desk *d, i64 session_number, const char *number_text)
{
    i64 session_id = session_of(d, session_number);
    str number = str_of(number_text);
    return desk_load(d, rows(d, SQL("SELECT proposal_id FROM transfer_records WHERE org_id = :org "
                                    "AND session_id = :session_id AND number = :number",
                                    P(session_id), P(number))));
}

static i64 counted(struct desk *d, i64 session_number, const char *dimension_name,
                   const char *metric_name)
{
    i64 session_id = session_of(d, session_number);
    str dimension = str_of(dimension_name), metric = str_of(metric_name);
    return rows(d, SQL("SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT) AS n FROM "
                       "dashboard_counts WHERE org_id = "
                       ":org AND session_id = :session_id AND dimension = :dimension AND metric = "
                       ":metric",
                       P(session_id), P(dimension), P(metric)));
}

static i64 day(const char *text)
{
    i64 n = 0;
    assert_true(day_parse(str_of(text), &n));
    return n;
}

/* ---- what is missing is offered ---- */

static void what_a_list_names_is_offered(void **state)
{
    struct desk *d = *state;
    desk_as_staff(d);
    struct test_answer a = send(d, "/proposals/past", joined(d, ONE, TWO, REST), false);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "name=\"codes\" value=\"6-2\""));
    assert_true(desk_has(&a, "name=\"codes\" value=\"6-1\""));
    assert_true(desk_has(&a, "name=\"names\" value=\"Old Bureau\""));
    enter_missing(d);
    assert_int_equal(rows(d, SQL("SELECT COUNT(*) AS n FROM sessions WHERE org_id = :org AND "
                                 "until_on > 0")),
                     2); /* both have ended, the house's own has not */
    a = send(d, "/proposals/past", joined(d, ONE, TWO, REST), false);
    assert_int_equal(a.status, 200);
    assert_int_equal(rows(d, SQL("SELECT COUNT(*) AS n FROM transfer_records WHERE org_id = :org")),
                     0); /* only looked at */
    desk_as_reviewer(d);
    assert_int_equal(test_get(d->t, "/proposals/past").status, 403);
}

/* The list waits while sessions and bodies are entered: one click goes on, with the columns and the
 * sender as they were told. */
static void a_list_waits_for_what_it_names(void **state)
{
    static const char LIST[] =
        "Year,Nr,Subject,Who,Host,End\n6-2,1,Roads,Li,Old Bureau,2025-06-10\n";
    struct desk *d = *state;
    const struct test_file files[] = { { "file", "old.csv", { LIST, sizeof LIST - 1 } }, { 0 } };
    desk_as_staff(d);
    assert_false(desk_has((struct test_answer[]){ test_get(d->t, "/proposals/past") }, "old.csv"));
    struct test_answer a = test_upload(d->t, "/proposals/past", files, "source", "north", NULL);
    const char *kept = arena_cstr(d->t->mem, test_field(d->t, &a, "kept"));
    a = test_post(d->t, "/proposals/past", "kept", kept, "source", "north", "header_row", "1",
                  "header_rows", "1", "columns", "session", "columns", "number", "columns", "title",
                  "columns", "proposers", "columns", "hosts", "columns", "closed_on", NULL);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "name=\"codes\" value=\"6-2\""));
    enter_missing(d);
    desk_as_staff(d);
    a = test_get(d->t, "/proposals/past");
    assert_true(desk_has(&a, "还没有导入的名单：old.csv"));
    desk_same(test_field(d->t, &a, "kept"), kept);
    desk_same(test_field(d->t, &a, "source"), "north");
    a = test_post(d->t, "/proposals/past", "kept", kept, "source", "north", NULL);
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "name=\"run\""));
    desk_as_reviewer(d); /* may not; another clerk does not see it */
    assert_int_equal(test_post(d->t, "/proposals/past", "kept", kept, NULL).status, 403);
    desk_as_staff(d);
    d->actor->account_id = 199;
    a = test_get(d->t, "/proposals/past");
    assert_false(desk_has(&a, "old.csv"));
    assert_int_equal(test_post(d->t, "/proposals/past", "kept", kept, NULL).status, 422);
    desk_as_staff(d);
    a = test_post(d->t, "/proposals/past", "kept", kept, "source", "north", "run", "1", NULL);
    assert_int_equal(a.status, 303);
    desk_same(case_of(d, 2, "1").host_name, "Old Bureau");
    desk_same(case_of(d, 2, "1").source, "north");
    assert_false(desk_has((struct test_answer[]){ test_get(d->t, "/proposals/past") }, "old.csv"));
}

static void what_is_offered_is_judged(void **state)
{
    static const struct {
        const char *code, *opened, *closed;
    } BAD[] = { { "6-2", "someday", "2025-02-14" },
                { "6-2", "2027-02-10", "2027-02-14" },
                { "60-900", "2025-02-10", "2025-02-14" },
                { "x", "2025-02-10", "2025-02-14" },
                { "6-2", "", "" },
                { "6-2", "2025-02-14", "2025-02-10" },
                { "6-2", "2026-02-03", "2026-02-06" } };
    struct desk *d = *state;
    desk_as_staff(d);
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        assert_int_equal(test_post(d->t, "/proposals/past/sessions", "codes", BAD[i].code, "opened",
                                   BAD[i].opened, "closed", BAD[i].closed, NULL)
                             .status,
                         422);
    assert_int_equal(test_post(d->t, "/proposals/past/sessions", "codes", "7-1", "opened",
                               "2026-06-10", "closed", "2026-06-14", NULL)
                         .status,
                     409); /* nothing follows it: it would be the running one */
    assert_int_equal(test_post(d->t, "/proposals/past/agencies", "names", "X", "kinds", "cppcc",
                               "ended", "2024-12-31", NULL)
                         .status,
                     422);
    assert_int_equal(rows(d, SQL("SELECT COUNT(*) AS n FROM sessions WHERE org_id = :org")), 1);
}

/* ---- a case as it was ---- */

static void a_case_arrives_finished_with_its_own_days(void **state)
{
    struct desk *d = *state;
    import_all(d);
    struct proposal p = case_of(d, 2, "1");
    desk_same(p.state, "archived");
    desk_same(p.outcome, "docketed");
    desk_same(p.class, "a");
    desk_same(p.satisfaction, "satisfied");
    desk_same(p.host_name, "Roads");
    assert_int_equal(p.docket_no, 1);
    assert_int_equal(p.lead_person_id, d->person[0]); /* Li served that day */
    assert_int_equal(day_of_ms(p.submitted_at), day("2025-02-11"));
    assert_int_equal(day_of_ms(p.docketed_at), day("2025-02-20"));
    assert_int_equal(day_of_ms(p.assigned_at), day("2025-03-01"));
    assert_int_equal(day_of_ms(p.first_replied_at), day("2025-05-20"));
    assert_int_equal(day_of_ms(p.closed_at), day("2025-06-10"));
    assert_false(p.first_late);
    desk_same(p.timing, "during");
    p = case_of(d, 2, "2");
    assert_true(p.first_late); /* by 06-01, on 06-15 */
    assert_int_equal(p.lead_person_id, 0);
    desk_same(p.proposer_name, "Sun");
    p = case_of(d, 2, "3");
    desk_same(p.outcome, "rejected");
    desk_same(p.reject_note, "材料太少");
    assert_int_equal(p.docket_no, 0);
    assert_int_equal(case_of(d, 2, "4").main_id, case_of(d, 2, "1").id);
    p = case_of(d, 1, "1");
    desk_same(p.kind, "joint");
    desk_same(p.host_name, "Old Bureau");
    assert_int_equal(p.docketed_at, 0); /* not invented */
    assert_int_equal(day_of_ms(p.submitted_at),
                     day("2024-01-20")); /* the session's, and it says so */
}

/* Whoever became a member later is another, or was none then. */
static void a_name_is_linked_only_to_who_served_then(void **state)
{
    struct desk *d = *state;
    enter_missing(d);
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE seats SET from_on = 20200 WHERE org_id = :org"), /* 2025-04-22 */
                     NULL));
    struct test_answer a = import(d, joined(d, ONE, "", ""));
    desk_same(test_json(d->t, &a, "created"), "1");
    assert_int_equal(case_of(d, 2, "1").lead_person_id, 0);
    desk_same(case_of(d, 2, "1").proposer_name, "Li");
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE seats SET from_on = 20000 WHERE org_id = :org"), /* 2024-10-04 */
                     NULL));
    desk_on_day(d, "2026-11-26");
    a = import(d, joined(d, ONE, "", "")); /* the roll was completed: the same line links now */
    desk_same(test_json(d->t, &a, "updated"), "1");
    assert_int_equal(case_of(d, 2, "1").lead_person_id, d->person[0]);
}

/* ---- figures ---- */

static void they_count_in_their_own_session(void **state)
{
    static const struct {
        i64 session;
        const char *dimension, *metric;
        i64 value;
    } WANTED[] = {
        { 2, "all", "received", 4 },
        { 2, "all", "docketed", 2 },
        { 2, "all", "rejected", 1 },
        { 2, "all", "merged", 1 },
        { 2, "all", "assigned", 2 },
        { 2, "all", "replied", 2 },
        { 2, "all", "on_time", 1 },
        { 2, "all", "closed", 2 },
        { 2, "all", "strict", 0 },
        { 2, "all", "steps_unknown", 2 },
        { 2, "agency", "steps_unknown", 2 },
        { 2, "agency", "talks_unknown", 1 }, /* of 2; 1 has a talk with its day */
        { 1, "agency", "talks_unknown", 1 },
        { 3, "all", "steps_unknown", 0 },
        { 2, "all", "class.a", 1 },
        { 2, "all", "class.b", 1 },
        { 2, "all", "satisfaction.satisfied", 1 },
        { 2, "all", "satisfaction.fair", 1 },
        { 2, "all", "signers", 4 },
        { 2, "review_days", "9", 1 },
        { 2, "review_days", "8", 1 },
        { 2, "assign_days", "9", 2 },
        { 2, "agency", "assigned", 2 },
        { 2, "agency", "cohosted", 1 },
        { 2, "agency", "met", 1 },
        { 2, "agency", "talks.1", 1 },
        { 2, "agency", "sent", 0 },
        { 2, "agency", "result_satisfied", 0 },
        { 1, "all", "received", 1 },
        { 1, "all", "signers", 2 },
        { 1, "all", "class.c", 1 },
        { 1, "all", "satisfaction.dissatisfied", 1 },
        { 1, "all", "on_time", 1 },
        { 3, "all", "received", 0 },
    };
    struct desk *d = *state;
    import_all(d);
    for (size_t i = 0; i < sizeof WANTED / sizeof *WANTED; i++)
        if (counted(d, WANTED[i].session, WANTED[i].dimension, WANTED[i].metric) != WANTED[i].value)
            fail_msg("%lld %s %s: %lld, wanted %lld", (long long)WANTED[i].session,
                     WANTED[i].dimension, WANTED[i].metric,
                     (long long)counted(d, WANTED[i].session, WANTED[i].dimension,
                                        WANTED[i].metric),
                     (long long)WANTED[i].value);
    assert_int_equal(counted(d, 1, "review_days", "0"),
                     0); /* days that the list lacks count none */
    assert_int_equal(counted(d, 1, "assign_days", "0"), 0);
    assert_int_equal(counted(d, 2, "sign_days", "0"), 0);
    assert_int_equal(rows(d, SQL("SELECT COUNT(*) AS n FROM evaluations WHERE org_id = :org")), 0);
}

static err verify(struct rq *rq, void *context)
{
    struct dashboard_check check = { 0 };
    (void)context;
    TRY(dashboard_verify(rq, &check));
    assert_int_equal(check.stale + check.counters, 0);
    return OK;
}

/* ---- nobody is asked for anything ---- */

struct job_run {
    const struct job *job;
};

static err job_once(struct rq *rq, void *context)
{
    bool again = false;
    return ((const struct job_run *)context)->job->run(rq, &again);
}

static void nobody_is_urged_or_told(void **state)
{
    struct desk *d = *state;
    import_all(d);
    for (int day_no = 0; day_no < 2; day_no++) {
        for (const struct module *const *m = MODULES; *m; m++)
            for (const struct job *j = (*m)->jobs; j && j->name; j++) {
                struct job_run run = { j };
                if (j->per_org && j->run && j->every_s)
                    assert_ok(desk_in_org(d, d->t->org, job_once, &run));
            }
        desk_on_day(d, "2027-11-25"); /* a year on, once more */
    }
    assert_int_equal(rows(d, SQL("SELECT COUNT(*) AS n FROM todos WHERE org_id = :org")), 0);
    assert_int_equal(rows(d, SQL("SELECT COUNT(*) AS n FROM clocks WHERE org_id = :org")), 0);
    assert_int_equal(rows(d, SQL("SELECT COUNT(*) AS n FROM notices WHERE org_id = :org")), 0);
    assert_int_equal(rows(d, SQL("SELECT COUNT(*) AS n FROM followups WHERE org_id = :org")), 0);
    assert_int_equal(rows(d, SQL("SELECT COUNT(*) AS n FROM urgings WHERE org_id = :org")), 0);
    assert_int_equal(rows(d, SQL("SELECT COUNT(*) AS n FROM deliveries WHERE org_id = :org")), 0);
    assert_int_equal(rows(d, SQL("SELECT COUNT(*) AS n FROM publications WHERE org_id = :org")), 0);
}

/* ---- once ---- */

static void the_second_run_changes_nothing_and_a_corrected_line_only_itself(void **state)
{
    static const char CORRECTED[] =
        "六届二次,1,修一条路,Li,Schools,,B,不满意,2025-02-11,2025-02-20,2025-03-01,2025-06-01,"
        "2025-06-02,2025-06-10,,,,,\n";
    struct desk *d = *state;
    import_all(d);
    desk_on_day(d, "2026-11-26");
    struct test_answer a = import(d, joined(d, ONE, TWO, REST));
    desk_same(test_json(d->t, &a, "unchanged"), "5");
    desk_same(test_json(d->t, &a, "created"), "0");
    desk_on_day(d, "2026-11-27");
    i64 id = case_of(d, 2, "1").id;
    a = import(d, joined(d, CORRECTED, TWO, REST));
    desk_same(test_json(d->t, &a, "updated"), "1");
    desk_same(test_json(d->t, &a, "unchanged"), "4");
    struct proposal p = case_of(d, 2, "1");
    assert_int_equal(p.id, id);
    desk_same(p.title, "修一条路");
    desk_same(p.class, "b");
    assert_true(p.first_late);
    assert_int_equal(p.merged_count, 1);
    assert_int_equal(counted(d, 2, "all", "received"), 4);
    assert_int_equal(counted(d, 2, "all", "on_time"), 0);
    assert_int_equal(counted(d, 2, "all", "class.a"), 0);
    assert_int_equal(counted(d, 2, "all", "class.b"), 2);
    assert_int_equal(counted(d, 2, "all", "satisfaction.dissatisfied"), 1);
    assert_int_equal(counted(d, 2, "agency", "cohosted"), 0); /* Health has it no more */
    assert_int_equal(counted(d, 2, "agency", "assigned"), 2);
    assert_int_equal(counted(d, 2, "agency", "met"), 0);
    assert_ok(desk_in_org(d, d->t->org, verify, NULL));
}

/* ---- faults ---- */

static void every_fault_is_named_and_nothing_stays(void **state)
{
    static const struct {
        const char *line, *column, *code;
    } BAD[] = {
        { "下一次,1,甲,Li,Roads,,,,,,,,,2025-06-10,,,,,", "届次", "transfers.session_unreadable" },
        { "6-3,1,甲,Li,Roads,,,,,,,,,2026-06-10,,,,,", "届次", "transfers.session_runs" },
        { "6-2,甲一,甲,Li,Roads,,,,,,,,,2025-06-10,,,,,", "案号", "transfers.not_a_number" },
        { "6-2,1,,Li,Roads,,,,,,,,,2025-06-10,,,,,", "案由", "import.value_missing" },
        { "6-2,1,甲,Li,,,,,,,,,,2025-06-10,,,,,", "主办", "transfers.no_host" },
        { "6-2,1,甲,Li,Nobody,,,,,,,,,2025-06-10,,,,,", "主办", "transfers.no_agency" },
        { "6-2,1,甲,Li,Roads、Health,,,,,,,,,2025-06-10,,,,,", "主办", "transfers.one_host" },
        { "6-2,1,甲,Li,Roads,Roads,,,,,,,,2025-06-10,,,,,", "会办", "transfers.agency_twice" },
        { "6-2,1,甲,Li,,Roads,,,,,,,,2025-06-10,,,,,", "主办", "transfers.cohosts_alone" },
        { "6-2,1,甲,Li,Roads,,E,,,,,,,2025-06-10,,,,,", "办理类别", "transfers.unknown_class" },
        { "6-2,1,甲,Li,Roads,,,还行,,,,,,2025-06-10,,,,,", "满意度", "transfers.unknown_word" },
        { "6-2,1,甲,Li,Roads,,,,去年,,,,,2025-06-10,,,,,", "提案日期", "form.not_a_day" },
        { "6-2,1,甲,Li,Roads,,,,2024-02-11,,,,,2025-06-10,,,,,", "提案日期",
          "transfers.other_session" },
        { "6-2,1,甲,Li,Roads,,,,2025-03-11,2025-03-01,,,,2025-06-10,,,,,", "立案日期",
          "transfers.day_order" },
        { "6-2,1,甲,Li,Roads,,,,,,,,,2027-06-10,,,,,", "办结日期", "transfers.day_ahead" },
        { "6-2,1,甲,Li,Roads,,A,,,,,,,,,,,,", "办结日期", "transfers.not_finished" },
        { "6-2,1,甲,Li,Roads,,A,,,,,,,2025-06-10,,,不立案,,", "主办", "transfers.not_answered" },
        { "6-2,1,甲,Li,,,,,,,,,,,,,并案,,", "并入案号", "transfers.no_main_number" },
        { "6-2,1,甲,Li,,,,,,,,,,,,,并案,,99", "并入案号", "transfers.no_main" },
        { "6-2,1,甲,Li,,,,,,,,,,,,,也许,,", "审查结果", "transfers.unknown_word" },
    };
    struct desk *d = *state;
    enter_missing(d);
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        bool found = false;
        struct test_answer a =
            import(d, joined(d, TWO, arena_printf(d->t->mem, "%s\n", BAD[i].line).ptr, ""));
        assert_int_equal(a.status, 422);
        for (int k = 0; k < 8 && !found; k++) {
            char at[4][40];
            static const char *const PARTS[] = { "row", "column", "code", "detail" };
            for (int n = 0; n < 4; n++)
                snprintf(at[n], sizeof at[n], "faults.%d.%s", k, PARTS[n]);
            found = str_is(test_json(d->t, &a, at[2]), BAD[i].code) &&
                    str_is(test_json(d->t, &a, at[1]), BAD[i].column) &&
                    str_is(test_json(d->t, &a, at[0]), "3") && test_json(d->t, &a, at[3]).len > 0;
        }
        if (!found)
            fail_msg("%s: %s at %s not among %.*s", BAD[i].line, BAD[i].code, BAD[i].column,
                     (int)a.body.len, a.body.ptr);
    }
    assert_int_equal(rows(d, SQL("SELECT COUNT(*) AS n FROM proposals WHERE org_id = :org")), 0);
    struct test_answer a = import(d, joined(d, TWO, TWO, ""));
    desk_same(test_json(d->t, &a, "faults.0.code"), "transfers.twice");
}

/* A number that a living case of the session has is not taken. */
static void a_living_case_keeps_its_number(void **state)
{
    struct desk *d = *state;
    i64 id = desk_docketed(d, "A lamp");
    i64 was = d->session_id, is;
    enter_missing(d);
    is = session_of(d, 2);
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE proposals SET session_id = :is WHERE org_id = :org AND session_id "
                         "= :was",
                         P(is), P(was)),
                     NULL));
    assert_int_equal(desk_load(d, id).docket_no, 1);
    struct test_answer a = import(d, joined(d, ONE, "", ""));
    assert_int_equal(a.status, 422);
    desk_same(test_json(d->t, &a, "faults.0.code"), "proposals.number_taken");
}

/* ---- who sees what ---- */

static void an_agency_never_sees_the_verdict(void **state)
{
    struct desk *d = *state;
    import_all(d);
    i64 id = case_of(d, 2, "1").id;
    struct test_answer a = desk_page(d, "/proposals/", id, "");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "录自往届名单"));
    assert_true(desk_has(&a, "上门走访"));
    desk_as_operator(d, 0);
    a = desk_page(d, "/proposals/", id, "");
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, "满意"));
    assert_false(desk_has(&a, "上门走访"));
    a = desk_page(d, "/api/v1/proposals/", id, "");
    assert_false(desk_has(&a, "satisfied"));
    desk_as_operator(d, 2); /* Schools never had it */
    assert_int_equal(desk_page(d, "/proposals/", id, "").status, 404);
    desk_as_member(d, 2); /* Zhao does not sign it: he reads what all members read */
    a = desk_page(d, "/proposals/", id, "");
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, "满意"));
    assert_int_equal(desk_page(d, "/proposals/", case_of(d, 2, "3").id, "").status, 404);
    desk_as_member(d, 0);
    assert_int_equal(desk_page(d, "/proposals/", id, "").status, 200);
    desk_as_other_reviewer(d);
    assert_int_equal(desk_page(d, "/proposals/", id, "").status, 404);
}

/* What the list calls confidential is for those concerned, as it is of living ones. */
static void a_confidential_one_is_for_those_concerned(void **state)
{
    struct desk *d = *state;
    enter_missing(d);
    struct test_answer a =
        import(d,
               "届次,案号,案由,提案者,主办,办结日期,是否保密\n6-2,1,甲,Li,Roads,2025-06-10,涉密\n");
    desk_same(test_json(d->t, &a, "created"), "1");
    i64 id = case_of(d, 2, "1").id;
    desk_as_member(d, 2);
    assert_int_equal(desk_page(d, "/proposals/", id, "").status, 404);
    desk_as_member(d, 0);
    assert_int_equal(desk_page(d, "/proposals/", id, "").status, 200);
    desk_as_operator(d, 0);
    assert_int_equal(desk_page(d, "/proposals/", id, "").status, 200);
}

/* Another list of the same year that says nothing of it makes nothing public; what it takes back is
 * hidden as if it had come so. */
static void a_second_list_opens_nothing(void **state)
{
    struct desk *d = *state;
    enter_missing(d);
    import(d, "届次,案号,案由,提案者,主办,办结日期,是否保密,是否同意公开\n"
              "6-2,1,甲,Li,Roads,2025-06-10,涉密,\n6-2,2,乙,Li,Roads,2025-06-10,,不同意\n"
              "6-2,3,丙,Li,Roads,2025-06-10,,\n");
    desk_as_member(d, 2);
    assert_int_equal(desk_page(d, "/proposals/", case_of(d, 2, "3").id, "").status, 200);
    desk_on_day(d, "2026-11-27");
    struct test_answer a = import(d, "届次,案号,案由,提案者,主办,办结日期,审查结果,不立案理由\n"
                                     "6-2,1,甲一,Li,Roads,2025-06-10,,\n"
                                     "6-2,2,乙一,Li,Roads,2025-06-10,,\n"
                                     "6-2,3,丙,Li,,,不立案,材料太少\n");
    desk_same(test_json(d->t, &a, "updated"), "3");
    struct proposal p = case_of(d, 2, "1");
    desk_same(p.title, "甲一");
    assert_true(p.confidential);
    desk_same(case_of(d, 2, "2").consent, "no");
    p = case_of(d, 2, "3");
    assert_int_equal(p.closed_at + p.replied_at + p.first_replied_at + p.assigned_at, 0);
    desk_as_member(d, 2);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(desk_page(d, "/proposals/",
                                   case_of(d, 2, (const char *[]){ "1", "2", "3" }[i]).id, "")
                             .status,
                         404);
}

/* What no list tells is not 0: whether an answer was one in the strict sense, and where nothing is
 * said of a talk, whether there was one. Of session 2: two answers, one talk (visit), of the other
 * nothing is known: 1 of 1. */
static void what_no_list_tells_is_no_zero(void **state)
{
    static const struct {
        i64 session;
        const char *at, *value;
    } WANTED[] = {
        { 2, "proposals.replied", "2" },
        { 2, "proposals.strict", "" },
        { 2, "proposals.strict_rate_x10000", "" },
        { 2, "proposals.reply_rate_x10000", "10000" },
        { 2, "assignments.unit_strict_rate_x10000", "" },
        { 2, "assignments.unit_met", "1" },
        { 2, "assignments.meet_rate_x10000", "10000" },
        { 1, "assignments.unit_met", "" },
        { 1, "assignments.meet_rate_x10000", "" },
        { 3, "proposals.strict", "0" }, /* nobody has answered yet: that is known */
        { 3, "proposals.strict_rate_x10000", "" },
        { 3, "assignments.unit_met", "0" },
    };
    struct desk *d = *state;
    import_all(d);
    desk_as_staff(d);
    for (size_t i = 0; i < sizeof WANTED / sizeof *WANTED; i++) {
        struct test_answer a =
            desk_page(d, "/api/v1/proposals/figures?session_id=", session_of(d, WANTED[i].session),
                      "");
        assert_int_equal(a.status, 200);
        str value = test_json(d->t, &a, WANTED[i].at);
        if (!str_is(value, WANTED[i].value))
            fail_msg("%lld %s: %.*s", (long long)WANTED[i].session, WANTED[i].at, (int)value.len,
                     value.ptr);
    }
    struct test_answer a = desk_page(d, "/proposals/figures?session_id=", session_of(d, 1), "");
    assert_true(desk_has(&a, "无数据"));
    a = desk_page(d, "/proposals/figures?session_id=", session_of(d, 3), "");
    assert_false(desk_has(&a, "<dd>无数据"));
}

/* ---- a corrected list ---- */

static i64 answers_of(struct desk *d, i64 proposal_id, const char *name)
{
    str agency_name = str_of(name);
    return rows(d, SQL("SELECT COUNT(*) AS n FROM replies r JOIN assignments a ON a.org_id = "
                       "r.org_id AND a.id = r.assignment_id WHERE r.org_id = :org AND a.matter_id "
                       "= :proposal_id AND a.agency_name = :agency_name",
                       P(proposal_id), P(agency_name)));
}

/* Who was the host by mistake answered nobody. */
static void who_is_no_host_any_more_keeps_no_answer(void **state)
{
    static const char HEAD[] = "届次,案号,案由,提案者,主办,会办,办理类别,办结日期,答复内容\n";
    struct desk *d = *state;
    enter_missing(d);
    const char *first = arena_printf(d->t->mem,
                                     "%s6-2,1,甲,Li,Roads,Health,A,2025-06-10,已修好\n"
                                     "6-2,2,乙,Li,Roads,,A,2025-06-10,已修好\n",
                                     HEAD)
                            .ptr;
    desk_same(test_json(d->t, (struct test_answer[]){ import(d, first) }, "created"), "2");
    i64 one = case_of(d, 2, "1").id, two = case_of(d, 2, "2").id;
    assert_int_equal(answers_of(d, one, "Roads"), 1);
    assert_int_equal(answers_of(d, one, "Health"), 0);
    desk_on_day(d, "2026-11-27");
    const char *second = arena_printf(d->t->mem,
                                      "%s6-2,1,甲,Li,Health,Roads,A,2025-06-10,已修好\n"
                                      "6-2,2,乙,Li,Health,,A,2025-06-10,已修好\n",
                                      HEAD)
                             .ptr;
    desk_same(test_json(d->t, (struct test_answer[]){ import(d, second) }, "updated"), "2");
    assert_int_equal(answers_of(d, one, "Roads"), 0); /* now a cohost */
    assert_int_equal(answers_of(d, one, "Health"), 1);
    assert_int_equal(answers_of(d, two, "Roads"), 0); /* had nothing to do with it */
    assert_int_equal(answers_of(d, two, "Health"), 1);
    assert_int_equal(counted(d, 2, "agency", "class.a"), 2);
    assert_int_equal(counted(d, 2, "agency", "cohosted"), 1);
    desk_on_day(d, "2026-11-28");
    desk_same(test_json(d->t, (struct test_answer[]){ import(d, first) }, "updated"), "2");
    assert_int_equal(answers_of(d, one, "Roads"), 1); /* and back */
    assert_int_equal(answers_of(d, one, "Health"), 0);
}

/* What is merged into a case is told elsewhere first: above it, in the same list. */
static void a_main_case_is_not_turned_away_from_what_is_merged(void **state)
{
    static const char AWAY[] =
        "6-2,1,修路,Li,,,,,2025-02-11,,,,,,,,不立案,材料太少,\n"; /* 4 is merged into it */
    static const char MOVED[] = "6-2,4,并进去的,Zhao,,,,,2025-02-12,,,,,,,,并案,,2\n";
    struct desk *d = *state;
    import_all(d);
    desk_on_day(d, "2026-11-27");
    struct test_answer a = import(d, joined(d, AWAY, "", ""));
    assert_int_equal(a.status, 422);
    desk_same(test_json(d->t, &a, "faults.0.code"), "transfers.has_merged");
    desk_same(test_json(d->t, &a, "faults.0.row"), "2");
    desk_same(test_json(d->t, &a, "faults.0.column"), "审查结果");
    assert_true(desk_has(&a, "第 4 号"));
    a = import(d, joined(d, AWAY, MOVED, ""));
    assert_int_equal(a.status, 422); /* below it is too late */
    desk_same(case_of(d, 2, "1").outcome, "docketed");
    a = import(d, joined(d, MOVED, AWAY, ""));
    desk_same(test_json(d->t, &a, "updated"), "2");
    desk_same(case_of(d, 2, "1").outcome, "rejected");
    assert_int_equal(case_of(d, 2, "1").merged_count, 0);
    assert_int_equal(case_of(d, 2, "4").main_id, case_of(d, 2, "2").id);
    assert_int_equal(case_of(d, 2, "2").merged_count, 1);
    assert_int_equal(counted(d, 2, "all", "rejected"), 2);
    assert_int_equal(counted(d, 2, "all", "merged"), 1);
}

/* Without the day of submission the other days are held against the session; days after its year
 * are those of an answer that came late. */
static void days_before_the_session_are_faults(void **state)
{
    static const struct {
        const char *line, *column; /* NULL: is taken */
    } LINES[] = {
        { "6-2,1,甲,Li,Roads,2024-06-01,,,2025-06-10\n", "立案日期" },
        { "6-2,1,甲,Li,Roads,,2024-06-01,,2025-06-10\n", "交办日期" },
        { "6-2,1,甲,Li,Roads,,,2024-06-01,2025-06-10\n", "答复日期" },
        { "6-2,1,甲,Li,Roads,,,,2024-06-01\n", "办结日期" },
        { "6-2,1,甲,Li,Roads,2025-02-20,,,2025-06-10\n", NULL },
        { "6-1,1,甲,Li,Roads,,,,2025-06-10\n", NULL },
    };
    struct desk *d = *state;
    enter_missing(d);
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
        struct test_answer a =
            import(d, arena_printf(d->t->mem,
                                   "届次,案号,案由,提案者,主办,立案日期,交办日期,答复日期,"
                                   "办结日期\n%s",
                                   LINES[i].line)
                          .ptr);
        assert_int_equal(a.status, LINES[i].column ? 422 : 200);
        if (!LINES[i].column)
            continue;
        desk_same(test_json(d->t, &a, "faults.0.code"), "transfers.earlier_session");
        desk_same(test_json(d->t, &a, "faults.0.column"), LINES[i].column);
    }
}

/* What was made public by hand follows a corrected list: the agency shown, and whether it may be
 * shown at all; no list makes anything public. */
static void what_is_public_follows_a_corrected_list(void **state)
{
    static const char HEAD[] = "届次,案号,案由,提案者,主办,办结日期,是否同意公开,是否保密\n";
    struct desk *d = *state;
    enter_missing(d);
    import(d, arena_printf(d->t->mem,
                           "%s6-2,1,甲,Li,Roads,2025-06-10,同意,\n6-2,2,乙,Li,Roads,"
                           "2025-06-10,同意,\n",
                           HEAD)
                  .ptr);
    i64 id = case_of(d, 2, "1").id;
    assert_int_equal(press_of(d, id).id, 0);
    desk_as_staff(d);
    assert_int_equal(
        test_api(d->t, POST,
                 arena_printf(d->t->mem, "/api/v1/proposals/%lld/publication", (long long)id).ptr,
                 "{}")
            .status,
        200);
    i64 shown = press_published(d, id);
    struct test_answer a = press_ask(d, "/publications?host=Roads");
    assert_true(desk_has(&a, "甲"));
    desk_on_day(d, "2026-11-27");
    import(d, arena_printf(d->t->mem, "%s6-2,1,甲,Li,Health,2025-06-10,同意,\n", HEAD).ptr);
    assert_int_equal(press_seen(d, shown), 200);
    assert_int_equal(rows(d, SQL("SELECT COUNT(*) AS n FROM publication_hosts WHERE org_id = :org "
                                 "AND host_name = 'Health'")),
                     1);
    desk_on_day(d, "2026-11-28");
    import(d, arena_printf(d->t->mem, "%s6-2,1,甲,Li,Health,2025-06-10,同意,涉密\n", HEAD).ptr);
    assert_int_equal(press_seen(d, shown), 404);
    desk_same(press_of(d, id).state, "retracted");
    assert_int_equal(counted(d, 2, "all", "published"), 0);
    assert_int_equal(press_of(d, case_of(d, 2, "2").id).id, 0);
}

/* ---- a real list ---- */

struct sheet_text {
    struct buf *out;
};

static void quoted(struct buf *b, str cell)
{
    buf_printf(b, "\"");
    for (size_t i = 0; i < cell.len; i++)
        buf_printf(b, cell.ptr[i] == '"' ? "\"\"" : "%c", cell.ptr[i]);
    buf_printf(b, "\"");
}

/* The columns of the real list that say what a proposal is, and three of an old list beside them.
 */
static err row_write(void *context, const struct sheet_row *row)
{
    enum { NUMBER = 1, PROPOSER = 4, TITLE = 8, BODY = 9 };
    static const size_t COLUMNS[] = { NUMBER, PROPOSER, TITLE, BODY };
    struct buf *b = ((struct sheet_text *)context)->out;
    if (row->number == 1) {
        buf_printf(b, "届次,主办,办结日期,案号,提案者,案由,提案内容\n");
        return OK;
    }
    buf_printf(b, "6-2,Roads,2025-06-10");
    for (size_t i = 0; i < sizeof COLUMNS / sizeof *COLUMNS; i++) {
        buf_printf(b, ",");
        quoted(b, row->cells.items[COLUMNS[i]]);
    }
    buf_printf(b, "\n");
    return OK;
}

/* 294 proposals of a province as people wrote them: each arrives once, and is known again. */
static void a_whole_real_session_comes_in_and_is_known_again(void **state)
{
    struct desk *d = *state;
    const struct sheet_spool *list =
        test_list(d->t, desk_shared_file(d, "proposals_js2019.csv.gz"));
    struct arena *mem = arena_new(16 << 20, 0);
    struct sheet_text text = { buf_new(mem, 8 << 20) };
    const struct sheet_reader reader = { .row = row_write, .context = &text };
    assert_ok(sheet_again(mem, list, &reader));
    buf_printf(text.out, "%c", 0);
    enter_missing(d);
    struct test_answer a = import(d, buf_str(text.out).ptr);
    desk_same(test_json(d->t, &a, "created"), "294");
    assert_int_equal(counted(d, 2, "all", "received"), 294);
    assert_int_equal(counted(d, 2, "agency", "replied"), 294);
    desk_on_day(d, "2026-11-26");
    a = import(d, buf_str(text.out).ptr);
    desk_same(test_json(d->t, &a, "unchanged"), "294");
    arena_free(mem);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(what_a_list_names_is_offered),
        T(a_list_waits_for_what_it_names),
        T(what_is_offered_is_judged),
        T(a_case_arrives_finished_with_its_own_days),
        T(a_name_is_linked_only_to_who_served_then),
        T(they_count_in_their_own_session),
        T(nobody_is_urged_or_told),
        T(the_second_run_changes_nothing_and_a_corrected_line_only_itself),
        T(every_fault_is_named_and_nothing_stays),
        T(a_living_case_keeps_its_number),
        T(what_no_list_tells_is_no_zero),
        T(who_is_no_host_any_more_keeps_no_answer),
        T(a_main_case_is_not_turned_away_from_what_is_merged),
        T(days_before_the_session_are_faults),
        T(what_is_public_follows_a_corrected_list),
        T(an_agency_never_sees_the_verdict),
        T(a_confidential_one_is_for_those_concerned),
        T(a_second_list_opens_nothing),
        T(a_whole_real_session_comes_in_and_is_known_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
