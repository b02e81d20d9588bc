/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What tests of outcomes share, on the desk of proposals: answers with promises, steps by the API,
 * the timers. */
#ifndef HT_OUTCOMES_TESTS_KEEPING_H
#define HT_OUTCOMES_TESTS_KEEPING_H
#include "modules/assignments/assignment.h"
#include "modules/outcomes/outcome_rules.h"
#include "modules/proposals/tests/desk.h"

/* Promises of a reply: text, day; owner is "Zhao". Ends with a zero row. */
struct given {
    const char *text, *day;
};

/* A new proposal, handed out to agency 0 and answered on the present day in a class with these
 * promises. Gives its id. */
i64 keeping_answered(struct desk *d, const char *title, const char *class,
                     const struct given *promises);

/* The same answer again, in a later round. */
void keeping_answer(struct desk *d, i64 id, const char *class, const struct given *promises);

/* The same, and evaluated well by member 0: closed, or tracked. */
i64 keeping_closed(struct desk *d, const char *title, const char *class,
                   const struct given *promises);

/* Ids of what a proposal has, by number from 0 in order of the list; 0 = there is none. */
i64 keeping_promise(struct desk *d, i64 proposal, size_t number);
i64 keeping_followup(struct desk *d, i64 proposal, size_t number);

/* A step by the API as the actor now is, on "promises" or "followups"; the answer's status. */
int keeping_act(struct desk *d, const char *what, i64 id, const char *verb, const char *json);

/* A member of the JSON of one. */
str keeping_is(struct desk *d, const char *what, i64 id, const char *member);

/* A member of the JSON of the figures, as staff. */
str keeping_figure(struct desk *d, const char *member);

/* Runs both timers until they have nothing to do. */
void keeping_run_jobs(struct desk *d);
#endif
