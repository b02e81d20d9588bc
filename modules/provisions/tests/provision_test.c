/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Buses and meals: lines as they are written; by the front door offered, answered, changed,
 * counted, printed; leave; a meeting that moves. Expectations: README.md, reckoned by hand. The
 * clock begins on Wednesday 2026-11-25. */
#include "modules/provisions/provision.h"

#include "modules/proposals/tests/desk_look.h"
#include "platform/jobs/jobs.h"

enum { LI, WANG, ZHAO };

/* ---- lines ---- */

static i64 day(int month, int mday)
{
    return day_from_civil(2026, month, mday);
}

/* Of a meeting on 3 and 4 December. */
static void lines_are_read_as_they_are_written(void **state)
{
    static const struct {
        enum provision_kind kind;
        const char *text, *fault;
        i64 at;
        int mday;
        i64 minute;
        const char *meal, *place;
    } CASES[] = {
        { PROVISION_THERE, "7:30 East gate", NULL, 1, 3, 450, "", "East gate" },
        { PROVISION_BACK, "17:05 Hall", NULL, 1, 4, 1025, "", "Hall" },
        { PROVISION_THERE, "12-4 07：30\u3000东门", NULL, 1, 4, 450, "", "东门" },
        { PROVISION_THERE, "\n12月2日 18:00 Station", NULL, 2, 2, 1080, "", "Station" },
        { PROVISION_MEAL, "2026-12-03 午饭 Canteen", NULL, 1, 3, 0, "lunch", "Canteen" },
        { PROVISION_MEAL, "12/4 早", NULL, 1, 4, 0, "breakfast", "" },
        { PROVISION_THERE, "7:30", "provisions.bus_wrong", 1, 0, 0, "", "" },
        { PROVISION_THERE, "East gate 7:30", "provisions.bus_wrong", 1, 0, 0, "", "" },
        { PROVISION_THERE, "24:00 Gate", "provisions.bus_wrong", 1, 0, 0, "", "" },
        { PROVISION_THERE, "7:60 Gate", "provisions.bus_wrong", 1, 0, 0, "", "" },
        { PROVISION_THERE, "13-4 7:30 Gate", "provisions.bus_wrong", 1, 0, 0, "", "" },
        { PROVISION_THERE, "11-29 7:30 Gate", "provisions.day_far", 1, 0, 0, "", "" },
        { PROVISION_THERE, "11-30 7:30 Gate", NULL, 1, -1, 450, "", "Gate" },
        { PROVISION_BACK, "12-8 7:30 Gate", "provisions.day_far", 1, 0, 0, "", "" },
        { PROVISION_MEAL, "午餐", "provisions.day_missing", 1, 0, 0, "", "" },
        { PROVISION_MEAL, "12-3 夜宵", "provisions.meal_wrong", 1, 0, 0, "", "" },
        { PROVISION_MEAL, "12-3 午餐 A\n12-3 中餐 B", "provisions.line_twice", 2, 0, 0, "", "" },
        { PROVISION_THERE, "7:30 A\n7:30 A", "provisions.line_twice", 2, 0, 0, "", "" },
    };
    const struct provision_days days = { day(12, 3), day(12, 4) };
    struct provision_lines *lines = calloc(1, sizeof *lines);
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        i64 at;
        const char *fault =
            provision_lines_read(CASES[i].kind, str_of(CASES[i].text), &days, lines, &at);
        if (CASES[i].fault ? !fault || strcmp(fault, CASES[i].fault) != 0 : fault != NULL)
            fail_msg("%s: %s", CASES[i].text, fault ? fault : "no fault");
        assert_int_equal(at, CASES[i].at);
        if (fault)
            continue;
        assert_int_equal(lines->count, 1);
        assert_int_equal(lines->items[0].held_on,
                         CASES[i].mday < 0 ? day(11, 30) : day(12, CASES[i].mday));
        assert_int_equal(lines->items[0].minute, CASES[i].minute);
        desk_same(lines->items[0].meal, CASES[i].meal);
        desk_same(lines->items[0].place, CASES[i].place);
    }
    /* 29 February is in one year of those near the meeting */
    const struct provision_days leap = { day_from_civil(2028, 2, 28), day_from_civil(2028, 3, 1) };
    const struct provision_days plain = { day_from_civil(2027, 2, 28), day_from_civil(2027, 3, 1) };
    i64 at;
    assert_null(provision_lines_read(PROVISION_THERE, str_of("2-29 7:30 Gate"), &leap, lines, &at));
    assert_int_equal(lines->items[0].held_on, day_from_civil(2028, 2, 29));
    assert_string_equal(provision_lines_read(PROVISION_THERE, str_of("2-30 7:30 Gate"), &leap,
                                             lines, &at),
                        "provisions.bus_wrong");
    assert_string_equal(provision_lines_read(PROVISION_THERE, str_of("2-29 7:30 Gate"), &plain,
                                             lines, &at),
                        "provisions.day_far");
    free(lines);
}

