/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The house in a test (test_app.h): start and stop, who asks, asking. Looking at answers is
 * test_answer.c. */
#include "tests/harness/test_app.h"

#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "embed.h"
#include "platform/base/log.h"
#include "platform/files/files.h"
#include "platform/text/texts.h"
#include "platform/web/exchange.h"
#include "tests/harness/test_db.h"
#include "tests/harness/test_setup.h"

enum { COOKIES_MAX = 20, APP_CAP = 1 << 30, PIECE = 1000 };

struct test_browser {
    struct http_header cookies[COOKIES_MAX];
    size_t cookie_count;
    struct actor actor;
    bool faked; /* who asks is `actor`, not what the cookies say */
    struct db *read;
    char dir[64];
};

static void must(err e, const char *what)
{
    if (e.code == ERR_NONE)
        return;
    fprintf(stderr, "test_app: %s: %s %.*s %.*s (%s:%d)\n", what, e.name, (int)e.arg[0].len,
            e.arg[0].ptr, (int)e.arg[1].len, e.arg[1].ptr, e.file ? e.file : "", e.line);
    abort();
}

/* ---- who asks ---- */

static err identify(struct app *app, struct db *db, const struct credentials *credentials,
                    struct arena *mem, struct actor *out, bool *stale)
{
    struct test_app *t = (struct test_app *)(void *)((char *)app - offsetof(struct test_app, app));
    if (!t->browser->faked)
        return access_actor(app, db, credentials, mem, out, stale);
    *out = t->browser->actor;
    *stale = false;
    return OK;
}

void test_as_cookie(struct test_app *t)
{
    t->browser->faked = false;
}

void test_as_nobody(struct test_app *t)
{
    struct actor nobody = { .org_id = t->org, .org_name = str_of("Test"), .name = str_of("") };
    test_as(t, &nobody);
    t->browser->cookie_count = 0;
}

struct actor *test_as(struct test_app *t, const struct actor *actor)
{
    t->browser->actor = *actor;
    t->browser->faked = true;
    return &t->browser->actor;
}

void test_may(struct actor *actor, const char *permission, enum scope scope)
{
    int number = permission_number(permission);
    if (number < 0) {
        fprintf(stderr, "test_may: no permission %s\n", permission);
        abort();
    }
    actor->scopes[number] = (unsigned char)scope;
}

static bool has_word(const char *words, str word)
{
    str rest = str_of(words), part;
    while (str_split(&rest, ' ', &part))
        if (part.len && str_eq(part, word))
            return true;
    return false;
}

struct actor *test_as_role(struct test_app *t, const char *roles)
{
    struct actor actor = { .account_id = 100,
                           .person_id = 200,
                           .org_id = t->org,
                           .login_id = 1,
                           .name = str_of("Tester"),
                           .org_name = str_of("Test"),
                           .csrf = str_of("csrf-of-the-test"),
                           .authenticated_at = t->app.clock.fixed_ms };
    size_t count;
    const struct permission *all = permission_all(&count);
    for (size_t i = 0; i < count; i++) {
        str rest = str_of(roles), role;
        while (str_split(&rest, ' ', &role))
            if (role.len && has_word(all[i].roles, role))
                actor.scopes[permission_number(all[i].name)] = SCOPE_ORG;
    }
    return test_as(t, &actor);
}

/* ---- start and stop ---- */

static void config_make(struct test_app *t)
{
    static const unsigned char SECRET[32] = "thirty-two bytes for tests only";
    t->app.config = (struct config){
        .listen = str_of("127.0.0.1:0"),
        .data = str_of(t->browser->dir),
        .db = test_db_url(t->db),
        .trusted_proxies = str_of("10.9.8.7"),
        .log_level = str_of("error"),
        .secret_file = str_of(""),
        .public_url = str_of("http://huotang.test"),
        .smtp_url = str_of(""),
        .smtp_from = str_of(""),
        .smtp_password_file = str_of(""),
        .loops = 1,
        .max_connections = 100,
    };
    t->app.secret = (bytes){ SECRET, sizeof SECRET };
}

