/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A committee's head and his committee's meetings: what he writes, whom he may ask, what he puts
 * down, and where it ends. Li heads Culture and sits in no other, Wang sits in Economy, Zhao heads
 * it. The clock begins on Wednesday 2026-11-25. */
#include "modules/meetings/tests/meeting_heads.h"

#include "modules/meetings/meeting_rules.h"
#include "modules/proposals/tests/desk_look.h"
#include "platform/jobs/jobs.h"

enum { LI, WANG, ZHAO };

/* ---- the house ---- */

static i64 committee(struct desk *d, const char *name)
{
    str called = str_of(name);
    return desk_count(d, SQL("INSERT INTO committees (org_id, name, from_on) VALUES (:org, "
                             ":called, 1) RETURNING id",
                             P(called)));
}

static i64 sits(struct desk *d, size_t member, const char *post_code, i64 body_id)
{
    i64 person_id = d->person[member];
    str post = str_of(post_code);
    return desk_count(d, SQL("INSERT INTO tenures (org_id, person_id, post, body, body_id, "
                             "from_on) VALUES (:org, :person_id, :post, 'committee', :body_id, 1) "
                             "RETURNING id",
                             P(person_id), P(post), P(body_id)));
}

/* With an account that may organise. */
static void signs_in(struct desk *d, size_t member, const char *login)
{
    str name = str_of(login);
    desk_signs_in(d, member, login);
    desk_count(d, SQL("INSERT INTO holdings (org_id, account_id, role_id, scope_kind, from_on, "
                      "given_at) SELECT r.org_id, a.id, r.id, 'self', 1, 1 FROM roles r JOIN "
                      "accounts a ON a.org_id = r.org_id AND a.login_name = :name WHERE r.org_id "
                      "= :org AND r.code = 'head' RETURNING id",
                      P(name)));
}

struct bodies {
    i64 economy, culture, headship;
};

static struct bodies house(struct desk *d)
{
    struct bodies b = { .economy = committee(d, "Economy"), .culture = committee(d, "Culture") };
    sits(d, LI, "director", b.culture);
    sits(d, WANG, "vice_director", b.economy);
    b.headship = sits(d, ZHAO, "director", b.economy);
    signs_in(d, WANG, "wang");
    signs_in(d, ZHAO, "zhao");
    return b;
}

static void as_staff(struct desk *d)
{
    d->actor = test_as_role(d->t, "staff");
    d->actor->account_id = 140;
    d->actor->person_id = 0;
}

/* With the role of a head, whatever post he holds. */
static void as_head(struct desk *d, size_t member)
{
    struct actor *actor = test_as_role(d->t, "member head");
    for (size_t i = 0; i < ACTOR_PERMISSIONS_MAX; i++)
        if (actor->scopes[i] != SCOPE_NONE)
            actor->scopes[i] = SCOPE_SELF;
    actor->account_id = 300 + (i64)member;
    actor->person_id = d->person[member];
    actor->member_id = d->member[member];
    d->actor = actor;
}

/* ---- asking ---- */

static struct test_answer drafts(struct desk *d, const char *kind, str organiser, str audience)
{
    return test_api(d->t, POST, "/api/v1/meetings",
                    arena_printf(d->t->mem,
                                 "{\"title\":\"Roads\",\"organiser\":\"%.*s\",\"place\":\"Hall\","
                                 "\"from_on\":\"2026-12-03\",\"from_half\":\"morning\",\"to_half\":"
                                 "\"morning\",\"kind\":\"%s\",\"attending\":\"mandatory\","
                                 "\"audience\":[\"%.*s\"]}",
                                 (int)organiser.len, organiser.ptr, kind, (int)audience.len,
                                 audience.ptr)
                        .ptr);
}

static str of(struct desk *d, const char *what, i64 id)
{
    return arena_printf(d->t->mem, "%s:%lld", what, (long long)id);
}

static i64 newest(struct desk *d)
{
    return desk_count(d, SQL("SELECT MAX(id) FROM meetings WHERE org_id = :org"));
}

