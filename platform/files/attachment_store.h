/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows of attachments. For platform/files only; others use files.h. */
#ifndef HT_FILES_ATTACHMENT_STORE_H
#define HT_FILES_ATTACHMENT_STORE_H
#include "platform/files/files.h"

/* Adds a row; its id. */
struct attachment_new {
    i64 owner_id, size_bytes, uploaded_at, account_id;
    str owner, name, type, sha256, uploaded_by;
};
err attachment_store_add(struct db *db, const struct attachment_new *row, i64 *id);

/* Those of an owner, oldest first; one of them. Errors of find: NOT_FOUND db.no_row. */
err attachment_store_list(struct db *db, str owner, i64 owner_id, struct arena *mem,
                          struct rows *out);
err attachment_store_find(struct db *db, const struct attachment *key, struct arena *mem,
                          struct attachment *out);

/* Bytes that an account has in its organisation. */
err attachment_store_count_bytes(struct db *db, i64 account_id, i64 *out);

/* Marks one as removed. Errors: NOT_FOUND db.no_row. */
err attachment_store_remove(struct db *db, const struct attachment *key, i64 removed_at);

/* Marks all of an owner as removed; there may be none. */
err attachment_store_remove_all(struct db *db, const struct attachment *of, i64 removed_at);

/* Those of an owner's kind (of->owner) put there before of->uploaded_at, oldest first. */
err attachment_store_list_old(struct db *db, const struct attachment *of, i64 limit,
                              struct arena *mem, struct rows *out);

/* Rows removed before a moment, at most `limit`; deletes one for good; how many rows of all
 * organisations still have the bytes. */
err attachment_store_list_removed(struct db *db, i64 removed_at, i64 limit, struct arena *mem,
                                  struct rows *out);
err attachment_store_delete(struct db *db, i64 id);
err attachment_store_count_sharing(struct db *db, str sha256, i64 *out);

/* Calls fn for every row of the organisation that is there. */
err attachment_store_each(struct db *db, struct arena *mem, err (*fn)(void *context, void *row),
                          void *context);
#endif
