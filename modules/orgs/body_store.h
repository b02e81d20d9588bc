/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of sectors and committees: one function for both, a literal for each table. Rules: body.c. */
#ifndef HT_ORGS_BODY_STORE_H
#define HT_ORGS_BODY_STORE_H
#include "modules/orgs/org.h"

/* Those in force on a day, by the names they had then; all of them, in order; struct body rows. */
err body_store_list(struct db *db, enum body_kind kind, i64 on, struct arena *mem,
                    struct rows *out);
err body_store_list_all(struct db *db, enum body_kind kind, struct arena *mem, struct rows *out);

/* One by id. Errors: NOT_FOUND db.no_row. */
err body_store_find(struct db *db, enum body_kind kind, i64 id, struct arena *mem,
                    struct body *out);

/* Adds one (CONFLICT db.unique); writes one over by id and version (CONFLICT db.version). */
err body_store_add(struct db *db, enum body_kind kind, const struct body *body, i64 *id);
err body_store_update(struct db *db, enum body_kind kind, const struct body *body);

/* Former names of one, newest first (struct former_name rows); adds one, or corrects that of the
 * day. */
err body_store_list_names(struct db *db, enum body_kind kind, i64 body_id, struct arena *mem,
                          struct rows *out);
err body_store_add_name(struct db *db, enum body_kind kind, i64 body_id,
                        const struct former_name *name);
#endif
