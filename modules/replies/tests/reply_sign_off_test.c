/* SPDX-License-Identifier: MulanPSL-2.0 */
/* An answer's way out (rules.md 2.3, 2.6): checked in the agency or not, released by who hands out
 * or not, who may do what; what counts in the strict sense. Days by hand: 2026-11-25 is a
 * Wednesday, a sole answer of three months is due on 2027-02-25. */
#include <stdio.h>

#include "modules/assignments/tests/hall.h"
#include "modules/replies/reply_store.h"

enum { WRITER = 400, COLLEAGUE = 450, LEADER = 500 };

/* role: its code, "" = none. */
static void have_account(struct hall *h, i64 id, i64 agency_id, const char *role)
{
    str code = str_of(role);
    str name = arena_printf(h->t->mem, "a%lld", (long long)id);
    assert_int_equal(db_begin(h->t->db).code, ERR_NONE);
    assert_int_equal(
        db_run(h->t->db,
               SQL("INSERT INTO accounts (org_id, id, login_name, name, agency_id, created_at) "
                   "VALUES (:org, :id, :name, :name, :agency_id, 0)",
                   P(id), P(name), P(agency_id)),
               NULL)
            .code,
        ERR_NONE);
    assert_int_equal(
        db_run(h->t->db,
               SQL("INSERT INTO holdings (org_id, account_id, role_id, scope_kind, from_on, "
                   "given_at) SELECT r.org_id, :id, r.id, 'agency', 0, 0 FROM roles r WHERE "
                   "r.org_id = :org AND r.code = :code",
                   P(id), P(code)),
               NULL)
            .code,
        ERR_NONE);
    assert_int_equal(db_commit(h->t->db).code, ERR_NONE);
}

static void as_colleague(struct hall *h)
{
    as_operator(h, 0);
    struct actor actor = *test_as_role(h->t, "operator");
    for (size_t i = 0; i < ACTOR_PERMISSIONS_MAX; i++)
        if (actor.scopes[i] != SCOPE_NONE)
            actor.scopes[i] = SCOPE_AGENCY;
    actor.account_id = COLLEAGUE;
    actor.person_id = 0;
    actor.agency_id = h->agency[0];
    test_as(h->t, &actor);
}

/* A dispatcher who also works for the agency. */
static void as_own_dispatcher(struct hall *h)
{
    as_dispatcher(h);
    struct actor actor = *test_as_role(h->t, "dispatcher");
    for (size_t i = 0; i < ACTOR_PERMISSIONS_MAX; i++)
        if (actor.scopes[i] != SCOPE_NONE)
            actor.scopes[i] = SCOPE_ORG;
    actor.person_id = 0;
    actor.agency_id = h->agency[0];
    test_as(h->t, &actor);
}

static void as_whom(struct hall *h, char who)
{
    switch (who) {
    case 'w':
        as_operator(h, 0); /* who wrote it and handed it in */
        break;
    case 'c':
        as_colleague(h);
        break;
    case 'l':
        as_leader(h, 0);
        break;
    case 'x':
        as_leader(h, 1); /* of another agency */
        break;
    case 'd':
        as_dispatcher(h);
        break;
    case 'o':
        as_own_dispatcher(h);
        break;
    case 's':
        as_staff(h);
        break;
    case 'm':
        as_signer(h, 301);
        break;
    default:
        fail();
    }
}

/* What an agency asks for is not decided by a dispatcher who works for it. */
static void nobody_decides_what_his_own_agency_asks(void **state)
{
    struct hall *h = *state;
    char json[100];
    snprintf(json, sizeof json, "{\"agency_id\":%lld}", (long long)h->agency[2]);
    i64 id = hand_out_one(h);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "accept", NULL), 200);
    assert_int_equal(act(h, id, "extend",
                         "{\"to_on\":\"2027-03-25\",\"opinion\":\"Rain.\","
                         "\"consented_on\":\"2026-11-25\"}"),
                     200);
    as_own_dispatcher(h);
    assert_int_equal(act(h, id, "decide_extension", "{\"decision\":\"granted\"}"), 403);
    assert_int_equal(load(h, id).due_on, day("2027-02-25"));
    as_operator(h, 0);
    assert_int_equal(act(h, id, "bounce", "{\"opinion\":\"Not ours.\"}"), 200);
    as_own_dispatcher(h);
    assert_int_equal(act(h, id, "uphold", "{\"opinion\":\"Yours.\"}"), 403);
    assert_int_equal(act(h, id, "reassign", json), 403);
    same(state_of(h, id), "bouncing");
    as_dispatcher(h);
    assert_int_equal(act(h, id, "reassign", json), 200);
}