/* ---- by the front door ---- */

static i64 version_of(struct desk *d, i64 id)
{
    return desk_count(d, SQL("SELECT COALESCE(MAX(version), 1) FROM provisions WHERE org_id = :org "
                             "AND id = :id",
                             P(id)));
}

static struct test_answer post(struct desk *d, i64 id, const char *verb, const char *json)
{
    str path = arena_printf(d->t->mem, "/api/v1/provisions/%lld/%s", (long long)id, verb);
    return test_api(d->t, POST, path.ptr, test_versioned(d->t, json, version_of(d, id)));
}

static void does(struct desk *d, i64 id, const char *verb, const char *json)
{
    struct test_answer a = post(d, id, verb, json);
    if (a.status != 200)
        fail_msg("%s: %d %.*s", verb, a.status, (int)a.body.len, a.body.ptr);
}

static void refuses(struct test_answer a, int status, const char *words)
{
    if (a.status != status || !desk_has(&a, words))
        fail_msg("%s: %d %.*s", words, a.status, (int)a.body.len, a.body.ptr);
}

/* One day, for all three; a draft. */
static i64 planned(struct desk *d, const char *from_on)
{
    desk_as_staff(d);
    struct test_answer a = test_api(
        d->t, POST, "/api/v1/meetings",
        arena_printf(d->t->mem,
                     "{\"title\":\"Plenary\",\"organiser\":\"office\",\"place\":\"Hall\","
                     "\"from_on\":\"%s\",\"from_half\":\"morning\",\"to_half\":\"afternoon\","
                     "\"kind\":\"plenary\",\"attending\":\"mandatory\",\"audience\":[\"members\"]}",
                     from_on)
            .ptr);
    assert_int_equal(a.status, 200);
    return desk_count(d, SQL("SELECT MAX(id) FROM meetings WHERE org_id = :org"));
}

static void notifies(struct desk *d, i64 meeting_id)
{
    str path = arena_printf(d->t->mem, "/api/v1/meetings/%lld/notify", (long long)meeting_id);
    assert_int_equal(test_api(d->t, POST, path.ptr, "{\"version\":1}").status, 200);
}

/* 3 December. */
static i64 meeting(struct desk *d)
{
    i64 id = planned(d, "2026-12-03");
    notifies(d, id);
    return id;
}

/* Members of the JSON object: buses there, one back, meals. */
static const char *offer(struct desk *d, const char *there, const char *meals)
{
    return arena_printf(d->t->mem,
                        "\"there\":\"%s\",\"back\":\"17:30 Hall\",\"meals\":\"%s\","
                        "\"answer_on\":\"2026-12-01\"",
                        there, meals)
        .ptr;
}

static void changes(struct desk *d, i64 id, const char *there, const char *meals)
{
    does(d, id, "change", arena_printf(d->t->mem, "{%s}", offer(d, there, meals)).ptr);
}

static struct test_answer begin(struct desk *d, i64 meeting_id, const char *rest)
{
    return test_api(d->t, POST, "/api/v1/provisions",
                    arena_printf(d->t->mem, "{\"meeting\":\"meeting:%lld\",%s}",
                                 (long long)meeting_id, rest)
                        .ptr);
}

/* Two buses there, one back, lunch and dinner; published. */
static i64 offered(struct desk *d, i64 meeting_id)
{
    struct test_answer a =
        begin(d, meeting_id, offer(d, "7:30 East\\n7:40 West", "午餐 Canteen\\n晚餐"));
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    i64 id = desk_count(d, SQL("SELECT MAX(id) FROM provisions WHERE org_id = :org"));
    does(d, id, "publish", "{}");
    return id;
}

