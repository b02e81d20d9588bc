/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What search engines may read: exactly the pages of what is published. Every other answer of the
 * house tells them not to index it (platform/web/headers.c). */
#include "modules/publications/publication.h"
#include "platform/app.h"

enum { URLS_MOST = 5000, URL_BYTES = 300 };

/* An address cannot carry what XML would have to escape: it is from the configuration and a number.
 */
struct map {
    struct buf *b;
    str base;
    size_t count;
};

static err url_put(void *context, const void *row)
{
    const struct publication_row *r = row;
    struct map *m = context;
    int year, month, day;
    day_to_civil(day_of_ms(r->published_at), &year, &month, &day);
    if (m->count++ < URLS_MOST)
        buf_printf(m->b,
                   "<url><loc>%.*s/publications/%lld</loc><lastmod>%04d-%02d-%02d</lastmod></url>"
                   "\n",
                   (int)m->base.len, m->base.ptr, (long long)r->id, year, month, day);
    return OK;
}

err file_publication_sitemap(struct rq *rq, struct res *res)
{
    struct map map = { buf_new(rq->mem, URLS_MOST * URL_BYTES), rq->app->config.public_url, 0 };
    struct list_query query;
    struct arena *mem = arena_new(1 << 16, 0);
    struct list_each each = { mem, url_put, &map };
    buf_put(map.b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    err e = list_parse_text(rq, &PUBLICATION_LIST, str_of(""), &query);
    if (e.code == ERR_NONE)
        e = list_each(rq, &PUBLICATION_LIST, &query, &each);
    arena_free(mem);
    TRY(e);
    buf_put(map.b, "</urlset>\n");
    str text = buf_str(map.b);
    res_bytes(res, (bytes){ (const unsigned char *)text.ptr, text.len }, str_of("sitemap.xml"),
              "application/xml", true);
    return OK;
}

err file_publication_robots(struct rq *rq, struct res *res)
{
    str base = rq->app->config.public_url;
    str text = arena_printf(rq->mem,
                            "User-agent: *\n"
                            "Disallow: /\n"
                            "Allow: /publications/\n"
                            "Disallow: /publications/manage\n"
                            "Disallow: /publications/*/edit\n"
                            "Allow: /assets/\n"
                            "Sitemap: %.*s/sitemap.xml\n",
                            (int)base.len, base.ptr);
    res_bytes(res, (bytes){ (const unsigned char *)text.ptr, text.len }, str_of("robots.txt"),
              "text/plain; charset=utf-8", true);
    return OK;
}
