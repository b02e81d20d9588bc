/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Leaving by the front door: a member's own letter, revocation by the chairs with what follows,
 * death, suspension; what ends with a seat and what goes on. Expectations: README.md. The clock
 * begins on Wednesday 2026-11-25. */
#include "modules/departures/departure.h"
#include "modules/proposals/tests/desk_look.h"

#define AGREED                                                                             \
    "{\"on_on\":\"2026-11-24\",\"organ\":\"Standing committee 10\",\"reason\":\"He moves " \
    "away\"}"
#define SINCE "2026-01-05"

enum { LI, WANG, ZHAO };

static void as(struct desk *d, const char *role)
{
    struct actor *actor = test_as_role(d->t, role);
    actor->account_id = 140;
    actor->person_id = 0;
    d->actor = actor;
}

static struct test_answer at(struct desk *d, i64 id)
{
    return test_get(d->t, arena_printf(d->t->mem, "/api/v1/departures/%lld", (long long)id).ptr);
}

static struct test_answer step(struct desk *d, i64 id, const char *verb, const char *json)
{
    struct test_answer a = at(d, id);
    i64 version = 1;
    if (a.status == 200)
        assert_true(str_to_i64(test_json(d->t, &a, "version"), &version));
    str path = arena_printf(d->t->mem, "/api/v1/departures/%lld/%s", (long long)id, verb);
    return test_api(d->t, POST, path.ptr, test_versioned(d->t, json, version));
}

static void does(struct desk *d, i64 id, const char *verb, const char *json)
{
    struct test_answer a = step(d, id, verb, json);
    if (a.status != 200)
        fail_msg("%s: %d %.*s", verb, a.status, (int)a.body.len, a.body.ptr);
}

static void is(struct desk *d, i64 id, const char *state)
{
    as(d, "staff personnel");
    struct test_answer a = at(d, id);
    desk_same(test_json(d->t, &a, "state"), state);
}

static i64 newest(struct desk *d)
{
    return desk_count(d, SQL("SELECT COALESCE(MAX(id), 0) FROM departures WHERE org_id = :org"));
}

static struct test_answer asks(struct desk *d, size_t member)
{
    desk_as_member(d, member);
    return test_api(d->t, POST, "/api/v1/departures", "{\"words\":\"I move to another city.\"}");
}

static i64 day(const char *text)
{
    i64 on = 0;
    assert_true(day_parse(str_of(text), &on));
    return on;
}

/* An act on the page of a member. */
static void act(struct desk *d, size_t member, const char *json)
{
    as(d, "staff personnel");
    str path = arena_printf(d->t->mem, "/api/v1/members/%lld/act", (long long)d->member[member]);
    struct test_answer a = test_api(d->t, POST, path.ptr, json);
    if (a.status != 200)
        fail_msg("%s: %d %.*s", json, a.status, (int)a.body.len, a.body.ptr);
}

static void status(struct desk *d, size_t member, const char *expected)
{
    struct rq rq = test_system_rq(d->t);
    struct member m;
    assert_ok(member_find(&rq, d->member[member], &m));
    desk_same(m.status, expected);
}

static i64 open_todos(struct desk *d, const char *verb)
{
    str wanted = str_of(verb);
    return desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow = "
                             "'departures' AND verb = :wanted",
                             P(wanted)));
}

/* ---- a letter ---- */

