/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What agencies have answered in public, for the module that shows it to everybody. */
#ifndef HT_PUBLICATIONS_PUBLICATION_REPLIES_H
#define HT_PUBLICATIONS_PUBLICATION_REPLIES_H
#include "modules/assignments/assignment.h"

/* The answer to one item. number: as the matter that is asked about has it; item_number: as all
 * that are answered together have it, which promises name. */
struct public_answer {
    i64 number, item_number;
    str result, text;
};

/* A delivered reply that its agency has marked as public. number: of the letter to that matter;
 * answers: struct public_answer rows in order. opening and closing speak to all that are answered
 * together. is_last: its assignment has delivered no later one, public or not. */
struct public_reply {
    i64 assignment_id, round, delivered_at, signed_at;
    bool is_last;
    str agency_name, number, class, opening, closing;
    struct rows answers;
};

/* Public replies of all rounds, in the order of assignments and rounds; struct public_reply rows.
 * origin_id: of several matters that were answered together the one that is asked about. Nothing
 * else is asked: whether the matter itself is public is the caller's business. Errors: those of the
 * database. */
err publication_replies(struct rq *rq, const char *collection, i64 matter_id, i64 origin_id,
                        struct rows *out);
#endif
