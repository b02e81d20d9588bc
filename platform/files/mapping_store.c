/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of kept mappings (mapping_store.h). */
#include "platform/files/mapping_store.h"

#include "platform/base/str.h"

static const struct field MAPPING_ROW[] = { FIELD(struct kept_mapping, mapping), { 0 } };

err mapping_store_find(struct db *db, const struct kept_mapping *key, struct arena *mem, str *out)
{
    struct kept_mapping row;
    err e = db_one(db,
                   SQL("SELECT mapping FROM import_mappings WHERE org_id = :org AND kind = :kind "
                       "AND source = :source",
                       P(key->kind), P(key->source)),
                   MAPPING_ROW, mem, &row);
    *out = e.code == ERR_NONE ? row.mapping : str_of("");
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err mapping_store_save(struct db *db, const struct kept_mapping *m)
{
    return db_run(
        db,
        SQL("INSERT INTO import_mappings (org_id, kind, source, mapping, saved_at, saved_by) "
            "VALUES (:org, :kind, :source, :mapping, :saved_at, :saved_by) ON CONFLICT (org_id, "
            "kind, source) DO UPDATE SET mapping = :mapping, saved_at = :saved_at, saved_by = "
            ":saved_by",
            P(m->kind), P(m->source), P(m->mapping), P(m->saved_at), P(m->saved_by)),
        NULL);
}
