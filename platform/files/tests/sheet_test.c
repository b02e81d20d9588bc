/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows of texts out of CSV, JSON Lines and workbooks: as RFC 4180 and ECMA-376 say, and the lists
 * that offices really sent (shared data; skipped where it is absent). Hostile files: bombs_test.c.
 * */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>
#include <zip.h>
#include <zlib.h>

#include "platform/base/clock.h"
#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/files/files.h"
#include "platform/files/tests/sheet_fixture.h"

static void rows_are(struct fixture *f, const char *wanted)
{
    if (!str_is(buf_str(f->shown), wanted))
        fail_msg("got:\n%.*s\nwanted:\n%s", (int)f->shown->len, f->shown->ptr, wanted);
}

/* Rows are shown as "number|cell|cell\n", line feeds in cells as "/". */
static void test_csv(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *given, *wanted;
    } CASES[] = {
        { "a,b\r\n1,2\r\n", "1|a|b\n2|1|2\n" },
        { "a,b\n1,2", "1|a|b\n2|1|2\n" },
        { "a,b\r1,2\r", "1|a|b\n2|1|2\n" },
        { "\"a\r\nb\",\"c \"\"d\"\"\"\r\n", "1|a/b|c \"d\"\n" },
        { "a;b,c;d\n1;2;3\n", "1|a|b,c|d\n2|1|2|3\n" },
        { "a\tb,c\n1\t2\n", "1|a|b,c\n2|1|2\n" },
        { "a,b\n\n,\n  \nx,y\n", "1|a|b\n5|x|y\n" }, /* blank rows count, but are not handed over */
        { "a,,c,,\n,,3\n", "1|a||c\n2|||3\n" },      /* trailing empty cells are dropped */
        { "5\" pipe,b\"c\n", "1|5\" pipe|b\"c\n" },  /* stray quotes are text */
        { "\"a\"x,\"\"\n", "1|ax\n" },
        { "\xEF\xBB\xBF案由,提案人\n停车,王堃\n", "1|案由|提案人\n2|停车|王堃\n" },
        { "\xFF\xFE\x48\x68\t\x00\x31\x75\n\x00", "1|案|由\n" }, /* UTF-16 of "Unicode text" */
        { "only", "1|only\n" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        size_t len = strlen(CASES[i].given);
        if (CASES[i].given[0] == '\xFF')
            len = 10;
        fixture_write(f, ".csv", CASES[i].given, len);
        assert_int_equal(fixture_read(f).code, ERR_NONE);
        rows_are(f, CASES[i].wanted);
    }
}

static void test_csv_faults_name_the_row(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *given, *name, *row;
    } CASES[] = {
        { "a\nb\n\"c\n", "files.open_quote", "3" },
        { "", "files.not_a_table", "" },
        { "\xEF\xBB\xBF案由\n停\xE8\xBD\n", "files.encoding", "2" },
        { "案由案由案由\n停车停车停车停车\n\xE8x\n", "files.encoding",
          "3" }, /* UTF-8 but for one byte */
        { "\xB0\xB8\xD3\xC9\n\xCD\xA3\xB3\xB5\n\xFF\xFF\n", "files.encoding",
          "3" }, /* GB18030 but for two */
        { "%PDF-1.4\n", "files.not_a_table", "" },
        { "<html><table>", "files.not_a_table", "" },
        { "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "files.broken", "" },
        { "PK\x03\x04", "files.broken", "" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        fixture_write(f, ".csv", CASES[i].given, strlen(CASES[i].given));
        err e = fixture_read(f);
        if (!err_is(e, CASES[i].name) || !str_is(e.arg[0], CASES[i].row))
            fail_msg("case %zu: %s row %.*s", i, e.name ? e.name : "ok", (int)e.arg[0].len,
                     e.arg[0].ptr);
    }
}

static void test_limits(void **state)
{
    struct fixture *f = *state;
    f->reader.limits =
        (struct sheet_limits){ .rows = 2, .columns = 3, .cell_bytes = 10, .unpacked_bytes = 1000 };
    static const struct {
        const char *given, *name;
    } CASES[] = { { "1\n2\n3\n", "files.too_many_rows" },
                  { "1,2,3,4\n", "files.too_many_columns" },
                  { "12345678901\n", "files.cell_too_big" },
                  { "1,2,3,,,,\n2\n", NULL } };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        fixture_write(f, ".csv", CASES[i].given, strlen(CASES[i].given));
        err e = fixture_read(f);
        assert_true(CASES[i].name ? err_is(e, CASES[i].name) : e.code == ERR_NONE);
    }
    static char big[1200];
    memset(big, '\n', sizeof big);
    fixture_write(f, ".csv", big, sizeof big);
    assert_true(err_is(fixture_read(f), "files.too_big"));
}

