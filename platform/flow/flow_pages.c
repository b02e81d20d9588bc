/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The flows for people: how a case moves, drawn, for everybody who is signed in; and what this
 * organisation does differently, for who manages settings; and both as JSON. Running an action is
 * platform/web/flow_routes.c. */
#include "platform/flow/flow_pages.h"
#include "platform/app.h"
#include "platform/audit/audit.h"
#include "platform/flow/flow_internal.h"
#include "platform/text/texts.h"
#include "platform/transfer/transfer.h"
#include "platform/web/json.h"
#include "views/flow.h"

enum { SVG_MAX = 1 << 20, WORDS_MAX = 4000 };

static const char MANAGE[] = "settings.manage";
static const str NONE = { "", 0 };

struct flow_input {
    str flow, verb, label;
    bool disabled;
    strs extra_from;
};

static const struct input SHOW_INPUTS[] = {
    { FIELD(struct flow_input, flow), .kind = INPUT_TEXT, .required = true, .max = 40 },
    { .field = { 0 } },
};
static const struct form SHOW_FORM = { "flows", sizeof(struct flow_input), SHOW_INPUTS };

static const struct input VERB_INPUTS[] = {
    { FIELD(struct flow_input, flow), .kind = INPUT_TEXT, .required = true, .max = 40 },
    { FIELD(struct flow_input, verb), .kind = INPUT_TEXT, .required = true, .max = 40 },
    { .field = { 0 } },
};
static const struct form VERB_FORM = { "flows", sizeof(struct flow_input), VERB_INPUTS };

static const struct input EDIT_INPUTS[] = {
    { FIELD(struct flow_input, flow), .kind = INPUT_TEXT, .required = true, .max = 40 },
    { FIELD(struct flow_input, verb), .kind = INPUT_TEXT, .required = true, .max = 40 },
    { FIELD(struct flow_input, label), .kind = INPUT_TEXT, .max = 20 },
    { FIELD(struct flow_input, disabled), .kind = INPUT_BOOL },
    { FIELD(struct flow_input, extra_from), .kind = INPUT_LINES, .max = 40 },
    { .field = { 0 } },
};
static const struct form EDIT_FORM = { "flows", sizeof(struct flow_input), EDIT_INPUTS };

/* ---- finding ---- */

static err flow_named(struct rq *rq, const struct flow **out)
{
    const struct flow_input *in = rq->input;
    *out = flow_find(rq->app, in->flow);
    return *out ? OK : err_make_with(ERR_NOT_FOUND, "flows.unknown", in->flow, NONE);
}

static err variant_named(struct rq *rq, const struct flow *flow, str verb, struct flow_variant *out)
{
    struct rows rows;
    if (!flow_action_find(flow, verb))
        return err_make_with(ERR_NOT_FOUND, "flows.verb", verb, NONE);
    *out = (struct flow_variant){ .verb = verb, .label = NONE, .extra_from = NONE };
    TRY(flow_variant_list(rq, flow, &rows));
    for (size_t i = 0; i < rows.count; i++)
        if (str_eq(((struct flow_variant *)rows.items)[i].verb, verb))
            *out = ((struct flow_variant *)rows.items)[i];
    return OK;
}

static str flow_words(const struct flow *flow)
{
    return text_label("menu", str_of(flow->name));
}

/* ---- JSON ---- */

static void words_json(struct json *j, const char *key, str words)
{
    str word;
    json_array(j, key);
    while (str_split(&words, ' ', &word))
        if (word.len)
            json_str(j, NULL, word);
    json_array_end(j);
}

