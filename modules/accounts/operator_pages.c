/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Accounts of an agency's staff: list, open, move, end; pages and JSON of the office, and the
 * system administrator's choice of an account's agency. Rules: operator.c. */
#include "modules/accounts/account_pages.h"
#include "modules/accounts/account_parts.h"
#include "modules/orgs/org.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/accounts.h"

static void put_line(struct json *j, const struct operator_line *a)
{
    json_object(j, NULL);
    json_i64(j, "id", a->id);
    json_i64(j, "version", a->version);
    json_str(j, "login_name", a->login_name);
    json_str(j, "name", a->name);
    json_str(j, "state", a->state);
    json_bool(j, "operator", a->operates);
    json_bool(j, "leader", a->leads);
    json_object_end(j);
}

/* ---- an agency ---- */

static err send_list(struct rq *rq, struct res *res, const struct operator_page *v)
{
    struct json j = json_begin(rq);
    json_i64(&j, "agency_id", v->agency->id);
    json_str(&j, "agency", v->agency->name);
    if (v->password.len) {
        json_str(&j, "login_name", v->login_name);
        json_str(&j, "one_time_password", v->password);
    }
    json_array(&j, "items");
    for (size_t i = 0; i < v->count; i++)
        put_line(&j, &v->items[i]);
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

/* The agency with its accounts; a fresh one with its password, which stands only here. */
static err draw_agency(struct rq *rq, struct res *res, str login_name, str password)
{
    struct org agency;
    struct rows rows;
    struct operator_page v = { .agency = &agency, .login_name = login_name, .password = password };
    if (password.len)
        res_once(res);
    TRY(org_find(rq, rq->path_id, &agency));
    if (!agency.agency)
        return err_make(ERR_NOT_FOUND, "operators.not_an_agency");
    TRY(operator_list(rq, agency.id, &rows));
    v.items = rows.items;
    v.count = rows.count;
    v.up = arena_printf(rq->mem, "/orgs/%lld", (long long)agency.id);
    if (rq->api)
        return send_list(rq, res, &v);
    struct out *out = page_begin(rq, text_find("operators.title"), "orgs");
    view_accounts_operators(out, &v);
    page_end(res, out);
    return OK;
}

err page_operator_list(struct rq *rq, struct res *res)
{
    return draw_agency(rq, res, str_of(""), str_of(""));
}

err page_operator_create(struct rq *rq, struct res *res)
{
    const struct operator_input *in = rq->input;
    const struct one_time *made = rq->found;
    struct operator_new a = { .agency_id = rq->path_id,
                              .login_name = in->login_name,
                              .name = in->name,
                              .role = in->role,
                              .password_hash = made->hash };
    struct account account;
    struct org agency;
    i64 id = 0;
    TRY(org_find(rq, rq->path_id, &agency));
    TRY(operator_create(rq, &a, &id));
    TRY(account_find(rq, id, &account));
    if (rq->api)
        res_status(res, 201);
    return draw_agency(rq, res, account.login_name, made->password);
}

/* ---- one account ---- */

err page_operator_show(struct rq *rq, struct res *res)
{
    struct account account;
    struct org agency;
    TRY(operator_find(rq, rq->path_id, &account));
    TRY(org_find(rq, account.agency_id, &agency));
    struct operator_show v = { .account = &account, .agency = &agency };
    v.up = arena_printf(rq->mem, "/orgs/%lld/accounts", (long long)agency.id);
    TRY(account_agency_choices(rq, 0, "operators.choose", &v.agencies));
    struct out *out = page_begin(rq, account.name, "orgs");
    view_accounts_operator(out, &v);
    page_end(res, out);
    return OK;
}

/* What the agency that lost one has left; said at once where nobody is left for open work. */
static err done(struct rq *rq, struct res *res, i64 agency_id, const char *flash)
{
    struct operator_rest rest;
    struct buf *b = buf_new(rq->mem, 200);
    TRY(operator_rest_of(rq, agency_id, &rest));
    if (rq->api) {
        struct json j = json_on(b);
        json_object(&j, NULL);
        json_i64(&j, "id", rq->path_id);
        json_i64(&j, "accounts_left", rest.accounts);
        json_i64(&j, "todos_left", rest.todos);
        json_object_end(&j);
        res_json(res, b);
        return OK;
    }
    if (rest.accounts == 0 && rest.todos > 0)
        res_flash(res, "operators.nobody_left_bad",
                  arena_printf(rq->mem, "%lld", (long long)rest.todos));
    else
        res_flash(res, flash, str_of(""));
    res_redirect(res, arena_printf(rq->mem, "/orgs/%lld/accounts", (long long)agency_id));
    return OK;
}

err page_operator_move(struct rq *rq, struct res *res)
{
    const struct operator_move_input *in = rq->input;
    struct account account;
    TRY(operator_find(rq, rq->path_id, &account));
    TRY(operator_move(rq, account.id, in->version, in->agency_id));
    return done(rq, res, account.agency_id, "operators.moved");
}

err page_operator_end(struct rq *rq, struct res *res)
{
    const struct version_input *in = rq->input;
    struct account account;
    TRY(operator_find(rq, rq->path_id, &account));
    TRY(operator_end(rq, account.id, in->version));
    return done(rq, res, account.agency_id, "operators.ended");
}
