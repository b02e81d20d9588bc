/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A meeting by the front door: announced to chosen members, answered, changed, held, recorded,
 * settled, corrected; leave and who decides it; what the ledger gets; who sees what. Expectations:
 * README.md, reckoned by hand. The clock begins on Wednesday 2026-11-25. */
#include "modules/meetings/checkin.h"
#include "modules/meetings/tests/meeting_heads.h"
#include "modules/proposals/tests/desk_look.h"
#include "platform/jobs/jobs.h"

enum { LI, WANG, ZHAO };

static void as(struct desk *d, const char *role)
{
    struct actor *actor = test_as_role(d->t, role);
    actor->account_id = 140;
    actor->person_id = 0;
    d->actor = actor;
}

static struct test_answer post(struct desk *d, const char *what, i64 id, const char *verb,
                               const char *json)
{
    struct test_answer a =
        test_get(d->t, arena_printf(d->t->mem, "/api/v1/%s/%lld", what, (long long)id).ptr);
    i64 version = 1;
    if (a.status == 200)
        assert_true(str_to_i64(test_json(d->t, &a, "version"), &version));
    str path = arena_printf(d->t->mem, "/api/v1/%s/%lld/%s", what, (long long)id, verb);
    return test_api(d->t, POST, path.ptr, test_versioned(d->t, json, version));
}

static void does(struct desk *d, const char *what, i64 id, const char *verb, const char *json)
{
    struct test_answer a = post(d, what, id, verb, json);
    if (a.status != 200)
        fail_msg("%s %s: %d %.*s", what, verb, a.status, (int)a.body.len, a.body.ptr);
}

/* The step is refused with these words. */
static void refuses(struct desk *d, const char *what, i64 id, const char *verb, const char *json,
                    const char *words)
{
    struct test_answer a = post(d, what, id, verb, json);
    if (a.status < 400 || !desk_has(&a, words))
        fail_msg("%s: %d %.*s", verb, a.status, (int)a.body.len, a.body.ptr);
}

#define TO_DAYS                                                                                   \
    "\"title\":\"Roads\",\"organiser\":\"office\",\"place\":\"Hall\",\"from_on\":\"2026-12-03\"," \
    "\"from_half\":\"morning\",\"to_on\":\"2026-12-04\",\"to_half\":\"afternoon\""

static struct test_answer drafted(struct desk *d, const char *json)
{
    as(d, "staff");
    return test_api(d->t, POST, "/api/v1/meetings", arena_printf(d->t->mem, "{%s}", json).ptr);
}

/* Two days, four half-days, for all three. */
static i64 draft(struct desk *d, const char *kind, const char *attending)
{
    struct test_answer a =
        drafted(d, arena_printf(d->t->mem,
                                TO_DAYS
                                ",\"kind\":\"%s\",\"attending\":\"%s\",\"audience\":[\"members\"]",
                                kind, attending)
                       .ptr);
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    return desk_count(d, SQL("SELECT MAX(id) FROM meetings WHERE org_id = :org"));
}

static i64 announced(struct desk *d, const char *kind, const char *attending)
{
    i64 id = draft(d, kind, attending);
    does(d, "meetings", id, "notify", "{}");
    return id;
}

static i64 invitee(struct desk *d, size_t member)
{
    i64 person_id = d->person[member];
    return desk_count(
        d, SQL("SELECT MAX(id) FROM invitees WHERE org_id = :org AND person_id = :person_id",
               P(person_id)));
}

static void answers(struct desk *d, size_t member, const char *verb, const char *json)
{
    desk_as_member(d, member);
    does(d, "invitees", invitee(d, member), verb, json);
}

static void is(struct desk *d, size_t member, const char *name, const char *expected)
{
    as(d, "staff");
    struct test_answer a = desk_page(d, "/api/v1/invitees/", invitee(d, member), "");
    desk_same(test_json(d->t, &a, name), expected);
}

static void shows(struct desk *d, i64 id, const char *name, const char *expected)
{
    as(d, "staff");
    struct test_answer a = desk_page(d, "/api/v1/meetings/", id, "");
    desk_same(test_json(d->t, &a, name), expected);
}

/* One line of who was there. */
static struct test_answer record(struct desk *d, i64 id, size_t member, const char *result,
                                 const char *detail)
{
    i64 line = invitee(d, member);
    as(d, "staff");
    i64 version =
        desk_count(d,
                   SQL("SELECT version FROM invitees WHERE org_id = :org AND id = :line", P(line)));
    str path = arena_printf(d->t->mem, "/api/v1/meetings/%lld/attendance", (long long)id);
    return test_api(d->t, POST, path.ptr,
                    arena_printf(d->t->mem,
                                 "{\"invitees\":[%lld],\"versions\":[\"%lld\"],\"results\":[\"%s\"]"
                                 ",\"halves\":[\"%s\"],\"leave_kinds\":[\"%s\"]}",
                                 (long long)line, (long long)version, result, detail, detail)
                        .ptr);
}

static void recorded(struct desk *d, i64 id, size_t member, const char *result, const char *halves)
{
    struct test_answer a = record(d, id, member, result, halves);
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
}

