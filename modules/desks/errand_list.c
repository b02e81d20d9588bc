/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The declared list of errands. Whatever the scope of the role: one's own agency's and no other's,
 * and nothing of what was taken from it. */
#include "modules/desks/errand.h"

#define MINE                                                                                      \
    "CASE WHEN e.account_id = :actor_author OR (e.account_id = 0 AND e.desk_id IN (SELECT "       \
    "c.desk_id FROM desk_accounts c WHERE c.org_id = :org AND c.account_id = :actor_author)) OR " \
    "e.desk_id IN (SELECT d.id FROM desks d WHERE d.org_id = :org AND d.head_id = "               \
    ":actor_author) THEN 1 ELSE 0 END"
#define OPEN "e.state IN ('given', 'taken', 'bounced', 'finished')"

static const struct list_column COLUMNS[] = {
    { FIELD(struct errand, matter_title), LIST_TEXT, .sql = "e.matter_title" },
    { FIELD(struct errand, matter_number), LIST_TEXT, .sql = "e.matter_number", .filter = true },
    { FIELD(struct errand, numbers), LIST_TEXT, .sql = "e.numbers" },
    { FIELD(struct errand, desk_name), LIST_TEXT, .sql = "e.desk_name", .filter = true },
    { FIELD(struct errand, account_name), LIST_TEXT, .sql = "e.account_name", .filter = true },
    { FIELD(struct errand, state), LIST_CODE, .sql = "e.state", .filter = true,
      .states = "states.errands", .choices = "given taken bounced finished passed dropped" },
    { FIELD(struct errand, due_on), LIST_DAY, .sql = "e.due_on", .filter = true, .sort = true },
    { FIELD(struct errand, is_mine), LIST_BOOL, .sql = MINE, .hidden = true, .filter = true },
    { FIELD(struct errand, is_open), LIST_BOOL, .sql = "CASE WHEN " OPEN " THEN 1 ELSE 0 END",
      .hidden = true, .filter = true },
    { FIELD(struct errand, is_late), LIST_BOOL,
      .sql = "CASE WHEN e.state IN ('given', 'taken') AND e.due_on < :today THEN 1 ELSE 0 END",
      .hidden = true, .filter = true },
    { FIELD(struct errand, ask), LIST_TEXT, .sql = "e.ask", .hidden = true },
    { FIELD(struct errand, assignment_id), LIST_NUMBER, .sql = "e.assignment_id", .hidden = true,
      .filter = true },
    { FIELD(struct errand, desk_id), LIST_NUMBER, .sql = "e.desk_id", .hidden = true,
      .filter = true },
    { FIELD(struct errand, id), LIST_NUMBER, .sql = "e.id", .hidden = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = {
    { SCOPE_NONE, .sql = "" },
    { 0 },
};

const struct list ERRAND_LIST = {
    .name = "errands",
    .may = "desks.read",
    .from = "errands e",
    .where =
        "e.org_id = :org AND e.agency_id = :actor_agency AND :actor_agency > 0 AND e.lost_at = "
        "0",
    .key = "e.id",
    .sort = "-due_on",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "errands.not_found",
    .row_size = sizeof(struct errand),
};
