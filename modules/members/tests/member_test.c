/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Members by the front door: adding, acts and their guards, offices, own changes, unmasking,
 * accounts, who may, two organisations. Import: member_import_test.c. Expectations come from
 * rules.md 1, 8 and 12.7. HUOTANG_TEST_DB. */
#include "embed.h"
#include "modules/accounts/account.h"
#include "modules/members/tests/house.h"

#include "modules/members/audience.h"
#include "modules/members/member_rules.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/strokes.h"

/* ---- personal fields ---- */

static void masking_keeps_head_and_tail(void **state)
{
    static const struct {
        const char *text, *masked;
        i64 head, tail;
    } ROWS[] = {
        { "13812345678", "138****5678", 3, 4 },
        { "110105194912310029", "110*************29", 3, 2 },
        { "123", "****", 3, 4 },
        { "", "", 3, 4 },
        { "临沧市临翔区凤翔街道", "临沧市临翔区****", 6, 0 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        assert_true(
            str_is(member_mask(house->mem, str_of(ROWS[i].text), ROWS[i].head, ROWS[i].tail),
                   ROWS[i].masked));
}

/* Examples of GB 11643-1999 itself, and what differs from them by one. */
static void identity_numbers_have_a_check_digit(void **state)
{
    static const struct {
        const char *number;
        bool valid;
    } ROWS[] = {
        { "11010519491231002X", true },  { "440524188001010014", true },
        { "110105194912310021", false }, { "440524188001010024", false },
        { "4405241880010100", false },   { "11010519491231002x", false },
        { "A4052418800101001X", false }, { "", false },
    };
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        assert_int_equal(member_identity_is_valid(str_of(ROWS[i].number)), ROWS[i].valid);
}

/* ---- whom the house can address ---- */

static void groups_are_those_in_force(void **state)
{
    (void)state;
    struct rq rq = test_system_rq(house);
    struct rows rows, all, posts;
    str name;
    i64 alone = add_member("独一");
    assert_ok(audience_readers(&rq, str_of("members"), &all));
    assert_ok(dictionary_list(&rq, "members.posts", &posts));
    /* members, agencies, committees, sectors, posts; each alone */
    assert_ok(audience_list(&rq, &rows));
    assert_int_equal(rows.count, 2 + 3 + 2 + posts.count + all.count);
    str one = arena_printf(house->mem, "member:%lld", (long long)alone);
    assert_ok(audience_name(&rq, one, &name));
    assert_true(str_is(name, "独一"));
    assert_ok(audience_readers(&rq, one, &rows));
    assert_int_equal(rows.count, 1);
    assert_true(str_is(((const struct reader *)rows.items)->name, "独一"));
    assert_ok(audience_name(&rq, str_of("members"), &name));
    assert_true(str_is(name, "全体委员"));
    assert_ok(audience_name(&rq, str_of("sector:1"), &name));
    assert_true(str_is(name, "教育界"));
    assert_ok(audience_name(&rq, str_of("sector:99"), &name));
    assert_int_equal(name.len, 0);
    add_member("孙十");
    assert_ok(audience_readers(&rq, str_of("members"), &all));
    assert_ok(audience_readers(&rq, str_of("sector:1"), &rows));
    assert_true(rows.count > 0 && rows.count <= all.count);
    static const char *const EMPTY[] = { "sector:2", "sector:0",    "sector:",    "sector:99",
                                         "cats:1",   "committee:1", "agencies",   "agency:99",
                                         "member:0", "member:9999", "post:chair", "post:",
                                         "" };
    for (size_t i = 0; i < sizeof EMPTY / sizeof *EMPTY; i++) {
        assert_ok(audience_readers(&rq, str_of(EMPTY[i]), &rows));
        assert_int_equal(rows.count, 0);
    }
}

/* ---- adding and changing ---- */

static void staff_adds_and_changes_a_member(void **state)
{
    (void)state;
    test_as_role(house, "staff personnel");
    struct test_answer a =
        test_post(house, "/members/new", "name", "赵一", "gender", "female", "birth", "1969-12-31",
                  "party", "jiusan", "sector", "教育界", "committees", "提案委、经济委", "identity",
                  "11010519491231002x", "phone", "138 1234 5678", "code", "T-1", "act", "augment",
                  "organ", "常委会第一次会议", "from_on", "2026-03-01", "term_number", "6", NULL);
    assert_int_equal(a.status, 303);
    const char *page = arena_cstr(house->mem, a.location);
    a = test_get(house, page);
    str words = test_words(house, &a);
    struct test_answer seen = { .body = words };
    assert_true(test_has(&seen, "赵一"));
    assert_true(test_has(&seen, "138****5678"));
    assert_false(test_has(&a, "13812345678"));
    assert_false(test_has(&a, "19491231002"));
    assert_true(test_has(&seen, "1969-12-31"));
    assert_true(test_has(&seen, "九三学社社员"));
    assert_true(test_has(&seen, "常委会第一次会议"));
    assert_true(test_has(&seen, "提案委"));
    assert_true(test_has(&seen, "经济委"));

    a = test_get(house, arena_printf(house->mem, "%s/edit", page).ptr);
    assert_true(str_is(test_field(house, &a, "birth"), "1969-12-31"));
    const char *version = arena_cstr(house->mem, test_field(house, &a, "version"));
    const char *edit = arena_printf(house->mem, "%s/edit", page).ptr;
    a = test_post(house, edit, "version", version, "name", "赵一", "employer", "一中", NULL);
    assert_int_equal(a.status, 303);
    a = test_post(house, edit, "version", version, "name", "赵一", "employer", "二中", NULL);
    assert_int_equal(a.status, 409); /* somebody else's page is older */
    assert_true(test_has(&a, "<del>一中</del> <ins>二中</ins>"));
    assert_true(str_is(test_field(house, &a, "employer"), "二中"));
    assert_false(test_has(&a, "13812345678"));
    const char *api = arena_printf(house->mem, "/api/v1%s", page).ptr;
    a = test_api(house, PUT, api, "{\"version\":1,\"name\":\"赵一\",\"employer\":\"三中\"}");
    assert_int_equal(a.status, 409);
    assert_true(str_is(test_json(house, &a, "fields.employer"), "一中"));
    assert_true(str_is(test_json(house, &a, "typed.employer"), "三中"));
    a = test_get(house, page);
    seen.body = test_words(house, &a);
    assert_true(test_has(&seen, "一中"));
    assert_true(test_has(&seen, "138****5678"));   /* an empty sealed field leaves it */
    assert_false(test_has(&seen, "九三学社社员")); /* an empty open field erases it */
}

static void faults_come_together_and_nothing_is_kept(void **state)
{
    (void)state;
    test_as_role(house, "staff personnel");
    i64 before = count_of(str_of("钱二"));
    struct test_answer a =
        test_post(house, "/members/new", "name", "钱二", "identity", "110105194912310021", "phone",
                  "12", "mail", "no", "birth", "1975-13-40", NULL);
    assert_int_equal(a.status, 422);
    a = test_post(house, "/members/new", "name", "钱二", "identity", "110105194912310021", "phone",
                  "12", "mail", "no", NULL);
    assert_int_equal(a.status, 422);
    struct test_answer seen = { .body = test_words(house, &a) };
    assert_true(test_has(&seen, "身份证号不对"));
    assert_true(test_has(&seen, "手机号不对"));
    assert_true(test_has(&seen, "写得不对"));
    a = test_post(house, "/members/new", "name", "钱二", "sector", "没有的界", NULL);
    assert_int_equal(a.status, 422);
    a = test_post(house, "/members/new", "name", "钱二", "committees", "提案委、经济委、文史委",
                  NULL);
    assert_int_equal(a.status, 422); /* at most two (rules.md 1) */
    assert_int_equal(count_of(str_of("钱二")), before);
}

/* ---- acts ---- */

static int act_on(i64 id, const char *act, const char *on, const char *organ, const char *reason)
{
    return test_post(house, arena_printf(house->mem, "/members/%lld/act", (long long)id).ptr, "act",
                     act, "on_on", on, "organ", organ, "reason", reason, "term_number", "6", NULL)
        .status;
}

/* given status, act → answer, status then. */
static void acts_follow_the_table(void **state)
{
    static const struct {
        const char *first, *act;
        int status;
        const char *then;
    } ROWS[] = {
        { NULL, "resign", 303, "left" },         { NULL, "compel", 303, "left" },
        { NULL, "advise", 303, "left" },         { NULL, "remove", 303, "left" },
        { NULL, "revoke", 303, "left" },         { NULL, "decease", 303, "left" },
        { NULL, "expire", 303, "left" },         { NULL, "suspend", 303, "suspended" },
        { NULL, "resume", 409, "serving" },      { NULL, "ratify", 409, "serving" },
        { NULL, "appoint", 409, "serving" },     { "suspend", "resume", 303, "serving" },
        { "suspend", "revoke", 303, "left" },    { "suspend", "suspend", 409, "suspended" },
        { "resign", "fill", 303, "serving" },    { "resign", "resign", 409, "left" },
        { "resign", "ratify", 409, "left" },     { "revoke", "ratify", 303, "left" },
        { "revoke", "augment", 303, "serving" },
    };
    (void)state;
    test_as_role(house, "staff personnel");
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        i64 id = add_member(arena_printf(house->mem, "孙%zu", i).ptr);
        if (ROWS[i].first)
            assert_int_equal(act_on(id, ROWS[i].first, "2026-05-01", "常委会", "原因"), 303);
        assert_int_equal(act_on(id, ROWS[i].act, "2026-06-01", "常委会", "原因"), ROWS[i].status);
        assert_true(str_is(member_of(id).status, ROWS[i].then));
    }
}

static void acts_want_organ_reason_and_a_possible_day(void **state)
{
    static const struct {
        const char *act, *on, *organ, *reason;
        int status;
    } ROWS[] = {
        { "compel", "2026-05-01", "", "原因", 422 },
        { "compel", "2026-05-01", "主席会议", "", 422 },
        { "resign", "2026-11-26", "常委会", "", 422 }, /* tomorrow */
        { "resign", "2026-01-01", "常委会", "", 422 }, /* before the seat began */
        { "resign", "not a day", "常委会", "", 422 },
        { "dismiss", "2026-05-01", "常委会", "", 422 },
        { "resign", "2026-11-25", "常委会", "", 303 },
    };
    (void)state;
    test_as_role(house, "staff personnel");
    i64 id = add_member("李三");
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        assert_int_equal(act_on(id, ROWS[i].act, ROWS[i].on, ROWS[i].organ, ROWS[i].reason),
                         ROWS[i].status);
}

static struct test_answer resector(i64 id, const char *on, const char *sector, const char *organ,
                                   const char *reason)
{
    return test_post(house, arena_printf(house->mem, "/members/%lld/act", (long long)id).ptr, "act",
                     "resector", "on_on", on, "sector", sector, "organ", organ, "reason", reason,
                     NULL);
}

static str sector_on(i64 id, const char *on)
{
    struct rq rq = test_system_rq(house);
    struct rows rows;
    i64 day = 0;
    assert_true(day_parse(str_of(on), &day));
    assert_ok(member_list_posts(&rq, day, &rows));
    const struct member_post *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].member_id == id)
            return all[i].sector_name;
    return str_of("nobody");
}

