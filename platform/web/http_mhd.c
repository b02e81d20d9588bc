/* SPDX-License-Identifier: MulanPSL-2.0 */
/* HTTP by libmicrohttpd, the only file that includes it: a pool of epoll loops; a request that
 * leaves its loop for a lane suspends its connection. What requests mean is exchange.c; what
 * libmicrohttpd tolerates and we do not is refused here and there. Rejected: an own parser. Time
 * limits of slow clients: connections.c. */
#include <arpa/inet.h>
#include <assert.h>
#include <dlfcn.h>
#include <errno.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "platform/base/log.h"
#include "platform/web/acceptor.h"
#include "platform/web/builtin.h"
#include "platform/web/cache.h"
#include "platform/web/connections.h"
#include "platform/web/crossing.h"
#include "platform/web/live.h"
#include "platform/web/proxies.h"
#include "platform/web/serve.h"
#include "platform/web/ticker.h"
#include "platform/web/visitors.h"

enum { POOL_BYTES = 16 * 1024, IDLE_S = 60, LOOPS_MAX = 64, ARENAS_KEPT = 32, STREAM_BLOCK = 4096 };
enum { LONG_MS = 100 }; /* that a loop may stand still for all its clients */

/* What a loop thread has for itself. Made at its first request. */
struct loop {
    struct server *server;
    struct db *db;            /* NULL while the database is away */
    i64 retry_at;             /* steady ms: not to be asked for it before */
    _Atomic int64_t since_ms; /* steady time when the present work with it began; 0 = rests */
    bool reading;             /* between reading_begin and reading_end */
    struct cache *cache;
    struct arena *mem, *kept[ARENAS_KEPT];
    int kept_count;
};

struct server {
    struct app *app;
    struct MHD_Daemon *daemon;
    struct acceptor *acceptor;
    struct connections *connections;
    i64 most;               /* connections */
    _Atomic int64_t handed; /* to a loop that has not begun with them */
    struct ticker *ticker;
    struct crossing *crossing;
    struct visitors *visitors, *senders;
    pthread_mutex_t mutex;
    struct loop *loops[LOOPS_MAX];
    int loop_count;
    _Atomic int64_t in_lanes; /* suspended for a lane */
};

/* A request on its connection. */
struct passage {
    struct exchange *ex;
    struct server *server;
    struct loop *loop;
    struct MHD_Connection *connection;
    struct connection_slot *slot;
    struct stream *stream;
    bool headed, bodied;
    i64 received;
    struct visitors *visitors; /* among whom, and at which place: slow work without a log-in */
    int place;
};

static _Thread_local struct loop *own_loop;

/* ---- loops ---- */

static struct loop *loop_new(struct server *server)
{
    struct arena *mem = arena_new(1 << 20, 0);
    struct loop *loop = arena_zero(mem, sizeof *loop);
    loop->server = server;
    loop->mem = mem;
    loop->cache = cache_new(mem);
    pthread_mutex_lock(&server->mutex);
    assert(server->loop_count < LOOPS_MAX);
    server->loops[server->loop_count++] = loop;
    pthread_mutex_unlock(&server->mutex);
    return loop;
}

static struct loop *loop_of(struct server *server)
{
    if (!own_loop || own_loop->server != server)
        own_loop = loop_new(server);
    return own_loop;
}

static void loop_free(struct loop *loop)
{
    cache_free(loop->cache);
    if (loop->db)
        db_close(loop->db);
    for (int i = 0; i < loop->kept_count; i++)
        arena_free(loop->kept[i]);
    arena_free(loop->mem);
}

static bool reading_try(struct loop *loop)
{
    if (!loop->db && db_open(loop->server->app->config.db, DB_READ, &loop->db).code != ERR_NONE) {
        loop->db = NULL;
        return false;
    }
    return db_begin(loop->db).code == ERR_NONE;
}

/* Begins reading: all that one stage of a request reads is of one moment. NULL when the database
 * is away. Looking for it stops the whole loop, so a loop spends at most a fifth of its time on
 * that. */
