/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What search engines may read: exactly the pages of what is published. Every other answer of the
 * house tells them not to index it (platform/web/headers.c). */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "modules/publications/publication.h"
#include "platform/app.h"

/* The protocol allows 50,000 addresses in one file (sitemaps.org); of more, the newest are named.
 */
enum { URLS_MOST = 50000, URL_BYTES = 300, MAP_BYTES = 1 << 16 };

/* Written as it comes. An address cannot carry what XML would have to escape: it is from the
 * configuration and a number. */
struct map {
    struct buf *b;
    str base;
    size_t count;
    int fd;
    bool full;
};

static err map_flush(struct map *m)
{
    str text = buf_str(m->b);
    while (text.len > 0) {
        ssize_t n = write(m->fd, text.ptr, text.len);
        if (n <= 0)
            return err_make(ERR_INTERNAL, "publications.sitemap");
        text = str_sub(text, (size_t)n, text.len);
    }
    m->b->len = 0;
    return OK;
}

static err url_put(void *context, const void *row)
{
    const struct publication_row *r = row;
    struct map *m = context;
    int year, month, day;
    m->full = m->count == URLS_MOST;
    if (m->full)
        return err_make(ERR_CONFLICT, "publications.sitemap"); /* ends it */
    m->count++;
    day_to_civil(day_of_ms(r->published_at), &year, &month, &day);
    buf_printf(m->b,
               "<url><loc>%.*s/publications/%lld</loc><lastmod>%04d-%02d-%02d</lastmod></url>\n",
               (int)m->base.len, m->base.ptr, (long long)r->id, year, month, day);
    return buf_str(m->b).len + URL_BYTES + m->base.len > MAP_BYTES ? map_flush(m) : OK;
}

static err map_write(struct rq *rq, struct map *m)
{
    struct list_query query;
    struct arena *mem = arena_new(1 << 16, 0);
    struct list_each each = { mem, url_put, m };
    buf_put(m->b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    err e = list_parse_text(rq, &PUBLICATION_LIST, str_of(""), &query);
    if (e.code == ERR_NONE)
        e = list_each(rq, &PUBLICATION_LIST, &query, &each);
    arena_free(mem);
    if (e.code != ERR_NONE && !m->full)
        return e;
    buf_put(m->b, "</urlset>\n");
    return map_flush(m);
}

err file_publication_sitemap(struct rq *rq, struct res *res)
{
    struct map map = { buf_new(rq->mem, 2 * MAP_BYTES), rq->app->config.public_url, 0, -1, false };
    map.fd = open(arena_cstr(rq->mem, rq->app->config.data), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (map.fd < 0)
        map.fd = memfd_create("sitemap", MFD_CLOEXEC);
    if (map.fd < 0)
        return err_make(ERR_INTERNAL, "publications.sitemap");
    err e = map_write(rq, &map);
    if (e.code == ERR_NONE && lseek(map.fd, 0, SEEK_SET) < 0)
        e = err_make(ERR_INTERNAL, "publications.sitemap");
    if (e.code != ERR_NONE) {
        close(map.fd);
        return e;
    }
    res_file(res, map.fd, str_of("sitemap.xml"), "application/xml", true);
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
