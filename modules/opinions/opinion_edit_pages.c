/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of the desk on which a text for signing is made: editing beside the original, which saves
 * itself as the writer's form does, and several made one. Rules: opinion_edit.c, composite.c. */
#include "modules/opinions/opinion_edit.h"
#include "modules/opinions/opinion_pages.h"
#include "modules/opinions/opinion_views.h"
#include "platform/files/files.h"
#include "platform/settings/settings.h"
#include "platform/text/text.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "platform/web/json.h"
#include "views/opinions.h"

static str path_of(struct rq *rq, i64 id, const char *more)
{
    return arena_printf(rq->mem, "/opinions/%lld%s", (long long)id, more);
}

/* ---- the text for signing ---- */

static html diff_of(struct rq *rq, str before, str after)
{
    return str_eq(before, after) ? (html){ { "", 0 } } : text_diff(rq->mem, before, after);
}

static err text_show(struct rq *rq, struct res *res, const struct opinion *o)
{
    struct opinion_text_page v = { .o = o };
    v.crumbs =
        view_crumbs_of(rq->mem, "opinions", o->id, o->title, text_find("opinions.page.text"));
    v.version = conflict_version(rq, o->version);
    v.title_max = setting_number(rq, "opinions.title_max");
    v.total_max = setting_number(rq, "opinions.edited_max");
    v.total = str_chars(o->edited_situation) + str_chars(o->edited_analysis) +
              str_chars(o->edited_suggestions);
    TRY(opinion_sources(rq, o, &v.sources));
    TRY(attachment_list(rq, "opinions", o->id, &v.attachments));
    v.title_diff = diff_of(rq, o->title, o->edited_title);
    v.situation_diff = diff_of(rq, o->situation, o->edited_situation);
    v.analysis_diff = diff_of(rq, o->analysis, o->edited_analysis);
    v.suggestions_diff = diff_of(rq, o->suggestions, o->edited_suggestions);
    v.differs = v.title_diff.s.len || v.situation_diff.s.len || v.analysis_diff.s.len ||
                v.suggestions_diff.s.len;
    struct out *out = page_begin(rq, text_find("opinions.page.text"), "opinions");
    view_opinions_text(out, &v);
    page_end(res, out);
    return OK;
}

err page_opinion_text(struct rq *rq, struct res *res)
{
    struct opinion o;
    TRY(opinion_find_in_editing(rq, rq->path_id, &o));
    TRY(opinion_open(rq, rq->path_id, &o));
    return text_show(rq, res, &o);
}

/* What was typed once more, after a refusal: its reading is noted already. */
err page_opinion_text_again(struct rq *rq, struct res *res)
{
    struct opinion o;
    TRY(opinion_find_in_editing(rq, rq->path_id, &o));
    return text_show(rq, res, &o);
}

err page_opinion_text_save(struct rq *rq, struct res *res)
{
    const struct opinion_text_input *in = rq->input;
    struct opinion o;
    bool pass = str_is(in->more, "pass");
    TRY(opinion_save_text(rq, in, &o));
    if (!pass)
        res_flash(res, "opinions.text_saved", str_of(""));
    res_redirect(res, path_of(rq, o.id, pass ? "/pass" : "/text"));
    return OK;
}

err api_opinion_text_save(struct rq *rq, struct res *res)
{
    struct opinion o = { 0 };
    err e = opinion_save_text(rq, rq->input, &o);
    if (e.code != ERR_NONE)
        return conflict_answer(rq, res, e);
    api_opinion_saved(rq, res, &o);
    return OK;
}

err api_opinion_text_autosave(struct rq *rq, struct res *res)
{
    return api_opinion_text_save(rq, res);
}

/* ---- several made one ---- */

/* What is ticked, as far as the desk sees it; whether it fits is judged when it is made. */
static err ticked(struct rq *rq, const ids *wanted, struct rows *out)
{
    struct opinion *all = arena_array(rq->mem, wanted->count + 1, sizeof *all);
    *out = (struct rows){ all, 0, sizeof *all };
    for (size_t i = 0; i < wanted->count; i++) {
        err e = opinion_find(rq, wanted->items[i], &all[out->count]);
        if (e.code != ERR_NONE && e.code != ERR_NOT_FOUND)
            return e;
        out->count += e.code == ERR_NONE;
    }
    return OK;
}

err page_opinion_compose(struct rq *rq, struct res *res)
{
    const struct opinion_compose_input *in = rq->input;
    struct opinion_compose_page v = { .title_max = setting_number(rq, "opinions.title_max") };
    TRY(ticked(rq, &in->opinions, &v.sources));
    if (v.sources.count < 2 && !rq_has_faults(rq))
        rq_fault(rq, "opinions", "opinions.sources_few", str_of(""), str_of(""));
    const struct opinion *all = v.sources.items;
    struct view_choice *choices = arena_array(rq->mem, v.sources.count + 1, sizeof *choices);
    for (size_t i = 0; i < v.sources.count; i++)
        choices[i] = (struct view_choice){
            .value = arena_printf(rq->mem, "%lld", (long long)all[i].id),
            .label = all[i].title,
            .hint = text_format(rq->mem, "opinions.source_by", all[i].number, all[i].reporter_name),
            .chosen = true,
        };
    v.choices = choices;
    v.crumbs = view_crumbs(rq->mem, "opinions", text_find("opinions.page.compose"));
    struct out *out = page_begin(rq, text_find("opinions.page.compose"), "opinions");
    view_opinions_compose(out, &v);
    page_end(res, out);
    return OK;
}

err page_opinion_compose_make(struct rq *rq, struct res *res)
{
    struct opinion o;
    TRY(opinion_compose(rq, rq->input, &o));
    if (rq->api) {
        api_opinion_saved(rq, res, &o);
        res_status(res, 201);
        return OK;
    }
    res_flash(res, "opinions.composed", str_of(""));
    res_redirect(res, path_of(rq, o.id, "/text"));
    return OK;
}