/* A reader waits two seconds for the database; a crowded machine may take longer to begin a
 * process there. */
static err reading_open(struct test_app *t)
{
    err e = err_make(ERR_BUSY, "db.away");
    for (int i = 0; i < 5 && err_is(e, "db.away"); i++)
        e = db_open(t->app.config.db, DB_READ, &t->browser->read);
    return e;
}

struct test_app *test_app_new(const struct module *const *modules)
{
    struct arena *mem = arena_new(APP_CAP, 0);
    struct test_app *t = arena_zero(mem, sizeof *t);
    struct lanes_options lanes = { .synchronous = true };
    t->mem = mem;
    t->org = 1;
    t->browser = arena_zero(mem, sizeof *t->browser);
    snprintf(t->browser->dir, sizeof t->browser->dir, "/tmp/huotang-test-XXXXXX");
    if (!mkdtemp(t->browser->dir))
        abort();
    log_set_level(getenv("HUOTANG_TEST_LOG") ? LOG_DEBUG : LOG_ERROR);
    test_setup_before(mem);
    t->db = test_db_open(app_schemas(mem, modules));
    t->app = (struct app){
        .mem = mem, .clock = clock_fixed(TEST_NOW_MS), .rng = rng_seeded(1), .modules = modules
    };
    config_make(t);
    must(text_load(mem, embed_texts), "texts");
    must(lanes_start(&t->app, &lanes), "lanes");
    test_setup_after(t);
    must(web_new(&t->app), "web");
    t->app.web->identify = identify;
    must(reading_open(t), "read connection");
    db_set_org(t->db, t->org);
    test_as_nobody(t);
    return t;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *at)
{
    (void)info;
    (void)kind;
    (void)at;
    return remove(path);
}

