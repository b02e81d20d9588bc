/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What an agency asks of the dispatcher: another body in its place or beside it (peers.md: 改办,
 * 增办), and more time with the proposer's consent (rules.md 2.4). Handed out on Wednesday
 * 2026-11-25; the day to answer is 2027-02-25. */
#include <stdio.h>

#include "modules/assignments/tests/hall.h"

static void advice_says_in_its_place_or_beside_it(void **state)
{
    struct hall *h = *state;
    static const struct {
        const char *advice;
        bool better;
        const char *kept, *page, *waiting;
    } CASES[] = {
        { "instead", true, "instead", "建议改办：改由 Health 承办", "改办 Health" },
        { "also", true, "also", "建议增办：由 Health 一起承办", "增办 Health" },
        { "also", false, "also", "建议增办：另请有关单位一起承办", "增办" },
        { "", true, "instead", "建议改办：改由 Health 承办", "改办 Health" },
        { "", false, "", NULL, NULL },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char json[300];
        i64 made[AGENCIES] = { 0 };
        assert_int_equal(hand_out(h, &(struct handing){ (i64)i, "s", 1, 0 }, made).code, ERR_NONE);
        str better = arena_printf(h->t->mem, ",\"better_agency_id\":%lld", (long long)h->agency[1]);
        snprintf(json, sizeof json, "{\"opinion\":\"Not within our duty.\",\"advice\":\"%s\"%s}",
                 CASES[i].advice, CASES[i].better ? better.ptr : "");
        as_operator(h, 0);
        assert_int_equal(act(h, made[0], "bounce", json), 200);
        struct test_answer a = page(h, "/api/v1/assignments/", made[0], "");
        same(test_json(h->t, &a, "bounces.0.advice"), CASES[i].kept);
        a = page(h, "/assignments/", made[0], "");
        assert_true(CASES[i].page ? test_has(&a, CASES[i].page) : !test_has(&a, "建议改办"));
        as_dispatcher(h);
        a = page(h, "/assignments/", made[0], "/reassign");
        assert_int_equal(a.status, 200);
        assert_true(CASES[i].page ? test_has(&a, CASES[i].page) : !test_has(&a, "建议改办"));
        a = test_get(h->t, "/assignments/waiting");
        assert_true(!CASES[i].waiting || test_has(&a, CASES[i].waiting));
        a = test_get(h->t, "/api/v1/assignments/waiting");
        str at = arena_printf(h->t->mem, "bounces.%zu.advice", i);
        same(test_json(h->t, &a, at.ptr), CASES[i].kept);
    }
}

static void an_unknown_advice_is_refused(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    as_operator(h, 0);
    struct test_answer a = page(h, "/assignments/", id, "/bounce");
    assert_true(test_has(&a, "增办：由它和本单位一起办"));
    assert_int_equal(
        act(h, id, "bounce", "{\"opinion\":\"Not within our duty.\",\"advice\":\"never\"}"), 422);
}

static int extend(struct hall *h, i64 id, size_t agency, const char *more)
{
    char json[300];
    snprintf(json, sizeof json, "{\"to_on\":\"2027-01-25\",\"opinion\":\"Rain.\"%s}", more);
    as_operator(h, agency);
    return act(h, id, "extend", json);
}

/* The last day of both is 2026-12-25 here, so that 2027-01-25 is later. */
static void consent_is_asked_for_by_the_rule_of_the_site(void **state)
{
    struct hall *h = *state;
    static const char ON[] = ",\"consented_on\":\"2026-12-01\",\"consent_note\":\"By telephone.\"";
    static const struct {
        const char *rule, *more;
        int status;
    } CASES[] = {
        { "none", "", 200 },
        { "none", ON, 200 },
        { "none", ",\"consented_on\":\"2026-12-03\"", 422 },    /* to come */
        { "none", ",\"consent_note\":\"By telephone.\"", 422 }, /* when? */
        { "told", "", 422 },
        { "told", ON, 200 },
        { "consented", "", 422 },
        { "consented", ",\"consented_on\":\"2026-11-24\"", 422 }, /* before it was handed out */
        { "consented", ",\"consented_on\":\"2026-11-25\"", 200 },
        { "consented", ",\"consented_on\":\"2026-12-02\"", 200 },
        { "consented", ",\"consented_on\":\"2026-12-03\"", 422 },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        i64 made[AGENCIES] = { 0 };
        on_day(h, "2026-11-25");
        set(h, "assignments.extend_consent", CASES[i].rule);
        assert_int_equal(
            hand_out(h, &(struct handing){ (i64)i, "s", 1, day("2026-12-25") }, made).code,
            ERR_NONE);
        as_operator(h, 0);
        assert_int_equal(act(h, made[0], "accept", NULL), 200);
        on_day(h, "2026-12-02");
        int status = extend(h, made[0], 0, CASES[i].more);
        if (status != CASES[i].status)
            fail_msg("case %zu: %d", i, status);
    }
}

/* rules.md 2.3: a cohost does not deal with the proposer; its host is due on 2027-02-25. */
static void a_cohost_asks_without_consent(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    set(h, "assignments.extend_consent", "consented");
    assert_int_equal(hand_out(h, &(struct handing){ 0, "hc", 1, 0 }, made).code, ERR_NONE);
    as_operator(h, 1);
    assert_int_equal(act(h, made[1], "accept", NULL), 200);
    struct test_answer a = page(h, "/assignments/", made[1], "/extend");
    assert_false(test_has(&a, "consented_on"));
    assert_int_equal(extend(h, made[1], 1, ""), 200);
}

static void consent_is_shown_to_who_decides(void **state)
{
    struct hall *h = *state;
    set(h, "assignments.extend_consent", "consented");
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 0, "s", 1, day("2026-12-25") }, made).code,
                     ERR_NONE);
    as_operator(h, 0);
    assert_int_equal(act(h, made[0], "accept", NULL), 200);
    struct test_answer a = page(h, "/assignments/", made[0], "/extend");
    assert_true(test_has(&a, "哪天征得提案人同意的"));
    assert_int_equal(extend(h, made[0], 0,
                            ",\"consented_on\":\"2026-11-25\",\"consent_note\":\"Asked Signer "
                            "1.\""),
                     200);
    a = page(h, "/assignments/", made[0], "");
    assert_true(test_has(&a, "Asked Signer 1."));
    as_dispatcher(h);
    a = page(h, "/assignments/", made[0], "/decide_extension");
    assert_true(test_has(&a, "Asked Signer 1."));
    a = page(h, "/api/v1/assignments/", made[0], "");
    same(test_json(h->t, &a, "extensions.0.consented_on"), "2026-11-25");
    same(test_json(h->t, &a, "extensions.0.consent_note"), "Asked Signer 1.");
    as_signer(h, 301); /* requests are of agency and house */
    a = page(h, "/matters/", MATTER_ID, "");
    assert_false(test_has(&a, "Asked Signer 1."));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "advice_says_in_its_place_or_beside_it", advice_says_in_its_place_or_beside_it,
          hall_setup, hall_teardown, NULL },
        { "an_unknown_advice_is_refused", an_unknown_advice_is_refused, hall_setup, hall_teardown,
          NULL },
        { "consent_is_asked_for_by_the_rule_of_the_site",
          consent_is_asked_for_by_the_rule_of_the_site, hall_setup, hall_teardown, NULL },
        { "a_cohost_asks_without_consent", a_cohost_asks_without_consent, hall_setup, hall_teardown,
          NULL },
        { "consent_is_shown_to_who_decides", consent_is_shown_to_who_decides, hall_setup,
          hall_teardown, NULL },
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
