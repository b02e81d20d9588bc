/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Letters as staff reads them: the list, one of them, who wrote it, photos; the same as JSON. Verbs
 * of the flow have their pages from the engine. The public's pages: intake_pages.c. */
#include "modules/mailbox/letter_pages.h"

#include "modules/mailbox/letter_views.h"
#include "platform/audit/audit.h"
#include "platform/files/photo.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/mailbox.h"

enum { PART_MAX = 1 << 20 };

/* ---- the list ---- */

static void cell_received(struct out *out, const void *row)
{
    view_mailbox_moment(out, ((const struct letter *)row)->received_at);
}

static void acts(struct out *out, struct rq *rq)
{
    view_mailbox_acts(out, actor_may(rq->actor, "letters.triage"));
}

static const struct list_cell CELLS[] = { { "received_at", cell_received }, { 0 } };

static const struct list_look LOOK = { .list = &LETTER_LIST,
                                       .path = "/letters",
                                       .title = "menu.letters",
                                       .menu = "letters",
                                       .main = "title",
                                       .bar = "state category via",
                                       .empty = "letters.none",
                                       .cells = CELLS,
                                       .acts = acts };

const struct list_look LETTER_EXPORTED = { .list = &LETTER_LIST,
                                           .path = "/letters",
                                           .title = "menu.letters",
                                           .menu = "letters",
                                           .main = "title",
                                           .bar = "state category via",
                                           .empty = "letters.none",
                                           .exports = true,
                                           .cells = CELLS,
                                           .acts = acts };

err page_letter_list(struct rq *rq, struct res *res)
{
    return list_show(rq, actor_may(rq->actor, "letters.export") ? &LETTER_EXPORTED : &LOOK, res);
}

/* ---- one ---- */

static const struct field LETTER[] = {
    FIELD(struct letter, id),
    FIELD(struct letter, state),
    FIELD(struct letter, kind),
    FIELD(struct letter, lane),
    FIELD(struct letter, title),
    FIELD(struct letter, body),
    FIELD(struct letter, masked_body),
    FIELD(struct letter, area_name),
    FIELD(struct letter, county),
    FIELD(struct letter, town),
    FIELD(struct letter, place),
    FIELD(struct letter, point),
    FIELD(struct letter, point_by),
    FIELD(struct letter, category),
    FIELD(struct letter, lead_id),
    FIELD(struct letter, received_at),
    FIELD(struct letter, triaged_at),
    FIELD(struct letter, due_on),
    FIELD(struct letter, replied_at),
    FIELD(struct letter, evaluated_at),
    FIELD(struct letter, closed_at),
    FIELD(struct letter, ended),
    FIELD(struct letter, reason),
    FIELD(struct letter, guidance),
    FIELD(struct letter, reply),
    FIELD(struct letter, reply_agency),
    FIELD(struct letter, verdict),
    FIELD(struct letter, verdict_text),
    FIELD(struct letter, round),
    FIELD(struct letter, still),
    FIELD(struct letter, version),
    FIELD(struct letter, via),
    { 0 },
};

static const struct field MESSAGE[] = { FIELD(struct letter_message, author),
                                        FIELD(struct letter_message, text),
                                        FIELD(struct letter_message, ended),
                                        FIELD(struct letter_message, at),
                                        { 0 } };

static const struct field PHOTO[] = { FIELD(struct attachment, id),
                                      FIELD(struct attachment, name),
                                      FIELD(struct attachment, size_bytes),
                                      { 0 } };

/* How it came: by itself, or told to somebody who wrote it down. */
static void came_make(struct rq *rq, const struct rows *trails, struct letter_page *v)
{
    const struct flow_trail *all = trails->items;
    v->came = text_label("letters.lane", v->l->lane);
    v->taken_by = str_of("");
    if (!str_is(v->l->lane, "staff"))
        return;
    v->came = text_label("letters.via", v->l->via);
    for (size_t i = 0; i < trails->count; i++)
        if (!all[i].from_state.len && all[i].actor_account_id)
            v->taken_by = all[i].actor_name;
    if (v->taken_by.len)
        v->came = text_format(rq->mem, "letters.came", v->came, v->taken_by);
}

