/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What is pasted from Word into a proposal is kept tidy, so that text, digest, versions and papers
 * say the same, whether it came by the page, by autosaving or by the API; and the form as DOCX.
 * What tidying does: platform/text/tests/tidy_test.c. */
#include <zip.h>

#include "modules/proposals/tests/desk.h"

static const char PASTED[] =
    "　　近年来，停车难突出。\r\n\uF0B7\t车位不足\u200B\r\n\r\n\r\n\r\n\r\n“𠮷田路”——  ";
static const char CLEAN[] = "近年来，停车难突出。\n• 车位不足\n\n\n“𠮷田路”——";
static const char SUGGESTION[] = "\uFEFF　建设停车楼\v（三年内）\u202E";
static const char SUGGESTED[] = "建设停车楼\n（三年内）";

static struct test_answer send(struct desk *d, i64 id, const char *what)
{
    str path = arena_printf(d->t->mem, "/proposals/%lld/%s", (long long)id, what);
    str version = arena_printf(d->t->mem, "%lld", (long long)desk_load(d, id).version);
    return test_post(d->t, path.ptr, "version", version.ptr, "title", "停车难", "situation", PASTED,
                     "analysis", PASTED, "suggestions", SUGGESTION, "researched", "1", "research",
                     PASTED, "consent", "yes", NULL);
}

static void is_tidy(struct desk *d, i64 id)
{
    struct proposal p = desk_load(d, id);
    strs suggestions;
    assert_ok(proposal_store_list_suggestions(d->t->db, id, d->t->mem, &suggestions));
    desk_same(p.situation, CLEAN);
    desk_same(p.analysis, CLEAN);
    desk_same(p.research, CLEAN);
    assert_int_equal(suggestions.count, 1);
    desk_same(suggestions.items[0], SUGGESTED);
    if (p.digest.len)
        desk_same(p.digest, arena_cstr(d->t->mem, proposal_digest(d->t->mem, &p, &suggestions)));
}

static void what_word_leaves_is_not_kept(void **state)
{
    struct desk *d = *state;
    i64 id = desk_draft(d, "停车难");
    assert_int_equal(send(d, id, "autosave").status, 200);
    is_tidy(d, id);
    assert_int_equal(send(d, id, "edit").status, 303);
    is_tidy(d, id);
    struct buf *json = buf_new(d->t->mem, 4096);
    buf_printf(json,
               "{\"version\":%lld,\"title\":\"停车难\",\"consent\":\"yes\",\"researched\":true",
               (long long)desk_load(d, id).version);
    static const char *const PARTS[] = { "situation", "analysis", "research" };
    for (size_t i = 0; i < 3; i++) {
        buf_printf(json, ",\"%s\":", PARTS[i]);
        buf_put_json(json, str_of(PASTED));
    }
    buf_put(json, ",\"suggestions\":[");
    buf_put_json(json, str_of(SUGGESTION));
    buf_put(json, "]}");
    str path = arena_printf(d->t->mem, "/api/v1/proposals/%lld", (long long)id);
    assert_int_equal(test_api(d->t, PUT, path.ptr, arena_cstr(d->t->mem, buf_str(json))).status,
                     200);
    is_tidy(d, id);
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 200);
    assert_true(desk_load(d, id).digest.len > 0);
    is_tidy(d, id); /* and the digest is that of the text that is kept */
    struct test_answer a = desk_page(d, "/proposals/", id, "/versions");
    assert_true(desk_has(&a, "“𠮷田路”——"));
    assert_false(desk_has(&a, "\uF0B7") || desk_has(&a, "\u200B") || desk_has(&a, "\u202E"));
}

/* A part of a DOCX file. */
static str part_of(struct desk *d, str file, const char *name)
{
    zip_error_t error;
    struct zip_stat stat;
    zip_source_t *source = zip_source_buffer_create(file.ptr, file.len, 0, &error);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    assert_non_null(zip);
    assert_int_equal(zip_stat(zip, name, 0, &stat), 0);
    char *data = arena_zero(d->t->mem, stat.size + 1);
    zip_file_t *f = zip_fopen(zip, name, 0);
    assert_int_equal(zip_fread(f, data, stat.size), (zip_int64_t)stat.size);
    zip_fclose(f);
    zip_discard(zip);
    return (str){ data, stat.size };
}

static void the_form_is_there_for_word_too(void **state)
{
    static const char TYPE[] =
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    static const char *const PLACES[] = { "/proposals/", "/api/v1/proposals/" };
    struct desk *d = *state;
    i64 id = desk_draft(d, "停车难");
    assert_int_equal(send(d, id, "autosave").status, 200);
    for (size_t i = 0; i < 2; i++) {
        struct test_answer a = desk_page(d, PLACES[i], id, "/docx");
        assert_int_equal(a.status, 200);
        assert_true(str_starts(a.type, str_of(TYPE)));
        str body = part_of(d, a.body, "word/document.xml");
        assert_true(str_find(body, str_of(">停车难<"), 0) > 0);
        assert_true(str_find(body, str_of(">• 车位不足<"), 0) > 0);
        a = desk_page(d, PLACES[i], id, "/pdf");
        assert_int_equal(a.status, 200);
        assert_true(str_starts(a.body, str_of("%PDF-")));
    }
    desk_as_other_member(d);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(desk_page(d, PLACES[i], id, "/docx").status, 404);
        assert_int_equal(desk_page(d, PLACES[i], id, "/pdf").status, 404);
    }
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(what_word_leaves_is_not_kept),
        T(the_form_is_there_for_word_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
