/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The declared list of members: the roster, its API, its export, and the choice of members without
 * an account. */
#ifndef HT_MEMBERS_MEMBER_LIST_H
#define HT_MEMBERS_MEMBER_LIST_H
#include "platform/list/list.h"

/* A row of the list: the member with the latest seat. account: has one in this organisation. */
struct member_row {
    i64 id, person_id, term, from_on, to_on;
    bool account;
    str code, name, strokes, gender, party, sector, committee, employer, job, status;
};

extern const struct list MEMBER_LIST;

/* Departments see no roster: who holds members.read for a body's work only may not look members up.
 * Errors: FORBIDDEN list.forbidden. */
err member_list_may(const struct rq *rq);
#endif
