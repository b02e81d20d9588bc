/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of recasts, and what stands of one on the pages and in the JSON of both ends. Rules:
 * recast.c. */
#include "modules/recasts/recast_pages.h"

#include "modules/opinions/opinion_edit.h"
#include "modules/recasts/recast.h"
#include "modules/recasts/recast_views.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/recasts.h"

static void go(struct rq *rq, struct res *res, const char *collection, i64 id, const char *page)
{
    res_redirect(res, arena_printf(rq->mem, "/%s/%lld%s", collection, (long long)id, page));
}

/* ---- handlers ---- */

err page_recast_make_opinion(struct rq *rq, struct res *res)
{
    i64 id = 0;
    TRY(recast_make_opinion(rq, rq->path_id, &id));
    res_flash(res, "recasts.made_opinion", str_of(""));
    go(rq, res, "opinions", id, "/draft");
    return OK;
}

err page_recast_form(struct rq *rq, struct res *res)
{
    struct proposal p;
    struct recast r;
    struct recast_form v = { .p = &p };
    TRY(proposal_find(rq, rq->path_id, &p));
    TRY(recast_of_proposal(rq, p.id, &r));
    TRY(recast_may_ask(rq, &p, &r));
    v.crumbs = proposal_crumbs(rq, &p, "recasts.ask");
    struct out *out = page_begin(rq, text_find("recasts.ask"), "proposals");
    view_recasts_form(out, &v);
    page_end(res, out);
    return OK;
}

err page_recast_ask(struct rq *rq, struct res *res)
{
    const struct recast_ask_input *in = rq->input;
    TRY(recast_ask(rq, rq->path_id, in->remark));
    res_flash(res, "recasts.has_asked", str_of(""));
    go(rq, res, "proposals", rq->path_id, "");
    return OK;
}

err page_recast_agree(struct rq *rq, struct res *res)
{
    struct recast r;
    TRY(recast_answer(rq, rq->path_id, true, &r));
    res_flash(res, "recasts.made_opinion", str_of(""));
    go(rq, res, "opinions", r.opinion_id, "/draft");
    return OK;
}

err page_recast_decline(struct rq *rq, struct res *res)
{
    struct recast r;
    TRY(recast_answer(rq, rq->path_id, false, &r));
    res_flash(res, "recasts.has_declined", str_of(""));
    go(rq, res, "proposals", r.proposal_id, "");
    return OK;
}

err page_recast_recall(struct rq *rq, struct res *res)
{
    struct recast r;
    TRY(recast_recall(rq, rq->path_id, &r));
    res_flash(res, "recasts.has_recalled", str_of(""));
    go(rq, res, "proposals", r.proposal_id, "");
    return OK;
}

err page_recast_make_proposal(struct rq *rq, struct res *res)
{
    i64 id = 0;
    TRY(recast_make_proposal(rq, rq->path_id, &id));
    res_flash(res, "recasts.made_proposal", str_of(""));
    go(rq, res, "proposals", id, "/edit");
    return OK;
}

/* ---- on the pages of both ends ---- */

/* The other end's number is told only to who may open it. */
static void card_json(struct json *j, const struct recast_card *v)
{
    if (v->r->id == 0)
        return;
    json_object(j, "recast");
    json_str(j, "way", v->r->way);
    json_str(j, "state", v->r->state);
    json_str(j, "ended", v->r->ended);
    json_time(j, "decided_at", v->r->decided_at);
    if (v->opens) {
        json_i64(j, "proposal_id", v->r->proposal_id);
        json_i64(j, "opinion_id", v->r->opinion_id);
    }
    if (v->answers || v->recalls) {
        json_i64(j, "id", v->r->id);
        json_str(j, "remark", v->r->remark);
    }
    json_object_end(j);
}

/* Whether rq's actor may open the opinion, which is internal. */
static err open_opinion(struct rq *rq, i64 id, struct recast_card *v)
{
    struct opinion o;
    if (id == 0 || !actor_may(rq->actor, "opinions.read"))
        return OK;
    err e = opinion_find(rq, id, &o);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    v->opens = true;
    v->title = o.title;
    return OK;
}

static err proposal_card(struct rq *rq, const struct proposal *p, const struct recast *r,
                         struct recast_card *v)
{
    bool make = actor_may(rq->actor, "recasts.make");
    TRY(open_opinion(rq, r->opinion_id, v));
    v->answers = make && str_is(r->state, "asked") && r->person_id == rq->actor->person_id;
    v->makes = make && recast_may_make(rq, p, r).code == ERR_NONE;
    bool office = actor_scope(rq->actor, "recasts.ask") == SCOPE_ORG;
    v->asks = office && recast_may_ask(rq, p, r).code == ERR_NONE;
    v->recalls = office && str_is(r->state, "asked");
    return OK;
}

/* Who signs and the office; others do not learn what the committee reports inside. */
static err may_know(struct rq *rq, const struct proposal *p, bool *out)
{
    *out = actor_scope(rq->actor, "recasts.ask") == SCOPE_ORG;
    return *out ? OK : proposal_is_owner(rq, p, out);
}

err on_recast_proposal_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct proposal_shown *shown = fact;
    struct recast r;
    struct recast_card v = { .r = &r, .id = id };
    bool may = false;
    if (shown->out && strcmp(shown->place, "side") != 0)
        return OK;
    TRY(may_know(rq, shown->proposal, &may));
    if (!may)
        return OK;
    TRY(recast_of_proposal(rq, id, &r));
    TRY(proposal_card(rq, shown->proposal, &r, &v));
    if (shown->json) {
        card_json(shown->json, &v);
        return OK;
    }
    if (r.id || v.makes)
        view_recasts_proposal(shown->out, &v);
    if (v.asks)
        view_recasts_more(shown->more, id);
    return OK;
}

err on_recast_opinion_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct opinion_shown *shown = fact;
    struct recast r;
    struct proposal p;
    struct recast_card v = { .r = &r, .id = id };
    TRY(recast_of_opinion(rq, id, &r));
    v.makes = actor_may(rq->actor, "recasts.make") &&
              recast_may_propose(rq, shown->opinion, &r).code == ERR_NONE;
    if (r.id && actor_may(rq->actor, "proposals.read")) {
        err e = proposal_find(rq, r.proposal_id, &p);
        if (e.code != ERR_NOT_FOUND)
            TRY(e);
        v.opens = e.code == ERR_NONE;
        v.title = v.opens ? p.title : str_of("");
    }
    if (shown->json)
        card_json(shown->json, &v);
    else if (r.id || v.makes)
        view_recasts_opinion(shown->out, &v);
    return OK;
}
