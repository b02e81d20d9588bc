/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Values of settings by day, read through a cache per organisation. Dictionaries: dictionaries.c.
 * The cache: cache.c. SQL: settings_store.c. */
#include "platform/settings/settings.h"

#include <assert.h>
#include <string.h>

#include "platform/app.h"
#include "platform/base/str.h"
#include "platform/settings/settings_internal.h"

enum { TEXT_MAX = 2000 };

static const struct setting *declared(struct rq *rq, const char *name)
{
    const struct setting *setting = setting_find(rq->app, name);
    if (!setting)
        log_note(LOG_ERROR, "settings.undeclared", "name", str_of(name));
    assert(setting);
    return setting;
}

/* Of rows by day: the last of a name that has begun; NULL for none. */
static const struct setting_value *value_on(const struct rows *values, const char *name, i64 day)
{
    const struct setting_value *found = NULL, *rows = values->items;
    for (size_t i = 0; i < values->count; i++)
        if (rows[i].from_on <= day && str_is(rows[i].name, name))
            found = &rows[i];
    return found;
}

void settings_suppose(struct rq *rq, const struct rows *values)
{
    rq->supposed = values;
}

str setting_text_on(struct rq *rq, const char *name, i64 day)
{
    const struct setting *setting = declared(rq, name);
    const struct setting_value *supposed = rq->supposed ? value_on(rq->supposed, name, day) : NULL;
    if (supposed)
        return supposed->value;
    const struct settings_cached *cached = settings_lock(rq);
    const struct setting_value *stored = cached ? value_on(&cached->values, name, day) : NULL;
    str value = arena_str(rq->mem, stored ? stored->value : str_of(setting->fallback));
    settings_unlock();
    return value;
}

str setting_text(struct rq *rq, const char *name)
{
    return setting_text_on(rq, name, rq->today);
}

i64 setting_number(struct rq *rq, const char *name)
{
    i64 number = 0;
    assert(declared(rq, name)->type == SETTING_NUMBER);
    bool ok = str_to_i64(setting_text(rq, name), &number);
    assert(ok); /* setting_store and settings_check let nothing else in */
    return number;
}

bool setting_on(struct rq *rq, const char *name)
{
    assert(declared(rq, name)->type == SETTING_BOOL);
    return str_is(setting_text(rq, name), "1");
}

/* ---- days of every year ---- */

static bool read_two(str digits, int *out)
{
    i64 number = 0;
    bool ok = digits.len >= 1 && digits.len <= 2 && str_to_i64(digits, &number) && number > 0;
    *out = (int)number;
    return ok;
}