static struct db *reading_begin(struct loop *loop)
{
    i64 started = clock_steady_ms();
    assert(!loop->reading);
    if (started < loop->retry_at)
        return NULL;
    atomic_store(&loop->since_ms, started);
    loop->reading = reading_try(loop);
    if (loop->reading)
        return loop->db;
    i64 now = clock_steady_ms();
    if (now - started >= LONG_MS)
        loop->retry_at = now + (now - started) * 4;
    return NULL;
}

static void reading_end(struct loop *loop)
{
    if (loop->reading)
        db_rollback(loop->db);
    loop->reading = false;
    atomic_store(&loop->since_ms, 0);
}

static struct arena *arena_take(struct loop *loop)
{
    if (loop->kept_count)
        return loop->kept[--loop->kept_count];
    return arena_new(REQUEST_SOFT_CAP, REQUEST_HARD_CAP);
}

static void arena_give(struct loop *loop, struct arena *mem)
{
    if (loop->kept_count == ARENAS_KEPT) {
        arena_free(mem);
        return;
    }
    arena_reset(mem);
    loop->kept[loop->kept_count++] = mem;
}

/* ---- what came in ---- */

/* Called with the request line, before the headers: the only place where the address stands as
 * it was sent. */
static void *on_target(void *context, const char *uri, struct MHD_Connection *connection)
{
    struct server *server = context;
    struct loop *loop = loop_of(server);
    struct arena *mem = arena_take(loop);
    struct exchange *ex = exchange_new(server->app->web, mem);
    struct passage *p = arena_zero(mem, sizeof *p);
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    *p = (struct passage){ .ex = ex, .server = server, .loop = loop, .connection = connection };
    p->slot = info ? info->socket_context : NULL;
    ex->owner = p;
    ex->cache = loop->cache;
    ex->in.target = arena_str(mem, str_of(uri));
    return p;
}

