/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who is named, checked, listed, voted on and appointed, by the front door. Expectations:
 * README.md, rules.md 8. The clock begins on Wednesday 2026-11-25; Li, Wang and Zhao sit. */
#include "modules/nominations/nomination.h"
#include "modules/nominations/nomination_end.h"
#include "modules/nominations/tests/paper_words.h"
#include "modules/proposals/tests/desk_look.h"

#define NAMED                                                                                      \
    "\"nominator_kind\":\"party\",\"nominator\":\"Democratic League\",\"nominated_on\":"           \
    "\"2026-11-02\",\"gender\":\"female\",\"birth\":\"1990-11-25\",\"party\":\"cdl\",\"employer\"" \
    ":\"School\",\"sector\":\"%lld\""
#define CLEAR "{\"checked_on\":\"2026-11-10\",\"ground\":\"clear\",\"opinion\":\"Nothing.\"}"

enum { LI, WANG, ZHAO };

static void as(struct desk *d, const char *role)
{
    struct actor *actor = test_as_role(d->t, role);
    actor->account_id = 140;
    actor->person_id = 0;
    d->actor = actor;
}

static i64 sector(struct desk *d)
{
    return desk_count(d, SQL("SELECT MIN(id) FROM sectors WHERE org_id = :org"));
}

/* more: what comes beside NAMED, with name and kind. */
static struct test_answer names(struct desk *d, const char *more)
{
    const char *named = arena_printf(d->t->mem, NAMED, (long long)sector(d)).ptr;
    return test_api(d->t, POST, "/api/v1/nominations",
                    arena_printf(d->t->mem, "{%s,%s}", named, more).ptr);
}

static i64 newest(struct desk *d)
{
    return desk_count(d, SQL("SELECT COALESCE(MAX(id), 0) FROM nominations WHERE org_id = :org"));
}

static i64 named(struct desk *d, const char *more)
{
    struct test_answer a = names(d, more);
    if (a.status != 200)
        fail_msg("%s: %d %.*s", more, a.status, (int)a.body.len, a.body.ptr);
    return newest(d);
}

static struct test_answer at(struct desk *d, i64 id)
{
    return test_get(d->t, arena_printf(d->t->mem, "/api/v1/nominations/%lld", (long long)id).ptr);
}

static struct test_answer step(struct desk *d, i64 id, const char *verb, const char *json)
{
    struct test_answer a = at(d, id);
    i64 version = 1;
    if (a.status == 200)
        assert_true(str_to_i64(test_json(d->t, &a, "version"), &version));
    str path = arena_printf(d->t->mem, "/api/v1/nominations/%lld/%s", (long long)id, verb);
    return test_api(d->t, POST, path.ptr, test_versioned(d->t, json, version));
}

static void does(struct desk *d, i64 id, const char *verb, const char *json)
{
    struct test_answer a = step(d, id, verb, json);
    if (a.status != 200)
        fail_msg("%s: %d %.*s", verb, a.status, (int)a.body.len, a.body.ptr);
}

/* So many say yes on the 24th, nobody no. */
static const char *yes(struct desk *d, int votes)
{
    return arena_printf(d->t->mem, "{\"on_on\":\"2026-11-24\",\"yes\":%d,\"no\":0,\"abstained\":0}",
                        votes)
        .ptr;
}

static void is(struct desk *d, i64 id, const char *field, const char *expected)
{
    struct test_answer a = at(d, id);
    desk_same(test_json(d->t, &a, field), expected);
}

/* A meeting of the standing committee from the 23rd to the 24th. */
static i64 meeting(struct desk *d)
{
    i64 from_on, to_on, id = 0;
    assert_true(day_parse(str_of("2026-11-23"), &from_on));
    assert_true(day_parse(str_of("2026-11-24"), &to_on));
    assert_ok(db_insert(d->t->db,
                        SQL("INSERT INTO meetings (org_id, state, kind, title, organiser, "
                            "organiser_name, mandatory, places, from_on, from_half, to_on, "
                            "to_half, hour, place, answer_on, agenda, audience, audience_name) "
                            "VALUES (:org, 'held', 'standing', 'Standing 15', 'office', '', 1, 0, "
                            ":from_on, 'morning', :to_on, 'morning', '', 'Hall', 0, '', '', '') "
                            "RETURNING id",
                            P(from_on), P(to_on)),
                        &id));
    return id;
}

static void holds(struct desk *d, size_t member, const char *post)
{
    i64 person_id = d->person[member];
    str code = str_of(post);
    assert_ok(db_run(d->t->db,
                     SQL("INSERT INTO tenures (org_id, person_id, post, body, body_id, from_on) "
                         "VALUES (:org, :person_id, :code, 'cppcc', 1, 1)",
                         P(person_id), P(code)),
                     NULL));
}