/* Due on 2027-02-25, asked for more on the last day, signed a day late: no extension makes that in
 * time while the office has it; sent back, it may be decided again. While it waits it is not owed.
 */
static void a_late_signature_is_not_washed_by_more_time(void **state)
{
    struct hall *h = *state;
    set(h, "assignments.examine_replies", "1");
    i64 id = talked(h);
    on_day(h, "2027-02-25");
    as_operator(h, 0);
    assert_int_equal(act(h, id, "extend",
                         "{\"to_on\":\"2027-03-25\",\"opinion\":\"Rain.\","
                         "\"consented_on\":\"2026-11-25\"}"),
                     200);
    on_day(h, "2027-02-26");
    as_dispatcher(h);
    shows(h, test_get(h->t, "/api/v1/assignments?answers=1&owed=1"), "\"matter_id\"");
    shows(h, test_get(h->t, "/assignments"), "due late");
    draft(h, id, 0);
    as_leader(h, 0);
    assert_int_equal(act(h, id, "sign", "{\"signer\":\"Li\"}"), 200);
    on_day(h, "2027-03-02");
    as_dispatcher(h);
    hides(test_get(h->t, "/api/v1/assignments?answers=1&owed=1"), "\"matter_id\"");
    hides(test_get(h->t, "/assignments"), "due late");
    assert_int_equal(act(h, id, "decide_extension", "{\"decision\":\"granted\"}"), 409);
    assert_int_equal(act(h, id, "deliver", "{}"), 200);
    assert_true(load(h, id).first_late);
}

struct
try {
    char who;
    const char *verb;
    int status;
    const char *state; /* afterwards */
};

static const char *words_of(const char *verb)
{
    return strcmp(verb, "sign") == 0 ? "{\"signer\":\"Li\"}"
           : strcmp(verb, "redraft") == 0 || strcmp(verb, "vet_redraft") == 0
               ? "{\"opinion\":\"Say when.\"}"
               : "{}";
}

static void try_all(struct hall *h, i64 id, const struct try *tries, size_t combination)
{
    for (size_t i = 0; tries[i].verb; i++) {
        as_whom(h, tries[i].who);
        int status = act(h, id, tries[i].verb, words_of(tries[i].verb));
        if (status != tries[i].status)
            fail_msg("combination %zu, try %zu: %d", combination, i, status);
        same(state_of(h, id), tries[i].state);
    }
}

