/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Cells safe against formula injection (quality.md U6) in the finished workbook, and QR codes
 * whose modules are read back from the SVG. The workbook's XML is looked at through libzip;
 * reading through platform/files is tested there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>
#include <zip.h>

#include "platform/base/clock.h"
#include "platform/base/str.h"
#include "platform/docs/docs.h"

static void test_cell_safe(void **state)
{
    (void)state;
    struct arena *mem = arena_new(1 << 20, 0);
    static const struct {
        const char *given, *wanted;
    } CASES[] = {
        { "=1+1", "'=1+1" }, { "+86", "'+86" }, { "-1", "'-1" },    { "@SUM(A1)", "'@SUM(A1)" },
        { "\tx", "'\tx" },   { "\rx", "'\rx" }, { "a=1", "a=1" },   { "", "" },
        { " =1", " =1" },    { "'=1", "'=1" },  { "提案", "提案" }, { "\U00020C53", "\U00020C53" }
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_true(str_is(cell_safe(mem, str_of(CASES[i].given)), CASES[i].wanted));
    arena_free(mem);
}

static str entry(struct arena *mem, int fd, const char *name)
{
    zip_t *zip = zip_fdopen(dup(fd), 0, NULL);
    assert_non_null(zip);
    struct zip_stat stat;
    assert_int_equal(zip_stat(zip, name, 0, &stat), 0);
    char *data = arena_zero(mem, stat.size + 1);
    zip_file_t *file = zip_fopen(zip, name, 0);
    assert_int_equal(zip_fread(file, data, stat.size), (zip_int64_t)stat.size);
    zip_fclose(file);
    zip_discard(zip);
    return (str){ data, stat.size };
}

static void test_workbook_has_no_formula(void **state)
{
    (void)state;
    struct arena *mem = arena_new(4 << 20, 0);
    struct workbook *w;
    assert_int_equal(workbook_open(mem, str_of("a[b]:*?/\\'提案"), &w).code, ERR_NONE);
    workbook_text(w, str_of("案由"));
    workbook_text(w, str_of("件数"));
    workbook_text(w, str_of("日期"));
    workbook_header_end(w);
    static const char *const EVIL[] = { "=cmd|' /C calc'!A0", "+1", "-1", "@x", "\t=1", "\r=1" };
    for (size_t i = 0; i < 6; i++) {
        workbook_text(w, str_of(EVIL[i]));
        workbook_number(w, -7);
        workbook_day(w, day_from_civil(2026, 11, 25));
        workbook_row_end(w);
    }
    workbook_text(w, (str){ "a\0\x01<b>\U00020164\n", 11 });
    workbook_row_end(w);
    int fd = -1;
    assert_int_equal(workbook_finish(w, &fd).code, ERR_NONE);
    str sheet = entry(mem, fd, "xl/worksheets/sheet1.xml");
    assert_int_equal(str_find(sheet, str_of("<f"), 0), -1); /* no formula element */
    for (size_t at = 0, n = 0; n < 6; n++) {
        i64 next = str_find(sheet, str_of("<t>'"), at);
        i64 spaced = str_find(sheet, str_of("preserve\">'"), at);
        next = next < 0 || (spaced >= 0 && spaced < next) ? spaced : next;
        assert_true(next >= 0);
        at = (size_t)next + 1;
    }
    assert_true(str_find(sheet, str_of("<v>46351</v>"), 0) >
                0); /* 2026-11-25 as Excel counts days */
    assert_true(str_find(sheet, str_of("&lt;b&gt;\U00020164"), 0) > 0);
    close(fd);
    arena_free(mem);
}

/* Dark modules of the SVG path into a square of cells; returns the side. */
static int svg_modules(const char *svg, char cells[128][128])
{
    int side, x, y, length, read;
    const char *view = strstr(svg, "viewBox=\"0 0 ");
    assert_non_null(view);
    assert_int_equal(sscanf(view, "viewBox=\"0 0 %d", &side), 1);
    const char *p = strstr(svg, "#000\" d=\"");
    assert_non_null(p);
    for (p += strlen("#000\" d=\""); sscanf(p, "M%d %dh%d%n", &x, &y, &length, &read) == 3;
         p = strchr(p, 'z') + 1)
        for (int i = 0; i < length; i++)
            cells[y][x + i] = 1;
    assert_true(*p == '"');
    return side;
}

/* The three finder patterns of ISO/IEC 18004 stand inside a quiet zone of four modules. */
static void test_qr_svg(void **state)
{
    (void)state;
    struct arena *mem = arena_new(4 << 20, 0);
    struct buf *out = buf_new(mem, 1 << 20);
    assert_int_equal(
        qr_svg(mem, str_of("https://zx.example/receipt/01234567890123456789 火塘"), out).code,
        ERR_NONE);
    buf_put_byte(out, '\0');
    static char cells[128][128];
    int side = svg_modules(out->ptr, cells);
    static const char FINDER[7][8] = { "1111111", "1000001", "1011101", "1011101",
                                       "1011101", "1000001", "1111111" };
    for (int y = 0; y < 7; y++)
        for (int x = 0; x < 7; x++) {
            assert_int_equal(cells[4 + y][4 + x], FINDER[y][x] - '0');
            assert_int_equal(cells[4 + y][side - 11 + x], FINDER[y][x] - '0');
            assert_int_equal(cells[side - 11 + y][4 + x], FINDER[y][x] - '0');
        }
    for (int i = 0; i < side; i++)
        for (int quiet = 0; quiet < 4; quiet++)
            assert_false(cells[quiet][i] || cells[i][quiet] || cells[side - 1 - quiet][i] ||
                         cells[i][side - 1 - quiet]);
    assert_null(strstr(out->ptr, "style"));
    char *long_text = arena_zero(mem, 4000);
    memset(long_text, 'x', 3999);
    assert_true(err_is(qr_svg(mem, str_of(long_text), out), "docs.qr_too_long"));
    arena_free(mem);
}

static void test_unfinished_workbook_leaves_nothing(void **state)
{
    (void)state;
    struct arena *mem = arena_new(1 << 20, 0);
    struct workbook *w;
    assert_int_equal(workbook_open(mem, str_of(""), &w).code, ERR_NONE);
    workbook_text(w, str_of("x"));
    arena_free(mem); /* leak checkers and the temporary folder are the judges */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cell_safe),
        cmocka_unit_test(test_workbook_has_no_formula),
        cmocka_unit_test(test_qr_svg),
        cmocka_unit_test(test_unfinished_workbook_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
