/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The true server on a true socket: malformed requests, lanes under concurrency, group commit,
 * streams, slow clients, graceful end. On both engines (HUOTANG_TEST_DB). */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "platform/base/log.h"
#include "platform/base/str.h"
#include "platform/web/acceptor.h"
#include "platform/web/live.h"
#include "platform/web/serve.h"
#include "platform/web/tests/sample.h"
#include "tests/harness/test_app.h"

/* The harness gives the app; its synchronous lanes are replaced by true ones. */
struct house {
    struct test_app *t;
    struct server *server;
    int fd, port;
};

static void must(err e)
{
    if (e.code != ERR_NONE)
        fail_msg("%s", e.name);
}

static void open_house(struct house *h)
{
    struct lanes_options lanes = { .slow_threads = 2, .queue_max = 64, .slow_max = 64 };
    h->t = test_app_new(SAMPLE_MODULES);
    test_as_role(h->t, "staff");
    lanes_stop(&h->t->app);
    h->t->app.config.loops = 2;
    must(lanes_start(&h->t->app, &lanes));
    must(serve_listen(str_of("127.0.0.1:0"), &h->fd));
    h->port = serve_port(h->fd);
    must(serve_start(&h->t->app, h->fd, &h->server));
}

static int set_up(void **state)
{
    struct house *h = calloc(1, sizeof *h);
    open_house(h);
    sample_runs = 0;
    *state = h;
    return 0;
}

static int tear_down(void **state)
{
    struct house *h = *state;
    if (h->server)
        serve_stop(h->server, 300);
    close(h->fd);
    test_app_free(h->t);
    free(h);
    return 0;
}

/* ---- a client ---- */

static int dial(const struct house *h)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)h->port) };
    inet_pton(AF_INET, "127.0.0.1", &at.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct timeval limit = { .tv_sec = 10 };
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (connect(fd, (struct sockaddr *)(void *)&at, sizeof at) != 0)
        fail_msg("connect");
    return fd;
}

static void say(int fd, const char *text, size_t size)
{
    while (size) {
        ssize_t n = send(fd, text, size, MSG_NOSIGNAL);
        if (n <= 0)
            return; /* the other side has closed: what it says is judged, not what we could send */
        text += n;
        size -= (size_t)n;
    }
}

/* Reads one answer with Content-Length (or up to the end) into to; its status, 0 = closed
 * without one. */
static int hear(int fd, char *to, size_t size)
{
    size_t len = 0, want = size - 1;
    to[0] = '\0';
    while (len < want) {
        ssize_t n = recv(fd, to + len, want - len, 0);
        if (n <= 0)
            break;
        len += (size_t)n;
        to[len] = '\0';
        const char *end = strstr(to, "\r\n\r\n"), *length = strcasestr(to, "\r\ncontent-length:");
        if (end && length && length < end &&
            len >= (size_t)(end + 4 - to) + strtoul(length + 17, NULL, 10))
            break;
        if (end && (strstr(to, " 304 ") || strstr(to, " 204 ")))
            break;
    }
    return strncmp(to, "HTTP/1.1 ", 9) == 0 ? atoi(to + 9) : 0;
}

static int ask(const struct house *h, const char *request, size_t size, char *to, size_t room)
{
    int fd = dial(h);
    say(fd, request, size);
    int status = hear(fd, to, room);
    close(fd);
    return status;
}

static int post_title(int fd, const char *path, const char *title, char *to, size_t room)
{
    char body[200], request[600];
    snprintf(body, sizeof body, "csrf=csrf-of-the-test&title=%s", title);
    snprintf(request, sizeof request,
             "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
             "Content-Length: %zu\r\n\r\n%s",
             path, strlen(body), body);
    say(fd, request, strlen(request));
    return hear(fd, to, room);
}

/* ---- malformed requests ---- */

