/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See rehearse.h. The lanes run the handler; an error after it makes them roll back. */
#include "tests/matrix/rehearse.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "platform/base/str.h"

struct run {
    struct lane_task task; /* first: run and done get its address */
    struct exchange *ex;
    const struct rehearsal *r;
    struct exchange *second; /* the same again, or NULL */
    err result;
};

/* The answer to the second is drawn when the transaction is over, as for the first. */
static void run_again(struct run *run, struct db *db)
{
    struct again *again = run->r->again;
    if (!run->second || run->second->next != NEXT_WRITE)
        return;
    err e = exchange_run(run->second, db);
    again->done = e.code == ERR_NONE;
    if (again->done && again->look)
        again->look(db, again->context);
    exchange_done(run->second, e);
}

static err run_and_undo(struct lane_task *task, struct db *db)
{
    struct run *run = (struct run *)task;
    run->result = exchange_run(run->ex, db);
    if (run->result.code != ERR_NONE)
        return run->result;
    if (run->r->look)
        run->r->look(db, run->r->context);
    run_again(run, db);
    return err_make(ERR_CONFLICT, "test.undone");
}

static void done(struct lane_task *task, err result)
{
    struct run *run = (struct run *)task;
    bool undone = err_is(result, "test.undone");
    exchange_done(run->ex, undone ? run->result : result);
}

static void add(struct exchange *ex, const char *name, str value)
{
    ex->in.headers[ex->in.header_count++] = (struct http_header){ str_of(name), value };
}

static void head(struct exchange *ex, const struct rehearsal *r)
{
    ex->in.method = str_of(method_name(r->method));
    ex->in.target = str_of(r->target);
    ex->in.peer = str_of("127.0.0.1");
    add(ex, "host", str_of(r->host ? r->host : "huotang.test"));
    for (const struct http_header *h = r->more; h && h->name.len; h++)
        ex->in.headers[ex->in.header_count++] = *h;
    if (r->origin)
        add(ex, "origin", str_of(r->origin));
    if (!r->site || *r->site)
        add(ex, "sec-fetch-site", str_of(r->site ? r->site : "same-origin"));
    if (r->method == GET)
        return;
    const char *type = r->type ? r->type : "application/x-www-form-urlencoded";
    add(ex, "content-type", str_of(type));
    add(ex, "content-length", arena_printf(ex->mem, "%zu", r->body ? strlen(r->body) : 0));
    if (r->token.len)
        add(ex, "x-csrf-token", r->token);
}

static void lanes_pass(struct exchange *ex, struct exchange *second, const struct rehearsal *r,
                       bool *written)
{
    if (ex->next == NEXT_READ)
        exchange_done(ex, exchange_run(ex, r->read));
    if (ex->next != NEXT_WRITE)
        return;
    struct run run = {
        .task = { .run = run_and_undo, .done = done }, .ex = ex, .r = r, .second = second
    };
    if (!lanes_submit_write(r->t->app.lanes, &run.task))
        abort();
    *written = run.result.code == ERR_NONE;
}

static str headers_of(struct exchange *ex)
{
    struct buf *b = buf_new(ex->mem, 1 << 16);
    for (size_t i = 0; i < ex->res.header_count; i++) {
        const struct http_header *h = &ex->res.headers[i];
        if (!str_is(h->name, "X-Request-Id"))
            buf_printf(b, "%.*s: %.*s\n", (int)h->name.len, h->name.ptr, (int)h->value.len,
                       h->value.ptr);
    }
    return buf_str(b);
}

static str file_read(struct exchange *ex)
{
    char *to = arena_zero(ex->mem, (size_t)ex->res.size + 1);
    ssize_t n = pread(ex->res.fd, to, (size_t)ex->res.size, 0);
    close(ex->res.fd);
    return (str){ to, n > 0 ? (size_t)n : 0 };
}

