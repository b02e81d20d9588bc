/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of the portal. Counts and hits go through the lists of their modules, so that everybody
 * sees only what he may. */
#include "modules/members/member.h"
#include "modules/portal/portal.h"
#include "modules/proposals/proposal_list.h"
#include "platform/settings/settings.h"
#include "platform/text/text.h"
#include "platform/text/texts.h"
#include "views/portal.h"

enum { TODOS_SHOWN = 60, SOON_DAYS = 3, HITS = 20 };

/* ---- home ---- */

static str todo_verb(struct rq *rq, const struct todo *t)
{
    const struct flow *flow = flow_find(rq->app, t->flow);
    return flow ? flow_verb_label(rq, flow, t->verb) : t->verb;
}

static size_t group_of(struct rq *rq, const struct todo *t)
{
    if (t->due_on > 0 && t->due_on < rq->today)
        return 0;
    return t->due_on > 0 && t->due_on <= rq->today + SOON_DAYS ? 1 : 2;
}

static void group(struct rq *rq, const struct rows *rows, struct portal_home *home)
{
    static const char *const TITLES[] = { "portal.late", "portal.soon", "portal.later" };
    const struct todo *all = rows->items;
    struct portal_todo *items[3];
    for (size_t g = 0; g < 3; g++) {
        items[g] = arena_array(rq->mem, rows->count, sizeof(struct portal_todo));
        home->groups[g] = (struct portal_group){ text_find(TITLES[g]), items[g], 0 };
    }
    for (size_t i = 0; i < rows->count; i++) {
        struct portal_group *g = &home->groups[group_of(rq, &all[i])];
        items[g - home->groups][g->count++] =
            (struct portal_todo){ &all[i], todo_verb(rq, &all[i]), portal_todo_url(rq, &all[i]) };
    }
}

/* How many proposals of this person's scope stand in a state. */
static err count_state(struct rq *rq, const char *query, i64 *count)
{
    struct list_query q;
    struct list_result result;
    TRY(list_parse_text(rq, &PROPOSAL_LIST, str_of(query), &q));
    q.limit = 1;
    TRY(list_page(rq, &PROPOSAL_LIST, &q, &result));
    *count = result.total;
    return OK;
}

static err road(struct rq *rq, struct portal_home *home)
{
    static const char *const STATES[] = { "submitted", "docketed", "assigned", "evaluating",
                                          "redoing",   "closed",   "tracking" };
    size_t n = sizeof STATES / sizeof *STATES;
    struct portal_step *steps = arena_array(rq->mem, n, sizeof *steps);
    if (actor_scope(rq->actor, "proposals.figures") != SCOPE_ORG)
        return OK; /* the road of all proposals is the office's; a member has his own list */
    for (size_t i = 0; i < n; i++) {
        str query = arena_printf(rq->mem, "state=%s", STATES[i]);
        TRY(count_state(rq, query.ptr, &steps[i].count));
        steps[i].label = text_label("states.proposals", str_of(STATES[i]));
        steps[i].url = arena_printf(rq->mem, "/proposals?%.*s", (int)query.len, query.ptr);
    }
    home->steps = steps;
    home->step_count = n;
    return OK;
}

static void add_entry(struct portal_entry *entries, size_t *n, const char *name, const char *url,
                      const char *icon)
{
    entries[*n] = (struct portal_entry){
        .label = text_find(name), .url = str_of(url), .icon = str_of(icon), .main = *n == 0
    };
    (*n)++;
}

/* At most six big entries (ui.md: 长辈版). */
static void entries(struct rq *rq, struct portal_home *home)
{
    struct portal_entry *e = arena_array(rq->mem, 6, sizeof *e);
    size_t n = 0;
    if (rq->actor->agency_id) /* its day's work */
        add_entry(e, &n, "menu.assignments", "/assignments", "inbox");
    if (actor_may(rq->actor, "proposals.write"))
        add_entry(e, &n, "portal.write", "/proposals/new", "edit");
    if (rq->actor->member_id && actor_may(rq->actor, "proposals.read"))
        add_entry(e, &n, "portal.mine", "/my/proposals", "list-check");
    if (actor_may(rq->actor, "proposals.read"))
        add_entry(e, &n, "menu.proposals", "/proposals", "file-text");
    add_entry(e, &n, "menu.inbox", "/inbox", "bell");
    add_entry(e, &n, "portal.help", "/help", "help");
    home->entries = e;
    home->entry_count = n;
}

