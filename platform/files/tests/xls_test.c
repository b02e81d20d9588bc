/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Old workbooks (.xls, .et): what each kind of cell reads as, texts that go on in a further record,
 * and files that a stranger has bent. The layout of records is that of [MS-XLS]. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "platform/base/str.h"
#include "platform/files/tests/sheet_fixture.h"
#include "platform/files/tests/xls_make.h"

enum { FILLER = 8000 };

/* A book under construction: globals, shared texts, and the cells of its sheet. */
struct book {
    struct buf *globals, *cells;
};

/* A record of bytes in hexadecimal. */
static void record(struct buf *to, unsigned number, const char *hex)
{
    unsigned char data[256];
    size_t size = 0;
    for (char *end; *hex; hex = end)
        data[size++] = (unsigned char)strtoul(hex, &end, 16);
    xls_record(to, number, data, size);
}

static struct book book_new(struct fixture *f)
{
    struct book b = { buf_new(f->mem, 1 << 20), buf_new(f->mem, 1 << 20) };
    record(b.globals, 0x809, "00 06 05 00 00 00 00 00");
    record(b.cells, 0x809, "00 06 10 00 00 00 00 00");
    return b;
}

/* Globals, the place of the sheet, the sheet; large: more than small sectors hold. */
static str book_stream(struct fixture *f, struct book *b, bool large)
{
    struct buf *all = buf_new(f->mem, 1 << 22);
    char sheet[] = "\0\0\0\0\0\0\x01\0S";
    uint32_t at = (uint32_t)(b->globals->len + 4 + sizeof sheet - 1 + 4 + (large ? FILLER + 4 : 0));
    for (size_t i = 0; i < 4; i++)
        sheet[i] = (char)(at >> 8 * i);
    buf_add(all, buf_str(b->globals));
    if (large)
        xls_record(all, 0x5D, arena_zero(f->mem, FILLER), FILLER);
    xls_record(all, 0x85, sheet, sizeof sheet - 1);
    record(all, 0x0A, "");
    buf_add(all, buf_str(b->cells));
    record(all, 0x0A, "");
    return buf_str(all);
}

static err book_read(struct fixture *f, struct book *b, bool large)
{
    str file = ole_make(f->mem, "Workbook", book_stream(f, b, large));
    fixture_write(f, ".xls", file.ptr, file.len);
    return fixture_read(f);
}

static void shows(struct fixture *f, struct book *b, const char *rows)
{
    for (int large = 0; large < 2; large++) {
        err e = book_read(f, b, large);
        if (e.code != ERR_NONE)
            fail_msg("%s", e.name);
        str shown = buf_str(f->shown);
        if (!str_is(shown, rows))
            fail_msg("%.*s is not\n%s", (int)shown.len, shown.ptr, rows);
    }
}

static void refused(struct fixture *f, struct book *b, const char *name)
{
    err e = book_read(f, b, false);
    if (!err_is(e, name))
        fail_msg("%s is not %s", e.name ? e.name : "ok", name);
}

/* ---- cells ---- */

static void numbers_are_shown_as_the_program_does(void **state)
{
    struct fixture *f = *state;
    struct book b = book_new(f);
    record(b.cells, 0x203, "00 00 00 00 00 00 9a 99 99 99 99 99 b9 3f"); /* 0.1 */
    record(b.cells, 0x27E, "00 00 01 00 00 00 16 00 00 00");             /* whole: 5 */
    record(b.cells, 0x27E, "00 00 02 00 00 00 17 00 00 00");             /* 5 hundredths */
    record(b.cells, 0x27E, "00 00 03 00 00 00 ee ff ff ff");             /* -5 */
    record(b.cells, 0x27E, "00 00 04 00 00 00 00 00 f8 3f");             /* upper half of 1.5 */
    record(b.cells, 0xBD, "02 00 01 00 00 00 06 00 00 00 00 00 0a 00 00 00 02 00"); /* 1 and 2 */
    shows(f, &b, "1|0.1|5|0.05|-5|1.5\n3||1|2\n");
}

/* 2026-11-25 is day 46351; from 1904 the same number is four years and a day later. */
static void days_and_times_follow_their_style(void **state)
{
    struct fixture *f = *state;
    for (int from_1904 = 0; from_1904 < 2; from_1904++) {
        struct book b = book_new(f);
        if (from_1904)
            record(b.globals, 0x22, "01 00");
        record(b.globals, 0x41E, "a4 00 07 00 00 79 79 79 79 22 2d 22");
        record(b.globals, 0xE0, "00 00 00 00"); /* style 0: general */
        record(b.globals, 0xE0, "00 00 0e 00"); /* 1: a date of the program's own */
        record(b.globals, 0xE0, "00 00 a4 00"); /* 2: of the book's */
        record(b.cells, 0x203, "00 00 00 00 01 00 00 00 00 00 e0 a1 e6 40");
        record(b.cells, 0x203, "00 00 01 00 02 00 00 00 00 00 f0 a1 e6 40");
        record(b.cells, 0x203, "00 00 02 00 00 00 00 00 00 00 e0 a1 e6 40");
        shows(f, &b,
              from_1904 ? "1|2030-11-26|2030-11-26 12:00:00|46351\n"
                        : "1|2026-11-25|2026-11-25 12:00:00|46351\n");
    }
}

