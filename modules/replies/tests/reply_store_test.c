/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of answers on both engines: versions, and each organisation by itself. */
#include "modules/assignments/tests/hall.h"
#include "modules/replies/reply_store.h"

static void a_reply_keeps_its_version_and_is_not_changed_when_signed(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    struct reply r = { 0 }, old;
    draft(h, id, 0);
    assert_int_equal(reply_store_find(h->t->db, id, 1, h->t->mem, &r).code, ERR_NONE);
    old = r;
    assert_int_equal(reply_store_update(h->t->db, &r).code, ERR_NONE);
    assert_true(err_is(reply_store_update(h->t->db, &old), "db.version"));
    assert_int_equal(reply_store_find(h->t->db, id, 1, h->t->mem, &r).code, ERR_NONE);
    r.number = str_of("RD 1");
    r.signed_at = r.delivered_at = 5;
    assert_int_equal(reply_store_pass(h->t->db, &r).code, ERR_NONE);
    r.version++;
    assert_true(err_is(reply_store_update(h->t->db, &r), "db.version"));
    assert_true(err_is(reply_store_pass(h->t->db, &r), "db.version"));
}

static i64 next_number(struct hall *h)
{
    i64 number = 0;
    assert_int_equal(reply_store_next_number(h->t->db, str_of("RD"), 2026, &number).code, ERR_NONE);
    return number;
}

static void numbers_of_organisations_are_apart(void **state)
{
    struct hall *h = *state;
    assert_int_equal(next_number(h), 1);
    db_set_org(h->t->db, OTHER_ORG);
    assert_int_equal(next_number(h), 1);
    db_set_org(h->t->db, h->t->org);
    assert_int_equal(next_number(h), 2);
    assert_int_equal(reply_store_reach_number(h->t->db, str_of("RD"), 2026, 7).code, ERR_NONE);
    assert_int_equal(reply_store_reach_number(h->t->db, str_of("RD"), 2026, 5).code, ERR_NONE);
    assert_int_equal(next_number(h), 8); /* behind what came from elsewhere, and never back */
}

static void rows_of_organisations_are_apart(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h), waiting = 0;
    struct reply r = { 0 }, other = { 0 };
    struct reply_promise promise = { .number = 1, .due_on = 1 };
    struct rows rows;
    str class = str_of("x");
    bool has = true;
    answer(h, id, 0);
    assert_int_equal(reply_store_find(h->t->db, id, 1, h->t->mem, &r).code, ERR_NONE);
    promise.reply_id = r.id;
    assert_int_equal(reply_promise_store_add(h->t->db, &promise).code, ERR_NONE);
    struct reply_letter letter = { r.id, MATTER_ID + 1, str_of("RD 2") };
    assert_int_equal(reply_letter_store_add(h->t->db, &letter).code, ERR_NONE);
    db_set_org(h->t->db, OTHER_ORG);
    assert_int_equal(reply_store_find(h->t->db, id, 1, h->t->mem, &other).code, ERR_NONE);
    assert_int_equal(other.id, 0);
    assert_int_equal(reply_store_find_class(h->t->db, id, h->t->mem, &class).code, ERR_NONE);
    same(class, "");
    assert_int_equal(reply_store_list_own_answers(h->t->db, r.id, h->t->mem, &rows).code, ERR_NONE);
    assert_int_equal(rows.count, 0);
    assert_int_equal(reply_promise_store_list(h->t->db, r.id, h->t->mem, &rows).code, ERR_NONE);
    assert_int_equal(rows.count, 0);
    assert_int_equal(reply_promise_store_remove_all(h->t->db, r.id).code, ERR_NONE);
    assert_int_equal(reply_letter_store_has(h->t->db, r.id, MATTER_ID + 1, &has).code, ERR_NONE);
    assert_false(has);
    assert_int_equal(contribution_store_find_unsigned(h->t->db, id, &waiting).code, ERR_NONE);
    assert_int_equal(waiting, 0);
    assert_true(err_is(reply_store_pass(h->t->db, &r), "db.version"));
    db_set_org(h->t->db, h->t->org);
    assert_int_equal(reply_store_list_own_answers(h->t->db, r.id, h->t->mem, &rows).code, ERR_NONE);
    assert_int_equal(rows.count, 2);
    assert_int_equal(reply_promise_store_list(h->t->db, r.id, h->t->mem, &rows).code, ERR_NONE);
    assert_int_equal(rows.count, 1); /* the other organisation has removed nothing */
    assert_int_equal(reply_letter_store_has(h->t->db, r.id, MATTER_ID + 1, &has).code, ERR_NONE);
    assert_true(has);
    assert_int_equal(reply_store_find_class(h->t->db, id, h->t->mem, &class).code, ERR_NONE);
    same(class, "a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "a_reply_keeps_its_version_and_is_not_changed_when_signed",
          a_reply_keeps_its_version_and_is_not_changed_when_signed, hall_setup, hall_teardown,
          NULL },
        { "numbers_of_organisations_are_apart", numbers_of_organisations_are_apart, hall_setup,
          hall_teardown, NULL },
        { "rows_of_organisations_are_apart", rows_of_organisations_are_apart, hall_setup,
          hall_teardown, NULL },
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
