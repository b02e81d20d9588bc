/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of groups of a meeting and the same as JSON; the printed list; what the meeting's page says
 * of them. Verbs of the flow have theirs from the engine. */
#include "modules/schemes/scheme.h"

#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/schemes.h"

enum { COLUMNS = 4, GROUPS_AT_FIRST = 8 };

static bool is_office(const struct rq *rq)
{
    return actor_may(rq->actor, "schemes.manage");
}

static str url_of(struct rq *rq, i64 id)
{
    return arena_printf(rq->mem, "/schemes/%lld", (long long)id);
}

static err answer(struct rq *rq, struct res *res, i64 id, const char *flash)
{
    res_flash(res, flash, str_of(""));
    res_redirect(res, url_of(rq, id));
    return OK;
}

err page_scheme_list(struct rq *rq, struct res *res)
{
    const struct list_look look = { .list = &SCHEME_LIST,
                                    .path = "/schemes",
                                    .title = "menu.schemes",
                                    .menu = "schemes",
                                    .main = "title",
                                    .empty = is_office(rq) ? "schemes.none" : "schemes.none_own",
                                    .create = "schemes.manage" };
    return list_show(rq, &look, res);
}

/* ---- beginning ---- */

err page_scheme_form(struct rq *rq, struct res *res)
{
    static const struct scheme_input NONE = { .groups = GROUPS_AT_FIRST };
    return form_page(rq, res,
                     &(struct form_look){ .form = &SCHEME_FORM,
                                          .stored = &NONE,
                                          .menu = "schemes",
                                          .title = text_find("schemes.new"),
                                          .subject = text_find("schemes.new_hint"),
                                          .button = text_find("schemes.divide") });
}

err page_scheme_begin(struct rq *rq, struct res *res)
{
    i64 id = 0;
    TRY(scheme_begin(rq, rq->input, &id));
    return answer(rq, res, id, "schemes.begun");
}

/* ---- one ---- */

static void line_json(struct json *j, const struct scheme_line *l, bool office)
{
    json_object(j, NULL);
    json_i64(j, "invitee_id", l->invitee_id);
    json_str(j, "name", l->name);
    json_str(j, "sector_name", l->sector_name);
    if (office)
        json_str(j, "result", l->result);
    json_object_end(j);
}

static void lines_json(struct json *j, const char *key, const struct scheme_line *lines,
                       size_t count, bool office)
{
    json_array(j, key);
    for (size_t i = 0; i < count; i++)
        line_json(j, &lines[i], office);
    json_array_end(j);
}

static void group_json(struct json *j, const struct scheme_group_view *v, bool office)
{
    json_object(j, NULL);
    json_i64(j, "id", v->g->id);
    json_i64(j, "number", v->g->number);
    json_i64(j, "version", v->g->version);
    json_str(j, "name", v->g->name);
    json_str(j, "room", v->g->room);
    json_str(j, "convener", v->convener);
    json_str(j, "recorder", v->recorder);
    if (office) {
        json_i64(j, "present", v->present);
        json_i64(j, "leave", v->leave);
        json_i64(j, "absent", v->absent);
    }
    lines_json(j, "people", v->lines, v->count, office);
    json_object_end(j);
}

err page_scheme_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    struct scheme_page v;
    TRY(scheme_flow_load(rq, rq->path_id, &subject));
    struct flow_allowed acts = flow_allowed(rq, &SCHEMES_FLOW, &subject);
    TRY(scheme_shown_make(rq, subject.row, &v));
    v.acts = &acts;
    v.crumbs = view_crumbs(rq->mem, "schemes", subject.title);
    /* What stands now is on the page itself: who moves again has seen it. */
    v.version = rq->error.name && strcmp(rq->error.name, "schemes.moved_since") == 0
                    ? v.s->version
                    : conflict_version(rq, v.s->version);
    v.to = rq_typed(rq, "to", str_of(""));
    if (rq->api) {
        struct json j = json_begin(rq);
        list_row_json(rq, &SCHEME_LIST, v.s, LIST_ROW_ONE, &j);
        json_array(&j, "partition");
        for (size_t i = 0; i < v.count; i++)
            group_json(&j, &v.groups[i], v.office);
        json_array_end(&j);
        if (v.office)
            lines_json(&j, "unplaced", v.unplaced, v.unplaced_count, true);
        flow_json_allowed(&j, "actions", &SCHEMES_FLOW, &subject, &acts);
        json_send(&j, res);
        return OK;
    }
    struct out *out =
        page_begin(rq, text_format(rq->mem, "schemes.page", subject.title, str_of("")), "schemes");
    view_schemes_show(out, &v);
    page_end(res, out);
    return OK;
}

err page_scheme_move(struct rq *rq, struct res *res)
{
    TRY(scheme_move(rq, rq->input));
    return answer(rq, res, rq->path_id, "schemes.moved");
}

/* ---- one group ---- */

err page_scheme_group_form(struct rq *rq, struct res *res)
{
    struct scheme_group g;
    struct scheme s;
    TRY(scheme_group_find(rq, rq->path_id, &g, &s));
    if (str_is(s.state, "dropped"))
        return err_make(ERR_CONFLICT, "schemes.dropped");
    const struct scheme_group_input in = scheme_group_input_of(rq, &g);
    return form_page(rq, res,
                     &(struct form_look){
                         .form = &SCHEME_GROUP_FORM,
                         .stored = &in,
                         .menu = "schemes",
                         .title = text_format(rq->mem, "schemes.group_title", s.title, g.name),
                         .version = g.version,
                         .back = url_of(rq, s.id),
                         .crumbs = view_crumbs_of(rq->mem, "schemes", s.id, s.title, g.name) });
}

