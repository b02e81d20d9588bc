/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of sign-in. Rows found by login name, token hash or address cross organisations on purpose:
 * nobody is signed in yet; tools/checks/allowed.txt lists those statements. */
#include "platform/access/access_store.h"

#include <assert.h>

static const struct field TENANT[] = {
    FIELD(struct tenant, id), FIELD(struct tenant, name), FIELD(struct tenant, position), { 0 }
};
static const struct field NAME[] = { FIELD(struct name_row, name), { 0 } };

/* ---- organisations and roles ---- */

err access_store_list_tenants(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct tenant);
    return db_list(db, SQL("SELECT id, name, position FROM tenants ORDER BY position, id"), TENANT,
                   mem, out);
}

err access_store_save_tenant(struct db *db, const struct tenant *t, i64 founded_at)
{
    assert(t->id > 0);
    return db_run(
        db,
        SQL("INSERT INTO tenants (id, name, position, founded_at) VALUES (:id, :name, :position,"
            " :founded_at)"
            " ON CONFLICT (id) DO UPDATE SET name = :name, position = :position",
            P(t->id), P(t->name), P(t->position), P(founded_at)),
        NULL);
}

err access_store_first_tenant(struct db *db, struct arena *mem, struct tenant *out)
{
    err e = db_one(db, SQL("SELECT id, name, position FROM tenants ORDER BY position, id LIMIT 1"),
                   TENANT, mem, out);
    return err_is(e, "db.no_row") ? OK : e;
}

err access_store_list_roles(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct name_row);
    return db_list(db, SQL("SELECT code AS name FROM roles WHERE org_id = :org"), NAME, mem, out);
}

err access_store_list_seeded(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct name_row);
    return db_list(db, SQL("SELECT permission AS name FROM seeded_permissions WHERE org_id = :org"),
                   NAME, mem, out);
}

err access_store_seed_role(struct db *db, const struct role_new *role)
{
    assert(role->code.len > 0);
    return db_run(
        db,
        SQL("INSERT INTO roles (org_id, code, area, office) VALUES (:org, :code, :area, :office)"
            " ON CONFLICT (org_id, code) DO NOTHING",
            P(role->code), P(role->area), P(role->office)),
        NULL);
}

err access_store_seed_marks(struct db *db, const struct seed_pack *marks)
{
    assert(marks->count > 0 && marks->text.len == (size_t)marks->count * SEED_WIDTH);
    i64 width = SEED_WIDTH;
    return db_run(db,
                  SQL("WITH RECURSIVE nth (n) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT n + 1 "
                      "FROM nth WHERE n + 1 < :count) INSERT INTO seeded_permissions (org_id, "
                      "permission) SELECT :org, trim(substr(:text, CAST(n * :width + 1 AS "
                      "INTEGER), CAST(:width AS INTEGER))) FROM nth WHERE true ON CONFLICT "
                      "(org_id, permission) DO NOTHING",
                      P(marks->count), P(marks->text), P(width)),
                  NULL);
}

err access_store_seed_grants(struct db *db, const struct seed_pack *grants)
{
    assert(grants->count > 0 && grants->text.len == (size_t)grants->count * SEED_WIDTH * 2);
    i64 width = SEED_WIDTH;
    return db_run(db,
                  SQL("WITH RECURSIVE nth (n) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT n + 1 "
                      "FROM nth WHERE n + 1 < :count) INSERT INTO role_permissions (org_id, "
                      "role_id, permission, effect) SELECT r.org_id, r.id, trim(substr(:text, "
                      "CAST((n * 2 + 1) * :width + 1 AS INTEGER), CAST(:width AS INTEGER))), "
                      "'allow' FROM nth JOIN roles r ON r.org_id = :org AND r.code = "
                      "trim(substr(:text, CAST(n * 2 * :width + 1 AS INTEGER), CAST(:width AS "
                      "INTEGER))) WHERE true ON CONFLICT (org_id, role_id, permission) DO NOTHING",
                      P(grants->count), P(grants->text), P(width)),
                  NULL);
}

static const struct field REACH[] = { FIELD(struct reach_row, permission),
                                      FIELD(struct reach_row, effect),
                                      FIELD(struct reach_row, area),
                                      FIELD(struct reach_row, scope_kind),
                                      FIELD(struct reach_row, scope_id),
                                      FIELD(struct reach_row, office),
                                      { 0 } };

