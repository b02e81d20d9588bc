/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Restarts under load lose no request (quality R7, short form); a worker that dies is replaced;
 * the end is graceful. The program under test is this one, started again with the argument
 * "serve". */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/base/log.h"
#include "platform/base/str.h"
#include "platform/web/serve.h"
#include "platform/web/tests/sample.h"
#include "server/supervisor.h"
#include "tests/harness/test_app.h"

/* ---- the program under test ---- */

static bool is_alive(void *context)
{
    (void)context;
    return !getenv("SUPERVISOR_TEST_HANG");
}

static int serve(int fd, void *context)
{
    struct test_app *t;
    struct server *server;
    const struct lanes_options lanes = { .slow_threads = 1 };
    (void)context;
    if (getenv("SUPERVISOR_TEST_FAIL"))
        return 2;
    t = test_app_new(SAMPLE_MODULES);
    lanes_stop(&t->app);
    if (lanes_start(&t->app, &lanes).code || serve_start(&t->app, fd, &server).code)
        return 1;
    supervisor_ready();
    supervisor_wait(is_alive, NULL);
    serve_stop(server, 3000);
    test_app_free(t);
    return 0;
}

/* ---- watching it ---- */

static int port;
static _Atomic int good, bad, stop;

static int port_free(void)
{
    int fd, number;
    if (serve_listen(str_of("127.0.0.1:0"), &fd).code)
        return 0;
    number = serve_port(fd);
    close(fd);
    return number;
}

static pid_t program_start(const char *fail)
{
    char address[40];
    snprintf(address, sizeof address, "127.0.0.1:%d", port);
    pid_t pid = fork();
    if (pid == 0) {
        if (fail)
            setenv("SUPERVISOR_TEST_FAIL", fail, 1);
        execl("/proc/self/exe", "supervisor_test", "serve", address, NULL);
        _exit(127);
    }
    return pid;
}

static int dial(void)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    struct timeval limit = { .tv_sec = 20 };
    inet_pton(AF_INET, "127.0.0.1", &at.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (connect(fd, (struct sockaddr *)(void *)&at, sizeof at) == 0)
        return fd;
    close(fd);
    return -1;
}

/* One request on a kept connection; *fd becomes -1 when the server says that it closes. */
static bool ask(int *fd)
{
    static const char GET_LINE[] = "GET /names/x HTTP/1.1\r\nHost: x\r\n\r\n";
    char text[8192];
    size_t len = 0;
    if (*fd < 0)
        *fd = dial();
    if (*fd < 0 || send(*fd, GET_LINE, sizeof GET_LINE - 1, MSG_NOSIGNAL) < 0)
        return false;
    do {
        ssize_t n = recv(*fd, text + len, sizeof text - 1 - len, 0);
        if (n <= 0)
            return false;
        len += (size_t)n;
        text[len] = '\0';
    } while (!strstr(text, "/names/{name} 0 0 x"));
    if (strstr(text, "Connection: close")) {
        close(*fd);
        *fd = -1;
    }
    return strncmp(text, "HTTP/1.1 200", 12) == 0;
}

static void *client_run(void *context)
{
    int fd = -1;
    (void)context;
    while (!atomic_load(&stop)) {
        if (ask(&fd)) {
            atomic_fetch_add(&good, 1);
            continue;
        }
        atomic_fetch_add(&bad, 1);
        if (fd >= 0)
            close(fd);
        fd = -1;
    }
    if (fd >= 0)
        close(fd);
    return NULL;
}

static bool wait_until_serving(void)
{
    for (int i = 0; i < 500; i++) {
        int fd = -1;
        bool fine = ask(&fd);
        if (fd >= 0)
            close(fd);
        if (fine)
            return true;
        usleep(20000);
    }
    return false;
}

/* Children of a process; how many. */
static int children(pid_t pid, pid_t *out, int room)
{
    char path[100];
    int count = 0, child;
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid, (int)pid);
    FILE *f = fopen(path, "r");
    while (f && count < room && fscanf(f, "%d", &child) == 1)
        out[count++] = child;
    if (f)
        fclose(f);
    return count;
}

