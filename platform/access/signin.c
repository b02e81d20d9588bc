/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of signing in (quality A1-A4; GB/T 22239 8.1.4.1). The order of steps is the same whether
 * the account exists or not, is locked or not. Hashing: secret.c; codes: totp.c; SQL:
 * access_store.c. */
#include "platform/access/signin.h"

#include <assert.h>

#include "platform/access/login.h"
#include "platform/access/secret.h"
#include "platform/access/totp.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/web/proxies.h"

enum { MINUTE_MS = 60000, LOCK_MS = SIGNIN_LOCK_MINUTES * MINUTE_MS, DAY_S = 86400 };

struct rq signin_scope(struct rq *rq, i64 org_id, i64 account_id, struct actor *actor)
{
    struct rq scoped = *rq;
    if (rq->actor->account_id != account_id || rq->actor->org_id != org_id)
        *actor = (struct actor){ .org_id = org_id, .account_id = account_id };
    else
        *actor = *rq->actor;
    scoped.actor = actor;
    db_set_org(rq->db, org_id);
    return scoped;
}

void signin_scope_end(struct rq *rq)
{
    db_set_org(rq->db, rq->actor->org_id);
}

/* ---- password ---- */

static err prove(struct rq *rq, const struct secret_row *row, str password,
                 struct signin_proof *out)
{
    bool right = password_verify(rq->mem, row->password_hash, password);
    *out = (struct signin_proof){ row->org_id, row->account_id,
                                  right && str_is(row->state, "active") };
    return OK;
}

static err find_address(struct rq *rq, struct address_row *out)
{
    return access_store_find_address(rq->db, address_client(rq->mem, rq->address), rq->mem, out);
}

err signin_prove(struct rq *rq, str login_name, str password, struct signin_proof *out)
{
    assert(out);
    struct secret_row row = { 0 };
    struct address_row address;
    TRY(find_address(rq, &address));
    *out = (struct signin_proof){ 0 };
    if (address.locked_until_at >
        rq->now_ms) /* refused anyway: not worth the memory and the time */
        return OK;
    str folded = str_lower_ascii(rq->mem, str_trim(login_name));
    err e = access_store_find_secret_by_name(rq->db, folded, rq->mem, &row);
    if (e.code != ERR_NONE && !err_is(e, "db.no_row"))
        return e;
    return prove(rq, &row, password, out);
}

err signin_prove_own(struct rq *rq, str password, struct signin_proof *out)
{
    struct secret_row row = { 0 };
    TRY(access_store_find_secret(rq->db, rq->actor->account_id, rq->mem, &row));
    return prove(rq, &row, password, out);
}

/* ---- counting ---- */

static err count_address(struct rq *rq)
{
    struct address_row row;
    str client = address_client(rq->mem, rq->address);
    TRY(access_store_find_address(rq->db, client, rq->mem, &row));
    if (rq->now_ms - row.first_at > LOCK_MS)
        row = (struct address_row){ .address = client, .first_at = rq->now_ms };
    row.failures++;
    if (row.failures >= setting_number(rq, "accounts.address_failures"))
        row = (struct address_row){ client, 0, rq->now_ms, rq->now_ms + LOCK_MS };
    return access_store_save_address(rq->db, &row);
}

/* One more failure of the account; the fifth locks it and begins the count anew. */
static err count_account(struct rq *rq, struct secret_row *row)
{
    row->failures++;
    if (row->failures >= SIGNIN_TRIES) {
        row->failures = 0;
        row->locked_until_at = rq->now_ms + LOCK_MS;
    }
    return access_store_update_counters(rq->db, row);
}

/* A refused attempt in the log of the account's organisation, or of the visitor's for an unknown
 * name. The typed name is not kept: people type passwords into the wrong field. */
static err note(struct rq *rq, const char *act, i64 account_id, const char *result)
{
    return audit_add(rq, &(struct audit_entry){ act, "accounts", account_id, .result = result });
}

static err refuse(struct rq *rq, struct secret_row *row, struct signin_result *out)
{
    struct actor actor;
    out->outcome = SIGNIN_REFUSED;
    TRY(count_address(rq));
    if (!row->account_id)
        return note(rq, "accounts.login_failed", 0, "refused");
    struct rq scoped = signin_scope(rq, row->org_id, rq->actor->account_id, &actor);
    err e = row->locked_until_at > rq->now_ms ? OK : count_account(&scoped, row);
    if (e.code == ERR_NONE)
        e = note(&scoped, "accounts.login_failed", row->account_id, "refused");
    signin_scope_end(rq);
    return e;
}