err page_portal_home(struct rq *rq, struct res *res)
{
    struct portal_home home = { .title = text_find("portal.nothing") };
    struct rows rows;
    TRY(flow_todos(rq, TODOS_SHOWN, &rows));
    TRY(flow_todo_count(rq, &home.total));
    if (home.total)
        home.title = text_format(rq->mem, "portal.todo_count",
                                 arena_printf(rq->mem, "%lld", (long long)home.total), str_of(""));
    group(rq, &rows, &home);
    TRY(road(rq, &home));
    entries(rq, &home);
    struct out *out = page_begin(rq, text_find("menu.home"), "home");
    view_portal_home(out, &home);
    page_end(res, out);
    return OK;
}

/* ---- public pages ---- */

static struct portal_public public_of(struct rq *rq)
{
    return (struct portal_public){ rq->actor->org_name,
                                   setting_text(rq, "portal.complaint_contact"),
                                   setting_on(rq, "burdens.public") };
}

err page_portal_public(struct rq *rq, struct res *res)
{
    struct portal_public v = public_of(rq);
    struct out *out = page_begin(rq, text_find("portal.front"), "");
    view_portal_public(out, &v);
    page_end(res, out);
    return OK;
}

err page_portal_help(struct rq *rq, struct res *res)
{
    struct portal_public v = public_of(rq);
    struct out *out = page_begin(rq, text_find("portal.help"), "");
    view_portal_help(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- search ---- */

static err find_proposals(struct rq *rq, str q, struct portal_search *v)
{
    struct list_query query;
    struct list_result result;
    if (!actor_may(rq->actor, "proposals.read"))
        return OK;
    TRY(list_parse_text(rq, &PROPOSAL_LIST, str_of(""), &query));
    query.q = q;
    query.limit = HITS;
    TRY(list_page(rq, &PROPOSAL_LIST, &query, &result));
    const struct proposal_row *all = result.rows.items;
    struct portal_hit *hits = arena_array(rq->mem, result.rows.count, sizeof *hits);
    for (size_t i = 0; i < result.rows.count; i++)
        hits[i] = (struct portal_hit){
            .url = arena_printf(rq->mem, "/proposals/%lld", (long long)all[i].id),
            .title = all[i].title,
            .under = text_label("states.proposals", all[i].state),
            .snippet = text_snippet(rq->mem, all[i].title, q, 60),
        };
    v->proposals = hits;
    v->proposal_count = result.rows.count;
    return OK;
}

static err find_members(struct rq *rq, str q, struct portal_search *v)
{
    struct rows rows;
    if (!actor_may(rq->actor, "members.read") ||
        actor_scope(rq->actor, "members.read") == SCOPE_AGENCY) /* departments see no roster */
        return OK;
    TRY(text_search(rq, &(struct text_query){ .collection = "members", .words = q, .limit = HITS },
                    &rows));
    const struct text_hit *all = rows.items;
    struct portal_hit *hits = arena_array(rq->mem, rows.count, sizeof *hits);
    for (size_t i = 0; i < rows.count; i++) {
        struct member m;
        err e = member_find(rq, all[i].item_id, &m);
        if (e.code == ERR_NOT_FOUND)
            continue;
        TRY(e);
        hits[v->member_count++] =
            (struct portal_hit){ .url = arena_printf(rq->mem, "/members/%lld", (long long)m.id),
                                 .title = m.name,
                                 .under = m.sector_name,
                                 .snippet = text_snippet(rq->mem, m.name, q, 20) };
    }
    v->members = hits;
    return OK;
}

err page_portal_search(struct rq *rq, struct res *res)
{
    const struct search_input *in = rq->input;
    struct portal_search v = { .q = in->q, .asked = in->q.len > 0 };
    if (v.asked) {
        TRY(find_proposals(rq, in->q, &v));
        TRY(find_members(rq, in->q, &v));
    }
    struct out *out = page_begin(rq, text_find("portal.search"), "");
    view_portal_search(out, &v);
    page_end(res, out);
    return OK;
}
