/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A matter of some kind that is answered plainly (简便答复), from the handing-out to the new round.
 * Days by hand: handed out on Wednesday 2026-11-25, to be taken in 2 working days (11-27),
 * answered in 15 (12-16), more time at most 7 more (12-25). */
#include <stdio.h>

#include "modules/assignments/tests/hall.h"
#include "modules/replies/reply_store.h"

static const char KIND[] = "wishes";
static const char OPEN[] =
    "\"opening\":\"We have it.\",\"results\":[\"adopted\"],\"answers\":[\"The "
    "lamp is mended.\"],\"closing\":\"Thank you.\",\"operator\":\"Wang\","
    "\"phone\":\"0883-1234567\"";

struct wish {
    struct hall *h;
    i64 n, redo_id, due_on;
    const char *roles;
    bool plain, examine, numbered, no_days;
    i64 made[AGENCIES];
};

static err hand_in(struct rq *rq, void *context)
{
    struct wish *w = context;
    struct assignment_new agencies[AGENCIES];
    str items[] = { str_of("The lamp is out.") }, names[] = { str_of("Who wrote") };
    i64 persons[] = { 301 };
    size_t count = strlen(w->roles);
    for (size_t i = 0; i < count; i++)
        agencies[i] = (struct assignment_new){ w->h->agency[i],
                                               w->roles[i] == 's'   ? "sole"
                                               : w->roles[i] == 'h' ? "host"
                                                                    : "cohost",
                                               w->no_days ? 0 : day("2026-12-16") };
    struct matter matter = { .collection = KIND,
                             .id = MATTER_ID + w->n,
                             .title = str_of("A lamp in the lane"),
                             .items = { items, 1 },
                             .persons = { persons, 1 },
                             .names = { names, 1 },
                             .plain = w->plain,
                             .examine = w->examine,
                             .numbered = w->numbered,
                             .accept_due_on = w->no_days ? 0 : day("2026-11-27"),
                             .extend_to_on = w->no_days ? 0 : day("2026-12-25") };
    struct rows rows;
    TRY(assignment_hand_out(rq, &matter, agencies, count));
    TRY(assignment_list_of(rq, KIND, matter.id, &rows));
    for (size_t i = 0; i < rows.count; i++)
        w->made[i] = ((const struct assignment *)rows.items)[i].id;
    return OK;
}

static i64 hand(struct hall *h, struct wish w)
{
    w.h = h;
    w.roles = w.roles ? w.roles : "s";
    assert_int_equal(test_write(h->t, hand_in, &w).code, ERR_NONE);
    return w.made[0];
}

static int reply(struct hall *h, i64 id, const char *more)
{
    char json[600];
    snprintf(json, sizeof json, "{%s%s}", OPEN, more);
    return act(h, id, "reply", json);
}

static void drafted(struct hall *h, i64 id, size_t agency)
{
    as_operator(h, agency);
    if (str_is(state_of(h, id), "assigned"))
        assert_int_equal(act(h, id, "accept", NULL), 200);
    assert_int_equal(reply(h, id, ""), 200);
    as_leader(h, agency);
}

static i64 count_of(struct hall *h, struct sql sql)
{
    i64 n = -1;
    assert_int_equal(db_i64(h->t->db, sql, &n).code, ERR_NONE);
    return n;
}

static struct reply reply_of(struct hall *h, i64 id, i64 round)
{
    struct reply r = { 0 };
    assert_int_equal(reply_store_find(h->t->db, id, round, h->t->mem, &r).code, ERR_NONE);
    return r;
}

/* ---- days ---- */

static void days_come_with_the_matter(void **state)
{
    struct hall *h = *state;
    set(h, "assignments.contact_days", "15");
    struct assignment a = load(h, hand(h, (struct wish){ .plain = true }));
    assert_true(a.plain && !a.examine && !a.numbered);
    assert_int_equal(a.accept_due_on, day("2026-11-27"));
    assert_int_equal(a.due_on, day("2026-12-16"));
    assert_int_equal(a.extend_to_on, day("2026-12-25"));
    assert_int_equal(a.contact_due_on, 0); /* no talk has a day */
    assert_int_equal(count_of(h, SQL("SELECT due_on FROM clocks WHERE org_id = :org AND flow = "
                                     "'assignments' AND name = 'accept'")),
                     day("2026-11-27"));
    /* without any: by the settings, 5 working days and 3 months */
    a = load(h, hand(h, (struct wish){ .n = 1, .plain = true, .no_days = true }));
    assert_int_equal(a.accept_due_on, day("2026-12-02"));
    assert_int_equal(a.due_on, day("2027-02-25"));
    assert_int_equal(a.extend_to_on, 0);
    /* days without plainness: talks have theirs */
    a = load(h, hand(h, (struct wish){ .n = 2 }));
    assert_false(a.plain);
    assert_int_equal(a.accept_due_on, day("2026-11-27"));
    assert_int_equal(a.contact_due_on, day("2026-12-16"));
}

