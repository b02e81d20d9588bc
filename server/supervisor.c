/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The supervisor (supervisor.h). One thread, one poll over a signalfd and the pipes of workers
 * that are starting. A worker is this program executed again, so that an upgrade needs nothing
 * but SIGHUP; it learns its file descriptors from the environment. */
#include "server/supervisor.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/base/clock.h"
#include "platform/base/log.h"
#include "platform/base/str.h"
#include "platform/web/serve.h"

enum { WORKERS_MAX = 8, STOP_MS = 35000, READY_MS = 300000, CALM_MS = 10000, PAUSE_MAX_MS = 30000 };
enum { LOOK_MS = 500, SILENT_LOOKS = 240 };

static const char ENVIRONMENT[] = "HUOTANG_WORKER"; /* "LISTEN_FD,READY_FD" */

enum worker_state { NONE, STARTING, SERVING, ENDING };

struct worker {
    enum worker_state state;
    pid_t pid;
    int ready_fd; /* its signs of life come by it: 'r' serves, 'b' still does, 'n' wants another in
                     its place */
    i64 started_ms;
    int silent; /* looks of half a second since its last word; not time, which jumps after a pause
                 */
};

struct supervisor {
    const struct supervisor_start *start;
    char program[4096];
    int listen_fd, signal_fd;
    struct worker workers[WORKERS_MAX];
    bool again;            /* a restart was asked for while a worker was starting */
    bool stopping, served; /* served: a worker once became ready */
    int status;            /* of the last worker that failed before serving */
    i64 stop_ms;           /* when to stop waiting for workers to end */
    i64 looked_ms;         /* when silence was last counted */
    int silent_max;        /* looks without a word after which a worker hangs */
    i64 pause_ms, next_ms; /* next_ms: when to start a worker again; 0 = none is due */
};

/* ---- in the worker ---- */

static int ready_fd = -1;
static bool replacement_asked;

bool supervisor_is_worker(void)
{
    return getenv(ENVIRONMENT) != NULL;
}

static void stop_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGHUP);
    sigaddset(set, SIGUSR1);
}

void supervisor_prepare(void)
{
    sigset_t set;
    stop_signals(&set);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
}

void supervisor_ready(void)
{
    if (ready_fd < 0)
        return;
    if (write(ready_fd, "r", 1) != 1)
        log_note(LOG_WARN, "worker.ready", "why", str_of("the supervisor is gone"));
    fcntl(ready_fd, F_SETFL, O_NONBLOCK);
}

void supervisor_replace(void)
{
    if (ready_fd >= 0 && !replacement_asked && write(ready_fd, "n", 1) == 1) {
        log_note(LOG_ERROR, "worker.replace", "why", str_of("files.reader_gone"));
        replacement_asked = true;
    }
}

void supervisor_wait(bool (*alive)(void *context), void *context)
{
    const struct timespec second = { .tv_sec = 1 };
    sigset_t set;
    int signal_number = 0;
    stop_signals(&set);
    while (signal_number != SIGTERM && signal_number != SIGINT) {
        signal_number = sigtimedwait(&set, NULL, &second);
        if (ready_fd >= 0 && alive(context) && write(ready_fd, "b", 1) < 0 && errno == EPIPE) {
            close(ready_fd);
            ready_fd = -1; /* the supervisor is gone: SIGTERM is on its way */
        }
    }
}

static int worker_run(const struct supervisor_start *start)
{
    str rest = str_of(getenv(ENVIRONMENT)), part;
    i64 listening = -1, ready = -1;
    bool fine = str_split(&rest, ',', &part) && str_to_i64(part, &listening) &&
                str_split(&rest, ',', &part) && str_to_i64(part, &ready);
    if (!fine || fcntl((int)listening, F_GETFD) < 0)
        return 1;
    ready_fd = (int)ready;
    fcntl((int)listening, F_SETFD, FD_CLOEXEC);
    fcntl(ready_fd, F_SETFD, FD_CLOEXEC);
    supervisor_prepare();
    return start->worker((int)listening, start->context);
}

/* ---- starting workers ---- */

static struct worker *worker_in(struct supervisor *s, enum worker_state state)
{
    for (int i = 0; i < WORKERS_MAX; i++)
        if (s->workers[i].state == state)
            return &s->workers[i];
    return NULL;
}

/* Executed in the child: becomes the program again. */
_Noreturn static void become_worker(struct supervisor *s, int ready, pid_t parent)
{
    char value[40];
    sigset_t none;
    snprintf(value, sizeof value, "%d,%d", s->listen_fd, ready);
    setenv(ENVIRONMENT, value, 1);
    unsetenv("LISTEN_PID");
    unsetenv("LISTEN_FDS");
    fcntl(s->listen_fd, F_SETFD, 0);
    fcntl(ready, F_SETFD, 0);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        _exit(1);
    execv(s->program, s->start->argv);
    _exit(127);
}