static void act(struct desk *d, size_t member, const char *json)
{
    str path = arena_printf(d->t->mem, "/api/v1/members/%lld/act", (long long)d->member[member]);
    struct test_answer a = test_api(d->t, POST, path.ptr, json);
    if (a.status != 200)
        fail_msg("%s: %d %.*s", json, a.status, (int)a.body.len, a.body.ptr);
}

static void listed(struct desk *d, i64 id, i64 meeting_id)
{
    does(d, id, "propose", CLEAR);
    does(d, id, "list",
         arena_printf(d->t->mem, "{\"meeting\":\"%lld\"}", (long long)meeting_id).ptr);
}

static i64 serving(struct desk *d, const char *name)
{
    str wanted = str_of(name);
    return desk_count(d, SQL("SELECT COUNT(*) FROM seats s JOIN members m ON m.org_id = s.org_id "
                             "AND m.id = s.member_id JOIN persons p ON p.org_id = m.org_id AND "
                             "p.id = m.person_id WHERE s.org_id = :org AND p.name = :wanted AND "
                             "s.status = 'serving'",
                             P(wanted)));
}

/* ---- the whole way ---- */

static void from_a_name_to_a_certificate(void **state)
{
    struct desk *d = *state;
    as(d, "personnel");
    for (size_t i = LI; i <= ZHAO; i++)
        holds(d, i, "standing_member");
    i64 id = named(d, "\"name\":\"Sun\",\"kind\":\"augment\"");
    is(d, id, "state", "nominated");
    assert_int_equal(step(d, id, "vote", yes(d, 3)).status, 409); /* one after the other */
    listed(d, id, meeting(d));
    is(d, id, "meeting_title", "Standing 15");
    assert_int_equal(serving(d, "Sun"), 0);
    does(d, id, "vote", yes(d, 2));
    is(d, id, "state", "appointed");
    is(d, id, "standing", "3");
    assert_int_equal(serving(d, "Sun"), 1);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM changes WHERE org_id = :org AND act "
                                       "= 'augment' AND organ = 'Standing 15'")),
                     1);
    assert_int_equal(
        step(d, id, "certify",
             "{\"certificate\":\"6-321\",\"certified_on\":\"2026-11-23\"}") /* before the vote */
            .status,
        422);
    does(d, id, "certify", "{\"certificate\":\"6-321\",\"certified_on\":\"2026-11-25\"}");
    is(d, id, "state", "certified");
    i64 other = named(d, "\"name\":\"Tang\",\"kind\":\"augment\"");
    listed(d, other, meeting(d));
    does(d, other, "vote", yes(d, 3));
    struct test_answer a =
        step(d, other, "certify", "{\"certificate\":\"6-321\",\"certified_on\":\"2026-11-25\"}");
    assert_int_equal(a.status, 409);
    assert_true(desk_has(&a, "nominations.certificate_taken"));
}

/* ---- the vote ---- */

/* All of the standing committee, not those who came, nor those who may vote. */
static void a_majority_of_all_decides(void **state)
{
    static const struct {
        const char *vote, *state;
    } ROWS[] = {
        { "{\"on_on\":\"2026-11-24\",\"yes\":1,\"no\":0,\"abstained\":0}", "refused" },
        { "{\"on_on\":\"2026-11-24\",\"yes\":1,\"no\":1,\"abstained\":1}", "refused" },
        { "{\"on_on\":\"2026-11-24\",\"yes\":2,\"no\":1,\"abstained\":0}", "appointed" },
        { "{\"on_on\":\"2026-11-23\",\"yes\":2,\"no\":0,\"abstained\":0}", "appointed" },
    };
    struct desk *d = *state;
    as(d, "personnel");
    holds(d, LI, "chair");
    holds(d, LI, "standing_member"); /* one man, whatever he holds */
    holds(d, WANG, "secretary_general");
    holds(d, ZHAO, "vice_chair");
    holds(d, ZHAO, "deputy_secretary_general");
    i64 meeting_id = meeting(d);
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        i64 id =
            named(d, arena_printf(d->t->mem, "\"name\":\"Sun%zu\",\"kind\":\"augment\"", i).ptr);
        listed(d, id, meeting_id);
        does(d, id, "vote", ROWS[i].vote);
        is(d, id, "state", ROWS[i].state);
        is(d, id, "standing", "3");
    }
    assert_int_equal(serving(d, "Sun0"), 0);
    assert_int_equal(serving(d, "Sun2"), 1);
}

