/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of administering accounts, all of it bound to rq's organisation except the two counts that
 * make sure of what is unique over the installation. Signing in: platform/access/access_store.c. */
#include "modules/accounts/account_store.h"

#include "platform/base/str.h"

/* ---- accounts ---- */

static const struct field ACCOUNT[] = {
    FIELD(struct account, id),          FIELD(struct account, version),
    FIELD(struct account, person_id),   FIELD(struct account, member_id),
    FIELD(struct account, agency_id),   FIELD(struct account, created_at),
    FIELD(struct account, disabled_at), FIELD(struct account, login_name),
    FIELD(struct account, kind),        FIELD(struct account, name),
    FIELD(struct account, state),       { 0 }
};

err account_store_add(struct rq *rq, const struct account_new *a, i64 *id)
{
    i64 by = rq->actor->account_id, now_ms = rq->now_ms;
    TRY(db_insert(
        rq->db,
        SQL("INSERT INTO accounts (org_id, login_name, kind, name, person_id, member_id, agency_id,"
            " created_at, created_by) VALUES (:org, :login_name, :kind, :name, :person_id,"
            " :member_id,"
            " :agency_id, :now_ms, :by) RETURNING id",
            P(a->login_name), P(a->kind), P(a->name), P(a->person_id), P(a->member_id),
            P(a->agency_id), P(now_ms), P(by)),
        id));
    i64 account_id = *id;
    return db_run(
        rq->db,
        SQL("INSERT INTO secrets (org_id, account_id, password_hash, password_changed_at,"
            " must_change_password) VALUES (:org, :account_id, :password_hash, :now_ms, :one_time)",
            P(account_id), P(a->password_hash), P(now_ms), P(a->one_time)),
        NULL);
}

err account_store_find(struct rq *rq, i64 id, struct account *out)
{
    return db_one(
        rq->db,
        SQL("SELECT id, version, person_id, member_id, agency_id, created_at, disabled_at,"
            " login_name,"
            " kind, name, state FROM accounts WHERE org_id = :org AND id = :id",
            P(id)),
        ACCOUNT, rq->mem, out);
}

err account_store_find_by_login_name(struct rq *rq, str login_name, struct account *out)
{
    return db_one(
        rq->db,
        SQL("SELECT id, version, person_id, member_id, agency_id, created_at, disabled_at,"
            " login_name,"
            " kind, name, state FROM accounts WHERE org_id = :org AND login_name = :login_name",
            P(login_name)),
        ACCOUNT, rq->mem, out);
}

err account_store_count_all(struct rq *rq, i64 *count)
{
    return db_i64(rq->db, SQL("SELECT COUNT(*) FROM accounts"), count);
}

err account_store_count_login_name(struct rq *rq, str login_name, i64 *count)
{
    return db_i64(
        rq->db, SQL("SELECT COUNT(*) FROM accounts WHERE login_name = :login_name", P(login_name)),
        count);
}

err account_store_count_person(struct rq *rq, i64 person_id, i64 *count)
{
    return db_i64(
        rq->db,
        SQL("SELECT COUNT(*) FROM accounts WHERE org_id = :org AND person_id = :person_id",
            P(person_id)),
        count);
}

err account_store_find_of_person(struct rq *rq, i64 person_id, struct account *out)
{
    return db_one(
        rq->db,
        SQL("SELECT id, version, person_id, member_id, agency_id, created_at, disabled_at,"
            " login_name,"
            " kind, name, state FROM accounts WHERE org_id = :org AND person_id = :person_id"
            " AND state = 'active' ORDER BY id LIMIT 1",
            P(person_id)),
        ACCOUNT, rq->mem, out);
}

err account_store_set_person(struct rq *rq, const struct account *a)
{
    return db_update(rq->db,
                     SQL("UPDATE accounts SET person_id = :person_id, member_id = :member_id,"
                         " version = version + 1 WHERE org_id = :org AND id = :id AND version ="
                         " :version",
                         P(a->person_id), P(a->member_id), P(a->id), P(a->version)));
}