static void malformed_requests_are_refused(void **state)
{
#define POST_HEAD \
    "POST /things/open HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    static const struct {
        const char *request;
        size_t size; /* 0 = strlen */
    } CASES[] = {
        { POST_HEAD "Content-Length: 3\r\nContent-Length: 3\r\n\r\na=b", 0 },
        { POST_HEAD "Content-Length: 3\r\nContent-Length: 4\r\n\r\na=b", 0 },
        { POST_HEAD "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n",
          0 },
        { POST_HEAD "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          0 },
        { POST_HEAD "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 0 },
        { POST_HEAD "Transfer-Encoding: x\r\n\r\n0\r\n\r\n", 0 },
        { POST_HEAD "Content-Length: -1\r\n\r\n", 0 },
        { POST_HEAD "Content-Length: 1x\r\n\r\na", 0 },
        { POST_HEAD "Content-Length: 0x1\r\n\r\na", 0 },
        { POST_HEAD "Content-Length: 99999999999999999999999\r\n\r\na", 0 },
        { POST_HEAD "Content-Length: 3\r\nHost: y\r\n\r\na=b", 0 },
        { "GET / HTTP/1.1\r\n\r\n", 0 },
        { "GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", 0 },
        { "GET /names/a%00b HTTP/1.1\r\nHost: x\r\n\r\n", 0 },
        { "GET /names/../x HTTP/1.1\r\nHost: x\r\n\r\n", 0 },
        { "GET /names/%2e%2e/x HTTP/1.1\r\nHost: x\r\n\r\n", 0 },
        { "GET /names/%ff HTTP/1.1\r\nHost: x\r\n\r\n", 0 },
        { "GET http://x/names/a HTTP/1.1\r\nHost: x\r\n\r\n", 0 },
        { "GET names HTTP/1.1\r\nHost: x\r\n\r\n", 0 },
        { "GET /names/x HTTP/1.1\r\nHost: x\r\nA: b\0c\r\nD: e\r\n\r\n", 48 },
        { "GET /names/x HTTP/1.1\r\nHost: x\r\nNo colon\r\n\r\n", 0 },
        { "GET /names/x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello", 0 },
        { "GET\r\n\r\n", 0 },
        { "\0\0\0\0\r\n\r\n", 8 },
        { "GET /names/x HTTP/9.9\r\nHost: x\r\n\r\n", 0 },
        { POST_HEAD "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n", 0 },
        { POST_HEAD "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nabc\r\n0\r\n\r\n", 0 },
        { "POST /things/open HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data\r\n"
          "Content-Length: 3\r\n\r\nabc",
          0 },
    };
    char answer[65536];
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        size_t size = CASES[i].size ? CASES[i].size : strlen(CASES[i].request);
        int fd = dial(*state);
        say(fd, CASES[i].request, size);
        shutdown(fd, SHUT_WR);
        int status = hear(fd, answer, sizeof answer);
        if (status != 0 && status != 400 && status != 413 && status != 505 && status != 501)
            fail_msg("case %zu: %d\n%.300s", i, status, answer);
        if (status && (!strstr(answer, "\r\nX-Content-Type-Options: nosniff\r\n") ||
                       !strstr(answer, "; charset=utf-8\r\n")))
            fail_msg("case %zu: bare answer\n%.300s", i, answer);
        const char *body = strstr(answer, "\r\n\r\n");
        if (body && strncmp(body + 4, "HTTP/", 5) == 0 &&
            !strstr(answer, "\r\nContent-Length: 0\r\n"))
            fail_msg("case %zu: the head stands in the body\n%.300s", i, body);
        close(fd);
    }
    struct house *h = *state;
    assert_int_equal(sample_runs, 0);
    const char *good = "GET /names/x HTTP/1.1\r\nHost: x\r\n\r\n";
    assert_int_equal(ask(h, good, strlen(good), answer, sizeof answer), 200);
#undef POST_HEAD
}

/* A refused request takes no second one from the same bytes with it. */
static void what_follows_a_refused_body_is_not_read_as_a_request(void **state)
{
    static const char BYTES[] =
        "POST /things/open HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: "
        "chunked\r\n\r\n0\r\n\r\nGET /names/smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
    char answer[65536];
    int fd = dial(*state);
    say(fd, BYTES, sizeof BYTES - 1);
    size_t len = 0;
    ssize_t n;
    while ((n = recv(fd, answer + len, sizeof answer - 1 - len, 0)) > 0)
        len += (size_t)n;
    answer[len] = '\0';
    close(fd);
    assert_null(strstr(answer, "smuggled"));
    assert_null(strstr(answer, " 200 "));
}

static void headers_and_keep_alive(void **state)
{
    char answer[65536];
    int fd = dial(*state);
    const char *get = "GET /names/x HTTP/1.1\r\nHost: x\r\n\r\n",
               *head = "HEAD /names/x HTTP/1.1\r\nHost: x\r\n\r\n";
    for (int i = 0; i < 3; i++) {
        say(fd, get, strlen(get));
        assert_int_equal(hear(fd, answer, sizeof answer), 200);
        assert_non_null(strstr(answer, "X-Request-Id: "));
        assert_non_null(strstr(answer, "Content-Type: text/html; charset=utf-8"));
    }
    static const char *const OTHERS[] = { "/livez", "/nowhere", "/things/9", "/names/x/y/z" };
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) {
        char request[200];
        snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", OTHERS[i]);
        say(fd, request, strlen(request));
        assert_int_not_equal(hear(fd, answer, sizeof answer), 0);
        assert_null(strstr(answer, "Connection: close"));
    }
    assert_int_equal(post_title(fd, "/things", "water", answer, sizeof answer), 303);
    say(fd, head, strlen(head));
    char byte[2000];
    ssize_t n = recv(fd, byte, sizeof byte - 1, 0);
    byte[n > 0 ? n : 0] = '\0';
    assert_non_null(strstr(byte, "\r\n\r\n"));
    assert_int_equal(strlen(strstr(byte, "\r\n\r\n")), 4);
    close(fd);
}

/* ---- many at once ---- */

enum { CLIENTS = 16, EACH = 25 };

struct client {
    struct house *h;
    pthread_t thread;
    int number, good, conflicts, others;
};