static void who_is_suspended_has_no_vote_and_is_one_of_all(void **state)
{
    struct desk *d = *state;
    as(d, "personnel");
    for (size_t i = LI; i <= ZHAO; i++)
        holds(d, i, "standing_member");
    for (size_t i = WANG; i <= ZHAO; i++)
        act(d, i,
            "{\"act\":\"suspend\",\"on_on\":\"2026-11-10\",\"organ\":\"Chairs\",\"reason\":"
            "\"Trial.\"}");
    i64 id = named(d, "\"name\":\"Sun\",\"kind\":\"augment\"");
    listed(d, id, meeting(d));
    struct test_answer a = step(d, id, "vote", yes(d, 2)); /* one of them alone may vote */
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "nominations.too_many_votes"));
    does(d, id, "vote", yes(d, 1)); /* all who may, and not more than half of three */
    is(d, id, "state", "refused");
    is(d, id, "able", "1");
    is(d, id, "standing", "3");
}

static void a_vote_is_of_its_meeting(void **state)
{
    static const struct {
        const char *vote, *fault;
    } ROWS[] = {
        { "{\"on_on\":\"2026-11-22\",\"yes\":3,\"no\":0,\"abstained\":0}",
          "nominations.not_that_day" },
        { "{\"on_on\":\"2026-11-26\",\"yes\":3,\"no\":0,\"abstained\":0}", "nominations.future" },
        { "{\"on_on\":\"2026-11-24\",\"yes\":3,\"no\":1,\"abstained\":0}",
          "nominations.too_many_votes" },
        { "{\"on_on\":\"2026-11-24\",\"yes\":0,\"no\":0,\"abstained\":0}", "nominations.no_votes" },
        { "{\"on_on\":\"2026-11-24\",\"yes\":-1,\"no\":0,\"abstained\":0}", "form." },
    };
    struct desk *d = *state;
    as(d, "personnel");
    i64 id = named(d, "\"name\":\"Sun\",\"kind\":\"augment\"");
    listed(d, id, meeting(d));
    struct test_answer a = step(d, id, "vote", yes(d, 3));
    assert_true(desk_has(&a, "nominations.no_standing"));
    for (size_t i = LI; i <= ZHAO; i++)
        holds(d, i, "standing_member");
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        a = step(d, id, "vote", ROWS[i].vote);
        assert_int_equal(a.status, 422);
        if (!desk_has(&a, ROWS[i].fault))
            fail_msg("%s: %.*s", ROWS[i].fault, (int)a.body.len, a.body.ptr);
    }
    is(d, id, "state", "listed");
}

/* ---- who may be named ---- */

static void whom_the_charter_excludes_is_no_candidate(void **state)
{
    static const char *const GROUNDS[] = { "harm", "punished", "investigated", "false_identity" };
    struct desk *d = *state;
    as(d, "personnel");
    for (size_t i = 0; i < 4; i++) {
        i64 id =
            named(d, arena_printf(d->t->mem, "\"name\":\"Sun%zu\",\"kind\":\"augment\"", i).ptr);
        does(d, id, "propose",
             arena_printf(d->t->mem,
                          "{\"checked_on\":\"2026-11-10\",\"ground\":\"%s\",\"opinion\":\"So.\"}",
                          GROUNDS[i])
                 .ptr);
        is(d, id, "state", "declined");
    }
    i64 id = named(d, "\"name\":\"Tang\",\"kind\":\"augment\"");
    struct test_answer a =
        step(d, id, "propose",
             "{\"checked_on\":\"2026-11-01\",\"ground\":\"clear\",\"opinion\":\"So.\"}");
    assert_true(desk_has(&a, "nominations.before_named"));
    does(d, id, "propose", CLEAR);
    assert_true(desk_page(d, "/nominations/", id, "/edit").status == 409);
    does(d, id, "recheck", "{\"opinion\":\"His post has changed.\"}");
    assert_true(desk_page(d, "/nominations/", id, "/edit").status == 200);
    does(d, id, "withdraw", "{\"opinion\":\"He moves away.\"}");
    is(d, id, "note", "He moves away.");
}

