/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows of replies with their answers and numbers, and of evaluations. Who may see them:
 * assignment_sheet.c. */
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

struct evaluation {
    i64 id, assignment_id, round, person_id, asked_at, due_on, given_at, proxy_account_id,
        transcribed_by; /* person_id 0: of a body; transcribed_by: the office wrote it down */
    i64 position;       /* place among the matter's persons; of a new one only */
    bool is_left;       /* who was asked is gone: the office writes it down */
    bool is_lead;       /* of the first of a matter (setting assignments.close_rule) */
    str person_name, visit, manner, hearing, relevance, handling, result, text, basis, agreement,
        leader_replied;
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

/* Asks a person in a round; the same again changes nothing. */
err evaluation_store_add(struct db *db, const struct evaluation *e);

/* What a person was asked in a round; id 0 when not asked. */
struct evaluation_key {
    i64 assignment_id, round, person_id;
};
err evaluation_store_find(struct db *db, const struct evaluation_key *key, struct arena *mem,
                          struct evaluation *out);

/* Whether the person was ever asked about the assignment. */
err evaluation_store_is_asked(struct db *db, i64 assignment_id, i64 person_id, bool *out);
err evaluation_store_give(struct db *db, const struct evaluation *e);
err evaluation_store_list(struct db *db, const struct matter_key *key, struct arena *mem,
                          struct rows *out);

/* Who has left is not waited for any more; the assignments whose verdict by him is open, struct
 * assignment_id_row. */
struct assignment_id_row {
    i64 id;
};
err evaluation_store_leave(struct db *db, i64 person_id);
err evaluation_store_list_left(struct db *db, i64 person_id, struct arena *mem, struct rows *out);

/* Evaluations not given that are due up to a day and whose persons have not been reminded, at
 * most limit; marking one as reminded. */
err evaluation_store_list_unreminded(struct db *db, i64 to_on, i64 limit, struct arena *mem,
                                     struct rows *out);
err evaluation_store_set_reminded(struct db *db, i64 id, i64 reminded_at);

/* Those that did not come back before a day and that the office was not told of: id, assignment_id,
 * round of struct evaluation; at most limit. Marking one as told. */
err evaluation_store_list_late(struct db *db, i64 today, i64 limit, struct arena *mem,
                               struct rows *out);
err evaluation_store_set_told_late(struct db *db, i64 id, i64 told_late_at);

/* What is given about an agency in closed assignments, in the order of closing; at most limit,
 * of kind struct evaluation. */
err evaluation_store_list_closed(struct db *db, i64 agency_id, i64 limit, struct arena *mem,
                                 struct rows *out);
err evaluation_store_count_closed(struct db *db, i64 agency_id, i64 *count);
#endif
