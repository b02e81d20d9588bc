/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of accounts, roles and holdings: who may hold what together, what cannot be undone. One's
 * own account is account_own.c. SQL: account_store.c. The separated administrators: GB/T 22239-2019
 * 8.1.5.1-8.1.5.3, quality Z4. */
#include "modules/accounts/account.h"

#include "modules/accounts/account_rules.h"
#include "platform/access/access_store.h"
#include "platform/access/login.h"
#include "platform/access/password.h"
#include "platform/access/role.h"
#include "platform/access/secret.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

static err audit(struct rq *rq, const char *act, i64 account_id, str after)
{
    return audit_add(rq, &(struct audit_entry){ act, "accounts", account_id, .after = after });
}

/* Who is concerned hears what was done to the account by others. */
static err tell(struct rq *rq, i64 account_id, const char *text)
{
    return notify_send(rq,
                       &(struct notify_to){ .account_id = account_id,
                                            .except_account_id = rq->actor->account_id },
                       &(struct notify_message){ .text = text, .url = str_of("/me") });
}

static err not_found(err e, const char *name)
{
    return err_is(e, "db.no_row") ? err_make(ERR_NOT_FOUND, name) : e;
}

/* ---- accounts ---- */

/* Letters, digits, Han and other characters beyond ASCII, and . _ - @ */
static bool is_login_name(str s)
{
    i64 chars = str_chars(s);
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        bool fits =
            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80 || memchr("._-@", c, 4);
        if (!fits)
            return false;
    }
    return chars >= 2 && chars <= 60;
}

err account_create(struct rq *rq, const struct account_new *given, i64 *id)
{
    struct account_new a = *given;
    i64 count = 0;
    a.login_name = str_lower_ascii(rq->mem, str_trim(a.login_name));
    a.name = str_trim(a.name);
    if (!a.kind.len)
        a.kind = str_of("person");
    if (!is_login_name(a.login_name))
        return err_make(ERR_INVALID, "accounts.login_name");
    if (a.name.len == 0 || str_chars(a.name) > 100)
        return err_make(ERR_INVALID, "accounts.name");
    TRY(account_store_count_login_name(rq, a.login_name, &count));
    if (count)
        return err_make(ERR_CONFLICT, "accounts.login_name_taken");
    TRY(account_store_add(rq, &a, id));
    return audit(rq, "accounts.create", *id, a.login_name);
}

err account_find(struct rq *rq, i64 id, struct account *out)
{
    return not_found(account_store_find(rq, id, out), "accounts.not_found");
}

err account_find_by_login_name(struct rq *rq, str login_name, struct account *out)
{
    str folded = str_lower_ascii(rq->mem, str_trim(login_name));
    return not_found(account_store_find_by_login_name(rq, folded, out), "accounts.not_found");
}

err account_count_of_person(struct rq *rq, i64 person_id, i64 *count)
{
    return account_store_count_person(rq, person_id, count);
}

err account_list_holding(struct rq *rq, str role, struct rows *out)
{
    return account_store_list_holding(rq, role, out);
}

err account_list_of_agency(struct rq *rq, i64 agency_id, struct rows *out)
{
    return account_store_list_of_agency(rq, agency_id, out);
}

err account_find_of_person(struct rq *rq, i64 person_id, struct account *out)
{
    err e = account_store_find_of_person(rq, person_id, out);
    if (!err_is(e, "db.no_row"))
        return e;
    *out = (struct account){ 0 };
    return OK;
}

err account_link_person(struct rq *rq, i64 id, i64 person_id, i64 member_id)
{
    struct account a;
    TRY(account_find(rq, id, &a));
    if (a.person_id)
        return err_make(ERR_CONFLICT, "accounts.has_person");
    if (!str_is(a.kind, "person"))
        return err_make(ERR_CONFLICT, "accounts.is_body");
    if (!str_is(a.state, "active"))
        return err_make(ERR_CONFLICT, "accounts.state");
    a.person_id = person_id;
    a.member_id = member_id;
    TRY(account_store_set_person(rq, &a));
    TRY(access_store_end_logins(rq->db, id, 0, rq->now_ms));
    access_forget();
    TRY(tell(rq, id, "accounts.was_linked"));
    return audit(rq, "accounts.link", id, arena_printf(rq->mem, "%lld", (long long)person_id));
}