err account_store_set_state(struct rq *rq, const struct account *a, const char *code)
{
    str state = str_of(code);
    i64 disabled_at = str_is(state, "disabled") ? rq->now_ms : 0;
    return db_update(
        rq->db,
        SQL("UPDATE accounts SET state = :state, disabled_at = :disabled_at,"
            " version = version + 1 WHERE org_id = :org AND id = :id AND version = :version",
            P(state), P(disabled_at), P(a->id), P(a->version)));
}

err account_store_list_of_agency(struct rq *rq, i64 agency_id, struct rows *out)
{
    out->size = sizeof(struct account);
    return db_list(rq->db,
                   SQL("SELECT id, version, person_id, member_id, agency_id, created_at,"
                       " disabled_at, login_name, kind, name, state FROM accounts WHERE org_id ="
                       " :org AND agency_id = :agency_id AND agency_id > 0 AND state = 'active'"
                       " ORDER BY name, id LIMIT 500",
                       P(agency_id)),
                   ACCOUNT, rq->mem, out);
}

err account_store_list_holding(struct rq *rq, str role, struct rows *out)
{
    out->size = sizeof(struct account);
    return db_list(rq->db,
                   SQL("SELECT id, version, person_id, member_id, agency_id, created_at,"
                       " disabled_at, login_name, kind, name, state FROM accounts WHERE org_id ="
                       " :org AND state = 'active' AND id IN (SELECT h.account_id FROM holdings h"
                       " JOIN roles r ON r.org_id = h.org_id AND r.id = h.role_id WHERE h.org_id ="
                       " :org AND r.code = :role AND h.scope_kind = 'org' AND h.from_on <= :today"
                       " AND (h.to_on = 0 OR h.to_on >= :today)) ORDER BY name, id LIMIT 500",
                       P(role), P(rq->today)),
                   ACCOUNT, rq->mem, out);
}

err account_store_set_agency(struct rq *rq, const struct account *a, i64 agency_id)
{
    return db_update(rq->db, SQL("UPDATE accounts SET agency_id = :agency_id, version = version + 1"
                                 " WHERE org_id = :org AND id = :id AND version = :version",
                                 P(agency_id), P(a->id), P(a->version)));
}

err operator_store_list(struct rq *rq, i64 agency_id, struct rows *out)
{
    static const struct field MAP[] = { FIELD(struct operator_line, id),
                                        FIELD(struct operator_line, version),
                                        FIELD(struct operator_line, created_at),
                                        FIELD(struct operator_line, login_name),
                                        FIELD(struct operator_line, name),
                                        FIELD(struct operator_line, state),
                                        FIELD(struct operator_line, operates),
                                        FIELD(struct operator_line, leads),
                                        { 0 } };
    i64 today = rq->today;
    out->size = sizeof(struct operator_line);
    return db_list(
        rq->db,
        SQL("SELECT a.id, a.version, a.created_at, a.login_name, a.name, a.state,"
            " MAX(CASE WHEN r.code = 'operator' THEN 1 ELSE 0 END) AS operates,"
            " MAX(CASE WHEN r.code = 'agency_leader' THEN 1 ELSE 0 END) AS leads"
            " FROM accounts a LEFT JOIN holdings h ON h.org_id = a.org_id AND h.account_id = a.id"
            " AND h.from_on <= :today AND (h.to_on = 0 OR h.to_on >= :today)"
            " LEFT JOIN roles r ON r.org_id = h.org_id AND r.id = h.role_id"
            " WHERE a.org_id = :org AND a.agency_id = :agency_id"
            " GROUP BY a.id, a.version, a.created_at, a.login_name, a.name, a.state"
            " ORDER BY a.state, a.id LIMIT 500",
            P(agency_id), P(today)),
        MAP, rq->mem, out);
}

err operator_store_count(struct rq *rq, i64 agency_id, i64 *count)
{
    return db_i64(rq->db,
                  SQL("SELECT COUNT(*) FROM accounts WHERE org_id = :org AND"
                      " agency_id = :agency_id AND state = 'active'",
                      P(agency_id)),
                  count);
}

