/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of saved views. The statements of the lists themselves are put together in list_sql.c. */
#include "platform/list/list_store.h"

static const struct field VIEW_ROW[] = {
    FIELD(struct list_view, id),
    FIELD(struct list_view, name),
    FIELD(struct list_view, query),
    { 0 },
};

err list_store_list(struct db *db, i64 account_id, str list, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct list_view);
    return db_list(db,
                   SQL("SELECT id, name, query FROM list_views WHERE org_id = :org "
                       "AND account_id = :account_id AND list = :list ORDER BY name LIMIT 100",
                       P(account_id), P(list)),
                   VIEW_ROW, mem, out);
}

err list_store_count_others(struct db *db, i64 account_id, str list, str name, i64 *out)
{
    return db_i64(db,
                  SQL("SELECT COUNT(*) AS n FROM list_views WHERE org_id = :org "
                      "AND account_id = :account_id AND list = :list AND name <> :name",
                      P(account_id), P(list), P(name)),
                  out);
}

err list_store_save(struct db *db, const struct list_store_view *view)
{
    return db_run(db,
                  SQL("INSERT INTO list_views (org_id, account_id, list, name, query, saved_at) "
                      "VALUES (:org, :account_id, :list, :name, :query, :saved_at) "
                      "ON CONFLICT (org_id, account_id, list, name) DO UPDATE "
                      "SET query = excluded.query, saved_at = excluded.saved_at",
                      P(view->account_id), P(view->list), P(view->name), P(view->query),
                      P(view->saved_at)),
                  NULL);
}

err list_store_remove(struct db *db, i64 account_id, str list, i64 id)
{
    i64 changed;
    TRY(db_run(db,
               SQL("DELETE FROM list_views WHERE org_id = :org AND account_id = :account_id "
                   "AND list = :list AND id = :id",
                   P(account_id), P(list), P(id)),
               &changed));
    return changed ? OK : err_make(ERR_NOT_FOUND, "db.no_row");
}
