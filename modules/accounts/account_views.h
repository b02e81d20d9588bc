/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What this module's views take. Texts are unescaped; rows are those of account_store.h. */
#ifndef HT_ACCOUNTS_ACCOUNT_VIEWS_H
#define HT_ACCOUNTS_ACCOUNT_VIEWS_H
#include "modules/accounts/account_rules.h"
#include "modules/accounts/operator_rules.h"
#include "platform/audit/audit.h"
#include "platform/web/view_parts.h"

/* The door. next: own path to go on to, may be empty. */
struct door {
    str next, login_name, org, phone;
};

struct first_view {
    bool asks_org;
};

struct me_view {
    struct account account;
    const struct holding *holdings;
    size_t holding_count;
    bool enrolled;
    i64 recovery_left;
};

struct password_view {
    bool forced;
    i64 min;
};

/* secret empty: nothing waits. codes: to be shown once. */
struct factor_view {
    bool forced, enrolled;
    str secret, spaced;
    html qr;
    strs codes;
    i64 recovery_left;
};

struct own_logins {
    const struct login_line *items;
    size_t count;
    i64 own_id;
};

struct own_tokens {
    const struct token_line *items;
    size_t count;
    str fresh; /* shown once */
    const struct view_choice *collections;
    size_t collection_count;
};

struct own_delegations {
    const struct delegation *items;
    size_t count;
    i64 own_id, today;
    bool acting;
    const struct view_choice *collections;
    size_t collection_count;
};

/* Choices of a select. */
struct view_choices {
    const struct view_choice *items;
    size_t count;
};

struct org;
struct account_page {
    struct account account;
    const struct org *agency; /* NULL = works for none */
    struct view_choices agencies;
    i64 locked_until_at;
    bool enrolled;
    str password; /* one-time, shown once */
    i64 now_ms;
    bool may_disable, may_reset, may_move, is_own;
};

/* Accounts of an agency. password: one-time, of login_name, shown once. */
struct operator_page {
    const struct org *agency;
    const struct operator_line *items;
    size_t count;
    str login_name, password, up; /* up: page above this one */
};
struct operator_show {
    const struct account *account;
    const struct org *agency;
    struct view_choices agencies;
    str up;
};

struct holding_page {
    struct account account;
    const struct holding *items;
    size_t count;
    i64 today;
    bool enrolled, is_own, may_give;
    const struct view_choice *roles;
    size_t role_count;
};

struct role_list {
    const struct role *items;
    size_t count;
    bool may_change;
};

struct role_line {
    str permission, effect; /* effect: allow, deny, none */
};
struct role_page {
    struct role role;
    const struct role_line *items;
    size_t count;
    bool may_change;
};

/* One entry of the audit log. */
struct audit_page {
    struct audit_row row;
    i64 last; /* number of the newest entry */
};

/* The tenants of this installation. host: one's own runs it. */
struct tenant;
struct tenant_page {
    const struct tenant *items;
    size_t count;
    i64 own_id;
    bool host;
};
#endif