/* A step by who is signed in; the version is the row's, whether he may see it or not. */
static struct test_answer act(struct desk *d, const char *what, i64 id, const char *verb,
                              const char *json)
{
    bool meeting = strcmp(what, "meetings") == 0;
    i64 version = desk_count(
        d, meeting ? SQL("SELECT version FROM meetings WHERE org_id = :org AND id = :id", P(id))
                   : SQL("SELECT version FROM invitees WHERE org_id = :org AND id = :id", P(id)));
    str path = arena_printf(d->t->mem, "/api/v1/%s/%lld/%s", what, (long long)id, verb);
    return test_api(d->t, POST, path.ptr, test_versioned(d->t, json, version));
}

/* words: NULL = it is done. */
static void is_answered(const struct test_answer *a, int status, const char *words)
{
    if (a->status != status || (words && !desk_has(a, words)))
        fail_msg("%d %.*s", a->status, (int)a->body.len, a->body.ptr);
}

static void does(struct desk *d, const char *what, i64 id, const char *verb, const char *json)
{
    struct test_answer a = act(d, what, id, verb, json);
    is_answered(&a, 200, NULL);
}

static void refuses(struct desk *d, i64 id, const char *verb, const char *json, int status)
{
    struct test_answer a = act(d, "meetings", id, verb, json);
    is_answered(&a, status, NULL);
}

static i64 invitee(struct desk *d, i64 id, size_t member)
{
    i64 person_id = d->person[member];
    return desk_count(d, SQL("SELECT MAX(id) FROM invitees WHERE org_id = :org AND meeting_id = "
                             ":id AND person_id = :person_id",
                             P(id), P(person_id)));
}

static i64 asked(struct desk *d, i64 id)
{
    return desk_count(d, SQL("SELECT COUNT(*) FROM invitees WHERE org_id = :org AND meeting_id = "
                             ":id AND state <> 'dropped'",
                             P(id)));
}

/* Who is to settle it. */
static i64 todos_of(struct desk *d, i64 id, size_t member)
{
    i64 person_id = d->person[member];
    return desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow = 'meetings' "
                             "AND subject_id = :id AND verb = 'settle' AND holder = 'person' AND "
                             "holder_id = :person_id",
                             P(id), P(person_id)));
}

static struct test_answer records(struct desk *d, i64 id, size_t member, const char *result)
{
    i64 line = invitee(d, id, member);
    i64 version =
        desk_count(d,
                   SQL("SELECT version FROM invitees WHERE org_id = :org AND id = :line", P(line)));
    str path = arena_printf(d->t->mem, "/api/v1/meetings/%lld/attendance", (long long)id);
    return test_api(d->t, POST, path.ptr,
                    arena_printf(d->t->mem,
                                 "{\"invitees\":[%lld],\"versions\":[\"%lld\"],\"results\":[\"%s\"]"
                                 ",\"halves\":[\"\"]}",
                                 (long long)line, (long long)version, result)
                        .ptr);
}

/* Of himself a head puts down what he answered, and nothing else. */
static void puts_down_no_more(struct desk *d, i64 id, size_t member, const char *result)
{
    struct test_answer a = records(d, id, member, result);
    is_answered(&a, 422, "请机关登记");
}

static void is_put_down(struct desk *d, i64 id, size_t member, const char *result)
{
    struct test_answer a = records(d, id, member, result);
    is_answered(&a, 200, NULL);
}

/* Whose line was what. */
static i64 logged(struct desk *d, i64 id, const char *before, const char *after)
{
    str was = str_of(before), now = str_of(after);
    return desk_count(d, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = "
                             "'meetings.record' AND object_id = :id AND before_text = :was AND "
                             "after_text = :now",
                             P(id), P(was), P(now)));
}

static i64 announced(struct desk *d, const struct bodies *b)
{
    as_head(d, ZHAO);
    str economy = of(d, "committee", b->economy);
    struct test_answer a = drafts(d, "committee", economy, economy);
    is_answered(&a, 200, NULL);
    i64 id = newest(d);
    does(d, "meetings", id, "notify", "{}");
    return id;
}

