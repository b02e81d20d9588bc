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

/* Empties what a guess was founded on; that it was made, and right or wrong, stays. */
err guess_store_forget_words(struct db *db, const char *name, i64 subject_id);

/* Letters of a category that a unit answered since a moment, the newest at most, without one
 * letter: by the unit that answered last, struct guess_handled rows, most first; near: those of the
 * county. */
struct guess_kind {
    i64 but_id, since, most;
    str category, county;
};
struct guess_handled {
    i64 agency_id, letters, near;
};
err guess_store_list_handled(struct db *db, const struct guess_kind *kind, struct arena *mem,
                             struct rows *out);

/* Something else was decided in the end; nothing where no guess was kept. */
err guess_store_decide(struct db *db, const char *question, i64 subject_id, str decided);
#endif
