/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of books. Rules: compendium.c. */
#ifndef HT_COMPENDIUM_COMPENDIUM_STORE_H
#define HT_COMPENDIUM_COMPENDIUM_STORE_H
#include "modules/compendium/compendium.h"

/* One by id. Errors: NOT_FOUND db.no_row. */
err compendium_store_find(struct db *db, i64 id, struct arena *mem, struct compendium_run *out);

/* The newest first; those asked for before a moment; those of a session that are there or being
 * made; struct compendium_run rows. */
err compendium_store_list(struct db *db, i64 limit, struct arena *mem, struct rows *out);
err compendium_store_list_before(struct db *db, i64 asked_at, i64 limit, struct arena *mem,
                                 struct rows *out);
err compendium_store_list_session(struct db *db, i64 session_id, struct arena *mem,
                                  struct rows *out);

/* Those being made that were asked for before a moment: struct compendium_run rows. */
err compendium_store_list_stuck(struct db *db, i64 before, struct arena *mem, struct rows *out);

/* How many wait or are being made. */
err compendium_store_count_open(struct db *db, i64 *count);

/* A new one, queued. */
err compendium_store_add(struct db *db, const struct compendium_run *run, i64 *id);

/* How far it is; what it has become: by id and version. *changed 0: it was taken away or became
 * untrue in between. The version of a progress stays. */
err compendium_store_progress(struct db *db, const struct compendium_run *run, i64 *changed);
err compendium_store_end(struct db *db, const struct compendium_run *run, i64 *changed);

/* By id and version. Errors: CONFLICT db.version. */
err compendium_store_set_outdated(struct db *db, i64 id, i64 version);
err compendium_store_remove(struct db *db, i64 id, i64 version, i64 *changed);
#endif
