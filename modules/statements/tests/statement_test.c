/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Reports on a year's duties by the front door: who is asked and as what, the draft from the
 * ledger, handing in, coming back, late ones, remarks to one and to several, who sees what; the
 * other organisation. Expectations: README.md. The clock begins on Wednesday 2026-11-25. */
#include "modules/nominations/tests/paper_words.h"
#include "modules/proposals/tests/desk_look.h"
#include "modules/statements/statement.h"

#define ALL                                                                             \
    "{\"title\":\"Year 2026\",\"audience\":[\"members\"],\"form\":\"oral\",\"due_on\":" \
    "\"2026-12-10\"}"
#define LONG                                                                                   \
    "I have read, listened, written and gone to see what people need in the hills, where the " \
    "road is bad, and said so twice, in the plenary and in the committee."

enum { LI, WANG, ZHAO };

static void as(struct desk *d, const char *role)
{
    struct actor *actor = test_as_role(d->t, role);
    actor->account_id = 140;
    actor->person_id = 0;
    d->actor = actor;
}

static struct test_answer called(struct desk *d, const char *json)
{
    desk_as_staff(d);
    return test_api(d->t, POST, "/api/v1/statement_calls", json);
}

static void call_all(struct desk *d)
{
    struct test_answer a = called(d, ALL);
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
}

static i64 call_id(struct desk *d)
{
    return desk_count(d, SQL("SELECT MAX(id) FROM statement_calls WHERE org_id = :org"));
}

static i64 of(struct desk *d, size_t member)
{
    i64 member_id = d->member[member];
    return desk_count(d, SQL("SELECT COALESCE(MAX(id), 0) FROM statements WHERE org_id = :org AND "
                             "member_id = :member_id",
                             P(member_id)));
}

static struct test_answer sent(struct desk *d, enum web_method method, i64 id, const char *after,
                               const char *json)
{
    struct test_answer a = desk_page(d, "/api/v1/statements/", id, "");
    i64 version = 1;
    if (a.status == 200)
        assert_true(str_to_i64(test_json(d->t, &a, "version"), &version));
    str path = arena_printf(d->t->mem, "/api/v1/statements/%lld%s", (long long)id, after);
    return test_api(d->t, method, path.ptr, test_versioned(d->t, json, version));
}

static void hands_in(struct desk *d, size_t member)
{
    i64 id = of(d, member);
    desk_as_member(d, member);
    struct test_answer a = sent(d, PUT, id, "", "{\"body\":\"" LONG "\",\"send\":true}");
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
}

static i64 todos(struct desk *d, size_t member)
{
    i64 person_id = d->person[member];
    return desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow = "
                             "'statements' AND holder_id = :person_id",
                             P(person_id)));
}

static void is(struct desk *d, i64 id, const char *member, const char *expected)
{
    struct test_answer a = desk_page(d, "/api/v1/statements/", id, "");
    desk_same(test_json(d->t, &a, member), expected);
}

/* Rows of the ledger about handing in that stand on a day, 0 = on any. */
static i64 in_ledger(struct desk *d, size_t member, const char *day)
{
    i64 member_id = d->member[member], on = 0;
    assert_true(!*day || day_parse(str_of(day), &on));
    return desk_count(d, SQL("SELECT COUNT(*) FROM entries WHERE org_id = :org AND member_id = "
                             ":member_id AND kind = 'statements.submitted' AND state = 'live' AND "
                             "(:on = 0 OR happened_on = :on)",
                             P(member_id), P(on)));
}

/* ---- asking ---- */