static i64 item(struct desk *d, const char *kind_text, const char *what_text)
{
    str kind = str_of(kind_text), what = str_of(what_text);
    return desk_count(d, SQL("SELECT COALESCE(MAX(id), 0) FROM provision_items WHERE org_id = :org "
                             "AND kind = :kind AND (place = :what OR meal = :what)",
                             P(kind), P(what)));
}

static i64 invitee_of(struct desk *d, size_t member)
{
    i64 person_id = d->person[member];
    return desk_count(d, SQL("SELECT MAX(id) FROM invitees WHERE org_id = :org AND person_id = "
                             ":person_id",
                             P(person_id)));
}

static i64 answer_version(struct desk *d, size_t member)
{
    i64 person_id = d->person[member];
    return desk_count(d, SQL("SELECT COALESCE(MAX(version), 0) FROM provision_answers WHERE org_id "
                             "= :org AND person_id = :person_id",
                             P(person_id)));
}

/* The bus of that place there and the only one back, lunch if wanted; rest: more members, each with
 * a comma before it. */
static const char *says(struct desk *d, size_t member, const char *place, bool lunch,
                        const char *rest)
{
    return arena_printf(d->t->mem,
                        "{\"version\":%lld,\"invitee\":%lld,\"rides\":[\"%lld\",\"none:back:%lld\"]"
                        ",\"meals\":[%.*s]%s}",
                        (long long)answer_version(d, member), (long long)invitee_of(d, member),
                        (long long)item(d, "there", place), (long long)day(12, 3), lunch ? 20 : 0,
                        arena_printf(d->t->mem, "%lld", (long long)item(d, "meal", "lunch")).ptr,
                        rest)
        .ptr;
}

static struct test_answer own(struct desk *d, i64 id, const char *json)
{
    str path = arena_printf(d->t->mem, "/api/v1/provisions/%lld/answer", (long long)id);
    return test_api(d->t, POST, path.ptr, json);
}

static struct test_answer proxy(struct desk *d, i64 id, const char *json)
{
    str path = arena_printf(d->t->mem, "/api/v1/provisions/%lld/proxy", (long long)id);
    return test_api(d->t, POST, path.ptr, json);
}

/* A number of the page's JSON as the office sees it. */
static i64 seen(struct desk *d, i64 id, const char *path)
{
    i64 n = -1;
    desk_as_staff(d);
    struct test_answer a = desk_page(d, "/api/v1/provisions/", id, "");
    assert_int_equal(a.status, 200);
    assert_true(str_to_i64(test_json(d->t, &a, path), &n));
    return n;
}

static i64 told(struct desk *d, const char *text)
{
    str words = arena_printf(d->t->mem, "%%%s%%", text);
    return desk_count(d, SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND lower(words) "
                             "LIKE :words",
                             P(words)));
}

