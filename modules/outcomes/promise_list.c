/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The declared list of promises: page, JSON, exports, and the one way to find one. Scopes: the
 * office all, an agency its own, a member those on what he signs. */
#include "modules/outcomes/outcome_rules.h"

static const struct list_column COLUMNS[] = {
    { FIELD(struct promise, text), LIST_TEXT, .sql = "r.text" },
    { FIELD(struct promise, matter_number), LIST_TEXT, .sql = "r.matter_number", .filter = true },
    { FIELD(struct promise, agency_name), LIST_TEXT, .sql = "r.agency_name", .filter = true },
    { FIELD(struct promise, state), LIST_CODE, .sql = "r.state", .filter = true,
      .states = "states.promises", .choices = "made progressing renewed met missed superseded" },
    { FIELD(struct promise, due_on), LIST_DAY, .sql = "r.due_on", .filter = true, .sort = true },
    { FIELD(struct promise, percent), LIST_NUMBER, .sql = "r.percent" },
    { FIELD(struct promise, owner), LIST_TEXT, .sql = "r.owner" },
    { FIELD(struct promise, met_on), LIST_DAY, .sql = "NULLIF(r.met_on, 0)" },
    { FIELD(struct promise, was_late), LIST_BOOL, .sql = "r.was_late", .filter = true },
    { FIELD(struct promise, is_open), LIST_BOOL,
      .sql = "CASE WHEN r.state IN ('made', 'progressing', 'renewed') THEN 1 ELSE 0 END",
      .hidden = true, .filter = true },
    { FIELD(struct promise, unconfirmed), LIST_BOOL,
      .sql = "CASE WHEN r.state = 'met' AND r.confirmed_at = 0 THEN 1 ELSE 0 END", .hidden = true,
      .filter = true },
    { FIELD(struct promise, is_due), LIST_BOOL,
      .sql = "CASE WHEN r.state <> 'superseded' AND (r.state IN ('met', 'missed') OR "
             "r.first_due_on <= :today) THEN 1 ELSE 0 END",
      .hidden = true, .filter = true },
    { FIELD(struct promise, first_due_on), LIST_DAY, .sql = "r.first_due_on", .hidden = true,
      .filter = true },
    { FIELD(struct promise, matter), LIST_CODE, .sql = "r.matter", .hidden = true, .filter = true,
      .states = "menu", .choices = "proposals" },
    { FIELD(struct promise, matter_id), LIST_NUMBER, .sql = "r.matter_id", .hidden = true,
      .filter = true },
    { FIELD(struct promise, matter_title), LIST_TEXT, .sql = "r.matter_title", .hidden = true },
    { FIELD(struct promise, session_id), LIST_NUMBER, .sql = "r.session_id", .hidden = true,
      .filter = true },
    { FIELD(struct promise, agency_id), LIST_NUMBER, .sql = "r.agency_id", .hidden = true,
      .filter = true },
    { FIELD(struct promise, assignment_id), LIST_NUMBER, .sql = "r.assignment_id", .hidden = true },
    { FIELD(struct promise, id), LIST_NUMBER, .sql = "r.id", .hidden = true },
    { FIELD(struct promise, round), LIST_NUMBER, .sql = "r.round", .one = true },
    { FIELD(struct promise, number), LIST_NUMBER, .sql = "r.number", .one = true },
    { FIELD(struct promise, item_number), LIST_NUMBER, .sql = "r.item_number", .one = true },
    { FIELD(struct promise, phone), LIST_TEXT, .sql = "r.phone", .one = true },
    { FIELD(struct promise, evidence_kind), LIST_TEXT, .sql = "r.evidence_kind", .one = true },
    { FIELD(struct promise, renewals), LIST_NUMBER, .sql = "r.renewals", .one = true },
    { FIELD(struct promise, renew_to_on), LIST_DAY, .sql = "r.renew_to_on", .one = true },
    { FIELD(struct promise, renew_reason), LIST_TEXT, .sql = "r.renew_reason", .one = true },
    { FIELD(struct promise, made_at), LIST_TIME, .sql = "r.made_at", .one = true },
    { FIELD(struct promise, confirmed_at), LIST_TIME, .sql = "NULLIF(r.confirmed_at, 0)",
      .one = true },
    { FIELD(struct promise, missed_on), LIST_DAY, .sql = "NULLIF(r.missed_on, 0)", .one = true },
    { FIELD(struct promise, superseded_at), LIST_TIME, .sql = "NULLIF(r.superseded_at, 0)",
      .one = true },
    { FIELD(struct promise, warning), LIST_TEXT, .sql = "r.warning", .one = true },
    { FIELD(struct promise, version), LIST_NUMBER, .sql = "r.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = {
    { SCOPE_AGENCY, .sql = "r.agency_id = :actor_agency AND :actor_agency > 0" },
    { SCOPE_SELF,
      .sql = "r.matter = 'proposals' AND r.matter_id IN (SELECT s.matter_id FROM "
             "assignment_persons s WHERE s.org_id = :org AND s.person_id = :actor_person AND "
             ":actor_person > 0 AND s.matter = 'proposals')" },
    { 0 },
};

const struct list PROMISE_LIST = {
    .name = "promises",
    .may = "outcomes.read",
    .from = "promises r",
    .where = "r.org_id = :org",
    .key = "r.id",
    .sort = "-due_on",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "promises.not_found",
    .row_size = sizeof(struct promise),
};