static void worker_start(struct supervisor *s)
{
    int pipe_fd[2];
    pid_t parent = getpid();
    struct worker *w = worker_in(s, NONE);
    s->next_ms = 0;
    s->again = !w || worker_in(s, STARTING);
    if (s->again)
        return; /* one at a time; then once more, since the program on disk may be newer still */
    if (pipe2(pipe_fd, O_CLOEXEC) != 0) {
        log_note(LOG_ERROR, "supervisor.pipe", "why", str_of(strerror(errno)));
        s->next_ms = clock_steady_ms() + 1000;
        return;
    }
    pid_t pid = fork();
    if (pid == 0)
        become_worker(s, pipe_fd[1], parent);
    close(pipe_fd[1]);
    if (pid < 0) {
        close(pipe_fd[0]);
        log_note(LOG_ERROR, "supervisor.fork", "why", str_of(strerror(errno)));
        s->next_ms = clock_steady_ms() + 1000;
        return;
    }
    *w = (struct worker){ STARTING, pid, pipe_fd[0], clock_steady_ms(), 0 };
}

/* ---- what happens to workers ---- */

static void log_worker(enum log_level level, const char *event, const struct worker *w, int status)
{
    const struct log_pair pairs[] = { { .key = "pid", .number = w->pid },
                                      { .key = "status", .number = status },
                                      { 0 } };
    log_line(level, event, pairs);
}

static void worker_end(struct worker *w)
{
    kill(w->pid, SIGTERM);
    w->state = ENDING;
}

static void ready_close(struct worker *w)
{
    if (w->ready_fd >= 0)
        close(w->ready_fd);
    w->ready_fd = -1;
}

/* A worker is to be replaced: at once, but ever later when they die young. */
static void replace(struct supervisor *s, const struct worker *dead)
{
    bool calm = clock_steady_ms() - dead->started_ms > CALM_MS;
    s->pause_ms = calm ? 0 : s->pause_ms ? s->pause_ms * 2 : 100;
    if (s->pause_ms > PAUSE_MAX_MS)
        s->pause_ms = PAUSE_MAX_MS;
    s->next_ms = clock_steady_ms() + s->pause_ms + 1;
}

/* It serves, so the others may go. */
static void worker_serves(struct supervisor *s, struct worker *w)
{
    for (int i = 0; i < WORKERS_MAX; i++)
        if (s->workers[i].state == SERVING)
            worker_end(&s->workers[i]);
    w->state = SERVING;
    s->served = true;
    log_worker(LOG_INFO, "worker.serves", w, 0);
    if (s->again && !s->stopping)
        worker_start(s);
}

/* The pipe of a worker speaks: it serves, it lives, it wants another in its place; or it closed and
 * will be reaped. */
static void worker_speaks(struct supervisor *s, struct worker *w)
{
    assert(w && w->ready_fd >= 0);
    char words[64];
    ssize_t n = read(w->ready_fd, words, sizeof words);
    if (n < 0 && errno == EINTR)
        return;
    if (n <= 0)
        ready_close(w);
    w->silent = 0;
    if (n > 0 && w->state == STARTING)
        worker_serves(s, w);
    if (n > 0 && w->state == SERVING && memchr(words, 'n', (size_t)n) && !s->stopping)
        replace(s, w);
}

static void worker_died(struct supervisor *s, struct worker *w, int wait_status)
{
    int status = WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 128 + WTERMSIG(wait_status);
    struct worker dead = *w;
    ready_close(w);
    w->state = NONE;
    if (dead.state == ENDING || s->stopping) {
        log_worker(LOG_INFO, "worker.ended", &dead, status);
        return;
    }
    log_worker(LOG_ERROR, "worker.died", &dead, status);
    s->status = status;
    if (dead.state == SERVING || s->again || (s->served && !worker_in(s, SERVING)))
        replace(s, &dead);
    else if (!s->served)
        s->stopping = true; /* the very first never served: its fault stands in the log */
}

static void reap(struct supervisor *s)
{
    for (int i = 0; i < WORKERS_MAX; i++) {
        int status;
        struct worker *w = &s->workers[i];
        if (w->state != NONE && waitpid(w->pid, &status, WNOHANG) == w->pid)
            worker_died(s, w, status);
    }
}

static void stop_all(struct supervisor *s)
{
    s->stopping = true;
    s->next_ms = 0;
    s->stop_ms = clock_steady_ms() + STOP_MS;
    for (int i = 0; i < WORKERS_MAX; i++)
        if (s->workers[i].state == STARTING || s->workers[i].state == SERVING)
            worker_end(&s->workers[i]);
}