/* Every character that GB18030 has and Unicode assigns to a place of its own survives (quality.md
 * Q6): written by iconv's table from all code points, read back through the reader. */
static void test_gb18030_all_characters(void **state)
{
    struct fixture *f = *state;
    char path[80], command[600];
    snprintf(path, sizeof path, "%.60s.gb", f->path);
    snprintf(command, sizeof command,
             "python3 -c \"import sys\nt=''.join(('\\n' if i%%64==0 else '')+chr(c) for i,c in en"
             "umerate("
             "list(range(0x3400,0xa000))+list(range(0x20000,0x2ebe1))))\n"
             "open('%s','w').write(t)\" && iconv -f UTF-8 -t GB18030 %s > %s.csv",
             path, path, f->path);
    if (system(command) != 0)
        skip();
    snprintf(f->file, sizeof f->file, "%s.csv", f->path);
    assert_int_equal(fixture_read(f).code, ERR_NONE);
    uint32_t wanted = 0x3400;
    str s = buf_str(f->shown);
    for (size_t at = 0; at < s.len;) {
        uint32_t c = str_next_char(s, &at);
        if (c < 0x3400)
            continue;
        assert_int_equal(c, wanted);
        wanted = wanted == 0x9FFF ? 0x20000 : wanted + 1;
    }
    assert_int_equal(wanted, 0x2EBE1);
    unlink(path);
    unlink(f->file);
}

static void test_json_lines(void **state)
{
    struct fixture *f = *state;
    static const char TEXT[] =
        "{\"id\":\"1\",\"proposers\":[\"王堃\",\"赵昇\"],\"n\":12,\"gone\":null}\n\n"
        "{\"id\":\"2\",\"reply\":{\"on\":\"2026-01-02\",\"ok\":true},\"motions\":[{\"a\":1}]"
        ",\"n\":1.5}\r\n";
    fixture_write(f, ".jsonl", TEXT, sizeof TEXT - 1);
    assert_int_equal(fixture_read(f).code, ERR_NONE);
    rows_are(f, "0|id|proposers|n|gone|reply.on|reply.ok|motions\n"
                "1|1|王堃、赵昇|12\n"
                "3|2||1.5||2026-01-02|true|[{\"a\":1}]\n");
    static const char BAD[] = "{\"a\":1}\n{\"a\":1,\"a\":2}\n";
    fixture_write(f, ".jsonl", BAD, sizeof BAD - 1);
    err e = fixture_read(f);
    assert_true(err_is(e, "files.broken_line"));
    assert_true(str_is(e.arg[0], "2"));
    static const char ARRAY[] = "{}\n[1]\n";
    fixture_write(f, ".jsonl", ARRAY, sizeof ARRAY - 1);
    assert_true(err_is(fixture_read(f), "files.broken_line"));
}

