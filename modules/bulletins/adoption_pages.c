/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of what came of issued opinions: the ledger, writing down an adoption and an instruction,
 * scans, figures; the same as JSON. On the opinion's own page: adoption_parts.c. */
#include "modules/bulletins/bulletin_store.h"
#include "modules/bulletins/bulletin_views.h"
#include "modules/opinions/opinion_edit.h"
#include "platform/audit/audit.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/bulletins.h"

const struct list_look ADOPTION_LOOK = { .list = &ADOPTION_LIST,
                                         .path = "/adoptions",
                                         .rows = "/opinions",
                                         .row_id = "opinion_id",
                                         .title = "menu.adoptions",
                                         .menu = "issues",
                                         .main = "title",
                                         .under = "issue_number",
                                         .bar = "level kind",
                                         .empty = "adoptions.none",
                                         .exports = true };

err page_adoption_list(struct rq *rq, struct res *res)
{
    return list_show(rq, &ADOPTION_LOOK, res);
}

/* ---- writing down ---- */

static err below_opinion(struct rq *rq, struct res *res, const struct form *form, const char *title)
{
    struct opinion o;
    struct issue_item item;
    TRY(adoption_find_opinion(rq, rq->path_id, &o, &item));
    struct view_link *crumbs = arena_array(rq->mem, 4, sizeof *crumbs);
    str url = arena_printf(rq->mem, "/opinions/%lld", (long long)o.id);
    crumbs[0] = (struct view_link){ text_find("menu.opinions"), str_of("/opinions") };
    crumbs[1] = (struct view_link){ item.title, url };
    crumbs[2] = (struct view_link){ text_find(title), str_of("") };
    return form_page(rq, res,
                     &(struct form_look){ .form = form,
                                          .stored = arena_zero(rq->mem, form->size),
                                          .menu = "opinions",
                                          .title = text_find(title),
                                          .subject = item.title,
                                          .back = url,
                                          .crumbs = crumbs });
}

err page_adoption_form(struct rq *rq, struct res *res)
{
    return below_opinion(rq, res, &ADOPTION_FORM, "adoptions.new");
}

static err written(struct rq *rq, struct res *res, i64 opinion_id, i64 id)
{
    if (rq->api) {
        struct json j = json_begin(rq);
        json_i64(&j, "id", id);
        json_send(&j, res);
        res_status(res, 201);
        return OK;
    }
    res_redirect(res, arena_printf(rq->mem, "/opinions/%lld", (long long)opinion_id));
    return OK;
}

err page_adoption_add(struct rq *rq, struct res *res)
{
    i64 id;
    TRY(adoption_add(rq, rq->path_id, rq->input, &id));
    return written(rq, res, rq->path_id, id);
}

err page_opinion_instruction_form(struct rq *rq, struct res *res)
{
    return below_opinion(rq, res, &OPINION_INSTRUCTION_FORM, "adoptions.instruct");
}

err page_opinion_instruction_add(struct rq *rq, struct res *res)
{
    i64 id;
    TRY(adoption_instruct(rq, rq->path_id, rq->input, &id));
    return written(rq, res, rq->path_id, id);
}

/* Of an instruction that the actor may read. */
err file_instruction_scan(struct rq *rq, struct res *res)
{
    const struct scan_input *in = rq->input;
    struct opinion o;
    struct opinion_outcome v;
    bool is_any;
    TRY(opinion_open(rq, in->id, &o));
    TRY(adoption_outcome(rq, &o, &v, &is_any));
    const struct attachment *all = v.scans.items;
    for (size_t i = 0; is_any && i < v.scans.count; i++)
        if (all[i].id == in->file)
            return attachment_send(rq, res, "instructions", all[i].owner_id, in->file);
    return err_make(ERR_NOT_FOUND, "db.no_row");
}

/* ---- figures ---- */

static str level_label(struct rq *rq, str code)
{
    return dictionary_label(rq, "outcomes.instruction_levels", code);
}

/* The row of a year and level; a new one where there is none. */
static struct bulletin_figure *figure_of(struct rows *rows, i64 year, str level)
{
    struct bulletin_figure *all = rows->items;
    for (size_t i = 0; i < rows->count; i++)
        if (all[i].year == year && str_eq(all[i].level, level))
            return &all[i];
    all[rows->count] = (struct bulletin_figure){ .year = year, .level = level };
    return &all[rows->count++];
}