/* vet × examine, each handed in by the operator. */
static void who_may_do_what_in_each_combination(void **state)
{
    struct hall *h = *state;
    static const struct try PLAIN[] = {
        { 'c', "vet", 409, "drafted" },
        { 'd', "deliver", 409, "drafted" },
        { 'c', "vet_redraft", 409, "drafted" },
        { 'd', "redraft", 403, "drafted" },
        { 'w', "sign", 403, "drafted" },
        { 'l', "sign", 200, "replied" },
        { 0 },
    };
    static const struct try VETTED[] = {
        { 'w', "vet", 403, "drafted" },
        { 'x', "vet", 404, "drafted" },
        { 'd', "vet", 403, "drafted" },
        { 'm', "vet", 403, "drafted" },
        { 'w', "vet_redraft", 403, "drafted" },
        { 'x', "vet_redraft", 404, "drafted" },
        { 'd', "vet_redraft", 403, "drafted" },
        { 'l', "vet_redraft", 409, "drafted" }, /* he has redraft */
        { 'l', "sign", 409, "drafted" },
        { 's', "deliver", 409, "drafted" },
        { 'c', "vet", 200, "drafted" },
        { 'c', "vet", 409, "drafted" },
        { 'c', "vet_redraft", 409, "drafted" },
        { 'l', "sign", 200, "replied" },
        { 'd', "deliver", 409, "replied" },
        { 0 },
    };
    static const struct try EXAMINED[] = {
        { 'c', "vet", 409, "drafted" },
        { 'd', "deliver", 409, "drafted" },
        { 'l', "sign", 200, "drafted" },
        { 'l', "sign", 409, "drafted" },
        { 'l', "redraft", 403, "drafted" },
        { 'l', "deliver", 403, "drafted" },
        { 'o', "deliver", 403, "drafted" },
        { 'o', "redraft", 403, "drafted" },
        { 'x', "deliver", 403, "drafted" },
        { 'm', "deliver", 403, "drafted" },
        { 'd', "deliver", 200, "replied" },
        { 'd', "deliver", 409, "replied" },
        { 0 },
    };
    static const struct try BOTH[] = {
        { 'l', "sign", 409, "drafted" },
        { 'l', "vet", 200, "drafted" },
        { 's', "deliver", 409, "drafted" },
        { 'l', "sign", 200, "drafted" },
        { 'c', "vet", 409, "drafted" },
        { 'l', "redraft", 403, "drafted" },
        { 's', "redraft", 200, "redrafting" },
        { 's', "deliver", 409, "redrafting" },
        { 0 },
    };
    static const struct {
        const char *vet, *examine;
        const struct try *tries;
    } COMBINATIONS[] = {
        { "0", "0", PLAIN }, { "1", "0", VETTED }, { "0", "1", EXAMINED }, { "1", "1", BOTH }
    };
    have_account(h, WRITER, h->agency[0], "operator");
    have_account(h, COLLEAGUE, h->agency[0], "operator");
    have_account(h, LEADER, h->agency[0], "agency_leader");
    for (size_t i = 0; i < sizeof COMBINATIONS / sizeof *COMBINATIONS; i++) {
        i64 made[AGENCIES] = { 0 };
        set(h, "assignments.vet_replies", COMBINATIONS[i].vet);
        set(h, "assignments.examine_replies", COMBINATIONS[i].examine);
        assert_int_equal(hand_out(h, &(struct handing){ (i64)i, "s", 1, 0 }, made).code, ERR_NONE);
        draft(h, made[0], 0);
        try_all(h, made[0], COMBINATIONS[i].tries, i);
    }
}

/* Who checks, an operator, sends back with a reason, which stands where it is written anew. */
static void who_checks_sends_back_with_a_reason(void **state)
{
    struct hall *h = *state;
    set(h, "assignments.vet_replies", "1");
    have_account(h, WRITER, h->agency[0], "operator");
    have_account(h, COLLEAGUE, h->agency[0], "operator");
    i64 id = hand_out_one(h);
    draft(h, id, 0);
    as_whom(h, 'w'); /* who wrote it learns what he waits for */
    shows(h, page(h, "/assignments/", id, ""), "等本单位其他同志核稿");
    as_staff(h);
    hides(page(h, "/assignments/", id, ""), "等本单位其他同志核稿");
    as_whom(h, 'c');
    hides(page(h, "/assignments/", id, ""), "等本单位其他同志核稿");
    shows(h, page(h, "/assignments/", id, "/vet"), "/vet_redraft");
    assert_int_equal(act(h, id, "vet_redraft", "{}"), 422);
    assert_int_equal(act(h, id, "vet_redraft", "{\"opinion\":\"SAY-WHEN\"}"), 200);
    same(state_of(h, id), "redrafting");
    as_whom(h, 'w');
    shows(h, page(h, "/assignments/", id, "/reply"), "SAY-WHEN");
}

/* An agency of one: he checks it himself. What is written anew is checked anew. */
static void the_only_one_checks_himself_and_a_new_text_is_checked_anew(void **state)
{
    struct hall *h = *state;
    set(h, "assignments.vet_replies", "1");
    have_account(h, WRITER, h->agency[0], "operator");
    have_account(h, COLLEAGUE, h->agency[0], "");           /* may read, not check */
    have_account(h, LEADER, h->agency[1], "agency_leader"); /* of another agency */
    i64 id = hand_out_one(h);
    draft(h, id, 0);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "vet", "{\"opinion\":\"Looked through.\"}"), 200);
    as_leader(h, 0);
    assert_int_equal(act(h, id, "redraft", "{\"opinion\":\"Say when.\"}"), 200);
    draft(h, id, 0);
    as_leader(h, 0);
    assert_int_equal(act(h, id, "sign", "{\"signer\":\"Li\"}"), 409);
}