static void test_gzip(void **state)
{
    struct fixture *f = *state;
    snprintf(f->file, sizeof f->file, "%.60s.csv.gz", f->path);
    gzFile out = gzopen(f->file, "wb");
    gzputs(out, "案由,n\n停车,1\n");
    gzclose(out);
    assert_int_equal(fixture_read(f).code, ERR_NONE);
    rows_are(f, "1|案由|n\n2|停车|1\n");
    assert_int_equal(truncate(f->file, 25), 0);
    assert_true(err_is(fixture_read(f), "files.broken"));
    unlink(f->file);
}

static const char STYLES[] =
    "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&qu"
    "ot;d&quot;日&quot;\"/>"
    "<numFmt numFmtId=\"165\" formatCode=\"[Red]0.00&quot;days&quot;\"/><numFmt numFmtId=\"1"
    "66\" formatCode=\"[h]:mm\"/></numFmts>"
    "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
    "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId="
    "\"165\"/><xf numFmtId=\"22\"/>"
    "<xf numFmtId=\"166\"/></cellXfs></styleSheet>";
static const char SHARED[] =
    "<?xml version=\"1.0\"?><x:sst xmlns:x=\"m\"><x:si><x:t>案由</x:t><x:rPh><x:t>yin</x:t></x"
    ":rPh></x:si>"
    "<x:si><x:r><x:rPr><x:sz val=\"1\"/></x:rPr><x:t>两</x:t></x:r><x:r><x:t xml:space=\"pres"
    "erve\"> 段_x000D_\n_x0041_</x:t></x:r></x:si></x:sst>";
static const char SHEET[] =
    "<worksheet><sheetData>"
    "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v></c><c r=\"XFD"
    "1\"/></row>"
    "<row r=\"3\"><c r=\"A3\" s=\"1\"><v>46351</v></c><c r=\"B3\" s=\"2\"><v>1</v></c><c r="
    "\"C3\" s=\"4\"><v>46351.5</v></c>"
    "<c r=\"D3\" s=\"3\"><v>2.5</v></c><c r=\"E3\" s=\"5\"><v>0.25</v></c></row>"
    "<row><c><v>13812345678</v></c><c><v>1.0000000000000001E-2</v></c><c><v>1.2E6</v></c><c>"
    "<v>0.30000000000000004</v></c>"
    "<c t=\"b\"><v>1</v></c><c t=\"e\"><v>#REF!</v></c><c t=\"str\"><f>A1&amp;1</f><v>x</v></c>"
    "<c t=\"inlineStr\"><is><t>&lt;王&#x20164;&gt;</t></is></c></row>"
    "</sheetData><mergeCells/></worksheet>";

static void test_xlsx_cells(void **state)
{
    struct fixture *f = *state;
    struct zip_entry entries[] = {
        { "xl/workbook.xml",
          "<workbook><workbookPr/><sheets><sheet name=\"h\" state=\"hidden\" r:id=\"r1\"/>"
          "<sheet name=\"s\" r:id=\"r2\"/></sheets></workbook>",
          0 },
        { "xl/_rels/workbook.xml.rels",
          "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/>"
          "<Relationship Id=\"r2\" Target=\"/xl/worksheets/two.xml\"/></Relationships>",
          0 },
        { "xl/styles.xml", STYLES, 0 },
        { "xl/sharedStrings.xml", SHARED, 0 },
        { "xl/worksheets/two.xml", SHEET, 0 },
        { NULL, NULL, 0 }
    };
    fixture_zip(f, entries);
    err e = fixture_read(f);
    assert_int_equal(e.code, ERR_NONE);
    rows_are(f, "1|案由||两 段/A\n"
                "3|2026-11-25|1900-01-01|2026-11-25 12:00:00|2.5|06:00:00\n"
                "4|13812345678|0.01|1200000|0.3|TRUE|#REF!|x|<王\U00020164>\n");
    entries[0].text =
        "<workbook><workbookPr date1904=\"1\"/><sheets><sheet name=\"s\" r:id=\"r2\"/></shee"
        "ts></workbook>";
    entries[4].text =
        "<worksheet><sheetData><row><c s=\"1\"><v>0</v></c></row></sheetData></worksheet>";
    fixture_zip(f, entries);
    assert_int_equal(fixture_read(f).code, ERR_NONE);
    rows_are(f, "1|1904-01-01\n");
    static const char *const ROWS[] = { "9223372036854775807", "1048577", "-1" };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        entries[4].text = arena_printf(f->mem,
                                       "<worksheet><sheetData><row r=\"%s\"><c><v>1</v></c></row>"
                                       "<row><c><v>2</v></c></row></sheetData></worksheet>",
                                       ROWS[i])
                              .ptr;
        fixture_zip(f, entries);
        assert_int_equal(fixture_read(f).code, ERR_INVALID);
    }
    entries[0].name = "word/document.xml";
    fixture_zip(f, entries);
    assert_true(err_is(fixture_read(f), "files.not_a_table"));
}

