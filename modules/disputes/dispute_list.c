/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The declared list of disputes. Scopes: who hands out all, an agency its own. */
#include "modules/disputes/dispute_rules.h"

static const struct list_column COLUMNS[] = {
    { FIELD(struct dispute, matter_title), LIST_TEXT, .sql = "d.matter_title" },
    { FIELD(struct dispute, matter_number), LIST_TEXT, .sql = "d.matter_number", .filter = true },
    { FIELD(struct dispute, agency_name), LIST_TEXT, .sql = "d.agency_name", .filter = true },
    { FIELD(struct dispute, better_name), LIST_TEXT, .sql = "d.better_name" },
    { FIELD(struct dispute, state), LIST_CODE, .sql = "d.state", .filter = true,
      .states = "states.disputes", .choices = "opened heard decided" },
    { FIELD(struct dispute, opened_at), LIST_TIME, .sql = "d.opened_at", .filter = true,
      .sort = true },
    { FIELD(struct dispute, held_on), LIST_DAY, .sql = "NULLIF(d.held_on, 0)" },
    { FIELD(struct dispute, decision), LIST_CODE, .sql = "d.decision", .filter = true,
      .states = "disputes.decision", .choices = "upheld moved dropped" },
    { FIELD(struct dispute, decider), LIST_TEXT, .sql = "d.decider" },
    { FIELD(struct dispute, decided_at), LIST_TIME, .sql = "NULLIF(d.decided_at, 0)",
      .hidden = true },
    { FIELD(struct dispute, id), LIST_NUMBER, .sql = "d.id", .hidden = true },
    { FIELD(struct dispute, agency_id), LIST_NUMBER, .sql = "d.agency_id", .hidden = true,
      .filter = true },
    { FIELD(struct dispute, assignment_id), LIST_NUMBER, .sql = "d.assignment_id", .one = true },
    { FIELD(struct dispute, matter), LIST_CODE, .sql = "d.matter", .hidden = true, .filter = true,
      .states = "menu", .choices = "proposals" },
    { FIELD(struct dispute, session_id), LIST_NUMBER, .hidden = true, .filter = true,
      .sql = "COALESCE((SELECT a.session_id FROM assignments a WHERE a.org_id = d.org_id AND a.id "
             "= d.assignment_id), 0)" },
    { FIELD(struct dispute, matter_id), LIST_NUMBER, .sql = "d.matter_id", .one = true },
    { FIELD(struct dispute, reason), LIST_TEXT, .sql = "d.reason", .one = true },
    { FIELD(struct dispute, present), LIST_TEXT, .sql = "d.present", .one = true },
    { FIELD(struct dispute, record), LIST_TEXT, .sql = "d.record", .one = true },
    { FIELD(struct dispute, version), LIST_NUMBER, .sql = "d.version", .one = true },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = {
    { SCOPE_AGENCY, .sql = "d.agency_id = :actor_agency AND :actor_agency > 0" },
    { 0 },
};

const struct list DISPUTE_LIST = {
    .name = "disputes",
    .may = "disputes.read",
    .from = "disputes d",
    .where = "d.org_id = :org",
    .key = "d.id",
    .sort = "-opened_at",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "disputes.not_found",
    .row_size = sizeof(struct dispute),
};

const struct list_look DISPUTE_LOOK = { .list = &DISPUTE_LIST,
                                        .path = "/disputes",
                                        .title = "menu.disputes",
                                        .menu = "disputes",
                                        .main = "matter_title",
                                        .under = "matter_number",
                                        .empty = "disputes.none",
                                        .bar = "state decision" };
