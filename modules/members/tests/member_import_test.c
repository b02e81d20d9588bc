/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Import of lists: the same list as UTF-8 with and without BOM, GB18030 and XLSX gives the same
 * members; again it changes nothing; a fault anywhere takes nothing; people of one name stay apart.
 * HUOTANG_TEST_DB. */
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "modules/members/tests/house.h"

#include "modules/members/member_forms.h"
#include "platform/docs/docs.h"
#include "platform/files/mapping.h"

static const char LIST[] =
    "六届政协委员名单,,,,,,,,\r\n"
    "姓名,性别,民族,出生年月日,政治面貌,工作单位,手机号码,界别,专门委员会\r\n"
    "刀 美兰,女,傣族,1975年3月8日,民盟,第一中学,138-0000-0001,教育界,提案委、经济委\r\n"
    "张伟,男,汉族,1980/1/2,中共党员,\"甲乡\n人民政府\",13800000002,农业界,文史委\r\n"
    "张伟,男,汉族,1981-05-06,群众,茶厂,13800000003,农业界,\r\n";

/* ---- the four forms ---- */

static str with_bom(void)
{
    return arena_printf(house->mem, "\xEF\xBB\xBF%s", LIST);
}

static str as_gb18030(void)
{
    iconv_t to = iconv_open("GB18030", "UTF-8");
    char *in = (char *)(uintptr_t)arena_cstr(house->mem, str_of(LIST)),
         *out = arena_array(house->mem, 4096, 1);
    size_t in_left = sizeof LIST - 1, out_left = 4096;
    str made = { out, 0 };
    assert_true(iconv(to, &in, &in_left, &out, &out_left) != (size_t)-1);
    iconv_close(to);
    made.len = 4096 - out_left;
    return made;
}

/* The same cells; commas stand in no cell of LIST, line breaks only in quotes. */
static void fill_workbook(struct workbook *w)
{
    str rest = str_of(LIST), cell;
    size_t row = 0;
    str rows[8];
    while (str_split(&rest, '\r', &cell))
        rows[row++] = cell;
    for (size_t r = 0; r + 1 < row; r++) {
        str line = str_trim(rows[r]);
        while (str_split(&line, ',', &cell))
            workbook_text(w,
                          cell.len && cell.ptr[0] == '"' ? str_sub(cell, 1, cell.len - 2) : cell);
        r ? workbook_row_end(w) : workbook_header_end(w);
    }
}

static str as_xlsx(void)
{
    struct workbook *w;
    int fd;
    char *data = arena_array(house->mem, 1 << 16, 1);
    assert_ok(workbook_open(house->mem, str_of("委员"), &w));
    fill_workbook(w);
    assert_ok(workbook_finish(w, &fd));
    ssize_t n = read(fd, data, 1 << 16);
    close(fd);
    assert_true(n > 0);
    return (str){ data, (size_t)n };
}

/* ---- sending ---- */

static struct test_answer send(str text, const char *name, bool run)
{
    const struct test_file files[] = { { "file", name, text }, { 0 } };
    test_as_role(house, "staff personnel");
    return test_upload(house, "/members/import", files, run ? "run" : "source", run ? "1" : "x",
                       NULL);
}

static i64 members(void)
{
    i64 count;
    assert_ok(
        db_i64(house->db, SQL("SELECT count(*) AS n FROM members WHERE org_id = :org"), &count));
    return count;
}

static void assert_words(struct test_answer *a, const char *words)
{
    struct test_answer seen = { .body = test_words(house, a) };
    if (!test_has(&seen, words))
        print_message("%.*s\n", (int)seen.body.len, seen.body.ptr);
    assert_true(test_has(&seen, words));
}

static struct member only(const char *name)
{
    struct rq rq = test_system_rq(house);
    struct rows rows;
    assert_ok(member_list_by_name(&rq, str_of(name), &rows));
    assert_int_equal(rows.count, 1);
    return *(struct member *)rows.items;
}

/* ---- tests ---- */

static void a_dry_run_changes_nothing(void **state)
{
    (void)state;
    struct test_answer a = send(str_of(LIST), "a.csv", false);
    assert_int_equal(a.status, 200);
    assert_words(&a, "共 3 行：新增 3，更新 0，不变 0，有错 0");
    assert_int_equal(members(), 0);
}