static void convenes(i64 id, const char *sector, const char *from_on)
{
    str name = str_of(sector);
    i64 body_id = 0;
    assert_ok(db_i64(house->db,
                     SQL("SELECT id FROM sectors WHERE org_id = :org AND name = :name", P(name)),
                     &body_id));
    const char *body = arena_printf(house->mem, "sector:%lld", (long long)body_id).ptr;
    const char *path = arena_printf(house->mem, "/members/%lld/tenures", (long long)id).ptr;
    assert_int_equal(
        test_post(house, path, "post", "convener", "body", body, "from_on", from_on, NULL).status,
        303);
}

/* The last day of the one office that somebody has had. */
static i64 office_until(i64 id)
{
    struct rows rows;
    assert_ok(tenure_store_list(house->db, member_of(id).person_id, house->mem, &rows));
    assert_int_equal(rows.count, 1);
    return ((struct tenure *)rows.items)->to_on;
}

/* From its day on, and never before: what was counted of an earlier year stays. Who led the sector
 * leads it no more. */
static void a_sector_changes_from_a_day_on(void **state)
{
    (void)state;
    test_as_role(house, "staff personnel");
    i64 id = add_member("魏九");
    const struct {
        const char *on, *sector, *organ, *reason, *words;
    } BAD[] = {
        { "2026-06-01", "农业界", "", "调动", "没有写决定机构" },
        { "2026-06-01", "农业界", "主席会议", "", "没有写原因" },
        { "2026-06-01", "", "主席会议", "调动", "请填写这一项" },
        { "2026-06-01", "教育界", "主席会议", "调动", "现在就是这个界别" },
        { "2026-02-28", "农业界", "主席会议", "调动", "早于任职开始" },
        { "2026-11-26", "农业界", "主席会议", "调动", "今天以后" },
    };
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        struct test_answer a = resector(id, BAD[i].on, BAD[i].sector, BAD[i].organ, BAD[i].reason);
        assert_int_equal(a.status, 422);
        a.body = test_words(house, &a);
        assert_true(test_has(&a, BAD[i].words));
    }
    assert_true(str_is(member_of(id).sector_name, "教育界"));
    convenes(id, "教育界", "2026-03-01");
    assert_int_equal(resector(id, "2026-06-01", "农业界", "主席会议", "调到农科所").status, 303);
    i64 last_on = 0;
    assert_true(day_parse(str_of("2026-05-31"), &last_on));
    assert_int_equal(office_until(id), last_on);
    assert_true(str_is(member_of(id).sector_name, "农业界"));
    assert_true(str_is(sector_on(id, "2026-05-31"), "教育界"));
    assert_true(str_is(sector_on(id, "2026-06-01"), "农业界"));
    struct test_answer a = resector(id, "2026-05-01", "教育界", "主席会议", "又调回");
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "早于上一次界别调整"));
    convenes(id, "农业界", "2026-08-01");
    a = resector(id, "2026-07-01", "教育界", "主席会议", "又调回");
    assert_true(a.status == 422 && test_has(&a, "在农业界的职务是2026年8月1日开始的"));
    assert_true(str_is(member_of(id).sector_name, "农业界"));
    a = test_get(house, arena_printf(house->mem, "/members/%lld", (long long)id).ptr);
    a.body = test_words(house, &a);
    assert_true(test_has(&a, "教育界 → 农业界"));
    const char *api = arena_printf(house->mem, "/api/v1/members/%lld", (long long)id).ptr;
    a = test_get(house, api);
    assert_true(str_is(test_json(house, &a, "changes.1.act"), "resector"));
    assert_true(str_is(test_json(house, &a, "changes.1.sector_from"), "教育界"));
    assert_true(str_is(test_json(house, &a, "changes.1.on_on"), "2026-06-01"));
}

