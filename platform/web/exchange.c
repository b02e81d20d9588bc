/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The stages of a request (exchange.h). Each either goes on or notes a failure, which
 * exchange_finish words; nothing is sent from here. */
#include "platform/web/exchange.h"

#include <assert.h>

#include "platform/base/log.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/anonymous.h"
#include "platform/web/builtin.h"
#include "platform/web/csrf.h"
#include "platform/web/forms.h"
#include "platform/web/idempotency.h"
#include "platform/web/proxies.h"

enum { AGENT_MAX = 200, ID_BYTES = 6, KEY_MAX = 200, HEADERS_MAX_BYTES = 64 * 1024 };

/* ---- what came in ---- */

str http_header_of(const struct http_request *in, const char *name)
{
    for (size_t i = 0; i < in->header_count; i++)
        if (str_is(in->headers[i].name, name))
            return in->headers[i].value;
    return str_of("");
}

size_t http_header_count(const struct http_request *in, const char *name)
{
    size_t count = 0;
    for (size_t i = 0; i < in->header_count; i++)
        count += str_is(in->headers[i].name, name);
    return count;
}

/* All lines of a header as the one list that they mean (RFC 9110 5.3), in their order. */
static str header_joined(const struct http_request *in, struct arena *mem, const char *name)
{
    struct buf *all = buf_new(mem, HEADERS_MAX_BYTES);
    if (http_header_count(in, name) < 2)
        return http_header_of(in, name);
    for (size_t i = 0; i < in->header_count; i++) {
        if (!str_is(in->headers[i].name, name))
            continue;
        buf_put(all, all->len ? "," : "");
        buf_add(all, in->headers[i].value);
    }
    return buf_str(all);
}

str http_cookie_of(const struct http_request *in, str name)
{
    for (size_t i = 0; i < in->header_count; i++) {
        str rest = in->headers[i].value, part;
        if (!str_is(in->headers[i].name, "cookie"))
            continue;
        while (str_split(&rest, ';', &part)) {
            part = str_trim(part);
            if (part.len > name.len && part.ptr[name.len] == '=' && str_starts(part, name))
                return str_sub(part, name.len + 1, part.len);
        }
    }
    return str_of("");
}

void exchange_fail(struct exchange *ex, int status, err failure)
{
    assert(failure.code != ERR_NONE);
    if (ex->request.counted && ex->failure.code == ERR_NONE)
        anonymous_give_back(ex, failure);
    ex->failure = failure;
    ex->failure_status = status;
    ex->next = NEXT_FINISH;
}

struct exchange *exchange_new(struct web *web, struct arena *mem)
{
    struct exchange *ex = arena_zero(mem, sizeof *ex);
    ex->web = web;
    ex->mem = mem;
    ex->started_ns = clock_steady_ns();
    ex->res = (struct res){ .rq = &ex->rq, .fd = -1 };
    ex->request.exchange = ex;
    ex->rng = web->app->rng;
    if (ex->rng.state) /* seeded: every request its own sequence */
        ex->rng.state += (atomic_fetch_add(&web->serial, 1) + 1) * 0x9E3779B97F4A7C15u;
    unsigned char id[ID_BYTES];
    ex->rng.fill(&ex->rng, id, sizeof id);
    ex->rq = (struct rq){ .app = web->app,
                          .mem = mem,
                          .actor = &ex->actor,
                          .rng = &ex->rng,
                          .id = str_hex(mem, (bytes){ id, sizeof id }),
                          .web = &ex->request,
                          .path = { "", 0 },
                          .query = { "", 0 },
                          .address = { "", 0 },
                          .agent = { "", 0 },
                          .mode = { "standard", 8 } };
    ex->actor.name = ex->actor.org_name = ex->actor.delegator_name = ex->actor.csrf = str_of("");
    ex->request.visitor = ex->request.idempotency = ex->request.login_cookie = str_of("");
    ex->request.network = ex->request.stamp = str_of("");
    ex->rq.now_ms = web->app->clock.now_ms(&web->app->clock);
    ex->rq.today = day_of_ms(ex->rq.now_ms);
    return ex;
}

/* ---- the head ---- */

