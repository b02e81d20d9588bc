/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Columns of the list of evaluation forms (pages: dashboard_evaluations.c). Blind (README):
 * only for who reads single evaluations of the whole organisation, and never of matters that his
 * own agency has. */
#include "modules/dashboards/dashboard_evaluation_list.h"

static const struct list_column COLUMNS[] = {
    { FIELD(struct evaluation_row, matter_title), LIST_TEXT, .sql = "a.matter_title" },
    { FIELD(struct evaluation_row, matter_number), LIST_TEXT, .sql = "a.matter_number",
      .filter = true },
    { FIELD(struct evaluation_row, agency_name), LIST_TEXT, .sql = "a.agency_name",
      .filter = true },
    { FIELD(struct evaluation_row, person_name), LIST_TEXT, .sql = "e.person_name",
      .filter = true },
    { FIELD(struct evaluation_row, asked_at), LIST_TIME, .sql = "e.asked_at", .filter = true,
      .sort = true },
    { FIELD(struct evaluation_row, due_on), LIST_DAY, .sql = "e.due_on", .filter = true },
    { FIELD(struct evaluation_row, given_at), LIST_TIME, .sql = "NULLIF(e.given_at, 0)",
      .filter = true },
    { FIELD(struct evaluation_row, handling), LIST_CODE, .sql = "e.handling", .filter = true,
      .states = "choices.handling", .choices = "satisfied fair dissatisfied" },
    { FIELD(struct evaluation_row, result), LIST_CODE, .sql = "e.result", .filter = true,
      .states = "choices.result", .choices = "satisfied fair dissatisfied" },
    { FIELD(struct evaluation_row, basis), LIST_TEXT, .sql = "e.basis" },
    { FIELD(struct evaluation_row, given), LIST_BOOL,
      .sql = "CASE WHEN e.given_at > 0 THEN 1 ELSE 0 END", .hidden = true, .filter = true },
    { FIELD(struct evaluation_row, latest), LIST_BOOL,
      .sql = "CASE WHEN e.round = a.round THEN 1 ELSE 0 END", .hidden = true, .filter = true },
    { FIELD(struct evaluation_row, matter), LIST_CODE, .sql = "a.matter", .hidden = true,
      .filter = true, .states = "menu", .choices = "proposals" },
    { FIELD(struct evaluation_row, session_id), LIST_NUMBER, .sql = "a.session_id", .hidden = true,
      .filter = true },
    { FIELD(struct evaluation_row, agency_id), LIST_NUMBER, .sql = "a.agency_id", .hidden = true,
      .filter = true },
    { FIELD(struct evaluation_row, round), LIST_NUMBER, .sql = "e.round", .hidden = true },
    { FIELD(struct evaluation_row, assignment_id), LIST_NUMBER, .sql = "e.assignment_id",
      .hidden = true },
    { FIELD(struct evaluation_row, id), LIST_NUMBER, .sql = "e.id", .hidden = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = { { 0 } };

const struct list EVALUATION_LIST = {
    .name = "evaluations",
    .may = "evaluations.read",
    .from = "evaluations e JOIN assignments a ON a.org_id = e.org_id AND a.id = e.assignment_id",
    .where = "e.org_id = :org AND NOT EXISTS (SELECT v.id FROM assignments v WHERE v.org_id = "
             "e.org_id AND v.matter = a.matter AND v.matter_id = a.matter_id AND v.agency_id = "
             ":actor_agency AND :actor_agency > 0 AND v.state <> 'reassigned')",
    .key = "e.id",
    .sort = "-asked_at",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .row_size = sizeof(struct evaluation_row),
};
