/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Numeric steps of an old system (rules.md 12.1): the shipped table is the one of the rules, the
 * office's own changes are judged, steps become the road on a case's page, what is not known is
 * reported with its line, and no list writes the history of a living case. */
#include "modules/proposals/tests/desk.h"
#include "modules/transfers/transfer_legacy.h"
#include "platform/base/str.h"

static const char CASES[] = "届次,案号,案由,提案者,主办,办理类别,提案日期,办结日期,流程状态\n"
                            "6-2,1,修路,Li,Roads,A,2025-02-11,2025-06-10,9\n"
                            "6-2,x1,不立的,Wang,,,2025-02-12,,−5\n"
                            "6-2,x2,转走的,Wang,,,2025-02-12,,已转用\n";
static const char HEADS[] = "届次,案号,步骤代码,时间,操作人,单位,意见\n";
static const char ROAD[] = "6-2,1,1,2025-02-10 10:00:00,Li,,\n"
                           "6-2,1,2,2025-02-11 08:30:00,Li,,\n"
                           "6-2,1,4,2025-02-12 09:00:00,Sun,,材料齐全\n"
                           "6-2,1,5,2025-02-20,Sun,,同意立案\n"
                           "6-2,1,6,2025-03-01,Zhou,,\n"
                           "6-2,1,－6,2025-03-03,Wu,Roads,不是我局职责\n"
                           "6-2,1,待反馈,2025-05-20,Wu,Roads,已答复\n"
                           "6-2,1,8,2025-06-10,Li,,很不满意\n"
                           "6-2,x1,-5,2025-02-13,Sun,,不属于本市\n";

static struct test_answer send(struct desk *d, const char *path, const char *text)
{
    const struct test_file files[] = { { "file", "list.csv", { text, strlen(text) } }, { 0 } };
    desk_as_staff(d);
    return test_upload(d->t, path, files, "run", "1", NULL);
}

static struct test_answer steps(struct desk *d, const char *lines)
{
    return send(d, "/api/v1/proposals/past/steps",
                arena_printf(d->t->mem, "%s%s", HEADS, lines).ptr);
}

static void cases_come(struct desk *d)
{
    desk_as_staff(d);
    assert_int_equal(test_post(d->t, "/proposals/past/sessions", "codes", "6-2", "opened",
                               "2025-02-10", "closed", "2025-02-14", NULL)
                         .status,
                     303);
    struct test_answer a = send(d, "/api/v1/proposals/past", CASES);
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
}

static i64 case_of(struct desk *d, const char *number_text)
{
    i64 id = 0;
    str number = str_of(number_text);
    assert_ok(db_i64(d->t->db,
                     SQL("SELECT proposal_id FROM transfer_records WHERE org_id = :org "
                         "AND number = :number",
                         P(number)),
                     &id));
    return id;
}

/* ---- the table ---- */

/* rules.md 12.1, last paragraph, word by word; states as the design maps them. */
static void the_shipped_table_is_that_of_the_rules(void **state)
{
    static const struct {
        const char *code, *word, *state;
    } RULES[] = {
        { "1", "暂存", "draft" },         { "2", "外网提交", "submitted" },
        { "3", "提交", "submitted" },     { "4", "预审通过", "screened" },
        { "-4", "预审退回", "revising" }, { "5", "立案", "docketed" },
        { "-5", "不立案", "rejected" },   { "6", "已分理", "assigned" },
        { "-6", "分理退回", "docketed" }, { "7", "待反馈", "evaluating" },
        { "8", "已反馈", "closed" },      { "9", "归档", "archived" },
        { "-9", "重新办理", "redoing" },  { "98", "转用", "submitted" },
        { "99", "已转用", "diverted" },   { "100", "不转用", "rejected" },
    };
    struct desk *d = *state;
    desk_as_staff(d);
    struct test_answer a = test_get(d->t, "/api/v1/proposals/past/codes");
    for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++) {
        char at[40];
        snprintf(at, sizeof at, "items.%zu.code", i);
        desk_same(test_json(d->t, &a, at), RULES[i].code);
        snprintf(at, sizeof at, "items.%zu.word", i);
        desk_same(test_json(d->t, &a, at), RULES[i].word);
        snprintf(at, sizeof at, "items.%zu.state", i);
        desk_same(test_json(d->t, &a, at), RULES[i].state);
    }
    desk_as_reviewer(d);
    assert_int_equal(test_get(d->t, "/proposals/past/codes").status, 403);
}

