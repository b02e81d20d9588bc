/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows of replies with their answers and numbers. Who may see them: assignment_sheet.c. */
#ifndef HT_ASSIGNMENTS_ASSIGNMENT_REPLY_STORE_H
#define HT_ASSIGNMENTS_ASSIGNMENT_REPLY_STORE_H
#include "modules/assignments/assignment_store.h"

struct reply {
    i64 id, assignment_id, round, drafted_at, drafted_by, signed_at, signed_by, delivered_at,
        version;
    i64 vetted_at, vetted_by, examined_at, examined_by; /* of its way out; 0 = not */
    bool public;
    str signed_class; /* class as signed: who releases it may change it */
    str class, opening, closing, number, signer, operator, phone, copies;
};

/* The answer to one item. */
struct reply_answer {
    i64 reply_id, number;
    str result, text;
};

/* The reply of a round; id 0 when there is none. */
err reply_store_find(struct db *db, i64 assignment_id, i64 round, struct arena *mem,
                     struct reply *out);
err reply_store_add(struct db *db, const struct reply *r, i64 *id);

/* The text of a draft, by id and version (which it raises). Errors: CONFLICT db.version. */
err reply_store_update(struct db *db, const struct reply *r);

/* Its way out: class, number, signer, who did what and when; by id and version, of one that is not
 * delivered. Errors: CONFLICT db.version. */
err reply_store_pass(struct db *db, const struct reply *r);
err reply_store_list(struct db *db, const struct matter_key *key, struct arena *mem,
                     struct rows *out);

/* The answers of a reply: adding or replacing one, those of one reply, those of a matter. */
err reply_store_put_answer(struct db *db, const struct reply_answer *answer);
err reply_store_list_answers(struct db *db, i64 reply_id, struct arena *mem, struct rows *out);
err reply_store_list_matter_answers(struct db *db, const struct matter_key *key, struct arena *mem,
                                    struct rows *out);

/* What a contribution has as a letter: id, number, signer, signed_at, signed_by of all of a matter;
 * its one that waits for the leader (id 0 when there is none), which is signed, or taken back. */
err contribution_store_list_letters(struct db *db, const struct matter_key *key, struct arena *mem,
                                    struct rows *out);
err contribution_store_find_unsigned(struct db *db, i64 assignment_id, struct arena *mem,
                                     struct contribution *out);
err contribution_store_sign(struct db *db, const struct contribution *c);
err contribution_store_remove_unsigned(struct db *db, i64 assignment_id);

/* How many answers of a reply are complete: with a result and a text. */
err reply_store_count_answers(struct db *db, i64 reply_id, i64 *count);

/* The next number of a prefix and year, from 1, without gaps. */
err reply_store_next_number(struct db *db, str prefix, i64 year, i64 *out);

/* Letters numbered from now on come behind this one. */
err reply_store_reach_number(struct db *db, str prefix, i64 year, i64 last);

/* The class of its last delivered reply, empty while there is none. */
err reply_store_find_class(struct db *db, i64 assignment_id, struct arena *mem, str *out);
#endif
