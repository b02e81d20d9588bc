/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The last stage of a request: the answer is completed, counted and logged (exchange_finish). */
#include "platform/base/log.h"

#include "platform/web/cache.h"
#include "platform/web/errors.h"
#include "platform/web/exchange.h"
#include "platform/web/flash.h"
#include "platform/web/headers.h"
#include "platform/web/metrics.h"
#include <assert.h>

static void access_log(const struct exchange *ex, i64 micros)
{
    bool unnamed = ex->entry && ex->entry->route.unnamed;
    const struct log_pair pairs[] = {
        { .key = "request", .text = ex->rq.id },
        { .key = "account", .number = unnamed ? 0 : ex->actor.account_id },
        { .key = "method", .text = ex->in.method },
        { .key = "route", .text = str_of(ex->entry ? ex->entry->route.path : "-") },
        { .key = "status", .number = ex->res.status },
        { .key = "micros", .number = micros },
        { 0 },
    };
    log_line(LOG_INFO, "request", pairs);
}

static void visitor_cookie(struct exchange *ex)
{
    const struct web_request *w = &ex->request;
    if (w->visitor_new && w->token_used)
        res_cookie(&ex->res, "visitor", w->visitor, 0);
}

void exchange_finish(struct exchange *ex, struct db *db)
{
    struct res *res = &ex->res;
    assert(ex->next == NEXT_FINISH);
    if (db)
        db_set_org(db, ex->actor.org_id);
    if (ex->failure.code != ERR_NONE)
        error_answer(ex, db);
    if (!res->status)
        res->status = res->kind == RES_NONE ? 204 : 200;
    assert(res->status >= 200 && res->status <= 599);
    flash_finish(res);
    visitor_cookie(ex);
    cache_finish(ex);
    headers_add(ex);
    i64 micros = (clock_steady_ns() - ex->started_ns) / 1000;
    metrics_count(ex, micros);
    access_log(ex, micros);
}
