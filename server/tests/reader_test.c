/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The process that takes strangers' lists apart (platform/files/sheet_process.h) with the lock of
 * server/sandbox_calls.c: it reads what the house itself would read; whatever happens to it, the
 * house says so in clear words and reads the next list; and it can do nothing else. Hostile parsing
 * is done by our own function, chosen by the list's ending. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "platform/base/buf.h"
#include "platform/base/clock.h"
#include "platform/base/str.h"
#include "platform/files/office.h"
#include "platform/files/sheet_frames.h"
#include "platform/files/sheet_process.h"
#include "platform/files/tests/sheet_fixture.h"
#include "platform/files/tests/xls_make.h"
#include "platform/text/texts.h"
#include "server/reader.h"
#include "server/sandbox.h"
#include "server/start.h"

enum { MEMORY = 64 << 20, CPU_S = 1, WALL_S = 2 };

/* ---- hostile parsing ---- */

static long try_open(void)
{
    return open("/etc/passwd", O_RDONLY);
}
static long try_create(void)
{
    return open("/tmp/huotang-reader-made", O_CREAT | O_WRONLY, 0600);
}
static long try_socket(void)
{
    return socket(AF_INET, SOCK_STREAM, 0);
}
static long try_local_socket(void)
{
    return socket(AF_UNIX, SOCK_STREAM, 0);
}
static long try_fork(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return pid;
}
static long try_exec(void)
{
    return syscall(SYS_execve, "/bin/true", NULL, NULL);
}
static long try_kill(void)
{
    return kill(getppid(), 0);
}
static long try_own(void)
{
    return fcntl(STDOUT_FILENO, F_SETOWN, getppid());
}
static long try_set_signal(void)
{
    return fcntl(STDOUT_FILENO, F_SETSIG, SIGTERM);
}
static long try_asynchronous(void)
{
    return fcntl(STDOUT_FILENO, F_SETFL, O_ASYNC);
}
static long try_sleep(void)
{
    const struct timespec little = { .tv_nsec = 1000 };
    return nanosleep(&little, NULL);
}
static long try_stat(void)
{
    struct stat info;
    return stat("/etc/passwd", &info);
}
static long try_shared_memory(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0) == MAP_FAILED
               ? -1
               : 0;
}
static long try_code(void)
{
    return mmap(NULL, 4096, PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
                   MAP_FAILED
               ? -1
               : 0;
}
static long try_stderr(void)
{
    enum { NULL_MAJOR = 1, NULL_MINOR = 3 };
    struct stat info;
    bool is_null =
        fstat(STDERR_FILENO, &info) == 0 && info.st_rdev == makedev(NULL_MAJOR, NULL_MINOR);
    return is_null ? -1 : 0;
}
static long try_stdin(void)
{
    char byte;
    return read(STDIN_FILENO, &byte, 1) > 0 ? 0 : -1;
}

static const struct {
    const char *name;
    long (*act)(void);
} TRIES[] = {
    { "open", try_open },
    { "create", try_create },
    { "socket", try_socket },
    { "local socket", try_local_socket },
    { "fork", try_fork },
    { "exec", try_exec },
    { "kill", try_kill },
    { "sleep", try_sleep },
    { "own", try_own },
    { "signal of a file", try_set_signal },
    { "asynchronous", try_asynchronous },
    { "stat", try_stat },
    { "shared memory", try_shared_memory },
    { "code", try_code },
    { "stdin", try_stdin },
    { "stderr", try_stderr },
};

/* Gives a row that names what could be done. */
static err try_all(struct arena *mem, const struct sheet_reader *reader)
{
    struct buf *done = buf_new(mem, 1000);
    buf_put(done, "done:");
    for (size_t i = 0; i < sizeof TRIES / sizeof *TRIES; i++)
        if (TRIES[i].act() >= 0)
            buf_printf(done, " %s", TRIES[i].name);
    str cell = buf_str(done);
    const struct sheet_row row = { 1, { &cell, 1 } };
    return reader->row(reader->context, &row);
}

_Noreturn static void eat_memory(struct arena *mem)
{
    for (;;) {
        enum { PIECE = 1 << 20 };
        volatile char *piece = arena_bytes(mem, PIECE);
        for (size_t i = 0; i < PIECE; i += 4096)
            piece[i] = 1;
    }
}

/* Behind the arena's back. */
_Noreturn static void map_memory(void)
{
    enum { PIECE = 4 << 20 };
    for (;;) {
        volatile char *piece =
            mmap(NULL, PIECE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        piece[0] = 1; /* MAP_FAILED is no address: the end */
    }
}

/* The only sleep that the lock leaves. */
static void wait_ms(long ms)
{
    const struct timespec time = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };
    int never = 0;
    syscall(SYS_futex, &never, FUTEX_WAIT_PRIVATE, 0, &time, NULL, 0);
}

/* Says something all the time, and never enough. */
_Noreturn static void drip(const struct sheet_reader *reader)
{
    struct frames_out *out = reader->context;
    for (;;) {
        if (write(out->fd, "r", 1) != 1)
            _exit(0);
        wait_ms(100);
    }
}

static err long_words(struct arena *mem)
{
    struct buf *words = buf_new(mem, 9000);
    for (int i = 0; i < 1000; i++)
        buf_put(words, "\u957F");
    return err_make_with(ERR_INVALID, "files.broken_line", str_of("7"), buf_str(words));
}

/* Frames that no honest child writes: each list says one of them. */
static err write_frames(const struct sheet_input *in, const struct sheet_reader *reader)
{
    struct frames_out *out = reader->context;
    char said[4096];
    ssize_t n = pread(in->fd, said, sizeof said, 0);
    assert_true(write(out->fd, said, (size_t)n) == n);
    _exit(0);
}

static err hostile(struct arena *mem, const struct sheet_input *in,
                   const struct sheet_reader *reader)
{
    static const int FATAL[] = { SIGSEGV, SIGILL, SIGABRT, SIGBUS, SIGFPE };
    volatile uint64_t turns = 0;
    for (size_t i = 0; i < sizeof FATAL / sizeof *FATAL; i++)
        signal(FATAL[i], SIG_DFL); /* cmocka would go on with the next test, in the child */
    if (str_ends(in->name, str_of(".crash")))
        __builtin_trap();
    if (str_ends(in->name, str_of(".exit")))
        _exit(0);
    while (str_ends(in->name, str_of(".loop")))
        turns++;
    while (str_ends(in->name, str_of(".sleep")))
        wait_ms(100000);
    if (str_ends(in->name, str_of(".drip")))
        drip(reader);
    if (str_ends(in->name, str_of(".long")))
        return long_words(mem);
    if (str_ends(in->name, str_of(".eat")))
        eat_memory(mem);
    if (str_ends(in->name, str_of(".map")))
        map_memory();
    if (str_ends(in->name, str_of(".try")))
        return try_all(mem, reader);
    if (str_ends(in->name, str_of(".frames")))
        return write_frames(in, reader);
    return sheet_parse(mem, in, reader);
}

/* ---- the house's side ---- */

static int set_up_with(void **state, i64 children)
{
    err e = sheet_process_start(&(struct sheet_process){ .parse = hostile,
                                                         .lock = sandbox_reader,
                                                         .memory_bytes = MEMORY,
                                                         .cpu_s = CPU_S,
                                                         .wall_s = WALL_S,
                                                         .children = children });
    return e.code ? 1 : fixture_open(state);
}

static int set_up(void **state)
{
    return set_up_with(state, 0);
}

static int set_up_one(void **state)
{
    return set_up_with(state, 1);
}

/* It ends when we close our end, and what it made with it. */
static void helper_stop(void)
{
    sheet_process_stop();
    while (wait(NULL) > 0)
        continue;
}

static int tear_down(void **state)
{
    helper_stop();
    return fixture_close(state);
}

static str shown(const struct fixture *f)
{
    return buf_str(f->shown);
}

static void is_read(struct fixture *f, const char *ending, const void *data, size_t size)
{
    fixture_write(f, ending, data, size);
    err e = fixture_read(f);
    if (e.code)
        fail_msg("%s: %s", ending, e.name);
}

static void next_list_is_read(struct fixture *f)
{
    static const char GOOD[] = "name,job\nA,b\n";
    is_read(f, ".csv", GOOD, sizeof GOOD - 1);
    assert_true(str_is(shown(f), "1|name|job\n2|A|b\n"));
}

static void dies(struct fixture *f, const char *ending)
{
    fixture_write(f, ending, "x", 1);
    err e = fixture_read(f);
    if (!err_is(e, "files.reader_died") || e.code != ERR_INVALID)
        fail_msg("%s: %s", ending, e.name ? e.name : "read");
    next_list_is_read(f);
}

/* A workbook of Excel 97 with one cell: the globals are 12, 13 and 4 bytes, then the sheet begins.
 */
static str old_book(struct arena *mem)
{
    struct buf *b = buf_new(mem, 4096);
    xls_record(b, 0x809, "\0\x06\x05\0\0\0\0\0", 8);
    xls_record(b, 0x85, "\x1D\0\0\0\0\0\x01\0S", 9);
    xls_record(b, 0x0A, "", 0);
    xls_record(b, 0x809, "\0\x06\x10\0\0\0\0\0", 8);
    xls_record(b, 0x204, "\0\0\0\0\0\0\x03\0\0old", 12);
    xls_record(b, 0x0A, "", 0);
    return ole_make(mem, "Workbook", buf_str(b));
}

static void every_kind_is_read_as_by_the_house_itself(void **state)
{
    struct fixture *f = *state;
    static const char GB18030[] = "\xD0\xD5\xC3\xFB,a\n\xD5\xC5\xC8\xFD,b\n"; /* 姓名 张三 */
    static const char WIDE[] =
        "\xFF\xFE\x20\x5F\x09\x4E\t\0a\0\n\0"; /* 张三, tab, a: "Unicode text" */
    static const char LINES[] = "{\"name\":\"张三\"}\n";
    is_read(f, ".csv", GB18030, sizeof GB18030 - 1);
    assert_true(str_is(shown(f), "1|姓名|a\n2|张三|b\n"));
    is_read(f, ".csv", WIDE, sizeof WIDE - 1);
    assert_true(str_is(shown(f), "1|张三|a\n"));
    is_read(f, ".jsonl", LINES, sizeof LINES - 1);
    assert_true(str_is(shown(f), "0|name\n1|张三\n"));
    fixture_write(f, ".csv.gz", "", 0);
    gzFile packed = gzopen(f->file, "wb");
    assert_true(packed && gzputs(packed, "a,b\n1,2\n") > 0 && gzclose(packed) == Z_OK);
    assert_int_equal(fixture_read(f).code, ERR_NONE);
    assert_true(str_is(shown(f), "1|a|b\n2|1|2\n"));
    static const struct zip_entry BOOK[] = {
        { "xl/workbook.xml", "<workbook><sheets><sheet name=\"a\" r:id=\"r\"/></sheets></workbook>",
          0 },
        { "xl/sharedStrings.xml", "<sst><si><t>张三</t></si></sst>", 0 },
        { "xl/worksheets/sheet1.xml",
          "<worksheet><sheetData><row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"C2\">"
          "<v>7</v></c></row></sheetData></worksheet>",
          0 },
        { 0 },
    };
    fixture_zip(f, BOOK);
    assert_int_equal(fixture_read(f).code, ERR_NONE);
    assert_true(str_is(shown(f), "2|张三||7\n"));
    str old = old_book(f->mem);
    is_read(f, ".xls", old.ptr, old.len);
    assert_true(str_is(shown(f), "1|old\n"));
}

static void an_office_file_is_cleaned_by_a_child(void **state)
{
    struct fixture *f = *state;
    static const struct zip_entry WORD[] = {
        { "[Content_Types].xml", "<Types/>", 0 },
        { "word/document.xml", "<w:document/>", 0 },
        { "docProps/core.xml",
          "<cp:coreProperties><dc:creator>张三</dc:creator></cp:coreProperties>", 0 },
        { 0 },
    };
    i64 size = 0;
    fixture_zip(f, WORD);
    assert_int_equal(office_clean(f->mem, str_of(f->file), &size).code, ERR_NONE);
    assert_true(size > 0);
    assert_true(str_find(fixture_zip_part(f, "docProps/core.xml", 0), str_of("张三"), 0) < 0);
    assert_true(str_is(fixture_zip_part(f, "word/document.xml", 0), "<w:document/>"));
    fixture_write(f, ".crash", "x", 1);
    err e = office_clean(f->mem, str_of(f->file), &size);
    assert_true(err_is(e, "files.office_odd"));
}

static void errors_come_as_they_are(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *ending, *data, *name, *arg;
    } CASES[] = {
        { ".csv", "a,\"b\n", "files.open_quote", "1" },
        { ".jsonl", "{\"a\":1}\n{\"a\":\n", "files.broken_line", "2" },
        { ".csv", "%PDF-1.4\n", "files.not_a_table", "" },
        { ".csv", "", "files.not_a_table", "" },
        { ".xlsx", "PK\3\4junk", "files.broken", "" },
        { ".xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "files.broken", "" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        fixture_write(f, CASES[i].ending, CASES[i].data, strlen(CASES[i].data));
        err e = fixture_read(f);
        if (!err_is(e, CASES[i].name) || !str_is(e.arg[0], CASES[i].arg))
            fail_msg("case %zu: %s %.*s", i, e.name, (int)e.arg[0].len, e.arg[0].ptr);
        assert_int_equal(e.code, ERR_INVALID);
    }
    assert_true(err_is(sheet_read(f->mem, str_of("/none"), &f->reader), "files.missing"));
    fixture_write(f, ".csv", "1\n2\n3\n4\n", 8);
    f->reader.limits = (struct sheet_limits){ .rows = 2 };
    err e = fixture_read(f);
    assert_true(err_is(e, "files.too_many_rows") && str_is(e.arg[0], "2"));
}

static void the_row_functions_own_error_ends_it(void **state)
{
    struct fixture *f = *state;
    char many[60000];
    memset(many, '\n', sizeof many);
    for (size_t i = 0; i < sizeof many; i += 2)
        many[i] = 'x';
    fixture_write(f, ".csv", many, sizeof many);
    f->stop_after = 3;
    err e = fixture_read(f);
    assert_true(e.code != ERR_NONE && !err_is(e, "files.reader_died"));
    assert_int_equal(f->rows, 3);
    f->stop_after = 0;
    next_list_is_read(f);
}

static void a_crash_hits_only_the_child(void **state)
{
    dies(*state, ".crash");
    dies(*state, ".exit");
}

static void a_loop_ends(void **state)
{
    dies(*state, ".loop");
}

/* Children of a process, by /proc; the last of them. */
static size_t children_of(pid_t pid, pid_t *last)
{
    char path[64];
    int one;
    size_t count = 0;
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid, (int)pid);
    FILE *in = fopen(path, "r");
    assert_non_null(in);
    for (; fscanf(in, "%d", &one) == 1; count++)
        *last = one;
    fclose(in);
    return count;
}