/* Wang holds a post and is a member, too: he writes one, as what the first group says. */
static void each_writes_one_as_what_he_is(void **state)
{
    struct desk *d = *state;
    i64 wang = d->person[WANG];
    assert_ok(db_run(d->t->db,
                     SQL("INSERT INTO tenures (org_id, person_id, post, body, body_id, from_on) "
                         "VALUES (:org, :wang, 'keeper', 'cppcc', 1, 19000)",
                         P(wang)),
                     NULL));
    desk_as_member(d, LI);
    assert_int_equal(test_api(d->t, POST, "/api/v1/statement_calls", ALL).status, 403);
    assert_int_equal(called(d, "{\"title\":\"Year\",\"audience\":[\"post:keeper\",\"members\"],"
                               "\"form\":\"written\",\"due_on\":\"2026-12-10\"}")
                         .status,
                     200);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM statements WHERE org_id = :org")), 3);
    is(d, of(d, WANG), "post", "站长");
    is(d, of(d, WANG), "place", "1");
    is(d, of(d, LI), "post", "委员");
    is(d, of(d, LI), "year", "2026");
    assert_int_equal(todos(d, LI), 1);
    struct test_answer a = called(d, "{\"title\":\"Year\",\"audience\":[\"members\"],\"form\":"
                                     "\"oral\",\"due_on\":\"2026-11-24\"}");
    assert_int_equal(a.status, 422);
    a = called(d, "{\"title\":\"Year\",\"audience\":[\"post:director\"],\"form\":\"oral\","
                  "\"due_on\":\"2026-12-10\"}");
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "没有在任委员"));
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM statement_calls WHERE org_id = :org")),
                     1);
}

/* What is asked for early in a year is about the one before. */
static void early_in_the_year_it_is_last_years(void **state)
{
    struct desk *d = *state;
    desk_on_day(d, "2027-01-20");
    assert_int_equal(called(d, "{\"title\":\"Year\",\"audience\":[\"members\"],\"form\":\"oral\","
                               "\"due_on\":\"2027-02-10\"}")
                         .status,
                     200);
    is(d, of(d, LI), "year", "2026");
    hands_in(d, LI);
    assert_int_equal(in_ledger(d, LI, "2026-12-31"), 1); /* a duty of that year */
}

/* ---- writing ---- */

static void entry(struct desk *d, const char *kind, const char *title, i64 source_id)
{
    str what = str_of(kind), named = str_of(title);
    i64 member_id = d->member[LI], happened_on = 0;
    assert_true(day_parse(str_of("2026-05-04"), &happened_on));
    assert_ok(db_run(
        d->t->db,
        SQL("INSERT INTO entries (org_id, member_id, name, sector, committee, happened_on, year, "
            "kind, label, quantity, people, tags, source, source_id, part_id, number, title, text, "
            "state, recorded_at, recorded_by, recorded_name) VALUES (:org, :member_id, '', '', '', "
            ":happened_on, 2026, :what, :what, 1000, 1, '', 'claims', :source_id, 0, '', :named, "
            "'', 'live', 1, 1, '')",
            P(member_id), P(happened_on), P(what), P(source_id), P(named)),
        NULL));
}

static void the_draft_comes_from_the_ledger(void **state)
{
    struct desk *d = *state;
    entry(d, "activity.attended", "A walk", 1);
    entry(d, "activity.attended", "A ride", 2);
    entry(d, "lecture.given", "Law at school", 3);
    call_all(d);
    i64 id = of(d, LI);
    desk_as_member(d, LI);
    struct test_answer a = desk_page(d, "/statements/", id, "/edit");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "一、参加会议和活动\n参加活动 2。"));
    assert_true(
        desk_has(&a, "二、学习培训\n讲座、宣讲、授课 1。\n《Law at school》（2026年5月4日）"));
    assert_true(desk_has(&a, "三、不足") && desk_has(&a, "四、下一步打算"));
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM statements WHERE org_id = :org AND "
                                       "body <> ''")),
                     0); /* shown, not kept */
    is(d, id, "ledger.0.quantity", "2000");
}

static void written_kept_and_handed_in(void **state)
{
    struct desk *d = *state;
    call_all(d);
    i64 id = of(d, LI);
    desk_as_member(d, LI);
    struct test_answer a = sent(d, PUT, id, "", "{\"body\":\"Short.\",\"send\":true}");
    assert_int_equal(a.status, 409);
    assert_true(desk_has(&a, "最少写 100 字，现在 6 字"));
    str path = arena_printf(d->t->mem, "/statements/%lld/autosave", (long long)id);
    a = test_post(d->t, path.ptr, "body", "Half of it", "version", "1", NULL);
    assert_int_equal(a.status, 200);
    desk_same(test_json(d->t, &a, "version"), "2");
    a = test_post(d->t, path.ptr, "body", "Another", "version", "1", NULL);
    assert_int_equal(a.status, 409); /* saved elsewhere meanwhile */
    is(d, id, "body", "Half of it");
    as(d, "leader");
    is(d, id, "body", ""); /* nobody reads over his shoulder */
    assert_int_equal(desk_page(d, "/statements/", id, "/pdf").status, 404);
    desk_as_member(d, WANG);
    assert_int_equal(sent(d, PUT, id, "", "{\"body\":\"Mine\"}").status, 404);
    hands_in(d, LI);
    is(d, id, "state", "submitted");
    is(d, id, "late", "false");
    assert_int_equal(todos(d, LI), 0);
    assert_int_equal(sent(d, PUT, id, "", "{\"body\":\"More\"}").status, 409);
    as(d, "leader");
    is(d, id, "body", LONG);
    a = desk_page(d, "/statements/", id, "/pdf");
    assert_int_equal(a.status, 200);
    assert_true(str_starts(a.body, str_of("%PDF")));
    a = desk_page(d, "/statements/", id, "/docx");
    assert_true(str_starts(a.body, str_of("PK")));
}

