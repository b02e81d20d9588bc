/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Page of those who wrote a collective proposal, and the same as JSON; the card in the proposal's
 * page. Rules: drafter.c. */
#include "modules/cosigners/cosigner_views.h"
#include "modules/cosigners/drafter.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/cosigners.h"
#include "views/web.h"

static void drafters_json(struct rq *rq, struct res *res, const struct drafter_show *v)
{
    const struct proposal_drafter *all = v->c.rows.items;
    struct json j = json_begin(rq);
    json_i64(&j, "proposal_id", v->c.p.id);
    json_i64(&j, "most", v->most);
    json_bool(&j, "note_needed", v->c.corrects);
    json_array(&j, "drafters");
    for (size_t i = 0; i < v->c.rows.count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "id", all[i].id);
        json_i64(&j, "rank", all[i].rank);
        json_str(&j, "name", all[i].name);
        json_str(&j, "contact", all[i].contact);
        json_time(&j, "named_at", all[i].named_at);
        json_object_end(&j);
    }
    json_array_end(&j);
    cosigner_search_json(&j, &v->find);
    json_send(&j, res);
}

/* What is looked for: as asked, or as it stood on the page whose button found a fault. */
static void searched(struct rq *rq, struct cosigner_search *s)
{
    const struct cosigner_find_input *in = rq->route->method == GET ? rq->input : NULL;
    s->q = in ? in->q : rq_typed(rq, "q", str_of(""));
    s->sector_id = in ? in->sector_id : 0;
    if (!in)
        str_to_i64(rq_typed(rq, "sector_id", str_of("")), &s->sector_id);
}

err page_drafter_list(struct rq *rq, struct res *res)
{
    struct drafter_show v = { .most = setting_number(rq, "cosigners.drafters_max") };
    searched(rq, &v.find);
    TRY(drafter_find_case(rq, rq->path_id, &v.c));
    v.find.on = drafter_day(&v.c.p);
    const struct proposal_drafter *all = v.c.rows.items;
    i64 *taken = arena_array(rq->mem, v.c.rows.count + 1, sizeof *taken);
    for (size_t i = 0; i < v.c.rows.count; i++)
        taken[i] = all[i].person_id;
    v.find.taken = (ids){ taken, v.c.rows.count };
    TRY(cosigner_search_make(rq, &v.find));
    if (rq->api) {
        drafters_json(rq, res, &v);
        return OK;
    }
    str title = text_find("cosigners.page.drafters");
    v.crumbs = view_crumbs_of(rq->mem, "proposals", v.c.p.id, v.c.p.title, title);
    struct out *out = page_begin(rq, title, "proposals");
    view_drafters_page(out, &v);
    page_end(res, out);
    return OK;
}

static err go_back(struct rq *rq, struct res *res, err e)
{
    TRY(e);
    res_redirect(res, arena_printf(rq->mem, "/proposals/%lld/drafters", (long long)rq->path_id));
    return OK;
}

err page_drafter_add(struct rq *rq, struct res *res)
{
    return go_back(rq, res, drafter_add(rq, rq->path_id, rq->input));
}

err page_drafter_remove(struct rq *rq, struct res *res)
{
    return go_back(rq, res, drafter_remove(rq, rq->path_id, rq->input));
}

err page_drafter_lead(struct rq *rq, struct res *res)
{
    return go_back(rq, res, drafter_lead(rq, rq->path_id, rq->input));
}

/* While it is written a card; once it is handed in it stands among what the office may begin. */
err on_drafters_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct proposal_shown *shown = fact;
    const struct proposal *p = shown->proposal;
    struct drafter_show v = { .c = { .p = *p } };
    bool may = false;
    if (shown->json || strcmp(shown->place, "side") != 0)
        return OK;
    TRY(drafter_may_name(rq, p, &may));
    if (!may)
        return OK;
    TRY(proposal_list_drafters(rq, id, &v.c.rows));
    if (p->submitted_at && !str_is(p->state, "revising"))
        view_drafters_more(shown->more, &v);
    else
        view_drafters_card(shown->out, &v);
    return OK;
}