/* ---- what he organises ---- */

static void the_form_offers_his_own(struct desk *d)
{
    struct test_answer a = test_get(d->t, "/meetings/new");
    is_answered(&a, 200, "Economy");
    assert_true(desk_has(&a, "Wang") && desk_has(&a, "调研"));
    str li = arena_printf(d->t->mem, "\"member:%lld\"", (long long)d->member[LI]);
    assert_false(desk_has(&a, "Culture") || desk_has(&a, li.ptr) || desk_has(&a, "\"members\""));
    assert_false(desk_has(&a, "\"office\"") || desk_has(&a, "\"plenary\""));
}

static void he_drafts_for_no_other(struct desk *d, const struct bodies *b)
{
    const str economy = of(d, "committee", b->economy);
    const struct {
        const char *kind;
        str organiser, audience;
    } BAD[] = { { "committee", str_of("office"), economy },
                { "committee", of(d, "committee", b->culture), economy },
                { "plenary", economy, economy },
                { "committee", economy, str_of("members") },
                { "committee", economy, of(d, "committee", b->culture) },
                { "committee", economy, of(d, "member", d->member[LI]) } };
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        struct test_answer a = drafts(d, BAD[i].kind, BAD[i].organiser, BAD[i].audience);
        is_answered(&a, 422, NULL);
    }
}

static void he_asks_others_as_guests_alone(struct desk *d, i64 id)
{
    str li = of(d, "member", d->member[LI]);
    const char *as_member = arena_printf(d->t->mem, "{\"audience\":[\"%s\"]}", li.ptr).ptr;
    const char *as_guest =
        arena_printf(d->t->mem, "{\"audience\":[\"%s\"],\"role\":\"guest\"}", li.ptr).ptr;
    struct test_answer a = act(d, "meetings", id, "invite", as_member);
    is_answered(&a, 422, "只请本专委会委员");
    refuses(d, id, "invite", "{\"audience\":[\"members\"],\"role\":\"guest\"}", 422);
    does(d, "meetings", id, "invite", as_guest);
    a = act(d, "invitees", invitee(d, id, LI), "designate", "{\"role\":\"member\"}");
    is_answered(&a, 403, "只请本专委会委员");
    does(d, "invitees", invitee(d, id, LI), "designate", "{\"role\":\"speaker\"}");
}

