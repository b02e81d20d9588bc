/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Lists on paper: pages that lie on their long side, a new one for each part, the heads of the
 * columns on every page, no row lost; the same as DOCX. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "platform/base/str.h"
#include "platform/docs/docs.h"

enum { ROWS = 60, COLUMNS = 3, TEXT_MAX = 1 << 18 };

/* Two parts: sixty rows, more than a page holds, and one row with a text of many lines. */
static struct paper_list list_of(struct arena *mem)
{
    static const struct paper_column COLUMN[COLUMNS] = { { { "No.", 3 }, 40 },
                                                         { { "Title", 5 }, 181 },
                                                         { { "Unit", 4 }, 40 } };
    str *many = arena_array(mem, (size_t)ROWS * COLUMNS, sizeof *many);
    for (int i = 0; i < ROWS; i++) {
        many[i * COLUMNS] = arena_printf(mem, "N%03d", i + 1);
        many[i * COLUMNS + 1] = str_of("A bus over the bridge");
        many[i * COLUMNS + 2] = str_of("Roads");
    }
    str *one = arena_array(mem, COLUMNS, sizeof *one);
    struct buf *words = buf_new(mem, TEXT_MAX);
    for (int i = 0; i < 4000; i++)
        buf_printf(words, "w%04d ", i);
    one[0] = str_of("N900");
    one[1] = buf_str(words);
    one[2] = str_of("");
    struct paper_list_part *parts = arena_array(mem, 2, sizeof *parts);
    parts[0] = (struct paper_list_part){ str_of("Roads (60)"), many, ROWS };
    parts[1] = (struct paper_list_part){ str_of("Health (1)"), one, 1 };
    return (
        struct paper_list){ str_of("Handing out"), str_of("Hall 2"), COLUMN, COLUMNS, parts, 2 };
}

/* What a command makes of the PDF. */
static str read_by(struct arena *mem, bytes pdf, const char *command, const char *rest)
{
    char path[] = "/tmp/docs-list-XXXXXX", line[200];
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, pdf.ptr, pdf.len), (ssize_t)pdf.len);
    close(fd);
    snprintf(line, sizeof line, "%s %s %s", command, path, rest);
    FILE *pipe = popen(line, "r");
    assert_non_null(pipe);
    struct buf *b = buf_new(mem, TEXT_MAX * 4);
    char part[4096];
    for (size_t n; (n = fread(part, 1, sizeof part, pipe)) > 0;)
        buf_add(b, (str){ part, n });
    pclose(pipe);
    unlink(path);
    return buf_str(b);
}

static int count_of(str text, const char *what)
{
    int n = 0;
    for (i64 at = str_find(text, str_of(what), 0); at >= 0;
         at = str_find(text, str_of(what), (size_t)at + 1))
        n++;
    return n;
}

static void every_row_is_there_and_heads_on_every_page(void **state)
{
    struct arena *mem = arena_new(1 << 20, 0);
    struct paper_list list = list_of(mem);
    bytes pdf;
    (void)state;
    if (system("command -v pdftotext >/dev/null 2>&1") != 0)
        skip();
    assert_int_equal(paper_list_pdf(mem, &list, &pdf).code, ERR_NONE);
    str info = read_by(mem, pdf, "pdfinfo", "");
    assert_true(str_find(info, str_of("841.89 x 595.276"), 0) >= 0); /* 297 x 210 mm */
    str text = read_by(mem, pdf, "pdftotext -layout", "-");
    int pages = count_of(text, "\f");
    assert_true(pages >= 4);
    assert_int_equal(count_of(text, "Title"), pages);
    for (int i = 0; i < ROWS; i++)
        assert_int_equal(count_of(text, arena_printf(mem, "N%03d", i + 1).ptr), 1);
    assert_int_equal(count_of(text, "w0000"), 1);
    assert_int_equal(count_of(text, "w3999"), 1);
    i64 health = str_find(text, str_of("Health (1)"), 0);
    assert_true(health > 0 && text.ptr[health - 1] == '\f'); /* begins a page */
    arena_free(mem);
}

/* Three cards are on two sheets; each name stands on both sides of its card, that of two characters
 * with a blank as wide as a character between them. */
static void a_name_card_reads_from_both_sides(void **state)
{
    struct arena *mem = arena_new(1 << 20, 0);
    const str names[] = { str_of("\u738b\u4e94"), str_of("\u674e\u5efa\u56fd"),
                          str_of("\u963f\u4f9d\u53e4\u4e3d\u00b7\u4e70\u4e70\u63d0") };
    struct paper_cards cards = { str_of("Hall"), names, 3, false };
    bytes pdf;
    (void)state;
    if (system("command -v pdftotext >/dev/null 2>&1") != 0)
        skip();
    assert_int_equal(paper_cards_pdf(mem, &cards, &pdf).code, ERR_NONE);
    assert_true(str_find(read_by(mem, pdf, "pdfinfo", ""), str_of("595.276 x 841.89"), 0) >= 0);
    str text = read_by(mem, pdf, "pdftotext -raw", "-");
    assert_int_equal(count_of(text, "\f"), 2);
    assert_int_equal(count_of(text, "\u674e\u5efa\u56fd") + count_of(text, "\u56fd\u5efa\u674e"),
                     2);
    assert_int_equal(count_of(text, "\u738b\u4e94"), 0);
    assert_int_equal(count_of(text, "\u738b"), 2);
    assert_int_equal(count_of(text, "\u4f9d"), 2);
    cards.large = true; /* one along each sheet */
    assert_int_equal(paper_cards_pdf(mem, &cards, &pdf).code, ERR_NONE);
    assert_true(str_find(read_by(mem, pdf, "pdfinfo", ""), str_of("841.89 x 595.276"), 0) >= 0);
    text = read_by(mem, pdf, "pdftotext -raw", "-");
    assert_int_equal(count_of(text, "\f"), 3);
    assert_int_equal(count_of(text, "\u738b"), 2);
    arena_free(mem);
}

static void the_same_as_docx_each_time(void **state)
{
    struct arena *mem = arena_new(1 << 20, 0);
    struct paper_list list = list_of(mem);
    bytes one, two;
    (void)state;
    assert_int_equal(paper_list_docx(mem, &list, &one).code, ERR_NONE);
    assert_int_equal(paper_list_docx(mem, &list, &two).code, ERR_NONE);
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.ptr, two.ptr, one.len);
    str xml = read_by(mem, one, "unzip -p", "word/document.xml");
    if (xml.len == 0)
        skip();
    assert_true(str_find(xml, str_of("w:orient=\"landscape\""), 0) > 0);
    assert_int_equal(count_of(xml, "<w:tblHeader/>"), 2);
    assert_int_equal(count_of(xml, "<w:pageBreakBefore/>"), 1);
    assert_int_equal(count_of(xml, "<w:tr>"), ROWS + 1 + 2);
    arena_free(mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_there_and_heads_on_every_page),
        cmocka_unit_test(a_name_card_reads_from_both_sides),
        cmocka_unit_test(the_same_as_docx_each_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
