/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Paths that need no login (builtin.h). Signs of life: health.c; figures: metrics.c. */
#include "platform/web/builtin.h"

#include <assert.h>

#include "embed.h"
#include "platform/web/disclosure.h"
#include "platform/web/health.h"
#include "platform/web/metrics.h"
#include "platform/web/proxies.h"

enum { METRICS_MAX = 4 << 20 };

/* ---- files of the interface ---- */

static bool accepts_br(const struct exchange *ex)
{
    str rest = http_header_of(&ex->in, "accept-encoding"), part;
    while (str_split(&rest, ',', &part)) {
        part = str_trim(part);
        if (str_is(part, "br") ||
            (str_starts(part, str_of("br;")) && !str_ends(part, str_of("q=0"))))
            return true;
    }
    return false;
}

static bool asset_answer(struct exchange *ex)
{
    const struct embed_asset *a = embed_assets;
    while (a->path && !str_is(ex->rq.path, a->path))
        a++;
    if (!a->path && str_is(ex->rq.path, "/favicon.ico"))
        for (a = embed_assets; a->path && strcmp(a->logical, "favicon.svg") != 0; a++)
            ;
    if (!a->path)
        return false;
    bool br = a->br && accepts_br(ex), fingerprinted = str_starts(ex->rq.path, str_of("/assets/"));
    struct res *res = &ex->res;
    res->kind = str_starts(str_of(a->type), str_of("text/html")) ? RES_HTML : RES_TEXT;
    res->type = a->type;
    res->body = br ? (bytes){ a->br, a->br_size } : (bytes){ a->data, a->size };
    res_status(res, 200);
    if (a->br)
        res_header(res, "Vary", str_of("Accept-Encoding"));
    if (br)
        res_header(res, "Content-Encoding", str_of("br"));
    res_header(res, "ETag", str_of(a->etag));
    res_header(res, "Cache-Control",
               str_of(fingerprinted ? "public, max-age=31536000, immutable"
                                    : "public, max-age=300"));
    if (str_is(http_header_of(&ex->in, "if-none-match"), a->etag)) {
        res_status(res, 304);
        res->body = (bytes){ 0 };
    }
    ex->next = NEXT_FINISH;
    return true;
}

/* ---- figures ---- */

str builtin_metrics_token(const struct app *app, struct arena *mem)
{
    unsigned char key[DIGEST_SIZE];
    app_key(app, "metrics", key);
    return str_hex(mem, (bytes){ key, sizeof key });
}

/* From this machine and not through a proxy, or with the token. */
static bool may_see_metrics(const struct exchange *ex)
{
    if (address_is_loopback(ex->in.peer) && !ex->forwarded)
        return true;
    str authorization = http_header_of(&ex->in, "authorization");
    str want = builtin_metrics_token(ex->web->app, ex->mem);
    return str_starts(authorization, str_of("Bearer ")) &&
           digest_is_same(str_sub(authorization, 7, authorization.len), want);
}

static void metrics_answer(struct exchange *ex)
{
    if (!may_see_metrics(ex)) {
        exchange_fail(ex, 0, err_make(ERR_NOT_FOUND, "web.not_found"));
        return;
    }
    struct buf *b = buf_new(ex->mem, METRICS_MAX);
    metrics_write(ex->web, ex->rq.db, b);
    str text = buf_str(b);
    ex->res.kind = RES_TEXT;
    ex->res.type = "text/plain; version=0.0.4; charset=utf-8";
    ex->res.body = (bytes){ (const unsigned char *)text.ptr, text.len };
    ex->res.status = 200;
    ex->next = NEXT_FINISH;
}

bool builtin_answer(struct exchange *ex)
{
    bool reads = str_is(ex->in.method, "GET") || str_is(ex->in.method, "HEAD");
    if (!reads)
        return false;
    ex->is_head = str_is(ex->in.method, "HEAD");
    if (health_answer(ex) || disclosure_answer(ex))
        return true;
    if (!str_is(ex->rq.path, "/metrics"))
        return asset_answer(ex);
    metrics_answer(ex);
    return true;
}

bool builtin_needs_db(const struct exchange *ex)
{
    i64 mark = str_find(ex->in.target, str_of("?"), 0);
    str path = str_sub(ex->in.target, 0, mark < 0 ? ex->in.target.len : (size_t)mark);
    return !str_starts(path, str_of("/assets/")) && !str_is(path, "/livez") &&
           !str_is(path, "/readyz") && !str_is(path, "/favicon.ico");
}

/* ---- the stream of events ---- */

/* Only notes that a stream is wanted; the HTTP adapter opens it. */
static err page_events_stream(struct rq *rq, struct res *res)
{
    (void)rq;
    res->kind = RES_STREAM;
    res->type = "text/event-stream; charset=utf-8";
    return OK;
}

const struct route BUILTIN_ROUTES[] = {
    { GET, EVENTS_PATH, page_events_stream, .may = SIGNED_IN },
    { POST, "/mode", page_mode_set, .may = PUBLIC, .form = &MODE_FORM, .unenrolled = true },
    { 0 },
};
