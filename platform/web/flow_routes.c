/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of the routes that follow from flows (flow_routes.h): they pass on to the engine and
 * show what came of it. */
#include "platform/web/flow_routes.h"

#include <assert.h>

#include "platform/web/exchange.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"

static const struct route_entry *entry_of(const struct rq *rq)
{
    const struct route_entry *entry = rq->web->exchange->entry;
    assert(entry && entry->flow && entry->action);
    return entry;
}

/* A page carries its version by itself; a program must be told to. */
static err act(struct rq *rq)
{
    const struct route_entry *entry = entry_of(rq);
    i64 version = rq->web->version;
    if (entry->api && version <= 0)
        version = FLOW_VERSION_WANTED;
    return flow_act(rq, entry->flow, rq->path_id, entry->action->verb, version);
}

/* The subject after the step, which may have taken it out of the actor's sight: then *gone. */
static err load_after(struct rq *rq, struct flow_subject *subject, bool *gone)
{
    err e = entry_of(rq)->flow->load(rq, rq->path_id, subject);
    *gone = e.code == ERR_NOT_FOUND;
    return *gone ? OK : e;
}

static str subject_path(struct rq *rq)
{
    const struct route_entry *entry = entry_of(rq);
    const char *after = entry->action->after;
    return arena_printf(rq->mem, "/%s/%lld%s%s", entry->flow->name, (long long)rq->path_id,
                        after ? "/" : "", after ? after : "");
}

/* ---- pages ---- */

static err page_draw(struct rq *rq, struct res *res)
{
    const struct route_entry *entry = entry_of(rq);
    struct flow_subject subject = { 0 };
    if (entry->own_page)
        return entry->own_page->handler(rq, res);
    if (entry->action->page)
        return entry->action->page(rq, res);
    TRY(entry->flow->load(rq, rq->path_id, &subject));
    return flow_form_page(rq, res, entry, &subject);
}

static err page_flow_act(struct rq *rq, struct res *res)
{
    const struct route_entry *entry = entry_of(rq);
    struct flow_subject subject = { 0 };
    bool gone;
    TRY(act(rq));
    TRY(load_after(rq, &subject, &gone));
    res_flash(res, "web.flow_done", flow_verb_label(rq, entry->flow, str_of(entry->action->verb)));
    res_redirect(res, gone ? str_of("/home") : subject_path(rq));
    return OK;
}

/* ---- API ---- */

static err api_flow_act(struct rq *rq, struct res *res)
{
    const struct flow *flow = entry_of(rq)->flow;
    struct flow_subject subject = { 0 };
    bool gone;
    TRY(act(rq));
    TRY(load_after(rq, &subject, &gone));
    struct json j = json_begin(rq);
    json_i64(&j, "id", rq->path_id);
    if (!gone) {
        struct flow_allowed allowed = flow_allowed(rq, flow, &subject);
        json_str(&j, "state", subject.state);
        json_i64(&j, "version", subject.version);
        json_str(&j, "number", subject.number);
        json_str(&j, "title", subject.title);
        flow_json_allowed(&j, "allowed", flow, &subject, &allowed);
    }
    json_send(&j, res);
    return OK;
}

/* ---- the table ---- */

/* The permission of all rows of the verb, or SIGNED_IN where they differ; whether any wants the
 * password again. */
static const char *verb_may(const struct flow *flow, const char *verb, bool *reauth)
{
    const char *may = NULL;
    *reauth = false;
    for (const struct flow_action *a = flow->actions; a->verb; a++) {
        if (strcmp(a->verb, verb) != 0 || strcmp(a->may, FLOW_SYSTEM) == 0)
            continue;
        *reauth |= a->reauth;
        if (may && strcmp(may, a->may) != 0)
            may = SIGNED_IN;
        else if (!may)
            may = a->may;
    }
    return may;
}

void flow_routes_make(struct arena *mem, const struct flow *flow, const struct flow_action *action,
                      struct route_entry out[FLOW_ROUTES])
{
    bool reauth;
    const char *may = verb_may(flow, action->verb, &reauth);
    const char *path = arena_printf(mem, "/%s/{id}/%s", flow->name, action->verb).ptr;
    const char *api = arena_printf(mem, "/api/v1%s", path).ptr;
    struct route made[FLOW_ROUTES] = {
        { GET, path, page_draw, .may = may, .reauth = reauth },
        { POST, path, page_flow_act, .may = may, .form = action->form, .slow = action->slow,
          .redraw = page_draw, .reauth = reauth },
        { POST, api, api_flow_act, .may = may, .form = action->form, .slow = action->slow,
          .reauth = reauth },
    };
    for (int i = 0; i < FLOW_ROUTES; i++)
        out[i] = (struct route_entry){ .route = made[i], .flow = flow, .action = action };
}