static void what_cannot_be_offered_is_refused(void **state)
{
    struct desk *d = *state;
    i64 meeting_id = meeting(d);
    refuses(begin(d, meeting_id, offer(d, "7:30", "")), 422, "第 1 行看不懂");
    refuses(begin(d, meeting_id, offer(d, "7:30 East", "午餐\\n夜宵")), 422, "第 2 行看不懂");
    refuses(begin(d, meeting_id, "\"answer_on\":\"2026-12-01\""), 422, "班车和用餐都没有写");
    refuses(begin(d, meeting_id, "\"meals\":\"午餐\",\"answer_on\":\"2026-12-04\""), 422,
            "不能在会议结束以后");
    refuses(begin(d, meeting_id, "\"meals\":\"午餐\",\"answer_on\":\"2026-11-24\""), 422,
            "已经过去");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM provisions WHERE org_id = :org")), 0);
    /* the page keeps what was typed, and offers lunch to who comes from the meeting's page */
    struct test_answer a =
        test_post(d->t, "/provisions/new", "meeting",
                  arena_printf(d->t->mem, "meeting:%lld", (long long)meeting_id).ptr, "there",
                  "half past seven", "answer_on", "2026-12-01", NULL);
    assert_true(a.status == 422 && desk_has(&a, "half past seven</textarea>"));
    a = desk_page(d, "/meetings/", meeting_id, "");
    assert_true(desk_has(&a, "安排用餐乘车"));
    a = desk_page(d, "/provisions/new?meeting=", meeting_id, "");
    assert_true(desk_has(&a, "午餐</textarea>") && desk_has(&a, "value=\"2026-12-01\""));
    i64 id = offered(d, meeting_id);
    refuses(begin(d, meeting_id, offer(d, "7:30 East", "")), 409, "已经安排过");
    desk_as_member(d, LI);
    refuses(own(d, id, "{\"rides\":[]}"), 422, "还没有选去程");
    refuses(own(d, id,
                arena_printf(d->t->mem, "{\"rides\":[\"%lld\",\"%lld\",\"none:back:%lld\"]}",
                             (long long)item(d, "there", "East"),
                             (long long)item(d, "there", "West"), (long long)day(12, 3))
                    .ptr),
            422, "选了不止一班");
    refuses(own(d, id, says(d, LI, "East", true, ",\"plate\":\"12345678901\"")), 422, "最多 10 字");
    refuses(own(d, id,
                arena_printf(d->t->mem,
                             "{\"rides\":[\"%lld\",\"none:back:%lld\"],\"meals\":[99999]}",
                             (long long)item(d, "there", "East"), (long long)day(12, 3))
                    .ptr),
            422, "已经没有了");
    assert_int_equal(answer_version(d, LI), 0);
}

static void who_comes_answers_and_is_counted(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 meeting_id = meeting(d);
    i64 id = offered(d, meeting_id);
    assert_int_equal(told(d, "请登记乘车和用餐"), 1); /* Li alone signs in */
    desk_as_member(d, LI);
    struct test_answer a = desk_page(d, "/provisions/", id, "");
    /* two buses there: he must choose; one back, and both meals: chosen beforehand */
    assert_true(a.status == 200 && desk_has(&a, "会后 30 天自动删除"));
    assert_true(desk_has(&a, "selected>17:30 Hall") && !desk_has(&a, "selected>7:30 East"));
    assert_false(desk_has(&a, "没登记")); /* the office's */
    assert_int_equal(
        own(d, id, says(d, LI, "East", true, ",\"diet\":\"halal\",\"plate\":\"H 1\"")).status, 200);
    a = own(d, id, says(d, LI, "East", true, ",\"diet\":\"halal\",\"avoid\":\"nuts\""));
    assert_int_equal(a.status, 200); /* changed */
    refuses(own(d, id,
                arena_printf(d->t->mem, "{\"version\":1,\"rides\":[\"%lld\",\"none:back:%lld\"]}",
                             (long long)item(d, "there", "West"), (long long)day(12, 3))
                    .ptr),
            409, "");
    a = desk_page(d, "/api/v1/provisions/", id, "");
    desk_same(test_json(d->t, &a, "mine.avoid"), "nuts");
    assert_false(desk_has(&a, "unanswered"));
    a = desk_page(d, "/meetings/", meeting_id, "");
    assert_true(desk_has(&a, "已登记") && desk_has(&a, "7:30 East"));
    refuses(proxy(d, id, says(d, WANG, "West", true, "")), 403, "");
    desk_as_staff(d);
    assert_int_equal(proxy(d, id, says(d, WANG, "West", true, ",\"diet\":\"plain\"")).status, 200);
    assert_int_equal(seen(d, id, "items.0.count"), 1); /* East */
    assert_int_equal(seen(d, id, "items.1.count"), 1); /* West */
    assert_int_equal(seen(d, id, "items.2.count"), 0); /* back */
    assert_int_equal(seen(d, id, "items.3.count"), 2); /* lunch */
    assert_int_equal(seen(d, id, "items.3.halal"), 1);
    assert_int_equal(seen(d, id, "items.3.plain"), 1);
    assert_int_equal(seen(d, id, "items.4.count"), 0); /* dinner */
    assert_int_equal(seen(d, id, "unanswered.0.invitee_id"), invitee_of(d, ZHAO));
    a = desk_page(d, "/provisions/", id, "");
    assert_true(desk_has(&a, "参会 3 人，已登记 <b>2</b> 人，没登记 <b>1</b> 人"));
    assert_true(desk_has(&a, "nuts") && desk_has(&a, "清真 <b>1</b> 人"));
    a = desk_page(
        d, "/provisions/", id,
        arena_printf(d->t->mem, "/proxy?invitee=%lld", (long long)invitee_of(d, WANG)).ptr);
    assert_true(a.status == 200 && desk_has(&a, "selected>7:40 West"));
    assert_int_equal(desk_page(d, "/provisions/", id, "/proxy?invitee=99999").status, 404);
    /* papers, each in the log; the plate is in no entry of it */
    assert_true(str_starts(desk_page(d, "/provisions/", id, "/buses.pdf").body, str_of("%PDF")));
    assert_true(str_starts(desk_page(d, "/provisions/", id, "/meals.pdf").body, str_of("%PDF")));
    assert_int_equal(desk_page(d, "/provisions/", id, "/lists.xlsx").status, 200);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act IN "
                                       "('provisions.buses', 'provisions.meals', "
                                       "'provisions.workbook')")),
                     3);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND "
                                       "(after_text LIKE '%nuts%' OR after_text LIKE '%halal%' OR "
                                       "before_text LIKE '%H 1%')")),
                     0);
    does(d, id, "remind", "{}");
    refuses(post(d, id, "remind", "{}"), 409, "今天已经提醒");
    assert_int_equal(told(d, "您还没有登记"), 0); /* Li has answered, Zhao has no account */
    does(d, id, "close", "{}");
    desk_as_member(d, LI);
    refuses(own(d, id, says(d, LI, "West", true, "")), 409, "已经停止登记");
    desk_as_staff(d);
    assert_int_equal(proxy(d, id, says(d, LI, "West", true, "")).status, 200);
    does(d, id, "reopen", "{}");
    desk_on_day(d, "2026-12-02");
    desk_as_member(d, LI);
    refuses(own(d, id, says(d, LI, "East", true, "")), 409, "已经停止登记");
    desk_as_staff(d);
    refuses(post(d, id, "remind", "{}"), 409, "最晚登记日已经过去");
    does(d, id, "close", "{}");
    refuses(post(d, id, "reopen", "{}"), 409, "最晚登记日已经过去");
    does(d, id, "drop", "{}");
    assert_int_equal(told(d, "用餐乘车安排取消了"), 1);
    refuses(proxy(d, id, says(d, LI, "West", true, "")), 409, "已经作废");
}

