/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What tests of proposals stand on: a house with members, a session, agencies and a second
 * organisation, the people who ask, and a complete proposal to begin with. The clock begins on
 * Wednesday 2026-11-25, 09:00, in the working year of 六届三次会议. */
#ifndef HT_PROPOSALS_TESTS_DESK_H
#define HT_PROPOSALS_TESTS_DESK_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "modules/proposals/proposal_rules.h"
#include "platform/base/str.h"
#include "tests/harness/test_app.h"
#include "tests/harness/test_err.h"

enum { DESK_AGENCIES = 3, DESK_MEMBERS = 3, OTHER_ORG = 2 };

struct desk {
    struct test_app *t;
    struct actor *actor; /* who asks; may be changed until the next desk_as_… */
    i64 session_id;
    i64 agency[DESK_AGENCIES];                                   /* Roads, Health, Schools */
    i64 member[DESK_MEMBERS], person[DESK_MEMBERS];              /* Li, Wang, Zhao */
    i64 other_session, other_member, other_person, other_agency; /* of the other organisation */
};

/* Made for each test, with all modules or with others; stop the program when anything fails. */
int desk_setup(void **state);
int desk_setup_with(void **state, const struct module *const *modules);
int desk_teardown(void **state);

/* ---- who asks ---- */

void desk_as_member(struct desk *d, size_t number); /* SCOPE_SELF, account 300 + number */
void desk_as_staff(struct desk *d);
void desk_as_reviewer(struct desk *d);
void desk_as_dispatcher(struct desk *d);
void desk_as_operator(struct desk *d, size_t agency); /* SCOPE_AGENCY */
void desk_as_agency_leader(struct desk *d, size_t agency);
void desk_as_other_member(struct desk *d);
void desk_as_other_reviewer(struct desk *d);

/* ---- a proposal on its road ---- */

/* JSON of a complete text with this title. */
const char *desk_text(struct desk *d, const char *title);

/* Written by member 0, as he then is; further along: submitted, docketed, assigned (sole to agency
 * 0), answered. Give the id. */
i64 desk_draft(struct desk *d, const char *title);
i64 desk_submitted(struct desk *d, const char *title);
i64 desk_docketed(struct desk *d, const char *title);
i64 desk_assigned(struct desk *d, const char *title);
i64 desk_answered(struct desk *d, const char *title);

/* Hands a docketed one out: to agency 0 alone; to 0 and 1, each to answer by 2027-01-15. */
void desk_assign(struct desk *d, i64 id);
void desk_split(struct desk *d, i64 id);

/* The only assignment of a proposal. Takes it, talks, answers, signs; gives the verdict of member
 * 0. */
i64 desk_assignment(struct desk *d, i64 id);
i64 desk_assignment_version(struct desk *d,
                            i64 assignment); /* as the actor's organisation has it */
void desk_answer(struct desk *d, i64 id, const char *class);
int desk_evaluate(struct desk *d, i64 id, const char *result);

/* Further along, or beside the road: answered and well evaluated; not docketed; answered twice and
 * found wanting twice; called to talk after that. */
i64 desk_closed(struct desk *d, const char *title);
i64 desk_rejected(struct desk *d, const char *title);
i64 desk_twice_dissatisfied(struct desk *d, const char *title);
i64 desk_mediated(struct desk *d, const char *title);

/* ---- asking and looking ---- */

/* A step by the API, as the actor now is; the answer's status. */
int desk_act(struct desk *d, i64 id, const char *verb, const char *json);

/* GET of "before id after". */
struct test_answer desk_page(struct desk *d, const char *before, i64 id, const char *after);

struct proposal desk_load(struct desk *d, i64 id);
void desk_same(str got, const char *wanted);
bool desk_has(const struct test_answer *a, const char *text);

/* Moves the clock to 09:00 of a day. */
void desk_on_day(struct desk *d, const char *text);

/* Runs a rule in a request of the house for an organisation, in a write transaction. */
err desk_in_org(struct desk *d, i64 org_id, err (*fn)(struct rq *rq, void *context), void *context);

/* Path of a file of the shared data, or skips the test with a message where it is absent. */
const char *desk_shared_file(struct desk *d, const char *name);
#endif
