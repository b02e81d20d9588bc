/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows of evaluations: what each person is asked about an answer, and what he gave. Who may see
 * them: evaluation_shown.c. */
#ifndef HT_EVALUATIONS_EVALUATION_STORE_H
#define HT_EVALUATIONS_EVALUATION_STORE_H
#include "modules/assignments/assignment_rules.h"

struct evaluation {
    i64 id, assignment_id, round, person_id, asked_at, due_on, given_at, proxy_account_id,
        transcribed_by; /* person_id 0: of a body; transcribed_by: the office wrote it down */
    i64 position;       /* place among the matter's persons; of a new one only */
    bool is_left;       /* who was asked is gone: the office writes it down */
    bool is_lead;       /* of the first of a matter (setting assignments.close_rule) */
    str person_name, visit, manner, hearing, relevance, handling, result, text, basis, agreement,
        leader_replied;
};

/* Asks a person in a round; the same again changes nothing. */
err evaluation_store_add(struct db *db, const struct evaluation *e);

/* What a person was asked in a round; id 0 when not asked. */
struct evaluation_key {
    i64 assignment_id, round, person_id;
};
err evaluation_store_find(struct db *db, const struct evaluation_key *key, struct arena *mem,
                          struct evaluation *out);

/* What he gave, by id. */
err evaluation_store_give(struct db *db, const struct evaluation *e);

/* Those of a matter, those of one assignment, in order of rounds. */
err evaluation_store_list(struct db *db, const struct matter_key *key, struct arena *mem,
                          struct rows *out);
err evaluation_store_list_one(struct db *db, i64 assignment_id, struct arena *mem,
                              struct rows *out);

/* Who has left is not waited for any more; the assignments whose verdict by him is open, struct
 * evaluation_of rows. */
struct evaluation_of {
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