static void figures_merge(const struct rows *sent, const struct rows *adopted,
                          const struct rows *notes, struct rows *out)
{
    const struct bulletin_figure *all = sent->items;
    for (size_t i = 0; i < sent->count; i++)
        figure_of(out, all[i].year, all[i].level)->sent = all[i].sent;
    all = adopted->items;
    for (size_t i = 0; i < adopted->count; i++) {
        struct bulletin_figure *f = figure_of(out, all[i].year, all[i].level);
        f->single = all[i].single;
        f->combined = all[i].combined;
        f->passed = all[i].passed;
        f->unused = all[i].unused;
    }
    const struct instruction_count *counts = notes->items;
    for (size_t i = 0; i < notes->count; i++)
        figure_of(out, counts[i].year, counts[i].level)->instructions = counts[i].count;
}

/* Years newest first, in each the levels in the dictionary's order, then any that it lacks now. */
static err years_make(struct rq *rq, const struct rows *years, const struct rows *figures,
                      struct figures_year *out)
{
    struct rows levels;
    TRY(dictionary_list_all(rq, "outcomes.instruction_levels", &levels));
    const struct bulletin_year *all = years->items;
    const struct bulletin_figure *rows = figures->items;
    const struct dictionary_row *order = levels.items;
    for (size_t i = 0; i < years->count; i++) {
        struct bulletin_figure *mine = arena_array(rq->mem, figures->count + 1, sizeof *mine);
        size_t count = 0;
        for (size_t l = 0; l < levels.count; l++)
            for (size_t k = 0; k < figures->count; k++)
                if (rows[k].year == all[i].year && str_eq(rows[k].level, order[l].code))
                    mine[count++] = rows[k];
        out[i] = (struct figures_year){ &all[i], mine, count };
    }
    return OK;
}

/* A year in which nothing was issued and something came back. */
static void years_add(struct rows *years, const struct rows *figures)
{
    struct bulletin_year *all = years->items;
    const struct bulletin_figure *rows = figures->items;
    for (size_t k = 0; k < figures->count; k++) {
        size_t at = 0;
        while (at < years->count && all[at].year > rows[k].year)
            at++;
        if (at < years->count && all[at].year == rows[k].year)
            continue;
        for (size_t i = years->count; i > at; i--)
            all[i] = all[i - 1];
        all[at] = (struct bulletin_year){ .year = rows[k].year };
        years->count++;
    }
}

static void year_json(struct json *j, const struct figures_year *y)
{
    static const struct field LEVEL[] = {
        FIELD(struct bulletin_figure, level),        FIELD(struct bulletin_figure, sent),
        FIELD(struct bulletin_figure, single),       FIELD(struct bulletin_figure, combined),
        FIELD(struct bulletin_figure, passed),       FIELD(struct bulletin_figure, unused),
        FIELD(struct bulletin_figure, instructions), { 0 },
    };
    struct rows levels = { (void *)y->levels, y->level_count, sizeof *y->levels };
    json_object(j, NULL);
    json_i64(j, "year", y->year->year);
    json_i64(j, "issues", y->year->issues);
    json_i64(j, "opinions", y->year->opinions);
    json_i64(j, "assigned", y->year->assigned);
    json_i64(j, "replied", y->year->replied);
    json_rows(j, "levels", LEVEL, &levels);
    json_object_end(j);
}

err page_bulletin_figures(struct rq *rq, struct res *res)
{
    struct rows years, sent, adopted, notes;
    TRY(bulletin_store_years(rq->db, rq->mem, &years));
    TRY(bulletin_store_sent(rq->db, rq->mem, &sent));
    TRY(bulletin_store_adopted(rq->db, rq->mem, &adopted));
    TRY(instruction_count_of(rq, "opinions", &notes));
    size_t most = sent.count + adopted.count + notes.count + 1;
    struct rows figures = { arena_array(rq->mem, most, sizeof(struct bulletin_figure)), 0,
                            sizeof(struct bulletin_figure) };
    figures_merge(&sent, &adopted, &notes, &figures);
    struct bulletin_year *all = arena_array(rq->mem, years.count + most, sizeof *all);
    if (years.count)
        memcpy(all, years.items, years.count * sizeof *all);
    years.items = all;
    years_add(&years, &figures);
    struct figures_year *made = arena_array(rq->mem, years.count + 1, sizeof *made);
    TRY(years_make(rq, &years, &figures, made));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_array(&j, "years");
        for (size_t i = 0; i < years.count; i++)
            year_json(&j, &made[i]);
        json_array_end(&j);
        json_send(&j, res);
        return OK;
    }
    struct figures_page v = { .years = made,
                              .count = years.count,
                              .crumbs = view_crumbs(rq->mem, "issues",
                                                    text_find("bulletins.page.figures")),
                              .level = level_label,
                              .rq = rq };
    struct out *out = page_begin(rq, text_find("bulletins.page.figures"), "issues");
    view_bulletins_figures(out, &v);
    page_end(res, out);
    return OK;
}