/* Signed on 2027-02-25, the last day, and released on 03-01: it is in time; a month with the office
 * is not the agency's. */
static void the_day_of_signing_counts(void **state)
{
    struct hall *h = *state;
    set(h, "assignments.examine_replies", "1");
    i64 id = hand_out_one(h);
    draft(h, id, 0);
    on_day(h, "2027-02-25");
    as_leader(h, 0);
    assert_int_equal(act(h, id, "sign", "{\"signer\":\"Li\"}"), 200);
    assert_int_equal(load(h, id).replied_at, 0);
    on_day(h, "2027-03-01");
    as_dispatcher(h);
    assert_int_equal(act(h, id, "deliver", "{}"), 200);
    struct assignment a = load(h, id);
    assert_false(a.was_late);
    assert_false(a.first_late);
    assert_int_equal(a.held_at, 0);
    assert_int_equal(day_of_ms(a.replied_at), day("2027-03-01"));
}

/* Signed on 2026-12-01 and sent back on 12-04: three days more, 2027-02-28. The number stays. */
static void days_with_the_office_do_not_count_and_the_number_stays(void **state)
{
    struct hall *h = *state;
    struct reply reply = { 0 };
    set(h, "assignments.examine_replies", "1");
    i64 id = hand_out_one(h);
    draft(h, id, 0);
    on_day(h, "2026-12-01");
    as_leader(h, 0);
    assert_int_equal(act(h, id, "sign", "{\"signer\":\"Li\"}"), 200);
    on_day(h, "2026-12-04");
    as_dispatcher(h);
    assert_int_equal(act(h, id, "redraft", "{}"), 422); /* why? */
    assert_int_equal(act(h, id, "redraft", "{\"opinion\":\"Say when.\"}"), 200);
    assert_int_equal(load(h, id).due_on, day("2027-02-28"));
    assert_int_equal(load(h, id).held_at, 0);
    draft(h, id, 0);
    as_leader(h, 0);
    assert_int_equal(act(h, id, "sign", "{\"signer\":\"Chen\"}"), 200);
    as_dispatcher(h);
    assert_int_equal(act(h, id, "deliver", "{}"), 200);
    assert_int_equal(reply_store_find(h->t->db, id, 1, h->t->mem, &reply).code, ERR_NONE);
    same(reply.number, "RD〔2026〕1号");
    same(reply.signer, "Chen");
}

/* rules.md 2.6: who supervises may change the class. It needs a reason; the letter shows the
 * delivered one. A class that wants a promise does not go out without. */
static void the_class_may_be_changed_with_a_reason(void **state)
{
    struct hall *h = *state;
    struct reply reply = { 0 };
    set(h, "assignments.examine_replies", "1");
    i64 id = hand_out_one(h);
    draft(h, id, 0); /* class a */
    as_leader(h, 0);
    assert_int_equal(act(h, id, "sign", "{\"signer\":\"Li\"}"), 200);
    as_dispatcher(h);
    assert_int_equal(act(h, id, "deliver", "{\"class\":\"c\"}"), 422);
    assert_int_equal(act(h, id, "deliver", "{\"class\":\"z\",\"opinion\":\"No such.\"}"), 422);
    assert_int_equal(act(h, id, "deliver", "{\"class\":\"b\",\"opinion\":\"Not done.\"}"), 409);
    assert_int_equal(act(h, id, "deliver", "{\"class\":\"c\",\"opinion\":\"NOT-DONE-YET\"}"), 200);
    assert_int_equal(reply_store_find(h->t->db, id, 1, h->t->mem, &reply).code, ERR_NONE);
    same(reply.signed_class, "a");
    same(reply.class, "c");
    same(outcome_of(h, 0).class, "c");
    struct test_answer a = page(h, "/assignments/", id, "");
    shows(h, a, "NOT-DONE-YET"); /* in the trail */
    assert_int_equal(page(h, "/assignments/", id, "/pdf").status, 200);
    as_signer(h, 301);
    a = page(h, "/matters/", MATTER_ID, "");
    hides(a, "签发时的类别");
    a = page(h, "/api/v1/matters/", MATTER_ID, "");
    shows(h, a, "\"signed_at\"");
    hides(a, "signed_class"); /* between office and agency */
    hides(a, "vetted_at");
    as_operator(h, 0);
    shows(h, page(h, "/api/v1/matters/", MATTER_ID, ""), "signed_class");
}