static i64 told(struct desk *d, const char *words)
{
    str text = str_of(words);
    return desk_count(
        d, SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND words = :text", P(text)));
}

/* What the ledger would get, a line each: "Li plenary.whole 1000 mandatory". */
struct ledger {
    struct desk *d;
    i64 meeting_id;
    char text[1024];
};

static err ledger_read(struct rq *rq, void *context)
{
    static const char *const NAMES[] = { "Li", "Wang", "Zhao" };
    struct ledger *l = context;
    struct rows rows;
    size_t used = 0;
    TRY(meeting_attendance(rq, l->meeting_id, &rows));
    const struct meeting_attended *all = rows.items;
    l->text[0] = 0;
    for (size_t i = 0; i < rows.count; i++)
        for (size_t m = 0; m < DESK_MEMBERS; m++)
            if (all[i].member_id == l->d->member[m])
                used += (size_t)snprintf(l->text + used, sizeof l->text - used,
                                         "%s %.*s %lld %.*s\n", NAMES[m], (int)all[i].kind.len,
                                         all[i].kind.ptr, (long long)all[i].quantity,
                                         (int)all[i].tags.len, all[i].tags.ptr);
    return OK;
}

static void gives(struct desk *d, i64 id, const char *expected)
{
    struct ledger l = { .d = d, .meeting_id = id };
    assert_ok(desk_in_org(d, d->t->org, ledger_read, &l));
    assert_string_equal(l.text, expected);
}

/* Two thirds of all members (Charter): who is suspended is not asked, and remains one of all. */
static void who_is_suspended_remains_one_of_all(void **state)
{
    struct desk *d = *state;
    as(d, "staff personnel");
    str path = arena_printf(d->t->mem, "/api/v1/members/%lld/act", (long long)d->member[ZHAO]);
    assert_int_equal(test_api(d->t, POST, path.ptr,
                              "{\"act\":\"suspend\",\"on_on\":\"2026-11-20\",\"organ\":\"The "
                              "chairs\",\"reason\":\"An inquiry.\"}")
                         .status,
                     200);
    i64 id = announced(d, "plenary", "mandatory");
    desk_on_day(d, "2026-12-04");
    as(d, "staff");
    does(d, "meetings", id, "hold", "{}");
    recorded(d, id, LI, "whole", "");
    recorded(d, id, WANG, "whole", "");
    shows(d, id, "figures.due", "2");
    shows(d, id, "figures.all_members", "3");
    shows(d, id, "figures.quorum", "true"); /* two of three */
    recorded(d, id, WANG, "absent", "");
    shows(d, id, "figures.quorum", "false"); /* one of three, though half of those asked */
}

static void a_plenary_is_announced_answered_recorded_and_settled(void **state)
{
    struct desk *d = *state;
    i64 id = draft(d, "plenary", "mandatory");
    as(d, "staff");
    struct test_answer a = desk_page(d, "/meetings/", id, "");
    assert_true(desk_has(&a, "将通知的人") && desk_has(&a, "3 人") && desk_has(&a, "Zhao"));
    desk_as_member(d, LI);
    assert_int_equal(desk_page(d, "/meetings/", id, "").status, 404); /* a draft */
    as(d, "staff");
    does(d, "meetings", id, "notify", "{}");
    shows(d, id, "answer_on", "2026-11-30"); /* three working days behind Wednesday */
    shows(d, id, "half_days", "4");
    answers(d, LI, "confirm", "{}");
    answers(d, WANG, "leave", "{\"kind\":\"illness\",\"reason\":\"Fever and cough\"}");
    as(d, "staff");
    refuses(d, "invitees", invitee(d, WANG), "excuse", "{}",
            "由政协领导（按规定由秘书长批，现在没有能批的人）批");
    as(d, "leader");
    does(d, "invitees", invitee(d, WANG), "excuse", "{}");
    is(d, WANG, "state", "leave_granted");
    refuses(d, "meetings", id, "hold", "{}", "还没到日子");
    desk_on_day(d, "2026-12-04");
    as(d, "staff");
    does(d, "meetings", id, "hold", "{}");
    is(d, ZHAO, "state", "unconfirmed");
    does(d, "meetings", id, "presume", "{}");
    is(d, LI, "result", "whole");
    is(d, WANG, "result", "leave");
    refuses(d, "meetings", id, "settle", "{}", "还有 1 个人没有登记");
    recorded(d, id, ZHAO, "part", "2");
    assert_int_equal(record(d, id, WANG, "leave", "nothing").status, 422);
    recorded(d, id, WANG, "leave", "abroad"); /* not ill, as he had said */
    does(d, "meetings", id, "settle", "{}");
    shows(d, id, "figures.due", "3");
    shows(d, id, "figures.present", "2");
    shows(d, id, "figures.leave", "1");
    shows(d, id, "figures.absent", "0");
    shows(d, id, "figures.all_members", "3");
    shows(d, id, "figures.quorum", "true"); /* 2 of 3 */
    gives(d, id,
          "Li plenary.whole 1000 mandatory\nLi plenary.halfday 4000 mandatory\n"
          "Wang plenary.leave 1000 mandatory leave_abroad\nZhao plenary.halfday 2000 mandatory\n");
    a = desk_page(d, "/meetings/", id, "");
    assert_true(desk_has(&a, "达到法定人数"));
    refuses(d, "invitees", invitee(d, ZHAO), "correct",
            "{\"result\":\"part\",\"halves\":2,\"opinion\":\"Again.\"}", "没有变化");
    does(d, "invitees", invitee(d, ZHAO), "correct",
         "{\"result\":\"absent\",\"opinion\":\"Signed for him.\"}");
    a = desk_page(d, "/invitees/", invitee(d, ZHAO), "");
    assert_true(desk_has(&a, "部分（2 个半天） → 缺席。Signed for him."));
    shows(d, id, "figures.quorum", "false"); /* gone with him */
    does(d, "invitees", invitee(d, ZHAO), "correct",
         "{\"result\":\"leave\",\"leave_kind\":\"affair\",\"opinion\":\"He rang.\"}");
    gives(d, id,
          "Li plenary.whole 1000 mandatory\nLi plenary.halfday 4000 mandatory\nWang plenary.leave "
          "1000 mandatory leave_abroad\nZhao plenary.leave 1000 mandatory leave_affair\n");
    assert_int_equal(record(d, id, LI, "absent", "").status, 409); /* only by correcting */
}

static void a_leave_is_asked_and_decided(void **state)
{
    struct desk *d = *state;
    desk_set(d, "meetings.leave_by_committee", "staff");
    i64 id = announced(d, "committee", "mandatory"), mine = invitee(d, LI);
    answers(d, LI, "leave", "{\"kind\":\"illness\",\"reason\":\"Fever and cough\"}");
    desk_as_member(d, WANG);
    assert_int_equal(desk_page(d, "/invitees/", mine, "").status, 404);
    struct test_answer a = desk_page(d, "/meetings/", id, "");
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, "Fever") || desk_has(&a, "Zhao"));
    a = test_get(d->t, "/invitees");
    assert_int_equal(a.status, 403);
    as(d, "leader");
    refuses(d, "invitees", mine, "deny", "{\"denial\":\"We need him.\"}", "由机关工作人员批");
    as(d, "staff");
    refuses(d, "invitees", mine, "deny", "{}", "denial");
    does(d, "invitees", mine, "deny", "{\"denial\":\"We need him.\"}");
    desk_as_member(d, LI);
    a = desk_page(d, "/meetings/", id, "");
    assert_true(desk_has(&a, "We need him."));
    answers(d, LI, "leave", "{\"kind\":\"affair\",\"reason\":\"A wedding\"}");
    as(d, "staff");
    does(d, "invitees", mine, "deny", "{\"denial\":\"Still.\"}");
    desk_as_member(d, LI); /* meetings.leaves_max is 2 */
    refuses(d, "invitees", mine, "leave", "{\"kind\":\"affair\",\"reason\":\"Again\"}",
            "已经请过 2 次假");
    does(d, "invitees", mine, "confirm", "{}");
    refuses(d, "invitees", mine, "decline", "{}", "必须参加");
    refuses(d, "invitees", invitee(d, WANG), "confirm", "{}", "不是您的");
    desk_as_other_member(d);
    assert_int_equal(desk_page(d, "/meetings/", id, "").status, 404);
}