static void a_letter_waits_for_the_standing_committee(void **state)
{
    struct desk *d = *state;
    i64 proposal = desk_submitted(d, "A road for Hexi");
    desk_draft(d, "A secret plan");
    assert_int_equal(asks(d, LI).status, 200);
    i64 id = newest(d);
    assert_int_equal(asks(d, LI).status, 409); /* one at a time */
    assert_int_equal(at(d, id).status, 200);
    assert_int_equal(step(d, id, "approve", AGREED).status, 403);
    desk_as_member(d, WANG);
    assert_int_equal(at(d, id).status, 404); /* nobody's but his own */
    as(d, "editor");
    assert_int_equal(at(d, id).status, 403);
    as(d, "staff"); /* a letter is not the whole office's */
    assert_int_equal(at(d, id).status, 403);
    assert_int_equal(step(d, id, "approve", AGREED).status, 403);
    assert_int_equal(open_todos(d, "approve"), 1);
    as(d, "staff personnel");
    assert_int_equal(step(d, id, "withdraw", "{}").status, 403);
    struct test_answer a =
        step(d, id, "approve", "{\"on_on\":\"2026-11-26\",\"organ\":\"Standing committee 10\"}");
    assert_int_equal(a.status, 422); /* tomorrow */
    status(d, LI, "serving");
    does(d, id, "approve", AGREED);
    is(d, id, "left");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM changes WHERE org_id = :org AND act = "
                                       "'resign' AND reason = 'He moves away'")),
                     1); /* the reason stands with the act on his seat */
    status(d, LI, "left");
    assert_int_equal(open_todos(d, "approve"), 0);
    assert_int_equal(open_todos(d, "close"), 1); /* one, not two */
    a = desk_page(d, "/departures/", id, "");
    assert_true(desk_has(&a, "A road for Hexi") && desk_has(&a, "没有提交的提案"));
    assert_false(desk_has(&a, "A secret plan")); /* a draft is its writer's alone */
    assert_int_equal(step(d, id, "close", "{}").status, 422);
    does(d, id, "close", "{\"opinion\":\"The office takes the answer.\"}");
    is(d, id, "closed");
    desk_same(desk_json(d, proposal, "state"), "submitted"); /* it goes on */
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM departures WHERE org_id = :org")), 1);
}

static void a_letter_can_be_taken_back_or_declined(void **state)
{
    struct desk *d = *state;
    struct test_answer a;
    desk_as_member(d, WANG);
    a = test_post(d->t, "/departures/new", "words", "No", NULL);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "No")); /* what was typed stays */
    assert_int_equal(asks(d, WANG).status, 200);
    i64 id = newest(d);
    does(d, id, "withdraw", "{}");
    is(d, id, "withdrawn");
    assert_int_equal(asks(d, WANG).status, 200); /* thinks better of it once more */
    id = newest(d);
    as(d, "staff personnel");
    does(d, id, "decline", "{\"opinion\":\"Please stay until spring.\"}");
    is(d, id, "declined");
    status(d, WANG, "serving");
    desk_as_member(d, WANG);
    a = desk_page(d, "/departures/", id, "");
    assert_true(desk_has(&a, "Please stay until spring."));
    assert_false(desk_has(&a, "手上还没办完的"));
    a = test_get(d->t, "/departures");
    assert_true(desk_has(&a, "未同意"));
}

/* Another act is recorded while a letter waits: it is answered by that. */
static void what_is_recorded_elsewhere_counts_here(void **state)
{
    struct desk *d = *state;
    assert_int_equal(asks(d, LI).status, 200);
    i64 id = newest(d);
    act(d, LI,
        "{\"act\":\"remove\",\"on_on\":\"2026-11-20\",\"organ\":\"Standing committee 10\","
        "\"reason\":\"Left the post.\"}");
    is(d, id, "left");
    assert_int_equal(newest(d), id);
    act(d, WANG,
        "{\"act\":\"revoke\",\"on_on\":\"2026-11-20\",\"organ\":\"Standing committee "
        "10\",\"reason\":\"Law.\"}");
    is(d, newest(d), "left"); /* the standing committee itself: nothing to ratify */
}

/* ---- a revocation ---- */

#define REVOKED                                                                                 \
    "{\"act\":\"revoke\",\"on_on\":\"2026-11-20\",\"organ\":\"Chairs 31\",\"reason\":\"Law.\"," \
    "\"by_chairs\":true}"

static void post_held(struct desk *d, size_t member)
{
    i64 from_on, person_id = d->person[member];
    assert_true(day_parse(str_of(SINCE), &from_on));
    assert_ok(db_run(d->t->db,
                     SQL("INSERT INTO tenures (org_id, person_id, post, body, body_id, from_on) "
                         "VALUES (:org, :person_id, 'standing_member', 'cppcc', 1, :from_on)",
                         P(person_id), P(from_on)),
                     NULL));
}

static i64 posts_open(struct desk *d, size_t member)
{
    i64 person_id = d->person[member];
    return desk_count(d, SQL("SELECT COUNT(*) FROM tenures WHERE org_id = :org AND person_id = "
                             ":person_id AND to_on = 0",
                             P(person_id)));
}