static void it_comes_back_with_a_reason(void **state)
{
    struct desk *d = *state;
    call_all(d);
    assert_int_equal(in_ledger(d, LI, ""), 0);
    hands_in(d, LI);
    i64 id = of(d, LI);
    assert_int_equal(in_ledger(d, LI, "2026-11-25"), 1);
    assert_int_equal(in_ledger(d, LI, ""), 1);
    desk_as_staff(d);
    assert_int_equal(sent(d, POST, id, "/revise", "{\"opinion\":\"Say what you lack.\"}").status,
                     200);
    is(d, id, "body", "");
    assert_int_equal(in_ledger(d, LI, ""), 0); /* it is with him again */
    desk_as_member(d, LI);
    assert_int_equal(todos(d, LI), 1);
    struct test_answer a = desk_page(d, "/statements/", id, "/edit");
    assert_true(desk_has(&a, "Say what you lack."));
    desk_on_day(d, "2026-12-11"); /* it was in time the first time */
    hands_in(d, LI);
    is(d, id, "late", "false");
    assert_int_equal(in_ledger(d, LI, "2026-12-11"), 1);
    assert_int_equal(in_ledger(d, LI, ""), 1);
    hands_in(d, WANG);
    is(d, of(d, WANG), "late", "true");
    a = desk_page(d, "/statements/", of(d, WANG), "");
    assert_true(desk_has(&a, "晚交"));
}

/* ---- remarks ---- */

static struct test_answer together(struct desk *d, i64 one, i64 two)
{
    str path =
        arena_printf(d->t->mem, "/api/v1/statement_calls/%lld/remark", (long long)call_id(d));
    return test_api(d->t, POST, path.ptr,
                    arena_printf(d->t->mem, "{\"statements\":[%lld,%lld],\"text\":\"Go on.\"}",
                                 (long long)one, (long long)two)
                        .ptr);
}

static void remarks_to_one_and_to_several(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    call_all(d);
    hands_in(d, LI);
    hands_in(d, WANG);
    i64 li = of(d, LI), wang = of(d, WANG), zhao = of(d, ZHAO);
    desk_as_staff(d);
    assert_int_equal(sent(d, POST, li, "/remark", "{\"text\":\"Well done.\"}").status, 403);
    as(d, "leader");
    assert_int_equal(sent(d, POST, zhao, "/remark", "{\"text\":\"Well done.\"}").status, 409);
    assert_int_equal(sent(d, POST, li, "/remark", "{\"text\":\"Well done.\"}").status, 200);
    is(d, li, "state", "remarked");
    struct test_answer a = together(d, li, zhao); /* one of them has not handed in */
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "请选已经交了述职报告的人"));
    assert_int_equal(together(d, li, wang).status, 200);
    is(d, wang, "state", "remarked");
    is(d, wang, "remarks.0.kind", "collective");
    desk_as_member(d, LI);
    is(d, li, "remarks.0.text", "Well done.");
    is(d, li, "remarks.0.kind", "single");
    is(d, li, "remarks.1.text", "Go on.");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM remarks WHERE org_id = :org")), 2);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND "
                                       "words LIKE '%点评了您 2026 年的述职报告'")),
                     2);
    a = desk_page(d, "/statements/", li, "");
    assert_true(desk_has(&a, "集体点评"));
    as(d, "staff"); /* remarked, it does not come back */
    assert_int_equal(sent(d, POST, li, "/revise", "{\"opinion\":\"Again.\"}").status, 409);
}

/* ---- the call ---- */

