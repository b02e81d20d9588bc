/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Reading the shipped files and comparing them with what a site has. Storing: preset_apply.c. */
#include "modules/presets/preset.h"

#include <assert.h>
#include <string.h>

#include "embed.h"
#include "platform/app.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"

enum { LINES_MAX = 100, PRESETS_MAX = 40, LABEL_MAX = 60 };

static const char FOLDER[] = "presets/", END[] = ".txt";

/* ---- files ---- */

/* "name = value | source" or "dictionary/code = label | source". */
static bool line_read(str text, struct preset_line *out)
{
    str rest = text, name;
    if (str_find(text, str_of("="), 0) < 0 || !str_split(&rest, '=', &name))
        return false;
    str value = rest;
    str_split(&rest, '|', &value);
    out->source = str_trim(rest);
    out->value = str_trim(value);
    out->code = str_trim(name);
    bool coded = str_find(out->code, str_of("/"), 0) >= 0;
    if (coded)
        str_split(&out->code, '/', &out->name);
    else
        out->name = out->code, out->code = (str){ "", 0 };
    return out->name.len > 0 && (!coded || (out->code.len > 0 && out->value.len > 0));
}

/* Whether a line is one of the file's head, taken into *out. */
static bool is_head(const struct preset_line *line, struct preset *out, bool *broken)
{
    if (str_is(line->name, "title"))
        out->title = line->value;
    else if (str_is(line->name, "area"))
        out->area = line->value;
    else if (str_is(line->name, "source"))
        out->source = line->value;
    else if (str_is(line->name, "began"))
        *broken = line->value.len > 0 && !day_parse(line->value, &out->began);
    else
        return false;
    return true;
}

bool preset_read(struct arena *mem, str name, str text, struct preset *out, str *fault)
{
    struct preset_line *lines = arena_array(mem, LINES_MAX, sizeof *lines);
    size_t count = 0;
    *out = (struct preset){ .name = name };
    for (str rest = text, line; str_split(&rest, '\n', &line);) {
        struct preset_line read = { 0 };
        bool broken = false;
        line = str_trim(line);
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        if (count == LINES_MAX || !line_read(line, &read))
            return *fault = line, false;
        if (!is_head(&read, out, &broken))
            lines[count++] = read;
        if (broken)
            return *fault = line, false;
    }
    out->lines = (struct rows){ .items = lines, .count = count, .size = sizeof *lines };
    *fault = str_of(out->title.len && out->source.len && count ? "" : "title, source or lines");
    return fault->len == 0;
}

/* "city_four" of "presets/city_four.txt"; empty for other files. */
static str name_of(const struct embed_file *file)
{
    str path = str_of(file->name);
    size_t around = strlen(FOLDER) + strlen(END);
    if (!str_starts(path, str_of(FOLDER)) || path.len <= around)
        return (str){ "", 0 };
    return (str){ path.ptr + strlen(FOLDER), path.len - around };
}

err preset_list(struct arena *mem, struct rows *out)
{
    struct preset *presets = arena_array(mem, PRESETS_MAX, sizeof *presets);
    size_t count = 0;
    str fault;
    for (const struct embed_file *f = embed_data; f->name; f++) {
        str name = name_of(f), text = { (const char *)f->data, f->size };
        if (name.len == 0)
            continue;
        assert(count < PRESETS_MAX);
        if (!preset_read(mem, name, text, &presets[count++], &fault))
            return err_make_with(ERR_INTERNAL, "presets.broken", name, fault);
    }
    *out = (struct rows){ .items = presets, .count = count, .size = sizeof *presets };
    return OK;
}

err preset_find(struct arena *mem, str name, struct preset *out)
{
    struct rows rows;
    TRY(preset_list(mem, &rows));
    const struct preset *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_eq(all[i].name, name)) {
            *out = all[i];
            return OK;
        }
    return err_make_with(ERR_NOT_FOUND, "presets.unknown", name, (str){ "", 0 });
}

/* ---- comparing ---- */

