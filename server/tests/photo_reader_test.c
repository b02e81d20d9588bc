/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Photos in the process that takes strangers' files apart, with the lock of the house (quality U5,
 * U7): all formats are cleaned there, also at the border of what is taken, and the house itself
 * does not grow; whatever happens to the child, or whatever it says, is one clear refusal; and it
 * can do nothing else. What the lists try: reader_test.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/base/buf.h"
#include "platform/files/photo_read.h"
#include "platform/files/sheet_process.h"
#include "platform/files/temp.h"
#include "platform/files/tests/photo_samples.h"
#include "platform/text/texts.h"
#include "server/reader.h"
#include "server/sandbox.h"
#include "server/start.h"

enum { RGB = 3, CPU_S = 1, WALL_S = 2 };

/* ---- hostile reading, chosen by the ending of the name ---- */

static bool may_open(void)
{
    return open("/etc/passwd", O_RDONLY) >= 0;
}
static bool may_create(void)
{
    return open("/tmp/huotang-photo-made", O_CREAT | O_WRONLY, 0600) >= 0;
}
static bool may_see(void)
{
    struct stat info;
    return stat("/", &info) == 0;
}
static bool may_connect(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) >= 0 || socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}
static bool may_fork(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return pid >= 0;
}
static bool may_signal(void)
{
    return kill(getppid(), 0) == 0;
}
static bool may_run_what_it_writes(void)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0;
}
static const struct {
    const char *name;
    bool (*may)(void);
} TRIES[] = {
    { "open", may_open },
    { "create", may_create },
    { "see", may_see },
    { "connect", may_connect },
    { "fork", may_fork },
    { "signal", may_signal },
    { "run", may_run_what_it_writes },
};

static err say(const struct sheet_reader *reader, const str *cells, size_t count)
{
    const struct sheet_row row = { 1, { (str *)(uintptr_t)cells, count } };
    return reader->row(reader->context, &row);
}

static err try_all(struct arena *mem, const struct sheet_input *in,
                   const struct sheet_reader *reader)
{
    struct buf *done = buf_new(mem, 1000);
    buf_put(done, "done:");
    for (size_t i = 0; i < sizeof TRIES / sizeof *TRIES; i++)
        if (TRIES[i].may())
            buf_printf(done, " %s", TRIES[i].name);
    if (write(in->fd, "x", 1) == 1)
        buf_put(done, " change");
    str cell = buf_str(done);
    return say(reader, &cell, 1);
}

static err say_limits(struct arena *mem, const struct sheet_reader *reader)
{
    struct rlimit memory, time;
    getrlimit(RLIMIT_DATA, &memory);
    getrlimit(RLIMIT_CPU, &time);
    str cells[2] = { arena_printf(mem, "%lld", (long long)memory.rlim_cur),
                     arena_printf(mem, "%lld", (long long)time.rlim_cur) };
    return say(reader, cells, 2);
}

/* Writes what was sent as if it were clean, under numbers that fit. */
static err say_clean(struct arena *mem, const struct sheet_input *in,
                     const struct sheet_reader *reader)
{
    char said[4096];
    ssize_t n = pread(in->fd, said, sizeof said, 0);
    assert_true(n > 0 && write(in->spool_fd, said, (size_t)n) == n &&
                write(in->spool_fd, said, (size_t)n) == n);
    str size = arena_printf(mem, "%zd", n);
    const str cells[6] = { str_of("16"), str_of("16"), size, str_of("16"), str_of("16"), size };
    return say(reader, cells, 6);
}

/* The words in the file are what it says, one a line. */
static err say_facts(struct arena *mem, const struct sheet_input *in,
                     const struct sheet_reader *reader)
{
    char said[400];
    ssize_t n = pread(in->fd, said, sizeof said, 0);
    str rest = { said, (size_t)n }, cells[10];
    size_t count = 0;
    while (count < 10 && str_split(&rest, ' ', &cells[count]))
        count++;
    (void)mem;
    return say(reader, cells, count);
}

