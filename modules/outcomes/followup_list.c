/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The declared list of followups. Scopes: the office all, an agency what it has answered, a member
 * what he signs. */
#include "modules/outcomes/outcome_rules.h"

static const struct list_column COLUMNS[] = {
    { FIELD(struct followup, matter_title), LIST_TEXT, .sql = "f.matter_title" },
    { FIELD(struct followup, matter_number), LIST_TEXT, .sql = "f.matter_number", .filter = true },
    { FIELD(struct followup, agency_name), LIST_TEXT, .sql = "f.agency_name", .filter = true },
    { FIELD(struct followup, class), LIST_CODE, .sql = "f.class", .filter = true,
      .dictionary = "assignments.classes" },
    { FIELD(struct followup, state), LIST_CODE, .sql = "f.state", .filter = true,
      .states = "states.followups", .choices = "planned held" },
    { FIELD(struct followup, planned_on), LIST_DAY, .sql = "f.planned_on", .filter = true,
      .sort = true },
    { FIELD(struct followup, held_on), LIST_DAY, .sql = "NULLIF(f.held_on, 0)" },
    { FIELD(struct followup, result), LIST_CODE, .sql = "f.result", .filter = true,
      .states = "choices.result", .choices = "solved partly unsolved" },
    { FIELD(struct followup, overdue), LIST_BOOL, .hidden = true, .filter = true,
      .sql = "CASE WHEN f.state = 'planned' AND f.planned_on < :today THEN 1 ELSE 0 END" },
    { FIELD(struct followup, matter), LIST_CODE, .sql = "f.matter", .hidden = true, .filter = true,
      .states = "menu", .choices = "proposals" },
    { FIELD(struct followup, matter_id), LIST_NUMBER, .sql = "f.matter_id", .hidden = true,
      .filter = true },
    { FIELD(struct followup, session_id), LIST_NUMBER, .sql = "f.session_id", .hidden = true,
      .filter = true },
    { FIELD(struct followup, id), LIST_NUMBER, .sql = "f.id", .hidden = true },
    { FIELD(struct followup, asked_at), LIST_TIME, .sql = "NULLIF(f.asked_at, 0)", .one = true },
    { FIELD(struct followup, place), LIST_TEXT, .sql = "f.place", .one = true },
    { FIELD(struct followup, visitors), LIST_TEXT, .sql = "f.visitors", .one = true },
    { FIELD(struct followup, text), LIST_TEXT, .sql = "f.text", .one = true },
    { FIELD(struct followup, recorded_at), LIST_TIME, .sql = "NULLIF(f.recorded_at, 0)",
      .one = true },
    { FIELD(struct followup, version), LIST_NUMBER, .sql = "f.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = {
    { SCOPE_AGENCY,
      .sql = "f.matter = 'proposals' AND f.matter_id IN (SELECT a.matter_id FROM assignments a "
             "WHERE a.org_id = :org AND a.agency_id = :actor_agency AND :actor_agency > 0 AND "
             "a.matter = 'proposals' AND a.state <> 'reassigned')" },
    { SCOPE_SELF,
      .sql = "f.matter = 'proposals' AND f.matter_id IN (SELECT s.matter_id FROM "
             "assignment_persons s WHERE s.org_id = :org AND s.person_id = :actor_person AND "
             ":actor_person > 0 AND s.matter = 'proposals')" },
    { 0 },
};

const struct list FOLLOWUP_LIST = {
    .name = "followups",
    .may = "outcomes.read",
    .from = "followups f",
    .where = "f.org_id = :org",
    .key = "f.id",
    .sort = "-planned_on",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "followups.not_found",
    .row_size = sizeof(struct followup),
};
