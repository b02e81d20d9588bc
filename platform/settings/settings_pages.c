/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Settings as pages and JSON: found by words, changed from a day on, each change audited. Rules:
 * settings.c. Dictionaries: dictionaries_pages.c; declarations of both: settings_module.c. */
#include "platform/settings/settings_pages.h"

#include "platform/app.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/settings/settings_handlers.h"
#include "platform/settings/settings_internal.h"
#include "platform/settings/settings_store.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/settings.h"

enum { GROUPS_MAX = 64, JSON_MAX = 1 << 20 };

static const str NONE = { "", 0 };

/* ---- which settings ---- */

static bool is_security(const struct rq *rq)
{
    return strcmp(rq->route->may, SETTINGS_SECURE) == 0;
}

static const char *home_of(const struct rq *rq)
{
    return is_security(rq) ? "/settings/security" : "/settings";
}

static const char *menu_of(const struct rq *rq)
{
    return is_security(rq) ? "security" : "settings";
}

/* The module's settings if the route's permission is the one that changes them, else none. */
static const struct setting *settings_of(const struct rq *rq, const struct module *m)
{
    static const struct setting NOTHING[] = { { 0 } };
    const char *may = m->settings_may ? m->settings_may : SETTINGS_MANAGE;
    return m->settings && strcmp(may, rq->route->may) == 0 ? m->settings : NOTHING;
}

/* The setting asked for, or NULL: what belongs to the other page does not exist here. */
static const struct setting *setting_asked(const struct rq *rq, str name)
{
    for (const struct module *const *m = rq->app->modules; *m; m++)
        for (const struct setting *s = settings_of(rq, *m); s->name; s++)
            if (str_is(name, s->name))
                return s;
    return NULL;
}

/* ---- words ---- */

str source_words(const char *source)
{
    bool product = !source || strcmp(source, "product") == 0;
    return product ? text_find("settings.product") : str_of(source);
}

static str group_of(const struct setting *setting)
{
    str rest = str_of(setting->name), group = NONE;
    str_split(&rest, '.', &group);
    return group;
}

static str group_label(struct rq *rq, str group)
{
    const char *own = arena_cstr(rq->mem, arena_printf(rq->mem, "settings.group.%.*s",
                                                       (int)group.len, group.ptr));
    return text_has(own) ? text_find(own) : text_label("menu", group);
}

static bool is_found(const struct setting_line *line, str q)
{
    return q.len == 0 || str_find(line->label, q, 0) >= 0 || str_find(line->help, q, 0) >= 0 ||
           str_find(str_of(line->setting->name), q, 0) >= 0;
}

/* ---- the list ---- */

static err line_make(struct rq *rq, const struct setting *setting, const struct rows *stored,
                     struct setting_line *out)
{
    const struct setting_value *rows = stored->items;
    str value = setting_text(rq, setting->name);
    *out = (struct setting_line){
        .setting = setting,
        .label = setting_label(rq, setting),
        .help = setting_word(rq, setting, ".help"),
        .value = setting_words(rq, setting, value),
        .url = arena_printf(rq->mem, "%s/edit?name=%s", home_of(rq), setting->name),
        .changed = !str_is(value, setting->fallback),
    };
    for (size_t i = 0; i < stored->count && out->coming_on == 0; i++)
        if (rows[i].from_on > rq->today && str_is(rows[i].name, setting->name)) {
            out->coming_on = rows[i].from_on;
            out->coming = setting_words(rq, setting, rows[i].value);
        }
    return OK;
}