static void a_revocation_waits_to_be_ratified(void **state)
{
    struct desk *d = *state;
    post_held(d, LI);
    act(d, LI, REVOKED);
    i64 id = newest(d);
    is(d, id, "unratified");
    status(d, LI, "left");
    assert_int_equal(posts_open(d, LI), 0);
    assert_int_equal(open_todos(d, "ratify"), 1);
    struct test_answer a = step(d, id, "ratify",
                                "{\"on_on\":\"2026-11-19\",\"organ\":\"Standing "
                                "committee 11\"}");
    assert_int_equal(a.status, 422); /* before it was decided */
    does(d, id, "annul",
         "{\"on_on\":\"2026-11-24\",\"organ\":\"Standing committee 11\",\"opinion\":\"No "
         "ground.\"}");
    is(d, id, "annulled");
    status(d, LI, "serving");
    assert_int_equal(posts_open(d, LI), 1);
    assert_int_equal(open_todos(d, "ratify") + open_todos(d, "close"), 0);
    act(d, LI, REVOKED);
    id = newest(d);
    does(d, id, "ratify", "{\"on_on\":\"2026-11-24\",\"organ\":\"Standing committee 12\"}");
    is(d, id, "left");
    status(d, LI, "left");
    assert_int_equal(posts_open(d, LI), 0);
    assert_int_equal(open_todos(d, "close"), 1);
    assert_int_equal(step(d, id, "annul",
                          "{\"on_on\":\"2026-11-24\",\"organ\":\"X\",\"opinion\":"
                          "\"Too late.\"}")
                         .status,
                     409);
}

/* Only what ended with the seat is held again. */
static void an_office_that_had_ended_stays_ended(void **state)
{
    struct desk *d = *state;
    i64 person_id = d->person[LI], last_on = day("2026-11-19");
    post_held(d, LI);
    assert_ok(db_run(d->t->db,
                     SQL("INSERT INTO tenures (org_id, person_id, post, body, body_id, from_on, "
                         "to_on) VALUES (:org, :person_id, 'vice_director', 'committee', 1, 1, "
                         ":last_on)",
                         P(person_id), P(last_on)),
                     NULL));
    act(d, LI, REVOKED); /* whose last day is the 19th too */
    assert_int_equal(posts_open(d, LI), 0);
    does(d, newest(d), "annul",
         "{\"on_on\":\"2026-11-24\",\"organ\":\"Standing committee\",\"opinion\":\"No.\"}");
    assert_int_equal(posts_open(d, LI), 1);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM tenures WHERE org_id = :org AND "
                                       "person_id = :person_id AND post = 'vice_director' AND "
                                       "to_on = :last_on",
                                       P(person_id), P(last_on))),
                     1);
}

static void who_was_suspended_is_so_again(void **state)
{
    struct desk *d = *state;
    act(d, LI,
        "{\"act\":\"suspend\",\"on_on\":\"2026-11-10\",\"organ\":\"Chairs\",\"reason\":"
        "\"Trial.\"}");
    act(d, LI, REVOKED);
    does(d, newest(d), "annul",
         "{\"on_on\":\"2026-11-24\",\"organ\":\"Standing committee\",\"opinion\":\"No.\"}");
    status(d, LI, "suspended");
    act(d, WANG, REVOKED); /* ratified on the page of the member */
    i64 id = newest(d);
    act(d, WANG, "{\"act\":\"ratify\",\"on_on\":\"2026-11-24\",\"organ\":\"Standing committee\"}");
    is(d, id, "left");
}

/* ---- access, death ---- */