static void four_forms_give_the_same_members(void **state)
{
    (void)state;
    assert_int_equal(send(str_of(LIST), "a.csv", true).status, 303);
    assert_int_equal(members(), 3);
    struct member m = only("刀 美兰");
    assert_true(str_is(m.sector_name, "教育界"));
    assert_true(str_is(m.employer, "第一中学"));
    const struct {
        str text;
        const char *name;
    } FORMS[] = {
        { str_of(LIST), "a.csv" },
        { with_bom(), "b.csv" },
        { as_gb18030(), "c.csv" },
        { as_xlsx(), "d.xlsx" },
    };
    for (size_t i = 0; i < 4; i++) {
        struct test_answer a = send(FORMS[i].text, FORMS[i].name, false);
        assert_words(&a, "新增 0，更新 0，不变 3，有错 0");
        assert_int_equal(send(FORMS[i].text, FORMS[i].name, true).status, 303);
        assert_int_equal(members(), 3);
    }
    assert_int_equal(count_of(str_of("张伟")), 2); /* told apart by their telephones */
}

static void a_change_updates_and_does_not_double(void **state)
{
    (void)state;
    i64 before = members();
    struct test_answer a =
        send(str_of("姓名,手机,单位,界别\n刀 美兰,13800000001,第二中学,农业界\n"), "a.csv", true);
    assert_int_equal(a.status, 303);
    assert_int_equal(members(), before);
    struct member m = only("刀 美兰");
    assert_true(str_is(m.employer, "第二中学"));
    assert_true(str_is(m.sector_name, "农业界"));
}

static i64 moves(void)
{
    i64 count;
    assert_ok(db_i64(house->db, SQL("SELECT count(*) AS n FROM sector_moves WHERE org_id = :org"),
                     &count));
    return count;
}

/* Another sector in a list is a change from a day on, in the member's history; who decides nothing
 * about seats hands it on. */
static void another_sector_in_a_list_is_a_dated_change(void **state)
{
    (void)state;
    i64 before = moves();
    assert_int_equal(
        send(str_of("姓名,手机,界别\n申甲,13800000061,教育界\n"), "a.csv", true).status, 303);
    assert_int_equal(moves(), before); /* a new seat is no move */
    static const char MOVED[] = "姓名,手机,界别,界别调整日期\n申甲,13800000061,农业界,2026-11-25\n";
    const struct test_file files[] = { { "file", "a.csv", str_of(MOVED) }, { 0 } };
    test_as_role(house, "staff");
    struct test_answer a = test_upload(house, "/members/import", files, "run", "1", NULL);
    assert_int_equal(a.status, 422);
    assert_words(&a, "界别调整要由办理委员任免的人来登记");
    for (int again = 0; again < 2; again++) {
        assert_int_equal(send(str_of(MOVED), "a.csv", true).status, 303);
        assert_int_equal(moves(), before + 1);
    }
    struct member m = only("申甲");
    assert_true(str_is(m.sector_name, "农业界"));
    a = test_get(house, arena_printf(house->mem, "/members/%lld", (long long)m.id).ptr);
    assert_words(&a, "教育界 → 农业界");
    assert_words(&a, "按导入的名单");
    static const char EARLIER[] =
        "姓名,手机,界别,界别调整日期\n申甲,13800000061,教育界,2026-01-01\n";
    a = send(str_of(EARLIER), "a.csv", true);
    assert_words(&a, "2 界别调整日期 日期早于");
}

static void every_fault_is_listed_and_nothing_taken(void **state)
{
    static const char BAD[] =
        "姓名,性别,政治面貌,身份证号,手机,界别,专委会,出生日期,届\n"
        "好人,男,群众,11010519491231002X,13900000001,教育界,提案委,1949-12-31,六届\n"
        ",男,,,,,,,\n"
        "甲,未知,某党,110105194912310021,12,没有界,没有委,不详,九届\n"
        "乙,男,群众,11010519491231002X,13900000002,教育界,,,\n"
        "丙,,,,13900000003,教育界,没有委,,\n"
        "丁,,,,13900000004,没有界,,,\n";
    (void)state;
    i64 before = members();
    for (int run = 0; run < 2; run++) {
        struct test_answer a = send(str_of(BAD), "bad.csv", run);
        assert_int_equal(a.status, 422);
        assert_words(&a, "共 6 行：新增 1，更新 0，不变 0，有错 5");
        assert_words(&a, "3 姓名 必填");
        assert_words(&a, "4 身份证号 身份证号不对");
        assert_words(&a, "4 手机 手机号不对");
        assert_words(&a, "4 性别 性别“未知”认不出");
        assert_words(&a, "4 政治面貌 政治面貌“某党”不在字典里");
        assert_words(&a, "4 出生日期 出生日期认不出");
        assert_words(&a, "6 专委会 没有叫“没有委”的专委会");
        assert_words(&a, "7 界别 没有叫“没有界”的界别");
        assert_int_equal(members(), before);
    }
}