static pid_t helper_pid(void)
{
    pid_t pid = 0;
    assert_int_equal(children_of(getpid(), &pid), 1);
    return pid;
}

static bool is_childless_soon(pid_t pid)
{
    pid_t last;
    for (int i = 0; i < 50 && children_of(pid, &last); i++)
        usleep(100000);
    return children_of(pid, &last) == 0;
}

static void silence_ends(void **state)
{
    dies(*state, ".sleep");
    assert_true(is_childless_soon(helper_pid())); /* by the clock: it used no processor time */
}

static void a_drip_ends(void **state)
{
    i64 began = clock_steady_ms();
    dies(*state, ".drip");
    assert_true(clock_steady_ms() - began < 2 * WALL_S * 1000);
    assert_true(is_childless_soon(helper_pid()));
}

static void long_words_are_cut(void **state)
{
    struct fixture *f = *state;
    fixture_write(f, ".long", "x", 1);
    err e = fixture_read(f);
    assert_true(err_is(e, "files.broken_line") && str_is(e.arg[0], "7"));
    assert_int_equal(e.arg[1].len, 999); /* 333 characters of three bytes */
}

static void *sleeping_list(void *context)
{
    struct fixture *f = context;
    err e = fixture_read(f);
    return err_is(e, "files.reader_died") ? f : NULL;
}

