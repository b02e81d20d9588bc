/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Ten proposals with all their figures reckoned by hand, and every figure that places have
 * published of theirs has one here. Definitions: README, docs/glossary.md. */
#include "modules/dashboards/dashboard.h"
#include "modules/dashboards/dashboard_days.h"
#include "modules/dashboards/tests/figure_links.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"

static void must_act(struct desk *d, i64 id, const char *verb, const char *json)
{
    assert_int_equal(desk_act(d, id, verb, json), 200);
}

static void hand_out(struct desk *d, i64 id, const char *due_on)
{
    desk_as_dispatcher(d);
    must_act(d, id, "assign",
             arena_printf(d->t->mem, "{\"mode\":\"sole\",\"host_id\":%lld,\"due_on\":\"%s\"}",
                          (long long)d->agency[0], due_on)
                 .ptr);
}

static void as_docketed(struct desk *d, i64 made[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        made[i] = desk_docketed(d, "Docketed");
}

/* 2026-11-25: all are written. 6: answered on that day; 7: due 2026-12-10, answered on the 20th; 8:
 * due 2026-12-10; 9: due 2027-01-15. Today is 2026-12-20. */
static void make_ten(struct desk *d)
{
    i64 four[4];
    desk_set(d, "assignments.strict_contacts", "1");
    desk_draft(d, "1");
    desk_rejected(d, "2");
    i64 diverted = desk_submitted(d, "3"), withdrawn = desk_submitted(d, "4");
    i64 merged = desk_submitted(d, "5");
    desk_as_reviewer(d);
    must_act(d, diverted, "divert", "{\"destination\":\"letter\",\"opinion\":\"A letter.\"}");
    desk_as_member(d, 0);
    must_act(d, withdrawn, "ask_withdraw", "{\"opinion\":\"Solved.\"}");
    desk_as_reviewer(d);
    must_act(d, withdrawn, "withdraw", "{}");
    as_docketed(d, four, 4);
    i64 submitted = desk_submitted(d, "10");
    desk_as_reviewer(d);
    must_act(d, merged, "merge",
             arena_printf(d->t->mem, "{\"main_id\":%lld}", (long long)submitted).ptr);
    hand_out(d, four[0], "2026-12-10");
    hand_out(d, four[1], "2026-12-10");
    hand_out(d, four[2], "2026-12-10");
    hand_out(d, four[3], "2027-01-15");
    desk_answer(d, four[0], "a");
    assert_int_equal(desk_evaluate(d, four[0], "satisfied"), 200);
    desk_on_day(d, "2026-12-20");
    desk_answer(d, four[1], "b");
    assert_int_equal(desk_evaluate(d, four[1], "fair"), 200);
    desk_as_staff(d);
    struct test_answer a = test_get(d->t, "/api/v1/promises");
    str path = arena_printf(d->t->mem, "/api/v1/promises/%.*s/meet",
                            (int)test_json(d->t, &a, "items.0.id").len,
                            test_json(d->t, &a, "items.0.id").ptr);
    desk_as_operator(d, 0);
    a = test_api(d->t, POST, path.ptr, "{\"version\":1,\"opinion\":\"It runs.\"}");
    assert_int_equal(a.status, 200);
}

static void ten_proposals_reckoned_by_hand(void **state)
{
    static const struct {
        const char *name, *value;
    } FIGURES[] = {
        { "proposals.received", "9" },
        { "proposals.pending", "1" },
        { "proposals.docketed", "4" },
        { "proposals.rejected", "1" },
        { "proposals.diverted", "1" },
        { "proposals.withdrawn", "1" },
        { "proposals.merged", "1" },
        { "proposals.signers", "9" },
        { "proposals.assigned", "4" },
        { "proposals.due", "3" }, /* 6, 7, 8 */
        { "proposals.replied", "2" },
        { "proposals.reply_rate_x10000", "6667" },
        { "proposals.strict", "1" },
        { "proposals.strict_rate_x10000", "3333" },
        { "proposals.on_time", "1" },
        { "proposals.on_time_rate_x10000", "3333" },
        { "proposals.closed", "2" },
        { "proposals.class_a", "1" },
        { "proposals.class_b", "1" },
        { "proposals.share_a_x10000", "5000" },
        { "proposals.share_b_x10000", "5000" },
        { "proposals.case_satisfied", "1" },
        { "proposals.case_fair", "1" },
        { "proposals.case_dissatisfied", "0" },
        { "proposals.case_rate_x10000", "10000" },
        { "assignments.unit_assigned", "4" },
        { "assignments.unit_due", "3" },
        { "assignments.unit_reply_rate_x10000", "6667" },
        { "assignments.unit_strict_rate_x10000", "3333" },
        { "assignments.meet_rate_x10000", "10000" },
        { "assignments.contact_rate_x10000", "10000" },
        { "assignments.adoption_rate_x10000", "5000" }, /* two of four suggestions */
        { "evaluations.sent", "2" },
        { "evaluations.return_rate_x10000", "10000" },
        { "evaluations.result_rate_x10000", "10000" },
        { "evaluations.satisfied_rate_x10000", "5000" },
        { "promises.promised", "1" },
        { "promises.kept", "1" },
        { "promises.fulfil_rate_x10000", "10000" },
    };
    struct desk *d = *state;
    make_ten(d);
    desk_as_reviewer(d);
    struct test_answer a = test_get(d->t, "/api/v1/proposals/figures?all=1");
    assert_int_equal(a.status, 200);
    for (size_t i = 0; i < sizeof FIGURES / sizeof *FIGURES; i++)
        figure_is(d, &a, FIGURES[i].name, FIGURES[i].value);
    d->actor->agency_id = d->agency[0]; /* whoever works for one sees no sums with its own */
    a = test_get(d->t, "/api/v1/proposals/figures?all=1");
    figure_is(d, &a, "evaluations.sent", "");
    figure_is(d, &a, "proposals.case_fair", "");
    desk_as_reviewer(d);
    /* From handing out to acceptance: 0 and 25 days. */
    a = test_get(d->t, "/api/v1/proposals/figures/days?all=1");
    figure_is(d, &a, "tables.0.lines.2.cells.0.words", "2");
    figure_is(d, &a, "tables.0.lines.2.cells.1.words", "0");
    figure_is(d, &a, "tables.0.lines.2.cells.2.words", "25");
    desk_set(d, "dashboards.merged_apart", "0");
    a = test_get(d->t, "/api/v1/proposals/figures?all=1");
    figure_is(d, &a, "proposals.docketed", "5");
    a = test_get(d->t, "/api/v1/proposals?outcome=docketed,merged");
    figure_is(d, &a, "total", "5");
}

/* Nearest rank: the value at rank ceil(p n / 100). */
static void days_are_those_at_the_nearest_rank(void **state)
{
    static const struct {
        struct day_count days[10];
        size_t count;
        i64 median, most;
    } CASES[] = {
        { { { 1, 1 }, { 2, 1 }, { 3, 1 }, { 4, 1 }, { 10, 1 } }, 5, 3, 10 },
        { { { 2, 1 }, { 4, 1 } }, 2, 2, 4 },
        { { { 7, 1 } }, 1, 7, 7 },
        { { { 1, 1 },
            { 2, 1 },
            { 3, 1 },
            { 4, 1 },
            { 5, 1 },
            { 6, 1 },
            { 7, 1 },
            { 8, 1 },
            { 9, 1 },
            { 10, 1 } },
          10,
          5,
          9 },
        { { { 1, 9 }, { 30, 1 } }, 2, 1, 1 },
        { { { 0, 0 } }, 0, -1, -1 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_int_equal(days_at_rank(CASES[i].days, CASES[i].count, 50), CASES[i].median);
        assert_int_equal(days_at_rank(CASES[i].days, CASES[i].count, 90), CASES[i].most);
    }
}

/* ---- what places publish ---- */

/* Each word of the reports begins with one of these: the figure that says it, and by what it is
 * told apart ("" = as a whole; "systems" = of agencies, by system). */
static const struct {
    const char *word, *figure, *by;
} PUBLISHED[] = {
    { "\u4F18\u79C0\u63D0\u6848", "commended", "" },
    { "\u515A\u6D3E\u5DE5\u5546\u8054\u4E13\u59D4\u4F1A\u4E61\u9547\u8054\u7EDC\u7EC4", "docketed",
      "proposer" },
    { "\u57FA\u672C\u843D\u5B9E\u6216\u8BA1\u5212\u843D\u5B9E", "class.b", "" },
    { "\u5217\u5165\u8BA1\u5212\u9010\u6B65\u89E3\u51B3", "class.b", "" },
    { "\u63D0\u51FA\u63D0\u6848\u59D4\u5458\u4EBA\u6B21", "signers", "" },
    { "\u91C7\u7EB3\u6216\u57FA\u672C\u89E3\u51B3", "class.a", "" },
    { "\u653F\u6CD5\u52B3\u52A8\u6C11\u751F\u7C7B", "docketed", "field" },
    { "\u653F\u5E9C\u7CFB\u7EDF\u627F\u529E", "unit_assigned", "systems" },
    { "\u5176\u4E2D\u8054\u540D\u63D0\u6848", "docketed", "kind" },
    { "\u751F\u6001\u6587\u660E\u5EFA\u8BBE", "docketed", "field" },
    { "\u793E\u4F1A\u548C\u8C10\u53D1\u5C55", "docketed", "field" },
    { "\u79D1\u6559\u6587\u536B\u4F53\u7C7B", "docketed", "field" },
    { "\u7CBE\u795E\u6587\u660E\u5EFA\u8BBE", "docketed", "field" },
    { "\u91CD\u8981\u63D0\u6848\u7763\u529E", "flagship", "" },
    { "\u5E02\u653F\u5E9C\u627F\u529E", "unit_assigned", "systems" },
    { "\u7559\u4F5C\u53C2\u8003", "class.c", "" },
    { "\u4E3B\u529E\u5355\u4F4D", "hosts", "" },
    { "\u627F\u529E\u5355\u4F4D", "agencies", "" },
    { "\u653F\u5E9C\u627F\u529E", "unit_assigned", "systems" },
    { "\u4F1A\u8BAE\u671F\u95F4", "docketed", "timing" },
    { "\u95ED\u4F1A\u671F\u95F4", "docketed", "timing" },
    { "\u59D4\u5458\u4E2A\u4EBA", "docketed", "kind" },
    { "\u59D4\u5458\u63D0\u6848", "docketed", "proposer" },
    { "\u59D4\u5458\u8054\u540D", "docketed", "kind" },
    { "\u96C6\u4F53\u63D0\u6848", "docketed", "proposer" },
    { "\u57FA\u672C\u6EE1\u610F", "result_fair", "" },
    { "\u63D0\u6848\u603B\u6570", "received", "" },
    { "\u63D0\u6848\u6750\u6599", "received", "" },
    { "\u653F\u6CBB\u5EFA\u8BBE", "docketed", "field" },
    { "\u6587\u5316\u5EFA\u8BBE", "docketed", "field" },
    { "\u793E\u4F1A\u5EFA\u8BBE", "docketed", "field" },
    { "\u7ECF\u6D4E\u5EFA\u8BBE", "docketed", "field" },
    { "\u91CD\u70B9\u63D0\u6848", "flagship", "" },
    { "\u5DF2\u843D\u5B9E", "class.a", "" },
    { "\u529E\u590D\u7387", "reply_rate", "" },
    { "\u6EE1\u610F\u7387", "result_rate", "" },
    { "\u9762\u529E\u7387", "meet_rate", "" },
    { "A\u7C7B", "class.a", "" },
    { "B\u7C7B", "class.b", "" },
    { "C\u7C7B", "class.c", "" },
    { "\u4F1A\u540E", "docketed", "timing" },
    { "\u6EE1\u610F", "result_satisfied", "" },
    { "\u63D0\u4EA4", "received", "" },
    { "\u6536\u5230", "received", "" },
    { "\u7ACB\u6848", "docketed", "" },
};

static void what_places_publish_has_a_figure(void **state)
{
    struct desk *d = *state;
    const char *path = desk_shared_file(d, "cppcc_reported_statistics.csv");
    char line[1000];
    size_t lines = 0;
    desk_closed(d, "A line");
    desk_as_reviewer(d);
    struct test_answer a = test_get(d->t, "/api/v1/proposals/figures/explain?all=1"),
                       figures = test_get(d->t, "/api/v1/proposals/figures?all=1"),
                       units = test_get(d->t, "/api/v1/proposals/figures/units?all=1");
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        str rest = str_of(line), word;
        for (int i = 0; i < 5; i++)
            (void)str_split(&rest, ',', &word);
        size_t at = 0, count = sizeof PUBLISHED / sizeof *PUBLISHED;
        if (lines++ == 0) /* the head */
            continue;
        while (at < count && !str_starts(word, str_of(PUBLISHED[at].word)))
            at++;
        if (at == count)
            fail_msg("no figure says %.*s", (int)word.len, word.ptr);
        const char *name = arena_printf(d->t->mem, "\"name\":\"%s\"", PUBLISHED[at].figure).ptr;
        if (!desk_has(&a, name))
            fail_msg("%s is no figure", PUBLISHED[at].figure);
        const char *by = arena_printf(d->t->mem, "\"%s\":[", PUBLISHED[at].by).ptr;
        if (*PUBLISHED[at].by && !desk_has(&figures, by) && !desk_has(&units, by))
            fail_msg("%s is told apart by nothing", PUBLISHED[at].figure);
    }
    fclose(f);
    assert_true(lines > 50);
}

/* ---- one of them typed in ---- */

/* 迪庆州 2021: 50 received, 45 docketed: 38 of members, of which 10 joint (84.44 %), 7 collective
 * (15.56 %); fields 12, 12, 4, 14, 3. The others were not docketed. */
static const struct {
    const char *category, *field;
    i64 count;
} FIELDS[] = {
    { "economy", "\u7ECF\u6D4E\u5EFA\u8BBE", 12 },
    { "law", "\u653F\u6CBB\u5EFA\u8BBE", 12 },
    { "culture", "\u6587\u5316\u5EFA\u8BBE", 4 },
    { "society", "\u793E\u4F1A\u5EFA\u8BBE", 14 },
    { "environment", "\u751F\u6001\u6587\u660E\u5EFA\u8BBE", 3 },
};
enum { FIELD_COUNT = sizeof FIELDS / sizeof *FIELDS, RECEIVED = 50, DOCKETED = 45, JOINT = 10 };
enum { MEMBERS = 38 };

static err copy(struct rq *rq, i64 like, i64 n, str category)
{
    str kind = str_of(n < JOINT ? "joint" : n < MEMBERS ? "personal" : "committee");
    str outcome = str_of(n < DOCKETED ? "docketed" : "rejected");
    return db_run(rq->db,
                  SQL("INSERT INTO proposals (org_id, session_id, timing, kind, state, outcome, "
                      "category, serial, title, created_at, created_by, updated_at, submitted_at, "
                      "situation, analysis) SELECT org_id, session_id, timing, :kind, :outcome, "
                      ":outcome, :category, serial + :n + 1, title, created_at, created_by, "
                      "updated_at, submitted_at, situation, analysis FROM proposals WHERE org_id "
                      "= :org AND id = :like",
                      P(kind), P(outcome), P(category), P(n), P(like)),
                  NULL);
}

static err type_in(struct rq *rq, void *context)
{
    i64 like = *(const i64 *)context, n = 0;
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        str category = str_of(FIELDS[i].category);
        struct dictionary_row row = { .code = category,
                                      .label = category,
                                      .note = str_of(FIELDS[i].field) };
        TRY(dictionary_store(rq, "proposals.categories", &row));
        for (i64 k = 0; k < FIELDS[i].count; k++)
            TRY(copy(rq, like, n++, category));
    }
    while (n < RECEIVED)
        TRY(copy(rq, like, n++, str_of("")));
    TRY(db_run(rq->db, SQL("DELETE FROM proposers WHERE org_id = :org"), NULL));
    TRY(db_run(rq->db,
               SQL("UPDATE proposals SET serial = 0, state = 'draft' WHERE org_id = :org AND id = "
                   ":like",
                   P(like)),
               NULL));
    return dashboard_recount(rq);
}

