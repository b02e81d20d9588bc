/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The tree of areas by the front door: reading for everybody, writing for the administrator of the
 * house that runs the installation, lists of them; the bodies in them stay their organisation's.
 * Expectations: modules/orgs/README.md. HUOTANG_TEST_DB. */
#include "modules/members/tests/house.h"

#include "modules/orgs/area.h"

static const char *id_of(const char *code)
{
    struct rq rq = test_system_rq(house);
    struct area area;
    assert_ok(area_find_by_code(&rq, str_of(code), &area));
    assert_true(area.id > 0);
    return arena_printf(house->mem, "%lld", (long long)area.id).ptr;
}

/* '#' stands for the area's number. */
static const char *path(const char *form, const char *code)
{
    const char *mark = strchr(form, '#');
    return arena_printf(house->mem, "%.*s%s%s", (int)(mark - form), form, id_of(code), mark + 1)
        .ptr;
}

static const char *version_of(const char *code)
{
    struct test_answer a = test_get(house, path("/api/v1/areas/#", code));
    return arena_cstr(house->mem, test_json(house, &a, "version"));
}

static int add(const char *name, const char *code, const char *level, const char *parent)
{
    return test_post(house, "/areas/new", "name", name, "code", code, "level", level, "parent",
                     parent, NULL)
        .status;
}

static int open_tree(void **state)
{
    house_open(state);
    test_as_role(house, "sysadmin");
    assert_int_equal(add("云南省", "53", "province", ""), 303);
    assert_int_equal(add("临沧市", "5309", "city", "53"), 303);
    assert_int_equal(add("临翔区", "530902", "county", "5309"), 303);
    assert_int_equal(add("凤翔街道", "530902001", "town", "临翔区"), 303); /* by its name too */
    return 0;
}

static bool says(const char *at, const char *words)
{
    struct test_answer a = test_get(house, at), seen = { .body = test_words(house, &a) };
    assert_int_equal(a.status, 200);
    return test_has(&seen, words);
}

static void everybody_walks_down_the_tree(void **state)
{
    static const char *const ROLES[] = { "member", "operator", "staff", "sysadmin", "auditor" };
    (void)state;
    for (size_t i = 0; i < sizeof ROLES / sizeof *ROLES; i++) {
        test_as_role(house, ROLES[i]);
        struct test_answer a = test_get(house, "/areas");
        assert_true(str_starts(test_link(house, &a, "云南省"), str_of("/areas/")));
        a = test_get(house, path("/areas/#", "530902"));
        assert_int_equal(a.status, 200);
        assert_string_equal(arena_cstr(house->mem, test_link(house, &a, "临沧市")),
                            path("/areas/#", "5309"));
        assert_string_equal(arena_cstr(house->mem, test_link(house, &a, "凤翔街道")),
                            path("/areas/#", "530902001"));
        assert_true(says(path("/areas/#", "530902"), "代码 530902"));
    }
    assert_int_equal(test_get(house, "/areas/99999").status, 404);
    test_as_nobody(house);
    assert_int_equal(test_get(house, "/areas").status, 303); /* to the door */
}

static void the_api_gives_the_same(void **state)
{
    (void)state;
    test_as_role(house, "member");
    struct test_answer a = test_get(house, "/api/v1/areas");
    assert_true(str_is(test_json(house, &a, "items.0.code"), "53"));
    a = test_get(house, path("/api/v1/areas/#", "530902"));
    assert_true(str_is(test_json(house, &a, "level"), "county"));
    assert_true(str_is(test_json(house, &a, "path.0.name"), "云南省"));
    assert_true(str_is(test_json(house, &a, "path.2.name"), "临翔区"));
    assert_true(str_is(test_json(house, &a, "areas.0.code"), "530902001"));
    a = test_get(house, "/api/v1/areas?q=5309");
    assert_true(str_is(test_json(house, &a, "items.0.code"), "5309"));
    assert_true(str_is(test_json(house, &a, "items.2.code"), "530902001"));
}

static void one_searches_by_name_and_code(void **state)
{
    static const struct {
        const char *q;
        bool city, county;
    } ROWS[] = {
        { "临", true, true },     { "翔区", false, true }, { "5309", true, true },
        { "0902", false, false }, { "%25", false, false }, { "_", false, false },
        { "没有", false, false },
    };
    (void)state;
    test_as_role(house, "member");
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        const char *at = arena_printf(house->mem, "/areas?q=%s", ROWS[i].q).ptr;
        assert_int_equal(says(at, "临沧市"), ROWS[i].city);
        assert_int_equal(says(at, "临翔区"), ROWS[i].county);
    }
}