static bool has_control(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (((unsigned char)s.ptr[i] < 0x20 && s.ptr[i] != '\t') || s.ptr[i] == 0x7F)
            return true;
    return false;
}

/* What could mean two things to two programs in a row is refused (request smuggling, RFC 9112
 * section 11.2). */
static bool head_is_clear(const struct http_request *in)
{
    size_t lengths = http_header_count(in, "content-length");
    size_t encodings = http_header_count(in, "transfer-encoding");
    i64 length;
    for (size_t i = 0; i < in->header_count; i++)
        if (has_control(in->headers[i].name) || has_control(in->headers[i].value))
            return false;
    if (http_header_count(in, "host") > 1 || lengths > 1 || encodings > 1 || (lengths && encodings))
        return false;
    if (encodings && !str_is(http_header_of(in, "transfer-encoding"), "chunked"))
        return false;
    str sent = http_header_of(in, "content-length");
    for (size_t i = 0; i < sent.len; i++)
        if (sent.ptr[i] < '0' || sent.ptr[i] > '9')
            return false;
    return !lengths || str_to_i64(sent, &length);
}

static void target_split(struct exchange *ex)
{
    i64 mark = str_find(ex->in.target, str_of("?"), 0);
    ex->rq.path = mark < 0 ? ex->in.target : str_sub(ex->in.target, 0, (size_t)mark);
    ex->rq.query =
        mark < 0 ? str_of("") : str_sub(ex->in.target, (size_t)mark + 1, ex->in.target.len);
    ex->rq.api = str_starts(ex->rq.path, str_of("/api/"));
}

/* A proxy on this machine that config.trusted_proxies does not name makes all visitors one: every
 * limit then counts the whole town as one network. It is told once, without whom it stands for. */
static void proxy_note(struct exchange *ex, bool trusted)
{
    if (!ex->forwarded || trusted || !address_is_loopback(ex->in.peer) ||
        atomic_exchange(&ex->web->proxy_unknown, true))
        return;
    log_note(LOG_WARN, "web.proxy_unknown", "hint", text_find("web.proxy_unknown"));
}

static void client_read(struct exchange *ex)
{
    const struct config *config = &ex->web->app->config;
    const struct http_request *in = &ex->in;
    str forwarded = header_joined(in, ex->mem, "x-forwarded-for");
    bool trusted = proxy_is_trusted(config->trusted_proxies, in->peer);
    ex->forwarded = forwarded.len > 0;
    proxy_note(ex, trusted);
    ex->rq.address = proxy_client(config->trusted_proxies, in->peer, forwarded);
    ex->secure = trusted && str_is(http_header_of(in, "x-forwarded-proto"), "https");
    ex->secure_cookies = config->secure_cookies || ex->secure;
    ex->rq.agent = str_sub(http_header_of(in, "user-agent"), 0, AGENT_MAX);
    if (!str_is_utf8(ex->rq.agent))
        ex->rq.agent = str_of("");
    ex->rq.fragment = str_is(http_header_of(in, "hx-request"), "true");
}

static bool is_mode(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!((s.ptr[i] >= 'a' && s.ptr[i] <= 'z') || (s.ptr[i] == '-' && i)))
            return false;
    return s.len > 0 && s.len <= 40;
}

/* Words are joined by - in the cookie, by a space for views. */
static void mode_read(struct exchange *ex)
{
    str mode = http_cookie_of(&ex->in, str_of(ex->secure_cookies ? "__Host-mode" : "mode"));
    char *to = arena_zero(ex->mem, mode.len + 1);
    if (!is_mode(mode)) {
        ex->rq.mode = str_of("standard");
        return;
    }
    for (size_t i = 0; i < mode.len; i++)
        to[i] = mode.ptr[i] == '-' ? ' ' : mode.ptr[i];
    ex->rq.mode = (str){ to, mode.len };
}

static bool is_anonymous(const struct exchange *ex)
{
    return ex->entry && ex->entry->route.anonymous;
}