err account_store_set_password(struct rq *rq, i64 id, str hash, bool one_time)
{
    i64 now_ms = rq->now_ms;
    TRY(db_run(rq->db,
               SQL("INSERT INTO old_passwords (org_id, account_id, password_hash, changed_at)"
                   " SELECT org_id, account_id, password_hash, :now_ms FROM secrets"
                   " WHERE org_id = :org AND account_id = :id AND password_hash <> ''",
                   P(now_ms), P(id)),
               NULL));
    return db_update(rq->db,
                     SQL("UPDATE secrets SET password_hash = :hash, password_changed_at = :now_ms,"
                         " must_change_password = :one_time, failures = 0, locked_until_at = 0"
                         " WHERE org_id = :org AND account_id = :id",
                         P(hash), P(now_ms), P(one_time), P(id)));
}

err account_store_unlock(struct rq *rq, i64 id)
{
    return db_update(rq->db,
                     SQL("UPDATE secrets SET failures = 0, locked_until_at = 0, totp_failures = 0"
                         " WHERE org_id = :org AND account_id = :id",
                         P(id)));
}

err account_store_list_passwords(struct rq *rq, i64 id, i64 limit, struct rows *out)
{
    static const struct field MAP[] = { FIELD(struct hash_row, password_hash), { 0 } };
    out->size = sizeof(struct hash_row);
    return db_list(
        rq->db,
        SQL("SELECT password_hash FROM old_passwords WHERE org_id = :org AND account_id = :id"
            " ORDER BY id DESC LIMIT :limit",
            P(id), P(limit)),
        MAP, rq->mem, out);
}

/* ---- second factor ---- */

err account_store_set_pending(struct rq *rq, i64 id, bytes sealed)
{
    return db_update(
        rq->db,
        SQL("UPDATE secrets SET totp_pending = :sealed WHERE org_id = :org AND account_id = :id",
            P(sealed), P(id)));
}

err account_store_take_pending(struct rq *rq, i64 id, i64 step)
{
    return db_update(
        rq->db,
        SQL("UPDATE secrets SET totp_secret = totp_pending, totp_pending = NULL,"
            " totp_step = :step, totp_failures = 0 WHERE org_id = :org AND account_id = :id",
            P(step), P(id)));
}

err account_store_clear_factor(struct rq *rq, i64 id)
{
    return db_update(
        rq->db, SQL("UPDATE secrets SET totp_secret = NULL, totp_pending = NULL WHERE org_id = :org"
                    " AND account_id = :id",
                    P(id)));
}

err account_store_clear_recovery(struct rq *rq, i64 id)
{
    return db_run(rq->db,
                  SQL("DELETE FROM recovery_codes WHERE org_id = :org AND account_id = :id", P(id)),
                  NULL);
}

err account_store_add_recovery(struct rq *rq, i64 id, str code_hash)
{
    return db_run(
        rq->db,
        SQL("INSERT INTO recovery_codes (org_id, account_id, code_hash) VALUES (:org, :id,"
            " :code_hash)",
            P(id), P(code_hash)),
        NULL);
}

err account_store_count_recovery(struct rq *rq, i64 id, i64 *count)
{
    return db_i64(
        rq->db,
        SQL("SELECT COUNT(*) FROM recovery_codes WHERE org_id = :org AND account_id = :id AND"
            " used_at = 0",
            P(id)),
        count);
}

/* ---- roles ---- */

static const struct field ROLE[] = { FIELD(struct role, id),      FIELD(struct role, version),
                                     FIELD(struct role, holders), FIELD(struct role, code),
                                     FIELD(struct role, name),    FIELD(struct role, area),
                                     FIELD(struct role, office),  { 0 } };

err role_store_find(struct rq *rq, i64 id, struct role *out)
{
    return db_one(rq->db,
                  SQL("SELECT id, version, 0 AS holders, code, name, area, office FROM roles"
                      " WHERE org_id = :org AND id = :id",
                      P(id)),
                  ROLE, rq->mem, out);
}

