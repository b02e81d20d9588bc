/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows of answers while they are written and pass out. Who may: reply.c, reply_sign_off.c. Those of
 * a whole matter: modules/assignments. */
#ifndef HT_REPLIES_REPLY_STORE_H
#define HT_REPLIES_REPLY_STORE_H
#include "modules/assignments/assignment_origin.h"

/* The reply of a round; id 0 when there is none. The class of the last delivered one of an
 * assignment, empty while there is none. */
err reply_store_find(struct db *db, i64 assignment_id, i64 round, struct arena *mem,
                     struct reply *out);
err reply_store_find_class(struct db *db, i64 assignment_id, struct arena *mem, str *out);
err reply_store_add(struct db *db, const struct reply *r, i64 *id);

/* The text of a draft, by id and version (which it raises). Errors: CONFLICT db.version. */
err reply_store_update(struct db *db, const struct reply *r);

/* Its way out: class, number, signer, who did what and when; by id and version, of one that is not
 * delivered. Errors: CONFLICT db.version. */
err reply_store_pass(struct db *db, const struct reply *r);

/* Its answers to items: adding or replacing one, all in order. */
err reply_store_put_answer(struct db *db, const struct reply_answer *answer);
err reply_store_list_own_answers(struct db *db, i64 reply_id, struct arena *mem, struct rows *out);

/* Its promises in order; adding one, removing all. */
err reply_promise_store_list(struct db *db, i64 reply_id, struct arena *mem, struct rows *out);
err reply_promise_store_add(struct db *db, const struct reply_promise *p);
err reply_promise_store_remove_all(struct db *db, i64 reply_id);

/* The next number of a prefix and year, from 1, without gaps. */
err reply_store_next_number(struct db *db, str prefix, i64 year, i64 *out);

/* Letters numbered from now on come behind this one. */
err reply_store_reach_number(struct db *db, str prefix, i64 year, i64 last);

/* The letter of a reply for one of several matters: adding it, whether it has one. */
err reply_letter_store_add(struct db *db, const struct reply_letter *letter);
err reply_letter_store_has(struct db *db, i64 reply_id, i64 origin_id, bool *out);

/* A cohost's opinion: adding one; the one that waits for the leader (id 0 = none), which is signed,
 * or taken back. */
err contribution_store_add(struct db *db, const struct contribution *c);
err contribution_store_find_unsigned(struct db *db, i64 assignment_id, i64 *id);
err contribution_store_sign(struct db *db, const struct contribution *c);
err contribution_store_remove_unsigned(struct db *db, i64 assignment_id);
#endif
