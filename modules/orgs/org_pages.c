/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of bodies. Terms and sessions: session_pages.c; sectors and committees: body_pages.c. */
#include "modules/orgs/area.h"
#include "modules/orgs/org_forms.h"
#include "modules/orgs/org_list.h"
#include "modules/orgs/org_parts.h"
#include "modules/orgs/org_views.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
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

static struct view_fact fact(const char *label, str value)
{
    return (struct view_fact){ .label = text_find(label), .value = value };
}

static err facts_of(struct rq *rq, const struct org *o, struct view_facts *out)
{
    struct view_fact *f = arena_array(rq->mem, 9, sizeof *f);
    str yes = text_find("orgs.yes"), no = text_find("orgs.no");
    struct area area = { 0 };
    if (o->area_id)
        TRY(area_find(rq, o->area_id, &area));
    f[0] = fact("orgs.kind", text_label("orgs.kind", o->kind));
    f[1] = fact("orgs.short_name", o->short_name);
    f[2] = fact("orgs.code", o->code);
    f[3] = fact("orgs.area", area.name);
    if (area.id)
        f[3].url = arena_printf(rq->mem, "/areas/%lld", (long long)area.id);
    f[4] = fact("orgs.agency", o->agency ? yes : no);
    f[5] = fact("orgs.dispatcher", o->dispatcher ? yes : no);
    f[6] = fact("orgs.letter_prefix", o->letter_prefix);
    f[7] = fact("orgs.from_on", org_day_text(rq->mem, o->from_on));
    f[8] = fact("orgs.to_on", org_day_text(rq->mem, o->to_on));
    *out = (struct view_facts){ f, 9 };
    return OK;
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
    struct org_show v = { .org = &org,
                          .crumbs = view_crumbs(rq->mem, "orgs", org.name),
                          .may_edit = actor_may(rq->actor, "orgs.manage"),
                          .may_accounts = org.agency && may_accounts(rq) };
    TRY(facts_of(rq, &org, &v.facts));
    struct out *out = page_begin(rq, org.name, "orgs");
    view_orgs_show(out, &v);
    page_end(res, out);
    return OK;
}

static err draw_form(struct rq *rq, struct res *res, const struct org *o)
{
    struct org_input in;
    TRY(org_input_stored(rq, o, &in));
    struct form_look look = { .form = &ORG_FORM,
                              .stored = &in,
                              .menu = "orgs",
                              .title = text_find(o->id ? "orgs.edit" : "orgs.new"),
                              .version = o->version };
    if (o->id)
        look.back = arena_printf(rq->mem, "/orgs/%lld", (long long)o->id);
    return form_page(rq, res, &look);
}

err page_org_new(struct rq *rq, struct res *res)
{
    struct org org = { .kind = str_of("department"), .agency = true, .from_on = rq->today };
    return draw_form(rq, res, &org);
}

err page_org_edit(struct rq *rq, struct res *res)
{
    struct org org;
    TRY(org_find(rq, rq->path_id, &org));
    return draw_form(rq, res, &org);
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