static void *client_run(void *context)
{
    struct client *c = context;
    char answer[65536], title[30];
    int fd = dial(c->h);
    for (int i = 0; i < EACH; i++) {
        bool twin = i % 5 == 4; /* every fifth is a title that was taken: it must fail alone */
        snprintf(title, sizeof title, "%d-%d", c->number, twin ? i - 1 : i);
        int status =
            post_title(fd, i % 7 == 6 ? "/things/think" : "/things", title, answer, sizeof answer);
        c->good += status == 303 || status == 200;
        c->conflicts += status == 409;
        c->others += status != 303 && status != 200 && status != 409;
    }
    close(fd);
    return NULL;
}

static void one_failure_in_a_batch_fails_alone(void **state)
{
    struct client clients[CLIENTS];
    struct house *h = *state;
    int good = 0, conflicts = 0, others = 0;
    for (int i = 0; i < CLIENTS; i++) {
        clients[i] = (struct client){ .h = h, .number = i };
        pthread_create(&clients[i].thread, NULL, client_run, &clients[i]);
    }
    for (int i = 0; i < CLIENTS; i++) {
        pthread_join(clients[i].thread, NULL);
        good += clients[i].good;
        conflicts += clients[i].conflicts;
        others += clients[i].others;
    }
    assert_int_equal(others, 0);
    assert_int_equal(conflicts, CLIENTS * EACH / 5);
    assert_int_equal(good, CLIENTS * EACH * 4 / 5);
    assert_int_equal(sample_count(h->t->db), good);
    struct lanes_figures figures;
    lanes_figures(h->t->app.lanes, &figures);
    assert_true(figures.committed >= good);
}

static void a_failing_commit_is_told_to_the_whole_batch(void **state)
{
    struct house *h = *state;
    char answer[65536];
    int fd = dial(h);
    lanes_fail_commit(h->t->app.lanes, 0);
    int status = post_title(fd, "/things", "water", answer, sizeof answer);
    if (status == 303) /* the probe took the failure: once more */
        return;
    assert_int_equal(status, 503);
    assert_non_null(strstr(answer, "Retry-After: "));
    assert_non_null(strstr(answer, "value=\"water\""));
    assert_int_equal(sample_count(h->t->db), 0);
    assert_int_equal(post_title(fd, "/things", "water", answer, sizeof answer), 303);
    close(fd);
}

/* ---- work that no request waits for ---- */

static pthread_mutex_t closed = PTHREAD_MUTEX_INITIALIZER;
static _Atomic int counted;

static err wait_until_open(struct app *app, struct db *db, struct arena *mem, void *context)
{
    (void)app;
    (void)db;
    (void)mem;
    (void)context;
    pthread_mutex_lock(&closed);
    pthread_mutex_unlock(&closed);
    return OK;
}

static err count_one(struct app *app, struct db *db, struct arena *mem, void *context)
{
    (void)app;
    (void)db;
    (void)mem;
    (void)context;
    atomic_fetch_add(&counted, 1);
    return OK;
}

/* The house's queue holds 64 requests, and so four times as many posts. */
static void posts_do_not_queue_without_end(void **state)
{
    enum { MOST = 4 * 64, WRITERS = 4 };
    struct house *h = *state;
    struct app *app = &h->t->app;
    struct lanes_figures figures = { .write_queue = 1 };
    log_set_level(LOG_ERROR + 1); /* each that is dropped is told */
    atomic_store(&counted, 0);
    pthread_mutex_lock(&closed);
    for (int i = 0; i < WRITERS; i++)
        lanes_post(app, arena_new(1 << 12, 0), wait_until_open, NULL);
    for (int i = 0; i < 2 * MOST; i++)
        lanes_post(app, arena_new(1 << 12, 0), count_one, NULL);
    lanes_figures(app->lanes, &figures);
    assert_true(figures.write_queue <= MOST);
    pthread_mutex_unlock(&closed);
    for (int i = 0; i < 1000 && figures.write_queue; i++) {
        usleep(10000);
        lanes_figures(app->lanes, &figures);
    }
    log_set_level(LOG_ERROR);
    assert_true(atomic_load(&counted) > MOST / 2);
    assert_true(atomic_load(&counted) <= MOST + 2 * WRITERS);
}

static err take_ten_ms(struct app *app, struct db *db, struct arena *mem, void *context)
{
    (void)app;
    (void)db;
    (void)mem;
    (void)context;
    usleep(10000);
    return OK;
}

static err run_nothing(struct lane_task *task, struct db *db)
{
    (void)task;
    (void)db;
    return OK;
}

static _Atomic int asked_done, turned_away; /* apart from counted, which may lag behind */

static void count_done(struct lane_task *task, err result)
{
    (void)task;
    atomic_fetch_add(&asked_done, 1);
    atomic_fetch_add(&turned_away, err_is(result, "web.overloaded"));
}

enum { ASKERS = 1500, LEAST = 1024, BLOCKERS = 4 };

