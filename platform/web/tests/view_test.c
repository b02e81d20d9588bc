/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The view runtime and the shared views: what reaches the page is escaped, addresses from data
 * stay harmless, days are worded, a redrawn form keeps what was typed. Expected words stand in
 * the views and in platform/web/text/zh.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "embed.h"
#include "views/web.h"

/* 2026-11-25 08:00 in China. */
enum { DAY = 20782 };
static const i64 NOW_MS = 1795564800000;

struct page {
    struct arena *mem;
    struct view_page page;
    struct out out;
};

static int set_up(void **state)
{
    struct arena *mem = arena_new(64 << 20, 0);
    struct page *p = arena_zero(mem, sizeof *p);
    err e = text_load(mem, embed_texts);
    assert_int_equal(e.code, ERR_NONE);
    p->mem = mem;
    p->page = (struct view_page){ .title = str_of("提案"),
                                  .csrf = str_of("t<k>"),
                                  .person = str_of("委员甲"),
                                  .org = str_of("澜川市政协"),
                                  .request_id = str_of("r-1"),
                                  .path = str_of("/proposals?a=1&b=2"),
                                  .now_ms = NOW_MS };
    p->out = (struct out){ buf_new(mem, 1 << 20), &p->page };
    *state = p;
    return 0;
}

static int tear_down(void **state)
{
    struct page *p = *state;
    arena_free(p->mem);
    return 0;
}

/* What was written since the last call, with each run of white space as one space, and none at
 * the end: HTML does not tell them apart. */
static const char *written(struct page *p)
{
    struct buf *text = buf_new(p->mem, 1 << 20);
    str all = str_trim(buf_str(p->out.buf));
    for (size_t i = 0; i < all.len; i++) {
        bool space = strchr(" \n", all.ptr[i]);
        if (!space || !text->len || text->ptr[text->len - 1] != ' ')
            buf_put_byte(text, space ? ' ' : all.ptr[i]);
    }
    p->out.buf->len = 0;
    return arena_cstr(p->mem, buf_str(text));
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("missing: %s\nin: %s", part, text);
}

static void assert_lacks(const char *text, const char *part)
{
    if (strstr(text, part))
        fail_msg("should not hold: %s\nin: %s", part, text);
}

static void values_are_written_by_type(void **state)
{
    struct page *p = *state;
    struct out *out = &p->out;
    size_t size = 7;
    PUT(out, str_of("<b a='1'>&\"提\""));
    assert_string_equal(written(p), "&lt;b a=&#39;1&#39;&gt;&amp;&quot;提&quot;");
    PUT(out, (i64)INT64_MIN);
    assert_string_equal(written(p), "-9223372036854775808");
    PUT(out, -3);
    PUT(out, size);
    assert_string_equal(written(p), "-37");
    PUT(out, ((html){ str_of("<b>") }));
    assert_string_equal(written(p), "<b>");
}

static void address_parts_are_percent_encoded(void **state)
{
    struct page *p = *state;
    view_url_str(&p->out, str_of("aZ09-._~/?&=#% \"<>'\n提"));
    assert_string_equal(written(p), "aZ09-._~%2F%3F%26%3D%23%25%20%22%3C%3E%27%0A%E6%8F%90");
}

static void addresses_from_data_stay_harmless(void **state)
{
    static const char *const GOOD[][2] = {
        { "/", "/" },
        { "/a?b=1&c=2", "/a?b=1&amp;c=2" },
        { "?a", "?a" },
        { "#a", "#a" },
        { "https://a.cn/", "https://a.cn/" },
        { "http://a.cn/", "http://a.cn/" },
        { "tel:12345", "tel:12345" },
        { "mailto:a@b.cn", "mailto:a@b.cn" },
        { "/a\"b", "/a&quot;b" },
    };
    static const char *const BAD[] = {
        "",
        "a",
        "//a.cn",
        "/\\a.cn",
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "data:text/html,x",
        "vbscript:",
        "/a\nb",
        "\tjavascript:",
        " /a",
        "/\x01",
        "https:a",
        "ftp://a",
        "/\x7F",
        "https:\\",
        "blob:x",
    };
    struct page *p = *state;
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) {
        view_url(&p->out, str_of(GOOD[i][0]));
        assert_string_equal(written(p), GOOD[i][1]);
    }
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        view_url(&p->out, str_of(BAD[i]));
        assert_string_equal(written(p), "#");
    }
}