/* Each row breaks one rule. */
static void what_does_not_fit_is_refused_at_its_field(void **state)
{
    static const struct {
        const char *name, *code, *level, *parent, *field;
    } ROWS[] = {
        { "", "5399", "city", "53", "name" },
        { "某市", "53a9", "city", "53", "code" },
        { "某市", "5", "city", "53", "code" },
        { "某市", "5309", "city", "53", "code" },
        { "某市", "5399", "planet", "53", "level" },
        { "某市", "5399", "city", "99", "parent" },
        { "某市", "5399", "city", "5309", "parent" },
        { "某省", "99", "province", "5309", "parent" },
        { "某市", "1234567890123", "city", "", "code" },
    };
    (void)state;
    test_as_role(house, "sysadmin");
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct test_answer a = test_api(
            house, POST, "/api/v1/areas",
            arena_printf(house->mem,
                         "{\"name\":\"%s\",\"code\":\"%s\",\"level\":\"%s\",\"parent\":\"%s\"}",
                         ROWS[i].name, ROWS[i].code, ROWS[i].level, ROWS[i].parent)
                .ptr);
        assert_int_equal(a.status, 422);
        assert_true(str_is(test_json(house, &a, "errors.0.field"), ROWS[i].field));
        assert_int_equal(add(ROWS[i].name, ROWS[i].code, ROWS[i].level, ROWS[i].parent), 422);
    }
}

static int edit(const char *code, const char *version, const char *name, const char *level,
                const char *to_on)
{
    struct test_answer a = test_get(house, path("/areas/#/edit", code));
    const char *parent = arena_cstr(house->mem, test_field(house, &a, "parent"));
    return test_post(house, path("/areas/#/edit", code), "name", name, "code", code, "level", level,
                     "parent", parent, "to_on", to_on, "version", version, NULL)
        .status;
}

static void a_mistake_is_corrected_and_a_new_name_keeps_the_old(void **state)
{
    (void)state;
    test_as_role(house, "sysadmin");
    const char *version = version_of("530902");
    assert_int_equal(edit("530902", version, "临翔县", "county", ""), 303);
    assert_int_equal(edit("530902", version, "临翔区", "county", ""), 409); /* older page */
    struct test_answer late =
        test_post(house, path("/areas/#/edit", "530902"), "name", "临翔市", "code", "530902",
                  "level", "county", "parent", "临沧市", "version", version, NULL);
    assert_true(test_has(&late, "<del>临翔县</del> <ins>临翔市</ins>"));
    assert_false(test_has(&late, "<ins>临沧市</ins>")); /* the same one by its name */
    assert_int_equal(edit("530902", "", "临翔区", "county", ""), 422);
    assert_false(says(path("/areas/#", "530902"), "曾用名"));
    version = version_of("530902");
    const char *at = path("/areas/#/edit", "530902");
    struct test_answer a =
        test_post(house, at, "name", "临翔区", "code", "530902", "level", "county", "parent",
                  "5309", "renamed_on", "2026-12-01", "version", version, NULL);
    assert_int_equal(a.status, 422); /* not yet */
    a = test_post(house, at, "name", "临翔县", "code", "530902", "level", "county", "parent",
                  "5309", "renamed_on", "2026-05-01", "version", version, NULL);
    assert_int_equal(a.status, 422); /* no new name */
    a = test_post(house, at, "name", "临翔区", "code", "530902", "level", "county", "parent",
                  "5309", "renamed_on", "2026-05-01", "version", version, NULL);
    assert_int_equal(a.status, 303);
    assert_true(says(path("/areas/#", "530902"), "临翔县（至2026-04-30）"));
    a = test_get(house, path("/api/v1/areas/#", "530902"));
    assert_true(str_is(test_json(house, &a, "former_names.0.name"), "临翔县"));
    assert_true(str_is(test_json(house, &a, "former_names.0.until_on"), "2026-04-30"));
}

static void an_end_waits_for_what_is_under_it(void **state)
{
    (void)state;
    test_as_role(house, "sysadmin");
    assert_int_equal(edit("530902", version_of("530902"), "临翔区", "county", "2026-06-30"), 422);
    assert_int_equal(edit("530902", version_of("530902"), "临翔区", "town", ""), 422);
    assert_int_equal(edit("530902001", version_of("530902001"), "凤翔街道", "town", "2026-06-30"),
                     303);
    assert_int_equal(edit("530902", version_of("530902"), "临翔区", "county", "2026-06-29"), 422);
    assert_int_equal(edit("530902", version_of("530902"), "临翔区", "county", "2026-06-30"), 303);
    assert_true(says("/areas?q=530902", "已撤销"));
    assert_int_equal(add("忙畔街道", "530902002", "town", "530902"), 422); /* under an ended one */
    assert_int_equal(edit("530902", version_of("530902"), "临翔区", "county", ""), 303); /* back */
}