/* What PUT may not change is refused by name, not read past. */
static void a_put_refuses_what_it_does_not_change(void **state)
{
    (void)state;
    test_as_role(house, "staff personnel");
    i64 id = add_member("陶十");
    const char *api = arena_printf(house->mem, "/api/v1/members/%lld", (long long)id).ptr;
    struct test_answer a =
        test_api(house, PUT, api, "{\"version\":1,\"name\":\"陶十\",\"sector\":\"农业界\"}");
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "form.unknown_field"));
    a = test_api(house, PUT, api, "{\"version\":1,\"name\":\"陶十\",\"sectr\":\"农业界\"}");
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "form.unknown_field"));
    assert_true(test_has(&a, "sectr"));
    a = test_api(house, PUT, api, "{\"version\":1,\"name\":\"陶十\",\"employer\":\"农科所\"}");
    assert_int_equal(a.status, 200);
    assert_true(str_is(member_of(id).sector_name, "教育界"));
    assert_true(str_is(member_of(id).employer, "农科所"));
}

/* Posts end with the seat (rules.md 8), and the days before count as served. */
static void leaving_ends_offices_and_keeps_the_past(void **state)
{
    struct rq rq = test_system_rq(house);
    struct rows rows;
    bool serving;
    i64 on = 0;
    (void)state;
    test_as_role(house, "staff personnel");
    i64 id = add_member("周四");
    assert_int_equal(
        test_post(house, arena_printf(house->mem, "/members/%lld/tenures", (long long)id).ptr,
                  "post", "standing_member", "body", "cppcc", "from_on", "2026-03-01", NULL)
            .status,
        303);
    assert_int_equal(act_on(id, "resign", "2026-06-01", "常委会", ""), 303);
    assert_true(day_parse(str_of("2026-05-31"), &on));
    assert_ok(member_is_serving(&rq, id, on, &serving));
    assert_true(serving);
    assert_ok(member_is_serving(&rq, id, on + 1, &serving));
    assert_false(serving);
    assert_ok(tenure_store_list(house->db, member_of(id).person_id, house->mem, &rows));
    assert_true(rows.count > 0);
    for (size_t i = 0; i < rows.count; i++)
        assert_int_equal(((struct tenure *)rows.items)[i].to_on, on);
}

