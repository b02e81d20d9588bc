/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Lists of proposals: texts cut into parts and numbered suggestions, kinds and categories from
 * words, updates instead of doubles, all or nothing; and the real lists of the shared data, where
 * it is there. */
#include <unistd.h>

#include "modules/proposals/proposal_store.h"
#include "modules/proposals/tests/desk.h"
#include "modules/transfers/transfer_import.h"
#include "platform/text/text.h"
#include "tests/harness/test_db.h"

/* ---- running ---- */

struct run {
    struct desk *d;
    struct import_options options;
    struct import_report report;
};

static err run_in(struct rq *rq, void *context)
{
    struct run *r = context;
    return import_run(rq, r->d->t->mem, TRANSFER_IMPORTS, &r->options, &r->report);
}

static struct import_report import_file(struct desk *d, const char *path, const char *source)
{
    struct run r = { .d = d,
                     .options = { .list = test_list(d->t, path), .source = str_of(source) } };
    err e = test_write(d->t, run_in, &r);
    if (e.code != ERR_NONE && r.report.refused == 0)
        fail_msg("%s: %s %.*s", path, e.name, (int)e.arg[0].len, e.arg[0].ptr);
    return r.report;
}

/* A CSV of these lines. */
static struct import_report import_text(struct desk *d, const char *text)
{
    char path[] = "/tmp/proposals_XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    struct import_report report = import_file(d, path, "test");
    unlink(path);
    return report;
}

static i64 count(struct desk *d)
{
    i64 n = 0;
    assert_ok(db_i64(d->t->db, SQL("SELECT count(*) AS n FROM proposals WHERE org_id = :org"), &n));
    return n;
}

static struct proposal find(struct desk *d, const char *source, const char *source_id)
{
    i64 id = 0;
    assert_ok(proposal_store_find_by_source(d->t->db, str_of(source), str_of(source_id), &id));
    return desk_load(d, id);
}

static strs suggestions_of(struct desk *d, const struct proposal *p)
{
    strs out;
    assert_ok(proposal_store_list_suggestions(d->t->db, p->id, d->t->mem, &out));
    return out;
}

/* ---- parts ---- */

static void a_text_in_one_piece_is_cut_into_parts(void **state)
{
    struct desk *d = *state;
    struct import_report r = import_text(
        d,
        "提案号,案由,提案人,类别,提案内容\n"
        "1,关于公厕指引的建议,Li,城乡建设,\"调研情况： 公厕难找。问题分析：指示牌少。\n"
        "具体建议：总的来说，1、统一外观。2、改进指示牌，\n上面写距离。 3、做一张地图。\"\n"
        "2,关于钢铁的建议,Wang,经济发展,调研情况：产能多。问题分析：用海难批。具体建议：切实推进，一是组成班子。二是攻坚。三是统筹。\n"
        "3,没有标记的提案,Zhao,,通篇只有一段话。\n"
        "4,只有建议的提案,Zhao,其他,具体建议：把路修好。\n");
    assert_int_equal(r.created, 4);
    struct proposal p = find(d, "test", "1");
    desk_same(p.situation, "公厕难找。");
    desk_same(p.analysis, "指示牌少。");
    desk_same(p.category, "city");
    desk_same(p.proposer_name, "Li");
    assert_int_equal(p.lead_person_id, d->person[0]);
    strs items = suggestions_of(d, &p);
    assert_int_equal(items.count, 3);
    desk_same(items.items[0], "总的来说，\n统一外观。");
    desk_same(items.items[1], "改进指示牌，\n上面写距离。");
    desk_same(items.items[2], "做一张地图。");
    p = find(d, "test", "2");
    desk_same(p.category, "economy");
    items = suggestions_of(d, &p);
    assert_int_equal(items.count, 3);
    desk_same(items.items[2], "三是统筹。"); /* a heading that is part of the sentence stays */
    p = find(d, "test", "3");
    desk_same(p.situation, "通篇只有一段话。");
    desk_same(p.analysis, "");
    desk_same(p.category, "");
    assert_int_equal(suggestions_of(d, &p).count, 0);
    p = find(d, "test", "4");
    desk_same(p.situation, "");
    assert_int_equal(suggestions_of(d, &p).count, 1);
}