static void signal_take(struct supervisor *s)
{
    struct signalfd_siginfo info;
    if (read(s->signal_fd, &info, sizeof info) != sizeof info)
        return;
    if (info.ssi_signo == SIGCHLD)
        reap(s);
    else if (info.ssi_signo == SIGTERM || info.ssi_signo == SIGINT)
        stop_all(s);
    else if (!s->stopping)
        worker_start(s);
}

/* A worker that serves but says nothing any more hangs: whoever waits for it waits for ever. */
static void count_silence(struct supervisor *s)
{
    for (int i = 0; i < WORKERS_MAX; i++) {
        struct worker *w = &s->workers[i];
        if (w->state != SERVING || ++w->silent < s->silent_max)
            continue;
        log_worker(LOG_ERROR, "worker.hangs", w, 0);
        kill(w->pid, SIGKILL);
    }
}

static void look_at_time(struct supervisor *s)
{
    i64 now = clock_steady_ms();
    struct worker *starting = worker_in(s, STARTING);
    if (s->next_ms && now >= s->next_ms && !s->stopping)
        worker_start(s);
    if (starting && now - starting->started_ms > READY_MS)
        kill(starting->pid, SIGKILL);
    if (now - s->looked_ms >= LOOK_MS) {
        s->looked_ms = now;
        count_silence(s);
    }
    for (int i = 0; i < WORKERS_MAX && s->stop_ms && now > s->stop_ms; i++)
        if (s->workers[i].state != NONE)
            kill(s->workers[i].pid, SIGKILL);
}

static bool is_anyone_left(const struct supervisor *s)
{
    for (int i = 0; i < WORKERS_MAX; i++)
        if (s->workers[i].state != NONE)
            return true;
    return false;
}

static void look_once(struct supervisor *s)
{
    struct pollfd fds[1 + WORKERS_MAX] = { { .fd = s->signal_fd, .events = POLLIN } };
    for (int i = 0; i < WORKERS_MAX; i++) {
        const struct worker *w = &s->workers[i];
        fds[1 + i] = (struct pollfd){ .fd = w->state != NONE ? w->ready_fd : -1, .events = POLLIN };
    }
    if (poll(fds, 1 + WORKERS_MAX, s->next_ms ? 50 : LOOK_MS) > 0) {
        for (int i = 0; i < WORKERS_MAX; i++)
            if (fds[1 + i].revents && s->workers[i].ready_fd >= 0)
                worker_speaks(s, &s->workers[i]);
        if (fds[0].revents)
            signal_take(s);
    }
    look_at_time(s);
}

/* ---- start ---- */

/* A socket that systemd opened for us, or our own. */
static err socket_open(struct supervisor *s)
{
    i64 pid = 0, count = 0;
    const char *given_pid = getenv("LISTEN_PID"), *given = getenv("LISTEN_FDS");
    bool ours = given_pid && given && str_to_i64(str_of(given_pid), &pid) && pid == getpid() &&
                str_to_i64(str_of(given), &count) && count > 0;
    if (!ours)
        return serve_listen(s->start->listen, &s->listen_fd);
    s->listen_fd = 3;
    fcntl(s->listen_fd, F_SETFD, FD_CLOEXEC);
    return fcntl(s->listen_fd, F_SETFL, O_NONBLOCK) == 0
               ? OK
               : err_make_with(ERR_INVALID, "web.listen", str_of("LISTEN_FDS"),
                               str_of(strerror(errno)));
}

static bool signals_open(struct supervisor *s)
{
    sigset_t set;
    stop_signals(&set);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, NULL);
    s->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    return s->signal_fd >= 0;
}

static int supervise(struct supervisor *s)
{
    ssize_t n = readlink("/proc/self/exe", s->program, sizeof s->program - 1);
    if (n <= 0 || !signals_open(s))
        return 1;
    worker_start(s);
    while (!s->stopping || is_anyone_left(s))
        look_once(s);
    close(s->signal_fd);
    close(s->listen_fd);
    return s->served ? 0 : s->status;
}

int supervisor_run(const struct supervisor_start *start)
{
    if (supervisor_is_worker())
        return worker_run(start);
    struct supervisor s = { .start = start,
                            .listen_fd = -1,
                            .signal_fd = -1,
                            .silent_max =
                                start->silent_looks ? start->silent_looks : SILENT_LOOKS };
    assert(start->argv && start->worker);
    err e = socket_open(&s);
    if (e.code != ERR_NONE) {
        const struct log_pair pairs[] = { { .key = "listen", .text = e.arg[0] },
                                          { .key = "why", .text = e.arg[1] },
                                          { 0 } };
        log_line(LOG_ERROR, e.name, pairs);
        return 2;
    }
    return supervise(&s);
}