/* A name that is there already, without any number or body to tell: refused, not guessed. */
static void a_bare_name_is_not_guessed(void **state)
{
    (void)state;
    struct test_answer a = send(str_of("姓名,单位\n张伟,别处\n"), "a.csv", true);
    assert_int_equal(a.status, 422);
    assert_words(&a, "已有同名的委员“张伟”");
}

static void what_is_no_list_is_refused(void **state)
{
    static const char ZIP[] = "PK\x03\x04 not really";
    (void)state;
    assert_int_equal(send((str){ ZIP, sizeof ZIP }, "a.xlsx", true).status, 422);
    assert_int_equal(send(str_of("a,b\n1,2\n"), "a.csv", true).status, 422);
    assert_int_equal(send(str_of(""), "a.csv", true).status, 422);
    assert_int_equal(send((str){ "\xff\xfe\x00\xd8", 4 }, "a.csv", true).status, 422);
}

struct job {
    const char *path;
    struct import_report report;
};

/* The rows are stored, then the transaction does not come to its end. */
static err killed_half_way(struct rq *rq, void *context)
{
    struct job *job = context;
    TRY(import_run(rq, house->mem, MEMBER_IMPORTS,
                   &(struct import_options){ .list = test_list(house, job->path) }, &job->report));
    assert_int_equal(job->report.created, 3);
    return err_make(ERR_BUSY, "test.killed");
}

static void a_kill_half_way_leaves_nothing(void **state)
{
    struct job job = {
        .path = arena_printf(house->mem, "/tmp/huotang-members-%d.csv", (int)getpid()).ptr
    };
    (void)state;
    i64 before = members();
    FILE *f = fopen(job.path, "w");
    assert_non_null(f);
    fputs("姓名,手机\n子,13700000001\n丑,13700000002\n寅,13700000003\n", f);
    fclose(f);
    err e = test_write(house, killed_half_way, &job);
    unlink(job.path);
    assert_true(err_is(e, "test.killed"));
    assert_int_equal(members(), before);
}

static void the_api_answers_with_the_report(void **state)
{
    static const struct test_file FILES[] = {
        { "file", "a.csv", { "姓名,性别\n卯,x\n", sizeof "姓名,性别\n卯,x\n" - 1 } }, { 0 }
    };
    (void)state;
    test_as_role(house, "staff");
    struct test_answer a = test_upload(house, "/api/v1/members/import", FILES, "run", "1", NULL);
    assert_int_equal(a.status, 422);
    assert_true(str_is(test_json(house, &a, "faults.0.row"), "2"));
    assert_true(str_is(test_json(house, &a, "faults.0.code"), "members.bad_gender"));
    test_as_role(house, "member");
    assert_int_equal(test_upload(house, "/api/v1/members/import", FILES, NULL).status, 403);
}

/* rules.md 8: a seat is the standing committee's to give. Who only keeps the data can bring in what
 * is new about members, not new members. */
static void who_decides_nothing_seats_nobody(void **state)
{
    static const char FIRST[] = "姓名,工作单位,手机\n午一,甲校,13700000021\n";
    static const char NEXT[] = "姓名,工作单位,手机\n午一,乙校,13700000021\n";
    static const struct test_file list[] = { { "file", "a.csv", { FIRST, sizeof FIRST - 1 } },
                                             { 0 } };
    static const struct test_file next[] = { { "file", "b.csv", { NEXT, sizeof NEXT - 1 } },
                                             { 0 } };
    (void)state;
    test_as_role(house, "staff");
    struct test_answer a = test_upload(house, "/api/v1/members/import", list, "run", "1", NULL);
    assert_int_equal(a.status, 422);
    assert_true(str_is(test_json(house, &a, "faults.0.code"), "members.seat_undecided"));
    assert_int_equal(count_of(str_of("午一")), 0);
    test_as_role(house, "personnel");
    a = test_upload(house, "/api/v1/members/import", list, "run", "1", NULL);
    assert_int_equal(a.status, 200);
    assert_true(str_is(only("午一").status, "serving"));
    test_as_role(house, "staff");
    a = test_upload(house, "/api/v1/members/import", next, "run", "1", NULL);
    assert_int_equal(a.status, 200);
    assert_true(str_is(only("午一").employer, "乙校"));
}

