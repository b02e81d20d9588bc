/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show. */
#ifndef HT_ORGS_ORG_VIEWS_H
#define HT_ORGS_ORG_VIEWS_H
#include "modules/orgs/org.h"
#include "platform/web/view_parts.h"

struct org_show {
    const struct org *org;
    const struct view_link *crumbs;
    struct view_facts facts;
    bool may_edit, may_accounts;
};

struct org_form {
    const struct org *org;
    const struct view_link *crumbs;
    str action;
    const struct view_choice *kinds;
    size_t kind_count;
};

/* A session with its worded name. */
struct session_item {
    const struct session *session;
    str name;
};
struct session_page {
    const struct view_link *crumbs;
    const struct session_item *items;
    size_t count;
    str term_text, number_text; /* proposed for the next one */
    bool may_manage;
};

/* Sectors or committees. */
struct body_page {
    const struct view_link *crumbs;
    str title, action, hint;
    const struct body *items;
    size_t count;
    bool may_manage;
};
#endif