static void until_nobody_waits(struct app *app)
{
    struct lanes_figures figures = { .write_queue = 1 };
    for (int i = 0; i < 10000 && figures.write_queue; i++) {
        poll(NULL, 0, 1);
        lanes_figures(app->lanes, &figures);
    }
    assert_int_equal(figures.write_queue, 0);
}

/* How many of ASKERS may wait to write while all writers are held up; each is done in the end. */
static int let_in(struct app *app)
{
    static struct lane_task tasks[ASKERS];
    int let = 0;
    atomic_store(&asked_done, 0);
    until_nobody_waits(app);
    pthread_mutex_lock(&closed);
    for (int i = 0; i < BLOCKERS; i++)
        lanes_post(app, arena_new(1 << 12, 0), wait_until_open, NULL);
    for (int i = 0; i < ASKERS; i++) {
        tasks[i] = (struct lane_task){ .run = run_nothing, .done = count_done };
        let += lanes_submit_write(app->lanes, &tasks[i]);
    }
    assert_int_equal(lanes_may_write(app->lanes), let == ASKERS);
    pthread_mutex_unlock(&closed);
    for (int i = 0; i < 10000 && atomic_load(&asked_done) < let; i++)
        poll(NULL, 0, 1);
    assert_int_equal(atomic_load(&asked_done), let);
    return let;
}

/* On one connection: turned away twice, let in when there is room again. */
static void a_call_that_comes_in_vain_keeps_its_connection(void **state)
{
    static const char BODY[] = "{\"title\":\"water\"}";
    struct house *h = *state;
    struct app *app = &h->t->app;
    char request[400], answer[65536];
    snprintf(request, sizeof request,
             "POST /api/v1/things HTTP/1.1\r\nHost: x\r\nX-CSRF-Token: csrf-of-the-test\r\n"
             "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
             sizeof BODY - 1, BODY);
    pthread_mutex_lock(&closed);
    for (int i = 0; i < BLOCKERS; i++)
        lanes_post(app, arena_new(1 << 12, 0), wait_until_open, NULL);
    for (int i = 0; i < 64; i++)
        lanes_post(app, arena_new(1 << 12, 0), count_one, NULL);
    int fd = dial(h);
    for (int i = 0; i < 2; i++) {
        say(fd, request, strlen(request));
        int status = hear(fd, answer, sizeof answer);
        assert_int_equal(status, 503);
        assert_non_null(strstr(answer, "Retry-After: "));
        assert_non_null(strstr(answer, "web.overloaded"));
        assert_null(strcasestr(answer, "connection: close"));
    }
    pthread_mutex_unlock(&closed);
    until_nobody_waits(app);
    say(fd, request, strlen(request));
    assert_int_equal(hear(fd, answer, sizeof answer), 201);
    close(fd);
}

/* The queue is as long as what is done within a second, 1,024 when each takes long. A batch that
 * had to wait for a processor counts as slow, so a few rounds may pass until all are quick. */
static void who_would_wait_too_long_is_told_so_at_once(void **state)
{
    struct house h = { .t = test_app_new(SAMPLE_MODULES) };
    struct app *app = &h.t->app;
    struct lanes_figures figures;
    (void)state;
    lanes_stop(app);
    must(lanes_start(app, &(struct lanes_options){ .slow_threads = 1 }));
    for (int i = 0; i < 3 * BLOCKERS; i++)
        lanes_post(app, arena_new(1 << 12, 0), take_ten_ms, NULL);
    must(lanes_write(app, take_ten_ms, NULL));
    int slowly = let_in(app), quickly = 0;
    assert_true(slowly >= LEAST - BLOCKERS && slowly <= LEAST + BLOCKERS);
    for (int round = 0; round < 50 && quickly <= LEAST + BLOCKERS; round++) {
        for (int i = 0; i < 2000; i++)
            lanes_post(app, arena_new(1 << 12, 0), count_one, NULL);
        quickly = let_in(app);
    }
    lanes_figures(app->lanes, &figures);
    assert_true(quickly > LEAST + BLOCKERS && figures.shed >= ASKERS - slowly);
    test_app_free(h.t);
}

/* On both engines: a request that was queued longer ago than .late_ms is not begun. What nobody
 * waits for (an entry of the audit log) is, and so is a request that came since. */
static void who_has_waited_too_long_is_turned_away(void **state)
{
    struct house h = { .t = test_app_new(SAMPLE_MODULES) };
    struct app *app = &h.t->app;
    struct lane_task tasks[5];
    (void)state;
    lanes_stop(app);
    must(lanes_start(app, &(struct lanes_options){ .slow_threads = 1, .late_ms = 200 }));
    atomic_store(&counted, 0);
    atomic_store(&turned_away, 0);
    pthread_mutex_lock(&closed);
    for (int i = 0; i < BLOCKERS; i++)
        lanes_post(app, arena_new(1 << 12, 0), wait_until_open, NULL);
    for (int i = 0; i < 5; i++) {
        tasks[i] = (struct lane_task){ .run = run_nothing, .done = count_done, .is_asked = true };
        assert_true(lanes_submit_write(app->lanes, &tasks[i]));
        lanes_post(app, arena_new(1 << 12, 0), count_one, NULL);
    }
    usleep(300000);
    pthread_mutex_unlock(&closed);
    must(lanes_write(app, count_one, NULL));
    until_nobody_waits(app);
    test_app_free(h.t); /* after the last of them */
    assert_int_equal(atomic_load(&turned_away), 5);
    assert_int_equal(atomic_load(&counted), 6);
}

