/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of assessments and the same as JSON, and the workbook. Verbs of the flow have theirs from
 * the engine. A member's grading: grading_pages.c. */

#include "modules/assessments/assessment_views.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/flow/flow_pages.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/assessments.h"

enum { ASKED_MAX = 1024 };

static const char XLSX_TYPE[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

static str url_of(struct rq *rq, i64 id)
{
    return arena_printf(rq->mem, "/assessments/%lld", (long long)id);
}

/* ---- the list, opening ---- */

static void list_acts(struct out *out, struct rq *rq)
{
    view_assessments_acts(out, actor_may(rq->actor, "assessments.prepare"));
}

err page_assessment_list(struct rq *rq, struct res *res)
{
    const struct list_look look = { .list = &ASSESSMENT_LIST,
                                    .path = "/assessments",
                                    .title = "menu.assessments",
                                    .menu = "assessments",
                                    .main = "year",
                                    .empty = "assessments.none",
                                    .acts = list_acts };
    return list_show(rq, &look, res);
}

/* Most often the last year that is over. */
err page_assessment_new(struct rq *rq, struct res *res)
{
    struct assessment standing;
    i64 year = scores_year_of(rq, rq->today) - 1;
    TRY(assessment_store_find_standing(rq->db, year, rq->mem, &standing));
    const struct assessment_open_input in = { .year = standing.id ? year + 1 : year };
    return form_page(rq, res,
                     &(struct form_look){ .form = &ASSESSMENT_OPEN_FORM,
                                          .stored = &in,
                                          .menu = "assessments",
                                          .title = text_find("assessments.new"),
                                          .subject = text_find("assessments.new_about"),
                                          .button = text_find("assessments.open") });
}

err slow_assessment_open(struct rq *rq, struct res *res)
{
    const struct assessment_open_input *in = rq->input;
    const struct assessment_take *take;
    (void)res;
    TRY(assessment_take(rq, in->year, &take));
    rq->found = take;
    return OK;
}

err page_assessment_open(struct rq *rq, struct res *res)
{
    i64 id = 0;
    TRY(assessment_open(rq, rq->input, &id));
    res_flash(res, "assessments.is_open", str_of(""));
    res_redirect(res, url_of(rq, id));
    return OK;
}

err page_assessment_retake(struct rq *rq, struct res *res)
{
    const struct grading_change_input *in = rq->input;
    i64 changed;
    TRY(assessment_retake(rq, rq->path_id, in->version, &changed));
    res_flash(res, "assessments.retaken", arena_printf(rq->mem, "%lld", (long long)changed));
    res_redirect(res, url_of(rq, rq->path_id));
    return OK;
}

/* ---- one ---- */

static bool is_shown(const struct assessment_show_input *in, const struct grading *g)
{
    if (in->grade.len && !(g->assessed && str_eq(g->grade, in->grade)))
        return false;
    if (str_is(in->show, "changed"))
        return g->reason.len > 0;
    if (str_is(in->show, "other"))
        return !str_eq(g->grade, g->earlier);
    if (str_is(in->show, "talk"))
        return g->talk == 1;
    if (str_is(in->show, "honour"))
        return g->honour.len > 0;
    return !str_is(in->show, "away") || !g->assessed;
}

static str page_url(struct rq *rq, str show, str grade, size_t start)
{
    struct buf *out = buf_new(rq->mem, ASKED_MAX);
    view_url_str(&(struct out){ .buf = out }, grade);
    str sent = buf_str(out);
    return arena_printf(rq->mem, "/assessments/%lld?show=%.*s&grade=%.*s&start=%zu",
                        (long long)rq->path_id, (int)show.len, show.ptr, (int)sent.len, sent.ptr,
                        start);
}

static void filters_make(struct rq *rq, struct assessment_view *v)
{
    static const char *const SHOWS[] = { "all", "changed", "honour", "talk", "away", "other" };
    const struct assessment_show_input *in = rq->input;
    size_t count = sizeof SHOWS / sizeof *SHOWS - (v->a->corrects_id ? 0 : 1);
    struct view_tab *tabs = arena_array(rq->mem, count, sizeof *tabs);
    str show = in->show.len ? in->show : str_of("all");
    for (size_t i = 0; i < count; i++)
        tabs[i] = (struct view_tab){ text_label("assessments.shows", str_of(SHOWS[i])),
                                     page_url(rq, str_of(SHOWS[i]), str_of(""), 0), -1,
                                     !in->grade.len && str_is(show, SHOWS[i]) };
    v->filters = (struct view_tabs){ text_find("assessments.show"), tabs, count };
}

static void rows_make(struct rq *rq, const struct rows *gradings, struct assessment_view *v)
{
    const struct assessment_show_input *in = rq->input;
    const struct grading *all = gradings->items;
    const struct grading **shown = arena_array(rq->mem, GRADINGS_SHOWN, sizeof *shown);
    size_t from = (size_t)in->start, n = 0;
    for (size_t i = 0; i < gradings->count; i++) {
        v->assessed += all[i].assessed;
        v->talks += grading_awaits_talk(&all[i]);
        v->honours += str_is(all[i].honour, "proposed") || str_is(all[i].honour, "granted");
        if (!is_shown(in, &all[i]))
            continue;
        if (n >= from && v->count < GRADINGS_SHOWN)
            shown[v->count++] = &all[i];
        n++;
    }
    v->people = (i64)gradings->count;
    v->rows = shown;
    v->pager = (struct view_pager){ .shown = (i64)v->count,
                                    .total = (i64)n,
                                    .unit = text_find("members.unit") };
    if (from)
        v->pager.previous =
            page_url(rq, in->show, in->grade, from < GRADINGS_SHOWN ? 0 : from - GRADINGS_SHOWN);
    if (from + v->count < n)
        v->pager.next = page_url(rq, in->show, in->grade, from + v->count);
}

/* What was decided rests on what it was then; also of a round that was dropped nobody wants to know
 * what would be otherwise today. */
static bool is_compared(str state)
{
    return !str_is(state, "dropped") && !str_is(state, "superseded");
}

static err differences_make(struct rq *rq, const struct rows *gradings, struct assessment_view *v)
{
    const struct assessment_take *take;
    if (!is_compared(v->a->state))
        return OK;
    TRY(assessment_take(rq, v->a->year, &take));
    struct rows differ = grading_differences(rq->mem, gradings, &take->rows);
    v->differences = differ.items;
    v->difference_count = differ.count;
    return OK;
}

static void sums_json(struct json *j, const struct assessment_view *v)
{
    json_array(j, "grades");
    for (size_t i = 0; i < v->sum_count; i++) {
        json_object(j, NULL);
        json_str(j, "grade", v->sums[i].name);
        json_i64(j, "proposed", v->sums[i].proposed);
        json_i64(j, "count", v->sums[i].count);
        if (v->sums[i].most >= 0)
            json_i64(j, "most", v->sums[i].most);
        json_object_end(j);
    }
    json_array_end(j);
}

static void differences_json(struct json *j, const struct assessment_view *v)
{
    json_array(j, "differences");
    for (size_t i = 0; i < v->difference_count; i++) {
        const struct grading_difference *d = &v->differences[i];
        const struct grading *any = d->before ? d->before : d->after;
        json_object(j, NULL);
        json_i64(j, "member_id", any->member_id);
        json_str(j, "name", any->name);
        json_str(j, "before", d->before ? d->before->proposed : str_of(""));
        json_str(j, "after", d->after ? d->after->proposed : str_of(""));
        json_object_end(j);
    }
    json_array_end(j);
}

static err show_json(struct rq *rq, const struct assessment_view *v, const struct rows *gradings,
                     const struct flow_subject *subject, struct res *res)
{
    const struct assessment_show_input *in = rq->input;
    const struct grading *all = gradings->items;
    struct json j = json_begin(rq);
    list_row_json(rq, &ASSESSMENT_LIST, v->a, LIST_ROW_ONE, &j);
    json_i64(&j, "people", v->people);
    json_i64(&j, "assessed", v->assessed);
    sums_json(&j, v);
    differences_json(&j, v);
    json_array(&j, "gradings");
    for (size_t i = 0; i < gradings->count; i++)
        if (is_shown(in, &all[i]))
            grading_json(&j, NULL, &all[i], v->shows);
    json_array_end(&j);
    flow_json_allowed(&j, "actions", &ASSESSMENTS_FLOW, subject, v->acts);
    json_send(&j, res);
    return OK;
}

static err show_load(struct rq *rq, struct assessment_view *v, struct rows *gradings)
{
    const struct ruleset *rules;
    TRY(assessment_rules(rq, v->a, &rules));
    TRY(grading_store_list(rq->db, v->a->id, rq->mem, gradings));
    TRY(differences_make(rq, gradings, v));
    struct rows sums = grading_sums(rq, rules, gradings);
    v->sums = sums.items;
    v->sum_count = sums.count;
    v->shows = scores_shows_others(rq);
    return OK;
}

static err has_bodies(struct rq *rq, const struct assessment *a, const char *to, bool *out)
{
    struct rows bodies;
    TRY(grading_store_list_bodies(rq->db, a->id, str_of(to), rq->mem, &bodies));
    *out = bodies.count > 0;
    return OK;
}

static err show_finish(struct rq *rq, const struct flow_subject *subject, struct assessment_view *v)
{
    static const char *const BACK[] = { "return", "drop", NULL };
    TRY(flow_steps(rq, &ASSESSMENTS_FLOW, v->a->id, BACK, &v->steps));
    filters_make(rq, v);
    v->crumbs = view_crumbs(rq->mem, "assessments", subject->title);
    v->may_retake = actor_may(rq->actor, "assessments.prepare") && str_is(v->a->state, "opened");
    v->may_change = grading_may_change(rq, v->a).code == ERR_NONE;
    v->running = rq->today <= v->a->to_on;
    v->has_circular = actor_may(rq->actor, "assessments.export") && assessment_is_decided(v->a);
    if (v->has_circular && v->a->notified_at) {
        TRY(has_bodies(rq, v->a, "employer", &v->has_employers));
        TRY(has_bodies(rq, v->a, "nominator", &v->has_nominators));
    }
    if (actor_may(rq->actor, "assessments.export"))
        v->export = arena_printf(rq->mem, "/assessments/%lld/gradings.xlsx", (long long)v->a->id);
    return OK;
}

err page_assessment_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    struct rows gradings;
    TRY(assessment_flow_load(rq, rq->path_id, &subject));
    struct flow_allowed acts = flow_allowed(rq, &ASSESSMENTS_FLOW, &subject);
    struct assessment_view v = { .a = subject.row, .acts = &acts };
    TRY(show_load(rq, &v, &gradings));
    gradings_order(&gradings);
    rows_make(rq, &gradings, &v);
    if (rq->api)
        return show_json(rq, &v, &gradings, &subject, res);
    TRY(show_finish(rq, &subject, &v));
    struct out *out = page_begin(rq, subject.title, "assessments");
    view_assessments_show(out, &v, subject.title);
    page_end(res, out);
    return OK;
}