static struct password_rule password_rule_of(struct rq *rq)
{
    bool strict = str_is(setting_text(rq, "accounts.password_profile"), "mlps");
    return (struct password_rule){ .min = setting_number(rq, "accounts.password_min"),
                                   .classes = strict
                                                  ? setting_number(rq, "accounts.password_classes")
                                                  : 0 };
}

err account_hash_password(struct rq *rq, const struct account_names *names, str password, str *hash)
{
    struct password_rule rule = password_rule_of(rq);
    const str own[2] = { names->login_name, names->name };
    const char *fault = password_fault(rq->mem, &rule, password, own);
    if (fault)
        return err_make_with(ERR_INVALID, fault, arena_printf(rq->mem, "%lld", (long long)rule.min),
                             arena_printf(rq->mem, "%lld", (long long)rule.classes));
    return password_hash(rq->mem, password, hash);
}

err account_make_password(struct rq *rq, str *password, str *hash)
{
    *password = secret_code(rq->rng, rq->mem, ONE_TIME_GROUPS);
    return password_hash(rq->mem, *password, hash);
}

err account_set_password(struct rq *rq, i64 id, str hash, bool one_time)
{
    struct account a;
    TRY(account_find(rq, id, &a));
    TRY(account_store_set_password(rq, id, hash, one_time));
    TRY(access_store_end_logins(rq->db, id, 0, rq->now_ms));
    access_forget();
    TRY(tell(rq, id, "accounts.password_was_set"));
    return audit(rq, "accounts.set_password", id, a.login_name);
}

/* The administrators' area of what an account holds or will hold; "" = none. */
static err area_of(struct rq *rq, const struct account *a, str *area)
{
    struct rows rows = { 0 };
    *area = str_of("");
    TRY(holding_store_list_of_person(rq, a, &rows));
    for (size_t i = 0; i < rows.count; i++) {
        const struct holding *h = (const struct holding *)rows.items + i;
        if (h->account_id == a->id && h->area.len)
            *area = h->area;
    }
    return OK;
}

/* Each of the three administrators must remain: nobody could appoint him again. */
static err keep_last_admin(struct rq *rq, str area, i64 account_id)
{
    i64 others = 0;
    if (!area.len)
        return OK;
    TRY(holding_store_count_others(rq, area, account_id, &others));
    return others ? OK : err_make(ERR_CONFLICT, "accounts.last_admin");
}

err account_disable(struct rq *rq, i64 id, i64 version)
{
    struct account a;
    str area;
    TRY(account_find(rq, id, &a));
    if (id == rq->actor->account_id)
        return err_make(ERR_CONFLICT, "accounts.not_oneself");
    if (!str_is(a.state, "active"))
        return err_make(ERR_CONFLICT, "accounts.state");
    TRY(area_of(rq, &a, &area));
    TRY(keep_last_admin(rq, area, id));
    a.version = version;
    TRY(account_store_set_state(rq, &a, "disabled"));
    TRY(access_store_end_logins(rq->db, id, 0, rq->now_ms));
    access_forget();
    TRY(event_emit(rq, "accounts.left", id, NULL));
    return audit(rq, "accounts.disable", id, a.login_name);
}

err account_enable(struct rq *rq, i64 id, i64 version)
{
    struct account a;
    TRY(account_find(rq, id, &a));
    if (str_is(a.state, "active"))
        return err_make(ERR_CONFLICT, "accounts.state");
    a.version = version;
    TRY(account_store_set_state(rq, &a, "active"));
    access_forget();
    return audit(rq, "accounts.enable", id, a.login_name);
}

err account_unlock(struct rq *rq, i64 id)
{
    struct account a;
    TRY(account_find(rq, id, &a));
    TRY(account_store_unlock(rq, id));
    return audit(rq, "accounts.unlock", id, a.login_name);
}

err account_reset_password(struct rq *rq, i64 id, str hash)
{
    struct account a;
    str area;
    TRY(account_find(rq, id, &a));
    if (id == rq->actor->account_id)
        return err_make(ERR_CONFLICT, "accounts.not_oneself");
    TRY(area_of(rq, &a, &area));
    if (area.len)
        return err_make(ERR_FORBIDDEN, "accounts.admin_password");
    return account_set_password(rq, id, hash, true);
}

/* ---- holdings ---- */

