/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Folding, tokens, passages and differences: pure text, no database. Search itself is tested in
 * text_test.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/base/clock.h"
#include "platform/text/strokes.h"
#include "platform/text/terms.h"
#include "platform/text/text.h"

static struct arena *mem;

static int setup(void **state)
{
    (void)state;
    mem = arena_new(8 << 20, 0);
    fold_load(mem, str_of("# comment\n\xE8\x87\xA8\xE4\xB8\xB4\n"
                          "\xE6\xBB\x84\xE6\xB2\xA7\n\xE9\xBB\x9E\xE7\x82\xB9\n"));
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(mem);
    return 0;
}

#define assert_str(have, want) assert_string_equal(arena_cstr(mem, have), want)

static void folds_width_case_script_and_marks(void **state)
{
    (void)state;
    static const struct {
        const char *text, *folded;
    } CASES[] = {
        { "", "" },
        { "臨滄", "临沧" },
        { "ＡＢｃ１２", "abc12" },
        { "5G网络", "5g 网络" },
        { "交通，拥堵", "交通 拥堵" },
        { "交通\n拥堵", "交通拥堵" }, /* a line break inside Chinese is not a gap */
        { "hello  World", "hello world" },
        { "  《提案》 ", "提案" },
        { "第12号😀案", "第 12 号 案" },
        { "堃昇喆𠮷", "堃昇喆𠮷" },
        { "\xFF\xFE坏", "坏" }, /* malformed bytes are marks */
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_str(fold_text(mem, str_of(CASES[i].text)), CASES[i].folded);
}

static void tokens_are_bigrams_run_ends_and_words(void **state)
{
    (void)state;
    assert_str(tokens_fts(mem, str_of("临沧市 5g 网")), "临沧 沧市 市 5g 网");
    assert_str(tokens_array(mem, str_of("p:1"), str_of("提案"), str_of("提案 null")),
               "{\"p:1\",\"提案\",\"提\",\"案\",\"null\"}");
}

static void queries_become_phrases(void **state)
{
    (void)state;
    struct words w = words_of(mem, str_of(" 提案工作 5G网络　案 ，"));
    assert_int_equal(w.count, 3);
    assert_str(terms_all(mem, str_of("p1"), &w, true),
               "scope:p1 AND (\"提案 案工 工作\" AND \"5g 网络\" AND \"案\"*)");
    assert_str(terms_all(mem, str_of("p:1"), &w, false),
               "{\"p:1\",\"提案\",\"案工\",\"工作\",\"5g\",\"网络\",\"案\"}");
    w = words_of(mem, str_of("，。 !?"));
    assert_int_equal(w.count, 0);
}

static void a_query_cannot_leave_its_quotes(void **state)
{
    (void)state;
    struct words w = words_of(mem, str_of("a\"OR\"b {c} d*"));
    str terms = terms_all(mem, str_of("p1"), &w, true);
    assert_str(terms, "scope:p1 AND (\"a or b\" AND \"c\" AND \"d\")");
}

static void passages_mark_hits_and_escape(void **state)
{
    (void)state;
    assert_str(text_snippet(mem, str_of("臨滄<市>提案"), str_of("临沧市"), 40).s,
               "<mark>臨滄&lt;市</mark>&gt;提案");
    html h = text_snippet(mem, str_of("一二三四五六七八九十提案一二三四五六七八九十"),
                          str_of("提案"), 8);
    assert_str(h.s, "…九十<mark>提案</mark>一二三四…");
    assert_str(text_snippet(mem, str_of("没有"), str_of(""), 8).s, "没有");
    char zeros[61] = { 0 }; /* each character a hit of its own: nothing may be cut off */
    memset(zeros, '0', 60);
    h = text_snippet(mem, str_of(zeros), str_of("0"), 80);
    assert_int_equal(h.s.len, 60 * strlen("<mark>0</mark>"));
}

static void differences_show_what_changed(void **state)
{
    (void)state;
    static const struct {
        const char *before, *after, *diff;
    } CASES[] = {
        { "", "", "" },
        { "停车难", "停车难", "停车难" },
        { "", "新", "<ins>新</ins>" },
        { "旧", "", "<del>旧</del>" },
        { "增设一条公交线路", "增设两条公交线路", "增设<del>一</del><ins>两</ins>条公交线路" },
        { "2019年", "2020年", "<del>2019</del><ins>2020</ins>年" },
        { "a<b", "a>b", "a<del>&lt;</del><ins>&gt;</ins>b" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_str(text_diff(mem, str_of(CASES[i].before), str_of(CASES[i].after)).s,
                   CASES[i].diff);
}

/* Taking out <del>…</del> must give the new text, taking out <ins>…</ins> the old one. */
static str without(str diff, const char *tag)
{
    struct buf *b = buf_new(mem, diff.len + 1);
    str open = arena_printf(mem, "<%s>", tag), shut = arena_printf(mem, "</%s>", tag);
    for (i64 at; (at = str_find(diff, open, 0)) >= 0;) {
        buf_add(b, str_sub(diff, 0, (size_t)at));
        i64 end = str_find(diff, shut, (size_t)at);
        diff = str_sub(diff, (size_t)end + shut.len, diff.len);
    }
    buf_add(b, diff);
    str s = buf_str(b), out = { .len = 0 };
    struct buf *plain = buf_new(mem, s.len + 1);
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == '<')
            while (s.ptr[i] != '>')
                i++;
        else
            buf_add(plain, str_sub(s, i, 1));
    out = buf_str(plain);
    return out;
}

static void differences_lose_nothing(void **state)
{
    (void)state;
    struct rng rng = rng_seeded(7);
    for (int round = 0; round < 300; round++) {
        char a[40] = { 0 }, b[40] = { 0 };
        i64 n = rng_below(&rng, 30), m = rng_below(&rng, 30);
        for (i64 i = 0; i < n; i++)
            a[i] = (char)("abc +-"[rng_below(&rng, 6)]);
        for (i64 i = 0; i < m; i++)
            b[i] = (char)("abc +-"[rng_below(&rng, 6)]);
        str diff = text_diff(mem, str_of(a), str_of(b)).s;
        assert_str(without(diff, "del"), b);
        assert_str(without(diff, "ins"), a);
    }
}

/* Long texts, equal in nothing or in half of it, cost the request's memory their result only; and
 * whatever is in them, the result has room. */
static void differences_are_bounded(void **state)
{
    (void)state;
    enum { LONG = 6000 };
    struct rng rng = rng_seeded(8);
    struct buf *b[3] = { buf_new(mem, 1 << 20), buf_new(mem, 1 << 20), buf_new(mem, 1 << 20) };
    for (int i = 0; i < LONG; i++)
        for (int k = 0; k < 3; k++)
            buf_printf(b[k], "\xE4%c%c", 0xB8 + (int)rng_below(&rng, 8),
                       0x80 + (int)rng_below(&rng, 64));
    static const str PARTS[] = { { "\"'\"'\"'\"'\"'\"'", 12 }, { "'\"x'\"y'\"z", 9 } };
    str half = arena_printf(mem, "%.*s%.*s", LONG * 3 / 2, b[0]->ptr, LONG * 3 / 2, b[2]->ptr);
    const str PAIRS[][2] = { { buf_str(b[0]), buf_str(b[1]) },
                             { buf_str(b[0]), half },
                             { PARTS[0], PARTS[1] },
                             { str_of(""), buf_str(b[0]) } };
    for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS; i++) {
        size_t before = arena_used(mem);
        i64 from = clock_steady_ns();
        html h = text_diff(mem, PAIRS[i][0], PAIRS[i][1]);
        print_message("pair %zu: %lld us\n", i, (long long)(clock_steady_ns() - from) / 1000);
        assert_true(arena_used(mem) - before < 8 * h.s.len + 4096);
        assert_true(h.s.len >= PAIRS[i][1].len);
    }
}

/* ---- names by the strokes of the surname ---- */

static void strokes_begin(void)
{
    for (const struct embed_file *f = embed_data; f->name; f++)
        if (strcmp(f->name, "text/strokes.txt") == 0)
            strokes_load(mem, (str){ (const char *)f->data, f->size });
}

static void names_stand_by_strokes(void **state)
{
    /* In the order of official lists: in each line an earlier name before a later one. */
    static const char *const LISTS[] = {
        /* count; at the same count level, upright, left, dot, turn: 王 一一丨一, 冯 丶㇀, 刘 丶一
         */
        "丁一 王一 冯一 刘一 李一 张一 陈一 赵一",
        "于一 万一 习一 马一", /* three each: 一一, 一乙, 乙丶, 乙乙 */
        "王一 尤一 车一",      /* four: 一一, 一丿, 一乙 */
        /* as the members of the 19th Central Committee stood: one given character first */
        "丁来杭 丁学东 丁学祥 丁薛祥 于伟国 于忠福 万立骏 习近平 马飚 马兴瑞 马晓伟 王军 王勇 王晨 "
        "王毅 王小洪 王玉普 王正伟 王东明 王东峰 王尔乘 王志民 王志刚 王国生 王建军 王建武 王晓东 "
        "王晓晖 王家胜 王蒙徽 尤权 车俊",
        /* one surname of one character before the double one that begins with it */
        "欧文 欧阳 欧一鸣 欧阳一 欧阳修 欧阳一鸣 周一", "王一 王一 王丁一",
        "丁一 𠀀一 王一 刘𠮷 刘一一 𠮷一 李一", /* rare ones have their place: 2 and 6 strokes */
        "齉一 A Smith",                         /* 36; what is no Chinese character comes last */
    };
    (void)state;
    strokes_begin();
    for (size_t i = 0; i < sizeof LISTS / sizeof *LISTS; i++) {
        str rest = str_of(LISTS[i]), name, last = str_of("");
        while (str_split(&rest, ' ', &name)) {
            str key = strokes_key(mem, name);
            if (strcmp(arena_cstr(mem, last), arena_cstr(mem, key)) > 0)
                fail_msg("list %zu: %s", i, arena_cstr(mem, name));
            last = key;
        }
    }
    assert_str(strokes_key(mem, str_of("买买提·阿 不都")),
               arena_cstr(mem, strokes_key(mem, str_of("买买提阿不都"))));
    assert_true(strokes_key(mem, str_of("")).len > 0);
    struct {
        i64 id;
        str name;
    } people[] = { { 1, str_of("刘一") }, { 2, str_of("丁一") }, { 3, str_of("刘一") } };
    struct rows rows = { people, 3, sizeof *people };
    strokes_order(mem, &rows, (size_t)((char *)&people->name - (char *)people));
    const i64 *first = rows.items;
    assert_int_equal(*first, 2);
    assert_memory_equal((char *)rows.items + sizeof *people, &people[0], sizeof *people);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(folds_width_case_script_and_marks, setup, teardown),
        cmocka_unit_test_setup_teardown(tokens_are_bigrams_run_ends_and_words, setup, teardown),
        cmocka_unit_test_setup_teardown(queries_become_phrases, setup, teardown),
        cmocka_unit_test_setup_teardown(a_query_cannot_leave_its_quotes, setup, teardown),
        cmocka_unit_test_setup_teardown(passages_mark_hits_and_escape, setup, teardown),
        cmocka_unit_test_setup_teardown(differences_show_what_changed, setup, teardown),
        cmocka_unit_test_setup_teardown(differences_lose_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(differences_are_bounded, setup, teardown),
        cmocka_unit_test_setup_teardown(names_stand_by_strokes, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