err access_store_list_reach(struct db *db, i64 account_id, i64 today, struct arena *mem,
                            struct rows *out)
{
    out->size = sizeof(struct reach_row);
    return db_list(
        db,
        SQL("SELECT COALESCE(p.permission, '') AS permission, COALESCE(p.effect, 'allow') AS"
            " effect, r.area,"
            " h.scope_kind, h.scope_id, r.office"
            " FROM holdings h JOIN roles r ON r.org_id = h.org_id AND r.id = h.role_id"
            " LEFT JOIN role_permissions p ON p.org_id = h.org_id AND p.role_id = h.role_id"
            " WHERE h.org_id = :org AND h.account_id = :account_id AND h.from_on <= :today"
            " AND (h.to_on = 0 OR h.to_on >= :today)",
            P(account_id), P(today)),
        REACH, mem, out);
}

err access_store_list_role_reach(struct db *db, str code, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct reach_row);
    return db_list(
        db,
        SQL("SELECT p.permission, p.effect, r.area, 'self' AS scope_kind, 0 AS scope_id, r.office"
            " FROM roles r JOIN role_permissions p ON p.org_id = r.org_id AND p.role_id = r.id"
            " WHERE r.org_id = :org AND r.code = :code",
            P(code)),
        REACH, mem, out);
}

/* ---- logins and tokens ---- */

static const struct field LOGIN[] = { FIELD(struct login_row, id),
                                      FIELD(struct login_row, org_id),
                                      FIELD(struct login_row, account_id),
                                      FIELD(struct login_row, created_at),
                                      FIELD(struct login_row, seen_at),
                                      FIELD(struct login_row, authenticated_at),
                                      FIELD(struct login_row, expires_at),
                                      FIELD(struct login_row, ended_at),
                                      FIELD(struct login_row, delegation_id),
                                      FIELD(struct login_row, person_id),
                                      FIELD(struct login_row, member_id),
                                      FIELD(struct login_row, agency_id),
                                      FIELD(struct login_row, must_change_password),
                                      FIELD(struct login_row, enrolled),
                                      FIELD(struct login_row, state),
                                      FIELD(struct login_row, csrf),
                                      FIELD(struct login_row, permissions),
                                      FIELD(struct login_row, account_state),
                                      FIELD(struct login_row, name),
                                      FIELD(struct login_row, org_name),
                                      FIELD(struct login_row, password_changed_at),
                                      { 0 } };

err access_store_find_login(struct db *db, str token_hash, struct arena *mem, struct login_row *out)
{
    assert(token_hash.len > 0);
    return db_one(
        db,
        SQL("SELECT l.id, l.org_id, l.account_id, l.created_at, l.seen_at, l.authenticated_at,"
            " 0 AS expires_at, l.ended_at, l.delegation_id, a.person_id, a.member_id, a.agency_id,"
            " s.must_change_password, CASE WHEN s.totp_secret IS NULL THEN 0 ELSE 1 END AS"
            " enrolled,"
            " l.state, l.csrf, '' AS permissions, a.state AS account_state, a.name, t.name AS"
            " org_name,"
            " s.password_changed_at"
            " FROM logins l JOIN accounts a ON a.org_id = l.org_id AND a.id = l.account_id"
            " JOIN secrets s ON s.org_id = l.org_id AND s.account_id = l.account_id"
            " JOIN tenants t ON t.id = l.org_id WHERE l.token_hash = :token_hash",
            P(token_hash)),
        LOGIN, mem, out);
}

err access_store_find_token(struct db *db, str token_hash, struct arena *mem, struct login_row *out)
{
    assert(token_hash.len > 0);
    return db_one(
        db,
        SQL("SELECT k.id, k.org_id, k.account_id, k.created_at, k.seen_at, 0 AS authenticated_at,"
            " k.expires_at, k.ended_at, 0 AS delegation_id, a.person_id, a.member_id, a.agency_id,"
            " 0 AS must_change_password, 1 AS enrolled, 'open' AS state, '' AS csrf, k.permissions,"
            " a.state AS account_state, a.name, t.name AS org_name, 0 AS password_changed_at"
            " FROM tokens k JOIN accounts a ON a.org_id = k.org_id AND a.id = k.account_id"
            " JOIN tenants t ON t.id = k.org_id WHERE k.token_hash = :token_hash",
            P(token_hash)),
        LOGIN, mem, out);
}

err access_store_find_delegation(struct db *db, const struct delegation_key *key, struct arena *mem,
                                 struct delegation_row *out)
{
    static const struct field MAP[] = { FIELD(struct delegation_row, from_account_id),
                                        FIELD(struct delegation_row, person_id),
                                        FIELD(struct delegation_row, member_id),
                                        FIELD(struct delegation_row, agency_id),
                                        FIELD(struct delegation_row, permissions),
                                        FIELD(struct delegation_row, name),
                                        { 0 } };
    return db_one(
        db,
        SQL("SELECT d.from_account_id, a.person_id, a.member_id, a.agency_id, d.permissions, a.name"
            " FROM delegations d JOIN accounts a ON a.org_id = d.org_id AND a.id ="
            " d.from_account_id"
            " WHERE d.org_id = :org AND d.id = :id AND d.to_account_id = :to_account_id"
            " AND d.ended_at = 0 AND d.from_on <= :today AND d.to_on >= :today AND a.state ="
            " 'active'",
            P(key->id), P(key->to_account_id), P(key->today)),
        MAP, mem, out);
}

