/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Hostile files (quality.md U2): each is made here, read in a child of its own, and must be refused
 * within a second and with at most 64 MB more memory than a child that reads nothing. Under a
 * sanitizer only the refusal counts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <zip.h>
#include <zlib.h>

#include "platform/base/str.h"
#include "platform/files/tests/sheet_fixture.h"

/* Time and memory are promised of the product as it is built for use. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__OPTIMIZE__)
enum { SLOW_BUILD = 1 };
#else
enum { SLOW_BUILD = 0 };
#endif

enum { LIMIT_MS = 1000, LIMIT_KB = 64 * 1024 };

static const char WORKBOOK[] =
    "<workbook><sheets><sheet name=\"a\" r:id=\"r\"/></sheets></workbook>";
static const char ROW[] = "<row><c t=\"inlineStr\"><is><t>x</t></is></c></row>";

/* What the child says: name of the error, time, peak memory. */
struct verdict {
    char name[40];
    i64 took_ms;
    long peak_kb;
};

/* Processor time: what others do on the machine at the same time does not count. */
static i64 cpu_ms(const struct rusage *usage)
{
    i64 seconds = usage->ru_utime.tv_sec + usage->ru_stime.tv_sec;
    i64 micros = usage->ru_utime.tv_usec + usage->ru_stime.tv_usec;
    return seconds * 1000 + micros / 1000;
}

