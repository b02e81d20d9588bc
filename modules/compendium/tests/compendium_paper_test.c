/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The form of a proposal as PDF and DOCX: its text, and for whom. How it is set:
 * platform/docs/tests. */
#include <zip.h>

#include "modules/proposals/tests/desk.h"

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
    str path = arena_printf(d->t->mem, "/proposals/%lld/autosave", (long long)id);
    str version = arena_printf(d->t->mem, "%lld", (long long)desk_load(d, id).version);
    assert_int_equal(test_post(d->t, path.ptr, "version", version.ptr, "title", "停车难",
                               "situation", "近年来，停车难突出。\n• 车位不足", NULL)
                         .status,
                     200);
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

static void whoever_may_read_it_may_print_it(void **state)
{
    struct desk *d = *state;
    i64 id = desk_docketed(d, "A light at the crossing");
    desk_as_staff(d);
    struct test_answer a = desk_page(d, "/proposals/", id, "/pdf");
    assert_int_equal(a.status, 200);
    assert_memory_equal(a.body.ptr, "%PDF", 4);
    desk_as_member(d, 1);
    assert_int_equal(desk_page(d, "/proposals/", id, "/pdf").status, 200);
    desk_as_other_member(d);
    assert_int_equal(desk_page(d, "/proposals/", id, "/pdf").status, 404);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_form_is_there_for_word_too),
        T(whoever_may_read_it_may_print_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