err role_store_find_by_code(struct rq *rq, str code, struct role *out)
{
    return db_one(rq->db,
                  SQL("SELECT id, version, 0 AS holders, code, name, area, office FROM roles"
                      " WHERE org_id = :org AND code = :code",
                      P(code)),
                  ROLE, rq->mem, out);
}

err role_store_list(struct rq *rq, struct rows *out)
{
    i64 today = rq->today;
    out->size = sizeof(struct role);
    return db_list(
        rq->db,
        SQL("SELECT r.id, r.version, (SELECT COUNT(DISTINCT h.account_id) FROM holdings h"
            " WHERE h.org_id = :org AND h.role_id = r.id AND (h.to_on = 0 OR h.to_on >= :today))"
            " AS holders,"
            " r.code, r.name, r.area, r.office FROM roles r WHERE r.org_id = :org ORDER BY r.id",
            P(today)),
        ROLE, rq->mem, out);
}

err role_store_add(struct rq *rq, str code, str name, i64 *id)
{
    return db_insert(
        rq->db,
        SQL("INSERT INTO roles (org_id, code, name, office) VALUES (:org, :code, :name, 1)"
            " RETURNING id",
            P(code), P(name)),
        id);
}

err role_store_list_effects(struct rq *rq, i64 role_id, struct rows *out)
{
    static const struct field MAP[] = { FIELD(struct role_effect, permission),
                                        FIELD(struct role_effect, effect),
                                        { 0 } };
    out->size = sizeof(struct role_effect);
    return db_list(
        rq->db,
        SQL("SELECT permission, effect FROM role_permissions WHERE org_id = :org AND role_id ="
            " :role_id"
            " ORDER BY permission",
            P(role_id)),
        MAP, rq->mem, out);
}

err role_store_set_effect(struct rq *rq, i64 role_id, const struct role_effect *e)
{
    return db_run(rq->db,
                  SQL("INSERT INTO role_permissions (org_id, role_id, permission, effect)"
                      " VALUES (:org, :role_id, :permission, :effect)"
                      " ON CONFLICT (org_id, role_id, permission) DO UPDATE SET effect = :effect",
                      P(role_id), P(e->permission), P(e->effect)),
                  NULL);
}

err role_store_clear_effect(struct rq *rq, i64 role_id, str permission)
{
    return db_run(rq->db,
                  SQL("DELETE FROM role_permissions WHERE org_id = :org AND role_id = :role_id"
                      " AND permission = :permission",
                      P(role_id), P(permission)),
                  NULL);
}

/* ---- holdings ---- */

static const struct field HOLDING[] = { FIELD(struct holding, id),
                                        FIELD(struct holding, account_id),
                                        FIELD(struct holding, role_id),
                                        FIELD(struct holding, scope_id),
                                        FIELD(struct holding, from_on),
                                        FIELD(struct holding, to_on),
                                        FIELD(struct holding, role),
                                        FIELD(struct holding, role_name),
                                        FIELD(struct holding, area),
                                        FIELD(struct holding, scope_kind),
                                        FIELD(struct holding, name),
                                        FIELD(struct holding, login_name),
                                        { 0 } };

err holding_store_find(struct rq *rq, i64 id, struct holding *out)
{
    return db_one(
        rq->db,
        SQL("SELECT h.id, h.account_id, h.role_id, h.scope_id, h.from_on, h.to_on, r.code AS role,"
            " r.name AS role_name, r.area, h.scope_kind, a.name, a.login_name FROM holdings h"
            " JOIN roles r ON r.org_id = h.org_id AND r.id = h.role_id"
            " JOIN accounts a ON a.org_id = h.org_id AND a.id = h.account_id"
            " WHERE h.org_id = :org AND h.id = :id",
            P(id)),
        HOLDING, rq->mem, out);
}