static void proposers_tell_the_kind(void **state)
{
    static const struct {
        const char *id, *kind, *name;
        i64 signers;
    } CASES[] = {
        { "1", "personal", "李某", 1 },
        { "2", "joint", "李某", 2 },
        { "3", "joint", "连庆涛", 15 },
        { "4", "democratic", "民革江苏省委", 1 },
        { "5", "committee", "省政协学习委员会", 1 },
        { "6", "sector", "经济技术界别", 1 },
        { "7", "association", "省工商业联合会", 1 },
        { "8", "personal", "", 0 },
        { "9", "group", "委员活动小组", 1 },
    };
    struct desk *d = *state;
    struct import_report r =
        import_text(d, "编号,案由,提案人,联名人\n"
                       "1,一,李某,\n2,二,李某,王某\n3,三,连庆涛等15人,\n"
                       "4,四,民革江苏省委,\n5,五,省政协学习委员会,\n"
                       "6,六,经济技术界别,\n7,七,省工商业联合会,\n8,八,,\n9,九,委员活动小组,\n");
    assert_int_equal(r.created, 9);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct proposal p = find(d, "test", CASES[i].id);
        desk_same(p.kind, CASES[i].kind);
        desk_same(p.proposer_name, CASES[i].name);
        assert_int_equal(p.signer_count, CASES[i].signers);
    }
}

/* ---- sessions ---- */

static err import_here(struct rq *rq, void *context)
{
    struct import_options options = { .source = str_of("test") };
    struct import_report report;
    TRY(sheet_spool(rq->mem, str_of(context), &options.list));
    return import_run(rq, rq->mem, TRANSFER_IMPORTS, &options, &report);
}

/* Nothing can be numbered: said once for the whole list, and the same to the page and the shell. */
static void without_a_session_the_list_is_refused_as_a_whole(void **state)
{
    struct desk *d = *state;
    char path[] = "/tmp/proposals_XXXXXX";
    static const char LIST[] = "编号,案由\n1,一\n2,二\n";
    int fd = mkstemp(path);
    assert_int_equal(write(fd, LIST, sizeof LIST - 1), (ssize_t)(sizeof LIST - 1));
    close(fd);
    assert_err(desk_in_org(d, 77, import_here, path), ERR_INVALID, "proposals.import_no_session");
    unlink(path);
}

/* ---- once ---- */

static void the_second_import_updates_instead_of_doubling(void **state)
{
    struct desk *d = *state;
    struct import_report r =
        import_text(d, "编号,案由,提案人,正文\nA1,一条路,李某,很窄。\nA2,一座桥,王某,很旧。\n");
    assert_int_equal(r.created, 2);
    r = import_text(
        d,
        "编号,案由,提案人,正文\nA1,一条路,李某,很窄。\nA2,一座桥,王某,很旧，要修。\nA3,一盏灯,王某,很暗。\n");
    assert_int_equal(r.unchanged, 1);
    assert_int_equal(r.updated, 1);
    assert_int_equal(r.created, 1);
    assert_int_equal(count(d), 3);
    struct proposal p = find(d, "test", "A2");
    desk_same(p.situation, "很旧，要修。");
    strs none = { 0 };
    str digest = proposal_digest(d->t->mem, &p, &none);
    desk_same(p.digest, arena_cstr(d->t->mem, digest));
}

