/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A book: its contents and indexes name the pages on which things stand, the body begins on a
 * right-hand page, long ones take no more memory than short ones; the same texts in DOCX. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>
#include <zip.h>

#include "platform/base/clock.h"
#include "platform/base/str.h"
#include "platform/docs/docs.h"

enum { MANY = 400, PAGES_MAX = 64 };

static const char SENTENCE[] =
    "近年来全市公共停车位建设加快推进，新增泊位三千余个，但老旧小区停车难问题仍然突出。";

static bool has_poppler(void)
{
    return system("command -v pdftotext >/dev/null 2>&1") == 0;
}

static str repeat(struct arena *mem, const char *z, size_t times)
{
    struct buf *b = buf_new(mem, 1 << 20);
    for (size_t i = 0; i < times; i++)
        buf_put(b, z);
    return buf_str(b);
}

/* A case of some sentences; every third has none and says why. */
static void entry_make(struct arena *mem, size_t nth, size_t sentences, struct book_entry *out)
{
    struct paper_part *parts = arena_array(mem, 3, sizeof *parts);
    struct paper_part *answer = arena_array(mem, 2, sizeof *answer);
    struct book_section *sections = arena_array(mem, 2, sizeof *sections);
    bool silent = nth % 3 == 2;
    parts[0] = (struct paper_part){ PAPER_HEADING1, str_of("情况") };
    parts[1] = (struct paper_part){ PAPER_BODY, repeat(mem, SENTENCE, sentences) };
    parts[2] = (struct paper_part){ PAPER_NOTE, str_of("按提案者意见不公开") };
    answer[0] = (struct paper_part){ PAPER_BODY, repeat(mem, SENTENCE, sentences) };
    answer[1] = (struct paper_part){ PAPER_SIGNATURE, str_of("2026年6月8日") };
    sections[0] =
        (struct book_section){ .parts = silent ? parts + 2 : parts, .part_count = silent ? 1 : 2 };
    sections[1] = (struct book_section){ str_of("市交通运输局的答复"), str_of("临交函〔2026〕58号"),
                                         answer, 2 };
    *out = (struct book_entry){
        .number = arena_printf(mem, "第%03zu号", nth + 1),
        .title = arena_printf(mem, "关于解决第%zu个小区停车难的提案", nth + 1),
        .under = silent ? str_of("") : str_of("王一、李二"),
        .sections = sections,
        .section_count = silent ? 1 : 2,
    };
}

/* Two chapters of half each, one index of two names: who has the even ones, who has all. */
static struct book book_make(struct arena *mem, size_t count, size_t sentences)
{
    struct book_entry *entries = arena_array(mem, count, sizeof *entries);
    struct book_chapter *chapters = arena_array(mem, 2, sizeof *chapters);
    struct book_name *names = arena_array(mem, 2, sizeof *names);
    struct book_index *index = arena_array(mem, 2, sizeof *index);
    size_t *all = arena_array(mem, count, sizeof *all), *even = arena_array(mem, count, 8);
    for (size_t i = 0; i < count; i++) {
        entry_make(mem, i, sentences, &entries[i]);
        all[i] = i;
        even[i / 2] = i / 2 * 2;
    }
    chapters[0] = (struct book_chapter){ str_of("城乡建设"), entries, count / 2 };
    chapters[1] = (struct book_chapter){ str_of("交通"), entries + count / 2, count - count / 2 };
    names[0] = (struct book_name){ str_of("市住房局"), even, (count + 1) / 2 };
    names[1] = (struct book_name){ str_of("市交通运输局"), all, count };
    index[0] = (struct book_index){ str_of("承办单位索引"), names, 2 };
    index[1] = (struct book_index){ .title = str_of("提案者索引") };
    return (struct book){ .title = str_of("政协临沧市五届二次会议\n提案汇编"),
                          .subtitle = str_of("共若干件"),
                          .publisher = str_of("政协临沧市委员会"),
                          .note = str_of("供内部使用。"),
                          .contents = str_of("目录"),
                          .made_on = day_from_civil(2026, 11, 26),
                          .chapters = chapters,
                          .chapter_count = 2,
                          .indexes = index,
                          .index_count = 2 };
}

