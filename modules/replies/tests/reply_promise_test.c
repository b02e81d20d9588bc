/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Promises of a reply: when one is needed, what each must have, that they go out with the letter
 * and are seen by whom the reply is seen; and what modules above put below an agency's part. Both
 * engines; today is 2026-11-25. */
#include <stdio.h>

#include "modules/assignments/assignment_sheet.h"
#include "modules/assignments/tests/hall.h"
#include "modules/replies/reply_letter.h"
#include "modules/replies/reply_promise.h"
#include "platform/base/str.h"

static const char HEAD[] =
    "{\"class\":\"%s\",\"opening\":\"O\",\"results\":[\"adopted\",\"planned\"],"
    "\"answers\":[\"Yes.\",\"Yes.\"],\"closing\":\"C\",\"operator\":\"W\","
    "\"phone\":\"1\"%s}";

static const char *reply_json(struct hall *h, const char *class, const char *promises)
{
    char text[2000];
    snprintf(text, sizeof text, HEAD, class, promises);
    return arena_cstr(h->t->mem, arena_str(h->t->mem, str_of(text)));
}

#define LAMPS                                                                          \
    ",\"promise_texts\":[\"Lamps along the road\"],\"promise_days\":[\"2027-06-30\"]," \
    "\"promise_owners\":[\"Zhao\"]"

/* ---- what each must have ---- */

static void a_promise_says_what_when_and_who(void **state)
{
    struct hall *h = *state;
    static const struct {
        const char *class, *promises;
        int status;
        const char *field;
    } CASES[] = {
        { "b", "", 422, "promise_texts" }, /* rules.md 2.5: being solved or planned */
        { "b", ",\"promise_texts\":[\"\"],\"promise_items\":[\"1\"]", 422, "promise_texts" },
        { "b",
          ",\"promise_texts\":[\"123456789\"],\"promise_days\":[\"2027-06-30\"],"
          "\"promise_owners\":[\"Zhao\"]",
          422, "promise_texts" }, /* ten characters at least */
        { "b",
          ",\"promise_texts\":[\"1234567890\"],\"promise_days\":[\"2026-11-25\"],"
          "\"promise_owners\":[\"Zhao\"]",
          422, "promise_days" }, /* today is too early */
        { "b",
          ",\"promise_texts\":[\"1234567890\"],\"promise_days\":[\"2031-11-26\"],"
          "\"promise_owners\":[\"Zhao\"]",
          422, "promise_days" }, /* five years: until 2031-11-25 */
        { "b",
          ",\"promise_texts\":[\"1234567890\"],\"promise_days\":[\"soon\"],"
          "\"promise_owners\":[\"Zhao\"]",
          422, "promise_days" },
        { "b", ",\"promise_texts\":[\"1234567890\"],\"promise_owners\":[\"Zhao\"]", 422,
          "promise_days" },
        { "b", ",\"promise_texts\":[\"1234567890\"],\"promise_days\":[\"2031-11-25\"]", 422,
          "promise_owners" },
        { "b", LAMPS ",\"promise_items\":[\"3\"]", 422, "promise_items" }, /* there are two */
        { "b", LAMPS ",\"promise_evidence\":[\"oath\"]", 422, "promise_evidence" },
        { "a", ",\"promise_texts\":[\"123456789\"]", 422, "promise_texts" }, /* given is judged */
        { "b", LAMPS, 200, NULL },
    };
    i64 id = talked(h);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char path[100], needle[60];
        snprintf(path, sizeof path, "/api/v1/assignments/%lld/reply", (long long)id);
        struct test_answer a =
            test_api(h->t, POST, path,
                     test_versioned(h->t, reply_json(h, CASES[i].class, CASES[i].promises),
                                    load(h, id).version));
        if (a.status != CASES[i].status)
            fail_msg("case %zu: %d %.*s", i, a.status, (int)a.body.len, a.body.ptr);
        snprintf(needle, sizeof needle, "\"field\":\"%s\"", CASES[i].field ? CASES[i].field : "");
        if (CASES[i].field && !test_has(&a, needle))
            fail_msg("case %zu: no %s in %.*s", i, needle, (int)a.body.len, a.body.ptr);
    }
    same(state_of(h, id), "drafted");
}

