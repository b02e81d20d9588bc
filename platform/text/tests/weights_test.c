/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Weights of a collection in the index: each organisation's own, kept for ten minutes, anew when it
 * has grown, whole for whoever still holds older ones. Both engines (HUOTANG_TEST_DB). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/text/text.h"
#include "platform/text/weights.h"
#include "tests/harness/test_db.h"

enum { MINUTES_10 = 600000 };

static struct arena *mem;
static struct db *db;

static int setup(void **state)
{
    (void)state;
    static const struct db_schema SCHEMAS[] = { { "text", text_schema }, { 0 } };
    mem = arena_new(64 << 20, 0);
    db = test_db_open(SCHEMAS);
    assert_int_equal(db_begin(db).code, ERR_NONE);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    db_rollback(db);
    test_db_close(db);
    arena_free(mem);
    return 0;
}

static struct rq request(i64 org_id, i64 now_ms)
{
    db_set_org(db, org_id);
    return (struct rq){ .mem = arena_new(16 << 20, 0), .db = db, .now_ms = now_ms };
}

static void add(struct rq *rq, const char *collection, i64 id, const char *title)
{
    assert_int_equal(text_index(rq, collection, id, str_of(title), str_of("")).code, ERR_NONE);
}

static const struct text_weights *weights(struct rq *rq, const char *collection)
{
    const struct text_weights *w;
    assert_int_equal(text_weights_of(rq, collection, &w).code, ERR_NONE);
    return w;
}

static void each_organisation_and_collection_has_its_own(void **state)
{
    (void)state;
    struct rq first = request(1, 1), second;
    add(&first, "letters", 1, "路灯不亮");
    add(&first, "letters", 2, "停车难");
    add(&first, "opinions", 1, "停车难");
    second = request(2, 1);
    add(&second, "letters", 1, "停车难");
    assert_int_equal(text_weights_docs(weights(&second, "letters")), 1);
    db_set_org(db, 1);
    assert_int_equal(text_weights_docs(weights(&first, "letters")), 2);
    assert_int_equal(text_weights_docs(weights(&first, "opinions")), 1);
    assert_int_equal(text_weights_docs(weights(&first, "speeches")), 0);
    arena_free(first.mem);
    arena_free(second.mem);
}

/* Eight: two more are a quarter, a third one is more. */
static void they_are_kept_until_there_are_a_quarter_more(void **state)
{
    (void)state;
    struct rq rq = request(11, 1);
    for (i64 id = 1; id <= 8; id++)
        add(&rq, "letters", id, "路灯不亮");
    const struct text_weights *w = weights(&rq, "letters");
    assert_int_equal(text_weights_docs(w), 8);
    add(&rq, "letters", 9, "停车难");
    add(&rq, "letters", 10, "停车难");
    assert_ptr_equal(weights(&rq, "letters"), w);
    struct rq late = request(11, 2);
    add(&late, "letters", 11, "停车难");
    assert_int_equal(text_weights_docs(weights(&late, "letters")), 11);
    assert_int_equal(text_weights_docs(w), 8); /* rq still holds it */
    assert_true(text_weights_idf(w, text_key(str_of("停车"))) > 2);
    arena_free(rq.mem);
    assert_int_equal(text_weights_docs(weights(&late, "letters")), 11);
    arena_free(late.mem);
}

static void after_ten_minutes_they_are_made_anew(void **state)
{
    (void)state;
    struct rq rq = request(21, 1000);
    for (i64 id = 1; id <= 8; id++)
        add(&rq, "letters", id, "路灯不亮");
    assert_int_equal(text_weights_docs(weights(&rq, "letters")), 8);
    add(&rq, "letters", 9, "停车难");
    rq.now_ms += MINUTES_10 - 1;
    assert_int_equal(text_weights_docs(weights(&rq, "letters")), 8);
    rq.now_ms += 1;
    assert_int_equal(text_weights_docs(weights(&rq, "letters")), 9);
    rq.now_ms = 1; /* a clock that was set back */
    add(&rq, "letters", 10, "停车难");
    assert_int_equal(text_weights_docs(weights(&rq, "letters")), 10);
    arena_free(rq.mem);
}

/* Twenty: one more says nothing new about words, however long ago it was; a second one is due. */
static void time_alone_changes_no_weights(void **state)
{
    (void)state;
    struct rq rq = request(22, 1000);
    for (i64 id = 1; id <= 20; id++)
        add(&rq, "letters", id, "路灯不亮");
    const struct text_weights *w = weights(&rq, "letters");
    add(&rq, "letters", 21, "停车难");
    rq.now_ms += 10 * MINUTES_10;
    assert_ptr_equal(weights(&rq, "letters"), w);
    add(&rq, "letters", 22, "停车难");
    assert_int_equal(text_weights_docs(weights(&rq, "letters")), 22);
    arena_free(rq.mem);
}

/* More collections than are kept: who was asked longest ago goes, and comes back right. */
static void only_so_many_are_kept(void **state)
{
    (void)state;
    for (i64 turn = 0; turn < 2; turn++)
        for (i64 org = 31; org < 55; org++) {
            struct rq rq = request(org, 1);
            for (i64 id = 1; turn == 0 && id <= org - 30; id++)
                add(&rq, "letters", id, "路灯不亮");
            assert_int_equal(text_weights_docs(weights(&rq, "letters")), org - 30);
            arena_free(rq.mem);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_organisation_and_collection_has_its_own, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(they_are_kept_until_there_are_a_quarter_more, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(after_ten_minutes_they_are_made_anew, setup, teardown),
        cmocka_unit_test_setup_teardown(time_alone_changes_no_weights, setup, teardown),
        cmocka_unit_test_setup_teardown(only_so_many_are_kept, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
