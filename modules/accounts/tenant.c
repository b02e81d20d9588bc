/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of opening a cppcc, see tenant_rules.h. The organisation itself is made by orgs. */
#include "modules/accounts/tenant_rules.h"

#include "modules/accounts/account.h"
#include "modules/orgs/org.h"
#include "platform/access/signin.h"
#include "platform/audit/audit.h"
#include "platform/text/texts.h"

/* The house that runs the installation stands first; those opened later follow it. */
static err next_position(struct rq *rq, i64 *position)
{
    struct rows rows;
    TRY(access_store_list_tenants(rq->db, rq->mem, &rows));
    const struct tenant *all = rows.items;
    *position = 1;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].position >= *position)
            *position = all[i].position + 1;
    return OK;
}

err tenant_list(struct rq *rq, bool *host, struct rows *out)
{
    size_t kept = 0;
    TRY(org_is_host(rq, host));
    TRY(access_store_list_tenants(rq->db, rq->mem, out));
    struct tenant *all = out->items;
    for (size_t i = 0; i < out->count; i++)
        if (*host || all[i].id == rq->actor->org_id)
            all[kept++] = all[i];
    out->count = kept;
    return OK;
}

static err faults(struct rq *rq)
{
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

static err account_open(struct rq *rq, const struct tenant_account *a)
{
    i64 id;
    TRY(account_create(rq,
                       &(struct account_new){ .login_name = a->login_name,
                                              .name = a->name,
                                              .password_hash = a->hash,
                                              .one_time = true },
                       &id));
    return account_give_role(rq, id, &(struct holding_new){ .role = str_of(a->role) }, NULL);
}

/* In the new organisation, whose record names who opened it and of which house he is; what is wrong
 * with an account stands at its field. */
static err accounts_open(struct rq *rq, const struct tenant_new *c, i64 org_id)
{
    struct actor actor;
    struct rq scoped = signin_scope(rq, org_id, 0, &actor);
    const struct actor *opener = rq->actor;
    actor.name = arena_printf(rq->mem, "%.*s %.*s", (int)opener->org_name.len, opener->org_name.ptr,
                              (int)opener->name.len, opener->name.ptr);
    err e = audit_add(&scoped,
                      &(struct audit_entry){ "tenants.open", "orgs", org_id, .after = c->name });
    for (size_t i = 0; i < TENANT_ACCOUNTS && e.code == ERR_NONE; i++) {
        if (!c->accounts[i].login_name.len)
            continue;
        e = account_open(&scoped, &c->accounts[i]);
        if (str_starts(str_of(e.code ? e.name : ""), str_of("accounts.login_name"))) {
            rq_fault(rq, c->accounts[i].field, e.name, str_of(""), str_of(""));
            e = faults(rq);
        }
    }
    signin_scope_end(rq);
    return e;
}

static err find_area(struct rq *rq, const struct tenant_new *c, i64 *area_id)
{
    struct area area = { 0 };
    if (c->area.len)
        TRY(area_find_by_text(rq, c->area, &area));
    if (c->area.len && !area.id)
        rq_fault(rq, "area", "areas.unknown", c->area, str_of(""));
    *area_id = area.id;
    return OK;
}

static void check_accounts(struct rq *rq, const struct tenant_new *c)
{
    for (size_t i = 0; i < TENANT_ACCOUNTS; i++) {
        const struct tenant_account *a = &c->accounts[i];
        bool wanted = a->login_name.len || a->name.len;
        if (wanted && !(a->login_name.len && a->name.len))
            rq_fault(rq, a->field, "tenants.half", str_of(""), str_of(""));
    }
}

err tenant_open(struct rq *rq, const struct tenant_new *c, i64 *org_id)
{
    struct org org = {
        .name = c->name, .short_name = c->short_name, .code = c->code, .from_on = rq->today
    };
    bool host;
    TRY(org_is_host(rq, &host));
    if (!host)
        return err_make(ERR_FORBIDDEN, "tenants.only_host");
    TRY(find_area(rq, c, &org.area_id));
    check_accounts(rq, c);
    TRY(faults(rq));
    TRY(next_position(rq, &org.position));
    TRY(org_found_cppcc(rq, &org, org_id));
    TRY(accounts_open(rq, c, *org_id));
    return audit_add(rq,
                     &(struct audit_entry){ "tenants.open", "orgs", *org_id, .after = c->name });
}
