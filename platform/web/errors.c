/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Choosing and making the answer to a failure (errors.h). Words come from text/zh.txt by the
 * failure's stable name. */
#include "platform/web/errors.h"

#include <assert.h>

#include "platform/base/log.h"
#include "platform/text/texts.h"
#include "platform/web/forms.h"
#include "platform/web/json.h"
#include "platform/web/resume.h"

enum { PROBLEM_MAX = 256 * 1024 };

static int status_of(const struct exchange *ex)
{
    return ex->failure_status ? ex->failure_status : err_status(ex->failure.code);
}

/* What goes out of the house: of our own faults only that there was one. */
static const char *public_name(const struct exchange *ex)
{
    return ex->failure.code == ERR_INTERNAL ? "web.internal" : ex->failure.name;
}

static str words_of(const struct exchange *ex)
{
    const char *name = public_name(ex);
    if (!text_has(name))
        name = "web.unworded";
    return text_format(ex->mem, name, ex->failure.arg[0], ex->failure.arg[1]);
}

static void log_failure(const struct exchange *ex)
{
    const err *e = &ex->failure;
    if (e->code != ERR_INTERNAL && e->code != ERR_BUSY)
        return;
    const struct log_pair pairs[] = {
        { .key = "request", .text = ex->rq.id },
        { .key = "error", .text = str_of(e->name) },
        { .key = "route", .text = str_of(ex->entry ? ex->entry->route.path : "") },
        { .key = "file", .text = str_of(e->file) },
        { .key = "line", .number = e->line },
        { 0 },
    };
    log_line(e->code == ERR_INTERNAL ? LOG_ERROR : LOG_WARN, "request.failed", pairs);
}

/* ---- API ---- */

static void faults_json(struct exchange *ex, struct json *j)
{
    json_array(j, "errors");
    for (const struct fault *f = ex->rq.faults; f && f->name; f++) {
        json_object(j, NULL);
        if (f->field)
            json_str(j, "field", str_of(f->field));
        json_str(j, "code", str_of(f->name));
        json_str(j, "detail", fault_words(ex->mem, f));
        json_object_end(j);
    }
    json_array_end(j);
}

static void problem(struct exchange *ex)
{
    struct buf *b = buf_new(ex->mem, PROBLEM_MAX);
    struct json j = json_on(b);
    json_object(&j, NULL);
    json_str(&j, "type", str_of("about:blank"));
    json_str(&j, "title", str_of(err_code_name(ex->failure.code)));
    json_i64(&j, "status", status_of(ex));
    json_str(&j, "code", str_of(public_name(ex)));
    json_str(&j, "detail", words_of(ex));
    json_str(&j, "request", ex->rq.id);
    if (rq_has_faults(&ex->rq))
        faults_json(ex, &j);
    conflict_json(&ex->rq, &j);
    json_object_end(&j);
    res_json(&ex->res, b);
    ex->res.type = "application/problem+json";
}

/* ---- pages ---- */

static bool is_page_read(const struct exchange *ex)
{
    return str_is(ex->in.method, "GET") || ex->is_head;
}

/* To a page that lifts the obstacle, and back afterwards. */
static void go_and_return(struct exchange *ex, const char *path)
{
    struct buf *b = buf_new(ex->mem, ex->in.target.len * 3 + 200);
    buf_put(b, path);
    buf_put(b, "?next=");
    for (size_t i = 0; i < ex->in.target.len; i++) {
        unsigned char c = (unsigned char)ex->in.target.ptr[i];
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/')
            buf_put_byte(b, (char)c);
        else
            buf_printf(b, "%%%02X", c);
    }
    res_redirect(&ex->res, buf_str(b));
}

/* A stream of events whose log-in has ended: a browser follows a redirect to the door and asks
 * again for ever, but gives up at any answer like 401. */
static bool is_stream(const struct exchange *ex)
{
    return ex->entry && str_is(str_of(ex->entry->route.path), "/events");
}

static const char *obstacle_path(const struct exchange *ex)
{
    const err e = ex->failure;
    if (err_is(e, "web.sign_in"))
        return "/login";
    if (err_is(e, "web.must_change_password"))
        return "/me/password";
    if (err_is(e, "web.must_enrol"))
        return "/me/factor";
    return err_is(e, "web.reauth") ? "/login/again" : NULL;
}

/* The form as it was typed, with its faults; false when there is none or it cannot be drawn. */
static bool redraw(struct exchange *ex, struct db *db)
{
    const struct route *route = ex->rq.route;
    enum err_code code = ex->failure.code;
    bool fits =
        code == ERR_INVALID || code == ERR_CONFLICT || code == ERR_LIMIT || code == ERR_BUSY;
    /* what cannot be read as a form at all (a NUL, broken JSON) cannot be shown in one */
    bool unread = route && route->form && !ex->rq.input;
    if (!db || !route || !route->redraw || !fits || ex->refused || unread)
        return false;
    ex->rq.error = ex->failure;
    ex->rq.db = db;
    res_status(&ex->res, status_of(ex));
    err e = route->redraw(&ex->rq, &ex->res);
    if (e.code == ERR_NONE && ex->res.kind != RES_NONE && !ex->res.overflow)
        return true;
    res_reset(ex);
    return false;
}

/* Whether the page is shown as soon as it can be: somebody looks at it, and nothing was sent. */
static bool asks_again(const struct exchange *ex)
{
    return status_of(ex) == 503 && is_page_read(ex) && !ex->rq.api && !ex->rq.fragment &&
           !is_stream(ex);
}

static void page(struct exchange *ex, struct db *db)
{
    const char *path = obstacle_path(ex);
    struct failure_page failure = { .status = status_of(ex),
                                    .words = words_of(ex),
                                    .obstacle = path ? str_of(path) : str_of(""),
                                    .again = asks_again(ex) ? ex->in.target : str_of("") };
    if (path && is_page_read(ex) && !is_stream(ex)) {
        go_and_return(ex, path);
        return;
    }
    if (redraw(ex, db))
        return;
    ex->rq.db = db;
    failure_page_make(&ex->rq, &ex->res, &failure);
}

/* ---- all ---- */

static void headers(struct exchange *ex)
{
    int status = status_of(ex);
    if (status == 503 || status == 429)
        res_header(&ex->res, "Retry-After",
                   str_of(ex->request.network.len && status == 429 ? "600" : "2"));
    if (asks_again(ex))
        res_header(&ex->res, "Refresh", str_of("5"));
    if (status == 401 && ex->rq.api)
        res_header(&ex->res, "WWW-Authenticate", str_of("Bearer"));
    if (status == 405) {
        struct buf *b = buf_new(ex->mem, 100);
        for (int i = GET; i <= DELETE; i++)
            if (ex->hit.allowed & 1u << i)
                buf_printf(b, "%s%s", b->len ? ", " : "", method_name((enum web_method)i));
        res_header(&ex->res, "Allow", buf_str(b));
    }
}

void error_answer(struct exchange *ex, struct db *db)
{
    assert(ex->failure.code != ERR_NONE);
    log_failure(ex);
    res_reset(ex);
    if (ex->rq.api)
        problem(ex);
    else
        page(ex, db);
    if (ex->res.kind != RES_REDIRECT)
        res_status(&ex->res, status_of(ex));
    headers(ex);
}
