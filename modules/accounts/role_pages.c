/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of the security administrator: who holds which role, what a role opens, second factors.
 * Rules: account.c. */
#include "modules/accounts/account_lists.h"
#include "modules/accounts/account_pages.h"
#include "modules/accounts/account_views.h"
#include "platform/access/access_store.h"
#include "platform/access/role.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "views/accounts.h"

/* ---- holdings ---- */

err page_holding_list(struct rq *rq, struct res *res)
{
    static const struct list_look LOOK = { .list = &HOLDINGS_LIST,
                                           .path = "/holdings",
                                           .title = "menu.holdings",
                                           .menu = "holdings",
                                           .main = "login_name",
                                           .under = "name",
                                           .empty = "accounts.list_empty" };
    return list_show(rq, &LOOK, res);
}

static err role_choices(struct rq *rq, struct holding_page *v)
{
    struct rows rows = { 0 };
    TRY(role_store_list(rq, &rows));
    struct view_choice *out = arena_array(rq->mem, rows.count + 1, sizeof *out);
    for (size_t i = 0; i < rows.count; i++) {
        const struct role *r = (const struct role *)rows.items + i;
        if (!str_is(r->code, "citizen"))
            out[v->role_count++] =
                (struct view_choice){ .value = r->code, .label = role_label(r->code, r->name) };
    }
    v->roles = out;
    return OK;
}

err page_holding_show(struct rq *rq, struct res *res)
{
    struct rows rows = { 0 };
    struct secret_row secret = { 0 };
    struct holding_page v = { .today = rq->today,
                              .is_own = rq->path_id == rq->actor->account_id,
                              .may_give = actor_may(rq->actor, "holdings.give") };
    TRY(account_find(rq, rq->path_id, &v.account));
    TRY(holding_store_list(rq, rq->path_id, &rows));
    TRY(access_store_find_secret(rq->db, rq->path_id, rq->mem, &secret));
    TRY(role_choices(rq, &v));
    v.items = rows.items;
    v.count = rows.count;
    v.enrolled = secret.totp_secret.len > 0;
    struct out *out =
        page_begin(rq, text_format(rq->mem, "accounts.title_holdings", v.account.name, str_of("")),
                   "holdings");
    view_accounts_holdings(out, &v);
    page_end(res, out);
    return OK;
}

static err done(struct rq *rq, struct res *res, const char *flash)
{
    res_flash(res, flash, str_of(""));
    res_redirect(res, arena_printf(rq->mem, "/holdings/%lld", (long long)rq->path_id));
    return OK;
}

err page_holding_give(struct rq *rq, struct res *res)
{
    const struct holding_input *in = rq->input;
    struct holding_new h = { in->role, in->scope, in->scope_id, in->from_on, in->to_on };
    TRY(account_give_role(rq, rq->path_id, &h, NULL));
    return done(rq, res, "accounts.role_given");
}

err page_holding_take(struct rq *rq, struct res *res)
{
    const struct take_input *in = rq->input;
    TRY(account_take_role(rq, in->holding_id));
    return done(rq, res, "accounts.role_taken");
}

err page_holding_reset_factor(struct rq *rq, struct res *res)
{
    TRY(account_reset_factor(rq, rq->path_id));
    return done(rq, res, "accounts.factor_reset");
}

/* ---- roles ---- */

err page_role_list(struct rq *rq, struct res *res)
{
    struct rows rows = { 0 };
    TRY(role_store_list(rq, &rows));
    struct role_list v = { rows.items, rows.count, actor_may(rq->actor, "roles.change") };
    struct out *out = page_begin(rq, text_find("menu.roles"), "roles");
    view_accounts_roles(out, &v);
    page_end(res, out);
    return OK;
}

err page_role_create(struct rq *rq, struct res *res)
{
    const struct role_input *in = rq->input;
    i64 id = 0;
    err e = role_create(rq, in->code, in->name, &id);
    if (err_is(e, "roles.code") || err_is(e, "roles.code_taken")) {
        rq_fault(rq, "code", e.name, str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    TRY(e);
    res_redirect(res, arena_printf(rq->mem, "/roles/%lld", (long long)id));
    return OK;
}

static str effect_of(const struct rows *effects, const char *permission)
{
    for (size_t i = 0; i < effects->count; i++) {
        const struct role_effect *e = (const struct role_effect *)effects->items + i;
        if (str_is(e->permission, permission))
            return e->effect;
    }
    return str_of("none");
}

err page_role_show(struct rq *rq, struct res *res)
{
    struct rows effects = { 0 };
    size_t count = 0;
    const struct permission *all = permission_all(&count);
    struct role_page v = { .may_change = actor_may(rq->actor, "roles.change") };
    err e = role_store_find(rq, rq->path_id, &v.role);
    if (err_is(e, "db.no_row"))
        return err_make(ERR_NOT_FOUND, "roles.not_found");
    TRY(e);
    TRY(role_store_list_effects(rq, rq->path_id, &effects));
    struct role_line *lines = arena_array(rq->mem, count + 1, sizeof *lines);
    for (size_t i = 0; i < count; i++)
        if (all[i].admin == role_area_of(v.role.area))
            lines[v.count++] =
                (struct role_line){ str_of(all[i].name), effect_of(&effects, all[i].name) };
    v.items = lines;
    struct out *out = page_begin(rq,
                                 text_format(rq->mem, "accounts.title_role",
                                             role_label(v.role.code, v.role.name), str_of("")),
                                 "roles");
    view_accounts_role(out, &v);
    page_end(res, out);
    return OK;
}

err page_role_change(struct rq *rq, struct res *res)
{
    const struct effect_input *in = rq->input;
    TRY(role_change(rq, rq->path_id, &(struct role_effect){ in->permission, in->effect }));
    res_flash(res, "accounts.role_changed", str_of(""));
    res_redirect(res, arena_printf(rq->mem, "/roles/%lld", (long long)rq->path_id));
    return OK;
}