static struct credentials credentials_of(struct exchange *ex, struct arena *mem)
{
    str authorization = http_header_of(&ex->in, "authorization");
    struct credentials credentials = {
        .address = ex->rq.address,
        .agent = ex->rq.agent,
        .cookie = { "", 0 },
        .bearer = { "", 0 },
        .unattended =
            str_is(ex->rq.path, EVENTS_PATH) || http_header_of(&ex->in, "x-unattended").len > 0,
    };
    if (is_anonymous(ex))
        return credentials;
    if (str_is(str_lower_ascii(mem, str_sub(authorization, 0, 7)), "bearer "))
        credentials.bearer = str_trim(str_sub(authorization, 7, authorization.len));
    else
        credentials.cookie =
            http_cookie_of(&ex->in, str_of(ex->secure_cookies ? "__Host-login" : "login"));
    return credentials;
}

static err actor_read(struct exchange *ex, struct db *db)
{
    struct credentials credentials = credentials_of(ex, ex->mem);
    ex->request.login_cookie = credentials.cookie;
    TRY(ex->web->identify(ex->web->app, db, &credentials, ex->mem, &ex->actor,
                          &ex->request.login_stale));
    db_set_org(db, ex->actor.org_id);
    if (is_anonymous(ex)) {
        anonymous_forget(ex);
        TRY(anonymous_settle(ex, db));
    }
    if (credentials.bearer.len && !ex->actor.account_id)
        return err_make(ERR_FORBIDDEN, "web.bad_token");
    return OK;
}

bool exchange_still_holds(struct exchange *ex, struct db *db)
{
    enum { CHECK_CAP = 1 << 20 };
    struct arena *mem = arena_new(CHECK_CAP, 0);
    struct credentials credentials = credentials_of(ex, mem);
    struct actor actor = { 0 };
    bool stale = false;
    err e = ex->web->identify(ex->web->app, db, &credentials, mem, &actor, &stale);
    bool holds = e.code != ERR_NONE || (!stale && actor.account_id == ex->actor.account_id);
    arena_free(mem);
    return holds;
}

static bool is_unsafe(const struct exchange *ex)
{
    return ex->entry->route.method != GET;
}

/* Whether the actor may use the route at all; what it may do with an object is the module's
 * rule. */
static err route_allows(const struct exchange *ex)
{
    const struct route *route = &ex->entry->route;
    const struct actor *actor = &ex->actor;
    if (strcmp(route->may, PUBLIC) == 0)
        return OK;
    if (!actor->account_id)
        return err_make(ERR_FORBIDDEN, "web.sign_in");
    if (!route->unenrolled && actor->must_change_password)
        return err_make(ERR_FORBIDDEN, "web.must_change_password");
    if (!route->unenrolled && actor->must_enrol)
        return err_make(ERR_FORBIDDEN, "web.must_enrol");
    if (strcmp(route->may, SIGNED_IN) != 0 && !actor_may(actor, route->may))
        return err_make(ERR_FORBIDDEN, "web.may_not");
    return OK;
}

static bool is_media(str type, const char *name)
{
    str want = str_of(name), rest = str_sub(type, want.len, type.len);
    return str_starts(type, want) && (rest.len == 0 || rest.ptr[0] == ';' || rest.ptr[0] == ' ');
}

/* Size and kind of the announced body. */
static void body_admit(struct exchange *ex)
{
    const struct route *route = &ex->entry->route;
    str type = str_lower_ascii(ex->mem, http_header_of(&ex->in, "content-type"));
    str length = http_header_of(&ex->in, "content-length");
    i64 announced = 0;
    bool has_body = http_header_of(&ex->in, "transfer-encoding").len > 0;
    if (length.len && str_to_i64(length, &announced))
        has_body |= announced > 0;
    bool parts = is_media(type, "multipart/form-data");
    /* only files may be large: they go to disk, all else stays in memory */
    ex->max_body = route->max_body && (parts || route->max_body < BODY_DEFAULT_MAX)
                       ? route->max_body
                       : BODY_DEFAULT_MAX;
    if (!has_body)
        return;
    if (!is_unsafe(ex)) {
        exchange_fail(ex, 400, err_make(ERR_INVALID, "web.malformed"));
    } else if (announced > ex->max_body) {
        exchange_fail(ex, 413, err_make(ERR_LIMIT, "web.too_big"));
    } else if (parts) {
        bool kept = ex->pending.code == ERR_NONE;
        struct upload_limits limits = { kept ? ex->web->upload_dir : str_of(""), 50, ex->max_body };
        err e = upload_start(ex->mem, http_header_of(&ex->in, "content-type"), limits,
                             &ex->request.uploads);
        if (e.code != ERR_NONE)
            exchange_fail(ex, 400, e);
    } else if (!is_media(type, "application/x-www-form-urlencoded") &&
               !is_media(type, "application/json")) {
        exchange_fail(ex, 415, err_make(ERR_INVALID, "web.media_type"));
    }
}