/* Letters do not mean the same everywhere: the site names the classes. */
static void the_site_says_which_classes_promise(void **state)
{
    struct hall *h = *state;
    i64 id = talked(h);
    assert_int_equal(act(h, id, "reply", reply_json(h, "z", "")), 422);
    set(h, "assignments.promise_classes", "b c");
    assert_int_equal(act(h, id, "reply", reply_json(h, "c", "")), 422);
    set(h, "assignments.promise_classes", "c");
    assert_int_equal(act(h, id, "reply", reply_json(h, "b", "")), 200);
}

/* Drafted when none was asked for, signed when one is: it does not go out. */
static void nothing_is_delivered_without(void **state)
{
    struct hall *h = *state;
    i64 id = talked(h);
    set(h, "assignments.promise_classes", "");
    assert_int_equal(act(h, id, "reply", reply_json(h, "b", "")), 200);
    set(h, "assignments.promise_classes", "b");
    as_leader(h, 0);
    char path[100];
    snprintf(path, sizeof path, "/api/v1/assignments/%lld/sign", (long long)id);
    struct test_answer a =
        test_api(h->t, POST, path,
                 test_versioned(h->t, "{\"signer\":\"Li\"}", load(h, id).version));
    assert_int_equal(a.status, 409);
    assert_true(test_has(&a, "assignments.promise_first"));
    same(state_of(h, id), "drafted");
    assert_int_equal(act(h, id, "redraft", "{\"opinion\":\"Say until when.\"}"), 200);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "reply", reply_json(h, "b", LAMPS)), 200);
    as_leader(h, 0);
    assert_int_equal(act(h, id, "sign", "{\"signer\":\"Li\"}"), 200);
}

/* ---- kept, seen, printed ---- */

static const char TWO[] =
    ",\"promise_texts\":[\"\",\"Lamps along the road\",\"\",\"A pavement on both sides\"],"
    "\"promise_days\":[\"\",\"2027-06-30\",\"\",\"2027-12-31\"],"
    "\"promise_owners\":[\"\",\"Zhao\",\"\",\"Qian\"],\"promise_phones\":[\"\",\"1234\"],"
    "\"promise_items\":[\"1\",\"2\"],\"promise_evidence\":[\"\",\"photo\"]";

static err look(struct rq *rq, void *context)
{
    i64 id = *(i64 *)context;
    struct rows rows;
    TRY(reply_promises(rq, id, 1, &rows));
    assert_int_equal(rows.count, 2); /* empty lines are none, and take no number */
    const struct reply_promise *p = rows.items;
    assert_int_equal(p[0].number, 1);
    assert_int_equal(p[1].number, 2);
    same(p[0].text, "Lamps along the road");
    assert_int_equal(p[0].due_on, day("2027-06-30"));
    same(p[0].owner, "Zhao");
    same(p[0].phone, "1234");
    assert_int_equal(p[0].item_number, 2);
    same(p[0].evidence_kind, "photo");
    assert_int_equal(p[1].item_number, 0);
    TRY(reply_promises(rq, id, 2, &rows)); /* there is no such round */
    assert_int_equal(rows.count, 0);
    return OK;
}

static err print(struct rq *rq, void *context)
{
    i64 id = *(i64 *)context;
    struct assignment a;
    struct assignment_sheet sheet;
    struct paper_part parts[4];
    TRY(assignment_store_find(rq->db, id, rq->mem, &a));
    struct matter_key key = assignment_matter(&a);
    TRY(assignment_sheet_load(rq, &key, &sheet));
    i64 reply = ((const struct reply *)sheet.replies.items)->id;
    assert_int_equal(letter_count_promises(&sheet, reply), 3);
    assert_int_equal(letter_put_promises(rq, &sheet, reply, 0, parts), 3);
    assert_true(parts[0].kind == PAPER_HEADING2);
    same(parts[0].text, "承诺事项");
    same(parts[1].text, "1. Lamps along the road（2027年6月30日前完成；对应第2条建议；责任人Zhao，"
                        "电话1234；以照片为证）");
    same(parts[2].text, "2. A pavement on both sides（2027年12月31日前完成；责任人Qian）");
    assert_int_equal(letter_count_promises(&sheet, reply + 1), 0);
    return OK;
}

