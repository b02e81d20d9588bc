/* SPDX-License-Identifier: MulanPSL-2.0 */
/* To whom weaknesses are told (disclosure.h). */
#include "platform/web/disclosure.h"

#include "platform/base/buf.h"
#include "platform/text/texts.h"

#define PLACE "/.well-known/security.txt"
enum { DAYS_GOOD = 180, TEXT_MAX = 4096 };

bool disclosure_answer(struct exchange *ex)
{
    const struct app *app = ex->web->app;
    if (!str_is(ex->rq.path, PLACE) || !app->config.security_contact.len)
        return false;
    struct buf *b = buf_new(ex->mem, TEXT_MAX);
    buf_put(b, "Contact: ");
    buf_add(b, app->config.security_contact);
    buf_put(b, "\nExpires: ");
    buf_add(b, text_day(ex->mem, day_of_ms(ex->rq.now_ms) + DAYS_GOOD));
    buf_put(b, "T00:00:00Z\nPreferred-Languages: zh, en\nCanonical: ");
    buf_add(b, app->config.public_url);
    buf_put(b, PLACE "\n");
    str text = buf_str(b);
    ex->res.kind = RES_TEXT;
    ex->res.type = "text/plain; charset=utf-8";
    ex->res.body = (bytes){ (const unsigned char *)text.ptr, text.len };
    ex->res.status = 200;
    ex->next = NEXT_FINISH;
    return true;
}