/* How it went, oldest first. */
static err steps_make(struct rq *rq, struct letter_page *v)
{
    const struct letter *l = v->l;
    struct rows rows;
    TRY(flow_trails(rq, &LETTERS_FLOW, l->id, &rows));
    const struct flow_trail *all = rows.items;
    struct view_step *steps = arena_array(rq->mem, rows.count + 1, sizeof *steps);
    size_t count = 0;
    came_make(rq, &rows, v);
    steps[count++] = (struct view_step){ .at = l->received_at, .what = v->came };
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].from_state.len)
            steps[count++] = (struct view_step){
                .at = all[i].at,
                .what = flow_verb_label(rq, &LETTERS_FLOW, all[i].verb),
                .who = all[i].actor_account_id ? all[i].actor_name : str_of(""),
                .words = all[i].opinion,
            };
    v->steps = (struct view_steps){ steps, count };
    return OK;
}

static str dictionary_word(struct rq *rq, const char *dictionary, str code)
{
    return code.len ? dictionary_label(rq, dictionary, code) : str_of("");
}

static err sender_make(struct rq *rq, struct letter_page *v)
{
    struct letter_sender open;
    TRY(sender_find(rq, v->l->id, &open));
    v->sender = v->unmasked ? open : sender_mask(rq->mem, &open);
    return sender_list_consents(rq, v->l->id, &v->consents);
}

static err page_make(struct rq *rq, struct letter_page *v)
{
    const struct letter *l = v->l;
    v->may_unmask = actor_may(rq->actor, "letters.unmask");
    v->category = dictionary_word(rq, "mailbox.categories", l->category);
    v->reason = dictionary_word(rq, "mailbox.dismiss_reasons", l->reason);
    TRY(letter_list_messages(rq, l->id, &v->messages));
    v->question = letter_question_of(rq, l, &v->messages);
    TRY(attachment_list(rq, "letters", l->id, &v->photos));
    TRY(flow_due(rq, &LETTERS_FLOW, l->id, "triage", &v->triage_due_on));
    TRY(sender_make(rq, v));
    return steps_make(rq, v);
}

static void sender_json(struct json *j, const struct letter_page *v)
{
    json_object(j, "sender");
    json_str(j, "name", v->sender.name);
    json_str(j, "phone", v->sender.phone);
    json_str(j, "mail", v->sender.mail);
    json_bool(j, "handover", v->sender.handover);
    json_object_end(j);
}

static err show_json(struct rq *rq, struct res *res, const struct letter_page *v,
                     const struct flow_subject *subject)
{
    struct json j = json_begin(rq);
    json_fields(&j, LETTER, v->l);
    json_str(&j, "taken_by", v->taken_by);
    json_rows(&j, "messages", MESSAGE, &v->messages);
    json_bool(&j, "awaits_answer", v->question.waits);
    json_day(&j, "answer_until", v->question.until_on);
    json_rows(&j, "photos", PHOTO, &v->photos);
    sender_json(&j, v);
    TRY(event_emit(rq, "mailbox.shown", v->l->id,
                   &(struct letter_shown){ .letter = v->l, .json = &j }));
    flow_json_allowed(&j, "actions", &LETTERS_FLOW, subject, &v->allowed);
    json_send(&j, res);
    return OK;
}

/* What modules above write, as one piece of the page. */
static err part_make(struct rq *rq, struct letter_page *v, const struct out *page)
{
    struct out below = { buf_new(rq->mem, PART_MAX), page->page };
    struct out side = { buf_new(rq->mem, PART_MAX), page->page };
    struct letter_shown shown = { .letter = v->l, .out = &below };
    TRY(event_emit(rq, "mailbox.shown", v->l->id, &shown));
    shown = (struct letter_shown){ .letter = v->l, .side = &side };
    TRY(event_emit(rq, "mailbox.shown", v->l->id, &shown));
    v->below = (html){ buf_str(below.buf) };
    v->side = (html){ buf_str(side.buf) };
    return OK;
}

