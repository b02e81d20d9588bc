/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What tests of cosigners stand on: the desk of proposals with the module above it, five members,
 * and invitations sent out. The clock begins on Tuesday 2026-02-03, 09:00, a day of the plenary:
 * three hours to answer. */
#ifndef HT_COSIGNERS_TESTS_CIRCLE_H
#define HT_COSIGNERS_TESTS_CIRCLE_H
#include "modules/cosigners/cosigner.h"
#include "modules/proposals/proposal_store.h"
#include "modules/proposals/tests/desk.h"

/* Who: the lead and those whom he asks, in this order. */
enum { LEAD, WANG, ZHAO, CHEN, SUN, CIRCLE };

struct circle {
    struct desk *d;
    i64 member[CIRCLE], person[CIRCLE];
};

/* Made for each test. */
int circle_setup(void **state);
int circle_teardown(void **state);

/* The one who asks from now on. */
void circle_as(struct circle *c, int who);

/* Moves the clock: milliseconds since 09:00. */
void circle_at(struct circle *c, i64 ms);

/* A draft of the lead with these on its list, ended by LEAD; the same sent out. Give its id. */
i64 circle_draft(struct circle *c, const int *who);
i64 circle_sent(struct circle *c, const int *who);

/* Puts one on the list, as the actor now is; the answer's status. */
int circle_add(struct circle *c, i64 id, i64 member_id);

/* The invitation of one to a proposal; 0 = none. */
i64 circle_invitation(struct circle *c, i64 id, int who);

/* His answer by the API, as himself; with a decline, why. The status. */
int circle_answer(struct circle *c, i64 id, int who, const char *verb);

/* State of his invitation. */
str circle_state(struct circle *c, i64 id, int who);

/* Runs what is due by the house's clock. */
void circle_run_jobs(struct circle *c);

void circle_set(struct circle *c, const char *setting, const char *value);

/* His membership ends today. */
void circle_leave(struct circle *c, int who);

/* No session covers today any more. */
void circle_without_session(struct circle *c);

/* Gives one an account, so that he can be told; how many messages are like these words. */
void circle_account(struct circle *c, int who, const char *login);
i64 circle_told(struct circle *c, const char *like);

/* Names of the signers in their order, joined by a blank. */
str circle_signers(struct circle *c, i64 id);
#endif