static void in_the_order_of_the_meeting(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    call_all(d);
    i64 id = call_id(d), li = of(d, LI), zhao = of(d, ZHAO);
    str path = arena_printf(d->t->mem, "/api/v1/statement_calls/%lld", (long long)id);
    const char *order = arena_printf(d->t->mem, "%.*s/order", (int)path.len, path.ptr).ptr;
    const char *json =
        arena_printf(d->t->mem,
                     "{\"version\":1,\"statements\":[%lld,%lld],\"places\":[\"9\",\"1\"]}",
                     (long long)li, (long long)zhao)
            .ptr;
    assert_int_equal(test_api(d->t, POST, order, json).status, 200);
    struct test_answer a = test_get(d->t, path.ptr);
    desk_same(test_json(d->t, &a, "statements.0.name"), "Zhao");
    desk_same(test_json(d->t, &a, "statements.2.name"), "Li");
    const char *page = arena_printf(d->t->mem, "/statement_calls/%lld/order", (long long)id).ptr;
    a = test_post(d->t, page, "version", "1", "statements",
                  arena_printf(d->t->mem, "%lld", (long long)li).ptr, "places", "3", NULL);
    assert_int_equal(a.status, 409); /* another clerk has saved since */
    assert_true(desk_has(&a, "现在保存的是第 9 个") && desk_has(&a, "value=\"3\""));
    a = test_get(d->t, path.ptr);
    desk_same(test_json(d->t, &a, "statements.2.place"), "9");
    json = arena_printf(d->t->mem, "{\"version\":2,\"statements\":[%lld],\"places\":[\"x\"]}",
                        (long long)li)
               .ptr;
    assert_int_equal(test_api(d->t, POST, order, json).status, 422);
    hands_in(d, WANG);
    desk_as_staff(d);
    a = desk_page(d, "/statement_calls/", id, "");
    assert_true(desk_has(&a, "还有 2 人"));
    const char *remind = arena_printf(d->t->mem, "%.*s/remind", (int)path.len, path.ptr).ptr;
    for (int i = 0; i < 2; i++)
        assert_int_equal(test_api(d->t, POST, remind, "{}").status, 200);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND "
                                       "words LIKE '请交 2026 年的述职报告%'")),
                     1);
    desk_as_member(d, LI);
    assert_int_equal(desk_page(d, "/statement_calls/", id, "").status, 403);
}

/* ---- the ballot ---- */

#define PAPERS                                                                             \
    "\"held_on\":\"2026-11-25\",\"issued\":10,\"returned\":9,\"valid\":8,\"teller_name\":" \
    "\"Qi\",\"second_teller_name\":\"Xu\""

/* Staff put down what was counted: head, and one row of five cells as JSON has it. */
static struct test_answer counted(struct desk *d, const char *head, i64 id, const char *cells)
{
    const char *names[] = { "excellent", "competent", "basic", "incompetent", "abstained" };
    str path = arena_printf(d->t->mem, "/api/v1/statement_calls/%lld", (long long)call_id(d));
    desk_as_staff(d);
    struct test_answer a = test_get(d->t, path.ptr);
    str json = arena_printf(d->t->mem, "{%s,\"version\":%.*s,\"statements\":[%lld]", head,
                            (int)test_json(d->t, &a, "version").len,
                            test_json(d->t, &a, "version").ptr, (long long)id);
    str rest = str_of(cells), cell;
    for (size_t i = 0; i < 5 && str_split(&rest, ' ', &cell); i++)
        json = arena_printf(d->t->mem, "%.*s,\"%s\":[\"%.*s\"]", (int)json.len, json.ptr, names[i],
                            str_is(cell, "-") ? 0 : (int)cell.len, cell.ptr);
    json = arena_printf(d->t->mem, "%.*s}", (int)json.len, json.ptr);
    return test_api(d->t, POST, arena_printf(d->t->mem, "%.*s/ballot", (int)path.len, path.ptr).ptr,
                    json.ptr);
}

static void refused(struct desk *d, const char *head, i64 id, const char *cells, const char *why)
{
    struct test_answer a = counted(d, head, id, cells);
    if (a.status != 422 || !desk_has(&a, why))
        fail_msg("%s: %d %.*s", why, a.status, (int)a.body.len, a.body.ptr);
}

