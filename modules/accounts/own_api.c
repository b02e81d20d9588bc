/* SPDX-License-Identifier: MulanPSL-2.0 */
/* JSON of one's own account: password, second factor, logins, tokens, delegations, acting for
 * another. Rules: account_own.c; the same as pages: own_pages.c. What gives lasting power (a
 * password, a factor, a token, a delegation) wants the person, not a token. */
#include "modules/accounts/account_pages.h"
#include "modules/accounts/account_parts.h"
#include "modules/accounts/account_rules.h"
#include "platform/access/access_store.h"
#include "platform/access/login.h"
#include "platform/access/signin.h"
#include "platform/access/totp.h"
#include "platform/base/str.h"
#include "platform/web/json.h"

static err send_done(struct rq *rq, struct res *res)
{
    struct json j = json_begin(rq);
    json_bool(&j, "done", true);
    json_send(&j, res);
    return OK;
}

static err check_person(const struct rq *rq)
{
    return rq->actor->by_token ? err_make(ERR_FORBIDDEN, "accounts.not_by_token") : OK;
}

/* ---- password ---- */

/* The wrong present password must stay counted, so it is no err. */
err api_own_password(struct rq *rq, struct res *res)
{
    struct signin_result result;
    str cookie;
    TRY(check_person(rq));
    TRY(own_password_take(rq, &result, &cookie));
    if (result.outcome != SIGNIN_DONE) {
        struct json j = json_begin(rq);
        res_status(res, 422);
        json_str(&j, "code", str_of("accounts.password_wrong"));
        json_send(&j, res);
        return OK;
    }
    res_cookie(res, LOGIN_COOKIE, cookie, 0);
    return send_done(rq, res);
}

/* ---- second factor ---- */

err api_own_factor(struct rq *rq, struct res *res)
{
    struct secret_row own = { 0 };
    i64 left = 0;
    TRY(access_store_find_secret(rq->db, rq->actor->account_id, rq->mem, &own));
    TRY(account_store_count_recovery(rq, rq->actor->account_id, &left));
    struct json j = json_begin(rq);
    json_bool(&j, "enrolled", own.totp_secret.len > 0);
    json_bool(&j, "pending", own.totp_pending.len > 0);
    json_i64(&j, "recovery_left", left);
    json_send(&j, res);
    return OK;
}

err api_own_factor_begin(struct rq *rq, struct res *res)
{
    struct secret_row own = { 0 };
    str secret;
    TRY(check_person(rq));
    TRY(account_begin_factor(rq));
    TRY(account_pending_factor(rq, &secret));
    TRY(access_store_find_secret(rq->db, rq->actor->account_id, rq->mem, &own));
    struct json j = json_begin(rq);
    json_str(&j, "secret", secret);
    json_str(&j, "uri", totp_uri(rq->mem, rq->actor->org_name, own.login_name, secret));
    json_send(&j, res);
    return OK;
}

err api_own_factor_confirm(struct rq *rq, struct res *res)
{
    const struct factor_input *in = rq->input;
    strs codes;
    str cookie;
    TRY(check_person(rq));
    TRY(account_confirm_factor(rq, in->code, &codes, &cookie));
    res_cookie(res, LOGIN_COOKIE, cookie, 0);
    struct json j = json_begin(rq);
    json_array(&j, "recovery_codes");
    for (size_t i = 0; i < codes.count; i++)
        json_str(&j, NULL, codes.items[i]);
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

/* ---- logins ---- */

err api_own_login_list(struct rq *rq, struct res *res)
{
    struct rows rows = { 0 };
    TRY(login_store_list(rq, rq->actor->account_id, &rows));
    const struct login_line *all = rows.items;
    struct json j = json_begin(rq);
    json_array(&j, "items");
    for (size_t i = 0; i < rows.count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "id", all[i].id);
        json_time(&j, "created_at", all[i].created_at);
        json_time(&j, "seen_at", all[i].seen_at);
        json_str(&j, "address", all[i].address);
        json_str(&j, "agent", all[i].agent);
        json_bool(&j, "present", !rq->actor->by_token && all[i].id == rq->actor->login_id);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

err api_own_login_end(struct rq *rq, struct res *res)
{
    TRY(login_end(rq, rq->path_id));
    return send_done(rq, res);
}

err api_own_login_end_others(struct rq *rq, struct res *res)
{
    TRY(login_end(rq, 0));
    return send_done(rq, res);
}

/* ---- tokens ---- */

err api_token_list(struct rq *rq, struct res *res)
{
    struct rows rows = { 0 };
    TRY(token_store_list(rq, rq->actor->account_id, &rows));
    const struct token_line *all = rows.items;
    struct json j = json_begin(rq);
    json_array(&j, "items");
    for (size_t i = 0; i < rows.count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "id", all[i].id);
        json_str(&j, "name", all[i].name);
        json_str(&j, "permissions", all[i].permissions);
        json_time(&j, "created_at", all[i].created_at);
        json_time(&j, "expires_at", all[i].expires_at);
        json_time(&j, "seen_at", all[i].seen_at);
        json_time(&j, "ended_at", all[i].ended_at);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

err api_token_create(struct rq *rq, struct res *res)
{
    const struct token_input *in = rq->input;
    struct token_new token = { .account_id = rq->actor->account_id,
                               .days = in->days,
                               .name = in->name };
    str fresh;
    TRY(check_person(rq));
    token.permissions = delegation_permissions(rq, &in->collections);
    TRY(token_create(rq, &token, &fresh));
    res_status(res, 201);
    struct json j = json_begin(rq);
    json_str(&j, "token", fresh);
    json_str(&j, "permissions", token.permissions);
    json_send(&j, res);
    return OK;
}

err api_token_end(struct rq *rq, struct res *res)
{
    TRY(token_end(rq, rq->path_id));
    return send_done(rq, res);
}

/* ---- delegations ---- */

err api_delegation_list(struct rq *rq, struct res *res)
{
    struct rows rows = { 0 };
    TRY(delegation_store_list(rq, rq->actor->account_id, &rows));
    const struct delegation *all = rows.items;
    struct json j = json_begin(rq);
    json_array(&j, "items");
    for (size_t i = 0; i < rows.count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "id", all[i].id);
        json_bool(&j, "given", all[i].from_account_id == rq->actor->account_id);
        json_str(&j, "from_name", all[i].from_name);
        json_str(&j, "to_name", all[i].to_name);
        json_str(&j, "permissions", all[i].permissions);
        json_str(&j, "note", all[i].note);
        json_day(&j, "from_on", all[i].from_on);
        json_day(&j, "to_on", all[i].to_on);
        json_time(&j, "ended_at", all[i].ended_at);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

err api_delegation_create(struct rq *rq, struct res *res)
{
    const struct delegation_input *in = rq->input;
    TRY(check_person(rq));
    TRY(delegation_create(rq, &(struct delegation_new){ in->login_name, in->note, in->collections,
                                                        in->from_on, in->to_on }));
    res_status(res, 201);
    return send_done(rq, res);
}

err api_delegation_end(struct rq *rq, struct res *res)
{
    TRY(delegation_end(rq, rq->path_id));
    return send_done(rq, res);
}

err api_acting_set(struct rq *rq, struct res *res)
{
    const struct acting_input *in = rq->input;
    TRY(signin_act_for(rq, in->delegation_id));
    return send_done(rq, res);
}