static void forms_carry_the_token_of_the_page(void **state)
{
    struct page *p = *state;
    view_csrf(&p->out);
    assert_string_equal(written(p), "<input type=\"hidden\" name=\"csrf\" value=\"t&lt;k&gt;\">");
    p->page.csrf = str_of("");
    view_csrf(&p->out);
    assert_string_equal(written(p), "");
}

static void texts_and_labels_are_escaped(void **state)
{
    static const char WORDS[] = "a.b = <甲>\n";
    struct page *p = *state;
    const struct embed_file files[] = { { "t", (const unsigned char *)WORDS, sizeof WORDS - 1 },
                                        { 0 } };
    assert_int_equal(text_load(p->mem, files).code, ERR_NONE);
    view_text(&p->out, "a.b");
    view_label(&p->out, "a", str_of("b"));
    view_label(&p->out, "a", str_of("<c>"));
    assert_string_equal(written(p), "&lt;甲&gt;&lt;甲&gt;&lt;c&gt;");
}

static void files_of_the_interface_have_their_address(void **state)
{
    struct page *p = *state;
    for (const struct embed_asset *a = embed_assets; a->path; a++) {
        view_asset(&p->out, a->logical);
        assert_string_equal(written(p), a->path);
    }
    view_asset(&p->out, "none.css");
    assert_string_equal(written(p), "/assets/none.css");
}

static void days_are_written(void **state)
{
    struct page *p = *state;
    struct out *out = &p->out;
    assert_int_equal(DAY, day_from_civil(2026, 11, 25));
    view_date(out, DAY);
    view_date(out, day_from_civil(1958, 3, 2));
    assert_string_equal(written(p), "2026年11月25日1958年3月2日");
    view_date_short(out, DAY);
    view_date_short(out, day_from_civil(2026, 3, 2));
    assert_string_equal(written(p), "11-2503-02");
    view_date_iso(out, day_from_civil(2026, 3, 2));
    assert_string_equal(written(p), "2026-03-02");
    view_date(out, 0);
    view_date(out, -1);
    view_date_short(out, 0);
    view_date_iso(out, -1);
    view_datetime(out, 0);
    view_days_left(out, 0);
    assert_string_equal(written(p), "—————");
}

static void moments_are_in_chinas_time(void **state)
{
    struct page *p = *state;
    view_datetime(&p->out, NOW_MS);
    assert_string_equal(written(p), "2026年11月25日 08:00");
    /* the last millisecond of that day */
    view_datetime(&p->out, NOW_MS + ((i64)15 * 60 + 59) * 60000 + 59999);
    assert_string_equal(written(p), "2026年11月25日 23:59");
    view_datetime(&p->out, NOW_MS + (i64)16 * 3600000);
    assert_string_equal(written(p), "2026年11月26日 00:00");
    assert_int_equal(view_today(&p->out), DAY);
}

static void days_left_are_worded(void **state)
{
    struct page *p = *state;
    view_days_left(&p->out, DAY + 5);
    assert_string_equal(written(p), "剩 5 天");
    view_days_left(&p->out, DAY);
    assert_string_equal(written(p), "今天到期");
    view_days_left(&p->out, DAY - 1);
    assert_string_equal(written(p), "逾期 1 天");
}

static void a_due_day_says_it_by_look_and_word(void **state)
{
    struct page *p = *state;
    view_due(&p->out, DAY - 2, 10);
    assert_has(written(p), "class=\"due late\"");
    view_due(&p->out, DAY + 10, 10);
    assert_has(written(p), "class=\"due soon\"");
    view_due(&p->out, DAY + 11, 10);
    const char *fine = written(p);
    assert_has(fine, "class=\"due fine\"");
    assert_has(fine, "<time datetime=\"2026-12-06\">剩 11 天</time>");
    view_due(&p->out, 0, 10);
    assert_string_equal(written(p), "<span class=\"muted\">—</span>");
}

static const struct view_fault FAULTS[] = {
    { { "title", 5 }, { "案由太短 <", sizeof "案由太短 <" - 1 } },
    { { "", 0 }, { "别人改过", sizeof "别人改过" - 1 } },
    { { 0 }, { 0 } },
};
static const struct view_typed TYPED[] = {
    { { "title", 5 }, { "\"新\"", sizeof "\"新\"" - 1 } },
    { { "kind", 4 }, { "b", 1 } },
    { { "kind", 4 }, { "c", 1 } },
    { { "secret", 6 }, { "geheim", 6 } },
};

