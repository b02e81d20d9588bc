/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The helper and its children (sheet_process.h). The house sends a datagram with three descriptors:
 * the list, a nameless file for shared texts, the end of a pipe; the child writes frames into the
 * pipe. What is said on both sides: sheet_frames.c. */
#include "platform/files/sheet_process.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "platform/base/log.h"
#include "platform/files/sheet_frames.h"

enum { NAME_BYTES = 256, FDS = 3, OWN_FD = 3, FILES_MAX = 32, CPU_S = 20 };
enum { FILE_MAX = 256 << 20 }; /* of the shared texts; sheet_limits stops them long before */
#define MEMORY_BYTES (INT64_C(192) << 20)

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
enum { WATCHED = 1 };
#elif defined __has_feature
enum { WATCHED = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) };
#else
enum { WATCHED = 0 };
#endif

/* What the house asks for; name: the end of the path, for its ending. */
struct request {
    struct sheet_limits limits;
    char name[NAME_BYTES];
};

/* Space for the descriptors that go with it. */
union passed {
    struct cmsghdr align;
    char space[CMSG_SPACE(sizeof(int) * FDS)];
};

static int helper = -1; /* our end of the socket to it */

/* ---- in the child ---- */

static void limit(int what, i64 most)
{
    struct rlimit both = { (rlim_t)most, (rlim_t)most };
    setrlimit(what, &both);
}

/* Signals that the house ignores end the child. */
static void limits_set(const struct sheet_process *how)
{
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NOFILE, FILES_MAX);
    limit(RLIMIT_FSIZE, FILE_MAX);
    limit(RLIMIT_CPU, how->cpu_s ? how->cpu_s : CPU_S);
    if (!WATCHED)
        limit(RLIMIT_DATA, how->memory_bytes ? how->memory_bytes : MEMORY_BYTES);
}

_Noreturn static void child_run(const struct sheet_process *how, struct request *r,
                                const int fds[FDS])
{
    const struct sheet_input in = { fds[0], fds[1], str_of(r->name) };
    size_t memory = (size_t)(how->memory_bytes ? how->memory_bytes : MEMORY_BYTES);
    close(OWN_FD);
    limits_set(how);
    if (how->lock && !how->lock())
        log_note(LOG_WARN, "files.reader", "calls", str_of("off"));
    struct frames_out out = { .fd = fds[2] };
    const struct sheet_reader reader = { frame_row, &out, r->limits };
    struct arena *mem = arena_new(memory, memory);
    err e = (how->parse ? how->parse : sheet_parse)(mem, &in, &reader);
    frame_end(&out, e);
    _exit(0);
}

/* ---- in the helper ---- */

static bool request_take(struct request *r, int fds[FDS])
{
    union passed passed;
    struct iovec part = { r, sizeof *r };
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &passed, .msg_controllen = sizeof passed
    };
    ssize_t n;
    do
        n = recvmsg(OWN_FD, &message, MSG_CMSG_CLOEXEC);
    while (n < 0 && errno == EINTR);
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    if (n != sizeof *r || !head || head->cmsg_len != CMSG_LEN(sizeof(int) * FDS))
        return false;
    memcpy(fds, CMSG_DATA(head), sizeof(int) * FDS);
    r->name[NAME_BYTES - 1] = '\0';
    return true;
}

/* The tables of other encodings are libraries that iconv opens when they are first asked for: a
 * child could not. Never closed. */
static void encodings_load(void)
{
    static const char *const NAMES[] = { "GB18030", "UTF-16LE", "UTF-16BE" };
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (iconv_open("UTF-8", NAMES[i]) == (iconv_t)-1)
            log_note(LOG_WARN, "files.reader", "encoding", str_of(NAMES[i]));
}

/* Ends when the house does: its end of the socket closes. */
_Noreturn static void helper_run(int socket, const struct sheet_process *how)
{
    struct request r;
    int fds[FDS], null = open("/dev/null", O_RDWR | O_CLOEXEC);
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    dup2(socket, OWN_FD);
    close_range(OWN_FD + 1, ~0U, 0);
    signal(SIGCHLD, SIG_IGN); /* nobody asks how they ended */
    encodings_load();
    while (request_take(&r, fds)) {
        if (fork() == 0)
            child_run(how, &r, fds);
        for (int i = 0; i < FDS; i++)
            close(fds[i]);
    }
    _exit(0);
}

/* ---- in the house ---- */

err sheet_process_start(const struct sheet_process *how)
{
    int pair[2];
    assert(helper < 0);
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return err_make(ERR_BUSY, "files.reader_gone");
    pid_t pid = fork();
    if (pid == 0)
        helper_run(pair[1], how);
    close(pair[1]);
    if (pid < 0) {
        close(pair[0]);
        return err_make(ERR_BUSY, "files.reader_gone");
    }
    helper = pair[0];
    return OK;
}

void sheet_process_stop(void)
{
    if (helper >= 0)
        close(helper);
    helper = -1;
}

bool sheet_process_is_on(void)
{
    return helper >= 0;
}

static bool request_send(const struct sheet_input *in, const struct sheet_limits *limits, int out)
{
    struct request r = { .limits = *limits };
    str end = str_sub(in->name, in->name.len < NAME_BYTES ? 0 : in->name.len - NAME_BYTES + 1,
                      in->name.len);
    memcpy(r.name, end.ptr, end.len);
    const int fds[FDS] = { in->fd, in->spool_fd, out };
    union passed passed = { 0 };
    struct iovec part = { &r, sizeof r };
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &passed, .msg_controllen = sizeof passed
    };
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof fds);
    memcpy(CMSG_DATA(head), fds, sizeof fds);
    ssize_t n;
    do
        n = sendmsg(helper, &message, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    return n == sizeof r;
}

err sheet_process_read(struct arena *mem, const struct sheet_input *in,
                       const struct sheet_reader *reader)
{
    int pipe_fd[2];
    struct sheet_limits limits = sheet_limits_of(reader);
    if (pipe2(pipe_fd, O_CLOEXEC) != 0)
        return err_make(ERR_BUSY, "files.reader_gone");
    bool sent = request_send(in, &limits, pipe_fd[1]);
    close(pipe_fd[1]);
    err e = sent ? frames_read(mem, pipe_fd[0], reader) : err_make(ERR_BUSY, "files.reader_gone");
    close(pipe_fd[0]); /* a child that still writes ends with it */
    if (!sent)
        log_note(LOG_ERROR, e.name, "file", in->name);
    else if (err_is(e, "files.reader_died"))
        log_note(LOG_WARN, e.name, "file", in->name);
    return e;
}