err account_may(struct rq *rq, i64 id, const char *permission, bool *may)
{
    struct account a;
    struct rows rows = { 0 };
    bool office = false;
    enum admin_area area = ADMIN_NONE;
    TRY(account_find(rq, id, &a));
    struct actor actor = { .org_id = rq->actor->org_id,
                           .account_id = id,
                           .agency_id = a.agency_id };
    TRY(access_store_list_reach(rq->db, id, rq->today, rq->mem, &rows));
    reach_fold(rq->mem, &rows, &actor, &office, &area);
    *may = actor_may(&actor, permission);
    return OK;
}

/* Nobody holds two of the three, nor one of them beside business; nor through two accounts of one
 * person two of the three. */
static err keep_separated(struct rq *rq, const struct account *a, const struct role *role)
{
    struct rows rows = { 0 };
    TRY(holding_store_list_of_person(rq, a, &rows));
    for (size_t i = 0; i < rows.count; i++) {
        const struct holding *h = (const struct holding *)rows.items + i;
        bool differs = !str_eq(h->area, role->area);
        bool both_admin = h->area.len && role->area.len;
        if (differs && (h->account_id == a->id || both_admin))
            return err_make(ERR_CONFLICT, "holdings.separated");
    }
    return OK;
}

static err not_twice(struct rq *rq, const struct holding *new)
{
    struct rows rows = { 0 };
    TRY(holding_store_list(rq, new->account_id, &rows));
    for (size_t i = 0; i < rows.count; i++) {
        const struct holding *h = (const struct holding *)rows.items + i;
        bool same = h->role_id == new->role_id &&
                    h->scope_id == new->scope_id &&str_eq(h->scope_kind, new->scope_kind);
        bool apart =
            (h->to_on && h->to_on < new->from_on) || (new->to_on &&new->to_on < h->from_on);
        if (same && !apart)
            return err_make(ERR_CONFLICT, "holdings.already");
    }
    return OK;
}

static bool is_scope(const struct holding *h)
{
    bool committee = str_is(h->scope_kind, "committee");
    bool known = committee || str_is(h->scope_kind, "self") || str_is(h->scope_kind, "agency") ||
                 str_is(h->scope_kind, "org");
    return known && committee == (h->scope_id > 0) &&
           (!h->area.len || str_is(h->scope_kind, "org"));
}

static struct holding holding_of(struct rq *rq, i64 account_id, const struct role *role,
                                 const struct holding_new *given)
{
    const struct role_kind *kind = role_kind_find(role->code);
    struct holding h = { .account_id = account_id,
                         .role_id = role->id,
                         .area = role->area,
                         .scope_kind = given->scope,
                         .scope_id = given->scope_id,
                         .from_on = given->from_on > 0 ? given->from_on : rq->today,
                         .to_on = given->to_on > 0 ? given->to_on : 0 };
    if (!h.scope_kind.len)
        h.scope_kind = str_of(kind ? kind->scope : "org");
    return h;
}

err account_give_role(struct rq *rq, i64 account_id, const struct holding_new *given, i64 *id)
{
    struct account a;
    struct role role;
    i64 holding_id = 0;
    if (account_id == rq->actor->account_id)
        return err_make(ERR_FORBIDDEN, "holdings.not_to_oneself");
    TRY(account_find(rq, account_id, &a));
    TRY(not_found(role_store_find_by_code(rq, given->role, &role), "roles.not_found"));
    if (str_is(role.code, "citizen"))
        return err_make(ERR_NOT_FOUND, "roles.not_found");
    struct holding h = holding_of(rq, account_id, &role, given);
    if (!is_scope(&h))
        return err_make(ERR_INVALID, "holdings.scope");
    if (h.to_on && (h.to_on < h.from_on || h.to_on < rq->today))
        return err_make(ERR_INVALID, "holdings.dates");
    TRY(keep_separated(rq, &a, &role));
    TRY(not_twice(rq, &h));
    TRY(holding_store_add(rq, &h, &holding_id));
    if (role.area.len) /* a new means: the browser signs in anew (quality A3) */
        TRY(access_store_end_logins(rq->db, account_id, 0, rq->now_ms));
    access_forget();
    if (id)
        *id = holding_id;
    return audit(rq, "holdings.give", account_id, role.code);
}

