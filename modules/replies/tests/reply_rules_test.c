/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Answering by the rules (rules.md 2.3-2.6, 10.1): what an answer needs, who waits for whom, who
 * signs, numbers, what is late. Days: 2026-11-25 is a Wednesday. Way out: reply_sign_off_test.c. */
#include <stdio.h>

#include "modules/assignments/tests/hall.h"
#include "modules/replies/reply_store.h"

static void a_reply_needs_every_part(void **state)
{
    struct hall *h = *state;
    static const struct {
        const char *json, *field;
    } CASES[] = {
        { "{}", "class" },
        { "{\"class\":\"a\",\"results\":[\"adopted\",\"\"],\"answers\":[\"Yes.\",\"Yes.\"],"
          "\"opening\":\"O\","
          "\"closing\":\"C\",\"operator\":\"W\",\"phone\":\"1\"}",
          "results" },
        { "{\"class\":\"a\",\"results\":[\"adopted\",\"planned\"],\"answers\":[\"\",\"Yes.\"],"
          "\"opening\":\"O\","
          "\"closing\":\"C\",\"operator\":\"W\",\"phone\":\"1\"}",
          "answers" },
        { "{\"class\":\"a\",\"results\":[\"adopted\",\"maybe\"],\"answers\":[\"Yes.\",\"Yes.\"],"
          "\"opening\":\"O\","
          "\"closing\":\"C\",\"operator\":\"W\",\"phone\":\"1\"}",
          "results" },
        { "{\"class\":\"z\",\"results\":[\"adopted\",\"planned\"],\"answers\":[\"Yes.\",\"Yes.\"]}",
          "class" },
        { "{\"class\":\"a\",\"results\":[\"adopted\",\"planned\"],\"answers\":[\"Yes.\",\"Yes.\"],"
          "\"opening\":\"O\","
          "\"closing\":\"C\",\"operator\":\"W\"}",
          "phone" },
        { "{\"class\":\"a\",\"results\":[\"adopted\",\"planned\",\"adopted\"],"
          "\"answers\":[\"Yes.\",\"Yes.\",\"Yes.\"],\"opening\":\"O\",\"closing\":\"C\","
          "\"operator\":\"W\","
          "\"phone\":\"1\"}",
          "answers" },
    };
    i64 id = talked(h);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char path[100];
        i64 version = 0;
        err e =
            db_i64(h->t->db,
                   SQL("SELECT version FROM assignments WHERE org_id = :org AND id = :id", P(id)),
                   &version);
        assert_int_equal(e.code, ERR_NONE);
        snprintf(path, sizeof path, "/api/v1/assignments/%lld/reply", (long long)id);
        struct test_answer a =
            test_api(h->t, POST, path, test_versioned(h->t, CASES[i].json, version));
        assert_int_equal(a.status, 422);
        char needle[40];
        snprintf(needle, sizeof needle, "\"%s\"", CASES[i].field);
        if (!test_has(&a, needle))
            fail_msg("%s not in %.*s", needle, (int)a.body.len, a.body.ptr);
        same(state_of(h, id), "accepted");
    }
}

static void talks_come_before_the_answer(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "accept", NULL), 200);
    assert_int_equal(act(h, id, "reply",
                         "{\"class\":\"a\",\"opening\":\"O\",\"results\":[\"adopted\",\"planned\"],"
                         "\"answers\":[\"Yes.\",\"Yes.\"],\"closing\":\"C\",\"operator\":\"W\","
                         "\"phone\":\"1\"}"),
                     422);
    draft(h, id, 0);
    same(state_of(h, id), "drafted");
}

static const char OPINION[] = "{\"body\":\"We can light "
                              "it.\",\"operator\":\"Zhao\",\"phone\":\"0883-7654321\"}";

static void a_cohost_contributes_and_does_not_answer(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 0, "hc", 1, 0 }, made).code, ERR_NONE);
    as_operator(h, 1);
    assert_int_equal(act(h, made[1], "accept", NULL), 200);
    assert_int_equal(act(h, made[1], "reply", "{}"), 409);
    assert_int_equal(act(h, made[1], "contribute", "{}"), 422);
    as_operator(h, 0);
    assert_int_equal(act(h, made[0], "accept", NULL), 200);
    assert_int_equal(act(h, made[0], "contribute", OPINION), 409); /* the host answers itself */
    as_operator(h, 1);
    assert_int_equal(act(h, made[1], "contribute", OPINION), 200);
    same(state_of(h, made[1]), "contributed");
    assert_int_equal(load(h, made[1]).was_late, 0);
}

