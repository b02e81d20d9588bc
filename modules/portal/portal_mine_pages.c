/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A member's own proposals at one glance: where each is, who has it, since when, what is next, and
 * why where it did not go straight on. What is merged stands where its main one does. Also as JSON.
 */
#include "modules/portal/portal.h"
#include "modules/proposals/proposal_list.h"
#include "modules/proposals/proposal_views.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/portal.h"

enum { CARDS_EACH = 20, TODOS_MOST = 5 };

/* ---- the road ---- */

static const char *const ROAD[MINE_ROAD] = { "submit", "review", "assign",  "handle",
                                             "reply",  "judge",  "finished" };

/* The step of the road that is now, from 0; MINE_ROAD when all are done; what was turned away or
 * taken back has stopped where it was. */
static size_t place_of(const struct proposal *p)
{
    static const struct {
        const char *state;
        size_t at;
    } PLACES[] = {
        { "draft", 0 },       { "cosigning", 0 }, { "revising", 0 }, { "submitted", 1 },
        { "screened", 1 },    { "rejected", 1 },  { "diverted", 1 }, { "docketed", 2 },
        { "preassigned", 2 }, { "merged", 2 },    { "assigned", 3 }, { "redoing", 3 },
        { "evaluating", 5 },  { "mediating", 5 },
    };
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++)
        if (str_is(p->state, PLACES[i].state))
            return PLACES[i].at;
    if (str_is(p->state, "withdrawn") || (str_is(p->state, "archived") && p->closed_at == 0))
        return p->assigned_at ? 3 : p->docketed_at ? 2 : 1;
    return MINE_ROAD;
}

static void road_make(struct rq *rq, const struct proposal *p, struct mine_card *card)
{
    struct mine_step *steps = arena_array(rq->mem, MINE_ROAD, sizeof *steps);
    card->place = place_of(p);
    for (size_t i = 0; i < MINE_ROAD; i++)
        steps[i] = (struct mine_step){ text_label("portal.road", str_of(ROAD[i])),
                                       str_of(i < card->place    ? "done"
                                              : i == card->place ? "now"
                                                                 : "") };
    card->steps = steps;
}

/* ---- why ---- */

/* What was said at the step that led here; and what a refused wish to withdraw was answered since
 * then. */
static void said(const struct rows *trails, const struct proposal *p, str *here, str *kept)
{
    const struct flow_trail *all = trails->items;
    *here = *kept = str_of("");
    for (size_t i = 0; i < trails->count; i++) {
        const struct flow_trail *t = &all[i];
        if (!str_eq(t->to_state, t->from_state) || str_is(t->verb, "ask_withdraw"))
            *kept = str_of("");
        if (str_eq(t->to_state, p->state) && !str_eq(t->from_state, p->state))
            *here = t->opinion;
        if (str_is(t->verb, "keep"))
            *kept = t->opinion;
    }
}

static str why_of(struct rq *rq, const struct rows *trails, const struct proposal *p)
{
    str here, kept;
    said(trails, p, &here, &kept);
    if (str_is(p->state, "rejected"))
        return text_format(rq->mem, "portal.why_rejected",
                           dictionary_label(rq, "proposals.reject_reasons", p->reject_reason),
                           p->reject_note);
    if (str_is(p->state, "diverted"))
        return text_format(rq->mem, "portal.why_diverted",
                           dictionary_label(rq, "proposals.destinations", p->destination),
                           p->reject_note);
    if (str_is(p->state, "withdrawn"))
        return here.len ? here : p->withdraw_reason;
    if (str_is(p->state, "revising") || str_is(p->state, "redoing") ||
        str_is(p->state, "mediating"))
        return here;
    return kept.len ? text_format(rq->mem, "portal.why_kept", kept, str_of("")) : kept;
}

/* ---- a card ---- */

/* How the main one of what is merged stands, where its reader may see that. */
static err main_make(struct rq *rq, struct mine_card *card)
{
    struct proposal main;
    struct rows trails;
    err e = card->p.main_id ? proposal_find(rq, card->p.main_id, &main)
                            : err_make(ERR_NOT_FOUND, "proposals.not_found");
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    TRY(flow_trails(rq, &PROPOSALS_FLOW, main.id, &trails));
    card->main_id = main.id;
    card->main_number = proposal_number(rq, &main);
    proposal_now_make(rq, &trails, &main, &card->now);
    road_make(rq, &main, card);
    return OK;
}