static void a_third_committee_is_refused(void **state)
{
    (void)state;
    test_as_role(house, "staff personnel");
    i64 id = add_member("吴五");
    const char *path = arena_printf(house->mem, "/members/%lld/tenures", (long long)id).ptr;
    static const int EXPECTED[] = { 303, 303, 303, 422 };
    const i64 bodies[] = { committees[0], committees[0], committees[1], committees[2] };
    for (size_t i = 0; i < 4; i++) {
        const char *body = arena_printf(house->mem, "committee:%lld", (long long)bodies[i]).ptr;
        const char *post = i == 1 ? "director" : "committee_member"; /* two posts, one committee */
        assert_int_equal(test_post(house, path, "post", post, "body", body, NULL).status,
                         EXPECTED[i]);
    }
    assert_int_equal(test_post(house, path, "post", "director", "body", "sector:999", NULL).status,
                     422);
}

/* ---- own changes ---- */

static i64 open_todos(void)
{
    struct rq rq = test_system_rq(house);
    i64 count = -1;
    rq.actor = test_as_role(house, "staff personnel");
    assert_ok(flow_todo_count(&rq, &count));
    return count;
}

/* Staff changes the employer while the member's page is open: what he left as it was is no wish. */
static void own_page_that_is_older_wishes_nothing(void **state)
{
    (void)state;
    i64 id = add_member("吴七");
    struct actor *actor = test_as_role(house, "member");
    actor->person_id = member_of(id).person_id;
    actor->member_id = id;
    struct test_answer a = test_get(house, "/members/me");
    const char *seen = arena_cstr(house->mem, test_field(house, &a, "version"));
    test_as_role(house, "staff personnel");
    const char *edit = arena_printf(house->mem, "/members/%lld/edit", (long long)id).ptr;
    assert_int_equal(
        test_post(house, edit, "version", seen, "name", "吴七", "employer", "新单位", NULL).status,
        303);
    actor = test_as_role(house, "member");
    actor->person_id = member_of(id).person_id;
    actor->member_id = id;
    a = test_post(house, "/members/me", "version", seen, "employer", "旧单位", "job", "厂长", NULL);
    assert_int_equal(a.status, 409);
    assert_true(test_has(&a, "<del>新单位</del> <ins>旧单位</ins>"));
    assert_true(str_is(test_field(house, &a, "job"), "厂长"));
    const char *now = arena_cstr(house->mem, test_field(house, &a, "version"));
    assert_string_not_equal(now, seen);
    a = test_api(house, POST, "/api/v1/members/me", "{\"version\":1,\"job\":\"厂长\"}");
    assert_int_equal(a.status, 409);
    assert_true(str_is(test_json(house, &a, "typed.job"), "厂长"));
    assert_true(str_is(test_json(house, &a, "fields.employer"), "")); /* not sent, not wished */
    a = test_post(house, "/members/me", "version", now, "job", "厂长", NULL);
    assert_int_equal(a.status, 303);
}

