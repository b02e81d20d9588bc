/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of one's own account: overview, password, second factor, logins, tokens, delegations,
 * acting for another. Rules: account_own.c. They work on the account that is signed in, also while
 * it acts for another. */
#include "modules/accounts/account_pages.h"
#include "modules/accounts/account_parts.h"
#include "platform/access/access_store.h"
#include "platform/access/login.h"
#include "platform/access/signin.h"
#include "platform/access/totp.h"
#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "views/accounts.h"

/* ---- overview ---- */

err page_me_show(struct rq *rq, struct res *res)
{
    struct me_view v = { 0 };
    struct rows rows = { 0 };
    struct secret_row own = { 0 };
    i64 id = rq->actor->account_id;
    TRY(account_find(rq, id, &v.account));
    TRY(holding_store_list(rq, id, &rows));
    TRY(access_store_find_secret(rq->db, id, rq->mem, &own));
    TRY(account_store_count_recovery(rq, id, &v.recovery_left));
    v.holdings = rows.items;
    v.holding_count = rows.count;
    v.enrolled = own.totp_secret.len > 0;
    struct out *out = page_begin(rq, text_find("accounts.title_me"), "me");
    view_accounts_me(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- password ---- */

err page_password_show(struct rq *rq, struct res *res)
{
    struct password_view v = { rq->actor->must_change_password,
                               setting_number(rq, "accounts.password_min") };
    struct out *out = page_begin(rq, text_find("accounts.title_password"), "me");
    view_accounts_password(out, &v);
    page_end(res, out);
    return OK;
}

err page_password_prove(struct rq *rq, struct res *res)
{
    const struct password_input *input = rq->input;
    struct chosen *chosen = arena_zero(rq->mem, sizeof *chosen);
    (void)res;
    TRY(signin_prove_own(rq, input->current, &chosen->proof));
    rq->found = chosen;
    if (!chosen->proof.right)
        return OK; /* the handler counts it */
    if (!str_eq(input->password, input->again)) {
        rq_fault(rq, "again", "accounts.password_differs", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    return account_choose_password(rq, input->password, &chosen->hash);
}

err page_password(struct rq *rq, struct res *res)
{
    struct signin_result result;
    str cookie;
    TRY(own_password_take(rq, &result, &cookie));
    if (result.outcome != SIGNIN_DONE) {
        rq_fault(rq, "current", "accounts.password_wrong", str_of(""), str_of(""));
        rq->error = err_make(ERR_INVALID, "form.faults");
        res_status(res, 422);
        return page_password_show(rq, res);
    }
    res_cookie(res, LOGIN_COOKIE, cookie, 0);
    res_flash(res, "accounts.password_changed", str_of(""));
    res_redirect(res, str_of("/me"));
    return OK;
}

/* ---- second factor ---- */

/* In groups of four, as people type it. */
static str spaced(struct arena *mem, str secret)
{
    struct buf *b = buf_new(mem, 100);
    for (size_t i = 0; i < secret.len; i++) {
        if (i && i % 4 == 0)
            buf_put_byte(b, ' ');
        buf_put_byte(b, secret.ptr[i]);
    }
    return buf_str(b);
}

static err draw_factor(struct rq *rq, struct res *res, const strs *codes)
{
    struct factor_view v = { .forced = rq->actor->must_enrol && !codes };
    struct secret_row own = { 0 };
    TRY(access_store_find_secret(rq->db, rq->actor->account_id, rq->mem, &own));
    TRY(account_pending_factor(rq, &v.secret));
    TRY(account_store_count_recovery(rq, rq->actor->account_id, &v.recovery_left));
    v.enrolled = own.totp_secret.len > 0;
    if (codes) {
        res_once(res);
        v.codes = *codes;
    }
    if (v.secret.len) {
        struct buf *b = buf_new(rq->mem, 200000);
        TRY(qr_svg(rq->mem, totp_uri(rq->mem, rq->actor->org_name, own.login_name, v.secret), b));
        v.qr = (html){ buf_str(b) };
        v.spaced = spaced(rq->mem, v.secret);
    }
    struct out *out = page_begin(rq, text_find("accounts.title_factor"), "me");
    view_accounts_factor(out, &v);
    page_end(res, out);
    return OK;
}

err page_factor_show(struct rq *rq, struct res *res)
{
    return draw_factor(rq, res, NULL);
}

err page_factor_begin(struct rq *rq, struct res *res)
{
    TRY(account_begin_factor(rq));
    res_redirect(res, str_of("/me/factor"));
    return OK;
}

err page_factor(struct rq *rq, struct res *res)
{
    const struct factor_input *input = rq->input;
    strs codes;
    str cookie;
    err e = account_confirm_factor(rq, input->code, &codes, &cookie);
    if (err_is(e, "accounts.code_wrong")) {
        rq_fault(rq, "code", e.name, str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    TRY(e);
    res_cookie(res, LOGIN_COOKIE, cookie, 0);
    return draw_factor(rq, res, &codes);
}

/* ---- logins ---- */

err page_own_login_list(struct rq *rq, struct res *res)
{
    struct rows rows = { 0 };
    TRY(login_store_list(rq, rq->actor->account_id, &rows));
    struct own_logins v = { rows.items, rows.count, rq->actor->login_id };
    struct out *out = page_begin(rq, text_find("accounts.title_logins"), "me");
    view_accounts_logins(out, &v);
    page_end(res, out);
    return OK;
}

static err end_and_back(struct rq *rq, struct res *res, i64 id)
{
    TRY(login_end(rq, id));
    res_flash(res, "accounts.login_ended", str_of(""));
    res_redirect(res, str_of("/me/logins"));
    return OK;
}

err page_own_login_end(struct rq *rq, struct res *res)
{
    return end_and_back(rq, res, rq->path_id);
}

err page_own_login_end_others(struct rq *rq, struct res *res)
{
    return end_and_back(rq, res, 0);
}

/* ---- collections to choose from ---- */

static const struct view_choice *choices_of(struct rq *rq, const strs *collections)
{
    struct view_choice *out = arena_array(rq->mem, collections->count + 1, sizeof *out);
    for (size_t i = 0; i < collections->count; i++)
        out[i] = (struct view_choice){ .value = collections->items[i],
                                       .label = text_label("menu", collections->items[i]) };
    return out;
}

/* ---- tokens ---- */

static err draw_tokens(struct rq *rq, struct res *res, str fresh)
{
    struct rows rows = { 0 };
    strs collections = delegation_collections(rq);
    TRY(token_store_list(rq, rq->actor->account_id, &rows));
    struct own_tokens v = { rows.items, rows.count, fresh, choices_of(rq, &collections),
                            collections.count };
    struct out *out = page_begin(rq, text_find("accounts.title_tokens"), "me");
    view_accounts_tokens(out, &v);
    page_end(res, out);
    return OK;
}

err page_token_list(struct rq *rq, struct res *res)
{
    return draw_tokens(rq, res, str_of(""));
}

err page_token_create(struct rq *rq, struct res *res)
{
    const struct token_input *in = rq->input;
    struct token_new token = { .account_id = rq->actor->account_id,
                               .days = in->days,
                               .name = in->name };
    str fresh;
    token.permissions = delegation_permissions(rq, &in->collections);
    TRY(token_create(rq, &token, &fresh));
    res_once(res);
    return draw_tokens(rq, res, fresh);
}

err page_token_end(struct rq *rq, struct res *res)
{
    TRY(token_end(rq, rq->path_id));
    res_flash(res, "accounts.token_ended", str_of(""));
    res_redirect(res, str_of("/me/tokens"));
    return OK;
}

/* ---- delegations ---- */

err page_delegation_list(struct rq *rq, struct res *res)
{
    struct rows rows = { 0 };
    strs collections = delegation_collections(rq);
    TRY(delegation_store_list(rq, rq->actor->account_id, &rows));
    struct own_delegations v = { rows.items,
                                 rows.count,
                                 rq->actor->account_id,
                                 rq->today,
                                 rq->actor->delegator_account_id != 0,
                                 choices_of(rq, &collections),
                                 collections.count };
    struct out *out = page_begin(rq, text_find("accounts.title_delegations"), "me");
    view_accounts_delegations(out, &v);
    page_end(res, out);
    return OK;
}

err page_delegation_create(struct rq *rq, struct res *res)
{
    const struct delegation_input *in = rq->input;
    TRY(delegation_create(rq, &(struct delegation_new){ in->login_name, in->note, in->collections,
                                                        in->from_on, in->to_on }));
    res_flash(res, "accounts.delegated", str_of(""));
    res_redirect(res, str_of("/me/delegations"));
    return OK;
}

err page_delegation_end(struct rq *rq, struct res *res)
{
    TRY(delegation_end(rq, rq->path_id));
    res_flash(res, "accounts.delegation_ended", str_of(""));
    res_redirect(res, str_of("/me/delegations"));
    return OK;
}

err page_acting_set(struct rq *rq, struct res *res)
{
    const struct acting_input *in = rq->input;
    TRY(signin_act_for(rq, in->delegation_id));
    res_redirect(res, str_of("/home"));
    return OK;
}
