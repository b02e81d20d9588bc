/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The publisher's desk: his list, the edit page with the original beside it; preparing by hand; a
 * signer's objection; what stands of it on the page of a proposal. Steps are of the flow. */
#include "modules/proposals/proposal_cosigning.h"
#include "modules/publications/publication_store.h"
#include "modules/publications/publication_views.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "platform/web/json.h"
#include "views/publications.h"

enum { ORIGINAL_MAX = 1 << 20 };

err page_publication_manage(struct rq *rq, struct res *res)
{
    static const struct list_look LOOK = { .list = &PUBLISHING_LIST,
                                           .path = "/publications/manage",
                                           .rows = "/publications",
                                           .title = "publications.page.manage",
                                           .menu = "publishing",
                                           .main = "title",
                                           .bar = "state",
                                           .empty = "publishing.none" };
    return list_show(rq, &LOOK, res);
}

/* ---- editing ---- */

/* A row for each mode, in the order of the form's choices. */
static const struct view_choice *modes_of(struct rq *rq, const struct publication *u)
{
    static const char *const MODES[] = { "full", "summary", "none" };
    struct view_choice *choices = arena_array(rq->mem, 3, sizeof *choices);
    for (size_t i = 0; i < 3; i++)
        choices[i] =
            (struct view_choice){ .value = str_of(MODES[i]),
                                  .label = text_label("choices.reply_mode", str_of(MODES[i])),
                                  .chosen = str_is(u->reply_mode, MODES[i]) };
    return choices;
}

static err history_make(struct rq *rq, i64 id, struct view_steps *out)
{
    struct rows rows;
    TRY(flow_trails(rq, &PUBLICATIONS_FLOW, id, &rows));
    const struct flow_trail *all = rows.items;
    struct view_step *steps = arena_array(rq->mem, rows.count + 1, sizeof *steps);
    *out = (struct view_steps){ steps, 0 };
    for (size_t i = 0; i < rows.count; i++)
        steps[out->count++] =
            (struct view_step){ .at = all[i].at,
                                .what = !str_is(all[i].verb, "begin")
                                            ? flow_verb_label(rq, &PUBLICATIONS_FLOW, all[i].verb)
                                            : text_find("publications.began"),
                                .who = all[i].actor_name,
                                .words = all[i].opinion,
                                .look = str_of(str_is(all[i].verb, "retract") ? "back" : "") };
    return OK;
}

static const struct view_link *crumbs_of(struct rq *rq, const struct publication *u)
{
    struct view_link *crumbs = arena_array(rq->mem, 3, sizeof *crumbs);
    crumbs[0] = (struct view_link){ text_find("menu.publishing"), str_of("/publications/manage") };
    crumbs[1].label = u->title;
    return crumbs;
}

static err edit_make(struct rq *rq, const struct publication *u, struct publication_edit *v)
{
    struct proposal p;
    const char *why;
    TRY(proposal_find_house(rq, u->proposal_id, &p));
    TRY(publication_judge(rq, &p, &why));
    v->u = u;
    v->tone = flow_state_find(&PUBLICATIONS_FLOW, u->state)->tone;
    v->crumbs = crumbs_of(rq, u);
    v->version = conflict_version(rq, u->version);
    v->number = proposal_number(rq, &p);
    v->original_title = p.title;
    v->why = why ? text_find(why) : str_of("");
    v->modes = modes_of(rq, u);
    struct flow_subject subject = {
        .id = u->id, .version = u->version, .state = u->state, .title = u->title, .row = (void *)u
    };
    v->allowed = flow_allowed(rq, &PUBLICATIONS_FLOW, &subject);
    TRY(history_make(rq, u->id, &v->history));
    struct out original = { .buf = buf_new(rq->mem, ORIGINAL_MAX) };
    TRY(proposal_text_section(rq, &p, &original, NULL));
    v->original = (html){ buf_str(original.buf) };
    return OK;
}

err page_publication_edit(struct rq *rq, struct res *res)
{
    struct publication u;
    struct publication_edit v = { 0 };
    TRY(publication_find(rq, rq->path_id, &u, &v.suggestions));
    TRY(edit_make(rq, &u, &v));
    v.suggestions = rq_typed_all(rq, "suggestions", v.suggestions);
    struct out *out = page_begin(rq, text_find("publications.page.edit"), "publishing");
    view_publications_edit(out, &v);
    page_end(res, out);
    return OK;
}

