/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Bodies, sessions, sectors and committees by the front door; the day's session; import; who may;
 * two organisations. The house of the members' tests: a cppcc with terms 5 and 6. HUOTANG_TEST_DB.
 */
#include <stdio.h>
#include <unistd.h>

#include "modules/members/tests/house.h"

#include "modules/orgs/org_forms.h"
#include "platform/settings/settings.h"
#include "tests/harness/test_db.h"

static i64 day(const char *text)
{
    i64 on = 0;
    assert_true(day_parse(str_of(text), &on));
    return on;
}

static void names_of_sessions_are_chinese(void **state)
{
    static const struct {
        i64 term, number;
        const char *name;
    } ROWS[] = {
        { 6, 3, "六届三次会议" },    { 10, 1, "十届一次会议" },     { 14, 10, "十四届十次会议" },
        { 20, 5, "二十届五次会议" }, { 21, 2, "二十一届二次会议" }, { 99, 9, "九十九届九次会议" },
        { 100, 1, "100届一次会议" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        assert_true(str_is(session_name(house->mem, &(struct session){ .term_number = ROWS[i].term,
                                                                       .number = ROWS[i].number }),
                           ROWS[i].name));
}

/* The second session of the sixth term opens on 2027-02-16; 45 days before, collecting for it
 * begins. */
static void a_day_belongs_to_one_session(void **state)
{
    static const struct {
        const char *on, *timing;
        i64 term, number;
    } ROWS[] = {
        { "2026-02-09", "before", 6, 1 },  { "2026-02-10", "during", 6, 1 },
        { "2026-02-14", "during", 6, 1 },  { "2026-02-15", "between", 6, 1 },
        { "2027-01-01", "between", 6, 1 }, { "2027-01-02", "before", 6, 2 },
        { "2027-02-16", "during", 6, 2 },  { "2027-12-31", "between", 6, 2 },
    };
    (void)state;
    test_as_role(house, "staff");
    struct test_answer a = test_post(house, "/sessions/new", "term_number", "6", "number", "2",
                                     "opened_on", "2027-02-16", "closed_on", "2027-02-20", NULL);
    assert_int_equal(a.status, 303);
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct rq rq = test_system_rq(house);
        struct session s;
        assert_ok(session_on(&rq, day(ROWS[i].on), &s));
        assert_int_equal(s.term_number, ROWS[i].term);
        assert_int_equal(s.number, ROWS[i].number);
        assert_string_equal(session_timing(&s, day(ROWS[i].on)), ROWS[i].timing);
    }
    a = test_post(house, "/sessions/new", "term_number", "6", "number", "2", "opened_on",
                  "2028-02-16", "closed_on", "2028-02-20", NULL);
    assert_int_equal(a.status, 409); /* entered already */
    a = test_post(house, "/sessions/new", "term_number", "6", "number", "3", "opened_on",
                  "2028-02-16", "closed_on", "2028-02-10", NULL);
    assert_int_equal(a.status, 422);
}

static int add_org(const char *path, const char *name, const char *kind, const char *version)
{
    return test_post(house, path, "name", name, "kind", kind, "agency", "1", "version", version,
                     NULL)
        .status;
}

static void bodies_are_added_changed_and_never_doubled(void **state)
{
    (void)state;
    test_as_role(house, "staff");
    struct test_answer a = test_post(house, "/orgs/new", "name", "市交通局", "kind", "department",
                                     "agency", "1", NULL);
    assert_int_equal(a.status, 303);
    const char *edit =
        arena_printf(house->mem, "%.*s/edit", (int)a.location.len, a.location.ptr).ptr;
    assert_int_equal(add_org("/orgs/new", "市交通局", "department", ""), 409);
    assert_int_equal(add_org("/orgs/new", "市交通局", "township", ""), 303); /* another kind */
    assert_int_equal(add_org("/orgs/new", "假政协", "cppcc", ""), 422);
    assert_int_equal(add_org("/orgs/new", "", "department", ""), 422);
    assert_int_equal(add_org("/orgs/new", "某", "kingdom", ""), 422);
    a = test_get(house, edit);
    const char *version = arena_cstr(house->mem, test_field(house, &a, "version"));
    assert_int_equal(add_org(edit, "市交通运输局", "department", version), 303);
    assert_int_equal(add_org(edit, "市交通运输局", "department", version), 409); /* older page */
    a = test_post(house, edit, "name", "市公路局", "kind", "government", "version", version, NULL);
    assert_int_equal(a.status, 409);
    assert_true(test_has(&a, "<del>市交通运输局</del> <ins>市公路局</ins>"));
    assert_true(test_has(&a, "<del>部门</del> <ins>政府</ins>"));
    a = test_get(house, edit);
    version = arena_cstr(house->mem, test_field(house, &a, "version"));
    a = test_post(house, edit, "name", "市交通运输局", "kind", "department", "version", version,
                  "from_on", "2026-05-01", "to_on", "2026-04-01", NULL);
    assert_int_equal(a.status, 422);
    assert_int_equal(add_org("/orgs/1/edit", "甲市政协", "department", "1"), 422);
}

static i64 recorded(const char *act, const char *before, const char *after)
{
    i64 n;
    str name = str_of(act), b = str_of(before), f = str_of(after);
    assert_ok(db_i64(house->db,
                     SQL("SELECT count(*) AS n FROM audits WHERE org_id = :org AND act = :name AND "
                         "before_text = :b AND after_text = :f",
                         P(name), P(b), P(f)),
                     &n));
    return n;
}

static const char *save_org(const char *at, const char *name, const char *from, const char *to)
{
    struct test_answer form = { 0 }, a;
    const char *version = "";
    if (strstr(at, "edit")) {
        form = test_get(house, at);
        version = arena_cstr(house->mem, test_field(house, &form, "version"));
    }
    a = test_post(house, at, "name", name, "kind", "department", "from_on", from, "to_on", to,
                  "version", version, NULL);
    return a.status == 303
               ? arena_printf(house->mem, "%.*s/edit", (int)a.location.len, a.location.ptr).ptr
               : arena_printf(house->mem, "%d", a.status).ptr;
}

/* Three of one name, one behind the other: whichever is changed, its days stay its own; and what
 * was changed is recorded whole. */
static void bodies_of_one_name_share_no_day(void **state)
{
    (void)state;
    test_as_role(house, "staff");
    const char *first = save_org("/orgs/new", "市粮食局", "2001-01-01", "2010-12-31");
    const char *second = save_org("/orgs/new", "市粮食局", "2015-01-01", "2018-12-31");
    assert_true(first[0] == '/' && second[0] == '/');
    assert_string_equal(save_org("/orgs/new", "市粮食局", "2012-01-01", ""), "409");
    assert_string_equal(save_org("/orgs/new", "市粮食局", "2010-12-31", "2012-12-31"), "409");
    assert_string_equal(save_org(first, "市粮食局", "2001-01-01", "2015-01-01"), "409");
    assert_string_equal(save_org(second, "市粮食局", "2010-12-31", "2018-12-31"), "409");
    assert_int_equal(save_org("/orgs/new", "市粮食局", "2019-01-01", "")[0], '/');
    assert_int_equal(save_org(first, "市粮食局", "2001-01-01", "2014-12-31")[0], '/');
    assert_int_equal(recorded("orgs.save",
                              "市粮食局|department||||| agency=0 dispatcher=0 area=0 parent=0 #0 "
                              "2001-01-01/2010-12-31",
                              "市粮食局|department||||| agency=0 dispatcher=0 area=0 parent=0 #0 "
                              "2001-01-01/2014-12-31"),
                     1);
}

static bool lists(const char *path, const char *name)
{
    struct test_answer a = test_get(house, path), seen = { .body = test_words(house, &a) };
    assert_int_equal(a.status, 200);
    return test_has(&seen, name);
}

static void an_ended_sector_keeps_its_past_and_may_begin_anew(void **state)
{
    struct rq rq = test_system_rq(house);
    struct rows rows;
    (void)state;
    test_as_role(house, "staff");
    assert_int_equal(test_post(house, "/sectors", "name", "环境界", NULL).status, 303);
    assert_int_equal(test_post(house, "/sectors", "name", "环境界", NULL).status,
                     409); /* one row, and it is said */
    assert_true(lists("/sectors", "环境界"));
    assert_ok(sector_list(&rq, rq.today, &rows));
    const struct body *last = &((const struct body *)rows.items)[0];
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(((const struct body *)rows.items)[i].name, "环境界"))
            last = &((const struct body *)rows.items)[i];
    const char *edit = arena_printf(house->mem, "/sectors/%lld/edit", (long long)last->id).ptr;
    assert_int_equal(test_post(house, edit, "name", "环境界", "to_on", "2026-11-24", NULL).status,
                     422); /* without version */
    assert_int_equal(test_post(house, edit, "name", "环境界", "to_on", "2026-11-24", "version", "1",
                               NULL)
                         .status,
                     303);
    assert_true(lists("/sectors", "环境界 2026年11月24日停用"));
    assert_ok(sector_list(&rq, day("2026-11-24"), &rows));
    assert_int_equal(rows.count, 3); /* two of the house and this one, on its last day */
    assert_int_equal(test_post(house, "/sectors", "name", "环境界", NULL).status, 303);
    assert_true(lists("/sectors", "环境界 修改"));
    assert_ok(sector_list(&rq, rq.today, &rows));
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(((const struct body *)rows.items)[i].name, "环境界"))
            last = &((const struct body *)rows.items)[i];
    assert_int_equal(last->from_on, rq.today);
    edit = arena_printf(house->mem, "/sectors/%lld/edit", (long long)last->id).ptr;
    assert_int_equal(test_post(house, edit, "name", "环境界", "from_on", "2026-11-25", "to_on",
                               "2026-12-31", "version", "1", NULL)
                         .status,
                     303);
    assert_int_equal(test_post(house, "/sectors", "name", "环境界", NULL).status,
                     409); /* it is there until the year ends */
    assert_int_equal(
        test_post(house, "/sectors/999/edit", "name", "x", "version", "1", NULL).status, 404);
}