/* What platform/docs writes, this reads: the same texts, days and numbers, harmless. */
static void test_workbook_comes_back(void **state)
{
    struct fixture *f = *state;
    struct workbook *w;
    assert_int_equal(workbook_open(f->mem, str_of("提案"), &w).code, ERR_NONE);
    workbook_text(w, str_of("案由"));
    workbook_text(w, str_of("日期"));
    workbook_header_end(w);
    workbook_text(w, str_of("=1+1\n堃昇喆\U00020164"));
    workbook_text(w, str_of("a\xEF\xBF\xBE\xEF\xBF\xBF"
                            "b")); /* U+FFFE, U+FFFF */
    workbook_day(w, day_from_civil(2026, 11, 25));
    workbook_number(w, 12345678901);
    workbook_row_end(w);
    int fd;
    assert_int_equal(workbook_finish(w, &fd).code, ERR_NONE);
    static char data[100000];
    ssize_t n = read(fd, data, sizeof data);
    assert_true(n > 0);
    close(fd);
    fixture_write(f, "", data, (size_t)n);
    assert_int_equal(fixture_read(f).code, ERR_NONE);
    rows_are(f, "1|案由|日期\n2|'=1+1/堃昇喆\U00020164|a\xEF\xBF\xBD\xEF\xBF\xBD"
                "b|2026-11-25|12345678901\n");
}

static const char *shared(char out[300], const char *name)
{
    const char *dir = getenv("HUOTANG_SHARED_DATA");
    snprintf(out, 300, "%s/%s", dir ? dir : "../shared/data", name);
    return access(out, R_OK) == 0 ? out : NULL;
}

/* The same 60 proposals in the three forms in which offices send lists. */
static void test_three_forms_give_the_same_rows(void **state)
{
    struct fixture *f = *state;
    static const char *const NAMES[] = { "import/proposals_60.xlsx",
                                         "import/proposals_60_utf8bom.csv",
                                         "import/proposals_60_gb18030.csv" };
    str first = { 0 };
    for (size_t i = 0; i < 3; i++) {
        char path[300];
        if (!shared(path, NAMES[i]))
            skip();
        snprintf(f->file, sizeof f->file, "%s", path);
        assert_int_equal(fixture_read(f).code, ERR_NONE);
        assert_int_equal(f->rows, 61);
        if (i == 0)
            first = arena_str(f->mem, buf_str(f->shown));
        assert_true(str_eq(buf_str(f->shown), first));
    }
    assert_true(str_starts(
        first,
        str_of(
            "1|提案号|提交时间|提案人|类别|案由|提案内容\n2|0001|2019-01-12 16:04:48|邹正|城乡建设|")));
}

/* Published workbooks and large texts: as many rows as the data's own description says, at constant
 * memory. */
