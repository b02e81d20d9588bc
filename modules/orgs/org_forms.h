/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the forms of this module fill, and its handlers; both for the tables in org_module.c. Areas:
 * area_forms.h. */
#ifndef HT_ORGS_ORG_FORMS_H
#define HT_ORGS_ORG_FORMS_H
#include "modules/orgs/org.h"
#include "platform/files/mapping.h"

/* area: code or name. */
struct org_input {
    i64 id, version, position, from_on, to_on;
    str kind, name, short_name, code, letter_prefix, area;
    bool agency, dispatcher;
};

struct session_input {
    i64 id, version, term_number, number, opened_on, closed_on, until_on;
};

struct term_input {
    i64 id, version, number, from_on, to_on;
};

/* A sector or a committee. renamed_on: from when the new name holds, empty = a mistake. */
struct body_input {
    i64 id, version, position, from_on, to_on, renamed_on;
    str name;
};

/* What comes in as a list: bodies, then areas. */
extern const struct import_kind ORG_IMPORTS[];

/* Tables of org_module.c that pages draw. */
extern const struct form ORG_FORM, SESSION_NEW_FORM, SESSION_FORM, TERM_FORM, BODY_NEW_FORM,
    BODY_FORM;

/* Kinds that can be chosen for the body of the path: a cppcc stays one, and nothing else becomes
 * one. Rows of struct view_choice. */
err org_kinds(struct rq *rq, struct rows *out);

/* A body as its form shows it. */
err org_input_stored(struct rq *rq, const struct org *org, struct org_input *out);

/* The body as it is, with what the form of rq gives; source and parent stay. Errors: NOT_FOUND
 * orgs.not_found; CONFLICT web.version; INVALID form.faults for an area that nobody knows. */
err org_input_take(struct rq *rq, struct org *org);

/* Bodies: pages, the same as JSON. */
err page_org_list(struct rq *rq, struct res *res);
err page_org_show(struct rq *rq, struct res *res);
err page_org_new(struct rq *rq, struct res *res);
err page_org_edit(struct rq *rq, struct res *res);
err page_org_save(struct rq *rq, struct res *res);
err api_org_show(struct rq *rq, struct res *res);
err api_org_save(struct rq *rq, struct res *res);

/* Terms and sessions; rq->api is answered by the same handlers. */
err page_session_list(struct rq *rq, struct res *res);
err page_session_new(struct rq *rq, struct res *res);
err page_session_add(struct rq *rq, struct res *res);
err page_session_edit(struct rq *rq, struct res *res);
err page_session_save(struct rq *rq, struct res *res);
err page_term_edit(struct rq *rq, struct res *res);
err page_term_save(struct rq *rq, struct res *res);
err api_session_show(struct rq *rq, struct res *res);
err api_term_list(struct rq *rq, struct res *res);
err api_term_show(struct rq *rq, struct res *res);

/* Sectors and committees, told apart by the path; rq->api is answered by the same handlers. */
err page_body_list(struct rq *rq, struct res *res);
err page_body_add(struct rq *rq, struct res *res);
err page_body_edit(struct rq *rq, struct res *res);
err page_body_save(struct rq *rq, struct res *res);
err api_body_show(struct rq *rq, struct res *res);

/* Import of a list of bodies. */
err page_org_import_form(struct rq *rq, struct res *res);
err page_org_import_receive(struct rq *rq, struct res *res); /* slow */
err page_org_import(struct rq *rq, struct res *res);
err api_org_import(struct rq *rq, struct res *res);
#endif
