/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages on which an opinion is written: beginning, the form, what is checked before it is sent; the
 * same as JSON. It saves itself as drafts do (ui/js/autosave.js). Rules: opinion.c. */
#include "modules/drafts/draft_hints.h"
#include "modules/opinions/opinion_pages.h"
#include "modules/opinions/opinion_views.h"
#include "platform/files/files.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "platform/web/json.h"
#include "views/opinions.h"

/* SHORT: characters below which a report hardly says what, why and what to do. */
enum { CHECK_LINES = 12, SHORT = 200 };

static str path_of(struct rq *rq, i64 id, const char *more)
{
    return arena_printf(rq->mem, "/opinions/%lld%s", (long long)id, more);
}

/* ---- beginning ---- */

err page_opinion_new(struct rq *rq, struct res *res)
{
    struct opinion_new_page v = { .title_max = setting_number(rq, "opinions.title_max") };
    struct rows rows;
    TRY(opinion_bodies(rq, &rows));
    const struct opinion_body *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    choices[0] = (struct view_choice){ .value = str_of(""),
                                       .label = text_find("opinions.own_name"),
                                       .chosen = true };
    for (size_t i = 0; i < rows.count; i++)
        choices[i + 1] = (struct view_choice){ .value = all[i].key, .label = all[i].name };
    v.bodies = choices;
    v.body_count = rows.count + 1;
    v.crumbs = view_crumbs(rq->mem, "opinions", text_find("opinions.new"));
    struct out *out = page_begin(rq, text_find("opinions.new"), "opinions");
    view_opinions_new(out, &v);
    page_end(res, out);
    return OK;
}

err page_opinion_add(struct rq *rq, struct res *res)
{
    const struct opinion_new_input *given = rq->input;
    struct opinion o;
    TRY(opinion_save(rq, &(struct opinion_input){ .title = given->title, .body = given->body },
                     "save", &o));
    res_redirect(res, path_of(rq, o.id, "/draft"));
    return OK;
}

/* ---- the form ---- */

err page_opinion_draft(struct rq *rq, struct res *res)
{
    struct opinion o;
    struct opinion_form_page v = { .o = &o };
    TRY(opinion_find_editable(rq, rq->path_id, &o));
    v.crumbs = view_crumbs_of(rq->mem, "opinions", o.id, o.title, text_find("opinions.page.draft"));
    v.version = conflict_version(rq, o.version);
    v.title_max = setting_number(rq, "opinions.title_max");
    v.total = opinion_length(&o);
    v.total_max = setting_number(rq, "opinions.total_max");
    v.file_max = setting_number(rq, "opinions.attachments");
    v.analysis_needed = setting_on(rq, "opinions.analysis_needed");
    TRY(opinion_category_choices(rq, o.category, &v.categories, &v.category_count));
    TRY(attachment_list(rq, "opinions", o.id, &v.attachments));
    struct out *out = page_begin(rq, text_find("opinions.page.draft"), "opinions");
    view_opinions_form(out, &v);
    page_end(res, out);
    return OK;
}