static void setting_compare(struct rq *rq, const struct preset_line *line, i64 from_on,
                            struct preset_change *out)
{
    const char *name = arena_cstr(rq->mem, line->name);
    const struct setting *setting = setting_find(rq->app, name);
    assert(setting); /* the self-test refuses a file with an unknown name */
    out->label = setting_label(rq, setting);
    out->before = setting_text_on(rq, name, from_on);
    out->after = line->value;
    out->before_words = setting_words(rq, setting, out->before);
    out->after_words = setting_words(rq, setting, out->after);
    out->differs = !str_eq(out->before, out->after);
}

/* Whether it can be chosen on a day to come or is still to begin: none is planned before. */
static bool is_not_ended(const struct dictionary_row *row, i64 day)
{
    return row->to_on == 0 || day <= row->to_on;
}

/* The row of a code among those of a dictionary that can be chosen on a day; NULL for none. */
static const struct dictionary_row *chosen_on(const struct rows *rows, str code, i64 day)
{
    const struct dictionary_row *all = rows->items;
    for (size_t i = 0; i < rows->count; i++)
        if (str_eq(all[i].code, code) && is_not_ended(&all[i], day))
            return &all[i];
    return NULL;
}

static str dictionary_line(struct rq *rq, str name, str code)
{
    return text_format(rq->mem, "presets.dictionary_line", text_label("dictionaries", name), code);
}

static err code_compare(struct rq *rq, const struct preset_line *line, i64 from_on,
                        struct preset_change *out)
{
    const char *name = arena_cstr(rq->mem, line->name);
    struct rows rows;
    TRY(dictionary_list_all(rq, name, &rows));
    bool there = chosen_on(&rows, line->code, from_on) != NULL;
    out->label = dictionary_line(rq, line->name, line->code);
    out->before = there ? dictionary_label_on(rq, name, line->code, from_on) : (str){ "", 0 };
    out->after = line->value;
    out->before_words = there ? out->before : text_find("presets.none");
    out->after_words = out->after;
    out->differs = !str_eq(out->before, out->after);
    return OK;
}

static bool is_listed(const struct preset *preset, str name, str code)
{
    const struct preset_line *lines = preset->lines.items;
    for (size_t i = 0; i < preset->lines.count; i++)
        if (str_eq(lines[i].name, name) && str_eq(lines[i].code, code))
            return true;
    return false;
}

/* Codes of a dictionary that the file names, but not them. */
static err ended_add(struct rq *rq, const struct preset *preset, str name, i64 from_on,
                     struct rows *changes)
{
    struct preset_change *all = changes->items;
    struct rows rows;
    TRY(dictionary_list_all(rq, arena_cstr(rq->mem, name), &rows));
    const struct dictionary_row *codes = rows.items;
    for (size_t i = 0; i < rows.count && changes->count < LINES_MAX * 2; i++)
        if (is_not_ended(&codes[i], from_on) && !is_listed(preset, name, codes[i].code))
            all[changes->count++] = (struct preset_change){
                .line = { .name = name, .code = codes[i].code },
                .label = dictionary_line(rq, name, codes[i].code),
                .before = codes[i].label,
                .before_words = codes[i].label,
                .after_words = text_find("presets.ended"),
                .differs = true,
            };
    return OK;
}

/* The lines of a preset, and of each setting that only others of its area name a line with what was
 * shipped: no rule of an earlier preset stays behind. */
static err lines_all(struct rq *rq, const struct preset *preset, struct preset *out)
{
    struct rows presets;
    struct preset_line *lines = arena_array(rq->mem, LINES_MAX, sizeof *lines);
    TRY(preset_list(rq->mem, &presets));
    *out = *preset;
    out->lines.items = memcpy(lines, preset->lines.items, preset->lines.count * sizeof *lines);
    const struct preset *others = presets.items;
    for (size_t i = 0; i < presets.count; i++) {
        const struct preset_line *theirs = others[i].lines.items;
        size_t count = str_eq(others[i].area, preset->area) ? others[i].lines.count : 0;
        for (size_t k = 0; k < count; k++) {
            if (theirs[k].code.len || is_listed(out, theirs[k].name, theirs[k].code))
                continue;
            assert(out->lines.count < LINES_MAX);
            const struct setting *setting =
                setting_find(rq->app, arena_cstr(rq->mem, theirs[k].name));
            assert(setting);
            lines[out->lines.count++] =
                (struct preset_line){ .name = theirs[k].name, .value = str_of(setting->fallback) };
        }
    }
    return OK;
}