static void redraw(struct page *p)
{
    p->page.faulty = true;
    p->page.faults = FAULTS;
    p->page.typed = TYPED;
    p->page.typed_count = sizeof TYPED / sizeof *TYPED;
}

static void what_was_typed_wins_after_a_fault(void **state)
{
    struct page *p = *state;
    str title = str_of("title"), stored = str_of("旧");
    assert_string_equal(arena_cstr(p->mem, view_value(&p->out, title, stored)), "旧");
    assert_true(view_is_on(&p->out, str_of("kind"), str_of("a"), true));
    assert_int_equal(view_fault_of(&p->out, title).len, 0);
    redraw(p);
    assert_string_equal(arena_cstr(p->mem, view_value(&p->out, title, stored)), "\"新\"");
    assert_int_equal(view_value(&p->out, str_of("other"), stored).len, 0);
    assert_false(view_is_on(&p->out, str_of("kind"), str_of("a"), true));
    assert_true(view_is_on(&p->out, str_of("kind"), str_of("c"), false));
    assert_string_equal(arena_cstr(p->mem, view_fault_of(&p->out, title)), "案由太短 <");
    assert_string_equal(arena_cstr(p->mem, view_fault_of(&p->out, str_of(""))), "别人改过");
}

static void a_field_tells_its_fault(void **state)
{
    struct page *p = *state;
    struct view_field f = { .name = str_of("title"),
                            .label = str_of("案由"),
                            .value = str_of("旧"),
                            .hint = str_of("一句话"),
                            .max_chars = 2 };
    view_field_text(&p->out, &f);
    const char *text = written(p);
    assert_has(text, "<label for=\"title\">案由</label>");
    assert_has(text, "value=\"旧\"");
    assert_has(text, "aria-describedby=\"title-hint\"");
    assert_has(text, "id=\"title-count\">已写 1 字，最多 2 字");
    assert_lacks(text, "aria-invalid");
    redraw(p);
    view_field_text(&p->out, &f);
    text = written(p);
    assert_has(text, "class=\"f err\"");
    assert_has(text, "value=\"&quot;新&quot;\"");
    assert_has(text, "aria-invalid=\"true\"");
    assert_has(text, "aria-describedby=\"title-hint title-why\"");
    assert_has(text, "案由太短 &lt;</p>");
    assert_has(text, "class=\"count over\"");
}

static void a_password_is_never_shown_again(void **state)
{
    struct page *p = *state;
    redraw(p);
    view_field_text(&p->out, &(struct view_field){ .name = str_of("secret"),
                                                   .value = str_of("alt"),
                                                   .type = str_of("password") });
    const char *text = written(p);
    assert_lacks(text, "geheim");
    assert_lacks(text, "value=");
}

static void a_text_area_keeps_its_first_line_break(void **state)
{
    struct page *p = *state;
    struct view_field f = { .name = str_of("text"), .value = str_of("\n一</textarea>") };
    view_field_area(&p->out, &f);
    /* browsers drop the one line break behind the tag */
    assert_true(str_find(buf_str(p->out.buf), str_of(">\n\n一&lt;/textarea&gt;</textarea>"), 0) >
                0);
}

static void choices_show_what_is_chosen(void **state)
{
    const struct view_choice choices[] = {
        { .value = str_of("a"), .label = str_of("甲"), .chosen = true },
        { .value = str_of("b"), .label = str_of("乙") }
    };
    struct page *p = *state;
    struct view_field f = {
        .name = str_of("kind"), .label = str_of("类"), .choices = choices, .count = 2
    };
    view_field_select(&p->out, &f);
    assert_has(written(p), "<option value=\"a\" selected>甲</option>");
    view_field_radio(&p->out, &f);
    const char *radio = written(p);
    assert_has(radio, "<legend>类</legend>");
    assert_has(radio, "<input type=\"radio\" name=\"kind\" value=\"a\" id=\"kind\" checked>");
    assert_has(radio, "<input type=\"radio\" name=\"kind\" value=\"b\" ");
    redraw(p);
    view_field_checks(&p->out, &f);
    const char *checks = written(p);
    assert_has(checks, "value=\"b\" checked>");
    assert_lacks(checks, "value=\"a\" id=\"kind\" checked");
}

static void the_summary_leads_to_the_fields(void **state)
{
    struct page *p = *state;
    view_errors(&p->out);
    assert_string_equal(written(p), "");
    redraw(p);
    view_errors(&p->out);
    const char *text = written(p);
    assert_has(text, "还有 2 处要改");
    assert_has(text, "<li><a href=\"#title\">案由太短 &lt;</a></li>");
    assert_has(text, "<li>别人改过</li>");
}