/* ---- logins ---- */

/* Whether the account works in the office: its cookie then ends with the browser. */
static err max_age(struct rq *rq, i64 account_id, i64 *out)
{
    struct rows rows = { 0 };
    TRY(access_store_list_reach(rq->db, account_id, rq->today, rq->mem, &rows));
    *out = setting_number(rq, "accounts.member_days") * DAY_S;
    for (size_t i = 0; i < rows.count; i++)
        if (((struct reach_row *)rows.items)[i].office)
            *out = 0;
    return OK;
}

static err add_login(struct rq *rq, i64 account_id, const char *state, struct signin_result *out)
{
    i64 id = 0;
    struct login_new login = { account_id,
                               rq->now_ms,
                               .csrf = secret_token(rq->rng, rq->mem),
                               .state = str_of(state),
                               .address = rq->address,
                               .agent = rq->agent };
    out->token = secret_token(rq->rng, rq->mem);
    login.token_hash = secret_hash(rq->mem, out->token);
    TRY(access_store_add_login(rq->db, &login, &id));
    access_forget();
    return max_age(rq, account_id, &out->max_age_s);
}

static err open_login(struct rq *rq, struct secret_row *row, struct signin_result *out)
{
    bool second = row->totp_secret.len > 0;
    row->failures = 0;
    TRY(access_store_update_counters(rq->db, row));
    TRY(add_login(rq, row->account_id, second ? "pending" : "open", out));
    out->outcome = second ? SIGNIN_SECOND : SIGNIN_DONE;
    return second ? OK : note(rq, "accounts.login", row->account_id, NULL);
}

err signin_finish(struct rq *rq, const struct signin_proof *proof, struct signin_result *out)
{
    assert(proof && out);
    struct address_row address;
    struct secret_row row = { 0 };
    struct actor actor;
    *out = (struct signin_result){ .outcome = SIGNIN_REFUSED };
    if (!rq->actor->org_id) /* nothing is founded yet */
        return OK;
    out->outcome = SIGNIN_ADDRESS_LOCKED;
    TRY(find_address(rq, &address));
    if (address.locked_until_at > rq->now_ms)
        return OK;
    if (proof->account_id) {
        db_set_org(rq->db, proof->org_id);
        err e = access_store_find_secret(rq->db, proof->account_id, rq->mem, &row);
        signin_scope_end(rq);
        TRY(e);
    }
    if (!proof->right || row.locked_until_at > rq->now_ms || !str_is(row.state, "active"))
        return refuse(rq, &row, out);
    struct rq scoped = signin_scope(rq, row.org_id, row.account_id, &actor);
    actor.name = row.name;
    err e = open_login(&scoped, &row, out);
    signin_scope_end(rq);
    return e;
}

/* ---- second factor ---- */

/* As codes are made: capitals. */
static str capitals(struct arena *mem, str typed)
{
    char *out = arena_zero(mem, typed.len + 1);
    for (size_t i = 0; i < typed.len; i++) {
        char c = typed.ptr[i];
        out[i] = (char)(c >= 'a' && c <= 'z' ? c - 32 : c);
    }
    return (str){ out, typed.len };
}

static err match_code(struct rq *rq, const struct secret_row *row, str code, bool *right)
{
    str secret, typed = capitals(rq->mem, str_trim(code));
    TRY(field_open(rq->app, rq->mem, "secrets.totp_secret", row->totp_secret, &secret));
    i64 step = totp_match(secret, typed, rq->now_ms, row->totp_step);
    err e = step ? access_store_use_step(rq->db, row->account_id, step)
                 : access_store_use_recovery(rq->db, row->account_id, secret_hash(rq->mem, typed),
                                             rq->now_ms);
    *right = e.code == ERR_NONE;
    return err_is(e, "db.version") ? OK
                                   : e; /* used already, perhaps a moment ago by another request */
}

