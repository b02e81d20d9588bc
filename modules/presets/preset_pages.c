/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The list of presets, one with what it would change and touch, and applying it. JSON:
 * preset_api.c. */
#include "modules/presets/preset_pages.h"

#include "modules/orgs/org.h"
#include "platform/text/texts.h"
#include "views/presets.h"

enum { DAYS_MAX = 8 };

static str show_url(struct rq *rq, str name)
{
    return arena_printf(rq->mem, "/presets/show?name=%.*s", (int)name.len, name.ptr);
}

static str title_of(const struct rows *presets, str name)
{
    const struct preset *all = presets->items;
    for (size_t i = 0; i < presets->count; i++)
        if (str_eq(all[i].name, name))
            return all[i].title;
    return name; /* shipped once, no more */
}

static err applied_make(struct rq *rq, const struct rows *presets, struct presets_page *page)
{
    struct rows rows;
    TRY(preset_history(rq, &rows));
    str *titles = arena_array(rq->mem, rows.count, sizeof *titles);
    page->applied = rows.items;
    page->applied_count = rows.count;
    for (size_t i = 0; i < rows.count; i++)
        titles[i] = title_of(presets, page->applied[i].name);
    page->applied_titles = titles;
    return OK;
}

err page_preset_list(struct rq *rq, struct res *res)
{
    struct presets_page page = { 0 };
    struct rows presets;
    TRY(preset_list(rq->mem, &presets));
    struct preset_item *items = arena_array(rq->mem, presets.count, sizeof *items);
    for (size_t i = 0; i < presets.count; i++) {
        const struct preset *preset = (const struct preset *)presets.items + i;
        struct preset_comparison comparison;
        TRY(preset_compare(rq, preset, rq->today, &comparison));
        items[i] = (struct preset_item){ preset, comparison.differing, show_url(rq, preset->name) };
    }
    page.items = items;
    page.count = presets.count;
    TRY(applied_make(rq, &presets, &page));
    page.crumbs[0] = (struct view_link){ text_find("menu.settings"), str_of("/settings") };
    page.crumbs[1] = (struct view_link){ text_find("presets.title"), { "", 0 } };
    struct out *out = page_begin(rq, text_find("presets.title"), "settings");
    view_presets_list(out, &page);
    page_end(res, out);
    return OK;
}

/* The opening days of sessions to come: a term begins with its first. */
static err days_make(struct rq *rq, struct preset_page *page)
{
    struct rows rows;
    TRY(session_list(rq, &rows));
    const struct session *sessions = rows.items;
    struct view_link *days = arena_array(rq->mem, DAYS_MAX, sizeof *days);
    for (size_t i = 0; i < rows.count && page->day_count < DAYS_MAX; i++)
        if (sessions[i].opened_on > rq->today)
            days[page->day_count++] = (struct view_link){
                session_name(rq->mem, &sessions[i]),
                arena_printf(rq->mem, "%s&from_on=%s",
                             arena_cstr(rq->mem, show_url(rq, page->preset->name)),
                             arena_cstr(rq->mem, text_day(rq->mem, sessions[i].opened_on))),
            };
    page->days = days;
    return OK;
}

err page_preset_show(struct rq *rq, struct res *res)
{
    const struct preset_asked *in = rq->input;
    struct preset preset;
    struct preset_comparison comparison;
    struct settings_touched *touched;
    TRY(preset_find(rq->mem, in->name, &preset));
    struct preset_page page = { .preset = &preset, .comparison = &comparison };
    page.from_on = in->from_on > rq->today ? in->from_on : rq->today;
    page.day = text_day(rq->mem, page.from_on);
    TRY(preset_compare(rq, &preset, page.from_on, &comparison));
    TRY(settings_preview(rq, &comparison.values, page.from_on, &touched));
    page.touched = touched;
    TRY(days_make(rq, &page));
    page.crumbs[0] = (struct view_link){ text_find("menu.settings"), str_of("/settings") };
    page.crumbs[1] = (struct view_link){ text_find("presets.title"), str_of("/presets") };
    page.crumbs[2] = (struct view_link){ preset.title, { "", 0 } };
    struct out *out = page_begin(rq, preset.title, "settings");
    view_presets_show(out, &page);
    page_end(res, out);
    return OK;
}

err page_preset_apply(struct rq *rq, struct res *res)
{
    const struct preset_asked *in = rq->input;
    struct preset preset;
    i64 changed = 0;
    TRY(preset_find(rq->mem, in->name, &preset));
    TRY(preset_apply(rq, &preset, in->from_on, &changed));
    res_flash(res, "presets.applied",
              text_format(rq->mem, "presets.applied_words", preset.title,
                          arena_printf(rq->mem, "%lld", (long long)changed)));
    res_redirect(res, str_of("/presets"));
    return OK;
}
