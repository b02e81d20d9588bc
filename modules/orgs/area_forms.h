/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the forms of areas fill, their import, and their handlers; for the tables in org_module.c.
 */
#ifndef HT_ORGS_AREA_FORMS_H
#define HT_ORGS_AREA_FORMS_H
#include "modules/orgs/org.h"
#include "platform/files/mapping.h"

enum { AREA_NAME_MAX = 40 };

/* parent: code or name of the one above, empty = at the top; renamed_on: from when the new name
 * holds, empty = the old one was a mistake. */
struct area_input {
    i64 id, version, from_on, to_on, renamed_on;
    str code, name, level, parent;
};

/* q: what to look for; parent: of a new one. */
struct area_query {
    str q, parent;
};

extern const struct form AREA_FORM;
extern const struct import_field AREA_FIELDS[];

/* Stores one row, as struct import_kind says (mapping.h). */
err area_import_row(struct rq *rq, const struct import_row *row, char *result);

/* The tree, one area in it, and writing; rq->api is answered by the same handlers. */
err page_area_list(struct rq *rq, struct res *res);
err page_area_show(struct rq *rq, struct res *res);
err page_area_new(struct rq *rq, struct res *res);
err page_area_edit(struct rq *rq, struct res *res);
err page_area_save(struct rq *rq, struct res *res);

/* Import of a list of areas. */
err page_area_import_form(struct rq *rq, struct res *res);
err page_area_import_receive(struct rq *rq, struct res *res); /* slow */
err page_area_import(struct rq *rq, struct res *res);
err api_area_import(struct rq *rq, struct res *res);
#endif