/* A plenary has its own days (rules.md 1, 湖南: 3, the standing committee's 2). */
static void a_plenary_wants_leave_earlier(void **state)
{
    struct desk *d = *state;
    announced(d, "plenary", "mandatory");
    desk_set(d, "meetings.leave_days_plenary", "3");
    desk_on_day(d, "2026-11-30");
    desk_as_member(d, LI);
    answers(d, LI, "leave", "{\"kind\":\"affair\",\"reason\":\"In time\"}");
    desk_on_day(d, "2026-12-01"); /* two days before */
    desk_as_member(d, WANG);
    refuses(d, "invitees", invitee(d, WANG), "leave", "{\"kind\":\"affair\",\"reason\":\"Late\"}",
            "会前 3 天");
}

static void a_weighty_meeting_wants_leave_in_time(void **state)
{
    struct desk *d = *state;
    announced(d, "standing", "mandatory");
    desk_on_day(d, "2026-12-02");
    desk_as_member(d, LI);
    refuses(d, "invitees", invitee(d, LI), "leave", "{\"kind\":\"affair\",\"reason\":\"Late\"}",
            "会前 2 天");
    desk_on_day(d, "2026-12-01");
    answers(d, LI, "leave", "{\"kind\":\"affair\",\"reason\":\"In time\"}");
    desk_set(d, "meetings.leave_by_standing", "staff");
    as(d, "staff");
    does(d, "invitees", invitee(d, LI), "excuse", "{}");
}

static i64 gives_post(struct desk *d, size_t member, const char *post, const char *body,
                      i64 body_id)
{
    i64 person_id = d->person[member];
    str what = str_of(post), of = str_of(body);
    return desk_count(d,
                      SQL("INSERT INTO tenures (org_id, person_id, post, body, body_id, from_on) "
                          "VALUES (:org, :person_id, :what, :of, :body_id, 1) RETURNING id",
                          P(person_id), P(what), P(of), P(body_id)));
}

static const char FEVER[] = "{\"kind\":\"illness\",\"reason\":\"Fever and cough\"}";

/* Who asked leave has it decided by these words; asked anew each time. */
static void decided_by(struct desk *d, size_t member, const char *words)
{
    desk_as_member(d, member);
    struct test_answer a = desk_page(d, "/api/v1/invitees/", invitee(d, member), "");
    desk_same(test_json(d->t, &a, "decider"), words);
}

static i64 todos_of(struct desk *d, size_t member)
{
    i64 person_id = d->person[member];
    return desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow = 'invitees' "
                             "AND verb = 'excuse' AND holder = 'person' AND holder_id = :person_id",
                             P(person_id)));
}

/* rules.md 1: the secretary-general for a plenary, the head for his committee's meeting; without
 * such a person who stands above. Wang is secretary-general, Zhao heads the committee. */
static void who_decides_a_leave_goes_by_the_kind_of_meeting(void **state)
{
    struct desk *d = *state;
    i64 body = desk_count(d, SQL("INSERT INTO committees (org_id, name, from_on) VALUES (:org, "
                                 "'Economy', 1) RETURNING id"));
    gives_post(d, WANG, "secretary_general", "cppcc", 1);
    i64 headship = gives_post(d, ZHAO, "director", "committee", body);
    announced(d, "plenary", "mandatory");
    answers(d, LI, "leave", FEVER);
    decided_by(d, LI, "政协领导（按规定由秘书长批，现在没有能批的人）"); /* he cannot sign in */
    desk_signs_in(d, WANG, "wang");
    decided_by(d, LI, "秘书长Wang");
    desk_on_day(d, "2026-11-26");
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL)); /* meetings.leaves */
    assert_int_equal(todos_of(d, WANG), 1);
    as(d, "leader");
    refuses(d, "invitees", invitee(d, LI), "excuse", "{}", "由秘书长Wang批");
    desk_as_member(d, ZHAO); /* another head */
    assert_int_equal(desk_page(d, "/invitees/", invitee(d, LI), "").status, 404);
    desk_as_member(d, WANG);
    struct test_answer a = desk_page(d, "/invitees/", invitee(d, LI), "");
    assert_true(desk_has(&a, "Fever and cough") && desk_has(&a, "同意请假"));
    does(d, "invitees", invitee(d, LI), "excuse", "{}");
    answers(d, WANG, "leave", FEVER); /* his own */
    decided_by(d, WANG, "政协领导（按规定由秘书长批，现在没有能批的人）");
    desk_as_member(d, WANG);
    refuses(d, "invitees", invitee(d, WANG), "excuse", "{}", "自己的请假不能自己批");
    as(d, "leader");
    d->actor->delegate_person_id = d->person[WANG]; /* he acts for a leader */
    refuses(d, "invitees", invitee(d, WANG), "excuse", "{}", "自己的请假不能自己批");

    a = drafted(d, arena_printf(d->t->mem,
                                "\"title\":\"Roads\",\"organiser\":\"committee:%lld\",\"place\":"
                                "\"Hall\",\"from_on\":\"2026-12-03\",\"from_half\":\"morning\","
                                "\"to_half\":\"morning\",\"kind\":\"committee\",\"attending\":"
                                "\"mandatory\",\"audience\":[\"members\"]",
                                (long long)body)
                       .ptr);
    assert_int_equal(a.status, 200);
    i64 id = desk_count(d, SQL("SELECT MAX(id) FROM meetings WHERE org_id = :org"));
    does(d, "meetings", id, "notify", "{}");
    desk_signs_in(d, ZHAO, "zhao");
    answers(d, LI, "leave", FEVER);
    decided_by(d, LI, "专委会主任Zhao");
    desk_as_member(d, WANG);
    assert_int_equal(desk_page(d, "/invitees/", invitee(d, LI), "").status, 404);
    answers(d, ZHAO, "leave", FEVER); /* the head's own goes up */
    decided_by(d, ZHAO, "秘书长Wang（按规定由专委会主任批，现在没有能批的人）");
    desk_count(d, SQL("UPDATE tenures SET to_on = 2 WHERE org_id = :org AND id = :headship "
                      "RETURNING id",
                      P(headship)));
    desk_as_member(d, ZHAO);
    refuses(d, "invitees", invitee(d, LI), "excuse", "{}", "由秘书长Wang");
    desk_on_day(d, "2026-11-27");
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
    assert_int_equal(todos_of(d, WANG), 2);
    desk_as_member(d, WANG);
    does(d, "invitees", invitee(d, LI), "deny", "{\"denial\":\"We need him.\"}");
    assert_int_equal(desk_page(d, "/invitees/", invitee(d, LI), "").status, 200);
    is(d, LI, "state", "leave_refused");
    desk_count(d, SQL("UPDATE meetings SET state = 'settled' WHERE org_id = :org AND id = :id "
                      "RETURNING id",
                      P(id)));
    desk_as_member(d, WANG); /* he reads it no more */
    assert_int_equal(desk_page(d, "/invitees/", invitee(d, LI), "").status, 404);
}

