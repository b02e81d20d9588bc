/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Headers that every answer carries: content security, caching, request number. */
#ifndef HT_WEB_HEADERS_H
#define HT_WEB_HEADERS_H
#include "platform/web/exchange.h"

/* Adds them to ex->res, by kind of answer and route. */
void headers_add(struct exchange *ex);

/* The policy of every page (quality W1). */
extern const char HEADERS_PAGE_POLICY[];
#endif
