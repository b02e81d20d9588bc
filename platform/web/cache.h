/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Conditional GET for public pages, and the bytes of such pages kept for a moment. A kept page
 * is given only to anonymous requests, only while nothing was committed since it was made, and
 * at most for a second (other processes may write too). */
#ifndef HT_WEB_CACHE_H
#define HT_WEB_CACHE_H
#include "platform/web/exchange.h"

enum { CACHE_PAGES = 128, CACHE_PAGE_MAX = 256 * 1024, CACHE_KEY_MAX = 300, CACHE_MS = 1000 };

/* One loop thread's pages; not shared. */
struct cache *cache_new(struct arena *mem);
void cache_free(struct cache *cache);

/* Answers from the cache if there is a page that fits; then ex->cached is set and to be given to
 * cache_release when it was sent. */
bool cache_answer(struct exchange *ex);
void cache_release(struct cache_page *page);

/* On the finished answer of a .cached route: ETag, 304, caching headers; keeps the page. */
void cache_finish(struct exchange *ex);
#endif