static void formulas_read_as_what_they_came_to(void **state)
{
    struct fixture *f = *state;
    struct book b = book_new(f);
    record(b.cells, 0x06,
           "00 00 00 00 00 00 00 00 00 00 00 00 f0 3f 00 00 00 00 00 00 00 00"); /* 1 */
    record(b.cells, 0x06, "00 00 01 00 00 00 00 00 00 00 00 00 ff ff 00 00 00 00 00 00 00 00");
    record(b.cells, 0x4BC, "00 00"); /* a formula that several share may stand between */
    record(b.cells, 0x207, "02 00 01 5c 50 66 8f");
    record(b.cells, 0x06, "00 00 02 00 00 00 01 00 01 00 00 00 ff ff 00 00 00 00 00 00 00 00");
    record(b.cells, 0x06, "00 00 03 00 00 00 02 00 07 00 00 00 ff ff 00 00 00 00 00 00 00 00");
    record(b.cells, 0x06, "00 00 04 00 00 00 03 00 00 00 00 00 ff ff 00 00 00 00 00 00 00 00");
    record(b.cells, 0x205, "00 00 05 00 00 00 00 00");
    record(b.cells, 0x205, "00 00 06 00 00 00 2a 01");
    record(b.cells, 0x207, "01 00 00 78"); /* no formula waits for it */
    shows(f, &b, "1|1|停车|TRUE|#DIV/0!||FALSE|#N/A\n");
}

static void texts_are_narrow_or_wide_plain_or_rich(void **state)
{
    struct fixture *f = *state;
    struct book b = book_new(f);
    /* Four shared texts: "a¿", a wide 停, a rich "bc" with two runs, a wide 𠮷 with phonetics. */
    record(b.globals, 0xFC,
           "04 00 00 00 04 00 00 00 02 00 00 61 bf 01 00 01 5c 50"
           " 02 00 08 02 00 62 63 00 00 00 00 01 00 00 00"
           " 02 00 05 03 00 00 00 42 d8 b7 df 78 79 7a");
    record(b.cells, 0xFD, "00 00 00 00 00 00 00 00 00 00");
    record(b.cells, 0xFD, "00 00 01 00 00 00 01 00 00 00");
    record(b.cells, 0xFD, "00 00 02 00 00 00 02 00 00 00");
    record(b.cells, 0xFD, "00 00 03 00 00 00 03 00 00 00");
    record(b.cells, 0x204, "01 00 00 00 00 00 03 00 00 6f 6c 64");
    record(b.cells, 0xD6, "01 00 01 00 00 00 01 00 00 72 01 00 00 00 00 00");
    shows(f, &b, "1|a¿|停|bc|𠮷\n2|old|r\n");
}

/* A text breaks off in the midst and goes on wide; the next one's runs break off, too. */
static void texts_go_on_in_the_next_record(void **state)
{
    struct fixture *f = *state;
    struct book b = book_new(f);
    record(b.globals, 0xFC, "02 00 00 00 02 00 00 00 04 00 00 61 62");
    record(b.globals, 0x3C, "01 5c 50 66 8f 01 00 08 01 00 7a 00 00");
    record(b.globals, 0x3C, "00 00");
    record(b.cells, 0xFD, "00 00 00 00 00 00 00 00 00 00");
    record(b.cells, 0xFD, "00 00 01 00 00 00 01 00 00 00");
    shows(f, &b, "1|ab停车|z\n");
}

static void what_is_no_cell_of_the_sheet_is_left_out(void **state)
{
    struct fixture *f = *state;
    struct book b = book_new(f);
    record(b.cells, 0x204, "00 00 00 00 00 00 01 00 00 61");
    record(b.cells, 0x809, "00 06 20 00 00 00 00 00"); /* a chart in the sheet */
    record(b.cells, 0x204, "01 00 00 00 00 00 01 00 00 78");
    record(b.cells, 0x0A, "");
    record(b.cells, 0x201, "01 00 00 00 00 00"); /* a cell with a look alone */
    record(b.cells, 0x204, "02 00 02 00 00 00 01 00 00 62");
    shows(f, &b, "1|a\n3|||b\n");
}

/* ---- faults ---- */

static void books_that_nobody_can_read_say_why(void **state)
{
    struct fixture *f = *state;
    struct book b = book_new(f);
    record(b.globals, 0x2F, "00 00 00 00 00 00");
    refused(f, &b, "files.encrypted");
    b = book_new(f);
    b.globals->len = 0;
    record(b.globals, 0x809, "00 05 05 00 00 00 00 00"); /* Excel 95 */
    refused(f, &b, "files.old_xls");
    static const struct {
        const char *stream, *name;
    } STREAMS[] = { { "Book", "files.old_xls" },
                    { "WordDocument", "files.not_a_table" },
                    { "EncryptedPackage", "files.encrypted" } };
    for (size_t i = 0; i < sizeof STREAMS / sizeof *STREAMS; i++) {
        str file = ole_make(f->mem, STREAMS[i].stream, str_of("something"));
        fixture_write(f, ".xls", file.ptr, file.len);
        assert_true(err_is(fixture_read(f), STREAMS[i].name));
    }
}