static const char MOVED[] =
    "{\"title\":\"Roads\",\"organiser\":\"office\",\"place\":\"Hall\",\"from_on\":\"2026-12-08\","
    "\"from_half\":\"afternoon\",\"to_half\":\"afternoon\"}";

static void another_time_asks_all_anew(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 id = announced(d, "committee", "mandatory");
    answers(d, LI, "confirm", "{}");
    answers(d, WANG, "leave", "{\"kind\":\"affair\",\"reason\":\"A wedding\"}");
    as(d, "staff"); /* a longer programme asks nobody */
    does(d, "meetings", id, "change", "{" TO_DAYS ",\"agenda\":\"1. Roads\"}");
    is(d, LI, "state", "going");
    shows(d, id, "going", "1");
    shows(d, id, "invited",
          arena_printf(d->t->mem, "%lld",
                       (long long)desk_count(d, SQL("SELECT COUNT(*) FROM invitees WHERE org_id = "
                                                    ":org AND state <> 'dropped'")))
              .ptr);
    refuses(d, "meetings", id, "change",
            "{\"title\":\"Roads\",\"organiser\":\"office\",\"place\":\"Hall\",\"from_on\":"
            "\"2026-11-20\",\"from_half\":\"morning\",\"to_half\":\"morning\"}",
            "已经过去了");
    does(d, "meetings", id, "change", MOVED);
    is(d, LI, "state", "pending");
    is(d, WANG, "state", "pending");
    is(d, WANG, "reason", "");
    assert_int_equal(told(d, "会议有变动，请重新确认：Roads，时间改为 2026年12月8日 下午"), 1);
    shows(d, id, "half_days", "1");
    struct test_answer a = desk_page(d, "/meetings/", id, "");
    assert_true(desk_has(&a, "时间改为 2026年12月8日 下午"));
    does(d, "meetings", id, "cancel", "{\"opinion\":\"Snow.\"}");
    is(d, LI, "state", "cancelled");
    assert_int_equal(told(d, "会议取消：Roads。原因：Snow."), 1);
    desk_as_member(d, LI);
    a = desk_page(d, "/meetings/", id, "");
    assert_true(desk_has(&a, "Snow."));
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow "
                                       "= 'invitees'")),
                     0);
}

static void a_voluntary_one_has_places_and_costs_nothing(void **state)
{
    struct desk *d = *state;
    struct test_answer a =
        drafted(d, TO_DAYS ",\"kind\":\"research\",\"attending\":\"voluntary\",\"places\":1,"
                           "\"audience\":[\"members\"]");
    assert_int_equal(a.status, 200);
    i64 id = desk_count(d, SQL("SELECT MAX(id) FROM meetings WHERE org_id = :org"));
    does(d, "meetings", id, "notify", "{}");
    answers(d, LI, "confirm", "{}");
    desk_as_member(d, WANG);
    refuses(d, "invitees", invitee(d, WANG), "confirm", "{}", "名额已经满了");
    refuses(d, "invitees", invitee(d, WANG), "leave", "{\"kind\":\"affair\",\"reason\":\"Busy\"}",
            "不用请假");
    answers(d, LI, "decline", "{}");
    answers(d, WANG, "confirm", "{}");
    desk_on_day(d, "2026-12-05");
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL)); /* meetings.hold */
    shows(d, id, "state", "held");
    refuses(d, "meetings", id, "settle", "{}", "还有 1 个人没有登记"); /* Wang alone is due */
    recorded(d, id, WANG, "absent", "");
    recorded(d, id, ZHAO, "late", "");
    assert_int_equal(record(d, id, ZHAO, "part", "4").status, 422); /* four are the whole */
    does(d, "meetings", id, "settle", "{}");
    shows(d, id, "figures.due", "1");
    shows(d, id, "figures.unregistered", "1");
    gives(d, id,
          "Wang meeting.absent 1000 \nZhao activity.attended 1000 unregistered\n"
          "Zhao meeting.late 1000 unregistered\n");
}

/* Two of four half-days are less than two thirds, three are not. */
static void presence_below_two_thirds_is_absence_where_the_rule_says_so(void **state)
{
    struct desk *d = *state;
    i64 id = announced(d, "training", "mandatory");
    desk_set(d, "meetings.two_thirds", "1");
    desk_on_day(d, "2026-12-04");
    as(d, "staff");
    does(d, "meetings", id, "hold", "{}");
    recorded(d, id, LI, "part", "2");
    recorded(d, id, WANG, "part", "3");
    recorded(d, id, ZHAO, "whole", "");
    shows(d, id, "figures.absent", "0"); /* not settled: nothing is decided */
    does(d, "meetings", id, "settle", "{}");
    shows(d, id, "figures.absent", "1");
    gives(d, id,
          "Li meeting.absent 1000 mandatory\nWang training.part 1000 mandatory\n"
          "Zhao training.whole 1000 mandatory\n");
}