static void leave_takes_out_of_every_count(void **state)
{
    struct desk *d = *state;
    i64 id = offered(d, meeting(d)), leaver = invitee_of(d, WANG);
    assert_int_equal(proxy(d, id, says(d, WANG, "West", true, "")).status, 200);
    assert_int_equal(seen(d, id, "coming"), 3);
    assert_int_equal(seen(d, id, "items.1.count"), 1);
    static const char *const STATES[] = { "leave_granted", "absenting", "dropped", "going" };
    for (size_t i = 0; i < sizeof STATES / sizeof *STATES; i++) {
        bool comes = strcmp(STATES[i], "going") == 0;
        str now = str_of(STATES[i]);
        assert_ok(db_run(d->t->db,
                         SQL("UPDATE invitees SET state = :now WHERE org_id = :org AND id = "
                             ":leaver",
                             P(now), P(leaver)),
                         &(i64){ 0 }));
        assert_int_equal(seen(d, id, "coming"), comes ? 3 : 2);
        assert_int_equal(seen(d, id, "items.1.count"), comes);
        assert_int_equal(seen(d, id, "items.3.count"), comes);
        struct test_answer a = test_get(d->t, "/api/v1/provisions");
        desk_same(test_json(d->t, &a, "items.0.answers"), comes ? "1" : "0");
        desk_as_member(d, WANG);
        assert_int_equal(desk_page(d, "/provisions/", id, "").status, comes ? 200 : 404);
        desk_as_staff(d);
        if (!comes)
            refuses(proxy(d, id, says(d, WANG, "East", true, "")), 409, "不用登记");
    }
}

