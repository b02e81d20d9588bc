/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What tests of assignments stand in: a house with five agencies, a kind of matter of its own
 * ("proposals" to the tables), people who ask, and the days that the rules give. The clock
 * begins on Wednesday 2026-11-25, 09:00. */
#ifndef HT_ASSIGNMENTS_TESTS_HALL_H
#define HT_ASSIGNMENTS_TESTS_HALL_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "modules/assignments/assignment_rules.h"
#include "modules/evaluations/evaluation.h"
#include "tests/harness/test_app.h"

enum { AGENCIES = 5, MATTER_ID = 900, OTHER_ORG = 2 };

struct hall {
    struct test_app *t;
    i64 agency[AGENCIES]; /* roads, health, schools, water, parks */
    i64 stranger;         /* an agency of the other organisation */
    bool plenary, party;  /* of the matters handed out from now on */
};

extern const struct module *const HALL_MODULES[];

/* Made for each test. Stops the program when anything fails. */
int hall_setup(void **state);
int hall_teardown(void **state);

/* ---- who asks ---- */

/* An operator and the leader of an agency of the hall, by number. */
void as_operator(struct hall *h, size_t agency);
void as_leader(struct hall *h, size_t agency);
void as_dispatcher(struct hall *h);
void as_staff(struct hall *h);

/* A member by person number: the matter's signers are 301, 302 …; and one who signs nothing. */
void as_signer(struct hall *h, i64 person_id);
void as_reader(struct hall *h);

/* An operator in the other organisation with the agency number of another one's agency. */
void as_foreign_operator(struct hall *h, i64 agency_id);

/* ---- handing out ---- */

/* Hands matter MATTER_ID + n out: roles by letters, "s" sole, "h" host, "c" cohost, "p" split,
 * to the agencies in order. Two items, so many signers. due_on 0 = by setting. Gives the ids of
 * the assignments in order. */
struct handing {
    i64 n;
    const char *roles;
    i64 signers, due_on;
};
err hand_out(struct hall *h, const struct handing *handing, i64 made[AGENCIES]);

/* The same with one sole and one signer; gives its id. */
i64 hand_out_one(struct hall *h);

/* ---- steps by the API, as the actor now is; the answer's status ---- */

int act(struct hall *h, i64 id, const char *verb, const char *json);

/* Takes it, records a talk, drafts a complete answer, signs: as operator and leader of the
 * agency. */
void answer(struct hall *h, i64 id, size_t agency);
void draft(struct hall *h, i64 id, size_t agency);

/* The verdict of a signer: "satisfied", "fair", "dissatisfied" for handling and result. */
int evaluate(struct hall *h, i64 id, i64 person_id, const char *result);

/* Handed out to agency 0, taken, talked about: ready for an answer; its operator asks. */
i64 talked(struct hall *h);

/* ---- looking ---- */

struct assignment load(struct hall *h, i64 id);
str state_of(struct hall *h, i64 id);
struct evaluation_outcome outcome_of(struct hall *h, i64 n);

/* What is at before + id + after: page(h, "/assignments/", id, "/reply"). */
struct test_answer page(struct hall *h, const char *before, i64 id, const char *after);

/* Runs a rule of the house on matter MATTER_ID + n: evaluation_redo, assignment_close. */
err on_matter(struct hall *h, i64 n, err (*fn)(struct rq *, const char *, i64));

/* Moves the clock to 09:00 of a day such as "2026-12-01". */
void on_day(struct hall *h, const char *day);
i64 day(const char *text);

/* Fails the test unless two texts are the same. */
void same(str got, const char *wanted);

/* Somebody who hears what is told to an agency; how much has been told to anybody. */
void employ(struct hall *h, size_t agency);
i64 deliveries(struct hall *h);

/* A setting of the house, from today on. */
void set(struct hall *h, const char *name, const char *value);

/* How many facts of an event the matter's module heard; the last one's assignment. */
i64 heard(const char *event);

/* The answer is 200, and has these words; has them not. */
void shows(struct hall *h, struct test_answer a, const char *words);
void hides(struct test_answer a, const char *words);
#endif