static str peer_of(struct passage *p)
{
    char text[INET6_ADDRSTRLEN] = "";
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(p->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *address = info ? info->client_addr : NULL;
    if (address && address->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr, text,
                  sizeof text);
    else if (address && address->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, text,
                  sizeof text);
    return arena_str(p->ex->mem, str_of(text));
}

/* libmicrohttpd 0.9 ends a header's value at a NUL byte; what was behind it still stands in its
 * buffer, before the next header. */
static bool hides_a_nul(const struct http_request *in)
{
    for (size_t i = 0; i + 1 < in->header_count; i++) {
        const char *end = in->headers[i].value.ptr + in->headers[i].value.len;
        const char *next = in->headers[i + 1].name.ptr;
        if (next > end && next - end < POOL_BYTES && next - end > 2)
            for (const char *c = end; c < next; c++)
                if (*c != ' ' && *c != '\t' && *c != '\r' && *c != '\n' && *c != '\0')
                    return true;
    }
    return false;
}

static enum MHD_Result on_header(void *context, enum MHD_ValueKind kind, const char *key,
                                 size_t key_size, const char *value, size_t value_size)
{
    struct http_request *in = context;
    (void)kind;
    if (in->header_count < HTTP_HEADERS_MAX)
        in->headers[in->header_count] =
            (struct http_header){ { key, key_size },
                                  { value ? value : "", value ? value_size : 0 } };
    in->header_count++;
    return MHD_YES;
}

static void head_take(struct passage *p, const char *method)
{
    struct exchange *ex = p->ex;
    ex->in.method = arena_str(ex->mem, str_of(method));
    ex->in.peer = peer_of(p);
    MHD_get_connection_values_n(p->connection, MHD_HEADER_KIND, on_header, &ex->in);
    if (ex->in.header_count > HTTP_HEADERS_MAX) {
        ex->in.header_count = HTTP_HEADERS_MAX;
        ex->refused = true;
        exchange_fail(ex, 431, err_make(ERR_INVALID, "web.malformed"));
    } else if (hides_a_nul(&ex->in)) {
        ex->refused = true;
        exchange_fail(ex, 400, err_make(ERR_INVALID, "web.malformed"));
    }
    for (size_t i = 0; i < ex->in.header_count; i++)
        ex->in.headers[i].name = str_lower_ascii(ex->mem, ex->in.headers[i].name);
}

/* ---- answering ---- */

static enum MHD_Result (*library_queue)(struct MHD_Connection *, unsigned int,
                                        struct MHD_Response *);

static struct MHD_Response *stream_response(struct passage *p);

static struct MHD_Response *response_make(struct passage *p)
{
    struct res *res = &p->ex->res;
    if (res->kind == RES_FILE && res->fd >= 0) {
        struct MHD_Response *made = MHD_create_response_from_fd64((uint64_t)res->size, res->fd);
        if (made)
            res->fd = -1; /* closed with the response */
        return made;
    }
    if (res->kind == RES_STREAM && !p->ex->is_head)
        return stream_response(p);
    return MHD_create_response_from_buffer(res->body.len, (void *)(uintptr_t)res->body.ptr,
                                           MHD_RESPMEM_PERSISTENT);
}

static bool has_body(const struct http_request *in)
{
    return http_header_of(in, "content-length").len || http_header_of(in, "transfer-encoding").len;
}

static enum MHD_Result send_answer(struct passage *p)
{
    struct exchange *ex = p->ex;
    struct MHD_Response *response = response_make(p);
    if (!response)
        return MHD_NO;
    for (size_t i = 0; i < ex->res.header_count; i++)
        MHD_add_response_header(response, ex->res.headers[i].name.ptr,
                                ex->res.headers[i].value.ptr);
    if ((ex->refused && (has_body(&ex->in) || ex->failure_status == 400)) ||
        atomic_load(&ex->web->stopping))
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
    connection_sending(p->slot,
                       ex->res.kind == RES_STREAM ? 0 : (i64)ex->res.body.len + ex->res.size);
    enum MHD_Result result = library_queue(p->connection, (unsigned)ex->res.status, response);
    MHD_destroy_response(response);
    return result;
}

static void library_queue_find(void)
{
    void *found = dlsym(RTLD_NEXT, "MHD_queue_response");
    assert(found);
    memcpy(&library_queue, &found, sizeof found);
}

/* What libmicrohttpd cannot read it answers by itself, in English and without our headers. It does
 * so through this public function, which the dynamic linker finds here first: its answer gives way
 * to one of the house. 400 and 413 have no body: when they are about the headers as a whole, 0.9.75
 * sends the head of the answer twice, and the second would be read as the begin of the body. */
enum MHD_Result MHD_queue_response(struct MHD_Connection *connection, unsigned int status,
                                   struct MHD_Response *response)
{
    (void)response;
    struct arena *mem = arena_take(own_loop);
    struct exchange *ex = exchange_new(own_loop->server->app->web, mem);
    exchange_fail(ex, (int)status, err_make(ERR_INVALID, "web.malformed"));
    exchange_finish(ex, NULL);
    bool bare = status == MHD_HTTP_BAD_REQUEST || status == MHD_HTTP_CONTENT_TOO_LARGE;
    struct MHD_Response *own =
        MHD_create_response_from_buffer(bare ? 0 : ex->res.body.len,
                                        (void *)(uintptr_t)ex->res.body.ptr, MHD_RESPMEM_MUST_COPY);
    for (size_t i = 0; own && i < ex->res.header_count; i++)
        MHD_add_response_header(own, ex->res.headers[i].name.ptr, ex->res.headers[i].value.ptr);
    arena_give(own_loop, mem);
    enum MHD_Result result = own ? library_queue(connection, status, own) : MHD_NO;
    if (own)
        MHD_destroy_response(own);
    return result;
}

static enum MHD_Result finish(struct passage *p)
{
    struct db *db = builtin_needs_db(p->ex) ? reading_begin(p->loop) : NULL;
    exchange_finish(p->ex, db);
    reading_end(p->loop);
    return send_answer(p);
}

/* ---- lanes ---- */

static void resume(struct passage *p)
{
    struct server *server = p->server;
    struct MHD_Connection *connection = p->connection;
    MHD_resume_connection(connection); /* the loop may free p from here on */
    atomic_fetch_sub(&server->in_lanes, 1);
}

static err write_run(struct lane_task *task, struct db *db)
{
    return exchange_run(exchange_of(task), db);
}

static void write_done(struct lane_task *task, err result)
{
    struct exchange *ex = exchange_of(task);
    exchange_done(ex, result);
    resume(ex->owner);
}

static bool write_submit(struct passage *p)
{
    struct exchange *ex = p->ex;
    ex->task = (struct lane_task){ .run = write_run, .done = write_done, .is_asked = true };
    return lanes_submit_write(p->server->app->lanes, &ex->task);
}

static err slow_run(struct lane_task *task, struct db *db)
{
    struct exchange *ex = exchange_of(task);
    TRY(db_begin(db));
    exchange_slow(ex, db);
    err e = ex->next == NEXT_READ ? exchange_run(ex, db) : OK;
    db_rollback(db);
    return e;
}

static void slow_done(struct lane_task *task, err result)
{
    struct exchange *ex = exchange_of(task);
    struct passage *p = ex->owner;
    visitors_leave(p->visitors, p->place);
    if (result.code != ERR_NONE || ex->next == NEXT_READ)
        exchange_done(ex, result);
    if (ex->next == NEXT_WRITE && write_submit(p))
        return;
    if (ex->next == NEXT_WRITE)
        exchange_done(ex, err_make(ERR_BUSY, "web.overloaded"));
    resume(p);
}

/* Whoever is signed in is known and has the lane's own limit; other readers share a few places, and
 * so do strangers who send something. Signing in is not among them: a whole hall does it at once
 * behind one address, and has its own lock against guessing. */
static bool slow_may(struct passage *p)
{
    struct exchange *ex = p->ex;
    bool reads = ex->rq.route->method == GET;
    p->visitors = reads ? p->server->visitors : p->server->senders;
    p->place = VISITORS_NONE;
    if (ex->actor.account_id || (!reads && !ex->rq.route->anonymous))
        return true;
    str client =
        ex->request.network.len ? ex->request.network : address_client(ex->mem, ex->rq.address);
    p->place = visitors_enter(p->visitors, client, ex->request.first);
    return p->place != VISITORS_NONE;
}

static bool slow_submit(struct passage *p)
{
    struct exchange *ex = p->ex;
    ex->task = (struct lane_task){ .run = slow_run, .done = slow_done };
    if (lanes_submit_slow(p->server->app->lanes, &ex->task))
        return true;
    visitors_leave(p->visitors, p->place);
    return false;
}

/* Leaves the loop for a lane. The connection is suspended first: the lane may be done before we
 * return. */
static void lane_enter(struct passage *p)
{
    struct exchange *ex = p->ex;
    bool slow = ex->next == NEXT_SLOW, may = !slow || slow_may(p);
    assert(slow || ex->next == NEXT_WRITE);
    atomic_fetch_add(&p->server->in_lanes, 1);
    MHD_suspend_connection(p->connection);
    if (may && (slow ? slow_submit(p) : write_submit(p)))
        return;
    bool sends = ex->rq.route->method != GET;
    exchange_done(ex, err_make(ERR_BUSY, may     ? "web.overloaded"
                                         : sends ? "web.sender_busy"
                                                 : "web.visitor_busy"));
    resume(p);
}

/* ---- streams of events ---- */

static void stream_sleep(void *context)
{
    MHD_suspend_connection(((struct passage *)context)->connection);
}

static void stream_wakes(void *context)
{
    MHD_resume_connection(((struct passage *)context)->connection);
}

/* Whether the login of a stream holds; while the database is away it does. */
static bool is_still_signed_in(struct passage *p)
{
    struct db *db = reading_begin(p->loop);
    bool holds = !db || exchange_still_holds(p->ex, db);
    reading_end(p->loop);
    return holds;
}

static ssize_t on_stream(void *context, uint64_t position, char *to, size_t size)
{
    struct passage *p = context;
    (void)position;
    bool ends = size < LIVE_DATA_MAX * 2 || (stream_beats(p->stream) && !is_still_signed_in(p));
    i64 n = ends ? -1 : stream_read(p->stream, to, size);
    return n < 0 ? MHD_CONTENT_READER_END_OF_STREAM : (ssize_t)n;
}

static struct MHD_Response *stream_response(struct passage *p)
{
    struct exchange *ex = p->ex;
    struct stream_options options = { .org_id = ex->actor.org_id,
                                      .account_id = ex->actor.account_id,
                                      .login_id = ex->actor.login_id,
                                      .most = p->server->app->config.max_connections / 2,
                                      .last_id = http_header_of(&ex->in, "last-event-id"),
                                      .sleep = stream_sleep,
                                      .wake = stream_wakes,
                                      .context = p };
    p->stream = stream_open(ex->web->hub, ex->mem, &options);
    if (!p->stream) {
        ex->res.status = 503;
        return MHD_create_response_from_buffer(0, (void *)(uintptr_t) "", MHD_RESPMEM_PERSISTENT);
    }
    return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, on_stream, p, NULL);
}