/* To-dos to answer by 1 December, of one or of all who come. */
static i64 asked(struct desk *d, size_t member, const char *verb_text)
{
    str verb = str_of(verb_text);
    i64 person_id = d->person[member], due_on = day(12, 1);
    return desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow = 'invitees' "
                             "AND verb = :verb AND holder_id = :person_id AND due_on = :due_on",
                             P(verb), P(person_id), P(due_on)));
}

static void at_invitee(struct desk *d, size_t member, const char *verb, const char *json)
{
    i64 id = invitee_of(d, member);
    i64 version =
        desk_count(d, SQL("SELECT version FROM invitees WHERE org_id = :org AND id = :id", P(id)));
    str path = arena_printf(d->t->mem, "/api/v1/invitees/%lld/%s", (long long)id, verb);
    refuses(test_api(d->t, POST, path.ptr, test_versioned(d->t, json, version)), 200, "");
}

/* It comes and goes with what he answers to the meeting, as his other to-dos of it. */
static void who_is_still_to_answer_has_a_to_do(void **state)
{
    struct desk *d = *state;
    desk_set(d, "meetings.leave_by_plenary", "staff");
    i64 meeting_id = meeting(d), id = offered(d, meeting_id);
    assert_int_equal(asked(d, LI, "provide") + asked(d, WANG, "provide"), 2);
    desk_as_member(d, ZHAO);
    struct test_answer a = test_api(d->t, GET, "/api/v1/todos", NULL);
    if (!desk_has(&a, "\"verb\":\"provide\"") || !desk_has(&a, "最晚12月1日"))
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    desk_as_member(d, LI);
    assert_int_equal(own(d, id, says(d, LI, "East", true, "")).status, 200);
    assert_int_equal(asked(d, LI, "provide"), 0);
    desk_as_member(d, WANG);
    at_invitee(d, WANG, "leave", "{\"kind\":\"illness\",\"reason\":\"Fever\"}");
    assert_int_equal(asked(d, WANG, "provide"), 1); /* only asked for */
    desk_as_staff(d);
    at_invitee(d, WANG, "excuse", "{}");
    assert_int_equal(asked(d, WANG, "provide"), 0);
    at_invitee(d, WANG, "designate", "{\"role\":\"guest\"}");
    assert_int_equal(asked(d, WANG, "provide"), 1); /* asked anew whether he comes */
    desk_as_member(d, WANG);
    at_invitee(d, WANG, "confirm", "{}");
    assert_int_equal(asked(d, WANG, "provide"), 1);
    desk_as_staff(d);
    changes(d, id, "7:30 East\\n8:00 North", "午餐 Canteen\\n晚餐");
    assert_int_equal(asked(d, LI, "provide_anew"), 1);
    assert_int_equal(asked(d, WANG, "provide"), 1); /* he was asked, and has not answered */
    at_invitee(d, WANG, "drop", "{}");
    assert_int_equal(asked(d, WANG, "provide"), 0);
    str path = arena_printf(d->t->mem, "/api/v1/meetings/%lld/invite", (long long)meeting_id);
    refuses(test_api(d->t, POST, path.ptr, "{\"version\":2,\"audience\":[\"members\"]}"), 200, "");
    assert_int_equal(asked(d, WANG, "provide"), 1);
    does(d, id, "close", "{}");
    assert_int_equal(asked(d, WANG, "provide") + asked(d, LI, "provide_anew"), 0);
    does(d, id, "reopen", "{}");
    assert_int_equal(asked(d, WANG, "provide") + asked(d, LI, "provide_anew"), 2);
    assert_int_equal(proxy(d, id, says(d, LI, "East", true, "")).status, 200);
    assert_int_equal(asked(d, LI, "provide_anew"), 0);
    desk_on_day(d, "2026-12-02");
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL)); /* provisions.close */
    assert_int_equal(asked(d, WANG, "provide"), 0);
    a = desk_page(d, "/api/v1/provisions/", id, "");
    desk_same(test_json(d->t, &a, "state"), "closed");
}

static i64 times(const struct test_answer *a, const char *words)
{
    i64 n = 0, at = -1;
    while ((at = str_find(a->body, str_of(words), (size_t)(at + 1))) >= 0)
        n++;
    return n;
}