bool setting_month_day(str value, int *month, int *mday)
{
    static const int LAST[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    static const char BETWEEN[] = "-/.";
    for (const char *c = BETWEEN; *c; c++) {
        str rest = value, first;
        if (str_split(&rest, *c, &first) && rest.len > 0)
            return read_two(first, month) && read_two(rest, mday) && *month <= 12 &&
                   *mday <= LAST[*month - 1];
    }
    return false;
}

i64 setting_day_after(struct rq *rq, const char *name, i64 day)
{
    int month = 0, mday = 0, year = 0, unused = 0;
    assert(declared(rq, name)->type == SETTING_MONTH_DAY);
    if (!setting_month_day(setting_text(rq, name), &month, &mday))
        return 0;
    day_to_civil(day, &year, &unused, &unused);
    for (;; year++) {
        i64 last = day_from_civil(year, month, 28) + mday - 28;
        if (month == 2 && mday == 29 && day_from_civil(year, 3, 1) == last)
            last--; /* no leap year */
        if (last > day)
            return last;
    }
}

/* As it is stored. */
static str value_form(struct arena *mem, const struct setting *setting, str value)
{
    int month = 0, mday = 0;
    return setting->type == SETTING_MONTH_DAY && setting_month_day(value, &month, &mday)
               ? arena_printf(mem, "%02d-%02d", month, mday)
               : value;
}

/* ---- storing ---- */

static bool is_choice(const char *choices, str value)
{
    str rest = str_of(choices), word;
    while (str_split(&rest, ' ', &word))
        if (value.len > 0 && str_eq(word, value))
            return true;
    return false;
}

static err month_day_check(str value)
{
    int month = 0, mday = 0;
    return value.len == 0 || setting_month_day(value, &month, &mday)
               ? OK
               : err_make(ERR_INVALID, "settings.not_a_month_day");
}

err setting_fits(struct arena *mem, const struct setting *setting, str value)
{
    i64 number = 0;
    i64 most = setting->max ? setting->max : TEXT_MAX;
    switch (setting->type) {
    case SETTING_NUMBER:
        if (!str_to_i64(value, &number))
            return err_make(ERR_INVALID, "settings.not_a_number");
        if (number < setting->min || number > setting->max)
            return err_make_with(ERR_INVALID, "settings.out_of_range",
                                 arena_printf(mem, "%lld", (long long)setting->min),
                                 arena_printf(mem, "%lld", (long long)setting->max));
        return OK;
    case SETTING_BOOL:
        return str_is(value, "0") || str_is(value, "1")
                   ? OK
                   : err_make(ERR_INVALID, "settings.not_a_choice");
    case SETTING_CHOICE:
        return is_choice(setting->bound, value) ? OK
                                                : err_make(ERR_INVALID, "settings.not_a_choice");
    case SETTING_TEXT:
        if (str_chars(value) > most)
            return err_make_with(ERR_INVALID, "settings.too_long",
                                 arena_printf(mem, "%lld", (long long)most), (str){ "", 0 });
        return OK;
    case SETTING_MONTH_DAY:
        return month_day_check(value);
    }
    return OK;
}

err setting_store(struct rq *rq, const char *name, str value, i64 from_on)
{
    const struct setting *setting = setting_find(rq->app, name);
    if (!setting)
        return err_make_with(ERR_NOT_FOUND, "settings.unknown", str_of(name), (str){ "", 0 });
    TRY(setting_fits(rq->mem, setting, value));
    struct setting_value row = { .name = str_of(name),
                                 .value = value_form(rq->mem, setting, value),
                                 .from_on = from_on };
    TRY(settings_store_put(rq, &row));
    settings_changed(rq);
    return OK;
}

/* The nearest one below that is not left out, by its value on the day; 0 = none. */
static i64 value_below(struct rq *rq, const struct setting *setting, i64 day,
                       const struct setting **below)
{
    i64 value = 0;
    do {
        *below = setting->bound ? declared(rq, setting->bound) : NULL;
        if (*below)
            (void)str_to_i64(setting_text_on(rq, (*below)->name, day), &value);
        setting = *below;
    } while (setting && value == 0);
    return value;
}

static str with_value(struct rq *rq, const struct setting *setting, i64 value)
{
    str label = setting_label(rq, setting);
    str words = setting_words(rq, setting, arena_printf(rq->mem, "%lld", (long long)value));
    return arena_printf(rq->mem, "%.*s %.*s", (int)label.len, label.ptr, (int)words.len, words.ptr);
}

static err in_order_on(struct rq *rq, i64 day)
{
    for (const struct module *const *m = rq->app->modules; *m; m++)
        for (const struct setting *s = (*m)->settings; s && s->name; s++) {
            const struct setting *below;
            if (s->type != SETTING_NUMBER || !s->bound)
                continue;
            i64 value = 0, least = value_below(rq, s, day, &below);
            (void)str_to_i64(setting_text_on(rq, s->name, day), &value);
            if (below && value > 0 && value <= least)
                return err_make_with(ERR_INVALID, "settings.not_over", with_value(rq, below, least),
                                     with_value(rq, s, value));
        }
    return OK;
}

err settings_in_order(struct rq *rq, i64 day)
{
    struct rows all;
    TRY(in_order_on(rq, day));
    TRY(settings_store_list(rq->db, rq->mem, &all));
    const struct setting_value *values = all.items;
    for (size_t i = 0; i < all.count; i++) {
        const struct setting *setting = setting_find(rq->app, arena_cstr(rq->mem, values[i].name));
        if (values[i].from_on > day && setting && setting->type == SETTING_NUMBER)
            TRY(in_order_on(rq, values[i].from_on));
    }
    return OK;
}

err setting_values(struct rq *rq, const char *name, struct rows *out)
{
    struct rows all;
    TRY(settings_store_list(rq->db, rq->mem, &all));
    struct setting_value *found = arena_array(rq->mem, all.count, sizeof *found);
    size_t count = 0;
    for (const struct setting_value *row = all.items;
         row < (struct setting_value *)all.items + all.count; row++)
        if (str_is(row->name, name))
            found[count++] = *row;
    *out = (struct rows){ .items = found, .count = count, .size = sizeof *found };
    return OK;
}

/* ---- self-test ---- */

static void setting_faults(const struct app *app, struct arena *mem, const struct setting *setting,
                           struct buf *faults)
{
    if (setting_find(app, setting->name) != setting)
        buf_printf(faults, "setting %s is declared twice\n", setting->name);
    if (!strchr(setting->name, '.') || !setting->source)
        buf_printf(faults, "setting %s has no group or no source\n", setting->name);
    if (setting_fits(mem, setting, str_of(setting->fallback)).code != ERR_NONE)
        buf_printf(faults, "setting %s: its default does not fit its limits\n", setting->name);
    if (setting->type != SETTING_NUMBER || !setting->bound)
        return;
    const struct setting *below = setting_find(app, setting->bound);
    if (!below || below == setting || below->type != SETTING_NUMBER)
        buf_printf(faults, "setting %s: its bound is no other number\n", setting->name);
}

static void dictionary_faults(const struct app *app, const struct dictionary *dictionary,
                              struct buf *faults)
{
    if (dictionary_find(app, dictionary->name) != dictionary)
        buf_printf(faults, "dictionary %s is declared twice\n", dictionary->name);
    for (const struct dictionary_value *a = dictionary->values; a && a->code; a++)
        for (const struct dictionary_value *b = a + 1; b->code; b++)
            if (strcmp(a->code, b->code) == 0)
                buf_printf(faults, "dictionary %s has %s twice\n", dictionary->name, a->code);
}

bool settings_check(const struct module *const *modules, struct buf *faults)
{
    const struct app app = { .modules = modules };
    size_t before = faults->len;
    for (const struct module *const *m = modules; m && *m; m++) {
        for (const struct setting *s = (*m)->settings; s && s->name; s++)
            setting_faults(&app, faults->mem, s, faults);
        for (const struct dictionary *d = (*m)->dictionaries; d && d->name; d++)
            dictionary_faults(&app, d, faults);
    }
    return faults->len == before;
}
