/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Talks by the front door: who is asked, who reads what, what comes of them. Expectations:
 * README.md, rules.md 12.7. The clock begins on Wednesday 2026-11-25; Li, Wang and Zhao sit. */
#include "modules/proposals/tests/desk_look.h"
#include "modules/talks/talk_rules.h"

enum { LI, WANG, ZHAO, STAFF = 140, LEADER = 141, OTHER_LEADER = 142, DEPUTY = 143 };

#define CAUTION \
    "\"kind\":\"caution\",\"ground\":\"absence\",\"words\":\"Absent twice.\",\"asker\":\"Office\""
#define CHAIRS "\"organ\":\"Chairs 31\",\"decided_on\":\"2026-11-24\""
#define HELD \
    "{\"on_on\":\"2026-11-25\",\"talkers\":\"Secretary\",\"record\":\"SECRET: he was ill.\"}"
#define DECIDED \
    "{\"organ\":\"Chairs 32\",\"on_on\":\"2026-11-25\",\"reason\":\"He took money again.\"}"

static void as(struct desk *d, const char *role, i64 account_id)
{
    struct actor *actor = test_as_role(d->t, role);
    actor->account_id = account_id;
    actor->person_id = 0;
    d->actor = actor;
}

static void as_personnel(struct desk *d)
{
    as(d, "staff personnel", STAFF);
}

static struct test_answer asks(struct desk *d, size_t member, const char *more)
{
    const char *json = arena_printf(d->t->mem, "{\"member\":\"%lld\",\"due_on\":\"2026-12-10\",%s}",
                                    (long long)d->member[member], more)
                           .ptr;
    return test_api(d->t, POST, "/api/v1/talks", json);
}

static i64 newest(struct desk *d)
{
    return desk_count(d, SQL("SELECT COALESCE(MAX(id), 0) FROM talks WHERE org_id = :org"));
}

static i64 asked(struct desk *d, size_t member, const char *more)
{
    as_personnel(d);
    struct test_answer a = asks(d, member, more);
    if (a.status != 200)
        fail_msg("%s: %d %.*s", more, a.status, (int)a.body.len, a.body.ptr);
    return newest(d);
}

static struct test_answer at(struct desk *d, i64 id)
{
    return test_get(d->t, arena_printf(d->t->mem, "/api/v1/talks/%lld", (long long)id).ptr);
}

static struct test_answer step(struct desk *d, i64 id, const char *verb, const char *json)
{
    struct test_answer a = at(d, id);
    i64 version = 1;
    if (a.status == 200)
        assert_true(str_to_i64(test_json(d->t, &a, "version"), &version));
    str path = arena_printf(d->t->mem, "/api/v1/talks/%lld/%s", (long long)id, verb);
    return test_api(d->t, POST, path.ptr, test_versioned(d->t, json, version));
}

static void does(struct desk *d, i64 id, const char *verb, const char *json)
{
    struct test_answer a = step(d, id, verb, json);
    if (a.status != 200)
        fail_msg("%s: %d %.*s", verb, a.status, (int)a.body.len, a.body.ptr);
}

static void is(struct desk *d, i64 id, const char *field, const char *expected)
{
    as_personnel(d);
    struct test_answer a = at(d, id);
    desk_same(test_json(d->t, &a, field), expected);
}

static i64 departure(struct desk *d, const char *act, const char *state)
{
    str how = str_of(act), now = str_of(state);
    return desk_count(d, SQL("SELECT COALESCE(MAX(id), 0) FROM departures WHERE org_id = :org AND "
                             "act = :how AND state = :now AND reason = 'He took money again.'",
                             P(how), P(now)));
}

/* ---- tests ---- */