static void page(struct page *p)
{
    static const struct view_link CRUMBS[] = { { { "提案", 6 }, { "/proposals", 10 } },
                                               { { "第 1 号", 9 }, { "", 0 } },
                                               { { 0 }, { 0 } } };
    view_layout_page_open(&p->out, CRUMBS);
    view_layout_page_close(&p->out, CRUMBS);
}

static void the_frame_names_page_and_place(void **state)
{
    const struct view_menu_item menu[] = {
        { .url = str_of("/home"), .label = str_of("工作台"), .icon = str_of("home"), .tab = true },
        { .url = str_of("/proposals"),
          .label = str_of("提案"),
          .icon = str_of("file-text"),
          .tab = true,
          .active = true,
          .count = 120 },
        { .url = str_of("/members"), .label = str_of("委员"), .icon = str_of("user") },
        { .url = str_of("/orgs"), .label = str_of("单位"), .icon = str_of("building") },
    };
    const struct view_menu_group groups[] = {
        { .heading = str_of(""), .items = menu, .count = 1 },
        { .heading = str_of("办理"), .open = true, .items = menu + 1, .count = 1 },
        { .heading = str_of("管理"), .items = menu + 2, .count = 2 },
    };
    struct page *p = *state;
    p->page.menu = menu;
    p->page.menu_count = 4;
    p->page.groups = groups;
    p->page.group_count = 3;
    p->page.unread = 100;
    page(p);
    const char *text = written(p);
    assert_has(text, "<html lang=\"zh-CN\" data-mode=\"standard\"");
    assert_has(text, "<title>提案 · 澜川市政协</title>");
    assert_has(text, "<a class=\"skip\" href=\"#main\">");
    assert_has(text, "aria-label=\"消息，99+ 条未读\"");
    assert_has(text, "data-n=\"100\">99+</span>");
    assert_has(text, "<a href=\"/proposals\" aria-current=\"page\">");
    const char *open = strstr(text, "<details open><summary>"),
               *shut = strstr(text, "<details><summary>");
    assert_non_null(open);
    assert_non_null(shut);
    assert_true(strstr(text, "<li><a href=\"/home\"") < open);
    assert_true(strstr(open, "办理</summary>") < strstr(open, "<a href=\"/proposals\""));
    assert_true(strstr(open, "<a href=\"/proposals\"") < shut);
    assert_true(strstr(shut, "管理</summary>") < strstr(shut, "<a href=\"/orgs\""));
    assert_has(text, "<li aria-current=\"page\">第 1 号</li>");
    assert_has(text, "给系统提意见");
    assert_has(text, "<input type=\"hidden\" name=\"back\" value=\"/proposals?a=1&amp;b=2\">");
    const char *tabs = strstr(text, "class=\"tabs5\"");
    assert_non_null(tabs);
    assert_lacks(tabs, "委员");
    assert_has(tabs, "<a href=\"#nav\">");
    assert_lacks(text, "演示数据");
}

static void the_frame_follows_the_mode_and_what_happened(void **state)
{
    struct page *p = *state;
    p->page.mode = str_of("elder");
    p->page.size = str_of("24");
    p->page.flash = str_of("已交 <办>");
    p->page.acting_for = str_of("委员乙");
    p->page.demo = true;
    redraw(p);
    page(p);
    const char *text = written(p);
    assert_has(text, "data-mode=\"elder\" data-size=\"24\"");
    assert_has(text, "<title>错误：提案");
    assert_has(text, "已交 &lt;办&gt;");
    assert_has(text, "您正在代委员乙办理");
    assert_has(text, "演示数据");
    assert_has(text, "value=\"elder\" aria-pressed=\"true\"");
    assert_has(text, "value=\"24\" aria-pressed=\"true\"");
}

static void a_visitor_sees_no_navigation(void **state)
{
    struct page *p = *state;
    p->page.person = str_of("");
    page(p);
    const char *text = written(p);
    assert_lacks(text, "class=\"side\"");
    assert_lacks(text, "tabs5");
    assert_has(text, "href=\"/login\"");
    assert_has(text, "长辈版");
}

