/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What tests of urgings share, on the desk of proposals: cases handed out with a day, the timers on
 * a day, steps of slips by the API. The autumn of 2026 as the State Council has it. */
#ifndef HT_URGINGS_TESTS_PRESSING_H
#define HT_URGINGS_TESTS_PRESSING_H
#include "modules/assignments/assignment.h"
#include "modules/proposals/tests/desk.h"
#include "modules/urgings/urging_rules.h"

/* A desk with the calendar of that autumn. */
int pressing_setup(void **state);
int pressing_teardown(void **state);

/* Who issues: the leader of the organisation. */
void pressing_as_leader(struct desk *d);

/* A proposal of 2026-09-01, handed out to agency 0 with a day to answer by, and taken on that day.
 * Gives the proposal's id. */
i64 pressing_taken(struct desk *d, const char *title, const char *due_on);

/* Runs both timers on a day (NULL = the present one), with all their batches; how many nudges it
 * left. */
i64 pressing_run(struct desk *d, const char *day);

/* Rows of the organisation: nudges of the clock of a level (0 = all); open slips of a proposal; the
 * to-dos of all to speak or publish. */
i64 pressing_nudges(struct desk *d, i64 level);
i64 pressing_open(struct desk *d, i64 proposal);
i64 pressing_talks(struct desk *d);

/* The newest slip of a proposal, 0 = none. */
i64 pressing_slip(struct desk *d, i64 proposal);

/* A step on a slip by the API as the actor now is: its status; a member of its JSON. */
int pressing_act(struct desk *d, i64 slip, const char *verb, const char *json);
str pressing_is(struct desk *d, i64 slip, const char *member);

/* A step of the proposal's assignment. */
int pressing_step(struct desk *d, i64 proposal, const char *verb, const char *json);

/* The agency talks, answers and signs, on the present day. */
void pressing_answer(struct desk *d, i64 proposal);

/* Nudges by hand as the actor now is; the status. */
int pressing_remind(struct desk *d, const char *flow, i64 id, const char *text);

/* A slip proposed by hand by staff and issued by the leader, to be answered by a day. */
i64 pressing_issued(struct desk *d, i64 proposal, const char *due_on);
#endif
