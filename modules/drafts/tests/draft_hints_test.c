/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Hints: each rule by itself, at its edge and one short of it, and a text that has nothing to be
 * said of. By the README, "Hints". */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "embed.h"
#include "modules/drafts/draft_hints.h"
#include "platform/base/arena.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"

#define LONG  "由市交通局每年新增两条过江公交线路，"
#define TEN   "每年新增两条过江公交"
#define NINE  "每年新增两条过江公"
#define TITLE "关于增设过江公交线路的提案"

static const struct {
    const char *title, *situation, *analysis, *one, *two;
    const char *hints; /* "name@field#number ", in order */
} CASES[] = {
    { TITLE, "桥上堵车。", "线路太少。", LONG, NULL, "" },
    { "增设过江公交线路", "桥上堵车。", "线路太少。", LONG, NULL, "title@title#0 " },
    { "关于增设过江公交线路的建议", "桥上堵车。", "线路太少。", LONG, NULL, "" },
    { "", "桥上堵车。", "线路太少。", LONG, NULL, "" }, /* that it is missing is said elsewhere */
    { TITLE, "桥上堵车。", "线路太少。", TEN, NULL, "" },
    { TITLE, "桥上堵车。", "线路太少。", LONG, NINE, "short@suggestions#2 " },
    /* 51 characters of the others want 10.2 of suggestions, 50 want 10 */
    { TITLE, "一二三四五六七八九十一二三四五六七八九十一二三四五",
      "一二三四五六七八九十一二三四五六七八九十一二三四五六", TEN, NULL, "thin@suggestions#0 " },
    { TITLE, "一二三四五六七八九十一二三四五六七八九十一二三四五",
      "一二三四五六七八九十一二三四五六七八九十一二三四五", TEN, NULL, "" },
    { TITLE, "桥上堵车。", "线路太少。", "另外，" LONG, LONG, "" },
    { TITLE, "桥上堵车。", "线路太少。", "另外，" LONG, "此外，" LONG, "several@suggestions#0 " },
    { TITLE, "请联系13812345678。", "线路太少。", LONG, NULL, "phone@situation#0 " },
    { TITLE, "文号23812345678，12812345678，138123456789。", "线路太少。", LONG, NULL, "" },
    { TITLE, "请联系138-1234-5678。", "线路太少。", LONG, NULL, "phone@situation#0 " },
    { TITLE, "请联系138 1234 5678。", "线路太少。", LONG, NULL, "phone@situation#0 " },
    { TITLE, "请联系１３８１２３４５６７８。", "线路太少。", LONG, NULL, "phone@situation#0 " },
    { TITLE, "请联系１３８－１２３４－５６７８。", "线路太少。", LONG, NULL, "phone@situation#0 " },
    { TITLE, "第20 13812345678号。", "线路太少。", LONG, NULL, "phone@situation#0 " },
    { TITLE, "1995-2005 123件，138-1234-56789。", "线路太少。", LONG, NULL, "" },
    { TITLE, "桥上堵车。", "身份证510101-19800101-123X。", LONG, NULL, "identity@analysis#0 " },
    { TITLE, "桥上堵车。", "编号５１０１０１１９８００１０１１２３Ｘ。", LONG, NULL,
      "identity@analysis#0 " },
    { TITLE, "桥上堵车。", "王某，身份证51010119800101123X。", LONG, NULL, "identity@analysis#0 " },
    { TITLE, "桥上堵车。", "编号510101198001011234。", LONG, NULL, "identity@analysis#0 " },
    { TITLE, "桥上堵车。", "编号510101158001011234。", LONG, NULL,
      "" }, /* nobody's year of birth */
};

static void each_rule_at_its_edge(void **state)
{
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        str items[2] = { str_of(CASES[i].one), str_of(CASES[i].two ? CASES[i].two : "") };
        strs suggestions = { items, CASES[i].two ? 2 : 1 };
        const struct draft_text text = { str_of(CASES[i].title), str_of(CASES[i].situation),
                                         str_of(CASES[i].analysis), &suggestions };
        struct draft_hint hints[DRAFT_HINTS_MAX];
        char got[400] = "";
        size_t n = draft_hints(*state, &text, hints), at = 0;
        for (size_t h = 0; h < n; h++)
            at += (size_t)snprintf(got + at, sizeof got - at, "%s@%s#%lld ",
                                   hints[h].name + strlen("drafts.hint."), hints[h].field,
                                   (long long)hints[h].number);
        if (strcmp(got, CASES[i].hints) != 0)
            fail_msg("case %zu: %s instead of %s", i, got, CASES[i].hints);
    }
}

/* However much is wrong, there is room. */
static void there_is_an_end_of_hints(void **state)
{
    str items[100];
    strs suggestions = { items, 100 };
    struct draft_hint hints[DRAFT_HINTS_MAX];
    for (size_t i = 0; i < 100; i++)
        items[i] = str_of("短");
    const struct draft_text text = { str_of(TITLE), str_of("x"), str_of("x"), &suggestions };
    assert_int_equal(draft_hints(*state, &text, hints), DRAFT_HINTS_MAX);
}

static int texts_open(void **state)
{
    struct arena *mem = arena_new(1 << 20, 0);
    *state = mem;
    return text_load(mem, embed_texts).code == ERR_NONE ? 0 : -1;
}

static int texts_close(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_at_its_edge),
        cmocka_unit_test(there_is_an_end_of_hints),
    };
    return cmocka_run_group_tests(tests, texts_open, texts_close);
}
