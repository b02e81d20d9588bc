/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of topics, and the same as JSON; the pages on which a hot matter or a letter becomes one;
 * what their own pages say of it. Verbs of the flow have theirs from the engine. */
#include "modules/clusters/cluster_feed.h"
#include "modules/handlings/handling.h"
#include "modules/mailbox/letter_forms.h"
#include "modules/topics/topic.h"
#include "platform/flow/flow_pages.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/topics.h"

/* The longest title that the forms take. */
enum { TITLE_CHARS = 60 };

err page_topic_list(struct rq *rq, struct res *res)
{
    static const struct list_look LOOK = { .list = &TOPIC_LIST,
                                           .path = "/topics",
                                           .title = "menu.topics",
                                           .menu = "topics",
                                           .main = "title",
                                           .empty = "topics.none",
                                           .create = "topics.propose" };
    return list_show(rq, &LOOK, res);
}

err page_topic_new(struct rq *rq, struct res *res)
{
    static const struct topic_input NONE;
    return form_page(rq, res,
                     &(struct form_look){ .form = &TOPIC_FORM,
                                          .stored = &NONE,
                                          .menu = "topics",
                                          .title = text_find("topics.new"),
                                          .button = text_find("topics.propose") });
}

err page_topic_add(struct rq *rq, struct res *res)
{
    const struct topic_input *in = rq->input;
    struct topic t = {
        .title = in->title, .body = in->body, .source = in->source, .proposer = in->proposer
    };
    TRY(topic_add(rq, &t));
    res_flash(res, "topics.added", str_of(""));
    res_redirect(res, arena_printf(rq->mem, "/topics/%lld", (long long)t.id));
    return OK;
}

/* ---- one ---- */

static bool opens_origin(const struct rq *rq, const struct topic *t)
{
    return t->cluster_id ? actor_scope(rq->actor, "clusters.read") == SCOPE_ORG
                         : t->letter_id && actor_scope(rq->actor, "letters.read") == SCOPE_ORG;
}

err page_topic_show(struct rq *rq, struct res *res)
{
    static const char *const BACK[] = { "reopen", NULL };
    struct flow_subject subject;
    struct view_steps steps;
    TRY(topic_flow_load(rq, rq->path_id, &subject));
    const struct topic *t = subject.row;
    struct topic_page v = { .t = t,
                            .allowed = flow_allowed(rq, &TOPICS_FLOW, &subject),
                            .steps = &steps,
                            .opens = opens_origin(rq, t) };
    if (rq->api) {
        struct json j = json_begin(rq);
        list_row_json(rq, &TOPIC_LIST, t, LIST_ROW_ONE, &j);
        flow_json_allowed(&j, "actions", &TOPICS_FLOW, &subject, &v.allowed);
        json_send(&j, res);
        return OK;
    }
    TRY(flow_steps(rq, &TOPICS_FLOW, t->id, BACK, &steps));
    v.source = dictionary_label(rq, "topics.sources", t->source);
    str title = text_format(rq->mem, "topics.page.show", t->title, str_of(""));
    struct out *out = page_begin(rq, title, "topics");
    view_topics_show(out, &v);
    page_end(res, out);
    return OK;
}

err page_topic_edit(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    TRY(topic_flow_load(rq, rq->path_id, &subject));
    if (rq->error.code == ERR_NONE)
        TRY(flow_may(rq, &TOPICS_FLOW, &subject, "edit"));
    const struct topic *t = subject.row;
    const struct topic_input stored = {
        .title = t->title, .body = t->body, .source = t->source, .proposer = t->proposer
    };
    return form_page(rq, res,
                     &(struct form_look){
                         .form = &TOPIC_FORM,
                         .stored = &stored,
                         .menu = "topics",
                         .title = flow_verb_label(rq, &TOPICS_FLOW, str_of("edit")),
                         .version = subject.version,
                         .back = arena_printf(rq->mem, "/topics/%lld", (long long)t->id) });
}

/* ---- what becomes one ---- */

/* Steps of other flows: their page with what it begins with. */
static err offer_page(struct rq *rq, struct res *res, const struct flow *flow,
                      const struct flow_subject *subject, const void *begun)
{
    const struct flow_action *action = flow->actions;
    while (!str_is(str_of(action->verb), "offer"))
        action++;
    str label = flow_verb_label(rq, flow, str_of("offer"));
    return form_page(rq, res,
                     &(struct form_look){ .form = action->form,
                                          .stored = begun,
                                          .menu = flow->name,
                                          .title = label,
                                          .subject = text_format(rq->mem, "topics.offer_preview",
                                                                 subject->title, str_of("")),
                                          .version = subject->version,
                                          .button = label,
                                          .back = arena_printf(rq->mem, "/%s/%lld", flow->name,
                                                               (long long)subject->id) });
}

err page_topic_cluster(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    struct cluster_feed_input begun;
    TRY(CLUSTERS_FLOW.load(rq, rq->path_id, &subject));
    if (rq->error.code == ERR_NONE)
        TRY(flow_may(rq, &CLUSTERS_FLOW, &subject, "offer"));
    TRY(cluster_feed_begin(rq, subject.row, &begun));
    const struct cluster_offer_input offer = { subject.id, str_cut_chars(begun.title, TITLE_CHARS),
                                               begun.situation };
    return offer_page(rq, res, &CLUSTERS_FLOW, &subject, &offer);
}

err page_topic_letter(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    struct letter_offer_input offer = { 0 };
    TRY(LETTERS_FLOW.load(rq, rq->path_id, &subject));
    if (rq->error.code == ERR_NONE)
        TRY(flow_may(rq, &LETTERS_FLOW, &subject, "offer"));
    const struct letter *l = subject.row;
    TRY(handling_mask(rq, l->id, l->title, &offer.title));
    TRY(handling_mask(rq, l->id, letter_text_for_units(rq, l), &offer.body));
    offer.title = str_cut_chars(offer.title, TITLE_CHARS);
    return offer_page(rq, res, &LETTERS_FLOW, &subject, &offer);
}

/* ---- on the pages of what became one ---- */

static void part_show(struct rq *rq, const struct rows *topics, struct out *out, struct json *j)
{
    static const struct field ROW[] = {
        FIELD(struct topic, id),     FIELD(struct topic, title),       FIELD(struct topic, state),
        FIELD(struct topic, reason), FIELD(struct topic, proposed_at), { 0 }
    };
    const struct topic_part v = { topics, actor_scope(rq->actor, "topics.read") == SCOPE_ORG };
    if (j && v.reads)
        json_rows(j, "topics", ROW, topics);
    if (out && topics->count)
        view_topics_part(out, &v);
}

err on_topic_letter_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct letter_shown *shown = fact;
    struct rows rows;
    if (shown->side)
        return OK;
    TRY(topic_list_of_letter(rq, id, &rows));
    part_show(rq, &rows, shown->out, shown->json);
    return OK;
}

err on_topic_cluster_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct cluster_shown *shown = fact;
    struct rows rows;
    TRY(topic_list_of_cluster(rq, id, &rows));
    part_show(rq, &rows, shown->out, shown->json);
    return OK;
}
