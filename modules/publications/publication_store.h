/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows of publications. Who may see them is said in publication.c and publication_list.c; nothing
 * here checks it. */
#ifndef HT_PUBLICATIONS_PUBLICATION_STORE_H
#define HT_PUBLICATIONS_PUBLICATION_STORE_H
#include "modules/publications/publication.h"

/* One by id, by its proposal. Errors: NOT_FOUND db.no_row. */
err publication_store_find(struct db *db, i64 id, struct arena *mem, struct publication *out);
err publication_store_find_of(struct db *db, i64 proposal_id, struct arena *mem,
                              struct publication *out);

/* A new one, prepared. */
err publication_store_add(struct db *db, const struct publication *p, i64 *id);

/* Everything that may change, and the state, by id and version (which it raises). Errors: CONFLICT
 * db.version. */
err publication_store_update(struct db *db, const struct publication *p, str to);

/* Suggestions in order of their numbers; replacing all, numbered from 1. */
err publication_store_list_suggestions(struct db *db, i64 id, struct arena *mem, strs *out);
err publication_store_replace_suggestions(struct db *db, i64 id, const strs *suggestions);

/* Those in state published with id > after, ascending: struct publication rows. */
err publication_store_list_texts(struct db *db, i64 after, i64 limit, struct arena *mem,
                                 struct rows *out);

/* Names of the agencies that handle what everybody may see, in order. Errors: those of the
 * database.
 */
err publication_store_list_hosts(struct db *db, struct arena *mem, strs *out);

/* The proposal that is handled for a publication: its own, or the main one. Errors: NOT_FOUND. */
err publication_store_handled(struct db *db, i64 id, i64 *proposal_id);

/* Keeps, for the publications that a handled proposal has, whether and by which agency the public
 * sees it; in the transaction that changes it. */
err publication_store_set_hosts(struct db *db, i64 proposal_id);

/* A person's objection; adding, changing withdrawn_at and objected_at by its version; how many
 * stand. Errors: NOT_FOUND db.no_row; CONFLICT db.version. */
err objection_store_find(struct db *db, i64 proposal_id, i64 person_id, struct arena *mem,
                         struct publication_objection *out);
err objection_store_add(struct db *db, const struct publication_objection *o);
err objection_store_update(struct db *db, const struct publication_objection *o);
err objection_store_count(struct db *db, i64 proposal_id, i64 *out);
#endif