static void more_time_goes_no_further_than_the_day(void **state)
{
    struct hall *h = *state;
    i64 id = hand(h, (struct wish){ .plain = true });
    set(h, "assignments.extend_consent", "consented"); /* of whom? nobody is known */
    as_operator(h, 0);
    assert_int_equal(act(h, id, "accept", NULL), 200);
    assert_int_equal(act(h, id, "extend", "{\"to_on\":\"2026-12-26\",\"opinion\":\"Rain.\"}"), 422);
    assert_int_equal(act(h, id, "extend", "{\"to_on\":\"2026-12-25\",\"opinion\":\"Rain.\"}"), 200);
    as_dispatcher(h);
    assert_int_equal(act(h, id, "decide_extension", "{\"decision\":\"granted\"}"), 200);
    assert_int_equal(load(h, id).due_on, day("2026-12-25"));
}

/* Taken away on Thursday 11-26: 2, 15 and 22 working days again. */
static void whoever_gets_it_instead_has_as_long(void **state)
{
    struct hall *h = *state;
    i64 id = hand(h, (struct wish){ .plain = true, .examine = true, .numbered = true });
    char json[100];
    on_day(h, "2026-11-26");
    snprintf(json, sizeof json, "{\"agency_id\":%lld}", (long long)h->agency[1]);
    as_dispatcher(h);
    assert_int_equal(act(h, id, "reassign", json), 200);
    struct assignment next = load(h, id + 1);
    assert_int_equal(next.agency_id, h->agency[1]);
    assert_true(next.plain && next.examine && next.numbered);
    assert_int_equal(next.accept_due_on, day("2026-11-30"));
    assert_int_equal(next.due_on, day("2026-12-17"));
    assert_int_equal(next.extend_to_on, day("2026-12-28"));
}

static void days_of_a_refused_bounce_do_not_count(void **state)
{
    struct hall *h = *state;
    i64 id = hand(h, (struct wish){ .plain = true });
    as_operator(h, 0);
    assert_int_equal(act(h, id, "accept", NULL), 200);
    assert_int_equal(act(h, id, "bounce", "{\"opinion\":\"Not our lamp.\"}"), 200);
    on_day(h, "2026-11-27");
    as_dispatcher(h);
    assert_int_equal(act(h, id, "uphold", "{\"opinion\":\"Yours.\"}"), 200);
    struct assignment a = load(h, id);
    assert_int_equal(a.due_on, day("2026-12-18"));
    assert_int_equal(a.extend_to_on, day("2026-12-27"));
}

/* ---- the road ---- */

