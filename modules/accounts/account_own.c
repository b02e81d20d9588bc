/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of one's own account: password, second factor, logins, tokens, delegations; and of the
 * first start. What administrators do to others is account.c. */
#include "modules/accounts/account_rules.h"
#include "modules/orgs/org.h"
#include "platform/access/access_store.h"
#include "platform/access/login.h"
#include "platform/access/secret.h"
#include "platform/access/signin.h"
#include "platform/access/totp.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"

static const i64 DAY_MS = 86400000;

static err audit(struct rq *rq, const char *act, const char *object, i64 id)
{
    return audit_add(rq, &(struct audit_entry){ act, object, .object_id = id });
}

/* ---- password ---- */

/* Profile mlps: not one of the last passwords, nor the present one. Each look costs one hash. */
static err check_history(struct rq *rq, const struct secret_row *own, str password)
{
    struct rows rows = { 0 };
    if (password_verify(rq->mem, own->password_hash, password))
        return err_make(ERR_INVALID, "accounts.password_same");
    if (!str_is(setting_text(rq, "accounts.password_profile"), "mlps"))
        return OK;
    i64 history = setting_number(rq, "accounts.password_history");
    TRY(account_store_list_passwords(rq, rq->actor->account_id, history, &rows));
    for (size_t i = 0; i < rows.count; i++)
        if (password_verify(rq->mem, ((struct hash_row *)rows.items)[i].password_hash, password))
            return err_make_with(ERR_INVALID, "accounts.password_used",
                                 arena_printf(rq->mem, "%lld", (long long)history), str_of(""));
    return OK;
}

err account_choose_password(struct rq *rq, str password, str *hash)
{
    struct secret_row own = { 0 };
    TRY(access_store_find_secret(rq->db, rq->actor->account_id, rq->mem, &own));
    struct account_names names = { own.login_name, own.name };
    err e = account_hash_password(rq, &names, password, hash);
    if (e.code == ERR_NONE)
        e = check_history(rq, &own, password);
    if (e.code != ERR_INVALID)
        return e;
    rq_fault(rq, "password", e.name, e.arg[0], e.arg[1]);
    return err_make(ERR_INVALID, "form.faults");
}

err account_change_password(struct rq *rq, str hash, str *cookie)
{
    TRY(account_store_set_password(rq, rq->actor->account_id, hash, false));
    TRY(signin_renew(rq, cookie));
    return audit(rq, "accounts.change_password", "accounts", rq->actor->account_id);
}

/* ---- second factor ---- */

err account_begin_factor(struct rq *rq)
{
    str secret = totp_secret(rq->rng, rq->mem);
    bytes sealed = field_seal(rq->app, rq->rng, rq->mem, "secrets.totp_secret", secret);
    return account_store_set_pending(rq, rq->actor->account_id, sealed);
}

err account_pending_factor(struct rq *rq, str *secret)
{
    struct secret_row own = { 0 };
    TRY(access_store_find_secret(rq->db, rq->actor->account_id, rq->mem, &own));
    return field_open(rq->app, rq->mem, "secrets.totp_secret", own.totp_pending, secret);
}

static err make_recovery_codes(struct rq *rq, strs *codes)
{
    i64 id = rq->actor->account_id;
    *codes = (strs){ 0 };
    TRY(account_store_clear_recovery(rq, id));
    for (int i = 0; i < RECOVERY_CODES; i++) {
        str code = secret_code(rq->rng, rq->mem, 4);
        strs_add(rq->mem, codes, code);
        TRY(account_store_add_recovery(rq, id, secret_hash(rq->mem, code)));
    }
    return OK;
}

err account_confirm_factor(struct rq *rq, str code, strs *codes, str *cookie)
{
    str secret;
    TRY(account_pending_factor(rq, &secret));
    if (!secret.len)
        return err_make(ERR_CONFLICT, "accounts.no_factor_pending");
    i64 step = totp_match(secret, str_trim(code), rq->now_ms, 0);
    if (!step)
        return err_make(ERR_INVALID, "accounts.code_wrong");
    TRY(account_store_take_pending(rq, rq->actor->account_id, step));
    TRY(make_recovery_codes(rq, codes));
    TRY(signin_renew(rq, cookie));
    return audit(rq, "accounts.enrol", "accounts", rq->actor->account_id);
}

/* ---- logins and tokens ---- */