err access_store_touch_login(struct db *db, i64 id, i64 seen_at)
{
    assert(id > 0);
    return db_run(
        db,
        SQL("UPDATE logins SET seen_at = :seen_at WHERE org_id = :org AND id = :id AND seen_at <"
            " :seen_at",
            P(id), P(seen_at)),
        NULL);
}

err access_store_touch_token(struct db *db, i64 id, i64 seen_at)
{
    assert(id > 0);
    return db_run(
        db,
        SQL("UPDATE tokens SET seen_at = :seen_at WHERE org_id = :org AND id = :id AND seen_at <"
            " :seen_at",
            P(id), P(seen_at)),
        NULL);
}

err access_store_add_login(struct db *db, const struct login_new *l, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO logins (org_id, account_id, token_hash, csrf, state, created_at, seen_at,"
            " authenticated_at, address, agent) VALUES (:org, :account_id, :token_hash, :csrf,"
            " :state,"
            " :now_ms, :now_ms, :now_ms, :address, :agent) RETURNING id",
            P(l->account_id), P(l->token_hash), P(l->csrf), P(l->state), P(l->now_ms),
            P(l->address), P(l->agent)),
        id);
}

err access_store_end_login(struct db *db, i64 account_id, i64 id, i64 now_ms)
{
    assert(id > 0);
    return db_update(db, SQL("UPDATE logins SET ended_at = :now_ms WHERE org_id = :org AND id = :id"
                             " AND account_id = :account_id AND ended_at = 0",
                             P(id), P(account_id), P(now_ms)));
}

err access_store_end_logins(struct db *db, i64 account_id, i64 but_id, i64 now_ms)
{
    assert(account_id > 0);
    return db_run(
        db,
        SQL("UPDATE logins SET ended_at = :now_ms WHERE org_id = :org AND account_id = :account_id"
            " AND id <> :but_id AND ended_at = 0",
            P(account_id), P(but_id), P(now_ms)),
        NULL);
}

err access_store_set_authenticated(struct db *db, i64 id, i64 now_ms)
{
    assert(id > 0);
    return db_update(
        db, SQL("UPDATE logins SET authenticated_at = :now_ms WHERE org_id = :org AND id = :id"
                " AND ended_at = 0",
                P(id), P(now_ms)));
}

err access_store_set_delegation(struct db *db, i64 id, i64 delegation_id)
{
    return db_update(
        db, SQL("UPDATE logins SET delegation_id = :delegation_id WHERE org_id = :org AND id = :id"
                " AND ended_at = 0",
                P(id), P(delegation_id)));
}

/* ---- secrets ---- */

static const struct field SECRET[] = { FIELD(struct secret_row, org_id),
                                       FIELD(struct secret_row, account_id),
                                       FIELD(struct secret_row, password_changed_at),
                                       FIELD(struct secret_row, failures),
                                       FIELD(struct secret_row, locked_until_at),
                                       FIELD(struct secret_row, totp_step),
                                       FIELD(struct secret_row, totp_failures),
                                       FIELD(struct secret_row, must_change_password),
                                       FIELD(struct secret_row, login_name),
                                       FIELD(struct secret_row, name),
                                       FIELD(struct secret_row, state),
                                       FIELD(struct secret_row, password_hash),
                                       FIELD(struct secret_row, totp_secret),
                                       FIELD(struct secret_row, totp_pending),
                                       { 0 } };

err access_store_find_secret_by_name(struct db *db, str login_name, struct arena *mem,
                                     struct secret_row *out)
{
    return db_one(
        db,
        SQL("SELECT a.org_id, a.id AS account_id, s.password_changed_at, s.failures,"
            " s.locked_until_at,"
            " s.totp_step, s.totp_failures, s.must_change_password, a.login_name, a.name, a.state,"
            " s.password_hash, s.totp_secret, s.totp_pending"
            " FROM accounts a JOIN secrets s ON s.org_id = a.org_id AND s.account_id = a.id"
            " WHERE a.login_name = :login_name",
            P(login_name)),
        SECRET, mem, out);
}

