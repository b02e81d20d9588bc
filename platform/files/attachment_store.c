/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of attachments; the bytes are blob.c's. */
#include "platform/files/attachment_store.h"

static const struct field ATTACHMENT_ROW[] = {
    FIELD(struct attachment, id),          FIELD(struct attachment, owner),
    FIELD(struct attachment, owner_id),    FIELD(struct attachment, name),
    FIELD(struct attachment, type),        FIELD(struct attachment, sha256),
    FIELD(struct attachment, size_bytes),  FIELD(struct attachment, uploaded_at),
    FIELD(struct attachment, uploaded_by), { 0 },
};

err attachment_store_add(struct db *db, const struct attachment_new *row, i64 *id)
{
    return db_i64(db,
                  SQL("INSERT INTO attachments (org_id, owner, owner_id, name, type, sha256, "
                      "size_bytes, uploaded_at, uploaded_by, account_id) VALUES (:org, :owner, "
                      ":owner_id, :name, :type, :sha256, :size_bytes, :uploaded_at, :uploaded_by, "
                      ":account_id) RETURNING id",
                      P(row->owner), P(row->owner_id), P(row->name), P(row->type), P(row->sha256),
                      P(row->size_bytes), P(row->uploaded_at), P(row->uploaded_by),
                      P(row->account_id)),
                  id);
}

err attachment_store_list(struct db *db, str owner, i64 owner_id, struct arena *mem,
                          struct rows *out)
{
    out->size = sizeof(struct attachment);
    return db_list(db,
                   SQL("SELECT id, owner, owner_id, name, type, sha256, size_bytes, uploaded_at, "
                       "uploaded_by FROM attachments WHERE org_id = :org AND owner = :owner "
                       "AND owner_id = :owner_id AND removed_at = 0 ORDER BY id LIMIT 1000",
                       P(owner), P(owner_id)),
                   ATTACHMENT_ROW, mem, out);
}

err attachment_store_find(struct db *db, const struct attachment *key, struct arena *mem,
                          struct attachment *out)
{
    return db_one(db,
                  SQL("SELECT id, owner, owner_id, name, type, sha256, size_bytes, uploaded_at, "
                      "uploaded_by FROM attachments WHERE org_id = :org AND id = :id "
                      "AND owner = :owner AND owner_id = :owner_id AND removed_at = 0",
                      P(key->id), P(key->owner), P(key->owner_id)),
                  ATTACHMENT_ROW, mem, out);
}

err attachment_store_count_bytes(struct db *db, i64 account_id, i64 *out)
{
    return db_i64(db,
                  SQL("SELECT CAST(COALESCE(SUM(size_bytes), 0) AS BIGINT) AS n FROM attachments "
                      "WHERE org_id = :org AND account_id = :account_id AND removed_at = 0",
                      P(account_id)),
                  out);
}

err attachment_store_remove(struct db *db, const struct attachment *key, i64 removed_at)
{
    i64 changed;
    TRY(db_run(db,
               SQL("UPDATE attachments SET removed_at = :removed_at WHERE org_id = :org "
                   "AND id = :id AND owner = :owner AND owner_id = :owner_id AND removed_at = 0",
                   P(removed_at), P(key->id), P(key->owner), P(key->owner_id)),
               &changed));
    return changed ? OK : err_make(ERR_NOT_FOUND, "db.no_row");
}

err attachment_store_remove_all(struct db *db, const struct attachment *of, i64 removed_at)
{
    return db_run(db,
                  SQL("UPDATE attachments SET removed_at = :removed_at WHERE org_id = :org "
                      "AND owner = :owner AND owner_id = :owner_id AND removed_at = 0",
                      P(removed_at), P(of->owner), P(of->owner_id)),
                  NULL);
}

err attachment_store_list_removed(struct db *db, i64 removed_at, i64 limit, struct arena *mem,
                                  struct rows *out)
{
    out->size = sizeof(struct attachment);
    return db_list(db,
                   SQL("SELECT id, owner, owner_id, name, type, sha256, size_bytes, uploaded_at, "
                       "uploaded_by FROM attachments WHERE org_id = :org AND removed_at > 0 "
                       "AND removed_at < :removed_at ORDER BY removed_at LIMIT :limit",
                       P(removed_at), P(limit)),
                   ATTACHMENT_ROW, mem, out);
}

err attachment_store_list_old(struct db *db, const struct attachment *of, i64 limit,
                              struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct attachment);
    return db_list(db,
                   SQL("SELECT id, owner, owner_id, name, type, sha256, size_bytes, uploaded_at, "
                       "uploaded_by FROM attachments WHERE org_id = :org AND owner = :owner "
                       "AND removed_at = 0 AND uploaded_at < :uploaded_at ORDER BY id LIMIT :limit",
                       P(of->owner), P(of->uploaded_at), P(limit)),
                   ATTACHMENT_ROW, mem, out);
}

err attachment_store_delete(struct db *db, i64 id)
{
    return db_run(db, SQL("DELETE FROM attachments WHERE org_id = :org AND id = :id", P(id)), NULL);
}

err attachment_store_count_sharing(struct db *db, str sha256, i64 *out)
{
    return db_i64(db,
                  SQL("SELECT COUNT(*) AS n FROM attachments WHERE sha256 = :sha256", P(sha256)),
                  out);
}

err attachment_store_each(struct db *db, struct arena *mem, err (*fn)(void *context, void *row),
                          void *context)
{
    const struct db_each each = { ATTACHMENT_ROW, sizeof(struct attachment), mem, fn, context };
    return db_each(db,
                   SQL("SELECT id, owner, owner_id, name, type, sha256, size_bytes, uploaded_at, "
                       "uploaded_by FROM attachments WHERE org_id = :org AND removed_at = 0 "
                       "ORDER BY id"),
                   &each);
}
