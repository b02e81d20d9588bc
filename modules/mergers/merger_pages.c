/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of merging, and the same as JSON: what may be one matter, what is merged, the texts side by
 * side. What it puts into the page of a proposal: merger_shown.c. */
#include "modules/mergers/merger_passages.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/mergers.h"

enum { STANDING_MAX = 200 };

/* Way home; title: a text key, NULL on the list itself. */
static const struct view_link *crumbs_of(struct rq *rq, const char *title)
{
    struct view_link *crumbs = arena_array(rq->mem, 3, sizeof *crumbs);
    crumbs[0] = (struct view_link){ text_find("menu.mergers"), str_of(title ? "/mergers" : "") };
    if (title)
        crumbs[1] = (struct view_link){ text_find(title), str_of("") };
    return crumbs;
}

/* ---- what may be one matter, what is merged ---- */

/* Those of the ids that the reader may see. */
static err set_make(struct rq *rq, const ids *proposals, struct merger_set *out)
{
    struct merger_item *items = arena_array(rq->mem, proposals->count + 1, sizeof *items);
    for (size_t i = 0; i < proposals->count; i++) {
        struct proposal p;
        err e = proposal_find(rq, proposals->items[i], &p);
        if (e.code == ERR_NOT_FOUND)
            continue;
        TRY(e);
        items[out->count++] = merger_item_of(rq, &p);
    }
    out->items = items;
    return OK;
}

static err proposed_make(struct rq *rq, struct merger_list *v)
{
    struct rows rows;
    TRY(merger_propose(rq, &rows));
    const struct merger_proposed *all = rows.items;
    struct merger_set *sets = arena_array(rq->mem, rows.count + 1, sizeof *sets);
    for (size_t i = 0; i < rows.count; i++) {
        struct merger_set set = { .mean = all[i].mean };
        TRY(set_make(rq, &all[i].proposals, &set));
        if (set.count >= 2)
            sets[v->proposed_count++] = set;
    }
    v->proposed = sets;
    return OK;
}

/* The main one first, then what is merged into it. */
static err standing_of(struct rq *rq, i64 main_id, struct merger_set *out)
{
    struct rows rows;
    TRY(proposal_list_merged(rq, main_id, &rows));
    const struct proposal *all = rows.items;
    ids proposals = { arena_array(rq->mem, rows.count + 1, sizeof(i64)), 0 };
    proposals.items[proposals.count++] = main_id;
    for (size_t i = 0; i < rows.count; i++)
        proposals.items[proposals.count++] = all[i].id;
    return set_make(rq, &proposals, out);
}

static bool is_listed(const ids *mains, i64 id)
{
    for (size_t i = 0; i < mains->count; i++)
        if (mains->items[i] == id)
            return true;
    return false;
}

static err standing_make(struct rq *rq, struct merger_list *v)
{
    struct rows rows;
    TRY(merger_store_list_standing(rq->db, STANDING_MAX, rq->mem, &rows));
    const struct merger *all = rows.items;
    struct merger_set *sets = arena_array(rq->mem, rows.count + 1, sizeof *sets);
    ids mains = { arena_array(rq->mem, rows.count + 1, sizeof(i64)), 0 };
    for (size_t i = 0; i < rows.count; i++) {
        if (is_listed(&mains, all[i].main_id))
            continue;
        mains.items[mains.count++] = all[i].main_id;
        TRY(standing_of(rq, all[i].main_id, &sets[v->standing_count]));
        v->standing_count += sets[v->standing_count].count > 0;
    }
    v->standing = sets;
    return OK;
}

static void sets_json(struct json *j, const char *key, const struct merger_set *sets, size_t count)
{
    json_array(j, key);
    for (size_t i = 0; i < count; i++) {
        json_object(j, NULL);
        if (sets[i].mean)
            json_i64(j, "degree", sets[i].mean);
        json_array(j, "proposals");
        for (size_t k = 0; k < sets[i].count; k++) {
            json_object(j, NULL);
            json_i64(j, "id", sets[i].items[k].id);
            json_i64(j, "version", sets[i].items[k].version);
            json_str(j, "number", sets[i].items[k].number);
            json_str(j, "title", sets[i].items[k].title);
            json_str(j, "proposer_name", sets[i].items[k].proposer);
            json_str(j, "state", sets[i].items[k].state);
            json_object_end(j);
        }
        json_array_end(j);
        json_object_end(j);
    }
    json_array_end(j);
}