static int file_open(char path[64])
{
    snprintf(path, 64, "/tmp/docs-book-XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    return fd;
}

/* The text of each page without its spaces, from 0. */
static size_t pages_read(struct arena *mem, const char *path, str pages[PAGES_MAX])
{
    char command[160];
    snprintf(command, sizeof command, "pdftotext -layout %s -", path);
    FILE *in = popen(command, "r");
    struct buf *b = buf_new(mem, 4 << 20);
    size_t count = 0;
    char piece[4096];
    assert_non_null(in);
    for (size_t n; (n = fread(piece, 1, sizeof piece, in)) > 0;)
        buf_add(b, (str){ piece, n });
    pclose(in);
    str rest = buf_str(b);
    b->len = 0;
    for (size_t i = 0; i < rest.len; i++) /* spaces stand where the layout wants them */
        if (rest.ptr[i] != ' ')
            b->ptr[b->len++] = rest.ptr[i];
    rest = buf_str(b);
    while (count < PAGES_MAX && str_split(&rest, '\f', &pages[count]))
        count++;
    return count;
}

static bool has(str page, const char *words)
{
    return str_find(page, str_of(words), 0) >= 0;
}

/* The number that ends the line with these words. */
static i64 number_behind(str page, const char *words)
{
    i64 at = str_find(page, str_of(words), 0), number = 0;
    assert_true(at >= 0);
    str line = str_sub(page, (size_t)at, page.len), rest = line;
    str_split(&rest, '\n', &line);
    i64 dots = str_find(line, str_of("..."), 0);
    assert_true(dots > 0);
    for (size_t i = (size_t)dots; i < line.len; i++)
        if (line.ptr[i] >= '0' && line.ptr[i] <= '9')
            number = number * 10 + (line.ptr[i] - '0');
    return number;
}

struct counted {
    i64 calls, done, all;
};

static err count_up(void *context, i64 done, i64 all)
{
    struct counted *c = context;
    assert_true(done > c->done && done <= all);
    *c = (struct counted){ c->calls + 1, done, all };
    return OK;
}

static void contents_and_indexes_name_the_pages(void **state)
{
    (void)state;
    if (!has_poppler())
        skip();
    struct arena *mem = arena_new(64 << 20, 0);
    struct book book = book_make(mem, 6, 25);
    struct counted counted = { 0 };
    char path[64], words[64];
    str pages[PAGES_MAX];
    i64 made;
    int fd = file_open(path);
    book.progress = count_up;
    book.context = &counted;
    assert_int_equal(book_pdf(mem, &book, fd, &made).code, ERR_NONE);
    assert_int_equal(counted.calls, 12);
    assert_int_equal(counted.all, 12);
    size_t count = pages_read(mem, path, pages), body = 4;
    assert_int_equal(count, made);
    assert_true(has(pages[0], "提案汇编") && has(pages[0], "2026年11月26日"));
    assert_true(has(pages[1], "供内部使用"));
    assert_true(has(pages[2], "目录") && has(pages[2], "城乡建设"));
    /* the body begins on the fifth page: a right-hand one */
    assert_true(has(pages[body], "关于解决第1个小区停车难的提案"));
    for (int i = 1; i <= 6; i++) {
        snprintf(words, sizeof words, "关于解决第%d个小区停车难的提案", i);
        i64 page = number_behind(pages[2], words);
        str there = pages[body + (size_t)page - 1];
        assert_true(has(there, words));
        snprintf(words, sizeof words, "—%lld—", (long long)page);
        assert_true(has(there, words));
    }
    assert_true(has(pages[body], "第001号城乡建设")); /* the running head of an odd page */
    assert_true(has(pages[body + 1], "政协临沧市五届二次会议提案汇编")); /* of an even one */
    i64 index = number_behind(pages[2], "承办单位索引");
    str list = pages[body + (size_t)index - 1];
    snprintf(words, sizeof words, "%lld",
             (long long)number_behind(pages[2], "关于解决第5个小区停车难的提案"));
    assert_true(has(list, "市住房局") && has(list, words));
    assert_false(has(pages[2], "提案者索引")); /* an empty one is left out */
    close(fd);
    unlink(path);
    arena_free(mem);
}

static i64 resident_kb(void)
{
    long long pages = 0, resident = 0;
    FILE *in = fopen("/proc/self/statm", "r");
    assert_non_null(in);
    assert_int_equal(fscanf(in, "%lld %lld", &pages, &resident), 2);
    fclose(in);
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

/* What a sanitizer keeps of its own is not the book's. */
static bool is_measured(void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return false;
#else
    return true;
#endif
}

static void four_hundred_cases_take_no_more_than_64_mib(void **state)
{
    (void)state;
    struct arena *texts = arena_new(128 << 20, 0);
    struct book small = book_make(texts, 3, 3), large = book_make(texts, MANY, 40);
    i64 pages, before, after;
    char path[64];
    int fd = file_open(path);
    struct arena *mem = arena_new(64 << 20, 0);
    assert_int_equal(book_pdf(mem, &small, fd, &pages).code, ERR_NONE); /* fonts are loaded */
    arena_free(mem);
    before = resident_kb();
    mem = arena_new(64 << 20, 0);
    assert_int_equal(book_pdf(mem, &large, fd, &pages).code, ERR_NONE);
    after = resident_kb();
    print_message("%lld pages, %lld KiB more, arena %zu KiB\n", (long long)pages,
                  (long long)(after - before), arena_used(mem) / 1024);
    assert_true(pages > 1000);
    assert_true(!is_measured() || after - before < 64 * 1024);
    assert_true(arena_used(mem) < 16 << 20);
    arena_free(mem);
    before = resident_kb();
    mem = arena_new(64 << 20, 0);
    assert_int_equal(book_docx(mem, &large, fd).code, ERR_NONE);
    after = resident_kb();
    print_message("docx: %lld KiB more, arena %zu KiB\n", (long long)(after - before),
                  arena_used(mem) / 1024);
    assert_true(!is_measured() || after - before < 64 * 1024);
    arena_free(mem);
    close(fd);
    unlink(path);
    arena_free(texts);
}

static str part_of(struct arena *mem, const char *path, const char *name)
{
    struct zip_stat stat;
    int error;
    zip_t *zip = zip_open(path, ZIP_RDONLY, &error);
    assert_non_null(zip);
    assert_int_equal(zip_stat(zip, name, 0, &stat), 0);
    char *data = arena_zero(mem, stat.size + 1);
    zip_file_t *f = zip_fopen(zip, name, 0);
    assert_int_equal(zip_fread(f, data, stat.size), (zip_int64_t)stat.size);
    zip_fclose(f);
    zip_discard(zip);
    return (str){ data, stat.size };
}

/* The same words in the same order, each reference to a mark that is there. */
static void as_docx_it_says_the_same(void **state)
{
    static const char *const ORDER[] = { "提案汇编",
                                         "供内部使用。",
                                         "目录",
                                         "城乡建设",
                                         "关于解决第1个小区停车难的提案",
                                         "PAGEREF _e1 ",
                                         "PAGEREF _e6 ",
                                         "承办单位索引",
                                         "PAGEREF _e7 ",
                                         "</w:sectPr></w:pPr>",
                                         "第001号",
                                         "w:name=\"_e1\"",
                                         "情况",
                                         "市交通运输局的答复",
                                         "临交函〔2026〕58号",
                                         "按提案者意见不公开",
                                         "w:name=\"_e6\"",
                                         "w:name=\"_e7\"",
                                         "市住房局",
                                         "PAGEREF _e5 ",
                                         "w:start=\"1\"" };
    (void)state;
    struct arena *mem = arena_new(64 << 20, 0);
    struct book book = book_make(mem, 6, 600);
    char path[64];
    i64 at = 0;
    int fd = file_open(path);
    assert_int_equal(book_docx(mem, &book, fd).code, ERR_NONE);
    close(fd);
    str body = part_of(mem, path, "word/document.xml");
    for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER; i++) {
        at = str_find(body, str_of(ORDER[i]), (size_t)at);
        if (at < 0)
            fail_msg("missing or out of order: %s", ORDER[i]);
    }
    assert_true(str_find(part_of(mem, path, "word/header2.xml"), str_of("STYLEREF 1"), 0) > 0);
    assert_true(str_find(part_of(mem, path, "word/settings.xml"), str_of("updateFields"), 0) > 0);
    unlink(path);
    arena_free(mem);
}

static err refuse(void *context, i64 done, i64 all)
{
    (void)context;
    (void)done;
    (void)all;
    return err_make(ERR_CONFLICT, "docs.failed");
}

static void a_full_disk_and_a_stop_end_it(void **state)
{
    (void)state;
    struct arena *mem = arena_new(64 << 20, 0);
    struct book book = book_make(mem, 30, 40);
    i64 pages;
    int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    assert_true(full >= 0);
    assert_int_equal(book_pdf(mem, &book, full, &pages).code, ERR_BUSY);
    assert_int_equal(book_docx(mem, &book, full).code, ERR_BUSY);
    book.progress = refuse;
    assert_int_equal(book_pdf(mem, &book, full, &pages).code, ERR_CONFLICT);
    assert_int_equal(book_docx(mem, &book, full).code, ERR_CONFLICT);
    close(full);
    arena_free(mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contents_and_indexes_name_the_pages),
        cmocka_unit_test(four_hundred_cases_take_no_more_than_64_mib),
        cmocka_unit_test(as_docx_it_says_the_same),
        cmocka_unit_test(a_full_disk_and_a_stop_end_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
