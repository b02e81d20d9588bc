/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What staff write down for somebody: how it came, whose it is, his receipt, what is sealed, who
 * wrote it down; what is wrong is told and kept. Expectations: README.md, "Staff write for
 * somebody". */
#include "modules/mailbox/tests/mailbox.h"
#include "modules/mailbox/transcribe.h"
#include "tests/matrix/dump.h"

#define PATH "/letters/transcribe"
#define API  "/api/v1/letters/transcribe"

static void he_gets_a_receipt_and_follows_it(void **state)
{
    struct house *h = *state;
    house_as_staff(h);
    struct test_answer a =
        test_post(h->t, PATH, "via", "phone", "body", "The well is dry! Since June.", "area",
                  "Lindistrict Mangtown", "name", "Canaryname", "phone", "13812345678", "consent",
                  "1", "notice", "2026-11", NULL);
    assert_int_equal(a.status, 200);
    str digits = house_digits(h, &a);
    assert_int_equal(digits.len, 20);
    assert_true(test_has(&a, "The well is dry"));
    assert_false(test_has(&a, "Canaryname") || test_has(&a, "13812345678"));
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM letters WHERE org_id = :org "
                                         "AND lane = 'staff' AND via = 'phone' AND state = "
                                         "'received' AND town = 'Mangtown' AND title = "
                                         "'The well is dry'")),
                     1);
    /* Who wrote it down stands in audit and history; who spoke in no row that can be read. */
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM audits WHERE org_id = :org AND "
                                         "act = 'letters.transcribe' AND after_text = 'phone' AND "
                                         "account_id > 0")),
                     1);
    db_set_org(h->t->db, h->city);
    str rows = dump_rows(h->t->db, 0, h->t->mem);
    assert_true(str_find(rows, str_of("Canaryname"), 0) < 0);
    assert_true(str_find(rows, str_of("13812345678"), 0) < 0);
    assert_true(str_find(rows, digits, 0) < 0);
    /* It is sorted like any other. */
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM todos WHERE org_id = :org AND "
                                         "flow = 'letters'")),
                     1);
    a = house_follow(h, digits, "");
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "The well is dry") && test_has(&a, "138****5678"));
}

static void its_page_and_the_list_say_how_it_came(void **state)
{
    struct house *h = *state;
    house_write(h, "");
    house_as_staff(h);
    struct test_answer a =
        test_api(h->t, POST, API,
                 "{\"via\":\"post\",\"body\":\"No bus comes.\",\"received_on\":\"2026-11-20\","
                 "\"point\":\"100.1 23.8\"}");
    assert_int_equal(a.status, 201);
    assert_int_equal(test_json(h->t, &a, "receipt").len, 20);
    str id = test_json(h->t, &a, "id");
    a = test_get(h->t, arena_printf(h->t->mem, "/api/v1/letters/%.*s", (int)id.len, id.ptr).ptr);
    assert_true(str_is(test_json(h->t, &a, "via"), "post"));
    assert_true(test_json(h->t, &a, "taken_by").len > 0);
    assert_true(str_is(test_json(h->t, &a, "point"), "23.80000,100.10000"));
    assert_true(str_is(test_json(h->t, &a, "point_by"), "typed"));
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM letters WHERE org_id = :org "
                                         "AND via = 'post' AND (received_at + 28800000) / "
                                         "86400000 = 20777")), /* 20 November 2026 */
                     1);
    a = test_get(h->t, arena_printf(h->t->mem, "/letters/%.*s", (int)id.len, id.ptr).ptr);
    assert_true(test_has(&a, "\u4fe1\u51fd\uff0c")); /* by post, and by whom */
    a = test_get(h->t, "/api/v1/letters?via=post");
    assert_true(str_is(test_json(h->t, &a, "total"), "1"));
    a = test_get(h->t, "/api/v1/letters?via=web");
    assert_true(str_is(test_json(h->t, &a, "total"), "1"));
    a = test_get(h->t, "/letters.csv");
    assert_true(test_has(&a, "\u6765\u4fe1\u6e20\u9053") && test_has(&a, "\u4fe1\u51fd"));
}

