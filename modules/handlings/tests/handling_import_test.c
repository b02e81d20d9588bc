/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Letters from a list: known headers, answered ones come in closed with their history, a second
 * import updates and doubles nothing, what was handled here stays, bad rows refuse the whole list.
 * Expectations: README.md, "Lists". The clock begins on 2026-11-25. */
#include "modules/handlings/handling_pages.h"
#include "modules/mailbox/letter_rules.h"
#include "modules/proposals/tests/desk.h"

static const char HEADS[] = "id,user,time,title,body,reply,reply_time,category\n";

static struct test_answer upload(struct desk *d, const char *rows, const char *run)
{
    const char *text = arena_printf(d->t->mem, "%s%s", HEADS, rows).ptr;
    const struct test_file files[] = { { "file", "letters.csv", str_of(text) }, { 0 } };
    desk_as_staff(d);
    return test_upload(d->t, "/api/v1/letters/import", files, "run", run, "source", "old board",
                       NULL);
}

static void counts(struct desk *d, struct test_answer a, const char *created, const char *updated,
                   const char *unchanged)
{
    if (a.status != 200 && a.status != 201)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    desk_same(test_json(d->t, &a, "created"), created);
    desk_same(test_json(d->t, &a, "updated"), updated);
    desk_same(test_json(d->t, &a, "unchanged"), unchanged);
}

static struct letter found(struct desk *d, const char *source_id)
{
    struct rq rq = test_system_rq(d->t);
    struct letter l;
    assert_ok(letter_find_source(&rq, str_of("old board"), str_of(source_id), &l));
    assert_true(l.id > 0);
    return l;
}

static const char TWO[] =
    "R1,A77,2019-04-25 09:32:09,Lamps,The lane is dark.,They shine.,2019-05-10 14:56:53,roads\n"
    "R2,A78,2019-04-26 10:00:00,Water,The water is brown.,,,\n";

static void answered_ones_come_in_closed_others_wait(void **state)
{
    struct desk *d = *state;
    struct rows trail;
    counts(d, upload(d, TWO, "1"), "2", "0", "0");
    struct letter l = found(d, "R1");
    desk_same(l.state, "closed");
    desk_same(l.ended, "silent");
    desk_same(l.lane, "import");
    desk_same(l.category, "roads");
    desk_same(l.reply, "They shine.");
    /* 15 days, 5 hours, 24 minutes and 44 seconds */
    assert_int_equal(l.replied_at - l.received_at,
                     INT64_C(1000) * (15 * 86400 + 5 * 3600 + 24 * 60 + 44));
    struct rq rq = test_system_rq(d->t);
    assert_ok(flow_trails(&rq, &LETTERS_FLOW, l.id, &trail));
    assert_true(trail.count >= 1);
    assert_int_equal(((const struct flow_trail *)trail.items)[0].at, l.replied_at);
    desk_same(found(d, "R2").state, "received");
}

static void a_second_import_updates_and_doubles_nothing(void **state)
{
    struct desk *d = *state;
    counts(d, upload(d, TWO, "1"), "2", "0", "0");
    counts(d, upload(d, TWO, "1"), "0", "0", "2");
    counts(d,
           upload(d,
                  "R2,A78,2019-04-26 10:00:00,Water,The water is brown.,It is clear.,"
                  "2019-04-30 08:00:00,\n",
                  "1"),
           "0", "1", "0");
    desk_same(found(d, "R2").state, "closed");
    desk_same(found(d, "R2").reply, "It is clear.");
}

static void what_was_handled_here_stays(void **state)
{
    struct desk *d = *state;
    counts(d, upload(d, TWO, "1"), "2", "0", "0");
    struct letter l = found(d, "R2");
    const char *path = arena_printf(d->t->mem, "/api/v1/letters/%lld/triage", (long long)l.id).ptr;
    desk_as_staff(d);
    assert_int_equal(test_api(d->t, POST, path,
                              test_versioned(d->t,
                                             "{\"category\":\"utilities\",\"kind\":\"concern\"}",
                                             l.version))
                         .status,
                     200);
    counts(d, upload(d, "R2,A78,2019-04-26 10:00:00,Water,Other words.,,,\n", "1"), "0", "0", "1");
    desk_same(found(d, "R2").body, "The water is brown.");
}

static void a_bad_row_refuses_the_list(void **state)
{
    static const char *const BAD[] = {
        "R3,A,yesterday,T,Body.,,,\n",                                  /* no moment */
        "R3,A,2019-04-25 09:00:00,T,,,,\n",                             /* says nothing */
        "R3,A,2019-04-25 09:00:00,T,Body.,Yes.,2019-04-24 09:00:00,\n", /* answered before */
        "R3,A,2019-04-25 09:00:00,T,Body.,,,weather\n",                 /* no such category */
        "R3,A,2036-04-25 09:00:00,T,Body.,,,\n",                        /* not yet */
    };
    struct desk *d = *state;
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        struct test_answer a = upload(d, arena_printf(d->t->mem, "%s%s", TWO, BAD[i]).ptr, "1");
        assert_int_equal(a.status, 422);
        struct rq rq = test_system_rq(d->t);
        struct letter l;
        assert_ok(letter_find_source(&rq, str_of("old board"), str_of("R1"), &l));
        assert_int_equal(l.id, 0);
    }
}

static void only_who_sorts_letters_brings_them_in(void **state)
{
    struct desk *d = *state;
    desk_as_staff(d);
    struct test_answer a = test_get(d->t, "/letters/import");
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "导入来信"));
    desk_as_dispatcher(d);
    assert_int_equal(test_get(d->t, "/letters/import").status, 403);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(answered_ones_come_in_closed_others_wait),
        CASE(a_second_import_updates_and_doubles_nothing),
        CASE(what_was_handled_here_stays),
        CASE(a_bad_row_refuses_the_list),
        CASE(only_who_sorts_letters_brings_them_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
