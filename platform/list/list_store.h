/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows of list_views. For platform/list only; others use list.h. */
#ifndef HT_LIST_LIST_STORE_H
#define HT_LIST_LIST_STORE_H
#include "platform/list/list.h"

/* Views of an account for a list, by name; their number, the one of this name aside. */
err list_store_list(struct db *db, i64 account_id, str list, struct arena *mem, struct rows *out);
err list_store_count_others(struct db *db, i64 account_id, str list, str name, i64 *out);

/* Adds a view or replaces the question of the one with that name. */
struct list_store_view {
    i64 account_id, saved_at;
    str list, name, query;
};
err list_store_save(struct db *db, const struct list_store_view *view);

/* Removes a view of the account. Errors: NOT_FOUND db.no_row. */
err list_store_remove(struct db *db, i64 account_id, str list, i64 id);
#endif