/* As when there is no memory for another process. */
static void a_child_that_cannot_be_made_is_not_a_broken_list(void **state)
{
    struct fixture *f = *state, *other;
    pthread_t thread;
    void *done, *space;
    pid_t last;
    assert_int_equal(fixture_open(&space), 0);
    other = space;
    fixture_write(other, ".sleep", "x", 1);
    pid_t helper = helper_pid();
    assert_int_equal(pthread_create(&thread, NULL, sleeping_list, other), 0);
    while (children_of(helper, &last) == 0)
        usleep(1000);
    fixture_write(f, ".csv", "a\n", 2);
    err e = fixture_read(f);
    assert_int_equal(e.code, ERR_BUSY);
    assert_true(err_is(e, "files.reader_gone"));
    pthread_join(thread, &done);
    assert_ptr_equal(done, other);
    fixture_close(&space);
    assert_true(is_childless_soon(helper));
    next_list_is_read(f);
}

/* Our end of the socket to the helper. */
static int helper_socket(void)
{
    for (int fd = 3; fd < 100; fd++) {
        int type = 0;
        socklen_t size = sizeof type;
        if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET)
            return fd;
    }
    fail_msg("no socket");
    return -1;
}

/* What is no request is put away, with what came with it. */
static void a_bad_message_does_not_end_the_helper(void **state)
{
    int pipe_fd[2];
    char byte;
    union {
        struct cmsghdr align;
        char space[CMSG_SPACE(sizeof(int))];
    } passed = { 0 };
    struct iovec part = { &byte, 1 };
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &passed, .msg_controllen = sizeof passed
    };
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    byte = 'x';
    assert_int_equal(pipe2(pipe_fd, O_CLOEXEC), 0);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(head), &pipe_fd[1], sizeof(int));
    assert_int_equal(sendmsg(helper_socket(), &message, MSG_NOSIGNAL), 1);
    close(pipe_fd[1]);
    struct pollfd end = { .fd = pipe_fd[0], .events = POLLIN };
    assert_int_equal(poll(&end, 1, 5000), 1);
    assert_int_equal(read(pipe_fd[0], &byte, 1), 0);
    close(pipe_fd[0]);
    next_list_is_read(*state);
}