/* A bus at another time stays the same bus; one that is gone asks who took it anew. */
static void a_change_is_told_to_whom_it_concerns(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 id = offered(d, meeting(d)), east = item(d, "there", "East");
    assert_int_equal(proxy(d, id, says(d, LI, "East", true, "")).status, 200);
    assert_int_equal(proxy(d, id, says(d, WANG, "West", true, "")).status, 200);
    changes(d, id, "7:20 East\\n7:40 West", "午餐 Canteen\\n晚餐");
    assert_int_equal(item(d, "there", "East"), east);
    assert_int_equal(told(d, "您登记的有变动，现在是12月3日 7:20"), 1);
    assert_int_equal(seen(d, id, "items.0.count"), 1);
    changes(d, id, "7:40 West", "午餐 Canteen\\n晚餐");
    assert_int_equal(told(d, "取消了12月3日 7:20"), 1);
    assert_int_equal(seen(d, id, "items.0.count"), 1); /* Wang, who is not asked anew */
    assert_int_equal(seen(d, id, "items.2.count"), 1); /* lunch: Li's answer counts no more */
    refuses(post(d, id, "change", arena_printf(d->t->mem, "{%s}", offer(d, "7:40", "午餐")).ptr),
            422, "第 1 行看不懂");
    desk_as_member(d, LI);
    struct test_answer a = desk_page(d, "/provisions/", id, "");
    assert_true(desk_has(&a, "安排有变动，请重新登记"));
    /* his bus is gone: he chooses; that he takes none home stays said, though there is only one */
    assert_true(!desk_has(&a, "selected>7:40 West") && !desk_has(&a, "selected>17:30 Hall"));
    assert_int_equal(times(&a, "selected>不乘班车"), 1);
    assert_int_equal(own(d, id, says(d, LI, "West", true, "")).status, 200);
    assert_int_equal(seen(d, id, "items.0.count"), 2);
    /* a bus that is added: who has answered is asked anew, with what he said */
    changes(d, id, "7:40 West\\n8:00 North", "午餐 Canteen\\n晚餐");
    assert_int_equal(told(d, "加了班车或用餐"), 1); /* Li; Wang has no account */
    assert_int_equal(seen(d, id, "items.0.count"), 0);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM provision_answers WHERE org_id = :org "
                                       "AND stale = 1")),
                     2);
    desk_as_member(d, LI);
    a = desk_page(d, "/provisions/", id, "");
    assert_true(desk_has(&a, "selected>7:40 West") && !desk_has(&a, "selected>17:30 Hall"));
    assert_int_equal(times(&a, "selected>不乘班车"), 1);
    desk_as_staff(d);
    does(d, id, "drop", "{}");
    assert_int_equal(told(d, "用餐乘车安排取消了"), 1); /* though he was to answer anew */
}

/* The meeting goes to another day of December. */
static void moves(struct desk *d, i64 meeting_id, int mday)
{
    desk_as_staff(d);
    str path = arena_printf(d->t->mem, "/api/v1/meetings/%lld/change", (long long)meeting_id);
    i64 version = desk_count(d, SQL("SELECT MAX(version) FROM meetings WHERE org_id = :org AND id "
                                    "= :meeting_id",
                                    P(meeting_id)));
    struct test_answer a =
        test_api(d->t, POST, path.ptr,
                 test_versioned(
                     d->t,
                     arena_printf(d->t->mem,
                                  "{\"title\":\"Plenary\",\"organiser\":\"office\",\"place\":"
                                  "\"Hall\",\"from_on\":\"2026-12-%02d\",\"from_half\":\"morning\","
                                  "\"to_half\":\"afternoon\"}",
                                  mday)
                         .ptr,
                     version));
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
}

/* What was never published stays the office's, though its meeting moves. */
static void a_draft_stays_a_draft(void **state)
{
    struct desk *d = *state;
    i64 meeting_id = meeting(d);
    assert_int_equal(begin(d, meeting_id, offer(d, "7:30 East", "")).status, 200);
    i64 id = desk_count(d, SQL("SELECT MAX(id) FROM provisions WHERE org_id = :org"));
    moves(d, meeting_id, 8);
    desk_as_member(d, LI);
    assert_int_equal(desk_page(d, "/provisions/", id, "").status, 404);
    desk_as_staff(d);
    struct test_answer a = desk_page(d, "/provisions/", id, "");
    assert_true(a.status == 200 && desk_has(&a, "会议有变，待更新"));
}