/* ---- the workbook ---- */

static void heads_write(struct workbook *w, struct scores_shows shows)
{
    static const char *const HEADS[] = { "code",   "name",   "sector",   "committee", "stand",
                                         "gates",  "met",    "proposed", "grade",     "reason",
                                         "missed", "vetoes", "honour" };
    for (size_t i = 0; i < sizeof HEADS / sizeof *HEADS; i++)
        workbook_text(w, text_label("assessments.sheet", str_of(HEADS[i])));
    if (shows.points)
        workbook_text(w, text_find("assessments.sheet.points"));
    workbook_header_end(w);
}

static void row_write(struct rq *rq, struct workbook *w, const struct grading *g,
                      struct scores_shows shows)
{
    workbook_text(w, g->code);
    workbook_text(w, g->name);
    workbook_text(w, g->sector);
    workbook_text(w, g->committee);
    workbook_text(w, text_label("assessments.stands", g->stand));
    workbook_number(w, g->gates_due);
    workbook_number(w, g->gates_met);
    workbook_text(w, grading_words(g, g->proposed));
    workbook_text(w, grading_words(g, g->grade));
    workbook_text(w, g->reason);
    workbook_text(w, g->missed);
    workbook_text(w, g->vetoes);
    workbook_text(w, g->honour.len ? text_label("assessments.honours", g->honour) : str_of(""));
    if (shows.points)
        workbook_text(w, ruleset_points(rq->mem, g->points_x1000));
    workbook_row_end(w);
}

err file_assessment(struct rq *rq, struct res *res)
{
    struct assessment a;
    struct rows gradings;
    struct workbook *w;
    int fd = -1;
    struct scores_shows shows = scores_shows_others(rq);
    TRY(list_find(rq, &ASSESSMENT_LIST, rq->path_id, &a));
    TRY(grading_store_list(rq->db, a.id, rq->mem, &gradings));
    gradings_order(&gradings);
    const struct grading *all = gradings.items;
    str title = assessment_title(rq, &a);
    TRY(workbook_open(rq->mem, title, &w));
    heads_write(w, shows);
    for (size_t i = 0; i < gradings.count; i++)
        if (is_shown(rq->input, &all[i]))
            row_write(rq, w, &all[i], shows);
    TRY(workbook_finish(w, &fd));
    err e = audit_leaving(rq, &(struct audit_entry){ .act = "assessments.export",
                                                     .object = "assessments",
                                                     .object_id = a.id });
    res_file(res, fd, text_format(rq->mem, "assessments.file", title, str_of("")), XLSX_TYPE,
             false);
    return e;
}
