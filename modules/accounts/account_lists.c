/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declarations of the lists (account_lists.h). All three are the whole organisation's: their
 * permissions belong to separated administrators, who hold them in scope organisation only. */
#include "modules/accounts/account_lists.h"

/* ---- accounts ---- */

struct account_line {
    i64 id, created_at, locked_until_at;
    bool enrolled;
    str login_name, name, kind, state;
};
static const struct list_column ACCOUNT_COLUMNS[] = {
    { FIELD(struct account_line, id), LIST_NUMBER, .sql = "a.id", .sort = true, .hidden = true },
    { FIELD(struct account_line, login_name), LIST_TEXT, .sql = "a.login_name", .filter = true,
      .sort = true },
    { FIELD(struct account_line, name), LIST_TEXT, .sql = "a.name", .filter = true },
    { FIELD(struct account_line, kind), LIST_CODE, .sql = "a.kind", .filter = true,
      .states = "accounts.kind", .choices = "person body" },
    { FIELD(struct account_line, state), LIST_CODE, .sql = "a.state", .filter = true,
      .states = "accounts.state", .choices = "active disabled" },
    { FIELD(struct account_line, enrolled), LIST_BOOL,
      .sql = "CASE WHEN s.totp_secret IS NULL THEN 0 ELSE"
             " 1 END" },
    { FIELD(struct account_line, locked_until_at), LIST_TIME, .sql = "s.locked_until_at" },
    { FIELD(struct account_line, created_at), LIST_TIME, .sql = "a.created_at", .filter = true,
      .sort = true },
    { .field = { 0 } },
};
const struct list ACCOUNTS_LIST = {
    .name = "accounts",
    .may = "accounts.read",
    .from = "accounts a JOIN secrets s ON s.org_id = a.org_id AND s.account_id = a.id",
    .where = "a.org_id = :org",
    .key = "a.id",
    .sort = "login_name",
    .columns = ACCOUNT_COLUMNS,
    .row_size = sizeof(struct account_line),
};

/* ---- holdings: every account, once for each of its roles ---- */

struct holding_line {
    i64 id, from_on, to_on;
    str login_name, name, state, role, scope_kind;
};
static const struct list_column HOLDING_COLUMNS[] = {
    { FIELD(struct holding_line, id), LIST_NUMBER, .sql = "a.id", .sort = true, .hidden = true },
    { FIELD(struct holding_line, login_name), LIST_TEXT, .sql = "a.login_name", .filter = true,
      .sort = true },
    { FIELD(struct holding_line, name), LIST_TEXT, .sql = "a.name", .filter = true },
    { FIELD(struct holding_line, state), LIST_CODE, .sql = "a.state", .filter = true,
      .states = "accounts.state", .choices = "active disabled" },
    { FIELD(struct holding_line, role), LIST_CODE, .sql = "COALESCE(r.code, '')", .filter = true,
      .states = "roles",
      .choices = "member head staff editor reviewer dispatcher operator leader agency_leader keeper"
                 " correspondent publisher sysadmin"
                 " secadmin auditor" },
    { FIELD(struct holding_line, scope_kind), LIST_CODE, .sql = "COALESCE(h.scope_kind, '')",
      .states = "scopes" },
    { FIELD(struct holding_line, from_on), LIST_DAY, .sql = "COALESCE(h.from_on, 0)" },
    { FIELD(struct holding_line, to_on), LIST_DAY, .sql = "COALESCE(h.to_on, 0)" },
    { .field = { 0 } },
};
const struct list HOLDINGS_LIST = {
    .name = "holdings",
    .may = "holdings.read",
    .from = "accounts a LEFT JOIN holdings h ON h.org_id = a.org_id AND h.account_id = a.id"
            " LEFT JOIN roles r ON r.org_id = h.org_id AND r.id = h.role_id",
    .where = "a.org_id = :org",
    .key = "COALESCE(h.id, -a.id)",
    .sort = "login_name",
    .columns = HOLDING_COLUMNS,
    .row_size = sizeof(struct holding_line),
};

/* ---- the audit log ---- */

struct audit_line {
    i64 id, at, object_id, account_id;
    str act, name, object, result, address;
};
static const struct list_column AUDIT_COLUMNS[] = {
    { FIELD(struct audit_line, id), LIST_NUMBER, .sql = "u.seq", .filter = true, .sort = true },
    { FIELD(struct audit_line, at), LIST_TIME, .sql = "u.at", .filter = true, .sort = true },
    { FIELD(struct audit_line, act), LIST_TEXT, .sql = "u.act", .filter = true },
    { FIELD(struct audit_line, name), LIST_TEXT, .sql = "u.name", .filter = true },
    { FIELD(struct audit_line, account_id), LIST_NUMBER, .sql = "u.account_id", .filter = true,
      .hidden = true },
    { FIELD(struct audit_line, object), LIST_TEXT, .sql = "u.object", .filter = true },
    { FIELD(struct audit_line, object_id), LIST_NUMBER, .sql = "u.object_id", .filter = true },
    { FIELD(struct audit_line, result), LIST_CODE, .sql = "u.result", .filter = true,
      .states = "audits.result", .choices = "ok refused failed" },
    { FIELD(struct audit_line, address), LIST_TEXT, .sql = "u.address", .filter = true },
    { .field = { 0 } },
};
const struct list AUDITS_LIST = {
    .name = "audits",
    .may = "audits.read",
    .from = "audits u",
    .where = "u.org_id = :org",
    .key = "u.seq",
    .sort = "-id",
    .columns = AUDIT_COLUMNS,
    .row_size = sizeof(struct audit_line),
};
