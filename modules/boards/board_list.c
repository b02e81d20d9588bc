/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Columns and scopes of what stands on the boards. Only who reads the whole organisation has them:
 * agencies and members never; the scopes of proposals are those of PROPOSAL_LIST, and a test holds
 * them together. */
#include "modules/boards/board_list.h"

static const struct list_column PROPOSALS[] = {
    { FIELD(struct board_row, title), LIST_TEXT, .sql = "p.title" },
    { FIELD(struct board_row, state), LIST_CODE, .sql = "p.state", .filter = true,
      .states = "states.proposals" },
    { FIELD(struct board_row, category), LIST_CODE, .sql = "COALESCE(p.category, '')",
      .filter = true, .dictionary = "proposals.categories" },
    { FIELD(struct board_row, kind), LIST_CODE, .sql = "COALESCE(p.kind, '')", .filter = true,
      .states = "proposals.kind" },
    { FIELD(struct board_row, session_id), LIST_NUMBER, .sql = "p.session_id", .filter = true },
    { FIELD(struct board_row, submitted_at), LIST_TIME, .sql = "p.submitted_at", .sort = true },
    { FIELD(struct board_row, proposal_id), LIST_NUMBER, .sql = "p.id" },
    { FIELD(struct board_row, version), LIST_NUMBER, .sql = "p.version" },
    { FIELD(struct board_row, serial), LIST_NUMBER, .sql = "p.serial" },
    { FIELD(struct board_row, docket_no), LIST_NUMBER, .sql = "p.docket_no" },
    { FIELD(struct board_row, name), LIST_TEXT, .sql = "p.proposer_name" },
    { FIELD(struct board_row, signer_count), LIST_NUMBER, .sql = "p.signer_count" },
    { FIELD(struct board_row, due_on), LIST_DAY, .sql = "p.due_on" },
    { FIELD(struct board_row, merged_count), LIST_NUMBER, .sql = "p.merged_count" },
    { FIELD(struct board_row, urgent), LIST_BOOL, .sql = "p.urgent" },
    { FIELD(struct board_row, confidential), LIST_BOOL, .sql = "p.confidential" },
    { FIELD(struct board_row, flagship), LIST_BOOL, .sql = "p.flagship" },
    { FIELD(struct board_row, reader_id), LIST_NUMBER, .sql = "COALESCE(b.account_id, 0)" },
    { FIELD(struct board_row, reader_name), LIST_TEXT, .sql = "COALESCE(b.account_name, '')" },
    { FIELD(struct board_row, taken_at), LIST_NUMBER, .sql = "COALESCE(b.taken_at, 0)" },
    { FIELD(struct board_row, mine_id), LIST_NUMBER, .sql = "COALESCE(b.account_id, 0)",
      .filter = true,
      .many = "p.id IN (SELECT m.proposal_id FROM board_marks m WHERE m.org_id = :org AND "
              "m.account_id" },
    { FIELD(struct board_row, system_id), LIST_NUMBER, .sql = "0", .filter = true,
      .many = "p.id IN (SELECT w.proposal_id FROM wishes w JOIN orgs o ON o.org_id = w.org_id AND "
              "o.id = w.agency_id WHERE w.org_id = :org AND w.by_whom = 'reviewer' AND w.role = "
              "'host' AND COALESCE(o.parent_id, o.id)" },
    { FIELD(struct board_row, id), LIST_NUMBER, .sql = "p.id" },
    { .field = { 0 } },
};

static const struct list_scope PROPOSAL_SCOPES[] = {
    { SCOPE_ORG, .needs = "proposals.read_pending",
      .sql = "p.state NOT IN ('draft', 'cosigning')" },
    { SCOPE_ORG, .sql =
                     "p.state NOT IN ('draft', 'cosigning', 'submitted', 'revising', 'screened', "
                     "'rejected', 'diverted', 'withdrawn', 'merged')" },
    { 0 },
};

const struct list BOARD_PROPOSALS = {
    .name = "boards",
    .may = "proposals.read",
    .from = "proposals p LEFT JOIN board_marks b ON b.org_id = p.org_id AND b.proposal_id = p.id",
    .where = "p.org_id = :org",
    .key = "p.id",
    .sort = "-submitted_at",
    .columns = PROPOSALS,
    .scopes = PROPOSAL_SCOPES,
    .row_size = sizeof(struct board_row),
};

static const struct list_column ASSIGNMENTS[] = {
    { FIELD(struct board_row, title), LIST_TEXT, .sql = "a.matter_title" },
    { FIELD(struct board_row, state), LIST_CODE, .sql = "a.state", .filter = true,
      .states = "states.assignments" },
    { FIELD(struct board_row, session_id), LIST_NUMBER, .sql = "a.session_id", .filter = true },
    { FIELD(struct board_row, due_on), LIST_DAY, .sql = "a.due_on", .sort = true },
    { FIELD(struct board_row, proposal_id), LIST_NUMBER, .sql = "a.matter_id" },
    { FIELD(struct board_row, number), LIST_TEXT, .sql = "a.matter_number" },
    { FIELD(struct board_row, name), LIST_TEXT, .sql = "a.agency_name" },
    { FIELD(struct board_row, role), LIST_CODE, .sql = "a.role", .states = "assignments.role" },
    { FIELD(struct board_row, assigned_at), LIST_TIME, .sql = "a.assigned_at" },
    { FIELD(struct board_row, reader_id), LIST_NUMBER, .sql = "COALESCE(b.account_id, 0)" },
    { FIELD(struct board_row, reader_name), LIST_TEXT, .sql = "COALESCE(b.account_name, '')" },
    { FIELD(struct board_row, taken_at), LIST_NUMBER, .sql = "COALESCE(b.taken_at, 0)" },
    { FIELD(struct board_row, system_id), LIST_NUMBER, .filter = true,
      .sql = "COALESCE((SELECT COALESCE(s.parent_id, s.id) FROM orgs s WHERE s.org_id = a.org_id "
             "AND s.id = a.agency_id), 0)",
      .many = "a.agency_id IN (SELECT o.id FROM orgs o WHERE o.org_id = :org AND "
              "COALESCE(o.parent_id, o.id)" },
    { FIELD(struct board_row, id), LIST_NUMBER, .sql = "a.id" },
    { .field = { 0 } },
};

static const struct list_scope ASSIGNMENT_SCOPES[] = { { 0 } };

const struct list BOARD_ASSIGNMENTS = {
    .name = "boards",
    .may = "assignments.list",
    .from = "assignments a LEFT JOIN board_marks b ON b.org_id = a.org_id AND b.proposal_id = "
            "a.matter_id AND a.matter = 'proposals'",
    .where = "a.org_id = :org",
    .key = "a.id",
    .sort = "due_on",
    .columns = ASSIGNMENTS,
    .scopes = ASSIGNMENT_SCOPES,
    .row_size = sizeof(struct board_row),
};