/* The lines of one group, in order of declaration. */
static err group_make(struct rq *rq, str group, const struct rows *stored, str q,
                      struct setting_group *out)
{
    size_t most = 0;
    for (const struct module *const *m = rq->app->modules; *m; m++)
        for (const struct setting *s = settings_of(rq, *m); s->name; s++)
            most += str_eq(group_of(s), group);
    struct setting_line *lines = arena_array(rq->mem, most, sizeof *lines);
    *out = (struct setting_group){ .label = group_label(rq, group), .lines = lines };
    for (const struct module *const *m = rq->app->modules; *m; m++)
        for (const struct setting *s = settings_of(rq, *m); s->name; s++) {
            if (!str_eq(group_of(s), group))
                continue;
            TRY(line_make(rq, s, stored, &lines[out->count]));
            out->count += is_found(&lines[out->count], q) || str_find(out->label, q, 0) >= 0;
        }
    return OK;
}

/* The groups in order of declaration, each once. */
static size_t groups_find(struct rq *rq, str groups[GROUPS_MAX])
{
    size_t count = 0;
    for (const struct module *const *m = rq->app->modules; *m; m++)
        for (const struct setting *s = settings_of(rq, *m); s->name; s++) {
            bool known = count == GROUPS_MAX;
            for (size_t i = 0; i < count && !known; i++)
                known = str_eq(groups[i], group_of(s));
            if (!known)
                groups[count++] = group_of(s);
        }
    return count;
}

static err page_read(struct rq *rq, str q, struct settings_page *out)
{
    str names[GROUPS_MAX];
    size_t count = groups_find(rq, names);
    struct setting_group *groups = arena_array(rq->mem, count, sizeof *groups);
    struct rows stored;
    TRY(settings_store_list(rq->db, rq->mem, &stored));
    *out = (struct settings_page){ .q = q, .groups = groups };
    for (size_t i = 0; i < count; i++) {
        TRY(group_make(rq, names[i], &stored, q, &groups[out->count]));
        out->count += groups[out->count].count > 0;
    }
    return OK;
}

err page_settings_list(struct rq *rq, struct res *res)
{
    const struct settings_find *in = rq->input;
    struct settings_page page;
    TRY(page_read(rq, in->q, &page));
    page.home = str_of(home_of(rq));
    page.security = is_security(rq);
    str title = text_label("menu", str_of(menu_of(rq)));
    page.crumbs[0] = (struct view_link){ title, NONE };
    struct out *out = page_begin(rq, title, menu_of(rq));
    view_settings_list(out, &page);
    page_end(res, out);
    return OK;
}

/* ---- one setting ---- */

static str limits_words(struct rq *rq, const struct setting *setting)
{
    if (setting->type == SETTING_MONTH_DAY)
        return text_find("settings.month_day_form");
    if (setting->type != SETTING_NUMBER)
        return NONE;
    return text_format(rq->mem, "settings.limits",
                       arena_printf(rq->mem, "%lld", (long long)setting->min),
                       arena_printf(rq->mem, "%lld", (long long)setting->max));
}

static void choices_make(struct rq *rq, const struct setting *setting, str stored,
                         struct setting_page *page)
{
    enum { CHOICES_MAX = 40 };
    struct view_choice *choices = arena_array(rq->mem, CHOICES_MAX, sizeof *choices);
    str rest = str_of(setting->type == SETTING_BOOL ? "1 0" : setting->bound), value;
    page->choices = choices;
    while (page->choice_count < CHOICES_MAX && str_split(&rest, ' ', &value))
        choices[page->choice_count++] =
            (struct view_choice){ .value = value,
                                  .label = setting_words(rq, setting, value),
                                  .chosen = str_eq(value, stored) };
}

static err past_make(struct rq *rq, const struct setting *setting, struct setting_page *page)
{
    struct rows rows;
    TRY(settings_store_history(rq, str_of(setting->name), &rows));
    struct setting_past *past = arena_array(rq->mem, rows.count, sizeof *past);
    const struct setting_change *changes = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        past[i] = (struct setting_past){ changes[i].from_on, changes[i].changed_at,
                                         setting_words(rq, setting, changes[i].value),
                                         changes[i].account_name };
    page->past = past;
    page->past_count = rows.count;
    return OK;
}