err holding_store_list(struct rq *rq, i64 account_id, struct rows *out)
{
    out->size = sizeof(struct holding);
    return db_list(
        rq->db,
        SQL("SELECT h.id, h.account_id, h.role_id, h.scope_id, h.from_on, h.to_on, r.code AS role,"
            " r.name AS role_name, r.area, h.scope_kind, a.name, a.login_name FROM holdings h"
            " JOIN roles r ON r.org_id = h.org_id AND r.id = h.role_id"
            " JOIN accounts a ON a.org_id = h.org_id AND a.id = h.account_id"
            " WHERE h.org_id = :org AND h.account_id = :account_id ORDER BY h.id DESC LIMIT 200",
            P(account_id)),
        HOLDING, rq->mem, out);
}

err holding_store_list_of_person(struct rq *rq, const struct account *a, struct rows *out)
{
    i64 today = rq->today;
    out->size = sizeof(struct holding);
    return db_list(
        rq->db,
        SQL("SELECT h.id, h.account_id, h.role_id, h.scope_id, h.from_on, h.to_on, r.code AS role,"
            " r.name AS role_name, r.area, h.scope_kind, b.name, b.login_name FROM holdings h"
            " JOIN roles r ON r.org_id = h.org_id AND r.id = h.role_id"
            " JOIN accounts b ON b.org_id = h.org_id AND b.id = h.account_id"
            " WHERE h.org_id = :org AND (b.id = :id OR (:person_id > 0 AND b.person_id ="
            " :person_id))"
            " AND (h.to_on = 0 OR h.to_on >= :today) ORDER BY h.id",
            P(a->id), P(a->person_id), P(today)),
        HOLDING, rq->mem, out);
}

err holding_store_add(struct rq *rq, const struct holding *h, i64 *id)
{
    i64 by = rq->actor->account_id, now_ms = rq->now_ms;
    return db_insert(
        rq->db,
        SQL("INSERT INTO holdings (org_id, account_id, role_id, scope_kind, scope_id, from_on,"
            " to_on,"
            " given_at, given_by) VALUES (:org, :account_id, :role_id, :scope_kind, :scope_id,"
            " :from_on,"
            " :to_on, :now_ms, :by) RETURNING id",
            P(h->account_id), P(h->role_id), P(h->scope_kind), P(h->scope_id), P(h->from_on),
            P(h->to_on), P(now_ms), P(by)),
        id);
}

err holding_store_end(struct rq *rq, i64 id, i64 to_on)
{
    return db_update(rq->db,
                     SQL("UPDATE holdings SET to_on = :to_on WHERE org_id = :org AND id = :id"
                         " AND (to_on = 0 OR to_on > :to_on)",
                         P(id), P(to_on)));
}

static const struct field MEMBERSHIP_ROW[] = { FIELD(struct membership, account_id),
                                               FIELD(struct membership, holding_id),
                                               FIELD(struct membership, role),
                                               { 0 } };

err holding_store_list_membership(struct rq *rq, i64 member_id, struct rows *out)
{
    i64 today = rq->today;
    out->size = sizeof(struct membership);
    return db_list(
        rq->db,
        SQL("SELECT a.id AS account_id, MAX(CASE WHEN h.to_on = 0 OR h.to_on >= :today THEN h.id "
            "ELSE 0 END) AS holding_id, r.code AS role FROM accounts a JOIN holdings h ON h.org_id "
            "= a.org_id AND h.account_id = a.id JOIN roles r ON r.org_id = h.org_id AND r.id = "
            "h.role_id WHERE a.org_id = :org AND a.member_id = :member_id AND a.state = 'active' "
            "AND r.code IN ('member', 'head') GROUP BY a.id, r.code ORDER BY a.id, r.code LIMIT "
            "20",
            P(today), P(member_id)),
        MEMBERSHIP_ROW, rq->mem, out);
}

err holding_store_count_others(struct rq *rq, str area, i64 but_account_id, i64 *count)
{
    i64 today = rq->today;
    return db_i64(
        rq->db,
        SQL("SELECT COUNT(*) FROM holdings h JOIN roles r ON r.org_id = h.org_id AND r.id ="
            " h.role_id"
            " JOIN accounts a ON a.org_id = h.org_id AND a.id = h.account_id"
            " WHERE h.org_id = :org AND r.area = :area AND a.state = 'active'"
            " AND h.account_id <> :but_account_id AND h.from_on <= :today"
            " AND (h.to_on = 0 OR h.to_on >= :today)",
            P(area), P(but_account_id), P(today)),
        count);
}

