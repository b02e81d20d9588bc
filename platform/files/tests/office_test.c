/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who wrote an office file is taken away, and nothing else of it (office.h, quality U4). By a child
 * of the house: server/tests/reader_test.c; at the front door: attachment_test.c. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "platform/base/str.h"
#include "platform/files/office.h"
#include "platform/files/tests/sheet_fixture.h"
#include "tests/harness/test_err.h"

#define CORE                                             \
    "<cp:coreProperties><dc:creator>张三</dc:creator>" \
    "<cp:lastModifiedBy>李四</cp:lastModifiedBy></cp:coreProperties>"

static const struct zip_entry WORD[] = {
    { "[Content_Types].xml", "<Types/>", 0 },
    { "word/document.xml", "<w:document><w:body>正文，张三讲过。</w:body></w:document>", 0 },
    { "docProps/core.xml", CORE, 0 },
    { "docProps/app.xml",
      "<Properties><Company>某某局</Company><Manager>王五</Manager></Properties>", 0 },
    { "docProps/custom.xml", "<Properties><property>赵六</property></Properties>", 0 },
    { 0 },
};

static err clean(struct fixture *f, i64 *size)
{
    return office_clean(f->mem, str_of(f->file), size);
}

static bool says(str part, const char *word)
{
    return str_find(part, str_of(word), 0) >= 0;
}

static void who_wrote_it_is_gone_and_the_text_is_not(void **state)
{
    struct fixture *f = *state;
    struct stat after;
    i64 size = 0;
    fixture_zip(f, WORD);
    assert_ok(clean(f, &size));
    assert_int_equal(stat(f->file, &after), 0);
    assert_int_equal(after.st_size, size);
    static const char *const NAMES[] = { "张三", "李四", "某某局", "王五", "赵六" };
    static const char *const PARTS[] = { "docProps/core.xml", "docProps/app.xml",
                                         "docProps/custom.xml" };
    for (size_t p = 0; p < 3; p++) {
        str part = fixture_zip_part(f, PARTS[p], 0);
        assert_non_null(part.ptr); /* a program that looks for it finds one */
        for (size_t n = 0; n < sizeof NAMES / sizeof *NAMES; n++)
            assert_false(says(part, NAMES[n]));
    }
    assert_true(str_is(fixture_zip_part(f, "word/document.xml", 0), WORD[1].text));
    assert_true(str_is(fixture_zip_part(f, "[Content_Types].xml", 0), "<Types/>"));
}

static void what_is_clean_stays_as_it_is(void **state)
{
    struct fixture *f = *state;
    i64 size = 0;
    fixture_zip(f, WORD);
    assert_ok(clean(f, &size));
    assert_true(size > 0);
    assert_ok(clean(f, &size));
    assert_int_equal(size, 0);
    static const struct zip_entry BARE[] = { { "[Content_Types].xml", "<Types/>", 0 },
                                             { "xl/workbook.xml", "<workbook/>", 0 },
                                             { 0 } };
    fixture_zip(f, BARE);
    assert_ok(clean(f, &size));
    assert_int_equal(size, 0);
    assert_true(str_is(fixture_zip_part(f, "xl/workbook.xml", 0), "<workbook/>"));
}

/* Written otherwise, or hidden behind another one of the same name in other letters. */
static void every_entry_of_such_a_name_is_emptied(void **state)
{
    struct fixture *f = *state;
    static const struct zip_entry TWICE[] = { { "[Content_Types].xml", "<Types/>", 0 },
                                              { "DOCPROPS/Core.xml", CORE, 0 },
                                              { "docProps/core.xml", CORE, 0 },
                                              { 0 } };
    i64 size = 0;
    fixture_zip(f, TWICE);
    assert_ok(clean(f, &size));
    assert_false(says(fixture_zip_part(f, "DOCPROPS/Core.xml", 0), "张三"));
    assert_false(says(fixture_zip_part(f, "docProps/core.xml", 0), "张三"));
}

static void what_nobody_can_read_is_said_so(void **state)
{
    struct fixture *f = *state;
    i64 size = 0;
    static const char CUT[] = "PK\x03\x04 word/document.xml";
    fixture_write(f, ".docx", CUT, sizeof CUT - 1);
    assert_err(clean(f, &size), ERR_INVALID, "files.broken");
    fixture_write(f, ".docx", "", 0);
    assert_err(clean(f, &size), ERR_INVALID, "files.broken");
    assert_int_equal(truncate(f->file, (off_t)OFFICE_BYTES_MAX + 1), 0);
    assert_err(clean(f, &size), ERR_INVALID, "files.too_big");
    unlink(f->file);
    assert_err(clean(f, &size), ERR_NOT_FOUND, "files.missing");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_wrote_it_is_gone_and_the_text_is_not, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(what_is_clean_stays_as_it_is, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(every_entry_of_such_a_name_is_emptied, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(what_nobody_can_read_is_said_so, fixture_open,
                                        fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