static void test_real_lists(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *name;
        i64 rows; /* without the row of names */
    } CASES[] = { { "bills_tw.jsonl.gz", 6340 },
                  { "council_suggestions_tw.csv.gz", 4179 },
                  { "messages_hot.csv.gz", 3011 },
                  { "proposals_js2019.csv.gz", 294 },
                  { "import/kaohsiung_2014_h1.xlsx", 535 },
                  { "import/hsinchu_102_2.xls", 60 },
                  { "import/taipei_a.xls", 122 } };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char path[300];
        if (!shared(path, CASES[i].name))
            skip();
        snprintf(f->file, sizeof f->file, "%s", path);
        f->count_only = true;
        struct arena *mem = f->mem;
        f->mem = arena_new(4 << 20, 0);
        err e = fixture_read(f);
        assert_int_equal(e.code, ERR_NONE);
        assert_int_equal(f->rows, CASES[i].rows + 1);
        assert_true(arena_used(f->mem) < 2 << 20);
        arena_free(f->mem);
        f->mem = mem;
    }
    f->count_only = false;
}

/* The published totals of two old workbooks are the sums of what is read of their rows. */
struct sums {
    size_t column;
    double sum, total;
};

static err sum_take(void *context, const struct sheet_row *row)
{
    struct sums *s = context;
    const strs *cells = &row->cells;
    double value = 0;
    char text[32] = "";
    if (cells->count > s->column && cells->items[s->column].len < sizeof text) {
        memcpy(text, cells->items[s->column].ptr, cells->items[s->column].len);
        value = strtod(text, NULL);
    }
    *(cells->count && str_starts(cells->items[0], str_of("合")) ? &s->total : &s->sum) += value;
    return OK;
}

static void test_totals_of_old_workbooks(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *name;
        size_t column;
    } CASES[] = { { "import/hsinchu_102_2.xls", 3 },
                  { "import/hsinchu_102_2.xls", 4 },
                  { "import/taipei_a.xls", 4 } };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char path[300];
        struct sums sums = { .column = CASES[i].column };
        const struct sheet_reader reader = { sum_take, &sums, { 0 } };
        if (!shared(path, CASES[i].name))
            skip();
        assert_int_equal(sheet_read(f->mem, str_of(path), &reader).code, ERR_NONE);
        assert_true(sums.total > 30000);
        assert_true(fabs(sums.sum - sums.total) < 0.005);
    }
}

static void test_the_row_function_ends_it(void **state)
{
    struct fixture *f = *state;
    fixture_write(f, ".csv", "1\n2\n3\n", 6);
    f->stop_after = 2;
    assert_true(err_is(fixture_read(f), "test.stop"));
    assert_int_equal(f->rows, 2);
}

/* Read once: the file may go; and what was wrong with it comes behind the rows before it. */
static void test_spooled_rows_come_again(void **state)
{
    struct fixture *f = *state;
    static const char LIST[] = "name,job\nA,b\n\"open\n";
    const struct sheet_spool *list;
    fixture_write(f, ".csv", LIST, sizeof LIST - 1);
    assert_int_equal(sheet_spool(f->mem, str_of(f->file), &list).code, ERR_NONE);
    unlink(f->file);
    for (int i = 0; i < 2; i++) {
        f->shown = buf_new(f->mem, 1 << 16);
        err e = sheet_again(f->mem, list, &f->reader);
        assert_true(err_is(e, "files.open_quote") && str_is(e.arg[0], "3"));
        assert_true(str_is(buf_str(f->shown), "1|name|job\n2|A|b\n"));
    }
    f->rows = 0;
    f->stop_after = 1;
    assert_true(sheet_again(f->mem, list, &f->reader).code != ERR_NONE && f->rows == 1);
    assert_int_equal(sheet_spool(f->mem, str_of("/none"), &list).code, ERR_NONE);
    assert_true(err_is(sheet_again(f->mem, list, &f->reader), "files.missing"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_csv, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(test_csv_faults_name_the_row, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(test_limits, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(test_gb18030_all_characters, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(test_json_lines, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(test_gzip, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(test_xlsx_cells, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(test_workbook_comes_back, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(test_three_forms_give_the_same_rows, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(test_real_lists, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(test_spooled_rows_come_again, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(test_totals_of_old_workbooks, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(test_the_row_function_ends_it, fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
