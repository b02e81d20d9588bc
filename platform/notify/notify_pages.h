/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this part show. */
#ifndef HT_NOTIFY_NOTIFY_PAGES_H
#define HT_NOTIFY_NOTIFY_PAGES_H
#include "platform/jobs/jobs.h"
#include "platform/notify/notify.h"
#include "platform/web/view_parts.h"

struct inbox_page {
    const struct notify_delivery *items;
    size_t count;
    i64 unread;
    bool only_unread, mail; /* mail: it can be had by mail too */
    struct view_tab tabs[2];
    str next;
    struct view_link crumbs[2];
};

struct inbox_mail_page {
    str address;
    bool active;
    struct view_link crumbs[3];
};

/* A message on its way out as the administrator sees it: nothing of what it says. */
struct outbox_shown {
    i64 id, added_at, failed_at, run_at, attempts;
    str kind, to, error; /* to: masked */
};
struct outbox_page {
    const struct outbox_shown *items;
    size_t count;
    str state, next;
    i64 total; /* in this state */
    struct view_tab tabs[3];
    struct view_link crumbs[2];
};

/* outbox_pages.c: what has not left, and what the system administrator does with it. */
struct outbox_input {
    i64 id, after, limit;
    str state;
};
extern const struct form OUTBOX_FORM, OUTBOX_ACT_FORM;
err page_outbox_list(struct rq *rq, struct res *res);
err page_outbox_release(struct rq *rq, struct res *res);
err page_outbox_discard(struct rq *rq, struct res *res);
err api_outbox_list(struct rq *rq, struct res *res);
#endif