/* The meeting goes to another day: nobody's answer counts, the office publishes anew, all answer
 * anew; what must not be kept goes so long after the new last day. */
static void a_meeting_that_moves_asks_anew(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 meeting_id = meeting(d), id = offered(d, meeting_id);
    assert_int_equal(proxy(d, id, says(d, LI, "East", true, ",\"diet\":\"halal\"")).status, 200);
    moves(d, meeting_id, 8);
    assert_int_equal(seen(d, id, "items.0.count"), 0);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND "
                                       "flow = 'provisions'")),
                     1);
    refuses(post(d, id, "publish", "{}"), 409, "会议改了日子");
    refuses(proxy(d, id, says(d, LI, "East", true, "")), 409, "还没有公布");
    desk_as_member(d, LI);
    struct test_answer a = desk_page(d, "/provisions/", id, "");
    assert_true(a.status == 200 && desk_has(&a, "正在重新安排"));
    desk_as_staff(d);
    changes(d, id, "12-8 7:30 East", "12-8 午餐 Canteen");
    does(d, id, "publish", "{}");
    assert_int_equal(told(d, "请重新登记：%最晚12月1日"), 1);
    i64 until_on = day(12, 8), person_id = d->person[LI];
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM provision_answers WHERE org_id = :org "
                                       "AND person_id = :person_id AND until_on = :until_on AND "
                                       "stale = 1 AND diet = 'halal'",
                                       P(person_id), P(until_on))),
                     1);
    desk_as_member(d, LI);
    a = own(d, id,
            arena_printf(d->t->mem,
                         "{\"version\":%lld,\"rides\":[\"none:there:%lld\",\"none:back:%lld\"]}",
                         (long long)answer_version(d, LI), (long long)until_on, (long long)until_on)
                .ptr);
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    assert_int_equal(seen(d, id, "items.2.count"), 0);
    assert_int_equal(desk_total(d, "/api/v1/provisions"), 1);
}

/* By one day: what was offered is near its day, yet all of it is of the day before. */
static void a_meeting_that_moves_a_little_is_looked_through(void **state)
{
    struct desk *d = *state;
    i64 meeting_id = meeting(d), id = offered(d, meeting_id);
    moves(d, meeting_id, 4);
    refuses(post(d, id, "publish", "{}"), 409, "会议改了日子");
    changes(d, id, "7:30 East", "12-3 午餐 Canteen\\n12-4 午餐 Canteen");
    refuses(post(d, id, "publish", "{}"), 409, "会议改了日子"); /* lunch on the day before */
    changes(d, id, "12-3 18:00 Station", "12-3 晚餐 Hotel\\n12-4 午餐 Canteen");
    does(d, id, "publish", "{}"); /* who comes from far comes in the evening */
}

/* Nobody is told to answer before he is invited; on 29 February. */
static void a_meeting_is_notified_before(void **state)
{
    struct desk *d = *state;
    desk_on_day(d, "2028-02-21");
    i64 meeting_id = planned(d, "2028-02-28");
    struct test_answer a = begin(d, meeting_id,
                                 "\"there\":\"7:30 East\",\"back\":\"2-29 9:00 Hotel\","
                                 "\"answer_on\":\"2028-02-25\"");
    assert_int_equal(a.status, 200);
    i64 id = desk_count(d, SQL("SELECT MAX(id) FROM provisions WHERE org_id = :org"));
    refuses(post(d, id, "publish", "{}"), 409, "会议还没有发通知");
    notifies(d, meeting_id);
    does(d, id, "publish", "{}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lines_are_read_as_they_are_written, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(what_cannot_be_offered_is_refused, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(who_comes_answers_and_is_counted, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(leave_takes_out_of_every_count, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(who_is_still_to_answer_has_a_to_do, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_change_is_told_to_whom_it_concerns, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_draft_stays_a_draft, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_meeting_that_moves_asks_anew, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_meeting_that_moves_a_little_is_looked_through, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_meeting_is_notified_before, desk_setup, desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