static void neither_talks_nor_class_nor_promises(void **state)
{
    static const char PROMISE[] = ",\"promise_texts\":[\"A second lamp too.\"],\"promise_days\":["
                                  "\"2026-12-30\"],\"promise_owners\":[\"Li\"]";
    struct hall *h = *state;
    i64 id = hand(h, (struct wish){ .plain = true });
    as_operator(h, 0);
    assert_int_equal(act(h, id, "accept", NULL), 200);
    assert_int_equal(act(h, id, "contact",
                         "{\"way\":\"phone\",\"held_on\":\"2026-11-25\",\"with_whom\":\"S\","
                         "\"content\":\"c\"}"),
                     409);
    assert_int_equal(act(h, id, "note_quality", "{\"quality\":\"good\"}"), 409);
    assert_int_equal(reply(h, id, ",\"class\":\"a\""), 422);
    assert_int_equal(reply(h, id, PROMISE), 422);
    struct test_answer a = page(h, "/assignments/", id, "/reply");
    shows(h, a, "答复可以公开");
    hides(a, "办理类别");
    hides(a, "承诺事项");
    hides(a, "与提案人的沟通记录");
    hides(page(h, "/assignments/", id, ""), "沟通记录");
    assert_int_equal(reply(h, id, ""), 200);
    as_leader(h, 0);
    a = page(h, "/assignments/", id, "/sign");
    shows(h, a, "签发后即送达");
    hides(a, "请他们评价");
    assert_int_equal(act(h, id, "sign", "{\"signer\":\"Li\"}"), 200);
    same(state_of(h, id), "replied");
    assert_false(load(h, id).strict);
    assert_int_equal(reply_of(h, id, 1).number.len, 0); /* no number */
    as_staff(h);
    shows(h, page(h, "/assignments/", id, ""), "答复函 PDF");
    assert_int_equal(page(h, "/assignments/", id, "/pdf").status, 200);
    assert_int_equal(page(h, "/assignments/", id, "/docx").status, 200);
    a = test_get(h->t, "/api/v1/assignments?plain=1");
    shows(h, a, "A lamp in the lane");
    a = test_get(h->t, "/api/v1/assignments?plain=0");
    hides(a, "A lamp in the lane");
}

static void nobody_is_asked_for_a_verdict(void **state)
{
    struct hall *h = *state;
    i64 id = hand(h, (struct wish){ .plain = true });
    drafted(h, id, 0);
    assert_int_equal(act(h, id, "sign", "{\"signer\":\"Li\"}"), 200);
    assert_int_equal(count_of(h, SQL("SELECT COUNT(*) FROM evaluations WHERE org_id = :org")), 0);
    assert_int_equal(count_of(h, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND verb IN "
                                     "('transcribe', 'evaluate')")),
                     0);
    assert_int_equal(evaluate(h, id, 301, "satisfied"), 404);
    as_staff(h);
    assert_int_equal(act(h, id, "transcribe",
                         "{\"visit\":\"visited\",\"manner\":\"satisfied\",\"hearing\":\"visit\","
                         "\"relevance\":\"direct\",\"handling\":\"satisfied\",\"result\":"
                         "\"satisfied\",\"basis\":\"By letter.\"}"),
                     403);
    as_foreign_operator(h, h->agency[0]); /* the other organisation's */
    assert_int_equal(page(h, "/api/v1/assignments/", id, "").status, 404);
    assert_int_equal(page(h, "/assignments/", id, "/pdf").status, 404);
}

static void the_office_releases_what_came_so(void **state)
{
    struct hall *h = *state;
    i64 id = hand(h, (struct wish){ .plain = true, .examine = true, .numbered = true });
    drafted(h, id, 0);
    shows(h, page(h, "/assignments/", id, "/sign"), "由交办机关审查送达");
    assert_int_equal(act(h, id, "sign", "{\"signer\":\"Li\"}"), 200);
    same(state_of(h, id), "drafted");
    assert_true(load(h, id).held_at > 0);
    same(reply_of(h, id, 1).number, "RD〔2026〕1号");
    as_dispatcher(h);
    hides(page(h, "/assignments/", id, "/deliver"), "办理类别");
    assert_int_equal(act(h, id, "deliver", "{\"class\":\"a\",\"opinion\":\"So.\"}"), 422);
    assert_int_equal(act(h, id, "deliver", NULL), 200);
    same(state_of(h, id), "replied");
    /* sent back on 11-27: the two days with the office do not count */
    id = hand(h, (struct wish){ .n = 1, .plain = true, .examine = true });
    drafted(h, id, 0);
    assert_int_equal(act(h, id, "sign", "{\"signer\":\"Li\"}"), 200);
    on_day(h, "2026-11-27");
    as_dispatcher(h);
    assert_int_equal(act(h, id, "redraft", "{\"opinion\":\"Which lamp?\"}"), 200);
    same(state_of(h, id), "redrafting");
    assert_int_equal(load(h, id).due_on, day("2026-12-18"));
    assert_int_equal(load(h, id).extend_to_on, day("2026-12-27"));
}

