/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of board_marks. */
#include "modules/boards/board_store.h"

static const struct field MARK_ROW[] = {
    FIELD(struct board_mark, proposal_id),
    FIELD(struct board_mark, account_id),
    FIELD(struct board_mark, taken_at),
    FIELD(struct board_mark, account_name),
    { 0 },
};

err board_store_find(struct db *db, i64 proposal_id, i64 after, struct arena *mem,
                     struct board_mark *out)
{
    return db_one(db,
                  SQL("SELECT proposal_id, account_id, taken_at, account_name FROM board_marks "
                      "WHERE org_id = :org AND proposal_id = :proposal_id AND taken_at > :after",
                      P(proposal_id), P(after)),
                  MARK_ROW, mem, out);
}

err board_store_list(struct db *db, const struct board_mark_query *query, struct arena *mem,
                     struct rows *out)
{
    out->size = sizeof(struct board_mark);
    return db_list(db,
                   SQL("SELECT proposal_id, account_id, taken_at, account_name FROM board_marks "
                       "WHERE org_id = :org AND account_id = :account_id AND taken_at > :after "
                       "ORDER BY taken_at DESC, proposal_id DESC LIMIT :limit",
                       P(query->account_id), P(query->after), P(query->limit)),
                   MARK_ROW, mem, out);
}

err board_store_put(struct db *db, const struct board_mark *mark)
{
    return db_run(db,
                  SQL("INSERT INTO board_marks (org_id, proposal_id, account_id, account_name, "
                      "taken_at) VALUES (:org, :proposal_id, :account_id, :account_name, "
                      ":taken_at) ON CONFLICT (org_id, proposal_id) DO UPDATE SET account_id = "
                      "excluded.account_id, account_name = excluded.account_name, taken_at = "
                      "excluded.taken_at",
                      P(mark->proposal_id), P(mark->account_id), P(mark->account_name),
                      P(mark->taken_at)),
                  NULL);
}

err board_store_remove(struct db *db, i64 proposal_id, i64 account_id)
{
    return db_run(db,
                  SQL("DELETE FROM board_marks WHERE org_id = :org AND proposal_id = :proposal_id "
                      "AND account_id = :account_id",
                      P(proposal_id), P(account_id)),
                  NULL);
}

err board_store_expire(struct db *db, i64 before)
{
    return db_run(
        db, SQL("DELETE FROM board_marks WHERE org_id = :org AND taken_at <= :before", P(before)),
        NULL);
}