static struct test_answer upload(const char *at, const char *text, const char *run)
{
    struct test_file *files = arena_array(house->mem, 2, sizeof *files);
    files[0] = (struct test_file){ "file", "areas.csv", str_of(text) };
    return test_upload(house, at, files, "run", run, NULL);
}

static void a_list_in_the_shipped_form_comes_in_once(void **state)
{
    static const char GOOD[] = "# 云县\ncode,name,level,parent\n530922,云县,county,5309\n"
                               "530922100,爱华镇,乡,530922\n5309,临沧市,city,53\n";
    static const char BAD[] = "code,name,level,parent\n530923,永德县,county,5309\n"
                              "530924,镇康县,planet,5309\nx,某县,county,5309\n"
                              "530925,双江县,county,9999\n";
    (void)state;
    test_as_role(house, "sysadmin");
    struct test_answer a = upload("/areas/import", GOOD, "0");
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "新增 2"));
    assert_false(says("/areas?q=530922", "爱华镇")); /* only judged */
    a = upload("/areas/import", BAD, "1");
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "没有导入任何一行"));
    assert_true(test_has(&a, "planet"));
    assert_false(says("/areas?q=530923", "永德县"));
    a = upload("/areas/import", GOOD, "1");
    assert_int_equal(a.status, 303);
    assert_true(says("/areas?q=530922", "爱华镇"));
    a = upload("/api/v1/areas/import", GOOD, "1");
    assert_int_equal(a.status, 200);
    assert_true(str_is(test_json(house, &a, "unchanged"), "3"));
    a = upload("/api/v1/areas/import", BAD, "1");
    assert_true(str_is(test_json(house, &a, "refused"), "3"));
    assert_true(str_is(test_json(house, &a, "faults.0.row"), "3"));
    assert_int_equal(test_post(house, "/areas/import", NULL).status, 422); /* no file */
}

/* A list that has no parents leaves the tree as it is. */
static void a_list_without_parents_keeps_the_tree(void **state)
{
    (void)state;
    test_as_role(house, "sysadmin");
    struct test_answer a =
        upload("/api/v1/areas/import", "code,name,level\n530902,临翔新区,county\n", "1");
    assert_int_equal(a.status, 200);
    assert_true(str_is(test_json(house, &a, "updated"), "1"));
    a = test_get(house, path("/api/v1/areas/#", "530902"));
    assert_true(str_is(test_json(house, &a, "name"), "临翔新区"));
    assert_true(str_is(test_json(house, &a, "path.1.name"), "临沧市"));
    a = upload("/api/v1/areas/import", "code,name,level\n530902,临翔区,county\n", "1");
    assert_int_equal(a.status, 200);
    a = upload("/api/v1/areas/import", "code,name,level\n530902,临翔区,county\n", "1");
    assert_true(str_is(test_json(house, &a, "unchanged"), "1"));
}

/* The page takes 3,000 rows at once; more come by the command line, which it names. */
static void a_long_list_comes_by_the_command_line(void **state)
{
    struct buf *b = buf_new(house->mem, 1 << 20);
    (void)state;
    buf_printf(b, "code,name,level\n");
    for (int i = 0; i <= 3000; i++) /* nothing to write, for the count alone matters */
        buf_printf(b, "5309,临沧市,city\n");
    test_as_role(house, "sysadmin");
    struct test_answer a = upload("/areas/import", arena_cstr(house->mem, buf_str(b)), "1");
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "huotang import areas"));
}

/* By name: the only one that is there today. An end in the future has not come. */
static void a_name_means_one_that_is_there(void **state)
{
    static const struct {
        const char *first_to_on, *second_to_on;
        bool found;
    } ROWS[] = {
        { "", "2026-11-24", true },
        { "2026-12-31", "2026-11-24", true },
        { "2026-12-31", "2026-12-31", false },
        { "", "2026-12-31", false },
        { "2026-11-24", "2026-11-24", false },
    };
    struct rq rq = test_system_rq(house);
    (void)state;
    test_as_role(house, "sysadmin");
    assert_int_equal(add("城关镇", "530902101", "town", "530902"), 303);
    assert_int_equal(add("城关镇", "530902102", "town", "530902"), 303);
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct area found;
        assert_int_equal(
            edit("530902101", version_of("530902101"), "城关镇", "town", ROWS[i].first_to_on), 303);
        assert_int_equal(edit("530902102", version_of("530902102"), "城关镇", "town",
                              ROWS[i].second_to_on),
                         303);
        assert_ok(area_find_by_text(&rq, str_of("城关镇"), &found));
        if ((found.id != 0) != ROWS[i].found)
            fail_msg("row %zu: %lld", i, (long long)found.id);
    }
}