/* Nobody's request is lost with the group that it happened to be in. */
static void what_a_lost_group_had_done_is_done_again(void **state)
{
    struct house *h = *state;
    char answer[65536];
    int fd = dial(h);
    lanes_lose_batch(h->t->app.lanes);
    assert_int_equal(post_title(fd, "/things", "water", answer, sizeof answer), 303);
    assert_int_equal(post_title(fd, "/things", "fire", answer, sizeof answer), 303);
    assert_int_equal(sample_count(h->t->db), 2);
    close(fd);
}

static void *same_key_run(void *context)
{
    struct client *c = context;
    static const char REQUEST[] =
        "POST /things HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        "Idempotency-Key: the-same\r\nContent-Length: 35\r\n\r\n"
        "csrf=csrf-of-the-test&title=together";
    char answer[65536];
    int fd = dial(c->h);
    say(fd, REQUEST, sizeof REQUEST - 1);
    c->good = hear(fd, answer, sizeof answer) == 303;
    close(fd);
    return NULL;
}

static void the_same_key_at_once_is_done_once(void **state)
{
    struct client clients[CLIENTS];
    struct house *h = *state;
    int good = 0;
    for (int i = 0; i < CLIENTS; i++) {
        clients[i] = (struct client){ .h = h, .number = i };
        pthread_create(&clients[i].thread, NULL, same_key_run, &clients[i]);
    }
    for (int i = 0; i < CLIENTS; i++) {
        pthread_join(clients[i].thread, NULL);
        good += clients[i].good;
    }
    assert_int_equal(good, CLIENTS);
    assert_int_equal(sample_runs, 1);
    assert_int_equal(sample_count(h->t->db), 1);
}

/* The loops open their connections at the first request: here there is nothing to open. */
static void a_database_that_is_away_is_told_and_the_text_kept(void **state)
{
    struct house *h = *state;
    char answer[65536];
    str url = h->t->app.config.db;
    const char *get = "GET /things HTTP/1.1\r\nHost: x\r\n\r\n";
    const char *api = "GET /api/v1/things/1 HTTP/1.1\r\nHost: x\r\n\r\n";
    h->t->app.config.db = str_of("sqlite:/nowhere/at/all.db");
    assert_int_equal(ask(h, get, strlen(get), answer, sizeof answer), 503);
    assert_non_null(strstr(answer, "Retry-After: "));
    assert_non_null(strstr(answer, "Refresh: 5\r\n"));
    assert_non_null(strstr(answer, "请稍候"));
    assert_non_null(strstr(answer, "href=\"/things\""));
    assert_non_null(strstr(answer, "</html>"));
    assert_int_equal(ask(h, api, strlen(api), answer, sizeof answer), 503);
    assert_non_null(strstr(answer, "\"code\":\"db.away\""));
    assert_null(strstr(answer, "Refresh: "));
    int fd = dial(h);
    assert_int_equal(post_title(fd, "/things", "water", answer, sizeof answer), 503);
    assert_non_null(strstr(answer, "value=\"water\""));
    assert_null(strstr(answer, "Refresh: ")); /* what was typed would be gone */
    close(fd);
    h->t->app.config.db = url;
    int status = 503; /* a loop that had waited long looks again a little later */
    for (int i = 0; i < 100 && status == 503; i++) {
        status = ask(h, get, strlen(get), answer, sizeof answer);
        usleep(status == 503 ? 50000 : 0);
    }
    assert_int_equal(status, 200);
}

/* A server that takes the connection and then says nothing: the worst kind of away. */
static void a_database_that_keeps_silent_stops_no_loop_for_long(void **state)
{
    struct house *h = *state;
    char answer[65536], address[100];
    str url = h->t->app.config.db;
    const char *get = "GET /things HTTP/1.1\r\nHost: x\r\n\r\n";
    const char *live = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n";
    int silent;
    must(serve_listen(str_of("127.0.0.1:0"), &silent));
    snprintf(address, sizeof address, "postgresql://nobody@127.0.0.1:%d/x", serve_port(silent));
    h->t->app.config.db = str_of(address);
    for (int loop = 0; loop < 8; loop++) /* both loops have tried it after a few connections */
        assert_int_equal(ask(h, get, strlen(get), answer, sizeof answer), 503);
    i64 started = clock_steady_ms();
    for (int i = 0; i < 20; i++) {
        assert_int_equal(ask(h, live, strlen(live), answer, sizeof answer), 200);
        assert_int_equal(ask(h, get, strlen(get), answer, sizeof answer), 503);
    }
    /* each trial waits for a second or more: twenty would be far behind this, busy machine or not
     */
    assert_true(clock_steady_ms() - started < 8000);
    h->t->app.config.db = url;
    close(silent);
}

