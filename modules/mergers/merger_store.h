/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of mergers. What may be merged is said in proposals; nothing here checks it. */
#ifndef HT_MERGERS_MERGER_STORE_H
#define HT_MERGERS_MERGER_STORE_H
#include "platform/db/db.h"

/* One proposal merged into another; undone_at 0 = it stands. */
struct merger {
    i64 id, main_id, merged_id, merged_at, merged_by, undone_at;
    str from_state, opinion;
};

/* Two that are not one matter, a_id < b_id. */
struct dismissal {
    i64 a_id, b_id;
};

/* A new one. Errors: those of the database; one that stands for the same merged proposal. */
err merger_store_add(struct db *db, const struct merger *m);

/* Ends the one that stands for this merged proposal; none there is no error. */
err merger_store_undo(struct db *db, i64 merged_id, i64 undone_at, i64 undone_by);

/* Those that stand, the newest first, at most limit; struct merger rows. */
err merger_store_list_standing(struct db *db, i64 limit, struct arena *mem, struct rows *out);

/* Notes that two are not one matter; the same again changes nothing. All of them: struct dismissal
 * rows. */
err merger_store_dismiss(struct db *db, const struct dismissal *d, i64 dismissed_at,
                         i64 dismissed_by);
err merger_store_list_dismissed(struct db *db, struct arena *mem, struct rows *out);
#endif
