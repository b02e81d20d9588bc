/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of the accounts of agencies' staff (operator_rules.h). Roles and separation: account.c. */
#include "modules/accounts/operator_rules.h"

#include "modules/accounts/account_rules.h"
#include "modules/orgs/org.h"
#include "platform/access/access_store.h"
#include "platform/access/login.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/flow/flow.h"
#include "platform/notify/notify.h"

static void fault(struct rq *rq, const char *field, const char *name)
{
    rq_fault(rq, field, name, str_of(""), str_of(""));
}

static err with_faults(struct rq *rq)
{
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

/* Who leaves an agency or comes to it is written down with both names. */
static err note(struct rq *rq, const char *act, const struct account *a, i64 agency_id)
{
    struct org before = { 0 }, after = { 0 };
    if (a->agency_id)
        TRY(org_find(rq, a->agency_id, &before));
    if (agency_id)
        TRY(org_find(rq, agency_id, &after));
    return audit_add(rq, &(struct audit_entry){ .act = act,
                                                .object = "accounts",
                                                .object_id = a->id,
                                                .before = before.name,
                                                .after = after.name });
}

err operator_check_agency(struct rq *rq, i64 agency_id)
{
    struct org org = { 0 };
    if (agency_id == 0)
        return OK;
    err e = org_find(rq, agency_id, &org);
    if (e.code && e.code != ERR_NOT_FOUND)
        return e;
    bool ended = org.to_on && org.to_on < rq->today;
    if (e.code || !org.agency || ended)
        fault(rq, "agency_id", "operators.not_an_agency");
    return OK;
}

err operator_create(struct rq *rq, const struct operator_new *given, i64 *id)
{
    if (!str_is(given->role, "operator") && !str_is(given->role, "agency_leader"))
        fault(rq, "role", "operators.bad_role");
    if (given->agency_id == 0)
        fault(rq, "agency_id", "operators.not_an_agency");
    TRY(operator_check_agency(rq, given->agency_id));
    TRY(with_faults(rq));
    err e = account_create(rq,
                           &(struct account_new){ .login_name = given->login_name,
                                                  .name = given->name,
                                                  .password_hash = given->password_hash,
                                                  .agency_id = given->agency_id,
                                                  .one_time = true },
                           id);
    if (err_is(e, "accounts.login_name") || err_is(e, "accounts.login_name_taken"))
        fault(rq, "login_name", e.name);
    TRY(rq_has_faults(rq) ? with_faults(rq) : e);
    return account_give_role(
        rq, *id, &(struct holding_new){ .role = given->role, .scope = str_of("agency") }, NULL);
}

err operator_list(struct rq *rq, i64 agency_id, struct rows *out)
{
    return operator_store_list(rq, agency_id, out);
}

/* Roles that are in force or still to begin, and reach farther than the agency. */
static err has_other_roles(struct rq *rq, const struct account *a, bool *out)
{
    struct rows rows = { 0 };
    *out = false;
    TRY(holding_store_list(rq, a->id, &rows));
    const struct holding *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if ((all[i].to_on == 0 || all[i].to_on >= rq->today) &&
            !str_is(all[i].scope_kind, "agency"))
            *out = true;
    return OK;
}

err operator_find(struct rq *rq, i64 id, struct account *out)
{
    bool other = false;
    TRY(account_find(rq, id, out));
    if (out->agency_id == 0)
        return err_make(ERR_NOT_FOUND, "accounts.not_found");
    TRY(has_other_roles(rq, out, &other));
    return other ? err_make(ERR_FORBIDDEN, "operators.other_roles") : OK;
}

static err set_agency(struct rq *rq, const struct account *a, i64 agency_id)
{
    TRY(account_store_set_agency(rq, a, agency_id));
    TRY(access_store_end_logins(rq->db, a->id, 0, rq->now_ms));
    access_forget();
    TRY(event_emit(rq, "accounts.left", a->id, NULL));
    return note(rq, "operators.move", a, agency_id);
}

err operator_move(struct rq *rq, i64 id, i64 version, i64 agency_id)
{
    struct account a;
    TRY(operator_find(rq, id, &a));
    if (!str_is(a.state, "active"))
        return err_make(ERR_CONFLICT, "accounts.state");
    if (agency_id == 0)
        fault(rq, "agency_id", "operators.not_an_agency");
    TRY(operator_check_agency(rq, agency_id));
    TRY(with_faults(rq));
    if (agency_id == a.agency_id)
        return err_make(ERR_CONFLICT, "operators.same_agency");
    a.version = version;
    return set_agency(rq, &a, agency_id);
}

err account_set_agency(struct rq *rq, i64 id, i64 version, i64 agency_id)
{
    struct account a;
    TRY(account_find(rq, id, &a));
    TRY(operator_check_agency(rq, agency_id));
    TRY(with_faults(rq));
    if (id == rq->actor->account_id)
        return err_make(ERR_CONFLICT, "accounts.not_oneself");
    a.version = version;
    return set_agency(rq, &a, agency_id);
}

err operator_end(struct rq *rq, i64 id, i64 version)
{
    struct account a;
    struct rows rows = { 0 };
    TRY(operator_find(rq, id, &a));
    TRY(holding_store_list(rq, id, &rows));
    const struct holding *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].to_on == 0 || all[i].to_on >= rq->today)
            TRY(holding_store_end(rq, all[i].id, rq->today - 1));
    TRY(account_disable(rq, id, version));
    return note(rq, "operators.end", &a, 0);
}

err operator_rest_of(struct rq *rq, i64 agency_id, struct operator_rest *out)
{
    TRY(operator_store_count(rq, agency_id, &out->accounts));
    return flow_todo_count_of(rq, "agency", agency_id, &out->todos);
}
