/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the views of recasts show. Filled by recast_pages.c; all texts unescaped. */
#ifndef HT_RECASTS_RECAST_VIEWS_H
#define HT_RECASTS_RECAST_VIEWS_H
#include "modules/recasts/recast.h"
#include "platform/web/view_parts.h"

struct recast_form {
    const struct proposal *p;
    const struct view_link *crumbs;
};

/* On a page of one end. opens: the actor may open the other end; title: of it, then. answers: it
 * asks him; makes: he may make the other one now; asks: he may ask for it;
 * recalls: he may take the question back. */
struct recast_card {
    const struct recast *r;
    i64 id; /* of the page's proposal or opinion */
    str title;
    bool opens, answers, makes, asks, recalls;
};
#endif
