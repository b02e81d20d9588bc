/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Forgery of requests: every unsafe method with a cookie needs a token and an own origin. Signed
 * in, the token is the login's; an anonymous browser gets a random cookie and a token signed
 * over it. Bearer requests need none: no browser adds them. */
#ifndef HT_WEB_CSRF_H
#define HT_WEB_CSRF_H
#include "platform/web/exchange.h"

/* The token for forms of this request's page, empty for API tokens. Makes the visitor's id if
 * there is none; the cookie is set only if a form was drawn (rq->web->token_used). */
str csrf_token(struct rq *rq);

/* Reads the visitor's cookie; what is malformed counts as absent. */
void csrf_read_cookie(struct exchange *ex);

/* Judges Origin and Sec-Fetch-Site. Errors: FORBIDDEN web.cross_site. */
err csrf_check_origin(const struct exchange *ex);

/* Judges the token of form field csrf or header X-CSRF-Token. Errors: FORBIDDEN web.csrf. */
err csrf_check_token(const struct exchange *ex);
#endif
