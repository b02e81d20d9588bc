/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of this module show. Filled by publication_pages.c and publication_desk.c; all
 * texts unescaped. */
#ifndef HT_PUBLICATIONS_PUBLICATION_VIEWS_H
#define HT_PUBLICATIONS_PUBLICATION_VIEWS_H
#include "modules/publications/publication_facts.h"
#include "platform/flow/flow.h"

/* A row of the public list. */
struct publication_item {
    i64 id, published_on;
    str title, number, category, host_name, stage;
    const char *tone;
};

struct publication_find {
    str org, q;
    const struct view_choice *sessions, *categories, *agencies;
    size_t session_count, category_count, agency_count;
    const struct publication_item *items;
    size_t count;
    bool filtered; /* by more than words */
    struct view_pager pager;
};

struct publication_page {
    const struct publication_facts *facts;
    str org;
    bool manages; /* the reader may edit it */
};

/* The edit page. original: as the proposer wrote it; may: nothing speaks against publishing. */
struct publication_edit {
    const struct publication *u;
    const struct view_link *crumbs;
    str number, original_title, why;
    html original;
    strs suggestions;
    i64 version;
    const char *tone;
    struct flow_allowed allowed;
    struct view_steps history;
    const struct view_choice *modes;
};

/* At the side of a proposal's page. u NULL = there is none yet. */
struct publication_card {
    const struct proposal *p;
    const struct publication *u;
    str why;
    bool is_open, manages, may_object, objects;
};
#endif
