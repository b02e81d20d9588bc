/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A house with the year 2025 to be assessed: its members, their ledger, the rules (year.c); asking
 * as who prepares, decides or is assessed. For the tests of this module. The clock stands at
 * 2026-11-25. */
#ifndef HT_ASSESSMENTS_TESTS_YEAR_H
#define HT_ASSESSMENTS_TESTS_YEAR_H
#include "modules/proposals/tests/desk_look.h"

enum { ANN, BOB, CID, EVE, DAN, FAY, PEOPLE };
extern i64 year_member[PEOPLE], year_person[PEOPLE];

/* An organ's decision on the grades, as JSON. */
#define DECIDED                                                                              \
    "{\"organ\":\"chairs\",\"meeting\":\"Chairs 31\",\"on_on\":\"2026-01-20\",\"document\":" \
    "\"Doc 3\"}"

i64 year_added(struct desk *d, struct sql sql);
void year_run(struct desk *d, struct sql sql);
i64 year_day(const char *text);
void year_entry_add(struct desk *d, int who, const char *kind, const char *on);
int year_open(void **state);
void year_as_own(struct desk *d, int who);
void year_said(struct desk *d, const struct test_answer *a, const char *name, const char *wanted);
i64 year_opened(struct desk *d, const char *json);
struct test_answer year_at(struct desk *d, i64 id);
struct test_answer year_step(struct desk *d, const char *role, i64 id, const char *verb,
                             const char *json);
void year_does(struct desk *d, const char *role, i64 id, const char *verb, const char *json);
i64 year_grading_of(struct desk *d, i64 assessment_id, int who);
struct test_answer year_changes(struct desk *d, const char *role, i64 grading_id, const char *json);
i64 year_told(struct desk *d, int who);
str year_docx_words(struct desk *d, const struct test_answer *a);
#endif
