/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of leaving, and the same as JSON; verbs of the flow have theirs from the engine. */
#include "modules/departures/departure.h"
#include "platform/flow/flow_pages.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/departures.h"

static bool is_staff(const struct rq *rq)
{
    return actor_scope(rq->actor, "departures.read") == SCOPE_ORG;
}

err page_departure_list(struct rq *rq, struct res *res)
{
    struct list_look look = { .list = &DEPARTURE_LIST,
                              .path = "/departures",
                              .title = "menu.departures",
                              .menu = "departures",
                              .main = is_staff(rq) ? "name" : "act",
                              .empty = is_staff(rq) ? "departures.none" : "departures.none_own",
                              .create = "departures.ask" };
    return list_show(rq, &look, res);
}

err page_departure_new(struct rq *rq, struct res *res)
{
    static const struct departure_ask_input NONE;
    return form_page(rq, res,
                     &(struct form_look){ .form = &DEPARTURE_ASK_FORM,
                                          .stored = &NONE,
                                          .menu = "departures",
                                          .title = text_find("departures.new_title"),
                                          .subject = text_find("departures.new_about"),
                                          .button = text_find("departures.hand_in"),
                                          .back = str_of("/members/me") });
}

err page_departure_add(struct rq *rq, struct res *res)
{
    const struct departure_ask_input *in = rq->input;
    i64 id;
    TRY(departure_ask(rq, in->words, &id));
    res_flash(res, "departures.handed_in", str_of(""));
    res_redirect(res, arena_printf(rq->mem, "/departures/%lld", (long long)id));
    return OK;
}

static void show_json(struct rq *rq, struct res *res, const struct departure_page *v,
                      const struct flow_subject *subject)
{
    static const struct field HAND[] = {
        FIELD(struct departure_hand, source_id), FIELD(struct departure_hand, kind),
        FIELD(struct departure_hand, state),     FIELD(struct departure_hand, title),
        FIELD(struct departure_hand, others),    { 0 }
    };
    struct json j = json_begin(rq);
    const struct rows hands = { (void *)v->hands, v->hand_count, sizeof *v->hands };
    list_row_json(rq, &DEPARTURE_LIST, v->d, LIST_ROW_ONE, &j);
    if (v->handing)
        json_rows(&j, "hands", HAND, &hands);
    flow_json_allowed(&j, "actions", &DEPARTURES_FLOW, subject, &v->allowed);
    json_send(&j, res);
}

/* What somebody wrote is shown to who may read all of its kind; others learn that it is there. */
static err hands(struct rq *rq, struct departure_page *v)
{
    struct rows rows;
    v->opens_proposals = actor_scope(rq->actor, "proposals.read") == SCOPE_ORG;
    v->opens_opinions = actor_scope(rq->actor, "opinions.read") == SCOPE_ORG;
    TRY(departure_store_list_hands(rq->db, v->d->person_id, rq->mem, &rows));
    struct departure_hand *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(all[i].kind, "proposals") ? !v->opens_proposals : !v->opens_opinions)
            all[i].title = str_of("");
    v->hands = all;
    v->hand_count = rows.count;
    return OK;
}

/* It came to nothing: he stays, and keeps what is his. */
static bool is_over(str state)
{
    return str_is(state, "withdrawn") || str_is(state, "declined") || str_is(state, "annulled");
}

err page_departure_show(struct rq *rq, struct res *res)
{
    static const char *const BACK[] = { "decline", "annul", "withdraw", NULL };
    struct flow_subject subject;
    struct view_steps steps;
    TRY(departure_flow_load(rq, rq->path_id, &subject));
    struct departure_page v = { .d = subject.row,
                                .allowed = flow_allowed(rq, &DEPARTURES_FLOW, &subject),
                                .steps = &steps,
                                .staff = is_staff(rq) };
    v.handing = v.staff && !is_over(v.d->state);
    if (v.handing)
        TRY(hands(rq, &v));
    if (rq->api) {
        show_json(rq, res, &v, &subject);
        return OK;
    }
    TRY(flow_steps(rq, &DEPARTURES_FLOW, v.d->id, BACK, &steps));
    struct out *out = page_begin(rq, subject.title, "departures");
    view_departures_show(out, &v, subject.title);
    page_end(res, out);
    return OK;
}
