/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Columns of the list of bodies; everybody of the organisation sees all of them. */
#include "modules/orgs/org_list.h"

static const struct list_column COLUMNS[] = {
    { FIELD(struct org_row, id), LIST_NUMBER, .sql = "o.id", .hidden = true },
    { FIELD(struct org_row, name), LIST_TEXT, .sql = "o.name", .filter = true },
    { FIELD(struct org_row, kind), LIST_CODE, .sql = "o.kind", .filter = true,
      .states = "orgs.kind",
      .choices = "department government party_committee democratic federation association township "
                 "employer cppcc" },
    { FIELD(struct org_row, short_name), LIST_TEXT, .sql = "o.short_name" },
    { FIELD(struct org_row, code), LIST_TEXT, .sql = "o.code" },
    { FIELD(struct org_row, agency), LIST_BOOL, .sql = "o.agency", .filter = true },
    { FIELD(struct org_row, dispatcher), LIST_BOOL, .sql = "o.dispatcher", .hidden = true },
    { FIELD(struct org_row, position), LIST_NUMBER, .sql = "o.position", .hidden = true,
      .sort = true },
    { FIELD(struct org_row, from_on), LIST_DAY, .sql = "o.from_on", .hidden = true },
    { FIELD(struct org_row, to_on), LIST_DAY, .sql = "o.to_on" },
    { .field = { 0 } },
};

static const struct list_scope SCOPES[] = {
    { .sql = "" },
    { 0 },
};

const struct list ORG_LIST = {
    .name = "orgs",
    .may = "orgs.read",
    .from = "orgs o",
    .where = "o.org_id = :org",
    .key = "o.id",
    .sort = "position",
    .columns = COLUMNS,
    .scopes = SCOPES,
    .row_size = sizeof(struct org_row),
};
