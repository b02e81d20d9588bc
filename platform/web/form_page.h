/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages drawn from declared forms: one field an input, with what is stored or was typed and what
 * was wrong with it. Inputs named id and version are not drawn; ids of other things cannot be
 * chosen here: give the input .values, or the page a view of its own. */
#ifndef HT_WEB_FORM_PAGE_H
#define HT_WEB_FORM_PAGE_H
#include "platform/web/router.h"
#include "platform/web/view_parts.h"

/* A field as the view takes it: which part draws it. */
struct drawn_field {
    enum input_kind kind;
    bool few;   /* a choice with few values: buttons instead of a list */
    bool finds; /* beside the choices a field for words */
    str words;  /* what stands in it */
    struct view_field field;
};

/* What views/form.html shows. */
struct drawn_form {
    str title, subject, back, action, button, look;
    i64 version;
    bool has_files;
    struct drawn_field *fields;
    size_t count;
    const struct view_link *crumbs;
};

/* A page for writing one thing, posted to where it stands. stored: struct of form->size, shown at
 * first; menu: name of the entry that the way back leads to; version: sent along when > 0. What
 * may be left out: subject, a line under the title; back and crumbs, where the way back is another
 * than /menu; button, what the act is called where it is more than to save. */
struct form_look {
    const struct form *form;
    const void *stored;
    const char *menu;
    str title;
    i64 version;
    str subject, back, button;
    const struct view_link *crumbs;
};
err form_page(struct rq *rq, struct res *res, const struct form_look *look);

/* The page GET /{flow}/{id}/{verb}; also the redraw after a fault. Errors: CONFLICT flows.state
 * when the verb is not allowed now. */
err flow_form_page(struct rq *rq, struct res *res, const struct route_entry *entry,
                   const struct flow_subject *subject);
#endif