/* ---- the stages ---- */

static void head_pass(struct passage *p)
{
    struct exchange *ex = p->ex;
    struct db *db = builtin_needs_db(ex) ? reading_begin(p->loop) : NULL;
    if (ex->next != NEXT_FINISH)
        exchange_head(ex, db);
    if (ex->next == NEXT_BODY && db)
        cache_answer(ex);
    reading_end(p->loop);
}

static void body_pass(struct passage *p)
{
    struct exchange *ex = p->ex;
    struct db *db = reading_begin(p->loop);
    exchange_body(ex, db);
    if (ex->next == NEXT_READ)
        exchange_done(ex, exchange_run(ex, db));
    reading_end(p->loop);
}

/* Part of a body. What is refused already is read and dropped, but not without end. */
static enum MHD_Result body_part(struct passage *p, const char *data, size_t *size)
{
    struct exchange *ex = p->ex;
    p->received += (i64)*size;
    exchange_add_body(ex, (str){ data, *size });
    *size = 0;
    return ex->next == NEXT_FINISH && p->received > 2 * ex->max_body ? MHD_NO : MHD_YES;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *data,
                                  size_t *size, void **own)
{
    struct passage *p = *own;
    assert(p && p->ex);
    struct exchange *ex = p->ex;
    (void)context;
    (void)connection;
    (void)url;
    (void)version;
    if (!p->headed) {
        p->headed = true;
        i64 length = 0;
        head_take(p, method);
        head_pass(p);
        str_to_i64(http_header_of(&ex->in, "content-length"), &length);
        connection_receiving(p->slot, length);
        /* An answer before the body ends the connection: only where there is a body not to read. */
        return ex->refused && has_body(&ex->in) ? finish(p) : MHD_YES;
    }
    if (*size)
        return body_part(p, data, size);
    if (!p->bodied && ex->next == NEXT_BODY)
        body_pass(p);
    p->bodied = true;
    connection_working(p->slot);
    if (ex->next == NEXT_FINISH)
        return finish(p);
    lane_enter(p);
    return MHD_YES;
}