static void a_caution_is_asked_held_and_corrected(void **state)
{
    struct desk *d = *state;
    as(d, "staff", STAFF); /* people are not the whole office's business */
    assert_int_equal(asks(d, LI, CAUTION).status, 403);
    as_personnel(d);
    assert_int_equal(asks(d, LI, "\"kind\":\"caution\",\"ground\":\"absence\"").status, 422);
    struct test_answer a =
        test_post(d->t, "/talks/new", "kind", "caution", "ground", "conduct", "words", "KEPT WORDS",
                  "due_on", "2026-11-24", "asker", "Office", "member",
                  arena_printf(d->t->mem, "%lld", (long long)d->member[LI]).ptr, NULL);
    assert_int_equal(a.status, 422); /* yesterday */
    assert_true(test_has(&a, "KEPT WORDS"));
    i64 id = asked(d, LI, CAUTION);
    desk_as_member(d, LI);
    a = at(d, id);
    desk_same(test_json(d->t, &a, "words"), "Absent twice.");
    assert_int_equal(step(d, id, "hold", HELD).status, 403);
    assert_int_equal(step(d, id, "answer", "{\"words\":\"I was ill.\"}").status, 409);
    desk_as_member(d, WANG);
    assert_int_equal(at(d, id).status, 404);
    as_personnel(d);
    assert_int_equal(step(d, id, "correct", "{\"opinion\":\"Well\"}").status, 409);
    assert_int_equal(
        step(d, id, "hold",
             "{\"on_on\":\"2026-11-26\",\"talkers\":\"Secretary\",\"record\":\"Tomorrow\"}")
            .status,
        422);
    does(d, id, "hold", HELD);
    is(d, id, "record", "SECRET: he was ill.");
    assert_int_equal(step(d, id, "compel", DECIDED).status, 409); /* only after the chairs' talk */
    assert_int_equal(step(d, id, "revoke", DECIDED).status, 409);
    does(d, id, "correct", "{\"opinion\":\"He came three times.\"}");
    is(d, id, "state", "corrected");
    desk_as_member(d, LI);
    a = desk_page(d, "/talks/", id, "");
    assert_true(desk_has(&a, "He came three times."));
    assert_false(desk_has(&a, "SECRET"));
    a = at(d, id);
    assert_false(test_has(&a, "SECRET"));
    a = test_get(d->t, "/api/v1/talks");
    assert_false(test_has(&a, "SECRET"));
    as_personnel(d);
    desk_set(d, "talks.member_reads_record", "1");
    desk_as_member(d, LI);
    a = desk_page(d, "/talks/", id, "");
    assert_true(desk_has(&a, "SECRET"));
}

/* Of the leaders only who is named reads it, and he may write it. */
static void only_the_named_leader_reads(void **state)
{
    struct desk *d = *state;
    i64 id = asked(d, WANG, CAUTION), none = asked(d, ZHAO, CAUTION);
    assert_int_equal(asks(d, WANG, CAUTION).status, 409); /* the very same, once more */
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE talks SET leader_id = 141, leader_name = 'Chair' WHERE org_id = "
                         ":org AND id = :id",
                         P(id)),
                     NULL));
    as(d, "leader", OTHER_LEADER);
    assert_int_equal(at(d, id).status, 404);
    as(d, "leader", LEADER);
    assert_int_equal(at(d, id).status, 200);
    assert_int_equal(at(d, none).status, 404);
    assert_int_equal(desk_total(d, "/api/v1/talks"), 1);
    does(d, id, "hold", HELD);
    struct test_answer a = at(d, id);
    desk_same(test_json(d->t, &a, "record"), "SECRET: he was ill.");
    assert_int_equal(step(d, id, "correct", "{\"opinion\":\"Well\"}").status, 403);
    as(d, "staff", STAFF);
    assert_int_equal(at(d, id).status, 403);
}

/* A member who leads too: of his own talk he reads no record and writes none, of another's he
 * answers nothing; and nobody who stands in for somebody reads or writes one. */
static void who_is_not_named_writes_no_record(void **state)
{
    static const char NAME[] = "talks.not_named";
    struct desk *d = *state;
    i64 id = asked(d, WANG, CAUTION);
    struct test_answer a;
    desk_as_member(d, WANG);
    i64 person_id = d->actor->person_id;
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE talks SET leader_id = 141, leader_name = 'Chair', record = "
                         "'SECRET' WHERE org_id = :org AND id = :id",
                         P(id)),
                     NULL));
    as(d, "leader member", OTHER_LEADER);
    d->actor->person_id = person_id;
    a = step(d, id, "hold", HELD);
    assert_int_equal(a.status, 403);
    assert_true(test_has(&a, NAME));
    a = at(d, id);
    assert_false(test_has(&a, "SECRET"));
    as(d, "leader member", LEADER);
    a = step(d, id, "answer", "{\"words\":\"In his place.\"}");
    assert_int_equal(a.status, 403);
    assert_true(test_has(&a, "talks.not_yours"));
    as(d, "leader", DEPUTY);
    d->actor->delegator_account_id = LEADER;
    a = at(d, id);
    assert_int_equal(a.status, 200);
    assert_false(test_has(&a, "SECRET"));
    a = step(d, id, "hold", HELD);
    assert_int_equal(a.status, 403);
    assert_true(test_has(&a, NAME));
    as_personnel(d);
    d->actor->delegator_account_id = 7;
    a = at(d, id);
    assert_int_equal(a.status, 200);
    assert_false(test_has(&a, "SECRET"));
}