err page_merger_list(struct rq *rq, struct res *res)
{
    struct merger_list v = { .crumbs = crumbs_of(rq, NULL),
                             .may_merge = actor_may(rq->actor, "proposals.merge") };
    TRY(proposed_make(rq, &v));
    TRY(standing_make(rq, &v));
    if (rq->api) {
        struct json j = json_begin(rq);
        sets_json(&j, "proposed", v.proposed, v.proposed_count);
        sets_json(&j, "merged", v.standing, v.standing_count);
        json_send(&j, res);
        return OK;
    }
    struct out *out = page_begin(rq, text_find("menu.mergers"), "mergers");
    view_mergers_list(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- side by side ---- */

/* Repeated ids count once. */
static void ids_add(ids *list, i64 id)
{
    if (id > 0 && list->count < MERGER_AT_ONCE && !is_listed(list, id))
        list->items[list->count++] = id;
}

/* Adds the one of the call, if there is one that the reader may see. */
static err call_add(struct rq *rq, const struct proposal_call *call, ids *list, bool *found)
{
    struct proposal p;
    err e = proposal_find_by_number(rq, call, &p);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    *found = true;
    ids_add(list, p.id);
    return OK;
}

/* "137": the number by which people call it, in the session of the others. Where it is the case
 * number of one and the serial of another, both stand there to choose from. */
static err number_add(struct rq *rq, str typed, ids *list)
{
    struct proposal first;
    i64 number = 0;
    bool found = false;
    if (typed.len == 0 || list->count == 0)
        return OK;
    TRY(proposal_find(rq, list->items[0], &first));
    if (str_to_i64(typed, &number) && number > 0) {
        TRY(call_add(rq, &(struct proposal_call){ first.session_id, number, 0 }, list, &found));
        TRY(call_add(rq, &(struct proposal_call){ first.session_id, 0, number }, list, &found));
    }
    if (!found)
        rq_fault(rq, "add", "mergers.no_such_number", typed, str_of(""));
    return OK;
}

/* One that can be a main one; then a body's before a person's, then the first that came. */
static bool is_before(const struct proposal *one, const struct proposal *other)
{
    bool open = merger_is_open(one->state), other_open = merger_is_open(other->state);
    bool body = proposal_is_collective(one->kind), other_body = proposal_is_collective(other->kind);
    if (open != other_open)
        return open;
    return body != other_body ? body : one->serial < other->serial;
}

static size_t main_of(const struct proposal *all, size_t count)
{
    size_t best = 0;
    for (size_t i = 1; i < count; i++)
        if (is_before(&all[i], &all[best]))
            best = i;
    return best;
}

static void choices_make(struct rq *rq, const struct proposal *all, struct merger_new *v)
{
    struct view_choice *mains = arena_array(rq->mem, v->count + 1, sizeof *mains);
    struct view_choice *tick = arena_array(rq->mem, v->count + 1, sizeof *tick);
    size_t best = main_of(all, v->count);
    for (size_t i = 0; i < v->count; i++) {
        const struct merger_item *item = &v->items[i];
        mains[i] = tick[i] = (struct view_choice){
            .value = arena_printf(rq->mem, "%lld", (long long)item->id),
            .label = text_format(rq->mem, "mergers.choice", item->number, item->title),
            .hint = text_format(rq->mem, "mergers.choice_hint", item->proposer,
                                text_label("states.proposals", item->state)),
            .chosen = merger_is_open(all[i].state)
        };
        mains[i].chosen = i == best;
    }
    v->mains = mains;
    v->ids = tick;
}

/* Texts of lists may be of any length: what no answer holds is refused before all is read. */
static err room_left(const struct rq *rq)
{
    return arena_is_over(rq->mem) ? err_make(ERR_LIMIT, "web.answer_too_big") : OK;
}

static err sides_make(struct rq *rq, const struct proposal *all, struct merger_new *v)
{
    struct merger_side *sides = arena_array(rq->mem, v->count + 1, sizeof *sides);
    strs texts = { 0 };
    for (size_t i = 0; i < v->count; i++) {
        str body;
        TRY(proposal_body(rq, &all[i], &body));
        TRY(room_left(rq));
        strs_add(rq->mem, &texts, body);
    }
    v->compared = merger_passages(rq->mem, &texts, sides);
    for (size_t i = 0; i < v->count; i++)
        sides[i].item = &v->items[i];
    v->sides = sides;
    return OK;
}

static err new_make(struct rq *rq, const ids *list, struct merger_new *v)
{
    struct proposal *all = arena_array(rq->mem, list->count + 1, sizeof *all);
    struct merger_item *items = arena_array(rq->mem, list->count + 1, sizeof *items);
    for (size_t i = 0; i < list->count; i++) {
        TRY(proposal_find(rq, list->items[i], &all[i]));
        TRY(room_left(rq));
        items[i] = merger_item_of(rq, &all[i]);
    }
    v->items = items;
    v->count = list->count;
    choices_make(rq, all, v);
    return sides_make(rq, all, v);
}

/* Also what is drawn again after a refusal: then what was ticked is in the other form. */
err page_merger_new(struct rq *rq, struct res *res)
{
    bool again = rq->route->method == POST;
    const struct merger_choice_input *asked = again ? NULL : rq->input;
    const struct merger_input *typed = again ? rq->input : NULL;
    ids list = { arena_array(rq->mem, MERGER_AT_ONCE, sizeof(i64)), 0 };
    struct merger_new v = { .crumbs = crumbs_of(rq, "mergers.page.new"),
                            .may_merge = actor_may(rq->actor, "proposals.merge") };
    const ids *from = again ? &typed->ids : &asked->ids;
    for (size_t i = 0; i < from->count; i++)
        ids_add(&list, from->items[i]);
    if (again)
        ids_add(&list, typed->main_id);
    else
        TRY(number_add(rq, asked->add, &list));
    TRY(new_make(rq, &list, &v));
    struct out *out = page_begin(rq, text_find("mergers.page.new"), "mergers");
    view_mergers_new(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- acts ---- */

err page_merger_add(struct rq *rq, struct res *res)
{
    const struct merger_input *in = rq->input;
    TRY(merger_merge(rq, in));
    res_flash(res, "mergers.done", str_of(""));
    res_redirect(res, arena_printf(rq->mem, "/proposals/%lld", (long long)in->main_id));
    return OK;
}

err page_merger_dismiss(struct rq *rq, struct res *res)
{
    const struct merger_choice_input *in = rq->input;
    TRY(merger_dismiss(rq, &in->ids));
    res_flash(res, "mergers.dismissed", str_of(""));
    res_redirect(res, str_of("/mergers"));
    return OK;
}