static void the_offices_own_meaning_is_judged(void **state)
{
    static const struct {
        const char *code, *word, *state, *verb;
        int status;
    } TRIES[] = {
        { "x", "收文", "submitted", "", 422 },
        { "1000", "收文", "submitted", "", 422 },
        { "0", "收文", "submitted", "", 422 },
        { "20", "立案", "docketed", "", 422 },
        { "20", "收文", "lost", "", 422 },
        { "20", "收文", "submitted", "docket", 422 },
        { "20", "收文", "submitted", "fly", 422 },
        { "20", "收文", "", "submit", 422 },
        { "20", "21", "submitted", "", 422 },
        { "20", "", "submitted", "", 422 },
        { "20", "收文", "submitted", "", 303 },
        { "-4", "退给委员", "revising", "revise", 303 },
        { "98", "转用", "", "", 303 },
    };
    struct desk *d = *state;
    desk_as_staff(d);
    for (size_t i = 0; i < sizeof TRIES / sizeof *TRIES; i++) {
        struct test_answer a =
            test_post(d->t, "/proposals/past/codes", "code", TRIES[i].code, "word", TRIES[i].word,
                      "state", TRIES[i].state, "verb", TRIES[i].verb, NULL);
        if (a.status != TRIES[i].status)
            fail_msg("%s %s: %d", TRIES[i].code, TRIES[i].word, a.status);
    }
    struct test_answer a = test_get(d->t, "/proposals/past/codes?code=-4");
    assert_true(desk_has(&a, "退给委员"));
    assert_true(desk_has(&a, "恢复原来的含义"));
    assert_int_equal(test_post(d->t, "/proposals/past/codes/reset", "code", "-4", NULL).status,
                     303);
    a = test_get(d->t, "/proposals/past/codes");
    assert_false(desk_has(&a, "退给委员"));
    cases_come(d);
    a = steps(d, "6-2,1,98,2025-02-12,Sun,,\n"); /* said to be not used */
    desk_same(test_json(d->t, &a, "faults.0.code"), "transfers.unknown_code");
    a = steps(d, "6-2,1,20,2025-02-12,Sun,,\n");
    desk_same(test_json(d->t, &a, "created"), "1");
    desk_as_other_reviewer(d); /* another organisation's table is its own */
    a = test_get(d->t, "/api/v1/proposals/past/codes");
    assert_true(desk_has(&a, "转用"));
    assert_false(desk_has(&a, "收文"));
}

/* ---- the road ---- */

static void a_state_is_taken_for_the_outcome(void **state)
{
    struct desk *d = *state;
    cases_come(d);
    desk_same(desk_load(d, case_of(d, "1")).outcome, "docketed");
    desk_same(desk_load(d, case_of(d, "x1")).outcome, "rejected");
    desk_same(desk_load(d, case_of(d, "x2")).outcome, "diverted");
    struct test_answer a = send(d, "/api/v1/proposals/past",
                                "届次,案号,案由,主办,办结日期,流程状态\n"
                                "6-2,5,甲,Roads,2025-06-10,77\n"
                                "6-2,6,乙,Roads,2025-06-10,7\n");
    desk_same(test_json(d->t, &a, "faults.0.code"), "transfers.unknown_code");
    desk_same(test_json(d->t, &a, "faults.0.row"), "2");
    desk_same(test_json(d->t, &a, "faults.1.code"), "transfers.no_end");
    desk_same(test_json(d->t, &a, "faults.1.row"), "3");
}

static void the_page_shows_the_whole_road(void **state)
{
    static const char *const VERBS[] = { "legacy", "submit",  "screen", "docket", "assign",
                                         "legacy", "deliver", "close",  "record" };
    struct desk *d = *state;
    cases_come(d);
    struct test_answer a = steps(d, ROAD);
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    desk_same(test_json(d->t, &a, "created"), "9");
    i64 id = case_of(d, "1");
    a = desk_page(d, "/api/v1/proposals/", id, "");
    for (size_t i = 0; i < sizeof VERBS / sizeof *VERBS; i++) {
        char at[40];
        snprintf(at, sizeof at, "trail.%zu.verb", i);
        desk_same(test_json(d->t, &a, at),
                  VERBS[i]); /* in order of its days, the list's own last */
    }
    a = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&a, "旧系统：4 预审通过"));
    assert_true(desk_has(&a, "材料齐全"));
    assert_true(desk_has(&a, "很不满意"));
    desk_same(desk_load(d, id).state, "archived"); /* history only */
}

