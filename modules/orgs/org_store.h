/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of bodies. Rules: org.c. Terms and sessions: session_store.h; sectors and committees:
 * body_store.h; areas: area_store.h. */
#ifndef HT_ORGS_ORG_STORE_H
#define HT_ORGS_ORG_STORE_H
#include "modules/orgs/org.h"

/* One body of the organisation. Errors: NOT_FOUND db.no_row. */
err org_store_find(struct db *db, i64 id, struct arena *mem, struct org *out);
err org_store_find_by_name(struct db *db, str kind, str name, struct arena *mem, struct org *out);
err org_store_find_by_source(struct db *db, str source, str source_id, struct arena *mem,
                             struct org *out);

/* All of a kind and name, whenever they were there; struct org rows. */
err org_store_list_by_name(struct db *db, str kind, str name, struct arena *mem, struct rows *out);

/* The name of the cppcc of this installation that has a code; empty when none has. Reads without
 * an organisation, so that nobody's write lock is taken. */
err org_store_find_house_code(struct db *db, str code, struct arena *mem, str *name);

/* The tenant that stands nearest above an area, the area itself first: id and name. Errors:
 * NOT_FOUND db.no_row. */
err org_store_find_of_area(struct db *db, i64 area_id, i64 on, struct arena *mem, struct org *out);

/* The tenants that stand right below the organisation, by the code of their areas: no other one
 * stands between; struct org rows with id and name alone. */
err org_store_list_below(struct db *db, i64 on, struct arena *mem, struct rows *out);

/* The cppcc whose data rq works on (its own row). */
err org_store_find_cppcc(struct db *db, struct arena *mem, struct org *out);

/* Bodies in the site's order; agencies only, those of today. struct org rows. */
err org_store_list(struct db *db, struct arena *mem, struct rows *out);
err org_store_list_agencies(struct db *db, i64 on, struct arena *mem, struct rows *out);

/* Adds a body. Errors: CONFLICT db.unique (kind and name from the same day, source). */
err org_store_add(struct db *db, const struct org *org, i64 *id);
err org_store_update(struct db *db, const struct org *org); /* by id and version */
err org_store_own(struct db *db, i64 id); /* a cppcc's row becomes its own organisation */
#endif