err login_end(struct rq *rq, i64 id)
{
    i64 own = rq->actor->account_id;
    err e = id ? access_store_end_login(rq->db, own, id, rq->now_ms)
               : access_store_end_logins(rq->db, own, rq->actor->login_id, rq->now_ms);
    if (err_is(e, "db.version"))
        return err_make(ERR_NOT_FOUND, "logins.not_found");
    TRY(e);
    access_forget();
    return audit(rq, "logins.end", "logins", id);
}

/* Every name must be declared. */
static bool are_permissions(struct rq *rq, str names)
{
    str name;
    while (str_split(&names, ' ', &name))
        if (permission_number(arena_cstr(rq->mem, name)) < 0)
            return false;
    return true;
}

err token_create(struct rq *rq, const struct token_new *given, str *out)
{
    struct account a;
    struct token_new token = *given;
    TRY(account_find(rq, token.account_id, &a));
    if (token.days < 1 || token.days > TOKEN_DAYS_MAX)
        return err_make(ERR_INVALID, "tokens.days");
    if (!are_permissions(rq, token.permissions))
        return err_make(ERR_INVALID, "tokens.permissions");
    *out = secret_token(rq->rng, rq->mem);
    TRY(token_store_add(rq, &token, secret_hash(rq->mem, *out)));
    return audit(rq, "tokens.create", "accounts", a.id);
}

err token_end(struct rq *rq, i64 id)
{
    err e = token_store_end(rq, rq->actor->account_id, id);
    if (err_is(e, "db.version"))
        return err_make(ERR_NOT_FOUND, "tokens.not_found");
    TRY(e);
    access_forget();
    return audit(rq, "tokens.end", "tokens", id);
}

/* ---- delegations ---- */

/* "proposals" of "proposals.docket". */
static str collection_of(const char *permission)
{
    str name = str_of(permission);
    return str_sub(name, 0, (size_t)str_find(name, str_of("."), 0));
}

static bool holds(const strs *list, str item)
{
    for (size_t i = 0; i < list->count; i++)
        if (str_eq(list->items[i], item))
            return true;
    return false;
}

/* Whether the actor has this business permission. */
static bool can_delegate(const struct rq *rq, const struct permission *p)
{
    return p->admin == ADMIN_NONE && actor_may(rq->actor, p->name) &&
           str_find(str_of(p->name), str_of("."), 0) > 0;
}

strs delegation_collections(struct rq *rq)
{
    size_t count = 0;
    const struct permission *all = permission_all(&count);
    strs out = { 0 };
    for (size_t i = 0; i < count; i++)
        if (can_delegate(rq, &all[i]) && !holds(&out, collection_of(all[i].name)))
            strs_add(rq->mem, &out, collection_of(all[i].name));
    return out;
}

str delegation_permissions(struct rq *rq, const strs *collections)
{
    size_t count = 0;
    const struct permission *all = permission_all(&count);
    struct buf *names = buf_new(rq->mem, 1 << 16);
    for (size_t i = 0; i < count; i++)
        if (can_delegate(rq, &all[i]) && holds(collections, collection_of(all[i].name)))
            buf_printf(names, "%s%s", names->len ? " " : "", all[i].name);
    return buf_str(names);
}

/* Both sides know of every delegation. text: about the other one, whose name fills {0}. */
static err tell(struct rq *rq, i64 account_id, const char *text, str other)
{
    return notify_send(rq, &(struct notify_to){ .account_id = account_id },
                       &(struct notify_message){ .text = text,
                                                 .arg = { other, str_of("") },
                                                 .url = str_of("/me/delegations") });
}

static void fault(struct rq *rq, const char *field, const char *name)
{
    rq_fault(rq, field, name, str_of(""), str_of(""));
}

static void check_delegation(struct rq *rq, const struct delegation_new *given,
                             const struct delegation *d)
{
    if (d->to_account_id == rq->actor->account_id)
        fault(rq, "login_name", "delegations.oneself");
    if (!d->permissions.len)
        fault(rq, "collections", "delegations.collections");
    if (d->from_on < rq->today)
        fault(rq, "from_on", "delegations.dates");
    if (given->to_on < d->from_on || given->to_on > d->from_on + DELEGATION_DAYS_MAX)
        fault(rq, "to_on", "delegations.dates");
}