static void two_of_one_name_are_told_apart(void **state)
{
    struct desk *d = *state;
    as(d, "personnel");
    struct test_answer a = names(d, "\"name\":\"Li\",\"kind\":\"augment\"");
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "nominations.same_name"));
    a = names(d, "\"name\":\"Li\",\"kind\":\"augment\",\"code\":\"Li\"");
    assert_true(desk_has(&a, "nominations.serves"));
    a = names(d, "\"name\":\"Lee\",\"kind\":\"augment\",\"code\":\"Li\"");
    assert_true(desk_has(&a, "nominations.other_name"));
    a = names(d, "\"name\":\"Lee\",\"kind\":\"augment\",\"code\":\"none\"");
    assert_true(desk_has(&a, "nominations.no_code"));
    for (size_t i = LI; i <= ZHAO; i++)
        holds(d, i, "standing_member");
    i64 id = named(d, "\"name\":\"Li\",\"kind\":\"augment\",\"distinct\":true");
    a = names(d, "\"name\":\"Li\",\"kind\":\"augment\"");
    assert_true(desk_has(&a, "nominations.named_already"));
    listed(d, id, meeting(d));
    does(d, id, "vote", yes(d, 3));
    assert_int_equal(serving(d, "Li"), 2);
    act(d, WANG,
        "{\"act\":\"remove\",\"on_on\":\"2026-11-20\",\"organ\":\"X\",\"reason\":\"Post.\"}");
    id = named(d, "\"name\":\"Wang\",\"kind\":\"augment\",\"code\":\"Wang\"");
    listed(d, id, meeting(d));
    does(d, id, "vote", yes(d, 2));
    assert_int_equal(serving(d, "Wang"), 1);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM persons WHERE org_id = :org AND name "
                                       "= 'Wang'")),
                     1); /* his record goes on */
}

/* ---- vacant seats ---- */

static i64 seat_of(struct desk *d, size_t member)
{
    i64 id = d->member[member];
    return desk_count(d, SQL("SELECT MAX(id) FROM seats WHERE org_id = :org AND member_id = :id",
                             P(id)));
}

static const char *fills(struct desk *d, const char *name, size_t member)
{
    return arena_printf(d->t->mem, "\"name\":\"%s\",\"kind\":\"fill\",\"vacancy\":\"%lld\"", name,
                        (long long)seat_of(d, member))
        .ptr;
}

static void a_vacant_seat_is_filled_once(void **state)
{
    struct desk *d = *state;
    as(d, "personnel");
    holds(d, LI, "standing_member");
    struct test_answer a = names(d, "\"name\":\"Sun\",\"kind\":\"fill\"");
    assert_true(desk_has(&a, "nominations.need_vacancy"));
    assert_int_equal(names(d, fills(d, "Sun", ZHAO)).status, 422); /* he sits there */
    act(d, ZHAO,
        "{\"act\":\"revoke\",\"on_on\":\"2026-11-01\",\"organ\":\"Chairs\",\"reason\":\"Law.\","
        "\"by_chairs\":true}");
    assert_int_equal(names(d, fills(d, "Sun", ZHAO)).status, 422); /* not ratified */
    act(d, ZHAO, "{\"act\":\"ratify\",\"on_on\":\"2026-11-02\",\"organ\":\"Standing\"}");
    i64 sun = named(d, fills(d, "Sun", ZHAO)), tang = named(d, fills(d, "Tang", ZHAO));
    i64 meeting_id = meeting(d);
    is(d, sun, "vacant_name", "Zhao");
    listed(d, sun, meeting_id);
    does(d, tang, "propose", CLEAR);
    str list = arena_printf(d->t->mem, "{\"meeting\":\"%lld\"}", (long long)meeting_id);
    assert_int_equal(step(d, tang, "list", list.ptr).status, 409);
    does(d, sun, "unlist", "{\"opinion\":\"Tang first.\"}");
    does(d, tang, "list", list.ptr);
    does(d, tang, "vote", yes(d, 1));
    is(d, tang, "state", "appointed");
    assert_int_equal(step(d, sun, "list", list.ptr).status, 409);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM changes WHERE org_id = :org AND act "
                                       "= 'fill'")),
                     1);
}

/* ---- balance, pages, who may ---- */

static void balance_is_of_the_body_with_its_candidates(void **state)
{
    struct desk *d = *state;
    as(d, "personnel");
    assert_ok(
        db_run(d->t->db, SQL("UPDATE persons SET gender = 'male' WHERE org_id = :org"), NULL));
    i64 id = named(d, "\"name\":\"Sun\",\"kind\":\"augment\"");
    struct test_answer a = test_get(d->t, "/api/v1/nominations/balance");
    assert_false(desk_has(&a, "female")); /* not before the check */
    does(d, id, "propose", CLEAR);
    a = test_get(d->t, "/api/v1/nominations/balance");
    assert_true(
        desk_has(&a, "{\"kind\":\"gender\",\"label\":\"female\",\"seated\":0,\"coming\":1}"));
    assert_true(desk_has(&a, "{\"kind\":\"gender\",\"label\":\"male\",\"seated\":3,\"coming\":0}"));
    assert_true(desk_has(&a, "{\"kind\":\"age\",\"label\":\"39\",\"seated\":0,\"coming\":1}"));
    assert_true(
        desk_has(&a, "{\"kind\":\"sector\",\"label\":\"Economy\",\"seated\":3,\"coming\":1}"));
    does(d, named(d, "\"name\":\"Tang\",\"kind\":\"renew\""), "propose", CLEAR);
    a = test_get(d->t, "/api/v1/nominations/balance"); /* Tang is for the coming term */
    assert_true(
        desk_has(&a, "{\"kind\":\"gender\",\"label\":\"female\",\"seated\":0,\"coming\":1}"));
    a = test_get(d->t, "/nominations/balance");
    assert_true(desk_has(&a, "100.0%") && desk_has(&a, "25.0%") && desk_has(&a, "75.0%"));
}