/* ---- uploads ---- */

static void a_big_upload_streams_to_disk(void **state)
{
    struct house *h = *state;
    enum { SIZE = 90000 };
    char *body = malloc(SIZE + 1000), head[600], answer[65536];
    int n =
        snprintf(body, 1000,
                 "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nwater\r\n"
                 "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a\"\r\n\r\n");
    memset(body + n, 'x', SIZE);
    n += SIZE;
    n += snprintf(body + n, 100, "\r\n--b--\r\n");
    snprintf(head, sizeof head,
             "POST /api/v1/things/echo HTTP/1.1\r\nHost: x\r\n"
             "Content-Type: multipart/form-data; boundary=b\r\n"
             "X-CSRF-Token: csrf-of-the-test\r\nContent-Length: %d\r\n\r\n",
             n);
    int fd = dial(h);
    say(fd, head, strlen(head));
    say(fd, body, (size_t)n);
    assert_int_equal(hear(fd, answer, sizeof answer), 200);
    assert_non_null(strstr(answer, "90000"));
    close(fd);
    snprintf(head, sizeof head,
             "POST /api/v1/things/echo HTTP/1.1\r\nHost: x\r\n"
             "Content-Type: multipart/form-data; boundary=b\r\n"
             "X-CSRF-Token: csrf-of-the-test\r\nContent-Length: %d\r\n\r\n",
             2000000);
    fd = dial(h);
    say(fd, head, strlen(head));
    assert_int_equal(hear(fd, answer, sizeof answer), 413);
    assert_non_null(strstr(answer, "Connection: close"));
    close(fd);
    free(body);
}

/* ---- streams ---- */

/* Reads until the text was seen; false after the time. */
static bool hear_text(int fd, char *to, size_t room, const char *text)
{
    size_t len = strlen(to);
    while (!strstr(to, text)) {
        struct pollfd p = { .fd = fd, .events = POLLIN };
        if (poll(&p, 1, 3000) <= 0)
            return false;
        ssize_t n = recv(fd, to + len, room - 1 - len, 0);
        if (n <= 0)
            return false;
        len += (size_t)n;
        to[len] = '\0';
    }
    return true;
}

static void events_arrive_after_commit_and_are_resumed(void **state)
{
    struct house *h = *state;
    char heard[65536] = "", answer[65536], request[200], id[60];
    const char *open = "GET /events HTTP/1.1\r\nHost: x\r\n\r\n";
    int stream = dial(h), fd = dial(h);
    say(stream, open, strlen(open));
    assert_true(hear_text(stream, heard, sizeof heard, "retry:"));
    assert_non_null(strstr(heard, "Content-Type: text/event-stream"));
    assert_int_equal(post_title(fd, "/things/fail", "earth", answer, sizeof answer), 409);
    assert_int_equal(post_title(fd, "/things", "water", answer, sizeof answer), 303);
    assert_true(hear_text(stream, heard, sizeof heard, "event: things.added\ndata: {\"id\":"));
    assert_true(hear_text(stream, heard, sizeof heard, "\n\n\r\n"));
    assert_null(strstr(heard, "things.never")); /* it was rolled back */
    snprintf(id, sizeof id, "%.40s", strstr(heard, "id: ") + 4);
    *strchr(id, '\n') = '\0';
    close(stream);
    assert_int_equal(post_title(fd, "/things", "fire", answer, sizeof answer), 303);
    snprintf(request, sizeof request,
             "GET /events HTTP/1.1\r\nHost: x\r\nLast-Event-ID: %s\r\n\r\n", id);
    stream = dial(h);
    heard[0] = '\0';
    say(stream, request, strlen(request));
    assert_true(hear_text(stream, heard, sizeof heard, "things.added"));
    assert_null(strstr(heard, "event: reset"));
    close(stream);
    stream = dial(h);
    heard[0] = '\0';
    const char *old = "GET /events HTTP/1.1\r\nHost: x\r\nLast-Event-ID: 5-1\r\n\r\n";
    say(stream, old, strlen(old));
    assert_true(hear_text(stream, heard, sizeof heard, "event: reset"));
    close(stream);
    close(fd);
}

static err (*usual_identify)(struct app *app, struct db *db, const struct credentials *credentials,
                             struct arena *mem, struct actor *out, bool *stale);
static _Atomic int login_count, revoked;

/* The usual actor, each time with a login of its own; nobody once it was revoked. */
static err identify_anew(struct app *app, struct db *db, const struct credentials *credentials,
                         struct arena *mem, struct actor *out, bool *stale)
{
    err e = usual_identify(app, db, credentials, mem, out, stale);
    out->login_id = 1000 + atomic_fetch_add(&login_count, 1);
    if (atomic_load(&revoked)) {
        out->account_id = 0;
        *stale = true;
    }
    return e;
}

static void let_everybody_be_another(struct house *h)
{
    usual_identify = h->t->app.web->identify;
    h->t->app.web->identify = identify_anew;
    atomic_store(&revoked, 0);
}

