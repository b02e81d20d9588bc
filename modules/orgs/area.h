/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of areas (行政区划): for this module's pages, API and import. They are facts of the country
 * and belong to all organisations of the installation; only the administrator of the one that runs
 * it changes them. */
#ifndef HT_ORGS_AREA_H
#define HT_ORGS_AREA_H
#include "modules/orgs/area_store.h"

/* An area by code: id 0 when there is none. */
err area_find_by_code(struct rq *rq, str code, struct area *out);

/* Those whose name or code fits what was typed; struct area rows, at most AREA_FOUND_MAX. */
err area_search(struct rq *rq, str typed, struct rows *out);

/* Whether the actor may change areas: he holds areas.manage in the organisation that runs the
 * installation. check: the same as FORBIDDEN areas.only_host. */
err area_may_change(struct rq *rq, bool *may);
err area_check_host(struct rq *rq);

/* What is written of an area. parent: code of the one above, empty = at the top; renamed_on: day
 * from which a new name holds, <= 0 = the old one was a mistake. */
struct area_change {
    struct area area; /* id 0 = a new one; parent_id is not read */
    str parent;
    i64 renamed_on;
};

/* Adds an area or writes it over, by id and version. Codes are unique; levels go down from parent
 * to child; one that ends has nothing under it that goes on. Audited with before and after in the
 * actor's organisation. Errors: FORBIDDEN areas.only_host; NOT_FOUND areas.not_found; INVALID with
 * faults at the fields; CONFLICT db.version. */
err area_save(struct rq *rq, const struct area_change *change, i64 *id);

/* Levels from the widest down, NULL at the end. */
extern const char *const area_levels[];

/* The level that comes next below one; empty below the narrowest, and of what is no level. */
str area_level_below(str level);
#endif