static int refusal_status(err e)
{
    return err_is(e, "web.sign_in") || err_is(e, "web.bad_token") ? 401 : 0;
}

/* A page's form, whose text is to be kept although it cannot be taken now. */
static bool is_typed(const struct exchange *ex)
{
    return ex->entry->route.method == POST && ex->entry->route.form && !ex->rq.api;
}

static err head_admit(struct exchange *ex, struct db *db)
{
    if (!db)
        return err_make(ERR_BUSY, "db.away");
    TRY(actor_read(ex, db));
    if (!is_anonymous(ex))
        csrf_read_cookie(ex);
    if (is_unsafe(ex))
        TRY(csrf_check_origin(ex));
    TRY(route_allows(ex));
    return is_anonymous(ex) && is_unsafe(ex) ? anonymous_admit(ex) : OK;
}

/* Who would write in vain is told before anything is looked up for him. */
static void head_shed(struct exchange *ex)
{
    if (!ex->rq.api || !is_unsafe(ex) || lanes_may_write(ex->web->app->lanes))
        return;
    exchange_fail(ex, 0, err_make(ERR_BUSY, "web.overloaded"));
    i64 announced = 0;
    str_to_i64(http_header_of(&ex->in, "content-length"), &announced);
    ex->max_body = BODY_DEFAULT_MAX; /* is read and dropped, so that the connection stays; */
    ex->refused = announced > BODY_DEFAULT_MAX; /* what is long is answered without reading it */
}

static bool head_find(struct exchange *ex)
{
    enum web_method method = method_of(ex->in.method);
    ex->is_head = str_is(ex->in.method, "HEAD");
    if (!method) {
        exchange_fail(ex, 501, err_make(ERR_INVALID, "web.method"));
        return false;
    }
    err e = router_find(ex->web->router, method, ex->rq.path, ex->mem, &ex->hit);
    ex->entry = ex->hit.entry;
    if (e.code != ERR_NONE)
        exchange_fail(ex, 400, e);
    else if (!ex->entry && ex->hit.allowed)
        exchange_fail(ex, 405, err_make(ERR_INVALID, "web.method"));
    else if (ex->entry)
        head_shed(ex);
    return ex->next != NEXT_FINISH;
}

void exchange_head(struct exchange *ex, struct db *db)
{
    assert(ex->in.method.len && ex->next != NEXT_FINISH);
    ex->next = NEXT_BODY;
    ex->rq.db = db;
    ex->refused = true;
    if (!head_is_clear(&ex->in)) {
        exchange_fail(ex, 400, err_make(ERR_INVALID, "web.malformed"));
        return;
    }
    target_split(ex);
    client_read(ex);
    mode_read(ex);
    if (builtin_answer(ex) || !head_find(ex))
        return;
    if (!ex->entry) {
        /* who asks decides how the page that tells so looks */
        err e = db ? actor_read(ex, db) : err_make(ERR_BUSY, "db.away");
        exchange_fail(ex, 0, e.code != ERR_NONE ? e : err_make(ERR_NOT_FOUND, "web.not_found"));
        return;
    }
    ex->rq.route = &ex->entry->route;
    if (is_anonymous(ex))
        anonymous_enter(ex);
    err e = head_admit(ex, db);
    bool passes = e.code == ERR_BUSY || e.code == ERR_LIMIT || err_is(e, "web.sign_in") ||
                  err_is(e, "web.must_change_password");
    if (is_typed(ex) && passes) {
        ex->pending = e;
        e = OK;
    }
    if (e.code != ERR_NONE)
        exchange_fail(ex, refusal_status(e), e);
    else
        body_admit(ex);
    ex->refused = ex->next == NEXT_FINISH;
}

