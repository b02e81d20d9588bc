/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows of urgings. Who may see them is said in urging_list.c and urging_parts.c; nothing here
 * checks it. */
#ifndef HT_URGINGS_URGING_STORE_H
#define HT_URGINGS_URGING_STORE_H
#include "modules/urgings/urging.h"

/* A nudge. Columns: schema/0001_urgings.sql. */
struct reminder {
    i64 id, subject_id, matter_id, agency_id, level, due_on, on_day, position, sent_at, sent_by;
    str flow, matter, kind, stage, text, told, sent_name;
};

/* How far the ladder has come on a day. */
struct urging_run {
    i64 on_day, source, after_on, after_id;
};

struct circular {
    i64 id, published_on, published_at, published_by;
    str title, text, published_name;
};

/* A slip in a circular, as it stood. */
struct circular_line {
    i64 circular_id, urging_id, late_days;
    str agency_name, number, state;
};

/* ---- slips ---- */

/* Adds one in its first state; CONFLICT db.unique where one of its subject and cause is open. */
err urging_store_add(struct db *db, const struct urging *u, i64 *id);

/* Everything that a step may change, and the state, by id and version (which it raises). Errors:
 * CONFLICT db.version. */
err urging_store_update(struct db *db, const struct urging *u, str to);

/* One whoever asks; the open one of a subject and cause, id 0 = there is none. */
err urging_store_find(struct db *db, i64 id, struct arena *mem, struct urging *out);
err urging_store_find_open(struct db *db, const struct urging *like, i64 *id);

/* Those of a matter, newest first; of a subject that are open; struct urging rows. */
err urging_store_list_of(struct db *db, str matter, i64 matter_id, struct arena *mem,
                         struct rows *out);
err urging_store_list_open(struct db *db, str flow, i64 subject_id, struct arena *mem,
                           struct rows *out);

/* Passed ones whose look-back day has come and of which nobody was asked; at most limit. */
err urging_store_list_look(struct db *db, i64 today, i64 limit, struct arena *mem,
                           struct rows *out);
err urging_store_set_asked(struct db *db, i64 id, i64 version, i64 asked_at);

/* What a matter is called in its slips. */
err urging_store_retitle(struct db *db, str matter, i64 matter_id, str title);

/* Numbers given next come behind that of a slip that landed with its number. */
err urging_store_reach_serial(struct db *db, i64 id);

/* The next number of a year. */
err urging_store_next_serial(struct db *db, i64 year, i64 *out);

/* ---- nudges ---- */

/* Adds one; *id = 0 where the same is there already. */
err reminder_store_add(struct db *db, const struct reminder *r, i64 *id);

/* How many of a kind were sent by hand on a day; the highest level that the clock has reached for
 * this stage and day. */
err reminder_store_count(struct db *db, const struct reminder *like, i64 *count);
err reminder_store_level(struct db *db, const struct reminder *like, i64 *level);

/* Those of a matter, newest first, at most limit; struct reminder rows. */
err reminder_store_list_of(struct db *db, str matter, i64 matter_id, struct arena *mem,
                           struct rows *out);

/* ---- the ladder's run ---- */

/* The last run; zeros where there was none. Writing it. */
err urging_run_store_find(struct db *db, struct urging_run *out);
err urging_run_store_put(struct db *db, const struct urging_run *run);

/* ---- circulars ---- */

/* Adds one; a line of it; the lines in order of name, struct circular_line rows. */
err circular_store_add(struct db *db, const struct circular *c, i64 *id);
err circular_store_add_line(struct db *db, const struct circular_line *line);
err circular_store_list_lines(struct db *db, i64 circular_id, struct arena *mem, struct rows *out);

/* How many clocks of a flow are late, and how many promises: due on a day or before. */
struct late_clocks {
    const char *flow, *name;
    i64 to_on;
};
err late_store_count_clocks(struct db *db, const struct late_clocks *late, i64 *count);
err late_store_count_promises(struct db *db, i64 to_on, i64 *count);

/* Slips that were issued and are open, what a circular can name: the 100 newest, newest first,
 * struct urging rows; and how many there are. */
err urging_store_list_named(struct db *db, struct arena *mem, struct rows *out);
err urging_store_count_named(struct db *db, i64 *total);
#endif