/* On a working day, once, before it; Monday's on Friday. */
static void the_house_reminds_once(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 id = announced(d, "committee", "mandatory");
    as(d, "staff");
    does(d, "meetings", id, "change",
         "{\"title\":\"Roads\",\"organiser\":\"office\",\"place\":\"Hall\",\"from_on\":"
         "\"2026-12-07\",\"from_half\":\"morning\",\"to_half\":\"morning\"}");
    static const char *const WORDS = "会议快到了：Roads，2026年12月7日 上午";
    desk_on_day(d, "2026-12-03");
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
    assert_int_equal(told(d, WORDS), 0);
    desk_on_day(d, "2026-12-04");
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
    assert_int_equal(told(d, WORDS), 1);
    desk_on_day(d, "2026-12-05");
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
    assert_int_equal(told(d, WORDS), 1);
    as(d, "staff");
    does(d, "meetings", id, "remind", "{}");
    refuses(d, "meetings", id, "remind", "{}", "今天已经催过 1 次");
}

/* Not announced here: put down when it is over; more can be added, and one left out. */
static void what_has_been_is_put_down(void **state)
{
    struct desk *d = *state;
    struct test_answer a = drafted(
        d, arena_printf(d->t->mem,
                        "\"title\":\"Trees\",\"organiser\":\"office\",\"place\":\"Park\",\"from_"
                        "on\":\"2026-11-24\",\"from_half\":\"morning\",\"to_half\":\"morning\","
                        "\"kind\":\"welfare\",\"attending\":\"voluntary\",\"audience\":[\"member:"
                        "%lld\"]",
                        (long long)d->member[LI])
               .ptr);
    assert_int_equal(a.status, 200);
    i64 id = desk_count(d, SQL("SELECT MAX(id) FROM meetings WHERE org_id = :org"));
    refuses(d, "meetings", id, "notify", "{}", "已经过去了");
    does(d, "meetings", id, "hold", "{}");
    does(d, "meetings", id, "invite", "{\"audience\":[\"members\"]}");
    refuses(d, "meetings", id, "invite", "{\"audience\":[\"members\"]}", "都已经请过了");
    does(d, "invitees", invitee(d, ZHAO), "drop", "{}");
    recorded(d, id, LI, "whole", "");
    assert_int_equal(record(d, id, WANG, "part", "1").status, 422); /* there is one half alone */
    does(d, "meetings", id, "settle", "{}");
    gives(d, id, "Li welfare.attended 1000 unregistered\n");
    desk_as_member(d, LI); /* nobody asked him: he has no answer to be missed */
    a = desk_page(d, "/meetings/", id, "");
    assert_true(desk_has(&a, "我的出席") && !desk_has(&a, "未确认"));
    a = test_get(d->t, "/meetings");
    assert_true(desk_has(&a, "Trees") && !desk_has(&a, "未确认"));
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org")), 0);
}

static void minutes_are_for_the_invited(void **state)
{
    struct desk *d = *state;
    struct test_file paper_files[] = { { "papers", "plan.txt", str_of("Roads and trees.") },
                                       { 0 } };
    i64 id = announced(d, "committee", "mandatory");
    const char *url = arena_printf(d->t->mem, "/meetings/%lld", (long long)id).ptr;
    as(d, "staff");
    struct test_answer a =
        test_upload(d->t, arena_printf(d->t->mem, "%s/papers", url).ptr, paper_files, NULL);
    assert_int_equal(a.status, 303);
    i64 file = desk_count(d, SQL("SELECT MAX(id) FROM attachments WHERE org_id = :org"));
    const char *paper = arena_printf(d->t->mem, "%s/papers/%lld", url, (long long)file).ptr;
    desk_as_member(d, WANG);
    assert_int_equal(test_get(d->t, paper).status, 200);
    desk_as_other_member(d);
    assert_int_equal(test_get(d->t, paper).status, 404);
    desk_on_day(d, "2026-12-04");
    as(d, "staff");
    does(d, "meetings", id, "hold", "{}");
    does(d, "meetings", id, "minute", "{\"minutes\":\"It was agreed.\"}");
    desk_as_member(d, WANG);
    a = test_get(d->t, url);
    assert_false(desk_has(&a, "It was agreed."));
    const char *pdf = arena_printf(d->t->mem, "%s/pdf", url).ptr;
    assert_int_equal(test_get(d->t, pdf).status, 404);
    for (size_t m = 0; m < DESK_MEMBERS; m++)
        recorded(d, id, m, "whole", "");
    as(d, "staff");
    does(d, "meetings", id, "settle", "{}");
    desk_as_member(d, WANG);
    a = test_get(d->t, url);
    assert_true(desk_has(&a, "It was agreed."));
    a = test_get(d->t, pdf);
    assert_int_equal(a.status, 200);
    assert_true(str_starts(a.body, str_of("%PDF")));
    a = test_get(d->t, arena_printf(d->t->mem, "%s/docx", url).ptr);
    assert_int_equal(a.status, 200);
    as(d, "staff");
    a = test_get(d->t, "/invitees.csv");
    assert_true(desk_has(&a, "全程"));
    assert_int_equal(test_get(d->t, "/meetings.xlsx").status, 200);
    does(d, "meetings", id, "minute", "{\"minutes\":\"It was agreed at length.\"}");
}

/* ---- checking in ---- */

/* Three seconds behind an hour of a day: hours are never where a step of the code begins. */
static void clock_at(struct desk *d, const char *day, i64 hour)
{
    desk_on_day(d, day);
    d->t->app.clock.fixed_ms += (hour - 9) * 3600 * 1000 + 3000;
}

static struct test_answer gate(struct desk *d, i64 id, const char *json)
{
    str path = arena_printf(d->t->mem, "/api/v1/meetings/%lld/gate", (long long)id);
    return test_api(d->t, POST, path.ptr, json);
}

/* One mark of the gate, with the rest of its JSON; how many are new. */
static void marks(struct desk *d, i64 id, size_t member, const char *rest, const char *changed)
{
    as(d, "staff");
    struct test_answer a =
        gate(d, id,
             arena_printf(d->t->mem, "{\"invitees\":[%lld]%s}", (long long)invitee(d, member), rest)
                 .ptr);
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    desk_same(test_json(d->t, &a, "changed"), changed);
}

