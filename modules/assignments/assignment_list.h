/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The declared list of assignments: what page, JSON and exports show, to the office all, to an
 * agency its own. */
#ifndef HT_ASSIGNMENTS_ASSIGNMENT_LIST_H
#define HT_ASSIGNMENTS_ASSIGNMENT_LIST_H
#include "platform/list/list.h"

/* A row. Nothing of an evaluation is in it (README, "Blind"). */
struct assignment_row {
    i64 id, matter_id, agency_id, round, accept_due_on, due_on, assigned_at, accepted_at,
        replied_at, contacts, session_id, contacted_on, contact_due_on, first_replied_at, talked;
    bool met, was_late, first_late, answers, answered, owed, cancelled, strict, held, plain;
    str matter, matter_number, matter_title, agency_name, role, state, class, quality,
        agency_system;
};

extern const struct list ASSIGNMENT_LIST;
extern const struct list_look ASSIGNMENT_LOOK;
#endif
