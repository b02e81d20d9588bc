/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of the space of a plenary, the same as JSON, and the sheet of who is there. */
#include "modules/plenaries/plenary.h"

#include "modules/orgs/org.h"
#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/plenaries.h"

enum { ROWS_MAX = 8 };

/* ---- all of them ---- */

err page_plenary_list(struct rq *rq, struct res *res)
{
    struct rows rows;
    TRY(meeting_list_plenaries(rq, &rows));
    if (rq->api) {
        static const struct field ONE[] = {
            FIELD(struct meeting_brief, id),
            FIELD(struct meeting_brief, title),
            FIELD(struct meeting_brief, state),
            { 0 },
        };
        struct json j = json_begin(rq);
        json_rows(&j, "items", ONE, &rows);
        json_send(&j, res);
        return OK;
    }
    const struct plenary_list_page v = { .rows = &rows,
                                         .today = rq->today,
                                         .office = actor_may(rq->actor, "meetings.manage") };
    struct out *out = page_begin(rq, text_find("menu.plenaries"), "plenaries");
    view_plenaries_list(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- one ---- */

static void figures_json(struct json *j, const struct plenary *p)
{
    json_object(j, "figures");
    json_i64(j, "invited", p->m.invited);
    json_i64(j, "confirmed", p->m.confirmed);
    json_i64(j, "excused", p->m.excused);
    json_i64(j, "undecided", p->m.undecided);
    json_i64(j, "waiting", p->m.waiting);
    json_i64(j, "due", p->m.due);
    json_i64(j, "present", p->m.present);
    json_i64(j, "leave", p->m.leave);
    json_i64(j, "absent", p->m.absent);
    json_i64(j, "checked_in", p->m.came);
    json_i64(j, "all_members", p->m.all_members);
    json_i64(j, "wanted", p->wanted);
    json_bool(j, "quorum", plenary_has_quorum(p));
    json_object_end(j);
}

static void schemes_json(struct json *j, const struct plenary *p)
{
    json_array(j, "schemes");
    for (size_t i = 0; i < p->scheme_count; i++) {
        const struct plenary_scheme *one = &p->schemes[i];
        json_object(j, NULL);
        json_i64(j, "id", one->s->id);
        json_str(j, "title", one->s->title);
        json_i64(j, "groups", one->groups);
        if (p->m.others)
            json_i64(j, "unplaced", one->unplaced);
        json_str(j, "group", one->mine ? one->mine->g->name : str_of(""));
        json_str(j, "room", one->mine ? one->mine->g->room : str_of(""));
        json_object_end(j);
    }
    json_array_end(j);
}

static void speeches_json(struct json *j, const struct plenary *p)
{
    json_array(j, "speech_calls");
    for (size_t i = 0; i < p->speech_count; i++) {
        const struct plenary_speeches *one = &p->speeches[i];
        json_object(j, NULL);
        json_i64(j, "id", one->c->id);
        json_str(j, "title", one->c->title);
        if (p->office) {
            json_i64(j, "waiting", one->waiting);
            json_i64(j, "spoken", one->spoken);
            json_i64(j, "given", one->given);
            json_i64(j, "written", one->written);
        }
        json_i64(j, "mine", one->mine ? one->mine->id : 0);
        json_object_end(j);
    }
    json_array_end(j);
}

static void todos_json(struct json *j, const struct plenary *p)
{
    json_array(j, "todos");
    for (size_t i = 0; i < p->todo_count; i++) {
        json_object(j, NULL);
        json_str(j, "words", p->todos[i].words);
        json_str(j, "url", p->todos[i].url);
        json_object_end(j);
    }
    json_array_end(j);
}

static void plenary_json(struct rq *rq, const struct plenary *p, struct res *res)
{
    struct json j = json_begin(rq);
    json_i64(&j, "id", p->m.brief.id);
    json_str(&j, "title", p->m.brief.title);
    json_str(&j, "state", p->m.brief.state);
    json_str(&j, "when", p->m.when);
    json_str(&j, "place", p->m.place);
    json_str(&j, "next", p->next);
    json_str(&j, "answer", p->m.answer);
    json_time(&j, "proposals_until_at", p->call ? p->call->until_at : 0);
    json_i64(&j, "proposals", p->handed_in);
    if (p->m.others)
        figures_json(&j, p);
    schemes_json(&j, p);
    speeches_json(&j, p);
    if (p->office)
        todos_json(&j, p);
    json_send(&j, res);
}

err page_plenary_show(struct rq *rq, struct res *res)
{
    struct plenary *p = arena_zero(rq->mem, sizeof *p);
    TRY(plenary_find(rq, rq->path_id, p));
    if (rq->api) {
        plenary_json(rq, p, res);
        return OK;
    }
    const struct plenary_page v = { p, view_crumbs(rq->mem, "plenaries", p->m.brief.title) };
    struct out *out =
        page_begin(rq, text_format(rq->mem, "plenaries.page", p->m.brief.title, str_of("")),
                   "plenaries");
    view_plenaries_show(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- the sheet ---- */

/* Present by what is put down; before that by the door. */
static str there_words(struct rq *rq, const struct plenary *p)
{
    if (p->m.present + p->m.leave + p->m.absent > 0)
        return text_format(rq->mem, "plenaries.paper.there", str_number(rq->mem, p->m.present),
                           str_number(rq->mem, p->m.absent));
    if (p->m.half.len == 0)
        return text_find("plenaries.paper.not_yet");
    return text_format(rq->mem, "plenaries.paper.came", p->m.half, str_number(rq->mem, p->m.came));
}

static str quorum_words(struct rq *rq, const struct plenary *p)
{
    const char *said =
        plenary_has_quorum(p) ? "plenaries.paper.quorum" : "plenaries.paper.no_quorum";
    return text_format(rq->mem, said, str_number(rq->mem, p->m.all_members),
                       str_number(rq->mem, p->wanted));
}

static err sheet_make(struct rq *rq, struct plenary *p, struct paper_form *out)
{
    struct org house;
    struct paper_row *rows = arena_array(rq->mem, ROWS_MAX, sizeof *rows);
    TRY(plenary_find(rq, rq->path_id, p));
    TRY(org_find_cppcc(rq, &house));
    i64 leave = p->m.leave ? p->m.leave : p->m.excused;
    size_t n = 0;
    rows[n++] = (struct paper_row){ text_find("plenaries.paper.when"), p->m.when };
    rows[n++] = (struct paper_row){ text_find("plenaries.paper.place"), p->m.place };
    rows[n++] = (struct paper_row){ text_find("plenaries.paper.due"),
                                    text_format(rq->mem, "plenaries.people",
                                                str_number(rq->mem, p->m.due), str_of("")) };
    rows[n++] = (struct paper_row){ text_find("plenaries.paper.leave"),
                                    text_format(rq->mem, "plenaries.people",
                                                str_number(rq->mem, leave), str_of("")) };
    rows[n++] = (struct paper_row){ text_find("plenaries.paper.present"), there_words(rq, p) };
    rows[n++] = (struct paper_row){ text_find("plenaries.paper.charter"), quorum_words(rq, p) };
    *out = (struct paper_form){ .title = text_format(rq->mem, "plenaries.paper.title", house.name,
                                                     p->m.brief.title),
                                .rows = rows,
                                .row_count = n,
                                .footer = text_format(rq->mem, "plenaries.paper.as_of",
                                                      call_moment(rq, rq->now_ms), str_of("")) };
    return OK;
}

static str file_name(struct rq *rq, const struct plenary *p, const char *ending)
{
    return text_format(rq->mem, "plenaries.paper.file", p->m.brief.title, str_of(ending));
}

err file_plenary_pdf(struct rq *rq, struct res *res)
{
    struct plenary *p = arena_zero(rq->mem, sizeof *p);
    struct paper_form form;
    bytes pdf;
    TRY(sheet_make(rq, p, &form));
    TRY(paper_form_pdf(rq->mem, &form, &pdf));
    res_bytes(res, pdf, file_name(rq, p, ".pdf"), "application/pdf", true);
    return OK;
}

err file_plenary_docx(struct rq *rq, struct res *res)
{
    struct plenary *p = arena_zero(rq->mem, sizeof *p);
    struct paper_form form;
    bytes docx;
    TRY(sheet_make(rq, p, &form));
    TRY(paper_form_docx(rq->mem, &form, &docx));
    res_bytes(res, docx, file_name(rq, p, ".docx"), DOCX_TYPE, false);
    return OK;
}

/* ---- on its meeting's page ---- */

err on_plenary_meeting_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct meeting_shown *shown = fact;
    (void)rq;
    if (shown->out && str_is(shown->meeting->kind, "plenary"))
        view_plenaries_meeting(shown->out, id);
    return OK;
}