_Noreturn static void eat_memory(void)
{
    enum { PIECE = 4 << 20 };
    for (;;) {
        volatile char *piece =
            mmap(NULL, PIECE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        for (size_t i = 0; i < PIECE; i += 4096)
            piece[i] = 1; /* MAP_FAILED is no address: the end */
    }
}

static err hostile(struct arena *mem, const struct sheet_input *in,
                   const struct sheet_reader *reader)
{
    volatile uint64_t turns = 0;
    signal(SIGSEGV, SIG_DFL); /* cmocka would go on with the next test, in the child */
    signal(SIGILL, SIG_DFL);
    signal(SIGABRT, SIG_DFL);
    if (str_ends(in->name, str_of(".crash")))
        __builtin_trap();
    if (str_ends(in->name, str_of(".exit")))
        _exit(0);
    while (str_ends(in->name, str_of(".loop")))
        turns++;
    if (str_ends(in->name, str_of(".eat")))
        eat_memory();
    if (str_ends(in->name, str_of(".try")))
        return try_all(mem, in, reader);
    if (str_ends(in->name, str_of(".limits")))
        return say_limits(mem, reader);
    if (str_ends(in->name, str_of(".clean")))
        return say_clean(mem, in, reader);
    if (str_ends(in->name, str_of(".facts")))
        return say_facts(mem, in, reader);
    if (str_ends(in->name, str_of(".silent")))
        return OK;
    return sheet_parse(mem, in, reader);
}

/* ---- the house's side ---- */

struct fixture {
    struct arena *mem;
    char folder[40];
    str said;
};

static int set_up_with(void **state, const struct sheet_process *how)
{
    struct arena *mem = arena_new(64 << 20, 0);
    struct fixture *f = arena_zero(mem, sizeof *f);
    f->mem = mem;
    snprintf(f->folder, sizeof f->folder, "/tmp/photo-reader-XXXXXX");
    *state = f;
    return sheet_process_start(how).code || !mkdtemp(f->folder);
}

static int set_up(void **state)
{
    return set_up_with(state, &(struct sheet_process){ .parse = hostile, .lock = sandbox_reader });
}
static int set_up_short(void **state)
{
    return set_up_with(state, &(struct sheet_process){ .parse = hostile,
                                                       .lock = sandbox_reader,
                                                       .cpu_s = CPU_S,
                                                       .wall_s = WALL_S });
}
static int set_up_open(void **state)
{
    return set_up_with(state, &(struct sheet_process){ .parse = hostile });
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    sheet_process_stop();
    while (wait(NULL) > 0)
        continue;
    rmdir(f->folder);
    arena_free(f->mem);
    return 0;
}

static str file_of(struct fixture *f, const char *ending, bytes data)
{
    str path = arena_printf(f->mem, "%s/photo%s", f->folder, ending);
    int fd = open(path.ptr, O_CREAT | O_TRUNC | O_WRONLY, 0600);
    assert_true(fd >= 0 && write(fd, data.ptr, data.len) == (ssize_t)data.len);
    close(fd);
    return path;
}

/* Cleans it, and takes both parts out of the child's reach. */
static err clean(struct fixture *f, const char *ending, bytes data, struct photo_clean *out)
{
    str path = file_of(f, ending, data);
    err e = photo_clean(f->mem, path, out);
    const struct photo_part *parts[] = { &out->picture, &out->preview };
    for (int i = 0; i < 2 && !e.code; i++) {
        int to;
        assert_int_equal(temp_open(&to).code, ERR_NONE);
        e = photo_part_write(out->fd, parts[i], to);
        temp_close(to);
    }
    unlink(path.ptr);
    return e;
}

static void next_photo_is_cleaned(struct fixture *f)
{
    struct photo_clean *c = arena_zero(f->mem, sizeof *c);
    const unsigned char *rgb = sample_quarters(f->mem, 96, 64);
    err e = clean(f, ".jpg", sample_jpeg(f->mem, rgb, 96, 64, SAMPLE_PLAIN), c);
    if (e.code)
        fail_msg("%s", e.name);
    assert_int_equal(c->picture.size.width, 96);
    assert_int_equal(c->preview.size.height, 64);
}

static void odd(struct fixture *f, const char *ending, bytes data)
{
    struct photo_clean *c = arena_zero(f->mem, sizeof *c);
    err e = clean(f, ending, data, c);
    if (!err_is(e, "files.photo_odd") || e.code != ERR_INVALID)
        fail_msg("%s: %s", ending, e.name ? e.name : "taken");
}

static bytes words(const char *text)
{
    return (bytes){ (const unsigned char *)text, strlen(text) };
}

static void every_format_is_cleaned_under_the_lock(void **state)
{
    struct fixture *f = *state;
    enum { W = 2400, H = 1200 };
    const unsigned char *rgb = sample_noise(f->mem, W, H, 1);
    const bytes exif = sample_exif(f->mem, 8, false);
    const bytes files[] = {
        sample_jpeg_with(f->mem, sample_jpeg(f->mem, rgb, W, H, SAMPLE_PLAIN), exif, true),
        sample_jpeg_with(f->mem, sample_jpeg(f->mem, rgb, W, H, SAMPLE_PROGRESSIVE), exif, true),
        sample_jpeg_with(f->mem, sample_jpeg(f->mem, rgb, W, H, SAMPLE_CMYK), exif, true),
        sample_png_with(f->mem, sample_png(f->mem, &(struct sample_png){ W, H, rgb, false, true }),
                        "eXIf", exif),
        sample_webp_with(f->mem, sample_webp(f->mem, rgb, W, H, false), exif, false),
        sample_webp_with(f->mem, sample_webp(f->mem, rgb, W, H, true), exif, false),
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct photo_clean *c = arena_zero(f->mem, sizeof *c);
        err e = clean(f, ".bin", files[i], c);
        if (e.code)
            fail_msg("file %zu: %s", i, e.name);
        assert_int_equal(c->picture.size.width, 1000);
        assert_int_equal(c->picture.size.height, 2000);
        assert_int_equal(c->preview.size.width, 160);
        assert_int_equal(c->preview.size.height, 320);
    }
}

static void refusals_come_as_they_are(void **state)
{
    struct fixture *f = *state;
    const unsigned char *rgb = sample_quarters(f->mem, 16, 16);
    const bytes jpeg = sample_jpeg(f->mem, rgb, 16, 16, SAMPLE_PLAIN);
    const bytes png = sample_png(f->mem, &(struct sample_png){ 16, 16, rgb, false, false });
    const struct {
        bytes file;
        const char *name;
    } CASES[] = {
        { words("GIF89a"), "files.photo_type" },
        { words(""), "files.photo_type" },
        { { (const unsigned char *)"\0\0\0\x18"
                                   "ftypheic",
            12 },
          "files.photo_heic" },
        { { jpeg.ptr, jpeg.len - 1 }, "files.photo_broken" },
        { sample_png_with(f->mem, png, "acTL", words("12345678")), "files.photo_animated" },
        { sample_join(f->mem, jpeg, words("%PDF-1.4")), "files.photo_mixed" },
        { sample_png(f->mem, &(struct sample_png){ 8000, 5001, NULL, false, false }),
          "files.photo_pixels" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct photo_clean *c = arena_zero(f->mem, sizeof *c);
        err e = clean(f, ".bin", CASES[i].file, c);
        if (!err_is(e, CASES[i].name) || e.code != ERR_INVALID)
            fail_msg("case %zu: %s", i, e.name ? e.name : "taken");
    }
    struct photo_clean none;
    assert_true(err_is(photo_clean(f->mem, str_of("/none"), &none), "files.missing"));
}

static i64 own_memory_kb(const char *what)
{
    char line[200];
    long long kb = 0;
    FILE *in = fopen("/proc/self/status", "r");
    while (fgets(line, sizeof line, in))
        if (strncmp(line, what, strlen(what)) == 0)
            assert_int_equal(sscanf(line + strlen(what), ": %lld", &kb), 1);
    fclose(in);
    return kb;
}

/* 40 million pixels, all needed at once (interlaced, 160 MB decoded): the child holds them in its
 * 256 MB, the house nothing of it. */
static void the_house_does_not_grow_by_the_picture(void **state)
{
    struct fixture *f = *state;
    enum { MOST_KB = 8 << 10 };
    struct photo_clean *c = arena_zero(f->mem, sizeof *c);
    const bytes png = sample_png(f->mem, &(struct sample_png){ 8000, 5000, NULL, false, true });
    next_photo_is_cleaned(f);
    i64 before = own_memory_kb("VmHWM"), now;
    err e = clean(f, ".png", png, c);
    if (e.code)
        fail_msg("%s", e.name);
    assert_int_equal(c->picture.size.height, 1250);
    now = own_memory_kb("VmHWM");
    if (now - before > MOST_KB)
        fail_msg("%lld KB before, %lld after", (long long)before, (long long)now);
}

static void whatever_ends_the_child_is_one_refusal(void **state)
{
    struct fixture *f = *state;
    odd(f, ".crash", words("x"));
    odd(f, ".exit", words("x"));
    odd(f, ".silent", words("x"));
    odd(f, ".loop", words("x"));
    if (sandbox_is_watched())
        print_message("a sanitizer maps its own memory: no limit to test\n");
    else
        odd(f, ".eat", words("x"));
    next_photo_is_cleaned(f);
}

static void what_a_child_says_is_not_believed(void **state)
{
    struct fixture *f = *state;
    static const char *const FACTS[] = {
        "16 16 100 16 16",       /* too few */
        "16 16 100 16 16 100 1", /* too many */
        "0 16 100 16 16 100",       "2001 16 100 16 16 100",
        "16 16 100 321 16 100",     "16 16 -1 16 16 100",
        "16 16 0 16 16 100",        "16 16 99999999999 16 16 100",
        "16 16 16777217 16 16 100", "a 16 100 16 16 100",
        "16 16 100 16 16 100", /* of an empty file */
    };
    for (size_t i = 0; i < sizeof FACTS / sizeof *FACTS; i++)
        odd(f, ".facts", words(FACTS[i]));
    const unsigned char *rgb = sample_quarters(f->mem, 16, 16);
    const bytes jpeg = sample_jpeg(f->mem, rgb, 16, 16, SAMPLE_PLAIN);
    odd(f, ".clean", sample_jpeg_with(f->mem, jpeg, sample_exif(f->mem, 1, false), true));
    odd(f, ".clean", words("<script>alert(1)</script>"));
    odd(f, ".clean", sample_png(f->mem, &(struct sample_png){ 16, 16, rgb, false, false }));
    next_photo_is_cleaned(f);
}

static err keep_said(void *context, const struct sheet_row *row)
{
    struct fixture *f = context;
    f->said = str_of("");
    for (size_t i = 0; i < row->cells.count; i++)
        f->said = arena_printf(f->mem, "%.*s%s%.*s", (int)f->said.len, f->said.ptr, i ? " " : "",
                               (int)row->cells.items[i].len, row->cells.items[i].ptr);
    return OK;
}

static str said(struct fixture *f, const char *ending, enum sheet_task task)
{
    str path = file_of(f, ending, words("x"));
    struct sheet_input in = { open(path.ptr, O_RDONLY), -1, path, task };
    const struct sheet_reader reader = { .row = keep_said, .context = f };
    assert_int_equal(temp_open(&in.spool_fd).code, ERR_NONE);
    assert_int_equal(sheet_process_read(f->mem, &in, &reader).code, ERR_NONE);
    close(in.fd);
    temp_close(in.spool_fd);
    unlink(path.ptr);
    return f->said;
}

static void it_can_do_nothing_else(void **state)
{
    struct fixture *f = *state;
    str done = said(f, ".try", TASK_PHOTO);
    if (!str_is(done, "done:"))
        fail_msg("%.*s", (int)done.len, done.ptr);
    assert_int_equal(access("/tmp/huotang-photo-made", F_OK), -1);
}

/* U7: 256 MB and 10 s; a list has what it had. */
static void its_limits(void **state)
{
    struct fixture *f = *state;
    if (sandbox_is_watched())
        skip();
    assert_true(str_is(said(f, ".limits", TASK_PHOTO), "268435456 10"));
    assert_true(str_is(said(f, ".limits", TASK_LIST), "201326592 20"));
}

/* That of the house itself: this program executed again. */
static void the_houses_own_helper_cleans(void **state)
{
    struct fixture *f = *state;
    sheet_process_stop();
    while (wait(NULL) > 0)
        continue;
    assert_int_equal(reader_start(true).code, ERR_NONE);
    next_photo_is_cleaned(f);
}

static void without_a_helper_it_is_busy(void **state)
{
    struct fixture *f = *state;
    struct photo_clean *c = arena_zero(f->mem, sizeof *c);
    sheet_process_stop();
    err e = clean(f, ".jpg", words("x"), c);
    assert_int_equal(e.code, ERR_BUSY);
    assert_true(err_is(e, "files.reader_gone"));
}

int main(int argc, char **argv)
{
    reader_become(argc, argv);
    signal(SIGPIPE, SIG_IGN); /* as the worker has it */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_format_is_cleaned_under_the_lock, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refusals_come_as_they_are, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_house_does_not_grow_by_the_picture, set_up, tear_down),
        cmocka_unit_test_setup_teardown(whatever_ends_the_child_is_one_refusal, set_up_short,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_a_child_says_is_not_believed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_can_do_nothing_else, set_up, tear_down),
        cmocka_unit_test_setup_teardown(its_limits, set_up_open, tear_down),
        cmocka_unit_test_setup_teardown(the_houses_own_helper_cleans, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_helper_it_is_busy, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
