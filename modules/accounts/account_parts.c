/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of account_parts.h. No rules (account.c, operator.c) and no pages. */
#include "modules/accounts/account_parts.h"

#include "modules/accounts/account_rules.h"

#include "modules/accounts/account_pages.h"
#include "modules/orgs/org.h"
#include "platform/text/texts.h"

err account_agency_choices(struct rq *rq, i64 chosen, const char *none, struct view_choices *out)
{
    struct rows rows;
    TRY(org_agencies(rq, &rows));
    const struct org *all = rows.items;
    struct view_choice *c = arena_array(rq->mem, rows.count + 1, sizeof *c);
    c[0] = (struct view_choice){ .value = str_of(""), .label = text_find(none) };
    for (size_t i = 0; i < rows.count; i++)
        c[i + 1] =
            (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)all[i].id),
                                  .label = all[i].name,
                                  .chosen = all[i].id == chosen };
    *out = (struct view_choices){ c, rows.count + 1 };
    return OK;
}

err account_check_input(struct rq *rq)
{
    const struct account_input *in = rq->input;
    TRY(operator_check_agency(rq, in->agency_id));
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

err account_create_from_input(struct rq *rq, i64 *id)
{
    const struct account_input *in = rq->input;
    const struct one_time *made = rq->found;
    TRY(account_check_input(rq));
    const struct account_new a = { .login_name = in->login_name,
                                   .name = in->name,
                                   .kind = in->kind,
                                   .agency_id = in->agency_id,
                                   .password_hash = made->hash,
                                   .one_time = true };
    return account_create(rq, &a, id);
}

err own_password_take(struct rq *rq, struct signin_result *result, str *cookie)
{
    const struct chosen *chosen = rq->found;
    TRY(signin_again(rq, &chosen->proof, result));
    return result->outcome == SIGNIN_DONE ? account_change_password(rq, chosen->hash, cookie) : OK;
}
