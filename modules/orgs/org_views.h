/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show. */
#ifndef HT_ORGS_ORG_VIEWS_H
#define HT_ORGS_ORG_VIEWS_H
#include "modules/orgs/area_store.h"
#include "platform/web/view_parts.h"

struct org_show {
    const struct org *org;
    const struct view_link *crumbs;
    struct view_facts facts;
    bool may_edit, may_accounts;
};

/* A session, a term with its worded name. */
struct session_item {
    const struct session *session;
    str name;
};
struct term_item {
    const struct term *term;
    str name;
};
struct session_page {
    const struct view_link *crumbs;
    const struct session_item *items;
    size_t count;
    const struct term_item *terms;
    size_t term_count;
    bool may_manage;
};

/* Sectors or committees: those in force, and those that are not. */
struct body_page {
    const struct view_link *crumbs;
    str title, name, hint; /* name: sectors, committees */
    const struct body *items;
    size_t count;
    const struct body *gone;
    size_t gone_count;
    bool may_manage;
};

/* The tree of areas: its top, what was found (q), or one area. */
struct area_page {
    const struct area *area; /* NULL = the top or what was found */
    const struct view_link *crumbs;
    str title, q;
    struct view_facts facts;
    const struct area *items;
    size_t count;
    const struct org_in_area *orgs;
    size_t org_count;
    bool may_change, full; /* full: more fit than are shown */
    i64 today;
};
#endif
