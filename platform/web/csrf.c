/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Tokens and origins (csrf.h). The visitor's cookie is nothing but random; it identifies nobody
 * and is not stored. */
#include "platform/web/csrf.h"

#include <assert.h>

enum { VISITOR_BYTES = 16 };

static bool is_hex(str s, size_t len)
{
    for (size_t i = 0; i < s.len; i++)
        if (!((s.ptr[i] >= '0' && s.ptr[i] <= '9') || (s.ptr[i] >= 'a' && s.ptr[i] <= 'f')))
            return false;
    return s.len == len;
}

void csrf_read_cookie(struct exchange *ex)
{
    str value = http_cookie_of(&ex->in, str_of(ex->secure_cookies ? "__Host-visitor" : "visitor"));
    if (is_hex(value, VISITOR_BYTES * 2))
        ex->request.visitor = value;
}

static bool has_login(const struct exchange *ex)
{
    return ex->actor.account_id != 0 && !ex->actor.by_token;
}

str csrf_token(struct rq *rq)
{
    struct web_request *w = rq->web;
    assert(w && rq->rng);
    if (rq->actor->by_token)
        return str_of("");
    if (has_login(w->exchange))
        return rq->actor->csrf;
    if (!w->visitor.len) {
        unsigned char random[VISITOR_BYTES];
        rq->rng->fill(rq->rng, random, sizeof random);
        w->visitor = str_hex(rq->mem, (bytes){ random, sizeof random });
        w->visitor_new = true;
    }
    return digest_sign(rq->mem, w->exchange->web->csrf_key, w->visitor);
}

/* Host of "scheme://host:port" or "host:port"; port empty where there is none. */
static void host_split(str address, str *host, str *port)
{
    i64 scheme = str_find(address, str_of("://"), 0);
    str rest = scheme < 0 ? address : str_sub(address, (size_t)scheme + 3, address.len);
    i64 slash = str_find(rest, str_of("/"), 0);
    if (slash >= 0)
        rest = str_sub(rest, 0, (size_t)slash);
    i64 bracket = str_find(rest, str_of("]"), 0);
    i64 colon = str_find(rest, str_of(":"), bracket < 0 ? 0 : (size_t)bracket);
    *host = colon < 0 ? rest : str_sub(rest, 0, (size_t)colon);
    *port = colon < 0 ? str_of("") : str_sub(rest, (size_t)colon + 1, rest.len);
}

/* A proxy may drop the port of Host; otherwise both must agree. */
static bool is_same_host(str origin, str own)
{
    str host, port, own_host, own_port;
    if (own.len == 0)
        return false;
    host_split(origin, &host, &port);
    host_split(own, &own_host, &own_port);
    return host.len && str_eq(host, own_host) && (own_port.len == 0 || str_eq(port, own_port));
}

err csrf_check_origin(const struct exchange *ex)
{
    if (ex->actor.by_token)
        return OK;
    str site = http_header_of(&ex->in, "sec-fetch-site");
    str origin = http_header_of(&ex->in, "origin");
    if (site.len && !str_is(site, "same-origin") && !str_is(site, "none"))
        return err_make(ERR_FORBIDDEN, "web.cross_site");
    if (origin.len && !is_same_host(origin, http_header_of(&ex->in, "host")) &&
        !str_eq(origin, ex->web->app->config.public_url))
        return err_make(ERR_FORBIDDEN, "web.cross_site");
    return OK;
}

/* Nobody is signed in and the browser itself says that our own page sent the form: there is no
 * authority to misuse. Pages kept for everybody can carry no token. */
static bool is_own_anonymous(const struct exchange *ex)
{
    str site = http_header_of(&ex->in, "sec-fetch-site");
    str origin = http_header_of(&ex->in, "origin");
    if (ex->actor.account_id || ex->request.login_stale)
        return false;
    return str_is(site, "same-origin") ||
           (origin.len && is_same_host(origin, http_header_of(&ex->in, "host")));
}

err csrf_check_token(const struct exchange *ex)
{
    const struct web_request *w = &ex->request;
    if (ex->actor.by_token || is_own_anonymous(ex))
        return OK;
    const struct web_param *field = params_find(&w->params, str_of("csrf"), FROM_BODY);
    str want = str_of(""), sent = field ? field->value : http_header_of(&ex->in, "x-csrf-token");
    if (has_login(ex))
        want = ex->actor.csrf;
    else if (w->visitor.len && !w->visitor_new)
        want = digest_sign(ex->mem, ex->web->csrf_key, w->visitor);
    if (want.len == 0 || !digest_is_same(want, sent))
        return err_make(ERR_FORBIDDEN, "web.csrf");
    return OK;
}
