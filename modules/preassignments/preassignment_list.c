/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The declared list, and the one way to find one. Scopes: the office all, an agency its own lines
 * and no other of the same proposal. */
#include "modules/preassignments/preassignment.h"

static const struct list_column COLUMNS[] = {
    { FIELD(struct preassignment, number), LIST_TEXT, .sql = "p.number", .filter = true },
    { FIELD(struct preassignment, title), LIST_TEXT, .sql = "p.title" },
    { FIELD(struct preassignment, agency_name), LIST_TEXT, .sql = "p.agency_name", .filter = true },
    { FIELD(struct preassignment, role), LIST_CODE, .sql = "p.role", .filter = true,
      .states = "preassignments.role", .choices = "sole host cohost split" },
    { FIELD(struct preassignment, state), LIST_CODE, .sql = "p.state", .filter = true,
      .states = "states.preassignments", .choices = "asked objected agreed settled dropped" },
    { FIELD(struct preassignment, answer_due_on), LIST_DAY, .sql = "p.answer_due_on",
      .filter = true, .sort = true },
    { FIELD(struct preassignment, better_agency_name), LIST_TEXT, .sql = "p.better_agency_name",
      .hidden = true },
    { FIELD(struct preassignment, reason), LIST_TEXT, .sql = "p.reason", .hidden = true },
    { FIELD(struct preassignment, silent), LIST_BOOL, .sql = "p.silent", .hidden = true,
      .filter = true },
    { FIELD(struct preassignment, proposal_id), LIST_NUMBER, .sql = "p.proposal_id", .hidden = true,
      .filter = true },
    { FIELD(struct preassignment, session_id), LIST_NUMBER, .sql = "p.session_id", .hidden = true,
      .filter = true },
    { FIELD(struct preassignment, agency_id), LIST_NUMBER, .sql = "p.agency_id", .hidden = true,
      .filter = true },
    { FIELD(struct preassignment, id), LIST_NUMBER, .sql = "p.id", .hidden = true },
    { FIELD(struct preassignment, proposer_name), LIST_TEXT, .sql = "p.proposer_name",
      .one = true },
    { FIELD(struct preassignment, due_on), LIST_DAY, .sql = "p.due_on", .one = true },
    { FIELD(struct preassignment, host_due_on), LIST_DAY, .sql = "COALESCE(h.due_on, 0)",
      .one = true },
    { FIELD(struct preassignment, better_agency_id), LIST_NUMBER, .sql = "p.better_agency_id",
      .one = true },
    { FIELD(struct preassignment, plenary), LIST_BOOL, .sql = "p.plenary", .one = true },
    { FIELD(struct preassignment, party), LIST_BOOL, .sql = "p.party", .one = true },
    { FIELD(struct preassignment, asked_at), LIST_TIME, .sql = "p.asked_at", .one = true },
    { FIELD(struct preassignment, answered_at), LIST_TIME, .sql = "p.answered_at", .one = true },
    { FIELD(struct preassignment, answered_by), LIST_NUMBER, .sql = "p.answered_by", .one = true },
    { FIELD(struct preassignment, settled_at), LIST_TIME, .sql = "p.settled_at", .one = true },
    { FIELD(struct preassignment, handed_at), LIST_TIME, .sql = "p.handed_at", .one = true },
    { FIELD(struct preassignment, meeting_id), LIST_NUMBER, .sql = "p.meeting_id", .one = true },
    { FIELD(struct preassignment, version), LIST_NUMBER, .sql = "p.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = {
    { SCOPE_AGENCY, .sql = "p.agency_id = :actor_agency AND :actor_agency > 0" },
    { 0 },
};

const struct list PREASSIGNMENT_LIST = {
    .name = "preassignments",
    .may = "preassignments.read",
    .from = "preassignments p LEFT JOIN preassignments h ON h.org_id = p.org_id AND h.proposal_id ="
            " p.proposal_id AND h.role = 'host' AND h.state <> 'dropped'",
    .where = "p.org_id = :org",
    .key = "p.id",
    .sort = "-answer_due_on",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "preassignments.not_found",
    .row_size = sizeof(struct preassignment),
};
