/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The kept versions of an opinion, each against the one before it; the same as JSON. What is kept
 * and who sees which: opinion.c. */
#include "modules/opinions/opinion_pages.h"
#include "modules/opinions/opinion_views.h"
#include "platform/text/text.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/opinions.h"

enum { VERSIONS_SHOWN = 30 };

static html diff_of(struct rq *rq, str before, str after)
{
    return str_eq(before, after) ? (html){ { "", 0 } } : text_diff(rq->mem, before, after);
}

static void items_make(struct rq *rq, const struct rows *rows, struct opinion_versions_page *v)
{
    const struct opinion_version *all = rows->items, none = { 0 };
    v->count = rows->count < VERSIONS_SHOWN ? rows->count : VERSIONS_SHOWN;
    struct opinion_version_item *items = arena_array(rq->mem, v->count + 1, sizeof *items);
    for (size_t i = 0; i < v->count; i++) {
        const struct opinion_version *old = i + 1 < rows->count ? &all[i + 1] : &none;
        const struct opinion_version *new = &all[i];
        items[i] = (struct opinion_version_item){
            .number = new->number,
            .saved_at = new->saved_at,
            .reason = new->reason,
            .who = new->saved_name,
            .title_diff = diff_of(rq, old->title, new->title),
            .situation_diff = diff_of(rq, old->situation, new->situation),
            .analysis_diff = diff_of(rq, old->analysis, new->analysis),
            .suggestions_diff = diff_of(rq, old->suggestions, new->suggestions),
            .open = i == 0,
        };
        items[i].same = !(items[i].title_diff.s.len + items[i].situation_diff.s.len +
                          items[i].analysis_diff.s.len + items[i].suggestions_diff.s.len);
    }
    v->items = items;
}

static const struct field VERSION[] = {
    FIELD(struct opinion_version, number),
    FIELD(struct opinion_version, reason),
    FIELD(struct opinion_version, saved_at),
    FIELD(struct opinion_version, saved_name),
    FIELD(struct opinion_version, title),
    FIELD(struct opinion_version, situation),
    FIELD(struct opinion_version, analysis),
    FIELD(struct opinion_version, suggestions),
    { 0 },
};

err page_opinion_versions(struct rq *rq, struct res *res)
{
    struct opinion o;
    struct rows rows;
    TRY(opinion_open(rq, rq->path_id, &o));
    TRY(opinion_list_versions(rq, &o, &rows));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_rows(&j, "items", VERSION, &rows);
        json_send(&j, res);
        return OK;
    }
    struct opinion_versions_page v = { .o = &o };
    v.crumbs =
        view_crumbs_of(rq->mem, "opinions", o.id, o.title, text_find("opinions.page.versions"));
    items_make(rq, &rows, &v);
    struct out *out = page_begin(rq, text_find("opinions.page.versions"), "opinions");
    view_opinions_versions(out, &v);
    page_end(res, out);
    return OK;
}