static void what_is_decided_is_not_overwritten(void **state)
{
    struct desk *d = *state;
    import_text(d, "编号,案由,提案人,正文\nA1,一条路,李某,很窄。\n");
    struct proposal p = find(d, "test", "A1");
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, p.id, "docket", "{\"category\":\"city\"}"), 200);
    struct import_report r = import_text(d, "编号,案由,提案人,正文\nA1,一条路,李某,很窄。\n");
    assert_int_equal(r.unchanged, 1);
    r = import_text(d, "编号,案由,提案人,正文\nA1,一条大路,李某,很窄。\n");
    assert_int_equal(r.refused, 1);
    assert_string_equal(r.faults[0].reason, "proposals.under_way");
    desk_same(desk_load(d, p.id).title, "一条路");
}

static void a_number_of_another_year_needs_another_source(void **state)
{
    struct desk *d = *state;
    import_text(d, "提案号,案由,提案人,提交时间\n0001,一条路,李某,2025-02-01\n");
    struct import_report r =
        import_text(d, "提案号,案由,提案人,提交时间\n0001,一座桥,王某,2026-02-01\n");
    assert_int_equal(r.refused, 1);
    assert_string_equal(r.faults[0].reason, "proposals.other_year");
    assert_int_equal(count(d), 1);
}

static void a_fault_anywhere_imports_nothing(void **state)
{
    struct desk *d = *state;
    struct import_report r = import_text(d, "编号,案由,提案人,提交时间\n"
                                            "A1,一条路,李某,2026-02-01\nA2,,王某,2026-02-01\n"
                                            "A3,一盏灯,王某,昨天\nA4,一口井,王某,2027-01-01\n");
    assert_int_equal(r.refused, 3);
    assert_int_equal(count(d), 0);
    assert_int_equal(r.fault_count, 3);
    assert_int_equal(r.faults[0].row, 3);
    desk_same(r.faults[0].column, "案由");
    assert_int_equal(r.faults[1].row, 4);
    desk_same(r.faults[1].column, "提交时间");
    assert_string_equal(r.faults[1].reason, "form.not_a_day");
    assert_string_equal(r.faults[2].reason, "proposals.import_future");
}

static void imported_ones_walk_on(void **state)
{
    struct desk *d = *state;
    import_text(
        d, "编号,案由,提案人,正文\nA1,增设公交线路,Li,调研情况：等车久。具体建议：增一条线。\n");
    struct proposal p = find(d, "test", "A1");
    desk_same(p.state, "submitted");
    assert_int_equal(p.serial, 1);
    desk_as_member(d, 0);
    assert_int_equal(desk_page(d, "/proposals/", p.id, "/receipt").status, 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, p.id, "docket", "{\"category\":\"transport\"}"), 200);
    struct test_answer a = test_get(d->t, "/api/v1/proposals?q=%E5%85%AC%E4%BA%A4");
    desk_same(test_json(d->t, &a, "items.0.source_id"), "A1");
}

/* ---- the real lists ---- */

static void three_forms_of_one_list_are_the_same(void **state)
{
    static const char *const FILES[] = { "import/proposals_60.xlsx",
                                         "import/proposals_60_utf8bom.csv",
                                         "import/proposals_60_gb18030.csv" };
    struct desk *d = *state;
    for (size_t i = 0; i < 3; i++) {
        struct import_report r = import_file(d, desk_shared_file(d, FILES[i]), "");
        assert_int_equal(r.refused, 0);
        assert_int_equal(r.created, i == 0 ? 60 : 0);
        assert_int_equal(r.unchanged, i == 0 ? 0 : 60);
        assert_int_equal(r.updated, 0);
    }
    assert_int_equal(count(d), 60);
}

