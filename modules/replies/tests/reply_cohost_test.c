/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A cohost's opinion as a letter (rules.md 10.2): a number of its own sequence, and a leader's
 * signature where the site wants one. Agency 1 has no letter prefix of its own and goes by its
 * short name HL. */
#include "modules/assignments/tests/hall.h"
#include "modules/replies/reply_store.h"

static const char OPINION[] =
    "{\"body\":\"We can light it.\",\"operator\":\"Zhao\",\"phone\":\"0883-7654321\"}";

/* What the host's operator finds of the cohost's opinion. */
static str seen_by_host(struct hall *h, const char *what)
{
    as_operator(h, 0);
    struct test_answer a = page(h, "/api/v1/matters/", MATTER_ID, "");
    return test_json(h->t, &a, what);
}

static void its_number_is_of_its_own_sequence(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 }, own[AGENCIES] = { 0 };
    struct reply reply = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 1, "pp", 1, 0 }, own).code, ERR_NONE);
    answer(h, own[1], 1); /* the first of its answers */
    assert_int_equal(hand_out(h, &(struct handing){ 0, "hc", 1, 0 }, made).code, ERR_NONE);
    as_operator(h, 1);
    assert_int_equal(act(h, made[1], "accept", NULL), 200);
    assert_int_equal(act(h, made[1], "contribute", OPINION), 200);
    same(seen_by_host(h, "assignments.1.contributions.0.number"), "HL提复函〔2026〕1号");
    assert_int_equal(reply_store_find(h->t->db, own[1], 1, h->t->mem, &reply).code, ERR_NONE);
    same(reply.number, "HL提复〔2026〕1号");
    struct test_answer a = page(h, "/assignments/", made[1], "/pdf");
    assert_int_equal(a.status, 200);
    assert_true(str_starts(a.body, str_of("%PDF-")));
}

static void a_leader_signs_it_where_the_site_wants_that(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    set(h, "assignments.sign_contributions", "1");
    assert_int_equal(hand_out(h, &(struct handing){ 0, "hc", 1, 0 }, made).code, ERR_NONE);
    as_operator(h, 1);
    assert_int_equal(act(h, made[1], "accept", NULL), 200);
    assert_int_equal(act(h, made[1], "contribute", OPINION), 200);
    same(state_of(h, made[1]), "drafted");
    same(seen_by_host(h, "assignments.1.contributions.0.body"), ""); /* not signed yet */
    as_operator(h, 1);
    assert_int_equal(act(h, made[1], "sign_contribution", "{\"signer\":\"Li\"}"), 403);
    as_leader(h, 1);
    assert_int_equal(act(h, made[1], "sign", "{\"signer\":\"Li\"}"), 409); /* it is no answer */
    assert_int_equal(act(h, made[1], "redraft", "{\"opinion\":\"Say when.\"}"), 200);
    as_operator(h, 1);
    assert_int_equal(act(h, made[1], "contribute", OPINION), 200);
    as_leader(h, 1);
    assert_int_equal(act(h, made[1], "sign_contribution", "{}"), 422);
    on_day(h, "2026-12-28"); /* its day was 2026-12-25: the clock ran on */
    as_leader(h, 1);
    assert_int_equal(act(h, made[1], "sign_contribution", "{\"signer\":\"Li\"}"), 200);
    same(state_of(h, made[1]), "contributed");
    assert_true(load(h, made[1]).was_late);
    same(seen_by_host(h, "assignments.1.contributions.0.signer"), "Li");
    same(seen_by_host(h, "assignments.1.contributions.0.number"), "HL提复函〔2026〕1号");
    same(seen_by_host(h, "assignments.1.contributions.1.body"), ""); /* the first is taken back */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "its_number_is_of_its_own_sequence", its_number_is_of_its_own_sequence, hall_setup,
          hall_teardown, NULL },
        { "a_leader_signs_it_where_the_site_wants_that",
          a_leader_signs_it_where_the_site_wants_that, hall_setup, hall_teardown, NULL },
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
