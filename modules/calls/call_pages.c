/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of calls: all of them, one with its topics, the form; and the same as JSON. */
#include "modules/calls/call_pages.h"

#include "modules/calls/call_views.h"
#include "modules/orgs/org.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "platform/web/json.h"
#include "views/calls.h"

enum { EMPTY_ROWS = 3, CREATED = 201 };

/* ---- showing ---- */

/* What an open one is at the moment: its time may not have come. */
static const char *word_of(const struct rq *rq, const struct call *c)
{
    if (!str_is(c->state, "open"))
        return str_is(c->state, "draft") ? "calls.now.draft" : "calls.now.closed";
    return c->from_at > rq->now_ms    ? "calls.now.soon"
           : c->until_at < rq->now_ms ? "calls.now.closed"
                                      : "calls.now.open";
}

static err item_make(struct rq *rq, const struct call *c, struct call_item *out)
{
    struct session session;
    const char *word = word_of(rq, c);
    TRY(session_find(rq, c->session_id, &session));
    *out = (struct call_item){
        .call = c,
        .from = call_moment(rq, c->from_at),
        .until = call_moment(rq, c->until_at),
        .state = text_find(word),
        .session = session_name(rq->mem, &session),
        .is_now = strcmp(word, "calls.now.open") == 0,
        .tone = strcmp(word, "calls.now.open") == 0   ? "ok"
                : strcmp(word, "calls.now.soon") == 0 ? "info"
                                                      : "idle",
    };
    return OK;
}

static void call_json(const struct call *c, bool is_now, struct json *j)
{
    json_i64(j, "id", c->id);
    json_str(j, "name", c->name);
    json_str(j, "state", c->state);
    json_i64(j, "version", c->version);
    json_i64(j, "session_id", c->session_id);
    json_str(j, "timing", c->timing);
    json_time(j, "from_at", c->from_at);
    json_time(j, "until_at", c->until_at);
    json_bool(j, "takes_now", is_now);
    json_str(j, "text", c->text);
}

err page_call_list(struct rq *rq, struct res *res)
{
    struct rows rows;
    TRY(call_store_list(rq->db, call_sees_drafts(rq), rq->mem, &rows));
    const struct call *all = rows.items;
    struct call_item *items = arena_array(rq->mem, rows.count + 1, sizeof *items);
    for (size_t i = 0; i < rows.count; i++)
        TRY(item_make(rq, &all[i], &items[i]));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_array(&j, "items");
        for (size_t i = 0; i < rows.count; i++) {
            json_object(&j, NULL);
            call_json(&all[i], items[i].is_now, &j);
            json_object_end(&j);
        }
        json_array_end(&j);
        json_send(&j, res);
        return OK;
    }
    struct call_list v = { items, rows.count, actor_may(rq->actor, "calls.manage") };
    struct out *out = page_begin(rq, text_find("menu.calls"), "calls");
    view_calls_list(out, &v);
    page_end(res, out);
    return OK;
}

static void show_json(struct rq *rq, const struct call_show *v, const struct flow_subject *subject,
                      struct res *res)
{
    struct json j = json_begin(rq);
    call_json(v->item.call, v->item.is_now, &j);
    json_array(&j, "topics");
    for (size_t i = 0; i < v->topic_count; i++) {
        json_object(&j, NULL);
        json_str(&j, "title", v->topics[i].title);
        json_str(&j, "text", v->topics[i].text);
        json_str(&j, "source", v->topics[i].source);
        json_object_end(&j);
    }
    json_array_end(&j);
    flow_json_allowed(&j, "actions", &CALLS_FLOW, subject, &v->allowed);
    json_send(&j, res);
}

err page_call_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject = { 0 };
    struct call_show v = { 0 };
    struct call c;
    struct rows topics;
    TRY(call_find(rq, rq->path_id, &c, &topics));
    TRY(call_flow_load(rq, c.id, &subject));
    TRY(item_make(rq, &c, &v.item));
    v.topics = topics.items;
    v.topic_count = topics.count;
    v.allowed = flow_allowed(rq, &CALLS_FLOW, &subject);
    v.may_write = actor_may(rq->actor, "proposals.write");
    v.may_edit = actor_may(rq->actor, "calls.manage") && !str_is(c.state, "closed");
    if (rq->api) {
        show_json(rq, &v, &subject, res);
        return OK;
    }
    struct out *out = page_begin(rq, c.name, "calls");
    view_calls_show(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- the form ---- */

static strs padded(struct rq *rq, const char *field, const strs *stored, size_t rows)
{
    strs typed = rq_typed_all(rq, field, *stored), out = { 0 };
    for (size_t i = 0; i < rows; i++)
        strs_add(rq->mem, &out, i < typed.count ? typed.items[i] : str_of(""));
    return out;
}

static void form_draw(struct rq *rq, struct res *res, const struct call_input *in, str action)
{
    static const char *const TIMINGS[] = { "plenary", "between" };
    bool more =
        rq->route->method == GET && rq->input && ((const struct call_edit_input *)rq->input)->more;
    strs typed = rq_typed_all(rq, "titles", in->titles);
    size_t rows = typed.count + (more || typed.count == 0 ? EMPTY_ROWS : 1);
    struct view_choice *timings = arena_array(rq->mem, 2, sizeof *timings);
    for (size_t i = 0; i < 2; i++)
        timings[i] =
            (struct view_choice){ .value = str_of(TIMINGS[i]),
                                  .label = text_label("choices.timing", str_of(TIMINGS[i])),
                                  .chosen = str_is(in->timing, TIMINGS[i]) };
    struct call_form v = {
        .in = in,
        .action = action,
        .back = in->id ? arena_printf(rq->mem, "/calls/%lld", (long long)in->id) : str_of("/calls"),
        .timings = timings,
        .rows = rows < CALL_TOPICS_MAX ? rows : CALL_TOPICS_MAX,
        .version = conflict_version(rq, in->version),
    };
    v.titles = padded(rq, "titles", &in->titles, v.rows);
    v.texts = padded(rq, "texts", &in->texts, v.rows);
    v.sources = padded(rq, "sources", &in->sources, v.rows);
    struct out *out =
        page_begin(rq, text_find(in->id ? "calls.page.edit" : "calls.page.new"), "calls");
    view_calls_form(out, &v);
    page_end(res, out);
}

err page_call_new(struct rq *rq, struct res *res)
{
    const struct call_input in = { .timing = str_of("plenary"),
                                   .from_on = rq->today,
                                   .until_on = rq->today + 30 };
    form_draw(rq, res, &in, str_of("/calls/new"));
    return OK;
}

err page_call_edit(struct rq *rq, struct res *res)
{
    struct call c;
    struct rows topics;
    struct call_input in = { 0 };
    TRY(call_find(rq, rq->path_id, &c, &topics));
    if (str_is(c.state, "closed"))
        return err_make(ERR_CONFLICT, "calls.is_closed");
    call_input_of(rq, &c, &topics, &in);
    form_draw(rq, res, &in, arena_printf(rq->mem, "/calls/%lld/edit", (long long)c.id));
    return OK;
}

err page_call_save(struct rq *rq, struct res *res)
{
    const struct call_input *in = rq->input;
    i64 id = 0;
    TRY(call_save(rq, in, &id));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_i64(&j, "id", id);
        json_send(&j, res);
        if (in->id == 0)
            res_status(res, CREATED);
        return OK;
    }
    res_flash(res, "calls.saved", str_of(""));
    res_redirect(res,
                 arena_printf(rq->mem, in->more.len ? "/calls/%lld/edit?more=1" : "/calls/%lld",
                              (long long)id));
    return OK;
}