static void own_changes_wait_for_staff(void **state)
{
    (void)state;
    i64 id = add_member("郑六");
    struct actor *actor = test_as_role(house, "member");
    actor->person_id = member_of(id).person_id;
    actor->member_id = id;
    assert_int_equal(
        test_post(house, "/members/me", "employer", "新单位", "phone", "13900001111", NULL).status,
        303);
    struct test_answer a = test_post(house, "/members/me", "phone", "13900002222", NULL);
    assert_int_equal(a.status, 303); /* the later wish stands */
    a = test_post(house, "/members/me", "phone", "abc", NULL);
    assert_int_equal(a.status, 422);
    assert_true(str_is(member_of(id).employer, ""));

    test_as_role(house, "staff personnel");
    a = test_api(house, GET, "/api/v1/members/amendments", NULL);
    assert_true(str_is(test_json(house, &a, "items.0.field"), "employer"));
    assert_true(str_is(test_json(house, &a, "items.1.field"), "phone"));
    assert_true(str_is(test_json(house, &a, "items.2.field"), ""));
    assert_int_equal(open_todos(), 2); /* of the reviewer, one for each wish */
    const char *first = arena_cstr(house->mem, test_json(house, &a, "items.0.id"));
    struct test_answer listed = test_get(house, "/members/amendments");
    assert_true(test_has(&listed, arena_printf(house->mem, "href=\"/amendments/%s\"", first).ptr));
    const char *second = arena_cstr(house->mem, test_json(house, &a, "items.1.id"));
    const char *path = arena_printf(house->mem, "/members/amendments/%s", first).ptr;
    const char *seen = arena_cstr(house->mem, test_json(house, &a, "items.0.version"));
    assert_int_equal(test_post(house, path, "version", seen, NULL).status,
                     422);                                                      /* needs a reason */
    assert_int_equal(test_post(house, path, "approve", "1", NULL).status, 422); /* of which wish? */
    assert_int_equal(test_post(house, path, "version", "1", "approve", "1", NULL).status, 409);
    assert_int_equal(
        test_post(house, path, "version", seen, "reason", "与单位核对不符", NULL).status, 303);
    assert_int_equal(test_post(house, path, "version", seen, "approve", "1", NULL).status, 409);
    seen = arena_cstr(house->mem, test_json(house, &a, "items.1.version"));
    path = arena_printf(house->mem, "/members/amendments/%s", second).ptr;
    assert_int_equal(test_post(house, path, "version", seen, "approve", "1", NULL).status, 303);
    assert_true(str_is(member_of(id).employer, ""));
    assert_int_equal(open_todos(), 0);
    a = test_get(house, arena_printf(house->mem, "/amendments/%s", second).ptr);
    assert_int_equal(a.status, 200); /* the to-do's page says what was decided */
    assert_true(test_has(&a, "已生效") && test_has(&a, "13900002222"));
    assert_false(test_has(&a, "name=\"approve\""));
    a = test_get(house, arena_printf(house->mem, "/amendments/%s", first).ptr);
    assert_true(test_has(&a, "未通过") && test_has(&a, "与单位核对不符"));
    assert_int_equal(test_get(house, "/amendments/999999").status, 404);
    a = test_get(house, arena_printf(house->mem, "/members/%lld", (long long)id).ptr);
    assert_true(test_has(&a, "139****2222"));
}

