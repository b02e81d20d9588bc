/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Kept pages (cache.h): a small open table by key; a slot is simply overwritten, sent pages are
 * held by a count. */
#include "platform/web/cache.h"

#include <assert.h>

#include "platform/web/headers.h"

struct cache_page {
    struct arena *mem;
    str key;
    bytes body;
    str etag;
    uint64_t generation;
    i64 made_ms;
    bool indexed; /* search engines may keep it */
    int held;     /* the slot and every answer being sent */
};

struct cache {
    struct cache_page *pages[CACHE_PAGES];
};

struct cache *cache_new(struct arena *mem)
{
    return arena_zero(mem, sizeof(struct cache));
}

void cache_release(struct cache_page *page)
{
    assert(!page || page->held > 0);
    if (page && --page->held == 0)
        arena_free(page->mem);
}

void cache_free(struct cache *cache)
{
    for (int i = 0; i < CACHE_PAGES; i++)
        cache_release(cache->pages[i]);
}

/* Only what every anonymous visitor sees alike. */
static bool is_cacheable(const struct exchange *ex)
{
    return ex->entry && ex->entry->route.cached && !ex->actor.account_id && !ex->rq.fragment &&
           !ex->request.login_stale &&
           !http_cookie_of(&ex->in, str_of(ex->secure_cookies ? "__Host-flash" : "flash")).len;
}

static str key_of(const struct exchange *ex)
{
    str size = http_cookie_of(&ex->in, str_of(ex->secure_cookies ? "__Host-size" : "size"));
    return arena_printf(ex->mem, "%lld %.*s %.*s %d %.*s", (long long)ex->actor.org_id,
                        (int)ex->rq.mode.len, ex->rq.mode.ptr, (int)size.len, size.ptr,
                        ex->secure_cookies, (int)ex->in.target.len, ex->in.target.ptr);
}

static size_t slot_of(str key)
{
    return (size_t)(digest_short((bytes){ (const unsigned char *)key.ptr, key.len }) % CACHE_PAGES);
}

static bool is_fresh(const struct exchange *ex, const struct cache_page *page)
{
    return page->generation == lanes_generation(ex->web->app->lanes) &&
           clock_steady_ms() - page->made_ms <= CACHE_MS;
}

bool cache_answer(struct exchange *ex)
{
    if (!ex->cache || !is_cacheable(ex) || ex->in.target.len > CACHE_KEY_MAX)
        return false;
    assert(ex->next == NEXT_BODY && !ex->cached);
    str key = key_of(ex);
    struct cache_page *page = ex->cache->pages[slot_of(key)];
    if (!page || !str_eq(page->key, key) || !is_fresh(ex, page))
        return false;
    page->held++;
    ex->cached = page;
    if (page->indexed)
        res_header(&ex->res, "X-Robots-Tag", str_of("all"));
    ex->res.kind = RES_HTML;
    ex->res.type = "text/html; charset=utf-8";
    ex->res.body = page->body;
    ex->next = NEXT_FINISH;
    return true;
}

static str etag_of(struct exchange *ex)
{
    return arena_printf(ex->mem, "\"%016llx\"", (unsigned long long)digest_short(ex->res.body));
}

static void keep(struct exchange *ex, str etag)
{
    if (!ex->cache || ex->cached || ex->res.body.len > CACHE_PAGE_MAX ||
        ex->in.target.len > CACHE_KEY_MAX)
        return;
    struct arena *mem = arena_new(CACHE_PAGE_MAX * 2, 0);
    struct cache_page *page = arena_zero(mem, sizeof *page);
    str body = arena_str(mem, (str){ (const char *)ex->res.body.ptr, ex->res.body.len });
    *page = (struct cache_page){ .mem = mem,
                                 .key = arena_str(mem, key_of(ex)),
                                 .body = { (const unsigned char *)body.ptr, body.len },
                                 .etag = arena_str(mem, etag),
                                 .generation = ex->generation,
                                 .made_ms = clock_steady_ms(),
                                 .indexed = headers_has(&ex->res, "X-Robots-Tag"),
                                 .held = 1 };
    struct cache_page **slot = &ex->cache->pages[slot_of(page->key)];
    cache_release(*slot);
    *slot = page;
}

/* If-None-Match: a list of tags or *; weak comparison (RFC 9110 section 13.1.2). */
static bool is_known(str tags, str etag)
{
    str part;
    while (str_split(&tags, ',', &part)) {
        part = str_trim(part);
        if (str_starts(part, str_of("W/")))
            part = str_sub(part, 2, part.len);
        if (str_eq(part, etag) || str_is(part, "*"))
            return true;
    }
    return false;
}

void cache_finish(struct exchange *ex)
{
    struct res *res = &ex->res;
    if (!is_cacheable(ex) || res->kind != RES_HTML || res->status != 200 ||
        ex->request.token_used || ex->request.flash_taken)
        return;
    str etag = ex->cached ? ex->cached->etag : etag_of(ex);
    keep(ex, etag);
    res_header(res, "ETag", etag);
    res_header(res, "Vary", str_of("Cookie"));
    res_header(res, "Cache-Control", str_of("no-cache"));
    if (is_known(http_header_of(&ex->in, "if-none-match"), etag)) {
        res->status = 304;
        res->body = (bytes){ 0 };
        res->type = NULL;
    }
}