static i64 later(i64 a, i64 b)
{
    return a > b ? a : b;
}

/* Of one line: the latest day to come on which something of its name changes. */
static err line_planned(struct rq *rq, const struct preset_line *line, i64 *day)
{
    const char *name = arena_cstr(rq->mem, line->name);
    struct rows rows;
    if (line->code.len == 0) {
        TRY(setting_values(rq, name, &rows));
        const struct setting_value *values = rows.items;
        for (size_t i = 0; i < rows.count; i++)
            *day = later(*day, values[i].from_on);
        return OK;
    }
    TRY(dictionary_list_all(rq, name, &rows));
    const struct dictionary_row *codes = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        *day = later(*day, later(codes[i].from_on, codes[i].to_on ? codes[i].to_on + 1 : 0));
    return OK;
}

/* One that is shipped no more is taken for one of proposals. */
static str area_of(struct rq *rq, str name)
{
    struct preset p = { 0 };
    return preset_find(rq->mem, name, &p).code ? str_of("") : p.area;
}

err preset_planned(struct rq *rq, const struct preset *preset, i64 *day)
{
    struct preset whole;
    struct rows applied;
    *day = 0;
    TRY(lines_all(rq, preset, &whole));
    const struct preset_line *lines = whole.lines.items;
    for (size_t i = 0; i < whole.lines.count; i++)
        TRY(line_planned(rq, &lines[i], day));
    TRY(preset_history(rq, &applied));
    const struct preset_applied *all = applied.items;
    for (size_t i = 0; i < applied.count; i++)
        if (str_eq(area_of(rq, all[i].name), preset->area))
            *day = later(*day, all[i].from_on);
    *day = *day > rq->today ? *day : 0;
    return OK;
}

static err lines_compare(struct rq *rq, const struct preset *preset, i64 from_on,
                         struct rows *changes)
{
    const struct preset_line *lines = preset->lines.items;
    struct preset_change *all = changes->items;
    for (size_t i = 0; i < preset->lines.count; i++) {
        struct preset_change *change = &all[changes->count++];
        change->line = lines[i];
        if (lines[i].code.len == 0)
            setting_compare(rq, &lines[i], from_on, change);
        else
            TRY(code_compare(rq, &lines[i], from_on, change));
        bool last = i + 1 == preset->lines.count || !str_eq(lines[i + 1].name, lines[i].name);
        if (lines[i].code.len > 0 && last)
            TRY(ended_add(rq, preset, lines[i].name, from_on, changes));
    }
    return OK;
}

err preset_compare(struct rq *rq, const struct preset *preset, i64 from_on,
                   struct preset_comparison *out)
{
    struct preset_change *changes = arena_zero(rq->mem, LINES_MAX * 2 * sizeof *changes);
    struct setting_value *values = arena_array(rq->mem, LINES_MAX, sizeof *values);
    *out = (struct preset_comparison){
        .changes = { .items = changes, .size = sizeof *changes },
        .values = { .items = values, .size = sizeof *values },
    };
    struct preset whole;
    TRY(lines_all(rq, preset, &whole));
    TRY(lines_compare(rq, &whole, from_on, &out->changes));
    for (size_t i = 0; i < out->changes.count; i++) {
        out->differing += changes[i].differs;
        if (changes[i].differs && changes[i].line.code.len == 0)
            values[out->values.count++] = (struct setting_value){ .name = changes[i].line.name,
                                                                  .value = changes[i].after,
                                                                  .from_on = from_on };
    }
    return OK;
}
