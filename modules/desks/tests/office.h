/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What tests of desks' inside stand in: the hall of assignments, with accounts of two of its
 * agencies as people at their desks. The clock begins on Wednesday 2026-11-25; a sole answer is due
 * on 2027-02-25. */
#ifndef HT_DESKS_TESTS_OFFICE_H
#define HT_DESKS_TESTS_OFFICE_H
#include "modules/assignments/tests/hall.h"
#include "modules/desks/errand.h"

/* READER: of agency 0 too, without any role. Accounts: of agency 0 the operator and the leader of
 * the hall, a writer, a second writer and a head; of agency 1 its operator. person_id is the
 * account's number + 100 where there is one. */
enum {
    OPERATOR = 400,
    OTHER_OPERATOR = 401,
    WRITER = 410,
    SECOND = 411,
    HEAD = 412,
    READER = 413,
    BOSS = 500
};

int office_setup(void **state);

/* One of agency 0 by account; his role is operator, BOSS's agency_leader. */
void as_account(struct hall *h, i64 account_id);

/* A POST to the API with a body; its status, and for office_id the id at the end of "location". */
int office_post(struct hall *h, const char *path, const char *json);
i64 office_id(struct hall *h);

/* A desk of agency 0, made by its leader: WRITER and SECOND, headed by HEAD or by nobody. */
i64 make_desk(struct hall *h, bool headed);

/* An assignment of agency 0 that is taken and talked about; an errand of it for a desk or an
 * account, numbers as JSON; a step of it, its status. */
i64 give(struct hall *h, i64 assignment_id, const char *json);
int step(struct hall *h, i64 id, const char *verb, const char *json);

struct errand errand_load(struct hall *h, i64 id);
#endif
