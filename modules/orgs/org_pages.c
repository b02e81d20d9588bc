/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of bodies, sessions, sectors and committees. */
#include "modules/orgs/org.h"
#include "modules/orgs/org_forms.h"
#include "modules/orgs/org_list.h"
#include "modules/orgs/org_views.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "views/orgs.h"

static const struct list_look LOOK = {
    .list = &ORG_LIST,
    .path = "/orgs",
    .title = "menu.orgs",
    .menu = "orgs",
    .main = "name",
    .empty = "orgs.none",
    .acts = NULL,
};

static void acts(struct out *out, struct rq *rq)
{
    view_orgs_acts(out, actor_may(rq->actor, "orgs.manage"));
}

err page_org_list(struct rq *rq, struct res *res)
{
    struct list_look look = LOOK;
    look.acts = acts;
    return list_show(rq, &look, res);
}

static str day_text(struct rq *rq, i64 day)
{
    int y, m, d;
    if (day <= 0)
        return str_of("");
    day_to_civil(day, &y, &m, &d);
    return arena_printf(rq->mem, "%04d-%02d-%02d", y, m, d);
}

static struct view_facts facts_of(struct rq *rq, const struct org *o)
{
    struct view_fact *f = arena_array(rq->mem, 7, sizeof *f);
    str yes = text_find("orgs.yes"), no = text_find("orgs.no");
    f[0] = (struct view_fact){ .label = text_find("orgs.kind"),
                               .value = text_label("orgs.kind", o->kind) };
    f[1] = (struct view_fact){ .label = text_find("orgs.short_name"), .value = o->short_name };
    f[2] = (struct view_fact){ .label = text_find("orgs.agency"), .value = o->agency ? yes : no };
    f[3] = (struct view_fact){ .label = text_find("orgs.dispatcher"),
                               .value = o->dispatcher ? yes : no };
    f[4] =
        (struct view_fact){ .label = text_find("orgs.letter_prefix"), .value = o->letter_prefix };
    f[5] =
        (struct view_fact){ .label = text_find("orgs.from_on"), .value = day_text(rq, o->from_on) };
    f[6] = (struct view_fact){ .label = text_find("orgs.to_on"), .value = day_text(rq, o->to_on) };
    return (struct view_facts){ f, 7 };
}

/* The accounts of an agency are the business of modules/accounts, which needs this module: only the
 * link stands here. */
static bool may_accounts(const struct rq *rq)
{
    return permission_number("operators.manage") >= 0 && actor_may(rq->actor, "operators.manage");
}

err page_org_show(struct rq *rq, struct res *res)
{
    struct org org;
    TRY(org_find(rq, rq->path_id, &org));
    struct org_show v = { &org, view_crumbs(rq->mem, "orgs", org.name), facts_of(rq, &org),
                          actor_may(rq->actor, "orgs.manage"), org.agency && may_accounts(rq) };
    struct out *out = page_begin(rq, org.name, "orgs");
    view_orgs_show(out, &v);
    page_end(res, out);
    return OK;
}

static const struct view_choice *kinds(struct rq *rq, str chosen, size_t *count)
{
    static const char *const CODES[] = { "department", "government", "party_committee",
                                         "democratic", "federation", "association",
                                         "township",   "employer" };
    static const char *const OWN[] = { "cppcc" };
    bool own = str_is(chosen, "cppcc");
    const char *const *codes = own ? OWN : CODES;
    *count = own ? 1 : sizeof CODES / sizeof *CODES;
    struct view_choice *c = arena_array(rq->mem, *count, sizeof *c);
    for (size_t i = 0; i < *count; i++)
        c[i] = (struct view_choice){ str_of(codes[i]), text_label("orgs.kind", str_of(codes[i])),
                                     str_of(""), str_is(chosen, codes[i]) };
    return c;
}

static err draw_form(struct rq *rq, struct res *res, const struct org *org, str action)
{
    str title = text_find(org->id ? "orgs.edit" : "orgs.new");
    struct org_form v = { .org = org,
                          .crumbs = view_crumbs(rq->mem, "orgs", title),
                          .action = action };
    v.kinds = kinds(rq, org->kind, &v.kind_count);
    struct out *out = page_begin(rq, title, "orgs");
    view_orgs_form(out, &v);
    page_end(res, out);
    return OK;
}

