/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show; all texts unescaped. */
#ifndef HT_HANDLINGS_HANDLING_VIEWS_H
#define HT_HANDLINGS_HANDLING_VIEWS_H
#include "modules/handlings/handling_rules.h"
#include "platform/web/view_parts.h"

/* A letter as a unit reads it. sender: only where he lets himself be known. again: why he thinks it
 * is not solved, in a round again. */
struct handling_matter {
    const struct letter *l;
    str text, category, again, sender_name, sender_phone;
    i64 along;
    bool reads_letters;
};

/* Handing out: units to choose from (hosts has one more, the empty first), what they will read. */
struct handling_assign {
    const struct letter *l;
    const struct view_link *crumbs;
    const struct view_choice *hosts, *cohosts;
    size_t count;
    str text;
    i64 due_on;
    bool cohosts_open;
};

/* Running along: letters that are like this one. */
struct handling_attach {
    const struct letter *l;
    const struct view_link *crumbs;
    const struct view_choice *leads;
    size_t count;
    str back;
};

struct handling_feed {
    const struct letter *l;
    const struct view_link *crumbs;
    str situation;
    bool may_name;
};

/* The part in a letter's page. lead: id 0 = it runs along with none. */
struct handling_part {
    const struct letter *l;
    struct letter lead;
    struct rows along, opinions;
    bool reads_opinions;
};
#endif
