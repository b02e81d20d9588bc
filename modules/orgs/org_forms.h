/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the forms of this module fill, and its handlers; both for the table in org_module.c. */
#ifndef HT_ORGS_ORG_FORMS_H
#define HT_ORGS_ORG_FORMS_H
#include "modules/orgs/org.h"
#include "platform/files/mapping.h"

struct org_input {
    i64 id, version, position, from_on, to_on;
    str kind, name, short_name, code, letter_prefix;
    bool agency, dispatcher;
};

struct session_input {
    i64 term_number, number, opened_on, closed_on;
};

/* A sector or a committee. */
struct body_input {
    i64 id, position, to_on;
    str name;
};

extern const struct import_kind ORG_IMPORTS[];

/* The body as it is, with what the form of rq gives; area, source and parent stay. Errors:
 * NOT_FOUND orgs.not_found. */
err org_input_take(struct rq *rq, struct org *org);

/* Pages: bodies, one body, sessions, sectors and committees. */
err page_org_list(struct rq *rq, struct res *res);
err page_org_show(struct rq *rq, struct res *res);
err page_org_new(struct rq *rq, struct res *res);
err page_org_edit(struct rq *rq, struct res *res);
err page_org_save(struct rq *rq, struct res *res);
err page_session_list(struct rq *rq, struct res *res);
err page_session_add(struct rq *rq, struct res *res);
err page_body_list(struct rq *rq, struct res *res);
err page_sector_save(struct rq *rq, struct res *res);
err page_committee_save(struct rq *rq, struct res *res);

/* The same as JSON. */
err api_org_show(struct rq *rq, struct res *res);
err api_org_save(struct rq *rq, struct res *res);
err api_session_list(struct rq *rq, struct res *res);
err api_session_add(struct rq *rq, struct res *res);
err api_sector_list(struct rq *rq, struct res *res);
err api_committee_list(struct rq *rq, struct res *res);

/* Import of a list, for the page and the API. */
err page_org_import_form(struct rq *rq, struct res *res);
err page_org_import(struct rq *rq, struct res *res);
err api_org_import(struct rq *rq, struct res *res);
#endif