static void an_inquiry_is_answered_by_himself(void **state)
{
    struct desk *d = *state;
    as_personnel(d);
    struct test_answer a = asks(d, ZHAO,
                                "\"kind\":\"inquiry\",\"ground\":\"conduct\",\"words\":\"Did you "
                                "take money?\",\"asker\":\"Office\"");
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "talks.need_organ")); /* who questions are the chairs */
    i64 id = asked(d, ZHAO,
                   "\"kind\":\"inquiry\",\"ground\":\"conduct\",\"words\":\"Did you take "
                   "money?\",\"asker\":\"Office\"," CHAIRS);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow = "
                                       "'talks' AND verb = 'answer'")),
                     1);
    desk_as_member(d, ZHAO);
    assert_int_equal(step(d, id, "answer", "{}").status, 422);
    ((struct actor *)d->actor)->delegator_account_id = 7;
    assert_int_equal(step(d, id, "answer", "{\"words\":\"Never did.\"}").status, 403);
    desk_as_member(d, ZHAO);
    does(d, id, "answer", "{\"words\":\"I gave it back.\"}");
    a = at(d, id);
    desk_same(test_json(d->t, &a, "answer"), "I gave it back.");
    is(d, id, "state", "held");
    is(d, id, "answer", "I gave it back.");
}

/* 12.7: caution, then interview, then the standing committee; the reason goes along to the seat. */
static void not_corrected_he_is_asked_to_go(void **state)
{
    struct desk *d = *state;
    static const char RAISED[] =
        "{\"kind\":\"interview\",\"words\":\"He goes on.\",\"due_on\":\"2026-12-20\"," CHAIRS "}";
    i64 id = asked(d, LI, CAUTION), next, gone;
    does(d, id, "hold", HELD);
    assert_int_equal(
        step(d, id, "raise", "{\"kind\":\"interview\",\"words\":\"He goes on.\"}").status, 422);
    does(d, id, "raise", RAISED);
    is(d, id, "state", "raised");
    next = newest(d);
    is(d, next, "kind", "interview");
    is(d, next, "ground", "absence");
    struct test_answer a = desk_page(d, "/talks/", id, "");
    assert_true(test_has(&a, arena_printf(d->t->mem, "/talks/%lld\"", (long long)next).ptr));
    does(d, next, "hold", HELD);
    assert_int_equal(step(d, next, "raise", RAISED).status, 409);
    assert_int_equal(step(d, next, "compel",
                          "{\"organ\":\"Chairs\",\"on_on\":\"2026-11-24\",\"reason\":\"Why\"}")
                         .status,
                     422); /* before it was held */
    does(d, next, "compel", DECIDED);
    is(d, next, "state", "compelled");
    gone = departure(d, "compel", "asked");
    assert_true(gone > 0);
    desk_as_member(d, LI);
    assert_int_equal(
        test_api(d->t, POST,
                 arena_printf(d->t->mem, "/api/v1/departures/%lld/withdraw", (long long)gone).ptr,
                 "{\"version\":1}")
            .status,
        409);
    as_personnel(d);
    assert_int_equal(
        test_api(d->t, POST,
                 arena_printf(d->t->mem, "/api/v1/departures/%lld/approve", (long long)gone).ptr,
                 "{\"version\":1,\"on_on\":\"2026-11-25\",\"organ\":\"Standing 10\"}")
            .status,
        200);
    assert_int_equal(departure(d, "compel", "left"), gone);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM changes WHERE org_id = :org AND act = "
                                       "'compel' AND reason = 'He took money again.'")),
                     1);
    assert_int_equal(asks(d, LI, CAUTION).status, 422); /* he is not among those who sit */
}

static void a_revocation_waits_to_be_ratified_and_ends_other_talks(void **state)
{
    struct desk *d = *state;
    i64 other = asked(d, WANG, CAUTION);
    i64 id = asked(d, WANG,
                   "\"kind\":\"interview\",\"ground\":\"conduct\",\"words\":\"Money.\",\"asker\":"
                   "\"Office\"," CHAIRS);
    does(d, id, "hold", HELD);
    does(d, id, "revoke", DECIDED);
    is(d, id, "state", "revoked");
    is(d, other, "state", "ended");
    assert_true(departure(d, "revoke", "unratified") > 0);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow = "
                                       "'talks'")),
                     0);
}

static void one_that_is_not_needed_is_dropped(void **state)
{
    struct desk *d = *state;
    i64 id = asked(d, ZHAO, CAUTION);
    assert_int_equal(step(d, id, "drop", "{}").status, 422);
    does(d, id, "drop", "{\"opinion\":\"He had leave after all.\"}");
    is(d, id, "note", "He had leave after all.");
    struct test_answer a = test_get(d->t, "/talks/new?ground=absence");
    assert_int_equal(a.status, 200);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_caution_is_asked_held_and_corrected),
        T(only_the_named_leader_reads),
        T(who_is_not_named_writes_no_record),
        T(an_inquiry_is_answered_by_himself),
        T(not_corrected_he_is_asked_to_go),
        T(a_revocation_waits_to_be_ratified_and_ends_other_talks),
        T(one_that_is_not_needed_is_dropped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
