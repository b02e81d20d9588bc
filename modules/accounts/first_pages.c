/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The first start: with the code from the console, the three administrators are made; afterwards
 * this page does not exist. Rules: first_set_up in account_own.c. */
#include "modules/accounts/account_pages.h"
#include "modules/accounts/account_views.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "views/accounts.h"

err page_first_show(struct rq *rq, struct res *res)
{
    bool needed = false;
    struct first_view v = { .asks_org = rq->actor->org_id == 0 };
    TRY(first_is_needed(rq, &needed));
    if (!needed)
        return err_make(ERR_NOT_FOUND, "web.not_found");
    struct out *out = page_begin(rq, text_find("accounts.title_first"), NULL);
    view_accounts_first(out, &v);
    page_end(res, out);
    return OK;
}

static void hash(struct rq *rq, const char *field, str password, struct first_admin *admin)
{
    struct account_names names = { admin->login_name, admin->name };
    err e = account_hash_password(rq, &names, password, &admin->password_hash);
    if (e.code != ERR_NONE)
        rq_fault(rq, field, e.name, e.arg[0], e.arg[1]);
}

/* Before an organisation is there, settings have their defaults (password rules). */
err page_first_prove(struct rq *rq, struct res *res)
{
    const struct first_input *in = rq->input;
    struct first_admin *admins = arena_array(rq->mem, 3, sizeof *admins);
    bool needed = false;
    (void)res;
    TRY(first_is_needed(rq, &needed));
    if (!needed)
        return err_make(ERR_NOT_FOUND, "web.not_found");
    admins[0] = (struct first_admin){ in->sysadmin_login, in->sysadmin_name, { "", 0 } };
    admins[1] = (struct first_admin){ in->secadmin_login, in->secadmin_name, { "", 0 } };
    admins[2] = (struct first_admin){ in->auditor_login, in->auditor_name, { "", 0 } };
    hash(rq, "sysadmin_password", in->sysadmin_password, &admins[0]);
    hash(rq, "secadmin_password", in->secadmin_password, &admins[1]);
    hash(rq, "auditor_password", in->auditor_password, &admins[2]);
    if (!rq->actor->org_id && !in->org_name.len)
        rq_fault(rq, "org_name", "form.required", str_of(""), str_of(""));
    rq->found = admins;
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

err page_first(struct rq *rq, struct res *res)
{
    const struct first_input *in = rq->input;
    TRY(first_set_up(rq, in->code, in->org_name, rq->found));
    res_flash(res, "accounts.first_ready", str_of(""));
    res_redirect(res, str_of("/login"));
    return OK;
}
