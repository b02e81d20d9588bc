/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Fuzz target: what a stranger sends before anybody knows them. The first byte chooses:
 * url-encoded text, JSON body, multipart body cut in pieces, path, cookies. What comes out must
 * be UTF-8, within its limits, and found again. */
#include <stdlib.h>

#include "platform/base/str.h"
#include "platform/web/exchange.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static err never(struct rq *rq, struct res *res)
{
    (void)rq;
    (void)res;
    return OK;
}

static const struct route ROUTES[] = {
    { GET, "/", never, .may = PUBLIC },
    { GET, "/a/{id}", never, .may = PUBLIC },
    { GET, "/a/{id}.json", never, .may = PUBLIC },
    { GET, "/a/{name}/b", never, .may = PUBLIC },
    { POST, "/a/{name}/{x_id}/c", never, .may = PUBLIC },
    { 0 },
};

static void check_params(const struct params *params)
{
    if (params->count > PARAMS_MAX)
        abort();
    for (size_t i = 0; i < params->count; i++)
        if (!str_is_utf8(params->items[i].name) || !str_is_utf8(params->items[i].value))
            abort();
}

static void try_multipart(struct arena *mem, str text)
{
    struct params params = { 0 };
    struct upload_set *set;
    struct upload_limits limits = { str_of(""), 3, 10000 };
    size_t piece = text.len ? (size_t)(unsigned char)text.ptr[0] + 1 : 1;
    if (upload_start(mem, str_of("multipart/form-data; boundary=b"), limits, &set).code)
        abort();
    err e = OK;
    for (size_t at = 1; at < text.len && e.code == ERR_NONE; at += piece)
        e = upload_add(set, str_sub(text, at, piece));
    if (e.code == ERR_NONE)
        e = upload_end(set, &params);
    if (e.code == ERR_NONE)
        check_params(&params);
    if (upload_all(set).count > 3)
        abort();
}

static void try_path(struct arena *mem, str text)
{
    static struct router *router;
    static const struct module *const NO_MODULES[] = { NULL };
    struct route_hit hit;
    if (!router && router_new(arena_new(1 << 20, 0), NO_MODULES, ROUTES, &router).code)
        abort();
    if (router_find(router, GET, text, mem, &hit).code || !hit.entry)
        return;
    for (size_t i = 0; i < hit.entry->name_count; i++)
        if (!str_is_utf8(hit.values[i]) || hit.values[i].len == 0 ||
            memchr(hit.values[i].ptr, '/', hit.values[i].len))
            abort();
}

static void try_cookies(str text)
{
    struct http_request in = { .header_count = 1 };
    in.headers[0] = (struct http_header){ str_of("cookie"), text };
    str value = http_cookie_of(&in, str_of("login"));
    if (value.len > text.len)
        abort();
    web_is_own_path(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct arena *mem = arena_new(32 << 20, 256 << 20);
    str text = { (const char *)data + 1, size - 1 };
    struct params params = { 0 };
    switch (data[0] % 5) {
    case 0:
        if (params_urlencoded(mem, text, FROM_BODY, &params).code == ERR_NONE)
            check_params(&params);
        break;
    case 1:
        if (params_json(mem, text, &params).code == ERR_NONE)
            check_params(&params);
        break;
    case 2:
        try_multipart(mem, text);
        break;
    case 3:
        try_path(mem, text);
        break;
    default:
        try_cookies(text);
        break;
    }
    arena_free(mem);
    return 0;
}
