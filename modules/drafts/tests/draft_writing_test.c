/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What may stand in a draft and beside it: all parts together, the same title twice, one part for
 * two, notes of the writer, and the form filled from a file. Both engines, two organisations. */
#include <stdlib.h>

#include "modules/proposals/tests/desk_look.h"
#include "platform/files/tests/sheet_fixture.h"

static const char *path_of(struct desk *d, i64 id, const char *rest)
{
    return arena_printf(d->t->mem, "/proposals/%lld%s", (long long)id, rest).ptr;
}

static const char *version_of(struct desk *d, i64 id)
{
    return arena_printf(d->t->mem, "%lld", (long long)desk_load(d, id).version).ptr;
}

static const char *letters(struct desk *d, size_t n)
{
    char *text = arena_zero(d->t->mem, n + 1);
    memset(text, 'x', n);
    return text;
}

/* 700 + 500 + 300 = 1,500 may stand there; one more is told with both numbers. */
static void all_parts_together_have_a_limit(void **state)
{
    struct desk *d = *state;
    i64 id = desk_draft(d, "Long");
    desk_set(d, "drafts.total_max", "1500");
    desk_as_member(d, 0);
    struct test_answer a =
        test_post(d->t, path_of(d, id, "/edit"), "version", version_of(d, id), "title", "Long",
                  "situation", letters(d, 700), "analysis", letters(d, 500), "suggestions",
                  letters(d, 200), "suggestions", letters(d, 100), NULL);
    assert_int_equal(a.status, 303);
    a = desk_page(d, "/proposals/", id, "/edit");
    assert_true(desk_has(&a, "data-total=\"1500\""));
    a = test_post(d->t, path_of(d, id, "/edit"), "version", version_of(d, id), "title", "Long",
                  "situation", letters(d, 700), "analysis", letters(d, 500), "suggestions",
                  letters(d, 301), NULL);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "1500") && desk_has(&a, "1501"));
    desk_set(d, "drafts.total_max", "0");
    desk_as_member(d, 0);
    a = desk_page(d, "/proposals/", id, "/edit");
    assert_false(desk_has(&a, "data-total"));
}

/* warn: said on the page before; block: not taken; off: nothing. What was taken back is no other
 * one, nor is another organisation's. */
static void the_same_title_in_a_session(void **state)
{
    struct desk *d = *state;
    i64 first = desk_submitted(d, "A bus to the hospital");
    desk_as_member(d, 1);
    struct test_answer a =
        test_api(d->t, POST, "/api/v1/proposals", desk_text(d, "  A bus to  the Hospital "));
    i64 id = 0;
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    a = desk_page(d, "/proposals/", id, "/submit");
    assert_true(desk_has(&a, "id=\"h-hints\""));
    assert_true(desk_has(&a, "另一件提案")); /* whose is not said: it is not docketed */
    desk_set(d, "proposals.same_title", "block");
    desk_as_member(d, 1);
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 422);
    a = desk_page(d, "/proposals/", id, "/submit");
    assert_false(test_has_form(&a, path_of(d, id, "/submit")));
    desk_set(d, "proposals.same_title", "off");
    desk_as_member(d, 1);
    a = desk_page(d, "/proposals/", id, "/submit");
    assert_false(desk_has(&a, "另一件提案"));
    desk_set(d, "proposals.same_title", "block");
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, first, "divert",
                              "{\"destination\":\"letter\",\"opinion\":\"A letter.\"}"),
                     200);
    desk_as_member(d, 1);
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 200);
}

static void situation_and_analysis_may_be_one(void **state)
{
    struct desk *d = *state;
    i64 id = desk_draft(d, "Joined");
    struct test_answer a =
        test_post(d->t, path_of(d, id, "/edit"), "version", version_of(d, id), "title", "Joined",
                  "situation", "Far, because of the river.", "suggestions",
                  "A line over the bridge.", "consent", "yes", NULL);
    assert_int_equal(a.status, 303);
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 422);
    desk_set(d, "proposals.joined_parts", "1");
    desk_as_member(d, 0);
    a = desk_page(d, "/proposals/", id, "/edit");
    assert_false(test_has_field(d->t, &a, "analysis"));
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 200);
}

