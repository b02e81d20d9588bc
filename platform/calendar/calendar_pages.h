/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the view of this part shows. */
#ifndef HT_CALENDAR_CALENDAR_PAGES_H
#define HT_CALENDAR_CALENDAR_PAGES_H
#include "platform/base/types.h"
#include "platform/web/view_parts.h"

struct calendar_day {
    i64 day;
    str name, weekday;
    bool working;
};

struct calendar_page {
    i64 year, covers;
    bool ending, may_import;
    const struct calendar_day *days;
    size_t count;
    i64 working; /* working days of the year */
    str previous, next;
    struct view_link crumbs[2];
};
#endif
