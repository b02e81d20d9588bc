/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Accounts for members who have none: staff chooses, the slow lane makes one-time passwords, and
 * the page that answers is the only place where they ever stand; it is made to be printed. And the
 * account that somebody has already is tied to the member. */
#include "modules/accounts/account.h"
#include "modules/members/member_list.h"
#include "modules/members/member_parts.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/members.h"

enum { AT_ONCE = 50 };

/* What .slow made: one password for each member asked for. */
struct made {
    str password, hash;
};

err page_member_accounts_slow(struct rq *rq, struct res *res)
{
    const struct member_accounts_input *in = rq->input;
    struct made *made = arena_array(rq->mem, in->members.count, sizeof *made);
    (void)res;
    for (size_t i = 0; i < in->members.count; i++)
        TRY(account_make_password(rq, &made[i].password, &made[i].hash));
    rq->found = made;
    return OK;
}

/* Serving members without an account, at most AT_ONCE. */
static err list_without(struct rq *rq, struct list_result *out)
{
    struct list_query query;
    TRY(list_parse_text(rq, &MEMBER_LIST, str_of("status=serving&account=0"), &query));
    query.limit = AT_ONCE;
    return list_page(rq, &MEMBER_LIST, &query, out);
}

static err draw(struct rq *rq, struct res *res, struct member_accounts_page *v)
{
    str title = text_find("members.accounts");
    v->crumbs = view_crumbs(rq->mem, "members", title);
    struct out *out = page_begin(rq, title, "members");
    view_members_office_accounts(out, v);
    page_end(res, out);
    return OK;
}

err page_member_accounts_form(struct rq *rq, struct res *res)
{
    struct list_result without;
    TRY(list_without(rq, &without));
    const struct member_row *all = without.rows.items;
    struct view_choice *choices = arena_array(rq->mem, without.rows.count, sizeof *choices);
    for (size_t i = 0; i < without.rows.count; i++)
        choices[i] =
            (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)all[i].id),
                                  .label = all[i].name,
                                  .hint = all[i].sector,
                                  .chosen = true };
    struct member_accounts_page v = { .choices = choices,
                                      .count = without.rows.count,
                                      .total = without.total };
    return draw(rq, res, &v);
}

/* The member's number where there is one, else the name; taken names get the row's number behind
 * them. */
static err create(struct rq *rq, const struct member *m, const struct made *made,
                  struct member_account *out)
{
    i64 id;
    out->login_name = m->code.len ? m->code : m->name;
    struct account_new account = { .login_name = out->login_name,
                                   .name = m->name,
                                   .password_hash = made->hash,
                                   .person_id = m->person_id,
                                   .member_id = m->id,
                                   .one_time = true };
    err e = account_create(rq, &account, &id);
    if (err_is(e, "accounts.login_name_taken") || err_is(e, "accounts.login_name")) {
        account.login_name =
            arena_printf(rq->mem, "%.*s.%lld", (int)m->name.len, m->name.ptr, (long long)m->id);
        e = account_create(rq, &account, &id);
    }
    TRY(e);
    out->login_name = account.login_name;
    return account_give_role(rq, id, &(struct holding_new){ .role = str_of("member") }, NULL);
}

static err create_all(struct rq *rq, struct member_accounts_page *v)
{
    const struct member_accounts_input *in = rq->input;
    const struct made *made = rq->found;
    struct member_account *items = arena_array(rq->mem, in->members.count, sizeof *items);
    v->items = items;
    for (size_t i = 0; i < in->members.count; i++) {
        struct member m;
        i64 count;
        struct member_account *a = &items[v->count];
        TRY(member_find(rq, in->members.items[i], &m));
        TRY(account_count_of_person(rq, m.person_id, &count));
        if (count || !str_is(m.status, "serving"))
            continue; /* a list sent twice makes no second account */
        TRY(create(rq, &m, &made[i], a));
        a->id = m.id;
        a->name = m.name;
        a->sector = m.sector_name;
        a->password = made[i].password;
        v->count++;
    }
    return OK;
}

static err send_json(struct rq *rq, struct res *res, const struct member_accounts_page *v)
{
    struct json j = json_begin(rq);
    json_array(&j, "items");
    for (size_t i = 0; i < v->count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "member_id", v->items[i].id);
        json_str(&j, "name", v->items[i].name);
        json_str(&j, "login_name", v->items[i].login_name);
        json_str(&j, "password", v->items[i].password);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

err page_member_accounts(struct rq *rq, struct res *res)
{
    struct member_accounts_page v = { .done = true };
    TRY(create_all(rq, &v));
    res_once(res);
    return rq->api ? send_json(rq, res, &v) : draw(rq, res, &v);
}

/* ---- an account that is there already ---- */

static err linked_json(struct rq *rq, struct res *res, const struct account *a)
{
    struct json j = json_begin(rq);
    json_i64(&j, "member_id", rq->path_id);
    json_i64(&j, "account_id", a->id);
    json_str(&j, "login_name", a->login_name);
    json_send(&j, res);
    return OK;
}

/* Ties the account and gives it the role of a member; the separation of the administrators is
 * judged there. */
static err link(struct rq *rq, const struct member *m, const struct account *a)
{
    struct account other;
    TRY(account_find_of_person(rq, m->person_id, &other));
    if (other.id)
        return err_make_with(ERR_CONFLICT, "members.has_account", other.login_name, str_of(""));
    TRY(account_link_person(rq, a->id, m->person_id, m->id));
    if (!str_is(m->status, "serving"))
        return OK;
    err e = account_give_role(rq, a->id, &(struct holding_new){ .role = str_of("member") }, NULL);
    return err_is(e, "holdings.already") ? OK : e;
}

err page_member_link(struct rq *rq, struct res *res)
{
    const struct member_link_input *in = rq->input;
    struct member m;
    struct account a;
    TRY(member_find(rq, rq->path_id, &m));
    err e = account_find_by_login_name(rq, in->login_name, &a);
    if (err_is(e, "accounts.not_found")) {
        rq_fault(rq, "login_name", e.name, str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    TRY(e);
    TRY(link(rq, &m, &a));
    if (rq->api)
        return linked_json(rq, res, &a);
    res_flash(res, "members.linked", a.login_name);
    res_redirect(res, arena_printf(rq->mem, "/members/%lld", (long long)m.id));
    return OK;
}