static void the_gate_marks_each_once_and_overwrites_nothing(void **state)
{
    struct desk *d = *state;
    i64 id = announced(d, "training", "mandatory"); /* four half-days from the third */
    as(d, "staff");
    assert_int_equal(gate(d, id, "{\"invitees\":[1]}").status, 422); /* not yet the day */
    clock_at(d, "2026-12-03", 9);
    marks(d, id, LI, "", "1");
    marks(d, id, LI, "", "0"); /* sent again: the net was slow */
    clock_at(d, "2026-12-03", 14);
    marks(d, id, LI, "", "1");                                               /* another half-day */
    marks(d, id, WANG, ",\"half\":\"0\",\"came\":[\"1796259600000\"]", "1"); /* 9:00, sent late */
    marks(d, id, WANG, ",\"half\":\"0\",\"undo\":true", "1");
    marks(d, id, WANG, ",\"half\":\"0\",\"came\":[\"1796259600000\"]", "0"); /* taken back since */
    clock_at(d, "2026-12-03", 15);
    marks(d, id, WANG, ",\"half\":\"0\"", "1");
    assert_int_equal(gate(d, id, "{\"invitees\":[999999]}").status, 422);
    struct test_answer a = gate(d, id, "{\"invitees\":[1],\"half\":\"2\"}"); /* tomorrow */
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "还没到"));
    a = test_get(d->t, arena_printf(d->t->mem, "/meetings/%lld/gate", (long long)id).ptr);
    assert_true(desk_has(&a, "2026年12月3日 下午") && desk_has(&a, "已签到 1 人，共请 3 人"));
    for (i64 hour = 9; hour < 15; hour += 5) {
        clock_at(d, "2026-12-04", hour);
        marks(d, id, LI, "", "1");
    }
    does(d, "meetings", id, "hold", "{}");
    recorded(d, id, WANG, "absent", "");
    is(d, WANG, "checkins", "1");
    a = test_get(d->t, arena_printf(d->t->mem, "/meetings/%lld/gate", (long long)id).ptr);
    assert_true(desk_has(&a, "签到 1 次，登记的是“缺席”"));
    does(d, "meetings", id, "tally", "{}");
    is(d, LI, "result", "whole");
    is(d, WANG, "result", "absent"); /* what was put down stays */
    is(d, ZHAO, "result", "");
    refuses(d, "meetings", id, "settle", "{}", "还有 1 个人没有登记");
    desk_set(d, "meetings.register",
             "0"); /* then who did not come through the door was not there */
    assert_int_equal(record(d, id, ZHAO, "whole", "").status, 409);
    does(d, "meetings", id, "tally", "{}");
    is(d, ZHAO, "result", "absent");
    does(d, "meetings", id, "settle", "{}");
    assert_int_equal(gate(d, id, "{\"invitees\":[1]}").status, 409);
    desk_set(d, "meetings.checkin_gate", "0"); /* nothing but the register is left */
    id = draft(d, "party", "mandatory");
    does(d, "meetings", id, "hold", "{}");
    recorded(d, id, ZHAO, "whole", "");
    assert_int_equal(gate(d, id, "{\"invitees\":[1]}").status, 409);
}

/* Who attends without duty is not due and misses nothing; who speaks is due. Li guest, Wang
 * speaker, Zhao a member who stays away: due 2, there 1, absent 1. */
static void guests_have_no_duty_and_speakers_earn(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 id = announced(d, "training", "mandatory");
    does(d, "invitees", invitee(d, LI), "designate", "{\"role\":\"guest\"}");
    assert_int_equal(told(d, "您在这次会议的身份改为列席：Roads"), 1);
    refuses(d, "invitees", invitee(d, LI), "designate", "{\"role\":\"guest\"}", "现在就是“列席”");
    does(d, "invitees", invitee(d, WANG), "drop", "{}");
    does(d, "meetings", id, "invite",
         arena_printf(d->t->mem, "{\"audience\":[\"member:%lld\"],\"role\":\"speaker\"}",
                      (long long)d->member[WANG])
             .ptr);
    is(d, WANG, "role", "speaker");
    desk_as_member(d, LI);
    struct test_answer a = desk_page(d, "/meetings/", id, "");
    assert_true(desk_has(&a, "不来请点“不参加”，不算缺席"));
    answers(d, LI, "decline", "{}"); /* a guest may */
    clock_at(d, "2026-12-03", 9);
    marks(d, id, LI, "", "1");
    a = test_get(d->t, arena_printf(d->t->mem, "/meetings/%lld/gate?show=done", (long long)id).ptr);
    assert_true(desk_has(&a, "列席 ·"));
    desk_on_day(d, "2026-12-04");
    as(d, "staff");
    does(d, "meetings", id, "hold", "{}");
    recorded(d, id, WANG, "whole", "");
    recorded(d, id, ZHAO, "absent", "");
    shows(d, id, "figures.open", "0"); /* nothing need be put down of a guest */
    recorded(d, id, LI, "part", "1");
    shows(d, id, "figures.due", "2");
    shows(d, id, "figures.present", "1");
    shows(d, id, "figures.absent", "1");
    shows(d, id, "figures.guests", "1");
    as(d, "staff");
    does(d, "meetings", id, "minute", "{\"minutes\":\"It was agreed.\"}");
    does(d, "meetings", id, "settle", "{}");
    refuses(d, "invitees", invitee(d, LI), "designate", "{\"role\":\"member\"}",
            "不能再改参会身份");
    gives(d, id,
          "Li training.part 1000 guest\nZhao meeting.absent 1000 mandatory\n"
          "Wang training.whole 1000 mandatory speaker\n");
    does(d, "invitees", invitee(d, LI), "correct", "{\"result\":\"absent\",\"opinion\":\"No.\"}");
    gives(d, id,
          "Zhao meeting.absent 1000 mandatory\nWang training.whole 1000 mandatory speaker\n");
}

/* What is sent of one member, and how the answer words what is odd of him; "" = nothing. */
static void odd(struct desk *d, i64 id, i64 who, const char *rest, const char *words)
{
    as(d, "staff");
    struct test_answer a =
        gate(d, id, arena_printf(d->t->mem, "{\"invitees\":[%lld]%s}", (long long)who, rest).ptr);
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    if (!desk_has(&a, words[0] ? words : "\"odd\":[]"))
        fail_msg("%s: %.*s", words, (int)a.body.len, a.body.ptr);
}