err account_take_role(struct rq *rq, i64 holding_id)
{
    struct holding h;
    TRY(not_found(holding_store_find(rq, holding_id, &h), "holdings.not_found"));
    if (h.account_id == rq->actor->account_id)
        return err_make(ERR_FORBIDDEN, "holdings.not_to_oneself");
    if (h.to_on && h.to_on < rq->today)
        return err_make(ERR_CONFLICT, "holdings.ended");
    TRY(keep_last_admin(rq, h.area, h.account_id));
    TRY(holding_store_end(rq, holding_id, rq->today - 1));
    TRY(access_store_end_logins(rq->db, h.account_id, 0, rq->now_ms));
    access_forget();
    return audit(rq, "holdings.take", h.account_id, h.role);
}

static err membership_end(struct rq *rq, const struct membership *m, i64 day)
{
    i64 last_on = day < rq->today - 1 ? rq->today - 1 : day;
    err e = holding_store_end(rq, m->holding_id, last_on);
    if (e.code && !err_is(e, "db.version")) /* ended sooner already */
        return e;
    if (last_on < rq->today) {
        TRY(access_store_end_logins(rq->db, m->account_id, 0, rq->now_ms));
        TRY(account_store_end_powers(rq, m->account_id));
    }
    return audit(rq, "holdings.take", m->account_id, m->role);
}

err account_close_of_person(struct rq *rq, i64 person_id)
{
    struct account a;
    TRY(account_find_of_person(rq, person_id, &a));
    while (a.id) {
        TRY(account_disable(rq, a.id, a.version));
        TRY(account_find_of_person(rq, person_id, &a));
    }
    return OK;
}

err account_set_membership(struct rq *rq, i64 member_id, bool serving, i64 day)
{
    struct rows rows;
    TRY(holding_store_list_membership(rq, member_id, &rows));
    const struct membership *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        struct holding_new again = { .role = all[i].role,
                                     .from_on = day > rq->today ? day : rq->today };
        if (!serving && all[i].holding_id)
            TRY(membership_end(rq, &all[i], day));
        else if (serving && !all[i].holding_id && str_is(all[i].role, "member"))
            TRY(account_give_role(rq, all[i].account_id, &again, NULL));
    }
    if (rows.count)
        access_forget();
    return OK;
}

err account_reset_factor(struct rq *rq, i64 id)
{
    struct account a;
    if (id == rq->actor->account_id)
        return err_make(ERR_FORBIDDEN, "holdings.not_to_oneself");
    TRY(account_find(rq, id, &a));
    TRY(account_store_clear_factor(rq, id));
    TRY(account_store_clear_recovery(rq, id));
    TRY(access_store_end_logins(rq->db, id, 0, rq->now_ms));
    access_forget();
    TRY(tell(rq, id, "accounts.factor_was_reset"));
    return audit(rq, "holdings.reset_factor", id, a.login_name);
}

/* ---- roles ---- */

str role_label(str code, str name)
{
    return name.len ? name : text_label("roles", code);
}

static bool is_code(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!((s.ptr[i] >= 'a' && s.ptr[i] <= 'z') || (s.ptr[i] == '_' && i)))
            return false;
    return s.len >= 2 && s.len <= 40;
}

err role_create(struct rq *rq, str code, str name, i64 *id)
{
    struct role role;
    if (!is_code(code))
        return err_make(ERR_INVALID, "roles.code");
    err e = role_store_find_by_code(rq, code, &role);
    if (e.code == ERR_NONE)
        return err_make(ERR_CONFLICT, "roles.code_taken");
    if (!err_is(e, "db.no_row"))
        return e;
    TRY(role_store_add(rq, code, name, id));
    return audit_add(rq, &(struct audit_entry){ "roles.create", "roles", *id, .after = code });
}

err role_change(struct rq *rq, i64 role_id, const struct role_effect *e)
{
    struct role role;
    size_t count = 0;
    const struct permission *all = permission_all(&count);
    TRY(not_found(role_store_find(rq, role_id, &role), "roles.not_found"));
    int number = permission_number(arena_cstr(rq->mem, e->permission));
    if (number < 0 || all[number].admin != role_area_of(role.area))
        return err_make(ERR_INVALID, "roles.permission");
    if (str_is(e->effect, "none"))
        TRY(role_store_clear_effect(rq, role_id, e->permission));
    else
        TRY(role_store_set_effect(rq, role_id, e));
    access_forget();
    str after = arena_printf(rq->mem, "%.*s %.*s", (int)e->permission.len, e->permission.ptr,
                             (int)e->effect.len, e->effect.ptr);
    return audit_add(rq, &(struct audit_entry){ "roles.change", "roles", role_id, .after = after });
}
