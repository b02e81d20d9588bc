/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of bodies, terms, sessions, sectors, committees and areas. Rules: org.c. */
#ifndef HT_ORGS_ORG_STORE_H
#define HT_ORGS_ORG_STORE_H
#include "modules/orgs/org.h"

/* One body of the organisation. Errors: NOT_FOUND db.no_row. */
err org_store_find(struct db *db, i64 id, struct arena *mem, struct org *out);
err org_store_find_by_name(struct db *db, str kind, str name, struct arena *mem, struct org *out);
err org_store_find_by_source(struct db *db, str source, str source_id, struct arena *mem,
                             struct org *out);

/* The cppcc whose data rq works on (its own row). */
err org_store_find_cppcc(struct db *db, struct arena *mem, struct org *out);

/* Bodies in the site's order; agencies only, those of today. struct org rows. */
err org_store_list(struct db *db, struct arena *mem, struct rows *out);
err org_store_list_agencies(struct db *db, i64 on, struct arena *mem, struct rows *out);

/* Adds a body. Errors: CONFLICT db.unique (kind and name from the same day, source). */
err org_store_add(struct db *db, const struct org *org, i64 *id);
err org_store_update(struct db *db, const struct org *org); /* by id and version */
err org_store_own(struct db *db, i64 id); /* a cppcc's row becomes its own organisation */

/* The id of an area by its code (NOT_FOUND db.no_row); adds it or writes it over. */
err org_store_area_find(struct db *db, str code, i64 *id);
err org_store_area_save(struct db *db, const struct area *area, i64 *id);

/* A term by its number (NOT_FOUND db.no_row); adds one. */
err term_store_find(struct db *db, i64 number, struct arena *mem, struct term *out);
err term_store_add(struct db *db, const struct term *term, i64 *id);

/* Ends those of smaller numbers that are still open on a day. */
err term_store_end_before(struct db *db, i64 number, i64 to_on);

/* A session by id, by a day of its working year (NOT_FOUND db.no_row); all, newest first; adds one
 * (CONFLICT db.unique). */
err session_store_find(struct db *db, i64 id, struct arena *mem, struct session *out);
err session_store_find_on(struct db *db, i64 on, struct arena *mem, struct session *out);
err session_store_list(struct db *db, struct arena *mem, struct rows *out);
err session_store_add(struct db *db, const struct session *session, i64 *id);

/* Sets the last day for proposals of the sessions that are still open and began before. */
err session_store_close_before(struct db *db, i64 opened_on, i64 until_on);

/* Sectors and committees: the same statements over two tables. */
err sector_store_list(struct db *db, i64 on, struct arena *mem, struct rows *out);
err sector_store_find_by_name(struct db *db, str name, i64 on, i64 *id); /* in force */
err sector_store_last_day(struct db *db, str name, i64 *to_on); /* of all of the name; 0 = none */
err sector_store_add(struct db *db, const struct body *body, i64 *id);
err committee_store_list(struct db *db, i64 on, struct arena *mem, struct rows *out);
err committee_store_find_by_name(struct db *db, str name, i64 on, i64 *id); /* in force */
err committee_store_last_day(struct db *db, str name,
                             i64 *to_on); /* of all of the name; 0 = none */
err committee_store_add(struct db *db, const struct body *body, i64 *id);
err sector_store_end(struct db *db, i64 id, i64 to_on);
err committee_store_end(struct db *db, i64 id, i64 to_on);
#endif