static i64 came(struct desk *d, i64 who, i64 half)
{
    return desk_count(d,
                      SQL("SELECT COALESCE(MAX(came_at), 0) FROM checkins WHERE org_id = :org AND "
                          "invitee_id = :who AND half = :half AND undone_at = 0",
                          P(who), P(half)));
}

/* Two devices without a net: what both saw is one, of the earlier time; a clock that goes wrong is
 * set right; what has changed meanwhile is said, and what was seen is kept. */
static void devices_without_a_net_are_brought_together(void **state)
{
    struct desk *d = *state;
    i64 id = announced(d, "training", "mandatory"), nine = 1796259600000, minute = 60000;
    i64 li = invitee(d, LI), wang = invitee(d, WANG), zhao = invitee(d, ZHAO);
    desk_as_member(d, WANG);
    does(d, "invitees", wang, "leave", "{\"kind\":\"illness\",\"reason\":\"Fever.\"}");
    as(d, "staff");
    does(d, "invitees", wang, "excuse", "{}");
    clock_at(d, "2026-12-03", 14); /* 14:00:03 */
    const char *at_ten = arena_printf(d->t->mem, ",\"half\":\"0\",\"came\":[\"%lld\"]",
                                      (long long)(nine + 60 * minute))
                             .ptr;
    odd(d, id, li, at_ten, "");
    /* the other device is an hour fast: what it calls ten was nine */
    const char *fast = arena_printf(d->t->mem, "%s,\"clock\":\"%lld\"", at_ten,
                                    (long long)(nine + 6 * 60 * minute + 3000))
                           .ptr;
    odd(d, id, li, fast, "\"changed\":0,\"doubled\":1");
    assert_int_equal(came(d, li, 0), nine);
    odd(d, id, li, at_ten, "\"doubled\":1"); /* the later one changes nothing */
    assert_int_equal(came(d, li, 0), nine);
    odd(d, id, wang, at_ten, "回执是“同意请假”，人却来了");
    assert_int_equal(came(d, wang, 0), nine + 60 * minute); /* kept all the same */
    odd(d, id, wang, at_ten, "人却来了");                   /* and said again if sent again */
    struct test_answer a = desk_page(d, "/meetings/", id, "/gate");
    assert_true(desk_has(&a, "签到 1 次，回执是“同意请假”"));
    marks(d, id, LI, ",\"half\":\"0\",\"undo\":true", "1");
    odd(d, id, li, at_ten, "14:00由");
    assert_int_equal(came(d, li, 0), 0);
    as(d, "staff");
    does(d, "invitees", zhao, "drop", "{}");
    const char *two = arena_printf(d->t->mem, "{\"invitees\":[%lld,%lld],\"half\":\"1\"}",
                                   (long long)zhao, (long long)li)
                          .ptr;
    a = gate(d, id, two);
    assert_int_equal(a.status, 200); /* one who was left out does not stop the others */
    assert_true(desk_has(&a, "名单里已经没有他"));
    assert_true(came(d, zhao, 1) > 0 && came(d, li, 1) > 0);
    assert_int_equal(gate(d, id, "{\"invitees\":[999999]}").status, 422);
    str path = arena_printf(d->t->mem, "/meetings/%lld/gate", (long long)id);
    a = test_post(d->t, path.ptr, "half", "1", "invitees",
                  arena_printf(d->t->mem, "%lld", (long long)wang).ptr, NULL);
    assert_int_equal(a.status, 303);
    a = test_get(d->t, path.ptr);
    assert_true(desk_has(&a, "人却来了")); /* said without a script too */
    a = test_get(d->t, arena_printf(d->t->mem, "/api/v1/meetings/%lld/gate", (long long)id).ptr);
    desk_same(test_json(d->t, &a, "halves.1.begins_at"), "2026-12-03T12:00:00.000+08:00");
    clock_at(d, "2026-12-05", 9); /* what a device sends days later is still of its own day */
    odd(d, id, li, at_ten, "14:00由");
    odd(d, id, li, ",\"half\":\"3\",\"came\":[\"1796367600000\"]", "\"changed\":1");
    assert_int_equal(came(d, li, 3), 1796367600000);
    a = desk_page(d, "/meetings/", id, "");
    assert_true(desk_has(&a, "data-gate=")); /* and has a page to be sent from */
}

/* What the square on the screen at the door says now: "STEP-SIGNATURE". */
struct door {
    i64 id;
    str code;
};

static err code_read(struct rq *rq, void *context)
{
    struct door *door = context;
    struct meeting m;
    TRY(meeting_store_find(rq->db, door->id, rq->mem, &m));
    door->code = checkin_code(rq, &m);
    return OK;
}

static const char *door_code(struct desk *d, i64 id)
{
    struct door door = { .id = id };
    as(d, "staff");
    struct test_answer a = desk_page(d, "/meetings/", id, "/door");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "class=\"qr\""));
    desk_same(test_header_of(&a, "Refresh"), "20");
    assert_ok(desk_in_org(d, d->t->org, code_read, &door));
    return arena_printf(d->t->mem, "%.*s", (int)door.code.len, door.code.ptr).ptr;
}

static struct test_answer comes(struct desk *d, i64 id, size_t member, const char *code)
{
    desk_as_member(d, member);
    str path = arena_printf(d->t->mem, "/api/v1/meetings/%lld/checkin", (long long)id);
    return test_api(d->t, POST, path.ptr, arena_printf(d->t->mem, "{\"code\":\"%s\"}", code).ptr);
}