static int status_of_stream(struct house *h, int *fd)
{
    char heard[4096] = "";
    const char *open = "GET /events HTTP/1.1\r\nHost: x\r\n\r\n";
    *fd = dial(h);
    say(*fd, open, strlen(open));
    return hear_text(*fd, heard, sizeof heard, "\r\n\r\n") ? atoi(heard + 9) : 0;
}

/* One login cannot take the connections of all others, nor all streams together those of pages. */
static void streams_leave_room_for_others(void **state)
{
    struct house *h = *state;
    int fds[100], first_refused = 0;
    for (int i = 0; i <= LIVE_PER_LOGIN; i++)
        assert_int_equal(status_of_stream(h, &fds[i]), i < LIVE_PER_LOGIN ? 200 : 503);
    for (int i = 0; i <= LIVE_PER_LOGIN; i++)
        close(fds[i]);
    for (int i = 0; i < 300 && hub_streams(h->t->app.web->hub); i++) {
        hub_heartbeat(h->t->app.web->hub); /* finds the closed ones */
        usleep(10000);
    }
    let_everybody_be_another(h);
    i64 half = h->t->app.config.max_connections / 2;
    for (int i = 0; i <= half; i++)
        if (status_of_stream(h, &fds[i]) == 503 && !first_refused)
            first_refused = i + 1;
    assert_int_equal(first_refused, half + 1);
    for (int i = 0; i <= half; i++)
        close(fds[i]);
}

/* Whose login was ended hears nothing after the next heartbeat. */
static void a_stream_ends_with_its_login(void **state)
{
    struct house *h = *state;
    int fd;
    char heard[4096] = "";
    let_everybody_be_another(h);
    assert_int_equal(status_of_stream(h, &fd), 200);
    hub_heartbeat(h->t->app.web->hub);
    assert_true(hear_text(fd, heard, sizeof heard, ":\n\n"));
    atomic_store(&revoked, 1);
    hub_heartbeat(h->t->app.web->hub);
    for (int i = 0; i < 300 && hub_streams(h->t->app.web->hub); i++)
        usleep(10000);
    assert_int_equal(hub_streams(h->t->app.web->hub), 0);
    close(fd);
}

static void many_streams_hear_one_event(void **state)
{
    enum { STREAMS = 40 };
    struct house *h = *state;
    let_everybody_be_another(h);
    int fds[STREAMS];
    char heard[65536], answer[65536];
    const char *open = "GET /events HTTP/1.1\r\nHost: x\r\n\r\n";
    for (int i = 0; i < STREAMS; i++) {
        fds[i] = dial(h);
        say(fds[i], open, strlen(open));
    }
    for (int i = 0; i < 200 && hub_streams(h->t->app.web->hub) < STREAMS; i++)
        usleep(10000);
    assert_int_equal(hub_streams(h->t->app.web->hub), STREAMS);
    int fd = dial(h);
    assert_int_equal(post_title(fd, "/things", "water", answer, sizeof answer), 303);
    close(fd);
    hub_heartbeat(h->t->app.web->hub);
    for (int i = 0; i < STREAMS; i++) {
        heard[0] = '\0';
        assert_true(hear_text(fds[i], heard, sizeof heard, "things.added"));
        close(fds[i]);
    }
}

/* ---- slow clients ---- */

static void slow_heads_and_bodies_keep_nobody_waiting(void **state)
{
    enum { SLOW = 60 };
    struct house *h = *state;
    int fds[SLOW];
    char answer[65536];
    for (int i = 0; i < SLOW; i++) {
        const char *part =
            i % 2 ? "GET /names/x HTTP/1.1\r\nHost: x\r\nX-A: "
                  : "POST /things HTTP/1.1\r\nHost: x\r\nContent-Type: "
                    "application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\ntitle=";
        fds[i] = dial(h);
        say(fds[i], part, strlen(part));
    }
    const char *good = "GET /names/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    i64 begin = clock_steady_ms();
    for (int i = 0; i < 30; i++)
        assert_int_equal(ask(h, good, strlen(good), answer, sizeof answer), 200);
    assert_true(clock_steady_ms() - begin < 30000);
    for (int i = 0; i < SLOW; i++)
        close(fds[i]);
}

/* ---- the end ---- */

struct stopper {
    struct house *h;
    pthread_t thread;
};

/* ---- new connections ---- */

enum { COMERS = 200 };

struct door {
    _Atomic bool room;
    _Atomic int count;
    int taken[COMERS + 1];
};

static bool door_has_room(void *owner)
{
    return atomic_load(&((struct door *)owner)->room);
}

static void door_take(void *owner, int fd, const struct sockaddr *from, socklen_t size)
{
    struct door *door = owner;
    assert_true(from->sa_family == AF_INET && size >= sizeof(struct sockaddr_in));
    door->taken[atomic_load(&door->count)] = fd;
    atomic_fetch_add(&door->count, 1);
}

