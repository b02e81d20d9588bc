/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The declared lists: slips (the office all, an agency what was issued to it), nudges (the office
 * all, an agency what was sent to it) and circulars, which whoever reads slips reads. */
#include "modules/urgings/urging_rules.h"

static const struct list_column COLUMNS[] = {
    { FIELD(struct urging, matter_title), LIST_TEXT, .sql = "u.matter_title" },
    { FIELD(struct urging, matter), LIST_CODE, .sql = "u.matter", .filter = true,
      .states = "urgings.matter", .choices = "proposals letters opinions" },
    { FIELD(struct urging, number), LIST_TEXT, .sql = "u.number", .filter = true },
    { FIELD(struct urging, matter_number), LIST_TEXT, .sql = "u.matter_number", .filter = true },
    { FIELD(struct urging, agency_name), LIST_TEXT, .sql = "u.agency_name", .filter = true },
    { FIELD(struct urging, cause), LIST_CODE, .sql = "u.cause", .filter = true,
      .states = "choices.cause", .choices = "overdue flagship redo instruction unsolved manual" },
    { FIELD(struct urging, state), LIST_CODE, .sql = "u.state", .filter = true,
      .states = "states.urgings",
      .choices = "proposed issued accepted answered supplementing passed closed" },
    { FIELD(struct urging, due_on), LIST_DAY, .sql = "NULLIF(u.due_on, 0)", .filter = true },
    { FIELD(struct urging, proposed_at), LIST_TIME, .sql = "u.proposed_at", .hidden = true,
      .filter = true, .sort = true },
    { FIELD(struct urging, issued_at), LIST_TIME, .sql = "NULLIF(u.issued_at, 0)", .hidden = true,
      .filter = true },
    { FIELD(struct urging, is_open), LIST_BOOL,
      .sql = "CASE WHEN u.state <> 'closed' THEN 1 ELSE 0 END", .hidden = true, .filter = true },
    { FIELD(struct urging, overdue), LIST_BOOL, .hidden = true, .filter = true,
      .sql = "CASE WHEN u.state IN ('issued', 'accepted', 'supplementing') AND u.due_on < :today "
             "THEN 1 ELSE 0 END" },
    { FIELD(struct urging, was_late), LIST_BOOL, .sql = "u.was_late", .hidden = true,
      .filter = true },
    { FIELD(struct urging, issued), LIST_BOOL, .sql = "CASE WHEN u.issued_at > 0 THEN 1 ELSE 0 END",
      .hidden = true, .filter = true },
    { FIELD(struct urging, answered), LIST_BOOL,
      .sql = "CASE WHEN u.answered_at > 0 THEN 1 ELSE 0 END", .hidden = true, .filter = true },
    { FIELD(struct urging, is_due), LIST_BOOL, .hidden = true, .filter = true,
      .sql = "CASE WHEN u.answered_at > 0 OR (u.issued_at > 0 AND u.state <> 'closed' AND u.due_on "
             "> 0 AND u.due_on < :today) THEN 1 ELSE 0 END" },
    { FIELD(struct urging, session_id), LIST_NUMBER, .hidden = true, .filter = true,
      .sql = "COALESCE((SELECT p.session_id FROM proposals p WHERE p.org_id = u.org_id AND p.id = "
             "u.matter_id AND u.matter = 'proposals'), 0)" },
    { FIELD(struct urging, flow), LIST_CODE, .sql = "u.flow", .hidden = true, .filter = true,
      .states = "menu", .choices = "assignments promises" },
    { FIELD(struct urging, subject_id), LIST_NUMBER, .sql = "u.subject_id", .hidden = true,
      .filter = true },
    { FIELD(struct urging, matter_id), LIST_NUMBER, .sql = "u.matter_id", .hidden = true,
      .filter = true },
    { FIELD(struct urging, agency_id), LIST_NUMBER, .sql = "u.agency_id", .hidden = true,
      .filter = true },
    { FIELD(struct urging, id), LIST_NUMBER, .sql = "u.id", .hidden = true },
    { FIELD(struct urging, late_on), LIST_DAY, .sql = "NULLIF(u.late_on, 0)", .one = true },
    { FIELD(struct urging, text), LIST_TEXT, .sql = "u.text", .one = true },
    { FIELD(struct urging, year), LIST_NUMBER, .sql = "u.year", .one = true },
    { FIELD(struct urging, serial), LIST_NUMBER, .sql = "u.serial", .one = true },
    { FIELD(struct urging, issued_by), LIST_NUMBER, .sql = "u.issued_by", .one = true },
    { FIELD(struct urging, issued_name), LIST_TEXT, .sql = "u.issued_name", .one = true },
    { FIELD(struct urging, proposed_name), LIST_TEXT, .sql = "u.proposed_name", .one = true },
    { FIELD(struct urging, accepted_at), LIST_TIME, .sql = "NULLIF(u.accepted_at, 0)",
      .one = true },
    { FIELD(struct urging, answered_at), LIST_TIME, .sql = "NULLIF(u.answered_at, 0)",
      .one = true },
    { FIELD(struct urging, passed_at), LIST_TIME, .sql = "NULLIF(u.passed_at, 0)", .one = true },
    { FIELD(struct urging, look_on), LIST_DAY, .sql = "NULLIF(u.look_on, 0)", .one = true },
    { FIELD(struct urging, asked_at), LIST_TIME, .sql = "NULLIF(u.asked_at, 0)", .one = true },
    { FIELD(struct urging, closed_at), LIST_TIME, .sql = "NULLIF(u.closed_at, 0)", .one = true },
    { FIELD(struct urging, version), LIST_NUMBER, .sql = "u.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = {
    { SCOPE_AGENCY,
      .sql = "u.agency_id = :actor_agency AND :actor_agency > 0 AND u.issued_at > 0" },
    { 0 },
};

const struct list URGING_LIST = {
    .name = "urgings",
    .may = "urgings.read",
    .from = "urgings u",
    .where = "u.org_id = :org",
    .key = "u.id",
    .sort = "-proposed_at",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "urgings.not_found",
    .row_size = sizeof(struct urging),
};

static const struct list_column REMINDER_COLUMNS[] = {
    { FIELD(struct reminder_row, matter_title), LIST_TEXT,
      .sql = "COALESCE(p.title, w.matter_title)" },
    { FIELD(struct reminder_row, matter), LIST_CODE, .sql = "r.matter", .filter = true,
      .states = "urgings.matter", .choices = "proposals letters opinions" },
    { FIELD(struct reminder_row, kind), LIST_CODE, .sql = "r.kind", .filter = true,
      .states = "reminders.kind", .choices = "house office member" },
    { FIELD(struct reminder_row, told), LIST_TEXT, .sql = "r.told" },
    { FIELD(struct reminder_row, sent_name), LIST_TEXT, .sql = "r.sent_name" },
    { FIELD(struct reminder_row, on_day), LIST_DAY, .sql = "r.on_day", .filter = true,
      .sort = true },
    { FIELD(struct reminder_row, text), LIST_TEXT, .sql = "r.text" },
    /* who presses units need not read letters: there the unit's part is the page */
    { FIELD(struct reminder_row, place), LIST_TEXT, .hidden = true,
      .sql = "CASE WHEN r.matter = 'proposals' THEN '/proposals/' || r.matter_id ELSE "
             "'/assignments/' || r.subject_id END" },
    { FIELD(struct reminder_row, matter_id), LIST_NUMBER, .sql = "r.matter_id", .hidden = true },
    { FIELD(struct reminder_row, agency_id), LIST_NUMBER, .sql = "r.agency_id", .hidden = true,
      .filter = true },
    { FIELD(struct reminder_row, session_id), LIST_NUMBER, .hidden = true, .filter = true,
      .sql = "COALESCE(p.session_id, 0)" },
    { FIELD(struct reminder_row, id), LIST_NUMBER, .sql = "r.id", .hidden = true },
    { .field = { 0 } },
};

/* What is still under review is named only to who may read it: as PROPOSAL_LIST says. */
#define PENDING                                                                            \
    "('draft', 'cosigning', 'submitted', 'revising', 'screened', 'rejected', 'diverted', " \
    "'withdrawn', 'merged')"

static const struct list_scope REMINDER_SCOPES[] = {
    { SCOPE_ORG, .needs = "proposals.read_pending", .sql = "" },
    { SCOPE_ORG, /* nor that a verdict was waited for: of an answer only signers are asked so */
      .sql = "(r.matter <> 'proposals' OR (p.state NOT IN " PENDING
             " AND (p.state <> 'archived' OR p.closed_at > 0))) AND (r.flow <> 'assignments' OR "
             "r.agency_id > 0)" },
    { SCOPE_AGENCY, /* sent to it, while it has the case */
      .sql = "r.agency_id = :actor_agency AND :actor_agency > 0 AND EXISTS (SELECT a.id FROM "
             "assignments a WHERE a.org_id = r.org_id AND a.matter = r.matter AND a.matter_id = "
             "r.matter_id AND a.agency_id = :actor_agency AND a.state <> 'reassigned')" },
    { 0 },
};

const struct list REMINDER_LIST = {
    .name = "reminders",
    .may = "urgings.read",
    .from = "reminders r LEFT JOIN proposals p ON p.org_id = r.org_id AND p.id = r.matter_id AND "
            "r.matter = 'proposals' LEFT JOIN assignments w ON w.org_id = r.org_id AND w.id = "
            "r.subject_id AND r.flow = 'assignments' AND r.matter <> 'proposals'",
    .where = "r.org_id = :org AND (p.serial > 0 OR w.id > 0)",
    .key = "r.id",
    .sort = "-on_day",
    .columns = REMINDER_COLUMNS,
    .scopes = REMINDER_SCOPES,
    .row_size = sizeof(struct reminder_row),
};

static const struct list_column CIRCULAR_COLUMNS[] = {
    { FIELD(struct circular, title), LIST_TEXT, .sql = "c.title" },
    { FIELD(struct circular, published_on), LIST_DAY, .sql = "c.published_on", .sort = true },
    { FIELD(struct circular, published_name), LIST_TEXT, .sql = "c.published_name" },
    { FIELD(struct circular, id), LIST_NUMBER, .sql = "c.id", .hidden = true },
    { FIELD(struct circular, text), LIST_TEXT, .sql = "c.text", .one = true },
    { FIELD(struct circular, published_at), LIST_TIME, .sql = "c.published_at", .one = true },
    { FIELD(struct circular, published_by), LIST_NUMBER, .sql = "c.published_by", .one = true },
    { .field = { 0 } },
};

static const struct list_scope CIRCULAR_SCOPES[] = { { SCOPE_AGENCY, .sql = "" }, { 0 } };

const struct list CIRCULAR_LIST = {
    .name = "circulars",
    .may = "urgings.read",
    .from = "circulars c",
    .where = "c.org_id = :org",
    .key = "c.id",
    .sort = "-published_on",
    .columns = CIRCULAR_COLUMNS,
    .scopes = CIRCULAR_SCOPES,
    .missing = "circulars.not_found",
    .row_size = sizeof(struct circular),
};
