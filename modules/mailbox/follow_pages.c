/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The sender's page: where his letter is, what comes next and by when, the answer, and what he can
 * say and do. The receipt comes in the body of a POST, never in a path; a wrong one is counted. */
#include "modules/mailbox/follow.h"

#include "modules/mailbox/letter_store.h"
#include "modules/orgs/org.h"
#include "platform/app.h"
#include "platform/settings/settings.h"
#include "platform/text/digits.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "platform/web/page_owner.h"
#include "views/mailbox.h"

enum { PART_MAX = 1 << 20, STEPS = 5 };

struct follow_found {
    str digits, hash;
    i64 org_id;
};

/* ---- whose ---- */

/* The digest is slow on purpose: not in a transaction. */
err slow_follow_find(struct rq *rq, struct res *res)
{
    const struct follow_input *in = rq->input;
    struct follow_found *found = arena_zero(rq->mem, sizeof *found);
    const char *fault = "mailbox.receipt_form";
    (void)res;
    found->digits = digits_read(rq->mem, in->receipt, RECEIPT_DIGITS);
    if (found->digits.len) {
        found->hash = letter_receipt_hash(rq, found->digits);
        err e = letter_store_find_receipt_org(rq->db, found->hash, &found->org_id);
        if (e.code == ERR_NONE) {
            rq->found = found;
            return OK;
        }
        if (e.code != ERR_NOT_FOUND)
            return e;
        anonymous_wrong(rq);
        fault = "mailbox.receipt_unknown";
    }
    rq_fault(rq, "receipt", fault, str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

/* ---- in plain words ---- */

static str day_words(struct rq *rq, i64 ms)
{
    return ms ? text_date(rq->mem, day_of_ms(ms)) : str_of("");
}

static str phrase(struct rq *rq, const char *group, const struct letter *l, i64 due_on)
{
    const char *name =
        arena_printf(rq->mem, "mailbox.%s.%.*s", group, (int)l->state.len, l->state.ptr).ptr;
    if (str_is(l->state, "closed"))
        name = arena_printf(rq->mem, "mailbox.%s.%.*s", group, (int)l->ended.len, l->ended.ptr).ptr;
    return text_format(rq->mem, name, due_on > 0 ? text_date(rq->mem, due_on) : str_of(""),
                       l->reply_agency);
}

static void step(struct view_steps *steps, struct view_step *items, struct view_step one)
{
    items[steps->count++] = one;
    steps->items = items;
}

static struct view_steps steps_of(struct rq *rq, const struct letter *l)
{
    struct view_step *items = arena_array(rq->mem, STEPS, sizeof *items);
    struct view_steps steps = { items, 0 };
    bool over = l->closed_at > 0;
    step(&steps, items,
         (struct view_step){ .when = day_words(rq, l->received_at),
                             .what = text_find("mailbox.step.received") });
    if (l->triaged_at || !over)
        step(&steps, items,
             (struct view_step){ .when = day_words(rq, l->triaged_at),
                                 .what = text_find("mailbox.step.triaged"),
                                 .look = str_of(l->triaged_at   ? ""
                                                : l->replied_at ? ""
                                                                : "now") });
    if (l->replied_at || !over)
        step(&steps, items,
             (struct view_step){ .when = day_words(rq, l->replied_at),
                                 .what = text_find("mailbox.step.replied"),
                                 .look = str_of(l->replied_at                    ? ""
                                                : l->triaged_at || l->due_on > 0 ? "now"
                                                                                 : "next") });
    if (l->evaluated_at || !over)
        step(&steps, items,
             (struct view_step){ .when = day_words(rq, l->evaluated_at),
                                 .what = text_find("mailbox.step.evaluated"),
                                 .look = str_of(l->evaluated_at ? ""
                                                : l->replied_at ? "now"
                                                                : "next") });
    if (over)
        step(&steps, items,
             (struct view_step){ .when = day_words(rq, l->closed_at),
                                 .what = text_label("letters.ended", l->ended) });
    return steps;
}

/* By when the sender may expect what comes next. */
static err due_of(struct rq *rq, const struct letter *l, i64 *due_on)
{
    *due_on = l->due_on;
    if (str_is(l->state, "received"))
        TRY(flow_due(rq, &LETTERS_FLOW, l->id, "triage", due_on));
    if (str_is(l->state, "replied"))
        *due_on = day_of_ms(l->replied_at) + setting_number(rq, "mailbox.verdict_days");
    return OK;
}

/* ---- the page ---- */

static err extra_make(struct rq *own, const struct out *page, struct follow_page *v)
{
    struct out part = { buf_new(own->mem, PART_MAX), page->page };
    const struct letter_followed followed = { v->l, v->receipt, &part };
    TRY(event_emit(own, "mailbox.followed", v->l->id, &followed));
    v->extra = (html){ buf_str(part.buf) };
    return OK;
}

/* Whose the letter is: the house's first organisation, whose door this is, need not be it. */
static err owner_of(struct rq *own, struct page_owner *out)
{
    struct org org;
    TRY(org_find_cppcc(own, &org));
    *out = (struct page_owner){ org.name, setting_text(own, "orgs.phone") };
    return OK;
}

/* own: a request of the letter's organisation; rq: the asker's, whose frame and stamps it has. */
static err letter_draw(struct rq *rq, struct rq *own, struct follow_page *v, struct res *res)
{
    const struct letter *l = v->l;
    struct letter_sender open;
    i64 due_on;
    TRY(due_of(own, l, &due_on));
    TRY(letter_list_messages(own, l->id, &v->messages));
    v->question = letter_question_of(own, l, &v->messages);
    TRY(letter_attested(own, l, v->receipt, &v->attested));
    TRY(sender_find(own, l->id, &open));
    TRY(sender_list_consents(own, l->id, &v->consents));
    v->sender = sender_mask(rq->mem, &open);
    v->steps = steps_of(own, l);
    v->now = phrase(own, "now", l, due_on);
    v->next = phrase(own, "next", l, due_on);
    if (l->reason.len)
        v->reason = dictionary_label(own, "mailbox.dismiss_reasons", l->reason);
    v->is_open = follow_is_open(l);
    v->stamp = anonymous_stamp(rq, &FOLLOW);
    v->act_stamp = anonymous_stamp(rq, &FOLLOW);
    v->contact_stamp = anonymous_stamp(rq, &FOLLOW);
    v->withdraw_stamp = anonymous_stamp(rq, &FOLLOW);
    struct page_owner owner;
    TRY(owner_of(own, &owner));
    struct out *out = page_begin_of(rq, text_find("mailbox.page.letter"), &owner);
    TRY(extra_make(own, out, v));
    view_mailbox_follow(out, v);
    page_end(res, out);
    return OK;
}

static void own_make(struct rq *rq, i64 org_id, struct rq *own)
{
    app_system_rq(rq->app, rq->db, rq->mem, org_id, own);
    own->rng = rq->rng;
    own->now_ms = rq->now_ms;
    own->today = rq->today;
    own->id = rq->id;
}

/* The letter again, where something typed into its forms was wrong. */
static err redraw(struct rq *rq, struct res *res, const struct follow_found *found)
{
    struct rq own;
    struct letter l;
    own_make(rq, found->org_id, &own);
    err e = letter_store_find_by_receipt(rq->db, found->hash, rq->mem, &l);
    struct follow_page v = { .l = &l, .receipt = found->digits };
    if (e.code == ERR_NONE)
        e = letter_draw(rq, &own, &v, res);
    db_set_org(rq->db, rq->actor->org_id);
    return e;
}

err page_follow_new(struct rq *rq, struct res *res)
{
    if (rq->route->method != GET && rq->found)
        return redraw(rq, res, rq->found);
    const struct follow_page v = { .stamp = anonymous_stamp(rq, &FOLLOW) };
    static const struct page_owner NOBODY; /* whose it is only the receipt tells */
    struct out *out = page_begin_of(rq, text_find("mailbox.page.follow"), &NOBODY);
    view_mailbox_follow(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- JSON ---- */

static const struct field MESSAGE[] = { FIELD(struct letter_message, author),
                                        FIELD(struct letter_message, text),
                                        FIELD(struct letter_message, ended),
                                        FIELD(struct letter_message, at),
                                        { 0 } };

static err letter_json(struct rq *rq, struct rq *own, const struct letter *l, struct res *res)
{
    const struct follow_found *found = rq->found;
    struct rows messages;
    struct attestation attested;
    i64 due_on;
    TRY(letter_attested(own, l, found->digits, &attested));
    TRY(due_of(own, l, &due_on));
    TRY(letter_list_messages(own, l->id, &messages));
    const struct letter_question question = letter_question_of(own, l, &messages);
    struct json j = json_begin(rq);
    json_str(&j, "title", l->title);
    json_str(&j, "state", l->state);
    json_str(&j, "ended", l->ended);
    json_str(&j, "now", phrase(own, "now", l, due_on));
    json_str(&j, "next", phrase(own, "next", l, due_on));
    json_day(&j, "due_on", due_on);
    json_str(&j, "guidance", l->guidance);
    json_str(&j, "reply", l->reply);
    json_str(&j, "reply_agency", l->reply_agency);
    json_str(&j, "verdict", l->verdict);
    json_rows(&j, "messages", MESSAGE, &messages);
    json_bool(&j, "awaits_answer", question.waits);
    json_day(&j, "answer_until", question.until_on);
    attestation_json(&attested, &j);
    json_send(&j, res);
    return OK;
}

/* ---- acting ---- */

static err act(struct rq *rq, struct rq *own, const struct follow_found *found, struct res *res)
{
    const char *said;
    struct letter l;
    TRY(letter_store_find_by_receipt(rq->db, found->hash, rq->mem, &l));
    TRY(follow_act(own, rq, rq->input, &l, &said));
    if (rq->api)
        return letter_json(rq, own, &l, res);
    struct follow_page v = { .l = &l,
                             .receipt = found->digits,
                             .said = said ? text_find(said) : str_of("") };
    return letter_draw(rq, own, &v, res);
}

err page_follow_act(struct rq *rq, struct res *res)
{
    const struct follow_found *found = rq->found;
    struct rq own;
    own_make(rq, found->org_id, &own);
    err e = act(rq, &own, found, res);
    db_set_org(rq->db, rq->actor->org_id);
    return e;
}
