/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Paragraphs out of documents: .docx as ECMA-376 says, plain text in the encodings that offices
 * have; what is none, and what is hostile, is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "platform/base/str.h"
#include "platform/files/tests/sheet_fixture.h"

/* Paragraphs joined by '|'. */
static err read_it(struct fixture *f, char got[400])
{
    strs paragraphs;
    size_t at = 0;
    err e = document_read(f->mem, str_of(f->file), &paragraphs);
    got[0] = '\0';
    for (size_t i = 0; e.code == ERR_NONE && i < paragraphs.count; i++)
        at += (size_t)snprintf(got + at, 400 - at, "%s%.*s", i ? "|" : "",
                               (int)paragraphs.items[i].len, paragraphs.items[i].ptr);
    return e;
}

static void docx_write(struct fixture *f, const char *before, const char *body)
{
    str xml = arena_printf(f->mem, "%s<w:document><w:body>%s</w:body></w:document>", before, body);
    const struct zip_entry entries[] = { { "[Content_Types].xml", "<Types/>", 0 },
                                         { "word/document.xml", xml.ptr, 0 },
                                         { 0 } };
    fixture_zip(f, entries);
}

static void a_docx_gives_what_one_reads(void **state)
{
    static const struct {
        const char *xml, *wanted;
    } CASES[] = {
        { "<w:p><w:r><w:t>情况</w:t></w:r></w:p><w:p><w:r><w:t>堵</w:t></w:r><w:r><w:t>车。"
          "</w:t></w:r></w:p>",
          "情况|堵车。" },
        { "<w:p/><w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>",
          "a b\nc" },
        { "<w:p><w:r><w:t>stays</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r>"
          "</w:del></w:p>",
          "stays" },
        { "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
          "cell" },
        { "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t>"
          "</w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>again</w:t>"
          "</w:r></w:p></mc:Fallback></mc:AlternateContent><w:t>after</w:t></w:r></w:p>",
          "box|after" },
        { "<w:p><w:r><w:t>&lt;b&gt; &amp; c</w:t></w:r></w:p>", "<b> & c" },
    };
    struct fixture *f = *state;
    char got[400];
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        docx_write(f, "", CASES[i].xml);
        err e = read_it(f, got);
        if (e.code != ERR_NONE || strcmp(got, CASES[i].wanted) != 0)
            fail_msg("case %zu: %s %s", i, e.name ? e.name : "", got);
    }
}

static void plain_text_gives_its_lines(void **state)
{
    static const struct {
        const char *given;
        size_t len;
        const char *wanted;
    } CASES[] = {
        { "one, two; three\r\n\r\n  \"four\"\n", 0, "one, two; three|\"four\"" },
        { "\xEF\xBB\xBF案由\n情况", 0, "案由|情况" },
        { "\xB0\xB8\xD3\xC9\n\xC7\xE9\xBF\xF6\n", 0, "案由|情况" }, /* GB18030 */
        { "\xFF\xFE\x48\x68\x0A\x00\x31\x75", 8, "案|由" },         /* UTF-16 */
        { "{\"title\": \"no list\"}\n", 0, "{\"title\": \"no list\"}" },
    };
    struct fixture *f = *state;
    char got[400];
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        fixture_write(f, ".txt", CASES[i].given,
                      CASES[i].len ? CASES[i].len : strlen(CASES[i].given));
        err e = read_it(f, got);
        if (e.code != ERR_NONE || strcmp(got, CASES[i].wanted) != 0)
            fail_msg("case %zu: %s %s", i, e.name ? e.name : "", got);
    }
}

static void what_is_no_document_is_refused(void **state)
{
    static const struct {
        const char *given, *name;
    } CASES[] = {
        { "", "files.not_a_document" },
        { "  \n \n", "files.not_a_document" },
        { "%PDF-1.4\n", "files.not_a_document" },
        { "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "files.old_doc" },
        { "PK\x03\x04", "files.broken" },
        { "\xEF\xBB\xBF案\xE8\xBD\n", "files.document_encoding" },
    };
    static const struct zip_entry BOOK[] = { { "xl/workbook.xml", "<workbook/>", 0 }, { 0 } };
    struct fixture *f = *state;
    char got[400];
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        fixture_write(f, ".docx", CASES[i].given, strlen(CASES[i].given));
        err e = read_it(f, got);
        if (!err_is(e, CASES[i].name))
            fail_msg("case %zu: %s", i, e.name ? e.name : "taken");
    }
    fixture_zip(f, BOOK);
    assert_true(err_is(read_it(f, got), "files.not_a_document"));
}

/* As lists are (bombs_test.c): what unpacks to far more than it is, entities, an endless text. */
static void bombs_are_refused(void **state)
{
    enum { BLANKS = 20 << 20, LINES = 6000 };
    struct fixture *f = *state;
    char got[400];
    char *xml = calloc(1, BLANKS + 1);
    assert_non_null(xml);
    memset(xml, ' ', BLANKS);
    docx_write(f, "", xml);
    assert_true(err_is(read_it(f, got), "files.document_odd"));
    docx_write(f, "<!DOCTYPE a [<!ENTITY b \"c\">]>", "<w:p><w:r><w:t>&b;</w:t></w:r></w:p>");
    assert_true(err_is(read_it(f, got), "files.document_odd"));
    for (size_t i = 0; i < LINES; i++)
        memcpy(xml + i * 2, "x\n", 2);
    fixture_write(f, ".txt", xml, LINES * 2);
    assert_true(err_is(read_it(f, got), "files.document_too_long"));
    free(xml);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_docx_gives_what_one_reads, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(plain_text_gives_its_lines, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(what_is_no_document_is_refused, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(bombs_are_refused, fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
