/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What agencies did with a matter of earlier years, for modules that bring such ones in. They judge
 * what comes; here it is stored as closed, and told to nobody. */
#ifndef HT_ASSIGNMENTS_ASSIGNMENT_PAST_H
#define HT_ASSIGNMENTS_ASSIGNMENT_PAST_H
#include "modules/assignments/assignment.h"

/* One agency's part. name: of the agency as it was then. replied_at: of a cohost its opinion, 0 =
 * it gave none; late: that came behind due_on. class, answer: of who answers the proposer.
 * talk_way, talked_on: the talk with the proposer, where its day is known. */
struct assignment_past {
    i64 agency_id, assigned_at, due_on, replied_at, closed_at, talked_on;
    bool late;
    str role, name, class, answer, talk_way;
};

/* Stores who had the matter, as closed: those that are there already are written over, others are
 * taken away. Nobody is asked for a verdict, no clock runs, nobody is told; emits
 * assignments.retold for each. Of matter: collection, id, session_id, title, number, persons,
 * names. Errors: those of the database. */
err assignment_put_past(struct rq *rq, const struct matter *matter,
                        const struct assignment_past *all, size_t count);
#endif
