/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The helper and its children (sheet_process.h): it makes one for each list or photo, ends those
 * that take too long, and does nothing else. The house sends a datagram with three descriptors: the
 * list, a nameless file for shared texts or clean pictures, the end of a pipe; the child writes
 * frames into the pipe. What is said on both sides: sheet_frames.c. */
#include "platform/files/sheet_process.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "platform/base/clock.h"
#include "platform/base/log.h"
#include "platform/files/sheet_frames.h"

enum { NAME_BYTES = 256, FDS = 3, OWN_FD = 3, FILES_MAX = 32 };
enum { FILE_MAX = 256 << 20 }; /* of the shared texts; sheet_limits stops them long before */
enum { CHILDREN_MAX = 32, LOOK_MS = 200, HELLO_MS = 10000 };

/* What a child may use up; of lists, of photos, of office files, which are changed in memory
 * (quality U7). */
struct bounds {
    i64 memory_bytes, cpu_s, wall_s;
};
static const struct bounds BOUNDS[TASK_COUNT] = {
    [TASK_LIST] = { INT64_C(192) << 20, 20, 40 },
    [TASK_PHOTO] = { INT64_C(256) << 20, 10, 20 },
    [TASK_OFFICE] = { INT64_C(256) << 20, 10, 20 },
};

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
    enum sheet_task task;
    char name[NAME_BYTES];
};

/* Space for the descriptors that go with it. */
union passed {
    struct cmsghdr align;
    char space[CMSG_SPACE(sizeof(int) * FDS)];
};

static int helper = -1;         /* our end of the socket to it */
static i64 wall_ms[TASK_COUNT]; /* how long we wait for each */

static struct bounds bounds_of(const struct sheet_process *how, enum sheet_task task)
{
    const struct bounds *b = &BOUNDS[task];
    return (struct bounds){ how->memory_bytes ? how->memory_bytes : b->memory_bytes,
                            how->cpu_s ? how->cpu_s : b->cpu_s,
                            how->wall_s ? how->wall_s : b->wall_s };
}

/* ---- in the child ---- */

static void limit(int what, i64 most)
{
    struct rlimit both = { (rlim_t)most, (rlim_t)most };
    setrlimit(what, &both);
}

/* Signals that the house ignores end the child. */
static void limits_set(const struct bounds *bounds)
{
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NOFILE, FILES_MAX);
    limit(RLIMIT_FSIZE, FILE_MAX);
    limit(RLIMIT_CPU, bounds->cpu_s);
    if (!WATCHED)
        limit(RLIMIT_DATA, bounds->memory_bytes);
}

/* Standard error, the log of the house, is no more the child's than its other files. */
_Noreturn static void child_run(const struct sheet_process *how, struct request *r,
                                const int fds[FDS])
{
    const struct sheet_input in = { fds[0], fds[1], str_of(r->name), r->task };
    const struct bounds bounds = bounds_of(how, r->task);
    size_t memory = (size_t)bounds.memory_bytes;
    close(OWN_FD);
    dup2(STDOUT_FILENO, STDERR_FILENO);
    limits_set(&bounds);
    if (how->lock)
        (void)how->lock(); /* lock_try has said whether it can */
    struct frames_out out = { .fd = fds[2] };
    const struct sheet_reader reader = { frame_row, &out, r->limits };
    struct arena *mem = arena_new(memory, memory);
    err e = (how->parse ? how->parse : sheet_parse)(mem, &in, &reader);
    frame_end(&out, e);
    _exit(0);
}

/* ---- in the helper: children ---- */

/* Nobody but us reaps them, so a pid is theirs until we have. */
struct child {
    pid_t pid; /* 0 = free */
    i64 until_ms;
};

struct helping {
    const struct sheet_process *how;
    struct child children[CHILDREN_MAX];
    size_t most, count;
};

/* Whoever is asleep uses no processor time: the clock ends them too. */
static void children_look(struct helping *h)
{
    i64 now = clock_steady_ms();
    for (size_t i = 0; i < h->most; i++) {
        struct child *c = &h->children[i];
        if (c->pid && waitpid(c->pid, NULL, WNOHANG) != 0) {
            *c = (struct child){ 0 };
            h->count--;
        } else if (c->pid && now >= c->until_ms)
            kill(c->pid, SIGKILL);
    }
}

static void children_end(const struct helping *h)
{
    for (size_t i = 0; i < h->most; i++)
        if (h->children[i].pid)
            kill(h->children[i].pid, SIGKILL);
}

/* Nobody can read it now: the house hears that from us, not that the list is broken. */
static void child_refuse(int to)
{
    struct frames_out out = { .fd = to };
    frame_end(&out, err_make(ERR_BUSY, "files.reader_gone"));
}

static void child_start(struct helping *h, struct request *r, const int fds[FDS])
{
    struct child *c = h->children;
    children_look(h);
    while (h->count < h->most && c->pid)
        c++;
    pid_t pid = h->count < h->most ? fork() : -1;
    if (pid == 0)
        child_run(h->how, r, fds);
    if (pid < 0) {
        child_refuse(fds[2]);
        return;
    }
    *c = (struct child){ pid, clock_steady_ms() + bounds_of(h->how, r->task).wall_s * 1000 };
    h->count++;
}

/* Says once, when it begins, whether children will be locked in. */
static void lock_try(const struct sheet_process *how)
{
    int status = 1;
    pid_t pid = how->lock ? fork() : -1;
    if (how->lock && pid == 0)
        _exit(how->lock() ? 0 : 1);
    if (how->lock && (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0))
        log_note(LOG_WARN, "files.reader", "calls", str_of("off"));
}