/* Everything up to the lane in which the handler runs. */
static struct exchange *prepare(const struct rehearsal *r, struct arena *mem)
{
    struct exchange *ex = exchange_new(r->t->app.web, mem);
    head(ex, r);
    exchange_head(ex, r->read);
    if (r->body && ex->next == NEXT_BODY)
        exchange_add_body(ex, str_of(r->body));
    if (ex->next == NEXT_BODY)
        exchange_body(ex, r->read);
    if (ex->next == NEXT_SLOW)
        exchange_slow(ex, r->read);
    return ex;
}

static void tell_again(struct exchange *second, const struct rehearsal *r)
{
    if (second->next != NEXT_FINISH)
        return; /* the first never came to write */
    exchange_finish(second, r->read);
    r->again->status = second->res.status;
    r->again->location = second->res.location;
    r->again->body = (str){ (const char *)second->res.body.ptr, second->res.body.len };
}

struct reply rehearse(const struct rehearsal *r)
{
    struct arena *mem = arena_new(64 << 20, 256 << 20);
    bool written = false;
    atomic_store(&r->t->app.web->serial, 1000); /* the same randomness each time */
    struct exchange *ex = prepare(r, mem), *second = r->again ? prepare(r, mem) : NULL;
    lanes_pass(ex, second, r, &written);
    exchange_finish(ex, r->read);
    if (second)
        tell_again(second, r);
    struct reply reply = { .mem = mem,
                           .status = ex->res.status,
                           .location = ex->res.location,
                           .type = str_of(ex->res.type),
                           .headers = headers_of(ex),
                           .written = written };
    reply.body = ex->res.kind == RES_FILE
                     ? file_read(ex)
                     : (str){ (const char *)ex->res.body.ptr, ex->res.body.len };
    return reply;
}

/* ---- two at once ---- */

struct racer {
    struct exchange *ex;
    struct db *db;
    err result;
    atomic_bool over;
};

static void *race_run(void *of)
{
    struct racer *racer = of;
    racer->result = exchange_run(racer->ex, racer->db);
    atomic_store(&racer->over, true);
    return NULL;
}

static void race_begin(struct racer *racer, const struct rehearsal *r, struct arena *mem,
                       struct db *db)
{
    racer->ex = prepare(r, mem);
    racer->db = db;
    if (db_begin(db).code != ERR_NONE)
        abort();
}

bool rehearse_race(const struct rehearsal *r, struct race *out)
{
    struct arena *mem = arena_new(64 << 20, 256 << 20);
    struct racer first = { 0 }, second = { 0 };
    pthread_t thread;
    race_begin(&first, r, mem, out->db[0]);
    race_begin(&second, r, mem, out->db[1]);
    bool both = first.ex->next == NEXT_WRITE && second.ex->next == NEXT_WRITE;
    if (both) {
        race_run(&first);
        if (pthread_create(&thread, NULL, race_run, &second) != 0)
            abort();
        usleep(20000);
        out->waited = !atomic_load(&second.over);
        db_rollback(first.db);
        pthread_join(thread, NULL);
        out->second = second.result.code == ERR_NONE;
        both = first.result.code == ERR_NONE;
    }
    db_rollback(first.db);
    db_rollback(second.db);
    arena_free(mem);
    return both;
}

void reply_free(struct reply *reply)
{
    arena_free(reply->mem);
    reply->mem = NULL;
}

char reply_class(const struct reply *reply)
{
    int status = reply->status;
    bool to_login =
        str_starts(reply->location, str_of("/login?")) || str_is(reply->location, "/login");
    if (status == 401 || (status == 303 && to_login))
        return 'l';
    if (status == 403)
        return 'f';
    if (status == 404)
        return 'n';
    if (status == 409)
        return 'c';
    return status < 400 || status == 422 ? 'o' : '!';
}

bool reply_has(const struct reply *reply, const char *text)
{
    return reply->body.len && str_find(reply->body, str_of(text), 0) >= 0;
}