static int end(pid_t pid)
{
    int status;
    kill(pid, SIGTERM);
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Waits until there is one worker and it is another one. */
static pid_t wait_for_successor(pid_t pid, pid_t before)
{
    pid_t now[8];
    for (int i = 0; i < 1500; i++) {
        if (children(pid, now, 8) == 1 && now[0] != before)
            return now[0];
        usleep(10000);
    }
    return 0;
}

static void restarts_lose_no_request(void **state)
{
    enum { CLIENTS = 4, RESTARTS = 6 };
    pthread_t clients[CLIENTS];
    pid_t pid = program_start(NULL), worker[8];
    (void)state;
    assert_true(wait_until_serving());
    assert_int_equal(children(pid, worker, 8), 1);
    atomic_store(&stop, 0);
    for (int i = 0; i < CLIENTS; i++)
        pthread_create(&clients[i], NULL, client_run, NULL);
    pid_t present = worker[0];
    for (int i = 0; i < RESTARTS && present; i++) {
        kill(pid, i % 2 ? SIGUSR1 : SIGHUP);
        present = wait_for_successor(pid, present);
    }
    atomic_store(&stop, 1);
    for (int i = 0; i < CLIENTS; i++)
        pthread_join(clients[i], NULL);
    int status = end(pid);
    assert_true(present != 0);
    assert_int_equal(atomic_load(&bad), 0);
    assert_true(atomic_load(&good) > RESTARTS);
    assert_int_equal(status, 0);
    assert_int_equal(dial(), -1);
}

static void a_dead_worker_is_replaced(void **state)
{
    pid_t pid = program_start(NULL), worker[8];
    (void)state;
    assert_true(wait_until_serving());
    assert_int_equal(children(pid, worker, 8), 1);
    kill(pid, SIGHUP); /* when the successor is alone, the supervisor knows that it serves */
    pid_t second = wait_for_successor(pid, worker[0]);
    assert_true(second != 0);
    kill(second, SIGKILL);
    assert_true(wait_for_successor(pid, second) != 0);
    assert_true(wait_until_serving());
    assert_int_equal(end(pid), 0);
}

static void a_worker_that_never_serves_ends_the_program(void **state)
{
    int status;
    pid_t pid = program_start("yes");
    (void)state;
    waitpid(pid, &status, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 2);
}

/* It lives, it holds the socket, and answers nobody: only its silence tells. */
static void a_worker_that_hangs_is_replaced(void **state)
{
    (void)state;
    setenv("SUPERVISOR_TEST_HANG", "yes", 1);
    pid_t pid = program_start(NULL), worker[8];
    unsetenv("SUPERVISOR_TEST_HANG");
    assert_true(wait_until_serving());
    assert_int_equal(children(pid, worker, 8), 1);
    assert_true(wait_for_successor(pid, worker[0]) != 0);
    assert_int_equal(end(pid), 0);
}

static void workers_end_with_their_supervisor(void **state)
{
    pid_t pid = program_start(NULL), worker[8];
    (void)state;
    assert_true(wait_until_serving());
    assert_int_equal(children(pid, worker, 8), 1);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    for (int i = 0; i < 500 && dial() >= 0; i++)
        usleep(20000);
    assert_int_equal(dial(), -1);
}

int main(int argc, char **argv)
{
    static const struct CMUnitTest TESTS[] = {
        cmocka_unit_test(restarts_lose_no_request),
        cmocka_unit_test(a_dead_worker_is_replaced),
        cmocka_unit_test(a_worker_that_hangs_is_replaced),
        cmocka_unit_test(a_worker_that_never_serves_ends_the_program),
        cmocka_unit_test(workers_end_with_their_supervisor),
    };
    if (argc == 3) {
        const struct supervisor_start start = { .listen = str_of(argv[2]),
                                                .argv = argv,
                                                .worker = serve,
                                                .silent_looks =
                                                    getenv("SUPERVISOR_TEST_HANG") ? 4 : 0 };
        log_set_level(getenv("HUOTANG_TEST_LOG") ? LOG_DEBUG : LOG_ERROR);
        return supervisor_run(&start);
    }
    port = port_free();
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("supervisor", TESTS, NULL, NULL);
}