/* ---- in the helper: requests ---- */

/* Descriptors that came with a message that is no request. */
static void passed_close(struct msghdr *message)
{
    struct cmsghdr *head = CMSG_FIRSTHDR(message);
    for (; head; head = CMSG_NXTHDR(message, head)) {
        size_t count = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < count; i++) {
            int fd;
            memcpy(&fd, CMSG_DATA(head) + i * sizeof fd, sizeof fd);
            close(fd);
        }
    }
}

/* Takes a message and does what it asks; false when the house has closed its end. */
static bool request_serve(struct helping *h)
{
    struct request r = { 0 };
    union passed passed;
    int fds[FDS];
    struct iovec part = { &r, sizeof r };
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &passed, .msg_controllen = sizeof passed
    };
    ssize_t n = recvmsg(OWN_FD, &message, MSG_CMSG_CLOEXEC);
    if (n < 0) /* no memory for it, perhaps: later */
        nanosleep(&(struct timespec){ .tv_nsec = 100000000 }, NULL);
    if (n <= 0)
        return n < 0;
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    if (n != sizeof r || !head || head->cmsg_len != CMSG_LEN(sizeof fds)) {
        passed_close(&message);
        return true;
    }
    memcpy(fds, CMSG_DATA(head), sizeof fds);
    r.name[NAME_BYTES - 1] = '\0';
    child_start(h, &r, fds);
    for (int i = 0; i < FDS; i++)
        close(fds[i]);
    return true;
}

/* The tables of other encodings are libraries that iconv opens when they are first asked for: a
 * child could not. Kept open, so that they stay. */
static void encodings_load(void)
{
    static const char *const NAMES[] = { "GB18030", "UTF-16LE", "UTF-16BE" };
    static iconv_t kept[sizeof NAMES / sizeof *NAMES];
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        kept[i] = iconv_open("UTF-8", NAMES[i]);
        if (kept[i] == (iconv_t)-1)
            log_note(LOG_WARN, "files.reader", "encoding", str_of(NAMES[i]));
    }
}

void sheet_process_serve(const struct sheet_process *how)
{
    struct helping h = { .how = how, .most = (size_t)how->children };
    bool open = true;
    if (h.most == 0 || h.most > CHILDREN_MAX)
        h.most = CHILDREN_MAX;
    signal(SIGCHLD, SIG_DFL);
    signal(SIGPIPE, SIG_IGN);
    encodings_load();
    lock_try(how);
    open = send(OWN_FD, "", 1, MSG_NOSIGNAL) == 1; /* hello */
    while (open) {
        struct pollfd asked = { .fd = OWN_FD, .events = POLLIN };
        int n = poll(&asked, 1, h.count ? LOOK_MS : -1);
        children_look(&h);
        if (n > 0)
            open = !(asked.revents & POLLNVAL) && request_serve(&h);
    }
    children_end(&h);
    _exit(0);
}

/* Closes all that the house has open but the socket and standard error. */
static void others_close(void)
{
    if (close_range(OWN_FD + 1, ~0U, 0) == 0)
        return;
    for (i64 fd = OWN_FD + 1, end = sysconf(_SC_OPEN_MAX); fd < end; fd++)
        close((int)fd);
}

/* What the new process becomes: with argv the program anew, whose memory knows nothing of ours. */
_Noreturn static void helper_run(const int pair[2], const struct sheet_process *how)
{
    static char *const NOTHING[] = { NULL };
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    close(pair[0]);
    if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0 ||
        dup2(pair[1], OWN_FD) < 0 || fcntl(OWN_FD, F_SETFD, 0) < 0)
        _exit(1);
    others_close();
    if (!how->argv)
        sheet_process_serve(how);
    execve("/proc/self/exe", how->argv, NOTHING);
    _exit(127);
}

/* ---- in the house ---- */

/* Whether the helper says that it is there. */
static bool is_greeted(int socket)
{
    struct pollfd ready = { .fd = socket, .events = POLLIN };
    char hello;
    int n;
    do
        n = poll(&ready, 1, HELLO_MS);
    while (n < 0 && errno == EINTR);
    return n > 0 && recv(socket, &hello, 1, 0) == 1;
}

err sheet_process_start(const struct sheet_process *how)
{
    int pair[2];
    assert(helper < 0);
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return err_make(ERR_BUSY, "files.reader_gone");
    pid_t pid = fork();
    if (pid == 0)
        helper_run(pair, how);
    close(pair[1]);
    if (pid < 0 || !is_greeted(pair[0])) {
        close(pair[0]);
        return err_make(ERR_BUSY, "files.reader_gone");
    }
    helper = pair[0];
    for (enum sheet_task task = 0; task < TASK_COUNT; task++)
        wall_ms[task] = bounds_of(how, task).wall_s * 1000;
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

bool sheet_process_is_lost(void)
{
    struct pollfd end = { .fd = helper, .events = 0 };
    return helper >= 0 && poll(&end, 1, 0) > 0;
}

static bool request_send(const struct sheet_input *in, const struct sheet_limits *limits, int out)
{
    struct request r = { .limits = *limits, .task = in->task };
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
    err e = sent ? frames_read(mem, pipe_fd[0], clock_steady_ms() + wall_ms[in->task], reader)
                 : err_make(ERR_BUSY, "files.reader_gone");
    close(pipe_fd[0]); /* a child that still writes ends with it */
    if (!sent)
        log_note(LOG_ERROR, e.name, "file", in->name);
    else if (err_is(e, "files.reader_died"))
        log_note(LOG_WARN, e.name, "file", in->name);
    return e;
}