static void until_taken(struct door *door, int count)
{
    for (int i = 0; atomic_load(&door->count) < count && i < 10000; i++)
        poll(NULL, 0, 1);
    assert_int_equal(atomic_load(&door->count), count);
}

/* All who come are taken at once, whatever loops do; while there is no room, and when it ends, they
 * wait at the socket for whoever takes them next. */
static void who_comes_is_taken_as_long_as_there_is_room(void **state)
{
    struct door door = { .room = true };
    struct house at = { 0 };
    struct acceptor *acceptor = NULL;
    int clients[COMERS + 1];
    (void)state;
    struct arena *mem = arena_new(1 << 16, 0);
    struct acceptor_options options = { .has_room = door_has_room, .take = door_take };
    must(serve_listen(str_of("127.0.0.1:0"), &at.fd));
    at.port = serve_port(at.fd);
    options.fd = at.fd;
    options.owner = &door;
    must(acceptor_start(mem, &options, &acceptor));
    for (int i = 0; i < COMERS; i++)
        clients[i] = dial(&at);
    until_taken(&door, COMERS);
    atomic_store(&door.room, false);
    acceptor_stop(acceptor);
    must(acceptor_start(mem, &options, &acceptor));
    clients[COMERS] = dial(&at);
    acceptor_stop(acceptor);
    assert_int_equal(atomic_load(&door.count), COMERS);
    assert_int_equal(poll(&(struct pollfd){ .fd = at.fd, .events = POLLIN }, 1, 0), 1);
    must(acceptor_start(mem, &options, &acceptor));
    atomic_store(&door.room, true);
    until_taken(&door, COMERS + 1);
    acceptor_stop(acceptor);
    for (int i = 0; i <= COMERS; i++) {
        close(clients[i]);
        close(door.taken[i]);
    }
    close(at.fd);
    arena_free(mem);
}

static void *stop_run(void *context)
{
    struct stopper *s = context;
    serve_stop(s->h->server, 3000);
    s->h->server = NULL;
    return NULL;
}

static void a_graceful_end_answers_what_was_begun(void **state)
{
    struct house *h = *state;
    struct stopper stopper = { .h = h };
    char answer[65536];
    int idle = dial(h), half = dial(h), stream = dial(h);
    const char *get = "GET /names/x HTTP/1.1\r\nHost: x\r\n\r\n",
               *open = "GET /events HTTP/1.1\r\nHost: x\r\n\r\n";
    const char *begin =
        "POST /things HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        "Content-Length: 32\r\n\r\ncsrf=csrf-of-the-test&";
    say(idle, get, strlen(get));
    assert_int_equal(hear(idle, answer, sizeof answer), 200);
    assert_null(strstr(answer, "Connection: close"));
    say(half, begin, strlen(begin));
    say(stream, open, strlen(open));
    usleep(100000);
    pthread_create(&stopper.thread, NULL, stop_run, &stopper);
    usleep(200000);
    say(half, "title=wate", 10);
    assert_int_equal(hear(half, answer, sizeof answer), 303);
    assert_non_null(strstr(answer, "Connection: close"));
    say(idle, get, strlen(get)); /* a kept connection is served once more, then told to go */
    assert_int_equal(hear(idle, answer, sizeof answer), 200);
    assert_non_null(strstr(answer, "Connection: close"));
    pthread_join(stopper.thread, NULL);
    assert_int_equal(sample_count(h->t->db), 1);
    close(idle);
    close(half);
    close(stream);
}

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        cmocka_unit_test_setup_teardown(malformed_requests_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_follows_a_refused_body_is_not_read_as_a_request,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(headers_and_keep_alive, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_failure_in_a_batch_fails_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_failing_commit_is_told_to_the_whole_batch, set_up,
                                        tear_down),
        cmocka_unit_test(who_has_waited_too_long_is_turned_away),
        cmocka_unit_test_setup_teardown(posts_do_not_queue_without_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_call_that_comes_in_vain_keeps_its_connection, set_up,
                                        tear_down),
        cmocka_unit_test(who_would_wait_too_long_is_told_so_at_once),
        cmocka_unit_test_setup_teardown(what_a_lost_group_had_done_is_done_again, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_database_that_keeps_silent_stops_no_loop_for_long, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_same_key_at_once_is_done_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_database_that_is_away_is_told_and_the_text_kept, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_big_upload_streams_to_disk, set_up, tear_down),
        cmocka_unit_test_setup_teardown(events_arrive_after_commit_and_are_resumed, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(many_streams_hear_one_event, set_up, tear_down),
        cmocka_unit_test_setup_teardown(streams_leave_room_for_others, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_stream_ends_with_its_login, set_up, tear_down),
        cmocka_unit_test_setup_teardown(slow_heads_and_bodies_keep_nobody_waiting, set_up,
                                        tear_down),
        cmocka_unit_test(who_comes_is_taken_as_long_as_there_is_room),
        cmocka_unit_test_setup_teardown(a_graceful_end_answers_what_was_begun, set_up, tear_down),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("http", TESTS, NULL, NULL);
}