err access_store_find_secret(struct db *db, i64 account_id, struct arena *mem,
                             struct secret_row *out)
{
    assert(account_id > 0);
    return db_one(
        db,
        SQL("SELECT a.org_id, a.id AS account_id, s.password_changed_at, s.failures,"
            " s.locked_until_at,"
            " s.totp_step, s.totp_failures, s.must_change_password, a.login_name, a.name, a.state,"
            " s.password_hash, s.totp_secret, s.totp_pending"
            " FROM accounts a JOIN secrets s ON s.org_id = a.org_id AND s.account_id = a.id"
            " WHERE a.org_id = :org AND a.id = :account_id",
            P(account_id)),
        SECRET, mem, out);
}

err access_store_find_pending(struct db *db, i64 login_id, struct arena *mem,
                              struct secret_row *out)
{
    return db_one(
        db,
        SQL("SELECT a.org_id, a.id AS account_id, s.password_changed_at, s.failures,"
            " s.locked_until_at,"
            " s.totp_step, s.totp_failures, s.must_change_password, a.login_name, a.name, a.state,"
            " s.password_hash, s.totp_secret, s.totp_pending"
            " FROM logins l JOIN accounts a ON a.org_id = l.org_id AND a.id = l.account_id"
            " JOIN secrets s ON s.org_id = a.org_id AND s.account_id = a.id"
            " WHERE l.org_id = :org AND l.id = :login_id AND l.state = 'pending' AND l.ended_at ="
            " 0",
            P(login_id)),
        SECRET, mem, out);
}

err access_store_update_counters(struct db *db, const struct secret_row *s)
{
    return db_update(
        db, SQL("UPDATE secrets SET failures = :failures, locked_until_at = :locked_until_at,"
                " totp_failures = :totp_failures WHERE org_id = :org AND account_id = :account_id",
                P(s->failures), P(s->locked_until_at), P(s->totp_failures), P(s->account_id)));
}

err access_store_use_step(struct db *db, i64 account_id, i64 step)
{
    assert(account_id > 0 && step > 0);
    return db_update(
        db, SQL("UPDATE secrets SET totp_step = :step, totp_failures = 0 WHERE org_id = :org"
                " AND account_id = :account_id AND totp_step < :step",
                P(account_id), P(step)));
}

err access_store_use_recovery(struct db *db, i64 account_id, str code_hash, i64 now_ms)
{
    assert(account_id > 0 && code_hash.len > 0);
    return db_update(db,
                     SQL("UPDATE recovery_codes SET used_at = :now_ms WHERE org_id = :org"
                         " AND account_id = :account_id AND code_hash = :code_hash AND used_at = 0",
                         P(account_id), P(code_hash), P(now_ms)));
}

/* ---- after a restore ---- */

err access_store_end_all(struct db *db, i64 now_ms, i64 *changed)
{
    i64 logins = 0, tokens = 0;
    TRY(db_run(db,
               SQL("UPDATE logins SET ended_at = :now_ms WHERE org_id = :org AND ended_at = 0",
                   P(now_ms)),
               &logins));
    TRY(db_run(db,
               SQL("UPDATE tokens SET ended_at = :now_ms WHERE org_id = :org AND ended_at = 0",
                   P(now_ms)),
               &tokens));
    *changed = logins + tokens;
    return OK;
}

/* ---- addresses ---- */

err access_store_find_address(struct db *db, str address, struct arena *mem,
                              struct address_row *out)
{
    static const struct field MAP[] = { FIELD(struct address_row, address),
                                        FIELD(struct address_row, failures),
                                        FIELD(struct address_row, first_at),
                                        FIELD(struct address_row, locked_until_at),
                                        { 0 } };
    err e = db_one(
        db,
        SQL("SELECT address, failures, first_at, locked_until_at FROM addresses WHERE address ="
            " :address",
            P(address)),
        MAP, mem, out);
    if (err_is(e, "db.no_row")) {
        *out = (struct address_row){ .address = address };
        return OK;
    }
    return e;
}

err access_store_save_address(struct db *db, const struct address_row *r)
{
    return db_run(
        db,
        SQL("INSERT INTO addresses (address, failures, first_at, locked_until_at)"
            " VALUES (:address, :failures, :first_at, :locked_until_at)"
            " ON CONFLICT (address) DO UPDATE SET failures = :failures, first_at = :first_at,"
            " locked_until_at = :locked_until_at",
            P(r->address), P(r->failures), P(r->first_at), P(r->locked_until_at)),
        NULL);
}

err access_store_remove_addresses(struct db *db, i64 before_ms)
{
    return db_run(
        db,
        SQL("DELETE FROM addresses WHERE first_at < :before_ms AND locked_until_at < :before_ms",
            P(before_ms)),
        NULL);
}
