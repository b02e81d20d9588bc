/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The declared lists: bulletins, issues, the ledger of adoptions. All are the editors' and the
 * leader's alone (README.md, "Who may see"). */
#include "modules/bulletins/adoption.h"

static const struct list_scope SCOPES[] = { { SCOPE_ORG, .sql = "" }, { 0 } };

/* ---- bulletins ---- */

static const struct list_column BULLETIN_COLUMNS[] = {
    { FIELD(struct bulletin, id), LIST_NUMBER, .sql = "b.id", .hidden = true },
    { FIELD(struct bulletin, name), LIST_TEXT, .sql = "b.name" },
    { FIELD(struct bulletin, office), LIST_TEXT, .sql = "b.office" },
    { FIELD(struct bulletin, total), LIST_NUMBER, .sql = "b.total" },
    { FIELD(struct bulletin, issued), LIST_NUMBER,
      .sql = "(SELECT COUNT(*) FROM issues n WHERE n.org_id = b.org_id AND n.bulletin_id = b.id "
             "AND n.serial > 0)" },
    { FIELD(struct bulletin, ended), LIST_BOOL, .sql = "b.ended", .tone = "idle" },
    { FIELD(struct bulletin, mark), LIST_TEXT, .sql = "b.mark", .one = true },
    { FIELD(struct bulletin, named), LIST_BOOL, .sql = "b.named", .one = true },
    { FIELD(struct bulletin, national), LIST_TEXT, .sql = "b.national", .one = true },
    { FIELD(struct bulletin, province), LIST_TEXT, .sql = "b.province", .one = true },
    { FIELD(struct bulletin, city), LIST_TEXT, .sql = "b.city", .one = true },
    { FIELD(struct bulletin, county), LIST_TEXT, .sql = "b.county", .one = true },
    { FIELD(struct bulletin, copies), LIST_TEXT, .sql = "b.copies", .one = true },
    { FIELD(struct bulletin, version), LIST_NUMBER, .sql = "b.version", .one = true },
    { .field = { 0 } },
};

const struct list BULLETIN_LIST = {
    .name = "bulletins",
    .may = "bulletins.read",
    .from = "bulletins b",
    .where = "b.org_id = :org",
    .key = "b.id",
    .sort = "id",
    .columns = BULLETIN_COLUMNS,
    .scopes = SCOPES,
    .missing = "bulletins.not_found",
    .row_size = sizeof(struct bulletin),
};

/* ---- issues ---- */

static const struct list_column ISSUE_COLUMNS[] = {
    { FIELD(struct issue, id), LIST_NUMBER, .sql = "n.id", .hidden = true },
    { FIELD(struct issue, title), LIST_TEXT, .sql = "n.title" },
    { FIELD(struct issue, bulletin_name), LIST_TEXT, .sql = "n.bulletin_name", .filter = true },
    { FIELD(struct issue, number), LIST_TEXT, .sql = "n.number" },
    { FIELD(struct issue, year), LIST_NUMBER, .sql = "n.year", .filter = true, .hidden = true },
    { FIELD(struct issue, state), LIST_CODE, .sql = "n.state", .filter = true,
      .states = "states.issues", .choices = "draft signing issued forwarded dropped" },
    { FIELD(struct issue, issued_on), LIST_DAY, .sql = "n.issued_on" },
    { FIELD(struct issue, signer_name), LIST_TEXT, .sql = "n.signer_name" },
    { FIELD(struct issue, updated_at), LIST_TIME, .sql = "n.updated_at", .hidden = true,
      .sort = true },
    { FIELD(struct issue, bulletin_id), LIST_NUMBER, .sql = "n.bulletin_id", .one = true },
    { FIELD(struct issue, serial), LIST_NUMBER, .sql = "n.serial", .one = true },
    { FIELD(struct issue, total), LIST_NUMBER, .sql = "n.total", .one = true },
    { FIELD(struct issue, printed), LIST_NUMBER, .sql = "n.printed", .one = true },
    { FIELD(struct issue, named), LIST_BOOL, .sql = "n.named", .one = true },
    { FIELD(struct issue, office), LIST_TEXT, .sql = "n.office", .one = true },
    { FIELD(struct issue, mark), LIST_TEXT, .sql = "n.mark", .one = true },
    { FIELD(struct issue, reports), LIST_TEXT, .sql = "n.reports", .one = true },
    { FIELD(struct issue, copies), LIST_TEXT, .sql = "n.copies", .one = true },
    { FIELD(struct issue, editor_id), LIST_NUMBER, .sql = "n.editor_id", .one = true },
    { FIELD(struct issue, editor_name), LIST_TEXT, .sql = "n.editor_name", .one = true },
    { FIELD(struct issue, signer_id), LIST_NUMBER, .sql = "n.signer_id", .one = true },
    { FIELD(struct issue, returned), LIST_TEXT, .sql = "n.returned", .one = true },
    { FIELD(struct issue, digest), LIST_TEXT, .sql = "n.digest", .one = true },
    { FIELD(struct issue, signed_at), LIST_TIME, .sql = "n.signed_at", .one = true },
    { FIELD(struct issue, version), LIST_NUMBER, .sql = "n.version", .one = true },
    { .field = { 0 } },
};

const struct list ISSUE_LIST = {
    .name = "issues",
    .may = "issues.read",
    .from = "issues n",
    .where = "n.org_id = :org",
    .key = "n.id",
    .sort = "-updated_at",
    .columns = ISSUE_COLUMNS,
    .scopes = SCOPES,
    .missing = "issues.not_found",
    .row_size = sizeof(struct issue),
};

/* ---- the ledger ---- */

static const struct list_column ADOPTION_COLUMNS[] = {
    { FIELD(struct adoption, title), LIST_TEXT, .sql = "a.title" },
    { FIELD(struct adoption, body), LIST_TEXT, .sql = "a.body", .filter = true },
    { FIELD(struct adoption, level), LIST_CODE, .sql = "a.level", .filter = true,
      .dictionary = "outcomes.instruction_levels" },
    { FIELD(struct adoption, kind), LIST_CODE, .sql = "a.kind", .filter = true,
      .states = "choices.kind", .choices = "single combined passed unused" },
    { FIELD(struct adoption, adopted_on), LIST_DAY, .sql = "a.adopted_on", .filter = true,
      .sort = true },
    { FIELD(struct adoption, place), LIST_TEXT, .sql = "a.place" },
    { FIELD(struct adoption, issue_number), LIST_TEXT, .sql = "a.issue_number" },
    { FIELD(struct adoption, year), LIST_NUMBER, .sql = "a.year", .filter = true, .hidden = true },
    { FIELD(struct adoption, opinion_id), LIST_NUMBER, .sql = "a.opinion_id", .hidden = true },
    { FIELD(struct adoption, id), LIST_NUMBER, .sql = "a.id", .hidden = true },
    { .field = { 0 } },
};

const struct list ADOPTION_LIST = {
    .name = "adoptions",
    .may = "adoptions.read",
    .from = "adoptions a",
    .where = "a.org_id = :org",
    .key = "a.id",
    .sort = "-adopted_on",
    .columns = ADOPTION_COLUMNS,
    .scopes = SCOPES,
    .missing = "adoptions.not_found",
    .row_size = sizeof(struct adoption),
};
