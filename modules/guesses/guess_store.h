/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of guesses. */
#ifndef HT_GUESSES_GUESS_STORE_H
#define HT_GUESSES_GUESS_STORE_H
#include "modules/guesses/guess.h"

/* A guess beside its decision. */
struct guess {
    i64 subject_id, degree, decided_at;
    str question, label, because, decided;
    bool is_right;
};

/* The model with its bytes, or without; NOT_FOUND db.no_row. */
err guess_store_find_model(struct db *db, str question, struct arena *mem, struct guess_model *out);
err guess_store_find_made(struct db *db, str question, struct arena *mem, struct guess_model *out);

/* Instead of the one before. */
err guess_store_put_model(struct db *db, const struct guess_model *m);
err guess_store_put(struct db *db, const struct guess *g);

/* How many were decided after a moment. */
err guess_store_count_after(struct db *db, str question, i64 made_at, i64 *count);

/* What was guessed and decided since a moment: struct guess_sum rows by what was decided, most
 * first. */
struct guess_sum {
    str decided;
    i64 seen, hits;
};
err guess_store_list_sums(struct db *db, str question, i64 since, struct arena *mem,
                          struct rows *out);
#endif