/* As it comes from a form: columns of JSON after the head. */
static struct test_answer posted(struct desk *d, const char *columns)
{
    str path = arena_printf(d->t->mem, "/api/v1/statement_calls/%lld", (long long)call_id(d));
    struct test_answer a = test_get(d->t, path.ptr);
    str version = test_json(d->t, &a, "version");
    return test_api(d->t, POST, arena_printf(d->t->mem, "%.*s/ballot", (int)path.len, path.ptr).ptr,
                    arena_printf(d->t->mem, "{" PAPERS ",\"version\":%.*s,%s}", (int)version.len,
                                 version.ptr, columns)
                        .ptr);
}

static i64 counts(struct desk *d)
{
    return desk_count(d, SQL("SELECT COUNT(*) FROM ballot_counts WHERE org_id = :org"));
}

/* Rows that are not named stay, emptied ones go; a list too short gives no votes to another; taken
 * away whole with a reason. */
static void rows_stay_until_they_are_emptied(void **state)
{
    struct desk *d = *state;
    call_all(d);
    hands_in(d, LI);
    hands_in(d, WANG);
    i64 li = of(d, LI), wang = of(d, WANG);
    refused(d, PAPERS, li, "9223372036854775807 9223372036854775807 1 0 0", "Li的票数要写数字");
    const char *uneven = arena_printf(d->t->mem, "\"statements\":[%lld,%lld],\"excellent\":[\"8\"]",
                                      (long long)li, (long long)wang)
                             .ptr;
    struct test_answer a = posted(d, uneven);
    assert_true(a.status == 422 && desk_has(&a, "票数和名单对不上"));
    assert_int_equal(counted(d, PAPERS, li, "5 1 1 0 1").status, 200);
    assert_int_equal(counted(d, PAPERS, wang, "8 0 0 0 0").status, 200);
    assert_int_equal(counts(d), 2);
    refused(d,
            "\"held_on\":\"2026-11-25\",\"issued\":10,\"returned\":9,\"valid\":9,"
            "\"teller_name\":\"Qi\",\"second_teller_name\":\"Xu\"",
            li, "5 1 1 0 2", "不在这一页的Wang");
    desk_as_staff(d);
    a = posted(d, arena_printf(d->t->mem, "\"statements\":[%lld]", (long long)wang).ptr);
    assert_int_equal(a.status, 200); /* nothing in his row any more */
    assert_int_equal(counts(d), 1);
    desk_as_member(d, LI);
    a = test_get(d->t, "/api/v1/personal/file");
    desk_same(test_json(d->t, &a, "ballot_counts.0.excellent"), "5");
    desk_as_member(d, WANG);
    a = test_get(d->t, "/api/v1/personal/file");
    assert_true(test_has(&a, "\"ballot_counts\":[]"));
    str path = arena_printf(d->t->mem, "/api/v1/statement_calls/%lld", (long long)call_id(d));
    const char *remove = arena_printf(d->t->mem, "%.*s/ballot/remove", (int)path.len, path.ptr).ptr;
    desk_as_staff(d);
    a = desk_page(d, "/statement_calls/", call_id(d), "/ballot");
    assert_true(desk_has(&a, "撤销这次测评"));
    assert_int_equal(test_api(d->t, POST, remove, "{\"version\":4,\"reason\":\"\"}").status, 422);
    const char *json = "{\"version\":4,\"reason\":\"It was another.\"}";
    assert_int_equal(test_api(d->t, POST, remove, json).status, 200);
    assert_int_equal(counts(d), 0);
    assert_int_equal(
        desk_count(d, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = "
                          "'statements.ballot' AND before_text LIKE '10/9/8; %: 5 1 1 0 1' AND "
                          "after_text = '已撤销：It was another.'")),
        1);
    json = "{\"version\":5,\"reason\":\"It was another.\"}";
    a = test_api(d->t, POST, remove, json);
    assert_true(a.status == 409 && desk_has(&a, "没有登记测评"));
    d->actor->delegate_person_id = d->person[LI]; /* for one who reports */
    a = posted(d, uneven);
    assert_true(a.status == 403 && desk_has(&a, "您自己也在这次述职"));
}

