/* SPDX-License-Identifier: MulanPSL-2.0 */
/* JSON of accounts: who am I, signing in for programs that keep cookies, administering. The rules
 * are the pages' (account.c, signin.h); programs without a browser use tokens. One's own account:
 * own_api.c; roles: role_api.c. */
#include "modules/accounts/account_lists.h"
#include "modules/accounts/account_pages.h"
#include "modules/accounts/account_parts.h"
#include "modules/accounts/account_rules.h"
#include "platform/access/login.h"
#include "platform/access/signin.h"
#include "platform/base/str.h"
#include "platform/web/json.h"

/* ---- who am I ---- */

static void put_permissions(struct json *j, const struct actor *actor)
{
    static const char *const SCOPES[] = { "none", "self", "committee", "agency", "org" };
    size_t count = 0;
    const struct permission *all = permission_all(&count);
    json_object(j, "permissions");
    for (size_t i = 0; i < count; i++)
        if (actor->scopes[i] != SCOPE_NONE)
            json_str(j, all[i].name, str_of(SCOPES[actor->scopes[i]]));
    json_object_end(j);
}

err api_me_show(struct rq *rq, struct res *res)
{
    const struct actor *a = rq->actor;
    struct json j = json_begin(rq);
    json_i64(&j, "account_id", a->account_id);
    json_str(&j, "name", a->name);
    json_i64(&j, "org_id", a->org_id);
    json_str(&j, "org_name", a->org_name);
    json_i64(&j, "person_id", a->person_id);
    json_i64(&j, "member_id", a->member_id);
    json_i64(&j, "agency_id", a->agency_id);
    json_i64(&j, "delegator_account_id", a->delegator_account_id);
    json_bool(&j, "must_change_password", a->must_change_password);
    json_bool(&j, "must_enrol", a->must_enrol);
    put_permissions(&j, a);
    json_send(&j, res);
    return OK;
}

/* ---- the door ---- */

static err answer(struct rq *rq, struct res *res, const struct signin_result *result)
{
    bool done = result->outcome == SIGNIN_DONE, second = result->outcome == SIGNIN_SECOND;
    if (done || second)
        res_cookie(res, LOGIN_COOKIE, result->token, done ? result->max_age_s : 0);
    if (!done && !second) /* no err: the counters must stay */
        res_status(res, result->outcome == SIGNIN_ADDRESS_LOCKED ? 429 : 422);
    struct json j = json_begin(rq);
    json_str(&j, "next", str_of(done ? "done" : second ? "code" : "refused"));
    if (!done && !second)
        json_str(&j, "code",
                 str_of(result->outcome == SIGNIN_ADDRESS_LOCKED ? "accounts.address_locked"
                                                                 : "accounts.refused"));
    json_send(&j, res);
    return OK;
}

err api_login(struct rq *rq, struct res *res)
{
    struct signin_result result;
    TRY(signin_finish(rq, rq->found, &result));
    return answer(rq, res, &result);
}

err api_code(struct rq *rq, struct res *res)
{
    const struct code_input *input = rq->input;
    struct signin_result result;
    TRY(signin_second(rq, input->code, &result));
    return answer(rq, res, &result);
}

err api_logout(struct rq *rq, struct res *res)
{
    TRY(signin_out(rq));
    res_cookie(res, LOGIN_COOKIE, str_of(""), -1);
    struct json j = json_begin(rq);
    json_str(&j, "next", str_of("login"));
    json_send(&j, res);
    return OK;
}

/* ---- administering ---- */

static err send_account(struct rq *rq, struct res *res, i64 id, str password)
{
    struct account a;
    TRY(account_find(rq, id, &a));
    struct json j = json_begin(rq);
    json_i64(&j, "id", a.id);
    json_i64(&j, "version", a.version);
    json_str(&j, "login_name", a.login_name);
    json_str(&j, "name", a.name);
    json_str(&j, "kind", a.kind);
    json_str(&j, "state", a.state);
    json_i64(&j, "agency_id", a.agency_id);
    if (password.len) {
        res_once(res);
        json_str(&j, "one_time_password", password);
    }
    json_send(&j, res);
    return OK;
}

err api_account_create(struct rq *rq, struct res *res)
{
    const struct one_time *made = rq->found;
    i64 id = 0;
    TRY(account_create_from_input(rq, &id));
    res_status(res, 201);
    return send_account(rq, res, id, made->password);
}

err api_account_disable(struct rq *rq, struct res *res)
{
    const struct version_input *in = rq->input;
    TRY(account_disable(rq, rq->path_id, in->version));
    return send_account(rq, res, rq->path_id, str_of(""));
}

err api_account_enable(struct rq *rq, struct res *res)
{
    const struct version_input *in = rq->input;
    TRY(account_enable(rq, rq->path_id, in->version));
    return send_account(rq, res, rq->path_id, str_of(""));
}

err api_account_agency(struct rq *rq, struct res *res)
{
    const struct operator_move_input *in = rq->input;
    TRY(account_set_agency(rq, rq->path_id, in->version, in->agency_id));
    return send_account(rq, res, rq->path_id, str_of(""));
}

err api_account_show(struct rq *rq, struct res *res)
{
    return send_account(rq, res, rq->path_id, str_of(""));
}

err api_account_unlock(struct rq *rq, struct res *res)
{
    TRY(account_unlock(rq, rq->path_id));
    return send_account(rq, res, rq->path_id, str_of(""));
}

err api_account_reset(struct rq *rq, struct res *res)
{
    const struct one_time *made = rq->found;
    TRY(account_reset_password(rq, rq->path_id, made->hash));
    return send_account(rq, res, rq->path_id, made->password);
}
