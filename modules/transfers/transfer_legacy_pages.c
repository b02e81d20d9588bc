/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The page on which the office says what the numbers of its old system mean. Rules:
 * transfer_legacy.c. */
#include "modules/proposals/proposal.h"
#include "modules/transfers/transfer_legacy.h"
#include "modules/transfers/transfer_record_forms.h"
#include "modules/transfers/transfer_record_views.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/transfers.h"

enum { WORD_MAX = 20, CODE_CHARS = 6 };

const struct form TRANSFER_CODE_ASK_FORM = {
    "transfers.code_ask",
    sizeof(struct transfer_code_ask),
    (const struct input[]){
        { FIELD(struct transfer_code_ask, code), .kind = INPUT_TEXT, .max = CODE_CHARS,
          .query = true, .label = "transfers.code.code" },
        { .field = { 0 } },
    },
};

const struct form TRANSFER_CODE_RESET_FORM = {
    "transfers.code_reset",
    sizeof(struct transfer_code_ask),
    (const struct input[]){
        { FIELD(struct transfer_code_ask, code), .kind = INPUT_TEXT, .max = CODE_CHARS,
          .required = true, .label = "transfers.code.code" },
        { .field = { 0 } },
    },
};

const struct form TRANSFER_CODE_FORM = {
    "transfers.code",
    sizeof(struct transfer_code_input),
    (const struct input[]){
        { FIELD(struct transfer_code_input, code), .kind = INPUT_TEXT, .required = true,
          .max = CODE_CHARS },
        { FIELD(struct transfer_code_input, word), .kind = INPUT_TEXT, .required = true,
          .max = WORD_MAX },
        { FIELD(struct transfer_code_input, state), .kind = INPUT_TEXT, .max = WORD_MAX },
        { FIELD(struct transfer_code_input, verb), .kind = INPUT_TEXT, .max = WORD_MAX },
        { .field = { 0 } },
    },
};

/* ---- choices ---- */

static void states_make(struct rq *rq, struct transfer_codes_page *v)
{
    const struct flow_state *all = PROPOSALS_FLOW.states;
    size_t count = 0;
    while (all[count].code)
        count++;
    struct view_choice *c = arena_array(rq->mem, count + 1, sizeof *c);
    c[0] = (struct view_choice){ .value = str_of(""), .label = text_find("transfers.not_used") };
    for (size_t i = 0; i < count; i++)
        c[i + 1] =
            (struct view_choice){ .value = str_of(all[i].code),
                                  .label = text_label("states.proposals", str_of(all[i].code)) };
    v->states = c;
    v->state_count = count + 1;
}

static void verbs_make(struct rq *rq, struct transfer_codes_page *v)
{
    const struct flow_action *all = PROPOSALS_FLOW.actions;
    size_t count = 0;
    while (all[count].verb)
        count++;
    struct view_choice *c = arena_array(rq->mem, count + 1, sizeof *c);
    c[v->verb_count++] =
        (struct view_choice){ .value = str_of(""), .label = text_find("transfers.no_verb") };
    for (size_t i = 0; i < count; i++) {
        bool there = !all[i].to && !all[i].outcomes; /* a step that leads nowhere is none */
        for (size_t k = 1; k < v->verb_count && !there; k++)
            there = str_is(c[k].value, all[i].verb);
        if (!there)
            c[v->verb_count++] =
                (struct view_choice){ .value = str_of(all[i].verb),
                                      .label = text_label("flows.proposals", str_of(all[i].verb)) };
    }
    v->verbs = c;
}

static str label_or_none(const char *prefix, str code, const char *none)
{
    return code.len ? text_label(prefix, code) : text_find(none);
}

static void items_make(struct rq *rq, const struct rows *codes, struct transfer_codes_page *v)
{
    const struct transfer_code *all = codes->items;
    struct transfer_code_item *items = arena_array(rq->mem, codes->count, sizeof *items);
    for (size_t i = 0; i < codes->count; i++)
        items[i] = (struct transfer_code_item){
            .code = &all[i],
            .state = label_or_none("states.proposals", all[i].state, "transfers.not_used"),
            .verb = label_or_none("flows.proposals", all[i].verb, "transfers.no_verb"),
            .url = arena_printf(rq->mem, "/proposals/past/codes?code=%lld", (long long)all[i].code),
            .own = all[i].changed_at > 0,
        };
    v->items = items;
    v->count = codes->count;
}

/* The one that the address asks for; when a form is redrawn, what was typed stands there. */
static void chosen_find(struct rq *rq, const struct rows *codes, struct transfer_codes_page *v)
{
    const struct transfer_code *all = codes->items;
    const struct transfer_code_ask *ask = rq->input;
    for (size_t i = 0; i < codes->count && rq->error.code == ERR_NONE; i++) {
        str code = arena_printf(rq->mem, "%lld", (long long)all[i].code);
        if (!str_eq(ask->code, code))
            continue;
        v->chosen = all[i];
        v->chosen_code = code;
        v->chosen_own = all[i].changed_at > 0;
    }
}

/* ---- handlers ---- */

static err codes_json(struct rq *rq, const struct transfer_codes_page *v, struct res *res)
{
    struct json j = json_begin(rq);
    json_array(&j, "items");
    for (size_t i = 0; i < v->count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "code", v->items[i].code->code);
        json_str(&j, "word", v->items[i].code->word);
        json_str(&j, "state", v->items[i].code->state);
        json_str(&j, "verb", v->items[i].code->verb);
        json_bool(&j, "shipped", !v->items[i].own);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

err page_transfer_codes(struct rq *rq, struct res *res)
{
    struct transfer_codes_page v = { 0 };
    struct rows codes;
    TRY(transfer_list_codes(rq, &codes));
    items_make(rq, &codes, &v);
    if (rq->api)
        return codes_json(rq, &v, res);
    chosen_find(rq, &codes, &v);
    states_make(rq, &v);
    verbs_make(rq, &v);
    v.crumbs[0] = (struct view_link){ text_find("menu.proposals"), str_of("/proposals") };
    v.crumbs[1] = (struct view_link){ text_find("transfers.page.past"), str_of("/proposals/past") };
    v.crumbs[2] = (struct view_link){ text_find("transfers.page.codes"), { "", 0 } };
    struct out *out = page_begin(rq, text_find("transfers.page.codes"), "proposals");
    view_transfers_past_codes(out, &v);
    page_end(res, out);
    return OK;
}

err page_transfer_code_save(struct rq *rq, struct res *res)
{
    const struct transfer_code_input *in = rq->input;
    TRY(transfer_save_code(rq, in));
    res_flash(res, "transfers.code_saved", in->code);
    res_redirect(res, str_of("/proposals/past/codes"));
    return OK;
}

err page_transfer_code_reset(struct rq *rq, struct res *res)
{
    const struct transfer_code_ask *in = rq->input;
    TRY(transfer_reset_code(rq, in->code));
    res_flash(res, "transfers.code_was_reset", in->code);
    res_redirect(res, str_of("/proposals/past/codes"));
    return OK;
}
