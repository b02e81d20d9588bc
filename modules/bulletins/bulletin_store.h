/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of bulletins, issues and where they went. Who may is in bulletin.c, issue.c, adoption.c. */
#ifndef HT_BULLETINS_BULLETIN_STORE_H
#define HT_BULLETINS_BULLETIN_STORE_H
#include "modules/bulletins/adoption.h"

/* Bulletins: adding, changing (CONFLICT db.version), those that take issues, whether another has
 * the name. */
err bulletin_store_add(struct db *db, const struct bulletin *b, i64 *id);
err bulletin_store_update(struct db *db, const struct bulletin *b);
err bulletin_store_list_open(struct db *db, struct arena *mem, struct rows *out);
err bulletin_store_count_name(struct db *db, str name, i64 except, i64 *out);

/* The next number of a year, and of all. */
err bulletin_store_next_serial(struct db *db, i64 bulletin_id, i64 year, i64 *out);
err bulletin_store_next_total(struct db *db, i64 bulletin_id, i64 *out);

/* Issues: by id, whoever asks (NOT_FOUND db.no_row); adding; changing state and all else (CONFLICT
 * db.version). */
err issue_store_find(struct db *db, i64 id, struct arena *mem, struct issue *out);
err issue_store_add(struct db *db, const struct issue *n, i64 *id);
err issue_store_update(struct db *db, const struct issue *n, str state);

/* Opinions in an issue: in order, by opinion (NOT_FOUND db.no_row); adding, taking all out, keeping
 * the text and the moments of one. */
err issue_store_list_items(struct db *db, i64 issue_id, struct arena *mem, struct rows *out);
err issue_store_find_item(struct db *db, i64 opinion_id, struct arena *mem, struct issue_item *out);
err issue_store_add_item(struct db *db, i64 issue_id, i64 opinion_id, i64 position, i64 *id);
err issue_store_remove_items(struct db *db, i64 issue_id);
err issue_store_update_item(struct db *db, const struct issue_item *item);

/* Destinations: adding (the same body again changes nothing), by opinion and by issue. */
err destination_store_add(struct db *db, const struct destination *d);
err destination_store_list_opinion(struct db *db, i64 opinion_id, struct arena *mem,
                                   struct rows *out);
err destination_store_list_issue(struct db *db, i64 issue_id, struct arena *mem, struct rows *out);

/* Adoptions: adding (id 0 where that one is there), by opinion, oldest first. */
err adoption_store_add(struct db *db, const struct adoption *a, i64 *id);
err adoption_store_list(struct db *db, i64 opinion_id, struct arena *mem, struct rows *out);

/* Figures, newest year first: struct bulletin_year rows; struct bulletin_figure rows, of the
 * instructions apart. */
err bulletin_store_years(struct db *db, struct arena *mem, struct rows *out);
err bulletin_store_sent(struct db *db, struct arena *mem, struct rows *out);
err bulletin_store_adopted(struct db *db, struct arena *mem, struct rows *out);
#endif