static err import_now(struct rq *rq, void *context)
{
    char path[64];
    snprintf(path, sizeof path, "/tmp/huotang-orgs-%d.csv", (int)getpid());
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("单位名称,类型,简称,承办单位\n市水务局,部门,水务,是\n凤山镇,乡镇（街道）,,否\n", f);
    fclose(f);
    err e = import_run(rq, house->mem, ORG_IMPORTS,
                       &(struct import_options){ .list = test_list(house, path) }, context);
    unlink(path);
    return e;
}

static void a_list_adds_once_and_then_changes_nothing(void **state)
{
    struct import_report r;
    (void)state;
    assert_ok(test_write(house, import_now, &r));
    assert_int_equal(r.created, 2);
    assert_ok(test_write(house, import_now, &r));
    assert_int_equal(r.created + r.updated, 0);
    assert_int_equal(r.unchanged, 2);
    test_as_role(house, "staff");
    assert_true(lists("/orgs?agency=1", "市水务局"));
    assert_false(lists("/orgs?agency=1", "凤山镇"));
}

static void who_may(void **state)
{
    static const struct {
        const char *role, *path;
        int status;
    } ROWS[] = {
        { "member", "/orgs", 200 },      { "member", "/sessions", 200 },
        { "member", "/sectors", 200 },   { "operator", "/orgs", 200 },
        { "sysadmin", "/orgs", 403 },    { "member", "/orgs/new", 403 },
        { "staff", "/committees", 200 }, { "staff", "/orgs/99999", 404 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        test_as_role(house, ROWS[i].role);
        assert_int_equal(test_get(house, ROWS[i].path).status, ROWS[i].status);
    }
    test_as_role(house, "member");
    assert_int_equal(test_post(house, "/sectors", "name", "x", NULL).status, 403);
    test_as_role(house, "staff")->org_id = house->org + 1;
    assert_int_equal(test_get(house, "/orgs/1").status, 404);
    assert_false(lists("/sectors", "教育界"));
    struct test_answer a = test_api(house, GET, "/api/v1/sessions", NULL);
    assert_true(str_is(test_json(house, &a, "items.0.name"), ""));
}

static void the_api_keeps_what_it_does_not_name(void **state)
{
    (void)state;
    test_as_role(house, "staff");
    struct test_answer a =
        test_api(house, POST, "/api/v1/orgs",
                 "{\"name\":\"市林草局\",\"kind\":\"department\",\"agency\":true}");
    assert_int_equal(a.status, 200);
    const char *id = arena_cstr(house->mem, test_json(house, &a, "id"));
    i64 number;
    assert_true(str_to_i64(str_of(id), &number));
    assert_ok(db_begin(house->db));
    assert_ok(db_run(house->db,
                     SQL("UPDATE orgs SET source = 'list', source_id = '7' WHERE org_id = :org "
                         "AND id = :number",
                         P(number)),
                     NULL));
    assert_ok(db_commit(house->db));
    const char *path = arena_printf(house->mem, "/api/v1/orgs/%s", id).ptr;
    a = test_api(house, PUT, path, "{\"name\":\"市林草局\",\"kind\":\"department\",\"version\":1}");
    assert_int_equal(a.status, 200);
    assert_true(str_is(test_json(house, &a, "source_id"), "7"));
    a = test_api(house, PUT, path, "{\"name\":\"市林草局\",\"kind\":\"department\",\"version\":1}");
    assert_int_equal(a.status, 409);
}

struct founding {
    const char *name, *code;
    i64 id;
};

static err found_now(struct rq *rq, void *context)
{
    struct founding *f = context;
    return org_found_cppcc(rq, &(struct org){ .name = str_of(f->name), .code = str_of(f->code) },
                           &f->id);
}

static void a_cppcc_is_founded_once(void **state)
{
    struct founding first = { "丙县政协", "C3", 0 }, other = { "丁县政协", "C4", 0 };
    (void)state;
    assert_ok(test_write(house, found_now, &first));
    assert_err(test_write(house, found_now, &(struct founding){ "丙县政协", "", 0 }), ERR_CONFLICT,
               "orgs.cppcc_there");
    assert_err(test_write(house, found_now, &(struct founding){ "甲市政协", "C9", 0 }),
               ERR_CONFLICT, "orgs.cppcc_there");
    assert_err(test_write(house, found_now, &(struct founding){ "戊县政协", "C3", 0 }),
               ERR_CONFLICT, "orgs.code_there");
    assert_ok(test_write(house, found_now, &other));
    assert_true(other.id > first.id);
    test_as_role(house, "staff")->org_id = first.id; /* renamed: sign-in knows it by its new name */
    const char *edit = arena_printf(house->mem, "/orgs/%lld/edit", (long long)first.id).ptr;
    struct test_answer a = test_get(house, edit);
    const char *version = arena_cstr(house->mem, test_field(house, &a, "version"));
    a = test_post(house, edit, "name", "丙市政协", "kind", "cppcc", "code", "C3", "version",
                  version, NULL);
    assert_int_equal(a.status, 303);
    assert_err(test_write(house, found_now, &(struct founding){ "丙市政协", "", 0 }), ERR_CONFLICT,
               "orgs.cppcc_there");
}

/* Another organisation that is writing (PostgreSQL: holds its lock) keeps nobody from founding. */
static void founding_waits_for_nobody(void **state)
{
    struct founding f = { "壬县政协", "C5", 0 };
    struct db *other;
    i64 n;
    (void)state;
    if (test_db_engine() == DB_SQLITE) {
        print_message("SQLite has one writer\n");
        skip();
    }
    assert_ok(db_open(test_db_url(house->db), DB_WRITE, &other));
    db_set_org(other, house->org + 1);
    assert_ok(db_begin(other));
    assert_ok(db_i64(other, SQL("SELECT count(*) AS n FROM orgs WHERE org_id = :org"), &n));
    err e = test_write(house, found_now, &f);
    db_rollback(other);
    db_close(other);
    assert_ok(e);
}

/* The page is that of every list (platform/files/import_page.c): columns that nobody knows are told
 * once for each sender, and what is told for another kind of list is not taken for it. */
static void columns_of_a_list_are_told_once(void **state)
{
    static const char LIST[] = "甲,乙\n市体育局,体育局\n";
    static const struct test_file list[] = { { "file", "a.csv", { LIST, sizeof LIST - 1 } },
                                             { 0 } };
    (void)state;
    test_as_role(house, "staff");
    struct test_answer a = test_upload(house, "/orgs/import", list, "source", "市委编办", NULL);
    assert_int_equal(a.status, 422);
    a = test_upload(house, "/orgs/import", list, "source", "市委编办", "header_row", "1", "columns",
                    "name", "columns", "no_such_field", NULL);
    assert_int_equal(a.status, 200); /* a field that there is not is none */
    assert_true(test_has(&a, "没有用到的列：乙"));
    a = test_upload(house, "/orgs/import", list, "source", "市委编办", "header_row", "1", "columns",
                    "name", "columns", "short_name", "run", "1", NULL);
    assert_int_equal(a.status, 303);
    a = test_upload(house, "/api/v1/orgs/import", list, "source", "市委编办", "run", "1", NULL);
    assert_int_equal(a.status, 200);
    assert_true(str_is(test_json(house, &a, "unchanged"), "1"));
    a = test_upload(house, "/members/import", list, "source", "市委编办", NULL);
    assert_true(a.status == 422 || a.status == 404); /* where members are in the house */
    a = test_upload(house, "/orgs/import", list, "source", "别处", NULL);
    assert_int_equal(a.status, 422);
    a = test_upload(house, "/orgs/import", list, "header_row", "21", NULL);
    assert_int_equal(a.status, 422); /* rows of the form itself */
}

static void the_page_judges_a_list_and_then_takes_it(void **state)
{
    static const char GOOD[] = "名称,简称,承办单位\n市档案馆,档案馆,是\n市气象局,气象局,\n";
    static const char BAD[] = "名称,类型,是否承办单位\n市地震局,部门,也许\n市邮政局,星球,是\n";
    static const struct test_file good[] = { { "file", "a.csv", { GOOD, sizeof GOOD - 1 } },
                                             { 0 } };
    static const struct test_file bad[] = { { "file", "b.csv", { BAD, sizeof BAD - 1 } }, { 0 } };
    (void)state;
    test_as_role(house, "staff");
    struct test_answer a = test_get(house, "/orgs");
    assert_true(test_link(house, &a, "导入").len > 0);
    a = test_get(house, "/orgs/import");
    assert_true(test_has_form(&a, "/orgs/import"));
    assert_int_equal(test_post(house, "/orgs/import", NULL).status, 422); /* no file */
    a = test_upload(house, "/orgs/import", good, NULL);
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "新增 2"));
    a = test_get(house, "/api/v1/orgs?name=市档案馆");
    assert_true(str_is(test_json(house, &a, "total"), "0")); /* only judged */
    a = test_upload(house, "/orgs/import", bad, "run", "1", NULL);
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "没有导入任何一行"));
    a = test_upload(house, "/orgs/import", good, "run", "1", NULL);
    assert_int_equal(a.status, 303);
    a = test_upload(house, "/api/v1/orgs/import", good, "run", "1", NULL);
    assert_int_equal(a.status, 200);
    assert_true(str_is(test_json(house, &a, "unchanged"), "2")); /* again changes nothing */
    a = test_upload(house, "/api/v1/orgs/import", bad, "run", "1", NULL);
    assert_int_equal(a.status, 422);
    assert_true(str_is(test_json(house, &a, "faults.0.row"), "2"));
    assert_true(test_json(house, &a, "faults.0.detail").len > 0);
    test_as_role(house, "member");
    assert_int_equal(test_get(house, "/orgs/import").status, 403);
    assert_int_equal(test_upload(house, "/orgs/import", good, "run", "1", NULL).status, 403);
}