static void a_published_report_comes_out(void **state)
{
    struct desk *d = *state;
    i64 like = desk_submitted(d, "One of many");
    assert_ok(desk_in_org(d, 1, type_in, &like));
    desk_as_reviewer(d);
    struct test_answer a = test_get(d->t, "/api/v1/proposals/figures?all=1");
    figure_is(d, &a, "proposals.received", "50");
    figure_is(d, &a, "proposals.docketed", "45");
    figure_is(d, &a, "by.kind.0.code", "committee");
    figure_is(d, &a, "by.kind.0.docketed", "7");
    figure_is(d, &a, "by.kind.0.docketed_share_x10000", "1556");
    figure_is(d, &a, "by.kind.1.code", "joint");
    figure_is(d, &a, "by.kind.1.docketed", "10");
    figure_is(d, &a, "by.kind.2.code", "personal");
    figure_is(d, &a, "by.kind.2.docketed", "28");
    figure_is(d, &a, "by.proposer.0.code", "collective");
    figure_is(d, &a, "by.proposer.0.docketed", "7");
    figure_is(d, &a, "by.proposer.0.docketed_share_x10000", "1556");
    figure_is(d, &a, "by.proposer.1.docketed", "38");
    figure_is(d, &a, "by.proposer.1.docketed_share_x10000", "8444");
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        bool found = false;
        for (int k = 0; k < FIELD_COUNT && !found; k++) {
            const char *label = arena_printf(d->t->mem, "by.field.%d.label", k).ptr;
            const char *count = arena_printf(d->t->mem, "by.field.%d.docketed", k).ptr;
            found = str_is(test_json(d->t, &a, label), FIELDS[i].field);
            if (found)
                figure_is(d, &a, count,
                          arena_printf(d->t->mem, "%lld", (long long)FIELDS[i].count).ptr);
        }
        assert_true(found);
    }
    desk_set(d, "dashboards.digits", "2");
    a = test_get(d->t, "/proposals/figures?all=1");
    assert_true(desk_has(&a, "84.44%") && desk_has(&a, "15.56%"));
    assert_true(figure_links(d, a.body, "/proposals") >= 20);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(ten_proposals_reckoned_by_hand),
        cmocka_unit_test(days_are_those_at_the_nearest_rank),
        T(what_places_publish_has_a_figure),
        T(a_published_report_comes_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