static void the_code_at_the_door_changes_and_an_old_one_opens_nothing(void **state)
{
    struct desk *d = *state;
    i64 other = announced(d, "party", "mandatory"), id = announced(d, "committee", "mandatory");
    clock_at(d, "2026-12-03", 9);
    as(d, "staff");
    assert_int_equal(desk_page(d, "/meetings/", id, "/door").status, 409); /* off by default */
    struct test_answer a = comes(d, id, LI, "1-2");
    assert_int_equal(a.status, 409);
    assert_true(desk_has(&a, "没有打开手机扫码签到"));
    desk_set(d, "meetings.checkin_code", "1");
    const char *code = door_code(d, id);
    a = comes(d, other, LI, code); /* of another door */
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "不是这次会议门口的"));
    d->t->app.clock.fixed_ms += 20 * 1000;
    assert_string_not_equal(door_code(d, id), code);
    assert_int_equal(comes(d, id, LI, code).status, 200); /* he had to sign in first */
    assert_int_equal(comes(d, id, LI, code).status, 200); /* twice is once */
    is(d, LI, "checkins", "1");
    d->t->app.clock.fixed_ms += 3 * 60 * 1000;
    a = comes(d, id, WANG, code);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "已经过期") && desk_has(&a, "扫门口屏幕上现在的码"));
    a = comes(d, id, WANG, "");
    assert_true(desk_has(&a, "请用手机扫门口屏幕上的码"));
    a = desk_page(d, "/meetings/", id, arena_printf(d->t->mem, "/checkin?code=%s", code).ptr);
    assert_true(desk_has(&a, "已经过期"));
    code = door_code(d, id);
    desk_as_member(d, WANG);
    a = desk_page(d, "/meetings/", id, arena_printf(d->t->mem, "/checkin?code=%s", code).ptr);
    assert_true(desk_has(&a, "button class=\"btn pri big wide\""));
    desk_as_member(d, LI);
    a = desk_page(d, "/meetings/", id, "");
    assert_true(desk_has(&a, "已签到") && desk_has(&a, "2026年12月3日 上午"));
    desk_as_other_member(d);
    str path = arena_printf(d->t->mem, "/api/v1/meetings/%lld/checkin", (long long)id);
    assert_int_equal(test_api(d->t, POST, path.ptr, "{\"code\":\"1\"}").status, 404);
    clock_at(d, "2026-12-05", 9); /* it is over */
    a = comes(d, id, WANG, code);
    assert_int_equal(a.status, 409);
    assert_true(desk_has(&a, "会议当天才可以"));
}

/* Charter: of a standing committee's meeting more than half of its members. Wang is one of two. */
static void a_standing_committee_needs_more_than_half_and_notice_in_time(void **state)
{
    struct desk *d = *state;
    for (size_t m = LI; m <= WANG; m++) {
        i64 person_id = d->person[m];
        desk_count(d,
                   SQL("INSERT INTO tenures (org_id, person_id, post, body, body_id, from_on) "
                       "VALUES (:org, :person_id, 'standing_member', 'cppcc', 1, 1) RETURNING id",
                       P(person_id)));
    }
    i64 id = draft(d, "standing", "mandatory");
    struct test_answer a = desk_page(d, "/meetings/", id, "");
    assert_true(desk_has(&a, "按规定最晚2026年11月30日发通知（会前 3 天）"));
    assert_false(desk_has(&a, "通知晚了"));
    i64 plenary = draft(d, "plenary", "mandatory");
    desk_on_day(d, "2026-11-27");
    as(d, "staff");
    a = desk_page(d, "/meetings/", plenary, "");
    assert_true(desk_has(&a, "通知晚了") && desk_has(&a, "最晚2026年11月26日发通知（会前 7 天）"));
    does(d, "meetings", id, "notify", "{}");
    desk_on_day(d, "2026-12-04");
    as(d, "staff");
    does(d, "meetings", id, "hold", "{}");
    recorded(d, id, LI, "absent", "");
    recorded(d, id, WANG, "whole", "");
    recorded(d, id, ZHAO, "whole", "");
    shows(d, id, "figures.all_members", "2");
    shows(d, id, "figures.counted", "1");
    shows(d, id, "figures.quorum", "false"); /* one of two is not more than half */
    recorded(d, id, LI, "late", "");
    shows(d, id, "figures.quorum", "true");
    a = desk_page(d, "/meetings/", id, "");
    assert_true(desk_has(&a, "常务委员会组成人员 2 人，出席 2 人，超过半数"));
}

static void it_says_what_it_needs(void **state)
{
    struct desk *d = *state;
    struct test_answer a =
        drafted(d, "\"title\":\"Roads\",\"organiser\":\"office\",\"place\":\"Hall\",\"from_on\":"
                   "\"2026-12-03\",\"from_half\":\"afternoon\",\"to_half\":\"morning\",\"kind\":"
                   "\"committee\",\"attending\":\"mandatory\",\"audience\":[\"members\"]");
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "结束早于开始"));
    a = drafted(d, TO_DAYS ",\"kind\":\"party\",\"attending\":\"mandatory\",\"audience\":[\"post:"
                           "chair\"],\"answer_on\":\"2026-12-09\"");
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "会议开始以后"));
    a = drafted(d, TO_DAYS ",\"kind\":\"ball\",\"attending\":\"mandatory\",\"audience\":"
                           "[\"agencies\"]");
    assert_int_equal(a.status, 422);
    a = drafted(d, TO_DAYS ",\"kind\":\"party\",\"attending\":\"mandatory\",\"audience\":[\"post:"
                           "chair\"]");
    assert_int_equal(a.status, 200);
    i64 id = desk_count(d, SQL("SELECT MAX(id) FROM meetings WHERE org_id = :org"));
    refuses(d, "meetings", id, "notify", "{}", "没有委员"); /* nobody holds that post */
    desk_as_member(d, LI);
    a = test_api(d->t, GET, "/api/v1/meetings", NULL);
    assert_int_equal(test_json(d->t, &a, "items.0.id").len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_is_suspended_remains_one_of_all, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_plenary_is_announced_answered_recorded_and_settled,
                                        desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_leave_is_asked_and_decided, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_weighty_meeting_wants_leave_in_time, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(who_decides_a_leave_goes_by_the_kind_of_meeting, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(guests_have_no_duty_and_speakers_earn, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(another_time_asks_all_anew, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_voluntary_one_has_places_and_costs_nothing, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(presence_below_two_thirds_is_absence_where_the_rule_says_so,
                                        desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(the_house_reminds_once, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(what_has_been_is_put_down, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_plenary_wants_leave_earlier, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(minutes_are_for_the_invited, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(devices_without_a_net_are_brought_together, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(the_gate_marks_each_once_and_overwrites_nothing, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(the_code_at_the_door_changes_and_an_old_one_opens_nothing,
                                        desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(
            a_standing_committee_needs_more_than_half_and_notice_in_time, desk_setup,
            desk_teardown),
        cmocka_unit_test_setup_teardown(it_says_what_it_needs, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_head_organises_what_his_committee_does, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_head_organises_while_he_serves, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(another_head_and_who_heads_no_more_do_not, desk_setup,
                                        desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