/* A wrong code: after five the pending login is gone and the account locked. */
static err wrong_code(struct rq *rq, struct secret_row *row, struct signin_result *out)
{
    out->outcome = SIGNIN_REFUSED;
    row->totp_failures++;
    if (row->totp_failures >= SIGNIN_CODE_TRIES) {
        row->totp_failures = 0;
        row->locked_until_at = rq->now_ms + LOCK_MS;
        out->outcome = SIGNIN_GONE;
        TRY(access_store_end_login(rq->db, row->account_id, rq->actor->login_id, rq->now_ms));
        access_forget();
    }
    TRY(access_store_update_counters(rq->db, row));
    return note(rq, "accounts.code_failed", row->account_id, "refused");
}

static err judge_code(struct rq *rq, struct secret_row *row, str code, struct signin_result *out)
{
    bool right = false;
    if (row->locked_until_at > rq->now_ms || !str_is(row->state, "active"))
        return OK;
    TRY(match_code(rq, row, code, &right));
    if (!right)
        return wrong_code(rq, row, out);
    row->totp_failures = 0;
    TRY(access_store_update_counters(rq->db, row));
    TRY(access_store_end_login(rq->db, row->account_id, rq->actor->login_id, rq->now_ms));
    TRY(add_login(rq, row->account_id, "open", out));
    out->outcome = SIGNIN_DONE;
    struct actor actor;
    struct rq scoped = signin_scope(rq, row->org_id, row->account_id, &actor);
    actor.name = row->name;
    return note(&scoped, "accounts.login", row->account_id, NULL);
}

err signin_second(struct rq *rq, str code, struct signin_result *out)
{
    assert(out);
    struct secret_row row = { 0 };
    *out = (struct signin_result){ .outcome = SIGNIN_GONE };
    if (rq->actor->account_id || !rq->actor->login_id)
        return OK;
    err e = access_store_find_pending(rq->db, rq->actor->login_id, rq->mem, &row);
    if (err_is(e, "db.no_row"))
        return OK;
    TRY(e);
    return judge_code(rq, &row, code, out);
}

/* ---- afterwards ---- */

err signin_out(struct rq *rq)
{
    const struct actor *a = rq->actor;
    if (!a->login_id || a->by_token)
        return OK;
    err e = access_store_end_login(rq->db, a->account_id, a->login_id, rq->now_ms);
    access_forget();
    if (e.code != ERR_NONE)
        return err_is(e, "db.version") ? OK : e; /* ended elsewhere, or still pending */
    return note(rq, "accounts.logout", a->account_id, NULL);
}

err signin_again(struct rq *rq, const struct signin_proof *proof, struct signin_result *out)
{
    struct secret_row row = { 0 };
    *out = (struct signin_result){ .outcome = SIGNIN_REFUSED };
    TRY(access_store_find_secret(rq->db, rq->actor->account_id, rq->mem, &row));
    if (!proof->right || proof->account_id != rq->actor->account_id ||
        row.locked_until_at > rq->now_ms)
        return refuse(rq, &row, out);
    row.failures = 0;
    TRY(access_store_update_counters(rq->db, &row));
    TRY(access_store_set_authenticated(rq->db, rq->actor->login_id, rq->now_ms));
    access_forget();
    out->outcome = SIGNIN_DONE;
    return note(rq, "accounts.authenticated", rq->actor->account_id, NULL);
}

err signin_act_for(struct rq *rq, i64 delegation_id)
{
    struct delegation_row d = { 0 };
    struct delegation_key key = { delegation_id, rq->actor->account_id, rq->today };
    if (delegation_id) {
        err e = access_store_find_delegation(rq->db, &key, rq->mem, &d);
        if (err_is(e, "db.no_row"))
            return err_make(ERR_NOT_FOUND, "delegations.not_found");
        TRY(e);
    }
    TRY(access_store_set_delegation(rq->db, rq->actor->login_id, delegation_id));
    access_forget();
    return audit_add(rq,
                     &(struct audit_entry){ delegation_id ? "delegations.used" : "delegations.left",
                                            "delegations", .object_id = delegation_id });
}

err signin_renew(struct rq *rq, str *token)
{
    assert(token);
    struct signin_result result = { 0 };
    TRY(access_store_end_logins(rq->db, rq->actor->account_id, 0, rq->now_ms));
    TRY(add_login(rq, rq->actor->account_id, "open", &result));
    *token = result.token;
    return OK;
}