static void access_ends_with_the_seat(void **state)
{
    struct desk *d = *state;
    i64 account_id, member_id = d->member[LI], person_id = d->person[LI];
    desk_lead_signs_in(d);
    account_id = desk_count(d, SQL("SELECT id FROM accounts WHERE org_id = :org AND person_id = "
                                   ":person_id",
                                   P(person_id)));
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE accounts SET member_id = :member_id WHERE org_id = :org AND id = "
                         ":account_id",
                         P(member_id), P(account_id)),
                     NULL));
    assert_ok(
        db_run(d->t->db,
               SQL("INSERT INTO holdings (org_id, account_id, role_id, scope_kind, from_on, "
                   "given_at) SELECT :org, :account_id, r.id, 'self', 1, 1 FROM roles r WHERE "
                   "r.org_id = :org AND r.code = 'member'",
                   P(account_id)),
               NULL));
    assert_ok(db_run(d->t->db,
                     SQL("INSERT INTO tokens (org_id, account_id, name, token_hash, created_at, "
                         "expires_at) VALUES (:org, :account_id, 'T', 'hash', 1, 2)",
                         P(account_id)),
                     NULL));
    assert_ok(db_run(d->t->db,
                     SQL("INSERT INTO delegations (org_id, from_account_id, to_account_id, "
                         "permissions, from_on, to_on, created_at) VALUES (:org, :account_id, "
                         ":account_id, 'members.read', 1, 99999, 1)",
                         P(account_id)),
                     NULL));
    act(d, LI, "{\"act\":\"decease\",\"on_on\":\"2026-11-20\"}");
    status(d, LI, "left");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM tokens WHERE org_id = :org AND "
                                       "account_id = :account_id AND ended_at = 0",
                                       P(account_id))),
                     0);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM delegations WHERE org_id = :org AND "
                                       "ended_at = 0")),
                     0);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM accounts WHERE org_id = :org AND id "
                                       "= :account_id AND state = 'disabled'",
                                       P(account_id))),
                     1); /* nobody writes to him any more */
    is(d, newest(d), "left");
}

/* ---- suspension ---- */

static bool serves(struct desk *d, const char *on)
{
    struct rq rq = test_system_rq(d->t);
    bool out = false;
    assert_ok(member_is_serving(&rq, d->member[LI], day(on), &out));
    return out;
}

static void who_is_suspended_owes_nothing(void **state)
{
    struct desk *d = *state;
    struct rows rows;
    as(d, "staff personnel");
    struct test_answer a = test_api(
        d->t, POST, "/api/v1/meetings",
        "{\"title\":\"Roads\",\"organiser\":\"office\",\"place\":\"Hall\",\"from_on\":\"2026-12-03"
        "\",\"from_half\":\"morning\",\"to_on\":\"2026-12-03\",\"to_half\":\"morning\",\"kind\":"
        "\"standing\",\"attending\":\"mandatory\",\"audience\":[\"members\"]}");
    assert_int_equal(a.status, 200);
    i64 meeting = desk_count(d, SQL("SELECT MAX(id) FROM meetings WHERE org_id = :org"));
    str path = arena_printf(d->t->mem, "/api/v1/meetings/%lld/notify", (long long)meeting);
    assert_int_equal(test_api(d->t, POST, path.ptr, test_versioned(d->t, "{}", 1)).status, 200);
    act(d, LI,
        "{\"act\":\"suspend\",\"on_on\":\"2026-11-10\",\"organ\":\"Chairs\",\"reason\":"
        "\"Trial.\"}");
    i64 person_id = d->person[LI];
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM invitees WHERE org_id = :org AND "
                                       "person_id = :person_id AND state = 'dropped'",
                                       P(person_id))),
                     1);
    assert_true(serves(d, "2026-11-09") && !serves(d, "2026-11-10") && !serves(d, "2026-11-25"));
    act(d, LI, "{\"act\":\"resume\",\"on_on\":\"2026-11-20\",\"organ\":\"Chairs\"}");
    assert_true(serves(d, "2026-11-09") && !serves(d, "2026-11-10") && !serves(d, "2026-11-19"));
    assert_true(serves(d, "2026-11-20"));
    struct rq rq = test_system_rq(d->t);
    assert_ok(member_list_suspensions(&rq, 0, day("2026-01-01"), day("2026-12-31"), &rows));
    assert_int_equal(rows.count, 1);
    const struct member_suspension *s = rows.items;
    assert_int_equal(s->member_id, d->member[LI]);
    assert_int_equal(s->from_on, day("2026-11-10"));
    assert_int_equal(s->to_on, day("2026-11-19"));
    assert_ok(member_list_suspensions(&rq, 0, day("2026-11-20"), day("2026-12-31"), &rows));
    assert_int_equal(rows.count, 0);
    assert_ok(member_list_suspensions(&rq, 0, day("2026-01-01"), day("2026-11-09"), &rows));
    assert_int_equal(rows.count, 0);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_letter_waits_for_the_standing_committee),
        T(a_letter_can_be_taken_back_or_declined),
        T(what_is_recorded_elsewhere_counts_here),
        T(a_revocation_waits_to_be_ratified),
        T(an_office_that_had_ended_stays_ended),
        T(who_was_suspended_is_so_again),
        T(access_ends_with_the_seat),
        T(who_is_suspended_owes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