static void a_helper_that_died_is_missed(void **state)
{
    struct fixture *f = *state;
    assert_false(sheet_process_is_lost());
    pid_t pid = helper_pid();
    kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    assert_true(sheet_process_is_lost());
    fixture_write(f, ".csv", "a\n", 2);
    err e = fixture_read(f);
    assert_int_equal(e.code, ERR_BUSY);
    assert_true(err_is(e, "files.reader_gone"));
}

static str text_of(const struct fixture *f, pid_t pid, const char *name)
{
    enum { MOST = 4000 };
    char *space = arena_zero(f->mem, MOST);
    int fd = open(arena_printf(f->mem, "/proc/%d/%s", (int)pid, name).ptr, O_RDONLY | O_CLOEXEC);
    ssize_t n = read(fd, space, MOST);
    close(fd);
    return (str){ space, n > 0 ? (size_t)n : 0 };
}

/* That of the house itself: this program executed again. */
static void the_houses_helper_knows_nothing_of_it(void **state)
{
    static const char WORDS[] = "huotang\0(reader)\0locked";
    struct fixture *f = *state;
    helper_stop();
    int kept = dup(STDOUT_FILENO); /* without close-on-exec */
    assert_int_equal(reader_start(true).code, ERR_NONE);
    next_list_is_read(f);
    pid_t pid = helper_pid();
    assert_int_equal(text_of(f, pid, "environ").len, 0);
    assert_true(str_eq(text_of(f, pid, "cmdline"), (str){ WORDS, sizeof WORDS }));
    str mine = text_of(f, getpid(), "auxv"), its = text_of(f, pid, "auxv"); /* where things lie */
    assert_true(its.len && !str_eq(mine, its));
    for (int fd = 4; fd < 100; fd++) {
        const char *path = arena_printf(f->mem, "/proc/%d/fd/%d", (int)pid, fd).ptr;
        for (int i = 0; i < 100 && access(path, F_OK) == 0; i++)
            usleep(20000); /* it may be closing that of the list it has just read */
        assert_int_equal(access(path, F_OK), -1);
    }
    close(kept);
}