err page_scheme_group_save(struct rq *rq, struct res *res)
{
    i64 scheme_id = 0;
    TRY(scheme_group_save(rq, rq->input, &scheme_id));
    return answer(rq, res, scheme_id, "schemes.group_saved");
}

/* ---- the printed list ---- */

static str role_words(const struct scheme_group_view *v, const struct scheme_line *l)
{
    if (l->member_id == v->g->convener_id)
        return text_find("scheme_groups.convener");
    return l->member_id == v->g->recorder_id ? text_find("scheme_groups.recorder") : str_of("");
}

static struct paper_list_part part_of(struct rq *rq, const struct scheme_group_view *v)
{
    str *cells = arena_array(rq->mem, v->count * COLUMNS + 1, sizeof *cells);
    for (size_t i = 0; i < v->count; i++) {
        cells[i * COLUMNS] = str_number(rq->mem, (i64)i + 1);
        cells[i * COLUMNS + 1] = v->lines[i].name;
        cells[i * COLUMNS + 2] = v->lines[i].sector_name;
        cells[i * COLUMNS + 3] = role_words(v, &v->lines[i]);
    }
    str name = v->g->room.len ? text_format(rq->mem, "schemes.in_room", v->g->name, v->g->room)
                              : v->g->name;
    return (struct paper_list_part){ text_format(rq->mem, "schemes.paper.part", name,
                                                 str_number(rq->mem, (i64)v->count)),
                                     cells, v->count };
}

static err list_make(struct rq *rq, struct paper_list *out)
{
    static const char *const LABELS[COLUMNS] = { "schemes.paper.number", "schemes.paper.name",
                                                 "schemes.paper.sector", "schemes.paper.role" };
    static const i64 WIDTHS[COLUMNS] = { 20, 60, 111, 70 };
    struct scheme *s = arena_zero(rq->mem, sizeof *s);
    struct scheme_page v;
    TRY(list_find(rq, &SCHEME_LIST, rq->path_id, s));
    TRY(scheme_shown_make(rq, s, &v));
    struct paper_column *columns = arena_array(rq->mem, COLUMNS, sizeof *columns);
    struct paper_list_part *parts = arena_array(rq->mem, v.count + 1, sizeof *parts);
    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] = (struct paper_column){ text_find(LABELS[i]), WIDTHS[i] };
    for (size_t i = 0; i < v.count; i++)
        parts[i] = part_of(rq, &v.groups[i]);
    *out = (struct paper_list){ .title = text_format(rq->mem, "schemes.paper.title",
                                                     s->meeting_title, str_of("")),
                                .subtitle = s->title,
                                .columns = columns,
                                .column_count = COLUMNS,
                                .parts = parts,
                                .part_count = v.count };
    return OK;
}

err file_scheme_pdf(struct rq *rq, struct res *res)
{
    struct paper_list list;
    bytes pdf;
    TRY(list_make(rq, &list));
    TRY(paper_list_pdf(rq->mem, &list, &pdf));
    res_bytes(res, pdf, text_format(rq->mem, "schemes.paper.file", str_of("pdf"), str_of("")),
              "application/pdf", true);
    return OK;
}

err file_scheme_docx(struct rq *rq, struct res *res)
{
    struct paper_list list;
    bytes docx;
    TRY(list_make(rq, &list));
    TRY(paper_list_docx(rq->mem, &list, &docx));
    res_bytes(res, docx, text_format(rq->mem, "schemes.paper.file", str_of("docx"), str_of("")),
              DOCX_TYPE, false);
    return OK;
}

/* ---- on a meeting's page ---- */

static const struct scheme_group_view *group_of(const struct scheme_page *v, i64 person_id)
{
    for (size_t i = 0; i < v->count; i++)
        for (size_t k = 0; k < v->groups[i].count; k++)
            if (v->groups[i].lines[k].person_id == person_id)
                return &v->groups[i];
    return NULL;
}

static void own_json(struct json *j, const struct scheme_own *own)
{
    json_object(j, NULL);
    json_i64(j, "id", own->s->id);
    json_str(j, "title", own->s->title);
    json_str(j, "state", own->s->state);
    if (own->mine) {
        json_str(j, "group", own->mine->g->name);
        json_str(j, "room", own->mine->g->room);
        json_str(j, "convener", own->mine->convener);
    }
    json_object_end(j);
}

err on_scheme_meeting_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct meeting_shown *shown = fact;
    bool office = is_office(rq);
    i64 person_id = rq->actor->person_id;
    struct rows rows;
    if (!actor_may(rq->actor, "schemes.read") || (!office && !person_id))
        return OK;
    TRY(scheme_store_list(rq->db, id, office ? 0 : person_id, rq->mem, &rows));
    struct scheme *all = rows.items;
    struct scheme_own *own = arena_array(rq->mem, rows.count + 1, sizeof *own);
    for (size_t i = 0; i < rows.count; i++) {
        struct scheme_page v;
        own[i] = (struct scheme_own){ .s = &all[i] };
        if (!person_id)
            continue;
        TRY(scheme_shown_make(rq, &all[i], &v));
        own[i].mine = group_of(&v, person_id);
    }
    if (shown->out) {
        view_schemes_meeting(shown->out,
                             &(struct scheme_meeting_view){ own, rows.count, id, office });
        return OK;
    }
    json_array(shown->json, "schemes");
    for (size_t i = 0; i < rows.count; i++)
        own_json(shown->json, &own[i]);
    json_array_end(shown->json);
    return OK;
}
