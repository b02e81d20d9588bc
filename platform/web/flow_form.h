/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A page drawn from the form that an action of a flow declares: one field an input, with what
 * was typed and what was wrong with it. Ids of other things cannot be chosen here: such an
 * action has a page of its own. */
#ifndef HT_WEB_FLOW_FORM_H
#define HT_WEB_FLOW_FORM_H
#include "platform/web/router.h"
#include "platform/web/view_parts.h"

/* A field as the view takes it: which part draws it. */
struct drawn_field {
    enum input_kind kind;
    bool few; /* a choice with few values: buttons instead of a list */
    struct view_field field;
};

/* What views/form.html shows. */
struct drawn_form {
    str title, subject, back, action, button, look;
    i64 version;
    bool has_files;
    struct drawn_field *fields;
    size_t count;
    struct view_link crumbs[3];
};

/* The page GET /{flow}/{id}/{verb}; also the redraw after a fault. Errors: CONFLICT flows.state
 * when the verb is not allowed now. */
err flow_form_page(struct rq *rq, struct res *res, const struct route_entry *entry,
                   const struct flow_subject *subject);
#endif