static void notes_beside_the_text_are_for_who_handles_it(void **state)
{
    struct desk *d = *state;
    i64 id = desk_draft(d, "Noted");
    struct test_answer a =
        test_post(d->t, path_of(d, id, "/edit"), "version", version_of(d, id), "title", "Noted",
                  "situation", "S.", "analysis", "A.", "suggestions", "One.", "consent", "yes",
                  "authorship", "forwarded", "talk_wish", "phone", NULL);
    assert_int_equal(a.status, 303);
    a = desk_page(d, "/api/v1/proposals/", id, "");
    desk_same(test_json(d->t, &a, "authorship"), "forwarded");
    desk_same(test_json(d->t, &a, "talk_wish"), "phone");
    a = desk_page(d, "/proposals/", id, "/submit");
    assert_true(desk_has(&a, "转呈"));
    a = desk_page(d, "/proposals/", id, "/versions");
    assert_true(desk_has(&a, "转呈"));
    a = desk_page(d, "/proposals/", id, "/edit");
    desk_same(test_field(d->t, &a, "talk_wish"), "phone");
    assert_int_equal(test_post(d->t, path_of(d, id, "/edit"), "version", version_of(d, id), "title",
                               "Noted", "talk_wish", "telepathy", NULL)
                         .status,
                     422);
    a = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&a, "撰写方式"));
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "docket", "{\"category\":\"transport\"}"), 200);
    desk_assign(d, id);
    desk_as_operator(d, 0);
    a = desk_page(d, "/assignments/", desk_assignment(d, id), "");
    assert_true(desk_has(&a, "希望的沟通方式"));
    desk_as_other_member(d);
    assert_int_equal(desk_page(d, "/proposals/", id, "").status, 404);
}

/* ---- from a file ---- */

static const char WORD[] =
    "<w:document><w:body><w:p><w:r><w:t>关于增设过江公交的提案</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>一、基本情况</w:t></w:r></w:p><w:p><w:r><w:t>河东八千人等车。</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>二、问题分析：</w:t></w:r></w:p><w:p><w:r><w:t>线路按老城规划。</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>三、具体建议</w:t></w:r></w:p><w:p><w:r><w:t>（一）过桥增设一条线。</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>（二）末班车推迟一小时。</w:t></w:r></w:p></w:body></w:document>";

static struct test_file word_file(struct desk *d)
{
    static const struct zip_entry ENTRIES[] = { { "word/document.xml", WORD, 0 }, { 0 } };
    struct fixture *f = NULL;
    char *content = arena_zero(d->t->mem, 20000);
    assert_int_equal(fixture_open((void **)&f), 0);
    fixture_zip(f, ENTRIES);
    FILE *in = fopen(f->file, "rb");
    assert_non_null(in);
    size_t n = fread(content, 1, 20000, in);
    fclose(in);
    fixture_close((void **)&f);
    return (struct test_file){ "document", "提案.docx", { content, n } };
}