/* ---- the body ---- */

void exchange_add_body(struct exchange *ex, str piece)
{
    err e = OK;
    if (ex->next != NEXT_BODY)
        return;
    if (ex->request.uploads) {
        e = upload_add(ex->request.uploads, piece);
    } else {
        if (!ex->body)
            ex->body = buf_new(ex->mem, (size_t)ex->max_body);
        buf_add(ex->body, piece);
        ex->in.body = buf_str(ex->body);
        if (buf_is_full(ex->body))
            e = err_make(ERR_LIMIT, "web.too_big");
    }
    if (e.code == ERR_NONE && arena_is_over(ex->mem))
        e = err_make(ERR_LIMIT, "web.too_big");
    if (e.code != ERR_NONE) {
        exchange_fail(ex, e.code == ERR_LIMIT ? 413 : e.code == ERR_INVALID ? 400 : 0, e);
        ex->refused = true;
    }
}

struct exchange *exchange_of(struct lane_task *task)
{
    return (struct exchange *)(void *)((char *)task - offsetof(struct exchange, task));
}

static err params_collect(struct exchange *ex)
{
    struct params *params = &ex->request.params;
    for (size_t i = 0; i < ex->entry->name_count; i++) {
        struct web_param item = { ex->entry->names[i], ex->hit.values[i], FROM_PATH, false };
        TRY(params_add(ex->mem, params, item));
        if (str_is(item.name, "id") && !str_to_i64(item.value, &ex->rq.path_id))
            return err_make(ERR_NOT_FOUND, "web.not_found");
    }
    TRY(params_urlencoded(ex->mem, ex->rq.query, FROM_QUERY, params));
    if (ex->request.uploads)
        return upload_end(ex->request.uploads, params);
    if (!ex->in.body.len)
        return OK;
    str type = str_lower_ascii(ex->mem, http_header_of(&ex->in, "content-type"));
    if (is_media(type, "application/json"))
        return params_json(ex->mem, ex->in.body, params);
    return params_urlencoded(ex->mem, ex->in.body, FROM_BODY, params);
}

/* What belongs to the frame of every form, not to its declaration. */
static err frame_read(struct exchange *ex)
{
    struct web_request *w = &ex->request;
    const struct web_param *key = params_find(&w->params, str_of("idempotency"), FROM_BODY);
    const struct web_param *version = params_find(&w->params, str_of("version"), FROM_BODY);
    w->idempotency = key ? key->value : http_header_of(&ex->in, "idempotency-key");
    if (w->idempotency.len > KEY_MAX)
        return err_make(ERR_INVALID, "web.idempotency_key");
    if (version && !str_to_i64(version->value, &w->version))
        w->version = 0;
    return OK;
}

/* Important acts want the password given lately. */
static err reauth_check(struct exchange *ex)
{
    if (!ex->entry->route.reauth || ex->actor.by_token)
        return OK;
    i64 minutes = setting_number(&ex->rq, "accounts.reauth_minutes");
    bool lately = ex->rq.now_ms - ex->actor.authenticated_at <= minutes * 60000;
    return lately ? OK : err_make(ERR_FORBIDDEN, "web.reauth");
}

static err body_judge(struct exchange *ex)
{
    const struct route *route = &ex->entry->route;
    TRY(params_collect(ex));
    if (!is_anonymous(ex)) /* else judged below: the form itself is drawn again */
        TRY(ex->pending);
    if (!ex->rq.db)
        return err_make(ERR_BUSY, "db.away");
    TRY(frame_read(ex));
    if (is_unsafe(ex) && !is_anonymous(ex)) /* the stamp says more than a token */
        TRY(csrf_check_token(ex));
    TRY(reauth_check(ex));
    if (!route->form)
        return OK;
    ex->rq.input = form_read(&ex->rq, route->form);
    TRY(ex->pending);
    if (rq_has_faults(&ex->rq))
        return err_make(ERR_INVALID, "form.faults");
    return is_anonymous(ex) && is_unsafe(ex) ? anonymous_judge(ex) : OK;
}

