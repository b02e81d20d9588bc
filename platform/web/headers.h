/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Headers that every answer carries: content security, caching, request number. */
#ifndef HT_WEB_HEADERS_H
#define HT_WEB_HEADERS_H
#include "platform/web/exchange.h"

/* Adds them to ex->res, by kind of answer and route. Search engines shall not keep any answer but
 * those whose handler has said otherwise (X-Robots-Tag). */
void headers_add(struct exchange *ex);

/* Whether the handler has set a header of that name. */
bool headers_has(const struct res *res, const char *name);

/* The policy of every page (quality W1). */
extern const char HEADERS_PAGE_POLICY[];
#endif