static struct verdict read_in_child(struct fixture *f, bool nothing)
{
    struct verdict *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(shared != MAP_FAILED);
    pid_t child = fork();
    if (child == 0) {
        f->count_only = true;
        err e = nothing ? OK : fixture_read(f);
        struct rusage usage;
        getrusage(RUSAGE_SELF, &usage);
        snprintf(shared->name, sizeof shared->name, "%s", e.name ? e.name : "");
        shared->took_ms = cpu_ms(&usage);
        shared->peak_kb = usage.ru_maxrss;
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    struct verdict verdict = *shared;
    munmap(shared, sizeof *shared);
    if (!WIFEXITED(status) || WEXITSTATUS(status))
        fail_msg("the reader died: status %d", status);
    return verdict;
}

/* The child inherits our own peak, so bombs are made in children too (or small). */
static void is_refused(struct fixture *f, const char *what, const char *name)
{
    struct verdict idle = read_in_child(f, true), bomb = read_in_child(f, false);
    long more = bomb.peak_kb - idle.peak_kb;
    print_message("%-28s %-20s %4lld ms %6ld KB\n", what, bomb.name, (long long)bomb.took_ms, more);
    if (strcmp(bomb.name, name) != 0)
        fail_msg("%s: %s instead of %s", what, bomb.name, name);
    if (!SLOW_BUILD && (bomb.took_ms > LIMIT_MS || more > LIMIT_KB))
        fail_msg("%s: %lld ms, %ld KB more", what, (long long)bomb.took_ms, more);
}

/* A workbook with these parts, each text repeated; made in a child to keep our own memory small. */
struct part {
    const char *name, *head, *again, *tail;
    size_t times;
};

static str text_of(const struct part *p)
{
    size_t head = strlen(p->head), again = p->again ? strlen(p->again) : 0,
           tail = p->tail ? strlen(p->tail) : 0;
    size_t size = head + again * p->times + tail;
    char *text = malloc(size + 1), *to = text;
    memcpy(to, p->head, head);
    to += head;
    for (size_t i = 0; i < p->times; i++, to += again)
        memcpy(to, p->again, again);
    memcpy(to, p->tail ? p->tail : "", tail);
    return (str){ text, size };
}

static void workbook_make(struct fixture *f, const struct part *parts)
{
    snprintf(f->file, sizeof f->file, "%s.xlsx", f->path);
    pid_t child = fork();
    if (child == 0) {
        struct zip_entry entries[8] = { { "xl/workbook.xml", WORKBOOK, sizeof WORKBOOK - 1 } };
        for (size_t i = 0; parts[i].name; i++) {
            str text = text_of(&parts[i]);
            entries[i + 1] = (struct zip_entry){ parts[i].name, text.ptr, text.len };
        }
        fixture_zip(f, entries);
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

#define SHEET       "xl/worksheets/sheet1.xml"
#define OPEN_SHEET  "<worksheet><sheetData>"
#define CLOSE_SHEET "</sheetData></worksheet>"

static void inflating_ones(void **state)
{
    struct fixture *f = *state;
    const struct part much[] = { { SHEET, OPEN_SHEET,
                                   "<row></row>                            "
                                   "            ",
                                   CLOSE_SHEET, 3000000 },
                                 { 0 } };
    workbook_make(f, much);
    is_refused(f, "150 MB of blanks", "files.bomb");
    const struct part shared[] = { { "xl/sharedStrings.xml"
                                     "",
                                     "<sst>", "<si/>", "</sst>", 12000000 },
                                   { SHEET, "<worksheet/>", 0, 0, 0 },
                                   { 0 } };
    workbook_make(f, shared);
    is_refused(f, "12 million shared texts", "files.bomb");
    char *megabyte = malloc((1 << 20) + 1);
    memset(megabyte, 'x', 1 << 20);
    megabyte[1 << 20] = '\0';
    const struct part repeated[] = { { "xl/sharedStrings.xml",
                                       "<sst><si><t>"
                                       "",
                                       megabyte, "</t></si></sst>", 1 },
                                     { SHEET, OPEN_SHEET,
                                       "<row><c t=\"s\"><v>0</v></c></row>"
                                       "",
                                       CLOSE_SHEET, 100000 },
                                     { 0 } };
    workbook_make(f, repeated);
    is_refused(f, "a shared megabyte repeated", "files.bomb");
    free(megabyte);
}

static void hostile_xml(void **state)
{
    struct fixture *f = *state;
    static const char LAUGHS[] = "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a"
                                 ";&a;&a;&a;&a;&a;\">"
                                 "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d "
                                 "\"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">]>"
                                 "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>&d;</"
                                 "t></is></c></row></sheetData></worksheet>";
    const struct part laughs[] = { { SHEET, LAUGHS, 0, 0, 0 }, { 0 } };
    workbook_make(f, laughs);
    is_refused(f, "billion laughs", "files.bomb");
    static const char OUTSIDE[] = "<!DOCTYPE w [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><"
                                  "worksheet><sheetData><row>"
                                  "<c t=\"inlineStr\"><is><t>&x;</t></is></c></row></sheetDa"
                                  "ta></worksheet>";
    const struct part outside[] = { { SHEET, OUTSIDE, 0, 0, 0 }, { 0 } };
    workbook_make(f, outside);
    is_refused(f, "external entity", "files.bomb");
    const struct part deep[] = { { SHEET, "<worksheet>", "<a>", "", 5000000 }, { 0 } };
    workbook_make(f, deep);
    is_refused(f, "5 million levels", "files.bomb");
    const struct part tag[] = { { SHEET, "<worksheet a=\"", "xxxxxxxxxx", "\"/>", 5000000 },
                                { 0 } };
    workbook_make(f, tag);
    is_refused(f, "an attribute of 50 MB", "files.bomb");
    char *names = malloc(40 << 20), *to = names;
    to += snprintf(to, 100, "<worksheet>");
    for (int i = 0; i < 1000000; i++)
        to += snprintf(to, 40, "<n%d/>", i);
    snprintf(to, 40, "</worksheet>");
    const struct part many[] = { { SHEET, names, 0, 0, 0 }, { 0 } };
    workbook_make(f, many);
    is_refused(f, "a million names", "files.bomb");
    free(names);
    const struct part cut[] = { { SHEET, OPEN_SHEET, ROW, "", 3 }, { 0 } };
    workbook_make(f, cut);
    is_refused(f, "XML cut short", "files.broken");
    const struct part wide[] = { { SHEET, OPEN_SHEET "<row>",
                                   "<c t=\"inlineStr\"><is><t>x</t>"
                                   "</is></c>",
                                   "</row>" CLOSE_SHEET, 300 },
                                 { 0 } };
    workbook_make(f, wide);
    is_refused(f, "300 columns", "files.too_many_columns");
    const struct part cell[] = { { SHEET,
                                   OPEN_SHEET "<row><c t=\"inlineStr\"><is><t>"
                                              "",
                                   "0123456789abcdef", "</t></is></c></row>" CLOSE_SHEET, 100000 },
                                 { 0 } };
    workbook_make(f, cell);
    is_refused(f, "a cell of 1.6 MB", "files.cell_too_big");
}

/* Bytes of a small sound workbook, to be bent. */
static str sound(struct fixture *f)
{
    static char data[65536];
    const struct part parts[] = { { SHEET, OPEN_SHEET, ROW, CLOSE_SHEET, 2 }, { 0 } };
    workbook_make(f, parts);
    FILE *in = fopen(f->file, "rb");
    size_t n = fread(data, 1, sizeof data, in);
    fclose(in);
    return (str){ data, n };
}

static void put32(str file, size_t at, uint32_t value)
{
    unsigned char *p = (unsigned char *)(uintptr_t)file.ptr + at;
    for (int i = 0; i < 4; i++)
        p[i] = (unsigned char)(value >> 8 * i);
}

static void lying_sizes(void **state)
{
    struct fixture *f = *state;
    str file = sound(f);
    i64 entry = -1;
    for (i64 at = 0; (at = str_find(file, (str){ "PK\1\2", 4 }, (size_t)at)) >= 0; at++)
        entry = at; /* the last one of the directory: the sheet */
    assert_true(entry > 0);
    put32(file, (size_t)entry + 24, 0x7FFFFFFF); /* says two gigabytes */
    fixture_write(f, ".xlsx", file.ptr, file.len);
    is_refused(f, "says 2 GB, has 100 bytes", "files.broken");
    put32(file, (size_t)entry + 24, 5);
    fixture_write(f, ".xlsx", file.ptr, file.len);
    is_refused(f, "says 5 bytes, has 100", "files.broken");
    file = sound(f);
    i64 end = str_find(file, (str){ "PK\5\6", 4 }, 0);
    put32(file, (size_t)end + 12, 0x7FFFFFFF); /* a directory of two gigabytes */
    fixture_write(f, ".xlsx", file.ptr, file.len);
    is_refused(f, "a directory of 2 GB", "files.bomb");
    file = sound(f);
    fixture_write(f, ".xlsx", file.ptr, file.len - 30);
    is_refused(f, "a workbook cut short", "files.broken");
}

/* One local file and a directory that names it a million times; the end record tells the truth
 * modulo 65,536. */
static void a_million_entries(void **state)
{
    struct fixture *f = *state;
    snprintf(f->file, sizeof f->file, "%s.xlsx", f->path);
    FILE *out = fopen(f->file, "wb");
    static const char LOCAL[31] = "PK\3\4\x14";
    fwrite(LOCAL, 1, 31, out);
    for (int i = 0; i < 1000000; i++) {
        unsigned char entry[47] = "PK\1\2\x14";
        entry[28] = 1;
        entry[46] = 'a';
        fwrite(entry, 1, 47, out);
    }
    unsigned char end[22] = "PK\5\6";
    str view = { (const char *)end, 22 };
    end[8] = end[10] = 5; /* says five */
    put32(view, 12, 47000000);
    put32(view, 16, 31);
    fwrite(end, 1, 22, out);
    fclose(out);
    is_refused(f, "a million entries, says 5", "files.bomb");
    out = fopen(f->file, "r+b");
    fseek(out, -22, SEEK_END);
    end[8] = end[9] = end[10] = end[11] = 0xFF;
    fwrite(end, 1, 22, out);
    fclose(out);
    is_refused(f, "a million entries", "files.bomb");
}

static void entries_that_climb(void **state)
{
    struct fixture *f = *state;
    const struct part up[] = { { SHEET, OPEN_SHEET, ROW, CLOSE_SHEET, 1 },
                               { "../../etc/cron.d/x"
                                 "",
                                 "x", 0, 0, 0 },
                               { 0 } };
    workbook_make(f, up);
    is_refused(f, "an entry that climbs", "files.bomb");
    const struct part sheet[] = { { SHEET, OPEN_SHEET, ROW, CLOSE_SHEET, 1 }, { 0 } };
    workbook_make(f, sheet);
    zip_t *zip = zip_open(f->file, 0, NULL);
    assert_non_null(zip);
    assert_int_equal(zip_file_set_external_attributes(zip, 1, 0, ZIP_OPSYS_UNIX,
                                                      (zip_uint32_t)(S_IFLNK | 0777) << 16),
                     0);
    assert_int_equal(zip_close(zip), 0);
    is_refused(f, "a symbolic link", "files.bomb");
}

static void nested_and_other_containers(void **state)
{
    struct fixture *f = *state;
    str inner = sound(f);
    char *copy = malloc(inner.len);
    memcpy(copy, inner.ptr, inner.len);
    struct zip_entry nested[] = { { "xl/workbook.xml", WORKBOOK, 0 },
                                  { SHEET, copy, inner.len },
                                  { 0 } };
    fixture_zip(f, nested);
    is_refused(f, "a ZIP as its own sheet", "files.broken");
    struct zip_entry plain[] = { { "a.zip", copy, inner.len }, { 0 } };
    fixture_zip(f, plain);
    is_refused(f, "a ZIP in a ZIP", "files.not_a_table");
    free(copy);
    fixture_write(f, ".xlsx", "PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22);
    is_refused(f, "an empty ZIP", "files.not_a_table");
}

static void inflating_text(void **state)
{
    struct fixture *f = *state;
    snprintf(f->file, sizeof f->file, "%.60s.csv.gz", f->path);
    gzFile out = gzopen(f->file, "wb1");
    static char piece[1 << 20];
    memset(piece, 'a', sizeof piece);
    for (int i = 0; i < 200; i++)
        gzwrite(out, piece, sizeof piece);
    gzclose(out);
    is_refused(f, "200 MB of gzip", "files.bomb");
    unlink(f->file);
    memset(piece, '"', 1);
    fixture_write(f, ".csv", piece, sizeof piece);
    FILE *more = fopen(f->file, "ab");
    for (int i = 0; i < 20; i++)
        fwrite(piece + 1, 1, sizeof piece - 1, more);
    fclose(more);
    is_refused(f, "a quoted cell of 21 MB", "files.cell_too_big");
    static char commas[1 << 20];
    memset(commas, ',', sizeof commas);
    fixture_write(f, ".csv", commas, sizeof commas);
    struct verdict v = read_in_child(f, false);
    assert_string_equal(v.name, ""); /* a million empty cells are no columns */
    fixture_write(f, ".jsonl", "", 0);
    FILE *lines = fopen(f->file, "wb");
    fputs("{\"a\":", lines);
    for (int i = 0; i < 3000000; i++)
        fputc('[', lines);
    fclose(lines);
    is_refused(f, "3 million brackets", "files.broken_line");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(inflating_ones, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(hostile_xml, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(lying_sizes, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_million_entries, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(entries_that_climb, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(nested_and_other_containers, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(inflating_text, fixture_open, fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
