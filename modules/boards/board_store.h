/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of board_marks. */
#ifndef HT_BOARDS_BOARD_STORE_H
#define HT_BOARDS_BOARD_STORE_H
#include "platform/db/db.h"

/* Who reads a card, since when (UTC ms). */
struct board_mark {
    i64 proposal_id, account_id, taken_at;
    str account_name;
};

/* The mark of a proposal that was set after a moment. Errors: NOT_FOUND db.no_row. */
err board_store_find(struct db *db, i64 proposal_id, i64 after, struct arena *mem,
                     struct board_mark *out);

/* The proposals that an account reads by marks set after a moment, the newest first, at most limit:
 * struct board_mark rows. */
struct board_mark_query {
    i64 account_id, after, limit;
};
err board_store_list(struct db *db, const struct board_mark_query *query, struct arena *mem,
                     struct rows *out);

/* Sets a mark, or takes over the one that is there. */
err board_store_put(struct db *db, const struct board_mark *mark);

/* Takes the account's own mark away; none there is no error. */
err board_store_remove(struct db *db, i64 proposal_id, i64 account_id);

/* Removes what was set before a moment. */
err board_store_expire(struct db *db, i64 before);
#endif