static err forget(struct rq *rq, void *context)
{
    return nomination_forget(rq, *(const i64 *)context);
}

static void pages_show_the_way(void **state)
{
    struct desk *d = *state;
    as(d, "personnel");
    for (size_t i = LI; i <= ZHAO; i++)
        holds(d, i, "standing_member");
    struct test_answer a =
        test_post(d->t, "/nominations/new", "name", "Sun", "birth", "soon", NULL);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "value=\"soon\"")); /* what was typed stays */
    assert_true(desk_has(&a, "补缺") && desk_has(&a, "人民团体"));
    assert_false(desk_has(&a, ">augment<") || desk_has(&a, ">male<"));
    i64 id = named(d, "\"name\":\"Sun\",\"kind\":\"augment\""), meeting_id = meeting(d);
    listed(d, id, meeting_id);
    listed(d, named(d, "\"name\":\"Ai\",\"kind\":\"augment\""), meeting_id);
    i64 gone = named(d, "\"name\":\"Withdrawn\",\"kind\":\"augment\"");
    listed(d, gone, meeting_id);
    does(d, gone, "withdraw", "{\"opinion\":\"Taken back.\"}");
    i64 old = named(d, "\"name\":\"Refused\",\"kind\":\"augment\"");
    listed(d, old, meeting_id);
    assert_int_equal(desk_count(d, SQL("UPDATE nominations SET state = 'refused' WHERE org_id = "
                                       ":org AND id = :old RETURNING id",
                                       P(old))),
                     old);
    assert_ok(desk_in_org(d, d->t->org, forget, &old));
    a = at(d, old);
    assert_true(a.status == 200 && desk_has(&a, "\"birth_on\":null"));
    a = desk_page(d, "/nominations/meetings/", meeting_id, "");
    const char *first = strstr(a.body.ptr, ">Ai<");
    assert_true(first && strstr(first, ">Sun<") &&
                desk_has(&a, "2 票")); /* not as they were named */
    static const char *const FILES[] = { "/pdf", "/docx", "/xlsx" };
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        a = desk_page(d, "/nominations/meetings/", meeting_id, FILES[i]);
        assert_int_equal(a.status, 200);
        a.body = paper_words(d->t->mem, a.body);
        if (a.body.len) /* on paper is who is put to the vote */
            assert_true(desk_has(&a, "Sun") && desk_has(&a, "Ai") && desk_has(&a, "1990年11月") &&
                        desk_has(&a, "2 人") && !desk_has(&a, "Withdrawn") &&
                        !desk_has(&a, "已清理"));
        assert_int_equal(desk_page(d, "/nominations/meetings/", 999999, FILES[i]).status, 404);
    }
    does(d, id, "vote", yes(d, 2));
    a = desk_page(d, "/nominations/", id, "");
    assert_true(desk_has(&a, "需要 2 票") && desk_has(&a, "颁发委员证"));
    assert_int_equal(desk_page(d, "/nominations/meetings/", 999999, "").status, 404);
    as(d, "leader");
    assert_int_equal(desk_page(d, "/nominations/", id, "").status, 200);
    assert_int_equal(step(d, id, "certify", "{}").status, 403);
    as(d, "staff");
    assert_int_equal(at(d, id).status, 403);
    desk_as_member(d, LI);
    assert_int_equal(at(d, id).status, 403);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(from_a_name_to_a_certificate),
        T(a_majority_of_all_decides),
        T(who_is_suspended_has_no_vote_and_is_one_of_all),
        T(a_vote_is_of_its_meeting),
        T(whom_the_charter_excludes_is_no_candidate),
        T(two_of_one_name_are_told_apart),
        T(a_vacant_seat_is_filled_once),
        T(balance_is_of_the_body_with_its_candidates),
        T(pages_show_the_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
