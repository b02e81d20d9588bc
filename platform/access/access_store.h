/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of sign-in: tenants, accounts as signing in needs them, logins, tokens, what holdings open.
 * Statements that find a row before the organisation is known say so; all others go by :org.
 * Administering accounts: modules/accounts. */
#ifndef HT_ACCESS_ACCESS_STORE_H
#define HT_ACCESS_ACCESS_STORE_H
#include "platform/access/role.h"
#include "platform/db/db.h"

struct tenant {
    i64 id;
    str name;
    i64 position;
};
struct name_row {
    str name;
};

/* Organisations in order of position; adding or renaming one. */
err access_store_list_tenants(struct db *db, struct arena *mem, struct rows *out);
err access_store_save_tenant(struct db *db, const struct tenant *tenant, i64 founded_at);

/* Ends every log-in and token of the bound organisation; *changed: how many. */
err access_store_end_all(struct db *db, i64 now_ms, i64 *changed);

/* The first organisation; zeroed when there is none. */
err access_store_first_tenant(struct db *db, struct arena *mem, struct tenant *out);

/* Seeding of the bound organisation. What stands already: codes of its roles, names of permissions
 * that are marked as seeded (struct name_row). A shipped role. Then all marks, and all that roles
 * are allowed, many in a statement, since a house has hundreds: records of SEED_WIDTH bytes filled
 * up with spaces, a mark the permission's name, a grant the role's code and then the name. What is
 * there already stays as it is. */
enum { SEED_WIDTH = 80 };
struct role_new {
    str code, area;
    bool office;
};
struct seed_pack {
    str text;
    i64 count; /* records */
};
err access_store_list_roles(struct db *db, struct arena *mem, struct rows *out);
err access_store_list_seeded(struct db *db, struct arena *mem, struct rows *out);
err access_store_seed_role(struct db *db, const struct role_new *role);
err access_store_seed_marks(struct db *db, const struct seed_pack *marks);
err access_store_seed_grants(struct db *db, const struct seed_pack *grants);

/* What the account's holdings of a day open: struct reach_row. And what a role opens by itself,
 * whoever holds it. */
err access_store_list_reach(struct db *db, i64 account_id, i64 today, struct arena *mem,
                            struct rows *out);
err access_store_list_role_reach(struct db *db, str code, struct arena *mem, struct rows *out);

/* A login or token with its account, found by the hash over all organisations; NOT_FOUND. */
struct login_row {
    i64 id, org_id, account_id, created_at, seen_at, authenticated_at, expires_at, ended_at,
        delegation_id;
    i64 person_id, member_id, agency_id;
    bool must_change_password, enrolled;
    str state, csrf, permissions; /* permissions: of a token */
    str account_state, name, org_name;
    i64 password_changed_at;
};
err access_store_find_login(struct db *db, str token_hash, struct arena *mem,
                            struct login_row *out);
err access_store_find_token(struct db *db, str token_hash, struct arena *mem,
                            struct login_row *out);

/* The delegation an account acts on, while it is in force and its giver active; NOT_FOUND. */
struct delegation_row {
    i64 from_account_id, person_id, member_id, agency_id;
    str permissions, name;
};
struct delegation_key {
    i64 id, to_account_id, today;
};
err access_store_find_delegation(struct db *db, const struct delegation_key *key, struct arena *mem,
                                 struct delegation_row *out);

/* Last use of a login or of a token, forward only. */
err access_store_touch_login(struct db *db, i64 id, i64 seen_at);
err access_store_touch_token(struct db *db, i64 id, i64 seen_at);

/* An account at signing in, with its secrets; by login name over all organisations, or by id in the
 * bound one. NOT_FOUND. */
struct secret_row {
    i64 org_id, account_id, password_changed_at, failures, locked_until_at, totp_step,
        totp_failures;
    bool must_change_password;
    str login_name, name, state, password_hash;
    bytes totp_secret, totp_pending;
};
err access_store_find_secret_by_name(struct db *db, str login_name, struct arena *mem,
                                     struct secret_row *out);
err access_store_find_secret(struct db *db, i64 account_id, struct arena *mem,
                             struct secret_row *out);

/* The account of a pending login of the bound organisation; NOT_FOUND. */
err access_store_find_pending(struct db *db, i64 login_id, struct arena *mem,
                              struct secret_row *out);

/* Counters and the second factor of the account in *row (failures, locked_until_at, totp_*),
 * written back. */
err access_store_update_counters(struct db *db, const struct secret_row *row);

/* Takes a time step for a code: CONFLICT db.version when that or a later one was used. */
err access_store_use_step(struct db *db, i64 account_id, i64 step);

/* Marks a recovery code used; CONFLICT db.version when there is no unused one of that hash. */
err access_store_use_recovery(struct db *db, i64 account_id, str code_hash, i64 now_ms);

/* Counting by client address. find zeroes *out when there is none. */
struct address_row {
    str address;
    i64 failures, first_at, locked_until_at;
};
err access_store_find_address(struct db *db, str address, struct arena *mem,
                              struct address_row *out);
err access_store_save_address(struct db *db, const struct address_row *row);
err access_store_remove_addresses(struct db *db, i64 before_ms);

/* Logins: a new one; ending one, or all of an account but one (0 = all); giving the password again;
 * acting for another. */
struct login_new {
    i64 account_id, now_ms;
    str token_hash, csrf, state, address, agent;
};
err access_store_add_login(struct db *db, const struct login_new *login, i64 *id);
err access_store_end_login(struct db *db, i64 account_id, i64 id, i64 now_ms);
err access_store_end_logins(struct db *db, i64 account_id, i64 but_id, i64 now_ms);
err access_store_set_authenticated(struct db *db, i64 id, i64 now_ms);
err access_store_set_delegation(struct db *db, i64 id, i64 delegation_id);
#endif
