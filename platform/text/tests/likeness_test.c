/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Likeness of each text with each: the same, nothing in common, parts, order, only mutual
 * neighbours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "platform/base/arena.h"
#include "platform/base/str.h"
#include "platform/text/likeness.h"

static int setup(void **state)
{
    *state = arena_new(8 << 20, 0);
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static struct text_sample text(i64 part, const char *title, const char *body)
{
    return (struct text_sample){ 1, part, { title, strlen(title) }, { body, strlen(body) } };
}

static void the_same_text_is_wholly_alike_whatever_its_form(void **state)
{
    const struct text_sample texts[] = {
        text(1, "增设过江公交线路", "新城到老城只有一条公交线"),
        text(1, "加强古树名木保护", "山上的老茶树没有人登记"),
        text(1, "增设 过江公交线路。", " 新城到老城只有一条公交线！"),
    };
    struct rows rows;
    text_pairs(*state, texts, 3, &rows);
    const struct text_pair *pairs = rows.items;
    assert_int_equal(rows.count, 1); /* the second has no word of the others */
    assert_int_equal(pairs[0].a, 0);
    assert_int_equal(pairs[0].b, 2);
    assert_int_equal(pairs[0].degree, 1000);
}

/* The same body under another title: 1000 × (0.8 × below 1 + 0.2 × 0), so below 800; the same title
 * over another body: at least 200. */
static void a_title_counts_by_itself(void **state)
{
    const struct text_sample texts[] = {
        text(1, "增设过江公交线路", "新城到老城只有一条公交线，早晚都挤"),
        text(1, "养老服务要下乡", "新城到老城只有一条公交线，早晚都挤"),
        text(1, "增设过江公交线路", "孩子上学没有班车，家长天天接送"),
    };
    struct rows rows;
    text_pairs(*state, texts, 3, &rows);
    const struct text_pair *pairs = rows.items;
    assert_true(rows.count >= 2 && pairs[1].a == 0);
    assert_true(pairs[0].b == 1 && pairs[0].degree > 100 && pairs[0].degree < 800);
    assert_true(pairs[1].b == 2 && pairs[1].degree >= 200 && pairs[1].degree < 800);
}

static void texts_of_two_parts_are_not_compared(void **state)
{
    const struct text_sample texts[] = {
        text(1, "增设过江公交线路", "一条公交线"),
        text(2, "增设过江公交线路", "一条公交线"),
        text(0, "增设过江公交线路", "一条公交线"), /* of none */
        text(0, "增设过江公交线路", "一条公交线"),
    };
    struct rows rows;
    text_pairs(*state, texts, 4, &rows);
    assert_int_equal(rows.count, 0);
    text_pairs(*state, texts, 0, &rows);
    assert_int_equal(rows.count, 0);
}

/* Fourteen that are all the same: each has twelve nearest, the first in order; only what is so on
 * both sides is a pair, so that the last two find nobody but themselves out of reach. */
static void only_neighbours_of_each_other_are_pairs(void **state)
{
    struct text_sample texts[14];
    struct rows rows;
    size_t of_last = 0;
    for (size_t i = 0; i < 14; i++)
        texts[i] = text(1, "增设过江公交线路", "一条公交线");
    text_pairs(*state, texts, 14, &rows);
    const struct text_pair *pairs = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        of_last += pairs[i].b == 13;
    assert_int_equal(of_last, 0);
    assert_int_equal(rows.count, 13 * 12 / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_same_text_is_wholly_alike_whatever_its_form, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_title_counts_by_itself, setup, teardown),
        cmocka_unit_test_setup_teardown(texts_of_two_parts_are_not_compared, setup, teardown),
        cmocka_unit_test_setup_teardown(only_neighbours_of_each_other_are_pairs, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
