/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this part show. */
#ifndef HT_NOTIFY_NOTIFY_PAGES_H
#define HT_NOTIFY_NOTIFY_PAGES_H
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
#endif