/* The host waits for its cohost, but not beyond the cohost's day, 2026-12-25. */
static void the_host_waits_for_its_cohosts(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    static const char REPLY[] = "{\"class\":\"a\",\"opening\":\"O\",\"results\":[\"adopted\","
                                "\"planned\"],"
                                "\"answers\":[\"Yes.\",\"Yes.\"],\"closing\":\"C\",\"operator\":"
                                "\"W\",\"phone\":\"1\"}";
    assert_int_equal(hand_out(h, &(struct handing){ 0, "hc", 1, 0 }, made).code, ERR_NONE);
    as_operator(h, 0);
    assert_int_equal(act(h, made[0], "accept", NULL), 200);
    assert_int_equal(act(h, made[0], "contact",
                         "{\"way\":\"visit\",\"held_on\":\"2026-11-25\",\"with_whom\":\"S\","
                         "\"content\":\"c\"}"),
                     200);
    assert_int_equal(act(h, made[0], "reply", REPLY), 422);
    on_day(h, "2026-12-25");
    as_operator(h, 0);
    assert_int_equal(act(h, made[0], "reply", REPLY), 422);
    on_day(h, "2026-12-26");
    as_operator(h, 0);
    assert_int_equal(act(h, made[0], "reply", REPLY), 200);
}

static void the_leader_sends_back_or_signs(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    draft(h, id, 0);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "sign", "{\"signer\":\"Li\"}"), 403);
    as_leader(h, 1);
    assert_int_equal(act(h, id, "sign", "{\"signer\":\"Li\"}"), 404);
    as_leader(h, 0);
    assert_int_equal(act(h, id, "redraft", "{}"), 422);
    assert_int_equal(act(h, id, "redraft", "{\"opinion\":\"Say when.\"}"), 200);
    same(state_of(h, id), "redrafting");
    assert_int_equal(act(h, id, "sign", "{\"signer\":\"Li\"}"), 409);
    answer(h, id, 0);
    struct assignment a = load(h, id);
    same(a.state, "replied");
    assert_false(a.was_late);
    assert_int_equal(heard("assignments.replied"), 1);
}

/* A leader of the whole cppcc holds the permission everywhere, but no agency is his. */
static void only_the_own_leader_signs(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    draft(h, id, 0);
    struct actor *actor = test_as_role(h->t, "agency_leader");
    actor->person_id = 0;
    assert_int_equal(act(h, id, "sign", "{\"signer\":\"Li\"}"), 403);
    same(state_of(h, id), "drafted");
}

static void numbers_run_by_prefix_and_year(void **state)
{
    struct hall *h = *state;
    static const struct {
        const char *day, *number;
        size_t agency;
    } CASES[] = {
        { "2026-11-25", "RD〔2026〕1号", 0 },
        { "2026-11-26", "RD〔2026〕2号", 0 },
        { "2026-11-26", "HL提复〔2026〕1号", 1 },
        { "2027-01-04", "RD〔2027〕1号", 0 },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        i64 made[AGENCIES] = { 0 };
        struct reply reply = { 0 };
        on_day(h, CASES[i].day);
        /* split: the second agency has its own prefix */
        assert_int_equal(hand_out(h, &(struct handing){ (i64)i, "pp", 1, 0 }, made).code, ERR_NONE);
        i64 id = made[CASES[i].agency];
        answer(h, id, CASES[i].agency);
        assert_int_equal(reply_store_find(h->t->db, id, 1, h->t->mem, &reply).code, ERR_NONE);
        same(reply.number, CASES[i].number);
        same(reply.signer, "Li");
    }
}

static void what_is_late_stays_late(void **state)
{
    struct hall *h = *state;
    static const struct {
        const char *day;
        bool late;
    } CASES[] = { { "2027-02-25", false }, { "2027-02-26", true } };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        i64 made[AGENCIES] = { 0 };
        on_day(h, "2026-11-25");
        assert_int_equal(hand_out(h, &(struct handing){ (i64)i, "s", 1, 0 }, made).code, ERR_NONE);
        on_day(h, CASES[i].day);
        answer(h, made[0], 0);
        assert_int_equal(load(h, made[0]).was_late, CASES[i].late);
        assert_int_equal(outcome_of(h, (i64)i).was_late, CASES[i].late);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "a_reply_needs_every_part", a_reply_needs_every_part, hall_setup, hall_teardown, NULL },
        { "talks_come_before_the_answer", talks_come_before_the_answer, hall_setup, hall_teardown,
          NULL },
        { "a_cohost_contributes_and_does_not_answer", a_cohost_contributes_and_does_not_answer,
          hall_setup, hall_teardown, NULL },
        { "the_host_waits_for_its_cohosts", the_host_waits_for_its_cohosts, hall_setup,
          hall_teardown, NULL },
        { "the_leader_sends_back_or_signs", the_leader_sends_back_or_signs, hall_setup,
          hall_teardown, NULL },
        { "only_the_own_leader_signs", only_the_own_leader_signs, hall_setup, hall_teardown, NULL },
        { "numbers_run_by_prefix_and_year", numbers_run_by_prefix_and_year, hall_setup,
          hall_teardown, NULL },
        { "what_is_late_stays_late", what_is_late_stays_late, hall_setup, hall_teardown, NULL },
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