err page_setting_edit(struct rq *rq, struct res *res)
{
    const struct setting_edit *in = rq->input;
    const struct setting *setting = setting_asked(rq, in->name);
    struct setting_page page = { .from_on = rq->today, .home = str_of(home_of(rq)) };
    struct rows stored;
    if (!setting)
        return err_make_with(ERR_NOT_FOUND, "settings.unknown", in->name, NONE);
    TRY(settings_store_list(rq->db, rq->mem, &stored));
    TRY(line_make(rq, setting, &stored, &page.line));
    page.name = str_of(setting->name);
    page.stored = setting_text(rq, setting->name);
    page.fallback = setting_words(rq, setting, str_of(setting->fallback));
    page.source = source_words(setting->source);
    page.range = limits_words(rq, setting);
    if (setting->type == SETTING_BOOL || setting->type == SETTING_CHOICE)
        choices_make(rq, setting, page.stored, &page);
    TRY(past_make(rq, setting, &page));
    page.action = arena_printf(rq->mem, "%s/edit", home_of(rq));
    page.previewed = !is_security(rq) && setting->type != SETTING_TEXT;
    page.crumbs[0] =
        (struct view_link){ text_label("menu", str_of(menu_of(rq))), str_of(home_of(rq)) };
    page.crumbs[1] = (struct view_link){ page.line.label, NONE };
    struct out *out =
        page_begin(rq, text_format(rq->mem, "settings.title_edit", page.line.label, str_of("")),
                   menu_of(rq));
    view_settings_edit(out, &page);
    page_end(res, out);
    return OK;
}

/* ---- what it would touch ---- */

/* An INVALID value becomes a fault at its field. */
static err fault_at_value(struct rq *rq, err e)
{
    if (e.code != ERR_INVALID)
        return e;
    rq_fault(rq, "value", e.name, e.arg[0], e.arg[1]);
    return err_make(ERR_INVALID, "form.faults");
}

/* The change asked about; faults as when storing. */
static err change_read(struct rq *rq, const struct setting **setting, struct settings_touched **out)
{
    const struct setting_edit *in = rq->input;
    *setting = setting_asked(rq, in->name);
    if (!*setting)
        return err_make_with(ERR_NOT_FOUND, "settings.unknown", in->name, NONE);
    err fits = setting_fits(rq->mem, *setting, in->value);
    if (fits.code)
        rq_fault(rq, "value", fits.name, fits.arg[0], fits.arg[1]);
    if (in->from_on < rq->today)
        rq_fault(rq, "from_on", "settings.past", NONE, NONE);
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    struct setting_value *value = arena_zero(rq->mem, sizeof *value);
    *value = (struct setting_value){ .name = in->name, .value = in->value, .from_on = in->from_on };
    struct rows *values = arena_zero(rq->mem, sizeof *values);
    *values = (struct rows){ .items = value, .count = 1, .size = sizeof *value };
    settings_suppose(rq, values);
    err order = settings_in_order(rq, in->from_on);
    settings_suppose(rq, NULL);
    TRY(fault_at_value(rq, order));
    return settings_preview(rq, values, in->from_on, out);
}

err page_setting_preview(struct rq *rq, struct res *res)
{
    const struct setting_edit *in = rq->input;
    const struct setting *setting;
    struct settings_touched *touched;
    TRY(change_read(rq, &setting, &touched));
    str edit = arena_printf(rq->mem, "%s/edit?name=%s", home_of(rq), setting->name);
    str now = setting_text_on(rq, setting->name, in->from_on);
    struct setting_preview_page page = {
        .label = setting_label(rq, setting),
        .before = setting_words(rq, setting, now),
        .after = setting_words(rq, setting, in->value),
        .edit = edit,
        .name = in->name,
        .value = in->value,
        .day = text_day(rq->mem, in->from_on),
        .from_on = in->from_on,
        .touched = touched,
    };
    page.crumbs[0] =
        (struct view_link){ text_label("menu", str_of(menu_of(rq))), str_of(home_of(rq)) };
    page.crumbs[1] = (struct view_link){ page.label, edit };
    page.crumbs[2] = (struct view_link){ text_find("settings.title_preview"), NONE };
    struct out *out = page_begin(rq, text_find("settings.title_preview"), menu_of(rq));
    view_settings_preview(out, &page);
    page_end(res, out);
    return OK;
}

