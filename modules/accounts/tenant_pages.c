/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Opening another cppcc: who is in this installation, the form, and the one-time passwords of the
 * first accounts, shown once; pages and JSON. Rules: tenant.c. */
#include "modules/accounts/account.h"
#include "modules/accounts/account_pages.h"
#include "modules/accounts/account_views.h"
#include "modules/accounts/tenant_rules.h"
#include "modules/orgs/org.h"
#include "platform/access/access_store.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/accounts.h"

static const struct field TENANT_JSON[] = {
    FIELD(struct tenant, id),
    FIELD(struct tenant, name),
    { 0 },
};

err page_tenant_list(struct rq *rq, struct res *res)
{
    struct rows rows;
    struct tenant_page v = { .own_id = rq->actor->org_id };
    TRY(tenant_list(rq, &v.host, &rows));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_rows(&j, "items", TENANT_JSON, &rows);
        json_send(&j, res);
        return OK;
    }
    v.items = rows.items;
    v.count = rows.count;
    struct out *out = page_begin(rq, text_find("menu.tenants"), "tenants");
    view_accounts_tenants(out, &v);
    page_end(res, out);
    return OK;
}

static err check_host(struct rq *rq)
{
    bool host;
    TRY(org_is_host(rq, &host));
    return host ? OK : err_make(ERR_FORBIDDEN, "tenants.only_host");
}

err page_tenant_form(struct rq *rq, struct res *res)
{
    TRY(check_host(rq));
    return form_page(rq, res,
                     &(struct form_look){ .form = &TENANT_FORM,
                                          .menu = "tenants",
                                          .title = text_find("tenants.new"),
                                          .button = text_find("tenants.open"),
                                          .subject = text_find("tenants.new_hint") });
}

/* Slow: passwords for the accounts that are wanted. */
err page_tenant_prove(struct rq *rq, struct res *res)
{
    const struct tenant_input *in = rq->input;
    struct tenant_new *c = arena_zero(rq->mem, sizeof *c);
    (void)res;
    TRY(check_host(rq));
    *c = (struct tenant_new){
        .name = in->name, .short_name = in->short_name, .code = in->code, .area = in->area
    };
    c->accounts[0] = (struct tenant_account){ "staff",         "office_login", in->office_login,
                                              in->office_name, { "", 0 },      { "", 0 } };
    c->accounts[1] =
        (struct tenant_account){ "sysadmin",        "sysadmin_login", in->sysadmin_login,
                                 in->sysadmin_name, { "", 0 },        { "", 0 } };
    c->accounts[2] =
        (struct tenant_account){ "secadmin",        "secadmin_login", in->secadmin_login,
                                 in->secadmin_name, { "", 0 },        { "", 0 } };
    c->accounts[3] = (struct tenant_account){ "auditor",        "auditor_login", in->auditor_login,
                                              in->auditor_name, { "", 0 },       { "", 0 } };
    for (size_t i = 0; i < TENANT_ACCOUNTS; i++)
        if (c->accounts[i].login_name.len)
            TRY(account_make_password(rq, &c->accounts[i].password, &c->accounts[i].hash));
    rq->found = c;
    return OK;
}

static void send(struct rq *rq, struct res *res, const struct tenant_new *c, i64 id)
{
    struct json j = json_begin(rq);
    json_i64(&j, "id", id);
    json_str(&j, "name", c->name);
    json_array(&j, "accounts");
    for (size_t i = 0; i < TENANT_ACCOUNTS; i++) {
        const struct tenant_account *a = &c->accounts[i];
        if (!a->login_name.len)
            continue;
        json_object(&j, NULL);
        json_str(&j, "role", str_of(a->role));
        json_str(&j, "login_name", a->login_name);
        json_str(&j, "one_time_password", a->password);
        json_object_end(&j);
    }
    json_array_end(&j);
    res_status(res, 201);
    json_send(&j, res);
}

err page_tenant_open(struct rq *rq, struct res *res)
{
    const struct tenant_new *c = rq->found;
    i64 id;
    TRY(tenant_open(rq, c, &id));
    res_once(res);
    if (rq->api) {
        send(rq, res, c, id);
        return OK;
    }
    struct out *out = page_begin(rq, c->name, "tenants");
    view_accounts_tenant_opened(out, c);
    page_end(res, out);
    return OK;
}
