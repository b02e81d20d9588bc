/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Training and guessing on a handful of texts; the same bytes each time; what cannot be learned
 * from; bytes that are no model. How good it is on real texts: tests/quality/classify_test.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "platform/text/classify.h"

static struct arena *mem;

static int setup(void **state)
{
    (void)state;
    mem = arena_new(64 << 20, 0);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(mem);
    return 0;
}

static struct classify_text text(const char *label, const char *title, const char *body)
{
    return (struct classify_text){ str_of(label), str_of(title), str_of(body) };
}

enum { HANDLED = 7 };

static void handled(struct classify_text all[HANDLED])
{
    all[0] = text("交通", "公交车太少", "早上等公交车要半个小时");
    all[1] = text("交通", "增加公交车班次", "学生放学没有公交车");
    all[2] = text("环境", "河里有垃圾", "河边的垃圾没有人清理");
    all[3] = text("环境", "垃圾没人清理", "小区门口堆着垃圾");
    all[4] = text("教育", "学校食堂", "孩子在学校食堂吃不好");
    all[5] = text("教育", "学校学位不够", "附近的学校学位太少");
    all[6] = text("", "没有人看过", "这一封只说明哪些词常见");
}

static bytes trained(void)
{
    struct classify_text all[HANDLED];
    bytes model = { 0 };
    handled(all);
    assert_true(classify_train(mem, all, HANDLED, &model));
    return model;
}

static const struct classify_guess *guess(bytes model, const char *title, const char *body,
                                          size_t *count)
{
    struct rows rows;
    struct classify_text asked = text("", title, body);
    assert_true(classify_guess(mem, model, &asked, &rows));
    *count = rows.count;
    return rows.items;
}

/* All labels, together 100 (but for rounding), the right one first, for a reason. */
static void a_like_text_gets_its_label(void **state)
{
    (void)state;
    size_t count;
    i64 sum = 0;
    const struct classify_guess *g = guess(trained(), "公交车不来", "等了很久的公交车", &count);
    assert_int_equal(count, 3);
    assert_true(str_is(g[0].label, "交通"));
    for (size_t i = 0; i < count; i++)
        sum += g[i].degree;
    assert_in_range(sum, 99, 101);
    assert_true(g[0].degree > g[1].degree && g[1].degree >= g[2].degree);
    assert_in_range(g[0].because.count, 1, CLASSIFY_BECAUSE);
    bool bus = false;
    for (size_t i = 0; i < g[0].because.count; i++) {
        assert_true(str_chars(g[0].because.items[i]) >= 2);
        bus |= str_is(g[0].because.items[i], "公交") || str_is(g[0].because.items[i], "交车");
    }
    assert_true(bus);
    g = guess(trained(), "", "垃圾堆在河边", &count);
    assert_true(str_is(g[0].label, "环境"));
    g = guess(trained(), "学校", "", &count);
    assert_true(str_is(g[0].label, "教育"));
}

static void a_text_without_known_words_gets_none(void **state)
{
    (void)state;
    size_t count;
    guess(trained(), "ABC 123", "", &count);
    assert_int_equal(count, 0);
    guess(trained(), "", "", &count);
    assert_int_equal(count, 0);
}

static void the_same_texts_give_the_same_bytes(void **state)
{
    (void)state;
    bytes first = trained();
    (void)rand(); /* whatever others draw meanwhile */
    bytes second = trained();
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.ptr, second.ptr, first.len);
}

/* Training draws from a state of its own: others go on as if it had not been. */
static void others_draw_as_before(void **state)
{
    (void)state;
    srandom(7);
    long first = random(), second = random();
    srandom(7);
    assert_int_equal(random(), first);
    trained();
    assert_int_equal(random(), second);
}

static void too_little_teaches_nothing(void **state)
{
    (void)state;
    struct classify_text all[HANDLED], many[CLASSIFY_LABELS_MAX + 1];
    bytes model;
    handled(all);
    assert_false(classify_train(mem, all, 0, &model));
    assert_false(classify_train(mem, all, 2, &model));     /* one label */
    assert_false(classify_train(mem, all + 6, 1, &model)); /* none */
    const struct classify_text strangers[] = { text("甲", "公交", ""), text("乙", "垃圾", "") };
    assert_false(classify_train(mem, strangers, 2, &model)); /* no word in two texts */
    for (int i = 0; i <= CLASSIFY_LABELS_MAX; i++)
        many[i] =
            (struct classify_text){ arena_printf(mem, "%d", i), str_of("公交车"), str_of("") };
    assert_false(classify_train(mem, many, CLASSIFY_LABELS_MAX + 1, &model));
    assert_true(classify_train(mem, many, CLASSIFY_LABELS_MAX, &model));
    char label[CLASSIFY_LABEL_BYTES + 2] = { 0 };
    memset(label, 'a', CLASSIFY_LABEL_BYTES + 1);
    all[0].label = str_of(label);
    assert_false(classify_train(mem, all, HANDLED, &model));
    label[CLASSIFY_LABEL_BYTES] = '\0';
    all[0].label = str_of(label);
    assert_true(classify_train(mem, all, HANDLED, &model));
}

/* "HTC1", labels 4-5, features 6-9, then 6 (length of the first label) at 10. */
static void other_bytes_are_no_model(void **state)
{
    (void)state;
    static const struct {
        size_t at;
        unsigned char value;
    } ODD[] = {
        { 0, 'X' },  { 4, 1 },  { 4, 4 },     { 5, 1 },     { 6, 0 },
        { 9, 0xFF }, { 10, 0 }, { 10, 0xFF }, { 11, 0xFF }, { 10, 7 },
    };
    bytes model = trained();
    struct rows rows;
    struct classify_text asked = text("", "公交车", "");
    for (size_t length = 0; length < model.len; length++)
        assert_false(classify_guess(mem, (bytes){ model.ptr, length }, &asked, &rows));
    for (size_t i = 0; i < sizeof ODD / sizeof *ODD; i++) {
        unsigned char *copy = arena_zero(mem, model.len + 1);
        memcpy(copy, model.ptr, model.len);
        assert_false(classify_guess(mem, (bytes){ copy, model.len + 1 }, &asked, &rows));
        copy[ODD[i].at] = ODD[i].value;
        assert_false(classify_guess(mem, (bytes){ copy, model.len }, &asked, &rows));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_like_text_gets_its_label, setup, teardown),
        cmocka_unit_test_setup_teardown(a_text_without_known_words_gets_none, setup, teardown),
        cmocka_unit_test_setup_teardown(the_same_texts_give_the_same_bytes, setup, teardown),
        cmocka_unit_test_setup_teardown(others_draw_as_before, setup, teardown),
        cmocka_unit_test_setup_teardown(too_little_teaches_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(other_bytes_are_no_model, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