err page_org_new(struct rq *rq, struct res *res)
{
    struct org org = { .kind = str_of("department"), .agency = true, .from_on = rq->today };
    return draw_form(rq, res, &org, str_of("/orgs/new"));
}

err page_org_edit(struct rq *rq, struct res *res)
{
    struct org org;
    TRY(org_find(rq, rq->path_id, &org));
    org.version = conflict_version(rq, org.version);
    return draw_form(rq, res, &org, arena_printf(rq->mem, "/orgs/%lld/edit", (long long)org.id));
}

err page_org_save(struct rq *rq, struct res *res)
{
    struct org org;
    i64 id;
    TRY(org_input_take(rq, &org));
    TRY(org_save(rq, &org, &id));
    res_flash(res, "orgs.saved", org.name);
    res_redirect(res, arena_printf(rq->mem, "/orgs/%lld", (long long)id));
    return OK;
}

/* ---- sessions ---- */

static str number_text(struct rq *rq, i64 number)
{
    return arena_printf(rq->mem, "%lld", (long long)number);
}

err page_session_list(struct rq *rq, struct res *res)
{
    struct rows rows;
    TRY(session_list(rq, &rows));
    const struct session *all = rows.items;
    struct session_item *items = arena_array(rq->mem, rows.count, sizeof *items);
    for (size_t i = 0; i < rows.count; i++)
        items[i] = (struct session_item){ &all[i], session_name(rq->mem, &all[i]) };
    struct session_page v = { view_crumbs(rq->mem, "orgs", text_find("orgs.sessions")),
                              items,
                              rows.count,
                              number_text(rq, rows.count ? all[0].term_number : 1),
                              number_text(rq, rows.count ? all[0].number + 1 : 1),
                              actor_may(rq->actor, "orgs.manage") };
    struct out *out = page_begin(rq, text_find("orgs.sessions"), "orgs");
    view_orgs_sessions(out, &v);
    page_end(res, out);
    return OK;
}

static struct session session_of(const struct session_input *in)
{
    return (struct session){ .term_number = in->term_number,
                             .number = in->number,
                             .opened_on = in->opened_on,
                             .closed_on = in->closed_on };
}

err page_session_add(struct rq *rq, struct res *res)
{
    struct session session = session_of(rq->input);
    i64 id;
    TRY(session_add(rq, &session, &id));
    res_flash(res, "orgs.saved", session_name(rq->mem, &session));
    res_redirect(res, str_of("/sessions"));
    return OK;
}

/* ---- sectors and committees ---- */

err page_body_list(struct rq *rq, struct res *res)
{
    bool sectors = str_starts(rq->path, str_of("/sectors"));
    struct rows rows;
    TRY(sectors ? sector_list(rq, rq->today, &rows) : committee_list(rq, rq->today, &rows));
    str title = text_find(sectors ? "orgs.sectors" : "orgs.committees");
    struct body_page v = { view_crumbs(rq->mem, "orgs", title),
                           title,
                           str_of(sectors ? "/sectors" : "/committees"),
                           text_find(sectors ? "orgs.sectors_hint" : "orgs.committees_hint"),
                           rows.items,
                           rows.count,
                           actor_may(rq->actor, "orgs.manage") };
    struct out *out = page_begin(rq, title, "orgs");
    view_orgs_bodies(out, &v);
    page_end(res, out);
    return OK;
}

err page_sector_save(struct rq *rq, struct res *res)
{
    const struct body_input *in = rq->input;
    i64 id = in->id;
    TRY(id ? sector_end(rq, id, in->to_on) : sector_save(rq, in->name, in->position, &id));
    res_flash(res, "orgs.saved", in->name);
    res_redirect(res, str_of("/sectors"));
    return OK;
}

err page_committee_save(struct rq *rq, struct res *res)
{
    const struct body_input *in = rq->input;
    i64 id = in->id;
    TRY(id ? committee_end(rq, id, in->to_on) : committee_save(rq, in->name, in->position, &id));
    res_flash(res, "orgs.saved", in->name);
    res_redirect(res, str_of("/committees"));
    return OK;
}