void test_app_free(struct test_app *t)
{
    if (!t)
        return;
    lanes_stop(&t->app);
    db_close(t->browser->read);
    test_db_close(t->db);
    nftw(t->browser->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_free(t->mem);
}

/* ---- cookies ---- */

str test_cookie(const struct test_app *t, const char *name)
{
    for (size_t i = 0; i < t->browser->cookie_count; i++)
        if (str_is(t->browser->cookies[i].name, name))
            return t->browser->cookies[i].value;
    return str_of("");
}

static void cookie_keep(struct test_app *t, str line)
{
    struct test_browser *b = t->browser;
    i64 sign = str_find(line, str_of("="), 0), end = str_find(line, str_of(";"), 0);
    str name = str_sub(line, 0, (size_t)sign);
    str value = str_sub(line, (size_t)sign + 1, (size_t)(end - sign) - 1);
    size_t at = 0;
    while (at < b->cookie_count && !str_eq(b->cookies[at].name, name))
        at++;
    if (str_find(line, str_of("Max-Age=0"), 0) >= 0) {
        if (at < b->cookie_count)
            b->cookies[at] = b->cookies[--b->cookie_count];
        return;
    }
    if (at == b->cookie_count && b->cookie_count++ == COOKIES_MAX)
        abort();
    b->cookies[at] = (struct http_header){ arena_str(t->mem, name), arena_str(t->mem, value) };
}

/* ---- asking ---- */

static err task_run(struct lane_task *task, struct db *db)
{
    return exchange_run(exchange_of(task), db);
}

static void task_done(struct lane_task *task, err result)
{
    exchange_done(exchange_of(task), result);
}

static void add_body(struct exchange *ex, str body)
{
    for (size_t at = 0; at < body.len && ex->next == NEXT_BODY; at += PIECE)
        exchange_add_body(ex, str_sub(body, at, PIECE));
}

static void lanes_pass(struct test_app *t, struct exchange *ex)
{
    struct db *read = t->browser->read;
    if (ex->next == NEXT_SLOW)
        exchange_slow(ex, read);
    if (ex->next == NEXT_READ)
        exchange_done(ex, exchange_run(ex, read));
    if (ex->next != NEXT_WRITE)
        return;
    ex->task = (struct lane_task){ .run = task_run, .done = task_done };
    if (!lanes_submit_write(t->app.lanes, &ex->task))
        exchange_done(ex, err_make(ERR_BUSY, "web.overloaded"));
}

static str fd_read(struct test_app *t, struct exchange *ex)
{
    char *to = arena_zero(t->mem, (size_t)ex->res.size + 1);
    size_t len = 0;
    ssize_t n;
    while (len < (size_t)ex->res.size &&
           (n = pread(ex->res.fd, to + len, (size_t)ex->res.size - len, (off_t)len)) > 0)
        len += (size_t)n;
    return (str){ to, len };
}

static struct test_answer answer_take(struct test_app *t, struct exchange *ex)
{
    const struct res *res = &ex->res;
    struct test_answer a = { .status = res->status,
                             .location = arena_str(t->mem, res->location),
                             .type = arena_str(t->mem, str_of(res->type)) };
    a.body = res->kind == RES_FILE
                 ? fd_read(t, ex)
                 : arena_str(t->mem, (str){ (const char *)res->body.ptr, res->body.len });
    for (size_t i = 0; i < res->header_count; i++) {
        struct test_header h = { arena_str(t->mem, res->headers[i].name),
                                 arena_str(t->mem, res->headers[i].value) };
        a.headers[a.header_count++] = h;
        if (str_is(h.name, "Set-Cookie"))
            cookie_keep(t, h.value);
    }
    return a;
}

static void head_add(struct exchange *ex, const char *name, str value)
{
    if (value.len)
        ex->in.headers[ex->in.header_count++] = (struct http_header){ str_of(name), value };
}

static void head_fill(struct test_app *t, struct exchange *ex, const struct test_request *rq)
{
    struct buf *cookies = buf_new(ex->mem, 1 << 16);
    ex->in.method = str_of(rq->method);
    ex->in.target = str_of(rq->target);
    ex->in.peer = str_of(rq->peer ? rq->peer : "127.0.0.1");
    head_add(ex, "host", str_of("huotang.test"));
    for (size_t i = 0; i < rq->header_count; i++)
        head_add(ex, str_lower_ascii(ex->mem, rq->headers[i].name).ptr, rq->headers[i].value);
    for (size_t i = 0; i < t->browser->cookie_count; i++) {
        struct http_header c = t->browser->cookies[i];
        buf_printf(cookies, "%s%.*s=%.*s", i ? "; " : "", (int)c.name.len, c.name.ptr,
                   (int)c.value.len, c.value.ptr);
    }
    head_add(ex, "cookie", buf_str(cookies));
    if (rq->body.len)
        head_add(ex, "content-length", arena_printf(ex->mem, "%zu", rq->body.len));
}

struct test_answer test_ask(struct test_app *t, const struct test_request *rq)
{
    struct arena *mem = arena_new(REQUEST_SOFT_CAP, REQUEST_HARD_CAP);
    struct exchange *ex = exchange_new(t->app.web, mem);
    head_fill(t, ex, rq);
    exchange_head(ex, t->browser->read);
    add_body(ex, rq->body);
    if (ex->next == NEXT_BODY)
        exchange_body(ex, t->browser->read);
    lanes_pass(t, ex);
    if (ex->next != NEXT_FINISH)
        abort();
    exchange_finish(ex, t->browser->read);
    struct test_answer a = answer_take(t, ex);
    arena_free(mem);
    return a;
}

void test_header(struct test_request *rq, const char *name, str value)
{
    rq->headers[rq->header_count++] = (struct test_header){ str_of(name), value };
}

str test_csrf(struct test_app *t)
{
    if (t->browser->faked && t->browser->actor.account_id)
        return t->browser->actor.csrf;
    struct test_answer page = test_get(t, "/no-such-page-but-its-forms");
    return test_field(t, &page, "csrf");
}

struct test_answer test_get(struct test_app *t, const char *path)
{
    struct test_request rq = { .method = "GET", .target = path };
    return test_ask(t, &rq);
}

static void put_encoded(struct buf *b, const char *text)
{
    for (const char *c = text; *c; c++) {
        bool plain =
            (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9');
        if (plain)
            buf_put_byte(b, *c);
        else
            buf_printf(b, "%%%02X", (unsigned char)*c);
    }
}

struct test_answer test_post(struct test_app *t, const char *path, ...)
{
    struct buf *body = buf_new(t->mem, 64 << 20);
    va_list args;
    va_start(args, path);
    buf_put(body, "csrf=");
    put_encoded(body, arena_cstr(t->mem, test_csrf(t)));
    for (const char *name; (name = va_arg(args, const char *));) {
        buf_put(body, "&");
        put_encoded(body, name);
        buf_put(body, "=");
        put_encoded(body, va_arg(args, const char *));
    }
    va_end(args);
    struct test_request rq = { .method = "POST", .target = path, .body = buf_str(body) };
    test_header(&rq, "Content-Type", str_of("application/x-www-form-urlencoded"));
    return test_ask(t, &rq);
}

const char *test_versioned(struct test_app *t, const char *json, i64 version)
{
    if (strstr(json, "\"version\""))
        return json;
    return arena_printf(t->mem, "{\"version\":%lld%s%s", (long long)version,
                        json[1] == '}' ? "" : ",", json + 1)
        .ptr;
}

struct test_answer test_api(struct test_app *t, enum web_method method, const char *path,
                            const char *json)
{
    struct test_request rq = { .method = method_name(method),
                               .target = path,
                               .body = str_of(json) };
    if (json)
        test_header(&rq, "Content-Type", str_of("application/json"));
    if (method != GET)
        test_header(&rq, "X-CSRF-Token", test_csrf(t));
    return test_ask(t, &rq);
}

static void put_part(struct buf *b, const char *name, const char *file, str value)
{
    buf_printf(b, "--test-boundary\r\nContent-Disposition: form-data; name=\"%s\"", name);
    if (file)
        buf_printf(b, "; filename=\"%s\"\r\nContent-Type: application/octet-stream", file);
    buf_put(b, "\r\n\r\n");
    buf_add(b, value);
    buf_put(b, "\r\n");
}

struct test_answer test_upload(struct test_app *t, const char *path, const struct test_file *files,
                               ...)
{
    struct buf *body = buf_new(t->mem, 256 << 20);
    va_list args;
    va_start(args, files);
    put_part(body, "csrf", NULL, test_csrf(t));
    for (const char *name; (name = va_arg(args, const char *));)
        put_part(body, name, NULL, str_of(va_arg(args, const char *)));
    va_end(args);
    for (const struct test_file *f = files; f->field; f++)
        put_part(body, f->field, f->name, f->bytes);
    buf_put(body, "--test-boundary--\r\n");
    struct test_request rq = { .method = "POST", .target = path, .body = buf_str(body) };
    test_header(&rq, "Content-Type", str_of("multipart/form-data; boundary=test-boundary"));
    return test_ask(t, &rq);
}

/* ---- within the house ---- */

struct rq test_system_rq(struct test_app *t)
{
    struct rq rq;
    app_system_rq(&t->app, t->db, t->mem, t->org, &rq);
    return rq;
}

struct call {
    struct test_app *t;
    err (*fn)(struct rq *rq, void *context);
    void *context;
};

static err call_run(struct app *app, struct db *db, struct arena *mem, void *context)
{
    struct call *call = context;
    struct rq rq;
    app_system_rq(app, db, mem, call->t->org, &rq);
    return call->fn(&rq, call->context);
}

const struct sheet_spool *test_list(struct test_app *t, const char *path)
{
    const struct sheet_spool *list;
    err e = sheet_spool(t->mem, str_of(path), &list);
    if (e.code)
        abort();
    return list;
}

err test_write(struct test_app *t, err (*fn)(struct rq *rq, void *context), void *context)
{
    struct call call = { t, fn, context };
    return lanes_write(&t->app, call_run, &call);
}
