/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of opinions, their versions and reporters. Rules: opinion.c, opinion_steps.c, reporter.c. */
#ifndef HT_OPINIONS_OPINION_STORE_H
#define HT_OPINIONS_OPINION_STORE_H
#include "modules/opinions/reporter.h"

/* One by id, whoever asks. Errors: NOT_FOUND db.no_row. */
err opinion_store_find(struct db *db, i64 id, struct arena *mem, struct opinion *out);

/* A new draft; all that changes of one, by id and version (which it raises). Errors of update:
 * CONFLICT db.version. */
err opinion_store_add(struct db *db, const struct opinion *o, i64 *id);
err opinion_store_update(struct db *db, const struct opinion *o, str state);

/* It is counted as a proposal. Errors: CONFLICT db.version. */
err opinion_store_set_recast(struct db *db, const struct opinion *o);

/* Of one state as the desk goes through them: urgent ones first, then the oldest; at most 200. */
err opinion_store_list_desk(struct db *db, str state, struct arena *mem, struct rows *out);

/* The ids alone (i64 rows) of those that wait for the editors' choice, in that order. */
err opinion_store_list_waiting(struct db *db, struct arena *mem, struct rows *out);

/* The sources of a composite, in the order in which they were sent first. */
err opinion_store_list_sources(struct db *db, i64 composite_id, struct arena *mem,
                               struct rows *out);

/* The one that a list brought with this number; 0 = none. */
err opinion_store_find_source(struct db *db, str source, str source_id, i64 *out);

/* The next serial of a year. */
err opinion_store_next_serial(struct db *db, i64 year, i64 *out);

/* Texts that were sent, with id > after: struct text_document rows. */
err opinion_store_list_texts(struct db *db, i64 after, i64 limit, struct arena *mem,
                             struct rows *out);

/* Versions: adding (the same number again changes nothing); taking away those of one reason and
 * account since a moment (v's reason, saved_by, saved_at); all from a number on, newest first, with
 * what editors saved or without; the first that was sent (0 = none). */
struct opinion_seen {
    i64 from, edits;
};
err opinion_store_add_version(struct db *db, i64 id, const struct opinion_version *v);
err opinion_store_remove_versions(struct db *db, i64 id, const struct opinion_version *v);
err opinion_store_list_versions(struct db *db, i64 id, const struct opinion_seen *seen,
                                struct arena *mem, struct rows *out);
err opinion_store_first_sent(struct db *db, i64 id, i64 *number);

/* Reporters: by id; those of an opinion that are not over; adding; the state with what an answer
 * changes; those whose time is over. */
err reporter_store_find(struct db *db, i64 id, struct arena *mem, struct reporter *out);
err reporter_store_list(struct db *db, i64 opinion_id, struct arena *mem, struct rows *out);
err reporter_store_add(struct db *db, const struct reporter *r, i64 *id);
err reporter_store_update(struct db *db, const struct reporter *r, str state);
err reporter_store_list_due(struct db *db, i64 now_ms, i64 limit, struct arena *mem,
                            struct rows *out);
#endif