static void on_completed(void *context, struct MHD_Connection *connection, void **own,
                         enum MHD_RequestTerminationCode code)
{
    struct passage *p = *own;
    (void)context;
    (void)connection;
    (void)code;
    *own = NULL;
    if (!p)
        return;
    connection_idle(p->slot);
    if (p->stream)
        stream_close(p->stream);
    cache_release(p->ex->cached);
    arena_give(p->loop, p->ex->mem);
}

static void on_connection(void *context, struct MHD_Connection *connection, void **socket_context,
                          enum MHD_ConnectionNotificationCode code)
{
    struct server *server = context;
    loop_of(server); /* for requests that never get as far as on_target */
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *socket_context = connection_opened(server->connections, info ? info->connect_fd : -1);
        atomic_fetch_sub(&server->handed,
                         1); /* never uncounted in between: a stop would not wait */
    } else {
        connection_closed(server->connections, *socket_context);
        *socket_context = NULL;
    }
}

/* Addresses are decoded by router and params, which are strict. */
static size_t no_unescape(void *context, struct MHD_Connection *connection, char *text)
{
    (void)context;
    (void)connection;
    return strlen(text);
}

__attribute__((format(printf, 2, 0))) static void on_log(void *context, const char *format,
                                                         va_list args)
{
    char text[300];
    (void)context;
    vsnprintf(text, sizeof text, format, args);
    log_note(LOG_DEBUG, "http", "says", str_trim(str_of(text)));
}