static void a_cohost_gives_its_opinion(void **state)
{
    struct hall *h = *state;
    i64 host = hand(h, (struct wish){ .plain = true, .roles = "hc" });
    as_operator(h, 1);
    assert_int_equal(act(h, host + 1, "accept", NULL), 200);
    assert_int_equal(act(h, host + 1, "contribute",
                         "{\"body\":\"Ours is the pole.\",\"operator\":\"W\",\"phone\":\"1\"}"),
                     200);
    same(state_of(h, host + 1), "contributed");
    assert_int_equal(page(h, "/assignments/", host + 1, "/pdf").status, 200);
    drafted(h, host, 0);
    assert_int_equal(act(h, host, "sign", "{\"signer\":\"Li\"}"), 200);
    same(state_of(h, host), "replied");
}

/* ---- again ---- */

static err redo_in(struct rq *rq, void *context)
{
    const struct wish *w = context;
    return assignment_redo(rq, w->redo_id, w->due_on);
}

static void a_new_round_is_due_on_its_own_day(void **state)
{
    static const struct {
        const char *due_on, *due, *more; /* more: 7 working days behind */
    } CASES[] = {
        { "2026-12-18", "2026-12-18", "2026-12-29" },
        { "2026-12-02", "2026-12-02", "2026-12-11" },
    };
    struct hall *h = *state;
    for (i64 i = 0; i < 2; i++) {
        i64 id = hand(h, (struct wish){ .n = i, .plain = true });
        drafted(h, id, 0);
        assert_int_equal(act(h, id, "sign", "{\"signer\":\"Li\"}"), 200);
        struct wish again = { .redo_id = id, .due_on = day(CASES[i].due_on) };
        assert_int_equal(test_write(h->t, redo_in, &again).code, ERR_NONE);
        struct assignment a = load(h, id);
        same(a.state, "redoing");
        assert_int_equal(a.round, 2);
        assert_int_equal(a.due_on, day(CASES[i].due));
        assert_int_equal(a.extend_to_on, day(CASES[i].more));
        drafted(h, id, 0); /* once more the whole road */
        assert_int_equal(act(h, id, "sign", "{\"signer\":\"Li\"}"), 200);
        same(state_of(h, id), "replied");
    }
    i64 id = hand(h, (struct wish){ .n = 2, .plain = true, .no_days = true });
    drafted(h, id, 0);
    assert_int_equal(act(h, id, "sign", "{\"signer\":\"Li\"}"), 200);
    struct wish again = { .redo_id = id };
    assert_int_equal(test_write(h->t, redo_in, &again).code, ERR_NONE);
    assert_int_equal(load(h, id).due_on, day("2027-02-25")); /* by setting: 3 months */
    assert_int_equal(load(h, id).extend_to_on, 0);
}

static err end_in(struct rq *rq, void *context)
{
    const struct wish *w = context;
    return w->n == 0 ? assignment_close(rq, KIND, MATTER_ID)
                     : assignment_cancel(rq, KIND, MATTER_ID + w->n);
}

static void it_ends_as_others_do(void **state)
{
    struct hall *h = *state;
    for (i64 i = 0; i < 2; i++) {
        i64 id = hand(h, (struct wish){ .n = i, .plain = true });
        assert_int_equal(test_write(h->t, end_in, &(struct wish){ .n = i }).code, ERR_NONE);
        same(state_of(h, id), "closed");
        assert_int_equal(load(h, id).cancelled_at > 0, i == 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(days_come_with_the_matter, hall_setup, hall_teardown),
        cmocka_unit_test_setup_teardown(more_time_goes_no_further_than_the_day, hall_setup,
                                        hall_teardown),
        cmocka_unit_test_setup_teardown(whoever_gets_it_instead_has_as_long, hall_setup,
                                        hall_teardown),
        cmocka_unit_test_setup_teardown(days_of_a_refused_bounce_do_not_count, hall_setup,
                                        hall_teardown),
        cmocka_unit_test_setup_teardown(neither_talks_nor_class_nor_promises, hall_setup,
                                        hall_teardown),
        cmocka_unit_test_setup_teardown(nobody_is_asked_for_a_verdict, hall_setup, hall_teardown),
        cmocka_unit_test_setup_teardown(the_office_releases_what_came_so, hall_setup,
                                        hall_teardown),
        cmocka_unit_test_setup_teardown(a_cohost_gives_its_opinion, hall_setup, hall_teardown),
        cmocka_unit_test_setup_teardown(a_new_round_is_due_on_its_own_day, hall_setup,
                                        hall_teardown),
        cmocka_unit_test_setup_teardown(it_ends_as_others_do, hall_setup, hall_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