/* Takes what was uploaded, and one away. */
static err files_take(struct rq *rq, const struct opinion_input *in, i64 id)
{
    struct rows rows;
    i64 most = setting_number(rq, "opinions.attachments");
    TRY(attachment_keep(rq, "attachments", "opinions", id));
    if (in->remove)
        TRY(attachment_remove(rq, "opinions", id, in->remove));
    TRY(attachment_list(rq, "opinions", id, &rows));
    if ((i64)rows.count <= most)
        return OK;
    rq_fault(rq, "attachments", "files.too_many", arena_printf(rq->mem, "%lld", (long long)most),
             str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

err page_opinion_save(struct rq *rq, struct res *res)
{
    const struct opinion_input *in = rq->input;
    struct opinion o;
    bool check = str_is(in->more, "check");
    TRY(opinion_save(rq, in, "save", &o));
    TRY(files_take(rq, in, o.id));
    if (!check)
        res_flash(res, in->remove ? "opinions.file_removed" : "opinions.saved", str_of(""));
    res_redirect(res, path_of(rq, o.id, check ? "/submit" : "/draft"));
    return OK;
}

void api_opinion_saved(struct rq *rq, struct res *res, const struct opinion *o)
{
    struct json j = json_begin(rq);
    json_i64(&j, "id", o->id);
    json_str(&j, "state", o->state);
    json_i64(&j, "version", o->version);
    json_i64(&j, "saved_at", o->updated_at); /* milliseconds: the script compares it */
    json_send(&j, res);
}

static err save(struct rq *rq, struct res *res, const char *reason)
{
    const struct opinion_input *in = rq->input;
    struct opinion o = { 0 };
    err e = opinion_save(rq, in, reason, &o);
    if (e.code != ERR_NONE)
        return conflict_answer(rq, res, e);
    if (strcmp(reason, "save") == 0)
        TRY(files_take(rq, in, o.id));
    api_opinion_saved(rq, res, &o);
    if (in->id == 0)
        res_status(res, 201);
    return OK;
}

err api_opinion_save(struct rq *rq, struct res *res)
{
    return save(rq, res, "save");
}

err api_opinion_autosave(struct rq *rq, struct res *res)
{
    return save(rq, res, "autosave");
}

/* ---- check before it is sent ---- */

static void hint_add(struct opinion_check_page *v, str words, const char *field)
{
    struct opinion_hint *hints = (struct opinion_hint *)v->hints;
    hints[v->hint_count++] = (struct opinion_hint){ words, str_of(field) };
}

/* What drafts say to a text, but for the title of a proposal; and whether it is too short to be
 * understood elsewhere. */
static void hints_make(struct rq *rq, struct opinion_check_page *v)
{
    const struct opinion *o = v->o;
    strs suggestions = { 0 };
    struct draft_hint hints[DRAFT_HINTS_MAX];
    strs_add(rq->mem, &suggestions, o->suggestions);
    const struct draft_text text = { o->title, o->situation, o->analysis, &suggestions };
    size_t count = draft_hints(rq->mem, &text, hints);
    v->hints = arena_array(rq->mem, DRAFT_HINTS_MAX + 1, sizeof *v->hints);
    for (size_t i = 0; i < count; i++)
        if (strcmp(hints[i].name, "drafts.hint.title") != 0)
            hint_add(v, text_format(rq->mem, hints[i].name, str_of("1"), str_of("")),
                     hints[i].field);
    if (opinion_length(o) < SHORT)
        hint_add(v, text_find("opinions.hint.short"), "situation");
}

static str yes_no(bool yes)
{
    return text_find(yes ? "opinions.yes" : "opinions.no");
}

static err file_names(struct rq *rq, i64 id, str *out)
{
    struct rows rows;
    TRY(attachment_list(rq, "opinions", id, &rows));
    const struct attachment *all = rows.items;
    struct buf *b = buf_new(rq->mem, 1 << 16);
    for (size_t i = 0; i < rows.count; i++) {
        buf_add(b, i ? str_of("\n") : str_of(""));
        buf_add(b, all[i].name);
    }
    *out = buf_str(b);
    return OK;
}

static err facts_make(struct rq *rq, struct opinion_check_page *v)
{
    const struct opinion *o = v->o;
    struct view_fact *f = arena_array(rq->mem, CHECK_LINES, sizeof *f);
    str files;
    size_t n = 0;
    TRY(file_names(rq, o->id, &files));
    const struct {
        const char *field;
        str value;
    } lines[] = {
        { "title", o->title },
        { "situation", o->situation },
        { "analysis", o->analysis },
        { "suggestions", o->suggestions },
        { "category",
          o->category.len ? dictionary_label(rq, "opinions.categories", o->category) : str_of("") },
        { "urgent", yes_no(o->urgent) },
        { "urgent_reason", o->urgent_reason },
        { "joint", o->joint },
        { "attachments", files },
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        f[n++] = (struct view_fact){
            .label = text_find(arena_printf(rq->mem, "opinions.%s", lines[i].field).ptr),
            .value = lines[i].value,
            .note = str_of(lines[i].field),
        };
    v->facts = (struct view_facts){ f, n };
    hints_make(rq, v);
    return OK;
}

err page_opinion_submit(struct rq *rq, struct res *res)
{
    struct opinion o;
    struct opinion_check_page v = { .o = &o };
    TRY(opinion_find_editable(rq, rq->path_id, &o));
    err e = rq_has_faults(rq) ? OK : opinion_check_complete(rq, &o);
    if (e.code != ERR_NONE && !err_is(e, "form.faults"))
        return e;
    v.complete = !rq_has_faults(rq);
    v.days = setting_number(rq, o.urgent ? "opinions.urgent_days" : "opinions.choose_days");
    v.crumbs =
        view_crumbs_of(rq->mem, "opinions", o.id, o.title, text_find("opinions.page.submit"));
    TRY(facts_make(rq, &v));
    struct out *out = page_begin(rq, text_find("opinions.page.submit"), "opinions");
    view_opinions_check(out, &v);
    page_end(res, out);
    return OK;
}
