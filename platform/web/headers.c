/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Security and caching headers (headers.h). */
#include "platform/web/headers.h"

#include <assert.h>

const char HEADERS_PAGE_POLICY[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types huotang";

static const struct {
    const char *name, *value;
} ALWAYS[] = {
    { "X-Content-Type-Options", "nosniff" },
    { "Referrer-Policy", "same-origin" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
};

/* What the browser may be asked for: nothing; where it is, on a page whose route says so. */
static const char *features(const struct exchange *ex)
{
    if (ex->rq.route && ex->rq.route->locates && ex->res.kind == RES_HTML)
        return "accelerometer=(), camera=(), display-capture=(), geolocation=(self), "
               "gyroscope=(), microphone=(), payment=(), usb=()";
    return "accelerometer=(), camera=(), display-capture=(), geolocation=(), "
           "gyroscope=(), microphone=(), payment=(), usb=()";
}

/* Made by ourselves and needs no viewer of the browser: it may do nothing at all. */
static bool is_image(const struct res *res)
{
    return res->type && str_starts(str_of(res->type), str_of("image/"));
}

static const char *policy(const struct res *res)
{
    if (res->kind == RES_HTML)
        return HEADERS_PAGE_POLICY;
    /* A service worker lives under the policy of its own script and must be able to pass
     * requests on. */
    if (res->kind == RES_TEXT && res->type &&
        str_starts(str_of(res->type), str_of("text/javascript")))
        return "default-src 'none'; connect-src 'self'; frame-ancestors 'none'";
    if ((res->kind == RES_FILE || res->kind == RES_DOWNLOAD) && (!res->is_inline || is_image(res)))
        return "sandbox; default-src 'none'; frame-ancestors 'none'";
    return "default-src 'none'; frame-ancestors 'none'";
}

bool headers_has(const struct res *res, const char *name)
{
    for (size_t i = 0; i < res->header_count; i++)
        if (str_is(res->headers[i].name, name))
            return true;
    return false;
}

void headers_add(struct exchange *ex)
{
    struct res *res = &ex->res;
    assert(res->rq == &ex->rq && res->status);
    if (res->type)
        res_header(res, "Content-Type", str_of(res->type));
    if (res->location.len)
        res_header(res, "Location", res->location);
    res_header(res, "Content-Security-Policy", str_of(policy(res)));
    for (size_t i = 0; i < sizeof ALWAYS / sizeof *ALWAYS; i++)
        res_header(res, ALWAYS[i].name, str_of(ALWAYS[i].value));
    res_header(res, "Permissions-Policy", str_of(features(ex)));
    if (ex->secure_cookies)
        res_header(res, "Strict-Transport-Security", str_of("max-age=63072000; includeSubDomains"));
    if (!headers_has(res, "X-Robots-Tag"))
        res_header(res, "X-Robots-Tag", str_of("noindex, nofollow"));
    if (!headers_has(res, "Cache-Control"))
        res_header(res, "Cache-Control", str_of("no-store"));
    res_header(res, "X-Request-Id", ex->rq.id);
}