/* ---- unmasking ---- */

static void unmasking_needs_a_reason_and_is_audited(void **state)
{
    i64 before, after;
    (void)state;
    test_as_role(house, "staff personnel");
    i64 id = add_member("王七");
    const char *path = arena_printf(house->mem, "/members/%lld/unmask", (long long)id).ptr;
    assert_ok(db_i64(house->db,
                     SQL("SELECT count(*) AS n FROM audits WHERE org_id = :org "
                         "AND act = 'members.unmask'"),
                     &before));
    assert_int_equal(test_post(house, path, "reason", "", NULL).status, 422);
    struct test_answer a = test_post(house, path, "reason", "寄送会议材料", NULL);
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "13712345678"));
    assert_ok(db_i64(house->db,
                     SQL("SELECT count(*) AS n FROM audits WHERE org_id = :org "
                         "AND act = 'members.unmask'"),
                     &after));
    assert_int_equal(after, before + 1);
}

/* ---- roster ---- */

static bool finds(const char *query, const char *name)
{
    struct test_answer a =
        test_api(house, GET, arena_printf(house->mem, "/api/v1/members?%s", query).ptr, NULL);
    assert_int_equal(a.status, 200);
    return test_has(&a, name);
}

static err add_farmer(struct rq *rq, void *context)
{
    i64 id;
    char result;
    (void)context;
    return member_save_record(rq,
                              &(struct member_record){ .name = str_of("冯八"),
                                                       .sector = str_of("农业界"),
                                                       .committees = str_of("经济委；文史委"),
                                                       .employer = str_of("茶叶合作社"),
                                                       .birth_on = BIRTH_UNKNOWN },
                              &id, &result);
}

static void roster_filters_by_sector_committee_status_term(void **state)
{
    (void)state;
    assert_ok(test_write(house, add_farmer, NULL));
    test_as_role(house, "member");
    assert_true(finds("sector=%E5%86%9C%E4%B8%9A%E7%95%8C", "冯八"));
    assert_false(finds("sector=%E6%95%99%E8%82%B2%E7%95%8C", "冯八"));
    assert_true(finds("committee=%E7%BB%8F%E6%B5%8E%E5%A7%94", "冯八")); /* either of two */
    assert_true(finds("committee=%E6%96%87%E5%8F%B2%E5%A7%94", "冯八"));
    assert_false(finds("committee=%E6%8F%90%E6%A1%88%E5%A7%94", "冯八"));
    assert_true(finds("term=6&status=serving&q=%E8%8C%B6%E5%8F%B6", "冯八"));
    assert_false(finds("term=5", "冯八"));
    assert_false(finds("status=left&q=%E5%86%AF%E5%85%AB", "冯八"));
    struct test_answer a = test_get(house, "/members?term=6");
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "<option value=\"农业界\""));
}

/* ---- names by strokes ---- */

/* Whether each stands behind the one before, from the first on. */
static bool stand_so(const struct test_answer *a, const char *const *names, size_t count)
{
    const char *at = a->body.ptr;
    for (size_t i = 0; i < count && at; i++)
        at = strstr(at, names[i]);
    return at != NULL;
}

static i64 chosen[3];

/* The key is made with the name and follows it; of who has none yet the timer makes it. */
static err strike(struct rq *rq, void *context)
{
    bool again = true;
    struct person p;
    (void)context;
    TRY(db_run(rq->db, SQL("UPDATE persons SET strokes = '' WHERE org_id = :org"), NULL));
    TRY(job_member_strokes(rq, &again));
    assert_false(again);
    for (size_t i = 0; i < 3; i++) {
        struct member m;
        TRY(member_find(rq, chosen[i], &m));
        TRY(person_store_find(rq->db, m.person_id, rq->mem, &p));
        assert_true(str_eq(p.strokes, strokes_key(rq->mem, m.name)));
        const struct tenure post = { .person_id = m.person_id,
                                     .post = str_of(i == 2 ? "chair" : "standing_member"),
                                     .body = str_of("cppcc"),
                                     .body_id = 1,
                                     .from_on = rq->today };
        i64 id;
        TRY(member_tenure_add(rq, &post, &id));
    }
    return OK;
}

