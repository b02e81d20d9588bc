/* SPDX-License-Identifier: MulanPSL-2.0 */
/* JSON of the security administrator: who holds which role, what a role opens, second factors.
 * Rules: account.c; the same as pages: role_pages.c. */
#include "modules/accounts/account_lists.h"
#include "modules/accounts/account_pages.h"
#include "modules/accounts/account_rules.h"
#include "platform/access/access_store.h"
#include "platform/access/role.h"
#include "platform/base/str.h"
#include "platform/web/json.h"

static err send_id(struct rq *rq, struct res *res, i64 id)
{
    struct json j = json_begin(rq);
    json_i64(&j, "id", id);
    json_send(&j, res);
    return OK;
}

/* ---- holdings ---- */

static void holding_json(struct json *j, const struct holding *h)
{
    json_object(j, NULL);
    json_i64(j, "id", h->id);
    json_str(j, "role", h->role);
    json_str(j, "scope", h->scope_kind);
    json_i64(j, "scope_id", h->scope_id);
    json_day(j, "from_on", h->from_on);
    json_day(j, "to_on", h->to_on);
    json_object_end(j);
}

/* {id} is the account, as on the page. */
err api_holding_show(struct rq *rq, struct res *res)
{
    struct account account;
    struct secret_row secret = { 0 };
    struct rows rows = { 0 };
    TRY(account_find(rq, rq->path_id, &account));
    TRY(holding_store_list(rq, rq->path_id, &rows));
    TRY(access_store_find_secret(rq->db, rq->path_id, rq->mem, &secret));
    const struct holding *all = rows.items;
    struct json j = json_begin(rq);
    json_i64(&j, "id", account.id);
    json_str(&j, "login_name", account.login_name);
    json_str(&j, "name", account.name);
    json_bool(&j, "enrolled", secret.totp_secret.len > 0);
    json_array(&j, "items");
    for (size_t i = 0; i < rows.count; i++)
        holding_json(&j, &all[i]);
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

err api_holding_give(struct rq *rq, struct res *res)
{
    const struct holding_input *in = rq->input;
    struct holding_new h = { in->role, in->scope, in->scope_id, in->from_on, in->to_on };
    i64 id = 0;
    TRY(account_give_role(rq, rq->path_id, &h, &id));
    res_status(res, 201);
    return send_id(rq, res, id);
}

err api_holding_take(struct rq *rq, struct res *res)
{
    const struct take_input *in = rq->input;
    TRY(account_take_role(rq, in->holding_id));
    return send_id(rq, res, in->holding_id);
}

err api_holding_reset_factor(struct rq *rq, struct res *res)
{
    TRY(account_reset_factor(rq, rq->path_id));
    return send_id(rq, res, rq->path_id);
}

/* ---- roles ---- */

static void role_json(struct json *j, const struct role *r)
{
    json_i64(j, "id", r->id);
    json_str(j, "code", r->code);
    json_str(j, "name", role_label(r->code, r->name));
    json_str(j, "area", r->area);
    json_bool(j, "office", r->office);
    json_i64(j, "holders", r->holders);
}

err api_role_list(struct rq *rq, struct res *res)
{
    struct rows rows = { 0 };
    TRY(role_store_list(rq, &rows));
    const struct role *all = rows.items;
    struct json j = json_begin(rq);
    json_array(&j, "items");
    for (size_t i = 0; i < rows.count; i++) {
        json_object(&j, NULL);
        role_json(&j, &all[i]);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

err api_role_show(struct rq *rq, struct res *res)
{
    struct role role;
    struct rows rows = { 0 };
    err e = role_store_find(rq, rq->path_id, &role);
    if (err_is(e, "db.no_row"))
        return err_make(ERR_NOT_FOUND, "roles.not_found");
    TRY(e);
    TRY(role_store_list_effects(rq, rq->path_id, &rows));
    const struct role_effect *all = rows.items;
    struct json j = json_begin(rq);
    role_json(&j, &role);
    json_object(&j, "permissions");
    for (size_t i = 0; i < rows.count; i++)
        json_str(&j, arena_cstr(rq->mem, all[i].permission), all[i].effect);
    json_object_end(&j);
    json_send(&j, res);
    return OK;
}

err api_role_create(struct rq *rq, struct res *res)
{
    const struct role_input *in = rq->input;
    i64 id = 0;
    TRY(role_create(rq, in->code, in->name, &id));
    res_status(res, 201);
    return send_id(rq, res, id);
}

err api_role_change(struct rq *rq, struct res *res)
{
    const struct effect_input *in = rq->input;
    TRY(role_change(rq, rq->path_id, &(struct role_effect){ in->permission, in->effect }));
    return send_id(rq, res, rq->path_id);
}