static void what_is_wrong_is_told_and_kept(void **state)
{
    static const struct {
        const char *name, *value, *why;
    } WRONG[] = {
        { "via", "", "id=\"via" },
        { "via", "web", "id=\"via" }, /* what comes by itself nobody writes down */
        { "body", "", "body-why" },
        { "area", "Nowhere", "area-why" },
        { "area", "Lindistrict Nowhere", "area-why" },
        { "received_on", "2026-11-26", "received_on-why" }, /* tomorrow */
        { "received_on", "2016-11-24", "received_on-why" }, /* a slip of ten years */
        { "received_on", "1959-11-24", "received_on-why" },
        { "point", "990", "point-why" },
        { "phone", "138", "phone-why" },
        { "consent", "", "consent-why" },
    };
    struct house *h = *state;
    house_as_staff(h);
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        const char *field[][2] = { { "via", "visit" },        { "body", "The bridge sways." },
                                   { "area", "Mangtown" },    { "received_on", "2026-11-24" },
                                   { "phone", "1381234567" }, { "consent", "1" },
                                   { "point", "23.8,100.1" } };
        for (size_t k = 0; k < sizeof field / sizeof *field; k++)
            if (strcmp(field[k][0], WRONG[i].name) == 0)
                field[k][1] = WRONG[i].value;
        struct test_answer a =
            test_post(h->t, PATH, field[0][0], field[0][1], field[1][0], field[1][1], field[2][0],
                      field[2][1], field[3][0], field[3][1], field[4][0], field[4][1],
                      *field[5][1] ? field[5][0] : "handover", "1", field[6][0], field[6][1],
                      "title", "Sways & creaks", NULL);
        if (a.status != 422 || !test_has(&a, "Sways &amp; creaks") || !test_has(&a, WRONG[i].why))
            fail_msg("%s=%s: %d %.*s", WRONG[i].name, WRONG[i].value, a.status, (int)a.body.len,
                     a.body.ptr);
    }
    assert_int_equal(house_newest(h), 0);
}

static err named(struct rq *rq, void *context)
{
    static const struct {
        const char *text, *code;
    } PLACES[] = {
        { "Mangtown", "990100001" },
        { "990100001201", "990100001201" },
        { "Lindistrict  Mangtown", "990100001" },
        { " Lindistrict Mangtown Lowvillage ", "990100001201" },
        { "Mangtown Lindistrict", "" },
        { "", "" },
    };
    strs all;
    (void)context;
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
        struct area area;
        TRY(transcribe_area(rq, str_of(PLACES[i].text), &area));
        if (PLACES[i].code[0] ? !str_is(area.code, PLACES[i].code) : area.id != 0)
            fail_msg("%s", PLACES[i].text);
    }
    TRY(transcribe_areas(rq, &all));
    assert_int_equal(all.count, 3); /* two counties and the town of the first */
    assert_true(str_is(all.items[0], "Lindistrict"));
    assert_true(str_is(all.items[1], "Lindistrict Mangtown"));
    assert_true(str_is(all.items[2], "Yuncounty"));
    return OK;
}

static void a_place_is_named_in_words(void **state)
{
    struct house *h = *state;
    house_as_staff(h);
    assert_ok(test_write(h->t, named, NULL));
}

/* Whoever is asked takes it, wherever it is about: nobody is sent away. */
static void it_stays_with_who_wrote_it_down(void **state)
{
    struct house *h = *state;
    house_as_staff(h);
    struct test_answer a = test_post(h->t, PATH, "via", "window", "body", "No water since May.",
                                     "area", "Yuncounty", NULL);
    assert_int_equal(a.status, 200);
    assert_int_equal(house_number(h, SQL("SELECT count(*) AS n FROM letters WHERE org_id = :org "
                                         "AND county = 'Yuncounty' AND via = 'window'")),
                     1);
    test_as_role(h->t, "dispatcher");
    assert_int_equal(test_get(h->t, PATH).status, 403);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, house_setup, house_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(he_gets_a_receipt_and_follows_it), T(its_page_and_the_list_say_how_it_came),
        T(what_is_wrong_is_told_and_kept),   T(a_place_is_named_in_words),
        T(it_stays_with_who_wrote_it_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