err page_publication_save(struct rq *rq, struct res *res)
{
    TRY(publication_save(rq, rq->path_id, rq->input));
    res_flash(res, "publications.saved", str_of(""));
    res_redirect(res, arena_printf(rq->mem, "/publications/%lld/edit", (long long)rq->path_id));
    return OK;
}

static const struct field COPY[] = {
    FIELD(struct publication, id),
    FIELD(struct publication, proposal_id),
    FIELD(struct publication, state),
    FIELD(struct publication, version),
    FIELD(struct publication, title),
    FIELD(struct publication, situation),
    FIELD(struct publication, analysis),
    FIELD(struct publication, reply_mode),
    FIELD(struct publication, summary),
    FIELD(struct publication, show_progress),
    FIELD(struct publication, retract_reason),
    { 0 },
};

err api_publication_edit(struct rq *rq, struct res *res)
{
    struct publication u;
    struct proposal p;
    strs suggestions;
    TRY(publication_find(rq, rq->path_id, &u, &suggestions));
    TRY(proposal_find_house(rq, u.proposal_id, &p));
    struct flow_subject subject = { u.id, u.version, u.state, u.title, str_of(""), &u };
    struct flow_allowed allowed = flow_allowed(rq, &PUBLICATIONS_FLOW, &subject);
    struct json j = json_begin(rq);
    json_fields(&j, COPY, &u);
    json_time(&j, "published_at", u.published_at);
    json_time(&j, "retracted_at", u.retracted_at);
    json_array(&j, "suggestions");
    for (size_t i = 0; i < suggestions.count; i++)
        json_str(&j, NULL, suggestions.items[i]);
    json_array_end(&j);
    json_object(&j, "original");
    json_str(&j, "title", p.title);
    TRY(proposal_text_section(rq, &p, NULL, &j));
    json_object_end(&j);
    flow_json_allowed(&j, "actions", &PUBLICATIONS_FLOW, &subject, &allowed);
    json_send(&j, res);
    return OK;
}

err page_publication_prepare(struct rq *rq, struct res *res)
{
    i64 id;
    TRY(publication_prepare(rq, rq->path_id, &id));
    res_redirect(res, arena_printf(rq->mem, "/publications/%lld/edit", (long long)id));
    return OK;
}

/* ---- a signer ---- */

static void go_back(struct rq *rq, struct res *res, const char *flash)
{
    res_flash(res, flash, str_of(""));
    res_redirect(res, arena_printf(rq->mem, "/proposals/%lld", (long long)rq->path_id));
}

err page_publication_object(struct rq *rq, struct res *res)
{
    TRY(publication_object(rq, rq->path_id));
    go_back(rq, res, "publications.objected_now");
    return OK;
}

err page_publication_agree(struct rq *rq, struct res *res)
{
    TRY(publication_agree(rq, rq->path_id));
    go_back(rq, res, "publications.agreed_now");
    return OK;
}

/* ---- on the page of a proposal ---- */

static err card_make(struct rq *rq, const struct proposal *p, struct publication_card *card)
{
    struct publication *u = arena_zero(rq->mem, sizeof *u);
    struct publication_row row;
    const char *why;
    *card = (struct publication_card){ .p = p };
    card->manages = actor_scope(rq->actor, "publications.manage") == SCOPE_ORG;
    TRY(publication_may_object(rq, p, &card->may_object, &card->objects));
    TRY(publication_judge(rq, p, &why));
    card->why = why ? text_find(why) : str_of("");
    err e = publication_store_find_of(rq->db, p->id, rq->mem, u);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    card->u = u;
    e = list_find(rq, &PUBLICATION_LIST, u->id, &row);
    card->is_open = e.code == ERR_NONE;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static void card_json(struct json *j, const struct publication_card *card)
{
    if (card->is_open)
        json_i64(j, "publication_id", card->u->id);
    if (card->may_object)
        json_bool(j, "publication_objected", card->objects);
}

err on_publication_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct proposal_shown *shown = fact;
    struct publication_card card;
    bool side = strcmp(shown->place, "side") == 0;
    (void)id;
    if (shown->proposal->submitted_at == 0 || (!side && !shown->json))
        return OK;
    TRY(card_make(rq, shown->proposal, &card));
    if (shown->json)
        card_json(shown->json, &card);
    else if (card.is_open || card.may_object || (card.manages && shown->proposal->docketed_at))
        view_publications_card(shown->out, &card);
    return OK;
}
