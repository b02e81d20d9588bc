/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Answers to a matter as a sheet has them. Who may see them: assignment_sheet.c.
 * Writing them: modules/replies. */
#ifndef HT_ASSIGNMENTS_ASSIGNMENT_REPLY_STORE_H
#define HT_ASSIGNMENTS_ASSIGNMENT_REPLY_STORE_H
#include "modules/assignments/assignment_reply.h"
#include "modules/assignments/assignment_store.h"

/* Of all assignments of a matter: replies in order of rounds, their answers, their promises. */
err reply_store_list(struct db *db, const struct matter_key *key, struct arena *mem,
                     struct rows *out);
err reply_store_list_answers(struct db *db, const struct matter_key *key, struct arena *mem,
                             struct rows *out);
err reply_store_list_promises(struct db *db, const struct matter_key *key, struct arena *mem,
                              struct rows *out);
#endif
