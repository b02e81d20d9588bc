/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Mappings that are kept, one for each kind of import and sender. For import_page.c; what is in
 * one: mapping.h. */
#ifndef HT_FILES_MAPPING_STORE_H
#define HT_FILES_MAPPING_STORE_H
#include "platform/db/db.h"

/* mapping: JSON. */
struct kept_mapping {
    str kind, source, mapping;
    i64 saved_at, saved_by;
};

/* The JSON of a sender's lists of a kind; empty when none is kept. Errors: those of the database.
 */
err mapping_store_find(struct db *db, const struct kept_mapping *key, struct arena *mem, str *out);

/* Keeps one in the place of the last. Errors: those of the database. */
err mapping_store_save(struct db *db, const struct kept_mapping *m);
#endif
