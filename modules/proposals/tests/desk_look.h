/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What tests that stand on a desk look at and put right: JSON of a proposal, counts, to-dos,
 * settings. */
#ifndef HT_PROPOSALS_TESTS_DESK_LOOK_H
#define HT_PROPOSALS_TESTS_DESK_LOOK_H
#include "modules/proposals/tests/desk.h"

/* A member of the proposal's JSON; whether it offers a step to who asks. */
str desk_json(struct desk *d, i64 id, const char *path);
bool desk_offers(struct desk *d, i64 id, const char *verb);

/* How many a list has, as its JSON says; the number behind a text. */
i64 desk_total(struct desk *d, const char *path);
i64 desk_number_at(str text, const char *before);

/* One number of a statement; to-dos of a proposal with this verb. */
i64 desk_count(struct desk *d, struct sql sql);

/* Gives a member an account with the role of a member. */
void desk_signs_in(struct desk *d, size_t member, const char *login);
i64 desk_todos(struct desk *d, i64 id, const char *verb);

/* A setting of the house, from today on. */
void desk_set(struct desk *d, const char *name, const char *value);

/* Its proposer no longer agrees to publication. */
void desk_set_private(struct desk *d, i64 id);

/* Member 0 has an account to be told at: "li". */
void desk_lead_signs_in(struct desk *d);
#endif