static void a_failure_says_what_why_and_where_to_go(void **state)
{
    struct page *p = *state;
    view_failure_page(&p->out, &(struct view_failure){ .status = 404,
                                                       .title = str_of("没有找到"),
                                                       .why = str_of("可能已合并"),
                                                       .todo = str_of("再找一次") });
    const char *text = written(p);
    assert_has(text, "<h1>没有找到</h1>");
    assert_has(text, "可能已合并");
    assert_has(text, "再找一次");
    assert_has(text, "错误代码 404 · 请求编号 r-1");
    assert_has(text, "href=\"/\">回首页</a>");
}

static void lists_head_and_pager(void **state)
{
    const struct view_column columns[] = {
        { .label = str_of("案号"), .url = str_of("?sort=number"), .sort = str_of("ascending") },
        { .label = str_of("分"), .number = true },
    };
    struct page *p = *state;
    view_table_head(&p->out, &(struct view_table){ str_of("提案表"), columns, 2 });
    const char *head = written(p);
    assert_has(head, "<caption class=\"hide\">提案表</caption>");
    assert_has(head, "aria-sort=\"ascending\"> <a href=\"?sort=number\">案号</a></th>");
    assert_has(head, "<th scope=\"col\" class=\"num\"> 分</th>");
    view_pager(&p->out,
               &(struct view_pager){
                   .shown = 50, .total = 10000, .capped = true, .next = str_of("?after=a&b") });
    const char *pager = written(p);
    assert_has(pager, "本页 50 件，共 10000 多件");
    assert_has(pager, "rel=\"next\" href=\"?after=a&amp;b\"");
    assert_lacks(pager, "rel=\"prev\"");
    view_pager(&p->out, &(struct view_pager){ .shown = 3, .total = 3, .unit = str_of("人") });
    pager = written(p);
    assert_has(pager, "共 3 人");
    assert_lacks(pager, "本页");
}

static void parts_of_a_case(void **state)
{
    const struct view_step steps[] = {
        { .at = NOW_MS,
          .what = str_of("提交"),
          .who = str_of("委员甲"),
          .words = str_of("请<看>") },
        { .what = str_of("评价"), .look = str_of("now") },
    };
    const struct view_fact facts[] = {
        { .label = str_of("案由"), .value = str_of("甲"), .change = str_of("/x#a") },
        { .label = str_of("空") }
    };
    struct page *p = *state;
    view_timeline(&p->out, &(struct view_steps){ steps, 2 });
    const char *time = written(p);
    assert_has(time, "<time datetime=\"2026-11-25\">2026年11月25日 08:00</time>");
    assert_has(time, "<blockquote class=\"pre\">请&lt;看&gt;</blockquote>");
    assert_has(time, "<li class=\"now\" aria-current=\"step\"><b>评价</b>");
    view_check(&p->out, &(struct view_facts){ facts, 2 });
    const char *check = written(p);
    assert_has(check, "<a href=\"/x#a\">修改<span class=\"hide\">案由</span></a>");
    assert_has(check, "<dt>空</dt><dd class=\"pre\">—");
    view_post_button(&p->out, &(struct view_button){ .url = str_of("/x/1/file"),
                                                     .label = str_of("立案"),
                                                     .look = str_of("pri"),
                                                     .version = 3 });
    const char *button = written(p);
    assert_has(button,
               "<form method=\"post\" action=\"/x/1/file\"><input type=\"hidden\" name=\"csrf\"");
    assert_has(button, "name=\"version\" value=\"3\"");
    view_tag(&p->out, "warn", str_of("待签收"));
    const char *tag = written(p);
    assert_has(tag, "<span class=\"tag warn\"><svg");
    assert_has(tag, "#clock\"/></svg>待签收</span>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(values_are_written_by_type, set_up, tear_down),
        cmocka_unit_test_setup_teardown(address_parts_are_percent_encoded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(addresses_from_data_stay_harmless, set_up, tear_down),
        cmocka_unit_test_setup_teardown(forms_carry_the_token_of_the_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(texts_and_labels_are_escaped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(files_of_the_interface_have_their_address, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(days_are_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(moments_are_in_chinas_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(days_left_are_worded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_due_day_says_it_by_look_and_word, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_typed_wins_after_a_fault, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_field_tells_its_fault, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_password_is_never_shown_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_text_area_keeps_its_first_line_break, set_up, tear_down),
        cmocka_unit_test_setup_teardown(choices_show_what_is_chosen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_summary_leads_to_the_fields, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_frame_names_page_and_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_frame_follows_the_mode_and_what_happened, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_visitor_sees_no_navigation, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_failure_says_what_why_and_where_to_go, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lists_head_and_pager, set_up, tear_down),
        cmocka_unit_test_setup_teardown(parts_of_a_case, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