static err draw(struct rq *rq, struct res *res, i64 id, bool unmasked)
{
    struct letter l;
    TRY(letter_find(rq, id, &l));
    struct letter_page v = { .l = &l, .unmasked = unmasked };
    struct flow_subject subject = { l.id, l.version, l.state, l.title, str_of(""), &l };
    v.allowed = flow_allowed(rq, &LETTERS_FLOW, &subject);
    TRY(page_make(rq, &v));
    if (rq->api)
        return show_json(rq, res, &v, &subject);
    v.crumbs = view_crumbs(rq->mem, "letters", l.title);
    struct out *out =
        page_begin(rq, text_format(rq->mem, "letters.page.show", l.title, str_of("")), "letters");
    TRY(part_make(rq, &v, out));
    view_mailbox_show(out, &v);
    page_end(res, out);
    return OK;
}

err page_letter_show(struct rq *rq, struct res *res)
{
    return draw(rq, res, rq->path_id, false);
}

err page_letter_triage(struct rq *rq, struct res *res)
{
    struct letter l;
    TRY(letter_find(rq, rq->path_id, &l));
    const struct letter_triage_input stored = {
        .id = l.id,
        .kind = l.kind,
        .category = l.category,
        .title = l.title,
        .masked_body = letter_text_for_units(rq, &l),
    };
    return form_page(rq, res,
                     &(struct form_look){
                         .form = &LETTER_TRIAGE_FORM,
                         .stored = &stored,
                         .title = text_find("letters.page.triage"),
                         .subject = l.title,
                         .version = l.version,
                         .button = text_find("flows.letters.triage"),
                         .back = arena_printf(rq->mem, "/letters/%lld", (long long)l.id),
                         .crumbs = view_crumbs_of(rq->mem, "letters", l.id, l.title,
                                                  text_find("letters.page.triage")) });
}

/* ---- who wrote it ---- */

err page_letter_unmask_form(struct rq *rq, struct res *res)
{
    struct letter l;
    TRY(letter_find(rq, rq->path_id, &l));
    static const struct letter_unmask_input EMPTY = { .reason = { "", 0 } };
    str title = text_find("letters.page.unmask");
    return form_page(rq, res,
                     &(struct form_look){
                         .form = &LETTER_UNMASK_FORM,
                         .stored = &EMPTY,
                         .title = title,
                         .subject = l.title,
                         .button = title,
                         .back = arena_printf(rq->mem, "/letters/%lld", (long long)l.id),
                         .crumbs = view_crumbs_of(rq->mem, "letters", l.id, l.title, title) });
}

/* A POST, so that looking is written down in the transaction that shows. */
err page_letter_unmask(struct rq *rq, struct res *res)
{
    const struct letter_unmask_input *in = rq->input;
    struct letter l;
    TRY(letter_find(rq, in->id, &l));
    TRY(audit_add(rq, &(struct audit_entry){ "letters.unmask", "letters", in->id,
                                             .after = in->reason }));
    return draw(rq, res, in->id, true);
}

/* ---- photos ---- */

static err photo_of(struct rq *rq, struct res *res, enum photo_form form)
{
    const struct letter_photo_input *in = rq->input;
    struct letter l;
    TRY(letter_find(rq, in->id, &l));
    const struct photo_key key = { "letters", l.id, in->file };
    return photo_send(rq, res, &key, form);
}

err file_letter_photo(struct rq *rq, struct res *res)
{
    return photo_of(rq, res, PHOTO_PICTURE);
}

err file_letter_preview(struct rq *rq, struct res *res)
{
    return photo_of(rq, res, PHOTO_PREVIEW);
}