static void a_memory_bomb_ends(void **state)
{
    dies(*state, ".eat");
    if (sandbox_is_watched())
        print_message("a sanitizer maps its own memory: no limit to test\n");
    else
        dies(*state, ".map");
}

static void the_message_is_clear(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(start_tables(f->mem).code, ERR_NONE);
    str words = text_format(f->mem, "files.reader_died", str_of(""), str_of(""));
    assert_true(str_find(words, str_of("没能读完"), 0) >= 0);
    assert_true(str_find(words, str_of("另存为 .xlsx"), 0) >= 0);
}

static void it_can_do_nothing_else(void **state)
{
    struct fixture *f = *state;
    fixture_write(f, ".try", "x", 1);
    assert_int_equal(fixture_read(f).code, ERR_NONE);
    if (!str_is(shown(f), "1|done:\n"))
        fail_msg("%.*s", (int)shown(f).len, shown(f).ptr);
    assert_int_equal(access("/tmp/huotang-reader-made", F_OK), -1);
}

/* ---- a child in a stranger's hand ---- */

struct head {
    i64 kind, number, count;
};

static size_t add(char *to, size_t at, const void *data, size_t size)
{
    memcpy(to + at, data, size);
    return at + size;
}

static void what_a_child_says_is_not_believed(void **state)
{
    struct fixture *f = *state;
    static const struct {
        struct head head;
        size_t sizes[2];
        const char *text;
    } CASES[] = {
        { { 'x', 1, 1 }, { 1 }, "a" },               /* no kind */
        { { 'r', 1, 1 }, { 1 }, "" },                /* cut short */
        { { 'r', 1, 1 }, { 2 }, "\xFF\xFE" },        /* no UTF-8 */
        { { 'r', 1, 1 }, { (size_t)1 << 40 }, "a" }, /* a cell of a terabyte */
        { { 'r', 1, 1 << 30 }, { 1 }, "a" },         /* a row of a billion cells */
        { { 'r', 1, 0 }, { 0 }, "" },                /* a row of none */
        { { 'r', 1, -1 }, { 0 }, "" },
        { { 'r', -5, 1 }, { 1 }, "a" },
        { { 'e', 0, 99 }, { 0 }, "" }, /* an error that there is not */
        { { 'e', 0, -1 }, { 0 }, "" },
        { { 'e', 0, 2 }, { 1 << 20, 0 }, "a" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char said[200];
        size_t sizes = CASES[i].head.kind == 'e' ? 2 : 1;
        size_t at = add(said, 0, &CASES[i].head, sizeof CASES[i].head);
        at = add(said, at, CASES[i].sizes, sizes * sizeof(size_t));
        at = add(said, at, CASES[i].text, strlen(CASES[i].text));
        fixture_write(f, ".frames", said, at);
        err e = fixture_read(f);
        if (!err_is(e, "files.reader_died"))
            fail_msg("case %zu: %s", i, e.name ? e.name : "read");
        assert_int_equal(f->rows, 0);
    }
    next_list_is_read(f);
}

static void without_a_helper_the_house_says_so(void **state)
{
    struct fixture *f = *state;
    fixture_write(f, ".csv", "a\n", 2);
    assert_true(sheet_process_is_on());
    sheet_process_stop();
    assert_int_equal(fixture_read(f).code, ERR_NONE); /* reads it itself */
    assert_int_equal(sheet_process_start(&(struct sheet_process){ 0 }).code, ERR_NONE);
    next_list_is_read(f); /* without a lock too */
}

int main(int argc, char **argv)
{
    reader_become(argc, argv);
    signal(SIGPIPE, SIG_IGN); /* as the worker has it */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_kind_is_read_as_by_the_house_itself, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_office_file_is_cleaned_by_a_child, set_up, tear_down),
        cmocka_unit_test_setup_teardown(errors_come_as_they_are, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_row_functions_own_error_ends_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_crash_hits_only_the_child, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_loop_ends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(silence_ends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_drip_ends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_words_are_cut, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_child_that_cannot_be_made_is_not_a_broken_list,
                                        set_up_one, tear_down),
        cmocka_unit_test_setup_teardown(a_bad_message_does_not_end_the_helper, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_helper_that_died_is_missed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_houses_helper_knows_nothing_of_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_memory_bomb_ends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_message_is_clear, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_can_do_nothing_else, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_child_says_is_not_believed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_helper_the_house_says_so, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