static err card_make(struct rq *rq, i64 id, struct mine_card *card)
{
    struct rows trails;
    TRY(proposal_find(rq, id, &card->p));
    TRY(flow_trails(rq, &PROPOSALS_FLOW, id, &trails));
    const struct flow_state *state = flow_state_find(&PROPOSALS_FLOW, card->p.state);
    card->number = proposal_number(rq, &card->p);
    card->short_number = card->number;
    if (card->p.docket_no)
        card->short_number =
            text_format(rq->mem, "portal.short_number",
                        arena_printf(rq->mem, "%04lld", (long long)card->p.docket_no), str_of(""));
    card->tone = state ? state->tone : "";
    card->is_over = state && state->final;
    proposal_now_make(rq, &trails, &card->p, &card->now);
    road_make(rq, &card->p, card);
    card->why = why_of(rq, &trails, &card->p);
    return str_is(card->p.state, "merged") ? main_make(rq, card) : OK;
}

/* Those that he signs: what goes on first, then what is over, each newest first. */
static err cards_make(struct rq *rq, struct mine_view *v)
{
    const struct mine_input *in = rq->input;
    struct list_query query;
    struct list_result result;
    str own = arena_printf(rq->mem, "person_id=%lld", (long long)rq->actor->person_id);
    TRY(list_parse_text(rq, &PROPOSAL_LIST, own, &query));
    query.limit = CARDS_EACH;
    query.after = in->after;
    TRY(list_page(rq, &PROPOSAL_LIST, &query, &result));
    const struct proposal_row *rows = result.rows.items;
    struct mine_card *all = arena_array(rq->mem, result.rows.count + 1, sizeof *all);
    struct mine_card *cards = arena_array(rq->mem, result.rows.count + 1, sizeof *cards);
    for (size_t i = 0; i < result.rows.count; i++)
        TRY(card_make(rq, rows[i].id, &all[i]));
    for (int over = 0; over < 2; over++)
        for (size_t i = 0; i < result.rows.count; i++)
            if (all[i].is_over == (over == 1))
                cards[v->count++] = all[i];
    v->cards = cards;
    v->total = result.total;
    v->next = result.next.len ? arena_printf(rq->mem, "/my/proposals?after=%.*s",
                                             (int)result.next.len, result.next.ptr)
                              : str_of("");
    return OK;
}

/* ---- page and JSON ---- */

static void mine_json(struct rq *rq, struct res *res, const struct mine_view *v)
{
    struct json j = json_begin(rq);
    json_array(&j, "items");
    for (size_t i = 0; i < v->count; i++) {
        const struct mine_card *c = &v->cards[i];
        json_object(&j, NULL);
        json_i64(&j, "id", c->p.id);
        json_str(&j, "number", c->number);
        json_str(&j, "title", c->p.title);
        json_str(&j, "state", c->p.state);
        json_str(&j, "road", str_of(c->place < MINE_ROAD ? ROAD[c->place] : "done"));
        json_str(&j, "who", c->now.who);
        json_day(&j, "since_on", c->now.since_on);
        json_day(&j, "due_on", c->now.due_on);
        json_str(&j, "next", c->now.next);
        json_str(&j, "why", c->why);
        if (c->main_id)
            json_i64(&j, "main_id", c->main_id);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_i64(&j, "total", v->total);
    json_str(&j, "next", v->next);
    json_send(&j, res);
}

err page_portal_mine(struct rq *rq, struct res *res)
{
    struct mine_view v = { .may_write = actor_may(rq->actor, "proposals.write") };
    struct rows todos;
    if (rq->actor->person_id)
        TRY(cards_make(rq, &v));
    if (rq->api) {
        mine_json(rq, res, &v);
        return OK;
    }
    TRY(flow_todos(rq, TODOS_MOST, &todos));
    portal_todos_make(rq, &todos, &v.todos);
    struct out *out = page_begin(rq, text_find("portal.mine"), "proposals");
    view_portal_mine(out, &v);
    page_end(res, out);
    return OK;
}