void a_head_organises_what_his_committee_does(void **state)
{
    struct desk *d = *state;
    const struct bodies b = house(d);
    as_head(d, ZHAO);
    the_form_offers_his_own(d);
    he_drafts_for_no_other(d, &b);
    i64 id = announced(d, &b);
    assert_int_equal(asked(d, id), 2); /* Wang and himself */
    he_asks_others_as_guests_alone(d, id);
    assert_int_equal(asked(d, id), 3);
    as_head(d, WANG);
    does(d, "invitees", invitee(d, id, WANG), "leave",
         "{\"kind\":\"illness\",\"reason\":\"Fever and cough\"}");
    as_head(d, ZHAO);
    struct test_answer a = desk_page(d, "/meetings/", id, "");
    assert_true(desk_has(&a, "全部名单") && desk_has(&a, "改时间地点"));
    assert_false(desk_has(&a, "不再请这个人")); /* himself */
    a = act(d, "invitees", invitee(d, id, ZHAO), "designate", "{\"role\":\"guest\"}");
    is_answered(&a, 403, "不能自己改");
    a = desk_page(d, "/invitees/", invitee(d, id, WANG), "");
    is_answered(&a, 200, "Fever and cough");
    assert_int_equal(desk_total(d, "/api/v1/invitees"), 3);
    a = desk_page(d, "/api/v1/meetings/", id, "");
    desk_same(test_json(d->t, &a, "audience_name"), "Economy");
    desk_same(test_json(d->t, &a, "figures.due"), "3");
    desk_set(d, "meetings.leave_by_committee", "staff"); /* the rule names another */
    as_head(d, ZHAO);
    a = act(d, "invitees", invitee(d, id, WANG), "excuse", "{}");
    is_answered(&a, 403, "由机关工作人员批");
    refuses(d, id, "change",
            "{\"title\":\"Roads\",\"organiser\":\"office\",\"place\":\"Park\",\"from_on\":"
            "\"2026-12-03\",\"from_half\":\"morning\",\"to_half\":\"morning\"}",
            422);
    does(d, "invitees", invitee(d, id, WANG), "drop", "{}");
    does(d, "invitees", invitee(d, id, ZHAO), "confirm", "{}");
    desk_on_day(d, "2026-12-03");
    as_head(d, ZHAO);
    does(d, "meetings", id, "hold", "{}");
    assert_int_equal(todos_of(d, id, ZHAO), 1);
    assert_int_equal(todos_of(d, id, WANG), 0);
    a = desk_page(d, "/meetings/", id, "/gate");
    is_answered(&a, 200, "Zhao");
    puts_down_no_more(d, id, ZHAO, "late");
    is_put_down(d, id, ZHAO, "whole");
    puts_down_no_more(d, id, ZHAO, "absent");
    is_put_down(d, id, LI, "late");
    assert_int_equal(logged(d, id, "Li 没有登记；", "Li 迟到早退；"), 1);
    does(d, "invitees", invitee(d, id, LI), "designate", "{\"role\":\"guest\"}");
    a = act(d, "invitees", invitee(d, id, LI), "designate", "{\"role\":\"speaker\"}");
    is_answered(&a, 403, "不能再补主讲人");
    does(d, "meetings", id, "minute", "{\"minutes\":\"It was agreed.\"}");
    does(d, "meetings", id, "settle", "{}");
    a = act(d, "invitees", invitee(d, id, LI), "correct",
            "{\"result\":\"absent\",\"opinion\":\"Signed for him.\"}");
    is_answered(&a, 403, NULL); /* what is settled is the office's */
    a = desk_page(d, "/meetings/", id, "/docx");
    is_answered(&a, 200, NULL);
}

/* ---- where it ends ---- */

static void sees_nothing(struct desk *d, i64 id)
{
    struct test_answer a = desk_page(d, "/meetings/", id, "");
    is_answered(&a, 404, NULL);
    a = desk_page(d, "/meetings/", id, "/edit");
    is_answered(&a, 404, NULL);
    a = desk_page(d, "/meetings/", id, "/attendance");
    is_answered(&a, 404, NULL);
    refuses(d, id, "cancel", "{\"opinion\":\"Snow.\"}", 404);
}

/* The office wrote it for all members. */
static void he_announces_no_wider_draft(struct desk *d, const struct bodies *b)
{
    as_staff(d);
    struct test_answer a =
        drafts(d, "committee", of(d, "committee", b->economy), str_of("members"));
    is_answered(&a, 200, NULL);
    i64 id = newest(d);
    as_head(d, ZHAO);
    a = act(d, "meetings", id, "notify", "{}");
    is_answered(&a, 403, "只请本专委会委员");
    does(d, "meetings", id, "cancel", "{\"opinion\":\"Snow.\"}");
    as_staff(d);
    a = drafts(d, "plenary", of(d, "committee", b->economy), str_of("members"));
    is_answered(&a, 200, NULL);
    as_head(d, ZHAO);
    sees_nothing(d, newest(d)); /* of a plenary his committee may be host, he not */
    a = desk_page(d, "/invitees?meeting_id=", newest(d), "");
    assert_true(a.status == 200 && !desk_has(&a, "Roads"));
    as_staff(d);
    a = desk_page(d, "/invitees?meeting_id=", newest(d), "");
    is_answered(&a, 200, "Roads");
}

static void may(struct desk *d, i64 id, int status)
{
    as_head(d, ZHAO);
    struct test_answer a = desk_page(d, "/api/v1/meetings/", id, "");
    is_answered(&a, status, NULL);
    a = desk_page(d, "/meetings/", id, "/edit");
    is_answered(&a, status, NULL);
}

