/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the pages of retention show and take. */
#ifndef HT_RETENTION_RETENTION_PAGES_H
#define HT_RETENTION_RETENTION_PAGES_H
#include "modules/retention/retention_store.h"
#include "platform/web/view_parts.h"

#define RETENTION_MANAGE "retention.manage"

/* A rule as it stands today. url: where its days are changed; empty = not by this actor. */
struct retention_line {
    const struct retention_rule *rule;
    str label, help, url;
    i64 days;
    struct retention_due due;
    struct retention_run last;
};

/* Tables that are kept for one reason, "proposals" … names: of the tables, in words. */
struct retention_group {
    const char *by;
    str why;
    str *names;
    size_t count;
};

/* A hold as the page lists it: of which kind of record. */
struct retention_held {
    struct retention_hold hold;
    str label;
};

struct retention_page {
    struct retention_line *lines;
    size_t line_count;
    struct retention_group *kept, *used, *timers;
    size_t kept_count, used_count, timer_count;
    struct retention_held *holds;
    size_t hold_count;
};

/* A hold as typed. record: number or address of the record; empty = all of the collection. */
struct retention_hold_input {
    str collection, record, reason;
};
struct retention_lift_input {
    i64 id, version;
};
extern const struct form RETENTION_HOLD_FORM;

/* Handlers of the timer and the routes. */
err job_retention_end(struct rq *rq, bool *again);
err slow_retention(struct rq *rq, struct res *res);
err page_retention(struct rq *rq, struct res *res);
err page_retention_hold_form(struct rq *rq, struct res *res);
err page_retention_hold(struct rq *rq, struct res *res);
err page_retention_lift(struct rq *rq, struct res *res);
#endif