/* ---- new connections ---- */

static i64 open_count(struct server *server)
{
    return atomic_load(&server->handed) + atomic_load(&server->app->web->connections);
}

static bool has_room(void *owner)
{
    struct server *server = owner;
    return open_count(server) < server->most;
}

/* The library spreads them evenly over its loops; what it cannot take it closes. */
static void take(void *owner, int fd, const struct sockaddr *from, socklen_t size)
{
    struct server *server = owner;
    atomic_fetch_add(&server->handed, 1);
    if (MHD_add_connection(server->daemon, fd, from, size) != MHD_YES)
        atomic_fetch_sub(&server->handed, 1);
}

/* ---- start and end ---- */

static unsigned loop_count(const struct app *app)
{
    long cores = app->config.loops > 0 ? (long)app->config.loops : sysconf(_SC_NPROCESSORS_ONLN);
    return (unsigned)(cores < 1 ? 1 : cores > LOOPS_MAX ? LOOPS_MAX : cores);
}

err serve_start(struct app *app, int fd, struct server **out)
{
    struct server *server = arena_zero(app->mem, sizeof *server);
    unsigned loops = loop_count(app);
    i64 most = server->most = serve_file_limit(app->config.max_connections);
    serve_queue(fd, most);
    library_queue_find();
    server->app = app;
    pthread_mutex_init(&server->mutex, NULL);
    server->visitors = visitors_new(app->mem, VISITORS_EACH, VISITORS_ALL, 0);
    server->senders = visitors_new(app->mem, SENDERS_EACH, SENDERS_ALL, SENDERS_KEPT);
    server->connections = connections_new(app->mem, most, &app->web->connections);
    server->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME |
            MHD_USE_ERROR_LOG,
        0, NULL, NULL, on_request, server, MHD_OPTION_EXTERNAL_LOGGER, on_log, NULL,
        MHD_OPTION_THREAD_POOL_SIZE, loops > 1 ? loops : 0u, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)most * loops, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL_BYTES,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_NOTIFY_CONNECTION,
        on_connection, server, MHD_OPTION_URI_LOG_CALLBACK, on_target, server,
        MHD_OPTION_UNESCAPE_CALLBACK, no_unescape, NULL, MHD_OPTION_END);
    if (!server->daemon)
        return err_make(ERR_INTERNAL, "web.serve");
    server->ticker = ticker_start(app, server->connections);
    *out = server;
    TRY(crossing_start(app, &server->crossing));
    return acceptor_start(app->mem,
                          &(struct acceptor_options){
                              .fd = fd, .has_room = has_room, .take = take, .owner = server },
                          &server->acceptor);
}

i64 serve_stuck_ms(struct server *server)
{
    i64 most = 0, now = clock_steady_ms();
    pthread_mutex_lock(&server->mutex);
    for (int i = 0; i < server->loop_count; i++) {
        i64 since = atomic_load(&server->loops[i]->since_ms);
        most = since && now - since > most ? now - since : most;
    }
    pthread_mutex_unlock(&server->mutex);
    return most;
}

/* Waits until nothing is open, or the time is over. */
static void drain(struct server *server, i64 max_ms)
{
    i64 begin = clock_steady_ms();
    while (open_count(server) > 0 && clock_steady_ms() - begin < max_ms) {
        if (clock_steady_ms() - begin > max_ms / 3)
            connections_end_idle(server->connections);
        usleep(10000);
    }
}

void serve_stop(struct server *server, i64 max_ms)
{
    struct web *web = server->app->web;
    atomic_store(&web->stopping, true);
    acceptor_stop(server->acceptor);
    hub_end(web->hub);
    drain(server, max_ms);
    connections_end_all(server->connections);
    while (atomic_load(&server->in_lanes) > 0)
        usleep(1000);
    ticker_stop(server->ticker);
    crossing_stop(server->crossing);
    MHD_stop_daemon(server->daemon);
    for (int i = 0; i < server->loop_count; i++)
        loop_free(server->loops[i]);
    pthread_mutex_destroy(&server->mutex);
}
