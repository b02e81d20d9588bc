/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages that stand in the name of another organisation than the request's: a stranger comes in at
 * the door of the house's first one, and what he is shown may belong to another, or to none that is
 * known yet. */
#ifndef HT_WEB_PAGE_OWNER_H
#define HT_WEB_PAGE_OWNER_H
#include "platform/web/web.h"

/* What stands above and below; both may be empty. */
struct page_owner {
    str name, phone;
};

/* As page_begin, without a menu entry. */
struct out *page_begin_of(struct rq *rq, str title, const struct page_owner *owner);
#endif
