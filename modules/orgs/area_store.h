/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of areas, which belong to no organisation, and of the bodies that stand in one. Rules:
 * area.c. */
#ifndef HT_ORGS_AREA_STORE_H
#define HT_ORGS_AREA_STORE_H
#include "modules/orgs/org.h"

/* One by id or code. Errors: NOT_FOUND db.no_row. */
err area_store_find(struct db *db, i64 id, struct arena *mem, struct area *out);
err area_store_find_by_code(struct db *db, str code, struct arena *mem, struct area *out);

/* Those of a name, still there ones first; those right under one (0 = those at the top), by code;
 * of these, those that are there on a day; those whose name holds the words or whose code begins
 * with them (folded by the caller), widest first, at most AREA_FOUND_MAX; struct area rows. */
enum { AREA_FOUND_MAX = 100 };
err area_store_list_by_name(struct db *db, str name, struct arena *mem, struct rows *out);
err area_store_list_under(struct db *db, i64 parent_id, struct arena *mem, struct rows *out);
err area_store_list_there(struct db *db, i64 parent_id, i64 on, struct arena *mem,
                          struct rows *out);
err area_store_search(struct db *db, str words, struct arena *mem, struct rows *out);

/* Adds one (CONFLICT db.unique); writes one over by id and version (CONFLICT db.version). */
err area_store_add(struct db *db, const struct area *area, i64 *id);
err area_store_update(struct db *db, const struct area *area);

/* Former names, newest first (struct former_name rows); adds one, or corrects that of the day. */
err area_store_list_names(struct db *db, i64 area_id, struct arena *mem, struct rows *out);
err area_store_add_name(struct db *db, i64 area_id, const struct former_name *name);

/* Bodies of the organisation that stand in an area, in the site's order; struct org_in_area. */
struct org_in_area {
    i64 id, to_on;
    str name, kind;
};
err area_store_list_orgs(struct db *db, i64 area_id, struct arena *mem, struct rows *out);
#endif