void exchange_body(struct exchange *ex, struct db *db)
{
    const struct route *route = &ex->entry->route;
    assert(ex->next == NEXT_BODY && route);
    ex->rq.db = db;
    if (db)
        db_set_org(db, ex->actor.org_id);
    err e = body_judge(ex);
    if (e.code != ERR_NONE) {
        exchange_fail(ex, err_is(e, "web.too_big") ? 413 : refusal_status(e), e);
        return;
    }
    ex->next = route->slow ? NEXT_SLOW : is_unsafe(ex) ? NEXT_WRITE : NEXT_READ;
}

/* ---- the lanes ---- */

/* Back to an empty answer; what was set aside before the mark stays. */
static void run_reset(struct exchange *ex)
{
    if (ex->marked)
        arena_reset_to(ex->mem, ex->mark);
    ex->mark = arena_mark(ex->mem);
    ex->marked = true;
    res_reset(ex);
    ex->replayed = false;
    ex->rq.faults = NULL;
    ex->request.collected = NULL;
    ex->request.fault_count = ex->request.fault_cap = 0;
    ex->request.conflict = (struct conflict){ 0 };
    ex->request.token_used = ex->request.flash_taken = false;
    if (ex->request.visitor_new) {
        ex->request.visitor = str_of("");
        ex->request.visitor_new = false;
    }
}

static err answer_check(const struct exchange *ex)
{
    if (ex->res.overflow || arena_is_over(ex->mem))
        return err_make(ERR_LIMIT, "web.answer_too_big");
    return OK;
}

static err stamp_claim(struct app *app, struct db *db, struct arena *mem, void *context)
{
    (void)app;
    (void)mem;
    return idempotency_claim(context, db);
}

/* One stamp buys one piece of slow work: it is used up before that begins. So a used one does not
 * say that what came with it was kept. */
static err stamp_use(struct exchange *ex)
{
    if (!is_anonymous(ex) || !is_unsafe(ex))
        return OK;
    err e = lanes_write(ex->web->app, stamp_claim, ex);
    ex->request.claimed = e.code == ERR_NONE;
    return e;
}

void exchange_slow(struct exchange *ex, struct db *db)
{
    const struct route *route = &ex->entry->route;
    assert(ex->next == NEXT_SLOW && route->slow);
    ex->rq.db = db;
    db_set_org(db, ex->actor.org_id);
    arena_widen(ex->mem, SLOW_SOFT_CAP);
    err e = stamp_use(ex);
    if (e.code == ERR_NONE)
        e = route->slow(&ex->rq, &ex->res);
    if (e.code == ERR_NONE)
        e = answer_check(ex);
    if (e.code != ERR_NONE)
        exchange_fail(ex, 0, e);
    else if (ex->res.kind != RES_NONE || ex->res.status || !route->handler)
        ex->next = NEXT_FINISH;
    else
        ex->next = is_unsafe(ex) ? NEXT_WRITE : NEXT_READ;
}

static err handler_run(struct exchange *ex, struct db *db)
{
    bool replayed = false, writes = ex->next == NEXT_WRITE;
    if (writes)
        TRY(idempotency_begin(ex, db, &replayed));
    if (replayed)
        return OK;
    TRY(ex->entry->route.handler(&ex->rq, &ex->res));
    TRY(answer_check(ex));
    return writes ? idempotency_keep(ex, db) : OK;
}

err exchange_run(struct exchange *ex, struct db *db)
{
    assert(ex->next == NEXT_READ || ex->next == NEXT_WRITE);
    assert(ex->entry->route.handler);
    run_reset(ex);
    ex->rq.db = db;
    ex->generation = lanes_generation(ex->web->app->lanes);
    db_set_org(db, ex->actor.org_id);
    return handler_run(ex, db);
}

void exchange_done(struct exchange *ex, err result)
{
    assert(ex->next != NEXT_FINISH && ex->failure.code == ERR_NONE);
    ex->next = NEXT_FINISH;
    ex->rq.db = NULL;
    if (result.code != ERR_NONE)
        exchange_fail(ex, 0, result);
}