static err list_json(struct rq *rq, struct res *res)
{
    struct json j = json_begin(rq);
    json_array(&j, "items");
    for (const struct module *const *m = rq->app->modules; *m; m++)
        for (const struct flow *const *f = (*m)->flows; f && *f; f++) {
            json_object(&j, NULL);
            json_str(&j, "flow", str_of((*f)->name));
            json_str(&j, "label", flow_words(*f));
            json_object_end(&j);
        }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

/* from: as shipped; extra_from, label, disabled: the variant of here. */
static err action_json(struct rq *rq, struct json *j, const struct flow *flow,
                       const struct flow_action *a)
{
    struct flow_variant variant;
    TRY(variant_named(rq, flow, str_of(a->verb), &variant));
    json_object(j, NULL);
    json_str(j, "verb", str_of(a->verb));
    json_str(j, "words", flow_verb_label(rq, flow, str_of(a->verb)));
    words_json(j, "from", str_of(a->from));
    words_json(j, "to", str_of(a->to ? a->to : a->outcomes ? a->outcomes : ""));
    json_str(j, "may", str_of(a->may));
    json_str(j, "label", variant.label);
    json_bool(j, "disabled", variant.disabled);
    words_json(j, "extra_from", variant.extra_from);
    json_object_end(j);
    return OK;
}

static err show_json(struct rq *rq, struct res *res, const struct flow *flow)
{
    struct json j = json_begin(rq);
    json_str(&j, "flow", str_of(flow->name));
    json_array(&j, "states");
    for (const struct flow_state *s = flow->states; s->code; s++) {
        json_object(&j, NULL);
        json_str(&j, "state", str_of(s->code));
        json_str(&j, "words", flow_state_label(rq, flow, str_of(s->code)));
        json_object_end(&j);
    }
    json_array_end(&j);
    json_array(&j, "actions");
    for (const struct flow_action *a = flow->actions; a->verb; a++)
        TRY(action_json(rq, &j, flow, a));
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

/* ---- pages ---- */

static err page_flow_list(struct rq *rq, struct res *res)
{
    size_t count = 0;
    if (rq->api)
        return list_json(rq, res);
    for (const struct module *const *m = rq->app->modules; *m; m++)
        for (const struct flow *const *f = (*m)->flows; f && *f; f++)
            count++;
    struct view_link *links = arena_array(rq->mem, count, sizeof *links);
    struct flows_page page = { .flows = links };
    for (const struct module *const *m = rq->app->modules; *m; m++)
        for (const struct flow *const *f = (*m)->flows; f && *f; f++)
            links[page.count++] =
                (struct view_link){ flow_words(*f),
                                    arena_printf(rq->mem, "/flows/show?flow=%s", (*f)->name) };
    page.crumbs[0] = (struct view_link){ text_find("menu.flows"), NONE };
    struct out *out = page_begin(rq, text_find("menu.flows"), "flows");
    view_flow_list(out, &page);
    page_end(res, out);
    return OK;
}

/* States of a list in words, joined. */
static str states_words(struct rq *rq, const struct flow *flow, const char *list)
{
    struct buf *b = buf_new(rq->mem, WORDS_MAX);
    str rest = str_of(list), state, comma = text_find("flows.comma");
    if (list && strcmp(list, "*") == 0)
        return text_find("flows.any_state");
    while (str_split(&rest, ' ', &state)) {
        if (state.len == 0)
            continue;
        if (b->len > 0)
            buf_add(b, comma);
        buf_add(b, flow_state_label(rq, flow, state));
    }
    return buf_str(b);
}

static err lines_make(struct rq *rq, const struct flow *flow, struct flow_page *page)
{
    size_t most = 0;
    for (const struct flow_action *a = flow->actions; a->verb; a++)
        most++;
    struct flow_line *lines = arena_array(rq->mem, most, sizeof *lines);
    page->lines = lines;
    for (const struct flow_action *a = flow->actions; a->verb; a++) {
        struct flow_variant variant;
        TRY(variant_named(rq, flow, str_of(a->verb), &variant));
        struct flow_line *line = &lines[page->count++];
        line->verb = str_of(a->verb);
        line->label = flow_verb_label(rq, flow, line->verb);
        line->from = states_words(rq, flow, a->from);
        line->to = a->to || a->outcomes ? states_words(rq, flow, a->to ? a->to : a->outcomes)
                                        : text_find("flows.stays");
        line->disabled = variant.disabled;
        line->changed = variant.disabled || variant.label.len > 0 || variant.extra_from.len > 0;
        if (page->may_manage && strcmp(a->may, FLOW_SYSTEM) != 0)
            line->edit = arena_printf(rq->mem, "/flows/edit?flow=%s&verb=%s", flow->name, a->verb);
    }
    return OK;
}

static err page_flow_show(struct rq *rq, struct res *res)
{
    const struct flow *flow = NULL;
    TRY(flow_named(rq, &flow));
    if (rq->api)
        return show_json(rq, res, flow);
    struct buf *svg = buf_new(rq->mem, SVG_MAX);
    flow_draw_svg(flow, svg);
    struct flow_page page = { .name = str_of(flow->name),
                              .label = flow_words(flow),
                              .drawing = { buf_str(svg) },
                              .may_manage = actor_may(rq->actor, MANAGE) };
    TRY(lines_make(rq, flow, &page));
    page.crumbs[0] = (struct view_link){ text_find("menu.flows"), str_of("/flows") };
    page.crumbs[1] = (struct view_link){ page.label, NONE };
    struct out *out =
        page_begin(rq, text_format(rq->mem, "flows.title", page.label, NONE), "flows");
    view_flow_show(out, &page);
    page_end(res, out);
    return OK;
}

static err page_flow_edit(struct rq *rq, struct res *res)
{
    const struct flow_input *in = rq->input;
    const struct flow *flow = NULL;
    struct flow_variant variant;
    size_t count = 0;
    TRY(flow_named(rq, &flow));
    TRY(variant_named(rq, flow, in->verb, &variant));
    for (const struct flow_state *s = flow->states; s->code; s++)
        count++;
    struct view_choice *states = arena_array(rq->mem, count, sizeof *states);
    const char *extra = arena_cstr(rq->mem, variant.extra_from);
    const struct flow_action *action = flow_action_find(flow, in->verb);
    struct flow_variant_page page = { .flow = str_of(flow->name),
                                      .verb = in->verb,
                                      .label = variant.label,
                                      .disabled = variant.disabled,
                                      .states = states };
    page.shipped =
        text_label(arena_cstr(rq->mem, arena_printf(rq->mem, "flows.%s", flow->name)), in->verb);
    for (const struct flow_state *s = flow->states; s->code; s++)
        if (!flow_starts_from(flow, action, str_of(s->code)))
            states[page.count++] =
                (struct view_choice){ .value = str_of(s->code),
                                      .label = flow_state_label(rq, flow, str_of(s->code)),
                                      .chosen = flow_has_word(extra, str_of(s->code)) };
    page.crumbs[0] = (struct view_link){ text_find("menu.flows"), str_of("/flows") };
    page.crumbs[1] = (struct view_link){ flow_words(flow),
                                         arena_printf(rq->mem, "/flows/show?flow=%s", flow->name) };
    page.crumbs[2] = (struct view_link){ page.shipped, NONE };
    struct out *out =
        page_begin(rq, text_format(rq->mem, "flows.title_step", page.shipped, NONE), "flows");
    view_flow_edit(out, &page);
    page_end(res, out);
    return OK;
}

static err page_flow_store(struct rq *rq, struct res *res)
{
    const struct flow_input *in = rq->input;
    const struct flow *flow = NULL;
    struct flow_variant before;
    TRY(flow_named(rq, &flow));
    TRY(variant_named(rq, flow, in->verb, &before));
    struct buf *extra = buf_new(rq->mem, WORDS_MAX);
    for (size_t i = 0; i < in->extra_from.count; i++)
        buf_printf(extra, "%s%.*s", i ? " " : "", (int)in->extra_from.items[i].len,
                   in->extra_from.items[i].ptr);
    struct flow_variant variant = {
        .verb = in->verb, .label = in->label, .extra_from = buf_str(extra), .disabled = in->disabled
    };
    TRY(flow_variant_store(rq, flow, &variant));
    struct audit_entry entry = {
        .act = MANAGE,
        .object = "flow_variants",
        .before = arena_printf(rq->mem, "%s.%.*s %s %.*s", flow->name, (int)in->verb.len,
                               in->verb.ptr, before.disabled ? "off" : "on",
                               (int)before.extra_from.len, before.extra_from.ptr),
        .after =
            arena_printf(rq->mem, "%s.%.*s %s %.*s", flow->name, (int)in->verb.len, in->verb.ptr,
                         in->disabled ? "off" : "on", (int)extra->len, extra->ptr),
    };
    TRY(audit_add(rq, &entry));
    res_flash(res, "settings.stored", flow_verb_label(rq, flow, in->verb));
    res_redirect(res, arena_printf(rq->mem, "/flows/show?flow=%s", flow->name));
    return OK;
}

/* ---- declarations ---- */

static const struct route ROUTES[] = {
    { GET, "/flows", page_flow_list, .may = SIGNED_IN, .api = true },
    { GET, "/flows/show", page_flow_show, .may = SIGNED_IN, .form = &SHOW_FORM, .api = true },
    { GET, "/flows/edit", page_flow_edit, .may = MANAGE, .form = &VERB_FORM },
    { POST, "/flows/edit", page_flow_store, .may = MANAGE, .form = &EDIT_FORM,
      .redraw = page_flow_edit, .api = true },
    { 0 },
};

static const char *const NEEDS[] = { "settings", NULL };

static const struct event EVENTS[] = {
    { "flow.stepped", "any subject of any flow has begun or made a step; fact: the flow_step" },
    { 0 },
};

static const struct listener LISTENS[] = { { "settings.previewed", flow_on_preview }, { 0 } };

/* What of it belongs to a case that travels (platform/transfer). */
static const struct transfer_table TRANSFERS[] = {
    {
        .name = "trails",
        .under = "*",
        .by = "subject_id",
        .matter = "flow",
        .numbers = (const char *const[]){ "at", "opinion_hidden", NULL },
        .texts = (const char *const[]){ "flow", "verb", "from_state", "to_state", "actor_name",
                                        "agency_name", "delegator_name", "opinion", NULL },
        .links = (const struct transfer_link[]){ { "agency_id", "orgs", NULL, false }, { 0 } },
        .zero = (const char *const[]){ "actor_account_id", NULL },
        .dropped = (const char *const[]){ "delegator_account_id", NULL },
    },
    {
        .name = "clocks",
        .under = "*",
        .by = "subject_id",
        .matter = "flow",
        .numbers = (const char *const[]){ "started_at", "first_due_on", "due_on", "extended_days",
                                          "frozen_on", "stopped_at", "was_late", NULL },
        .texts = (const char *const[]){ "flow", "name", "unit", NULL },
    },
    {
        .name = "todos",
        .under = "*",
        .by = "subject_id",
        .matter = "flow",
        .url = "url",
        .numbers = (const char *const[]){ "due_on", "urgency", "own", "created_at", NULL },
        .texts = (const char *const[]){ "flow", "state", "verb", "holder", "permission", "clock",
                                        "title", "number", "url", NULL },
        .links =
            (const struct transfer_link[]){
                { "holder_id", "agency:orgs person:persons", "holder", false }, { 0 } },
    },
    { 0 },
};

const struct module flow_module = {
    .name = "flow",
    .needs = NEEDS,
    .routes = ROUTES,
    .events = EVENTS,
    .listens = LISTENS,
    .transfers = TRANSFERS,
};

/* ---- how a case went, in the pages of modules ---- */

static bool is_among(str verb, const char *const *verbs)
{
    for (; *verbs; verbs++)
        if (str_is(verb, *verbs))
            return true;
    return false;
}

err flow_steps(struct rq *rq, const struct flow *flow, i64 subject_id, const char *const *back,
               struct view_steps *out)
{
    struct rows rows;
    TRY(flow_trails(rq, flow, subject_id, &rows));
    const struct flow_trail *all = rows.items;
    struct view_step *steps = arena_array(rq->mem, rows.count + 1, sizeof *steps);
    size_t count = 0;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].from_state.len)
            steps[count++] = (struct view_step){
                .at = all[i].at,
                .what = flow_verb_label(rq, flow, all[i].verb),
                .who = all[i].actor_name,
                .words = all[i].opinion,
                .look = str_of(is_among(all[i].verb, back) ? "back" : ""),
            };
    *out = (struct view_steps){ steps, count };
    return OK;
}