/* What he is shown is what he may do. */
void a_head_organises_while_he_serves(void **state)
{
    struct desk *d = *state;
    const struct bodies b = house(d);
    const i64 today = day_of_ms(d->t->app.clock.fixed_ms);
    const i64 days[] = { today + 30, today - 1, today };
    i64 headship = b.headship;
    as_head(d, ZHAO);
    struct test_answer a =
        drafts(d, "committee", of(d, "committee", b.economy), of(d, "committee", b.economy));
    is_answered(&a, 200, NULL);
    i64 id = newest(d);
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        i64 last = days[i];
        desk_count(d, SQL("UPDATE tenures SET to_on = :last WHERE org_id = :org AND id = "
                          ":headship RETURNING id",
                          P(last), P(headship)));
        may(d, id, i == 1 ? 404 : 200); /* ended yesterday; the last day is one of them */
    }
    d->actor = test_as_role(d->t, "staff personnel");
    d->actor->account_id = 140;
    d->actor->person_id = 0;
    str path = arena_printf(d->t->mem, "/api/v1/members/%lld/act", (long long)d->member[ZHAO]);
    a = test_api(d->t, POST, path.ptr,
                 "{\"act\":\"suspend\",\"on_on\":\"2026-11-20\",\"organ\":\"The chairs\","
                 "\"reason\":\"An inquiry.\"}");
    is_answered(&a, 200, NULL);
    may(d, id, 404);
}

void another_head_and_who_heads_no_more_do_not(void **state)
{
    struct desk *d = *state;
    const struct bodies b = house(d);
    he_announces_no_wider_draft(d, &b);
    as_head(d, WANG); /* the role, and no post */
    struct test_answer a = test_get(d->t, "/meetings");
    assert_false(desk_has(&a, "/meetings/new"));
    a = test_get(d->t, "/meetings/new");
    is_answered(&a, 403, "您现在不是哪个专委会的主任");
    a = drafts(d, "committee", of(d, "committee", b.economy), of(d, "committee", b.economy));
    is_answered(&a, 403, NULL);
    i64 id = announced(d, &b);
    as_head(d, LI);
    sees_nothing(d, id);
    as_head(d, WANG); /* he is asked, and organises nothing */
    refuses(d, id, "cancel", "{\"opinion\":\"Snow.\"}", 403);
    assert_int_equal(desk_total(d, "/api/v1/invitees"), 1);
    desk_as_member(d, ZHAO); /* the post, and not the role */
    refuses(d, id, "cancel", "{\"opinion\":\"Snow.\"}", 403);
    desk_on_day(d, "2026-12-03");
    as_head(d, ZHAO);
    does(d, "meetings", id, "hold", "{}");
    a = act(d, "meetings", id, "invite",
            arena_printf(d->t->mem, "{\"audience\":[\"member:%lld\"],\"role\":\"speaker\"}",
                         (long long)d->member[LI])
                .ptr);
    is_answered(&a, 422, "不能再补主讲人");
    i64 headship = b.headship;
    desk_count(d, SQL("UPDATE tenures SET to_on = 2 WHERE org_id = :org AND id = :headship "
                      "RETURNING id",
                      P(headship)));
    sits(d, WANG, "director", b.economy);
    sits(d, LI, "director", b.economy); /* who cannot sign in */
    desk_on_day(d, "2026-12-04");
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL)); /* meetings.leaves */
    assert_int_equal(todos_of(d, id, ZHAO), 0);
    assert_int_equal(todos_of(d, id, WANG), 1);
    assert_int_equal(todos_of(d, id, LI), 0);
    as_head(d, ZHAO);
    a = records(d, id, WANG, "whole");
    is_answered(&a, 403, "不由您组织");
    as_head(d, WANG);
    d->actor->account_id = 150; /* another acts for him */
    d->actor->delegate_person_id = d->person[LI];
    puts_down_no_more(d, id, WANG, "leave"); /* nor does he who acts for him */
    is_put_down(d, id, ZHAO, "whole");
    as_staff(d);
    is_put_down(d, id, WANG, "whole");
    as_head(d, WANG);
    does(d, "meetings", id, "settle", "{}");
}