/* ---- logins, tokens, delegations ---- */

err login_store_list(struct rq *rq, i64 account_id, struct rows *out)
{
    static const struct field MAP[] = {
        FIELD(struct login_line, id),      FIELD(struct login_line, created_at),
        FIELD(struct login_line, seen_at), FIELD(struct login_line, address),
        FIELD(struct login_line, agent),   { 0 }
    };
    out->size = sizeof(struct login_line);
    return db_list(
        rq->db,
        SQL("SELECT id, created_at, seen_at, address, agent FROM logins WHERE org_id = :org"
            " AND account_id = :account_id AND ended_at = 0 AND state = 'open' ORDER BY id DESC"
            " LIMIT 50",
            P(account_id)),
        MAP, rq->mem, out);
}

err login_store_remove_old(struct rq *rq, i64 before_ms)
{
    return db_run(
        rq->db,
        SQL("DELETE FROM logins WHERE org_id = :org AND seen_at < :before_ms", P(before_ms)), NULL);
}

err token_store_add(struct rq *rq, const struct token_new *t, str token_hash)
{
    i64 now_ms = rq->now_ms, expires_at = rq->now_ms + t->days * 86400000;
    return db_run(
        rq->db,
        SQL("INSERT INTO tokens (org_id, account_id, name, token_hash, permissions, created_at,"
            " expires_at)"
            " VALUES (:org, :account_id, :name, :token_hash, :permissions, :now_ms, :expires_at)",
            P(t->account_id), P(t->name), P(token_hash), P(t->permissions), P(now_ms),
            P(expires_at)),
        NULL);
}

err token_store_list(struct rq *rq, i64 account_id, struct rows *out)
{
    static const struct field MAP[] = {
        FIELD(struct token_line, id),          FIELD(struct token_line, created_at),
        FIELD(struct token_line, expires_at),  FIELD(struct token_line, seen_at),
        FIELD(struct token_line, ended_at),    FIELD(struct token_line, name),
        FIELD(struct token_line, permissions), { 0 }
    };
    out->size = sizeof(struct token_line);
    return db_list(
        rq->db,
        SQL("SELECT id, created_at, expires_at, seen_at, ended_at, name, permissions FROM tokens"
            " WHERE org_id = :org AND account_id = :account_id ORDER BY id DESC LIMIT 50",
            P(account_id)),
        MAP, rq->mem, out);
}

err token_store_end(struct rq *rq, i64 account_id, i64 id)
{
    i64 now_ms = rq->now_ms;
    return db_update(rq->db,
                     SQL("UPDATE tokens SET ended_at = :now_ms WHERE org_id = :org AND id = :id"
                         " AND account_id = :account_id AND ended_at = 0",
                         P(now_ms), P(id), P(account_id)));
}

err delegation_store_add(struct rq *rq, const struct delegation *d, i64 *id)
{
    i64 now_ms = rq->now_ms;
    return db_insert(
        rq->db,
        SQL("INSERT INTO delegations (org_id, from_account_id, to_account_id, permissions, note,"
            " from_on,"
            " to_on, created_at) VALUES (:org, :from_account_id, :to_account_id, :permissions,"
            " :note,"
            " :from_on, :to_on, :now_ms) RETURNING id",
            P(d->from_account_id), P(d->to_account_id), P(d->permissions), P(d->note),
            P(d->from_on), P(d->to_on), P(now_ms)),
        id);
}

static const struct field DELEGATION[] = { FIELD(struct delegation, id),
                                           FIELD(struct delegation, from_account_id),
                                           FIELD(struct delegation, to_account_id),
                                           FIELD(struct delegation, from_on),
                                           FIELD(struct delegation, to_on),
                                           FIELD(struct delegation, created_at),
                                           FIELD(struct delegation, ended_at),
                                           FIELD(struct delegation, permissions),
                                           FIELD(struct delegation, note),
                                           FIELD(struct delegation, from_name),
                                           FIELD(struct delegation, to_name),
                                           { 0 } };

