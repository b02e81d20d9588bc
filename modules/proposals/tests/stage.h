/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What tests of proposals stand on: a house with members, a session, agencies and a second organisation, the people who ask, and a
 * complete proposal to begin with. The clock begins on Wednesday 2026-11-25, 09:00, in the working year of 六届三次会议. */
#ifndef HT_PROPOSALS_TESTS_STAGE_H
#define HT_PROPOSALS_TESTS_STAGE_H
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

enum { STAGE_AGENCIES = 3, STAGE_MEMBERS = 3, OTHER_ORG = 2 };

struct stage {
    struct test_app *t;
    i64 session_id;
    i64 agency[STAGE_AGENCIES];                               /* Roads, Health, Schools */
    i64 member[STAGE_MEMBERS], person[STAGE_MEMBERS];         /* Li, Wang, Zhao */
    i64 other_session, other_member, other_person, other_agency; /* of the other organisation */
};

extern const struct module *const STAGE_MODULES[];

/* Made for each test; stop the program when anything fails. */
int stage_setup(void **state);
int stage_teardown(void **state);

/* ---- who asks ---- */

void as_member(struct stage *s, size_t number); /* SCOPE_SELF, account 300 + number */
void as_staff(struct stage *s);
void as_reviewer(struct stage *s);
void as_dispatcher(struct stage *s);
void as_operator(struct stage *s, size_t agency); /* SCOPE_AGENCY */
void as_agency_leader(struct stage *s, size_t agency);
void as_other_member(struct stage *s);
void as_other_reviewer(struct stage *s);

/* ---- a proposal on its road ---- */

/* JSON of a complete text with this title. */
const char *stage_text(struct stage *s, const char *title);

/* Written by member 0, as he then is; further along: submitted, docketed, assigned (sole to agency 0), answered. Give the id. */
i64 stage_draft(struct stage *s, const char *title);
i64 stage_submitted(struct stage *s, const char *title);
i64 stage_docketed(struct stage *s, const char *title);
i64 stage_assigned(struct stage *s, const char *title);
i64 stage_answered(struct stage *s, const char *title);

/* The only assignment of a proposal. Takes it, talks, answers, signs; gives the verdict of member 0. */
i64 stage_assignment(struct stage *s, i64 id);
void stage_answer(struct stage *s, i64 id, const char *class);
int stage_evaluate(struct stage *s, i64 id, const char *result);

/* ---- asking and looking ---- */

/* A step by the API, as the actor now is; the answer's status. */
int act(struct stage *s, i64 id, const char *verb, const char *json);

/* GET of "before id after". */
struct test_answer page(struct stage *s, const char *before, i64 id, const char *after);

struct proposal load(struct stage *s, i64 id);
void same(str got, const char *wanted);
bool has(const struct test_answer *a, const char *text);

/* Moves the clock to 09:00 of a day. */
void on_day(struct stage *s, const char *text);

/* Runs a rule in a request of the house for an organisation, in a write transaction. */
err in_org(struct stage *s, i64 org_id, err (*fn)(struct rq *rq, void *context), void *context);

/* Path of a file of the shared data, or skips the test with a message where it is absent. */
const char *shared_file(struct stage *s, const char *name);
#endif