/* A draft is the agency's own until it is signed; then the office reads it, nobody else. */
static void who_reads_it_while_it_waits(void **state)
{
    struct hall *h = *state;
    set(h, "assignments.examine_replies", "1");
    i64 id = hand_out_one(h);
    draft(h, id, 0);
    as_dispatcher(h);
    hides(page(h, "/assignments/", id, ""), "Lamps follow in June.");
    as_leader(h, 0);
    shows(h, page(h, "/assignments/", id, "/sign"), "由交办机关审查后送达");
    assert_int_equal(act(h, id, "sign", "{\"signer\":\"Li\"}"), 200);
    shows(h, page(h, "/assignments/", id, ""), "等待审查送达");
    as_dispatcher(h);
    shows(h, page(h, "/assignments/", id, "/deliver"), "Lamps follow in June.");
    as_signer(h, 301);
    hides(page(h, "/matters/", MATTER_ID, ""), "Lamps follow in June.");
    hides(page(h, "/api/v1/matters/", MATTER_ID, ""), "held_at");
    assert_int_equal(page(h, "/assignments/", id, "/pdf").status, 404);
}

static i64 todos(struct hall *h, const char *role, size_t agency, const char *verb)
{
    struct actor actor = *test_as_role(h->t, role);
    struct rq rq = test_system_rq(h->t);
    struct rows rows;
    i64 count = 0;
    actor.person_id = 0;
    actor.agency_id = agency < AGENCIES ? h->agency[agency] : 0;
    for (size_t i = 0; i < ACTOR_PERMISSIONS_MAX; i++)
        if (actor.scopes[i] != SCOPE_NONE)
            actor.scopes[i] = agency < AGENCIES ? SCOPE_AGENCY : SCOPE_ORG;
    rq.actor = &actor;
    assert_int_equal(flow_todos(&rq, 20, &rows).code, ERR_NONE);
    for (size_t i = 0; i < rows.count; i++)
        count += str_is(((const struct todo *)rows.items)[i].verb, verb);
    return count;
}

static void each_is_asked_in_his_turn(void **state)
{
    struct hall *h = *state;
    set(h, "assignments.vet_replies", "1");
    set(h, "assignments.examine_replies", "1");
    i64 id = hand_out_one(h);
    draft(h, id, 0);
    assert_int_equal(todos(h, "operator", 0, "vet"), 1);
    assert_int_equal(todos(h, "agency_leader", 0, "sign"), 0);
    as_leader(h, 0);
    assert_int_equal(act(h, id, "vet", "{}"), 200);
    assert_int_equal(todos(h, "operator", 0, "vet"), 0);
    assert_int_equal(todos(h, "agency_leader", 0, "sign"), 1);
    assert_int_equal(todos(h, "dispatcher", AGENCIES, "deliver"), 0);
    as_leader(h, 0);
    assert_int_equal(act(h, id, "sign", "{\"signer\":\"Li\"}"), 200);
    assert_int_equal(todos(h, "agency_leader", 0, "sign"), 0);
    assert_int_equal(todos(h, "dispatcher", AGENCIES, "deliver"), 1);
    as_dispatcher(h);
    assert_int_equal(act(h, id, "deliver", "{}"), 200);
    assert_int_equal(todos(h, "dispatcher", AGENCIES, "deliver"), 0);
}