static void what_tellers_counted_must_agree(void **state)
{
    struct desk *d = *state;
    call_all(d);
    hands_in(d, LI);
    i64 li = of(d, LI);
    refused(d, PAPERS, li, "5 1 1 0 0", "Li的五格合起来是 7 票");
    refused(d, PAPERS, li, "5 x 1 0 1", "Li的票数要写数字");
    refused(d, PAPERS, li, "- - - - -", "请至少填一位的票数");
    refused(d, PAPERS, of(d, ZHAO), "5 1 1 0 1", "Zhao还没有交述职报告");
    refused(d, PAPERS, of(d, ZHAO) + 999, "5 1 1 0 1", "还没有交述职报告");
    refused(d,
            "\"held_on\":\"2026-11-25\",\"issued\":8,\"returned\":9,\"valid\":10,"
            "\"teller_name\":\"Li\",\"second_teller_name\":\"Li\"",
            li, "10 0 0 0 0", "收回 9 张，比发出的 8 张多");
    refused(d,
            "\"held_on\":\"2026-11-25\",\"issued\":9,\"returned\":9,\"valid\":10,"
            "\"teller_name\":\"Li\",\"second_teller_name\":\"Xu\"",
            li, "10 0 0 0 0", "有效 10 张，比收回的 9 张多");
    refused(d,
            "\"held_on\":\"2026-11-25\",\"issued\":9,\"returned\":9,\"valid\":8,"
            "\"teller_name\":\"Li\",\"second_teller_name\":\"Xu\"",
            li, "8 0 0 0 0", "Li自己述职，不能计票");
    refused(d,
            "\"held_on\":\"2026-11-25\",\"issued\":9,\"returned\":9,\"valid\":8,"
            "\"teller_name\":\"Xu\",\"second_teller_name\":\"Xu\"",
            li, "8 0 0 0 0", "计票要有两个人");
    refused(d,
            "\"held_on\":\"2026-11-26\",\"issued\":9,\"returned\":9,\"valid\":8,"
            "\"teller_name\":\"Qi\",\"second_teller_name\":\"Xu\"",
            li, "8 0 0 0 0", "这一天还没有到");
    refused(d,
            "\"held_on\":\"2026-11-24\",\"issued\":9,\"returned\":9,\"valid\":8,"
            "\"teller_name\":\"Qi\",\"second_teller_name\":\"Xu\"",
            li, "8 0 0 0 0", "投票不会在这以前");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM ballots WHERE org_id = :org")), 0);
    /* The page keeps what was typed and marks the row. */
    str path = arena_printf(d->t->mem, "/statement_calls/%lld/ballot", (long long)call_id(d));
    struct test_answer a =
        test_post(d->t, path.ptr, "version", "1", "held_on", "2026-11-25", "issued", "10",
                  "returned", "9", "valid", "8", "teller_name", "Qi", "second_teller_name", "Xu",
                  "statements", str_number(d->t->mem, li).ptr, "excellent", "61", NULL);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "value=\"61\"") && desk_has(&a, "aria-invalid=\"true\""));
}

static i64 meeting_on(struct desk *d, const char *day)
{
    i64 on = 0, id = 0;
    assert_true(day_parse(str_of(day), &on));
    assert_ok(db_insert(
        d->t->db,
        SQL("INSERT INTO meetings (org_id, state, kind, title, organiser, organiser_name, "
            "mandatory, from_on, from_half, to_on, to_half, place, audience, audience_name) VALUES "
            "(:org, 'settled', 'standing', 'The 12th', 'office', 'Office', 1, :on, 'morning', :on, "
            "'afternoon', 'Hall', 'members', 'All') RETURNING id",
            P(on)),
        &id));
    return id;
}

