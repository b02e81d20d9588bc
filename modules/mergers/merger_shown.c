/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What merging puts into the page and JSON of a proposal: what it was merged into, with how that is
 * handled; what was merged into it; similar ones for the review. */
#include "modules/assignments/assignment_origin.h"
#include "modules/mergers/merger_views.h"
#include "platform/text/text.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/mergers.h"

enum { SIMILAR_SHOWN = 5 };

struct merger_item merger_item_of(struct rq *rq, const struct proposal *p)
{
    const struct flow_state *state = flow_state_find(&PROPOSALS_FLOW, p->state);
    return (struct merger_item){ .id = p->id,
                                 .version = p->version,
                                 .number = proposal_number(rq, p),
                                 .title = p->title,
                                 .proposer = p->proposer_name,
                                 .state = p->state,
                                 .tone = state ? state->tone : "" };
}

static bool is_merged(const struct proposal *p)
{
    return str_is(p->state, "merged");
}

/* A proposal as an item if the reader may see it; NULL else. */
static err item_find(struct rq *rq, i64 id, const struct merger_item **out)
{
    struct proposal p;
    struct merger_item *item = arena_zero(rq->mem, sizeof *item);
    err e = proposal_find(rq, id, &p);
    *out = NULL;
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    *item = merger_item_of(rq, &p);
    *out = item;
    return OK;
}

/* The letters of what was merged, the latest of each agency. */
static err letters_of(struct rq *rq, const char *collection, i64 matter_id, i64 origin_id,
                      struct rows *out)
{
    struct matter_key key = { str_of(collection), matter_id };
    struct assignment_sheet sheet;
    TRY(assignment_sheet_load(rq, &key, &sheet));
    const struct assignment_origin *origin = sheet_origin(&sheet, origin_id);
    const struct assignment *all = sheet.assignments.items;
    struct merger_letter *letters =
        arena_array(rq->mem, sheet.assignments.count + 1, sizeof *letters);
    *out = (struct rows){ letters, 0, sizeof *letters };
    for (size_t i = 0; origin && i < sheet.assignments.count; i++) {
        const struct reply *reply = sheet_delivered(&sheet, all[i].id);
        if (reply)
            letters[out->count++] =
                (struct merger_letter){ all[i].id, reply->round, all[i].agency_name,
                                        sheet_letter_number(&sheet, reply, origin) };
    }
    return OK;
}

static err shown_make(struct rq *rq, const struct proposal *p, struct merger_shown *out)
{
    struct rows rows;
    *out = (struct merger_shown){ .is_merged = is_merged(p), .id = p->id };
    if (is_merged(p)) {
        TRY(item_find(rq, p->main_id, &out->main));
        return out->main ? letters_of(rq, "proposals", p->main_id, p->id, &out->letters) : OK;
    }
    if (p->merged_count == 0)
        return OK;
    TRY(proposal_list_merged(rq, p->id, &rows));
    const struct proposal *all = rows.items;
    struct merger_item *items = arena_array(rq->mem, rows.count + 1, sizeof *items);
    for (size_t i = 0; i < rows.count; i++) {
        const struct merger_item *item;
        TRY(item_find(rq, all[i].id, &item));
        if (!item)
            continue;
        items[out->merged.count] = *item;
        items[out->merged.count++].may_undo =
            p->assigned_at == 0 && actor_may(rq->actor, "proposals.merge");
    }
    out->merged.items = items;
    return OK;
}

static void item_json(struct json *j, const char *key, const struct merger_item *item)
{
    json_object(j, key);
    json_i64(j, "id", item->id);
    json_str(j, "number", item->number);
    json_str(j, "title", item->title);
    json_str(j, "state", item->state);
    json_object_end(j);
}

/* The letters that answer this one: by GET /api/v1/assignments/{id}/pdf?origin= too. */
static void letters_json(struct json *j, const struct merger_shown *v)
{
    const struct merger_letter *all = v->letters.items;
    json_array(j, "letters");
    for (size_t i = 0; i < v->letters.count; i++) {
        json_object(j, NULL);
        json_i64(j, "assignment_id", all[i].assignment_id);
        json_str(j, "agency_name", all[i].agency_name);
        json_i64(j, "round", all[i].round);
        json_str(j, "number", all[i].number);
        json_object_end(j);
    }
    json_array_end(j);
}

static err json_put(struct rq *rq, const struct proposal *p, struct json *j)
{
    struct merger_shown v;
    TRY(shown_make(rq, p, &v));
    if (v.main)
        item_json(j, "main", v.main);
    letters_json(j, &v);
    json_array(j, "merged");
    for (size_t i = 0; i < v.merged.count; i++)
        item_json(j, NULL, &v.merged.items[i]);
    json_array_end(j);
    return OK;
}

/* How the main one is handled, as this reader may see it. */
static err main_put(struct rq *rq, const struct proposal *p, struct out *out)
{
    struct merger_shown v;
    struct proposal main;
    TRY(shown_make(rq, p, &v));
    if (!v.is_merged && v.merged.count == 0)
        return OK;
    view_mergers_shown(out, &v);
    if (!v.main)
        return OK;
    TRY(proposal_find(rq, v.main->id, &main));
    return main.assigned_at ? assignment_section(rq, "proposals", main.id, out) : OK;
}

static err similar_put(struct rq *rq, const struct proposal *p, struct out *out)
{
    struct similar_view v;
    str body;
    TRY(proposal_body(rq, p, &body));
    struct twin_query query = {
        .self_id = p->id, .title = p->title, .body = body, .limit = SIMILAR_SHOWN
    };
    TRY(merger_similar(rq, query, &v));
    view_mergers_similar_card(out, &v);
    return OK;
}

static bool is_under_review(const struct proposal *p)
{
    return str_is(p->state, "submitted") || str_is(p->state, "screened");
}

err on_merger_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct proposal_shown *shown = fact;
    const struct proposal *p = shown->proposal;
    str place = str_of(shown->place);
    (void)id;
    if (shown->json)
        return json_put(rq, p, shown->json);
    if (str_is(place, "main"))
        return main_put(rq, p, shown->out);
    if (str_is(place, "head"))
        view_mergers_head(shown->out, is_merged(p), p->merged_count);
    bool review =
        str_is(place, "side") && is_under_review(p) && actor_may(rq->actor, "proposals.docket");
    return review || str_is(place, "docket") ? similar_put(rq, p, shown->out) : OK;
}

/* An agency finds what it also answers. */
err on_merger_matter_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct matter_shown *shown = fact;
    struct proposal p;
    struct merger_shown v;
    if (!str_is(shown->collection, "proposals"))
        return OK;
    err e = proposal_find(rq, id, &p);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    if (shown->json)
        return json_put(rq, &p, shown->json);
    TRY(shown_make(rq, &p, &v));
    if (v.merged.count)
        view_mergers_shown(shown->out, &v);
    return OK;
}