/* Each name had its days: a renaming lies behind the one before. */
static void names_follow_each_other(void **state)
{
    static const struct {
        const char *name, *renamed_on;
        int status;
    } ROWS[] = {
        { "二镇", "2026-05-01", 303 }, { "三镇", "2026-04-01", 422 }, { "三镇", "2026-05-01", 422 },
        { "三镇", "2026-05-02", 303 }, { "四镇", "", 303 },
    };
    (void)state;
    test_as_role(house, "sysadmin");
    assert_int_equal(add("一镇", "530902103", "town", "530902"), 303);
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct test_answer a =
            test_post(house, path("/areas/#/edit", "530902103"), "name", ROWS[i].name, "code",
                      "530902103", "level", "town", "parent", "530902", "renamed_on",
                      ROWS[i].renamed_on, "version", version_of("530902103"), NULL);
        if (a.status != ROWS[i].status)
            fail_msg("row %zu: %d", i, a.status);
    }
    struct test_answer a = test_get(house, path("/api/v1/areas/#", "530902103"));
    assert_true(str_is(test_json(house, &a, "name"), "四镇"));
    assert_true(str_is(test_json(house, &a, "former_names.0.name"), "二镇"));
    assert_true(str_is(test_json(house, &a, "former_names.0.until_on"), "2026-05-01"));
    assert_true(str_is(test_json(house, &a, "former_names.1.name"), "一镇"));
    assert_true(str_is(test_json(house, &a, "former_names.2.name"), ""));
}

static void only_the_house_that_runs_it_writes(void **state)
{
    static const struct {
        const char *role;
        i64 org;
        int status;
    } ROWS[] = {
        { "member", 0, 403 }, { "staff", 0, 403 }, { "secadmin", 0, 403 }, { "sysadmin", 1, 403 }
    };
    (void)state;
    const char *at = path("/areas/#/edit", "53");
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        test_as_role(house, ROWS[i].role)->org_id += ROWS[i].org;
        assert_int_equal(add("某市", "5399", "city", "53"), ROWS[i].status);
        assert_int_equal(test_get(house, "/areas/new").status, ROWS[i].status);
        assert_int_equal(test_get(house, "/areas/import").status, ROWS[i].status);
        assert_int_equal(test_get(house, at).status, ROWS[i].status);
        assert_int_equal(upload("/areas/import", "code,name,level\n98,某省,province\n", "1").status,
                         ROWS[i].status);
        struct test_answer a = test_get(house, "/areas");
        assert_int_equal(test_link(house, &a, "添加").len, 0);
    }
    assert_false(says("/areas?q=5399", "某市"));
}

static void bodies_stand_in_their_area_for_their_own_people(void **state)
{
    (void)state;
    test_as_role(house, "staff");
    struct test_answer a = test_post(house, "/orgs/new", "name", "临翔区政府", "kind", "government",
                                     "area", "530902", NULL);
    assert_int_equal(a.status, 303);
    assert_int_equal(test_post(house, "/orgs/new", "name", "某政府", "kind", "government", "area",
                               "火星", NULL)
                         .status,
                     422);
    assert_true(says(arena_cstr(house->mem, a.location), "行政区划 临翔区"));
    struct test_answer shown = test_get(house, path("/areas/#", "530902"));
    assert_true(str_eq(test_link(house, &shown, "临翔区政府"), a.location));
    test_as_role(house, "sysadmin"); /* reads no bodies, so sees none here */
    assert_false(says(path("/areas/#", "530902"), "临翔区政府"));
    test_as_role(house, "staff")->org_id = house->org + 1;
    assert_false(says(path("/areas/#", "530902"), "临翔区政府"));
    shown = test_get(house, path("/api/v1/areas/#", "530902"));
    assert_true(str_is(test_json(house, &shown, "orgs.0.id"), ""));
}

static i64 entries(const char *act)
{
    i64 n;
    str name = str_of(act);
    assert_ok(
        db_i64(house->db,
               SQL("SELECT count(*) AS n FROM audits WHERE org_id = :org AND act = :name", P(name)),
               &n));
    return n;
}