static void real_proposals_load_with_their_parts(void **state)
{
    struct desk *d = *state;
    struct import_report r = import_file(d, desk_shared_file(d, "proposals_js2019.csv.gz"), "js");
    assert_int_equal(r.created, 294);
    i64 parted = 0, numbered = 0;
    assert_ok(
        db_i64(d->t->db,
               SQL("SELECT count(*) AS n FROM proposals WHERE org_id = :org AND situation <> '' "
                   "AND analysis <> ''"),
               &parted));
    assert_ok(db_i64(
        d->t->db,
        SQL("SELECT count(*) AS n FROM proposals p WHERE p.org_id = :org AND EXISTS "
            "(SELECT s.id FROM suggestions s WHERE s.org_id = p.org_id AND s.proposal_id = p.id)"),
        &numbered));
    assert_true(parted >= 285); /* 97 % follow the form (data README) */
    assert_true(numbered >= 280);
    desk_same(find(d, "js", "JS2019-0001").category, "city");
    r = import_file(d, desk_shared_file(d, "proposals_js2019.csv.gz"), "js");
    assert_int_equal(r.unchanged, 294);
}

static void six_thousand_bills_load(void **state)
{
    struct desk *d = *state;
    if (test_db_engine() == DB_POSTGRES && !getenv("HUOTANG_WHOLE"))
        skip(); /* six minutes of the same statements */
    struct import_report r = import_file(d, desk_shared_file(d, "bills_tw.jsonl.gz"), "tw");
    assert_int_equal(r.refused, 0);
    assert_int_equal(r.created, 6340);
    struct proposal p = find(d, "tw", "TW-ntp-0858");
    assert_int_equal(suggestions_of(d, &p).count, 1);
    assert_true(p.situation.len > 0);
}

/* Title rows, headers of two lines with merged cells, sums and notes at the end; two of them are
 * workbooks of Excel 97. */
static void councils_workbooks_load_through_a_mapping(void **state)
{
    static const struct {
        const char *list, *skipped;
        i64 least;
    } BOOKS[] = { { "import/kaohsiung_2014_h1.xlsx", "534,535,536", 500 },
                  { "import/hsinchu_102_2.xls", "61", 50 },
                  { "import/taipei_a.xls", "122,123", 100 } };
    struct desk *d = *state;
    for (size_t i = 0; i < sizeof BOOKS / sizeof *BOOKS; i++) {
        struct import_mapping mapping;
        str map =
            arena_printf(d->t->mem,
                         "{\"header_row\":4,\"header_rows\":2,\"skip_rows\":[%s],"
                         "\"fill\":[\"proposers\"],\"columns\":{\"A\":\"proposers\","
                         "\"B\":\"title\",\"C\":\"situation\",\"D\":\"\",\"E\":\"\",\"F\":\"\","
                         "\"G\":\"\",\"H\":\"\",\"I\":\"\"}}",
                         BOOKS[i].skipped);
        assert_ok(import_mapping_read(d->t->mem, map, TRANSFER_IMPORTS, &mapping));
        struct run r = { .d = d,
                         .options = { .list = test_list(d->t, desk_shared_file(d, BOOKS[i].list)),
                                      .source = arena_printf(d->t->mem, "book%zu", i),
                                      .mapping = &mapping } };
        assert_ok(test_write(d->t, run_in, &r));
        assert_int_equal(r.report.refused, 0);
        assert_true(r.report.created + r.report.unchanged >= BOOKS[i].least);
        i64 before = count(d);
        r.report = (struct import_report){ 0 };
        assert_ok(test_write(d->t, run_in, &r));
        assert_int_equal(r.report.created, 0);
        assert_int_equal(count(d), before);
    }
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_text_in_one_piece_is_cut_into_parts),
        T(proposers_tell_the_kind),
        T(without_a_session_the_list_is_refused_as_a_whole),
        T(the_second_import_updates_instead_of_doubling),
        T(what_is_decided_is_not_overwritten),
        T(a_number_of_another_year_needs_another_source),
        T(a_fault_anywhere_imports_nothing),
        T(imported_ones_walk_on),
        T(three_forms_of_one_list_are_the_same),
        T(real_proposals_load_with_their_parts),
        T(six_thousand_bills_load),
        T(councils_workbooks_load_through_a_mapping),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