static void bent_books_are_broken(void **state)
{
    struct fixture *f = *state;
    struct book b = book_new(f);
    record(b.cells, 0xFD, "00 00 00 00 00 00 01 00 00 00"); /* a shared text that there is not */
    refused(f, &b, "files.broken");
    b = book_new(f);
    record(b.globals, 0xFC, "ff ff ff ff ff ff ff ff"); /* four thousand million texts */
    refused(f, &b, "files.broken");
    b = book_new(f);
    record(b.cells, 0x204, "05 00 00 00 00 00 01 00 00 61");
    record(b.cells, 0x204, "04 00 00 00 00 00 01 00 00 62"); /* upwards */
    refused(f, &b, "files.broken");
    b = book_new(f);
    record(b.cells, 0x204, "00 00 00 00 00 00 ff 7f 00 61"); /* longer than it is */
    refused(f, &b, "files.broken");
    b = book_new(f);
    record(b.cells, 0x809, "00 06 20 00 00 00 00 00"); /* a chart without its end */
    refused(f, &b, "files.broken");
}

/* One large text named by very many cells: a bomb of the kind that needs no packing. */
static void a_text_is_not_multiplied_without_end(void **state)
{
    struct fixture *f = *state;
    struct book b = book_new(f);
    enum { LENGTH = 8000 };
    char shared[8 + 3 + LENGTH] = "\x01\0\0\0\x01\0\0\0\x40\x1F";
    memset(shared + 11, 'x', LENGTH);
    xls_record(b.globals, 0xFC, shared, sizeof shared);
    for (unsigned row = 0; row < 100; row++) {
        char cell[10] = { (char)row };
        xls_record(b.cells, 0xFD, cell, sizeof cell);
    }
    f->reader.limits.unpacked_bytes = 50 * LENGTH;
    refused(f, &b, "files.bomb");
    f->reader.limits.unpacked_bytes = 101 * LENGTH;
    assert_int_equal(book_read(f, &b, false).code, ERR_NONE);
    assert_int_equal(f->rows, 100);
}

/* Every byte of the container's head, and some of its tables and directory, bent each in turn: an
 * error or rows, never more. The sanitizers watch. */
static void a_bent_container_harms_nothing(void **state)
{
    struct fixture *f = *state;
    struct book b = book_new(f);
    record(b.cells, 0x204, "00 00 00 00 00 00 01 00 00 61");
    for (int large = 0; large < 2; large++) {
        str file = ole_make(f->mem, "Workbook", book_stream(f, &b, large));
        char *bent = arena_bytes(f->mem, file.len);
        for (size_t at = 8; at < 512 + 512 + 256; at += at < 128 ? 1 : 8) {
            struct arena_mark mark = arena_mark(f->mem);
            memcpy(bent, file.ptr, file.len);
            bent[at] = (char)(bent[at] ^ 0xFF);
            fixture_write(f, ".xls", bent, file.len);
            err e = fixture_read(f);
            assert_true(e.code == ERR_NONE || e.code == ERR_INVALID);
            arena_reset_to(f->mem, mark);
        }
        for (size_t len = 8; len < file.len; len += 97) {
            fixture_write(f, ".xls", file.ptr, len);
            assert_true(fixture_read(f).code != ERR_INTERNAL);
        }
    }
}

/* A sound container around records that break off at any place. */
static void a_book_cut_off_anywhere_is_broken(void **state)
{
    struct fixture *f = *state;
    struct book b = book_new(f);
    record(b.globals, 0xFC, "02 00 00 00 02 00 00 00 04 00 00 61 62");
    record(b.globals, 0x3C, "01 5c 50 66 8f 01 00 08 01 00 7a 00 00 00 00");
    record(b.cells, 0xFD, "00 00 00 00 00 00 00 00 00 00");
    record(b.cells, 0x204, "00 00 01 00 00 00 03 00 00 6f 6c 64");
    str stream = book_stream(f, &b, false);
    for (size_t len = 0; len < stream.len; len++) {
        str file = ole_make(f->mem, "Workbook", str_sub(stream, 0, len));
        fixture_write(f, ".xls", file.ptr, file.len);
        assert_true(err_is(fixture_read(f), "files.broken"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(numbers_are_shown_as_the_program_does, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(days_and_times_follow_their_style, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(formulas_read_as_what_they_came_to, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(texts_are_narrow_or_wide_plain_or_rich, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(texts_go_on_in_the_next_record, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(what_is_no_cell_of_the_sheet_is_left_out, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(books_that_nobody_can_read_say_why, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(bent_books_are_broken, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_text_is_not_multiplied_without_end, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(a_bent_container_harms_nothing, fixture_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(a_book_cut_off_anywhere_is_broken, fixture_open,
                                        fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
