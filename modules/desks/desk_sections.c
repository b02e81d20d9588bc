/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of desks: whose they are, who may belong, when one may end. SQL: desk_sections_store.c;
 * pages: desk_sections_pages.c; what is split among them: errand.c. */
#include "modules/desks/desk_sections.h"

#include "modules/accounts/account.h"
#include "modules/desks/errand.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "platform/web/view_parts.h"

err desk_list(struct rq *rq, struct rows *out)
{
    return desk_store_list(rq, rq->actor->agency_id, out);
}

err desk_find(struct rq *rq, i64 id, struct desk *out)
{
    err e = desk_store_find(rq, id, out);
    bool is_own = e.code == ERR_NONE && out->agency_id == rq->actor->agency_id;
    if (err_is(e, "db.no_row") || (e.code == ERR_NONE && !is_own))
        return err_make(ERR_NOT_FOUND, "desks.not_found");
    return e;
}

err desk_colleagues(struct rq *rq, struct rows *out)
{
    return account_list_of_agency(rq, rq->actor->agency_id, out);
}

err desk_heads(struct rq *rq, struct rows *out)
{
    struct rows rows;
    TRY(desk_colleagues(rq, &rows));
    const struct account *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    choices[0] = (struct view_choice){ .value = str_of(""), .label = text_find("desks.no_head") };
    for (size_t i = 0; i < rows.count; i++)
        choices[i + 1] =
            (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)all[i].id),
                                  .label = all[i].name };
    *out = (struct rows){ choices, rows.count + 1, sizeof *choices };
    return OK;
}

static bool has_id(const struct rows *accounts, i64 id)
{
    const struct account *all = accounts->items;
    for (size_t i = 0; i < accounts->count; i++)
        if (all[i].id == id)
            return true;
    return false;
}

err desk_accounts_of(struct rq *rq, i64 desk_id, struct rows *out)
{
    struct rows rows, belong;
    size_t kept = 0;
    TRY(desk_colleagues(rq, &rows));
    TRY(desk_store_list_accounts(rq, rq->actor->agency_id, desk_id, &belong));
    struct account *all = rows.items;
    const struct desk_account *of = belong.items;
    for (size_t i = 0; i < rows.count; i++) {
        bool is_in = false;
        for (size_t k = 0; k < belong.count; k++)
            is_in |= of[k].account_id == all[i].id;
        if (is_in)
            all[kept++] = all[i];
    }
    *out = (struct rows){ all, kept, sizeof *all };
    return OK;
}

/* ---- saving ---- */

static void fault(struct rq *rq, const char *field, const char *name)
{
    rq_fault(rq, field, name, str_of(""), str_of(""));
}

/* Who belongs and who heads it works for the agency; the head belongs to it. */
static err check(struct rq *rq, const struct desk_input *in, i64 head_id)
{
    struct rows colleagues;
    i64 named = 0;
    TRY(desk_colleagues(rq, &colleagues));
    TRY(desk_store_find_named(rq, rq->actor->agency_id, in->name, &named));
    if (named > 0 && named != in->id)
        fault(rq, "name", "desks.name_taken");
    if (head_id > 0 && !has_id(&colleagues, head_id))
        fault(rq, "head", "desks.not_ours");
    for (size_t i = 0; i < in->accounts.count; i++)
        if (!has_id(&colleagues, in->accounts.items[i])) {
            fault(rq, "accounts", "desks.not_ours");
            break;
        }
    if (in->accounts.count == 0 && head_id == 0)
        fault(rq, "accounts", "desks.nobody");
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

static err put_accounts(struct rq *rq, i64 id, const struct desk_input *in, i64 head_id)
{
    TRY(desk_store_remove_accounts(rq, id));
    for (size_t i = 0; i < in->accounts.count; i++)
        TRY(desk_store_add_account(rq, id, in->accounts.items[i]));
    return head_id > 0 ? desk_store_add_account(rq, id, head_id) : OK;
}

static err note(struct rq *rq, const char *act, const struct desk *d, str before, str after)
{
    return audit_add(rq, &(struct audit_entry){ .act = act,
                                                .object = "desks",
                                                .object_id = d->id,
                                                .before = before,
                                                .after = after });
}

/* The one that is changed, as its form shows it. */
static err find_open(struct rq *rq, const struct desk_input *in, struct desk *d)
{
    struct desk_input stored = *in;
    struct rows accounts;
    TRY(desk_find(rq, in->id, d));
    if (d->to_on > 0)
        return err_make(ERR_CONFLICT, "desks.ended");
    TRY(desk_accounts_of(rq, d->id, &accounts));
    const struct account *all = accounts.items;
    stored.name = d->name;
    stored.position = d->position;
    stored.head =
        d->head_id > 0 ? arena_printf(rq->mem, "%lld", (long long)d->head_id) : str_of("");
    stored.accounts = (ids){ arena_array(rq->mem, accounts.count + 1, sizeof(i64)), 0 };
    for (size_t i = 0; i < accounts.count; i++)
        stored.accounts.items[stored.accounts.count++] = all[i].id;
    return conflict_check(rq, "web.version", in->version, d->version, &stored);
}

err desk_save(struct rq *rq, const struct desk_input *in, i64 *id)
{
    struct desk d = { .agency_id = rq->actor->agency_id, .from_on = rq->today };
    i64 head_id = 0;
    str before = str_of("");
    if (d.agency_id == 0)
        return err_make(ERR_NOT_FOUND, "desks.not_found");
    if (in->id > 0) {
        TRY(find_open(rq, in, &d));
        before = d.name;
    }
    if (in->head.len > 0 && !str_to_i64(in->head, &head_id))
        fault(rq, "head", "desks.not_ours");
    TRY(check(rq, in, head_id));
    d.name = in->name;
    d.position = in->position;
    d.head_id = head_id;
    TRY(in->id > 0 ? desk_store_update(rq, &d) : desk_store_add(rq, &d, &d.id));
    TRY(put_accounts(rq, d.id, in, head_id));
    TRY(errand_renew_open(rq, d.id, 0));
    *id = d.id;
    return note(rq, in->id > 0 ? "desks.changed" : "desks.added", &d, before, d.name);
}

err desk_end(struct rq *rq, i64 id)
{
    struct desk d;
    TRY(desk_find(rq, id, &d));
    if (d.to_on > 0)
        return err_make(ERR_CONFLICT, "desks.ended");
    if (d.open > 0)
        return err_make_with(ERR_CONFLICT, "desks.has_errands",
                             arena_printf(rq->mem, "%lld", (long long)d.open), str_of(""));
    d.to_on = rq->today;
    TRY(desk_store_update(rq, &d));
    return note(rq, "desks.ended", &d, d.name, str_of(""));
}