/* What was typed stays, the rest is filled, and nothing is saved. */
static void a_word_file_fills_what_is_empty(void **state)
{
    struct desk *d = *state;
    desk_as_member(d, 0);
    struct test_answer a = test_post(d->t, "/proposals/new", "title", "Mine", NULL);
    i64 id = desk_number_at(a.location, "/proposals/"), version = desk_load(d, id).version;
    const struct test_file files[] = { word_file(d), { 0 } };
    a = test_upload(d->t, path_of(d, id, "/fill"), files, "version", version_of(d, id), "title",
                    "Mine", "analysis", "Typed <b>by me</b>.", "consent", "yes", NULL);
    assert_int_equal(a.status, 200);
    desk_same(test_field(d->t, &a, "title"), "Mine");
    desk_same(test_field(d->t, &a, "situation"), "河东八千人等车。");
    desk_same(test_field(d->t, &a, "analysis"), "Typed <b>by me</b>.");
    assert_true(desk_has(&a, "过桥增设一条线。"));
    assert_true(desk_has(&a, "末班车推迟一小时。"));
    assert_true(desk_has(&a, "id=\"suggestion-2\""));
    assert_false(desk_has(&a, "（一）过桥"));
    assert_true(desk_has(&a, "还没有保存"));
    assert_false(desk_has(&a, "附件请重新选择")); /* none was chosen */
    assert_false(desk_has(&a, "<b>by me</b>"));
    desk_same(test_field(d->t, &a, "version"), version_of(d, id));
    assert_int_equal(desk_load(d, id).version, version); /* nothing was saved */
    desk_same(desk_load(d, id).situation, "");
    a = test_upload(d->t, path_of(d, id, "/fill"), files, "version", version_of(d, id), "title", "",
                    NULL);
    desk_same(test_field(d->t, &a, "title"), "关于增设过江公交的提案");
    desk_same(test_field(d->t, &a, "analysis"), "线路按老城规划。");
    const struct test_file both[] = { word_file(d),
                                      { "attachments", "a.txt", { "A bridge.", 9 } },
                                      { 0 } };
    a = test_upload(d->t, path_of(d, id, "/fill"), both, "version", version_of(d, id), "title", "",
                    NULL);
    assert_true(desk_has(&a, "附件请重新选择"));
}

static void a_text_file_without_headings_is_situation(void **state)
{
    static const char TEXT[] =
        "河东八千人等车。\n问题分析：线路按老城规划。\n建议：过桥增设一条线。";
    struct desk *d = *state;
    const struct test_file files[] = { { "document", "a.txt", { TEXT, sizeof TEXT - 1 } }, { 0 } };
    desk_as_member(d, 0);
    struct test_answer a = test_post(d->t, "/proposals/new", "title", "Mine", NULL);
    i64 id = desk_number_at(a.location, "/proposals/");
    a = test_upload(d->t, path_of(d, id, "/fill"), files, "version", "1", "title", "Mine", NULL);
    assert_int_equal(a.status, 200);
    desk_same(test_field(d->t, &a, "situation"), "河东八千人等车。");
    desk_same(test_field(d->t, &a, "analysis"), "线路按老城规划。");
    assert_true(desk_has(&a, "过桥增设一条线。"));
}

static void what_cannot_be_filled_keeps_what_was_typed(void **state)
{
    struct desk *d = *state;
    i64 id = desk_draft(d, "Mine");
    const struct test_file bad[] = { { "document", "a.docx", { "%PDF-1.4\n", 9 } }, { 0 } };
    const struct test_file none[] = { { 0 } };
    struct test_answer a = test_upload(d->t, path_of(d, id, "/fill"), bad, "version", "1", "title",
                                       "Mine", "situation", "Kept words", NULL);
    assert_int_equal(a.status, 422);
    desk_same(test_field(d->t, &a, "situation"), "Kept words");
    assert_true(desk_has(&a, "href=\"#document\""));
    a = test_upload(d->t, path_of(d, id, "/fill"), none, "version", "1", "title", "Mine", NULL);
    assert_int_equal(a.status, 422);
    desk_as_member(d, 1); /* neither another's */
    a = test_upload(d->t, path_of(d, id, "/fill"), bad, "version", "1", "title", "Mine", NULL);
    assert_int_equal(a.status, 404);
    desk_as_other_member(d);
    a = test_upload(d->t, path_of(d, id, "/fill"), bad, "version", "1", "title", "Mine", NULL);
    assert_int_equal(a.status, 404);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(all_parts_together_have_a_limit),
        T(the_same_title_in_a_session),
        T(situation_and_analysis_may_be_one),
        T(notes_beside_the_text_are_for_who_handles_it),
        T(a_word_file_fills_what_is_empty),
        T(a_text_file_without_headings_is_situation),
        T(what_cannot_be_filled_keeps_what_was_typed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