/* 丁 2 strokes, 王 4, 龚 11: in lists and on the official one; the chair stands before all. */
static void official_lists_stand_by_strokes(void **state)
{
    static const char *const BY_STROKES[] = { "丁小丁", "王小王", "龚小龚" };
    static const char *const STANDING[] = { "常务委员会组成人员（3 人）",
                                            "龚小龚",
                                            "丁小丁",
                                            "王小王",
                                            "全体委员",
                                            "丁小丁",
                                            "王小王",
                                            "龚小龚" };
    (void)state;
    for (const struct embed_file *f = embed_data; f->name; f++)
        if (strcmp(f->name, "text/strokes.txt") == 0)
            strokes_load(house->mem, (str){ (const char *)f->data, f->size });
    chosen[0] = add_member("王小王");
    chosen[1] = add_member("丁小丁");
    chosen[2] = add_member("龚小龚");
    assert_ok(test_write(house, strike, NULL));
    test_as_role(house, "member");
    struct test_answer a = test_get(house, "/members?sort=strokes");
    assert_true(stand_so(&a, BY_STROKES, 3));
    a = test_get(house, "/members/roster");
    assert_int_equal(a.status, 200);
    assert_true(stand_so(&a, STANDING, sizeof STANDING / sizeof *STANDING));
    assert_false(test_has(&a, "roster.pdf"));
    a = test_get(house, "/api/v1/members/roster");
    assert_true(test_has(&a, "\"post\":\"chair\""));
    test_as_role(house, "staff");
    a = test_get(house, "/members/roster");
    assert_true(test_has(&a, "roster.pdf"));
    assert_int_equal(test_get(house, "/members/roster.docx").status, 200);
    a = test_get(house, "/members/roster.pdf");
    assert_int_equal(a.status, 200);
    assert_memory_equal(a.body.ptr, "%PDF", 4);
}

/* ---- who may ---- */

static void only_the_right_roles_get_in(void **state)
{
    static const struct {
        const char *role, *path;
        int status;
    } ROWS[] = {
        { "member", "/members", 200 },
        { "member", "/members/new", 403 },
        { "member", "/members/import", 403 },
        { "member", "/members/accounts", 403 },
        { "member", "/members/amendments", 403 },
        { "operator", "/members", 403 },
        { "sysadmin", "/members", 403 },
        { "staff", "/members/import", 200 },
        { "staff", "/members/accounts", 200 },
        { "staff", "/members/amendments", 200 },
        { "staff", "/members/new", 403 },
        { "personnel", "/members/new", 200 },
        { "staff", "/members/me", 403 },
        { "staff", "/members/99999", 404 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        test_as_role(house, ROWS[i].role);
        assert_int_equal(test_get(house, ROWS[i].path).status, ROWS[i].status);
    }
    i64 id = add_member("陈九");
    test_as_role(house, "member");
    struct test_answer a =
        test_get(house, arena_printf(house->mem, "/members/%lld", (long long)id).ptr);
    assert_int_equal(a.status, 200);
    assert_false(test_has(&a, "137****"));
    const char *act = arena_printf(house->mem, "/members/%lld/act", (long long)id).ptr;
    assert_int_equal(test_post(house, act, "act", "resign", "on_on", "2026-05-01", NULL).status,
                     403);
}

static void the_other_organisation_sees_nothing(void **state)
{
    (void)state;
    i64 id = add_member("褚十");
    struct actor *actor = test_as_role(house, "staff personnel");
    actor->org_id = house->org + 1;
    struct test_answer a =
        test_get(house, arena_printf(house->mem, "/members/%lld", (long long)id).ptr);
    assert_int_equal(a.status, 404);
    assert_int_equal(act_on(id, "resign", "2026-05-01", "常委会", ""), 404);
    a = test_api(house, GET, "/api/v1/members", NULL);
    assert_true(str_is(test_json(house, &a, "total"), "0"));
}

/* ---- accounts ---- */

static void accounts_are_made_once(void **state)
{
    (void)state;
    i64 id = add_member("卫甲");
    test_as_role(house, "staff personnel");
    const char *number = arena_printf(house->mem, "%lld", (long long)id).ptr;
    struct test_answer a = test_post(house, "/members/accounts", "members", number, NULL);
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "卫甲"));
    assert_true(finds("account=1", "卫甲"));
    i64 count;
    assert_ok(db_i64(house->db,
                     SQL("SELECT count(*) AS n FROM accounts WHERE org_id = :org "
                         "AND member_id = :id",
                         P(id)),
                     &count));
    assert_int_equal(count, 1);
    a = test_post(house, "/members/accounts", "members", number, NULL);
    assert_int_equal(a.status, 200);
    assert_false(test_has(&a, "卫甲"));
    assert_int_equal(test_post(house, "/members/accounts", NULL).status, 422);
}