/* Headers that nobody knows are told once and kept for the sender's next list. */
static void columns_are_told_once(void **state)
{
    static const char FIRST[] = "甲栏,乙栏\n辰一,13700000011\n";
    static const char NEXT[] = "乙栏,甲栏\n13700000012,辰二\n";
    static const struct test_file list[] = { { "file", "a.csv", { FIRST, sizeof FIRST - 1 } },
                                             { 0 } };
    static const struct test_file next[] = { { "file", "b.csv", { NEXT, sizeof NEXT - 1 } },
                                             { 0 } };
    (void)state;
    test_as_role(house, "staff personnel");
    struct test_answer a = test_upload(house, "/members/import", list, "source", "统战部", NULL);
    assert_int_equal(a.status, 422); /* no row looks like headers */
    a = test_upload(house, "/members/import", list, "source", "统战部", "header_row", "1",
                    "columns", "name", "columns", "phone", NULL);
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "列的对照"));
    assert_true(test_has(&a, "新增 1"));
    assert_int_equal(count_of(str_of("辰一")), 0);
    a = test_upload(house, "/members/import", list, "source", "统战部", "header_row", "1",
                    "columns", "name", "columns", "phone", "run", "1", NULL);
    assert_int_equal(a.status, 303);
    assert_int_equal(count_of(str_of("辰一")), 1);
    a = test_upload(house, "/api/v1/members/import", next, "source", "统战部", "run", "1", NULL);
    assert_int_equal(a.status, 200);
    assert_int_equal(count_of(str_of("辰二")), 1);
    a = test_upload(house, "/members/import", next, "header_row", "1", "heads", "甲栏", "columns",
                    "name", "heads", "乙栏", "columns", "phone", NULL);
    assert_int_equal(a.status, 200); /* told for another order of columns: read by the headers */
    assert_true(test_has(&a, "不变 1"));
    a = test_upload(house, "/members/import", next, "source", "别处",
                    NULL); /* kept for its sender */
    assert_int_equal(a.status, 422);
}

/* A roster from elsewhere, its columns in English, of which two are ours: all come in once; again,
 * names alone are not guessed. */
static void a_strange_roster_comes_in_once(void **state)
{
    const char *folder = getenv("HUOTANG_SHARED_DATA");
    str path =
        arena_printf(house->mem, "%s/councillors_tw.csv", folder ? folder : "../shared/data");
    FILE *f = fopen(path.ptr, "r");
    (void)state;
    if (!f)
        skip();
    char *data = arena_array(house->mem, 1 << 16, 1);
    size_t size = fread(data, 1, 1 << 16, f);
    fclose(f);
    i64 before = members(), rows = 0;
    for (size_t i = 0; i < size; i++)
        rows += data[i] == '\n';
    rows += data[size - 1] != '\n';
    const struct test_file list[] = { { "file", "roster.csv", { data, size } }, { 0 } };
    test_as_role(house, "staff personnel");
    for (int again = 0; again < 2; again++) {
        struct test_answer a =
            test_upload(house, "/members/import", list, "source", "Roster", "header_row", "1",
                        "columns", "name", "columns", "gender", "columns", "", "columns", "",
                        "columns", "", "columns", "", "columns", "", "run", "1", NULL);
        assert_int_equal(a.status, again ? 422 : 303);
        assert_int_equal(members(), before + rows - 1);
    }
    assert_int_equal(count_of(str_of("鄭戴麗香")), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dry_run_changes_nothing),
        cmocka_unit_test(four_forms_give_the_same_members),
        cmocka_unit_test(a_change_updates_and_does_not_double),
        cmocka_unit_test(another_sector_in_a_list_is_a_dated_change),
        cmocka_unit_test(every_fault_is_listed_and_nothing_taken),
        cmocka_unit_test(a_bare_name_is_not_guessed),
        cmocka_unit_test(what_is_no_list_is_refused),
        cmocka_unit_test(a_kill_half_way_leaves_nothing),
        cmocka_unit_test(the_api_answers_with_the_report),
        cmocka_unit_test(who_decides_nothing_seats_nobody),
        cmocka_unit_test(columns_are_told_once),
        cmocka_unit_test(a_strange_roster_comes_in_once),
    };
    return cmocka_run_group_tests(tests, house_open, house_close);
}
