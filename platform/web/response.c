/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What handlers call to answer (second half of web.h). Headers that every answer carries are in
 * headers.c. */
#include <assert.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/web/exchange.h"
#include "platform/web/json.h"
#include "platform/web/view.h"

void res_status(struct res *res, int status)
{
    assert(status >= 200 && status <= 599);
    res->status = status;
}

void res_once(struct res *res)
{
    res->once = true;
}

/* Header values never carry control characters, whoever made them. */
static str header_value(struct arena *mem, str value)
{
    char *to = arena_zero(mem, value.len + 1);
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.ptr[i];
        to[i] = c < 0x20 || c == 0x7F ? '_' : (char)c;
    }
    return (str){ to, value.len };
}

void res_header(struct res *res, const char *name, str value)
{
    assert(res->header_count < RES_HEADERS_MAX);
    res->headers[res->header_count++] =
        (struct http_header){ str_of(name), header_value(res->rq->mem, value) };
}

static void body_from(struct res *res, const struct buf *b, enum res_kind kind, const char *type)
{
    str s = buf_str(b);
    res->kind = kind;
    res->type = type;
    res->body = (bytes){ (const unsigned char *)s.ptr, s.len };
    res->overflow |= buf_is_full(b);
}

void res_html(struct res *res, const struct buf *b)
{
    body_from(res, b, RES_HTML, "text/html; charset=utf-8");
}

struct json json_begin(struct rq *rq)
{
    struct json j = json_on(buf_new(rq->mem, PAGE_MAX));
    json_object(&j, NULL);
    return j;
}

void json_send(struct json *j, struct res *res)
{
    json_object_end(j);
    res_json(res, j->buf);
}

void res_json(struct res *res, const struct buf *b)
{
    body_from(res, b, RES_JSON, "application/json");
}

bool web_is_own_path(str path)
{
    if (path.len == 0 || path.ptr[0] != '/')
        return false;
    if (path.len > 1 && (path.ptr[1] == '/' || path.ptr[1] == '\\'))
        return false;
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.ptr[i];
        if (c <= 0x20 || c >= 0x7F || c == '\\')
            return false;
    }
    return true;
}

void res_redirect(struct res *res, str path)
{
    assert(web_is_own_path(path));
    if (res->rq->api) {
        if (res->kind != RES_NONE)
            return;
        struct buf *b = buf_new(res->rq->mem, path.len * 6 + 64);
        struct json j = json_on(b);
        json_object(&j, NULL);
        json_str(&j, "location", path);
        json_object_end(&j);
        res_json(res, b);
        return;
    }
    res->kind = RES_REDIRECT;
    res->status = 303;
    res->location = arena_str(res->rq->mem, path);
}

void res_flash(struct res *res, const char *text_key, str arg)
{
    assert(text_key);
    res->flash_key = str_of(text_key);
    res->flash_arg = str_cut_chars(arg, 200);
}

static bool is_plain(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_';
}

/* RFC 6266: an ASCII name for old clients and the true one percent-encoded. */
static void disposition(struct res *res, str name, bool inline_)
{
    struct buf *b = buf_new(res->rq->mem, name.len * 4 + 100);
    buf_printf(b, "%s; filename=\"", inline_ ? "inline" : "attachment");
    for (size_t i = 0; i < name.len; i++)
        buf_put_byte(b, is_plain((unsigned char)name.ptr[i]) ? name.ptr[i] : '_');
    buf_put(b, "\"; filename*=UTF-8''");
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        if (is_plain(c))
            buf_put_byte(b, (char)c);
        else
            buf_printf(b, "%%%02X", c);
    }
    res_header(res, "Content-Disposition", buf_str(b));
}

static void fd_close(void *context)
{
    struct res *res = context;
    if (res->fd >= 0)
        close(res->fd);
    res->fd = -1;
}

void res_reset(struct exchange *ex)
{
    fd_close(&ex->res);
    ex->res = (struct res){ .rq = &ex->rq, .fd = -1 };
}

void res_file(struct res *res, int fd, str name, const char *type, bool inline_)
{
    struct stat info;
    assert(type);
    assert(fd >= 0 && res->fd < 0);
    res->fd = fd;
    arena_on_free(res->rq->mem, fd_close, res);
    res->size = fstat(fd, &info) == 0 ? (i64)info.st_size : 0;
    res->kind = RES_FILE;
    res->type = type;
    disposition(res, name, inline_);
    res->is_inline = inline_;
}

void res_bytes(struct res *res, bytes body, str name, const char *type, bool inline_)
{
    assert(type && (body.ptr || body.len == 0));
    res->kind = RES_DOWNLOAD;
    res->type = type;
    res->body = body;
    disposition(res, name, inline_);
    res->is_inline = inline_;
}

void res_cookie(struct res *res, const char *name, str value, i64 max_age_s)
{
    struct arena *mem = res->rq->mem;
    bool secure = res->rq->web->exchange->secure_cookies;
    for (size_t i = 0; i < value.len; i++)
        assert((unsigned char)value.ptr[i] > ' ' && value.ptr[i] != ';' && value.ptr[i] != ',');
    str age = max_age_s
                  ? arena_printf(mem, "; Max-Age=%lld", (long long)(max_age_s < 0 ? 0 : max_age_s))
                  : str_of("");
    str line = arena_printf(mem, "%s%s=%.*s; Path=/; HttpOnly; SameSite=Lax%s%.*s",
                            secure ? "__Host-" : "", name, (int)value.len, value.ptr,
                            secure ? "; Secure" : "", (int)age.len, age.ptr);
    res_header(res, "Set-Cookie", line);
}