/* What was written at steps is for the office; a reason for not taking up is for its proposer. */
static void words_of_steps_are_for_the_office(void **state)
{
    struct desk *d = *state;
    cases_come(d);
    steps(d, ROAD);
    desk_as_operator(d, 0);
    struct test_answer a = desk_page(d, "/proposals/", case_of(d, "1"), "");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "旧系统：8 已反馈"));
    assert_false(desk_has(&a, "很不满意"));
    assert_false(desk_has(&a, "材料齐全"));
    a = desk_page(d, "/api/v1/proposals/", case_of(d, "1"), "");
    assert_false(desk_has(&a, "很不满意"));
    desk_as_member(d, 1);
    a = desk_page(d, "/proposals/", case_of(d, "x1"), "");
    assert_true(desk_has(&a, "不属于本市"));
}

static void the_same_steps_again_change_nothing(void **state)
{
    struct desk *d = *state;
    cases_come(d);
    steps(d, ROAD);
    struct test_answer a = steps(d, ROAD);
    desk_same(test_json(d->t, &a, "unchanged"), "9");
    desk_same(test_json(d->t, &a, "created"), "0");
    a = steps(d, "6-2,1,5,2025-02-20,Sun,,另一种意见\n");
    assert_int_equal(a.status, 422);
    desk_same(test_json(d->t, &a, "faults.0.code"), "transfers.step_otherwise");
    i64 id = case_of(d, "1"), count = 0;
    assert_ok(db_i64(d->t->db,
                     SQL("SELECT COUNT(*) AS n FROM trails WHERE org_id = :org AND flow = "
                         "'proposals' AND subject_id = :id",
                         P(id)),
                     &count));
    assert_int_equal(count, 9); /* eight of its nine lines, and who recorded it */
}

static void faults_are_told_with_their_lines_and_nothing_stays(void **state)
{
    static const struct {
        const char *line, *column, *code;
    } BAD[] = {
        { "6-2,1,77,2025-02-20,Sun,,\n", "步骤代码", "transfers.unknown_code" },
        { "6-2,1,办了,2025-02-20,Sun,,\n", "步骤代码", "transfers.unknown_code" },
        { "6-2,2,5,2025-02-20,Sun,,\n", "案号", "transfers.no_record" },
        { "6-1,1,5,2025-02-20,Sun,,\n", "届次", "transfers.no_session" },
        { "6-3,1,5,2026-02-20,Sun,,\n", "届次", "transfers.session_runs" },
        { "6-2,1,5,从前,Sun,,\n", "时间", "form.not_a_day" },
        { "6-2,1,5,2027-02-20,Sun,,\n", "时间", "transfers.day_ahead" },
        { "6-2,1,,2025-02-20,Sun,,\n", "步骤代码", "import.value_missing" },
    };
    struct desk *d = *state;
    cases_come(d);
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        struct test_answer a =
            steps(d, arena_printf(d->t->mem, "6-2,1,5,2025-02-20,Sun,,\n%s", BAD[i].line).ptr);
        assert_int_equal(a.status, 422);
        desk_same(test_json(d->t, &a, "faults.0.code"), BAD[i].code);
        desk_same(test_json(d->t, &a, "faults.0.column"), BAD[i].column);
        desk_same(test_json(d->t, &a, "faults.0.row"), "3");
    }
    i64 count = 1;
    assert_ok(db_i64(d->t->db, SQL("SELECT COUNT(*) AS n FROM transfer_steps WHERE org_id = :org"),
                     &count));
    assert_int_equal(count, 0);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_shipped_table_is_that_of_the_rules),
        T(the_offices_own_meaning_is_judged),
        T(a_state_is_taken_for_the_outcome),
        T(the_page_shows_the_whole_road),
        T(words_of_steps_are_for_the_office),
        T(the_same_steps_again_change_nothing),
        T(faults_are_told_with_their_lines_and_nothing_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