err api_setting_preview(struct rq *rq, struct res *res)
{
    const struct setting *setting;
    struct settings_touched *touched;
    TRY(change_read(rq, &setting, &touched));
    struct json j = json_begin(rq);
    settings_touched_json(&j, touched);
    json_send(&j, res);
    return OK;
}

/* Stores what was given; a day that has passed would change what was right then. */
static err edit_store(struct rq *rq)
{
    const struct setting_edit *in = rq->input;
    const char *name = arena_cstr(rq->mem, in->name);
    if (!setting_asked(rq, in->name))
        return err_make_with(ERR_NOT_FOUND, "settings.unknown", in->name, NONE);
    if (in->from_on < rq->today)
        rq_fault(rq, "from_on", "settings.past", NONE, NONE);
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    str before = setting_text_on(rq, name, in->from_on);
    TRY(fault_at_value(rq, setting_store(rq, name, in->value, in->from_on)));
    TRY(fault_at_value(rq, settings_in_order(rq, in->from_on)));
    str after = setting_text_on(rq, name, in->from_on); /* as it is stored */
    struct audit_entry entry = {
        .act = rq->route->may,
        .object = "settings",
        .before = arena_printf(rq->mem, "%s=%.*s", name, (int)before.len, before.ptr),
        .after = arena_printf(rq->mem, "%s=%.*s @%lld", name, (int)after.len, after.ptr,
                              (long long)in->from_on),
    };
    return audit_add(rq, &entry);
}

err page_setting_store(struct rq *rq, struct res *res)
{
    const struct setting_edit *in = rq->input;
    TRY(edit_store(rq));
    res_flash(res, "settings.stored",
              setting_word(rq, setting_find(rq->app, arena_cstr(rq->mem, in->name)), ""));
    res_redirect(res, str_of(home_of(rq)));
    return OK;
}

/* ---- API ---- */

static void line_json(struct json *j, struct rq *rq, const struct setting_line *line)
{
    static const char *const TYPES[] = { [SETTING_NUMBER] = "number",
                                         [SETTING_BOOL] = "bool",
                                         [SETTING_TEXT] = "text",
                                         [SETTING_CHOICE] = "code",
                                         [SETTING_MONTH_DAY] = "month_day" };
    const struct setting *s = line->setting;
    json_object(j, NULL);
    json_str(j, "name", str_of(s->name));
    json_str(j, "label", line->label);
    json_str(j, "type", str_of(TYPES[s->type]));
    json_str(j, "value", setting_text(rq, s->name));
    json_str(j, "default", str_of(s->fallback));
    json_str(j, "unit", str_of(s->unit));
    if (s->type == SETTING_NUMBER) {
        json_i64(j, "min", s->min);
        json_i64(j, "max", s->max);
    }
    json_day(j, "coming_on", line->coming_on);
    json_object_end(j);
}

err api_settings_list(struct rq *rq, struct res *res)
{
    const struct settings_find *in = rq->input;
    struct settings_page page;
    TRY(page_read(rq, in->q, &page));
    struct json j = json_begin(rq);
    json_array(&j, "items");
    for (size_t g = 0; g < page.count; g++)
        for (size_t i = 0; i < page.groups[g].count; i++)
            line_json(&j, rq, &page.groups[g].lines[i]);
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

err api_setting_store(struct rq *rq, struct res *res)
{
    const struct setting_edit *in = rq->input;
    TRY(edit_store(rq));
    struct json j = json_begin(rq);
    json_str(&j, "name", in->name);
    json_str(&j, "value", setting_text_on(rq, arena_cstr(rq->mem, in->name), in->from_on));
    json_day(&j, "from_on", in->from_on);
    json_send(&j, res);
    return OK;
}
