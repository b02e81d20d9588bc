/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of the system administrator: accounts, one-time passwords. Rules: account.c. */
#include "modules/accounts/account_pages.h"

#include "modules/accounts/account_lists.h"
#include "modules/accounts/account_parts.h"
#include "modules/orgs/org.h"
#include "platform/access/access_store.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "views/accounts.h"

static void put_acts(struct out *out, struct rq *rq)
{
    if (actor_may(rq->actor, "accounts.create"))
        view_accounts_new_link(out);
}

err page_account_list(struct rq *rq, struct res *res)
{
    static const struct list_look LOOK = { .list = &ACCOUNTS_LIST,
                                           .path = "/accounts",
                                           .title = "menu.accounts",
                                           .menu = "accounts",
                                           .main = "login_name",
                                           .under = "name",
                                           .empty = "accounts.list_empty",
                                           .acts = put_acts };
    return list_show(rq, &LOOK, res);
}

err page_account_form(struct rq *rq, struct res *res)
{
    struct view_choices agencies;
    TRY(account_agency_choices(rq, 0, "operators.none", &agencies));
    struct out *out = page_begin(rq, text_find("accounts.title_new"), "accounts");
    view_accounts_form(out, &agencies);
    page_end(res, out);
    return OK;
}

err page_account_hash(struct rq *rq, struct res *res)
{
    struct one_time *made = arena_zero(rq->mem, sizeof *made);
    (void)res;
    TRY(account_make_password(rq, &made->password, &made->hash));
    rq->found = made;
    return OK;
}

static err draw_account(struct rq *rq, struct res *res, i64 id, str password)
{
    struct secret_row secret = { 0 };
    struct org agency;
    struct account_page v = { .password = password,
                              .now_ms = rq->now_ms,
                              .is_own = id == rq->actor->account_id };
    if (password.len)
        res_once(res);
    TRY(account_find(rq, id, &v.account));
    TRY(access_store_find_secret(rq->db, id, rq->mem, &secret));
    v.locked_until_at = secret.locked_until_at;
    v.enrolled = secret.totp_secret.len > 0;
    v.may_disable = actor_may(rq->actor, "accounts.disable");
    v.may_reset = actor_may(rq->actor, "accounts.reset");
    v.may_move = actor_may(rq->actor, "accounts.create") && !v.is_own;
    if (v.account.agency_id) {
        TRY(org_find(rq, v.account.agency_id, &agency));
        v.agency = &agency;
    }
    TRY(account_agency_choices(rq, v.account.agency_id, "operators.none", &v.agencies));
    struct out *out =
        page_begin(rq, text_format(rq->mem, "accounts.title_account", v.account.name, str_of("")),
                   "accounts");
    view_accounts_show(out, &v);
    page_end(res, out);
    return OK;
}

err page_account_create(struct rq *rq, struct res *res)
{
    const struct one_time *made = rq->found;
    i64 id = 0;
    err e = account_create_from_input(rq, &id);
    if (err_is(e, "accounts.login_name") || err_is(e, "accounts.login_name_taken")) {
        rq_fault(rq, "login_name", e.name, str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    TRY(e);
    return draw_account(rq, res, id, made->password);
}

err page_account_show(struct rq *rq, struct res *res)
{
    return draw_account(rq, res, rq->path_id, str_of(""));
}

static err done(struct rq *rq, struct res *res, const char *flash)
{
    res_flash(res, flash, str_of(""));
    res_redirect(res, arena_printf(rq->mem, "/accounts/%lld", (long long)rq->path_id));
    return OK;
}

err page_account_disable(struct rq *rq, struct res *res)
{
    const struct version_input *in = rq->input;
    TRY(account_disable(rq, rq->path_id, in->version));
    return done(rq, res, "accounts.disabled");
}

err page_account_enable(struct rq *rq, struct res *res)
{
    const struct version_input *in = rq->input;
    TRY(account_enable(rq, rq->path_id, in->version));
    return done(rq, res, "accounts.enabled");
}

err page_account_unlock(struct rq *rq, struct res *res)
{
    TRY(account_unlock(rq, rq->path_id));
    return done(rq, res, "accounts.unlocked");
}

err page_account_reset(struct rq *rq, struct res *res)
{
    const struct one_time *made = rq->found;
    TRY(account_reset_password(rq, rq->path_id, made->hash));
    return draw_account(rq, res, rq->path_id, made->password);
}

err page_account_agency(struct rq *rq, struct res *res)
{
    const struct operator_move_input *in = rq->input;
    TRY(account_set_agency(rq, rq->path_id, in->version, in->agency_id));
    return done(rq, res, "accounts.agency_set");
}