static void a_ballot_is_seen_with_the_report(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 today = meeting_on(d, "2026-11-25"), before = meeting_on(d, "2026-11-20");
    call_all(d);
    hands_in(d, LI);
    hands_in(d, WANG);
    i64 li = of(d, LI), wang = of(d, WANG);
    str at = arena_printf(d->t->mem, PAPERS ",\"meeting\":\"meeting:%lld\"", (long long)before);
    refused(d, at.ptr, li, "5 1 1 0 1", "投票日期要在会期里");
    at = arena_printf(d->t->mem, PAPERS ",\"meeting\":\"meeting:%lld\"", (long long)today);
    assert_int_equal(counted(d, at.ptr, li, "5 1 - 1 1").status, 200);
    struct test_answer a = desk_page(d, "/statement_calls/", call_id(d), "");
    assert_true(desk_has(&a, "The 12th") && desk_has(&a, "发出 10 张，收回 9 张，有效 8 张"));
    a = desk_page(d, "/statement_calls/", call_id(d), "/ballot");
    assert_true(desk_has(&a, "更正测评") && desk_has(&a, "value=\"5\""));
    a = desk_page(d, "/api/v1/statement_calls/", call_id(d), "");
    desk_same(test_json(d->t, &a, "ballot.valid"), "8");
    desk_same(test_json(d->t, &a, "ballot.counts.0.incompetent"), "1");
    desk_same(test_json(d->t, &a, "ballot.second_teller_name"), "Xu");
    desk_as_member(d, LI); /* his own, of nobody else */
    is(d, li, "ballots.0.excellent", "5");
    is(d, li, "ballots.0.basic", "0");
    is(d, li, "ballots.0.meeting_title", "The 12th");
    a = desk_page(d, "/statements/", li, "");
    assert_true(desk_has(&a, "优秀：<b>5</b> 票") && desk_has(&a, "不称职：<b>1</b> 票"));
    assert_int_equal(desk_page(d, "/statements/", wang, "").status, 404);
    assert_int_equal(desk_page(d, "/statement_calls/", call_id(d), "").status, 403);
    a = desk_page(d, "/statements/", li, "/docx");
    str words = paper_words(d->t->mem, a.body);
    assert_true(words.len == 0 || str_find(words, str_of("优秀：5 票"), 0) >= 0);
    desk_as_member(d, WANG);
    a = desk_page(d, "/statements/", wang, "");
    assert_false(desk_has(&a, "述职测评"));
    /* Corrected: the paper is the same, the row another; what another clerk saw is refused. */
    assert_int_equal(counted(d, PAPERS, li, "4 2 0 1 1").status, 200);
    is(d, li, "ballots.0.excellent", "4");
    is(d, li, "ballots.0.meeting_title", "");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM ballot_counts WHERE org_id = :org")),
                     1);
    str path =
        arena_printf(d->t->mem, "/api/v1/statement_calls/%lld/ballot", (long long)call_id(d));
    str json =
        arena_printf(d->t->mem,
                     "{" PAPERS ",\"version\":1,\"statements\":[%lld],\"excellent\":[\"8\"]}",
                     (long long)li);
    a = test_api(d->t, POST, path.ptr, json.ptr);
    assert_int_equal(a.status, 409);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM entries WHERE org_id = :org AND kind "
                                       "<> 'statements.submitted'")),
                     0); /* votes move no points */
    as(d, "leader");
    assert_int_equal(test_api(d->t, POST, path.ptr, json.ptr).status, 403);
    as(d, "staff"); /* a clerk who reports himself */
    d->actor->person_id = d->person[WANG];
    a = test_api(d->t, POST, path.ptr, json.ptr);
    assert_true(a.status == 403 && desk_has(&a, "您自己也在这次述职"));
}

static void who_leaves_writes_none(void **state)
{
    struct desk *d = *state;
    call_all(d);
    i64 zhao = of(d, ZHAO), li = of(d, LI);
    as(d, "staff personnel");
    str path = arena_printf(d->t->mem, "/api/v1/members/%lld/act", (long long)d->member[ZHAO]);
    assert_int_equal(test_api(d->t, POST, path.ptr,
                              "{\"act\":\"decease\",\"on_on\":\"2026-11-20\",\"organ\":\"The "
                              "house\",\"reason\":\"Illness.\"}")
                         .status,
                     200);
    is(d, zhao, "state", "lapsed");
    desk_as_member(d, LI);
    assert_int_equal(desk_total(d, "/api/v1/statements"), 1);
    desk_as_other_member(d);
    assert_int_equal(desk_page(d, "/statements/", li, "").status, 404);
    desk_as_operator(d, 0);
    assert_int_equal(desk_page(d, "/statements/", li, "").status, 403);
    struct rq rq = test_system_rq(d->t);
    struct rows rows;
    assert_ok(statement_list_of(&rq, d->member[LI], 2026, &rows));
    assert_int_equal(rows.count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_writes_one_as_what_he_is, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(early_in_the_year_it_is_last_years, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(the_draft_comes_from_the_ledger, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(written_kept_and_handed_in, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(it_comes_back_with_a_reason, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(remarks_to_one_and_to_several, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(in_the_order_of_the_meeting, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(what_tellers_counted_must_agree, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(rows_stay_until_they_are_emptied, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_ballot_is_seen_with_the_report, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(who_leaves_writes_none, desk_setup, desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