static void talk(struct hall *h, i64 id, const char *day)
{
    char json[200];
    snprintf(json, sizeof json,
             "{\"way\":\"phone\",\"held_on\":\"%s\",\"with_whom\":\"S\",\"content\":\"c\"}", day);
    on_day(h, day);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "contact", json), 200);
}

static const char CLASS_A[] = "{\"class\":\"a\",\"opening\":\"o\",\"results\":[\"adopted\","
                              "\"planned\"],\"answers\":[\"One.\",\"Two.\"],\"closing\":\"c\","
                              "\"operator\":\"Wang\",\"phone\":\"0883-1\",\"public\":true}";

/* rules.md 2.6 (通州): in time, two talks on two days, every item answered, every cohost heard, a
 * promise where the class wants one. */
static void strict_is_what_holds_at_the_first_delivery(void **state)
{
    struct hall *h = *state;
    static const struct {
        const char *roles, *talks[3], *signed_on;
        bool cohost_gives, strict;
    } CASES[] = {
        { "s", { "2026-11-26", "2026-11-27", NULL }, "2026-12-01", false, true },
        { "s", { "2026-11-26", NULL }, "2026-12-01", false, false },
        { "s", { "2026-11-26", "2026-11-26", NULL }, "2026-12-01", false, false },
        { "s", { "2026-11-26", "2026-11-27", NULL }, "2027-02-26", false, false }, /* late */
        { "hc", { "2026-11-26", "2026-11-27", NULL }, "2026-12-01", false, false },
        { "hc", { "2026-11-26", "2026-11-27", NULL }, "2026-12-01", true, true },
    };
    set(h, "assignments.wait_cohosts", "0");
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        i64 made[AGENCIES] = { 0 };
        on_day(h, "2026-11-25");
        assert_int_equal(hand_out(h, &(struct handing){ (i64)i, CASES[i].roles, 1, 0 }, made).code,
                         ERR_NONE);
        as_operator(h, 0);
        assert_int_equal(act(h, made[0], "accept", NULL), 200);
        for (size_t k = 0; CASES[i].talks[k]; k++)
            talk(h, made[0], CASES[i].talks[k]);
        if (CASES[i].cohost_gives) {
            as_operator(h, 1);
            assert_int_equal(act(h, made[1], "accept", NULL), 200);
            assert_int_equal(act(h, made[1], "contribute",
                                 "{\"body\":\"Ours.\",\"operator\":\"D\",\"phone\":\"1\"}"),
                             200);
        }
        on_day(h, CASES[i].signed_on);
        as_operator(h, 0);
        assert_int_equal(act(h, made[0], "reply", CLASS_A), 200);
        as_leader(h, 0);
        assert_int_equal(act(h, made[0], "sign", "{\"signer\":\"Li\"}"), 200);
        if (load(h, made[0]).strict != CASES[i].strict)
            fail_msg("case %zu", i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_may_do_what_in_each_combination, hall_setup,
                                        hall_teardown),
        cmocka_unit_test_setup_teardown(who_checks_sends_back_with_a_reason, hall_setup,
                                        hall_teardown),
        cmocka_unit_test_setup_teardown(the_only_one_checks_himself_and_a_new_text_is_checked_anew,
                                        hall_setup, hall_teardown),
        cmocka_unit_test_setup_teardown(nobody_decides_what_his_own_agency_asks, hall_setup,
                                        hall_teardown),
        cmocka_unit_test_setup_teardown(a_late_signature_is_not_washed_by_more_time, hall_setup,
                                        hall_teardown),
        cmocka_unit_test_setup_teardown(the_day_of_signing_counts, hall_setup, hall_teardown),
        cmocka_unit_test_setup_teardown(days_with_the_office_do_not_count_and_the_number_stays,
                                        hall_setup, hall_teardown),
        cmocka_unit_test_setup_teardown(the_class_may_be_changed_with_a_reason, hall_setup,
                                        hall_teardown),
        cmocka_unit_test_setup_teardown(who_reads_it_while_it_waits, hall_setup, hall_teardown),
        cmocka_unit_test_setup_teardown(each_is_asked_in_his_turn, hall_setup, hall_teardown),
        cmocka_unit_test_setup_teardown(strict_is_what_holds_at_the_first_delivery, hall_setup,
                                        hall_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
