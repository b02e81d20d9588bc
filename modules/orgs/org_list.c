/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Columns of the list of bodies; everybody of the organisation sees all of them. */
#include "modules/orgs/org_list.h"

static const struct list_column COLUMNS[] = {
    { .name = "id", .kind = LIST_NUMBER, .sql = "o.id", .hidden = true },
    { .name = "name", .kind = LIST_TEXT, .sql = "o.name", .filter = true },
    { .name = "kind",
      .kind = LIST_CODE,
      .sql = "o.kind",
      .filter = true,
      .states = "orgs.kind",
      .choices = "department government party_committee democratic federation association township "
                 "employer cppcc" },
    { .name = "short_name", .kind = LIST_TEXT, .sql = "o.short_name" },
    { .name = "code", .kind = LIST_TEXT, .sql = "o.code" },
    { .name = "agency", .kind = LIST_BOOL, .sql = "o.agency", .filter = true },
    { .name = "dispatcher", .kind = LIST_BOOL, .sql = "o.dispatcher", .hidden = true },
    { .name = "position", .kind = LIST_NUMBER, .sql = "o.position", .hidden = true, .sort = true },
    { .name = "from_on", .kind = LIST_DAY, .sql = "o.from_on", .hidden = true },
    { .name = "to_on", .kind = LIST_DAY, .sql = "o.to_on" },
    { 0 },
};

static const struct list_scope SCOPES[] = {
    { SCOPE_SELF, "o.id > 0" },
    { SCOPE_COMMITTEE, "o.id > 0" },
    { SCOPE_AGENCY, "o.id > 0" },
    { 0 },
};

static const struct field ROW[] = {
    FIELD(struct org_row, id),
    FIELD(struct org_row, position),
    FIELD(struct org_row, from_on),
    FIELD(struct org_row, to_on),
    FIELD(struct org_row, agency),
    FIELD(struct org_row, dispatcher),
    FIELD(struct org_row, kind),
    FIELD(struct org_row, name),
    FIELD(struct org_row, short_name),
    FIELD(struct org_row, code),
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
    .row = ROW,
    .row_size = sizeof(struct org_row),
};