/* The same to the same for the same days is there already: a click too many. */
static err check_again(struct rq *rq, const struct delegation *d)
{
    struct rows rows;
    TRY(delegation_store_list(rq, rq->actor->account_id, &rows));
    const struct delegation *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].ended_at == 0 && all[i].from_account_id == d->from_account_id &&
            all[i].to_account_id == d->to_account_id && all[i].from_on == d->from_on &&
            all[i].to_on == d->to_on && str_eq(all[i].permissions, d->permissions)) {
            fault(rq, "login_name", "delegations.again");
            break;
        }
    return OK;
}

err delegation_create(struct rq *rq, const struct delegation_new *given)
{
    struct account to = { 0 };
    i64 id = 0;
    if (rq->actor->delegator_account_id)
        return err_make(ERR_FORBIDDEN, "delegations.while_acting");
    err e = account_find_by_login_name(rq, given->login_name, &to);
    if (e.code != ERR_NONE && !err_is(e, "accounts.not_found"))
        return e;
    if (e.code != ERR_NONE || !str_is(to.state, "active"))
        fault(rq, "login_name", "delegations.no_account");
    struct delegation d = { .from_account_id = rq->actor->account_id,
                            .to_account_id = to.id,
                            .note = given->note,
                            .permissions = delegation_permissions(rq, &given->collections),
                            .from_on = given->from_on > 0 ? given->from_on : rq->today,
                            .to_on = given->to_on };
    check_delegation(rq, given, &d);
    TRY(check_again(rq, &d));
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    TRY(delegation_store_add(rq, &d, &id));
    TRY(tell(rq, to.id, "delegations.given_to_you", rq->actor->name));
    TRY(tell(rq, rq->actor->account_id, "delegations.given_by_you", to.name));
    return audit_add(rq, &(struct audit_entry){ "delegations.create", "delegations", id,
                                                .after = d.permissions });
}

err delegation_end(struct rq *rq, i64 id)
{
    err e = delegation_store_end(rq, rq->actor->account_id, id);
    if (err_is(e, "db.version"))
        return err_make(ERR_NOT_FOUND, "delegations.not_found");
    TRY(e);
    access_forget();
    struct delegation d = { 0 };
    TRY(delegation_store_find(rq, id, &d));
    bool giver = d.from_account_id == rq->actor->account_id;
    TRY(tell(rq, giver ? d.to_account_id : d.from_account_id, "delegations.ended_by_other",
             giver ? d.from_name : d.to_name));
    return audit(rq, "delegations.end", "delegations", id);
}

/* ---- first start ---- */

const char *const FIRST_ROLES[3] = { "sysadmin", "secadmin", "auditor" };

err first_is_needed(struct rq *rq, bool *needed)
{
    i64 count = 0;
    TRY(account_store_count_all(rq, &count));
    *needed = count == 0;
    return OK;
}

err first_code_make(struct rq *rq, str *code)
{
    bool needed = false;
    TRY(first_is_needed(rq, &needed));
    if (!needed)
        return err_make(ERR_CONFLICT, "accounts.first_done");
    *code = secret_code(rq->rng, rq->mem, 4);
    return first_store_add(rq, secret_hash(rq->mem, *code));
}

static err make_admin(struct rq *rq, const struct first_admin *admin, const char *role)
{
    i64 id = 0;
    struct account_new a = { .login_name = admin->login_name,
                             .name = admin->name,
                             .password_hash = admin->password_hash };
    TRY(account_create(rq, &a, &id));
    return account_give_role(rq, id, &(struct holding_new){ .role = str_of(role) }, NULL);
}

static err make_admins(struct rq *rq, const struct first_admin admins[3])
{
    for (int i = 0; i < 3; i++)
        TRY(make_admin(rq, &admins[i], FIRST_ROLES[i]));
    return OK;
}

err first_set_up(struct rq *rq, str code, str org_name, const struct first_admin admins[3])
{
    bool needed = false;
    i64 org_id = rq->actor->org_id;
    TRY(first_is_needed(rq, &needed));
    if (!needed)
        return err_make(ERR_CONFLICT, "accounts.first_done");
    err e = first_store_use(rq, secret_hash(rq->mem, str_trim(code)), rq->now_ms - DAY_MS);
    if (err_is(e, "db.version"))
        return err_make(ERR_INVALID, "accounts.first_code");
    TRY(e);
    if (!org_id)
        TRY(org_found_cppcc(rq, &(struct org){ .name = org_name }, &org_id));
    struct actor actor;
    struct rq scoped = signin_scope(rq, org_id, 0, &actor);
    e = make_admins(&scoped, admins);
    signin_scope_end(rq);
    return e;
}