static void writing_is_recorded(void **state)
{
    (void)state;
    test_as_role(house, "sysadmin");
    i64 before = entries("areas.save");
    assert_int_equal(edit("53", version_of("53"), "云南", "province", ""), 303);
    assert_int_equal(entries("areas.save"), before + 1);
}

static err load_now(struct rq *rq, void *context)
{
    (void)context;
    return area_load(rq);
}

static void the_shipped_areas_come_in_once(void **state)
{
    struct rq rq = test_system_rq(house);
    struct rows rows;
    (void)state;
    assert_ok(test_write(house, load_now, NULL));
    assert_ok(test_write(house, load_now, NULL));
    struct area county;
    assert_ok(area_find_by_code(&rq, str_of("530921"), &county));
    assert_true(str_is(county.name, "凤庆县"));
    assert_true(str_is(county.level, "county"));
    assert_ok(area_path(&rq, &county, &rows));
    assert_true(str_is(((const struct area *)rows.items)[rows.count - 2].code, "5309"));
    struct area village;
    assert_ok(area_find_by_code(&rq, str_of("530902001001"), &village));
    assert_ok(area_path(&rq, &village, &rows)); /* under the town, under the county */
    assert_true(str_is(((const struct area *)rows.items)[rows.count - 2].code, "530902001"));
}

static void villages_stand_below_their_town(void **state)
{
    (void)state;
    test_as_role(house, "sysadmin");
    assert_int_equal(add("新镇", "530902109", "town", "530902"), 303);
    struct test_answer a = test_get(house, "/areas/new?parent=530902109");
    assert_true(str_is(test_field(house, &a, "level"), "village")); /* what comes below a town */
    assert_int_equal(add("章嘎社区", "530902109001", "village", "530902109"), 303);
    assert_int_equal(add("某组", "530902109002", "town", "530902109001"), 422);
    assert_true(says(path("/areas/#", "530902109"), "章嘎社区"));
    a = test_get(house, path("/areas/#", "530902109001"));
    assert_int_equal(test_link(house, &a, "添加下级").len, 0);
    assert_int_equal(upload("/areas/import",
                            "code,name,level,parent\n530902109003,南屏社区,村,530902109\n", "1")
                         .status,
                     303);
    a = test_get(house, path("/api/v1/areas/#", "530902109003"));
    assert_true(str_is(test_json(house, &a, "level"), "village"));
}

static void a_place_is_chosen_step_by_step_among_those_that_are_there(void **state)
{
    struct rq rq = test_system_rq(house);
    struct area town;
    struct rows rows;
    (void)state;
    test_as_role(house, "sysadmin");
    assert_int_equal(add("一村", "530902109011", "village", "530902109"), 303);
    assert_int_equal(add("二村", "530902109012", "village", "530902109"), 303);
    assert_int_equal(edit("530902109011", version_of("530902109011"), "一村", "village",
                          "2020-12-31"),
                     303); /* ended long ago: nobody lives there any more */
    assert_ok(area_find_by_code(&rq, str_of("530902109"), &town));
    assert_ok(area_list_below(&rq, town.id, &rows));
    const struct area *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        assert_false(str_is(all[i].name, "一村"));
    assert_true(str_is(all[rows.count - 1].name, "二村"));
    assert_ok(area_list_below(&rq, 0, &rows));
    assert_true(str_is(((const struct area *)rows.items)[0].code, "53"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_walks_down_the_tree),
        cmocka_unit_test(the_api_gives_the_same),
        cmocka_unit_test(one_searches_by_name_and_code),
        cmocka_unit_test(what_does_not_fit_is_refused_at_its_field),
        cmocka_unit_test(a_mistake_is_corrected_and_a_new_name_keeps_the_old),
        cmocka_unit_test(an_end_waits_for_what_is_under_it),
        cmocka_unit_test(a_list_in_the_shipped_form_comes_in_once),
        cmocka_unit_test(a_list_without_parents_keeps_the_tree),
        cmocka_unit_test(a_long_list_comes_by_the_command_line),
        cmocka_unit_test(a_name_means_one_that_is_there),
        cmocka_unit_test(names_follow_each_other),
        cmocka_unit_test(only_the_house_that_runs_it_writes),
        cmocka_unit_test(bodies_stand_in_their_area_for_their_own_people),
        cmocka_unit_test(writing_is_recorded),
        cmocka_unit_test(the_shipped_areas_come_in_once),
        cmocka_unit_test(villages_stand_below_their_town),
        cmocka_unit_test(a_place_is_chosen_step_by_step_among_those_that_are_there),
    };
    return cmocka_run_group_tests(tests, open_tree, house_close);
}
