/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of promises: list, one with what was said and shown of it, files; the same as JSON. Verbs
 * of the flow have theirs from the engine. */
#include "modules/assignments/assignment.h"
#include "modules/outcomes/outcome_pages.h"
#include "modules/outcomes/outcome_rules.h"
#include "modules/outcomes/outcome_views.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/outcomes.h"
#include "views/web.h"

enum { WORDS_MAX = 2000 };

/* ---- the list ---- */

/* What is still open shows how long is left. */
static void cell_due(struct out *out, const void *row)
{
    const struct promise *p = row;
    if (p->is_open)
        view_due(out, p->due_on, PROMISE_SOON_DAYS);
    else
        view_date(out, p->due_on);
}

static void cell_state(struct out *out, const void *row)
{
    view_outcomes_promise_state(out, row);
}

static void cell_percent(struct out *out, const void *row)
{
    view_put_str(out, arena_printf(out->buf->mem, "%lld%%",
                                   (long long)((const struct promise *)row)->percent));
}

static const struct list_cell CELLS[] = {
    { "due_on", cell_due }, { "state", cell_state }, { "percent", cell_percent }, { 0 }
};

const struct list_look PROMISE_LOOK = { .list = &PROMISE_LIST,
                                        .path = "/promises",
                                        .title = "menu.promises",
                                        .menu = "promises",
                                        .main = "text",
                                        .under = "matter_title",
                                        .empty = "promises.none",
                                        .bar = "state agency_name",
                                        .exports = true,
                                        .views = true,
                                        .cells = CELLS };

err page_promise_list(struct rq *rq, struct res *res)
{
    return list_show(rq, &PROMISE_LOOK, res);
}

/* ---- one ---- */

static bool is_back(str kind)
{
    return str_is(kind, "supplement") || str_is(kind, "refuse") || str_is(kind, "miss") ||
           str_is(kind, "reopen");
}

/* What was said, with the days where the day has moved. */
static str words_of(struct rq *rq, const struct promise_note *n)
{
    struct buf *b = buf_new(rq->mem, WORDS_MAX * 4);
    bool moved = n->to_on > 0 && n->to_on != n->from_on;
    if (moved)
        buf_add(b, text_format(rq->mem, "promises.days", text_date(rq->mem, n->from_on),
                               text_date(rq->mem, n->to_on)));
    if (moved && n->text.len > 0)
        buf_put(b, "\n");
    buf_add(b, n->text);
    return buf_str(b);
}

static str what_of(struct rq *rq, const struct promise_note *n)
{
    str what = text_label("promises.note", n->kind);
    if (!str_is(n->kind, "progress"))
        return what;
    return text_format(rq->mem, "promises.with_percent", what,
                       arena_printf(rq->mem, "%lld", (long long)n->percent));
}

static err steps_make(struct rq *rq, const struct promise *p, struct view_steps *out)
{
    struct rows rows;
    TRY(promise_note_store_list(rq->db, p->id, rq->mem, &rows));
    const struct promise_note *all = rows.items;
    struct view_step *steps = arena_array(rq->mem, rows.count + 1, sizeof *steps);
    size_t n = 0;
    steps[n++] = (struct view_step){ .at = p->made_at,
                                     .what = text_label("promises.note", str_of("made")),
                                     .who = p->agency_name };
    for (size_t i = 0; i < rows.count; i++)
        steps[n++] = (struct view_step){ .at = all[i].noted_at,
                                         .what = what_of(rq, &all[i]),
                                         .who = all[i].noted_name,
                                         .words = words_of(rq, &all[i]),
                                         .look = str_of(is_back(all[i].kind) ? "back" : "") };
    *out = (struct view_steps){ steps, n };
    return OK;
}

static void files_json(struct rq *rq, const struct promise_show *v, struct json *j)
{
    const struct attachment *files = v->files.items;
    json_array(j, "evidence");
    for (size_t i = 0; i < v->files.count; i++) {
        json_object(j, NULL);
        json_i64(j, "id", files[i].id);
        json_str(j, "name", files[i].name);
        json_i64(j, "size_bytes", files[i].size_bytes);
        json_str(j, "url",
                 arena_printf(rq->mem, "/promises/%lld/evidence/%lld", (long long)v->p->id,
                              (long long)files[i].id));
        json_object_end(j);
    }
    json_array_end(j);
}

static err show_json(struct rq *rq, struct promise_show *v, const struct flow_subject *subject,
                     struct res *res)
{
    struct json j = json_begin(rq);
    list_row_json(rq, &PROMISE_LIST, v->p, LIST_ROW_ONE, &j);
    json_array(&j, "notes");
    for (size_t i = 0; i < v->steps.count; i++) {
        json_object(&j, NULL);
        json_time(&j, "at", v->steps.items[i].at);
        json_str(&j, "what", v->steps.items[i].what);
        json_str(&j, "who", v->steps.items[i].who);
        json_str(&j, "words", v->steps.items[i].words);
        json_object_end(&j);
    }
    json_array_end(&j);
    files_json(rq, v, &j);
    flow_json_allowed(&j, "actions", &PROMISES_FLOW, subject, &v->allowed);
    json_send(&j, res);
    return OK;
}

static str under_of(struct rq *rq, const struct promise *p)
{
    str item =
        p->item_number > 0
            ? text_format(rq->mem, "promises.item",
                          arena_printf(rq->mem, "%lld", (long long)p->item_number), str_of(""))
            : text_find("promises.whole");
    if (p->evidence_kind.len == 0)
        return item;
    return text_format(rq->mem, "promises.item_evidence", item,
                       text_label("choices.promise_evidence", p->evidence_kind));
}

err page_promise_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    TRY(promise_flow_load(rq, rq->path_id, &subject));
    struct promise_show v = { .p = subject.row };
    v.allowed = flow_allowed(rq, &PROMISES_FLOW, &subject);
    v.words = under_of(rq, v.p);
    v.may_add = promise_is_own(rq, v.p) && actor_may(rq->actor, "promises.progress") &&
                !str_is(v.p->state, "superseded");
    TRY(steps_make(rq, v.p, &v.steps));
    TRY(attachment_list(rq, "promises", v.p->id, &v.files));
    if (rq->api)
        return show_json(rq, &v, &subject, res);
    struct out *out = page_begin(rq, v.p->text, "promises");
    view_outcomes_promise(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- files ---- */

/* Only its agency shows something; what is there stays. */
err page_promise_evidence(struct rq *rq, struct res *res)
{
    struct promise p;
    TRY(list_find(rq, &PROMISE_LIST, rq->path_id, &p));
    if (!promise_is_own(rq, &p))
        return err_make(ERR_FORBIDDEN, "promises.not_yours");
    if (str_is(p.state, "superseded"))
        return err_make(ERR_CONFLICT, "promises.superseded");
    const struct evidence_input *in = rq->input;
    if (in->evidence.count == 0) {
        rq_fault(rq, "evidence", "form.required", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    TRY(attachment_keep(rq, "evidence", "promises", p.id));
    res_flash(res, "promises.evidence_kept", str_of(""));
    res_redirect(res, arena_printf(rq->mem, "/promises/%lld", (long long)p.id));
    return OK;
}

err file_promise_evidence(struct rq *rq, struct res *res)
{
    const struct promise_file_input *in = rq->input;
    struct promise p;
    TRY(list_find(rq, &PROMISE_LIST, in->id, &p));
    return attachment_send(rq, res, "promises", p.id, in->file);
}