static err phone_now(struct rq *rq, void *context)
{
    return setting_store(rq, "orgs.phone", str_of(context), rq->today);
}

static void the_duty_telephone_stands_on_every_page(void **state)
{
    char phone[] = "0883-1234567";
    (void)state;
    test_as_role(house, "staff");
    struct test_answer a = test_get(house, "/orgs");
    assert_false(test_has(&a, "值班电话"));
    assert_ok(test_write(house, phone_now, phone));
    test_as_role(house, "staff");
    a = test_get(house, "/orgs");
    assert_true(test_has(&a, "值班电话 0883-1234567"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_sessions_are_chinese),
        cmocka_unit_test(a_day_belongs_to_one_session),
        cmocka_unit_test(bodies_are_added_changed_and_never_doubled),
        cmocka_unit_test(bodies_of_one_name_share_no_day),
        cmocka_unit_test(an_ended_sector_keeps_its_past_and_may_begin_anew),
        cmocka_unit_test(a_list_adds_once_and_then_changes_nothing),
        cmocka_unit_test(who_may),
        cmocka_unit_test(the_api_keeps_what_it_does_not_name),
        cmocka_unit_test(a_cppcc_is_founded_once),
        cmocka_unit_test(founding_waits_for_nobody),
        cmocka_unit_test(the_duty_telephone_stands_on_every_page),
        cmocka_unit_test(columns_of_a_list_are_told_once),
        cmocka_unit_test(the_page_judges_a_list_and_then_takes_it),
    };
    return cmocka_run_group_tests(tests, house_open, house_close);
}