err delegation_store_find(struct rq *rq, i64 id, struct delegation *out)
{
    return db_one(rq->db,
                  SQL("SELECT d.id, d.from_account_id, d.to_account_id, d.from_on, d.to_on,"
                      " d.created_at,"
                      " d.ended_at, d.permissions, d.note, f.name AS from_name, t.name AS to_name"
                      " FROM delegations d"
                      " JOIN accounts f ON f.org_id = d.org_id AND f.id = d.from_account_id"
                      " JOIN accounts t ON t.org_id = d.org_id AND t.id = d.to_account_id"
                      " WHERE d.org_id = :org AND d.id = :id",
                      P(id)),
                  DELEGATION, rq->mem, out);
}

err delegation_store_list(struct rq *rq, i64 account_id, struct rows *out)
{
    out->size = sizeof(struct delegation);
    return db_list(
        rq->db,
        SQL("SELECT d.id, d.from_account_id, d.to_account_id, d.from_on, d.to_on, d.created_at,"
            " d.ended_at,"
            " d.permissions, d.note, f.name AS from_name, t.name AS to_name FROM delegations d"
            " JOIN accounts f ON f.org_id = d.org_id AND f.id = d.from_account_id"
            " JOIN accounts t ON t.org_id = d.org_id AND t.id = d.to_account_id WHERE d.org_id ="
            " :org"
            " AND (d.from_account_id = :account_id OR d.to_account_id = :account_id)"
            " ORDER BY d.id DESC LIMIT 100",
            P(account_id)),
        DELEGATION, rq->mem, out);
}

err delegation_store_end(struct rq *rq, i64 account_id, i64 id)
{
    i64 now_ms = rq->now_ms;
    return db_update(
        rq->db, SQL("UPDATE delegations SET ended_at = :now_ms WHERE org_id = :org AND id = :id"
                    " AND (from_account_id = :account_id OR to_account_id = :account_id)"
                    " AND ended_at = 0",
                    P(now_ms), P(id), P(account_id)));
}

err account_store_end_powers(struct rq *rq, i64 account_id)
{
    i64 now_ms = rq->now_ms, today = rq->today;
    TRY(db_run(rq->db,
               SQL("UPDATE tokens SET ended_at = :now_ms WHERE org_id = :org AND account_id = "
                   ":account_id AND ended_at = 0 AND NOT EXISTS (SELECT h.id FROM holdings h WHERE "
                   "h.org_id = :org AND h.account_id = :account_id AND (h.to_on = 0 OR h.to_on >= "
                   ":today))",
                   P(now_ms), P(account_id), P(today)),
               NULL));
    return db_run(rq->db,
                  SQL("UPDATE delegations SET ended_at = :now_ms WHERE org_id = :org AND "
                      "(from_account_id = :account_id OR to_account_id = :account_id) AND ended_at "
                      "= 0 AND NOT EXISTS (SELECT h.id FROM holdings h WHERE h.org_id = :org AND "
                      "h.account_id = :account_id AND (h.to_on = 0 OR h.to_on >= :today))",
                      P(now_ms), P(account_id), P(today)),
                  NULL);
}

/* ---- first start ---- */

err first_store_add(struct rq *rq, str code_hash)
{
    i64 now_ms = rq->now_ms;
    TRY(db_run(rq->db, SQL("DELETE FROM first_codes WHERE used_at = 0"), NULL));
    return db_run(rq->db,
                  SQL("INSERT INTO first_codes (code_hash, made_at) VALUES (:code_hash, :now_ms)",
                      P(code_hash), P(now_ms)),
                  NULL);
}

err first_store_use(struct rq *rq, str code_hash, i64 made_after)
{
    i64 now_ms = rq->now_ms;
    return db_update(rq->db,
                     SQL("UPDATE first_codes SET used_at = :now_ms WHERE code_hash = :code_hash"
                         " AND used_at = 0 AND made_at > :made_after",
                         P(now_ms), P(code_hash), P(made_after)));
}