static void they_go_out_with_the_reply(void **state)
{
    struct hall *h = *state;
    i64 id = talked(h);
    assert_int_equal(act(h, id, "reply", reply_json(h, "b", TWO)), 200);
    assert_int_equal(test_write(h->t, look, &id).code, ERR_NONE);
    as_signer(h, 301);
    assert_false(test_has(&(struct test_answer){ .body = page(h, "/matters/", MATTER_ID, "").body },
                          "Lamps along")); /* not before it is signed */
    as_leader(h, 0);
    struct test_answer a = page(h, "/assignments/", id, "/sign");
    assert_true(test_has(&a, "Lamps along the road"));
    assert_int_equal(act(h, id, "sign", "{\"signer\":\"Li\"}"), 200);
    assert_int_equal(test_write(h->t, print, &id).code, ERR_NONE);
    as_signer(h, 301);
    a = page(h, "/matters/", MATTER_ID, "");
    assert_true(test_has(&a, "Lamps along the road"));
    assert_true(test_has(&a, "责任人Zhao"));
    a = page(h, "/api/v1/matters/", MATTER_ID, "");
    same(test_json(h->t, &a, "assignments.0.replies.0.promises.1.owner"), "Qian");
    same(test_json(h->t, &a, "assignments.0.replies.0.promises.0.due_on"), "2027-06-30");
    as_operator(h, 1); /* an agency that has nothing to do with it sees the published answer only */
    a = page(h, "/api/v1/assignments/", id, "");
    assert_int_equal(a.status, 404);
}

/* The draft comes back as it was, with room for one more, and a save of fewer leaves no rest. */
static void a_draft_keeps_its_lines(void **state)
{
    struct hall *h = *state;
    i64 id = talked(h);
    str path = arena_printf(h->t->mem, "/assignments/%lld/draft", (long long)id);
    struct test_answer a =
        test_post(h->t, path.ptr, "version", "0", "class", "b", "promise_texts", "Short",
                  "promise_days", "2027-06-30", "promise_owners", "", "promise_texts", "Second",
                  "promise_days", "", "promise_owners", "Qian", NULL);
    assert_int_equal(a.status, 303);
    a = page(h, "/assignments/", id, "/reply");
    assert_true(test_has(&a, "第 3 项承诺"));
    assert_false(test_has(&a, "第 4 项承诺"));
    assert_true(test_has(&a, "value=\"2027-06-30\""));
    assert_true(test_has(&a, "B 类必填"));
    a = test_post(h->t, path.ptr, "version", "1", "class", "b", "promise_texts", "Only one",
                  "promise_days", "", "promise_owners", "", NULL);
    assert_int_equal(a.status, 303);
    a = page(h, "/assignments/", id, "/reply");
    assert_false(test_has(&a, "Second"));
    a = test_post(h->t, path.ptr, "version", "1", "class", "b", "promise_texts", "Mine", NULL);
    assert_int_equal(a.status, 409); /* somebody has saved in between */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_promise_says_what_when_and_who, hall_setup,
                                        hall_teardown),
        cmocka_unit_test_setup_teardown(the_site_says_which_classes_promise, hall_setup,
                                        hall_teardown),
        cmocka_unit_test_setup_teardown(nothing_is_delivered_without, hall_setup, hall_teardown),
        cmocka_unit_test_setup_teardown(they_go_out_with_the_reply, hall_setup, hall_teardown),
        cmocka_unit_test_setup_teardown(a_draft_keeps_its_lines, hall_setup, hall_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