struct bare_account {
    const char *login_name, *role, *kind;
    i64 id;
};

static err bare_now(struct rq *rq, void *context)
{
    struct bare_account *b = context;
    TRY(account_create(rq,
                       &(struct account_new){ .login_name = str_of(b->login_name),
                                              .name = str_of(b->login_name),
                                              .kind = str_of(b->kind) },
                       &b->id));
    struct holding_new holding = { .role = str_of(b->role) };
    return *b->role ? account_give_role(rq, b->id, &holding, NULL) : OK;
}

static void an_account_that_is_there_is_tied_to_a_member(void **state)
{
    (void)state;
    struct bare_account all[] = { { "bare", "", "person", 0 },
                                  { "second", "", "person", 0 },
                                  { "shared", "", "body", 0 },
                                  { "boss", "sysadmin", "person", 0 },
                                  { "clerk", "staff", "person", 0 } };
    i64 id = add_member("卫乙"), clerk = add_member("卫丙");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        assert_ok(test_write(house, bare_now, &all[i]));
    const char *path = arena_printf(house->mem, "/members/%lld/account", (long long)id).ptr;
    test_as_role(house, "staff personnel");
    static const struct {
        const char *login_name;
        int status;
    } ROWS[] = {
        { "", 422 },       { "nobody", 422 }, /* no such account */
        { "shared", 409 },                    /* of a body */
        { "boss", 409 },                      /* administrators do no business */
        { "bare", 303 },   { "second", 409 }, /* has one now */
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct test_answer a = test_post(house, path, "login_name", ROWS[i].login_name, NULL);
        if (a.status != ROWS[i].status)
            fail_msg("%s: %d", ROWS[i].login_name, a.status);
    }
    struct test_answer a =
        test_get(house, arena_printf(house->mem, "/members/%lld", (long long)id).ptr);
    assert_true(test_has(&a, "bare"));
    assert_false(test_has_form(&a, path));
    struct rq rq = test_system_rq(house);
    struct account account;
    assert_ok(account_find(&rq, all[0].id, &account));
    assert_int_equal(account.member_id, id);
    path = arena_printf(house->mem, "/api/v1/members/%lld/account", (long long)clerk).ptr;
    a = test_api(house, POST, path, "{\"login_name\":\"bare\"}");
    assert_int_equal(a.status, 409); /* it is another's */
    a = test_api(house, POST, path, "{\"login_name\":\"clerk\"}");
    assert_int_equal(a.status, 200);
    assert_true(str_is(test_json(house, &a, "login_name"), "clerk"));
    test_as_role(house, "member");
    assert_int_equal(test_api(house, POST, path, "{\"login_name\":\"second\"}").status, 403);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(masking_keeps_head_and_tail),
        cmocka_unit_test(groups_are_those_in_force),
        cmocka_unit_test(identity_numbers_have_a_check_digit),
        cmocka_unit_test(staff_adds_and_changes_a_member),
        cmocka_unit_test(faults_come_together_and_nothing_is_kept),
        cmocka_unit_test(acts_follow_the_table),
        cmocka_unit_test(acts_want_organ_reason_and_a_possible_day),
        cmocka_unit_test(a_sector_changes_from_a_day_on),
        cmocka_unit_test(a_put_refuses_what_it_does_not_change),
        cmocka_unit_test(leaving_ends_offices_and_keeps_the_past),
        cmocka_unit_test(a_third_committee_is_refused),
        cmocka_unit_test(own_changes_wait_for_staff),
        cmocka_unit_test(own_page_that_is_older_wishes_nothing),
        cmocka_unit_test(unmasking_needs_a_reason_and_is_audited),
        cmocka_unit_test(roster_filters_by_sector_committee_status_term),
        cmocka_unit_test(official_lists_stand_by_strokes),
        cmocka_unit_test(only_the_right_roles_get_in),
        cmocka_unit_test(the_other_organisation_sees_nothing),
        cmocka_unit_test(accounts_are_made_once),
        cmocka_unit_test(an_account_that_is_there_is_tied_to_a_member),
    };
    return cmocka_run_group_tests(tests, house_open, house_close);
}
